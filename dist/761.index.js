export const id = 761;
export const ids = [761];
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
/* harmony export */   qs: () => (/* binding */ requestIds),
/* harmony export */   r1: () => (/* binding */ isFromArm)
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
/** Truncates foreign text so that a message stays readable. */
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
    const title = /<title>(?:\d{3} )?([^<]{0,1000})<\/title>/i.exec(body.slice(0, 16_384))?.[1];
    return { code: '', message: clip((title ?? (/^\s*</.test(body) ? '' : body)).trim()) };
}
/** Whether ARM itself answered, in JSON with a code. An empty body, a page, or other JSON may be a gateway's. */
function isFromArm(answer) {
    const body = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(answer.body);
    const code = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(body, 'error'), 'code') ?? (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(body, 'code');
    return typeof code === 'string' && code !== '';
}
/** The seconds that `Retry-After` asks for: a number, or an HTTP date compared with the answer's own `Date`. */
function retryAfterSeconds(headers) {
    const value = headers['retry-after'] ?? '';
    if (/^\d{1,9}$/.test(value.trim()))
        return Number(value);
    const wait = (Date.parse(value) - Date.parse(headers['date'] ?? '')) / 1000;
    return Number.isFinite(wait) ? Math.max(0, Math.ceil(wait)) : undefined;
}
/** An answer in one line. Foreign text. A success's body is left out: it may contain a token or unmasked output. */
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
/** The audience that Entra expects in an ID token for this cloud. A custom endpoint uses that of the public cloud. */
function defaultAudience(environment) {
    return `api://AzureADTokenExchange${environment.kind === 'named' ? NAMED[environment.name].suffix : ''}`;
}
/** `https://management.TENANT.onmicrosoft.com/GUID`: the application that stands for one Azure Stack Hub. */
const STACK_AUDIENCE = /^https:\/\/management\.[a-z0-9.-]{1,253}\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/**
 * Reads an ARM endpoint's metadata: one cloud, or a list of clouds. Undefined if it has no https login endpoint. Tokens
 * are for the endpoint itself if it lists itself, and otherwise for the first audience that it lists. From an `az`
 * session, that must look like Azure Stack Hub's: otherwise, an endpoint could name a Key Vault, and get a token for
 * that. An ID token goes wherever the endpoint says anyway.
 */
function cloudFromMetadata(metadata, resourceManager, by) {
    const entries = Array.isArray(metadata) ? metadata : [metadata];
    const entry = entries.find((candidate) => httpsUrl((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(candidate, 'resourceManager')) === resourceManager) ??
        (entries.length === 1 ? entries[0] : undefined);
    const authentication = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(entry, 'authentication');
    const authority = httpsUrl((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(authentication, 'loginEndpoint'));
    if (authority === undefined)
        return undefined;
    const listed = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(authentication, 'audiences');
    const audiences = Array.isArray(listed) ? listed.map(httpsUrl).filter((audience) => audience !== undefined) : [];
    const other = audiences.find((audience) => by === 'oidc' || STACK_AUDIENCE.test(audience));
    const audience = audiences.includes(resourceManager) ? resourceManager : (other ?? resourceManager);
    return { authority, resourceManager, scope: `${audience}/.default` };
}
/** An https URL without credentials, query, fragment, or trailing slash; undefined for anything else. */
function httpsUrl(text) {
    if (typeof text !== 'string' || !URL.canParse(text))
        return undefined;
    const url = new URL(text);
    const isPlain = url.protocol === 'https:' && !url.username && !url.password && !url.search && !url.hash;
    return isPlain ? `${url.origin}${url.pathname}`.replace(/(?<!\/)\/+$/, '') : undefined;
}


/***/ }),

/***/ 2515:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ws: () => (/* binding */ LOOPBACK),
/* harmony export */   iJ: () => (/* binding */ proxyFor),
/* harmony export */   wS: () => (/* binding */ proxyProblem)
/* harmony export */ });
/** The names of this machine. */
const LOOPBACK = /^(?:localhost|\[::1\]|127(?:\.\d+){3})$/;
/**
 * The proxy for a request, as a URL for Node's agents. The rules are those of GitHub's runner (RunnerWebProxy.cs), so
 * that a step reaches what its runner reaches: `https_proxy` or `HTTPS_PROXY`, with or without a scheme, never for
 * loopback, and `no_proxy` with `*`, ports, and names that cover subdomains. Lower-case variables win. Undefined for a
 * direct connection, and for a variable that {@link proxyProblem} reports.
 */
function proxyFor(url, variable) {
    const { protocol, hostname, port } = new URL(url);
    if (protocol !== 'https:' || LOOPBACK.test(hostname))
        return undefined;
    const entries = valueOf('no_proxy', variable).split(/[\s,]+/);
    return entries.some((entry) => bypasses(entry, hostname, port || '443')) ? undefined : readProxy(variable)?.href;
}
/** What is wrong with the proxy variable. The sentence doesn't quote its value, which may contain a password. */
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
/** Whether a `no_proxy` entry covers a host: `host` with all subdomains, `.host` for those alone, `host:port`, `*`. */
function bypasses(entry, hostname, port) {
    const [, host = entry, only = port] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [];
    const [name, asked] = [host.toLowerCase(), hostname].map((one) => one.replaceAll(/[[\]]/g, ''));
    if (name === '' || only !== port)
        return false;
    return name === '*' || name === asked || asked.endsWith(name.startsWith('.') ? name : `.${name}`);
}


/***/ }),

/***/ 1981:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   PH: () => (/* binding */ expandBraces),
/* harmony export */   tX: () => (/* binding */ runnerPathIn),
/* harmony export */   wx: () => (/* binding */ parseFilePattern)
/* harmony export */ });
/* harmony import */ var brace_expansion__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9540);
/* harmony import */ var minimatch__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4611);
/* harmony import */ var _disk_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6786);
/* harmony import */ var _names_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9827);




/** Linux's `PATH_MAX`. A longer line is not a pattern. */
const MAX_LENGTH = 4096;
/** Alternatives multiply with each brace. Nobody types as many as this. */
const MAX_ALTERNATIVES = 500;
/** Matching time is a name's length to the power of the stars: five against 250 dashes take 39 s. */
const MAX_STARS = 3;
/** The patterns that a pattern's braces expand to, as in bash: `*.{yaml,yml}` is two. Returns at most `max` of them. */
function expandBraces(pattern, max) {
    return pattern.includes('{') ? (0,brace_expansion__WEBPACK_IMPORTED_MODULE_0__/* .expand */ .fT)(pattern, { max }) : [pattern];
}
/** Reads a line. Returns the pattern, or why it cannot be used, as the end of a sentence about it. */
function parseFilePattern(line, root) {
    const text = line.replace(/^[!\s]+/, '');
    const bangs = line.slice(0, line.length - text.length).replaceAll(/\s/g, '');
    if (text.length > MAX_LENGTH)
        return 'it is longer than any path. Write one pattern per line';
    const alternatives = expandBraces(root.windows ? text.replaceAll('\\', '/') : text, MAX_ALTERNATIVES + 1);
    if (alternatives.length > MAX_ALTERNATIVES)
        return 'its braces expand to more than 500 patterns';
    const globs = [];
    for (const alternative of alternatives) {
        const glob = relativeGlob(alternative, root);
        if (typeof glob !== 'string')
            return glob.problem;
        globs.push(glob);
    }
    // The options of `@actions/glob`, with the disk's rule for letter case.
    const options = { dot: true, nobrace: true, nocase: root.ignoresCase, nocomment: true, noext: true, nonegate: true };
    const matches = (glob) => new minimatch__WEBPACK_IMPORTED_MODULE_1__/* .Minimatch */ .VR(glob, options);
    const whole = globs.flatMap((glob) => [glob, glob === '' ? '**' : `${glob}/**`]).map(matches);
    const dotted = globs.flatMap((glob) => glob.split('/').filter((segment) => segment.startsWith('.')));
    const spelled = dotted.map(matches);
    return {
        line,
        excludes: bangs.length % 2 === 1,
        globs,
        takes: (path) => whole.some((glob) => glob.match(path)),
        spells: (name) => (0,_names_js__WEBPACK_IMPORTED_MODULE_2__/* .isGitFolder */ .Z$)(name)
            ? dotted.some((segment) => segment.toLowerCase() === '.git')
            : spelled.some((glob) => glob.match(name)),
    };
}
/** The pattern relative to the root. A pattern that leaves the root cannot be used. */
function relativeGlob(pattern, root) {
    const inside = root.folders
        .map((folder) => withoutRoot(pattern, folder, root.windows))
        .find((rest) => rest !== undefined);
    const problem = inside === undefined ? outsideRoot(pattern, root.windows) : undefined;
    if (problem !== undefined)
        return { problem };
    const segments = (inside ?? pattern).split('/').filter((segment) => segment !== '' && segment !== '.');
    if (segments.includes('..'))
        return { problem: 'its .. leaves the working directory' };
    // The package would treat these as relative paths, and throw.
    if (segments.some((segment) => /^(?:\[\\?\.\]|\\?\.){1,2}$/.test(segment))) {
        return { problem: 'one of its folders is . or .. in brackets or after a backslash' };
    }
    if (segments.some((segment) => segment.split('*').length - 1 > MAX_STARS)) {
        return { problem: 'it has more than three * between two slashes. Use fewer' };
    }
    return segments.join('/');
}
function withoutRoot(pattern, folder, windows) {
    const fold = (text) => (windows ? text.toLowerCase() : text);
    return (0,_disk_js__WEBPACK_IMPORTED_MODULE_3__/* .isWithin */ .UO)(fold(pattern), fold(folder)) ? (0,_disk_js__WEBPACK_IMPORTED_MODULE_3__/* .below */ .Gz)(pattern, folder) : undefined;
}
function outsideRoot(pattern, windows) {
    const [, drive = ''] = /^\/([a-z])(?:\/|$)/i.exec(pattern) ?? [];
    if (windows && drive !== '') {
        return `it is a Git Bash path. Write ${drive.toUpperCase()}:/…, or a path relative to the working directory`;
    }
    if (pattern.startsWith('/') || /^[a-z]:/i.test(pattern)) {
        const problem = runnerPathIn(pattern) === undefined
            ? 'it is an absolute path outside the working directory'
            : "it is a path on the runner outside the working directory: in a job with a container, github.workspace is the host's";
        return `${problem}. Write a path relative to the working directory`;
    }
    return pattern === '~' || pattern.startsWith('~/') ? 'it points to the home folder' : undefined;
}
/**
 * A path in the runner's workspace, `…/work/REPOSITORY/REPOSITORY`, or in its temp folder. The pod has neither; a
 * container does only if an input begins with it (ContainerInfo.cs:164-192). Bounded repetitions keep the match fast.
 */
const RUNNER_PATH = /(?<=^|[\s"'=:(!,<>])(?:(?:[a-z]:)?[\\/](?:[^\s\\/'"`;|&<>()]{1,255}[\\/]){0,15}?(?:_?work|__w)|[a-z]:[\\/]a)[\\/](?:([^\s\\/'"`;|&<>()]{1,255})[\\/]\1|_temp)(?![^\s\\/'"`;|&<>()])/i;
/** The first such path in a text; undefined if there is none. */
function runnerPathIn(text) {
    return RUNNER_PATH.exec(text)?.[0];
}


/***/ }),

/***/ 5130:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $U: () => (/* binding */ toldDelay),
/* harmony export */   HJ: () => (/* binding */ withFreshTokens),
/* harmony export */   R$: () => (/* binding */ retrying),
/* harmony export */   et: () => (/* binding */ askAgain),
/* harmony export */   yW: () => (/* binding */ renewTokens),
/* harmony export */   zh: () => (/* binding */ countTries)
/* harmony export */ });
/* harmony import */ var _azure_answer_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6793);
/* harmony import */ var _text_duration_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9495);
/* harmony import */ var _text_ours_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2452);
/* harmony import */ var _text_visible_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1573);




/** How many times a request is sent if it is not answered or not processed. Throttled attempts don't count. */
const MAX_FAILURES = 6;
/** A request is repeated for at most this long. If a service asks for a longer wait, the step does not wait at all. */
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
            const told = toldDelay(answer);
            // After a 429, a growing random share is added, to spread the jobs of a matrix out.
            const wait = isThrottled
                ? (told ?? 1000) + random() * Math.min(1000 * 2 ** throttled++, MAX_SPREAD_MS)
                : (told ?? Math.min(1000 * 2 ** (failures - 1), 16_000));
            return clock.monotonic() + wait - begin > MAX_WAIT_MS ? undefined : wait;
        },
        wasThrottled: () => throttled > 0,
    };
}
/**
 * Repeats a request that is safe to repeat until it succeeds, fails for good, or the step is cancelled. If throttled,
 * it waits as Azure asks, for up to an hour; any other transient failure is tried six times. Logs each retry.
 */
async function retrying(what, attempt, ports) {
    const { clock, log, cancelled } = ports;
    const tries = countTries(ports);
    for (;;) {
        const tried = await attempt();
        if (tried.ok || !(0,_azure_answer_js__WEBPACK_IMPORTED_MODULE_2__/* .isTransient */ .dg)(tried.answer))
            return tried;
        const wait = cancelled.aborted ? undefined : tries.pauseAfter(tried.answer);
        if (wait === undefined)
            return tried;
        // It stays on one line, with the service's words last, so that two loops at once are readable.
        const retry = (0,_text_ours_js__WEBPACK_IMPORTED_MODULE_3__/* .ours */ .O) `${what} failed. Retrying in ${(0,_text_duration_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(Math.ceil(wait / 1000))}: `;
        log.show(retry + (0,_text_visible_js__WEBPACK_IMPORTED_MODULE_1__/* .visible */ .RK)((0,_azure_answer_js__WEBPACK_IMPORTED_MODULE_2__/* .describeAnswer */ .O1)(tried.answer).replaceAll(/\s+/g, ' ')));
        await clock.sleep(wait, cancelled);
        if (cancelled.aborted)
            return tried;
    }
}
/** {@link retrying} for callers that want the answer itself, whatever it is. */
async function askAgain(what, ask, ports) {
    const attempt = async () => {
        const answer = await ask();
        return (0,_azure_answer_js__WEBPACK_IMPORTED_MODULE_2__/* .isTransient */ .dg)(answer) ? { ok: false, answer } : { ok: true, value: answer };
    };
    const tried = await retrying(what, attempt, ports);
    return tried.ok ? tried.value : tried.answer;
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
    log.say((0,_text_ours_js__WEBPACK_IMPORTED_MODULE_3__/* .ours */ .O) `Azure rejected the access token. Requesting a new one.`);
    azure.forgetTokens();
}
/** How many milliseconds an answer asks the caller to wait, whatever its status. */
function toldDelay(answer) {
    const seconds = answer.kind === 'answered' ? (0,_azure_answer_js__WEBPACK_IMPORTED_MODULE_2__/* .retryAfterSeconds */ .C3)(answer.headers) : undefined;
    return seconds === undefined ? undefined : seconds * 1000;
}


/***/ }),

/***/ 8761:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

// EXTERNAL MODULE: ./src/failure.ts
var failure = __webpack_require__(1633);
// EXTERNAL MODULE: ./src/azure/cloud.ts
var cloud = __webpack_require__(6370);
// EXTERNAL MODULE: ./src/text/ours.ts
var ours = __webpack_require__(2452);
// EXTERNAL MODULE: ./src/azure/json.ts
var json = __webpack_require__(5721);
;// CONCATENATED MODULE: ./src/azure/managed-cluster.ts


const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** ARM's rule for managed clusters: 1 to 63 letters, digits, `-`, `_`, alphanumeric at both ends. */
const CLUSTER_NAME = /^[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?$/i;
/** ARM's rule for resource groups: 1 to 90 letters, digits, `-`, `_`, `.`, `(`, `)`, not ending in a period. */
const RESOURCE_GROUP = /^[\p{L}\p{Nd}_.()-]{0,89}[\p{L}\p{Nd}_()-]$/u;
const RESOURCE_ID = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.ContainerService\/managedClusters\/([^/]+)\/?$/i;
/** Reads a managed cluster's full ARM resource ID in any letter case; undefined if the text is not one. */
function parseResourceId(text) {
    const [, subscriptionId = '', resourceGroup = '', name = ''] = RESOURCE_ID.exec(text) ?? [];
    const valid = GUID.test(subscriptionId) && RESOURCE_GROUP.test(resourceGroup) && CLUSTER_NAME.test(name);
    return valid ? { subscriptionId, resourceGroup, name } : undefined;
}
/** The cluster's name, safe to print. A name that breaks ARM's rule is not shown. */
function clusterName({ name }) {
    return CLUSTER_NAME.test(name) ? name : (0,ours/* ours */.O) `the cluster`;
}
function resourceId({ subscriptionId, resourceGroup, name }) {
    return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${name}`;
}
/**
 * What the body of `GET managedClusters/NAME` says about running commands on the cluster; false if it doesn't say. With
 * managed Entra, the caller's own token is required, and the command runs as the caller.
 */
function readClusterFacts(body) {
    const properties = (0,json/* field */.ZZ)((0,json/* parseJson */.qF)(body), 'properties');
    return {
        managedEntra: (0,json/* field */.ZZ)((0,json/* field */.ZZ)(properties, 'aadProfile'), 'managed') === true,
        stopped: (0,json/* field */.ZZ)((0,json/* field */.ZZ)(properties, 'powerState'), 'code') === 'Stopped',
        runCommandDisabled: (0,json/* field */.ZZ)((0,json/* field */.ZZ)(properties, 'apiServerAccessProfile'), 'disableRunCommand') === true,
    };
}

// EXTERNAL MODULE: ./src/azure/proxy.ts
var proxy = __webpack_require__(2515);
// EXTERNAL MODULE: ./src/azure/answer.ts
var azure_answer = __webpack_require__(6793);
;// CONCATENATED MODULE: ./src/azure/command.ts


function parseCommandId(text) {
    return /^[0-9a-f]{32}$/.test(text) ? text : undefined;
}
/** The command id in a `Location`. Nothing else in it is trusted: it once lacked the subscription (azure-cli#22375). */
function commandIdOfLocation(location) {
    return parseCommandId(/\/commandResults\/([^/?#]+)/i.exec(location ?? '')?.[1]?.toLowerCase() ?? '');
}
/** The command id in AKS's "container command-<id> in aks-command namespace did not start". */
function commandIdOfMessage(message) {
    return parseCommandId(/\bcommand-([0-9a-f]{32})\b/.exec(message)?.[1] ?? '');
}
/** Reads an answer to `commandResults`. Unless the command has ended or there is no result, asking again may help. */
function readCommandStatus(answer) {
    if (answer.kind === 'unanswered')
        return { kind: 'unreadable' };
    const { status } = answer;
    if (status === 200 || status === 202)
        return readBody(answer);
    if (status === 429)
        return { kind: 'throttled' };
    // New tokens were rejected, too. That says nothing about the command.
    if (status === 401)
        return { kind: 'unreadable' };
    // Only ARM's own 403 has a code. Any other comes from a gateway, which doesn't know the identity's permissions.
    if (status === 403)
        return (0,azure_answer/* isFromArm */.r1)(answer) ? { kind: 'missing', because: 'forbidden' } : { kind: 'unreadable' };
    if (deniesCommand(answer))
        return { kind: 'missing', because: 'denied' };
    return status >= 400 && !(0,azure_answer/* isTransient */.dg)(answer) ? { kind: 'missing', because: 'refused' } : { kind: 'unreadable' };
}
/** Goes by the body's `provisioningState` alone, since a `200` can carry `Running`. The Azure CLI does the same. */
function readBody({ body, echoes }) {
    const properties = (0,json/* field */.ZZ)((0,json/* parseJson */.qF)(body), 'properties');
    const state = (0,json/* field */.ZZ)(properties, 'provisioningState');
    if (!(0,json/* isRecord */.u4)(properties) || typeof state !== 'string')
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
        ...(typeof reason === 'string' && reason !== '' && { reason: echoes ? `(${azure_answer/* NOT_QUOTED */.fO})` : (0,azure_answer/* clip */.$Q)(reason) }),
        ...started,
        ...(finishedAt !== undefined && { finishedAt }),
    };
}
/** Codes of a 404 that is not about the command, but about something that contains it. */
const MISSING_AROUND = /^(?:(?:Parent)?Resource|ResourceGroup|Subscription)NotFound$/;
/**
 * Whether AKS says that it has no such command: the pod never reached a state such as Running (Microsoft's "Resolve az
 * aks command invoke failures"). Users saw this without a body. Then Azure's request ID rules out a gateway.
 */
function deniesCommand(answer) {
    const { status, body, headers } = answer;
    const isOwn = (0,azure_answer/* isFromArm */.r1)(answer) || (body === '' && 'x-ms-request-id' in headers);
    return status === 404 && isOwn && !MISSING_AROUND.test((0,azure_answer/* serviceError */.cg)(body).code);
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

// EXTERNAL MODULE: ./src/text/duration.ts
var duration = __webpack_require__(9495);
// EXTERNAL MODULE: ./src/text/nearest.ts
var nearest = __webpack_require__(613);
;// CONCATENATED MODULE: ./src/inputs/meant.ts




// What the user probably meant by an invalid value. Each function returns a sentence for the message, or undefined.
/** `yes`, `0`, `on`. */
function meantFlag(given) {
    if (/^(?:yes|y|on|1|true)$/i.test(given))
        return (0,nearest/* didYouMean */.au)('true');
    return /^(?:no|n|off|0|false)$/i.test(given) ? (0,nearest/* didYouMean */.au)('false') : undefined;
}
/** `Bash`, `warm`. */
function meantChoice(given, allowed) {
    return given.length > 3 ? (0,nearest/* didYouMean */.au)((0,nearest/* nearestName */.qb)(given.toLowerCase(), allowed)) : undefined;
}
/** `10`, `10min`, `1 hour 30 minutes`, `2H`. */
function meantDuration(given) {
    if (/^[1-9]\d{0,8}$/.test(given))
        return (0,nearest/* didYouMean */.au)(`${given}m or ${given}s`);
    const plain = given
        .toLowerCase()
        .replaceAll(/[\s,]/g, '')
        .replaceAll(/([hms])[a-z]*/g, '$1');
    return (0,duration/* parseDuration */.E9)(plain) === undefined || plain === given ? undefined : (0,nearest/* didYouMean */.au)(plain);
}
/** An id with dashes or in capitals. */
function meantCommandId(given) {
    return (0,nearest/* didYouMean */.au)(parseCommandId(given.toLowerCase().replaceAll('-', '')));
}
const CLUSTER_ID = /\/subscriptions\/[^/\s]+\/resourceGroups\/[^/\s]+\/providers\/Microsoft\.ContainerService\/managedClusters\/[^/?#&\s"']+/i;
/** The address of a cluster's page in the portal, an agent pool's ID, an API server's address, or an Arc cluster. */
function meantCluster(given) {
    const text = given.replaceAll(/%2f/gi, '/');
    const own = parseResourceId(CLUSTER_ID.exec(text)?.[0] ?? '');
    if (own !== undefined)
        return (0,nearest/* didYouMean */.au)(resourceId(own));
    if (/Microsoft\.Kubernetes\/connectedClusters/i.test(text)) {
        return 'Clusters of Azure Arc are not supported: run command is part of AKS.';
    }
    if (/\.azmk8s\.|^https?:/i.test(text)) {
        return 'An address is not the name of a cluster. az aks list --output table shows the names.';
    }
    const [, name = ''] = /^["'](.*)["']$/.exec(text) ?? [];
    return CLUSTER_NAME.test(name) ? (0,nearest/* didYouMean */.au)(name) : undefined;
}
/** The deployment environment of a job. */
function meantEnvironment(given) {
    if (!/^(?!azure)[\w .-]+$/i.test(given))
        return undefined;
    return "To set the job's environment, write environment: next to runs-on:, not under with:.";
}
/** Inputs of other actions and tasks, and what to use here. */
const ELSEWHERE = {
    run: 'Did you mean command?',
    script: 'Did you mean command?',
    creds: 'Sign in with client-id and tenant-id, or with azure/login in an earlier step.',
    namespace: 'Put it in command: kubectl --namespace NAME.',
    azcliversion: 'The pod has kubectl and helm, in versions that AKS chooses.',
};
/** An input that does not exist. The runner passes names on with underscores instead of spaces. */
function meantByUnknown(name, known) {
    if (Object.hasOwn(ELSEWHERE, name))
        return ELSEWHERE[name];
    const letters = (text) => text.replaceAll(/[-_]/g, '');
    return (0,nearest/* didYouMean */.au)(known.find((one) => letters(one) === letters(name)) ?? (0,nearest/* nearestName */.qb)(name.replaceAll('_', '-'), known));
}

// EXTERNAL MODULE: ./src/files/pattern.ts
var pattern = __webpack_require__(1981);
// EXTERNAL MODULE: ./src/pod/file-command.ts
var file_command = __webpack_require__(5893);
// EXTERNAL MODULE: ./src/pod/variables.ts
var variables = __webpack_require__(2986);
;// CONCATENATED MODULE: ./src/inputs/env.ts


/**
 * Linux's `MAX_ARG_STRLEN` (32 pages, include/uapi/linux/binfmts.h), the limit for `NAME=value` with its NUL, in bytes
 * of UTF-8. With a longer variable, the pod could not start any program (E2BIG).
 */
const MAX_VARIABLE_BYTES = 131_072;
/** All variables together, in bytes. Linux gives arguments and environment 2 MiB, a quarter of the usual stack. */
const MAX_ENVIRONMENT_BYTES = 1_572_864;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const SURELY_A_NAME = /^[A-Z0-9_]+$/;
/**
 * Names that bash (5.2), dash, or busybox sh (1.37) sets itself, empties, or refuses, found by trying every name in their
 * binaries; and `PATH`, without which no program is found.
 */
const SHELLS_OWN = new Set(`_ BASH BASHOPTS BASHPID COMP_WORDBREAKS DIRSTACK EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME GROUPS HISTCMD IFS LINENO OLDPWD
  OPTARG OPTERR OPTIND PATH PIPESTATUS POSIXLY_CORRECT PPID PS1 PS2 PS4 PWD RANDOM SECONDS SHELLOPTS SHLVL SRANDOM UID`.split(/\s+/));
const BASHS_OWN = /^BASH_(?!ENV$)/;
const PODS_OWN = new Set([...variables/* FACT_NAMES */.EZ, ...variables/* POD_NAMES */.Dc]);
/**
 * Reads the input `env`: the grammar of `$GITHUB_ENV`, or just `NAME` for one of the caller's own variables. Returns each
 * name once: the last one wins, as in `$GITHUB_ENV`. Problems and warnings never show a value.
 */
function readEnv(reader) {
    const { words, variables: each } = reader.host;
    const texts = each ?? reader.untrimmed('env').split('\n');
    const { given, malformed } = each ? readEach(each, reader) : readBlocks(texts.join('\n'), reader);
    const at = (line) => `${words.noun('entry')} ${line}`;
    const problems = malformed.map(({ line, problem }) => ({ line, sentence: `${at(line)} ${problem}` }));
    const variables = new Map();
    let noAssignment = -1;
    for (const entry of given) {
        const { name, value = '', line } = entry;
        if (isNamed(entry)) {
            const problem = problemWith(entry);
            if (problem !== undefined)
                problems.push({ line, sentence: `${at(line)}: ${problem}` });
            else
                variables.set(name, value);
            // Quotes in a block are intentional.
            const doubt = texts[line - 1]?.startsWith(`${name}=`) ? doubtAbout(value) : undefined;
            if (doubt !== undefined)
                reader.warn('env', `${at(line)} (${name}) ${doubt}`);
            continue;
        }
        const problem = problemWithLine(entry, each ? '' : FOR_SEVERAL_LINES);
        // Consecutive lines may be a single value without its delimiter, so one problem is enough.
        if (each || noAssignment !== line - 1)
            problems.push({ line, sentence: `${at(line)} ${problem}` });
        noAssignment = line;
    }
    for (const { sentence } of problems.sort((a, b) => a.line - b.line))
        reader.problem('env', sentence);
    if ([...variables].reduce((sum, variable) => sum + bytesOf(...variable), 0) > MAX_ENVIRONMENT_BYTES) {
        reader.problem('env', `all variables together exceed ${MAX_ENVIRONMENT_BYTES / 1024} KiB`);
    }
    return [...variables].map(([name, value]) => ({ name, value }));
}
function readBlocks(text, { host }) {
    const { assignments, bare, malformed } = (0,file_command/* readFileCommand */.y8)(text);
    const given = [
        ...assignments.map((entry) => ({ ...entry, isBare: false })),
        ...bare.map(({ text: name, line }) => ({ name, value: host.variable(name), line, isBare: true })),
    ];
    return { given: given.sort((a, b) => a.line - b.line), malformed };
}
/** Variables from a prompt: each text is one variable, line breaks included. */
function readEach(texts, { host }) {
    const given = texts.map((text, index) => {
        const [name = '', ...value] = text.split('=');
        const isBare = value.length === 0;
        return { name, value: isBare ? host.variable(name) : value.join('='), line: index + 1, isBare };
    });
    return { given, malformed: [] };
}
/** Whether the text can be shown as a name. A line of a private key may look like one. */
function isNamed({ name, value, isBare }) {
    return NAME.test(name) && (!isBare || value !== undefined || SURELY_A_NAME.test(name));
}
const FOR_SEVERAL_LINES = '. For a value of several lines, write KEY<<EOF, then the lines, then EOF on a separate line';
/** Other ways to write a variable, and the end of a sentence about each. The sentence never quotes the line. */
const OTHER_SHAPES = [
    [/\r$/, 'ends in a carriage return. Use LF line endings'],
    [/^\s*#/, 'begins with #, but env has no comments. Remove the line'],
    [/^\s*export\s/, 'begins with export. Write only NAME=value'],
    [/^\s*[{}[\]"',]/, 'looks like JSON. Write NAME=value, one per line, without quotes or commas'],
    [/^\s*(?:-\s|[A-Za-z_][\w.-]*:(?:\s|$))/, 'looks like YAML. Write NAME=value'],
    [/^\s*[A-Za-z_]\w*\s*$/, 'has spaces around the name. Write NAME=value without spaces around the ='],
];
/** What is wrong with a line that assigns no variable: the end of a sentence that begins with "line 2". */
function problemWithLine({ name, isBare }, more) {
    const shape = NAME.test(name) ? undefined : OTHER_SHAPES.find(([begin]) => begin.test(name))?.[1];
    if (shape !== undefined)
        return shape;
    if (isBare)
        return `is neither NAME=value nor the name of a variable that is set${more}`;
    return 'needs a name of letters, digits, and underscores that does not begin with a digit';
}
function problemWith({ name, value, isBare }) {
    const called = isBare && !SURELY_A_NAME.test(name) ? 'the variable' : name;
    if (SHELLS_OWN.has(name) || BASHS_OWN.test(name)) {
        return `${called} is reserved by the shell. Choose another name, or set it in the command`;
    }
    if (PODS_OWN.has(name))
        return `the pod sets ${called} itself. Choose another name`;
    if (value === undefined)
        return `${called} has no value, and no variable of that name is set`;
    if (value.includes('\0'))
        return `${called} contains a NUL character, which no variable can have`;
    if (bytesOf(name, value) <= MAX_VARIABLE_BYTES)
        return undefined;
    return `${called} is too long: name and value together must be smaller than ${MAX_VARIABLE_BYTES / 1024} KiB`;
}
/** What to say about a value that is passed on unchanged, but may have been meant differently. */
function doubtAbout(value) {
    if (/^(["']).*\1$/.test(value))
        return 'has quotes around its value, and they are part of it. Leave them out';
    if (!/^[^,=]*,\s+[A-Z_][A-Z0-9_]*=/.test(value))
        return undefined;
    return 'is a single variable: everything after the first = is its value. Write one NAME=value per line';
}
/** As the kernel counts: `NAME=value` and a NUL. */
function bytesOf(name, value) {
    return Buffer.byteLength(name) + 1 + Buffer.byteLength(value) + 1;
}

;// CONCATENATED MODULE: ./src/inputs/task.ts




/** Reads what to do: run a command, or wait for an earlier one. */
function readTask(reader) {
    const run = {
        kind: 'run',
        command: withoutCrLf(reader.untrimmed('command')),
        shell: reader.choice('shell', ['', 'bash', 'sh'], ''),
        files: {
            patterns: reader.lines('files'),
            workingDirectory: reader.text('working-directory'),
            ifNoFilesFound: reader.choice('if-no-files-found', ['error', 'warn', 'ignore'], 'error'),
            includeHidden: reader.flag('include-hidden-files', false),
        },
        env: readEnv(reader),
        collect: readCollect(reader),
        startTimeout: reader.duration('start-timeout', '90s', 3600),
        startRetries: reader.count('start-retries', 2, 10),
        wait: reader.flag('wait', true),
        dryRun: reader.flag('dry-run', false),
    };
    const given = reader.text('command-id');
    if (given === '') {
        checkCommand(run.command, reader);
        return run;
    }
    const commandId = parseCommandId(given);
    if (commandId === undefined) {
        reader.invalid('command-id', given, '32 hexadecimal digits', meantCommandId(given));
    }
    refuseWithCommandId(reader, run);
    return commandId === undefined ? run : { kind: 'follow', commandId, wait: true };
}
/** Removes the CR if every line ends in CR LF. A shell would treat it as part of the line's last word. */
function withoutCrLf(command) {
    return /(?<!\r)\n/.test(command) ? command : command.replaceAll('\r\n', '\n');
}
function checkCommand(command, reader) {
    if (command.trim() === '') {
        const id = reader.called('command-id');
        const idEmpty = `If ${id} is empty here, pass it on from the job that started the command: with outputs: there and needs: here`;
        reader.missing('command', `is required, unless ${id} names an earlier command to wait for. ${idEmpty}`);
    }
    // A path on the runner means nothing in the pod, which has only what was sent.
    const path = (0,pattern/* runnerPathIn */.tX)(command);
    if (path !== undefined) {
        const relative = `Use a path relative to ${reader.called('working-directory')}`;
        reader.warn('command', `${path} is a path outside the pod. ${relative}`);
    }
}
/** Inputs that describe a new command have no meaning for an earlier one. */
function refuseWithCommandId(reader, run) {
    const id = reader.called('command-id');
    const earlier = `cannot be used with ${id}, which waits for an earlier command`;
    if (run.command.trim() !== '')
        reader.misuse('command', earlier);
    if (run.files.patterns.length > 0)
        reader.misuse('files', earlier);
    if (run.env.length > 0)
        reader.misuse('env', earlier);
    if (run.collect.length > 0) {
        reader.misuse('collect', `cannot be used with ${id}: the files of the earlier command come back by themselves`);
    }
    if (!run.wait)
        reader.misuse('wait', `cannot be false with ${id}, which waits for an earlier command`);
    if (run.dryRun)
        reader.misuse('dry-run', `cannot be true with ${id}, which runs nothing`);
}
/** The limit for all lines together, after brace expansion. The pod can bring back 2,000 files. */
const MAX_PATTERNS = 2_000;
/**
 * Reads the input `collect`: patterns that a POSIX shell matches in the pod's working folder. Braces are expanded here
 * because `sh` does not expand them. Returns each pattern once, without `.`, repeated slashes, and trailing slashes.
 */
function readCollect(reader) {
    const patterns = new Set();
    for (const line of reader.lines('collect')) {
        const expanded = (0,pattern/* expandBraces */.PH)(line, MAX_PATTERNS + 1);
        const allowed = expanded.map(allowedInstead).find((found) => found !== undefined);
        if (allowed === undefined)
            for (const pattern of expanded)
                patterns.add(normalized(pattern));
        else
            reader.invalid('collect', line, allowed);
    }
    if (patterns.size > MAX_PATTERNS) {
        reader.misuse('collect', 'has more than 2,000 patterns after brace expansion. Use * or name the folder.');
    }
    return [...patterns];
}
function allowedInstead(pattern) {
    if (pattern.startsWith('!'))
        return 'patterns of files to bring back; exclusions are not supported';
    if (pattern.includes('\\'))
        return '/ between folders; a backslash is not supported';
    if (pattern.startsWith('/'))
        return "a path relative to the command's working folder";
    if (pattern.split('/').includes('..'))
        return "a path without .., below the command's working folder";
    if (pattern.includes('**'))
        return "the folder's name instead of **: a folder brings back everything below it";
    return undefined;
}
function normalized(pattern) {
    const segments = pattern.split('/').filter((segment) => segment !== '' && segment !== '.');
    return segments.join('/') || '.';
}

;// CONCATENATED MODULE: ./src/inputs/inputs.ts






const OUTPUT_NAME = /^[A-Za-z_][\w-]*$/;
/** @throws StepError `invalid-inputs` with all problems that the reader found. */
function readInputs(reader) {
    const cluster = readCluster(reader);
    const environment = readEnvironment(reader);
    const rest = {
        signIn: readSignIn(reader, environment),
        task: readTask(reader),
        timeout: reader.duration('timeout', '30m', 120 * 3600),
        allowedExitCodes: readExitCodes(reader),
        maskOutputs: readMaskOutputs(reader),
        ifNoFilesCollected: reader.choice('if-no-files-collected', ['error', 'warn', 'ignore'], 'warn'),
    };
    reader.warnOfUnknown();
    const problems = [...reader.problems, ...problemsWithConnection(reader)];
    if (problems.length > 0 || environment === undefined)
        throw new failure/* StepError */.zg({ code: 'invalid-inputs', problems });
    return { cluster, environment, ...rest };
}
const CERTIFICATES = 'NODE_TLS_REJECT_UNAUTHORIZED=0 turns off certificate checks. Remove it. To trust your own certificate authority, set NODE_EXTRA_CA_CERTS to the path of its certificate.';
/** Tokens and verdicts must not travel over a connection that proves nothing, or bypass the requested proxy. */
function problemsWithConnection({ host }) {
    const isUnchecked = host.variable('NODE_TLS_REJECT_UNAUTHORIZED') === '0';
    return [isUnchecked ? CERTIFICATES : undefined, (0,proxy/* proxyProblem */.wS)(host.variable)].filter((one) => one !== undefined);
}
function readExitCodes(reader) {
    const items = reader.list('allowed-exit-codes');
    if (items.join().toLowerCase() === 'any')
        return 'any';
    const codes = items.length === 0 ? ['0'] : items;
    const bad = codes.filter((code) => !/^\d{1,3}$/.test(code) || Number(code) > 255);
    if (bad.length > 0) {
        reader.invalid('allowed-exit-codes', bad.join(', '), 'any, or comma-separated exit codes from 0 to 255');
    }
    return codes.map(Number);
}
function readMaskOutputs(reader) {
    const names = reader.list('mask-outputs');
    for (const name of names) {
        if (!OUTPUT_NAME.test(name))
            reader.invalid('mask-outputs', name, 'names of step outputs, separated by commas');
    }
    return names;
}
const NAME_RULE = '1 to 63 letters, digits, hyphens, and underscores, with a letter or digit at both ends';
const ID_FORM = resourceId({ subscriptionId: 'GUID', resourceGroup: 'GROUP', name: 'NAME' });
const GROUP_RULE = "a resource group's name: letters, digits and - _ . ( )";
function readCluster(reader) {
    const text = reader.text('cluster');
    const isName = text !== '' && !text.includes('/');
    const own = parseResourceId(text);
    if (text === '') {
        reader.missing('cluster', "is required: the cluster's name or its full ARM resource ID");
    }
    else if (isName ? !CLUSTER_NAME.test(text) : !own) {
        const allowed = isName ? NAME_RULE : `the cluster's name, or its full ARM resource ID: ${ID_FORM}`;
        reader.invalid('cluster', text, allowed, meantCluster(text));
    }
    const resourceGroup = reader.matching('resource-group', RESOURCE_GROUP, GROUP_RULE);
    const subscriptionId = reader.matching('subscription-id', GUID, "a subscription's GUID");
    const name = reader.called('cluster');
    for (const [part, given, ofId] of [
        ['resource-group', resourceGroup, own?.resourceGroup],
        ['subscription-id', subscriptionId, own?.subscriptionId],
    ]) {
        if (given === '' && isName) {
            reader.missing(part, `is required with a cluster name. Or set ${name} to the full ARM resource ID instead`);
        }
        else if (given !== '' && ofId !== undefined && ofId.toLowerCase() !== given.toLowerCase()) {
            const [one, other] = [given, ofId].map((value) => JSON.stringify(value));
            reader.problem(part, `${one} contradicts the resource ID in ${name}, which has ${other}. Leave it out.`);
        }
    }
    return own ?? { subscriptionId, resourceGroup, name: text };
}
/** @returns undefined if the cloud is unknown; the reader then has that problem. */
function readEnvironment(reader) {
    const given = reader.text('environment') || 'azurecloud';
    const environment = (0,cloud/* parseEnvironment */.Nq)(given);
    if (!environment) {
        const allowed = `${cloud/* CLOUD_NAMES */.vD.join(', ')}, or the https:// URL of an ARM endpoint`;
        reader.invalid('environment', given, allowed, meantEnvironment(given));
    }
    return environment;
}
function readSignIn(reader, environment) {
    const client = 'the GUID of an Entra application or user-assigned identity';
    const clientId = reader.matching('client-id', GUID, client);
    const tenantId = reader.matching('tenant-id', GUID, "the GUID of the identity's Entra tenant");
    const audience = reader.text('audience');
    if (clientId !== '' && tenantId === '')
        reader.missing('tenant-id', `is required with ${reader.called('client-id')}`);
    if (tenantId !== '' && clientId === '')
        reader.missing('client-id', `is required with ${reader.called('tenant-id')}`);
    if (clientId === '')
        return { kind: 'ambient' };
    return { kind: 'oidc', clientId, tenantId, audience: audience || (environment ? (0,cloud/* defaultAudience */.Yl)(environment) : '') };
}

// EXTERNAL MODULE: ./src/text/visible.ts
var visible = __webpack_require__(1573);
;// CONCATENATED MODULE: ./src/inputs/reader.ts



const EMPTY = 'If the workflow sets it, its value is empty: the variable or secret does not exist, or it belongs to an environment that the job does not name. Then add environment: NAME next to runs-on.';
const OR = new Intl.ListFormat('en-US', { type: 'disjunction' });
/**
 * Reads inputs one by one and collects what is wrong with them, so that a user sees all mistakes at once. If a value is
 * invalid, it returns a valid one instead.
 */
class InputReader {
    /** Sentences, each with the name of its input in front. */
    problems = [];
    host;
    #warn;
    #known = new Set();
    /** @param warn receives what deserves a warning; it shows no value that could be secret. */
    constructor(host, warn = () => undefined) {
        this.host = host;
        this.#warn = warn;
    }
    /** What a sentence calls an input. */
    called(name) {
        return this.host.words.input(name);
    }
    /** Adds a problem: a sentence about the input. It must not show a secret value. */
    problem(name, sentence) {
        this.problems.push(`${this.called(name)}: ${ended(sentence)}`);
    }
    /** Adds a problem: a sentence whose subject is the input. */
    misuse(name, predicate) {
        this.problems.push(`${this.called(name)} ${ended(predicate)}`);
    }
    /** Adds that a required input is missing. In a workflow, an input that is given but empty looks the same. */
    missing(name, predicate) {
        this.misuse(name, this.host.words.place === 'workflow' ? `${predicate}. ${EMPTY}` : predicate);
    }
    /** Adds that a value is invalid. `allowed` comes after "Use"; `meant`, what was probably meant, is a sentence. */
    invalid(name, given, allowed, meant) {
        const sentences = [`${(0,visible/* visible */.RK)(JSON.stringify(given))} is invalid. Use ${allowed}.`, meant];
        this.problem(name, sentences.filter(Boolean).join(' '));
    }
    warn(name, sentence) {
        this.#warn(`${this.called(name)}: ${ended(sentence)}`);
    }
    warnOfUnknown() {
        for (const name of this.host.inputNames ?? []) {
            if (this.#known.has(name))
                continue;
            const advice = meantByUnknown(name, [...this.#known]) ?? '';
            this.#warn(`The action has no input ${JSON.stringify(name)}, so its value is ignored. ${advice}`.trimEnd());
        }
    }
    untrimmed(name) {
        this.#known.add(name);
        return this.host.input(name);
    }
    text(name) {
        return this.untrimmed(name).trim();
    }
    /** The text, which must match the pattern unless it is empty. */
    matching(name, pattern, allowed) {
        const given = this.text(name);
        if (given !== '' && !pattern.test(given))
            this.invalid(name, given, allowed);
        return given;
    }
    choice(name, allowed, fallback) {
        const given = this.text(name);
        const match = allowed.find((one) => one === given);
        if (match === undefined && given !== '')
            this.invalid(name, given, OR.format(allowed.filter(Boolean)), meantChoice(given, allowed));
        return match ?? fallback;
    }
    /** A boolean of YAML 1.2, as `@actions/core` reads it. */
    flag(name, fallback) {
        const given = this.text(name);
        if (['true', 'True', 'TRUE'].includes(given))
            return true;
        if (['false', 'False', 'FALSE'].includes(given))
            return false;
        if (given !== '')
            this.invalid(name, given, 'true or false', meantFlag(given));
        return fallback;
    }
    /** Whole seconds, from 1 to `most`. */
    duration(name, fallback, most) {
        const given = this.text(name) || fallback;
        const seconds = (0,duration/* parseDuration */.E9)(given) ?? 0;
        if (seconds >= 1 && seconds <= most)
            return seconds;
        const allowed = `a duration such as 90s, 15m, or 1h30m, from 1s to ${most / 3600}h`;
        this.invalid(name, given, allowed, meantDuration(given));
        return 1;
    }
    /** A whole number from 0 to `most`. */
    count(name, fallback, most) {
        const given = this.text(name) || String(fallback);
        if (/^\d{1,4}$/.test(given) && Number(given) <= most)
            return Number(given);
        this.invalid(name, given, `a whole number from 0 to ${most}`);
        return fallback;
    }
    list(name) {
        return itemsOf(this.untrimmed(name), /[\n,]/);
    }
    /** Lines without blank ones and comments. */
    lines(name) {
        return itemsOf(this.untrimmed(name), '\n').filter((line) => !line.startsWith('#'));
    }
}
function itemsOf(text, separator) {
    const items = text.split(separator).map((item) => item.trim());
    return items.filter((item) => item !== '');
}
function ended(sentence) {
    return /[.?!]$/.test(sentence) ? sentence : `${sentence}.`;
}

;// CONCATENATED MODULE: ./src/lifecycle/clock.ts
/** The lifetime of GitHub's ID tokens. If Azure's clock really were further ahead, it would reject them all. */
const MAX_AHEAD_MS = 300_000;
function serviceTime(clock) {
    // Offsets from the monotonic clock, because the runner's own clock may be adjusted during the step.
    const own = () => clock.now() - clock.monotonic();
    let last;
    let smallest;
    return {
        observe(answer) {
            const date = answer.kind === 'answered' ? Date.parse(answer.headers['date'] ?? '') : NaN;
            if (!Number.isFinite(date))
                return;
            last = date - clock.monotonic();
            smallest = Math.min(smallest ?? last, last);
        },
        now: () => clock.monotonic() + (last ?? own()),
        atLeast(at) {
            const runner = own();
            const earliest = smallest ?? runner;
            return at + (earliest <= runner + MAX_AHEAD_MS ? Math.min(earliest, runner) : earliest);
        },
        isKnown: () => last !== undefined,
    };
}
/**
 * Awaits a promise, but no longer than `graceMs` after a cancel. After that, the result is undefined, and the promise
 * and its rejection are ignored.
 */
async function untilCancelled(promise, cancelled, clock, graceMs = 0) {
    const abandoned = Promise.withResolvers();
    const giveUp = () => {
        abandoned.resolve(clock.sleep(graceMs).then(() => undefined));
    };
    if (cancelled.aborted)
        giveUp();
    else
        cancelled.addEventListener('abort', giveUp, { once: true });
    const forget = () => {
        cancelled.removeEventListener('abort', giveUp);
    };
    promise.then(forget, forget);
    const awaited = promise.catch((error) => {
        if (!cancelled.aborted)
            throw error;
        return undefined;
    });
    return Promise.race([awaited, abandoned.promise]);
}

;// CONCATENATED MODULE: ./src/lifecycle/keep-collected.ts

const NONE = { folder: '', files: [], leftOut: [], leftOutMore: 0, unheld: [], unmatched: [] };
/**
 * Keeps the files that the pod sent. Returns undefined if there is nothing to report. `asked`: whether this run asked for
 * files; a run that follows an earlier command cannot know.
 */
async function keepCollected(report, { asked, ifNoFilesCollected }, collector) {
    if (report.kind !== 'ran')
        return undefined;
    const { bundle } = report;
    if (bundle === undefined)
        return asked ? { ...NONE, problem: { kind: 'lost' } } : undefined;
    if (bundle.kind !== 'files')
        return { ...NONE, problem: bundle };
    const { files, leftOut, leftOutMore } = bundle;
    const unmatched = ifNoFilesCollected === 'ignore' ? [] : bundle.unmatched;
    const fails = ifNoFilesCollected === 'error' && unmatched.length > 0;
    const missed = fails ? { problem: { kind: 'no-match', patterns: unmatched } } : { unmatched };
    const collected = { ...NONE, leftOut, leftOutMore, ...missed };
    if (files.length === 0)
        return collected;
    try {
        const { folder, unheld } = await collector(files);
        const held = files.filter(({ name }) => !unheld.includes(name));
        const sizes = held.map(({ name, content }) => ({ path: name, bytes: content.length }));
        return { ...collected, folder, unheld, files: sizes };
    }
    catch (error) {
        return { ...collected, problem: { kind: 'unwritable', detail: (0,failure/* messageOf */.bD)(error) } };
    }
}

// EXTERNAL MODULE: ./src/lifecycle/ending.ts
var lifecycle_ending = __webpack_require__(5841);
;// CONCATENATED MODULE: ./src/lifecycle/polling.ts
/**
 * Milliseconds until the next poll of a command that has been followed for this long: often at first, then every 2 s
 * until a minute has passed, every 4 s up to 15 minutes, and every 10 s after that. All jobs of a subscription and
 * region share a bucket of 60 requests that refills at 1 per second; three jobs at once never empty it.
 */
function pollDelay(elapsedMs) {
    if (elapsedMs >= 15 * 60_000)
        return 10_000;
    if (elapsedMs >= 60_000)
        return 4_000;
    return Math.min(100 + elapsedMs * 0.3, 2_000);
}
/**
 * The same once that bucket has run empty. Each poll of a command that is still running takes a request away from a job
 * whose command has ended. The delay is random so that jobs that were let through together don't come back together.
 */
function crowdedPollDelay(elapsedMs, random) {
    return Math.max(pollDelay(elapsedMs), Math.min(3_000 + elapsedMs, 10_000) * (0.5 + random()));
}

// EXTERNAL MODULE: ./src/lifecycle/retry.ts
var retry = __webpack_require__(5130);
;// CONCATENATED MODULE: ./src/lifecycle/follow.ts







const HEARTBEAT_MS = 60_000;
/** An answer other than a 429 can delay the next poll by at most this much. */
const MAX_TOLD_MS = 60_000;
/**
 * Polls a command until it ends or there is no point in waiting any longer. Throttling, a 5xx, a broken connection, or
 * an unreadable body only means that it asks again.
 */
async function follow(id, patience, ports) {
    const { azure, clock, log, cancelled, serviceTime } = ports;
    const begin = clock.monotonic();
    const pace = paceOfLooks(patience.crowded ?? false, ports);
    const look = () => (0,retry/* withFreshTokens */.HJ)(azure, log, () => azure.readResult(id));
    let course = { seen: 'nothing', deadline: begin + (patience.unseen ?? patience.unstarted) };
    let heartbeat = begin + HEARTBEAT_MS;
    let wait = Math.max(pace.first, Math.min(patience.told ?? 0, MAX_TOLD_MS));
    for (;;) {
        await clock.sleep(Math.min(wait, Math.max(0, course.deadline - clock.monotonic())), cancelled);
        const asked = clock.monotonic();
        const answer = cancelled.aborted ? undefined : await untilCancelled(look(), cancelled, clock);
        const now = clock.monotonic();
        const seconds = Math.round((now - begin) / 1000);
        if (answer === undefined)
            return { kind: 'cancelled', seen: course.seen, seconds };
        serviceTime.observe(answer);
        const status = readCommandStatus(answer);
        const { seen: before } = course;
        course = courseAfter(status, course, { begin, asked, now }, patience);
        const { seen, missing, deadline } = course;
        if (seen !== before)
            say(seen, log);
        if (status.kind === 'ended')
            return { kind: 'ended', seen, seconds, result: status };
        if (status.kind !== 'running')
            log.debug(`No result yet: ${(0,azure_answer/* describeAnswer */.O1)(answer)}`);
        if (missing && patience.isGone(missing.since, asked))
            return { kind: missing.because, seen, seconds, answer };
        if (now >= deadline)
            return { kind: 'time-over', seen, seconds, answer };
        if (now >= heartbeat) {
            heartbeat = now + HEARTBEAT_MS;
            say(seen, log, (now - begin) / 1000);
        }
        wait = pace.after(answer, status, now - begin);
    }
}
function courseAfter(status, { seen, deadline, missing }, { begin, asked, now }, { unstarted, started }) {
    if (status.kind === 'missing') {
        return { seen, deadline, missing: missing?.because === status.because ? missing : { ...status, since: asked } };
    }
    if (status.kind !== 'running' || seen === 'started')
        return { seen, deadline };
    if (status.startedAt === undefined)
        return { seen: 'accepted', deadline: begin + unstarted };
    return { seen: 'started', deadline: started === undefined ? begin + unstarted : now + started };
}
/** Reports that a command got this far or, if `seconds` is given, that it is still there after that long. */
function say(seen, log, seconds) {
    const runs = seen === 'started';
    const first = runs ? (0,ours/* ours */.O) `The command is running.` : (0,ours/* ours */.O) `Waiting for the pod to start.`;
    const still = (time) => (0,ours/* ours */.O) `Still ${runs ? (0,ours/* ours */.O) `running` : (0,ours/* ours */.O) `waiting`} after ${time}.`;
    log.progress(runs ? 'running' : 'submitted', seconds === undefined ? first : still((0,duration/* formatDuration */.a3)(seconds)));
}
/** Follows the polling schedule, but less often once a poll or the submission has been throttled. */
function paceOfLooks(startsCrowded, { random }) {
    let crowded = startsCrowded;
    const next = (elapsed) => (crowded ? crowdedPollDelay(elapsed, random) : pollDelay(elapsed));
    return {
        first: next(0),
        after(answer, { kind }, elapsed) {
            const told = (0,retry/* toldDelay */.$U)(answer) ?? 0;
            if (kind !== 'throttled')
                return Math.max(next(elapsed), Math.min(told, MAX_TOLD_MS));
            crowded = true;
            // All jobs that are throttled now get the same delay from Azure, so a random one is added.
            return told + next(elapsed);
        },
    };
}

;// CONCATENATED MODULE: ./src/lifecycle/start-by.ts
/** The clocks of the cluster's nodes and of ARM may differ by this much. */
const MARGIN_MS = 5_000;
/** How much longer to wait for both clocks to agree. They disagree after an answer with a date that is far off. */
const DISAGREEMENT_MS = 300_000;
function startByNow(startTimeoutSeconds, clock, serviceTime) {
    return {
        seconds: Math.floor(serviceTime.now() / 1000 + startTimeoutSeconds),
        writtenAt: clock.monotonic(),
        startTimeout: startTimeoutSeconds * 1000,
    };
}
/**
 * Whether the command could no longer start at this reading of {@link Clock.monotonic}, with a margin that makes another
 * submission safe. Both clocks must agree, because an answer dated ahead moves Azure's.
 */
function startIsOver(startBy, at, serviceTime) {
    return hasPassed(startBy, at - MARGIN_MS, serviceTime);
}
/** The same without the margin: enough to believe a pod that says so, but not to submit again. */
function hasPassed(startBy, at, serviceTime) {
    const byOwnClock = at >= startBy.writtenAt + startBy.startTimeout;
    return byOwnClock && serviceTime.atLeast(at) >= startBy.seconds * 1000;
}
/** Waits until a command can no longer start. Returns false if the step is cancelled or the clocks never agree. */
async function untilStartIsOver(startBy, { clock, cancelled, serviceTime }) {
    const limit = Math.max(clock.monotonic(), startBy.writtenAt + startBy.startTimeout + MARGIN_MS) + DISAGREEMENT_MS;
    while (!startIsOver(startBy, clock.monotonic(), serviceTime)) {
        if (cancelled.aborted || clock.monotonic() >= limit)
            return false;
        await clock.sleep(1000, cancelled);
    }
    return true;
}

;// CONCATENATED MODULE: ./src/azure/submission.ts



/** ARM's codes for a 409 that started nothing. The first kind passes; the second lasts until someone acts. */
const BUSY = new Set(['OperationNotAllowed', 'AnotherOperationInProgress']);
const LASTING = new Set([
    'ReadOnlyDisabledSubscription',
    'MissingSubscriptionRegistration',
    'ResourceGroupBeingDeleted',
    'ScopeLocked',
]);
/** A code such as `GatewayTimeout` means that the service may still be working. */
const TIMEOUT = /timed?[_-]?out/i;
const NOT_STARTED = /did not start within|pod is not schedulable/i;
/** Words that prove that the pod was never created. Other details of a `KubernetesOperationError` can say anything. */
const NEVER_CREATED = /\bis forbidden\b|exceeded quota/i;
/** The rest of a message about an admission webhook. Looking for both parts at once would take quadratic time. */
const WEBHOOK = /admission webhook (.*)/is;
/** Reads an answer to `runCommand`. If it does not prove that the command did not run, it is `unclear`. */
function readSubmission(answer) {
    if (answer.kind === 'unanswered') {
        if (!(0,azure_answer/* isTransient */.dg)(answer))
            return { kind: 'refused' };
        return answer.sent === 'never' ? { kind: 'try-again', because: 'unreachable' } : { kind: 'unclear' };
    }
    const located = commandIdOfLocation(answer.headers['location']);
    // The specification also has 200. ARM sends no other success.
    if (answer.status === 200 || answer.status === 202) {
        const named = (0,json/* field */.ZZ)((0,json/* parseJson */.qF)(answer.body), 'id');
        const id = located ?? (typeof named === 'string' ? parseCommandId(named) : undefined);
        return id === undefined ? unclear(answer) : { kind: 'accepted', id };
    }
    // Whatever the status, a command was created, unless the `Location` belongs to a redirect, which may point anywhere.
    const isRedirect = answer.status >= 300 && answer.status < 400;
    return located === undefined || isRedirect ? readRefusal(answer) : { kind: 'unclear', id: located };
}
function readRefusal(answer) {
    const { status } = answer;
    const { code, message } = (0,azure_answer/* serviceError */.cg)(answer.body);
    if (!(0,azure_answer/* isFromArm */.r1)(answer) && !isKeptBack(answer))
        return unclear(answer);
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
    if (/^Kubernetes(?:Performance|Operation)Error$/.test(code) || /kubernetes failure/i.test(message)) {
        const id = commandIdOfMessage(message);
        const named = id === undefined ? candidateOf(answer) : { id };
        if (NOT_STARTED.test(message))
            return { kind: 'did-not-start', ...named };
        const isDenied = / denied the request/i.test(WEBHOOK.exec(message)?.[1] ?? '');
        return isDenied || NEVER_CREATED.test(message) ? { kind: 'refused' } : { kind: 'unclear', ...named };
    }
    if (TIMEOUT.test(code))
        return unclear(answer);
    // A 408 comes from a gateway that gave up waiting for a request that it had passed on.
    return status >= 400 && !(0,azure_answer/* isTransient */.dg)(answer) ? { kind: 'refused' } : unclear(answer);
}
/**
 * Whether a gateway held the request back. It checks tokens, rate limits, and sizes before passing a request on, and
 * the headers of a 401 or 429 show that it did. Any other answer of its own may come after that.
 */
function isKeptBack({ status, headers }) {
    return ((status === 401 && 'www-authenticate' in headers) || (status === 429 && 'retry-after' in headers) || status === 413);
}
function unclear(answer) {
    return { kind: 'unclear', ...candidateOf(answer) };
}
function candidateOf({ headers }) {
    const candidate = parseCommandId((headers['x-ms-request-id'] ?? '').replaceAll('-', '').toLowerCase());
    return { ...(candidate && { candidate }) };
}

;// CONCATENATED MODULE: ./src/lifecycle/submit.ts







const CANCEL_GRACE_MS = 1_500;
/** Posts until an answer says something about the command other than "not processed". */
async function submit_submit(order, ports) {
    const { azure, clock, log, cancelled } = ports;
    const tries = (0,retry/* countTries */.zh)(ports);
    let { needsClusterToken } = order;
    let renewed = false;
    for (;;) {
        log.progress('submitting');
        const posted = await post(order, needsClusterToken, ports);
        if ('kind' in posted)
            return posted;
        const { answer } = posted;
        const submission = readSubmission(answer);
        const refused = { kind: 'not-started', failure: { code: 'submission-refused', answer } };
        switch (submission.kind) {
            case 'refused':
                return refused;
            case 'token-rejected':
                if (renewed)
                    return refused;
                (0,retry/* renewTokens */.yW)(azure, log);
                break;
            case 'cluster-token-required':
                if (needsClusterToken)
                    return refused;
                log.say((0,ours/* ours */.O) `The cluster uses Entra. Requesting a token for it.`);
                needsClusterToken = true;
                break;
            case 'try-again': {
                const wait = tries.pauseAfter(answer);
                if (wait === undefined)
                    return refused;
                const pause = (0,duration/* formatDuration */.a3)(Math.ceil(wait / 1000));
                log.say((0,ours/* ours */.O) `Azure didn't accept the command (${REASONS[submission.because]}). Retrying in ${pause}.`);
                await clock.sleep(wait, cancelled);
                break;
            }
            default: {
                const { kind: as, ...known } = submission;
                return { kind: 'submitted', as, ...known, ...posted, needsClusterToken, crowded: tries.wasThrottled() };
            }
        }
        renewed = submission.kind === 'token-rejected';
    }
}
const REASONS = {
    throttled: (0,ours/* ours */.O) `throttled`,
    unreachable: (0,ours/* ours */.O) `Azure could not be reached`,
    conflict: (0,ours/* ours */.O) `another operation is in progress on the cluster`,
};
/** Posts once. A cancel before that submits nothing. During the request, a cancel leaves little time for an answer. */
async function post(order, needsClusterToken, ports) {
    const { azure, clock, cancelled, serviceTime } = ports;
    const notStarted = (failure) => ({ kind: 'not-started', failure });
    const signIn = async () => {
        await azure.signIn();
        return needsClusterToken ? { clusterToken: await azure.clusterToken() } : {};
    };
    // Tokens can take a while, so they come before the start-by time is set and before the last check for a cancel.
    const signedIn = signIn().catch((error) => notStarted((0,failure/* failureOf */.g5)(error)));
    const tokens = await untilCancelled(signedIn, cancelled, clock);
    if (tokens === undefined || cancelled.aborted)
        return notStarted({ code: 'cancelled' });
    if ('kind' in tokens)
        return tokens;
    const startBy = startByNow(order.startTimeout, clock, serviceTime);
    const { body, boundary } = order.write(startBy.seconds);
    try {
        const sent = azure.runCommand({ ...body, ...tokens });
        const answer = await untilCancelled(sent, cancelled, clock, CANCEL_GRACE_MS);
        if (answer) {
            serviceTime.observe(answer);
            return { answer, startBy, boundary };
        }
        return { kind: 'unknown', failure: { code: 'cancelled', mayStartUntil: startBy.seconds } };
    }
    catch (error) {
        return { kind: 'unknown', failure: (0,failure/* failureOf */.g5)(error) };
    }
}

;// CONCATENATED MODULE: ./src/lifecycle/run.ts










/** The pod ends a command at its timeout. If that fails, the step stops waiting this much later. */
const TIMEOUT_GRACE_MS = 60_000;
const MISSING_MS = 30_000;
/** How long to look for a command whose id is only a guess. */
const GUESS_MS = 15_000;
/** A single denial in the middle of service failures may be just another failure. */
const DENIED_MS = 5_000;
const isGoneForLong = (since, asked) => asked >= since + MISSING_MS;
/**
 * Submits a command and follows it to its end. Submits it again only if its start-by time has passed, and either AKS
 * does not have it or its pod refused to run it. Rejects only if nothing was submitted.
 */
async function runCommand(order, ports) {
    const { log, cancelled, clock, serviceTime } = ports;
    let { needsClusterToken } = order;
    for (let submissions = 1;; submissions++) {
        const submitted = await submit_submit({ ...order, needsClusterToken }, ports);
        if (submitted.kind !== 'submitted')
            return submitted;
        const lost = (error) => unknown((0,failure/* failureOf */.g5)(error), submitted.id);
        const ending = await followSubmitted(submitted, order, ports).catch(lost);
        if (ending.kind !== 'did-not-start')
            return ending;
        const { id, refused } = ending;
        const { startBy, answer } = submitted;
        const isOver = await untilStartIsOver(startBy, ports);
        if (!isOver && refused && !hasPassed(startBy, clock.monotonic(), serviceTime)) {
            return unknown({ code: cancelled.aborted ? 'cancelled' : 'pod-refused' }, id);
        }
        if (cancelled.aborted)
            return { kind: 'not-started', failure: { code: 'cancelled' }, id };
        if (!isOver || submissions > order.startRetries) {
            const told = submitted.as === 'did-not-start' ? { answer } : {};
            return { kind: 'not-started', failure: { code: 'did-not-start', submissions, ...told }, id };
        }
        const retry = (0,ours/* ours */.O) `retry ${submissions} of ${order.startRetries}`;
        log.say((0,ours/* ours */.O) `Command ${id} did not start and no longer can. Resubmitting it, ${retry}.`);
        ({ needsClusterToken } = submitted);
    }
}
/** Follows a command that anyone submitted earlier, for `timeout` seconds. Rejects if signing in fails. */
async function followCommand(id, timeout, ports) {
    ports.tellId(id);
    const signedIn = ports.azure.signIn().then(() => true);
    if (!(await untilCancelled(signedIn, ports.cancelled, ports.clock))) {
        return { kind: 'running', failure: { code: 'cancelled', unstarted: true }, id };
    }
    const followed = await follow(id, { unstarted: timeout * 1000, isGone: isGoneForLong }, ports);
    // The submitter controls the log, so a log that says that the command did not run proves nothing.
    return (await (0,lifecycle_ending/* readEnding */.O)(id, followed)) ?? unknown({ code: 'pod-refused' }, id);
}
/**
 * `did-not-start`: it did not start, and can't after its start-by time. `refused`: the pod said so, rather than AKS.
 */
async function followSubmitted(submitted, order, ports) {
    const { as, id, answer, startBy, boundary } = submitted;
    if (id !== undefined)
        ports.tellId(id);
    if (as === 'unclear' || id === undefined)
        return lookForProof(submitted, order, ports);
    saySubmitted(id, submitted, ports);
    if (as === 'accepted' && !order.wait && !ports.cancelled.aborted) {
        return { kind: 'running', failure: { code: 'not-waited' }, id };
    }
    const followed = await follow(id, patienceWith(submitted, order, ports), ports);
    const mayStart = mayStartUntil(startBy, ports);
    if (as === 'did-not-start' && followed.kind !== 'ended' && followed.seen === 'nothing') {
        // AKS has said two things, both meaning that the pod did not start: it gave up on the pod, and it has no such
        // command. If AKS had shown the command in between, its denial would prove nothing.
        if (followed.kind === 'denied')
            return { kind: 'did-not-start', id, refused: false };
        // AKS gave up on the pod and says nothing more definite. The pod may have started before its start-by time.
        if (followed.kind === 'cancelled')
            return unknown({ code: 'cancelled', ...mayStart }, id);
        return unknown({ code: 'start-unclear', answer, ...mayStart }, id);
    }
    return (await (0,lifecycle_ending/* readEnding */.O)(id, followed, { boundary, mayStart })) ?? { kind: 'did-not-start', id, refused: true };
}
/**
 * Looks for a command after an answer that leaves its state open. The id may be another command's, so only a result whose
 * log has this submission's whole frame counts. Nothing else proves anything, not even a 404.
 */
async function lookForProof(submitted, order, ports) {
    const { as, id, candidate, answer, startBy, boundary } = submitted;
    const open = unknown({ code: as === 'unclear' ? 'submission-unclear' : 'start-unclear', answer }, id);
    const sought = id ?? candidate;
    if (sought === undefined || !order.wait)
        return open;
    ports.log.say((0,ours/* ours */.O) `Azure's answer leaves open whether the command runs. Looking for command ${sought}.`);
    const followed = await follow(sought, patienceWith(submitted, order, ports), ports);
    const mayStart = mayStartUntil(startBy, ports);
    if (followed.kind === 'cancelled')
        return unknown({ code: 'cancelled', ...mayStart }, id);
    const ending = await (0,lifecycle_ending/* readEnding */.O)(sought, followed, { boundary, mayStart });
    if (ending?.kind !== 'ended' || !(0,lifecycle_ending/* isFramed */.K)(ending.report))
        return open;
    ports.tellId(sought);
    return ending;
}
function mayStartUntil(startBy, { clock, serviceTime }) {
    return hasPassed(startBy, clock.monotonic(), serviceTime) ? {} : { mayStartUntil: startBy.seconds };
}
function unknown(failure, id) {
    return { kind: 'unknown', failure, ...(id !== undefined && { id }) };
}
/** Logs the id, and how to watch the output, which AKS does not show before the command ends. */
function saySubmitted(id, { as, startBy }, { log }) {
    if (as === 'did-not-start') {
        const until = (0,ours/* ours */.O) `It may still start until ${(0,duration/* clockTime */.qo)(startBy.seconds)}`;
        log.say((0,ours/* ours */.O) `AKS stopped waiting for the pod of command ${id}. ${until}. Still waiting for it.`);
        return;
    }
    log.say((0,ours/* ours */.O) `AKS accepted command ${id}.`);
    const watch = (0,ours/* ours */.O) `kubectl logs --follow --namespace aks-command command-${id}`;
    const how = (0,ours/* ours */.O) `To watch it from a machine that reaches the cluster:\n  ${watch}`;
    log.progress('submitted', (0,ours/* ours */.O) `AKS shows its output only when it ends. ${how}`);
}
function patienceWith(submitted, order, { serviceTime }) {
    const { as, id, answer, startBy, crowded } = submitted;
    const grace = order.timeout * 1000 + TIMEOUT_GRACE_MS;
    const isDenied = (since, asked) => asked >= since + DENIED_MS && serviceTime.isKnown() && startIsOver(startBy, asked, serviceTime);
    return {
        ...(id === undefined ? { unseen: GUESS_MS } : { told: (0,retry/* toldDelay */.$U)(answer) }),
        unstarted: order.startTimeout * 1000 + grace,
        started: order.wait ? grace : 0,
        crowded,
        isGone: as === 'accepted' || id === undefined ? isGoneForLong : isDenied,
    };
}
/**
 * Signs in and reads the cluster. Returns undefined if the identity may not read it, which is not a failure.
 *
 * @throws StepError if the cluster cannot be read, is stopped, or has run command disabled.
 */
async function run_readCluster({ azure, log, serviceTime }) {
    const answer = await (0,retry/* withFreshTokens */.HJ)(azure, log, async () => {
        await azure.signIn();
        return azure.readCluster();
    });
    serviceTime.observe(answer);
    if (answer.kind === 'answered' && answer.status === 403) {
        log.say((0,ours/* ours */.O) `The identity cannot read the cluster, which is optional; continuing.`);
        return undefined;
    }
    if (answer.kind === 'unanswered' || answer.status !== 200) {
        throw new failure/* StepError */.zg({ code: 'cluster-unreadable', answer });
    }
    const facts = readClusterFacts(answer.body);
    if (facts.stopped)
        throw new failure/* StepError */.zg({ code: 'cluster-stopped' });
    if (facts.runCommandDisabled)
        throw new failure/* StepError */.zg({ code: 'run-command-disabled' });
    return facts;
}

// EXTERNAL MODULE: ./src/files/names.ts
var names = __webpack_require__(9827);
// EXTERNAL MODULE: ./src/files/pack.ts
var pack = __webpack_require__(6686);
// EXTERNAL MODULE: ./src/pod/boundary.ts
var pod_boundary = __webpack_require__(7149);
;// CONCATENATED MODULE: ./src/pod/package.ts




/** @throws StepError `files` or `too-large` */
async function packShipment(cargo, facts, { gather, randomHex, ...scripts }, warn) {
    const userFiles = await gather(cargo.files, warn);
    const ownFiles = podFiles(cargo, scripts);
    const packWithBoundary = () => {
        const boundary = (0,pod_boundary/* boundaryOf */.iH)(randomHex(16));
        return { boundary, archive: (0,pack/* zip */.yU)([...userFiles, ...ownFiles, (0,pod_boundary/* boundaryFile */.jd)(boundary)]) };
    };
    const first = packWithBoundary();
    let next = first;
    const files = userFiles.map(({ path, content }) => ({ path, bytes: content.length }));
    (0,pack/* checkZip */.GN)(first.archive.length, files);
    return {
        files,
        zipBytes: first.archive.length,
        address: (startBy) => {
            const { boundary, archive } = next ?? packWithBoundary();
            next = undefined;
            const body = {
                command: armCommand((0,pod_boundary/* hashOf */.qQ)(boundary), startBy, cargo, facts),
                context: archive.toString('base64'),
            };
            return { body, boundary };
        },
    };
}
/**
 * The `command` of ARM's runCommand. It contains everything that differs between two runs with the same inputs, except
 * the boundary, of which it has the hash: anyone who can read the pod's specification sees this line. So no value of
 * `env` and nothing of the user's command is in it either.
 */
function armCommand(hash, startBy, { timeout, shell }, facts) {
    const words = [`${names/* ACTION_FOLDER */._m}/run.sh`, hash, String(startBy), String(timeout), shell, ...facts];
    // AKS says nothing about the pod's PATH; POSIX systems have sh here.
    return ['/bin/sh', ...words.map(variables/* quote */.hD)].join(' ');
}
/** The action's own files in the zip, except the boundary, which is drawn for each submission. */
function podFiles({ command, env, collect }, { podScript, collectScript }) {
    const file = (name, mode, text) => ({
        path: `${names/* ACTION_FOLDER */._m}/${name}`,
        mode,
        content: Buffer.from(text),
    });
    const patterns = collect.map((pattern) => `${pattern}\n`).join('');
    return [
        file('run.sh', 0o644, podScript),
        file('command.sh', 0o644, command),
        // Sent even without variables: a missing file tells the script that something went wrong.
        file('env.sh', 0o600, env.map(assignment).join('')),
        ...(collect.length === 0 ? [] : [file('collect.sh', 0o644, collectScript), file('collect', 0o644, patterns)]),
    ];
}
/** Always quoted, because a shell expands more in an assignment, such as a tilde. */
function assignment({ name, value }) {
    return `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`;
}

;// CONCATENATED MODULE: ./src/text/bytes.ts
const UNITS = ['B', 'KB', 'MB', 'GB'];
/** A size for people: `512 B`, `70.0 KB`, `4.0 MB`, in steps of 1,024. */
function formatBytes(bytes) {
    let value = bytes;
    let unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
        value /= 1024;
        unit += 1;
    }
    return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit]}`;
}
/** A whole number for people: `1,234`. */
function formatCount(count) {
    return count.toLocaleString('en-US');
}
/** A number of files for people: `1 file`, `2,000 files`. */
function formatFileCount(count) {
    return `${formatCount(count)} ${count === 1 ? 'file' : 'files'}`;
}
/** How many files, and how big they are together: `3 files, 579 B`. */
function formatFiles(files) {
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    return `${formatFileCount(files.length)}, ${formatBytes(total)}`;
}

;// CONCATENATED MODULE: ./src/report/file-lists.ts


const COLLECTED_LISTED = 20;
/** A foreign name on one line, with nothing invisible in it. It is quoted if its end could not be seen otherwise. */
function nameInText(name) {
    const seen = (0,visible/* visible */.RK)(name);
    return seen === name && !/["\\]|^\s|\s$/.test(name) ? seen : `"${seen}"`;
}
function fileLines(files, most) {
    const lines = files.slice(0, most).map(({ path, bytes }) => `${formatBytes(bytes).padStart(9)}  ${nameInText(path)}`);
    return files.length > most ? [...lines, `… and ${formatCount(files.length - most)} more`] : lines;
}
/** The files to look at first, as the lines of a list. Undefined if there are none. */
function biggestLines(biggest) {
    if (biggest.length === 0)
        return undefined;
    return ['The biggest files:', ...biggest.map(({ path, bytes }) => `${formatBytes(bytes).padStart(10)}  ${path}`)];
}
const file_lists_REASONS = {
    unheld: 'this system does not allow the name',
    link: 'it is a link, or its path contains one',
    special: 'it is not a regular file',
    unreadable: 'it could not be read',
    'line-break': 'its name has a line break',
    backslash: 'its name has a backslash',
};
/**
 * Warns about what did not come back: once for each pattern, and once for all files together, because the runner shows
 * only ten warnings per step. Foreign text; `write` writes each name and pattern.
 */
function collectWarnings({ leftOut, leftOutMore, unheld, unmatched }, write = nameInText) {
    const all = [...leftOut, ...unheld.map((name) => ({ name, reason: 'unheld' }))];
    const named = all
        .slice(0, COLLECTED_LISTED)
        .map(({ name, reason }) => `Not collected: ${write(name)} (${file_lists_REASONS[reason]}).`);
    const more = all.length - named.length + leftOutMore;
    if (more > 0)
        named.push(`${formatCount(more)} more ${more === 1 ? 'was' : 'were'} not collected.`);
    return [
        ...unmatched.map((pattern) => `No files were collected for the pattern ${write(pattern)}.`),
        ...(named.length > 0 ? [named.join('\n')] : []),
    ];
}

;// CONCATENATED MODULE: ./src/report/announcement.ts





function announceWait({ commandId, cluster, timeout }, log) {
    log.say((0,ours/* ours */.O) `Waiting for command ${commandId} on ${clusterName(cluster)}, for up to ${(0,duration/* formatDuration */.a3)(timeout)}.`);
}
const LOG_FILES = 5000;
const SHELLS = {
    '': 'bash -e, or sh -e if the pod has no bash',
    bash: 'bash --noprofile --norc -eo pipefail',
    sh: 'sh -e',
};
/** Logs what goes to the cluster and, for a dry run, what would come back. */
function announce(departure, log) {
    const { cluster, command, shipment, env, shell, timeout, collect, dryRun } = departure;
    const { files, zipBytes } = shipment;
    const name = clusterName(cluster);
    const list = fileLines(files, LOG_FILES).map((line) => `  ${line}`);
    // An empty value is often a secret that does not exist.
    const variables = env.map(({ name, value }) => (value === '' ? `${name} (empty)` : name));
    const lines = [
        `cluster    ${resourceId(cluster)}`,
        ...(files.length > 0 ? [`files      ${formatFiles(files)}, zip ${formatBytes(zipBytes)}`, ...list] : []),
        ...(variables.length > 0 ? [`variables  ${variables.join(', ')}`] : []),
        ...(dryRun ? [`shell      ${SHELLS[shell]}`, `timeout    ${(0,duration/* formatDuration */.a3)(timeout)}`] : []),
        'command',
        command.trimEnd().replaceAll(/^/gm, '  '),
    ];
    log.group(dryRun ? (0,ours/* ours */.O) `Would send to ${name}` : (0,ours/* ours */.O) `Sending to ${name}`, lines.join('\n'));
    if (!dryRun)
        return;
    if (collect.length > 0)
        log.show(`Would collect: ${collect.map(nameInText).join(', ')}`);
    log.say((0,ours/* ours */.O) `This dry run signed in and packed the files. It did not check the permission to run commands.`);
}

// EXTERNAL MODULE: ./src/pod/output.ts
var pod_output = __webpack_require__(4742);
;// CONCATENATED MODULE: ./src/report/catalogue/row.ts
function row_text(section, [sentence, ...move]) {
    return { section, sentence, move: lines(...move) };
}
function lines(...parts) {
    return parts.join('\n');
}
/** Makes the rows of one service: the section, what identifies the row, and its text. */
function rowsOf(service) {
    return (section, match, said) => ({
        ...row_text(section, said),
        ...(service && { service }),
        ...match,
    });
}
/** The values that a row captures from these signs; undefined if it does not match them. */
function fits(row, { text = '', code = '', namespaces, ...signs }) {
    const isKnown = (row.service ?? signs.service) === signs.service &&
        (row.codes?.includes(code) ?? true) &&
        (row.status ?? signs.status) === signs.status &&
        (row.exitCode ?? signs.exitCode) === signs.exitCode &&
        !(row.unlessNamespace && namespaces?.includes(row.unlessNamespace));
    if (!isKnown)
        return undefined;
    const found = row.words ? row.words.exec(text) : { groups: {} };
    return found ? (found.groups ?? {}) : undefined;
}
// Parts of next moves that rows of several services share.
const GRANT = lines('No built-in role grants only run command. Create a role with the three permissions that it needs, and assign it on this cluster:', '$ az role definition create --role-definition {role}', "$ az role assignment create --assignee {principal} --role 'AKS Run Command' --scope {clusterId}", 'If the role was granted a moment ago, wait ten minutes and {noun:rerun}. A role from PIM must be active, not just eligible.');
const LOOK = lines('Before you run it again, check whether it ran, in the pods of run command and in the activity log of the cluster:', "$ az aks command invoke --subscription {subscription} -g {group} -n {cluster} --command 'kubectl get pods --namespace aks-command'", '$ az monitor activity-log list --resource-id {clusterId} --offset 1h --output table', 'To see the result of command {commandId?}, if there is one:', '$ az aks command result --subscription {subscription} -g {group} -n {cluster} --command-id {commandId?}');
const SEE_RESULT = lines('To see its result once it has ended:', '$ az aks command result --subscription {subscription} -g {group} -n {cluster} --command-id {commandId}');
const SAME_SIGN_IN = lines('@ client-id: {clientId?}', '@ tenant-id: {tenantId?}', '@ audience: {ownAudience?}', '@ environment: {environment?}');
const PICK_UP = lines(SEE_RESULT, '[workflow] To wait for it in another run, set these inputs instead of command, files, and env:', '[prompt] To wait for it again:', '@ cluster: {clusterId}', '@ command-id: {commandId}', SAME_SIGN_IN);
const SMALLER = lines('Send less. Exclude files that the command does not need, each with {noun:exclusion}, such as !manifests/**/*.tgz.', 'Or split the work into several commands, render the manifests first (helm template, kubectl kustomize), push charts to an OCI registry that the cluster reaches, or have a Kubernetes Job fetch large files.', '{biggest?}');

;// CONCATENATED MODULE: ./src/report/catalogue/command.ts




/** The cause if the command may have succeeded, but what it wrote for later steps did not arrive. */
const UNUSABLE = 'step outputs unusable';
const POD_ENDED = 'The pod ended before it could send them, most likely at its memory limit of 1 GiB.';
const LESS = 'Collect fewer files, or have a Kubernetes Job with workload identity upload them from the cluster.';
/** What happened to the collected files, and what to do. */
const COLLECT = {
    files: ['there are more than 2,000', LESS, '{largest?}'],
    unpacked: ['they take {size}, more than 32 MiB', LESS, '{largest?}'],
    sent: ['they take {size} as sent, more than 300 KiB', LESS, '{largest?}'],
    size: ['their names alone take more than 300 KiB', LESS],
    time: ['it took longer than 40 seconds', 'Collect fewer files.'],
    disk: [
        'the pod could not store them',
        'Its disk is full, or something deleted the files .aks-run-command.* in /tmp. Collect fewer files.',
    ],
    refused: [
        'what arrived is invalid ({problem})',
        'None of them was kept. Something in the pod changed them while they were sent. Have the command wait for its background processes, or collect fewer files.',
    ],
    lost: ['they did not come back', POD_ENDED],
    unwritable: [
        'they could not be saved on this machine ({detail})',
        'None of them was kept.',
        '[workflow] Free up space for temporary files.',
        '[prompt] Free up space in the folder of --collect-to, or, without it, for temporary files.',
    ],
    'no-match': [
        'nothing matched {patterns}',
        "Patterns are relative to the command's working folder. If the files are optional:",
        '@ if-no-files-collected: warn',
    ],
};
/** The step outputs of a command that succeeded, if the runner does not accept them. */
const UNWRITTEN = row_text('outputs-unwritable', [
    'The step outputs could not be written.',
    'Check that the disk of {noun:runner} is not full, and that nothing removes its temporary files.',
]);
const COMMAND_FAILURES = {
    'exit-code': {
        sentence: 'The command exited with code {exitCode}.',
        title: 'exit code {exitCode}',
        move: lines('[workflow] 0 is not allowed: use {codes?}.', '[workflow] @ allowed-exit-codes: {codes?}'),
        read: ({ exitCode, allowed }) => ({
            values: { exitCode: String(exitCode), ...(allowed && { codes: [0, ...allowed].join(', ') }) },
        }),
    },
    'timed-out': {
        sentence: 'The command timed out after {duration}.',
        move: lines('If it needs more time:', '@ timeout: {longer}'),
        read: ({ seconds }) => ({
            values: { duration: (0,duration/* formatDuration */.a3)(seconds), longer: `${Math.ceil((seconds * 2) / 60)}m` },
        }),
    },
    'no-bash': {
        sentence: 'The pod has no bash, but {input:shell} asks for it.',
        move: lines('Leave out {input:shell}, to use bash if there is one, or set:', '@ shell: sh'),
    },
    'no-tool': {
        sentence: 'The pod has no {tool}, which {noun:action} needs to run a command.',
        move: lines('{coreutils?}It needs coreutils. If your cluster replaces the image of run command, add them to yours.', '{disk?}Its disk is full or read-only.'),
        read: ({ tool }) => ({
            values: tool === 'disk' ? { tool: 'folder to write to', disk: '' } : { tool, coreutils: '' },
        }),
    },
    'no-variables': {
        sentence: 'The pod could not read the variables of {input:env}, so the command did not run.',
        move: 'Run it again. If it keeps failing, please report this bug with the command id.',
    },
    'output-lost': {
        sentence: 'The command exited, but part of its output was lost in the pod.',
        move: "Either the pod's disk was full, or the command deleted the folder .aks-run-command.* in /tmp. Leave it in place.",
    },
    'outputs-malformed': {
        title: UNUSABLE,
        sentence: 'Line {line} of what the command wrote to $GITHUB_OUTPUT {problem}.',
        move: lines('A line is NAME=value. JSON fits on one line with jq -c. For a value of several lines:', `$ printf 'NAME<<EOF\\n%s\\nEOF\\n' "$(cat FILE)" >> "$GITHUB_OUTPUT"`),
        read: ({ line, problem }) => ({ values: { line: String(line), problem } }),
    },
    'outputs-too-large': {
        title: UNUSABLE,
        sentence: 'The command wrote more than 64 KiB to $GITHUB_OUTPUT.',
        move: 'jq -c makes JSON smaller. Print large results instead, and read them from {noun:output}, or collect them as files with {input:collect}.',
    },
    'outputs-lost': { title: UNUSABLE, sentence: 'The step outputs of the command did not come back.', move: POD_ENDED },
    collect: {
        sentence: 'The files could not be collected: {what}.',
        move: '',
        read: ({ problem }) => {
            const { kind } = problem;
            const [what, ...move] = COLLECT[kind === 'over' ? problem.limit : kind === 'uncollected' ? problem.because : kind];
            return {
                sentence: `The files could not be collected: ${what}.`,
                move: lines(...move),
                values: valuesOf(problem),
            };
        },
    },
    unexpected: {
        title: 'unexpected error',
        sentence: 'Unexpected error. Please report this bug.',
        move: 'Include the error above. {Noun:debug} for more detail in the log.',
        read: ({ detail }) => ({ words: detail }),
    },
};
function valuesOf(problem) {
    switch (problem.kind) {
        case 'over':
            return { size: formatBytes(problem.bytes), largest: biggestLines(problem.biggest) };
        case 'no-match':
            return { patterns: problem.patterns.map((pattern) => JSON.stringify(pattern)).join(', ') };
        default:
            return problem;
    }
}

;// CONCATENATED MODULE: ./src/report/command-text.ts
/**
 * @returns `named`: whether any call of kubectl or helm names a namespace, and whether all do; `namespace`: if it is
 *   spelled out, and the same in all calls that name one.
 */
function namespacesIn(script) {
    const calls = callsIn(script).map(namespaceOf);
    const named = new Set(calls.filter((namespace) => namespace !== undefined));
    const [namespace = ''] = named;
    return {
        named: named.size === 0 ? [] : calls.includes(undefined) ? ['ever'] : ['ever', 'always'],
        ...(named.size === 1 && /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(namespace) && { namespace }),
    };
}
/** A comment, an escape, or a string: one word, whatever is in it. */
const UNREAD = /(?<!\S)#.*|\\[^]|'([^']*)'|"((?:\\[^]|[^\\"])*)"/g;
/** The arguments of each call of kubectl or helm, up to `--`, after which another program's begin. */
function callsIn(script) {
    const plain = script.replaceAll(UNREAD, (_whole, single, double) => {
        // A substitution in double quotes is a script of its own.
        if (double !== undefined && /\$\(|`/.test(double))
            return double;
        const text = single ?? double ?? '';
        return /[\s;|&()`]/.test(text) ? '_' : text;
    });
    return plain.split(/[\n;|&()`]/).flatMap((command) => {
        const words = command.trim().split(/\s+/);
        const program = words.findIndex((word) => /^(?:\S*\/)?(?:kubectl|helm)$/.test(word));
        if (program < 0 || /^\s*(?:echo|printf)\s/.test(command))
            return [];
        const end = words.indexOf('--', program);
        return [words.slice(program + 1, end < 0 ? undefined : end)];
    });
}
/** The namespace among the arguments; empty for all namespaces, undefined if there is none. */
function namespaceOf(args) {
    for (const [at, arg] of args.entries()) {
        if (/^(?:-A|--all-namespaces(?:=true)?)$/.test(arg))
            return '';
        const [, value] = /^(?:--namespace|-n)(?:=(.*))?$/.exec(arg) ?? /^-n(.+)$/.exec(arg) ?? [];
        if (value !== undefined || arg === '--namespace' || arg === '-n')
            return value ?? args[at + 1] ?? '';
    }
    return undefined;
}
const MOST_PROGRAMS = 3;
/** The line in which a shell reports that the command's script called a program that does not exist. */
const NOT_FOUND = /^\/\S{0,300}\.aks-run-command\/command\.sh: (?:line )?(\d{1,9}): ([\w.+-]{1,100}): (?:command )?not found\r?$/;
/**
 * The first programs that a script called although the pod does not have them, each with a line of the script. Only the
 * shell's own message about a name in the script counts: output can quote another command's. There is no script if the
 * step waited for an earlier command.
 */
function missingPrograms(output, script) {
    const missing = new Map();
    for (const text of output.split('\n')) {
        const [, line = '', program] = NOT_FOUND.exec(text) ?? [];
        if (missing.size === MOST_PROGRAMS)
            break;
        if (program === undefined || missing.has(program))
            continue;
        const isOurs = script === undefined || (script.includes(program) && Number(line) <= script.split('\n').length);
        if (isOurs)
            missing.set(program, Number(line));
    }
    return missing;
}

// EXTERNAL MODULE: ./src/hosts/words.ts
var hosts_words = __webpack_require__(2266);
;// CONCATENATED MODULE: ./src/report/catalogue/paste.ts



function said(groups) {
    const named = Object.entries(groups).flatMap(([name, text]) => (text === undefined ? [] : [[name, { said: text }]]));
    return Object.fromEntries(named);
}
/** Kinds, names, versions, hosts, paths, and fields, but no URL, which people would click, and no final period. */
const paste_NAME = /^(?!.*\/\/)(?!.*\.$)[\w.:/[\]="-]{1,100}$/;
const MOST_SAID = 100;
function quoted(text) {
    if (paste_NAME.test(text))
        return text;
    const clipped = text.length > MOST_SAID ? `${text.slice(0, MOST_SAID)}…` : text;
    return `"${clipped.replaceAll('"', "'")}"`;
}
/** Where a value begins and ends in prose, for Markdown, which shows foreign text as code. No value can hold these. */
const VALUE_MARKS = { begin: '\ue000', end: '\ue001' };
/** The visible text between `VALUE_MARKS`. Numbers and times need no marks. */
function marked(text) {
    return /^[\d ,hms]+$/.test(text) ? text : VALUE_MARKS.begin + (0,visible/* visible */.RK)(text) + VALUE_MARKS.end;
}
/** JSON on one line, without characters that would break the line. */
function paste_json(value) {
    return (0,visible/* visible */.RK)(JSON.stringify(value));
}
const PLACEHOLDER = /\{([a-z]+)(\?)?\}/gi;
/**
 * Fills in a template. The kind of a line decides how its values are written, so that no template can forget to quote
 * them: after `$ ` the line is for a POSIX shell, and after `| ` it is YAML. After `@ ` it is an input with a value, as in
 * `@ timeout: {longer}`; such lines in a row become a block under `with:` or the options of one command. Any other line is
 * prose.
 *
 * `{name}` is a value, in capitals if it is not known. A line with an unknown `{name?}` is left out. `{input:NAME}` is an
 * input by its name on this host, `{noun:step}` and `{Noun:step}` a word of the table in hosts/words.ts. A line that
 * begins with `[workflow] ` or `[prompt] ` is for that place only.
 *
 * @param write how a value is written in prose.
 */
function fill(template, values, words, write = visible/* visible */.RK) {
    const filled = [];
    let given = [];
    const flush = () => {
        if (given.length > 0)
            filled.push(...words.paste(given).map((line) => `  ${line}`));
        given = [];
    };
    for (const whole of template.split('\n')) {
        const [mark = '', place = words.place] = /^\[(workflow|prompt)\] /.exec(whole) ?? [];
        const line = whole.slice(mark.length);
        const isKnown = [...line.matchAll(PLACEHOLDER)].every(([, name = '', optional]) => !optional || values[name] !== undefined);
        if (place !== words.place || !isKnown)
            continue;
        const [, input, value = ''] = /^@ ([a-z-]+): (.*)$/.exec(line) ?? [];
        if (input !== undefined) {
            given.push({ name: input, value: fillInput(value, values, words) });
        }
        else {
            flush();
            filled.push(...fillLine(line, values, words, write));
        }
    }
    flush();
    return filled.join('\n');
}
/** The value of an input to paste. A literal of ours is already YAML. */
function fillInput(template, values, { place }) {
    const value = template.replaceAll(PLACEHOLDER, (_, name) => (0,visible/* visible */.RK)(itemOf(values[name]) ?? inCapitals(name)));
    if (place === 'prompt')
        return (0,variables/* quote */.hD)(value);
    return value === template ? value : paste_json(value);
}
function fillLine(line, values, words, writeProse) {
    const isShell = line.startsWith('$ ');
    const isProse = !isShell && !line.startsWith('| ');
    const write = isProse ? writeProse : isShell ? (value) => (0,variables/* quote */.hD)((0,visible/* visible */.RK)(value)) : paste_json;
    const body = named(isProse ? line : `  ${line.slice(2)}`, words, write);
    const list = Array.from(body.matchAll(PLACEHOLDER), ([, name = '']) => values[name]).find(isList);
    return Array.from(list ?? [''], (_item, row) => body.replaceAll(PLACEHOLDER, (_, name, _optional, at) => {
        const value = values[name];
        const item = itemOf(value, row);
        // A word of its own that begins with a dash would be an option, and helm's --post-renderer runs a program.
        if (item === undefined || (isShell && item.startsWith('-') && body[at - 1] === ' '))
            return inCapitals(name);
        return write(isProse && typeof value === 'object' && !isList(value) ? quoted(item) : item);
    }));
}
/** A value as text; for a list, one of its items. */
function itemOf(value, row = 0) {
    if (isList(value))
        return value[row];
    return typeof value === 'object' ? value.said : value;
}
function isList(value) {
    return Array.isArray(value);
}
const NAMED = /\{(input|noun|Noun):([a-z-]+)\}/g;
function named(text, words, write) {
    return text.replaceAll(NAMED, (whole, kind, name) => {
        if (kind === 'input')
            return write(words.input(name));
        if (!(0,hosts_words/* isNoun */.N2)(name))
            return whole;
        const noun = words.noun(name);
        // The name of a program keeps its case.
        return kind === 'Noun' && noun !== 'aks-run-command' ? noun.charAt(0).toUpperCase() + noun.slice(1) : noun;
    });
}
/** `clientId` as `CLIENT_ID`, which stands for a value that is not known. */
function inCapitals(name) {
    return name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

;// CONCATENATED MODULE: ./src/report/catalogue/context.ts





/** The permissions that run command needs, as ARM names them. */
const RUN_COMMAND = 'Microsoft.ContainerService/managedClusters/runCommand/action';
const COMMAND_RESULTS = 'Microsoft.ContainerService/managedClusters/commandResults/read';
const READ_CLUSTER = 'Microsoft.ContainerService/managedClusters/read';
/** The values that any template can use. */
function contextValues({ cluster, signIn, environment, commandId, ci, job, step, sent }) {
    const oidc = signIn?.kind === 'oidc' ? signIn : undefined;
    const expectedAudience = environment && (0,cloud/* defaultAudience */.Yl)(environment);
    const name = environment?.kind === 'named' ? environment.name : environment?.resourceManager;
    const expression = (path) => ['${{', path, '}}'].join(' ');
    return {
        commandId,
        pod: commandId && `command-${commandId}`,
        job: job ?? 'JOB_ID',
        noStepId: step === undefined ? '' : undefined,
        stepOutput: expression(`steps.${step ?? 'STEP_ID'}.outputs.command-id`),
        jobOutput: expression(`needs.${job ?? 'JOB_ID'}.outputs.command-id`),
        ci,
        requestSize: sent && formatBytes(sent.bytes),
        biggest: sent && biggestLines(sent.biggest),
        subscription: cluster?.subscriptionId,
        group: cluster?.resourceGroup,
        cluster: cluster?.name,
        clusterId: cluster && resourceId(cluster),
        clientId: oidc?.clientId,
        tenantId: oidc?.tenantId,
        ownAudience: oidc?.audience === expectedAudience ? undefined : oidc?.audience,
        expectedAudience,
        environment: name === 'azurecloud' ? undefined : name,
        environmentName: name ?? cloud/* CLOUD_NAMES */.vD[0],
        principal: oidc?.clientId,
        role: cluster &&
            paste_json({
                Name: 'AKS Run Command',
                Description: 'Run commands in AKS clusters and read their results',
                Actions: [READ_CLUSTER, RUN_COMMAND, COMMAND_RESULTS],
                AssignableScopes: [`/subscriptions/${cluster.subscriptionId}/resourceGroups/${cluster.resourceGroup}`],
            }),
        identityQuery: `[?clientId=='${oidc?.clientId ?? 'CLIENT_ID'}'].{name:name, resourceGroup:resourceGroup}`,
    };
}

;// CONCATENATED MODULE: ./src/report/catalogue/arm.ts



const STOPPED = row_text('cluster-stopped', [
    'The cluster is stopped.',
    'Start it:',
    '$ az aks start --subscription {subscription} -g {group} -n {cluster}',
]);
const DISABLED = row_text('run-command-disabled', [
    'Run command is disabled on this cluster.',
    'It was probably turned off on purpose. If its owners agree, enable it (Azure CLI 2.76 or later):',
    '$ az aks update --subscription {subscription} -g {group} -n {cluster} --enable-run-command',
]);
/** A Fleet Manager puts its hub into a resource group whose name begins with `FL_`. */
const FLEET_HUB = row_text('fleet-hub', [
    'The cluster is the hub of a Fleet Manager, and hubs have run command disabled.',
    'Set {input:cluster} to a member cluster of the fleet.',
]);
const SHOW_STATE = '$ az aks show --subscription {subscription} -g {group} -n {cluster} --query provisioningState';
const LIST_CLUSTERS = "$ az aks list --subscription {subscription} --query '[].{cluster:name, resourceGroup:resourceGroup}' --output table";
const arm = rowsOf('arm');
/** Permissions, names, and limits in Azure Resource Manager. The first row that fits wins. */
const ARM = [
    arm('authorization-failed', { codes: ['AuthorizationFailed'] }, [
        'The identity lacks the permission {action} on the cluster.',
        'Azure says the same about a cluster that does not exist: check {input:cluster}, {input:resource-group}, and {input:subscription-id}.',
        GRANT,
    ]),
    arm('subscription-not-found', { codes: ['SubscriptionNotFound', 'InvalidSubscriptionId'] }, [
        'The subscription {subscription} does not exist in this tenant, or the identity has no role in it.',
        'Check {input:subscription-id} or the subscription in the resource ID, and {input:tenant-id}. Signed in as someone who can see the cluster:',
        "$ az account list --query '[].{name:name, subscriptionId:id, tenantId:tenantId}' --output table",
        'If they are right, the identity needs a role.',
        GRANT,
    ]),
    arm('resource-group-not-found', { codes: ['ResourceGroupNotFound'] }, [
        'The subscription has no resource group {group}.',
        'Check {input:resource-group} or the group in the resource ID. It is the group of the cluster, not of its nodes (MC_…). All clusters of the subscription and their groups:',
        LIST_CLUSTERS,
    ]),
    arm('cluster-not-found', { codes: ['ResourceNotFound'], words: /managedClusters\/[^/']{1,100}'/i }, [
        'The resource group {group} has no cluster {cluster}.',
        'Check {input:cluster}, {input:resource-group}, and {input:subscription-id}. All clusters of the subscription and their groups:',
        LIST_CLUSTERS,
    ]),
    arm('token-rejected', { status: 401 }, [
        'Azure rejected the access token and a new one.',
        "Check {input:environment} (here {environmentName}) and {input:tenant-id}, or the tenant of {noun:login}: they must be those of the cluster's subscription. Its tenant:",
        '$ az account show --subscription {subscription} --query tenantId',
    ]),
    arm('cluster-token-missing', { codes: ['MissingAADClusterToken'] }, [
        "The cluster uses Entra and did not accept the identity's token.",
        'Check that the identity belongs to the tenant that the cluster trusts:',
        '$ az aks show --subscription {subscription} -g {group} -n {cluster} --query aadProfile',
    ]),
    arm('subscription-disabled', { codes: ['ReadOnlyDisabledSubscription'] }, [
        'The subscription {subscription} is disabled.',
        'Its owner has to enable it again, often after a missed payment or a reached spending limit. To see its state:',
        '$ az account show --subscription {subscription} --query state',
    ]),
    arm('not-registered', { codes: ['MissingSubscriptionRegistration'] }, [
        'The subscription is not registered for Microsoft.ContainerService.',
        'Check that it is the subscription of the cluster. To register it:',
        '$ az provider register --namespace Microsoft.ContainerService --subscription {subscription}',
    ]),
    arm('request-disallowed', { codes: ['RequestDisallowedByPolicy'] }, [
        'An Azure Policy does not allow the request.',
        'The error above names the policy. Ask the owners of its assignment for an exemption of the cluster.',
    ]),
    arm('linked-authorization', { codes: ['LinkedAuthorizationFailed'] }, [
        'The identity lacks a permission on a resource that the cluster is linked to.',
        'The error above names the permission and the linked resource. Grant it there.',
    ]),
    arm('no-control-plane', { codes: ['ControlPlaneNotFound'] }, [
        'The cluster has no control plane.',
        'It is being created or deleted, or its creation failed. To see its state:',
        SHOW_STATE,
    ]),
    arm('locked', { codes: ['ScopeLocked'] }, [
        'A lock on the cluster, its resource group, or its subscription blocks run command.',
        'A read-only lock blocks every request that is not a read. A delete lock does not. To list the locks:',
        '$ az lock list --subscription {subscription} --resource-group {group} --output table',
    ]),
    { ...DISABLED, service: 'arm', words: /run.?command[^.]{0,40}\bdisabled\b/i },
    { ...STOPPED, service: 'arm', words: /\bPowerState\W{1,3}Stopped\b|\bcluster\b[^.]{0,80}\bstopped\b/i },
    arm('cluster-failed', { words: /\bfailed (?:provisioning )?state\b|provisioning ?state[^.]{0,60}\bfailed\b/i }, [
        'The cluster is in a failed state.',
        'Its last change failed. The activity log says why. This tries the last change again:',
        '$ az resource update --ids {clusterId}',
    ]),
    arm('aks-command-terminating', { words: /because it is being terminated/i }, [
        'The namespace aks-command is being deleted.',
        'AKS creates it again once it is gone. To see what blocks it:',
        '$ kubectl get namespace aks-command --output yaml',
    ]),
    arm('policy-denied', { words: /admission webhook .{0,300}denied the request/is }, [
        "A policy of the cluster blocked the command's pod.",
        'Exempt the namespace aks-command. With Azure Policy, add it to the parameter excludedNamespaces of the assignment:',
        '$ az policy assignment list --scope {clusterId} --output table',
    ]),
    arm('pod-forbidden', { words: /\bis forbidden\b|exceeded quota/i }, [
        "The cluster does not allow the command's pod.",
        'The error above names the rule: a quota, a LimitRange, or a pod security level of the namespace aks-command. The pod requests 200m CPU and 500Mi memory, with limits of 500m and 1Gi. To see the rules:',
        '$ kubectl get resourcequota,limitrange --namespace aks-command',
        '$ kubectl get namespace aks-command --show-labels',
    ]),
    arm('conflict', { status: 409 }, [
        'Another operation is in progress on the cluster.',
        'The cluster is being upgraded or changed. {Noun:rerun} when it is done. To see the state:',
        SHOW_STATE,
    ]),
    arm('request-too-large', { status: 413 }, [
        'The request is larger than Azure accepts.',
        'The files took {requestSize?} of it, compressed and in base64.',
        SMALLER,
    ]),
    arm('throttled', { status: 429 }, [
        'Azure throttled the requests for longer than {noun:action} waits.',
        'Most AKS requests have a limit of 60 for each subscription and region, refilled at one per second. Microsoft does not say whether run command is among them. Everything in the subscription shares the limit.',
        '[workflow] Run fewer jobs at once, for example with max-parallel: 10 below strategy.',
        '[prompt] Run fewer commands at once.',
    ]),
    arm('arm-unreachable', { status: 0 }, [
        'Azure Resource Manager did not answer.',
        'Check that {noun:runner} can reach the ARM endpoint of the cloud ({environmentName}): name resolution, firewall, proxy. Then {noun:rerun}.',
    ]),
];
const onTheWay = rowsOf();
/** What can come between the runner and a service that did not answer. The first row that fits wins. */
const NETWORK = [
    onTheWay('untrusted-certificate', { status: 0, words: /\bcertificate\b|altnames/i }, [
        '{Noun:runner} does not trust the TLS certificate of the service.',
        'Something between {noun:runner} and Azure, such as a corporate proxy, may replace certificates. Set NODE_EXTRA_CA_CERTS to a file with its CA certificate, in PEM, on {noun:runner}.',
    ]),
    onTheWay('proxy-sign-in', { status: 0, words: /the proxy (?<proxy>\S{1,300}) answered 407/ }, [
        'The proxy {proxy} requires a sign-in.',
        'Put the user name and the password in HTTPS_PROXY on {noun:runner}: http://USER:PASSWORD@HOST:PORT.',
    ]),
    onTheWay('proxy-refused', { status: 0, words: /the proxy (?<proxy>\S{1,300}) (?:answered|refused)/ }, [
        'The proxy {proxy} refused the connection.',
        'Check HTTPS_PROXY and NO_PROXY on {noun:runner}, and that the proxy is running and allows the sign-in and ARM endpoints of the cloud.',
    ]),
];
const submission = rowsOf('submission');
/** Answers that leave open whether the command runs. */
const SUBMISSION = [
    submission('submission-torn', { status: 0 }, ['The connection broke before Azure answered.', LOOK]),
    submission('submission-webhook', { words: /failed calling webhook "?(?<webhook>[\w.-]{1,253})/ }, [
        "The webhook {webhook} did not answer when Azure created the command's pod.",
        'Exempt the namespace aks-command from the webhook, with its namespaceSelector.',
        LOOK,
    ]),
];
const ARM_FAILURES = {
    'cluster-stopped': STOPPED,
    'run-command-disabled': {
        ...DISABLED,
        read: (_failure, { cluster }) => (cluster?.resourceGroup.startsWith('FL_') ? FLEET_HUB : {}),
    },
    'cluster-unreadable': {
        sentence: 'The cluster could not be read.',
        move: lines('{Noun:rerun}. If it keeps failing, see what Azure says elsewhere:', '$ az aks show --subscription {subscription} -g {group} -n {cluster}'),
        read: ({ answer }, context) => fromArm(answer, READ_CLUSTER, context),
    },
    'submission-refused': {
        sentence: 'Azure refused the command.',
        move: 'The error above is from Azure. Azure support will ask for the request IDs.',
        read: ({ answer }, context) => fromArm(answer, RUN_COMMAND, context),
    },
    'submission-unclear': {
        sentence: 'Azure did not say whether it accepted the command.',
        move: LOOK,
        read: ({ answer }) => ({ words: wordsOf(answer), signs: { service: 'submission', ...signsOf(answer) } }),
    },
    'result-missing': {
        sentence: 'Azure has no result for the command.',
        move: lines('Results are kept for a limited time. If {input:command-id} is set, check that {input:cluster} names the cluster where the command was submitted. A pod that never reached Running has no result either.', LOOK),
        read: ({ answer }, context) => fromArm(answer, COMMAND_RESULTS, context),
    },
    'result-forbidden': {
        sentence: 'The identity can submit commands but not read their results: it lacks the permission {action}.',
        title: 'the identity can submit commands but not read their results',
        move: lines(GRANT, PICK_UP),
        read: ({ answer }, context) => ({ ...fromArm(answer, COMMAND_RESULTS, context), signs: {} }),
    },
};
/**
 * ARM's answer to a request that needs the permission `action`. The role is for the identity that signed in. The one
 * that ARM names is used only if that is unknown.
 */
function fromArm(answer, action, { signIn }) {
    const signs = signsOf(answer);
    const denied = /perform action '([\w./]{1,200})'/.exec(signs.text)?.[1] ?? action;
    const named = signIn?.kind === 'oidc' ? undefined : /with object id '([0-9a-f-]{36})'/i.exec(signs.text)?.[1];
    return {
        signs: { service: 'arm', ...signs },
        values: { action: denied, ...(named && { principal: named }) },
        words: wordsOf(answer),
    };
}
/** What an answer says, for a report: status, code, message, and the IDs that Azure support asks for. Foreign text. */
function wordsOf(answer) {
    if (answer?.kind !== 'answered')
        return answer ? `Connection error: ${answer.cause}` : '';
    return [(0,azure_answer/* describeAnswer */.O1)(answer), (0,azure_answer/* requestIds */.qs)(answer)].filter((part) => part !== '').join('\n');
}
function signsOf(answer) {
    if (answer.kind === 'unanswered')
        return { status: 0, text: answer.cause };
    const { code, message } = (0,azure_answer/* serviceError */.cg)(answer.body);
    return { code, status: answer.status, text: answer.echoes ? '' : message };
}

;// CONCATENATED MODULE: ./src/report/catalogue/aks.ts




const NO_EXIT_CODE = 'AKS reported a failure without an exit code.';
const aks = rowsOf('aks');
/** What AKS says about a command that failed. The first row that fits wins. */
const AKS = [
    aks('command-image', { words: /ImagePullBackOff|ErrImagePull/i }, [
        "The cluster could not pull the image of the command's pod.",
        'The nodes must be able to reach mcr.microsoft.com and *.data.mcr.microsoft.com, directly or through a cache.',
    ]),
    {
        ...aks('aks-failed', { words: /^(?<reason>(?<evicted>Evicted)\b|[A-Z]{1,60}$)/i }, [
            NO_EXIT_CODE,
            '{evicted?}: Kubernetes evicts a pod when its node runs low on memory or disk.',
            LOOK,
        ]),
        title: 'AKS reported {reason}, without an exit code',
    },
];
const ROOM = lines('The pod requests 200m CPU and 500Mi memory, tolerates no taints, and pulls its image from mcr.microsoft.com. Check whether a node has that much free capacity and no taints, and read the events:', '$ az aks nodepool list --subscription {subscription} -g {group} --cluster-name {cluster} --output table', '$ kubectl get pods,events --namespace aks-command', 'To give the autoscaler more time:', '@ start-timeout: 3m', '@ start-retries: 5');
const STOP = lines('To stop {pod?}, on a machine that reaches the cluster (AKS Automatic refuses this):', '$ kubectl delete pod {pod?} --namespace aks-command');
/** Reported by two users, but undocumented: edwardsp/azcluster, azure-powershell#19133. */
const AFTER_TEN_MINUTES = lines('Some users report that AKS ends commands after about ten minutes; Microsoft documents no such limit. For longer work, have the command create a Kubernetes Job, which runs on its own, and do not wait for the command:', '@ wait: false');
const DID_NOT_START = {
    sentence: "AKS could not start the command's pod in time.",
    move: lines('It was submitted {submissions?} times.', ROOM),
};
const POD_FAILURES = {
    'did-not-start': {
        ...DID_NOT_START,
        read: ({ submissions, answer }) => {
            const words = wordsOf(answer);
            const { values, ...title } = withNodes(words);
            return { ...title, words, values: { ...values, submissions: submissions > 1 ? String(submissions) : undefined } };
        },
    },
    'start-unclear': {
        sentence: "AKS stopped waiting for the command's pod, and it is not known whether it started later.",
        move: lines(LOOK, ROOM),
        read: ({ answer }) => ({ words: wordsOf(answer) }),
    },
    'pod-refused': {
        sentence: 'The pod says that it started too late and ran nothing, but nothing confirms it.',
        move: LOOK,
    },
    'no-answer-in-time': {
        sentence: 'The command gave no result within {duration}.',
        move: lines(PICK_UP, STOP),
        read: ({ seconds, answer }) => ({ values: { duration: (0,duration/* formatDuration */.a3)(seconds) }, words: wordsOf(answer) }),
    },
    cancelled: {
        sentence: lines('[workflow] The step was canceled.', '[prompt] Waiting was interrupted.'),
        move: '',
        read: (_failure, { commandId, state = commandId && 'running' }) => {
            if (state !== 'running' && state !== 'unknown')
                return {};
            return { move: lines(state === 'running' ? PICK_UP : LOOK, STOP) };
        },
    },
    'not-waited': {
        sentence: 'The command was submitted, and {noun:step} does not wait for it.',
        title: 'submitted, not waiting for the result',
        move: lines(SEE_RESULT, '[workflow] To wait for it in a later job, pass its ID on.', '[workflow] {noStepId?}Give the step an id, and use it instead of STEP_ID.', '[workflow] In the job {job}:', '[workflow] | outputs:', '[workflow] |   command-id: {stepOutput}', '[workflow] In the job that waits:', '[prompt] To wait for it:', '[workflow] | needs: {job}', '[workflow] ', '@ cluster: {clusterId}', '[workflow] @ command-id: {jobOutput}', '[prompt] @ command-id: {commandId}', SAME_SIGN_IN, STOP),
    },
    'aks-failed': {
        sentence: NO_EXIT_CODE,
        move: LOOK,
        read: ({ reason, afterTenMinutes }) => ({
            ...(/^Unschedulable\b/i.test(reason)
                ? { section: 'did-not-start', ...DID_NOT_START, ...withNodes(reason), move: lines(LOOK, ROOM) }
                : {
                    signs: { service: 'aks', text: reason },
                    ...(afterTenMinutes && { move: lines(AFTER_TEN_MINUTES, LOOK) }),
                }),
            words: reason,
        }),
    },
    'no-exit-code': { sentence: 'AKS reported the end of the command without an exit code.', move: LOOK },
    'no-boundary': {
        sentence: "The output lacks the first line of {noun:action}'s script, so the exit code cannot be trusted.",
        move: LOOK,
    },
};
/** The scheduler's own count of nodes in the headline, if AKS passes it on. */
function withNodes(words) {
    const nodes = /\b\d{1,6}\/\d{1,6} nodes are available(?::[^.\n]{1,200})?/.exec(words)?.[0];
    return { values: said({ nodes }), ...(nodes && { title: "AKS could not start the command's pod: {nodes}" }) };
}

;// CONCATENATED MODULE: ./src/report/catalogue/entra.ts




const entra = rowsOf('entra');
const PRESENTED = lines('[workflow] This job presented the subject {subject}', '[prompt] The ID token presents the subject {subject}', 'Entra compares it character by character, and case matters.');
const FEDERATE = lines('If that is the subject you expect, create a credential for it. Anyone who can get a token with this subject can then act as the identity. For an application:', '$ az ad app federated-credential create --id {clientId} --parameters {credential}', 'For a user-assigned identity, with the name and resource group that the first command shows:', '$ az identity list --query {identityQuery} --output table', '$ az identity federated-credential create --identity-name IDENTITY_NAME --resource-group IDENTITY_GROUP --name {credentialName} --issuer {issuer} --subject={subject} --audiences {audience}', 'A new credential takes a few minutes to work.');
const SIGN_IN_HERE = lines('[workflow] | permissions:', '[workflow] |   id-token: write', '[workflow] |   contents: read', '[workflow] ', '[workflow] | with:', '[workflow] |   client-id: ${{ vars.AZURE_CLIENT_ID }}', '[workflow] |   tenant-id: ${{ vars.AZURE_TENANT_ID }}', '[prompt] $ az login');
const SHOW_TENANT = '$ az account show --query tenantId';
/** What Entra and a session say about a sign-in. The first row that fits wins. */
const ENTRA = [
    entra('no-federated-credential', { codes: ['AADSTS700213', 'AADSTS70021'] }, [
        "No federated credential in Entra matches the ID token's subject.",
        PRESENTED,
        '{immutable?}This subject includes numeric IDs (repo:OWNER@OWNER_ID/REPO@REPO_ID:…), as in all repositories that were created or renamed on or after 2026-07-15, or that opted in. A credential for the names alone does not match.',
        FEDERATE,
        '[workflow] For several branches or tags, give the job an environment, and create the credential for its subject, repo:OWNER/REPOSITORY:environment:NAME.',
    ]),
    entra('wrong-issuer', { codes: ['AADSTS700211'] }, [
        "No federated credential in Entra matches the ID token's issuer {issuer}.",
        'Entra names the issuer {entraIssuer?}',
        'An enterprise and a GitHub Enterprise Server have their own issuer.',
        PRESENTED,
        FEDERATE,
    ]),
    entra('wrong-audience', { codes: ['AADSTS700212'] }, [
        "No federated credential in Entra matches the ID token's audience {audience}.",
        'In this cloud ({environmentName}) the audience is usually {expectedAudience}. Leave out {input:audience}, or set:',
        '@ audience: {expectedAudience}',
        'It must be the audience of the federated credential, which this shows:',
        '$ az ad app federated-credential list --id {clientId}',
    ]),
    entra('unknown-application', { codes: ['AADSTS700016'] }, [
        'The tenant {tenantId} has no application with the client ID {clientId}.',
        "Check {input:client-id}: it is the application (client) ID of an app registration or the client ID of a user-assigned identity, not an object ID. Check {input:tenant-id}: it is the identity's own tenant. Signed in to that tenant, these show both:",
        "$ az ad sp show --id {clientId} --query '{clientId:appId, name:displayName, tenantId:appOwnerOrganizationId}'",
        SHOW_TENANT,
    ]),
    entra('unknown-tenant', { codes: ['AADSTS90002'] }, [
        'Entra has no tenant {tenantId} in this cloud ({environmentName}).',
        'Check {input:environment}, which is azureusgovernment or azurechinacloud for a tenant of those clouds, and {input:tenant-id}, which this shows:',
        SHOW_TENANT,
    ]),
    entra('id-token-expired', { codes: ['AADSTS700024'] }, [
        'Entra says that the ID token is not valid at this time.',
        '{Noun:action} uses only fresh ID tokens, so the clock of {noun:runner} may be wrong. Compare it with the time:',
        '$ date -u',
    ]),
    rowsOf()('wrong-secret', { codes: ['AADSTS7000215'] }, [
        'The client secret is not valid.',
        "It may have expired, or it may be the secret's ID instead of its value. To sign in without a secret:",
        SIGN_IN_HERE,
    ]),
    entra('unknown-resource', { codes: ['AADSTS500011', 'AADSTS1002012'] }, [
        'The tenant {tenantId} has no resource {resource}.',
        "Check {input:environment}, which must be the cloud of the cluster (here {environmentName}). If it is an ARM endpoint, its metadata names the resource. Check {input:tenant-id}, which must be the tenant of the cluster's subscription:",
        '$ az account show --subscription {subscription} --query tenantId',
    ]),
    entra('conditional-access', { codes: ['AADSTS53003'] }, [
        'Conditional Access blocked the sign-in.',
        'A Conditional Access policy for workload identities covers {clientId}. Ask its owners to exclude the identity or to allow the addresses of {noun:runner}. The service principal sign-in log in the Entra admin center names the policy.',
    ]),
    entra('application-disabled', { codes: ['AADSTS7000112'] }, [
        'The application {clientId} is disabled.',
        'Find out who disabled it and why. To enable it:',
        '$ az ad sp update --id {clientId} --set accountEnabled=true',
    ]),
    entra('no-service-principal', { codes: ['AADSTS7000229'] }, [
        'The application {clientId} has no service principal in the tenant {tenantId}.',
        'Create it, signed in to that tenant:',
        '$ az ad sp create --id {clientId}',
    ]),
    entra('entra-temporary', { codes: ['AADSTS90033'] }, [
        'Entra is temporarily unavailable.',
        '{Noun:rerun} in a few minutes. If it keeps failing, look at https://azure.status.microsoft.',
    ]),
    entra('entra-unreachable', { status: 0 }, [
        'Entra did not answer.',
        'Check that {noun:runner} can reach the sign-in endpoint of the cloud ({environmentName}): name resolution, firewall, proxy. Then {noun:rerun}.',
    ]),
    rowsOf('session')('session-expired', { words: /AADSTS(?:700024|700082|70043|50173)\b|\bexpired\b|Interactive auth/ }, [
        'The Azure session on {noun:runner} has expired.',
        '[workflow] azure/login signs in once, with an ID token that lives about five minutes. Set client-id and tenant-id in the step, which then requests a fresh ID token whenever it needs one:',
        '[prompt] A session that began with an ID token lasts a few minutes. Sign in again:',
        SIGN_IN_HERE,
    ]),
];
/** Why a job has no ID token, by who started the workflow. */
const STARTED_BY = {
    fork: row_text('fork-pull-request', [
        'GitHub issues no ID token to a pull request from a fork.',
        '[workflow] Skip the step there, or run it after the merge:',
        '[workflow] | if: github.event.pull_request.head.repo.fork != true',
    ]),
    dependabot: row_text('dependabot', [
        'Dependabot started this run, and GitHub limits what its runs may do.',
        '[workflow] Skip the step for it, or run it after the merge:',
        "[workflow] | if: github.actor != 'dependabot[bot]'",
    ]),
};
const SIGN_IN_FAILURES = {
    'no-id-token': {
        sentence: lines('[workflow] The job lacks permission to request a GitHub ID token.', '[prompt] There is no ID token to sign in with.'),
        move: lines('[workflow] Add the permission to the job or the workflow:', '[workflow] | permissions:', '[workflow] |   id-token: write', '[workflow] |   contents: read', '[prompt] Put one into a variable, and name the variable with --id-token-env. Or sign in with az login, and leave out --client-id and --tenant-id.', '[prompt] In {ci?}, the job needs the permission id-token: write.', '[workflow] In a reusable workflow, the calling job needs it too.'),
        read: (_failure, { startedBy }) => (startedBy ? STARTED_BY[startedBy] : {}),
    },
    'id-token': {
        sentence: lines('[workflow] GitHub did not issue an ID token.', '[prompt] There is no ID token to sign in with.'),
        move: lines('[workflow] {Noun:rerun}. If it keeps failing, check https://www.githubstatus.com and, on a machine of your own, the firewall and the proxy.', '[prompt] Check where it comes from: the variable of --id-token-env, the file in AZURE_FEDERATED_TOKEN_FILE, or, in GitHub Actions, https://www.githubstatus.com. Then run it again.'),
        read: ({ detail }) => ({ words: detail, signs: { status: 0, text: detail } }),
    },
    entra: {
        sentence: 'Entra refused an access token for {resource}.',
        move: 'Compare {input:client-id}, {input:tenant-id}, {input:audience}, and {input:environment} with the sign-in that the log shows, and look up the AADSTS number at https://login.microsoftonline.com/error.',
        read: (failure, context) => ({
            signs: { service: 'entra', ...signsOf(failure.answer), ...aadsts(signsOf(failure.answer).text) },
            values: signInValues(failure, context),
            words: wordsOf(failure.answer),
        }),
    },
    'no-session': {
        sentence: lines('[workflow] The step has no client-id and tenant-id, and the runner has no Azure session.', '[prompt] This machine has no Azure session.'),
        move: lines('[workflow] If the step sets them to variables (vars) of an environment, they are empty unless the job names the environment:', '[workflow] | environment: ENVIRONMENT', '[workflow] To let the step sign in by itself:', SIGN_IN_HERE, '[workflow] Or sign in with azure/login in an earlier step of the same job.'),
        read: ({ detail }) => ({ words: detail, signs: { service: 'session', text: detail, ...aadsts(detail) } }),
    },
    'cloud-metadata': {
        sentence: 'The ARM endpoint {endpoint} does not say where to sign in.',
        move: lines('Check {input:environment}. It is azurecloud, azureusgovernment, azurechinacloud, or the https:// URL of an ARM endpoint. On {noun:runner}, this must show JSON with an https login endpoint:', '$ curl --fail {metadataUrl}'),
        read: ({ endpoint, answer }) => ({
            signs: signsOf(answer),
            values: { endpoint, metadataUrl: endpoint + cloud/* METADATA_PATH */.GN },
            words: wordsOf(answer),
        }),
    },
};
function aadsts(text) {
    return { code: /AADSTS\d{4,8}/.exec(text)?.[0] };
}
/** A subject with the numeric IDs of the owner and the repository, which a new owner of the names does not have. */
const IMMUTABLE = /^repo:[^/@\s]{1,100}@\d{1,20}\/[^/:@\s]{1,100}@\d{1,20}:/;
function signInValues({ scope, claims, answer }, { repository = 'OWNER/REPOSITORY', signIn }) {
    const issuer = claims.issuer || 'https://token.actions.githubusercontent.com';
    const subject = claims.subject || `repo:${repository}:ref:refs/heads/BRANCH`;
    const audience = claims.audience || (signIn?.kind === 'oidc' ? signIn.audience : 'AUDIENCE');
    // Entra allows 3 to 120 letters, digits, `-`, and `_`.
    const words = subject.replaceAll(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
    const name = `github-${words}`.slice(0, 120).replace(/-$/, '');
    const resource = scope.replace('/.default', '');
    const entraIssuer = /issuer '([^']{1,300})'/.exec(signsOf(answer).text)?.[1];
    return {
        issuer,
        entraIssuer: entraIssuer === issuer ? undefined : entraIssuer,
        subject,
        immutable: IMMUTABLE.test(subject) ? '' : undefined,
        audience,
        credentialName: name,
        credential: paste_json({ name, issuer, subject, audiences: [audience] }),
        resource: scope === cloud/* AKS_SERVER_SCOPE */.vW ? `${resource} (AKS)` : resource,
    };
}

;// CONCATENATED MODULE: ./src/report/catalogue/files.ts



const FILE_PROBLEMS = {
    'no-match': row_text('files-no-match', [
        'No files were found for {patterns}.',
        '[workflow] The workspace is empty{emptyWorkspace?}. Check out the repository in an earlier step: actions/checkout.',
        '[prompt] The current folder is empty{emptyWorkspace?}.',
        'The folder {emptyFolder?} is empty.',
        '{hints?}',
        '[workflow] Check the path below working-directory, and that an earlier step creates the files (actions/checkout). Dotfiles need include-hidden-files or a pattern that spells out the dot. If the files are optional:',
        '[prompt] Check the path below the current folder or --working-directory. Dotfiles need --include-hidden-files or a pattern that spells out the dot. If the files are optional:',
        '@ if-no-files-found: warn',
    ]),
    'invalid-pattern': row_text('files-invalid-pattern', [
        'The files pattern {path} cannot be used: {detail}.',
        'Patterns are relative to {input:working-directory} and cannot leave it. To send files from elsewhere, set {input:working-directory}.',
    ]),
    'working-directory-outside': row_text('working-directory-outside', [
        'The {input:working-directory} {path} is outside {noun:workspace}.',
        '[workflow] Only files in the workspace or below RUNNER_TEMP can be sent. Copy the files there in an earlier step.',
    ]),
    'working-directory-missing': row_text('working-directory-missing', [
        'The {input:working-directory} {path} does not exist or is not a folder.',
        '[workflow] It is relative to the workspace. An earlier step must create it, such as actions/checkout or a step that renders manifests.',
        '[prompt] It is relative to the current folder.',
    ]),
    'working-directory-git': row_text('working-directory-git', [
        'The {input:working-directory} {path} is inside .git.',
        'Git may keep a token there, so it is not sent. Set {input:working-directory} to the folder with your files.',
    ]),
    'too-many': row_text('files-too-many', [
        'There are more than {limit} files to search or send in {path}.',
        'List the folders that the command needs instead of their parent. Symbolic links between folders multiply the files.',
    ]),
    'unsafe-name': row_text('files-unsafe-name', [
        'Some unzip programs would change the name of the file {path}.',
        'It could then replace another file in the pod. Names cannot contain control characters or backslashes, or end with a version such as ;1. Rename the file, or exclude it with {noun:exclusion}.',
    ]),
    swapped: row_text('files-swapped', [
        'The file {path} was replaced while it was being read.',
        'Another process writes to {noun:workspace}. Wait for it to finish first.',
    ]),
    outside: row_text('files-outside', [
        'The file {path} leads out of {noun:workspace}, to {target}.',
        'Links out of {noun:workspace} are not followed. Exclude it with {noun:exclusion}, or copy the file into {noun:workspace} first.',
    ]),
    'broken-link': row_text('files-broken-link', [
        'The symbolic link {path} points to nothing.',
        'Fix it, or exclude it with {noun:exclusion}.',
    ]),
    'link-cycle': row_text('files-link-cycle', [
        'The symbolic link {path} leads back to a folder that contains it.',
        'Exclude it with {noun:exclusion}.',
    ]),
    unreadable: row_text('files-unreadable', [
        'The file {path} cannot be read.',
        'Check its permissions. A container may have created it as root. If it is a file, you can exclude it with {noun:exclusion}. If it is a folder, list only the folders that the command needs.',
    ]),
    'not-a-file': row_text('files-not-a-file', [
        '{path} is neither a file nor a folder.',
        'Sockets, pipes, and devices cannot be sent. Exclude it with {noun:exclusion}.',
    ]),
    'own-folder': row_text('files-own-folder', [
        'The file {path} is in a folder that is reserved for {noun:action}.',
        'Rename the folder .aks-run-command, or exclude it with {noun:exclusion}.',
    ]),
};
const FILES_TOO_LARGE = row_text('files-too-large', [
    'The files take {size}, but {noun:action} packs at most {limit}.',
    SMALLER,
]);
const INPUT_FAILURES = {
    'invalid-inputs': {
        sentence: lines('[workflow] Inputs of the step are missing or invalid.', '[prompt] Options are missing or invalid.'),
        title: lines('[workflow] inputs missing or invalid: {names}', '[prompt] options missing or invalid: {names}'),
        move: '- {problems}',
        read: ({ problems }) => ({ values: { problems, names: namesOf(problems) } }),
    },
    files: {
        ...FILE_PROBLEMS['no-match'],
        read: ({ problem }) => ({ ...FILE_PROBLEMS[problem.kind], values: files_valuesOf(problem) }),
    },
    'too-large': {
        sentence: 'The request would take {size}, but Azure accepts at most {limit}.',
        move: SMALLER,
        read: ({ packed, bytes, limit, biggest }) => ({
            ...(!packed && FILES_TOO_LARGE),
            values: { size: exactSize(bytes), limit: exactSize(limit), biggest: biggestLines(biggest) },
        }),
    },
};
/** The inputs that the problems begin with. These names are ours. */
function namesOf(problems) {
    const names = [...new Set(problems.flatMap((problem) => problem.split(/[ :]/, 1)))];
    return names.length > 3 ? `${names.slice(0, 3).join(', ')}, …` : names.join(', ');
}
function files_valuesOf(problem) {
    switch (problem.kind) {
        case 'no-match': {
            const { emptyFolder, hints } = problem.advice;
            return {
                patterns: problem.patterns.map((pattern) => JSON.stringify(pattern)).join(', '),
                emptyWorkspace: emptyFolder === '' ? '' : undefined,
                emptyFolder: emptyFolder === '' ? undefined : emptyFolder,
                hints,
            };
        }
        case 'too-many':
            return { path: problem.path, limit: formatCount(problem.limit) };
        default:
            return problem;
    }
}
function exactSize(bytes) {
    return `${formatBytes(bytes)} (${formatCount(bytes)} bytes)`;
}

;// CONCATENATED MODULE: ./src/report/catalogue/pod-output.ts

/** The resource must be a Kubernetes name. Anything else in its place may be a sentence that a pod made up. */
const DENIED = String.raw `cannot (?<verb>[a-z]{1,20}) resource "(?<kind>[a-z][a-z0-9.-]{0,252}(?:/[a-z]{1,63})?)"(?:.*in the namespace "(?<namespace>[a-z0-9-]{1,63})")?`;
const SEND_IT = lines('{nothingSent?}No files were sent.', 'Did you mean {near?}? The command refers to files by their path below {input:working-directory}.', '{kept?}az aks command invoke puts all files into one folder. Here each file keeps its path.', '{sent?}It was sent. The command finds it by its path below {input:working-directory}, unless it changes the folder with cd.', '{written?}The command writes to it. Create its folder first, with mkdir -p.', '{missing?}Add it to {input:files}, and use its path below {input:working-directory} in the command:', '@ files: {unsent?}');
const NO_EGRESS = lines('Pods in a private cluster often cannot reach the internet. Download it on {noun:runner} first and send it with {input:files}, or push the chart to an OCI registry that the cluster reaches:', '$ helm pull CHART --untar', '$ kubectl kustomize URL > rendered.yaml');
const CREATE_NAMESPACE = lines('$ kubectl create namespace {namespace} --dry-run=client --output yaml | kubectl apply --filename -', '$ helm upgrade --install RELEASE CHART --namespace {namespace} --create-namespace');
const LINE_ENDINGS = lines('Its first line may end in a carriage return, as on Windows, or name an interpreter that the pod does not have. To fix the line endings:', "$ echo '*.sh text eol=lf' >> .gitattributes");
/** For a permission in all namespaces. Kubernetes' own roles don't include kinds without a namespace. */
const NEW_ROLE = '$ kubectl create clusterrole {newRole?} --verb={verb} --resource={kind}';
const DOCUMENTED_PROGRAMS = "Of the programs in AKS's image, Microsoft documents only kubectl, helm, jq, xargs, grep, and awk.";
/**
 * Errors that a line of output can show: what the line is recognized by, the sentence, and the lines of the next move.
 * Named groups are values for the templates.
 */
const OUTPUT = {
    'service-account-forbidden': [
        new RegExp(`is forbidden: User "system:serviceaccount:aks-command:[a-z0-9.-]{1,253}" ${DENIED}`),
        "The pod's service account cannot {verb} {kind}.",
        'Each command has a service account of its own. Bind a role to all of them:',
        '$ kubectl create rolebinding aks-run-command --namespace={namespace?} --clusterrole={clusterRole} --group=system:serviceaccounts:aks-command',
        NEW_ROLE,
        '$ kubectl create clusterrolebinding {newRole?} --clusterrole={newRole?} --group=system:serviceaccounts:aks-command',
    ],
    'kubernetes-forbidden': [
        new RegExp(`is forbidden: User "(?!system:serviceaccount:)[^"]*" ${DENIED}`),
        'The identity cannot {verb} {kind} in the cluster.',
        'Grant a role of Azure RBAC for Kubernetes that has this permission: Reader, Writer, or Admin for a namespace, Cluster Admin for kinds without one.',
        '$ az role assignment create --assignee {principal} --role {kubernetesRole} --scope {kubernetesScope}',
        'If the cluster uses Kubernetes RBAC instead, have a cluster admin bind a role. The first command shows the OBJECT_ID:',
        '$ az ad sp show --id {principal} --query id --output tsv',
        '$ kubectl create rolebinding aks-run-command --namespace={namespace?} --clusterrole={clusterRole} --user=OBJECT_ID',
        NEW_ROLE,
        '$ kubectl create clusterrolebinding {newRole?} --clusterrole={newRole?} --user=OBJECT_ID',
    ],
    'rbac-escalation': [
        /attempting to grant RBAC permissions not currently held/,
        'The identity tried to grant permissions that it does not have.',
        'Kubernetes lets no one grant more than they have. Give the identity the role itself, or have a cluster admin bind it.',
    ],
    'kubernetes-unauthorized': [
        /^(?:[Ee]rror: )*You must be logged in to the server \(|^Error from server \(Unauthorized\)|Unauthorized$/,
        'The API server did not accept the credentials of the pod.',
        'The pod has a kubeconfig of its own. Unset KUBECONFIG, and leave out --kubeconfig and --token. A command that runs for hours may outlive its token.',
    ],
    'namespace-quota': [
        /is forbidden: exceeded quota: (?<quota>[a-z0-9.-]{1,253}), requested: /,
        'The resource quota {quota} of the namespace is exceeded.',
        'Request less, or have the quota raised. To see its limits and what is used:',
        '$ kubectl describe resourcequota {quota} --namespace {namespace}',
    ],
    'pod-security': [
        /is forbidden: violates PodSecurity "(?<level>[^"]{1,100})"/,
        'The namespace forbids this pod: PodSecurity {level}.',
        'Set the fields that the error lists, such as runAsNonRoot, or use a namespace with another level.',
    ],
    'webhook-unavailable': [
        /Internal error occurred: failed calling webhook "(?<webhook>[^"]{1,253})"/,
        'The webhook {webhook} did not answer.',
        'Kubernetes asks it before every change, and its pods may be down. To find its service:',
        '$ kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations',
    ],
    'admission-denied': [
        /(?:ValidatingAdmissionPolicy|admission webhook) ['"](?<policy>[^'"]{1,253})['"].*denied (?:the )?request/,
        'The policy {policy} blocked the change.',
        'The error names the rule and what it requires. Change the manifest, or ask the owners of the policy for an exemption.',
    ],
    'namespace-not-found': [
        /namespaces? "(?<namespace>[a-z0-9.-]{1,253})" not found/,
        'The cluster has no namespace {namespace}.',
        'To create it in the command, if it may be missing:',
        CREATE_NAMESPACE,
    ],
    'default-namespace': [
        {
            words: /not found in namespace "aks-command"|in the namespace "aks-command"|not found in aks-command namespace/,
            unlessNamespace: 'always',
        },
        'The command looked in the namespace aks-command, where its own pod runs.',
        'Always pass a namespace, and create it if it may be missing:',
        CREATE_NAMESPACE,
    ],
    'resource-not-found': [
        {
            words: /^(?:error: )?[Ee]rror from server \(NotFound\): (?:error when \w{1,40} "[^"]{1,300}": )?(?<kind>[\w.]{1,100}) "(?<name>[^"]{1,253})" not found/,
            unlessNamespace: 'ever',
        },
        'kubectl found no {kind} {name}.',
        'Without --namespace, kubectl looks in the namespace aks-command. To find it:',
        '$ kubectl get {kind} --all-namespaces',
    ],
    'helm-release-not-found': [
        {
            words: /^Error: (?:uninstall: )?(?:Release not loaded: )?(?:(?<release>[a-z0-9.-]{1,100}): )?release: not found$/,
            unlessNamespace: 'ever',
        },
        'helm found no such release in this namespace.',
        'Without --namespace, helm looks in the namespace aks-command. To find it:',
        '$ helm list --all-namespaces',
    ],
    'no-matches-for-kind': [
        /no matches for kind "(?<kind>[^"]{1,100})" in version "(?<version>[^"]{1,100})"/,
        'The cluster has no kind {kind} in {version}.',
        'Install the CRD first, or correct the apiVersion. To see what the cluster has:',
        '$ kubectl api-resources',
    ],
    'no-name': [
        /^error: resource\(s\) were provided, but no name was specified/,
        'kubectl needs a name.',
        'A variable in the command may be empty. Add its name to {input:env}, or give a name, --selector, or --all.',
    ],
    'immutable-field': [
        /field is immutable|updates to statefulset spec for fields other than|spec is immutable after creation/,
        'A field of the object cannot be changed.',
        'Delete the object and create it again, which interrupts the workload:',
        '$ kubectl replace --force --filename FILE',
    ],
    'apply-conflict': [
        /^error: Apply failed with \d+ conflicts?: conflicts? with "(?<manager>[^"]{1,253})".*?(?:: (?<field>\.\S{1,300}))?$/,
        'The field manager {manager} owns what server-side apply would change.',
        'The field is {field?}',
        'Remove the field from the manifest, or take it over:',
        '$ kubectl apply --server-side --force-conflicts --filename FILE',
    ],
    'annotations-too-long': [
        /metadata\.annotations: Too long/,
        'The object is too large for a client-side kubectl apply.',
        'kubectl keeps a copy in an annotation of at most 256 KiB. Server-side apply needs none:',
        '$ kubectl apply --server-side --filename FILE',
    ],
    'helm-hook': [
        /^Error: .*(?:(?:pre|post)-(?:install|upgrade|rollback|delete) hooks? failed(?:: resource Job\/(?<namespace>[a-z0-9-]{1,63})\/(?<job>[a-z0-9.-]{1,253}) )?|failed (?:pre|post)-(?:install|upgrade|rollback|delete))/,
        'A hook of the helm chart failed.',
        'A hook is usually a Job. To see what it printed:',
        '$ kubectl logs job/{job} --namespace {namespace}',
    ],
    'timed-out-waiting': [
        /^[Ee]rror: (?:timed out waiting for the condition|deployment "[^"]{1,253}" exceeded its progress deadline|.*resource \w{1,100}\/(?<namespace>[a-z0-9-]{0,63})\/\S{1,253} not ready\. status: |[A-Z]{1,20} FAILED: .*(?:context deadline exceeded|would exceed context deadline)$)/,
        'kubectl or helm timed out waiting.',
        'The pods did not become ready, or need more time than --timeout. To see why:',
        '$ kubectl get pods,events --namespace {namespace}',
        '$ kubectl logs POD --namespace {namespace} --all-containers --previous',
        '[workflow] Run this in a later step with if: failure(), because a command ends where it fails.',
    ],
    'image-pull': [
        /^[Ee]rror\b.*(?:ImagePullBackOff|ErrImagePull|image can't be pulled|failing to pull image)/,
        'A pod cannot pull its image.',
        "Check the image's name and tag, and that the cluster can pull from its registry. For an Azure container registry:",
        '$ az aks check-acr --subscription {subscription} -g {group} -n {cluster} --acr REGISTRY.azurecr.io',
        '$ az aks update --subscription {subscription} -g {group} -n {cluster} --attach-acr REGISTRY',
    ],
    'helm-in-progress': [
        /another operation \(install\/upgrade\/rollback\) is in progress|UPGRADE FAILED: release: already exists/,
        'Another helm operation on this release is in progress.',
        '[workflow] Another job is deploying it, or an earlier one was interrupted. To deploy it from one job at a time:',
        '[prompt] Something else is deploying it, or an earlier deployment was interrupted.',
        '[workflow] | concurrency:',
        '[workflow] |   group: deploy',
        'If nothing is deploying it, go back to the last revision that the first command shows as deployed. If there is none, uninstall the release:',
        '$ helm history RELEASE --namespace {namespace}',
        '$ helm rollback RELEASE REVISION --namespace {namespace}',
    ],
    'helm-no-deployed-release': [
        /"(?<release>[^"]{1,100})" has no deployed releases/,
        'The helm release {release} was never deployed successfully.',
        'Remove what the failed installation left, and install again:',
        '$ helm uninstall {release} --namespace {namespace} --ignore-not-found',
        '$ helm upgrade --install {release} CHART --namespace {namespace}',
    ],
    'helm-ownership': [
        /invalid ownership metadata|cannot be imported into the current release/,
        'The object already exists and does not belong to the helm release.',
        'If the release can take it over:',
        '$ helm upgrade --install RELEASE CHART --namespace {namespace} --take-ownership',
    ],
    'helm-dependencies': [
        /helm dependency build|missing in charts\/ directory: |no repository definition for |no cached repo.{0,10} helm-manager-/,
        'The helm chart lacks its dependencies.',
        'Download them on {noun:runner} first:',
        '$ helm dependency build CHART',
        'Then send the chart, with its folder charts/:',
        '@ files: CHART/',
    ],
    'helm-repository': [
        /^Error: (?:[A-Z]{1,20} FAILED: )?(?:repo [\w.-]{1,100} not found|no cached repo)/,
        'helm found no such repository or chart folder.',
        'If the chart is a folder, check its path, and send it with {input:files}. Repositories that were added on {noun:runner} are not in the pod.',
        NO_EGRESS,
    ],
    'registry-unauthorized': [
        /^Error: .*"(?:oci|https?):\/\/[^"]{0,300}\/v2\/.*(?:401|unauthorized|denied|basic credential not found)/,
        'The registry of the chart requires a sign-in.',
        'Sign in first, on {noun:runner} or in the command:',
        '$ helm registry login REGISTRY',
        NO_EGRESS,
    ],
    'helm-path': [
        /^Error: (?:[A-Z]{1,20} FAILED: |failed parsing --set-file data: )?(?:unable to detect chart at \S{1,300}: )?(?:open |path "|non-absolute URLs should be in form of repo_name\/path_to_chart, got: )(?:\/command-files\/)?(?<path>[^\s"]{1,300}?)(?:: no such file or directory|" not found|$)/,
        'helm found no file or chart {path}.',
        SEND_IT,
    ],
    'api-server-unreachable': [
        /[Kk]ubernetes cluster unreachable|^The connection to the server \S{1,300} was refused|^Unable to connect to the server: (?!.*no such host)/,
        'The command did not reach the API server.',
        'The pod has a kubeconfig of its own. Unset KUBECONFIG, and leave out --kubeconfig, --server, and --context. If the cluster is being upgraded, run it again.',
    ],
    'no-context': [
        /(?:no context exists with the name: "|context was not found for specified context: |context ")(?<context>[^"\s]{1,253})(?:"$|$|" does not exist)/,
        'The pod has no kubectl context {context}.',
        'The pod is already connected to the cluster. Leave out --context, kubectl config use-context, and az aks get-credentials.',
    ],
    'no-egress': [
        /(?:dial tcp: lookup |Could not resolve host: |unable to resolve host address ['‘]|wget: bad address ')(?<host>[^\s:'’]{1,253})/,
        'The pod cannot resolve the host {host}.',
        NO_EGRESS,
    ],
    'connection-timeout': [
        /dial tcp [\d.:[\]a-f]{3,50}: i\/o timeout|net\/http: TLS handshake timeout|^curl: \(28\)/,
        'A connection from the pod timed out.',
        'A firewall may drop it.',
        NO_EGRESS,
    ],
    'kubectl-path': [
        /^error: the path "(?<path>[^"]{1,300})" does not exist$/,
        'kubectl could not find {path}.',
        SEND_IT,
    ],
    'kubectl-no-manifests': [
        /^error: error reading \[(?<path>[^\]\s]{1,300})\]: recognized file extensions are/,
        'kubectl found no manifests in {path}.',
        '{nothingSent?}No files were sent.',
        'az aks command invoke puts all files into one folder. Here each file keeps its path, so name the folder, or add --recursive:',
        '$ kubectl apply --filename k8s/ --recursive',
    ],
    'kustomize-path': [
        /evalsymlink failure on '(?:[^']{0,300}\/command-files\/)?(?<path>[^']{1,300})'/,
        'kustomize could not find {path}.',
        '{nothingSent?}No files were sent.',
        'Check the path. An overlay also needs its bases and components, so send the folder that contains all of them:',
        '@ files: k8s/',
    ],
    'no-such-folder': [
        /^(?:.*: )?(?:line )?(?:\d{1,9}: )?(?:cd: )(?:line \d{1,9}: )?(?:can't cd to )?(?<path>[^\s:]{1,300})(?:: No such file or directory)?$/,
        'The shell found no folder {path}.',
        SEND_IT,
    ],
    'git-repository': [
        /^fatal: (?:not a git repository|detected dubious ownership)/,
        'The files in the pod are not a Git repository.',
        'The action sends files without .git. Run git on {noun:runner}, and pass the result on with {input:env}.',
    ],
    'permission-denied': [
        { words: /: (?<path>\S{1,300}): Permission denied$/, exitCode: 126 },
        'The file {path} is not executable.',
        'Run it with bash {path}, or set its executable bit in Git:',
        '$ git update-index --chmod=+x {path}',
    ],
    'access-denied': [
        /: (?:(?:cannot|can't) [a-z ]{1,40} )?['‘]?(?<path>[^\s:'‘’]{1,300})['’]?: (?:Permission denied|Read-only file system)$/,
        'The command has no permission for {path}.',
        'The command does not run as root. Write below the working folder, $HOME, or /tmp.',
    ],
    'line-endings': [
        /: \S{1,300}: cannot execute: required file not found$|: \S{1,300}: bad interpreter|\$'\\r': command not found|pipefail\r?: invalid option name$|illegal option (?:-o )?pipefail\r?$|^env: ['‘]\S{1,100}\\r['’]: No such file/,
        'The script cannot run: its line endings or its interpreter are wrong.',
        LINE_ENDINGS,
    ],
    'no-such-script': [
        /(?:^|: )(?<path>\.{0,2}\/[^\s:]{1,300}): (?:No such file or directory|not found)$/,
        'The shell found no file {path}.',
        SEND_IT,
        'If it is there, the script cannot start.',
        LINE_ENDINGS,
    ],
    'no-such-file': [
        /^(?:(?:awk|base64|cat|chmod|cp|cut|diff|find|grep|head|jq|ls|mv|rm|sed|sort|tail|tar(?: \(child\))?|tee|touch|wc|bash|(?:da|a)?sh(?:: \d{1,9})?): (?:error: )?|(?:.*: )?(?:line )?\d{1,9}: )(?:can't open |can't read |cannot access |cannot open |cannot read:? |cannot stat |Could not open file )?['‘]?(?<path>[^\s:'‘’]{1,300})['’]?: (?:Cannot open: )?No such file(?: or directory)?$/,
        'The command found no file {path}.',
        SEND_IT,
    ],
    'shell-syntax': [
        /: syntax error(?: near unexpected token|: unexpected end of file)|unexpected EOF while looking for matching|Syntax error: (?:Unterminated quoted string|end of file unexpected|"\w{1,20}" unexpected)|: syntax error: unterminated quoted string/,
        'The shell could not read the command: it has a syntax error.',
        'A quote or a block (if, for, {) may not be closed. In YAML, command: | keeps the line breaks, and command: > joins the lines.',
    ],
    'no-azure-cli': [
        /: (?<program>az|kubelogin|azd): (?:command )?not found$/,
        'The pod has no {program}.',
        'The command is already in the cluster and signed in to it: leave out az login, az aks get-credentials, and kubelogin. Run other az commands on {noun:runner}.',
    ],
    'file-command': [
        /(?:^|: )(?:GITHUB_ENV|GITHUB_PATH|GITHUB_STATE): (?:unbound variable|parameter not set)|\$\{?GITHUB_(?:ENV|PATH|STATE)\}?: ambiguous redirect$|cannot create : (?:Directory nonexistent|No such file)|^(?:line )?\d{1,9}: : No such file or directory/,
        'The command wrote to a file, but the variable with its name is not set in the pod.',
        'The pod has no $GITHUB_ENV, $GITHUB_PATH, or $GITHUB_STATE: write NAME=value to $GITHUB_OUTPUT instead. For any other variable, add its name to {input:env}.',
    ],
    'unbound-variable': [
        /(?:^|: )(?<name>[A-Za-z_]\w{0,100}): (?:(?:unbound variable|parameter (?:null or )?not set)$|(?<=(?:^|: )(?:line )?\d{1,9}: [A-Z_][A-Z0-9_]{0,100}: ).*\b(?:empty|missing|needed|required|set|unset)\b)/,
        'The variable {name} is not set in the pod.',
        'Variables of {noun:job} are not passed to the pod unless you list them:',
        '@ env: {name}',
    ],
    'bash-needed': [
        /(?:^|: )(?:\[\[|declare|let|mapfile|popd|pushd|readarray|shopt|source|typeset): not found$|[Ss]yntax error: (?:"\(" unexpected|unexpected "\(")|: 1?\(\(: not found$|Bad substitution$|bad substitution$|Illegal option -o pipefail$/,
        'The command uses bash syntax, and sh ran it.',
        'Use bash:',
        '@ shell: bash',
    ],
    'blank-around-equals': [
        /(?:^|: )(?:line )?\d{1,9}: (?<name>[A-Z_][A-Z0-9_]{0,100}): (?:command )?not found$/,
        'The shell tried to run {name} as a program.',
        'If it is a variable, leave no spaces around the equals sign: NAME=value.',
    ],
    'command-not-found': [
        /(?:(?:^|: )line \d{1,9}|^\d{1,9}|: \d{1,9}|\b(?:ba|da|a)?sh(?:: \d{1,9})?|^(?:xargs|env|tar \((?:grand)?child\))): '?‘?(?<program>[^\s:/'’=[]{1,100})['’]?: (?:(?:command )?not found|Cannot exec: No such file or directory|(?<=^(?:xargs|env): .{1,110})No such file or directory)$/,
        'The pod has no program {program}.',
        `${DOCUMENTED_PROGRAMS} Run the program on {noun:runner}, or send a static Linux build:`,
        '@ files: bin/tool',
        '@ command: ./bin/tool',
    ],
};
const exit = (exitCode, said) => rowsOf('exit')(`exit-code-${exitCode}`, { exitCode }, said);
/** What the output of a failed command says or, if no line says more, its exit code. The first row that fits wins. */
const POD_OUTPUT = [
    ...Object.entries(OUTPUT).map(([section, [known, ...said]]) => rowsOf('output')(section, known instanceof RegExp ? { words: known } : known, said)),
    exit(137, [
        'A process was killed (exit code 137, SIGKILL), probably out of memory.',
        'The pod has 1 GiB of memory, and files in /dev/shm count as memory. Do less at once: fewer charts or manifests, less in parallel, results in files instead of variables.',
    ]),
    exit(126, [
        'A program could not be run (exit code 126).',
        'The program was found, but it is not executable, it is for another system, or its arguments are too long. Send static builds for Linux, for the architecture of the nodes (x64 or arm64).',
    ]),
    exit(127, ['A program was not found (exit code 127).', DOCUMENTED_PROGRAMS]),
    exit(1, [
        'The command exited with code 1 and wrote nothing.',
        'grep exits with 1 if it finds nothing. test and [ exit with 1 if the condition is false. To see which line it was, start the command with set -x.',
        '[workflow] If 1 is a normal answer:',
        '[workflow] @ allowed-exit-codes: "0, 1"',
    ]),
];

;// CONCATENATED MODULE: ./src/report/explanation.ts











const ROWS = [...SUBMISSION, ...NETWORK, ...ENTRA, ...ARM, ...AKS, ...POD_OUTPUT];
const OWN = {
    ...INPUT_FAILURES,
    ...SIGN_IN_FAILURES,
    ...ARM_FAILURES,
    ...POD_FAILURES,
    ...COMMAND_FAILURES,
};
function lookUp(signs) {
    for (const row of ROWS) {
        const groups = fits(row, signs);
        if (groups)
            return { row, groups };
    }
    return undefined;
}
/** All known explanations, in one list. */
const CATALOGUE = [
    ...ROWS,
    ...Object.entries(OWN).map(([section, own]) => ({ section, ...own })),
    ...Object.values({ ...FILE_PROBLEMS, ...STARTED_BY, UNWRITTEN: UNWRITTEN, FLEET_HUB: FLEET_HUB, FILES_TOO_LARGE: FILES_TOO_LARGE }),
];
/** Explains a failure with the row that fits best, or with the text of its code. */
function explain(failure, context) {
    const entry = OWN[failure.code];
    const { signs, values, words, ...text } = { section: failure.code, ...entry, ...entry.read?.(failure, context) };
    const found = signs && lookUp(signs);
    return compose(found?.row ?? text, { ...values, ...said(found?.groups ?? {}) }, context, words);
}
function compose(text, values, context, words = '') {
    const all = { ...contextValues(context), ...values };
    const written = (write) => {
        const part = (template) => fill(template, all, context.words ?? hosts_words/* WORKFLOW */.Ep, write);
        const sentence = part(text.sentence);
        return { title: text.title ? part(text.title) : asTitle(sentence), sentence, move: part(text.move) };
    };
    return {
        ...written(visible/* visible */.RK),
        section: text.section,
        titleSaysAll: text.title === undefined,
        // Without control characters and without a proxy's HTML page.
        words: (0,visible/* visibleLines */.gB)(words.replace(/<(?:!doctype|html)\b[^]*/i, '')).trim(),
        marked: written(marked),
    };
}
/** Turns a sentence into the end of a headline. */
function asTitle(sentence) {
    const first = /^(?:The|An?|No|This|There|What|Nothing|Another|Some|Something|Other|Inputs|Options|Waiting)\b/;
    return sentence.replace(/\.$/, '').replace(first, (word) => word.toLowerCase());
}

;// CONCATENATED MODULE: ./src/report/output-hints.ts







/** Only the end of an output is searched for hints, because a command that runs with `-e` ends where it fails. */
const HINT_CHARACTERS = 256 * 1024;
/** Longer lines are cut, so that no pattern takes long. */
const MAX_LINE = 2048;
const MOST_HINTS = 3;
/**
 * How kubectl, helm, shells, and the programs that they call begin a line that is an error; they never indent it. Other
 * lines get no hint: a wrong hint is worse than none, and listings and logs are full of the same words.
 */
const ERROR_LINE = anyOf(String.raw `(?:[Ee]rror|ERROR|FATAL|fatal|panic)(?: from server| in configuration)?(?: \([\w ]{1,40}\))?: `, String.raw `error when evicting `, String.raw `Unable to connect `, String.raw `The connection to the server `, String.raw `The (?:\w+) "[^"]{0,253}" is invalid:`, String.raw `The request is invalid:`, String.raw `the namespace from the provided object `, String.raw `(?:\S{0,300}/)?[\w.-]{1,100}: (?:[\w.-]{1,40}: )?(?:line )?\d{1,9}: `, String.raw `(?:\S{0,300}/)?command\.sh: `, String.raw `(?:ba|da|a)?sh: `, String.raw `(?:awk|base64|cat|cd|chmod|cp|curl|cut|diff|env|find|git|grep|gzip|head|jq|ls|mkdir|mv|rm|sed|sort|tail|tar(?: \((?:grand)?child\))?|tee|touch|wc|wget|xargs|yq): `);
/** How output ends that is not the command's own: that of tests, or of a program in another container. */
const END_OF_OTHER_WORDS = anyOf(String.raw `FAIL\t\S|FAIL$|ok {2}\t|--- FAIL: `, // go test
String.raw `=+ .{0,200}\b(?:passed|failed|errors?)\b.{0,80} in [\d.]{1,12}s.{0,40} =+$`, // pytest
String.raw `\s{0,20}Tests:? +\d|(?:\[(?:ERROR|INFO)\] +)?Tests run: \d`, // jest, vitest, PHPUnit, JUnit, Maven
String.raw `(?:ℹ|#) fail \d|(?:not )?ok \d`, // node --test, TAP
String.raw `\s{0,2}\d{1,9} (?:failing|fail)$`, // mocha, Bun
String.raw `\d{1,9}%? (?:tests?|examples?)\b.{0,40}\b(?:failed|failures?)\b`, // RSpec, Gradle, Robot, CTest
String.raw `test result: (?:ok|FAILED)\.|FAILED \| \d|(?:Failed|Passed)! +- Failed: `, // cargo, Deno, dotnet test
String.raw `command terminated with exit code \d`);
function anyOf(...parts) {
    return new RegExp(`^(?:${parts.join('|')})`);
}
/** If an object has several problems, kubectl lists them below this line. The first of them says more than the line. */
const LISTS_BELOW = /^The \w+ "[^"]{0,253}" is invalid: ?$/;
/** A stack frame below an error. It shows that the program is neither kubectl nor helm nor a shell. */
const STACK_FRAME = /^\s{1,20}at \S/;
/**
 * Finds the hints that the command's own words, or its exit code, justify. The last kind of error in the output comes
 * first, because a script only continues after errors that it expects.
 */
function readFindings(output, exitCode, context) {
    const { named, namespace } = namespacesIn(context.command ?? '');
    const errors = errorsIn(output);
    const found = new Map();
    for (const [at, { line, isHinted }] of errors.entries()) {
        if (!isHinted)
            continue;
        const hit = lookUp({ service: 'output', text: line, exitCode, namespaces: named });
        if (!hit)
            continue;
        const earlier = found.get(hit.row);
        found.delete(hit.row);
        found.set(hit.row, earlier ?? { ...hit, isFirstError: at === 0 });
    }
    const byExitCode = exitCodeFinding(output, exitCode, found.size > 0);
    if (byExitCode)
        found.set(byExitCode.row, { ...byExitCode, isFirstError: found.size === 0 });
    const last = rootFirst([...found.values()].slice(-MOST_HINTS).reverse(), output);
    const hints = last.map(({ row, groups }) => compose(row, { namespace, ...derived(groups, context), ...said(groups) }, context));
    // If another error ended the command, the script expected the first one.
    const firstError = (last[0]?.isFirstError ?? true) ? errors[0]?.line : undefined;
    return { hints, firstError };
}
function exitCodeFinding(output, exitCode, isKnown) {
    // The exit code of a program that kubectl exec ran says nothing about this pod.
    if (exitCode === undefined || output.trimEnd().endsWith(`command terminated with exit code ${exitCode}`))
        return undefined;
    // A signal ends a command whatever it printed before. Any other exit code says less than an error line.
    const counts = exitCode > 128 || (!isKnown && (exitCode !== 1 || output.trim() === ''));
    return counts ? lookUp({ service: 'exit', exitCode }) : undefined;
}
/** The lines that are errors, and whether they can come from a program that hints know about. */
function errorsIn(output) {
    const lines = output
        .slice(-HINT_CHARACTERS)
        .split(/\r?\n/)
        .map((line) => line.slice(0, MAX_LINE));
    const end = lines.findLastIndex((line) => END_OF_OTHER_WORDS.test(line));
    return lines.flatMap((whole, at) => {
        if (at <= end || !ERROR_LINE.test(whole))
            return [];
        const next = lines[at + 1] ?? '';
        const line = withoutScriptPath(LISTS_BELOW.test(whole) ? whole.trimEnd() + next.replace(/^\*/, '') : whole);
        return [{ line, isHinted: !STACK_FRAME.test(next) }];
    });
}
/** A missing namespace comes before what is missing in it, unless the command has created the namespace since. */
function rootFirst(findings, output) {
    const isMissing = /^(?:resource|helm-release)-not-found$/.test(findings[0]?.row.section ?? '');
    const root = findings.find(({ row }) => row.section === 'namespace-not-found');
    if (!isMissing || root === undefined || output.includes(`namespace/${root.groups['namespace']} created`))
        return findings;
    return [root, ...findings.filter((finding) => finding !== root)];
}
function derived(groups, { cluster, files, command = '' }) {
    const { namespace, verb, path } = groups;
    const isReading = /^(?:get|list|watch)$/.test(verb ?? '');
    const role = namespace === undefined ? 'Cluster Admin' : isReading ? 'Reader' : 'Writer';
    return {
        // A permission for all namespaces is missing, whatever namespace the command names.
        ...(verb !== undefined && { namespace: undefined }),
        kubernetesRole: `Azure Kubernetes Service RBAC ${role}`,
        kubernetesScope: cluster && resourceId(cluster) + (namespace === undefined ? '' : `/namespaces/${namespace}`),
        clusterRole: isReading ? 'view' : 'edit',
        newRole: namespace === undefined ? 'aks-run-command' : undefined,
        ...(path !== undefined && aboutFile(path, files, command)),
    };
}
/** What is known about a path that was not found. An empty value keeps a line of the template. */
function aboutFile(path, files, command) {
    if (command.includes(`>${path}`) || command.includes(`> ${path}`))
        return { written: '' };
    const near = files && (0,nearest/* nearestPath */.KB)(path, files);
    if (files?.includes(path.replace(/^(?:\.\/)+/, '')) === true)
        return { sent: '' };
    if (near !== undefined)
        return { near, ...(near.endsWith(`/${path.replace(/^\.\//, '')}`) && { kept: '' }) };
    return { missing: '', ...said({ unsent: path }), ...(files?.length === 0 && { nothingSent: '' }) };
}
const LAST_LINES = 10;
const MAX_BYTES = 1200;
/** What the command wrote, for people: a shell's messages don't show the path of the action's own file. */
function withoutScriptPath(text) {
    return text.replaceAll(/(?:\/[^\s:'"]{1,200})?\.aks-run-command\/command\.sh: /g, '');
}
/** What to show of the output of a command that failed, below a label of ours. Undefined if it wrote nothing. */
function quoteOf(output, firstError) {
    if (firstError !== undefined)
        return { label: 'The first error in its output:', text: shown(firstError) };
    const lines = shown((0,pod_output/* endOfOutput */.IG)(output, MAX_BYTES)).trimEnd().split('\n').slice(-LAST_LINES).join('\n');
    return lines.trim() === '' ? undefined : { label: 'The last lines of its output:', text: lines };
}
function shown(text) {
    return (0,visible/* visibleLines */.gB)(withoutScriptPath((0,visible/* withoutEscapes */.Lx)(text))).slice(0, MAX_BYTES);
}

// EXTERNAL MODULE: ./src/verdict.ts
var src_verdict = __webpack_require__(3138);
;// CONCATENATED MODULE: ./src/report/report.ts





/** What each state is called, in every message about it. */
const STATES = {
    succeeded: { sign: '✅', known: 'The command ran and succeeded.', headline: 'succeeded' },
    failed: { sign: '❌', known: 'The command ran and failed.', headline: 'failed' },
    'not-started': { sign: '❌', known: 'The command did not run.', headline: 'did not run' },
    running: { sign: '⏳', known: 'The command is still running in the cluster.', headline: 'still running' },
    unknown: { sign: '❓', known: 'The command may or may not have run.', headline: 'may or may not have run' },
    'dry-run': { sign: '📦', known: 'The command did not run.', headline: 'dry run, the command did not run' },
};
/** Explains a verdict in the words of the host. */
function reportOn(verdict, step) {
    const context = contextOf(verdict, step);
    const { failure, output, state, exitCode } = verdict;
    // The errors that a successful command printed are not why the step fails.
    const isTold = state === 'failed' && output && exitCode !== 0;
    const { hints = [], firstError } = isTold ? readFindings(output.text, exitCode, context) : {};
    // If a hint says why, the exit code is not a cause, but only a fact about the command.
    const own = failure && (failure.code !== 'exit-code' || hints.length === 0) ? [explain(failure, context)] : [];
    const unusable = failure?.code === 'collect' ? undefined : (0,src_verdict/* collectFailure */.bv)(verdict.collected);
    return {
        verdict,
        explanations: [...own, ...hints, ...(unusable ? [explain(unusable, context)] : [])],
        firstError,
        cluster: step.target?.cluster,
        command: step.command,
        shipment: step.shipment,
        docs: troubleshooting(step.host),
    };
}
function contextOf({ state, commandId }, { target, command, shipment, host }) {
    const { variable } = host;
    // Expressions in the workflow use these names of the job and the step. The runner makes up a name if there is no id.
    const named = (name) => /^(?!__)[A-Za-z_][\w-]*$/.exec(variable(name) ?? '')?.[0];
    const isDependabot = variable('GITHUB_ACTOR') === 'dependabot[bot]';
    return {
        words: host.words,
        state,
        commandId,
        command,
        cluster: target?.cluster,
        signIn: target?.signIn,
        environment: target?.environment,
        repository: variable('GITHUB_REPOSITORY'),
        ci: variable('GITHUB_ACTIONS') === 'true' ? 'GitHub Actions' : undefined,
        job: named('GITHUB_JOB'),
        step: named('GITHUB_ACTION'),
        startedBy: isDependabot ? 'dependabot' : host.isFromFork?.() ? 'fork' : undefined,
        files: shipment?.files.map(({ path }) => path),
        sent: shipment && { bytes: (0,pack/* base64Length */.wE)(shipment.zipBytes), biggest: (0,pack/* biggestOf */.lj)(shipment.files) },
    };
}
/** The document of the version that runs. The runner says which repository and which ref the action came from. */
function troubleshooting({ variable }) {
    const repository = variable('GITHUB_ACTION_REPOSITORY') ?? '';
    const ref = variable('GITHUB_ACTION_REF') ?? '';
    const server = variable('GITHUB_SERVER_URL') ?? 'https://github.com';
    const isKnown = /^[\w.-]+\/[\w.-]+$/.test(repository) && /^[\w./-]+$/.test(ref) && /^https:\/\/[\w.:-]+$/.test(server);
    return isKnown ? `${server}/${repository}/blob/${ref}/docs/TROUBLESHOOTING.md` : undefined;
}
/** What is known about the command, in one sentence. Empty if the first explanation already says it. */
function known({ verdict, explanations }) {
    const { state, exitCode, failure } = verdict;
    const exited = `The command exited with code ${exitCode}.`;
    const [first] = explanations;
    const isSaid = first?.section === 'exit-code' || first?.sentence.includes(`code ${exitCode}`);
    switch (failure?.code) {
        case 'exit-code':
            return isSaid ? '' : exited;
        case 'timed-out':
        case 'not-waited':
            return '';
        case 'outputs-malformed':
        case 'outputs-too-large':
        case 'outputs-lost':
        case 'output-lost':
        case 'collect':
            return exitCode === 0 ? 'The command itself succeeded.' : exited;
        case 'cancelled':
        case 'start-unclear':
        case 'no-answer-in-time': {
            const { unstarted, mayStartUntil } = failure;
            if (mayStartUntil === undefined)
                return unstarted ? 'Azure has not shown that the command started.' : STATES[state].known;
            const so = state === 'running' ? 'has not started yet' : 'may or may not have run';
            return `The command ${so}, and may still start until ${(0,duration/* clockTime */.qo)(mayStartUntil)}.`;
        }
        default:
            return STATES[state].known;
    }
}
/** The cluster and the cause: `prod-weu: exit code 1`. Foreign text on one line. For Markdown, the marked title is used. */
function headline({ cluster, verdict, explanations }, titleOf = ({ title }) => title) {
    const { state, failure, exitCode = 0 } = verdict;
    const allowed = state === 'succeeded' && exitCode !== 0 ? `, exit code ${exitCode} (allowed)` : '';
    const cause = failure && explanations[0] ? titleOf(explanations[0]) : STATES[state].headline + allowed;
    return `${nameOf(cluster)}: ${cause}`;
}
function nameOf(cluster) {
    return cluster === undefined || cluster.name === '' ? 'AKS Run Command' : cluster.name;
}
function lastLine(report) {
    return headline(report) + (report.verdict.failure?.code === 'timed-out' ? '' : took(report.verdict));
}
/** The last line below a cause in the log: the verdict, and how long it took. Empty if AKS gave no times. */
function verdictLine({ cluster, verdict }) {
    return took(verdict) && `${nameOf(cluster)}: ${STATES[verdict.state].headline}${took(verdict)}`;
}
function took(verdict) {
    const seconds = durationSeconds(verdict);
    return seconds === undefined ? '' : `${verdict.failure ? ', after' : ' in'} ${spokenDuration(seconds)}`;
}
/** `2m 03s`. AKS counts whole seconds, so 0 means less than one. */
function spokenDuration(seconds) {
    return seconds === 0 ? 'less than 1s' : (0,duration/* formatDuration */.a3)(seconds);
}
/** Whole seconds between AKS's two times. Undefined if one is missing. */
function durationSeconds({ startedAt, finishedAt }) {
    const seconds = Math.round((Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? '')) / 1000);
    return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}

;// CONCATENATED MODULE: ./src/report/markdown.ts


/**
 * Puts foreign text into a fenced block. The fence is longer than any run of backticks in the text, with blank lines
 * around it, so that no part is read as Markdown or HTML. Colors and other terminal controls are left out. The language
 * is a literal of ours.
 */
function fenced(text, language = 'text') {
    const plain = (0,visible/* withoutEscapes */.Lx)(text)
        .replaceAll(/\r\n?/g, '\n')
        // Control characters that no browser shows: all except tab and newline.
        // eslint-disable-next-line no-control-regex
        .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '\uFFFD');
    const fence = ticks(plain, 3);
    return `\n${fence}${language}\n${plain}${plain.endsWith('\n') || plain === '' ? '' : '\n'}${fence}\n`;
}
/** A block that opens on a click. The title is a literal of ours. */
function folded(title, markdown) {
    return `\n<details><summary>${title}</summary>\n${markdown}\n</details>\n`;
}
/**
 * A line of prose. Text between `VALUE_MARKS` is foreign and becomes code, in which GitHub reads no Markdown, HTML,
 * link, mention, or math. The rest is ours, so it is enough to escape its special characters.
 */
function prose(text) {
    return (0,visible/* withoutEscapes */.Lx)(text)
        .split(VALUE)
        .map((part, index) => (index % 2 === 1 ? code(part) : part.replaceAll(/[\\`*_[\]<>#|~$]/g, '\\$&')))
        .join('')
        .trim();
}
const VALUE = new RegExp(`${VALUE_MARKS.begin}([^${VALUE_MARKS.begin}${VALUE_MARKS.end}]*)${VALUE_MARKS.end}`);
/** Foreign text on one line, as code; empty if there is none. */
function code(text) {
    const line = text.replaceAll(/\s+/g, ' ');
    if (line.trim() === '')
        return '';
    const pad = /^`|`$|^ .* $/.test(line) ? ' ' : '';
    return ticks(line, 1) + pad + line + pad + ticks(line, 1);
}
/** More backticks than any run of them in the text has. */
function ticks(text, least) {
    let count = least;
    for (const [run] of text.matchAll(/`+/g))
        count = Math.max(count, run.length + 1);
    return '`'.repeat(count);
}
/** Formats text: lines of prose, list items after `- `, and code to paste if indented by two spaces or more. */
function blocks(text) {
    const parts = [];
    let pasted = [];
    const flush = () => {
        const code = pasted.join('\n');
        if (code !== '')
            parts.push(fenced(code, /^(?:- )?[\w-]+:(?:\s|$)/.test(code) ? 'yaml' : 'bash'));
        pasted = [];
    };
    for (const line of text.split('\n')) {
        if (line.startsWith('  ')) {
            pasted.push(line.slice(2));
            continue;
        }
        flush();
        if (line.startsWith('- '))
            parts.push(`- ${prose(line.slice(2))}`);
        else if (line.trim() !== '')
            parts.push(`\n${prose(line)}\n`);
    }
    flush();
    return parts.join('\n');
}

;// CONCATENATED MODULE: ./src/report/summary.ts







/**
 * The runner drops a summary over 1 MiB. These limits, before escaping, keep even the worst of all parts below it, with
 * the command's own 64 KiB: backticks make their fence longer, and a control character becomes three bytes.
 */
const BYTES = { output: 128 * 1024, command: 16 * 1024, list: 16 * 1024, explanation: 8 * 1024, heading: 1024 };
/** A longer output is folded: a failure's below its last lines, a success's because few will read it. */
const SHORT = { failure: 30, success: 10 };
const summary_LAST_LINES = 20;
const FILES = 200;
function summary(report) {
    const { verdict, explanations, docs } = report;
    const [first] = explanations;
    const subject = verdict.failure?.code === 'not-waited' ? 'state' : 'failure';
    const hasMore = verdict.failure && first && docs !== undefined;
    return [
        `\n### ${STATES[verdict.state].sign} ${heading(report)}\n`,
        ...explanations.map((explanation) => explained(explanation, report)),
        facts(report),
        verdict.state === 'dry-run' ? '\nThe permission to run commands was not checked.\n' : '',
        verdict.output ? outputBlock(verdict.output, report) : '',
        collectedBlocks(report),
        sent(report),
        hasMore ? `\n[More about this ${subject}](${docs}#${first.section})\n` : '',
        writtenInThePod(report),
    ]
        .filter((part) => part !== '')
        .join('\n');
}
/** The headline, and the command's first line by whole words, because GitHub masks no part of a secret. */
function heading(report) {
    const title = headline(report, ({ marked }) => marked.title);
    const lines = (report.command ?? '').split('\n').map((line) => line.trim());
    const first = lines.find((line) => /^(?!#|set [-+])./.test(line)) ?? '';
    const clipped = first.length > 60 ? `${/^.{1,59}\s/.exec(first)?.[0] ?? ''}…` : first;
    return prose(startOf(title, BYTES.heading) + (first === '' ? '' : ` · ${marked(clipped)}`));
}
/** If the heading already has the whole sentence as the first explanation's title, it is not repeated. */
function explained(explanation, report) {
    const isFirst = explanation === report.explanations[0];
    const sentence = isFirst && explanation.titleSaysAll ? '' : explanation.marked.sentence;
    const opening = [sentence, isFirst ? known(report) : ''].filter((part) => part !== '').join(' ');
    const words = startOf(explanation.words, BYTES.explanation);
    return [
        opening === '' ? '' : `\n${prose(startOf(opening, BYTES.explanation))}\n`,
        words === '' ? '' : fenced(words),
        blocks(startOf(explanation.marked.move, BYTES.explanation)),
    ].join('');
}
/** One line. These names are checked against their patterns, so a code span holds them. */
function facts({ verdict, cluster, shipment }) {
    const { exitCode, commandId } = verdict;
    const duration = durationSeconds(verdict);
    const parts = [
        exitCode !== undefined && `Exit code ${exitCode}`,
        duration !== undefined && spokenDuration(duration),
        shipment && shipment.files.length > 0 && formatFiles(shipment.files),
        cluster && `\`${cluster.name}\` in \`${cluster.resourceGroup}\``,
        commandId && `command \`${commandId}\``,
    ].filter(Boolean);
    return parts.length === 0 ? '' : `\n${parts.join(' · ')}\n`;
}
function collectedBlocks({ verdict: { collected } }) {
    if (collected === undefined)
        return '';
    const { folder, files } = collected;
    const list = startOf(fileLines(files, COLLECTED_LISTED).join('\n'), BYTES.list);
    const warnings = startOf(collectWarnings(collected, marked).join('\n'), BYTES.explanation);
    return (folder === '' ? '' : `\n**Collected, ${formatFiles(files)}**\n${fenced(list)}`) + blocks(warnings);
}
function outputBlock({ text, truncated }, { verdict, firstError }) {
    if (text.trim() === '' && !truncated)
        return '\nThe command wrote nothing.\n';
    const shown = withoutScriptPath((0,pod_output/* endOfOutput */.IG)(text, BYTES.output));
    const lines = shown.trimEnd().split('\n');
    const lineCount = text.trimEnd().split('\n').length;
    const isCut = lines.length < lineCount;
    const count = `${isCut ? `the last ${formatCount(lines.length)} of ` : ''}${formatCount(lineCount)} ${lineCount === 1 ? 'line' : 'lines'}`;
    const title = `Output, ${count}${truncated ? ', incomplete' : ''}`;
    const failed = verdict.state !== 'succeeded';
    if (lineCount <= (failed ? SHORT.failure : SHORT.success) && !isCut)
        return `\n**${title}**\n${fenced(shown)}`;
    const all = folded(title, fenced(shown));
    if (!failed)
        return all;
    const quote = firstError !== undefined && quoteOf(text, firstError);
    const last = (0,pod_output/* endOfOutput */.IG)(lines.slice(-summary_LAST_LINES).join('\n'), BYTES.explanation);
    return [
        quote ? `\n**${quote.label}**\n${fenced(quote.text)}` : '',
        `\n**The last lines of its output:**\n${fenced(last)}`,
        all,
    ].join('');
}
function sent({ command, shipment }) {
    if (command === undefined)
        return '';
    const files = shipment?.files ?? [];
    const list = startOf(fileLines(files, FILES).join('\n'), BYTES.list);
    return folded(files.length === 0 ? 'Command' : `Command and ${formatFileCount(files.length)}`, fenced((0,pod_output/* endOfOutput */.IG)(command, BYTES.command), 'bash') + (list === '' ? '' : fenced(list)));
}
function writtenInThePod({ verdict: { podSummary, podSummaryCut } }) {
    if (podSummary === '')
        return '';
    const cut = podSummaryCut ? '\n_The command wrote more than 64 KiB here; the rest was cut._\n' : '';
    return `\n#### Written by the command in the cluster\n\n${podSummary}\n\n${cut}`;
}
/** The start of a text whose first lines say the most. A value that is cut in the middle stays marked as foreign. */
function startOf(text, maxBytes) {
    const bytes = Buffer.from(text);
    if (bytes.length <= maxBytes)
        return text;
    const start = `${bytes.subarray(0, maxBytes).toString()}…`;
    const isOpen = start.lastIndexOf(VALUE_MARKS.begin) > start.lastIndexOf(VALUE_MARKS.end);
    return isOpen ? start + VALUE_MARKS.end : start;
}

;// CONCATENATED MODULE: ./src/report/publication.ts












/**
 * Publishes the verdict: masks, step outputs, log, annotation, summary, in this order, so that a secret is masked before
 * it can show, and a summary that cannot be written hides nothing.
 *
 * @param options `success`: whether the verdict is what was asked for. If not, the failure is reported.
 * @returns whether everything arrived: an output that cannot be written fails the step.
 */
async function publish(report, options, host) {
    const { verdict, explanations } = report;
    const { success, wantsSummary } = options;
    maskOutputs(verdict, options.maskOutputs, host);
    const unwritten = setOutputs(report, host);
    if (verdict.output && verdict.output.text !== '')
        await host.showOutput(verdict.output.text);
    for (const warning of warningsOf(report))
        host.log.warn(warning);
    showCollected(verdict, host);
    let last = success || host.words.place === 'workflow' ? lastLine(report) : verdictLine(report);
    if (!success)
        reportFailure(report, host);
    else if (unwritten !== undefined)
        last = reportUnwritten(report, unwritten, host);
    // The command of a step that does not wait keeps running, so there is still a next move.
    if (success && verdict.failure)
        host.log.show(explanations.map(({ move }) => move).join('\n'));
    if (wantsSummary) {
        await host.writeSummary(summary(report), verdict.podSummary).catch((error) => {
            host.log.warn(`The job summary could not be written: ${(0,visible/* visible */.RK)((0,failure/* messageOf */.bD)(error))}`);
        });
    }
    // The last line is what people see first when they scroll to the end of a log.
    host.log.show((0,visible/* visible */.RK)(last));
    return unwritten === undefined;
}
/**
 * Publishes the minimum after publishing everything threw, because of a bug of ours or a failing stdout. Each part is
 * tried separately, because any of them may be what fails. Never throws, and returns false: not everything arrived.
 */
function publishLeast({ state, exitCode, commandId }, error, host) {
    const least = { state, 'exit-code': String(exitCode ?? ''), 'command-id': commandId ?? '' };
    const report = () => {
        host.error('The verdict could not be reported', `${STATES[state].known} ${(0,failure/* messageOf */.bD)(error)}`);
    };
    const outputs = Object.entries(least).map(([name, value]) => host.setOutput.bind(host, name, value));
    for (const attempt of [...outputs, report]) {
        try {
            attempt();
        }
        catch {
            // The others may still work.
        }
    }
    return false;
}
/** The runner ends a line at a carriage return, too. */
const LINE_END = /\r\n|\r|\n/;
/**
 * Masks the values of named step outputs line by line. The runner would mask every line of a whole value, however short,
 * and a brace, or a word like "no", would then be hidden everywhere in the log.
 */
function maskOutputs({ arrived, state }, names, host) {
    const entriesOf = (wanted) => arrived.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());
    const lines = new Set(names.flatMap(entriesOf).flatMap(({ value }) => value.split(LINE_END)));
    for (const line of lines)
        if (line.trim().length >= 3)
            host.mask(line);
    if (state !== 'succeeded')
        return;
    for (const name of names.filter((wanted) => entriesOf(wanted).length === 0)) {
        host.log.warn(`mask-outputs names ${(0,visible/* visible */.RK)(name)}, but the command wrote no step output with that name.`);
    }
}
/** @returns what went wrong if the runner's file cannot be written. */
function setOutputs(report, host) {
    try {
        const own = ownOutputs(report, host);
        for (const entry of report.verdict.stepOutputs)
            setStepOutput(entry, own, host);
        for (const [name, value] of Object.entries(own))
            host.setOutput(name, String(value ?? ''));
        return undefined;
    }
    catch (error) {
        return (0,failure/* messageOf */.bD)(error);
    }
}
/** The outputs of the contract, whose names are reserved. */
function ownOutputs({ verdict, explanations }, host) {
    const { output } = verdict;
    const [first] = explanations;
    return {
        state: verdict.state,
        'exit-code': verdict.exitCode,
        output: (0,pod_output/* endOfOutput */.IG)(output?.text ?? '', pod_output/* OUTPUT_LIMIT */.oJ),
        'output-file': output && keepOutput(output.text, host),
        'output-truncated': String(output?.truncated ?? false),
        collected: verdict.collected?.folder,
        'command-id': verdict.commandId,
        reason: first && [first.sentence, first.words].filter((part) => part !== '').join(' '),
        'started-at': verdict.startedAt,
        'finished-at': verdict.finishedAt,
        duration: durationSeconds(verdict),
    };
}
/**
 * Sets an output of the command, if its name is not reserved and the runner can read it back (FileCommandManager.cs):
 * `NAME<<DELIMITER` ends the name at the first `<<`, so a name that ends in `<` needs `NAME=value`, which is one line.
 */
function setStepOutput({ name, value }, own, host) {
    const refuse = (why) => {
        const named = `The command wrote a step output named ${(0,visible/* visible */.RK)(JSON.stringify(name))}.`;
        host.log.warn(`${named} ${why}, so the output was ignored.`);
    };
    // The runner's table of outputs ignores letter case.
    if (Object.hasOwn(own, name.toLowerCase()))
        refuse('That name is reserved');
    else if (name.endsWith('<') && LINE_END.test(value))
        refuse('The runner cannot read several lines under such a name');
    else
        host.setOutput(name, value);
}
/** A full disk must not hide the verdict. */
function keepOutput(text, host) {
    try {
        return host.keepOutput(text);
    }
    catch (error) {
        host.log.warn(`The output could not be written to a file: ${(0,visible/* visible */.RK)((0,failure/* messageOf */.bD)(error))}`);
        return '';
    }
}
/** What the command did that its exit code does not show. */
function warningsOf({ verdict, command }) {
    const { state, output, podSummaryCut } = verdict;
    const text = output?.text ?? '';
    const obsolete = /^::(set-output|set-env|add-path)[ :]/m.exec(text)?.[1];
    const missing = state === 'succeeded' ? [...missingPrograms(text, command)] : [];
    return [
        output?.truncated === true && whatIsMissing(output),
        obsolete !== undefined &&
            `The command printed ::${obsolete}::, which has no effect. Write NAME=value to $GITHUB_OUTPUT for a step output.`,
        ...missing.map(([program, line]) => `The command succeeded, although it called ${program}, which the pod does not have (line ${line}).`),
        podSummaryCut && 'The command wrote more than 64 KiB to $GITHUB_STEP_SUMMARY. The rest was cut.',
    ].filter((warning) => warning !== false);
}
function whatIsMissing({ text, missingBytes }) {
    // If AKS cut off the end, about as much as AKS keeps has come back. A container that was killed leaves less.
    if (missingBytes === undefined && Buffer.byteLength(text) < 400 * 1024)
        return 'The end of the output may be missing: the pod ended before it could send it.';
    const what = missingBytes === undefined ? 'An unknown part' : `${formatCount(missingBytes)} bytes`;
    return `${what} of the output did not come back: AKS keeps only 512 KiB.`;
}
function showCollected({ collected }, { log }) {
    if (collected === undefined)
        return;
    const { folder, files } = collected;
    const list = [`${formatFiles(files)}, in ${folder}`, ...fileLines(files, COLLECTED_LISTED)].join('\n');
    if (folder !== '')
        log.group((0,ours/* ours */.O) `Collected files`, list);
    for (const warning of collectWarnings(collected))
        log.warn(warning);
}
function reportFailure(report, host) {
    const { title, message, whole } = host.words.place === 'workflow' ? annotation(report) : { ...failureInLog(report), whole: true };
    const parts = report.explanations.flatMap(({ sentence, words, move }) => [sentence, words, move]);
    if (!whole)
        host.log.show(parts.filter((part) => part !== '').join('\n\n'));
    host.error(title, message);
}
/** @returns the headline. */
function reportUnwritten(report, problem, host) {
    const why = compose(UNWRITTEN, {}, { words: host.words });
    const title = `${nameOf(report.cluster)}: ${why.title}`;
    host.error(title, messageOfFailure({ ...report, explanations: [why] }, [known(report), problem]));
    return title;
}
/** The runner keeps 4,096 characters of an annotation. */
const MAX_CHARACTERS = 4000;
/** GitHub shows a title on one line. */
const MAX_TITLE = 160;
/**
 * The error annotation: the cause, what is known about the command, what it printed about it, and the next move. If
 * something does not fit, `whole` is false, and the log needs it, too. Foreign text, escaped by the runner's own rules.
 */
function annotation(report) {
    const sentence = report.explanations[0]?.sentence;
    const message = messageOfFailure(report, [sentence, known(report)], report.verdict.output?.text);
    const title = clipped((0,visible/* visible */.RK)((0,visible/* withoutEscapes */.Lx)(headline(report))), MAX_TITLE);
    return { title, message: clipped(message, MAX_CHARACTERS), whole: message.length <= MAX_CHARACTERS };
}
/** The same for the log, right below the output: the sentence is the headline, and nothing is repeated or cut. */
function failureInLog(report) {
    const title = headline(report, ({ sentence }) => asTitle(sentence));
    return { title: (0,visible/* visible */.RK)((0,visible/* withoutEscapes */.Lx)(title)), message: messageOfFailure(report, [known(report)]) };
}
function clipped(text, most) {
    return text.length <= most ? text : `${text.slice(0, most)}…`;
}
/** What is known, the service's words, a quote of the output, the next move, and the hints. */
function messageOfFailure({ explanations, docs, firstError }, opening, output = '') {
    const [first, ...hints] = explanations;
    const quote = quoteOf(output, firstError);
    const parts = [
        opening.filter(Boolean).join(' '),
        first?.words,
        quote && `${quote.label}\n${quote.text}`,
        first?.move,
        ...hints.map(({ sentence, move }) => [sentence, move].filter(Boolean).join('\n')),
        first && docs !== undefined && `More: ${docs}#${first.section}`,
    ];
    return (0,visible/* visibleLines */.gB)((0,visible/* withoutEscapes */.Lx)(parts.filter(Boolean).join('\n\n')));
}

;// CONCATENATED MODULE: ./src/main.ts













/**
 * One step: inputs → package → submission → ending → verdict → report. Always publishes a state, never rejects.
 *
 * @returns whether the step succeeds, and the exit code at a prompt
 */
async function main(ports) {
    const { host } = ports;
    const reader = new InputReader(host, (message) => {
        host.log.warn(message);
    });
    // First, because the summary also reports what is wrong with the other inputs.
    const wantsSummary = reader.flag('summary', true);
    const { inputs, shipment, verdict } = await takeStep(reader, ports);
    const waits = inputs?.task.wait !== false;
    const success = (0,src_verdict/* succeeds */.kz)(verdict, waits);
    const command = inputs?.task.kind === 'run' ? inputs.task.command : undefined;
    const publishAll = async () => {
        const report = reportOn(verdict, { target: inputs, command, shipment, host });
        return publish(report, { wantsSummary, success, maskOutputs: inputs?.maskOutputs ?? [] }, host);
    };
    const published = await publishAll().catch((error) => publishLeast(verdict, error, host));
    return { success: success && published, exitCode: (0,src_verdict/* exitCodeOf */.FO)(verdict, waits) };
}
async function takeStep(reader, ports) {
    try {
        const inputs = readInputs(reader);
        const { task } = inputs;
        const step = task.kind === 'follow'
            ? main_follow(task, inputs, ports).catch(failed('unknown', task.commandId))
            : run(task, inputs, ports).catch(failed('not-started'));
        return { inputs, ...(await step) };
    }
    catch (error) {
        return failed('not-started')(error);
    }
}
/** The report after an error, which may not be about the command, such as a failed sign-in for an earlier one. */
function failed(state, id) {
    return (error) => ({ verdict: (0,src_verdict/* withoutResult */.Is)(state, (0,failure/* failureOf */.g5)(error), id) });
}
async function main_follow({ commandId }, inputs, ports) {
    const session = openSession(inputs, ports);
    announceWait({ commandId, ...inputs }, ports.host.log);
    return verdictOn(await followCommand(commandId, inputs.timeout, session), inputs, ports);
}
/** Rejects only if nothing was submitted. */
async function run(task, inputs, ports) {
    const { timeout, cluster } = inputs;
    const cargo = { ...task, timeout };
    const secrets = task.env.map(({ value }) => value);
    const session = openSession({ ...inputs, secrets }, ports);
    const prepared = await untilCancelled(prepare(cargo, session, ports), ports.cancelled, ports.clock);
    if (prepared === undefined)
        return { verdict: (0,src_verdict/* withoutResult */.Is)('not-started', { code: 'cancelled' }) };
    const { shipment, needsClusterToken } = prepared;
    announce({ ...cargo, cluster, shipment }, ports.host.log);
    if (task.dryRun)
        return { shipment, verdict: (0,src_verdict/* withoutResult */.Is)('dry-run') };
    const ending = await runCommand({ ...cargo, needsClusterToken, write: shipment.address }, session);
    return { shipment, ...(await verdictOn(ending, inputs, ports).catch(failed('unknown', ending.id))) };
}
/** Packs while signing in. A mistake in the files is reported before one in the permissions. */
async function prepare(cargo, session, ports) {
    const cluster = run_readCluster(session);
    cluster.catch(() => undefined);
    const shipment = await packShipment(cargo, (0,variables/* readFacts */.MH)(ports.host.variable), ports, (message) => {
        ports.host.log.warn((0,visible/* visible */.RK)(message));
    });
    return { shipment, needsClusterToken: (await cluster)?.managedEntra ?? false };
}
function openSession(target, { host, azureFor, clock, cancelled, random }) {
    const tellId = (id) => {
        try {
            host.setOutput('command-id', id);
        }
        catch (error) {
            // The report sets it again. If that fails, the step fails.
            host.log.debug(`The output command-id cannot be written: ${(0,failure/* messageOf */.bD)(error)}`);
        }
    };
    return { azure: azureFor(target), serviceTime: serviceTime(clock), tellId, clock, cancelled, random, log: host.log };
}
/** Writes the collected files to disk before the verdict, because it is a failure if they cannot be kept. */
async function verdictOn(ending, inputs, { collector }) {
    const { task, allowedExitCodes, ifNoFilesCollected } = inputs;
    const ownCommand = task.kind === 'run';
    const asked = ownCommand && task.collect.length > 0;
    const collected = ending.kind === 'ended' ? await keepCollected(ending.report, { asked, ifNoFilesCollected }, collector) : undefined;
    return { verdict: (0,src_verdict/* judge */.S4)(ending, { allowedExitCodes, ownCommand, collected }) };
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
/** Writes whole seconds for people: `0s`, `45s`, `2m 03s`, `2h 05m`. Without spaces, `timeout` accepts them. */
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
/** Whole seconds since the epoch as a time of day: `12:01:30 UTC`. */
function clockTime(seconds) {
    return `${new Date(seconds * 1000).toISOString().slice(11, 19)} UTC`;
}
/** No duration needs more than nine digits of a unit. */
const PATTERN = /^(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?$/;
/** Reads `90s`, `15m`, or `1h30m` as whole seconds. A number needs its unit, because `10` looks like minutes. */
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
