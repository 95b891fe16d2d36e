import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import protobuf from 'protobufjs';
import { parse } from 'yaml';
import { readGoTypes, type GoField, type GoTypes } from './kubernetes-data/go-types.ts';
import { readResources } from './kubernetes-data/resources.ts';
import { readMergeSchema, type MergeSchema } from './kubernetes-data/merge-schema.ts';

/**
 * Writes `local-kubernetes/data/`: what the API server knows of its kinds, taken from well-kept sources. Needs npm, and
 * apt-get and dpkg of a Debian 13.
 *
 * Usage: node scripts/kubernetes-data.ts
 */

const client = { name: '@kubernetes/client-node', version: '2.0.1', license: 'Apache-2.0' };
const debian = ['golang-k8s-api-dev', 'golang-k8s-apimachinery-dev', 'golang-k8s-client-go-dev'];
const scalars: Readonly<Record<string, string>> = {
  string: 'string',
  boolean: 'boolean',
  IntOrString: 'intOrString',
  Date: 'time',
  V1MicroTime: 'time',
  any: 'any',
  object: 'any',
  number: 'number',
};

const target = path.resolve(import.meta.dirname, '../local-kubernetes/data');
const work = mkdtempSync(path.join(tmpdir(), 'kubernetes-data-'));
try {
  main();
} finally {
  rmSync(work, { recursive: true, force: true });
}

function main(): void {
  const run = (program: string, ...args: string[]) => execFileSync(program, args, { cwd: work }).toString();
  const tarball = run('npm', 'pack', '--silent', `${client.name}@${client.version}`).trim();
  run('tar', 'xzf', tarball);
  run('apt-get', 'download', '-q', ...debian);
  const packages = readdirSync(work).filter((name) => name.endsWith('.deb'));
  for (const name of packages) run('dpkg', '-x', name, 'debian');

  const go = path.join(work, 'debian/usr/share/gocode/src/k8s.io');
  const models = path.join(work, 'package/dist/gen/models');
  const goTypes = readGoTypes(go);
  const merges = readMergeSchema(parseMergeSchema(path.join(go, 'client-go/applyconfigurations/internal/internal.go')));
  const sources = [
    `${client.name} ${client.version} (Kubernetes 1.36, ${client.license})`,
    ...packages.map((name) => `${name.replace(/_all\.deb$/, '').replace('_', ' ')} (Kubernetes 1.32, Apache-2.0)`),
  ];
  const resources = readResources(path.join(work, 'package/dist/gen/apis'));
  const types = readTypes(
    models,
    resources.flatMap(({ type, subresources }) => [type, ...Object.values(subresources)]).filter((type) => type !== ''),
    goTypes,
    merges,
  );
  mkdirSync(target, { recursive: true });
  writeRows('schema.json', { sources, resources, types, ...tagsOf(Object.keys(types), goTypes) });
  writeRows('protobuf.json', { sources: sources.slice(1), nested: readProtobuf(go) });
}

/** JSON with one line for each entry of the second level, so that a new version can be read as a diff. */
function writeRows(file: string, data: Readonly<Record<string, unknown>>): void {
  const sections = Object.entries(data).map(([name, section]) => {
    const rows = Array.isArray(section)
      ? section.map((row) => JSON.stringify(row))
      : Object.entries(section ?? {}).map(([key, row]) => `${JSON.stringify(key)}:${JSON.stringify(row)}`);
    const [open, close] = Array.isArray(section) ? ['[', ']'] : ['{', '}'];
    return `${JSON.stringify(name)}:${open}\n${rows.join(',\n')}\n${close}`;
  });
  writeFileSync(path.join(target, file), `{\n${sections.join(',\n')}\n}\n`);
}

function parseMergeSchema(file: string): unknown {
  const yaml = /YAMLObject\(`(?<yaml>[^`]*)`/.exec(readFileSync(file, 'utf8'))?.groups?.['yaml'];
  return parse(yaml ?? '');
}

/** Each type that the resources reach, its fields as `TYPE` or, where one is required, `TYPE!`. */
function readTypes(
  models: string,
  roots: readonly string[],
  go: GoTypes,
  merges: MergeSchema,
): Record<string, Record<string, string>> {
  const types: Record<string, Record<string, string>> = {};
  const waiting = [...roots];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (name in types) continue;
    const script = readFileSync(path.join(models, `${name}.js`), 'utf8');
    const declared = readFileSync(path.join(models, `${name}.d.ts`), 'utf8');
    const fields: Record<string, string> = {};
    const pattern = /"name": "(.*)",\s*"baseName": "(.*)",\s*"type": "(.*)",\s*"format": "(.*)"/g;
    for (const [, property = '', field = '', type = '', format = ''] of script.matchAll(pattern)) {
      const required = new RegExp(`^    '${property.replaceAll('$', String.raw`\$`)}': `, 'm').test(declared);
      const go1 = go.field(name, field);
      fields[field] = fieldType(type, format, go1, merges.field(name, field)) + (required ? '!' : '');
      const inner = type.replaceAll(/Array<|>|\{ \[key: string\]: |; \}/g, '');
      if (!(inner in scalars)) waiting.push(inner);
    }
    types[name] = fields;
  }
  return Object.fromEntries(Object.entries(types).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * `[]T` an atomic list, `[a,b]T` one whose items are told apart by these fields, `[*]T` a set; `{}T` a map, `{!}T` an
 * atomic one; `T~` an atomic object; `string`, `int32`, `quantity` and the like.
 */
function fieldType(type: string, format: string, go: GoField | undefined, merge: string | undefined): string {
  const list = /^Array<(.*)>$/.exec(type)?.[1];
  if (list !== undefined) return `[${merge ?? ''}]${fieldType(list, format, go, undefined)}`;
  const map = /^\{ \[key: string\]: (.*); \}$/.exec(type)?.[1];
  if (map !== undefined) return `{${merge === '~' ? '!' : ''}}${fieldType(map, format, go, undefined)}`;
  if (type === 'string' && go?.quantity === true) return 'quantity';
  if (type === 'string' && format === 'byte') return 'byte';
  if (type === 'number' && format.startsWith('int')) return format;
  return scalars[type] ?? `${type}${merge === '~' ? '~' : ''}`;
}

/** Enumerations, the keys of strategic merges, and the fields whose zero value JSON leaves out and protobuf does not. */
function tagsOf(types: readonly string[], go: GoTypes) {
  const all = types.flatMap((type) => go.fields(type).map((field) => [`${type}.${field.name}`, field] as const));
  const pick = (of: (field: GoField) => unknown) =>
    Object.fromEntries(all.flatMap(([name, field]) => (of(field) === undefined ? [] : [[name, of(field)]])));
  return {
    enums: pick(({ values }) => values),
    patches: pick(({ patch }) => patch),
    zeros: all.filter(([, { zero }]) => zero).map(([name]) => name),
  };
}

/** Descriptions of the messages, as protobufjs takes them. */
function readProtobuf(go: string): object {
  const root = new protobuf.Root();
  const files = readdirSync(go, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /^(?:api\/[a-z]+\/v\d+|apimachinery\/.*)\/generated\.proto$/.test(file),
  );
  root.resolvePath = (_origin, file) => path.join(path.dirname(go), file);
  for (const file of files) protobuf.parse(readFileSync(path.join(go, file), 'utf8'), root, { keepCase: true });
  return root.toJSON().nested ?? {};
}
