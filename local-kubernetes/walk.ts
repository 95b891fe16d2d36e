import { joined } from './decode.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import type { Field, Shape } from './schema.ts';

/** A value on the way through an object, where it is of a type that has fields. */
export type Visit = Readonly<{
  /** `V1Container`; empty in a custom resource. */
  type: string;
  value: JsonObject;
  path: string;
  fields: Readonly<Record<string, Field>>;
}>;

/** Calls for every value with fields, the outer ones first; what `skip` names at the top is left out. */
export function walk(
  value: Json | undefined,
  shape: Shape,
  visit: (one: Visit) => void,
  path = '',
  skip?: string,
): void {
  switch (shape.kind) {
    case 'object':
      if (!isObject(value)) return;
      visit({ type: shape.type, value, path, fields: shape.fields });
      for (const [name, field] of Object.entries(shape.fields)) {
        if (name !== skip && value[name] !== undefined) walk(value[name], field.shape(), visit, joined(path, name));
      }
      return;
    case 'list':
      if (Array.isArray(value))
        value.forEach((item, index) => {
          walk(item, shape.of, visit, `${path}[${index}]`);
        });
      return;
    case 'map':
      if (isObject(value))
        Object.entries(value).forEach(([name, inner]) => {
          walk(inner, shape.of, visit, `${path}[${name}]`);
        });
      return;
    case 'any':
    case 'scalar':
  }
}
