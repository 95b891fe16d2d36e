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
  /** Files that are neither files nor folders, such as sockets. */
  readonly special?: readonly string[];
  /** What became one of those once its folder was listed. */
  readonly becomesSpecial?: readonly string[];
  /** Folders that cannot be listed, and files that cannot be inspected. */
  readonly unreadable?: readonly string[];
  /** How large files claim to be. */
  readonly sizes?: Readonly<Record<string, number>>;
};

/** A disk of a plain value. Its paths begin with `/`, or with a drive. */
export function plainDisk(tree: Tree, options: DiskOptions = {}): Disk {
  const { ignoresCase = false, windows = false, swappedTo = {}, sizes = {} } = options;
  const { special = [], becomesSpecial = [], unreadable = [] } = options;
  const find = (folder: Tree, name: string): Node | undefined => {
    if (Object.hasOwn(folder, name) || !ignoresCase) return folder[name];
    const key = Object.keys(folder).find((own) => foldName(own) === foldName(name));
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
    if (unreadable.includes(real) && typeof node === 'string') fails('EACCES');
    const rest = { mode: 0o640, identity: foldName(real) };
    if (special.includes(real) || becomesSpecial.includes(real)) return { kind: 'other', bytes: 0, ...rest };
    return typeof node === 'string'
      ? { kind: 'file', bytes: sizes[real] ?? node.length, ...rest }
      : { kind: 'folder', bytes: 0, ...rest };
  };
  return {
    windows,
    resolve: (from, given) => rooted(resolve(from, windows ? given.replaceAll('\\', '/') : given)),
    realPath: (path) => promised(() => rooted(walk(path).path)),
    list: (folder) =>
      promised(() => {
        const { path, node } = walk(folder);
        if (unreadable.includes(path)) fails('EACCES');
        if (typeof node === 'string') return fails('ENOTDIR');
        return Object.entries(node).map(([name, child]) => ({
          name,
          kind: special.includes(`${path}/${name}`) ? 'other' : kindOf(child),
        }));
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

function kindOf(node: Node): DiskEntry['kind'] {
  if (isLink(node)) return 'link';
  return typeof node === 'string' ? 'file' : 'folder';
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
