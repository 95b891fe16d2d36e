import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { startLocalAzure } from '../local/azure/index.ts';
import { runStep } from '../local/runner/step.ts';

const COMMAND = `helm lint charts/shop
helm template shop charts/shop --namespace shop > rendered.yaml
kubectl kustomize k8s/overlays/production >> rendered.yaml

count=$(grep -c '^kind:' rendered.yaml)
echo "resources=$count" >> "$GITHUB_OUTPUT"
{
  echo "The pod rendered **$count resources**:"
  echo
  echo '| kind | name |'
  echo '| --- | --- |'
  awk '/^kind:/ { kind = $2 } /^  name:/ { print "| " kind " | " $2 " |" }' rendered.yaml
} >> "$GITHUB_STEP_SUMMARY"
`;

/**
 * Runs the action on the chart and the kustomization in `examples/`, as a workflow would; a folder
 * is the cluster.
 */
const azure = await startLocalAzure();
try {
  const inputs = {
    command: COMMAND,
    files: 'charts/shop\nk8s/**/*.yaml',
    collect: 'rendered.yaml',
  };
  const workspace = path.resolve(import.meta.dirname, '../examples');
  const temp = path.resolve('.demo');
  await rm(temp, { recursive: true, force: true });
  await mkdir(temp);
  const { exitCode, log, outputs } = await runStep({
    env: azure.runnerEnv(inputs),
    workspace,
    temp,
  });

  console.log(log.shown);
  console.log('Outputs');
  for (const [name, value] of Object.entries(outputs))
    console.log(`  ${name}: ${JSON.stringify(value)}`);
  console.log(
    `\nThe job summary is in ${path.join('.demo', 'summary.md')}. The step ended with exit ` +
      `code ${exitCode}.`,
  );
  process.exitCode = exitCode ?? 1;
} finally {
  await azure.stop();
}
