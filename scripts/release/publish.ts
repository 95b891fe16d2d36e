import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * `node scripts/release/publish.ts STEP VERSION FOLDER`: one step of a release, with `gh` and `npm`. Every step can run
 * again after it failed anywhere. Whatever already exists is compared with what should exist, and never just accepted.
 * Imports only Node's own modules, because no package's code may run in the job that signs the release.
 */

const [step = '', version = '', folder = ''] = process.argv.slice(2);
const commit = process.env['GITHUB_SHA'] ?? '';
const repository = process.env['GITHUB_REPOSITORY'] ?? '';
const tag = `v${version}`;
const major = tag.replace(/\..*/, '');

const digestOf = (file: string, algorithm: string, encoding: 'hex' | 'base64') =>
  createHash(algorithm).update(readFileSync(file)).digest(encoding);

function run(program: string, ...words: string[]): string {
  return execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

const gh = (...words: string[]) => run('gh', ...words);
const api = (endpoint: string, ...words: string[]) =>
  JSON.parse(gh('api', `repos/${repository}/${endpoint}`, ...words) || 'null') as unknown;

type Asset = { name: string; digest: string | null };
type Release = {
  tag_name: string;
  draft: boolean;
  immutable: boolean;
  target_commitish: string;
  assets: Asset[];
};

/** Drafts have no tag, so only the list of releases shows them. */
function findRelease(): Release | undefined {
  const found = (api('releases?per_page=100') as Release[]).filter(
    ({ tag_name: name }) => name === tag,
  );
  if (found.length > 1)
    throw new Error(`There are ${found.length} releases of ${tag}. Delete its drafts.`);
  return found[0];
}

type Ref = { ref: string; object: { sha: string } };

function commitOfTag(name: string): string | undefined {
  const refs = api(`git/matching-refs/tags/${name}`) as Ref[];
  return refs.find(({ ref }) => ref === `refs/tags/${name}`)?.object.sha;
}

const tarball = `aks-run-command-${version}.tgz`;
const signatures = `aks-run-command-${version}.intoto.jsonl`;
const ASSETS = [tarball, 'sbom.cdx.json', 'SHA256SUMS', signatures];
const text = ['--title', tag, '--notes-file', path.join(folder, 'notes.md')];

const foreign = (assets: readonly Asset[]) =>
  assets.map(({ name }) => name).filter((name) => !ASSETS.includes(name));

/** The assets that are missing or differ. A second signature differs from the first one, but is just as good. */
function differing(assets: readonly Asset[], isSealed: boolean): string[] {
  return ASSETS.filter((name) => {
    const asset = assets.find((one) => one.name === name);
    if (isSealed && name === signatures) return asset === undefined;
    return asset?.digest !== `sha256:${digestOf(path.join(folder, name), 'sha256', 'hex')}`;
  });
}

/** A draft is continued only if that would not publish anything from someone else. */
function checkDraft({ assets, target_commitish: target }: Release): void {
  const others = foreign(assets).join(', ');
  const reason =
    target === commit
      ? others && `has files that are not part of the release: ${others}`
      : `is for commit ${target}`;
  if (reason !== '')
    throw new Error(`The draft of ${tag} ${reason}. Delete it: gh release delete ${tag}`);
}

/** Creates the draft, or continues one from an earlier run. */
function draft(): void {
  const found = findRelease();
  if (found?.draft === false) {
    checkSealed(found);
    return;
  }
  const tagged = commitOfTag(tag);
  if (tagged !== undefined)
    throw new Error(`The tag ${tag} exists, at ${tagged}, before its release is published.`);
  if (found !== undefined) checkDraft(found);
  if (found === undefined) gh('release', 'create', tag, '--draft', '--target', commit, ...text);
  for (const name of differing(found?.assets ?? [], false)) {
    gh('release', 'upload', tag, path.join(folder, name), '--clobber');
  }
}

/** Publishes the draft, which creates and seals the tag. */
function release(): void {
  const found = findRelease();
  if (found === undefined) throw new Error(`There is no draft of ${tag}.`);
  if (found.draft) {
    checkDraft(found);
    const different = differing(found.assets, false);
    if (different.length > 0)
      throw new Error(`The draft of ${tag} differs in ${different.join(', ')}. Start again.`);
    gh('release', 'edit', tag, '--draft=false', ...text);
  }
  const published = findRelease();
  if (published === undefined) throw new Error(`The release ${tag} is gone.`);
  checkSealed(published);
}

function checkSealed({ assets, immutable, draft: isDraft }: Release): void {
  if (isDraft) throw new Error(`The release ${tag} is still a draft.`);
  if (commitOfTag(tag) !== commit) throw new Error(`The tag ${tag} is not on ${commit}.`);
  const different = [...foreign(assets), ...differing(assets, true)];
  if (different.length > 0)
    throw new Error(`The published release differs in ${different.join(', ')}.`);
  if (!immutable) {
    throw new Error(
      `${tag} can still be changed. Turn on release immutability in the settings of the repository.`,
    );
  }
}

const integrityOfTarball = () =>
  `sha512-${digestOf(path.join(folder, tarball), 'sha512', 'base64')}`;

/** The integrity of npm's version; undefined if npm has none. Any other answer is an error. */
function npmIntegrity(): string | undefined {
  try {
    const words = ['view', `aks-run-command@${version}`, 'dist.integrity', '--json'];
    const printed = execFileSync('npm', words, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return printed.trim() === '' ? undefined : String(JSON.parse(printed));
  } catch (error) {
    if (String((error as { stdout?: unknown }).stdout).includes('"E404"')) return undefined;
    throw error;
  }
}

function npm(): void {
  const expected = integrityOfTarball();
  const found = npmIntegrity();
  if (found === undefined) {
    // The path is absolute, because npm would take a/b for a repository on GitHub.
    run(
      'npm',
      'publish',
      path.resolve(folder, tarball),
      '--ignore-scripts',
      '--provenance',
      '--access',
      'public',
    );
  } else if (found !== expected) {
    throw new Error(`npm has another aks-run-command@${version}: ${found} instead of ${expected}.`);
  }
}

/** Checks from the outside that users get what was built, from every place that offers it. */
function verify(): void {
  const found = findRelease();
  if (found === undefined) throw new Error(`There is no release ${tag}.`);
  checkSealed(found);
  const integrity = npmIntegrity();
  if (integrity !== integrityOfTarball()) {
    throw new Error(
      `npm has ${integrity ?? 'no package'}, which is not the tarball of the release.`,
    );
  }
  gh('release', 'verify', tag, '--repo', repository);
  const downloads = mkdtempSync(path.join(tmpdir(), 'release-'));
  gh('release', 'download', tag, '--repo', repository, '--dir', downloads);
  const assets = [tarball, 'sbom.cdx.json'];
  const files = ['action.yml', ...readdirSync('dist').map((name) => `dist/${name}`)];
  for (const file of [...files, ...assets.map((name) => path.join(downloads, name))]) {
    const signer = ['--signer-workflow', `${repository}/.github/workflows/release.yml`];
    const source = [
      '--source-ref',
      'refs/heads/main',
      '--source-digest',
      commit,
      '--deny-self-hosted-runners',
    ];
    gh('attestation', 'verify', file, '--repo', repository, ...signer, ...source);
  }
}

/** Moves the major tag, unless a higher version has it. */
function moveMajor(): void {
  const numbers = (name: string) => /^v(\d+)\.(\d+)\.(\d+)$/.exec(name)?.slice(1).map(Number);
  const versions = (api(`git/matching-refs/tags/${major}.`) as Ref[])
    .map(({ ref }) => numbers(ref.replace('refs/tags/', '')))
    .filter((found) => found !== undefined);
  const isHigher = (a: number[], b: number[]) => {
    const at = a.findIndex((number, index) => number !== b[index]);
    return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0);
  };
  const own = numbers(tag) ?? [];
  if (versions.some((found) => isHigher(found, own))) return;
  const at = commitOfTag(major);
  const words = ['--field', `sha=${commit}`];
  if (at === undefined)
    api('git/refs', '--method', 'POST', ...words, '--field', `ref=refs/tags/${major}`);
  else if (at !== commit)
    api(`git/refs/tags/${major}`, '--method', 'PATCH', ...words, '--field', 'force=true');
}

const steps: Readonly<Record<string, () => void>> = {
  draft,
  release,
  npm,
  verify,
  major: moveMajor,
};
const chosen = steps[step];
if (chosen === undefined || !/^\d+\.\d+\.\d+$/.test(version) || !/^[0-9a-f]{40}$/.test(commit)) {
  throw new Error(
    'Usage: GITHUB_SHA=COMMIT publish.ts draft|release|npm|verify|major VERSION FOLDER',
  );
}
chosen();
