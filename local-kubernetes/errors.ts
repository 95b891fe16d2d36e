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

/** What is wrong with one field. */
export type Problem = Readonly<{ reason: string; field: string; message: string }>;

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

export function details({ plural, group }: Resource, name: string): JsonObject {
  return { name, group, kind: plural };
}
