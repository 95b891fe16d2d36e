import { badRequest } from './errors.ts';
import { at, listAt, objectAt, shown, textAt, textsAt, type Json, type JsonObject } from './json.ts';
import { apiVersionOf, type Resource } from './schema.ts';

type Test = (object: JsonObject) => boolean;

/** What a field selector may name beside `metadata.name` and `metadata.namespace`, a line for each resource. */
const selectable = `
pods spec.nodeName spec.restartPolicy spec.schedulerName spec.serviceAccountName spec.hostNetwork status.phase status.podIP
events involvedObject.kind involvedObject.namespace involvedObject.name involvedObject.uid involvedObject.apiVersion reason source type
nodes spec.unschedulable
namespaces status.phase
secrets type
services spec.clusterIP spec.type
replicasets status.replicas
jobs status.successful
`;

/** A test for the `labelSelector` and `fieldSelector` of a request. */
export function selectorOf(resource: Resource, query: URLSearchParams): Test {
  // Commas inside parentheses separate values, not requirements.
  const parts = (name: string) => (query.get(name) ?? '').split(/,(?![^(]*\))/).filter((part) => part.trim() !== '');
  const requirements = parts('labelSelector').map(requirementOf);
  const fields = parts('fieldSelector').map((text) => fieldTest(resource, text));
  return (object) =>
    matchesSelector({ matchExpressions: requirements }, objectAt(object, 'metadata', 'labels')) &&
    fields.every((test) => test(object));
}

function fieldTest(resource: Resource, text: string): Test {
  const [, path = '', operator = '', value = ''] = /^\s*([^=!]+)(!=|==?)(.*)$/.exec(text) ?? [];
  const own = selectable.split('\n').find((line) => line.startsWith(`${resource.plural} `)) ?? '';
  if (!['metadata.name', 'metadata.namespace', ...own.split(' ').slice(1)].includes(path))
    throw badRequest(
      `"${path}" is not a known field selector of ${apiVersionOf(resource)}, Resource=${resource.plural}`,
    );
  const isEqual = (found: Json | undefined) => (found === undefined ? ['', 'false'] : [shown(found)]).includes(value);
  return (object) => isEqual(at(object, ...path.split('.'))) === (operator !== '!=');
}

const key = String.raw`(?:[a-z0-9.-]+/)?[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?`;
const form = new RegExp(String.raw`^\s*(!?)\s*(${key})(?:\s*(==?|!=)\s*([\w.-]*)|\s+(in|notin)\s+\((.*)\))?\s*$`);
const signs = new Map(Object.entries({ '!': 'DoesNotExist', '': 'Exists', '!=': 'NotIn', notin: 'NotIn' }));

/** A requirement in the text of a selector, as objects have it. */
function requirementOf(text: string): JsonObject {
  const found = form.exec(text);
  if (!found) throw badRequest(`unable to parse requirement: found '${text}', expected: ',' or 'end of string'`);
  const [, not = '', name = '', sign, value = '', word, list = ''] = found;
  const operator = signs.get(sign ?? word ?? not) ?? 'In';
  return { key: name, operator, values: sign === undefined ? list.split(',').map((one) => one.trim()) : [value] };
}

const operators: Readonly<Record<string, (isThere: boolean, isAmong: boolean) => boolean>> = {
  In: (_isThere, isAmong) => isAmong,
  NotIn: (_isThere, isAmong) => !isAmong,
  Exists: (isThere) => isThere,
  DoesNotExist: (isThere) => !isThere,
};

/** Whether labels are those that a `LabelSelector` asks for; an empty one asks for all. */
export function matchesSelector(selector: Json | undefined, labels: JsonObject): boolean {
  const pairs = Object.entries(objectAt(selector, 'matchLabels'));
  const holds = (one: Json) => {
    const value = labels[textAt(one, 'key')];
    const isAmong = typeof value === 'string' && textsAt(one, 'values').includes(value);
    return operators[textAt(one, 'operator')]?.(value !== undefined, isAmong) === true;
  };
  return pairs.every(([name, value]) => labels[name] === value) && listAt(selector, 'matchExpressions').every(holds);
}
