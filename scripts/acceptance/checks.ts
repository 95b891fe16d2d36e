import { serviceError } from '../../src/azure/answer.ts';
import { commandIdOfLocation } from '../../src/azure/command-result.ts';
import { field, parseJson } from '../../src/text/json.ts';
import { seconds, type Exchange, type RunOptions, type Lab, type RunResult } from './lab.ts';

/** Words for the command line, or a function that returns what it saw. */
type Run = readonly string[] | ((lab: Lab) => Promise<string>);
/** What is run, and what should be seen. A text is the output of a command that succeeds. */
export type Check = readonly [run: Run, expected: RegExp | string, options?: RunOptions];
type Checks = Readonly<Record<string, Check>>;

/** Rejects if nothing can be concluded. */
export async function verdictOf(
  about: string,
  [run, expected, options]: Check,
  lab: Lab,
): Promise<string> {
  if (options?.as && !lab.options[options.as]) return `skipped: it needs --${options.as}`;
  const saw =
    typeof run === 'function' ? await run(lab) : descriptionOf(await lab.cli(run, options));
  const holds =
    typeof expected === 'string'
      ? saw.endsWith(`: ${JSON.stringify(expected)}`)
      : expected.test(saw);
  const otherwise = about in PROMISES ? 'fails' : 'learned';
  return `${holds ? 'holds' : otherwise}: ${saw}`;
}

/**
 * What happened to a command: `succeeded with exit code 0 after 3 s, POST 202 …, GET 200 …, 6
 * bytes: "hello\n"`.
 */
function descriptionOf({ result, exitCode, passed, exchanges, collected }: RunResult): string {
  const { state = 'ended', reason = '', output = '' } = result;
  const facts = [
    `${state} with exit code ${exitCode} after ${passed} s`,
    ...new Set(exchanges.map(describeAnswer)),
  ];
  const logs = field(field(parseJson(exchanges.at(-1)?.body ?? ''), 'properties'), 'logs');
  if (typeof logs === 'string') facts.push(`${logs.length} bytes`);

  const start = JSON.stringify(output.slice(0, 200));
  return [`${facts.join(', ')}:`, reason, start, ...collected].filter(Boolean).join(' ');
}

/**
 * `POST 202 same-id subscription-writes`: whether a command has the ID of its request, and which
 * limits are named.
 */
function describeAnswer({ method, status, headers }: Exchange): string {
  const { location, 'retry-after': wait, 'x-ms-request-id': requestId = '' } = headers;
  const words = [method, status];
  const id = method === 'POST' ? commandIdOfLocation(location) : undefined;
  if (id) words.push(id === requestId.replaceAll('-', '') ? 'same-id' : 'other-id');
  if (wait) words.push(`retry-after-${wait}`);
  for (const name of Object.keys(headers)) {
    const [, limit] = /^x-ms-ratelimit-remaining-(.+)/.exec(name) ?? [];
    if (limit !== undefined) words.push(limit);
  }
  return words.join(' ');
}

/** Passes on a run that something else depends on. */
export function needed(seen: RunResult): RunResult {
  if (seen.exitCode !== 0) throw new Error(descriptionOf(seen));
  return seen;
}

/** Runs a command, and later follows it by its ID. */
const later =
  (words: readonly string[], meanwhile?: (lab: Lab, id: string) => unknown) => async (lab: Lab) => {
    const { 'command-id': id = '' } = needed(await lab.cli(words)).result;
    await meanwhile?.(lab, id);
    return descriptionOf(await lab.cli(['--command-id', id]));
  };

/** How AKS denies a command that never existed. Nobody has recorded that, and proof depends on it. */
async function describeDenial(lab: Lab): Promise<string> {
  const { exchanges } = await lab.cli(['--timeout', '5s', '--command-id', '0'.repeat(32)]);
  const denial = exchanges.findLast(({ method }) => method === 'GET');
  if (denial === undefined) throw new Error('nothing was asked');

  const { status, body, headers } = denial;
  const code = body === '' ? 'without a body' : serviceError(body).code;
  return ['GET', status, code, headers['x-ms-failure-cause']].filter(Boolean).join(' ');
}

/**
 * A request of exactly that size. If the command line itself would send less, blanks fill it up.
 */
const sized = (mb: number) => async (lab: Lab) => {
  const bytes = Math.ceil(mb * 1024 * 1024);
  const seen = await lab.cli(['--files', `${Math.min(mb, 3.9)} MB`, '-c', 'wc -c *MB'], {
    body: { bytes },
  });
  if (seen.exchanges.some(({ request }) => request?.bytes === bytes)) return descriptionOf(seen);
  throw new Error(`it was not sent; ${descriptionOf(seen)}`);
};

/** The largest of these sizes that Azure accepts, or what it answers to the smallest. */
async function largestAccepted(lab: Lab): Promise<string> {
  let saw = '';
  for (const mb of [3.9, 3, 2, 1]) {
    saw = `${mb} MB: ${await sized(mb)(lab)}`;
    if (saw.includes('POST 202')) break;
  }
  return saw;
}

const HELLO = ['echo', 'hello'];
/** Tools that someone has seen in the image, followed by tools that someone has missed there. */
const TOOLS = 'bash kubectl helm jq curl tar awk base64 xargs timeout';
const ALL_TOOLS = `${TOOLS} git az nc dig`;
const SHOW_TOOLS =
  `echo $(for t in ${ALL_TOOLS}; do ` + 'if command -v $t >/dev/null; then echo $t; fi; done)';
const SHOW_VERSIONS =
  'realpath /bin/sh; helm version --short; kubectl version --client; bash --version';
const CONTAINER = 'user=nonroot folder=/command-files memory=1073741824 cpu=50000 100000';
const LIMITS =
  'cd /sys/fs/cgroup; ' +
  'echo user=$(id -un) folder=$OLDPWD memory=$(cat memory.max) cpu=$(cat cpu.max)';
const ACCOUNT = 'kubectl auth whoami --output jsonpath={.status.userInfo.username}; echo';
/**
 * How kubectl finds the cluster, which nobody has published. A command that fails prints nothing.
 */
const SHOW_KUBECONFIG = [
  'exec 2>&-; context=$(kubectl config current-context || :)',
  'namespace=$(kubectl config view --minify --output jsonpath={..namespace} || :)',
  'files=$(cd "$HOME/.kube" && echo * || :)',
  'account=$(cat /var/run/secrets/kubernetes.io/serviceaccount/namespace || :)',
  'echo "context=$context namespace=$namespace home=$HOME kubeconfig=$KUBECONFIG ' +
    '.kube=$files account=$account"',
].join('; ');
/** Where kubectl and helm act: by the address that kubectl asks, whatever the answer is. */
const WHERE = [
  "kubectl get configmaps/none -v=6 2>&1 | grep -o 'namespaces/[a-z0-9-]*' | head -n 1",
  'helm env HELM_NAMESPACE',
].join('; ');
const AT_ONCE = ['--start-timeout', '1s', '--start-retries', '0'];

/**
 * What is assumed about Azure. The first two take ten minutes, and the others run at the same time.
 */
export const ASSUMPTIONS: Checks = {
  'a command may run for 12 minutes': [
    ['--timeout', '20m', '-c', `sleep ${seconds(720)}; echo awake`],
    'awake\n',
  ],
  'a result can be read again 10 minutes later': [later(HELLO, (lab) => lab.sleep(600)), 'hello\n'],
  [`of ${ALL_TOOLS}, the image has the first ten`]: [['-c', SHOW_TOOLS], `${TOOLS}\n`],
  '/bin/sh is dash, and helm is 3 or 4': [['-c', SHOW_VERSIONS], /\/dash\\nv[34]\./],
  [`a command has ${CONTAINER}`]: [['-c', LIMITS], `${CONTAINER}\n`],
  'a command acts as a service account sa-ID, or as the identity that submitted it': [
    ['-c', ACCOUNT],
    /: "(?:system:serviceaccount:aks-command:sa-[0-9a-f]+|[0-9a-f-]{36}|\S+@\S+)\\n"$/,
  ],
  'the pod has a kubeconfig with a current context, and no namespace in it': [
    ['-c', SHOW_KUBECONFIG],
    /: "context=[^ ]+ namespace= /,
  ],
  'kubectl and helm act in default if no namespace is given': [
    ['-c', WHERE],
    'namespaces/default\ndefault\n',
  ],
  'output is cut after exactly 512 KiB': [
    HELLO,
    /, 524288 bytes:/,
    { body: { command: 'seq 1 120000' } },
  ],
  'a byte that is not UTF-8 arrives as U+FFFD': [
    ['printf', String.raw`a\377\376b\n`],
    'a\uFFFD\uFFFDb\n',
  ],
  'a pod needs more than a second to start': [
    [...AT_ONCE, 'true'],
    /^not-started .*(?:POST 202|did not start)/s,
  ],
  "a command's ID is the x-ms-request-id of its POST": [HELLO, /POST 202 same-id/],
  'AKS denies a command that never existed by a 404 without a body, or NotFound': [
    describeDenial,
    /^GET 404 (?:without a body|NotFound)(?! gateway)/,
  ],
  'only refusals have a Retry-After': [['sleep', '5'], /^succeeded(?!.*retry-after)/],
  'answers say how many reads and writes are left': [
    HELLO,
    /POST .*subscription-writes,.* GET .*subscription-reads/,
  ],
  'a request of 3.9 MB is accepted': [largestAccepted, /^3\.9 MB: succeeded/],
  'a request of 4.2 MB is refused with 413': [sized(4.2), /POST 413/],
};

const FILES = ['--files', '*straße*', '--files', 'run me.sh', '-c', 'cat *straße*; "./run me.sh"'];
const VALUE = 'it\'s "quoted" $HOME `id` \\\n\n two';
const STEP =
  'echo "answer=hidden-$((6*7))" >>"$GITHUB_OUTPUT"; echo "# T" >>"$GITHUB_STEP_SUMMARY"';
async function describeStep(lab: Lab): Promise<string> {
  const { outputs, summary, stdout } = await lab.step(STEP);
  return [outputs['answer'], /^# T$/m.exec(summary), /.*hidden-42.*/.exec(stdout)].join(', ');
}
const REPORT = ['--collect', 'report', '-c'];
const DIGEST = '>report; sha256sum report | cut -d" " -f1';
const COLLECTED = /: "(\w+)\\n" \1$/;

/** The process ends by the signal, so only its result has the exit code. */
async function describeStop(lab: Lab): Promise<string> {
  const command = "trap 'echo cleaned up; exit 9' TERM; sleep 600 & wait";
  const seen = await lab.cli(['--on-cancel', 'stop', '-c', command], { interruptedAfter: 20 });
  return descriptionOf({ ...seen, exitCode: seen.result['exit-code'] ?? null });
}

/** What the action promises. */
export const PROMISES: Checks = {
  'output comes back': [HELLO, 'hello\n'],
  'an exit code comes back': [['-c', 'exit 3'], /^failed with exit code 3 /],
  'files arrive with spaces, UTF-8, and executable bits': [FILES, 'straße\nran\n'],
  'a variable keeps quotes and line breaks': [
    ['--env', `T=${VALUE}`, '-c', 'printf %s "$T"'],
    VALUE,
  ],
  'with --namespace, kubectl and helm act there': [
    ['--namespace', 'aks-run-command-none', '-c', WHERE],
    'namespaces/aks-run-command-none\naks-run-command-none\n',
  ],
  'a step gets its output, masked in time, and its summary': [
    describeStep,
    /^hidden-42, # T, ::add-mask::hidden-42$/,
  ],
  'collect brings 10 KB of text': [[...REPORT, `seq 1 2200 ${DIGEST}`], COLLECTED],
  'collect brings random bytes that take 290 KiB': [
    [...REPORT, `head -c 220000 /dev/urandom ${DIGEST}`],
    COLLECTED,
  ],
  'a command ends at its timeout': [
    ['--timeout', '20s', 'sleep', '600'],
    /^failed with exit code 124 /,
  ],
  'a command is stopped by SIGTERM: its trap runs, and the result has its code': [
    describeStop,
    /^failed with exit code 9 .*cleaned up/,
  ],
  'a command is picked up by its ID': [
    later(['--no-wait', '-c', 'echo later; exit 5']),
    /exit code 5 .*later\\n"$/,
  ],
};

/** The pod that cordons all nodes also uncordons them, because meanwhile no pod can start. */
async function whileCordoned(lab: Lab): Promise<string> {
  const uncordon = 'kubectl uncordon --selector kubernetes.io/os';
  const cordon = 'kubectl cordon --selector kubernetes.io/os';
  const hold = `trap '${uncordon}' EXIT; ${cordon}; sleep ${seconds(200)}`;
  let holder: string | undefined;
  const work = async () => {
    const submitted = needed(await lab.cli(['--no-wait', '-c', hold], { spared: true }));
    holder = submitted.result['command-id'];
    // On real clusters, a pod takes up to 35 seconds to start.
    await lab.sleep(45);
    return lab.cli(['--start-timeout', `${seconds(60)}s`, '--start-retries', '0', ...HELLO]);
  };
  const untilUncordoned = async () => {
    if (holder !== undefined) needed(await lab.cli(['--command-id', holder], { spared: true }));
  };
  const late = await lab.changing(uncordon, work, untilUncordoned);
  if (late.exitCode === 0) throw new Error(descriptionOf(late));
  const follow = ['--timeout', `${seconds(30)}s`, '--command-id', late.result['command-id'] ?? ''];
  return `${descriptionOf(late)}; later: ${descriptionOf(await lab.cli(follow))}`;
}

async function whileDisabled(lab: Lab): Promise<string> {
  const id = /^\/subscriptions\/(.+?)\/resourceGroups\/(.+?)\/.*\/(.+?)\/?$/i;
  const [, subscription, group, name] = id.exec(lab.options['cluster'] ?? '') ?? [];
  const update = `aks update --output none --subscription ${subscription} -g ${group} -n ${name}`;
  const enable = `${update} --enable-run-command`;
  const work = async () => {
    await lab.az(`${update} --disable-run-command`);
    return lab.cli(HELLO);
  };
  return descriptionOf(await lab.changing(`az ${enable}`, work, () => lab.az(enable)));
}

/** Nobody has published what AKS says then. */
async function describeDeletion(lab: Lab): Promise<string> {
  const { result } = needed(await lab.cli(['--no-wait', 'sleep', '600']));
  const { 'command-id': id = '' } = result;
  await lab.sleep(30);
  await deletePod(lab, id);
  return descriptionOf(await lab.cli(['--timeout', `${seconds(120)}s`, '--command-id', id]));
}

const deletePod = (lab: Lab, id: string) =>
  lab.cli(['-c', `kubectl delete pod command-${id} --namespace aks-command`]).then(needed);

/** What is assumed about Azure while the cluster is being changed. */
export const DESTRUCTIVE: Checks = {
  'when all nodes are cordoned, AKS answers 400 "did not start"': [
    whileCordoned,
    /POST 400.*did not start.*; later/s,
  ],
  'a result can be read after its pod was deleted': [later(HELLO, deletePod), 'hello\n'],
  'a command whose pod is deleted while it runs has no success': [
    describeDeletion,
    /^(?!succeeded)/,
  ],
  'without runCommand/action, a command gets 403': [
    HELLO,
    /POST 403/,
    { as: 'without-run-command' },
  ],
  'without commandResults/read, a result gets 403': [HELLO, /GET 403/, { as: 'without-results' }],
  'when run command is disabled, nothing runs': [whileDisabled, /^not-started/],
};
