import { serviceError, type Answer } from '../azure/answer.ts';
import { API_SERVER, resourceId } from '../azure/managed-cluster.ts';
import { base64Length, biggestOf } from '../files/pack.ts';
import { formatBytes } from '../text/bytes.ts';
import { nearestName, nearestPath } from '../text/nearest.ts';
import { biggestFiles } from './file-lists.ts';
import { json } from './paste.ts';
import type { Situation } from './values.ts';
import type { Values } from './writer.ts';

// Causes that only the words of a service or a program show. Each names a section of messages.md;
// the groups that its pattern captures are values of the message. Of a list, the first cause that
// matches wins.

/** What a failure can be looked up by. */
export type Signs = {
  readonly code?: string | undefined;
  /** The HTTP status; 0 if there was no answer. */
  readonly status?: number | undefined;
  /** The service's message, or one line of the output. Untrusted text. */
  readonly text?: string | undefined;
  readonly exitCode?: number | undefined;
  /** Whether nothing names a namespace, so that kubectl and helm act in `default`. */
  readonly inDefault?: boolean | undefined;
  /** Whether the command may have waited for something to be deleted. */
  readonly deletes?: boolean | undefined;
};

/** What identifies a failure: all that is given must match. */
type SignPattern = Omit<Signs, 'code' | 'text'> & {
  readonly codes?: readonly string[];
  readonly text?: RegExp;
};

/** The named groups of a cause's `text`, in what matched. Untrusted text. */
type Captured = Readonly<Record<string, string | undefined>>;

/** A failure with a known cause. */
export type KnownCause = {
  readonly name: string;
  readonly pattern: SignPattern;
  /** What else its message has to say. */
  readonly facts: (situation: Situation, captured: Captured) => Values;
};

/** @param pattern codes, a pattern of the text, or more */
function known(
  name: string,
  pattern: string | RegExp | SignPattern,
  facts: KnownCause['facts'] = () => ({}),
): KnownCause {
  if (typeof pattern === 'string') return { name, pattern: { codes: pattern.split(' ') }, facts };
  return { name, pattern: pattern instanceof RegExp ? { text: pattern } : pattern, facts };
}

/** A known cause that matches, and what its `text` captured. */
export type FoundCause = { readonly cause: KnownCause; readonly captured: Captured };

/** The first cause that matches. */
export function lookUp(causes: readonly KnownCause[], signs: Signs): FoundCause | undefined {
  for (const cause of causes) {
    const captured = capturedBy(cause, signs);
    if (captured) return { cause, captured };
  }
  return undefined;
}

/** The message of the first cause that matches, and its own values. */
export function findCause(causes: readonly KnownCause[], signs: Signs, situation: Situation) {
  const found = lookUp(causes, signs);
  return found && choiceOf(found, situation);
}

/** A cause's message, and what its placeholders stand for. */
export function choiceOf({ cause, captured }: FoundCause, situation: Situation) {
  return { name: cause.name, facts: { ...captured, ...cause.facts(situation, captured) } };
}

/** The values that a cause captures from these signs; undefined if it does not match them. */
function capturedBy({ pattern }: KnownCause, signs: Signs): Captured | undefined {
  const { code = '', text = '' } = signs;
  const isMatch =
    (pattern.codes?.includes(code) ?? true) &&
    (pattern.status ?? signs.status) === signs.status &&
    (pattern.exitCode ?? signs.exitCode) === signs.exitCode &&
    (pattern.inDefault ?? signs.inDefault) === signs.inDefault &&
    (pattern.deletes ?? signs.deletes) === signs.deletes;
  if (!isMatch) return undefined;
  if (pattern.text === undefined) return {};

  const found = pattern.text.exec(text);
  return found === null ? undefined : (found.groups ?? {});
}

/** What an answer can be looked up by. */
export function signsOf(answer: Answer): Signs & { readonly text: string } {
  if (answer.kind === 'unanswered') return { status: 0, text: answer.cause };
  const { code, message } = serviceError(answer.body);
  return { code, status: answer.status, text: message };
}

/** What can come between the runner and a service that did not answer. */
export const NETWORK = [
  known('untrusted-certificate', { status: 0, text: /\bcertificate\b|altnames/i }),
  known('proxy-sign-in', { status: 0, text: /the proxy (?<proxy>\S{1,300}) answered 407/ }),
  known('proxy-refused', {
    status: 0,
    text: /the proxy (?<proxy>\S{1,300}) (?:answered|refused)/,
  }),
];

/** What Entra says about a sign-in. */
export const ENTRA = [
  known('no-federated-credential', 'AADSTS700213 AADSTS70021'),
  known('subject-case', 'AADSTS7002138'),
  known('no-credentials', 'AADSTS70025'),
  known('wrong-issuer', 'AADSTS700211'),
  known('wrong-audience', 'AADSTS700212'),
  known('unknown-application', 'AADSTS700016'),
  known('unknown-tenant', 'AADSTS90002'),
  known('id-token-expired', 'AADSTS700024'),
  known('unknown-resource', 'AADSTS500011 AADSTS1002012'),
  known('conditional-access', 'AADSTS53003'),
  known('application-disabled', 'AADSTS7000112'),
  known('no-service-principal', 'AADSTS7000229'),
  known('entra-temporary', 'AADSTS90033'),
  known('entra-unreachable', { status: 0 }),
];

/** What a session says about a sign-in. */
export const SESSION = [
  known('wrong-secret', 'AADSTS7000215'),
  known('expired-secret', 'AADSTS7000222'),
  known('conditional-access', 'AADSTS53003'),
  // Azure Cloud Shell's own session, for many resources (azure-cli#29057).
  known('no-managed-identity', /Failed to connect to MSI/),
  known('session-expired', /AADSTS(?:700024|700082|70043|50173)\b|\bexpired\b|Interactive auth/),
];

export const ARM_UNREACHABLE = known('arm-unreachable', { status: 0 });

/** What a webhook and the API server's own ValidatingAdmissionPolicy say. */
const POLICY_DENIED = known(
  'policy-denied',
  /admission webhook .{0,300}denied the request|ValidatingAdmissionPolicy .{0,600}denied request/is,
);

/** Permissions, names, and limits in Azure Resource Manager. */
export const ARM = [
  known('authorization-failed', 'AuthorizationFailed'),
  known('subscription-not-found', 'SubscriptionNotFound InvalidSubscriptionId'),
  known('resource-group-not-found', 'ResourceGroupNotFound'),
  known('cluster-not-found', {
    codes: ['ResourceNotFound'],
    text: /managedClusters\/[^/']{1,100}'/i,
  }),
  known('token-rejected', { status: 401 }),
  known('cluster-token-missing', 'MissingAADClusterToken'),
  known('not-registered', 'MissingSubscriptionRegistration'),
  // Seen with versions that a cloud did not have yet, had retired, or had for some requests only
  // (azure-cli#23985, nebari#2374, azure-cli#28368).
  known('no-api-version', 'NoRegisteredProviderFound'),
  known('blocked-by-policy', 'RunCommandBlockedByAzurePolicy'),
  known('locked', 'ScopeLocked'),
  known('run-command-disabled', /run.?command[^.]{0,40}\bdisabled\b/i),
  known('cluster-stopped', /\bPowerState\W{1,3}Stopped\b|\bcluster\b[^.]{0,80}\bstopped\b/i),
  known(
    'cluster-failed',
    /\bfailed (?:provisioning )?state\b|provisioning ?state[^.]{0,60}\bfailed\b/i,
  ),
  POLICY_DENIED,
  known(
    'pod-forbidden',
    /(?:exceeded|failed) quota|violates PodSecurity|\b(?:min|max)imum \S{1,100} usage per /i,
  ),
  known('conflict', { status: 409, text: /\bin[ -]progress\b/i }),
  known('request-too-large', { status: 413 }, ({ packed }) => ({
    size: packed && formatBytes(base64Length(packed.zipBytes)),
    biggest: biggestFiles(biggestOf(packed?.files ?? [])),
  })),
  known('throttled', { status: 429 }),
  ARM_UNREACHABLE,
];

/** Answers that leave open whether the command runs. */
export const SUBMISSION = [
  known('submission-torn', { status: 0 }),
  known('submission-webhook', /failed calling webhook "?(?<webhook>[\w.-]{1,253})/),
  POLICY_DENIED,
  known('node-unreachable', /SPDYExecutor[^]{0,300}error dialing backend/),
  known('api-server-slow', /\/pods\/command-[^]{0,300}net\/http: TLS handshake timeout/),
];

const PODS = 'Microsoft.ContainerService/managedClusters/pods';

/** What kubectl says if it cannot enter the pod of a command. */
export const STOP = [
  known('stop-denied', /\bdenied (?:the )?request\b/),
  known(
    'stop-forbidden',
    /\bcannot (?:get|list|create) resource "pods(?:\/exec)?"/,
    ({ cluster }) => ({
      stopRole: json({
        Name: 'AKS Run Command Stop',
        Description: 'Enter the pods of commands in AKS clusters, and stop the commands',
        DataActions: ['read', 'exec/action'].map((name) => `${PODS}/${name}`),
        AssignableScopes: [`/subscriptions/${cluster.subscriptionId}`],
      }),
    }),
  ),
];

// Hints about the command's output. Each says what is different in the pod, or behind the private
// cluster, from a `run:` step on the runner: what was not sent and is not in the image, the pod's
// own connection to the cluster, its network, its permissions, and an API server that nobody can
// reach to look. Its advice must be right whenever the pattern matches. What a program says on any
// machine is quoted, and needs no hint.

/**
 * The resource must be a Kubernetes name. Anything else in its place may be a sentence that a pod
 * made up.
 */
const DENIED = String.raw`cannot (?<verb>[a-z]{1,20}) resource "(?<kind>[a-z][a-z0-9.-]{0,252}(?:/[a-z]{1,63})?)"(?: in API group "(?<group>[a-z0-9.-]{0,253})")?(?:.*in the namespace "(?<namespace>[a-z0-9-]{1,63})"| at the cluster scope)?(?<byAzure>: User does not have access to the resource in Azure)?`;

/** What Kubernetes' role `view` and Azure's Reader can read in a namespace, beside `EDITED`. */
const VIEWED =
  /^(?:endpoints|endpointslices\.discovery\.k8s\.io|limitranges|namespaces|pods\/(?:log|status)|resourcequotas|controllerrevisions\.apps)$/;

/** What `edit` and Writer can change in a namespace. */
const EDITED =
  /^(?:configmaps|events|persistentvolumeclaims|pods|serviceaccounts|services|replicationcontrollers(?:\/scale)?|(?:deployments|replicasets|statefulsets)\.apps(?:\/scale)?|daemonsets\.apps|horizontalpodautoscalers\.autoscaling|(?:cron)?jobs\.batch|(?:ingresses|networkpolicies)\.networking\.k8s\.io|poddisruptionbudgets\.policy)$/;

/** What these can do, and `view` and Reader cannot even read. */
const PRIVATE =
  /^(?:secrets|leases\.coordination\.k8s\.io|pods\/(?:attach|eviction|exec|portforward|proxy)|serviceaccounts\/token|services\/proxy)$/;

/** What only `admin` and Admin can read and change in a namespace. */
const ADMINISTERED = /^(?:roles|rolebindings)\.rbac\.authorization\.k8s\.io$/;

/**
 * The least of Kubernetes' own roles that has a permission; undefined if none of them has it, as
 * with custom resources and whatever has no namespace.
 *
 * Sources: kubernetes/kubernetes, bootstrappolicy/testdata/cluster-roles.yaml; Microsoft's list of
 * built-in roles for containers.
 */
function roleFor(verb: string, resource: string): 'view' | 'edit' | 'admin' | undefined {
  if (ADMINISTERED.test(resource)) return 'admin';
  if (PRIVATE.test(resource)) return 'edit';
  const isReading = /^(?:get|list|watch)$/.test(verb);
  if (isReading && VIEWED.test(resource)) return 'view';
  if (!EDITED.test(resource)) return undefined;
  return isReading ? 'view' : 'edit';
}

const AZURE_ROLES = { view: 'Reader', edit: 'Writer', admin: 'Admin' };

/** Azure's Admin also has custom resources, but neither quotas nor what has no namespace. */
function azureRoleFor(
  role: keyof typeof AZURE_ROLES | undefined,
  resource: string,
  isWide: boolean,
) {
  if (role !== undefined) return AZURE_ROLES[role];
  return isWide || /^(?:resourcequotas|namespaces)$/.test(resource) ? 'Cluster Admin' : 'Admin';
}

/** @param subjects whom to bind a role to, as an option of kubectl */
function roleFacts(subjects: string): KnownCause['facts'] {
  return (situation, { verb = '', kind = '', group = '', namespace, byAzure }) => {
    const [name = '', subresource] = kind.split('/');
    const inGroup = group === '' ? name : `${name}.${group}`;
    const resource = subresource === undefined ? inGroup : `${inGroup}/${subresource}`;
    const role = roleFor(verb, resource);
    const isWide = namespace === undefined;
    const id = resourceId(situation.cluster);
    return {
      denied: `${verb} ${kind}`,
      secrets: resource === 'secrets',
      resource,
      namespace,
      clusterWide: isWide,
      clusterRole: role,
      ownRole: role === undefined,
      ownClusterRole: role === undefined && isWide,
      subjects,
      principal: situation.application?.clientId ?? 'USER',
      azureRole: `Azure Kubernetes Service RBAC ${azureRoleFor(role, resource, isWide)}`,
      roleScope: isWide ? id : `${id}/namespaces/${namespace}`,
      deniedByAzure: byAzure !== undefined,
    };
  };
}

/** What is known about a file that the command did not find. */
function fileFacts({ packed }: Situation, { path, folder, script }: Captured): Values {
  const named = path ?? folder ?? script;
  const files = packed?.files.map((file) => file.path) ?? [];
  const sent = [...files, ...new Set(files.flatMap(foldersOf))];
  const plainPath = named?.replaceAll(/^(?:\.\/)+|\/$/g, '') ?? '';
  const wasSent = sent.includes(plainPath);
  const near = named === undefined || wasSent ? undefined : nearestPath(named, sent);
  const isUnknown = named !== undefined && !wasSent && near === undefined;
  // No pattern of `files` can have such a path.
  const leadsOut = /^(?:\/|~|\.\.(?:\/|$))/.test(plainPath);
  return {
    path: path ?? script,
    folder,
    script: script !== undefined,
    chart: named === undefined,
    wasSent: wasSent && folder === undefined,
    near,
    sentDeeper: near !== undefined && files.includes(near) && near.endsWith(`/${plainPath}`),
    notSent: isUnknown && !leadsOut,
    outside: isUnknown && leadsOut,
    wanted: named && topFolder(named),
  };
}

/** Each folder that contains a file. */
function foldersOf(file: string): string[] {
  const names = file.split('/').slice(0, -1);
  return names.map((_name, at) => names.slice(0, at + 1).join('/'));
}

/** The folder at the top of a path, or the path itself if it has none. */
function topFolder(path: string): string {
  const [, top] = /^(?:\.\/)?([^./][^/]*)\//.exec(path) ?? [];
  return top === undefined ? path : `${top}/`;
}

/** Programs that are known to be in AKS's image. */
const PROGRAMS = ['kubectl', 'helm', 'jq', 'xargs', 'grep', 'awk', 'bash', 'curl', 'tar', 'base64'];

/**
 * What a shell can miss for other reasons than the image: a PATH of the command's own; sh, which
 * lacks these commands of bash; and root, which the command cannot be.
 */
const NOT_MISSING = [
  ...PROGRAMS,
  ...['declare', 'let', 'mapfile', 'popd', 'pushd', 'readarray', 'shopt', 'source', 'typeset'],
  'sudo',
].join('|');

/**
 * The start of an error of kubectl or helm about a connection that the pod made. The API server
 * makes others, to webhooks and to nodes. Those to the API server are not a matter of the network.
 */
const CONNECTION = String.raw`^(?:Unable to connect to the server: |[Ee]rror: (?!.*(?:\bwebhook\b|Internal error occurred|cluster unreachable|failed to download openapi|:10250\b)).*"https?://[^"]{1,500}".*?: )(?:.*\b)?`;

/** How kubectl, helm, and curl say that they got no connection. Not to this pod itself. */
const NO_CONNECTION = [
  String.raw`(?:${CONNECTION}dial tcp: lookup |^(?:curl: \(6\)|fatal:) .*Could not resolve host: )(?<host>[^\s:'’]{1,253})`,
  String.raw`${CONNECTION}dial tcp (?!127\.|\[::1\])[\d.:[\]a-f]{3,50}: (?:i/o timeout|connect: )`,
  String.raw`${CONNECTION}(?:net/http: TLS handshake timeout|read: connection reset by peer)`,
  String.raw`^The connection to the server (?!localhost|127\.)\S{1,300} was refused`,
  String.raw`^curl: \((?:7|28|35|56)\) (?!.*(?:localhost|127\.0\.0\.1)).*(?:Failed to connect|Couldn't connect|Connection timed out|connection timeout|Resolving timed out|reset by peer|SSL_ERROR_SYSCALL|unexpected eof)`,
];

/** Errors of kubectl and helm if they don't use the pod's own connection to the cluster. */
const OTHER_CONNECTIONS = [
  String.raw`^[Ee]rror: .*\bcontext "[^"\s]{1,253}" does not exist`,
  String.raw`^[Ee]rror(?: in configuration)?: (?:no context exists|context was not found|current-context is not set|no current context|no configuration has been provided)`,
  String.raw`^Error in configuration: .*\bunable to read (?:client-cert|client-key|certificate-authority) `,
  String.raw`^[Ee]rror: .*\b(?:stat|open) \S{0,300}(?:kubeconfig|\.kube/config): no such file or directory$`,
  String.raw`^The connection to the server localhost:8080 was refused`,
  String.raw`^[Ee]rror: .*(?:failed to download openapi|cluster unreachable): Get "http://localhost:8080/`,
  String.raw`^[Ee]rror: .*cluster unreachable: .*(?:dial tcp: lookup |x509: |getting credentials: )`,
  String.raw`^Unable to connect to the server: (?:getting credentials: |dial tcp: lookup \S{1,253}${API_SERVER.source})`,
  String.raw`^[Ee]rror: (?:The (?:azure|gcp) auth plugin has been removed|no Auth Provider found)`,
  String.raw`: kubelogin: (?:command )?not found$`,
];

/** Kinds that have a namespace. Those of custom resources are not known. */
const NAMESPACED = String.raw`configmaps|endpoints|persistentvolumeclaims|pods|secrets|serviceaccounts|services|(?:deployments|replicasets|statefulsets|daemonsets)\.apps|horizontalpodautoscalers\.autoscaling|(?:cron)?jobs\.batch|(?:ingresses|networkpolicies)\.networking\.k8s\.io|poddisruptionbudgets\.policy|(?:roles|rolebindings)\.rbac\.authorization\.k8s\.io`;

/** Errors that a line of output can show. */
export const OUTPUT = [
  known(
    'service-account-forbidden',
    new RegExp(
      `is forbidden: User "system:serviceaccount:aks-command:[a-z0-9.-]{1,253}" ${DENIED}`,
    ),
    roleFacts('group=system:serviceaccounts:aks-command'),
  ),
  known(
    'kubernetes-forbidden',
    new RegExp(`is forbidden: User "(?!system:serviceaccount:)[^"]*" ${DENIED}`),
    roleFacts('user=USER'),
  ),
  known(
    'webhook-call',
    /(?:failed calling webhook "(?<webhook>[\w.-]{1,253})": |conversion webhook for ).{0,200}Post "https:\/\/(?:(?<service>[a-z0-9-]{1,63})\.(?<namespace>[a-z0-9-]{1,63})\.svc[:/?])?/,
    (_situation, { webhook, service, namespace }) => ({ webhook, service, namespace }),
  ),

  known(
    'timed-out-waiting',
    {
      deletes: false,
      text: /^[Ee]rror: (?:timed out waiting for the condition(?: on (?:deployments|statefulsets|daemonsets|replicasets|jobs|pods)\/.*)?$|deployment "[^"]{1,253}" exceeded its progress deadline$)/,
    },
    waitedFor,
  ),
  // Helm 4 names the resource. In Helm 3, the error of a hook is in the next line.
  known(
    'timed-out-waiting',
    /^Error: (?:(?:[A-Z]{1,20} FAILED|release \S{1,100} failed[^:]{0,80}|(?:pre|post)-[a-z]{1,10} hooks failed|failed (?:pre|post)-[a-z]{1,10}): ){1,4}(?:resource \w{1,100}\/(?<namespace>[a-z0-9-]{1,63})\/\S{1,253} not ready\. status: |(?:1 error occurred: \* |client rate limiter Wait returned an error: )?(?:timed out waiting for the condition|context deadline exceeded|rate: Wait\(n=1\) would exceed context deadline)$)/,
    waitedFor,
  ),
  known(
    'helm-pending',
    /^Error: (?:[A-Z]{1,20} FAILED: )?another operation \(install\/upgrade\/rollback\) is in progress$/,
  ),
  known(
    'in-default',
    {
      text: new RegExp(
        String.raw`^(?:error: )?[Ee]rror from server \(NotFound\): (?<kind>${NAMESPACED}) "(?<name>[^"]{1,253})" not found(?: in namespace "default")?$`,
      ),
      inDefault: true,
    },
    (_situation, { kind, name }) => ({ object: `${kind}/${name}` }),
  ),
  known(
    'in-default',
    {
      text: /^Error: (?:uninstall: )?(?:Release not loaded: )?(?:[a-z0-9.-]{1,100}: )?release: not found$/,
      inDefault: true,
    },
    () => ({ object: undefined, kind: undefined }),
  ),

  // A connection of the command's own instead of the pod's
  known(
    'connected-already',
    /^(?:[Ee]rror: )*You must be logged in to the server|^Error from server \(Unauthorized\)|^Error: .*(?:the server has asked for the client to provide credentials|: Unauthorized)$/,
    () => ({ unauthorized: true }),
  ),
  known('connected-already', new RegExp(OTHER_CONNECTIONS.join('|')), () => ({
    unauthorized: false,
  })),

  // Before the network and the files: kustomize tries those before it needs Git.
  known(
    'not-in-image',
    /^[Ee]rror: .*\b(?:exec: |failed to run )"(?<program>[\w.-]{1,100})": executable file not found in \$PATH$/,
    (_situation, { program }) => inImage(program),
  ),

  // The pod's network
  known('pod-network', new RegExp(NO_CONNECTION.join('|')), (_situation, { host }) => ({
    host,
    shortName: host !== undefined && !host.includes('.'),
  })),
  known(
    'untrusted-in-pod',
    new RegExp(
      String.raw`${CONNECTION}x509: certificate signed by unknown authority|^curl: \(60\) .*(?:self[- ]signed certificate|unable to get local issuer certificate)`,
    ),
  ),
  known(
    'registry-refused',
    /^[Ee]rror: .*(?:\bhttps?:\/\/|\bregistry\b).*(?:(?:\bstatus code |\bstatus: |: )40[13]\b|: basic credential not found)/,
  ),

  // What was not sent. A path may end in a carriage return, which bash and GNU tools quote. Without
  // one, dash and busybox refuse an option that consists of nothing else.
  known(
    'line-endings',
    /\^M: bad interpreter|\r(?!$)|\\r['"’]|[Ii]llegal option -$|illegal option -o pipefail$/,
  ),
  known(
    'not-sent',
    /^Error: .*(?:helm dependency build|missing in charts\/ directory: |no repository definition for |no cached repo|\brepo [\w.-]{1,100} not found$|no repositories (?:to show|configured|found))/,
    fileFacts,
  ),
  known(
    'not-sent',
    /^[Ee]rror: (?:.*\b(?:open|stat|lstat|error reading) |.*\bpath "|.*non-absolute URLs should be in form of repo_name\/path_to_chart, got: )(?:\/command-files\/)?(?<path>[^\s"]{1,300}?)(?:: no such file or directory|" (?:not found|does not exist)|(?<=got: \S{1,300}))$/,
    fileFacts,
  ),
  known(
    'not-sent',
    /^error: error reading \[(?<folder>[^\]\s]{1,300})\]: recognized file extensions are/,
    fileFacts,
  ),
  known(
    'not-sent',
    /^error: .*evalsymlink failure on '(?:[^']{0,300}\/command-files\/)?(?<path>[^']{1,300})'/,
    fileFacts,
  ),
  // bash tells a missing script from a missing interpreter. dash and busybox don't.
  known('not-sent', /(?:^|: )(?<script>\.{0,2}\/[^\s:]{1,300}): not found$/, fileFacts),
  known(
    'not-sent',
    /^(?:(?:awk|base64|cat|chmod|cp|cut|diff|find|grep|head|jq|ls|mv|rm|sed|sort|tail|tar(?: \(child\))?|tee|touch|wc|bash|(?:da|a)?sh(?:: \d{1,9})?): (?:error: )?|(?:.*: )?(?:cd: )?(?:line )?\d{1,9}: (?:cd: )?)(?:can't cd to |can't open |can't read |cannot access |cannot open |cannot read:? |cannot stat |Could not open file )?['‘]?(?<path>[^\s:'‘’]{1,300})['’]?(?:: (?:Cannot open: )?No such file(?: or directory)?|(?<=can't cd to \S{1,300}))$/,
    fileFacts,
  ),

  // What is not in the image, or does not run there
  known(
    'cannot-start',
    /(?:^|: )(?:(?<path>[^\s:]{1,300}): (?:cannot execute: required file not found|(?:cannot execute binary file: )?Exec format error)$|(?<script>[^\s:]{1,300}): \S{1,300}: bad interpreter)/,
    (_situation, { path, script }) => ({ path: path ?? script }),
  ),
  known(
    'not-in-image',
    /^[Ee]rror: unknown command "(?<command>[^"]{1,100})" for "(?<program>kubectl|helm)"$/,
    (_situation, { command, program }) => inImage(`${program} ${command}`),
  ),
  known('not-in-image', /^fatal: (?:not a git repository|detected dubious ownership)/, () =>
    inImage(undefined),
  ),
  // Not what a broken line leaves of an option, nor a variable with spaces around its equals sign.
  known(
    'not-in-image',
    new RegExp(
      String.raw`(?:(?:^|: )line \d{1,9}|^\d{1,9}|: \d{1,9}|\b(?:ba|da|a)?sh(?:: \d{1,9})?|^(?:xargs|env|tar \((?:grand)?child\))): ['‘]?(?!(?:${NOT_MISSING})['’]?: )(?<program>[a-z][\w.+-]{0,100})['’]?: (?:(?:command )?not found|Cannot exec: No such file or directory|(?<=^(?:xargs|env): .{1,110})No such file or directory)$`,
    ),
    (_situation, { program }) => inImage(program),
  ),

  // Variables
  known(
    'variable-not-set',
    /(?:^|: )(?!KUBECONFIG|RUNNER_)(?<name>[A-Za-z_]\w{0,100}): (?:(?:unbound variable|parameter (?:null or )?not set)$|(?<=(?:^|: )(?:line )?\d{1,9}: [A-Z_][A-Z0-9_]{0,100}: ).*\b(?:empty|missing|needed|required|set|unset)\b)/,
    variableFacts,
  ),
  known(
    'variable-not-set',
    /\$\{?(?<name>GITHUB_(?:ENV|PATH|STATE))\}?: ambiguous redirect$|(?:cannot|can't) create : (?:Directory nonexistent|nonexistent directory)|^(?:line )?\d{1,9}: : No such file or directory/,
    variableFacts,
  ),
];

/** The namespace in which something was not ready: the one in the error, or else the command's. */
function waitedFor(situation: Situation, { namespace }: Captured): Values {
  return { namespace: namespace ?? situation.namespace ?? 'NAMESPACE' };
}

/** @param program undefined if what is missing is a Git repository */
function inImage(program: string | undefined): Values {
  return {
    program,
    near: program === undefined ? undefined : nearestName(program, PROGRAMS),
    forAzure: program === 'az' || program === 'azd',
  };
}

function variableFacts({ variables = [] }: Situation, { name }: Captured): Values {
  const ofRunner = name === undefined || /^GITHUB_(?:ENV|PATH|STATE)$/.test(name);
  const near = name && nearestPath(name, variables);
  return { name, ofRunner, near, unlisted: ofRunner || near !== undefined ? undefined : name };
}

/**
 * Exit codes that say how a process ended. They are reported whatever the output says, since that
 * ended the command.
 */
export const EXIT_CODES = [
  known('exit-code-137', { exitCode: 137 }),
  known('exit-code-139', { exitCode: 139 }),
  known('exit-code-143', { exitCode: 143 }),
];
