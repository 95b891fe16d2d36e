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

/** A field's path, as messages have it: `spec.containers[0]`, and perhaps `: ` and what is said of it. */
export function joined(path: string, name: string | number): string {
  if (/^\d+$/.test(String(name))) return `${path}[${name}]`;
  return path === '' || /^(?::|$)/.test(String(name)) ? `${path}${name}` : `${path}.${name}`;
}

// What is wrong with one field: its path, `: `, and the server's words.
export const required = (field: string, why = 'must not be empty'): string => `${field}: Required value: ${why}`;
export const invalidValue = (field: string, value: Json, why: string): string =>
  `${field}: Invalid value: ${JSON.stringify(value)}: ${why}`;

/** An error about one object. */
const about = (code: number, reason: string, resource: Resource, name: string, says: (object: string) => string) => {
  const details = { name, group: resource.group, kind: resource.plural };
  return new ApiError(code, reason, says(`${resourceName(resource)} "${name}"`), details);
};

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
export function notSimulated(what: string): ApiError {
  const message = `not simulated: ${what}. Use a real cluster for it: npm run try -- --kubeconfig FILE`;
  return new ApiError(501, 'NotImplemented', message);
}

export function invalid({ kind, group }: Resource, name: string, problems: readonly string[]): ApiError {
  const full = group === '' ? kind : `${kind}.${group}`;
  const all = problems.join(', ');
  const message = `${full} "${name}" is invalid: ${problems.length === 1 ? all : `[${all}]`}`;
  const causes = problems.map((text) => {
    const [field = '', ...words] = text.split(': ');
    return { reason: 'FieldValueInvalid', field, message: words.join(': ') };
  });
  return new ApiError(422, 'Invalid', message, { name, group, kind, causes });
}
