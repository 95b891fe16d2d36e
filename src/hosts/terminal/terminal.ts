import { readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { field, parseJson } from '../../azure/json.ts';
import { messageOf } from '../../failure.ts';
import { quote } from '../../pod/variables.ts';
import { escaped } from '../../text/visible.ts';
import { githubIdToken, isFromFork } from '../github-job.ts';
import type { Host, IdTokenSource } from '../port.ts';
import { writeOutputFile } from '../whole-files.ts';
import { PROMPT, type Words } from '../words.ts';
import type { Request } from './arguments.ts';
import type { Printer, Surroundings } from './printer.ts';
import type { ResultFile } from './result-file.ts';
import { forTerminal, isObeyed, withoutCommands } from './text.ts';

/**
 * The outputs of the action, as action.yml declares them. Every other output is the command's own.
 */
const OUTPUTS = [
  'state',
  'exit-code',
  'output',
  'output-file',
  'output-truncated',
  'collected',
  'command-id',
  'reason',
  'started-at',
  'finished-at',
  'duration',
];

/**
 * `cancelled`: after that, a reader of stdout that takes nothing must not keep the process alive.
 */
export type World = Surroundings & {
  readonly printer: Printer;
  readonly result: ResultFile | undefined;
  readonly cancelled: AbortSignal;
};

/** A prompt, or the log of another CI: stdout is the command's, stderr ours. */
export class Terminal implements Host {
  readonly words: Words;
  readonly log: Printer;
  readonly #request: Request;
  readonly #world: World;
  readonly #outputs = new Map<string, string>();
  #summary = '';
  #isWhole = true;
  #isClosed = false;

  constructor(request: Request, world: World) {
    this.#request = request;
    this.#world = world;
    this.log = world.printer;
    this.words = wordsFor(request);
  }

  readonly input = (name: string) => readInput(name, this.#request.inputs, this.#world.env);

  get inputNames(): readonly string[] {
    return [...this.#request.inputs.keys()];
  }

  readonly variable = (name: string) => this.#world.env[name];

  readonly idTokenSource = (): IdTokenSource | undefined => {
    const name = this.#request.options.get('id-token-env');
    if (name !== undefined) return { kind: 'variable', name };

    const file = this.variable('AZURE_FEDERATED_TOKEN_FILE');
    return githubIdToken(this.variable) ?? (file ? { kind: 'file', path: file } : undefined);
  };

  readonly isFromFork = () => isFromFork(this.variable);

  get places(): Host['places'] {
    return { workspace: this.input('working-directory'), temp: undefined };
  }

  get collectInto(): Host['collectInto'] {
    const folder = this.#request.options.get('collect-to');
    return folder === undefined ? { below: tmpdir() } : { at: folder };
  }

  mask(secret: string): void {
    this.log.mask(secret);
  }

  async showOutput(text: string): Promise<void> {
    const { options } = this.#request;
    const { env, stdout } = this.#world;
    if (options.has('output')) return;
    const isRaw = options.has('raw');
    const obeyed = !isRaw && isObeyed(env) ? withoutCommands(text) : text;
    if (obeyed !== text) {
      const broken = 'A backslash now breaks them. To keep them, use --raw.';
      this.log.warn(`The output contains commands that this CI would run. ${broken}`);
    }
    this.log.aside();
    await this.#print('The output', stdout.isTTY && !isRaw ? forTerminal(obeyed) : obeyed);
  }

  setOutput(name: string, value: string): void {
    this.#outputs.set(name, value);
  }

  error(title: string, message: string): void {
    this.log.fail(message === '' ? title : `${title}\n${message}`);
  }

  writeSummary(_markdown: string, own: string): void {
    this.#summary = own;
  }

  /** Returns no path if there is no result that would name it. */
  keepOutput(text: string): string {
    if (!this.#world.result && !this.#request.options.has('output')) return '';
    return writeOutputFile(tmpdir(), text);
  }

  /** Removes the live line for good, and writes the file of `--result` if there is a verdict. */
  close(): void {
    const { result } = this.#world;
    this.log.end();
    if (this.#isClosed) return;
    this.#isClosed = true;
    try {
      if (this.#outputs.has('state')) result?.write(this.#json());
      else result?.discard();
    } catch (error) {
      this.#lost('The --result file could not be written', error);
    }
  }

  /**
   * Delivers what is known only at the end: the file of `--result`, the JSON of `-o json`, the id
   * of `--no-wait`. Returns false if something could not be written, after reporting it.
   */
  async end(): Promise<boolean> {
    const { inputs, options } = this.#request;
    this.close();
    const id = inputs.get('wait') === 'false' ? this.#outputs.get('command-id') : undefined;
    if (options.has('output')) await this.#print('The JSON', this.#json());
    else await this.#print('The command id', id ? `${id}\n` : '');
    return this.#isWhole;
  }

  /**
   * The JSON of `--result` and `-o json`, on which no terminal or CI agent acts. Empty without a
   * verdict.
   */
  #json(): string {
    if (!this.#outputs.has('state')) return '';
    const known = OUTPUTS.map((name): [string, string] => [name, this.#outputs.get(name) ?? '']);
    const ofCommand = [...this.#outputs].filter(([name]) => !OUTPUTS.includes(name));
    const result = {
      ...Object.fromEntries(known),
      outputs: Object.fromEntries(ofCommand),
      summary: this.#summary,
    };
    const json = JSON.stringify(result, undefined, 2);
    const unheard = isObeyed(this.#world.env) ? json.replaceAll('#', escaped) : json;
    return `${unheard.replaceAll(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, escaped)}\n`;
  }

  async #print(what: string, text: string): Promise<void> {
    try {
      if (text !== '') await writeTo(this.#world.stdout, text, this.#world.cancelled);
    } catch (error) {
      this.#lost(`${what} could not be written to stdout`, error);
    }
  }

  #lost(what: string, error: unknown): void {
    this.#isWhole = false;
    this.log.fail(`${what}: ${messageOf(error)}`);
  }
}

/**
 * The words of a prompt. Whatever is to be pasted and signs in as a client needs the same ID token
 * again.
 */
function wordsFor({ options }: Request): Words {
  const name = options.get('id-token-env');
  if (name === undefined) return PROMPT;

  const token = { name: 'id-token-env', value: quote(name) };
  return {
    ...PROMPT,
    paste(inputs) {
      const signsIn = inputs.some((input) => input.name === 'client-id');
      return PROMPT.paste(signsIn ? [...inputs, token] : inputs);
    },
  };
}

/**
 * Writes all of a text, however slowly it is read. It is not an error if the reader leaves, as
 * `head` does.
 */
export function writeTo(
  stream: NodeJS.WriteStream,
  text: string,
  givenUp?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const ended = (error: Error | null | undefined) => {
      if (!error || isReaderGone(error)) resolve();
      else reject(error);
    };
    // The same error also comes as an event, which would end the process if it had no listener.
    stream.on('error', ended);
    givenUp?.addEventListener('abort', () => {
      resolve();
    });
    stream.write(text, ended);
  });
}

function isReaderGone(error: Error): boolean {
  return 'code' in error && (error.code === 'EPIPE' || error.code === 'EOF');
}

/**
 * An input as given. If only the subscription of a cluster's name is missing, it is the default one
 * of `az`.
 */
function readInput(name: string, given: Request['inputs'], env: Surroundings['env']): string {
  const value = given.get(name);
  if (name === 'working-directory') return path.resolve(value ?? '.');
  if (name !== 'subscription-id') return value ?? '';
  if (value === undefined && (given.get('cluster') ?? '/').includes('/')) return '';

  const subscription = azSubscriptions(env).find(({ name: own, isDefault }) =>
    value === undefined ? isDefault : own === value,
  );
  return subscription?.id ?? value ?? '';
}

type Subscription = { readonly id: string; readonly name: unknown; readonly isDefault: boolean };

/**
 * The subscriptions of the `az` session, from its file, because `az` itself takes a second to list
 * them.
 */
export function azSubscriptions(env: Surroundings['env']): Subscription[] {
  const folder = env['AZURE_CONFIG_DIR'] ?? path.join(homedir(), '.azure');
  const listed = field(parseJson(textOf(path.join(folder, 'azureProfile.json'))), 'subscriptions');
  if (!Array.isArray(listed)) return [];

  return listed.flatMap((entry: unknown) => {
    const id = field(entry, 'id');
    if (typeof id !== 'string') return [];
    return [{ id, name: field(entry, 'name'), isDefault: field(entry, 'isDefault') === true }];
  });
}

/**
 * A text file without its byte order mark, with which `az` begins its own; empty if there is none.
 */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return '';
  }
}
