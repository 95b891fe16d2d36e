export const id = 950;
export const ids = [950];
export const modules = {

/***/ 5950:
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
// EXTERNAL MODULE: ./src/azure/retry.ts
var retry = __webpack_require__(2933);
// EXTERNAL MODULE: ./src/failure.ts
var failure = __webpack_require__(1633);
// EXTERNAL MODULE: ./src/text/json.ts
var json = __webpack_require__(1789);
;// CONCATENATED MODULE: ./src/text/secrets.ts
/**
 * What the step sends, and no message repeats: its tokens, and the zip in base64. Each is hidden
 * where a service quotes it as it is, or as JSON, a URL, or base64 writes it. If a service quotes a
 * part of one, or writes it in another way, only the length of a long word is shown: see `clip`.
 */
class Secrets {
    #secrets = new Set();
    add(secret) {
        if (secret !== '')
            this.#secrets.add(secret);
    }
    /** A text with stars instead of the secrets. */
    hide(text) {
        let shown = text;
        for (const secret of this.#secrets) {
            // No form is shorter than the secret, and writing a zip of megabytes in each takes a while.
            if (secret.length > text.length)
                continue;
            for (const form of formsOf(secret))
                shown = shown.replaceAll(form, '***');
        }
        return shown;
    }
}
/** A secret as services write it. Of the characters of base64, JSON may escape two. */
function formsOf(secret) {
    return [
        secret,
        secret.replaceAll('/', String.raw `\/`),
        // What .NET writes, and so perhaps ARM.
        secret.replaceAll('+', String.raw `\u002B`),
        encodeURIComponent(secret),
        Buffer.from(secret).toString('base64'),
    ];
}

// EXTERNAL MODULE: ./src/text/say.ts
var say = __webpack_require__(9892);
;// CONCATENATED MODULE: ./src/edge/cached.ts
/** Requests something, such as a token, and keeps it while it is usable. */
function cached(request, isUsable = () => true) {
    let value;
    return async () => {
        if (value === undefined || !isUsable(value))
            value = await request();
        return value;
    };
}

// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
// EXTERNAL MODULE: ./node_modules/@azure/arm-containerservice/dist/esm/api/index.js + 4 modules
var api = __webpack_require__(2530);
// EXTERNAL MODULE: ./src/azure/answer.ts
var azure_answer = __webpack_require__(6793);
// EXTERNAL MODULE: ./src/text/long-words.ts
var long_words = __webpack_require__(3045);
;// CONCATENATED MODULE: ./src/edge/http/proxy.ts



/** Host names that mean this machine. No proxy could reach it. */
const LOOPBACK = /^(?:localhost|\[::1\]|127(?:\.\d+){3})$/;
/** Shorter than the timeout of any request, so that a silent proxy is recognized. */
const TUNNEL_TIMEOUT_MS = 20_000;
const INVALID_ADDRESS = (0,say/* say */.cv) `
  ${'HTTPS_PROXY'} is not the address of an HTTP proxy. Use ${'http://HOST:PORT'}, or
  ${'http://USER:PASSWORD@HOST:PORT'}, and write each ${'%'} in them as ${'%25'}.
`;
/** Node.js 23, and 24 before 24.5, which brought this option, too. */
const IGNORES_PROXIES = !process.allowedNodeEnvironmentFlags.has('--use-env-proxy');
const IGNORED = (0,say/* say */.cv) `
  Node.js ${process.versions.node} ignores the proxy in ${'HTTPS_PROXY'}. Use runner version
  2.328.0 or later or, at a prompt, Node.js 24.5 or later.
`;
/**
 * The agent for requests to other machines: Node's own, with the proxy in `HTTPS_PROXY` and the
 * exceptions in `NO_PROXY`, as Node reads them. As on GitHub's runner, an address without a scheme
 * means `http://`. Undefined if no proxy is set.
 *
 * @throws StepError `invalid-inputs` if Node would ignore the proxy and connect directly. The
 *   sentence doesn't quote the address, which may contain a password.
 */
function proxyAgent(variable, timeoutMs = TUNNEL_TIMEOUT_MS, isIgnored = IGNORES_PROXIES) {
    const address = proxyVariable('https_proxy', variable);
    if (address === '')
        return undefined;
    if (isIgnored)
        throw invalidProxy(IGNORED);
    const proxy = readProxy(address);
    if (proxy === undefined)
        throw invalidProxy(INVALID_ADDRESS);
    const proxyEnv = { https_proxy: proxy.href, no_proxy: proxyVariable('no_proxy', variable) };
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
function invalidProxy(problem) {
    return new failure/* StepError */.zg({ code: 'invalid-inputs', names: ['HTTPS_PROXY'], problems: [problem] });
}
/** A variable in lower case, or else in capitals; empty if neither is set. */
function proxyVariable(name, variable) {
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

;// CONCATENATED MODULE: ./src/edge/http/client.ts








/** Creates a client that sends one request per call, signed with a token if `bearer` is given. */
function createClient(subscriptionId, endpoint, ports, bearer) {
    const options = clientOptions(requestPolicy(ports, bearer), ports);
    const client = (0,api/* createContainerService */.H)({ getToken: () => Promise.resolve(null) }, subscriptionId, {
        ...options,
        endpoint,
        apiVersion: azure_cloud/* API_VERSION */.mG,
    });
    // It cannot forget a token.
    client.pipeline.removePolicy({ name: 'bearerTokenAuthenticationPolicy' });
    // When a call is abandoned, it discards what has arrived.
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
 * Limits the SDK to one request per call, to the given host: no retries, no redirects. Section 15 of
 * docs/DECISIONS.md has the promise behind each thing of the SDK's that this file turns off or
 * overrules.
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
 * Opens a connection for each request. On one that was kept, a submission could be lost, or an answer
 * that a gateway sent there unasked could pass for that to the submission.
 */
const NEW_CONNECTION = new external_node_https_.Agent({ keepAlive: false });
/**
 * Decides how a request leaves and how its answer is read. The SDK chooses a proxy differently from
 * the runner, and never stops reading a body that breaks off or cannot be decompressed. Here,
 * whatever has arrived is the answer, and no compression is requested. The debug log gets a line for
 * each request, without headers and bodies.
 */
function requestPolicy({ log, secrets, agent }, bearer, record) {
    return {
        name: 'aksRunCommandRequest',
        async sendRequest(request, next) {
            if (bearer)
                request.headers.set('authorization', `Bearer ${await bearer()}`);
            request.headers.set('accept-encoding', 'identity');
            // By now, the SDK's own policy has set an agent. Without any, the SDK keeps connections.
            const { hostname } = new URL(request.url);
            if (agent !== undefined && !LOOPBACK.test(hostname))
                request.agent = agent;
            else if (request.method === 'POST')
                request.agent = NEW_CONNECTION;
            else
                delete request.agent;
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
                    response.bodyAsText = await readBody(readableStreamBody, request.abortSignal);
                }
                onAnswer(answered(response, secrets));
                return response;
            }
            catch (error) {
                onAnswer(unanswered(error, secrets));
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
async function readBody(body, signal) {
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
async function exchange(call, timeoutMs, { clock, secrets }) {
    const answers = [];
    const onResponse = (response) => answers.push(answered(response, secrets));
    let failure = new Error('the client returned no response');
    try {
        await within(timeoutMs, clock, (abortSignal) => call({ onResponse, abortSignal }));
    }
    catch (error) {
        failure = error;
    }
    // A status that the SDK treats as an error, or a body that it cannot parse, is still an answer.
    return answers[0] ?? unanswered(failure, secrets);
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
/** An answer. What a message may quote of it has no secrets. */
function answered({ status, headers, bodyAsText }, secrets) {
    const body = bodyAsText ?? '';
    const safeHeaders = {};
    for (const [name, value] of Object.entries(headers.toJSON())) {
        safeHeaders[name] = status < 300 ? value : secrets.hide(value);
    }
    return {
        kind: 'answered',
        status,
        headers: safeHeaders,
        body: isQuoted(status, body) ? secrets.hide(body) : body,
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
/** A text as messages may quote it: without secrets, and not too long. */
function quotable(text, secrets) {
    return (0,long_words/* clip */.$)(secrets.hide(text));
}
/**
 * Errors of a connection that was never made. Not an unreachable network: on Linux, open
 * connections get that, too.
 */
const NEVER_SENT = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', PROXY_FAILED]);
function unanswered(error, secrets) {
    if (error instanceof failure/* StepError */.zg) {
        const cause = quotable(`signing in failed: ${signInFailure(error)}`, secrets);
        return { kind: 'unanswered', sent: 'unsigned', cause };
    }
    const codes = codesOf(error);
    const cause = quotable((0,failure/* messageOf */.bD)(error), secrets);
    if (codes.some((code) => code === PROXY_REFUSED || isCertificateError(code))) {
        return { kind: 'unanswered', sent: 'blocked', cause };
    }
    const isUnsent = codes.some((code) => NEVER_SENT.has(code));
    return { kind: 'unanswered', sent: isUnsent ? 'never' : 'perhaps', cause };
}
/** Why there is no token. Tokens expire while a command runs, and then signing in may fail. */
function signInFailure({ failure }) {
    if ('answer' in failure && failure.answer !== undefined)
        return (0,azure_answer/* describeAnswer */.O1)(failure.answer);
    return 'detail' in failure ? failure.detail : failure.code;
}
/** The codes of an error and of its causes. */
function codesOf(error) {
    if (!(0,json/* isRecord */.u4)(error))
        return [];
    const { code, cause } = error;
    const codes = codesOf(cause);
    return typeof code === 'string' ? [code, ...codes] : codes;
}

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
;// CONCATENATED MODULE: ./src/edge/sign-in/az.ts


/**
 * Variables that `az` has no use for: the step's inputs, what the runner gives this step, and SDK
 * logging. The tracking ID stays: the runner uses it to find and end the processes that are left
 * when the job ends (actions/runner, JobExtension.cs).
 */
const WITHHELD = /^(?:INPUT_|ACTIONS_|GITHUB_|RUNNER_(?!TRACKING_ID$)|AZURE_LOG_LEVEL$|DEBUG$)/i;
/**
 * Gets a token from the session that `az login` or `azure/login` left. The `AzureCliCredential` of
 * `@azure/identity` would hand `az` the whole environment of the step and would ignore `cancelled`.
 *
 * @throws AzError with the program's own words
 */
async function azToken(resource, env, cancelled) {
    // On Windows, a shell parses this.
    if (!/^[\w.:/-]{1,2000}$/.test(resource)) {
        throw new AzError('refused', `az cannot request a token for ${JSON.stringify(resource)}`);
    }
    const { error, stdout, stderr } = await runAz(resource, env, cancelled);
    const token = error === null ? readToken((0,json/* parseJson */.qF)(stdout)) : undefined;
    if (token !== undefined)
        return token;
    const failure = error === null ? 'az returned no token' : sentence(error);
    const reason = cancelled.aborted ? 'az was stopped' : failure;
    // What `az` says last is what matters, and it may have said a lot.
    const words = stderr.trim().slice(-1400);
    throw new AzError(kindOf(error, words), words === '' ? reason : `${reason}: ${words}`);
}
/**
 * Why `az` returned no token. `no-session`: it is not installed, or nobody is signed in. `refused`:
 * Entra refused, for example because the session has expired. `trouble`: anything else, such as its
 * network, may pass.
 */
class AzError extends Error {
    kind;
    constructor(kind, message) {
        super(message);
        this.kind = kind;
    }
}
function kindOf(error, words) {
    if (error?.code === 'ENOENT')
        return 'no-session';
    if (/\bAADSTS\d/.test(words))
        return 'refused';
    return /\baz login\b/.test(words) ? 'no-session' : 'trouble';
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

;// CONCATENATED MODULE: ./src/edge/sign-in/entra.ts




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
    return entra_unanswered(`the answer contains no usable ${kind}`);
}
function entra_unanswered(cause) {
    return { kind: 'unanswered', sent: 'perhaps', cause };
}
/**
 * Asks Entra for an access token, with one request. The credential is new each time: MSAL keeps a
 * token that was rejected, and after a 429 or 5xx, it answers from its own cache for a minute.
 *
 * @returns the token, or why there is none
 */
async function tokenFromEntra(resource, authority, create, ports) {
    let last;
    const options = credentialOptions(authority, ports, (answer) => {
        last = answer;
    });
    try {
        const credential = create(options);
        const token = await within(30_000, ports.clock, (abortSignal) => credential.getToken(`${resource}/.default`, { abortSignal }));
        return token !== null && canBeToken(token.token) ? token : noUsableToken('access token');
    }
    catch (error) {
        return failedAnswer(last, error, ports);
    }
}
/** Why there is no token: Entra's last answer, if it is one, or the words of MSAL. */
function failedAnswer(last, error, { secrets }) {
    const words = quotable((0,failure/* messageOf */.bD)(error), secrets);
    if (error instanceof TimeoutError)
        return entra_unanswered(words);
    // Nothing was sent, since something is missing that the credential needs.
    if (last === undefined)
        return { kind: 'unanswered', sent: 'blocked', cause: words };
    if (last.kind === 'unanswered' || (0,azure_answer/* isTransient */.dg)(last))
        return last;
    if ((0,azure_answer/* isFromEntra */.v6)(last))
        return last;
    if ((0,json/* field */.ZZ)((0,json/* parseJson */.qF)(last.body), 'access_token') !== undefined)
        return entra_unanswered(words);
    // A redirect, or the page of a firewall or captive portal, is no refusal of Entra's.
    return entra_unanswered(`the answer is not from Entra: ${(0,azure_answer/* describeAnswer */.O1)(last)}`);
}

;// CONCATENATED MODULE: ./src/edge/sign-in/ambient.ts







/** How long `az` may take. If it hangs for longer, it most likely always does. */
const AZ_TIMEOUT_MS = 60_000;
/**
 * Uses a session that already exists: Azure Pipelines' service connection, whose tokens can be
 * renewed; that of `az`; or the workload identity of a machine in Kubernetes. It stays with the
 * first one that returns a token.
 */
function ambient(authority, ports) {
    let chosen;
    const { input } = ports.host.words;
    ports.log.progress('signing-in', (0,say/* say */.cv) `
      Signing in with the existing Azure session, because ${input('client-id')} and
      ${input('tenant-id')} are not set.
    `);
    const sessions = sessionsFor(authority, ports);
    return async function request(resource) {
        const failures = [];
        let hasSession = false;
        const candidates = chosen === undefined ? sessions : [chosen];
        for (const session of candidates) {
            const signedIn = await (0,retry/* retrying */.R)((0,say/* say */.cv) `Signing in with the existing Azure session`, session.signIn(resource), ports);
            if ('token' in signedIn) {
                chosen = session;
                return signedIn;
            }
            hasSession ||= (0,azure_answer/* isAnswer */.Tq)(signedIn);
            failures.push(`${session.name}: ${wordsOf(signedIn)}`);
        }
        throw new failure/* StepError */.zg({
            code: hasSession ? 'session-failed' : 'no-session',
            detail: failures.join('\n'),
        });
    };
}
function wordsOf(failure) {
    if (!(0,azure_answer/* isAnswer */.Tq)(failure))
        return failure.noSession;
    return failure.kind === 'unanswered' ? failure.cause : (0,azure_answer/* describeAnswer */.O1)(failure);
}
/** The sessions that this machine may have, in the order in which they are tried. */
function sessionsFor(authority, ports) {
    return [
        azurePipelines(authority, ports),
        azSession(ports),
        workloadIdentity(authority, ports),
    ].filter((session) => session !== undefined);
}
function azSession({ cancelled, clock, host, secrets }) {
    return {
        name: host.words.login.plain,
        signIn: (resource) => async () => {
            try {
                const token = await within(AZ_TIMEOUT_MS, clock, (signal) => azToken(resource, process.env, AbortSignal.any([cancelled, signal])));
                return canBeToken(token.token) ? token : noUsableToken('access token');
            }
            catch (error) {
                const cause = quotable((0,failure/* messageOf */.bD)(error), secrets);
                const kind = error instanceof AzError ? error.kind : 'trouble';
                if (kind === 'no-session')
                    return { noSession: cause };
                const isFinal = kind === 'refused' || error instanceof TimeoutError;
                return { kind: 'unanswered', sent: isFinal ? 'blocked' : 'perhaps', cause };
            }
        },
    };
}
/** The service connection of the task `AzureCLI@2` or `AzureCLI@3`. */
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
    return {
        name: 'Azure Pipelines',
        signIn: (resource) => async () => {
            const { AzurePipelinesCredential } = await __webpack_require__.e(/* import() */ 563).then(__webpack_require__.bind(__webpack_require__, 5563));
            return tokenFromEntra(resource, await authority(), (options) => new AzurePipelinesCredential(tenant, client, connection, accessToken, options), ports);
        },
    };
}
function workloadIdentity(authority, ports) {
    if (!ports.host.variable('AZURE_FEDERATED_TOKEN_FILE'))
        return undefined;
    return {
        name: 'workload identity',
        signIn: (resource) => async () => {
            const { WorkloadIdentityCredential } = await __webpack_require__.e(/* import() */ 563).then(__webpack_require__.bind(__webpack_require__, 5563));
            return tokenFromEntra(resource, await authority(), (options) => new WorkloadIdentityCredential(options), ports);
        },
    };
}

// EXTERNAL MODULE: ./src/text/visible.ts
var visible = __webpack_require__(1573);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./src/azure/claims.ts

/** An ID token is renewed this long before it expires. */
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

;// CONCATENATED MODULE: ./src/edge/sign-in/id-tokens.ts











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
        throw new failure/* StepError */.zg({ code: 'no-id-token' });
    const { kind } = source;
    const request = async () => {
        const jwt = (await fetchFrom(source, audience, ports)).trim();
        if (!canBeToken(jwt))
            failed('It is not an ID token: too short, or with white space inside.');
        host.mask(jwt);
        ports.secrets.add(jwt);
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
    variable: (0,say/* say */.cv) `Signing in with the ID token of --id-token-env`,
    github: (0,say/* say */.cv) `Signing in with GitHub's ID token`,
    file: (0,say/* say */.cv) `Signing in with the ID token in AZURE_FEDERATED_TOKEN_FILE`,
};
async function fetchFrom(source, audience, ports) {
    switch (source.kind) {
        case 'variable':
            return fromVariable(source.name, ports);
        case 'github':
            return fromGitHub(source.url, source.requestToken, audience, ports);
        case 'file':
            return (0,promises_.readFile)(source.path, 'utf8').catch((error) => failed((0,failure/* messageOf */.bD)(error)));
    }
}
function failed(detail) {
    throw new failure/* StepError */.zg({ code: 'id-token', detail });
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
    ports.secrets.add(requestToken);
    const allowInsecureConnection = LOOPBACK.test(hostname);
    async function attempt() {
        const answer = await exchange((options) => client.pathUnchecked(url).get({ ...options, allowInsecureConnection }), 30_000, ports);
        if (answer.kind === 'unanswered' || answer.status !== 200)
            return answer;
        const jwt = (0,json/* field */.ZZ)((0,json/* parseJson */.qF)(answer.body), 'value');
        return typeof jwt === 'string' && canBeToken(jwt) ? { jwt } : noUsableToken('ID token');
    }
    const fetched = await (0,retry/* retrying */.R)((0,say/* say */.cv) `Fetching GitHub's ID token`, attempt, ports);
    return (0,azure_answer/* isAnswer */.Tq)(fetched) ? failed((0,azure_answer/* describeAnswer */.O1)(fetched)) : fetched.jwt;
}

;// CONCATENATED MODULE: ./src/edge/sign-in/federated.ts







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
        const assertion = () => Promise.resolve(jwt);
        return tokenFromEntra(resource, await authority(), (options) => new ClientAssertionCredential(tenantId, clientId, assertion, options), ports);
    }
    return async function request(resource) {
        const [{ claims }, authorityHost] = await Promise.all([idTokens.get(), authority()]);
        const lines = signInLines(claims, authorityHost, application);
        if (lines !== shownLines)
            ports.log.detail(idTokens.title, lines);
        shownLines = lines;
        const signedIn = await (0,retry/* retrying */.R)((0,say/* say */.cv) `Signing in to Entra`, () => attempt(resource), ports);
        if ((0,azure_answer/* isAnswer */.Tq)(signedIn)) {
            throw new failure/* StepError */.zg({ code: 'entra', answer: signedIn, resource, claims });
        }
        return signedIn;
    };
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

;// CONCATENATED MODULE: ./src/edge/sign-in/access-tokens.ts


/** A token is renewed this long before it expires. */
const access_tokens_EXPIRY_MARGIN_MS = 120_000;
/** How long to wait after a failed sign-in, which has been retried already, before the next one. */
const FAILURE_MS = 60_000;
/**
 * Access tokens by resource, each kept for its lifetime: those of the application, or of a session.
 * All callers share one sign-in, and if it fails, its failure for a minute: a command that is running
 * is polled every few seconds.
 */
function accessTokens(application, authority, ports) {
    const { clock } = ports;
    const request = application
        ? federated(application, authority, ports)
        : ambient(authority, ports);
    const kept = new Map();
    async function requestAndHide(resource) {
        const token = await request(resource);
        ports.host.mask(token.token);
        ports.secrets.add(token.token);
        return token;
    }
    return {
        get(resource) {
            const known = kept.get(resource);
            if (known?.isUsable())
                return known.token;
            const signIn = { token: requestAndHide(resource), isUsable: () => true };
            kept.set(resource, signIn);
            signIn.token.then(({ expiresOnTimestamp }) => {
                signIn.isUsable = () => clock.now() < expiresOnTimestamp - access_tokens_EXPIRY_MARGIN_MS;
            }, () => {
                // Not by the runner's own clock, which may be set back.
                const until = clock.monotonic() + FAILURE_MS;
                signIn.isUsable = () => clock.monotonic() < until;
            });
            return signIn.token;
        },
        forget: () => {
            kept.clear();
        },
    };
}

;// CONCATENATED MODULE: ./src/edge/azure.ts











const READ_TIMEOUT_MS = 30_000;
const SUBMIT_TIMEOUT_MS = 120_000;
/** The cluster behind ARM, through `@azure/arm-containerservice`. */
function azureFor({ cluster, cloud, application }, given) {
    const { host } = given;
    const agent = proxyAgent(host.variable);
    const ports = { ...given, log: host.log, agent, secrets: new Secrets() };
    const { subscriptionId, resourceGroup, name } = cluster;
    const { resourceManager } = cloud;
    const endpoints = cached(() => endpointsOf(cloud, application !== undefined, ports));
    const tokens = accessTokens(application, async () => (await endpoints()).authority, ports);
    const armToken = async () => (await tokens.get((await endpoints()).resource)).token;
    const client = createClient(subscriptionId, resourceManager, ports, armToken);
    return {
        signIn: armToken,
        async clusterToken() {
            return (await tokens.get(azure_cloud/* AKS_SERVER */.QN)).token;
        },
        forgetTokens: tokens.forget,
        readCluster() {
            const read = () => exchange((options) => (0,managedClusters/* get */.Jt)(client, resourceGroup, name, options), READ_TIMEOUT_MS, ports);
            return (0,retry/* retrying */.R)((0,say/* say */.cv) `Reading the cluster`, read, ports);
        },
        runCommand({ accessToken, ...body }) {
            ports.secrets.add(body.context);
            const bearer = () => Promise.resolve(accessToken);
            const submitter = createClient(subscriptionId, resourceManager, ports, bearer);
            // Only the poller's first request is used. The poller would follow `Location` to any host,
            // with the bearer token.
            const submit = (options) => (0,managedClusters/* runCommand */.d1)(submitter, resourceGroup, name, body, options).submitted();
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
    const answer = await (0,retry/* retrying */.R)((0,say/* say */.cv) `Reading the cloud's metadata`, read, ports);
    const endpoints = (0,azure_cloud/* readMetadata */._6)(bodyOf(answer), resourceManager, withIdToken);
    if (endpoints === undefined) {
        throw new failure/* StepError */.zg({ code: 'cloud-metadata', answer });
    }
    return endpoints;
}
function bodyOf(answer) {
    return answer.kind === 'answered' && answer.status === 200 ? (0,json/* parseJson */.qF)(answer.body) : undefined;
}


/***/ })

};
