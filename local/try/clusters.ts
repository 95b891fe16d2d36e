import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { clusterId, toolFolder, type Cluster } from '../azure/index.ts';
import { startLocalKubernetes, type LocalKubernetes } from '../kubernetes/index.ts';
import { WorkflowError } from '../runner/expression.ts';
import { startNetwork, type Network } from './network.ts';

/** The clusters of a rehearsal: stand-ins, or the one of a kubeconfig. */
export type Clusters = {
  /** The kubeconfig of a cluster, which is started and set up when it is first asked for. */
  readonly kubeconfig: (cluster: Cluster) => Promise<string>;
  /** Scripts in place of the pods' own tools. */
  readonly tools: Readonly<Record<string, string>>;
  /** What was asked for and nobody here can decide, so far. */
  readonly refusals: ReadonlySet<string>;
  /** What waits in vain at this moment, in a sentence each. */
  readonly waits: () => readonly string[];
  readonly stop: () => Promise<void>;
};

type Options = {
  /** A file; undefined for stand-ins. */
  readonly kubeconfig?: string;
  /** Commands that fill each cluster before its first use. They run in the checkout. */
  readonly setup?: readonly string[];
  /** The checkout. */
  readonly source: string;
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
};

/** @throws WorkflowError if there is no such kubeconfig */
export async function provideClusters(options: Options): Promise<Clusters> {
  const { kubeconfig: file, say } = options;
  // It may be the kubeconfig of production.
  const ignored = process.env['KUBECONFIG'];
  if (ignored)
    say(`KUBECONFIG (${ignored}) is ignored. To use a real cluster: --kubeconfig FILE\n`);
  if (file !== undefined && !existsSync(file))
    throw new WorkflowError(`--kubeconfig: there is no file ${file}`);

  const refusals = new Set<string>();
  const onRefusal = (what: string) => {
    refusals.add(what);
  };
  const network = await startNetwork(await searchPath(), onRefusal);
  const clusters =
    file === undefined
      ? standIns(options, network, onRefusal)
      : real(path.resolve(file), options, network);
  return {
    ...clusters,
    refusals,
    stop: async () => {
      network.stop();
      await clusters.stop();
    },
  };
}

type Provided = Omit<Clusters, 'refusals'>;

/**
 * The cluster of a kubeconfig, for everything that the workflow names. kubectl and helm reach what
 * they reach.
 */
function real(file: string, options: Options, { tools: { curl = '' } }: Network): Provided {
  options.say(`The commands run for real, on the cluster of ${file}.\n`);
  let config: Promise<string> | undefined;
  return {
    kubeconfig: () => {
      config ??= setUp(file, options);
      return config;
    },
    tools: { curl },
    waits: () => [],
    stop: () => Promise.resolve(),
  };
}

function standIns(
  options: Options,
  { tools }: Network,
  onRefusal: (what: string) => void,
): Provided {
  options.say('The commands run with a Kubernetes API in memory for each cluster.\n');
  const started: LocalKubernetes[] = [];
  const start = async () => {
    const kubernetes = await startLocalKubernetes({ onUndecided: onRefusal });
    started.push(kubernetes);
    return await setUp(kubernetes.kubeconfig, options);
  };

  const configs = new Map<string, Promise<string>>();
  return {
    kubeconfig: (cluster) => {
      const id = clusterId(cluster).toLowerCase();
      const config = configs.get(id) ?? start();
      configs.set(id, config);
      return config;
    },
    tools,
    waits: () => started.flatMap((one) => one.waits()),
    stop: async () => {
      await Promise.all(started.map((one) => one.stop()));
    },
  };
}

/** The folders in which kubectl and helm are found: the pods' own come first. */
async function searchPath(): Promise<readonly string[]> {
  const tools = await toolFolder();
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return tools === undefined ? folders : [tools, ...folders];
}

/**
 * Runs the commands of `--setup`, one after the other, with the pods' kubectl. Not synchronously,
 * because the API that they talk to is in this process.
 *
 * @returns the kubeconfig
 * @throws WorkflowError if one fails
 */
async function setUp(kubeconfig: string, { setup = [], source, signal }: Options): Promise<string> {
  const folders = await searchPath();
  const env = { ...process.env, PATH: folders.join(path.delimiter), KUBECONFIG: kubeconfig };
  for (const command of setup) {
    const child = spawn('sh', ['-c', command], {
      cwd: source,
      env,
      signal,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    await once(child, 'close').catch(() => undefined);
    if (child.exitCode !== 0 && !signal.aborted)
      throw new WorkflowError(`--setup: '${command}' failed`);
  }
  return kubeconfig;
}
