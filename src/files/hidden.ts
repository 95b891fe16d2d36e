/** A chart's ignore file. Without it, helm would read other files in the pod than on the runner. */
export const HELM_IGNORE = '.helmignore';

/**
 * Whether a folder of this name is Git's, which holds the checkout's token. File systems know that folder by several names:
 * Windows and macOS ignore letter case, HFS+ ignores invisible characters, NTFS ignores dots, blanks, and the name of a
 * stream at the end, and a folder on Windows may have a short 8.3 name.
 */
export function isGitFolder(name: string): boolean {
  return /^(?:\.git|git~\d+)[. ]*(?::.*)?$/i.test(name.replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, ''));
}

/** What a pattern and the inputs ask for. */
export type Asked = {
  /** The input `include-hidden-files`. */
  readonly includeHidden: boolean;
  /** Whether the pattern spells out this name. */
  readonly spells: (name: string) => boolean;
};

/**
 * Whether one segment of a path hides what it leads to. A segment with a leading dot is hidden unless a segment of the pattern
 * that also begins with a dot matches it. `.git` must be spelled out in full, whatever else is included.
 *
 * @param isLast whether the segment names the file itself, and not a folder above it
 */
export function hides(name: string, isLast: boolean, { includeHidden, spells }: Asked): boolean {
  if (isGitFolder(name)) return !spells(name);
  if (!name.startsWith('.') || includeHidden || (name === HELM_IGNORE && isLast)) return false;
  return !spells(name);
}
