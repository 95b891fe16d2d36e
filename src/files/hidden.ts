/** A chart's ignore file: without it helm would read other files in the pod than on the runner. */
export const HELM_IGNORE = '.helmignore';

/**
 * Whether a folder of this name is Git's, by any name that a file system has for it: letter case aside (Windows, macOS),
 * behind characters that HFS+ ignores, before dots, blanks and streams that NTFS ignores, and by its short name of 8.3. It
 * holds the checkout's token.
 */
export function isGitFolder(name: string): boolean {
  return /^(?:\.git|git~\d+)[. ]*(?::.*)?$/i.test(name.replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, ''));
}

/** What asks for hidden names. */
export type Asked = {
  /** `include-hidden-files`. */
  readonly includeHidden: boolean;
  /** Whether the pattern spells out this name. */
  readonly spells: (name: string) => boolean;
};

/**
 * Whether one segment of a path hides what it leads to: a dot-segment must be spelled out, by a segment of the pattern that
 * begins with a dot itself. `.git` must be spelled out in full, whatever else is included.
 *
 * @param isLast whether the segment is the file itself, and no folder above it.
 */
export function hides(name: string, isLast: boolean, { includeHidden, spells }: Asked): boolean {
  if (isGitFolder(name)) return !spells(name);
  if (!name.startsWith('.') || includeHidden || (name === HELM_IGNORE && isLast)) return false;
  return !spells(name);
}
