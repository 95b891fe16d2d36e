import { badRequest } from './errors.ts';
import { isObject, listAt, objectAt, textAt, textsAt, type Json, type JsonObject } from './json.ts';
import { apiVersionOf, type Resource } from './schema.ts';

type Test = (object: JsonObject) => boolean;

/** What a field selector may name beside `metadata.name` and `metadata.namespace`. */
const selectable: Readonly<Record<string, readonly string[]>> = {
  pods: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  events: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  nodes: ['spec.unschedulable'],
  namespaces: ['status.phase'],
  secrets: ['type'],
  services: ['spec.clusterIP', 'spec.type'],
  replicasets: ['status.replicas'],
  replicationcontrollers: ['status.replicas'],
  jobs: ['status.successful'],
  certificatesigningrequests: ['spec.signerName'],
};

/** A test for the `labelSelector` and `fieldSelector` of a request. */
export function selectorOf(resource: Resource, query: URLSearchParams): Test {
  const labels = splitAtCommas(query.get('labelSelector') ?? '').map(labelRequirement);
  const fields = splitAtCommas(query.get('fieldSelector') ?? '').map((text) => fieldRequirement(resource, text, query));
  return (object) => [...labels, ...fields].every((holds) => holds(object));
}

function fieldRequirement(resource: Resource, text: string, query: URLSearchParams): Test {
  const [, path = '', operator = '', value = ''] = /^([^=!]+)(!=|==?)(.*)$/.exec(text) ?? [];
  const known = ['metadata.name', 'metadata.namespace', ...(selectable[resource.plural] ?? [])];
  if (!known.includes(path)) {
    const resourceText = `${apiVersionOf(resource)}, Resource=${resource.plural}`;
    throw badRequest(
      `Unable to find "${resource.group === '' ? '/' : ''}${resourceText}" that match label selector "${query.get('labelSelector') ?? ''}", field selector "${text}": "${path}" is not a known field selector: only "metadata.name", "metadata.namespace"`,
    );
  }
  return (object) => {
    const found = path
      .split('.')
      .reduce<Json | undefined>((inner, name) => (isObject(inner) ? inner[name] : undefined), object);
    const shown = typeof found === 'string' ? found : String(typeof found === 'boolean' && found);
    return ((found === undefined ? '' : shown) === value) === (operator !== '!=');
  };
}

const key = String.raw`(?:[a-z0-9.-]+/)?[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?`;

function labelRequirement(text: string): Test {
  const labels = (object: JsonObject) => objectAt(object, 'metadata', 'labels');
  const inSet = new RegExp(`^(${key})\\s+(in|notin)\\s+\\((.*)\\)$`).exec(text);
  if (inSet) {
    const [, name = '', operator, list = ''] = inSet;
    const values = list.split(',').map((value) => value.trim());
    return (object) => values.includes(textAt(labels(object), name)) === (operator === 'in');
  }
  const equal = new RegExp(`^(${key})\\s*(==?|!=)\\s*([\\w.-]*)$`).exec(text);
  if (equal) {
    const [, name = '', operator, value = ''] = equal;
    return (object) => {
      const has = labels(object)[name] === value;
      return operator === '!=' ? !has : has;
    };
  }
  const exists = new RegExp(`^(!?)\\s*(${key})$`).exec(text);
  if (!exists) throw badRequest(`unable to parse requirement: found '${text}', expected: ',' or 'end of string'`);
  const [, not, name = ''] = exists;
  return (object) => name in labels(object) === (not === '');
}

/** Commas inside parentheses separate values, not requirements. */
function splitAtCommas(text: string): string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Whether labels are those that a `LabelSelector` asks for; an empty one asks for all. */
export function matchesSelector(selector: Json | undefined, labels: JsonObject): boolean {
  const exact = Object.entries(objectAt(selector, 'matchLabels')).every(([name, value]) => labels[name] === value);
  return (
    exact &&
    listAt(selector, 'matchExpressions').every((one) => {
      const name = textAt(one, 'key');
      const value = labels[name];
      const among = typeof value === 'string' && textsAt(one, 'values').includes(value);
      switch (textAt(one, 'operator')) {
        case 'In':
          return among;
        case 'NotIn':
          return !among;
        case 'Exists':
          return value !== undefined;
        default:
          return value === undefined;
      }
    })
  );
}
