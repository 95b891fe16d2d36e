import { serviceError, type Answer } from '../azure/answer.ts';
import { resourceId } from '../azure/managed-cluster.ts';
import { base64Length, biggestOf } from '../files/pack.ts';
import { formatBytes } from '../text/bytes.ts';
import { nearestName, nearestPath } from '../text/nearest.ts';
import { biggestFiles } from './file-lists.ts';
import type { Situation } from './values.ts';
import type { Values } from './writer.ts';

// Causes that only the words of a service or a program show. Each row is a section of messages.md;
// the groups that its pattern captures are values of the message. Of a list, the first row that
// matches wins.

/** What a failure can be looked up by. */
export type Signs = {
  readonly code?: string | undefined;
  /** The HTTP status; 0 if there was no answer. */
  readonly status?: number | undefined;
  /** The service's message, or one line of the output. Foreign text. */
  readonly text?: string | undefined;
  readonly exitCode?: number | undefined;
  /** Whether nothing names a namespace, so that kubectl and helm act in `default`. */
  readonly inDefault?: boolean | undefined;
};

/** What identifies a failure: all that is given must match. */
type Match = Omit<Signs, 'code' | 'text'> & {
  readonly codes?: readonly string[];
  readonly text?: RegExp;
};

/** The named groups of a row's `text`, in what matched. Foreign text. */
type Captured = Readonly<Record<string, string | undefined>>;

/** A failure with a known cause. */
export type Row = {
  readonly name: string;
  readonly match: Match;
  /** What else its message has to say. */
  readonly facts: (situation: Situation, captured: Captured) => Values;
};

/** @param match codes, a pattern of the text, or more */
function row(name: string, match: string | RegExp | Match, facts: Row['facts'] = () => ({})): Row {
  if (typeof match === 'string') return { name, match: { codes: match.split(' ') }, facts };
  return { name, match: match instanceof RegExp ? { text: match } : match, facts };
}

/** A row that matches, and what its `text` captured. */
export type Found = { readonly row: Row; readonly captured: Captured };

/** The first row that matches. */
export function lookUp(rows: readonly Row[], signs: Signs): Found | undefined {
  for (const row of rows) {
    const captured = capturedBy(row, signs);
    if (captured) return { row, captured };
  }
  return undefined;
}

/** The message of the first row that matches, and its own values. */
export function find(rows: readonly Row[], signs: Signs, situation: Situation) {
  const found = lookUp(rows, signs);
  return found && choiceOf(found, situation);
}

/** A row's message, and what its placeholders stand for. */
export function choiceOf({ row, captured }: Found, situation: Situation) {
  return { name: row.name, facts: { ...captured, ...row.facts(situation, captured) } };
}

/** The values that a row captures from these signs; undefined if it does not match them. */
function capturedBy({ match }: Row, signs: Signs): Captured | undefined {
  const { code = '', text = '' } = signs;
  const isMatch =
    (match.codes?.includes(code) ?? true) &&
    (match.status ?? signs.status) === signs.status &&
    (match.exitCode ?? signs.exitCode) === signs.exitCode &&
    (match.inDefault ?? signs.inDefault) === signs.inDefault;
  if (!isMatch) return undefined;
  if (match.text === undefined) return {};

  const found = match.text.exec(text);
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
  row('untrusted-certificate', { status: 0, text: /\bcertificate\b|altnames/i }),
  row('proxy-sign-in', { status: 0, text: /the proxy (?<proxy>\S{1,300}) answered 407/ }),
  row('proxy-refused', {
    status: 0,
    text: /the proxy (?<proxy>\S{1,300}) (?:answered|refused)/,
  }),
];

/** What Entra says about a sign-in. */
export const ENTRA = [
  row('no-federated-credential', 'AADSTS700213 AADSTS70021'),
  row('subject-case', 'AADSTS7002138'),
  row('no-credentials', 'AADSTS70025'),
  row('wrong-issuer', {
    codes: ['AADSTS700211'],
    text: /AADSTS700211(?:.*? issuer '(?<entraIssuer>[^']{1,300})')?/s,
  }),
  row('wrong-audience', 'AADSTS700212'),
  row('unknown-application', 'AADSTS700016'),
  row('unknown-tenant', 'AADSTS90002'),
  row('id-token-expired', 'AADSTS700024'),
  row('unknown-resource', 'AADSTS500011 AADSTS1002012'),
  row('conditional-access', 'AADSTS53003'),
  row('application-disabled', 'AADSTS7000112'),
  row('no-service-principal', 'AADSTS7000229'),
  row('entra-temporary', 'AADSTS90033'),
  row('entra-unreachable', { status: 0 }),
];

/** What a session says about a sign-in. */
export const SESSION = [
  // Wrong, and expired.
  row('wrong-secret', 'AADSTS7000215 AADSTS7000222'),
  row('conditional-access', 'AADSTS53003'),
  row('session-expired', /AADSTS(?:700024|700082|70043|50173)\b|\bexpired\b|Interactive auth/),
];

export const ARM_UNREACHABLE = row('arm-unreachable', { status: 0 });

/** Permissions, names, and limits in Azure Resource Manager. */
export const ARM = [
  row('authorization-failed', 'AuthorizationFailed'),
  row('subscription-not-found', 'SubscriptionNotFound InvalidSubscriptionId'),
  row('resource-group-not-found', 'ResourceGroupNotFound'),
  row('cluster-not-found', {
    codes: ['ResourceNotFound'],
    text: /managedClusters\/[^/']{1,100}'/i,
  }),
  row('token-rejected', { status: 401 }),
  row('cluster-token-missing', 'MissingAADClusterToken'),
  row('not-registered', 'MissingSubscriptionRegistration'),
  // Seen with versions that a cloud did not have yet, had retired, or had for some requests only
  // (azure-cli#23985, nebari#2374, azure-cli#28368).
  row('no-api-version', 'NoRegisteredProviderFound'),
  row('blocked-by-policy', 'RunCommandBlockedByAzurePolicy'),
  row('locked', 'ScopeLocked'),
  row('run-command-disabled', /run.?command[^.]{0,40}\bdisabled\b/i),
  row('cluster-stopped', /\bPowerState\W{1,3}Stopped\b|\bcluster\b[^.]{0,80}\bstopped\b/i),
  row(
    'cluster-failed',
    /\bfailed (?:provisioning )?state\b|provisioning ?state[^.]{0,60}\bfailed\b/i,
  ),
  row('policy-denied', /admission webhook .{0,300}denied the request/is),
  row(
    'pod-forbidden',
    /(?:exceeded|failed) quota|violates PodSecurity|\b(?:min|max)imum \S{1,100} usage per /i,
  ),
  row('conflict', { status: 409, text: /\bin[ -]progress\b/i }),
  row('request-too-large', { status: 413 }, ({ packed }) => ({
    size: packed && formatBytes(base64Length(packed.zipBytes)),
    biggest: biggestFiles(biggestOf(packed?.files ?? [])),
  })),
  row('throttled', { status: 429 }),
  ARM_UNREACHABLE,
];

/** Answers that leave open whether the command runs. */
export const SUBMISSION = [
  row('submission-torn', { status: 0 }),
  row('submission-webhook', /failed calling webhook "?(?<webhook>[\w.-]{1,253})/),
  row('node-unreachable', /SPDYExecutor[^]{0,300}error dialing backend/),
  row('api-server-slow', /\/pods\/command-[^]{0,300}net\/http: TLS handshake timeout/),
];

// Hints about the command's output, and only those that a `run:` step on the runner would not need.
// Either the pod or the private cluster differs from a runner (files, folders, and programs that are
// not there, egress, permissions, the default namespace, the pod's own kubeconfig, an API server
// that these users cannot reach to look for themselves), or this action is the cause (`.git` is not
// sent, executable bits and line endings from Windows, lines of the command that YAML joined). What
// kubectl or helm says on any machine is quoted, and needs no row.

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
function roleFacts(subjects: string): Row['facts'] {
  return ({ cluster }, { verb = '', kind = '', group = '', namespace, byAzure }) => {
    const [name = '', subresource] = kind.split('/');
    const inGroup = group === '' ? name : `${name}.${group}`;
    const resource = subresource === undefined ? inGroup : `${inGroup}/${subresource}`;
    const role = roleFor(verb, resource);
    const isWide = namespace === undefined;
    const id = resourceId(cluster);
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
      azureRole: `Azure Kubernetes Service RBAC ${azureRoleFor(role, resource, isWide)}`,
      roleScope: isWide ? id : `${id}/namespaces/${namespace}`,
      deniedByAzure: byAzure !== undefined,
    };
  };
}

/** What is known about a path that was not found. */
function pathFacts({ packed }: Situation, { path = '' }: Captured): Values {
  const files = packed?.files.map((file) => file.path) ?? [];
  const sent = [...files, ...new Set(files.flatMap(foldersOf))];
  const plainPath = path.replaceAll(/^(?:\.\/)+|\/$/g, '');
  const wasSent = sent.includes(plainPath);
  const near = wasSent ? undefined : nearestPath(path, sent);
  const isUnknown = !wasSent && near === undefined;
  // No pattern of `files` can have such a path.
  const leadsOut = /^(?:\/|~|\.\.(?:\/|$))/.test(path);
  return {
    wasSent,
    near,
    sentDeeper: near !== undefined && files.includes(near) && near.endsWith(`/${plainPath}`),
    notSent: isUnknown && !leadsOut,
    outside: isUnknown && leadsOut,
    topFolder: isUnknown && leadsOut ? undefined : topFolder(near ?? path),
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

/** What programs say before a host that their resolver does not know. */
const UNRESOLVED = String.raw`(?:dial tcp: lookup |Could not resolve host: |unable to resolve host address ['‘]|wget: bad address ')`;

/** Errors that a line of output can show. */
export const OUTPUT = [
  row(
    'service-account-forbidden',
    new RegExp(
      `is forbidden: User "system:serviceaccount:aks-command:[a-z0-9.-]{1,253}" ${DENIED}`,
    ),
    roleFacts('group=system:serviceaccounts:aks-command'),
  ),
  row(
    'kubernetes-forbidden',
    new RegExp(`is forbidden: User "(?!system:serviceaccount:)[^"]*" ${DENIED}`),
    roleFacts('user=OBJECT_ID'),
  ),
  row(
    'kubernetes-unauthorized',
    /^(?:[Ee]rror: )*You must be logged in to the server|^Error from server \(Unauthorized\)|^Error: .*the server has asked for the client to provide credentials$/,
  ),
  row(
    'joined-lines',
    /^error: Unexpected args: \[(?:kubectl|helm)\b|\(NotFound\): [\w.]{1,100} "(?:kubectl|helm)" not found/,
  ),
  // Before the rows about paths, because a path may end in a carriage return, which bash and GNU
  // tools quote. Without one, dash and busybox refuse an option that consists of nothing else.
  row(
    'line-endings',
    /: \S{1,300}: cannot execute: required file not found$|: \S{1,300}: bad interpreter|\r(?!$)|\\r['"’]|[Ii]llegal option -$|illegal option -o pipefail$/,
  ),
  row('namespace-not-found', /namespaces? "(?<namespace>[a-z0-9.-]{1,253})" not found/),
  row(
    'resource-not-found',
    {
      text: /^(?:error: )?[Ee]rror from server \(NotFound\): (?:error when \w{1,40} "[^"]{1,300}": )?(?<kind>[\w.]{1,100}) "(?<name>[^"]{1,253})" not found/,
      inDefault: true,
    },
    (_situation, { kind, name }) => ({ object: `${kind}/${name}` }),
  ),
  row('helm-release-not-found', {
    text: /^Error: (?:uninstall: )?(?:Release not loaded: )?(?:[a-z0-9.-]{1,100}: )?release: not found$/,
    inDefault: true,
  }),
  row(
    'no-plugin',
    /^[Ee]rror: unknown command "(?<name>[^"]{1,100})" for "(?<program>kubectl|helm)"$/,
  ),
  row(
    'not-ready',
    /^[Ee]rror: (?:timed out waiting for the condition|deployment "[^"]{1,253}" exceeded its progress deadline|.*resource \w{1,100}\/(?<namespace>[a-z0-9-]{1,63})\/\S{1,253} not ready\. status: |[A-Z]{1,20} FAILED: .*(?:timed out waiting for the condition|context deadline exceeded|would exceed context deadline)$)/,
    ({ namespace: known = 'NAMESPACE' }, { namespace = known }) => ({ namespace }),
  ),
  row(
    'helm-pending',
    /^Error: (?:[A-Z]{1,20} FAILED: )?another operation \(install\/upgrade\/rollback\) is in progress$/,
  ),
  row(
    'helm-dependencies',
    /helm dependency build|missing in charts\/ directory: |no repository definition for |no cached repo.{0,10} helm-manager-/,
  ),
  row(
    'helm-repository',
    /^Error: (?:[A-Z]{1,20} FAILED: )?(?:repo [\w.-]{1,100} not found|no cached repo)/,
  ),
  row(
    'helm-path',
    /^Error: (?:[A-Z]{1,20} FAILED: |failed parsing --set-file data: )?(?:unable to detect chart at \S{1,300}: )?(?:open |path "|non-absolute URLs should be in form of repo_name\/path_to_chart, got: )(?:\/command-files\/)?(?<path>[^\s"]{1,300}?)(?:: no such file or directory|" not found|$)/,
    pathFacts,
  ),
  row(
    'no-context',
    /(?:no context exists with the name: "|context was not found for specified context: |context ")(?<context>[^"\s]{1,253})(?:"$|$|" does not exist)/,
  ),
  row(
    'cluster-name',
    new RegExp(
      String.raw`${UNRESOLVED}(?<host>[^\s.:'’]{1,253}|[^\s:'’]{1,253}\.(?:svc|cluster\.local))(?:[\s:'’]|$)`,
    ),
  ),
  row(
    'api-server-name',
    new RegExp(
      String.raw`${UNRESOLVED}(?<host>[^\s:'’]{1,253}\.azmk8s\.(?:io|us|cn))(?:[\s:'’]|$)`,
    ),
  ),
  row('no-egress', new RegExp(String.raw`${UNRESOLVED}(?<host>[^\s:'’]{1,253})`)),
  row('untrusted-in-pod', /x509: certificate signed by unknown authority|^curl: \(60\)/),
  row('curl-failed', /^curl: \((?:7|28|35|56)\)/),
  row(
    'no-kubeconfig',
    /\blocalhost:8080\b.{0,80}\brefused\b|\[::1\]:8080: connect: connection refused/,
  ),
  row('no-way-to-node', /error dialing backend|:10250\b/),
  row(
    'registry-refused',
    /^(?:Error|error): .*(?:\bhttps?:\/\/|\bregistry\b).*(?:\bstatus code |\bstatus: |: )(?<status>40[13])\b/,
    (_situation, { status }) => ({ status: Number(status) }),
  ),
  // kubectl says the same of a URL as of the API server.
  row(
    'connection-failed',
    /^Unable to connect to the server: |^The connection to the server \S{1,300} was refused|[Kk]ubernetes cluster unreachable|dial tcp [\d.:[\]a-f]{3,50}: i\/o timeout|net\/http: TLS handshake timeout/,
  ),
  row('kubectl-path', /^error: the path "(?<path>[^"]{1,300})" does not exist$/, pathFacts),
  row(
    'kubectl-no-manifests',
    /^error: error reading \[(?<path>[^\]\s]{1,300})\]: recognized file extensions are/,
  ),
  row(
    'kustomize-path',
    /evalsymlink failure on '(?:[^']{0,300}\/command-files\/)?(?<path>[^']{1,300})'/,
    pathFacts,
  ),
  row('git-repository', /^fatal: (?:not a git repository|detected dubious ownership)/),
  row('permission-denied', { text: /: (?<path>\S{1,300}): Permission denied$/, exitCode: 126 }),
  row(
    'access-denied',
    /: (?:(?:cannot|can't) [a-z ]{1,40} )?['‘]?(?<path>[^\s:'‘’]{1,300})['’]?: (?:Permission denied|Read-only file system)$/,
  ),
  row('disk-full', /[Nn]o space left on device/),
  // bash tells a missing script from a missing interpreter. dash and busybox don't.
  row('no-such-script', /(?:^|: )(?<path>\.{0,2}\/[^\s:]{1,300}): not found$/, pathFacts),
  row(
    'no-such-file',
    /^(?:(?:awk|base64|cat|chmod|cp|cut|diff|find|grep|head|jq|ls|mv|rm|sed|sort|tail|tar(?: \(child\))?|tee|touch|wc|bash|(?:da|a)?sh(?:: \d{1,9})?): (?:error: )?|(?:.*: )?(?:cd: )?(?:line )?\d{1,9}: (?:cd: )?)(?:can't cd to |can't open |can't read |cannot access |cannot open |cannot read:? |cannot stat |Could not open file )?['‘]?(?<path>[^\s:'‘’]{1,300})['’]?(?:: (?:Cannot open: )?No such file(?: or directory)?|(?<=can't cd to \S{1,300}))$/,
    pathFacts,
  ),
  row('no-azure-cli', /: (?<program>az|kubelogin|azd): (?:command )?not found$/),
  row(
    'file-command',
    /(?:^|: )(?:GITHUB_ENV|GITHUB_PATH|GITHUB_STATE): (?:unbound variable|parameter not set)|\$\{?GITHUB_(?:ENV|PATH|STATE)\}?: ambiguous redirect$|cannot create : (?:Directory nonexistent|No such file)|^(?:line )?\d{1,9}: : No such file or directory/,
  ),
  row(
    'unbound-variable',
    /(?:^|: )(?<name>[A-Za-z_]\w{0,100}): (?:(?:unbound variable|parameter (?:null or )?not set)$|(?<=(?:^|: )(?:line )?\d{1,9}: [A-Z_][A-Z0-9_]{0,100}: ).*\b(?:empty|missing|needed|required|set|unset)\b)/,
    ({ variables = [] }, { name = '' }) => ({ near: nearestPath(name, variables) }),
  ),
  row(
    'bash-needed',
    /(?:^|: )(?:\[\[|declare|let|mapfile|popd|pushd|readarray|shopt|source|typeset): not found$|[Ss]yntax error: (?:"\(" unexpected|unexpected "\(")|: 1?\(\(: not found$|Bad substitution$|bad substitution$|Illegal option -o pipefail$/,
  ),
  // A name in capitals is rather a variable with spaces around its equals sign.
  row(
    'command-not-found',
    /(?:(?:^|: )line \d{1,9}|^\d{1,9}|: \d{1,9}|\b(?:ba|da|a)?sh(?:: \d{1,9})?|^(?:xargs|env|tar \((?:grand)?child\))): '?‘?(?<program>(?![A-Z_][A-Z0-9_]{0,100}: )[^\s:/'’=[]{1,100})['’]?: (?:(?:command )?not found|Cannot exec: No such file or directory|(?<=^(?:xargs|env): .{1,110})No such file or directory)$/,
    (_situation, { program = '' }) => ({ near: nearestName(program, PROGRAMS) }),
  ),
];

/** A kill is reported whatever the output says, since it ended the command. */
export const KILLED = row('exit-code-137', { exitCode: 137 });
