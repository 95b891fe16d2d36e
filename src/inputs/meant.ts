import { parseCommandId } from '../azure/command.ts';
import { CLUSTER_NAME, GUID, parseResourceId, resourceId } from '../azure/managed-cluster.ts';
import { parseDuration } from '../text/duration.ts';
import { nearestName } from '../text/nearest.ts';

/**
 * What the user probably meant by an invalid value: values of other tools, other forms of the same thing, and slips. Each
 * function returns a sentence to add to the message, or undefined.
 */

/** `yes`, `0`, `on`. */
export function meantFlag(given: string): string | undefined {
  if (/^(?:yes|y|on|1|true)$/i.test(given)) return didYouMean('true');
  return /^(?:no|n|off|0|false)$/i.test(given) ? didYouMean('false') : undefined;
}

/** `Bash`, `/bin/sh`, `warm`. */
export function meantChoice(given: string, allowed: readonly string[]): string | undefined {
  const word = given.replace(/\s.*$/s, '').replace(/^.*\//, '').toLowerCase();
  const near = word.length > 3 ? nearestName(word, allowed) : undefined;
  return didYouMean(allowed.find((one) => one === word) ?? near);
}

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/h(?:ou)?rs?/g, 'h'],
  [/min(?:ute)?s?/g, 'm'],
  [/sec(?:ond)?s?/g, 's'],
];

/** `10`, `10min`, `1 hour 30 minutes`, `2H`. */
export function meantDuration(given: string): string | undefined {
  if (/^[1-9]\d{0,8}$/.test(given)) return didYouMean(`${given}m or ${given}s`);
  const short = UNITS.reduce((text, [unit, letter]) => text.replaceAll(unit, letter), given.toLowerCase());
  const plain = short.replaceAll(/[\s,]/g, '');
  return parseDuration(plain) === undefined || plain === given ? undefined : didYouMean(plain);
}

/** An id with dashes or in capitals, the name of its pod, the path of its result. */
export function meantCommandId(given: string): string | undefined {
  const [id = ''] = /(?<![0-9a-f])(?:[0-9a-f]-?){32}(?![0-9a-f])/.exec(given.toLowerCase()) ?? [];
  return didYouMean(parseCommandId(id.replaceAll('-', '')));
}

/** A GUID in quotes or braces, or at the end of a path. */
export function meantGuid(given: string): string | undefined {
  const found = given.split(/[^0-9a-f-]+/i).filter((part) => GUID.test(part));
  return found.length === 1 ? didYouMean(found[0]) : undefined;
}

/** The resource ID of a resource group, or quotes around its name. */
export function meantResourceGroup(given: string): string | undefined {
  return didYouMean(/\/resourceGroups\/([^/]+)/i.exec(given)?.[1] ?? /^["'](.+)["']$/.exec(given)?.[1]);
}

const CLUSTER_ID =
  /\/subscriptions\/[^/\s]+\/resourceGroups\/[^/\s]+\/providers\/Microsoft\.ContainerService\/managedClusters\/[^/?#&\s"']+/i;

/** The portal's page of a cluster, something that belongs to a cluster, an API server's address, another kind of cluster. */
export function meantCluster(given: string): string | undefined {
  const text = given.replaceAll(/%2f/gi, '/');
  const own = parseResourceId(CLUSTER_ID.exec(text)?.[0] ?? '');
  if (own !== undefined) return didYouMean(resourceId(own));
  if (/Microsoft\.Kubernetes\/connectedClusters/i.test(text)) {
    return 'Clusters of Azure Arc are not supported: run command is part of AKS.';
  }
  if (/Microsoft\.ContainerService\/fleets/i.test(text)) return 'A fleet has no run command. Use a member cluster.';
  if (/\.azmk8s\.|^https?:/i.test(text)) {
    return 'An address is not the name of a cluster. az aks list --output table shows the names.';
  }
  const [, name = ''] = /^["'](.*)["']$/.exec(text) ?? [];
  return CLUSTER_NAME.test(name) ? didYouMean(name) : undefined;
}

/** The deployment environment of a job, or a cloud by another tool's name. */
export function meantEnvironment(given: string): string | undefined {
  if (/^azure/i.test(given)) {
    const cloud = /gov/i.test(given) ? 'azureusgovernment' : /china/i.test(given) ? 'azurechinacloud' : 'azurecloud';
    return didYouMean(cloud);
  }
  if (!/^[\w .-]+$/.test(given)) return undefined;
  return "To set the job's environment, write environment: next to runs-on:, not under with:.";
}

/** Inputs of other actions and tasks, and what to use here. */
const ELSEWHERE: readonly (readonly [names: string, advice: string])[] = [
  ['run script inlinescript cmd commands', 'Did you mean command?'],
  ['arguments args', 'Write them in command.'],
  [
    'creds azure-credentials client-secret azure-subscription service-connection-name',
    'Sign in with client-id and tenant-id, or with azure/login in an earlier step.',
  ],
  ['namespace', 'Put it in command: kubectl --namespace NAME.'],
  ['azcliversion kubectl-version helm-version', 'The pod has kubectl and helm, in versions that AKS chooses.'],
  ['kubeconfig context admin use-kubelogin', 'It is not needed: the command runs in the cluster.'],
  ['name cluster-name clustername kubernetescluster aks-cluster', 'Did you mean cluster?'],
  ['group resource-group-name azureresourcegroup rg', 'Did you mean resource-group?'],
  ['subscription subscription-name', 'Did you mean subscription-id?'],
  ['manifests file path paths', 'Did you mean files?'],
  ['images imagepullsecrets strategy action', 'Do it in command.'],
];

/** An input that does not exist. The runner hands over its name with underscores for blanks, as it was written otherwise. */
export function meantByUnknown(name: string, known: readonly string[]): string | undefined {
  const dashed = name.replaceAll('_', '-');
  const elsewhere = ELSEWHERE.find(([names]) => names.split(' ').some((one) => one === name || one === dashed));
  const same = known.find((one) => one.replaceAll('-', '') === dashed.replaceAll('-', ''));
  return elsewhere?.[1] ?? didYouMean(same ?? nearestName(dashed, known));
}

function didYouMean(value: string | undefined): string | undefined {
  return value === undefined ? undefined : `Did you mean ${value}?`;
}
