import type { SentCollection } from '../collect/collection.ts';
import { withoutCutEnd } from '../text/cut.ts';
import { hashOf } from './boundary.ts';
import { readOutput, type CommandOutput } from './output.ts';
import { findSection, numberOf, split, type Mark, type Section } from './sections.ts';

/**
 * AKS keeps the first 512 KiB of what a pod writes ("every truncated response was exactly 512·1024
 * bytes") and drops the rest. In bytes; `src/pod/run.sh` stays below.
 */
export const LOG_LIMIT = 524_288;

/** What a log that is not the script's shows: all of it, unless AKS cut it within a word. */
export function outputOfOther(log: string): CommandOutput {
  const truncated = Buffer.byteLength(log) >= LOG_LIMIT;
  return { text: truncated ? withoutCutEnd(log) : log, truncated };
}

/**
 * The largest accepted `$GITHUB_OUTPUT` and `$GITHUB_STEP_SUMMARY`, in bytes. Of a larger one, the
 * pod sends this much.
 */
export const FILE_LIMIT = 65_536;

/** What the pod sent of `$GITHUB_OUTPUT` or `$GITHUB_STEP_SUMMARY`. */
export type SentFile = {
  readonly text: string;
  /** The file is larger than {@link FILE_LIMIT}, as counted by the pod. */
  readonly isCut: boolean;
  /** Not as many bytes arrived as the pod had counted: something changed the file meanwhile. */
  readonly isChanged: boolean;
};

/** What came back from the pod. */
export type PodReport =
  /**
   * Not written by this action's script, or by another run of it. Shown as it is, and not trusted
   * at all.
   */
  | { readonly kind: 'unrecognized'; readonly output: string }
  /**
   * The script began, but the log has neither {@link BEGIN_LINE} nor a refusal. The container was
   * killed before the command, or it is a second container, whose script finds no boundary: the
   * first one's command may have run.
   */
  | { readonly kind: 'not-begun'; readonly output: string }
  /** The script says that it ran nothing. */
  | {
      readonly kind: 'refused';
      /**
       * Whether the log has nothing else. Anything else contradicts it, above all {@link
       * BEGIN_LINE}.
       */
      readonly alone: boolean;
      /**
       * What the pod lacks: a tool, one of the action's files, a `disk` to write to, or a default
       * `namespace`. Absent if the pod started too late.
       */
      readonly lacks?: string;
      /** The line in which kubectl says why. Untrusted text. */
      readonly why?: string;
    }
  | {
      readonly kind: 'ran';
      readonly output: CommandOutput;
      /**
       * The script reached its end, so all below is known. Otherwise, it was killed, or AKS cut the
       * end off.
       */
      readonly complete: boolean;
      /**
       * The command's exit code, or 124 after a timeout. If the stream lacks it, the output is
       * incomplete, too.
       */
      readonly exitCode: number | undefined;
      /** The timeout, in seconds, at which the pod ended the command. */
      readonly timedOutAfter: number | undefined;
      /**
       * The names of processes that the command left behind and that the script had to end, because
       * they could still write output. Untrusted text, each once; undefined if there were none.
       */
      readonly leftBehind: readonly string[] | undefined;
      /** `$GITHUB_OUTPUT`. Undefined if lost, or not a file. */
      readonly outputs: SentFile | undefined;
      /** `$GITHUB_STEP_SUMMARY`, likewise. */
      readonly summary: SentFile | undefined;
      /** Undefined if nothing was to be collected, or if it did not arrive. */
      readonly collection: SentCollection | undefined;
    };

/** The exit code with which the script refuses to run a command: `EX_TEMPFAIL`. */
export const REFUSED_EXIT_CODE = 75;

/**
 * The exit code of a script that finds no boundary: another container of the pod has used it, or it
 * did not arrive.
 */
export const NO_BOUNDARY_EXIT_CODE = 76;

/**
 * The first line of the script's stream. The script prints it before it can exit, so a log without
 * it is not the script's.
 */
function startLine(hash: string): string {
  return `aks-run-command start ${hash}\n`;
}

/**
 * If there is nothing else, a service may strip the newline. A log that ends within the hash is
 * still the script's, and shows no command.
 */
const START_LINE = /(?:^|\n)aks-run-command start ([0-9a-f]{0,64})(?:\n|$)/;

/**
 * The script prints this after its last chance to refuse, before any process of the command exists.
 * A log only grows: something that takes the script's place later cannot remove this line, so a
 * refusal after it proves nothing. Without this line, the command may not have begun, so no exit
 * code is the command's.
 */
const BEGIN_LINE = 'aks-run-command begin\n';

/**
 * Reads what `src/pod/run.sh` wrote, as AKS returns it.
 *
 * @param logs decoded as UTF-8, broken characters as U+FFFD
 * @param ownHash of this submission's boundary. Its lines have the boundary itself, which only the
 *   script could write. A follower takes the hash from the script's first line, and the command of
 *   any tool could print a whole log like this one. So if a command began, and the log has anything
 *   before the script's first line or after its last one, it counts as another tool's.
 */
export function readStream(logs: string, ownHash?: string): PodReport {
  const unrecognized: PodReport = { kind: 'unrecognized', output: logs };
  const hash = ownHash ?? START_LINE.exec(logs)?.[1];
  if (hash === undefined) return unrecognized;

  // The last line of a log may lack its newline.
  const start = `\n${logs}\n`.indexOf(`\n${startLine(hash)}`);
  if (start < 0) return unrecognized;

  const before = logs.slice(0, start);
  const rest = logs.slice(start + startLine(hash).length);
  const hasBegun = `${rest}\n`.startsWith(BEGIN_LINE);
  const stream = hasBegun ? rest.slice(BEGIN_LINE.length) : rest;
  const boundary = findBoundary(stream, hash);
  const { text, sections } =
    boundary === undefined ? { text: stream, sections: [] } : split(stream, boundary);

  const find = (...marks: readonly Mark[]) => findSection(sections, ...marks);
  const refusal = find('refused', 'lacks');
  if (refusal !== undefined) {
    const isAll = before === '' && text === '' && sections.length === 1 && refusal.text === '';
    return { kind: 'refused', alone: !hasBegun && isAll, ...lackOf(refusal) };
  }
  if (!hasBegun) return { kind: 'not-begun', output: before + rest };

  const isWhole = before === '' && !continuesAfterEnd(sections);
  if (ownHash === undefined && !isWhole) return unrecognized;

  const { output, exitCode } = readOutput(text, sections);
  return {
    kind: 'ran',
    // What was written before the script began may explain why there is nothing else.
    output: { ...output, text: before + output.text },
    complete: find('end') !== undefined,
    exitCode,
    timedOutAfter: numberOf(sections, 'timed-out'),
    leftBehind: leftBehind(find('left-behind')),
    outputs: sentFile(sections, 'outputs'),
    summary: sentFile(sections, 'summary'),
    collection: sentCollection(find('collected', 'uncollected')),
  };
}

/**
 * The boundary with that hash, if a line of the text begins with it; undefined if the script wrote
 * no such line.
 */
function findBoundary(text: string, hash: string): string | undefined {
  const candidates = text.match(/^aks-run-command:[0-9a-f]{32}(?= )/gm);
  return candidates?.find((candidate) => hashOf(candidate) === hash);
}

/**
 * Whether something follows the script's last line. Then the log is another tool's, and what its
 * command printed first only looks like the script's.
 */
function continuesAfterEnd(sections: readonly Section[]): boolean {
  const end = sections.findIndex(({ mark }) => mark === 'end');
  return end >= 0 && sections.slice(end).some(({ text }, index) => index > 0 || text !== '');
}

/** What the pod lacks, and the script's reason if it has one. Empty if the pod started too late. */
function lackOf({ mark, detail }: Section): { lacks?: string; why?: string } {
  if (mark === 'refused') return {};

  const namespace = 'namespace ';
  if (!detail.startsWith(namespace)) return { lacks: detail };
  return { lacks: 'namespace', why: detail.slice(namespace.length) };
}

function sentFile(sections: readonly Section[], mark: Mark): SentFile | undefined {
  const section = findSection(sections, mark);
  const bytes = numberOf(sections, mark);
  if (section === undefined || bytes === undefined) return undefined;
  const { text } = section;
  const isChanged = !canBe(text, Math.min(bytes, FILE_LIMIT));
  return { text, isCut: bytes > FILE_LIMIT, isChanged };
}

/**
 * Whether a text can be so many bytes, decoded. Where they were not UTF-8, it has U+FFFD, three
 * bytes in UTF-8, which stands for one to three of them.
 */
function canBe(text: string, bytes: number): boolean {
  const most = Buffer.byteLength(text);
  const broken = text.split('\uFFFD').length - 1;
  return bytes <= most && bytes >= most - 2 * broken;
}

function leftBehind(section: Section | undefined): readonly string[] | undefined {
  if (section === undefined) return undefined;
  return [...new Set(section.text.split('\n').filter((name) => name !== ''))];
}

function sentCollection(section: Section | undefined): SentCollection | undefined {
  if (section === undefined) return undefined;
  if (section.mark === 'collected') return { kind: 'sent', text: section.text };

  const because = (['size', 'time'] as const).find((reason) => reason === section.detail);
  return { kind: 'uncollected', because: because ?? 'disk' };
}

/**
 * Whether a log has the script's whole frame: first line, exit code, and end. That proves that the
 * command ended.
 */
export function isFramed(podReport: PodReport): boolean {
  return podReport.kind === 'ran' && podReport.complete && podReport.exitCode !== undefined;
}
