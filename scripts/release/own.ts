import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

/**
 * `npm run own -- acme/aks-run-command @acme/platform`: fills in the repository that publishes this
 * action, and the team that reviews its changes. `npm run own -- --check` fails while a placeholder
 * stands.
 */

// Not in one piece, so that this file isn't among those that are filled in.
const PLACEHOLDER = ['OWNER', 'aks-run-command'].join('/');
const REVIEWERS = ['@OWNER', 'maintainers'].join('/');
const USAGE = 'npm run own -- acme/aks-run-command @acme/platform';
const CODEOWNERS = '.github/CODEOWNERS';

/** Sentences that are wrong once the owner is filled in. */
const SENTENCES = [
  "# Replace OWNER with the owner of the action's repository.\n",
  'In every example, replace `OWNER` with the owner of this repository.\n\n',
];

/** Text files that contain it, but dist, which is built. */
function filesWith(text: string): string[] {
  const words = ['grep', '-z', '-I', '--files-with-matches', '--fixed-strings', text];
  const { stdout } = spawnSync('git', [...words, '--', '.', ':!dist'], { encoding: 'utf8' });
  return stdout.split('\0').filter(Boolean);
}

function check(): void {
  const open = [...filesWith(PLACEHOLDER), ...filesWith(REVIEWERS)];
  if (open.length === 0) return;
  console.error(`OWNER is not filled in: ${USAGE}`);
  console.error(open.join('\n'));
  process.exitCode = 1;
}

function fillIn(repository: string, reviewer: string): void {
  const changed = filesWith(PLACEHOLDER);
  for (const file of changed) {
    const text = SENTENCES.reduce(
      (shorter, sentence) => shorter.replaceAll(sentence, ''),
      readFileSync(file, 'utf8'),
    );
    writeFileSync(file, text.replaceAll(PLACEHOLDER, repository));
  }
  writeFileSync(CODEOWNERS, `* ${reviewer}\n`);
  // A longer name can need another line break.
  const prettier = 'node_modules/prettier/bin/prettier.cjs';
  execFileSync(process.execPath, [prettier, '--write', '--ignore-unknown', '--', ...changed]);
  console.log(`Filled in. Look at it with "git diff", run "npm test", and commit it.`);
}

const [repository = '', reviewer = ''] = process.argv.slice(2);
if (repository === '--check') {
  check();
} else if (/^[\w-]+\/aks-run-command$/.test(repository) && /^@[\w-]+(\/[\w.-]+)?$/.test(reviewer)) {
  fillIn(repository, reviewer);
} else {
  console.error(`Usage: ${USAGE}`);
  process.exitCode = 1;
}
