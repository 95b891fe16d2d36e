import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * `node scripts/release/assets.ts VERSION FOLDER`: writes a release's npm package and notes into a
 * folder. Imports only Node's own modules, because no package's code may run in the job that signs
 * the release.
 */

const [version = '', folder = ''] = process.argv.slice(2);
const repository = process.env['GITHUB_REPOSITORY'] ?? 'OWNER/aks-run-command';
const url = `${process.env['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${repository}`;

const PUBLISHED = ['dist', 'docs/COMMAND_LINE.md', 'README.md', 'LICENSE'];

/** What package.json says for development only. Without it, the package installs nothing else. */
const DEVELOPMENT = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'scripts',
  'workspaces',
];

/** What the changelog says about the version. */
function changes(): string {
  const [, section = ''] = readFileSync('CHANGELOG.md', 'utf8').split(`\n## [${version}] - `);
  const [text = ''] = section.split(/\n(?:## |\[[^\]]*\]: )/);
  const [date = '', ...lines] = text.split('\n');
  if (!/^\d{4}-\d\d-\d\d$/.test(date))
    throw new Error(`CHANGELOG.md has no section "## [${version}] - DATE".`);
  return lines.join('\n').trim();
}

/** npm compares the provenance with the repository that the package names, whoever owns it. */
function manifest(): Record<string, unknown> {
  const all = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>;
  if (all['version'] !== version) throw new Error(`package.json does not say ${version}.`);
  const kept = Object.entries(all).filter(([name]) => !DEVELOPMENT.includes(name));
  return { ...Object.fromEntries(kept), repository: { type: 'git', url: `git+${url}.git` } };
}

/** npm fixes the times of files, but keeps the modes that they have in the checkout. */
function fixModes(stage: string): void {
  for (const entry of globSync('**/*', { cwd: stage, withFileTypes: true })) {
    const isProgram = entry.isDirectory() || entry.name === 'index.js';
    chmodSync(path.join(entry.parentPath, entry.name), isProgram ? 0o755 : 0o644);
  }
}

function pack(): void {
  const stage = mkdtempSync(path.join(tmpdir(), 'pack-'));
  for (const file of PUBLISHED) cpSync(file, path.join(stage, file), { recursive: true });
  writeFileSync(path.join(stage, 'package.json'), `${JSON.stringify(manifest(), undefined, 2)}\n`);
  fixModes(stage);
  const words = ['--ignore-scripts', '--silent', '--pack-destination', path.resolve(folder)];
  execFileSync('npm', ['pack', ...words], {
    cwd: stage,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  rmSync(stage, { recursive: true });
}

mkdirSync(folder, { recursive: true });
const notes = changes();
pack();
const clone = `git clone --depth 1 --branch v${version} ${url} && cd aks-run-command`;
const guide = `[SECURITY.md](${url}/blob/v${version}/SECURITY.md#verify-a-release)`;
const tree = execFileSync('git', ['rev-parse', 'HEAD:dist'], { encoding: 'utf8' }).trim();
writeFileSync(
  path.join(folder, 'notes.md'),
  `${notes}

## Verify this release

The tree of \`dist/\` is \`${tree}\`.
These commands rebuild it from the sources of the tag, and print that ID if it is the same:

\`\`\`sh
${clone}
npm ci --ignore-scripts && npm run build
git add dist && git diff --cached --exit-code && git rev-parse HEAD:dist
\`\`\`

${guide} says what else to verify, and what that proves.
`,
);
