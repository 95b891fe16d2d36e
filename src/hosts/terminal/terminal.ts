import { tmpdir } from 'node:os';
import path from 'node:path';
import { messageOf } from '../../failure.ts';
import { escaped } from '../../text/visible.ts';
import { githubIdToken, isFromFork } from '../github-job.ts';
import type { Host, IdTokenSource } from '../port.ts';
import { readVariables } from '../variables.ts';
import { writeOutputFile } from '../whole-files.ts';
import type { CommandLine } from './arguments.ts';
import { subscriptionId } from './az-session.ts';
import type { Printer } from './printer.ts';
import { forTerminal, isReadByAgent } from './foreign-text.ts';
import { wordsFor } from './words.ts';

/**
 * A prompt, or the log of another CI, as a host.
 *
 * @param saveResult writes the file of `--result`; undefined without the option
 */
export function terminal(
  { inputs, options, mistakes }: CommandLine,
  env: NodeJS.ProcessEnv,
  printer: Printer,
  saveResult: ((text: string) => void) | undefined,
  cancelled: AbortSignal,
) {
  const outputs = new Map<string, string>();
  const stepOutputs = new Map<string, string>();
  const hasJson = options.get('output') === 'json';
  const collectTo = options.get('collect-to');
  let summary = '';
  let isWhole = true;
  let isClosed = false;

  const variable = readVariables(env, process.platform, process.report);

  function input(name: string): string {
    const given = inputs.get(name);
    if (name === 'working-directory') return path.resolve(given ?? '.');
    if (name === 'subscription-id') return subscriptionId(inputs, env);
    return given ?? '';
  }

  function idTokenSource(): IdTokenSource | undefined {
    const name = options.get('id-token-env');
    if (name !== undefined) return { kind: 'variable', name };

    const file = variable('AZURE_FEDERATED_TOKEN_FILE');
    return githubIdToken(variable) ?? (file ? { kind: 'file', path: file } : undefined);
  }

  /** The verdict, as JSON on which no terminal or CI's agent acts; empty if there is none. */
  function json(): string {
    if (!outputs.has('state')) return '';

    const result = {
      ...Object.fromEntries(outputs),
      outputs: Object.fromEntries(stepOutputs),
      summary,
    };
    const text = JSON.stringify(result, undefined, 2);
    return `${forTerminal(isReadByAgent(env) ? text.replaceAll('#', escaped) : text)}\n`;
  }

  /** Removes the live line for good, and writes the file of `--result` if there is a verdict. */
  function close(): void {
    printer.end();
    if (isClosed) return;
    isClosed = true;
    try {
      saveResult?.(json());
    } catch (error) {
      isWhole = false;
      printer.fail(`The --result file could not be written: ${messageOf(error)}`);
    }
  }

  function writeLast(): Promise<boolean> {
    if (hasJson) return printer.write('The JSON', json(), cancelled);

    const id = inputs.get('wait') === 'false' ? outputs.get('command-id') : undefined;
    return printer.write('The command id', id ? `${id}\n` : '', cancelled);
  }

  /**
   * Delivers what is known only at the end: the file of `--result`, the JSON of `-o json`, the id
   * of `--no-wait`. Returns false if something could not be written, after reporting it.
   */
  async function end(): Promise<boolean> {
    close();
    const isWritten = await writeLast();
    return isWhole && isWritten;
  }

  const host: Host = {
    words: wordsFor(options.get('id-token-env')),
    input,
    inputNames: [...inputs.keys()],
    mistakes,
    variable,
    idTokenSource,
    isFromFork: () => isFromFork(variable),
    allowedFolders: { workspace: input('working-directory'), temp: undefined },
    collectInto: collectTo === undefined ? { below: tmpdir() } : { at: collectTo },
    log: printer,
    mask(secret) {
      printer.mask(secret);
    },
    async showOutput(text) {
      if (hasJson) return;
      const isWritten = await printer.showOutput(text, cancelled);
      isWhole &&= isWritten;
    },
    setOutput(name, value) {
      outputs.set(name, value);
    },
    setStepOutput(name, value) {
      stepOutputs.set(name, value);
    },
    error(title, message) {
      printer.fail(message === '' ? title : `${title}\n${message}`);
    },
    writeSummary(_markdown, podSummary) {
      summary = podSummary;
    },
    // Without a result that would name its path, nobody would find the file.
    keepOutput: (text) => (saveResult || hasJson ? writeOutputFile(tmpdir(), text) : ''),
  };
  return { host, close, end };
}
