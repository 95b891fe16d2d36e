import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { field, parseJson } from '../src/azure/json.ts';
import { messageOf } from '../src/failure.ts';
import { BESIDE, CHECKS, end, EXCHANGES, type Check, type Verdict } from './acceptance/checks.ts';
import { DESTRUCTIVE } from './acceptance/destructive.ts';
import { createLab, Skip, type Lab } from './acceptance/lab.ts';
import { anonymizer, recordingOf, secretsIn } from './acceptance/recorder.ts';

const TAG = 'aks-run-command-acceptance';
const USAGE = `Usage: npm run acceptance -- --cluster ID [options]

Checks on a real cluster what this project assumes about AKS, with the session of az login, in 10 to 16 minutes. It runs
commands, changes nothing, and writes what it saw to acceptance-recording.json. docs/ACCEPTANCE.md says more.

  --cluster ID                   the full resource ID
  --environment CLOUD, --client-id ID, --tenant-id ID
                                 as for the command line
  --only NAME                    one check; can be repeated
  --destructive                  also cordon all nodes for two minutes, delete the pod of a command, and disable run command
                                 for some minutes; only on a cluster with the tag ${TAG}
  --without-run-command ID, --without-results ID
                                 identities (client IDs) for --destructive that lack these permissions
  --hurry N                      divide all times by N, to rehearse
`;
const string = { type: 'string' } as const;
const { values } = parseArgs({
  options: {
    ...{ cluster: string, environment: string, 'client-id': string, 'tenant-id': string, hurry: string },
    ...{ 'without-run-command': string, 'without-results': string, only: { ...string, multiple: true } },
    ...{ destructive: { type: 'boolean' }, help: { type: 'boolean' } },
  },
});
const { only, destructive, help, ...options } = values;

const stop = new AbortController();
let signal: NodeJS.Signals | undefined;
const onSignal = (name: NodeJS.Signals) => {
  signal ??= name;
  stop.abort(new Error(`${name}: stopped, after undoing all changes`));
};
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);

/** What the cluster says of itself: the names that nobody else should read, and whether it may be changed. */
async function readCluster(lab: Lab) {
  const dry = await lab.cli(['--dry-run', 'true']);
  if (dry.code !== 0) throw new Error(`The cluster cannot be used: ${end(dry)}`);
  const body = parseJson(dry.exchanges.at(-1)?.body ?? '');
  const [, , subscription, , group, , , , cluster] = lab.need('cluster').split('/');
  const properties = field(body, 'properties');
  const names = { subscription, group, cluster, region: field(body, 'location'), dns: field(properties, 'dnsPrefix') };
  const all = { ...names, 'node-group': field(properties, 'nodeResourceGroup') };
  return { anonymize: anonymizer(all), isTagged: field(field(body, 'tags'), TAG) !== undefined };
}

async function main(folder: string): Promise<boolean> {
  const lab = createLab(options, folder, stop.signal);
  const { anonymize, isTagged } = await readCluster(lab);
  if (destructive && !isTagged) throw new Error(`--destructive needs the tag ${TAG}. Nothing was changed.`);

  const all = { ...BESIDE, ...CHECKS, ...DESTRUCTIVE, ...EXCHANGES };
  const unknown = only?.find((name) => !(name in all));
  if (unknown !== undefined) throw new Error(`There is no check ${unknown}. There are ${Object.keys(all).join(', ')}.`);
  const count = { holds: 0, learned: 0, fails: 0, skipped: 0 };
  const perform = async ([name, { about, run, judge }]: [string, Check]) => {
    const failed = (error: unknown): Verdict => {
      const isSkipped = error instanceof Skip || error === stop.signal.reason;
      return `${isSkipped ? 'skipped' : 'fails'}: ${messageOf(error)}`;
    };
    const verdict = await run(lab).then((seen) => judge(...seen), failed);
    // Foreign words, perhaps in a public log that obeys lines: one line, without names and secrets.
    const line = anonymize(`${name} (${about}): ${verdict}`)
      .replaceAll(/[\p{C}\s]+/gu, ' ')
      .trim();
    console.log(secretsIn(line, process.env).length > 0 ? `${name}: the verdict has a secret` : line.slice(0, 1000));
    count[verdict.replace(/:.*/s, '') as keyof typeof count] += 1;
  };
  const chosen = (checks: Readonly<Record<string, Check>>) =>
    Object.entries(checks).filter(([name]) => only?.includes(name) ?? true);
  const lane = async (queue: [string, Check][]) => {
    for (let next = queue.shift(); next; next = queue.shift()) await perform(next);
  };
  const queue = chosen(CHECKS);
  await Promise.all([...chosen(BESIDE).map(perform), lane(queue), lane(queue), lane(queue)]);
  if (destructive) await lane(chosen(DESTRUCTIVE));
  const run = () => Promise.resolve(lab.seen);
  await lane(chosen(Object.fromEntries(Object.entries(EXCHANGES).map(([name, one]) => [name, { ...one, run }]))));
  stop.signal.throwIfAborted();
  console.log(
    Object.entries(count)
      .map(([kind, number]) => `${number} ${kind}`)
      .join(', '),
  );

  const exchanges = lab.seen.flatMap((one) => one.exchanges);
  const recording = recordingOf(exchanges, anonymize);
  const secrets = secretsIn(recording, process.env);
  if (secrets.length > 0) throw new Error(`Nothing was recorded, because it would contain ${secrets.join(', ')}.`);
  writeFileSync('acceptance-recording.json', recording);
  return count.fails === 0;
}

if (help || options.cluster === undefined) {
  console.log(USAGE);
} else {
  const folder = mkdtempSync(path.join(tmpdir(), 'acceptance-'));
  try {
    process.exitCode = (await main(folder)) ? 0 : 1;
  } catch (error) {
    console.error(messageOf(error));
    process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.off('SIGINT', onSignal).off('SIGTERM', onSignal).off('SIGHUP', onSignal);
  if (signal) process.kill(process.pid, signal);
}
