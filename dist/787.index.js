export const id = 787;
export const ids = [787];
export const modules = {

/***/ 5787:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   githubRunner: () => (/* binding */ githubRunner)
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







/** What the name of an input begins with in the environment. */
const INPUT = 'INPUT_';
/**
 * GitHub's runner, through `@actions/core`. Everything goes out by `process.stdout.write`, as that package's own commands
 * do: a second way to stdout would overtake the first while the pipe is full, so that a secret could show before its mask.
 */
function githubRunner() {
    const { env } = process;
    return {
        words: _words_js__WEBPACK_IMPORTED_MODULE_5__/* .WORKFLOW */ .Ep,
        failureStandsAlone: true,
        input: (name) => _actions_core__WEBPACK_IMPORTED_MODULE_4__/* .getInput */ .V4(name, { trimWhitespace: false }),
        inputNames: Object.keys(env).flatMap((name) => name.startsWith(INPUT) ? [name.slice(INPUT.length).toLowerCase()] : []),
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
 * The package writes `NAME<<DELIMITER`, which the runner splits at its first `<<`: of an output `a<` it would read the name
 * `a` and another delimiter, and would lose all outputs of the step. `NAME=VALUE` carries such a name
 * (`EnvFileKeyValuePairs` in the runner's FileCommandManager.cs).
 *
 * @throws Error if the file of `GITHUB_OUTPUT` cannot be written, or if neither form carries this name with this value.
 */
function setOutput(name, value) {
    if (!name.endsWith('<')) {
        _actions_core__WEBPACK_IMPORTED_MODULE_4__/* .setOutput */ .uH(name, value);
        return;
    }
    if (value.includes('\n'))
        throw new Error('GITHUB_OUTPUT cannot hold several lines under a name that ends in <');
    (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.appendFileSync)(process.env['GITHUB_OUTPUT'] ?? '', `${name}=${value}${node_os__WEBPACK_IMPORTED_MODULE_2__.EOL}`);
}
/** Whether the event's own file says so; a file that cannot be read says nothing. */
function isFromFork(file) {
    try {
        const names = ['pull_request', 'head', 'repo', 'fork'];
        return names.reduce(_azure_json_js__WEBPACK_IMPORTED_MODULE_6__/* .field */ .ZZ, (0,_azure_json_js__WEBPACK_IMPORTED_MODULE_6__/* .parseJson */ .qF)((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(file ?? '', 'utf8'))) === true;
    }
    catch {
        return false;
    }
}
/** The only way to the log: our own words bare, everything else fenced if it needs it. */
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
    warn: _actions_core__WEBPACK_IMPORTED_MODULE_4__/* .warning */ .$e,
    debug(message) {
        if (_actions_core__WEBPACK_IMPORTED_MODULE_4__/* .isDebug */ ._o())
            _actions_core__WEBPACK_IMPORTED_MODULE_4__/* .debug */ .Yz(message);
    },
};
/**
 * Foreign lines between two tokens, where the runner obeys nothing but the second token. Both go out in one write. The
 * tokens show in the log as two odd lines (ActionCommandManager.cs:92, 116-121), so lines in which the runner could find
 * no command (`::name` after blanks, `##[name` anywhere) go without.
 */
function fenced(lines) {
    if (!lines.includes('::') && !lines.includes('##['))
        return lines;
    const token = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(16).toString('hex');
    return `::stop-commands::${token}\n${lines}::${token}::\n`;
}


/***/ })

};
