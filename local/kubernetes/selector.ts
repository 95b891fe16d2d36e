import { badRequest, UndecidedError } from './errors.ts';
import {
  at,
  listAt,
  objectAt,
  shown,
  textAt,
  textsAt,
  type Json,
  type JsonObject,
} from './json.ts';
import type { Resource } from './schema.ts';

/** What a field selector may name, besides the name and the namespace of all kinds. */
const selectable: Readonly<Record<string, readonly string[]>> = {
  namespaces: ['status.phase'],
  pods: ['spec.nodeName', 'spec.restartPolicy', 'status.phase'],
  secrets: ['type'],
  // There are none, whatever they would be about.
  events: ['involvedObject', 'reason', 'type'],
};

/** A test for the `labelSelector` and `fieldSelector` of a request. */
export function selectorOf(
  resource: Resource,
  query: URLSearchParams,
): (object: JsonObject) => boolean {
  // Commas inside parentheses separate values, not requirements.
  const parts = (name: string) =>
    (query.get(name) ?? '').split(/,(?![^(]*\))/).filter((part) => part.trim() !== '');
  const requirements = parts('labelSelector').map(requirementOf);
  const fields = parts('fieldSelector').map((text) => fieldTest(resource, text));
  return (object) =>
    matchesSelector({ matchExpressions: requirements }, objectAt(object, 'metadata', 'labels')) &&
    fields.every((test) => test(object));
}

function fieldTest(resource: Resource, text: string): (object: JsonObject) => boolean {
  const [, path = '', operator = '', value = ''] = /^\s*([^=!]+)(!=|==?)(.*)$/.exec(text) ?? [];
  const paths = ['metadata.name', 'metadata.namespace', ...(selectable[resource.plural] ?? [])];
  const isKnown = paths.some((one) => path === one || path.startsWith(`${one}.`));
  if (!isKnown) throw new UndecidedError(`the field selector ${path} of ${resource.plural}`);
  return (object) => (shown(at(object, ...path.split('.'))) === value) === (operator !== '!=');
}

const key = String.raw`(?:[a-z0-9.-]+/)?[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?`;
const form = new RegExp(
  String.raw`^\s*(!?)\s*(${key})(?:\s*(==?|!=)\s*([\w.-]*)|\s+(in|notin)\s+\((.*)\))?\s*$`,
);
const signs = new Map(
  Object.entries({ '!': 'DoesNotExist', '': 'Exists', '!=': 'NotIn', notin: 'NotIn' }),
);

/** Parses a requirement from the text of a selector into the form that objects have. */
function requirementOf(text: string): JsonObject {
  const found = form.exec(text);
  if (!found)
    throw badRequest(
      `unable to parse requirement: found '${text}', expected: ',' or 'end of string'`,
    );
  const [, not = '', name = '', sign, value = '', word, list = ''] = found;
  const operator = signs.get(sign ?? word ?? not) ?? 'In';
  return {
    key: name,
    operator,
    values: sign === undefined ? list.split(',').map((one) => one.trim()) : [value],
  };
}

/** Whether labels match a `LabelSelector`. An empty one matches everything. */
export function matchesSelector(selector: Json | undefined, labels: JsonObject): boolean {
  const pairs = Object.entries(objectAt(selector, 'matchLabels'));
  const holds = (one: Json) => {
    const value = labels[textAt(one, 'key')];
    const operator = textAt(one, 'operator');
    if (['Exists', 'DoesNotExist'].includes(operator))
      return (value !== undefined) === (operator === 'Exists');
    return textsAt(one, 'values').some((text) => text === value) === (operator === 'In');
  };
  return (
    pairs.every(([name, value]) => labels[name] === value) &&
    listAt(selector, 'matchExpressions').every(holds)
  );
}
