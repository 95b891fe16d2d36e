import { createHash } from 'node:crypto';
import { listOf, putIn, type Cluster } from '../cluster.ts';
import { canonical, isObject, listAt, textAt, type Json, type JsonObject } from '../json.ts';
import { now } from '../store.ts';

/** What all controllers read from objects and write into them. */

export const nameOf = (object: JsonObject) => textAt(object, 'metadata', 'name');
export const namespaceOf = (object: JsonObject) => textAt(object, 'metadata', 'namespace');
export const uidOf = (object: JsonObject) => textAt(object, 'metadata', 'uid');
export const hashOf = (...values: readonly Json[]) =>
  createHash('sha256')
    .update(canonical([...values]))
    .digest('hex')
    .slice(0, 10);

/** The objects of a resource that belong to an owner. */
export const ownedBy = (cluster: Cluster, resource: string, owner: JsonObject) =>
  listOf(cluster, resource, namespaceOf(owner)).filter((one) =>
    listAt(one, 'metadata', 'ownerReferences').some((reference) => textAt(reference, 'uid') === uidOf(owner)),
  );

/** The reference by which an object belongs to another. */
export function ownerOf(object: JsonObject): Json {
  const { apiVersion = '', kind = '' } = object;
  return { apiVersion, kind, name: nameOf(object), uid: uidOf(object), controller: true, blockOwnerDeletion: true };
}

/** Keeps an object with another status. */
export function putStatus(cluster: Cluster, resource: string, object: JsonObject, status: JsonObject): void {
  putIn(cluster, resource, namespaceOf(object), { ...object, status });
}

export function removeFrom(cluster: Cluster, name: string, object: JsonObject): void {
  const resource = cluster.resource(name);
  if (resource) cluster.store.remove(resource, namespaceOf(object), nameOf(object));
}

/** A condition of a status; its time changes with its status alone. */
export function condition(before: JsonObject, type: string, status: boolean, reason: string, message = ''): Json {
  const text = status ? 'True' : 'False';
  const found = listAt(before, 'status', 'conditions').find((one) => textAt(one, 'type') === type);
  const same = isObject(found) && textAt(found, 'status') === text && textAt(found, 'reason') === reason;
  const time = same ? textAt(found, 'lastTransitionTime') : now();
  return { type, status: text, reason, message, lastTransitionTime: time, lastUpdateTime: time };
}
