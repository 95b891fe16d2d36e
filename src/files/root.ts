import { StepError, type FilesProblem } from '../failure.ts';
import type { Disk } from './disk.ts';
import { below, foldName, isWithin, join } from './paths.ts';

/** The folders that files may come from. */
export type AllowedFolders = {
  /** `GITHUB_WORKSPACE`. */
  readonly workspace: string;
  /** `RUNNER_TEMP`. */
  readonly temp: string | undefined;
};

/** The folder that patterns are relative to. All paths but `unresolved` are real paths. */
export type Root = {
  readonly folder: string;
  /** The same folder, before its links are resolved. */
  readonly unresolved: string;
  /** The workspace or `RUNNER_TEMP`. Names below it may be hidden. */
  readonly top: string;
  /** The folder that no file may leave. */
  readonly confines: string;
  readonly temp: string | undefined;
  /** The folders that `working-directory` names. They are asked for, hidden or not. */
  readonly asked: ReadonlySet<string>;
  /** The root is `RUNNER_TEMP` itself: only regular files directly in it may be sent. */
  readonly isTemp: boolean;
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

  const given = disk.resolve(allowed.workspace, '.');
  const workspace = await disk.realPath(given).catch(missing);
  const temp =
    allowed.temp === undefined
      ? undefined
      : await disk.realPath(disk.resolve(allowed.temp, '.')).catch(() => undefined);
  const unresolved = disk.resolve(allowed.workspace, workingDirectory || '.');
  const folder = await disk.realPath(unresolved).catch(missing);
  const stats = await disk.stat(folder).catch(missing);
  if (stats.kind !== 'folder') missing();

  // A link in a checkout must not lead to what other steps left in `RUNNER_TEMP`.
  const isInWorkspace = [given, workspace].some((one) => isWithin(unresolved, one));
  const tops = isInWorkspace || temp === undefined ? [workspace] : [workspace, temp];
  const top = tops.find((one) => isWithin(folder, one));
  if (top === undefined || isPrivate(folder, temp)) {
    return fail({ kind: 'working-directory-outside', path });
  }
  const [first = ''] = below(folder, top).split('/');
  const confines = top === workspace ? workspace : join(top, first);
  return {
    folder,
    unresolved,
    top,
    confines,
    temp,
    asked: new Set(disk.resolve('/', workingDirectory).split('/').map(foldName)),
    isTemp: top !== workspace && folder === temp,
  };
}

/** Whether a real path is one of the runner's private ones in `RUNNER_TEMP`, or is below one. */
export function isPrivate(path: string, temp: string | undefined): boolean {
  if (temp === undefined || !isWithin(path, temp)) return false;
  return PRIVATE_IN_TEMP.test(below(path, temp));
}

export function fail(problem: FilesProblem): never {
  throw new StepError({ code: 'files', problem });
}
