import { expect, test } from '@jest/globals';
import { ASSUMPTIONS, DESTRUCTIVE, PROMISES, verdictOf } from '../../scripts/acceptance/checks.ts';
import type { Exchange, Lab, RunResult } from '../../scripts/acceptance/lab.ts';

/** Each check is lied to by an Azure that behaves differently, and only that check says so. */

const ID = '476c56420763494ca19c24e67f15f66e';
const REQUEST_ID = '476c5642-0763-494c-a19c-24e67f15f66e';
const PATH =
  '/subscriptions/5b0a0002-0000-4000-8000-000000000002/resourceGroups/g' +
  '/providers/Microsoft.ContainerService/managedClusters/c';
const LOCATION = `https://management.azure.com${PATH}/commandResults/${ID}?api-version=1`;

const READS = { 'x-ms-ratelimit-remaining-subscription-reads': '11999' };
const TENANT_READS = { 'x-ms-ratelimit-remaining-tenant-reads': '1' };

const mebibytes = (count: number): number => Math.ceil(count * 1024 * 1024);

function exchange(method: string, status: number, more: Partial<Exchange> = {}): Exchange {
  return {
    method,
    status,
    path: `${PATH}/runCommand`,
    at: 0,
    headers: {},
    body: '',
    ...more,
  };
}

/** What is recorded of a request with this many bytes. */
const request = (bytes: number) => ({ bytes, command: '', context: '' });

/** The submission of a command, and Azure's answer. */
function post(headers: Readonly<Record<string, string>> = {}, bytes = 0): Exchange {
  return exchange('POST', 202, {
    headers: {
      location: LOCATION,
      'x-ms-request-id': REQUEST_ID,
      'x-ms-ratelimit-remaining-subscription-writes': '1199',
      ...headers,
    },
    request: request(bytes),
  });
}

/** The result of a command that succeeded. */
function get(logs: string, headers: Readonly<Record<string, string>> = READS): Exchange {
  const properties = { provisioningState: 'Succeeded', exitCode: 0, logs };
  return exchange('GET', 200, { headers, body: JSON.stringify({ id: ID, properties }) });
}

/** A run of the command line. */
function seen(result: Partial<RunResult['result']>, more: Partial<RunResult> = {}): RunResult {
  return {
    exitCode: 0,
    passed: 9,
    cluster: '',
    exchanges: [post(), get(result.output ?? '')],
    collected: [],
    ...more,
    result: { state: 'succeeded', output: '', reason: '', 'command-id': ID, ...result },
  };
}

const succeeded = (output: string, more?: Partial<RunResult>): RunResult => seen({ output }, more);

const failed = (exitCode: number, output = ''): RunResult =>
  seen({ state: 'failed', output }, { exitCode });

const unknown = (reason: string, more: Partial<RunResult> = {}): RunResult =>
  seen({ state: 'unknown', reason }, { exitCode: 255, ...more });

/** Azure answers this way, and nothing runs. */
const refused = (method: string, status: number): RunResult =>
  seen({ state: 'not-started' }, { exitCode: 125, exchanges: [exchange(method, status)] });

/** Azure answers a submission of this many MiB with 413. */
const tooLarge = (size: number): RunResult =>
  seen(
    { state: 'not-started' },
    {
      exitCode: 125,
      exchanges: [exchange('POST', 413, { request: request(mebibytes(size)) })],
    },
  );

/** Azure accepts a submission of this many MiB. */
const accepted = (size: number): Exchange[] => [post({}, mebibytes(size)), get('')];

/** A command whose log has this many bytes. */
const logged = (bytes: number): RunResult =>
  unknown('', { exchanges: [post(), get('x'.repeat(bytes))] });

const step = (stdout: string, summary = 'x\n\n# T\n') => ({
  outputs: { answer: 'hidden-42' },
  summary,
  stdout,
});

const HELLO = succeeded('hello\n');
const GONE = refused('GET', 404);

/** The results of a check's runs, one after the other. */
type Runs = readonly object[];

type Lie = {
  readonly lie: string;
  readonly runs: Runs;
  readonly verdict: RegExp;
};

type Case = {
  /** Words that the name of this check contains, and of no other. */
  readonly check: string;
  /** If Azure is as assumed. */
  readonly honest: Runs;
  readonly lies: readonly Lie[];
};

const CASES: readonly Case[] = [
  {
    check: '12 minutes',
    honest: [succeeded('awake\n', { passed: 735 })],
    lies: [
      {
        lie: 'Failed after 594 s',
        runs: [unknown('Failed', { passed: 594 })],
        verdict: /^learned: unknown .* 594 s.*Failed/,
      },
    ],
  },
  {
    check: '10 minutes later',
    honest: [HELLO, HELLO],
    lies: [
      {
        lie: 'gone after 10 minutes',
        runs: [HELLO, GONE],
        verdict: /^learned: .*GET 404/,
      },
    ],
  },
  {
    check: 'output comes',
    honest: [HELLO],
    lies: [
      {
        lie: 'another line',
        runs: [succeeded('Hello\n')],
        verdict: /^fails: .*Hello/,
      },
    ],
  },
  {
    check: 'exit code',
    honest: [failed(3)],
    lies: [
      {
        lie: 'always 0',
        runs: [succeeded('')],
        verdict: /^fails: succeeded with exit code 0/,
      },
    ],
  },
  {
    check: 'gzip',
    honest: [succeeded('bash kubectl helm jq curl tar awk base64 xargs\n')],
    lies: [
      {
        lie: 'with gzip',
        runs: [succeeded('bash kubectl helm jq curl tar awk base64 xargs gzip\n')],
        verdict: /^learned: .*gzip/,
      },
      {
        lie: 'without helm',
        runs: [succeeded('bash kubectl jq curl tar awk base64 xargs')],
        verdict: /^learned: .*kubectl jq/,
      },
    ],
  },
  {
    check: 'dash',
    honest: [succeeded('/usr/bin/dash\nv3.21.1+g1\n')],
    lies: [
      {
        lie: 'bash for sh',
        runs: [succeeded('/usr/bin/bash\nv3.21.1\n')],
        verdict: /^learned: .*\/usr\/bin\/bash/,
      },
    ],
  },
  {
    check: 'nonroot',
    honest: [succeeded('user=nonroot folder=/command-files memory=1073741824 cpu=50000 100000\n')],
    lies: [
      {
        lie: 'root',
        runs: [succeeded('user=root folder=/command-files memory=1073741824 cpu=50000 100000\n')],
        verdict: /^learned: .*"user=root /,
      },
    ],
  },
  {
    check: 'sa-ID',
    honest: [succeeded(`system:serviceaccount:aks-command:sa-${ID}\n`)],
    lies: [
      {
        lie: 'default',
        runs: [succeeded('system:serviceaccount:default:default\n')],
        verdict: /^learned: .*default/,
      },
    ],
  },
  {
    check: 'kubeconfig',
    honest: [succeeded('context=one namespace= home=/root kubeconfig= .kube=config account=\n')],
    lies: [
      {
        lie: 'none',
        runs: [succeeded('context= namespace= home=/ kubeconfig= .kube=* account=aks-command\n')],
        verdict: /^learned: .*account=aks-command/,
      },
      {
        lie: 'with a namespace',
        runs: [succeeded('context=one namespace=aks-command home=/\n')],
        verdict: /^learned: .*namespace=aks-command/,
      },
    ],
  },
  {
    check: 'act in default',
    honest: [succeeded('namespaces/default\ndefault\n')],
    lies: [
      {
        lie: 'in aks-command',
        runs: [succeeded('namespaces/aks-command\naks-command\n')],
        verdict: /^learned: .*aks-command/,
      },
    ],
  },
  {
    check: 'act there',
    honest: [succeeded('namespaces/aks-run-command-none\naks-run-command-none\n')],
    lies: [
      {
        lie: 'in default',
        runs: [succeeded('namespaces/default\ndefault\n')],
        verdict: /^fails: .*default/,
      },
    ],
  },
  {
    check: 'files arrive',
    honest: [succeeded('straße\nran\n')],
    lies: [
      {
        lie: 'no executable bit',
        runs: [failed(126, 'straße\n')],
        verdict: /^fails: .*126/,
      },
    ],
  },
  {
    check: 'variable',
    honest: [succeeded('it\'s "quoted" $HOME `id` \\\n\n two')],
    lies: [
      {
        lie: 'line breaks become blanks',
        runs: [succeeded('it\'s "quoted" $HOME `id` \\   two')],
        verdict: /^fails: /,
      },
    ],
  },
  {
    check: 'step',
    honest: [step('one\n::add-mask::hidden-42\nhidden-42\n')],
    lies: [
      {
        lie: 'masked too late',
        runs: [step('hidden-42\n::add-mask::hidden-42\n')],
        verdict: /^fails: .*, hidden-42$/,
      },
      {
        lie: 'no summary',
        runs: [step('::add-mask::hidden-42\n', '')],
        verdict: /^fails: hidden-42, ,/,
      },
    ],
  },
  {
    check: '10 KB',
    honest: [succeeded('abc\n', { collected: ['abc'] })],
    lies: [
      {
        lie: 'nothing',
        runs: [succeeded('abc\n')],
        verdict: /^fails: /,
      },
    ],
  },
  {
    check: '290 KiB',
    honest: [succeeded('def\n', { collected: ['def'] })],
    lies: [
      {
        lie: 'another file',
        runs: [succeeded('def\n', { collected: ['abc'] })],
        verdict: /^fails: .*abc/,
      },
    ],
  },
  {
    check: 'cut after',
    honest: [logged(512 * 1024)],
    lies: [
      {
        lie: 'at 500 kB',
        runs: [logged(500_000)],
        verdict: /^learned: .* 500000 bytes/,
      },
    ],
  },
  {
    check: 'no UTF-8',
    honest: [succeeded('a\uFFFD\uFFFDb\n')],
    lies: [
      {
        lie: 'one for two',
        runs: [succeeded('a\uFFFDb\n')],
        verdict: /^learned: .*"a\uFFFDb/,
      },
    ],
  },
  {
    check: 'timeout',
    honest: [failed(124)],
    lies: [
      {
        lie: 'goes on',
        runs: [seen({ state: 'running' }, { exitCode: 254 })],
        verdict: /^fails: running/,
      },
    ],
  },
  {
    check: 'picked up',
    honest: [HELLO, failed(5, 'later\n')],
    lies: [
      {
        lie: 'unknown to AKS',
        runs: [HELLO, GONE],
        verdict: /^fails: .*GET 404/,
      },
    ],
  },
  {
    check: 'second to start',
    honest: [refused('POST', 202)],
    lies: [
      {
        lie: 'at once',
        runs: [HELLO],
        verdict: /^learned: succeeded/,
      },
      {
        lie: 'denied',
        runs: [refused('POST', 403)],
        verdict: /^learned: .*POST 403/,
      },
    ],
  },
  {
    check: 'of 1 MB',
    honest: [succeeded('', { exchanges: accepted(1) })],
    lies: [
      {
        lie: '413 by nginx',
        runs: [tooLarge(1)],
        verdict: /^learned: .*POST 413/,
      },
    ],
  },
  {
    check: 'of 2 MB',
    honest: [succeeded('', { exchanges: accepted(2) })],
    lies: [
      {
        lie: '413',
        runs: [tooLarge(2)],
        verdict: /^learned: .*POST 413/,
      },
    ],
  },
  {
    check: 'of 3 MB',
    honest: [succeeded('', { exchanges: accepted(3) })],
    lies: [
      {
        lie: 'accepted, and lost',
        runs: [unknown('Evicted', { exchanges: accepted(3) })],
        verdict: /^learned: .*Evicted/,
      },
    ],
  },
  {
    check: 'of 3.9 MB',
    honest: [succeeded('', { exchanges: accepted(3.9) })],
    lies: [
      {
        lie: 'not as big',
        runs: [succeeded('', { exchanges: accepted(3.5) })],
        verdict: /^fails: it was not sent/,
      },
    ],
  },
  {
    check: 'of 4.2 MB',
    honest: [tooLarge(4.2)],
    lies: [
      {
        lie: 'accepted',
        runs: [succeeded('', { exchanges: accepted(4.2) })],
        verdict: /^learned: succeeded/,
      },
    ],
  },
  {
    check: 'x-ms-request-id',
    honest: [HELLO],
    lies: [
      {
        lie: 'another',
        runs: [succeeded('', { exchanges: [post({ 'x-ms-request-id': 'a' })] })],
        verdict: /^learned: .*POST 202 other-id/,
      },
    ],
  },
  {
    check: 'Retry-After',
    honest: [HELLO],
    lies: [
      {
        lie: '7',
        runs: [succeeded('', { exchanges: [post({ 'retry-after': '7' })] })],
        verdict: /^learned: .*POST 202 .*retry-after-7/,
      },
    ],
  },
  {
    check: 'reads and writes',
    honest: [HELLO],
    lies: [
      {
        lie: 'another',
        runs: [succeeded('', { exchanges: [get('', TENANT_READS)] })],
        verdict: /^learned: .*GET 200 tenant-reads/,
      },
    ],
  },
  {
    check: 'did not start',
    honest: [
      HELLO,
      seen(
        { state: 'not-started', reason: 'command-1 did not start within 30s' },
        { exitCode: 125, exchanges: [exchange('POST', 400)] },
      ),
      HELLO,
      GONE,
    ],
    lies: [
      {
        lie: '200 Failed',
        runs: [HELLO, unknown('Unschedulable - 0/2 nodes'), HELLO, GONE],
        verdict: /^learned: .*Unsched/,
      },
      {
        lie: 'it ran',
        runs: [HELLO, HELLO, HELLO, HELLO],
        verdict: /^fails: succeeded/,
      },
    ],
  },
  {
    check: 'deleted',
    honest: [HELLO, HELLO, HELLO],
    lies: [
      {
        lie: 'gone',
        runs: [HELLO, HELLO, GONE],
        verdict: /^learned: .*GET 404/,
      },
      {
        lie: 'the pod cannot be deleted',
        runs: [HELLO, failed(1)],
        verdict: /^fails: failed with exit code 1/,
      },
    ],
  },
  {
    check: 'runCommand/action',
    honest: [refused('POST', 403)],
    lies: [
      {
        lie: '404',
        runs: [refused('POST', 404)],
        verdict: /^learned: .*POST 404/,
      },
    ],
  },
  {
    check: 'commandResults',
    honest: [refused('GET', 403)],
    lies: [
      {
        lie: 'may read all the same',
        runs: [HELLO],
        verdict: /^learned: succeeded/,
      },
    ],
  },
  {
    check: 'disabled',
    honest: [refused('GET', 200)],
    lies: [
      {
        lie: 'it runs all the same',
        runs: [HELLO],
        verdict: /^learned: succeeded/,
      },
    ],
  },
];

const HONEST = new Map(CASES.map(({ check, honest }) => [check, honest]));
const LIES = CASES.flatMap(({ check, lies }) => lies.map((lie) => ({ check, ...lie })));
const CHECKS = Object.entries({ ...ASSUMPTIONS, ...PROMISES, ...DESTRUCTIVE });

/** The words above that a check's name contains. There have to be exactly these. */
function wordsOf(about: string): string {
  return CASES.map(({ check }) => check)
    .filter((words) => about.includes(words))
    .join();
}

/** A lab whose runs have the given results, one after the other. */
function labOf(runs: Runs): Lab {
  const left = [...runs];
  const run = () => Promise.resolve(left.shift());
  const done = () => Promise.resolve();
  const changing: Lab['changing'] = (_note, work, restore) => work().finally(restore);
  return {
    options: { cluster: PATH, 'without-run-command': ID, 'without-results': ID },
    sleep: done,
    az: done,
    cli: run,
    step: run,
    changing,
  } as unknown as Lab;
}

/** What each check that does not hold says, with its words. */
async function verdicts(
  runs: ReadonlyMap<string, Runs>,
): Promise<readonly (readonly [string, string])[]> {
  const said = CHECKS.map(async ([about, check]) => {
    const words = wordsOf(about);
    const verdict = await verdictOf(about, check, labOf(runs.get(words) ?? [])).catch(
      (error: unknown) => `fails: ${(error as Error).message}`,
    );
    return [words, verdict] as const;
  });
  return (await Promise.all(said)).filter(([, verdict]) => !verdict.startsWith('holds'));
}

test('each check is lied to', () => {
  const liedTo = new Set(LIES.map(({ check }) => check));
  expect([...liedTo].sort()).toEqual(CHECKS.map(([about]) => wordsOf(about)).sort());
});

test('each check holds if Azure is as assumed', async () => {
  expect(await verdicts(HONEST)).toEqual([]);
});

test.each(LIES)('$check: $lie', async ({ check, runs, verdict }) => {
  expect(await verdicts(new Map([...HONEST, [check, runs]]))).toEqual([
    [check, expect.stringMatching(verdict)],
  ]);
});
