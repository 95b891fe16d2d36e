import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type AdmZip from 'adm-zip';
import { fakePod, type Ran } from '../__tests__/fake-pod.ts';
import { startLocalAzure } from '../local/azure/index.ts';
import { runStep, type Step, type StepResult } from '../local/runner/step.ts';

/**
 * The bundle as a step, on any system: `dist/` with the stand-in for Azure, whose pod answers from
 * a table, so that no shell is needed. On Windows, it checks what only Windows does (case, drives,
 * line ends, modes, long variables).
 */

const WINDOWS = process.platform === 'win32';

/** What a command does in this pod. One that waits is there to be cancelled. */
type Behavior = Ran & { readonly waits?: true };

const LONG = `echo begin\n${'# a long script\n'.repeat(2500)}echo end`;
const BEHAVIORS: Readonly<Record<string, Behavior>> = {
  'echo hello': { exitCode: 0, output: 'hello\n', outputs: 'answer=42\n' },
  'echo hello\necho twice': { exitCode: 0, output: 'hello\ntwice\n' },
  'exit 3': { exitCode: 3, output: '::error::not obeyed\n' },
  [LONG]: { exitCode: 0, output: 'whole\n' },
  'sleep 600': { exitCode: 0, output: '', waits: true },
};

/** The zips that have arrived, oldest first. */
const zips: AdmZip[] = [];

const pod = fakePod({
  async run(command, { zip, kill }) {
    zips.push(zip);
    const behavior = BEHAVIORS[command];
    assert(
      behavior,
      `the pod knows no command of ${command.length} characters: ${command.slice(0, 40)}`,
    );
    if (behavior.waits) await once(kill, 'abort');
    return behavior;
  },
});

const folder = await mkdtemp(path.join(tmpdir(), 'smoke-'));
const azure = await startLocalAzure({ pod });

const FILES: Readonly<Record<string, string | Buffer>> = {
  'k8s/a.yaml': 'a: 1\n',
  'k8s/b.yml': 'b: 1\n',
  'k8s/secret.yaml': 's: 1\n',
  'chart/Chart.yaml': 'name: c\n',
  'chart/.helmignore': '*.bak\n',
  '.git/config': '[core]\n',
  'run.sh': '#!/bin/sh\necho ran\n',
  'crlf.sh': '#!/bin/sh\r\necho ran\r\n',
  tool: Buffer.from('\x7fELF\x02\x01', 'latin1'),
};

async function plant(): Promise<void> {
  for (const [name, content] of Object.entries(FILES)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content, {
      mode: /^(run\.sh|tool)$/.test(name) ? 0o755 : 0o644,
    });
  }
}

async function step(
  inputs: Readonly<Record<string, string>>,
  more: Partial<Step> = {},
): Promise<StepResult> {
  const result = await runStep({ workspace: folder, env: azure.runnerEnv(inputs), ...more });
  await result.clean();
  return result;
}

/** Name and mode of each of the user's files in the last zip. */
function sent(): string[] {
  const entries = zips.at(-1)?.getEntries() ?? [];
  return entries
    .filter(({ entryName }) => !entryName.startsWith('.aks-run-command/'))
    .map(({ entryName, attr }) => `${entryName} ${((attr >>> 16) & 0o777).toString(8)}`)
    .sort();
}

const CASES: Readonly<Record<string, () => Promise<void>>> = {
  async 'a command succeeds: output, step outputs, log'() {
    const { exitCode, outputs, log } = await step({ command: 'echo hello' });
    assert.deepEqual([exitCode, outputs['state'], outputs['output']], [0, 'succeeded', 'hello\n']);
    assert.equal(outputs['answer'], '42');
    assert.match(log.shown, /hello/);
  },
  async 'a command fails, and nothing that it prints is obeyed'() {
    const { exitCode, outputs, log } = await step({ command: 'exit 3' });
    assert.deepEqual([exitCode, outputs['state'], outputs['exit-code']], [1, 'failed', '3']);
    assert.deepEqual(
      log.commands.filter(({ data }) => data === 'not obeyed'),
      [],
    );
  },
  async 'files: names, modes, braces, exclusions'() {
    await step({
      command: 'echo hello',
      files: '*.sh\ntool\nk8s/*.{yaml,yml}\n!k8s/secret.yaml\nchart/Chart.yaml',
    });
    const names = [
      'chart/.helmignore',
      'chart/Chart.yaml',
      'crlf.sh',
      'k8s/a.yaml',
      'k8s/b.yml',
      'run.sh',
      'tool',
    ];
    const programs = WINDOWS ? ['crlf.sh', 'run.sh', 'tool'] : ['run.sh', 'tool'];
    assert.deepEqual(
      sent(),
      names.map((name) => `${name} ${programs.includes(name) ? '755' : '644'}`),
    );
  },
  async 'a script with CRLF is warned about'() {
    const { log } = await step({ command: 'echo hello', files: '*.sh' });
    const warnings = log.commands.filter(({ name }) => name === 'warning').map(({ data }) => data);
    assert.equal(
      warnings.filter((text) => text.includes('crlf.sh')).length,
      1,
      warnings.join('\n'),
    );
  },
  async 'a command whose lines end in CRLF runs as one without'() {
    const { outputs } = await step({ command: 'echo hello\r\necho twice' });
    assert.equal(outputs['output'], 'hello\ntwice\n');
  },
  async 'a command longer than Windows lets Node read arrives whole'() {
    const { outputs } = await step({ command: LONG });
    assert.equal(outputs['output'], 'whole\n');
  },
  async '.git is never packed, whatever is included'() {
    await step({ command: 'echo hello', files: '**', 'include-hidden-files': 'true' });
    assert.deepEqual(
      sent().filter((name) => name.toLowerCase().includes('.git/')),
      [],
    );
  },
};

const WINDOWS_CASES: typeof CASES = {
  async 'names are those of the disk, and exclusions hold in any case'() {
    await step({ command: 'echo hello', files: 'K8S\n!k8S/Secret.yaml\nCHART\\chart.yaml' });
    const names = ['chart/.helmignore', 'chart/Chart.yaml', 'k8s/a.yaml', 'k8s/b.yml'];
    assert.deepEqual(
      sent(),
      names.map((name) => `${name} 644`),
    );
  },
  async 'an absolute pattern in another case'() {
    await step({ command: 'echo hello', files: path.join(folder.toUpperCase(), 'K8S', '*.yml') });
    assert.deepEqual(sent(), ['k8s/b.yml 644']);
  },
  async '.git in another case is never packed'() {
    await step({
      command: 'echo hello',
      files: '.gi*/**\n.GIT~1/*\ntool',
      'if-no-files-found': 'ignore',
    });
    assert.deepEqual(sent(), ['tool 755']);
  },
};

/** On Windows, processes cannot send each other signals, so a cancel cannot be tested there. */
const POSIX_CASES: typeof CASES = {
  async 'a cancelled step says so, and how to pick the command up'() {
    const waitsFrom = azure.requests('command-result').length + 1;
    const { exitCode, outputs, log } = await step(
      { command: 'sleep 600' },
      {
        onStart(child) {
          const timer = setInterval(() => {
            if (azure.requests('command-result').length < waitsFrom) return;
            clearInterval(timer);
            child.kill('SIGINT');
          }, 100);
        },
      },
    );
    assert.deepEqual([exitCode, outputs['state']], [1, 'running']);
    assert.match(outputs['command-id'] ?? '', /^[0-9a-f]{32}$/);
    assert.match(log.shown, /command-id/);
  },
};

try {
  await plant();
  let failed = 0;
  for (const [name, run] of Object.entries({
    ...CASES,
    ...(WINDOWS ? WINDOWS_CASES : POSIX_CASES),
  })) {
    try {
      await run();
      console.log(`ok      ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${name}\n${error instanceof Error ? error.message : String(error)}`);
    }
  }
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  await azure.stop();
  await rm(folder, { recursive: true, force: true });
}
