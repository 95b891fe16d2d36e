import type { CommandId } from '../azure/command-result.ts';
import { clusterName, resourceId, type ManagedCluster } from '../azure/managed-cluster.ts';
import type { Log } from '../hosts/port.ts';
import type { PackedTask, Task } from '../pod/submission.ts';
import { NAMESPACE_VARIABLES, shownName, type Shell } from '../pod/variables.ts';
import { formatFiles } from '../text/bytes.ts';
import { formatDuration } from '../text/duration.ts';
import { say } from '../text/say.ts';
import { fileLines, nameInText } from './file-lists.ts';

/**
 * Logs which earlier command the step waits for.
 *
 * @param timeout in seconds
 */
export function announceWait(
  commandId: CommandId,
  cluster: ManagedCluster,
  timeout: number,
  log: Log,
): void {
  const time = formatDuration(timeout);
  log.info(say`Waiting for command ${commandId} on ${clusterName(cluster)}, for up to ${time}.`);
}

/** How many files the log lists. */
const FILES_LOGGED = 5000;

const SHELLS: Readonly<Record<Shell, string>> = {
  '': 'bash -e, or sh -e if the pod has no bash',
  bash: 'bash --noprofile --norc -eo pipefail',
  sh: 'sh -e',
};

/**
 * Logs what goes to the cluster and, for a dry run, what would come back. Of variables, only the
 * names are shown, and which are empty.
 */
export function announce(
  task: Task & { readonly cluster: ManagedCluster; readonly dryRun: boolean },
  { files }: PackedTask,
  log: Log,
): void {
  const { cluster, command, namespace, env, shell, timeout, collect, dryRun } = task;
  const lines = [`cluster    ${resourceId(cluster)}`];
  if (files.length > 0) {
    lines.push(`files      ${formatFiles(files).plain}`);
    lines.push(...fileLines(files, FILES_LOGGED).map((line) => `  ${line}`));
  }
  if (env.length > 0) {
    // An empty value is often a secret that does not exist.
    const names = env.map((one) => `${shownName(one)}${one.value === '' ? ' (empty)' : ''}`);
    lines.push(`variables  ${names.join(', ')}`);
  }
  if (dryRun)
    lines.push(`shell      ${SHELLS[shell]}`, `timeout    ${formatDuration(timeout).plain}`);
  lines.push('command', command.trimEnd().replaceAll(/^/gm, '  '));

  const changing = env.map((one) => one.name).filter((one) => NAMESPACE_VARIABLES.includes(one));
  const unless = changing.length === 0 ? '' : `, unless changed by ${changing.join(', ')}`;
  // It is shown outside of the group, because without one, things land in `default` by mistake.
  log.show(`Namespace: ${namespace === '' ? 'default (none set)' : namespace}${unless}`);
  const name = clusterName(cluster);
  log.group(dryRun ? say`Would send to ${name}` : say`Sending to ${name}`, lines.join('\n'));
  if (!dryRun) return;
  if (collect.length > 0) log.show(`Would collect: ${collect.map(nameInText).join(', ')}`);
  log.info(say`
    This dry run signed in and packed the files. It did not check the permission to run commands.
  `);
}
