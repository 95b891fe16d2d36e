/** What tests, the demonstration, and benchmarks use of the stand-in. */

export { errorBody } from './answers.ts';
export { maxBodyBytes, runCommandActions, sovereignAksVersions } from './arm.ts';
export { createAzure, type Azure, type AzureOptions } from './azure.ts';
export { createSimulatedClock } from './clock.ts';
export { maxLogBytes } from './commands.ts';
export {
  aksServerApplication,
  cluster,
  clusterId,
  defaultClusters,
  demo,
  type Cluster,
} from './domain.ts';
export * from './faults.ts';
export { aksImage } from './image.ts';
export { defaultJob, type Job } from '../github/issuer.ts';
export { onParentEnd } from './parent.ts';
export { createPods, type PodOptions } from './pod.ts';
export type { Clock, HttpRequest, HttpResponse, Outcome, PodRunner, PodSpec } from './ports.ts';
export { operations, type Operation } from './routes.ts';
export { githubVariables } from '../github/environment.ts';
export { startLocalAzure, type LocalAzure, type LocalAzureOptions } from './server.ts';
export { aksThrottles } from './throttle.ts';
export { isExecutable, toolFolder } from './tools.ts';
