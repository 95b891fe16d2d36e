import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What the tags of Kubernetes' Go types say of a field. */
export type GoField = {
  readonly name: string;
  readonly quantity: boolean;
  readonly values?: readonly string[];
  /** `patchStrategy:patchMergeKey`. */
  readonly patch?: string;
  readonly zero: boolean;
};

export type GoTypes = {
  readonly fields: (model: string) => readonly GoField[];
  readonly field: (model: string, name: string) => GoField | undefined;
};

type Struct = { readonly fields: readonly GoField[]; readonly embeds: readonly string[] };

/**
 * Reads the structs of `api/GROUP/VERSION/types.go`, by the names that client-node gives them (`V1Container`,
 * `CoreV1Event`).
 */
export function readGoTypes(go: string): GoTypes {
  const structs = new Map<string, Struct>();
  const files = readdirSync(go, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /^(?:api\/[a-z]+\/v\d+\/types|apimachinery\/pkg\/apis\/meta\/v1\/types)\.go$/.test(file),
  );
  for (const file of files) {
    const [version = '', group = ''] = path.dirname(file).split(path.sep).reverse();
    const source = readFileSync(path.join(go, file), 'utf8');
    const enums = readEnums(source);
    const prefix = version.toUpperCase();
    for (const [, name = '', body = ''] of source.matchAll(/^type (\w+) struct \{\n(.*?)^\}/gms)) {
      const struct = readStruct(body, enums);
      for (const key of [`${prefix}${name}`, `${group[0]?.toUpperCase() ?? ''}${group.slice(1)}${prefix}${name}`]) {
        if (!structs.has(key)) structs.set(key, struct);
      }
    }
  }
  const fields = (model: string): readonly GoField[] => {
    const struct = structs.get(model);
    const prefix = /^\w*?V\d+/.exec(model)?.[0] ?? '';
    return struct ? [...struct.fields, ...struct.embeds.flatMap((name) => fields(`${prefix}${name}`))] : [];
  };
  return { fields, field: (model, name) => fields(model).find((field) => field.name === name) };
}

/** The values of each `type X string` that is marked `+enum`. */
function readEnums(source: string): ReadonlyMap<string, readonly string[]> {
  const marked = [...source.matchAll(/\+enum\n(?:\/\/.*\n)*type (\w+) string/g)].map(([, name = '']) => name);
  return new Map(
    marked.map((name) => [
      name,
      [...source.matchAll(new RegExp(String.raw`^\s+\w+\s+${name}\s+= "(.*)"`, 'gm'))].map(([, value = '']) => value),
    ]),
  );
}

function readStruct(body: string, enums: ReadonlyMap<string, readonly string[]>): Struct {
  const fields: GoField[] = [];
  const embeds: string[] = [];
  for (const [, name = '', type = '', tags = ''] of body.matchAll(
    /^\t(\w+(?:\.\w+)?)?[ \t]*([\w.*[\]]+)?[ \t]+`(.*)`/gm,
  )) {
    const [json = '', ...options] = (/json:"([^"]*)"/.exec(tags)?.[1] ?? '').split(',');
    if (options.includes('inline')) {
      embeds.push(type === '' ? name : type);
      continue;
    }
    const strategy = /patchStrategy:"([^"]*)"/.exec(tags)?.[1];
    const key = /patchMergeKey:"([^"]*)"/.exec(tags)?.[1];
    const values = enums.get(type.replaceAll(/[*[\]]/g, ''));
    const scalar = !/^[*[]|^map/.test(type);
    fields.push({
      name: json,
      quantity: /resource\.Quantity|ResourceList/.test(type),
      ...(values && values.length > 0 ? { values } : {}),
      ...(strategy === undefined ? {} : { patch: `${strategy}:${key ?? ''}` }),
      zero: scalar && options.includes('omitempty') && /^(?:bool|u?int\d*|float\d*)$/.test(type),
    });
  }
  return { fields, embeds };
}
