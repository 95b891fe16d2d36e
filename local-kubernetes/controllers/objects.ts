import { createHash } from 'node:crypto';
import { admitted, checkNamespace } from '../admission.ts';
import type { Cluster } from '../cluster.ts';
import { ApiError } from '../errors.ts';
import { canonical, listAt, numberAt, textAt, withAt, type Json, type JsonObject } from '../json.ts';
import { nameOf, namespaceOf, now, uidOf } from '../store.ts';

/** What all controllers read from objects and write into them. */

export const replicasOf = (object: JsonObject) => numberAt(1, object, 'spec', 'replicas');
export const generationOf = (object: JsonObject) => numberAt(1, object, 'metadata', 'generation');
export const hashOf = (value: Json) => createHash('sha256').update(canonical(value)).digest('hex').slice(0, 10);

/** The objects of a resource that belong to an owner. */
export const ownedBy = (cluster: Cluster, resource: string, owner: JsonObject) =>
  cluster
    .list(resource, namespaceOf(owner))
    .filter((one) =>
      listAt(one, 'metadata', 'ownerReferences').some((reference) => textAt(reference, 'uid') === uidOf(owner)),
    );

/** The reference by which an object belongs to another. */
export function ownerOf(object: JsonObject): Json {
  const { apiVersion = '', kind = '' } = object;
  return { apiVersion, kind, name: nameOf(object), uid: uidOf(object), controller: true, blockOwnerDeletion: true };
}

/** A condition of a status; its time changes with its status alone. */
export function condition(before: JsonObject, type: string, status: boolean, reason: string): Json {
  const text = status ? 'True' : 'False';
  const found = listAt(before, 'status', 'conditions').find(
    (one) => textAt(one, 'type') === type && textAt(one, 'status') === text,
  );
  const lastTransitionTime = textAt(found, 'lastTransitionTime') || now();
  return { type, status: text, reason, message: '', lastTransitionTime };
}

/** Makes an object for an owner as the API would; an answer of no is an event, and no object. */
export function make(cluster: Cluster, owner: JsonObject, name: string, given: JsonObject): void {
  const [resource, namespace] = [cluster.resource(name), namespaceOf(owner)];
  try {
    checkNamespace({ cluster, resource, namespace }, nameOf(given));
    const object = withAt(given, ['metadata', 'namespace'], namespace);
    cluster.store.put(resource, namespace, admitted({ cluster, resource, namespace }, object));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    tell(cluster, owner, `Error creating: ${error.message}`);
  }
}

function tell(cluster: Cluster, object: JsonObject, message: string): void {
  const { apiVersion = '', kind = '' } = object;
  const [namespace, uid] = [namespaceOf(object), uidOf(object)];
  const name = `${nameOf(object)}.${hashOf([uid, message])}`;
  if (cluster.find('events', namespace, name)) return;
  cluster.put('events', namespace, {
    metadata: { name },
    involvedObject: { apiVersion, kind, name: nameOf(object), namespace, uid },
    ...{ type: 'Warning', reason: 'FailedCreate', message, count: 1, firstTimestamp: now(), lastTimestamp: now() },
  });
}
