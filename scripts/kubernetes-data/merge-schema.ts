/** How server-side apply merges a field: `a,b` the keys of a list, `*` a set, `~` atomic; undefined for the usual way. */
export type MergeSchema = {
  readonly field: (model: string, name: string) => string | undefined;
  /** Whether the field is a struct that Go holds by value, not by a pointer. */
  readonly isHeldByValue: (model: string, name: string) => boolean;
};

type Node = Readonly<Record<string, unknown>>;

/** @param document the schema of structured-merge-diff, as the apply configurations of client-go hold it. */
export function readMergeSchema(document: unknown): MergeSchema {
  const types = new Map<string, Node>();
  for (const type of listOf(record(document)['types']).map(record)) types.set(text(type['name']), type);
  const typeOf = (model: string): Node | undefined => {
    const [, group = '', version = '', name = ''] = /^([A-Z]\w*?)?(V\d+)(\w+)$/.exec(model) ?? [];
    const wanted = `.${version.toLowerCase()}.${name}`;
    const found = [...types.keys()].filter((key) => key.endsWith(wanted));
    return types.get(found.find((key) => key.includes(`.${group.toLowerCase()}.`)) ?? found[0] ?? '');
  };
  const fieldOf = (model: string, name: string) =>
    record(
      listOf(record(typeOf(model)?.['map'])['fields'])
        .map(record)
        .find((field) => field['name'] === name),
    );
  return {
    isHeldByValue: (model, name) => typeof fieldOf(model, name)['default'] === 'object',
    field(model, name) {
      const type = record(fieldOf(model, name)['type']);
      const { list, map } = type;
      if (list !== undefined) {
        const { elementRelationship, keys } = record(list);
        if (elementRelationship !== 'associative') return undefined;
        return Array.isArray(keys) ? keys.map(text).join() : '*';
      }
      const named = record(types.get(text(type['namedType'])));
      return [type, record(map), record(named['map'])].some((one) => one['elementRelationship'] === 'atomic')
        ? '~'
        : undefined;
    },
  };
}

function record(value: unknown): Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
