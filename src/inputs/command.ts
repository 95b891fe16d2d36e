import { runnerPathIn } from '../files/pattern.ts';
import { isInThePod, NAMESPACE_NAMES, type EnvironmentVariable } from '../pod/variables.ts';
import type { InputReader } from './reader.ts';
import { variablesFromOutside } from './shell-variables.ts';

/** The inputs that say what runs in the pod. */
type NewCommand = {
  readonly command: string;
  readonly namespace: string;
  readonly env: readonly EnvironmentVariable[];
};

/**
 * Removes the CR if every line ends in CR LF. A shell would treat it as part of the line's last
 * word.
 */
export function readCommand(reader: InputReader): string {
  const given = reader.untrimmed('command');
  const hasOtherLines = /(?<!\r)\n/.test(given);
  return hasOtherLines ? given : given.replaceAll('\r\n', '\n');
}

/** A command must be there, and what it may lack in the pod deserves a warning. */
export function checkCommand(given: NewCommand, reader: InputReader): void {
  if (given.command.trim() === '') {
    const id = reader.called('command-id');
    const required = `is required, unless ${id} names an earlier command to wait for`;
    const idEmpty = `If ${id} is empty here, pass it on from the job that started the command: with outputs: there and needs: here`;
    reader.missing('command', `${required}. ${idEmpty}`);
  }
  warnOfRunnerPath(given, reader);
  warnOfRunnerVariables(given, reader);
  warnOfOverrides(given, reader);
}

/** A path on the runner means nothing in the pod, which has only what was sent. */
function warnOfRunnerPath({ command }: NewCommand, reader: InputReader): void {
  const path = runnerPathIn(command);
  if (path === undefined) return;
  const relative = `Use a path relative to ${reader.called('working-directory')}`;
  reader.warn('command', `${path} is a path outside the pod. ${relative}`);
}

const AND = new Intl.ListFormat('en-US', { type: 'conjunction' });

/** A command that worked in a `run:` step finds the variables of the job and the step there. */
function warnOfRunnerVariables({ command, env }: NewCommand, reader: InputReader): void {
  const { words, variable } = reader.host;
  if (words.place === 'prompt') return;
  const passed = new Set(env.map(({ name }) => name));
  const names = variablesFromOutside(command).filter(
    (name) => !isInThePod(name) && !passed.has(name) && Boolean(variable(name)),
  );
  if (names.length === 0) return;

  const used = AND.format(names.map((name) => `$${name}`));
  const missing =
    names.length === 1
      ? `${used} is set on the runner, but not in the pod. To pass it on, add the line`
      : `${used} are set on the runner, but not in the pod. To pass them on, add the lines`;
  reader.warn('command', `${missing} ${AND.format(names)} to ${reader.called('env')}`);
}

/** For which program each of these variables overrides the namespace. */
const OVERRIDES: Readonly<Record<(typeof NAMESPACE_NAMES)[number], string>> = {
  HELM_NAMESPACE: 'helm',
  POD_NAMESPACE: 'kubectl, if the pod has no kubeconfig',
  KUBECONFIG: 'kubectl',
};

/** The variables of `env` come after the namespace. */
function warnOfOverrides({ namespace, env }: NewCommand, reader: InputReader): void {
  if (namespace === '') return;
  for (const name of NAMESPACE_NAMES) {
    if (!env.some((variable) => variable.name === name)) continue;
    reader.warn('env', `${name} overrides ${reader.called('namespace')} for ${OVERRIDES[name]}`);
  }
}
