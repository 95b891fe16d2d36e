import { readClusterFacts, type ClusterFacts } from '../azure/managed-cluster.ts';
import { StepError } from '../failure.ts';
import { ours } from '../text/ours.ts';
import type { FollowPorts } from './follow.ts';
import { withFreshTokens } from './retry.ts';

/**
 * Signs in and looks at the cluster; undefined where the caller may not, which is no failure.
 *
 * @throws StepError where it cannot be read, is stopped, or has run command switched off.
 */
export async function readCluster({ azure, log, serviceTime }: FollowPorts): Promise<ClusterFacts | undefined> {
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
