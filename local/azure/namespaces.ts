import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const PREFIX = [
  'unshare',
  // A user other than root needs a user namespace, too, and keeps what it takes to mount in it.
  ...(process.getuid?.() === 0 ? [] : ['--user', '--map-current-user', '--keep-caps']),
  '--pid',
  '--fork',
  '--kill-child',
  '--mount-proc',
] as const;

/** The words in front of a program that let it enter those that the process with this number made. */
export function enter(pid: number | undefined): readonly string[] {
  const of = (name: string) => `/proc/${pid}/ns/${name}`;
  const asUser = process.getuid?.() === 0 ? [] : ['--preserve-credentials', `--user=${of('user')}`];
  return ['nsenter', ...asUser, `--mount=${of('mnt')}`, `--pid=${of('pid_for_children')}`];
}

let prefix: Promise<readonly string[]> | undefined;

/**
 * The words in front of a program that make it the first process of a PID namespace, as a
 * container's is: it sees and can end only what it has started, and when it ends, so does all of
 * that. The program also has its own mounts. No words if this machine doesn't allow it: it is not
 * Linux, or users may not create namespaces.
 */
export function inNamespaces(): Promise<readonly string[]> {
  const [program, ...options] = PREFIX;
  const trial = [...options, 'mount', '-t', 'tmpfs', 'tmpfs', '/tmp'];
  prefix ??= promisify(execFile)(program, trial).then(
    () => PREFIX,
    () => [],
  );
  return prefix;
}
