/** The folder in the zip, and so in the command's working folder, that holds what is not the user's. */
export const ACTION_FOLDER = '.aks-run-command';

/** What to pack. */
export type FilesRequest = {
  /** Lines of the `files` input, blanks and comments gone; `!` excludes. */
  readonly patterns: readonly string[];
  /** As given; empty for the workspace. */
  readonly workingDirectory: string;
  readonly ifNoFilesFound: 'error' | 'warn' | 'ignore';
  readonly includeHidden: boolean;
};
