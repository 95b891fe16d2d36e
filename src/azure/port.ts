import type { Answer } from './answer.ts';
import type { Cloud } from './cloud.ts';
import type { CommandId } from './command-result.ts';
import type { ManagedCluster } from './managed-cluster.ts';

/** The application that signs in with an ID token. */
export type Application = {
  readonly clientId: string;
  readonly tenantId: string;
  /** The audience of the ID token. */
  readonly audience: string;
};

export type Target = {
  readonly cluster: ManagedCluster;
  readonly cloud: Cloud;
  /** If undefined, an existing session is used: that of `az`, or a workload identity. */
  readonly application: Application | undefined;
};

/**
 * A cluster behind ARM. `runCommand` and `readResult` send one HTTP request and return its outcome.
 * `readCluster` retries. `signIn` and `clusterToken` retry, too, and reject with a `StepError` if
 * there is no token.
 */
export type Azure = {
  /** Returns an access token for ARM that is usable for two minutes. */
  signIn(): Promise<string>;
  readCluster(): Promise<Answer>;
  /**
   * Sends a line for the pod's shell, the zip in base64, and the caller's token for the AKS server
   * application if the cluster has managed Entra. Signs the request with the given token, and sends
   * it at once. Waits for up to 120 s, because the POST itself takes 30 s with Entra.
   */
  runCommand(submission: {
    accessToken: string;
    command: string;
    context: string;
    clusterToken?: string;
  }): Promise<Answer>;
  readResult(id: CommandId): Promise<Answer>;
  clusterToken(): Promise<string>;
  /** Forgets all tokens after ARM rejected one, so that the next call requests new ones. */
  forgetTokens(): void;
};
