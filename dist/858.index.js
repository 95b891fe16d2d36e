export const id = 858;
export const ids = [858];
export const modules = {

/***/ 6793:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J4: () => (/* binding */ reportsBrokenCall),
/* harmony export */   O1: () => (/* binding */ describeAnswer),
/* harmony export */   Q$: () => (/* binding */ dateOf),
/* harmony export */   Tq: () => (/* binding */ isAnswer),
/* harmony export */   Vs: () => (/* binding */ retryAfterMs),
/* harmony export */   cg: () => (/* binding */ serviceError),
/* harmony export */   dg: () => (/* binding */ isTransient),
/* harmony export */   qs: () => (/* binding */ requestIds),
/* harmony export */   r1: () => (/* binding */ isFromArm),
/* harmony export */   v6: () => (/* binding */ isFromEntra)
/* harmony export */ });
/* harmony import */ var _text_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1789);
/* harmony import */ var _text_long_words_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3045);
/* harmony import */ var _wordings_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1158);



/** Whether a request has ended with an answer, or with none, instead of what it was sent for. */
function isAnswer(outcome) {
    return 'kind' in outcome;
}
/**
 * Whether the same request may succeed later: it was throttled, the service is in trouble, or the
 * connection broke. ARM also sends 499 to clients that are still waiting (AzAPICall#49).
 */
function isTransient(answer) {
    if (answer.kind === 'unanswered')
        return answer.sent === 'never' || answer.sent === 'perhaps';
    return [408, 429, 499].includes(answer.status) || answer.status >= 500;
}
/** Codes such as `GatewayTimeout`. A resource may be called "timeout", so only codes are tested. */
const BROKEN_CALL_CODE = /timed?[_-]?out|cancell?ed|client[_-]?closed/i;
/**
 * Whether a service reports that a call of its own broke or was canceled. Whatever the status,
 * that leaves open what the call has done.
 */
function reportsBrokenCall({ body }) {
    const { code } = serviceError(body);
    return BROKEN_CALL_CODE.test(code) || _wordings_js__WEBPACK_IMPORTED_MODULE_0__/* .BROKEN_CALL */ .FE.some(({ pattern }) => pattern.test(body));
}
/** When an answer was sent, by its `Date`, in milliseconds since the epoch. NaN if it has none. */
function dateOf(answer) {
    return answer.kind === 'answered' ? Date.parse(answer.headers['date'] ?? '') : NaN;
}
/** A longer text is neither a code nor a request ID. */
const MAX_CODE = 100;
/**
 * What a service said about its failure: `{"error":{"code","message"}}`, the same at the top level,
 * Entra's `{"error","error_description"}`, the title of a proxy's page, or plain text. Untrusted
 * text, empty if nothing is readable.
 */
function serviceError(body) {
    const parsed = (0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(body);
    if ((0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isRecord */ .u4)(parsed)) {
        const inner = (0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isRecord */ .u4)(parsed['error']) ? parsed['error'] : parsed;
        const code = inner['code'] ?? inner['error'];
        const message = inner['message'] ?? inner['error_description'];
        return {
            code: typeof code === 'string' && code.length <= MAX_CODE ? code : '',
            message: typeof message === 'string' ? (0,_text_long_words_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$)(message) : '',
        };
    }
    const title = /<title>(?:\d{3} )?([^<]{0,1000})<\/title>/i.exec(body.slice(0, 16_384))?.[1];
    const plainText = /^\s*</.test(body) ? '' : body;
    return { code: '', message: (0,_text_long_words_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$)((title ?? plainText).trim()) };
}
/**
 * Whether ARM itself answered, in JSON with a code. An empty body, a page, or other JSON may be a
 * gateway's.
 */
function isFromArm(answer) {
    const body = (0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(answer.body);
    const code = (0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)((0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(body, 'error'), 'code') ?? (0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(body, 'code');
    return typeof code === 'string' && code !== '';
}
/** Whether Entra itself answered, with one of its errors. Anything else may be a gateway's. */
function isFromEntra(answer) {
    const error = (0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)((0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(answer.body), 'error');
    return typeof error === 'string' && error !== '';
}
/**
 * How many milliseconds `Retry-After` asks the caller to wait, whatever the status: a number of
 * seconds, or an HTTP date compared with the answer's own `Date`.
 */
function retryAfterMs(answer) {
    if (answer.kind === 'unanswered')
        return undefined;
    const { 'retry-after': value = '', date = '' } = answer.headers;
    if (/^\d{1,9}$/.test(value.trim()))
        return Number(value) * 1000;
    const wait = Date.parse(value) - Date.parse(date);
    return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}
/**
 * An answer in one line. Untrusted text. A success's body is left out: it may contain a token or
 * unmasked output.
 */
function describeAnswer(answer) {
    if (answer.kind === 'unanswered')
        return `no answer (${answer.cause})`;
    const { code, message } = serviceError(answer.status < 300 ? '' : answer.body);
    const words = [code, message].filter((word) => word !== '').join(': ');
    return `HTTP ${answer.status} ${words}`.trimEnd();
}
/** The IDs that Azure's support asks for. Untrusted text. */
function requestIds(answer) {
    if (answer.kind === 'unanswered')
        return '';
    const ids = [];
    for (const name of ['x-ms-request-id', 'x-ms-correlation-request-id']) {
        const id = answer.headers[name] ?? '';
        if (id !== '' && id.length <= MAX_CODE)
            ids.push(`${name} ${id}`);
    }
    return ids.join(', ');
}


/***/ }),

/***/ 6370:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GN: () => (/* binding */ METADATA_PATH),
/* harmony export */   QN: () => (/* binding */ AKS_SERVER),
/* harmony export */   _6: () => (/* binding */ readMetadata),
/* harmony export */   lw: () => (/* binding */ parseCloud),
/* harmony export */   mG: () => (/* binding */ API_VERSION),
/* harmony export */   qZ: () => (/* binding */ PUBLIC_CLOUD),
/* harmony export */   vD: () => (/* binding */ CLOUD_NAMES)
/* harmony export */ });
/* harmony import */ var _text_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1789);

/** What `clusterToken` is for: the AKS server application, the same in every cloud. */
const AKS_SERVER = '6dae42f8-4368-4678-94ff-3960e28e3630';
/**
 * A version of AKS's API that every cloud serves. Sovereign clouds lack the SDK's newest for months
 * (azure-cli#23985). `RunCommandRequest` is the same from this version to 2026-06-01.
 */
const API_VERSION = '2024-05-01';
const METADATA_PATH = '/metadata/endpoints?api-version=2022-09-01';
/** The default. */
const PUBLIC_CLOUD = {
    name: 'azurecloud',
    authority: 'https://login.microsoftonline.com',
    resourceManager: 'https://management.azure.com',
    audience: 'api://AzureADTokenExchange',
};
/**
 * The clouds that `azure/login` knows by name and whose identities can be federated, with the
 * audience that each expects in an ID token. If you add one, add it to action.yml, docs/LIMITS.md,
 * docs/TROUBLESHOOTING.md, and examples/sovereign-cloud.yml, too. Tests check that. Messages take
 * the names from here, so update their golden files.
 */
const CLOUDS = [
    PUBLIC_CLOUD,
    {
        name: 'azureusgovernment',
        authority: 'https://login.microsoftonline.us',
        resourceManager: 'https://management.usgovcloudapi.net',
        audience: 'api://AzureADTokenExchangeUSGov',
    },
    {
        name: 'azurechinacloud',
        authority: 'https://login.chinacloudapi.cn',
        resourceManager: 'https://management.chinacloudapi.cn',
        audience: 'api://AzureADTokenExchangeChina',
    },
];
const CLOUD_NAMES = CLOUDS.map(({ name }) => name);
/**
 * Reads the input `environment`: a known name in any letter case, or an https origin; undefined for
 * anything else. An endpoint expects the audience of the public cloud.
 */
function parseCloud(text) {
    const named = CLOUDS.find(({ name }) => name === text.toLowerCase());
    if (named !== undefined)
        return named;
    const url = httpsUrl(text);
    if (url === undefined || url !== new URL(url).origin)
        return undefined;
    return { name: url, resourceManager: url, audience: PUBLIC_CLOUD.audience };
}
/**
 * `https://management.TENANT.onmicrosoft.com/GUID`: the application that stands for one Azure Stack
 * Hub.
 */
const STACK_AUDIENCE = /^https:\/\/management\.[a-z0-9.-]{1,253}\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/**
 * Reads an ARM endpoint's metadata: one cloud, or a list of clouds. Undefined if it has no https
 * login endpoint. Tokens are for the endpoint itself if it lists itself, and otherwise for the
 * first audience that it lists. From an `az` session, that must look like Azure Stack Hub's:
 * otherwise, an endpoint could name a Key Vault, and get a token for that. An ID token goes
 * wherever the endpoint says anyway.
 */
function readMetadata(metadata, resourceManager, withIdToken) {
    const clouds = Array.isArray(metadata) ? metadata : [metadata];
    const own = clouds.find((cloud) => httpsUrl((0,_text_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(cloud, 'resourceManager')) === resourceManager);
    const only = clouds.length === 1 ? clouds[0] : undefined;
    const authentication = (0,_text_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(own ?? only, 'authentication');
    const authority = httpsUrl((0,_text_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(authentication, 'loginEndpoint'));
    if (authority === undefined)
        return undefined;
    const listed = (0,_text_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(authentication, 'audiences');
    const audiences = Array.isArray(listed) ? listed.map(httpsUrl) : [];
    if (audiences.includes(resourceManager))
        return { authority, resource: resourceManager };
    const usable = audiences
        .filter((audience) => audience !== undefined)
        .find((audience) => withIdToken || STACK_AUDIENCE.test(audience));
    return { authority, resource: usable ?? resourceManager };
}
/**
 * An https URL without credentials, query, fragment, or trailing slash; undefined for anything
 * else.
 */
function httpsUrl(text) {
    if (typeof text !== 'string' || !URL.canParse(text))
        return undefined;
    const url = new URL(text);
    const isPlain = url.protocol === 'https:' && !url.username && !url.password && !url.search && !url.hash;
    if (!isPlain)
        return undefined;
    // The lookbehind lets a run of slashes match only from its start, which keeps this linear.
    return `${url.origin}${url.pathname}`.replace(/(?<!\/)\/+$/, '');
}


/***/ }),

/***/ 2933:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ retrying),
/* harmony export */   z: () => (/* binding */ countTries)
/* harmony export */ });
/* harmony import */ var _text_duration_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9495);
/* harmony import */ var _text_say_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9892);
/* harmony import */ var _text_visible_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1573);
/* harmony import */ var _answer_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6793);




/**
 * How many times a request is sent if it is not answered or not processed. Throttled attempts don't
 * count.
 */
const MAX_FAILURES = 6;
/**
 * A request is repeated for at most this long. If a service asks for a longer wait, the step does
 * not wait at all.
 */
const MAX_WAIT_MS = 60 * 60 * 1000;
/**
 * A wider spread would leave the service's bucket unused while the last jobs of a matrix still
 * wait.
 */
const MAX_SPREAD_MS = 15_000;
/**
 * Counts the tries of one request. This is the only policy for how often and how soon a request is
 * repeated. The returned function takes the answer to the last try, and returns how many
 * milliseconds to wait before the next one; undefined if there is none.
 */
function countTries({ clock, random }) {
    const begin = clock.monotonic();
    let throttled = 0;
    let failures = 0;
    return (answer) => {
        let wait = (0,_answer_js__WEBPACK_IMPORTED_MODULE_2__/* .retryAfterMs */ .Vs)(answer);
        if (answer.kind === 'answered' && answer.status === 429) {
            // A growing random share is added, to spread the jobs of a matrix out.
            const spread = Math.min(1000 * 2 ** throttled, MAX_SPREAD_MS);
            wait = (wait ?? 1000) + random() * spread;
            throttled += 1;
        }
        else {
            wait ??= Math.min(1000 * 2 ** failures, 16_000);
            failures += 1;
        }
        const isLast = failures >= MAX_FAILURES || clock.monotonic() + wait - begin > MAX_WAIT_MS;
        return isLast ? undefined : wait;
    };
}
/**
 * Repeats a request that is safe to repeat until it succeeds, fails for good, or the step is
 * canceled. If throttled, it waits as Azure asks, for up to an hour; any other transient failure
 * is tried six times. Logs each retry.
 *
 * @returns what the last attempt returned: a success can be anything, a failure is an answer
 */
async function retrying(what, attempt, ports) {
    const { clock, log, cancelled } = ports;
    const pauseAfter = countTries(ports);
    for (;;) {
        const tried = await attempt();
        if (!(0,_answer_js__WEBPACK_IMPORTED_MODULE_2__/* .isAnswer */ .Tq)(tried) || !(0,_answer_js__WEBPACK_IMPORTED_MODULE_2__/* .isTransient */ .dg)(tried))
            return tried;
        const wait = cancelled.aborted ? undefined : pauseAfter(tried);
        if (wait === undefined)
            return tried;
        // All of it is one line, with the service's words last, so that two loops at once are readable.
        const retry = (0,_text_say_js__WEBPACK_IMPORTED_MODULE_1__/* .say */ .cv) `${what} failed. Retrying in ${(0,_text_duration_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(Math.ceil(wait / 1000))}:`;
        log.show(`${retry.plain} ${(0,_text_visible_js__WEBPACK_IMPORTED_MODULE_3__/* .visible */ .RK)((0,_answer_js__WEBPACK_IMPORTED_MODULE_2__/* .describeAnswer */ .O1)(tried).replaceAll(/\s+/g, ' '))}`);
        await clock.sleep(wait, cancelled);
        if (cancelled.aborted)
            return tried;
    }
}


/***/ }),

/***/ 1158:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B6: () => (/* binding */ OF_CLUSTER),
/* harmony export */   FE: () => (/* binding */ BROKEN_CALL),
/* harmony export */   HK: () => (/* binding */ OTHER_OPERATION),
/* harmony export */   Sz: () => (/* binding */ NEVER_CREATED),
/* harmony export */   Yd: () => (/* binding */ NOT_STARTED),
/* harmony export */   k3: () => (/* binding */ DENIED_BY_WEBHOOK),
/* harmony export */   yu: () => (/* binding */ BUSY)
/* harmony export */ });
/** Another operation on the cluster is in the way. */
const BUSY = {
    pattern: /\bin[ -]progress\b/i,
    seen: [
        // Azure/terraform-azurerm-avm-ptn-aks-production#25
        'Operation is not allowed: Another operation (Updating) is in progress, please wait for it …',
        "Operation is not allowed because there's an in-progress PutExtensionAddonHandler.PUT …",
    ],
};
/** AKS stopped waiting for the pod. */
const NOT_STARTED = {
    pattern: /did not start within|pod is not schedulable/i,
    seen: [
        'container command-… in aks-command namespace did not start within 30s on your cluster, …',
        'Pod is not schedulable: Insufficient resources for the RunCommand pod',
    ],
};
/** Something failed in the cluster: a code or a message, perhaps of an inner error. */
const OF_CLUSTER = {
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
const NEVER_CREATED = [
    {
        // Kubernetes RBAC
        pattern: /^(?:pods|configmaps|namespaces)(?: "[^"]*")? is forbidden: User "[^"]*" cannot create resource "(?:pods|configmaps|namespaces)"/,
        seen: [
            'pods is forbidden: User "x" cannot create resource "pods" in API group "" in the …',
            'configmaps "command-1" is forbidden: User "x" cannot create resource "configmaps" in API …',
            'namespaces is forbidden: User "x" cannot create resource "namespaces" in API group "" at …',
        ],
    },
    {
        // Quotas, pod security levels, limit ranges, and namespaces that are being deleted
        pattern: /^(?:pods|configmaps) "[^"]*" is forbidden: (?:exceeded quota|violates PodSecurity|\[?(?:maximum|minimum) \S+ usage per (?:Container|Pod)|unable to create )/,
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
const DENIED_BY_WEBHOOK = {
    pattern: /^admission webhook "[^"]*" denied the request\b/,
    seen: [
        'admission webhook "validation.gatekeeper.sh" denied the request: [azurepolicy-container-…] …',
        'admission webhook "validate.kyverno.svc-fail" denied the request: \n\nresource Pod/aks-… …',
        'admission webhook "a.example" denied the request without explanation',
    ],
};
/** Policies can deny these, too (AKS#4271), or AKS fails at them, and then a pod exists. */
const OTHER_OPERATION = {
    pattern: /\b(?:pod)?(?:attach|connect|delet|exec|patch|updat)/i,
    seen: ['failed to execute on pod after retry: SPDYExecutor.SentAADToken retry failed: …'],
};
/**
 * A call of the service's own broke or was canceled. The name of a resource has no blanks, slashes,
 * or colons, so it can't look like these.
 */
const BROKEN_CALL = [
    {
        // It took too long.
        pattern: /timed out|deadline exceeded|(?:i\/o|handshake|request|connection|gateway|read|write) timeout/i,
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
        pattern: /connection (?:was |is )?(?:reset|refused|aborted|closed|lost)|forcibly closed|closed network connection|broken pipe|(?:unexpected |: )EOF\b|transport is closing|server sent GOAWAY/i,
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


/***/ }),

/***/ 3147:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $g: () => (/* binding */ shownEnd),
/* harmony export */   fU: () => (/* binding */ withoutCutStart),
/* harmony export */   mX: () => (/* binding */ withoutCutEnd),
/* harmony export */   pJ: () => (/* binding */ endOf),
/* harmony export */   s: () => (/* binding */ shownStart)
/* harmony export */ });
/* harmony import */ var _visible_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1573);

// Where a text may be cut. A log hides a masked secret only if all of it is there, so a cut removes
// the whole word that it goes through, however long: everything between two blanks.
/** A text that was cut at its end, without the word that the cut may have gone through. */
function withoutCutEnd(text) {
    return text.replace(/(?<!\S)\S+$/, '');
}
/** A text that was cut at its start, without the word that the cut may have gone through. */
function withoutCutStart(text) {
    return text.replace(/^\S+/, '');
}
/**
 * The end of a text. It begins at the start of a line, or, if the last line is too long, of a word.
 */
function endOf(text, maxBytes) {
    // A character takes at least one byte, so nothing that fits is cut off. One more character shows
    // whether what fits starts at a line.
    const bytes = Buffer.from(text.slice(Math.max(0, text.length - maxBytes - 1)));
    if (bytes.length <= maxBytes)
        return text;
    const from = bytes.length - maxBytes;
    const line = bytes.indexOf('\n', from - 1) + 1;
    if (line > 0 && line < bytes.length)
        return bytes.toString('utf8', line);
    const isStart = (byte) => (byte & 0xc0) !== 0x80;
    const start = from + Math.max(0, bytes.subarray(from, from + 4).findIndex(isStart));
    return withoutCutStart(bytes.toString('utf8', start));
}
/** The start of a text that is shown: without escape sequences, and cut between words. */
function shownStart(text, maxCharacters) {
    const shown = (0,_visible_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutEscapes */ .Lx)(text);
    if (shown.length <= maxCharacters)
        return shown;
    return `${withoutCutEnd(shown.slice(0, maxCharacters))}…`;
}
/**
 * The end of a text that is shown: without escape sequences, and of whole lines, or of whole words
 * of the last line.
 */
function shownEnd(text, maxBytes) {
    const shown = (0,_visible_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutEscapes */ .Lx)(text);
    const end = endOf(shown, maxBytes);
    const isWhole = end === shown || shown.endsWith(`\n${end}`);
    return isWhole ? end : `…${end}`;
}


/***/ }),

/***/ 9495:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E9: () => (/* binding */ parseDuration),
/* harmony export */   a3: () => (/* binding */ formatDuration),
/* harmony export */   qo: () => (/* binding */ clockTime)
/* harmony export */ });
/* harmony import */ var _say_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9892);

const UNITS = { h: 3600, m: 60, s: 1 };
/**
 * Formats whole seconds in human-readable form: `less than 1s`, `45s`, `2m 03s`, `2h 05m`. Without
 * spaces, `timeout` accepts them.
 */
function formatDuration(seconds) {
    const parts = [];
    let rest = Math.max(0, Math.round(seconds));
    if (rest === 0)
        return (0,_say_js__WEBPACK_IMPORTED_MODULE_0__/* .say */ .cv) `less than 1s`;
    for (const [unit, size] of Object.entries(UNITS)) {
        const count = Math.floor(rest / size);
        rest -= count * size;
        if (count === 0)
            continue;
        const digits = parts.length === 0 ? String(count) : String(count).padStart(2, '0');
        parts.push(`${digits}${unit}`);
    }
    return (0,_say_js__WEBPACK_IMPORTED_MODULE_0__/* .unquoted */ .qZ)(parts.join(' '));
}
/** Whole seconds since the epoch as a time of day: `12:01:30 UTC`. */
function clockTime(seconds) {
    return (0,_say_js__WEBPACK_IMPORTED_MODULE_0__/* .unquoted */ .qZ)(`${new Date(seconds * 1000).toISOString().slice(11, 19)} UTC`);
}
/** No duration needs more than nine digits of a unit. */
const PATTERN = /^(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?$/;
/**
 * Reads `90s`, `15m`, or `1h30m` as whole seconds. A number needs its unit, because `10` looks like
 * minutes.
 */
function parseDuration(text) {
    const [match = '', hours = 0, minutes = 0, seconds = 0] = PATTERN.exec(text) ?? [];
    if (match === '')
        return undefined;
    return Number(hours) * UNITS.h + Number(minutes) * UNITS.m + Number(seconds);
}


/***/ }),

/***/ 1789:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ZZ: () => (/* binding */ field),
/* harmony export */   qF: () => (/* binding */ parseJson),
/* harmony export */   u4: () => (/* binding */ isRecord)
/* harmony export */ });
/** Parses JSON; undefined if the text is not JSON. */
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** A field of parsed JSON; undefined if there is none. */
function field(value, name) {
    return isRecord(value) ? value[name] : undefined;
}


/***/ }),

/***/ 3045:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ clip)
/* harmony export */ });
/* harmony import */ var _cut_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3147);

/**
 * Sentences have no words longer than this, but a zip in base64 is one, even in lines of 76
 * characters (RFC 2045), and so is a token.
 */
const LONGEST_WORD = 75;
const MAX_TEXT = 1500;
/** Long words that a sentence may well have, without the punctuation around them. */
const RESOURCE_ID = /^(?:\/[\w.()-]{1,90}){2,40}$/;
const IMAGE = /^[\w.:/-]{1,200}@sha256:[0-9a-f]{64}$/;
const URL_WITHOUT_QUERY = /^https?:\/\/[\w.:[\]-]{1,260}(?:\/[\w.~%()-]{0,90}){0,40}$/i;
const PUNCTUATION = /^["'`([{<]{1,5}|["'`)\]}>.,;:]{1,5}$/g;
/**
 * What a service said, so that a message that quotes it stays readable. A service may quote a part of
 * a request, or write it in a way that {@link Secrets} does not know. So of a long word, only its
 * length is shown, unless it is a resource ID, an image with a digest, or a URL without a query.
 */
function clip(text) {
    const words = text.replaceAll(/\S+/g, (word) => word.length > LONGEST_WORD && !isKnownForm(word) ? `… (${word.length} characters)` : word);
    return words.length > MAX_TEXT ? `${(0,_cut_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutCutEnd */ .mX)(words.slice(0, MAX_TEXT))}…` : words;
}
function isKnownForm(word) {
    const bare = word.replaceAll(PUNCTUATION, '');
    return [RESOURCE_ID, IMAGE, URL_WITHOUT_QUERY].some((form) => form.test(bare));
}


/***/ }),

/***/ 9892:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BD: () => (/* binding */ enumerated),
/* harmony export */   KH: () => (/* binding */ isText),
/* harmony export */   Kx: () => (/* binding */ withoutPeriod),
/* harmony export */   cv: () => (/* binding */ say),
/* harmony export */   kh: () => (/* binding */ ticksAround),
/* harmony export */   l2: () => (/* binding */ capitalized),
/* harmony export */   oR: () => (/* binding */ joined),
/* harmony export */   p_: () => (/* binding */ list),
/* harmony export */   qZ: () => (/* binding */ unquoted)
/* harmony export */ });
/* harmony import */ var _visible_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1573);

/**
 * A text for users, on one line: our own words in Markdown, with every value as a code span. Logs,
 * annotations, and job summaries show the same text; a log also shows the backticks.
 */
class Text {
    kind = 'text';
    markdown;
    /** The same without any backtick, which would start a command in a shell. */
    plain;
    constructor(markdown, plain) {
        this.markdown = markdown;
        this.plain = plain;
    }
    toString() {
        return this.markdown;
    }
}
function isText(value) {
    return value instanceof Text;
}
/**
 * The tag of a text. Literals are our own Markdown, and a line break between their words is a
 * space. A string becomes a code span, whatever it contains; numbers and texts stay as they are. A
 * period after a question is left out.
 */
function say(literals, ...values) {
    const texts = values.map(textOf);
    const parts = literals.map((literal, at) => {
        const isAfterQuestion = texts[at - 1]?.markdown.endsWith('?') ?? false;
        return isAfterQuestion ? literal.replace(/^\./, '') : literal;
    });
    return new Text(oneLine(parts, texts.map(String)), oneLine(parts, texts.map((text) => text.plain)).replaceAll('`', ''));
}
/** A sentence without its period, as the start of another one or as a headline. */
function withoutPeriod({ markdown, plain }) {
    return new Text(markdown.replace(/\.$/, ''), plain.replace(/\.$/, ''));
}
/**
 * A name that a pattern has checked, a size, or a duration: it needs no code span. Only the files
 * that eslint.config.js lists may import this.
 */
function unquoted(text) {
    return new Text(text, text);
}
/** Texts with the separator between them, which is Markdown of ours. */
function joined(texts, separator) {
    const join = (parts) => parts.join(separator);
    return new Text(join(texts.map(({ markdown }) => markdown)), join(texts.map((text) => text.plain)));
}
/** How many values a sentence lists. */
const MOST_LISTED = 20;
/** Values with commas between them. Of many, the first ones and a count. */
function list(values) {
    const listed = joined(values.slice(0, MOST_LISTED).map(textOf), ', ');
    const more = values.length - MOST_LISTED;
    return more > 0 ? say `${listed}, and ${more} more` : listed;
}
const FORMATS = {
    and: new Intl.ListFormat('en-US', { type: 'conjunction' }),
    or: new Intl.ListFormat('en-US', { type: 'disjunction' }),
};
/** Values as a part of a sentence: `a`, `b`, and `c`. */
function enumerated(values, word) {
    const parts = FORMATS[word].formatToParts(values);
    return joined(parts.map(({ type, value }) => (type === 'element' ? codeSpan(value) : unquoted(value))), '');
}
/** The same text at the beginning of a sentence. */
function capitalized({ markdown, plain }) {
    // Code keeps its case.
    if (markdown.startsWith('`'))
        return new Text(markdown, plain);
    const upper = (text) => text.charAt(0).toUpperCase() + text.slice(1);
    return new Text(upper(markdown), upper(plain));
}
function textOf(value) {
    if (isText(value))
        return value;
    if (typeof value === 'string')
        return codeSpan(value);
    // Something shows that a value is missing, so that a test or a reader finds it.
    return unquoted(value === undefined ? '…' : String(value));
}
/** Untrusted text as code, in which nobody reads Markdown, HTML, a link, a mention, or math. */
function codeSpan(value) {
    const shown = value === '' ? '""' : (0,_visible_js__WEBPACK_IMPORTED_MODULE_0__/* .visible */ .RK)(value);
    const ticks = ticksAround(shown, 1);
    // A backtick at the end would join the others, and a blank at both ends would be left out.
    const pad = /^`|`$|^ .* $/.test(shown) ? ' ' : '';
    // Otherwise, the period of a sentence would turn `.` into `..`.
    const quote = shown.endsWith('.') ? '"' : '';
    const plain = shown.replaceAll('`', "'");
    return new Text(ticks + pad + shown + pad + ticks, quote + plain + quote);
}
/** More backticks than any run of them in the text has, so that the text cannot end its code. */
function ticksAround(text, least) {
    let count = least;
    for (const [run] of text.matchAll(/`+/g))
        count = Math.max(count, run.length + 1);
    return '`'.repeat(count);
}
/** Literals and values on one line. A line break in a literal is a space. */
function oneLine(literals, values) {
    const raw = literals.map((literal) => literal.replaceAll(/\n\s*/g, ' '));
    return String.raw({ raw }, ...values).trim();
}


/***/ }),

/***/ 1573:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Lx: () => (/* binding */ withoutEscapes),
/* harmony export */   Mk: () => (/* binding */ escaped),
/* harmony export */   RK: () => (/* binding */ visible),
/* harmony export */   bh: () => (/* binding */ partsAlwaysShown),
/* harmony export */   gB: () => (/* binding */ visibleLines)
/* harmony export */ });
/**
 * Characters that are invisible, or make visible text misleading: controls, line separators, format
 * and bidirectional characters, all that Unicode tells programs to ignore, and unpaired surrogates.
 * The only exception is the selector that turns the character before it into an emoji.
 */
const UNSEEN = /(?!(?<=\p{Extended_Pictographic})\ufe0f)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Surrogate}]/gu;
/**
 * Untrusted text on one line, with every character visible: others are written like `\u000a`. All
 * untrusted text that is quoted goes through here: a name, a value, a service's words, and above
 * all a command to paste. The only exception is the command's output, which is shown whole and
 * fenced.
 */
function visible(text) {
    return text.replaceAll(UNSEEN, escaped);
}
/** The same for text with several lines, which stay separate lines. Tabs stay tabs. */
function visibleLines(text) {
    return text
        .split(/\r\n?|\n/)
        .map((line) => line.split('\t').map(visible).join('\t'))
        .join('\n');
}
/**
 * Sequences that move a cursor, or set colors or a title: an OSC with its end, a CSI, any other
 * escape. Each part ends at the next escape, so no text is read twice: Node's
 * `stripVTControlCharacters` takes a minute for 200 KiB of these.
 */
const ESCAPES = 
// eslint-disable-next-line no-control-regex
/\u001b\][^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)|(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b[ -/]*[0-~]/g;
/** Text without the sequences that a terminal would act on instead of showing them. */
function withoutEscapes(text) {
    return text.replaceAll(ESCAPES, '');
}
/**
 * The parts of a line that stay as they are, however it is shown: what its invisible characters
 * divide, once escape sequences are gone.
 */
function partsAlwaysShown(line) {
    return withoutEscapes(line).split(UNSEEN);
}
/** Escapes each UTF-16 unit, so that JSON and YAML read the original character. */
function escaped(character) {
    let units = '';
    for (let index = 0; index < character.length; index += 1) {
        units += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
    }
    return units;
}


/***/ })

};
