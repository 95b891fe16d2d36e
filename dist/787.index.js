export const id = 787;
export const ids = [787];
export const modules = {

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

/***/ 3890:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ githubIdToken),
/* harmony export */   t: () => (/* binding */ isFromFork)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _azure_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5721);


// What GitHub Actions provides to every step of a job: to this action, and to a `run` step that
// calls the command line.
/** GitHub's token service, if the job has the permission `id-token: write`. */
function githubIdToken(variable) {
    const url = variable('ACTIONS_ID_TOKEN_REQUEST_URL');
    const requestToken = variable('ACTIONS_ID_TOKEN_REQUEST_TOKEN');
    if (!url || !requestToken)
        return undefined;
    return { kind: 'github', url, requestToken };
}
/** Whether the event that started the job is a pull request from a fork. */
function isFromFork(variable) {
    try {
        const event = (0,_azure_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(variable('GITHUB_EVENT_PATH') ?? '', 'utf8'));
        const head = (0,_azure_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)((0,_azure_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(event, 'pull_request'), 'head');
        return (0,_azure_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)((0,_azure_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(head, 'repo'), 'fork') === true;
    }
    catch {
        return false;
    }
}


/***/ }),

/***/ 5787:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   githubRunner: () => (/* binding */ githubRunner),
/* harmony export */   wholeEnvironment: () => (/* binding */ wholeEnvironment)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8161);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_os__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6421);
/* harmony import */ var _azure_json_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(5721);
/* harmony import */ var _github_job_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3890);
/* harmony import */ var _whole_files_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3950);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2266);








/**
 * GitHub's runner. Everything is written with `process.stdout.write`, as `@actions/core` does it.
 * If the pipe is full, anything written in another way could overtake it, and a secret could show
 * before its mask.
 */
function githubRunner() {
    const { env } = process;
    const variable = (name) => env[name];
    const temp = env['RUNNER_TEMP'];
    return {
        words: _words_js__WEBPACK_IMPORTED_MODULE_6__/* .WORKFLOW */ .E,
        input: (name) => _actions_core__WEBPACK_IMPORTED_MODULE_3__/* .getInput */ .V4(name, { trimWhitespace: false }),
        inputNames: inputNames(env),
        mistakes: [],
        variable,
        idTokenSource: () => (0,_github_job_js__WEBPACK_IMPORTED_MODULE_4__/* .githubIdToken */ .e)(variable),
        isFromFork: () => (0,_github_job_js__WEBPACK_IMPORTED_MODULE_4__/* .isFromFork */ .t)(variable),
        allowedFolders: { workspace: env['GITHUB_WORKSPACE'] ?? process.cwd(), temp },
        collectInto: { below: temp ?? (0,node_os__WEBPACK_IMPORTED_MODULE_2__.tmpdir)() },
        log,
        mask: _actions_core__WEBPACK_IMPORTED_MODULE_3__/* .setSecret */ .Pq,
        showOutput(text) {
            log.show(text);
            return Promise.resolve();
        },
        setOutput,
        setStepOutput: setOutput,
        error(title, message) {
            _actions_core__WEBPACK_IMPORTED_MODULE_3__/* .error */ .z3(message, { title });
        },
        writeSummary,
        keepOutput: (text) => (0,_whole_files_js__WEBPACK_IMPORTED_MODULE_5__/* .writeOutputFile */ .BF)(temp ?? (0,node_os__WEBPACK_IMPORTED_MODULE_2__.tmpdir)(), text),
    };
}
/**
 * The package writes `NAME<<DELIMITER`. For an output `a<`, the runner would read the name `a` and
 * another delimiter, and lose all outputs of the step (`EnvFileKeyValuePairs` in
 * FileCommandManager.cs). `NAME=VALUE` works for it.
 */
function setOutput(name, value) {
    const file = fileOf('GITHUB_OUTPUT');
    (0,_whole_files_js__WEBPACK_IMPORTED_MODULE_5__/* .appendWhole */ .gZ)(file, () => {
        if (name.endsWith('<'))
            (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.appendFileSync)(file, `${name}=${value}${node_os__WEBPACK_IMPORTED_MODULE_2__.EOL}`);
        else
            _actions_core__WEBPACK_IMPORTED_MODULE_3__/* .setOutput */ .uH(name, value);
    });
}
function writeSummary(markdown) {
    const file = fileOf('GITHUB_STEP_SUMMARY');
    (0,_whole_files_js__WEBPACK_IMPORTED_MODULE_5__/* .appendWhole */ .gZ)(file, () => {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.appendFileSync)(file, markdown);
    });
}
/** A file that the runner gives the step, by the name of its variable. */
function fileOf(variable) {
    const file = process.env[variable];
    if (!file)
        throw new Error(`The runner did not set ${variable}.`);
    return file;
}
/**
 * The names of all inputs, as the runner gives them: also those that action.yml does not declare.
 */
function inputNames(env) {
    const prefix = 'INPUT_';
    return Object.keys(env)
        .filter((name) => name.startsWith(prefix))
        .map((name) => name.slice(prefix.length).toLowerCase());
}
/** The only way to the log: our own words as they are, everything else fenced if necessary. */
const log = {
    progress(_phase, line) {
        if (line !== undefined)
            log.info(line);
    },
    info(line) {
        process.stdout.write(`${line}\n`);
    },
    show(text) {
        if (text === '')
            return;
        const lines = text.endsWith('\n') ? text : `${text}\n`;
        process.stdout.write(withCommandsStopped(lines));
    },
    group(title, text) {
        _actions_core__WEBPACK_IMPORTED_MODULE_3__/* .startGroup */ .Oh(title);
        log.show(text);
        _actions_core__WEBPACK_IMPORTED_MODULE_3__/* .endGroup */ .N4();
    },
    detail(title, text) {
        log.group(title, text);
    },
    warn: _actions_core__WEBPACK_IMPORTED_MODULE_3__/* .warning */ .$e,
    debug(message) {
        if (_actions_core__WEBPACK_IMPORTED_MODULE_3__/* .isDebug */ ._o())
            _actions_core__WEBPACK_IMPORTED_MODULE_3__/* .debug */ .Yz(message);
    },
};
/**
 * Puts foreign lines between two tokens, where the runner ignores every command except the second
 * token. The log shows both (ActionCommandManager.cs:92, 116-121), so lines that cannot contain a
 * command are printed without them.
 */
function withCommandsStopped(lines) {
    if (!lines.includes('::') && !lines.includes('##['))
        return lines;
    const token = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(16).toString('hex');
    return `::stop-commands::${token}\n${lines}::${token}::\n`;
}
/**
 * The environment with complete values on Windows, where Node cuts a variable of more than 32,766
 * characters to its length modulo 32,768. Part of a script is a script, too, so a value does not
 * show that it was cut. Node's diagnostic report reads variables differently and has them complete.
 * On other systems, or if the report has no variables, nothing changes.
 *
 * @param report Node's `process.report`
 */
function wholeEnvironment(env, platform, report) {
    if (platform !== 'win32')
        return env;
    // Otherwise, the report would look up the names of all hosts that the process is connected to.
    report.excludeNetwork = true;
    const table = (0,_azure_json_js__WEBPACK_IMPORTED_MODULE_7__/* .field */ .ZZ)(report.getReport(), 'environmentVariables');
    const whole = new Map();
    for (const [name, value] of Object.entries((0,_azure_json_js__WEBPACK_IMPORTED_MODULE_7__/* .isRecord */ .u4)(table) ? table : {})) {
        whole.set(name.toUpperCase(), value);
    }
    return new Proxy(env, {
        get(own, name) {
            const value = typeof name === 'string' ? whole.get(name.toUpperCase()) : undefined;
            return typeof value === 'string' ? value : Reflect.get(own, name);
        },
    });
}


/***/ }),

/***/ 3950:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BF: () => (/* binding */ writeOutputFile),
/* harmony export */   c5: () => (/* binding */ openResult),
/* harmony export */   gZ: () => (/* binding */ appendWhole)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_2__);



// What is written here is whole or not there: on a full disk, half a file would be taken for all of
// it.
/**
 * Writes the output of a command to a file in a new folder below `temp`. Only this user can read
 * it.
 *
 * @returns the path of the file
 * @throws if the file cannot be written whole; then nothing is left of it
 */
function writeOutputFile(temp, text) {
    const folder = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.mkdtempSync)(node_path__WEBPACK_IMPORTED_MODULE_2___default().join(temp, 'aks-run-command-'));
    const file = node_path__WEBPACK_IMPORTED_MODULE_2___default().join(folder, 'output.txt');
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.writeFileSync)(file, text, { mode: 0o600 });
        return file;
    }
    catch (error) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.rmSync)(folder, { recursive: true, force: true });
        throw error;
    }
}
/**
 * Adds an entry to a file of the runner, or none. The runner reads such a file to its end, so half
 * an entry would swallow everything after it.
 *
 * @param append adds the entry to the end of the file
 * @throws if the entry cannot be written whole, or if the file is not a regular one: opening a pipe
 *   would wait for its reader
 */
function appendWhole(file, append) {
    const before = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.statSync)(file);
    if (!before.isFile())
        throw new Error(`${file} is not a regular file`);
    try {
        append();
    }
    catch (error) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.truncateSync)(file, before.size);
        throw error;
    }
}
/**
 * Prepares the file of `--result` before anything runs: opens a new file next to it, and removes an
 * old result, which could be mistaken for this run's if the process is killed. A pipe or a device
 * is written to, and never replaced.
 *
 * @returns a function that writes the text to its place; given no text, it leaves no file behind
 * @throws if nothing can be written there
 */
function openResult(given) {
    if (given === '-') {
        throw new Error('stdout is the output of the command; for the result on stdout, use -o json');
    }
    const target = node_path__WEBPACK_IMPORTED_MODULE_2___default().resolve(given);
    const existing = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.lstatSync)(target, { throwIfNoEntry: false });
    // `/dev/stdout` is a link to wherever stdout leads, such as a log that must not be replaced.
    if (existing?.isSymbolicLink() && (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.statSync)(target).isFile()) {
        throw new Error('it is a link to a file; name the file itself, or use -o json for the result on stdout');
    }
    if (existing && !existing.isFile()) {
        const descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.openSync)(target, 'a');
        return (text) => {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.writeFileSync)(descriptor, text);
        };
    }
    const name = `.${node_path__WEBPACK_IMPORTED_MODULE_2___default().basename(target)}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(6).toString('hex')}`;
    const beside = node_path__WEBPACK_IMPORTED_MODULE_2___default().join(node_path__WEBPACK_IMPORTED_MODULE_2___default().dirname(target), name);
    const descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.openSync)(beside, 'wx', 0o600);
    (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.rmSync)(target, { force: true });
    return (text) => {
        try {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.writeFileSync)(descriptor, text);
            (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.closeSync)(descriptor);
            if (text !== '')
                (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.renameSync)(beside, target);
        }
        finally {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.rmSync)(beside, { force: true });
        }
    };
}


/***/ }),

/***/ 2266:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ WORKFLOW)
/* harmony export */ });
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
    paste(inputs) {
        const lines = Object.entries(inputs).map(([name, value]) => `  ${name}: ${value}`);
        return ['with:', ...lines];
    },
};


/***/ })

};
