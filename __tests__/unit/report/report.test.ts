import { describe, expect, test } from '@jest/globals';
import { PROMPT } from '../../../src/hosts/terminal/words.ts';
import { WORKFLOW } from '../../../src/hosts/words.ts';
import { publish } from '../../../src/report/publication.ts';
import { codeBlock } from '../../../src/report/blocks.ts';
import type { Message } from '../../../src/report/message.ts';
import type { Report } from '../../../src/report/report.ts';
import { summary } from '../../../src/report/summary.ts';
import { say, Text } from '../../../src/text/say.ts';
import { withoutResult, type State, type Verdict } from '../../../src/verdict.ts';
import { expectGolden } from '../../golden.ts';
import { NOTHING_COLLECTED } from '../collected.ts';
import { ID, keptHost, type KeptHost } from '../ports.ts';
import { required } from './provocations.ts';
import {
  whole,
  verdict,
  TIMES,
  ended,
  succeeded,
  RUNS,
  UNSEEN,
  MAY_START,
  NO_TOKEN,
  report,
  DOCS,
  GHES,
  FORBIDDEN,
  REFUSED,
  REPORTS,
  type Variables,
} from './reports.ts';
import { shown } from './shown.ts';

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

/** All messages of a report, the cause first. */
function messagesOf({ cause, others }: Report): readonly Message[] {
  return cause === undefined ? others : [cause, ...others];
}

/** The error annotation in a workflow. */
function annotation(given: Report) {
  return published(given, false);
}

/** The failure below the output in a log that is read from top to bottom. */
function failureInLog(given: Report) {
  return published(given, false, PROMPT);
}

describe('as people see it', () => {
  test.each(Object.entries(REPORTS))('%s', async (name, given) => {
    const { title, message } = await annotation(given);
    const annotated = given.verdict.failure
      ? `\n---\n\nThe annotation:\n${codeBlock(`${title}\n\n${message}`)}`
      : '';
    await expectGolden(new URL(`golden/${name}.md`, import.meta.url), summary(given) + annotated);
  });
});

/** What the headline says, and what the last line of the log adds to it. */
test.each<[string, string, Verdict]>([
  ['prod: The command exited with code 3', ' (1m 30s)', ended()],
  ['prod: succeeded', ' in 1m 30s', succeeded()],
  ['prod: succeeded', ' in less than 1s', succeeded({ finishedAt: TIMES.startedAt })],
  ['prod: succeeded, exit code 9 (allowed)', ' in 1m 30s', succeeded({ exitCode: 9 })],
  ['prod: dry run, the command did not run', '', withoutResult('dry-run')],
])('the headline, and the time in the last line: %s%s', async (line, took, given) => {
  const { lastLine } = await published(report(given), true);
  expect([report(given).headline.markdown, lastLine]).toEqual([line, line + took]);
});

test.each([
  ['of 160 characters', 'xxx '.repeat(40).trimEnd() + 'x', 'xxx '.repeat(40).trimEnd() + 'x'],
  ['longer than that', `${'xxx '.repeat(39)}kkkkk`, `${'xxx '.repeat(39)}…`],
])('a headline as a title is cut between words: %s', async (_name, text, title) => {
  const given = { ...report(ended()), headline: new Text(text, text) };
  expect(await annotation(given)).toMatchObject({ title });
});

describe('a failure in a log that is read from top to bottom', () => {
  test('the sentence of the cause is the headline, and the rest follows', async () => {
    expect(await failureInLog(report(withoutResult('not-started', REFUSED)))).toMatchObject({
      title: 'prod: Azure refused the command',
      message: expect.stringMatching(
        /^The command did not run\.\n\nHTTP 403 Odd: M\n[^]+\n\nAzure's error above says why/,
      ),
    });
    expect(await failureInLog(report(ended()))).toMatchObject({
      title: 'prod: The command exited with code 3',
      message: '',
    });
  });

  test.each([
    ['with its time', ended(), 'prod: failed (1m 30s)'],
    ['nothing without one', NO_TOKEN, ''],
  ])('the last line is the verdict, %s', async (_name, given, lastLine) => {
    expect(await failureInLog(report(given))).toMatchObject({ lastLine });
  });

  test.each([
    ['the first error', `a\n${FORBIDDEN}`, [`The first error in its output:\n${FORBIDDEN}`]],
    ['nothing without one', 'a\n', []],
  ])('below the output, %s is quoted', async (_name, output, quotes) => {
    const { message } = await failureInLog(report(ended({ output: whole(output) })));
    expect(message.split('\n\n').filter((part) => part.includes('output:'))).toEqual(quotes);
  });
});

describe('what is known about the command', () => {
  const UNTIL = { mayStartUntil: 1_795_608_090 };
  test.each<
    [state: State, failure: Verdict['failure'], exitCode: number | undefined, sentence: string]
  >([
    ['failed', { code: 'timed-out', seconds: 1 }, undefined, ''],
    ['failed', { code: 'outputs-lost' }, 0, 'The command itself succeeded.'],
    [
      'failed',
      { code: 'outputs-malformed', line: 1, problem: say`is empty` },
      0,
      'The command itself succeeded.',
    ],
    ['failed', { code: 'output-lost' }, 0, 'The command itself succeeded.'],
    ['failed', { code: 'outputs-too-large' }, 7, 'The command exited with code 7.'],
    ['running', { code: 'cancelled' }, undefined, RUNS],
    ['running', { code: 'cancelled', startUnseen: true }, undefined, UNSEEN],
    [
      'running',
      { code: 'cancelled', ...UNTIL },
      undefined,
      `As far as Azure has shown, the command has not started yet, ${MAY_START}`,
    ],
    [
      'unknown',
      { code: 'cancelled', ...UNTIL },
      undefined,
      `The command may or may not have run, ${MAY_START}`,
    ],
    ['running', { code: 'no-answer-in-time', seconds: 60, startUnseen: true }, undefined, UNSEEN],
  ])('%s, %j, exit code %s: %s', (state, failure, exitCode, sentence) => {
    expect(report(verdict(state, { failure, exitCode })).outcome.markdown).toBe(sentence);
  });

  test.each([
    ['a hint does not say the exit code', FORBIDDEN, 3, 'The command exited with code 3.'],
    ['the hint about a kill does', '', 137, ''],
  ])('%s', (_name, text, exitCode, sentence) => {
    const failure = { code: 'exit-code', exitCode } as const;
    const given = ended({ output: whole(text), exitCode, failure });
    expect(report(given).outcome.markdown).toBe(sentence);
  });
});

describe('what a report is made of', () => {
  test.each<[string, Variables, string | undefined]>([
    [
      'on a GitHub Enterprise Server',
      { ...DOCS, ...GHES },
      'https://ghes.example:8443/octo/action/blob/v1/docs/TROUBLESHOOTING.md#no-id-token',
    ],
    ['none outside of a workflow', {}, undefined],
    [
      'none if the ref would end the link',
      { ...DOCS, GITHUB_ACTION_REF: 'a) [click](b' },
      undefined,
    ],
    ['none without TLS', { ...DOCS, GITHUB_SERVER_URL: 'http://ghes.example' }, undefined],
  ])('the section that it links to: %s', (_name, variables, link) => {
    expect(report(NO_TOKEN, {}, variables).link).toBe(link);
  });

  const notWaited = withoutResult('running', { code: 'not-waited' }, ID);
  type Row = [
    name: string,
    given: Verdict,
    variables: Variables,
    ofHost: Partial<KeptHost>,
    words: string,
  ];
  test.each<Row>([
    [
      'Dependabot',
      NO_TOKEN,
      { GITHUB_ACTOR: 'dependabot[bot]' },
      {},
      "github.actor != 'dependabot[bot]'",
    ],
    ['a fork', NO_TOKEN, {}, { isFromFork: () => true }, 'head.repo.fork'],
    ['the step', notWaited, { GITHUB_ACTION: 'start' }, {}, 'steps.start.outputs'],
    [
      'a step without an id',
      notWaited,
      { GITHUB_ACTION: '__octo_action' },
      {},
      'steps.STEP_ID.outputs',
    ],
    ['the job', notWaited, { GITHUB_JOB: 'deploy' }, {}, 'needs.deploy.outputs'],
    ['no name of a job', notWaited, { GITHUB_JOB: 'a b' }, {}, 'needs.JOB_ID.outputs'],
    [
      'a prompt in a workflow',
      NO_TOKEN,
      { GITHUB_ACTIONS: 'true' },
      { words: PROMPT },
      'the job needs',
    ],
  ])('the next move depends on %s', (_name, given, variables, ofHost, words) => {
    const { cause } = report(given, {}, variables, ofHost);
    expect(shown(required(cause)).remedy).toContain(words);
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
    ['it succeeded, which was not allowed', exited(0), ['exit-code']],
    [
      'it succeeded, its outputs were lost',
      { ...exited(0), failure: { code: 'outputs-lost' } },
      ['outputs-lost'],
    ],
    ['its files did not come back either', ended({ collected }), ['exit-code', 'collect']],
    [
      'its step outputs are unusable, too',
      ended({ outputsProblem: { code: 'outputs-too-large' } }),
      ['exit-code', 'outputs-too-large'],
    ],
    [
      'its step outputs are lost, if there were any',
      ended({ outputsProblem: { code: 'outputs-lost' } }),
      ['exit-code'],
    ],
    [
      'only they did not',
      ended({ failure: { code: 'collect', problem: collected.problem }, collected }),
      ['collect'],
    ],
  ])('why the step fails: %s', (_name, given, names) => {
    expect(messagesOf(report(given)).map(({ name }) => name)).toEqual(names);
  });
});

test.each([
  ['an error', 'error: SECRET went wrong'],
  ['nothing that looks like an error', 'SECRET'],
])('without the output of the report, no part of it is shown: %s', async (_name, line) => {
  const text = `${line}\n`.repeat(40);
  const shown = report(ended({ output: whole(text) }));
  for (const words of [WORKFLOW, PROMPT]) {
    const silent = keptHost();
    await publish(
      { ...shown, output: undefined },
      { success: false, maskOutputs: [], summary: true },
      { ...silent, words },
    );
    const everything = [...silent.transcript, silent.summary(), JSON.stringify(silent.outputs())];
    expect(everything.join('\n')).not.toContain('SECRET');
  }
});

describe('limits of the annotation', () => {
  const withWords = (errorText: string) => {
    const given = report(withoutResult('not-started', REFUSED));
    return annotation({ ...given, cause: { ...required(given.cause), errorText } });
  };
  test('4,000 characters are whole; of one more, the last word is cut', async () => {
    const around = (await withWords('x')).message.length - 1;
    const words = (length: number) => 'xxx '.repeat(1000).slice(0, length - around);
    const { message: all, log } = await withWords(words(4000));
    expect([all.length, all.includes('…'), log.length]).toEqual([4000, false, 1]);
    const { message } = await withWords(words(4001));
    expect(message).toMatch(/request …$/);
    expect(message.length).toBeLessThanOrEqual(4001);
  });

  test('of an output, the last ten lines are quoted', async () => {
    const lines = Array.from({ length: 100 }, (_, index) => `error ${index}`);
    const { message } = await annotation(report(ended({ output: whole(lines.join('\n')) })));
    expect(message.trimEnd().split('\n').slice(-11)).toEqual([
      'The last lines of its output:',
      ...lines.slice(-10),
    ]);
  });

  test('of an error on one long line, the words in 1,200 characters are quoted', async () => {
    const long = `error: ${'x '.repeat(650)}\n`;
    const { message } = await annotation(report(ended({ output: whole(long) })));
    expect(message).toMatch(/:\nerror: (?:x ){596}…$/);
  });
});

const SECRET = 'k'.repeat(140 * 1024);
test.each([
  ['in an error', `error: no such key ${SECRET} here\n`],
  ['in the last line', `+ login ${SECRET} --quiet`],
  ['in a line before the last ten', `+ login ${SECRET} --quiet\n${'x\n'.repeat(40)}`],
  ['by itself', SECRET],
])('no part of a secret is shown, because GitHub masks only all of it: %s', async (_name, text) => {
  const command = `login ${SECRET} --quiet`;
  const given = report(ended({ output: whole(text) }), { command });
  for (const words of [WORKFLOW, PROMPT]) {
    const { title, message, log } = await published(given, false, words);
    const shown = [title, message, ...log, summary(given)].join('\n');
    expect(shown.replaceAll(SECRET, '***')).not.toMatch(/kk/);
  }
});
