import { formatCount, formatFileCount, formatFiles } from '../text/bytes.ts';
import { endOfOutput, type CommandOutput } from '../pod/output.ts';
import { marked } from './catalogue/paste.ts';
import { collectedList, collectWarnings } from './collected.ts';
import type { Explanation } from './explanation.ts';
import { blocks, fenced, folded, prose } from './markdown.ts';
import { quoteOf, withoutScriptPath } from './quote.ts';
import { durationSeconds, headline, known, spokenDuration, type Report } from './report.ts';
import { fileLines } from './shipment.ts';
import { STATES } from './states.ts';

/**
 * The runner shows nothing of a summary over 1 MiB. In bytes, so that all parts stay below it together, the command's
 * own 64 KiB with them, even where each byte is a control character that three bytes stand for.
 */
const BYTES = { output: 160 * 1024, command: 32 * 1024, files: 16 * 1024, explanation: 16 * 1024 };
/** More than this is folded: all of a failure's output below a screen, a success's to read past. */
const SHORT = { failure: 30, success: 10 };
const LAST_LINES = 20;
const FILES = 200;

/** The job summary: data in, Markdown out. */
export function summary(report: Report): string {
  const { verdict, explanations, docs } = report;
  const [first] = explanations;
  return [
    `\n### ${STATES[verdict.state].sign} ${prose(headline(report, ({ marked }) => marked.title))}\n`,
    ...explanations.map((explanation) => explained(explanation, report)),
    facts(report),
    verdict.state === 'dry-run' ? '\nThe permission to run commands was not checked.\n' : '',
    ...(verdict.output ? [outputBlock(verdict.output, report)] : []),
    ...collectedBlocks(report),
    sent(report),
    ...(verdict.failure && first && docs !== undefined
      ? [
          `\n[More about this ${verdict.failure.code === 'not-waited' ? 'state' : 'failure'}](${docs}#${first.section})\n`,
        ]
      : []),
    writtenInThePod(report),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** The heading has the first explanation's title: where that is the whole sentence, it is not said twice. */
function explained(explanation: Explanation, report: Report): string {
  const isFirst = explanation === report.explanations[0];
  const sentence = isFirst && explanation.titleSaysAll ? '' : explanation.marked.sentence;
  const opening = [sentence, isFirst ? known(report) : ''].filter((part) => part !== '').join(' ');
  const words = startOf(explanation.words, BYTES.explanation);
  return [
    opening === '' ? '' : `\n${prose(startOf(opening, BYTES.explanation))}\n`,
    words === '' ? '' : fenced(words),
    blocks(startOf(explanation.marked.move, BYTES.explanation)),
  ].join('');
}

/** One line. Names are checked against their patterns, so a code span holds them. */
function facts({ verdict, cluster, shipment }: Report): string {
  const { exitCode, commandId } = verdict;
  const duration = durationSeconds(verdict);
  const parts = [
    exitCode === undefined ? '' : `Exit code ${exitCode}`,
    duration === undefined ? '' : spokenDuration(duration),
    shipment && shipment.files.length > 0 ? formatFiles(shipment.files) : '',
    cluster ? `\`${cluster.name}\` in \`${cluster.resourceGroup}\`` : '',
    commandId === undefined ? '' : `command \`${commandId}\``,
  ];
  const line = parts.filter((part) => part !== '').join(' · ');
  return line === '' ? '' : `\n${line}\n`;
}

/** What came back, and what did not. */
function collectedBlocks({ verdict: { collected } }: Report): string[] {
  if (collected === undefined) return [];
  const warnings = collectWarnings(collected, marked).join('\n');
  return [
    ...(collected.folder === ''
      ? []
      : [`\n**Collected, ${formatFiles(collected.files)}**\n${fenced(collectedList(collected))}`]),
    blocks(startOf(warnings, BYTES.explanation)),
  ];
}

function outputBlock({ text, truncated }: CommandOutput, { verdict, firstError }: Report): string {
  if (text.trim() === '' && !truncated) return '\nThe command wrote nothing.\n';
  const shown = withoutScriptPath(endOfOutput(text, BYTES.output));
  const lines = shown.trimEnd().split('\n');
  const lineCount = text.trimEnd().split('\n').length;
  const isCut = lines.length < lineCount;
  const count = `${isCut ? `the last ${formatCount(lines.length)} of ` : ''}${formatCount(lineCount)} ${lineCount === 1 ? 'line' : 'lines'}`;
  const title = `Output, ${count}${truncated ? ', incomplete' : ''}`;
  const failed = verdict.state !== 'succeeded';
  if (lineCount <= (failed ? SHORT.failure : SHORT.success) && !isCut) return `\n**${title}**\n${fenced(shown)}`;
  const all = folded(title, fenced(shown));
  if (!failed) return all;
  const quote = firstError === undefined ? undefined : quoteOf(text, firstError);
  return [
    quote ? `\n**${quote.label}**\n${fenced(quote.text)}` : '',
    `\n**The last lines of its output:**\n${fenced(endOfOutput(lines.slice(-LAST_LINES).join('\n'), BYTES.explanation))}`,
    all,
  ].join('');
}

/** What went to the cluster, on a click. */
function sent({ command, shipment }: Report): string {
  if (command === undefined) return '';
  const files = shipment?.files ?? [];
  const list = shipment ? startOf(fileLines(shipment, FILES).join('\n'), BYTES.files) : '';
  return folded(
    files.length === 0 || !shipment ? 'Command' : `Command and ${formatFileCount(files.length)}`,
    fenced(endOfOutput(command, BYTES.command), 'bash') + (list === '' ? '' : fenced(list)),
  );
}

function writtenInThePod({ verdict: { podSummary, podSummaryCut } }: Report): string {
  if (podSummary === '') return '';
  const cut = podSummaryCut ? '\n_The command wrote more than 64 KiB here; the rest was cut._\n' : '';
  return `\n#### Written by the command in the cluster\n\n${podSummary}\n\n${cut}`;
}

/** The start of a text, for what is told in its first lines. */
function startOf(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text);
  return bytes.length <= maxBytes ? text : `${bytes.subarray(0, maxBytes).toString()}…`;
}
