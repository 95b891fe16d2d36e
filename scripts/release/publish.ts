import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * `node scripts/release/publish.ts STEP VERSION [FOLDER]`: one step of a release, with `gh` and
 * `npm`. Every step can run again after it failed anywhere. Whatever already exists is compared
 * with what should exist, and never just accepted. Imports only Node's own modules, because no
 * package's code may run in the job that signs the release.
 */

const [step = '', version = '', folder = ''] = process.argv.slice(2);
const commit = process.env['GITHUB_SHA'] ?? '';
// In a clone, gh itself replaces the placeholders.
const repository = process.env['GITHUB_REPOSITORY'] ?? '{owner}/{repo}';
const tag = `v${version}`;
const major = tag.replace(/\..*/, '');

/** The first npm with `npm stage`: https://docs.npmjs.com/staged-publishing */
const FIRST_NPM_THAT_STAGES = '11.15.0';

const tarball = `aks-run-command-${version}.tgz`;
const signatures = `aks-run-command-${version}.intoto.jsonl`;
const PACKED = [tarball, 'sbom.cdx.json'];
const ASSETS = [...PACKED, signatures];

const digestOf = (file: string, algorithm: string, encoding: 'hex' | 'base64') =>
  createHash(algorithm).update(readFileSync(file)).digest(encoding);

function run(program: string, ...words: string[]): string {
  return execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

const gh = (...words: string[]) => run('gh', ...words);

const api = (endpoint: string, ...words: string[]) =>
  JSON.parse(gh('api', `repos/${repository}/${endpoint}`, ...words) || 'null') as unknown;

const isHigher = (one: string, other: string) =>
  one.localeCompare(other, 'en', { numeric: true }) > 0;

type Asset = { name: string; digest: string | null };
type Release = {
  id: number;
  tag_name: string;
  draft: boolean;
  immutable: boolean;
  assets: Asset[];
};
type Ref = { ref: string; object: { sha: string } };
type Rule = {
  type: string;
  parameters?: { required_status_checks?: { context: string }[] };
};
type CheckRuns = { check_runs: { status: string; conclusion: string | null }[] };

/** Drafts have no tag, so only the list of releases shows them. */
const listReleases = () => api('releases?per_page=100') as Release[];

const isOfTag = ({ tag_name: name }: Release) => name === tag;

const findPublished = () => listReleases().find((one) => isOfTag(one) && !one.draft);

const findDrafts = () => listReleases().filter((one) => isOfTag(one) && one.draft);

function commitOfTag(name: string): string | undefined {
  const refs = api(`git/matching-refs/tags/${name}`) as Ref[];
  return refs.find(({ ref }) => ref === `refs/tags/${name}`)?.object.sha;
}

/**
 * Starts the release workflow from an administrator's clone. Only there can the setting be read:
 * GitHub answers 403 to the token of a workflow, which can't have "Administration: read"
 * (mblua/AgentsCommander#1811, cisco-ai-defense/defenseclaw#486).
 */
function start(): void {
  const { enabled } = api('immutable-releases') as { enabled: boolean };
  if (!enabled) throw new Error('Release immutability is off. Turn it on: see RELEASING.md.');
  const fields = [`version=${version}`, 'dry-run=false', 'immutable=true'];
  gh(
    'workflow',
    'run',
    'release.yml',
    '--ref',
    'main',
    ...fields.flatMap((field) => ['--field', field]),
  );
}

/** Is the commit green, by the rules of main? */
function ready(): void {
  const rules = api('rules/branches/main') as Rule[];
  const required = rules.flatMap(({ parameters }) => parameters?.required_status_checks ?? []);
  if (required.length === 0)
    throw new Error('No ruleset of main requires a check. Add it: see RELEASING.md.');
  const missing = required.flatMap(({ context }) => {
    const query = new URLSearchParams({ check_name: context, filter: 'latest' });
    const { check_runs: runs } = api(
      `commits/${commit}/check-runs?${query.toString()}`,
    ) as CheckRuns;
    const isGreen = runs.length > 0 && runs.every(({ conclusion }) => conclusion === 'success');
    const [first] = runs;
    return isGreen ? [] : `${context} (${first?.conclusion ?? first?.status ?? 'never ran'})`;
  });
  if (missing.length > 0)
    throw new Error(`Required checks of ${commit} are not green: ${missing.join(', ')}.`);
}

/** A run of an old release that is started again must not look as if it did something. */
function refuseOlder(): void {
  const newer = listReleases().find(({ tag_name: name, draft }) => !draft && isHigher(name, tag));
  if (newer !== undefined) {
    throw new Error(
      `${newer.tag_name} is released, which is newer. Nothing was changed. ` +
        `To move ${major} back to ${tag}, see "Withdraw a release" in RELEASING.md.`,
    );
  }
}

/**
 * A release must have what this run packed, and nothing else. Signatures differ from run to run.
 */
function checkAssets({ assets }: Release, names: readonly string[]): void {
  const foreign = assets.map(({ name }) => name).filter((name) => !ASSETS.includes(name));
  const missing = ASSETS.filter((name) => !assets.some((asset) => asset.name === name));
  const differing = assets.filter(
    ({ name, digest }) =>
      names.includes(name) &&
      digest !== `sha256:${digestOf(path.join(folder, name), 'sha256', 'hex')}`,
  );
  const all = [...foreign, ...missing, ...differing.map(({ name }) => name)];
  if (all.length > 0) throw new Error(`The release ${tag} differs in ${all.join(', ')}.`);
}

function checkPublished(): void {
  const published = findPublished();
  if (published === undefined) throw new Error(`There is no published release ${tag}.`);
  checkAssets(published, PACKED);
  if (commitOfTag(tag) !== commit) throw new Error(`The tag ${tag} is not on ${commit}.`);
  if (!published.immutable)
    throw new Error(`${tag} can still be changed. RELEASING.md says how to seal it.`);
}

/** Can this version be signed and published? Changes nothing. */
function check(): void {
  if (process.env['IMMUTABLE'] !== 'true')
    throw new Error(`Start it with "npm run release -- ${version}", which asks for immutability.`);
  const npm = run('npm', '--version').trim();
  if (isHigher(FIRST_NPM_THAT_STAGES, npm))
    throw new Error(`npm ${npm} can't stage packages. Use ${FIRST_NPM_THAT_STAGES} or later.`);
  refuseOlder();
  const tagged = commitOfTag(tag) ?? commit;
  if (tagged !== commit) throw new Error(`The tag ${tag} is on another commit, ${tagged}.`);
  if (findPublished() !== undefined) checkPublished();
}

/** Publishes the release, which makes and seals the tag. */
function release(): void {
  if (findPublished() === undefined) publishDraft();
  repeat(checkPublished);
}

/**
 * A draft that an earlier run or someone else left is replaced: what gets published is what this
 * run packed.
 */
function publishDraft(): void {
  for (const { id } of findDrafts()) api(`releases/${id}`, '--method', 'DELETE');
  const notes = ['--title', tag, '--notes-file', path.join(folder, 'notes.md')];
  const files = ASSETS.map((name) => path.join(folder, name));
  gh('release', 'create', tag, '--draft', '--target', commit, ...notes, ...files);
  repeat(() => {
    const [draft] = findDrafts();
    if (draft === undefined) throw new Error(`There is no draft of ${tag}.`);
    checkAssets(draft, ASSETS);
  });
  gh('release', 'edit', tag, '--draft=false');
}

/** GitHub can take a while to show what was just published. */
function repeat(check: () => void): void {
  for (let tries = 1; tries < 6; tries += 1) {
    try {
      check();
      return;
    } catch (error) {
      console.log(`${String(error)} Asking again in 10 s.`);
      run('sleep', '10');
    }
  }
  check();
}

/** Runs npm, which with `--json` prints the code of an error to stdout. */
function npm(...words: string[]): { readonly printed: string; readonly code: string | undefined } {
  try {
    const stdio = ['ignore', 'pipe', 'pipe'] as const;
    return {
      printed: execFileSync('npm', [...words, '--json'], { encoding: 'utf8', stdio: [...stdio] }),
      code: undefined,
    };
  } catch (error) {
    const printed = String((error as { stdout?: unknown }).stdout);
    const [, code] = /"code":\s*"(E\w+)"/.exec(printed) ?? [];
    if (code === undefined) throw error;
    return { printed, code };
  }
}

/** The integrity of npm's public version; undefined if it has none. */
function npmIntegrity(): string | undefined {
  const { printed, code } = npm('view', `aks-run-command@${version}`, 'dist.integrity');
  if (code === 'E404') return undefined;
  if (code !== undefined) throw new Error(`npm answers ${code}.`);
  return printed.trim() === '' ? undefined : String(JSON.parse(printed));
}

function checkIntegrity(found: string | undefined, file: string): void {
  const expected = `sha512-${digestOf(file, 'sha512', 'base64')}`;
  if (found !== expected)
    throw new Error(`npm has ${found ?? 'no package'}, but the release has ${expected}.`);
}

/**
 * Stages the package on npm, where a person approves it with a second factor. A workflow can stage,
 * but it can neither list nor approve what is staged: "Trust Relationship Permissions" in
 * npm-stage.md of npm/cli.
 */
function stage(): void {
  // The path is absolute, because npm would take a/b for a repository on GitHub.
  const file = path.resolve(folder, tarball);
  const found = npmIntegrity();
  if (found !== undefined) {
    checkIntegrity(found, file);
    return;
  }
  const { code } = npm('stage', 'publish', file, '--ignore-scripts');
  // E409: an earlier run staged it (npm/cli#9519). Whoever approves it compares it with the
  // release.
  if (code !== undefined && code !== 'E409') throw new Error(`npm answers ${code}.`);
  console.log(
    `npm has ${tarball} staged. Compare it with the release and approve it: RELEASING.md.`,
  );
}

/**
 * Checks from outside that users get the release, in a clone of its tag.
 *
 * @returns the commit of the tag
 */
function verify(): string {
  const found = findPublished();
  if (found === undefined) throw new Error(`There is no published release ${tag}.`);
  if (!found.immutable) throw new Error(`${tag} can still be changed.`);
  const git = (...words: string[]) => run('git', '-C', folder, ...words).trim();
  const at = git('rev-parse', 'HEAD');
  const tagged = commitOfTag(tag);
  if (tagged !== at) throw new Error(`The tag ${tag} is on ${tagged ?? 'nothing'}, not on ${at}.`);
  gh('release', 'verify', tag, '--repo', repository);
  const downloads = mkdtempSync(path.join(tmpdir(), 'release-'));
  gh('release', 'download', tag, '--repo', repository, '--dir', downloads);

  const names = git('ls-files', 'action.yml', 'dist').split('\n');
  const files = [
    ...names.map((name) => path.join(folder, name)),
    ...PACKED.map((name) => path.join(downloads, name)),
  ];
  const workflow = `${repository}/.github/workflows/release.yml`;
  const signer = ['--signer-workflow', workflow, '--deny-self-hosted-runners'];
  const source = ['--source-ref', 'refs/heads/main', '--source-digest', at];
  for (const file of files)
    gh('attestation', 'verify', file, '--repo', repository, ...signer, ...source);

  run('tar', '-xzf', path.join(downloads, tarball), '-C', downloads);
  run('diff', '-r', path.join(downloads, 'package/dist'), path.join(folder, 'dist'));
  checkIntegrity(npmIntegrity(), path.join(downloads, tarball));
  return at;
}

/** Moves the major tag to a verified release, forward or back. */
function moveMajor(): void {
  const at = verify();
  const before = commitOfTag(major);
  const fields = ['--field', `sha=${at}`];
  try {
    if (before === undefined)
      api('git/refs', '--method', 'POST', ...fields, '--field', `ref=refs/tags/${major}`);
    else if (before !== at)
      api(`git/refs/tags/${major}`, '--method', 'PATCH', ...fields, '--field', 'force=true');
  } catch {
    // Where main has other workflows than the tag (orgs/community#151442).
    throw new Error(
      `GitHub doesn't let this workflow move ${major}. ${tag} is verified. Move it in a clone:\n` +
        `git fetch origin tag ${tag} && git push --force origin ${at}:refs/tags/${major}`,
    );
  }
  console.log(`${major} was on ${before ?? 'nothing'}, and is on ${at}, which is ${tag}.`);
}

const steps: Readonly<Record<string, () => unknown>> = {
  start,
  ready,
  check,
  release,
  stage,
  verify,
  major: moveMajor,
};
const chosen = steps[step];
if (chosen === undefined || !/^\d+\.\d+\.\d+$/.test(version)) {
  throw new Error(`Usage: publish.ts ${Object.keys(steps).join('|')} VERSION [FOLDER]`);
}
chosen();
