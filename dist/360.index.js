export const id = 360;
export const ids = [360];
export const modules = {

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

/***/ 8218:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ ACTION_FOLDER)
/* harmony export */ });
/** The folder in the zip, and so in the command's working folder, that holds what is not the user's. */
const ACTION_FOLDER = '.aks-run-command';


/***/ }),

/***/ 2266:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ep: () => (/* binding */ WORKFLOW),
/* harmony export */   N2: () => (/* binding */ isNoun),
/* harmony export */   hF: () => (/* binding */ PROMPT)
/* harmony export */ });
/** Things that a message calls by another name in each place. Each is the middle of a sentence. */
const NOUNS = {
    step: { workflow: 'the step', prompt: 'aks-run-command' },
    action: { workflow: 'the action', prompt: 'aks-run-command' },
    runner: { workflow: 'the runner', prompt: 'this machine' },
    workspace: { workflow: 'the workspace', prompt: 'the current folder' },
    rerun: { workflow: 'run the job again', prompt: 'run it again' },
    debug: { workflow: 're-run the job with debug logging enabled', prompt: 'run it again with --debug' },
    job: { workflow: 'the job', prompt: 'your shell' },
    login: { workflow: 'azure/login', prompt: 'az login' },
    output: { workflow: 'output-file', prompt: 'stdout' },
    exclusion: { workflow: 'a line of files that begins with !', prompt: "--files '!PATTERN'" },
};
/** Whether a word is one of the table's. */
function isNoun(word) {
    return Object.hasOwn(NOUNS, word);
}
/** Inputs whose option is a switch, and the value that it stands for. */
const SWITCHES = {
    wait: { option: '--no-wait', value: 'false' },
    'dry-run': { option: '--dry-run', value: 'true' },
    'include-hidden-files': { option: '--include-hidden-files', value: 'true' },
};
/** The words of a workflow. */
const WORKFLOW = {
    place: 'workflow',
    input: (name) => name,
    entry: ({ line }) => `line ${line}`,
    noun: (noun) => NOUNS[noun].workflow,
    paste: (inputs) => ['with:', ...inputs.map(({ name, value }) => `  ${name}: ${value}`)],
};
/** The words at a prompt. */
const PROMPT = {
    place: 'prompt',
    input: (name) => SWITCHES[name]?.option ?? `--${name}`,
    entry: ({ order }) => `number ${order}`,
    noun: (noun) => NOUNS[noun].prompt,
    paste: (inputs) => {
        const options = inputs.flatMap(({ name, value }) => {
            const asSwitch = SWITCHES[name];
            if (asSwitch)
                return asSwitch.value === value ? [asSwitch.option] : [];
            return [`--${name} ${value}`];
        });
        const isWhole = inputs.some(({ name }) => name === 'cluster');
        return [[...(isWhole ? ['aks-run-command'] : []), ...options].join(' ')];
    },
};


/***/ }),

/***/ 7149:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $X: () => (/* binding */ BEGIN_LINE),
/* harmony export */   At: () => (/* binding */ BOUNDARY_PREFIX),
/* harmony export */   F0: () => (/* binding */ startLine),
/* harmony export */   Wi: () => (/* binding */ findBoundary),
/* harmony export */   Zh: () => (/* binding */ PART_OF_A_BOUNDARY),
/* harmony export */   _Z: () => (/* binding */ hashInFirstLine),
/* harmony export */   iH: () => (/* binding */ boundaryOf),
/* harmony export */   jd: () => (/* binding */ boundaryFile),
/* harmony export */   qQ: () => (/* binding */ hashOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _files_request_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8218);


/** What every boundary begins with. */
const BOUNDARY_PREFIX = 'aks-run-command:';
/** A line that was cut off within its boundary, or right behind it. */
const PART_OF_A_BOUNDARY = /^aks-run-command:[0-9a-f]{0,32}$/;
const BOUNDARY_OF_A_LINE = /^aks-run-command:[0-9a-f]{32}(?= )/gm;
/**
 * The word that speaks for the script: every line of its stream but the first begins with it. Only the zip carries it to
 * the pod, so that who reads the pod's specification or its log cannot write in the script's name.
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
/** The SHA-256 of a boundary in hex: it names the boundary where everybody can read, and does not tell it. */
function hashOf(boundary) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(boundary).digest('hex');
}
/** The file that brings the boundary to the script. Stored, so that the zip's size does not tell one run from another. */
function boundaryFile(boundary) {
    return { path: `${_files_request_js__WEBPACK_IMPORTED_MODULE_1__/* .ACTION_FOLDER */ ._}/boundary`, mode: 0o600, content: Buffer.from(boundary), stored: true };
}
/** The first line of the script's stream. */
function startLine(hash) {
    return `aks-run-command start ${hash}\n`;
}
/**
 * The script prints this after its last chance to refuse, before any process of the command exists. A log only grows: whoever
 * takes the script's place later cannot take this line back, so a refusal behind it proves nothing.
 */
const BEGIN_LINE = 'aks-run-command begin\n';
/** The hash in the first line of a log, where that is a script's. */
function hashInFirstLine(logs) {
    return /^aks-run-command start ([0-9a-f]{64})\n/.exec(logs)?.[1];
}
/** The boundary with that hash, where a line of the text begins with it; undefined where the script wrote no such line. */
function findBoundary(text, hash) {
    for (const [candidate] of text.matchAll(BOUNDARY_OF_A_LINE)) {
        if (hashOf(candidate) === hash)
            return candidate;
    }
    return undefined;
}


/***/ }),

/***/ 5893:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   fA: () => (/* binding */ parseFileCommand),
/* harmony export */   se: () => (/* binding */ arrivedEntries),
/* harmony export */   y8: () => (/* binding */ readFileCommand)
/* harmony export */ });
/**
 * Reads the runner's grammar for `$GITHUB_OUTPUT` and `$GITHUB_ENV`: `NAME=value`, or `NAME<<DELIMITER`, lines of the value,
 * `DELIMITER`. Whichever of `=` and `<<` comes first decides. Lines end at LF alone, as on a Linux runner, so that a CR
 * belongs to the value. Empty lines are skipped, and the last line needs no LF.
 *
 * Source: `EnvFileKeyValuePairs` of actions/runner `src/Runner.Worker/FileCommandManager.cs`. Two differences: an empty name
 * is malformed here, where the runner fails a step later; and reading goes on after a malformed line.
 */
function readFileCommand(text) {
    const found = { entries: [], bare: [], malformed: [], unclosed: [] };
    const lines = new Lines(text);
    for (let current = lines.next(); current !== undefined; current = lines.next()) {
        const equals = current.indexOf('=');
        const heredoc = current.indexOf('<<');
        const { line } = lines;
        if (current === '')
            continue;
        if (equals < 0 && heredoc < 0)
            found.bare.push({ text: current, line });
        else if (equals < 0 || (heredoc >= 0 && heredoc < equals)) {
            readBlock(current.slice(0, heredoc), current.slice(heredoc + 2), lines, found);
        }
        else if (equals === 0)
            found.malformed.push({ line, problem: 'has no name before the "="' });
        else
            found.entries.push({ name: current.slice(0, equals), value: current.slice(equals + 1), line });
    }
    return found;
}
function readBlock(name, delimiter, lines, { entries, malformed, unclosed }) {
    const { line } = lines;
    if (delimiter === '') {
        malformed.push({ line, problem: 'has no delimiter after the "<<"' });
        return;
    }
    const { value, isClosed } = lines.upTo(delimiter);
    if (!isClosed) {
        unclosed.push({ name, value, line });
        malformed.push({ line, problem: 'starts a block, but no later line is its delimiter' });
    }
    else if (name === '') {
        malformed.push({ line, problem: 'has no name before the "<<"' });
    }
    else {
        entries.push({ name, value, line });
    }
}
/** A text line by line. */
class Lines {
    #text;
    #index;
    #line = 0;
    constructor(text) {
        this.#text = text;
        // .NET's File.ReadAllText takes a byte order mark off.
        this.#index = text.startsWith('\uFEFF') ? 1 : 0;
    }
    /** The number of the line that came last, counted from 1. */
    get line() {
        return this.#line;
    }
    /** The next line; undefined at the end. */
    next() {
        if (this.#index >= this.#text.length)
            return undefined;
        const lf = this.#text.indexOf('\n', this.#index);
        const end = lf < 0 ? this.#text.length : lf;
        const read = this.#text.slice(this.#index, end);
        this.#index = end + 1;
        this.#line += 1;
        return read;
    }
    /** All lines before the next one that is the delimiter, or all that are left where none is. */
    upTo(delimiter) {
        const from = this.#index;
        for (let start = from, read = this.next(); read !== undefined; start = this.#index, read = this.next()) {
            if (read === delimiter)
                return { value: this.#text.slice(from, Math.max(from, start - 1)), isClosed: true };
        }
        return { value: this.#text.slice(from), isClosed: false };
    }
}
/**
 * All that may be a value in a file, however malformed or cut off, to be masked. A line that is no assignment counts as one
 * more line of the value before it.
 */
function arrivedEntries(text) {
    const { entries, bare, unclosed } = readFileCommand(text);
    const lines = [...entries, ...unclosed, ...bare.map(({ text: value, line }) => ({ value, line }))];
    let last = '';
    return lines
        .sort((a, b) => a.line - b.line)
        .map((entry) => ({ ...entry, name: (last = 'name' in entry ? entry.name : last) }));
}
/** Reads what a command wrote to `$GITHUB_OUTPUT`; the grammar is {@link readFileCommand}'s, and one bad line spoils all. */
function parseFileCommand(text) {
    const { entries, bare, malformed } = readFileCommand(text);
    const problems = [
        ...malformed,
        ...bare.map(({ line }) => ({ line, problem: 'is neither NAME=value nor NAME<<DELIMITER' })),
    ];
    const first = problems.sort((a, b) => a.line - b.line)[0];
    return first === undefined ? { kind: 'entries', entries } : { kind: 'malformed', ...first };
}


/***/ }),

/***/ 4742:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Er: () => (/* binding */ characterStart),
/* harmony export */   IG: () => (/* binding */ endOfOutput),
/* harmony export */   WQ: () => (/* binding */ whole),
/* harmony export */   oJ: () => (/* binding */ OUTPUT_LIMIT),
/* harmony export */   oR: () => (/* binding */ joined)
/* harmony export */ });
/** What the action's output `output` may hold, in bytes: an environment variable of a next step cannot hold 128 KiB. */
const OUTPUT_LIMIT = 98_304;
/** An output of which nothing is missing. */
function whole(text) {
    return { text, truncated: false, missingBytes: 0 };
}
/** Start and end of an output, with a line of the action's own in place of what is missing between them. */
function joined(start, missingBytes, end) {
    if (missingBytes === 0)
        return whole(start + end);
    const newline = start === '' || start.endsWith('\n') ? '' : '\n';
    const marker = `[${missingBytes.toLocaleString('en-US')} bytes of output are missing here]\n`;
    return { text: `${start}${newline}${marker}${end}`, truncated: true, missingBytes };
}
/**
 * The end of a text from the start of a line, or, where its last line is too long, from within that line.
 *
 * @param maxBytes of UTF-8
 */
function endOfOutput(text, maxBytes = OUTPUT_LIMIT) {
    // No character takes less than a byte, so that what is cut off here would not fit. One more tells where a line starts.
    const bytes = Buffer.from(text.slice(Math.max(0, text.length - maxBytes - 1)));
    if (bytes.length <= maxBytes) {
        return text;
    }
    const start = characterStart(bytes, bytes.length - maxBytes);
    const line = bytes.indexOf('\n', start - 1) + 1;
    return bytes.toString('utf8', line > 0 && line < bytes.length ? line : start);
}
/** The first position from there on where a character of UTF-8 starts. */
function characterStart(bytes, from) {
    const start = bytes.subarray(from, from + 4).findIndex((byte) => (byte & 0xc0) !== 0x80);
    return from + Math.max(0, start);
}


/***/ }),

/***/ 2729:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ quote)
/* harmony export */ });
/** The text as one word of a POSIX shell. NUL, which no shell can hold, must not be in it. */
function quote(value) {
    return /^[A-Za-z0-9_@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}


/***/ }),

/***/ 7929:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  h1: () => (/* binding */ FILE_LIMIT),
  HF: () => (/* binding */ LOG_LIMIT),
  G8: () => (/* binding */ REFUSED_EXIT_CODE),
  bv: () => (/* binding */ readStream)
});

// UNUSED EXPORTS: HEAD_LIMIT

// EXTERNAL MODULE: ./src/pod/boundary.ts
var pod_boundary = __webpack_require__(7149);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./src/pod/room.ts
/**
 * How the 512 KiB that AKS keeps of a pod's output are shared where files are collected, in bytes. `pod-script.sh` and
 * `collect.sh` have the same numbers; a test compares them.
 */
const ROOM = {
    /** What AKS keeps. */
    all: 524_288,
    /** For the lines that begin with the boundary. What is left is `room` in the script. */
    marks: 4_096,
    /** Shown while the command runs: 16 KiB, less the two bytes by which the two files below may exceed theirs. */
    early: 16_382,
    /** Of `$GITHUB_OUTPUT` and of the summary each: 64 KiB, and a byte that tells that there is more. */
    file: 65_537,
    /** The collected files as gzip and base64, line breaks included: 300 KiB. */
    bundle: 307_200,
};
/** What is left for the end of a long output where all else takes as much as it may: 64 KiB. */
const LEAST_TAIL = ROOM.all - ROOM.marks - ROOM.early - 2 * ROOM.file - ROOM.bundle;
/** What the collected files may be, kept by `collect.sh` and checked by who reads them. */
const COLLECT_LIMITS = {
    /** As {@link ROOM}'s. */
    sent: ROOM.bundle,
    /** Bytes of all files together, 32 MiB. */
    unpacked: 33_554_432,
    files: 2_000,
    /** How many of the things left out are named. */
    leftOut: 20,
};

;// CONCATENATED MODULE: ./src/pod/bundle.ts


/** A path of Linux has at most 4,096 bytes, and each file, pattern and thing left out has one line. */
const MAX_INDEX_BYTES = (2 * COLLECT_LIMITS.files + COLLECT_LIMITS.leftOut + 2) * 4_160;
const BIGGEST = 5;
const STATE = /^(?:files|too-many|too-big|too-large \d{1,15})$/;
const LINE = /^([a-z-]{1,12}) (\d{1,16}) (.*)$/s;
class Refusal extends Error {
}
function refuse(problem) {
    throw new Refusal(problem);
}
/**
 * Reads what `src/pod/collect.sh` sends. Trusts nothing: the files are taken whole, or the bundle is refused. Unpacks no
 * more than the index says, which is within the limits, and holds no byte before it has come.
 *
 * @param base64 with line breaks
 */
async function readBundle(base64) {
    try {
        const packed = decode(base64);
        const { index, content } = await unpack(packed);
        return index.state === 'files' ? filesOf(index, content) : overLimit(index);
    }
    catch (error) {
        if (error instanceof Refusal)
            return { kind: 'refused', problem: error.message };
        throw error;
    }
}
function decode(base64) {
    if (base64.length > COLLECT_LIMITS.sent)
        refuse('it is longer than 300 KiB');
    const text = base64.replaceAll('\n', '');
    if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text))
        refuse('it is not base64');
    return Buffer.from(text, 'base64');
}
async function unpack(packed) {
    const gunzip = (0,external_node_zlib_.createGunzip)({ chunkSize: 65_536 });
    gunzip.end(packed);
    const head = new Head();
    let index;
    const content = [];
    let received = 0;
    try {
        for await (const chunk of gunzip) {
            const rest = index === undefined ? head.take(chunk) : chunk;
            if (rest === undefined)
                continue;
            index ??= readIndex(head.text());
            received += rest.length;
            if (received > (index.state === 'files' ? index.total : 0))
                refuse('it holds more bytes than its index says');
            content.push(rest);
        }
    }
    catch (error) {
        if (error instanceof Refusal)
            throw error;
        refuse('it is not a valid gzip file');
    }
    if (gunzip.bytesWritten !== packed.length)
        refuse('extra bytes follow its end');
    if (index === undefined)
        return refuse('its index has no end');
    if (index.state === 'files' && received !== index.total)
        refuse('it holds fewer bytes than its index says');
    return { index, content: Buffer.concat(content) };
}
/** What comes before the blank line. */
class Head {
    #parts = [];
    #bytes = 0;
    /** The last byte, which may be half of the blank line. */
    #held = Buffer.alloc(0);
    /** @returns what of the chunk comes behind the blank line; undefined where that has not come yet. */
    take(chunk) {
        const bytes = Buffer.concat([this.#held, chunk]);
        const end = bytes.indexOf('\n\n');
        // Without an end, all but the last byte.
        const part = bytes.subarray(0, end);
        this.#parts.push(part);
        this.#bytes += part.length;
        this.#held = bytes.subarray(-1);
        if (this.#bytes > MAX_INDEX_BYTES)
            refuse('its index is too long');
        return end < 0 ? undefined : bytes.subarray(end + 2);
    }
    /** Without the newline of its last line. */
    text() {
        return Buffer.concat(this.#parts).toString('latin1');
    }
}
function isState(word) {
    return ['files', 'too-many', 'too-big', 'too-large'].includes(word);
}
/** @param text whose characters are bytes */
function readIndex(text) {
    const [first = '', ...lines] = text.split('\n');
    const [state = '', sent = '0'] = first.split(' ');
    if (!isState(state) || !STATE.test(first))
        return refuse('its first line is unknown');
    const entries = lines.map(readEntry);
    const total = entries.reduce((sum, { kind, bytes: size }) => (HAS_CONTENT.has(kind) ? sum + size : sum), 0);
    const files = entries.filter(({ kind }) => FILE_KINDS.has(kind)).length;
    if (files > COLLECT_LIMITS.files)
        refuse('it holds more than 2,000 files');
    if (state === 'files' && total > COLLECT_LIMITS.unpacked)
        refuse('it holds more than 32 MiB');
    return { state, entries, total, sentBytes: Number(sent) };
}
/** Kinds whose file is taken. */
const FILE_KINDS = new Set(['file', 'grew', 'shrank']);
const WARNED = ['link', 'special', 'unreadable', 'line-break', 'backslash', 'grew', 'shrank'];
/** Kinds whose number counts bytes that follow; those of a link and of a file that could not be read are thrown away. */
const HAS_CONTENT = new Set(['file', 'none', ...WARNED]);
function readEntry(line) {
    const [, kind = '', size, name = ''] = LINE.exec(line) ?? refuse('a line of its index is malformed');
    if (kind !== 'more' && !HAS_CONTENT.has(kind))
        refuse('a line of its index is malformed');
    const bytes = Number(size);
    if (!Number.isSafeInteger(bytes))
        refuse('a size in its index is not a number of bytes');
    return { kind, bytes, path: Buffer.from(name, 'latin1') };
}
function filesOf({ entries }, content) {
    const files = [];
    const leftOut = [];
    let at = 0;
    for (const { kind, bytes, path } of entries) {
        if (kind === 'more')
            continue;
        const end = at + bytes;
        if (FILE_KINDS.has(kind))
            files.push({ path, name: path.toString(), content: content.subarray(at, end) });
        const reason = WARNED.find((warned) => warned === kind);
        // No path holds //, which stands for a line break.
        if (reason !== undefined)
            leftOut.push({ name: path.toString().replaceAll('//', '\n'), reason });
        at = end;
    }
    checkPaths(files);
    return {
        kind: 'files',
        files: files.toSorted((a, b) => Buffer.compare(a.path, b.path)),
        leftOut,
        leftOutMore: entries.find(({ kind }) => kind === 'more')?.bytes ?? 0,
        unmatched: entries.filter(({ kind }) => kind === 'none').map(({ path }) => path.toString()),
    };
}
/** No path leads out of the folder, comes twice, or is a file and a folder. */
function checkPaths(files) {
    const paths = files.map(({ path }) => path.toString('latin1'));
    const taken = new Set(paths);
    if (taken.size < paths.length)
        refuse('a path in it appears twice');
    for (const path of paths) {
        if (path.includes('\0') || path.includes('\\'))
            refuse('a path in it has a character that is not allowed');
        const segments = path.split('/');
        if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
            refuse('a path in it leads out of the folder');
        }
        for (const { index } of path.matchAll(/\//g)) {
            if (taken.has(path.slice(0, index)))
                refuse('a path in it is both a file and a folder');
        }
    }
}
function overLimit({ state, sentBytes, entries, total }) {
    const files = entries.filter(({ kind }) => FILE_KINDS.has(kind));
    const biggest = files
        .map(({ path, bytes }) => ({ path: path.toString(), bytes }))
        .sort((a, b) => b.bytes - a.bytes)
        .slice(0, BIGGEST);
    switch (state) {
        case 'too-many':
            return { kind: 'over', limit: 'files', biggest };
        case 'too-big':
            return { kind: 'over', limit: 'unpacked', bytes: total, biggest };
        default:
            return { kind: 'over', limit: 'sent', bytes: sentBytes, biggest };
    }
}

// EXTERNAL MODULE: ./src/pod/output.ts
var output = __webpack_require__(4742);
// EXTERNAL MODULE: external "node:string_decoder"
var external_node_string_decoder_ = __webpack_require__(6193);
;// CONCATENATED MODULE: ./src/pod/spool.ts



/** How much of the unpacked output is kept at most, in bytes: half from its start, half from its end. */
const UNPACKED_LIMIT = 33_554_432;
/** Unpacks a spool, keeping no more than so many bytes; undefined where it is not sound to its end. */
async function unpackSpool(base64, limit = UNPACKED_LIMIT) {
    const kept = new Halves(limit / 2);
    const gunzip = (0,external_node_zlib_.createGunzip)({ chunkSize: 65_536 });
    gunzip.end(Buffer.from(base64, 'base64'));
    try {
        for await (const chunk of gunzip)
            kept.add(chunk);
    }
    catch {
        return undefined;
    }
    return kept.spool();
}
/** The first bytes of a stream and its last ones. */
class Halves {
    #half;
    #start = [];
    #end = [];
    #startBytes = 0;
    #endBytes = 0;
    #droppedBytes = 0;
    constructor(half) {
        this.#half = half;
    }
    add(chunk) {
        const first = chunk.subarray(0, this.#half - this.#startBytes);
        const rest = chunk.subarray(first.length);
        this.#start.push(first);
        this.#end.push(rest);
        this.#startBytes += first.length;
        this.#endBytes += rest.length;
        for (let [oldest] = this.#end; oldest && this.#endBytes - oldest.length >= this.#half; [oldest] = this.#end) {
            this.#endBytes -= oldest.length;
            this.#droppedBytes += oldest.length;
            this.#end.shift();
        }
    }
    spool() {
        if (this.#droppedBytes === 0 && this.#endBytes <= this.#half) {
            return { start: Buffer.concat([...this.#start, ...this.#end]).toString(), end: '', missingBytes: 0 };
        }
        const last = Buffer.concat(this.#end);
        const from = (0,output/* characterStart */.Er)(last, last.length - this.#half);
        return {
            // A decoder, unlike toString, keeps back a character that is not complete.
            start: new external_node_string_decoder_.StringDecoder('utf8').write(Buffer.concat(this.#start)),
            end: last.toString('utf8', from),
            missingBytes: this.#droppedBytes + from,
        };
    }
}

;// CONCATENATED MODULE: ./src/pod/stream.ts




/**
 * AKS keeps the first 512 KiB of what a pod writes ("every truncated response was exactly 512·1024 bytes") and drops the
 * rest. In bytes; `src/pod/pod-script.sh` stays below.
 */
const LOG_LIMIT = 524_288;
/** What of a long output is sent first and shown live: 128 KiB, as in `src/pod/pod-script.sh`. */
const HEAD_LIMIT = 131_072;
/** The largest `$GITHUB_OUTPUT` and `$GITHUB_STEP_SUMMARY` that are taken, in bytes. The pod sends one byte more of a larger one. */
const FILE_LIMIT = 65_536;
/** The exit code with which the script refuses to run a command: `EX_TEMPFAIL`. */
const REFUSED_EXIT_CODE = 75;
/** What follows the boundary on a line of the stream. */
const WORD = /(?:(exit|part|tail|timed-out) (\d{1,15})|(refused|no-bash|no-variables|outputs|summary|collected|uncollected [a-z0-9]{1,16}|gzip|end))(?=\n|$)/y;
/**
 * Reads what `src/pod/pod-script.sh` wrote, as AKS gives it back.
 *
 * @param logs decoded as UTF-8, broken characters as U+FFFD
 * @param boundary this run's. A follower does not know it: then the very first line must be the script's. Its hash tells
 * the boundary among the lines that follow, none of which anybody but the script could write.
 */
async function readStream(logs, boundary) {
    const hash = boundary === undefined ? (0,pod_boundary/* hashInFirstLine */._Z)(logs) : (0,pod_boundary/* hashOf */.qQ)(boundary);
    const start = hash === undefined ? -1 : indexOfLine(logs, (0,pod_boundary/* startLine */.F0)(hash));
    if (hash === undefined || start < 0) {
        return { kind: 'foreign', output: logs };
    }
    const before = logs.slice(0, start);
    const rest = logs.slice(start + (0,pod_boundary/* startLine */.F0)(hash).length);
    const begun = rest.startsWith(pod_boundary/* BEGIN_LINE */.$X);
    const stream = begun ? rest.slice(pod_boundary/* BEGIN_LINE */.$X.length) : rest;
    const known = boundary ?? (0,pod_boundary/* findBoundary */.Wi)(stream, hash);
    const { text, sections } = known === undefined ? { text: stream, sections: [] } : split(stream, known);
    if (sections.some(({ word }) => word === 'refused')) {
        const alone = !begun && before === '' && text === '' && sections.length === 1 && sections[0]?.text === '';
        return { kind: 'refused', alone };
    }
    const find = (word) => sections.find((section) => section.word === word);
    const { output, exitCode } = await readOutput(text, sections, known);
    const timedOut = find('timed-out');
    const outputs = find('outputs')?.text;
    const summary = find('summary')?.text;
    const bundle = await bundleIn(sections);
    return {
        kind: 'ran',
        // What somebody else wrote before the script began is kept: it may be why nothing else is there.
        output: { ...output, text: before + output.text },
        complete: find('end') !== undefined,
        ...(exitCode !== undefined && { exitCode }),
        ...(timedOut !== undefined && { timedOutAfter: timedOut.number }),
        noBash: find('no-bash') !== undefined,
        noVariables: find('no-variables') !== undefined,
        ...(outputs !== undefined && { outputs }),
        ...(summary !== undefined && { summary }),
        ...(bundle !== undefined && { bundle }),
    };
}
async function bundleIn(sections) {
    for (const { word, text } of sections) {
        if (word === 'collected')
            return readBundle(text);
        const because = /^uncollected (.+)$/.exec(word)?.[1];
        if (because !== undefined)
            return { kind: 'uncollected', because };
    }
    return undefined;
}
/** The text before the first line that begins with the boundary, and the sections behind it. */
function split(stream, boundary) {
    const marks = [];
    for (let at = indexOfLine(stream, `${boundary} `); at >= 0; at = indexOfLine(stream, `${boundary} `, at)) {
        WORD.lastIndex = at + boundary.length + 1;
        const [, counting, number, plain] = WORD.exec(stream) ?? [];
        const word = counting ?? plain;
        // A service may take the last newline off; any other word without one may have lost a digit.
        if (word !== undefined && (WORD.lastIndex < stream.length || word === 'end' || word === 'refused')) {
            marks.push({ word, number: Number(number), from: Math.max(0, at - 1), to: WORD.lastIndex + 1 });
        }
    }
    const sections = marks.map(({ word, number, to }, index) => ({
        word,
        number,
        text: stream.slice(to, Math.max(to, marks[index + 1]?.from ?? stream.length)),
    }));
    return { text: stream.slice(0, marks[0]?.from), sections };
}
/** Where a line begins with that, the first one, or the next one behind a position; -1 where none does. */
function indexOfLine(text, start, behind) {
    if (behind === undefined && text.startsWith(start)) {
        return 0;
    }
    const newline = text.indexOf(`\n${start}`, behind);
    return newline < 0 ? -1 : newline + 1;
}
/** The command's output is what stands before its exit mark, wherever that is: background processes may write behind it. */
async function readOutput(text, sections, boundary) {
    const [first] = sections;
    if (first?.word === 'exit') {
        return { output: (0,output/* whole */.WQ)(text), exitCode: first.number };
    }
    const start = withoutBrokenEnd(text, boundary);
    if (first?.word !== 'part' || boundary === undefined) {
        return { output: { text: start, truncated: true } };
    }
    const packed = sections.find(({ word }) => word === 'gzip');
    const unpacked = packed && (await unpackSpool(packed.text));
    return unpacked === undefined ? readTail(start, first.number, sections) : readSpool(unpacked, boundary);
}
/** Only its exit mark says that an output is whole: a full disk in the pod takes the end, and leaves a sound spool. */
function readSpool(spool, boundary) {
    const head = upToExit(spool.start, boundary);
    if (head.exitCode !== undefined) {
        return { ...head, output: (0,output/* whole */.WQ)(head.text) };
    }
    if (spool.missingBytes === 0) {
        return { output: { text: head.text, truncated: true } };
    }
    const end = upToExit(spool.end, boundary);
    return { ...end, output: (0,output/* joined */.oR)(head.text, spool.missingBytes, end.text) };
}
function readTail(start, totalBytes, sections) {
    const at = sections.findIndex(({ word }) => word === 'tail');
    const tail = sections[at];
    if (tail === undefined) {
        return { output: (0,output/* joined */.oR)(start, Math.max(1, totalBytes - Buffer.byteLength(start)), '') };
    }
    const next = sections[at + 1];
    return {
        output: (0,output/* joined */.oR)(start, tail.number, tail.text.replace(/^\uFFFD{1,3}/, '')),
        ...(next?.word === 'exit' && { exitCode: next.number }),
    };
}
function upToExit(spool, boundary) {
    const { text, sections } = split(spool, boundary);
    const [first] = sections;
    return first?.word === 'exit' ? { text, exitCode: first.number } : { text };
}
/** What was cut anywhere may end in a broken character (as many as three U+FFFD), or in the midst of a mark. */
function withoutBrokenEnd(text, boundary) {
    const line = text.lastIndexOf(`\n${pod_boundary/* BOUNDARY_PREFIX */.At}`);
    const rest = text.slice(line + 1);
    // A boundary that nobody knows has not come through whole.
    const isMark = line >= 0 &&
        (boundary === undefined
            ? pod_boundary/* PART_OF_A_BOUNDARY */.Zh.test(rest)
            : boundary.startsWith(rest) || (rest.startsWith(`${boundary} `) && !rest.includes('\n')));
    return isMark ? text.slice(0, line) : text.replace(/\uFFFD{1,3}$/, '');
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

/***/ 3138:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FO: () => (/* binding */ exitCodeOf),
/* harmony export */   Is: () => (/* binding */ withoutResult),
/* harmony export */   S4: () => (/* binding */ judge),
/* harmony export */   bv: () => (/* binding */ collectFailure),
/* harmony export */   dc: () => (/* binding */ EXIT),
/* harmony export */   kz: () => (/* binding */ succeeds),
/* harmony export */   rr: () => (/* binding */ afterError)
/* harmony export */ });
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1633);
/* harmony import */ var _pod_file_command_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5893);
/* harmony import */ var _pod_stream_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7929);



const NOTHING_CAME_BACK = { stepOutputs: [], arrived: [], podSummary: '', podSummaryCut: false };
/** The verdict on a command that did not end, or never began. */
function withoutResult(state, failure, commandId) {
    return { ...NOTHING_CAME_BACK, state, ...(failure && { failure }), ...(commandId && { commandId }) };
}
/** The verdict where something was thrown: nothing ran, unless there is a trace of it. */
function afterError(error, { isOut, commandId }) {
    const state = isOut || commandId !== undefined ? 'unknown' : 'not-started';
    return withoutResult(state, (0,_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .failureOf */ .g5)(error), commandId);
}
/** Decides. `succeeded` needs a proof: an exit code that is allowed, and all that the command handed over. */
function judge(ending, allowed) {
    switch (ending.kind) {
        case 'not-started':
        case 'unknown':
        case 'running':
            return withoutResult(ending.kind, ending.failure, ending.id);
        case 'ended': {
            const { result, report } = ending;
            const handedOver = readHandedOver(report);
            const { state, failure } = decide(ending, handedOver.problem ?? collectFailure(allowed.collected), allowed);
            return {
                state,
                ...(failure && { failure }),
                commandId: ending.id,
                ...(result.exitCode !== undefined && { exitCode: result.exitCode }),
                ...(result.startedAt !== undefined && { startedAt: result.startedAt }),
                ...(result.finishedAt !== undefined && { finishedAt: result.finishedAt }),
                output: outputOf(report),
                stepOutputs: handedOver.stepOutputs,
                arrived: report.kind === 'ran' ? (0,_pod_file_command_js__WEBPACK_IMPORTED_MODULE_2__/* .arrivedEntries */ .se)(report.outputs ?? '') : [],
                podSummary: handedOver.summary,
                podSummaryCut: handedOver.summaryCut,
                ...(allowed.collected && { collected: allowed.collected }),
            };
        }
    }
}
/**
 * Whether the step succeeds.
 *
 * @param waits whether it was to wait for the command's end: without, one that runs on is no failure, unless the step
 * was cancelled.
 */
function succeeds({ state, failure }, waits) {
    switch (state) {
        case 'succeeded':
        case 'dry-run':
            return true;
        case 'running':
            return !waits && failure?.code !== 'cancelled';
        case 'failed':
        case 'not-started':
        case 'unknown':
            return false;
    }
}
/** Exit codes at a prompt of what is not a command's own end: as `timeout` and `docker run` have them, and two more. */
const EXIT = { timedOut: 124, didNotRun: 125, keepsRunning: 254, unknown: 255 };
/**
 * The exit code at a prompt: the command's own where it ended.
 *
 * @param waits as for {@link succeeds}
 */
function exitCodeOf(verdict, waits) {
    if (succeeds(verdict, waits))
        return 0;
    switch (verdict.state) {
        case 'not-started':
            return EXIT.didNotRun;
        case 'running':
            return EXIT.keepsRunning;
        case 'failed':
            if (verdict.failure?.code === 'timed-out')
                return EXIT.timedOut;
            if (verdict.failure?.code === 'no-bash' || verdict.failure?.code === 'no-variables')
                return EXIT.didNotRun;
            // It ended with 0, and what it handed over is unusable.
            return verdict.exitCode === undefined || verdict.exitCode === 0 ? EXIT.unknown : verdict.exitCode;
        case 'unknown':
        case 'succeeded':
        case 'dry-run':
            return EXIT.unknown;
    }
}
function decide({ result, report }, outputsProblem, { allowedExitCodes, ownCommand }) {
    const { exitCode, reason = '' } = result;
    if (result.provisioningState === 'failed')
        return { state: 'unknown', failure: { code: 'aks-failed', reason } };
    if (exitCode === undefined)
        return { state: 'unknown', failure: { code: 'no-exit-code' } };
    // Without the script's first line nothing says that this exit code is the command's.
    if (report.kind !== 'ran' && ownCommand)
        return { state: 'unknown', failure: { code: 'no-boundary' } };
    if (report.kind === 'ran' && report.timedOutAfter !== undefined) {
        return { state: 'failed', failure: { code: 'timed-out', seconds: report.timedOutAfter } };
    }
    if (report.kind === 'ran' && report.noVariables)
        return { state: 'failed', failure: { code: 'no-variables' } };
    if (report.kind === 'ran' && report.noBash)
        return { state: 'failed', failure: { code: 'no-bash' } };
    // AKS and the script say the same, unless the container was killed between the two.
    const own = report.kind === 'ran' ? report.exitCode : undefined;
    const refused = [exitCode, own ?? exitCode].find((code) => !isAllowed(code, allowedExitCodes));
    if (refused !== undefined) {
        const allowed = refused === 0 && allowedExitCodes !== 'any' ? { allowed: allowedExitCodes } : {};
        return { state: 'failed', failure: { code: 'exit-code', exitCode: refused, ...allowed } };
    }
    // All else came back, and not this: the command took the script's files away, or the pod's disk was full.
    if (report.kind === 'ran' && report.complete && own === undefined) {
        return { state: 'failed', failure: { code: 'output-lost' } };
    }
    return outputsProblem ? { state: 'failed', failure: outputsProblem } : { state: 'succeeded' };
}
/** Files that cannot be used, as a failure. */
function collectFailure(collected) {
    return collected?.problem && { code: 'collect', problem: collected.problem };
}
function isAllowed(exitCode, allowed) {
    return allowed === 'any' || allowed.includes(exitCode);
}
function outputOf(report) {
    switch (report.kind) {
        case 'ran':
            return report.output;
        case 'foreign':
            return { text: report.output, truncated: Buffer.byteLength(report.output) >= _pod_stream_js__WEBPACK_IMPORTED_MODULE_1__/* .LOG_LIMIT */ .HF };
    }
}
function readHandedOver(report) {
    if (report.kind !== 'ran')
        return { stepOutputs: [], summary: '', summaryCut: false };
    const written = Buffer.from(report.summary ?? '');
    const rest = { summary: written.subarray(0, _pod_stream_js__WEBPACK_IMPORTED_MODULE_1__/* .FILE_LIMIT */ .h1).toString(), summaryCut: written.length > _pod_stream_js__WEBPACK_IMPORTED_MODULE_1__/* .FILE_LIMIT */ .h1 };
    if (!report.complete)
        return { ...rest, stepOutputs: [], problem: { code: 'outputs-lost' } };
    const { outputs } = report;
    if (outputs === undefined)
        return { ...rest, stepOutputs: [], problem: { code: 'outputs-lost' } };
    if (Buffer.byteLength(outputs) > _pod_stream_js__WEBPACK_IMPORTED_MODULE_1__/* .FILE_LIMIT */ .h1) {
        return { ...rest, stepOutputs: [], problem: { code: 'outputs-too-large' } };
    }
    const parsed = (0,_pod_file_command_js__WEBPACK_IMPORTED_MODULE_2__/* .parseFileCommand */ .fA)(outputs);
    return parsed.kind === 'entries'
        ? { ...rest, stepOutputs: parsed.entries }
        : { ...rest, stepOutputs: [], problem: { code: 'outputs-malformed', line: parsed.line, problem: parsed.problem } };
}


/***/ })

};
