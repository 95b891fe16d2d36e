export const id = 719;
export const ids = [719];
export const modules = {

/***/ 1719:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  githubRunner: () => (/* binding */ githubRunner)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
var external_node_path_default = /*#__PURE__*/__webpack_require__.n(external_node_path_);
// EXTERNAL MODULE: ./src/hosts/words.ts
var words = __webpack_require__(2266);
;// CONCATENATED MODULE: ./src/hosts/workflow-commands.ts



/**
 * What a step says to GitHub's runner, in the bytes that `@actions/core` uses. That package itself brings an HTTP client,
 * which takes longer to load than everything else that a step needs before its first request; and it writes past the one
 * writer that keeps commands and output in order.
 */
/** A command for stdout, one line: `::error title=…::…`. */
function workflowCommand(name, message = '', properties = {}) {
    const given = Object.entries(properties).filter(([, value]) => value !== '');
    const words = given.map(([key, value]) => `${key}=${escapeProperty(value)}`).join(',');
    return `::${name}${words && ` ${words}`}::${escapeData(message)}\n`;
}
function escapeData(text) {
    return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
function escapeProperty(text) {
    return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
/** A step output for the file `GITHUB_OUTPUT`. The delimiter is random, so that no value can end it early. */
function outputEntry(name, value) {
    const delimiter = `ghadelimiter_${(0,external_node_crypto_.randomUUID)()}`;
    return `${name}<<${delimiter}${external_node_os_.EOL}${value}${external_node_os_.EOL}${delimiter}${external_node_os_.EOL}`;
}
/**
 * Appends to one of the files by which the runner takes what a step has to say.
 *
 * @param file its path, from the variable of that name
 * @throws Error where the runner gave none, or it is gone, or cannot be written
 */
function appendToCommandFile(variable, file, text) {
    if (!file)
        throw new Error(`${variable} is not set`);
    if (!(0,external_node_fs_.existsSync)(file))
        throw new Error(`The file of ${variable} is missing: ${file}`);
    (0,external_node_fs_.appendFileSync)(file, text);
}

;// CONCATENATED MODULE: ./src/hosts/github-runner.ts






/** The runner takes at most 4,096 characters of an annotation. */
const MAX_ANNOTATION = 4096;
const STDOUT = 1;
/** Before an input's name in the environment. */
const INPUT = 'INPUT_';
/** Nothing ever wakes who waits on it: a pause of a thread that must write before it does anything else. */
const PAUSE = new Int32Array(new SharedArrayBuffer(4));
/** GitHub's runner. */
function githubRunner(env) {
    return {
        words: words/* WORKFLOW */.Ep,
        failureStandsAlone: true,
        input: (name) => env[`${INPUT}${name.replaceAll(' ', '_').toUpperCase()}`] ?? '',
        inputNames: Object.keys(env).flatMap((name) => name.startsWith(INPUT) ? [name.slice(INPUT.length).toLowerCase()] : []),
        variable: (name) => env[name],
        isFromFork: () => isFromFork(env['GITHUB_EVENT_PATH']),
        log,
        mask(secret) {
            write(workflowCommand('add-mask', secret));
        },
        showOutput(text) {
            log.show(text);
            return Promise.resolve();
        },
        setOutput(name, value) {
            appendToCommandFile('GITHUB_OUTPUT', env['GITHUB_OUTPUT'], outputEntry(name, value));
        },
        error(title, message) {
            write(workflowCommand('error', clipAnnotation(message), { title }));
        },
        writeSummary(markdown) {
            // What is thrown becomes the promise's rejection.
            return Promise.resolve().then(() => {
                appendToCommandFile('GITHUB_STEP_SUMMARY', env['GITHUB_STEP_SUMMARY'], markdown);
            });
        },
        keepOutput(text) {
            const folder = (0,external_node_fs_.mkdtempSync)(external_node_path_default().join(env['RUNNER_TEMP'] ?? (0,external_node_os_.tmpdir)(), 'aks-run-command-'));
            const file = external_node_path_default().join(folder, 'output.txt');
            (0,external_node_fs_.writeFileSync)(file, text);
            return file;
        },
    };
}
/** What the event's own file says; a file that cannot be read says nothing. */
function isFromFork(file) {
    try {
        let value = JSON.parse((0,external_node_fs_.readFileSync)(file ?? '', 'utf8'));
        for (const name of ['pull_request', 'head', 'repo', 'fork']) {
            if (typeof value !== 'object' || value === null)
                return false;
            const entries = Object.entries(value);
            value = entries.find(([key]) => key === name)?.[1];
        }
        return value === true;
    }
    catch {
        return false;
    }
}
/** The one door for the log: our own words bare, everything else fenced. */
const log = {
    progress(_phase, line) {
        if (line !== undefined)
            log.say(line);
    },
    say(line) {
        write(`${line}\n`);
    },
    show(text) {
        if (text !== '')
            writeForeign(text);
    },
    group(title, text) {
        write(workflowCommand('group', title));
        writeForeign(text);
        write(workflowCommand('endgroup'));
    },
    warn(message) {
        write(workflowCommand('warning', clipAnnotation(message)));
    },
    debug(message) {
        if (process.env['RUNNER_DEBUG'] === '1')
            write(workflowCommand('debug', message));
    },
};
/** A fence shows in the log as two odd lines (ActionCommandManager.cs:92, 116-121), so only what needs one gets it. */
function writeForeign(text) {
    if (needsFence(text))
        writeFenced(text);
    else
        write(text.endsWith('\n') ? text : `${text}\n`);
}
/** Whether the runner could find a command in a text: `::name` after leading blanks, `##[name` anywhere. */
function needsFence(text) {
    return text.includes('::') || text.includes('##[');
}
/**
 * Between these tokens the runner obeys nothing but the second. Both go out in one synchronous write, so that no
 * signal can leave commands off, and the text ends in a newline, or the runner would not see the second.
 */
function writeFenced(text) {
    const token = (0,external_node_crypto_.randomBytes)(16).toString('hex');
    const lines = text.endsWith('\n') ? text : `${text}\n`;
    write(`::stop-commands::${token}\n${lines}::${token}::\n`);
}
/**
 * The one way to stdout, which is a pipe of 64 KiB: `process.stdout.write` queues when it is full, and what is written past
 * that queue comes out before it, so that a mask could come after what it masks.
 */
function write(text) {
    const bytes = Buffer.from(text);
    for (let written = 0; written < bytes.length;) {
        try {
            written += (0,external_node_fs_.writeSync)(STDOUT, bytes, written);
        }
        catch (error) {
            const code = error instanceof Error && 'code' in error ? error.code : undefined;
            // Nobody reads any more: there is no one left to tell, and no step to report to.
            if (code === 'EPIPE')
                process.exit(1);
            if (code !== 'EAGAIN')
                throw error;
            // A pipe whose reader is slow is full for a moment.
            Atomics.wait(PAUSE, 0, 0, 5);
        }
    }
}
function clipAnnotation(message) {
    return message.length > MAX_ANNOTATION ? `…${message.slice(1 - MAX_ANNOTATION)}` : message;
}


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


/***/ })

};
