export const id = 227;
export const ids = [227];
export const modules = {

/***/ 6793:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $Q: () => (/* binding */ clip),
/* harmony export */   C3: () => (/* binding */ retryAfterSeconds),
/* harmony export */   O1: () => (/* binding */ describeAnswer),
/* harmony export */   cg: () => (/* binding */ serviceError),
/* harmony export */   dg: () => (/* binding */ isTransient),
/* harmony export */   qs: () => (/* binding */ requestIds)
/* harmony export */ });
/* unused harmony export deniesPermission */
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5721);

/**
 * Whether the same request may have a better answer later: throttled, a service in trouble, a torn connection. Not where a
 * proxy refused it, or a certificate is not trusted: nothing changes that but somebody's settings.
 */
function isTransient(answer) {
    if (answer.kind === 'unanswered')
        return answer.refused !== true;
    return answer.status === 429 || answer.status === 408 || answer.status >= 500;
}
const NO_WORDS = { code: '', message: '' };
const MAX_FOREIGN_WORDS = 1500;
/** Where a page has its title. */
const MAX_PAGE = 16_384;
/** A code is one word. What is longer is none. */
const MAX_CODE = 200;
/**
 * Reads `{"error":{"code","message"}}`, a top-level `{"code","message"}`, Entra's `{"error","error_description"}`,
 * a proxy's HTML page or an empty body. Never throws; HTML is reduced to its title.
 */
function serviceError(body) {
    const parsed = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(body);
    if ((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(parsed)) {
        const inner = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(parsed['error']) ? parsed['error'] : parsed;
        const code = inner['code'] ?? inner['error'];
        const message = inner['message'] ?? inner['error_description'];
        return {
            code: typeof code === 'string' && code.length <= MAX_CODE ? clip(code) : '',
            message: clip(typeof message === 'string' ? message : ''),
        };
    }
    const title = /<title>([^<]{0,1000})<\/title>/i.exec(body.slice(0, MAX_PAGE))?.[1];
    if (title !== undefined)
        return { code: '', message: clip(title.trim()) };
    return /^\s*</.test(body) ? NO_WORDS : { code: '', message: clip(body.trim()) };
}
/**
 * Whether ARM itself denies a permission: a 403 with JSON that has a code. An empty 403, a page, or words are a gateway's, and
 * say nothing about permissions.
 */
function deniesPermission(answer) {
    if (answer.kind === 'unanswered' || answer.status !== 403)
        return false;
    const body = parseJson(answer.body);
    const code = field(field(body, 'error'), 'code') ?? field(body, 'code');
    return typeof code === 'string' && code !== '';
}
/** Seconds that `Retry-After` asks for, as a number or as an HTTP date against the answer's own `Date`. */
function retryAfterSeconds(headers) {
    const value = headers['retry-after'];
    if (value === undefined)
        return undefined;
    if (/^\d{1,9}$/.test(value.trim()))
        return Number(value);
    const wait = (Date.parse(value) - Date.parse(headers['date'] ?? '')) / 1000;
    return Number.isFinite(wait) ? Math.max(0, Math.ceil(wait)) : undefined;
}
/**
 * One line on an answer for logs and reasons: status, code, words. Foreign text. The body of a success is not shown, as
 * it may hold a token or what is yet to be masked, were it cut in the middle.
 */
function describeAnswer(answer) {
    if (answer.kind === 'unanswered')
        return `no answer (${answer.cause})`;
    const { code, message } = answer.status < 300 ? NO_WORDS : serviceError(answer.body);
    const words = [code, message].filter((word) => word !== '').join(': ');
    return words === '' ? `HTTP ${answer.status}` : `HTTP ${answer.status} ${words}`;
}
/** Where the services put the ids that Azure's support asks for. */
const REQUEST_ID_HEADERS = ['x-ms-request-id', 'x-ms-correlation-request-id'];
const MAX_REQUEST_ID = 100;
/** The ids that Azure's support asks for, where the answer carries them. Foreign text. */
function requestIds(answer) {
    if (answer.kind === 'unanswered')
        return '';
    return REQUEST_ID_HEADERS.flatMap((name) => {
        const id = answer.headers[name] ?? '';
        return id === '' || id.length > MAX_REQUEST_ID ? [] : [`${name} ${id}`];
    }).join(', ');
}
/** The beginning of a JSON object or of a zip, in base64, and what follows: a token, or the files of a request. */
const ECHO = /(?<![\w-])eyJ[\w-]*\.[\w.-]+|(?<![\w+/])UEsDB[\w+/=]+/g;
/**
 * Foreign words, at most so many of them that a message stays one, and without what a service or a gateway may say back of a
 * request: a token is masked in a workflow's log, but not in an output, and at a prompt nowhere.
 */
function clip(text) {
    const words = text.replaceAll(ECHO, '***');
    return words.length > MAX_FOREIGN_WORDS ? `${words.slice(0, MAX_FOREIGN_WORDS)}…` : words;
}


/***/ }),

/***/ 6370:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GN: () => (/* binding */ METADATA_PATH),
/* harmony export */   Nq: () => (/* binding */ parseEnvironment),
/* harmony export */   VL: () => (/* binding */ cloudFromMetadata),
/* harmony export */   Yl: () => (/* binding */ defaultAudience),
/* harmony export */   vD: () => (/* binding */ CLOUD_NAMES),
/* harmony export */   vW: () => (/* binding */ AKS_SERVER_SCOPE)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5721);

/** Scope of the token that a cluster with managed Entra takes: the AKS server application, the same in every cloud. */
const AKS_SERVER_SCOPE = '6dae42f8-4368-4678-94ff-3960e28e3630/.default';
const NAMED = {
    azurecloud: {
        authority: 'https://login.microsoftonline.com',
        resourceManager: 'https://management.azure.com',
        audience: 'api://AzureADTokenExchange',
    },
    azureusgovernment: {
        authority: 'https://login.microsoftonline.us',
        resourceManager: 'https://management.usgovcloudapi.net',
        audience: 'api://AzureADTokenExchangeUSGov',
    },
    azurechinacloud: {
        authority: 'https://login.chinacloudapi.cn',
        resourceManager: 'https://management.chinacloudapi.cn',
        audience: 'api://AzureADTokenExchangeChina',
    },
};
/** The names that `environment` takes, for messages. */
const CLOUD_NAMES = Object.keys(NAMED);
function isCloudName(text) {
    return Object.hasOwn(NAMED, text);
}
/** Reads the `environment` input; undefined where it is neither a known name (in any case) nor an https origin. */
function parseEnvironment(text) {
    const name = text.toLowerCase();
    if (isCloudName(name)) {
        const { authority, resourceManager } = NAMED[name];
        return { kind: 'named', name, cloud: { authority, resourceManager, scope: `${resourceManager}/.default` } };
    }
    const resourceManager = httpsUrl(text);
    return resourceManager !== undefined && new URL(resourceManager).pathname === '/'
        ? { kind: 'endpoint', resourceManager }
        : undefined;
}
/** The audience that Entra expects of GitHub's ID token in this cloud; a custom endpoint keeps the public one. */
function defaultAudience(environment) {
    return NAMED[environment.kind === 'named' ? environment.name : 'azurecloud'].audience;
}
/** The metadata path of an ARM endpoint, as `az cloud register --endpoint-resource-manager` reads it. */
const METADATA_PATH = '/metadata/endpoints?api-version=2022-09-01';
/** `https://management.TENANT.onmicrosoft.com/GUID`: the application that stands for one Azure Stack Hub. */
const STACK_AUDIENCE = /^https:\/\/management\.[a-z0-9.-]{1,253}\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/**
 * Reads an ARM endpoint's metadata.
 *
 * The public endpoint lists every cloud, others describe only themselves. Tokens are asked for the endpoint itself, or for
 * an audience in the form that Azure Stack Hub gives its own. For no other: a session of `az` would fetch a token for
 * whatever an endpoint names, a Key Vault's or the public ARM's, and hand it over.
 *
 * @returns undefined where no https login endpoint can be read from it.
 */
function cloudFromMetadata(metadata, resourceManager) {
    const entries = Array.isArray(metadata) ? metadata : [metadata];
    const entry = entries.find((candidate) => sameUrl((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(candidate, 'resourceManager'), resourceManager)) ??
        (entries.length === 1 ? entries[0] : undefined);
    const authentication = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(entry, 'authentication');
    const loginEndpoint = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(authentication, 'loginEndpoint');
    const authority = typeof loginEndpoint === 'string' ? httpsUrl(loginEndpoint) : undefined;
    if (authority === undefined)
        return undefined;
    const listed = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(authentication, 'audiences');
    const audiences = Array.isArray(listed) ? listed.filter((audience) => typeof audience === 'string') : [];
    const own = audiences.some((audience) => sameUrl(audience, resourceManager));
    const stack = own ? undefined : audiences.find((audience) => STACK_AUDIENCE.test(audience));
    return { authority, resourceManager, scope: `${stack ?? resourceManager}/.default` };
}
/** An https URL without credentials, query, fragment or trailing slash; undefined for anything else. */
function httpsUrl(text) {
    if (!URL.canParse(text))
        return undefined;
    const url = new URL(text);
    const plain = url.protocol === 'https:' && !url.username && !url.password && !url.search && !url.hash;
    return plain ? `${url.origin}${url.pathname}`.replace(/(?<!\/)\/+$/, '') : undefined;
}
function sameUrl(left, right) {
    return typeof left === 'string' && left.replace(/(?<!\/)\/+$/, '').toLowerCase() === right.toLowerCase();
}


/***/ }),

/***/ 3490:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cf: () => (/* binding */ parseCommandId),
/* harmony export */   hA: () => (/* binding */ commandIdOfLocation),
/* harmony export */   r$: () => (/* binding */ commandIdOfMessage)
/* harmony export */ });
const COMMAND_ID = /^[0-9a-f]{32}$/;
/** Reads a command id; undefined for anything else. */
function parseCommandId(text) {
    return COMMAND_ID.test(text) ? text : undefined;
}
/**
 * The command id that a `Location` header ends in. Host and path are not trusted: they came in lower case, and one
 * day without the subscription (azure-cli#22375), and the poll URL is built from the id alone.
 */
function commandIdOfLocation(location) {
    return parseCommandId(/\/commandResults\/([^/?#]+)/i.exec(location ?? '')?.[1]?.toLowerCase() ?? '');
}
/** The command id in AKS's "container command-<id> in aks-command namespace did not start". */
function commandIdOfMessage(message) {
    return parseCommandId(/\bcommand-([0-9a-f]{32})\b/.exec(message)?.[1] ?? '');
}


/***/ }),

/***/ 2515:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ proxyFor),
/* harmony export */   w: () => (/* binding */ proxyProblem)
/* harmony export */ });
/**
 * The proxy for a request, as a URL that Node's agents take. The rules are those of GitHub's runner (RunnerWebProxy.cs), so
 * that a step reaches what its runner reaches: `https_proxy` or `HTTPS_PROXY`, with or without a scheme, never for loopback,
 * and `no_proxy` with `*`, ports, and names that cover everything below them. The lower-case spelling of a variable wins.
 *
 * @returns undefined for a direct connection, and for a variable that {@link proxyProblem} reports.
 */
function proxyFor(url, variable) {
    const { protocol, hostname, port } = new URL(url);
    if (protocol !== 'https:' || /^(?:localhost|\[::1\]|127(?:\.\d+){3})$/.test(hostname))
        return undefined;
    const entries = valueOf('no_proxy', variable).split(/[\s,]+/);
    return entries.some((entry) => bypasses(entry, hostname, port || '443')) ? undefined : readProxy(variable)?.href;
}
/** What is wrong with the proxy's variable: a sentence that shows nothing of it, since a password may be in it. */
function proxyProblem(variable) {
    if (valueOf('https_proxy', variable) === '' || readProxy(variable) !== undefined)
        return undefined;
    return 'HTTPS_PROXY is not the address of an HTTP proxy. Use http://HOST:PORT, or http://USER:PASSWORD@HOST:PORT, and write a % in them as %25.';
}
function valueOf(name, variable) {
    const spellings = [name, name.toUpperCase()].map((spelling) => variable(spelling)?.trim() ?? '');
    return spellings.find((value) => value !== '') ?? '';
}
function readProxy(variable) {
    const value = valueOf('https_proxy', variable);
    const address = value.includes('://') ? value : `http://${value}`;
    const url = URL.canParse(address) ? new URL(address) : undefined;
    return url && /^https?:$/.test(url.protocol) && isEncoded(url.username + url.password) ? url : undefined;
}
/** Node decodes the user name and the password, and throws for what is not encoded. */
function isEncoded(text) {
    try {
        return decodeURIComponent(text) !== '' || text === '';
    }
    catch {
        return false;
    }
}
/** Whether an entry of `no_proxy` is about this host: `host` and all below it, `.host` for those alone, `host:port`, `*`. */
function bypasses(entry, hostname, port) {
    const [, host = entry, only = port] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [];
    const [name, asked] = [host.toLowerCase(), hostname].map((one) => one.replaceAll(/[[\]]/g, ''));
    if (name === '' || only !== port)
        return false;
    return name === '*' || name === asked || asked.endsWith(name.startsWith('.') ? name : `.${name}`);
}


/***/ }),

/***/ 8259:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ readSubmission),
/* harmony export */   Y: () => (/* binding */ rejectsToken)
/* harmony export */ });
/* harmony import */ var _answer_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6793);
/* harmony import */ var _command_id_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3490);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5721);



const NOT_STARTED = /did not start within|pod is not schedulable/i;
/** ARM's codes for a 409 that began nothing and ends by itself: another operation is in progress on the cluster. */
const BUSY = new Set(['OperationNotAllowed', 'AnotherOperationInProgress']);
/** ARM's codes for a 409 that began nothing and stays until someone acts. */
const LASTING = new Set([
    'ReadOnlyDisabledSubscription',
    'MissingSubscriptionRegistration',
    'ResourceGroupBeingDeleted',
    'ScopeLocked',
]);
/** AKS's answer for a stopped cluster, as two users saw it. */
const STOPPED = /preventing RunCommand feature: PowerState=Stopped/i;
/** Codes that tell of a timeout, such as `GatewayTimeout` and `OperationTimedOut`: the service may still be at work. */
const TIMEOUT = /timed?[_-]?out/i;
/** Reads an answer to `runCommand`. Whatever does not prove that the command did not run is `unclear`. */
function readSubmission(answer) {
    if (answer.kind === 'unanswered') {
        if (!(0,_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .isTransient */ .dg)(answer))
            return { kind: 'refused' };
        return answer.sent === 'never' ? { kind: 'try-again', because: 'unreachable' } : { kind: 'unclear' };
    }
    const located = (0,_command_id_js__WEBPACK_IMPORTED_MODULE_1__/* .commandIdOfLocation */ .hA)(answer.headers['location']);
    // 200 stands in the specification. No other success is one of ARM's.
    if (answer.status === 200 || answer.status === 202) {
        const id = located ?? commandIdOfBody(answer.body);
        return id === undefined ? unclear(answer) : { kind: 'accepted', id };
    }
    // Whatever the status says, something created a command.
    return located === undefined ? readRefusal(answer) : { kind: 'unclear', id: located };
}
/** Whether ARM did not accept the access token, and so did nothing: the request may be sent again with another token. */
function rejectsToken(answer) {
    return answer.kind === 'answered' && readSubmission(answer).kind === 'token-rejected';
}
function readRefusal(answer) {
    const { status } = answer;
    const { code, message } = (0,_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .serviceError */ .cg)(answer.body);
    if (status === 401)
        return { kind: 'token-rejected' };
    if (status === 429)
        return { kind: 'try-again', because: 'throttled' };
    if (status === 409 && BUSY.has(code))
        return { kind: 'try-again', because: 'conflict' };
    if (status === 409)
        return LASTING.has(code) ? { kind: 'refused' } : unclear(answer);
    if (status === 400 && code === 'MissingAADClusterToken')
        return { kind: 'cluster-token-required' };
    if (status === 400 && STOPPED.test(message))
        return { kind: 'refused' };
    if (/^Kubernetes(?:Performance|Operation)Error$/.test(code) || /kubernetes failure/i.test(message)) {
        return readKubernetesFailure(answer, message);
    }
    // "Did not start" is a 400, too: one that cannot be read proves nothing.
    if ((status === 400 && code === '') || TIMEOUT.test(code))
        return unclear(answer);
    // A 408 comes from a gateway that gave up waiting for what it had passed on.
    return status >= 400 && !(0,_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .isTransient */ .dg)(answer) ? { kind: 'refused' } : unclear(answer);
}
function readKubernetesFailure(answer, message) {
    const id = (0,_command_id_js__WEBPACK_IMPORTED_MODULE_1__/* .commandIdOfMessage */ .r$)(message);
    const named = id === undefined ? candidateOf(answer) : { id };
    if (NOT_STARTED.test(message))
        return { kind: 'did-not-start', ...named };
    return wasNeverCreated(message) ? { kind: 'refused' } : { kind: 'unclear', ...named };
}
/**
 * Words that prove the pod was never created. The details of a `KubernetesOperationError` can hold anything, so nothing else in
 * them counts as proof.
 */
function wasNeverCreated(message) {
    const [, webhook = ''] = /admission webhook (.*)/is.exec(message) ?? [];
    return / denied the request/i.test(webhook) || /\bis forbidden\b/i.test(message) || /exceeded quota/i.test(message);
}
function unclear(answer) {
    return { kind: 'unclear', ...candidateOf(answer) };
}
function candidateOf({ headers }) {
    const candidate = (0,_command_id_js__WEBPACK_IMPORTED_MODULE_1__/* .parseCommandId */ .cf)((headers['x-ms-request-id'] ?? '').replaceAll('-', '').toLowerCase());
    return candidate === undefined ? {} : { candidate };
}
function commandIdOfBody(body) {
    const id = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJson */ .qF)(body), 'id');
    return typeof id === 'string' ? (0,_command_id_js__WEBPACK_IMPORTED_MODULE_1__/* .parseCommandId */ .cf)(id) : undefined;
}


/***/ }),

/***/ 5130:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $U: () => (/* binding */ toldDelay),
/* harmony export */   HJ: () => (/* binding */ withFreshTokens),
/* harmony export */   R$: () => (/* binding */ retrying),
/* harmony export */   Ut: () => (/* binding */ throttleDelay),
/* harmony export */   et: () => (/* binding */ askAgain),
/* harmony export */   zh: () => (/* binding */ countTries)
/* harmony export */ });
/* unused harmony export backoff */
/* harmony import */ var _azure_answer_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6793);
/* harmony import */ var _azure_submission_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8259);
/* harmony import */ var _text_duration_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9495);
/* harmony import */ var _text_visible_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1573);
/* harmony import */ var _text_ours_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2452);





/** How often a request is sent again that was not answered, or not processed, throttled ones aside. */
const MAX_FAILURES = 6;
/** How long a request is sent again at most. A service that tells to wait beyond that is not waited for at all. */
const MAX_WAIT_MS = 60 * 60 * 1000;
const MAX_BACKOFF_MS = 16_000;
/** More would leave the bucket unused when the last jobs of a matrix wait. */
const MAX_SPREAD_MS = 15_000;
/** Starts to count. Whether an answer is worth another try is for who asks. */
function countTries({ clock, random }) {
    const begin = clock.monotonic();
    let throttled = 0;
    let failures = 0;
    return {
        pauseAfter(answer) {
            const isThrottled = answer.kind === 'answered' && answer.status === 429;
            if (!isThrottled && ++failures >= MAX_FAILURES)
                return undefined;
            const wait = isThrottled ? throttleDelay(answer, throttled++, random) : backoff(answer, failures);
            return clock.monotonic() + wait - begin > MAX_WAIT_MS ? undefined : wait;
        },
        wasThrottled: () => throttled > 0,
    };
}
/**
 * The one policy for requests that are safe to repeat: ID token, Entra, metadata, cluster. A throttled request waits
 * as told, for up to an hour; any other transient failure is tried six times with growing pauses. Each retry is a
 * line in the log.
 *
 * @returns the first success, else the last failure.
 */
async function retrying(what, attempt, ports) {
    return repeat(what, attempt, (tried) => (tried.ok ? undefined : tried.answer), ports);
}
async function repeat(what, attempt, answerOf, ports) {
    const { clock, log, cancelled } = ports;
    const tries = countTries(ports);
    for (;;) {
        const tried = await attempt();
        const answer = answerOf(tried);
        if (answer === undefined || !(0,_azure_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .isTransient */ .dg)(answer) || cancelled.aborted)
            return tried;
        const wait = tries.pauseAfter(answer);
        if (wait === undefined)
            return tried;
        // One line, the service's words at its end: two loops at once stay readable.
        const told = (0,_text_ours_js__WEBPACK_IMPORTED_MODULE_4__/* .ours */ .O) `${what} failed. Retrying in ${(0,_text_duration_js__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a)(Math.ceil(wait / 1000))}: `;
        log.show(told + (0,_text_visible_js__WEBPACK_IMPORTED_MODULE_3__/* .visible */ .RK)((0,_azure_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .describeAnswer */ .O1)(answer).replaceAll(/\s+/g, ' ')));
        await clock.sleep(wait, cancelled);
        if (isAborted(cancelled))
            return tried;
    }
}
/** `retrying` for a request whose answer, whatever it is, is what was asked for. */
async function askAgain(what, ask, ports) {
    return repeat(what, ask, (answer) => answer, ports);
}
/** Makes a call to ARM, and where ARM does not take the tokens, which says that nothing was done, once more with others. */
async function withFreshTokens(azure, log, call) {
    const answer = await call();
    if (!(0,_azure_submission_js__WEBPACK_IMPORTED_MODULE_1__/* .rejectsToken */ .Y)(answer))
        return answer;
    log.say((0,_text_ours_js__WEBPACK_IMPORTED_MODULE_4__/* .ours */ .O) `Azure rejected the access token. Requesting a new one.`);
    azure.forgetTokens();
    return call();
}
/** Read through a function: the compiler does not know that a signal changes while one awaits. */
function isAborted(signal) {
    return signal.aborted;
}
/**
 * Milliseconds to wait after a 429: what was told, and a random share more, which grows with each throttled answer,
 * so that the jobs of a matrix do not come back together.
 */
function throttleDelay(answer, throttledBefore, random) {
    const told = toldDelay(answer) ?? 1000;
    return told + random() * Math.min(1000 * 2 ** throttledBefore, MAX_SPREAD_MS);
}
/** Milliseconds to wait after another transient failure, the n-th in a row: what was told, else 1 s, 2 s, 4 s … */
function backoff(answer, failures) {
    return toldDelay(answer) ?? Math.min(1000 * 2 ** (failures - 1), MAX_BACKOFF_MS);
}
/** Milliseconds that an answer asks to wait, with whatever status. */
function toldDelay(answer) {
    const seconds = answer.kind === 'answered' ? (0,_azure_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .retryAfterSeconds */ .C3)(answer.headers) : undefined;
    return seconds === undefined ? undefined : seconds * 1000;
}


/***/ }),

/***/ 9495:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ parseDuration),
/* harmony export */   a: () => (/* binding */ formatDuration)
/* harmony export */ });
const UNITS = { h: 3600, m: 60, s: 1 };
/** Writes whole seconds for people: `0s`, `45s`, `2m 03s`, `2h 05m`. Without the blanks, the input `timeout` takes them. */
function formatDuration(seconds) {
    const parts = [];
    let rest = Math.max(0, Math.round(seconds));
    for (const [unit, size] of Object.entries(UNITS)) {
        const count = Math.floor(rest / size);
        rest -= count * size;
        if (count > 0)
            parts.push(`${parts.length > 0 ? String(count).padStart(2, '0') : count}${unit}`);
    }
    return (parts.length > 0 ? parts.join(' ') : '0s');
}
/** No duration needs more than nine digits. */
const SECONDS = /^\d{1,9}$/;
const PATTERN = /^(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?$/;
/**
 * Reads `90s`, `15m`, `1h30m` or plain seconds.
 *
 * @returns whole seconds, or undefined where the text is none of these or holds more digits than a duration needs.
 */
function parseDuration(text) {
    if (SECONDS.test(text))
        return Number(text);
    const [match = '', hours = 0, minutes = 0, seconds = 0] = PATTERN.exec(text) ?? [];
    if (match === '')
        return undefined;
    return Number(hours) * UNITS.h + Number(minutes) * UNITS.m + Number(seconds);
}


/***/ }),

/***/ 1573:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Lx: () => (/* binding */ withoutEscapes),
/* harmony export */   RK: () => (/* binding */ visible),
/* harmony export */   gB: () => (/* binding */ visibleLines)
/* harmony export */ });
/**
 * What is not seen, or makes what is seen a lie: controls, line separators, format and bidirectional characters, all that
 * Unicode tells programs to ignore, halves of a pair, and the two marks of `VALUE_MARKS`. The one exception is the selector
 * that makes an emoji of the sign before it.
 */
const UNSEEN = /(?!(?<=\p{Extended_Pictographic})\ufe0f)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Surrogate}\ue000\ue001]/gu;
/** The same but for a tab. */
const UNSEEN_IN_LINE = new RegExp(UNSEEN.source.replace('[', String.raw `(?!\t)[`), 'gu');
/**
 * Foreign text on one line, each character in it seen: what is not is written as `\u000a`. Whatever of foreign text is
 * quoted goes through here: a name, a value, a word of a service, and above all a command to paste. Only the command's
 * output, which is shown whole and fenced, does not.
 */
function visible(text) {
    return text.replaceAll(UNSEEN, escaped);
}
/** The same for text of several lines, which stay lines. */
function visibleLines(text) {
    return text
        .split(/\r\n?|\n/)
        .map((line) => line.replaceAll(UNSEEN_IN_LINE, escaped))
        .join('\n');
}
/**
 * What moves a cursor, sets colors or a title: an OSC with its end, a CSI, any other escape. Each part stops at the next
 * escape, so that no text is read twice: Node's `stripVTControlCharacters` takes a minute for 200 KiB of `ESC ]`.
 */
const ESCAPES = 
// eslint-disable-next-line no-control-regex
/\u001b\][^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)|(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b[ -/]*[0-~]/g;
/** Text without what a terminal would act on and nobody would see. */
function withoutEscapes(text) {
    return text.replaceAll(ESCAPES, '');
}
/** By UTF-16 units, so that JSON and YAML read it as what it was. */
function escaped(character) {
    let units = '';
    for (let index = 0; index < character.length; index += 1) {
        units += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
    }
    return units;
}


/***/ })

};
