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
 * Writes `local/kubernetes/data/`: what the API server knows of its kinds, taken from well-kept sources. Needs npm, and
 * apt-get and dpkg of a Debian 13.
 *
 * Usage: node scripts/kubernetes-data.ts
 */

const client = { name: '@kubernetes/client-node', version: '2.0.1', license: 'Apache-2.0' };
const debian = ['golang-k8s-api-dev', 'golang-k8s-apimachinery-dev', 'golang-k8s-client-go-dev'];
/** An OpenAPI schema, with the extensions that Kubernetes has for merging. */
type Schema = Readonly<Record<string, unknown>>;

const scalars: Readonly<Record<string, Schema>> = {
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  IntOrString: { 'x-kubernetes-int-or-string': true },
  Date: { type: 'string', format: 'date-time' },
  V1MicroTime: { type: 'string', format: 'date-time' },
  any: { 'x-kubernetes-preserve-unknown-fields': true },
  object: { 'x-kubernetes-preserve-unknown-fields': true },
  number: { type: 'number' },
  nothing: { type: 'object' },
};

/** What client-node leaves open. */
const corrected: Readonly<Record<string, string>> = {
  // Only the outer part of a schema has to be structural.
  ...Object.fromEntries(['allOf', 'anyOf', 'oneOf', 'not'].map((name) => [`V1JSONSchemaProps.${name}`, 'any'])),
  'V1JSONSchemaProps.additionalProperties': 'V1JSONSchemaProps',
  'V1JSONSchemaProps.items': 'V1JSONSchemaProps',
  'V1CustomResourceSubresources.status': 'nothing',
};

const target = path.resolve(import.meta.dirname, '../local/kubernetes/data');
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
  writeRows('schema.json', { sources, resources, types });
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

/** Each type that the resources reach, as a schema. */
function readTypes(models: string, roots: readonly string[], go: GoTypes, merges: MergeSchema): Record<string, Schema> {
  const types: Record<string, Schema> = {};
  const waiting = [...roots];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (name in types) continue;
    const script = readFileSync(path.join(models, `${name}.js`), 'utf8');
    const declared = readFileSync(path.join(models, `${name}.d.ts`), 'utf8');
    const properties: Record<string, Schema> = {};
    const required: string[] = [];
    const pattern = /"name": "(.*)",\s*"baseName": "(.*)",\s*"type": "(.*)",\s*"format": "(.*)"/g;
    for (const [, property = '', field = '', given = '', format = ''] of script.matchAll(pattern)) {
      const type = corrected[`${name}.${field}`] ?? given;
      const tags = go.field(name, field);
      const schema = fieldSchema(type, format, tags, merges.field(name, field));
      // Go reads a missing number as zero, and an empty text as a missing one.
      const isRequired =
        new RegExp(`^    '${property.replaceAll('$', String.raw`\$`)}': `, 'm').test(declared) &&
        !['integer', 'number', 'boolean'].includes(String(schema['type'])) &&
        `${name}.${field}` !== 'V1HTTPHeader.value';
      if (isRequired) required.push(field);
      properties[field] = {
        ...schema,
        ...(isRequired && schema['type'] === 'string' ? { minLength: 1 } : {}),
        ...patchOf(tags),
        // What Go holds by value is there, whether it is given or not.
        ...(merges.isHeldByValue(name, field) && !['metadata', 'status'].includes(field) ? { default: {} } : {}),
        ...(tags?.zero === true ? { 'x-zero': true } : {}),
      };
      const inner = type.replaceAll(/Array<|>|\{ \[key: string\]: |; \}/g, '');
      if (!(inner in scalars)) waiting.push(inner);
    }
    types[name] = { 'x-type': name, type: 'object', ...(required.length > 0 ? { required } : {}), properties };
  }
  return Object.fromEntries(Object.entries(types).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function fieldSchema(type: string, format: string, go: GoField | undefined, merge: string | undefined): Schema {
  const atomic = merge === '~' ? { 'x-kubernetes-map-type': 'atomic' } : {};
  const list = /^Array<(.*)>$/.exec(type)?.[1];
  if (list !== undefined) return { type: 'array', items: fieldSchema(list, format, go, undefined), ...listType(merge) };
  const map = /^\{ \[key: string\]: (.*); \}$/.exec(type)?.[1];
  if (map !== undefined)
    return { type: 'object', additionalProperties: fieldSchema(map, format, go, undefined), ...atomic };
  if (type === 'string' && go?.quantity === true) return { type, format: 'quantity' };
  if (type === 'string' && format === 'byte') return { type, format };
  if (type === 'number' && format.startsWith('int')) return { type: 'integer', format };
  const scalar = scalars[type];
  if (scalar) return { ...scalar, ...(go?.values ? { enum: go.values } : {}) };
  return { $ref: `#/components/schemas/${type}`, ...atomic };
}

function listType(merge: string | undefined): Schema {
  if (merge === undefined || merge === '~') return {};
  if (merge === '*') return { 'x-kubernetes-list-type': 'set' };
  return { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': merge.split(',') };
}

function patchOf(go: GoField | undefined): Schema {
  const [strategy = '', key = ''] = go?.patch?.split(':') ?? [];
  return {
    ...(strategy === '' ? {} : { 'x-kubernetes-patch-strategy': strategy }),
    ...(key === '' ? {} : { 'x-kubernetes-patch-merge-key': key }),
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
