import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import protobuf from 'protobufjs';
import { parse } from 'yaml';

/** What Kubernetes' Go sources say about a field of a type. */
export type GoField = {
  readonly isQuantity: boolean;
  /** The values that are allowed. */
  readonly values: readonly string[] | undefined;
  readonly patchStrategy: string | undefined;
  readonly patchMergeKey: string | undefined;
  /** A zero is left out of JSON. */
  readonly omitsZero: boolean;
  /** How server-side apply merges it: by these keys of a list, as a set (`*`), or whole (`~`). */
  readonly merge: string | undefined;
  /** It is a struct, and no pointer to one, so it is always there. */
  readonly isHeldByValue: boolean;
};

/** Finds a field by the name that client-node gives its type: `V1Container`, `CoreV1Event`. */
export type GoFields = (model: string, field: string) => GoField;

type Tags = Omit<GoField, 'merge' | 'isHeldByValue'>;
type Struct = { readonly fields: ReadonlyMap<string, Tags>; readonly embeds: readonly string[] };

/** Reads `k8s.io/api`, `k8s.io/apimachinery`, and `k8s.io/client-go` in this folder. */
export function readGoFields(folder: string): GoFields {
  const structs = readStructs(folder);
  const merges = readMerges(folder);
  const tagsOf = (model: string, field: string): Tags | undefined => {
    const struct = structs.get(model);
    const prefix = /^\w*?V\d+/.exec(model)?.[0] ?? '';
    const embedded = (struct?.embeds ?? []).map((name) => tagsOf(`${prefix}${name}`, field));
    return struct?.fields.get(field) ?? embedded.find((tags) => tags !== undefined);
  };
  return (model, field) => ({ ...NO_TAGS, ...tagsOf(model, field), ...merges(model, field) });
}

const NO_TAGS: Tags = {
  isQuantity: false,
  values: undefined,
  patchStrategy: undefined,
  patchMergeKey: undefined,
  omitsZero: false,
};

/** The structs of the types of all groups, with and without the group in their names. */
function readStructs(folder: string): ReadonlyMap<string, Struct> {
  const structs = new Map<string, Struct>();
  const types = /^(?:api\/[a-z]+\/v\d+\/types|apimachinery\/pkg\/apis\/meta\/v1\/types)\.go$/;
  for (const file of filesIn(folder, types)) {
    const [version = '', group = ''] = path.dirname(file).split(path.sep).reverse();
    const prefix = version.toUpperCase();
    const source = readFileSync(path.join(folder, file), 'utf8');
    const enums = readEnums(source);
    for (const [, name = '', body = ''] of source.matchAll(/^type (\w+) struct \{\n(.*?)^\}/gms)) {
      const struct = readStruct(body, enums);
      for (const key of [`${prefix}${name}`, `${capitalized(group)}${prefix}${name}`]) {
        if (!structs.has(key)) structs.set(key, struct);
      }
    }
  }
  return structs;
}

/** The values of each type that is marked `+enum`. */
function readEnums(source: string): ReadonlyMap<string, readonly string[]> {
  const marked = source.matchAll(/\+enum\n(?:\/\/.*\n)*type (\w+) string/g);
  return new Map(
    Array.from(marked, ([, name = '']) => {
      const constants = new RegExp(String.raw`^\s+\w+\s+${name}\s+= "(.*)"`, 'gm');
      return [name, Array.from(source.matchAll(constants), ([, value = '']) => value)];
    }),
  );
}

function readStruct(body: string, enums: ReadonlyMap<string, readonly string[]>): Struct {
  const fields = new Map<string, Tags>();
  const embeds: string[] = [];
  const lines = body.matchAll(/^\t(\w+(?:\.\w+)?)?[ \t]*([\w.*[\]]+)?[ \t]+`(.*)`/gm);
  for (const [, name = '', type = '', tags = ''] of lines) {
    const tag = (key: string) => new RegExp(`${key}:"([^"]*)"`).exec(tags)?.[1];
    const [field = '', ...options] = (tag('json') ?? '').split(',');
    if (options.includes('inline')) {
      embeds.push(type === '' ? name : type);
      continue;
    }
    fields.set(field, {
      isQuantity: /resource\.Quantity|ResourceList/.test(type),
      values: enums.get(type.replaceAll(/[*[\]]/g, '')),
      patchStrategy: tag('patchStrategy'),
      patchMergeKey: tag('patchMergeKey'),
      omitsZero: options.includes('omitempty') && /^(?:bool|u?int\d*|float\d*)$/.test(type),
    });
  }
  return { fields, embeds };
}

/** What of structured-merge-diff's schema is used, as the apply configurations of client-go hold it. */
type MergeType = {
  readonly name?: string;
  readonly namedType?: string;
  readonly elementRelationship?: string;
  readonly keys?: readonly string[];
  readonly list?: MergeType;
  readonly map?: MergeType & { readonly fields?: readonly MergeField[] };
};
type MergeField = { readonly name: string; readonly type: MergeType; readonly default?: unknown };

function readMerges(folder: string) {
  const file = path.join(folder, 'client-go/applyconfigurations/internal/internal.go');
  const [, yaml = ''] = /YAMLObject\(`([^`]*)`/.exec(readFileSync(file, 'utf8')) ?? [];
  const { types } = parse(yaml) as { readonly types: readonly MergeType[] };
  const byName = new Map(types.map((type) => [type.name ?? '', type]));

  const typeOf = (model: string) => {
    const [, group = '', version = '', name = ''] = /^([A-Z]\w*?)?(V\d+)(\w+)$/.exec(model) ?? [];
    const end = `.${version.toLowerCase()}.${name}`;
    const found = [...byName.keys()].filter((key) => key.endsWith(end));
    const ofGroup = found.find((key) => key.includes(`.${group.toLowerCase()}.`));
    return byName.get(ofGroup ?? found[0] ?? '');
  };
  return (model: string, name: string): Pick<GoField, 'merge' | 'isHeldByValue'> => {
    const field = typeOf(model)?.map?.fields?.find((one) => one.name === name);
    const isHeldByValue = typeof field?.default === 'object';
    return { merge: field && mergeOf(field.type, byName), isHeldByValue };
  };
}

function mergeOf(type: MergeType, byName: ReadonlyMap<string, MergeType>): string | undefined {
  if (type.list !== undefined) {
    const { elementRelationship, keys } = type.list;
    return elementRelationship === 'associative' ? (keys?.join() ?? '*') : undefined;
  }
  const named = byName.get(type.namedType ?? '');
  const isAtomic = [type, type.map, named?.map].some(
    (one) => one?.elementRelationship === 'atomic',
  );
  return isAtomic ? '~' : undefined;
}

/** The protobuf messages of all groups, as protobufjs takes them. */
export function readMessages(folder: string): object {
  const root = new protobuf.Root();
  root.resolvePath = (_origin, file) => path.join(path.dirname(folder), file);
  const messages = /^(?:api\/[a-z]+\/v\d+|apimachinery\/.*)\/generated\.proto$/;
  for (const file of filesIn(folder, messages)) {
    protobuf.parse(readFileSync(path.join(folder, file), 'utf8'), root, { keepCase: true });
  }
  return root.toJSON().nested ?? {};
}

function filesIn(folder: string, pattern: RegExp): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => pattern.test(file));
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
