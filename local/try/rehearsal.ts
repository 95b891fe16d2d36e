import { aksImage, clusterId, defaultJob, startLocalAzure, type Cluster } from '../azure/index.ts';
import { inputsOf } from './contexts.ts';
import { runWorkflow } from './jobs.ts';
import type { Rehearsal } from './running.ts';

export type { Rehearsal };

/**
 * Runs the jobs one after the other, each in its own workspace, against one local-azure.
 *
 * @returns whether every job succeeded
 */
export async function rehearse(rehearsal: Rehearsal): Promise<boolean> {
  const { workflow, given, tools = {}, say } = rehearsal;
  const clusters: Cluster[] = [];
  const kubeconfig = async (id: string) => {
    const found = clusters.find((one) => clusterId(one) === id);
    return found && (await rehearsal.kubeconfig(found));
  };
  const noted = new Set<string>();
  const note = (text: string) => {
    if (!noted.has(text)) say(`   Note: ${text}\n`);
    noted.add(text);
  };

  const { options, hasOwnTmp, missing } = await aksImage();
  for (const tool of missing)
    note(`This machine has no ${tool}. Commands that use it fail here, but not in AKS.`);
  const azure = await startLocalAzure({
    clusters,
    pods: { ...options, scripts: tools, kubeconfig },
    job: { ...defaultJob, workflow: workflow.name || 'workflow', eventName: workflow.event },
  });
  try {
    const inputs = inputsOf(workflow, (name) => given.get(`inputs.${name}`));
    const { success } = await runWorkflow({
      ...rehearsal,
      values: { inputs, secrets: { GITHUB_TOKEN: 'example-token' } },
      azure,
      clusters,
      hasOwnTmp,
      caller: '',
      mayRequest: false,
      note,
    });
    return success;
  } finally {
    await azure.stop();
  }
}
