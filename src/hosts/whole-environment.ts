import { field, isRecord } from '../azure/json.ts';

/** The part of Node's diagnostic report (`process.report`) that is used here. */
export type Report = { excludeNetwork?: boolean; getReport(): object };

/**
 * The environment with whole values on Windows, where Node cuts a variable of more than 32,766 characters to its length
 * modulo 32,768. What is left of a script is a script, too, so no value shows that it was cut. The diagnostic report reads
 * the variables in another way and has all of them whole. Elsewhere, and if the report lacks the table, nothing changes.
 */
export function wholeEnvironment(env: NodeJS.ProcessEnv, platform: string, report: Report): NodeJS.ProcessEnv {
  if (platform !== 'win32') return env;
  // Otherwise, the report would look up the names of all hosts that the process is connected to.
  report.excludeNetwork = true;
  const table = field(report.getReport(), 'environmentVariables');
  const whole = new Map(
    Object.entries(isRecord(table) ? table : {}).map(([name, value]) => [name.toUpperCase(), value]),
  );
  return new Proxy(env, {
    get(own, name) {
      const value = typeof name === 'string' ? whole.get(name.toUpperCase()) : undefined;
      return typeof value === 'string' ? value : (Reflect.get(own, name) as unknown);
    },
  });
}
