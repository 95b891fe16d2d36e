import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type AdmZip from 'adm-zip';
import type { CommandId } from '../../src/azure/command-result.ts';
import { stateOf } from '../../src/lifecycle/open-command.ts';
import { scene } from '../e2e/support.ts';
import { fakePod, type Ran } from '../support/fake-pod.ts';
import { fakeStop } from '../support/fake-stop.ts';
import { killOnce } from '../support/until.ts';

/**
 * The bundle as a step, on any system: the pod of this stand-in answers from a table, so that no
 * shell is needed. On Windows, this checks what only Windows does (case, drives, line ends, modes,
 * long variables).
 */

const WINDOWS = process.platform === 'win32';

/** What a command does in this pod. One that waits is there to be cancelled. */
type Behavior = Ran & { readonly waits?: true };

const LONG = `echo begin\n${'# a long script\n'.repeat(2500)}echo end`;
const BEHAVIORS: Readonly<Record<string, Behavior>> = {
  'echo hello': { output: 'hello\n', outputs: 'answer=42\n' },
  'echo hello\necho twice': { output: 'hello\ntwice\n' },
  'exit 3': { exitCode: 3, output: '::error::not obeyed\n' },
  [LONG]: { output: 'whole\n' },
  'sleep 600': { waits: true },
};

/** The zip that arrived last. */
let zip: AdmZip | undefined;

const stopScript = readFileSync(new URL('../../src/pod/stop.sh', import.meta.url), 'utf8');
const commands = fakeStop({ now: Date.now, sleep: delay });

const pod = fakePod({
  async run(command, { zip: sent, kill, spec }) {
    if (command === stopScript) return commands.stop(sent.readAsText('.aks-run-command/env.sh'));
    zip = sent;
    const { waits, ...ran } = BEHAVIORS[command] ?? { exitCode: 127, output: 'not in the table\n' };
    if (!waits) return ran;
    const terminated = commands.begin(spec);
    await Promise.race([once(kill, 'abort'), once(terminated, 'abort')]);
    commands.end(spec);
    return { exitCode: 143 };
  },
});

const { azure, run, workspace } = scene({ pod });

const folder = workspace({
  'k8s/a.yaml': 'a: 1\n',
  'k8s/b.yml': 'b: 1\n',
  'k8s/secret.yaml': 's: 1\n',
  'chart/Chart.yaml': 'name: c\n',
  'chart/.helmignore': '*.bak\n',
  '.git/config': '[core]\n',
  'run.sh': '#!/bin/sh\necho ran\n',
  'crlf.sh': '#!/bin/sh\r\necho ran\r\n',
  tool: '\x7fELF\x02\x01',
});

const step: typeof run = (inputs, more) => run(inputs, { workspace: folder, ...more });

/** Sends files, and returns the names of those that arrived, each with `*` if it is executable. */
async function sent(files: string, more: Readonly<Record<string, string>> = {}): Promise<string[]> {
  await step({ command: 'echo hello', files, ...more });
  const entries = zip?.getEntries() ?? [];
  return entries
    .filter(({ entryName }) => !entryName.startsWith('.aks-run-command/'))
    .map(({ entryName, attr }) => `${entryName}${(attr >>> 16) & 0o100 ? '*' : ''}`)
    .sort();
}

test('a command succeeds: output, step outputs, log', async () => {
  const { exitCode, outputs, log } = await step({ command: 'echo hello' });
  expect({ exitCode, outputs }).toMatchObject({
    exitCode: 0,
    outputs: { state: 'succeeded', output: 'hello\n', answer: '42' },
  });
  expect(log.shown).toContain('hello');
});

test('a command fails, and nothing that it prints is obeyed', async () => {
  const result = await step({ command: 'exit 3' });
  expect(result).toMatchObject({ exitCode: 1, outputs: { state: 'failed', 'exit-code': '3' } });
  expect(result.log.commands.filter(({ data }) => data === 'not obeyed')).toEqual([]);
});

describe('files', () => {
  test('names, modes, braces, exclusions', async () => {
    const patterns = '*.sh\ntool\nk8s/*.{yaml,yml}\n!k8s/secret.yaml\nchart/Chart.yaml';
    expect(await sent(patterns)).toEqual([
      'chart/.helmignore',
      'chart/Chart.yaml',
      'crlf.sh*',
      'k8s/a.yaml',
      'k8s/b.yml',
      'run.sh*',
      // Windows has no modes, so the first bytes decide.
      WINDOWS ? 'tool*' : 'tool',
    ]);
  });

  test('a script with CRLF is warned about', async () => {
    const { log } = await step({ command: 'echo hello', files: '*.sh' });
    const warnings = log.commands.filter(({ name }) => name === 'warning');
    expect(warnings.filter(({ data }) => data.includes('crlf.sh'))).toHaveLength(1);
  });

  test('.git is never packed, whatever is included', async () => {
    const names = await sent('**', { 'include-hidden-files': 'true' });
    expect(names.filter((name) => name.toLowerCase().includes('.git/'))).toEqual([]);
  });
});

test.each([
  ['whose lines end in CRLF runs as one without', 'echo hello\r\necho twice', 'hello\ntwice\n'],
  ['longer than Windows lets Node read arrives whole', LONG, 'whole\n'],
])('a command %s', async (_name, command, output) => {
  const { outputs } = await step({ command });
  expect(outputs['output']).toBe(output);
});

test('the post step stops a command that the step has left, and only that', async () => {
  const inputs = { command: 'sleep 600', 'on-cancel': 'stop' };
  const { outputs } = await step({ ...inputs, wait: 'false' });
  const id = outputs['command-id'] as CommandId;
  const [cluster = { subscriptionId: '', resourceGroup: '', name: '' }] = azure().clusters;
  const { exitCode, summary } = await step(inputs, { state: { open: stateOf({ id }, cluster) } });
  expect(exitCode).toBe(0);
  expect(summary).toContain('The command was stopped');
  expect(
    azure()
      .commands()
      .find((command) => command.id === id),
  ).toMatchObject({ exitCode: 143 });

  const nothing = await step(inputs, { state: { open: '' } });
  expect(nothing).toMatchObject({ exitCode: 0, stdout: '', stderr: '', summary: '' });
});

const onlyOn = (isHere: boolean) => (isHere ? describe : describe.skip);

onlyOn(WINDOWS)('on Windows', () => {
  test.each([
    [
      'names are those of the disk, and exclusions hold in any case',
      'K8S\n!k8S/Secret.yaml\nCHART\\chart.yaml',
      ['chart/.helmignore', 'chart/Chart.yaml', 'k8s/a.yaml', 'k8s/b.yml'],
    ],
    [
      'an absolute pattern in another case',
      path.join(folder.toUpperCase(), 'K8S', '*.yml'),
      ['k8s/b.yml'],
    ],
    ['.git in another case is never packed', '.gi*/**\n.GIT~1/*\ntool', ['tool*']],
  ])('%s', async (_name, files, names) => {
    expect(await sent(files, { 'if-no-files-found': 'ignore' })).toEqual(names);
  });
});

// On Windows, processes cannot send each other signals.
onlyOn(!WINDOWS)('where there are signals', () => {
  test('a cancelled step says so, and how to pick the command up', async () => {
    const waitsFrom = azure().requests('command-result').length + 1;
    const { exitCode, outputs, log } = await step(
      { command: 'sleep 600' },
      {
        onStart(child) {
          const asked = () => azure().requests('command-result').length;
          void killOnce(() => asked() >= waitsFrom, child, 'SIGINT');
        },
      },
    );
    expect({ exitCode, state: outputs['state'] }).toEqual({ exitCode: 1, state: 'running' });
    expect(outputs['command-id']).toMatch(/^[0-9a-f]{32}$/);
    expect(log.shown).toContain('command-id');
  });
});
