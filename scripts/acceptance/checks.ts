import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { field, parseJson } from '../../src/azure/json.ts';
import type { Exchange, Lab, Seen } from './lab.ts';

/** `learned`: Azure does otherwise than assumed. `fails`: the action breaks a promise, or nothing can be concluded. */
export type Verdict = 'holds' | `${'holds' | 'learned' | 'fails' | 'skipped'}: ${string}`;
type Run = (lab: Lab) => Promise<readonly Seen[]>;
/** Receives what the run returned. */
type Judge = (...seen: readonly Seen[]) => Verdict;
/** Checks by what they are about. */
export type Checks = Readonly<Record<string, readonly [Run, Judge]>>;

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const output = (seen: Seen) => text(seen.result['output']);
const idOf = (seen: Seen) => text(seen.result['command-id']);
const is = (seen: Seen, state: string) => seen.result['state'] === state;
/** AKS's log, before the action makes anything of it. */
const log = ({ exchanges }: Seen) => text(field(field(parseJson(exchanges.at(-1)?.body ?? ''), 'properties'), 'logs'));
const aboutCommands = (seen: readonly Seen[], ...methods: readonly string[]) =>
  seen
    .flatMap((one) => one.exchanges)
    .filter((one) => /\/(run)?command/i.test(one.path) && methods.includes(one.method));

/** What became of a command. */
export function end({ code, result, log, exchanges }: Seen): string {
  const { method, status, body = log } = exchanges.at(-1) ?? {};
  const state = [result['state'], `exit code ${code}:`, result['reason']];
  return [...state, method, status, body.slice(0, 400)].filter(Boolean).join(' ');
}

/** Judges of what the action promises. */
const promised = (isKept: boolean, seen: Seen): Verdict => (isKept ? 'holds' : `fails: ${end(seen)}`);
const prints = (expected: string) => (seen: Seen) => promised(seen.code === 0 && output(seen) === expected, seen);
const ends = (code: number, state: string) => (seen: Seen) => promised(seen.code === code && is(seen, state), seen);
const comesBack = (seen: Seen) => promised(seen.collected.join() === output(seen).trim(), seen);
/** Judges of what is assumed about Azure. */
const assumed = (isSo: boolean, told: string): Verdict => `${isSo ? 'holds' : 'learned'}: ${told}`;
const shows = (expected: RegExp) => (seen: Seen) =>
  seen.code === 0 ? assumed(expected.test(output(seen)), JSON.stringify(output(seen))) : promised(false, seen);

const cli: (...words: readonly string[]) => Run =
  (...words) =>
  async (lab) => [await lab.cli(words)];
const script = (command: string, ...words: readonly string[]) => cli(...words, '--command', command);
const hello = cli('echo', 'hello');
/** Runs what a check is not about, and without which it says nothing. */
async function needed(lab: Lab, words: readonly string[], how?: Parameters<Lab['cli']>[1]) {
  const seen = await lab.cli(words, how);
  if (seen.code !== 0) throw new Error(end(seen));
  return seen;
}

/** Tools that somebody has seen in the image, and then tools that somebody has missed there. */
const TOOLS = 'bash kubectl helm jq curl tar awk base64 xargs';
const ALL_TOOLS = `${TOOLS} gzip git az nc dig`;
const SHOW_TOOLS = `echo $(for t in ${ALL_TOOLS}; do if command -v $t >/dev/null; then echo $t; fi; done)`;
const SHOW_VERSIONS = 'realpath /bin/sh; helm version --short; kubectl version --client; bash --version';
const CONTAINER = 'user=nonroot folder=/command-files memory=1073741824 cpu=50000 100000';
const SHOW_CONTAINER =
  'cd /sys/fs/cgroup; echo user=$(id -un) folder=$OLDPWD memory=$(cat memory.max) cpu=$(cat cpu.max)';
const VALUE = 'it\'s "quoted" $HOME `id` \\\n\n two';
const HASH = 'sha256sum report | cut -d" " -f1';
const STEP = 'echo "answer=hidden-$((6*7))" >>"$GITHUB_OUTPUT"; echo "# T" >>"$GITHUB_STEP_SUMMARY"';

/** A request of exactly that size: beyond what the command line itself would send, blanks fill it. */
function body(mb: number): Checks[string] {
  const [bytes, name] = [Math.ceil(mb * 1024 * 1024), `${mb}`];
  const run: Run = async (lab) => {
    writeFileSync(`${lab.folder}/${name}`, randomBytes(Math.min(bytes, 4_080_000) * 0.74));
    return [await lab.cli(['--files', name, '--command', `wc -c ${name}`], { body: { bytes } })];
  };
  const judge: Judge = (seen) => {
    const [post] = aboutCommands([seen], 'POST');
    if (post?.request?.bytes !== bytes) return `fails: it was not sent; ${end(seen)}`;
    return assumed(mb > 4 ? post.status === 413 : post.status === 202 && seen.code === 0, end(seen));
  };
  return [run, judge];
}

/** The first two take ten minutes, and the others run beside them. */
export const CHECKS: Checks = {
  'a command may run for 12 minutes': [
    (lab) => script(`sleep ${lab.seconds(720)}; echo awake`, '--timeout', '20m')(lab),
    (seen) => assumed(output(seen) === 'awake\n', `${seen.seconds.toFixed()} s; ${end(seen)}`),
  ],
  'a result can be read again 10 minutes later': [
    async (lab) => {
      const first = await needed(lab, ['echo', 'hello']);
      await lab.sleep(600);
      return cli('--command-id', idOf(first))(lab);
    },
    (seen) => assumed(output(seen) === 'hello\n', end(seen)),
  ],
  'output comes back': [hello, prints('hello\n')],
  'an exit code comes back': [script('exit 3'), ends(3, 'failed')],
  [`of ${ALL_TOOLS}, the image has the first nine`]: [script(SHOW_TOOLS), shows(new RegExp(`^${TOOLS}\n$`))],
  '/bin/sh is dash, and helm is 3 or 4': [script(SHOW_VERSIONS), shows(/\/dash\nv[34]\./)],
  [`a command has ${CONTAINER}`]: [script(SHOW_CONTAINER), shows(new RegExp(`^${CONTAINER}\n$`))],
  'files arrive with spaces, UTF-8, and executable bits': [
    script('cat "a b/straße ✓.txt"; "./run me.sh"', '--files', 'a b', '--files', 'run me.sh'),
    prints('straße\nran\n'),
  ],
  'a variable keeps quotes and line breaks': [script('printf %s "$T"', '--env', `T=${VALUE}`), prints(VALUE)],
  'a step gets its output, masked before anything shows it, and its summary': [
    async (lab) => [await lab.step(STEP)],
    (seen) => {
      const first = seen.log.split('\n').find((line) => line.includes('hidden-42'));
      const isThere = seen.result['answer'] === 'hidden-42' && /^# T$/m.test(text(seen.result['summary']));
      return promised(isThere && first === '::add-mask::hidden-42', seen);
    },
  ],
  'collect brings 10 KB of text': [script(`seq 1 2200 >report; ${HASH}`, '--collect', 'report'), comesBack],
  'collect brings random bytes that take 290 KiB': [
    script(`head -c 220000 /dev/urandom >report; ${HASH}`, '--collect', 'report'),
    comesBack,
  ],
  'output is cut after exactly 512 KiB': [
    async (lab) => [await lab.cli(['true'], { body: { command: 'seq 1 120000' } })],
    (seen) => assumed(log(seen).length === 524_288, `${log(seen).length} bytes came; ${end(seen)}`),
  ],
  'a byte that is no UTF-8 comes as U+FFFD': [script(String.raw`printf 'a\377\376b\n'`), shows(/^a\uFFFD\uFFFDb\n$/)],
  'a command ends at its timeout': [cli('--timeout', '20s', 'sleep', '600'), ends(124, 'failed')],
  'a command is picked up by its ID': [
    async (lab) => cli('--command-id', idOf(await needed(lab, ['--no-wait', '--command', 'echo later; exit 5'])))(lab),
    (seen) => promised(seen.code === 5 && output(seen).includes('later\n'), seen),
  ],
  'a pod needs more than a second to start': [
    cli('--start-timeout', '1s', '--start-retries', '0', 'echo', 'hello'),
    (seen) => (is(seen, 'not-started') ? 'holds' : seen.code === 0 ? assumed(false, 'at once') : promised(false, seen)),
  ],
  ...Object.fromEntries([1, 2, 3, 3.9].map((mb) => [`a request of ${mb} MB is accepted`, body(mb)])),
  'a request of 4.2 MB is refused with 413': body(4.2),
};

/** Looks at all answers about commands, apart from refusals. */
const everywhere = (expected: string, note: (one: Exchange) => readonly string[]): Checks[string] => [
  (lab) => Promise.resolve(lab.seen),
  (...seen) => {
    const accepted = aboutCommands(seen, 'GET', 'POST').filter(({ status }) => status < 300);
    const told = [...new Set(accepted.flatMap(note))].sort().join(', ');
    return accepted.length === 0 ? 'fails: there are no answers' : assumed(told === expected, told || 'none');
  },
];
const LIMITS = 'GET remaining-subscription-reads, POST remaining-subscription-writes';
export const EXCHANGES: Checks = {
  "a command's ID is the x-ms-request-id of its POST": everywhere('the same', ({ method, headers }) => {
    const id = headers['x-ms-request-id']?.replaceAll('-', '') ?? '?';
    return method === 'POST' ? [headers['location']?.includes(`/${id}?`) ? 'the same' : 'another'] : [];
  }),
  'there is no Retry-After, except with refusals': everywhere('', ({ headers: { 'retry-after': wait } }) =>
    wait ? [wait] : [],
  ),
  'answers say what is left of reads and writes': everywhere(LIMITS, ({ method, headers }) =>
    Object.keys(headers).flatMap((name) => (name.startsWith('x-ms-ratelimit-') ? [`${method} ${name.slice(15)}`] : [])),
  ),
};

/**
 * While all nodes are cordoned no pod can start, not even one that uncordons them. So the pod that cordons them waits, and
 * uncordons them at its end, whatever becomes of this process.
 */
async function whileCordoned(lab: Lab): Promise<readonly Seen[]> {
  const uncordon = 'kubectl uncordon --selector kubernetes.io/os';
  let holder = '';
  const restore = async () => {
    if (holder !== '') await lab.cli(['--command-id', holder], { spared: true });
    await needed(lab, ['--command', uncordon], { spared: true });
  };
  const late = await lab.changing(uncordon, restore, async () => {
    const hold = `trap '${uncordon}' EXIT; kubectl cordon --selector kubernetes.io/os; sleep ${lab.seconds(120)}`;
    holder = idOf(await lab.cli(['--no-wait', '--command', hold], { spared: true }));
    await lab.sleep(20);
    return lab.cli(['--start-timeout', `${lab.seconds(60)}s`, '--start-retries', '0', 'echo', 'late']);
  });
  const id = idOf(late) || /\bcommand-([0-9a-f]{32})\b/.exec(JSON.stringify(late.exchanges))?.[1];
  return id ? [late, await lab.cli(['--timeout', `${lab.seconds(30)}s`, '--command-id', id])] : [late];
}

/** Azure's own command line does it. No signal ends it, because an update must not be left half done. */
function whileDisabled(lab: Lab): Promise<readonly Seen[]> {
  const update = `aks update --output none --ids ${lab.options['cluster']}`;
  const az = async (words: string) => {
    const how = { stdio: 'ignore', detached: true, shell: process.platform === 'win32' } as const;
    const [code] = (await once(spawn('az', words.split(' '), how), 'close')) as [number | null];
    if (code !== 0) throw new Error(`az ${words} ended with ${code}`);
  };
  const enable = `${update} --enable-run-command`;
  const disabled = () => az(`${update} --disable-run-command`).then(() => hello(lab));
  return lab.changing(`az ${enable}`, () => az(enable), disabled);
}

/** Runs as an identity whose client ID an option gives. */
const refused = (option: string, method: string): Checks[string] => [
  async (lab) => {
    const id = lab.options[option];
    return id === undefined ? [] : [await lab.cli(['echo', 'hello'], { options: { 'client-id': id } })];
  },
  (...[seen]) => {
    if (!seen) return `skipped: needs --${option}`;
    const [answer] = aboutCommands([seen], method);
    return answer ? assumed(answer.status === 403, end(seen)) : promised(false, seen);
  },
];

export const DESTRUCTIVE: Checks = {
  'when all nodes are cordoned, AKS answers 400 "did not start"': [
    whileCordoned,
    (late, ...later) => {
      const told = [late, ...later].map(end).join('; later: ');
      const isSo = late.exchanges.some(({ status, body }) => status === 400 && body.includes('did not start'));
      return late.code === 0 ? `fails: ${told}` : assumed(isSo, told);
    },
  ],
  'a result can be read after its pod was deleted': [
    async (lab) => {
      const id = idOf(await needed(lab, ['echo', 'hello']));
      await needed(lab, ['--command', `kubectl delete pod command-${id} --namespace aks-command`]);
      return cli('--command-id', id)(lab);
    },
    (seen) => assumed(seen.code === 0, end(seen)),
  ],
  'without runCommand/action, a command gets 403': refused('without-run-command', 'POST'),
  'without commandResults/read, a result gets 403': refused('without-results', 'GET'),
  'when run command is disabled, nothing runs': [whileDisabled, (seen) => promised(is(seen, 'not-started'), seen)],
};
