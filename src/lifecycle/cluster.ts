import { readClusterFacts } from '../azure/managed-cluster.ts';
import { StepError } from '../failure.ts';
import { say } from '../text/say.ts';
import { withFreshTokens } from './fresh-tokens.ts';
import type { LifecyclePorts } from './ports.ts';

/**
 * Signs in and reads the cluster.
 *
 * @returns whether a submission needs a token for the cluster; false if the identity may not read
 *   the cluster, which is not a failure
 * @throws StepError if the cluster cannot be read, is stopped, or has run command disabled.
 */
export async function signInAndReadCluster(ports: LifecyclePorts): Promise<boolean> {
  const { azure, log, serviceTime } = ports;
  const answer = await withFreshTokens(ports)(async () => {
    await azure.signIn();
    // Kept for the submission, if it turns out that the cluster needs it. Only then, a failure counts.
    azure.clusterToken().catch(() => undefined);
    return azure.readCluster();
  });
  serviceTime.observe(answer);
  if (answer.kind === 'answered' && answer.status === 403) {
    log.info(say`
      The identity cannot read the cluster (HTTP 403). That permission is optional; continuing.
    `);
    return false;
  }
  if (answer.kind === 'unanswered' || answer.status !== 200) {
    throw new StepError({ code: 'cluster-unreadable', answer });
  }
  const facts = readClusterFacts(answer.body);
  if (facts.stopped) throw new StepError({ code: 'cluster-stopped' });
  if (facts.runCommandDisabled) throw new StepError({ code: 'run-command-disabled' });
  return facts.managedEntra;
}
