import { parseCommandId } from '../azure/command.ts';
import { CLUSTER_NAME, parseResourceId, resourceId } from '../azure/managed-cluster.ts';
import { NAMESPACE } from '../pod/variables.ts';
import { parseDuration } from '../text/duration.ts';
import { didYouMean, nearestName } from '../text/nearest.ts';

/**
 * What the user probably meant by an invalid value, or by an input that does not exist: sentences,
 * or undefined.
 */

/** `yes`, `0`, `on`. */
export function meantFlag(given: string): string | undefined {
  if (/^(?:yes|y|on|1|true)$/i.test(given)) return didYouMean('true');
  return /^(?:no|n|off|0|false)$/i.test(given) ? didYouMean('false') : undefined;
}

/** `Bash`, `warm`. */
export function meantChoice(given: string, allowed: readonly string[]): string | undefined {
  return given.length > 3 ? didYouMean(nearestName(given.toLowerCase(), allowed)) : undefined;
}

/** A name in capitals. */
export function meantNamespace(given: string): string | undefined {
  const lower = given.toLowerCase();
  return NAMESPACE.test(lower) ? didYouMean(lower) : undefined;
}

/** `10`, `10min`, `1 hour 30 minutes`, `2H`. */
export function meantDuration(given: string): string | undefined {
  if (/^[1-9]\d{0,8}$/.test(given)) return didYouMean(`${given}m or ${given}s`);
  const plain = given
    .toLowerCase()
    .replaceAll(/[\s,]/g, '')
    .replaceAll(/([hms])[a-z]*/g, '$1');
  return parseDuration(plain) === undefined || plain === given ? undefined : didYouMean(plain);
}

/** An id with dashes or in capitals. */
export function meantCommandId(given: string): string | undefined {
  return didYouMean(parseCommandId(given.toLowerCase().replaceAll('-', '')));
}

const CLUSTER_ID =
  /\/subscriptions\/[^/\s]+\/resourceGroups\/[^/\s]+\/providers\/Microsoft\.ContainerService\/managedClusters\/[^/?#&\s"']+/i;

/**
 * The address of a cluster's page in the portal, an agent pool's ID, an API server's address, or an
 * Arc cluster.
 */
export function meantCluster(given: string): string | undefined {
  const text = given.replaceAll(/%2f/gi, '/');
  const own = parseResourceId(CLUSTER_ID.exec(text)?.[0] ?? '');
  if (own !== undefined) return didYouMean(resourceId(own));
  if (/Microsoft\.Kubernetes\/connectedClusters/i.test(text)) {
    return 'Clusters of Azure Arc are not supported: run command is part of AKS.';
  }
  if (/\.azmk8s\.|^https?:/i.test(text)) {
    return 'An address is not the name of a cluster. az aks list --output table shows the names.';
  }
  const [, name = ''] = /^["'](.*)["']$/.exec(text) ?? [];
  return CLUSTER_NAME.test(name) ? didYouMean(name) : undefined;
}

/** The deployment environment of a job. */
export function meantCloud(given: string): string | undefined {
  if (!/^(?!azure)[\w .-]+$/i.test(given)) return undefined;
  return "To set the job's environment, write environment: next to runs-on:, not under with:.";
}

/** Inputs of other actions and tasks, and what to use here. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  run: 'Did you mean command?',
  script: 'Did you mean command?',
  creds: 'Sign in with client-id and tenant-id, or with azure/login in an earlier step.',
  azcliversion: 'The pod has kubectl and helm, in versions that AKS chooses.',
};

/** An input that does not exist. The runner passes names on with underscores instead of spaces. */
export function meantByUnknown(name: string, known: readonly string[]): string | undefined {
  if (Object.hasOwn(ELSEWHERE, name)) return ELSEWHERE[name];
  return didYouMean(nearestName(name, known));
}
