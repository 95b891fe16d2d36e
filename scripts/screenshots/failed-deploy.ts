import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createNamespace } from '../../__tests__/create-namespace.ts';
import { blocksOf, readDocument } from '../../__tests__/docs/markdown.ts';
import { inputsOfOurSteps } from '../../__tests__/docs/workflow.ts';
import { cluster, startLocalAzure } from '../../local/azure/index.ts';
import { startLocalKubernetes } from '../../local/kubernetes/index.ts';
import { runStep } from '../../local/runner/step.ts';

const PROD = cluster('prod-weu', { resourceGroup: 'rg-shop' });

/**
 * The job summary of the README's first workflow, whose deployment doesn't become ready in time:
 * kubectl, the action's bundle, and the two stand-ins. It takes the five minutes that the workflow
 * waits.
 */
export async function failedDeploy(root: string): Promise<string> {
  const [kubernetes, temp] = await Promise.all([
    startLocalKubernetes({ podsStart: false }),
    mkdtemp(path.join(tmpdir(), 'deploy-')),
  ]);
  const azure = await startLocalAzure({
    clusters: [PROD],
    pods: { kubeconfig: () => Promise.resolve(kubernetes.kubeconfig) },
  });
  try {
    await createNamespace(kubernetes.url, 'shop');
    const workspace = path.join(temp, 'workspace');
    await cp(path.join(root, 'examples'), workspace, { recursive: true });
    const names = { cluster: PROD.name, 'resource-group': PROD.resourceGroup };
    await runStep({ env: azure.runnerEnv({ ...firstInputs(), ...names }), workspace, temp });
    return await readFile(path.join(temp, 'summary.md'), 'utf8');
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
