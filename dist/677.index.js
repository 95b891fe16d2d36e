export const id = 677;
export const ids = [677];
export const modules = {

/***/ 6370:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CQ: () => (/* binding */ endpointsFromMetadata),
/* harmony export */   GN: () => (/* binding */ METADATA_PATH),
/* harmony export */   Q9: () => (/* binding */ DEFAULT_CLOUD),
/* harmony export */   Yl: () => (/* binding */ defaultAudience),
/* harmony export */   lw: () => (/* binding */ parseCloud),
/* harmony export */   vD: () => (/* binding */ CLOUD_NAMES),
/* harmony export */   vW: () => (/* binding */ AKS_SERVER_SCOPE)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5721);

/** The scope of `clusterToken`: the AKS server application, the same in every cloud. */
const AKS_SERVER_SCOPE = '6dae42f8-4368-4678-94ff-3960e28e3630/.default';
const METADATA_PATH = '/metadata/endpoints?api-version=2022-09-01';
/**
 * The clouds that `azure/login` knows by name and whose identities can be federated, with the
 * audience that each expects in an ID token. Another one also belongs into what people read:
 * action.yml, docs/RUNNERS.md, docs/TROUBLESHOOTING.md, and examples/sovereign-cloud.yml.
 */
const CLOUDS = {
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
const CLOUD_NAMES = Object.keys(CLOUDS);
/** The cloud of whoever names none. */
const DEFAULT_CLOUD = 'azurecloud';
/**
 * Reads the input `environment`: a known name in any letter case, or an https origin; undefined for
 * anything else.
 */
function parseCloud(text) {
    const name = CLOUD_NAMES.find((known) => known === text.toLowerCase());
    if (name !== undefined) {
        const { authority, resourceManager } = CLOUDS[name];
        return {
            kind: 'named',
            name,
            endpoints: { authority, resourceManager, scope: `${resourceManager}/.default` },
        };
    }
    const url = httpsUrl(text);
    return url !== undefined && url === new URL(url).origin
        ? { kind: 'endpoint', resourceManager: url }
        : undefined;
}
/**
 * The audience that Entra expects in an ID token for a cloud. An endpoint uses that of the public
 * cloud.
 */
function defaultAudience(cloud) {
    const { audience } = CLOUDS[cloud.kind === 'named' ? cloud.name : DEFAULT_CLOUD];
    return audience;
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
function endpointsFromMetadata(metadata, resourceManager, by) {
    const entries = Array.isArray(metadata) ? metadata : [metadata];
    const entry = entries.find((candidate) => httpsUrl((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(candidate, 'resourceManager')) === resourceManager) ?? (entries.length === 1 ? entries[0] : undefined);
    const authentication = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(entry, 'authentication');
    const authority = httpsUrl((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(authentication, 'loginEndpoint'));
    if (authority === undefined)
        return undefined;
    const listed = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(authentication, 'audiences');
    const audiences = Array.isArray(listed)
        ? listed.map(httpsUrl).filter((audience) => audience !== undefined)
        : [];
    const other = audiences.find((audience) => by === 'oidc' || STACK_AUDIENCE.test(audience));
    const audience = audiences.includes(resourceManager)
        ? resourceManager
        : (other ?? resourceManager);
    return { authority, resourceManager, scope: `${audience}/.default` };
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
    return isPlain ? `${url.origin}${url.pathname}`.replace(/(?<!\/)\/+$/, '') : undefined;
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

/***/ 9827:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A2: () => (/* binding */ hides),
/* harmony export */   X6: () => (/* binding */ problemWithName),
/* harmony export */   Z$: () => (/* binding */ isGitFolder),
/* harmony export */   _m: () => (/* binding */ ACTION_FOLDER),
/* harmony export */   y2: () => (/* binding */ HELM_IGNORE)
/* harmony export */ });
/* harmony import */ var _paths_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7099);

/**
 * A chart's ignore file. Without it, helm would read other files in the pod than it does on the
 * runner.
 */
const HELM_IGNORE = '.helmignore';
/**
 * Whether a folder of this name is Git's, which holds the checkout's token. File systems accept
 * several names for it: Windows and macOS ignore letter case, HFS+ ignores invisible characters,
 * NTFS ignores trailing dots, blanks, and stream names, and on Windows a folder may have a short
 * 8.3 name.
 */
function isGitFolder(name) {
    return /^(?:\.git|git~\d+)[. ]*(?::.*)?$/i.test(name.replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, ''));
}
/**
 * Whether one segment of a path hides what it leads to. A segment with a leading dot is hidden
 * unless it matches a segment of the pattern that also begins with a dot. `.git` must be spelled
 * out in full, whatever else is included.
 *
 * @param isLast whether the segment is the file's own name rather than a folder above it
 */
function hides(name, isLast, includeHidden, spellsOut) {
    if (isGitFolder(name))
        return !spellsOut(name);
    if (!name.startsWith('.') || includeHidden || (name === HELM_IGNORE && isLast))
        return false;
    return !spellsOut(name);
}
/**
 * The folder in the zip, and therefore in the command's working folder, for everything that isn't
 * the user's.
 */
const ACTION_FOLDER = '.aks-run-command';
/**
 * Parts of a path that some unzip program changes. Info-ZIP drops control characters and a trailing
 * version such as `;1`, others treat a backslash as a separator, and all drop or refuse `.`, `..`,
 * and an empty segment.
 */
// eslint-disable-next-line no-control-regex
const CHANGED = /[\u0000-\u001f\u007f-\u009f\\]|;\d*(?:\/|$)|(?:^|\/)\.{0,2}(?:\/|$)/;
/**
 * Why a file with this path must not be sent. It is not documented which program unpacks the zip in
 * the pod. If that changed a name, the file could overwrite another one, even the script that runs
 * the command.
 */
function problemWithName(path) {
    if (CHANGED.test(path))
        return 'unsafe-name';
    const [first = ''] = path.split('/');
    return (0,_paths_js__WEBPACK_IMPORTED_MODULE_0__/* .foldName */ .zN)(first) === ACTION_FOLDER ? 'own-folder' : undefined;
}


/***/ }),

/***/ 7099:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $t: () => (/* binding */ parent),
/* harmony export */   Fl: () => (/* binding */ baseName),
/* harmony export */   Gz: () => (/* binding */ below),
/* harmony export */   UO: () => (/* binding */ isWithin),
/* harmony export */   fj: () => (/* binding */ join),
/* harmony export */   zN: () => (/* binding */ foldName)
/* harmony export */ });
// Paths have `/` between segments, on every system. Absolute ones are real paths, with all links
// resolved.
/** A name as a disk compares it that ignores letter case and how accented letters are composed. */
function foldName(name) {
    return name.normalize('NFC').toLowerCase();
}
/** Whether a path is a folder or lies below it. */
function isWithin(path, folder) {
    return path === folder || path.startsWith(asPrefix(folder));
}
/** The part of a path below the given folder that it is within; empty for the folder itself. */
function below(path, folder) {
    return path.slice(asPrefix(folder).length);
}
/** Either part may be empty. */
function join(folder, name) {
    return folder === '' || name === '' ? folder + name : `${asPrefix(folder)}${name}`;
}
/** The folder that a path is in; empty for a path of one segment. */
function parent(path) {
    const end = path.lastIndexOf('/');
    if (end === 0)
        return '/';
    return path.slice(0, Math.max(end, 0));
}
/** The last segment of a path. */
function baseName(path) {
    return path.slice(path.lastIndexOf('/') + 1);
}
function asPrefix(folder) {
    return folder.endsWith('/') ? folder : `${folder}/`;
}


/***/ }),

/***/ 2266:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ep: () => (/* binding */ WORKFLOW),
/* harmony export */   Xj: () => (/* binding */ SWITCHES),
/* harmony export */   hF: () => (/* binding */ PROMPT)
/* harmony export */ });
/** Inputs whose option is a switch, and the value that the switch stands for. */
const SWITCHES = {
    wait: { option: '--no-wait', value: 'false' },
    'dry-run': { option: '--dry-run', value: 'true' },
    'include-hidden-files': { option: '--include-hidden-files', value: 'true' },
};
const WORKFLOW = {
    place: 'workflow',
    input: (name) => name,
    step: 'the step',
    action: 'the action',
    runner: 'the runner',
    workspace: 'the workspace',
    rerun: 'run the job again',
    debug: 're-run the job with debug logging enabled',
    job: 'the job',
    login: 'azure/login',
    paste: (inputs) => ['with:', ...inputs.map(({ name, value }) => `  ${name}: ${value}`)],
};
const PROMPT = {
    place: 'prompt',
    input: (name) => SWITCHES[name]?.option ?? `--${name}`,
    step: 'aks-run-command',
    action: 'aks-run-command',
    runner: 'this machine',
    workspace: 'the current folder',
    rerun: 'run it again',
    debug: 'run it again with --debug',
    job: 'your shell',
    login: 'az login',
    paste: (inputs) => {
        const options = inputs.flatMap(({ name, value }) => {
            const asSwitch = SWITCHES[name];
            if (asSwitch)
                return asSwitch.value === value ? [asSwitch.option] : [];
            // Joined by an equals sign, so that a value that begins with a dash is not an option itself.
            return [`--${name}=${value}`];
        });
        const isWhole = inputs.some(({ name }) => name === 'cluster');
        return [[...(isWhole ? ['aks-run-command'] : []), ...options].join(' ')];
    },
};


/***/ }),

/***/ 5841:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ isFramed),
/* harmony export */   O: () => (/* binding */ readEnding)
/* harmony export */ });
/* harmony import */ var _pod_stream_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9406);

/**
 * Whether a log has the script's whole frame: first line, exit code, and end. That proves the
 * command ended.
 */
function isFramed(report) {
    return report.kind === 'ran' && report.complete && report.exitCode !== undefined;
}
/**
 * How a command ended, given how following it ended. Undefined if the pod started too late and
 * refused to run it, and nothing contradicts that: the script wrote nothing else, and AKS reports
 * the exit code of a refusal.
 *
 * @param own absent for a command that was submitted earlier
 */
async function readEnding(id, followed, own) {
    const { seen, seconds } = followed;
    const startUnseen = seen === 'started' ? {} : { startUnseen: true };
    switch (followed.kind) {
        case 'ended':
            return readResult(id, followed.result, own === undefined ? {} : { ...own, seconds });
        case 'denied':
        case 'refused': {
            const { answer } = followed;
            return { kind: 'unknown', failure: { code: 'result-missing', answer }, id };
        }
        case 'forbidden': {
            const { answer } = followed;
            return { kind: 'running', failure: { code: 'result-forbidden', answer }, id };
        }
        case 'time-over': {
            const code = 'no-answer-in-time';
            if (seen !== 'nothing') {
                return { kind: 'running', failure: { code, seconds, ...startUnseen }, id };
            }
            // AKS never said anything about the command, so it may or may not be running.
            const { answer } = followed;
            return { kind: 'unknown', failure: { code, seconds, answer }, id };
        }
        case 'cancelled': {
            const mayStart = seen === 'started' ? {} : own?.mayStart;
            return { kind: 'running', failure: { code: 'cancelled', ...startUnseen, ...mayStart }, id };
        }
    }
}
/** {@link readEnding} for a command of which AKS has a result. */
async function readResult(id, result, { boundary, seconds }) {
    const report = await (0,_pod_stream_js__WEBPACK_IMPORTED_MODULE_0__/* .readStream */ .bv)(result.logs, boundary);
    if (report.kind !== 'refused') {
        return { kind: 'ended', id, result, report, ...(seconds !== undefined && { seconds }) };
    }
    const isProven = report.alone &&
        result.provisioningState === 'succeeded' &&
        result.exitCode === _pod_stream_js__WEBPACK_IMPORTED_MODULE_0__/* .REFUSED_EXIT_CODE */ .G8;
    if (!isProven)
        return { kind: 'unknown', failure: { code: 'pod-refused' }, id };
    if (report.lacks === undefined)
        return undefined;
    return { kind: 'not-started', failure: lacking(report.lacks, report.why), id };
}
/** What the pod lacks. The script ran nothing, and any other pod would lack the same. */
function lacking(what, why = '') {
    switch (what) {
        case 'bash':
            return { code: 'no-bash' };
        case 'command.sh':
        case 'env.sh':
            return { code: 'no-variables' };
        case 'namespace':
            return { code: 'no-namespace', detail: why };
        default:
            return { code: 'no-tool', tool: what };
    }
}


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
/* harmony import */ var _files_names_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9827);


/** What every boundary begins with. */
const BOUNDARY_PREFIX = 'aks-run-command:';
/** A line that was cut off within its boundary, or right after it. */
const PART_OF_A_BOUNDARY = /^aks-run-command:[0-9a-f]{0,32}$/;
const BOUNDARY_OF_A_LINE = /^aks-run-command:[0-9a-f]{32}(?= )/gm;
/**
 * The word at the beginning of each of the script's lines, except its first two. Only the zip brings
 * it to the pod, so someone who reads the pod's specification or its log can't write in the script's
 * name.
 *
 * @param hex 32 lowercase hex digits from a cryptographic source, new for each submission
 * @throws RangeError for anything else
 */
function boundaryOf(hex) {
    if (!/^[0-9a-f]{32}$/.test(hex))
        throw new RangeError('A boundary is made of 32 lowercase hex digits');
    return `${BOUNDARY_PREFIX}${hex}`;
}
/**
 * The SHA-256 of a boundary in hex. It identifies the boundary for anyone to read, without
 * revealing it.
 */
function hashOf(boundary) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(boundary).digest('hex');
}
/**
 * The file that brings the boundary to the script. Stored, so that the zip's size doesn't differ
 * between runs.
 */
function boundaryFile(boundary) {
    return {
        path: `${_files_names_js__WEBPACK_IMPORTED_MODULE_1__/* .ACTION_FOLDER */ ._m}/boundary`,
        mode: 0o600,
        content: Buffer.from(boundary),
        stored: true,
    };
}
/**
 * The first line of the script's stream. The script prints it before it does anything else, so no
 * exit comes without.
 */
function startLine(hash) {
    return `aks-run-command start ${hash}\n`;
}
/**
 * The script prints this after its last chance to refuse, before any process of the command exists.
 * A log only grows: something that takes the script's place later cannot remove this line, so a
 * refusal after it proves nothing. Without this line, the command may not have begun, so no exit
 * code is the command's.
 */
const BEGIN_LINE = 'aks-run-command begin\n';
/**
 * The hash in the first line of a log, if it is a script's first line. A service may strip its
 * newline if it is all.
 */
function hashInFirstLine(logs) {
    return /^aks-run-command start ([0-9a-f]{64})(?:\n|$)/.exec(logs)?.[1];
}
/**
 * The boundary with that hash, if a line of the text begins with it; undefined if the script wrote
 * no such line.
 */
function findBoundary(text, hash) {
    return text.match(BOUNDARY_OF_A_LINE)?.find((candidate) => hashOf(candidate) === hash);
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
    const found = { assignments: [], bare: [], malformed: [], unclosed: [] };
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

/***/ 4742:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IG: () => (/* binding */ endOfOutput),
/* harmony export */   WQ: () => (/* binding */ whole),
/* harmony export */   oJ: () => (/* binding */ OUTPUT_LIMIT),
/* harmony export */   oR: () => (/* binding */ joined)
/* harmony export */ });
/**
 * The limit of the action's output `output`, in bytes: an environment variable of a later step
 * cannot hold 128 KiB.
 */
const OUTPUT_LIMIT = 98_304;
/** An output with nothing missing. */
function whole(text) {
    return { text, truncated: false, missingBytes: 0 };
}
/**
 * The start and the end of an output, with a line by the action in place of what is missing in
 * between.
 */
function joined(start, missingBytes, end) {
    if (missingBytes === 0)
        return whole(start + end);
    const newline = start === '' || start.endsWith('\n') ? '' : '\n';
    const marker = `[${missingBytes.toLocaleString('en-US')} bytes of output are missing here]\n`;
    return { text: `${start}${newline}${marker}${end}`, truncated: true, missingBytes };
}
/**
 * The end of a text. It begins at the start of a line, or within the last line if that is too long.
 */
function endOfOutput(text, maxBytes) {
    // A character takes at least one byte, so nothing that fits is cut off. One more character tells
    // where a line starts.
    const bytes = Buffer.from(text.slice(Math.max(0, text.length - maxBytes - 1)));
    if (bytes.length <= maxBytes)
        return text;
    const from = bytes.length - maxBytes;
    const isStart = (byte) => (byte & 0xc0) !== 0x80;
    const start = from + Math.max(0, bytes.subarray(from, from + 4).findIndex(isStart));
    const line = bytes.indexOf('\n', start - 1) + 1;
    return bytes.toString('utf8', line > 0 && line < bytes.length ? line : start);
}


/***/ }),

/***/ 9406:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  h1: () => (/* binding */ FILE_LIMIT),
  HF: () => (/* binding */ LOG_LIMIT),
  K1: () => (/* binding */ NO_BOUNDARY_EXIT_CODE),
  G8: () => (/* binding */ REFUSED_EXIT_CODE),
  bv: () => (/* binding */ readStream)
});

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: ./src/pod/boundary.ts
var pod_boundary = __webpack_require__(7149);
// EXTERNAL MODULE: ./src/pod/output.ts
var pod_output = __webpack_require__(4742);
;// CONCATENATED MODULE: ./src/pod/sections.ts
/**
 * What follows the boundary on a line of the stream: a word that counts something, or any other
 * word.
 */
const COUNTING = String.raw `(?<counting>exit|part|tail|timed-out) (?<number>\d{1,15})`;
const LACKING = String.raw `lacks namespace [^\n]{0,300}|lacks [a-z0-9.]{1,16}`;
const PLAIN = String.raw `refused|outputs|summary|collected|uncollected (?:time|disk|size)|gzip|end`;
const WORD = new RegExp(String.raw `(?:${COUNTING}|(?<plain>${LACKING}|${PLAIN}))(?=\n|$)`, 'y');
/**
 * Words that may end a log without a newline, which a service may strip. Any other may have lost a
 * digit then.
 */
const LAST_WORD = /^(?:end|refused|lacks .*)$/;
/** The text before the first line that begins with the boundary, and the sections behind it. */
function split(stream, boundary) {
    const marks = marksIn(stream, boundary);
    const [first] = marks;
    const sections = marks.map(({ word, number, end }, index) => {
        const next = marks[index + 1];
        // The newline before a mark belongs to the mark.
        const until = next === undefined ? stream.length : next.begin - 1;
        return { word, number, text: stream.slice(end, Math.max(end, until)) };
    });
    const text = first === undefined ? stream : stream.slice(0, Math.max(0, first.begin - 1));
    return { text, sections };
}
function marksIn(stream, boundary) {
    const marks = [];
    let begin = indexOfLine(stream, `${boundary} `);
    while (begin >= 0) {
        const mark = markAt(stream, begin, boundary);
        if (mark !== undefined)
            marks.push(mark);
        begin = indexOfLine(stream, `${boundary} `, begin);
    }
    return marks;
}
/**
 * @returns undefined if no word of the script follows the boundary, or the end of the log cut it
 *   off
 */
function markAt(stream, begin, boundary) {
    WORD.lastIndex = begin + boundary.length + 1;
    const { counting, number, plain } = WORD.exec(stream)?.groups ?? {};
    const word = counting ?? plain;
    if (word === undefined)
        return undefined;
    const end = WORD.lastIndex;
    const isCut = end === stream.length && !LAST_WORD.test(word);
    return isCut ? undefined : { word, number: Number(number), begin, end: end + 1 };
}
/**
 * Where a line begins with `start`: the first one, or the next one after a position; -1 if there is
 * none.
 */
function indexOfLine(text, start, after) {
    if (after === undefined && text.startsWith(start))
        return 0;
    const newline = text.indexOf(`\n${start}`, after);
    return newline < 0 ? -1 : newline + 1;
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
/**
 * The largest output that the pod compresses, in bytes. Of a larger one, only the start and the end
 * come back.
 */
const PACKED_LIMIT = 67_108_864;
/** The exit code with which the script refuses to run a command: `EX_TEMPFAIL`. */
const REFUSED_EXIT_CODE = 75;
/**
 * The exit code of a script that finds no boundary: another container of the pod has used it, or it
 * did not arrive.
 */
const NO_BOUNDARY_EXIT_CODE = 76;
/**
 * Reads what `src/pod/pod-script.sh` wrote, as AKS returns it.
 *
 * @param logs decoded as UTF-8, broken characters as U+FFFD
 * @param boundary this submission's. A follower doesn't know it. Then the very first line must be
 *   the script's, and its hash identifies the boundary, because only the script could write a line
 *   with a boundary of that hash.
 */
async function readStream(logs, boundary) {
    const hash = boundary === undefined ? (0,pod_boundary/* hashInFirstLine */._Z)(logs) : (0,pod_boundary/* hashOf */.qQ)(boundary);
    // The last line of a log may lack its newline.
    const start = hash === undefined ? -1 : indexOfLine(`${logs}\n`, (0,pod_boundary/* startLine */.F0)(hash));
    if (hash === undefined || start < 0)
        return { kind: 'foreign', output: logs };
    const before = logs.slice(0, start);
    const rest = logs.slice(start + (0,pod_boundary/* startLine */.F0)(hash).length);
    const hasBegun = `${rest}\n`.startsWith(pod_boundary/* BEGIN_LINE */.$X);
    const stream = hasBegun ? rest.slice(pod_boundary/* BEGIN_LINE */.$X.length) : rest;
    const known = boundary ?? (0,pod_boundary/* findBoundary */.Wi)(stream, hash);
    const { text, sections } = known === undefined ? { text: stream, sections: [] } : split(stream, known);
    const refusal = sections.find(isRefusal);
    if (refusal !== undefined) {
        const isAll = before === '' && text === '' && sections.length === 1 && refusal.text === '';
        return { kind: 'refused', alone: !hasBegun && isAll, ...lackOf(refusal) };
    }
    if (!hasBegun)
        return { kind: 'not-begun', output: before + rest };
    if (boundary === undefined && goesOn(sections))
        return { kind: 'foreign', output: logs };
    const { output, exitCode } = await readOutput(text, sections, known);
    const find = (word) => sections.find((section) => section.word === word);
    const timedOut = find('timed-out');
    const outputs = find('outputs')?.text;
    const summary = find('summary')?.text;
    const collection = collectionIn(sections);
    return {
        kind: 'ran',
        // What was written before the script began may explain why there is nothing else.
        output: { ...output, text: before + output.text },
        complete: find('end') !== undefined,
        ...(exitCode !== undefined && { exitCode }),
        ...(timedOut !== undefined && { timedOutAfter: timedOut.number }),
        ...(outputs !== undefined && { outputs }),
        ...(summary !== undefined && { summary }),
        ...(collection !== undefined && { collection }),
    };
}
/**
 * Whether something follows the script's last line. Then the log is another tool's, and what its
 * command printed first only looks like the script's.
 */
function goesOn(sections) {
    const end = sections.findIndex(({ word }) => word === 'end');
    return end >= 0 && sections.slice(end).some(({ text }, index) => index > 0 || text !== '');
}
function isRefusal({ word }) {
    return word === 'refused' || word.startsWith('lacks ');
}
/** What the pod lacks, and the script's reason if it has one. Empty if the pod started too late. */
function lackOf({ word }) {
    const [, lacks, ...why] = word.split(' ');
    if (lacks === undefined)
        return {};
    return why.length === 0 ? { lacks } : { lacks, why: why.join(' ') };
}
function collectionIn(sections) {
    const collected = sections.find(({ word }) => word === 'collected');
    if (collected !== undefined)
        return { kind: 'received', base64: collected.text };
    const because = ['time', 'disk', 'size'].find((one) => sections.some(({ word }) => word === `uncollected ${one}`));
    return because === undefined ? undefined : { kind: 'uncollected', because };
}
/**
 * The command's output is all that comes before its exit mark, since background processes may write
 * after it.
 */
async function readOutput(text, sections, boundary) {
    const [first] = sections;
    if (first?.word === 'exit')
        return { output: (0,pod_output/* whole */.WQ)(text), exitCode: first.number };
    const start = withoutBrokenEnd(text, boundary);
    if (first?.word !== 'part' || boundary === undefined)
        return cutOff(start);
    const packed = sections.find(({ word }) => word === 'gzip');
    const unpacked = packed === undefined ? undefined : await unpack(packed.text);
    if (unpacked === undefined)
        return readTail(start, first.number, sections, boundary);
    return readUnpacked(unpacked, boundary);
}
/** An output of which an unknown part is missing, and the exit code with it. */
function cutOff(text) {
    return { output: { text, truncated: true } };
}
/** @returns undefined if it is damaged or incomplete. */
async function unpack(base64) {
    const packed = Buffer.from(base64, 'base64');
    return (0,external_node_util_.promisify)(external_node_zlib_.gunzip)(packed, { maxOutputLength: PACKED_LIMIT }).then(String, () => undefined);
}
function readUnpacked(unpacked, boundary) {
    const { text, sections } = split(unpacked, boundary);
    const [first] = sections;
    // If the pod's disk was full, even a sound archive lacks the end of the output, and the exit mark
    // with it.
    if (first?.word !== 'exit')
        return cutOff(text);
    return { output: (0,pod_output/* whole */.WQ)(text), exitCode: first.number };
}
/** The start of an output, and as much of its end as there was room for. */
function readTail(start, totalBytes, sections, boundary) {
    const at = sections.findIndex(({ word }) => word === 'tail');
    const tail = sections[at];
    if (tail === undefined) {
        const missing = totalBytes - Buffer.byteLength(start);
        return { output: (0,pod_output/* joined */.oR)(start, Math.max(1, missing), '') };
    }
    const next = sections[at + 1];
    const end = next === undefined ? withoutBrokenLine(tail.text, boundary) : tail.text;
    // The pod cuts by bytes, so the first character may be a broken one.
    const output = (0,pod_output/* joined */.oR)(start, tail.number, end.replace(/^\uFFFD{1,3}/, ''));
    return next?.word === 'exit' ? { output, exitCode: next.number } : { output };
}
/** {@link withoutBrokenEnd} for a text whose first line may be the broken one. */
function withoutBrokenLine(text, boundary) {
    return withoutBrokenEnd(`\n${text}`, boundary).slice(1);
}
/**
 * A text that was cut off may end in a broken character (up to three U+FFFD) or in the middle of a
 * mark.
 */
function withoutBrokenEnd(text, boundary) {
    const newline = text.lastIndexOf(`\n${pod_boundary/* BOUNDARY_PREFIX */.At}`);
    if (newline >= 0 && isPartOfMark(text.slice(newline + 1), boundary)) {
        return text.slice(0, newline);
    }
    return text.replace(/\uFFFD{1,3}$/, '');
}
function isPartOfMark(line, boundary) {
    // If the boundary is unknown, none has arrived whole.
    if (boundary === undefined)
        return pod_boundary/* PART_OF_A_BOUNDARY */.Zh.test(line);
    return boundary.startsWith(line) || (line.startsWith(`${boundary} `) && !line.includes('\n'));
}


/***/ }),

/***/ 2986:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CU: () => (/* binding */ NAMESPACE),
/* harmony export */   Dc: () => (/* binding */ POD_NAMES),
/* harmony export */   EZ: () => (/* binding */ FACT_NAMES),
/* harmony export */   IZ: () => (/* binding */ isInThePod),
/* harmony export */   MH: () => (/* binding */ readFacts),
/* harmony export */   hD: () => (/* binding */ quote),
/* harmony export */   lV: () => (/* binding */ NAMESPACE_NAMES)
/* harmony export */ });
/**
 * The variables of the workflow run that the command gets, with the values that they have on the
 * runner.
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
/**
 * The command gets these as the caller has them. They are empty if the caller does not have them,
 * as at a prompt.
 */
const CALLER_NAMES = ['CI', 'GITHUB_ACTIONS'];
/** The facts of a run, each as `NAME=value`. */
function readFacts(variable) {
    const facts = FACT_NAMES.filter((name) => variable(name) !== undefined);
    return [...CALLER_NAMES, ...facts].map((name) => `${name}=${variable(name) ?? ''}`);
}
/** The variables that the script in the pod sets itself. */
const POD_NAMES = [
    'HOME',
    ...CALLER_NAMES,
    'GITHUB_WORKSPACE',
    'GITHUB_OUTPUT',
    'GITHUB_STEP_SUMMARY',
];
/**
 * The variables of the input `namespace`. The script sets `KUBECONFIG` only if the pod has a
 * kubeconfig to copy.
 */
const NAMESPACE_NAMES = ['HELM_NAMESPACE', 'POD_NAMESPACE', 'KUBECONFIG'];
/**
 * Variables that every machine has, the pod included, and those of the runner that a command has no
 * use for.
 */
const EVERYWHERE = new Set('HOME HOSTNAME IFS LANG LOGNAME OLDPWD PATH PWD SHELL SHLVL TERM TMPDIR TZ USER _'.split(' '));
const OF_THE_PLATFORM = /^(?:ACTIONS|BASH|GITHUB|INPUT|KUBERNETES|LC|RUNNER|XDG)_/;
/** Whether the pod may have a variable that `env` does not pass. */
function isInThePod(name) {
    const own = [...POD_NAMES, ...NAMESPACE_NAMES];
    return own.includes(name) || EVERYWHERE.has(name) || OF_THE_PLATFORM.test(name);
}
/** The name of a namespace: a label of RFC 1123. */
const NAMESPACE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Quotes a text as one word of a POSIX shell. It must not contain NUL, which no shell can hold. */
function quote(value) {
    return /^[A-Za-z0-9_@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}


/***/ }),

/***/ 613:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KB: () => (/* binding */ nearestPath),
/* harmony export */   Vh: () => (/* binding */ nearestSpelling),
/* harmony export */   au: () => (/* binding */ didYouMean),
/* harmony export */   qb: () => (/* binding */ nearestName),
/* harmony export */   s1: () => (/* binding */ plainPath)
/* harmony export */ });
/* harmony import */ var leven__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7785);

// The one lookup of mistakes: which candidate a misspelled name or path most likely means. If none
// is near, the answer is undefined, because a wrong guess misleads.
/** Longer than any name that people type. Comparing takes time with the square of the length. */
const MAX_TYPED = 200;
const MAX_TYPOS = 2;
/** What to ask the user; undefined if nothing seems to be meant. */
function didYouMean(meant) {
    return meant === undefined ? undefined : `Did you mean ${meant}?`;
}
/**
 * The name of an input, an option, or a choice: the same except for letter case and dashes, one
 * with few typos, or one that has the given name as a word (`hidden` of `include-hidden-files`).
 */
function nearestName(given, candidates) {
    const wanted = given.toLowerCase().replaceAll('_', '-');
    const letters = (name) => name.replaceAll('-', '');
    const isWord = (candidate) => wanted.length > 2 && candidate.split('-').includes(wanted);
    return (firstLike(candidates, (candidate) => letters(candidate) === letters(wanted)) ??
        nearestSpelling(wanted, candidates) ??
        firstLike(candidates, isWord));
}
/**
 * The path of a file or folder: the same except for letter case, the ending, a folder that is
 * missing or too many, or a few typos. Never the given path itself.
 */
function nearestPath(given, candidates) {
    const wanted = plainPath(given);
    if (wanted === '')
        return undefined;
    const others = { [Symbol.iterator]: () => otherThan(wanted, candidates) };
    const isOtherFolder = (other) => `/${other}`.endsWith(`/${wanted}`) || `/${wanted}`.endsWith(`/${other}`);
    return (firstLike(others, (other) => other.toLowerCase() === wanted.toLowerCase()) ??
        firstLike(others, (other) => withoutEnding(other) === withoutEnding(wanted)) ??
        firstLike(others, isOtherFolder) ??
        firstLike(others, (other) => baseName(other) === baseName(wanted)) ??
        nearestSpelling(wanted, others));
}
/** The candidate with the fewest typos: one for every three letters at most, and two in all. */
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
    return given.trim().replaceAll(/^(?:\.\/+)+|(?<!\/)\/+$/g, '');
}
function firstLike(candidates, isLike) {
    for (const candidate of candidates) {
        if (isLike(candidate))
            return candidate;
    }
    return undefined;
}
function* otherThan(given, candidates) {
    for (const candidate of candidates) {
        if (candidate !== given)
            yield candidate;
    }
}
/** Letters to insert, delete, or replace. Two letters that changed places count once. */
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
/* harmony import */ var _lifecycle_ending_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5841);
/* harmony import */ var _pod_file_command_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5893);
/* harmony import */ var _pod_stream_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9406);



const NOTHING = { stepOutputs: [], arrived: [], podSummary: '', podSummaryCut: false };
/** The verdict on a command that did not end or never began. */
function withoutResult(state, failure, commandId) {
    return { ...NOTHING, state, ...(failure && { failure }), ...(commandId && { commandId }) };
}
/**
 * Decides the verdict. `succeeded` needs proof: an allowed exit code, and everything that the
 * command handed over.
 */
function judge(ending, allowed) {
    if (ending.kind !== 'ended')
        return withoutResult(ending.kind, ending.failure, ending.id);
    const { result, report } = ending;
    const { problem, ...cameBack } = readReport(report);
    const exit = exitOf(ending, allowed.allowedExitCodes);
    const decided = decide(ending, exit, problem ?? collectFailure(allowed.collected), allowed);
    // An exit code that cannot be trusted is not reported.
    const exitCode = decided.state === 'unknown' ? undefined : exit?.code;
    const onlyExitCode = exitCode !== undefined && report.kind === 'foreign';
    return {
        ...decided,
        ...cameBack,
        commandId: ending.id,
        ...(exitCode !== undefined && { exitCode }),
        ...(onlyExitCode && { onlyExitCode }),
        ...(result.startedAt !== undefined && { startedAt: result.startedAt }),
        ...(result.finishedAt !== undefined && { finishedAt: result.finishedAt }),
        ...(allowed.collected && { collected: allowed.collected }),
    };
}
/**
 * Whether the step succeeds. If it does not wait, a running command is no failure, unless the step
 * was canceled.
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
    // It ended with 0, but what it handed over is unusable.
    return state === 'unknown' || exitCode === 0 ? EXIT.unknown : exitCode;
}
/**
 * Two exit codes are known: AKS's and the script's. They are the same, unless the container was
 * killed between the two, so the one that is not allowed counts. Without AKS's, there is none,
 * unless AKS reports a failure, and the script's whole frame proves that the command ended.
 */
function exitOf({ result, report }, allowed) {
    const ofScript = report.kind === 'ran' ? report.exitCode : undefined;
    const isProven = result.provisioningState === 'failed' && (0,_lifecycle_ending_js__WEBPACK_IMPORTED_MODULE_0__/* .isFramed */ .K)(report);
    const ofAks = result.exitCode ?? (isProven ? ofScript : undefined);
    if (ofAks === undefined)
        return undefined;
    const refused = [ofAks, ofScript ?? ofAks].find((code) => !isAllowed(code, allowed));
    return { code: refused ?? ofAks, isAllowed: refused === undefined };
}
function isAllowed(code, allowed) {
    return allowed === 'any' || allowed.includes(code);
}
function decide(ending, exit, problem, { allowedExitCodes, ownCommand }) {
    const { result, report } = ending;
    if (result.provisioningState === 'failed' && !(0,_lifecycle_ending_js__WEBPACK_IMPORTED_MODULE_0__/* .isFramed */ .K)(report))
        return inState('unknown', aksFailed(ending));
    if (report.kind === 'not-begun')
        return inState('unknown', notBegun(result.exitCode));
    if (exit === undefined)
        return inState('unknown', { code: 'no-exit-code' });
    const ran = report.kind === 'ran' ? report : undefined;
    // Without the script's first line, nothing proves that this exit code is the command's.
    if (ran === undefined && ownCommand)
        return inState('unknown', { code: 'no-boundary' });
    if (ran?.timedOutAfter !== undefined) {
        return inState('failed', { code: 'timed-out', seconds: ran.timedOutAfter });
    }
    if (!exit.isAllowed)
        return inState('failed', exitCodeFailure(exit.code, allowedExitCodes));
    // Everything else came back: the command deleted the script's files, or the pod's disk was full.
    if (ran?.complete && ran.exitCode === undefined)
        return inState('failed', { code: 'output-lost' });
    return problem === undefined ? { state: 'succeeded' } : inState('failed', problem);
}
function inState(state, failure) {
    return { state, failure };
}
function notBegun(containerExitCode) {
    return { code: 'not-begun', ...(containerExitCode !== undefined && { containerExitCode }) };
}
/** If the command exited with 0, it is worth saying what is allowed instead. */
function exitCodeFailure(exitCode, allowed) {
    if (exitCode !== 0 || allowed === 'any')
        return { code: 'exit-code', exitCode };
    return { code: 'exit-code', exitCode, allowed };
}
function aksFailed(ending) {
    const reason = ending.result.reason ?? '';
    if (!isEndedAfterTenMinutes(ending))
        return { code: 'aks-failed', reason };
    return { code: 'aks-failed', reason, afterTenMinutes: true };
}
/**
 * Users report that AKS fails commands after about ten minutes, without reason or output. This is
 * undocumented.
 */
function isEndedAfterTenMinutes({ result, seconds }) {
    const { startedAt = '', finishedAt = '', reason, logs } = result;
    const ran = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
    const minutes = (Number.isNaN(ran) ? (seconds ?? 0) : ran) / 60;
    return reason === undefined && logs === '' && minutes >= 9 && minutes <= 11;
}
/** Collected files that cannot be used, as a failure. */
function collectFailure(collected) {
    return collected?.problem && { code: 'collect', problem: collected.problem };
}
/** @returns what the command wrote, and why its step outputs cannot be used. */
function readReport(report) {
    if (report.kind !== 'ran') {
        const { output: text } = report;
        return { ...NOTHING, output: { text, truncated: Buffer.byteLength(text) >= _pod_stream_js__WEBPACK_IMPORTED_MODULE_1__/* .LOG_LIMIT */ .HF } };
    }
    const { output, complete, outputs, summary = '' } = report;
    const written = Buffer.from(summary);
    const cameBack = {
        output,
        stepOutputs: [],
        arrived: (0,_pod_file_command_js__WEBPACK_IMPORTED_MODULE_2__/* .arrivedAssignments */ .a0)(outputs ?? ''),
        podSummary: written.subarray(0, _pod_stream_js__WEBPACK_IMPORTED_MODULE_1__/* .FILE_LIMIT */ .h1).toString(),
        podSummaryCut: written.length > _pod_stream_js__WEBPACK_IMPORTED_MODULE_1__/* .FILE_LIMIT */ .h1,
    };
    if (!complete || outputs === undefined)
        return { ...cameBack, problem: { code: 'outputs-lost' } };
    if (Buffer.byteLength(outputs) > _pod_stream_js__WEBPACK_IMPORTED_MODULE_1__/* .FILE_LIMIT */ .h1) {
        return { ...cameBack, problem: { code: 'outputs-too-large' } };
    }
    const { assignments, malformed } = (0,_pod_file_command_js__WEBPACK_IMPORTED_MODULE_2__/* .parseFileCommand */ .fA)(outputs);
    if (malformed)
        return { ...cameBack, problem: { code: 'outputs-malformed', ...malformed } };
    return { ...cameBack, stepOutputs: assignments };
}


/***/ })

};
