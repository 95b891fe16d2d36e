import { commandIdOfLocation, readCommandStatus } from '../../src/azure/command.ts';
import { parseResourceId } from '../../src/azure/managed-cluster.ts';
import { seconds, type How, type Lab, type Seen } from './lab.ts';

/** A script, words of the command line, or a function if there is more than one run. */
type Run = string | readonly string[] | ((lab: Lab) => Promise<Seen | string>);
/** What is run, and what it should report. A text is the output of a command that succeeds. */
export type Check = readonly [run: Run, expected: RegExp | string, how?: How];
/** Checks by topic. */
export type Checks = Readonly<Record<string, Check>>;

/** `otherwise` is the verdict on a check that does not hold. Rejects if nothing can be concluded. */
export async function verdictOf([run, expected, how]: Check, otherwise: string, lab: Lab): Promise<string> {
  if (how?.as && !lab.options[how.as]) return `skipped: it needs --${how.as}`;
  const words = typeof run === 'string' ? ['-c', run] : run;
  const seen = typeof words === 'function' ? await words(lab) : await lab.cli(words, how);
  const saw = typeof seen === 'string' ? seen : told(seen);
  const isSo = typeof expected === 'string' ? saw.endsWith(`: ${JSON.stringify(expected)}`) : expected.test(saw);
  return `${isSo ? 'holds' : otherwise}: ${saw}`;
}

/** What happened to a command: `succeeded with exit code 0 after 3 s, POST 202, GET 200, 212 bytes: "hello\n"`. */
export function told({ result, exitCode, passed, exchanges, collected }: Omit<Seen, 'cluster'>): string {
  const { state = 'ended', reason = '', output = '' } = result;
  const requests = new Set(exchanges.map(({ method, status }) => `${method} ${status}`));
  const [answer] = exchanges.slice(-1).map(readCommandStatus);
  const bytes = answer?.kind === 'ended' ? [`${answer.logs.length} bytes`] : [];
  const end = [`${state} with exit code ${exitCode} after ${passed} s`, ...requests, ...bytes].join(', ');
  const shown = output === '' && reason !== '' ? '' : JSON.stringify(output.slice(0, 200));
  return [`${end}:`, reason, shown, ...collected].filter(Boolean).join(' ');
}

/** Runs a script that a check is not about, but that it depends on. */
async function needed(lab: Lab, script: string, how?: How): Promise<void> {
  const seen = await lab.cli(['-c', script], how);
  if (seen.exitCode !== 0) throw new Error(told(seen));
}

/** Runs a command, and later follows it by its ID. */
const later = (words: readonly string[], meanwhile?: (lab: Lab, id: string) => Promise<void>) => async (lab: Lab) => {
  const first = await lab.cli(words);
  const id = first.result['command-id'];
  if (!id) throw new Error(told(first));
  await meanwhile?.(lab, id);
  return lab.cli(['--command-id', id]);
};

/** A request of exactly that size. If the command line itself would send less, blanks fill it up. */
const sized = (mb: number) => async (lab: Lab) => {
  const [bytes, file] = [Math.ceil(mb * 1024 * 1024), `${Math.min(mb, 3.9)} MB`];
  const seen = await lab.cli(['--files', file, '-c', 'wc -c *MB'], { body: { bytes } });
  if (!seen.exchanges.some(({ request }) => request?.bytes === bytes))
    throw new Error(`it was not sent; ${told(seen)}`);
  return seen;
};

const HELLO = ['echo', 'hello'];
/** Tools that someone has seen in the image, followed by tools that someone has missed there. */
const TOOLS = 'bash kubectl helm jq curl tar awk base64 xargs';
const ALL_TOOLS = `${TOOLS} gzip git az nc dig`;
const SHOW_TOOLS = `echo $(for t in ${ALL_TOOLS}; do if command -v $t >/dev/null; then echo $t; fi; done)`;
const SHOW_VERSIONS = 'realpath /bin/sh; helm version --short; kubectl version --client; bash --version';
const CONTAINER = 'user=nonroot folder=/command-files memory=1073741824 cpu=50000 100000';
const LIMITS = 'cd /sys/fs/cgroup; echo user=$(id -un) folder=$OLDPWD memory=$(cat memory.max) cpu=$(cat cpu.max)';

/** What is assumed about Azure. The first two take ten minutes, and the others run at the same time. */
export const ASSUMPTIONS: Checks = {
  'a command may run for 12 minutes': [['--timeout', '20m', '-c', `sleep ${seconds(720)}; echo awake`], 'awake\n'],
  'a result can be read again 10 minutes later': [later(HELLO, (lab) => lab.sleep(600)), 'hello\n'],
  [`of ${ALL_TOOLS}, the image has the first nine`]: [SHOW_TOOLS, `${TOOLS}\n`],
  '/bin/sh is dash, and helm is 3 or 4': [SHOW_VERSIONS, /\/dash\\nv[34]\./],
  [`a command has ${CONTAINER}`]: [LIMITS, `${CONTAINER}\n`],
  'output is cut after exactly 512 KiB': [HELLO, /, 524288 bytes:/, { body: { command: 'seq 1 120000' } }],
  'a byte that is no UTF-8 comes as U+FFFD': [String.raw`printf 'a\377\376b\n'`, 'a\uFFFD\uFFFDb\n'],
  'a pod needs more than a second to start': [
    ['--start-timeout', '1s', '--start-retries', '0', 'true'],
    /^not-started .*(?:POST 202|did not start)/s,
  ],
  ...Object.fromEntries(
    [1, 2, 3, 3.9].map((mb) => [`a request of ${mb} MB is accepted`, [sized(mb), /^succeeded/] as const]),
  ),
  'a request of 4.2 MB is refused with 413': [sized(4.2), /POST 413/],
};

const FILES = ['--files', '*straße*', '--files', 'run me.sh', '-c', 'cat *straße*; "./run me.sh"'];
const VALUE = 'it\'s "quoted" $HOME `id` \\\n\n two';
const STEP = 'echo "answer=hidden-$((6*7))" >>"$GITHUB_OUTPUT"; echo "# T" >>"$GITHUB_STEP_SUMMARY"';
async function stepTold(lab: Lab): Promise<string> {
  const { outputs, summary, stdout } = await lab.step(STEP);
  const first = stdout.split('\n').find((line) => line.includes('hidden-42'));
  return [outputs['answer'], /^# T$/m.exec(summary)?.[0], first].join(', ');
}
const collecting = (script: string): Check => {
  const words = ['--collect', 'report', '-c', `${script} >report; sha256sum report | cut -d" " -f1`];
  return [words, /: "(\w+)\\n" \1$/];
};

/** What the action promises. */
export const PROMISES: Checks = {
  'output comes back': [HELLO, 'hello\n'],
  'an exit code comes back': ['exit 3', /^failed with exit code 3 /],
  'files arrive with spaces, UTF-8, and executable bits': [FILES, 'straße\nran\n'],
  'a variable keeps quotes and line breaks': [['--env', `T=${VALUE}`, '-c', 'printf %s "$T"'], VALUE],
  'a step gets its output, masked in time, and its summary': [stepTold, /^hidden-42, # T, ::add-mask::hidden-42$/],
  'collect brings 10 KB of text': collecting('seq 1 2200'),
  'collect brings random bytes that take 290 KiB': collecting('head -c 220000 /dev/urandom'),
  'a command ends at its timeout': [['--timeout', '20s', 'sleep', '600'], /^failed with exit code 124 /],
  'a command is picked up by its ID': [later(['--no-wait', '-c', 'echo later; exit 5']), /exit code 5 .*later\\n"$/],
};

/** The values in answers that accept a request about a command, if they match the pattern. */
const answers = (pattern: RegExp) => async (lab: Lab) => {
  const accepted = lab.exchanges.filter(({ status }) => status < 300);
  if (accepted.length === 0) throw new Error('there are no answers');
  const said = accepted.flatMap(({ method, headers }) => {
    const isSame = commandIdOfLocation(headers['location']) === headers['x-ms-request-id']?.replaceAll('-', '');
    const values = Object.entries({ ...headers, id: isSame ? 'is the same' : 'is another' });
    return values.map(([name, value]) => `${method} ${name}${name.startsWith('x-ms-ratelimit-') ? '' : ` ${value}`}`);
  });
  const found = new Set(said.filter((one) => pattern.test(one)));
  return Promise.resolve([...found].sort().join(', ') || 'none');
};
/** What is assumed about all answers. */
export const ANSWERS: Checks = {
  "a command's ID is the x-ms-request-id of its POST": [answers(/^POST id /), /^POST id is the same$/],
  'there is no Retry-After, except with refusals': [answers(/^\w+ retry-after /), /^none$/],
  'answers say what is left of reads and writes': [
    answers(/^\w+ x-ms-ratelimit-/),
    /^GET x-ms-ratelimit-remaining-subscription-reads, POST x-ms-ratelimit-remaining-subscription-writes$/,
  ],
};

/**
 * While all nodes are cordoned, no pod can start, not even one that uncordons them. So the pod that cordons them waits,
 * and uncordons them at its end, whatever happens to this process.
 */
async function whileCordoned(lab: Lab): Promise<string> {
  const uncordon = 'kubectl uncordon --selector kubernetes.io/os';
  const hold = `trap '${uncordon}' EXIT; kubectl cordon --selector kubernetes.io/os; sleep ${seconds(120)}`;
  let holder: Promise<Seen> | undefined;
  const work = async () => {
    holder = lab.cli(['-c', hold], { spared: true });
    await lab.sleep(20);
    return lab.cli(['--start-timeout', `${seconds(60)}s`, '--start-retries', '0', ...HELLO]);
  };
  const late = await lab.changing(uncordon, work, async () => {
    await holder;
    await needed(lab, uncordon, { spared: true });
  });
  if (late.exitCode === 0) throw new Error(told(late));
  const id = late.result['command-id'] ?? '';
  return `${told(late)}; later: ${told(await lab.cli(['--timeout', `${seconds(30)}s`, '--command-id', id]))}`;
}

async function whileDisabled(lab: Lab): Promise<string> {
  const cluster = parseResourceId(lab.options['cluster'] ?? '');
  if (!cluster) throw new Error('--cluster must be a resource ID');
  const { subscriptionId, resourceGroup, name } = cluster;
  const update = `aks update --output none --subscription ${subscriptionId} -g ${resourceGroup} -n ${name}`;
  const work = () => lab.az(`${update} --disable-run-command`).then(() => lab.cli(HELLO));
  const enable = `${update} --enable-run-command`;
  const seen = await lab.changing(`az ${enable}`, work, () => lab.az(enable));
  if (seen.exitCode === 0) throw new Error(told(seen));
  return told(seen);
}

const deletePod = (lab: Lab, id: string) => needed(lab, `kubectl delete pod command-${id} --namespace aks-command`);
/** What is assumed about Azure while the cluster is being changed. */
export const DESTRUCTIVE: Checks = {
  'when all nodes are cordoned, AKS answers 400 "did not start"': [whileCordoned, /POST 400.*did not start.*; later/s],
  'a result can be read after its pod was deleted': [later(HELLO, deletePod), 'hello\n'],
  'without runCommand/action, a command gets 403': [HELLO, /POST 403/, { as: 'without-run-command' }],
  'without commandResults/read, a result gets 403': [HELLO, /GET 403/, { as: 'without-results' }],
  'when run command is disabled, nothing runs': [whileDisabled, /^not-started/],
};
