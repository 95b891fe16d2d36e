import type { Json, JsonObject } from './json.ts';
import { resourceName, type Resource } from './schema.ts';

/** What the server refuses, as the Status that kubectl prints. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: number;
  readonly reason: string;
  readonly details: JsonObject;

  constructor(code: number, reason: string, message: string, details: JsonObject = {}) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  /** As the body of an answer. */
  status(): JsonObject {
    const { code, reason, message, details } = this;
    return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, details, code };
  }
}

/** What is wrong with one field, in the server's words. */
export type Problem = Readonly<{ reason: string; field: string; message: string }>;

/** A field's path, as messages have it. */
export function joined(path: string, name: string): string {
  return path === '' || name === '' || name.startsWith('[') ? `${path}${name}` : `${path}.${name}`;
}

const problem = (reason: string, field: string, message: string): Problem => ({
  reason: `FieldValue${reason}`,
  field,
  message,
});
const json = (value: Json | undefined) => JSON.stringify(value ?? null);

export const required = (field: string, why = 'must not be empty'): Problem =>
  problem('Required', field, `Required value: ${why}`);

export const invalidValue = (field: string, value: Json | undefined, why: string): Problem =>
  problem('Invalid', field, `Invalid value: ${json(value)}: ${why}`);

export const forbiddenValue = (field: string, why: string): Problem => problem('Forbidden', field, `Forbidden: ${why}`);

export const unsupported = (field: string, value: Json, supported: readonly Json[]): Problem =>
  problem(
    'NotSupported',
    field,
    `Unsupported value: ${json(value)}: supported values: ${supported.map(json).join(', ')}`,
  );

export const tooLong = (field: string, most: number): Problem =>
  problem('TooLong', field, `Too long: may not be more than ${most} bytes`);

export const duplicate = (field: string, value: Json): Problem =>
  problem('Duplicate', field, `Duplicate value: ${json(value)}`);

const details = ({ plural, group }: Resource, name: string): JsonObject => ({ name, group, kind: plural });

/** An error about one object. */
const about = (code: number, reason: string, resource: Resource, name: string, says: (object: string) => string) =>
  new ApiError(code, reason, says(`${resourceName(resource)} "${name}"`), details(resource, name));

export const notFound = (resource: Resource, name: string): ApiError =>
  about(404, 'NotFound', resource, name, (object) => `${object} not found`);

export const alreadyExists = (resource: Resource, name: string): ApiError =>
  about(409, 'AlreadyExists', resource, name, (object) => `${object} already exists`);

export const conflict = (resource: Resource, name: string, why: string): ApiError =>
  about(409, 'Conflict', resource, name, (object) => `Operation cannot be fulfilled on ${object}: ${why}`);

export const forbidden = (resource: Resource, name: string, why: string): ApiError =>
  about(403, 'Forbidden', resource, name, (object) => `${object} is forbidden: ${why}`);

export const noSuchPath = (): ApiError =>
  new ApiError(404, 'NotFound', 'the server could not find the requested resource');

export const badRequest = (message: string): ApiError => new ApiError(400, 'BadRequest', message);

/** What this server does not do, where the real one might. */
export const notSimulated = (what: string): ApiError =>
  new ApiError(
    501,
    'NotImplemented',
    `not simulated: ${what}. Use a real cluster for it: npm run try -- --kubeconfig FILE`,
  );

export function invalid({ kind, group }: Resource, name: string, problems: readonly Problem[]): ApiError {
  const texts = problems.map(({ field, message }) => `${field}: ${message}`);
  const all = texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
  const full = group === '' ? kind : `${kind}.${group}`;
  return new ApiError(422, 'Invalid', `${full} "${name}" is invalid: ${all}`, {
    name,
    group,
    kind,
    causes: [...problems],
  });
}
