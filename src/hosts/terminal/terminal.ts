import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ours, type Log, type Phase } from '../log.ts';
import type { Host } from '../port.ts';
import { PROMPT } from '../words.ts';
import type { Request } from './arguments.ts';
import { azSubscriptions } from './az-session.ts';
import { liveLine, type LiveText } from './live-line.ts';
import { OPTIONS } from './options.ts';
import type { ResultFile } from './result-file.ts';
import { writeWhole } from './stdout.ts';
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

/** A host with an end. */
export type Terminal = {
  readonly host: Host;
  /** Takes the live line away, and writes the file of `--result`. Says what cannot be written. */
  readonly end: () => void;
};

/** The contract's outputs; every other output is the command's own. */
const OUTPUTS = new Set(
  'state exit-code output output-file output-truncated collected command-id reason started-at finished-at duration'.split(
    ' ',
  ),
);
const DEFAULTS = new Map(
  OPTIONS.flatMap(({ input }) => (input?.default === undefined ? [] : [[input.name, input.default] as const])),
);

/** A prompt, or another CI's log: stdout is the command's, stderr ours. */
export function terminal(request: Request, result: ResultFile | undefined, around: Surroundings): Terminal {
  const { env, stdout, cancelled } = around;
  const { log, print, end } = terminalLog(request, around);
  const outputs = new Map<string, string>();
  let summary = '';

  const host: Host = {
    words: PROMPT,
    // It stands right above.
    quotesOutput: false,
    input: inputs(request, env),
    variable: (name) => env[name],
    log,
    idTokenFile: env['AZURE_FEDERATED_TOKEN_FILE'],
    mask: print.mask,
    async showOutput(text) {
      const obeyed = !request.raw && isObeyed(env) ? withoutCommands(text) : text;
      const shown = stdout.isTTY && !request.raw ? forTerminal(obeyed) : obeyed;
      print.aside();
      if (obeyed !== text) {
        log.warn('The output holds what the log of this CI would obey. It is broken by a backslash; --raw leaves it.');
      }
      const written = await writeWhole(stdout, shown, cancelled);
      if (written.kind === 'failed') print.failure(`The output could not be written to stdout: ${written.detail}`);
    },
    setOutput(name, value) {
      outputs.set(name, value);
    },
    error(title, message) {
      print.failure(message === '' ? title : `${title}\n${message}`);
    },
    writeSummary(_markdown, own) {
      summary = own;
      return Promise.resolve();
    },
    keepOutput(text) {
      // Its path would be told to nobody.
      if (!result) return '';
      const file = path.join(mkdtempSync(path.join(tmpdir(), 'aks-run-command-')), 'output.txt');
      writeFileSync(file, text, { mode: 0o600 });
      return file;
    },
  };
  return {
    host,
    end() {
      end();
      if (!result) return;
      const own = [...outputs].filter(([name]) => !OUTPUTS.has(name));
      const told = Object.fromEntries([...OUTPUTS].map((name) => [name, outputs.get(name) ?? '']));
      try {
        result.write(`${JSON.stringify({ ...told, outputs: Object.fromEntries(own), summary }, undefined, 2)}\n`);
      } catch (error) {
        print.failure(`The file of --result could not be written: ${String(error)}`);
      }
    },
  };
}

/** An input as given; else, of a cluster's name, the subscription that `az` has as default; else the default. */
function inputs({ inputs: given }: Request, env: Surroundings['env']): Host['input'] {
  return (name) => {
    const value = given.get(name);
    if (name === 'working-directory') return path.resolve(value ?? '.');
    if (name === 'subscription-id') {
      if (value === undefined && (given.get('cluster') ?? '/').includes('/')) return '';
      const known = azSubscriptions(env);
      const one = known.find((candidate) => (value === undefined ? candidate.isDefault : candidate.name === value));
      return one?.id ?? value ?? '';
    }
    return value ?? DEFAULTS.get(name) ?? '';
  };
}

/** Whether somebody reads this log for commands. */
function isObeyed(env: Surroundings['env']): boolean {
  return [env['TF_BUILD'], env['GITHUB_ACTIONS']].some(Boolean);
}

/** What the live line says. */
const PHASES: Readonly<Record<Phase, LiveText>> = {
  'signing-in': { state: 'signing in', awaited: 'Azure' },
  submitting: { state: 'submitting', awaited: "Azure's answer" },
  submitted: { state: 'submitted', awaited: 'its pod to start' },
  running: { state: 'running', awaited: 'its end' },
};

type Printer = {
  failure(text: string): void;
  readonly mask: (secret: string) => void;
  /** Takes the live line away, for what is printed by others. */
  aside(): void;
};

function terminalLog(
  { quiet, debug }: Request,
  { env, stderr, now }: Surroundings,
): { log: Log; print: Printer; end: () => void } {
  const onScreen = stderr.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  const live = onScreen && !quiet ? liveLine(stderr, now) : undefined;
  const secrets = new Set<string>();
  // Who reads it has gone: there is nobody to tell.
  stderr.on('error', () => undefined);

  const write = (text: string) => {
    let safe = isObeyed(env) ? withoutCommands(text) : text;
    for (const secret of secrets) safe = safe.replaceAll(secret, '***');
    const shown = stderr.isTTY ? forTerminal(safe) : safe;
    const print = () => {
      stderr.write(shown.endsWith('\n') ? shown : `${shown}\n`);
    };
    if (live) live.aside(print);
    else print();
  };
  const note = (text: string) => {
    if (!quiet && text !== '') write(text);
  };
  const marked = (word: string, color: number, text: string) => {
    write(`${onScreen ? `\u001b[${color}m${word}\u001b[0m` : word} ${text}`);
  };
  live?.show(PHASES['signing-in']);
  return {
    log: {
      progress: (phase, line = ours``) => {
        if (live) live.show(PHASES[phase]);
        else note(line);
      },
      say: note,
      show: note,
      group: (title, text) => {
        note(`${title}\n${text}`);
      },
      warn: (message) => {
        if (!quiet) marked('Warning:', 33, message);
      },
      debug: (message) => {
        if (debug) write(`debug: ${message}`);
      },
    },
    print: {
      failure: (text) => {
        marked('Error:', 31, text);
      },
      mask: (secret) => {
        if (secret !== '') secrets.add(secret);
      },
      aside: () => {
        live?.aside(() => undefined);
      },
    },
    end: () => {
      live?.end();
    },
  };
}
