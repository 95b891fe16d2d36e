import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { field, parseJson } from '../src/azure/json.ts';
import { messageOf } from '../src/failure.ts';
import { ANSWERS, ASSUMPTIONS, DESTRUCTIVE, PROMISES, told, verdictOf, type Checks } from './acceptance/checks.ts';
import { createLab, type Lab } from './acceptance/lab.ts';
import { anonymizer, recordingOf, secretsIn } from './acceptance/recorder.ts';

const TAG = 'aks-run-command-acceptance';
const USAGE = `Usage: npm run acceptance -- --cluster RESOURCE_ID [OPTIONS]

Checks on a real cluster what this project assumes about AKS. It takes 10 to 16 minutes, changes nothing, and writes what it
saw to acceptance-recording.json. For more, see docs/ACCEPTANCE.md.

  --environment, --client-id, --tenant-id
                             As for the command line. Without them, the session of az login is used.
  --only WORDS               Run only the checks whose names contain these words
  --destructive              Also cordon all nodes for two minutes, delete the pod of a command, and disable run command
                             for some minutes. The cluster needs the tag ${TAG}.
  --without-run-command ID, --without-results ID
                             For --destructive: client IDs of identities that lack these permissions`;
const [text, flag] = [{ type: 'string' }, { type: 'boolean' }] as const;
const { values } = parseArgs({
  options: {
    ...{ cluster: text, environment: text, 'client-id': text, 'tenant-id': text, only: text, destructive: flag },
    ...{ 'without-run-command': text, 'without-results': text, help: flag },
  },
});
const { only = '', destructive, help, ...options } = values;
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(name, stop.abort.bind(stop, new Error(`${name}: stopped`)));

async function main(folder: string): Promise<void> {
  const lab = createLab(options, folder, stop.signal);
  const dry = await lab.cli(['--dry-run', 'true']);
  if (dry.exitCode !== 0) throw new Error(`The cluster cannot be used: ${told(dry)}`);
  const isTagged = field(field(parseJson(dry.cluster), 'tags'), TAG) !== undefined;
  if (destructive && !isTagged) throw new Error(`--destructive needs the tag ${TAG}. Nothing was changed.`);
  const anonymize = anonymizer(dry.cluster);
  const verdicts = await judge(lab, anonymize);
  const count = (kind: string) => verdicts.filter((verdict) => verdict.startsWith(kind)).length;
  console.log(['holds', 'learned', 'fails', 'skipped'].map((kind) => `${count(kind)} ${kind}`).join(', '));
  const recording = recordingOf(lab.exchanges, anonymize);
  const secrets = secretsIn(recording, process.env);
  if (secrets.length > 0) throw new Error(`Nothing was recorded, because it would contain ${secrets.join(', ')}.`);
  writeFileSync('acceptance-recording.json', recording);
  process.exitCode = count('fails') === 0 && count('holds') + count('learned') > 0 ? 0 : 1;
}

async function judge(lab: Lab, anonymize: (text: string) => string): Promise<string[]> {
  const verdicts: string[] = [];
  const chosen = (checks: Checks) => Object.entries(checks).filter(([about]) => about.includes(only));
  const lane = async (checks: Iterable<ReturnType<typeof chosen>[number]>) => {
    for (const [about, check] of checks) {
      const judged = verdictOf(check, about in PROMISES ? 'fails' : 'learned', lab);
      const verdict = await judged.catch((error: unknown) => `fails: ${messageOf(error)}`);
      if (stop.signal.aborted) return;
      verdicts.push(verdict);
      // Azure's words, perhaps in a public log that executes commands, so this is one line without names and secrets.
      const line = anonymize(`${about}: ${verdict}`).replaceAll(/[\p{C}\s]+/gu, ' ');
      console.log(secretsIn(line, process.env).length > 0 ? `${about}: the verdict has a secret` : line.slice(0, 1000));
    }
  };
  // The first two take ten minutes. Meanwhile, three others run at a time: the next check goes to any that is free.
  const queue = chosen({ ...ASSUMPTIONS, ...PROMISES }).values();
  await Promise.all([1, 2, 3, 4, 5].map(() => lane(queue)));
  if (destructive) await lane(chosen(DESTRUCTIVE));
  await lane(chosen(ANSWERS));
  stop.signal.throwIfAborted();
  return verdicts;
}

const folder = mkdtempSync(`${tmpdir()}/acceptance-`);
process.on('exit', () => {
  rmSync(folder, { recursive: true, force: true });
  if (existsSync('acceptance-restore.txt')) console.error('Not everything is undone: see acceptance-restore.txt.');
});
if (help) console.log(USAGE);
else
  await main(folder).catch((error: unknown) => {
    console.error(messageOf(error));
    process.exitCode = 1;
  });
