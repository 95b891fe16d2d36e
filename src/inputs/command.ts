import { parseCommandId, type CommandId } from '../azure/command-result.ts';
import { say } from '../text/say.ts';
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

/** Requires a new command. */
export function requireCommand(command: string, reader: InputReader): void {
  if (command.trim() !== '') return;

  const id = reader.label('command-id');
  reader.missing('command', say`is required, unless ${id} names an earlier command to wait for.`);
}
