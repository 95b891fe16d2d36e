import { stripVTControlCharacters } from 'node:util';
import { formatBytes } from './bytes.ts';
import type { Explanation } from './explanation.ts';
import { resourceId, type ManagedCluster } from '../azure/managed-cluster.ts';
import { fenced, folded } from './markdown.ts';
import type { Shipment } from '../files/shipment.ts';
import { endOfOutput, type CommandOutput } from '../pod/transport.ts';
import type { State, Verdict } from '../verdict.ts';
import { formatDuration } from '../lifecycle/duration.ts';

/** All that a report tells. */
export type Report = {
  readonly verdict: Verdict;
  /** Why, and what to do: the verdict's explanation first, then hints on the output. */
  readonly explanations: readonly Explanation[];
  readonly cluster?: ManagedCluster;
  readonly command?: string;
  readonly shipment?: Shipment;
};

/** What each state says of the command. */
const KNOWN: Record<State, string> = {
  succeeded: 'The command ran and succeeded.',
  failed: 'The command ran and failed.',
  'not-started': 'The command did not run.',
  running: 'The command keeps running in the cluster.',
  unknown: 'The command may or may not have run.',
  'dry-run': 'Dry run: nothing was sent.',
};

/** Titles of annotations of a command without an exit code. */
const TITLE: Record<State, string> = {
  succeeded: 'Succeeded',
  failed: 'AKS reports a failure',
  'not-started': 'The command did not run',
  running: 'The command is still running',
  unknown: 'The command may or may not have run',
  'dry-run': 'Dry run',
};

const SIGN: Record<State, string> = {
  succeeded: '✅',
  failed: '❌',
  'not-started': '❌',
  running: '⏳',
  unknown: '❓',
  'dry-run': '📦',
};

/** The end of the output that an annotation shows. */
const ANNOTATION_LINES = 10;
const ANNOTATION_OUTPUT_BYTES = 1200;
/** The runner takes 4,096 characters of an annotation. */
const MAX_ANNOTATION = 4000;

/**
 * The runner shows nothing of a summary over 1 MiB. In bytes, so that all parts stay below it together, the command's
 * own 64 KiB with them, even where each byte is a control character that three bytes stand for.
 */
const SUMMARY_BYTES = { output: 192 * 1024, command: 32 * 1024, files: 16 * 1024, explanation: 16 * 1024 };
const SHORT_OUTPUT_LINES = 30;
const SUMMARY_FILES = 200;
const LOG_FILES = 5000;

/** What is known of the command, in one sentence; empty where the failure's own sentence says it. */
export function known({ state, exitCode, failure }: Verdict): string {
  switch (failure?.code) {
    case 'exit-code':
    case 'timed-out':
      return '';
    case 'no-bash':
      return KNOWN['not-started'];
    case 'aks-failed':
      return 'AKS does not say whether the command ran.';
    case 'outputs-malformed':
    case 'outputs-too-large':
    case 'outputs-lost':
      return `The command ran and ended with exit code ${exitCode}.`;
    default:
      return KNOWN[state];
  }
}

/** The error annotation. */
export type Annotation = {
  readonly title: string;
  /** Foreign text, which the runner's own rules escape. */
  readonly message: string;
  /** Whether all that is to be said fits: else it belongs into the log as well. */
  readonly whole: boolean;
};

/** Why, what is known of the command, what to do, and the last lines of its output. */
export function annotation({ verdict, explanations }: Report): Annotation {
  const { state, exitCode, output } = verdict;
  const title = exitCode === undefined ? TITLE[state] : `Exit code ${exitCode}`;
  const lines = endOfOutput(output?.text ?? '', ANNOTATION_OUTPUT_BYTES)
    .trimEnd()
    .split('\n')
    .slice(-ANNOTATION_LINES);
  const [first, ...hints] = explanations;
  const parts = [
    [first?.sentence, known(verdict)].filter(Boolean).join(' '),
    first?.words,
    first?.move,
    lines.join('\n').trim() === '' ? '' : `The last lines of its output:\n${lines.join('\n')}`,
    ...hints.map(({ sentence, move }) => [sentence, move].filter(Boolean).join('\n')),
  ];
  const message = stripVTControlCharacters(parts.filter(Boolean).join('\n\n'));
  const whole = message.length <= MAX_ANNOTATION;
  return { title, message: whole ? message : `${message.slice(0, MAX_ANNOTATION)}…`, whole };
}

/** An explanation as a block of text. Foreign text. */
export function explanationText({ sentence, words, move }: Explanation): string {
  return [sentence, words, move].filter((part) => part !== '').join('\n\n');
}

/** What goes to the cluster, for the log. Foreign text. */
export function describeShipment({
  cluster,
  command,
  shipment,
}: Pick<Report, 'cluster' | 'command' | 'shipment'>): string {
  const lines = cluster ? [`cluster  ${resourceId(cluster)}`] : [];
  if (shipment) {
    lines.push(`files    ${countFiles(shipment)}`);
    lines.push(...fileLines(shipment, LOG_FILES).map((line) => `  ${line}`));
  }
  if (command !== undefined) lines.push('command', command.trimEnd().replaceAll(/^/gm, '  '));
  return lines.join('\n');
}

/** The job summary: data in, Markdown out. */
export function summary(report: Report): string {
  const { verdict, explanations, command, shipment } = report;
  const { state, output, podSummary, podSummaryCut } = verdict;
  const parts = [`\n## ${SIGN[state]} AKS Run Command: ${headline(verdict)}\n`, facts(report)];

  // The headline has the exit code already.
  for (const explanation of explanations.slice(verdict.failure?.code === 'exit-code' ? 1 : 0)) {
    parts.push(fenced(wrapped(clip(explanationText(explanation), SUMMARY_BYTES.explanation))));
  }
  if (output) parts.push(outputBlock(output));
  if (command !== undefined) parts.push(folded('Command', fenced(endOfOutput(command, SUMMARY_BYTES.command))));
  if (shipment && shipment.files.length > 0) {
    parts.push(folded('Files', fenced(clip(fileLines(shipment, SUMMARY_FILES).join('\n'), SUMMARY_BYTES.files))));
  }
  if (podSummary !== '') {
    parts.push('\n## Written by the command in the cluster\n', podSummary, '\n');
    if (podSummaryCut) parts.push('\n_The command wrote more than 64 KiB here; the rest was cut._\n');
  }
  return parts.join('\n');
}

function headline({ state, exitCode, failure }: Verdict): string {
  const code = exitCode === undefined ? '' : `, exit code ${exitCode}`;
  const words: Record<State, string> = {
    succeeded: 'succeeded',
    failed: failure?.code === 'timed-out' ? 'timed out' : 'failed',
    'not-started': 'did not run',
    running: 'still running',
    unknown: 'may or may not have run',
    'dry-run': 'dry run, nothing was sent',
  };
  return words[state] + code;
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
  const shown = endOfOutput(text, SUMMARY_BYTES.output);
  const lineCount = text.trimEnd().split('\n').length;
  const cut = shown.length < text.length ? ', its end' : '';
  const missing = truncated ? ', incomplete' : '';
  const title = `Output, ${lineCount.toLocaleString('en')} ${lineCount === 1 ? 'line' : 'lines'}${cut}${missing}`;
  const short = lineCount <= SHORT_OUTPUT_LINES && cut === '';
  return short ? `\n**${title}**\n${fenced(shown)}` : folded(title, fenced(shown));
}

function countFiles({ files, zipBytes }: Shipment): string {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  return `${files.length.toLocaleString('en')} ${files.length === 1 ? 'file' : 'files'}, ${formatBytes(total)}, zip ${formatBytes(zipBytes)}`;
}

function fileLines({ files }: Shipment, most: number): string[] {
  const sizes = files.slice(0, most).map(({ path, bytes }) => `${formatBytes(bytes).padStart(9)}  ${path}`);
  return files.length > most ? [...sizes, `… and ${files.length - most} more`] : sizes;
}

/** Whole seconds between AKS's two times; undefined where one is missing. */
export function durationSeconds({ startedAt, finishedAt }: Verdict): number | undefined {
  if (startedAt === undefined || finishedAt === undefined) return undefined;
  const seconds = Math.round((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}

/** Prose, broken into lines for a block that does not wrap. What is to be pasted is indented, and stays whole. */
function wrapped(text: string): string {
  const lines = text.split('\n');
  return lines
    .map((line) => (line.startsWith('  ') ? line : line.replaceAll(/(.{60,88}?) +(?=.)/g, '$1\n')))
    .join('\n');
}

/** The start of a text, for what is told in its first lines. */
function clip(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text);
  return bytes.length <= maxBytes ? text : `${bytes.subarray(0, maxBytes).toString()}…`;
}
