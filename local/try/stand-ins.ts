import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { aksImage, defaultJob, startLocalAzure, toolFolder } from '../azure/index.ts';
import type { Cluster, LocalAzure } from '../azure/index.ts';
import { startLocalKubernetes, type LocalKubernetes } from '../kubernetes/index.ts';
import { WorkflowError } from '../runner/expression.ts';
import type { Workflow } from '../runner/workflow.ts';

/** What takes the place of Azure and of the clusters. */
export type StandIns = {
  /** The Azure of the jobs with this environment, which may be none: ''. */
  readonly azureOf: (environment: string) => Promise<{
    readonly azure: LocalAzure;
    /** Its clusters; a step adds the one that it names. */
    readonly clusters: Cluster[];
  }>;
  /** Starts a cluster and sets it up, if this has not happened yet. */
  readonly prepare: (environment: string, clusterId: string) => Promise<void>;
  /** What was asked for and nobody here can decide. */
  readonly undecided: ReadonlySet<string>;
  /** Namespaces that a command wrote into, although nobody had created them. */
  readonly missingNamespaces: ReadonlySet<string>;
  /** Tools of AKS's image that this machine lacks. */
  readonly missingTools: readonly string[];
  readonly stop: () => Promise<void>;
};

export type StandInOptions = {
  /** The kubeconfig of the one cluster; undefined for clusters in memory. */
  readonly kubeconfig: string | undefined;
  /** Commands that fill each cluster before its first use. They run in the checkout. */
  readonly setup: readonly string[];
  readonly checkout: string;
  readonly signal: AbortSignal | undefined;
};

/**
 * An Azure for each environment, and in it a cluster for each one that steps name: staging and
 * production can have the same example for a variable.
 */
export async function createStandIns(
  workflow: Workflow,
  options: StandInOptions,
): Promise<StandIns> {
  const image = await aksImage();
  const undecided = new Set<string>();
  const missingNamespaces = new Set<string>();
  const started: LocalKubernetes[] = [];
  const azures = new Map<string, ReturnType<StandIns['azureOf']>>();
  const kubeconfigs = new Map<string, Promise<string>>();

  async function startCluster(): Promise<string> {
    const kubernetes = await startLocalKubernetes({
      onUndecided: (what) => undecided.add(what),
      onMissingNamespace: (name) => missingNamespaces.add(name),
    });
    started.push(kubernetes);
    return kubernetes.kubeconfig;
  }

  async function fill(kubeconfig: string): Promise<string> {
    for (const command of options.setup) await setUp(command, kubeconfig, options);
    return kubeconfig;
  }

  function kubeconfigOf(environment: string, clusterId: string): Promise<string> {
    const { kubeconfig: given } = options;
    const key = given ?? `${environment} ${clusterId.toLowerCase()}`;
    const config =
      kubeconfigs.get(key) ?? (given === undefined ? startCluster().then(fill) : fill(given));
    kubeconfigs.set(key, config);
    return config;
  }

  async function startAzure(environment: string) {
    const clusters: Cluster[] = [];
    const kubeconfig = (clusterId: string) => kubeconfigOf(environment, clusterId);
    const azure = await startLocalAzure({
      clusters,
      pods: { ...image.options, kubeconfig },
      job: { ...defaultJob, workflow: workflow.name, eventName: workflow.event },
    });
    return { azure, clusters };
  }

  return {
    azureOf(environment) {
      const azure = azures.get(environment) ?? startAzure(environment);
      azures.set(environment, azure);
      return azure;
    },
    async prepare(environment, clusterId) {
      await kubeconfigOf(environment, clusterId);
    },
    undecided,
    missingNamespaces,
    missingTools: image.missing,
    async stop() {
      // Pods may still use their cluster.
      for (const one of azures.values()) await (await one).azure.stop();
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
  { checkout, signal }: StandInOptions,
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
