import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync } from 'node:fs';
import { EOL } from 'node:os';

/**
 * What a step says to GitHub's runner, in the bytes that `@actions/core` uses. That package itself brings an HTTP client,
 * which takes longer to load than everything else that a step needs before its first request; and it writes past the one
 * writer that keeps commands and output in order.
 */

/** A command for stdout, one line: `::error title=…::…`. */
export function workflowCommand(name: string, message = '', properties: Readonly<Record<string, string>> = {}): string {
  const given = Object.entries(properties).filter(([, value]) => value !== '');
  const words = given.map(([key, value]) => `${key}=${escapeProperty(value)}`).join(',');
  return `::${name}${words && ` ${words}`}::${escapeData(message)}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A step output for the file `GITHUB_OUTPUT`. The delimiter is random, so that no value can end it early. */
export function outputEntry(name: string, value: string): string {
  const delimiter = `ghadelimiter_${randomUUID()}`;
  return `${name}<<${delimiter}${EOL}${value}${EOL}${delimiter}${EOL}`;
}

/**
 * Appends to one of the files by which the runner takes what a step has to say.
 *
 * @param file its path, from the variable of that name
 * @throws Error where the runner gave none, or it is gone, or cannot be written
 */
export function appendToCommandFile(variable: string, file: string | undefined, text: string): void {
  if (!file) throw new Error(`${variable} is not set`);
  if (!existsSync(file)) throw new Error(`The file of ${variable} is missing: ${file}`);
  appendFileSync(file, text);
}
