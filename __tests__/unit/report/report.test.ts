import { describe, expect, test } from '@jest/globals';
import { PROMPT } from '../../../src/hosts/terminal/words.ts';
import { WORKFLOW } from '../../../src/hosts/words.ts';
import { codeBlock } from '../../../src/report/blocks.ts';
import type { Report } from '../../../src/report/report.ts';
import { Text } from '../../../src/text/say.ts';
import { withoutResult, type State, type Verdict } from '../../../src/verdict.ts';
import { expectGolden } from '../../golden.ts';
import { NOTHING_COLLECTED } from '../collected.ts';
import { ID, type KeptHost } from '../ports.ts';
import { required } from './provocations.ts';
import {
  whole,
  verdict,
  TIMES,
  ended,
  succeeded,
  NO_TOKEN,
  report,
  DOCS,
  FORBIDDEN,
  published,
  REFUSED,
  REPORTS,
  type Variables,
} from './reports.ts';
import { shown } from './shown.ts';

/** The failure below the output in a log that is read from top to bottom. */
function failureInLog(given: Report) {
  return published(given, {}, { words: PROMPT });
}

describe('as people see it', () => {
  test.each(Object.entries(REPORTS))('%s', async (name, given) => {
    const { title, message, summary } = await published(given);
    const annotated = given.verdict.failure
      ? `\n---\n\nThe annotation:\n${codeBlock(`${title}\n\n${message}`)}`
      : '';
    await expectGolden(new URL(`golden/${name}.md`, import.meta.url), summary + annotated);
  });
});

/** What the headline says, and what the last line of the log adds to it. */
test.each<[string, string, Report]>([
  ['prod: The command exited with code 3', ' (1m 30s)', report(ended())],
  ['prod: succeeded', ' in 1m 30s', report(succeeded())],
  ['prod: succeeded', ' in less than 1s', report(succeeded({ finishedAt: TIMES.startedAt }))],
  ['prod: succeeded, exit code 9 (allowed)', ' in 1m 30s', report(succeeded({ exitCode: 9 }))],
  ['prod: dry run, the command did not run', '', report(withoutResult('dry-run'))],
  ['AKS Run Command: succeeded', ' in 1m 30s', report(succeeded(), { target: undefined })],
])('the headline, and the time in the last line: %s%s', async (line, took, given) => {
  const { lastLine } = await published(given);
  expect([given.headline.markdown, lastLine]).toEqual([line, line + took]);
});

test.each([
  ['of 160 characters', 'xxx '.repeat(40).trimEnd() + 'x', 'xxx '.repeat(40).trimEnd() + 'x'],
  ['longer than that', `${'xxx '.repeat(39)}kkkkk`, `${'xxx '.repeat(39)}…`],
])('a headline as a title is cut between words: %s', async (_name, text, title) => {
  const given = { ...report(ended()), headline: new Text(text, text) };
  expect(await published(given)).toMatchObject({ title });
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
  const MAY_START = { mayStartUntil: 1_795_608_090 };
  const UNSEEN = 'Azure has not shown that the command started.';

  test.each<[state: State, failure: Verdict['failure'], sentence: string]>([
    ['failed', { code: 'timed-out', seconds: 1 }, ''],
    ['running', { code: 'cancelled' }, 'The command may still be running in the cluster.'],
    ['running', { code: 'cancelled', startUnseen: true }, UNSEEN],
    ['running', { code: 'no-answer-in-time', seconds: 60, startUnseen: true }, UNSEEN],
    [
      'running',
      { code: 'cancelled', ...MAY_START },
      'As far as Azure has shown, the command has not started yet, and may still start until ' +
        '12:01:30 UTC.',
    ],
    [
      'unknown',
      { code: 'cancelled', ...MAY_START },
      'The command may or may not have run, and may still start until 12:01:30 UTC.',
    ],
  ])('%s, %j: %s', (state, failure, sentence) => {
    expect(report(verdict(state, { failure })).outcome.markdown).toBe(sentence);
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
      { ...DOCS, GITHUB_SERVER_URL: 'https://ghes.example:8443' },
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
    const { cause, others } = report(given);
    expect([cause, ...others].map((message) => message?.name)).toEqual(names);
  });
});

test.each([
  ['an error', 'error: SECRET went wrong'],
  ['nothing that looks like an error', 'SECRET'],
])('without the output of the report, no part of it is shown: %s', async (_name, line) => {
  const text = `${line}\n`.repeat(40);
  const silent = { ...report(ended({ output: whole(text) })), output: undefined };
  for (const words of [WORKFLOW, PROMPT]) {
    const { transcript, summary, outputs } = await published(silent, {}, { words });
    const everything = [...transcript, summary, JSON.stringify(outputs)];
    expect(everything.join('\n')).not.toContain('SECRET');
  }
});

describe('limits of the annotation', () => {
  const withWords = (errorText: string) => {
    const given = report(withoutResult('not-started', REFUSED));
    return published({ ...given, cause: { ...required(given.cause), errorText } });
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
    const { message } = await published(report(ended({ output: whole(lines.join('\n')) })));
    expect(message.trimEnd().split('\n').slice(-11)).toEqual([
      'The last lines of its output:',
      ...lines.slice(-10),
    ]);
  });

  test('of an error on one long line, the words in 1,200 characters are quoted', async () => {
    const long = `error: ${'x '.repeat(650)}\n`;
    const { message } = await published(report(ended({ output: whole(long) })));
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
    const { title, message, log, summary } = await published(given, {}, { words });
    const shown = [title, message, ...log, summary].join('\n');
    expect(shown.replaceAll(SECRET, '***')).not.toMatch(/kk/);
  }
});
