import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { aksImage, clusterId, defaultJob, startLocalAzure, toolFolder } from '../azure/index.ts';
import type { Cluster, LocalAzure } from '../azure/index.ts';
import { startLocalKubernetes, type LocalKubernetes } from '../kubernetes/index.ts';
import { WorkflowError } from '../github/expression.ts';
import type { Rehearsal, StandIns } from './run.ts';

/**
 * An Azure for each environment, and in it a cluster for each one that steps name: staging and
 * production can have the same example for a variable.
 */
export async function createStandIns(rehearsal: Rehearsal): Promise<StandIns> {
  const { workflow, setup } = rehearsal;
  const image = await aksImage();
  const job = {
    ...defaultJob,
    workflow: workflow.name,
    workflowFile: workflow.path,
    eventName: workflow.event,
  };
  const undecided = new Set<string>();
  const missingNamespaces = new Set<string>();
  const clusters: Cluster[] = [];
  // Promises, because steps that run at the same time ask for the same ones.
  const azures = new Map<string, Promise<LocalAzure>>();
  const started: LocalKubernetes[] = [];
  /** By environment and cluster; the one of the command line belongs to all of them. */
  const kubeconfigs = new Map<string, Promise<string>>();
  const keyOf = (environment: string, id: string) =>
    rehearsal.kubeconfig ?? `${environment} ${id.toLowerCase()}`;

  async function startCluster(): Promise<string> {
    const kubeconfig = rehearsal.kubeconfig ?? (await startKubernetes());
    for (const command of setup) await setUp(command, kubeconfig, rehearsal);
    return kubeconfig;
  }

  async function startKubernetes(): Promise<string> {
    const kubernetes = await startLocalKubernetes({
      onUndecided: (what) => undecided.add(what),
      onMissingNamespace: (name) => missingNamespaces.add(name),
    });
    started.push(kubernetes);
    return kubernetes.kubeconfig;
  }

  async function startAzure(environment: string): Promise<LocalAzure> {
    const kubeconfig = async (id: string) => kubeconfigs.get(keyOf(environment, id));
    return startLocalAzure({ clusters, pods: { ...image.options, kubeconfig }, job });
  }

  return {
    job,
    async azureOf(environment) {
      const azure = azures.get(environment) ?? startAzure(environment);
      azures.set(environment, azure);
      return azure;
    },
    async prepare(environment, cluster) {
      const id = clusterId(cluster);
      if (!clusters.some((one) => clusterId(one) === id)) clusters.push(cluster);
      const key = keyOf(environment, id);
      const kubeconfig = kubeconfigs.get(key) ?? startCluster();
      kubeconfigs.set(key, kubeconfig);
      await kubeconfig;
    },
    undecided,
    missingNamespaces,
    missingTools: image.missing,
    async stop() {
      // Pods may still use their cluster.
      for (const one of azures.values()) await (await one).stop();
      for (const one of started) await one.stop();
    },
  };
}

/**
 * Runs a command of `--setup`, with the caller's environment, except that kubectl and helm are the
 * pods' own and use the cluster of the rehearsal. Not synchronously, because the API that they talk
 * to is in this process.
 *
 * @throws WorkflowError if it fails
 */
async function setUp(
  command: string,
  kubeconfig: string,
  { checkout, signal }: Rehearsal,
): Promise<void> {
  const folders = [await toolFolder(), process.env['PATH']].filter((one) => one !== undefined);
  const child = spawn('sh', ['-c', command], {
    cwd: checkout,
    env: { ...process.env, PATH: folders.join(path.delimiter), KUBECONFIG: kubeconfig },
    signal,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await once(child, 'close').catch(() => undefined);
  if (child.exitCode !== 0 && signal?.aborted !== true)
    throw new WorkflowError(`--setup: '${command}' failed`);
}
