import { durationSeconds } from '../azure/command-result.ts';
import { formatCount, formatFileCount, formatFiles } from '../text/bytes.ts';
import type { State } from '../verdict.ts';
import { shownEnd, shownStart, withoutScriptPath, type ShownOutput } from './excerpt.ts';
import { COLLECTED_LISTED, collectWarnings, fileLines } from './file-lists.ts';
import { codeBlock, details, markdownBlocks, markdownText } from './markdown.ts';
import { say, type Block, type Message, type Part, type Prose } from './message.ts';
import { plainBlocks } from './plain-text.ts';
import {
  commandOutcome,
  headline,
  moreAbout,
  spokenDuration,
  STATES,
  type Report,
} from './report.ts';

/**
 * The runner drops a summary over 1 MiB. These limits, before escaping, keep even the worst of all
 * parts below it, with the command's own 64 KiB: backticks make their fence longer, and a control
 * character becomes three bytes.
 */
const BYTES = {
  output: 128 * 1024,
  command: 16 * 1024,
  list: 16 * 1024,
  explanation: 8 * 1024,
  heading: 1024,
};
/**
 * A longer output is folded: a failure's below its last lines, a success's because few will read
 * it.
 */
const SHORT = { failure: 30, success: 10 };
const LAST_LINES = 20;
const FILES_LISTED = 200;

export function summary(report: Report): string {
  const { verdict, output, explanations } = report;
  const [first, ...others] = explanations;
  const heading = headingOf(report);
  const subject = verdict.failure?.code === 'not-waited' ? 'state' : 'failure';
  const more = verdict.failure && moreAbout(report);
  return [
    `\n### ${STATES[verdict.state].sign} ${heading.markdown}\n`,
    factsLine(report),
    first === undefined ? '' : causeOf(first, belowHeading(first, heading.hasSentence, report)),
    verdict.state === 'dry-run' ? '\nThe permission to run commands was not checked.\n' : '',
    output ? outputBlock(output, verdict.state) : '',
    first === undefined ? '' : remedyOf(first),
    ...others.map((other) => causeOf(other, other.sentence) + remedyOf(other)),
    collectedBlocks(report),
    commandAndFiles(report),
    more === undefined ? '' : `\n[More about this ${subject}](${more})\n`,
    writtenInThePod(report),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/**
 * The headline, and the command if that tells two steps apart.
 *
 * @returns `hasSentence`: whether the first explanation's sentence is in it, as a whole
 */
function headingOf(report: Report): { readonly markdown: string; readonly hasSentence: boolean } {
  const { explanations, verdict } = report;
  const whole = headline(report);
  const shown = clippedProse(whole, BYTES.heading);
  const command = commandInHeading(report);
  return {
    markdown: markdownText(command === '' ? shown : say`${shown} · ${command}`),
    hasSentence:
      (explanations[0]?.title === undefined || verdict.failure?.code === 'exit-code') &&
      Buffer.byteLength(whole.parts.map(partText).join('')) <= BYTES.heading,
  };
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

/** What the first explanation says below the heading, which may have its sentence already. */
function belowHeading({ sentence }: Message, isInHeading: boolean, report: Report): Prose {
  // The facts have the exit code.
  const outcome = report.verdict.failure?.code === 'exit-code' ? '' : commandOutcome(report);
  return { kind: 'prose', parts: isInHeading ? [outcome] : [...sentence.parts, ' ', outcome] };
}

function causeOf(explanation: Message, sentence: Prose): string {
  const text = markdownText(clippedProse(sentence, BYTES.explanation));
  const errorText = startOf(explanation.errorText, BYTES.explanation);
  return (text === '' ? '' : `\n${text}\n`) + (errorText === '' ? '' : codeBlock(errorText));
}

function remedyOf({ remedy }: Message): string {
  return markdownBlocks(firstBlocks(remedy, BYTES.explanation));
}

/** The facts in one line. Names match their patterns, so they need no escaping in a code span. */
function factsLine({ verdict, target, namespace, packed }: Report): string {
  const { exitCode, commandId } = verdict;
  const seconds = durationSeconds(verdict);
  const files = packed?.files ?? [];
  const parts: string[] = [];
  if (exitCode !== undefined) parts.push(`Exit code ${exitCode}`);
  if (seconds !== undefined) parts.push(spokenDuration(seconds));
  if (files.length > 0) parts.push(formatFiles(files));
  if (target) parts.push(`\`${target.cluster.name}\` in \`${target.cluster.resourceGroup}\``);
  if (namespace !== undefined) parts.push(`namespace \`${namespace}\``);
  if (commandId !== undefined) parts.push(`command \`${commandId}\``);
  return parts.length === 0 ? '' : `\n${parts.join(' · ')}\n`;
}

function collectedBlocks({ verdict: { collected } }: Report): string {
  if (collected === undefined) return '';

  const { folder, files } = collected;
  const list = startOf(fileLines(files, COLLECTED_LISTED).join('\n'), BYTES.list);
  const came = folder === '' ? '' : `\n**Collected, ${formatFiles(files)}**\n${codeBlock(list)}`;
  const warnings = collectWarnings(collected, (name) => name).flat();
  return came + markdownBlocks(firstBlocks(warnings, BYTES.explanation));
}

function outputBlock({ text, truncated, firstError }: ShownOutput, state: State): string {
  if (text.trim() === '' && !truncated) {
    return state === 'unknown' ? '' : '\nThe command wrote nothing.\n';
  }

  const shown = withoutScriptPath(shownEnd(text, BYTES.output));
  const lines = shown.trimEnd().split('\n');
  const lineCount = text.trimEnd().split('\n').length;
  const title = `Output, ${countLines(lines.length, lineCount)}${truncated ? ', incomplete' : ''}`;
  const hasFailed = state !== 'succeeded';
  const most = hasFailed ? SHORT.failure : SHORT.success;
  if (lineCount <= most && lines.length === lineCount) return `\n**${title}**\n${codeBlock(shown)}`;

  const all = details(title, codeBlock(shown));
  if (!hasFailed) return all;

  const last = shownEnd(lines.slice(-LAST_LINES).join('\n'), BYTES.explanation);
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
  const list = startOf(fileLines(files, FILES_LISTED).join('\n'), BYTES.list);
  return details(
    files.length === 0 ? 'Command' : `Command and ${formatFileCount(files.length)}`,
    codeBlock(shownEnd(command, BYTES.command), 'bash') + (list === '' ? '' : codeBlock(list)),
  );
}

function writtenInThePod({ verdict: { podSummary, podSummaryCut } }: Report): string {
  if (podSummary === '') return '';
  const cut = podSummaryCut
    ? '\n_The command wrote more than 64 KiB here; the rest was cut._\n'
    : '';
  return `\n#### Written by the command in the cluster\n\n${podSummary}\n\n${cut}`;
}

/** The start of a text whose first lines say the most. */
function startOf(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text);
  return bytes.length <= maxBytes ? text : `${bytes.subarray(0, maxBytes).toString()}…`;
}

/** The start of prose. */
function clippedProse({ kind, parts }: Prose, maxBytes: number): Prose {
  const clipped: Part[] = [];
  let left = maxBytes;
  for (const part of parts) {
    if (left <= 0) break;
    const text = partText(part);
    const start = startOf(text, left);
    clipped.push(typeof part === 'string' ? start : { ...part, text: start });
    left -= Buffer.byteLength(text);
  }
  return { kind, parts: clipped };
}

function partText(part: Part): string {
  return typeof part === 'string' ? part : part.text;
}

/**
 * The first blocks, as many as there is room for. A block is never cut, since a part of it may do
 * something else.
 */
function firstBlocks(blocks: readonly Block[], maxBytes: number): readonly Block[] {
  let bytes = 0;
  const end = blocks.findIndex((block) => {
    bytes += Buffer.byteLength(plainBlocks([block]));
    return bytes > maxBytes;
  });
  return end < 0 ? blocks : [...blocks.slice(0, end), say`…`];
}
