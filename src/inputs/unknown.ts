import { nearestName } from '../text/nearest.ts';

/** Inputs of other actions and tasks that do what this one does, and what stands for each of them here. */
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

const ADVICE = new Map(ELSEWHERE.flatMap(([names, advice]) => names.split(' ').map((name) => [name, advice] as const)));

/** A warning about an input that the action does not have. It is the user's own word, not its value. */
export function describeUnknown(name: string, known: readonly string[]): string {
  const dashed = name.replaceAll('_', '-');
  const near =
    known.find((one) => one.replaceAll('-', '') === dashed.replaceAll('-', '')) ?? nearestName(dashed, known);
  const advice = ADVICE.get(name) ?? ADVICE.get(dashed) ?? (near === undefined ? '' : `Did you mean ${near}?`);
  return `The action has no input ${JSON.stringify(name)}, so its value is ignored. ${advice}`.trimEnd();
}
