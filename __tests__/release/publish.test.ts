import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { blocksOf, readDocument, root } from '../docs/markdown.ts';
import { scratch } from '../scratch.ts';

// A release from its first check to the major tag, with stand-ins for gh and npm.

const temp = scratch('release-test');
const bin = path.join(temp, 'bin');
mkdirSync(bin);
for (const name of ['gh', 'npm', 'sleep'])
  cpSync(path.join(import.meta.dirname, 'fake.sh'), path.join(bin, name));

const git = (cwd: string, ...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x', ...words], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();

/** A repository with two versions of the action, one commit each. */
const source = path.join(temp, 'source');
mkdirSync(path.join(source, 'dist'), { recursive: true });
git(source, 'init', '--quiet', '--initial-branch', 'main');

type Build = { readonly commit: string; readonly clone: string; readonly assets: string };

function build(version: string): Build {
  writeFileSync(path.join(source, 'action.yml'), 'name: x\n');
  writeFileSync(path.join(source, 'dist/index.js'), `// ${version}\n`);
  writeFileSync(path.join(source, 'dist/.hidden'), `${version}\n`);
  git(source, 'add', '.');
  git(source, 'commit', '--quiet', '--message', version);
  const commit = git(source, 'rev-parse', 'HEAD');
  const clone = path.join(temp, `clone-${version}`);
  git(temp, 'clone', '--quiet', source, clone);

  const assets = path.join(temp, `assets-${version}`);
  mkdirSync(path.join(assets, 'package'), { recursive: true });
  cpSync(path.join(source, 'dist'), path.join(assets, 'package/dist'), { recursive: true });
  execFileSync('tar', ['-czf', `aks-run-command-${version}.tgz`, 'package'], { cwd: assets });
  writeFileSync(path.join(assets, 'sbom.cdx.json'), '{}');
  writeFileSync(path.join(assets, 'notes.md'), `notes of ${version}`);
  return { commit, clone, assets };
}

const builds = { '1.0.0': build('1.0.0'), '1.1.0': build('1.1.0') };
type Version = keyof typeof builds;
const OTHER = 'b'.repeat(40);

type Env = Readonly<Record<string, string>>;
type Step = 'start' | 'ready' | 'check' | 'release' | 'stage' | 'verify' | 'major';

/**
 * What GitHub and npm have; and the runs of a workflow and the hands of a person that change it.
 */
function newWorld() {
  const state = mkdtempSync(path.join(temp, 'state-'));
  for (const folder of ['releases', 'tags', 'staged', 'npm', 'deprecated', 'latest', 'checks'])
    mkdirSync(path.join(state, folder));
  for (const check of ['all tests passed', 'zizmor'])
    writeFileSync(path.join(state, 'checks', check), 'success');
  writeFileSync(path.join(state, 'calls'), '');
  const files = Object.fromEntries(
    Object.entries(builds).map(([version, { assets }]) => {
      const folder = path.join(state, `files-${version}`);
      cpSync(assets, folder, { recursive: true });
      return [version, folder];
    }),
  ) as Record<Version, string>;
  const environment = { PATH: `${bin}:${process.env['PATH']}`, STATE: state };

  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(state, file)), { recursive: true });
    writeFileSync(path.join(state, file), text);
  };
  const read = (file: string) => readFileSync(path.join(state, file), 'utf8');

  /** A step of a workflow. */
  const run = (step: Step, version: Version = '1.0.0', env: Env = {}) => {
    const { commit, clone } = builds[version];
    const folder = step === 'verify' || step === 'major' ? clone : files[version];
    const script = path.join(root, 'scripts/release/publish.ts');
    const github = { GITHUB_SHA: commit, GITHUB_REPOSITORY: 'o/r', IMMUTABLE: 'true' };
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [script, step, version, folder],
      { cwd: state, env: { ...environment, ...github, ...env }, encoding: 'utf8' },
    );
    return { ok: status === 0, stdout, stderr };
  };

  /** Commands that a person types in a clone. */
  const type = (script: string, cwd: string) =>
    spawnSync('sh', ['-ec', script], { cwd, env: environment, encoding: 'utf8' });

  const attest = (version: Version) => {
    const file = path.join(files[version], `aks-run-command-${version}.intoto.jsonl`);
    writeFileSync(file, `signatures\n`);
  };
  const approve = (version: Version) => {
    if (existsSync(path.join(state, 'staged', version)))
      execFileSync('npm', ['stage', 'approve', version], { env: environment });
  };

  /** What users and a later run can see. */
  const visible = () =>
    Object.fromEntries(
      globSync('{releases,tags,staged,npm,deprecated,latest}/**', {
        cwd: state,
        withFileTypes: true,
      })
        .filter((entry) => entry.isFile() && !['seen', 'sealed'].includes(entry.name))
        .map((entry) => path.join(entry.parentPath, entry.name))
        .sort()
        .map((file) => [
          path.relative(state, file),
          file.endsWith('.tgz') ? 'package' : readFileSync(file, 'utf8').trim(),
        ]),
    );

  return { run, type, attest, approve, visible, write, read, state };
}

type World = ReturnType<typeof newWorld>;

/**
 * All of a release: the two jobs, the approval on npm, and the major tag. Ends at the first
 * failure.
 */
function release(world: World, version: Version, env: Env = {}): string | undefined {
  const acts = [
    () => world.run('ready', version, env),
    () => world.run('check', version, env),
    () => {
      world.attest(version);
      return world.run('release', version, env);
    },
    () => world.run('stage', version, env),
    () => {
      world.approve(version);
      return world.run('major', version, env);
    },
  ];
  for (const act of acts) {
    const { ok, stderr } = act();
    if (!ok) return stderr;
  }
  return undefined;
}

const first = newWorld();
expect(release(first, '1.0.0')).toBeUndefined();
const { commit } = builds['1.0.0'];

/** What a release leaves behind. */
const released = (version: Version) => ({
  [`releases/v${version}/assets/aks-run-command-${version}.intoto.jsonl`]: 'signatures',
  [`releases/v${version}/assets/aks-run-command-${version}.tgz`]: 'package',
  [`releases/v${version}/assets/sbom.cdx.json`]: '{}',
  [`releases/v${version}/notes`]: `notes of ${version}`,
  [`releases/v${version}/target`]: builds[version].commit,
  [`tags/v${version}`]: builds[version].commit,
  [`npm/${version}`]: expect.stringMatching(/^sha512-/),
});

test('the first release: draft, signatures, tag, npm after approval, v1', () => {
  expect(first.visible()).toEqual({
    ...released('1.0.0'),
    'tags/v1': commit,
    'latest/npm': '1.0.0',
  });
});

test('a second release: v1 moves on, the first stays as it is', () => {
  const world = newWorld();
  expect(release(world, '1.0.0')).toBeUndefined();
  expect(release(world, '1.1.0')).toBeUndefined();
  expect(world.visible()).toEqual({
    ...released('1.0.0'),
    ...released('1.1.0'),
    'tags/v1': builds['1.1.0'].commit,
    'latest/npm': '1.1.0',
  });
});

test('verification covers action.yml, all files of dist, the workflow, and the commit', () => {
  const verified = first.read('calls').match(/^gh attestation verify .*$/gm) ?? [];
  expect(verified.map((line) => path.basename(line.split(' ')[3] ?? ''))).toEqual([
    'action.yml',
    '.hidden',
    'index.js',
    'aks-run-command-1.0.0.tgz',
    'sbom.cdx.json',
  ]);
  for (const line of verified) {
    expect(line).toContain(
      '--signer-workflow o/r/.github/workflows/release.yml --deny-self-hosted-runners ' +
        `--source-ref refs/heads/main --source-digest ${commit}`,
    );
  }
});

describe('killed, and run again: the same release', () => {
  const calls = first.read('calls').trim().split('\n');
  const CHANGES = /^gh release (?:create|edit)|^npm stage publish|--method/;
  const rows = calls
    .map((call, index) => ({ call, killAt: index + 1 }))
    // That is the person's, not the workflow's.
    .filter(({ call }) => !call.startsWith('npm stage approve'))
    .flatMap(({ call, killAt }) => {
      const short = call.replaceAll(/ \/\S*\/|[0-9a-f]{40}/g, ' … ');
      const whens = [killAt === 1 ? ['before'] : [], CHANGES.test(call) ? ['during'] : [], 'after'];
      return whens.flat().map((when): [string, string, number] => [when, short, killAt]);
    });

  // What happens before a call is what happens after the one before it.
  test.each(rows)('%s %s (call %i)', (when, _call, killAt) => {
    const world = newWorld();
    const killed = release(world, '1.0.0', { KILL_AT: String(killAt), KILL_WHEN: when });
    expect(killed).toBeDefined();
    expect(release(world, '1.0.0')).toBeUndefined();
    expect(world.visible()).toEqual(first.visible());
  });
});

test('a run that is started again, when everything is done: nothing changes', () => {
  const world = newWorld();
  release(world, '1.0.0');
  expect(release(world, '1.0.0')).toBeUndefined();
  expect(world.visible()).toEqual(first.visible());
});

test('an older release that is started again changes nothing, and says what is newer', () => {
  const world = newWorld();
  release(world, '1.0.0');
  release(world, '1.1.0');
  const before = world.visible();
  expect(release(world, '1.0.0')).toMatch(
    'v1.1.0 is released, which is newer. Nothing was changed. ' +
      'To move v1 back to v1.0.0, see "Withdraw a release"',
  );
  expect(world.visible()).toEqual(before);
});

test('GitHub may take a while to show a release as it is', () => {
  const world = newWorld();
  expect(release(world, '1.0.0', { LAG: '4' })).toBeUndefined();
  expect(world.read('calls')).toContain('sleep 10');
  expect(world.visible()).toEqual(first.visible());
});

test('a release is started only where immutability is on, on main, and as no dry run', () => {
  const world = newWorld();
  expect(world.run('start', '1.0.0', { IMMUTABLE_SETTING: 'off' }).ok).toBe(false);
  expect(world.run('start').ok).toBe(true);
  expect(world.read('dispatched')).toBe(
    'workflow run release.yml --ref main --field version=1.0.0 ' +
      '--field dry-run=false --field immutable=true\n',
  );
});

test('a dry run signs nothing, asks for no approval, and has no write permission', () => {
  type Job = { if?: string; environment?: string; permissions: object; steps: { uses?: string }[] };
  const { jobs } = parse(readDocument('.github/workflows/release.yml')) as {
    jobs: Record<'build' | 'publish', Job>;
  };
  expect(jobs.publish).toMatchObject({ if: '${{ !inputs.dry-run }}', environment: 'release' });
  expect(jobs.build.environment).toBeUndefined();
  expect(Object.values(jobs.build.permissions)).toEqual(['read', 'read']);
  expect(jobs.build.steps.some(({ uses }) => uses?.includes('attest'))).toBe(false);
});

// The table of failures in RELEASING.md: which steps ran before, and what somebody changed then.
type Row = readonly [string, ran: readonly Step[], written: Env, Step, RegExp, Env?];
const PUBLISHED = ['release', 'stage'] as const;

test.each<Row>([
  ['a check that failed', [], { 'checks/zizmor': 'failure' }, 'ready', /zizmor \(failure\)/],
  ['a check that still runs', [], { 'checks/zizmor': 'running' }, 'ready', /zizmor \(in_progress/],
  ['a check that never ran', [], { 'checks/zizmor': 'never' }, 'ready', /zizmor \(never ran\)/],
  [
    'immutability that nobody asked for',
    [],
    {},
    'check',
    /npm run release/,
    { IMMUTABLE: 'false' },
  ],
  ['an npm that is too old', [], {}, 'check', /npm 11\.5\.1 can't/, { NPM_VERSION: '11.5.1' }],
  [
    'a tag on another commit',
    [],
    { 'tags/v1.0.0': OTHER },
    'check',
    /tag v1\.0\.0 is on another commit/,
  ],
  [
    'a published release with another tarball',
    PUBLISHED,
    { 'files-1.0.0/aks-run-command-1.0.0.tgz': 'other' },
    'check',
    /differs in aks-run-command-1\.0\.0\.tgz/,
  ],
  [
    'main, which moved past what is published',
    PUBLISHED,
    {},
    'check',
    /is on another commit/,
    { GITHUB_SHA: OTHER },
  ],
  ['a file that someone adds to the draft', [], {}, 'release', /evil\.zip/, { EVIL: 'yes' }],
  [
    'another package on npm',
    [],
    { 'npm/1.0.0': 'sha512-other' },
    'stage',
    /npm has sha512-other, but/,
  ],
  ['npm without an answer', [], {}, 'stage', /npm answers E503/, { NPM_DOWN: 'yes' }],
  ['no release', [], {}, 'verify', /no published release/],
  ['a package that nobody approved', PUBLISHED, {}, 'major', /npm has no package, but/],
  ['a tag that moved', PUBLISHED, { 'tags/v1.0.0': OTHER }, 'major', /on b+, not on/],
  [
    'a file without an attestation',
    PUBLISHED,
    {},
    'major',
    /no attestation for .*dist\/\.hidden/,
    { UNATTESTED: 'dist/.hidden' },
  ],
])('%s stops it', (...[, ran, written, step, message, env]) => {
  const world = newWorld();
  for (const one of ran) {
    if (one === 'release') world.attest('1.0.0');
    expect(world.run(one)).toMatchObject({ ok: true });
  }
  if (step === 'release') world.attest('1.0.0');
  for (const [file, text] of Object.entries(written)) world.write(file, text);
  const before = world.visible();
  const { ok, stderr } = world.run(step, '1.0.0', env);
  expect({ ok, stderr }).toEqual({ ok: false, stderr: expect.stringMatching(message) });
  if (step === 'release') expect(world.visible()).not.toHaveProperty(['tags/v1.0.0']);
  else expect(world.visible()).toEqual(before);
});

test('no check that main requires stops it, too', () => {
  const world = newWorld();
  execFileSync('rm', ['-r', path.join(world.state, 'checks')]);
  expect(world.run('ready').stderr).toContain('No ruleset of main requires a check');
});

test('a release that can still be changed is sealed, and its tag stays', () => {
  const world = newWorld();
  world.attest('1.0.0');
  const off = { IMMUTABLE_SETTING: 'off' };
  expect(world.run('release', '1.0.0', off).stderr).toMatch(/can still be changed/);
  const [, command = ''] =
    /`(gh release edit \S+ --draft)`/.exec(readDocument('RELEASING.md')) ?? [];
  const typed = world.type(asVersion(command), temp);
  expect(typed).toMatchObject({ status: 0 });
  expect(release(world, '1.0.0')).toBeUndefined();
  expect(world.visible()).toEqual(first.visible());
});

test('drafts that others left are replaced, whatever is in them', () => {
  const world = newWorld();
  for (const draft of ['v1.0.0', 'v1.0.0~2']) {
    world.write(`releases/${draft}/draft`, '');
    world.write(`releases/${draft}/target`, OTHER);
    world.write(`releases/${draft}/notes`, 'other');
    world.write(`releases/${draft}/assets/evil.zip`, 'evil');
  }
  expect(release(world, '1.0.0')).toBeUndefined();
  expect(world.visible()).toEqual(first.visible());
});

/** A command of RELEASING.md, for the version that the tests release. */
const asVersion = (text: string) => text.replaceAll('1.2.3', '1.0.0');

/** The commands below a heading of RELEASING.md. */
function commandsBelow(heading: string): string {
  const [, section = ''] = readDocument('RELEASING.md').split(`\n## ${heading}\n`);
  const [block] = blocksOf(section, 'sh');
  return block?.text ?? '';
}

describe('the commands of RELEASING.md', () => {
  test('approve what is staged if it is what was released', () => {
    const world = newWorld();
    world.attest('1.0.0');
    world.run('release');
    world.run('stage');
    const script = commandsBelow('Approve the package on npm')
      .replace('version=1.2.3', 'version=1.0.0')
      .replace('id=ID', 'id=1.0.0')
      .replace('$version-$id', '$version');
    const folder = mkdtempSync(path.join(temp, 'person-'));
    appendFileSync(path.join(world.state, 'staged/1.0.0'), 'tampered');
    expect(world.type(script, folder).stderr).toContain('attestation does not contain the subject');
    expect(world.visible()).not.toHaveProperty(['npm/1.0.0']);

    cpSync(
      path.join(builds['1.0.0'].assets, 'aks-run-command-1.0.0.tgz'),
      path.join(world.state, 'staged/1.0.0'),
    );
    expect(world.type(script, folder)).toMatchObject({ status: 0 });
    expect(world.run('major').ok).toBe(true);
    expect(world.visible()).toEqual(first.visible());
  });

  test('withdraw a release: v1 goes back, npm warns, new installs get the version before', () => {
    const world = newWorld();
    release(world, '1.0.0');
    release(world, '1.1.0');
    const origin = path.join(mkdtempSync(path.join(temp, 'origin-')), 'origin');
    git(temp, 'clone', '--quiet', '--bare', source, origin);
    for (const [version, { commit: at }] of Object.entries(builds))
      git(origin, 'tag', `v${version}`, at);
    git(origin, 'tag', 'v1', builds['1.1.0'].commit);
    const clone = path.join(mkdtempSync(path.join(temp, 'person-')), 'clone');
    git(temp, 'clone', '--quiet', '--depth', '1', `file://${origin}`, clone);

    const script = commandsBelow('Withdraw a release')
      .replace('bad=1.2.3', 'bad=1.1.0')
      .replace('good=1.2.2', 'good=1.0.0');
    expect(world.type(script, clone)).toMatchObject({ status: 0 });
    expect(git(origin, 'rev-parse', 'v1')).toBe(builds['1.0.0'].commit);
    expect(world.visible()).toMatchObject({
      ...released('1.1.0'),
      'deprecated/1.1.0': expect.stringContaining('1.0.0'),
      'latest/npm': '1.0.0',
      'latest/github': 'v1.0.0',
    });
  });

  test('the row of an incident begins with the command that moves v1 back', () => {
    const [, row = ''] =
      /\| first `([^`]+)`, then `npm deprecate`, then an advisory/.exec(
        readDocument('RELEASING.md'),
      ) ?? [];
    const [, first = ''] = /^(git fetch .*)$/m.exec(commandsBelow('Withdraw a release')) ?? [];
    expect(row).toBe(first.replaceAll('"', '').replaceAll('$good', '1.2.2'));
  });

  test('v1 also goes back by the workflow', () => {
    const world = newWorld();
    release(world, '1.0.0');
    release(world, '1.1.0');
    const { ok, stdout } = world.run('major', '1.0.0');
    expect({ ok, stdout }).toEqual({
      ok: true,
      stdout: expect.stringContaining(`v1 was on ${builds['1.1.0'].commit}, and is on ${commit}`),
    });
    expect(world.visible()).toMatchObject({ 'tags/v1': commit });
  });

  test('a move that GitHub refuses to a workflow: the command that does it by hand', () => {
    const world = newWorld();
    release(world, '1.0.0');
    release(world, '1.1.0');
    const { ok, stderr } = world.run('major', '1.0.0', { REFUSE_TAGS: 'yes' });
    expect(ok).toBe(false);
    const [, command = ''] = /^(git fetch .*)$/m.exec(stderr) ?? [];
    const origin = path.join(mkdtempSync(path.join(temp, 'origin-')), 'origin');
    git(temp, 'clone', '--quiet', '--bare', source, origin);
    git(origin, 'tag', 'v1.0.0', commit);
    git(origin, 'tag', 'v1', builds['1.1.0'].commit);
    const clone = path.join(mkdtempSync(path.join(temp, 'person-')), 'clone');
    git(temp, 'clone', '--quiet', '--depth', '1', `file://${origin}`, clone);
    expect(world.type(command, clone)).toMatchObject({ status: 0 });
    expect(git(origin, 'rev-parse', 'v1')).toBe(commit);
  });
});

test('the weekly rebuild opens one issue, and comments on it as long as it is open', () => {
  const { jobs } = parse(readDocument('.github/workflows/reproduce.yml')) as {
    jobs: { report: { steps: { run: string }[] } };
  };
  const script = jobs.report.steps[0]?.run ?? '';
  const world = newWorld();
  const env = { PATH: `${bin}:${process.env['PATH']}`, STATE: world.state, TITLE: 'It differs' };
  const fail = () => execFileSync('bash', ['-ec', script], { env });
  fail();
  fail();
  expect(world.read('issues')).toBe('create --title\ncomment 7\n');
});
