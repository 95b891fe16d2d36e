import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { publishLeast, publishStep } from '../../../src/report/publication.ts';
import type { Report } from '../../../src/report/report.ts';
import { withoutResult, type Verdict } from '../../../src/verdict.ts';
import { NOTHING_COLLECTED } from '../collected.ts';
import { MARKDOWN } from '../messages/all-messages.ts';
import { ID, keptHost, type KeptHost } from '../ports.ts';
import { ended, published, report, succeeded, whole } from './reports.ts';
import { said } from '../../support/said.ts';

const entry = (name: string, value: string) => ({ name, value, line: 1 });
const fails = (error: unknown) => () => {
  throw error as Error;
};
const success = (more: Partial<Verdict> = {}): Report => report(succeeded(more));

test('masks come first, then the outputs, the log, the failure, and how it ended', async () => {
  const arrived = [entry('token', 's3cret')];
  const given = report(ended({ arrived, stepOutputs: arrived }), { maskOutputs: ['token'] });
  const { transcript } = await published(given);

  const kinds = transcript.map((line) => line.split(' ', 1)[0]);
  const parts = kinds.filter((kind, at) => kind !== kinds[at - 1]);
  expect(parts).toEqual(['mask', 'output', 'show', 'error', 'show']);
});

test('no failure is reported if the command is not awaited; the log says how to wait', async () => {
  const given = report(withoutResult('running', { code: 'not-waited' }, ID));
  const { title, transcript } = await published(given, { success: true });
  expect(title).toBe('');
  expect(transcript).toContainEqual(expect.stringContaining('command-id: ${{ needs.'));
});

describe('every field of a verdict is reported', () => {
  /** Another value of each field. */
  const OTHER: Verdict = {
    state: 'unknown',
    problems: [{ code: 'output-lost' }],
    commandId: undefined,
    exitCode: 4,
    started: 'command',
    onlyExitCode: true,
    startedAt: '2026-11-25T12:00:01Z',
    finishedAt: '2026-11-25T12:01:31Z',
    output: { text: 'other\n', truncated: false },
    leftBehind: ['sleep'],
    stepOutputs: [entry('a', '1')],
    arrived: [entry('token', 's3cret')],
    podSummary: '# Done\n',
    podSummaryCut: true,
    collected: { ...NOTHING_COLLECTED, folder: '/temp/collected' },
  };

  test.each(Object.entries(OTHER))('%s', async (field, value) => {
    const publishedFor = (given: Verdict) => published(report(given, { maskOutputs: ['token'] }));
    const one = await publishedFor(ended());
    expect(await publishedFor({ ...ended(), [field]: value })).not.toEqual(one);
  });
});

describe('the outputs of action.yml', () => {
  test('are all set, whatever happened', async () => {
    const text = readFileSync(new URL('../../../action.yml', import.meta.url), 'utf8');
    const { outputs } = parse(text) as { outputs: object };
    for (const given of [success(), report(withoutResult('not-started'))]) {
      const set = await published(given);
      expect(Object.keys(set.outputs).toSorted()).toEqual(Object.keys(outputs).toSorted());
    }
  });

  // A part of a masked secret would show in a log, and half of a character is none.
  test('a reason that is far too long is cut between words', async () => {
    const detail = `it says ${'😀'.repeat(2_500_000)}`;
    const { outputs } = await published(
      report(withoutResult('not-started', { code: 'unexpected', detail })),
    );
    expect(outputs['reason']).toMatch(/\. it says …$/);
  });

  test('a long output: the end that a variable can hold; output-file has all of it', async () => {
    const kept: string[] = [];
    const text = 'x\n'.repeat(100_000);
    const keepOutput = (all: string) => {
      kept.push(all);
      return '/temp/all.txt';
    };
    const given = success({ output: { text, truncated: true } });
    const { outputs } = await published(given, {}, { keepOutput });
    expect(outputs).toMatchObject({
      output: 'x\n'.repeat(48 * 1024),
      'output-truncated': 'true',
      'output-file': '/temp/all.txt',
    });
    expect(kept).toEqual([text]);
  });
});

describe('step outputs of the command', () => {
  test('are set by name, and the last of equal names wins, as in the runner', async () => {
    const stepOutputs = [entry('url', 'https://x'), entry('a', '1\n2'), entry('url', 'https://y')];
    const { outputs } = await published(success({ stepOutputs }));
    expect(outputs).toMatchObject({ url: 'https://y', a: '1\n2', state: 'succeeded' });
  });

  test.each(['state', 'ſtate', 'OUTPUT', 'Output-File'])(
    "cannot be the action's own: %s",
    async (name) => {
      const stepOutputs = [entry(name, 'forged')];
      const { outputs, transcript } = await published(success({ stepOutputs }));
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
    const { outputs, transcript } = await published(success({ stepOutputs }));

    expect(outputs['a<']).toBe(isSet ? value : undefined);
    expect(outputs).toMatchObject({ b: '1', state: 'succeeded' });
    const warning = 'warn The command wrote a step output named `a<`. ';
    expect(transcript.some((line) => line.startsWith(warning))).toBe(!isSet);
  });
});

describe('masks', () => {
  test('are set in any letter case, and line by line, for what somebody named', async () => {
    const arrived = [
      entry('Token', 's3cret'),
      entry('key', '{\r\nline1\rline2\n\nline3\n}'),
      entry('empty', ' '),
      entry('open', 'four'),
      entry('pin', '123\n12'),
    ];
    const maskOutputs = ['token', 'KEY', 'empty', 'pin'];
    const { transcript } = await published(report(succeeded({ arrived }), { maskOutputs }));
    expect(transcript.slice(0, 6)).toEqual([
      'mask s3cret',
      'mask line1',
      'mask line2',
      'mask line3',
      'mask 123',
      'output state',
    ]);
  });

  // Reports show a line without escape sequences, and with its invisible characters written out.
  test.each([
    ['a byte order mark, which Windows puts there', '\uFEFFs3cret'],
    ['colors', '\u001b[32ms3cret\u001b[0m'],
    ['a control character', 's3cret\u0001'],
    ['an invisible character within it', 's3cret\u200Bs3cret'],
  ])('hide what reports show of a value with %s', async (_name, value) => {
    const output = whole(`Error: no user ${value}\nit was ${value}\n`);
    const failed = ended({ arrived: [entry('token', value)], output });
    const given = report(failed, { maskOutputs: ['token'] });
    const { transcript, summary } = await published(given);

    const masks = transcript
      .filter((line) => line.startsWith('mask '))
      .map((line) => line.slice(5));
    const shown = [...transcript.filter((line) => !line.startsWith('mask ')), summary].join('\n');
    expect(masks.reduce((text, mask) => text.replaceAll(mask, '***'), shown)).not.toMatch('s3cret');
  });

  test.each([
    ['a name that the command never wrote is a warning', succeeded(), true],
    ['a command that failed anyway is not blamed for it', ended(), false],
  ])('%s', async (_name, given, isWarned) => {
    const { transcript } = await published(report(given, { maskOutputs: ['tokne'] }));
    const warning = 'warn `mask-outputs` names `tokne`, ';
    expect(transcript.some((line) => line.startsWith(warning))).toBe(isWarned);
  });
});

test.each([
  [
    400 * 1024,
    'An unknown part of the output did not come back: AKS keeps only 512 KiB. Print less: ' +
      '`kubectl … | tail` keeps the end.',
  ],
  [
    400 * 1024 - 1,
    'The end of the output may be missing: the pod ended before it sent everything.',
  ],
])('of an output that is not whole, %d bytes came back: %s', async (bytes, warning) => {
  const output = { text: 'x'.repeat(bytes), truncated: true };
  const { transcript } = await published(success({ output }));
  expect(transcript).toContain(`warn ${warning}`);
});

test('processes that the pod had to end are named, with what to do about them', async () => {
  const { transcript } = await published(success({ leftBehind: ['kubectl', '::error::'] }));
  const warning = transcript.find((line) => line.startsWith('warn The command left processes'));
  expect(warning).toContain('`kubectl`, `::error::`');
  expect(warning).toContain('`kubectl port-forward … >/dev/null 2>&1 &`');
});

describe('what cannot be written', () => {
  test('outputs: the step fails, and the log says that the command ran', async () => {
    const broken = { setOutput: fails(new Error('ENOENT: no GITHUB_OUTPUT')) };
    const { all, transcript, lastLine, summary } = await published(success(), {}, broken);
    expect(all).toBe(false);
    const error = transcript.find((line) => line.startsWith('error prod: failed\n'));
    expect(error).toMatch(said('outputs-unwritable'));
    expect(error).toContain(' The command ran and succeeded.\n\nENOENT: no GITHUB_OUTPUT\n');
    expect(lastLine).toMatch(said('outputs-unwritable'));
    expect(transcript).toContain('show pod/web created\n');
    expect(summary).toContain('succeeded');
  });

  test('one output: the others are set, and the first problem is reported', async () => {
    const set: string[] = [];
    const setOutput = (name: string) => {
      if (name === 'big' || name === 'output') throw new Error(`no space for ${name}`);
      set.push(name);
    };
    const { all, message } = await published(
      success({ stepOutputs: [entry('big', 'x'), entry('small', '1')] }),
      {},
      { setOutput, setStepOutput: setOutput },
    );
    expect(all).toBe(false);
    expect(set).toEqual(expect.arrayContaining(['state', 'command-id', 'small', 'output-file']));
    expect(message).toContain('no space for big');
  });

  test('outputs of a command that failed: its own failure comes first', async () => {
    const given = report(ended());
    const { all, title, message } = await published(given, {}, { setOutput: fails('no') });
    expect({ all, title }).toEqual({ all: false, title: 'prod: failed' });
    expect(message).toMatch(said('exit-code', { exitCode: '3' }));
  });

  test('the file with the output: the verdict stands', async () => {
    const broken = { keepOutput: fails(new Error('no space')) };
    const { outputs, transcript } = await published(success(), {}, broken);
    expect(outputs).toMatchObject({ state: 'succeeded', 'output-file': '' });
    expect(transcript).toContain('warn The output could not be written to a file: `no space`');
  });

  test('a summary: a warning', async () => {
    const broken = { writeSummary: fails(new Error('too big')) };
    const { all, transcript } = await published(success(), {}, broken);
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
    expect(publishLeast(succeeded(), new Error('a bug'), { ...host, ...ofHost })).toBe(false);
    expect(host.transcript.map((line) => line.replace(/^error .*\n.*$/, 'error '))).toEqual(parts);
    expect(host.outputs()).toEqual(outputs);
  });

  test.each([
    ['a step', false],
    ['the post step', true],
  ])('anything at all: %s still fails with what is known', async (_name, isPostStep) => {
    const host = { ...keptHost(), showOutput: () => Promise.reject(new Error('EPIPE')) };
    const step = { verdict: succeeded() };
    expect(await publishStep(step, host, MARKDOWN, isPostStep)).toBe(false);
    expect(host.transcript.at(-1)).toBe(
      'error The result could not be reported\nThe command ran and succeeded. `EPIPE`',
    );
  });

  test('the least of a command that did not run has no exit code and no id', () => {
    const host = keptHost();
    publishLeast(withoutResult('not-started'), new Error('a bug'), host);
    expect(host.outputs()).toEqual({ state: 'not-started', 'exit-code': '', 'command-id': '' });
  });
});

test('a summary is written, unless none is wanted', async () => {
  expect((await published(success())).summary).toContain('prod: succeeded');
  expect((await published(success(), { summary: false })).summary).toBe('');
});
