import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { field, parseJson } from '../src/azure/json.ts';
import { messageOf } from '../src/failure.ts';
import { CHECKS, DESTRUCTIVE, end, EXCHANGES, type Checks, type Verdict } from './acceptance/checks.ts';
import { createLab } from './acceptance/lab.ts';
import { anonymizer, recordingOf, secretsIn } from './acceptance/recorder.ts';

const TAG = 'aks-run-command-acceptance';
const USAGE = `Usage: npm run acceptance -- --cluster ID [options]

Checks on a real cluster what this project assumes about AKS, with the session of az login, in 10 to 16 minutes. It runs
commands, changes nothing, and writes what it saw to acceptance-recording.json. docs/ACCEPTANCE.md says more.

  --environment CLOUD, --client-id ID, --tenant-id ID    as for the command line
  --only WORDS          checks whose names contain this
  --destructive         also cordon all nodes for two minutes, delete the pod of a command, and disable run command for
                        some minutes; only on a cluster with the tag ${TAG}
  --without-run-command ID, --without-results ID
                        client IDs of identities for --destructive that lack these permissions`;
const [string, boolean] = [{ type: 'string' }, { type: 'boolean' }] as const;
const { values } = parseArgs({
  options: {
    ...{ cluster: string, environment: string, 'client-id': string, 'tenant-id': string, only: string },
    ...{ 'without-run-command': string, 'without-results': string, destructive: boolean, help: boolean },
  },
});
const { only = '', destructive = false, help = false, ...options } = values;

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(name, () => {
    stop.abort(new Error(`${name}: stopped, after undoing all changes`));
  });

async function main(folder: string): Promise<void> {
  const lab = createLab(options, folder, stop.signal);
  const dry = await lab.cli(['--dry-run', 'true']);
  if (dry.code !== 0) throw new Error(`The cluster cannot be used: ${end(dry)}`);
  const found = parseJson(dry.exchanges.at(-1)?.body ?? '');
  const isTagged = field(field(found, 'tags'), TAG) !== undefined;
  if (destructive && !isTagged) throw new Error(`--destructive needs the tag ${TAG}. Nothing was changed.`);
  const [, , , , group, , , , cluster] = (options.cluster ?? '').split('/');
  const [region, properties] = [field(found, 'location'), field(found, 'properties')];
  const [dns, nodes] = [field(properties, 'dnsPrefix'), field(properties, 'nodeResourceGroup')];
  const anonymize = anonymizer({ group, cluster, region, dns, 'node-group': nodes });

  const count = { holds: 0, learned: 0, fails: 0, skipped: 0 };
  const lane = async (queue: [string, Checks[string]][]) => {
    for (let next = queue.shift(); next && !stop.signal.aborted; next = queue.shift()) {
      const [name, [run, judge]] = next;
      const verdict = await run(lab).then(
        (seen) => judge(...seen),
        (error: unknown): Verdict => `${stop.signal.aborted ? 'skipped' : 'fails'}: ${messageOf(error)}`,
      );
      // Azure's words, perhaps in a public log that obeys lines: one line, without names and secrets.
      const line = anonymize(`${name}: ${verdict}`).replaceAll(/[\p{C}\s]+/gu, ' ');
      console.log(secretsIn(line, process.env).length > 0 ? `${name}: the verdict has a secret` : line.slice(0, 1000));
      count[verdict.replace(/:.*/s, '') as keyof typeof count] += 1;
    }
  };
  const chosen = (checks: Checks) => Object.entries(checks).filter(([name]) => name.includes(only));
  const queue = chosen(CHECKS);
  // The first two take ten minutes. Beside them, three run at a time.
  await Promise.all([1, 2, 3, 4, 5].map(() => lane(queue)));
  if (destructive) await lane(chosen(DESTRUCTIVE));
  await lane(chosen(EXCHANGES));
  stop.signal.throwIfAborted();
  const counts = Object.entries(count).map(([kind, number]) => `${number} ${kind}`);
  console.log(counts.join(', '));

  const exchanges = lab.seen.flatMap((one) => one.exchanges);
  const recording = recordingOf(exchanges, anonymize);
  const secrets = secretsIn(recording, process.env);
  if (secrets.length > 0) throw new Error(`Nothing was recorded, because it would contain ${secrets.join(', ')}.`);
  writeFileSync('acceptance-recording.json', recording);
  process.exitCode = count.fails === 0 && count.holds + count.learned > 0 ? 0 : 1;
}

if (help || options.cluster === undefined) {
  console.log(USAGE);
} else {
  const folder = mkdtempSync(path.join(tmpdir(), 'acceptance-'));
  try {
    await main(folder);
  } catch (error) {
    console.error(messageOf(error));
    process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
