export const id = 181;
export const ids = [181];
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

/***/ 1399:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ describeNotice),
/* harmony export */   l: () => (/* binding */ noticesOf)
/* harmony export */ });
const MAX_FIRST_LINE = 256;
/** What is worth a warning about the files to be sent. */
function noticesOf(files, idle) {
    return [
        ...idle.map(({ line }) => ({ kind: 'idle-exclusion', pattern: line })),
        ...files
            .filter(({ content }) => isScriptWithCrLf(content))
            .map(({ path }) => ({ kind: 'script-with-crlf', path })),
    ];
}
/** The warning. */
function describeNotice(notice) {
    switch (notice.kind) {
        case 'idle-exclusion':
            return `The exclusion ${notice.pattern} matches none of the files to send. An exclusion applies to the patterns above it.`;
        case 'script-with-crlf':
            return `The script ${notice.path} has Windows line endings (CRLF), so the pod can't run it. Add "*.sh text eol=lf" to .gitattributes.`;
    }
}
function isScriptWithCrLf(content) {
    const start = content.subarray(0, MAX_FIRST_LINE).toString('latin1');
    return start.startsWith('#!') && /^[^\n]*\r\n/.test(start);
}


/***/ }),

/***/ 1240:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  lj: () => (/* binding */ biggestOf),
  qq: () => (/* binding */ pack)
});

// UNUSED EXPORTS: MAX_BODY_BYTES

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./node_modules/adm-zip/adm-zip.js
var adm_zip = __webpack_require__(1316);
var adm_zip_default = /*#__PURE__*/__webpack_require__.n(adm_zip);
;// CONCATENATED MODULE: ./src/files/archive.ts



/** The format's methods. */
const STORED = 0;
const DEFLATED = 8;
const REGULAR_FILE = 0o100000;
/** "Version made by": Unix, so that modes are read, and 2.0 of the format, on every runner. */
const MADE_BY_UNIX = 0x0314;
/** The format's first day: a stamp of "now" would make every zip differ. */
const STAMP = new Date(1980, 0, 1);
const NOTHING = Buffer.alloc(0);
/** Deflates files into a zip. The same files give the same bytes, in whatever order they come. */
async function zip(files) {
    const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
    const deflated = await deflateAll(sorted);
    const archive = new (adm_zip_default())(undefined, { noSort: true });
    for (const [index, file] of sorted.entries()) {
        const { path, mode, content } = file;
        const data = deflated.get(file) ?? content;
        const entry = archive.addFile(String(index), NOTHING);
        // Not through `addFile`, which takes a backslash in a name for a separator: `a\b` would overwrite `a/b`.
        entry.entryName = path;
        entry.header.method = data === content ? STORED : DEFLATED;
        entry.header.time = STAMP;
        entry.header.made = MADE_BY_UNIX;
        entry.attr = ((REGULAR_FILE | mode) << 16) >>> 0;
        entry.header.crc = (0,external_node_zlib_.crc32)(content);
        entry.header.size = content.length;
        entry.header.compressedSize = data.length;
        // In place of its own, which deflates one file after the other, while nothing else happens.
        entry.getCompressedData = () => data;
    }
    return archive.toBuffer();
}
/**
 * The archive with other content in one of its files; the others keep their bytes, compressed ones included.
 *
 * @throws RangeError where the archive has no such file
 */
function withContent(archive, { path, content, stored }) {
    const copy = new (adm_zip_default())(archive, { noSort: true });
    const entry = copy.getEntry(path);
    if (entry === null)
        throw new RangeError(`The archive has no file ${path}`);
    entry.setData(content);
    if (stored)
        entry.header.method = STORED;
    return copy.toBuffer();
}
/** From this size on a file is deflated beside the main thread. A smaller one is deflated sooner than handed over. */
const LARGE_BYTES = 64 * 1024;
/** So many at once: as many threads as Node has for that. */
const LARGE_AT_ONCE = 4;
/** After so many bytes of small files whatever else is due has its turn: the requests of the sign-in. */
const SLICE_BYTES = 512 * 1024;
async function deflateAll(files) {
    const deflated = new Map();
    const toDeflate = files.filter(({ content, stored }) => content.length > 0 && !stored);
    const isLarge = ({ content }) => content.length >= LARGE_BYTES;
    const large = toDeflate.filter(isLarge).values();
    const deflateLarge = async () => {
        for (const file of large)
            deflated.set(file, await inPool(file.content, optionsFor(file.content)));
    };
    const deflateSmall = async () => {
        let slice = 0;
        for (const file of toDeflate) {
            if (isLarge(file))
                continue;
            deflated.set(file, Buffer.from((0,external_node_zlib_.deflateRawSync)(file.content, optionsFor(file.content))));
            slice += file.content.length;
            if (slice < SLICE_BYTES)
                continue;
            slice = 0;
            await new Promise(setImmediate);
        }
    };
    await Promise.all([...Array.from({ length: LARGE_AT_ONCE }, deflateLarge), deflateSmall()]);
    return deflated;
}
const inPool = (0,external_node_util_.promisify)(external_node_zlib_.deflateRaw);
const SMALL_WINDOW = 14;
/** A window no larger than the content, and one piece of output. */
function optionsFor({ length }) {
    return {
        chunkSize: 1024 * (1 + Math.floor(length / 1024)),
        ...(length <= 2 ** SMALL_WINDOW && { windowBits: SMALL_WINDOW, memLevel: 6 }),
    };
}

// EXTERNAL MODULE: ./src/failure.ts
var failure = __webpack_require__(1633);
;// CONCATENATED MODULE: ./src/files/shipment.ts


/** "The request content size exceeds the maximum size of 4 MB." */
const MAX_BODY_BYTES = 4 * 1024 * 1024;
/** Room for what is not known yet while packing: the command line with the run's facts, and the cluster token. */
const ROOM_FOR_THE_REST = 32 * 1024;
const BIGGEST = 10;
/**
 * Packs the user's files with the action's own.
 *
 * @throws StepError `too-large` where the request would be over ARM's limit.
 */
async function pack(userFiles, actionFiles) {
    const archive = await zip([...userFiles, ...actionFiles]);
    const files = userFiles.map(({ path, content }) => ({ path, bytes: content.length }));
    const bytes = base64Length(archive.length) + ROOM_FOR_THE_REST;
    if (bytes > MAX_BODY_BYTES) {
        throw new failure/* StepError */.zg({ code: 'too-large', packed: true, bytes, limit: MAX_BODY_BYTES, biggest: biggestOf(files) });
    }
    return {
        files,
        zipBytes: archive.length,
        contextWith: (drawn) => withContent(archive, drawn).toString('base64'),
    };
}
/** The files to look at first where there are too many bytes. */
function biggestOf(files) {
    return files.toSorted((a, b) => b.bytes - a.bytes).slice(0, BIGGEST);
}
function base64Length(bytes) {
    return Math.ceil(bytes / 3) * 4;
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


/***/ }),

/***/ 6181:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

;// CONCATENATED MODULE: ./src/lifecycle/cancellation.ts
/**
 * Awaits a promise, but not for longer than `graceMs` after a cancel.
 *
 * @returns undefined where the cancel came first; the promise is then left to itself, its rejection included: what
 * was given up for the cancel is no failure of its own.
 */
async function untilCancelled(promise, cancelled, clock, graceMs = 0) {
    const abandoned = new Promise((resolve) => {
        const giveUp = () => {
            void clock.sleep(graceMs).then(() => {
                resolve(undefined);
            });
        };
        if (cancelled.aborted)
            giveUp();
        else
            cancelled.addEventListener('abort', giveUp, { once: true });
        const forget = () => {
            cancelled.removeEventListener('abort', giveUp);
        };
        promise.then(forget, forget);
    });
    const awaited = promise.catch((error) => {
        if (!cancelled.aborted)
            throw error;
        return undefined;
    });
    return Promise.race([awaited, abandoned]);
}

// EXTERNAL MODULE: ./src/failure.ts
var failure = __webpack_require__(1633);
// EXTERNAL MODULE: ./src/files/notice.ts
var files_notice = __webpack_require__(1399);
;// CONCATENATED MODULE: ./src/files/gather.ts


/**
 * The files that the patterns take.
 *
 * @param warn told of each pattern that took nothing, where that is to be warned about, and of what else is worth it.
 * @throws StepError `files`, where a pattern took nothing and that is an error, and as {@link Workspace} says.
 */
async function gather(request, workspace, warn) {
    const { files, unmatched, notices } = await workspace.select(request);
    if (unmatched.length > 0 && request.ifNoFilesFound === 'error') {
        throw new failure/* StepError */.zg({ code: 'files', problem: { kind: 'no-match', patterns: unmatched } });
    }
    if (request.ifNoFilesFound === 'warn') {
        for (const pattern of unmatched)
            warn(`No files were found for the pattern ${pattern}`);
    }
    for (const notice of notices)
        warn((0,files_notice/* describeNotice */.S)(notice));
    return files;
}

;// CONCATENATED MODULE: ./src/inputs/duration.ts
const UNITS = { h: 3600, m: 60, s: 1 };
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
    return Number(hours) * UNITS.h + Number(minutes) * UNITS.m + Number(seconds) * UNITS.s;
}

;// CONCATENATED MODULE: ./src/inputs/reader.ts

/** A reader of these inputs. */
function inputReader({ input: read, words }) {
    const problems = [];
    const text = (name) => read(name).trim();
    const problem = (name, sentence) => {
        problems.push(`${words.input(name)}: ${sentence}`);
    };
    const invalid = (name, given, allowed) => {
        problem(name, `${JSON.stringify(given)} is invalid. Use ${allowed}.`);
    };
    return {
        problems,
        problem,
        invalid,
        called: words.input,
        untrimmed: read,
        text,
        matching(name, pattern, allowed) {
            const given = text(name);
            if (given !== '' && !pattern.test(given))
                invalid(name, given, allowed);
            return given;
        },
        choice(name, allowed, fallback) {
            const given = text(name);
            const match = allowed.find((candidate) => candidate === given);
            if (match === undefined && given !== '')
                invalid(name, given, anyOf(allowed));
            return match ?? fallback;
        },
        flag(name, fallback) {
            const given = text(name);
            const value = parseBoolean(given);
            if (value === undefined && given !== '')
                invalid(name, given, 'true or false');
            return value ?? fallback;
        },
        duration(name, fallback, most) {
            const given = text(name) || fallback;
            const seconds = parseDuration(given) ?? 0;
            if (seconds >= 1 && seconds <= most)
                return seconds;
            invalid(name, given, `a duration such as 90s, 15m or 1h30m, from 1s to ${most / 3600}h`);
            return 1;
        },
        count(name, fallback, most) {
            const given = text(name) || String(fallback);
            if (/^\d{1,4}$/.test(given) && Number(given) <= most)
                return Number(given);
            invalid(name, given, `a whole number from 0 to ${most}`);
            return fallback;
        },
        list: (name) => itemsOf(read(name), /[\n,]/),
        lines: (name) => itemsOf(read(name), '\n').filter((line) => !line.startsWith('#')),
    };
}
/** Reads a boolean of YAML 1.2, as `@actions/core` does; undefined for anything else. */
function parseBoolean(text) {
    if (['true', 'True', 'TRUE'].includes(text))
        return true;
    if (['false', 'False', 'FALSE'].includes(text))
        return false;
    return undefined;
}
function itemsOf(text, separator) {
    return text
        .split(separator)
        .map((item) => item.trim())
        .filter((item) => item !== '');
}
function anyOf(allowed) {
    const named = allowed.filter((text) => text !== '');
    return `${named.slice(0, -1).join(', ')} or ${named.at(-1) ?? ''}`;
}

// EXTERNAL MODULE: ./src/azure/cloud.ts
var cloud = __webpack_require__(6370);
// EXTERNAL MODULE: ./src/azure/json.ts
var json = __webpack_require__(5721);
;// CONCATENATED MODULE: ./src/azure/managed-cluster.ts

/** A GUID as Entra and ARM write them. */
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** ARM's rule for managed clusters: 1 to 63 letters, digits, `-`, `_`, alphanumeric at both ends. */
const CLUSTER_NAME = /^[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?$/i;
/** ARM's rule for resource groups: 1 to 90 letters, digits, `-`, `_`, `.`, `(`, `)`, not ending in a period. */
const RESOURCE_GROUP = /^[\p{L}\p{Nd}_.()-]{0,89}[\p{L}\p{Nd}_()-]$/u;
const RESOURCE_ID = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.ContainerService\/managedClusters\/([^/]+)\/?$/i;
/** Reads a managed cluster's full ARM resource ID in any letter case; undefined where the text is not one. */
function parseResourceId(text) {
    const [, subscriptionId = '', resourceGroup = '', name = ''] = RESOURCE_ID.exec(text) ?? [];
    const valid = GUID.test(subscriptionId) && RESOURCE_GROUP.test(resourceGroup) && CLUSTER_NAME.test(name);
    return valid ? { subscriptionId, resourceGroup, name } : undefined;
}
/** The full ARM resource ID. */
function resourceId({ subscriptionId, resourceGroup, name }) {
    return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${name}`;
}
/** Reads the body of `GET managedClusters/NAME`; what it does not say is false. */
function readClusterFacts(body) {
    const properties = (0,json/* field */.ZZ)((0,json/* parseJson */.qF)(body), 'properties');
    return {
        managedEntra: (0,json/* field */.ZZ)((0,json/* field */.ZZ)(properties, 'aadProfile'), 'managed') === true,
        stopped: (0,json/* field */.ZZ)((0,json/* field */.ZZ)(properties, 'powerState'), 'code') === 'Stopped',
        runCommandDisabled: (0,json/* field */.ZZ)((0,json/* field */.ZZ)(properties, 'apiServerAccessProfile'), 'disableRunCommand') === true,
    };
}

;// CONCATENATED MODULE: ./src/inputs/target.ts


/**
 * Reads which cluster is meant, in which cloud, and who asks.
 *
 * @returns undefined where the cloud is unknown, which is then among the reader's problems.
 */
function readTarget(reader) {
    const cluster = readCluster(reader);
    const environment = readEnvironment(reader);
    const signIn = readSignIn(reader, environment);
    return environment && { cluster, environment, signIn };
}
function readCluster(reader) {
    const text = reader.text('cluster');
    const isName = text !== '' && !text.includes('/');
    const own = parseResourceId(text);
    if (text === '') {
        reader.problem('cluster', "is required: the cluster's name or its full ARM resource ID");
    }
    else if (isName && !CLUSTER_NAME.test(text)) {
        reader.invalid('cluster', text, '1 to 63 letters, digits, hyphens and underscores, with a letter or digit at both ends');
    }
    else if (!isName && !own) {
        const form = resourceId({ subscriptionId: 'GUID', resourceGroup: 'GROUP', name: 'NAME' });
        reader.invalid('cluster', text, `the cluster's name, or its full ARM resource ID: ${form}`);
    }
    const group = "a resource group's name: letters, digits and - _ . ( )";
    const resourceGroup = readPart(reader, 'resource-group', RESOURCE_GROUP, group, isName, own?.resourceGroup);
    const subscription = "a subscription's GUID";
    const subscriptionId = readPart(reader, 'subscription-id', GUID, subscription, isName, own?.subscriptionId);
    return own ?? { subscriptionId, resourceGroup, name: text };
}
/** A part of the resource ID that has an input of its own: required with a name, and never against the ID. */
function readPart(reader, name, pattern, allowed, required, ofId) {
    const given = reader.matching(name, pattern, allowed);
    if (given === '') {
        if (required)
            reader.problem(name, `is required with a cluster name. Or set ${reader.called('cluster')} to the full ARM resource ID instead.`);
    }
    else if (pattern.test(given) && ofId !== undefined && ofId.toLowerCase() !== given.toLowerCase()) {
        const [one, other] = [given, ofId].map((text) => JSON.stringify(text));
        reader.problem(name, `${one} contradicts the resource ID in ${reader.called('cluster')}, which has ${other}. Leave it out.`);
    }
    return given;
}
function readEnvironment(reader) {
    const given = reader.text('environment') || 'azurecloud';
    const environment = (0,cloud/* parseEnvironment */.Nq)(given);
    if (!environment) {
        reader.invalid('environment', given, `${cloud/* CLOUD_NAMES */.vD.join(', ')}, or the https:// URL of an ARM endpoint`);
    }
    return environment;
}
function readSignIn(reader, environment) {
    const clientId = reader.matching('client-id', GUID, 'the GUID of an Entra application or user-assigned identity');
    const tenantId = reader.matching('tenant-id', GUID, "the GUID of the identity's Entra tenant");
    const audience = reader.text('audience');
    if (clientId !== '' && tenantId === '')
        reader.problem('tenant-id', `is required with ${reader.called('client-id')}`);
    if (tenantId !== '' && clientId === '')
        reader.problem('client-id', `is required with ${reader.called('tenant-id')}`);
    if (clientId === '')
        return { kind: 'ambient' };
    return { kind: 'oidc', clientId, tenantId, audience: audience || (environment ? (0,cloud/* defaultAudience */.Yl)(environment) : '') };
}

;// CONCATENATED MODULE: ./src/azure/command-id.ts
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
    const id = /\/commandResults\/([^/?#]+)/i.exec(location ?? '')?.[1];
    return id === undefined ? undefined : parseCommandId(id.toLowerCase());
}
/** The command id in AKS's "container command-<id> in aks-command namespace did not start". */
function commandIdOfMessage(message) {
    const id = /\bcommand-([0-9a-f]{32})\b/.exec(message)?.[1];
    return id === undefined ? undefined : parseCommandId(id);
}

// EXTERNAL MODULE: ./node_modules/minimatch/dist/esm/index.js + 7 modules
var esm = __webpack_require__(3581);
;// CONCATENATED MODULE: ./src/inputs/collect.ts

/** Patterns after brace expansion, of all lines together: the pod may bring back 2,000 files. */
const MAX_PATTERNS = 2_000;
/**
 * Reads the input `collect`: shell patterns relative to the pod's working folder, for a POSIX shell to match. Braces
 * are expanded here, since `sh` does not expand them; `.`, repeated and trailing slashes are taken out.
 *
 * @returns each pattern once, in the order of the lines.
 */
function readCollect(reader) {
    const patterns = new Set();
    for (const line of reader.lines('collect')) {
        const expanded = (0,esm/* braceExpand */.KA)(line, { braceExpandMax: MAX_PATTERNS + 1 });
        const problem = expanded.map(problemWith).find((found) => found !== undefined);
        if (problem === undefined)
            for (const pattern of expanded)
                patterns.add(normalized(pattern));
        else
            reader.invalid('collect', line, problem);
    }
    if (patterns.size > MAX_PATTERNS) {
        const limit = MAX_PATTERNS.toLocaleString('en');
        reader.problem('collect', `has more than ${limit} patterns after brace expansion. Use * or name the folder.`);
    }
    return [...patterns];
}
/** What is allowed instead, as the end of a sentence that begins with "Use"; undefined for a pattern that is valid. */
function problemWith(pattern) {
    if (pattern.startsWith('!'))
        return 'patterns of what to bring back; exclusions are not supported';
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

// EXTERNAL MODULE: ./src/pod/file-command.ts
var file_command = __webpack_require__(5893);
;// CONCATENATED MODULE: ./src/pod/variables.ts
/**
 * The variables of the workflow run that the command gets, values as the runner has them. `CI`, `GITHUB_ACTIONS`,
 * `GITHUB_WORKSPACE`, `GITHUB_OUTPUT`, `GITHUB_STEP_SUMMARY` and `HOME` are the pod's own: the script sets them.
 */
const FACT_NAMES = [
    'GITHUB_REPOSITORY',
    'GITHUB_REF',
    'GITHUB_REF_NAME',
    'GITHUB_SHA',
    'GITHUB_RUN_ID',
    'GITHUB_RUN_NUMBER',
    'GITHUB_RUN_ATTEMPT',
    'GITHUB_ACTOR',
    'GITHUB_WORKFLOW',
    'GITHUB_JOB',
    'GITHUB_EVENT_NAME',
    'GITHUB_SERVER_URL',
];
/** The variables that the command gets as the caller has them; empty where the caller has none, as at a prompt. */
const CALLER_NAMES = ['CI', 'GITHUB_ACTIONS'];
/** The names that the script itself gives to the command. */
const POD_NAMES = [
    'HOME',
    'CI',
    'GITHUB_ACTIONS',
    'GITHUB_WORKSPACE',
    'GITHUB_OUTPUT',
    'GITHUB_STEP_SUMMARY',
];

;// CONCATENATED MODULE: ./src/inputs/environment-variables.ts


/**
 * Linux's `MAX_ARG_STRLEN` (32 pages, include/uapi/linux/binfmts.h): `NAME=value` and its NUL in bytes of UTF-8. A longer one
 * lets every exec fail with E2BIG.
 */
const MAX_VARIABLE_BYTES = 131_072;
/**
 * All variables together, in bytes. Linux gives arguments and environment a quarter of the stack's limit, which is 2 MiB of
 * the usual 8; the rest is for the pod's own variables and for the arguments of what the command starts.
 */
const MAX_ENVIRONMENT_BYTES = 1_572_864;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const SURELY_A_NAME = /^[A-Z0-9_]+$/;
/**
 * Names that bash (5.2, under that name or as `sh`), dash or busybox sh (1.37) sets itself, empties or refuses, found by trying
 * every name in their binaries: a value would not arrive as given.
 */
const SHELLS_OWN = new Set(`_ BASH BASHOPTS BASHPID COMP_WORDBREAKS DIRSTACK EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME GROUPS HISTCMD IFS LINENO OLDPWD
  OPTARG OPTERR OPTIND PIPESTATUS POSIXLY_CORRECT PPID PS1 PS2 PS4 PWD RANDOM SECONDS SHELLOPTS SHLVL SRANDOM UID`.split(/\s+/));
/** `BASH_VERSION`, `BASH_COMMAND`, `BASH_ARGV0`, …: all but the one that a user may mean to set. */
const BASHS_OWN = /^BASH_(?!ENV$)/;
const PODS_OWN = new Set([...FACT_NAMES, ...POD_NAMES]);
/**
 * Reads the input `env`: the grammar of `$GITHUB_ENV`, and `NAME` alone for a variable of the runner's. Of equal names the
 * last wins, as in `$GITHUB_ENV`.
 *
 * @param input untrimmed
 * @param lookup the runner's own variables
 */
function readEnvironmentVariables(input, lookup) {
    const { entries, bare, malformed } = (0,file_command/* readFileCommand */.y8)(input);
    const given = [
        ...entries.map((entry) => ({ ...entry, isBare: false })),
        ...bare.map(({ text, line }) => ({ name: text, value: lookup(text), line, isBare: true })),
    ].sort((a, b) => a.line - b.line);
    const variables = new Map();
    const problems = [...malformed];
    for (const { name, value, line, isBare } of given) {
        if (!NAME.test(name)) {
            problems.push({ line, problem: problemWithName(name) });
            continue;
        }
        const problem = environment_variables_problemWith(name, value);
        if (problem !== undefined) {
            // A line of a key may look like a name.
            const mayShow = !isBare || SURELY_A_NAME.test(name);
            problems.push({ line, ...(mayShow && { name }), problem });
        }
        else if (value !== undefined) {
            variables.set(name, value);
        }
    }
    const last = given.at(-1);
    const total = [...variables].reduce((sum, [name, value]) => sum + bytesOf(name, value), 0);
    if (last !== undefined && total > MAX_ENVIRONMENT_BYTES) {
        const limit = `${MAX_ENVIRONMENT_BYTES / 1024} KiB`;
        problems.push({ line: last.line, problem: `is the last of variables that together take more than ${limit}` });
    }
    return {
        variables: [...variables].map(([name, value]) => ({ name, value })),
        problems: problems.sort((a, b) => a.line - b.line),
    };
}
function problemWithName(name) {
    return name.endsWith('\r')
        ? 'ends in a carriage return (CR LF line ends?)'
        : 'needs a name of letters, digits and underscores that does not begin with a digit';
}
function environment_variables_problemWith(name, value) {
    if (SHELLS_OWN.has(name) || BASHS_OWN.test(name)) {
        return 'is reserved by the shell';
    }
    if (PODS_OWN.has(name)) {
        return 'is set in the pod by the action';
    }
    if (value === undefined) {
        return 'has no value, and the runner has no variable of that name';
    }
    if (value.includes('\0')) {
        return 'holds a NUL character, which no environment can';
    }
    if (bytesOf(name, value) > MAX_VARIABLE_BYTES) {
        return `is too long: name and value together must stay below ${MAX_VARIABLE_BYTES / 1024} KiB`;
    }
    return undefined;
}
/** As the kernel counts. */
function bytesOf(name, value) {
    return Buffer.byteLength(name) + 1 + Buffer.byteLength(value) + 1;
}

;// CONCATENATED MODULE: ./src/inputs/task.ts



const MAX_START_TIMEOUT_SECONDS = 3600;
const MAX_START_RETRIES = 10;
/**
 * Reads what is to be done: a command to run, or an earlier one to wait for.
 *
 * @param lookUp the runner's own environment variables, for `env` lines that are a `NAME` alone.
 */
function readTask(reader, lookUp) {
    const run = {
        kind: 'run',
        command: withoutCrLf(reader.untrimmed('command')),
        shell: reader.choice('shell', ['', 'bash', 'sh'], ''),
        files: readFilesRequest(reader),
        env: readEnv(reader, lookUp),
        collect: readCollect(reader),
        startTimeout: reader.duration('start-timeout', '90s', MAX_START_TIMEOUT_SECONDS),
        startRetries: reader.count('start-retries', 2, MAX_START_RETRIES),
        wait: reader.flag('wait', true),
        dryRun: reader.flag('dry-run', false),
    };
    const given = reader.text('command-id');
    if (given === '') {
        if (run.command.trim() === '') {
            reader.problem('command', `is required, unless ${reader.called('command-id')} names an earlier command to wait for`);
        }
        return run;
    }
    const commandId = parseCommandId(given);
    if (commandId === undefined)
        reader.invalid('command-id', given, '32 lowercase hex digits');
    refuseWithCommandId(reader, run);
    return commandId === undefined ? run : { kind: 'follow', commandId };
}
/** Where every line of a command ends in CR LF, a shell would take the CR for a part of its words. */
function withoutCrLf(command) {
    return /(?<!\r)\n/.test(command) ? command : command.replaceAll('\r\n', '\n');
}
function readFilesRequest(reader) {
    return {
        patterns: reader.lines('files'),
        workingDirectory: reader.text('working-directory'),
        ifNoFilesFound: reader.choice('if-no-files-found', ['error', 'warn', 'ignore'], 'error'),
        includeHidden: reader.flag('include-hidden-files', false),
    };
}
function readEnv(reader, lookUp) {
    const { variables, problems } = readEnvironmentVariables(reader.untrimmed('env'), lookUp);
    for (const { line, name, problem } of problems) {
        reader.problem('env', `line ${line}${name === undefined ? '' : ` (${name})`} ${problem}`);
    }
    return variables;
}
/** What makes a new command has no meaning for an earlier one. */
function refuseWithCommandId(reader, run) {
    const excluded = {
        command: run.command.trim() !== '',
        files: run.files.patterns.length > 0,
        env: reader.text('env') !== '',
    };
    const commandId = reader.called('command-id');
    for (const [name, isGiven] of Object.entries(excluded)) {
        if (isGiven)
            reader.problem(name, `cannot be used with ${commandId}, which waits for an earlier command`);
    }
    if (run.collect.length > 0) {
        reader.problem('collect', `cannot be used with ${commandId}: what the earlier command was to collect comes back anyway`);
    }
    if (!run.wait)
        reader.problem('wait', `cannot be false with ${commandId}, which waits for an earlier command`);
    if (run.dryRun)
        reader.problem('dry-run', `cannot be true with ${commandId}, which runs nothing`);
}

;// CONCATENATED MODULE: ./src/inputs/inputs.ts




const MAX_TIMEOUT_SECONDS = 120 * 3600;
const OUTPUT_NAME = /^[A-Za-z_][\w-]*$/;
/**
 * Reads and validates every input.
 *
 * @throws StepError `invalid-inputs` with one problem for each bad input, all of them.
 */
function readInputs(asked) {
    const reader = inputReader(asked);
    const target = readTarget(reader);
    const rest = {
        task: readTask(reader, asked.variable),
        timeout: reader.duration('timeout', '30m', MAX_TIMEOUT_SECONDS),
        allowedExitCodes: readExitCodes(reader),
        maskOutputs: readMaskOutputs(reader),
        ifNoFilesCollected: reader.choice('if-no-files-collected', ['error', 'warn', 'ignore'], 'warn'),
    };
    // Its value is asked for by `wantsSummary`, of inputs that are invalid, too.
    reader.flag('summary', true);
    const problems = [...reader.problems, ...problemsWithTls(asked)];
    if (problems.length > 0 || target === undefined)
        throw new failure/* StepError */.zg({ code: 'invalid-inputs', problems });
    return { ...target, ...rest };
}
/** Tokens, and a verdict, over a connection that proves nothing: refused, whoever asked for it. */
function problemsWithTls({ variable }) {
    if (variable('NODE_TLS_REJECT_UNAUTHORIZED') !== '0')
        return [];
    return [
        'NODE_TLS_REJECT_UNAUTHORIZED=0 turns off the check of certificates. Remove it. To trust an authority of your own, set NODE_EXTRA_CA_CERTS to the path of its certificate.',
    ];
}
/** Whether a summary is wanted. Its own function, since a failure to read the other inputs is summarized too. */
function wantsSummary(read) {
    return parseBoolean(read('summary').trim()) !== false;
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

// EXTERNAL MODULE: ./src/hosts/log.ts
var hosts_log = __webpack_require__(6365);
// EXTERNAL MODULE: ./src/lifecycle/retry.ts
var retry = __webpack_require__(5130);
;// CONCATENATED MODULE: ./src/lifecycle/cluster.ts




/**
 * Signs in and looks at the cluster; undefined where the caller may not, which is no failure.
 *
 * @throws StepError where it cannot be read, is stopped, or has run command switched off.
 */
async function cluster_readCluster({ azure, log, serviceTime }) {
    const answer = await (0,retry/* withFreshTokens */.HJ)(azure, log, async () => {
        await azure.signIn();
        return azure.readCluster();
    });
    serviceTime.observe(answer);
    if (answer.kind === 'answered' && answer.status === 403) {
        log.say((0,hosts_log/* ours */.O) `The login may not read the cluster, which is not needed: going on without.`);
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

// EXTERNAL MODULE: ./src/pod/stream.ts + 4 modules
var stream = __webpack_require__(3465);
// EXTERNAL MODULE: ./src/azure/answer.ts
var azure_answer = __webpack_require__(6793);
;// CONCATENATED MODULE: ./src/azure/command-result.ts


const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/;
/**
 * Reads an answer by the body's `provisioningState`, whatever its letter case, and not by the HTTP status: a `200`
 * can carry `Running` (the Azure CLI has a poller of its own for that).
 */
function readCommandStatus(answer) {
    const body = (0,json/* parseJson */.qF)(answer.body);
    const properties = (0,json/* isRecord */.u4)(body) && (0,json/* isRecord */.u4)(body['properties']) ? body['properties'] : undefined;
    const state = properties?.['provisioningState'];
    if (properties === undefined || typeof state !== 'string')
        return { kind: 'unreadable' };
    const startedAt = timestamp(properties['startedAt']);
    switch (state.toLowerCase()) {
        case 'succeeded':
            return { kind: 'ended', ...result('succeeded', properties) };
        case 'failed':
        case 'canceled':
            return { kind: 'ended', ...result('failed', properties) };
        default:
            return { kind: 'running', ...(startedAt !== undefined && { startedAt }) };
    }
}
function result(provisioningState, properties) {
    const { exitCode, logs, reason } = properties;
    const startedAt = timestamp(properties['startedAt']);
    const finishedAt = timestamp(properties['finishedAt']);
    return {
        provisioningState,
        logs: typeof logs === 'string' ? logs : '',
        ...(isExitCode(exitCode) && { exitCode }),
        ...(typeof reason === 'string' && reason !== '' && { reason: (0,azure_answer/* clip */.$Q)(reason) }),
        ...(startedAt !== undefined && { startedAt }),
        ...(finishedAt !== undefined && { finishedAt }),
    };
}
function timestamp(value) {
    return typeof value === 'string' && value.length <= 40 && TIMESTAMP.test(value) ? value : undefined;
}
/** Of a process: a container's is 0 to 255, Windows' is 32 bits. */
function isExitCode(value) {
    return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 0xffff_ffff;
}

;// CONCATENATED MODULE: ./src/lifecycle/polling.ts
const FIRST_MS = 100;
/** Of the time elapsed: what the next look adds to it. */
const GROWTH = 0.3;
const YOUNG_UNTIL_MS = 60_000;
const YOUNG_MAX_MS = 2_000;
const MIDDLE_UNTIL_MS = 15 * 60_000;
const MIDDLE_MS = 4_000;
const MAX_MS = 10_000;
/**
 * Milliseconds until the next look at a command that has been followed for so long. Looks come often at first, then
 * every 2 s for a minute, every 4 s up to a quarter of an hour, and every 10 s from there on. All jobs of a
 * subscription and region share a bucket of 60 requests, refilled at 1 a second: three jobs at once never empty it.
 */
function pollDelay(elapsedMs) {
    if (elapsedMs >= MIDDLE_UNTIL_MS)
        return MAX_MS;
    if (elapsedMs >= YOUNG_UNTIL_MS)
        return MIDDLE_MS;
    return Math.min(FIRST_MS + elapsedMs * GROWTH, YOUNG_MAX_MS);
}
/**
 * The same where that bucket was found empty: an early look would take a request from another job, and so would many
 * looks at a long command. At random, since jobs that were let through together would otherwise come back together.
 */
function crowdedPollDelay(elapsedMs, random) {
    return Math.max(pollDelay(elapsedMs), 1_000 + random() * 3_000, Math.min(elapsedMs / 20, MAX_MS));
}

;// CONCATENATED MODULE: ./src/lifecycle/duration.ts
const duration_UNITS = { h: 3600, m: 60, s: 1 };
/** Writes whole seconds for people: `0s`, `45s`, `2m 03s`, `2h 05m`. Without the blanks, the input `timeout` takes them. */
function formatDuration(seconds) {
    const parts = [];
    let rest = Math.max(0, Math.round(seconds));
    for (const [unit, size] of Object.entries(duration_UNITS)) {
        const count = Math.floor(rest / size);
        rest -= count * size;
        if (count > 0)
            parts.push(`${parts.length > 0 ? String(count).padStart(2, '0') : count}${unit}`);
    }
    return (parts.length > 0 ? parts.join(' ') : '0s');
}

;// CONCATENATED MODULE: ./src/lifecycle/follow.ts







const HEARTBEAT_MS = 60_000;
/** An answer that is no refusal delays the next look by this much at most. */
const MAX_TOLD_MS = 60_000;
/**
 * Polls a command until it ended, or there is no point in waiting on. A throttled answer, a 5xx, a torn connection,
 * an unreadable body: asked again until the time is over.
 */
async function follow(id, patience, ports) {
    const { azure, clock, log, cancelled, serviceTime } = ports;
    const begin = clock.monotonic();
    let deadline = begin + patience.unstarted;
    let heartbeat = begin + HEARTBEAT_MS;
    let crowded = patience.crowded ?? false;
    const look = () => (0,retry/* withFreshTokens */.HJ)(azure, log, () => azure.readResult(id));
    const nextLook = (elapsed) => (crowded ? crowdedPollDelay(elapsed, ports.random) : pollDelay(elapsed));
    let wait = nextLook(0);
    let throttled = 0;
    let missingSince;
    let seen = 'nothing';
    for (;;) {
        await clock.sleep(Math.min(wait, Math.max(0, deadline - clock.monotonic())), cancelled);
        const asked = clock.monotonic();
        const answer = cancelled.aborted ? undefined : await untilCancelled(look(), cancelled, clock);
        if (answer === undefined)
            return { kind: 'cancelled', seen };
        serviceTime.observe(answer);
        const now = clock.monotonic();
        wait = Math.max(nextLook(now - begin), Math.min((0,retry/* toldDelay */.$U)(answer) ?? 0, MAX_TOLD_MS));
        const status = readStatus(answer);
        switch (status.kind) {
            case 'ended':
                return { kind: 'ended', result: status };
            case 'running':
                throttled = 0;
                if (status.startedAt === undefined && seen === 'nothing') {
                    seen = 'accepted';
                    log.say((0,hosts_log/* ours */.O) `AKS has the command, its pod has not started yet.`);
                }
                else if (status.startedAt !== undefined && seen !== 'started') {
                    seen = 'started';
                    if (patience.started !== undefined)
                        deadline = now + patience.started;
                    log.say((0,hosts_log/* ours */.O) `The command is running.`);
                }
                break;
            case 'forbidden':
                return { kind: 'forbidden', seen, answer };
            case 'missing':
                missingSince ??= asked;
                if (patience.isGone(missingSince, asked))
                    return { kind: 'missing', seen, answer };
                break;
            case 'throttled':
                crowded = true;
                wait = Math.max(wait, (0,retry/* throttleDelay */.Ut)(answer, throttled++, ports.random));
                break;
            case 'unreadable':
                break;
        }
        if (status.kind !== 'missing')
            missingSince = undefined;
        if (status.kind !== 'running')
            log.debug(`No result yet: ${(0,azure_answer/* describeAnswer */.O1)(answer)}`);
        if (now >= deadline) {
            return { kind: 'time-over', seen, seconds: Math.round((now - begin) / 1000) };
        }
        if (now >= heartbeat) {
            heartbeat = now + HEARTBEAT_MS;
            log.say((0,hosts_log/* ours */.O) `Still waiting after ${formatDuration((now - begin) / 1000)}.`);
        }
    }
}
function readStatus(answer) {
    if (answer.kind === 'unanswered')
        return { kind: 'unreadable' };
    const { status } = answer;
    if (status === 200 || status === 202)
        return readCommandStatus(answer);
    // With new tokens, too: as long as it may be theirs, it says nothing of the command.
    if (status === 401)
        return { kind: 'unreadable' };
    if (status === 403)
        return { kind: 'forbidden' };
    if (status === 429)
        return { kind: 'throttled' };
    // Other refusals (404 above all): no such command, or a request that another try does not mend.
    return status >= 400 && !(0,azure_answer/* isTransient */.dg)(answer) ? { kind: 'missing' } : { kind: 'unreadable' };
}

;// CONCATENATED MODULE: ./src/lifecycle/start-by.ts
/** Clocks of the cluster's nodes and of ARM may differ by this much. */
const MARGIN_MS = 5_000;
/**
 * How much longer than that is waited for two clocks to agree that it is over. They disagree after an answer that was
 * dated far from the time.
 */
const DISAGREEMENT_MS = 300_000;
/** The start-by time of a submission that is written now. */
function startByNow(startTimeoutSeconds, clock, serviceTime) {
    return {
        seconds: Math.floor(serviceTime.now() / 1000 + startTimeoutSeconds),
        writtenAt: clock.monotonic(),
        startTimeout: startTimeoutSeconds * 1000,
    };
}
/**
 * Whether the command could no longer start at that time of {@link Clock.monotonic}. Both clocks must say so: an answer
 * dated ahead of the time moves Azure's, and the command would be submitted again while its pod may still start.
 */
function startIsOver(startBy, at, serviceTime) {
    return hasPassed(startBy, at - MARGIN_MS, serviceTime);
}
/** The same, by clocks that agree to the millisecond: enough to believe a pod that says so, and not to submit again. */
function hasPassed(startBy, at, serviceTime) {
    const byOwnClock = at >= startBy.writtenAt + startBy.startTimeout;
    return byOwnClock && serviceTime.atLeast(at) >= startBy.seconds * 1000;
}
/** Waits until a command can no longer start; false where a cancel came first, or the clocks never agree. */
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



const NOT_STARTED = /did not start within/i;
/**
 * Words that prove the pod was never created. The details of a `KubernetesOperationError` can hold anything, so
 * nothing else in them counts as proof.
 */
const NEVER_CREATED = [/admission webhook .* denied the request/is, /\bis forbidden\b/i, /exceeded quota/i];
const KUBERNETES_FAILURE = /kubernetes failure/i;
/** Reads an answer to `runCommand`. Whatever does not prove that the command did not run is `unclear`. */
function readSubmission(answer) {
    if (answer.kind === 'unanswered') {
        return answer.sent === 'never' ? { kind: 'try-again', because: 'unreachable' } : { kind: 'unclear' };
    }
    const { status } = answer;
    // 200 stands in the specification. Any other success is none of ARM's, and says nothing.
    if (status === 200 || status === 202) {
        const id = commandIdOfLocation(answer.headers['location']) ?? commandIdOfBody(answer.body);
        return id === undefined ? { kind: 'unclear' } : { kind: 'accepted', id };
    }
    if (status === 401)
        return { kind: 'token-rejected' };
    if (status === 409)
        return { kind: 'try-again', because: 'conflict' };
    if (status === 429)
        return { kind: 'try-again', because: 'throttled' };
    const { code, message } = (0,azure_answer/* serviceError */.cg)(answer.body);
    if (status === 400 && code === 'MissingAADClusterToken')
        return { kind: 'cluster-token-required' };
    if (code === 'KubernetesPerformanceError' ||
        code === 'KubernetesOperationError' ||
        KUBERNETES_FAILURE.test(message)) {
        return readKubernetesFailure(message);
    }
    // "Did not start" is a 400, too: one that cannot be read proves nothing.
    if (status === 400 && code === '')
        return { kind: 'unclear' };
    // A 408 comes from a gateway that gave up waiting for what it had passed on.
    return status >= 400 && !(0,azure_answer/* isTransient */.dg)(answer) ? { kind: 'refused' } : { kind: 'unclear' };
}
function readKubernetesFailure(message) {
    const id = commandIdOfMessage(message);
    const named = id === undefined ? {} : { id };
    if (NOT_STARTED.test(message))
        return { kind: 'did-not-start', ...named };
    return NEVER_CREATED.some((words) => words.test(message)) ? { kind: 'refused' } : { kind: 'unclear', ...named };
}
function commandIdOfBody(body) {
    const parsed = (0,json/* parseJson */.qF)(body);
    const id = (0,json/* field */.ZZ)(parsed, 'id');
    return typeof id === 'string' ? parseCommandId(id) : undefined;
}

;// CONCATENATED MODULE: ./src/lifecycle/submit.ts






const CANCEL_GRACE_MS = 1_500;
const NO_ANSWER = { kind: 'unanswered', sent: 'never', cause: 'cancelled' };
/** Posts until an answer says something about the command other than "not processed". */
async function submit_submit(order, ports) {
    const { clock, log, cancelled } = ports;
    const begin = clock.monotonic();
    let { needsClusterToken } = order;
    let failures = 0;
    let throttled = 0;
    for (;;) {
        const posted = await post(order, needsClusterToken, ports);
        const ended = (outcome) => ({ ...posted, outcome, needsClusterToken, crowded: throttled > 0 });
        const { outcome, answer } = posted;
        if (outcome.kind === 'token-rejected')
            return ended({ kind: 'refused' });
        if (outcome.kind === 'cluster-token-required') {
            if (needsClusterToken)
                return ended({ kind: 'refused' });
            log.say((0,hosts_log/* ours */.O) `The cluster has managed Entra: asking for a cluster token.`);
            needsClusterToken = true;
            continue;
        }
        if (outcome.kind !== 'try-again')
            return ended(outcome);
        if (outcome.because !== 'throttled' && ++failures >= retry/* MAX_FAILURES */.T9)
            return ended({ kind: 'refused' });
        const wait = outcome.because === 'throttled' ? (0,retry/* throttleDelay */.Ut)(answer, throttled++, ports.random) : (0,retry/* backoff */.JN)(answer, failures);
        if (clock.monotonic() + wait - begin > retry/* MAX_WAIT_MS */.um)
            return ended({ kind: 'refused' });
        const seconds = Math.ceil(wait / 1000);
        log.say((0,hosts_log/* ours */.O) `The submission was not processed (${REASONS[outcome.because]}), trying again in ${seconds} s.`);
        await clock.sleep(wait, cancelled);
    }
}
const REASONS = {
    throttled: (0,hosts_log/* ours */.O) `throttled`,
    unreachable: (0,hosts_log/* ours */.O) `ARM cannot be reached`,
    conflict: (0,hosts_log/* ours */.O) `another operation holds the cluster`,
};
/** Posts once, and where ARM rejects the token, once more with another. */
async function post(order, needsClusterToken, ports) {
    const { azure, clock, log, cancelled, serviceTime } = ports;
    let written;
    let stopped;
    const answer = await (0,retry/* withFreshTokens */.HJ)(azure, log, async () => {
        // Before the start-by time is counted, and before the last look for a cancel: tokens may take their time.
        const tokens = await untilCancelled(signIn(needsClusterToken, ports), cancelled, clock);
        if (tokens === undefined || cancelled.aborted)
            return stop({ kind: 'cancelled-before' });
        if ('failure' in tokens)
            return stop({ kind: 'not-signed-in', failure: tokens.failure });
        const startBy = startByNow(order.startTimeout, clock, serviceTime);
        const { body, boundary } = order.write(startBy.seconds);
        written = { startBy, boundary };
        const sent = azure.runCommand({ ...body, ...tokens });
        const posted = await untilCancelled(sent, cancelled, clock, CANCEL_GRACE_MS);
        return posted ?? stop({ kind: 'cancelled-during' });
    });
    serviceTime.observe(answer);
    return { answer, outcome: stopped ?? readSubmission(answer), ...(written && { written }) };
    function stop(outcome) {
        stopped = outcome;
        return NO_ANSWER;
    }
}
/** Where no token is to be had, nothing was submitted. */
async function signIn(needsClusterToken, { azure }) {
    try {
        await azure.signIn();
        return needsClusterToken ? { clusterToken: await azure.clusterToken() } : {};
    }
    catch (error) {
        if (error instanceof failure/* StepError */.zg)
            return { failure: error.failure };
        throw error;
    }
}

;// CONCATENATED MODULE: ./src/lifecycle/run.ts





/** The pod ends a command at its timeout; where it cannot, waiting ends this much later. */
const TIMEOUT_GRACE_MS = 60_000;
const MISSING_MS = 30_000;
const over = (ending) => ({ kind: 'over', ending });
/**
 * Submits a command and follows it to its end.
 *
 * It is submitted again only where an answer proves that the earlier submission did not run, or where its start-by
 * time has passed and AKS does not have it, or its pod refused to run it.
 */
async function runCommand(order, ports) {
    const { log, cancelled } = ports;
    let { needsClusterToken } = order;
    for (let submissions = 1;; submissions++) {
        const submitted = await submit_submit({ ...order, needsClusterToken }, ports);
        needsClusterToken = submitted.needsClusterToken;
        const course = await followSubmitted(submitted, order, ports);
        if (course.kind === 'over')
            return course.ending;
        const { id, startBy, because } = course;
        const isOver = await untilStartIsOver(startBy, ports);
        if (!isOver && because === 'refused' && !hasPassed(startBy, ports.clock.monotonic(), ports.serviceTime)) {
            return { kind: 'unknown', failure: { code: cancelled.aborted ? 'cancelled' : 'pod-refused' }, id };
        }
        if (cancelled.aborted)
            return { kind: 'not-started', failure: { code: 'cancelled' }, id };
        if (!isOver || submissions > order.startRetries) {
            const answer = submitted.outcome.kind === 'did-not-start' ? { answer: submitted.answer } : {};
            return { kind: 'not-started', failure: { code: 'did-not-start', submissions, ...answer }, id };
        }
        log.say((0,hosts_log/* ours */.O) `Command ${id} did not start and no longer can: submitting again, ${submissions} of ${order.startRetries}.`);
    }
}
/** Follows a command that was submitted earlier, by this action or by anyone, for `timeout` seconds. */
async function followCommand(id, timeout, ports) {
    ports.onCommandId(id);
    const patience = { unstarted: timeout * 1000, isGone: (since, asked) => asked >= since + MISSING_MS };
    const followed = await follow(id, patience, ports);
    // Whoever submitted it wrote what its log says: that it did not run is nothing to build on.
    return (await readEnding(id, followed, undefined)) ?? { kind: 'unknown', failure: { code: 'pod-refused' }, id };
}
async function followSubmitted(submitted, order, ports) {
    const { outcome, answer, written } = submitted;
    if (outcome.kind !== 'accepted' && outcome.kind !== 'did-not-start')
        return over(endingAtOnce(submitted, ports));
    const { id } = outcome;
    if (id === undefined || written === undefined) {
        return over({ kind: 'unknown', failure: { code: 'start-unclear', answer } });
    }
    ports.onCommandId(id);
    const accepted = outcome.kind === 'accepted';
    if (!accepted) {
        ports.log.say((0,hosts_log/* ours */.O) `AKS gave the pod of command ${id} up. It may still start in the next moments, so it is followed.`);
    }
    else {
        ports.log.say((0,hosts_log/* ours */.O) `Submitted, command id ${id}.`);
        if (!order.wait && !ports.cancelled.aborted) {
            return over({ kind: 'running', failure: { code: 'not-waited' }, id });
        }
    }
    const { startBy, boundary } = written;
    const followed = await follow(id, patienceWith(order, submitted, startBy, ports), ports);
    if (!accepted && wasNeverThere(followed))
        return { kind: 'did-not-start', id, startBy, because: 'never-there' };
    if (!accepted && followed.kind !== 'ended' && followed.seen === 'nothing') {
        // AKS gave it up and says nothing better: it may have started before its start-by time.
        const failure = followed.kind === 'cancelled' ? { code: 'cancelled' } : { code: 'start-unclear', answer };
        return over({ kind: 'unknown', failure, id });
    }
    const ending = await readEnding(id, followed, boundary);
    return ending === undefined ? { kind: 'did-not-start', id, startBy, because: 'refused' } : over(ending);
}
/** The ending of a submission that leaves nothing to follow. */
function endingAtOnce({ outcome, answer }, ports) {
    switch (outcome.kind) {
        case 'cancelled-before':
            return { kind: 'not-started', failure: { code: 'cancelled' } };
        case 'cancelled-during':
            return { kind: 'unknown', failure: { code: 'cancelled' } };
        case 'not-signed-in':
            return { kind: 'not-started', failure: outcome.failure };
        case 'refused':
            return { kind: 'not-started', failure: { code: 'submission-refused', answer } };
        case 'accepted':
        case 'did-not-start':
        case 'unclear':
            if (outcome.id !== undefined)
                ports.onCommandId(outcome.id);
            return {
                kind: 'unknown',
                failure: { code: 'submission-unclear', answer },
                ...(outcome.id !== undefined && { id: outcome.id }),
            };
    }
}
function patienceWith(order, submitted, startBy, ports) {
    const { serviceTime } = ports;
    return {
        unstarted: order.startTimeout * 1000 + order.timeout * 1000 + TIMEOUT_GRACE_MS,
        started: order.wait ? order.timeout * 1000 + TIMEOUT_GRACE_MS : 0,
        crowded: submitted.crowded,
        isGone: submitted.outcome.kind === 'accepted'
            ? (since, asked) => asked >= since + MISSING_MS
            : (_since, asked) => serviceTime.isKnown() && startIsOver(startBy, asked, serviceTime),
    };
}
/** No other refusal than 404 says that there is no such command, and none denies a start that was seen. */
function wasNeverThere(followed) {
    if (followed.kind !== 'missing')
        return false;
    const { answer, seen } = followed;
    return answer.kind === 'answered' && answer.status === 404 && seen !== 'started';
}
/**
 * @param boundary undefined for a command that was submitted earlier
 * @returns undefined where the pod refused to run the command, as far as it is for the pod to say: the script says nothing
 * else, and AKS has the exit code with which it refuses.
 */
async function readEnding(id, followed, boundary) {
    switch (followed.kind) {
        case 'ended': {
            const { result } = followed;
            const report = await (0,stream/* readStream */.bv)(result.logs, boundary);
            if (report.kind !== 'refused')
                return { kind: 'ended', id, result, report };
            const proven = report.alone && result.provisioningState === 'succeeded' && result.exitCode === stream/* REFUSED_EXIT_CODE */.G8;
            return proven ? undefined : { kind: 'unknown', failure: { code: 'pod-refused' }, id };
        }
        case 'missing':
            return { kind: 'unknown', failure: { code: 'result-missing', answer: followed.answer }, id };
        case 'forbidden':
            return { kind: 'running', failure: { code: 'result-forbidden', answer: followed.answer }, id };
        case 'time-over':
            return { kind: 'running', failure: { code: 'no-answer-in-time', seconds: followed.seconds }, id };
        case 'cancelled':
            return { kind: 'running', failure: { code: 'cancelled' }, id };
    }
}

// EXTERNAL MODULE: ./src/pod/boundary.ts
var pod_boundary = __webpack_require__(7149);
// EXTERNAL MODULE: ./src/files/request.ts
var request = __webpack_require__(8218);
// EXTERNAL MODULE: ./src/pod/shell.ts
var pod_shell = __webpack_require__(2729);
;// CONCATENATED MODULE: ./src/pod/script.ts



/**
 * The `command` of ARM's runCommand. All that differs between two runs with the same inputs is in it, but for the boundary,
 * which nobody but the script may read; no value of `env` and nothing of the user's command is.
 */
function armCommand({ hash, startBy, timeout, shell, facts }) {
    const given = [...CALLER_NAMES, ...FACT_NAMES].flatMap((name) => facts[name] === undefined ? [] : [`${name}=${facts[name]}`]);
    const words = [`${request/* ACTION_FOLDER */._}/run.sh`, hash, String(startBy), String(timeout), shell, ...given];
    // AKS says nothing about the pod's PATH; POSIX systems have sh here.
    return ['/bin/sh', ...words.map(pod_shell/* quote */.h)].join(' ');
}
/** The action's own files in the zip, but for the boundary, which is drawn for each submission. */
function podFiles({ script, command, env, collect }) {
    const file = (name, mode, text) => ({
        path: `${request/* ACTION_FOLDER */._}/${name}`,
        mode,
        content: Buffer.from(text),
    });
    return [
        file('run.sh', 0o644, script),
        file('command.sh', 0o644, command),
        // Without variables, too: where the file is missing, the script knows that something went wrong.
        file('env.sh', 0o600, env.map(assignment).join('')),
        ...(collect === undefined || collect.patterns.length === 0
            ? []
            : [
                file('collect.sh', 0o644, collect.script),
                file('collect', 0o644, collect.patterns.map((pattern) => `${pattern}\n`).join('')),
            ]),
    ];
}
/** Always quoted: in an assignment a shell expands more, a tilde for one. */
function assignment({ name, value }) {
    return `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`;
}

;// CONCATENATED MODULE: ./src/lifecycle/collected.ts

const NONE = { folder: '', files: [], leftOut: [], leftOutMore: 0, unheld: [], unmatched: [] };
/** Takes the files out of what the pod sent, and writes them down. Undefined where there is nothing to tell. */
async function takeCollected(report, { asked, ifNoFilesCollected }, collector) {
    if (report.kind !== 'ran' || report.noBash || report.noVariables)
        return undefined;
    const { bundle } = report;
    if (bundle === undefined)
        return asked ? { ...NONE, problem: { kind: 'lost' } } : undefined;
    if (bundle.kind !== 'files')
        return { ...NONE, problem: bundle };
    const { files, leftOut, leftOutMore } = bundle;
    const unmatched = ifNoFilesCollected === 'ignore' ? [] : bundle.unmatched;
    const fails = ifNoFilesCollected === 'error' && unmatched.length > 0;
    const told = {
        ...NONE,
        leftOut,
        leftOutMore,
        unmatched: fails ? [] : unmatched,
        ...(fails && { problem: { kind: 'no-match', patterns: unmatched } }),
    };
    if (files.length === 0)
        return told;
    try {
        const { folder, unheld } = await collector.keep(files);
        const held = files.filter(({ name }) => !unheld.includes(name));
        return {
            ...told,
            folder,
            unheld,
            files: held.map(({ name, content }) => ({ path: name, bytes: content.length })),
        };
    }
    catch (error) {
        return { ...told, problem: { kind: 'unwritable', detail: (0,failure/* messageOf */.bD)(error) } };
    }
}

;// CONCATENATED MODULE: ./src/files/bytes.ts
const bytes_UNITS = ['B', 'KB', 'MB', 'GB'];
/** A size for people: `512 B`, `70.0 KB`, `4.0 MB`, in steps of 1,024. */
function formatBytes(bytes) {
    let value = bytes;
    let unit = 0;
    while (value >= 1024 && unit < bytes_UNITS.length - 1) {
        value /= 1024;
        unit += 1;
    }
    return `${unit === 0 ? value : value.toFixed(1)} ${bytes_UNITS[unit]}`;
}
/**
 * A whole number for people: `1,234`. By hand, since `toLocaleString` loads the tables of all locales, which takes 10 ms of
 * a short step.
 */
function formatCount(count) {
    return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

;// CONCATENATED MODULE: ./src/report/collected.ts

/** Files that a list names; beyond, a count. */
const LISTED = 20;
const collected_REASONS = {
    link: 'it is a link, or lies behind one',
    special: 'it is not a regular file',
    unreadable: 'it could not be read',
    'line-break': 'its name has a line break',
    backslash: 'its name has a backslash',
    grew: 'it grew while it was collected, and is cut where it was measured',
    shrank: 'it got shorter while it was collected',
};
/** A foreign name on one line, nothing in it invisible. */
function shown(name) {
    const escaped = JSON.stringify(name).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
    return /^"[^"\\]*"$/.test(escaped) ? escaped.slice(1, -1) : escaped;
}
/** What came back, a line for each file. Foreign text. */
function describeCollected({ folder, files }) {
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    const lines = files.slice(0, LISTED).map(({ path, bytes }) => `${formatBytes(bytes).padStart(9)}  ${shown(path)}`);
    const more = files.length - lines.length;
    return [
        `${formatCount(files.length)} ${files.length === 1 ? 'file' : 'files'}, ${formatBytes(total)}, in ${folder}`,
        ...lines,
        ...(more > 0 ? [`… and ${formatCount(more)} more`] : []),
    ].join('\n');
}
/** What did not come back, a sentence each. Foreign text. */
function collectWarnings({ leftOut, leftOutMore, unheld, unmatched }) {
    const stayed = leftOut.map(({ name, reason }) => {
        const came = reason === 'grew' || reason === 'shrank';
        return `${came ? 'Collected' : 'Not collected:'} ${shown(name)}${came ? ', but' : ','} ${collected_REASONS[reason]}.`;
    });
    const heldNot = unheld.map((name) => `Not collected: ${shown(name)}, this system cannot hold the name.`);
    return [
        ...unmatched.map((pattern) => `No files were collected for the pattern ${shown(pattern)}.`),
        ...asOne([...stayed, ...heldNot], leftOutMore),
    ];
}
/** The runner shows ten warnings of a step: these are one. */
function asOne(sentences, more) {
    const named = sentences.slice(0, LISTED);
    const rest = sentences.length - named.length + more;
    const all = [...named, ...(rest > 0 ? [`${formatCount(rest)} more were not collected.`] : [])];
    return all.length === 0 ? [] : [all.join('\n')];
}
/** What a dry run says. Foreign text. */
function wouldCollect(patterns) {
    return `Would collect: ${patterns.map(shown).join(', ')}`;
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./src/pod/output.ts
var pod_output = __webpack_require__(4742);
;// CONCATENATED MODULE: ./src/report/quote.ts


const LAST_LINES = 10;
const MAX_BYTES = 1200;
/** The script that a shell blames. */
const SCRIPT = /(?:\/[^\s:'"]{1,200})?\.aks-run-command\/command\.sh: /g;
/** What the command wrote, as people read it: a shell's messages without the path of the action's own file. */
function withoutScriptPath(text) {
    return text.replaceAll(SCRIPT, '');
}
/** What to show of the output of a command that failed; undefined where it wrote nothing. */
function quoteOf(output, firstError) {
    if (firstError !== undefined)
        return { label: 'The first error in its output:', text: quote_shown(firstError) };
    const lines = quote_shown((0,pod_output/* endOfOutput */.IG)(output, MAX_BYTES)).trimEnd().split('\n').slice(-LAST_LINES).join('\n');
    return lines.trim() === '' ? undefined : { label: 'The last lines of its output:', text: lines };
}
function quote_shown(text) {
    return withoutScriptPath((0,external_node_util_.stripVTControlCharacters)(text)).slice(0, MAX_BYTES);
}

;// CONCATENATED MODULE: ./src/report/states.ts
const STATES = {
    succeeded: { sign: '✅', known: 'The command ran and succeeded.', headline: 'succeeded' },
    failed: { sign: '❌', known: 'The command ran and failed.', headline: 'failed' },
    'not-started': { sign: '❌', known: 'The command did not run.', headline: 'did not run' },
    running: { sign: '⏳', known: 'The command is still running in the cluster.', headline: 'still running' },
    unknown: { sign: '❓', known: 'The command may or may not have run.', headline: 'may or may not have run' },
    'dry-run': { sign: '📦', known: 'Dry run: nothing was sent.', headline: 'dry run, nothing was sent' },
};

;// CONCATENATED MODULE: ./src/report/report.ts


/** What is known of the command, in one sentence; empty where the first explanation says it. */
function known({ verdict, explanations }) {
    const { state, exitCode, failure } = verdict;
    switch (failure?.code) {
        case 'exit-code':
            return explanations[0]?.section === 'exit-code' ? '' : `The command exited with code ${exitCode}.`;
        case 'timed-out':
        case 'not-waited':
            return '';
        case 'no-bash':
        case 'no-variables':
            return STATES['not-started'].known;
        case 'outputs-malformed':
        case 'outputs-too-large':
        case 'outputs-lost':
        case 'output-lost':
        case 'collect':
            return exitCode === 0 ? 'The command itself succeeded.' : `The command exited with code ${exitCode}.`;
        default:
            return STATES[state].known;
    }
}
/**
 * The cluster and the cause, the same wherever a verdict is told: `prod-weu: exit code 1`. Foreign text on one line.
 *
 * @param titleOf which title of the cause: for Markdown, the marked one.
 */
function headline({ cluster, verdict, explanations }, titleOf = ({ title }) => title) {
    const { state, failure, exitCode = 0 } = verdict;
    const allowed = state === 'succeeded' && exitCode !== 0 ? ` with exit code ${exitCode} (allowed)` : '';
    const cause = failure && explanations[0] ? titleOf(explanations[0]) : STATES[state].headline + allowed;
    const name = cluster === undefined || cluster.name === '' ? 'AKS Run Command' : cluster.name;
    return `${name}: ${cause}`;
}
/** The last line of the log: the headline, and how long the command took. */
function lastLine(report) {
    const { verdict } = report;
    const seconds = verdict.failure?.code === 'timed-out' ? undefined : durationSeconds(verdict);
    if (seconds === undefined)
        return headline(report);
    return `${headline(report)}${verdict.failure ? ', after' : ' in'} ${spokenDuration(seconds)}`;
}
/** `2m 03s`; AKS counts whole seconds, so that none of them is less than one. */
function spokenDuration(seconds) {
    return seconds === 0 ? 'less than 1s' : formatDuration(seconds);
}
/** Whole seconds between AKS's two times; undefined where one is missing. */
function durationSeconds({ startedAt, finishedAt }) {
    if (startedAt === undefined || finishedAt === undefined)
        return undefined;
    const seconds = Math.round((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
    return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}

;// CONCATENATED MODULE: ./src/report/annotation.ts



/** The runner takes 4,096 characters of an annotation. */
const MAX_CHARACTERS = 4000;
/** GitHub shows a title on one line. */
const MAX_TITLE = 160;
/** The cause, what is known of the command, what it wrote about it, and the next move. */
function annotation(report) {
    const { verdict, explanations, firstError } = report;
    const [first, ...hints] = explanations;
    const quote = quoteOf(verdict.output?.text ?? '', firstError);
    const parts = [
        [first?.sentence, known(report)].filter(Boolean).join(' '),
        first?.words,
        quote && `${quote.label}\n${quote.text}`,
        first?.move,
        ...hints.map(({ sentence, move }) => [sentence, move].filter(Boolean).join('\n')),
        first && annotation_link(first, report),
    ];
    const message = (0,external_node_util_.stripVTControlCharacters)(parts.filter(Boolean).join('\n\n'));
    const whole = message.length <= MAX_CHARACTERS;
    const title = (0,external_node_util_.stripVTControlCharacters)(headline(report));
    return {
        title: title.length <= MAX_TITLE ? title : `${title.slice(0, MAX_TITLE)}…`,
        message: whole ? message : `${message.slice(0, MAX_CHARACTERS)}…`,
        whole,
    };
}
function annotation_link({ section }, { docs }) {
    return docs === undefined ? '' : `More: ${docs}#${section}`;
}

// EXTERNAL MODULE: ./src/hosts/words.ts
var hosts_words = __webpack_require__(2266);
;// CONCATENATED MODULE: ./src/report/catalogue/moves.ts
/** The parts of next moves that several rows share. Templates for `fill`. */
/** A template of several lines. */
const lines = (...parts) => parts.join('\n');
const FEDERATE = lines('The subject of the ID token is {subject}', 'If it is the one you expect, let it in: whoever can start a job with this subject then acts as the identity.', 'For an application:', '$ az ad app federated-credential create --id {clientId} --parameters {credential}', 'For a user-assigned identity, with the name and the resource group that the first line shows:', '$ az identity list --query {identityQuery} --output table', '$ az identity federated-credential create --identity-name IDENTITY_NAME --resource-group IDENTITY_GROUP --name {credentialName} --issuer {issuer} --subject={subject} --audiences {audience}', 'Entra takes some minutes to know a new credential.');
const GRANT = lines('No built-in role grants run command alone. Make one with the three rights it needs, and assign it on this cluster:', '$ az role definition create --role-definition {role}', '$ az role assignment create --assignee {principal} --role {roleName} --scope {clusterId}', 'Azure takes up to ten minutes to know a new assignment.');
const LOOK = lines('To see whether it ran, look at the pods of run command, and at the activity log of the cluster:', "$ az aks command invoke --subscription {subscription} -g {group} -n {cluster} --command 'kubectl get pods -n aks-command'", '$ az monitor activity-log list --resource-id {clusterId} --offset 1h --output table', 'The result of command {commandId?}, if it has one:', '$ az aks command result --subscription {subscription} -g {group} -n {cluster} --command-id {commandId?}');
const PICK_UP = lines('To see its result, once it has ended:', '$ az aks command result --subscription {subscription} -g {group} -n {cluster} --command-id {commandId}', '[workflow] To wait for it in a later step or job, in place of command, files and env:', '[prompt] To wait for it again:', '@ cluster: {clusterId}', '@ command-id: {commandId}', '@ client-id: {clientId?}', '@ tenant-id: {tenantId?}', '@ audience: {ownAudience?}', '@ environment: {environment?}');
const OTHER_LOGIN = lines('| permissions:', '|   id-token: write', '|   contents: read', '', '| with:', '|   client-id: ${{ vars.AZURE_CLIENT_ID }}', '|   tenant-id: ${{ vars.AZURE_TENANT_ID }}');
const SMALLER = lines('Send less. Exclude what the command does not need:', '| with:', '|   files: |', '|     manifests/', '|     !manifests/**/*.tgz', 'Or split the work over several steps, render the manifests before (helm template, kustomize build), or let the command fetch large files itself.');
const ROOM = lines('Its pod asks for 200m CPU and 500Mi memory, tolerates no taint, and its image comes from mcr.microsoft.com. Look for a node with that much room and without taints, an autoscaler at work, and the pod itself:', '$ az aks nodepool list --subscription {subscription} -g {group} --cluster-name {cluster} --output table', '$ kubectl get pods,events -n aks-command', 'To give an autoscaler more time:', '@ start-timeout: 3m', '@ start-retries: 5');
const SHOW_TENANT = '$ az account show --query {tenantQuery}';

;// CONCATENATED MODULE: ./src/report/catalogue/service-words.ts

/** An answer's words, for a report: status, code, message, and the ids that Azure's support asks for. Foreign text. */
function wordsOf(answer) {
    return [(0,azure_answer/* describeAnswer */.O1)(answer), (0,azure_answer/* requestIds */.qs)(answer)].filter((part) => part !== '').join('\n');
}
/** What an answer is looked up by. */
function signsOf(answer) {
    if (answer.kind === 'unanswered')
        return { code: '', status: 0, text: answer.cause };
    const { code, message } = (0,azure_answer/* serviceError */.cg)(answer.body);
    return { code, status: answer.status, text: message };
}
/** Entra's own number in a message. */
function aadsts(text) {
    const code = /AADSTS\d{4,8}/.exec(text)?.[0];
    return code === undefined ? {} : { code };
}

;// CONCATENATED MODULE: ./src/report/catalogue/aks.ts



const CANCELLED = { section: 'cancelled', sentence: 'The step was cancelled.' };
/** What AKS says of a command that failed, and what became of its pod. The first row that fits counts. */
const AKS = [
    {
        section: 'command-image',
        match: { service: 'aks', words: /ImagePullBackOff|ErrImagePull/i },
        sentence: "The cluster could not pull the image of run command's pod.",
        move: 'The image comes from mcr.microsoft.com: let the nodes reach it and *.data.mcr.microsoft.com, through the firewall or a cache.',
    },
    { ...CANCELLED, match: { service: 'action', codes: ['cancelled'], state: 'running' }, move: PICK_UP },
    { ...CANCELLED, match: { service: 'action', codes: ['cancelled'], state: 'unknown' }, move: LOOK },
];
const POD_FAILURES = {
    'did-not-start': {
        section: 'did-not-start',
        sentence: 'The pod of the command did not start in time, in {submissions}.',
        move: ROOM,
        read: ({ submissions, answer }) => ({
            values: { submissions: submissions === 1 ? 'one submission' : `${submissions} submissions` },
            words: answer ? wordsOf(answer) : '',
        }),
    },
    'start-unclear': {
        section: 'start-unclear',
        sentence: 'AKS gave up waiting for the pod of the command, and nothing tells whether it started later.',
        move: lines(LOOK, ROOM),
        read: ({ answer }) => ({ words: wordsOf(answer) }),
    },
    'pod-refused': {
        section: 'pod-refused',
        sentence: 'The log says that the pod started too late and ran nothing, but nothing else confirms it.',
        move: LOOK,
    },
    'no-answer-in-time': {
        section: 'no-answer-in-time',
        sentence: 'After {duration} there was no result yet.',
        move: PICK_UP,
        read: ({ seconds }) => ({ values: { duration: formatDuration(seconds) } }),
    },
    cancelled: {
        ...CANCELLED,
        move: '',
        read: (_failure, { state, commandId }) => ({
            signs: { service: 'action', code: 'cancelled', state: state ?? (commandId && 'running') },
        }),
    },
    'not-waited': {
        section: 'not-waited',
        sentence: 'The step was told not to wait for the command.',
        move: PICK_UP,
    },
    'aks-failed': {
        section: 'aks-failed',
        sentence: 'AKS says that the command failed.',
        move: LOOK,
        read: ({ reason }) => ({ signs: { service: 'aks', text: reason }, words: reason }),
    },
    'no-exit-code': {
        section: 'no-exit-code',
        sentence: 'AKS says that the command ended, but not with which exit code.',
        move: LOOK,
    },
    'no-boundary': {
        section: 'no-boundary',
        sentence: "The output lacks the first line of the action's own script, so nothing proves that the exit code is the command's.",
        move: LOOK,
    },
};

;// CONCATENATED MODULE: ./src/report/catalogue/paste.ts


/** C0 and C1 controls, line separators, bidirectional controls, lone surrogates: what breaks a line, or lies about it. */
const UNSEEN = 
// eslint-disable-next-line no-control-regex
/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ue000\ue001\ufeff]|\p{Surrogate}/gu;
/** Foreign text on one line, with what breaks a line written as `\u000a`. */
function visible(text) {
    return text.replaceAll(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
/** Where a value begins and ends in prose, for a reader that has to tell foreign text from ours: no value holds them. */
const VALUE_MARKS = { begin: '\ue000', end: '\ue001' };
/** `visible` between `VALUE_MARKS`; numbers and times are as good as ours. */
function marked(text) {
    if (/^[\d ,hms]+$/.test(text))
        return text;
    return VALUE_MARKS.begin + visible(text) + VALUE_MARKS.end;
}
/** JSON on one line, without anything that breaks it. */
function paste_json(value) {
    return visible(JSON.stringify(value));
}
const MARKED = [
    { mark: '$ ', indent: '  ', write: (value) => (0,pod_shell/* quote */.h)(visible(value)) },
    { mark: '| ', indent: '  ', write: paste_json },
];
/**
 * Fills a template in. What a line is decides how the values in it are written, so that no template can forget to:
 * after `$ ` it is for a POSIX shell, its values are quoted; after `| ` it is YAML, its values are quoted scalars; after
 * `@ ` it is an input with a value, `@ timeout: {longer}`, and the lines of this kind that follow each other become a
 * block under `with:` or the options of one command; else it is prose.
 *
 * `{name}` is a value, in capitals where it is not known; a line with an unknown `{name?}` is left out. `{input:NAME}` is
 * an input as its place names it, `{noun:step}` and `{Noun:step}` a word of the table in hosts/words.ts. A line that
 * begins with `[workflow] ` or `[prompt] ` is for that place only.
 *
 * @param write how a value is written in prose.
 */
function fill(template, values, words, write = visible) {
    const filled = [];
    let given = [];
    const flush = () => {
        if (given.length > 0)
            filled.push(...words.paste(given).map((line) => `  ${line}`));
        given = [];
    };
    for (const line of template.split('\n').flatMap((text) => lineFor(text, words.place))) {
        const input = INPUT_LINE.exec(line);
        if (input?.groups) {
            given.push(...fillInput(input.groups['name'] ?? '', input.groups['value'] ?? '', values, words.place));
        }
        else {
            flush();
            filled.push(...fillLine(line, values, words, write));
        }
    }
    flush();
    return filled.join('\n');
}
const PLACEHOLDER = /\{([a-z]+)(\?)?\}/gi;
const NAMED = /\{(input|noun|Noun):([a-z-]+)\}/g;
const INPUT_LINE = /^@ (?<name>[a-z-]+): (?<value>.*)$/;
/** The line without the mark of its place; nothing where it is for the other. */
function lineFor(line, place) {
    const [mark = '', only] = /^\[(workflow|prompt)\] /.exec(line) ?? [];
    return only === undefined || only === place ? [line.slice(mark.length)] : [];
}
function fillInput(name, template, values, place) {
    const names = [...template.matchAll(PLACEHOLDER)];
    if (lacksOptional(names, values))
        return [];
    const value = template.replaceAll(PLACEHOLDER, (_, key) => {
        const known = values[key];
        return typeof known === 'string' ? visible(known) : inCapitals(key);
    });
    if (place === 'prompt')
        return [{ name, value: (0,pod_shell/* quote */.h)(value) }];
    return [{ name, value: names.length > 0 ? paste_json(value) : value }];
}
function fillLine(line, values, words, writeProse) {
    const prose = { mark: '', indent: '', write: writeProse };
    const { mark, indent, write } = MARKED.find((kind) => line.startsWith(kind.mark)) ?? prose;
    const body = named(indent + line.slice(mark.length), words);
    const names = [...body.matchAll(PLACEHOLDER)];
    if (lacksOptional(names, values))
        return [];
    const list = names.map(([, name = '']) => values[name]).find((value) => typeof value === 'object');
    const rows = list === undefined ? [0] : list.keys();
    return Array.from(rows, (row) => body.replaceAll(PLACEHOLDER, (_, name) => {
        const value = values[name];
        const item = typeof value === 'object' ? value[row] : value;
        return item === undefined ? inCapitals(name) : write(item);
    }));
}
function lacksOptional(names, values) {
    return names.some(([, name = '', optional]) => optional !== undefined && values[name] === undefined);
}
function named(text, words) {
    return text.replaceAll(NAMED, (whole, kind, name) => {
        if (kind === 'input')
            return words.input(name);
        if (!(0,hosts_words/* isNoun */.N2)(name))
            return whole;
        const noun = words.noun(name);
        return kind === 'Noun' ? noun.charAt(0).toUpperCase() + noun.slice(1) : noun;
    });
}
/** `clientId` as `CLIENT_ID`: what stands where a value is not known. */
function inCapitals(name) {
    return name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

;// CONCATENATED MODULE: ./src/report/catalogue/context.ts



/** The actions that run command needs, as ARM names them. */
const RUN_COMMAND = 'Microsoft.ContainerService/managedClusters/runCommand/action';
const COMMAND_RESULTS = 'Microsoft.ContainerService/managedClusters/commandResults/read';
const READ_CLUSTER = 'Microsoft.ContainerService/managedClusters/read';
const ROLE_NAME = 'AKS Run Command';
/** The values that any template may ask for. */
function contextValues({ cluster, signIn, environment, commandId }) {
    const oidc = signIn?.kind === 'oidc' ? signIn : undefined;
    const expectedAudience = environment && (0,cloud/* defaultAudience */.Yl)(environment);
    const name = environment?.kind === 'named' ? environment.name : environment?.resourceManager;
    return {
        commandId,
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
        roleName: ROLE_NAME,
        role: cluster && customRole(cluster),
        tenantQuery: 'tenantId',
        principalQuery: '{clientId:appId, name:displayName, tenantId:appOwnerOrganizationId}',
        subscriptionsQuery: '[].{name:name, subscriptionId:id, tenantId:tenantId}',
        clustersQuery: '[].{cluster:name, resourceGroup:resourceGroup}',
        identityQuery: `[?clientId=='${oidc?.clientId ?? 'CLIENT_ID'}'].{name:name, resourceGroup:resourceGroup}`,
    };
}
function customRole({ subscriptionId, resourceGroup }) {
    return paste_json({
        Name: ROLE_NAME,
        Description: 'Run commands in AKS clusters and read their results',
        Actions: [READ_CLUSTER, RUN_COMMAND, COMMAND_RESULTS],
        AssignableScopes: [`/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`],
    });
}

;// CONCATENATED MODULE: ./src/report/catalogue/arm.ts



const STOPPED = {
    section: 'cluster-stopped',
    sentence: 'The cluster is stopped.',
    move: lines('Start it:', '$ az aks start --subscription {subscription} -g {group} -n {cluster}'),
};
const DISABLED = {
    section: 'run-command-disabled',
    sentence: 'Run command is disabled on this cluster.',
    move: lines('Enable it, if those who disabled it agree (with Azure CLI 2.76 or later):', '$ az aks update --subscription {subscription} -g {group} -n {cluster} --enable-run-command'),
};
/** Permissions, names and limits in Azure Resource Manager. The first row that fits counts. */
const ARM = [
    {
        section: 'authorization-failed',
        match: { service: 'arm', codes: ['AuthorizationFailed'] },
        sentence: 'The login lacks the right {action} on the cluster.',
        move: lines('ARM says so of a cluster that does not exist, too: check cluster, resource-group and subscription-id.', GRANT),
    },
    {
        section: 'subscription-not-found',
        match: { service: 'arm', codes: ['SubscriptionNotFound', 'InvalidSubscriptionId'] },
        sentence: 'The subscription {subscription} does not exist in this tenant, or the login has no role in it.',
        move: lines('Check subscription-id, or the subscription in the resource ID, and tenant-id. As somebody who sees the cluster:', '$ az account list --query {subscriptionsQuery} --output table', 'If they are right, the login needs a role:', GRANT),
    },
    {
        section: 'resource-group-not-found',
        match: { service: 'arm', codes: ['ResourceGroupNotFound'] },
        sentence: 'The subscription has no resource group {group}.',
        move: lines('Check resource-group, or the group in the resource ID; it is the group of the cluster, not that of its nodes (MC_…). Where each cluster of the subscription stands:', '$ az aks list --subscription {subscription} --query {clustersQuery} --output table'),
    },
    {
        section: 'cluster-not-found',
        match: { service: 'arm', codes: ['ResourceNotFound'], words: /managedClusters\/[^/']{1,100}'/i },
        sentence: 'The resource group {group} has no cluster {cluster}.',
        move: lines('Check cluster, resource-group and subscription-id. Where each cluster of the subscription stands:', '$ az aks list --subscription {subscription} --query {clustersQuery} --output table'),
    },
    {
        section: 'wrong-tenant',
        match: { service: 'arm', codes: ['InvalidAuthenticationTokenTenant'] },
        sentence: "The login is of another tenant than the cluster's subscription.",
        move: lines('Check tenant-id, or the tenant of azure/login. The tenant of the subscription:', '$ az account show --subscription {subscription} --query {tenantQuery}'),
    },
    {
        section: 'token-rejected',
        match: { service: 'arm', status: 401 },
        sentence: 'ARM does not accept the access token, nor a fresh one.',
        move: 'Check that environment (here {environmentName}) and tenant-id belong to the subscription of the cluster.',
    },
    {
        section: 'api-version-unknown',
        match: { service: 'arm', codes: ['NoRegisteredProviderFound'] },
        sentence: 'The cloud does not support the API version 2024-05-01 of AKS.',
        move: lines('Check that environment (here {environmentName}) is the cloud of the cluster. The versions that a cloud serves:', `$ az provider show --namespace Microsoft.ContainerService --query "resourceTypes[?resourceType=='managedClusters'].apiVersions[]" --output tsv`, 'If 2024-05-01 is not among them, please report it.'),
    },
    {
        section: 'cluster-token-missing',
        match: { service: 'arm', codes: ['MissingAADClusterToken'] },
        sentence: 'The cluster has Entra enabled and did not take the cluster token of the login.',
        move: lines('Check that the login is of the tenant that the cluster trusts:', '$ az aks show --subscription {subscription} -g {group} -n {cluster} --query aadProfile'),
    },
    {
        section: 'locked',
        match: { service: 'arm', codes: ['ScopeLocked'] },
        sentence: 'A lock on the cluster, its resource group or its subscription forbids run command.',
        move: lines('A read-only lock forbids every request but reading. Which locks there are:', '$ az lock list --subscription {subscription} --resource-group {group} --output table'),
    },
    { ...DISABLED, match: { service: 'arm', words: /run.?command[^.]{0,40}\bdisabled\b/i } },
    { ...STOPPED, match: { service: 'arm', words: /\bcluster\b[^.]{0,80}\bstopped\b/i } },
    {
        section: 'quota-exceeded',
        match: { service: 'arm', words: /exceeded quota/i },
        sentence: 'A quota of the namespace aks-command leaves no room for the pod.',
        move: lines('The pod asks for 200m CPU and 500Mi memory, and may use 500m and 1Gi. Raise the quota, or remove it:', '$ kubectl get resourcequota -n aks-command'),
    },
    {
        section: 'policy-denied',
        match: { service: 'arm', words: /admission webhook/i },
        sentence: 'A policy of the cluster denied the pod that was to run the command.',
        move: lines('Exempt the namespace aks-command from it. With Azure Policy it belongs in the parameter excludedNamespaces of the assignment:', '$ az policy assignment list --scope {clusterId} --output table'),
    },
    {
        section: 'pod-forbidden',
        match: { service: 'arm', words: /\bis forbidden\b/i },
        sentence: 'The cluster forbids the pod that was to run the command.',
        move: lines("The words above name the rule: a pod security level, or a right that run command's own account lacks. Pods in the namespace aks-command must be allowed:", '$ kubectl get namespace aks-command --show-labels'),
    },
    {
        section: 'conflict',
        match: { service: 'arm', status: 409 },
        sentence: 'Another operation holds the cluster.',
        move: lines('An upgrade or a change of the cluster is at work. Run the job again when it is over:', '$ az aks show --subscription {subscription} -g {group} -n {cluster} --query provisioningState'),
    },
    {
        section: 'request-too-large',
        match: { service: 'arm', status: 413 },
        sentence: 'The request is larger than Azure accepts.',
        move: SMALLER,
    },
    {
        section: 'throttled',
        match: { service: 'arm', status: 429 },
        sentence: 'Azure throttled the requests for longer than the action waits.',
        move: lines('AKS shares 60 requests, and one more a second, among all that the subscription runs in a region. Run fewer jobs at once:', '| strategy:', '|   max-parallel: 10'),
    },
    {
        section: 'arm-unreachable',
        match: { service: 'arm', status: 0 },
        sentence: 'ARM did not answer.',
        move: 'Check that the runner reaches the ARM endpoint of the cloud ({environmentName}): name resolution, firewall, proxy. Then run the job again.',
    },
];
const ARM_FAILURES = {
    'cluster-stopped': STOPPED,
    'run-command-disabled': DISABLED,
    'cluster-unreadable': {
        section: 'cluster-unreadable',
        sentence: 'The cluster could not be read.',
        move: lines('Run the job again. If it stays so, compare with what Azure says elsewhere:', '$ az aks show --subscription {subscription} -g {group} -n {cluster}'),
        read: ({ answer }) => fromArm(answer, READ_CLUSTER),
    },
    'submission-refused': {
        section: 'submission-refused',
        sentence: 'ARM refused the command.',
        move: 'The words above are those of the service; its support asks for the request ids.',
        read: ({ answer }) => fromArm(answer, RUN_COMMAND),
    },
    'submission-unclear': {
        section: 'submission-unclear',
        sentence: 'The answer to the submission does not tell whether Azure took the command.',
        move: LOOK,
        read: ({ answer }) => ({ words: wordsOf(answer) }),
    },
    'result-missing': {
        section: 'result-missing',
        sentence: 'Azure does not know the result of the command.',
        move: lines('Results are kept for a limited time, and belong to one cluster: with command-id, check that cluster is the one it was submitted to. A pod that never reached Running has no result either.', LOOK),
        read: ({ answer }) => fromArm(answer, COMMAND_RESULTS),
    },
    'result-forbidden': {
        section: 'result-forbidden',
        sentence: 'The login may submit commands and not read their results: it lacks the right {action} on the cluster.',
        move: lines(GRANT, PICK_UP),
        read: ({ answer }) => withoutSigns(answer, COMMAND_RESULTS),
    },
};
/** An answer of ARM to a request that needs the permission `action`. */
function fromArm(answer, action) {
    return { signs: { service: 'arm', ...signsOf(answer) }, ...withoutSigns(answer, action) };
}
function withoutSigns(answer, action) {
    return { values: permissionValues(answer, action), words: wordsOf(answer) };
}
function permissionValues(answer, action) {
    const { text } = signsOf(answer);
    const denied = /perform action '([\w./]{1,200})'/.exec(text)?.[1] ?? action;
    const objectId = /with object id '([0-9a-f-]{36})'/i.exec(text)?.[1];
    return { action: denied, ...(objectId !== undefined && { principal: objectId }) };
}

;// CONCATENATED MODULE: ./src/report/catalogue/command.ts



/** The command itself, and what it handed over. */
const COMMAND_FAILURES = {
    'exit-code': {
        section: 'exit-code',
        sentence: 'The command exited with code {exitCode}.',
        title: 'exit code {exitCode}',
        move: '',
        read: ({ exitCode }) => ({ values: { exitCode: String(exitCode) } }),
    },
    'timed-out': {
        section: 'timed-out',
        sentence: 'The command timed out after {duration}.',
        move: lines('If it needs longer:', '@ timeout: {longer}'),
        read: ({ seconds }) => ({
            values: { duration: formatDuration(seconds), longer: `${Math.ceil((seconds * 2) / 60)}m` },
        }),
    },
    'no-bash': {
        section: 'no-bash',
        sentence: 'The pod has no bash, which the input shell asks for.',
        move: lines('Leave {input:shell} out, which takes sh where there is no bash, or set:', '@ shell: sh'),
    },
    'no-variables': {
        section: 'no-variables',
        sentence: 'The pod could not read the variables of env, so the command did not run.',
        move: 'Run it again. If it keeps failing, please report this bug with the command id.',
    },
    'output-lost': {
        section: 'output-lost',
        sentence: 'The command exited, but part of its output was lost in the pod.',
        move: 'Either the disk of the pod was full, or the command deleted the files .aks-run-command.* in the folder for temporary files. Leave them in place.',
    },
    'outputs-malformed': {
        section: 'outputs-malformed',
        sentence: 'What the command wrote to $GITHUB_OUTPUT cannot be read: line {line} {problem}.',
        move: 'A line is NAME=value, or a block: NAME<<DELIMITER, the lines of the value, DELIMITER on a line of its own.',
        read: ({ line, problem }) => ({ values: { line: String(line), problem } }),
    },
    'outputs-too-large': {
        section: 'outputs-too-large',
        sentence: 'The command wrote more than 64 KiB to $GITHUB_OUTPUT.',
        move: 'Print large results instead: output-file has all that the command printed.',
    },
    'outputs-lost': {
        section: 'outputs-lost',
        sentence: 'The step outputs of the command did not come back.',
        move: 'The pod ended before it could hand them over, most likely at its memory limit of 1 GiB.',
    },
    collect: {
        section: 'collect',
        sentence: 'The files could not be collected: {what}.',
        move: '{move}',
        read: ({ problem }) => ({ values: collectWords(problem) }),
    },
    unexpected: {
        section: 'unexpected',
        sentence: 'The action met an error that it did not expect.',
        move: 'That is a defect of the action: please report it with the words above. Re-run the job with debug logging enabled, and the log tells more.',
        read: ({ detail }) => ({ words: detail }),
    },
};
const LESS = 'It is compressed already. Collect fewer files, or have a Job with workload identity upload them from the cluster.';
/** What happened to the collected files, and what to do. */
function collectWords(problem) {
    switch (problem.kind) {
        case 'over':
            return { what: overLimit(problem), move: [LESS, biggestOf(problem)].filter(Boolean).join('\n') };
        case 'refused':
            return {
                what: `what arrived is refused, ${problem.problem}`,
                move: 'Nothing of them was kept. Something in the pod changed them on their way: collect fewer files, or wait in the command for its background processes.',
            };
        case 'uncollected':
            return uncollected(problem.because);
        case 'lost':
            return {
                what: 'they did not come back',
                move: 'The pod ended before it could hand them over, most likely at its memory limit of 1 GiB.',
            };
        case 'unwritable':
            return {
                what: `they could not be written here (${problem.detail})`,
                move: 'Nothing of them was kept. Free space in the folder for temporary files.',
            };
        case 'no-match':
            return {
                what: `nothing matched ${problem.patterns.map((pattern) => JSON.stringify(pattern)).join(', ')}`,
                move: lines("Patterns start at the command's working folder. If the files may be missing:", '@ if-no-files-collected: warn'),
            };
    }
}
function overLimit({ limit, bytes }) {
    switch (limit) {
        case 'files':
            return 'there are more than 2,000';
        case 'unpacked':
            return `they take ${formatBytes(bytes ?? 0)}, more than 32 MiB`;
        case 'sent':
            return `they take ${formatBytes(bytes ?? 0)} compressed, more than 300 KiB`;
    }
}
function biggestOf({ biggest }) {
    if (biggest.length === 0)
        return '';
    return `The biggest: ${biggest.map(({ path, bytes }) => `${JSON.stringify(path)} (${formatBytes(bytes)})`).join(', ')}`;
}
function uncollected(because) {
    switch (because) {
        case 'time':
            return {
                what: 'it took longer than 40 seconds',
                move: 'Collect fewer files.',
            };
        case 'disk':
            return {
                what: 'the pod could not write them down',
                move: 'Its disk is full, or something deleted the files of the action. Collect fewer files.',
            };
        case 'size':
            return { what: 'their names alone take more than 300 KiB', move: LESS };
        default:
            return {
                what: `the pod has no ${because}`,
                move: 'Run the command where the tool is, or print what you need: output-file has all that the command printed.',
            };
    }
}

;// CONCATENATED MODULE: ./src/report/catalogue/entra.ts




/** What Entra and sessions say of a sign-in. The first row that fits counts. */
const ENTRA = [
    {
        section: 'immutable-subject',
        match: {
            service: 'entra',
            codes: ['AADSTS700213', 'AADSTS70021'],
            words: /repo:[^/@\s]{1,100}@\d{1,20}\/[^/:@\s]{1,100}@\d{1,20}:/,
        },
        sentence: "Entra knows no federated credential for the ID token's immutable subject.",
        move: lines('GitHub gives repositories that were created or renamed on or after 2026-07-15 a subject with the ids of owner and repository (repo:OWNER@OWNER_ID/REPO@REPO_ID:…). A credential made for the names alone does not match it.', FEDERATE),
    },
    {
        section: 'no-federated-credential',
        match: { service: 'entra', codes: ['AADSTS700213', 'AADSTS70021'] },
        sentence: "Entra knows no federated credential for the ID token's subject.",
        move: FEDERATE,
    },
    {
        section: 'wrong-issuer',
        match: { service: 'entra', codes: ['AADSTS700211'] },
        sentence: "Entra knows no federated credential for the ID token's issuer {issuer}.",
        move: lines('An enterprise, or a GitHub Enterprise Server, has an issuer of its own.', FEDERATE),
    },
    {
        section: 'wrong-audience',
        match: { service: 'entra', codes: ['AADSTS700212'] },
        sentence: 'Entra knows no federated credential for the audience {audience} of the ID token.',
        move: lines('In this cloud ({environmentName}) the audience is usually {expectedAudience}. Leave the audience input out, or set:', '| with:', '|   audience: {expectedAudience}', 'It must be the one that the federated credential names, which this shows:', '$ az ad app federated-credential list --id {clientId}'),
    },
    {
        section: 'unknown-application',
        match: { service: 'entra', codes: ['AADSTS700016'] },
        sentence: 'The tenant {tenantId} has no application with the client ID {clientId}.',
        move: lines("Check client-id, which is the application (client) ID of an app registration, or the client ID of a user-assigned identity, and not an object ID; and tenant-id, which is the identity's own tenant. Signed in to that tenant, these show both:", '$ az ad sp show --id {clientId} --query {principalQuery}', SHOW_TENANT),
    },
    {
        section: 'unknown-tenant',
        match: { service: 'entra', codes: ['AADSTS90002'] },
        sentence: 'Entra has no tenant {tenantId} in this cloud ({environmentName}).',
        move: lines('Check tenant-id, which this shows, and environment, which is azureusgovernment or azurechinacloud for a tenant of those clouds:', SHOW_TENANT),
    },
    {
        section: 'id-token-expired',
        match: { service: 'entra', codes: ['AADSTS700024'] },
        sentence: 'For Entra the ID token is not valid at this time.',
        move: lines("The action uses only fresh ID tokens, so the runner's clock may be off. On a self-hosted runner, compare it with the time:", '$ date -u'),
    },
    ...['entra', 'session'].map((service) => ({
        section: 'wrong-secret',
        match: { service, codes: ['AADSTS7000215'] },
        sentence: 'The client secret of the sign-in is not valid.',
        move: lines("It may have expired, or be the secret's ID in place of its value. Without a secret, the step signs in by itself:", OTHER_LOGIN),
    })),
    {
        section: 'unknown-resource',
        match: { service: 'entra', codes: ['AADSTS500011'] },
        sentence: 'The tenant {tenantId} does not know the resource {resource}, for which a token is needed.',
        move: lines("Check tenant-id, which must be the tenant of the cluster's subscription, and environment, which names its cloud (here {environmentName}):", '$ az account show --subscription {subscription} --query {tenantQuery}'),
    },
    {
        section: 'wrong-scope',
        match: { service: 'entra', codes: ['AADSTS1002012'] },
        sentence: 'Entra does not take {resource} for a resource that tokens can be asked for.',
        move: lines('It comes from the metadata of the ARM endpoint in environment (here {environmentName}). Check that input, and ask those who run the endpoint.'),
    },
    {
        section: 'entra-unreachable',
        match: { service: 'entra', status: 0 },
        sentence: 'Entra did not answer.',
        move: 'Check that the runner reaches the sign-in endpoint of the cloud ({environmentName}): name resolution, firewall, proxy. Then run the job again.',
    },
    {
        section: 'session-expired',
        match: { service: 'session', codes: ['AADSTS700024'] },
        sentence: 'The session on the runner cannot be renewed: its ID token has expired.',
        move: lines('azure/login keeps one ID token, and it lives about five minutes. Let the step sign in by itself, with a fresh ID token whenever it needs one:', OTHER_LOGIN),
    },
];
const SIGN_IN_FAILURES = {
    'no-id-token': {
        section: 'no-id-token',
        sentence: 'The job has no right to an ID token of GitHub.',
        move: lines('Give it to the job, or to the workflow:', '| permissions:', '|   id-token: write', '|   contents: read', 'A workflow that a pull request from a fork started cannot have it: skip the step there, or run it after the merge.'),
    },
    'id-token': {
        section: 'id-token',
        sentence: "GitHub's token service gave no ID token.",
        move: 'Run the job again. If it stays so, look at https://www.githubstatus.com and, on a self-hosted runner, at firewall and proxy.',
        read: ({ detail }) => ({ words: detail }),
    },
    entra: {
        section: 'entra',
        sentence: 'Entra gave no access token for {resource}.',
        move: 'Compare client-id, tenant-id, audience and environment with the sign-in that the log shows, and look the AADSTS number up at https://login.microsoftonline.com/error.',
        read: (failure, context) => {
            const signs = signsOf(failure.answer);
            const text = `${signs.text}\n${failure.claims.subject}`;
            return {
                signs: { service: 'entra', ...signs, ...aadsts(signs.text), text },
                values: signInValues(failure, context),
                words: wordsOf(failure.answer),
            };
        },
    },
    'no-session': {
        section: 'no-session',
        sentence: 'The step has no client-id and tenant-id, and no Azure session on the runner gives a token.',
        move: lines('Either let the step sign in by itself:', OTHER_LOGIN, 'or sign in in a step before it:', '| - uses: azure/login@v3', '|   with:', '|     client-id: ${{ vars.AZURE_CLIENT_ID }}', '|     tenant-id: ${{ vars.AZURE_TENANT_ID }}', '|     subscription-id: {subscription?}'),
        read: ({ detail }) => ({ words: detail, signs: { service: 'session', ...aadsts(detail) } }),
    },
    'cloud-metadata': {
        section: 'cloud-metadata',
        sentence: 'The ARM endpoint {endpoint} does not say where to sign in.',
        move: lines('Check environment, which takes azurecloud, azureusgovernment, azurechinacloud or the https:// address of an ARM endpoint. From the runner, this must show JSON with an https login endpoint:', '$ curl --fail {metadataUrl}'),
        read: ({ endpoint, answer }) => ({
            values: { endpoint, metadataUrl: endpoint + cloud/* METADATA_PATH */.GN },
            words: wordsOf(answer),
        }),
    },
};
function signInValues({ scope, claims }, { repository = 'OWNER/REPOSITORY', signIn }) {
    const claim = (name, fallback) => {
        return claims[name] === '' ? fallback : claims[name];
    };
    const issuer = claim('issuer', 'https://token.actions.githubusercontent.com');
    const subject = claim('subject', `repo:${repository}:ref:refs/heads/BRANCH`);
    const audience = claim('audience', signIn?.kind === 'oidc' ? signIn.audience : 'AUDIENCE');
    const name = credentialName(subject);
    const resource = scope.replace('/.default', '');
    return {
        issuer,
        subject,
        audience,
        credentialName: name,
        credential: paste_json({ name, issuer, subject, audiences: [audience] }),
        resource: scope === cloud/* AKS_SERVER_SCOPE */.vW ? `${resource} (AKS)` : resource,
    };
}
/** A federated credential's name: letters, digits, `-` and `_`, 3 to 120 of them, that tell the subject. */
function credentialName(subject) {
    const words = subject.replaceAll(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
    return `github-${words}`.slice(0, 120).replace(/-$/, '');
}

;// CONCATENATED MODULE: ./src/report/catalogue/files.ts


const TOO_LARGE = lines(SMALLER, '{biggest?}');
/** What is wrong with a file or a pattern. */
const FILE_PROBLEMS = {
    'no-match': {
        section: 'files-no-match',
        sentence: 'No files were found for {patterns}.',
        move: lines('Check the path below working-directory, and that a step before it makes the files (actions/checkout). Dotfiles need include-hidden-files, or a pattern that spells the dot out. If the files may be missing:', '@ if-no-files-found: warn'),
    },
    'invalid-pattern': {
        section: 'files-invalid-pattern',
        sentence: 'The files pattern {path} cannot be used: {detail}.',
        move: 'Patterns start at working-directory and stay below it. To send files from elsewhere, set working-directory.',
    },
    'working-directory-outside': {
        section: 'working-directory-outside',
        sentence: 'The working-directory {path} lies outside the workspace and RUNNER_TEMP.',
        move: 'Only files of the workspace, or below RUNNER_TEMP, are ever sent. Copy the files there in a step before.',
    },
    'working-directory-missing': {
        section: 'working-directory-missing',
        sentence: 'The working-directory {path} does not exist, or is not a folder.',
        move: 'It is relative to the workspace. A step before must make it: actions/checkout, or the step that renders the manifests.',
    },
    'working-directory-git': {
        section: 'working-directory-git',
        sentence: 'The working-directory {path} leads into .git.',
        move: 'Git keeps the token of actions/checkout there, so nothing in it is sent. Set working-directory to the folder that holds your files.',
    },
    'too-many': {
        section: 'files-too-many',
        sentence: 'There are more than {limit} files to look at or send in {path}.',
        move: 'Name the folders that the command needs instead of their parent. Symbolic links between folders multiply the files in them.',
    },
    backslash: {
        section: 'files-backslash',
        sentence: 'The name of the file {path} contains a backslash.',
        move: 'Programs that unpack a zip take it for a folder. Rename the file, or exclude it with a line of files that begins with !.',
    },
    swapped: {
        section: 'files-swapped',
        sentence: 'The file {path} was replaced while it was being read.',
        move: 'Another process writes to the workspace during the step. Wait for it to finish in a step before.',
    },
    outside: {
        section: 'files-outside',
        sentence: 'The file {path} leads outside the workspace, to {target}.',
        move: 'A symbolic link out of the workspace is not followed. Exclude it with a line that begins with !, or copy the file into the workspace before.',
    },
    'broken-link': {
        section: 'files-broken-link',
        sentence: 'The symbolic link {path} points to nothing.',
        move: 'Fix it, or exclude it with a line of files that begins with !.',
    },
    'link-cycle': {
        section: 'files-link-cycle',
        sentence: 'The symbolic link {path} leads back to a folder that holds it.',
        move: 'Exclude it with a line of files that begins with !.',
    },
    unreadable: {
        section: 'files-unreadable',
        sentence: 'The file {path} cannot be read.',
        move: 'Check its permissions; a container step before may have made it as root. Or exclude it with a line of files that begins with !.',
    },
    'not-a-file': {
        section: 'files-not-a-file',
        sentence: '{path} is neither a file nor a folder.',
        move: 'Sockets, pipes and devices cannot be sent. Exclude it with a line of files that begins with !.',
    },
    'own-folder': {
        section: 'files-own-folder',
        sentence: "The file {path} is in the folder that the action's own files take in the pod.",
        move: 'Rename .aks-run-command, or exclude it with a line of files that begins with !.',
    },
};
/** Sizes. The first row that fits counts. */
const SIZES = [
    {
        section: 'files-too-large',
        match: { service: 'action', codes: ['files-too-large'] },
        sentence: 'The files take {size}, and the action packs at most {limit}.',
        move: TOO_LARGE,
    },
];
function valuesOf(problem) {
    switch (problem.kind) {
        case 'no-match':
            return { patterns: problem.patterns.join(', ') };
        case 'too-many':
            return { path: problem.path, limit: problem.limit.toLocaleString('en-US') };
        default:
            return problem;
    }
}
const FILES_FAILURES = {
    files: {
        ...FILE_PROBLEMS['no-match'],
        read: ({ problem }) => ({
            text: FILE_PROBLEMS[problem.kind],
            values: valuesOf(problem),
        }),
    },
    'too-large': {
        section: 'too-large',
        sentence: 'The request would take {size}, and ARM accepts {limit}.',
        move: TOO_LARGE,
        read: ({ packed, bytes, limit, biggest }) => ({
            ...(!packed && { signs: { service: 'action', code: 'files-too-large' } }),
            values: {
                size: exactSize(bytes),
                limit: exactSize(limit),
                biggest: biggest.length === 0 ? undefined : ['The biggest files:', ...biggest.map(sizeLine)],
            },
        }),
    },
};
function sizeLine({ path, bytes }) {
    return `${formatBytes(bytes).padStart(10)}  ${path}`;
}
function exactSize(bytes) {
    return `${formatBytes(bytes)} (${formatCount(bytes)} bytes)`;
}

;// CONCATENATED MODULE: ./src/report/catalogue/inputs.ts
/** The inputs of the step. */
const INPUT_FAILURES = {
    'invalid-inputs': {
        section: 'invalid-inputs',
        sentence: 'Inputs of the step are missing or invalid.',
        move: '- {problems}',
        read: ({ problems }) => ({ values: { problems } }),
    },
};

;// CONCATENATED MODULE: ./src/report/catalogue/pod-output.ts

/** A row for a line that is an error; its named groups are values of the templates. */
function onLine(words, text) {
    return { ...text, match: { service: 'output', words } };
}
/** A row for an exit code, where the output says nothing better. */
function onExit(exitCode, text) {
    const match = { service: 'output', exitCode };
    return { ...text, match };
}
const SERVER = String.raw `^(?:[Ee]rror: )*(?:INSTALLATION FAILED: |UPGRADE FAILED: )?.*?`;
/** Kubernetes' words behind whatever kubectl or helm puts before them. */
const said = (words) => new RegExp(SERVER + words);
const SEND_IT = lines('{nothingSent?}', 'Among the files sent, the closest is {near?}.', 'Add it to {input:files}, and call it by its path below {input:working-directory}:', '@ files: {path}');
const NO_EGRESS = lines('The pod often has no way out of the cluster. Fetch it on {noun:runner} before, and send it along:', '$ helm pull CHART --untar', '$ kubectl kustomize URL > rendered.yaml');
const NAMESPACE = lines('Name the namespace in each call, and create it where it may be missing:', '$ kubectl create namespace NAMESPACE --dry-run=client --output yaml | kubectl apply --filename -', '$ helm upgrade --install RELEASE CHART --namespace NAMESPACE --create-namespace');
const LINE_ENDINGS = lines('Its first line may end in a carriage return, as on Windows, or name an interpreter that the pod does not have (it has sh and bash). For the line endings:', "$ echo '*.sh text eol=lf' >> .gitattributes");
const WHY_NOT_READY = lines('Add this to the command to see why:', '$ kubectl get pods,events --namespace NAMESPACE', '$ kubectl logs POD --namespace NAMESPACE --all-containers --previous');
const BIND = lines('$ kubectl create rolebinding aks-run-command --namespace={namespace?} --clusterrole={clusterRole} --serviceaccount={serviceAccount?}');
/** What the output of a failed command says, a line that is an error at a time. The first row that fits counts. */
const POD_OUTPUT = [
    // Permissions in the cluster
    onLine(/is forbidden: User "(?<user>[^"]*)" cannot (?<verb>\w+) resource "(?<kind>[^"]*)"(?:.*in the namespace "(?<namespace>[a-z0-9-]{1,63})")?.*does not have access to the resource in Azure/, {
        section: 'azure-rbac-forbidden',
        sentence: 'The identity cannot {verb} {kind} in the cluster: Azure RBAC for Kubernetes denies it.',
        move: lines('Grant a role with that permission: Reader, Writer, or Admin in a namespace, Cluster Admin for kinds without one.', '$ az role assignment create --assignee={user} --role {kubernetesRole} --scope {kubernetesScope}'),
    }),
    onLine(/is forbidden: User "(?<user>system:serviceaccount:[^"]*)" cannot (?<verb>\w+) resource "(?<kind>[^"]*)"(?:.*in the namespace "(?<namespace>[a-z0-9-]{1,63})")?/, {
        section: 'service-account-forbidden',
        sentence: "The pod's service account cannot {verb} {kind}.",
        move: lines('Bind a role to it:', BIND, 'For kinds without a namespace, bind a cluster role:', '$ kubectl create clusterrolebinding aks-run-command --clusterrole=CLUSTER_ROLE --serviceaccount={serviceAccount?}'),
    }),
    onLine(/is forbidden: User "(?<user>[^"]*)" cannot (?<verb>\w+) resource "(?<kind>[^"]*)"(?:.*in the namespace "(?<namespace>[a-z0-9-]{1,63})")?/, {
        section: 'kubernetes-forbidden',
        sentence: 'The identity cannot {verb} {kind} in the cluster.',
        move: lines('If the cluster uses Azure RBAC for Kubernetes, grant a role with that permission: Reader, Writer, or Admin in a namespace, Cluster Admin for kinds without one.', '$ az role assignment create --assignee={user} --role {kubernetesRole} --scope {kubernetesScope}', 'If it uses Kubernetes RBAC, bind a role, as a cluster admin:', '$ kubectl create rolebinding aks-run-command --namespace={namespace?} --clusterrole={clusterRole} --user={user}', '$ kubectl create clusterrolebinding aks-run-command --clusterrole=CLUSTER_ROLE --user={clusterUser?}'),
    }),
    onLine(/attempting to grant RBAC permissions not currently held/, {
        section: 'rbac-escalation',
        sentence: 'The identity tried to grant permissions that it does not have.',
        move: 'Kubernetes lets nobody grant more than they hold. Let the identity hold the role itself, or bind it as a cluster admin.',
    }),
    onLine(/^(?:[Ee]rror: )*(?:error: )?You must be logged in to the server \(|^Error from server \(Unauthorized\)|Unauthorized$/, {
        section: 'kubernetes-unauthorized',
        sentence: 'The API server did not accept the credentials of the pod.',
        move: 'A kubeconfig that the command brings along replaces the one of the pod: unset KUBECONFIG and leave out --token. A command that runs for hours may outlive its token.',
    }),
    // What rejects a change
    onLine(said('exceeded quota: (?<quota>[a-z0-9.-]{1,253})'), {
        section: 'namespace-quota',
        sentence: 'The resource quota {quota} of the namespace is exceeded.',
        move: lines('Ask for less, or raise the quota. What it allows and what is used:', '$ kubectl describe resourcequota {quota} --namespace NAMESPACE'),
    }),
    onLine(said('violates PodSecurity "(?<level>[^"]{1,100})"'), {
        section: 'pod-security',
        sentence: 'The namespace forbids this pod: PodSecurity {level}.',
        move: 'The line lists the fields to set, runAsNonRoot and seccompProfile for example. Set them, or use a namespace with another level.',
    }),
    onLine(said("ValidatingAdmissionPolicy '(?<policy>[^']{1,253})'"), {
        section: 'admission-policy',
        sentence: 'The ValidatingAdmissionPolicy {policy} blocked the change.',
        move: lines('Change what it asks for, or ask its owners for an exemption:', '$ kubectl get validatingadmissionpolicy {policy} --output yaml'),
    }),
    onLine(said('failed calling webhook "(?<webhook>[^"]{1,253})"'), {
        section: 'webhook-unavailable',
        sentence: 'The webhook {webhook} did not answer.',
        move: lines('It has to allow each change, and its pods may be down. Which webhooks there are, and who owns them:', '$ kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations'),
    }),
    onLine(said('admission webhook "(?<webhook>[^"]{1,253})" denied the request'), {
        section: 'admission-denied',
        sentence: 'The policy {webhook} blocked the change.',
        move: 'The line names the rule and what it asks for. Change the manifest, or ask the owners of the policy for an exemption.',
    }),
    onLine(said('because it is being terminated'), {
        section: 'namespace-terminating',
        sentence: 'The namespace is being deleted.',
        move: lines('Nothing can be created in it until it is gone. What holds it up:', '$ kubectl get namespace NAMESPACE --output yaml'),
    }),
    // What is not there
    onLine(/namespaces? "(?<namespace>[a-z0-9.-]{1,253})" not found/, {
        section: 'namespace-not-found',
        sentence: 'The cluster has no namespace {namespace}.',
        move: NAMESPACE,
    }),
    onLine(/not found in namespace "aks-command"|in the namespace "aks-command"|not found in aks-command namespace/, {
        section: 'default-namespace',
        sentence: 'The command looked in the namespace aks-command, where its own pod runs.',
        move: NAMESPACE,
    }),
    onLine(/no matches for kind "(?<kind>[^"]{1,100})" in version "(?<version>[^"]{1,100})"/, {
        section: 'no-matches-for-kind',
        sentence: 'The cluster has no kind {kind} in {version}.',
        move: lines('Install the CRD before, or correct the apiVersion. What the cluster has:', '$ kubectl api-resources', '$ kubectl wait --for=condition=established crd/NAME --timeout=60s'),
    }),
    onLine(/the server doesn't have a resource type "(?<kind>[^"]{1,100})"/, {
        section: 'no-resource-type',
        sentence: 'The cluster has no resource type {kind}.',
        move: lines('Check the spelling, or install the CRD before. What the cluster has:', '$ kubectl api-resources'),
    }),
    onLine(/^Error from server \(NotFound\): (?<kind>[\w.]{1,100}) "(?<name>[^"]{1,253})" not found/, {
        section: 'resource-not-found',
        sentence: 'kubectl found no {kind} {name}.',
        move: lines('Without {flag}, kubectl looks in the namespace aks-command. Where it is:'.replace('{flag}', '--namespace'), '$ kubectl get {kind} --all-namespaces'),
    }),
    // What is there already, or cannot change
    onLine(/field is immutable/, {
        section: 'immutable-field',
        sentence: 'A field of the object cannot be changed.',
        move: lines('Delete the object and create it again, which interrupts what it runs:', '$ kubectl replace --force --filename FILE'),
    }),
    onLine(/^error: Apply failed with \d+ conflicts?: conflicts? with "(?<manager>[^"]{1,253})".*?(?:: (?<field>\.\S{1,300}))?$/, {
        section: 'apply-conflict',
        sentence: 'The field manager {manager} owns what server-side apply would change.',
        move: lines('The field is {field?}', 'Leave the field out of the manifest, or take it over:', '$ kubectl apply --server-side --force-conflicts --filename FILE'),
    }),
    onLine(/the object has been modified; please apply your changes to the latest version/, {
        section: 'object-modified',
        sentence: 'Something else changed the object at the same time.',
        move: 'Run it again. Use kubectl apply or kubectl patch instead of replace.',
    }),
    onLine(/metadata\.annotations: Too long/, {
        section: 'annotations-too-long',
        sentence: 'The object is too large for a client-side kubectl apply.',
        move: lines('kubectl keeps a copy in an annotation of at most 256 KiB. Server-side apply needs none:', '$ kubectl apply --server-side --filename FILE'),
    }),
    onLine(/^Error from server \(AlreadyExists\)/, {
        section: 'already-exists',
        sentence: 'The object exists already.',
        move: lines('kubectl create works once. To create or update:', '$ kubectl apply --filename FILE'),
    }),
    onLine(/strict decoding error: unknown field "(?<field>[^"]{1,253})"/, {
        section: 'unknown-field',
        sentence: 'The manifest has a field that its kind does not know: {field}.',
        move: lines('Check spelling and indentation:', '$ kubectl explain KIND.spec --recursive'),
    }),
    onLine(/^The (?<kind>\w{1,100}) "(?<name>[^"]{0,253})" is invalid: (?<field>[^:\s]{1,300}):/, {
        section: 'invalid-object',
        sentence: 'The {kind} {name} is invalid at {field}.',
        move: 'The line says which value is wrong, and what is allowed.',
    }),
    onLine(/cannot be handled as an? (?<kind>\w{1,100}): json: cannot unmarshal (?<got>\w{1,40}) into .* of type (?<wanted>\S{1,100})$/, {
        section: 'wrong-type',
        sentence: 'A field of the {kind} has the wrong type: {got} instead of {wanted}.',
        move: 'Quote a number or a boolean that is meant as text, as in value: "8080".',
    }),
    onLine(/error converting YAML to JSON|YAML parse error on (?<path>\S{1,300}):/, {
        section: 'invalid-yaml',
        sentence: 'A file is not valid YAML.',
        move: 'The line names the file and the line in it. Tabs, indentation, and unquoted colons are the usual causes.',
    }),
    // Waiting
    onLine(/deployment "(?<deployment>[a-z0-9.-]{1,253})" exceeded its progress deadline/, {
        section: 'progress-deadline',
        sentence: 'The deployment {deployment} made no progress before its deadline.',
        move: lines('Its new pods do not become ready. Add this to the command to see why:', '$ kubectl describe deployment/{deployment} --namespace NAMESPACE', '$ kubectl logs deployment/{deployment} --namespace NAMESPACE --all-containers --previous'),
    }),
    onLine(/(?:INSTALLATION|UPGRADE) FAILED: .*resource (?<resource>\S{1,300}) not ready\. status: /, {
        section: 'helm-not-ready',
        sentence: 'helm waited for {resource}, and it did not become ready.',
        move: WHY_NOT_READY,
    }),
    onLine(/Progress deadline exceeded/, {
        section: 'helm-progress-deadline',
        sentence: 'A deployment made no progress before its deadline.',
        move: WHY_NOT_READY,
    }),
    onLine(/^[Ee]rror: timed out waiting for the condition/, {
        section: 'timed-out-waiting',
        sentence: 'kubectl or helm timed out waiting.',
        move: lines('The pods do not become ready, or need longer than --timeout.', WHY_NOT_READY),
    }),
    onLine(/(?:pre|post)-(?:install|upgrade|rollback|delete) hooks? failed|failed (?:pre|post)-(?:install|upgrade|rollback|delete)/, {
        section: 'helm-hook',
        sentence: 'A hook of the helm chart failed.',
        move: lines('A hook is usually a job. What it printed:', '$ kubectl logs job/NAME --namespace NAMESPACE'),
    }),
    onLine(/^[Ee]rror: .*context deadline exceeded$/, {
        section: 'context-deadline',
        sentence: 'helm or kubectl ran out of time.',
        move: WHY_NOT_READY,
    }),
    onLine(/^[Ee]rror\b.*(?:CrashLoopBackOff|in CrashLoop state)/, {
        section: 'crash-loop',
        sentence: 'A container crashes again and again.',
        move: lines('What it printed before it crashed:', '$ kubectl logs POD --namespace NAMESPACE --previous'),
    }),
    onLine(/^[Ee]rror\b.*(?:ImagePullBackOff|ErrImagePull|image can't be pulled|failing to pull image)/, {
        section: 'image-pull',
        sentence: 'A pod cannot pull its image.',
        move: lines("Check the image's name and tag, and that the cluster can pull from its registry. For an Azure container registry:", '$ az aks check-acr --subscription {subscription} -g {group} -n {cluster} --acr REGISTRY.azurecr.io', '$ az aks update --subscription {subscription} -g {group} -n {cluster} --attach-acr REGISTRY'),
    }),
    // helm
    onLine(/another operation \(install\/upgrade\/rollback\) is in progress|UPGRADE FAILED: release: already exists/, {
        section: 'helm-in-progress',
        sentence: 'Another helm operation on this release is in progress.',
        move: lines('Another job deploys it now, or an earlier one was interrupted. Let only one job at a time deploy it:', '[workflow] | concurrency:', '[workflow] |   group: deploy', 'If nothing is running, go back to the last deployed revision:', '$ helm history RELEASE --namespace NAMESPACE', '$ helm rollback RELEASE --namespace NAMESPACE'),
    }),
    onLine(/cannot re-use a name that is still in use|INSTALLATION FAILED: release: already exists/, {
        section: 'helm-name-in-use',
        sentence: 'The helm release exists already.',
        move: lines('To install or upgrade:', '$ helm upgrade --install RELEASE CHART --namespace NAMESPACE'),
    }),
    onLine(/"(?<release>[^"]{1,100})" has no deployed releases/, {
        section: 'helm-no-deployed-release',
        sentence: 'The helm release {release} was never deployed successfully.',
        move: lines('Remove what the failed first try left, and install again:', '$ helm uninstall {release} --namespace NAMESPACE', '$ helm upgrade --install {release} CHART --namespace NAMESPACE'),
    }),
    onLine(/invalid ownership metadata|cannot be imported into the current release/, {
        section: 'helm-ownership',
        sentence: 'The object exists already and does not belong to the helm release.',
        move: lines('If the release may take it over:', '$ helm upgrade --install RELEASE CHART --namespace NAMESPACE --take-ownership'),
    }),
    onLine(/helm dependency build|missing in charts\/ directory: (?<dependency>[\w.-]{1,100})/, {
        section: 'helm-dependencies',
        sentence: 'The helm chart lacks its dependencies.',
        move: lines('Fetch them on {noun:runner} before, and send the folder charts/ along:', '$ helm dependency build CHART', '@ files: CHART/'),
    }),
    onLine(/^Error: repo (?<repo>[\w.-]{1,100}) not found|is not a valid chart repository or cannot be reached|^Error: no cached repo/, {
        section: 'helm-repository',
        sentence: 'helm cannot use the chart repository from the pod.',
        move: NO_EGRESS,
    }),
    onLine(/^Error: .*(?:401|unauthorized|denied).*(?:oci:|\/v2\/|registry)|^Error: .*\/v2\/.*(?:401|unauthorized|denied)/, {
        section: 'registry-unauthorized',
        sentence: 'The registry of the chart asks for a sign-in.',
        move: lines('Sign in before, on {noun:runner} or in the command:', '$ helm registry login REGISTRY', NO_EGRESS),
    }),
    onLine(/^Error: (?:open (?<path>\S{1,300}): no such file or directory|path "(?:[^"]{1,300})" not found)/, {
        section: 'helm-path',
        sentence: 'helm found no file {path}.',
        move: SEND_IT,
    }),
    onLine(/^Error: non-absolute URLs should be in form of repo_name\/path_to_chart, got: (?<path>\S{1,300})/, {
        section: 'helm-chart-path',
        sentence: 'helm found no chart {path}.',
        move: SEND_IT,
    }),
    onLine(/[Kk]ubernetes cluster unreachable|^The connection to the server \S{1,300} was refused|^Unable to connect to the server: (?!.*no such host)/, {
        section: 'api-server-unreachable',
        sentence: 'The command did not reach the API server.',
        move: 'The pod has a kubeconfig of its own: unset KUBECONFIG, and leave out --kubeconfig and --context. If the cluster is being upgraded, run it again.',
    }),
    onLine(/unknown command "(?<plugin>[\w-]{1,100})" for "helm"/, {
        section: 'helm-plugin',
        sentence: 'helm in the pod has no command {plugin}.',
        move: 'Plugins are not in the image. Run what needs them on {noun:runner}, and send the result along.',
    }),
    onLine(/no context exists with the name: "(?<context>[^"]{1,253})"|context "(?:[^"]{1,253})" does not exist/, {
        section: 'no-context',
        sentence: 'The pod has no kubectl context {context}.',
        move: 'The pod is already connected to the cluster. Leave out --context, kubectl config use-context, and az aks get-credentials.',
    }),
    // Files
    onLine(/^error: the path "(?<path>[^"]{1,300})" does not exist/, {
        section: 'kubectl-path',
        sentence: 'kubectl could not find {path}.',
        move: SEND_IT,
    }),
    onLine(/evalsymlink failure on '(?:[^']{0,300}\/)?(?<path>[^'/]{1,300})'/, {
        section: 'kustomize-path',
        sentence: 'kustomize could not find {path}.',
        move: lines('{nothingSent?}', 'An overlay needs its bases sent along:', '@ files: k8s/'),
    }),
    onLine(/(?:dial tcp: lookup |Could not resolve host: )(?<host>[^\s:]{1,253})/, {
        section: 'no-egress',
        sentence: 'The pod cannot resolve the host {host}.',
        move: NO_EGRESS,
    }),
    onLine(/^(?:.*: )?(?:line )?(?:\d{1,9}: )?(?:cd: )(?:line \d{1,9}: )?(?:can't cd to )?(?<path>[^\s:]{1,300})(?:: No such file or directory)?$/, {
        section: 'no-such-folder',
        sentence: 'The shell found no folder {path}.',
        move: SEND_IT,
    }),
    onLine(/: (?<path>\S{1,300}): Permission denied$/, {
        section: 'permission-denied',
        sentence: 'The file {path} is not executable.',
        move: lines('Set its executable bit in Git, or name the shell:', '$ git update-index --chmod=+x {path}', '$ bash {path}'),
    }),
    onLine(/: (?<path>\S{1,300}): cannot execute: required file not found$|: \S{1,300}: bad interpreter|\$'\\r': command not found|: invalid option name$|illegal option (?:-o )?pipefail\r?$/, {
        section: 'line-endings',
        sentence: 'The script cannot run: its line endings or its interpreter are wrong.',
        move: LINE_ENDINGS,
    }),
    onLine(/(?:^|: )(?<path>\.{0,2}\/[^\s:]{1,300}): (?:No such file or directory|not found)$/, {
        section: 'no-such-script',
        sentence: 'The shell found no file {path}.',
        move: lines(SEND_IT, LINE_ENDINGS),
    }),
    onLine(/^(?:awk|base64|cat|cp|grep|head|jq|ls|mv|rm|sed|tail|tar|tee|bash|sh): (?:error: )?(?:can't open |cannot access |cannot stat |can't read |Could not open file )?'?(?<path>[^\s:']{1,300})'?: No such file or directory$/, {
        section: 'no-such-file',
        sentence: 'The command found no file {path}.',
        move: SEND_IT,
    }),
    // The shell
    onLine(/(?:^|: )(?<name>GITHUB_ENV|GITHUB_PATH|GITHUB_STATE): (?:unbound variable|parameter not set)|ambiguous redirect$|cannot create : (?:Directory nonexistent|No such file)|^(?:line )?\d{1,9}: : No such file or directory/, {
        section: 'file-command',
        sentence: 'The command wrote to a file of the runner that the pod does not have.',
        move: 'In the pod there are $GITHUB_OUTPUT and $GITHUB_STEP_SUMMARY, and not $GITHUB_ENV or $GITHUB_PATH. Write a step output, and use it in a later step.',
    }),
    onLine(/(?:^|: )(?<name>[A-Za-z_]\w{0,100}): (?:unbound variable|parameter not set)$/, {
        section: 'unbound-variable',
        sentence: 'The variable {name} is not set in the pod.',
        move: lines('Variables of the job do not reach the pod by themselves. Pass it on:', '@ env: {name}'),
    }),
    onLine(/(?:^|: )\[\[: not found$|[Ss]yntax error: (?:"\(" unexpected|unexpected "\(")|: 1?\(\(: not found$/, {
        section: 'bash-needed',
        sentence: 'The command uses bash syntax, and sh ran it.',
        move: lines('Ask for bash:', '@ shell: bash'),
    }),
    onLine(/(?:^|: )(?:line \d{1,9}|\d{1,9}): (?<name>\w{1,100}): (?:command )?not found$(?<=: [A-Z_][A-Z0-9_]*: (?:command )?not found)/, {
        section: 'blank-around-equals',
        sentence: 'The shell took {name} for a program.',
        move: 'An assignment has no blanks around the equals sign: NAME=value.',
    }),
    onLine(/(?:(?:^|: )line \d{1,9}|^\d{1,9}|: \d{1,9}|\b(?:ba|da|a)?sh(?:: \d{1,9})?|^(?:xargs|env)): '?‘?(?<program>[^\s:/'’=[]{1,100})['’]?: (?:(?:command )?not found|No such file or directory)$/, {
        section: 'command-not-found',
        sentence: 'The pod has no program {program}.',
        move: lines('The image has kubectl, helm, jq, xargs, grep, and awk, and no git, az, or curl. Run the program in a step before, or send a static Linux build along:', '@ files: bin/tool', '@ command: ./bin/tool'),
    }),
    onLine(/^Unable to use a TTY/, {
        section: 'no-terminal',
        sentence: 'kubectl exec asked for a terminal, and there is none.',
        move: 'Leave out -t and -it.',
    }),
    // Exit codes of a command that says nothing better
    onExit(137, {
        section: 'exit-code-137',
        sentence: 'A process was killed (exit code 137, SIGKILL), probably out of memory.',
        title: 'killed, probably out of memory (exit code 137)',
        move: 'The pod has 1 GiB of memory, and files below /dev/shm count as memory. Do less at once: fewer charts or manifests, less in parallel, results in files instead of variables.',
    }),
    onExit(143, {
        section: 'exit-code-143',
        sentence: 'A process was terminated (exit code 143, SIGTERM).',
        title: 'terminated (exit code 143)',
        move: 'The pod was deleted, its node was drained, or the command ended a process itself.',
    }),
    onExit(130, {
        section: 'exit-code-130',
        sentence: 'A process was interrupted (exit code 130, SIGINT).',
        title: 'interrupted (exit code 130)',
        move: 'Something in the command sent SIGINT. Nobody can press Ctrl+C in the pod.',
    }),
    onExit(139, {
        section: 'exit-code-139',
        sentence: 'A program crashed (exit code 139, SIGSEGV).',
        title: 'a program crashed (exit code 139)',
        move: 'Often a binary for another system: send one for Linux x64 that is linked statically.',
    }),
    onExit(1, {
        section: 'silent-exit-1',
        sentence: 'The command exited with code 1 and wrote nothing.',
        title: 'exit code 1',
        move: lines('grep, test, and [ exit with 1 and say nothing. To see which line it was, begin the command with set -x. Where 1 is a normal answer:', '@ allowed-exit-codes: "0, 1"'),
    }),
];

;// CONCATENATED MODULE: ./src/report/catalogue/row.ts
/** Whether a row is about what shows these signs: then what its words name. */
function fits({ service, codes, status, words, exitCode, state }, signs) {
    const fitting = service === signs.service &&
        (codes === undefined || (signs.code !== undefined && codes.includes(signs.code))) &&
        (status === undefined || status === signs.status) &&
        (exitCode === undefined || exitCode === signs.exitCode) &&
        (state === undefined || state === signs.state);
    if (!fitting)
        return undefined;
    if (words === undefined)
        return {};
    const found = words.exec(signs.text ?? '');
    return found ? (found.groups ?? {}) : undefined;
}

;// CONCATENATED MODULE: ./src/report/catalogue/index.ts








const ROWS = [...ENTRA, ...ARM, ...AKS, ...SIZES, ...POD_OUTPUT];
/** The action's own failures, by code. */
const OWN = {
    ...INPUT_FAILURES,
    ...FILES_FAILURES,
    ...SIGN_IN_FAILURES,
    ...ARM_FAILURES,
    ...POD_FAILURES,
    ...COMMAND_FAILURES,
};
/** The first row that fits, and what it found. */
function lookUp(signs) {
    for (const row of ROWS) {
        const groups = fits(row.match, signs);
        if (groups)
            return { row, groups };
    }
    return undefined;
}
/** Everything that is known, in one list. */
const CATALOGUE = [
    ...ROWS,
    ...Object.entries(OWN).map(([code, text]) => ({ ...text, match: { service: 'action', codes: [code] } })),
    ...Object.entries(FILE_PROBLEMS).map(([kind, text]) => ({
        ...text,
        match: { service: 'action', codes: [kind] },
    })),
];

;// CONCATENATED MODULE: ./src/report/explanation.ts




/** Explains a failure. */
function explain(failure, context) {
    const { entry, details } = read(failure, context);
    const { signs, values = {}, words = '' } = details;
    const found = signs && lookUp(signs);
    const text = details.text ?? found?.row ?? entry;
    return compose(text, { ...contextValues(context), ...values, ...found?.groups }, words, context);
}
function read(failure, context) {
    const entry = OWN[failure.code];
    return { entry, details: entry.read?.(failure, context) ?? {} };
}
/** Fills a text in. */
function compose(text, values, words, { words: table = hosts_words/* WORKFLOW */.Ep }) {
    const written = (write) => {
        const sentence = fill(text.sentence, values, table, write);
        const title = text.title === undefined ? asTitle(sentence) : fill(text.title, values, table, write);
        return { title, sentence, move: fill(text.move, values, table, write) };
    };
    return {
        ...written(visible),
        section: text.section,
        titleSaysAll: text.title === undefined,
        words: readable(words),
        marked: written(marked),
    };
}
/** A sentence as the end of a headline. */
function asTitle(sentence) {
    return sentence
        .replace(/\.$/, '')
        .replace(/^(?:The|An?|No|This|What|Nothing|Another|Some|Something|Other|Inputs)\b/, (word) => word.toLowerCase());
}
/** An explanation as a block of text. Foreign text. */
function explanationText({ sentence, words, move }) {
    return [sentence, words, move].filter((part) => part !== '').join('\n\n');
}
/** Words of a service as they may be shown: without the controls, and without a proxy's page. */
function readable(words) {
    const page = words.search(/<(?:!doctype|html)\b/i);
    const text = page === -1 ? words : words.slice(0, page);
    return text
        .split(/\r\n?|\n/)
        .map(visible)
        .join('\n')
        .trim();
}

;// CONCATENATED MODULE: ./src/report/markdown.ts


/**
 * Foreign text as a fenced block: the fence is longer than any run of backticks in the text, with blank lines around,
 * so that nothing of it is read as Markdown or HTML. Colors and other terminal controls are left out.
 *
 * @param language for colors, a literal of ours.
 */
function fenced(text, language = 'text') {
    const plain = (0,external_node_util_.stripVTControlCharacters)(text)
        .replaceAll(/\r\n?/g, '\n')
        // Controls other than tab and newline, which no browser shows.
        // eslint-disable-next-line no-control-regex
        .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '\uFFFD');
    let longest = 2;
    for (const [run] of plain.matchAll(/`+/g))
        longest = Math.max(longest, run.length);
    const fence = '`'.repeat(longest + 1);
    return `\n${fence}${language}\n${plain}${plain.endsWith('\n') || plain === '' ? '' : '\n'}${fence}\n`;
}
/** A block that opens on a click. The title is a literal of ours. */
function folded(title, markdown) {
    return `\n<details><summary>${title}</summary>\n${markdown}\n</details>\n`;
}
/**
 * A line of prose: what stands between `VALUE_MARKS` is foreign, and becomes code, in which GitHub reads no Markdown,
 * HTML, link, mention or math. The rest is ours, and needs only its signs escaped.
 */
function prose(text) {
    return (0,external_node_util_.stripVTControlCharacters)(text)
        .split(VALUE)
        .map((part, index) => (index % 2 === 1 ? code(part) : part.replaceAll(/[\\`*_[\]<>#|~$]/g, '\\$&')))
        .join('')
        .trim();
}
const VALUE = new RegExp(`${VALUE_MARKS.begin}([^${VALUE_MARKS.end}]*)${VALUE_MARKS.end}`);
/** Foreign text on one line as code; nothing where there is nothing. */
function code(text) {
    const line = text.replaceAll(/\s+/g, ' ');
    if (line.trim() === '')
        return '';
    let longest = 0;
    for (const [run] of line.matchAll(/`+/g))
        longest = Math.max(longest, run.length);
    const ticks = '`'.repeat(longest + 1);
    const pad = /^`|`$|^ .* $/.test(line) ? ' ' : '';
    return ticks + pad + line + pad + ticks;
}
/** Text with prose on its lines, list items after `- `, and code to paste on those indented by two spaces or more. */
function blocks(text) {
    const parts = [];
    let pasted = [];
    const flush = () => {
        if (pasted.length > 0)
            parts.push(fenced(pasted.join('\n'), isYaml(pasted) ? 'yaml' : 'bash'));
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
function isYaml([first = '']) {
    return /^(?:- )?[\w-]+:(?:\s|$)/.test(first);
}

;// CONCATENATED MODULE: ./src/report/shipment.ts


const LOG_FILES = 5000;
/** What goes to the cluster, for the log. Foreign text. */
function describeShipment({ cluster, command, shipment, }) {
    const lines = cluster ? [`cluster  ${resourceId(cluster)}`] : [];
    if (shipment && shipment.files.length > 0) {
        lines.push(`files    ${countFiles(shipment)}`);
        lines.push(...fileLines(shipment, LOG_FILES).map((line) => `  ${line}`));
    }
    if (command !== undefined)
        lines.push('command', command.trimEnd().replaceAll(/^/gm, '  '));
    return lines.join('\n');
}
/** How many files, how big, and how big packed. */
function countFiles({ files, zipBytes }) {
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    return `${formatCount(files.length)} ${files.length === 1 ? 'file' : 'files'}, ${formatBytes(total)}, zip ${formatBytes(zipBytes)}`;
}
/** A line for each file, up to so many. Foreign text. */
function fileLines({ files }, most) {
    const sizes = files.slice(0, most).map(({ path, bytes }) => `${formatBytes(bytes).padStart(9)}  ${path}`);
    return files.length > most ? [...sizes, `… and ${files.length - most} more`] : sizes;
}

;// CONCATENATED MODULE: ./src/report/summary.ts








/**
 * The runner shows nothing of a summary over 1 MiB. In bytes, so that all parts stay below it together, the command's
 * own 64 KiB with them, even where each byte is a control character that three bytes stand for.
 */
const BYTES = { output: 160 * 1024, command: 32 * 1024, files: 16 * 1024, explanation: 16 * 1024 };
/** More than this is folded: all of a failure's output below a screen, a success's to read past. */
const SHORT = { failure: 30, success: 10 };
const summary_LAST_LINES = 20;
const FILES = 200;
/** The job summary: data in, Markdown out. */
function summary(report) {
    const { verdict, explanations, docs } = report;
    const [first] = explanations;
    return [
        `\n### ${STATES[verdict.state].sign} ${prose(headline(report, ({ marked }) => marked.title))}\n`,
        ...explanations.map((explanation) => explained(explanation, report)),
        facts(report),
        ...(verdict.output ? [outputBlock(verdict.output, report)] : []),
        ...collectedBlocks(report),
        sent(report),
        ...(verdict.failure && first && docs !== undefined
            ? [`\n[More about this failure](${docs}#${first.section})\n`]
            : []),
        writtenInThePod(report),
    ]
        .filter((part) => part !== '')
        .join('\n');
}
/** The heading has the first explanation's title: where that is the whole sentence, it is not said twice. */
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
/** One line. Names are checked against their patterns, so a code span holds them. */
function facts({ verdict, cluster, shipment }) {
    const { exitCode, commandId } = verdict;
    const duration = durationSeconds(verdict);
    const parts = [
        exitCode === undefined ? '' : `Exit code ${exitCode}`,
        duration === undefined ? '' : spokenDuration(duration),
        shipment && shipment.files.length > 0 ? countFiles(shipment) : '',
        cluster ? `\`${cluster.name}\` in \`${cluster.resourceGroup}\`` : '',
        commandId === undefined ? '' : `command \`${commandId}\``,
    ];
    const line = parts.filter((part) => part !== '').join(' · ');
    return line === '' ? '' : `\n${line}\n`;
}
/** What came back, and what did not. */
function collectedBlocks({ verdict: { collected } }) {
    if (collected === undefined)
        return [];
    const warnings = collectWarnings(collected).join('\n');
    return [
        ...(collected.folder === '' ? [] : [`\n**Collected files**\n${fenced(describeCollected(collected))}`]),
        ...(warnings === '' ? [] : [fenced(warnings)]),
    ];
}
function outputBlock({ text, truncated }, { verdict, firstError }) {
    if (text.trim() === '' && !truncated)
        return '\nThe command wrote nothing.\n';
    const shown = withoutScriptPath((0,pod_output/* endOfOutput */.IG)(text, BYTES.output));
    const lines = shown.trimEnd().split('\n');
    const lineCount = text.trimEnd().split('\n').length;
    const cut = lines.length < lineCount ? ', its end' : '';
    const title = `Output, ${formatCount(lineCount)} ${lineCount === 1 ? 'line' : 'lines'}${cut}${truncated ? ', incomplete' : ''}`;
    const failed = verdict.state !== 'succeeded';
    if (lineCount <= (failed ? SHORT.failure : SHORT.success) && cut === '')
        return `\n**${title}**\n${fenced(shown)}`;
    const all = folded(title, fenced(shown));
    if (!failed)
        return all;
    const quote = firstError === undefined ? undefined : quoteOf(text, firstError);
    return [
        quote ? `\n**${quote.label}**\n${fenced(quote.text)}` : '',
        `\n**The last lines of its output:**\n${fenced((0,pod_output/* endOfOutput */.IG)(lines.slice(-summary_LAST_LINES).join('\n'), BYTES.explanation))}`,
        all,
    ].join('');
}
/** What went to the cluster, on a click. */
function sent({ command, shipment }) {
    if (command === undefined)
        return '';
    const files = shipment?.files ?? [];
    const list = shipment ? startOf(fileLines(shipment, FILES).join('\n'), BYTES.files) : '';
    return folded(files.length === 0 || !shipment ? 'Command' : `Command and ${countFiles(shipment)}`, fenced((0,pod_output/* endOfOutput */.IG)(command, BYTES.command), 'bash') + (list === '' ? '' : fenced(list)));
}
function writtenInThePod({ verdict: { podSummary, podSummaryCut } }) {
    if (podSummary === '')
        return '';
    const cut = podSummaryCut ? '\n_The command wrote more than 64 KiB here; the rest was cut._\n' : '';
    return `\n#### Written by the command in the cluster\n\n${podSummary}\n\n${cut}`;
}
/** The start of a text, for what is told in its first lines. */
function startOf(text, maxBytes) {
    const bytes = Buffer.from(text);
    return bytes.length <= maxBytes ? text : `${bytes.subarray(0, maxBytes).toString()}…`;
}

;// CONCATENATED MODULE: ./src/report/publication.ts









/** The contract's own outputs: a command cannot set these. The runner's table ignores letter case. */
const RESERVED = new Set([
    'state',
    'exit-code',
    'output',
    'output-file',
    'output-truncated',
    'collected',
    'command-id',
    'reason',
    'started-at',
    'finished-at',
    'duration',
]);
/**
 * Tells the verdict: masks, step outputs, log, annotation, summary, in this order, so that a secret is masked before
 * it can show, and a summary that cannot be written hides nothing.
 *
 * @returns whether all of it could be told to what follows: an output that cannot be written fails the step.
 */
async function publish(report, options, host) {
    const { verdict, explanations } = report;
    const { log } = host;
    const { success } = options;
    maskOutputs(report, options.maskOutputs, host);
    const unwritten = setOutputs(report, host);
    if (verdict.output && verdict.output.text !== '')
        await host.showOutput(verdict.output.text);
    if (verdict.output?.truncated === true) {
        const { missingBytes } = verdict.output;
        const what = missingBytes === undefined ? 'An unknown part' : `${formatCount(missingBytes)} bytes`;
        log.warn(`${what} of the output did not come back: AKS keeps 512 KiB of it.`);
    }
    if (verdict.podSummaryCut)
        log.warn('The command wrote more than 64 KiB to $GITHUB_STEP_SUMMARY: the rest was cut.');
    const { collected } = verdict;
    if (collected !== undefined) {
        if (collected.folder !== '')
            log.group((0,hosts_log/* ours */.O) `Collected files`, describeCollected(collected));
        for (const warning of collectWarnings(collected))
            log.warn(warning);
    }
    if (!success) {
        const { title, message, whole } = annotation(report);
        if (!whole)
            log.show(explanations.map(explanationText).join('\n\n'));
        host.error(title, message);
    }
    else if (unwritten !== undefined) {
        host.error('Step outputs cannot be written', `${known(report)} ${unwritten}`);
    }
    if (options.wantsSummary) {
        await host.writeSummary(summary(report), verdict.podSummary).catch((error) => {
            log.warn(`The job summary could not be written: ${(0,failure/* messageOf */.bD)(error)}`);
        });
    }
    // Last of all, so that who scrolls to the end sees it.
    log.show(lastLine(report));
    return unwritten === undefined;
}
/** As the runner ends a line: at a carriage return, too. */
const LINE_END = /\r\n|\r|\n/;
/** A shorter line would be masked wherever its characters stand: a brace, a word like "no". */
const SHORTEST_MASK = 3;
/**
 * Masks the values of named step outputs line by line: of a value that it is given whole, the runner masks every line, and
 * `{` then hides each brace of the log.
 */
function maskOutputs({ verdict }, names, host) {
    const lines = new Set();
    const unwritten = [];
    for (const wanted of names) {
        const values = verdict.arrived.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());
        if (values.length === 0 && verdict.output !== undefined) {
            unwritten.push(wanted);
        }
        for (const { value } of values)
            for (const line of value.split(LINE_END))
                lines.add(line);
    }
    for (const line of lines)
        if (line.trim().length >= SHORTEST_MASK)
            host.mask(line);
    for (const name of unwritten) {
        host.log.warn(`mask-outputs names ${name}, but the command wrote no step output of that name.`);
    }
}
/** @returns what went wrong, where the runner's file or the temp folder cannot be written. */
function setOutputs(report, host) {
    try {
        writeOutputs(report, host);
        return undefined;
    }
    catch (error) {
        return (0,failure/* messageOf */.bD)(error);
    }
}
function writeOutputs({ verdict, explanations }, host) {
    const { output } = verdict;
    for (const { name, value } of verdict.stepOutputs) {
        if (RESERVED.has(name.toLowerCase())) {
            host.log.warn(`The command wrote a step output named ${JSON.stringify(name)}, which is the action's own: dropped.`);
        }
        else {
            host.setOutput(name, value);
        }
    }
    const outputs = {
        state: verdict.state,
        'exit-code': verdict.exitCode,
        output: (0,pod_output/* endOfOutput */.IG)(output?.text ?? '', pod_output/* OUTPUT_LIMIT */.oJ),
        'output-file': output && keepOutput(output.text, host),
        'output-truncated': String(output?.truncated ?? false),
        collected: verdict.collected?.folder,
        'command-id': verdict.commandId,
        reason: explanations[0] && [explanations[0].sentence, explanations[0].words].filter((part) => part !== '').join(' '),
        'started-at': verdict.startedAt,
        'finished-at': verdict.finishedAt,
        duration: durationSeconds(verdict),
    };
    for (const [name, value] of Object.entries(outputs))
        host.setOutput(name, String(value ?? ''));
}
/** A disk that is full must not hide the verdict. */
function keepOutput(text, host) {
    try {
        return host.keepOutput(text);
    }
    catch (error) {
        host.log.warn(`The output could not be kept in a file: ${(0,failure/* messageOf */.bD)(error)}`);
        return '';
    }
}

// EXTERNAL MODULE: ./src/verdict.ts
var src_verdict = __webpack_require__(3138);
;// CONCATENATED MODULE: ./src/files/nearest.ts
/**
 * The candidate that a misspelled path or name most likely means: the same but for letter case, the ending, a folder, or
 * a slip of one or two letters. Undefined where none is near: a wrong guess misleads.
 */
function nearest(given, candidates) {
    const wanted = plain(given);
    if (wanted === '')
        return undefined;
    const tests = [
        (candidate) => candidate.toLowerCase() === wanted.toLowerCase(),
        (candidate) => withoutEnding(candidate) === withoutEnding(wanted),
        (candidate) => `/${candidate}`.endsWith(`/${wanted}`) || `/${wanted}`.endsWith(`/${candidate}`),
        (candidate) => baseName(candidate) === baseName(wanted),
        (candidate) => distance(candidate, wanted) <= Math.min(2, Math.floor(wanted.length / 3)),
    ];
    for (const isNear of tests) {
        const found = candidates.find((candidate) => candidate !== wanted && isNear(candidate));
        if (found !== undefined)
            return found;
    }
    return undefined;
}
function plain(path) {
    return path.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
}
function withoutEnding(path) {
    return path.toLowerCase().replace(/\.(?:ya?ml|json)$/, '');
}
function baseName(path) {
    return path.slice(path.lastIndexOf('/') + 1);
}
/** How many letters to insert, to delete or to replace (Levenshtein); at least 3 where the lengths differ by that much. */
function distance(a, b) {
    if (Math.abs(a.length - b.length) > 2 || a.length > 200)
        return 3;
    let row = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (const [i, letter] of Array.from(a).entries()) {
        const next = [i + 1];
        for (const [j, other] of Array.from(b).entries()) {
            const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
            next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
        }
        row = next;
    }
    return row[b.length] ?? 0;
}

;// CONCATENATED MODULE: ./src/report/output-hints.ts






/** Hints look at this much of the output's end only: a command with `-e` ends where it fails. */
const HINT_CHARACTERS = 256 * 1024;
/** … and at this much of a line, so that no pattern has far to go. */
const MAX_LINE = 2048;
const MOST_HINTS = 3;
/**
 * How kubectl, helm, shells and what they call begin a line that is an error. A hint is wrong worse than missing: a
 * listing, or a log that the command prints on the way, is no error.
 */
const ERROR_LINE = new RegExp([
    String.raw `(?:[Ee]rror|ERROR|FATAL|fatal|panic)(?: from server)?\b[ :(]`,
    String.raw `error when evicting `,
    String.raw `Unable to (?:connect|use) `,
    String.raw `The connection to the server `,
    String.raw `The (?:\w+) "[^"]{0,253}" is invalid:`,
    String.raw `The request is invalid:`,
    String.raw `the namespace from the provided object `,
    String.raw `(?:\S{0,300}/)?[\w.-]{1,100}: (?:[\w.-]{1,40}: )?(?:line )?\d{1,9}: `,
    String.raw `(?:\S{0,300}/)?command\.sh: `,
    String.raw `(?:ba|da|a)?sh: `,
    String.raw `(?:awk|base64|cat|cd|chmod|cp|curl|env|find|git|grep|gzip|head|jq|ls|mkdir|mv|rm|sed|tail|tar|tee|touch|wget|xargs|yq): `,
]
    .map((part) => `(?:${part})`)
    .join('|')
    .replace(/^/, '^(?:') + ')');
/**
 * Hints that the command's own words, or its exit code, justify: first what ended it, which is the last kind of error in
 * its output, since a script goes on only after errors that it expects.
 */
function readFindings(output, exitCode, context) {
    const found = new Map();
    /** Who tries again and again says the same again and again. */
    const lookedUp = new Map();
    let firstError;
    for (const whole of output.slice(-HINT_CHARACTERS).split(/\r?\n/)) {
        const line = withoutScriptPath(whole.slice(0, MAX_LINE)).trimStart();
        if (line === '' || !ERROR_LINE.test(whole.slice(0, MAX_LINE).trimStart()))
            continue;
        const isFirstError = firstError === undefined;
        firstError ??= line;
        const hit = lookedUp.has(line) ? lookedUp.get(line) : lookUp({ service: 'output', text: line });
        lookedUp.set(line, hit);
        if (!hit)
            continue;
        const earlier = found.get(hit.row);
        found.delete(hit.row);
        found.set(hit.row, earlier ?? { ...hit, isFirstError });
    }
    const told = exitCode === undefined ? undefined : lookUp({ service: 'output', exitCode });
    if (told && (exitCode !== 1 || (output.trim() === '' && found.size === 0))) {
        found.set(told.row, { ...told, isFirstError: found.size === 0 });
    }
    const last = [...found.values()].slice(-MOST_HINTS).reverse();
    const general = contextValues(context);
    const hints = last.map(({ row, groups }) => compose(row, { ...general, ...groups, ...derived(groups, context) }, '', context));
    // Where another error ended the command, the first one was one that the script expected.
    const isCause = last[0] === undefined || last[0].isFirstError;
    return { hints, ...(firstError !== undefined && isCause && { firstError }) };
}
/** What follows from what a line names. */
function derived(groups, { cluster, files }) {
    const { namespace, user, path } = groups;
    const [, accountNamespace, account] = /^system:serviceaccount:([^:]{1,63}):([^:]{1,253})$/.exec(user ?? '') ?? [];
    return {
        clusterUser: namespace === undefined ? user : undefined,
        kubernetesRole: `Azure Kubernetes Service RBAC ${roleFor(groups)}`,
        kubernetesScope: cluster && resourceId(cluster) + (namespace === undefined ? '' : `/namespaces/${namespace}`),
        clusterRole: /^(?:get|list|watch)$/.test(groups['verb'] ?? '') ? 'view' : 'edit',
        serviceAccount: account === undefined ? undefined : `${accountNamespace}:${account}`,
        near: path === undefined || !files ? undefined : nearest(path, files),
        nothingSent: path !== undefined && files?.length === 0 ? 'No files were sent.' : undefined,
    };
}
function roleFor({ namespace, verb = '' }) {
    if (namespace === undefined)
        return 'Cluster Admin';
    return /^(?:get|list|watch)$/.test(verb) ? 'Reader' : 'Writer';
}

;// CONCATENATED MODULE: ./src/report/compose.ts



/** Explains a verdict, in the words of the host. */
function reportOn(verdict, { inputs, shipment, host }) {
    const context = contextOf(verdict, { inputs, shipment, host });
    const { failure, output, state, exitCode } = verdict;
    const { hints, firstError } = state === 'failed' && output ? readFindings(output.text, exitCode, context) : { hints: [] };
    // A hint says why; that the exit code is not allowed is then only what is known of the command.
    const own = failure && (failure.code !== 'exit-code' || hints.length === 0) ? [explain(failure, context)] : [];
    const unusable = failure?.code === 'collect' ? undefined : (0,src_verdict/* collectFailure */.bv)(verdict.collected);
    const uncollected = unusable ? [explain(unusable, context)] : [];
    const docs = troubleshooting(host);
    return {
        verdict,
        explanations: [...own, ...hints, ...uncollected],
        ...(firstError !== undefined && { firstError }),
        ...(inputs && { cluster: inputs.cluster }),
        ...(inputs?.task.kind === 'run' && { command: inputs.task.command }),
        ...(shipment && { shipment }),
        ...(docs !== undefined && { docs }),
    };
}
function contextOf(verdict, { inputs, shipment, host }) {
    const repository = host.variable('GITHUB_REPOSITORY');
    return {
        words: host.words,
        ...(inputs && { cluster: inputs.cluster, signIn: inputs.signIn, environment: inputs.environment }),
        ...(repository !== undefined && { repository }),
        ...(verdict.commandId && { commandId: verdict.commandId }),
        ...(shipment && { files: shipment.files.map(({ path }) => path) }),
        state: verdict.state,
    };
}
/** The document of the version that runs: the runner says which repository and which ref the action came from. */
function troubleshooting({ variable }) {
    const repository = variable('GITHUB_ACTION_REPOSITORY') ?? '';
    const ref = variable('GITHUB_ACTION_REF') ?? '';
    const server = variable('GITHUB_SERVER_URL') ?? 'https://github.com';
    const known = /^[\w.-]+\/[\w.-]+$/.test(repository) && /^[\w./-]+$/.test(ref) && /^https:\/\/[\w.:-]+$/.test(server);
    return known ? `${server}/${repository}/blob/${ref}/docs/TROUBLESHOOTING.md` : undefined;
}

// EXTERNAL MODULE: ./src/files/shipment.ts + 1 modules
var files_shipment = __webpack_require__(1240);
;// CONCATENATED MODULE: ./src/lifecycle/clock.ts
/** Starts with the runner's clock. */
function serviceTime(clock) {
    // Against the monotonic clock: the runner's own may be set while the step runs.
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
        atLeast: (at) => at + (smallest ?? own()),
        isKnown: () => last !== undefined,
    };
}

;// CONCATENATED MODULE: ./src/main.ts


















/**
 * The step: inputs → files → shipment → submit → follow → verdict → report.
 *
 * Never rejects for what a user can cause.
 */
async function main(ports) {
    const { host } = ports;
    const sent = {};
    let inputs;
    let verdict;
    try {
        inputs = readInputs(host);
        verdict = await (inputs.task.kind === 'run'
            ? run(inputs, inputs.task, sent, ports)
            : main_follow(inputs, inputs.task.commandId, sent, ports));
    }
    catch (error) {
        const state = sent.isOut || sent.commandId !== undefined ? 'unknown' : 'not-started';
        verdict = (0,src_verdict/* withoutResult */.Is)(state, (0,failure/* failureOf */.g5)(error), sent.commandId);
    }
    const waits = inputs?.task.kind !== 'run' || inputs.task.wait;
    const success = (0,src_verdict/* succeeds */.kz)(verdict, waits);
    const options = { success, maskOutputs: inputs?.maskOutputs ?? [], wantsSummary: wantsSummary(host.input) };
    const told = await publish(reportOn(verdict, { inputs, shipment: sent.shipment, host }), options, host);
    return { success: success && told, exitCode: (0,src_verdict/* exitCodeOf */.FO)(verdict, waits) };
}
async function run(inputs, task, sent, ports) {
    const { host, cancelled, clock } = ports;
    const azure = ports.azureFor(inputs);
    const lifecycle = lifecyclePorts(azure, sent, ports);
    const prepared = await untilCancelled(prepare(task, lifecycle, ports), cancelled, clock);
    if (prepared === undefined)
        return (0,src_verdict/* withoutResult */.Is)('not-started', { code: 'cancelled' });
    const { shipment, cluster } = prepared;
    sent.shipment = shipment;
    host.log.group((0,hosts_log/* ours */.O) `Sending to the cluster`, describeShipment({ cluster: inputs.cluster, command: task.command, shipment }));
    if (task.dryRun) {
        if (task.collect.length > 0)
            host.log.show(wouldCollect(task.collect));
        return (0,src_verdict/* withoutResult */.Is)('dry-run');
    }
    const facts = {
        ...Object.fromEntries(CALLER_NAMES.map((name) => [name, host.variable(name) ?? ''])),
        ...Object.fromEntries(FACT_NAMES.map((name) => [name, host.variable(name)])),
    };
    const ending = await runCommand({
        ...task,
        timeout: inputs.timeout,
        needsClusterToken: cluster?.managedEntra ?? false,
        write: (startBy) => {
            const boundary = (0,pod_boundary/* boundaryOf */.iH)(ports.randomHex(16));
            const { timeout } = inputs;
            const command = armCommand({ hash: (0,pod_boundary/* hashOf */.qQ)(boundary), startBy, timeout, shell: task.shell, facts });
            sent.isOut = true;
            return { body: { command, context: shipment.contextWith((0,pod_boundary/* boundaryFile */.jd)(boundary)) }, boundary };
        },
    }, lifecycle);
    return verdictOn(ending, inputs, ports);
}
async function main_follow(inputs, commandId, sent, ports) {
    const azure = ports.azureFor(inputs);
    const lifecycle = lifecyclePorts(azure, sent, ports);
    lifecycle.onCommandId(commandId);
    const signedIn = azure.signIn().then(() => true);
    if (!(await untilCancelled(signedIn, ports.cancelled, ports.clock))) {
        return (0,src_verdict/* withoutResult */.Is)('running', { code: 'cancelled' }, commandId);
    }
    const ending = await followCommand(commandId, inputs.timeout, lifecycle);
    return verdictOn(ending, inputs, ports);
}
/** Writes down what came back, before the verdict: files that cannot be kept are a failure. */
async function verdictOn(ending, inputs, { collector }) {
    const { task, allowedExitCodes, ifNoFilesCollected } = inputs;
    const asked = task.kind === 'run' && task.collect.length > 0;
    const collected = ending.kind === 'ended' ? await takeCollected(ending.report, { asked, ifNoFilesCollected }, collector) : undefined;
    return (0,src_verdict/* judge */.S4)(ending, { allowedExitCodes, ownCommand: task.kind === 'run', collected });
}
/** Packs while signing in; a mistake in the files is told before one in the permissions. */
async function prepare(task, lifecycle, ports) {
    const cluster = cluster_readCluster(lifecycle);
    cluster.catch(() => undefined);
    const files = await gather(task.files, ports.workspace, (message) => {
        ports.host.log.warn(message);
    });
    const ownFiles = podFiles({
        script: ports.podScript,
        command: task.command,
        env: task.env,
        collect: { script: ports.collectScript, patterns: task.collect },
    });
    const shipment = await (0,files_shipment/* pack */.qq)(files, [...ownFiles, (0,pod_boundary/* boundaryFile */.jd)((0,pod_boundary/* boundaryOf */.iH)('0'.repeat(32)))]);
    return { shipment, cluster: await cluster };
}
function lifecyclePorts(azure, sent, ports) {
    const { host, clock, cancelled, random } = ports;
    const onCommandId = (id) => {
        sent.commandId = id;
        try {
            host.setOutput('command-id', id);
        }
        catch (error) {
            // Told again, and then as a failure, when the verdict is known.
            host.log.debug(`The output command-id cannot be written: ${String(error)}`);
        }
    };
    return { azure, clock, cancelled, random, log: host.log, serviceTime: serviceTime(clock), onCommandId };
}


/***/ })

};
