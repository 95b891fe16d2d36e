import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import AdmZip from 'adm-zip';
import type { PackedFile } from '../../../src/files/pack.ts';
import { hashOf } from '../../../src/pod/boundary.ts';
import { failureOf } from '../../../src/failure.ts';
import { packTask, type Task } from '../../../src/pod/submission.ts';
import { readRunVariables } from '../../../src/pod/variables.ts';

test('the variables of a run: what its environment has', () => {
  const runner: Readonly<Record<string, string>> = {
    CI: 'true',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_TOKEN: 'secret',
  };
  expect(readRunVariables((name) => runner[name])).toEqual([
    'CI=true',
    'GITHUB_REF=refs/heads/main',
  ]);
});

test('the variables of a run: all that users may rely on', () => {
  const github =
    'ACTIONS REPOSITORY REF REF_NAME SHA RUN_ID RUN_NUMBER RUN_ATTEMPT ACTOR WORKFLOW JOB ' +
    'EVENT_NAME SERVER_URL';
  const names = ['CI', ...github.split(' ').map((name) => `GITHUB_${name}`)];
  expect(readRunVariables(() => '1')).toEqual(names.map((name) => `${name}=1`));
});

const TASK: Task = {
  command: 'true',
  shell: '',
  namespace: '',
  env: [],
  collect: [],
  timeout: 60,
  startTimeout: 90,
  startRetries: 2,
  wait: true,
};
const SCRIPTS = { runScript: '1', collectScript: 'collect it' };

const variables = [{ name: 'A', value: "it's\n" }];

describe('what is submitted', () => {
  /** A submission of a task without files of the user, and what its zip has. */
  function submit(task: Partial<Task>, runVariables: readonly string[] = []) {
    const ports = { ...SCRIPTS, randomHex: () => '0123456789abcdef0123456789abcdef' };
    const { submissionFor } = packTask({ ...TASK, ...task }, [], runVariables, ports);
    const submission = submissionFor(1_800_000_000);
    const entries = new AdmZip(Buffer.from(submission.context, 'base64')).getEntries();
    const files = entries.map((entry) => ({
      path: entry.entryName,
      mode: ((entry.header.attr >>> 16) & 0o777).toString(8),
      content: entry.getData().toString(),
    }));
    return { ...submission, files };
  }

  test('nothing of `env` or the command is on the command line, which is readable', () => {
    const task: Partial<Task> = { timeout: 1800, namespace: 'shop', command: 'x', env: variables };
    const runVariables = ['GITHUB_REPOSITORY=o/r', 'GITHUB_REF=refs/heads/a b'];
    expect(submit(task, runVariables).command).toBe(
      "/bin/sh .aks-run-command/run.sh 6d586386c6b411062c1a1b0608b2c9aaf0caacbf0e37ce901d4b9658f6b79076 1800000000 1800 '' shop GITHUB_REPOSITORY=o/r 'GITHUB_REF=refs/heads/a b'",
    );
  });

  test('the files, variables and boundary for the owner alone, and what collects if there is anything to collect', () => {
    const boundary = {
      path: '.aks-run-command/boundary',
      mode: '600',
      content: 'aks-run-command:0123456789abcdef0123456789abcdef',
    };
    const command = { path: '.aks-run-command/command.sh', mode: '644', content: '2\r\n' };
    const script = { path: '.aks-run-command/run.sh', mode: '644', content: '1' };
    expect(submit({ command: '2\r\n' }).files).toEqual([
      boundary,
      command,
      { path: '.aks-run-command/env.sh', mode: '600', content: '' },
      script,
    ]);
    const more = { env: variables, collect: ['.', 'a', 'b *'] };
    expect(submit({ command: '2\r\n', ...more }).files).toEqual([
      boundary,
      { path: '.aks-run-command/collect', mode: '644', content: '.\n./a\n./b *\n' },
      { path: '.aks-run-command/collect.sh', mode: '644', content: 'collect it' },
      command,
      { path: '.aks-run-command/env.sh', mode: '600', content: "export A='it'\\''s\n'\n" },
      script,
    ]);
    expect(submit({ collect: ['a'] }).files).toHaveLength(6);
  });
});

const file = (path: string, content: string | Buffer): PackedFile => ({
  path,
  mode: 0o644,
  content: Buffer.from(content),
});

/** A task with these files, packed; `submit` makes a submission of it. */
function pack(files: readonly PackedFile[]) {
  let drawn = 0;
  const { submissionFor, ...packed } = packTask(TASK, files, [], {
    runScript: '',
    collectScript: '',
    randomHex: (bytes) => {
      drawn += 1;
      // Deflated, no two of them would have the same length.
      return String(16 ** drawn).padStart(2 * bytes, '0');
    },
  });
  return { ...packed, submit: () => submissionFor(0) };
}

/** The failure of packing these files. */
function whyNot(files: readonly PackedFile[]) {
  try {
    pack(files);
    return undefined;
  } catch (error) {
    return failureOf(error);
  }
}

test('each submission has a boundary of its own, in its zip, and its hash in the command; nothing else differs', () => {
  const { files, zipBytes, submit } = pack([
    file('b/c', ''),
    file('a.yaml', 'a: 1\n'.repeat(1000)),
  ]);
  expect(files).toEqual([
    { path: 'b/c', bytes: 0 },
    { path: 'a.yaml', bytes: 5000 },
  ]);
  const submissions = [1, 2, 3].map(submit);
  expect(new Set(submissions.map(({ hash }) => hash)).size).toBe(3);
  for (const { hash, command, context } of submissions) {
    const archive = Buffer.from(context, 'base64');
    const entries = new AdmZip(archive).getEntries();
    const [own, ...others] = entries.map((entry) => [entry.entryName, entry.getData().toString()]);
    expect(archive).toHaveLength(zipBytes);
    expect(own?.[0]).toBe('.aks-run-command/boundary');
    expect(hashOf(own?.[1] ?? '')).toBe(hash);
    expect(others).toEqual([
      ['.aks-run-command/command.sh', 'true'],
      ['.aks-run-command/env.sh', ''],
      ['.aks-run-command/run.sh', ''],
      ['a.yaml', 'a: 1\n'.repeat(1000)],
      ['b/c', ''],
    ]);
    expect(command).toContain(hash);
  }
});

/** "The request content size exceeds the maximum size of 4 MB." */
const ARM_LIMIT = 4 * 1024 * 1024;

test('the request of the biggest task that is taken stays below the limit, token and all', () => {
  const random = (size: number): PackedFile => ({
    ...file('random', randomBytes(size)),
    stored: true,
  });
  const { zipBytes: around } = pack([random(0)]);
  const most = ((ARM_LIMIT - 32 * 1024) / 4) * 3 - around;
  const { context } = pack([random(most)]).submit();
  const request = JSON.stringify({
    command: 'x'.repeat(8_000),
    context,
    clusterToken: 't'.repeat(16_000),
  });

  expect(most).toBeGreaterThan(2.9 * 1024 * 1024);
  expect(request.length).toBeLessThan(ARM_LIMIT);
  expect(whyNot([random(most + 1)])).toMatchObject({
    code: 'too-large',
    limit: ARM_LIMIT,
  });
});

test('too large: the ten biggest files are named, the biggest first', () => {
  const files = Array.from({ length: 12 }, (_, index) =>
    file(`f${index}`, randomBytes(300_000 + index)),
  );
  const biggest = [11, 10, 9, 8, 7, 6, 5, 4, 3, 2].map((index) => ({
    path: `f${index}`,
    bytes: 300_000 + index,
  }));

  expect(whyNot(files)).toMatchObject({
    code: 'too-large',
    afterPacking: true,
    limit: ARM_LIMIT,
    biggest,
  });
});
