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

export const required = (field: string, why = ''): Problem => ({
  ...{ reason: 'FieldValueRequired', field },
  message: `Required value${why === '' ? '' : `: ${why}`}`,
});

export const invalidValue = (field: string, value: Json | undefined, why: string): Problem => ({
  ...{ reason: 'FieldValueInvalid', field },
  message: `Invalid value: ${JSON.stringify(value ?? null)}: ${why}`,
});

export const forbiddenValue = (field: string, why: string): Problem => ({
  ...{ reason: 'FieldValueForbidden', field },
  message: `Forbidden: ${why}`,
});

export function unsupported(field: string, value: Json | undefined, supported: readonly Json[]): Problem {
  const listed = supported.map((one) => JSON.stringify(one)).join(', ');
  const message = `Unsupported value: ${JSON.stringify(value ?? '')}: supported values: ${listed}`;
  return { reason: 'FieldValueNotSupported', field, message };
}

export const tooLong = (field: string, most: number): Problem => ({
  ...{ reason: 'FieldValueTooLong', field },
  message: `Too long: may not be more than ${most} bytes`,
});

export const duplicate = (field: string, value: Json | undefined): Problem => ({
  ...{ reason: 'FieldValueDuplicate', field },
  message: `Duplicate value: ${JSON.stringify(value ?? null)}`,
});

export const notFound = (resource: Resource, name: string): ApiError =>
  new ApiError(404, 'NotFound', `${resourceName(resource)} "${name}" not found`, details(resource, name));

export const noSuchPath = (): ApiError =>
  new ApiError(404, 'NotFound', 'the server could not find the requested resource');

export const badRequest = (message: string): ApiError => new ApiError(400, 'BadRequest', message);

export const alreadyExists = (resource: Resource, name: string): ApiError =>
  new ApiError(409, 'AlreadyExists', `${resourceName(resource)} "${name}" already exists`, details(resource, name));

export const conflict = (resource: Resource, name: string, why: string): ApiError =>
  new ApiError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${resourceName(resource)} "${name}": ${why}`,
    details(resource, name),
  );

export const forbidden = (resource: Resource, name: string, why: string): ApiError =>
  new ApiError(403, 'Forbidden', `${resourceName(resource)} "${name}" is forbidden: ${why}`, details(resource, name));

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
  const causes = problems.map(({ reason, field, message }): Json => ({ reason, field, message }));
  return new ApiError(422, 'Invalid', `${full} "${name}" is invalid: ${all}`, { name, group, kind, causes });
}

function details({ plural, group }: Resource, name: string): JsonObject {
  return { name, group, kind: plural };
}
