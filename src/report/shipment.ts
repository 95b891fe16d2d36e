import type { CommandId } from '../azure/command-id.ts';
import { clusterName, resourceId, type ManagedCluster } from '../azure/managed-cluster.ts';
import type { Contents } from '../files/contents.ts';
import { formatBytes, formatFiles } from '../text/bytes.ts';
import { ours } from '../text/ours.ts';
import type { Log } from '../hosts/port.ts';
import { formatDuration } from '../text/duration.ts';
import { visible } from '../text/visible.ts';
import type { Shell } from '../pod/shell.ts';
import { wouldCollect } from './collected.ts';

const LOG_FILES = 5000;

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

/** Tells what goes to the cluster, and of a dry run what would come back. */
export function announce(departure: Departure, log: Log): void {
  const { collect, dryRun, cluster } = departure;
  const name = clusterName(cluster);
  log.group(dryRun ? ours`Would send to ${name}` : ours`Sending to ${name}`, describeShipment(departure));
  if (!dryRun) return;
  if (collect.length > 0) log.show(wouldCollect(collect));
  log.say(ours`This dry run signed in and packed the files. It did not check the permission to run commands.`);
}

/** Tells which earlier command is waited for. */
export function announceWait(
  { commandId, cluster, timeout }: { commandId: CommandId; cluster: ManagedCluster; timeout: number },
  log: Log,
): void {
  log.say(ours`Waiting for command ${commandId} on ${clusterName(cluster)}, for up to ${formatDuration(timeout)}.`);
}

/** What goes to the cluster, for the log. Foreign text. */
export function describeShipment({
  cluster,
  command,
  shipment,
  env,
  shell,
  timeout,
  dryRun,
}: Omit<Departure, 'collect'>): string {
  const { files } = shipment;
  return [
    `cluster    ${resourceId(cluster)}`,
    ...(files.length > 0
      ? [
          `files      ${formatFiles(files)}, zip ${formatBytes(shipment.zipBytes)}`,
          ...fileLines(shipment, LOG_FILES).map(indented),
        ]
      : []),
    ...(env.length > 0 ? [`variables  ${env.map(({ name }) => name).join(', ')}`] : []),
    ...(dryRun ? [`shell      ${SHELLS[shell]}`, `timeout    ${formatDuration(timeout)}`] : []),
    'command',
    command.trimEnd().replaceAll(/^/gm, '  '),
  ].join('\n');
}

const indented = (line: string) => `  ${line}`;

/** What each value of the input runs. */
const SHELLS: Readonly<Record<Shell, string>> = {
  '': 'bash -e, or sh -e if the pod has no bash',
  bash: 'bash --noprofile --norc -eo pipefail',
  sh: 'sh -e',
};

/** A line for each file, up to so many. Foreign text. */
export function fileLines({ files }: Contents, most: number): string[] {
  const sizes = files.slice(0, most).map(({ path, bytes }) => `${formatBytes(bytes).padStart(9)}  ${visible(path)}`);
  return files.length > most ? [...sizes, `… and ${files.length - most} more`] : sizes;
}
