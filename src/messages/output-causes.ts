import { API_SERVER, resourceId } from '../azure/managed-cluster.ts';
import { NAMESPACE_VARIABLES } from '../pod/variables.ts';
import { nearestName, nearestPath, plainPath } from '../text/nearest.ts';
import type { Captured, KnownCause } from './known-causes.ts';
import { azureRoleFor, hasNamespace, roleFor } from './kubernetes-roles.ts';
import type { Situation } from './values.ts';
import type { Values } from './writer.ts';

// Errors that a line of the output can show. A hint says what is different in the pod, or behind
// the private cluster, from a `run:` step on the runner: what was not sent and is not in the image,
// the pod's own connection to the cluster, its network, its permissions, and an API server that
// nobody can reach to look. It also says what belongs in another step, or in the commit. Its advice
// must be right whenever a pattern matches. What a program says on any machine is quoted, and needs
// no hint.

/**
 * The resource must be a Kubernetes name. Anything else in its place may be a sentence that a pod
 * made up.
 */
const DENIED = String.raw`cannot (?<verb>[a-z]{1,20}) resource "(?<kind>[a-z][a-z0-9.-]{0,252}(?:/[a-z]{1,63})?)"(?: in API group "(?<group>[a-z0-9.-]{0,253})")?(?:.*in the namespace "(?<namespace>[a-z0-9-]{1,63})"| at the cluster scope)?(?<byAzure>: User does not have access to the resource in Azure)?`;

/** Who lacks which permission, and which role has it. */
function roleFacts(
  { application, cluster }: Situation,
  { verb = '', kind = '', group = '', namespace, byAzure }: Captured,
): Values {
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
    clusterWide: isWide,
    clusterRole: role,
    ownRole: role === undefined,
    ownClusterRole: role === undefined && isWide,
    principal: application?.clientId ?? 'USER',
    azureRole: `Azure Kubernetes Service RBAC ${azureRoleFor(role, resource, isWide)}`,
    roleScope: isWide ? id : `${id}/namespaces/${namespace}`,
    deniedByAzure: byAzure !== undefined,
  };
}

/**
 * Options and variables that name a namespace, perhaps of another program: a missing hint beats a
 * wrong one.
 */
const NAMES_NAMESPACE = new RegExp(
  String.raw`(?<!\S)(?:--namespace|-n|--all-namespaces|-A)|\b(?:${NAMESPACE_VARIABLES.join('|')})\b`,
);

/** Only if nothing names a namespace, kubectl and helm act in `default`. */
function inDefault(
  { namespace, variables = [], command = '' }: Situation,
  { kind }: Captured,
): Values | undefined {
  const isNamed =
    namespace !== undefined ||
    NAMES_NAMESPACE.test(command) ||
    variables.some((name) => NAMESPACE_VARIABLES.includes(name));
  return isNamed || (kind !== undefined && !hasNamespace(kind)) ? undefined : {};
}

/** What was sent that the command may have meant. */
function nearestSent({ packed }: Situation, { path = '' }: Captured): Values {
  const files = packed?.files.map((file) => file.path) ?? [];
  const folders = files.flatMap((file) =>
    Array.from(file.matchAll(/\//g), ({ index }) => file.slice(0, index)),
  );
  const sent = [...files, ...folders];
  return { near: sent.includes(plainPath(path)) ? undefined : nearestPath(path, sent) };
}

/**
 * A file that was sent, and that a shell could not execute (exit code 126). The shell may be in
 * another folder, so no other file may have the same name.
 */
function sentFile({ packed, exitCode }: Situation, { path = '' }: Captured): Values | undefined {
  const file = plainPath(path);
  const [sent, ...others] = (packed?.files ?? []).filter((one) =>
    `/${one.path}`.endsWith(`/${file}`),
  );
  if (exitCode !== 126 || sent?.path !== file || others.length > 0) return undefined;
  return { path: file, name: file.slice(file.lastIndexOf('/') + 1) };
}

/** Not if the command has created it: either it expected the error, or the next run has it. */
function missingNamespace(
  { deletes = false, output = '' }: Situation,
  { missing = '' }: Captured,
): Values | undefined {
  const isCreated = output
    .split(/\r?\n/)
    .some(
      (line) => /^(\S+) (?:created|serverside-applied)$/.exec(line)?.[1] === `namespace/${missing}`,
    );
  return deletes || isCreated ? undefined : {};
}

/**
 * The start of an error of kubectl or helm about a connection that the pod made. The API server
 * makes others, to webhooks and to nodes. Those to the API server are not a matter of the network.
 */
const CONNECTION = String.raw`^(?:Unable to connect to the server: |[Ee]rror: (?!.*(?:\bwebhook\b|Internal error occurred|cluster unreachable|failed to download openapi|:10250\b)).*"https?://[^"]{1,500}".*?: )(?:.*\b)?`;

/** Programs that the image has, and people mistype. */
const IN_IMAGE = ['kubectl', 'helm', 'jq', 'curl'];

/**
 * What a shell misses for other reasons than the image: programs that the image has, but not the
 * command's own PATH, and commands of bash, in sh.
 */
const NOT_MISSING = [...IN_IMAGE, 'source', 'declare', 'shopt', 'pushd', 'popd'].join('|');

/** A program that the pod lacks: one of the runner's, or one of the image with a typo. */
function missingProgram({ program = '' }: Captured): Values {
  // One letter from kubectl, and a program of its own.
  const isTypo = program !== 'kubectx';
  return {
    sudo: program === 'sudo',
    near: isTypo ? nearestName(program, IN_IMAGE) : undefined,
    connects: ['az', 'azd', 'kubelogin'].includes(program),
  };
}

/** Errors that a line of output can show. The first cause that matches wins. */
export const OUTPUT: readonly KnownCause[] = [
  {
    name: 'service-account-forbidden',
    texts: [
      new RegExp(
        `is forbidden: User "system:serviceaccount:aks-command:[a-z0-9.-]{1,253}" ${DENIED}`,
      ),
    ],
    facts: (situation, captured) => ({
      ...roleFacts(situation, captured),
      subjects: 'group=system:serviceaccounts:aks-command',
    }),
  },
  {
    name: 'kubernetes-forbidden',
    texts: [new RegExp(`is forbidden: User "(?!system:serviceaccount:)[^"]*" ${DENIED}`)],
    facts: (situation, captured) => ({
      ...roleFacts(situation, captured),
      subjects: 'user=USER',
    }),
  },
  {
    name: 'webhook-call',
    texts: [
      /(?:failed calling webhook "(?<webhook>[\w.-]{1,253})": |conversion webhook for ).{0,200}Post "https:\/\/(?:(?<service>[a-z0-9-]{1,63})\.(?<namespace>[a-z0-9-]{1,63})\.svc[:/?])?/,
    ],
  },
  {
    name: 'timed-out-waiting',
    texts: [
      /^[Ee]rror: timed out waiting for the condition(?: on (?:deployments|statefulsets|daemonsets|replicasets|jobs|pods)\/.*)?$/,
      /^[Ee]rror: deployment "[^"]{1,253}" exceeded its progress deadline$/,
      // Helm 4
      /^Error: (?:[A-Z]{1,20} FAILED: )?.{0,80}\bresource \w{1,100}\/(?<namespace>[a-z0-9-]{1,63})\/\S{1,253} not ready\. status: /,
      // Helm 3, of which the error of a hook is in the next line
      /^Error: [A-Z]{1,20} FAILED: (?:release \S{1,100} failed[^:]{0,80}: |(?:pre|post)-[a-z]{1,10} hooks failed: )?(?:1 error occurred: \* |client rate limiter Wait returned an error: )?(?:timed out waiting for the condition|context deadline exceeded|rate: Wait\(n=1\) would exceed context deadline)$/,
    ],
    // What is deleted may wait for a finalizer, of which pods and events say nothing.
    facts: ({ deletes = false }) => (deletes ? undefined : {}),
  },
  {
    name: 'helm-pending',
    texts: [
      /^Error: (?:[A-Z]{1,20} FAILED: )?another operation \(install\/upgrade\/rollback\) is in progress$/,
    ],
  },
  {
    name: 'namespace-missing',
    texts: [
      /^[Ee]rror(?: from server \(NotFound\))?: (?:.*: )?namespaces "(?<missing>[a-z0-9-]{1,63})" not found$/,
    ],
    facts: missingNamespace,
  },
  {
    name: 'kind-missing',
    texts: [
      /^[Ee]rror: .*\bno matches for kind "(?<kind>[A-Z][A-Za-z0-9]{0,62})" in version "(?<version>[a-z0-9./-]{1,253})"$/,
    ],
  },
  {
    name: 'immutable-field',
    texts: [
      // kubectl
      /^The (?<kind>[A-Z][A-Za-z0-9]{0,62}) "(?<name>[a-z0-9.-]{1,253})" is invalid: .*\bfield is immutable\b/,
      /^The (?<kind>StatefulSet) "(?<name>[a-z0-9.-]{1,253})" is invalid: spec: Forbidden: updates to statefulset spec for fields other than /,
      // helm
      /^Error: .*: (?<kind>[A-Z][A-Za-z0-9]{0,62})(?:\.[a-z0-9.-]{1,253})? "(?<name>[a-z0-9.-]{1,253})" is invalid: (?:.*\bfield is immutable\b|spec: Forbidden: updates to statefulset spec for fields other than )/,
    ],
    // A command that deletes it expects this error.
    facts: ({ output = '' }, { name = '' }) =>
      output.includes(`"${name}" deleted`) ? undefined : {},
  },
  {
    name: 'in-default',
    texts: [
      /^(?:error: )?[Ee]rror from server \(NotFound\): (?<kind>[a-z.0-9]{1,253}) "[^"]{1,253}" not found(?: in namespace "default")?$/,
      /^Error: (?:uninstall: )?(?:Release not loaded: )?(?:[a-z0-9.-]{1,100}: )?release: not found$/,
    ],
    facts: inDefault,
  },

  {
    name: 'connected-already',
    texts: [
      // The API server did not accept the credentials.
      /^(?:[Ee]rror: )*You must be logged in to the server/,
      /^Error from server \(Unauthorized\)/,
      /^Error: .*(?:the server has asked for the client to provide credentials|: Unauthorized)$/,
      // A kubeconfig or a context of the runner
      /^[Ee]rror: .*\bcontext "[^"\s]{1,253}" does not exist/,
      /^[Ee]rror(?: in configuration)?: (?:no context exists|context was not found)/,
      /^[Ee]rror: .*\b(?:stat|open) \S{0,300}(?:kubeconfig|\.kube\/config): no such file or directory$/,
      // No kubeconfig
      /^The connection to the server localhost:8080 was refused/,
      /^[Ee]rror: .*"http:\/\/localhost:8080\/(?:openapi|version)/,
      // Another address, certificate, or sign-in than the pod's own
      new RegExp(
        `^Unable to connect to the server: dial tcp: lookup \\S{1,253}${API_SERVER.source}`,
      ),
      /^Unable to connect to the server: getting credentials: /,
      /^[Ee]rror: .*cluster unreachable: .*(?:dial tcp: lookup |x509: |getting credentials: )/,
    ],
  },

  {
    name: 'not-in-image',
    texts: [
      // kubectl and helm, before the network and the files: kustomize tries those before Git.
      /^[Ee]rror: .*\b(?:exec: |failed to run )"(?<program>[\w.-]{1,100})": executable file not found in \$PATH$/,
      // Shells
      new RegExp(
        String.raw`(?:^|: )(?:line )?\d{1,9}: (?!(?:${NOT_MISSING}): )(?<program>[a-z][\w.+-]{0,100}): (?:command )?not found$`,
      ),
      // The interpreter of a script, or what tar calls
      /^(?:env|tar \((?:grand)?child\)): ['‘]?(?<program>[a-z][\w.+-]{0,100})['’]?: (?:Cannot exec: )?No such file or directory$/,
    ],
    facts: (_situation, captured) => missingProgram(captured),
  },

  {
    name: 'pod-network',
    texts: [
      // Not to this pod itself
      new RegExp(`${CONNECTION}dial tcp: lookup `),
      new RegExp(
        String.raw`${CONNECTION}dial tcp (?!127\.|\[::1\])\S{3,50}: (?:i/o timeout|connect: )`,
      ),
      new RegExp(`${CONNECTION}(?:net/http: TLS handshake timeout|read: connection reset by peer)`),
      /^The connection to the server (?!localhost|127\.)\S{1,300} was refused/,
      /^curl: \(6\) Could not resolve host: /,
      /^curl: \((?:7|28|35|56)\) (?!.*(?:localhost|127\.0\.0\.1)).*(?:Failed to connect|Connection timed out|reset by peer|SSL_ERROR_SYSCALL|unexpected eof)/,
    ],
  },
  {
    name: 'untrusted-in-pod',
    texts: [
      new RegExp(`${CONNECTION}x509: certificate signed by unknown authority`),
      /^curl: \(60\) .*(?:self[- ]signed certificate|unable to get local issuer certificate)/,
    ],
  },
  {
    name: 'registry-refused',
    texts: [
      /^[Ee]rror: .*(?:\bhttps?:\/\/|\bregistry\b).*(?:(?:\bstatus code |\bstatus: |: )40[13]\b|: basic credential not found)/,
    ],
  },

  {
    name: 'line-endings',
    texts: [
      /\^M: bad interpreter|\r(?!$)|\\r['"’]/,
      // dash and busybox refuse an option that consists of nothing else.
      /[Ii]llegal option -$|illegal option -o pipefail$/,
    ],
  },
  {
    name: 'chart-not-sent',
    texts: [
      /^Error: .*(?:helm dependency build|missing in charts\/ directory: )/,
      /^Error: .*(?:\brepo [\w.-]{1,100} not found$|no repository definition for |no cached repo|no repositories found)/,
      /^Error: .*non-absolute URLs should be in form of repo_name\/path_to_chart/,
    ],
  },
  {
    name: 'not-sent',
    texts: [
      // kubectl and helm
      /^[Ee]rror: .*\bpath "(?<path>[^\s"]{1,300})" (?:does not exist|not found)$/,
      /^[Ee]rror: .*\b(?:open|stat|lstat|error reading) (?:\S{0,300}\/command-files\/)?(?<path>[^\s"]{1,300}): no such file or directory$/,
      /^error: .*evalsymlink failure on '(?:[^']{0,300}\/command-files\/)?(?<path>[^']{1,300})'/,
      // bash
      /(?:^|: )line \d{1,9}: (?:cd: )?(?<path>[^\s:]{1,300}): No such file or directory$/,
      // What a command calls
      /^(?:awk|base64|bash|cat|chmod|cp|diff|find|grep|head|jq|ls|mv|sed|sh|sort|tail|tar(?: \(child\))?|wc): (?:error: )?(?:(?:cannot|can't|Could not) (?:access|open|open file|read|stat):? )?['‘]?(?<path>[^\s:'‘’]{1,300})['’]?: (?:Cannot open: )?No such file or directory$/,
    ],
    facts: nearestSent,
  },
  {
    name: 'not-executable',
    texts: [/(?:^|: )(?:line )?\d{1,9}: (?<path>[^\s:]{1,300}): Permission denied$/],
    facts: sentFile,
  },
  {
    name: 'cannot-start',
    texts: [
      /(?:^|: )(?<path>[^\s:]{1,300}): (?:cannot execute: required file not found|(?:cannot execute binary file: )?Exec format error)$/,
      /(?:^|: )(?<path>[^\s:]{1,300}): \S{1,300}: bad interpreter: /,
    ],
  },

  {
    name: 'variable-not-set',
    texts: [
      /(?:^|: )(?!KUBECONFIG|RUNNER_|GITHUB_(?:ENV|PATH|STATE):)(?<name>[A-Za-z_]\w{0,100}): (?:unbound variable|parameter (?:null or )?not set)$/,
    ],
  },
  {
    name: 'runner-file',
    texts: [
      /\bGITHUB_(?:ENV|PATH|STATE): (?:unbound variable|parameter not set|ambiguous redirect)$/,
      // Without set -u, in bash and in dash
      /^(?:line )?\d{1,9}: (?:: No such file or directory|cannot create : Directory nonexistent)$/,
    ],
  },
];

/**
 * Exit codes that say how a process ended. They are reported whatever the output says, since that
 * ended the command.
 */
export const EXIT_CODES: readonly KnownCause[] = ['137', '139', '143'].map((code) => ({
  name: `exit-code-${code}`,
  codes: [code],
}));
