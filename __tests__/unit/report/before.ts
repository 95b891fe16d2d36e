/**
 * What the first version said of a failed command, beside "Exit code 1", where it had anything to say: by output. Its code
 * (the parent of "Move the sources into rooms") was run once for each situation; in the corpus of then it gave 9 of
 * the 97 failures a hint, and 9 of the 78 others a false one.
 */
export const HINTS_BEFORE: Readonly<Record<string, string>> = {
  '/command-files/.aks-run-command/command.sh: 1: ./deploy.sh: not found': 'The pod has no program ./deploy.sh.',
  "/command-files/.aks-run-command/command.sh: line 2: $'\\r': command not found": "The pod has no program $'\\r'.",
  '/command-files/.aks-run-command/command.sh: 1: [[: not found': 'The pod has no program [[.',
  '/command-files/.aks-run-command/command.sh: line 1: FOO: command not found': 'The pod has no program FOO.',
  '/command-files/.aks-run-command/command.sh: line 3: git: command not found': 'The pod has no program git.',
  '/command-files/.aks-run-command/command.sh: 3: git: not found': 'The pod has no program git.',
  'sh: yq: not found': 'The pod has no program yq.',
  installing: 'Exit code 137: something was killed, most likely at the 1 GiB memory limit of the pod.',
  'Error from server (Forbidden): deployments.apps is forbidden: User "e1111111-2222-3333-4444-555555555555" cannot create resource "deployments" in API group "apps" in the namespace "shop": User does not have access to the resource in Azure. Update role assignment to allow access.':
    'In the cluster the login may not create deployments: Azure RBAC for Kubernetes denies it.',
  'Error from server (Forbidden): pods is forbidden: User "e1111111-2222-3333-4444-555555555555" cannot list resource "pods" in API group "" in the namespace "shop"':
    'In the cluster the login may not list pods.',
  'Error from server (Forbidden): nodes is forbidden: User "a@b.example" cannot list resource "nodes" in API group "" at the cluster scope':
    'In the cluster the login may not list nodes.',
  'Error from server (Forbidden): secrets is forbidden: User "system:serviceaccount:aks-command:sa-476c" cannot list resource "secrets" in API group "" in the namespace "shop"':
    'In the cluster the login may not list secrets.',
  'Error from server: error when creating "web.yaml": admission webhook "validation.gatekeeper.sh" denied the request: [no-latest] image tag latest':
    'A policy of the cluster denied what the command wanted to change.',
  'deployment.apps/web created\nerror: deployment "web" exceeded its progress deadline':
    'A deployment made no progress within its deadline (progressDeadlineSeconds).',
  'error: timed out waiting for the condition on deployments/web':
    'What the command waited for did not come about in time.',
  'Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress':
    'Helm found the release in the middle of another operation.',
  '/command-files/.aks-run-command/command.sh: line 1: az: command not found': 'The pod has no program az.',
};
