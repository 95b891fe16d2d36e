import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createNamespace } from '../../__tests__/support/create-namespace.ts';
import { blocksOf, readDocument } from '../../__tests__/docs/markdown.ts';
import { inputsOfOurSteps } from '../../__tests__/docs/workflow.ts';
import { cluster, podFails, startLocalAzure, type Fault } from '../../local/azure/index.ts';
import { startLocalKubernetes } from '../../local/kubernetes/index.ts';
import { runStep, type StepStart } from '../../local/github/step.ts';

const PROD = cluster('prod-weu', { resourceGroup: 'rg-shop' });

/** Long enough for the command to be running. */
const CANCEL_AFTER_MS = 20_000;

/**
 * Job summaries of the README's first workflow, by the names of their pictures: the deployment
 * doesn't become ready in time, or the step is canceled meanwhile, or the pod is evicted. kubectl,
 * the action's bundle, and the two stand-ins. They take the five minutes that the workflow waits.
 */
export async function summaries(root: string): Promise<Readonly<Record<string, string>>> {
  const [failed, running, unknown] = await Promise.all([
    deploy(root),
    deploy(root, {
      onStart: (child) => {
        setTimeout(() => child.kill('SIGINT'), CANCEL_AFTER_MS);
      },
    }),
    deploy(root, { faults: [podFails('Evicted', { ran: true })] }),
  ]);
  return { 'failed-deploy': failed, 'running-deploy': running, 'unknown-deploy': unknown };
}

type Trouble = Pick<StepStart, 'onStart'> & { readonly faults?: readonly Fault[] };

async function deploy(root: string, { faults = [], ...step }: Trouble = {}): Promise<string> {
  const [kubernetes, temp] = await Promise.all([
    startLocalKubernetes({ podsStart: false }),
    mkdtemp(path.join(tmpdir(), 'deploy-')),
  ]);
  const azure = await startLocalAzure({
    clusters: [PROD],
    faults,
    pods: { kubeconfig: () => Promise.resolve(kubernetes.kubeconfig) },
  });
  try {
    await createNamespace(kubernetes.url, 'shop');
    const workspace = path.join(temp, 'workspace');
    await cp(path.join(root, 'examples'), workspace, { recursive: true });
    const names = { cluster: PROD.name, 'resource-group': PROD.resourceGroup };
    const env = azure.runnerEnv({ ...firstInputs(), ...names });
    await runStep({ ...step, env, workspace, temp });
    const summary = await readFile(path.join(temp, 'summary.md'), 'utf8');
    // Only the stand-in needs this input.
    return summary.replaceAll(/^ *environment: "?https:\/\/localhost.*\n/gm, '');
  } finally {
    await Promise.all([
      azure.stop(),
      kubernetes.stop(),
      rm(temp, { recursive: true, force: true }),
    ]);
  }
}

/** The inputs of the README's first workflow that are no variables of an environment. */
function firstInputs(): Record<string, string> {
  const [first] = blocksOf(readDocument('README.md'), 'yaml');
  const [inputs = {}] = inputsOfOurSteps(first?.text ?? '');
  return Object.fromEntries(
    Object.entries(inputs)
      .map(([name, value]) => [name, String(value)] as const)
      .filter(([, value]) => !value.includes('${{')),
  );
}
