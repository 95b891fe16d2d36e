import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { annotation, failureInLog } from '../../../src/report/annotation.ts';
import { explanationText, type Explanation } from '../../../src/report/explanation.ts';
import { durationSeconds, headline, known, lastLine, verdictLine, type Report } from '../../../src/report/report.ts';
import { describeShipment } from '../../../src/report/shipment.ts';
import { summary } from '../../../src/report/summary.ts';
import { withoutResult, type State, type Verdict } from '../../../src/verdict.ts';
import { expectGolden } from '../../golden.ts';
import { ID } from '../ports.ts';

const golden = (name: string, text: string) => expectGolden(new URL(`golden/${name}`, import.meta.url), text);

const CLUSTER = {
  subscriptionId: '5d7e9c3a-1b2c-4d5e-8f90-a1b2c3d4e5f6',
  resourceGroup: 'rg-prod',
  name: 'prod',
};
const SHIPMENT = {
  files: [
    { path: 'k8s/deployment.yaml', bytes: 1536 },
    { path: 'k8s/service.yaml', bytes: 200 },
  ],
  zipBytes: 900,
};
function explained(plain: Omit<Explanation, 'marked'>): Explanation {
  return { ...plain, marked: plain };
}

const REFUSED = explained({
  section: 'submission-refused',
  title: 'Azure refused the command',
  titleSaysAll: true,
  sentence: 'Azure refused the command.',
  words: 'HTTP 403 AuthorizationFailed: The client has no right.\nx-ms-request-id 1234',
  move: 'Make a role:\n  az role definition create …',
});
const EXITED = explained({
  section: 'exit-code',
  title: 'exit code 3',
  titleSaysAll: false,
  sentence: 'The command exited with code 3.',
  words: '',
  move: '',
});
const HINT = explained({
  section: 'kubernetes-forbidden',
  title: 'the identity cannot list pods in the cluster',
  titleSaysAll: true,
  sentence: 'The identity cannot list pods in the cluster.',
  words: '',
  move: 'Grant it:\n  az role assignment create …',
});

const TITLED = (section: string, sentence: string, move = ''): Explanation =>
  explained({
    section,
    title: sentence.replace(/^(The|Inputs)/, (word) => word.toLowerCase()).replace(/\.$/, ''),
    titleSaysAll: true,
    sentence,
    words: '',
    move,
  });

const whole = (text: string) => ({ text, truncated: false, missingBytes: 0 });
const verdict = (state: State, more: Partial<Verdict> = {}): Verdict => ({
  ...withoutResult(state, undefined, ID),
  ...more,
});
const ended = (more: Partial<Verdict>): Verdict =>
  verdict('failed', {
    exitCode: 3,
    failure: { code: 'exit-code', exitCode: 3 },
    startedAt: '2026-11-25T12:00:00Z',
    finishedAt: '2026-11-25T12:01:30Z',
    output: whole('pod/web created\nError: no\n'),
    ...more,
  });

const SUCCEEDED: Report = {
  verdict: verdict('succeeded', {
    exitCode: 0,
    startedAt: '2026-11-25T12:00:00Z',
    finishedAt: '2026-11-25T12:00:02Z',
    output: whole('pod/web created\n'),
    podSummary: '# Deployed\n\n| what | version |\n| --- | --- |\n| web | 7 |\n',
  }),
  explanations: [],
  cluster: CLUSTER,
  command: 'kubectl apply -f k8s\n',
  shipment: SHIPMENT,
};

const REPORTS: Readonly<Record<string, Report>> = {
  succeeded: SUCCEEDED,
  failed: {
    ...SUCCEEDED,
    verdict: ended({}),
    explanations: [HINT],
    firstError: 'Error: no',
    docs: 'https://github.com/o/r/blob/v1/docs/TROUBLESHOOTING.md',
  },
  'timed-out': {
    verdict: ended({ exitCode: 124, failure: { code: 'timed-out', seconds: 90 }, output: whole('still\n') }),
    explanations: [
      TITLED('timed-out', 'The command timed out after 1m 30s.', 'If it needs longer:\n  with:\n    timeout: 3m'),
    ],
    cluster: CLUSTER,
  },
  'not-started': {
    verdict: withoutResult('not-started', { code: 'no-id-token' }),
    explanations: [REFUSED],
    cluster: CLUSTER,
    command: 'kubectl get pods',
    shipment: { ...SHIPMENT, files: [] },
  },
  'invalid-inputs': {
    verdict: withoutResult('not-started', { code: 'invalid-inputs', problems: [] }),
    explanations: [TITLED('invalid-inputs', 'Inputs of the step are missing or invalid.', '- cluster: is required')],
  },
  running: {
    verdict: verdict('running', { failure: { code: 'no-answer-in-time', seconds: 1860 } }),
    explanations: [TITLED('no-answer-in-time', 'No result after 31m.', 'Pick it up:\n  command-id: …')],
    cluster: CLUSTER,
  },
  unknown: {
    verdict: verdict('unknown', { failure: { code: 'no-exit-code' }, output: whole('half of it') }),
    explanations: [TITLED('no-exit-code', 'AKS reported the end of the command without an exit code.')],
    cluster: CLUSTER,
  },
  'dry-run': { ...SUCCEEDED, verdict: withoutResult('dry-run') },
  silent: {
    verdict: verdict('succeeded', { exitCode: 0, output: whole(' \n') }),
    explanations: [],
    cluster: CLUSTER,
  },
  hostile: {
    verdict: ended({
      output: whole(
        '```\n</details>\n# Approved ✅\n::error::x\n<img src=x onerror=alert(1)>\n\u001b[31mred\u001b[0m\n',
      ),
      podSummary: '# Mine\n',
      podSummaryCut: true,
    }),
    explanations: [{ ...EXITED, words: '</code></pre>\n````\n[click](https://evil.example)' }],
    cluster: CLUSTER,
    command: 'echo "```"\n</details>',
    shipment: { ...SHIPMENT, files: [{ path: '```\n# h', bytes: 1 }] },
  },
};

describe('as people see it', () => {
  test.each(Object.keys(REPORTS))('the summary: %s', async (name) => {
    await golden(`summary-${name}.md`, summary(REPORTS[name] ?? SUCCEEDED));
  });

  test.each(Object.keys(REPORTS).filter((name) => !['succeeded', 'dry-run', 'silent'].includes(name)))(
    'the annotation: %s',
    async (name) => {
      const { title, message, whole: complete } = annotation(REPORTS[name] ?? SUCCEEDED);

      expect(complete).toBe(true);
      await golden(`annotation-${name}.txt`, `${title}\n${'='.repeat(title.length)}\n${message}\n`);
    },
  );
});

describe('the headline names the cluster and the cause', () => {
  test.each<[string, Partial<Report>, string]>([
    ['a cause', { verdict: ended({}), explanations: [HINT] }, 'prod: the identity cannot list pods in the cluster'],
    ['nothing better is known', { verdict: ended({}), explanations: [EXITED] }, 'prod: exit code 3'],
    ['success', { verdict: verdict('succeeded', { exitCode: 0 }) }, 'prod: succeeded'],
    ['an allowed code', { verdict: verdict('succeeded', { exitCode: 9 }) }, 'prod: succeeded, exit code 9 (allowed)'],
    [
      'no cluster',
      { verdict: ended({}), explanations: [EXITED], cluster: { ...CLUSTER, name: '' } },
      'AKS Run Command: exit code 3',
    ],
    ['dry run', { verdict: withoutResult('dry-run') }, 'prod: dry run, nothing was sent'],
  ])('%s', (_name, more, line) => {
    expect(headline({ ...SUCCEEDED, ...more })).toBe(line);
  });

  test.each<[string, Report, string]>([
    ['a success', SUCCEEDED, 'prod: succeeded in 2s'],
    ['a failure', { ...SUCCEEDED, verdict: ended({}), explanations: [EXITED] }, 'prod: exit code 3, after 1m 30s'],
    ['a timeout, which says its time', REPORTS['timed-out'] ?? SUCCEEDED, 'prod: the command timed out after 1m 30s'],
    ['no times', REPORTS['running'] ?? SUCCEEDED, 'prod: No result after 31m'],
  ])('the last line of the log: %s', (_name, report, line) => {
    expect(lastLine(report)).toBe(line);
  });

  test('no controls, and not too long', () => {
    const { title } = annotation({
      ...SUCCEEDED,
      verdict: ended({}),
      explanations: [{ ...HINT, title: '\u001b[31m' + 'x'.repeat(500) }],
    });
    expect(title).toMatch(/^prod: x{154}…$/);
  });

  test('a title of 160 characters is whole', () => {
    const { title } = annotation({
      ...SUCCEEDED,
      verdict: ended({}),
      explanations: [{ ...HINT, title: 'x'.repeat(154) }],
    });
    expect(title).toBe(`prod: ${'x'.repeat(154)}`);
  });
});

describe('a failure in a log that is read from top to bottom', () => {
  test('the sentence of the cause is the headline, and the rest follows', () => {
    expect(failureInLog({ verdict: verdict('not-started'), cluster: CLUSTER, explanations: [REFUSED] })).toMatchObject({
      message: expect.stringMatching(/^The command did not run\.\n\nHTTP 403 [^]+\n\nMake a role:/),
    });
    expect(failureInLog({ verdict: ended({}), cluster: CLUSTER, explanations: [EXITED] })).toEqual({
      title: 'prod: the command exited with code 3',
      message: '',
    });
  });

  test('of the output, only a line that is known to be the error is said again', () => {
    const report = { verdict: ended({ output: whole('pod/web created\nError: no\n') }), explanations: [EXITED] };
    expect(failureInLog(report).message).toBe('');
    expect(failureInLog({ ...report, firstError: 'Error: no' }).message).toMatch(/\nError: no$/);
  });

  test.each([
    ['with its time', ended({}), 'prod: failed, after 1m 30s'],
    ['nothing without one', verdict('not-started'), ''],
  ])('the last line is the verdict, %s', (_name, given, line) => {
    expect(verdictLine({ verdict: given, cluster: CLUSTER, explanations: [EXITED] })).toBe(line);
  });
});

describe('what is known of the command', () => {
  const failed = (failure: Verdict['failure'], exitCode?: number) =>
    verdict('failed', { ...(failure && { failure }), ...(exitCode !== undefined && { exitCode }) });
  test.each<[string, Verdict, string]>([
    ['the failure says it', failed({ code: 'exit-code', exitCode: 3 }), ''],
    ['the timeout says it', failed({ code: 'timed-out', seconds: 1 }), ''],
    ['lost outputs', failed({ code: 'outputs-lost' }, 0), 'The command itself succeeded.'],
    ['too large ones', failed({ code: 'outputs-too-large' }, 7), 'The command exited with code 7.'],
    ['malformed ones', failed({ code: 'outputs-malformed', line: 1, problem: '' }, 0), 'The command itself succeeded.'],
    ['a refused submission', verdict('not-started'), 'The command did not run.'],
    [
      'a cancel',
      verdict('running', { failure: { code: 'cancelled' } }),
      'The command is still running in the cluster.',
    ],
    [
      'a cancel before the pod started',
      verdict('running', { failure: { code: 'cancelled', mayStartUntil: 1_795_608_090 } }),
      'The command has not started yet, and may still start until 12:01:30 UTC.',
    ],
    [
      'a cancel during the submission',
      verdict('unknown', { failure: { code: 'cancelled', mayStartUntil: 1_795_608_090 } }),
      'The command may or may not have run, and may still start until 12:01:30 UTC.',
    ],
    [
      'a cancel of somebody who waits for an earlier command',
      verdict('running', { failure: { code: 'cancelled', unstarted: true } }),
      'Azure has not shown that the command started.',
    ],
    [
      'no answer in time, and no start',
      verdict('running', { failure: { code: 'no-answer-in-time', seconds: 60, unstarted: true } }),
      'Azure has not shown that the command started.',
    ],
    [
      'no answer in time after a start',
      verdict('running', { failure: { code: 'no-answer-in-time', seconds: 60 } }),
      'The command is still running in the cluster.',
    ],
    ['an unclear submission', verdict('unknown'), 'The command may or may not have run.'],
    ['a success', verdict('succeeded'), 'The command ran and succeeded.'],
  ])('%s', (_name, given, sentence) => {
    expect(known({ verdict: given, explanations: [EXITED] })).toBe(sentence);
  });

  test('where nothing explains it, the exit code is what is known', () => {
    expect(known({ verdict: ended({}), explanations: [] })).toBe('The command exited with code 3.');
  });

  test('a hint says why; the exit code is what is known', () => {
    expect(known({ verdict: ended({}), explanations: [HINT] })).toBe('The command exited with code 3.');
  });
});

describe('limits', () => {
  test('an annotation shows the last ten lines of an output, and from a line on', () => {
    const lines = Array.from({ length: 100 }, (_, index) => `line ${index}`);
    const { message } = annotation({ verdict: ended({ output: whole(lines.join('\n')) }), explanations: [EXITED] });

    expect(message.trimEnd().split('\n').slice(-11)).toEqual(['The last lines of its output:', ...lines.slice(-10)]);
  });

  test('an annotation that is too long says that the log has it all', () => {
    const { message, whole: complete } = annotation({
      verdict: ended({}),
      explanations: [{ ...REFUSED, words: 'x'.repeat(5000) }],
    });

    expect(complete).toBe(false);
    expect(message.length).toBeLessThan(4096);
    expect(message).toMatch(/…$/);
  });

  test('an annotation of 4,000 characters is whole, and of one more the last is cut', () => {
    const withWords = (length: number) =>
      annotation({ verdict: verdict('not-started'), explanations: [{ ...REFUSED, words: 'x'.repeat(length) }] });
    const around = withWords(1).message.length - 1;
    const all = withWords(4000 - around);

    expect([all.whole, all.message.length]).toEqual([true, 4000]);
    expect(withWords(4001 - around)).toMatchObject({
      whole: false,
      message: expect.stringMatching(/^Azure [^]{3994}…$/),
    });
  });

  test('of an error on one long line, its first 1,200 characters are quoted', () => {
    const firstError = 'x'.repeat(1300);
    const { message } = annotation({ verdict: ended({}), explanations: [EXITED], firstError });

    expect(message).toMatch(/:\nx{1200}$/);
  });

  test('a long output is folded, and its end is shown', () => {
    const text = Array.from({ length: 40_000 }, (_, index) => `line ${index}`).join('\n');
    const markdown = summary({ ...SUCCEEDED, verdict: ended({ output: whole(text) }) });

    expect(markdown).toContain('<details><summary>Output, the last 14,894 of 40,000 lines</summary>');
    expect(markdown).toContain('line 39999\n');
    expect(markdown).not.toContain('line 0\n');
  });

  test.each<[string, string | undefined, readonly string[]]>([
    [
      'its first error, where one is known',
      'Error: no',
      ['The first error in its output:', 'The last lines of its output:'],
    ],
    ['its last lines, where none is', undefined, ['The last lines of its output:']],
  ])('a long output of a failure begins with %s', (_name, firstError, labels) => {
    const output = whole(`Error: no\n${'x\n'.repeat(100)}`);
    const markdown = summary({
      ...SUCCEEDED,
      verdict: ended({ output }),
      ...(firstError !== undefined && { firstError }),
    });

    expect(Array.from(markdown.matchAll(/^\*\*(The .*)\*\*$/gm), ([, label]) => label)).toEqual(labels);
  });

  const folds = (lines: number, given: Verdict) => {
    const markdown = summary({ ...SUCCEEDED, verdict: { ...given, output: whole('x\n'.repeat(lines)) } });
    return {
      folded: markdown.includes(`<details><summary>Output, ${lines} lines</summary>`),
      lastLines: /\*\*The last lines of its output:\*\*\n\n```text\n((?:x\n)+)```/.exec(markdown)?.[1]?.length,
    };
  };
  test.each<[string, number, Verdict, ReturnType<typeof folds>]>([
    ['a screen of a failure', 30, ended({}), { folded: false, lastLines: undefined }],
    ['more of a failure, below its last twenty lines', 31, ended({}), { folded: true, lastLines: 20 * 'x\n'.length }],
    ['a few lines of a success', 10, SUCCEEDED.verdict, { folded: false, lastLines: undefined }],
    ['more of a success', 11, SUCCEEDED.verdict, { folded: true, lastLines: undefined }],
  ])('what is folded of the output: %s', (_name, lines, given, expected) => {
    expect(folds(lines, given)).toEqual(expected);
  });

  const KIB = 1024;
  const REFUSAL: Report = { verdict: verdict('not-started'), explanations: [] };
  test.each<[string, number, (text: string) => Report]>([
    ['the output', 160 * KIB, (text) => ({ ...SUCCEEDED, verdict: ended({ output: whole(text) }) })],
    ['the command', 32 * KIB, (command) => ({ ...SUCCEEDED, command })],
    ["a service's words", 16 * KIB, (words) => ({ ...REFUSAL, explanations: [{ ...REFUSED, words }] })],
    [
      'a list of files',
      16 * KIB - '      1 B  '.length,
      (path) => ({ ...SUCCEEDED, shipment: { files: [{ path, bytes: 1 }], zipBytes: 1 } }),
    ],
  ])('%s is whole in the summary up to %d bytes', (_name, most, report) => {
    const shown = (length: number) =>
      Math.max(...Array.from(summary(report('x'.repeat(length))).matchAll(/x+/g), ([run]) => run.length));
    expect([shown(most - 1), shown(most), shown(most + 1)]).toEqual([most - 1, most, most]);
  });

  test('the summary lists 200 files', () => {
    const files = Array.from({ length: 201 }, (_, index) => ({ path: `f${index}`, bytes: 1 }));
    const markdown = summary({ ...SUCCEEDED, shipment: { files, zipBytes: 1 } });

    expect(markdown).toContain('  f199\n… and 1 more\n');
  });

  test.each([
    ['some of it', 'half\n', '**Output, 1 line, incomplete**'],
    ['all of it', '', '**Output, 1 line, incomplete**'],
  ])('an output of which bytes are missing says so: %s', (_name, text, title) => {
    expect(summary({ ...SUCCEEDED, verdict: ended({ output: { text, truncated: true } }) })).toContain(title);
  });

  test('the worst of everything stays below the megabyte that GitHub shows', () => {
    const bad = '\u0001';
    const explanation = { ...REFUSED, words: bad.repeat(100_000) };
    const worst = summary({
      verdict: ended({
        output: whole(bad.repeat(1024 * 1024)),
        podSummary: 'x'.repeat(64 * 1024),
        podSummaryCut: true,
      }),
      explanations: [explanation, explanation, explanation, explanation],
      cluster: CLUSTER,
      command: bad.repeat(300_000),
      shipment: {
        ...SHIPMENT,
        files: Array.from({ length: 10_000 }, () => ({ path: bad.repeat(255), bytes: 1 })),
      },
    });

    expect(Buffer.byteLength(worst)).toBeLessThan(1024 * 1024);
  });
});

test('of several explanations, the first says what is known of the command', () => {
  const markdown = summary({ ...SUCCEEDED, verdict: ended({}), explanations: [HINT, EXITED, REFUSED] });

  expect(markdown.match(/The command exited with code 3\./g)).toHaveLength(2);
});

test('a command whose files could not be packed stands alone', () => {
  const markdown = summary({ verdict: verdict('not-started'), explanations: [REFUSED], command: 'kubectl get pods' });

  expect(markdown).toContain('<details><summary>Command</summary>\n\n```bash\nkubectl get pods\n```\n\n</details>');
});

describe('the summary of collected files', () => {
  const collected = {
    folder: '/temp/c',
    files: [{ path: 'report.xml', bytes: 5 }],
    leftOut: [],
    leftOutMore: 0,
    unheld: [],
    unmatched: [],
  };
  const LIST = '\n**Collected, 1 file, 5 B**\n\n```text\n      5 B  report.xml\n```\n';
  const WARNING = '\nNo files were collected for the pattern `a*`.\n';
  test.each<[string, Verdict['collected'], boolean, boolean]>([
    ['none were asked for', undefined, false, false],
    ['all came', collected, true, false],
    ['some came', { ...collected, unmatched: ['a*'] }, true, true],
    ['none came', { ...collected, folder: '', files: [], unmatched: ['a*'] }, false, true],
  ])('%s', (_name, came, hasList, hasWarning) => {
    const verdict: Verdict = { ...SUCCEEDED.verdict, ...(came && { collected: came }) };
    const markdown = summary({ ...SUCCEEDED, verdict });

    expect([markdown.includes(LIST), markdown.includes(WARNING)]).toEqual([hasList, hasWarning]);
    expect(markdown.includes('**Collected, ')).toBe(hasList);
  });
});

test.each<[string, Verdict, string]>([
  ['a failure', ended({}), '[More about this failure](https://docs.example#exit-code)'],
  [
    'a command that is not waited for, which is none',
    verdict('running', { failure: { code: 'not-waited' } }),
    '[More about this state](https://docs.example#exit-code)',
  ],
])('the summary links to more about %s', (_name, given, link) => {
  expect(summary({ verdict: given, explanations: [EXITED], docs: 'https://docs.example' })).toContain(link);
});

test('the summary of a success links to nothing', () => {
  expect(summary({ ...SUCCEEDED, docs: 'https://docs.example' })).not.toContain('https://docs.example');
});

describe('the output is quoted', () => {
  const LAST = 'The last lines of its output:\npod/web created\nError: no';
  const FIRST = 'The first error in its output:\nError: no';
  test.each([
    ['in an annotation, away from the output: its end', annotation, undefined, [LAST]],
    ['in an annotation: its error', annotation, 'Error: no', [FIRST]],
    ['below the output itself: no end of it', failureInLog, undefined, []],
    ['below the output itself: its error', failureInLog, 'Error: no', [FIRST]],
  ])('%s', (_name, tell, firstError, quotes) => {
    const { message } = tell({
      ...SUCCEEDED,
      verdict: ended({}),
      explanations: [EXITED],
      ...(firstError !== undefined && { firstError }),
    });

    expect(
      message
        .split('\n\n')
        .map((part) => part.trimEnd())
        .filter((part) => part.includes('output:')),
    ).toEqual(quotes);
  });
});

test('an explanation is what there is of it', () => {
  expect(explanationText(REFUSED)).toBe(`${REFUSED.sentence}\n\n${REFUSED.words}\n\n${REFUSED.move}`);
  expect(explanationText(EXITED)).toBe(EXITED.sentence);
});

describe('what is sent, for the log', () => {
  const plain = {
    cluster: { subscriptionId: '5d7e9c3a-1b2c-4d5e-8f90-a1b2c3d4e5f6', resourceGroup: 'rg', name: 'prod' },
    command: 'true',
    shipment: { files: [], zipBytes: 9 },
    env: [],
    shell: '' as const,
    timeout: 1800,
    dryRun: false,
  };

  test('cluster, files and command', async () => {
    await golden(
      'shipment.txt',
      `${describeShipment({ ...plain, shipment: SHIPMENT, command: 'kubectl apply -f k8s\necho done\n' })}\n`,
    );
  });

  test('many files', () => {
    const files = Array.from({ length: 5003 }, (_, index) => ({ path: `f${index}`, bytes: 1 }));
    const text = describeShipment({ ...plain, shipment: { ...SHIPMENT, files } });

    expect(text).toContain('5,003 files, 4.9 KB');
    expect(text).toContain('f4999\n');
    expect(text).toContain('… and 3 more');
  });

  test.each([
    [5000, false],
    [5001, true],
  ])('%d files: whether some are only counted', (count, isCut) => {
    const files = Array.from({ length: count }, (_, index) => ({ path: `f${index}`, bytes: 1 }));

    expect(describeShipment({ ...plain, shipment: { ...SHIPMENT, files } }).includes('… and ')).toBe(isCut);
  });

  test('one file, and one variable', () => {
    const files = [{ path: 'a.yaml', bytes: 7 }];
    const text = describeShipment({ ...plain, shipment: { files, zipBytes: 99 }, env: [{ name: 'IMAGE' }] });

    expect(text).toContain('\nfiles      1 file, 7 B, zip 99 B\n        7 B  a.yaml\nvariables  IMAGE\n');
  });

  test('nothing about files that are none', () => {
    expect(describeShipment(plain)).not.toContain('files');
  });

  test('of a dry run, the names of variables, the shell and the timeout too', () => {
    const env = [{ name: 'IMAGE', value: 'secret' }, { name: 'REGION' }];
    const text = describeShipment({ ...plain, env, dryRun: true });
    expect(text).toContain(
      'variables  IMAGE, REGION\nshell      bash -e, or sh -e if the pod has no bash\ntimeout    30m\n',
    );
    expect(text).not.toContain('secret');
    expect(describeShipment({ ...plain, shell: 'sh', dryRun: true })).toContain('shell      sh -e\n');
  });
});

test.each([
  ['whole seconds', '2026-11-25T12:00:00Z', '2026-11-25T12:00:09.6Z', 10],
  ['an hour', '2026-11-25T12:00:00Z', '2026-11-25T13:00:00Z', 3600],
  ['the same moment', '2026-11-25T12:00:00Z', '2026-11-25T12:00:00Z', 0],
  ['an end before the beginning', '2026-11-25T12:00:01Z', '2026-11-25T12:00:00Z', 0],
  ['no beginning', undefined, '2026-11-25T12:00:00Z', undefined],
  ['no end', '2026-11-25T12:00:00Z', undefined, undefined],
  ['a time of no calendar', '2026-99-25T12:00:00Z', '2026-11-25T12:00:00Z', undefined],
])('the duration: %s', (_name, startedAt, finishedAt, seconds) => {
  const times = { ...(startedAt !== undefined && { startedAt }), ...(finishedAt !== undefined && { finishedAt }) };

  expect(durationSeconds(verdict('succeeded', times))).toBe(seconds);
});

test('a command that ended within the second it started in', () => {
  const moment = '2026-11-25T12:00:00Z';

  expect(summary({ ...SUCCEEDED, verdict: ended({ startedAt: moment, finishedAt: moment }) })).toContain(
    ' · less than 1s · ',
  );
});

test('no foreign text leaves its block, whatever it is', () => {
  const text = fc
    .array(fc.constantFrom('`', '```\n', '\n', '</details>\n', '# x\n', '| a |\n', '\r', 'CANARY', '<b>'), {
      maxLength: 12,
    })
    .map((parts) => parts.join(''));
  const outsideOf = (markdown: string) => {
    let fence = '';
    return markdown.split('\n').filter((line) => {
      const ticks = /^`{3,}/.exec(line)?.[0] ?? '';
      const isOutside = fence === '';
      if (isOutside) fence = ticks;
      else if (line === fence) fence = '';
      return isOutside && ticks === '';
    });
  };
  fc.assert(
    fc.property(text, text, text, text, (output, command, words, path) => {
      const markdown = summary({
        ...SUCCEEDED,
        verdict: ended({ output: whole(output), podSummary: '' }),
        explanations: [{ ...REFUSED, words }],
        command,
        shipment: { ...SHIPMENT, files: [{ path, bytes: 1 }] },
      });
      expect(outsideOf(markdown).join('\n')).not.toMatch(/CANARY|<b>|^# x/m);
    }),
  );
});
