export const id = 312;
export const ids = [312];
export const modules = {

/***/ 6793:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $Q: () => (/* binding */ clip),
/* harmony export */   C3: () => (/* binding */ retryAfterSeconds),
/* harmony export */   O1: () => (/* binding */ describeAnswer),
/* harmony export */   Ti: () => (/* binding */ REQUEST_ID_HEADERS),
/* harmony export */   cg: () => (/* binding */ serviceError),
/* harmony export */   dg: () => (/* binding */ isTransient),
/* harmony export */   qs: () => (/* binding */ requestIds)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5721);

/** Whether the same request may have a better answer later: throttled, a service in trouble, a torn connection. */
function isTransient(answer) {
    return answer.kind === 'unanswered' || answer.status === 429 || answer.status === 408 || answer.status >= 500;
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
            code: typeof code === 'string' && code.length <= MAX_CODE ? code : '',
            message: clip(typeof message === 'string' ? message : ''),
        };
    }
    const title = /<title>([^<]{0,1000})<\/title>/i.exec(body.slice(0, MAX_PAGE))?.[1];
    if (title !== undefined)
        return { code: '', message: clip(title.trim()) };
    return /^\s*</.test(body) ? NO_WORDS : { code: '', message: clip(body.trim()) };
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
/** The ids that Azure's support asks for, where the answer carries them. Foreign text. */
function requestIds(answer) {
    if (answer.kind === 'unanswered')
        return '';
    return REQUEST_ID_HEADERS.flatMap((name) => (answer.headers[name] ? [`${name} ${answer.headers[name]}`] : [])).join(', ');
}
/** Foreign words, at most so many of them that a message stays one. */
function clip(text) {
    return text.length > MAX_FOREIGN_WORDS ? `${text.slice(0, MAX_FOREIGN_WORDS)}…` : text;
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
/**
 * Reads an ARM endpoint's metadata.
 *
 * The public endpoint lists every cloud, others describe only themselves. Where the endpoint is among its own
 * audiences, tokens are asked for it; else for the first audience, as the Azure CLI does.
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
    const own = audiences.length === 0 || audiences.some((audience) => sameUrl(audience, resourceManager));
    return { authority, resourceManager, scope: `${own ? resourceManager : audiences[0]}/.default` };
}
/** An https URL without credentials, query, fragment or trailing slash; undefined for anything else. */
function httpsUrl(text) {
    if (!URL.canParse(text))
        return undefined;
    const url = new URL(text);
    const plain = url.protocol === 'https:' && !url.username && !url.password && !url.search && !url.hash;
    return plain ? `${url.origin}${url.pathname}`.replace(/\/+$/, '') : undefined;
}
function sameUrl(left, right) {
    return typeof left === 'string' && left.replace(/\/+$/, '').toLowerCase() === right.toLowerCase();
}


/***/ }),

/***/ 5312:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  azureFor: () => (/* binding */ azureFor)
});

// EXTERNAL MODULE: ./src/azure/json.ts
var json = __webpack_require__(5721);
// EXTERNAL MODULE: ./src/azure/cloud.ts
var azure_cloud = __webpack_require__(6370);
// EXTERNAL MODULE: ./src/failure.ts
var failure = __webpack_require__(1633);
// EXTERNAL MODULE: ./src/hosts/log.ts
var hosts_log = __webpack_require__(6365);
// EXTERNAL MODULE: ./src/lifecycle/retry.ts
var retry = __webpack_require__(5130);
// EXTERNAL MODULE: ./src/azure/answer.ts
var answer = __webpack_require__(6793);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
;// CONCATENATED MODULE: ./src/edge/azure/proxy.ts

/** The code of {@link ProxyRefusal}: the request provably did not leave. */
const PROXY_REFUSED = 'ERR_PROXY_REFUSED';
/** A proxy did not open a tunnel: nothing was sent to Azure, and nothing that came back is Azure's. */
class ProxyRefusal extends Error {
    name = 'ProxyRefusal';
    code = PROXY_REFUSED;
    constructor(proxy, status) {
        super(`the proxy ${proxy} answered ${status}`);
    }
}
/**
 * A policy that takes nothing a proxy says for an answer. The SDK's agent hands every reply to CONNECT but a 200 to whoever
 * asked, as if it had come through TLS: anyone between the runner and its proxy could forge a result.
 */
function onlyThroughTunnel() {
    const watched = new WeakSet();
    return {
        name: 'aksRunCommandTunnel',
        sendRequest(request, next) {
            const { agent } = request;
            if (agent instanceof external_node_events_.EventEmitter && 'proxy' in agent && agent.proxy instanceof URL && !watched.has(agent)) {
                watched.add(agent);
                const { proxy } = agent;
                keepDecodable(proxy);
                agent.on('proxyConnect', ({ statusCode }) => {
                    // Thrown while the agent connects, it becomes the request's error.
                    if (statusCode !== 200)
                        throw new ProxyRefusal(proxy.host, statusCode);
                });
            }
            return next(request);
        },
    };
}
/** The agent decodes name and password, and a `%` of their own would end the request without a word. */
function keepDecodable(proxy) {
    for (const part of ['username', 'password']) {
        try {
            decodeURIComponent(proxy[part]);
        }
        catch {
            proxy[part] = proxy[part].replaceAll(/%(?![0-9a-f]{2})/gi, '%25');
        }
    }
}

;// CONCATENATED MODULE: ./src/edge/azure/exchange.ts


/**
 * Client options that keep the SDK to one request a call, to the host it was told: no retries, no redirects.
 *
 * @param transport Node's own unless told.
 */
function plainClientOptions(policy, transport) {
    return {
        ...(transport && { httpClient: transport }),
        retryOptions: { maxRetries: 0 },
        redirectOptions: { maxRetries: 0 },
        userAgentOptions: { userAgentPrefix: 'aks-run-command' },
        additionalPolicies: [
            { policy, position: 'perRetry' },
            { policy: onlyThroughTunnel(), position: 'perRetry' },
        ],
    };
}
/** A policy that signs each request. Redirects are not followed, so that it goes nowhere but to the client's endpoint. */
function bearer(token) {
    return {
        name: 'aksRunCommandBearer',
        async sendRequest(request, next) {
            request.headers.set('authorization', `Bearer ${(await token()).token}`);
            return next(request);
        },
    };
}
/**
 * A policy that sees each request: tells it to the debug log by method, URL, status, duration and the service's
 * request ids (never headers or bodies), and hands the answer to `record`.
 */
function observer(log, record) {
    return {
        name: 'aksRunCommandObserver',
        async sendRequest(request, next) {
            const begin = Date.now();
            const tell = (answer) => {
                const outcome = answer.kind === 'answered' ? `${answer.status}${ids(answer.headers)}` : answer.cause;
                log.debug(`${request.method} ${request.url} ${outcome}, ${Date.now() - begin} ms`);
                record(answer);
            };
            try {
                const response = await next(request);
                tell(answered(response));
                return response;
            }
            catch (error) {
                tell(unanswered(error));
                throw error;
            }
        },
    };
}
/**
 * Makes one call of the SDK and reports how its request went, whatever the SDK makes of the answer.
 *
 * @param timeoutMs bound of the request.
 */
async function exchange(call, timeoutMs, clock) {
    const answers = [];
    const onResponse = (response) => answers.push(answered(response));
    try {
        await within(timeoutMs, clock, (abortSignal) => call({ onResponse, abortSignal }));
    }
    catch (error) {
        // A status that the SDK takes for an error, or a body that it cannot parse, is an answer all the same.
        if (answers.length === 0)
            return unanswered(error);
    }
    return answers[0] ?? { kind: 'unanswered', sent: 'perhaps', cause: 'the client gave no response' };
}
/**
 * Awaits a call for so long, whether or not it heeds the signal that ends it then: the SDK waits for a token without.
 *
 * @throws TimeoutError where the time is over first.
 */
async function within(timeoutMs, clock, call) {
    const answered = new AbortController();
    const abort = new AbortController();
    const timeOver = clock.sleep(timeoutMs, answered.signal).then(() => {
        const error = new TimeoutError(`no answer within ${timeoutMs / 1000} s`);
        abort.abort(error);
        throw error;
    });
    try {
        return await Promise.race([call(abort.signal), timeOver]);
    }
    finally {
        answered.abort();
    }
}
/** A call took too long. */
class TimeoutError extends Error {
    name = 'TimeoutError';
}
function answered({ status, headers, bodyAsText }) {
    return { kind: 'answered', status, headers: headers.toJSON(), body: bodyAsText ?? '' };
}
/**
 * Errors of a connection that was never made. An unreachable host or network is not among them: Linux reports those of
 * a connection in use, too.
 */
const NEVER_SENT = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', PROXY_REFUSED]);
function unanswered(error) {
    const chain = [];
    for (let link = error; link instanceof Error && chain.length < 5; link = link.cause)
        chain.push(link);
    const codes = chain.flatMap((link) => ('code' in link && typeof link.code === 'string' ? [link.code] : []));
    const sent = codes.some((code) => NEVER_SENT.has(code)) ? 'never' : 'perhaps';
    return { kind: 'unanswered', sent, cause: chain[0]?.message ?? String(error) };
}
function ids(headers) {
    return answer/* REQUEST_ID_HEADERS */.Ti.flatMap((name) => (headers[name] ? [` ${name}=${headers[name]}`] : [])).join('');
}

;// CONCATENATED MODULE: ./src/edge/azure/client.ts

/**
 * The version of AKS's API, on every request: one that every cloud serves. Left to itself the SDK sends its newest, which a
 * minor release of it changes, and which sovereign clouds do not know for months (azure-cli#23985). `RunCommandRequest` is the
 * same from this version to 2026-06-01.
 */
const API_VERSION = '2024-05-01';
/** A client without a token: the SDK's own cache of tokens has a policy of retries, and no way to forget one. */
async function createClient(subscriptionId, endpoint, { log, transport }) {
    const { createContainerService } = await Promise.all(/* import() */[__webpack_require__.e(818), __webpack_require__.e(119)]).then(__webpack_require__.bind(__webpack_require__, 1119));
    const nobody = { getToken: () => Promise.resolve(null) };
    const options = plainClientOptions(observer(log, () => undefined), transport);
    const client = createContainerService(nobody, subscriptionId, { ...options, endpoint, apiVersion: API_VERSION });
    client.pipeline.removePolicy({ name: 'bearerTokenAuthenticationPolicy' });
    return client;
}
/** Remembers the first call's promise. */
function once(create) {
    let promise;
    return () => (promise ??= create());
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./src/azure/id-token.ts

/** An ID token is used no more this long before it expires. */
const EXPIRY_MARGIN_MS = 30_000;
/** Reads a JWT's payload. A token that cannot be read has empty claims and is used once. */
function readIdToken(jwt) {
    const payload = (0,json/* parseJson */.qF)(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
    const claim = (name) => {
        const value = (0,json/* field */.ZZ)(payload, name);
        return typeof value === 'string' ? value : '';
    };
    const exp = (0,json/* field */.ZZ)(payload, 'exp');
    const iat = (0,json/* field */.ZZ)(payload, 'iat');
    return {
        claims: {
            issuer: claim('iss'),
            subject: claim('sub'),
            audience: claim('aud'),
            jobWorkflowRef: claim('job_workflow_ref'),
        },
        // By its own two times: the runner's clock may be off.
        lifetimeMs: typeof exp === 'number' && typeof iat === 'number' ? (exp - iat) * 1000 - EXPIRY_MARGIN_MS : 0,
    };
}

;// CONCATENATED MODULE: ./src/edge/azure/tokens.ts









const REQUEST_TIMEOUT_MS = 30_000;
/** A token is used no more this long before it expires. */
const tokens_EXPIRY_MARGIN_MS = 120_000;
/** A signed-in caller's tokens. The source is asked anew where a token is near its end or was forgotten. */
function tokensFor(signIn, authority, ports) {
    const kept = new Map();
    const awaited = new Map();
    const source = signIn.kind === 'oidc' ? federated(signIn, authority, ports) : ambient(authority, ports);
    async function request(scope) {
        try {
            const token = await source.request(scope);
            ports.host.mask(token.token);
            kept.set(scope, token);
            return token;
        }
        finally {
            awaited.delete(scope);
        }
    }
    return {
        async prepare() {
            if (kept.size === 0)
                await source.prepare();
        },
        async get(scope) {
            const known = kept.get(scope);
            if (known && known.expiresOnTimestamp - ports.clock.now() > tokens_EXPIRY_MARGIN_MS)
                return known;
            // One request at a time: who asks again, after giving up on an answer, joins those who wait.
            const asked = awaited.get(scope) ?? request(scope);
            awaited.set(scope, asked);
            return asked;
        },
        forget() {
            kept.clear();
            source.reset();
        },
    };
}
/** GitHub's token service where the job may ask it, else the file that the host knows of. */
function idTokenSource(audience, ports) {
    const { host } = ports;
    const url = host.variable('ACTIONS_ID_TOKEN_REQUEST_URL');
    const requestToken = host.variable('ACTIONS_ID_TOKEN_REQUEST_TOKEN');
    if (url && requestToken) {
        const fetch = () => fetchFromGitHub(url, requestToken, audience, ports);
        return { title: (0,hosts_log/* ours */.O) `Signing in with GitHub's ID token`, fetch };
    }
    const file = host.idTokenFile;
    if (!file)
        throw new failure/* StepError */.zg({ code: 'no-id-token' });
    return {
        title: (0,hosts_log/* ours */.O) `Signing in with the ID token in AZURE_FEDERATED_TOKEN_FILE`,
        async fetch() {
            try {
                return (await (0,promises_.readFile)(file, 'utf8')).trim();
            }
            catch (error) {
                throw new failure/* StepError */.zg({ code: 'id-token', detail: (0,failure/* messageOf */.bD)(error) }, { cause: error });
            }
        },
    };
}
async function fetchFromGitHub(url, requestToken, audience, ports) {
    // Not by `@actions/core`, which takes its bearer token along wherever a redirect leads, and repeats on its own.
    const github = once(async () => {
        const client = await createClient('', new URL(url).origin, ports);
        client.pipeline.addPolicy(bearer(() => Promise.resolve({ token: requestToken })));
        return client.pathUnchecked(`${url}&audience=${encodeURIComponent(audience)}`);
    });
    const fetched = await (0,retry/* retrying */.R$)((0,hosts_log/* ours */.O) `Fetching GitHub's ID token`, async () => {
        const answer = await exchange(async (options) => (await github()).get(options), REQUEST_TIMEOUT_MS, ports.clock);
        if (answer.kind === 'unanswered' || answer.status !== 200)
            return { ok: false, answer };
        const body = (0,json/* parseJson */.qF)(answer.body);
        const value = (0,json/* isRecord */.u4)(body) ? body['value'] : undefined;
        return typeof value === 'string'
            ? { ok: true, value }
            : { ok: false, answer: { kind: 'unanswered', sent: 'perhaps', cause: 'the answer holds no ID token' } };
    }, ports);
    if (!fetched.ok)
        throw new failure/* StepError */.zg({ code: 'id-token', detail: (0,answer/* describeAnswer */.O1)(fetched.answer) });
    return fetched.value;
}
/** An ID token, exchanged by Entra for the application's tokens. */
function federated({ clientId, tenantId, audience }, authority, ports) {
    const { clock, log } = ports;
    const idToken = idTokenSource(audience, ports);
    let assertion;
    let fetching;
    let credential;
    let lastAnswer;
    /** The ID token lives about five minutes, so it is fetched when needed (Azure/login#180), and kept for its life. */
    async function freshAssertion() {
        if (assertion && clock.now() < assertion.usableUntil)
            return assertion;
        fetching ??= fetchAssertion().finally(() => (fetching = undefined));
        return (assertion = await fetching);
    }
    async function fetchAssertion() {
        const jwt = await idToken.fetch();
        ports.host.mask(jwt);
        const { claims, lifetimeMs } = readIdToken(jwt);
        return { jwt, claims, usableUntil: clock.now() + lifetimeMs };
    }
    async function newCredential() {
        const [{ ClientAssertionCredential }, authorityHost] = await Promise.all([Promise.all(/* import() */[__webpack_require__.e(818), __webpack_require__.e(907)]).then(__webpack_require__.bind(__webpack_require__, 9907)), authority()]);
        const options = {
            ...plainClientOptions(observer(log, (answer) => (lastAnswer = answer)), ports.transport),
            authorityHost,
            // Entra's public directory of authorities does not know custom clouds.
            disableInstanceDiscovery: true,
        };
        return new ClientAssertionCredential(tenantId, clientId, async () => (await freshAssertion()).jwt, options);
    }
    let told = '';
    return {
        async prepare() {
            await Promise.all([freshAssertion(), Promise.all(/* import() */[__webpack_require__.e(818), __webpack_require__.e(907)]).then(__webpack_require__.bind(__webpack_require__, 9907))]);
        },
        async request(scope) {
            // Fetched before the exchange: an error inside the credential's callback comes out with its cause buried.
            const [{ claims }, authorityHost] = await Promise.all([freshAssertion(), authority()]);
            const lines = signInLines(claims, authorityHost, { clientId, tenantId });
            if (lines !== told)
                log.group(idToken.title, (told = lines));
            const signedIn = await (0,retry/* retrying */.R$)((0,hosts_log/* ours */.O) `Signing in to Entra`, async () => {
                lastAnswer = undefined;
                try {
                    await freshAssertion();
                    const current = (credential ??= await newCredential());
                    const token = await within(REQUEST_TIMEOUT_MS, clock, (abortSignal) => current.getToken(scope, { abortSignal }));
                    if (token !== null)
                        return { ok: true, value: token };
                }
                catch (error) {
                    if (error instanceof failure/* StepError */.zg)
                        throw error;
                    // Where the time was over, the last answer is that to an earlier request.
                    const answer = error instanceof TimeoutError ? undefined : failedAnswer(lastAnswer);
                    lastAnswer = answer ?? { kind: 'unanswered', sent: 'perhaps', cause: (0,failure/* messageOf */.bD)(error) };
                }
                // MSAL answers from its own cache for a minute after a 429 or 5xx: another try needs another instance.
                credential = undefined;
                return { ok: false, answer: lastAnswer ?? { kind: 'unanswered', sent: 'perhaps', cause: 'no token' } };
            }, ports);
            if (!signedIn.ok)
                throw new failure/* StepError */.zg({ code: 'entra', answer: signedIn.answer, scope, claims });
            return signedIn.value;
        },
        reset() {
            credential = undefined;
        },
    };
}
/** The session of `azure/login`, else the workload identity of a runner in Kubernetes. */
function ambient(authority, { host, log, transport }) {
    let credential;
    log.say((0,hosts_log/* ours */.O) `Signing in with the session on the runner: neither client-id nor tenant-id is given.`);
    return {
        async prepare() {
            await Promise.all(/* import() */[__webpack_require__.e(818), __webpack_require__.e(907)]).then(__webpack_require__.bind(__webpack_require__, 9907));
        },
        async request(scope) {
            const { AzureCliCredential, WorkloadIdentityCredential } = await Promise.all(/* import() */[__webpack_require__.e(818), __webpack_require__.e(907)]).then(__webpack_require__.bind(__webpack_require__, 9907));
            const failures = [];
            const candidates = [
                ['azure/login', () => new AzureCliCredential()],
            ];
            if (host.variable('AZURE_FEDERATED_TOKEN_FILE')) {
                candidates.push([
                    'workload identity',
                    async () => new WorkloadIdentityCredential({
                        ...plainClientOptions(observer(log, () => undefined), transport),
                        authorityHost: await authority(),
                        disableInstanceDiscovery: true,
                    }),
                ]);
            }
            const chosen = credential;
            for (const [name, create] of chosen ? [['this session', () => chosen]] : candidates) {
                try {
                    const candidate = await create();
                    const token = await candidate.getToken(scope);
                    if (token === null)
                        continue;
                    credential = candidate;
                    return token;
                }
                catch (error) {
                    failures.push(`${name}: ${(0,failure/* messageOf */.bD)(error)}`);
                }
            }
            throw new failure/* StepError */.zg({ code: 'no-session', detail: failures.join('\n') });
        },
        reset() {
            credential = undefined;
        },
    };
}
function failedAnswer(answer) {
    const isToken = answer?.kind === 'answered' && answer.status < 300 && hasAccessToken(answer.body);
    return isToken ? undefined : answer;
}
function hasAccessToken(body) {
    const parsed = (0,json/* parseJson */.qF)(body);
    return (0,json/* isRecord */.u4)(parsed) && 'access_token' in parsed;
}
function signInLines(claims, authority, id) {
    return [
        `authority         ${authority}`,
        `tenant-id         ${id.tenantId}`,
        `client-id         ${id.clientId}`,
        `issuer            ${claims.issuer}`,
        `subject           ${claims.subject}`,
        `audience          ${claims.audience}`,
        `job_workflow_ref  ${claims.jobWorkflowRef}`,
    ].join('\n');
}

;// CONCATENATED MODULE: ./src/edge/azure/index.ts








const READ_TIMEOUT_MS = 30_000;
/** With Entra the POST blocks for 30 s; ARM gives up at 60. */
const SUBMIT_TIMEOUT_MS = 120_000;
/** The cluster behind ARM, through `@azure/arm-containerservice`, one request a call. */
function azureFor({ cluster, environment, signIn }, ports) {
    const { subscriptionId, resourceGroup, name } = cluster;
    const cloud = once(async () => environment.kind === 'named' ? environment.cloud : discover(environment.resourceManager, ports));
    const tokens = tokensFor(signIn, async () => (await cloud()).authority, ports);
    const client = once(async () => {
        const { resourceManager, scope } = await cloud();
        const created = await createClient(subscriptionId, resourceManager, ports);
        created.pipeline.addPolicy(bearer(() => tokens.get(scope)));
        return created;
    });
    const operations = once(() => Promise.all(/* import() */[__webpack_require__.e(818), __webpack_require__.e(334)]).then(__webpack_require__.bind(__webpack_require__, 7334)));
    return {
        async signIn() {
            const [{ scope }] = await Promise.all([cloud(), tokens.prepare(), client(), operations()]);
            await tokens.get(scope);
        },
        async readCluster() {
            const [context, { get }] = await Promise.all([client(), operations()]);
            return (0,retry/* askAgain */.et)((0,hosts_log/* ours */.O) `Reading the cluster`, () => exchange((options) => get(context, resourceGroup, name, options), READ_TIMEOUT_MS, ports.clock), ports);
        },
        async runCommand(body) {
            const [context, { runCommand }] = await Promise.all([client(), operations()]);
            return exchange(
            // Only the poller's first request is used: it would follow `Location` to any host, with the bearer token.
            (options) => runCommand(context, resourceGroup, name, body, options).submitted(), SUBMIT_TIMEOUT_MS, ports.clock);
        },
        async readResult(id) {
            const [context, { getCommandResult }] = await Promise.all([client(), operations()]);
            return exchange((options) => getCommandResult(context, resourceGroup, name, id, options), READ_TIMEOUT_MS, ports.clock);
        },
        async clusterToken() {
            return (await tokens.get(azure_cloud/* AKS_SERVER_SCOPE */.vW)).token;
        },
        forgetTokens() {
            tokens.forget();
        },
    };
}
async function discover(resourceManager, ports) {
    const client = await createClient('', resourceManager, ports);
    const answer = await (0,retry/* askAgain */.et)((0,hosts_log/* ours */.O) `Reading the cloud's metadata`, () => exchange(async (options) => client.pathUnchecked(azure_cloud/* METADATA_PATH */.GN).get(options), READ_TIMEOUT_MS, ports.clock), ports);
    const metadata = answer.kind === 'answered' && answer.status === 200 ? (0,json/* parseJson */.qF)(answer.body) : undefined;
    const cloud = (0,json/* isRecord */.u4)(metadata) || Array.isArray(metadata) ? (0,azure_cloud/* cloudFromMetadata */.VL)(metadata, resourceManager) : undefined;
    if (!cloud)
        throw new failure/* StepError */.zg({ code: 'cloud-metadata', endpoint: resourceManager, answer });
    return cloud;
}


/***/ }),

/***/ 6365:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ ours)
/* harmony export */ });
/** Joins literals with numbers and other checked text. */
function ours(literals, ...values) {
    return String.raw({ raw: literals.map((literal) => literal) }, ...values);
}


/***/ }),

/***/ 5130:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $U: () => (/* binding */ toldDelay),
/* harmony export */   HJ: () => (/* binding */ withFreshTokens),
/* harmony export */   JN: () => (/* binding */ backoff),
/* harmony export */   R$: () => (/* binding */ retrying),
/* harmony export */   T9: () => (/* binding */ MAX_FAILURES),
/* harmony export */   Ut: () => (/* binding */ throttleDelay),
/* harmony export */   et: () => (/* binding */ askAgain),
/* harmony export */   um: () => (/* binding */ MAX_WAIT_MS)
/* harmony export */ });
/* harmony import */ var _azure_answer_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6793);
/* harmony import */ var _hosts_log_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6365);


/** How often a request is sent again that was not answered, or not processed, throttled ones aside. */
const MAX_FAILURES = 6;
/** How long a request is sent again at most. A service that tells to wait beyond that is not waited for at all. */
const MAX_WAIT_MS = 60 * 60 * 1000;
const MAX_BACKOFF_MS = 16_000;
/** More would leave the bucket unused when the last jobs of a matrix wait. */
const MAX_SPREAD_MS = 15_000;
/**
 * The one policy for requests that are safe to repeat: ID token, Entra, metadata, cluster. A throttled request waits
 * as told, for up to an hour; any other transient failure is tried six times with growing pauses. Each retry is a
 * line in the log.
 *
 * @returns the first success, else the last failure.
 */
async function retrying(what, attempt, ports) {
    const { clock, log, cancelled, random } = ports;
    const begin = clock.monotonic();
    let throttled = 0;
    let failures = 0;
    for (;;) {
        const tried = await attempt();
        if (tried.ok || !(0,_azure_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .isTransient */ .dg)(tried.answer) || cancelled.aborted)
            return tried;
        const { answer } = tried;
        const isThrottled = answer.kind === 'answered' && answer.status === 429;
        if (!isThrottled && ++failures >= MAX_FAILURES)
            return tried;
        const wait = isThrottled ? throttleDelay(answer, throttled++, random) : backoff(answer, failures);
        if (clock.monotonic() + wait - begin > MAX_WAIT_MS)
            return tried;
        log.say((0,_hosts_log_js__WEBPACK_IMPORTED_MODULE_1__/* .ours */ .O) `${what} failed, asking again in ${Math.ceil(wait / 1000)} s:`);
        log.show((0,_azure_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .describeAnswer */ .O1)(answer));
        await clock.sleep(wait, cancelled);
        if (isAborted(cancelled))
            return tried;
    }
}
/** `retrying` for a request whose answer, whatever it is, is what was asked for. */
async function askAgain(what, ask, ports) {
    const attempt = async () => {
        const answer = await ask();
        return (0,_azure_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .isTransient */ .dg)(answer) ? { ok: false, answer } : { ok: true, value: answer };
    };
    const tried = await retrying(what, attempt, ports);
    return tried.ok ? tried.value : tried.answer;
}
/** Makes a call to ARM, and where ARM does not take the tokens, which says that nothing was done, once more with others. */
async function withFreshTokens(azure, log, call) {
    const answer = await call();
    if (answer.kind === 'unanswered' || answer.status !== 401)
        return answer;
    log.say((0,_hosts_log_js__WEBPACK_IMPORTED_MODULE_1__/* .ours */ .O) `ARM rejected the access token: asking for a new one.`);
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


/***/ })

};
