import { parseCloud } from '../../../src/azure/cloud.ts';
import type { Answer } from '../../../src/azure/answer.ts';
import type { Failure } from '../../../src/failure.ts';
import { publish } from '../../../src/report/publication.ts';
import { reportOn, type Report, type Step } from '../../../src/report/report.ts';
import type { Target } from '../../../src/azure/port.ts';
import type { Inputs } from '../../../src/inputs/inputs.ts';
import { say } from '../../../src/text/say.ts';
import { withoutResult, type State, type Verdict } from '../../../src/verdict.ts';
import { notAllowed, NOTHING_COLLECTED } from '../collected.ts';
import { http, ID, keptHost, type KeptHost } from '../ports.ts';
import { MESSAGES } from '../messages/all-messages.ts';
import { packedTask } from '../packed-task.ts';
import { required } from '../messages/provocations.ts';

export type Variables = Readonly<Record<string, string>>;

export const CLUSTER = {
  subscriptionId: '5d7e9c3a-1b2c-4d5e-8f90-a1b2c3d4e5f6',
  resourceGroup: 'rg-prod',
  name: 'prod',
};
const TARGET: Target = {
  cluster: CLUSTER,
  cloud: required(parseCloud('azurecloud')),
  application: undefined,
};
/** No report has the value of a variable. */
const SECRET: Pick<Inputs, 'env'> = { env: [{ name: 'TOKEN', value: 's3cret' }] };
const NOTHING_PACKED = packedTask([]);
const PACKED = packedTask([
  { path: 'k8s/deployment.yaml', bytes: 1536 },
  { path: 'k8s/service.yaml', bytes: 200 },
]);

export const whole = (text: string) => ({ text, truncated: false, missingBytes: 0 });
export const verdict = (state: State, more: Partial<Verdict> = {}): Verdict => ({
  ...withoutResult(state, undefined, ID),
  ...more,
});
/** Why a command failed that exited with 3. */
export const EXITED: Failure = { code: 'exit-code', exitCode: 3, allowed: undefined };
const TIMES = { startedAt: '2026-11-25T12:00:00Z', finishedAt: '2026-11-25T12:01:30Z' };
export const ended = (more: Partial<Verdict> = {}): Verdict =>
  verdict('failed', {
    exitCode: 3,
    problems: [EXITED],
    output: whole('pod/web created\nit failed\n'),
    ...TIMES,
    ...more,
  });
export const succeeded = (more: Partial<Verdict> = {}): Verdict =>
  verdict('succeeded', { exitCode: 0, output: whole('pod/web created\n'), ...TIMES, ...more });
export const NO_TOKEN = withoutResult('not-started', { code: 'no-id-token' });

export function report(
  given: Verdict,
  { packed = PACKED, ...inputs }: Partial<NonNullable<Step['inputs']>> & Pick<Step, 'packed'> = {},
  variables: Variables = {},
  ofHost: Partial<KeptHost> = {},
): Report {
  const step: Step = {
    inputs: { ...TARGET, ...SECRET, summary: true, command: 'kubectl apply -f k8s\n', ...inputs },
    packed,
    verdict: given,
  };
  return reportOn(step, { ...keptHost({}, variables), ...ofHost }, MESSAGES);
}

/**
 * What a host gets that publishes the report, with the options of most steps: everything, and the
 * error and the end of the log by themselves.
 */
export async function published(
  given: Report,
  options: Partial<Parameters<typeof publish>[1]> = {},
  ofHost: Partial<KeptHost> = {},
) {
  const host = keptHost();
  const success = given.verdict.problems.length === 0;
  const all = await publish(
    given,
    { success, summary: true, ...options },
    { ...host, ...ofHost },
    MESSAGES,
  );
  const { transcript } = host;
  const error = transcript.find((line) => line.startsWith('error ')) ?? '';
  const [title = '', ...message] = error.replace('error ', '').split('\n');
  return {
    all,
    outputs: host.outputs(),
    transcript,
    summary: host.summary(),
    title,
    message: message.join('\n'),
    log: transcript.filter((line) => line.startsWith('show ')),
    lastLine: transcript.at(-1)?.replace('show ', ''),
  };
}

export const RESET: Answer = { kind: 'unanswered', sent: 'perhaps', cause: 'ECONNRESET' };
export const DOCS = { GITHUB_ACTION_REPOSITORY: 'octo/action', GITHUB_ACTION_REF: 'v1' };
export const FORBIDDEN =
  'Error from server (Forbidden): pods is forbidden: User "u" cannot list resource "pods" in ' +
  'API group "" in the namespace "shop"';
export const refused = (status: number, body: string): Failure => ({
  code: 'submission-refused',
  answer: http(status, body, { 'x-ms-request-id': '1234' }),
});
export const REFUSED = refused(403, '{"code":"Odd","message":"M"}');
const NASTY =
  '```\n</details>\n# Approved ✅\n::error::x\n##[error]y\n<img src=x onerror=alert(1)> ' +
  '[click](https://evil.example) @octo $x$\n\u001b[31mred\u001b[0m\n';
const NASTY_FILES = [{ path: NASTY, bytes: 1 }];

/** What makes one report of each form. */
export const REPORTS: Readonly<Record<string, Parameters<typeof report>>> = {
  succeeded: [
    succeeded({
      stepOutputs: [{ name: 'url', value: 'https://shop.example', line: 1 }],
      podSummary: '# Deployed\n\n| what | version |\n| --- | --- |\n| web | 7 |\n',
    }),
    { command: '#!/bin/bash\nset -euo pipefail\nkubectl apply -f k8s\n', namespace: 'shop' },
  ],
  // An earlier command of another tool, which exited with an allowed code after errors.
  followed: [
    succeeded({
      exitCode: 9,
      onlyExitCode: true,
      finishedAt: TIMES.startedAt,
      output: {
        text: `${FORBIDDEN}\n::set-output name=x::y\n`,
        truncated: true,
        missingBytes: 12_345,
      },
    }),
    { command: '', packed: NOTHING_PACKED },
  ],
  invalid: [
    withoutResult('not-started', {
      code: 'invalid-inputs',
      names: ['cluster'],
      problems: [say`${'cluster'} is required.`],
    }),
    {},
  ],
  failed: [ended()],
  hinted: [
    ended({
      output: whole(`pod/web created\n${FORBIDDEN}\n`),
      problems: [EXITED, { code: 'outputs-too-large' }],
      collected: { ...NOTHING_COLLECTED, unmatched: ['a*'] },
    }),
    {},
    DOCS,
  ],
  'not-started': [withoutResult('not-started', REFUSED), {}, DOCS],
  running: [
    verdict('running', {
      problems: [{ code: 'no-answer-in-time', seconds: 1860, answer: undefined }],
    }),
    { packed: NOTHING_PACKED, command: '' },
  ],
  unknown: [
    withoutResult('unknown', { code: 'submission-unclear', answer: RESET, hash: 'ab12cd' }),
    {},
    DOCS,
  ],
  'dry-run': [withoutResult('dry-run'), { packed: NOTHING_PACKED }],
  hostile: [
    ended({
      output: whole(NASTY),
      podSummary: '# Mine\n',
      podSummaryCut: true,
      problems: [refused(500, NASTY)],
      collected: {
        ...NOTHING_COLLECTED,
        folder: '/temp/c',
        files: NASTY_FILES,
        leftOut: notAllowed([NASTY]),
        unmatched: ['`a*'],
      },
    }),
    { command: `echo "${NASTY}"`, packed: packedTask(NASTY_FILES) },
  ],
};
