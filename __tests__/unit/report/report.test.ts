import { describe, expect, test } from '@jest/globals';
import { parseCloud } from '../../../src/azure/cloud.ts';
import type { Failure } from '../../../src/failure.ts';
import { PROMPT } from '../../../src/hosts/terminal/words.ts';
import { WORKFLOW, type Words } from '../../../src/hosts/words.ts';
import { codeBlock } from '../../../src/report/blocks.ts';
import { outcomeBelow } from '../../../src/report/report.ts';
import { withoutResult, type Verdict } from '../../../src/verdict.ts';
import { expectGolden } from '../../support/golden.ts';
import { packedTask } from '../packed-task.ts';
import { http, ID, type KeptHost } from '../ports.ts';
import { required } from '../messages/provocations.ts';
import {
  whole,
  ended,
  EXITED,
  verdict,
  NO_TOKEN,
  report,
  DOCS,
  published,
  REFUSED,
  REPORTS,
  RESET,
  type Variables,
} from './reports.ts';
import { shown } from '../messages/shown.ts';
import { headline, said } from '../../support/said.ts';

describe('as people see it', () => {
  test.each(Object.entries(REPORTS))('%s', async (name, [given, invocation, variables]) => {
    const reported = async (words: Words) =>
      published(report(given, invocation, variables, { words }), {}, { words });
    const step = await reported(WORKFLOW);
    const prompt = await reported(PROMPT);
    const logOf = (transcript: readonly string[]) =>
      transcript.filter((line) => !line.startsWith('output ')).join('\n');
    const parts = [
      `${step.summary}\n---\n`,
      `The log of a step:\n${codeBlock(logOf(step.transcript))}`,
      `The log at a prompt:\n${codeBlock(logOf(prompt.transcript))}`,
      `The outputs:\n${codeBlock(JSON.stringify(step.outputs, null, 2), 'json')}`,
    ];
    await expectGolden(new URL(`golden/${name}.md`, import.meta.url), parts.join('\n'));
  });
});

test('a verdict that nothing explains fails with what is known', async () => {
  const given = report(withoutResult('unknown'));
  expect(await published(given, { success: false })).toMatchObject({
    title: 'prod: may or may not have run',
    message: 'The command may or may not have run.',
  });
});

const NO_MATCH = { kind: 'no-match', patterns: ['k8s'], nearest: [] } as const;

describe('the heading, and the same as the last line of the log', () => {
  test.each<[name: string, given: Verdict, start: string, message: string]>([
    [
      'it may be running, although the step was to end at once',
      withoutResult('running', { code: 'cancelled' }, ID),
      'prod: may still be running · ',
      'cancelled',
    ],
    [
      'it may be running, as it should',
      withoutResult('running', { code: 'not-waited' }, ID),
      'prod: ',
      'not-waited',
    ],
    [
      'it started, and nobody knows how far it got',
      verdict('unknown', {
        problems: [{ code: 'aks-failed', reason: 'OOMKilled' }],
        started: 'command',
      }),
      'prod: started, end unknown · ',
      'aks-failed',
    ],
    [
      'a mistake says nothing about the earlier command that the step was to wait for',
      withoutResult('unknown', { code: 'invalid-inputs', names: ['wait'], problems: [] }, ID),
      'AKS Run Command: ',
      'invalid-inputs',
    ],
    [
      'a mistake in the files is about this cluster',
      withoutResult('not-started', { code: 'files', problem: NO_MATCH }),
      'prod: ',
      'files-no-match',
    ],
  ])('%s', async (_name, given, start, message) => {
    const { summary, lastLine } = await published(report(given));
    expect(lastLine).toMatch(headline(start, message));
    expect(summary.split('\n')[1]?.replace(/^### \S+ /, '')).toBe(lastLine);
  });

  test('what to do about a command that started follows it', async () => {
    const problems = [{ code: 'unproven', containerExitCode: undefined }] as const;
    const { summary, title, message } = await published(
      report(verdict('unknown', { problems, started: 'command' })),
    );
    const known = 'The command started. How far it got is unknown: check what it changes.';
    expect(title).toBe('prod: started, end unknown');
    for (const text of [summary, message]) {
      expect(text).toContain(known);
      expect(text).not.toContain('may or may not have run');
    }
  });

  test.each<[name: string, failure: Failure, sentence: RegExp]>([
    [
      'running it again may help',
      { code: 'id-token', detail: 'HTTP 503' },
      said('@did-not-run', 'workflow'),
    ],
    ['something must be changed first', { code: 'cluster-stopped' }, /^The command did not run\.$/],
  ])('a step that ran nothing says that it is safe to run again if %s', (...[, failure, known]) => {
    expect(report(withoutResult('not-started', failure)).outcome.markdown).toMatch(known);
  });

  test('what else is known follows it', () => {
    const failure = {
      code: 'no-answer-in-time',
      seconds: 1860,
      answer: undefined,
      startUnseen: true,
      mayStartUntil: 1_764_590_430,
    } as const;
    expect(outcomeBelow(report(withoutResult('running', failure, ID))).markdown).toMatch(
      said('@whether-it-started', { mayStartUntil: '12:00:30 UTC' }),
    );
  });
});

describe('what a report is made of', () => {
  test.each<[string, Variables, string | undefined]>([
    [
      'on a GitHub Enterprise Server',
      { ...DOCS, GITHUB_SERVER_URL: 'https://ghes.example:8443' },
      'https://ghes.example:8443/octo/action/blob/v1/docs/TROUBLESHOOTING.md#no-id-token',
    ],
    [
      'of an action from a branch',
      { ...DOCS, GITHUB_ACTION_REF: 'fix/a-b' },
      'https://github.com/octo/action/blob/fix/a-b/docs/TROUBLESHOOTING.md#no-id-token',
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
    ['the job', notWaited, { GITHUB_JOB: 'deploy' }, {}, 'needs.deploy.outputs'],
    ['no name of a job', notWaited, { GITHUB_JOB: 'a b' }, {}, 'needs.JOB_ID.outputs'],
    [
      'a prompt in a workflow',
      NO_TOKEN,
      { GITHUB_ACTIONS: 'true' },
      { words: PROMPT },
      'id-token: write',
    ],
  ])('the next move depends on %s', (_name, given, variables, ofHost, words) => {
    const { cause } = report(given, {}, variables, ofHost);
    expect(shown(required(cause)).remedy).toContain(words);
  });

  test('what is to be pasted signs in as the step did', () => {
    const application = { clientId: 'APP', tenantId: 'TENANT', audience: '' };
    const { cause } = report(notWaited, { application });
    expect(shown(required(cause)).remedy).toContain('client-id: APP');
  });

  const output = whole('error: the path "k8s/app.yaml" does not exist\n');
  const exited = (exitCode: number) =>
    ended({ problems: [{ code: 'exit-code', exitCode, allowed: undefined }], exitCode, output });
  const late = { code: 'collect', problem: { kind: 'uncollected', because: 'time' } } as const;
  test.each<[string, Verdict, readonly string[]]>([
    ['it succeeded, which was not allowed', exited(0), ['exit-code']],
    ['its output says why', exited(1), ['not-sent']],
    [
      'it timed out, and its output may say why',
      { ...exited(124), problems: [{ code: 'timed-out', seconds: 60 }] },
      ['timed-out', 'not-sent'],
    ],
    [
      'it was stopped, which its output may show',
      { ...exited(143), problems: [{ code: 'stopped', signaled: true }] },
      ['stopped'],
    ],
    [
      'it succeeded, its outputs were lost',
      { ...exited(0), problems: [{ code: 'outputs-lost' }] },
      ['outputs-lost'],
    ],
    [
      'its files did not come back either',
      ended({ problems: [EXITED, late] }),
      ['exit-code', 'collect-time'],
    ],
    [
      'its step outputs are lost, if there were any',
      ended({ problems: [EXITED, { code: 'outputs-lost' }] }),
      ['exit-code'],
    ],
    ['only they did not', ended({ problems: [late] }), ['collect-time']],
  ])('why the step fails: %s', (_name, given, names) => {
    const { cause, others } = report(given);
    expect([cause, ...others].map((message) => message?.name)).toEqual(names);
  });

  test('a step that has a namespace is not told to set one', () => {
    const missing = whole('Error from server (NotFound): services "web" not found\n');
    const given = { ...exited(1), output: missing };
    expect(report(given).cause?.name).toBe('in-default');
    expect(report(given, { namespace: 'shop' }).cause?.name).toBe('exit-code');
    const env = [{ name: 'HELM_NAMESPACE', value: 'shop' }];
    expect(report(given, { env }).cause?.name).toBe('exit-code');
    // An earlier command may have had one.
    expect(report(given, { command: '' }).cause?.name).toBe('exit-code');
  });
});

describe('what is known about a step reaches its message', () => {
  const printed = (text: string) => ended({ output: whole(`${text}\n`) });
  const notReady = printed('error: timed out waiting for the condition');
  const notSent = printed('error: the path "web.yaml" does not exist');
  const withProblem = (problem: Failure, more: Partial<Verdict> = {}) =>
    verdict('unknown', { problems: [problem], ...more });
  const unreachable = withProblem({ code: 'cluster-unreadable', answer: RESET });
  const late = withProblem({ code: 'no-answer-in-time', seconds: 1860, answer: undefined });
  const missing = withProblem({ code: 'result-missing', answer: http(404) });
  const unproven: Failure = { code: 'unproven', containerExitCode: undefined };

  const CHINA = required(parseCloud('azurechinacloud'));

  type Reported = Parameters<typeof report>;
  const SHOP: Reported = [notReady, { namespace: 'shop' }];
  type Row = [fact: string, says: string | RegExp, reported: Reported, unlike: Reported];
  test.each<Row>([
    ['namespace', '--namespace shop', SHOP, [notReady]],
    ['no namespace', '--namespace NAMESPACE', [notReady, { namespace: '' }], SHOP],
    ['timeout', 'timeout: "1h30m"', [late, { timeout: 5400 }], [late]],
    ['no files', said('not-sent', 'nothingSent'), [notSent, { packed: packedTask([]) }], [notSent]],
    ['no command', 'Check `command-id`', [missing, { command: '' }], [missing]],
    ['cloud', 'azurechinacloud', [unreachable, { cloud: CHINA }], [unreachable]],
    [
      'start',
      said('unproven', '!started'),
      [withProblem(unproven)],
      [withProblem(unproven, { started: 'command' })],
    ],
    ['no error in the output', 'set -x', [printed('hello')], [printed('error: no')]],
  ])('%s', (_fact, says, reported, unlike) => {
    const remedyOf = (given: Reported) => shown(required(report(...given).cause)).remedy;
    expect(remedyOf(reported)).toMatch(says);
    expect(remedyOf(unlike)).not.toMatch(says);
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

describe('an annotation', () => {
  test('is whole up to 4,000 characters; a longer one is cut, and the log has all of it', async () => {
    const given = report(withoutResult('not-started', REFUSED));
    const withWords = (errorText: string) =>
      published({ ...given, cause: { ...required(given.cause), errorText } });
    const around = (await withWords('x')).message.length - 1;
    const words = (length: number) => 'xxx '.repeat(1000).slice(0, length - around);

    const whole = await withWords(words(4000));
    expect([whole.message.length, whole.message.includes('…')]).toEqual([4000, false]);
    expect(whole.log).toHaveLength(1);
    const cut = await withWords(words(4001));
    expect(cut.message).toMatch(/\w …$/);
    expect(cut.message.length).toBeLessThanOrEqual(4001);
    expect(cut.log[0]?.length).toBe('show '.length + 4001);
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
