import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { field, parseJson } from '../../src/azure/json.ts';
import type { Exchange, Lab, Seen } from './lab.ts';

/** `learned`: Azure does otherwise than assumed. `fails`: the action breaks a promise, or nothing can be concluded. */
export type Verdict = 'holds' | `${'holds' | 'learned' | 'fails' | 'skipped'}: ${string}`;
export type Check = {
  readonly about: string;
  readonly run: (lab: Lab) => Promise<readonly Seen[]>;
  /** Receives what the run returned. */
  readonly judge: (...seen: readonly Seen[]) => Verdict;
};

const at = (json: string, ...names: readonly string[]) => names.reduce<unknown>(field, parseJson(json));
const text = (value: unknown) => (typeof value === 'string' ? value : '');
export const output = (seen: Seen) => text(seen.result['output']);
export const idOf = (seen: Seen) => text(seen.result['command-id']);
/** AKS's log, before the action makes anything of it. */
const log = ({ exchanges }: Seen) => text(at(exchanges.at(-1)?.body ?? '', 'properties', 'logs'));
/** The exchanges about commands. */
const of = (method: string, seen: readonly Seen[]) =>
  seen.flatMap(({ exchanges }) =>
    exchanges.filter((one) => one.method === method && /\/(run)?command/i.test(one.path)),
  );
export const posts = (...seen: readonly Seen[]) => of('POST', seen);
export const looks = (...seen: readonly Seen[]) => of('GET', seen);

/** An answer in a few words. */
export function words({ method, status, body }: Exchange): string {
  const told = ['code', 'message'].map((name) => text(at(body, 'error', name) ?? at(body, name)));
  return [method, status, ...told].join(' ').trim();
}

/** What became of a command, for a verdict that is not `holds`. */
export function end(seen: Seen): string {
  const answer = seen.exchanges.at(-1);
  const state = `${text(seen.result['state']) || 'no verdict'}, exit code ${seen.code ?? 'none'}`;
  const why = text(seen.result['reason']) || (answer ? words(answer) : seen.log);
  return [state, why, output(seen).slice(-80)].filter(Boolean).join('; ');
}

/** What the action promises. */
export const promised = (isKept: boolean, seen: Seen): Verdict => (isKept ? 'holds' : `fails: ${end(seen)}`);
/** What a command that succeeded shows of Azure. */
const assumed = (isSo: boolean, seen: Seen, otherwise: string): Verdict =>
  seen.code !== 0 ? `fails: ${end(seen)}` : isSo ? 'holds' : `learned: ${otherwise}`;

export const cli =
  (...args: readonly string[]) =>
  async (lab: Lab) => [await lab.cli(args)];
const script = (command: string, ...args: readonly string[]) => cli(...args, '--command', command);
const prints = (expected: string) => (seen: Seen) => promised(seen.code === 0 && output(seen) === expected, seen);
const comesBack = (seen: Seen) => promised(seen.collected.join() === output(seen).trim(), seen);

/** Tools that somebody has seen in the image, and tools that somebody has missed there. */
const TOOLS = 'bash kubectl helm jq curl tar awk base64 xargs'.split(' ');
const MISSING = 'gzip git az nc dig'.split(' ');
const CONTAINER = 'user=nonroot folder=/command-files memory=1073741824 cpu=50000 100000';
const VALUE = 'it\'s "quoted" $HOME `id` \\\n\n two';

/** A request of exactly that size: beyond what the command line itself would send, blanks fill it. */
function body(mb: number): Check {
  const [bytes, isOver] = [Math.ceil(mb * 1024 * 1024), mb > 4];
  return {
    about: `a request of ${mb} MB is ${isOver ? 'refused with 413' : 'accepted'}`,
    async run(lab) {
      writeFileSync(path.join(lab.folder, `${mb}`), randomBytes(Math.min(bytes, 4_080_000) * 0.74));
      return [await lab.cli(['--files', `${mb}`, '--command', `wc -c ${mb}`], { body: { bytes } })];
    },
    judge(seen) {
      const [post] = posts(seen);
      if (post?.request?.bytes !== bytes) return `fails: it was not sent; ${end(seen)}`;
      const isSo = isOver ? post.status === 413 : post.status === 202 && seen.code === 0;
      return `${isSo ? 'holds' : 'learned'}: ${words(post)}; ${end(seen)}`;
    },
  };
}

async function follow(lab: Lab, first: Seen, minutes = 0) {
  await lab.sleep(60 * minutes);
  return [first, await lab.cli(['--command-id', idOf(first)])];
}

/** What takes minutes, from the start to the end. */
export const BESIDE: Readonly<Record<string, Check>> = {
  'long command': {
    about: 'AKS lets a command run for 12 minutes',
    run: (lab) => script(`sleep ${lab.seconds(720)}; echo awake`, '--timeout', '20m')(lab),
    judge: (seen) => (output(seen) === 'awake\n' ? 'holds' : `learned: ${seen.seconds.toFixed()} s; ${end(seen)}`),
  },
  'old result': {
    about: 'the result of a command can be read again 10 minutes later',
    run: async (lab) => follow(lab, await lab.cli(['echo', 'hello']), 10),
    judge: (first, later) => assumed(log(later) === log(first), first, end(later)),
  },
};

export const CHECKS: Readonly<Record<string, Check>> = {
  echo: { about: 'the output of a command comes back', run: cli('echo', 'hello'), judge: prints('hello\n') },
  'exit code': {
    about: "a command's exit code comes back",
    run: script('exit 3'),
    judge: (seen) => promised(seen.code === 3 && seen.result['state'] === 'failed', seen),
  },
  tools: {
    about: `the image has ${TOOLS.join(', ')}, but no ${MISSING.join(', ')}`,
    run: script(
      `for t in ${[...TOOLS, ...MISSING].join(' ')}; do if command -v "$t" >/dev/null; then echo "$t"; fi; done`,
    ),
    judge(seen) {
      const found = output(seen).trim().split('\n');
      const missing = TOOLS.filter((name) => !found.includes(name)).map((name) => `no ${name}`);
      const other = [...missing, ...MISSING.filter((name) => found.includes(name))];
      return assumed(other.length === 0, seen, other.join(', '));
    },
  },
  versions: {
    about: '/bin/sh is dash, and helm is 3 or 4',
    run: script(
      'realpath /bin/sh; helm version --short; kubectl version --client | head -n 1; bash --version | head -n 1',
    ),
    judge: (seen) =>
      /\/dash\nv[34]\./.test(output(seen)) ? `holds: ${output(seen)}` : assumed(false, seen, output(seen)),
  },
  container: {
    about: `a command has ${CONTAINER}`,
    run: script('g=/sys/fs/cgroup; echo user=$(id -un) folder=$PWD memory=$(cat $g/memory.max) cpu=$(cat $g/cpu.max)'),
    judge: (seen) => assumed(output(seen) === `${CONTAINER}\n`, seen, output(seen)),
  },
  files: {
    about: 'files arrive with spaces, UTF-8, and executable bits',
    run: script('cat "a b/straße ✓.txt"; "./run me.sh"', '--files', 'a b', '--files', 'run me.sh'),
    judge: prints('straße\nran\n'),
  },
  variables: {
    about: 'a variable arrives with its quotes and line breaks',
    run: script('printf %s "$TEXT"', '--env', `TEXT=${VALUE}`),
    judge: prints(VALUE),
  },
  step: {
    about: 'a step gets its output, masked before anything shows it, and its summary',
    run: async (lab) => [
      await lab.step('echo "answer=hidden-$((6*7))" >>"$GITHUB_OUTPUT"; echo "# T" >>"$GITHUB_STEP_SUMMARY"'),
    ],
    judge(seen) {
      const first = seen.log.split('\n').find((line) => line.includes('hidden-42'));
      const isThere = seen.result['answer'] === 'hidden-42' && /^# T$/m.test(text(seen.result['summary']));
      return promised(isThere && first === '::add-mask::hidden-42', seen);
    },
  },
  'collect 10 KB': {
    about: 'a report comes back byte for byte',
    run: script('seq 1 2200 >report; sha256sum report | cut -d" " -f1', '--collect', 'report'),
    judge: comesBack,
  },
  'collect 290 KiB': {
    about: 'random bytes that take 290 KiB of base64 come back',
    run: script('head -c 220000 /dev/urandom >noise; sha256sum noise | cut -d" " -f1', '--collect', 'noise'),
    judge: comesBack,
  },
  cut: {
    about: 'AKS cuts output after exactly 512 KiB',
    run: async (lab) => [await lab.cli(['true'], { body: { command: 'seq 1 120000' } })],
    judge: (seen) => (log(seen).length === 524_288 ? 'holds' : `learned: ${log(seen).length} bytes came; ${end(seen)}`),
  },
  'no UTF-8': {
    about: 'AKS shows a byte that is no UTF-8 as U+FFFD',
    run: script(String.raw`printf 'a\377\376b\n'`),
    judge: (seen) =>
      assumed(log(seen).includes('a\uFFFD\uFFFDb\n'), seen, JSON.stringify(/^a.*b$/m.exec(log(seen))?.[0])),
  },
  timeout: {
    about: 'a command ends at its timeout',
    run: (lab) => cli('--timeout', `${lab.seconds(20)}s`, 'sleep', '600')(lab),
    judge: (seen) => promised(seen.code === 124 && seen.result['state'] === 'failed', seen),
  },
  later: {
    about: 'a submitted command is picked up by its ID',
    run: async (lab) => follow(lab, await lab.cli(['--no-wait', '--command', 'echo later; exit 5'])),
    judge: (_first, later) => promised(later.code === 5 && output(later).includes('later\n'), later),
  },
  start: {
    about: 'a pod needs more than a second to start, and runs nothing if that is too late',
    run: cli('--start-timeout', '1s', '--start-retries', '0', 'echo', 'hello'),
    judge: (seen) =>
      seen.result['state'] === 'not-started' ? 'holds' : assumed(false, seen, 'it started within a second'),
  },
  ...Object.fromEntries([1, 2, 3, 3.9, 4.2].map((mb) => [`${mb} MB`, body(mb)])),
};

/** All that was noted of some exchanges, each once. */
const noted = (all: readonly Exchange[], note: (one: Exchange) => readonly string[]) =>
  [...new Set(all.flatMap(note))].sort().join(', ');

/** What all the others sent and received says. */
export const EXCHANGES: Readonly<Record<string, Omit<Check, 'run'>>> = {
  id: {
    about: "a command's ID is the x-ms-request-id of its POST",
    judge(...seen) {
      const accepted = posts(...seen).filter(({ status }) => status === 202);
      const same = accepted.filter(({ headers: { location = '', 'x-ms-request-id': id = '?' } }) =>
        location.includes(`/${id.replaceAll('-', '')}?`),
      );
      return `${same.length === accepted.length ? 'holds' : 'learned'}: ${same.length} of ${accepted.length}`;
    },
  },
  'Retry-After': {
    about: 'Azure sends no Retry-After unless it refuses',
    judge(...seen) {
      const all = [...posts(...seen), ...looks(...seen)].filter(({ status }) => status < 300);
      const told = noted(all, ({ headers: { 'retry-after': wait } }) => (wait === undefined ? [] : [wait]));
      return told === '' ? 'holds' : `learned: ${told}`;
    },
  },
  'rate limits': {
    about: "answers say what is left of the subscription's reads and writes",
    judge(...seen) {
      const limits = ({ method, headers }: Exchange) =>
        Object.keys(headers).flatMap((name) =>
          name.startsWith('x-ms-ratelimit-') ? [`${method} ${name.slice(15)}`] : [],
        );
      const told = noted([...posts(...seen), ...looks(...seen)], limits);
      const isSo = told === 'GET remaining-subscription-reads, POST remaining-subscription-writes';
      return isSo ? 'holds' : `learned: ${told || 'none'}`;
    },
  },
};
