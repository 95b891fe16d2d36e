import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { blocksOf, readDocument, root } from '../docs/markdown.ts';
import { scratch } from '../support/scratch.ts';
import { needing } from '../support/tools.ts';

/** The commands of a release that need no GitHub, as the workflow and RELEASING.md have them. */

const temp = scratch('release');
type Workflow = { jobs: Record<string, { steps: { name?: string; run?: string }[] }> };
const { jobs } = parse(readDocument('.github/workflows/release.yml')) as Workflow;
const { version } = JSON.parse(readDocument('package.json')) as { version: string };

/** As a runner runs a script. */
function bash(script: string, cwd: string, env: Readonly<Record<string, string>> = {}) {
  const identity = ['-c', 'user.name=x', '-c', 'user.email=x@example.com'];
  const git = `git() { command git ${identity.join(' ')} "$@"; }\n`;
  const { status, stdout, stderr } = spawnSync('bash', ['-ec', git + script], {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

function stepOf(name: string): string {
  return jobs['build']?.steps.find((step) => step.name === name)?.run ?? '';
}

/** The commands below a heading of RELEASING.md. */
function commandsBelow(heading: string): string[] {
  const [, text = ''] = readDocument('RELEASING.md').split(`\n## ${heading}\n`);
  return blocksOf(text.split('\n## ')[0] ?? '', 'sh').map((block) => block.text);
}

/** A bare repository with this checkout as its only commit. */
const origin = path.join(temp, 'origin');
for (const file of bash("git ls-files -z -- . ':!dist'", root).stdout.split('\0').filter(Boolean)) {
  mkdirSync(path.dirname(path.join(temp, 'files', file)), { recursive: true });
  cpSync(path.join(root, file), path.join(temp, 'files', file));
}
// A fresh build may have removed tracked files, and added others.
cpSync(path.join(root, 'dist'), path.join(temp, 'files/dist'), { recursive: true });
bash(
  `git init --quiet --initial-branch main
  git add --all && git commit --quiet --message x && git clone --quiet --bare . '${origin}'`,
  path.join(temp, 'files'),
);

/** Makes a checkout one without an owner again, as it is before the first release. */
const UNFILLED = "sed -i -E 's#(github.com)/[^/]+/#\\1/OWNER/#' package.json";

function clone(): string {
  const folder = mkdtempSync(path.join(temp, 'clone-'));
  bash(`git clone --quiet '${origin}' .`, folder);
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  return folder;
}

needing(['jq'], () => {
  const TAG = { GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: `v${version}` };
  const MAIN = { GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: 'main' };
  const OLD_TAG = { GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v0.9.0' };
  const checkout = clone();

  test.each([
    ['at its tag', '', TAG, ''],
    ['rehearsed on main', '', MAIN, ''],
    ['at another tag', '', OLD_TAG, `package.json says ${version}.`],
    [
      'without a section in the changelog',
      "sed -i '/^## /d' CHANGELOG.md",
      TAG,
      `CHANGELOG.md has no section for ${version}.`,
    ],
    [
      'without an owner of the code',
      'echo "* @OWNER" >.github/CODEOWNERS',
      TAG,
      'OWNER is not filled in: see RELEASING.md.',
    ],
    ['without an owner of the package', UNFILLED, TAG, 'OWNER is not filled in: see RELEASING.md.'],
  ])(
    'a version is prepared, or the workflow says what is missing: %s',
    (_name, change, env, says) => {
      const prepare = `
        git checkout --quiet .
        sed -i s/OWNER/acme/ .github/CODEOWNERS package.json
        echo '## [${version}] - 2026-01-01' >>CHANGELOG.md`;
      bash(`${prepare}\n${change}`, checkout);
      expect(bash(stepOf('Is this version prepared?'), checkout, env)).toEqual({
        status: says === '' ? 0 : 1,
        stdout: says === '' ? '' : `::error::${says}\n`,
        stderr: '',
      });
    },
  );
});

/** Packs as the workflow does, and returns the folder with the package. */
function pack(folder: string): string {
  expect(bash(stepOf('Pack'), folder).status).toBe(0);
  expect(bash('tar -xzf *.tgz', path.join(folder, 'release')).status).toBe(0);
  return path.join(folder, 'release/package');
}

const read = (...names: readonly string[]) =>
  JSON.parse(readFileSync(path.join(...names), 'utf8')) as unknown;

test('the package runs alone, has an SBOM, and names no repository before there is one', () => {
  const folder = clone();
  bash(UNFILLED, folder);
  const packed = pack(folder);
  expect(bash('ls && node dist/index.js --version', packed).stdout).toBe(
    `LICENSE\nREADME.md\ndist\ndocs\npackage.json\n${version}\n`,
  );
  const manifest = read(packed, 'package.json');
  expect(manifest).toMatchObject({ version, bin: { 'aks-run-command': 'dist/index.js' } });
  for (const field of ['author', 'bugs', 'homepage', 'repository'])
    expect(manifest).not.toHaveProperty(field);
  for (const kind of ['d', 'optionalD', 'peerD', 'bundleD'])
    expect(manifest).not.toHaveProperty(`${kind}ependencies`);

  const { components } = read(folder, 'release/sbom.cdx.json') as {
    components: { name: string }[];
  };
  const licenses = readDocument('dist/licenses.txt').matchAll(/^(.+)@.+\nLicense: /gm);
  expect(components.map(({ name }) => name)).toEqual([...licenses].map(([, name]) => name));
});

test('one command fills in who publishes it, everywhere but in dist and src', () => {
  const folder = clone();
  const [fillIn = ''] = commandsBelow('Set up once');
  expect(bash(fillIn.replace(/^npx .*/m, ''), folder).stderr).toBe('');

  const placeholder = String.raw`OWNER/(aks|main)|[Rr]eplace .OWNER|(npx|--yes|--global|"name":) "?aks-run`;
  const places = "-- . ':!dist' ':!src' ':!__tests__/release'";
  expect(bash(`git grep -nE '${placeholder}' ${places} || true`, folder).stdout).toBe('');
  expect(bash('git diff --name-only -- dist src', folder).stdout).toBe('');
  const scope = bash(
    'git grep -hoE "(npx --yes|--global|dist-tag add) @[a-z-]+/" | sort -u',
    folder,
  );
  expect(scope.stdout.match(/@\S+/g)).toEqual(Array<string>(3).fill('@acme-on-npm/'));

  const inRepository = (start: string, end: string) =>
    expect.stringMatching(`^${start}https://github.com/(?!OWNER/)[a-z-]+/aks-run-command${end}$`);
  expect(read(pack(folder), 'package.json')).toMatchObject({
    name: '@acme-on-npm/aks-run-command',
    author: { url: inRepository('', '') },
    homepage: inRepository('', '#readme'),
    bugs: inRepository('', '/issues'),
    // npm compares it with the repository that publishes the package.
    repository: { type: 'git', url: inRepository(String.raw`git\+`, '.git') },
  });
});

test('v1 moves to a release, and back to the one before', () => {
  const folder = clone();
  const major = () => bash('git ls-remote --tags origin v1 | cut -f1', folder).stdout;
  const [tag = '', move = ''] = commandsBelow('Release a version');
  const [withdraw = ''] = commandsBelow('Withdraw a release');

  bash('git tag v1.2.2 && git push --quiet origin v1.2.2', folder);
  bash('git commit --quiet --allow-empty --message y && git push --quiet origin main', folder);
  expect(bash(`${tag}\n${move}`, folder).status).toBe(0);
  expect(major()).toBe(bash('git rev-parse main', folder).stdout);

  expect(bash(`npm() { :; }\ngh() { :; }\n${withdraw}`, clone()).status).toBe(0);
  expect(major()).toBe(bash('git rev-parse v1.2.2', folder).stdout);
});
