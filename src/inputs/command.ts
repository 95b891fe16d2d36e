import { parseCommandId, type CommandId } from '../azure/command-result.ts';
import type { Task } from '../pod/submission.ts';
import { NAMESPACE_NAMES } from '../pod/variables.ts';
import { enumerated, say } from '../text/say.ts';
import type { InputReader } from './reader.ts';

/**
 * Reads the input `command`. Removes the CR if every line ends in CR LF: a shell would treat it as
 * part of the line's last word.
 */
export function readCommand(reader: InputReader): string {
  const given = reader.untrimmed('command');
  const hasOtherLines = /(?<!\r)\n/.test(given);
  return hasOtherLines ? given : given.replaceAll('\r\n', '\n');
}

/** Reads the input `command-id`. Returns undefined if there is none, or if it is invalid. */
export function readCommandId(reader: InputReader): CommandId | undefined {
  const isId = (text: string) => parseCommandId(text) !== undefined;
  return parseCommandId(
    reader.checked('command-id', isId, say`32 hexadecimal digits, without dashes`),
  );
}

/** Requires a command, and warns if `env` may override its namespace. */
export function checkNewCommand(
  { command, namespace, env }: Pick<Task, 'command' | 'namespace' | 'env'>,
  reader: InputReader,
): void {
  if (command.trim() === '') {
    const id = reader.label('command-id');
    reader.missing('command', say`is required, unless ${id} names an earlier command to wait for.`);
  }

  const names = env.map(({ name }) => name);
  if (namespace !== '') warnOfOverrides(names, reader);
}

/** The variables of `env` are set after those of `namespace`. */
function warnOfOverrides(inEnv: readonly string[], reader: InputReader): void {
  const names = NAMESPACE_NAMES.filter((name) => inEnv.includes(name));
  if (names.length === 0) return;
  reader.warn('env', say`${enumerated(names, 'and')} may override ${reader.label('namespace')}.`);
}
