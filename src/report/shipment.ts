import { resourceId } from '../azure/managed-cluster.ts';
import type { Contents } from '../files/shipment.ts';
import { formatBytes, formatCount } from '../files/bytes.ts';
import { ours, type Log } from '../hosts/log.ts';
import { visible } from '../hosts/visible.ts';
import { wouldCollect } from './collected.ts';
import type { Report } from './report.ts';

const LOG_FILES = 5000;

/** What is about to be sent. */
export type Departure = Pick<Report, 'cluster'> & {
  readonly command: string;
  readonly shipment: Contents;
  readonly collect: readonly string[];
  readonly dryRun: boolean;
};

/** Tells what goes to the cluster, and of a dry run what would come back. */
export function announce({ collect, dryRun, ...sent }: Departure, log: Log): void {
  log.group(ours`Sending to the cluster`, describeShipment(sent));
  if (dryRun && collect.length > 0) log.show(wouldCollect(collect));
}

/** What goes to the cluster, for the log. Foreign text. */
export function describeShipment({
  cluster,
  command,
  shipment,
}: Pick<Report, 'cluster' | 'command' | 'shipment'>): string {
  const lines = cluster ? [`cluster  ${resourceId(cluster)}`] : [];
  if (shipment && shipment.files.length > 0) {
    lines.push(`files    ${countFiles(shipment)}`);
    lines.push(...fileLines(shipment, LOG_FILES).map((line) => `  ${line}`));
  }
  if (command !== undefined) lines.push('command', command.trimEnd().replaceAll(/^/gm, '  '));
  return lines.join('\n');
}

/** How many files, how big, and how big packed. */
export function countFiles({ files, zipBytes }: Contents): string {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  return `${formatCount(files.length)} ${files.length === 1 ? 'file' : 'files'}, ${formatBytes(total)}, zip ${formatBytes(zipBytes)}`;
}

/** A line for each file, up to so many. Foreign text. */
export function fileLines({ files }: Contents, most: number): string[] {
  const sizes = files.slice(0, most).map(({ path, bytes }) => `${formatBytes(bytes).padStart(9)}  ${visible(path)}`);
  return files.length > most ? [...sizes, `… and ${files.length - most} more`] : sizes;
}
