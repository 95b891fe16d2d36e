import { PUBLIC_CLOUD, type Cloud } from '../../azure/cloud.ts';
import type { CommandId } from '../../azure/command-result.ts';
import type { IdTokenClaims } from '../../azure/id-token.ts';
import type { ManagedCluster } from '../../azure/managed-cluster.ts';
import type { Application } from '../../azure/port.ts';
import { WORKFLOW, type Words } from '../../hosts/words.ts';
import type { PackedTask } from '../../pod/submission.ts';
import type { State } from '../../verdict.ts';
import { pasteInputs, type Paste, type PastedValue } from '../paste.ts';

/** What is known when a failure is explained. Names in capitals stand for what is not. */
export type Known = Pick<Words, 'isStep' | 'input'> & {
  readonly words: Words;
  /** Inputs to paste: lines below `with:`, or options. An input that is undefined is left out. */
  readonly inputs: (given: Readonly<Record<string, PastedValue | undefined>>) => Paste;

  readonly cluster: ManagedCluster;
  readonly cloud: Cloud;
  /** Absent if an existing session is used. */
  readonly application?: Application | undefined;
  readonly inGitHubActions?: boolean | undefined;
  /** Who started the workflow, if GitHub grants their runs less. */
  readonly startedBy?: 'fork' | 'dependabot' | undefined;
  readonly jobId?: string | undefined;
  readonly stepId?: string | undefined;
  /** The ID of the workflow run, which is in the pod's specification. */
  readonly runId?: string | undefined;
  /** The hash of the submission's boundary, which is there, too. */
  readonly hash?: string | undefined;
  readonly command?: string | undefined;
  /** The input `namespace`. For hints about the output, also the one that the command names. */
  readonly namespace?: string | undefined;
  readonly packed?: Pick<PackedTask, 'files' | 'zipBytes'> | undefined;
  readonly commandId?: CommandId | undefined;
  /** What happened to the command. */
  readonly state?: State | undefined;
  readonly exitCode?: number | undefined;
  /** Whether nothing in the output looks like an error. */
  readonly showsNoError?: boolean | undefined;

  /** The sign-in that Entra refused, and what an access token was requested for. */
  readonly signIn: Omit<IdTokenClaims, 'jobWorkflowRef'> &
    Pick<Application, 'clientId' | 'tenantId'> & { readonly resource: string };
  /** The permission that ARM denied, and the object ID of the identity that it names. */
  readonly permission?: string | undefined;
  readonly objectId?: string | undefined;
};

/** How messages speak on a host. */
export function phrasing(words: Words): Pick<Known, 'isStep' | 'words' | 'input' | 'inputs'> {
  return {
    isStep: words.isStep,
    words,
    input: words.input,
    inputs: (given) => pasteInputs(given, words),
  };
}

/** What is known before the inputs are read. */
export const NOTHING_KNOWN: Known = {
  ...phrasing(WORKFLOW),
  cluster: { subscriptionId: 'SUBSCRIPTION', resourceGroup: 'GROUP', name: 'CLUSTER' },
  cloud: PUBLIC_CLOUD,
  signIn: {
    clientId: 'CLIENT_ID',
    tenantId: 'TENANT_ID',
    issuer: 'ISSUER',
    subject: 'SUBJECT',
    audience: 'AUDIENCE',
    resource: 'RESOURCE',
  },
};
