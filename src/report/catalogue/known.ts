import { DEFAULT_CLOUD, type Cloud } from '../../azure/cloud.ts';
import type { CommandId } from '../../azure/command-result.ts';
import type { IdTokenClaims } from '../../azure/id-token.ts';
import { resourceId, type ManagedCluster } from '../../azure/managed-cluster.ts';
import type { Application } from '../../azure/port.ts';
import type { FileSize } from '../../failure.ts';
import { WORKFLOW, type Phrases, type Words } from '../../hosts/words.ts';
import type { State } from '../../verdict.ts';
import {
  code,
  say,
  scalar,
  shellWord,
  type Part,
  type Paste,
  type PastedValue,
  type Prose,
} from '../message.ts';

/**
 * What is known when a failure is explained. To find out whether something is known, look here and
 * not in {@link Known}.
 */
export type Context = {
  /** What messages call things; a workflow's words by default. */
  readonly words?: Words | undefined;
  readonly cluster?: ManagedCluster | undefined;
  readonly application?: Application | undefined;
  readonly cloud?: Cloud | undefined;
  readonly repository?: string | undefined;
  readonly inGitHubActions?: boolean | undefined;
  readonly commandId?: CommandId | undefined;
  /** Who started the workflow, if GitHub grants their runs less. */
  readonly startedBy?: 'fork' | 'dependabot' | undefined;
  readonly jobId?: string | undefined;
  readonly stepId?: string | undefined;
  readonly command?: string | undefined;
  /**
   * Where kubectl and helm act: the namespace that the command names, or else the input
   * `namespace`.
   */
  readonly namespace?: string | undefined;
  readonly files?: readonly string[] | undefined;
  /** What was sent or would be: its bytes in the request's body, and its largest files. */
  readonly upload?: { readonly bytes: number; readonly biggest: readonly FileSize[] } | undefined;
  /** Whether nothing in the output looks like an error. */
  readonly showsNoError?: boolean | undefined;
  /** What happened to the command. The remedy after a cancel depends on it. */
  readonly state?: State | undefined;
};

/**
 * The same, ready for messages and for lines to paste: a name in capitals stands for whatever is
 * not known. What only a failure says, such as a permission, is added when that failure is
 * explained.
 */
export type Known = {
  readonly context: Context;
  readonly place: Words['place'];
  readonly words: Readonly<Record<keyof Phrases, Prose>>;
  /** An input in a sentence, by its name on this host. */
  readonly input: (name: string) => Part;
  /** Inputs to paste: lines below `with:`, or options. An input that is undefined is left out. */
  readonly inputs: (given: Readonly<Record<string, PastedValue | undefined>>) => Paste;
  /** How to exclude files: the middle of a sentence. */
  readonly exclusion: Prose;
  readonly cluster: ManagedCluster & { readonly id: string };
  readonly clientId: string;
  readonly tenantId: string;
  /** The name of the cloud, or its ARM endpoint. */
  readonly cloud: string;
  /** The audience that an ID token for this cloud usually has. */
  readonly cloudAudience: string;
  /** The identity that needs a permission: its client ID, or the object ID that ARM names. */
  readonly principal: string;
  /** The permission, as ARM names it. */
  readonly permission: string;
  readonly commandId: string;
  readonly jobId: string;
  readonly stepId: string;
  readonly namespace: string;
  /** The claims of the ID token, or what they usually are. */
  readonly idToken: Omit<IdTokenClaims, 'jobWorkflowRef'>;
  /** What an access token was requested for. */
  readonly resource: string;
};

/** The permissions that run command needs, as ARM names them. */
export const RUN_COMMAND = 'Microsoft.ContainerService/managedClusters/runCommand/action';
export const COMMAND_RESULTS = 'Microsoft.ContainerService/managedClusters/commandResults/read';
export const READ_CLUSTER = 'Microsoft.ContainerService/managedClusters/read';

const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';

export function knownFrom(context: Context): Known {
  const words = context.words ?? WORKFLOW;
  const { application, commandId, cloud, repository = 'OWNER/REPOSITORY' } = context;
  const cluster = context.cluster ?? {
    subscriptionId: 'SUBSCRIPTION',
    resourceGroup: 'GROUP',
    name: 'CLUSTER',
  };

  return {
    context,
    place: words.place,
    words: phrasesOf(words),
    input: (name) => code(words.input(name)),
    inputs: (given) => pasteInputs(given, words),
    exclusion: exclusionOf(words),
    cluster: { ...cluster, id: context.cluster ? resourceId(context.cluster) : 'CLUSTER_ID' },
    clientId: application?.clientId ?? 'CLIENT_ID',
    tenantId: application?.tenantId ?? 'TENANT_ID',
    cloud: cloud?.name ?? DEFAULT_CLOUD,
    cloudAudience: cloud?.audience ?? 'AUDIENCE',
    principal: application?.clientId ?? 'PRINCIPAL',
    permission: 'PERMISSION',
    commandId: commandId ?? 'COMMAND_ID',
    jobId: context.jobId ?? 'JOB_ID',
    stepId: context.stepId ?? 'STEP_ID',
    namespace: context.namespace ?? 'NAMESPACE',
    idToken: {
      issuer: GITHUB_ISSUER,
      subject: `repo:${repository}:ref:refs/heads/BRANCH`,
      audience: application?.audience ?? 'AUDIENCE',
    },
    resource: 'RESOURCE',
  };
}

function exclusionOf({ input, place }: Words): Prose {
  return place === 'workflow'
    ? say`a line of ${code(input('files'))} that begins with ${code('!')}`
    : say`${code("--files '!PATTERN'")}`;
}

/** A host's phrases as prose, since all of them are ours. */
function phrasesOf(words: Phrases): Known['words'] {
  const prose = (word: string): Prose => ({ kind: 'prose', parts: [word] });
  return {
    step: prose(words.step),
    action: prose(words.action),
    runner: prose(words.runner),
    workspace: prose(words.workspace),
    rerun: prose(words.rerun),
    debug: prose(words.debug),
    job: prose(words.job),
    login: prose(words.login),
  };
}

function pasteInputs(
  given: Readonly<Record<string, PastedValue | undefined>>,
  { place, paste }: Words,
): Paste {
  const write = place === 'workflow' ? scalar : shellWord;
  const written: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) written[name] = write(value);
  }
  return { kind: place === 'workflow' ? 'yaml' : 'sh', lines: paste(written) };
}

/** The inputs that sign in to the same cluster again, except those that have their defaults. */
export function signInInputs({ context: { application, cloud } }: Known) {
  return {
    'client-id': application?.clientId,
    'tenant-id': application?.tenantId,
    audience: application?.audience === cloud?.audience ? undefined : application?.audience,
    environment: cloud?.name === DEFAULT_CLOUD ? undefined : cloud?.name,
  };
}
