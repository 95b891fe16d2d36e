import { expect, test } from '@jest/globals';
import { ASSUMPTIONS, DESTRUCTIVE, PROMISES, verdictOf } from '../../scripts/acceptance/checks.ts';
import type { Exchange, Lab, Seen } from '../../scripts/acceptance/lab.ts';

/** Each check is lied to by an Azure that behaves otherwise, and that check alone says so. */

const ID = '476c56420763494ca19c24e67f15f66e';
const PATH =
  '/subscriptions/5b0a0002-0000-4000-8000-000000000002/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/c';

const exchange = (method: string, status: number, more: Partial<Exchange> = {}): Exchange => ({
  ...{ kind: 'answered', method, status, path: `${PATH}/runCommand`, at: 0, headers: {}, body: '' },
  ...more,
});
const POSTED = {
  location: `https://management.azure.com${PATH}/commandResults/${ID}?api-version=1`,
  'x-ms-request-id': '476c5642-0763-494c-a19c-24e67f15f66e',
  'x-ms-ratelimit-remaining-subscription-writes': '1199',
};
const GOT = { 'x-ms-ratelimit-remaining-subscription-reads': '11999' };
const post = (headers: object = {}, bytes = 0) =>
  exchange('POST', 202, {
    headers: { ...POSTED, ...headers },
    request: { bytes, command: '', context: '' },
  });
const get = (logs: string, headers: object = GOT) => {
  const body = JSON.stringify({
    id: ID,
    properties: { provisioningState: 'Succeeded', exitCode: 0, logs },
  });
  return exchange('GET', 200, { headers: { ...headers }, body });
};

/** A run of the command line. */
function seen(
  output = '',
  { state = 'succeeded', reason = '', ...more }: Partial<Seen & Seen['result']> = {},
): Seen {
  const result = { state, output, reason, 'command-id': ID };
  return {
    exitCode: 0,
    passed: 9,
    cluster: '',
    exchanges: [post(), get(output)],
    collected: [],
    ...more,
    result,
  };
}
const failed = (exitCode: number, output = '') => seen(output, { exitCode, state: 'failed' });
const unknown = (reason: string, more: Partial<Seen> = {}) =>
  seen('', { exitCode: 255, state: 'unknown', reason, ...more });
const refused = (method: string, status: number, more: Partial<Exchange> = {}) =>
  seen('', { exitCode: 125, state: 'not-started', exchanges: [exchange(method, status, more)] });
const sized = (mb: number) => ({
  request: { bytes: Math.ceil(mb * 1024 * 1024), command: '', context: '' },
});
const sent = (mb: number) => seen('', { exchanges: [post({}, sized(mb).request.bytes), get('')] });
const logged = (length: number) => unknown('', { exchanges: [post(), get('x'.repeat(length))] });
const late = (reason: string) =>
  seen('', { exitCode: 125, state: 'not-started', reason, exchanges: [exchange('POST', 400)] });

const HELLO = seen('hello\n');
const GONE = refused('GET', 404);
const TOOLS = 'bash kubectl helm jq curl tar awk base64 xargs';
const CONTAINER = 'user=nonroot folder=/command-files memory=1073741824 cpu=50000 100000\n';
const VALUE = 'it\'s "quoted" $HOME `id` \\\n\n two';
const MASK = '::add-mask::hidden-42\n';
const step = (stdout: string, summary = 'x\n\n# T\n') => ({
  outputs: { answer: 'hidden-42' },
  summary,
  stdout,
});

type World = readonly object[];
/** By words of a check's name: what its runs come to if Azure is as assumed. */
const HONEST: Readonly<Record<string, World>> = {
  '12 minutes': [seen('awake\n', { passed: 735 })],
  '10 minutes later': [HELLO, HELLO],
  'output comes': [HELLO],
  'exit code': [failed(3)],
  gzip: [seen(`${TOOLS}\n`)],
  dash: [seen('/usr/bin/dash\nv3.21.1+g1\n')],
  nonroot: [seen(CONTAINER)],
  'sa-ID': [seen(`system:serviceaccount:aks-command:sa-${ID}\n`)],
  kubeconfig: [seen('context=one namespace= home=/root kubeconfig= .kube=config account=\n')],
  'act in default': [seen('namespaces/default\ndefault\n')],
  'act there': [seen('namespaces/aks-run-command-none\naks-run-command-none\n')],
  'files arrive': [seen('straße\nran\n')],
  variable: [seen(VALUE)],
  step: [step(`one\n${MASK}hidden-42\n`)],
  '10 KB': [seen('abc\n', { collected: ['abc'] })],
  '290 KiB': [seen('def\n', { collected: ['def'] })],
  'cut after': [logged(512 * 1024)],
  'no UTF-8': [seen('a\uFFFD\uFFFDb\n')],
  timeout: [failed(124)],
  'picked up': [HELLO, failed(5, 'later\n')],
  'second to start': [refused('POST', 202)],
  ...{ 'of 1 MB': [sent(1)], 'of 2 MB': [sent(2)], 'of 3 MB': [sent(3)], 'of 3.9 MB': [sent(3.9)] },
  'of 4.2 MB': [refused('POST', 413, sized(4.2))],
  ...{ 'x-ms-request-id': [HELLO], 'Retry-After': [HELLO], 'reads and writes': [HELLO] },
  'did not start': [HELLO, late('command-1 did not start within 30s'), HELLO, GONE],
  deleted: [HELLO, HELLO, HELLO],
  'runCommand/action': [refused('POST', 403)],
  commandResults: [refused('GET', 403)],
  disabled: [refused('GET', 200)],
};

const answered = (one: Exchange): World => [seen('', { exchanges: [one] })];
const TENANT = { 'x-ms-ratelimit-remaining-tenant-reads': '1' };
const LIES: readonly (readonly [check: string, lie: string, world: World, verdict: RegExp])[] = [
  [
    '12 minutes',
    'Failed after 594 s',
    [unknown('Failed', { passed: 594 })],
    /^learned: unknown .* 594 s.*Failed/,
  ],
  ['10 minutes later', 'gone after 10 minutes', [HELLO, GONE], /^learned: .*GET 404/],
  ['output comes', 'another line', [seen('Hello\n')], /^fails: .*Hello/],
  ['exit code', 'always 0', [seen()], /^fails: succeeded with exit code 0/],
  ['gzip', 'with gzip', [seen(`${TOOLS} gzip\n`)], /^learned: .*gzip/],
  ['gzip', 'without helm', [seen(TOOLS.replace('helm ', ''))], /^learned: .*kubectl jq/],
  ['dash', 'bash for sh', [seen('/usr/bin/bash\nv3.21.1\n')], /^learned: .*\/usr\/bin\/bash/],
  ['nonroot', 'root', [seen(CONTAINER.replace('nonroot', 'root'))], /^learned: .*"user=root /],
  ['files arrive', 'no executable bit', [failed(126, 'straße\n')], /^fails: .*126/],
  ['variable', 'line breaks become blanks', [seen(VALUE.replaceAll('\n', ' '))], /^fails: /],
  ['step', 'masked too late', [step(`hidden-42\n${MASK}`)], /^fails: .*, hidden-42$/],
  ['step', 'no summary', [step(MASK, '')], /^fails: hidden-42, ,/],
  ['10 KB', 'nothing', [seen('abc\n')], /^fails: /],
  ['290 KiB', 'another file', [seen('def\n', { collected: ['abc'] })], /^fails: .*abc/],
  ['sa-ID', 'default', [seen('system:serviceaccount:default:default\n')], /^learned: .*default/],
  [
    'kubeconfig',
    'none',
    [seen('context= namespace= home=/ kubeconfig= .kube=* account=aks-command\n')],
    /^learned: .*account=aks-command/,
  ],
  [
    'kubeconfig',
    'with a namespace',
    [seen('context=one namespace=aks-command home=/\n')],
    /^learned: .*namespace=aks-command/,
  ],
  [
    'act in default',
    'in aks-command',
    [seen('namespaces/aks-command\naks-command\n')],
    /^learned: .*aks-command/,
  ],
  ['act there', 'in default', [seen('namespaces/default\ndefault\n')], /^fails: .*default/],
  ['cut after', 'at 500 kB', [logged(500_000)], /^learned: .* 500000 bytes/],
  ['no UTF-8', 'one for two', [seen('a\uFFFDb\n')], /^learned: .*"a\uFFFDb/],
  ['timeout', 'goes on', [seen('', { exitCode: 254, state: 'running' })], /^fails: running/],
  ['picked up', 'unknown to AKS', [HELLO, GONE], /^fails: .*GET 404/],
  ['second to start', 'at once', [HELLO], /^learned: succeeded/],
  ['second to start', 'denied', [refused('POST', 403)], /^learned: .*POST 403/],
  ['of 1 MB', '413 by nginx', [refused('POST', 413, sized(1))], /^learned: .*POST 413/],
  ['of 2 MB', '413', [refused('POST', 413, sized(2))], /^learned: .*POST 413/],
  [
    'of 3 MB',
    'accepted, and lost',
    [unknown('Evicted', { exchanges: sent(3).exchanges })],
    /^learned: .*Evicted/,
  ],
  ['of 3.9 MB', 'not as big', [sent(3.5)], /^fails: it was not sent/],
  ['of 4.2 MB', 'accepted', [sent(4.2)], /^learned: succeeded/],
  [
    'x-ms-request-id',
    'another',
    answered(post({ 'x-ms-request-id': 'a' })),
    /^learned: .*POST 202 other-id/,
  ],
  [
    'Retry-After',
    '7',
    answered(post({ 'retry-after': '7' })),
    /^learned: .*POST 202 .*retry-after-7/,
  ],
  ['reads and writes', 'another', answered(get('', TENANT)), /^learned: .*GET 200 tenant-reads/],
  [
    'did not start',
    '200 Failed',
    [HELLO, unknown('Unschedulable - 0/2 nodes'), HELLO, GONE],
    /^learned: .*Unsched/,
  ],
  ['did not start', 'it ran', [HELLO, HELLO, HELLO, HELLO], /^fails: succeeded/],
  ['deleted', 'gone', [HELLO, HELLO, GONE], /^learned: .*GET 404/],
  ['deleted', 'the pod cannot be deleted', [HELLO, failed(1)], /^fails: failed with exit code 1/],
  ['runCommand/action', '404', [refused('POST', 404)], /^learned: .*POST 404/],
  ['commandResults', 'may read all the same', [HELLO], /^learned: succeeded/],
  ['disabled', 'it runs all the same', [HELLO], /^learned: succeeded/],
];

const CHECKS = Object.entries({ ...ASSUMPTIONS, ...PROMISES, ...DESTRUCTIVE });
/** The words above that a check's name contains, of which there have to be just these. */
const wordsOf = (about: string) =>
  Object.keys(HONEST)
    .filter((words) => about.includes(words))
    .join();

/** A lab whose runs come to what is given, one after the other. */
function labOf(world: World): Lab {
  const [runs, done] = [[...world], () => Promise.resolve()];
  const run = () => Promise.resolve(runs.shift());
  const options = { cluster: PATH, 'without-run-command': ID, 'without-results': ID };
  const changing: Lab['changing'] = (_note, work, restore) => work().finally(restore);
  return { options, sleep: done, az: done, cli: run, step: run, changing } as unknown as Lab;
}

/** What each check says that does not hold. */
async function verdicts(worlds: Readonly<Record<string, World>>): Promise<[string, string][]> {
  const said = CHECKS.map(async ([about, check]): Promise<[string, string]> => {
    const words = wordsOf(about);
    const verdict = verdictOf(about, check, labOf(worlds[words] ?? []));
    return [words, await verdict.catch((error: unknown) => `fails: ${(error as Error).message}`)];
  });
  return (await Promise.all(said)).filter(([, verdict]) => !verdict.startsWith('holds'));
}

test('each check is lied to, and holds if Azure is as assumed', async () => {
  expect([...new Set(LIES.map(([words]) => words))].sort()).toEqual(
    CHECKS.map(([about]) => wordsOf(about)).sort(),
  );
  expect(await verdicts(HONEST)).toEqual([]);
});

test.each(LIES)('%s: %s', async (words, _lie, world, verdict) => {
  expect(await verdicts({ ...HONEST, [words]: world })).toEqual([
    [words, expect.stringMatching(verdict)],
  ]);
});
