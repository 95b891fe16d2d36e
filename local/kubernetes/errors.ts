import type { Json, JsonObject } from './json.ts';
import { resourceName, type Named } from './objects.ts';

/** A refusal by the server, as the Status that kubectl prints. */
export class ApiError extends Error {
  readonly code: number;
  /** The body of the answer. */
  readonly status: JsonObject;

  constructor(code: number, reason: string, message: string, details: JsonObject = {}) {
    super(message);
    this.code = code;
    this.status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      reason,
      details,
      code,
    };
  }
}

/**
 * A field's path as messages have it, `spec.containers[0]`, perhaps with `: ` and what is wrong
 * with it.
 */
export function joined(path: string, name: string | number): string {
  if (/^\d+$/.test(String(name))) return `${path}[${name}]`;
  return path === '' || /^(?::|$)/.test(String(name)) ? `${path}${name}` : `${path}.${name}`;
}

// What is wrong with one field: its path, `: `, and the server's words.
export const required = (field: string, why = 'must not be empty'): string =>
  `${field}: Required value: ${why}`;
export const invalidValue = (field: string, value: Json, why: string): string =>
  `${field}: Invalid value: ${JSON.stringify(value)}: ${why}`;

/** Errors about one object: what is wrong, and why. */
const about =
  (code: number, reason: string, before: string, behind: string) =>
  (resource: Named, name: string, why = ''): ApiError => {
    const details = { name, group: resource.group, kind: resource.plural };
    return new ApiError(
      code,
      reason,
      `${before}${resourceName(resource)} "${name}"${behind}${why}`,
      details,
    );
  };

export const notFound = about(404, 'NotFound', '', ' not found');
export const alreadyExists = about(409, 'AlreadyExists', '', ' already exists');
export const conflict = about(409, 'Conflict', 'Operation cannot be fulfilled on ', ': ');
export const forbidden = about(403, 'Forbidden', '', ' is forbidden: ');
export const noSuchPath = (): ApiError =>
  new ApiError(404, 'NotFound', 'the server could not find the requested resource');
export const badRequest = (message: string): ApiError => new ApiError(400, 'BadRequest', message);

/** What this server does not simulate, although the real one may do it. */
export const notSimulated = (what: string): ApiError =>
  new ApiError(
    501,
    'NotImplemented',
    `not simulated: ${what}. Use a real cluster: npm run try -- --kubeconfig FILE`,
  );

export function invalid(
  { kind, group }: Named,
  name: string,
  problems: readonly string[],
): ApiError {
  const full = group === '' ? kind : `${kind}.${group}`;
  const all = problems.join(', ');
  const message = `${full} "${name}" is invalid: ${problems.length === 1 ? all : `[${all}]`}`;
  const causes = problems.map((text) => {
    const [field = '', ...words] = text.split(': ');
    return { reason: 'FieldValueInvalid', field, message: words.join(': ') };
  });
  return new ApiError(422, 'Invalid', message, { name, group, kind, causes });
}
