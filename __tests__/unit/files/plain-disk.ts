import type { Disk, DiskEntry, Inspected } from '../../../src/files/disk.ts';
import { foldName } from '../../../src/files/glob.ts';

/** A file system as a value: names to contents, `->` before the target of a link; folders are objects. */
export type Tree = { readonly [name: string]: string | Tree };

type Node = string | Tree;

export type DiskOptions = {
  readonly ignoresCase?: boolean;
  readonly windows?: boolean;
  /** What stands at these paths once they were inspected. */
  readonly swappedTo?: Readonly<Record<string, string>>;
};

/** A disk of a plain value. Its paths begin with `/`, or with a drive. */
export function plainDisk(
  tree: Tree,
  { ignoresCase = false, windows = false, swappedTo = {} }: DiskOptions = {},
): Disk {
  const find = (folder: Tree, name: string): Node | undefined => {
    const key = Object.keys(folder).find((own) => own === name || (ignoresCase && foldName(own) === foldName(name)));
    return key === undefined ? undefined : folder[key];
  };
  const fails = (code: string): never => {
    throw Object.assign(new Error(code), { code });
  };

  /** As libc's `realpath` has it: links are resolved, letter case stays as it was asked for. */
  const walk = (path: string, hops = 0): { readonly path: string; readonly node: Node } => {
    let at: { path: string; node: Node } = { path: '', node: tree };
    for (const name of path.split('/').filter((part) => part !== '')) {
      const node = typeof at.node === 'string' ? fails('ENOTDIR') : (find(at.node, name) ?? fails('ENOENT'));
      at = isLink(node)
        ? hops > 20
          ? fails('ELOOP')
          : walk(resolve(at.path, node.slice(2)), hops + 1)
        : { path: `${at.path}/${name}`, node };
    }
    return at;
  };
  const rooted = (path: string) => (windows ? path.replace(/^\//, '') : path || '/');

  const inspect = (path: string): Inspected => {
    const { path: real, node } = walk(path);
    const rest = { mode: 0o640, identity: foldName(real) };
    return typeof node === 'string'
      ? { kind: 'file', bytes: node.length, ...rest }
      : { kind: 'folder', bytes: 0, ...rest };
  };
  return {
    windows,
    resolve: (from, given) => rooted(resolve(from, windows ? given.replaceAll('\\', '/') : given)),
    realPath: (path) => promised(() => rooted(walk(path).path)),
    list: (folder) =>
      promised(() => {
        const { node } = walk(folder);
        return typeof node === 'string' ? fails('ENOTDIR') : Object.entries(node).map(entryOf);
      }),
    ignoresCase: () => Promise.resolve(ignoresCase),
    inspect: (path) => promised(() => inspect(path)),
    read: (path, before) =>
      promised(() => {
        const real = swappedTo[path] ?? path;
        const { node } = walk(real);
        return typeof node === 'string' && inspect(real).identity === before.identity ? Buffer.from(node) : undefined;
      }),
  };
}

function entryOf([name, node]: [string, Node]): DiskEntry {
  return { name, kind: isLink(node) ? 'link' : typeof node === 'string' ? 'file' : 'folder' };
}

function isLink(node: Node): node is string {
  return typeof node === 'string' && node.startsWith('->');
}

function resolve(from: string, given: string): string {
  const isAbsolute = given.startsWith('/') || /^[A-Za-z]:/.test(given);
  const segments: string[] = [];
  for (const segment of `${isAbsolute ? '' : from}/${given}`.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return `/${segments.join('/')}`;
}

function promised<T>(act: () => T): Promise<T> {
  return new Promise((settle) => {
    settle(act());
  });
}
