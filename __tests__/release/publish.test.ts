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
function newRemote() {
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

type Remote = ReturnType<typeof newRemote>;

/**
 * All of a release: the two jobs, the approval on npm, and the major tag. Ends at the first
 * failure.
 */
function release(remote: Remote, version: Version, env: Env = {}): string | undefined {
  const acts = [
    () => remote.run('ready', version, env),
    () => remote.run('check', version, env),
    () => {
      remote.attest(version);
      return remote.run('release', version, env);
    },
    () => remote.run('stage', version, env),
    () => {
      remote.approve(version);
      return remote.run('major', version, env);
    },
  ];
  for (const act of acts) {
    const { ok, stderr } = act();
    if (!ok) return stderr;
  }
  return undefined;
}

const first = newRemote();
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
  const remote = newRemote();
  expect(release(remote, '1.0.0')).toBeUndefined();
  expect(release(remote, '1.1.0')).toBeUndefined();
  expect(remote.visible()).toEqual({
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
    const remote = newRemote();
    const killed = release(remote, '1.0.0', { KILL_AT: String(killAt), KILL_WHEN: when });
    expect(killed).toBeDefined();
    expect(release(remote, '1.0.0')).toBeUndefined();
    expect(remote.visible()).toEqual(first.visible());
  });
});

test('a run that is started again, when everything is done: nothing changes', () => {
  const remote = newRemote();
  release(remote, '1.0.0');
  expect(release(remote, '1.0.0')).toBeUndefined();
  expect(remote.visible()).toEqual(first.visible());
});

test('an older release that is started again changes nothing, and says what is newer', () => {
  const remote = newRemote();
  release(remote, '1.0.0');
  release(remote, '1.1.0');
  const before = remote.visible();
  expect(release(remote, '1.0.0')).toMatch(
    'v1.1.0 is released, which is newer. Nothing was changed. ' +
      'To move v1 back to v1.0.0, see "Withdraw a release"',
  );
  expect(remote.visible()).toEqual(before);
});

test('GitHub may take a while to show a release as it is', () => {
  const remote = newRemote();
  expect(release(remote, '1.0.0', { LAG: '4' })).toBeUndefined();
  expect(remote.read('calls')).toContain('sleep 10');
  expect(remote.visible()).toEqual(first.visible());
});

test('a release is started only where immutability is on, on main, and as no dry run', () => {
  const remote = newRemote();
  expect(remote.run('start', '1.0.0', { IMMUTABLE_SETTING: 'off' }).ok).toBe(false);
  expect(remote.run('start').ok).toBe(true);
  expect(remote.read('dispatched')).toBe(
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

/** The table of failures in RELEASING.md. */
type Row = {
  readonly name: string;
  /** The steps that ran before. */
  readonly ran?: readonly Step[];
  /** Files of the stand-in that somebody changed then. */
  readonly changed?: Readonly<Record<string, string>>;
  /** The step that fails, what it says, and its environment. */
  readonly step: Step;
  readonly says: RegExp;
  readonly env?: Env;
};
const PUBLISHED = ['release', 'stage'] as const;

const failures: readonly Row[] = [
  {
    name: 'a check that failed',
    changed: { 'checks/zizmor': 'failure' },
    step: 'ready',
    says: /zizmor \(failure\)/,
  },
  {
    name: 'a check that still runs',
    changed: { 'checks/zizmor': 'running' },
    step: 'ready',
    says: /zizmor \(in_progress/,
  },
  {
    name: 'a check that never ran',
    changed: { 'checks/zizmor': 'never' },
    step: 'ready',
    says: /zizmor \(never ran\)/,
  },
  {
    name: 'immutability that nobody asked for',
    step: 'check',
    says: /npm run release/,
    env: { IMMUTABLE: 'false' },
  },
  {
    name: 'an npm that is too old',
    step: 'check',
    says: /npm 11\.5\.1 can't/,
    env: { NPM_VERSION: '11.5.1' },
  },
  {
    name: 'a tag on another commit',
    changed: { 'tags/v1.0.0': OTHER },
    step: 'check',
    says: /tag v1\.0\.0 is on another commit/,
  },
  {
    name: 'a published release with another tarball',
    ran: PUBLISHED,
    changed: { 'files-1.0.0/aks-run-command-1.0.0.tgz': 'other' },
    step: 'check',
    says: /differs in aks-run-command-1\.0\.0\.tgz/,
  },
  {
    name: 'main, which moved past what is published',
    ran: PUBLISHED,
    step: 'check',
    says: /is on another commit/,
    env: { GITHUB_SHA: OTHER },
  },
  {
    name: 'a file that someone adds to the draft',
    step: 'release',
    says: /evil\.zip/,
    env: { EVIL: 'yes' },
  },
  {
    name: 'another package on npm',
    changed: { 'npm/1.0.0': 'sha512-other' },
    step: 'stage',
    says: /npm has sha512-other, but/,
  },
  {
    name: 'npm without an answer',
    step: 'stage',
    says: /npm answers E503/,
    env: { NPM_DOWN: 'yes' },
  },
  {
    name: 'no release',
    step: 'verify',
    says: /no published release/,
  },
  {
    name: 'a package that nobody approved',
    ran: PUBLISHED,
    step: 'major',
    says: /npm has no package, but/,
  },
  {
    name: 'a tag that moved',
    ran: PUBLISHED,
    changed: { 'tags/v1.0.0': OTHER },
    step: 'major',
    says: /on b+, not on/,
  },
  {
    name: 'a file without an attestation',
    ran: PUBLISHED,
    step: 'major',
    says: /no attestation for .*dist\/\.hidden/,
    env: { UNATTESTED: 'dist/.hidden' },
  },
];

test.each(failures)('$name stops it', ({ ran = [], changed = {}, step, says, env }) => {
  const remote = newRemote();
  for (const one of ran) {
    if (one === 'release') remote.attest('1.0.0');
    expect(remote.run(one)).toMatchObject({ ok: true });
  }
  if (step === 'release') remote.attest('1.0.0');
  for (const [file, text] of Object.entries(changed)) remote.write(file, text);
  const before = remote.visible();
  const { ok, stderr } = remote.run(step, '1.0.0', env);
  expect({ ok, stderr }).toEqual({ ok: false, stderr: expect.stringMatching(says) });
  if (step === 'release') expect(remote.visible()).not.toHaveProperty(['tags/v1.0.0']);
  else expect(remote.visible()).toEqual(before);
});

test('no check that main requires stops it, too', () => {
  const remote = newRemote();
  execFileSync('rm', ['-r', path.join(remote.state, 'checks')]);
  expect(remote.run('ready').stderr).toContain('No ruleset of main requires a check');
});

test('a release that can still be changed is sealed, and its tag stays', () => {
  const remote = newRemote();
  remote.attest('1.0.0');
  const off = { IMMUTABLE_SETTING: 'off' };
  expect(remote.run('release', '1.0.0', off).stderr).toMatch(/can still be changed/);
  const [, command = ''] =
    /`(gh release edit \S+ --draft)`/.exec(readDocument('RELEASING.md')) ?? [];
  const typed = remote.type(asVersion(command), temp);
  expect(typed).toMatchObject({ status: 0 });
  expect(release(remote, '1.0.0')).toBeUndefined();
  expect(remote.visible()).toEqual(first.visible());
});

test('drafts that others left are replaced, whatever is in them', () => {
  const remote = newRemote();
  for (const draft of ['v1.0.0', 'v1.0.0~2']) {
    remote.write(`releases/${draft}/draft`, '');
    remote.write(`releases/${draft}/target`, OTHER);
    remote.write(`releases/${draft}/notes`, 'other');
    remote.write(`releases/${draft}/assets/evil.zip`, 'evil');
  }
  expect(release(remote, '1.0.0')).toBeUndefined();
  expect(remote.visible()).toEqual(first.visible());
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
    const remote = newRemote();
    remote.attest('1.0.0');
    remote.run('release');
    remote.run('stage');
    const script = commandsBelow('Approve the package on npm')
      .replace('version=1.2.3', 'version=1.0.0')
      .replace('id=ID', 'id=1.0.0')
      .replace('$version-$id', '$version');
    const folder = mkdtempSync(path.join(temp, 'person-'));
    appendFileSync(path.join(remote.state, 'staged/1.0.0'), 'tampered');
    expect(remote.type(script, folder).stderr).toContain(
      'attestation does not contain the subject',
    );
    expect(remote.visible()).not.toHaveProperty(['npm/1.0.0']);

    cpSync(
      path.join(builds['1.0.0'].assets, 'aks-run-command-1.0.0.tgz'),
      path.join(remote.state, 'staged/1.0.0'),
    );
    expect(remote.type(script, folder)).toMatchObject({ status: 0 });
    expect(remote.run('major').ok).toBe(true);
    expect(remote.visible()).toEqual(first.visible());
  });

  test('withdraw a release: v1 goes back, npm warns, new installs get the version before', () => {
    const remote = newRemote();
    release(remote, '1.0.0');
    release(remote, '1.1.0');
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
    expect(remote.type(script, clone)).toMatchObject({ status: 0 });
    expect(git(origin, 'rev-parse', 'v1')).toBe(builds['1.0.0'].commit);
    expect(remote.visible()).toMatchObject({
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
    const remote = newRemote();
    release(remote, '1.0.0');
    release(remote, '1.1.0');
    const { ok, stdout } = remote.run('major', '1.0.0');
    expect({ ok, stdout }).toEqual({
      ok: true,
      stdout: expect.stringContaining(`v1 was on ${builds['1.1.0'].commit}, and is on ${commit}`),
    });
    expect(remote.visible()).toMatchObject({ 'tags/v1': commit });
  });

  test('a move that GitHub refuses to a workflow: the command that does it by hand', () => {
    const remote = newRemote();
    release(remote, '1.0.0');
    release(remote, '1.1.0');
    const { ok, stderr } = remote.run('major', '1.0.0', { REFUSE_TAGS: 'yes' });
    expect(ok).toBe(false);
    const [, command = ''] = /^(git fetch .*)$/m.exec(stderr) ?? [];
    const origin = path.join(mkdtempSync(path.join(temp, 'origin-')), 'origin');
    git(temp, 'clone', '--quiet', '--bare', source, origin);
    git(origin, 'tag', 'v1.0.0', commit);
    git(origin, 'tag', 'v1', builds['1.1.0'].commit);
    const clone = path.join(mkdtempSync(path.join(temp, 'person-')), 'clone');
    git(temp, 'clone', '--quiet', '--depth', '1', `file://${origin}`, clone);
    expect(remote.type(command, clone)).toMatchObject({ status: 0 });
    expect(git(origin, 'rev-parse', 'v1')).toBe(commit);
  });
});

test('the weekly rebuild opens one issue, and comments on it as long as it is open', () => {
  const { jobs } = parse(readDocument('.github/workflows/reproduce.yml')) as {
    jobs: { report: { steps: { run: string }[] } };
  };
  const script = jobs.report.steps[0]?.run ?? '';
  const remote = newRemote();
  const env = { PATH: `${bin}:${process.env['PATH']}`, STATE: remote.state, TITLE: 'It differs' };
  const fail = () => execFileSync('bash', ['-ec', script], { env });
  fail();
  fail();
  expect(remote.read('issues')).toBe('create --title\ncomment 7\n');
});
