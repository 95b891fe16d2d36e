import type { Answer } from './answer.ts';
import type { Environment } from './cloud.ts';
import type { ManagedCluster } from './managed-cluster.ts';
import type { CommandId } from './command-id.ts';

/** Who asks for tokens. */
export type SignIn =
  /** GitHub's ID token, exchanged for the application's. */
  | { readonly kind: 'oidc'; readonly clientId: string; readonly tenantId: string; readonly audience: string }
  /** A session that is on the runner: workload identity, or what `azure/login` left. */
  | { readonly kind: 'ambient' };

/** The cluster to reach, in which cloud, and who asks. */
export type Target = {
  readonly cluster: ManagedCluster;
  readonly environment: Environment;
  readonly signIn: SignIn;
  /** Values that no error may quote: those of `env`, which travel in the zip. */
  readonly secrets?: readonly string[];
};

/** The body of ARM's `runCommand`. */
export type RunCommandBody = {
  /** A line for the pod's shell. */
  readonly command: string;
  /** The zip with the files, base64. */
  readonly context: string;
  /** The caller's token for the AKS server application, where the cluster has managed Entra. */
  readonly clusterToken?: string;
};

/**
 * The cluster's side of ARM, as a port. Each call is one HTTP request, never repeated by a client library; how it
 * went is a value. A token that cannot be had rejects with `SignInError`.
 */
export type Azure = {
  /** Signs in: whatever is needed so that the calls below have a token. */
  signIn(): Promise<void>;
  /** `GET managedClusters/NAME`. */
  readCluster(): Promise<Answer>;
  /** `POST managedClusters/NAME/runCommand`, bounded at 120 s: with Entra it blocks for 30. */
  runCommand(body: RunCommandBody): Promise<Answer>;
  /** `GET managedClusters/NAME/commandResults/ID`. */
  readResult(id: CommandId): Promise<Answer>;
  /** A token for the AKS server application. */
  clusterToken(): Promise<string>;
  /** Forgets the tokens at hand, after ARM rejected one: the next call asks for new ones. */
  forgetTokens(): void;
};
