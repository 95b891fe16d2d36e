import { readClusterFacts, type ClusterFacts } from '../azure/managed-cluster.ts';
import { StepError } from '../failure.ts';
import { ours } from '../text/ours.ts';
import { withFreshTokens, type LifecyclePorts } from './retry.ts';

/**
 * Signs in and reads the cluster. Undefined if the identity may not read it, which is no failure.
 *
 * @throws StepError if the cluster cannot be read, is stopped, or has run command disabled.
 */
export async function readCluster({ azure, log, serviceTime }: LifecyclePorts): Promise<ClusterFacts | undefined> {
  const answer = await withFreshTokens(azure, log, async () => {
    await azure.signIn();
    return azure.readCluster();
  });
  serviceTime.observe(answer);
  if (answer.kind === 'answered' && answer.status === 403) {
    log.say(ours`The identity cannot read the cluster, which is optional; continuing.`);
    return undefined;
  }
  if (answer.kind === 'unanswered' || answer.status !== 200) {
    throw new StepError({ code: 'cluster-unreadable', answer });
  }
  const facts = readClusterFacts(answer.body);
  if (facts.stopped) throw new StepError({ code: 'cluster-stopped' });
  if (facts.runCommandDisabled) throw new StepError({ code: 'run-command-disabled' });
  return facts;
}
