import { StepError } from '../failure.ts';
import type { PackedFile } from './archive.ts';
import { describeNotice } from './notice.ts';
import type { FilesRequest } from './request.ts';
import type { Workspace } from './workspace.ts';

/**
 * The files that the patterns take.
 *
 * @param warn told of each pattern that took nothing, where that is to be warned about, and of what else is worth it.
 * @throws StepError `files`, where a pattern took nothing and that is an error, and as {@link Workspace} says.
 */
export async function gather(
  request: FilesRequest,
  workspace: Workspace,
  warn: (message: string) => void,
): Promise<readonly PackedFile[]> {
  const { files, unmatched, advice, notices } = await workspace.select(request);
  if (unmatched.length > 0 && request.ifNoFilesFound === 'error') {
    throw new StepError({ code: 'files', problem: { kind: 'no-match', patterns: unmatched, advice } });
  }
  if (request.ifNoFilesFound === 'warn') {
    for (const pattern of unmatched) warn(`No files were found for ${JSON.stringify(pattern)}.`);
    for (const hint of advice.hints) warn(hint);
  }
  for (const notice of notices) warn(describeNotice(notice));
  return files;
}
