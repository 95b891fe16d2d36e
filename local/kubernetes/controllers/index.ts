import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Cluster, HasPassed } from '../cluster.ts';
import { isJson, isObject, textAt } from '../json.ts';
import { runClaims, runNamespaces, runOwners, runServices } from './cluster.ts';
import { runPods } from './pods.ts';
import { runDeployments, runWorkloads } from './workloads.ts';

/**
 * What the cluster does on its own. Each controller looks at the current state and takes one step
 * toward the desired one. They run after each change until there is nothing left to do.
 */
const controllers: readonly ((cluster: Cluster, hasPassed: HasPassed) => void)[] = [
  runNamespaces,
  runDeployments,
  runWorkloads,
  runPods,
  runServices,
  runClaims,
  runOwners,
];

/** Starts them on a new cluster. Returns a function that stops them. */
export function startControllers(cluster: Cluster, settleMs: number): () => void {
  furnish(cluster);
  const askedSince = new Map<string, number>();
  let isWaiting = false;
  const hasPassed: HasPassed = (times, what) => {
    const first = askedSince.get(what) ?? Date.now();
    askedSince.set(what, first);
    const passed = Date.now() - first >= times * settleMs;
    isWaiting ||= !passed;
    return passed;
  };
  let seen = 0;
  const run = () => {
    if (cluster.version() === seen && !isWaiting) return;
    seen = cluster.version();
    isWaiting = false;
    for (const controller of controllers) controller(cluster, hasPassed);
  };
  run();
  const timer = setInterval(run, 5);
  return () => {
    clearInterval(timer);
  };
}

/** What a new cluster contains: one node, and the namespaces, roles, and classes of AKS. */
function furnish(cluster: Cluster): void {
  const manifests = readFileSync(path.join(import.meta.dirname, '../new-cluster.yaml'), 'utf8');
  for (const document of parseAllDocuments(manifests)) {
    const value: unknown = document.toJS();
    if (!isJson(value) || !isObject(value)) continue;
    const resource = cluster.ofKind(textAt(value, 'apiVersion'), textAt(value, 'kind'));
    if (resource) cluster.put(resource, value);
  }
}
