import { ours } from '../../text/ours.ts';
import type { Log, Phase } from '../log.ts';
import type { Request } from './arguments.ts';
import { liveLine, type LiveLine, type LiveText } from './live-line.ts';
import { forTerminal, withoutCommands } from './text.ts';

/** What a prompt has around it. */
export type Surroundings = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Aborts with the first signal. */
  readonly cancelled: AbortSignal;
  readonly now: () => number;
};

/** Whether somebody reads this log for commands. */
export function isObeyed(env: Surroundings['env']): boolean {
  return [env['TF_BUILD'], env['GITHUB_ACTIONS']].some(Boolean);
}

/** What the live line says. */
const PHASES: Readonly<Record<Phase, LiveText>> = {
  'signing-in': { state: 'signing in', awaited: 'Azure' },
  submitting: { state: 'submitting', awaited: "Azure's answer" },
  submitted: { state: 'submitted', awaited: 'its pod to start' },
  running: { state: 'running', awaited: 'it to end' },
};

/** What is printed beside the log. */
export type Printer = {
  readonly warning: (text: string) => void;
  readonly failure: (text: string) => void;
  readonly mask: (secret: string) => void;
  /** Takes the live line away, for what is printed by others. */
  aside(): void;
};

/** The log of a prompt, on stderr. */
export type TerminalLog = {
  readonly log: Log;
  readonly print: Printer;
  /** Takes the live line away for good. */
  readonly end: () => void;
};

/** Starts with the live line where there is a screen. */
export function terminalLog({ quiet, debug }: Request, around: Surroundings): TerminalLog {
  const { env, stderr, now } = around;
  const onScreen = stderr.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  const live = onScreen && !quiet ? liveLine(stderr, now) : undefined;
  const secrets = new Set<string>();
  const write = writer(around, live, secrets);
  const note = (text: string) => {
    if (!quiet && text !== '') write(text);
  };
  const marked = (word: string, color: number, text: string) => {
    write(`${onScreen ? `\u001b[${color}m${word}\u001b[0m` : word} ${text}`);
  };
  const print: Printer = {
    warning: (text) => {
      if (!quiet) marked('Warning:', 33, text);
    },
    failure: (text) => {
      marked('Error:', 31, text);
    },
    mask: (secret) => {
      if (secret !== '') secrets.add(secret);
    },
    aside: () => {
      live?.aside(() => undefined);
    },
  };
  live?.show(PHASES['signing-in']);
  return { log: logOn({ note, warn: print.warning, write }, live, debug), print, end: () => live?.end() };
}

type Printing = Record<'note' | 'warn' | 'write', (text: string) => void>;

function logOn({ note, warn, write }: Printing, live: LiveLine | undefined, debug: boolean): Log {
  return {
    progress: (phase, line = ours``) => {
      if (live) live.show(PHASES[phase]);
      else note(line);
    },
    say: note,
    show: note,
    group: (title, text) => {
      note(`${title}\n${text}`);
    },
    warn,
    debug: (message) => {
      if (debug) write(`debug: ${message}`);
    },
  };
}

/** Writes without what is secret, and without what anybody would obey. */
function writer(
  { env, stderr }: Surroundings,
  live: LiveLine | undefined,
  secrets: ReadonlySet<string>,
): (text: string) => void {
  // Who reads it has gone: there is nobody to tell.
  stderr.on('error', () => undefined);
  return (text) => {
    let safe = isObeyed(env) ? withoutCommands(text) : text;
    for (const secret of secrets) safe = safe.replaceAll(secret, '***');
    const shown = stderr.isTTY ? forTerminal(safe) : safe;
    const print = () => {
      stderr.write(shown.endsWith('\n') ? shown : `${shown}\n`);
    };
    if (live) live.aside(print);
    else print();
  };
}
