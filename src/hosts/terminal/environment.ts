import { randomBytes } from 'node:crypto';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Whether the environment has a variable of that name. */
export type IsSet = (name: string) => boolean;

/**
 * Writes `--env` options as the input `env`: each is one whole `NAME=VALUE`, line breaks included, or a `NAME`.
 *
 * @returns sentences about those that are neither, or name a variable that is not set; no value is in them.
 */
export function encodeVariables(
  given: readonly string[],
  isSet: IsSet,
): { input: string; mistakes: readonly string[] } {
  const mistakes: string[] = [];
  const lines = given.flatMap((text, index) => {
    const at = text.indexOf('=');
    const name = at === -1 ? text : text.slice(0, at);
    const which = given.length === 1 ? '--env' : `--env number ${index + 1}`;
    if (!NAME.test(name)) {
      mistakes.push(`${which} is invalid. Use NAME=VALUE or NAME, with letters, digits, and underscores in the name.`);
      return [];
    }
    // It may be a value that its name is missing from: nothing of it is shown.
    if (at === -1 && !isSet(name))
      mistakes.push(`${which} names a variable that is not set. Set it, or use NAME=VALUE.`);
    if (at === -1 || !/[\r\n]/.test(text)) return [text];
    const end = `END_${randomBytes(16).toString('hex')}`;
    return [`${name}<<${end}`, text.slice(at + 1), end];
  });
  return { input: lines.join('\n'), mistakes };
}
