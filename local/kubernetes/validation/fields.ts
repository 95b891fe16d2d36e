import { joined, notSimulated } from '../errors.ts';
import { at, canonical, objectAt, same, shown, textAt, textsAt } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { typeRules, type FieldRule } from './field-rules.ts';
import { formatProblem } from './formats.ts';

/** The names on the way to a field: `data/tls.crt` is in `data`. */
const pathOf = (field: string): readonly string[] => field.match(/(?<=\/).*|[^./]+/g) ?? [];

/** Whether objects of a type can be written. */
export const isWritable = (type: string): boolean => typeRules[type]?.nameFormat !== undefined;

/** What is demanded of a field of a type. */
function ruleOf(type: string, name: string): FieldRule {
  const { fields = {}, exactlyOneOf = [], alsoSimulated } = typeRules[type] ?? {};
  const rule = fields[name];
  if (rule !== undefined) return rule;

  const everywhere = ['apiVersion', 'kind', 'metadata'];
  const isSimulated = [...everywhere, ...exactlyOneOf, ...(alsoSimulated ?? [])].includes(name);
  return alsoSimulated === undefined || isSimulated ? {} : { notSimulated: true };
}

/** Adds to the schemas of the built-in types those rules that JSON schemas can express. */
export function constrained(types: JsonObject): JsonObject {
  for (const [name, type] of Object.entries(types)) {
    const fields = Object.keys(objectAt(type, 'properties'));
    for (const field of fields) {
      constrain(objectAt(type, 'properties', field), ruleOf(name, field));
    }
    const required = fields.filter((field) => ruleOf(name, field).required === true);
    objectAt(types, name)['required'] = [...textsAt(type, 'required'), ...required];
  }
  return types;
}

/** Adds a rule to the schema of its field. */
function constrain(field: JsonObject, rule: FieldRule): void {
  const item = itemSchema(field);

  if (rule.required) demandContent(field);
  if (rule.notEmpty) demandContent(item);
  if (rule.keyFormat) field['propertyNames'] = { format: `x-${rule.keyFormat}`, minLength: 1 };
  if (rule.default !== undefined) field['default'] = rule.default;
  if (rule.minimum !== undefined) item['minimum'] = rule.minimum;
  if (rule.maximum !== undefined) item['maximum'] = rule.maximum;
  if (rule.pattern) item['pattern'] = `^$|${rule.pattern.source}`;
  if (rule.format) item['format'] = `x-${rule.format}`;
  if (rule.enum) {
    item['enum'] = [...rule.enum];
    item['minLength'] = 1;
  }

  // An empty text counts as missing.
  if (Array.isArray(item['enum']) && item['minLength'] === undefined) {
    item['enum'] = [...item['enum'], ''];
  }
}

/** The schema of the items in a list or a map of texts or numbers; otherwise, the field's own. */
function itemSchema(field: JsonObject): JsonObject {
  const items = objectAt(field, 'items');
  if (['string', 'integer'].includes(textAt(items, 'type'))) return items;

  const values = objectAt(field, 'additionalProperties');
  return 'type' in values ? values : field;
}

function demandContent(schema: JsonObject): void {
  const least = schema['type'] === 'array' ? 'minItems' : 'minLength';
  schema[least] = 1;
}

/**
 * What is wrong with a value according to the rules that JSON schemas cannot express.
 *
 * @throws ApiError if the value contains something that is not simulated.
 */
export function fieldProblems(
  type: string,
  value: JsonObject,
  before: Json | undefined,
  path: string,
): string[] {
  const { nameFormat, exactlyOneOf = [], fields = {} } = typeRules[type] ?? {};
  const problems: string[] = [];

  if (nameFormat !== undefined) {
    const name = textAt(value, 'metadata', 'name');
    const problem = formatProblem(nameFormat, name);
    if (problem !== undefined) problems.push(`metadata.name: ${name}: ${problem}`);
  }

  for (const name of new Set([...Object.keys(fields), ...Object.keys(value)])) {
    const rule = ruleOf(type, name);
    const now = at(value, ...pathOf(name));
    const was = at(before, ...pathOf(name));
    const isChanged = before !== undefined && !same(now, was);

    const refused = notSimulatedOf(rule, now);
    if (refused !== undefined) {
      const kind = type.replace(/^\w*?V\d+/, '');
      throw notSimulated(`${joined(path, name)}${refused} of ${kind}`);
    }
    if (rule.changeNotSimulated && isChanged) throw notSimulated(`changing ${joined(path, name)}`);

    if (rule.immutable && isChanged) problems.push(`${name}: field is immutable`);
    if (rule.immutableOnceSet && isChanged && !isEmpty(now) && !isEmpty(was)) {
      problems.push(`${name}: may not change once set`);
    }
    for (const names of rule.uniqueBy ?? []) {
      if (Array.isArray(now) && hasTwice(now, names)) {
        problems.push(`${name}: ${names.join('+') || 'an item'} is there twice`);
      }
    }
  }

  const chosen = exactlyOneOf.filter((name) => !isEmpty(value[name]));
  if (exactlyOneOf.length > 0 && chosen.length !== 1) {
    problems.push(`: must have exactly one of ${exactlyOneOf.join(', ')}`);
  }
  return problems;
}

/** Which part of a field is not simulated: `: VALUE`, or nothing more if it is the whole field. */
function notSimulatedOf(rule: FieldRule, value: Json | undefined): string | undefined {
  if (rule.notSimulated === undefined) return undefined;
  if (rule.notSimulated === true) {
    return ['', '[]', '{}'].includes(shown(value)) ? undefined : '';
  }

  const items = (Array.isArray(value) ? value : [value]).map(shown);
  const refused = rule.notSimulated.find((one) => items.includes(one));
  return refused === undefined ? undefined : `: ${refused}`;
}

/** Whether Go treats a value as missing. */
export const isEmpty = (value: Json | undefined): boolean =>
  value === undefined ||
  value === '' ||
  value === false ||
  (Array.isArray(value) && value.length === 0);

/**
 * Whether a list has an item twice, compared by these names, or as a whole. Items without the first
 * are ignored.
 */
export function hasTwice(list: readonly Json[], names: readonly string[]): boolean {
  const marked = list.filter((item) => at(item, ...names.slice(0, 1)) !== undefined);
  const marks = marked.map((item) =>
    canonical(names.length > 0 ? names.map((name) => at(item, name) ?? null) : item),
  );
  return new Set(marks).size < marks.length;
}
