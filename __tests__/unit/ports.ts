import type { Clock } from '../../src/clock.ts';
import type { Answered } from '../../src/azure/answer.ts';
import type { CommandId, CommandResult } from '../../src/azure/command-result.ts';
import { githubIdToken } from '../../src/hosts/github-job.ts';
import type { Host, Log, OutputValue } from '../../src/hosts/port.ts';
import { WORKFLOW } from '../../src/hosts/words.ts';
import type { Text } from '../../src/text/say.ts';

/** Ports of plain values: time that passes at once, and a host that keeps what it was given. */

/** An answer of a service; a body that is not a text becomes JSON. */
export const http = (
  status: number,
  body: unknown = '',
  headers: Readonly<Record<string, string>> = {},
): Answered => ({
  kind: 'answered',
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

export const ID = '476c56420763494ca19c24e67f15f66e' as CommandId;

/** A result in which AKS says as little as it may. */
export const RESULT: CommandResult = {
  provisioningState: 'succeeded',
  exitCode: 0,
  logs: '',
  reason: undefined,
  startedAt: undefined,
  finishedAt: undefined,
};

/** A run that ended before the script sent anything but output. */
export const NOTHING_SENT = {
  kind: 'ran',
  complete: false,
  exitCode: undefined,
  timedOutAfter: undefined,
  leftBehind: undefined,
  outputs: undefined,
  summary: undefined,
  collection: undefined,
} as const;

/**
 * Starts at noon of a day; a sleep passes at once. `passed()` is the number of milliseconds since
 * the beginning.
 */
function instantClock(): Clock & { passed(): number } {
  const noon = Date.parse('2026-11-25T12:00:00Z');
  let passed = 0;
  return {
    now: () => noon + passed,
    monotonic: () => passed,
    passed: () => passed,
    sleep(milliseconds, signal) {
      if (signal?.aborted !== true) passed += milliseconds;
      return Promise.resolve();
    },
  };
}

/** Everything that a function of the core may need from the world. */
export function ports() {
  const abort = new AbortController();
  const { log, transcript } = keptLog();
  return {
    clock: instantClock(),
    log,
    transcript,
    random: () => 0.5,
    cancelled: abort.signal,
    cancel: () => {
      abort.abort();
    },
  };
}

function keptLog() {
  const transcript: string[] = [];
  const keep = (kind: string) => (text: string) => void transcript.push(`${kind} ${text}`);
  const group = ({ plain }: Text, text: string) => void transcript.push(`group ${plain}\n${text}`);
  const log: Log = {
    progress: (_phase, line) => {
      if (line !== undefined) keep('info')(line.plain);
    },
    info: ({ plain }) => {
      keep('info')(plain);
    },
    show: keep('show'),
    group,
    detail: group,
    warn: ({ markdown }) => {
      keep('warn')(markdown);
    },
    debug: keep('debug'),
  };
  return { log, transcript };
}

export type KeptHost = Host & {
  /** Log, masks, outputs and annotations in their order. */
  readonly transcript: string[];
  outputs(): Readonly<Record<string, string>>;
  summary(): string;
};

export function keptHost(
  inputs: Readonly<Record<string, string>> = {},
  variables: Readonly<Record<string, string>> = {},
  state = '',
): KeptHost {
  const { log, transcript } = keptLog();
  const outputs: [string, string][] = [];
  const setOutput = (name: string, value: OutputValue) => {
    transcript.push(`output ${name}`);
    outputs.push([name, String(value ?? '')]);
  };
  let summary = '';
  let saved = state;
  return {
    transcript,
    outputs: () => Object.fromEntries(outputs),
    summary: () => summary,
    words: WORKFLOW,
    input: (name) => inputs[name] ?? '',
    isGiven: (name) => (inputs[name] ?? '').trim() !== '',
    problems: [],
    variable: (name) => variables[name],
    idTokenSource: () => githubIdToken((name) => variables[name]),
    isFromFork: () => false,
    allowedFolders: { workspace: '/workspace', temp: undefined },
    collectInto: { below: '/temp' },
    log,
    showOutput: (text) => {
      log.show(text);
      return Promise.resolve();
    },
    mask: (secret) => void transcript.push(`mask ${secret}`),
    setOutput,
    setStepOutput: setOutput,
    saveState(state) {
      saved = state;
    },
    savedState: () => saved,
    error: (title, message) => void transcript.push(`error ${title}\n${message}`),
    writeSummary(markdown) {
      summary += markdown;
    },
    keepOutput: () => '/temp/output.txt',
  };
}
