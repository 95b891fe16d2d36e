import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { aksImage, cluster, demo, podDoesNotStart, startLocalAzure, type LocalAzure } from '../../local/azure/index.ts';
import type { LocalAzureOptions } from '../../local/azure/index.ts';
import { commandOf, readRecordings } from '../recorded/recording.ts';
import { needing, onLinux } from '../tools.ts';
import { rehearse } from './support.ts';

/** The whole program, on the stand-in. */

jest.setTimeout(300_000);
const TAGS = { 'aks-run-command-acceptance': 'true' };

/** Programs of the pod and of the caller, in the shapes that the checks need. `$STATE` holds what is not as it should be. */
const FAKES: Readonly<Record<string, string>> = {
  kubectl: `case "$1" in
    cordon) : >"$STATE/one"; : >"$STATE/two" ;;
    uncordon) rm -f "$STATE/one" "$STATE/two" ;;
    *) echo "Client Version: v1.35.2" ;;
  esac`,
  az: 'case "$*" in *--disable-run-command*) : >"$STATE/disabled" ;; *--enable-run-command*) rm -f "$STATE/disabled" ;; esac',
  helm: 'echo v3.21.1',
  jq: 'true',
  curl: 'true',
};

let folder: string;
let azure: LocalAzure;
const state = () => readdirSync(path.join(folder, 'state'));
const rehearsal = () => path.join(folder, 'rehearsal');
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'acceptance-test-'));
  for (const name of ['state', 'tools', 'rehearsal']) mkdirSync(path.join(folder, name));
  for (const [name, text] of Object.entries(FAKES)) {
    const script = `#!/bin/sh\nSTATE='${path.join(folder, 'state')}'\n${text}\n`;
    writeFileSync(path.join(folder, 'tools', name), script, { mode: 0o755 });
  }
});
afterEach(async () => {
  await azure.stop();
  rmSync(folder, { recursive: true });
});

async function start(options: Partial<LocalAzureOptions> = {}) {
  const image = await aksImage();
  const tools = [...new Set([...(image.options.tools ?? []), ...Object.keys(FAKES)])];
  const names = tools.filter((name) => name !== 'gzip' && name !== 'az');
  const clusters = [cluster('plain', { tags: TAGS })];
  const pods = { toolFolders: [path.join(folder, 'tools')], tools: names };
  azure = await startLocalAzure({ clusters, pods, ...options });
}
const run = (args: readonly string[], more: Parameters<typeof rehearse>[2] = {}) => {
  const env = { PATH: `${path.join(folder, 'tools')}:${process.env['PATH'] ?? ''}`, ...more.env };
  return rehearse(azure, rehearsal(), { ...more, args, env });
};
/** Processes that have the folder in their environment, and what lies in it. */
function left(): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const has = (pid: string) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(rehearsal());
    } catch {
      return false;
    }
  };
  return [...pids.filter(has), ...readdirSync(rehearsal()), ...state()];
}

onLinux(() => {
  needing(['bash', 'dash'], () => {
    test('the stand-in is no container, and all else holds', async () => {
      await start();
      const { code, lines } = await run([]);
      const other = lines.slice(0, -1).filter((line) => !/: holds|more than a second to start: learned/.test(line));
      // How soon a pod starts, this machine decides.
      expect(other).toEqual([expect.stringMatching(/^a command has user=.*: learned: /)]);
      expect({ code, last: lines.at(-1) }).toEqual({ code: 0, last: expect.stringMatching(/, 0 fails, 0 skipped$/) });
      expect(readdirSync(rehearsal())).toEqual(['acceptance-recording.json']);

      const [{ exchanges } = { exchanges: [] }] = readRecordings(rehearsal());
      expect(exchanges.length).toBeGreaterThan(50);
      expect(exchanges.filter((one) => one.method === 'GET' && commandOf(one) === '')).toEqual([]);
    });

    test('a cluster that may be changed is as it was', async () => {
      const own = cluster('plain', { tags: TAGS });
      Object.defineProperty(own, 'disableRunCommand', { get: () => state().includes('disabled') });
      await start({ clusters: [own], faults: [podDoesNotStart({}, { skip: 1 })] });
      const { code, lines } = await run(['--destructive', '--only', 'when ']);
      expect(lines).toContainEqual(expect.stringMatching(/: holds: .*did not start within 30s.*later: .*404/));
      expect(lines).toContainEqual('when run command is disabled, nothing runs: holds');
      expect({ code, left: left() }).toEqual({ code: 0, left: ['acceptance-recording.json'] });
    });

    test('an identity without permissions', async () => {
      await start({ deniedActions: ['Microsoft.ContainerService/managedClusters/runCommand/action'] });
      const args = ['--destructive', '--only', 'without '];
      const { lines } = await run([...args, '--without-run-command', demo.clientId]);
      expect(lines[0]).toMatch(/^without runCommand.*: holds: .*AuthorizationFailed/);
      expect(lines[1]).toContain('skipped: needs --without-results');
    });

    test('a cluster without the tag is not changed', async () => {
      await start({ clusters: [cluster('plain')] });
      const { code, lines } = await run(['--destructive']);
      expect({ code, lines }).toEqual({ code: 1, lines: [expect.stringContaining('Nothing was changed.')] });
      expect({ left: left(), ran: azure.commands() }).toEqual({ left: [], ran: [] });
    });

    const note = () => path.join(rehearsal(), 'acceptance-restore.txt');
    test.each([
      ['SIGINT', 'while nodes are cordoned', ['--destructive', '--only', 'cordoned'], () => state().includes('two')],
      ['SIGTERM', 'half-way through the rest', [], () => azure.commands().length > 4],
    ] as const)('%s %s: nothing is left', async (signal, _when, args, isTime) => {
      await start();
      let told = '';
      const onStart = (child: ChildProcess) => {
        const watch = setInterval(() => {
          if (!isTime()) return;
          clearInterval(watch);
          told = existsSync(note()) ? readFileSync(note(), 'utf8') : '';
          child.kill(signal);
        }, 20);
        child.on('close', () => {
          clearInterval(watch);
        });
      };
      const { lines } = await run(args, { env: { ACCEPTANCE_HURRY: '40' }, onStart });
      const last = `${signal}: stopped, after undoing all changes`;
      expect({ last: lines.at(-1), left: left() }).toEqual({ last, left: [] });
      expect(told).toBe(args.length > 0 ? 'kubectl uncordon --selector kubernetes.io/os\n' : '');
    });

    test('without any check, nothing is proven', async () => {
      await start();
      const { code, lines } = await run(['--only', 'there is no such check']);
      expect({ code, lines }).toEqual({ code: 1, lines: ['0 holds, 0 learned, 0 fails, 0 skipped'] });
    });

    test('a secret in what was seen: no recording', async () => {
      await start();
      const secret = 'correct-horse-battery';
      const { code, lines } = await run(['--only', 'dash'], {
        env: { MY_PASSWORD: 'v3.21.1\nClient', OTHER_TOKEN: secret },
      });
      expect({ code, last: lines.at(-1) }).toEqual({
        code: 1,
        last: 'Nothing was recorded, because it would contain the value of MY_PASSWORD.',
      });
      expect(left()).toEqual([]);
    });
  });
});
