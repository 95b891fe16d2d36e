import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../../../src/azure/answer.ts';
import { parseCloud } from '../../../src/azure/cloud.ts';
import type { Failure } from '../../../src/failure.ts';
import { NOTHING_KNOWN, type Known } from '../../../src/report/catalogue/known.ts';
import { explain } from '../../../src/report/explain.ts';
import { say } from '../../../src/text/say.ts';
import { needing } from '../../tools.ts';
import { http, ID } from '../ports.ts';
import { azArguments } from './az-arguments.ts';
import { required } from './provocations.ts';
import { shown } from './shown.ts';

const CLIENT = 'c1111111-2222-3333-4444-555555555555';
const OBJECT = 'e1111111-2222-3333-4444-555555555555';
const APPLICATION = {
  clientId: CLIENT,
  tenantId: CLIENT,
  audience: 'api://AzureADTokenExchange',
};
const CLUSTER = { subscriptionId: CLIENT, resourceGroup: 'rg', name: 'aks' };
const BRANCH = 'repo:octo/app:ref:refs/heads/';
const ISSUER = 'https://token.actions.githubusercontent.com';

describe('a federated credential to paste', () => {
  needing(['sh'], () => {
    test.each([
      [
        'a command',
        `${BRANCH}$(touch$IFS\`x\`)`,
        'github-repo-octo-app-ref-refs-heads-touch-IFS-x',
      ],
      ['an option', '--help', 'github-help'],
      [
        'a long one',
        BRANCH + 'x'.repeat(300),
        `github-repo-octo-app-ref-refs-heads-${'x'.repeat(120)}`.slice(0, 120),
      ],
      ['a line break', `${BRANCH}a\n##[error]b`, 'github-repo-octo-app-ref-refs-heads-a-error-b'],
    ])('%s: az gets what the token said', (_name, subject, name) => {
      const { remedy } = shown(
        explain(entra({ subject }), { ...NOTHING_KNOWN, application: APPLICATION }),
      );
      const [application = [], , identity = []] = azCalls(remedy);
      const audiences = [APPLICATION.audience];
      expect(JSON.parse(application.at(-1) ?? '')).toEqual({
        name,
        issuer: ISSUER,
        subject,
        audiences,
      });
      expect(application.slice(0, -1)).toEqual(
        `ad app federated-credential create --id ${CLIENT} --parameters`.split(' '),
      );
      const visible = subject.replace('\n', String.raw`\u000a`);
      expect(identity.slice(-7)).toEqual([
        '--name',
        name,
        '--issuer',
        ISSUER,
        `--subject=${visible}`,
        '--audiences',
        APPLICATION.audience,
      ]);
      expect(remedy).toContain(say`This job presented the subject ${subject}.`.markdown);
    });

    test('claims that could not be read leave room to fill in', () => {
      const presented = entra({ subject: '', issuer: '', audience: '' });
      const { remedy } = shown(explain(presented, { ...NOTHING_KNOWN, application: APPLICATION }));
      expect(JSON.parse(azCalls(remedy)[0]?.at(-1) ?? '')).toMatchObject({
        issuer: 'ISSUER',
        subject: 'SUBJECT',
        audiences: [APPLICATION.audience],
      });
    });
  });

  test.each([
    ['of a branch like IDs', `${BRANCH}octo@1/app@2`, 'has no'],
    ['of a custom template', 'job_workflow_ref:octo/app/.github/workflows/x.yml@1/2', undefined],
  ])('a subject %s: what it says of numeric IDs', (_name, subject, says) => {
    const { remedy } = shown(explain(entra({ subject }), NOTHING_KNOWN));
    expect(/This subject (.+) numeric IDs/.exec(remedy)?.[1]).toBe(says);
  });

  test('the issuer that Entra names is not shown if the token has it', () => {
    const says = `AADSTS700211: No matching record for issuer '${ISSUER}'.`;
    const { name, remedy } = shown(explain(entra({}, says), NOTHING_KNOWN));
    expect(name).toBe('wrong-issuer');
    expect(remedy).not.toContain('Entra names the issuer');
  });
});

describe('what is not known', () => {
  const CANCELLED = { code: 'cancelled' } as const;
  const UNKNOWN_RUN = { state: 'unknown', runId: '42' } as const;
  const tooLarge: Failure = { code: 'submission-refused', answer: http(413, '') };
  const unclear: Failure = { code: 'submission-unclear', answer: http(500, '') };
  const unread: Failure = { code: 'result-forbidden', answer: http(403, {}) };
  test.each<[name: string, failure: Failure, more: Partial<Known>, words: string, has: boolean]>([
    ['permissions of nobody', unread, {}, '--assignee CLIENT_ID', true],
    ['permissions of a session', forbidden(), {}, `--assignee ${OBJECT}`, true],
    [
      'permissions of a client, whomever ARM names',
      forbidden(),
      { application: APPLICATION },
      `--assignee ${CLIENT} `,
      true,
    ],
    ['where to look', unclear, {}, '/managedClusters/CLUSTER --offset 1h', true],
    ['no result line without a command ID', unclear, { cluster: CLUSTER }, 'result', false],
    [
      'a canceled step has its command',
      { code: 'cancelled' },
      { commandId: ID, state: 'running' },
      `--command-id ${ID}`,
      true,
    ],
    ['or none', { code: 'cancelled' }, { state: 'not-started' }, '--command-id', false],
    ['no pod to stop that nothing identifies', CANCELLED, { state: 'unknown' }, 'delete', false],
    ['a pod to stop by its ID', CANCELLED, { state: 'running', commandId: ID }, `${ID} --n`, true],
    ['a pod to find by the run', CANCELLED, UNKNOWN_RUN, 'test("[G]ITHUB_RUN_ID=42")', true],
    [
      'a pod to find by the run and the hash',
      { ...CANCELLED, hash: 'abc' },
      UNKNOWN_RUN,
      'test("[G]ITHUB_RUN_ID=42") and test("[a]bc")',
      true,
    ],
    [
      'a pod to find by the hash alone',
      { code: 'submission-unclear', answer: http(500, ''), hash: 'abc' },
      {},
      'select(tostring | test("[a]bc"))',
      true,
    ],
    [
      'the size of the files in a request that is too large',
      tooLarge,
      { packed: { files: [], zipBytes: 3_750_000 } },
      'The files took 4.8 MiB of it',
      true,
    ],
    ['no size of files that nobody packed', tooLarge, {}, 'The files took', false],
  ])('%s', (_name, failure, more, words, has) => {
    expect(shown(explain(failure, { ...NOTHING_KNOWN, ...more })).remedy.includes(words)).toBe(has);
  });
});

test.each<[name: string, more: Partial<Known>, yaml: string, has: boolean]>([
  [
    'an audience of its own',
    { application: { ...APPLICATION, audience: 'own' } },
    '\n    audience: own',
    true,
  ],
  ['the default audience', { application: APPLICATION }, 'audience', false],
  ['a custom cloud', {}, '\n    environment: "https://arm.example"', true],
  ['a session has no client', {}, 'client-id', false],
])('YAML to pick a command up: %s', (_name, more, yaml, has) => {
  const cloud = required(parseCloud('https://arm.example'));
  const known = { ...NOTHING_KNOWN, cluster: CLUSTER, commandId: ID, cloud, ...more };
  const { remedy } = shown(explain({ code: 'no-answer-in-time', seconds: 60 }, known));
  expect(remedy.includes(yaml)).toBe(has);
});

test.each<[string, Answer, string]>([
  ['text before a page', http(502, 'upstream: <!DOCTYPE html><p>x'), 'HTTP 502 upstream:'],
  [
    'controls',
    http(500, { message: 'a\r\n::add-mask::b\u001b[0m' }),
    'HTTP 500 a\n::add-mask::b\\u001b[0m',
  ],
])('words of the service: %s', (_name, answer, words) => {
  expect(explain({ code: 'submission-unclear', answer }, NOTHING_KNOWN).errorText).toBe(words);
});

function entra(
  claims: { subject?: string; issuer?: string; audience?: string },
  says = 'AADSTS700213: No.',
): Failure {
  const presented = {
    issuer: ISSUER,
    subject: `${BRANCH}main`,
    audience: APPLICATION.audience,
    jobWorkflowRef: '',
  };
  const answer = http(400, { error: 'invalid_request', error_description: says });
  return {
    code: 'entra',
    answer,
    resource: 'https://management.azure.com',
    claims: { ...presented, ...claims },
  };
}

function forbidden(): Failure {
  const message = `The client 'x' with object id '${OBJECT}' does not have it.`;
  return { code: 'result-forbidden', answer: http(403, { code: 'AuthorizationFailed', message }) };
}

/** What each line of a remedy that begins with `az` passes to it. */
function azCalls(remedy: string): string[][] {
  return azArguments(remedy.split('\n').filter((line) => line.startsWith('  az ')));
}
