import { tmpdir } from 'node:os';
import path from 'node:path';
import { messageOf } from '../../failure.ts';
import { escaped } from '../../text/visible.ts';
import { githubIdToken, isFromFork } from '../github-job.ts';
import type { Host, IdTokenSource, OutputValue } from '../port.ts';
import { readVariables } from '../variables.ts';
import { writeOutputFile } from '../whole-files.ts';
import type { CommandLine } from './arguments.ts';
import { subscriptionId } from './az-session.ts';
import { forTerminal, isReadByAgent } from './untrusted-text.ts';
import type { Printer } from './printer.ts';
import { Result } from './result.ts';
import { wordsFor } from './words.ts';

/** A prompt, or the log of another CI, as a host. */
export class Terminal implements Host {
  readonly words: Host['words'];
  readonly problems: Host['problems'];
  readonly variable: Host['variable'];
  readonly allowedFolders: Host['allowedFolders'];
  readonly collectInto: Host['collectInto'];
  readonly log: Printer;
  readonly #inputs: ReadonlyMap<string, string>;
  readonly #env: NodeJS.ProcessEnv;
  readonly #saveResult: ((text: string) => void) | undefined;
  readonly #hasJson: boolean;
  readonly #result = new Result();
  #state = '';
  #isWhole = true;
  #isClosed = false;

  /** @param saveResult writes the file of `--result`; undefined without the option */
  constructor(
    { inputs, problems }: CommandLine,
    env: NodeJS.ProcessEnv,
    printer: Printer,
    saveResult: ((text: string) => void) | undefined,
  ) {
    const collectTo = inputs.get('collect-to');
    this.#inputs = inputs;
    this.#env = env;
    this.#saveResult = saveResult;
    this.#hasJson = inputs.get('output') === 'json';
    this.words = wordsFor(inputs.get('id-token-env'));
    this.problems = problems;
    this.variable = readVariables(env, process.platform, process.report);
    this.allowedFolders = { workspace: this.input('working-directory'), temp: undefined };
    this.collectInto = collectTo === undefined ? { below: tmpdir() } : { at: collectTo };
    this.log = printer;
  }

  readonly input = (name: string): string => {
    const given = this.#inputs.get(name);
    if (name === 'working-directory') return path.resolve(given ?? '.');
    if (name === 'subscription-id') return subscriptionId(this.#inputs, this.#env);
    return given ?? '';
  };

  readonly isGiven = (name: string): boolean => this.#inputs.has(name);

  readonly idTokenSource = (): IdTokenSource | undefined => {
    const name = this.#inputs.get('id-token-env');
    if (name !== undefined) return { kind: 'variable', name };

    const file = this.variable('AZURE_FEDERATED_TOKEN_FILE');
    return githubIdToken(this.variable) ?? (file ? { kind: 'file', path: file } : undefined);
  };

  readonly isFromFork = (): boolean => isFromFork(this.variable);

  mask(secret: string): void {
    this.log.mask(secret);
  }

  async showOutput(text: string): Promise<void> {
    if (this.#hasJson) return;
    const isWritten = await this.log.showOutput(text);
    this.#isWhole &&= isWritten;
  }

  setOutput(name: string, value: OutputValue): void {
    this.#result.outputs.set(name, value);
  }

  setStepOutput(name: string, value: string): void {
    this.#result.stepOutputs.set(name, value);
  }

  saveState(state: string): void {
    this.#state = state;
  }

  savedState(): string {
    return this.#state;
  }

  error(title: string, message: string): void {
    this.log.fail(message === '' ? title : `${title}\n${message}`);
  }

  writeSummary(_markdown: string, podSummary: string): void {
    this.#result.summary = podSummary;
  }

  /** Without a result that would name its path, nobody would find the file. */
  keepOutput(text: string): string {
    return this.#saveResult || this.#hasJson ? writeOutputFile(tmpdir(), text) : '';
  }

  /** Removes the live line for good, and writes the file of `--result` if there is a verdict. */
  close(): void {
    this.log.end();
    if (this.#isClosed) return;
    this.#isClosed = true;
    try {
      this.#saveResult?.(this.#json());
    } catch (error) {
      this.#isWhole = false;
      this.log.fail(`The --result file could not be written: ${messageOf(error)}`);
    }
  }

  /**
   * Delivers what is known only at the end: the file of `--result`, the JSON of `-o json`, the ID
   * of `--no-wait`. Returns false if something could not be written, after reporting it.
   */
  async end(): Promise<boolean> {
    this.close();
    const isWritten = await this.#writeLast();
    return this.#isWhole && isWritten;
  }

  #writeLast(): Promise<boolean> {
    if (this.#hasJson) return this.log.writeStdout('The JSON', this.#json());

    const id = this.#inputs.get('wait') === 'false' ? this.#result.outputs.get('command-id') : '';
    return this.log.writeStdout('The command ID', id ? `${id}\n` : '');
  }

  /** The result, as JSON on which no terminal or CI's agent acts; empty if there is no verdict. */
  #json(): string {
    const text = this.#result.json();
    if (text === '') return '';
    return `${forTerminal(isReadByAgent(this.#env) ? text.replaceAll('#', escaped) : text)}\n`;
  }
}
