/** What tests, the demonstration, and benchmarks use of the stand-in. */

export { errorBody } from './answers.ts';
export { maxBodyBytes, sovereignAksVersions } from './arm.ts';
export { createAzure, type Azure, type AzureOptions, type RequestRecord } from './azure.ts';
export { createSimulatedClock, systemClock, type SimulatedClock } from './clock.ts';
export { maxLogBytes, type CommandRecord, type CommandState } from './commands.ts';
export {
  aksServerApplication,
  cluster,
  clusterId,
  defaultAudience,
  defaultClusters,
  demo,
  type Application,
  type Cluster,
  type FederatedCredential,
} from './domain.ts';
export * from './faults.ts';
export { aksImage } from './image.ts';
export { createIssuer, defaultJob, subjectOf, type Job } from './issuer.ts';
export { onParentEnd } from './parent.ts';
export { createPods, type PodOptions, type Pods } from './pod.ts';
export type {
  Clock,
  HttpRequest,
  HttpResponse,
  Outcome,
  PodResult,
  PodRunner,
  PodSpec,
} from './ports.ts';
export { operations, type Operation } from './routes.ts';
export { startLocalAzure, type LocalAzure, type LocalAzureOptions } from './server.ts';
export { aksThrottles, type Throttle } from './throttle.ts';
export { toolFolder } from './tools.ts';
