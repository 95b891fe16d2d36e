import type { PackedFile } from './archive.ts';
import type { FilesRequest } from './request.ts';

/** The runner's file system, as a port. */
export type Workspace = {
  /**
   * Reads the files that the patterns take.
   *
   * @throws StepError `files` for a path that leaves the workspace, a broken link, an unreadable file and the like.
   */
  collect(request: FilesRequest): Promise<Collected>;
};

export type Collected = {
  readonly files: readonly PackedFile[];
  /** Patterns that took nothing, as the user wrote them; exclusions aside. */
  readonly unmatched: readonly string[];
};
