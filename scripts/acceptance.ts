import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { field, parseJson } from '../src/text/json.ts';
import { messageOf } from '../src/failure.ts';
import {
  ASSUMPTIONS,
  DESTRUCTIVE,
  needed,
  PROMISES,
  verdictOf,
  type Check,
} from './acceptance/checks.ts';
import { createLab } from './acceptance/lab.ts';
import { anonymizer, recordingOf, secretsIn } from './acceptance/recorder.ts';

const TAG = 'aks-run-command-acceptance';
const USAGE = `Usage: npm run acceptance -- --cluster RESOURCE_ID [--only WORDS] [--destructive]

--destructive also cordons all nodes for two minutes, deletes the pods of two commands, and disables
run command for some minutes. The cluster needs the tag ${TAG}.
For more, see scripts/acceptance/README.md.`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const target = { cluster: text, environment: text, 'client-id': text, 'tenant-id': text };
const limited = { 'without-run-command': text, 'without-results': text };
const { values } = parseArgs({
  options: { ...target, ...limited, only: text, destructive: flag, help: flag },
});
const { only = '', destructive, help, ...options } = values;

async function main(folder: string): Promise<void> {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, stop.abort.bind(stop, new Error(`${name}: stopped`)));
  const lab = createLab(options, folder, stop.signal);
  const { cluster } = needed(await lab.cli(['--dry-run', '--', 'true']));
  const isTagged = field(field(parseJson(cluster), 'tags'), TAG) !== undefined;
  if (destructive && !isTagged)
    throw new Error(`--destructive needs the tag ${TAG}. Nothing was changed.`);
  const anonymize = anonymizer(cluster);

  const verdicts: string[] = [];
  const chosen = (checks: typeof PROMISES) =>
    Object.entries(checks).filter(([about]) => about.includes(only));
  const lane = async (checks: Iterable<[string, Check]>) => {
    for (const [about, check] of checks) {
      const verdict = await verdictOf(about, check, lab).catch(
        (error: unknown) => `fails: ${messageOf(error)}`,
      );
      stop.signal.throwIfAborted();
      verdicts.push(verdict);
      // Azure's words, perhaps in a public log that executes commands, so this is one line without
      // names.
      console.log(anonymize(`${about}: ${verdict}`).replaceAll(/[\p{C}\s]+/gu, ' '));
    }
  };
  // The first two take ten minutes. Meanwhile, three others run at a time: the next check goes to
  // any that is free.
  const queue = chosen({ ...ASSUMPTIONS, ...PROMISES }).values();
  await Promise.all([1, 2, 3, 4, 5].map(() => lane(queue)));
  if (destructive) await lane(chosen(DESTRUCTIVE));

  const count = (kind: string) => verdicts.filter((verdict) => verdict.startsWith(kind)).length;
  console.log(
    ['holds', 'learned', 'fails', 'skipped'].map((kind) => `${count(kind)} ${kind}`).join(', '),
  );
  process.exitCode = count('fails') === 0 && count('holds') + count('learned') > 0 ? 0 : 1;
  const recording = recordingOf(lab.exchanges, anonymize);
  const secrets = secretsIn(recording, process.env);
  if (secrets.length > 0)
    throw new Error(`Nothing was recorded, because it would contain ${secrets.join(', ')}.`);
  writeFileSync('acceptance-recording.json', recording);
}

const folder = mkdtempSync(`${tmpdir()}/acceptance-`);
process.on('exit', () => {
  rmSync(folder, { recursive: true, force: true });
  if (existsSync('acceptance-restore.txt'))
    console.error('Not everything is undone: see acceptance-restore.txt.');
});
if (help) console.log(USAGE);
else
  await main(folder).catch((error: unknown) => {
    console.error(messageOf(error));
    process.exitCode = 1;
  });
