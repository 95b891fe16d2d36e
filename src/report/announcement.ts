import type { CommandId } from '../azure/command-result.ts';
import { clusterName, resourceId, type ManagedCluster } from '../azure/managed-cluster.ts';
import type { Log } from '../hosts/port.ts';
import type { PackedTask, Task } from '../pod/submission.ts';
import type { Shell } from '../pod/variables.ts';
import { formatBytes, formatFiles } from '../text/bytes.ts';
import { formatDuration } from '../text/duration.ts';
import { trusted } from '../text/trusted.ts';
import { fileLines, nameInText } from './file-lists.ts';

type OnCluster = { readonly cluster: ManagedCluster };

export function announceWait(
  commandId: CommandId,
  { cluster, timeout }: Pick<Task, 'timeout'> & OnCluster,
  log: Log,
): void {
  log.say(
    trusted`Waiting for command ${commandId} on ${clusterName(cluster)}, for up to ${formatDuration(timeout)}.`,
  );
}

const LOG_FILES = 5000;

const SHELLS: Readonly<Record<Shell, string>> = {
  '': 'bash -e, or sh -e if the pod has no bash',
  bash: 'bash --noprofile --norc -eo pipefail',
  sh: 'sh -e',
};

/** What of a task is shown before it is sent. */
export type Announced = Pick<
  Task,
  'command' | 'namespace' | 'env' | 'shell' | 'timeout' | 'collect'
> &
  OnCluster & { readonly dryRun: boolean };

/**
 * Logs what goes to the cluster and, for a dry run, what would come back. Of variables, only the names are shown, and which
 * are empty.
 */
export function announce(
  { cluster, command, namespace, env, shell, timeout, collect, dryRun }: Announced,
  { files, zipBytes }: Pick<PackedTask, 'files' | 'zipBytes'>,
  log: Log,
): void {
  const name = clusterName(cluster);
  const list = fileLines(files, LOG_FILES).map((line) => `  ${line}`);
  // An empty value is often a secret that does not exist.
  const variables = env.map(({ name, value }) => (value === '' ? `${name} (empty)` : name));
  const lines = [
    `cluster    ${resourceId(cluster)}`,
    ...(namespace === '' ? [] : [`namespace  ${namespace}`]),
    ...(files.length > 0
      ? [`files      ${formatFiles(files)}, zip ${formatBytes(zipBytes)}`, ...list]
      : []),
    ...(variables.length > 0 ? [`variables  ${variables.join(', ')}`] : []),
    ...(dryRun ? [`shell      ${SHELLS[shell]}`, `timeout    ${formatDuration(timeout)}`] : []),
    'command',
    command.trimEnd().replaceAll(/^/gm, '  '),
  ];
  log.group(
    dryRun ? trusted`Would send to ${name}` : trusted`Sending to ${name}`,
    lines.join('\n'),
  );
  if (!dryRun) return;
  if (collect.length > 0) log.show(`Would collect: ${collect.map(nameInText).join(', ')}`);
  log.say(
    trusted`This dry run signed in and packed the files. It did not check the permission to run commands.`,
  );
}
