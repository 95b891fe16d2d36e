import { describe, expect, test } from '@jest/globals';
import type { Explanation } from '../../../src/report/explanation.ts';
import { publish, type PublicationOptions } from '../../../src/report/publication.ts';
import type { Report } from '../../../src/report/report.ts';
import { withoutResult, type State, type Verdict } from '../../../src/verdict.ts';
import { ID, keptHost, type KeptHost } from '../ports.ts';

const OPTIONS: PublicationOptions = { maskOutputs: [], wantsSummary: true, success: true };
const WORDS = {
  section: 'submission-refused',
  title: 'Azure refused the command',
  titleSaysAll: true,
  sentence: 'Azure refused the command.',
  words: 'HTTP 403 AuthorizationFailed',
  move: 'Make a role.',
};
const WHY: Explanation = { ...WORDS, marked: WORDS };

const SUCCEEDED: Verdict = {
  ...withoutResult('succeeded', undefined, ID),
  exitCode: 0,
  startedAt: '2026-11-25T12:00:00Z',
  finishedAt: '2026-11-25T12:00:02Z',
  output: { text: 'hello\n', truncated: false, missingBytes: 0 },
};
const succeeded = (more: Partial<Verdict> = {}): Report => ({ verdict: { ...SUCCEEDED, ...more }, explanations: [] });
const ended = (state: State): Report => ({ verdict: withoutResult(state, undefined, ID), explanations: [WHY] });
const entry = (name: string, value: string) => ({ name, value, line: 1 });

async function published(
  report: Report,
  options: Partial<PublicationOptions> = {},
  change: (host: KeptHost) => Partial<KeptHost> = () => ({}),
) {
  const host = keptHost();
  const told = await publish(report, { ...OPTIONS, ...options }, { ...host, ...change(host) });
  return { told, outputs: host.outputs(), transcript: host.transcript, summary: host.summary() };
}

test.each<[State, boolean]>([
  ['running', true],
  ['running', false],
  ['failed', false],
  ['not-started', false],
  ['unknown', false],
])('%s, success %s: an error annotation says why, or none is there', async (state, success) => {
  const { transcript } = await published(ended(state), { success });

  expect(transcript.some((line) => line.startsWith('error '))).toBe(!success);
});

test('where a failure is read in the log, the last line does not say its cause again', async () => {
  const failure = { code: 'exit-code' as const, exitCode: 3 };
  const report = { verdict: { ...SUCCEEDED, state: 'failed' as const, failure }, explanations: [WHY] };
  const { transcript } = await published(report, { success: false }, () => ({ failureStandsAlone: false }));

  expect(transcript.at(-1)).toBe('show AKS Run Command: failed, after 2s');
  expect(transcript.join('\n').match(/refused/g)).toHaveLength(1);
});

test('where a failure is read in the log, the last line of a success is the same', async () => {
  const { transcript } = await published(succeeded(), {}, () => ({ failureStandsAlone: false }));

  expect(transcript.at(-1)).toBe('show AKS Run Command: succeeded in 2s');
});

test('of a command that is not waited for, the log says how to wait for it later', async () => {
  const verdict = withoutResult('running', { code: 'not-waited' }, ID);
  const { transcript } = await published({ verdict, explanations: [WHY] });

  expect(transcript).toContain('show Make a role.');
});

test.each(['set-output', 'set-env', 'add-path'])('::%s:: in the output is told to have no effect', async (name) => {
  const { transcript } = await published(succeeded({ output: { text: `a\n::${name} name=x::y\n`, truncated: false } }));

  expect(transcript).toContain(
    `warn The command printed ::${name}::, which has no effect. Write NAME=value to $GITHUB_OUTPUT for a step output.`,
  );
});

test.each<[State, number]>([
  ['succeeded', 1],
  ['failed', 0],
])('%s: a program that the pod does not have is warned about %d times', async (state, times) => {
  const text = '/command-files/.aks-run-command/command.sh: line 3: curl: command not found\n0\n';
  const report = succeeded({ state, output: { text, truncated: false } });
  const { transcript } = await published({ ...report, command: 'a\nb\ncurl x | wc -l' });

  const warning = 'warn The command succeeded, although it called curl, which the pod does not have (line 3).';
  expect(transcript.filter((line) => line === warning)).toHaveLength(times);
});

describe("the contract's outputs", () => {
  test('of a command that succeeded', async () => {
    expect((await published(succeeded())).outputs).toEqual({
      state: 'succeeded',
      'exit-code': '0',
      output: 'hello\n',
      'output-file': '/temp/output.txt',
      'output-truncated': 'false',
      collected: '',
      'command-id': ID,
      reason: '',
      'started-at': '2026-11-25T12:00:00Z',
      'finished-at': '2026-11-25T12:00:02Z',
      duration: '2',
    });
  });

  test('of one that did not run: all are set, and empty where there is nothing', async () => {
    const report: Report = { verdict: withoutResult('not-started'), explanations: [WHY] };

    expect((await published(report)).outputs).toEqual({
      state: 'not-started',
      'exit-code': '',
      output: '',
      'output-file': '',
      'output-truncated': 'false',
      collected: '',
      'command-id': '',
      reason: 'Azure refused the command. HTTP 403 AuthorizationFailed',
      'started-at': '',
      'finished-at': '',
      duration: '',
    });
  });

  test('a reason without words of a service', async () => {
    const { outputs } = await published({ ...ended('unknown'), explanations: [{ ...WHY, words: '' }] });

    expect(outputs['reason']).toBe('Azure refused the command.');
  });

  test('a long output: its end, from a line on, no more than a variable can hold', async () => {
    const text = Array.from({ length: 30_000 }, (_, index) => `line ${index}\n`).join('');
    const { outputs } = await published(succeeded({ output: { text, truncated: true } }));

    expect(outputs['output-truncated']).toBe('true');
    expect(Buffer.byteLength(outputs['output'] ?? '')).toBeLessThanOrEqual(96 * 1024);
    expect(outputs['output']).toMatch(/^line \d+\n/);
    expect(text.endsWith(outputs['output'] ?? '?')).toBe(true);
  });

  test('output-file has all of it', async () => {
    const kept: string[] = [];
    const text = 'x'.repeat(200_000);
    await published(succeeded({ output: { text, truncated: false } }), {}, () => ({
      keepOutput(all) {
        kept.push(all);
        return '/temp/all';
      },
    }));

    expect(kept).toEqual([text]);
  });
});

test('an output that cannot be kept in a file does not hide the verdict', async () => {
  const { outputs, transcript } = await published(
    succeeded({ output: { text: 'hello', truncated: false } }),
    {},
    () => ({
      keepOutput() {
        throw new Error('no space left on device');
      },
    }),
  );

  expect(outputs).toMatchObject({ state: 'succeeded', output: 'hello', 'output-file': '' });
  expect(transcript).toContain('warn The output could not be written to a file: no space left on device');
});

describe('step outputs of the command', () => {
  test('are set under their names', async () => {
    const { outputs } = await published(succeeded({ stepOutputs: [entry('url', 'https://x'), entry('a', '1\n2')] }));

    expect(outputs).toMatchObject({ url: 'https://x', a: '1\n2', state: 'succeeded' });
  });

  test("of equal names the last wins, as in the runner's table", async () => {
    const { outputs } = await published(succeeded({ stepOutputs: [entry('a', '1'), entry('a', '2')] }));

    expect(outputs['a']).toBe('2');
  });

  test.each(['state', 'STATE', 'Exit-Code', 'output', 'Output-File', 'output-truncated', 'command-ID', 'reason'])(
    "cannot be the action's own: %s",
    async (name) => {
      const { outputs, transcript } = await published(succeeded({ stepOutputs: [entry(name, 'forged')] }));

      expect(Object.values(outputs)).not.toContain('forged');
      expect(transcript).toContain(
        `warn The command wrote a step output named "${name}". That name is reserved, so the output was ignored.`,
      );
    },
  );
});

describe('an output whose name ends in <, which the runner reads back in one form only', () => {
  test.each([
    ['is set on one line', 'v<<x=', true],
    ['is refused on two', '1\n2', false],
    ['is refused with a carriage return, which a Windows runner would drop', 'v\r', false],
  ])('%s', async (_name, value, isSet) => {
    const stepOutputs = [entry('a<', value), entry('b', '1')];
    const { outputs, transcript } = await published(succeeded({ stepOutputs }));

    expect([outputs['a<'], outputs['b'], outputs['state']]).toEqual([isSet ? value : undefined, '1', 'succeeded']);
    expect(transcript.some((line) => line.startsWith('warn The command wrote a step output named "a<". '))).toBe(
      !isSet,
    );
  });
});

describe('masks', () => {
  const arrived = [
    entry('Token', 's3cret'),
    entry('key', '{\r\nline1\rline2\n\nline3\n}'),
    entry('empty', ' '),
    entry('open', 'four'),
    entry('pin', '123\n12'),
  ];

  test('are set before anything shows or is set, in any letter case, and line by line', async () => {
    const { transcript } = await published(succeeded({ arrived }), { maskOutputs: ['token', 'KEY', 'empty', 'pin'] });
    const masks = transcript.filter((line) => line.startsWith('mask '));

    expect(masks).toEqual(['mask s3cret', 'mask line1', 'mask line2', 'mask line3', 'mask 123']);
    expect(transcript.slice(0, masks.length)).toEqual(masks);
  });

  test.each<[string, Report, boolean]>([
    ['a name that the command never wrote is a warning', succeeded({ arrived }), true],
    ['a command that failed anyway is not blamed for it', { ...succeeded({ arrived, state: 'failed' }) }, false],
    ['a command that did not end wrote none', ended('running'), false],
  ])('%s', async (_name, report, warns) => {
    const { transcript } = await published(report, { maskOutputs: ['tokne'] });

    expect(transcript.some((line) => line.startsWith('warn mask-outputs names tokne, '))).toBe(warns);
  });

  test('are not set for what nobody named', async () => {
    const { transcript } = await published(succeeded({ arrived }));

    expect(transcript.join('\n')).not.toContain('mask ');
  });
});

describe('what the log tells', () => {
  test('the output, then how it ended', async () => {
    const { transcript } = await published(succeeded());

    expect(transcript.slice(-2)).toEqual(['show hello\n', 'show AKS Run Command: succeeded in 2s']);
  });

  test.each<[State, string]>([
    ['running', 'show AKS Run Command: still running'],
    ['dry-run', 'show AKS Run Command: dry run, the command did not run'],
  ])('%s', async (state, line) => {
    expect((await published(ended(state), { success: true })).transcript).toContain(line);
  });

  test.each([
    ['so many', 'x', 12_345, 'warn 12,345 bytes of the output did not come back: AKS keeps only 512 KiB.'],
    [
      'nobody knows how many, of as much as AKS keeps',
      'x'.repeat(400 * 1024),
      undefined,
      'warn An unknown part of the output did not come back: AKS keeps only 512 KiB.',
    ],
    [
      'nobody knows whether any, of a pod that was killed',
      'x'.repeat(400 * 1024 - 1),
      undefined,
      'warn The end of the output may be missing: the pod ended before it could send it.',
    ],
  ])('bytes are missing: %s', async (_name, text, missingBytes, line) => {
    const output = { text, truncated: true, ...(missingBytes !== undefined && { missingBytes }) };

    expect((await published(succeeded({ output }))).transcript).toContain(line);
  });

  test('a summary that was cut', async () => {
    expect((await published(succeeded({ podSummaryCut: true }))).transcript).toContain(
      'warn The command wrote more than 64 KiB to $GITHUB_STEP_SUMMARY. The rest was cut.',
    );
  });

  test('an annotation that cannot hold everything: the log has it', async () => {
    const long = { ...WHY, words: 'x'.repeat(5000) };
    const { transcript } = await published({ ...ended('unknown'), explanations: [long, WHY] }, { success: false });
    const shown = transcript.find((line) => line.startsWith('show '));

    expect(shown).toContain(long.words);
    expect(shown).toContain(WHY.move);
  });

  test('an annotation that can: the log does not say it again', async () => {
    const { transcript } = await published(ended('unknown'), { success: false });

    expect(transcript.filter((line) => line.startsWith('show '))).toEqual([
      'show AKS Run Command: may or may not have run',
    ]);
  });
});

describe('where the runner cannot be told', () => {
  const torn = (error: unknown) => () => {
    throw error as Error;
  };

  test.each<[string, unknown, string, Partial<Report>, string]>([
    ['an error', new Error('ENOENT: no GITHUB_OUTPUT'), 'ENOENT: no GITHUB_OUTPUT', {}, ''],
    [
      'anything',
      'disk full',
      'disk full',
      { docs: 'https://docs.example' },
      '\n\nMore: https://docs.example#outputs-unwritable',
    ],
  ])(
    'outputs that cannot be written fail the step, and do not hide that the command ran: %s',
    async (_n, error, words, known, link) => {
      const { told, transcript, summary } = await published({ ...succeeded(), ...known }, {}, () => ({
        setOutput: torn(error),
      }));

      expect(told).toBe(false);
      expect(transcript).toContain(
        `error AKS Run Command: the step outputs could not be written\nThe command ran and succeeded. ${words}\n\nCheck that the disk of the runner is not full, and that nothing removes its temporary files.${link}`,
      );
      expect(transcript.at(-1)).toBe('show AKS Run Command: the step outputs could not be written');
      expect(transcript).toContain('show hello\n');
      expect(summary).toContain('succeeded');
    },
  );

  test('the verdict of a command that failed comes first', async () => {
    const { told, transcript } = await published(ended('unknown'), { success: false }, () => ({
      setOutput: torn(new Error('no')),
    }));

    expect(told).toBe(false);
    expect(transcript.join('\n')).toContain(
      'error AKS Run Command: may or may not have run\nAzure refused the command.',
    );
  });

  test.each<[string, unknown, string]>([
    ['an error', new Error('too big'), 'warn The job summary could not be written: too big'],
    ['anything', 'no', 'warn The job summary could not be written: no'],
  ])('a summary that cannot be written fails nothing: %s', async (_name, error, line) => {
    const { told, transcript } = await published(succeeded(), {}, () => ({
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      writeSummary: () => Promise.reject(error),
    }));

    expect(told).toBe(true);
    expect(transcript).toContain(line);
  });
});

test('no summary where none is wanted', async () => {
  expect((await published(succeeded(), { wantsSummary: false })).summary).toBe('');
  expect((await published(succeeded())).summary).toContain('AKS Run Command: succeeded');
});

describe('collected files', () => {
  const collected = {
    folder: '/temp/c',
    files: [{ path: 'report.xml', bytes: 5 }],
    leftOut: [],
    leftOutMore: 0,
    unheld: [],
    unmatched: ['a*'],
  };
  test('are listed in the log, their folder is an output, and what did not come is a warning', async () => {
    const { outputs, transcript } = await published(succeeded({ collected }));

    expect(outputs['collected']).toBe('/temp/c');
    expect(transcript).toContain('group Collected files\n1 file, 5 B, in /temp/c\n      5 B  report.xml');
    expect(transcript).toContain('warn No files were collected for the pattern a*.');
  });

  test('none came: a warning, and no list', async () => {
    const { outputs, transcript } = await published(succeeded({ collected: { ...collected, folder: '', files: [] } }));

    expect(outputs['collected']).toBe('');
    expect(transcript.filter((line) => line.startsWith('group '))).toEqual([]);
    expect(transcript).toContain('warn No files were collected for the pattern a*.');
  });
});
