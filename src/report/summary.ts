import { durationSeconds } from '../azure/command-result.ts';
import { rowOf } from '../messages/failures.ts';
import { withoutScriptPath } from '../pod/output.ts';
import { formatCount, formatFileCount, formatFiles, type FileSize } from '../text/bytes.ts';
import { shownEnd, shownStart, withoutCutEnd } from '../text/cut.ts';
import { formatDuration } from '../text/duration.ts';
import { joined, say, type Text } from '../text/say.ts';
import { codeBlock, details, markdownBlocks, paragraph, wrappedLines } from './blocks.ts';
import { LAST_LINES, type ShownOutput } from './excerpt.ts';
import { COLLECTED_LISTED, collectWarnings, fileLines } from './file-lists.ts';
import { outcomeBelow, type Report } from './report.ts';
import { describe } from './states.ts';

/**
 * The runner drops a summary over 1 MiB. These limits of its long parts, before escaping, keep it
 * below that, with the command's own 64 KiB: backticks make their fence longer, and a control
 * character becomes three bytes.
 */
const OUTPUT_BYTES = 128 * 1024;
const COMMAND_BYTES = 16 * 1024;
const LIST_BYTES = 16 * 1024;
/** How many lines of output stay whole. A longer one is folded, a failure's below its last lines. */
const SHORT = 10;
const LAST = 20;
const LAST_BYTES = 8 * 1024;
/** How many characters of an error a fenced block shows. The rest has to be scrolled to. */
const WIDE = 100;
/** A longer output does not wrap, so that the remedy below it stays in sight. */
const WRAPPED_CHARACTERS = 2000;
const FILES_LISTED = 200;
/** How much of the command the facts have. */
const COMMAND_CHARACTERS = 40;

/** The report as the Markdown of a job summary. */
export function summary(report: Report): string {
  const { verdict, headline, cause, others, link } = report;
  const { state } = verdict;
  const [failure] = verdict.problems;
  const isExitCode = failure && rowOf(failure).isExitCode;
  const output = outputBlocks(report);
  return [
    `\n### ${describe(verdict).sign} ${headline.markdown}\n`,
    paragraph(facts(report)),
    // The facts have the exit code.
    cause && !isExitCode ? paragraph(outcomeBelow(report)) : '',
    cause ? wrappedLines(cause.errorText) : '',
    state === 'dry-run' ? '\nThe permission to run commands was not checked.\n' : '',
    output.above,
    cause ? markdownBlocks(cause.remedy) : '',
    ...others.map(({ line, remedy }) => paragraph(say`${line}.`) + markdownBlocks(remedy)),
    output.below,
    collectedBlocks(report),
    commandAndFiles(report),
    link === undefined ? '' : `\n[More about this](${link})\n`,
    writtenInThePod(report),
  ].join('');
}

/** The facts in one line. */
function facts({ verdict, inputs, packed }: Report): Text {
  const { cluster, command = '', namespace = '' } = inputs ?? {};
  const { exitCode, commandId } = verdict;
  const seconds = durationSeconds(verdict);
  const files = packed?.files ?? [];
  const parts: Text[] = [];
  if (exitCode !== undefined) parts.push(say`Exit code ${exitCode}`);
  if (seconds !== undefined) parts.push(formatDuration(seconds));
  if (files.length > 0) parts.push(formatFiles(files));
  if (cluster) parts.push(say`${cluster.name} in ${cluster.resourceGroup}`);
  if (namespace !== '') parts.push(say`namespace ${namespace}`);
  const start = startOfCommand(command);
  if (start !== '') parts.push(say`command ${start}`);
  if (commandId !== undefined) parts.push(say`command ID ${commandId}`);
  return joined(parts, ' · ');
}

/**
 * What tells the commands of two steps apart: the first line, without comments and options of the
 * shell.
 */
function startOfCommand(command: string): string {
  const lines = command
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^(?!#|set [-+])./.test(line));
  const [first = '', ...others] = lines;
  return shownStart(others.length > 0 ? `${first} …` : first, COMMAND_CHARACTERS);
}

function collectedBlocks({ verdict: { collected } }: Report): string {
  if (collected === undefined) return '';

  const { folder, files } = collected;
  const list = listOf(files, COLLECTED_LISTED);
  const came =
    folder === '' ? '' : labeled(say`Collected (${formatFiles(files)})`, codeBlock(list));
  return came + markdownBlocks(collectWarnings(collected).flat());
}

/**
 * What the command wrote. Above the remedy is what says why it is needed: a short output, or the
 * first error. Below it is the rest, and nothing twice.
 */
function outputBlocks({ output, verdict: { state } }: Report): { above: string; below: string } {
  if (output === undefined) return { above: '', below: '' };

  const { text, truncated, firstError } = output;
  if (text.trim() === '' && !truncated) {
    const above = state === 'unknown' ? '' : '\nThe command wrote nothing.\n';
    return { above, below: '' };
  }

  const shown = withoutScriptPath(shownEnd(text, OUTPUT_BYTES));
  const lines = shown.trimEnd().split('\n');
  const lineCount = text.trimEnd().split('\n').length;
  const title = say`Output (${countLines(lines.length, lineCount)}${missing(output)})`;
  if (lineCount <= SHORT && lines.length === lineCount) {
    return { above: labeled(title, shortOutput(shown, firstError)), below: '' };
  }

  const folded = details(title, codeBlock(shown));
  if (state === 'succeeded') return { above: '', below: folded };

  const above = firstError ? labeled(firstError.label, wrappedLines(firstError.text)) : '';
  const last = lastLines(lines, firstError);
  if (last === '') return { above, below: folded };
  if (last === lines.join('\n')) return { above, below: labeled(title, codeBlock(shown)) };
  return { above, below: labeled(LAST_LINES, codeBlock(last)) + folded };
}

function labeled(label: Text, markdown: string): string {
  return `\n**${label.markdown}**\n${markdown}`;
}

/** An output of a few lines. It wraps if a fenced block would cut off its error. */
function shortOutput(shown: string, firstError: ShownOutput['firstError']): string {
  const isCutOff = firstError !== undefined && firstError.text.length > WIDE;
  const wraps = isCutOff && shown.length <= WRAPPED_CHARACTERS;
  return wraps ? wrappedLines(shown) : codeBlock(shown);
}

/** The last lines, but not what is shown as the first error. */
function lastLines(lines: readonly string[], firstError: ShownOutput['firstError']): string {
  const count = Math.min(firstError?.linesAfter ?? LAST, LAST);
  return count > 0 ? shownEnd(lines.slice(-count).join('\n'), LAST_BYTES) : '';
}

/** What a title says about output that did not come back. */
function missing({ truncated, missingBytes }: ShownOutput): Text {
  if (!truncated) return say``;
  return missingBytes === undefined
    ? say`, incomplete`
    : say`, ${formatCount(missingBytes)} bytes missing`;
}

function countLines(shown: number, all: number): Text {
  const count = all === 1 ? say`1 line` : say`${formatCount(all)} lines`;
  return shown < all ? say`the last ${formatCount(shown)} of ${count}` : count;
}

function commandAndFiles({ inputs, packed }: Report): string {
  const { command = '' } = inputs ?? {};
  if (command === '') return '';

  const files = packed?.files ?? [];
  const list = listOf(files, FILES_LISTED);
  return details(
    files.length === 0 ? say`Command` : say`Command and ${formatFileCount(files.length)}`,
    codeBlock(shownEnd(command, COMMAND_BYTES), 'bash') + (list === '' ? '' : codeBlock(list)),
  );
}

function writtenInThePod({ verdict: { podSummary, podSummaryCut } }: Report): string {
  if (podSummary === '') return '';
  const cut = podSummaryCut
    ? '\n_The command wrote more than 64 KiB here; the rest was cut._\n'
    : '';
  // Its headings may be bigger than ours, so a rule shows where it begins.
  return `\n---\n\n#### Written by the command in the cluster\n\n${podSummary}\n\n${cut}`;
}

/** The first files, as many as there is room for. */
function listOf(files: readonly FileSize[], most: number): string {
  const list = fileLines(files, most).join('\n');
  const bytes = Buffer.from(list);
  if (bytes.length <= LIST_BYTES) return list;
  return `${withoutCutEnd(bytes.subarray(0, LIST_BYTES).toString())}…`;
}
