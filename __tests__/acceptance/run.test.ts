import { spawn, type ChildProcess } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import * as local from '../../local/azure/index.ts';
import { ended } from '../../local/github/step.ts';
import { environment } from '../cli/support.ts';
import { commandOf, readRecordings } from '../recorded/recording.ts';
import { needing, onLinux, toolOnPath } from '../support/tools.ts';
import { killOnce } from '../support/until.ts';

/** The whole program, on the stand-in. */

jest.setTimeout(300_000);
const SCRIPT = path.resolve(import.meta.dirname, '../../scripts/acceptance.ts');
const RECORDING = 'acceptance-recording.json';

const KUBECTL = path.join((await local.toolFolder()) ?? '', 'kubectl');

/**
 * Programs of the pod and of the caller, in the shapes that the checks need. `$STATE` holds what is
 * not as it should be.
 */
const FAKES: Readonly<Record<string, string>> = {
  kubectl: `case "$*" in
    'get pods'*aks-command* | exec*aks-command*) exec '${KUBECTL}' "$@" ;;
  esac
  case "$1" in
    cordon) : >"$STATE/one"; : >"$STATE/two" ;;
    uncordon) rm -f "$STATE/one" "$STATE/two" ;;
    auth) printf system:serviceaccount:aks-command:sa-0123456789abcdef0123456789abcdef ;;
    config) case "$2 $3" in 'current-context '*) echo own ;; esac ;;
    get)
      namespace="namespaces/\${POD_NAMESPACE:-default}"
      echo "GET https://10.0.0.1/api/v1/$namespace/configmaps/none 404" >&2
      exit 1 ;;
    *) echo "Client Version: v1.35.2" ;;
  esac`,
  // As in 2026: az aks has no --ids.
  az: `case "$*" in
    'aks update '*' --subscription '*' -g '*' -n plain --disable-run-command')
      : >"$STATE/disabled" ;;
    'aks update '*' --subscription '*' -g '*' -n plain --enable-run-command')
      rm -f "$STATE/disabled" ;;
    *) exit 2 ;;
  esac`,
  helm: 'case $1 in env) echo "${HELM_NAMESPACE:-default}" ;; *) echo v3.21.1 ;; esac',
  jq: `exec '${toolOnPath('jq')}' "$@"`,
  curl: 'true',
};

let azure: local.LocalAzure;
let folder: string;
const below = (name: string) => path.join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'acceptance-test-'));
  for (const name of ['state', 'tools', 'rehearsal']) mkdirSync(below(name));
  for (const [name, text] of Object.entries(FAKES))
    writeFileSync(below(`tools/${name}`), `#!/bin/sh\nSTATE='${below('state')}'\n${text}\n`, {
      mode: 0o755,
    });
});
afterEach(async () => {
  await azure.stop();
  rmSync(folder, { recursive: true });
});

const TAGS: Readonly<Record<string, string>> = { 'aks-run-command-acceptance': 'true' };
async function start(options: Partial<local.LocalAzureOptions> = {}, tags = TAGS) {
  const image = await local.aksImage();
  const tools = [...new Set([...(image.options.tools ?? []), ...Object.keys(FAKES)])];
  const cluster = local.cluster('plain', { tags });
  Object.defineProperty(cluster, 'disableRunCommand', {
    get: () => existsSync(below('state/disabled')),
  });
  const pods = {
    toolFolders: [below('tools')],
    tools: tools.filter((name) => name !== 'az'),
  };
  azure = await local.startLocalAzure({ clusters: [cluster], pods, ...options });
}

type RunOptions = {
  readonly env?: Readonly<Record<string, string>>;
  readonly onStart?: (child: ChildProcess) => void;
};
/** `npm run acceptance` on the stand-in, with all times divided by 300. */
async function run(args: readonly string[], { env, onStart }: RunOptions = {}) {
  const { clientId, tenantId } = local.demo;
  const target = [
    '--cluster',
    local.clusterId({ ...local.demo, name: 'plain' }),
    '--environment',
    azure.url,
  ];
  const identity = ['--client-id', clientId, '--tenant-id', tenantId];
  const own = {
    PATH: `${below('tools')}:${process.env['PATH'] ?? ''}`,
    TMPDIR: below('rehearsal'),
    ACCEPTANCE_HURRY: '300',
  };
  const child = spawn(process.execPath, [SCRIPT, ...target, ...identity, ...args], {
    cwd: below('rehearsal'),
    env: { ...environment(azure), ...own, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onStart?.(child);
  const { exitCode: code, log } = await ended(child);
  return { code, lines: log.trim().split('\n') };
}

/** Processes that have the folder in their environment, and what is in it. */
function left(): string[] {
  const isOurs = (pid: string) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(below('rehearsal'));
    } catch {
      return false;
    }
  };
  const pids = readdirSync('/proc').filter(
    (name) => /^\d+$/.test(name) && Number(name) !== process.pid,
  );
  return [
    ...pids.filter(isOurs),
    ...readdirSync(below('rehearsal')),
    ...readdirSync(below('state')),
  ];
}

onLinux(() => {
  needing(['bash', 'dash', 'jq'], () => {
    test('the stand-in is no container, and all else holds', async () => {
      await start();
      const { code, lines } = await run([]);
      const other = lines
        .slice(0, -1)
        .filter((line) => !/: holds|more than a second to start: learned/.test(line));
      // This machine decides how soon a pod starts.
      expect(other).toEqual([expect.stringMatching(/^a command has user=.*: learned: /)]);
      expect({ code, last: lines.at(-1) }).toEqual({
        code: 0,
        last: expect.stringMatching(/, 0 fails, 0 skipped$/),
      });
      expect(left()).toEqual([RECORDING]);
      const [{ exchanges } = { exchanges: [] }] = readRecordings(below('rehearsal'));
      expect(exchanges.length).toBeGreaterThan(50);
      expect(exchanges.filter((one) => one.method === 'GET' && commandOf(one) === '')).toEqual([]);
    });

    test('a cluster that may be changed is as it was', async () => {
      const faults = [
        // However long it takes to submit the command that cordons the nodes, it is the first one.
        local.delays('run-command', 4000),
        local.podDoesNotStart({ startsAfterMs: 2500 }, { skip: 1 }),
      ];
      await start({ faults });
      const { code, lines } = await run(['--destructive', '--only', 'when ']);
      expect(lines).toContainEqual(
        expect.stringMatching(/: holds: .*did not start within 30s.*later: unknown/),
      );
      expect(lines).toContainEqual(
        expect.stringMatching(/^when run command is disabled, nothing runs: holds/),
      );
      expect({ code, left: left() }).toEqual({ code: 0, left: [RECORDING] });
    });

    test('a cluster without the tag is not changed', async () => {
      await start({}, {});
      const { code, lines } = await run(['--destructive']);
      expect({ code, lines }).toEqual({
        code: 1,
        lines: [expect.stringContaining('Nothing was changed.')],
      });
      expect({ left: left(), ran: azure.commands() }).toEqual({ left: [], ran: [] });
    });

    test('Ctrl-C while nodes are cordoned: nothing is left', async () => {
      await start();
      let note = '';
      const isCordoned = () => {
        if (!existsSync(below('state/two'))) return false;
        note = readFileSync(below('rehearsal/acceptance-restore.txt'), 'utf8');
        return true;
      };
      const onStart = (child: ChildProcess) => void killOnce(isCordoned, child, 'SIGINT');
      const env = { ACCEPTANCE_HURRY: '40' };
      const { lines } = await run(['--destructive', '--only', 'cordoned'], { env, onStart });
      expect({ last: lines.at(-1), left: left(), note }).toEqual({
        last: 'SIGINT: stopped',
        left: [],
        note: 'kubectl uncordon --selector kubernetes.io/os\n',
      });
    });

    test('a secret in what was seen: no recording', async () => {
      await start();
      const env = { MY_PASSWORD: 'v3.21.1\nClient', OTHER_TOKEN: 'correct-horse-battery' };
      const { code, lines } = await run(['--only', 'dash'], { env });
      const last = 'Nothing was recorded, because it would contain the value of MY_PASSWORD.';
      expect({ code, last: lines.at(-1), left: left() }).toEqual({ code: 1, last, left: [] });
    });
  });
});
