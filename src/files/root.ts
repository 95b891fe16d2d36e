import { StepError, type FilesProblem } from '../failure.ts';
import { leadsNowhere, type Disk } from './disk.ts';
import { below, foldName, isWithin, join } from './paths.ts';

/** The folders that files may come from. */
export type AllowedFolders = {
  /** `GITHUB_WORKSPACE`. */
  readonly workspace: string;
  /** `RUNNER_TEMP`. */
  readonly temp: string | undefined;
};

/** The folder that patterns are relative to. */
export type Root = {
  /** Its real path. */
  readonly folder: string;
  /** Its absolute path before links are resolved, as a pattern may spell it. */
  readonly given: string;
  /** The root is `RUNNER_TEMP` itself: only regular files directly in it may be sent. */
  readonly isTemp: boolean;
  /** Whether what has this real path may be sent: it is in the workspace, and not the runner's. */
  readonly allows: (real: string) => boolean;
  /**
   * The names that lead to a real path from the workspace or `RUNNER_TEMP`, and that may hide it:
   * all but those in `working-directory`, which are asked for.
   */
  readonly namesTo: (real: string) => readonly string[];
};

/**
 * Names in `RUNNER_TEMP` that must never go to the pod: the files through which the runner takes
 * commands, and the token that `actions/checkout` 6 keeps there.
 */
const PRIVATE_IN_TEMP = /^(?:_(?:runner|github)_|git-credentials-)/i;

/**
 * Opens `working-directory`, which is the workspace if it is empty.
 *
 * @throws StepError `files` if it is missing, or is outside the workspace and `RUNNER_TEMP`
 */
export async function openRoot(
  disk: Disk,
  workingDirectory: string,
  allowed: AllowedFolders,
): Promise<Root> {
  const path = workingDirectory || allowed.workspace;
  const missing = () => fail({ kind: 'working-directory-missing', path });

  const givenWorkspace = disk.resolve(allowed.workspace, '.');
  const workspace = await disk.realPath(givenWorkspace).catch(missing);
  const temp =
    allowed.temp === undefined
      ? undefined
      : await disk.realPath(disk.resolve(allowed.temp, '.')).catch(() => undefined);
  const given = disk.resolve(allowed.workspace, workingDirectory || '.');
  const folder = await disk.realPath(given).catch(missing);
  const stats = await disk.stat(folder).catch(missing);
  if (stats.kind !== 'folder') missing();

  // A link in a checkout must not lead to what other steps left in `RUNNER_TEMP`.
  const isInWorkspace = [givenWorkspace, workspace].some((one) => isWithin(given, one));
  const tops = isInWorkspace || temp === undefined ? [workspace] : [workspace, temp];
  const top = tops.find((one) => isWithin(folder, one));
  if (top === undefined || isPrivate(folder, temp)) {
    return fail({ kind: 'working-directory-outside', path });
  }
  const [first = ''] = below(folder, top).split('/');
  const confines = top === workspace ? workspace : join(top, first);
  const asked = new Set(disk.resolve('/', workingDirectory).split('/').map(foldName));
  return {
    folder,
    given,
    isTemp: top !== workspace && folder === temp,
    allows: (real) => isWithin(real, confines) && !isPrivate(real, temp),
    namesTo: (real) =>
      below(real, top)
        .split('/')
        .filter((name) => !asked.has(foldName(name))),
  };
}

/** Whether a real path is one of the runner's private ones in `RUNNER_TEMP`, or is below one. */
function isPrivate(path: string, temp: string | undefined): boolean {
  if (temp === undefined || !isWithin(path, temp)) return false;
  return PRIVATE_IN_TEMP.test(below(path, temp));
}

/** What to do about an error of the disk at a path: nothing, if what was there has vanished. */
export function unlessGone(path: string): (error: unknown) => undefined {
  return (error) => (leadsNowhere(error) ? undefined : fail({ kind: 'unreadable', path }));
}

export function fail(problem: FilesProblem): never {
  throw new StepError({ code: 'files', problem });
}
