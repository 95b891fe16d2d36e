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
  if (destructive && !isTagged)
    throw new Error(`--destructive needs a cluster with the tag ${TAG}. Nothing was changed.`);

  const kinds: string[] = [];
  const perform = async ([name, { about, run, judge }]: [string, Check]) => {
    const verdict = await run(lab).then(
      (seen) => judge(...seen),
      (error: unknown): Verdict => {
        return `${error instanceof Skip || stop.signal.aborted ? 'skipped' : 'fails'}: ${messageOf(error)}`;
      },
    );
    // Foreign words, perhaps in a public log that obeys lines: one line, without names and secrets.
    const line = anonymize(`${name} (${about}): ${verdict}`)
      .replaceAll(/[\p{C}\s]+/gu, ' ')
      .trim()
      .slice(0, 1000);
    console.log(secretsIn(line, process.env).length > 0 ? `${name}: fails: the verdict contains a secret` : line);
    kinds.push(/^\w+/.exec(verdict)?.[0] ?? '');
  };
  const chosen = (checks: Readonly<Record<string, Check>>) =>
    Object.entries(checks).filter(([name]) => only?.includes(name) ?? true);
  const [queue, beside] = [chosen(CHECKS), chosen(BESIDE)];
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await perform(next);
  };
  await Promise.all([...beside.map(perform), lane(), lane(), lane()]);
  queue.push(...(destructive ? chosen(DESTRUCTIVE) : []));
  await lane();
  const ofAll = Object.entries(EXCHANGES).map(
    ([name, one]) => [name, { ...one, run: () => Promise.resolve(lab.seen) }] as const,
  );
  queue.push(...chosen(Object.fromEntries(ofAll)));
  await lane();
  stop.signal.throwIfAborted();

  const kind = ['holds', 'learned', 'fails', 'skipped'].map(
    (one) => `${kinds.filter((it) => it === one).length} ${one}`,
  );
  console.log(kind.join(', '));
  const recording = recordingOf(
    lab.seen.flatMap(({ exchanges }) => exchanges),
    anonymize,
  );
  const secrets = secretsIn(recording, process.env);
  if (secrets.length > 0) throw new Error(`Nothing was recorded, because it would contain ${secrets.join(', ')}.`);
  writeFileSync('acceptance-recording.json', recording);
  return !kinds.includes('fails');
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
