import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

/** A namespace of the kernel with mounts of its own; it needs no rights where users may make them. */
const unshare = ['unshare', '--user', '--map-root-user', '--mount'] as const;

/** An empty /tmp in which only the pod's own folder is, where it was. */
const mounts = `scratch=\${TMPDIR%/tmp} new=\${TMPDIR%/tmp}/new
mkdir "$new" && mount -t tmpfs tmpfs "$new" && mkdir -p "$new\${scratch#/tmp}" &&
mount --rbind "$scratch" "$new\${scratch#/tmp}" && mount --rbind "$new" /tmp && cd "$PWD" && exec sh "$@"`;

/**
 * What starts a shell that sees a fresh /tmp, as a new pod does: nothing of one step reaches the next.
 *
 * @param tools a folder that the shell has to see
 * @returns undefined where this machine cannot: outside Linux, where it forbids such namespaces, where the tools are in /tmp.
 */
export async function freshTmp(tools: string): Promise<readonly [string, ...string[]] | undefined> {
  if (process.platform !== 'linux' || path.resolve(tools).startsWith('/tmp/')) return undefined;
  const [program, ...options] = unshare;
  try {
    await promisify(execFile)(program, [...options, 'mount', '-t', 'tmpfs', 'tmpfs', '/tmp']);
  } catch {
    return undefined;
  }
  return [program, ...options, 'sh', '-c', mounts, 'sh'];
}
