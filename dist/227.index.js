export const id = 227;
export const ids = [227];
export const modules = {

/***/ 6793:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $Q: () => (/* binding */ clip),
/* harmony export */   C3: () => (/* binding */ retryAfterSeconds),
/* harmony export */   Dm: () => (/* binding */ quotableText),
/* harmony export */   O1: () => (/* binding */ describeAnswer),
/* harmony export */   cg: () => (/* binding */ serviceError),
/* harmony export */   dg: () => (/* binding */ isTransient),
/* harmony export */   fO: () => (/* binding */ NOT_QUOTED),
/* harmony export */   gp: () => (/* binding */ deniesPermission),
/* harmony export */   qs: () => (/* binding */ requestIds)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5721);

/** Whether the same request may succeed later: it was throttled, the service is in trouble, or the connection broke. */
function isTransient(answer) {
    if (answer.kind === 'unanswered')
        return answer.refused !== true;
    return answer.status === 429 || answer.status === 408 || answer.status >= 500;
}
const NOT_QUOTED = 'not shown, because it quotes what was sent';
const MAX_WORDS = 1500;
/** A longer text is neither a code nor a request id. */
const MAX_CODE = 200;
/** Foreign words, cut so that a message stays readable. */
function clip(text) {
    return text.length > MAX_WORDS ? `${text.slice(0, MAX_WORDS)}…` : text;
}
/**
 * What a service said about its failure: `{"error":{"code","message"}}`, the same at the top level, Entra's
 * `{"error","error_description"}`, the title of a proxy's page, or plain text. Foreign text, empty if nothing is readable.
 */
function serviceError(body) {
    const parsed = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(body);
    if ((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(parsed)) {
        const inner = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(parsed['error']) ? parsed['error'] : parsed;
        const code = inner['code'] ?? inner['error'];
        const message = inner['message'] ?? inner['error_description'];
        return {
            code: typeof code === 'string' && code.length <= MAX_CODE ? code : '',
            message: typeof message === 'string' ? clip(message) : '',
        };
    }
    const title = /<title>([^<]{0,1000})<\/title>/i.exec(body.slice(0, 16_384))?.[1];
    return { code: '', message: clip((title ?? (/^\s*</.test(body) ? '' : body)).trim()) };
}
/** Whether ARM itself denies a permission, by JSON with a code. An empty 403 or a page comes from a gateway. */
function deniesPermission(answer) {
    if (answer.kind === 'unanswered' || answer.status !== 403)
        return false;
    const body = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(answer.body);
    const code = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(body, 'error'), 'code') ?? (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(body, 'code');
    return typeof code === 'string' && code !== '';
}
/** The seconds that `Retry-After` asks for, as a number or as an HTTP date, which is compared with the answer's own `Date`. */
function retryAfterSeconds(headers) {
    const value = headers['retry-after'] ?? '';
    if (/^\d{1,9}$/.test(value.trim()))
        return Number(value);
    const wait = (Date.parse(value) - Date.parse(headers['date'] ?? '')) / 1000;
    return Number.isFinite(wait) ? Math.max(0, Math.ceil(wait)) : undefined;
}
/** An answer in one line. Foreign text. The body of a success is left out, since it may hold a token or unmasked output. */
function describeAnswer(answer) {
    if (answer.kind === 'unanswered')
        return `no answer (${answer.cause})`;
    if (answer.echoes)
        return `HTTP ${answer.status} (${NOT_QUOTED})`;
    const { code, message } = serviceError(answer.status < 300 ? '' : answer.body);
    const words = [code, message].filter((word) => word !== '').join(': ');
    return `HTTP ${answer.status} ${words}`.trimEnd();
}
function quotableText(answer) {
    const { code, message } = serviceError(answer.body);
    const reason = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(answer.body), 'properties'), 'reason');
    const words = answer.status < 300 ? [typeof reason === 'string' ? clip(reason) : ''] : [code, message];
    return [...words, requestIds(answer)].join('\n');
}
/** The ids that Azure's support asks for. Foreign text. */
function requestIds(answer) {
    if (answer.kind === 'unanswered' || answer.echoes)
        return '';
    return ['x-ms-request-id', 'x-ms-correlation-request-id']
        .map((name) => [name, answer.headers[name] ?? ''])
        .filter(([, id]) => id !== '' && id.length <= MAX_CODE)
        .map(([name, id]) => `${name} ${id}`)
        .join(', ');
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

/** The scope of `clusterToken`: the AKS server application, the same in every cloud. */
const AKS_SERVER_SCOPE = '6dae42f8-4368-4678-94ff-3960e28e3630/.default';
const METADATA_PATH = '/metadata/endpoints?api-version=2022-09-01';
/** The clouds that `azure/login` knows by name and whose identities can be federated. */
const NAMED = {
    azurecloud: { authority: 'login.microsoftonline.com', arm: 'management.azure.com', suffix: '' },
    azureusgovernment: { authority: 'login.microsoftonline.us', arm: 'management.usgovcloudapi.net', suffix: 'USGov' },
    azurechinacloud: { authority: 'login.chinacloudapi.cn', arm: 'management.chinacloudapi.cn', suffix: 'China' },
};
const CLOUD_NAMES = Object.keys(NAMED);
/** Reads the `environment` input: a known name in any letter case, or an https origin; undefined for anything else. */
function parseEnvironment(text) {
    const name = CLOUD_NAMES.find((known) => known === text.toLowerCase());
    if (name !== undefined) {
        const authority = `https://${NAMED[name].authority}`;
        const resourceManager = `https://${NAMED[name].arm}`;
        return { kind: 'named', name, cloud: { authority, resourceManager, scope: `${resourceManager}/.default` } };
    }
    const url = httpsUrl(text);
    return url !== undefined && url === new URL(url).origin ? { kind: 'endpoint', resourceManager: url } : undefined;
}
/** The audience that Entra expects of an ID token in this cloud. A custom endpoint has that of the public cloud. */
function defaultAudience(environment) {
    return `api://AzureADTokenExchange${environment.kind === 'named' ? NAMED[environment.name].suffix : ''}`;
}
/** `https://management.TENANT.onmicrosoft.com/GUID`: the application that stands for one Azure Stack Hub. */
const STACK_AUDIENCE = /^https:\/\/management\.[a-z0-9.-]{1,253}\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/**
 * Reads an ARM endpoint's metadata, a list of clouds or one. Tokens are requested for the endpoint itself or for an
 * audience in the form of Azure Stack Hub. Else an endpoint could name a Key Vault, and a session of `az` would hand it that
 * token.
 *
 * @returns undefined if it has no https login endpoint.
 */
function cloudFromMetadata(metadata, resourceManager) {
    const entries = Array.isArray(metadata) ? metadata : [metadata];
    const entry = entries.find((candidate) => isSameUrl((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(candidate, 'resourceManager'), resourceManager)) ??
        (entries.length === 1 ? entries[0] : undefined);
    const authentication = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(entry, 'authentication');
    const authority = httpsUrl((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(authentication, 'loginEndpoint'));
    if (authority === undefined)
        return undefined;
    const listed = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(authentication, 'audiences');
    const audiences = Array.isArray(listed) ? listed.filter((audience) => typeof audience === 'string') : [];
    const isOwn = audiences.some((audience) => isSameUrl(audience, resourceManager));
    const stack = isOwn ? undefined : audiences.find((audience) => STACK_AUDIENCE.test(audience));
    return { authority, resourceManager, scope: `${stack ?? resourceManager}/.default` };
}
/** An https URL without credentials, query, fragment, or trailing slash; undefined for anything else. */
function httpsUrl(text) {
    if (typeof text !== 'string' || !URL.canParse(text))
        return undefined;
    const url = new URL(text);
    const isPlain = url.protocol === 'https:' && !url.username && !url.password && !url.search && !url.hash;
    return isPlain ? withoutSlash(`${url.origin}${url.pathname}`) : undefined;
}
function isSameUrl(left, right) {
    return typeof left === 'string' && withoutSlash(left).toLowerCase() === right.toLowerCase();
}
function withoutSlash(url) {
    return url.replace(/(?<!\/)\/+$/, '');
}


/***/ }),

/***/ 6102:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cf: () => (/* binding */ parseCommandId),
/* harmony export */   hA: () => (/* binding */ commandIdOfLocation),
/* harmony export */   m0: () => (/* binding */ deniesCommand),
/* harmony export */   qE: () => (/* binding */ readCommandStatus),
/* harmony export */   r$: () => (/* binding */ commandIdOfMessage)
/* harmony export */ });
/* harmony import */ var _answer_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6793);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5721);


function parseCommandId(text) {
    return /^[0-9a-f]{32}$/.test(text) ? text : undefined;
}
/** The command id in a `Location`, of which nothing else is trusted: it once had no subscription (azure-cli#22375). */
function commandIdOfLocation(location) {
    return parseCommandId(/\/commandResults\/([^/?#]+)/i.exec(location ?? '')?.[1]?.toLowerCase() ?? '');
}
/** The command id in AKS's "container command-<id> in aks-command namespace did not start". */
function commandIdOfMessage(message) {
    return parseCommandId(/\bcommand-([0-9a-f]{32})\b/.exec(message)?.[1] ?? '');
}
/** Reads an answer by the body's `provisioningState` alone, since a `200` can carry `Running`, as the Azure CLI knows. */
function readCommandStatus({ body, echoes }) {
    const properties = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(body), 'properties');
    const state = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(properties, 'provisioningState');
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(properties) || typeof state !== 'string')
        return { kind: 'unreadable' };
    const { exitCode, logs, reason } = properties;
    const startedAt = timestamp(properties['startedAt']);
    const finishedAt = timestamp(properties['finishedAt']);
    const started = startedAt !== undefined && { startedAt };
    if (!/^(?:succeeded|failed|canceled)$/i.test(state))
        return { kind: 'running', ...started };
    return {
        kind: 'ended',
        provisioningState: /^succeeded$/i.test(state) ? 'succeeded' : 'failed',
        logs: typeof logs === 'string' ? logs : '',
        ...(isExitCode(exitCode) && { exitCode }),
        ...(typeof reason === 'string' && reason !== '' && { reason: echoes ? _answer_js__WEBPACK_IMPORTED_MODULE_1__/* .NOT_QUOTED */ .fO : (0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .clip */ .$Q)(reason) }),
        ...started,
        ...(finishedAt !== undefined && { finishedAt }),
    };
}
/** What a 404 may be about instead of the command: something that the command is in. */
const MISSING_AROUND = /^(?:(?:Parent)?Resource|ResourceGroup|Subscription)NotFound$/;
/**
 * Whether AKS says that it has no such command: the pod never reached a state such as Running (Microsoft's "Resolve az aks
 * command invoke failures"). Users saw this without a readable body. A page comes from a gateway and proves nothing.
 */
function deniesCommand({ status, body }) {
    return status === 404 && !/^\s*</.test(body) && !MISSING_AROUND.test((0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .serviceError */ .cg)(body).code);
}
const TIMESTAMP = /^\d{4}-\d\d-\d\dT[\d:.]{1,22}(?:Z|[+-]\d\d:\d\d)$/;
function timestamp(value) {
    if (typeof value !== 'string' || !TIMESTAMP.test(value))
        return undefined;
    return Number.isNaN(Date.parse(value)) ? undefined : value;
}
/** A container's exit code is 0 to 255; on Windows it has 32 bits. */
function isExitCode(value) {
    return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 0xffff_ffff;
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
/** What is wrong with the proxy's variable. The sentence shows nothing of it, since it may hold a password. */
function proxyProblem(variable) {
    if (valueOf('https_proxy', variable) === '' || readProxy(variable) !== undefined)
        return undefined;
    return 'HTTPS_PROXY is not the address of an HTTP proxy. Use http://HOST:PORT, or http://USER:PASSWORD@HOST:PORT, and write a % in them as %25.';
}
function valueOf(name, variable) {
    return [name, name.toUpperCase()].map((spelling) => variable(spelling)?.trim()).find(Boolean) ?? '';
}
function readProxy(variable) {
    const value = valueOf('https_proxy', variable);
    try {
        const url = new URL(value.includes('://') ? value : `http://${value}`);
        // Node decodes these two as well, and throws if it cannot.
        decodeURIComponent(url.username + url.password);
        return /^https?:$/.test(url.protocol) ? url : undefined;
    }
    catch {
        return undefined;
    }
}
/** Whether an entry of `no_proxy` covers a host: `host` and all below it, `.host` for those alone, `host:port`, `*`. */
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
/* harmony import */ var _command_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6102);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5721);



/** ARM's codes for a 409 that began nothing: the first ends by itself, the second stays until someone acts. */
const BUSY = new Set(['OperationNotAllowed', 'AnotherOperationInProgress']);
const LASTING = new Set([
    'ReadOnlyDisabledSubscription',
    'MissingSubscriptionRegistration',
    'ResourceGroupBeingDeleted',
    'ScopeLocked',
]);
const STOPPED = /preventing RunCommand feature: PowerState=Stopped/i;
/** In a code, such as `GatewayTimeout`: the service may still be at work. */
const TIMEOUT = /timed?[_-]?out/i;
const NOT_STARTED = /did not start within|pod is not schedulable/i;
/** Words that prove that the pod was never created. The details of a `KubernetesOperationError` can hold anything else. */
const NEVER_CREATED = /\bis forbidden\b|exceeded quota/i;
/** The rest of a message about an admission webhook. To look for both words at once would take quadratic time. */
const WEBHOOK = /admission webhook (.*)/is;
/** Reads an answer to `runCommand`. Whatever does not prove that the command did not run is `unclear`. */
function readSubmission(answer) {
    if (answer.kind === 'unanswered') {
        if (!(0,_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .isTransient */ .dg)(answer))
            return { kind: 'refused' };
        return answer.sent === 'never' ? { kind: 'try-again', because: 'unreachable' } : { kind: 'unclear' };
    }
    const located = (0,_command_js__WEBPACK_IMPORTED_MODULE_1__/* .commandIdOfLocation */ .hA)(answer.headers['location']);
    // The specification has 200 as well. ARM sends no other success.
    if (answer.status === 200 || answer.status === 202) {
        const named = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJson */ .qF)(answer.body), 'id');
        const id = located ?? (typeof named === 'string' ? (0,_command_js__WEBPACK_IMPORTED_MODULE_1__/* .parseCommandId */ .cf)(named) : undefined);
        return id === undefined ? unclear(answer) : { kind: 'accepted', id };
    }
    // Whatever the status says, something created a command, unless the Location is a redirect's, which may name anything.
    const isRedirect = answer.status >= 300 && answer.status < 400;
    return located === undefined || isRedirect ? readRefusal(answer) : { kind: 'unclear', id: located };
}
/** Whether the request may be sent again with another token, since ARM did nothing with this one. */
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
        const id = (0,_command_js__WEBPACK_IMPORTED_MODULE_1__/* .commandIdOfMessage */ .r$)(message);
        const named = id === undefined ? candidateOf(answer) : { id };
        if (NOT_STARTED.test(message))
            return { kind: 'did-not-start', ...named };
        const isDenied = / denied the request/i.test(WEBHOOK.exec(message)?.[1] ?? '');
        return isDenied || NEVER_CREATED.test(message) ? { kind: 'refused' } : { kind: 'unclear', ...named };
    }
    // "Did not start" is a 400, too, so one that cannot be read proves nothing.
    if ((status === 400 && code === '') || TIMEOUT.test(code))
        return unclear(answer);
    // A 408 comes from a gateway that gave up waiting for what it had passed on.
    return status >= 400 && !(0,_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .isTransient */ .dg)(answer) ? { kind: 'refused' } : unclear(answer);
}
function unclear(answer) {
    return { kind: 'unclear', ...candidateOf(answer) };
}
function candidateOf({ headers }) {
    const candidate = (0,_command_js__WEBPACK_IMPORTED_MODULE_1__/* .parseCommandId */ .cf)((headers['x-ms-request-id'] ?? '').replaceAll('-', '').toLowerCase());
    return { ...(candidate && { candidate }) };
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
/* harmony export */   yW: () => (/* binding */ renewTokens),
/* harmony export */   zh: () => (/* binding */ countTries)
/* harmony export */ });
/* harmony import */ var _azure_answer_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6793);
/* harmony import */ var _azure_submission_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8259);
/* harmony import */ var _text_duration_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9495);
/* harmony import */ var _text_ours_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2452);
/* harmony import */ var _text_visible_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1573);





/** How many times a request is sent that was not answered or not processed. Throttled requests don't count. */
const MAX_FAILURES = 6;
/** A request is repeated for this long at most. If a service asks for a longer wait, the step does not wait at all. */
const MAX_WAIT_MS = 60 * 60 * 1000;
/** A wider spread would leave the service's bucket unused while the last jobs of a matrix still wait. */
const MAX_SPREAD_MS = 15_000;
/** Counts the tries of one request. This is the only policy for how often and how soon a request is repeated. */
function countTries({ clock, random }) {
    const begin = clock.monotonic();
    let throttled = 0;
    let failures = 0;
    return {
        /** Milliseconds until the next try, given the answer to the last one; undefined if that was the last. */
        pauseAfter(answer) {
            const isThrottled = answer.kind === 'answered' && answer.status === 429;
            if (!isThrottled && ++failures >= MAX_FAILURES)
                return undefined;
            const backoff = () => toldDelay(answer) ?? Math.min(1000 * 2 ** (failures - 1), 16_000);
            const wait = isThrottled ? throttleDelay(answer, throttled++, random) : backoff();
            return clock.monotonic() + wait - begin > MAX_WAIT_MS ? undefined : wait;
        },
        wasThrottled: () => throttled > 0,
    };
}
/**
 * Repeats a request that is safe to repeat until it succeeds, fails for good, or the step is cancelled. A throttled request
 * waits as told, for up to an hour; any other transient failure is tried six times. Each retry is a line in the log.
 */
async function retrying(what, attempt, ports) {
    const { clock, log, cancelled } = ports;
    const tries = countTries(ports);
    for (;;) {
        const tried = await attempt();
        if (tried.ok || !(0,_azure_answer_js__WEBPACK_IMPORTED_MODULE_3__/* .isTransient */ .dg)(tried.answer))
            return tried;
        const wait = cancelled.aborted ? undefined : tries.pauseAfter(tried.answer);
        if (wait === undefined)
            return tried;
        // One line, with the service's words at its end, so that two loops at once stay readable.
        const retry = (0,_text_ours_js__WEBPACK_IMPORTED_MODULE_4__/* .ours */ .O) `${what} failed. Retrying in ${(0,_text_duration_js__WEBPACK_IMPORTED_MODULE_1__/* .formatDuration */ .a)(Math.ceil(wait / 1000))}: `;
        log.show(retry + (0,_text_visible_js__WEBPACK_IMPORTED_MODULE_2__/* .visible */ .RK)((0,_azure_answer_js__WEBPACK_IMPORTED_MODULE_3__/* .describeAnswer */ .O1)(tried.answer).replaceAll(/\s+/g, ' ')));
        await clock.sleep(wait, cancelled);
        if (cancelled.aborted)
            return tried;
    }
}
/** {@link retrying} for a request that wants the answer itself, whatever it is. */
async function askAgain(what, ask, ports) {
    const attempt = async () => {
        const answer = await ask();
        return (0,_azure_answer_js__WEBPACK_IMPORTED_MODULE_3__/* .isTransient */ .dg)(answer) ? { ok: false, answer } : { ok: true, value: answer };
    };
    const tried = await retrying(what, attempt, ports);
    return tried.ok ? tried.value : tried.answer;
}
/** Calls ARM, and calls it once more with new tokens if it rejects the tokens, which proves that nothing was done. */
async function withFreshTokens(azure, log, call) {
    const answer = await call();
    if (!(0,_azure_submission_js__WEBPACK_IMPORTED_MODULE_0__/* .rejectsToken */ .Y)(answer))
        return answer;
    renewTokens(azure, log);
    return call();
}
/** Makes the next call to ARM ask for new tokens. */
function renewTokens(azure, log) {
    log.say((0,_text_ours_js__WEBPACK_IMPORTED_MODULE_4__/* .ours */ .O) `Azure rejected the access token. Requesting a new one.`);
    azure.forgetTokens();
}
/** Milliseconds to wait after a 429: as told, and a growing random share, so that jobs do not come back together. */
function throttleDelay(answer, throttledBefore, random) {
    const told = toldDelay(answer) ?? 1000;
    return told + random() * Math.min(1000 * 2 ** throttledBefore, MAX_SPREAD_MS);
}
/** Milliseconds that an answer asks to wait, whatever its status. */
function toldDelay(answer) {
    const seconds = answer.kind === 'answered' ? (0,_azure_answer_js__WEBPACK_IMPORTED_MODULE_3__/* .retryAfterSeconds */ .C3)(answer.headers) : undefined;
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
/** Writes whole seconds for people: `0s`, `45s`, `2m 03s`, `2h 05m`. Without the spaces, the input `timeout` accepts them. */
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
/** No duration needs more than nine digits of a unit. */
const PATTERN = /^(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?$/;
/**
 * Reads `90s`, `15m`, or `1h30m`. A number needs its unit, because `10` looks like minutes.
 *
 * @returns whole seconds, or undefined if the text is not a duration.
 */
function parseDuration(text) {
    const [match = '', hours = 0, minutes = 0, seconds = 0] = PATTERN.exec(text) ?? [];
    if (match === '')
        return undefined;
    return Number(hours) * UNITS.h + Number(minutes) * UNITS.m + Number(seconds);
}


/***/ }),

/***/ 2452:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ ours)
/* harmony export */ });
/** Joins literals with numbers and other checked text. */
function ours(literals, ...values) {
    return String.raw({ raw: literals.map((literal) => literal) }, ...values);
}


/***/ })

};
