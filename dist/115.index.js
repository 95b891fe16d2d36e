export const id = 115;
export const ids = [115];
export const modules = {

/***/ 1633:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   g5: () => (/* binding */ failureOf),
/* harmony export */   zg: () => (/* binding */ StepError)
/* harmony export */ });
/**
 * An expected failure, as opposed to a bug. What it says about the command depends on when it is
 * thrown: a sign-in can also fail while a command runs.
 */
class StepError extends Error {
    failure;
    constructor(failure, options) {
        super(failure.code, options);
        this.name = 'StepError';
        this.failure = failure;
    }
}
/**
 * What a thrown value means. An unexpected error keeps its stack: it is a bug of ours, and the
 * stack says where.
 */
function failureOf(error) {
    if (error instanceof StepError)
        return error.failure;
    return { code: 'unexpected', detail: textOf(error, 'stack') };
}
/** The message of a thrown value. Foreign text. Never throws, even if reading the value does. */
function messageOf(error) {
    return textOf(error, 'message');
}
function textOf(error, property) {
    try {
        return error instanceof Error ? (error[property] ?? error.message) : String(error);
    }
    catch {
        return 'an error that cannot be read';
    }
}


/***/ }),

/***/ 2115:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   start: () => (/* binding */ start)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1633);



/**
 * With these, Azure's SDK would write its own log to stderr, bypassing the host, which fences and
 * masks. The debug log already shows each request, but never a header or a body.
 */
const SDK_LOGS = ['AZURE_LOG_LEVEL', 'TYPESPEC_RUNTIME_LOG_LEVEL', 'DEBUG'];
/**
 * Connects the core with the outside world. Both are loaded only here: otherwise, `--help` would
 * take twice as long.
 */
async function run(host, cancelled) {
    // The host has read all variables, because the input `env` may name these, too.
    for (const name of SDK_LOGS)
        Reflect.deleteProperty(process.env, name);
    for (const event of ['uncaughtException', 'unhandledRejection']) {
        // An error that nothing awaits does not change the verdict, and must not keep it from being
        // reported.
        process.on(event, (error) => {
            host.log.debug(`Unhandled error: ${(0,_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}`);
        });
    }
    const [{ main }, { azureFor }, { clock }, { nodeDisk }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(611), __webpack_require__.e(241), __webpack_require__.e(858), __webpack_require__.e(777)]).then(__webpack_require__.bind(__webpack_require__, 9777)),
        Promise.all(/* import() */[__webpack_require__.e(435), __webpack_require__.e(858), __webpack_require__.e(950)]).then(__webpack_require__.bind(__webpack_require__, 5950)),
        __webpack_require__.e(/* import() */ 443).then(__webpack_require__.bind(__webpack_require__, 9443)),
        __webpack_require__.e(/* import() */ 928).then(__webpack_require__.bind(__webpack_require__, 9928)),
    ]);
    const { log } = host;
    const { random } = Math;
    return main({
        host,
        azureFor: (target) => azureFor(target, { host, log, clock, cancelled, random }),
        disk: nodeDisk(process.platform),
        clock,
        cancelled,
        random,
        randomHex: (bytes) => (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(bytes).toString('hex'),
        runScript: (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(__webpack_require__.ab + "run.sh", 'utf8'),
        collectScript: (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(__webpack_require__.ab + "collect.sh", 'utf8'),
        messages: (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(__webpack_require__.ab + "messages.md", 'utf8'),
    });
}
async function asAction() {
    const cancel = new AbortController();
    // On Windows, the runner cancels with CTRL+C and then CTRL+BREAK.
    for (const signal of ['SIGINT', 'SIGBREAK', 'SIGTERM']) {
        process.on(signal, () => {
            cancel.abort();
        });
    }
    // If nobody reads stdout anymore, there is no step left to report to.
    process.stdout.on('error', () => process.exit(1));
    const { githubRunner } = await Promise.all(/* import() */[__webpack_require__.e(421), __webpack_require__.e(120)]).then(__webpack_require__.bind(__webpack_require__, 6120));
    const { success } = await run(githubRunner(), cancel.signal);
    return success ? 0 : 1;
}
async function asCommandLine() {
    const { atPrompt } = await __webpack_require__.e(/* import() */ 822).then(__webpack_require__.bind(__webpack_require__, 6822));
    return atPrompt(process.argv.slice(2), run);
}
/** Runs the step of a workflow, or what the command line asks for, and ends the process. */
async function start(isAction) {
    process.exitCode = await (isAction ? asAction() : asCommandLine());
    // A request that nothing awaits anymore would keep the process alive until its timeout. Output is
    // written first.
    process.stdout.write('', (error) => {
        // If the reader is gone, this callback may run before the `error` event does.
        if (error && isAction)
            process.exitCode = 1;
        process.stderr.write('', () => process.exit());
    });
}


/***/ })

};
