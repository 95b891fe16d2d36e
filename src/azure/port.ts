import type { Answer } from './answer.ts';
import type { Cloud } from './cloud.ts';
import type { CommandId } from './command-result.ts';
import type { ManagedCluster } from './managed-cluster.ts';

/**
 * How to sign in: as an application with an ID token, or with an existing session (`az`, workload
 * identity).
 */
export type SignIn =
  | {
      readonly kind: 'oidc';
      readonly clientId: string;
      readonly tenantId: string;
      readonly audience: string;
    }
  | { readonly kind: 'ambient' };

export type Target = {
  readonly cluster: ManagedCluster;
  readonly cloud: Cloud;
  readonly signIn: SignIn;
};

/**
 * A cluster behind ARM. Each call except `readCluster`, which retries, sends one HTTP request and
 * returns its outcome. If no token can be obtained, the call rejects with a `StepError`.
 */
export type Azure = {
  signIn(): Promise<void>;
  readCluster(): Promise<Answer>;
  /**
   * Sends a line for the pod's shell, the zip in base64, and the caller's token for the AKS server
   * application if the cluster has managed Entra. Waits for up to 120 s, because the POST itself
   * takes 30 s with Entra.
   */
  runCommand(body: { command: string; context: string; clusterToken?: string }): Promise<Answer>;
  readResult(id: CommandId): Promise<Answer>;
  clusterToken(): Promise<string>;
  /** Forgets all tokens after ARM rejected one, so that the next call requests new ones. */
  forgetTokens(): void;
};
