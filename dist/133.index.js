export const id = 133;
export const ids = [133];
export const modules = {

/***/ 2133:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  atPrompt: () => (/* binding */ atPrompt)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
var external_node_path_default = /*#__PURE__*/__webpack_require__.n(external_node_path_);
// EXTERNAL MODULE: ./src/verdict.ts
var verdict = __webpack_require__(3138);
// EXTERNAL MODULE: ./src/failure.ts
var failure = __webpack_require__(1633);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./src/pod/shell.ts
var shell = __webpack_require__(2729);
;// CONCATENATED MODULE: ./src/hosts/terminal/advice.ts


/** Options of `az`, of the action and of habit that do not exist here, and what to use instead. */
const INSTEAD = {
    o: 'stdout is the output of the command. For the verdict as JSON, use --result FILE.',
    output: 'stdout is the output of the command. For the verdict as JSON, use --result FILE.',
    query: 'Use --result FILE, and jq on that file.',
    verbose: 'Use --debug.',
    v: 'Use --debug, or --version.',
    wait: 'Waiting is the default. Use --no-wait to turn it off.',
    namespace: 'Put it in the command: kubectl --namespace NAME.',
    context: 'Use --cluster to name the cluster.',
    kubeconfig: 'No kubeconfig is needed. Use --cluster to name the cluster.',
    e: 'Use --env NAME=VALUE.',
    'allowed-exit-codes': "The exit code is the command's own. Test it in your shell.",
    'mask-outputs': 'Step outputs are not shown here. They are in the file of --result.',
    summary: 'There is no job summary here. What the command writes to it is in the file of --result.',
    ids: 'Give the resource ID to --cluster.',
    'service-principal': 'Sign in with az login first, or use --client-id and --tenant-id with an ID token.',
    password: 'Sign in with az login first. A secret is never an option, because other users of this machine could read it.',
    'client-secret': 'Sign in with az login first. A secret is never an option, because other users of this machine could read it.',
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
        `${(0,shell/* quote */.h)(word)} is one word, so it would be the name of a program. For a script, use --command ${(0,shell/* quote */.h)(word)}. If there is such a program, put -- before it.`,
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
    return [`--files ${(0,shell/* quote */.h)(bare)} leads out of the folder. To send files from elsewhere, ${move}.`];
}
/** `az` puts each file into the root of the pod's folder: a command from there calls it by its base name. */
function flattenedByAz(pattern, command) {
    const file = pattern.trim().replace(/^(?:\.\/)+/, '');
    const base = external_node_path_default().posix.basename(file);
    if (!/^[^!*?[{]+$/.test(file) || base === file)
        return [];
    const called = command.split(/[\s'"=;|&()<>]+/).map((word) => word.replace(/^(?:\.\/)+/, ''));
    if (called.includes(file) || !called.includes(base))
        return [];
    return [`${file} keeps its path in the pod, where az would have put it at ${base}. Call it ${file} in the command.`];
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./src/hosts/terminal/environment.ts

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/**
 * Writes `--env` options as the input `env`: each is one whole `NAME=VALUE`, line breaks included, or a `NAME`.
 *
 * @returns sentences about those that are neither, or name a variable that is not set; no value is in them.
 */
function encodeVariables(given, isSet) {
    const mistakes = [];
    const lines = given.flatMap((text, index) => {
        const at = text.indexOf('=');
        const name = at === -1 ? text : text.slice(0, at);
        const which = given.length === 1 ? '--env' : `--env number ${index + 1}`;
        if (!NAME.test(name)) {
            mistakes.push(`${which} is invalid. Use NAME=VALUE or NAME, with letters, digits, and underscores in the name.`);
            return [];
        }
        // It may be a value that its name is missing from: nothing of it is shown.
        if (at === -1 && !isSet(name))
            mistakes.push(`${which} names a variable that is not set. Set it, or use NAME=VALUE.`);
        if (at === -1 || !/[\r\n]/.test(text))
            return [text];
        const end = `END_${(0,external_node_crypto_.randomBytes)(16).toString('hex')}`;
        return [`${name}<<${end}`, text.slice(at + 1), end];
    });
    return { input: lines.join('\n'), mistakes };
}

// EXTERNAL MODULE: ./src/text/nearest.ts + 1 modules
var nearest = __webpack_require__(4653);
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
            input('resource-group', 'NAME', 'Resource group of the cluster; required with a name', { short: 'g' }),
            input('subscription-id', 'GUID', 'Subscription of the cluster; with a name, default: that of az', {
                aliases: ['subscription'],
            }),
            input('client-id', 'GUID', 'Application or managed identity to sign in as, with an ID token'),
            input('tenant-id', 'GUID', 'Its tenant. Without both: the session of az or workload identity'),
            input('audience', 'TEXT', "Audience of GitHub's ID token; the default depends on the cloud"),
            input('environment', 'CLOUD', 'The Azure cloud: a name, or an https:// ARM endpoint', {
                default: 'azurecloud',
            }),
        ],
    },
    {
        title: 'Command',
        options: [
            input('command', 'SCRIPT', 'One line or a whole script', { short: 'c' }),
            { name: 'script', value: 'FILE', help: 'A script from a file; - is stdin' },
            input('command-id', 'ID', 'Wait for a command submitted earlier, instead of running one', { short: 'i' }),
            input('shell', 'bash|sh', 'bash is strict (-eo pipefail); default: bash -e, or sh -e without bash'),
            input('files', 'PATTERN', 'Files to send; ! excludes. Can be repeated', {
                short: 'f',
                aliases: ['file'],
                multiple: true,
            }),
            input('working-directory', 'DIR', 'Folder that the files are relative to; default: the current folder'),
            input('if-no-files-found', 'WHAT', 'error, warn, or ignore', { default: 'error' }),
            {
                name: 'include-hidden-files',
                input: { name: 'include-hidden-files', default: 'false', whenOn: 'true' },
                help: 'Also send dotfiles',
            },
            input('env', 'NAME[=VALUE]', 'A variable for the command; NAME alone passes your value. Can be repeated', {
                multiple: true,
            }),
        ],
    },
    {
        title: 'How to run',
        options: [
            input('timeout', 'DURATION', 'How long the command may run: 90s, 15m, 1h30m', { default: '30m' }),
            input('start-timeout', 'DURATION', 'How long after its submission the command may start', { default: '90s' }),
            input('start-retries', 'N', 'How many times to resubmit a command that did not start', { default: '2' }),
            {
                name: 'no-wait',
                input: { name: 'wait', default: 'true', whenOn: 'false' },
                help: 'Submit the command, print how to pick it up later, and exit',
            },
            {
                name: 'dry-run',
                input: { name: 'dry-run', default: 'false', whenOn: 'true' },
                help: 'Sign in, pack, print what would be sent, and run nothing',
            },
            input('collect', 'PATTERN', 'Files to bring back from the pod. Can be repeated', { multiple: true }),
            { name: 'collect-to', value: 'DIR', help: 'Folder for the collected files; default: a new temporary folder' },
            input('if-no-files-collected', 'WHAT', 'error, warn, or ignore', { default: 'warn' }),
        ],
    },
    {
        title: 'Output',
        options: [
            { name: 'result', value: 'FILE', help: 'Write the verdict as JSON, even on failure and Ctrl-C' },
            { name: 'quiet', aliases: ['only-show-errors'], help: 'Print only errors to stderr' },
            { name: 'raw', help: 'Keep escape sequences and log commands in the output' },
            { name: 'debug', help: 'Show each request, but never its content' },
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
function readArguments(args, isSet) {
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
    const env = encodeVariables(values('env'), isSet);
    mistakes.push(...env.mistakes);
    if (mistakes.length > 0)
        return { kind: 'mistakes', mistakes };
    const inputs = inputsOf(given);
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
        warnings: shipped.flatMap((pattern) => flattenedByAz(pattern, inputs.get('command') ?? '')),
        ...(script !== undefined && { script }),
        ...(result !== undefined && { result }),
        ...(collectTo !== undefined && { collectTo }),
        quiet: wants('quiet'),
        raw: wants('raw'),
        debug: wants('debug'),
    };
}
/** The inputs that options stand for. */
function inputsOf(given) {
    const inputs = new Map();
    for (const { option, value } of given) {
        const { input, multiple } = option;
        if (!input)
            continue;
        const before = multiple === true ? inputs.get(input.name) : undefined;
        const now = option.value === undefined ? (input.whenOn ?? '') : value;
        inputs.set(input.name, before === undefined ? now : `${before}\n${now}`);
    }
    return inputs;
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
            mistakes.push(`${token.rawName} needs a value. If you mean ${token.value}, write ${(0,shell/* quote */.h)(joined + token.value)}.`);
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
    const near = (0,nearest/* nearestName */.q)(name, [...BY_NAME.keys()].filter((candidate) => candidate.length > 1));
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
    return [`${spelled} is empty. If its value comes from a variable, check that the variable is set.`];
}
/** The four ways to say what is to be done exclude each other. */
function ways(given, words) {
    const ways = ['command', 'script', 'command-id']
        .filter((name) => given.some(({ option }) => option.name === name))
        .map((name) => `--${name}`);
    if (words.length > 0)
        ways.push(`the words ${words.slice(0, 3).map(shell/* quote */.h).join(' ')}${words.length > 3 ? ' …' : ''}`);
    if (ways.length > 1)
        return [`${ways.slice(0, -1).join(', ')} and ${ways.at(-1) ?? ''} cannot be combined. Use one of them.`];
    if (ways.length === 1)
        return [];
    return ['There is no command to run. Write it after the options, or use --command, --script, or --command-id.'];
}

;// CONCATENATED MODULE: ./src/hosts/terminal/help.ts

const USAGE = `Run a command inside a private AKS cluster, and exit with its exit code.

Usage:
  aks-run-command [OPTIONS] [--] COMMAND [ARG...]     a program and its arguments
  aks-run-command [OPTIONS] --command 'SCRIPT'        a script
  aks-run-command [OPTIONS] --script FILE             a script from a file; - is stdin
  aks-run-command [OPTIONS] --command-id ID           wait for a command submitted earlier

Example, after az login:
  aks-run-command -g shop -n prod-weu -f k8s kubectl apply -f k8s
`;
const EXIT_CODES = `Exit codes:
  the command's own, and
  124  it timed out
  125  it did not run, or the options are invalid
  254  it is still running, and aks-run-command stopped waiting
  255  nobody can tell whether it ran, or what it handed over cannot be used

The output of the command goes to stdout, and everything else to stderr.
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
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./src/hosts/words.ts
var words = __webpack_require__(2266);
// EXTERNAL MODULE: ./src/azure/json.ts
var json = __webpack_require__(5721);
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

// EXTERNAL MODULE: ./src/text/ours.ts
var ours = __webpack_require__(2452);
;// CONCATENATED MODULE: ./src/hosts/terminal/live-line.ts
/** Twice a second: seconds are shown, and a terminal at the end of an `ssh` is slow. */
const REDRAW_MS = 500;
const FALLBACK_COLUMNS = 80;
const CLEAR = '\r\u001b[K';
/** Without a size, as at the end of an `ssh`, a terminal has 0 columns. */
function widthOf({ columns = 0 }) {
    return columns > 0 ? columns : FALLBACK_COLUMNS;
}
function liveLine(screen, now) {
    const began = now();
    let text;
    let drawn = false;
    const clear = () => {
        if (drawn)
            screen.write(CLEAR);
        drawn = false;
    };
    const draw = () => {
        if (text === undefined)
            return;
        const seconds = Math.floor((now() - began) / 1000);
        const elapsed = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
        // A line as wide as the terminal wraps, and what has wrapped cannot be taken away.
        const line = `${text.state} ${elapsed}, waiting for ${text.awaited}`;
        screen.write(CLEAR + line.slice(0, widthOf(screen) - 1));
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
            text = undefined;
        },
    };
}

;// CONCATENATED MODULE: ./src/hosts/terminal/text.ts
/**
 * SGR: colors, bold, underline. Nothing else that begins with an escape is left to a terminal; nor are what turns the
 * direction of text round, and the separators that some terminals take for an end of a line.
 */
const COLORS_OR_CONTROLS = 
// eslint-disable-next-line no-control-regex
/\u001b\[[\d;:]*m|\r\n|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;
const RESET = '\u001b[0m';
/**
 * Foreign text for a terminal: colors stay, every other control is shown as `\x1b`, so that nothing can move the cursor,
 * set a title, write to the clipboard, or overwrite what was said. Colors end with the text.
 */
function forTerminal(text) {
    const shown = text.replaceAll(COLORS_OR_CONTROLS, (control) => {
        if (control.length > 1)
            return control;
        const hex = control.charCodeAt(0).toString(16).padStart(2, '0');
        return hex.length > 2 ? `\\u${hex}` : `\\x${hex}`;
    });
    const last = shown.slice(shown.lastIndexOf('\u001b'));
    return shown.includes('\u001b') && !last.startsWith(RESET) && !last.startsWith('\u001b[m')
        ? `${shown}${RESET}`
        : shown;
}
/** What .NET takes for blanks at a line's start, and what its comparisons overlook within a word. */
const BLANKS = '(?:[^\\S\\r\\n]|\\u0085)*';
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

;// CONCATENATED MODULE: ./src/hosts/terminal/log.ts



/** Whether somebody reads this log for commands. */
function isObeyed(env) {
    return [env['TF_BUILD'], env['GITHUB_ACTIONS']].some(Boolean);
}
/** What the live line says. */
const PHASES = {
    'signing-in': { state: 'signing in', awaited: 'Azure' },
    submitting: { state: 'submitting', awaited: "Azure's answer" },
    submitted: { state: 'submitted', awaited: 'its pod to start' },
    running: { state: 'running', awaited: 'it to end' },
};
/** Starts with the live line where there is a screen. */
function terminalLog({ quiet, debug }, around) {
    const { env, stderr, now } = around;
    const onScreen = stderr.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
    const live = onScreen && !quiet ? liveLine(stderr, now) : undefined;
    const secrets = new Set();
    const write = writer(around, live, secrets);
    const note = (text) => {
        if (!quiet && text !== '')
            write(text);
    };
    const marked = (word, color, text) => {
        write(`${onScreen ? `\u001b[${color}m${word}\u001b[0m` : word} ${text}`);
    };
    const print = {
        warning: (text) => {
            if (!quiet)
                marked('Warning:', 33, text);
        },
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
    };
    live?.show(PHASES['signing-in']);
    return { log: logOn({ note, warn: print.warning, write }, live, debug), print, end: () => live?.end() };
}
function logOn({ note, warn, write }, live, debug) {
    return {
        progress: (phase, line = (0,ours/* ours */.O) ``) => {
            if (live)
                live.show(PHASES[phase]);
            else
                note(line);
        },
        say: note,
        show: note,
        group: (title, text) => {
            note(`${title}\n${text}`);
        },
        warn,
        debug: (message) => {
            if (debug)
                write(`debug: ${message}`);
        },
    };
}
/** Writes without what is secret, and without what anybody would obey. */
function writer({ env, stderr }, live, secrets) {
    // Who reads it has gone: there is nobody to tell.
    stderr.on('error', () => undefined);
    return (text) => {
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

;// CONCATENATED MODULE: ./src/hosts/terminal/terminal.ts









/** The contract's outputs; every other output is the command's own. */
const OUTPUTS = new Set('state exit-code output output-file output-truncated collected command-id reason started-at finished-at duration'.split(' '));
const DEFAULTS = new Map(OPTIONS.flatMap(({ input }) => (input?.default === undefined ? [] : [[input.name, input.default]])));
/** A prompt, or another CI's log: stdout is the command's, stderr ours. */
function terminal(request, result, around) {
    const { env } = around;
    const { log, print, end } = terminalLog(request, around);
    const outputs = new Map();
    let summary = '';
    const host = {
        words: words/* PROMPT */.hF,
        // All of it stands on one screen.
        failureStandsAlone: false,
        input: inputs(request, env),
        variable: (name) => env[name],
        log,
        idTokenFile: env['AZURE_FEDERATED_TOKEN_FILE'],
        mask: print.mask,
        showOutput: (text) => showOutput(text, request, around, print),
        setOutput: (name, value) => void outputs.set(name, value),
        error(title, message) {
            print.failure(message === '' ? title : `${title}\n${message}`);
        },
        writeSummary(_markdown, own) {
            summary = own;
            return Promise.resolve();
        },
        // Without a result, its path would be told to nobody.
        keepOutput: (text) => (result ? inOwnFolder(text) : ''),
    };
    return {
        host,
        end() {
            end();
            try {
                if (outputs.has('state'))
                    result?.write(resultText(outputs, summary));
                else
                    result?.discard();
            }
            catch (error) {
                print.failure(`The --result file could not be written: ${String(error)}`);
            }
        },
    };
}
async function showOutput(text, { raw }, { env, stdout, cancelled }, print) {
    const obeyed = !raw && isObeyed(env) ? withoutCommands(text) : text;
    const shown = stdout.isTTY && !raw ? forTerminal(obeyed) : obeyed;
    print.aside();
    if (obeyed !== text) {
        print.warning('The output contains commands that this CI would run. A backslash now breaks them. To keep them, use --raw.');
    }
    const written = await writeWhole(stdout, shown, cancelled);
    if (written.kind === 'failed')
        print.failure(`The output could not be written to stdout: ${written.detail}`);
}
function inOwnFolder(text) {
    const file = external_node_path_default().join((0,external_node_fs_.mkdtempSync)(external_node_path_default().join((0,external_node_os_.tmpdir)(), 'aks-run-command-')), 'output.txt');
    (0,external_node_fs_.writeFileSync)(file, text, { mode: 0o600 });
    return file;
}
/** The file of `--result`. */
function resultText(outputs, summary) {
    const own = [...outputs].filter(([name]) => !OUTPUTS.has(name));
    const told = Object.fromEntries([...OUTPUTS].map((name) => [name, outputs.get(name) ?? '']));
    return `${JSON.stringify({ ...told, outputs: Object.fromEntries(own), summary }, undefined, 2)}\n`;
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

;// CONCATENATED MODULE: ./src/hosts/terminal/version.ts


/** The version that package.json says, which lies above the bundle in the repository and in the package. */
function version() {
    const beside = new URL(['..', 'package.json'].join('/'), import.meta.url);
    const said = (0,json/* field */.ZZ)((0,json/* parseJson */.qF)((0,external_node_fs_.readFileSync)(beside, 'utf8')), 'version');
    return typeof said === 'string' ? said : 'unknown';
}

;// CONCATENATED MODULE: ./src/hosts/terminal/prompt.ts









/** Ctrl-C, the end that a supervisor asks for, and a terminal that was closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** The command line: reads the arguments, runs what they ask for, and says how the process is to end. */
async function atPrompt(args, run) {
    if (args.length === 0) {
        process.stderr.write(help());
        return verdict/* EXIT */.dc.didNotRun;
    }
    const request = readArguments(args, (name) => process.env[name] !== undefined);
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
    process.stderr.write(`${mistakes.map((mistake) => `aks-run-command: ${mistake}\n`).join('')}The command did not run.\n`);
    return verdict/* EXIT */.dc.didNotRun;
}
async function runRequest(given, run) {
    const { stdout, stderr } = process;
    const env = { ...process.env };
    const prepared = prepare(given);
    if ('mistakes' in prepared)
        return refuse(prepared.mistakes);
    const { request, result } = prepared;
    const cancel = new AbortController();
    let received;
    const onSignal = (signal) => {
        // The second one ends at once: the first is known, and takes too long.
        if (received !== undefined) {
            end();
            endBy(signal);
        }
        received = signal;
        cancel.abort();
    };
    const { host, end } = terminal(request, result, { env, stdout, stderr, cancelled: cancel.signal, now: Date.now });
    for (const signal of SIGNALS)
        process.on(signal, onSignal);
    for (const warning of request.warnings)
        host.log.warn(warning);
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
            refuseUnusable(collectTo);
        });
    if (mistakes.length > 0)
        return { mistakes };
    const file = result === undefined ? undefined : attempt('--result', () => resultFile(result));
    if (mistakes.length > 0)
        return { mistakes };
    const inputs = text === undefined ? request.inputs : new Map([...request.inputs, ['command', text]]);
    return { request: { ...request, inputs }, result: file };
}
/** Collected files never mix with others, and a folder that cannot be made would cost them after the command ran. */
function refuseUnusable(folder) {
    if ((0,external_node_fs_.lstatSync)(folder, { throwIfNoEntry: false }) === undefined) {
        const parent = external_node_path_default().dirname(external_node_path_default().resolve(folder));
        if ((0,external_node_fs_.existsSync)(parent))
            (0,external_node_fs_.accessSync)(parent, external_node_fs_.constants.W_OK | external_node_fs_.constants.X_OK);
        else
            refuseUnusable(parent);
        return;
    }
    if ((0,external_node_fs_.readdirSync)(folder).length > 0)
        throw new Error('the folder is not empty');
    (0,external_node_fs_.accessSync)(folder, external_node_fs_.constants.W_OK | external_node_fs_.constants.X_OK);
}


/***/ })

};
