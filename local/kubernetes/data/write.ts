import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { readResources, readTypes } from './client-node.ts';
import { readGoFields, readMessages } from './go.ts';

/**
 * Writes what the API server knows about its kinds, from published packages. Needs npm, and
 * apt-get and dpkg-deb of a Debian that has these versions.
 *
 * Usage: node local/kubernetes/data/write.ts [--check]
 */

/** Resources and types, of Kubernetes 1.36. */
const CLIENT = '@kubernetes/client-node@2.0.1';
/** What only the tags of Go's types say, and the messages of protobuf, of Kubernetes 1.32. */
const GO = [
  'golang-k8s-api-dev=0.32.3-1',
  'golang-k8s-apimachinery-dev=0.32.3-2',
  'golang-k8s-client-go-dev=0.32.3-2',
];

const folder = mkdtempSync(path.join(tmpdir(), 'kubernetes-data-'));
try {
  main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function main(): void {
  const { client, go } = unpackSources();
  const goSources = GO.map((name) => `${name.replace('=', ' ')} (Kubernetes 1.32, Apache-2.0)`);
  const clientSource = `${CLIENT.replace(/@(?=\d)/, ' ')} (Kubernetes 1.36, Apache-2.0)`;
  const resources = readResources(client);
  const types = readTypes(client, resources, readGoFields(go));

  keep('schema.json', { sources: [clientSource, ...goSources], resources, types });
  keep('protobuf.json', { sources: goSources, nested: readMessages(go) });
}

/** Downloads the packages. Nothing in them is run. */
function unpackSources(): { readonly client: string; readonly go: string } {
  const run = (program: string, ...args: readonly string[]) =>
    execFileSync(program, args, { cwd: folder, encoding: 'utf8' }).trim();
  run('tar', 'xzf', run('npm', 'pack', '--silent', CLIENT));
  run('apt-get', 'download', '-qq', ...GO);
  run('sh', '-c', 'for package in *.deb; do dpkg-deb -x "$package" .; done');
  return {
    client: path.join(folder, 'package'),
    go: path.join(folder, 'usr/share/gocode/src/k8s.io'),
  };
}

/** Writes a file next to this one, or, with `--check`, fails if it would change. */
function keep(name: string, data: Readonly<Record<string, object>>): void {
  const file = path.join(import.meta.dirname, name);
  const text = inRows(data);
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
  } else if (readFileSync(file, 'utf8') !== text) {
    console.error(`${name} is not what its sources say.`);
    process.exitCode = 1;
  }
}

/** JSON with a line for each entry of a section, so that a new version can be read as a diff. */
function inRows(data: Readonly<Record<string, object>>): string {
  const sections = Object.entries(data).map(([name, section]) => {
    const isList = Array.isArray(section);
    const rows = Object.entries(section).map(([key, row]) =>
      isList ? JSON.stringify(row) : `${JSON.stringify(key)}:${JSON.stringify(row)}`,
    );
    const [open, close] = isList ? ['[', ']'] : ['{', '}'];
    return `${JSON.stringify(name)}:${open}\n${rows.join(',\n')}\n${close}`;
  });
  return `{\n${sections.join(',\n')}\n}\n`;
}
