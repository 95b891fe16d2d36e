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
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_3__);
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6421);
/* harmony import */ var _azure_json_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5721);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2266);







/**
 * GitHub's runner. Everything is written with `process.stdout.write`, as `@actions/core` does it. While the pipe is
 * full, a second way to stdout could overtake the first, and a secret could show before its mask.
 */
function githubRunner() {
    const { env } = process;
    return {
        words: _words_js__WEBPACK_IMPORTED_MODULE_5__/* .WORKFLOW */ .Ep,
        input: (name) => _actions_core__WEBPACK_IMPORTED_MODULE_4__/* .getInput */ .V4(name, { trimWhitespace: false }),
        inputNames: Object.keys(env).flatMap((name) => /^INPUT_(.*)/s.exec(name)?.[1]?.toLowerCase() ?? []),
        variable: (name) => env[name],
        isFromFork: () => isFromFork(env['GITHUB_EVENT_PATH']),
        log,
        mask: _actions_core__WEBPACK_IMPORTED_MODULE_4__/* .setSecret */ .Pq,
        showOutput(text) {
            log.show(text);
            return Promise.resolve();
        },
        setOutput,
        error(title, message) {
            _actions_core__WEBPACK_IMPORTED_MODULE_4__/* .error */ .z3(message, { title });
        },
        async writeSummary(markdown) {
            await _actions_core__WEBPACK_IMPORTED_MODULE_4__/* .summary */ .z.addRaw(markdown).write();
        },
        keepOutput(text) {
            const folder = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.mkdtempSync)(node_path__WEBPACK_IMPORTED_MODULE_3___default().join(env['RUNNER_TEMP'] ?? (0,node_os__WEBPACK_IMPORTED_MODULE_2__.tmpdir)(), 'aks-run-command-'));
            const file = node_path__WEBPACK_IMPORTED_MODULE_3___default().join(folder, 'output.txt');
            (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.writeFileSync)(file, text);
            return file;
        },
    };
}
/**
 * The package writes `NAME<<DELIMITER`. For an output `a<`, the runner would read the name `a` and another delimiter,
 * and lose all outputs of the step (`EnvFileKeyValuePairs` in FileCommandManager.cs). `NAME=VALUE` works for it.
 */
function setOutput(name, value) {
    if (!name.endsWith('<')) {
        _actions_core__WEBPACK_IMPORTED_MODULE_4__/* .setOutput */ .uH(name, value);
        return;
    }
    (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.appendFileSync)(process.env['GITHUB_OUTPUT'] ?? '', `${name}=${value}${node_os__WEBPACK_IMPORTED_MODULE_2__.EOL}`);
}
function isFromFork(file) {
    try {
        const names = ['pull_request', 'head', 'repo', 'fork'];
        return names.reduce(_azure_json_js__WEBPACK_IMPORTED_MODULE_6__/* .field */ .ZZ, (0,_azure_json_js__WEBPACK_IMPORTED_MODULE_6__/* .parseJson */ .qF)((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(file ?? '', 'utf8'))) === true;
    }
    catch {
        return false;
    }
}
/** The only way to the log: our own words as they are, everything else fenced if necessary. */
const log = {
    progress(_phase, line) {
        if (line !== undefined)
            log.say(line);
    },
    say(line) {
        process.stdout.write(`${line}\n`);
    },
    show(text) {
        if (text !== '')
            process.stdout.write(fenced(text.endsWith('\n') ? text : `${text}\n`));
    },
    group(title, text) {
        _actions_core__WEBPACK_IMPORTED_MODULE_4__/* .startGroup */ .Oh(title);
        log.show(text);
        _actions_core__WEBPACK_IMPORTED_MODULE_4__/* .endGroup */ .N4();
    },
    detail(title, text) {
        log.group(title, text);
    },
    warn: _actions_core__WEBPACK_IMPORTED_MODULE_4__/* .warning */ .$e,
    debug(message) {
        if (_actions_core__WEBPACK_IMPORTED_MODULE_4__/* .isDebug */ ._o())
            _actions_core__WEBPACK_IMPORTED_MODULE_4__/* .debug */ .Yz(message);
    },
};
/**
 * Puts foreign lines between two tokens, where the runner ignores every command except the second token. The log shows
 * both (ActionCommandManager.cs:92, 116-121), so lines that cannot contain a command are printed without them.
 */
function fenced(lines) {
    if (!lines.includes('::') && !lines.includes('##['))
        return lines;
    const token = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(16).toString('hex');
    return `::stop-commands::${token}\n${lines}::${token}::\n`;
}
/**
 * The environment with complete values on Windows, where Node cuts a variable of more than 32,766 characters to its
 * length modulo 32,768. Part of a script is a script, too, so a value does not show that it was cut. The diagnostic
 * report reads variables differently and has them complete. Elsewhere, or without its table, nothing changes.
 */
function wholeEnvironment(env, platform, report) {
    if (platform !== 'win32')
        return env;
    // Otherwise, the report would look up the names of all hosts that the process is connected to.
    report.excludeNetwork = true;
    const table = (0,_azure_json_js__WEBPACK_IMPORTED_MODULE_6__/* .field */ .ZZ)(report.getReport(), 'environmentVariables');
    const whole = new Map(Object.entries((0,_azure_json_js__WEBPACK_IMPORTED_MODULE_6__/* .isRecord */ .u4)(table) ? table : {}).map(([name, value]) => [name.toUpperCase(), value]));
    return new Proxy(env, {
        get(own, name) {
            const value = typeof name === 'string' ? whole.get(name.toUpperCase()) : undefined;
            return typeof value === 'string' ? value : Reflect.get(own, name);
        },
    });
}


/***/ }),

/***/ 2266:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ep: () => (/* binding */ WORKFLOW),
/* harmony export */   N2: () => (/* binding */ isNoun),
/* harmony export */   Xj: () => (/* binding */ SWITCHES),
/* harmony export */   hF: () => (/* binding */ PROMPT)
/* harmony export */ });
/** What messages call things in each place. Each name fits into the middle of a sentence. */
const NOUNS = {
    step: { workflow: 'the step', prompt: 'aks-run-command' },
    action: { workflow: 'the action', prompt: 'aks-run-command' },
    runner: { workflow: 'the runner', prompt: 'this machine' },
    workspace: { workflow: 'the workspace', prompt: 'the current folder' },
    rerun: { workflow: 'run the job again', prompt: 'run it again' },
    debug: { workflow: 're-run the job with debug logging enabled', prompt: 'run it again with --debug' },
    job: { workflow: 'the job', prompt: 'your shell' },
    login: { workflow: 'azure/login', prompt: 'az login' },
    entry: { workflow: 'line', prompt: 'number' },
    output: { workflow: 'output-file', prompt: 'stdout' },
    exclusion: { workflow: 'a line of files that begins with !', prompt: "--files '!PATTERN'" },
};
function isNoun(word) {
    return Object.hasOwn(NOUNS, word);
}
/** Inputs whose option is a switch, and the value that the switch stands for. */
const SWITCHES = {
    wait: { option: '--no-wait', value: 'false' },
    'dry-run': { option: '--dry-run', value: 'true' },
    'include-hidden-files': { option: '--include-hidden-files', value: 'true' },
};
const WORKFLOW = {
    place: 'workflow',
    input: (name) => name,
    noun: (noun) => NOUNS[noun].workflow,
    paste: (inputs) => ['with:', ...inputs.map(({ name, value }) => `  ${name}: ${value}`)],
};
const PROMPT = {
    place: 'prompt',
    input: (name) => SWITCHES[name]?.option ?? `--${name}`,
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


/***/ })

};
