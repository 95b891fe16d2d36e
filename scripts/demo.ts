import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { cluster, resetsAfter, startLocalAzure, type Fault } from '../local/azure/index.ts';
import { defaultJob } from '../local/github/issuer.ts';
import { startLocalKubernetes } from '../local/kubernetes/index.ts';
import { runStep } from '../local/github/step.ts';
import { summaryPage, type Summary } from '../local/github/summary.ts';
import type { State } from '../src/verdict.ts';

/**
 * Three steps of a workflow in `examples/`, with stand-ins for Azure and for the cluster: what each
 * of them prints, and a page with their job summaries. Ends with exit code 0 if each step ended as
 * it should.
 */

type Scene = {
  readonly title: string;
  /** What to look for in its log. */
  readonly notice: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly faults?: readonly Fault[];
  /** How the step should end. */
  readonly state: State;
  readonly exitCode: string;
};

const PROD = cluster('prod-weu', { resourceGroup: 'rg-shop' });
const FILES = 'k8s/**/*.yaml';
const DEPLOY = `kubectl apply --server-side -k k8s/overlays/production
kubectl rollout status deployment/worker --timeout=1m
`;

const SCENES: readonly Scene[] = [
  {
    title: 'A deployment',
    notice: 'Three files reach the pod at their paths. A step output (image) and a file come back.',
    inputs: {
      files: FILES,
      command: `kubectl create namespace shop
${DEPLOY}kubectl get deployment worker --output=yaml > deployed.yaml
kubectl get deployment worker \\
  --output=jsonpath='image={.spec.template.spec.containers[0].image}{"\\n"}' >> "$GITHUB_OUTPUT"
`,
      collect: 'deployed.yaml',
    },
    state: 'succeeded',
    exitCode: '0',
  },
  {
    title: 'A command that fails',
    notice: '`az aks command invoke` would have exited with 0 here, and explained nothing.',
    inputs: {
      files: FILES,
      command: 'kubectl apply --server-side -k k8s/overlays/prod\n',
    },
    state: 'failed',
    exitCode: '1',
  },
  {
    title: "A deployment, and Azure's answer gets lost",
    notice: 'Nobody can tell whether it ran, so the step does not retry, and says how to find out.',
    inputs: { files: FILES, command: DEPLOY },
    faults: [resetsAfter('run-command')],
    state: 'unknown',
    exitCode: '',
  },
];

const workspace = path.resolve(import.meta.dirname, '../examples');
const folder = path.resolve('.demo');
await rm(folder, { recursive: true, force: true });

const kubernetes = await startLocalKubernetes();
try {
  const summaries: Summary[] = [];
  const results: string[] = [];
  for (const [index, scene] of SCENES.entries()) {
    const { step, runs } = await play(scene, path.join(folder, String(index + 1)));
    const { log, summary, outputs } = step;
    summaries.push({ title: scene.title, markdown: summary });
    heading(`${index + 1}. ${scene.title}`);
    console.log(`${scene.notice}\n\n${log.shown}\n\nOutputs:`);
    for (const [name, value] of Object.entries(outputs)) {
      const shown = name === 'output' ? 'what the command printed' : value;
      if (value !== '') console.log(`  ${name}: ${shown}`);
    }
    if (scene.state === 'unknown') {
      const count = runs === 1 ? 'once' : `${runs} times`;
      console.log(`\nIn the cluster, it ran ${count}. A retry would have run it once more.`);
    }

    const { state, reason = '' } = outputs;
    results.push(`${index + 1}. ${scene.title}: ${state}. ${reason}`.trimEnd());
    if (state !== scene.state || outputs['exit-code'] !== scene.exitCode) {
      results.push(`   It should have ended as ${scene.state} with exit code ${scene.exitCode}.`);
      process.exitCode = 1;
    }
  }

  const page = path.join(folder, 'summary.html');
  await writeFile(page, summaryPage('npm run demo', summaries));
  heading('How they ended');
  console.log(results.join('\n'));
  console.log(`\nThe job summaries, as GitHub shows them: ${page}`);
} finally {
  await kubernetes.stop();
}

/** Takes one step, and counts how often the cluster ran its command. */
async function play({ inputs, faults = [] }: Scene, temp: string) {
  const azure = await startLocalAzure({
    clusters: [PROD],
    job: { ...defaultJob, environment: 'production' },
    faults,
    pods: { kubeconfig: () => Promise.resolve(kubernetes.kubeconfig) },
  });
  try {
    const target = { cluster: PROD.name, 'resource-group': PROD.resourceGroup };
    const env = azure.runnerEnv({ ...target, namespace: 'shop', ...inputs });
    const step = await runStep({ env, workspace, temp });
    // A step whose answer got lost ends before its command.
    while (azure.commands().some(({ finishedAt }) => finishedAt === undefined))
      await setTimeout(20);
    return { step, runs: azure.commands().reduce((sum, command) => sum + command.runs, 0) };
  } finally {
    await azure.stop();
  }
}

function heading(text: string): void {
  console.log(`\n── ${text} ${'─'.repeat(Math.max(0, 90 - text.length))}\n`);
}
