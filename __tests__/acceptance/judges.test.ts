import { expect, test } from '@jest/globals';
import { CHECKS, DESTRUCTIVE, EXCHANGES } from '../../scripts/acceptance/checks.ts';
import type { Exchange, Seen } from '../../scripts/acceptance/lab.ts';

/** Each check is lied to by an Azure that behaves otherwise, and that check alone says so. */

const ID = '476c56420763494ca19c24e67f15f66e';
const PATH = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/c';
const MB = 1024 * 1024;

const post = (more: Partial<Exchange> = {}): Exchange => ({
  ...{ method: 'POST', path: `${PATH}/runCommand?api-version=1`, at: 0, status: 202, body: '' },
  headers: {
    location: `https://management.azure.com${PATH}/commandResults/${ID}?api-version=1`,
    'x-ms-request-id': '476c5642-0763-494c-a19c-24e67f15f66e',
    'x-ms-ratelimit-remaining-subscription-writes': '1199',
  },
  ...more,
});
const get = (logs: string, more: Partial<Exchange> = {}): Exchange => ({
  ...{ method: 'GET', path: `${PATH}/commandResults/${ID}?api-version=1`, at: 5000, status: 200 },
  headers: { 'x-ms-ratelimit-remaining-subscription-reads': '11999' },
  body: JSON.stringify({ id: ID, properties: { provisioningState: 'Succeeded', exitCode: 0, logs } }),
  ...more,
});
const refusal = (status: number, code: string, message = '') => ({
  ...{ status, headers: {}, body: JSON.stringify({ error: { code, message } }) },
});

type Some = Partial<Omit<Seen, 'result'>> & {
  readonly output?: string;
  readonly state?: string;
  readonly result?: object;
};

/** A command that ended with this output. */
function seen({ output = '', state = 'succeeded', result, ...more }: Some = {}): Seen {
  const own = { state, output, 'command-id': ID, ...result };
  return { code: 0, log: '', exchanges: [post(), get(output)], seconds: 9, collected: [], ...more, result: own };
}

const failed = (reason: string, seconds = 9) =>
  seen({ code: 255, state: 'unknown', seconds, result: { reason }, exchanges: [post(), get('')] });
const refused = (answer: Exchange, more: Some = {}) =>
  seen({ code: 125, state: 'not-started', exchanges: [answer], ...more });
const sized = (mb: number, answer: Partial<Exchange> = {}) =>
  post({ request: { bytes: Math.ceil(mb * MB) }, ...answer });
const sent = (mb: number) => [seen({ exchanges: [sized(mb), get('')] })];
const HIDDEN = { answer: 'hidden-42', summary: 'x\n\n# T\n' };
const TOOLS = 'bash kubectl helm jq curl tar awk base64 xargs';
const CONTAINER = 'user=nonroot folder=/command-files memory=1073741824 cpu=50000 100000\n';
const TOO_LARGE = refusal(413, 'RequestContentTooLarge');
const VALUE = 'it\'s "quoted" $HOME `id` \\\n\n two';

/** What is seen of an Azure that is as we assume. */
const HONEST: Readonly<Record<string, readonly Seen[]>> = {
  '12 minutes': [seen({ output: 'awake\n', seconds: 735 })],
  '10 minutes later': [seen({ output: 'hello\n' })],
  'output comes': [seen({ output: 'hello\n' })],
  'exit code': [seen({ code: 3, state: 'failed' })],
  gzip: [seen({ output: `${TOOLS}\n` })],
  dash: [seen({ output: '/usr/bin/dash\nv3.21.1+g1\nClient Version: v1.35.2\n' })],
  nonroot: [seen({ output: CONTAINER })],
  'files arrive': [seen({ output: 'straße\nran\n' })],
  variable: [seen({ output: VALUE })],
  step: [seen({ log: 'one\n::add-mask::hidden-42\nhidden-42\n', exchanges: [], result: HIDDEN })],
  '10 KB': [seen({ output: 'abc\n', collected: ['abc'] })],
  '290 KiB': [seen({ output: 'def\n', collected: ['def'] })],
  'cut after': [seen({ code: 255, state: 'unknown', exchanges: [post(), get('x'.repeat(512 * 1024))] })],
  'no UTF-8': [seen({ output: 'a\uFFFD\uFFFDb\n' })],
  timeout: [seen({ code: 124, state: 'failed' })],
  'picked up': [seen({ code: 5, state: 'failed', output: 'later\n' })],
  'second to start': [seen({ code: 125, state: 'not-started' })],
  ...{ 'of 1 MB': sent(1), 'of 2 MB': sent(2), 'of 3 MB': sent(3), 'of 3.9 MB': sent(3.9) },
  'of 4.2 MB': [refused(sized(4.2, TOO_LARGE))],
  'did not start': [
    refused(post(refusal(400, 'KubernetesPerformanceError', `container command-${ID} did not start within 30s`))),
    refused(get('', refusal(404, 'NotFound'))),
  ],
  deleted: [seen({ output: 'hello\n' })],
  'runCommand/action': [refused(post(refusal(403, 'AuthorizationFailed')))],
  commandResults: [refused(get('', refusal(403, 'AuthorizationFailed')), { code: 255 })],
  disabled: [refused(post(refusal(400, 'BadRequest')))],
};

const JUDGES = Object.entries({ ...CHECKS, ...EXCHANGES, ...DESTRUCTIVE });
const NAMES = [...Object.keys(HONEST), 'x-ms-request-id', 'Retry-After', 'reads and writes'];
/** The words above and below that a check's name contains, of which there have to be just these. */
const nameOf = (name: string) => NAMES.filter((words) => name.includes(words)).join();

function verdicts(world: Readonly<Record<string, readonly Seen[]>>): Record<string, string> {
  const all = Object.values(world).flat();
  return Object.fromEntries(JUDGES.map(([name, [, judge]]) => [nameOf(name), judge(...(world[nameOf(name)] ?? all))]));
}

const GONE = refused(get('', refusal(404, 'NotFound')));
const hello = (...exchanges: readonly Exchange[]) => [seen({ output: 'hello\n', exchanges })];
const withHeader = (name: string, value: string) => post({ headers: { ...post().headers, [name]: value } });
const TENANT = { headers: { 'x-ms-ratelimit-remaining-tenant-reads': '1' } };
const step = (log: string, result: object) => [seen({ log, result, exchanges: [] })];
const MASK = '::add-mask::hidden-42\n';

const LIES: readonly (readonly [check: string, lie: string, world: readonly Seen[], verdict: RegExp])[] = [
  ['12 minutes', 'Failed after 594 s', [failed('Failed', 594)], /^learned: 594 s; unknown .*Failed/],
  ['10 minutes later', 'gone after 10 minutes', [GONE], /^learned: .*404 .*NotFound/],
  ['output comes', 'another line', [seen({ output: 'Hello\n' })], /^fails: /],
  ['exit code', 'always 0', [seen()], /^fails: succeeded exit code 0/],
  ['gzip', 'with gzip', [seen({ output: `${TOOLS} gzip\n` })], /^learned: .*gzip/],
  ['gzip', 'without helm', [seen({ output: TOOLS.replace('helm ', '') })], /^learned: .*kubectl jq/],
  ['dash', 'bash for sh', [seen({ output: '/usr/bin/bash\nv3.21.1\n' })], /^learned: .*\/usr\/bin\/bash/],
  ['nonroot', 'root', [seen({ output: CONTAINER.replace('nonroot', 'root') })], /^learned: "user=root /],
  ['files arrive', 'no executable bit', [seen({ code: 126, output: 'straße\n' })], /^fails: /],
  ['variable', 'line breaks become blanks', [seen({ output: VALUE.replaceAll('\n', ' ') })], /^fails: /],
  ['step', 'masked too late', step(`hidden-42\n${MASK}`, HIDDEN), /^fails: /],
  ['step', 'no summary', step(MASK, { ...HIDDEN, summary: '' }), /^fails: /],
  ['10 KB', 'nothing', [seen({ output: 'abc\n' })], /^fails: /],
  ['290 KiB', 'another file', [seen({ output: 'def\n', collected: ['abc'] })], /^fails: /],
  ['cut after', 'at 500 kB', [seen({ exchanges: [post(), get('x'.repeat(500_000))] })], /^learned: 500000 bytes/],
  ['no UTF-8', 'one for two', [seen({ output: 'a\uFFFDb\n' })], /^learned: "a\uFFFDb/],
  ['timeout', 'goes on', [seen({ code: 254, state: 'running' })], /^fails: running/],
  ['picked up', 'unknown to AKS', [GONE], /^fails: .*404/],
  ['second to start', 'at once', [seen({ output: 'hello\n' })], /^learned: at once$/],
  ['of 1 MB', '413 by nginx', [refused(sized(1, { status: 413, body: '<html>' }))], /^learned: .*POST 413/],
  ['of 2 MB', '413', [refused(sized(2, TOO_LARGE))], /^learned: .*POST 413 .*RequestContentTooLarge/],
  ['of 3 MB', 'accepted, and lost', [{ ...failed('Evicted'), exchanges: [sized(3)] }], /^learned: .*Evicted/],
  ['of 3.9 MB', 'not as big', sent(3.5), /^fails: it was not sent/],
  ['of 4.2 MB', 'accepted', sent(4.2), /^learned: succeeded/],
  [
    'x-ms-request-id',
    'another',
    hello(withHeader('x-ms-request-id', 'other'), get('hello\n')),
    /^learned: another, the same$/,
  ],
  ['Retry-After', '7', hello(withHeader('retry-after', '7'), get('hello\n')), /^learned: 7$/],
  ['reads and writes', 'another', hello(post(), get('hello\n', TENANT)), /^learned: .*GET remaining-tenant-reads/],
  ['did not start', '200 Failed', [failed('Unschedulable - 0/2 nodes')], /^learned: .*Unschedulable/],
  ['did not start', 'it ran', [seen({ output: 'late\n' })], /^fails: succeeded/],
  ['deleted', 'gone', [GONE], /^learned: .*404/],
  ['runCommand/action', '404', [refused(post(refusal(404, 'ResourceNotFound')))], /^learned: .*404/],
  ['commandResults', 'may read all the same', [seen()], /^learned: succeeded/],
  ['disabled', 'it runs all the same', [seen()], /^fails: succeeded/],
];

test('an Azure as assumed', () => {
  const other = Object.entries(verdicts(HONEST)).filter(([, verdict]) => !verdict.startsWith('holds'));
  expect(other).toEqual([]);
});

test('each check is lied to', () => {
  expect([...new Set(LIES.map(([name]) => name))].sort()).toEqual(JUDGES.map(([name]) => nameOf(name)).sort());
});

test.each(LIES)('%s: %s', (name, _lie, world, verdict) => {
  // What is lied to about all exchanges is seen in one of them.
  const all = verdicts({ ...HONEST, [name in HONEST ? name : 'output comes']: world });
  const other = Object.entries(all).filter(([, one]) => !one.startsWith('holds'));
  expect(other).toEqual([[name, expect.stringMatching(verdict)]]);
});
