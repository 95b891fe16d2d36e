import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
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
 * `node scripts/release/assets.ts VERSION FOLDER`: writes a release's npm package, notes, and `SHA256SUMS` into a
 * folder that already contains `sbom.cdx.json`. Imports only Node's own modules, because no package's code may run in
 * the job that signs the release.
 */

const [version = '', folder = ''] = process.argv.slice(2);
const read = (file: string) => readFileSync(file, 'utf8');
const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** What the changelog says about the version. */
function changes(): string {
  const section = read('CHANGELOG.md').split(`\n## [${version}] - `)[1];
  const text = section?.split(/\n(?:## |\[[^\]]*\]: )/)[0] ?? '';
  const [date = '', ...lines] = text.split('\n');
  if (!/^\d{4}-\d\d-\d\d$/.test(date))
    throw new Error(`CHANGELOG.md has no section "## [${version}] - DATE".`);
  return lines.join('\n').trim();
}

/**
 * Packs the command line. Files get fixed modes first, because npm keeps those of the checkout; npm itself fixes the
 * times. Anything only needed for development is left out, so that the package installs nothing else.
 */
function pack(): string {
  const stage = mkdtempSync(path.join(tmpdir(), 'pack-'));
  const development = [
    'dependencies',
    'devDependencies',
    'optionalDependencies',
    'scripts',
    'workspaces',
  ];
  const all = Object.entries(JSON.parse(read('package.json')) as Record<string, unknown>);
  const manifest = Object.fromEntries(all.filter(([name]) => !development.includes(name)));
  if (manifest['version'] !== version) throw new Error(`package.json does not say ${version}.`);
  // npm compares the provenance with the repository that the package names, so it is this one, whoever owns it.
  const repository = process.env['GITHUB_REPOSITORY'];
  const url = `git+${process.env['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${repository ?? ''}.git`;
  const published = { ...manifest, ...(repository && { repository: { type: 'git', url } }) };
  for (const file of ['dist', 'docs/COMMAND_LINE.md', 'README.md', 'LICENSE']) {
    cpSync(file, path.join(stage, file), { recursive: true });
  }
  writeFileSync(path.join(stage, 'package.json'), `${JSON.stringify(published, undefined, 2)}\n`);
  for (const file of globSync('**/*', { cwd: stage })) {
    const isFolder = !path.extname(file) && ['dist', 'docs'].includes(file);
    chmodSync(
      path.join(stage, file),
      isFolder || file === path.join('dist', 'index.js') ? 0o755 : 0o644,
    );
  }
  const words = [
    'pack',
    '--ignore-scripts',
    '--silent',
    '--pack-destination',
    path.resolve(folder),
  ];
  const npm = execFileSync('npm', words, {
    cwd: stage,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  rmSync(stage, { recursive: true });
  return npm.trim();
}

mkdirSync(folder, { recursive: true });
const notes = changes();
const tarball = pack();
const tree = execFileSync('git', ['rev-parse', 'HEAD:dist'], { encoding: 'utf8' }).trim();
const url = `https://github.com/${process.env['GITHUB_REPOSITORY'] ?? 'OWNER/aks-run-command'}`;
writeFileSync(
  path.join(folder, 'notes.md'),
  `${notes}

## Verify this release

The tree of \`dist/\` is \`${tree}\`. This command rebuilds it from the sources, and trusts nothing that we built:

\`\`\`sh
git clone --depth 1 -b v${version} ${url} v && cd v && npm ci --ignore-scripts && npm run build && git add dist && git diff --cached --exit-code && git rev-parse HEAD:dist
\`\`\`

[SECURITY.md](${url}/blob/v${version}/SECURITY.md#verify-a-release) verifies the attestations of every file.
`,
);

// In the repository and in one folder, so that one line checks both: sha256sum --check --ignore-missing SHA256SUMS.
const committed = [
  'action.yml',
  ...globSync('dist/*').map((file) => file.replaceAll('\\', '/')),
].sort();
const sums = [
  ...committed.map((file) => [sha256(file), file]),
  ...[tarball, 'sbom.cdx.json'].map((file) => [sha256(path.join(folder, file)), file]),
];
writeFileSync(
  path.join(folder, 'SHA256SUMS'),
  sums.map(([sum, file]) => `${sum}  ${file}\n`).join(''),
);
