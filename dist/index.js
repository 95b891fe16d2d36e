#!/usr/bin/env node
import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 5721:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
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

/***/ 1633:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   g5: () => (/* binding */ failureOf),
/* harmony export */   zg: () => (/* binding */ StepError)
/* harmony export */ });
/** An expected failure before anything was submitted: the command did not run. */
class StepError extends Error {
    failure;
    constructor(failure, options) {
        super(failure.code, options);
        this.name = 'StepError';
        this.failure = failure;
    }
}
/** What a thrown value means. What nobody expected shows with its stack: it is a bug of ours, and says where. */
function failureOf(error) {
    if (error instanceof StepError)
        return error.failure;
    return { code: 'unexpected', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
/** What a thrown value says, without a stack. Foreign text. */
function messageOf(error) {
    return error instanceof Error ? error.message : String(error);
}


/***/ }),

/***/ 8218:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ ACTION_FOLDER)
/* harmony export */ });
/** The folder in the zip, and so in the command's working folder, that holds what is not the user's. */
const ACTION_FOLDER = '.aks-run-command';


/***/ }),

/***/ 4902:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  U: () => (/* binding */ atPrompt)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: ./src/verdict.ts
var verdict = __nccwpck_require__(3138);
// EXTERNAL MODULE: ./src/failure.ts
var failure = __nccwpck_require__(1633);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __nccwpck_require__(7975);
// EXTERNAL MODULE: ./src/pod/shell.ts
var shell = __nccwpck_require__(2729);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
var external_node_path_default = /*#__PURE__*/__nccwpck_require__.n(external_node_path_);
;// CONCATENATED MODULE: ./src/hosts/terminal/advice.ts


/** Options of `az`, of the action and of habit that do not exist here, and what to use instead. */
const INSTEAD = {
    o: 'stdout is the output of the command. For the verdict as JSON, use --result FILE.',
    output: 'stdout is the output of the command. For the verdict as JSON, use --result FILE.',
    query: 'Use --result FILE, and jq on that file.',
    verbose: 'Use --debug.',
    v: 'Use --debug, or --version.',
    wait: 'Waiting is the default. Use --no-wait not to wait.',
    namespace: 'Put it into the command: kubectl --namespace NAME.',
    context: 'Name the cluster with --cluster.',
    kubeconfig: 'No kubeconfig is needed: name the cluster with --cluster.',
    e: 'Use --env NAME=VALUE.',
    'allowed-exit-codes': 'The exit code is the one of the command: test it in your shell.',
    'mask-outputs': 'Nothing here shows step outputs: they are in the file of --result.',
    summary: 'There is no job summary here: what the command writes to it is in the file of --result.',
    ids: 'Give the resource ID to --cluster.',
    'service-principal': 'Sign in with az login before, or use --client-id and --tenant-id with an ID token.',
    password: 'Sign in with az login before. Secrets are no options: others on this machine can read them.',
    'client-secret': 'Sign in with az login before. Secrets are no options: others on this machine can read them.',
};
/** What to use instead of an option that others have; undefined where nothing is known. */
function instead(name) {
    return Object.hasOwn(INSTEAD, name) ? INSTEAD[name] : undefined;
}
/** A word after `--files` that looks like the next of its files: the shell has expanded the pattern. */
function expandedByShell(file, word) {
    if (file === undefined || word === undefined || word === file || /[*?[]/.test(file))
        return undefined;
    const folder = external_node_path_default().posix.dirname(file);
    const end = external_node_path_default().posix.extname(file);
    const alike = external_node_path_default().posix.dirname(word) === folder && external_node_path_default().posix.extname(word) === end;
    if (!alike || (folder === '.' && (end === '' || file.startsWith('./') !== word.startsWith('./'))))
        return undefined;
    const pattern = `${folder === '.' ? '' : `${folder}/`}*${end}`;
    return `${file} and ${word} look like one pattern that your shell has expanded. Quote it: --files ${(0,shell/* quote */.h)(pattern)}. If ${word} is the command, put -- before it.`;
}
/** A whole command line as one word would be the name of one program. */
function oneWord(words) {
    const [word = ''] = words;
    if (words.length !== 1 || !/\s/.test(word))
        return [];
    return [
        `${(0,shell/* quote */.h)(word)} is one word, and so the name of one program. For a script, use --command ${(0,shell/* quote */.h)(word)}. If a program is called so, put -- before it.`,
    ];
}
/** Files come from the folder, and from nowhere outside it. */
function outsideFolder(pattern) {
    const bare = pattern.trim();
    if (!bare.split(/[\\/]/).includes('..'))
        return [];
    const base = external_node_path_default().posix.basename(bare);
    const folder = external_node_path_default().posix.dirname(bare);
    const move = base === '..' || folder.endsWith('*')
        ? 'use --working-directory'
        : `use --working-directory ${(0,shell/* quote */.h)(folder)} --files ${(0,shell/* quote */.h)(base)}`;
    return [`--files ${(0,shell/* quote */.h)(bare)} leaves the folder. To send files from elsewhere, ${move}.`];
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
;// CONCATENATED MODULE: ./src/hosts/terminal/environment.ts

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/**
 * Writes `--env` options as the input `env`: each is one whole `NAME=VALUE`, line breaks included, or a `NAME`.
 *
 * @returns sentences about those that are neither; no value is in them.
 */
function encodeVariables(given) {
    const mistakes = [];
    const lines = given.flatMap((text, index) => {
        const at = text.indexOf('=');
        const name = at === -1 ? text : text.slice(0, at);
        if (!NAME.test(name)) {
            const which = given.length === 1 ? '--env' : `--env number ${index + 1}`;
            mistakes.push(`${which} is not NAME=VALUE or NAME, where a name has letters, digits and underscores.`);
            return [];
        }
        if (at === -1 || !/[\r\n]/.test(text))
            return [text];
        const end = `END_${(0,external_node_crypto_.randomBytes)(16).toString('hex')}`;
        return [`${name}<<${end}`, text.slice(at + 1), end];
    });
    return { input: lines.join('\n'), mistakes };
}

;// CONCATENATED MODULE: ./src/hosts/terminal/nearest.ts
/** The name that is most like the given one; undefined where none is like it. */
function nearest(name, candidates) {
    const wanted = name.toLowerCase().replaceAll('_', '-');
    const [best] = candidates
        .map((candidate) => ({ candidate, far: distance(wanted, candidate) }))
        .sort((a, b) => a.far - b.far);
    const most = Math.max(1, Math.floor(wanted.length / 3));
    if (best !== undefined && best.far <= most)
        return best.candidate;
    return wanted.length < 3 ? undefined : candidates.find((candidate) => candidate.split('-').includes(wanted));
}
/** Levenshtein's, where two swapped neighbors count once. */
function distance(one, other) {
    let before = [];
    let row = Array.from({ length: other.length + 1 }, (_, index) => index);
    for (let i = 1; i <= one.length; i++) {
        const next = [i];
        for (let j = 1; j <= other.length; j++) {
            const same = one[i - 1] === other[j - 1];
            const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
            next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1), swapped ? (before[j - 2] ?? 0) + 1 : Infinity);
        }
        [before, row] = [row, next];
    }
    return row[other.length] ?? 0;
}

;// CONCATENATED MODULE: ./src/hosts/terminal/options.ts
/** An input whose option has its name. */
function input(name, value, help, more = {}) {
    const { default: fallback, ...rest } = more;
    return { name, value, help, input: { name, ...(fallback !== undefined && { default: fallback }) }, ...rest };
}
/**
 * Every option: one for each input of the action that has a meaning at a prompt, by its name and with its default, and
 * a few of the prompt's own. `action.yml` is the specification; a test compares.
 */
const SECTIONS = [
    {
        title: 'Cluster and sign-in',
        options: [
            input('cluster', 'NAME|ID', 'Name of the cluster, or its full ARM resource ID', {
                short: 'n',
                aliases: ['name'],
            }),
            input('resource-group', 'NAME', 'Its resource group; needed with a name', { short: 'g' }),
            input('subscription-id', 'GUID', 'Its subscription; with a name, default: the one of az', {
                aliases: ['subscription'],
            }),
            input('client-id', 'GUID', 'Application or managed identity to sign in as, with an ID token'),
            input('tenant-id', 'GUID', 'Its tenant. Without both: the session of az, or workload identity'),
            input('audience', 'TEXT', "Audience of GitHub's ID token; default by cloud"),
            input('environment', 'CLOUD', 'The Azure cloud: a name, or an https:// ARM endpoint', {
                default: 'azurecloud',
            }),
        ],
    },
    {
        title: 'Command',
        options: [
            input('command', 'SCRIPT', 'One line or a whole script', { short: 'c' }),
            { name: 'script', value: 'FILE', help: 'The same from a file; - is stdin' },
            input('command-id', 'ID', 'Wait for a command submitted earlier, instead of running one', { short: 'i' }),
            input('shell', 'bash|sh', 'bash is strict (-eo pipefail); default: bash -e, or sh -e without bash'),
            input('files', 'PATTERN', 'Files to send, at their paths; ! excludes. May be repeated', {
                short: 'f',
                aliases: ['file'],
                multiple: true,
            }),
            input('working-directory', 'DIR', 'Where the files come from; default: the current folder'),
            input('if-no-files-found', 'WHAT', 'error, warn or ignore', { default: 'error' }),
            {
                name: 'include-hidden-files',
                input: { name: 'include-hidden-files', default: 'false', whenOn: 'true' },
                help: 'Also send dotfiles',
            },
            input('env', 'NAME[=VALUE]', 'A variable of the command; NAME alone passes your own. May be repeated', {
                multiple: true,
            }),
        ],
    },
    {
        title: 'How to run',
        options: [
            input('timeout', 'DURATION', 'How long the command may run: 90s, 15m, 1h30m', { default: '30m' }),
            input('start-timeout', 'DURATION', 'How long after its submission it may start', { default: '90s' }),
            input('start-retries', 'N', 'How many times to resubmit a command that did not start', { default: '2' }),
            {
                name: 'no-wait',
                input: { name: 'wait', default: 'true', whenOn: 'false' },
                help: 'Submit the command, say its ID and how to pick it up, and end',
            },
            {
                name: 'dry-run',
                input: { name: 'dry-run', default: 'false', whenOn: 'true' },
                help: 'Sign in, pack, say what would be sent; run nothing',
            },
            input('collect', 'PATTERN', 'Files to bring back from the pod. May be repeated', { multiple: true }),
            { name: 'collect-to', value: 'DIR', help: 'Where to put them; default: a new temporary folder' },
            input('if-no-files-collected', 'WHAT', 'error, warn or ignore', { default: 'warn' }),
        ],
    },
    {
        title: 'What is shown',
        options: [
            { name: 'result', value: 'FILE', help: 'Write the verdict as JSON, on failure and on Ctrl-C, too' },
            { name: 'quiet', aliases: ['only-show-errors'], help: 'Only failures on stderr' },
            { name: 'raw', help: 'Leave escape sequences and log commands in the output as they are' },
            { name: 'debug', help: 'Show each request, never what it carries' },
            { name: 'help', short: 'h', help: 'Show this help' },
            { name: 'version', help: 'Show the version' },
        ],
    },
];
const OPTIONS = SECTIONS.flatMap(({ options }) => options);

;// CONCATENATED MODULE: ./src/hosts/terminal/arguments.ts






/** Every name and letter of an option, by how it is written. */
const BY_NAME = new Map(OPTIONS.flatMap((option) => [option.name, ...(option.aliases ?? [])].map((name) => [name, option])));
const CONFIG = Object.fromEntries([...BY_NAME].map(([name, { value, short, name: own }]) => [
    name,
    {
        type: value === undefined ? 'boolean' : 'string',
        multiple: true,
        ...(short !== undefined && name === own && { short }),
    },
]));
/**
 * Reads the words after the program's name. Options end at `--` or at the first word that is none: what follows is the
 * command, as it is.
 */
function readArguments(args) {
    const { given, mistakes, words, marked } = read(args);
    const wants = (name) => given.some(({ option }) => option.name === name);
    if (wants('help'))
        return { kind: 'help' };
    if (wants('version'))
        return { kind: 'version' };
    mistakes.push(...repeated(given), ...given.flatMap(({ spelled, option, value }) => empty(spelled, option, value)));
    const values = (name) => given.filter(({ option }) => option.name === name).map(({ value }) => value);
    const shipped = values('files');
    const misread = marked ? undefined : expandedByShell(shipped.at(-1), words[0]);
    if (misread !== undefined)
        mistakes.push(misread);
    else
        mistakes.push(...ways(given, words), ...(marked ? [] : oneWord(words)));
    mistakes.push(...shipped.flatMap(outsideFolder));
    const env = encodeVariables(values('env'));
    mistakes.push(...env.mistakes);
    if (mistakes.length > 0)
        return { kind: 'mistakes', mistakes };
    const inputs = new Map();
    for (const { option, value } of given) {
        const { input, multiple } = option;
        if (!input)
            continue;
        const before = multiple === true ? inputs.get(input.name) : undefined;
        const now = option.value === undefined ? (input.whenOn ?? '') : value;
        inputs.set(input.name, before === undefined ? now : `${before}\n${now}`);
    }
    if (env.input !== '')
        inputs.set('env', env.input);
    if (words.length > 0)
        inputs.set('command', words.map(shell/* quote */.h).join(' '));
    const [script] = values('script');
    const [result] = values('result');
    const [collectTo] = values('collect-to');
    return {
        kind: 'run',
        inputs,
        ...(script !== undefined && { script }),
        ...(result !== undefined && { result }),
        ...(collectTo !== undefined && { collectTo }),
        quiet: wants('quiet'),
        raw: wants('raw'),
        debug: wants('debug'),
    };
}
function read(args) {
    // Not strict: its messages are for programmers, and it has no word for what is near.
    const { tokens } = (0,external_node_util_.parseArgs)({
        args: [...args],
        options: CONFIG,
        strict: false,
        allowPositionals: true,
        tokens: true,
    });
    const given = [];
    const mistakes = [];
    for (const token of tokens) {
        if (token.kind === 'option-terminator')
            return { given, mistakes, words: args.slice(token.index + 1), marked: true };
        if (token.kind === 'positional')
            return { given, mistakes, words: args.slice(token.index), marked: false };
        const option = BY_NAME.get(token.name);
        if (!option) {
            mistakes.push(unknown(token.rawName, token.name));
        }
        else if (option.value === undefined) {
            if (token.value !== undefined)
                mistakes.push(`${token.rawName} takes no value. Leave out =${token.value}.`);
            given.push({ option, spelled: token.rawName, value: '' });
        }
        else if (token.value === undefined) {
            mistakes.push(`${token.rawName} needs a value: ${token.rawName} ${option.value}.`);
        }
        else if (!token.inlineValue && token.value.startsWith('-') && token.value !== '-') {
            const joined = token.rawName.startsWith('--') ? `${token.rawName}=` : token.rawName;
            mistakes.push(`${token.rawName} needs a value. If ${token.value} is meant, write ${(0,shell/* quote */.h)(joined + token.value)}.`);
        }
        else {
            given.push({ option, spelled: token.rawName, value: token.value });
        }
    }
    return { given, mistakes, words: [], marked: false };
}
function unknown(spelled, name) {
    const known = instead(name);
    if (known !== undefined)
        return `${spelled} is not an option here. ${known}`;
    const near = nearest(name, [...BY_NAME.keys()].filter((candidate) => candidate.length > 1));
    const move = near === undefined ? 'See aks-run-command --help.' : `Did you mean --${near}?`;
    return `${spelled} is not an option. ${move}`;
}
/** Of an option that is given twice, one would be ignored. */
function repeated(given) {
    const first = new Map();
    return given.flatMap((one) => {
        const before = first.get(one.option);
        first.set(one.option, one);
        if (!before || one.option.multiple === true || before.value === one.value)
            return [];
        const names = before.spelled === one.spelled
            ? `${one.spelled} is given twice`
            : `${before.spelled} and ${one.spelled} are the same option`;
        return [`${names}, with different values. Give it once.`];
    });
}
function empty(spelled, { value: placeholder }, value) {
    if (placeholder === undefined || value.trim() !== '')
        return [];
    return [`${spelled} is empty. Is the variable set that its value comes from?`];
}
/** The four ways to say what is to be done exclude each other. */
function ways(given, words) {
    const ways = ['command', 'script', 'command-id']
        .filter((name) => given.some(({ option }) => option.name === name))
        .map((name) => `--${name}`);
    if (words.length > 0)
        ways.push(`the words ${words.slice(0, 3).map(shell/* quote */.h).join(' ')}${words.length > 3 ? ' …' : ''}`);
    if (ways.length > 1)
        return [`${ways.slice(0, -1).join(', ')} and ${ways.at(-1) ?? ''} exclude each other. Give one of them.`];
    if (ways.length === 1)
        return [];
    return ['What is to be run is missing: the words of the command, --command, --script or --command-id.'];
}

;// CONCATENATED MODULE: ./src/hosts/terminal/help.ts

const USAGE = `Run a command inside a private AKS cluster, and end with its exit code.

Usage:
  aks-run-command [OPTIONS] [--] COMMAND [ARG...]     the words as they are
  aks-run-command [OPTIONS] --command 'SCRIPT'        a script
  aks-run-command [OPTIONS] --script FILE             a script from a file; - is stdin
  aks-run-command [OPTIONS] --command-id ID           wait for a command submitted earlier

Example, after az login:
  aks-run-command -g shop -n prod-weu -f k8s kubectl apply -f k8s
`;
const EXIT_CODES = `Exit codes:
  the command's own, and
  124  it timed out
  125  it did not run: also for wrong options
  254  it keeps running, and the waiting is over
  255  nobody can tell, or what the command handed over is unusable

stdout is the output of the command and nothing else; everything else is on stderr.
`;
/** What `--help` prints. */
function help() {
    const rows = SECTIONS.flatMap(({ options }) => options.map(spelled));
    const width = Math.max(...rows.map(({ length }) => length));
    const sections = SECTIONS.map(({ title, options }) => {
        const lines = options.map((option) => {
            const fallback = option.value !== undefined && option.input?.default;
            return `  ${spelled(option).padEnd(width)}  ${option.help}${fallback ? ` [${fallback}]` : ''}\n`;
        });
        return `${title}:\n${lines.join('')}`;
    });
    return [USAGE, ...sections, EXIT_CODES].join('\n');
}
function spelled({ short, name, value }) {
    return `${short === undefined ? '   ' : `-${short},`} --${name}${value === undefined ? '' : ` ${value}`}`;
}

;// CONCATENATED MODULE: ./src/hosts/terminal/result-file.ts



/**
 * Prepares the file of `--result`, before anything runs: opens a file beside it, and takes an old result away, which
 * would be read for this one's if this process is killed.
 *
 * @throws where nothing can be written there, or where something else than a file is.
 */
function resultFile(given) {
    const target = resolveFile(given);
    const beside = external_node_path_default().join(external_node_path_default().dirname(target), `.${external_node_path_default().basename(target)}.${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`);
    const descriptor = (0,external_node_fs_.openSync)(beside, 'wx', 0o600);
    (0,external_node_fs_.rmSync)(target, { force: true });
    return {
        write(text) {
            const bytes = Buffer.from(text);
            for (let written = 0; written < bytes.length;)
                written += (0,external_node_fs_.writeSync)(descriptor, bytes, written);
            (0,external_node_fs_.fsyncSync)(descriptor);
            (0,external_node_fs_.closeSync)(descriptor);
            (0,external_node_fs_.renameSync)(beside, target);
        },
        discard() {
            (0,external_node_fs_.rmSync)(beside, { force: true });
        },
    };
}
/** A device such as /dev/null must not be replaced by a file. */
function resolveFile(given) {
    const stats = (0,external_node_fs_.lstatSync)(given, { throwIfNoEntry: false });
    if (!stats)
        return external_node_path_default().resolve(given);
    const target = (0,external_node_fs_.realpathSync)(given);
    if (!(0,external_node_fs_.lstatSync)(target).isFile())
        throw new Error('it is not a file');
    return target;
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(8161);
// EXTERNAL MODULE: ./src/hosts/words.ts
var words = __nccwpck_require__(2266);
// EXTERNAL MODULE: ./src/azure/json.ts
var json = __nccwpck_require__(5721);
;// CONCATENATED MODULE: ./src/hosts/terminal/az-session.ts




/**
 * The subscriptions of the session of `az`, read from its profile: the program itself takes a second to say the same.
 * None where there is no session, or where its file cannot be read.
 */
function azSubscriptions(env) {
    const folder = env['AZURE_CONFIG_DIR'] ?? external_node_path_default().join((0,external_node_os_.homedir)(), '.azure');
    let text;
    try {
        text = (0,external_node_fs_.readFileSync)(external_node_path_default().join(folder, 'azureProfile.json'), 'utf8');
    }
    catch {
        return [];
    }
    // It begins with a byte order mark.
    const listed = (0,json/* field */.ZZ)((0,json/* parseJson */.qF)(text.replace(/^\uFEFF/, '')), 'subscriptions');
    return (Array.isArray(listed) ? listed : []).flatMap((one) => {
        const [id, name, isDefault] = [(0,json/* field */.ZZ)(one, 'id'), (0,json/* field */.ZZ)(one, 'name'), (0,json/* field */.ZZ)(one, 'isDefault')];
        return typeof id === 'string'
            ? [{ id, name: typeof name === 'string' ? name : '', isDefault: isDefault === true }]
            : [];
    });
}

;// CONCATENATED MODULE: ./src/hosts/terminal/live-line.ts
/** Twice a second: seconds are shown, and a terminal at the end of an `ssh` is slow. */
const REDRAW_MS = 500;
const FALLBACK_COLUMNS = 80;
const CLEAR = '\r\u001b[K';
function liveLine(screen, now) {
    const began = now();
    let text = '';
    let drawn = false;
    const clear = () => {
        if (drawn)
            screen.write(CLEAR);
        drawn = false;
    };
    const draw = () => {
        if (text === '')
            return;
        const seconds = Math.floor((now() - began) / 1000);
        const elapsed = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
        // A line as wide as the terminal wraps, and what has wrapped cannot be taken away.
        screen.write(`${CLEAR}${`${elapsed}  ${text}`.slice(0, (screen.columns ?? FALLBACK_COLUMNS) - 1)}`);
        drawn = true;
    };
    const timer = setInterval(draw, REDRAW_MS);
    timer.unref();
    return {
        show(next) {
            text = next;
            if (!drawn)
                draw();
        },
        aside(print) {
            clear();
            print();
        },
        end() {
            clearInterval(timer);
            clear();
            text = '';
        },
    };
}

;// CONCATENATED MODULE: ./src/hosts/terminal/stdout.ts
/** Writes all of a text, however slowly it is read. Never rejects. */
function writeWhole(stream, text, givenUp) {
    return new Promise((resolve) => {
        const ended = (error) => {
            if (!error)
                resolve({ kind: 'written' });
            else if ('code' in error && (error.code === 'EPIPE' || error.code === 'EOF'))
                resolve({ kind: 'closed' });
            else
                resolve({ kind: 'failed', detail: error.message });
        };
        // The same error comes as an event, too, and without a listener it would end the process.
        stream.on('error', ended);
        const giveUp = () => {
            resolve({ kind: 'given-up' });
        };
        givenUp.addEventListener('abort', giveUp, { once: true });
        stream.write(text, (error) => {
            givenUp.removeEventListener('abort', giveUp);
            ended(error);
        });
    });
}

;// CONCATENATED MODULE: ./src/hosts/terminal/text.ts
/** SGR: colors, bold, underline. Nothing else that begins with an escape is left to a terminal. */
// eslint-disable-next-line no-control-regex
const COLORS_OR_CONTROLS = /\u001b\[[\d;:]*m|\r\n|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const RESET = '\u001b[0m';
/**
 * Foreign text for a terminal: colors stay, every other control is shown as `\x1b`, so that nothing can move the cursor,
 * set a title, write to the clipboard, or overwrite what was said. Colors end with the text.
 */
function forTerminal(text) {
    const shown = text.replaceAll(COLORS_OR_CONTROLS, (control) => {
        if (control.length > 1)
            return control;
        return `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`;
    });
    const last = shown.slice(shown.lastIndexOf('\u001b'));
    return shown.includes('\u001b') && !last.startsWith(RESET) && !last.startsWith('\u001b[m')
        ? `${shown}${RESET}`
        : shown;
}
/** What .NET takes for blanks at a line's start, and what its comparisons overlook within a word. */
const BLANKS = '[\\s\\u0085]*';
const IGNORED = '[\\p{Cf}\\p{Mn}\\u0000-\\u0008\\u000e-\\u001f\\u007f]*';
/** `##vso[…` and `##[…` anywhere in a line. */
const HASHES = new RegExp(`#(${IGNORED})#(?=${IGNORED}(?:v${IGNORED}s${IGNORED}o${IGNORED})?\\[)`, 'giu');
/** `::word…::` at the start of a line; a lone carriage return begins one, too. */
const COLONS = new RegExp(`(^|[\\r\\n])(${BLANKS}):(?=:[^:\\r\\n][^\\r\\n]*?::)`, 'gu');
/**
 * Breaks what the agent of Azure Pipelines or GitHub's runner would obey, by a backslash that everybody sees: `#\#vso[`,
 * `:\:error::`.
 */
function withoutCommands(text) {
    return text.replaceAll(HASHES, '#$1\\#').replaceAll(COLONS, '$1$2:\\');
}

;// CONCATENATED MODULE: ./src/hosts/terminal/terminal.ts









/** The contract's outputs; every other output is the command's own. */
const OUTPUTS = new Set('state exit-code output output-file output-truncated collected command-id reason started-at finished-at duration'.split(' '));
const DEFAULTS = new Map(OPTIONS.flatMap(({ input }) => (input?.default === undefined ? [] : [[input.name, input.default]])));
/** A prompt, or another CI's log: stdout is the command's, stderr ours. */
function terminal(request, result, around) {
    const { env, stdout, cancelled } = around;
    const { log, print, end } = terminalLog(request, around);
    const outputs = new Map();
    let summary = '';
    const host = {
        words: words/* PROMPT */.hF,
        input: inputs(request, env),
        variable: (name) => env[name],
        log,
        idTokenFile: env['AZURE_FEDERATED_TOKEN_FILE'],
        mask: print.mask,
        async showOutput(text) {
            const obeyed = !request.raw && isObeyed(env) ? withoutCommands(text) : text;
            const shown = stdout.isTTY && !request.raw ? forTerminal(obeyed) : obeyed;
            print.aside();
            if (obeyed !== text) {
                log.warn('The output holds what the log of this CI would obey. It is broken by a backslash; --raw leaves it.');
            }
            const written = await writeWhole(stdout, shown, cancelled);
            if (written.kind === 'failed')
                print.failure(`The output could not be written to stdout: ${written.detail}`);
        },
        setOutput(name, value) {
            if (name === 'command-id' && value !== '' && outputs.get(name) !== value)
                print.note(`Command ID: ${value}`);
            outputs.set(name, value);
        },
        error(title, message) {
            print.failure(message === '' ? title : `${title}\n${message}`);
        },
        writeSummary(_markdown, own) {
            summary = own;
            return Promise.resolve();
        },
        keepOutput(text) {
            // Its path would be told to nobody.
            if (!result)
                return '';
            const file = external_node_path_default().join((0,external_node_fs_.mkdtempSync)(external_node_path_default().join((0,external_node_os_.tmpdir)(), 'aks-run-command-')), 'output.txt');
            (0,external_node_fs_.writeFileSync)(file, text, { mode: 0o600 });
            return file;
        },
    };
    return {
        host,
        end() {
            end();
            if (!result)
                return;
            const own = [...outputs].filter(([name]) => !OUTPUTS.has(name));
            const told = Object.fromEntries([...OUTPUTS].map((name) => [name, outputs.get(name) ?? '']));
            try {
                result.write(`${JSON.stringify({ ...told, outputs: Object.fromEntries(own), summary }, undefined, 2)}\n`);
            }
            catch (error) {
                print.failure(`The file of --result could not be written: ${String(error)}`);
            }
        },
    };
}
/** An input as given; else, of a cluster's name, the subscription that `az` has as default; else the default. */
function inputs({ inputs: given }, env) {
    return (name) => {
        const value = given.get(name);
        if (name === 'working-directory')
            return external_node_path_default().resolve(value ?? '.');
        if (name === 'subscription-id') {
            if (value === undefined && (given.get('cluster') ?? '/').includes('/'))
                return '';
            const known = azSubscriptions(env);
            const one = known.find((candidate) => (value === undefined ? candidate.isDefault : candidate.name === value));
            return one?.id ?? value ?? '';
        }
        return value ?? DEFAULTS.get(name) ?? '';
    };
}
/** Whether somebody reads this log for commands. */
function isObeyed(env) {
    return Boolean(env['TF_BUILD'] ?? env['GITHUB_ACTIONS']);
}
function terminalLog({ quiet, debug }, { env, stderr, now }) {
    const onScreen = stderr.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
    const live = onScreen && !quiet ? liveLine(stderr, now) : undefined;
    const secrets = new Set();
    // Who reads it has gone: there is nobody to tell.
    stderr.on('error', () => undefined);
    const write = (text) => {
        let safe = isObeyed(env) ? withoutCommands(text) : text;
        for (const secret of secrets)
            safe = safe.replaceAll(secret, '***');
        const shown = stderr.isTTY ? forTerminal(safe) : safe;
        const print = () => {
            stderr.write(shown.endsWith('\n') ? shown : `${shown}\n`);
        };
        if (live)
            live.aside(print);
        else
            print();
    };
    const note = (text) => {
        if (!quiet && text !== '')
            write(text);
    };
    const marked = (word, color, text) => {
        write(`${onScreen ? `\u001b[${color}m${word}\u001b[0m` : word} ${text}`);
    };
    live?.show('Signing in');
    return {
        log: {
            say: (line) => {
                // A line that ends in a colon is the title of what comes next.
                if (live && !line.endsWith(':'))
                    live.show(line);
                else
                    note(line);
            },
            show: note,
            group: (title, text) => {
                note(`${title}\n${text}`);
            },
            warn: (message) => {
                if (!quiet)
                    marked('Warning:', 33, message);
            },
            debug: (message) => {
                if (debug)
                    write(`debug: ${message}`);
            },
        },
        print: {
            note,
            failure: (text) => {
                marked('Error:', 31, text);
            },
            mask: (secret) => {
                if (secret !== '')
                    secrets.add(secret);
            },
            aside: () => {
                live?.aside(() => undefined);
            },
        },
        end: () => {
            live?.end();
        },
    };
}

;// CONCATENATED MODULE: ./src/hosts/terminal/version.ts


/** The version that package.json says, which lies above the bundle in the repository and in the package. */
function version() {
    const beside = new URL(['..', 'package.json'].join('/'), import.meta.url);
    const said = (0,json/* field */.ZZ)((0,json/* parseJson */.qF)((0,external_node_fs_.readFileSync)(beside, 'utf8')), 'version');
    return typeof said === 'string' ? said : 'unknown';
}

;// CONCATENATED MODULE: ./src/hosts/terminal/prompt.ts








const NO_ID_TOKEN = '--client-id signs in with an ID token, and there is none. Put one into a file and name it in AZURE_FEDERATED_TOKEN_FILE, or sign in with az login and leave out --client-id and --tenant-id.';
/** Ctrl-C, the end that a supervisor asks for, and a terminal that was closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** The command line: reads the arguments, runs what they ask for, and says how the process is to end. */
async function atPrompt(args, run) {
    if (args.length === 0) {
        process.stderr.write(help());
        return verdict/* EXIT */.dc.didNotRun;
    }
    const request = readArguments(args);
    switch (request.kind) {
        case 'help':
            process.stdout.write(help());
            return 0;
        case 'version':
            process.stdout.write(`${version()}\n`);
            return 0;
        case 'mistakes':
            return refuse(request.mistakes);
        case 'run':
            return runRequest(request, run);
    }
}
function refuse(mistakes) {
    process.stderr.write(`${mistakes.map((mistake) => `aks-run-command: ${mistake}\n`).join('')}Nothing was sent.\n`);
    return verdict/* EXIT */.dc.didNotRun;
}
async function runRequest(given, run) {
    const { stdout, stderr, env } = process;
    if (given.inputs.has('client-id') && !env['ACTIONS_ID_TOKEN_REQUEST_URL'] && !env['AZURE_FEDERATED_TOKEN_FILE']) {
        refuse([NO_ID_TOKEN]);
        // Of a command that was submitted earlier, nothing is known.
        return given.inputs.has('command-id') ? verdict/* EXIT */.dc.unknown : verdict/* EXIT */.dc.didNotRun;
    }
    const prepared = prepare(given);
    if ('mistakes' in prepared)
        return refuse(prepared.mistakes);
    const { request, result } = prepared;
    const cancel = new AbortController();
    let received;
    const onSignal = (signal) => {
        // The second one ends at once: the first is known, and takes too long.
        if (received !== undefined)
            endBy(signal);
        received = signal;
        cancel.abort();
    };
    for (const signal of SIGNALS)
        process.on(signal, onSignal);
    const { host, end } = terminal(request, result, { env, stdout, stderr, cancelled: cancel.signal, now: Date.now });
    const { exitCode } = await run(host, host.input('working-directory'), cancel.signal, request.collectTo);
    end();
    if (received !== undefined)
        endBy(received);
    return exitCode;
}
/** Ends as if nobody had listened, so that a loop around this ends, too. */
function endBy(signal) {
    for (const one of SIGNALS)
        process.removeAllListeners(one);
    process.kill(process.pid, signal);
}
/** What can go wrong with files of this machine goes wrong before anything runs. */
function prepare(request) {
    const mistakes = [];
    const attempt = (option, work) => {
        try {
            return work();
        }
        catch (error) {
            mistakes.push(`${option} cannot be used: ${(0,failure/* messageOf */.bD)(error)}.`);
            return undefined;
        }
    };
    const { script, result, collectTo } = request;
    const text = script === undefined ? undefined : attempt('--script', () => (0,external_node_fs_.readFileSync)(script === '-' ? 0 : script, 'utf8'));
    if (text?.trim() === '')
        mistakes.push('--script is empty.');
    if (collectTo !== undefined)
        attempt('--collect-to', () => {
            refuseFilled(collectTo);
        });
    if (mistakes.length > 0)
        return { mistakes };
    const file = result === undefined ? undefined : attempt('--result', () => resultFile(result));
    if (mistakes.length > 0)
        return { mistakes };
    const inputs = text === undefined ? request.inputs : new Map([...request.inputs, ['command', text]]);
    return { request: { ...request, inputs }, result: file };
}
/** Collected files never mix with others. */
function refuseFilled(folder) {
    let names;
    try {
        names = (0,external_node_fs_.readdirSync)(folder);
    }
    catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
            return;
        throw error;
    }
    if (names.length > 0)
        throw new Error('the folder holds files already');
}


/***/ }),

/***/ 2266:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
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
    noun: (noun) => NOUNS[noun].workflow,
    paste: (inputs) => ['with:', ...inputs.map(({ name, value }) => `  ${name}: ${value}`)],
};
/** The words at a prompt. */
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


/***/ }),

/***/ 9407:
/***/ ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8161);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__nccwpck_require__.n(node_os__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8500);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_3___default = /*#__PURE__*/__nccwpck_require__.n(node_timers_promises__WEBPACK_IMPORTED_MODULE_3__);
/* harmony import */ var _hosts_terminal_prompt_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(4902);





/** Joins the world. Loaded here and not above: `--help` needs none of it. */
async function run(host, workspace, cancelled, collectTo) {
    const [{ main }, { azureFor }, { nodeDisk }, { collectorIn }, { workspaceOn }] = await Promise.all([
        Promise.all(/* import() */[__nccwpck_require__.e(404), __nccwpck_require__.e(181)]).then(__nccwpck_require__.bind(__nccwpck_require__, 6181)),
        __nccwpck_require__.e(/* import() */ 312).then(__nccwpck_require__.bind(__nccwpck_require__, 5312)),
        __nccwpck_require__.e(/* import() */ 928).then(__nccwpck_require__.bind(__nccwpck_require__, 9928)),
        __nccwpck_require__.e(/* import() */ 830).then(__nccwpck_require__.bind(__nccwpck_require__, 7830)),
        Promise.all(/* import() */[__nccwpck_require__.e(404), __nccwpck_require__.e(734)]).then(__nccwpck_require__.bind(__nccwpck_require__, 5734)),
    ]);
    const clock = {
        now: Date.now,
        monotonic: () => performance.now(),
        sleep: (milliseconds, signal) => (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_3__.setTimeout)(milliseconds, undefined, signal && { signal }).catch(() => undefined),
    };
    const temp = host.words.place === 'workflow' ? process.env['RUNNER_TEMP'] : undefined;
    const shared = { host, clock, cancelled, random: Math.random };
    return main({
        ...shared,
        workspace: workspaceOn(nodeDisk(process.platform), {
            workspace,
            temp,
        }),
        azureFor: (target) => azureFor(target, { ...shared, log: host.log }),
        podScript: (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(__nccwpck_require__.ab + "pod-script.sh", 'utf8'),
        collectScript: (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(__nccwpck_require__.ab + "collect.sh", 'utf8'),
        collector: collectorIn(collectTo === undefined ? { below: temp ?? (0,node_os__WEBPACK_IMPORTED_MODULE_2__.tmpdir)() } : { folder: collectTo }),
        randomHex: (bytes) => (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(bytes).toString('hex'),
    });
}
async function asAction() {
    const cancel = new AbortController();
    // Windows' runner cancels by CTRL+C and then CTRL+BREAK.
    for (const signal of ['SIGINT', 'SIGBREAK', 'SIGTERM']) {
        process.on(signal, () => {
            cancel.abort();
        });
    }
    const [{ githubRunner }, { wholeEnvironment }] = await Promise.all([
        __nccwpck_require__.e(/* import() */ 719).then(__nccwpck_require__.bind(__nccwpck_require__, 1719)),
        __nccwpck_require__.e(/* import() */ 24).then(__nccwpck_require__.bind(__nccwpck_require__, 1024)),
    ]);
    const host = githubRunner({ ...wholeEnvironment(process.env, process.platform, process.report) });
    leaveClean(process.env);
    const { success } = await run(host, process.env['GITHUB_WORKSPACE'] ?? process.cwd(), cancel.signal);
    return success ? 0 : 1;
}
/**
 * What the host has read is taken from the environment: `az`, which signs in where nobody else does, inherits it. And the
 * SDK's own log would go past the host's fence.
 */
function leaveClean(env) {
    for (const name of Object.keys(env)) {
        if (/^(INPUT_|ACTIONS_ID_TOKEN_REQUEST_|AZURE_LOG_LEVEL$|TYPESPEC_RUNTIME_LOG_LEVEL$|DEBUG$)/i.test(name)) {
            Reflect.deleteProperty(env, name);
        }
    }
}
const args = process.argv.slice(2);
const isAction = args.length === 0 && process.env['INPUT_CLUSTER'] !== undefined;
process.exitCode = await (isAction ? asAction() : (0,_hosts_terminal_prompt_js__WEBPACK_IMPORTED_MODULE_4__/* .atPrompt */ .U)(args, run));
// A request that nobody waits for any more would keep the process until its own timeout.
process.stdout.write('', () => process.stderr.write('', () => process.exit()));

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 7149:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   At: () => (/* binding */ BOUNDARY_PREFIX),
/* harmony export */   F0: () => (/* binding */ startLine),
/* harmony export */   Wi: () => (/* binding */ findBoundary),
/* harmony export */   Zh: () => (/* binding */ PART_OF_A_BOUNDARY),
/* harmony export */   _Z: () => (/* binding */ hashInFirstLine),
/* harmony export */   iH: () => (/* binding */ boundaryOf),
/* harmony export */   jd: () => (/* binding */ boundaryFile),
/* harmony export */   qQ: () => (/* binding */ hashOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _files_request_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8218);


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
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
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
    const entries = [];
    const bare = [];
    const malformed = [];
    const unclosed = [];
    // .NET's File.ReadAllText takes a byte order mark off.
    let index = text.startsWith('\uFEFF') ? 1 : 0;
    let line = 0;
    const next = () => {
        if (index >= text.length) {
            return undefined;
        }
        const lf = text.indexOf('\n', index);
        const end = lf < 0 ? text.length : lf;
        const read = { text: text.slice(index, end), end };
        index = end + 1;
        line += 1;
        return read;
    };
    for (let current = next(); current !== undefined; current = next()) {
        if (current.text === '') {
            continue;
        }
        const equals = current.text.indexOf('=');
        const heredoc = current.text.indexOf('<<');
        if (equals < 0 && heredoc < 0) {
            bare.push({ text: current.text, line });
            continue;
        }
        const start = line;
        if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
            if (equals === 0) {
                malformed.push({ line, problem: 'has no name before the "="' });
            }
            else {
                entries.push({ name: current.text.slice(0, equals), value: current.text.slice(equals + 1), line });
            }
            continue;
        }
        const name = current.text.slice(0, heredoc);
        const delimiter = current.text.slice(heredoc + 2);
        if (delimiter === '') {
            malformed.push({ line, problem: 'has no delimiter after the "<<"' });
            continue;
        }
        const from = index;
        let to = index;
        let closing = next();
        while (closing !== undefined && closing.text !== delimiter) {
            to = closing.end;
            closing = next();
        }
        if (closing === undefined) {
            unclosed.push({ name, value: text.slice(from), line: start });
            malformed.push({ line: start, problem: 'opens a block whose delimiter never comes on a line of its own' });
        }
        else if (name === '') {
            malformed.push({ line: start, problem: 'has no name before the "<<"' });
        }
        else {
            entries.push({ name, value: text.slice(from, to), line: start });
        }
    }
    return { entries, bare, malformed, unclosed };
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
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
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
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ quote)
/* harmony export */ });
/** The text as one word of a POSIX shell. NUL, which no shell can hold, must not be in it. */
function quote(value) {
    return /^[A-Za-z0-9_@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}


/***/ }),

/***/ 3465:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  h1: () => (/* binding */ FILE_LIMIT),
  HF: () => (/* binding */ LOG_LIMIT),
  G8: () => (/* binding */ REFUSED_EXIT_CODE),
  bv: () => (/* binding */ readStream)
});

// UNUSED EXPORTS: HEAD_LIMIT

// EXTERNAL MODULE: ./src/pod/boundary.ts
var pod_boundary = __nccwpck_require__(7149);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __nccwpck_require__(8522);
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
const NEWLINE = 0x0a;
const STATE = /^(?:files|too-many|too-big|too-large (\d{1,15}))$/;
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
        refuse('it is not a sound gzip');
    }
    if (gunzip.bytesWritten !== packed.length)
        refuse('bytes follow its end');
    if (index === undefined)
        return refuse('its index has no end');
    if (index.state === 'files' && received !== index.total)
        refuse('it holds fewer bytes than its index says');
    return { index, content: Buffer.concat(content) };
}
/** What comes before the blank line. */
class Head {
    chunks = [];
    bytes = 0;
    endsInNewline = false;
    /** @returns what of the chunk comes behind the blank line; undefined where that has not come yet. */
    take(chunk) {
        const split = this.endsInNewline && chunk[0] === NEWLINE ? -1 : chunk.indexOf('\n\n');
        const found = split >= 0 || (this.endsInNewline && chunk[0] === NEWLINE);
        const own = found ? chunk.subarray(0, split + 1) : chunk;
        this.chunks.push(own);
        this.bytes += own.length;
        this.endsInNewline = chunk.at(-1) === NEWLINE;
        if (this.bytes > MAX_INDEX_BYTES)
            refuse('its index is too long');
        return found ? chunk.subarray(split + 2) : undefined;
    }
    /** Without the newline of its last line. */
    text() {
        return Buffer.concat(this.chunks).subarray(0, -1);
    }
}
function readIndex(bytes) {
    const [first = '', ...lines] = linesOf(bytes);
    const [, sent] = STATE.exec(first.toString('latin1')) ?? refuse('its first line is unknown');
    const state = first.toString('latin1').split(' ')[0];
    if (state !== 'files' && state !== 'too-many' && state !== 'too-big' && state !== 'too-large') {
        return refuse('its first line is unknown');
    }
    const entries = lines.map(readEntry);
    const total = entries.reduce((sum, { kind, bytes: size }) => (HAS_CONTENT.has(kind) ? sum + size : sum), 0);
    const files = entries.filter(({ kind }) => FILE_KINDS.has(kind)).length;
    if (files > COLLECT_LIMITS.files)
        refuse('it holds more than 2,000 files');
    if (state === 'files' && total > COLLECT_LIMITS.unpacked)
        refuse('it holds more than 32 MiB');
    return { state, entries, total, ...(sent !== undefined && { sentBytes: Number(sent) }) };
}
function linesOf(bytes) {
    const lines = [];
    for (let from = 0; from <= bytes.length;) {
        const newline = bytes.indexOf('\n', from);
        const end = newline < 0 ? bytes.length : newline;
        lines.push(bytes.subarray(from, end));
        from = end + 1;
    }
    return lines;
}
/** Kinds whose file is taken. */
const FILE_KINDS = new Set(['file', 'grew', 'shrank']);
const WARNED = ['link', 'special', 'unreadable', 'line-break', 'backslash', 'grew', 'shrank'];
/** Kinds whose number counts bytes that follow; those of a link and of a file that could not be read are thrown away. */
const HAS_CONTENT = new Set(['file', 'none', ...WARNED]);
function readEntry(line) {
    const [, kind = '', size, name = ''] = LINE.exec(line.toString('latin1')) ?? refuse('a line of its index is malformed');
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
        refuse('a path in it comes twice');
    for (const path of paths) {
        if (path.includes('\0') || path.includes('\\'))
            refuse('a path in it has a character that none may have');
        const segments = path.split('/');
        if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
            refuse('a path in it leads elsewhere');
        }
        for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (taken.has(path.slice(0, slash)))
                refuse('a path in it is a file and a folder');
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
            return { kind: 'over', limit: 'sent', biggest, ...(sentBytes !== undefined && { bytes: sentBytes }) };
    }
}

// EXTERNAL MODULE: ./src/pod/output.ts
var output = __nccwpck_require__(4742);
;// CONCATENATED MODULE: external "node:string_decoder"
const external_node_string_decoder_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:string_decoder");
;// CONCATENATED MODULE: ./src/pod/spool.ts



/** How much of the unpacked output is kept at most, in bytes: half from its start, half from its end. */
const UNPACKED_LIMIT = 33_554_432;
/** Unpacks a spool, holding no more than {@link UNPACKED_LIMIT} bytes; undefined where it is not sound to its end. */
async function unpackSpool(base64) {
    const kept = new Halves(UNPACKED_LIMIT / 2);
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
        while (this.#end[0] !== undefined && this.#endBytes - this.#end[0].length >= this.#half) {
            this.#endBytes -= this.#end[0].length;
            this.#droppedBytes += this.#end[0].length;
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
            start: new external_node_string_decoder_namespaceObject.StringDecoder('utf8').write(Buffer.concat(this.#start)),
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
    const stream = logs.slice(start + (0,pod_boundary/* startLine */.F0)(hash).length);
    const known = boundary ?? (0,pod_boundary/* findBoundary */.Wi)(stream, hash);
    const { text, sections } = known === undefined ? { text: stream, sections: [] } : split(stream, known);
    if (sections.some(({ word }) => word === 'refused')) {
        const alone = before === '' && text === '' && sections.length === 1 && sections[0]?.text === '';
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
        const [uncollected, because] = word.split(' ');
        if (uncollected === 'uncollected' && because !== undefined)
            return { kind: 'uncollected', because };
    }
    return undefined;
}
/** The text before the first line that begins with the boundary, and the sections behind it. */
function split(stream, boundary) {
    const marks = [];
    for (let at = indexOfLine(stream, `${boundary} `); at >= 0; at = indexOfLine(stream, `${boundary} `, at + 1)) {
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
/** Where a line begins with that, from a position on; -1 where none does. */
function indexOfLine(text, start, from = 0) {
    if (from === 0 && text.startsWith(start)) {
        return 0;
    }
    const newline = text.indexOf(`\n${start}`, Math.max(0, from - 1));
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

/***/ 3138:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   FO: () => (/* binding */ exitCodeOf),
/* harmony export */   Is: () => (/* binding */ withoutResult),
/* harmony export */   S4: () => (/* binding */ judge),
/* harmony export */   bv: () => (/* binding */ collectFailure),
/* harmony export */   dc: () => (/* binding */ EXIT),
/* harmony export */   kz: () => (/* binding */ succeeds)
/* harmony export */ });
/* harmony import */ var _pod_file_command_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5893);
/* harmony import */ var _pod_stream_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3465);


const NOTHING_CAME_BACK = { stepOutputs: [], arrived: [], podSummary: '', podSummaryCut: false };
/** The verdict on a command that did not end, or never began. */
function withoutResult(state, failure, commandId) {
    return { ...NOTHING_CAME_BACK, state, ...(failure && { failure }), ...(commandId && { commandId }) };
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
                arrived: report.kind === 'ran' ? (0,_pod_file_command_js__WEBPACK_IMPORTED_MODULE_1__/* .arrivedEntries */ .se)(report.outputs ?? '') : [],
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
    if (refused !== undefined)
        return { state: 'failed', failure: { code: 'exit-code', exitCode: refused } };
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
            return { text: report.output, truncated: Buffer.byteLength(report.output) >= _pod_stream_js__WEBPACK_IMPORTED_MODULE_0__/* .LOG_LIMIT */ .HF };
    }
}
function readHandedOver(report) {
    if (report.kind !== 'ran')
        return { stepOutputs: [], summary: '', summaryCut: false };
    const written = report.summary ?? '';
    const summaryCut = Buffer.byteLength(written) > _pod_stream_js__WEBPACK_IMPORTED_MODULE_0__/* .FILE_LIMIT */ .h1;
    const summary = summaryCut ? Buffer.from(written).subarray(0, _pod_stream_js__WEBPACK_IMPORTED_MODULE_0__/* .FILE_LIMIT */ .h1).toString() : written;
    const rest = { summary, summaryCut };
    if (!report.complete)
        return { ...rest, stepOutputs: [], problem: { code: 'outputs-lost' } };
    const { outputs } = report;
    if (outputs === undefined)
        return { ...rest, stepOutputs: [], problem: { code: 'outputs-lost' } };
    if (Buffer.byteLength(outputs) > _pod_stream_js__WEBPACK_IMPORTED_MODULE_0__/* .FILE_LIMIT */ .h1) {
        return { ...rest, stepOutputs: [], problem: { code: 'outputs-too-large' } };
    }
    const parsed = (0,_pod_file_command_js__WEBPACK_IMPORTED_MODULE_1__/* .parseFileCommand */ .fA)(outputs);
    return parsed.kind === 'entries'
        ? { ...rest, stepOutputs: parsed.entries }
        : { ...rest, stepOutputs: [], problem: { code: 'outputs-malformed', line: parsed.line, problem: parsed.problem } };
}


/***/ }),

/***/ 2613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 5317:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");

/***/ }),

/***/ 6982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 1421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 4708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 1708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:process");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 8500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 2018:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tty");

/***/ }),

/***/ 7016:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("url");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 3106:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("zlib");

/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/compat get default export */
/******/ (() => {
/******/ 	// getDefaultExport function for compatibility with non-harmony modules
/******/ 	__nccwpck_require__.n = (module) => {
/******/ 		var getter = module && module.__esModule ?
/******/ 			() => (module['default']) :
/******/ 			() => (module);
/******/ 		__nccwpck_require__.d(getter, { a: getter });
/******/ 		return getter;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(9407);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
