import type { JsonObject } from './json.ts';
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

/** What this server doesn't decide, although a real one does. */
export class UndecidedError extends ApiError {
  /** What was asked for. */
  readonly what: string;

  constructor(what: string) {
    const move = 'Use a real cluster: npm run try -- --kubeconfig FILE';
    super(501, 'NotImplemented', `not decided by a stand-in: ${what}. ${move}`);
    this.what = what;
  }
}

/** Errors about one object: what is wrong, and why. */
const about =
  (code: number, reason: string, before: string, behind: string) =>
  (resource: Named, name: string, why = ''): ApiError => {
    const details = { name, group: resource.group, kind: resource.plural };
    const message = `${before}${resourceName(resource)} "${name}"${behind}${why}`;
    return new ApiError(code, reason, message, details);
  };

export const notFound = about(404, 'NotFound', '', ' not found');
export const alreadyExists = about(409, 'AlreadyExists', '', ' already exists');
export const conflict = about(409, 'Conflict', 'Operation cannot be fulfilled on ', ': ');
export const forbidden = about(403, 'Forbidden', '', ' is forbidden: ');
export const noSuchPath = (): ApiError =>
  new ApiError(404, 'NotFound', 'the server could not find the requested resource');
export const badRequest = (message: string): ApiError => new ApiError(400, 'BadRequest', message);

/** @param problems `PATH: what is wrong with it`; kubectl shows them only if they are causes */
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
