export const id = 369;
export const ids = [369];
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

/***/ 369:
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

// EXTERNAL MODULE: ./src/files/shipment.ts + 1 modules
var shipment = __webpack_require__(1240);
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




/** As long as every boundary. */
const NO_BOUNDARY = (0,pod_boundary/* boundaryOf */.iH)('0'.repeat(32));
/**
 * Packs the user's files with the action's own.
 *
 * @param warn told what is worth a warning about the files.
 * @throws StepError `files` or `too-large`.
 */
async function packShipment(cargo, { workspace, podScript, collectScript }, warn) {
    const { command, env } = cargo;
    const files = await gather(cargo.files, workspace, warn);
    const collect = { script: collectScript, patterns: cargo.collect };
    const ownFiles = podFiles({ script: podScript, command, env, collect });
    const packed = await (0,shipment/* pack */.qq)(files, [...ownFiles, (0,pod_boundary/* boundaryFile */.jd)(NO_BOUNDARY)]);
    return {
        files: packed.files,
        zipBytes: packed.zipBytes,
        address(hex, armed) {
            const boundary = (0,pod_boundary/* boundaryOf */.iH)(hex);
            const context = packed.contextWith((0,pod_boundary/* boundaryFile */.jd)(boundary));
            return { body: { command: armCommand({ ...armed, hash: (0,pod_boundary/* hashOf */.qQ)(boundary) }), context }, boundary };
        },
    };
}


/***/ })

};
