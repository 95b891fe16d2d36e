import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseCloud } from '../../../src/azure/cloud.ts';
import type { Failure, FilesProblem } from '../../../src/failure.ts';
import { PROMPT } from '../../../src/hosts/terminal/words.ts';
import { WORKFLOW } from '../../../src/hosts/words.ts';
import { publish } from '../../../src/report/publication.ts';
import { codeBlock } from '../../../src/report/markdown.ts';
import { say, sh, type Message } from '../../../src/report/message.ts';
import { plainText } from '../../../src/report/plain-text.ts';
import {
  durationSeconds,
  commandOutcome,
  headline,
  reportOn,
  type Invocation,
  type Report,
} from '../../../src/report/report.ts';
import { summary } from '../../../src/report/summary.ts';
import { withoutResult, type State, type Verdict } from '../../../src/verdict.ts';
import { outsideCode } from '../../fences.ts';
import { expectGolden } from '../../golden.ts';
import { notAllowed, NOTHING_COLLECTED } from '../collected.ts';
import { ID, keptHost, type KeptHost } from '../ports.ts';
import { packedTask } from './packed-task.ts';
import { required } from './provocations.ts';
import { shown } from './shown.ts';

type Variables = Readonly<Record<string, string>>;

const CLUSTER = {
  subscriptionId: '5d7e9c3a-1b2c-4d5e-8f90-a1b2c3d4e5f6',
  resourceGroup: 'rg-prod',
  name: 'prod',
};
const TARGET: Invocation['target'] = {
  cluster: CLUSTER,
  cloud: required(parseCloud('azurecloud')),
};
const PACKED = packedTask([
  { path: 'k8s/deployment.yaml', bytes: 1536 },
  { path: 'k8s/service.yaml', bytes: 200 },
]);
const NONE_CAME = { ...NOTHING_COLLECTED, unmatched: ['a*'] };

const whole = (text: string) => ({ text, truncated: false, missingBytes: 0 });
const verdict = (state: State, more: Partial<Verdict> = {}): Verdict => ({
  ...withoutResult(state, undefined, ID),
  ...more,
});
const TIMES = { startedAt: '2026-11-25T12:00:00Z', finishedAt: '2026-11-25T12:01:30Z' };
const ended = (more: Partial<Verdict> = {}): Verdict =>
  verdict('failed', {
    exitCode: 3,
    failure: { code: 'exit-code', exitCode: 3 },
    output: whole('pod/web created\nit failed\n'),
    ...TIMES,
    ...more,
  });
const succeeded = (more: Partial<Verdict> = {}): Verdict =>
  verdict('succeeded', { exitCode: 0, output: whole('pod/web created\n'), ...TIMES, ...more });
const LATE = verdict('running', { failure: { code: 'no-answer-in-time', seconds: 1860 } });
const RUNS = 'The command is still running in the cluster.';
const UNSEEN = 'Azure has not shown that the command started.';
const MAY_START = 'and may still start until 12:01:30 UTC.';
const NO_TOKEN = withoutResult('not-started', { code: 'no-id-token' });

function report(
  given: Verdict,
  more: Invocation = {},
  variables: Variables = {},
  ofHost: Partial<KeptHost> = {},
): Report {
  const invocation = { target: TARGET, command: 'kubectl apply -f k8s\n', packed: PACKED, ...more };
  return reportOn(given, invocation, { ...keptHost({}, variables), ...ofHost });
}

/** What a host gets that publishes the report, the error in two parts. */
async function published(given: Report, success: boolean, words = WORKFLOW) {
  const host = { ...keptHost(), words };
  await publish(given, { success, maskOutputs: [], summary: false }, host);
  const error = host.transcript.find((line) => line.startsWith('error ')) ?? '';
  const [title = '', ...message] = error.replace('error ', '').split('\n');
  return {
    title,
    message: message.join('\n'),
    lastLine: host.transcript.at(-1)?.replace('show ', ''),
    log: host.transcript.filter((line) => line.startsWith('show ')),
  };
}

/** The error annotation in a workflow. */
function annotation(given: Report) {
  return published(given, false);
}

/** The failure below the output in a log that is read from top to bottom. */
function failureInLog(given: Report) {
  return published(given, false, PROMPT);
}

const DOCS = { GITHUB_ACTION_REPOSITORY: 'octo/action', GITHUB_ACTION_REF: 'v1' };
const GHES = { GITHUB_SERVER_URL: 'https://ghes.example:8443' };
const FORBIDDEN =
  'Error from server (Forbidden): pods is forbidden: User "u" cannot list resource "pods" in ' +
  'API group "" in the namespace "shop"';
const HEADERS = { 'x-ms-request-id': '1234' };
const refused = (status: number, body: string): Failure => ({
  code: 'submission-refused',
  answer: { kind: 'answered', status, headers: HEADERS, body },
});
const REFUSED = refused(403, '{"code":"Odd","message":"M"}');
const NASTY =
  '```\n</details>\n# Approved ✅\n::error::x\n##[error]y\n<img src=x onerror=alert(1)> ' +
  '[click](https://evil.example) @octo $x$\n\u001b[31mred\u001b[0m\n';
const NASTY_FILES = [{ path: NASTY, bytes: 1 }];

/** One report for each form of it. */
const REPORTS: Readonly<Record<string, Report>> = {
  succeeded: report(
    succeeded({ podSummary: '# Deployed\n\n| what | version |\n| --- | --- |\n| web | 7 |\n' }),
    {
      command: '#!/bin/bash\nset -euo pipefail\nkubectl apply -f k8s\n',
      namespace: 'shop',
    },
  ),
  failed: report(
    ended({ output: whole(`pod/web created\n${FORBIDDEN}\n`), collected: NONE_CAME }),
    {},
    DOCS,
  ),
  'not-started': report(withoutResult('not-started', REFUSED), {}, DOCS),
  running: report(LATE, { packed: undefined, command: undefined }),
  'dry-run': report(withoutResult('dry-run'), { packed: undefined }),
  hostile: report(
    ended({
      output: whole(NASTY),
      podSummary: '# Mine\n',
      podSummaryCut: true,
      failure: refused(500, NASTY),
      collected: {
        ...NOTHING_COLLECTED,
        folder: '/temp/c',
        files: NASTY_FILES,
        leftOut: notAllowed([NASTY]),
        unmatched: ['`a*'],
      },
    }),
    { command: `echo "${NASTY}"`, packed: packedTask(NASTY_FILES) },
  ),
};

describe('as people see it', () => {
  test.each(Object.entries(REPORTS))('%s', async (name, given) => {
    const { title, message } = await annotation(given);
    const annotated = given.verdict.failure
      ? `\n---\n\nThe annotation:\n${codeBlock(`${title}\n\n${message}`)}`
      : '';
    await expectGolden(new URL(`golden/${name}.md`, import.meta.url), summary(given) + annotated);
  });
});

const timedOut = ended({ failure: { code: 'timed-out', seconds: 90 } });

/** What the headline says, and what the last line of the log adds to it. */
test.each<[string, string, Verdict]>([
  [
    'prod: the identity cannot list pods in the cluster',
    ', after 1m 30s',
    ended({ output: whole(FORBIDDEN) }),
  ],
  ['prod: exit code 3', ', after 1m 30s', ended()],
  ['prod: succeeded', ' in 1m 30s', succeeded()],
  ['prod: succeeded', ' in less than 1s', succeeded({ finishedAt: TIMES.startedAt })],
  ['prod: succeeded, exit code 9 (allowed)', ' in 1m 30s', succeeded({ exitCode: 9 })],
  ['prod: dry run, the command did not run', '', withoutResult('dry-run')],
  ['prod: the command timed out after 1m 30s', '', timedOut],
  ['prod: the command gave no result within 31m', '', LATE],
])('the headline, and the time in the last line: %s%s', async (line, took, given) => {
  const { lastLine } = await published(report(given), true);
  expect([plainText(headline(report(given))), lastLine]).toEqual([line, line + took]);
});

describe('the headline', () => {
  test('without a cluster, it names the action', () => {
    expect(plainText(headline(report(NO_TOKEN, { target: undefined })))).toMatch(
      /^AKS Run Command: the job lacks/,
    );
  });

  test.each([
    [154, `prod: ${'x'.repeat(154)}`],
    [155, `prod: ${'x'.repeat(154)}…`],
  ])(
    'as a title it is cut behind 160 characters, and has no controls: %d',
    async (length, title) => {
      const [first] = report(ended()).explanations;
      const long = { ...required(first), title: say`${'x'.repeat(length)}` };
      expect(await annotation({ ...report(ended()), explanations: [long] })).toMatchObject({
        title,
      });
    },
  );

  test.each([
    ['\n# Deploy\n  set -e\n  ./deploy.sh\necho done', ' · `./deploy.sh`'],
    [`a ${'x'.repeat(58)}`, ` · \`a ${'x'.repeat(58)}\``],
    [`a ${'x'.repeat(59)}`, ' · `a …`'],
    // Nobody masks a part of a secret.
    [`login --token=${'x'.repeat(60)} --quiet`, ' · `login …`'],
    [`TOKEN=${'x'.repeat(60)} login`, ' · `…`'],
    ['# nothing', ''],
    ['`a` <b> @c', ' · `` `a` <b> @c ``'],
  ])('in the summary names the command, which tells two steps apart: %j', (command, shown) => {
    expect(summary(report(succeeded(), { command })).split('\n')[1]).toBe(
      `### ✅ prod: succeeded${shown}`,
    );
  });
});

test.each([
  ['of one line', '# Deploy\nset -e\n./deploy.sh', ' · `./deploy.sh`'],
  ['of several lines, whose first need not be the one that failed', './a.sh\n./b.sh', ''],
])('the heading of a command that failed, %s', (_name, command, shown) => {
  expect(summary(report(ended(), { command })).split('\n')[1]).toBe(
    `### ❌ prod: exit code 3${shown}`,
  );
});

test('the first screen of a failure has cause, remedy, and facts, in this order', () => {
  const markdown = summary(report(ended({ output: whole(`${FORBIDDEN}\n`) })));
  const parts = ['### ❌ prod: the identity cannot', 'az role assignment create', 'Exit code 3 · '];
  const places = parts.map((part) => markdown.indexOf(part));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places).not.toContain(-1);
});

test('a guess is a code span in a sentence, and the biggest files are a block', () => {
  const problem: FilesProblem = {
    kind: 'no-match',
    patterns: ['a b', 'c'],
    advice: { hints: [['Did you mean ', { name: 'a_b`' }, '?']] },
  };
  const advised = summary(report(withoutResult('not-started', { code: 'files', problem })));
  expect(advised).toContain('No files were found for `"a b"`, `"c"`'.replace('No', 'no'));
  expect(advised).toContain('\nDid you mean `` a_b` ``?\n');

  const large: Failure = {
    code: 'too-large',
    packed: true,
    bytes: 5_000_000,
    limit: 4_194_304,
    biggest: [{ path: 'a/`b`\n</details>', bytes: 3_000_000 }],
  };
  expect(summary(report(withoutResult('not-started', large)))).toContain(
    '\nThe biggest files:\n\n\n```text\n 2.9 MiB  a/`b`\\u000a</details>\n```\n',
  );
});

test('a sentence that is too long for the heading is in the summary as a whole', () => {
  const patterns = Array.from({ length: 60 }, (_, index) => `manifests/region-${index}/*.yaml`);
  const problem: FilesProblem = { kind: 'no-match', patterns, advice: { hints: [] } };
  const markdown = summary(report(withoutResult('not-started', { code: 'files', problem })));
  expect(markdown.split('\n')[1]).toMatch(/^### ❌ prod: no files were found for `"manifests/);
  for (const pattern of patterns) expect(markdown).toContain(`\`"${pattern}"\``);
});

describe('a failure in a log that is read from top to bottom', () => {
  test('the sentence of the cause is the headline, and the rest follows', async () => {
    expect(await failureInLog(report(withoutResult('not-started', REFUSED)))).toMatchObject({
      title: 'prod: Azure refused the command',
      message: expect.stringMatching(
        /^The command did not run\.\n\nHTTP 403 Odd: M\n[^]+\n\nThe error above is from Azure/,
      ),
    });
    expect(await failureInLog(report(ended()))).toMatchObject({
      title: 'prod: the command exited with code 3',
      message: '',
    });
  });

  test.each([
    ['with its time', ended(), 'prod: failed, after 1m 30s'],
    ['nothing without one', NO_TOKEN, ''],
  ])('the last line is the verdict, %s', async (_name, given, lastLine) => {
    expect(await failureInLog(report(given))).toMatchObject({ lastLine });
  });

  const denied = ended({ output: whole(`a\n${FORBIDDEN}`) });
  const error = [`The first error in its output:\n${FORBIDDEN}`];
  test.each([
    [
      'an annotation',
      ended(),
      annotation,
      ['The last lines of its output:\npod/web created\nit failed'],
    ],
    ['an annotation', denied, annotation, error],
    ['the log, below the output', ended(), failureInLog, []],
    ['the log, below the output', denied, failureInLog, error],
  ])('what %s quotes', async (_name, given, tell, quotes) => {
    const { message } = await tell(report(given));
    const parts = message.split('\n\n');
    expect(parts.map((part) => part.trimEnd()).filter((part) => part.includes('output:'))).toEqual(
      quotes,
    );
  });
});

describe('what is known about the command', () => {
  const UNTIL = { mayStartUntil: 1_795_608_090 };
  test.each<[State, Verdict['failure'], number | undefined, string]>([
    ['failed', { code: 'exit-code', exitCode: 3 }, undefined, ''],
    ['failed', { code: 'timed-out', seconds: 1 }, undefined, ''],
    ['failed', { code: 'outputs-lost' }, 0, 'The command itself succeeded.'],
    [
      'failed',
      { code: 'outputs-malformed', line: 1, problem: '' },
      0,
      'The command itself succeeded.',
    ],
    ['failed', { code: 'output-lost' }, 0, 'The command itself succeeded.'],
    ['failed', { code: 'outputs-too-large' }, 7, 'The command exited with code 7.'],
    ['not-started', { code: 'no-id-token' }, undefined, 'The command did not run.'],
    ['running', { code: 'cancelled' }, undefined, RUNS],
    ['running', { code: 'cancelled', startUnseen: true }, undefined, UNSEEN],
    [
      'running',
      { code: 'cancelled', ...UNTIL },
      undefined,
      `The command has not started yet, ${MAY_START}`,
    ],
    [
      'unknown',
      { code: 'cancelled', ...UNTIL },
      undefined,
      `The command may or may not have run, ${MAY_START}`,
    ],
    ['running', { code: 'no-answer-in-time', seconds: 60, startUnseen: true }, undefined, UNSEEN],
    ['running', { code: 'no-answer-in-time', seconds: 60 }, undefined, RUNS],
    ['unknown', { code: 'no-exit-code' }, undefined, 'The command may or may not have run.'],
    ['succeeded', undefined, 0, 'The command ran and succeeded.'],
  ])('%s, %j, exit code %s: %s', (state, failure, exitCode, sentence) => {
    const given = verdict(state, {
      ...(failure && { failure }),
      exitCode,
    });
    expect(commandOutcome(report(given))).toBe(sentence);
  });

  test('a hint does not say the exit code, nor does nothing', () => {
    expect(commandOutcome(report(ended({ output: whole(FORBIDDEN) })))).toBe(
      'The command exited with code 3.',
    );
    expect(commandOutcome({ verdict: ended(), explanations: [] })).toBe(
      'The command exited with code 3.',
    );
  });
});

describe('what a report is made of', () => {
  test('invalid inputs leave nothing but the verdict', () => {
    const { verdict, explanations, ...rest } = reportOn(NO_TOKEN, {}, keptHost());
    expect(rest).toEqual({});
    expect([verdict, explanations.length]).toEqual([NO_TOKEN, 1]);
  });

  test.each<[string, Variables, string | undefined]>([
    [
      'of the version that runs',
      DOCS,
      'https://github.com/octo/action/blob/v1/docs/TROUBLESHOOTING.md',
    ],
    [
      'on a GitHub Enterprise Server',
      { ...DOCS, ...GHES },
      'https://ghes.example:8443/octo/action/blob/v1/docs/TROUBLESHOOTING.md',
    ],
    ['none outside of a workflow', {}, undefined],
    [
      'none if the ref would end the link',
      { ...DOCS, GITHUB_ACTION_REF: 'a) [click](b' },
      undefined,
    ],
    ['none without TLS', { ...DOCS, GITHUB_SERVER_URL: 'http://ghes.example' }, undefined],
  ])('the document that it links to: %s', (_name, variables, docs) => {
    expect(report(NO_TOKEN, {}, variables).docs).toBe(docs);
  });

  const entra: Verdict = withoutResult('not-started', {
    code: 'entra',
    answer: {
      kind: 'answered',
      status: 400,
      headers: {},
      body: '{"error_description":"AADSTS700213: No."}',
    },
    claims: { issuer: '', subject: '', audience: '', jobWorkflowRef: '' },
    scope: 'x/.default',
  });
  const notWaited = withoutResult('running', { code: 'not-waited' }, ID);
  const forked = (isFork: boolean) => ({ isFromFork: () => isFork });
  const prompted = { words: PROMPT };
  test.each<[string, Verdict, Variables, Partial<KeptHost>, string, boolean]>([
    [
      'the repository',
      entra,
      { GITHUB_REPOSITORY: 'octo/app' },
      {},
      'repo:octo/app:ref:refs/heads/BRANCH',
      true,
    ],
    ['no repository', entra, {}, {}, 'repo:OWNER/REPOSITORY:ref:refs/heads/BRANCH', true],
    [
      'Dependabot',
      NO_TOKEN,
      { GITHUB_ACTOR: 'dependabot[bot]' },
      {},
      "github.actor != 'dependabot[bot]'",
      true,
    ],
    ['a fork', NO_TOKEN, {}, forked(true), 'head.repo.fork', true],
    ['no fork', NO_TOKEN, {}, forked(false), 'id-token: write', true],
    [
      'the step',
      notWaited,
      { GITHUB_JOB: 'deploy', GITHUB_ACTION: 'start' },
      {},
      'steps.start.outputs',
      true,
    ],
    [
      'a step without an id',
      notWaited,
      { GITHUB_ACTION: '__octo_action' },
      {},
      'steps.STEP_ID.outputs',
      true,
    ],
    ['the job', notWaited, { GITHUB_JOB: 'deploy' }, {}, 'needs.deploy.outputs', true],
    ['no name of a job', notWaited, { GITHUB_JOB: 'a b' }, {}, 'needs.JOB_ID.outputs', true],
    [
      'a prompt in a workflow',
      NO_TOKEN,
      { GITHUB_ACTIONS: 'true' },
      prompted,
      'the job needs',
      true,
    ],
    ['a prompt elsewhere', NO_TOKEN, {}, prompted, 'the job needs', false],
  ])('the next move depends on %s', (_name, given, variables, ofHost, words, has) => {
    const [first] = report(given, {}, variables, ofHost).explanations;
    expect(shown(required(first)).remedy.includes(words)).toBe(has);
  });

  const output = whole('error: the path "k8s/app.yaml" does not exist\n');
  const exited = (exitCode: number) =>
    ended({ failure: { code: 'exit-code', exitCode }, exitCode, output });
  const collected = {
    ...NOTHING_COLLECTED,
    problem: { kind: 'uncollected', because: 'time' },
  } as const;
  test.each<[string, Verdict, readonly string[]]>([
    ['it failed', exited(1), ['kubectl-path']],
    ['it failed with a code of its own', exited(3), ['kubectl-path']],
    ['it succeeded, which was not allowed', exited(0), ['exit-code']],
    [
      'it succeeded, its outputs were lost',
      { ...exited(0), failure: { code: 'outputs-lost' } },
      ['outputs-lost'],
    ],
    ['its files did not come back either', ended({ collected }), ['exit-code', 'collect']],
    [
      'only they did not',
      ended({ failure: { code: 'collect', problem: collected.problem }, collected }),
      ['collect'],
    ],
    [
      'they came back',
      ended({ collected: { ...NOTHING_COLLECTED, folder: '/temp' } }),
      ['exit-code'],
    ],
  ])('why the step fails: %s', (_name, given, sections) => {
    expect(report(given).explanations.map(({ section }) => section)).toEqual(sections);
  });

  test.each([
    ['no beginning', undefined, TIMES.finishedAt, undefined],
    ['no end', TIMES.startedAt, undefined, undefined],
    ['a time of no calendar', '2026-99-25T12:00:00Z', TIMES.finishedAt, undefined],
    ['whole seconds', TIMES.startedAt, '2026-11-25T12:00:09.6Z', 10],
    ['an end before the beginning', '2026-11-25T12:00:01Z', TIMES.startedAt, 0],
  ])('the duration: %s', (_name, startedAt, finishedAt, seconds) => {
    const times = {
      startedAt,
      finishedAt,
    };
    expect(durationSeconds(verdict('succeeded', times))).toBe(seconds);
  });
});

describe('limits of the annotation', () => {
  const withWords = (length: number) => {
    const [first] = report(withoutResult('not-started', REFUSED)).explanations;
    return annotation({
      verdict: NO_TOKEN,
      explanations: [{ ...required(first), words: 'x'.repeat(length) }],
    });
  };
  test('4,000 characters are whole; of one more the last is cut, and the log has all', async () => {
    const around = (await withWords(1)).message.length - 1;
    const all = await withWords(4000 - around);
    expect([all.message.length, all.message.endsWith('…'), all.log.length]).toEqual([
      4000,
      false,
      1,
    ]);
    const { message, log } = await withWords(4001 - around);
    expect([message.length, message.endsWith('…'), log.length]).toEqual([4001, true, 2]);
    expect(log[0]).toContain('x'.repeat(4001 - around));
  });

  test('of an output, the last ten lines are quoted', async () => {
    const lines = Array.from({ length: 100 }, (_, index) => `line ${index}`);
    const { message } = await annotation(report(ended({ output: whole(lines.join('\n')) })));
    expect(message.trimEnd().split('\n').slice(-11)).toEqual([
      'The last lines of its output:',
      ...lines.slice(-10),
    ]);
  });

  test('of an error on one long line, its first 1,200 characters are quoted', async () => {
    const { message } = await annotation({ ...report(ended()), firstError: 'x'.repeat(1300) });
    expect(message).toMatch(/:\nx{1200}$/);
  });
});

describe('the summary', () => {
  test.each<[string, number, Verdict, boolean, boolean]>([
    ['a screen of a failure', 30, ended(), false, false],
    ['more of a failure, below its last lines', 31, ended(), true, true],
    ['a few lines of a success', 10, succeeded(), false, false],
    ['more of a success', 11, succeeded(), true, false],
  ])('folds the output: %s', (_name, lines, given, isFolded, hasLastLines) => {
    const markdown = summary(report({ ...given, output: whole('x\n'.repeat(lines)) }));
    expect([
      markdown.includes(`<details><summary>Output, ${lines} lines</summary>`),
      markdown.includes(
        `**The last lines of its output:**\n\n\`\`\`text\n${'x\n'.repeat(20)}\`\`\``,
      ),
    ]).toEqual([isFolded, hasLastLines]);
  });

  test('of a long output of a failure, the first error comes first', () => {
    const markdown = summary(
      report(ended({ output: whole(`${FORBIDDEN}\n${'x\n'.repeat(100)}`) })),
    );
    expect(Array.from(markdown.matchAll(/^\*\*(The .*)\*\*$/gm), ([, label]) => label)).toEqual([
      'The first error in its output:',
      'The last lines of its output:',
    ]);
  });

  test.each<[string, string, boolean, string]>([
    ['nothing', ' \n', false, '\nThe command wrote nothing.\n'],
    ['half of it', 'half\n', true, '**Output, 1 line, incomplete**'],
    ['nothing of it', '', true, '**Output, 1 line, incomplete**'],
    ['its end', 'x\n'.repeat(200_000), false, 'Output, the last 65,536 of 200,000 lines</summary>'],
  ])('says what came of the output: %s', (_name, text, truncated, words) => {
    expect(summary(report(succeeded({ output: { text, truncated } })))).toContain(words);
  });

  test('links to more about a command that is not waited for, and about no success', () => {
    const notWaited = report(verdict('running', { failure: { code: 'not-waited' } }), {}, DOCS);
    expect(summary(notWaited)).toContain('[More about this state](');
    expect(summary(report(succeeded(), {}, DOCS))).not.toContain('[More about');
  });

  // Each is the worst in one place: three bytes for one in a block, two or four in prose, a line of
  // its own, a long name.
  test.each(['\u0001', '*', '`', '`a', '- \n', '  \n', 'ä', '\u202e'])(
    'of everything with %j stays below 1 MiB',
    (bad) => {
      const long = bad.repeat(150_000);
      const files = [{ path: long, bytes: 1 }];
      const explanation: Message = {
        section: 'submission-refused',
        sentence: say`${long}`,
        title: say`${long}`,
        words: long,
        remedy: [say`${long}`, sh`echo ${long}`],
      };
      const markdown = summary({
        ...report(ended()),
        verdict: ended({
          output: whole(long),
          podSummary: 'x'.repeat(64 * 1024),
          podSummaryCut: true,
          collected: {
            ...NOTHING_COLLECTED,
            folder: '/c',
            files,
            leftOut: notAllowed([long]),
            unmatched: [long],
          },
        }),
        explanations: Array.from({ length: 5 }, () => explanation),
        command: long,
        firstError: long,
        packed: packedTask(files),
      });
      expect(Buffer.byteLength(markdown)).toBeLessThan(1024 * 1024);
    },
  );

  test('lets no foreign text out of its block or its code, whatever it is', () => {
    const parts = [
      '`',
      '``',
      '```\n',
      '\n',
      '</details>\n',
      '# x\n',
      '| a |\n',
      '\r',
      'CANARY',
      '<b>',
      '\\',
      '\ue000',
      '\ue001',
    ];
    const text = fc
      .array(fc.constantFrom(...parts), { maxLength: 12 })
      .map((chosen) => chosen.join(''));
    fc.assert(
      fc.property(text, text, text, text, (output, command, body, path) => {
        const files = [{ path, bytes: 1 }];
        const collected = { ...NOTHING_COLLECTED, folder: '/c', files, unmatched: [path] };
        const failed = ended({ output: whole(output), failure: refused(500, body), collected });
        const broken = withoutResult('not-started', {
          code: 'files',
          problem: { kind: 'broken-link', path },
        });
        for (const given of [failed, broken]) {
          const markdown = summary(report(given, { command, packed: packedTask(files) }));
          expect(outsideCode(markdown)).not.toMatch(/CANARY|<b>|^# x/m);
        }
      }),
    );
  });
});
