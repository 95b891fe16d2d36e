import { describe, expect, test } from '@jest/globals';
import { PROMPT } from '../../../src/hosts/words.ts';
import { message, say, type Message } from '../../../src/report/message.ts';
import { publish, publishLeast } from '../../../src/report/publication.ts';
import type { Report } from '../../../src/report/report.ts';
import { withoutResult, type State, type Verdict } from '../../../src/verdict.ts';
import { ID, keptHost, type KeptHost } from '../ports.ts';

const OPTIONS: Parameters<typeof publish>[1] = {
  maskOutputs: [],
  summary: true,
  success: true,
};
const WHY = message('submission-refused', [say`Azure refused the command.`, say`Make a role.`], {
  words: 'HTTP 403 AuthorizationFailed',
});
const SUCCEEDED: Verdict = {
  ...withoutResult('succeeded', undefined, ID),
  exitCode: 0,
  startedAt: '2026-11-25T12:00:00Z',
  finishedAt: '2026-11-25T12:00:02Z',
  output: { text: 'hello\n', truncated: false, missingBytes: 0 },
};
const EXITED = { code: 'exit-code', exitCode: 3 } as const;

const succeeded = (more: Partial<Verdict> = {}): Report => ({
  verdict: { ...SUCCEEDED, ...more },
  explanations: [],
});
const ended = (state: State): Report => ({
  verdict: withoutResult(state, undefined, ID),
  explanations: [WHY],
});
const NOT_RUN = (why: Message): Report => ({
  verdict: withoutResult('not-started'),
  explanations: [why],
});
const entry = (name: string, value: string) => ({ name, value, line: 1 });
const fails = (error: unknown) => () => {
  throw error as Error;
};

async function published(
  report: Report,
  options: Partial<typeof OPTIONS> = {},
  change: (host: KeptHost) => Partial<KeptHost> = () => ({}),
) {
  const host = keptHost();
  const all = await publish(report, { ...OPTIONS, ...options }, { ...host, ...change(host) });
  return { all, outputs: host.outputs(), transcript: host.transcript, summary: host.summary() };
}

test('masks, outputs, log, annotation, in this order', async () => {
  const arrived = [entry('token', 's3cret')];
  const report = {
    ...succeeded({ arrived, stepOutputs: arrived, state: 'failed', failure: EXITED }),
    explanations: [WHY],
  };
  const { transcript } = await published(report, { maskOutputs: ['token'], success: false });

  const outputs =
    'state exit-code output-truncated collected command-id reason started-at finished-at duration';
  expect(transcript.map((line) => /^\w+ [\w-]*/.exec(line)?.[0])).toEqual([
    'mask s3cret',
    ...[...outputs.split(' '), 'token', 'output', 'output-file'].map((name) => `output ${name}`),
    'show hello',
    'error AKS',
    'show AKS',
  ]);
});

describe('the failure', () => {
  test.each<[State, boolean]>([
    ['running', true],
    ['running', false],
    ['failed', false],
  ])('%s, success %s: an error annotation says why, or none is there', async (state, success) => {
    const { transcript } = await published(ended(state), { success });
    expect(transcript.some((line) => line.startsWith('error '))).toBe(!success);
  });

  test('is not said again by the last line of a log in which it is read', async () => {
    const report = {
      verdict: { ...SUCCEEDED, state: 'failed' as const, failure: EXITED },
      explanations: [WHY],
    };
    const { transcript } = await published(report, { success: false }, () => ({ words: PROMPT }));
    expect(transcript.at(-1)).toBe('show AKS Run Command: failed, after 2s');
    expect(transcript.join('\n').match(/refused/g)).toHaveLength(1);
  });

  test.each([
    ['in the log, too, if an annotation cannot hold it', 5000, true],
    ['but not if it can', 5, false],
  ])('is said %s', async (_name, length, isShown) => {
    const long = { ...WHY, words: 'x'.repeat(length) };
    const { transcript } = await published(
      { ...ended('unknown'), explanations: [long, WHY] },
      { success: false },
    );
    const shown = `show Azure refused the command.\n\n${long.words}\n\nMake a role.\n\nAzure refused the command.`;
    expect(transcript.some((line) => line.startsWith(shown))).toBe(isShown);
  });

  test('is none of a command that is not waited for, and the log says how to wait for it later', async () => {
    const verdict = withoutResult('running', { code: 'not-waited' }, ID);
    expect((await published({ verdict, explanations: [WHY] })).transcript).toContain(
      'show Make a role.',
    );
  });
});

describe("the contract's outputs", () => {
  const NOTHING = {
    ...{
      state: 'not-started',
      'exit-code': '',
      output: '',
      'output-file': '',
      'output-truncated': 'false',
    },
    ...{
      collected: '',
      'command-id': '',
      reason: '',
      'started-at': '',
      'finished-at': '',
      duration: '',
    },
  };
  test.each<[string, Report, object]>([
    [
      'of a command that succeeded',
      succeeded(),
      {
        ...{
          state: 'succeeded',
          'exit-code': '0',
          output: 'hello\n',
          'output-file': '/temp/output.txt',
        },
        ...{
          'command-id': ID,
          'started-at': SUCCEEDED.startedAt,
          'finished-at': SUCCEEDED.finishedAt,
          duration: '2',
        },
      },
    ],
    [
      'of one that did not run',
      NOT_RUN(WHY),
      { reason: 'Azure refused the command. HTTP 403 AuthorizationFailed' },
    ],
    ['a reason of ours', NOT_RUN({ ...WHY, words: '' }), { reason: 'Azure refused the command.' }],
    [
      'a reason that is far too long',
      NOT_RUN({ ...WHY, words: 'x'.repeat(5_000_000) }),
      { reason: `Azure refused the command. ${'x'.repeat(3973)}…` },
    ],
  ])('all are set, and empty if there is nothing: %s', async (_name, report, outputs) => {
    expect((await published(report)).outputs).toEqual({ ...NOTHING, ...outputs });
  });

  test('a long output: its end, from a line on, no more than a variable can hold; output-file has all of it', async () => {
    const kept: string[] = [];
    const text = Array.from({ length: 30_000 }, (_, index) => `line ${index}\n`).join('');
    const { outputs } = await published(
      succeeded({ output: { text, truncated: true } }),
      {},
      () => ({
        keepOutput: (all) => `/temp/${kept.push(all)}`,
      }),
    );
    const { output = '' } = outputs;
    expect([outputs['output-truncated'], outputs['output-file'], kept]).toEqual([
      'true',
      '/temp/1',
      [text],
    ]);
    expect(Buffer.byteLength(output)).toBeLessThanOrEqual(96 * 1024);
    expect(output).toMatch(/^line \d+\n/);
    expect(text.endsWith(output)).toBe(true);
  });
});

describe('step outputs of the command', () => {
  test("are set under their names, and of equal names the last wins, as in the runner's table", async () => {
    const stepOutputs = [entry('url', 'https://x'), entry('a', '1\n2'), entry('url', 'https://y')];
    const { outputs } = await published(succeeded({ stepOutputs }));
    expect(outputs).toMatchObject({ url: 'https://y', a: '1\n2', state: 'succeeded' });
  });

  test.each([
    'state',
    'STATE',
    'ſtate',
    'Exit-Code',
    'OUTPUT',
    'Output-File',
    'reason',
    'collected',
  ])("cannot be the action's own: %s", async (name) => {
    const { outputs, transcript } = await published(
      succeeded({ stepOutputs: [entry(name, 'forged')] }),
    );
    expect(Object.values(outputs)).not.toContain('forged');
    expect(transcript).toContain(
      `warn The command wrote a step output named "${name}". That name is reserved, so the output was ignored.`,
    );
  });

  test.each([
    ['is set on one line', 'v<<x=', true],
    ['is refused on two', '1\n2', false],
    ['is refused with a carriage return, which a Windows runner would drop', 'v\r', false],
  ])('one whose name ends in < %s', async (_name, value, isSet) => {
    const stepOutputs = [entry('a<', value), entry('b', '1')];
    const { outputs, transcript } = await published(succeeded({ stepOutputs }));
    expect([outputs['a<'], outputs['b'], outputs['state']]).toEqual([
      isSet ? value : undefined,
      '1',
      'succeeded',
    ]);
    expect(
      transcript.some((line) =>
        line.startsWith('warn The command wrote a step output named "a<". '),
      ),
    ).toBe(!isSet);
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
  test('are set in any letter case, and line by line, for what somebody named', async () => {
    const { transcript } = await published(succeeded({ arrived }), {
      maskOutputs: ['token', 'KEY', 'empty', 'pin'],
    });
    const masks = ['mask s3cret', 'mask line1', 'mask line2', 'mask line3', 'mask 123'];
    expect(transcript.slice(0, masks.length + 1)).toEqual([...masks, 'output state']);
  });

  test.each<[string, Report, boolean]>([
    ['a name that the command never wrote is a warning', succeeded({ arrived }), true],
    [
      'a command that failed anyway is not blamed for it',
      succeeded({ arrived, state: 'failed' }),
      false,
    ],
    ['a command that did not end wrote none', ended('running'), false],
  ])('%s', async (_name, report, warns) => {
    const { transcript } = await published(report, { maskOutputs: ['tokne'] });
    expect(transcript.some((line) => line.startsWith('warn mask-outputs names tokne, '))).toBe(
      warns,
    );
  });
});

describe('the log', () => {
  const truncated = (text: string, missingBytes?: number) =>
    succeeded({
      output: { text, truncated: true, ...(missingBytes !== undefined && { missingBytes }) },
    });
  const MUCH = 'x'.repeat(400 * 1024);
  test.each<[string, Report]>([
    ['show AKS Run Command: succeeded in 2s', succeeded()],
    ['show AKS Run Command: still running', ended('running')],
    [
      'warn 12,345 bytes of the output did not come back: AKS keeps only 512 KiB.',
      truncated('x', 12_345),
    ],
    [
      'warn An unknown part of the output did not come back: AKS keeps only 512 KiB.',
      truncated(MUCH),
    ],
    [
      'warn The end of the output may be missing: the pod ended before it could send it.',
      truncated(MUCH.slice(1)),
    ],
    [
      "warn The log is not this action's, so only AKS's exit code is known.",
      succeeded({ onlyExitCode: true }),
    ],
    [
      'warn The command succeeded, although kubectl apply got no objects ("error: no objects passed to apply").',
      succeeded({
        output: { text: 'a\nerror: no objects passed to apply\r\nb', truncated: false },
      }),
    ],
    [
      'warn The command wrote more than 64 KiB to $GITHUB_STEP_SUMMARY. The rest was cut.',
      succeeded({ podSummaryCut: true }),
    ],
  ])('says: %s', async (line, report) => {
    expect((await published(report)).transcript).toContain(line);
  });

  test.each(['set-output', 'set-env', 'add-path'])(
    'says that ::%s:: has no effect',
    async (name) => {
      const report = succeeded({ output: { text: `a\n::${name} name=x::y\n`, truncated: false } });
      const { transcript } = await published(report);
      expect(
        transcript.some((line) =>
          line.startsWith(`warn The command printed ::${name}::, which has no`),
        ),
      ).toBe(true);
    },
  );

  test.each<[State, number]>([
    ['succeeded', 1],
    ['failed', 0],
  ])('%s: a program that the pod does not have is warned about %d times', async (state, times) => {
    const text = '/command-files/.aks-run-command/command.sh: line 3: curl: command not found\n0\n';
    const report = succeeded({ state, output: { text, truncated: false } });
    const { transcript } = await published({ ...report, command: 'a\nb\ncurl x | wc -l' });
    const warning =
      'warn The command succeeded, although it called curl, which the pod does not have (line 3).';
    expect(transcript.filter((line) => line === warning)).toHaveLength(times);
  });

  const files = [{ path: 'r.xml', bytes: 5 }];
  const collected = { folder: '/temp/c', files, leftOut: [], leftOutMore: 0, unheld: [] };
  test.each([
    [
      'lists what was collected',
      collected,
      ['group Collected files\n1 file, 5 B, in /temp/c\n       5 B  r.xml'],
    ],
    ['has no list of nothing', { ...collected, folder: '', files: [] }, []],
  ])('%s, and warns about what was not', async (_name, came, lists) => {
    const { outputs, transcript } = await published(
      succeeded({ collected: { ...came, unmatched: ['a*'] } }),
    );
    expect([outputs['collected'], transcript.filter((line) => line.startsWith('group '))]).toEqual([
      came.folder,
      lists,
    ]);
    expect(transcript).toContain('warn No files were collected for the pattern a*.');
  });
});

describe('what cannot be written', () => {
  test.each<[string, unknown, string, Partial<Report>, string]>([
    ['an error', new Error('ENOENT: no GITHUB_OUTPUT'), 'ENOENT: no GITHUB_OUTPUT', {}, ''],
    [
      'anything',
      'disk full',
      'disk full',
      { docs: 'https://d' },
      '\n\nMore: https://d#outputs-unwritable',
    ],
  ])(
    'outputs: the step fails, and the log says that the command ran: %s',
    async (_name, error, words, more, link) => {
      const report = { ...succeeded(), ...more };
      const { all, transcript, summary } = await published(report, {}, () => ({
        setOutput: fails(error),
      }));
      expect(all).toBe(false);
      expect(transcript).toContain(
        `error AKS Run Command: the step outputs could not be written\nThe command ran and succeeded. ${words}\n\nCheck that the disk of the runner is not full, and that nothing removes its temporary files.${link}`,
      );
      expect(transcript.at(-1)).toBe('show AKS Run Command: the step outputs could not be written');
      expect(transcript).toContain('show hello\n');
      expect(summary).toContain('succeeded');
    },
  );

  test('one output: the others are set, and the first problem is reported', async () => {
    const report = succeeded({ stepOutputs: [entry('big', 'x'), entry('small', '1')] });
    const set: string[] = [];
    const { all, transcript } = await published(report, {}, () => ({
      setOutput(name: string) {
        if (name === 'big' || name === 'output') throw new Error(`no space for ${name}`);
        set.push(name);
      },
    }));
    expect(all).toBe(false);
    expect(set).toEqual(expect.arrayContaining(['state', 'command-id', 'small', 'output-file']));
    expect(transcript.join('\n')).toContain('no space for big');
  });

  test('outputs of a command that failed: its own failure comes first', async () => {
    const broken = () => ({ setOutput: fails('no') });
    const { all, transcript } = await published(ended('unknown'), { success: false }, broken);
    expect(all).toBe(false);
    expect(transcript.join('\n')).toContain(
      'error AKS Run Command: may or may not have run\nAzure refused',
    );
  });

  test('the file with the output: the verdict stands', async () => {
    const broken = () => ({ keepOutput: fails(new Error('no space')) });
    const { outputs, transcript } = await published(succeeded(), {}, broken);
    expect(outputs).toMatchObject({ state: 'succeeded', output: 'hello\n', 'output-file': '' });
    expect(transcript).toContain('warn The output could not be written to a file: no space');
  });

  test('a summary: a warning', async () => {
    const broken = () => ({ writeSummary: fails(new Error('too big')) });
    const { all, transcript } = await published(succeeded(), {}, broken);
    expect(all).toBe(true);
    expect(transcript).toContain('warn The job summary could not be written: too big');
  });

  test.each<[string, Partial<KeptHost>, readonly string[]]>([
    ['all of it', {}, ['output state', 'output exit-code', 'output command-id', 'error ']],
    ['but the outputs', { setOutput: fails('no') }, ['error ']],
    [
      'but the log',
      { error: fails('no') },
      ['output state', 'output exit-code', 'output command-id'],
    ],
  ])('anything at all: the least is tried, part by part: %s', (_name, change, parts) => {
    const host = keptHost();
    expect(publishLeast(SUCCEEDED, new Error('a bug'), { ...host, ...change })).toBe(false);
    expect(host.transcript.map((line) => line.replace(/^error .*\n.*$/, 'error '))).toEqual(parts);
    const written = { state: 'succeeded', 'exit-code': '0', 'command-id': ID };
    expect(host.outputs()).toEqual(parts.length > 1 ? written : {});
  });

  test('the least of a command that did not run has no exit code and no id', () => {
    const host = keptHost();
    publishLeast(withoutResult('not-started'), new Error('a bug'), host);
    expect(host.outputs()).toEqual({ state: 'not-started', 'exit-code': '', 'command-id': '' });
  });
});

test('no summary if none is wanted', async () => {
  expect((await published(succeeded(), { summary: false })).summary).toBe('');
  expect((await published(succeeded())).summary).toContain('AKS Run Command: succeeded');
});
