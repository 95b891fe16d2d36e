export const id = 224;
export const ids = [224];
export const modules = {

/***/ 1399:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ describeNotice),
/* harmony export */   l: () => (/* binding */ noticesOf)
/* harmony export */ });
const MAX_FIRST_LINE = 256;
/**
 * What is worth a warning about the files to be sent.
 *
 * @param idle the patterns that took nothing, and the exclusions that excluded nothing.
 */
function noticesOf(files, patterns, idle) {
    const isOnly = patterns.length > 0 && patterns.every(({ excludes }) => excludes);
    const exclusions = isOnly ? [] : idle.filter(({ excludes }) => excludes);
    return [
        ...(isOnly ? [{ kind: 'only-exclusions' }] : []),
        ...exclusions.map(({ line }) => ({ kind: 'idle-exclusion', pattern: line })),
        ...files
            .filter(({ content }) => isScriptWithCrLf(content))
            .map(({ path }) => ({ kind: 'script-with-crlf', path })),
    ];
}
/** The warning. */
function describeNotice(notice) {
    switch (notice.kind) {
        case 'only-exclusions':
            return 'No files were sent: every pattern begins with ! and excludes files. First list what to send, such as k8s/.';
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

/***/ 9224:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  packShipment: () => (/* binding */ packShipment)
});

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
    const { files, unmatched, advice, notices } = await workspace.select(request);
    if (unmatched.length > 0 && request.ifNoFilesFound === 'error') {
        throw new failure/* StepError */.zg({ code: 'files', problem: { kind: 'no-match', patterns: unmatched, advice } });
    }
    if (request.ifNoFilesFound === 'warn') {
        for (const pattern of unmatched)
            warn(`No files were found for ${JSON.stringify(pattern)}.`);
        for (const hint of advice.hints)
            warn(hint);
    }
    for (const notice of notices)
        warn((0,files_notice/* describeNotice */.S)(notice));
    return files;
}

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
        const { data, crc } = deflated.get(file) ?? stored(content);
        const entry = archive.addFile(String(index), NOTHING);
        // Not through `addFile`, which takes a backslash in a name for a separator: `a\b` would overwrite `a/b`.
        entry.entryName = path;
        entry.header.method = data === content ? STORED : DEFLATED;
        entry.header.time = STAMP;
        entry.header.made = MADE_BY_UNIX;
        entry.attr = ((REGULAR_FILE | mode) << 16) >>> 0;
        entry.header.crc = crc;
        entry.header.size = content.length;
        entry.header.compressedSize = data.length;
        // In place of its own, which deflates one file after the other, while nothing else happens.
        entry.getCompressedData = () => data;
    }
    return archive.toBuffer();
}
/**
 * The archive with other content in one of its files, which is not compressed; the others keep their bytes, compressed ones
 * included.
 *
 * @throws RangeError where the archive has no such file
 */
function withContent(archive, { path, content }) {
    const copy = new (adm_zip_default())(archive, { noSort: true });
    const entry = copy.getEntry(path);
    if (entry === null)
        throw new RangeError(`The archive has no file ${path}`);
    entry.setData(content);
    entry.header.method = STORED;
    return copy.toBuffer();
}
/** From this size on a file is deflated beside the main thread. A smaller one is deflated sooner than handed over. */
const LARGE_BYTES = 64 * 1024;
/** So many at once: as many threads as Node has for that. */
const LARGE_AT_ONCE = 4;
/** After so many bytes of small files whatever else is due has its turn: the requests of the sign-in. */
const SLICE_BYTES = 512 * 1024;
/** A gzip without a name (RFC 1952): ten bytes, what `deflateRaw` gives, the CRC-32 and the length. */
function unwrapped(gzipped) {
    return { data: gzipped.subarray(10, -8), crc: gzipped.readUInt32LE(gzipped.length - 8) };
}
/** Node has no CRC-32 of its own before 20.15. */
function stored(content) {
    return { data: content, crc: unwrapped((0,external_node_zlib_.gzipSync)(content, { level: 0 })).crc };
}
async function deflateAll(files) {
    const deflated = new Map();
    const toDeflate = files.filter(({ content, stored }) => content.length > 0 && !stored);
    const isLarge = ({ content }) => content.length >= LARGE_BYTES;
    const large = toDeflate.filter(isLarge).values();
    const deflateLarge = async () => {
        for (const file of large)
            deflated.set(file, unwrapped(await inPool(file.content, optionsFor(file.content))));
    };
    const deflateSmall = async () => {
        let slice = 0;
        for (const file of toDeflate) {
            if (isLarge(file))
                continue;
            deflated.set(file, unwrapped(Buffer.from((0,external_node_zlib_.gzipSync)(file.content, optionsFor(file.content)))));
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
const inPool = (0,external_node_util_.promisify)(external_node_zlib_.gzip);
const SMALL_WINDOW = 14;
/** A window no larger than the content, and one piece of output, which is hardly ever longer than the content. */
function optionsFor({ length }) {
    return {
        chunkSize: length + 1024,
        ...(length <= 2 ** SMALL_WINDOW && { windowBits: SMALL_WINDOW, memLevel: 6 }),
    };
}

// EXTERNAL MODULE: ./src/files/contents.ts
var contents = __webpack_require__(1525);
;// CONCATENATED MODULE: ./src/files/shipment.ts



/** "The request content size exceeds the maximum size of 4 MB." */
const MAX_BODY_BYTES = 4 * 1024 * 1024;
/** Room for what is not known yet while packing: the command line with the run's facts, and the cluster token. */
const ROOM_FOR_THE_REST = 32 * 1024;
/**
 * Packs the user's files with the action's own.
 *
 * @throws StepError `too-large` where the request would be over ARM's limit.
 */
async function pack(userFiles, actionFiles) {
    const archive = await zip([...userFiles, ...actionFiles]);
    const files = userFiles.map(({ path, content }) => ({ path, bytes: content.length }));
    const bytes = (0,contents/* base64Length */.w)(archive.length) + ROOM_FOR_THE_REST;
    if (bytes > MAX_BODY_BYTES) {
        throw new failure/* StepError */.zg({ code: 'too-large', packed: true, bytes, limit: MAX_BODY_BYTES, biggest: (0,contents/* biggestOf */.l)(files) });
    }
    return {
        files,
        zipBytes: archive.length,
        contextWith(drawn) {
            const isPacked = actionFiles.some(({ path, content }) => path === drawn.path && content.equals(drawn.content));
            return (isPacked ? archive : withContent(archive, drawn)).toString('base64');
        },
    };
}

// EXTERNAL MODULE: ./src/pod/boundary.ts
var pod_boundary = __webpack_require__(7149);
// EXTERNAL MODULE: ./src/files/request.ts
var request = __webpack_require__(8218);
// EXTERNAL MODULE: ./src/pod/shell.ts
var pod_shell = __webpack_require__(2729);
// EXTERNAL MODULE: ./src/pod/variables.ts
var variables = __webpack_require__(2986);
;// CONCATENATED MODULE: ./src/pod/script.ts



/**
 * The `command` of ARM's runCommand. All that differs between two runs with the same inputs is in it, but for the boundary,
 * which nobody but the script may read; no value of `env` and nothing of the user's command is.
 */
function armCommand({ hash, startBy, timeout, shell, facts }) {
    const given = [...variables/* CALLER_NAMES */.rL, ...variables/* FACT_NAMES */.EZ].flatMap((name) => facts[name] === undefined ? [] : [`${name}=${facts[name]}`]);
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

;// CONCATENATED MODULE: ./src/pod/shipment.ts




/**
 * Packs the user's files with the action's own.
 *
 * @param warn told what is worth a warning about the files.
 * @throws StepError `files` or `too-large`.
 */
async function packShipment(cargo, { workspace, podScript, collectScript, randomHex }, warn) {
    const { command, env } = cargo;
    const files = await gather(cargo.files, workspace, warn);
    const collect = { script: collectScript, patterns: cargo.collect };
    const ownFiles = podFiles({ script: podScript, command, env, collect });
    const drawBoundary = () => (0,pod_boundary/* boundaryOf */.iH)(randomHex(16));
    // The first one is packed with the files: to exchange it costs as much as to zip once more.
    let next = drawBoundary();
    const packed = await pack(files, [...ownFiles, (0,pod_boundary/* boundaryFile */.jd)(next)]);
    return {
        files: packed.files,
        zipBytes: packed.zipBytes,
        address(armed) {
            const boundary = next ?? drawBoundary();
            next = undefined;
            const context = packed.contextWith((0,pod_boundary/* boundaryFile */.jd)(boundary));
            return { body: { command: armCommand({ ...armed, hash: (0,pod_boundary/* hashOf */.qQ)(boundary) }), context }, boundary };
        },
    };
}


/***/ })

};
