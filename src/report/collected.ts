import { formatBytes, formatCount, formatFiles } from '../text/bytes.ts';
import { visible } from '../text/visible.ts';
import type { LeftOutReason } from '../pod/bundle.ts';
import type { Collected } from '../lifecycle/keep-collected.ts';

/** Files that a list names; beyond, a count. */
const LISTED = 20;

const REASONS: Readonly<Record<LeftOutReason, string>> = {
  link: 'it is a link, or its path contains one',
  special: 'it is not a regular file',
  unreadable: 'it could not be read',
  'line-break': 'its name has a line break',
  backslash: 'its name has a backslash',
  grew: 'it grew while it was collected, and the new part was cut',
  shrank: 'it shrank while it was collected',
};

/** A foreign name on one line, nothing in it invisible, in quotes where its own end would not be seen. */
function shown(name: string): string {
  const seen = visible(name);
  return seen === name && !/["\\]|^\s|\s$/.test(name) ? seen : `"${seen}"`;
}

/** What came back, and where it is, a line for each file. Foreign text. */
export function describeCollected(collected: Collected): string {
  return `${formatFiles(collected.files)}, in ${collected.folder}\n${collectedList(collected)}`;
}

/** What came back, a line for each file. Foreign text. */
export function collectedList({ files }: Collected): string {
  const lines = files.slice(0, LISTED).map(({ path, bytes }) => `${formatBytes(bytes).padStart(9)}  ${shown(path)}`);
  const more = files.length - lines.length;
  return [...lines, ...(more > 0 ? [`… and ${formatCount(more)} more`] : [])].join('\n');
}

/**
 * What did not come back, a sentence each. Foreign text.
 *
 * @param write how a name or a pattern is written.
 */
export function collectWarnings({ leftOut, leftOutMore, unheld, unmatched }: Collected, write = shown): string[] {
  const stayed = leftOut.map(({ name, reason }) => {
    const came = reason === 'grew' || reason === 'shrank';
    return came
      ? `Collected ${write(name)}, but ${REASONS[reason]}.`
      : `Not collected: ${write(name)} (${REASONS[reason]}).`;
  });
  const heldNot = unheld.map((name) => `Not collected: ${write(name)} (this system does not allow the name).`);
  return [
    ...unmatched.map((pattern) => `No files were collected for the pattern ${write(pattern)}.`),
    ...asOne([...stayed, ...heldNot], leftOutMore),
  ];
}

/** The runner shows ten warnings of a step: these are one. */
function asOne(sentences: readonly string[], more: number): string[] {
  const named = sentences.slice(0, LISTED);
  const rest = sentences.length - named.length + more;
  const all = [
    ...named,
    ...(rest > 0 ? [`${formatCount(rest)} more ${rest === 1 ? 'was' : 'were'} not collected.`] : []),
  ];
  return all.length === 0 ? [] : [all.join('\n')];
}

/** What a dry run says. Foreign text. */
export function wouldCollect(patterns: readonly string[]): string {
  return `Would collect: ${patterns.map(shown).join(', ')}`;
}
