export const id = 139;
export const ids = [139];
export const modules = {

/***/ 6793:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O1: () => (/* binding */ describeAnswer),
/* harmony export */   Tq: () => (/* binding */ isAnswer),
/* harmony export */   Vs: () => (/* binding */ retryAfterMs),
/* harmony export */   cg: () => (/* binding */ serviceError),
/* harmony export */   dg: () => (/* binding */ isTransient),
/* harmony export */   qs: () => (/* binding */ requestIds),
/* harmony export */   r1: () => (/* binding */ isFromArm)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5721);
/* harmony import */ var _long_words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7201);


/** Whether a request has ended with an answer, or with none, instead of what it was sent for. */
function isAnswer(outcome) {
    return 'kind' in outcome;
}
/**
 * Whether the same request may succeed later: it was throttled, the service is in trouble, or the
 * connection broke.
 */
function isTransient(answer) {
    if (answer.kind === 'unanswered')
        return answer.sent !== 'blocked';
    return answer.status === 429 || answer.status === 408 || answer.status >= 500;
}
/** A longer text is neither a code nor a request id. */
const MAX_CODE = 100;
/**
 * What a service said about its failure: `{"error":{"code","message"}}`, the same at the top level,
 * Entra's `{"error","error_description"}`, the title of a proxy's page, or plain text. Foreign
 * text, empty if nothing is readable.
 */
function serviceError(body) {
    const parsed = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(body);
    if ((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(parsed)) {
        const inner = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(parsed['error']) ? parsed['error'] : parsed;
        const code = inner['code'] ?? inner['error'];
        const message = inner['message'] ?? inner['error_description'];
        return {
            code: typeof code === 'string' && code.length <= MAX_CODE ? code : '',
            message: typeof message === 'string' ? (0,_long_words_js__WEBPACK_IMPORTED_MODULE_1__/* .clip */ .$)(message) : '',
        };
    }
    const title = /<title>(?:\d{3} )?([^<]{0,1000})<\/title>/i.exec(body.slice(0, 16_384))?.[1];
    const plainText = /^\s*</.test(body) ? '' : body;
    return { code: '', message: (0,_long_words_js__WEBPACK_IMPORTED_MODULE_1__/* .clip */ .$)((title ?? plainText).trim()) };
}
/**
 * Whether ARM itself answered, in JSON with a code. An empty body, a page, or other JSON may be a
 * gateway's.
 */
function isFromArm(answer) {
    const body = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(answer.body);
    const code = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(body, 'error'), 'code') ?? (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(body, 'code');
    return typeof code === 'string' && code !== '';
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
 * An answer in one line. Foreign text. A success's body is left out: it may contain a token or
 * unmasked output.
 */
function describeAnswer(answer) {
    if (answer.kind === 'unanswered')
        return `no answer (${answer.cause})`;
    const { code, message } = serviceError(answer.status < 300 ? '' : answer.body);
    const words = [code, message].filter((word) => word !== '').join(': ');
    return `HTTP ${answer.status} ${words}`.trimEnd();
}
/** The ids that Azure's support asks for. Foreign text. */
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
/* harmony export */   qZ: () => (/* binding */ PUBLIC_CLOUD),
/* harmony export */   vD: () => (/* binding */ CLOUD_NAMES)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5721);

/** What `clusterToken` is for: the AKS server application, the same in every cloud. */
const AKS_SERVER = '6dae42f8-4368-4678-94ff-3960e28e3630';
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
    const own = clouds.find((cloud) => httpsUrl((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(cloud, 'resourceManager')) === resourceManager);
    const only = clouds.length === 1 ? clouds[0] : undefined;
    const authentication = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(own ?? only, 'authentication');
    const authority = httpsUrl((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(authentication, 'loginEndpoint'));
    if (authority === undefined)
        return undefined;
    const listed = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(authentication, 'audiences');
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

/***/ 5721:
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

/***/ 7201:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ clip),
/* harmony export */   N: () => (/* binding */ withoutTokens)
/* harmony export */ });
/** Sentences have no words longer than this, but a zip in base64 is one, and so is a token. */
const LONGEST_WORD = 100;
/** How many characters of a long word are shown. */
const SHOWN = 20;
const MAX_TEXT = 1500;
/** Long words that a sentence may well have, without the punctuation around them. */
const RESOURCE_ID = /^(?:\/[\w.()-]{1,90}){2,40}$/;
const IMAGE = /^[\w.:/-]{1,200}@sha256:[0-9a-f]{64}$/;
const URL_WITHOUT_QUERY = /^https?:\/\/[\w.:[\]-]{1,260}(?:\/[\w.~%()-]{0,90}){0,40}$/i;
const PUNCTUATION = /^["'`([{<]{1,5}|["'`)\]}>.,;:]{1,5}$/g;
/**
 * What a service said, so that a message that quotes it stays readable and does not repeat what the
 * service may have unpacked or copied from the request: a long word is shown by its first 20
 * characters and its length, unless it is a resource ID, an image with a digest, or a URL without a
 * query. Foreign text.
 */
function clip(text) {
    const words = text.replaceAll(/\S+/g, (word) => word.length > LONGEST_WORD && !isKnownForm(word) ? shortened(word) : word);
    return words.length > MAX_TEXT ? `${words.slice(0, MAX_TEXT)}…` : words;
}
function isKnownForm(word) {
    const bare = word.replaceAll(PUNCTUATION, '');
    return [RESOURCE_ID, IMAGE, URL_WITHOUT_QUERY].some((form) => form.test(bare));
}
function shortened(word) {
    return `${word.slice(0, SHOWN)}… (${word.length} characters)`;
}
/** A text without the tokens that the step holds, whatever their letter case and line breaks. */
function withoutTokens(text, tokens) {
    const joined = text.replaceAll(/\s/g, '').toLowerCase();
    let safe = text;
    for (const token of tokens) {
        // A pattern of a thousand characters takes a while to compile, and every answer comes by here.
        if (joined.includes(token.toLowerCase()))
            safe = safe.replaceAll(patternOf(token), '***');
    }
    return safe;
}
/** The token in any letter case, with or without white space between its characters. */
function patternOf(token) {
    const literals = Array.from(token, (one) => one.replace(/[^A-Za-z0-9]/, String.raw `\$&`));
    return new RegExp(literals.join(String.raw `\s*`), 'gi');
}


/***/ }),

/***/ 8139:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  azureFor: () => (/* binding */ azureFor)
});

// EXTERNAL MODULE: ./node_modules/@azure/arm-containerservice/dist/esm/api/managedClusters/index.js + 13 modules
var managedClusters = __webpack_require__(4756);
// EXTERNAL MODULE: ./src/azure/cloud.ts
var azure_cloud = __webpack_require__(6370);
// EXTERNAL MODULE: ./src/azure/json.ts
var json = __webpack_require__(5721);
// EXTERNAL MODULE: ./src/failure.ts
var src_failure = __webpack_require__(1633);
// EXTERNAL MODULE: ./src/lifecycle/retry.ts
var retry = __webpack_require__(5130);
// EXTERNAL MODULE: ./src/text/trusted.ts
var trusted = __webpack_require__(360);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
;// CONCATENATED MODULE: ./src/edge/azure/az.ts


/**
 * Variables that `az` has no use for: the step's inputs, what the runner gives this step, and SDK
 * logging. The tracking ID stays: by it, the runner finds and ends the processes that are left when
 * the job is over (actions/runner, JobExtension.cs).
 */
const WITHHELD = /^(?:INPUT_|ACTIONS_|GITHUB_|RUNNER_(?!TRACKING_ID$)|AZURE_LOG_LEVEL$|DEBUG$)/i;
/**
 * Gets a token from the session that `az login` or `azure/login` left. The `AzureCliCredential` of
 * `@azure/identity` would hand `az` the whole environment of the step and would ignore `cancelled`.
 *
 * @throws Error with the program's own words
 */
async function azToken(resource, env, cancelled) {
    // On Windows, a shell parses this.
    if (!/^[\w.:/-]{1,2000}$/.test(resource)) {
        throw new Error(`az cannot request a token for ${JSON.stringify(resource)}`);
    }
    const { error, stdout, stderr } = await runAz(resource, env, cancelled);
    const token = error === null ? readToken((0,json/* parseJson */.qF)(stdout)) : undefined;
    if (token !== undefined)
        return token;
    const failure = error === null ? 'az returned no token' : sentence(error);
    const reason = cancelled.aborted ? 'az was stopped' : failure;
    // What `az` says last is what matters, and it may have said a lot.
    const words = stderr.trim().slice(-1400);
    throw new Error(words === '' ? reason : `${reason}: ${words}`);
}
function runAz(resource, env, signal) {
    const { file, args, shell, cwd } = azCommand(process.platform, env, resource);
    const others = Object.fromEntries(Object.entries(env).filter(([name]) => !WITHHELD.test(name)));
    const options = { shell, cwd, env: others, signal, windowsHide: true };
    return new Promise((resolve) => {
        const child = (0,external_node_child_process_.execFile)(file, args, options, (error, stdout, stderr) => {
            resolve({ error, stdout, stderr });
        });
        // `az`, or a wrapper around it, would wait for what it reads.
        child.stdin?.end();
    });
}
/**
 * What to start and where: outside the workspace and, on Windows, in a shell, because `az` is a
 * batch file there.
 */
function azCommand(platform, env, resource) {
    const args = ['account', 'get-access-token', '--output', 'json', '--resource', resource];
    if (platform !== 'win32')
        return { file: 'az', args, shell: false, cwd: '/' };
    // One string, because Node warns about arguments for a shell. Windows looks for programs in the
    // current folder first.
    const cwd = env['SystemRoot'] ?? String.raw `C:\Windows`;
    return { file: ['az', ...args].join(' '), args: [], shell: true, cwd };
}
/** Why `az` failed: it was not started, it was killed, or it says so by its exit code. */
function sentence({ code, signal, message }) {
    if (code === 'ENOENT')
        return 'the Azure CLI (az) is not on PATH';
    if (typeof code === 'string')
        return message;
    return signal ? `az ended with ${signal}` : `az ended with exit code ${code}`;
}
function readToken(answer) {
    const token = (0,json/* field */.ZZ)(answer, 'accessToken');
    const seconds = Number((0,json/* field */.ZZ)(answer, 'expires_on'));
    // Before version 2.54, the CLI gives only a local time.
    const expires = seconds > 0 ? seconds * 1000 : Date.parse(String((0,json/* field */.ZZ)(answer, 'expiresOn')));
    if (typeof token !== 'string' || token === '' || !Number.isFinite(expires))
        return undefined;
    return { token, expiresOnTimestamp: expires };
}

// EXTERNAL MODULE: ./node_modules/@azure/arm-containerservice/dist/esm/api/index.js + 4 modules
var api = __webpack_require__(2530);
// EXTERNAL MODULE: ./src/azure/answer.ts
var azure_answer = __webpack_require__(6793);
// EXTERNAL MODULE: ./src/azure/long-words.ts
var long_words = __webpack_require__(7201);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
;// CONCATENATED MODULE: ./src/edge/azure/proxy.ts


/** Host names that mean this machine. No proxy could reach it. */
const LOOPBACK = /^(?:localhost|\[::1\]|127(?:\.\d+){3})$/;
/** Shorter than the timeout of any request, so that a silent proxy is recognized. */
const TUNNEL_TIMEOUT_MS = 20_000;
const NO_PROXY_ADDRESS = 'HTTPS_PROXY is not the address of an HTTP proxy. ' +
    'Use http://HOST:PORT, or http://USER:PASSWORD@HOST:PORT, and write a % in them as %25.';
/** Node.js 23, and 24 before 24.5, which brought this option, too. */
const IGNORES_PROXIES = !process.allowedNodeEnvironmentFlags.has('--use-env-proxy');
const IGNORED = `Node.js ${process.versions.node} ignores the proxy in HTTPS_PROXY. ` +
    'Use version 2.328.0 or later of the runner, or at a prompt Node.js 24.5 or later.';
/**
 * The agent for requests to other machines: Node's own, with the proxy in `HTTPS_PROXY` and the
 * exceptions in `NO_PROXY`, as Node reads them. As on GitHub's runner, an address without a scheme
 * means `http://`. Undefined if no proxy is set.
 *
 * @throws StepError `invalid-inputs` if Node would ignore the proxy and connect directly. The
 *   sentence doesn't quote the address, which may contain a password.
 */
function proxyAgent(variable, timeoutMs = TUNNEL_TIMEOUT_MS, isIgnored = IGNORES_PROXIES) {
    const address = proxy_valueOf('https_proxy', variable);
    if (address === '')
        return undefined;
    if (isIgnored)
        throw new src_failure/* StepError */.zg({ code: 'invalid-inputs', problems: [IGNORED] });
    const proxy = readProxy(address);
    if (proxy === undefined) {
        throw new src_failure/* StepError */.zg({ code: 'invalid-inputs', problems: [NO_PROXY_ADDRESS] });
    }
    const proxyEnv = { https_proxy: proxy.href, no_proxy: proxy_valueOf('no_proxy', variable) };
    // A submission could be lost in a tunnel that was kept and that the proxy has dropped.
    const agent = new external_node_https_.Agent({ keepAlive: false, proxyEnv, timeout: timeoutMs });
    const connect = agent.createConnection.bind(agent);
    // Node calls back only for a tunnel. Until then, the other end of it has not proved its identity,
    // and no part of a request was sent.
    agent.createConnection = (options, callback) => connect(options, (error, stream) => {
        // If a proxy refuses, Node leaves the connection to it open.
        if (error)
            stream?.destroy();
        callback?.(error && tunnelError(proxy.host, error), stream);
    });
    return agent;
}
/** A variable in lower case, or else in capitals; empty if neither is set. */
function proxy_valueOf(name, variable) {
    const lower = variable(name)?.trim() ?? '';
    return lower === '' ? (variable(name.toUpperCase())?.trim() ?? '') : lower;
}
function readProxy(address) {
    try {
        const url = new URL(address.includes('://') ? address : `http://${address}`);
        // Node decodes these two as well, and throws if it cannot.
        decodeURIComponent(url.username + url.password);
        return /^https?:$/.test(url.protocol) ? url : undefined;
    }
    catch {
        return undefined;
    }
}
/**
 * Error codes that prove that a proxy kept a request from being sent. With the second, it never
 * will be.
 */
const PROXY_FAILED = 'ERR_PROXY_FAILED';
const PROXY_REFUSED = 'ERR_PROXY_REFUSED';
/**
 * Names the proxy: Node's own message has the password. A certificate error stays as it is, since
 * it may be about the other end.
 */
function tunnelError(proxyHost, error) {
    const { code = error.message, statusCode } = error;
    if (isCertificateError(code))
        return error;
    const failure = new Error(`the proxy ${proxyHost} ${whatItDid(code, statusCode)}`);
    return Object.assign(failure, { code: isRefusal(statusCode) ? PROXY_REFUSED : PROXY_FAILED });
}
function whatItDid(code, statusCode) {
    if (statusCode !== undefined)
        return `answered ${statusCode}, so nothing was sent`;
    if (code === 'ECONNREFUSED')
        return `refused the connection (${code}), so nothing was sent`;
    return `opened no tunnel (${code}), so nothing was sent`;
}
/** Any other answer, such as a 502 or a 429, may be temporary. */
function isRefusal(statusCode = 0) {
    return statusCode >= 400 && statusCode < 500 && ![408, 425, 429].includes(statusCode);
}
/**
 * Node's codes for a bad certificate that don't mention one
 * (tls.html#x509-certificate-error-codes).
 */
const BAD_CERTIFICATE = new Set([
    'INVALID_CA',
    'INVALID_PURPOSE',
    'PATH_LENGTH_EXCEEDED',
    'HOSTNAME_MISMATCH',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
]);
/**
 * Whether a certificate is not trusted. Node drops such a connection before the first byte of the
 * request.
 */
function isCertificateError(code) {
    // A code with the word CERT or CRL in it. One that begins with ERR_SSL can be an alert from the
    // other side, which may come after the request.
    return BAD_CERTIFICATE.has(code) || /^(?!ERR_SSL)(?:.*_)?(?:CERT|CRL)(?:_|$)/.test(code);
}

;// CONCATENATED MODULE: ./src/edge/azure/client.ts






/**
 * A version of AKS's API that every cloud serves. Sovereign clouds lack the SDK's newest for months
 * (azure-cli#23985). `RunCommandRequest` is the same from this version to 2026-06-01.
 */
const API_VERSION = '2024-05-01';
/** Creates a client that sends one request per call, signed with a token if `bearer` is given. */
function createClient(subscriptionId, endpoint, ports, bearer) {
    const options = clientOptions(requestPolicy(ports, bearer), ports);
    const client = (0,api/* createContainerService */.H)({ getToken: () => Promise.resolve(null) }, subscriptionId, {
        ...options,
        endpoint,
        apiVersion: API_VERSION,
    });
    // This one cannot forget a token.
    client.pipeline.removePolicy({ name: 'bearerTokenAuthenticationPolicy' });
    // When a call is abandoned, this one discards what has arrived.
    client.pipeline.removePolicy({ name: 'defaultRetryPolicy' });
    return client;
}
/**
 * Options for an `@azure/identity` credential, whose authority Entra's public directory may not
 * know. `record` gets the answer to each of its requests.
 */
function credentialOptions(authorityHost, ports, record) {
    const options = clientOptions(requestPolicy(ports, undefined, record), ports);
    return { ...options, authorityHost, disableInstanceDiscovery: true };
}
/**
 * Limits the SDK to one request per call, to the given host: no retries, no redirects. Record 15
 * has the promise behind each thing of the SDK's that is turned off or overruled in this file.
 */
function clientOptions(policy, { transport }) {
    const options = {
        retryOptions: { maxRetries: 0 },
        redirectOptions: { maxRetries: 0 },
        // Otherwise, the SDK would read the environment and throw if the proxy has no scheme. The
        // policy chooses the proxy.
        proxyOptions: { host: 'http://unused.invalid', port: 80 },
        userAgentOptions: { userAgentPrefix: 'aks-run-command' },
        additionalPolicies: [{ policy, position: 'perRetry' }],
    };
    return transport === undefined ? options : { ...options, httpClient: transport };
}
/**
 * Decides how a request leaves and how its answer is read. The SDK chooses a proxy differently from
 * the runner, and never stops reading a body that breaks off or cannot be decompressed. Here,
 * whatever has arrived is the answer, and no compression is requested. The debug log gets a line
 * for each request, without headers and bodies.
 */
function requestPolicy({ log, tokens, agent }, bearer, record) {
    return {
        name: 'aksRunCommandRequest',
        async sendRequest(request, next) {
            if (bearer)
                request.headers.set('authorization', `Bearer ${await bearer()}`);
            request.headers.set('accept-encoding', 'identity');
            // By now, the SDK's own policy has set an agent.
            const { hostname } = new URL(request.url);
            if (agent === undefined || LOOPBACK.test(hostname))
                delete request.agent;
            else
                request.agent = agent;
            // The SDK would look up the brackets of an IPv6 address as part of a name.
            request.requestOverrides = { hostname: hostname.replaceAll(/[[\]]/g, '') };
            // To the SDK, `Infinity` stands for every status: it leaves each body as a stream, which is
            // read below.
            request.streamResponseStatusCodes = new Set([Infinity]);
            const begin = Date.now();
            const onAnswer = (answer) => {
                const took = `${Date.now() - begin} ms`;
                log.debug(`${request.method} ${request.url} ${outcomeOf(answer)}, ${took}`);
                record?.(answer);
            };
            try {
                const { readableStreamBody, ...response } = await next(request);
                if (readableStreamBody) {
                    response.bodyAsText = await textOf(readableStreamBody, request.abortSignal);
                }
                onAnswer(answered(response, tokens));
                return response;
            }
            catch (error) {
                onAnswer(unanswered(error, tokens));
                throw error;
            }
        },
    };
}
function outcomeOf(answer) {
    if (answer.kind === 'unanswered')
        return answer.cause;
    return `${answer.status} ${(0,azure_answer/* requestIds */.qs)(answer)}`.trim();
}
/** Longer than any answer: 512 KiB of output become 3 MiB if every byte is escaped. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
/** Reads a body, up to a limit, until it ends, breaks off, or the call is abandoned. */
async function textOf(body, signal) {
    const parts = [];
    let bytes = 0;
    signal?.addEventListener('abort', () => body.destroy?.());
    try {
        for await (const part of body) {
            parts.push(part);
            bytes += part.length;
            if (bytes > MAX_ANSWER_BYTES)
                break;
        }
    }
    catch {
        // Whatever arrived before that counts.
    }
    // The decoder also removes a byte order mark.
    return new TextDecoder().decode(Buffer.concat(parts));
}
/**
 * Makes one SDK call and returns the outcome of its request, whatever the SDK makes of the answer.
 */
async function exchange(call, timeoutMs, { clock, tokens }) {
    const answers = [];
    const onResponse = (response) => answers.push(answered(response, tokens));
    let failure = new Error('the client returned no response');
    try {
        await within(timeoutMs, clock, (abortSignal) => call({ onResponse, abortSignal }));
    }
    catch (error) {
        failure = error;
    }
    // A status that the SDK treats as an error, or a body that it cannot parse, is still an answer.
    return answers[0] ?? unanswered(failure, tokens);
}
/**
 * Ends a call with a TimeoutError, even a call that ignores its signal, as the SDK does while it
 * waits for a token.
 */
async function within(timeoutMs, clock, call) {
    const ended = new AbortController();
    const abort = new AbortController();
    const timeOver = clock.sleep(timeoutMs, ended.signal).then(async () => {
        const error = new TimeoutError(`no answer within ${timeoutMs / 1000} s`);
        if (!ended.signal.aborted) {
            abort.abort(error);
            // Whatever has arrived by now, such as headers without the end of their body, takes
            // precedence.
            await clock.sleep(50);
        }
        throw error;
    });
    try {
        return await Promise.race([call(abort.signal), timeOver]);
    }
    catch (error) {
        // The client would report an aborted call in its own words.
        throw abort.signal.aborted ? abort.signal.reason : error;
    }
    finally {
        ended.abort();
    }
}
class TimeoutError extends Error {
}
/** An answer. What a message may quote of it has none of the tokens that the step holds. */
function answered({ status, headers, bodyAsText }, tokens) {
    const body = bodyAsText ?? '';
    const safeHeaders = {};
    for (const [name, value] of Object.entries(headers.toJSON())) {
        safeHeaders[name] = (0,long_words/* withoutTokens */.N)(value, tokens);
    }
    return {
        kind: 'answered',
        status,
        headers: safeHeaders,
        body: isQuoted(status, body) ? (0,long_words/* withoutTokens */.N)(body, tokens) : body,
    };
}
/**
 * Whether a message may quote a body. Of a success, only the reason for a failed command is quoted,
 * which comes without the command's output.
 */
function isQuoted(status, body) {
    if (status >= 300)
        return true;
    const properties = (0,json/* field */.ZZ)((0,json/* parseJson */.qF)(body), 'properties');
    return (0,json/* field */.ZZ)(properties, 'reason') !== undefined && !(0,json/* field */.ZZ)(properties, 'logs');
}
/** A text as messages may quote it: without tokens, and not too long. */
function quotable(text, tokens) {
    return (0,long_words/* clip */.$)((0,long_words/* withoutTokens */.N)(text, tokens));
}
/**
 * Errors of a connection that was never made. Not an unreachable network: on Linux, open
 * connections get that, too.
 */
const NEVER_SENT = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', PROXY_FAILED]);
function unanswered(error, tokens) {
    const codes = codesOf(error);
    const cause = quotable(causeOf(error), tokens);
    if (codes.some((code) => code === PROXY_REFUSED || isCertificateError(code))) {
        return { kind: 'unanswered', sent: 'blocked', cause };
    }
    const isUnsent = codes.some((code) => NEVER_SENT.has(code));
    return { kind: 'unanswered', sent: isUnsent ? 'never' : 'perhaps', cause };
}
/** Why there is no answer. Tokens expire while a command runs, and then signing in may fail. */
function causeOf(error) {
    if (!(error instanceof src_failure/* StepError */.zg))
        return (0,src_failure/* messageOf */.bD)(error);
    const { failure } = error;
    if (failure.code !== 'entra')
        return `signing in failed: ${failure.code}`;
    return `signing in failed: ${(0,azure_answer/* describeAnswer */.O1)(failure.answer)}`;
}
/** The codes of an error and of its causes. */
function codesOf(error) {
    if (!(0,json/* isRecord */.u4)(error))
        return [];
    const { code, cause } = error;
    const codes = codesOf(cause);
    return typeof code === 'string' ? [code, ...codes] : codes;
}

;// CONCATENATED MODULE: ./src/edge/azure/token.ts
/** The shortest text that counts as a token. Azure's and GitHub's have hundreds of characters. */
const MIN_TOKEN_LENGTH = 20;
/**
 * Whether a text can be a token. Every token is masked, and the mask of a shorter text, or of one
 * with white space, would hide parts of ordinary words in everything that the step shows.
 */
function canBeToken(text) {
    return text.length >= MIN_TOKEN_LENGTH && !/\s/.test(text);
}
/** An answer without a usable token counts as none: another attempt may get one. */
function noUsableToken(kind) {
    return { kind: 'unanswered', sent: 'perhaps', cause: `the answer contains no usable ${kind}` };
}
/** Requests something, such as a token, and keeps it while it is usable. */
function cached(request, isUsable = () => true) {
    let value;
    return async () => {
        if (value === undefined || !isUsable(value))
            value = await request();
        return value;
    };
}

;// CONCATENATED MODULE: ./src/edge/azure/ambient.ts





const SIGNING_IN = {
    workflow: (0,trusted/* trusted */.I) `Signing in with the existing Azure session, because client-id and tenant-id are not set.`,
    prompt: (0,trusted/* trusted */.I) `Signing in with the existing Azure session, because --client-id and --tenant-id are not set.`,
};
/**
 * Uses a session that already exists: Azure Pipelines' service connection, whose tokens can be
 * renewed; that of `az`; or the workload identity of a machine in Kubernetes. It stays with the
 * first one that returns a token.
 */
function ambient(authority, ports) {
    let chosen;
    ports.log.progress('signing-in', SIGNING_IN[ports.host.words.place]);
    const sessions = sessionsFor(authority, ports);
    return async function request(resource) {
        const failures = [];
        const candidates = chosen === undefined ? sessions : [chosen];
        for (const session of candidates) {
            try {
                const token = await within(60_000, ports.clock, (signal) => session.request(resource, signal));
                if (token === null || !canBeToken(token.token))
                    throw new Error('no usable token');
                chosen = session;
                return token;
            }
            catch (error) {
                failures.push(`${session.name}: ${quotable((0,src_failure/* messageOf */.bD)(error), ports.tokens)}`);
            }
        }
        throw new src_failure/* StepError */.zg({ code: 'no-session', detail: failures.join('\n') });
    };
}
/** The sessions that this machine may have, in the order in which they are tried. */
function sessionsFor(authority, ports) {
    const az = {
        name: ports.host.words.login,
        request: (resource, signal) => azToken(resource, process.env, AbortSignal.any([ports.cancelled, signal])),
    };
    return [azurePipelines(authority, ports), az, workloadIdentity(authority, ports)].filter((session) => session !== undefined);
}
/** The service connection of the task `AzureCLI@2`. */
function azurePipelines(authority, ports) {
    const { variable } = ports.host;
    const connection = variable('AZURESUBSCRIPTION_SERVICE_CONNECTION_ID');
    const client = variable('AZURESUBSCRIPTION_CLIENT_ID');
    const tenant = variable('AZURESUBSCRIPTION_TENANT_ID');
    // The task sets all the others. This one has to be mapped in the `env` of the step.
    const accessToken = variable('SYSTEM_ACCESSTOKEN');
    if (!connection || !client || !tenant || !accessToken)
        return undefined;
    if (!variable('SYSTEM_OIDCREQUESTURI'))
        return undefined;
    return sessionOf('Azure Pipelines', async () => {
        const { AzurePipelinesCredential } = await __webpack_require__.e(/* import() */ 563).then(__webpack_require__.bind(__webpack_require__, 5563));
        const options = credentialOptions(await authority(), ports);
        return new AzurePipelinesCredential(tenant, client, connection, accessToken, options);
    });
}
function workloadIdentity(authority, ports) {
    if (!ports.host.variable('AZURE_FEDERATED_TOKEN_FILE'))
        return undefined;
    return sessionOf('workload identity', async () => {
        const { WorkloadIdentityCredential } = await __webpack_require__.e(/* import() */ 563).then(__webpack_require__.bind(__webpack_require__, 5563));
        return new WorkloadIdentityCredential(credentialOptions(await authority(), ports));
    });
}
/**
 * A session with a new credential for each request, so that none keeps a token that was rejected.
 */
function sessionOf(name, create) {
    return {
        name,
        async request(resource, abortSignal) {
            const credential = await create();
            return credential.getToken(`${resource}/.default`, { abortSignal });
        },
    };
}

// EXTERNAL MODULE: ./src/text/visible.ts
var visible = __webpack_require__(1573);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./src/azure/id-token.ts

/** An ID token is no longer used this long before it expires. */
const EXPIRY_MARGIN_MS = 30_000;
/**
 * Reads a JWT's payload without verifying it. An unreadable token has no claims and no lifetime, so
 * it is used only once. The lifetime is the difference between the token's own two timestamps,
 * because the runner's clock may be wrong.
 */
function readIdToken(jwt) {
    const payload = (0,json/* parseJson */.qF)(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
    const claim = (name) => {
        const value = (0,json/* field */.ZZ)(payload, name);
        return typeof value === 'string' ? value : '';
    };
    const issued = (0,json/* field */.ZZ)(payload, 'iat');
    const expires = (0,json/* field */.ZZ)(payload, 'exp');
    const isTimed = typeof issued === 'number' && typeof expires === 'number';
    return {
        claims: {
            issuer: claim('iss'),
            subject: claim('sub'),
            audience: claim('aud'),
            jobWorkflowRef: claim('job_workflow_ref'),
        },
        lifetimeMs: isTimed ? (expires - issued) * 1000 - EXPIRY_MARGIN_MS : 0,
    };
}

;// CONCATENATED MODULE: ./src/edge/azure/id-tokens.ts










/**
 * ID tokens from the host's source, and what the log calls it. A token from GitHub lives for about
 * five minutes, so it is fetched only when needed (Azure/login#180) and kept for its lifetime. One
 * from elsewhere may be old already, so it is read each time.
 *
 * @throws StepError `no-id-token` if the host has no source
 */
function idTokensFor(audience, ports) {
    const { clock, host } = ports;
    const source = host.idTokenSource();
    if (source === undefined)
        throw new src_failure/* StepError */.zg({ code: 'no-id-token' });
    const { kind } = source;
    const request = async () => {
        const jwt = (await fetchFrom(source, audience, ports)).trim();
        if (!canBeToken(jwt))
            failed('It is not an ID token: too short, or with white space inside.');
        host.mask(jwt);
        ports.tokens.add(jwt);
        const { claims, lifetimeMs } = readIdToken(jwt);
        const usableUntil = kind === 'github' ? clock.monotonic() + lifetimeMs : -Infinity;
        return { jwt, claims, usableUntil };
    };
    return {
        title: TITLES[kind],
        get: cached(request, ({ usableUntil }) => clock.monotonic() < usableUntil),
    };
}
const TITLES = {
    variable: (0,trusted/* trusted */.I) `Signing in with the ID token of --id-token-env`,
    github: (0,trusted/* trusted */.I) `Signing in with GitHub's ID token`,
    file: (0,trusted/* trusted */.I) `Signing in with the ID token in AZURE_FEDERATED_TOKEN_FILE`,
};
async function fetchFrom(source, audience, ports) {
    switch (source.kind) {
        case 'variable':
            return fromVariable(source.name, ports);
        case 'github':
            return fromGitHub(source.url, source.requestToken, audience, ports);
        case 'file':
            return (0,promises_.readFile)(source.path, 'utf8').catch((error) => failed((0,src_failure/* messageOf */.bD)(error)));
    }
}
function failed(detail) {
    throw new src_failure/* StepError */.zg({ code: 'id-token', detail });
}
function fromVariable(name, { host }) {
    const token = host.variable(name) ?? '';
    return token.trim() === '' ? failed(`The variable ${name} is empty or not set.`) : token;
}
async function fromGitHub(requestUrl, requestToken, audience, ports) {
    // `@actions/core` would send its bearer token wherever a redirect leads, and retries on its own.
    const url = `${requestUrl}&audience=${encodeURIComponent(audience)}`;
    const { origin, hostname } = new URL(url);
    const client = createClient('', origin, ports, () => Promise.resolve(requestToken));
    ports.tokens.add(requestToken);
    const allowInsecureConnection = LOOPBACK.test(hostname);
    async function attempt() {
        const answer = await exchange((options) => client.pathUnchecked(url).get({ ...options, allowInsecureConnection }), 30_000, ports);
        if (answer.kind === 'unanswered' || answer.status !== 200)
            return answer;
        const jwt = (0,json/* field */.ZZ)((0,json/* parseJson */.qF)(answer.body), 'value');
        return typeof jwt === 'string' && canBeToken(jwt) ? { jwt } : noUsableToken('ID token');
    }
    const fetched = await (0,retry/* retrying */.R$)((0,trusted/* trusted */.I) `Fetching GitHub's ID token`, attempt, ports);
    return (0,azure_answer/* isAnswer */.Tq)(fetched) ? failed((0,azure_answer/* describeAnswer */.O1)(fetched)) : fetched.jwt;
}

;// CONCATENATED MODULE: ./src/edge/azure/federated.ts









/** Exchanges an ID token at Entra for the application's tokens, with one request per attempt. */
function federated(application, authority, ports) {
    const { clientId, tenantId, audience } = application;
    const idTokens = idTokensFor(audience, ports);
    let shownLines = '';
    async function attempt(resource) {
        const { ClientAssertionCredential } = await __webpack_require__.e(/* import() */ 563).then(__webpack_require__.bind(__webpack_require__, 5563));
        // Fetched before the exchange, because the credential buries the cause of an error in its
        // callback.
        const { jwt } = await idTokens.get();
        let lastAnswer;
        const options = credentialOptions(await authority(), ports, (answer) => {
            lastAnswer = answer;
        });
        // A new credential for each attempt: MSAL keeps a token that was rejected, and after a 429 or
        // 5xx, it answers from its own cache for a minute.
        const assertion = () => Promise.resolve(jwt);
        const credential = new ClientAssertionCredential(tenantId, clientId, assertion, options);
        try {
            const token = await within(30_000, ports.clock, (abortSignal) => credential.getToken(`${resource}/.default`, { abortSignal }));
            return canBeToken(token.token) ? token : noUsableToken('access token');
        }
        catch (error) {
            return failedAnswer(lastAnswer, error, ports);
        }
    }
    return async function request(resource) {
        const [{ claims }, authorityHost] = await Promise.all([idTokens.get(), authority()]);
        const lines = signInLines(claims, authorityHost, application);
        if (lines !== shownLines)
            ports.log.detail(idTokens.title, lines);
        shownLines = lines;
        const signedIn = await (0,retry/* retrying */.R$)((0,trusted/* trusted */.I) `Signing in to Entra`, () => attempt(resource), ports);
        if ((0,azure_answer/* isAnswer */.Tq)(signedIn)) {
            throw new src_failure/* StepError */.zg({ code: 'entra', answer: signedIn, resource, claims });
        }
        return signedIn;
    };
}
/**
 * The last answer, unless it is from an earlier request or contains a token. Then MSAL's words say
 * why it failed.
 */
function failedAnswer(last, error, { tokens }) {
    const isToken = last?.kind === 'answered' && (0,json/* field */.ZZ)((0,json/* parseJson */.qF)(last.body), 'access_token') !== undefined;
    if (last !== undefined && !isToken && !(error instanceof TimeoutError))
        return last;
    return { kind: 'unanswered', sent: 'perhaps', cause: quotable((0,src_failure/* messageOf */.bD)(error), tokens) };
}
function signInLines(claims, authority, { clientId, tenantId }) {
    return `authority         ${authority}
tenant-id         ${tenantId}
client-id         ${clientId}
issuer            ${(0,visible/* visible */.RK)(claims.issuer)}
subject           ${(0,visible/* visible */.RK)(claims.subject)}
audience          ${(0,visible/* visible */.RK)(claims.audience)}
job_workflow_ref  ${(0,visible/* visible */.RK)(claims.jobWorkflowRef)}`;
}

;// CONCATENATED MODULE: ./src/edge/azure/access-tokens.ts


/** A token is no longer used this long before it expires. */
const access_tokens_EXPIRY_MARGIN_MS = 120_000;
/**
 * Access tokens by resource, each kept for its lifetime: those of the application, or of a session.
 */
function accessTokens(application, authority, ports) {
    const request = application
        ? federated(application, authority, ports)
        : ambient(authority, ports);
    const isFresh = ({ expiresOnTimestamp }) => expiresOnTimestamp - ports.clock.now() > access_tokens_EXPIRY_MARGIN_MS;
    const kept = new Map();
    return {
        async get(resource) {
            const known = kept.get(resource);
            if (known !== undefined && isFresh(known))
                return known;
            const token = await request(resource);
            ports.host.mask(token.token);
            ports.tokens.add(token.token);
            kept.set(resource, token);
            return token;
        },
        forget: () => {
            kept.clear();
        },
    };
}

;// CONCATENATED MODULE: ./src/edge/azure/index.ts










const READ_TIMEOUT_MS = 30_000;
const SUBMIT_TIMEOUT_MS = 120_000;
/** The cluster behind ARM, through `@azure/arm-containerservice`. */
function azureFor({ cluster, cloud, application }, given) {
    const ports = { ...given, agent: proxyAgent(given.host.variable) };
    const { subscriptionId, resourceGroup, name } = cluster;
    const { resourceManager } = cloud;
    const endpoints = cached(() => endpointsOf(cloud, application !== undefined, ports));
    const tokens = accessTokens(application, async () => (await endpoints()).authority, ports);
    const armToken = async () => (await tokens.get((await endpoints()).resource)).token;
    const client = createClient(subscriptionId, resourceManager, ports, armToken);
    return {
        async signIn() {
            await armToken();
        },
        async clusterToken() {
            return (await tokens.get(azure_cloud/* AKS_SERVER */.QN)).token;
        },
        forgetTokens: tokens.forget,
        readCluster() {
            const read = () => exchange((options) => (0,managedClusters/* get */.Jt)(client, resourceGroup, name, options), READ_TIMEOUT_MS, ports);
            return (0,retry/* retrying */.R$)((0,trusted/* trusted */.I) `Reading the cluster`, read, ports);
        },
        runCommand(body) {
            // Only the poller's first request is used. The poller would follow `Location` to any host,
            // with the bearer token.
            const submit = (options) => (0,managedClusters/* runCommand */.d1)(client, resourceGroup, name, body, options).submitted();
            return exchange(submit, SUBMIT_TIMEOUT_MS, ports);
        },
        readResult(id) {
            const read = (options) => (0,managedClusters/* getCommandResult */.np)(client, resourceGroup, name, id, options);
            return exchange(read, READ_TIMEOUT_MS, ports);
        },
    };
}
/** Where to sign in, and what a token for ARM is for. Asks an ARM endpoint if it has no name. */
async function endpointsOf({ authority, resourceManager }, withIdToken, ports) {
    if (authority !== undefined)
        return { authority, resource: resourceManager };
    const client = createClient('', resourceManager, ports);
    const read = () => exchange((options) => client.pathUnchecked(azure_cloud/* METADATA_PATH */.GN).get(options), READ_TIMEOUT_MS, ports);
    const answer = await (0,retry/* retrying */.R$)((0,trusted/* trusted */.I) `Reading the cloud's metadata`, read, ports);
    const endpoints = (0,azure_cloud/* readMetadata */._6)(bodyOf(answer), resourceManager, withIdToken);
    if (endpoints === undefined) {
        throw new src_failure/* StepError */.zg({ code: 'cloud-metadata', answer });
    }
    return endpoints;
}
function bodyOf(answer) {
    return answer.kind === 'answered' && answer.status === 200 ? (0,json/* parseJson */.qF)(answer.body) : undefined;
}


/***/ }),

/***/ 5130:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HJ: () => (/* binding */ withFreshTokens),
/* harmony export */   R$: () => (/* binding */ retrying),
/* harmony export */   yW: () => (/* binding */ renewTokens),
/* harmony export */   zh: () => (/* binding */ countTries)
/* harmony export */ });
/* harmony import */ var _azure_answer_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6793);
/* harmony import */ var _text_duration_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9495);
/* harmony import */ var _text_trusted_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(360);
/* harmony import */ var _text_visible_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1573);




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
        let wait = (0,_azure_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .retryAfterMs */ .Vs)(answer);
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
 * cancelled. If throttled, it waits as Azure asks, for up to an hour; any other transient failure
 * is tried six times. Logs each retry.
 *
 * @returns what the last attempt returned: a success can be anything, a failure is an answer
 */
async function retrying(what, attempt, ports) {
    const { clock, log, cancelled } = ports;
    const pauseAfter = countTries(ports);
    for (;;) {
        const tried = await attempt();
        if (!(0,_azure_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .isAnswer */ .Tq)(tried) || !(0,_azure_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .isTransient */ .dg)(tried))
            return tried;
        const wait = cancelled.aborted ? undefined : pauseAfter(tried);
        if (wait === undefined)
            return tried;
        // All of it is one line, with the service's words last, so that two loops at once are readable.
        const retry = (0,_text_trusted_js__WEBPACK_IMPORTED_MODULE_2__/* .trusted */ .I) `${what} failed. Retrying in ${(0,_text_duration_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(Math.ceil(wait / 1000))}: `;
        log.show(retry + (0,_text_visible_js__WEBPACK_IMPORTED_MODULE_3__/* .visible */ .RK)((0,_azure_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .describeAnswer */ .O1)(tried).replaceAll(/\s+/g, ' ')));
        await clock.sleep(wait, cancelled);
        if (cancelled.aborted)
            return tried;
    }
}
/** Reads from ARM, and reads once more with new tokens if the tokens are rejected. */
async function withFreshTokens(azure, log, call) {
    const answer = await call();
    if (answer.kind === 'unanswered' || answer.status !== 401)
        return answer;
    renewTokens(azure, log);
    return call();
}
/** Makes the next call to ARM ask for new tokens. */
function renewTokens(azure, log) {
    log.info((0,_text_trusted_js__WEBPACK_IMPORTED_MODULE_2__/* .trusted */ .I) `Azure rejected the access token. Requesting a new one.`);
    azure.forgetTokens();
}


/***/ }),

/***/ 9495:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E9: () => (/* binding */ parseDuration),
/* harmony export */   a3: () => (/* binding */ formatDuration),
/* harmony export */   qo: () => (/* binding */ clockTime)
/* harmony export */ });
const UNITS = { h: 3600, m: 60, s: 1 };
/**
 * Formats whole seconds in human-readable form: `0s`, `45s`, `2m 03s`, `2h 05m`. Without spaces,
 * `timeout` accepts them.
 */
function formatDuration(seconds) {
    const parts = [];
    let rest = Math.max(0, Math.round(seconds));
    for (const [unit, size] of Object.entries(UNITS)) {
        const count = Math.floor(rest / size);
        rest -= count * size;
        if (count === 0)
            continue;
        const digits = parts.length === 0 ? String(count) : String(count).padStart(2, '0');
        parts.push(`${digits}${unit}`);
    }
    return (parts.length === 0 ? '0s' : parts.join(' '));
}
/** Whole seconds since the epoch as a time of day: `12:01:30 UTC`. */
function clockTime(seconds) {
    return `${new Date(seconds * 1000).toISOString().slice(11, 19)} UTC`;
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

/***/ 360:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ trusted)
/* harmony export */ });
/** The tag of a template: joins its literals with numbers and other trusted text. */
function trusted(literals, ...values) {
    return String.raw({ raw: literals }, ...values);
}


/***/ }),

/***/ 1573:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Lx: () => (/* binding */ withoutEscapes),
/* harmony export */   Mk: () => (/* binding */ escaped),
/* harmony export */   RK: () => (/* binding */ visible),
/* harmony export */   gB: () => (/* binding */ visibleLines)
/* harmony export */ });
/**
 * Characters that are invisible, or make visible text misleading: controls, line separators, format
 * and bidirectional characters, all that Unicode tells programs to ignore, and unpaired surrogates.
 * The only exception is the selector that turns the character before it into an emoji.
 */
const UNSEEN = /(?!(?<=\p{Extended_Pictographic})\ufe0f)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Surrogate}]/gu;
/**
 * Foreign text on one line, with every character visible: others are written like `\u000a`. All
 * foreign text that is quoted goes through here: a name, a value, a service's words, and above all
 * a command to paste. The only exception is the command's output, which is shown whole and fenced.
 */
function visible(text) {
    return text.replaceAll(UNSEEN, escaped);
}
/** The same for text with several lines, which stay separate lines. Tabs stay tabs. */
function visibleLines(text) {
    const escapedInLine = (character) => (character === '\t' ? '\t' : escaped(character));
    return text
        .split(/\r\n?|\n/)
        .map((line) => line.replaceAll(UNSEEN, escapedInLine))
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
