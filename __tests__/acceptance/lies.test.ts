import { expect, test } from '@jest/globals';
import { ANSWERS, ASSUMPTIONS, DESTRUCTIVE, PROMISES, verdictOf } from '../../scripts/acceptance/checks.ts';
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
  exchange('POST', 202, { headers: { ...POSTED, ...headers }, request: { bytes, command: '', context: '' } });
const get = (logs: string, headers: object = GOT) => {
  const body = JSON.stringify({ id: ID, properties: { provisioningState: 'Succeeded', exitCode: 0, logs } });
  return exchange('GET', 200, { headers: { ...headers }, body });
};

/** A run of the command line. */
function seen(output = '', { state = 'succeeded', reason = '', ...more }: Partial<Seen & Seen['result']> = {}): Seen {
  const result = { state, output, reason, 'command-id': ID };
  return { exitCode: 0, passed: 9, cluster: '', exchanges: [post(), get(output)], collected: [], ...more, result };
}
const failed = (exitCode: number, output = '') => seen(output, { exitCode, state: 'failed' });
const unknown = (reason: string, more: Partial<Seen> = {}) =>
  seen('', { exitCode: 255, state: 'unknown', reason, ...more });
const refused = (method: string, status: number, more: Partial<Exchange> = {}) =>
  seen('', { exitCode: 125, state: 'not-started', exchanges: [exchange(method, status, more)] });
const sized = (mb: number) => ({ request: { bytes: Math.ceil(mb * 1024 * 1024), command: '', context: '' } });
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
const step = (stdout: string, summary = 'x\n\n# T\n') => ({ outputs: { answer: 'hidden-42' }, summary, stdout });

type World = readonly object[];
/** By words of a check's name: what its runs come to if Azure is as assumed, and what they come to if it is not. */
const TABLE: Readonly<
  Record<string, readonly [honest: World, ...(readonly [lie: string, world: World, verdict: RegExp])[]]>
> = {
  '12 minutes': [
    [seen('awake\n', { passed: 735 })],
    ['Failed after 594 s', [unknown('Failed', { passed: 594 })], /^learned: unknown .* 594 s.*Failed/],
  ],
  '10 minutes later': [
    [HELLO, HELLO],
    ['gone after 10 minutes', [HELLO, GONE], /^learned: .*GET 404/],
  ],
  'output comes': [[HELLO], ['another line', [seen('Hello\n')], /^fails: .*Hello/]],
  'exit code': [[failed(3)], ['always 0', [seen()], /^fails: succeeded with exit code 0/]],
  gzip: [
    [seen(`${TOOLS}\n`)],
    ['with gzip', [seen(`${TOOLS} gzip\n`)], /^learned: .*gzip/],
    ['without helm', [seen(TOOLS.replace('helm ', ''))], /^learned: .*kubectl jq/],
  ],
  dash: [
    [seen('/usr/bin/dash\nv3.21.1+g1\n')],
    ['bash', [seen('/usr/bin/bash\nv3.21.1\n')], /^learned: .*\/usr\/bin\/bash/],
  ],
  nonroot: [[seen(CONTAINER)], ['root', [seen(CONTAINER.replace('nonroot', 'root'))], /^learned: .*"user=root /]],
  'files arrive': [[seen('straße\nran\n')], ['no executable bit', [failed(126, 'straße\n')], /^fails: .*126/]],
  variable: [[seen(VALUE)], ['line breaks become blanks', [seen(VALUE.replaceAll('\n', ' '))], /^fails: /]],
  step: [
    [step(`one\n${MASK}hidden-42\n`)],
    ['masked too late', [step(`hidden-42\n${MASK}`)], /^fails: .*, hidden-42$/],
    ['no summary', [step(MASK, '')], /^fails: hidden-42, ,/],
  ],
  '10 KB': [[seen('abc\n', { collected: ['abc'] })], ['nothing', [seen('abc\n')], /^fails: /]],
  '290 KiB': [
    [seen('def\n', { collected: ['def'] })],
    ['another file', [seen('def\n', { collected: ['abc'] })], /^fails: .*abc/],
  ],
  'cut after': [[logged(512 * 1024)], ['at 500 kB', [logged(500_000)], /^learned: .* 500000 bytes/]],
  'no UTF-8': [[seen('a\uFFFD\uFFFDb\n')], ['one for two', [seen('a\uFFFDb\n')], /^learned: .*"a\uFFFDb/]],
  timeout: [[failed(124)], ['goes on', [seen('', { exitCode: 254, state: 'running' })], /^fails: running/]],
  'picked up': [
    [HELLO, failed(5, 'later\n')],
    ['unknown to AKS', [HELLO, GONE], /^fails: .*GET 404/],
  ],
  'second to start': [[refused('POST', 202)], ['at once', [HELLO], /^learned: succeeded/]],
  'of 1 MB': [[sent(1)], ['413 by nginx', [refused('POST', 413, sized(1))], /^learned: .*POST 413/]],
  'of 2 MB': [[sent(2)], ['413', [refused('POST', 413, sized(2))], /^learned: .*POST 413/]],
  'of 3 MB': [
    [sent(3)],
    ['accepted, and lost', [unknown('Evicted', { exchanges: sent(3).exchanges })], /^learned: .*Evicted/],
  ],
  'of 3.9 MB': [[sent(3.9)], ['not as big', [sent(3.5)], /^fails: it was not sent/]],
  'of 4.2 MB': [[refused('POST', 413, sized(4.2))], ['accepted', [sent(4.2)], /^learned: succeeded/]],
  'x-ms-request-id': [
    [HELLO],
    [
      'another',
      [seen('', { exchanges: [post({ 'x-ms-request-id': 'a' })] })],
      /^learned: POST id another, POST id the same$/,
    ],
  ],
  'Retry-After': [
    [HELLO],
    ['7', [seen('', { exchanges: [post({ 'retry-after': '7' })] })], /^learned: POST retry-after 7$/],
  ],
  'reads and writes': [
    [HELLO],
    [
      'another',
      [seen('', { exchanges: [get('', { 'x-ms-ratelimit-remaining-tenant-reads': '1' })] })],
      /^learned: .*GET x-ms-ratelimit-remaining-tenant-reads/,
    ],
  ],
  'did not start': [
    [HELLO, late('command-1 did not start within 30s'), HELLO, GONE],
    ['200 Failed', [HELLO, unknown('Unschedulable - 0/2 nodes'), HELLO, GONE], /^learned: .*Unschedulable/],
    ['it ran', [HELLO, HELLO, HELLO, HELLO], /^fails: succeeded/],
  ],
  deleted: [
    [HELLO, HELLO, HELLO],
    ['gone', [HELLO, HELLO, GONE], /^learned: .*GET 404/],
  ],
  'runCommand/action': [[refused('POST', 403)], ['404', [refused('POST', 404)], /^learned: .*POST 404/]],
  commandResults: [[refused('GET', 403)], ['may read all the same', [HELLO], /^learned: succeeded/]],
  disabled: [[refused('GET', 200)], ['it runs all the same', [HELLO], /^fails: succeeded/]],
};
const CHECKS = Object.entries({ ...ASSUMPTIONS, ...PROMISES, ...ANSWERS, ...DESTRUCTIVE });
/** The words of the table that a check's name contains, of which there have to be just these. */
const wordsOf = (about: string) =>
  Object.keys(TABLE)
    .filter((words) => about.includes(words))
    .join();

/** A lab whose runs come to what is given, one after the other. */
function labOf(world: World, exchanges: readonly Exchange[]): Lab {
  const [runs, done] = [[...world], () => Promise.resolve()];
  const run = () => Promise.resolve(runs.shift());
  const options = { cluster: PATH, 'without-run-command': ID, 'without-results': ID };
  const changing: Lab['changing'] = (_note, work, restore) => work().finally(restore);
  return { options, exchanges, sleep: done, az: done, cli: run, step: run, changing } as unknown as Lab;
}

/** What each check says, in a world in which one of them is lied to. */
async function verdicts(liedTo = '', lie: World = []): Promise<[string, string][]> {
  const worldOf = (words: string) => (words === liedTo ? lie : (TABLE[words]?.[0] ?? []));
  const all = Object.keys(TABLE).flatMap((words) => worldOf(words) as Partial<Seen>[]);
  const exchanges = all.flatMap((one) => one.exchanges ?? []);
  const said = CHECKS.map(async ([about, check]): Promise<[string, string]> => {
    const words = wordsOf(about);
    const verdict = verdictOf(check, about in PROMISES ? 'fails' : 'learned', labOf(worldOf(words), exchanges));
    return [words, await verdict.catch((error: unknown) => `fails: ${(error as Error).message}`)];
  });
  return (await Promise.all(said)).filter(([, verdict]) => !verdict.startsWith('holds'));
}

test('each check is in the table, and holds if Azure is as assumed', async () => {
  expect(CHECKS.map(([about]) => wordsOf(about)).sort()).toEqual(Object.keys(TABLE).sort());
  expect(await verdicts()).toEqual([]);
});

const LIES = Object.entries(TABLE).flatMap(([words, [, ...lies]]) => lies.map((lie) => [words, ...lie] as const));
test.each(LIES)('%s: %s', async (words, _lie, world, verdict) => {
  expect(await verdicts(words, world)).toEqual([[words, expect.stringMatching(verdict)]]);
});
