import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Cluster } from '../cluster.ts';
import { isJson, isObject, textAt } from '../json.ts';
import { runClaims, runNamespaces, runOwners, runServices } from './cluster.ts';
import { runDeployments } from './deployments.ts';
import { runPods } from './pods.ts';
import { runWorkloads } from './workloads.ts';

/** Whether something has been asked about for the time that a pod takes to become ready, or a multiple of it. */
export type HasPassed = (times: number, what: string) => boolean;

/**
 * What the cluster does by itself. Each controller looks at how things are and makes one step towards how they should
 * be; they run after each change until there is nothing left to do.
 */
const controllers: readonly ((cluster: Cluster, hasPassed: HasPassed) => void)[] = [
  ...[runNamespaces, runDeployments, runWorkloads, runPods, runServices, runClaims, runOwners],
];

/** Starts them on a new cluster; returns what stops them. */
export function startControllers(cluster: Cluster, settleMs: number): () => void {
  const asked = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const hasPassed: HasPassed = (times, what) => {
    const first = asked.get(what) ?? Date.now();
    asked.set(what, first);
    if (Date.now() - first >= times * settleMs) return true;
    soon(10);
    return false;
  };
  const run = () => {
    timer = undefined;
    for (const controller of controllers) controller(cluster, hasPassed);
  };
  const soon = (ms: number) => {
    if (!isStopped) timer ??= setTimeout(run, ms);
  };
  cluster.onChange(() => {
    soon(5);
  });
  furnish(cluster);
  run();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}

/** What a new cluster has: one node, and the namespaces, roles, and classes of AKS. */
function furnish(cluster: Cluster): void {
  const manifests = readFileSync(path.join(import.meta.dirname, '../new-cluster.yaml'), 'utf8');
  for (const document of parseAllDocuments(manifests)) {
    const value: unknown = document.toJS();
    if (!isJson(value) || !isObject(value)) continue;
    const resource = cluster.ofKind(textAt(value, 'apiVersion'), textAt(value, 'kind'));
    if (resource) cluster.put(resource, value);
  }
}
