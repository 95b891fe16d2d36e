/**
 * Words by which a refusal of a submission is understood. Only AKS's message says what happened.
 * `seen` are messages that have them: AKS's as users quote them, and those of Kubernetes, Go, and
 * .NET as their sources have them, from where the pattern begins to read. A test holds each pattern
 * to them.
 */
export type Wording = { readonly pattern: RegExp; readonly seen: readonly string[] };

/** Another operation on the cluster is in the way. */
export const BUSY: Wording = {
  pattern: /\bin[ -]progress\b/i,
  seen: [
    // Azure/terraform-azurerm-avm-ptn-aks-production#25
    'Operation is not allowed: Another operation (Updating) is in progress, please wait for it …',
    "Operation is not allowed because there's an in-progress PutExtensionAddonHandler.PUT …",
  ],
};

/** AKS stopped waiting for the pod. */
export const NOT_STARTED: Wording = {
  pattern: /did not start within|pod is not schedulable/i,
  seen: [
    'container command-… in aks-command namespace did not start within 30s on your cluster, …',
    'Pod is not schedulable: Insufficient resources for the RunCommand pod',
  ],
};

/** Something failed in the cluster: a code or a message, perhaps of an inner error. */
export const OF_CLUSTER: Wording = {
  pattern: /\bkubernetes(?:\w{0,40}error\b| failure)/i,
  seen: [
    'KubernetesOperationError',
    'KubernetesPerformanceError',
    'Failed to run command in managed cluster due to kubernetes failure. details: …',
  ],
};

/**
 * The API server refused to create the pod, its ConfigMap, or the namespace: its first words to
 * AKS. Behind other words, such as "failed to execute on pod", they may be about a pod that exists,
 * and so may any other denial: "pods/log" and "pods/exec" are not "pods".
 */
export const NEVER_CREATED: readonly Wording[] = [
  {
    // Kubernetes RBAC
    pattern:
      /^(?:pods|configmaps|namespaces)(?: "[^"]*")? is forbidden: User "[^"]*" cannot create resource "(?:pods|configmaps|namespaces)"/,
    seen: [
      'pods is forbidden: User "x" cannot create resource "pods" in API group "" in the …',
      'configmaps "command-1" is forbidden: User "x" cannot create resource "configmaps" in API …',
      'namespaces is forbidden: User "x" cannot create resource "namespaces" in API group "" at …',
    ],
  },
  {
    // Quotas, pod security levels, limit ranges, and namespaces that are being deleted
    pattern:
      /^(?:pods|configmaps) "[^"]*" is forbidden: (?:exceeded quota|violates PodSecurity|\[?(?:maximum|minimum) \S+ usage per (?:Container|Pod)|unable to create )/,
    seen: [
      'configmaps "command-1" is forbidden: exceeded quota: small',
      'pods "command-1" is forbidden: exceeded quota: small, requested: pods=1, used: pods=1',
      'pods "command-1" is forbidden: violates PodSecurity "restricted:latest"',
      'pods "command-1" is forbidden: maximum cpu usage per Container is 100m, but limit is 500m',
      'pods "command-1" is forbidden: [minimum cpu usage per Pod is 1, but request is 200m, …]',
      'pods "command-1" is forbidden: unable to create new content in namespace aks-command …',
    ],
  },
];

/**
 * A policy engine refused to create something (Azure/aks-baseline-automation#37, and Microsoft's
 * "Resolve az aks command invoke failures", cause 2): the pod, unless {@link OTHER_OPERATION}.
 */
export const DENIED_BY_WEBHOOK: Wording = {
  pattern: /^admission webhook "[^"]*" denied the request\b/,
  seen: [
    'admission webhook "validation.gatekeeper.sh" denied the request: [azurepolicy-container-…] …',
    'admission webhook "validate.kyverno.svc-fail" denied the request: \n\nresource Pod/aks-… …',
    'admission webhook "a.example" denied the request without explanation',
  ],
};

/** Policies can deny these, too (AKS#4271), or AKS fails at them, and then a pod exists. */
export const OTHER_OPERATION: Wording = {
  pattern: /\b(?:pod)?(?:attach|connect|delet|exec|patch|updat)/i,
  seen: ['failed to execute on pod after retry: SPDYExecutor.SentAADToken retry failed: …'],
};

/**
 * A call of the service's own broke or was canceled. The name of a resource has no blanks, slashes,
 * or colons, so it can't look like these.
 */
export const BROKEN_CALL: readonly Wording[] = [
  {
    // It took too long.
    pattern:
      /timed out|deadline exceeded|(?:i\/o|handshake|request|connection|gateway|read|write) timeout/i,
    seen: [
      'The gateway timed out.',
      'context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
      'read tcp 10.0.0.1:40000->10.0.0.2:443: i/o timeout',
      'net/http: TLS handshake timeout',
      ...['Request', 'Connection', 'Gateway', 'Read', 'Write'].map((what) => `${what} timeout`),
    ],
  },
  {
    // Somebody gave up.
    pattern: /(?:context|request|operation|task|call) (?:was )?cancell?ed|client (?:has )?closed/i,
    seen: [
      'Post "https://10.0.0.1/x": context canceled',
      'net/http: request canceled while waiting for connection',
      'The request was cancelled.',
      'The operation was canceled.',
      'A task was canceled.',
      'The call was canceled.',
      'Client Closed Request',
      'The client has closed the stream.',
    ],
  },
  {
    // The connection broke.
    pattern:
      /connection (?:was |is )?(?:reset|refused|aborted|closed|lost)|forcibly closed|closed network connection|broken pipe|(?:unexpected |: )EOF\b|transport is closing|server sent GOAWAY/i,
    seen: [
      'read: connection reset by peer',
      'dial tcp 10.0.0.2:443: connect: connection refused',
      'The connection was aborted.',
      'The connection is closed.',
      'http2: client connection lost',
      'An existing connection was forcibly closed by the remote host.',
      'use of closed network connection',
      'write: broken pipe',
      'Post "https://10.0.0.1/x": EOF',
      'unexpected EOF',
      'rpc error: code = Unavailable desc = transport is closing',
      'http2: server sent GOAWAY and closed the connection; LastStreamID=1',
    ],
  },
  {
    // There was no connection.
    pattern: /dialing backend|no such host|no route to host|network is unreachable/i,
    seen: [
      'error dialing backend: x',
      'dial tcp: lookup x: no such host',
      'dial tcp 10.0.0.2:443: connect: no route to host',
      'dial tcp 10.0.0.2:443: connect: network is unreachable',
    ],
  },
  {
    // What client-go adds to any failure of a call to the API server
    pattern: /\((?:get|post|put|patch|delete) [a-z]+(?:\.[a-z0-9.-]+)?(?: [a-z0-9.-]+)?\)/i,
    seen: [
      'the server has received too many requests and has asked us to try again later (get pods)',
      'the server is currently unable to handle the request (post pods)',
      'the server was unable to return a response in the time allotted (put configmaps)',
      'the server has asked for the client to provide credentials (patch pods command-1)',
      'the server could not find the requested resource (delete rolebindings.rbac.authorization.k8s.io)',
    ],
  },
];
