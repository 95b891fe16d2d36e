import { formatCount } from '../files/bytes.ts';
import { formatDuration } from '../lifecycle/duration.ts';
import { endOfOutput, type CommandOutput } from '../pod/output.ts';
import type { Verdict } from '../verdict.ts';
import { explanationText } from './explanation.ts';
import { fenced, folded } from './markdown.ts';
import { durationSeconds, type Report } from './report.ts';
import { countFiles, fileLines } from './shipment.ts';
import { STATES } from './states.ts';

/**
 * The runner shows nothing of a summary over 1 MiB. In bytes, so that all parts stay below it together, the command's
 * own 64 KiB with them, even where each byte is a control character that three bytes stand for.
 */
const BYTES = { output: 192 * 1024, command: 32 * 1024, files: 16 * 1024, explanation: 16 * 1024 };
const SHORT_OUTPUT_LINES = 30;
const FILES = 200;

/** The job summary: data in, Markdown out. */
export function summary(report: Report): string {
  const { verdict, explanations, command, shipment } = report;
  const { state, output, podSummary, podSummaryCut } = verdict;
  const parts = [`\n## ${STATES[state].sign} AKS Run Command: ${headline(verdict)}\n`, facts(report)];

  // The headline has the exit code already.
  for (const explanation of explanations.slice(verdict.failure?.code === 'exit-code' ? 1 : 0)) {
    parts.push(fenced(wrapped(startOf(explanationText(explanation), BYTES.explanation))));
  }
  if (output) parts.push(outputBlock(output));
  if (command !== undefined) parts.push(folded('Command', fenced(endOfOutput(command, BYTES.command))));
  if (shipment && shipment.files.length > 0) {
    parts.push(folded('Files', fenced(startOf(fileLines(shipment, FILES).join('\n'), BYTES.files))));
  }
  if (podSummary !== '') {
    parts.push('\n## Written by the command in the cluster\n', podSummary, '\n');
    if (podSummaryCut) parts.push('\n_The command wrote more than 64 KiB here; the rest was cut._\n');
  }
  return parts.join('\n');
}

function headline({ state, exitCode, failure }: Verdict): string {
  const code = exitCode === undefined ? '' : `, exit code ${exitCode}`;
  return (failure?.code === 'timed-out' ? 'timed out' : STATES[state].headline) + code;
}

/** Names are checked against their patterns, so a code span holds them. */
function facts({ verdict, cluster, shipment }: Report): string {
  const duration = durationSeconds(verdict);
  const rows: [string, string | undefined][] = [
    ['Cluster', cluster && `\`${cluster.name}\` in \`${cluster.resourceGroup}\``],
    ['Duration', duration === undefined ? undefined : duration === 0 ? 'less than 1s' : formatDuration(duration)],
    ['Files', shipment && countFiles(shipment)],
    ['Command id', verdict.commandId && `\`${verdict.commandId}\``],
  ];
  const [first, ...others] = rows.flatMap(([name, value]) => (value === undefined ? [] : [`| ${name} | ${value} |\n`]));
  return first === undefined ? '' : `${first}| --- | --- |\n${others.join('')}`;
}

function outputBlock({ text, truncated }: CommandOutput): string {
  if (text.trim() === '' && !truncated) return '\nThe command wrote nothing.\n';
  const shown = endOfOutput(text, BYTES.output);
  const lineCount = text.trimEnd().split('\n').length;
  const cut = shown.length < text.length ? ', its end' : '';
  const missing = truncated ? ', incomplete' : '';
  const title = `Output, ${formatCount(lineCount)} ${lineCount === 1 ? 'line' : 'lines'}${cut}${missing}`;
  const short = lineCount <= SHORT_OUTPUT_LINES && cut === '';
  return short ? `\n**${title}**\n${fenced(shown)}` : folded(title, fenced(shown));
}

/** Prose, broken into lines for a block that does not wrap. What is to be pasted is indented, and stays whole. */
function wrapped(text: string): string {
  const lines = text.split('\n');
  return lines
    .map((line) => (line.startsWith('  ') ? line : line.replaceAll(/(.{60,88}?) +(?=.)/g, '$1\n')))
    .join('\n');
}

/** The start of a text, for what is told in its first lines. */
function startOf(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text);
  return bytes.length <= maxBytes ? text : `${bytes.subarray(0, maxBytes).toString()}…`;
}
