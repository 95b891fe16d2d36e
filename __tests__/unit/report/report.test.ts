import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { annotation } from '../../../src/report/annotation.ts';
import { explanationText, type Explanation } from '../../../src/report/explanation.ts';
import { durationSeconds, known, type Report } from '../../../src/report/report.ts';
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
const REFUSED: Explanation = {
  section: 'submission-refused',
  sentence: 'ARM refused the command.',
  words: 'HTTP 403 AuthorizationFailed: The client has no right.\nx-ms-request-id 1234',
  move: 'Make a role:\n  az role definition create …',
};
const EXITED: Explanation = {
  section: 'exit-code',
  sentence: 'Exit code 3 is not among the allowed-exit-codes.',
  words: '',
  move: '',
};
const HINT: Explanation = {
  section: 'forbidden',
  sentence: 'The caller may not list pods in the namespace web.',
  words: '',
  move: 'Grant it:\n  az role assignment create …',
};

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
  failed: { ...SUCCEEDED, verdict: ended({}), explanations: [EXITED, HINT] },
  'timed-out': {
    verdict: ended({ exitCode: 124, failure: { code: 'timed-out', seconds: 90 }, output: whole('still\n') }),
    explanations: [{ ...EXITED, sentence: 'The command did not end within its timeout of 1m 30s.', move: 'If it …' }],
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
    explanations: [
      { ...EXITED, sentence: 'Inputs of the step are missing or invalid.', move: '- cluster: is required' },
    ],
  },
  running: {
    verdict: verdict('running', { failure: { code: 'no-answer-in-time', seconds: 1860 } }),
    explanations: [{ ...EXITED, sentence: 'After 31m there was no result yet.', move: 'Pick it up:\n  command-id: …' }],
    cluster: CLUSTER,
  },
  unknown: {
    verdict: verdict('unknown', { failure: { code: 'no-exit-code' }, output: whole('half of it') }),
    explanations: [{ ...EXITED, sentence: 'AKS says that the command ended, but not with which exit code.' }],
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

describe('the title says what is known', () => {
  test.each<[State, Partial<Verdict>, string]>([
    ['failed', { exitCode: 3 }, 'Exit code 3'],
    ['failed', {}, 'AKS reports a failure'],
    ['not-started', {}, 'The command did not run'],
    ['running', {}, 'The command is still running'],
    ['unknown', {}, 'The command may or may not have run'],
  ])('%s', (state, more, title) => {
    expect(annotation({ verdict: verdict(state, more), explanations: [] }).title).toBe(title);
  });
});

describe('what is known of the command', () => {
  const failed = (failure: Verdict['failure'], exitCode?: number) =>
    verdict('failed', { ...(failure && { failure }), ...(exitCode !== undefined && { exitCode }) });
  test.each<[string, Verdict, string]>([
    ['the failure says it', failed({ code: 'exit-code', exitCode: 3 }), ''],
    ['the timeout says it', failed({ code: 'timed-out', seconds: 1 }), ''],
    ['no bash', failed({ code: 'no-bash' }), 'The command did not run.'],
    ['AKS reports a failure', failed({ code: 'aks-failed', reason: 'x' }), 'AKS does not say whether the command ran.'],
    ['lost outputs', failed({ code: 'outputs-lost' }, 0), 'The command ran and ended with exit code 0.'],
    ['too large ones', failed({ code: 'outputs-too-large' }, 7), 'The command ran and ended with exit code 7.'],
    [
      'malformed ones',
      failed({ code: 'outputs-malformed', line: 1, problem: '' }, 0),
      'The command ran and ended with exit code 0.',
    ],
    ['a refused submission', verdict('not-started'), 'The command did not run.'],
    ['a cancel', verdict('running', { failure: { code: 'cancelled' } }), 'The command keeps running in the cluster.'],
    ['an unclear submission', verdict('unknown'), 'The command may or may not have run.'],
    ['a success', verdict('succeeded'), 'The command ran and succeeded.'],
  ])('%s', (_name, given, sentence) => {
    expect(known(given)).toBe(sentence);
  });
});

describe('limits', () => {
  test('an annotation shows the last ten lines of an output, and from a line on', () => {
    const lines = Array.from({ length: 100 }, (_, index) => `line ${index}`);
    const { message } = annotation({ verdict: ended({ output: whole(lines.join('\n')) }), explanations: [EXITED] });

    expect(message.split('\n').slice(-11)).toEqual(['The last lines of its output:', ...lines.slice(-10)]);
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

  test('a long output is folded, and its end is shown', () => {
    const text = Array.from({ length: 40_000 }, (_, index) => `line ${index}`).join('\n');
    const markdown = summary({ ...SUCCEEDED, verdict: ended({ output: whole(text) }) });

    expect(markdown).toContain('<details><summary>Output, 40,000 lines, its end</summary>');
    expect(markdown).toContain('line 39999\n');
    expect(markdown).not.toContain('line 0\n');
  });

  test('an output of more than a screen is folded', () => {
    const text = 'x\n'.repeat(31);

    expect(summary({ ...SUCCEEDED, verdict: ended({ output: whole(text) }) })).toContain(
      '<details><summary>Output, 31 lines</summary>',
    );
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

test('an explanation is what there is of it', () => {
  expect(explanationText(REFUSED)).toBe(`${REFUSED.sentence}\n\n${REFUSED.words}\n\n${REFUSED.move}`);
  expect(explanationText(EXITED)).toBe(EXITED.sentence);
});

describe('what is sent, for the log', () => {
  test('cluster, files and command', async () => {
    await golden(
      'shipment.txt',
      `${describeShipment({ ...SUCCEEDED, command: 'kubectl apply -f k8s\necho done\n' })}\n`,
    );
  });

  test('many files', () => {
    const files = Array.from({ length: 5003 }, (_, index) => ({ path: `f${index}`, bytes: 1 }));
    const text = describeShipment({ shipment: { ...SHIPMENT, files } });

    expect(text).toContain('5,003 files, 4.9 KB');
    expect(text).toContain('f4999\n');
    expect(text).toContain('… and 3 more');
  });

  test('nothing', () => {
    expect(describeShipment({})).toBe('');
  });
});

test.each([
  ['whole seconds', '2026-11-25T12:00:00Z', '2026-11-25T12:00:09.6Z', 10],
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
    '| Duration | less than 1s |',
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
