import { field, isRecord } from '../text/json.ts';
import type { Host } from './port.ts';

/**
 * The variables of the environment, as they are now and with complete values. On Windows, where the
 * letter case of names makes no difference, Node cuts a variable of more than 32,766 characters to
 * its length modulo 32,768. Part of a script is a script, too, so a value does not show that it was
 * cut. Node's diagnostic report reads variables differently and has them complete, if it has any.
 *
 * @param report Node's `process.report`
 */
export function readVariables(
  env: NodeJS.ProcessEnv,
  platform: string,
  report: { excludeNetwork?: boolean; getReport(): object },
): Host['variable'] {
  const variables = new Map(Object.entries(env));
  if (platform !== 'win32') return (name) => variables.get(name);

  // Otherwise, the report would look up the names of all hosts that the process is connected to.
  report.excludeNetwork = true;
  const table = field(report.getReport(), 'environmentVariables');
  const whole = new Map<string, string | undefined>();
  for (const [name, value] of variables) whole.set(name.toUpperCase(), value);
  for (const [name, value] of Object.entries(isRecord(table) ? table : {})) {
    if (typeof value === 'string') whole.set(name.toUpperCase(), value);
  }
  return (name) => whole.get(name.toUpperCase());
}
