import type { Problem } from '../errors.ts';
import type { Json } from '../json.ts';
import { formats, type FormatName } from './formats.ts';

/** Takes down what is wrong with the fields of one value, in the server's words. */
export type Report = Readonly<{
  required(field: string, why?: string): void;
  invalid(field: string, value: Json | undefined, why: string): void;
  unsupported(field: string, value: Json | undefined, supported: readonly string[]): void;
  forbidden(field: string, why: string): void;
  tooLong(field: string, maxBytes: number): void;
  duplicate(field: string, value: Json | undefined): void;
  missing(field: string, value: Json): void;
  /** Holds where the value is a text of the format. */
  format(field: string, value: Json | undefined, name: FormatName): void;
  /** Holds where the value, if there is one, is a number in the range. */
  range(field: string, value: Json | undefined, low: number, high?: number): void;
}>;

/** @param path of the value whose fields are reported. */
export function reportTo(problems: Problem[], path: string): Report {
  const add = (reason: string, field: string, message: string) => {
    const full =
      field === '' ? path : path === '' ? field : field.startsWith('[') ? `${path}${field}` : `${path}.${field}`;
    problems.push({ reason: `FieldValue${reason}`, field: full, message });
  };
  const report: Report = {
    required: (field, why) => {
      add('Required', field, `Required value${why === undefined ? '' : `: ${why}`}`);
    },
    invalid: (field, value, why) => {
      add('Invalid', field, `Invalid value: ${JSON.stringify(value ?? null)}: ${why}`);
    },
    unsupported(field, value, supported) {
      const listed = [...supported]
        .sort()
        .map((one) => JSON.stringify(one))
        .join(', ');
      add('NotSupported', field, `Unsupported value: ${JSON.stringify(value ?? '')}: supported values: ${listed}`);
    },
    forbidden: (field, why) => {
      add('Forbidden', field, `Forbidden: ${why}`);
    },
    tooLong: (field, maxBytes) => {
      add('TooLong', field, `Too long: may not be more than ${maxBytes} bytes`);
    },
    duplicate: (field, value) => {
      add('Duplicate', field, `Duplicate value: ${JSON.stringify(value ?? null)}`);
    },
    missing: (field, value) => {
      add('NotFound', field, `Not found: ${JSON.stringify(value)}`);
    },
    format(field, value, name) {
      if (typeof value === 'string' && !formats[name].holds(value)) report.invalid(field, value, formats[name].says);
    },
    range(field, value, low, high = Infinity) {
      if (typeof value !== 'number' || (value >= low && value <= high)) return;
      const bound =
        high === Infinity ? `must be greater than or equal to ${low}` : `must be between ${low} and ${high}, inclusive`;
      report.invalid(field, value, bound);
    },
  };
  return report;
}
