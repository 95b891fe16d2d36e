export const id = 496;
export const ids = [496];
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

/***/ 5958:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cf: () => (/* binding */ parseCommandId),
/* harmony export */   hA: () => (/* binding */ commandIdOfLocation),
/* harmony export */   o8: () => (/* binding */ durationSeconds),
/* harmony export */   qE: () => (/* binding */ readCommandStatus)
/* harmony export */ });
/* harmony import */ var _answer_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6793);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5721);
/* harmony import */ var _long_words_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7201);



function parseCommandId(text) {
    return /^[0-9a-f]{32}$/.test(text) ? text : undefined;
}
/**
 * The command id in a `Location`. Nothing else in it is trusted: it once lacked the subscription
 * (azure-cli#22375).
 */
function commandIdOfLocation(location) {
    const [, id = ''] = /\/commandResults\/([^/?#]+)/i.exec(location ?? '') ?? [];
    return parseCommandId(id.toLowerCase());
}
/** How many whole seconds the command took by AKS's clock. Undefined if a time is missing. */
function durationSeconds({ startedAt = '', finishedAt = '', }) {
    const seconds = Math.round((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
    return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
/**
 * Reads an answer to `commandResults`. Unless the command has ended or there is no result, asking
 * again may help.
 */
function readCommandStatus(answer) {
    if (answer.kind === 'unanswered')
        return { kind: 'unreadable' };
    const { status } = answer;
    if (status === 200 || status === 202)
        return readBody(answer.body);
    if (status === 429)
        return { kind: 'throttled' };
    // By now, new tokens were rejected, too. That says nothing about the command.
    if (status === 401)
        return { kind: 'unreadable' };
    // Only ARM's own 403 has a code. Any other comes from a gateway, which doesn't know the
    // identity's permissions.
    if (status === 403 && (0,_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .isFromArm */ .r1)(answer))
        return { kind: 'missing', because: 'forbidden' };
    if (status === 403)
        return { kind: 'unreadable' };
    if (saysNoSuchCommand(answer))
        return { kind: 'missing', because: 'no-such-command' };
    return status >= 400 && !(0,_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .isTransient */ .dg)(answer)
        ? { kind: 'missing', because: 'rejected' }
        : { kind: 'unreadable' };
}
/**
 * Goes by the body's `provisioningState` alone, since a `200` can carry `Running`. The Azure CLI
 * does the same.
 */
function readBody(body) {
    const properties = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(body), 'properties');
    const state = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(properties, 'provisioningState');
    if (typeof state !== 'string')
        return { kind: 'unreadable' };
    const startedAt = readTime((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(properties, 'startedAt'));
    if (!/^(?:succeeded|failed|canceled)$/i.test(state))
        return { kind: 'running', startedAt };
    const logs = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(properties, 'logs');
    const reason = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(properties, 'reason');
    const result = {
        provisioningState: /^succeeded$/i.test(state) ? 'succeeded' : 'failed',
        exitCode: readExitCode((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(properties, 'exitCode')),
        logs: typeof logs === 'string' ? logs : '',
        reason: typeof reason === 'string' && reason !== '' ? (0,_long_words_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$)(reason) : undefined,
        startedAt,
        finishedAt: readTime((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(properties, 'finishedAt')),
    };
    return { kind: 'ended', result };
}
/** Codes of a 404 that is not about the command, but about something that contains it. */
const MISSING_AROUND = /^(?:(?:Parent)?Resource|ResourceGroup|Subscription)NotFound$/;
/**
 * Whether AKS says that it has no such command: the pod never reached a state such as Running
 * (Microsoft's "Resolve az aks command invoke failures"). Users saw this without a body. Then
 * Azure's request ID rules out a gateway.
 */
function saysNoSuchCommand(answer) {
    const { status, body, headers } = answer;
    const isOfAzure = (0,_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .isFromArm */ .r1)(answer) || (body === '' && 'x-ms-request-id' in headers);
    return status === 404 && isOfAzure && !MISSING_AROUND.test((0,_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .serviceError */ .cg)(body).code);
}
const TIMESTAMP = /^\d{4}-\d\d-\d\dT[\d:.]{1,22}(?:Z|[+-]\d\d:\d\d)$/;
function readTime(value) {
    if (typeof value !== 'string' || !TIMESTAMP.test(value))
        return undefined;
    return Number.isNaN(Date.parse(value)) ? undefined : value;
}
/** A container's exit code is 0 to 255; on Windows it has 32 bits. */
function readExitCode(value) {
    if (typeof value !== 'number' || !Number.isInteger(value))
        return undefined;
    return Math.abs(value) <= 0xffff_ffff ? value : undefined;
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

/***/ 7149:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   At: () => (/* binding */ BOUNDARY_PREFIX),
/* harmony export */   iH: () => (/* binding */ boundaryOf),
/* harmony export */   qQ: () => (/* binding */ hashOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);

/** What every boundary begins with. */
const BOUNDARY_PREFIX = 'aks-run-command:';
/**
 * The word at the beginning of each of the script's lines, except its first two. Only the zip
 * brings it to the pod, so someone who reads the pod's specification or its log can't pass off
 * lines as the script's.
 *
 * @param hex 32 lowercase hex digits from a cryptographic source, new for each submission
 * @throws RangeError for anything else
 */
function boundaryOf(hex) {
    if (!/^[0-9a-f]{32}$/.test(hex)) {
        throw new RangeError('A boundary is made of 32 lowercase hex digits');
    }
    return `${BOUNDARY_PREFIX}${hex}`;
}
/**
 * The SHA-256 of a boundary in hex. It identifies the boundary for anyone to read, without
 * revealing it.
 */
function hashOf(boundary) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(boundary).digest('hex');
}


/***/ }),

/***/ 5893:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a0: () => (/* binding */ arrivedAssignments),
/* harmony export */   fA: () => (/* binding */ parseFileCommand),
/* harmony export */   y8: () => (/* binding */ readFileCommand)
/* harmony export */ });
/**
 * Reads the runner's grammar for `$GITHUB_OUTPUT` and `$GITHUB_ENV`: `NAME=value`, or
 * `NAME<<DELIMITER`, the lines of the value, `DELIMITER`. Whichever of `=` and `<<` comes first
 * decides. Lines end at LF alone, as on a Linux runner, so a CR belongs to the value. Empty lines
 * are skipped, and the last line needs no LF.
 *
 * Source: `EnvFileKeyValuePairs` of actions/runner `src/Runner.Worker/FileCommandManager.cs`. Two
 * differences: an empty name is malformed here, where the runner fails a step later; and reading
 * continues after a malformed line.
 */
function readFileCommand(text) {
    const found = {
        assignments: [],
        blocks: new Set(),
        bare: [],
        malformed: [],
        unclosed: [],
    };
    // .NET's File.ReadAllText removes a byte order mark.
    const lines = text.replace(/^\uFEFF/, '').split('\n');
    for (let at = 0; at < lines.length; at++) {
        const current = lines[at];
        if (current)
            at = readAssignment(current, lines, at, found);
    }
    return found;
}
/** @returns the index of its last line */
function readAssignment(current, lines, at, found) {
    const line = at + 1;
    const operator = /=|<</.exec(current);
    if (operator === null) {
        found.bare.push({ text: current, line });
        return at;
    }
    const [sign] = operator;
    const name = current.slice(0, operator.index);
    const rest = current.slice(operator.index + sign.length);
    const add = (value) => {
        if (name !== '')
            found.assignments.push({ name, value, line });
        else
            found.malformed.push({ line, problem: `has no name before the "${sign}"` });
    };
    if (sign === '=') {
        add(rest);
        return at;
    }
    if (rest === '') {
        found.malformed.push({ line, problem: 'has no delimiter after the "<<"' });
        return at;
    }
    const end = lines.indexOf(rest, at + 1);
    if (end < 0) {
        found.unclosed.push({ name, value: lines.slice(at + 1).join('\n'), line });
        found.malformed.push({ line, problem: 'starts a block, but no later line is its delimiter' });
        return lines.length;
    }
    add(lines.slice(at + 1, end).join('\n'));
    found.blocks.add(line);
    return end;
}
/**
 * Everything in a file that may be a value and has to be masked, however malformed or cut off the
 * file is. A line that is not an assignment counts as another line of the previous value.
 */
function arrivedAssignments(text) {
    const { assignments, bare, unclosed } = readFileCommand(text);
    const named = [...assignments, ...unclosed];
    const nameless = bare.map(({ text: value, line }) => ({ name: undefined, value, line }));
    const inOrder = [...named, ...nameless].sort((a, b) => a.line - b.line);
    const arrived = [];
    let previous = '';
    for (const { name = previous, value, line } of inOrder) {
        arrived.push({ name, value, line });
        previous = name;
    }
    return arrived;
}
/**
 * Reads `$GITHUB_OUTPUT`: all assignments in order, and the first malformed line, which invalidates
 * the file.
 */
function parseFileCommand(text) {
    const { assignments, bare, malformed } = readFileCommand(text);
    const problems = [
        ...malformed,
        ...bare.map(({ line }) => ({ line, problem: 'is neither NAME=value nor NAME<<DELIMITER' })),
    ];
    return { assignments, malformed: problems.sort((a, b) => a.line - b.line)[0] };
}


/***/ }),

/***/ 1087:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  h1: () => (/* binding */ FILE_LIMIT),
  HF: () => (/* binding */ LOG_LIMIT),
  K1: () => (/* binding */ NO_BOUNDARY_EXIT_CODE),
  G8: () => (/* binding */ REFUSED_EXIT_CODE),
  KL: () => (/* binding */ isFramed),
  bv: () => (/* binding */ readStream)
});

// EXTERNAL MODULE: ./src/pod/boundary.ts
var pod_boundary = __webpack_require__(7149);
;// CONCATENATED MODULE: ./src/pod/sections.ts
/**
 * The words that may end a log. A service may strip the log's last newline, so they are complete
 * without it. All others need it: without it, they may have lost a digit, too.
 */
const LAST = new Set(['end', 'refused', 'lacks']);
/** The text before the first line that begins with the boundary, and the sections after it. */
function split(stream, boundary) {
    const pattern = new RegExp(String.raw `(?<=^|\n)${boundary} ([a-z-]+)(?: ([^\n]*))?(\n|$)`, 'g');
    const marks = [...stream.matchAll(pattern)].filter(([, word = '', , newline]) => newline === '\n' || LAST.has(word));
    const sections = marks.map((mark, at) => {
        const [line, word = '', detail = ''] = mark;
        const begin = mark.index + line.length;
        return { word, detail, text: stream.slice(begin, Math.max(begin, endBefore(marks[at + 1]))) };
    });
    return { text: stream.slice(0, endBefore(marks[0])), sections };
    /** Where the text before a mark ends. The newline before a mark belongs to the mark. */
    function endBefore(mark) {
        return mark === undefined ? stream.length : Math.max(0, mark.index - 1);
    }
}
/** The number of the first section with this word; undefined if there is none. */
function numberOf(sections, word) {
    const detail = sections.find((section) => section.word === word)?.detail ?? '';
    return /^\d{1,15}$/.test(detail) ? Number(detail) : undefined;
}

;// CONCATENATED MODULE: ./src/pod/output.ts


/** A character that was cut in two, at the end or the beginning of a text. */
const BROKEN_END = /\uFFFD{1,3}$/;
const BROKEN_START = /^\uFFFD{1,3}/;
/** A line of the script that was cut off. */
const BROKEN_LINE = new RegExp(String.raw `(?:^|\n)${pod_boundary/* BOUNDARY_PREFIX */.At}[0-9a-f]{0,32}(?: [^\n]*)?$`);
/**
 * Reads the command's output and its exit code. The script sends the exit code only if nothing of
 * the output was lost before it was sent.
 *
 * @param start what comes before the first section
 */
function readOutput(start, sections) {
    const exitCode = numberOf(sections, 'exit');
    const missingBytes = numberOf(sections, 'gap') ?? 0;
    const end = sections.find(({ word }) => word === 'gap')?.text;
    const text = end === undefined ? start : joined(start, missingBytes, end);
    if (exitCode === undefined) {
        const sound = text.replace(BROKEN_LINE, '').replace(BROKEN_END, '');
        return { output: { text: sound, truncated: true } };
    }
    return { output: { text, truncated: missingBytes > 0, missingBytes }, exitCode };
}
/**
 * The start and the end of an output. A line by the action between them says how much is missing.
 */
function joined(start, missingBytes, end) {
    const before = start.replace(BROKEN_END, '');
    const newline = before === '' || before.endsWith('\n') ? '' : '\n';
    const marker = `[${missingBytes.toLocaleString('en-US')} bytes of output are missing here]\n`;
    return `${before}${newline}${marker}${end.replace(BROKEN_START, '')}`;
}

;// CONCATENATED MODULE: ./src/pod/stream.ts



/**
 * AKS keeps the first 512 KiB of what a pod writes ("every truncated response was exactly 512·1024
 * bytes") and drops the rest. In bytes; `src/pod/pod-script.sh` stays below.
 */
const LOG_LIMIT = 524_288;
/**
 * The largest accepted `$GITHUB_OUTPUT` and `$GITHUB_STEP_SUMMARY`, in bytes. If larger, the pod
 * sends one more.
 */
const FILE_LIMIT = 65_536;
/** The exit code with which the script refuses to run a command: `EX_TEMPFAIL`. */
const REFUSED_EXIT_CODE = 75;
/**
 * The exit code of a script that finds no boundary: another container of the pod has used it, or it
 * did not arrive.
 */
const NO_BOUNDARY_EXIT_CODE = 76;
/**
 * The first line of the script's stream. The script prints it before it can exit, so a log without
 * it is not the script's.
 */
function startLine(hash) {
    return `aks-run-command start ${hash}\n`;
}
/** If there is nothing else, a service may strip the newline. */
const START_LINE = /(?:^|\n)aks-run-command start ([0-9a-f]{64})(?:\n|$)/;
/**
 * The script prints this after its last chance to refuse, before any process of the command exists.
 * A log only grows: something that takes the script's place later cannot remove this line, so a
 * refusal after it proves nothing. Without this line, the command may not have begun, so no exit
 * code is the command's.
 */
const BEGIN_LINE = 'aks-run-command begin\n';
/**
 * Reads what `src/pod/pod-script.sh` wrote, as AKS returns it.
 *
 * @param logs decoded as UTF-8, broken characters as U+FFFD
 * @param boundary this submission's. A follower doesn't know it, and finds it by the hash in the
 *   script's first line: only the script could write a line with a boundary of that hash. But the
 *   command of any tool could print a whole log like this one. So if a command began, and the log
 *   has anything before the script's first line or after its last one, it counts as another tool's.
 */
function readStream(logs, boundary) {
    const unrecognized = { kind: 'unrecognized', output: logs };
    const hash = boundary === undefined ? START_LINE.exec(logs)?.[1] : (0,pod_boundary/* hashOf */.qQ)(boundary);
    if (hash === undefined)
        return unrecognized;
    // The last line of a log may lack its newline.
    const start = `\n${logs}\n`.indexOf(`\n${startLine(hash)}`);
    if (start < 0)
        return unrecognized;
    const before = logs.slice(0, start);
    const rest = logs.slice(start + startLine(hash).length);
    const hasBegun = `${rest}\n`.startsWith(BEGIN_LINE);
    const stream = hasBegun ? rest.slice(BEGIN_LINE.length) : rest;
    const scriptBoundary = boundary ?? findBoundary(stream, hash);
    const { text, sections } = scriptBoundary === undefined ? { text: stream, sections: [] } : split(stream, scriptBoundary);
    const find = (...words) => sections.find(({ word }) => words.includes(word));
    const refusal = find('refused', 'lacks');
    if (refusal !== undefined) {
        const isAll = before === '' && text === '' && sections.length === 1 && refusal.text === '';
        return { kind: 'refused', alone: !hasBegun && isAll, ...lackOf(refusal) };
    }
    if (!hasBegun)
        return { kind: 'not-begun', output: before + rest };
    const isWhole = before === '' && !continuesAfterEnd(sections);
    if (boundary === undefined && !isWhole)
        return unrecognized;
    const { output, exitCode } = readOutput(text, sections);
    return {
        kind: 'ran',
        // What was written before the script began may explain why there is nothing else.
        output: { ...output, text: before + output.text },
        complete: find('end') !== undefined,
        exitCode,
        timedOutAfter: numberOf(sections, 'timed-out'),
        outputs: find('outputs')?.text,
        summary: find('summary')?.text,
        collection: receivedCollection(find('collected', 'uncollected')),
    };
}
/**
 * The boundary with that hash, if a line of the text begins with it; undefined if the script wrote
 * no such line.
 */
function findBoundary(text, hash) {
    const candidates = text.match(/^aks-run-command:[0-9a-f]{32}(?= )/gm);
    return candidates?.find((candidate) => (0,pod_boundary/* hashOf */.qQ)(candidate) === hash);
}
/**
 * Whether something follows the script's last line. Then the log is another tool's, and what its
 * command printed first only looks like the script's.
 */
function continuesAfterEnd(sections) {
    const end = sections.findIndex(({ word }) => word === 'end');
    return end >= 0 && sections.slice(end).some(({ text }, index) => index > 0 || text !== '');
}
/** What the pod lacks, and the script's reason if it has one. Empty if the pod started too late. */
function lackOf({ word, detail }) {
    if (word === 'refused')
        return {};
    const namespace = 'namespace ';
    if (!detail.startsWith(namespace))
        return { lacks: detail };
    return { lacks: 'namespace', why: detail.slice(namespace.length) };
}
function receivedCollection(section) {
    if (section === undefined)
        return undefined;
    if (section.word === 'collected')
        return { kind: 'received', text: section.text };
    const because = ['size', 'time'].find((reason) => reason === section.detail);
    return { kind: 'uncollected', because: because ?? 'disk' };
}
/**
 * Whether a log has the script's whole frame: first line, exit code, and end. That proves that the
 * command ended.
 */
function isFramed(podReport) {
    return podReport.kind === 'ran' && podReport.complete && podReport.exitCode !== undefined;
}


/***/ }),

/***/ 2986:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CU: () => (/* binding */ NAMESPACE),
/* harmony export */   Dc: () => (/* binding */ POD_NAMES),
/* harmony export */   HD: () => (/* binding */ shownName),
/* harmony export */   MH: () => (/* binding */ readFacts),
/* harmony export */   ad: () => (/* binding */ isPlatformVariable),
/* harmony export */   bw: () => (/* binding */ SURELY_A_NAME),
/* harmony export */   hD: () => (/* binding */ quote),
/* harmony export */   lV: () => (/* binding */ NAMESPACE_NAMES)
/* harmony export */ });
/** A text that is shown as a name. Anything else may be a line of a private key. */
const SURELY_A_NAME = /^[A-Z0-9_]+$/;
/**
 * A variable's name for messages. A secret in base64 may end with `=` or `==`, and then it looks
 * like a name without a value.
 */
function shownName({ name, value }) {
    const mayBeSecret = !SURELY_A_NAME.test(name) && (value === '' || value === '=');
    return mayBeSecret ? 'a variable' : name;
}
/** The variables that the command gets as the caller has them: those of a workflow run. */
const FACT_NAMES = [
    'CI',
    'GITHUB_ACTIONS',
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
/** The facts of a run, each as `NAME=value`. */
function readFacts(variable) {
    return FACT_NAMES.flatMap((name) => {
        const value = variable(name);
        return value === undefined ? [] : [`${name}=${value}`];
    });
}
/** The variables that the script in the pod sets itself, and those that it gets from the run. */
const POD_NAMES = new Set([
    'HOME',
    'GITHUB_WORKSPACE',
    'GITHUB_OUTPUT',
    'GITHUB_STEP_SUMMARY',
    ...FACT_NAMES,
]);
/**
 * The variables of the input `namespace`. The script sets `KUBECONFIG` only if the pod has a
 * kubeconfig to copy.
 */
const NAMESPACE_NAMES = ['HELM_NAMESPACE', 'POD_NAMESPACE', 'KUBECONFIG'];
/** Variables that every machine has, the pod included. */
const EVERYWHERE = new Set('HOME HOSTNAME IFS LANG LOGNAME OLDPWD PATH PWD SHELL SHLVL TERM TMPDIR TZ USER _'.split(' '));
/** Variables of bash, Kubernetes, and locales, and those of the runner that no command needs. */
const PLATFORM_PREFIX = /^(?:ACTIONS|BASH|GITHUB|INPUT|KUBERNETES|LC|RUNNER|XDG)_/;
/**
 * Whether a variable is the pod's own or belongs to a platform, so that nobody expects `env` to
 * pass it.
 */
function isPlatformVariable(name) {
    const namespaces = NAMESPACE_NAMES;
    const isOwn = POD_NAMES.has(name) || namespaces.includes(name);
    return isOwn || EVERYWHERE.has(name) || PLATFORM_PREFIX.test(name);
}
/** The name of a namespace: a label of RFC 1123. */
const NAMESPACE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Quotes a text as one word of a POSIX shell. It must not contain NUL, which no shell can hold. */
function quote(value) {
    return /^[A-Za-z0-9_@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
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

/***/ 613:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KB: () => (/* binding */ nearestPath),
/* harmony export */   au: () => (/* binding */ didYouMean),
/* harmony export */   qb: () => (/* binding */ nearestName),
/* harmony export */   s1: () => (/* binding */ plainPath)
/* harmony export */ });
/* harmony import */ var leven__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7785);

// Which candidate a misspelled name or path most likely means. If none is near, the answer is
// undefined, because a wrong guess misleads.
/**
 * Longer than any name that people type. The time of a comparison grows with the square of the
 * length.
 */
const MAX_TYPED = 200;
const MAX_TYPOS = 2;
/** A question about the nearest candidate; undefined if there is none. */
function didYouMean(nearest) {
    return nearest === undefined ? undefined : `Did you mean ${nearest}?`;
}
/**
 * The name of an input, an option, or a choice: the same except for letter case and dashes, or for
 * few typos. Short names differ too little for typos.
 */
function nearestName(given, candidates) {
    const wanted = given.toLowerCase().replaceAll('_', '-');
    const letters = (name) => name.toLowerCase().replaceAll('-', '');
    return (candidates.find((candidate) => letters(candidate) === letters(wanted)) ??
        (wanted.length > 3 ? nearestSpelling(wanted, candidates) : undefined));
}
/**
 * The path of a file or folder: the same except for letter case, the ending, the folder, or a few
 * typos. Never the given path itself.
 */
function nearestPath(given, candidates) {
    const wanted = plainPath(given);
    if (wanted === '')
        return undefined;
    const others = [...candidates].filter((candidate) => candidate !== wanted);
    return (others.find((other) => other.toLowerCase() === wanted.toLowerCase()) ??
        others.find((other) => withoutEnding(other) === withoutEnding(wanted)) ??
        others.find((other) => baseName(other) === baseName(wanted)) ??
        nearestSpelling(wanted, others));
}
/** The candidate with the fewest typos: one or two, and at most one for every three letters. */
function nearestSpelling(given, candidates) {
    let nearest;
    let most = given.length > MAX_TYPED ? 0 : Math.min(MAX_TYPOS, Math.floor(given.length / 3));
    for (const candidate of candidates) {
        if (Math.abs(candidate.length - given.length) > most)
            continue;
        const count = typos(candidate, given);
        if (count > most)
            continue;
        nearest = candidate;
        most = count - 1;
    }
    return nearest;
}
/** A path without blanks around it, `./` at its start, and slashes at its end. */
function plainPath(given) {
    // The lookbehind lets a run of slashes match only from its start, which keeps this linear.
    return given.trim().replaceAll(/^(?:\.\/+)+|(?<!\/)\/+$/g, '');
}
/** Letters to insert, delete, or replace. Two swapped letters count once. */
function typos(one, other) {
    const letters = (text) => Array.from(text).sort().join('');
    const distance = (0,leven__WEBPACK_IMPORTED_MODULE_0__/* ["default"] */ .A)(one, other, { maxDistance: MAX_TYPOS + 1 });
    return distance === 2 && letters(one) === letters(other) ? 1 : distance;
}
function withoutEnding(path) {
    return path.toLowerCase().replace(/\.(?:ya?ml|json)$/, '');
}
function baseName(path) {
    return path.slice(path.lastIndexOf('/') + 1);
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


/***/ }),

/***/ 3138:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FO: () => (/* binding */ exitCodeOf),
/* harmony export */   Is: () => (/* binding */ withoutResult),
/* harmony export */   S4: () => (/* binding */ judge),
/* harmony export */   bv: () => (/* binding */ collectFailure),
/* harmony export */   dc: () => (/* binding */ EXIT),
/* harmony export */   kz: () => (/* binding */ succeeds)
/* harmony export */ });
/* harmony import */ var _azure_command_result_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5958);
/* harmony import */ var _pod_file_command_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5893);
/* harmony import */ var _pod_stream_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1087);



const NOTHING = { stepOutputs: [], arrived: [], podSummary: '', podSummaryCut: false };
/** The verdict on a command that did not end or never began. */
function withoutResult(state, failure, commandId) {
    return { ...NOTHING, state, failure, commandId };
}
/**
 * Decides the verdict. `succeeded` needs proof: an allowed exit code, and everything that the
 * command handed over.
 */
function judge(ending, criteria) {
    if (ending.kind !== 'ended')
        return withoutResult(ending.kind, ending.failure, ending.id);
    const { result, podReport } = ending;
    const { collected } = criteria;
    const { stepOutputs, problem } = readStepOutputs(podReport);
    const exitCode = exitCodeThatCounts(ending, criteria);
    const decided = decide(ending, exitCode, problem ?? collectFailure(collected), criteria);
    // An exit code that cannot be trusted is not reported.
    const trusted = decided.state === 'unknown' ? undefined : exitCode;
    return {
        ...decided,
        ...writtenIn(podReport),
        stepOutputs,
        outputsProblem: problem,
        commandId: ending.id,
        exitCode: trusted,
        onlyExitCode: trusted !== undefined && podReport.kind === 'unrecognized',
        startedAt: result.startedAt,
        finishedAt: result.finishedAt,
        collected,
    };
}
/**
 * Whether the step succeeds. If it does not wait, a running command is not a failure, unless the
 * step was canceled.
 */
function succeeds({ state, failure }, waits) {
    if (state === 'running')
        return !waits && failure?.code !== 'cancelled';
    return state === 'succeeded' || state === 'dry-run';
}
/**
 * Exit codes at a prompt for anything but the command's own end: those of `timeout` and `docker
 * run`, and two more.
 */
const EXIT = { timedOut: 124, didNotRun: 125, keepsRunning: 254, unknown: 255 };
/** The exit code at a prompt: the command's own if it ended. `waits` as for {@link succeeds}. */
function exitCodeOf(verdict, waits) {
    const { state, failure, exitCode = 0 } = verdict;
    if (succeeds(verdict, waits))
        return 0;
    if (state === 'not-started')
        return EXIT.didNotRun;
    if (state === 'running')
        return EXIT.keepsRunning;
    if (failure?.code === 'timed-out')
        return EXIT.timedOut;
    // It ended with 0, but what it handed over is unusable. A shell sees only the last eight bits.
    return state === 'unknown' || exitCode % 256 === 0 ? EXIT.unknown : exitCode;
}
/**
 * There are two exit codes: AKS's and the script's. They differ only if the container was killed
 * after the command, and then the one that is not allowed counts. If AKS reports none, the script's
 * counts only if AKS reports a failure and the script's whole frame proves that the command ended.
 */
function exitCodeThatCounts({ result, podReport }, criteria) {
    const byScript = podReport.kind === 'ran' ? podReport.exitCode : undefined;
    const isProven = result.provisioningState === 'failed' && (0,_pod_stream_js__WEBPACK_IMPORTED_MODULE_0__/* .isFramed */ .KL)(podReport);
    const byAks = result.exitCode ?? (isProven ? byScript : undefined);
    if (byAks === undefined || byScript === undefined)
        return byAks;
    const isOnlyScriptDisallowed = isAllowed(byAks, criteria) && !isAllowed(byScript, criteria);
    return isOnlyScriptDisallowed ? byScript : byAks;
}
function isAllowed(exitCode, { allowedExitCodes }) {
    return allowedExitCodes === 'any' || allowedExitCodes.includes(exitCode);
}
/** @param problem why what the command handed over cannot be used */
function decide(ending, exitCode, problem, criteria) {
    const { result, podReport } = ending;
    if (result.provisioningState === 'failed' && !(0,_pod_stream_js__WEBPACK_IMPORTED_MODULE_0__/* .isFramed */ .KL)(podReport)) {
        const { reason = '' } = result;
        const afterTenMinutes = isEndedAfterTenMinutes(ending);
        return { state: 'unknown', failure: { code: 'aks-failed', reason, afterTenMinutes } };
    }
    if (podReport.kind === 'not-begun') {
        const failure = { code: 'not-begun', containerExitCode: result.exitCode };
        return { state: 'unknown', failure };
    }
    if (exitCode === undefined)
        return { state: 'unknown', failure: { code: 'no-exit-code' } };
    const ran = podReport.kind === 'ran' ? podReport : undefined;
    // Without the script's first line, nothing proves that this exit code is the command's.
    if (ran === undefined && criteria.ownCommand) {
        return { state: 'unknown', failure: { code: 'no-boundary' } };
    }
    // Its exit code is the signal's, so a timeout is a failure whatever is allowed.
    if (ran?.timedOutAfter !== undefined) {
        return { state: 'failed', failure: { code: 'timed-out', seconds: ran.timedOutAfter } };
    }
    if (!isAllowed(exitCode, criteria)) {
        return { state: 'failed', failure: exitCodeFailure(exitCode, criteria) };
    }
    // Everything else came back: the command deleted the script's files, or the pod's disk was full.
    if (ran?.complete && ran.exitCode === undefined) {
        return { state: 'failed', failure: { code: 'output-lost' } };
    }
    return problem === undefined ? { state: 'succeeded' } : { state: 'failed', failure: problem };
}
/** If the command exited with 0, it is worth saying what is allowed instead. */
function exitCodeFailure(exitCode, { allowedExitCodes }) {
    const isWorthSaying = exitCode === 0 && allowedExitCodes !== 'any';
    return { code: 'exit-code', exitCode, allowed: isWorthSaying ? allowedExitCodes : undefined };
}
/**
 * Users report that AKS fails commands after about ten minutes, without reason or output. This is
 * undocumented.
 */
function isEndedAfterTenMinutes({ result, seconds }) {
    const minutes = ((0,_azure_command_result_js__WEBPACK_IMPORTED_MODULE_1__/* .durationSeconds */ .o8)(result) ?? seconds ?? 0) / 60;
    const isSilent = result.reason === undefined && result.logs === '';
    return isSilent && minutes >= 9 && minutes <= 11;
}
/** Collected files that cannot be used, as a failure. */
function collectFailure(collected) {
    const problem = collected?.problem;
    return problem === undefined ? undefined : { code: 'collect', problem };
}
/** What the command wrote, usable or not. */
function writtenIn(podReport) {
    if (podReport.kind !== 'ran') {
        const { output: text } = podReport;
        return { ...NOTHING, output: { text, truncated: Buffer.byteLength(text) >= _pod_stream_js__WEBPACK_IMPORTED_MODULE_0__/* .LOG_LIMIT */ .HF } };
    }
    const summary = Buffer.from(podReport.summary ?? '');
    return {
        output: podReport.output,
        arrived: (0,_pod_file_command_js__WEBPACK_IMPORTED_MODULE_2__/* .arrivedAssignments */ .a0)(podReport.outputs ?? ''),
        podSummary: summary.subarray(0, _pod_stream_js__WEBPACK_IMPORTED_MODULE_0__/* .FILE_LIMIT */ .h1).toString(),
        podSummaryCut: summary.length > _pod_stream_js__WEBPACK_IMPORTED_MODULE_0__/* .FILE_LIMIT */ .h1,
    };
}
/** The step outputs, and why there are none if they cannot be used. */
function readStepOutputs(podReport) {
    if (podReport.kind !== 'ran')
        return { stepOutputs: [] };
    const { complete, outputs } = podReport;
    if (!complete || outputs === undefined)
        return unusable({ code: 'outputs-lost' });
    if (Buffer.byteLength(outputs) > _pod_stream_js__WEBPACK_IMPORTED_MODULE_0__/* .FILE_LIMIT */ .h1)
        return unusable({ code: 'outputs-too-large' });
    const { assignments, malformed } = (0,_pod_file_command_js__WEBPACK_IMPORTED_MODULE_2__/* .parseFileCommand */ .fA)(outputs);
    if (malformed !== undefined)
        return unusable({ code: 'outputs-malformed', ...malformed });
    return { stepOutputs: assignments };
}
function unusable(problem) {
    return { stepOutputs: [], problem };
}


/***/ })

};
