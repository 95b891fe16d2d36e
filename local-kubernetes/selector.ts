import { objectAt, textAt, type JsonObject } from './json.ts';

/** A test for the `labelSelector` and `fieldSelector` of a request. */
export function selectorOf(query: URLSearchParams): (object: JsonObject) => boolean {
  const requirements = splitAtCommas(query.get('labelSelector') ?? '').map(labelRequirement);
  const fields = splitAtCommas(query.get('fieldSelector') ?? '').map((text) => {
    const [, path = '', value = ''] = /^([^=!]+)==?(.*)$/.exec(text) ?? [];
    return (object: JsonObject) => textAt(object, ...path.split('.')) === value;
  });
  return (object) => [...requirements, ...fields].every((holds) => holds(object));
}

function labelRequirement(text: string): (object: JsonObject) => boolean {
  const inSet = /^(\S+)\s+(in|notin)\s+\((.*)\)$/.exec(text);
  const equal = /^([^=!]+?)\s*(==?|!=)\s*(.*)$/.exec(text);
  const labelOf = (object: JsonObject, name: string) => textAt(object, 'metadata', 'labels', name);
  if (inSet) {
    const [, name = '', operator, list = ''] = inSet;
    const values = list.split(',').map((value) => value.trim());
    return (object) => values.includes(labelOf(object, name)) === (operator === 'in');
  }
  if (equal) {
    const [, name = '', operator, value = ''] = equal;
    return (object) => (labelOf(object, name) === value) === (operator !== '!=');
  }
  return (object) => text.replace(/^!/, '') in objectAt(object, 'metadata', 'labels') === !text.startsWith('!');
}

/** Commas inside parentheses separate values, not requirements. */
function splitAtCommas(text: string): string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
