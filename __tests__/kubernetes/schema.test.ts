import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import {
  at,
  isJson,
  isObject,
  textAt,
  withAt,
  type Json,
  type JsonObject,
} from '../../local/kubernetes/json.ts';
import { apiVersionOf } from '../../local/kubernetes/schema.ts';
import { server } from './server.ts';

// Objects of all common kinds, with most of their fields: a field that the kind doesn't have and a
// value of the wrong type are refused, wherever they are.

const folder = path.join(import.meta.dirname, 'recorded-answers');
const objects = parseAllDocuments(readFileSync(path.join(folder, 'objects.yaml'), 'utf8'), {
  version: '1.1',
}).map((document): JsonObject => {
  const value: unknown = document.toJS();
  return isJson(value) && isObject(value) ? value : {};
});

type Path = readonly string[];

/** The paths of everything in a value, and of the value itself. */
function pathsOf(value: Json, above: Path = []): Path[] {
  const inner = isObject(value) || Array.isArray(value) ? Object.entries(value) : [];
  return [above, ...inner.flatMap(([name, one]) => pathsOf(one, [...above, name]))];
}

/** A copy with another value at a path, which can lead through lists. */
function changed(value: Json, [name, ...rest]: Path, inner: Json): Json {
  if (name === undefined) return inner;
  const next = changed(at(value, name) ?? {}, rest, inner);
  if (Array.isArray(value)) return value.with(Number(name), next);
  return isObject(value) ? withAt(value, [name], next) : value;
}

/** Maps of texts and quantities, and what a definition leaves to its custom resources. */
const FREE = new RegExp(
  String.raw`\b(?:labels|annotations|matchLabels|nodeSelector|spec\.selector|parameters|` +
    'volumeAttributes|data|stringData|limits|requests|allocatable|capacity|default|enum|items|' +
    String.raw`additionalProperties)(?:\.|$)`,
  'i',
);
const isFree = (of: Path) => FREE.test(of.join('.'));

/** A value of a type that no field of the other types takes. */
const ofOtherType = (value: Json): Json => {
  if (typeof value === 'string') return { other: 'type' };
  return isObject(value) || Array.isArray(value) ? 'text' : [true];
};

test.each(objects.map((object) => [textAt(object, 'kind'), object] as const))(
  'a %s has no other fields, and no values of other types',
  (_kind, object) => {
    const { cluster, send } = server();
    send('POST', '/api/v1/namespaces', { metadata: { name: 'shop' } });
    const resource = cluster.ofKind(textAt(object, 'apiVersion'), textAt(object, 'kind'));
    if (!resource) throw new TypeError('There is no such kind');
    const root = resource.group === '' ? 'api' : 'apis';
    const place = resource.namespaced ? 'namespaces/shop/' : '';
    const url = `/${root}/${apiVersionOf(resource)}/${place}${resource.plural}`;
    const codeOf = (one: Json) =>
      send('POST', `${url}?dryRun=All&fieldValidation=Strict`, isObject(one) ? one : {}).code;

    const paths = pathsOf(object).filter(
      (of) => of.length > 0 && !['apiVersion', 'kind'].includes(of[0] ?? '') && !isFree(of),
    );
    const taken = paths.flatMap((of) => {
      const value = at(object, ...of) ?? null;
      const other = codeOf(changed(object, of, ofOtherType(value)));
      const unknown = isObject(value) ? codeOf(changed(object, [...of, 'zzz'], 'x')) : 400;
      return [
        ...(other < 400 ? [`${of.join('.')}: another type`] : []),
        ...(unknown < 400 ? [`${of.join('.')}: unknown field`] : []),
      ];
    });

    expect({ taken, whole: codeOf(object) }).toEqual({ taken: [], whole: 201 });
  },
);

test('a field of a custom resource is checked by its definition, and has its default', () => {
  const { send } = server();
  const size = { type: 'integer', minimum: 1, exclusiveMinimum: true };
  const color = { type: 'string', default: 'red', pattern: '^(?i:red|[[:alpha:]]+)$' };
  const properties = { spec: { type: 'object', properties: { size, color } } };
  const schema = { openAPIV3Schema: { type: 'object', properties } };
  const definition = {
    metadata: { name: 'widgets.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'widgets', kind: 'Widget' },
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  };
  send('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition);
  const url = '/apis/example.com/v1/namespaces/default/widgets?fieldValidation=Strict';
  const post = (spec: JsonObject) => send('POST', url, { metadata: { name: 'w' }, spec });

  expect(post({ size: 1 }).says).toContain('spec.size: Invalid value: 1: must be > 1');
  expect(post({ sise: 2 }).says).toContain('unknown field "spec.sise"');
  expect(post({ size: 2 }).body).toMatchObject({ spec: { size: 2, color: 'red' } });
});

test('the data of a secret is base64, in which only line breaks have no meaning', () => {
  const { send } = server();
  const codeOf = (text: string) => {
    const secret = { metadata: { name: 's' }, data: { a: text } };
    return send('POST', '/api/v1/namespaces/default/secrets?dryRun=All', secret).code;
  };

  expect(['YWFhYWE=', 'YWFh\nYWE=\n'].map(codeOf)).toEqual([201, 201]);
  expect(['not base64!\nYWE=', 'YWFhYWE'].map(codeOf)).toEqual([422, 422]);
});

test('a job says how its pods restart, and the name of a namespace has no dot', () => {
  const { send } = server();
  const template = { spec: { containers: [{ name: 'c', image: 'x' }] } };
  const job = { metadata: { name: 'j' }, spec: { template } };
  const namespace = { metadata: { name: 'a.b' } };

  expect(send('POST', '/apis/batch/v1/namespaces/default/jobs', job).says).toContain(
    'restartPolicy: Required value',
  );
  expect(send('POST', '/api/v1/namespaces', namespace).says).toContain('RFC 1123 label');
});
