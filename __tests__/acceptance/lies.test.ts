import { expect, test } from '@jest/globals';
import { ASSUMPTIONS, DESTRUCTIVE, PROMISES, verdictOf } from '../../scripts/acceptance/checks.ts';
import type { Exchange, Lab, RunResult } from '../../scripts/acceptance/lab.ts';

/** An Azure that is not as assumed. That each check can hold is shown by run.test.ts. */

const ID = '476c56420763494ca19c24e67f15f66e';
const CLUSTER = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/c/c';
const LOCATION = `${CLUSTER}/commandResults/${ID}?api-version=1`;

const exchange = (method: string, status: number, more: Partial<Exchange> = {}): Exchange => ({
  method,
  status,
  path: CLUSTER,
  at: 0,
  headers: {},
  body: '',
  ...more,
});
const accepted = (headers: Readonly<Record<string, string>> = {}): Exchange =>
  exchange('POST', 202, {
    headers: { location: LOCATION, 'x-ms-request-id': ID, ...headers },
  });

/** A run of the command line. */
function seen(
  state: string,
  exitCode: number,
  output = '',
  more: Partial<RunResult> & { reason?: string } = {},
): RunResult {
  const { reason = '', ...other } = more;
  const result = { state, output, reason, 'command-id': ID };
  return { exitCode, passed: 9, cluster: '', exchanges: [], collected: [], result, ...other };
}
const printed = (output: string, more: Partial<RunResult> = {}) =>
  seen('succeeded', 0, output, more);
/** Azure answers this way, and nothing runs. */
const refused = (method: string, status: number, bytes = 0) =>
  seen('not-started', 125, '', {
    exchanges: [exchange(method, status, { request: { bytes, command: '', context: '' } })],
  });
const sent = (mb: number, answer = 202) => refused('POST', answer, Math.ceil(mb * 1024 * 1024));
const log = (bytes: number) => ({
  exchanges: [
    exchange('GET', 200, { body: JSON.stringify({ properties: { logs: 'x'.repeat(bytes) } }) }),
  ],
});

/** Azure's answer about a command that never existed. */
const denied = (code: string, headers: Readonly<Record<string, string>>) =>
  seen('unknown', 255, '', {
    exchanges: [exchange('GET', 404, { headers, body: JSON.stringify({ error: { code } }) })],
  });
const HELLO = printed('hello\n');
const GONE = refused('GET', 404);

type Lie = readonly [
  /** Words that the name of this check contains, and of no other. */
  check: string,
  lie: string,
  /** The results of its runs, one after the other. */
  runs: readonly object[],
  verdict: RegExp,
];
const LIES: readonly Lie[] = [
  ['12 minutes', 'ended', [seen('unknown', 255, '', { reason: 'Failed' })], /^learned: .*Failed/],
  ['10 minutes later', 'gone', [HELLO, GONE], /^learned: .*GET 404/],
  [
    'nc dig',
    'no helm',
    [printed('bash kubectl jq curl tar awk base64 xargs timeout\n')],
    /^learned: /,
  ],
  ['dash', 'bash', [printed('/usr/bin/bash\nv3.21.1\n')], /^learned: .*\/bash/],
  ['nonroot', 'root', [printed('user=root folder=/command-files\n')], /^learned: .*user=root/],
  ['sa-ID', 'default', [printed('system:serviceaccount:default:default\n')], /^learned: /],
  ['kubeconfig', 'a namespace', [printed('context=one namespace=x\n')], /^learned: .*namespace=x/],
  ['act in default', 'elsewhere', [printed('namespaces/a\na\n')], /^learned: .*namespaces\/a/],
  ['cut after', 'at 500 kB', [seen('unknown', 255, '', log(500_000))], /^learned: .* 500000 bytes/],
  ['not UTF-8', 'one for two', [printed('a\uFFFDb\n')], /^learned: .*"a\uFFFDb/],
  ['second to start', 'at once', [HELLO], /^learned: succeeded/],
  [
    'never existed',
    'in the words of a gateway',
    [denied('NotFound', { 'x-ms-failure-cause': 'gateway' })],
    /^learned: GET 404 NotFound gateway$/,
  ],
  [
    'x-ms-request-id',
    'another ID',
    [printed('', { exchanges: [accepted({ 'x-ms-request-id': 'a' })] })],
    /^learned: .*POST 202 other-id/,
  ],
  [
    'Retry-After',
    '7 s',
    [printed('', { exchanges: [accepted({ 'retry-after': '7' })] })],
    /^learned: .*retry-after-7/,
  ],
  ['reads and writes', 'not said', [printed('', { exchanges: [accepted()] })], /^learned: .*POST/],
  [
    'of 3.9 MB',
    'only 2 MB are',
    [sent(3.9, 413), sent(3, 413), sent(2)],
    /^learned: 2 MB: .*POST 202/,
  ],
  ['of 4.2 MB', 'accepted', [sent(4.2)], /^learned: .*POST 202/],

  ['output comes', 'another line', [printed('Hello\n')], /^fails: .*Hello/],
  ['exit code', 'always 0', [printed('')], /^fails: succeeded with exit code 0/],
  ['files arrive', 'no executable bit', [seen('failed', 126, 'straße\n')], /^fails: .*126/],
  ['variable', 'no line breaks', [printed('it\'s "quoted" $HOME `id` \\   two')], /^fails: /],
  ['act there', 'in default', [printed('namespaces/default\ndefault\n')], /^fails: .*default/],
  [
    'step',
    'masked too late',
    [
      {
        outputs: { answer: 'hidden-42' },
        summary: '# T',
        stdout: 'hidden-42\n::add-mask::hidden-42',
      },
    ],
    /^fails: .*, hidden-42$/,
  ],
  ['10 KB', 'nothing', [printed('abc\n')], /^fails: /],
  ['290 KiB', 'another file', [printed('def\n', { collected: ['abc'] })], /^fails: .*abc/],
  ['at its timeout', 'it goes on', [seen('running', 254)], /^fails: running/],
  [
    'its trap runs',
    'the pod is gone',
    [seen('unknown', 0, '', { reason: 'Azure has no result' })],
    /^fails: unknown/,
  ],
  ['picked up', 'unknown to AKS', [HELLO, GONE], /^fails: .*GET 404/],

  [
    'did not start',
    '200 Failed',
    [HELLO, seen('unknown', 255, '', { reason: 'Unschedulable' }), HELLO, GONE],
    /^learned: .*Unschedulable/,
  ],
  ['after its pod was deleted', 'gone', [HELLO, HELLO, GONE], /^learned: .*GET 404/],
  ['deleted while it runs', 'a success', [HELLO, HELLO, HELLO], /^learned: succeeded/],
  ['runCommand/action', '404', [refused('POST', 404)], /^learned: .*POST 404/],
  ['commandResults', 'may read all the same', [HELLO], /^learned: succeeded/],
  ['disabled', 'it runs all the same', [HELLO], /^learned: succeeded/],
];

const CHECKS = Object.entries({ ...ASSUMPTIONS, ...PROMISES, ...DESTRUCTIVE });

/** A lab whose runs have the given results. */
function labOf(runs: readonly object[]): Lab {
  const left = [...runs];
  const run = () => Promise.resolve(left.shift());
  const done = () => Promise.resolve();
  const changing: Lab['changing'] = (_note, work, restore) => work().finally(restore);
  const options = { cluster: CLUSTER, 'without-run-command': ID, 'without-results': ID };
  return { options, sleep: done, az: done, cli: run, step: run, changing } as unknown as Lab;
}

test('each check is lied to', () => {
  const names = LIES.map(([words]) => CHECKS.filter(([about]) => about.includes(words)));
  expect(
    names
      .flat()
      .map(([about]) => about)
      .sort(),
  ).toEqual(CHECKS.map(([about]) => about).sort());
});

test.each(LIES)('%s: %s', async (words, _lie, runs, verdict) => {
  const [about = '', check] = CHECKS.find(([name]) => name.includes(words)) ?? [];
  expect(check && (await verdictOf(about, check, labOf(runs)))).toMatch(verdict);
});
