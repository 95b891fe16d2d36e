import { CLOUD_NAMES, defaultAudience, type Environment } from '../../azure/cloud.ts';
import type { CommandId } from '../../azure/command.ts';
import { resourceId, type ManagedCluster } from '../../azure/managed-cluster.ts';
import type { SignIn } from '../../azure/port.ts';
import type { FileSize } from '../../failure.ts';
import { formatBytes } from '../../text/bytes.ts';
import type { State } from '../../verdict.ts';
import type { Words } from '../../hosts/words.ts';
import { biggestLines } from '../file-lists.ts';
import { json, type Values } from './paste.ts';

/** What is known when a failure is explained. */
export type Context = {
  /** What messages call things; a workflow's words by default. */
  readonly words?: Words | undefined;
  readonly cluster?: ManagedCluster | undefined;
  readonly signIn?: SignIn | undefined;
  readonly environment?: Environment | undefined;
  readonly repository?: string | undefined;
  /** The CI whose ID tokens a job can request, if this runs in one. */
  readonly ci?: 'GitHub Actions' | undefined;
  readonly commandId?: CommandId | undefined;
  /** Who started the workflow, if GitHub grants their runs less. */
  readonly startedBy?: 'fork' | 'dependabot' | undefined;
  readonly job?: string | undefined;
  readonly step?: string | undefined;
  readonly command?: string | undefined;
  /** The input `namespace`, if it is set: where kubectl and helm act if the command names no other. */
  readonly namespace?: string | undefined;
  readonly files?: readonly string[] | undefined;
  /** What was sent or would be: its bytes in the request's body, and its largest files. */
  readonly sent?: { readonly bytes: number; readonly biggest: readonly FileSize[] } | undefined;
  /** What happened to the command. The next move after a cancel depends on it. */
  readonly state?: State | undefined;
};

/** The permissions that run command needs, as ARM names them. */
export const RUN_COMMAND = 'Microsoft.ContainerService/managedClusters/runCommand/action';
export const COMMAND_RESULTS = 'Microsoft.ContainerService/managedClusters/commandResults/read';
export const READ_CLUSTER = 'Microsoft.ContainerService/managedClusters/read';

/** The values that any template can use. */
export function contextValues({
  cluster,
  signIn,
  environment,
  commandId,
  namespace,
  ci,
  job,
  step,
  sent,
}: Context): Values {
  const oidc = signIn?.kind === 'oidc' ? signIn : undefined;
  const expectedAudience = environment && defaultAudience(environment);
  const name = environment?.kind === 'named' ? environment.name : environment?.resourceManager;
  const expression = (path: string) => ['${{', path, '}}'].join(' ');
  return {
    commandId,
    namespace,
    pod: commandId && `command-${commandId}`,
    job: job ?? 'JOB_ID',
    noStepId: step === undefined ? '' : undefined,
    stepOutput: expression(`steps.${step ?? 'STEP_ID'}.outputs.command-id`),
    jobOutput: expression(`needs.${job ?? 'JOB_ID'}.outputs.command-id`),
    ci,
    requestSize: sent && formatBytes(sent.bytes),
    biggest: sent && biggestLines(sent.biggest),
    subscription: cluster?.subscriptionId,
    group: cluster?.resourceGroup,
    cluster: cluster?.name,
    clusterId: cluster && resourceId(cluster),
    clientId: oidc?.clientId,
    tenantId: oidc?.tenantId,
    ownAudience: oidc?.audience === expectedAudience ? undefined : oidc?.audience,
    expectedAudience,
    environment: name === 'azurecloud' ? undefined : name,
    environmentName: name ?? CLOUD_NAMES[0],
    principal: oidc?.clientId,
    role:
      cluster &&
      json({
        Name: 'AKS Run Command',
        Description: 'Run commands in AKS clusters and read their results',
        Actions: [READ_CLUSTER, RUN_COMMAND, COMMAND_RESULTS],
        AssignableScopes: [
          `/subscriptions/${cluster.subscriptionId}/resourceGroups/${cluster.resourceGroup}`,
        ],
      }),
    identityQuery: `[?clientId=='${oidc?.clientId ?? 'CLIENT_ID'}'].{name:name, resourceGroup:resourceGroup}`,
  };
}
