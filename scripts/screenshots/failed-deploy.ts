import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { createNamespace } from '../../__tests__/create-namespace.ts';
import { defaultClusters } from '../../local/azure/domain.ts';
import { startLocalAzure } from '../../local/azure/index.ts';
import { startLocalKubernetes } from '../../local/kubernetes/index.ts';
import { runStep } from '../../local/runner/step.ts';

/** The command of the README's first workflow. */
const COMMAND = `kubectl apply --server-side -k k8s/overlays/production
kubectl rollout status deployment/worker --namespace shop --timeout=10m
`;
const OVERLAY = 'k8s/overlays/production/kustomization.yaml';

/**
 * The job summary of a deployment that really fails: kubectl, the action's bundle, and the two
 * stand-ins.
 */
export async function failedDeploy(root: string): Promise<string> {
  const [kubernetes, temp] = await Promise.all([
    startLocalKubernetes(),
    mkdtemp(path.join(tmpdir(), 'deploy-')),
  ]);
  const before = process.env['KUBECONFIG'];
  process.env['KUBECONFIG'] = kubernetes.kubeconfig;
  const clusters = defaultClusters.map((cluster) => ({
    ...cluster,
    name: 'prod-weu',
    resourceGroup: 'rg-shop',
  }));
  const azure = await startLocalAzure({ clusters: clusters.slice(0, 1) });
  try {
    await createNamespace(kubernetes.url, 'shop');
    const names = { cluster: 'prod-weu', 'resource-group': 'rg-shop' };
    const workspace = path.join(temp, 'workspace');
    await cp(path.join(root, 'examples'), workspace, { recursive: true });
    const overlay = parseDocument(await readFile(path.join(workspace, OVERLAY), 'utf8'));
    overlay.setIn(['images', 0, 'newTag'], 'broken');
    await writeFile(path.join(workspace, OVERLAY), String(overlay));
    await runStep({
      env: azure.runnerEnv({ ...names, command: COMMAND, files: 'k8s/**' }),
      workspace,
      temp,
    });
    return await readFile(path.join(temp, 'summary.md'), 'utf8');
  } finally {
    await Promise.all([
      azure.stop(),
      kubernetes.stop(),
      rm(temp, { recursive: true, force: true }),
    ]);
    if (before === undefined) Reflect.deleteProperty(process.env, 'KUBECONFIG');
    else process.env['KUBECONFIG'] = before;
  }
}
