import { createHash, randomBytes } from 'node:crypto';
import { at, canonical, listAt, numberAt, textAt, type Json, type JsonObject } from './json.ts';

/** What objects of all kinds have in common. */

/** What a resource is called. */
export type Named = Readonly<{ kind: string; plural: string; group: string }>;

/** `deployments.apps`: how the server names a resource, whatever its version. */
export const resourceName = ({ plural, group }: Pick<Named, 'plural' | 'group'>): string =>
  group === '' ? plural : `${plural}.${group}`;

export const nameOf = (object: Json | undefined) => textAt(object, 'metadata', 'name');
export const namespaceOf = (object: JsonObject) => textAt(object, 'metadata', 'namespace');
export const uidOf = (object: JsonObject) => textAt(object, 'metadata', 'uid');
export const replicasOf = (object: JsonObject) => numberAt(1, object, 'spec', 'replicas');
export const ownersOf = (object: JsonObject) => listAt(object, 'metadata', 'ownerReferences');

/** A short text for a value, the same for any order of names. */
export const hashOf = (value: Json) =>
  createHash('sha256').update(canonical(value)).digest('hex').slice(0, 10);

/** Makes a name unique. */
export const suffix = (): string => randomBytes(3).toString('hex').slice(0, 5);

/** A time as the API writes it. */
export const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

/** The reference by which an object belongs to another. */
export function ownerOf(object: JsonObject): Json {
  const { apiVersion = '', kind = '' } = object;
  return {
    apiVersion,
    kind,
    name: nameOf(object),
    uid: uidOf(object),
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** Whether a condition of an object is true. */
export const isTrue = (object: JsonObject, type: string): boolean =>
  listAt(object, 'status', 'conditions').some(
    (one) => at(one, 'type') === type && at(one, 'status') === 'True',
  );

/** A condition for an object's status, as if it had held since the object was created. */
export function condition(object: JsonObject, type: string, isMet: boolean, reason = ''): Json {
  const lastTransitionTime = textAt(object, 'metadata', 'creationTimestamp');
  return { type, status: isMet ? 'True' : 'False', reason, message: '', lastTransitionTime };
}
