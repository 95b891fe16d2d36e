import path from 'node:path';
import { parseArgs } from 'node:util';
import { startLocalKubernetes } from '../kubernetes/index.ts';
import { cluster, defaultClusters, defaultInputs, type Cluster } from './domain.ts';
import { onParentEnd } from './parent.ts';
import { startLocalAzure, type LocalAzure, type LocalAzureOptions } from './server.ts';
import { aksThrottles } from './throttle.ts';

/** `npm run local-azure`: starts the stand-in and prints how to reach it. */

const usage = `Usage: npm run local-azure -- [options]

  --port N            listen on this port instead of any free port
  --cluster NAME[:KIND]
                      add a cluster; KIND is plain, entra, stopped, or disabled (can be repeated)
  --throttled         limit requests as AKS does: 60, then one per second
  --sovereign         a cloud that does not support the newest versions of the AKS API
  --shell 'NAME …'    what runs commands, such as 'bash'; default: sh
  --kubernetes        give the clusters a Kubernetes API in memory, instead of what KUBECONFIG names
  --help              show this help
`;

type Started =
  | Readonly<{ kind: 'start'; options: Partial<LocalAzureOptions>; hasKubernetes: boolean }>
  | Readonly<{ kind: 'help' }>;

function optionsOf(args: string[]): Started {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      cluster: { type: 'string', multiple: true },
      throttled: { type: 'boolean' },
      sovereign: { type: 'boolean' },
      shell: { type: 'string' },
      kubernetes: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return { kind: 'help' };
  const [shell, ...shellArguments] = values.shell?.split(' ') ?? [];
  return {
    kind: 'start',
    hasKubernetes: values.kubernetes === true,
    options: {
      ...(values.port === undefined ? {} : { port: portOf(values.port) }),
      ...(values.throttled === true ? { throttles: aksThrottles } : {}),
      ...(values.sovereign === true ? { sovereign: true } : {}),
      ...(shell === undefined ? {} : { pods: { shell: [shell, ...shellArguments] } }),
      clusters: [...defaultClusters, ...(values.cluster ?? []).map(clusterOf)],
    },
  };
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new TypeError(`--port is a number up to 65535, not '${text}'`);
  return port;
}

function clusterOf(text: string): Cluster {
  const [name = '', kind = 'plain'] = text.split(':');
  switch (kind) {
    case 'plain':
      return cluster(name);
    case 'entra':
      return cluster(name, { entra: true });
    case 'stopped':
      return cluster(name, { powerState: 'Stopped' });
    case 'disabled':
      return cluster(name, { disableRunCommand: true });
    default:
      throw new TypeError(
        `--cluster: the kind must be plain, entra, stopped, or disabled, not '${kind}'`,
      );
  }
}

/** Shell lines that set up a terminal, then what to put under `with:`. */
function instructions(azure: LocalAzure): string {
  const inputs = defaultInputs(azure.url);
  const variables = Object.entries(azure.runnerEnv()).filter(
    ([name]) => !name.startsWith('INPUT_'),
  );
  return [
    '# The environment of a step:',
    ...[...variables, ['REQUESTS_CA_BUNDLE', azure.caFile] as const].map(
      ([name, value]) => `export ${name}=${quote(value)}`,
    ),
    '',
    '# The inputs to use:',
    ...Object.entries(inputs).map(([name, value]) => `#   ${name}: ${value}`),
    '',
    '# The command line with these inputs; it needs -g demo -n plain, and a command:',
    `aks_run_command() { ${commandLine(inputs)} "$@"; }`,
    `# Clusters: ${azure.clusters.map(({ name }) => name).join(', ')}`,
    '',
  ].join('\n');
}

function commandLine(inputs: Readonly<Record<string, string>>): string {
  const program = [process.execPath, path.resolve(import.meta.dirname, '../../dist/index.js')].map(
    quote,
  );
  const isCluster = (name: string) => name === 'cluster' || name === 'resource-group';
  const options = Object.entries(inputs).flatMap(([name, value]) =>
    isCluster(name) ? [] : [`--${name}`, quote(value)],
  );
  return [...program, ...options].join(' ');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

async function main(): Promise<void> {
  const started = optionsOf(process.argv.slice(2));
  if (started.kind === 'help') {
    process.stdout.write(usage);
    return;
  }
  const kubernetes = started.hasKubernetes ? await startLocalKubernetes() : undefined;
  if (kubernetes) process.env['KUBECONFIG'] = kubernetes.kubeconfig;
  const azure = await startLocalAzure(started.options);
  const stop = (): void => {
    void azure.stop();
    void kubernetes?.stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
  onParentEnd(stop);
  // Last, because a reader of this may end the process at once.
  process.stdout.write(instructions(azure));
}

try {
  await main();
} catch (error) {
  process.stderr.write(`local-azure: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
