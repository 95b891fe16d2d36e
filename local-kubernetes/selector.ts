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
  const parts = (name: string) => (query.get(name) ?? '').split(/,(?![^(]*\))/).map((part) => part.trim());
  const labels = parts('labelSelector')
    .filter((part) => part !== '')
    .map(labelRequirement);
  const fields = parts('fieldSelector')
    .filter((part) => part !== '')
    .map((text) => fieldRequirement(resource, text));
  return (object) => [...labels, ...fields].every((test) => test(object));
}

function fieldRequirement(resource: Resource, text: string): Test {
  const [, path = '', operator = '', value = ''] = /^([^=!]+)(!=|==?)(.*)$/.exec(text) ?? [];
  const own = selectable.split('\n').find((line) => line.startsWith(`${resource.plural} `)) ?? '';
  if (!['metadata.name', 'metadata.namespace', ...own.split(' ').slice(1)].includes(path))
    throw badRequest(
      `"${path}" is not a known field selector of ${apiVersionOf(resource)}, Resource=${resource.plural}`,
    );
  const isEqual = (found: Json | undefined) => (found === undefined ? ['', 'false'] : [shown(found)]).includes(value);
  return (object) => isEqual(at(object, ...path.split('.'))) === (operator !== '!=');
}

const key = String.raw`(?:[a-z0-9.-]+/)?[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?`;
const requirement = new RegExp(String.raw`^(!?)\s*(${key})(?:\s*(==?|!=)\s*([\w.-]*)|\s+(in|notin)\s+\((.*)\))?$`);
const operators: Readonly<Record<string, string>> = {
  '!=': 'NotIn',
  notin: 'NotIn',
  '!': 'DoesNotExist',
  '': 'Exists',
};

function labelRequirement(text: string): Test {
  const found = requirement.exec(text);
  if (!found) throw badRequest(`unable to parse requirement: found '${text}', expected: ',' or 'end of string'`);
  const [, not = '', name = '', sign, value = '', word, list = ''] = found;
  const operator = operators[sign ?? word ?? not] ?? 'In';
  const values = sign === undefined ? list.split(',').map((one) => one.trim()) : [value];
  return (object) => holds(objectAt(object, 'metadata', 'labels')[name], operator, values);
}

function holds(value: Json | undefined, operator: string, values: readonly string[]): boolean {
  const isAmong = typeof value === 'string' && values.includes(value);
  if (operator === 'In') return isAmong;
  if (operator === 'NotIn') return !isAmong;
  return (value !== undefined) === (operator === 'Exists');
}

/** Whether labels are those that a `LabelSelector` asks for; an empty one asks for all. */
export function matchesSelector(selector: Json | undefined, labels: JsonObject): boolean {
  return (
    Object.entries(objectAt(selector, 'matchLabels')).every(([name, value]) => labels[name] === value) &&
    listAt(selector, 'matchExpressions').every((one) =>
      holds(labels[textAt(one, 'key')], textAt(one, 'operator'), textsAt(one, 'values')),
    )
  );
}
