import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Host } from '../port.ts';
import { PROMPT } from '../words.ts';
import type { Request } from './arguments.ts';
import { azSubscriptions } from './az-session.ts';
import { isObeyed, terminalLog, type Printer, type Surroundings } from './log.ts';
import { OPTIONS } from './options.ts';
import type { ResultFile } from './result-file.ts';
import { writeWhole } from './stdout.ts';
import { forTerminal, withoutCommands } from './text.ts';

/** A host with an end. */
export type Terminal = {
  readonly host: Host;
  /** Takes the live line away, and writes the file of `--result` if there is a verdict. Says what cannot be written. */
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
  const { env } = around;
  const { log, print, end } = terminalLog(request, around);
  const outputs = new Map<string, string>();
  let summary = '';

  const host: Host = {
    words: PROMPT,
    // All of it stands on one screen.
    failureStandsAlone: false,
    input: inputs(request, env),
    variable: (name) => env[name],
    log,
    idTokenFile: env['AZURE_FEDERATED_TOKEN_FILE'],
    mask: print.mask,
    showOutput: (text) => showOutput(text, request, around, print),
    setOutput: (name, value) => void outputs.set(name, value),
    error(title, message) {
      print.failure(message === '' ? title : `${title}\n${message}`);
    },
    writeSummary(_markdown, own) {
      summary = own;
      return Promise.resolve();
    },
    // Without a result, its path would be told to nobody.
    keepOutput: (text) => (result ? inOwnFolder(text) : ''),
  };
  return {
    host,
    end() {
      end();
      try {
        if (outputs.has('state')) result?.write(resultText(outputs, summary));
        else result?.discard();
      } catch (error) {
        print.failure(`The --result file could not be written: ${String(error)}`);
      }
    },
  };
}

async function showOutput(
  text: string,
  { raw }: Request,
  { env, stdout, cancelled }: Surroundings,
  print: Printer,
): Promise<void> {
  const obeyed = !raw && isObeyed(env) ? withoutCommands(text) : text;
  const shown = stdout.isTTY && !raw ? forTerminal(obeyed) : obeyed;
  print.aside();
  if (obeyed !== text) {
    print.warning(
      'The output contains commands that this CI would run. A backslash now breaks them. To keep them, use --raw.',
    );
  }
  const written = await writeWhole(stdout, shown, cancelled);
  if (written.kind === 'failed') print.failure(`The output could not be written to stdout: ${written.detail}`);
}

function inOwnFolder(text: string): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'aks-run-command-')), 'output.txt');
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

/** The file of `--result`. */
function resultText(outputs: ReadonlyMap<string, string>, summary: string): string {
  const own = [...outputs].filter(([name]) => !OUTPUTS.has(name));
  const told = Object.fromEntries([...OUTPUTS].map((name) => [name, outputs.get(name) ?? '']));
  return `${JSON.stringify({ ...told, outputs: Object.fromEntries(own), summary }, undefined, 2)}\n`;
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
