export const id = 455;
export const ids = [455];
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

/***/ 5721:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ZZ: () => (/* binding */ field),
/* harmony export */   qF: () => (/* binding */ parseJson),
/* harmony export */   u4: () => (/* binding */ isRecord)
/* harmony export */ });
/** Parses JSON; undefined where the text is not JSON. */
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
/** Narrows parsed JSON to an object whose fields can be looked at. */
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** A field of parsed JSON; undefined where the value is no object, or has no such field. */
function field(value, name) {
    return isRecord(value) ? value[name] : undefined;
}


/***/ }),

/***/ 2515:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ proxyFor),
/* harmony export */   w: () => (/* binding */ proxyProblem)
/* harmony export */ });
/**
 * Which proxy a request takes, by the rules of GitHub's runner (RunnerWebProxy.cs), so that a step reaches what its runner
 * does: `https_proxy` or `HTTPS_PROXY`, a scheme or none, and `no_proxy` with `*`, names with everything below them, and
 * ports. `HTTP_PROXY` and `ALL_PROXY` say nothing about https. Of two spellings of a variable the small one counts.
 *
 * @returns undefined for a direct connection; also where the variable holds no address, which `proxyProblem` tells.
 */
function proxyFor(url, variable) {
    const { protocol, hostname, port } = new URL(url);
    if (protocol !== 'https:' || isLoopback(hostname))
        return undefined;
    const proxy = parseProxy(valueOf('https_proxy', variable));
    const entries = valueOf('no_proxy', variable).split(/[\s,]+/);
    return proxy === undefined || entries.some((entry) => bypasses(entry, hostname, port || '443')) ? undefined : proxy;
}
/** What is wrong with the proxy's variable: a sentence that shows nothing of it, since a password may be in it. */
function proxyProblem(variable) {
    const value = valueOf('https_proxy', variable);
    if (value === '' || parseProxy(value) !== undefined)
        return undefined;
    return 'HTTPS_PROXY is not the address of an HTTP proxy. Use http://HOST:PORT, or http://USER:PASSWORD@HOST:PORT.';
}
function valueOf(name, variable) {
    const spellings = [name, name.toUpperCase()].map((spelling) => variable(spelling)?.trim() ?? '');
    return spellings.find((value) => value !== '') ?? '';
}
function parseProxy(value) {
    const address = value.includes('://') ? value : `http://${value}`;
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (url === undefined || !['http:', 'https:'].includes(url.protocol))
        return undefined;
    const secure = url.protocol === 'https:';
    const name = decode(url.username);
    return {
        secure,
        host: plainHost(url.hostname),
        port: Number(url.port) || (secure ? 443 : 80),
        credentials: name === '' && url.password === '' ? '' : `${name}:${decode(url.password)}`,
    };
}
/** What is not encoded stands for itself: a lone `%`, bytes that are no text. */
function decode(text) {
    return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
        try {
            return decodeURIComponent(encoded);
        }
        catch {
            return encoded;
        }
    });
}
function isLoopback(hostname) {
    return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
/** Whether an entry of `no_proxy` is about this host: `host` and all below it, `.host` for those alone, `host:port`, `*`. */
function bypasses(entry, hostname, port) {
    const [, host = entry, only = port] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [];
    const name = plainHost(host.toLowerCase());
    if (name === '' || only !== port)
        return false;
    return (name === '*' ||
        plainHost(hostname).endsWith(name.startsWith('.') ? name : `.${name}`) ||
        plainHost(hostname) === name);
}
/** An IPv6 address without its brackets. */
function plainHost(host) {
    return host.replaceAll(/[[\]]/g, '');
}


/***/ }),

/***/ 9455:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  azureFor: () => (/* binding */ azureFor)
});

// EXTERNAL MODULE: ./src/azure/json.ts
var azure_json = __webpack_require__(5721);
// EXTERNAL MODULE: ./src/azure/cloud.ts
var azure_cloud = __webpack_require__(6370);
// EXTERNAL MODULE: ./src/failure.ts
var failure = __webpack_require__(1633);
// EXTERNAL MODULE: ./src/text/ours.ts
var ours = __webpack_require__(2452);
// EXTERNAL MODULE: ./src/lifecycle/retry.ts
var retry = __webpack_require__(5130);
// EXTERNAL MODULE: ./src/azure/answer.ts
var azure_answer = __webpack_require__(6793);
;// CONCATENATED MODULE: ./src/edge/azure/certificate.ts
/** Node's words for a certificate that does not pass (tls.html#x509-certificate-error-codes). */
const OTHERS = new Set([
    'INVALID_CA',
    'INVALID_PURPOSE',
    'PATH_LENGTH_EXCEEDED',
    'HOSTNAME_MISMATCH',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
]);
/**
 * Whether an error's code says that the certificate of the other side is not trusted. Node gives such a connection up
 * between the handshake and the first byte of the request, so nothing was sent, and another try ends the same.
 */
function isCertificateError(code) {
    // What begins with ERR_SSL can be the other side's alert, which may come after the request.
    return OTHERS.has(code) || /^(?!ERR_SSL)(?:.*_)?(?:CERT|CRL)(?:_|$)/.test(code);
}

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __webpack_require__(1692);
// EXTERNAL MODULE: ./src/azure/proxy.ts
var azure_proxy = __webpack_require__(2515);
;// CONCATENATED MODULE: ./src/edge/azure/proxy.ts






/** Codes of {@link ProxyFailure}: the request provably did not leave. With the second one, it never will. */
const PROXY_FAILED = 'ERR_PROXY_FAILED';
const PROXY_REFUSED = 'ERR_PROXY_REFUSED';
/**
 * Until the other end of the tunnel has proved who it is. Shorter than any request may take: that a proxy is silent is known
 * before the request is given up.
 */
const TUNNEL_TIMEOUT_MS = 20_000;
/** A proxy opened no tunnel: nothing was sent to Azure, and nothing that came back is Azure's. */
class ProxyFailure extends Error {
    name = 'ProxyFailure';
    code;
    /** @param isRefusal whether it stays so until somebody changes a setting */
    constructor(message, isRefusal, cause) {
        super(message, { cause });
        this.code = isRefusal ? PROXY_REFUSED : PROXY_FAILED;
    }
}
/**
 * The one place that decides how requests leave: every client, of Azure and of GitHub, has this policy. The SDK's own
 * reading of the environment differs from the runner's, and its agent hands every reply to CONNECT but a 200 to whoever
 * asked, as if it had come through TLS: anyone between the runner and its proxy could forge a result.
 */
function throughProxy(env, timeoutMs = TUNNEL_TIMEOUT_MS) {
    let agent;
    return {
        name: 'aksRunCommandProxy',
        sendRequest(request, next) {
            const proxy = (0,azure_proxy/* proxyFor */.i)(request.url, (name) => env[name]);
            // What the SDK's policy has set by then is taken back.
            delete request.agent;
            if (proxy)
                request.agent = agent ??= new TunnelAgent(proxy, timeoutMs);
            return next(request);
        },
    };
}
/**
 * Connections to wherever, through tunnels that a proxy opens. None is kept: a proxy ends an idle one without a word, and a
 * submission that is lost with it is one of which nobody can tell whether it arrived.
 */
class TunnelAgent extends external_node_https_.Agent {
    #proxy;
    #timeoutMs;
    constructor(proxy, timeoutMs) {
        super({ keepAlive: false });
        this.#proxy = proxy;
        this.#timeoutMs = timeoutMs;
    }
    createConnection({ host, port, servername }, callback) {
        const target = { host: host ?? '', port: Number(port), servername };
        connectThrough(this.#proxy, target, this.#timeoutMs).then((socket) => callback?.(null, socket), 
        // Nothing else is thrown there. As it is: the SDK looks for a code on it.
        (error) => callback?.(error, new external_node_net_.Socket()));
    }
}
/**
 * A TLS connection through the proxy. Nothing of a request is sent before the other end has proved who it is, so whatever goes
 * wrong until then is the proxy's, unless it is the other end's certificate.
 */
async function connectThrough(proxy, target, timeoutMs) {
    const begin = performance.now();
    const socket = await openTunnel(proxy, `${target.host}:${target.port}`, timeoutMs);
    return proxy_secure(proxy, { ...target, socket }, { timeoutMs, leftMs: timeoutMs - (performance.now() - begin) });
}
function openTunnel(proxy, target, timeoutMs) {
    const { secure, host, port, credentials } = proxy;
    const request = (secure ? external_node_https_.request : external_node_http_.request)({
        method: 'CONNECT',
        host,
        port,
        path: target,
        agent: false,
        headers: {
            host: target,
            ...(credentials !== '' && { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` }),
        },
    });
    return new Promise((resolve, reject) => {
        const fail = (words, isRefusal = false, cause) => {
            clearTimeout(timer);
            reject(failureOf(proxy, words, isRefusal, cause));
            request.destroy();
        };
        const timer = setTimeout(() => {
            fail(`did not open a tunnel within ${timeoutMs / 1000} s`);
        }, timeoutMs);
        request.on('connect', ({ statusCode = 0 }, socket) => {
            clearTimeout(timer);
            if (statusCode === 200)
                resolve(socket);
            // Other answers than these may be over soon: 502, 503, 504, 429.
            else {
                const isRefusal = statusCode >= 400 && statusCode < 500 && ![408, 425, 429].includes(statusCode);
                fail(`answered ${statusCode}`, isRefusal);
            }
        });
        request.on('error', (error) => {
            fail(wordsFor(error), isCertificateError(codeOf(error)), error);
        });
        request.end();
    });
}
function proxy_secure(proxy, { socket, host, servername }, { timeoutMs, leftMs }) {
    return new Promise((resolve, reject) => {
        const secured = (0,external_node_tls_.connect)({ host, servername, socket });
        const fail = (error) => {
            clearTimeout(timer);
            reject(error);
            secured.destroy();
        };
        const timer = setTimeout(() => {
            fail(failureOf(proxy, `opened a tunnel, but nothing came through it within ${timeoutMs / 1000} s`));
        }, leftMs);
        secured.once('secureConnect', () => {
            clearTimeout(timer);
            resolve(secured);
        });
        secured.on('error', (error) => {
            const code = codeOf(error);
            if (isCertificateError(code))
                fail(error);
            else
                fail(failureOf(proxy, `opened a tunnel, which broke (${code})`, false, error));
        });
    });
}
function failureOf({ host, port }, words, isRefusal = false, cause) {
    return new ProxyFailure(`the proxy ${bracketed(host)}:${port} ${words}, so nothing was sent`, isRefusal, cause);
}
function codeOf({ code, message }) {
    return code ?? message;
}
function wordsFor(error) {
    const code = codeOf(error);
    if (code === 'ECONNREFUSED')
        return `refused the connection (${code})`;
    if (isCertificateError(code))
        return `has a certificate that is not trusted (${code})`;
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
        return `was not found (${code})`;
    return `cannot be reached (${code})`;
}
function bracketed(host) {
    return host.includes(':') ? `[${host}]` : host;
}

;// CONCATENATED MODULE: ./src/edge/azure/exchange.ts





/** The SDK reads the environment where it is not told of a proxy, and throws for one without a scheme. `throughProxy` decides. */
const UNUSED_PROXY = { host: 'http://unused.invalid', port: 80 };
/** More than any answer takes: 512 KiB of output are 3 MiB, each byte of it escaped. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
/** The SDK keeps an answer in memory, and unpacks it: some megabytes of gzip would be more than the runner has. */
const bounded = {
    name: 'aksRunCommandBounded',
    sendRequest(request, next) {
        request.onDownloadProgress = ({ loadedBytes }) => {
            if (loadedBytes > MAX_ANSWER_BYTES)
                throw new Error(`the answer is longer than ${MAX_ANSWER_BYTES} bytes`);
        };
        return next(request);
    },
};
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
        proxyOptions: UNUSED_PROXY,
        userAgentOptions: { userAgentPrefix: 'aks-run-command' },
        additionalPolicies: [
            { policy, position: 'perRetry' },
            { policy: bounded, position: 'perRetry' },
            { policy: throughProxy(process.env), position: 'perRetry' },
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
                const outcome = answer.kind === 'answered' ? `${answer.status} ${(0,azure_answer/* requestIds */.qs)(answer)}`.trim() : answer.cause;
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
    return answers[0] ?? { kind: 'unanswered', sent: 'perhaps', cause: 'the client returned no response' };
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
const NEVER_SENT = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', PROXY_FAILED]);
function unanswered(error) {
    const codes = codesOf(error);
    const refused = codes.some((code) => code === PROXY_REFUSED || isCertificateError(code));
    const sent = refused || codes.some((code) => NEVER_SENT.has(code)) ? 'never' : 'perhaps';
    return { kind: 'unanswered', sent, cause: (0,azure_answer/* clip */.$Q)((0,failure/* messageOf */.bD)(error)), ...(refused && { refused: true }) };
}
/** The codes of an error and of its causes; none where it throws when it is read. */
function codesOf(error) {
    try {
        const chain = new Set();
        for (let link = error; (0,azure_json/* isRecord */.u4)(link) && !chain.has(link); link = link['cause'])
            chain.add(link);
        return [...chain].map(({ code }) => code).filter((code) => typeof code === 'string');
    }
    catch {
        return [];
    }
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
    const { createContainerService } = await Promise.all(/* import() */[__webpack_require__.e(818), __webpack_require__.e(530)]).then(__webpack_require__.bind(__webpack_require__, 2530));
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

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
;// CONCATENATED MODULE: ./src/edge/azure/az.ts



/** Of each of its two streams, in characters. A token has some thousands. */
const MAX_LENGTH = 1_048_576;
/** Of what it says of a failure, in characters: the end says most, and a message that is cut keeps its beginning. */
const MAX_WORDS = 1400;
/**
 * Variables that are none of the program's business: the inputs of the step, what the runner gives to it alone (the request
 * token of the ID token, the files by which it is told something), and what makes Azure's SDKs talk.
 */
const OURS = /^(?:INPUT_|ACTIONS_|GITHUB_|RUNNER_|AZURE_LOG_LEVEL$|DEBUG$)/i;
/** The variables that `az` gets. */
function cleanEnvironment(env) {
    return Object.fromEntries(Object.entries(env).filter(([name]) => !OURS.test(name)));
}
/**
 * An access token of the session that `az login` or `azure/login` left. Not by `AzureCliCredential` of `@azure/identity`,
 * which ends the shell in which it starts `az`, and not `az`.
 *
 * @param scope as Entra has it, `RESOURCE/.default`
 * @throws Error with the program's own words
 */
async function azToken(scope, ports) {
    const resource = scope.replace(/\/\.default$/, '');
    // On Windows, where `az` is a batch file, a shell reads it.
    if (!/^[\w.:/-]{1,2000}$/.test(resource))
        throw new Error(`az cannot request the scope ${JSON.stringify(scope)}`);
    const { stdout, stderr, failure } = await run(['account', 'get-access-token', '--output', 'json', '--resource', resource], ports);
    const token = failure === undefined ? readToken(stdout) : undefined;
    if (token !== undefined)
        return token;
    throw new Error([failure, stderr.trim().slice(-MAX_WORDS)].filter(Boolean).join(': ') || 'az returned no token');
}
function readToken(json) {
    const answer = (0,azure_json/* parseJson */.qF)(json);
    const token = (0,azure_json/* field */.ZZ)(answer, 'accessToken');
    // Before 2.54 of the CLI there is only a local time.
    const expiresOnTimestamp = Number((0,azure_json/* field */.ZZ)(answer, 'expires_on')) * 1000 || Date.parse(String((0,azure_json/* field */.ZZ)(answer, 'expiresOn')));
    const isToken = typeof token === 'string' && token !== '' && Number.isFinite(expiresOnTimestamp);
    return isToken ? { token, expiresOnTimestamp } : undefined;
}
/** Runs it to its end. Never rejects, and leaves no process of it behind. */
function run(args, { env, cancelled }) {
    return new Promise((resolve) => {
        const child = start(args, env);
        // Once: its process id may soon be that of another one.
        const tree = new AbortController();
        tree.signal.addEventListener('abort', () => {
            killTree(child, env);
        });
        const endTree = () => {
            tree.abort();
        };
        const streams = [collect(child.stdout, endTree), collect(child.stderr, endTree)];
        const ended = (failure) => {
            cancelled.removeEventListener('abort', onCancel);
            process.removeListener('exit', endTree);
            endTree();
            const [stdout, stderr] = [streams[0](), streams[1]()];
            resolve({ stdout, stderr, ...(failure !== undefined && { failure }) });
        };
        const onCancel = () => {
            ended('az was stopped');
        };
        child.once('error', (error) => {
            ended('code' in error && error.code === 'ENOENT' ? 'the Azure CLI (az) is not on PATH' : (0,failure/* messageOf */.bD)(error));
        });
        // What it started holds the pipes open, and so the next event back.
        child.once('exit', endTree);
        child.once('close', (code, signal) => {
            ended(code === 0 ? undefined : `az ended with ${signal ?? `exit code ${code}`}`);
        });
        process.once('exit', endTree);
        cancelled.addEventListener('abort', onCancel);
        if (cancelled.aborted)
            onCancel();
    });
}
function start(args, env) {
    return (0,external_node_child_process_.spawn)('az', args, {
        ...azOptions(process.platform, env),
        env: cleanEnvironment(env),
        stdio: ['ignore', 'pipe', 'pipe'],
    });
}
/** How `az` is started on a system. */
function azOptions(platform, env) {
    const windows = platform === 'win32';
    return {
        // Windows looks for programs in the current folder first, which is the workspace.
        cwd: windows ? (env['SystemRoot'] ?? String.raw `C:\Windows`) : '/',
        shell: windows,
        windowsHide: true,
        // A group of its own, so that what it starts can be ended with it.
        detached: !windows,
    };
}
function killTree({ pid }, env) {
    if (pid === undefined)
        return;
    const { cwd, shell: windows } = azOptions(process.platform, env);
    try {
        if (windows)
            (0,external_node_child_process_.spawnSync)('taskkill', ['/pid', String(pid), '/t', '/f'], { cwd, stdio: 'ignore' });
        else
            process.kill(-pid, 'SIGKILL');
    }
    catch {
        // Nobody is left.
    }
}
/** Reads a stream; told where it never ends. */
function collect(stream, tooMuch) {
    let text = '';
    stream.setEncoding('utf8').on('data', (part) => {
        text += part;
        if (text.length > MAX_LENGTH)
            tooMuch();
    });
    return () => {
        // What got away may hold the other end.
        stream.destroy();
        return text;
    };
}

;// CONCATENATED MODULE: ./src/edge/azure/ambient.ts





const TIMEOUT_MS = 60_000;
/** Bare in the log, so written out for each place. */
const SIGNING_IN = {
    workflow: (0,ours/* ours */.O) `Signing in with the existing Azure session, because client-id and tenant-id are not set.`,
    prompt: (0,ours/* ours */.O) `Signing in with the existing Azure session, because --client-id and --tenant-id are not set.`,
};
/** The session of `azure/login` or `az login`, else the workload identity of a machine in Kubernetes. */
function ambient(authority, ports) {
    let chosen;
    const { words } = ports.host;
    ports.log.say(SIGNING_IN[words.place]);
    const sessions = [
        {
            name: words.noun('login'),
            token: (scope, abortSignal) => azToken(scope, { env: process.env, cancelled: AbortSignal.any([ports.cancelled, abortSignal]) }),
        },
        ...(ports.host.variable('AZURE_FEDERATED_TOKEN_FILE') ? [workloadIdentity(authority, ports)] : []),
    ];
    return {
        prepare: () => Promise.resolve(),
        async request(scope) {
            const failures = [];
            for (const session of chosen ? [chosen] : sessions) {
                try {
                    const token = await within(TIMEOUT_MS, ports.clock, (abortSignal) => session.token(scope, abortSignal));
                    chosen = session;
                    return token;
                }
                catch (error) {
                    failures.push(`${session.name}: ${(0,azure_answer/* clip */.$Q)((0,failure/* messageOf */.bD)(error))}`);
                }
            }
            throw new failure/* StepError */.zg({ code: 'no-session', detail: failures.join('\n') });
        },
        reset() {
            chosen = undefined;
        },
    };
}
function workloadIdentity(authority, { log, transport }) {
    const watch = observer(log, () => undefined);
    return {
        name: 'workload identity',
        async token(scope, abortSignal) {
            const { WorkloadIdentityCredential } = await Promise.all(/* import() */[__webpack_require__.e(818), __webpack_require__.e(563)]).then(__webpack_require__.bind(__webpack_require__, 5563));
            const credential = new WorkloadIdentityCredential({
                ...plainClientOptions(watch, transport),
                authorityHost: await authority(),
                disableInstanceDiscovery: true,
            });
            return credential.getToken(scope, { abortSignal });
        },
    };
}

// EXTERNAL MODULE: ./src/text/visible.ts
var visible = __webpack_require__(1573);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./src/azure/id-token.ts

/** An ID token is used no more this long before it expires. */
const EXPIRY_MARGIN_MS = 30_000;
/** Entra's own limit of a subject is 600 characters. What is longer is no claim to compare or to paste. */
const MAX_CLAIM = 1_000;
/** However long it says it lives: GitHub's lives about five minutes. */
const MAX_LIFETIME_MS = 3_600_000;
/** Reads a JWT's payload. A token that cannot be read has empty claims and is used once. */
function readIdToken(jwt) {
    const payload = (0,azure_json/* parseJson */.qF)(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
    const claim = (name) => {
        const value = (0,azure_json/* field */.ZZ)(payload, name);
        return typeof value === 'string' && value.length <= MAX_CLAIM ? value : '';
    };
    const exp = (0,azure_json/* field */.ZZ)(payload, 'exp');
    const iat = (0,azure_json/* field */.ZZ)(payload, 'iat');
    return {
        claims: {
            issuer: claim('iss'),
            subject: claim('sub'),
            audience: claim('aud'),
            jobWorkflowRef: claim('job_workflow_ref'),
        },
        // By its own two times: the runner's clock may be off.
        lifetimeMs: typeof exp === 'number' && typeof iat === 'number'
            ? Math.min((exp - iat) * 1000 - EXPIRY_MARGIN_MS, MAX_LIFETIME_MS)
            : 0,
    };
}

;// CONCATENATED MODULE: ./src/edge/azure/assertions.ts









const REQUEST_TIMEOUT_MS = 30_000;
/**
 * The ID tokens of this job: GitHub's token service where the job may ask it, else the file that the host knows of.
 *
 * @throws StepError `no-id-token` where there is neither.
 */
function assertionsFor(audience, ports) {
    const { clock, host } = ports;
    const { title, fetch } = idTokenSource(audience, ports);
    let known;
    let fetching;
    async function fetchAssertion() {
        const jwt = await fetch();
        host.mask(jwt);
        const { claims, lifetimeMs } = readIdToken(jwt);
        known = { jwt, claims, usableUntil: clock.now() + lifetimeMs };
        return known;
    }
    return {
        title,
        async fresh() {
            if (known && clock.now() < known.usableUntil)
                return known;
            fetching ??= fetchAssertion().finally(() => (fetching = undefined));
            return fetching;
        },
    };
}
function idTokenSource(audience, ports) {
    const { host } = ports;
    const url = host.variable('ACTIONS_ID_TOKEN_REQUEST_URL');
    const requestToken = host.variable('ACTIONS_ID_TOKEN_REQUEST_TOKEN');
    if (url && requestToken) {
        return {
            title: (0,ours/* ours */.O) `Signing in with GitHub's ID token`,
            fetch: () => fetchFromGitHub({ url, requestToken, audience }, ports),
        };
    }
    const file = host.idTokenFile;
    if (!file)
        throw new failure/* StepError */.zg({ code: 'no-id-token' });
    return {
        title: (0,ours/* ours */.O) `Signing in with the ID token in AZURE_FEDERATED_TOKEN_FILE`,
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
async function fetchFromGitHub({ url, requestToken, audience }, ports) {
    // Not by `@actions/core`, which takes its bearer token along wherever a redirect leads, and repeats on its own.
    const github = once(async () => {
        const client = await createClient('', new URL(url).origin, ports);
        client.pipeline.addPolicy(bearer(() => Promise.resolve({ token: requestToken })));
        return client.pathUnchecked(`${url}&audience=${encodeURIComponent(audience)}`);
    });
    const ask = async () => {
        const answer = await exchange(async (options) => (await github()).get(options), REQUEST_TIMEOUT_MS, ports.clock);
        if (answer.kind === 'unanswered' || answer.status !== 200)
            return { ok: false, answer };
        const body = (0,azure_json/* parseJson */.qF)(answer.body);
        const value = (0,azure_json/* isRecord */.u4)(body) ? body['value'] : undefined;
        return typeof value === 'string'
            ? { ok: true, value }
            : { ok: false, answer: { kind: 'unanswered', sent: 'perhaps', cause: 'the answer contains no ID token' } };
    };
    const fetched = await (0,retry/* retrying */.R$)((0,ours/* ours */.O) `Fetching GitHub's ID token`, ask, ports);
    if (!fetched.ok)
        throw new failure/* StepError */.zg({ code: 'id-token', detail: (0,azure_answer/* describeAnswer */.O1)(fetched.answer) });
    return fetched.value;
}

;// CONCATENATED MODULE: ./src/edge/azure/federated.ts








const federated_REQUEST_TIMEOUT_MS = 30_000;
/** An ID token, exchanged by Entra for the application's tokens. */
function federated({ audience, ...application }, authority, ports) {
    const assertions = assertionsFor(audience, ports);
    const entra = exchangeWith(application, authority, assertions, ports);
    let told = '';
    return {
        async prepare() {
            await Promise.all([assertions.fresh(), Promise.all(/* import() */[__webpack_require__.e(818), __webpack_require__.e(563)]).then(__webpack_require__.bind(__webpack_require__, 5563))]);
        },
        attempt: entra.attempt,
        async request(scope) {
            // Fetched before the exchange: an error inside the credential's callback comes out with its cause buried.
            const [{ claims }, authorityHost] = await Promise.all([assertions.fresh(), authority()]);
            const lines = signInLines(claims, authorityHost, application);
            if (lines !== told)
                ports.log.group(assertions.title, (told = lines));
            const signedIn = await (0,retry/* retrying */.R$)((0,ours/* ours */.O) `Signing in to Entra`, () => entra.attempt(scope), ports);
            if (!signedIn.ok)
                throw new failure/* StepError */.zg({ code: 'entra', answer: signedIn.answer, scope, claims });
            return signedIn.value;
        },
        reset: entra.reset,
    };
}
function exchangeWith(application, authority, assertions, { clock, log, transport }) {
    let credential;
    let lastAnswer;
    const reset = () => {
        credential = undefined;
    };
    const watch = observer(log, (answer) => (lastAnswer = answer));
    const options = async () => ({ ...plainClientOptions(watch, transport), authorityHost: await authority() });
    async function attempt(scope) {
        lastAnswer = undefined;
        try {
            await assertions.fresh();
            const current = (credential ??= await credentialOf(application, assertions, await options()));
            const token = await within(federated_REQUEST_TIMEOUT_MS, clock, (abortSignal) => current.getToken(scope, { abortSignal }));
            return { ok: true, value: token };
        }
        catch (error) {
            if (error instanceof failure/* StepError */.zg)
                throw error;
            // MSAL answers from its own cache for a minute after a 429 or 5xx: another try needs another instance.
            reset();
            // Where the time was over, the last answer is that to an earlier request.
            const answer = error instanceof TimeoutError ? undefined : failedAnswer(lastAnswer);
            return { ok: false, answer: answer ?? { kind: 'unanswered', sent: 'perhaps', cause: (0,azure_answer/* clip */.$Q)((0,failure/* messageOf */.bD)(error)) } };
        }
    }
    return { attempt, reset };
}
async function credentialOf({ clientId, tenantId }, assertions, options) {
    const { ClientAssertionCredential } = await Promise.all(/* import() */[__webpack_require__.e(818), __webpack_require__.e(563)]).then(__webpack_require__.bind(__webpack_require__, 5563));
    return new ClientAssertionCredential(tenantId, clientId, async () => (await assertions.fresh()).jwt, {
        ...options,
        // Entra's public directory of authorities does not know custom clouds.
        disableInstanceDiscovery: true,
    });
}
/** An answer with a token is no failure: then what MSAL said of it counts. */
function failedAnswer(answer) {
    const isToken = answer?.kind === 'answered' && hasAccessToken(answer.body);
    return isToken ? undefined : answer;
}
function hasAccessToken(body) {
    const parsed = (0,azure_json/* parseJson */.qF)(body);
    return (0,azure_json/* isRecord */.u4)(parsed) && 'access_token' in parsed;
}
function signInLines(claims, authority, { clientId, tenantId }) {
    return [
        `authority         ${authority}`,
        `tenant-id         ${tenantId}`,
        `client-id         ${clientId}`,
        `issuer            ${(0,visible/* visible */.RK)(claims.issuer)}`,
        `subject           ${(0,visible/* visible */.RK)(claims.subject)}`,
        `audience          ${(0,visible/* visible */.RK)(claims.audience)}`,
        `job_workflow_ref  ${(0,visible/* visible */.RK)(claims.jobWorkflowRef)}`,
    ].join('\n');
}

;// CONCATENATED MODULE: ./src/edge/azure/tokens.ts


/** A token is used no more this long before it expires. */
const tokens_EXPIRY_MARGIN_MS = 120_000;
/** A signed-in caller's tokens. The source is asked anew where a token is near its end or was forgotten. */
function tokensFor(signIn, authority, ports) {
    const { keep, usable, isEmpty, clear } = keptTokens(ports);
    const awaited = new Map();
    const begun = new Map();
    const source = signIn.kind === 'oidc' ? federated(signIn, authority, ports) : ambient(authority, ports);
    async function request(scope) {
        try {
            await begun.get(scope);
            return usable(scope) ?? keep(scope, await source.request(scope));
        }
        finally {
            awaited.delete(scope);
        }
    }
    async function attempt(scope) {
        try {
            const token = await source.attempt?.(scope);
            if (token?.ok)
                keep(scope, token.value);
        }
        catch {
            // Who needs the token asks again, and is told.
        }
    }
    return {
        async prepare() {
            if (isEmpty())
                await source.prepare();
        },
        begin(scope) {
            if (!usable(scope) && !awaited.has(scope) && !begun.has(scope))
                begun.set(scope, attempt(scope));
        },
        async get(scope) {
            // One request at a time: who asks again, after giving up on an answer, joins those who wait.
            const asked = usable(scope) ?? awaited.get(scope) ?? request(scope);
            if (asked instanceof Promise)
                awaited.set(scope, asked);
            return asked;
        },
        forget() {
            clear();
            begun.clear();
            source.reset();
        },
    };
}
function keptTokens({ clock, host }) {
    const kept = new Map();
    return {
        isEmpty: () => kept.size === 0,
        clear: () => {
            kept.clear();
        },
        usable: (scope) => {
            const token = kept.get(scope);
            return token && token.expiresOnTimestamp - clock.now() > tokens_EXPIRY_MARGIN_MS ? token : undefined;
        },
        keep: (scope, token) => {
            host.mask(token.token);
            kept.set(scope, token);
            return token;
        },
    };
}

;// CONCATENATED MODULE: ./src/edge/azure/index.ts








const READ_TIMEOUT_MS = 30_000;
/** With Entra the POST blocks for 30 s; ARM gives up at 60. */
const SUBMIT_TIMEOUT_MS = 120_000;
/** The cluster behind ARM, through `@azure/arm-containerservice`, one request a call. */
function azureFor({ cluster, environment, signIn }, ports) {
    const cloud = once(async () => environment.kind === 'named' ? environment.cloud : discover(environment.resourceManager, ports));
    const tokens = tokensFor(signIn, async () => (await cloud()).authority, ports);
    const client = once(async () => {
        const { resourceManager, scope } = await cloud();
        const created = await createClient(cluster.subscriptionId, resourceManager, ports);
        created.pipeline.addPolicy(bearer(() => tokens.get(scope)));
        return created;
    });
    const calls = callsTo(cluster, client, ports);
    return {
        async signIn() {
            const [{ scope }] = await Promise.all([cloud(), tokens.prepare(), client(), operations()]);
            await tokens.get(scope);
        },
        async clusterToken() {
            return (await tokens.get(azure_cloud/* AKS_SERVER_SCOPE */.vW)).token;
        },
        forgetTokens() {
            tokens.forget();
        },
        ...calls,
        readCluster() {
            // Whether the cluster wants a token of its own is what this request tells: by then it is there.
            tokens.begin(azure_cloud/* AKS_SERVER_SCOPE */.vW);
            return calls.readCluster();
        },
    };
}
const operations = once(() => Promise.all(/* import() */[__webpack_require__.e(818), __webpack_require__.e(334)]).then(__webpack_require__.bind(__webpack_require__, 7334)));
/** What is asked of ARM. */
function callsTo({ resourceGroup, name }, client, ports) {
    return {
        async readCluster() {
            const [context, { get }] = await Promise.all([client(), operations()]);
            return (0,retry/* askAgain */.et)((0,ours/* ours */.O) `Reading the cluster`, () => exchange((options) => get(context, resourceGroup, name, options), READ_TIMEOUT_MS, ports.clock), ports);
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
    };
}
async function discover(resourceManager, ports) {
    const client = await createClient('', resourceManager, ports);
    const answer = await (0,retry/* askAgain */.et)((0,ours/* ours */.O) `Reading the cloud's metadata`, () => exchange(async (options) => client.pathUnchecked(azure_cloud/* METADATA_PATH */.GN).get(options), READ_TIMEOUT_MS, ports.clock), ports);
    const metadata = answer.kind === 'answered' && answer.status === 200 ? (0,azure_json/* parseJson */.qF)(answer.body) : undefined;
    const cloud = (0,azure_cloud/* cloudFromMetadata */.VL)(metadata, resourceManager);
    if (!cloud)
        throw new failure/* StepError */.zg({ code: 'cloud-metadata', endpoint: resourceManager, answer });
    return cloud;
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
/* harmony import */ var _text_duration_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9495);
/* harmony import */ var _text_visible_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1573);
/* harmony import */ var _text_ours_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2452);




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
        const told = (0,_text_ours_js__WEBPACK_IMPORTED_MODULE_3__/* .ours */ .O) `${what} failed. Retrying in ${(0,_text_duration_js__WEBPACK_IMPORTED_MODULE_1__/* .formatDuration */ .a)(Math.ceil(wait / 1000))}: `;
        log.show(told + (0,_text_visible_js__WEBPACK_IMPORTED_MODULE_2__/* .visible */ .RK)((0,_azure_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .describeAnswer */ .O1)(answer).replaceAll(/\s+/g, ' ')));
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
    if (answer.kind === 'unanswered' || answer.status !== 401)
        return answer;
    log.say((0,_text_ours_js__WEBPACK_IMPORTED_MODULE_3__/* .ours */ .O) `Azure rejected the access token. Requesting a new one.`);
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

/***/ 2452:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ ours)
/* harmony export */ });
/** Joins literals with numbers and other checked text. */
function ours(literals, ...values) {
    return String.raw({ raw: literals.map((literal) => literal) }, ...values);
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
