import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { toMessage, type Message } from '../../../src/report/message.ts';
import { publish, publishLeast } from '../../../src/report/publication.ts';
import { reportOn, type Report } from '../../../src/report/report.ts';
import { say } from '../../../src/text/say.ts';
import { withoutResult, type State, type Verdict } from '../../../src/verdict.ts';
import { NOTHING_COLLECTED } from '../collected.ts';
import { ID, keptHost, type KeptHost } from '../ports.ts';

const OPTIONS: Parameters<typeof publish>[1] = {
  maskOutputs: [],
  summary: true,
  success: true,
};
const WHY: Message = toMessage(
  'submission-refused',
  { line: say`Azure refused the command`, remedy: [say`Make a role.`] },
  'HTTP 403 AuthorizationFailed',
);
const SUCCEEDED: Verdict = {
  ...withoutResult('succeeded', undefined, ID),
  exitCode: 0,
  startedAt: '2026-11-25T12:00:00Z',
  finishedAt: '2026-11-25T12:00:02Z',
  output: { text: 'hello\n', truncated: false, missingBytes: 0 },
};
const EXITED = { code: 'exit-code', exitCode: 3 } as const;

const succeeded = (more: Partial<Verdict> = {}): Report =>
  reportOn({ ...SUCCEEDED, ...more }, {}, keptHost());
const because = (verdict: Verdict, cause: Message): Report => ({
  ...reportOn(verdict, {}, keptHost()),
  headline: say`AKS Run Command: ${cause.line}`,
  cause,
});
const ended = (state: State): Report => because(withoutResult(state, undefined, ID), WHY);
const notRun = (why: Message): Report => because(withoutResult('not-started'), why);
const entry = (name: string, value: string) => ({ name, value, line: 1 });
const fails = (error: unknown) => () => {
  throw error as Error;
};

/** Publishes a report with the options of most steps, on a host that keeps what it is given. */
async function published(
  report: Report,
  options: Partial<typeof OPTIONS> = {},
  ofHost: Partial<KeptHost> = {},
) {
  const host = keptHost();
  const all = await publish(report, { ...OPTIONS, ...options }, { ...host, ...ofHost });
  return { all, outputs: host.outputs(), transcript: host.transcript, summary: host.summary() };
}

test('masks come first, then the outputs, the log, and the failure', async () => {
  const arrived = [entry('token', 's3cret')];
  const report = succeeded({
    arrived,
    stepOutputs: arrived,
    state: 'failed',
    failure: EXITED,
    exitCode: 3,
  });
  const { transcript } = await published(report, { maskOutputs: ['token'], success: false });

  const firstWords = transcript.map((line) => /^\w+ [\w-]*/.exec(line)?.[0]);
  expect(firstWords).toEqual([
    'mask s3cret',
    'output state',
    'output exit-code',
    'output output-truncated',
    'output collected',
    'output command-id',
    'output reason',
    'output started-at',
    'output finished-at',
    'output duration',
    'output token',
    'output output',
    'output output-file',
    'show hello',
    'error AKS',
    'show AKS',
  ]);
});

describe('the failure', () => {
  test('is none if the command is not awaited, and the log says how to wait later', async () => {
    const verdict = withoutResult('running', { code: 'not-waited' }, ID);
    const { transcript } = await published(because(verdict, WHY));
    expect(transcript).toContain('show Make a role.');
    expect(transcript.filter((line) => line.startsWith('error '))).toEqual([]);
  });

  test('is said in the log, too, if it is longer than an annotation', async () => {
    const errorText = 'x'.repeat(5000);
    const report = { ...ended('unknown'), cause: { ...WHY, errorText }, others: [WHY] };
    const { transcript } = await published(report, { success: false });
    expect(transcript).toContain(
      'show Azure refused the command. The command may or may not have run.\n\n' +
        `${errorText}\n\nMake a role.\n\nAzure refused the command.\nMake a role.`,
    );
  });
});

describe('the outputs of action.yml', () => {
  const NOT_STARTED = {
    state: 'not-started',
    'exit-code': '',
    output: '',
    'output-file': '',
    'output-truncated': 'false',
    collected: '',
    'command-id': '',
    reason: '',
    'started-at': '',
    'finished-at': '',
    duration: '',
  };

  test('are these', () => {
    const text = readFileSync(new URL('../../../action.yml', import.meta.url), 'utf8');
    const { outputs } = parse(text) as { outputs: object };
    expect(Object.keys(NOT_STARTED).toSorted()).toEqual(Object.keys(outputs).toSorted());
  });

  test.each<{ name: string; report: Report; outputs: object }>([
    {
      name: 'of a command that succeeded',
      report: succeeded(),
      outputs: {
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
      },
    },
    {
      name: "of one that did not run: the reason has Azure's own words",
      report: notRun(WHY),
      outputs: {
        ...NOT_STARTED,
        reason: 'Azure refused the command. HTTP 403 AuthorizationFailed',
      },
    },
    {
      name: 'a reason without foreign words',
      report: notRun({ ...WHY, errorText: '' }),
      outputs: { ...NOT_STARTED, reason: 'Azure refused the command.' },
    },
    {
      // A part of a masked secret would show in a log, and half of a character is none.
      name: 'a reason that is far too long is cut between words',
      report: notRun({ ...WHY, errorText: `it says ${'😀'.repeat(2_500_000)}` }),
      outputs: { ...NOT_STARTED, reason: 'Azure refused the command. it says …' },
    },
  ])('all are set, and empty if there is nothing: $name', async ({ report, outputs }) => {
    const publication = await published(report);
    expect(publication.outputs).toEqual(outputs);
  });

  test('a long output: the end that a variable can hold; output-file has all of it', async () => {
    const kept: string[] = [];
    const text = 'x'.repeat(200_000);
    const keepOutput = (all: string) => {
      kept.push(all);
      return '/temp/all.txt';
    };
    const report = succeeded({ output: { text, truncated: true } });
    const { outputs } = await published(report, {}, { keepOutput });
    expect(outputs).toMatchObject({
      output: 'x'.repeat(96 * 1024),
      'output-truncated': 'true',
      'output-file': '/temp/all.txt',
    });
    expect(kept).toEqual([text]);
  });
});

describe('step outputs of the command', () => {
  test('are set by name, and the last of equal names wins, as in the runner', async () => {
    const stepOutputs = [entry('url', 'https://x'), entry('a', '1\n2'), entry('url', 'https://y')];
    const { outputs } = await published(succeeded({ stepOutputs }));
    expect(outputs).toMatchObject({ url: 'https://y', a: '1\n2', state: 'succeeded' });
  });

  test.each(['state', 'ſtate', 'OUTPUT', 'Output-File'])(
    "cannot be the action's own: %s",
    async (name) => {
      const { outputs, transcript } = await published(
        succeeded({ stepOutputs: [entry(name, 'forged')] }),
      );
      expect(Object.values(outputs)).not.toContain('forged');
      expect(transcript).toContain(
        `warn The command wrote a step output named \`${name}\`. That name is reserved, so the ` +
          'output was ignored.',
      );
    },
  );

  test.each([
    { name: 'is set if it is one line', value: 'v<<x=', isSet: true },
    { name: 'is refused if it is two lines', value: '1\n2', isSet: false },
    {
      name: 'is refused with a carriage return, which a Windows runner would drop',
      value: 'v\r',
      isSet: false,
    },
  ])('the value of a name that ends in < $name', async ({ value, isSet }) => {
    const stepOutputs = [entry('a<', value), entry('b', '1')];
    const { outputs, transcript } = await published(succeeded({ stepOutputs }));

    expect(outputs['a<']).toBe(isSet ? value : undefined);
    expect(outputs).toMatchObject({ b: '1', state: 'succeeded' });
    const warning = 'warn The command wrote a step output named `a<`. ';
    expect(transcript.some((line) => line.startsWith(warning))).toBe(!isSet);
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
    expect(transcript.slice(0, 6)).toEqual([
      'mask s3cret',
      'mask line1',
      'mask line2',
      'mask line3',
      'mask 123',
      'output state',
    ]);
  });

  test.each<{ name: string; report: Report; warned: boolean }>([
    {
      name: 'a name that the command never wrote is a warning',
      report: succeeded({ arrived }),
      warned: true,
    },
    {
      name: 'a command that failed anyway is not blamed for it',
      report: succeeded({ arrived, state: 'failed' }),
      warned: false,
    },
  ])('$name', async ({ report, warned }) => {
    const { transcript } = await published(report, { maskOutputs: ['tokne'] });
    const warning = 'warn `mask-outputs` names `tokne`, ';
    expect(transcript.some((line) => line.startsWith(warning))).toBe(warned);
  });
});

describe('the log', () => {
  test.each<{ line: string; report: Report }>([
    {
      line: 'warn 12,345 bytes of the output did not come back: AKS keeps only 512 KiB.',
      report: succeeded({ output: { text: 'x', truncated: true, missingBytes: 12_345 } }),
    },
    {
      line: 'warn An unknown part of the output did not come back: AKS keeps only 512 KiB.',
      report: succeeded({ output: { text: 'x'.repeat(400 * 1024), truncated: true } }),
    },
    {
      line: 'warn The end of the output may be missing: the pod ended before it could send it.',
      report: succeeded({ output: { text: 'x'.repeat(400 * 1024 - 1), truncated: true } }),
    },
    {
      line: "warn The log is not from AKS Run Command, so only AKS's exit code is known.",
      report: succeeded({ onlyExitCode: true }),
    },
    {
      line: 'warn The command wrote more than 64 KiB to `$GITHUB_STEP_SUMMARY`. The rest was cut.',
      report: succeeded({ podSummaryCut: true }),
    },
    {
      line:
        'warn The command printed `::set-output::`, which has no effect. Write `NAME=value` to ' +
        '`$GITHUB_OUTPUT` for a step output.',
      report: succeeded({ output: { text: 'a\n::set-output name=x::y\n', truncated: false } }),
    },
  ])('says: $line', async ({ line, report }) => {
    const { transcript } = await published(report);
    expect(transcript).toContain(line);
  });

  test.each([
    {
      name: 'lists what was collected',
      folder: '/temp/c',
      files: [{ path: 'r.xml', bytes: 5 }],
      lists: ['group Collected files\n1 file, 5 B, in /temp/c\n       5 B  r.xml'],
    },
    {
      name: 'has no list if nothing was collected',
      folder: '',
      files: [],
      lists: [],
    },
  ])('$name, and warns about what was not', async ({ folder, files, lists }) => {
    const report = succeeded({
      collected: {
        ...NOTHING_COLLECTED,
        folder,
        files,
        unmatched: ['a*'],
      },
    });
    const { outputs, transcript } = await published(report);

    expect(outputs['collected']).toBe(folder);
    expect(transcript.filter((line) => line.startsWith('group '))).toEqual(lists);
    expect(transcript).toContain('warn No files were collected for the pattern `a*`.');
  });
});

describe('what cannot be written', () => {
  test('outputs: the step fails, and the log says that the command ran', async () => {
    const broken = { setOutput: fails(new Error('ENOENT: no GITHUB_OUTPUT')) };
    const { all, transcript, summary } = await published(succeeded(), {}, broken);
    expect(all).toBe(false);
    expect(transcript).toContain(`error AKS Run Command: The step outputs could not be written
The step outputs could not be written. The command ran and succeeded.

ENOENT: no GITHUB_OUTPUT

Check that the disk of the runner is not full, and that nothing removes its temporary files.`);
    expect(transcript.at(-1)).toBe(
      'show AKS Run Command: The step outputs could not be written (2s)',
    );
    expect(transcript).toContain('show hello\n');
    expect(summary).toContain('succeeded');
  });

  test('one output: the others are set, and the first problem is reported', async () => {
    const report = succeeded({ stepOutputs: [entry('big', 'x'), entry('small', '1')] });
    const set: string[] = [];
    const setOutput = (name: string) => {
      if (name === 'big' || name === 'output') throw new Error(`no space for ${name}`);
      set.push(name);
    };
    const broken = { setOutput, setStepOutput: setOutput };
    const { all, transcript } = await published(report, {}, broken);
    expect(all).toBe(false);
    expect(set).toEqual(expect.arrayContaining(['state', 'command-id', 'small', 'output-file']));
    expect(transcript.join('\n')).toContain('no space for big');
  });

  test('outputs of a command that failed: its own failure comes first', async () => {
    const broken = { setOutput: fails('no') };
    const { all, transcript } = await published(ended('unknown'), { success: false }, broken);
    expect(all).toBe(false);
    expect(transcript.join('\n')).toContain(
      'error AKS Run Command: Azure refused the command\nAzure refused',
    );
  });

  test('the file with the output: the verdict stands', async () => {
    const broken = { keepOutput: fails(new Error('no space')) };
    const { outputs, transcript } = await published(succeeded(), {}, broken);
    expect(outputs).toMatchObject({ state: 'succeeded', output: 'hello\n', 'output-file': '' });
    expect(transcript).toContain('warn The output could not be written to a file: `no space`');
  });

  test('a summary: a warning', async () => {
    const broken = { writeSummary: fails(new Error('too big')) };
    const { all, transcript } = await published(succeeded(), {}, broken);
    expect(all).toBe(true);
    expect(transcript).toContain('warn The job summary could not be written: `too big`');
  });

  type LeastRow = [name: string, ofHost: Partial<KeptHost>, parts: string[], outputs: object];
  const LEAST = { state: 'succeeded', 'exit-code': '0', 'command-id': ID };
  const SET = ['output state', 'output exit-code', 'output command-id'];
  test.each<LeastRow>([
    ['all of it', {}, [...SET, 'error '], LEAST],
    ['but the outputs', { setOutput: fails('no') }, ['error '], {}],
    ['but the log', { error: fails('no') }, SET, LEAST],
  ])('anything at all: the least is tried, part by part: %s', (_name, ofHost, parts, outputs) => {
    const host = keptHost();
    expect(publishLeast(SUCCEEDED, new Error('a bug'), { ...host, ...ofHost })).toBe(false);
    expect(host.transcript.map((line) => line.replace(/^error .*\n.*$/, 'error '))).toEqual(parts);
    expect(host.outputs()).toEqual(outputs);
  });

  test('the least of a command that did not run has no exit code and no id', () => {
    const host = keptHost();
    publishLeast(withoutResult('not-started'), new Error('a bug'), host);
    expect(host.outputs()).toEqual({ state: 'not-started', 'exit-code': '', 'command-id': '' });
  });
});

test('a summary is written, unless none is wanted', async () => {
  const withSummary = await published(succeeded());
  expect(withSummary.summary).toContain('AKS Run Command: succeeded');

  const without = await published(succeeded(), { summary: false });
  expect(without.summary).toBe('');
});
