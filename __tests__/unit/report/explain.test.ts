import { expect, test } from '@jest/globals';
import type { Failure } from '../../../src/failure.ts';
import { explain } from '../../../src/report/explain.ts';
import { NOTHING_KNOWN } from '../../../src/report/values.ts';
import { needing } from '../../support/tools.ts';
import { http } from '../ports.ts';
import { MESSAGES } from './all-messages.ts';
import { azArguments } from './az-arguments.ts';
import { shown } from './shown.ts';

const CLIENT = 'c1111111-2222-3333-4444-555555555555';
const AUDIENCE = 'api://AzureADTokenExchange';
const BRANCH = 'repo:octo/app:ref:refs/heads/';
const ISSUER = 'https://token.actions.githubusercontent.com';

needing(['sh'], () => {
  test.each([
    ['a command', `${BRANCH}$(touch$IFS\`x\`)`, 'github-repo-octo-app-ref-refs-heads-touch-IFS-x'],
    ['an option', '--help', 'github-help'],
    [
      'a long one',
      BRANCH + 'x'.repeat(300),
      `github-repo-octo-app-ref-refs-heads-${'x'.repeat(120)}`.slice(0, 120),
    ],
    ['a line break', `${BRANCH}a\n##[error]b`, 'github-repo-octo-app-ref-refs-heads-a-error-b'],
  ])('a federated credential to paste: %s: az gets what the token said', (_name, subject, name) => {
    const lines = remedyFor(subject)
      .split('\n')
      // Without the YAML.
      .filter((line) => line.startsWith('  ') && !line.includes('environment: NAME'));
    const [, , , application, identity] = azArguments(lines);
    expect(JSON.parse(application?.at(-1) ?? '')).toMatchObject({ name, subject });
    const visible = subject.replace('\n', String.raw`\u000a`);
    expect(identity?.slice(-7)).toEqual([
      '--name',
      name,
      '--issuer',
      ISSUER,
      `--subject=${visible}`,
      '--audiences',
      AUDIENCE,
    ]);
  });
});

// AADSTS70043: a Conditional Access policy limits how long a sign-in lasts.
test.each(['AADSTS700082', 'AADSTS70043', 'AADSTS50173'])(
  'a session that Entra ended with %s has expired, in any language of its message',
  (code) => {
    const detail = `azure/login: ERROR: ${code}: x`;
    const message = explain({ code: 'session-failed', detail }, NOTHING_KNOWN, MESSAGES);
    expect(message.name).toBe('session-expired');
  },
);

/** What to do about an ID token with a subject for which there is no credential. */
function remedyFor(subject: string): string {
  const failure: Failure = {
    code: 'entra',
    answer: http(400, { error: 'invalid_request', error_description: 'AADSTS700213: No.' }),
    resource: 'https://management.azure.com',
    claims: { issuer: ISSUER, subject, audience: AUDIENCE, jobWorkflowRef: '' },
  };
  const application = { clientId: CLIENT, tenantId: CLIENT, audience: AUDIENCE };
  return shown(explain(failure, { ...NOTHING_KNOWN, application }, MESSAGES)).remedy;
}
