export const id = 120;
export const ids = [120];
export const modules = {

/***/ 3890:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ githubIdToken),
/* harmony export */   t: () => (/* binding */ isFromFork)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _text_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1789);


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
        const event = (0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(variable('GITHUB_EVENT_PATH') ?? '', 'utf8'));
        const head = (0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)((0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(event, 'pull_request'), 'head');
        return (0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)((0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(head, 'repo'), 'fork') === true;
    }
    catch {
        return false;
    }
}


/***/ }),

/***/ 6120:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


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
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 14 modules
var core = __webpack_require__(6421);
// EXTERNAL MODULE: ./src/hosts/github-job.ts
var github_job = __webpack_require__(3890);
// EXTERNAL MODULE: ./src/hosts/variables.ts
var variables = __webpack_require__(5178);
// EXTERNAL MODULE: ./src/hosts/whole-files.ts
var whole_files = __webpack_require__(3950);
// EXTERNAL MODULE: ./src/hosts/words.ts
var words = __webpack_require__(2266);
;// CONCATENATED MODULE: ./src/hosts/workflow-command.ts
/**
 * A workflow command on one line. Everything that the action prints as a command is written here,
 * and the runner reads back the data and the title, whatever text they are.
 *
 * The runner finds `::` by the rules of Unicode's collation (`IndexOf` in ActionCommand.cs, with
 * ICU). Next to a combining mark, it finds none, and shows the line, a secret included. So the
 * second `::` always stands between printable ASCII characters: a property may end with a comma, and
 * data may begin with an empty line. A mask of several lines also hides each of them.
 *
 * In a line that is not such a command, the runner obeys the first `##[`, wherever it is. So if
 * there is one, one of our own comes before it, which names no command. It looks like a property
 * without a value, and is ignored.
 *
 * @param data untrusted text
 * @param title untrusted text
 */
function workflowCommand(name, data = '', title = '') {
    const properties = [];
    if (`${title}${data}`.includes('##['))
        properties.push('##[-]');
    if (title !== '')
        properties.push(`title=${escapedTitle(title)}`);
    const list = properties.join(',');
    const head = list === '' ? name : `${name} ${/[ -~]$/.test(list) ? list : `${list},`}`;
    const tail = escapedData(data);
    return `::${head}::${/^[^ -~]/.test(tail) ? `%0A${tail}` : tail}\n`;
}
function escapedData(text) {
    return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
function escapedTitle(text) {
    return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

;// CONCATENATED MODULE: ./src/hosts/github-runner.ts









/** The name of the state. `src/post.ts` has the name of the variable, too. */
const STATE = 'open';
/**
 * GitHub's runner. Everything is written with `process.stdout.write`. If the pipe is full, anything
 * written in another way could overtake it, and a secret could show before its mask.
 */
function githubRunner() {
    const variable = (0,variables/* readVariables */.C)(process.env, process.platform, process.report);
    const temp = variable('RUNNER_TEMP');
    // `getInput` of `@actions/core` would return a value that Node has cut.
    const input = (name) => variable(`INPUT_${name.toUpperCase()}`) ?? '';
    let saved = variable(`STATE_${STATE}`) ?? '';
    return {
        words: words/* WORKFLOW */.E,
        input,
        isGiven: (name) => input(name).trim() !== '',
        problems: [],
        variable,
        idTokenSource: () => (0,github_job/* githubIdToken */.e)(variable),
        isFromFork: () => (0,github_job/* isFromFork */.t)(variable),
        allowedFolders: { workspace: variable('GITHUB_WORKSPACE') ?? process.cwd(), temp },
        collectInto: { below: temp ?? (0,external_node_os_.tmpdir)() },
        log,
        mask(secret) {
            print(workflowCommand('add-mask', secret));
        },
        showOutput(text) {
            log.show(text);
            return Promise.resolve();
        },
        setOutput(name, value) {
            appendOutput(name, String(value ?? ''));
        },
        setStepOutput: appendOutput,
        saveState(state) {
            // Without the file, the package would print a workflow command.
            const file = fileOf('GITHUB_STATE');
            (0,whole_files/* appendWhole */.g)(file, () => {
                core/* saveState */.LZ(STATE, state);
            });
            saved = state;
        },
        savedState: () => saved,
        error(title, message) {
            print(workflowCommand('error', message, title));
        },
        writeSummary,
        keepOutput: (text) => (0,whole_files/* writeOutputFile */.B)(temp ?? (0,external_node_os_.tmpdir)(), text),
    };
}
/**
 * The package writes `NAME<<DELIMITER`. For an output `a<`, the runner would read the name `a` and
 * another delimiter, and lose all outputs of the step (`EnvFileKeyValuePairs` in
 * FileCommandManager.cs). `NAME=VALUE` works for it.
 */
function appendOutput(name, value) {
    const file = fileOf('GITHUB_OUTPUT');
    (0,whole_files/* appendWhole */.g)(file, () => {
        if (name.endsWith('<'))
            (0,external_node_fs_.appendFileSync)(file, `${name}=${value}${external_node_os_.EOL}`);
        else
            core/* setOutput */.uH(name, value);
    });
}
function writeSummary(markdown) {
    const file = fileOf('GITHUB_STEP_SUMMARY');
    (0,whole_files/* appendWhole */.g)(file, () => {
        (0,external_node_fs_.appendFileSync)(file, markdown);
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
 * The only way to the log: as the data of a command, or fenced if necessary.
 */
const log = {
    progress(_phase, line) {
        if (line !== undefined)
            log.info(line);
    },
    info(line) {
        log.show(line.plain);
    },
    show(text) {
        if (text === '')
            return;
        const lines = text.endsWith('\n') ? text : `${text}\n`;
        print(withCommandsStopped(lines));
    },
    group(title, text) {
        print(workflowCommand('group', title.plain));
        log.show(text);
        print(workflowCommand('endgroup'));
    },
    detail(title, text) {
        log.group(title, text);
    },
    warn({ markdown }) {
        print(workflowCommand('warning', markdown));
    },
    debug(message) {
        if (process.env['RUNNER_DEBUG'] === '1')
            print(workflowCommand('debug', message));
    },
};
function print(text) {
    process.stdout.write(text);
}
/**
 * Puts untrusted lines between two tokens, where the runner ignores every command except the second
 * token. The log shows both (ActionCommandManager.cs:92, 116-121), so lines that cannot contain a
 * command are printed without them. A command has one of the two marks letter by letter: the runner
 * reads its name at a fixed distance from where the mark begins.
 */
function withCommandsStopped(lines) {
    if (!lines.includes('::') && !lines.includes('##['))
        return lines;
    const token = (0,external_node_crypto_.randomBytes)(16).toString('hex');
    return `::stop-commands::${token}\n${lines}::${token}::\n`;
}


/***/ }),

/***/ 5178:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ readVariables)
/* harmony export */ });
/* harmony import */ var _text_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1789);

/**
 * The variables of the environment, as they are now and with complete values. On Windows, where the
 * letter case of names makes no difference, Node cuts a variable of more than 32,766 characters to
 * its length modulo 32,768. Part of a script is a script, too, so a value does not show that it was
 * cut. Node's diagnostic report reads variables differently and has them complete, if it has any.
 *
 * @param report Node's `process.report`
 */
function readVariables(env, platform, report) {
    const variables = new Map(Object.entries(env));
    if (platform !== 'win32')
        return (name) => variables.get(name);
    // Otherwise, the report would look up the names of all hosts that the process is connected to.
    report.excludeNetwork = true;
    const table = (0,_text_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(report.getReport(), 'environmentVariables');
    const whole = new Map();
    for (const [name, value] of variables)
        whole.set(name.toUpperCase(), value);
    for (const [name, value] of Object.entries((0,_text_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(table) ? table : {})) {
        if (typeof value === 'string')
            whole.set(name.toUpperCase(), value);
    }
    return (name) => whole.get(name.toUpperCase());
}


/***/ }),

/***/ 3950:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ writeOutputFile),
/* harmony export */   g: () => (/* binding */ appendWhole)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);


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
    const folder = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdtempSync)(node_path__WEBPACK_IMPORTED_MODULE_1___default().join(temp, 'aks-run-command-'));
    const file = node_path__WEBPACK_IMPORTED_MODULE_1___default().join(folder, 'output.txt');
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(file, text, { mode: 0o600 });
        return file;
    }
    catch (error) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(folder, { recursive: true, force: true });
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
    const before = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(file);
    if (!before.isFile())
        throw new Error(`${file} is not a regular file`);
    try {
        append();
    }
    catch (error) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.truncateSync)(file, before.size);
        throw error;
    }
}


/***/ }),

/***/ 2266:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ WORKFLOW)
/* harmony export */ });
/* harmony import */ var _text_say_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9892);

const EMPTY = (0,_text_say_js__WEBPACK_IMPORTED_MODULE_0__/* .say */ .cv) `
  If the workflow sets it, its value is empty: the variable or secret does not exist, or it belongs
  to an environment that the job does not name. In that case, add ${'environment: NAME'} next
  to ${'runs-on'}.
`;
const ID_ELSEWHERE = (0,_text_say_js__WEBPACK_IMPORTED_MODULE_0__/* .say */ .cv) `
  If the workflow sets ${'command-id'}, its value is empty: pass it on from the job that started the
  command, with ${'outputs:'} there and ${'needs:'} here.
`;
const WORKFLOW = {
    isStep: true,
    input: (name) => name,
    whyMissing: (name) => (name === 'command' ? ID_ELSEWHERE : EMPTY),
    step: (0,_text_say_js__WEBPACK_IMPORTED_MODULE_0__/* .say */ .cv) `the step`,
    action: (0,_text_say_js__WEBPACK_IMPORTED_MODULE_0__/* .say */ .cv) `the action`,
    runner: (0,_text_say_js__WEBPACK_IMPORTED_MODULE_0__/* .say */ .cv) `the runner`,
    workspace: (0,_text_say_js__WEBPACK_IMPORTED_MODULE_0__/* .say */ .cv) `the workspace`,
    rerun: (0,_text_say_js__WEBPACK_IMPORTED_MODULE_0__/* .say */ .cv) `run the job again`,
    debug: (0,_text_say_js__WEBPACK_IMPORTED_MODULE_0__/* .say */ .cv) `re-run the job with debug logging enabled`,
    job: (0,_text_say_js__WEBPACK_IMPORTED_MODULE_0__/* .say */ .cv) `the job`,
    login: (0,_text_say_js__WEBPACK_IMPORTED_MODULE_0__/* .say */ .cv) `${'azure/login'}`,
    paste(inputs) {
        const lines = Object.entries(inputs).map(([name, value]) => `  ${name}: ${value}`);
        return ['with:', ...lines];
    },
};


/***/ }),

/***/ 1789:
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

/***/ 9892:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BD: () => (/* binding */ enumerated),
/* harmony export */   KH: () => (/* binding */ isText),
/* harmony export */   Kx: () => (/* binding */ withoutPeriod),
/* harmony export */   cv: () => (/* binding */ say),
/* harmony export */   kh: () => (/* binding */ ticksAround),
/* harmony export */   l2: () => (/* binding */ capitalized),
/* harmony export */   oR: () => (/* binding */ joined),
/* harmony export */   p_: () => (/* binding */ list),
/* harmony export */   qZ: () => (/* binding */ unquoted)
/* harmony export */ });
/* harmony import */ var _visible_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1573);

/**
 * A text for users, on one line: our own words in Markdown, with every value as a code span. Logs,
 * annotations, and job summaries show the same text; a log also shows the backticks.
 */
class Text {
    kind = 'text';
    markdown;
    /** The same without any backtick, which would start a command in a shell. */
    plain;
    constructor(markdown, plain) {
        this.markdown = markdown;
        this.plain = plain;
    }
    toString() {
        return this.markdown;
    }
}
function isText(value) {
    return value instanceof Text;
}
/**
 * The tag of a text. Literals are our own Markdown, and a line break between their words is a
 * space. A string becomes a code span, whatever it contains; numbers and texts stay as they are. A
 * period after a question is left out.
 */
function say(literals, ...values) {
    const texts = values.map(textOf);
    const parts = literals.map((literal, at) => {
        const isAfterQuestion = texts[at - 1]?.markdown.endsWith('?') ?? false;
        return isAfterQuestion ? literal.replace(/^\./, '') : literal;
    });
    return new Text(oneLine(parts, texts.map(String)), oneLine(parts, texts.map((text) => text.plain)).replaceAll('`', ''));
}
/** A sentence without its period, as the start of another one or as a headline. */
function withoutPeriod({ markdown, plain }) {
    return new Text(markdown.replace(/\.$/, ''), plain.replace(/\.$/, ''));
}
/**
 * A name that a pattern has checked, a size, or a duration: it needs no code span. Only the files
 * that eslint.config.js lists may import this.
 */
function unquoted(text) {
    return new Text(text, text);
}
/** Texts with the separator between them, which is Markdown of ours. */
function joined(texts, separator) {
    const join = (parts) => parts.join(separator);
    return new Text(join(texts.map(({ markdown }) => markdown)), join(texts.map((text) => text.plain)));
}
/** How many values a sentence lists. */
const MOST_LISTED = 20;
/** Values with commas between them. Of many, the first ones and a count. */
function list(values) {
    const listed = joined(values.slice(0, MOST_LISTED).map(textOf), ', ');
    const more = values.length - MOST_LISTED;
    return more > 0 ? say `${listed}, and ${more} more` : listed;
}
const FORMATS = {
    and: new Intl.ListFormat('en-US', { type: 'conjunction' }),
    or: new Intl.ListFormat('en-US', { type: 'disjunction' }),
};
/** Values as a part of a sentence: `a`, `b`, and `c`. */
function enumerated(values, word) {
    const parts = FORMATS[word].formatToParts(values);
    return joined(parts.map(({ type, value }) => (type === 'element' ? codeSpan(value) : unquoted(value))), '');
}
/** The same text at the beginning of a sentence. */
function capitalized({ markdown, plain }) {
    // Code keeps its case.
    if (markdown.startsWith('`'))
        return new Text(markdown, plain);
    const upper = (text) => text.charAt(0).toUpperCase() + text.slice(1);
    return new Text(upper(markdown), upper(plain));
}
function textOf(value) {
    if (isText(value))
        return value;
    if (typeof value === 'string')
        return codeSpan(value);
    // Something shows that a value is missing, so that a test or a reader finds it.
    return unquoted(value === undefined ? '…' : String(value));
}
/** Untrusted text as code, in which nobody reads Markdown, HTML, a link, a mention, or math. */
function codeSpan(value) {
    const shown = value === '' ? '""' : (0,_visible_js__WEBPACK_IMPORTED_MODULE_0__/* .visible */ .RK)(value);
    const ticks = ticksAround(shown, 1);
    // A backtick at the end would join the others, and a blank at both ends would be left out.
    const pad = /^`|`$|^ .* $/.test(shown) ? ' ' : '';
    // Otherwise, the period of a sentence would turn `.` into `..`.
    const quote = shown.endsWith('.') ? '"' : '';
    const plain = shown.replaceAll('`', "'");
    return new Text(ticks + pad + shown + pad + ticks, quote + plain + quote);
}
/** More backticks than any run of them in the text has, so that the text cannot end its code. */
function ticksAround(text, least) {
    let count = least;
    for (const [run] of text.matchAll(/`+/g))
        count = Math.max(count, run.length + 1);
    return '`'.repeat(count);
}
/** Literals and values on one line. A line break in a literal is a space. */
function oneLine(literals, values) {
    const raw = literals.map((literal) => literal.replaceAll(/\n\s*/g, ' '));
    return String.raw({ raw }, ...values).trim();
}


/***/ }),

/***/ 1573:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Lx: () => (/* binding */ withoutEscapes),
/* harmony export */   Mk: () => (/* binding */ escaped),
/* harmony export */   RK: () => (/* binding */ visible),
/* harmony export */   bh: () => (/* binding */ partsAlwaysShown),
/* harmony export */   gB: () => (/* binding */ visibleLines)
/* harmony export */ });
/**
 * Characters that are invisible, or make visible text misleading: controls, line separators, format
 * and bidirectional characters, all that Unicode tells programs to ignore, and unpaired surrogates.
 * The only exception is the selector that turns the character before it into an emoji.
 */
const UNSEEN = /(?!(?<=\p{Extended_Pictographic})\ufe0f)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Surrogate}]/gu;
/**
 * Untrusted text on one line, with every character visible: others are written like `\u000a`. All
 * untrusted text that is quoted goes through here: a name, a value, a service's words, and above
 * all a command to paste. The only exception is the command's output, which is shown whole and
 * fenced.
 */
function visible(text) {
    return text.replaceAll(UNSEEN, escaped);
}
/** The same for text with several lines, which stay separate lines. Tabs stay tabs. */
function visibleLines(text) {
    return text
        .split(/\r\n?|\n/)
        .map((line) => line.split('\t').map(visible).join('\t'))
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
/**
 * The parts of a line that stay as they are, however it is shown: what its invisible characters
 * divide, once escape sequences are gone.
 */
function partsAlwaysShown(line) {
    return withoutEscapes(line).split(UNSEEN);
}
/** Escapes each UTF-16 unit, so that JSON and YAML read the original character. */
function escaped(character) {
    let units = '';
    for (let index = 0; index < character.length; index += 1) {
        units += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
    }
    return units;
}


/***/ })

};
