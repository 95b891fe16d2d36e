import type { CommandId } from '../azure/command.ts';
import { clusterName, resourceId, type ManagedCluster } from '../azure/managed-cluster.ts';
import type { Contents } from '../files/pack.ts';
import type { Log } from '../hosts/port.ts';
import type { Shell } from '../pod/shell.ts';
import { formatBytes, formatFiles } from '../text/bytes.ts';
import { formatDuration } from '../text/duration.ts';
import { ours } from '../text/ours.ts';
import { fileLines, nameInText } from './file-lists.ts';

/** What is about to be sent. */
export type Departure = {
  readonly cluster: ManagedCluster;
  readonly command: string;
  readonly shipment: Contents;
  readonly env: readonly { readonly name: string }[];
  readonly shell: Shell;
  /** Seconds. */
  readonly timeout: number;
  readonly collect: readonly string[];
  readonly dryRun: boolean;
};

/** Logs what goes to the cluster, and for a dry run what would come back. */
export function announce(departure: Departure, log: Log): void {
  const { collect, dryRun, cluster } = departure;
  const name = clusterName(cluster);
  log.group(dryRun ? ours`Would send to ${name}` : ours`Sending to ${name}`, describeDeparture(departure));
  if (!dryRun) return;
  if (collect.length > 0) log.show(`Would collect: ${collect.map(nameInText).join(', ')}`);
  log.say(ours`This dry run signed in and packed the files. It did not check the permission to run commands.`);
}

/** Logs which earlier command is waited for, and for how many seconds at most. */
export function announceWait(
  { commandId, cluster, timeout }: { commandId: CommandId; cluster: ManagedCluster; timeout: number },
  log: Log,
): void {
  log.say(ours`Waiting for command ${commandId} on ${clusterName(cluster)}, for up to ${formatDuration(timeout)}.`);
}

const LOG_FILES = 5000;

/** What each value of the input `shell` runs. */
const SHELLS: Readonly<Record<Shell, string>> = {
  '': 'bash -e, or sh -e if the pod has no bash',
  bash: 'bash --noprofile --norc -eo pipefail',
  sh: 'sh -e',
};

/** What goes to the cluster, for the log: names of variables, never their values. Foreign text. */
export function describeDeparture(departure: Omit<Departure, 'collect'>): string {
  const { cluster, command, shipment, env, shell, timeout, dryRun } = departure;
  const { files, zipBytes } = shipment;
  return [
    `cluster    ${resourceId(cluster)}`,
    ...(files.length > 0
      ? [
          `files      ${formatFiles(files)}, zip ${formatBytes(zipBytes)}`,
          ...fileLines(files, LOG_FILES).map((line) => `  ${line}`),
        ]
      : []),
    ...(env.length > 0 ? [`variables  ${env.map(({ name }) => name).join(', ')}`] : []),
    ...(dryRun ? [`shell      ${SHELLS[shell]}`, `timeout    ${formatDuration(timeout)}`] : []),
    'command',
    command.trimEnd().replaceAll(/^/gm, '  '),
  ].join('\n');
}
