import { StepError, type FilesProblem } from '../failure.ts';
import { below, isWithin, join, type Disk } from './disk.ts';
import { foldName } from './glob.ts';
import { isGitFolder } from './hidden.ts';

/** Where files may come from. */
export type Places = {
  /** `GITHUB_WORKSPACE`. */
  readonly workspace: string;
  /** `RUNNER_TEMP`. */
  readonly temp: string | undefined;
};

/** The folder that patterns are relative to. All paths are real ones, spelled as the disk spells them. */
export type Root = {
  readonly folder: string;
  /** The same folder as it was given. */
  readonly given: string;
  /** The folder that no file may leave. */
  readonly confines: string;
  /** `RUNNER_TEMP`, where there is one. */
  readonly temp: string | undefined;
  /** The root is `RUNNER_TEMP` itself: regular files directly in it, and nothing else. */
  readonly isTemp: boolean;
};

/**
 * What is never for the pod in `RUNNER_TEMP`: the files by which the runner takes commands, and the token that
 * `actions/checkout` 6 keeps there.
 */
const PRIVATE_IN_TEMP = /^(?:_(?:runner|github)_|git-credentials-)/i;

/**
 * Opens `working-directory`.
 *
 * @param given as the user wrote it; empty for the workspace.
 * @throws StepError `files` where it is missing, outside of the workspace and `RUNNER_TEMP`, or leads into `.git` under
 * another name.
 */
export async function openRoot(disk: Disk, given: string, places: Places): Promise<Root> {
  const missing = () => fail({ kind: 'working-directory-missing', path: given || places.workspace });
  const workspace = await disk.realPath(disk.resolve(places.workspace, '.')).catch(missing);
  const temp = await realTemp(disk, places.temp);
  const absolute = disk.resolve(places.workspace, given || '.');
  const folder = await realFolder(disk, absolute, [workspace, ...(temp === undefined ? [] : [temp])]).catch(missing);

  const root = { folder, given: absolute, temp, isTemp: folder === temp && !isWithin(folder, workspace) };
  const confines = confinesOf(folder, workspace, temp);
  if (confines === undefined) return fail({ kind: 'working-directory-outside', path: given || places.workspace });
  const spelled = absolute.split('/').some(isGitFolder);
  const isGit = below(folder, confines).split('/').some(isGitFolder);
  if (isGit && !spelled) fail({ kind: 'working-directory-git', path: given });
  return { ...root, confines };
}

async function realTemp(disk: Disk, temp: string | undefined): Promise<string | undefined> {
  return temp === undefined ? undefined : disk.realPath(disk.resolve(temp, '.')).catch(() => undefined);
}

async function realFolder(disk: Disk, absolute: string, bases: readonly string[]): Promise<string> {
  const real = await disk.realPath(absolute);
  if ((await disk.inspect(real)).kind !== 'folder') throw new Error('not a folder');
  return asSpelled(disk, real, bases);
}

function confinesOf(folder: string, workspace: string, temp: string | undefined): string | undefined {
  if (isPrivate(folder, temp)) return undefined;
  if (isWithin(folder, workspace)) return workspace;
  if (temp === undefined || !isWithin(folder, temp)) return undefined;
  const [first = ''] = below(folder, temp).split('/');
  return first === '' ? temp : join(temp, first);
}

/** Whether a real path is one of those that `RUNNER_TEMP` keeps to the runner, or lies below one. */
export function isPrivate(path: string, temp: string | undefined): boolean {
  if (temp === undefined || !isWithin(path, temp)) return false;
  return PRIVATE_IN_TEMP.test(below(path, temp));
}

/**
 * A real path with each segment below one of the bases spelled as the disk spells it: a file system that ignores letter case
 * resolves links without correcting what they wrote.
 */
export async function asSpelled(disk: Disk, path: string, bases: readonly string[]): Promise<string> {
  const base = bases.find((candidate) => isWithin(path, candidate));
  if (base === undefined) return path;
  let spelled = base;
  for (const segment of below(path, base).split('/')) {
    if (segment !== '') spelled = join(spelled, await nameOf(disk, spelled, segment));
  }
  return spelled;
}

async function nameOf(disk: Disk, folder: string, segment: string): Promise<string> {
  const names = (await disk.list(folder).catch(() => [])).map(({ name }) => name);
  if (names.includes(segment)) return segment;
  const same = names.find((name) => foldName(name) === foldName(segment));
  return same ?? segment;
}

export function fail(problem: FilesProblem): never {
  throw new StepError({ code: 'files', problem });
}
