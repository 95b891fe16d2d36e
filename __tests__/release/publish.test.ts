import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readDocument, root } from '../docs/markdown.ts';
import { scratch } from '../scratch.ts';

const temp = scratch('release-test');

const COMMIT = 'a'.repeat(40);
const OTHER = 'b'.repeat(40);
const STEPS = ['draft', 'release', 'npm', 'verify', 'major'] as const;
type Step = (typeof STEPS)[number];

const bin = path.join(temp, 'bin');
mkdirSync(bin);
for (const name of ['gh', 'npm'])
  cpSync(path.join(import.meta.dirname, 'fake.sh'), path.join(bin, name));

/** A checkout of a repository that has never been released, with the files of release 1.2.3 in it. */
function newWorld() {
  const state = mkdtempSync(path.join(temp, 'state-'));
  for (const name of ['action.yml', 'dist'])
    symlinkSync(path.join(root, name), path.join(state, name));
  for (const folder of ['releases', 'tags', 'npm', 'files']) mkdirSync(path.join(state, folder));
  const files = {
    'aks-run-command-1.2.3.tgz': 'package',
    'sbom.cdx.json': '{}',
    SHA256SUMS: 'sums',
    'aks-run-command-1.2.3.intoto.jsonl': 'signatures',
    'notes.md': 'notes',
  };
  for (const [name, text] of Object.entries(files))
    writeFileSync(path.join(state, 'files', name), text);
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(state, file)), { recursive: true });
    writeFileSync(path.join(state, file), text);
  };
  const run = (step: Step, env: Readonly<Record<string, string>> = {}) => {
    const script = path.join(root, 'scripts/release/publish.ts');
    const words = [script, step, '1.2.3', 'files'];
    const base = {
      PATH: `${bin}:${process.env['PATH']}`,
      STATE: state,
      GITHUB_SHA: COMMIT,
      GITHUB_REPOSITORY: 'o/r',
    };
    const { status, stderr } = spawnSync(process.execPath, words, {
      cwd: state,
      env: { ...base, ...env },
      encoding: 'utf8',
    });
    return { ok: status === 0, stderr };
  };
  /** What users and a later run can see. */
  const visible = () =>
    Object.fromEntries(
      globSync('{releases,tags,npm}/**', { cwd: state, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
        .sort()
        .map((file) => [path.relative(state, file), readFileSync(file, 'utf8').trim()]),
    );
  const read = (file: string) => readFileSync(path.join(state, file), 'utf8');
  return { run, visible, write, read };
}

type World = ReturnType<typeof newWorld>;

function release(world: World, env: Readonly<Record<string, string>> = {}): string | undefined {
  for (const step of STEPS) {
    const { ok, stderr } = world.run(step, env);
    if (!ok) return stderr;
  }
  return undefined;
}

const whole = newWorld();
expect(release(whole)).toBeUndefined();

test('a first release: the draft gets every file, publishing makes the tag, npm gets the tarball, v1 moves', () => {
  expect(whole.visible()).toEqual({
    'npm/1.2.3': expect.stringMatching(/^sha512-/),
    'releases/v1.2.3/assets/SHA256SUMS': 'sums',
    'releases/v1.2.3/assets/aks-run-command-1.2.3.intoto.jsonl': 'signatures',
    'releases/v1.2.3/assets/aks-run-command-1.2.3.tgz': 'package',
    'releases/v1.2.3/assets/sbom.cdx.json': '{}',
    'releases/v1.2.3/notes': 'notes',
    'releases/v1.2.3/target': COMMIT,
    'tags/v1': COMMIT,
    'tags/v1.2.3': COMMIT,
  });
});

test('verification covers action.yml and every file of dist, the workflow, the commit, and hosted runners', () => {
  const verified = whole.read('verified').trim().split('\n');
  const dist = globSync('dist/*', { cwd: root });
  for (const file of ['action.yml', ...dist, 'aks-run-command-1.2.3.tgz', 'sbom.cdx.json']) {
    const line = verified.find((words) => words.split(' ')[2]?.endsWith(file));
    expect(line).toContain(
      `--signer-workflow o/r/.github/workflows/release.yml --source-ref refs/heads/main --source-digest ${COMMIT} --deny-self-hosted-runners`,
    );
  }
});

const calls = whole.read('calls').trim().split('\n');
test.each(calls.map((call, index) => [call.replace(/ \/.*/, ''), index + 1]))(
  'killed right after "%s", and run again: the same release',
  (_call, killAt) => {
    const world = newWorld();
    expect(release(world, { KILL_AT: String(killAt) })).toBeDefined();
    expect(release(world)).toBeUndefined();
    expect(world.visible()).toEqual(whole.visible());
  },
);

type Env = Readonly<Record<string, string>>;
type Row = readonly [string, ran: readonly Step[], written: Env, Step, RegExp, Env?];
const PUBLISHED = ['draft', 'release', 'npm'] as const;
const EVIL = { 'releases/v1.2.3/assets/evil.zip': 'evil' };
const CHANGEABLE = /can still be changed\. Turn on release immutability/;

// The table of failures in CONTRIBUTING.md: which steps ran before, and what somebody changed then.
test.each<Row>([
  [
    'a draft of another commit',
    ['draft'],
    { 'releases/v1.2.3/target': OTHER },
    'draft',
    /is for commit b+\. Delete it/,
  ],
  [
    'a foreign file in the draft',
    ['draft'],
    EVIL,
    'draft',
    /not part of the release: evil\.zip\. Delete it/,
  ],
  [
    'a second draft',
    ['draft'],
    { 'releases/v1.2.3~2/target': COMMIT, 'releases/v1.2.3~2/draft': '' },
    'draft',
    /There are 2 releases of v1\.2\.3/,
  ],
  ['a tag that somebody made', [], { 'tags/v1.2.3': OTHER }, 'draft', /tag v1\.2\.3 exists/],
  [
    'a published release with another tarball',
    PUBLISHED,
    { 'files/aks-run-command-1.2.3.tgz': 'other' },
    'draft',
    /differs in aks-run-command-1\.2\.3\.tgz/,
  ],
  [
    'main, which moved past what is published',
    PUBLISHED,
    {},
    'draft',
    /is not on b+/,
    { GITHUB_SHA: OTHER },
  ],
  ['a published release with a foreign file', PUBLISHED, EVIL, 'verify', /differs in evil\.zip/],
  [
    'a draft that changed after it was checked',
    ['draft'],
    EVIL,
    'release',
    /not part of the release: evil\.zip/,
  ],
  ['no draft to publish', [], {}, 'release', /no draft of v1\.2\.3/],
  [
    'a release that can still be changed',
    ['draft'],
    {},
    'release',
    CHANGEABLE,
    { IMMUTABLE: 'false' },
  ],
  [
    'another package on npm',
    [],
    { 'npm/1.2.3': 'sha512-other' },
    'npm',
    /npm has another aks-run-command@1\.2\.3/,
  ],
  ['npm without an answer', [], {}, 'npm', /Command failed/, { NPM_DOWN: 'yes' }],
  ['a package that npm does not have', ['draft', 'release'], {}, 'verify', /npm has no package/],
  ['a tag that moved', PUBLISHED, { 'tags/v1.2.3': OTHER }, 'verify', /tag v1\.2\.3 is not on a+/],
])('%s stops the release', (...[, ran, written, step, message, env]) => {
  const world = newWorld();
  for (const one of ran) world.run(one);
  for (const [file, text] of Object.entries(written)) world.write(file, text);
  const before = world.visible();
  const { ok, stderr } = world.run(step, env);
  expect({ ok, stderr }).toEqual({ ok: false, stderr: expect.stringMatching(message) });
  if (env?.['IMMUTABLE'] === undefined) expect(world.visible()).toEqual(before);
});

test.each([
  ['stays where a higher version has it', 'v1.10.0', OTHER],
  ['moves past a lower version', 'v1.2.2', COMMIT],
  ['does not look at another major version', 'v2.0.0', COMMIT],
])('the major tag %s', (_name, other, expected) => {
  const world = newWorld();
  world.write(`tags/${other}`, OTHER);
  world.write('tags/v1.2.3', COMMIT);
  world.write('tags/v1', OTHER);
  expect(world.run('major').ok).toBe(true);
  expect(world.read('tags/v1').trim()).toBe(expected);
});

test.each([
  ['an upload that an earlier run left half done', 'assets/SHA256SUMS'],
  ['notes that somebody wrote into the draft', 'notes'],
])('%s: ours are published', (_name, file) => {
  const world = newWorld();
  world.run('draft');
  world.write(`releases/v1.2.3/${file}`, 'other');
  expect(release(world)).toBeUndefined();
  expect(world.visible()).toEqual(whole.visible());
});

test('the weekly rebuild opens one issue, and comments on it as long as it is open', () => {
  const { jobs } = parse(readDocument('.github/workflows/reproduce.yml')) as {
    jobs: { report: { steps: { run: string }[] } };
  };
  const script = jobs.report.steps[0]?.run ?? '';
  const state = mkdtempSync(path.join(temp, 'state-'));
  const env = { PATH: `${bin}:${process.env['PATH']}`, STATE: state, TITLE: 'A release differs' };
  const fail = () => execFileSync('bash', ['-ec', script], { env });
  fail();
  fail();
  expect(readFileSync(path.join(state, 'issues'), 'utf8')).toBe('create --title\ncomment 7\n');
});

test('the package and the notes are the same under every umask; the package names its repository, and installs nothing else', () => {
  const packed = ['022', '077'].map((umask) => {
    const clone = mkdtempSync(path.join(temp, 'clone-'));
    const script = `
      umask ${umask} && git clone --quiet --no-local '${root}' . && cp -R '${root}/dist' '${root}/CHANGELOG.md' '${root}/package.json' .
      chmod -R go-rwx dist && echo '{}' >sbom && mkdir out && mv sbom out/sbom.cdx.json
      node '${root}/scripts/release/assets.ts' "$(node -p 'require("./package.json").version')" out && cat out/SHA256SUMS
      grep '^git clone' out/notes.md && tar -xOzf out/*.tgz package/package.json`;
    const { status, stdout, stderr } = spawnSync('sh', ['-ec', script], {
      cwd: clone,
      env: {
        ...process.env,
        GITHUB_REPOSITORY: 'octo-org/aks',
        GITHUB_SERVER_URL: 'https://github.com',
      },
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return stdout;
  });
  expect(packed[0]).toMatch(/^[0-9a-f]{64} {2}aks-run-command-.*\.tgz$/m);
  expect(packed[1]).toBe(packed[0]);
  // The notes have the command that SECURITY.md has, and that rebuild.ts runs.
  const [command = ''] = /^git clone .*$/m.exec(readDocument('SECURITY.md')) ?? [];
  const { version } = JSON.parse(readDocument('package.json')) as { version: string };
  expect(packed[0]).toContain(
    command.replace(/v1\S+/, `v${version}`).replace('OWNER/aks-run-command', 'octo-org/aks'),
  );
  const published: unknown = JSON.parse(packed[0]?.slice(packed[0].indexOf('{')) ?? '');
  expect(published).toMatchObject({
    repository: { type: 'git', url: 'git+https://github.com/octo-org/aks.git' },
  });
  for (const name of [
    'dependencies',
    'devDependencies',
    'optionalDependencies',
    'scripts',
    'workspaces',
  ]) {
    expect(published).not.toHaveProperty(name);
  }
});
