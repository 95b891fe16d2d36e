import { base64Length, biggestOf } from '../files/pack.ts';
import { formatBytes } from '../text/bytes.ts';
import type { KnownCause } from './known-causes.ts';
import { biggestFiles } from './values.ts';

// What the answers of services mean. Of a list, the first cause that matches wins.

/** What can come between the runner and a service that did not answer. */
export const NETWORK: readonly KnownCause[] = [
  { name: 'untrusted-certificate', status: 0, texts: [/\bcertificate\b|altnames/i] },
  { name: 'proxy-sign-in', status: 0, texts: [/the proxy (?<proxy>\S{1,300}) answered 407/] },
  {
    name: 'proxy-refused',
    status: 0,
    texts: [/the proxy (?<proxy>\S{1,300}) (?:answered|refused)/],
  },
];

/** What Entra says about a sign-in. */
export const ENTRA: readonly KnownCause[] = [
  { name: 'no-federated-credential', codes: ['AADSTS700213', 'AADSTS70021'] },
  { name: 'subject-case', codes: ['AADSTS7002138'] },
  { name: 'no-credentials', codes: ['AADSTS70025'] },
  { name: 'wrong-issuer', codes: ['AADSTS700211'] },
  { name: 'wrong-audience', codes: ['AADSTS700212'] },
  { name: 'unknown-application', codes: ['AADSTS700016'] },
  { name: 'unknown-tenant', codes: ['AADSTS90002'] },
  { name: 'id-token-expired', codes: ['AADSTS700024'] },
  { name: 'unknown-resource', codes: ['AADSTS500011', 'AADSTS1002012'] },
  { name: 'conditional-access', codes: ['AADSTS53003'] },
  { name: 'application-disabled', codes: ['AADSTS7000112'] },
  { name: 'no-service-principal', codes: ['AADSTS7000229'] },
  { name: 'entra-temporary', codes: ['AADSTS90033'] },
  { name: 'entra-unreachable', status: 0 },
];

/** What a session says about a sign-in. */
export const SESSION: readonly KnownCause[] = [
  { name: 'wrong-secret', codes: ['AADSTS7000215'] },
  { name: 'expired-secret', codes: ['AADSTS7000222'] },
  { name: 'conditional-access', codes: ['AADSTS53003'] },
  // Azure Cloud Shell's own session, for many resources (azure-cli#29057).
  { name: 'no-managed-identity', texts: [/Failed to connect to MSI/] },
  {
    name: 'session-expired',
    texts: [/AADSTS(?:700024|700082|70043|50173)\b|\bexpired\b|Interactive auth/],
  },
];

export const ARM_UNREACHABLE: KnownCause = { name: 'arm-unreachable', status: 0 };

/** What a webhook and the API server's own ValidatingAdmissionPolicy say. */
const POLICY_DENIED: KnownCause = {
  name: 'policy-denied',
  texts: [
    /admission webhook .{0,300}denied the request/is,
    /ValidatingAdmissionPolicy .{0,600}denied request/is,
  ],
};

/** Permissions, names, and limits in Azure Resource Manager. */
export const ARM: readonly KnownCause[] = [
  { name: 'authorization-failed', codes: ['AuthorizationFailed'] },
  { name: 'subscription-not-found', codes: ['SubscriptionNotFound', 'InvalidSubscriptionId'] },
  { name: 'resource-group-not-found', codes: ['ResourceGroupNotFound'] },
  {
    name: 'cluster-not-found',
    codes: ['ResourceNotFound'],
    texts: [/managedClusters\/[^/']{1,100}'/i],
  },
  { name: 'token-rejected', status: 401 },
  { name: 'cluster-token-missing', codes: ['MissingAADClusterToken'] },
  { name: 'not-registered', codes: ['MissingSubscriptionRegistration'] },
  // Seen with versions that a cloud did not have yet, had retired, or had for some requests only
  // (azure-cli#23985, nebari#2374, azure-cli#28368).
  { name: 'no-api-version', codes: ['NoRegisteredProviderFound'] },
  { name: 'blocked-by-policy', codes: ['RunCommandBlockedByAzurePolicy'] },
  { name: 'locked', codes: ['ScopeLocked'] },
  { name: 'run-command-disabled', texts: [/run.?command[^.]{0,40}\bdisabled\b/i] },
  {
    name: 'cluster-stopped',
    texts: [/\bPowerState\W{1,3}Stopped\b/i, /\bcluster\b[^.]{0,80}\bstopped\b/i],
  },
  {
    name: 'cluster-failed',
    texts: [/\bfailed (?:provisioning )?state\b/i, /provisioning ?state[^.]{0,60}\bfailed\b/i],
  },
  POLICY_DENIED,
  {
    name: 'pod-forbidden',
    texts: [
      /(?:exceeded|failed) quota/i,
      /violates PodSecurity/i,
      /\b(?:min|max)imum \S{1,100} usage per /i,
    ],
  },
  { name: 'conflict', status: 409, texts: [/\bin[ -]progress\b/i] },
  {
    name: 'request-too-large',
    status: 413,
    facts: ({ packed }) => ({
      size: packed && formatBytes(base64Length(packed.zipBytes)),
      biggest: biggestFiles(biggestOf(packed?.files ?? [])),
    }),
  },
  { name: 'throttled', status: 429 },
  ARM_UNREACHABLE,
];

/** Answers that leave open whether the command runs. */
export const SUBMISSION: readonly KnownCause[] = [
  { name: 'submission-torn', status: 0 },
  {
    name: 'submission-webhook',
    texts: [/failed calling webhook "?(?<webhook>[\w.-]{1,253})/],
  },
  POLICY_DENIED,
  { name: 'node-unreachable', texts: [/SPDYExecutor[^]{0,300}error dialing backend/] },
  {
    name: 'api-server-slow',
    texts: [/\/pods\/command-[^]{0,300}net\/http: TLS handshake timeout/],
  },
];

/** What kubectl says if it cannot enter the pod of a command. */
export const STOP: readonly KnownCause[] = [
  { name: 'stop-denied', texts: [/\bdenied (?:the )?request\b/] },
  {
    name: 'stop-forbidden',
    texts: [/\bcannot (?:get|list|create) resource "pods(?:\/exec)?"/],
  },
];
