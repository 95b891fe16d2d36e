import type { FileSize } from '../../src/text/bytes.ts';
import type { PackedTask } from '../../src/pod/submission.ts';

/** A task with these files, which is only reported, never submitted. */
export function packedTask(files: readonly FileSize[]): PackedTask {
  return {
    files,
    zipBytes: 900,
    submissionFor: () => {
      throw new Error('Nothing is submitted here');
    },
  };
}
