import type { PackedFile } from './archive.ts';
import type { FilePattern } from './file-pattern.ts';

/** Something about the files that is worth a warning. */
export type FilesNotice =
  /** Exclusions, and nothing that they exclude from. */
  | { readonly kind: 'only-exclusions' }
  /** An exclusion that excluded nothing: misspelled, or above the pattern that it is for. */
  | { readonly kind: 'idle-exclusion'; readonly pattern: string }
  /** A script whose first line ends in CR LF: the kernel looks for an interpreter with a carriage return in its name. */
  | { readonly kind: 'script-with-crlf'; readonly path: string };

const MAX_FIRST_LINE = 256;

/**
 * What is worth a warning about the files to be sent.
 *
 * @param idle the patterns that took nothing, and the exclusions that excluded nothing.
 */
export function noticesOf(
  files: readonly PackedFile[],
  patterns: readonly FilePattern[],
  idle: readonly FilePattern[],
): FilesNotice[] {
  const isOnly = patterns.length > 0 && patterns.every(({ excludes }) => excludes);
  const exclusions = isOnly ? [] : idle.filter(({ excludes }) => excludes);
  return [
    ...(isOnly ? [{ kind: 'only-exclusions' as const }] : []),
    ...exclusions.map(({ line }) => ({ kind: 'idle-exclusion' as const, pattern: line })),
    ...files
      .filter(({ content }) => isScriptWithCrLf(content))
      .map(({ path }) => ({ kind: 'script-with-crlf' as const, path })),
  ];
}

/** The warning. */
export function describeNotice(notice: FilesNotice): string {
  switch (notice.kind) {
    case 'only-exclusions':
      return 'No files were sent: every pattern begins with ! and excludes files. First list what to send, such as k8s/.';
    case 'idle-exclusion':
      return `The exclusion ${notice.pattern} matches none of the files to send. An exclusion applies to the patterns above it.`;
    case 'script-with-crlf':
      return `The script ${notice.path} has Windows line endings (CRLF), so the pod cannot run it. Add "*.sh text eol=lf" to .gitattributes.`;
  }
}

function isScriptWithCrLf(content: Buffer): boolean {
  const start = content.subarray(0, MAX_FIRST_LINE).toString('latin1');
  return start.startsWith('#!') && /^[^\n]*\r\n/.test(start);
}
