export const id = 703;
export const ids = [703];
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

/***/ 9703:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  atPrompt: () => (/* binding */ atPrompt)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./src/failure.ts
var failure = __webpack_require__(1633);
// EXTERNAL MODULE: ./src/text/json.ts
var json = __webpack_require__(1789);
// EXTERNAL MODULE: ./src/text/say.ts
var say = __webpack_require__(9892);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./src/text/nearest.ts
var nearest = __webpack_require__(613);
// EXTERNAL MODULE: ./src/text/quote.ts
var quote = __webpack_require__(5383);
;// CONCATENATED MODULE: ./src/hosts/terminal/options.ts
/**
 * The text of `--help`. It also declares the options: each line that begins with one is read below.
 * A placeholder stands for a value, without one the option is a switch, and the names after the
 * first one are those of `az aks command invoke`. An option sets the input of its name; a switch
 * `--no-…` turns one off. If the action has no such input, the option is the prompt's own. Defaults
 * in brackets are those of `action.yml`.
 */
const HELP = `Run a command inside a private AKS cluster, and exit with its exit code.

Usage:
  aks-run-command [OPTIONS] [--] COMMAND [ARG...]  a program and its arguments
  aks-run-command [OPTIONS] --command 'SCRIPT'     a script
  aks-run-command [OPTIONS] --script FILE          a script from a file or stdin
  aks-run-command [OPTIONS] --command-id ID        wait for an earlier command

Example, after az login:
  aks-run-command -g shop -n prod-weu -f k8s kubectl apply -f k8s

Cluster and sign-in:
  -n, --cluster, --name NAME|ID   Cluster name, or its full ARM resource ID
  -g, --resource-group NAME       Its resource group; required with a name
      --subscription-id, --subscription GUID
                                  Its subscription; default: the current one of
                                  az, if the cluster is given by its name
      --client-id GUID            Application or managed identity to sign in as,
                                  with an ID token
      --tenant-id GUID            Its tenant; without both, the session of az or
                                  workload identity
      --id-token-env NAME         Variable that holds the ID token; default:
                                  GitHub's token, or the one in a file
      --audience TEXT             Audience of GitHub's ID token; the default
                                  depends on the cloud
      --environment CLOUD         The Azure cloud: a name, or an https:// ARM
                                  endpoint [azurecloud]

Command:
  -c, --command SCRIPT            One line or a whole script
      --script FILE               A script from a file; - is stdin
  -i, --command-id ID             Wait for a command submitted earlier, instead
                                  of running one
      --shell bash|sh             bash is strict (-eo pipefail); default:
                                  bash -e, or sh -e without bash
      --namespace NAME            Default namespace of kubectl and helm
  -f, --files, --file PATTERN     Files to send; ! excludes; quote patterns
                                  (repeatable)
      --working-directory DIR     Folder that the files are relative to;
                                  default: the current folder
      --if-no-files-found WHAT    error, warn, or ignore [error]
      --include-hidden-files      Also send dotfiles
      --env NAME[=VALUE]          A variable for the command; NAME alone passes
                                  yours (repeatable)

How to run:
      --timeout DURATION          How long the command may run: 90s, 15m, 1h30m
                                  [30m]
      --start-timeout DURATION    How long after its submission the command may
                                  start [90s]
      --start-retries N           How many times to resubmit a command whose pod
                                  did not start in time [2]
      --on-cancel leave|stop      What Ctrl-C does to the command [leave]
      --no-wait                   Submit the command, print its ID, and exit
      --dry-run                   Sign in, pack, print what would be sent, and
                                  run nothing
      --collect PATTERN           Files to bring back from the pod (repeatable)
      --collect-to DIR            Folder for the collected files; default: a new
                                  temporary folder
      --if-no-files-collected WHAT
                                  error, warn, or ignore [warn]

Output:
  -o, --output json               Print the verdict and the output as JSON on
                                  stdout, and nothing else
      --result FILE               Write the same JSON to a file, even on failure
                                  and Ctrl-C
      --quiet, --only-show-errors
                                  Print only errors to stderr
      --raw                       Keep escape sequences and log commands in the
                                  output
      --debug                     Show each request, but never its content
  -h, --help                      Show this help
      --version                   Show the version

Exit codes:
  the command's own, and
  124  it timed out
  125  it did not run, or the options are invalid
  130  Ctrl-C ended the wait (143: SIGTERM); the command may still be running
  254  the wait ended; the command may still be running, or may still start
  255  it may or may not have run; or its output, step outputs, or files
       cannot be used

The output of the command, stderr included, goes to stdout, and everything else
to stderr.
`;
/** The names of an option, its placeholder, and, on the same and the next lines, its meaning. */
const DECLARATION = /^ {2}(?:-(?<letter>\w),| {3}) --(?<name>[a-z-]+)(?<others>(?:, --[a-z-]+)*)(?: (?<placeholder>\S+))?(?<meaning>(?: {2}.*)?(?:\n {10}.*)*)$/gm;
const OPTIONS = Array.from(HELP.matchAll(DECLARATION), optionIn);
function optionIn({ groups = {} }) {
    const { letter, name = '', others = '', placeholder, meaning = '' } = groups;
    const setting = name.startsWith('no-') ? 'false' : 'true';
    return {
        name,
        letter,
        aliases: others.split(', --').slice(1),
        placeholder,
        repeats: meaning.endsWith('(repeatable)'),
        input: name.replace(/^no-/, ''),
        sets: placeholder === undefined ? setting : undefined,
    };
}

;// CONCATENATED MODULE: ./src/hosts/terminal/arguments.ts





/**
 * Reads what the arguments ask for. Options end at `--` or at the first word that is not one.
 * Everything after that is the command, unchanged.
 */
function readArguments(args, isFile) {
    const { given, problems, words, isTerminated, lastSwitch } = divide(args);
    // After an option that does not exist, the first word may be its value. After `--`, none is
    // doubted.
    if (problems.length === 0 && !isTerminated) {
        const doubt = doubtfulWord(words, lastSwitch) ?? doubtfulCommand(given, words, isFile);
        if (doubt !== undefined)
            problems.push(doubt);
    }
    if (problems.length === 0)
        problems.push(...severalCommands(given, words));
    const clusters = given.get('cluster')?.filter((value) => value !== '');
    if (new Set(clusters).size > 1)
        problems.push(SEVERAL_CLUSTERS);
    if (given.has('id-token-env') && !given.has('client-id'))
        problems.push(TOKEN_ALONE);
    const inputs = inputsOf(given);
    if (words.length > 0)
        inputs.set('command', words.map(quote/* quote */.h).join(' '));
    return { inputs, problems };
}
/** Divides the arguments into options with their values, and the words after them. */
function divide(args) {
    // In strict mode, `parseArgs` throws errors that are written for programmers.
    const { tokens } = (0,external_node_util_.parseArgs)({
        args: [...args],
        options: parseConfig(),
        strict: false,
        allowPositionals: true,
        tokens: true,
    });
    const given = new Map();
    const problems = [];
    let refused = -1;
    let lastSwitch;
    for (const token of tokens) {
        if (token.kind !== 'option')
            break;
        // Each of the other letters in that word would be taken for an option, and shown.
        if (token.index === refused)
            continue;
        const option = optionOf(token.name, args[token.index] ?? '');
        if (option === undefined) {
            problems.push(unknownOption(token.name, args[token.index] ?? ''));
            refused = token.index;
            continue;
        }
        lastSwitch = option.placeholder === undefined ? token.rawName : undefined;
        const earlier = given.get(option.name) ?? [];
        const value = optionValue(token);
        const problem = misusedOption(option, { ...token, value });
        if (problem !== undefined)
            problems.push(problem);
        given.set(option.name, [...earlier, problem === undefined ? (value ?? '') : '']);
    }
    const end = tokens.find(({ kind }) => kind !== 'option');
    const isTerminated = end?.kind === 'option-terminator';
    const begin = end?.index ?? args.length;
    const words = args.slice(isTerminated ? begin + 1 : begin);
    return { given, problems, words, isTerminated, lastSwitch };
}
/** The value of an option: of `-n=prod`, which `parseArgs` takes for `-n` with `=prod`, `prod`. */
function optionValue({ rawName, value, inlineValue }) {
    const isLetter = !rawName.startsWith('--');
    return isLetter && inlineValue === true ? value?.replace(/^=/, '') : value;
}
/** All names of options, as `parseArgs` takes them. */
function parseConfig() {
    const config = {};
    for (const option of OPTIONS) {
        const type = option.placeholder === undefined ? 'boolean' : 'string';
        for (const name of namesOf(option))
            config[name] = { type };
        if (option.letter !== undefined)
            config[option.name] = { type, short: option.letter };
    }
    return config;
}
function namesOf({ name, aliases }) {
    return [name, ...aliases];
}
const NAMES = OPTIONS.flatMap(namesOf);
/** What the options set, by the names of inputs. */
function inputsOf(given) {
    const inputs = new Map();
    for (const option of OPTIONS) {
        const values = given.get(option.name);
        if (values !== undefined)
            inputs.set(option.input, inputText(option, values));
    }
    return inputs;
}
/** What an option sets its input to: one line for each value if it repeats, else the last one. */
function inputText(option, values) {
    if (option.sets !== undefined)
        return option.sets;
    if (option.name === 'env')
        return values.map(entryOfEnv).join('\n');
    return option.repeats ? values.join('\n') : (values.at(-1) ?? '');
}
/** One variable as the input `env` takes it: a line, or a block if its value has line breaks. */
function entryOfEnv(variable) {
    const [name = '', ...rest] = variable.split('=');
    const value = rest.join('=');
    const lines = value.split('\n');
    if (lines.length === 1)
        return variable;
    let delimiter = 'EOF';
    while (lines.includes(delimiter))
        delimiter += '_';
    return `${name}<<${delimiter}\n${value}\n${delimiter}`;
}
const SEE_HELP = (0,say/* say */.cv) `See ${'aks-run-command --help'}.`;
const NO_TERMINAL = (0,say/* say */.cv) `
  The command has no terminal and no stdin: AKS runs it and returns its output when it ends.
`;
const IN_JSON = (0,say/* say */.cv) `
  It has no meaning at a prompt. For step outputs and the summary, use ${'-o json'} or
  ${'--result'}.
`;
/**
 * What to use instead of options of `az`, kubectl, and docker that do not exist here, and instead
 * of each input of the action that has no option.
 */
const INSTEAD = new Map([
    ['v', (0,say/* say */.cv) `For the version, use ${'--version'}.`],
    ['verbose', (0,say/* say */.cv) `Use ${'--debug'}.`],
    ['query', (0,say/* say */.cv) `Use ${'-o json'}, and pipe it to ${'jq'}.`],
    ['e', (0,say/* say */.cv) `Use ${'--env'}.`],
    ['t', NO_TERMINAL],
    ['it', NO_TERMINAL],
    ['ti', NO_TERMINAL],
    ['tty', NO_TERMINAL],
    ['stdin', NO_TERMINAL],
    ['wait', (0,say/* say */.cv) `It waits by default. To only submit the command, use ${'--no-wait'}.`],
    ['allowed-exit-codes', (0,say/* say */.cv) `The exit code is the command's own. Test it in your shell.`],
    ['mask-outputs', IN_JSON],
    ['summary', IN_JSON],
]);
/**
 * `command` of `-command`, and `it` of `-it`, which `parseArgs` takes for `-c ommand` and `-i t`.
 */
function nameWithOneDash(word) {
    const [, name = ''] = /^-(\w[\w-]+)(?:=.*)?$/s.exec(word) ?? [];
    return INSTEAD.has(name) || NAMES.includes(name) ? name : undefined;
}
function optionOf(name, word) {
    if (nameWithOneDash(word) !== undefined)
        return undefined;
    return OPTIONS.find((option) => namesOf(option).includes(name));
}
function unknownOption(letterOrName, word) {
    const name = nameWithOneDash(word) ?? letterOrName;
    // It may be a value, such as a private key or a token, after an option that does not exist.
    if (!/^[A-Za-z][\w-]{0,24}$/.test(name)) {
        return (0,say/* say */.cv) `A word that begins with a dash is not an option. ${SEE_HELP}`;
    }
    const written = `${word.startsWith('--') ? '--' : '-'}${name}`;
    const instead = INSTEAD.get(name);
    if (instead !== undefined)
        return (0,say/* say */.cv) `${written} is not an option here. ${instead}`;
    const near = (0,nearest/* nearestName */.qb)(name, NAMES);
    const advice = near === undefined ? SEE_HELP : (0,nearest/* didYouMean */.au)(`--${near}`);
    return (0,say/* say */.cv) `${written} is not an option. ${advice}`;
}
/** What is wrong with an option. Its value may be a secret, so it is not shown. */
function misusedOption({ name, placeholder }, { rawName, value, inlineValue }) {
    if (placeholder === undefined) {
        return value === undefined ? undefined : (0,say/* say */.cv) `${rawName} takes no value.`;
    }
    const needsValue = (0,say/* say */.cv) `${rawName} needs a value: ${`${rawName} ${placeholder}`}.`;
    if (value === undefined)
        return needsValue;
    if (value.trim() === '') {
        return (0,say/* say */.cv) `
      ${rawName} is empty. If its value comes from a variable, check that the variable is set.
    `;
    }
    if (inlineValue !== true && /^-./.test(value)) {
        return (0,say/* say */.cv) `${needsValue} If the value begins with a dash, write ${`--${name}=${placeholder}`}.`;
    }
    switch (name) {
        case 'id-token-env':
            return /^[A-Za-z_]\w*$/.test(value) ? undefined : TOKEN_ITSELF;
        case 'output':
            return value === 'json' ? undefined : otherFormat(value);
        default:
            return undefined;
    }
}
const TOKEN_ITSELF = (0,say/* say */.cv) `
  ${'--id-token-env'} needs the name of the variable that holds the ID token, not the token.
`;
const TOKEN_ALONE = (0,say/* say */.cv) `
  ${'--id-token-env'} needs ${'--client-id'} and ${'--tenant-id'}, which name the application that
  signs in with the token.
`;
function otherFormat(format) {
    return (0,say/* say */.cv) `
    ${`-o ${format}`} is not an option here. The only format is ${'json'}. Without ${'-o'}, stdout
    is the output of the command. To discard that, redirect it.
  `;
}
const SEVERAL_CLUSTERS = (0,say/* say */.cv) `
  ${'--cluster'}, which is also ${'-n'} and ${'--name'}, is given with different values. Name one
  cluster. For a namespace, use ${'--namespace'}.
`;
/** A new command is given in one way only. The core refuses one that is combined with an ID. */
function severalCommands(given, words) {
    const options = ['command', 'script'].filter((name) => given.has(name));
    const found = options.map((name) => (0,say/* say */.cv) `${`--${name}`}`);
    if (words.length > 0)
        found.push((0,say/* say */.cv) `words after the options`);
    if (found.length < 2)
        return [];
    return [(0,say/* say */.cv) `${(0,say/* joined */.oR)(found, ' and ')} cannot be combined. Use one of them.`];
}
/** Why the first word after the options may be meant as the value of a switch. */
function doubtfulWord([word = ''], lastSwitch) {
    if (lastSwitch === undefined || !/^(?:true|false)$/i.test(word))
        return undefined;
    return (0,say/* say */.cv) `
    ${lastSwitch} takes no value. To turn it off, leave it out. If ${word} is the command, put
    ${'--'} before it.
  `;
}
/** A mistake that the words after the options suggest. */
function doubtfulCommand(given, words, isFile) {
    const [word = ''] = words;
    const files = given.get('files') ?? [];
    const file = files.at(-1);
    if (file !== undefined && isExpandedByShell(files, word, isFile)) {
        return (0,say/* say */.cv) `
      ${file} and ${word} look like one pattern that your shell has expanded. Quote it, or repeat
      ${'--files'}. If ${word} is the command, put ${'--'} before it.
    `;
    }
    if (words.length !== 1 || !/\s/.test(word))
        return undefined;
    return (0,say/* say */.cv) `
    ${word} is one word, so it would be the name of a program. For a script, use
    ${`--command ${(0,quote/* quote */.h)(word)}`}. If there is such a program, put ${'--'} before it.
  `;
}
/**
 * Whether the word after `--files` is another file in this folder: the shell has expanded the
 * pattern, and the word would become the command. A name without a dot or a slash may be a
 * program's, and a file that is sent can be run.
 */
function isExpandedByShell(files, word, isFile) {
    const isPattern = /[*?[{]/.test(files.at(-1) ?? '');
    const path = (0,nearest/* plainPath */.s1)(word);
    if (isPattern || !/[./]/.test(path) || !isFile(word))
        return false;
    return !files.map(nearest/* plainPath */.s1).some((sent) => `${path}/`.startsWith(`${sent}/`));
}

;// CONCATENATED MODULE: ./src/hosts/terminal/exit-code.ts
/**
 * Exit codes for anything but the command's own end: those of `timeout` and `docker run`, and two
 * more.
 */
const EXIT = { timedOut: 124, didNotRun: 125, keepsRunning: 254, unknown: 255 };
/**
 * The exit code at a prompt: the command's own if it ended.
 *
 * @param success whether the verdict is the one that the user wants, and everything arrived
 */
function exitCodeOf({ state, problems, exitCode = 0 }, success) {
    if (success)
        return 0;
    switch (state) {
        case 'not-started':
            return EXIT.didNotRun;
        case 'running':
            return EXIT.keepsRunning;
        case 'unknown':
        case 'dry-run':
            return EXIT.unknown;
        case 'succeeded':
        case 'failed':
            if (problems[0]?.code === 'timed-out')
                return EXIT.timedOut;
            // It ended with 0, but what it handed over is unusable. A shell sees only the last eight bits.
            return exitCode % 256 === 0 ? EXIT.unknown : exitCode;
    }
}

// EXTERNAL MODULE: ./src/text/duration.ts
var duration = __webpack_require__(9495);
// EXTERNAL MODULE: ./src/text/visible.ts
var visible = __webpack_require__(1573);
;// CONCATENATED MODULE: ./src/hosts/terminal/untrusted-text.ts

/**
 * SGR (colors, bold, underline), which stays, or any other control character: anything that begins
 * an escape sequence, changes the direction of text, or ends a line only in some terminals.
 */
const COLORS_OR_CONTROLS = 
// eslint-disable-next-line no-control-regex
/\u001b\[[\d;:]*m|\r\n|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;
const RESET = '\u001b[0m';
/**
 * Makes untrusted text safe for a terminal. Colors stay, and end with the text. Every other control
 * is escaped, so that nothing can move the cursor, set a title, write to the clipboard, or
 * overwrite earlier output.
 */
function forTerminal(text) {
    const shown = text.replaceAll(COLORS_OR_CONTROLS, (control) => control.length > 1 ? control : (0,visible/* escaped */.Mk)(control));
    const last = shown.slice(shown.lastIndexOf('\u001b'));
    const isReset = last.startsWith(RESET) || last.startsWith('\u001b[m');
    return shown.includes('\u001b') && !isReset ? `${shown}${RESET}` : shown;
}
/**
 * Whether an agent looks for commands in this log: that of Azure Pipelines, TeamCity, or GitHub's
 * runner.
 */
function isReadByAgent(env) {
    return [env['TF_BUILD'], env['TEAMCITY_VERSION'], env['GITHUB_ACTIONS']].some(Boolean);
}
/**
 * What may stand within a mark: .NET's search, which is ICU's, overlooks some characters. None of
 * them is printable ASCII. With the flag `u`, an engine would remember each turn of this loop, and of
 * megabytes, it would run out of stack.
 */
const OVERLOOKED = '[^ -~\\r\\n]*';
const word = (letters) => Array.from(letters).join(OVERLOOKED) + OVERLOOKED;
/** `##vso[…`, `##teamcity[…`, and `##[…`, anywhere in a line. */
const HASHES = new RegExp(`#(${OVERLOOKED})#(?=${OVERLOOKED}(?:${word('vso')}|${word('teamcity')})?\\[)`, 'gi');
/**
 * `::word…::` at the start of a line, after blanks, or after anything else that .NET may overlook. A
 * lone carriage return begins a line, too.
 */
const COLONS = new RegExp(`(^|[\\r\\n])([^!-~\\r\\n]*):(?=:[^:\\r\\n][^\\r\\n]*?:${OVERLOOKED}:)`, 'g');
/** Breaks up the commands of such an agent with a visible backslash: `#\#vso[`, `:\:error::`. */
function withoutCommands(text) {
    return text.replaceAll(HASHES, '#$1\\#').replaceAll(COLONS, '$1$2:\\');
}

;// CONCATENATED MODULE: ./src/hosts/terminal/printer.ts




/** What the live line says in each phase: the state, and what it is waiting for. */
const PHASES = {
    'signing-in': ['signing in', 'Azure'],
    submitting: ['submitting', "Azure's answer"],
    submitted: ['submitted', 'its pod to start'],
    running: ['running', 'it to end'],
};
/**
 * Twice a second: often enough to show seconds, and not too often for a slow terminal behind `ssh`.
 */
const REDRAW_MS = 500;
/** How often a log gets a line about the progress. */
const LOG_MS = 60_000;
const FALLBACK_COLUMNS = 80;
const CLEAR = '\r\u001b[K';
/**
 * The only way to stdout, which is the command's, and to stderr, which has our own text and
 * untrusted text. On stderr, it masks secrets, and leaves nothing that a terminal or a CI's agent
 * would act on. On a terminal, a live line shows the progress of the run.
 */
class Printer {
    #stdout;
    #stderr;
    #env;
    #inputs;
    #cancelled;
    #onScreen;
    #secrets = new Set();
    #began = Date.now();
    #lastLine = this.#began;
    #phase = 'signing-in';
    #timer;
    #drawn = false;
    /**
     * @param inputs those that were given, by name
     * @param cancelled if it aborts during a write to stdout, a reader that takes nothing is no longer
     *   waited for
     */
    constructor(stdout, stderr, env, inputs, cancelled) {
        this.#stdout = stdout;
        this.#stderr = stderr;
        this.#env = env;
        this.#inputs = inputs;
        this.#cancelled = cancelled;
        this.#onScreen = stderr.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
        // If the reader is gone, there is no one to report it to.
        stderr.on('error', () => undefined);
    }
    /** Draws the live line from now on, if there is a screen. */
    start() {
        if (!this.#onScreen || this.#inputs.has('quiet'))
            return;
        this.#timer = setInterval(() => {
            this.#draw();
        }, REDRAW_MS).unref();
        this.#draw();
    }
    /** Removes the live line until it is drawn again. */
    #clear() {
        if (this.#drawn)
            this.#stderr.write(CLEAR);
        this.#drawn = false;
    }
    /** Removes the live line for good. */
    end() {
        clearInterval(this.#timer);
        this.#timer = undefined;
        this.#clear();
    }
    /**
     * Writes the command's output to stdout. Unless `--raw` is given, a terminal or a CI's agent acts
     * on nothing in it but colors.
     *
     * @returns the same as `writeStdout`
     */
    async showOutput(text) {
        this.#clear();
        if (this.#inputs.has('raw'))
            return this.writeStdout('The output', text);
        const harmless = isReadByAgent(this.#env) ? withoutCommands(text) : text;
        if (harmless !== text) {
            this.warn((0,say/* say */.cv) `
        The output contains commands that this CI would run, so each one was disabled with a
        backslash. To keep them, use --raw.
      `);
        }
        const shown = this.#stdout.isTTY ? forTerminal(harmless) : harmless;
        return this.writeStdout('The output', shown);
    }
    /**
     * Writes all of a text to stdout, however slowly it is read.
     *
     * @returns whether it could be written; if not, that is reported
     */
    async writeStdout(what, text) {
        try {
            if (text !== '')
                await writeTo(this.#stdout, text, this.#cancelled);
            return true;
        }
        catch (error) {
            this.fail(`${what} could not be written to stdout: ${(0,failure/* messageOf */.bD)(error)}`);
            return false;
        }
    }
    progress(phase, line) {
        this.#phase = phase;
        if (this.#timer !== undefined) {
            if (!this.#drawn)
                this.#draw();
        }
        else if (line !== undefined && Date.now() - this.#lastLine >= LOG_MS) {
            this.#lastLine = Date.now();
            this.info(line);
        }
    }
    info({ plain }) {
        this.show(plain);
    }
    show(text) {
        if (!this.#inputs.has('quiet') && text !== '')
            this.print(text);
    }
    group({ plain }, text) {
        this.show(`${plain}\n${text}`);
    }
    detail({ plain }, text) {
        this.debug(`${plain}\n${text}`);
    }
    warn({ markdown }) {
        if (!this.#inputs.has('quiet'))
            this.#marked('Warning:', 33, markdown);
    }
    fail(message) {
        this.#marked('Error:', 31, message);
    }
    debug(message) {
        if (this.#inputs.has('debug'))
            this.print(`debug: ${message}`);
    }
    mask(secret) {
        if (secret !== '')
            this.#secrets.add(secret);
    }
    #marked(word, color, text) {
        const shown = this.#onScreen ? `\u001b[${color}m${word}\u001b[0m` : word;
        this.print(`${shown} ${text}`);
    }
    /** Prints text that even `--quiet` shows. */
    print(text) {
        let safe = text;
        for (const secret of this.#secrets)
            safe = safe.replaceAll(secret, '***');
        safe = forTerminal(safe);
        if (isReadByAgent(this.#env))
            safe = withoutCommands(safe);
        this.#clear();
        this.#stderr.write(safe.endsWith('\n') ? safe : `${safe}\n`);
    }
    #draw() {
        const seconds = Math.floor((Date.now() - this.#began) / 1000);
        const [state, awaited] = PHASES[this.#phase];
        // A terminal without a size has 0 columns. A line of full width would wrap and could not be
        // erased.
        const columns = this.#stderr.columns || FALLBACK_COLUMNS;
        const line = `${state} (${(0,duration/* formatDuration */.a3)(seconds).plain}), waiting for ${awaited}`;
        this.#stderr.write(CLEAR + line.slice(0, columns - 1));
        this.#drawn = true;
    }
}
/** Writes to a stream. It is not an error if the reader leaves, as `head` does. */
function writeTo(stream, text, cancelled) {
    return new Promise((resolve, reject) => {
        const ended = (error) => {
            if (!error || isReaderGone(error))
                resolve();
            else
                reject(error);
        };
        // The same error also comes as an event, which would end the process if it had no listener.
        stream.on('error', ended);
        cancelled.addEventListener('abort', () => {
            resolve();
        });
        stream.write(text, ended);
    });
}
function isReaderGone(error) {
    return 'code' in error && (error.code === 'EPIPE' || error.code === 'EOF');
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
var external_node_path_default = /*#__PURE__*/__webpack_require__.n(external_node_path_);
;// CONCATENATED MODULE: ./src/hosts/terminal/result.ts



/** What `-o json` prints, and `--result` writes: the outputs by name, as they are set. */
class Result {
    outputs = new Map();
    /** What the command wrote to `$GITHUB_OUTPUT`, and to `$GITHUB_STEP_SUMMARY`. */
    stepOutputs = new Map();
    summary = '';
    /** The result as JSON; empty without a verdict. */
    json() {
        if (!this.outputs.has('state'))
            return '';
        const result = {
            ...Object.fromEntries(this.outputs),
            outputs: Object.fromEntries(this.stepOutputs),
            summary: this.summary,
        };
        return JSON.stringify(result, undefined, 2);
    }
}
/**
 * Prepares the file of `--result` before anything runs: opens a new file next to it, and removes an
 * old result, which could be mistaken for this run's if the process is killed.
 *
 * @returns a function that writes the text to its place; given no text, it leaves no file behind
 * @throws if nothing can be written there, or if something else is there, such as a folder or a
 *   link: `/dev/stdout` is one to wherever stdout leads
 */
function openResult(given) {
    const target = external_node_path_default().resolve(given);
    const existing = (0,external_node_fs_.lstatSync)(target, { throwIfNoEntry: false });
    if (given === '-' || existing?.isFile() === false) {
        throw new Error('it is not a regular file; for the result on stdout, use -o json');
    }
    const name = `.${external_node_path_default().basename(target)}.${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`;
    const beside = external_node_path_default().join(external_node_path_default().dirname(target), name);
    const descriptor = (0,external_node_fs_.openSync)(beside, 'wx', 0o600);
    (0,external_node_fs_.rmSync)(target, { force: true });
    return (text) => {
        try {
            (0,external_node_fs_.writeFileSync)(descriptor, text);
            (0,external_node_fs_.closeSync)(descriptor);
            if (text !== '')
                (0,external_node_fs_.renameSync)(beside, target);
        }
        finally {
            (0,external_node_fs_.rmSync)(beside, { force: true });
        }
    };
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./src/hosts/github-job.ts
var github_job = __webpack_require__(3890);
// EXTERNAL MODULE: ./src/hosts/variables.ts
var variables = __webpack_require__(5178);
// EXTERNAL MODULE: ./src/hosts/whole-files.ts
var whole_files = __webpack_require__(3950);
;// CONCATENATED MODULE: ./src/hosts/terminal/az-session.ts




/**
 * The subscription as given. For a cluster given by its name, the default is the current
 * subscription of `az`.
 */
function subscriptionId(inputs, env) {
    const given = inputs.get('subscription-id');
    if (given !== undefined)
        return given;
    return isNamed(inputs) ? currentSubscription(env) : '';
}
/** Whether the cluster is given by its name, and not by its resource ID. */
function isNamed(inputs) {
    const cluster = inputs.get('cluster') ?? '';
    return cluster !== '' && !cluster.includes('/');
}
/** Read from the file of `az`, because `az` itself takes a second to list them. */
function currentSubscription(env) {
    // An empty path would be the current folder, and so a file that anyone may have committed.
    const given = env['AZURE_CONFIG_DIR'] ?? '';
    const folder = given || external_node_path_default().join((0,external_node_os_.homedir)(), '.azure');
    const listed = (0,json/* field */.ZZ)((0,json/* parseJson */.qF)(readText(external_node_path_default().join(folder, 'azureProfile.json'))), 'subscriptions');
    if (!Array.isArray(listed))
        return '';
    const current = listed.find((entry) => (0,json/* field */.ZZ)(entry, 'isDefault') === true);
    const id = (0,json/* field */.ZZ)(current, 'id');
    return typeof id === 'string' ? id : '';
}
/** The text of a file, without the byte order mark that `az` writes; empty if there is no file. */
function readText(file) {
    try {
        return (0,external_node_fs_.readFileSync)(file, 'utf8').replace(/^\uFEFF/, '');
    }
    catch {
        return '';
    }
}

;// CONCATENATED MODULE: ./src/hosts/terminal/words.ts


const PROGRAM = (0,say/* say */.cv) `${'aks-run-command'}`;
const WHY_MISSING = {
    cluster: (0,say/* say */.cv) `Options come before the command.`,
    'subscription-id': (0,say/* say */.cv) `After ${'az login'}, it defaults to the current subscription.`,
};
/** A prompt's words, with inputs as the options that set them. */
const PROMPT = {
    isStep: false,
    input: (name) => `--${optionFor(name)?.name ?? name}`,
    whyMissing: (name) => WHY_MISSING[name] ?? (0,say/* say */.cv) ``,
    step: PROGRAM,
    action: PROGRAM,
    runner: (0,say/* say */.cv) `this machine`,
    workspace: (0,say/* say */.cv) `the current folder`,
    rerun: (0,say/* say */.cv) `run it again`,
    debug: (0,say/* say */.cv) `run it again with ${'--debug'}`,
    job: (0,say/* say */.cv) `your shell`,
    login: (0,say/* say */.cv) `${'az login'}`,
    paste(inputs) {
        // Joined by an equals sign, so that a value that begins with a dash is not an option itself.
        const options = Object.entries(inputs).map(([name, value]) => `--${name}=${value}`);
        const words = 'cluster' in inputs ? ['aks-run-command', ...options] : options;
        return [words.join(' ')];
    },
};
function optionFor(input) {
    return OPTIONS.find((option) => option.input === input);
}
/**
 * The words of a prompt. A command to paste that signs in as an application needs the same ID token
 * again.
 */
function wordsFor(idTokenEnv) {
    if (idTokenEnv === undefined)
        return PROMPT;
    return {
        ...PROMPT,
        paste(inputs) {
            if (!('client-id' in inputs))
                return PROMPT.paste(inputs);
            return PROMPT.paste({ ...inputs, 'id-token-env': idTokenEnv });
        },
    };
}

;// CONCATENATED MODULE: ./src/hosts/terminal/terminal.ts











/** A prompt, or the log of another CI, as a host. */
class Terminal {
    words;
    problems;
    variable;
    allowedFolders;
    collectInto;
    log;
    #inputs;
    #env;
    #saveResult;
    #hasJson;
    #result = new Result();
    #state = '';
    #isWhole = true;
    #isClosed = false;
    /** @param saveResult writes the file of `--result`; undefined without the option */
    constructor({ inputs, problems }, env, printer, saveResult) {
        const collectTo = inputs.get('collect-to');
        this.#inputs = inputs;
        this.#env = env;
        this.#saveResult = saveResult;
        this.#hasJson = inputs.get('output') === 'json';
        this.words = wordsFor(inputs.get('id-token-env'));
        this.problems = problems;
        this.variable = (0,variables/* readVariables */.C)(env, process.platform, process.report);
        this.allowedFolders = { workspace: this.input('working-directory'), temp: undefined };
        this.collectInto = collectTo === undefined ? { below: (0,external_node_os_.tmpdir)() } : { at: collectTo };
        this.log = printer;
    }
    input = (name) => {
        const given = this.#inputs.get(name);
        if (name === 'working-directory')
            return external_node_path_default().resolve(given ?? '.');
        if (name === 'subscription-id')
            return subscriptionId(this.#inputs, this.#env);
        return given ?? '';
    };
    isGiven = (name) => this.#inputs.has(name);
    idTokenSource = () => {
        const name = this.#inputs.get('id-token-env');
        if (name !== undefined)
            return { kind: 'variable', name };
        const file = this.variable('AZURE_FEDERATED_TOKEN_FILE');
        return (0,github_job/* githubIdToken */.e)(this.variable) ?? (file ? { kind: 'file', path: file } : undefined);
    };
    isFromFork = () => (0,github_job/* isFromFork */.t)(this.variable);
    mask(secret) {
        this.log.mask(secret);
    }
    async showOutput(text) {
        if (this.#hasJson)
            return;
        const isWritten = await this.log.showOutput(text);
        this.#isWhole &&= isWritten;
    }
    setOutput(name, value) {
        this.#result.outputs.set(name, value);
    }
    setStepOutput(name, value) {
        this.#result.stepOutputs.set(name, value);
    }
    saveState(state) {
        this.#state = state;
    }
    savedState() {
        return this.#state;
    }
    error(title, message) {
        this.log.fail(message === '' ? title : `${title}\n${message}`);
    }
    writeSummary(_markdown, podSummary) {
        this.#result.summary = podSummary;
    }
    /** Without a result that would name its path, nobody would find the file. */
    keepOutput(text) {
        return this.#saveResult || this.#hasJson ? (0,whole_files/* writeOutputFile */.B)((0,external_node_os_.tmpdir)(), text) : '';
    }
    /** Removes the live line for good, and writes the file of `--result` if there is a verdict. */
    close() {
        this.log.end();
        if (this.#isClosed)
            return;
        this.#isClosed = true;
        try {
            this.#saveResult?.(this.#json());
        }
        catch (error) {
            this.#isWhole = false;
            this.log.fail(`The --result file could not be written: ${(0,failure/* messageOf */.bD)(error)}`);
        }
    }
    /**
     * Delivers what is known only at the end: the file of `--result`, the JSON of `-o json`, the ID
     * of `--no-wait`. Returns false if something could not be written, after reporting it.
     */
    async end() {
        this.close();
        const isWritten = await this.#writeLast();
        return this.#isWhole && isWritten;
    }
    #writeLast() {
        if (this.#hasJson)
            return this.log.writeStdout('The JSON', this.#json());
        const id = this.#inputs.get('wait') === 'false' ? this.#result.outputs.get('command-id') : '';
        return this.log.writeStdout('The command ID', id ? `${id}\n` : '');
    }
    /** The result, as JSON on which no terminal or CI's agent acts; empty if there is no verdict. */
    #json() {
        const text = this.#result.json();
        if (text === '')
            return '';
        return `${forTerminal(isReadByAgent(this.#env) ? text.replaceAll('#', visible/* escaped */.Mk) : text)}\n`;
    }
}

;// CONCATENATED MODULE: ./src/hosts/terminal/prompt.ts










/** Ctrl-C, a supervisor's request to end, and a closed terminal. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** The command line: reads the arguments, does what they ask for, and returns the exit code. */
async function atPrompt(args, run) {
    const { env } = process;
    const commandLine = readArguments(args, isFile);
    const { inputs } = commandLine;
    const cancel = new AbortController();
    const printer = new Printer(process.stdout, process.stderr, env, inputs, cancel.signal);
    if (args.length === 0) {
        printer.print(HELP);
        return EXIT.didNotRun;
    }
    if (inputs.has('help'))
        return (await printer.writeStdout('The help', HELP)) ? 0 : EXIT.unknown;
    if (inputs.has('version')) {
        return (await printer.writeStdout('The version', `${version()}\n`)) ? 0 : EXIT.unknown;
    }
    return runCommandLine(commandLine, env, printer, cancel, run);
}
/** False also for a whole script in one word, which is too long to be the name of a file. */
function isFile(file) {
    try {
        return (0,external_node_fs_.statSync)(file).isFile();
    }
    catch {
        return false;
    }
}
/** The version in package.json, which is one folder above the bundle. */
function version() {
    // Joined at run time: ncc would copy the file of a literal path into the bundle.
    const file = new URL(['..', 'package.json'].join('/'), import.meta.url);
    return String((0,json/* field */.ZZ)((0,json/* parseJson */.qF)((0,external_node_fs_.readFileSync)(file, 'utf8')), 'version'));
}
async function runCommandLine(commandLine, env, printer, cancel, run) {
    const { saveResult, ...withScript } = openFiles(commandLine);
    const host = new Terminal(withScript, env, printer, saveResult);
    let received;
    for (const signal of SIGNALS) {
        process.on(signal, () => {
            // A second signal ends the process at once, because the first one is taking too long.
            if (received !== undefined) {
                host.close();
                endBy(signal);
            }
            received = signal;
            cancel.abort();
        });
    }
    printer.start();
    const { verdict, success } = await run(host, cancel.signal);
    const isWhole = await host.end();
    if (received !== undefined)
        endBy(received);
    const exitCode = exitCodeOf(verdict, success);
    return exitCode === 0 && !isWhole ? EXIT.unknown : exitCode;
}
/**
 * Ends the process as the signal does without a handler, so that a shell loop around it ends, too.
 */
function endBy(signal) {
    for (const one of SIGNALS)
        process.removeAllListeners(one);
    process.kill(process.pid, signal);
}
/**
 * Drops a byte order mark, which a shell would read as part of the first word. Throws on any other
 * encoding, because replacement characters would change the script.
 */
const UTF_8 = new TextDecoder('utf-8', { fatal: true });
/**
 * Reads and checks the local files first, so that anything wrong with them is one more problem, and
 * shows before the command runs.
 */
function openFiles({ inputs, problems: given }) {
    const problems = [...given];
    /** Works with the file or folder of an option, if it was given. */
    function attempt(option, work) {
        const file = inputs.get(option);
        // An empty name is a problem already.
        if (!file)
            return undefined;
        try {
            return work(file);
        }
        catch (error) {
            problems.push((0,say/* say */.cv) `${`--${option}`} cannot be used: ${whyUnusable(error, file)}.`);
            return undefined;
        }
    }
    const readScript = (file) => UTF_8.decode((0,external_node_fs_.readFileSync)(file === '-' ? 0 : file));
    // Nobody should have to type a script on stdin if the arguments are invalid.
    const script = problems.length === 0 ? attempt('script', readScript) : undefined;
    if (script?.trim() === '')
        problems.push((0,say/* say */.cv) `${'--script'} is empty.`);
    const withScript = script === undefined ? inputs : new Map([...inputs, ['command', script]]);
    // A result in the folder of --collect-to would leave no room for collected files.
    const saveResult = attempt('result', openResult);
    attempt('collect-to', prepareFolder);
    return { inputs: withScript, problems, saveResult };
}
function whyUnusable(error, file) {
    switch ((0,json/* field */.ZZ)(error, 'code')) {
        case 'ENOENT':
            return (0,say/* say */.cv) `no such file or folder: ${file}`;
        case 'EISDIR':
            return (0,say/* say */.cv) `it is a folder`;
        case 'ERR_ENCODING_INVALID_ENCODED_DATA':
            return (0,say/* say */.cv) `it is not UTF-8 text`;
        default:
            return (0,say/* say */.cv) `${(0,failure/* messageOf */.bD)(error)}`;
    }
}
/**
 * Makes the folder of `--collect-to`. Collected files must not mix with others, and a folder that
 * cannot be created would lose them in the end.
 */
function prepareFolder(folder) {
    (0,external_node_fs_.mkdirSync)(folder, { recursive: true });
    if ((0,external_node_fs_.readdirSync)(folder).length > 0) {
        throw new Error('the folder is not empty; use a new or empty folder');
    }
    (0,external_node_fs_.accessSync)(folder, external_node_fs_.constants.W_OK | external_node_fs_.constants.X_OK);
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

/***/ 9495:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E9: () => (/* binding */ parseDuration),
/* harmony export */   a3: () => (/* binding */ formatDuration),
/* harmony export */   qo: () => (/* binding */ clockTime)
/* harmony export */ });
/* harmony import */ var _say_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9892);

const UNITS = { h: 3600, m: 60, s: 1 };
/**
 * Formats whole seconds in human-readable form: `less than 1s`, `45s`, `2m 03s`, `2h 05m`. Without
 * spaces, `timeout` accepts them.
 */
function formatDuration(seconds) {
    const parts = [];
    let rest = Math.max(0, Math.round(seconds));
    if (rest === 0)
        return (0,_say_js__WEBPACK_IMPORTED_MODULE_0__/* .say */ .cv) `less than 1s`;
    for (const [unit, size] of Object.entries(UNITS)) {
        const count = Math.floor(rest / size);
        rest -= count * size;
        if (count === 0)
            continue;
        const digits = parts.length === 0 ? String(count) : String(count).padStart(2, '0');
        parts.push(`${digits}${unit}`);
    }
    return (0,_say_js__WEBPACK_IMPORTED_MODULE_0__/* .unquoted */ .qZ)(parts.join(' '));
}
/** Whole seconds since the epoch as a time of day: `12:01:30 UTC`. */
function clockTime(seconds) {
    return (0,_say_js__WEBPACK_IMPORTED_MODULE_0__/* .unquoted */ .qZ)(`${new Date(seconds * 1000).toISOString().slice(11, 19)} UTC`);
}
/** No duration needs more than nine digits of a unit. */
const PATTERN = /^(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?$/;
/**
 * Reads `90s`, `15m`, or `1h30m` as whole seconds. A number needs its unit, because `10` looks like
 * minutes.
 */
function parseDuration(text) {
    const [match = '', hours = 0, minutes = 0, seconds = 0] = PATTERN.exec(text) ?? [];
    if (match === '')
        return undefined;
    return Number(hours) * UNITS.h + Number(minutes) * UNITS.m + Number(seconds);
}


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

/***/ 613:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KB: () => (/* binding */ nearestPath),
/* harmony export */   au: () => (/* binding */ didYouMean),
/* harmony export */   qb: () => (/* binding */ nearestName),
/* harmony export */   s1: () => (/* binding */ plainPath)
/* harmony export */ });
/* harmony import */ var leven__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7785);
/* harmony import */ var _say_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9892);


// Which candidate a misspelled name or path most likely means. If none is near, the answer is
// undefined, because a wrong guess misleads.
/**
 * Longer than any name that people type. The time of a comparison grows with the square of the
 * length.
 */
const MAX_TYPED = 200;
const MAX_TYPOS = 2;
/** A question about the nearest candidate; undefined if there is none. */
function didYouMean(nearest) {
    return nearest === undefined ? undefined : (0,_say_js__WEBPACK_IMPORTED_MODULE_0__/* .say */ .cv) `Did you mean ${nearest}?`;
}
/**
 * The name of an input, an option, or a choice: the same except for letter case and dashes, or for
 * few typos. Short names differ too little for typos.
 */
function nearestName(given, candidates) {
    const wanted = given.toLowerCase().replaceAll('_', '-');
    const letters = (name) => name.toLowerCase().replaceAll('-', '');
    return (candidates.find((candidate) => letters(candidate) === letters(wanted)) ??
        (wanted.length > 3 ? nearestSpelling(wanted, candidates) : undefined));
}
/**
 * The path of a file or folder: the same except for letter case, the ending, the folder, or a few
 * typos. Never the given path itself.
 */
function nearestPath(given, candidates) {
    const wanted = plainPath(given);
    if (wanted === '')
        return undefined;
    const others = [...candidates].filter((candidate) => candidate !== wanted);
    return (others.find((other) => other.toLowerCase() === wanted.toLowerCase()) ??
        others.find((other) => withoutEnding(other) === withoutEnding(wanted)) ??
        others.find((other) => baseName(other) === baseName(wanted)) ??
        nearestSpelling(wanted, others));
}
/** The candidate with the fewest typos: one or two, and at most one for every three letters. */
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
    // The lookbehind lets a run of slashes match only from its start, which keeps this linear.
    return given.trim().replaceAll(/^(?:\.\/+)+|(?<!\/)\/+$/g, '');
}
/** Letters to insert, delete, or replace. Two swapped letters count once. */
function typos(one, other) {
    const letters = (text) => Array.from(text).sort().join('');
    const distance = (0,leven__WEBPACK_IMPORTED_MODULE_1__/* ["default"] */ .A)(one, other, { maxDistance: MAX_TYPOS + 1 });
    return distance === 2 && letters(one) === letters(other) ? 1 : distance;
}
function withoutEnding(path) {
    return path.toLowerCase().replace(/\.(?:ya?ml|json)$/, '');
}
function baseName(path) {
    return path.slice(path.lastIndexOf('/') + 1);
}


/***/ }),

/***/ 5383:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ quote)
/* harmony export */ });
/**
 * Quotes a text as one word of a POSIX shell, or of zsh, which replaces `=ls` with the path of `ls`.
 * It must not contain NUL, which no shell can hold.
 */
function quote(value) {
    return /^(?!=)[A-Za-z0-9_@%+=:,./-]+$/.test(value)
        ? value
        : `'${value.replaceAll("'", `'\\''`)}'`;
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


/***/ }),

/***/ 7785:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ leven)
/* harmony export */ });
/* unused harmony export closestMatch */
const array = [];
const characterCodeCache = [];

function leven(first, second, options) {
	if (first === second) {
		return 0;
	}

	const maxDistance = options?.maxDistance;
	const swap = first;

	// Swapping the strings if `a` is longer than `b` so we know which one is the
	// shortest & which one is the longest
	if (first.length > second.length) {
		first = second;
		second = swap;
	}

	let firstLength = first.length;
	let secondLength = second.length;

	// Performing suffix trimming:
	// We can linearly drop suffix common to both strings since they
	// don't increase distance at all
	// Note: `~-` is the bitwise way to perform a `- 1` operation
	while (firstLength > 0 && (first.charCodeAt(~-firstLength) === second.charCodeAt(~-secondLength))) {
		firstLength--;
		secondLength--;
	}

	// Performing prefix trimming
	// We can linearly drop prefix common to both strings since they
	// don't increase distance at all
	let start = 0;

	while (start < firstLength && (first.charCodeAt(start) === second.charCodeAt(start))) {
		start++;
	}

	firstLength -= start;
	secondLength -= start;

	// Early termination after trimming: if difference in length exceeds max distance
	if (maxDistance !== undefined && secondLength - firstLength > maxDistance) {
		return maxDistance;
	}

	if (firstLength === 0) {
		return maxDistance !== undefined && secondLength > maxDistance
			? maxDistance
			: secondLength;
	}

	let bCharacterCode;
	let result;
	let temporary;
	let temporary2;
	let index = 0;
	let index2 = 0;

	while (index < firstLength) {
		characterCodeCache[index] = first.charCodeAt(start + index);
		array[index] = ++index;
	}

	while (index2 < secondLength) {
		bCharacterCode = second.charCodeAt(start + index2);
		temporary = index2++;
		result = index2;

		for (index = 0; index < firstLength; index++) {
			temporary2 = bCharacterCode === characterCodeCache[index] ? temporary : temporary + 1;
			temporary = array[index];
			// eslint-disable-next-line no-multi-assign
			result = array[index] = temporary > result
				? (temporary2 > result ? result + 1 : temporary2)
				: (temporary2 > temporary ? temporary + 1 : temporary2);
		}

		// Early termination: if all values in current row exceed maxDistance
		if (maxDistance !== undefined) {
			let rowMinimum = result;
			for (index = 0; index < firstLength; index++) {
				if (array[index] < rowMinimum) {
					rowMinimum = array[index];
				}
			}

			if (rowMinimum > maxDistance) {
				return maxDistance;
			}
		}
	}

	// Bound arrays to avoid retaining large previous sizes
	array.length = firstLength;
	characterCodeCache.length = firstLength;

	return maxDistance !== undefined && result > maxDistance ? maxDistance : result;
}

function closestMatch(target, candidates, options) {
	if (!Array.isArray(candidates) || candidates.length === 0) {
		return undefined;
	}

	const userMax = options?.maxDistance;
	const targetLength = target.length;

	// Exact match fast-path
	for (const candidate of candidates) {
		if (candidate === target) {
			return candidate;
		}
	}

	if (userMax === 0) {
		return undefined;
	}

	let best;
	let bestDist = Number.POSITIVE_INFINITY;
	const seen = new Set();

	for (const candidate of candidates) {
		if (seen.has(candidate)) {
			continue;
		}

		seen.add(candidate);

		const lengthDiff = Math.abs(candidate.length - targetLength);
		if (lengthDiff >= bestDist) {
			continue;
		}

		if (userMax !== undefined && lengthDiff > userMax) {
			continue;
		}

		const cap = Number.isFinite(bestDist)
			? (userMax === undefined ? bestDist : Math.min(bestDist, userMax))
			: userMax;

		const distance = cap === undefined
			? leven(target, candidate)
			: leven(target, candidate, {maxDistance: cap});

		// Skip candidates that exceed the user's maximum distance
		if (userMax !== undefined && distance > userMax) {
			continue;
		}

		// If we got a capped result that equals the cap, we need the actual distance
		// for accurate comparison, but only if the cap was due to userMax
		let actualD = distance;
		if (cap !== undefined && distance === cap && cap === userMax) {
			actualD = leven(target, candidate);
		}

		if (actualD < bestDist) {
			bestDist = actualD;
			best = candidate;
			if (bestDist === 0) {
				break;
			}
		}
	}

	if (userMax !== undefined && bestDist > userMax) {
		return undefined;
	}

	return best;
}


/***/ })

};
