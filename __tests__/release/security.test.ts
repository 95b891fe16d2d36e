import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { blocksOf, readDocument, root } from '../docs/markdown.ts';
import { scratch } from '../scratch.ts';

// The commands of SECURITY.md, as written there, for a release 1.1.0 of the commit that is checked
// out.

const temp = scratch('security');
const state = path.join(temp, 'state');
const bin = path.join(temp, 'bin');
const origin = path.join(temp, 'origin');
const clone = path.join(temp, 'verify');

const git = (cwd: string, ...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x', ...words], {
    cwd,
    encoding: 'utf8',
  }).trim();

git(temp, 'clone', '--quiet', '--bare', '--no-local', root, origin);
const commit = git(root, 'rev-parse', 'HEAD');
git(origin, 'tag', 'v1.1.0', commit);

mkdirSync(bin);
for (const name of ['gh', 'npm'])
  cpSync(path.join(import.meta.dirname, 'fake.sh'), path.join(bin, name));

const assets = path.join(state, 'releases/v1.1.0/assets');
for (const folder of [assets, path.join(state, 'public')]) mkdirSync(folder, { recursive: true });
writeFileSync(path.join(assets, '../sealed'), '');
writeFileSync(path.join(assets, 'sbom.cdx.json'), '{}');
writeFileSync(path.join(assets, 'aks-run-command-1.1.0.intoto.jsonl'), 'signatures');

/** The package of the release, and of npm: the dist of the tag. */
function pack(folder: string): void {
  const file = path.join(folder, 'aks-run-command-1.1.0.tgz');
  execFileSync('git', [
    '-C',
    origin,
    'archive',
    '--prefix',
    'package/',
    '--output',
    file,
    'v1.1.0',
    'dist',
  ]);
}
pack(assets);
cpSync(assets, path.join(state, 'public'), { recursive: true });

const [, section = ''] = readDocument('SECURITY.md').split('\n## Verify a release\n');
const [get = '', rebuild = '', attestations = '', npm = ''] = blocksOf(section, 'sh').map(
  ({ text }) => text,
);
const [, repository = ''] = /^REPO=(\S+)$/m.exec(get) ?? [];
const settings = `REPO=${repository}\nVERSION=1.1.0\n`;

/** Runs a script as if it were typed at a prompt: what npm set for this test is not there. */
function type(script: string, cwd: string, environment: Readonly<Record<string, string>> = {}) {
  const outside = Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'));
  const env = {
    ...Object.fromEntries(outside),
    npm_config_prefer_offline: 'true',
    PATH: `${bin}:${process.env['PATH']}`,
    REAL_NPM: execFileSync('which', ['npm'], { encoding: 'utf8' }).trim(),
    STATE: state,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `url.file://${origin}.insteadOf`,
    GIT_CONFIG_VALUE_0: `https://github.com/${repository}`,
    ...environment,
  };
  return spawnSync('sh', ['-c', script], { cwd, env, encoding: 'utf8' });
}

test('the version is set once, at the top', () => {
  expect([rebuild, attestations, npm].join('')).not.toMatch(/\d\.\d\.\d/);
  expect(get).toMatch(/^VERSION=1\.0\.0$/m);
});

test('a clone of the tag', () => {
  const { status, stderr } = type(get.replace('VERSION=1.0.0', 'VERSION=1.1.0'), temp);
  expect({ status, stderr }).toMatchObject({ status: 0 });
  expect(git(clone, 'rev-parse', 'HEAD')).toBe(commit);
});

test('the rebuild is what the tag contains', () => {
  expect(type(rebuild, clone)).toMatchObject({ status: 0 });
});

test('every file is asked for, dotfiles too', () => {
  expect(type(settings + attestations, clone)).toMatchObject({ status: 0 });
  const asked = readDocument(path.relative(root, path.join(state, 'calls')))
    .split('\n')
    .filter((call) => call.startsWith('gh attestation verify '))
    .map((call) => call.split(' ')[3]);
  expect(asked).toEqual([
    ...git(clone, 'ls-files', 'action.yml', 'dist').split('\n'),
    'assets/aks-run-command-1.1.0.tgz',
    'assets/sbom.cdx.json',
  ]);
});

test('the package of npm is that of the release, and contains the dist of the tag', () => {
  expect(type(settings + npm, clone)).toMatchObject({ status: 0, stderr: '' });
});

type Row = readonly [name: string, tamper: (dist: string) => void, difference: string];
test.each<Row>([
  [
    'a changed byte',
    (dist) => {
      appendFileSync(path.join(dist, 'index.js'), ' ');
    },
    'diff --git a/dist/index.js',
  ],
  [
    'an added file',
    (dist) => {
      writeFileSync(path.join(dist, '.added.js'), 'added();\n');
    },
    'deleted file mode',
  ],
  [
    'a removed file',
    (dist) => {
      rmSync(path.join(dist, 'licenses.txt'));
    },
    'new file mode',
  ],
])('the rebuild fails for %s in the dist of a tag', (_name, tamper, difference) => {
  git(clone, 'reset', '--quiet', '--hard', 'v1.1.0');
  tamper(path.join(clone, 'dist'));
  git(clone, 'add', 'dist');
  git(clone, 'commit', '--quiet', '--message', 'Tampered');
  const { status, stdout } = type(rebuild.slice(rebuild.indexOf('npm run build')), clone);
  expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringContaining(difference) });
});

test('a file that the release workflow did not sign: exit code 1', () => {
  git(clone, 'reset', '--quiet', '--hard', 'v1.1.0');
  writeFileSync(path.join(clone, 'dist/.hidden'), '');
  git(clone, 'add', 'dist');
  const { status, stderr } = type(settings + attestations, clone, { UNATTESTED: 'dist/.hidden' });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: expect.stringContaining('no attestation for dist/.hidden'),
  });
});

test('another package on npm: exit code 1', () => {
  git(clone, 'reset', '--quiet', '--hard', 'v1.1.0');
  appendFileSync(path.join(state, 'public/aks-run-command-1.1.0.tgz'), 'tampered');
  expect(type(settings + npm, clone)).toMatchObject({ status: 1 });
});

test('files with attestations, but no release: exit code 1', () => {
  rmSync(path.join(assets, '../sealed'));
  expect(type(settings + attestations, clone)).toMatchObject({ status: 1 });
});
