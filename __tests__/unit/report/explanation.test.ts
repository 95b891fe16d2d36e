import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import type { Answer } from '../../../src/azure/answer.ts';
import { parseEnvironment } from '../../../src/azure/cloud.ts';
import { parseCommandId } from '../../../src/azure/command-id.ts';
import type { Context } from '../../../src/report/catalogue/context.ts';
import { explain } from '../../../src/report/explanation.ts';
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
    ['by IDs', 'repo:octo@1/app@2:pull_request', true],
    ['by name', 'repo:octo/app:pull_request', false],
    ['of a branch like IDs', 'repo:octo/app:ref:refs/heads/octo@1/app@2', false],
    ['of a custom template', 'job_workflow_ref:octo/app/.github/workflows/x.yml@1/2', false],
  ])('a subject %s', (_name, subject, isImmutable) => {
    expect(explain(federation(subject), {}).move.includes('numeric IDs')).toBe(isImmutable);
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
