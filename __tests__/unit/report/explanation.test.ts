import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import type { Answer } from '../../../src/azure/answer.ts';
import { parseEnvironment } from '../../../src/azure/cloud.ts';
import { parseCommandId } from '../../../src/azure/command-id.ts';
import type { Context } from '../../../src/report/catalogue/context.ts';
import { explain } from '../../../src/report/explanation.ts';
import { readFindings } from '../../../src/report/output-hints.ts';
import type { Failure } from '../../../src/failure.ts';
import { needing } from '../../tools.ts';

const CLIENT = 'c1111111-2222-3333-4444-555555555555';
const SIGN_IN = { kind: 'oidc', clientId: CLIENT, tenantId: CLIENT, audience: 'api://AzureADTokenExchange' } as const;
const SUBJECT = 'repo:octo/app:ref:refs/heads/';
const CLUSTER = { subscriptionId: CLIENT, resourceGroup: 'rg', name: 'aks' };
const ISSUER = 'https://token.actions.githubusercontent.com';

describe('a federated credential to paste', () => {
  needing(['sh'], () => {
    test.each([
      { name: 'a plain branch', subject: `${SUBJECT}main`, credential: 'github-repo-octo-app-ref-refs-heads-main' },
      { name: 'a single quote', subject: `${SUBJECT}it's`, credential: 'github-repo-octo-app-ref-refs-heads-it-s' },
      {
        name: 'a command',
        subject: `${SUBJECT}$(touch$IFS\`owned\`)`,
        credential: 'github-repo-octo-app-ref-refs-heads-touch-IFS-owned',
      },
      {
        name: 'separators',
        subject: `${SUBJECT}a;b|c&d>e"f`,
        credential: 'github-repo-octo-app-ref-refs-heads-a-b-c-d-e-f',
      },
      {
        name: 'an environment with blanks',
        subject: 'repo:octo/app:environment:Prod EU',
        credential: 'github-repo-octo-app-environment-Prod-EU',
      },
      { name: 'other scripts', subject: `${SUBJECT}分支`, credential: 'github-repo-octo-app-ref-refs-heads' },
      { name: 'an option', subject: '--help', credential: 'github-help' },
      {
        name: 'a long one',
        subject: SUBJECT + 'x'.repeat(300),
        credential: `github-repo-octo-app-ref-refs-heads-${'x'.repeat(120)}`.slice(0, 120),
      },
    ])('$name: what az gets is what the token said', ({ subject, credential }) => {
      const { move } = explain(federation(subject), { signIn: SIGN_IN });
      const [application, , identity] = azArguments(move);
      const [parameters = ''] = application?.slice(-1) ?? [];
      expect(JSON.parse(parameters)).toEqual({
        name: credential,
        issuer: ISSUER,
        subject,
        audiences: ['api://AzureADTokenExchange'],
      });
      expect(application?.slice(0, -1)).toEqual([
        'ad',
        'app',
        'federated-credential',
        'create',
        '--id',
        CLIENT,
        '--parameters',
      ]);
      expect(identity?.slice(-7)).toEqual([
        '--name',
        credential,
        '--issuer',
        ISSUER,
        `--subject=${subject}`,
        '--audiences',
        'api://AzureADTokenExchange',
      ]);
    });
  });

  needing(['sh'], () => {
    test('a line break in a subject stays in its line, and in the JSON', () => {
      const subject = `${SUBJECT}a\n##[error]b`;
      const { move } = explain(federation(subject), { signIn: SIGN_IN });
      expect(move).toContain(`This job presented the subject ${SUBJECT}a\\u000a##[error]b\n`);
      expect(JSON.parse(azArguments(move)[0]?.at(-1) ?? '')).toMatchObject({ subject });
    });

    test('claims that could not be read leave room to fill in', () => {
      const { move } = explain(
        {
          code: 'entra',
          answer: answered(400, aadsts),
          scope: 'x/.default',
          claims: { issuer: '', subject: '', audience: '', jobWorkflowRef: '' },
        },
        { signIn: SIGN_IN, repository: 'octo/app' },
      );
      expect(JSON.parse(azArguments(move)[0]?.at(-1) ?? '')).toMatchObject({
        issuer: ISSUER,
        subject: `${SUBJECT}BRANCH`,
        audiences: [SIGN_IN.audience],
      });
    });
  });

  test.each([
    { name: 'by ids', subject: 'repo:octo@1/app@2:pull_request', section: 'immutable-subject' },
    { name: 'by name', subject: 'repo:octo/app:pull_request', section: 'no-federated-credential' },
    {
      name: 'a branch like ids',
      subject: 'repo:octo/app:ref:refs/heads/octo@1/app@2',
      section: 'no-federated-credential',
    },
    {
      name: 'of a custom template',
      subject: 'job_workflow_ref:octo/app/.github/workflows/x.yml@1/2',
      section: 'no-federated-credential',
    },
  ])('a subject $name', ({ subject, section }) => {
    expect(explain(federation(subject), {}).section).toBe(section);
  });
});

describe('what is not known yet', () => {
  test.each<{ name: string; failure: Failure; move: string }>([
    {
      name: 'rights without a cluster',
      failure: { code: 'result-forbidden', answer: answered(403, {}) },
      move: "  az role assignment create --assignee PRINCIPAL --role 'AKS Run Command' --scope CLUSTER_ID",
    },
    {
      name: 'looking without a command id',
      failure: { code: 'submission-unclear', answer: answered(500, '') },
      move: '  az monitor activity-log list --resource-id CLUSTER_ID --offset 1h --output table',
    },
  ])('$name', ({ failure, move }) => {
    const explanation = explain(failure, {});
    expect(`${explanation.move}\n`).toContain(`${move}\n`);
    expect(explanation.move).not.toContain('undefined');
  });

  test('no result line without a command id', () => {
    expect(explain({ code: 'submission-unclear', answer: answered(500, '') }, { cluster: CLUSTER }).move).not.toContain(
      'result',
    );
  });

  test('a cancelled step shows its command, where there is one, though nobody says the state', () => {
    const commandId = parseCommandId('0'.repeat(32));
    expect(explain({ code: 'cancelled' }, { cluster: CLUSTER, ...(commandId && { commandId }) }).move).toContain(
      `--command-id ${'0'.repeat(32)}`,
    );
    expect(explain({ code: 'cancelled' }, { cluster: CLUSTER }).move).toBe('');
  });
});

describe('YAML to pick a command up', () => {
  const environment = parseEnvironment('https://arm.example');
  const commandId = parseCommandId('12345678901234567890123456789012');

  test('names what is not the default, and a command id of digits stays text', () => {
    const signIn = { ...SIGN_IN, audience: 'own' };
    const { move } = explain({ code: 'no-answer-in-time', seconds: 60 }, context({ signIn }));
    expect(move).toContain('    command-id: "12345678901234567890123456789012"');
    expect(move).toContain(
      `    client-id: "${CLIENT}"\n    tenant-id: "${CLIENT}"\n    audience: "own"\n    environment: "https://arm.example"`,
    );
  });

  test('of a session has no client-id', () => {
    const { move } = explain({ code: 'no-answer-in-time', seconds: 60 }, context({ signIn: { kind: 'ambient' } }));
    expect(move).not.toMatch(/client-id|tenant-id|audience/);
  });

  function context(more: Context): Context {
    return { cluster: CLUSTER, ...(environment && { environment }), ...(commandId && { commandId }), ...more };
  }
});

describe('words of the service', () => {
  test.each<{ name: string; answer: Answer; words: string }>([
    {
      name: 'code, message and both ids',
      answer: answered(500, { error: { code: 'C', message: 'M' } }, 'r', 'c'),
      words: 'HTTP 500 C: M\nx-ms-request-id r, x-ms-correlation-request-id c',
    },
    { name: 'a top-level code', answer: answered(500, { code: 'C', message: 'M' }), words: 'HTTP 500 C: M' },
    { name: 'an empty body', answer: answered(502, ''), words: 'HTTP 502' },
    {
      name: 'a page',
      answer: answered(502, '<html><title>Bad Gateway</title><body><h1>x</h1></html>'),
      words: 'HTTP 502 Bad Gateway',
    },
    { name: 'a page without a title', answer: answered(502, '<html><body><h1>x</h1></html>'), words: 'HTTP 502' },
    { name: 'text before a page', answer: answered(502, 'upstream: <!DOCTYPE html><p>x'), words: 'HTTP 502 upstream:' },
    { name: 'numbers for words', answer: answered(500, { error: { code: 7, message: { a: 1 } } }), words: 'HTTP 500' },
    {
      name: 'controls',
      answer: answered(500, { message: 'a\r\n::add-mask::b\u001b[0m' }),
      words: 'HTTP 500 a\n::add-mask::b\\u001b[0m',
    },
    {
      name: 'no answer',
      answer: { kind: 'unanswered', sent: 'perhaps', cause: 'ECONNRESET' },
      words: 'Connection error: ECONNRESET',
    },
  ])('$name', ({ answer, words }) => {
    expect(explain({ code: 'submission-unclear', answer }, {}).words).toBe(words);
  });

  test('long words are cut, so that the next move still fits', () => {
    const answer = answered(500, { message: 'x'.repeat(100_000) });
    expect(explain({ code: 'submission-unclear', answer }, {}).words.length).toBeLessThan(1600);
  });
});

describe('hints beside the output', () => {
  const forbidden = (kind: string) =>
    `Error from server (Forbidden): x is forbidden: User "u" cannot get resource "${kind}" in the namespace "n"`;
  const waited = 'error: timed out waiting for the condition';

  test.each([
    { name: 'nothing known', output: 'Error: something else\n', exitCode: 1, sections: [] },
    { name: 'no output, and no exit code', output: '', exitCode: undefined, sections: [] },
    {
      name: 'forbidden without a resource',
      output: 'Error: forbidden: User "u" cannot get path "/healthz"',
      exitCode: 1,
      sections: [],
    },
    {
      name: 'the same twice',
      output: `${forbidden('a')}\n${forbidden('b')}`,
      exitCode: 1,
      sections: ['kubernetes-forbidden'],
    },
    { name: 'Windows line ends', output: 'sh: git: not found\r\n', exitCode: 127, sections: ['command-not-found'] },
    {
      name: 'the last three of many, the last one first',
      output: `error: the path "x" does not exist\n${forbidden('a')}\n${waited}\nsh: git: not found`,
      exitCode: 1,
      sections: ['command-not-found', 'timed-out-waiting', 'kubernetes-forbidden'],
    },
    {
      name: 'a kill is never left out',
      output: `${forbidden('a')}\n${waited}\nsh: git: not found`,
      exitCode: 137,
      sections: ['exit-code-137', 'command-not-found', 'timed-out-waiting'],
    },
    {
      name: 'what stands 256 KiB from the end',
      output: `${forbidden('a')}\n${'x\n'.repeat(128 * 1024)}`,
      exitCode: 1,
      sections: [],
    },
    {
      name: 'what stands less than that from it',
      output: `${forbidden('a')}\n${'x\n'.repeat(127 * 1024)}`,
      exitCode: 1,
      sections: ['kubernetes-forbidden'],
    },
    {
      name: 'the first kind once more at the end',
      output: `${waited}\n${forbidden('a')}\n${waited}`,
      exitCode: 1,
      sections: ['timed-out-waiting', 'kubernetes-forbidden'],
    },
    {
      name: 'what ended with a signal and an error that nothing is known of',
      output: 'Error: something else\n',
      exitCode: 137,
      sections: ['exit-code-137'],
    },
  ])('$name', ({ output, exitCode, sections }) => {
    expect(readFindings(output, exitCode, {}).hints.map(({ section }) => section)).toEqual(sections);
  });

  const strange = 'Error: something else';
  const invalid = 'The Deployment "web" is invalid: ';
  test.each<[string, string, number, string | undefined]>([
    ['nothing is known of it', strange, 1, strange],
    ['another error ended the command', `${strange}\n${waited}`, 1, undefined],
    ['a signal ended the command, and nothing is known of the error', strange, 137, strange],
    ['a signal ended the command after an error that is known', waited, 137, undefined],
    ['the exit code says more', strange, 127, strange],
    [
      'it lists problems below',
      `${invalid}\n* spec.a: Required\n* spec.b: Required`,
      1,
      `${invalid.trim()} spec.a: Required`,
    ],
  ])('the first error is quoted, or is none, where %s', (_name, output, exitCode, firstError) => {
    expect(readFindings(output, exitCode, {}).firstError).toBe(firstError);
  });

  test.each([
    ['list', 'view'],
    ['create', 'edit'],
  ])('who may not %s is offered the role %s', (verb, role) => {
    const line = `Error from server (Forbidden): pods is forbidden: User "system:serviceaccount:aks-command:sa-1" cannot ${verb} resource "pods" in API group "" in the namespace "shop"`;
    expect(readFindings(line, 1, { cluster: CLUSTER }).hints[0]?.move).toContain(`--clusterrole=${role} `);
  });

  test('the first of the same is the one that is told', () => {
    expect(readFindings(`${forbidden('a')}\n${forbidden('b')}`, 1, {}).hints[0]?.sentence).toBe(
      'The identity cannot get a in the cluster.',
    );
  });

  needing(['sh'], () => {
    test('hostile names are quoted', () => {
      const output = `Error: UPGRADE FAILED: "x';$(touch owned)" has no deployed releases`;
      const [hint] = readFindings(output, 1, { cluster: CLUSTER }).hints;
      expect(hint?.move).toContain(`helm uninstall 'x'\\'';$(touch owned)' --namespace`);
    });
  });

  test.each([
    ['a sentence', 'pods. URGENT: run the line below', '"pods. URGENT: run the line below"'],
    ['an address', 'https://login.example/x', '"https://login.example/x"'],
    ['too long for a name', 'x'.repeat(101), `"${'x'.repeat(100)}…"`],
    ['as long as one is shown', `${'x'.repeat(49)} ${'x'.repeat(50)}`, `"${'x'.repeat(49)} ${'x'.repeat(50)}"`],
    ['characters that are not seen', 'pods\u202e', String.raw`"pods\u202e"`],
    ['a name', 'deployments.apps/scale', 'deployments.apps/scale'],
  ])("%s is not taken for our own words where a stranger's name stands", (_name, kind, shown) => {
    const { hints } = readFindings(forbidden(kind), 1, {});
    expect(hints[0]?.sentence).toBe(`The identity cannot get ${shown} in the cluster.`);
  });

  test('rights are offered to who signed in, and not to whom the output names', () => {
    const denied = (user: string, more = '') =>
      `Error from server (Forbidden): pods is forbidden: User "${user}" cannot list resource "pods" in API group ""${more}`;
    const clientId = 'a0000000-1111-2222-3333-444444444444';
    const context = { cluster: CLUSTER, signIn: { kind: 'oidc', clientId, tenantId: clientId, audience: '' } } as const;
    const moves = (output: string) => readFindings(output, 1, context).hints.map(({ move }) => move);
    for (const more of ['', ' in the namespace "shop"', ': User does not have access to the resource in Azure.']) {
      const [move = ''] = moves(denied('mallory@evil.example', more));
      expect(move).not.toContain('mallory');
      expect(move).toContain(`az role assignment create --assignee ${clientId} --role`);
    }
    expect(moves(denied('system:serviceaccount:aks-command:sa-1', ' in the namespace "shop"'))[0]).toContain(
      '--serviceaccount=aks-command:sa-1',
    );
    expect(moves(denied('system:serviceaccount:kube-system:mallory', ' in the namespace "shop"'))).toEqual([]);
  });

  test.each([
    { name: 'one long line', text: 'Error: is forbidden: User "" cannot get resource "' },
    { name: 'many lines', text: 'Error: x is forbidden: User "" cannot get resource "\n' },
    { name: 'empty lines', text: '\n' },
    { name: 'almost a missing program', text: 'sh: sh: 1: ' },
    { name: 'almost a webhook', text: 'Error: admission webhook "' },
    { name: 'many short errors', text: 'error: \n' },
    { name: 'almost a script', text: 'a/a: 1: ./' },
  ])('32 MiB of hostile text take no time: $name', ({ text }) => {
    const output = text.repeat(Math.ceil((32 * 1024 * 1024) / text.length));
    const begin = performance.now();
    readFindings(output, 1, {});
    // Some 100 ms of it pass in the first look at a repeated text, which no output is. Quadratic would be hours.
    expect(performance.now() - begin).toBeLessThan(12_000);
  });
});

test.each([
  [['a: is required', 'b: is required', 'c: is required'], 'a, b, c'],
  [['a: is required', 'b: is required', 'c: is required', 'd: is required'], 'a, b, c, …'],
])('of invalid inputs the headline names three: %j', (problems, names) => {
  expect(explain({ code: 'invalid-inputs', problems }, {}).title).toBe(`inputs missing or invalid: ${names}`);
});

test('a cloud that is not reached for its metadata is explained by what is in the way', () => {
  const answer = { kind: 'unanswered', sent: 'never', cause: 'the proxy proxy.example:3128 answered 407' } as const;
  const { section } = explain({ code: 'cloud-metadata', endpoint: 'https://arm.example', answer }, {});

  expect(section).toBe('proxy-sign-in');
});

test.each([
  ['another than the token has', 'https://other.example', true],
  ["the token's own", ISSUER, false],
])('the issuer that Entra names is told where it is %s', (_name, issuer, isTold) => {
  const error_description = `AADSTS700211: No matching record found for presented assertion issuer '${issuer}'.`;
  const answer = answered(400, { error: 'invalid_client', error_description });
  const claims = { issuer: ISSUER, subject: `${SUBJECT}main`, audience: 'a', jobWorkflowRef: '' };
  const { section, move } = explain({ code: 'entra', answer, scope: 'x/.default', claims }, { signIn: SIGN_IN });

  expect([section, move.includes('Entra names the issuer')]).toEqual(['wrong-issuer', isTold]);
});

const aadsts = {
  error: 'invalid_request',
  error_description: 'AADSTS700213: No matching federated identity record found.',
};

function federation(subject: string): Failure {
  const claims = { issuer: ISSUER, subject, audience: 'api://AzureADTokenExchange', jobWorkflowRef: '' };
  return { code: 'entra', answer: answered(400, aadsts), scope: 'https://management.azure.com/.default', claims };
}

function answered(status: number, body: unknown, request?: string, correlation?: string): Answer {
  const headers = {
    ...(request !== undefined && { 'x-ms-request-id': request }),
    ...(correlation !== undefined && { 'x-ms-correlation-request-id': correlation }),
  };
  return { kind: 'answered', status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

/** The arguments of each `az` line, as `sh` hands them over. */
function azArguments(move: string): string[][] {
  const lines = move.split('\n').filter((line) => line.startsWith('  az '));
  const script = ["az() { printf '%s\\0' \"$@\"; printf '\\1'; }", ...lines].join('\n');
  const { status, stdout, stderr } = spawnSync('sh', ['-eu'], { input: script, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.split('\x01').map((line) => line.split('\0').slice(0, -1));
}
