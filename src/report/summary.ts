import { durationSeconds } from '../azure/command-result.ts';
import type { FileSize } from '../failure.ts';
import { formatCount, formatFileCount, formatFiles } from '../text/bytes.ts';
import { joined, plain, say, type Text } from '../text/say.ts';
import type { State } from '../verdict.ts';
import { shownEnd, shownStart } from '../text/cut.ts';
import { withoutScriptPath, type ShownOutput } from './excerpt.ts';
import { codeBlock, details, markdownBlocks, paragraph } from './blocks.ts';
import { COLLECTED_LISTED, collectWarnings, fileLines } from './file-lists.ts';
import { spokenDuration, type Report } from './report.ts';

/**
 * The runner drops a summary over 1 MiB. These limits of its long parts, before escaping, keep it
 * below that, with the command's own 64 KiB: backticks make their fence longer, and a control
 * character becomes three bytes.
 */
const OUTPUT_BYTES = 128 * 1024;
const COMMAND_BYTES = 16 * 1024;
const LIST_BYTES = 16 * 1024;
/**
 * A longer output is folded: a failure's below its last lines, a success's because few will read
 * it.
 */
const SHORT = { failure: 30, success: 10 };
const LAST_LINES = 20;
const LAST_BYTES = 8 * 1024;
const FILES_LISTED = 200;

const SIGNS: Readonly<Record<State, string>> = {
  succeeded: '✅',
  failed: '❌',
  'not-started': '❌',
  running: '⏳',
  unknown: '❓',
  'dry-run': '📦',
};

/** The report as the Markdown of a job summary. */
export function summary(report: Report): string {
  const { verdict, output, cause, outcome, others, link } = report;
  const { state, failure } = verdict;
  return [
    `\n### ${SIGNS[state]} ${heading(report).markdown}\n`,
    paragraph(facts(report)),
    // The facts have the exit code.
    cause && failure?.code !== 'exit-code' ? paragraph(outcome) : '',
    cause ? errorBlock(cause.errorText) : '',
    state === 'dry-run' ? '\nThe permission to run commands was not checked.\n' : '',
    output ? outputBlock(output, state) : '',
    cause ? markdownBlocks(cause.remedy) : '',
    ...others.map(({ line, errorText, remedy }) => {
      return paragraph(say`${line}.`) + errorBlock(errorText) + markdownBlocks(remedy);
    }),
    collectedBlocks(report),
    commandAndFiles(report),
    link === undefined ? '' : `\n[More about this](${link})\n`,
    writtenInThePod(report),
  ].join('');
}

/** The headline, and the command if that tells two steps apart. */
function heading(report: Report): Text {
  const command = commandInHeading(report);
  return command === '' ? report.headline : say`${report.headline} · ${command}`;
}

/**
 * The first line of the command. Empty if it would mislead: if a command of several lines failed,
 * the first is rarely the one that did.
 */
function commandInHeading({ command = '', verdict }: Report): string {
  // Without empty lines, comments, and options of the shell.
  const lines = command
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^(?!#|set [-+])./.test(line));
  const [first = '', ...others] = lines;
  if (verdict.failure && others.length > 0) return '';
  return shownStart(first, 60);
}

function errorBlock(errorText: string): string {
  return errorText === '' ? '' : codeBlock(errorText);
}

/** The facts in one line. */
function facts({ verdict, target, namespace, packed }: Report): Text {
  const { exitCode, commandId } = verdict;
  const seconds = durationSeconds(verdict);
  const files = packed?.files ?? [];
  const parts: Text[] = [];
  if (exitCode !== undefined) parts.push(say`Exit code ${exitCode}`);
  if (seconds !== undefined) parts.push(spokenDuration(seconds));
  if (files.length > 0) parts.push(plain(formatFiles(files)));
  if (target) parts.push(say`${target.cluster.name} in ${target.cluster.resourceGroup}`);
  if (namespace !== undefined) parts.push(say`namespace ${namespace}`);
  if (commandId !== undefined) parts.push(say`command ${commandId}`);
  return joined(parts, ' · ');
}

function collectedBlocks({ verdict: { collected } }: Report): string {
  if (collected === undefined) return '';

  const { folder, files } = collected;
  const list = listOf(files, COLLECTED_LISTED);
  const came = folder === '' ? '' : `\n**Collected, ${formatFiles(files)}**\n${codeBlock(list)}`;
  return came + markdownBlocks(collectWarnings(collected).flat());
}

function outputBlock({ text, truncated, firstError }: ShownOutput, state: State): string {
  if (text.trim() === '' && !truncated) {
    return state === 'unknown' ? '' : '\nThe command wrote nothing.\n';
  }

  const shown = withoutScriptPath(shownEnd(text, OUTPUT_BYTES));
  const lines = shown.trimEnd().split('\n');
  const lineCount = text.trimEnd().split('\n').length;
  const title = `Output, ${countLines(lines.length, lineCount)}${truncated ? ', incomplete' : ''}`;
  const hasFailed = state !== 'succeeded';
  const most = hasFailed ? SHORT.failure : SHORT.success;
  if (lineCount <= most && lines.length === lineCount) return `\n**${title}**\n${codeBlock(shown)}`;

  const all = details(title, codeBlock(shown));
  if (!hasFailed) return all;

  const last = shownEnd(lines.slice(-LAST_LINES).join('\n'), LAST_BYTES);
  return [
    firstError ? `\n**${firstError.label}**\n${codeBlock(firstError.text)}` : '',
    `\n**The last lines of its output:**\n${codeBlock(last)}`,
    all,
  ].join('');
}

function countLines(shown: number, all: number): string {
  const count = `${formatCount(all)} ${all === 1 ? 'line' : 'lines'}`;
  return shown < all ? `the last ${formatCount(shown)} of ${count}` : count;
}

function commandAndFiles({ command, packed }: Report): string {
  if (command === undefined) return '';
  const files = packed?.files ?? [];
  const list = listOf(files, FILES_LISTED);
  return details(
    files.length === 0 ? 'Command' : `Command and ${formatFileCount(files.length)}`,
    codeBlock(shownEnd(command, COMMAND_BYTES), 'bash') + (list === '' ? '' : codeBlock(list)),
  );
}

function writtenInThePod({ verdict: { podSummary, podSummaryCut } }: Report): string {
  if (podSummary === '') return '';
  const cut = podSummaryCut
    ? '\n_The command wrote more than 64 KiB here; the rest was cut._\n'
    : '';
  return `\n#### Written by the command in the cluster\n\n${podSummary}\n\n${cut}`;
}

/** The first files, as many as there is room for. */
function listOf(files: readonly FileSize[], most: number): string {
  const list = fileLines(files, most).join('\n');
  const bytes = Buffer.from(list);
  return bytes.length <= LIST_BYTES ? list : `${bytes.subarray(0, LIST_BYTES).toString()}…`;
}
