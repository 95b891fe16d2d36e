export const id = 606;
export const ids = [606];
export const modules = {

/***/ 6991:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ expandBraces)
/* harmony export */ });
/* harmony import */ var brace_expansion__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9540);

/**
 * What a pattern's braces stand for, as bash expands them: `*.{yaml,yml}` is two patterns. A pattern without braces is itself.
 *
 * @param max at most so many, however many the braces stand for
 */
function expandBraces(pattern, max) {
    return pattern.includes('{') ? (0,brace_expansion__WEBPACK_IMPORTED_MODULE_0__/* .expand */ .fT)(pattern, { max }) : [pattern];
}


/***/ }),

/***/ 1525:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ biggestOf),
/* harmony export */   w: () => (/* binding */ base64Length)
/* harmony export */ });
const BIGGEST = 10;
/** The files to look at first where there are too many bytes. */
function biggestOf(files) {
    return files.toSorted((a, b) => b.bytes - a.bytes).slice(0, BIGGEST);
}
/** How long so many bytes are in base64. */
function base64Length(bytes) {
    return Math.ceil(bytes / 3) * 4;
}


/***/ }),

/***/ 4121:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ nearest)
/* harmony export */ });
/**
 * The candidate that a misspelled path or name most likely means: the same but for letter case, the ending, a folder, or
 * a slip of one or two letters. Undefined where none is near: a wrong guess misleads.
 */
function nearest(given, candidates) {
    const wanted = plain(given);
    if (wanted === '')
        return undefined;
    const tests = [
        (candidate) => candidate.toLowerCase() === wanted.toLowerCase(),
        (candidate) => withoutEnding(candidate) === withoutEnding(wanted),
        (candidate) => `/${candidate}`.endsWith(`/${wanted}`) || `/${wanted}`.endsWith(`/${candidate}`),
        (candidate) => baseName(candidate) === baseName(wanted),
        (candidate) => distance(candidate, wanted) <= Math.min(2, Math.floor(wanted.length / 3)),
    ];
    for (const isNear of tests) {
        const found = candidates.find((candidate) => candidate !== wanted && isNear(candidate));
        if (found !== undefined)
            return found;
    }
    return undefined;
}
function plain(path) {
    return path.replace(/^(?:\.\/)+/, '').replace(/(?<!\/)\/+$/, '');
}
function withoutEnding(path) {
    return path.toLowerCase().replace(/\.(?:ya?ml|json)$/, '');
}
function baseName(path) {
    return path.slice(path.lastIndexOf('/') + 1);
}
/** How many letters to insert, to delete or to replace (Levenshtein); at least 3 where the lengths differ by that much. */
function distance(a, b) {
    if (Math.abs(a.length - b.length) > 2 || a.length > 200)
        return 3;
    // Of what is read of `a` so far, to each beginning of `b`: to nothing, and to one letter more each.
    let row = Array.from(b, (_letter, index) => index + 1);
    let last = b.length;
    for (const [index, letter] of Array.from(a).entries()) {
        let diagonal = index;
        last = index + 1;
        row = row.map((above, at) => {
            const replaced = diagonal + (letter === b[at] ? 0 : 1);
            diagonal = above;
            last = Math.min(replaced, above + 1, last + 1);
            return last;
        });
    }
    return last;
}


/***/ }),

/***/ 553:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ runnerPathIn)
/* harmony export */ });
/**
 * A path in the runner's workspace, `…/work/REPOSITORY/REPOSITORY`, or in its temp folder. In a job with a container the runner
 * translates the host's path to the container's only at the start of an input (ContainerInfo.cs:164-192), and the pod has
 * neither. Bounded, so that no command keeps it busy.
 */
const RUNNER_PATH = /(?<=^|[\s"'=:(!,<>])(?:(?:[a-z]:)?[\\/](?:[^\s\\/'"`;|&<>()]{1,255}[\\/]){0,15}?(?:_?work|__w)|[a-z]:[\\/]a)[\\/](?:([^\s\\/'"`;|&<>()]{1,255})[\\/]\1|_temp)(?![^\s\\/'"`;|&<>()])/i;
/** The first such path in a text; undefined where there is none. */
function runnerPathIn(text) {
    return RUNNER_PATH.exec(text)?.[0];
}


/***/ }),

/***/ 5606:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

// EXTERNAL MODULE: ./src/text/visible.ts
var visible = __webpack_require__(1573);
// EXTERNAL MODULE: ./src/azure/proxy.ts
var proxy = __webpack_require__(2515);
// EXTERNAL MODULE: ./src/failure.ts
var failure = __webpack_require__(1633);
// EXTERNAL MODULE: ./src/azure/cloud.ts
var cloud = __webpack_require__(6370);
// EXTERNAL MODULE: ./src/text/ours.ts
var ours = __webpack_require__(2452);
// EXTERNAL MODULE: ./src/azure/json.ts
var json = __webpack_require__(5721);
;// CONCATENATED MODULE: ./src/azure/managed-cluster.ts


/** A GUID as Entra and ARM write them. */
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** ARM's rule for managed clusters: 1 to 63 letters, digits, `-`, `_`, alphanumeric at both ends. */
const CLUSTER_NAME = /^[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?$/i;
/** ARM's rule for resource groups: 1 to 90 letters, digits, `-`, `_`, `.`, `(`, `)`, not ending in a period. */
const RESOURCE_GROUP = /^[\p{L}\p{Nd}_.()-]{0,89}[\p{L}\p{Nd}_()-]$/u;
const RESOURCE_ID = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.ContainerService\/managedClusters\/([^/]+)\/?$/i;
/** Reads a managed cluster's full ARM resource ID in any letter case; undefined where the text is not one. */
function parseResourceId(text) {
    const [, subscriptionId = '', resourceGroup = '', name = ''] = RESOURCE_ID.exec(text) ?? [];
    const valid = GUID.test(subscriptionId) && RESOURCE_GROUP.test(resourceGroup) && CLUSTER_NAME.test(name);
    return valid ? { subscriptionId, resourceGroup, name } : undefined;
}
/** The cluster's name as it may be printed bare: what does not match ARM's rule is not shown. */
function clusterName({ name }) {
    return CLUSTER_NAME.test(name) ? name : (0,ours/* ours */.O) `the cluster`;
}
/** The full ARM resource ID. */
function resourceId({ subscriptionId, resourceGroup, name }) {
    return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${name}`;
}
/** Reads the body of `GET managedClusters/NAME`; what it does not say is false. */
function readClusterFacts(body) {
    const properties = (0,json/* field */.ZZ)((0,json/* parseJson */.qF)(body), 'properties');
    return {
        managedEntra: (0,json/* field */.ZZ)((0,json/* field */.ZZ)(properties, 'aadProfile'), 'managed') === true,
        stopped: (0,json/* field */.ZZ)((0,json/* field */.ZZ)(properties, 'powerState'), 'code') === 'Stopped',
        runCommandDisabled: (0,json/* field */.ZZ)((0,json/* field */.ZZ)(properties, 'apiServerAccessProfile'), 'disableRunCommand') === true,
    };
}

// EXTERNAL MODULE: ./src/azure/command-id.ts
var command_id = __webpack_require__(3490);
// EXTERNAL MODULE: ./src/files/nearest.ts
var nearest = __webpack_require__(4121);
// EXTERNAL MODULE: ./src/text/duration.ts
var duration = __webpack_require__(9495);
;// CONCATENATED MODULE: ./src/inputs/meant.ts




/**
 * What somebody meant who gave an invalid value: each function returns the sentence to add, or nothing. Values of other
 * tools, other formats of the same thing, and slips.
 */
/** `yes`, `0`, `on`. */
function meantFlag(given) {
    if (/^(?:yes|y|on|1|true)$/i.test(given))
        return didYouMean('true');
    return /^(?:no|n|off|0|false)$/i.test(given) ? didYouMean('false') : undefined;
}
/** `Bash`, `/bin/sh`, `wran`. */
function meantChoice(given, allowed) {
    const word = given.replace(/\s.*$/s, '').replace(/^.*\//, '').toLowerCase();
    const near = word.length > 3 ? (0,nearest/* nearest */.p)(word, allowed) : undefined;
    return didYouMean(allowed.find((one) => one === word) ?? near);
}
const UNITS = [
    [/h(?:ou)?rs?/g, 'h'],
    [/min(?:ute)?s?/g, 'm'],
    [/sec(?:ond)?s?/g, 's'],
];
/** `10min`, `1 hour 30 minutes`, `2H`. */
function meantDuration(given) {
    const short = UNITS.reduce((text, [unit, letter]) => text.replaceAll(unit, letter), given.toLowerCase());
    const plain = short.replaceAll(/[\s,]/g, '');
    return (0,duration/* parseDuration */.E)(plain) === undefined || plain === given ? undefined : didYouMean(plain);
}
/** An id with dashes or in capitals, the name of its pod, the path of its result. */
function meantCommandId(given) {
    const [id = ''] = /(?<![0-9a-f])(?:[0-9a-f]-?){32}(?![0-9a-f])/.exec(given.toLowerCase()) ?? [];
    return didYouMean((0,command_id/* parseCommandId */.cf)(id.replaceAll('-', '')));
}
/** A GUID in quotes or braces, or at the end of a path. */
function meantGuid(given) {
    const found = given.split(/[^0-9a-f-]+/i).filter((part) => GUID.test(part));
    return found.length === 1 ? didYouMean(found[0]) : undefined;
}
/** The resource ID of a resource group, or quotes around its name. */
function meantResourceGroup(given) {
    return didYouMean(/\/resourceGroups\/([^/]+)/i.exec(given)?.[1] ?? /^["'](.+)["']$/.exec(given)?.[1]);
}
const CLUSTER_ID = /\/subscriptions\/[^/\s]+\/resourceGroups\/[^/\s]+\/providers\/Microsoft\.ContainerService\/managedClusters\/[^/?#&\s"']+/i;
/** The page of a cluster in the portal, what belongs to a cluster, an API server's address, a cluster of another kind. */
function meantCluster(given) {
    const text = given.replaceAll(/%2f/gi, '/');
    const own = parseResourceId(CLUSTER_ID.exec(text)?.[0] ?? '');
    if (own !== undefined)
        return didYouMean(resourceId(own));
    if (/Microsoft\.Kubernetes\/connectedClusters/i.test(text)) {
        return 'Clusters of Azure Arc are not supported: run command is part of AKS.';
    }
    if (/Microsoft\.ContainerService\/fleets/i.test(text))
        return 'A fleet has no run command. Use a member cluster.';
    if (/\.azmk8s\.|^https?:/i.test(text)) {
        return 'An address is not the name of a cluster. az aks list --output table shows the names.';
    }
    const [, name = ''] = /^["'](.*)["']$/.exec(text) ?? [];
    return CLUSTER_NAME.test(name) ? didYouMean(name) : undefined;
}
/** The deployment environment of a job, or a cloud by another tool's name. */
function meantEnvironment(given) {
    if (/^azure/i.test(given)) {
        const cloud = /gov/i.test(given) ? 'azureusgovernment' : /china/i.test(given) ? 'azurechinacloud' : 'azurecloud';
        return didYouMean(cloud);
    }
    if (!/^[\w .-]+$/.test(given))
        return undefined;
    return "To set the job's environment, write environment: next to runs-on:, not under with:.";
}
function didYouMean(value) {
    return value === undefined ? undefined : `Did you mean ${value}?`;
}

;// CONCATENATED MODULE: ./src/inputs/target.ts



/**
 * Reads which cluster is meant, in which cloud, and who asks.
 *
 * @returns undefined where the cloud is unknown, which is then among the reader's problems.
 */
function readTarget(reader) {
    const cluster = readCluster(reader);
    const environment = readEnvironment(reader);
    const signIn = readSignIn(reader, environment);
    return environment && { cluster, environment, signIn };
}
function readCluster(reader) {
    const text = reader.text('cluster');
    const isName = text !== '' && !text.includes('/');
    const own = parseResourceId(text);
    if (text === '') {
        reader.missing('cluster', "is required: the cluster's name or its full ARM resource ID");
    }
    else if (isName && !CLUSTER_NAME.test(text)) {
        reader.invalid('cluster', text, '1 to 63 letters, digits, hyphens, and underscores, with a letter or digit at both ends', meantCluster(text));
    }
    else if (!isName && !own) {
        const form = resourceId({ subscriptionId: 'GUID', resourceGroup: 'GROUP', name: 'NAME' });
        reader.invalid('cluster', text, `the cluster's name, or its full ARM resource ID: ${form}`, meantCluster(text));
    }
    const resourceGroup = readPart(reader, RESOURCE_GROUP_PART, isName, own?.resourceGroup);
    const subscriptionId = readPart(reader, SUBSCRIPTION_PART, isName, own?.subscriptionId);
    return own ?? { subscriptionId, resourceGroup, name: text };
}
const RESOURCE_GROUP_PART = {
    name: 'resource-group',
    pattern: RESOURCE_GROUP,
    allowed: "a resource group's name: letters, digits and - _ . ( )",
    meant: meantResourceGroup,
};
const SUBSCRIPTION_PART = {
    name: 'subscription-id',
    pattern: GUID,
    allowed: "a subscription's GUID",
    meant: meantGuid,
};
/** Required with a cluster's name, and never against its ID. */
function readPart(reader, part, required, ofId) {
    const { name, pattern, allowed, meant } = part;
    const given = reader.matching(name, pattern, allowed, meant);
    const cluster = reader.called('cluster');
    if (given === '') {
        if (required) {
            const otherwise = `Or set ${cluster} to the full ARM resource ID instead`;
            reader.missing(name, `is required with a cluster name. ${otherwise}`);
        }
    }
    else if (pattern.test(given) && ofId !== undefined && ofId.toLowerCase() !== given.toLowerCase()) {
        const [one, other] = [given, ofId].map((text) => JSON.stringify(text));
        reader.problem(name, `${one} contradicts the resource ID in ${cluster}, which has ${other}. Leave it out.`);
    }
    return given;
}
function readEnvironment(reader) {
    const given = reader.text('environment') || 'azurecloud';
    const environment = (0,cloud/* parseEnvironment */.Nq)(given);
    if (!environment) {
        const allowed = `${cloud/* CLOUD_NAMES */.vD.join(', ')}, or the https:// URL of an ARM endpoint`;
        reader.invalid('environment', given, allowed, meantEnvironment(given));
    }
    return environment;
}
function readSignIn(reader, environment) {
    const client = 'the GUID of an Entra application or user-assigned identity';
    const clientId = reader.matching('client-id', GUID, client, meantGuid);
    const tenantId = reader.matching('tenant-id', GUID, "the GUID of the identity's Entra tenant", meantGuid);
    const audience = reader.text('audience');
    if (clientId !== '' && tenantId === '')
        reader.missing('tenant-id', `is required with ${reader.called('client-id')}`);
    if (tenantId !== '' && clientId === '')
        reader.missing('client-id', `is required with ${reader.called('tenant-id')}`);
    if (clientId === '')
        return { kind: 'ambient' };
    return { kind: 'oidc', clientId, tenantId, audience: audience || (environment ? (0,cloud/* defaultAudience */.Yl)(environment) : '') };
}

// EXTERNAL MODULE: ./src/files/runner-path.ts
var runner_path = __webpack_require__(553);
// EXTERNAL MODULE: ./src/files/braces.ts
var braces = __webpack_require__(6991);
;// CONCATENATED MODULE: ./src/inputs/collect.ts

/** Patterns after brace expansion, of all lines together: the pod may bring back 2,000 files. */
const MAX_PATTERNS = 2_000;
/**
 * Reads the input `collect`: shell patterns relative to the pod's working folder, for a POSIX shell to match. Braces
 * are expanded here, since `sh` does not expand them; `.`, repeated and trailing slashes are taken out.
 *
 * @returns each pattern once, in the order of the lines.
 */
function readCollect(reader) {
    const patterns = new Set();
    for (const line of reader.lines('collect')) {
        const expanded = (0,braces/* expandBraces */.P)(line, MAX_PATTERNS + 1);
        const problem = expanded.map(problemWith).find((found) => found !== undefined);
        if (problem === undefined)
            for (const pattern of expanded)
                patterns.add(normalized(pattern));
        else
            reader.invalid('collect', line, problem);
    }
    if (patterns.size > MAX_PATTERNS) {
        const limit = MAX_PATTERNS.toLocaleString('en');
        reader.problem('collect', `has more than ${limit} patterns after brace expansion. Use * or name the folder.`);
    }
    return [...patterns];
}
/** What is allowed instead, as the end of a sentence that begins with "Use"; undefined for a pattern that is valid. */
function problemWith(pattern) {
    if (pattern.startsWith('!'))
        return 'patterns of files to bring back; exclusions are not supported';
    if (pattern.includes('\\'))
        return '/ between folders; a backslash is not supported';
    if (pattern.startsWith('/'))
        return "a path relative to the command's working folder";
    if (pattern.split('/').includes('..'))
        return "a path without .., below the command's working folder";
    if (pattern.includes('**'))
        return "the folder's name instead of **: a folder brings back everything below it";
    return undefined;
}
function normalized(pattern) {
    const segments = pattern.split('/').filter((segment) => segment !== '' && segment !== '.');
    return segments.join('/') || '.';
}

// EXTERNAL MODULE: ./src/pod/file-command.ts
var file_command = __webpack_require__(5893);
// EXTERNAL MODULE: ./src/pod/variables.ts
var variables = __webpack_require__(2986);
;// CONCATENATED MODULE: ./src/inputs/environment-variables.ts


/**
 * Linux's `MAX_ARG_STRLEN` (32 pages, include/uapi/linux/binfmts.h): `NAME=value` and its NUL in bytes of UTF-8. A longer one
 * lets every exec fail with E2BIG.
 */
const MAX_VARIABLE_BYTES = 131_072;
/**
 * All variables together, in bytes. Linux gives arguments and environment a quarter of the stack's limit, which is 2 MiB of
 * the usual 8; the rest is for the pod's own variables and for the arguments of what the command starts.
 */
const MAX_ENVIRONMENT_BYTES = 1_572_864;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const SURELY_A_NAME = /^[A-Z0-9_]+$/;
/**
 * Names that bash (5.2, under that name or as `sh`), dash or busybox sh (1.37) sets itself, empties or refuses, found by trying
 * every name in their binaries: a value would not arrive as given.
 */
const SHELLS_OWN = new Set(`_ BASH BASHOPTS BASHPID COMP_WORDBREAKS DIRSTACK EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME GROUPS HISTCMD IFS LINENO OLDPWD
  OPTARG OPTERR OPTIND PIPESTATUS POSIXLY_CORRECT PPID PS1 PS2 PS4 PWD RANDOM SECONDS SHELLOPTS SHLVL SRANDOM UID`.split(/\s+/));
/** `BASH_VERSION`, `BASH_COMMAND`, `BASH_ARGV0`, …: all but the one that a user may mean to set. */
const BASHS_OWN = /^BASH_(?!ENV$)/;
const PODS_OWN = new Set([...variables/* FACT_NAMES */.EZ, ...variables/* POD_NAMES */.Dc]);
/**
 * Reads the input `env`: the grammar of `$GITHUB_ENV`, and `NAME` alone for a variable of the runner's. Of equal names the
 * last wins, as in `$GITHUB_ENV`.
 *
 * @param input untrimmed
 * @param lookup the runner's own variables
 */
function readEnvironmentVariables(input, lookup) {
    const { entries, bare, malformed } = (0,file_command/* readFileCommand */.y8)(input);
    const given = [
        ...entries.map((entry) => ({ ...entry, isBare: false })),
        ...bare.map(({ text, line }) => ({ name: text, value: lookup(text), line, isBare: true })),
    ].sort((a, b) => a.line - b.line);
    const variables = new Map();
    const problems = malformed.map((one) => ({ ...one, order: 0 }));
    let noAssignment = -1;
    for (const [index, { name, value, line, isBare }] of given.entries()) {
        const isNamed = NAME.test(name) && (!isBare || value !== undefined || SURELY_A_NAME.test(name));
        const problem = isNamed ? environment_variables_problemWith(name, value) : problemWithLine(name, isBare);
        // Of the lines of a value that lacks its delimiter the first one is enough, and none of them is shown.
        if (isNamed || noAssignment !== line - 1) {
            const shown = isNamed && (!isBare || SURELY_A_NAME.test(name)) ? { name } : {};
            if (problem !== undefined)
                problems.push({ line, order: index + 1, ...shown, problem });
            else if (value !== undefined)
                variables.set(name, value);
        }
        if (!isNamed)
            noAssignment = line;
    }
    const last = given.at(-1);
    if (last !== undefined && totalBytes(variables) > MAX_ENVIRONMENT_BYTES) {
        const limit = `${MAX_ENVIRONMENT_BYTES / 1024} KiB`;
        const problem = `brings the variables to more than ${limit}`;
        problems.push({ line: last.line, order: given.length, problem });
    }
    return {
        variables: [...variables].map(([name, value]) => ({ name, value })),
        problems: problems.sort((a, b) => a.line - b.line),
        doubts: doubtsAbout(input, given),
    };
}
const NO_ASSIGNMENT = 'is neither NAME=value nor the name of a variable that is set. For a value of several lines, write KEY<<EOF, then the lines, then EOF on a separate line';
/** Other ways to write a variable: what begins so, and the end of a sentence about it. Never shows anything of the line. */
const OTHER_SHAPES = [
    [/\r$/, 'ends in a carriage return. Use LF line endings'],
    [/^\s*#/, 'begins with #, but env has no comments. Remove the line'],
    [/^\s*export\s/, 'begins with export. Write only NAME=value'],
    [/^\s*[{}[\]"',]/, 'looks like JSON. Write NAME=value, one per line, without quotes or commas'],
    [/^\s*-\s/, 'begins with a dash. Write only NAME=value'],
    [/^\s*[A-Za-z_][\w.-]*:(?:\s|$)/, 'looks like YAML. Write NAME=value'],
    [/^\s*[A-Za-z_]\w*\s*$/, 'has spaces around the name. Write NAME=value without spaces around the ='],
];
/** What is wrong with a line that assigns to no name: how it ends, after "line 2". */
function problemWithLine(text, isBare) {
    const shape = NAME.test(text) ? undefined : OTHER_SHAPES.find(([begin]) => begin.test(text))?.[1];
    const form = 'needs a name of letters, digits, and underscores that does not begin with a digit';
    return shape ?? (isBare ? NO_ASSIGNMENT : form);
}
function environment_variables_problemWith(name, value) {
    if (SHELLS_OWN.has(name) || BASHS_OWN.test(name)) {
        return 'is reserved by the shell';
    }
    if (PODS_OWN.has(name)) {
        return 'is already set in the pod';
    }
    if (value === undefined) {
        return 'has no value, and no variable of that name is set';
    }
    if (value.includes('\0')) {
        return 'contains a NUL character, which no variable can have';
    }
    if (bytesOf(name, value) > MAX_VARIABLE_BYTES) {
        return `is too long: name and value together must be smaller than ${MAX_VARIABLE_BYTES / 1024} KiB`;
    }
    return undefined;
}
/** Values that are as they stand, and that may have been meant otherwise: quotes, and one value for several. */
function doubtsAbout(input, given) {
    const lines = input.split('\n');
    return given.flatMap(({ name, value = '', line }, index) => {
        if (!NAME.test(name) || !lines[line - 1]?.startsWith(`${name}=`))
            return [];
        const at = { line, order: index + 1, name };
        if (/^(["']).*\1$/.test(value)) {
            return [{ ...at, problem: 'has quotes around its value, and they are part of it. Leave them out' }];
        }
        return /^[^,=]*,\s+[A-Z_][A-Z0-9_]*=/.test(value)
            ? [
                {
                    ...at,
                    problem: 'is a single variable: everything after the first = is its value. Write one NAME=value per line',
                },
            ]
            : [];
    });
}
function totalBytes(variables) {
    return [...variables].reduce((sum, [name, value]) => sum + bytesOf(name, value), 0);
}
/** As the kernel counts. */
function bytesOf(name, value) {
    return Buffer.byteLength(name) + 1 + Buffer.byteLength(value) + 1;
}

;// CONCATENATED MODULE: ./src/inputs/task.ts





const MAX_START_TIMEOUT_SECONDS = 3600;
const MAX_START_RETRIES = 10;
/** Reads what is to be done: a command to run, or an earlier one to wait for. */
function readTask(reader) {
    const run = {
        kind: 'run',
        command: withoutCrLf(reader.untrimmed('command')),
        shell: reader.choice('shell', ['', 'bash', 'sh'], ''),
        files: readFilesRequest(reader),
        env: readEnv(reader),
        collect: readCollect(reader),
        startTimeout: reader.duration('start-timeout', '90s', MAX_START_TIMEOUT_SECONDS),
        startRetries: reader.count('start-retries', 2, MAX_START_RETRIES),
        wait: reader.flag('wait', true),
        dryRun: reader.flag('dry-run', false),
    };
    const given = reader.text('command-id');
    if (given === '') {
        if (run.command.trim() === '')
            refuseNothing(reader);
        warnOfRunnerPath(reader, run.command);
        return run;
    }
    const commandId = (0,command_id/* parseCommandId */.cf)(given);
    if (commandId === undefined)
        reader.invalid('command-id', given, '32 lowercase hex digits', meantCommandId(given));
    refuseWithCommandId(reader, run);
    return commandId === undefined ? run : { kind: 'follow', commandId, wait: true };
}
/** Neither a command nor the id of one: most often an id that an earlier job was to hand over. */
function refuseNothing(reader) {
    const id = reader.called('command-id');
    const idEmpty = `If ${id} is empty here, pass it on from the job that started the command: with outputs: there and needs: here`;
    reader.missing('command', `is required, unless ${id} names an earlier command to wait for. ${idEmpty}`);
}
/** A path of the runner means nothing in the pod, which has only what was sent. */
function warnOfRunnerPath(reader, command) {
    const path = (0,runner_path/* runnerPathIn */.t)(command);
    if (path === undefined)
        return;
    reader.warn('command', `${path} is a path outside the pod. Use a path relative to ${reader.called('working-directory')}.`);
}
/** Where every line of a command ends in CR LF, a shell would take the CR for a part of its words. */
function withoutCrLf(command) {
    return /(?<!\r)\n/.test(command) ? command : command.replaceAll('\r\n', '\n');
}
function readFilesRequest(reader) {
    return {
        patterns: reader.lines('files'),
        workingDirectory: reader.text('working-directory'),
        ifNoFilesFound: reader.choice('if-no-files-found', ['error', 'warn', 'ignore'], 'error'),
        includeHidden: reader.flag('include-hidden-files', false),
    };
}
function readEnv(reader) {
    const { variables, problems, doubts } = readEnvironmentVariables(reader.untrimmed('env'), reader.variable);
    const sentence = ({ name, problem, ...at }) => `${reader.entry(at)}${name === undefined ? '' : ` (${name})`} ${problem}`;
    for (const problem of problems)
        reader.problem('env', sentence(problem));
    for (const doubt of doubts)
        reader.warn('env', sentence(doubt));
    return variables;
}
/** What makes a new command has no meaning for an earlier one. */
function refuseWithCommandId(reader, run) {
    const excluded = {
        command: run.command.trim() !== '',
        files: run.files.patterns.length > 0,
        env: reader.text('env') !== '',
    };
    const commandId = reader.called('command-id');
    for (const [name, isGiven] of Object.entries(excluded)) {
        if (isGiven)
            reader.problem(name, `cannot be used with ${commandId}, which waits for an earlier command`);
    }
    if (run.collect.length > 0) {
        reader.problem('collect', `cannot be used with ${commandId}: the files of the earlier command come back by themselves`);
    }
    if (!run.wait)
        reader.problem('wait', `cannot be false with ${commandId}, which waits for an earlier command`);
    if (run.dryRun)
        reader.problem('dry-run', `cannot be true with ${commandId}, which runs nothing`);
}

;// CONCATENATED MODULE: ./src/inputs/inputs.ts




const MAX_TIMEOUT_SECONDS = 120 * 3600;
const OUTPUT_NAME = /^[A-Za-z_][\w-]*$/;
/** Whether a summary is wanted: read apart from the other inputs, since it tells what is wrong with them, too. */
function wantsSummary(reader) {
    return reader.flag('summary', true);
}
/**
 * Reads and validates every input.
 *
 * @throws StepError `invalid-inputs` with one problem for each bad input that the reader came across, all of them.
 */
function readInputs(reader) {
    const target = readTarget(reader);
    const rest = {
        task: readTask(reader),
        timeout: reader.duration('timeout', '30m', MAX_TIMEOUT_SECONDS),
        allowedExitCodes: readExitCodes(reader),
        maskOutputs: readMaskOutputs(reader),
        ifNoFilesCollected: reader.choice('if-no-files-collected', ['error', 'warn', 'ignore'], 'warn'),
    };
    reader.warnOfUnknown();
    const problems = [...reader.problems, ...problemsWithTls(reader), ...problemsWithProxy(reader)];
    if (problems.length > 0 || target === undefined)
        throw new failure/* StepError */.zg({ code: 'invalid-inputs', problems });
    return { ...target, ...rest };
}
/** Tokens, and a verdict, over a connection that proves nothing: refused, whoever asked for it. */
function problemsWithTls({ variable }) {
    if (variable('NODE_TLS_REJECT_UNAUTHORIZED') !== '0')
        return [];
    return [
        'NODE_TLS_REJECT_UNAUTHORIZED=0 turns off certificate checks. Remove it. To trust your own certificate authority, set NODE_EXTRA_CA_CERTS to the path of its certificate.',
    ];
}
/** No proxy where the runner has one: requests would go around it, or nowhere. */
function problemsWithProxy({ variable }) {
    const problem = (0,proxy/* proxyProblem */.w)(variable);
    return problem === undefined ? [] : [problem];
}
function readExitCodes(reader) {
    const items = reader.list('allowed-exit-codes');
    if (items.join().toLowerCase() === 'any')
        return 'any';
    const codes = items.length === 0 ? ['0'] : items;
    const bad = codes.filter((code) => !/^\d{1,3}$/.test(code) || Number(code) > 255);
    if (bad.length > 0) {
        reader.invalid('allowed-exit-codes', bad.join(', '), 'any, or comma-separated exit codes from 0 to 255');
    }
    return codes.map(Number);
}
function readMaskOutputs(reader) {
    const names = reader.list('mask-outputs');
    for (const name of names) {
        if (!OUTPUT_NAME.test(name))
            reader.invalid('mask-outputs', name, 'names of step outputs, separated by commas');
    }
    return names;
}

;// CONCATENATED MODULE: ./src/inputs/unknown.ts

/** Inputs of other actions and tasks that do what this one does, and what stands for each of them here. */
const ELSEWHERE = [
    ['run script inlinescript cmd commands', 'Did you mean command?'],
    ['arguments args', 'Write them in command.'],
    [
        'creds azure-credentials client-secret azure-subscription service-connection-name',
        'Sign in with client-id and tenant-id, or with azure/login in an earlier step.',
    ],
    ['namespace', 'Put it in command: kubectl --namespace NAME.'],
    ['azcliversion kubectl-version helm-version', 'The pod has kubectl and helm, in versions that AKS chooses.'],
    ['kubeconfig context admin use-kubelogin', 'It is not needed: the command runs in the cluster.'],
    ['name cluster-name clustername kubernetescluster aks-cluster', 'Did you mean cluster?'],
    ['group resource-group-name azureresourcegroup rg', 'Did you mean resource-group?'],
    ['subscription subscription-name', 'Did you mean subscription-id?'],
    ['manifests file path paths', 'Did you mean files?'],
    ['images imagepullsecrets strategy action', 'Do it in command.'],
];
const ADVICE = new Map(ELSEWHERE.flatMap(([names, advice]) => names.split(' ').map((name) => [name, advice])));
/** A warning about an input that the action does not have. It is the user's own word, not its value. */
function describeUnknown(name, known) {
    const dashed = name.replaceAll('_', '-');
    const near = known.find((one) => one.replaceAll('-', '') === dashed.replaceAll('-', '')) ?? (0,nearest/* nearest */.p)(dashed, known);
    const advice = ADVICE.get(name) ?? ADVICE.get(dashed) ?? (near === undefined ? '' : `Did you mean ${near}?`);
    return `The action has no input ${JSON.stringify(name)}, so its value is ignored. ${advice}`.trimEnd();
}

;// CONCATENATED MODULE: ./src/inputs/reader.ts




const EMPTY = 'If the workflow sets it, its value is empty: the variable or secret does not exist, or it belongs to an environment that the job does not use.';
/**
 * A reader of these inputs.
 *
 * @param warn told what is worth a warning.
 */
function inputReader(asked, warn = () => undefined) {
    const { variable, words, inputNames = [] } = asked;
    const problems = [];
    const known = new Set();
    const read = (name) => {
        known.add(name);
        return asked.input(name);
    };
    const text = (name) => read(name).trim();
    const problem = (name, sentence) => {
        problems.push(`${words.input(name)}: ${ended(sentence)}`);
    };
    const invalid = (name, given, allowed, meant) => {
        problem(name, [`${(0,visible/* visible */.RK)(JSON.stringify(given))} is invalid. Use ${allowed}.`, meant].filter(Boolean).join(' '));
    };
    return {
        problems,
        problem,
        missing(name, sentence) {
            problem(name, words.place === 'workflow' ? `${sentence}. ${EMPTY}` : sentence);
        },
        invalid,
        warn(name, sentence) {
            warn(`${words.input(name)}: ${ended(sentence)}`);
        },
        warnOfUnknown() {
            for (const name of inputNames)
                if (!known.has(name))
                    warn(describeUnknown(name, [...known]));
        },
        called: words.input,
        entry: words.entry,
        variable,
        untrimmed: read,
        text,
        list: (name) => itemsOf(read(name), /[\n,]/),
        lines: (name) => itemsOf(read(name), '\n').filter((line) => !line.startsWith('#')),
        ...valueReaders(text, invalid),
    };
}
/** Reads what has a form of its own. */
function valueReaders(text, invalid) {
    return {
        matching(name, pattern, allowed, meant) {
            const given = text(name);
            if (given !== '' && !pattern.test(given))
                invalid(name, given, allowed, meant?.(given));
            return given;
        },
        choice(name, allowed, fallback) {
            const given = text(name);
            const match = allowed.find((candidate) => candidate === given);
            if (match === undefined && given !== '')
                invalid(name, given, anyOf(allowed), meantChoice(given, allowed));
            return match ?? fallback;
        },
        flag(name, fallback) {
            const given = text(name);
            const value = parseBoolean(given);
            if (value === undefined && given !== '')
                invalid(name, given, 'true or false', meantFlag(given));
            return value ?? fallback;
        },
        duration(name, fallback, most) {
            const given = text(name) || fallback;
            const seconds = (0,duration/* parseDuration */.E)(given) ?? 0;
            if (seconds >= 1 && seconds <= most)
                return seconds;
            const allowed = `a duration such as 90s, 15m, or 1h30m, from 1s to ${most / 3600}h`;
            invalid(name, given, allowed, meantDuration(given));
            return 1;
        },
        count(name, fallback, most) {
            const given = text(name) || String(fallback);
            if (/^\d{1,4}$/.test(given) && Number(given) <= most)
                return Number(given);
            invalid(name, given, `a whole number from 0 to ${most}`);
            return fallback;
        },
    };
}
/** Reads a boolean of YAML 1.2, as `@actions/core` does; undefined for anything else. */
function parseBoolean(text) {
    if (['true', 'True', 'TRUE'].includes(text))
        return true;
    if (['false', 'False', 'FALSE'].includes(text))
        return false;
    return undefined;
}
function itemsOf(text, separator) {
    return text
        .split(separator)
        .map((item) => item.trim())
        .filter((item) => item !== '');
}
function anyOf(allowed) {
    const named = allowed.filter((text) => text !== '');
    return `${named.slice(0, -1).join(', ')}${named.length > 2 ? ',' : ''} or ${named.slice(-1).join('')}`;
}
function ended(sentence) {
    return /[.?!]$/.test(sentence) ? sentence : `${sentence}.`;
}

;// CONCATENATED MODULE: ./src/lifecycle/cancellation.ts
/**
 * Awaits a promise, but not for longer than `graceMs` after a cancel.
 *
 * @returns undefined where the cancel came first; the promise is then left to itself, its rejection included: what
 * was given up for the cancel is no failure of its own.
 */
async function untilCancelled(promise, cancelled, clock, graceMs = 0) {
    const abandoned = new Promise((resolve) => {
        const giveUp = () => {
            void clock.sleep(graceMs).then(() => {
                resolve(undefined);
            });
        };
        if (cancelled.aborted)
            giveUp();
        else
            cancelled.addEventListener('abort', giveUp, { once: true });
        const forget = () => {
            cancelled.removeEventListener('abort', giveUp);
        };
        promise.then(forget, forget);
    });
    const awaited = promise.catch((error) => {
        if (!cancelled.aborted)
            throw error;
        return undefined;
    });
    return Promise.race([awaited, abandoned]);
}

// EXTERNAL MODULE: ./src/lifecycle/retry.ts
var retry = __webpack_require__(5130);
;// CONCATENATED MODULE: ./src/lifecycle/cluster.ts




/**
 * Signs in and looks at the cluster; undefined where the caller may not, which is no failure.
 *
 * @throws StepError where it cannot be read, is stopped, or has run command switched off.
 */
async function cluster_readCluster({ azure, log, serviceTime }) {
    const answer = await (0,retry/* withFreshTokens */.HJ)(azure, log, async () => {
        await azure.signIn();
        return azure.readCluster();
    });
    serviceTime.observe(answer);
    if (answer.kind === 'answered' && answer.status === 403) {
        log.say((0,ours/* ours */.O) `The identity cannot read the cluster, which is optional; continuing.`);
        return undefined;
    }
    if (answer.kind === 'unanswered' || answer.status !== 200) {
        throw new failure/* StepError */.zg({ code: 'cluster-unreadable', answer });
    }
    const facts = readClusterFacts(answer.body);
    if (facts.stopped)
        throw new failure/* StepError */.zg({ code: 'cluster-stopped' });
    if (facts.runCommandDisabled)
        throw new failure/* StepError */.zg({ code: 'run-command-disabled' });
    return facts;
}

;// CONCATENATED MODULE: ./src/lifecycle/collected.ts

const NONE = { folder: '', files: [], leftOut: [], leftOutMore: 0, unheld: [], unmatched: [] };
/** Takes the files out of what the pod sent, and writes them down. Undefined where there is nothing to tell. */
async function takeCollected(report, { asked, ifNoFilesCollected }, collector) {
    if (report.kind !== 'ran' || report.noBash || report.noVariables)
        return undefined;
    const { bundle } = report;
    if (bundle === undefined)
        return asked ? { ...NONE, problem: { kind: 'lost' } } : undefined;
    if (bundle.kind !== 'files')
        return { ...NONE, problem: bundle };
    const { files, leftOut, leftOutMore } = bundle;
    const unmatched = ifNoFilesCollected === 'ignore' ? [] : bundle.unmatched;
    const fails = ifNoFilesCollected === 'error' && unmatched.length > 0;
    const told = {
        ...NONE,
        leftOut,
        leftOutMore,
        unmatched: fails ? [] : unmatched,
        ...(fails && { problem: { kind: 'no-match', patterns: unmatched } }),
    };
    if (files.length === 0)
        return told;
    try {
        const { folder, unheld } = await collector.keep(files);
        const held = files.filter(({ name }) => !unheld.includes(name));
        return {
            ...told,
            folder,
            unheld,
            files: held.map(({ name, content }) => ({ path: name, bytes: content.length })),
        };
    }
    catch (error) {
        return { ...told, problem: { kind: 'unwritable', detail: (0,failure/* messageOf */.bD)(error) } };
    }
}

// EXTERNAL MODULE: ./src/pod/stream.ts + 3 modules
var stream = __webpack_require__(7929);
// EXTERNAL MODULE: ./src/azure/answer.ts
var azure_answer = __webpack_require__(6793);
;// CONCATENATED MODULE: ./src/azure/command-result.ts


const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/;
/**
 * Reads an answer by the body's `provisioningState`, whatever its letter case, and not by the HTTP status: a `200`
 * can carry `Running` (the Azure CLI has a poller of its own for that).
 */
function readCommandStatus(answer) {
    const body = (0,json/* parseJson */.qF)(answer.body);
    const properties = (0,json/* isRecord */.u4)(body) && (0,json/* isRecord */.u4)(body['properties']) ? body['properties'] : undefined;
    const state = properties?.['provisioningState'];
    if (properties === undefined || typeof state !== 'string')
        return { kind: 'unreadable' };
    const startedAt = timestamp(properties['startedAt']);
    switch (state.toLowerCase()) {
        case 'succeeded':
            return { kind: 'ended', ...result('succeeded', properties) };
        case 'failed':
        case 'canceled':
            return { kind: 'ended', ...result('failed', properties) };
        default:
            return { kind: 'running', ...(startedAt !== undefined && { startedAt }) };
    }
}
/** What a 404 may be about instead of the command: whatever the command is in. */
const MISSING_AROUND = new Set([
    'ParentResourceNotFound',
    'ResourceGroupNotFound',
    'ResourceNotFound',
    'SubscriptionNotFound',
]);
/**
 * Whether AKS says that it has no such command. "The operation returns a Not Found status because the pod can't reach a
 * successful state, such as Running" (Microsoft's "Resolve az aks command invoke failures"). Users saw it without a readable
 * body; a page is a gateway's, and says nothing of a command.
 */
function deniesCommand({ status, body }) {
    return status === 404 && !/^\s*</.test(body) && !MISSING_AROUND.has((0,azure_answer/* serviceError */.cg)(body).code);
}
function result(provisioningState, properties) {
    const { exitCode, logs, reason } = properties;
    const startedAt = timestamp(properties['startedAt']);
    const finishedAt = timestamp(properties['finishedAt']);
    return {
        provisioningState,
        logs: typeof logs === 'string' ? logs : '',
        ...(isExitCode(exitCode) && { exitCode }),
        ...(typeof reason === 'string' && reason !== '' && { reason: (0,azure_answer/* clip */.$Q)(reason) }),
        ...(startedAt !== undefined && { startedAt }),
        ...(finishedAt !== undefined && { finishedAt }),
    };
}
function timestamp(value) {
    if (typeof value !== 'string' || value.length > 40 || !TIMESTAMP.test(value))
        return undefined;
    return Number.isNaN(Date.parse(value)) ? undefined : value;
}
/** Of a process: a container's is 0 to 255, Windows' is 32 bits. */
function isExitCode(value) {
    return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 0xffff_ffff;
}

;// CONCATENATED MODULE: ./src/lifecycle/polling.ts
const FIRST_MS = 100;
/** Of the time elapsed: what the next look adds to it. */
const GROWTH = 0.3;
const YOUNG_UNTIL_MS = 60_000;
const YOUNG_MAX_MS = 2_000;
const MIDDLE_UNTIL_MS = 15 * 60_000;
const MIDDLE_MS = 4_000;
const MAX_MS = 10_000;
/**
 * Milliseconds until the next look at a command that has been followed for so long. Looks come often at first, then
 * every 2 s for a minute, every 4 s up to a quarter of an hour, and every 10 s from there on. All jobs of a
 * subscription and region share a bucket of 60 requests, refilled at 1 a second: three jobs at once never empty it.
 */
function pollDelay(elapsedMs) {
    if (elapsedMs >= MIDDLE_UNTIL_MS)
        return MAX_MS;
    if (elapsedMs >= YOUNG_UNTIL_MS)
        return MIDDLE_MS;
    return Math.min(FIRST_MS + elapsedMs * GROWTH, YOUNG_MAX_MS);
}
/**
 * The same where that bucket was found empty: an early look would take a request from another job, and so would many
 * looks at a long command. At random, since jobs that were let through together would otherwise come back together.
 */
function crowdedPollDelay(elapsedMs, random) {
    return Math.max(pollDelay(elapsedMs), 1_000 + random() * 3_000, Math.min(elapsedMs / 20, MAX_MS));
}

;// CONCATENATED MODULE: ./src/lifecycle/follow.ts







const HEARTBEAT_MS = 60_000;
/** An answer that is no refusal delays the next look by this much at most. */
const MAX_TOLD_MS = 60_000;
/**
 * Polls a command until it ended, or there is no point in waiting on. A throttled answer, a 5xx, a torn connection,
 * an unreadable body: asked again until the time is over.
 */
async function follow(id, patience, ports) {
    const { azure, clock, log, cancelled, serviceTime } = ports;
    const course = courseFrom(clock.monotonic(), patience);
    const look = () => (0,retry/* withFreshTokens */.HJ)(azure, log, () => azure.readResult(id));
    let wait = nextLook(course, 0, ports);
    for (;;) {
        await clock.sleep(Math.min(wait, Math.max(0, course.deadline - clock.monotonic())), cancelled);
        const asked = clock.monotonic();
        const answer = cancelled.aborted ? undefined : await untilCancelled(look(), cancelled, clock);
        if (answer === undefined)
            return { kind: 'cancelled', seen: course.seen };
        serviceTime.observe(answer);
        const now = clock.monotonic();
        const elapsed = now - course.begin;
        const status = readStatus(answer);
        const end = endOf(status, { answer, asked }, course, patience);
        if (end !== undefined)
            return end;
        wait = waitAfter(answer, status, course, elapsed, ports);
        if (status.kind === 'running')
            noteRunning(status, course, patience, now, log);
        else
            log.debug(`No result yet: ${(0,azure_answer/* describeAnswer */.O1)(answer)}`);
        if (now >= course.deadline)
            return { kind: 'time-over', seen: course.seen, seconds: Math.round(elapsed / 1000) };
        if (now >= course.heartbeat) {
            course.heartbeat = now + HEARTBEAT_MS;
            const isRunning = course.seen === 'started';
            const what = isRunning ? (0,ours/* ours */.O) `running` : (0,ours/* ours */.O) `waiting`;
            log.progress(isRunning ? 'running' : 'submitted', (0,ours/* ours */.O) `Still ${what} after ${(0,duration/* formatDuration */.a)(elapsed / 1000)}.`);
        }
    }
}
function courseFrom(begin, { unstarted, crowded = false }) {
    return {
        begin,
        deadline: begin + unstarted,
        heartbeat: begin + HEARTBEAT_MS,
        crowded,
        throttled: 0,
        missing: undefined,
        seen: 'nothing',
    };
}
/** Whether there is no point in another look. */
function endOf(status, { answer, asked }, course, patience) {
    const { seen } = course;
    if (status.kind === 'ended')
        return { kind: 'ended', result: status };
    if (status.kind === 'forbidden')
        return { kind: 'forbidden', seen, answer };
    if (status.kind !== 'denied' && status.kind !== 'refused') {
        course.missing = undefined;
        return undefined;
    }
    if (course.missing?.kind !== status.kind)
        course.missing = { kind: status.kind, since: asked };
    const isGone = patience.isGone(course.missing.since, asked);
    return isGone ? { kind: 'missing', denied: status.kind === 'denied', seen, answer } : undefined;
}
function nextLook({ crowded }, elapsed, { random }) {
    return crowded ? crowdedPollDelay(elapsed, random) : pollDelay(elapsed);
}
function waitAfter(answer, { kind }, course, elapsed, ports) {
    const wait = Math.max(nextLook(course, elapsed, ports), Math.min((0,retry/* toldDelay */.$U)(answer) ?? 0, MAX_TOLD_MS));
    if (kind === 'running')
        course.throttled = 0;
    if (kind !== 'throttled')
        return wait;
    course.crowded = true;
    return Math.max(wait, (0,retry/* throttleDelay */.Ut)(answer, course.throttled++, ports.random));
}
/** Tells what AKS says for the first time. */
function noteRunning({ startedAt }, course, patience, now, log) {
    if (startedAt === undefined && course.seen === 'nothing') {
        course.seen = 'accepted';
        log.progress('submitted', (0,ours/* ours */.O) `Waiting for the pod to start.`);
    }
    else if (startedAt !== undefined && course.seen !== 'started') {
        course.seen = 'started';
        if (patience.started !== undefined)
            course.deadline = now + patience.started;
        log.progress('running', (0,ours/* ours */.O) `The command is running.`);
    }
}
function readStatus(answer) {
    if (answer.kind === 'unanswered')
        return { kind: 'unreadable' };
    const { status } = answer;
    if (status === 200 || status === 202)
        return readCommandStatus(answer);
    // With new tokens, too: as long as it may be theirs, it says nothing of the command.
    if (status === 401)
        return { kind: 'unreadable' };
    if (status === 403)
        return { kind: 'forbidden' };
    if (status === 429)
        return { kind: 'throttled' };
    if (deniesCommand(answer))
        return { kind: 'denied' };
    return status >= 400 && !(0,azure_answer/* isTransient */.dg)(answer) ? { kind: 'refused' } : { kind: 'unreadable' };
}

;// CONCATENATED MODULE: ./src/lifecycle/start-by.ts
/** Whole seconds since the epoch as a time of day: `12:01:30 UTC`. */
function clockTime(seconds) {
    return `${new Date(seconds * 1000).toISOString().slice(11, 19)} UTC`;
}
/** Clocks of the cluster's nodes and of ARM may differ by this much. */
const MARGIN_MS = 5_000;
/**
 * How much longer than that is waited for two clocks to agree that it is over. They disagree after an answer that was
 * dated far from the time.
 */
const DISAGREEMENT_MS = 300_000;
/** The start-by time of a submission that is written now. */
function startByNow(startTimeoutSeconds, clock, serviceTime) {
    return {
        seconds: Math.floor(serviceTime.now() / 1000 + startTimeoutSeconds),
        writtenAt: clock.monotonic(),
        startTimeout: startTimeoutSeconds * 1000,
    };
}
/**
 * Whether the command could no longer start at that time of {@link Clock.monotonic}. Both clocks must say so: an answer
 * dated ahead of the time moves Azure's, and the command would be submitted again while its pod may still start.
 */
function startIsOver(startBy, at, serviceTime) {
    return hasPassed(startBy, at - MARGIN_MS, serviceTime);
}
/** The same, by clocks that agree to the millisecond: enough to believe a pod that says so, and not to submit again. */
function hasPassed(startBy, at, serviceTime) {
    const byOwnClock = at >= startBy.writtenAt + startBy.startTimeout;
    return byOwnClock && serviceTime.atLeast(at) >= startBy.seconds * 1000;
}
/** Waits until a command can no longer start; false where a cancel came first, or the clocks never agree. */
async function untilStartIsOver(startBy, { clock, cancelled, serviceTime }) {
    const limit = Math.max(clock.monotonic(), startBy.writtenAt + startBy.startTimeout + MARGIN_MS) + DISAGREEMENT_MS;
    while (!startIsOver(startBy, clock.monotonic(), serviceTime)) {
        if (cancelled.aborted || clock.monotonic() >= limit)
            return false;
        await clock.sleep(1000, cancelled);
    }
    return true;
}

// EXTERNAL MODULE: ./src/azure/submission.ts
var submission = __webpack_require__(8259);
;// CONCATENATED MODULE: ./src/lifecycle/submit.ts







const CANCEL_GRACE_MS = 1_500;
const NO_ANSWER = { kind: 'unanswered', sent: 'never', cause: 'cancelled' };
/** Posts until an answer says something about the command other than "not processed". */
async function submit_submit(order, ports) {
    const { clock, log, cancelled } = ports;
    const tries = (0,retry/* countTries */.zh)(ports);
    let { needsClusterToken } = order;
    for (;;) {
        log.progress('submitting');
        const posted = await post(order, needsClusterToken, ports);
        const ended = (outcome) => {
            return { ...posted, outcome, needsClusterToken, crowded: tries.wasThrottled() };
        };
        const { outcome, answer } = posted;
        if (outcome.kind === 'token-rejected')
            return ended({ kind: 'refused' });
        if (outcome.kind === 'cluster-token-required') {
            if (needsClusterToken)
                return ended({ kind: 'refused' });
            log.say((0,ours/* ours */.O) `The cluster uses Entra. Requesting a token for it.`);
            needsClusterToken = true;
            continue;
        }
        if (outcome.kind !== 'try-again')
            return ended(outcome);
        const wait = tries.pauseAfter(answer);
        if (wait === undefined)
            return ended({ kind: 'refused' });
        const pause = (0,duration/* formatDuration */.a)(Math.ceil(wait / 1000));
        log.say((0,ours/* ours */.O) `Azure didn't accept the command (${REASONS[outcome.because]}). Retrying in ${pause}.`);
        await clock.sleep(wait, cancelled);
    }
}
const REASONS = {
    throttled: (0,ours/* ours */.O) `throttled`,
    unreachable: (0,ours/* ours */.O) `Azure could not be reached`,
    conflict: (0,ours/* ours */.O) `another operation is in progress on the cluster`,
};
/** Posts once, and where ARM rejects the token, once more with another. */
async function post(order, needsClusterToken, ports) {
    const { azure, clock, log, cancelled, serviceTime } = ports;
    let written;
    let stopped;
    const answer = await (0,retry/* withFreshTokens */.HJ)(azure, log, async () => {
        // Before the start-by time is counted, and before the last look for a cancel: tokens may take their time.
        const tokens = await untilCancelled(signIn(needsClusterToken, ports), cancelled, clock);
        if (tokens === undefined || cancelled.aborted)
            return stop({ kind: 'cancelled-before' });
        if ('failure' in tokens)
            return stop({ kind: 'not-signed-in', failure: tokens.failure });
        const startBy = startByNow(order.startTimeout, clock, serviceTime);
        const { body, boundary } = order.write(startBy.seconds);
        written = { startBy, boundary };
        const sent = azure.runCommand({ ...body, ...tokens });
        const posted = await untilCancelled(sent, cancelled, clock, CANCEL_GRACE_MS);
        return posted ?? stop({ kind: 'cancelled-during' });
    });
    serviceTime.observe(answer);
    return { answer, outcome: stopped ?? (0,submission/* readSubmission */.V)(answer), ...(written && { written }) };
    function stop(outcome) {
        stopped = outcome;
        return NO_ANSWER;
    }
}
/** Where no token is to be had, nothing was submitted. */
async function signIn(needsClusterToken, { azure }) {
    try {
        await azure.signIn();
        return needsClusterToken ? { clusterToken: await azure.clusterToken() } : {};
    }
    catch (error) {
        if (error instanceof failure/* StepError */.zg)
            return { failure: error.failure };
        throw error;
    }
}

;// CONCATENATED MODULE: ./src/lifecycle/run.ts






/** The pod ends a command at its timeout; where it cannot, waiting ends this much later. */
const TIMEOUT_GRACE_MS = 60_000;
const MISSING_MS = 30_000;
/** One denial among failures of the service may be a failure itself. */
const DENIED_MS = 5_000;
const over = (ending) => ({ kind: 'over', ending });
/**
 * Submits a command and follows it to its end.
 *
 * It is submitted again only where an answer proves that the earlier submission did not run, or where its start-by
 * time has passed and AKS does not have it, or its pod refused to run it.
 */
function runCommand(order, ports) {
    return submitUntilItStarts(order, ports, 1);
}
/** @param submissions how many this makes. */
async function submitUntilItStarts(order, ports, submissions) {
    const { log, cancelled } = ports;
    const submitted = await submit_submit(order, ports);
    const course = await followSubmitted(submitted, order, ports);
    if (course.kind === 'over')
        return course.ending;
    const { id, startBy, because } = course;
    const isOver = await untilStartIsOver(startBy, ports);
    if (!isOver && because === 'refused' && !hasPassed(startBy, ports.clock.monotonic(), ports.serviceTime)) {
        return { kind: 'unknown', failure: { code: cancelled.aborted ? 'cancelled' : 'pod-refused' }, id };
    }
    if (cancelled.aborted)
        return { kind: 'not-started', failure: { code: 'cancelled' }, id };
    if (!isOver || submissions > order.startRetries) {
        const answer = submitted.outcome.kind === 'did-not-start' ? { answer: submitted.answer } : {};
        return { kind: 'not-started', failure: { code: 'did-not-start', submissions, ...answer }, id };
    }
    log.say((0,ours/* ours */.O) `Command ${id} did not start and no longer can. Resubmitting it, retry ${submissions} of ${order.startRetries}.`);
    return submitUntilItStarts({ ...order, needsClusterToken: submitted.needsClusterToken }, ports, submissions + 1);
}
/**
 * Follows a command that was submitted earlier, by this action or by anyone, for `timeout` seconds.
 *
 * @throws StepError where nobody can be signed in.
 */
async function followCommand(id, timeout, ports) {
    ports.onCommandId(id);
    const signedIn = ports.azure.signIn().then(() => true);
    if (!(await untilCancelled(signedIn, ports.cancelled, ports.clock))) {
        return { kind: 'running', failure: { code: 'cancelled', unstarted: true }, id };
    }
    const patience = { unstarted: timeout * 1000, isGone: (since, asked) => asked >= since + MISSING_MS };
    const followed = await follow(id, patience, ports);
    // Whoever submitted it wrote what its log says: that it did not run is nothing to build on.
    return (await readEnding(id, followed, {})) ?? { kind: 'unknown', failure: { code: 'pod-refused' }, id };
}
async function followSubmitted(submitted, order, ports) {
    const { outcome, answer, written } = submitted;
    if (outcome.kind !== 'accepted' && outcome.kind !== 'did-not-start') {
        return over(endingAtOnce(outcome, submitted, ports));
    }
    const { id } = outcome;
    if (id === undefined || written === undefined) {
        return over({ kind: 'unknown', failure: { code: 'start-unclear', answer } });
    }
    ports.onCommandId(id);
    const { startBy, boundary } = written;
    const accepted = outcome.kind === 'accepted';
    if (!accepted) {
        const until = clockTime(startBy.seconds);
        ports.log.say((0,ours/* ours */.O) `AKS stopped waiting for the pod of command ${id}. It may still start until ${until}. Still waiting for it.`);
    }
    else {
        sayAccepted(id, ports);
        if (!order.wait && !ports.cancelled.aborted) {
            return over({ kind: 'running', failure: { code: 'not-waited' }, id });
        }
    }
    const followed = await follow(id, patienceWith(order, submitted, startBy, ports), ports);
    const isOver = hasPassed(startBy, ports.clock.monotonic(), ports.serviceTime);
    const mayStart = isOver ? {} : { mayStartUntil: startBy.seconds };
    if (!accepted && wasNeverThere(followed))
        return { kind: 'did-not-start', id, startBy, because: 'never-there' };
    if (!accepted && followed.kind !== 'ended' && followed.seen === 'nothing') {
        // AKS gave it up and says nothing better: it may have started before its start-by time.
        const failure = followed.kind === 'cancelled'
            ? { code: 'cancelled', ...mayStart }
            : { code: 'start-unclear', answer, ...mayStart };
        return over({ kind: 'unknown', failure, id });
    }
    const ending = await readEnding(id, followed, { boundary, mayStart });
    return ending === undefined ? { kind: 'did-not-start', id, startBy, because: 'refused' } : over(ending);
}
/** The id, and how to watch what AKS does not show before its end. */
function sayAccepted(id, { log }) {
    log.progress('submitted');
    log.say((0,ours/* ours */.O) `AKS accepted command ${id}.`);
    log.say((0,ours/* ours */.O) `AKS shows its output only when it ends. To watch it from a machine that reaches the cluster:`);
    log.show(`  kubectl logs --follow --namespace aks-command command-${id}`);
}
/** The ending of a submission that leaves nothing to follow. */
function endingAtOnce(outcome, { answer, written }, ports) {
    switch (outcome.kind) {
        case 'cancelled-before':
            return { kind: 'not-started', failure: { code: 'cancelled' } };
        case 'cancelled-during':
            return {
                kind: 'unknown',
                failure: { code: 'cancelled', ...(written && { mayStartUntil: written.startBy.seconds }) },
            };
        case 'not-signed-in':
            return { kind: 'not-started', failure: outcome.failure };
        case 'refused':
            return { kind: 'not-started', failure: { code: 'submission-refused', answer } };
        case 'unclear':
            if (outcome.id !== undefined)
                ports.onCommandId(outcome.id);
            return {
                kind: 'unknown',
                failure: { code: 'submission-unclear', answer },
                ...(outcome.id !== undefined && { id: outcome.id }),
            };
    }
}
function patienceWith(order, submitted, startBy, ports) {
    const { serviceTime } = ports;
    return {
        unstarted: order.startTimeout * 1000 + order.timeout * 1000 + TIMEOUT_GRACE_MS,
        started: order.wait ? order.timeout * 1000 + TIMEOUT_GRACE_MS : 0,
        crowded: submitted.crowded,
        isGone: submitted.outcome.kind === 'accepted'
            ? (since, asked) => asked >= since + MISSING_MS
            : (since, asked) => asked >= since + DENIED_MS && serviceTime.isKnown() && startIsOver(startBy, asked, serviceTime),
    };
}
/**
 * Whether AKS says twice, and nothing else, that the pod did not start: it gave the pod up, and has no such command. Once it
 * said that it has the command, its denial is no proof.
 */
function wasNeverThere(followed) {
    return followed.kind === 'missing' && followed.denied && followed.seen === 'nothing';
}
/**
 * @param own what this step knows of the command
 * @returns undefined where the pod refused to run the command, as far as it is for the pod to say: the script says nothing
 * else, and AKS has the exit code with which it refuses.
 */
async function readEnding(id, followed, { boundary, mayStart = {} }) {
    const unstarted = 'seen' in followed && followed.seen !== 'started' ? { unstarted: true } : {};
    switch (followed.kind) {
        case 'ended': {
            const { result } = followed;
            const report = await (0,stream/* readStream */.bv)(result.logs, boundary);
            if (report.kind !== 'refused')
                return { kind: 'ended', id, result, report };
            const proven = report.alone && result.provisioningState === 'succeeded' && result.exitCode === stream/* REFUSED_EXIT_CODE */.G8;
            return proven ? undefined : { kind: 'unknown', failure: { code: 'pod-refused' }, id };
        }
        case 'missing':
            return { kind: 'unknown', failure: { code: 'result-missing', answer: followed.answer }, id };
        case 'forbidden':
            return { kind: 'running', failure: { code: 'result-forbidden', answer: followed.answer }, id };
        case 'time-over':
            return { kind: 'running', failure: { code: 'no-answer-in-time', seconds: followed.seconds, ...unstarted }, id };
        case 'cancelled': {
            const notStarted = followed.seen === 'started' ? {} : { ...mayStart, ...unstarted };
            return { kind: 'running', failure: { code: 'cancelled', ...notStarted }, id };
        }
    }
}

;// CONCATENATED MODULE: ./src/lifecycle/clock.ts
/**
 * How far behind Azure's the runner's clock may be and still be the right one of the two. An Azure that is further ahead takes
 * none of GitHub's ID tokens, which live this long: then it is the runner's clock that is wrong.
 */
const MAX_AHEAD_MS = 300_000;
/** Starts with the runner's clock. */
function serviceTime(clock) {
    // Against the monotonic clock: the runner's own may be set while the step runs.
    const own = () => clock.now() - clock.monotonic();
    let last;
    let smallest;
    const earliest = () => {
        const runner = own();
        if (smallest === undefined)
            return runner;
        return smallest > runner && smallest <= runner + MAX_AHEAD_MS ? runner : smallest;
    };
    return {
        observe(answer) {
            const date = answer.kind === 'answered' ? Date.parse(answer.headers['date'] ?? '') : NaN;
            if (!Number.isFinite(date))
                return;
            last = date - clock.monotonic();
            smallest = Math.min(smallest ?? last, last);
        },
        now: () => clock.monotonic() + (last ?? own()),
        atLeast: (at) => at + earliest(),
        isKnown: () => last !== undefined,
    };
}

;// CONCATENATED MODULE: ./src/lifecycle/session.ts

/**
 * What submits commands to a cluster and follows them.
 *
 * @param keepId told each command id as soon as it exists, as is the output `command-id`.
 */
function openSession(target, keepId, ports) {
    const { host, clock, cancelled, random } = ports;
    const onCommandId = (id) => {
        keepId(id);
        try {
            host.setOutput('command-id', id);
        }
        catch (error) {
            // Told again, and then as a failure, when the verdict is known.
            host.log.debug(`The output command-id cannot be written: ${String(error)}`);
        }
    };
    const azure = ports.azureFor(target);
    return { azure, clock, cancelled, random, log: host.log, serviceTime: serviceTime(clock), onCommandId };
}

// EXTERNAL MODULE: ./src/files/contents.ts
var contents = __webpack_require__(1525);
// EXTERNAL MODULE: ./src/verdict.ts
var src_verdict = __webpack_require__(3138);
// EXTERNAL MODULE: ./src/hosts/words.ts
var hosts_words = __webpack_require__(2266);
;// CONCATENATED MODULE: ./src/report/catalogue/moves.ts
/** The parts of next moves that several rows share. Templates for `fill`. */
/** A template of several lines. */
const lines = (...parts) => parts.join('\n');
const FEDERATE = lines('If that is the subject you expect, create a credential for it. Anyone who can get a token with this subject can then act as the identity. For an application:', '$ az ad app federated-credential create --id {clientId} --parameters {credential}', 'For a user-assigned identity, with the name and resource group that the first command shows:', '$ az identity list --query {identityQuery} --output table', '$ az identity federated-credential create --identity-name IDENTITY_NAME --resource-group IDENTITY_GROUP --name {credentialName} --issuer {issuer} --subject={subject} --audiences {audience}', 'A new credential takes a few minutes to work.');
/** What Entra compared, before anything else is said. */
const PRESENTED = lines('[workflow] This job presented the subject {subject}', '[prompt] The ID token presents the subject {subject}', 'Entra compares it character by character, and case matters.');
const GRANT = lines('No built-in role grants only run command. Create a role with the three permissions that it needs, and assign it on this cluster:', '$ az role definition create --role-definition {role}', '$ az role assignment create --assignee {principal} --role {roleName} --scope {clusterId}', 'If the role was granted a moment ago, wait ten minutes and {noun:rerun}. A role from PIM must be active, not just eligible.');
const LOOK = lines('Before you run it again, check whether it ran, in the pods of run command and in the activity log of the cluster:', "$ az aks command invoke --subscription {subscription} -g {group} -n {cluster} --command 'kubectl get pods --namespace aks-command'", '$ az monitor activity-log list --resource-id {clusterId} --offset 1h --output table', 'To see the result of command {commandId?}, if there is one:', '$ az aks command result --subscription {subscription} -g {group} -n {cluster} --command-id {commandId?}');
const RESULT = lines('To see its result once it has ended:', '$ az aks command result --subscription {subscription} -g {group} -n {cluster} --command-id {commandId}');
const PICK_UP = lines(RESULT, '[workflow] To wait for it in another run, set these inputs instead of command, files, and env:', '[prompt] To wait for it again:', '@ cluster: {clusterId}', '@ command-id: {commandId}', '@ client-id: {clientId?}', '@ tenant-id: {tenantId?}', '@ audience: {ownAudience?}', '@ environment: {environment?}');
/** The input lines that pick a command up in a later job of the same workflow. */
const PASS_ON = lines(RESULT, '[workflow] To wait for it in a later job, pass its ID on.', '[workflow] {noStepId?}Give the step an id, and use it instead of STEP_ID.', '[workflow] In the job {job}:', '[workflow] | outputs:', '[workflow] |   command-id: {stepOutput}', '[workflow] In the job that waits:', '[prompt] To wait for it:', '[workflow] | needs: {job}', '[workflow] ', '@ cluster: {clusterId}', '[workflow] @ command-id: {jobOutput}', '[prompt] @ command-id: {commandId}', '@ client-id: {clientId?}', '@ tenant-id: {tenantId?}', '@ audience: {ownAudience?}', '@ environment: {environment?}');
/** Ends a command in the cluster. */
const STOP = lines('To stop it, on a machine that reaches the cluster:', '$ kubectl delete pod {pod?} --namespace aks-command');
const OTHER_LOGIN = lines('[workflow] | permissions:', '[workflow] |   id-token: write', '[workflow] |   contents: read', '[workflow] ', '[workflow] | with:', '[workflow] |   client-id: ${{ vars.AZURE_CLIENT_ID }}', '[workflow] |   tenant-id: ${{ vars.AZURE_TENANT_ID }}', '[prompt] $ az login');
const SMALLER = lines('Send less. Exclude files that the command does not need:', '[workflow] | with:', '[workflow] |   files: |', '[workflow] |     manifests/', '[workflow] |     !manifests/**/*.tgz', "[prompt] $ aks-run-command --files manifests --files '!manifests/**/*.tgz'", 'Or split the work into several commands, render the manifests first (helm template, kubectl kustomize), or have the command download large files.');
const ROOM = lines('The pod requests 200m CPU and 500Mi memory, tolerates no taints, and pulls its image from mcr.microsoft.com. Check whether a node has that much free capacity and no taints, and read the events:', '$ az aks nodepool list --subscription {subscription} -g {group} --cluster-name {cluster} --output table', '$ kubectl get pods,events --namespace aks-command', 'To give the autoscaler more time:', '@ start-timeout: 3m', '@ start-retries: 5');
const SHOW_TENANT = '$ az account show --query {tenantQuery}';

;// CONCATENATED MODULE: ./src/report/catalogue/service-words.ts

/** An answer's words, for a report: status, code, message, and the ids that Azure's support asks for. Foreign text. */
function wordsOf(answer) {
    if (answer.kind === 'unanswered')
        return `Connection error: ${answer.cause}`;
    return [(0,azure_answer/* describeAnswer */.O1)(answer), (0,azure_answer/* requestIds */.qs)(answer)].filter((part) => part !== '').join('\n');
}
/** What an answer is looked up by. */
function signsOf(answer) {
    if (answer.kind === 'unanswered')
        return { code: '', status: 0, text: answer.cause };
    const { code, message } = (0,azure_answer/* serviceError */.cg)(answer.body);
    return { code, status: answer.status, text: message };
}
/** Entra's own number in a message. */
function aadsts(text) {
    const code = /AADSTS\d{4,8}/.exec(text)?.[0];
    return code === undefined ? {} : { code };
}

;// CONCATENATED MODULE: ./src/report/catalogue/aks.ts



const CANCELLED = {
    section: 'cancelled',
    sentence: lines('[workflow] The step was canceled.', '[prompt] Waiting was interrupted.'),
};
const NO_EXIT_CODE = {
    section: 'aks-failed',
    sentence: 'AKS reported a failure without an exit code.',
    title: 'AKS reported {reason}, without an exit code',
};
/** What AKS says of a command that failed, and what became of its pod. The first row that fits counts. */
const AKS = [
    {
        section: 'command-image',
        match: { service: 'aks', words: /ImagePullBackOff|ErrImagePull/i },
        sentence: "The cluster could not pull the image of the command's pod.",
        move: 'The nodes must be able to reach mcr.microsoft.com and *.data.mcr.microsoft.com, directly or through a cache.',
    },
    {
        ...NO_EXIT_CODE,
        match: { service: 'aks', words: /^(?<reason>Evicted)\b/i },
        move: lines('Kubernetes evicts a pod when its node runs low on memory or disk.', LOOK),
    },
    { ...NO_EXIT_CODE, match: { service: 'aks', words: /^(?<reason>[A-Za-z]{1,60})$/ }, move: LOOK },
    { ...CANCELLED, match: { service: 'action', codes: ['cancelled'], state: 'running' }, move: lines(PICK_UP, STOP) },
    { ...CANCELLED, match: { service: 'action', codes: ['cancelled'], state: 'unknown' }, move: lines(LOOK, STOP) },
];
const POD_FAILURES = {
    'did-not-start': {
        section: 'did-not-start',
        sentence: "The command's pod did not start in time.",
        move: lines('It was submitted {submissions?} times.', ROOM),
        read: ({ submissions, answer }) => ({
            values: { submissions: submissions === 1 ? undefined : String(submissions) },
            words: answer ? wordsOf(answer) : '',
        }),
    },
    'start-unclear': {
        section: 'start-unclear',
        sentence: "AKS stopped waiting for the command's pod, and it is not known whether it started later.",
        move: lines(LOOK, ROOM),
        read: ({ answer }) => ({ words: wordsOf(answer) }),
    },
    'pod-refused': {
        section: 'pod-refused',
        sentence: 'The pod says that it started too late and ran nothing, but nothing confirms it.',
        move: LOOK,
    },
    'no-answer-in-time': {
        section: 'no-answer-in-time',
        sentence: 'No result after {duration}.',
        move: lines(PICK_UP, STOP),
        read: ({ seconds }) => ({ values: { duration: (0,duration/* formatDuration */.a)(seconds) } }),
    },
    cancelled: {
        ...CANCELLED,
        move: '',
        read: (_failure, { state, commandId }) => ({
            signs: { service: 'action', code: 'cancelled', state: state ?? (commandId && 'running') },
        }),
    },
    'not-waited': {
        section: 'not-waited',
        sentence: 'The command was submitted, and {noun:step} does not wait for it.',
        title: 'submitted, not waiting for the result',
        move: lines(PASS_ON, STOP),
    },
    'aks-failed': {
        section: 'aks-failed',
        sentence: 'AKS reported a failure without an exit code.',
        move: LOOK,
        read: ({ reason }) => ({ signs: { service: 'aks', text: reason }, words: reason }),
    },
    'no-exit-code': {
        section: 'no-exit-code',
        sentence: 'AKS reported the end of the command without an exit code.',
        move: LOOK,
    },
    'no-boundary': {
        section: 'no-boundary',
        sentence: "The output lacks the first line of {noun:action}'s script, so the exit code cannot be trusted.",
        move: LOOK,
    },
};

;// CONCATENATED MODULE: ./src/report/catalogue/network.ts
/** Whose requests these rows are about: whoever was asked, the way there is the same. */
const ASKED = ['entra', 'arm', 'network'];
/** What is on the way between the runner and a service. The first row that fits counts. */
const NETWORK = ASKED.flatMap((service) => [
    {
        section: 'untrusted-certificate',
        match: { service, words: /\bcertificate\b|altnames/i },
        sentence: '{Noun:runner} does not trust the TLS certificate of the service.',
        move: 'Something between {noun:runner} and Azure, such as a corporate proxy, may replace certificates. Set NODE_EXTRA_CA_CERTS to a file with its CA certificate, in PEM, on {noun:runner}.',
    },
    {
        section: 'proxy-sign-in',
        match: { service, words: /the proxy (?<proxy>\S{1,300}) answered 407/ },
        sentence: 'The proxy {proxy} requires a sign-in.',
        move: 'Put the user name and the password in HTTPS_PROXY on {noun:runner}: http://USER:PASSWORD@HOST:PORT.',
    },
    {
        section: 'proxy-refused',
        match: { service, words: /the proxy (?<proxy>\S{1,300}) (?:answered|refused)/ },
        sentence: 'The proxy {proxy} refused the connection.',
        move: 'Check HTTPS_PROXY and NO_PROXY on {noun:runner}, and that the proxy is running and allows the sign-in and ARM endpoints of the cloud.',
    },
]);

;// CONCATENATED MODULE: ./src/text/bytes.ts
const bytes_UNITS = ['B', 'KB', 'MB', 'GB'];
/** A size for people: `512 B`, `70.0 KB`, `4.0 MB`, in steps of 1,024. */
function formatBytes(bytes) {
    let value = bytes;
    let unit = 0;
    while (value >= 1024 && unit < bytes_UNITS.length - 1) {
        value /= 1024;
        unit += 1;
    }
    return `${unit === 0 ? value : value.toFixed(1)} ${bytes_UNITS[unit]}`;
}
/**
 * A whole number for people: `1,234`. By hand, since `toLocaleString` loads the tables of all locales, which takes 10 ms of
 * a short step.
 */
function formatCount(count) {
    return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}
/** A number of files for people: `1 file`, `2,000 files`. */
function formatFileCount(count) {
    return `${formatCount(count)} ${count === 1 ? 'file' : 'files'}`;
}
/** How many files, and how big they are together: `3 files, 579 B`. */
function formatFiles(files) {
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    return `${formatFileCount(files.length)}, ${formatBytes(total)}`;
}

;// CONCATENATED MODULE: ./src/report/catalogue/biggest.ts

/** The files to look at first, as the lines of a list; undefined for none. */
function biggestLines(biggest) {
    return biggest.length === 0 ? undefined : ['The biggest files:', ...biggest.map(sizeLine)];
}
function sizeLine({ path, bytes }) {
    return `${formatBytes(bytes).padStart(10)}  ${path}`;
}

// EXTERNAL MODULE: ./src/pod/shell.ts
var shell = __webpack_require__(2729);
;// CONCATENATED MODULE: ./src/report/catalogue/paste.ts



/** The values of a line of foreign text. */
function said(groups) {
    const named = Object.entries(groups).flatMap(([name, text]) => (text === undefined ? [] : [[name, { said: text }]]));
    return Object.fromEntries(named);
}
/** Kinds, names, versions, hosts, paths and fields; no address, which people click, and no dots that end a sentence twice. */
const paste_NAME = /^(?!.*\/\/)(?!.*\.$)[\w.:/[\]="-]{1,100}$/;
const MOST_SAID = 100;
function quoted(text) {
    if (paste_NAME.test(text))
        return text;
    const clipped = text.length > MOST_SAID ? `${text.slice(0, MOST_SAID)}…` : text;
    return `"${clipped.replaceAll('"', "'")}"`;
}
/** Where a value begins and ends in prose, for a reader that has to tell foreign text from ours: no value holds them. */
const VALUE_MARKS = { begin: '\ue000', end: '\ue001' };
/** `visible` between `VALUE_MARKS`; numbers and times are as good as ours. */
function marked(text) {
    if (/^[\d ,hms]+$/.test(text))
        return text;
    return VALUE_MARKS.begin + (0,visible/* visible */.RK)(text) + VALUE_MARKS.end;
}
/** JSON on one line, without anything that breaks it. */
function paste_json(value) {
    return (0,visible/* visible */.RK)(JSON.stringify(value));
}
const MARKED = [
    { mark: '$ ', indent: '  ', write: (value) => (0,shell/* quote */.h)((0,visible/* visible */.RK)(value)) },
    { mark: '| ', indent: '  ', write: paste_json },
];
/**
 * Fills a template in. What a line is decides how the values in it are written, so that no template can forget to:
 * after `$ ` it is for a POSIX shell, its values are quoted; after `| ` it is YAML, its values are quoted scalars; after
 * `@ ` it is an input with a value, `@ timeout: {longer}`, and the lines of this kind that follow each other become a
 * block under `with:` or the options of one command; else it is prose.
 *
 * `{name}` is a value, in capitals where it is not known; a line with an unknown `{name?}` is left out. `{input:NAME}` is
 * an input as its place names it, `{noun:step}` and `{Noun:step}` a word of the table in hosts/words.ts. A line that
 * begins with `[workflow] ` or `[prompt] ` is for that place only.
 *
 * @param write how a value is written in prose.
 */
function fill(template, values, words, write = visible/* visible */.RK) {
    const filled = [];
    let given = [];
    const flush = () => {
        if (given.length > 0)
            filled.push(...words.paste(given).map((line) => `  ${line}`));
        given = [];
    };
    for (const line of template.split('\n').flatMap((text) => lineFor(text, words.place))) {
        const input = INPUT_LINE.exec(line);
        if (input?.groups) {
            const { name = '', value = '' } = input.groups;
            given.push(...fillInput(name, value, values, words.place));
        }
        else {
            flush();
            filled.push(...fillLine(line, values, words, write));
        }
    }
    flush();
    return filled.join('\n');
}
const PLACEHOLDER = /\{([a-z]+)(\?)?\}/gi;
const NAMED = /\{(input|noun|Noun):([a-z-]+)\}/g;
const INPUT_LINE = /^@ (?<name>[a-z-]+): (?<value>.*)$/;
/** The line without the mark of its place; nothing where it is for the other. */
function lineFor(line, place) {
    const [mark = '', only] = /^\[(workflow|prompt)\] /.exec(line) ?? [];
    return only === undefined || only === place ? [line.slice(mark.length)] : [];
}
function fillInput(name, template, values, place) {
    const names = [...template.matchAll(PLACEHOLDER)];
    if (lacksOptional(names, values))
        return [];
    const value = template.replaceAll(PLACEHOLDER, (_, key) => {
        const known = values[key];
        const text = isSaid(known) ? known.said : known;
        return typeof text === 'string' ? (0,visible/* visible */.RK)(text) : inCapitals(key);
    });
    if (place === 'prompt')
        return [{ name, value: (0,shell/* quote */.h)(value) }];
    return [{ name, value: names.length > 0 ? paste_json(value) : value }];
}
function fillLine(line, values, words, writeProse) {
    const prose = { mark: '', indent: '', write: writeProse };
    const { mark, indent, write } = MARKED.find((kind) => line.startsWith(kind.mark)) ?? prose;
    const body = named(indent + line.slice(mark.length), words, write);
    const names = [...body.matchAll(PLACEHOLDER)];
    if (lacksOptional(names, values))
        return [];
    const list = names.map(([, name = '']) => values[name]).find((value) => isList(value));
    const rows = list === undefined ? [0] : list.keys();
    return Array.from(rows, (row) => body.replaceAll(PLACEHOLDER, (_, name, _optional, at) => {
        const value = values[name];
        const item = isSaid(value) ? value.said : isList(value) ? value[row] : value;
        // As a word of its own it would be an option: helm's --post-renderer runs a program.
        const isOption = mark === '$ ' && item?.startsWith('-') === true && body[at - 1] === ' ';
        if (item === undefined || isOption)
            return inCapitals(name);
        return write(isSaid(value) && mark === '' ? quoted(item) : item);
    }));
}
function isSaid(value) {
    return typeof value === 'object' && 'said' in value;
}
function isList(value) {
    return typeof value === 'object' && !('said' in value);
}
function lacksOptional(names, values) {
    return names.some(([, name = '', optional]) => optional !== undefined && values[name] === undefined);
}
function named(text, words, write) {
    return text.replaceAll(NAMED, (whole, kind, name) => {
        if (kind === 'input')
            return write(words.input(name));
        if (!(0,hosts_words/* isNoun */.N2)(name))
            return whole;
        const noun = words.noun(name);
        // The name of a program is written as it is typed.
        return kind === 'Noun' && noun !== 'aks-run-command' ? noun.charAt(0).toUpperCase() + noun.slice(1) : noun;
    });
}
/** `clientId` as `CLIENT_ID`: what stands where a value is not known. */
function inCapitals(name) {
    return name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

;// CONCATENATED MODULE: ./src/report/catalogue/context.ts





/** The actions that run command needs, as ARM names them. */
const RUN_COMMAND = 'Microsoft.ContainerService/managedClusters/runCommand/action';
const COMMAND_RESULTS = 'Microsoft.ContainerService/managedClusters/commandResults/read';
const READ_CLUSTER = 'Microsoft.ContainerService/managedClusters/read';
const ROLE_NAME = 'AKS Run Command';
/** The values that any template may ask for. */
function contextValues({ cluster, signIn, environment, commandId, ci, job, step, sent }) {
    const oidc = signIn?.kind === 'oidc' ? signIn : undefined;
    const expectedAudience = environment && (0,cloud/* defaultAudience */.Yl)(environment);
    const name = environment?.kind === 'named' ? environment.name : environment?.resourceManager;
    return {
        commandId,
        pod: commandId && `command-${commandId}`,
        ...waitLater(job, step),
        ci,
        requestSize: sent && formatBytes(sent.bytes),
        biggest: sent && biggestLines(sent.biggest),
        subscription: cluster?.subscriptionId,
        group: cluster?.resourceGroup,
        cluster: cluster?.name,
        clusterId: cluster && resourceId(cluster),
        clientId: oidc?.clientId,
        tenantId: oidc?.tenantId,
        ownAudience: oidc?.audience === expectedAudience ? undefined : oidc?.audience,
        expectedAudience,
        environment: name === 'azurecloud' ? undefined : name,
        environmentName: name ?? cloud/* CLOUD_NAMES */.vD[0],
        principal: oidc?.clientId,
        roleName: ROLE_NAME,
        role: cluster && customRole(cluster),
        tenantQuery: 'tenantId',
        principalQuery: '{clientId:appId, name:displayName, tenantId:appOwnerOrganizationId}',
        subscriptionsQuery: '[].{name:name, subscriptionId:id, tenantId:tenantId}',
        clustersQuery: '[].{cluster:name, resourceGroup:resourceGroup}',
        identityQuery: `[?clientId=='${oidc?.clientId ?? 'CLIENT_ID'}'].{name:name, resourceGroup:resourceGroup}`,
    };
}
/** How a later job gets the command's id. */
function waitLater(job = 'JOB_ID', step) {
    const expression = (path) => ['${{', path, '}}'].join(' ');
    return {
        job,
        noStepId: step === undefined ? '' : undefined,
        stepOutput: expression(`steps.${step ?? 'STEP_ID'}.outputs.command-id`),
        jobOutput: expression(`needs.${job}.outputs.command-id`),
    };
}
function customRole({ subscriptionId, resourceGroup }) {
    return paste_json({
        Name: ROLE_NAME,
        Description: 'Run commands in AKS clusters and read their results',
        Actions: [READ_CLUSTER, RUN_COMMAND, COMMAND_RESULTS],
        AssignableScopes: [`/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`],
    });
}

;// CONCATENATED MODULE: ./src/report/catalogue/arm.ts




const STOPPED = {
    section: 'cluster-stopped',
    sentence: 'The cluster is stopped.',
    move: lines('Start it:', '$ az aks start --subscription {subscription} -g {group} -n {cluster}'),
};
const DISABLED = {
    section: 'run-command-disabled',
    sentence: 'Run command is disabled on this cluster.',
    move: lines('Someone disabled it on purpose. If they agree, enable it (Azure CLI 2.76 or later):', '$ az aks update --subscription {subscription} -g {group} -n {cluster} --enable-run-command'),
};
const FLEET_HUB = {
    section: 'fleet-hub',
    sentence: 'The cluster is the hub of a Fleet Manager, and hubs have run command disabled.',
    move: 'Set {input:cluster} to a member cluster of the fleet.',
};
/** Fleet Manager names the group of its hub so. */
function isFleetHub(cluster) {
    return cluster?.resourceGroup.startsWith('FL_') === true;
}
/** Permissions, names and limits in Azure Resource Manager. The first row that fits counts. */
const ARM = [
    {
        section: 'authorization-failed',
        match: { service: 'arm', codes: ['AuthorizationFailed'] },
        sentence: 'The identity lacks the permission {action} on the cluster.',
        move: lines('Azure says the same about a cluster that does not exist: check {input:cluster}, {input:resource-group}, and {input:subscription-id}.', GRANT),
    },
    {
        section: 'subscription-not-found',
        match: { service: 'arm', codes: ['SubscriptionNotFound', 'InvalidSubscriptionId'] },
        sentence: 'The subscription {subscription} does not exist in this tenant, or the identity has no role in it.',
        move: lines('Check {input:subscription-id} or the subscription in the resource ID, and {input:tenant-id}. Signed in as someone who can see the cluster:', '$ az account list --query {subscriptionsQuery} --output table', 'If they are right, the identity needs a role:', GRANT),
    },
    {
        section: 'resource-group-not-found',
        match: { service: 'arm', codes: ['ResourceGroupNotFound'] },
        sentence: 'The subscription has no resource group {group}.',
        move: lines('Check {input:resource-group} or the group in the resource ID. It is the group of the cluster, not of its nodes (MC_…). All clusters of the subscription and their groups:', '$ az aks list --subscription {subscription} --query {clustersQuery} --output table'),
    },
    {
        section: 'cluster-not-found',
        match: { service: 'arm', codes: ['ResourceNotFound'], words: /managedClusters\/[^/']{1,100}'/i },
        sentence: 'The resource group {group} has no cluster {cluster}.',
        move: lines('Check {input:cluster}, {input:resource-group}, and {input:subscription-id}. All clusters of the subscription and their groups:', '$ az aks list --subscription {subscription} --query {clustersQuery} --output table'),
    },
    {
        section: 'wrong-tenant',
        match: { service: 'arm', codes: ['InvalidAuthenticationTokenTenant'] },
        sentence: "The identity and the cluster's subscription are in different tenants.",
        move: lines('Check {input:tenant-id} or the tenant of {noun:login}. The tenant of the subscription:', '$ az account show --subscription {subscription} --query {tenantQuery}'),
    },
    {
        section: 'token-rejected',
        match: { service: 'arm', status: 401 },
        sentence: 'Azure rejected the access token and a new one.',
        move: "Check {input:environment} (here {environmentName}) and {input:tenant-id}: they must be those of the cluster's subscription.",
    },
    {
        section: 'api-version-unknown',
        match: { service: 'arm', codes: ['NoRegisteredProviderFound'] },
        sentence: 'The cloud does not support version 2024-05-01 of the AKS API.',
        move: lines('Check that {input:environment} (here {environmentName}) is the cloud of the cluster. The versions that a cloud serves:', `$ az provider show --namespace Microsoft.ContainerService --query "resourceTypes[?resourceType=='managedClusters'].apiVersions[]" --output tsv`, 'If 2024-05-01 is not among them, please report it.'),
    },
    {
        section: 'cluster-token-missing',
        match: { service: 'arm', codes: ['MissingAADClusterToken'] },
        sentence: "The cluster uses Entra and did not accept the identity's token.",
        move: lines('Check that the identity belongs to the tenant that the cluster trusts:', '$ az aks show --subscription {subscription} -g {group} -n {cluster} --query aadProfile'),
    },
    {
        section: 'subscription-disabled',
        match: { service: 'arm', codes: ['ReadOnlyDisabledSubscription'] },
        sentence: 'The subscription {subscription} is disabled.',
        move: lines('Its owner has to enable it again, often after a missed payment or a reached spending limit. To see its state:', '$ az account show --subscription {subscription} --query state'),
    },
    {
        section: 'not-registered',
        match: { service: 'arm', codes: ['MissingSubscriptionRegistration'] },
        sentence: 'The subscription is not registered for Microsoft.ContainerService.',
        move: lines('Check that it is the subscription of the cluster. To register it:', '$ az provider register --namespace Microsoft.ContainerService --subscription {subscription}'),
    },
    {
        section: 'request-disallowed',
        match: { service: 'arm', codes: ['RequestDisallowedByPolicy'] },
        sentence: 'An Azure Policy does not allow the request.',
        move: 'The error above names the policy. Ask the owners of its assignment for an exemption of the cluster.',
    },
    {
        section: 'linked-authorization',
        match: { service: 'arm', codes: ['LinkedAuthorizationFailed'] },
        sentence: 'The identity lacks a permission on a resource that the cluster is linked to.',
        move: 'The error above names the permission and the linked resource. Grant it there.',
    },
    {
        section: 'no-control-plane',
        match: { service: 'arm', codes: ['ControlPlaneNotFound'] },
        sentence: 'The cluster has no control plane.',
        move: lines('It is being created or deleted, or its creation failed. To see its state:', '$ az aks show --subscription {subscription} -g {group} -n {cluster} --query provisioningState'),
    },
    {
        section: 'locked',
        match: { service: 'arm', codes: ['ScopeLocked'] },
        sentence: 'A lock on the cluster, its resource group, or its subscription blocks run command.',
        move: lines('A read-only lock blocks every request that is not a read. A delete lock does not. To list the locks:', '$ az lock list --subscription {subscription} --resource-group {group} --output table'),
    },
    { ...DISABLED, match: { service: 'arm', words: /run.?command[^.]{0,40}\bdisabled\b/i } },
    { ...STOPPED, match: { service: 'arm', words: /\bcluster\b[^.]{0,80}\bstopped\b|PowerState=Stopped/i } },
    {
        section: 'cluster-failed',
        match: { service: 'arm', words: /\bfailed (?:provisioning )?state\b|provisioning ?state[^.]{0,60}\bfailed\b/i },
        sentence: 'The cluster is in a failed state.',
        move: lines('Its last change failed. The activity log says why. This tries the last change again:', '$ az resource update --ids {clusterId}'),
    },
    {
        section: 'aks-command-terminating',
        match: { service: 'arm', words: /because it is being terminated/i },
        sentence: 'The namespace aks-command is being deleted.',
        move: lines('AKS creates it again once it is gone. To see what blocks it:', '$ kubectl get namespace aks-command --output yaml'),
    },
    {
        section: 'limit-range',
        match: { service: 'arm', words: /(?:maximum|minimum) \w{1,40} usage per (?:Container|Pod) is/i },
        sentence: "A LimitRange of the namespace aks-command does not allow the command's pod.",
        move: lines('The pod requests 200m CPU and 500Mi memory, with limits of 500m and 1Gi. Change the LimitRange, or remove it:', '$ kubectl get limitrange --namespace aks-command --output yaml'),
    },
    {
        section: 'quota-exceeded',
        match: { service: 'arm', words: /exceeded quota/i },
        sentence: 'The quota of the namespace aks-command leaves no room for the pod.',
        move: lines('The pod requests 200m CPU and 500Mi memory, with limits of 500m and 1Gi. Raise the quota or remove it:', '$ kubectl get resourcequota --namespace aks-command'),
    },
    {
        section: 'policy-denied',
        match: { service: 'arm', words: /admission webhook .{0,300}denied the request/is },
        sentence: "A policy of the cluster blocked the command's pod.",
        move: lines('Exempt the namespace aks-command. With Azure Policy, add it to the parameter excludedNamespaces of the assignment:', '$ az policy assignment list --scope {clusterId} --output table'),
    },
    {
        section: 'pod-forbidden',
        match: { service: 'arm', words: /\bis forbidden\b/i },
        sentence: "The cluster does not allow the command's pod.",
        move: lines('The error above names the rule, often a pod security level. Pods in the namespace aks-command must be allowed:', '$ kubectl get namespace aks-command --show-labels'),
    },
    {
        section: 'conflict',
        match: { service: 'arm', status: 409 },
        sentence: 'Another operation is in progress on the cluster.',
        move: lines('The cluster is being upgraded or changed. {Noun:rerun} when it is done. To see the state:', '$ az aks show --subscription {subscription} -g {group} -n {cluster} --query provisioningState'),
    },
    {
        section: 'request-too-large',
        match: { service: 'arm', status: 413 },
        sentence: 'The request is larger than Azure accepts.',
        move: lines('The files took {requestSize?} of it, compressed and in base64.', SMALLER, '{biggest?}'),
    },
    {
        section: 'throttled',
        match: { service: 'arm', status: 429 },
        sentence: 'Azure throttled the requests for longer than {noun:action} waits.',
        move: lines('A subscription has 60 AKS requests per region, refilled at one per second, and everything in it shares them.', '[workflow] Run fewer jobs at once:', '[prompt] Run fewer commands at once.', '[workflow] | strategy:', '[workflow] |   max-parallel: 10'),
    },
    ...NETWORK.filter(({ match }) => match.service === 'arm'),
    {
        section: 'arm-unreachable',
        match: { service: 'arm', status: 0 },
        sentence: 'Azure Resource Manager did not answer.',
        move: 'Check that {noun:runner} can reach the ARM endpoint of the cloud ({environmentName}): name resolution, firewall, proxy. Then {noun:rerun}.',
    },
];
/** What an answer says that leaves open whether the command runs. */
const SUBMISSION = [
    {
        section: 'submission-torn',
        match: { service: 'submission', status: 0 },
        sentence: 'The connection broke before Azure answered.',
        move: LOOK,
    },
    {
        section: 'submission-webhook',
        match: { service: 'submission', words: /failed calling webhook "?(?<webhook>[\w.-]{1,253})/ },
        sentence: "The webhook {webhook} did not answer when Azure created the command's pod.",
        move: lines('Exempt the namespace aks-command from the webhook, with its namespaceSelector.', LOOK),
    },
    {
        section: 'submission-api-server',
        match: {
            service: 'submission',
            words: /etcdserver: request timed out|context deadline exceeded|i\/o timeout|handshake timeout|Client\.Timeout/,
        },
        sentence: "The cluster's API server did not answer Azure in time.",
        move: LOOK,
    },
];
const ARM_FAILURES = {
    'cluster-stopped': STOPPED,
    'run-command-disabled': {
        ...DISABLED,
        read: (_failure, { cluster }) => (isFleetHub(cluster) ? { text: FLEET_HUB } : {}),
    },
    'cluster-unreadable': {
        section: 'cluster-unreadable',
        sentence: 'The cluster could not be read.',
        move: lines('{Noun:rerun}. If it keeps failing, see what Azure says elsewhere:', '$ az aks show --subscription {subscription} -g {group} -n {cluster}'),
        read: ({ answer }, context) => fromArm(answer, READ_CLUSTER, context),
    },
    'submission-refused': {
        section: 'submission-refused',
        sentence: 'Azure refused the command.',
        move: 'The error above is from Azure. Azure support will ask for the request IDs.',
        read: ({ answer }, context) => fromArm(answer, RUN_COMMAND, context),
    },
    'submission-unclear': {
        section: 'submission-unclear',
        sentence: 'Azure did not say whether it accepted the command.',
        move: LOOK,
        read: ({ answer }) => ({
            words: wordsOf(answer),
            signs: { service: 'submission', ...signsOf(answer) },
        }),
    },
    'result-missing': {
        section: 'result-missing',
        sentence: 'Azure has no result for the command.',
        move: lines('Results are kept for a limited time. If {input:command-id} is set, check that {input:cluster} names the cluster where the command was submitted. A pod that never reached Running has no result either.', LOOK),
        read: ({ answer }, context) => fromArm(answer, COMMAND_RESULTS, context),
    },
    'result-forbidden': {
        section: 'result-forbidden',
        sentence: 'The identity can submit commands but not read their results: it lacks the permission {action}.',
        title: 'the identity can submit commands but not read their results',
        move: lines(GRANT, PICK_UP),
        read: ({ answer }, context) => withoutSigns(answer, COMMAND_RESULTS, context),
    },
};
/** An answer of ARM to a request that needs the permission `action`. */
function fromArm(answer, action, context) {
    return { signs: { service: 'arm', ...signsOf(answer) }, ...withoutSigns(answer, action, context) };
}
function withoutSigns(answer, action, context) {
    return { values: permissionValues(answer, action, context), words: wordsOf(answer) };
}
/** A right is offered to the identity that signed in: ARM's word for it counts only where nothing else names it. */
function permissionValues(answer, action, { signIn }) {
    const { text } = signsOf(answer);
    const denied = /perform action '([\w./]{1,200})'/.exec(text)?.[1] ?? action;
    const objectId = /with object id '([0-9a-f-]{36})'/i.exec(text)?.[1];
    return { action: denied, ...(signIn?.kind !== 'oidc' && objectId !== undefined && { principal: objectId }) };
}

;// CONCATENATED MODULE: ./src/report/catalogue/command.ts




/** The cause where the command may have succeeded, and what it wrote for later steps did not arrive. */
const UNUSABLE = 'Step outputs unusable';
const COLLECT = { section: 'collect', sentence: 'The files could not be collected: {what}.' };
/** The step outputs of a command that succeeded, where the runner does not take them. */
const UNWRITTEN = {
    section: 'outputs-unwritable',
    sentence: 'The step outputs could not be written.',
    move: 'Check that the disk of {noun:runner} is not full, and that nothing removes its temporary files.',
};
/** The output says the next move. */
const EXITED = {
    section: 'exit-code',
    sentence: 'The command exited with code {exitCode}.',
    title: 'exit code {exitCode}',
    move: '',
};
/** The command itself, and what it handed over. */
const COMMAND_FAILURES = {
    'exit-code': {
        ...EXITED,
        move: lines('[workflow] 0 is not allowed: use {codes?}.', '[workflow] | with:', '[workflow] |   allowed-exit-codes: {codes?}'),
        read: ({ exitCode, allowed }) => ({
            ...(!allowed && { text: EXITED }),
            values: { exitCode: String(exitCode), codes: allowed && [0, ...allowed].join(', ') },
        }),
    },
    'timed-out': {
        section: 'timed-out',
        sentence: 'The command timed out after {duration}.',
        move: lines('If it needs more time:', '@ timeout: {longer}'),
        read: ({ seconds }) => ({
            values: { duration: (0,duration/* formatDuration */.a)(seconds), longer: `${Math.ceil((seconds * 2) / 60)}m` },
        }),
    },
    'no-bash': {
        section: 'no-bash',
        sentence: lines('[workflow] The pod has no bash, which the input shell asks for.', '[prompt] The pod has no bash, which --shell asks for.'),
        move: lines('Leave out {input:shell}, to use bash if there is one, or set:', '@ shell: sh'),
    },
    'no-variables': {
        section: 'no-variables',
        sentence: 'The pod could not read the variables of {input:env}, so the command did not run.',
        move: 'Run it again. If it keeps failing, please report this bug with the command id.',
    },
    'output-lost': {
        section: 'output-lost',
        sentence: 'The command exited, but part of its output was lost in the pod.',
        move: "Either the pod's disk was full, or the command deleted the files .aks-run-command.* in /tmp, as rm -rf /tmp/* does. Leave them in place.",
    },
    'outputs-malformed': {
        section: 'outputs-malformed',
        title: UNUSABLE,
        sentence: 'Line {line} of what the command wrote to $GITHUB_OUTPUT {problem}.',
        move: lines('A line is NAME=value. JSON fits on one line with jq -c. For a value of several lines:', `$ printf 'NAME<<EOF\\n%s\\nEOF\\n' "$(cat FILE)" >> "$GITHUB_OUTPUT"`),
        read: ({ line, problem }) => ({ values: { line: String(line), problem } }),
    },
    'outputs-too-large': {
        section: 'outputs-too-large',
        title: UNUSABLE,
        sentence: 'The command wrote more than 64 KiB to $GITHUB_OUTPUT.',
        move: 'jq -c makes JSON smaller. Print large results instead, and read them from {noun:output}, or collect them as files with {input:collect}.',
    },
    'outputs-lost': {
        section: 'outputs-lost',
        title: UNUSABLE,
        sentence: 'The step outputs of the command did not come back.',
        move: 'The pod ended before it could send them, most likely at its memory limit of 1 GiB.',
    },
    collect: {
        ...COLLECT,
        move: '',
        read: ({ problem }) => {
            const { move, ...values } = collectWords(problem);
            return { text: { ...COLLECT, move }, values };
        },
    },
    unexpected: {
        section: 'unexpected',
        title: 'unexpected error',
        sentence: 'Unexpected error. Please report this bug.',
        move: 'Include the error above. {Noun:debug} for more detail in the log.',
        read: ({ detail }) => ({ words: detail }),
    },
};
const LESS = 'Collect fewer files, or have a Kubernetes Job with workload identity upload them from the cluster.';
function collectWords(problem) {
    switch (problem.kind) {
        case 'over':
            return { what: overLimit(problem), move: lines(LESS, '{largest?}'), largest: biggestLines(problem.biggest) };
        case 'refused':
            return {
                what: `what arrived is invalid (${problem.problem})`,
                move: 'None of them was kept. Something in the pod changed them while they were sent. Have the command wait for its background processes, or collect fewer files.',
            };
        case 'uncollected':
            return uncollected(problem.because);
        case 'lost':
            return {
                what: 'they did not come back',
                move: 'The pod ended before it could send them, most likely at its memory limit of 1 GiB.',
            };
        case 'unwritable':
            return {
                what: `they could not be saved on this machine (${problem.detail})`,
                move: lines('None of them was kept.', '[workflow] Free up space for temporary files.', '[prompt] Free up space in the folder of --collect-to, or, without it, for temporary files.'),
            };
        case 'no-match':
            return {
                what: `nothing matched ${problem.patterns.map((pattern) => JSON.stringify(pattern)).join(', ')}`,
                move: lines("Patterns are relative to the command's working folder. If the files are optional:", '@ if-no-files-collected: warn'),
            };
    }
}
function overLimit(problem) {
    switch (problem.limit) {
        case 'files':
            return 'there are more than 2,000';
        case 'unpacked':
            return `they take ${formatBytes(problem.bytes)}, more than 32 MiB`;
        case 'sent':
            return `they take ${formatBytes(problem.bytes)} compressed, more than 300 KiB`;
    }
}
function uncollected(because) {
    switch (because) {
        case 'time':
            return {
                what: 'it took longer than 40 seconds',
                move: 'Collect fewer files.',
            };
        case 'disk':
            return {
                what: 'the pod could not store them',
                move: 'Its disk is full, or something deleted the files in .aks-run-command. Collect fewer files.',
            };
        case 'size':
            return { what: 'their names alone take more than 300 KiB', move: LESS };
        default:
            return {
                what: `the pod has no ${because}`,
                move: 'Run the command where the tool is, or print what you need.',
            };
    }
}

;// CONCATENATED MODULE: ./src/report/catalogue/entra.ts





/** What Entra and sessions say of a sign-in. The first row that fits counts. */
const ENTRA = [
    {
        section: 'immutable-subject',
        match: {
            service: 'entra',
            codes: ['AADSTS700213', 'AADSTS70021'],
            words: /repo:[^/@\s]{1,100}@\d{1,20}\/[^/:@\s]{1,100}@\d{1,20}:/,
        },
        sentence: "No federated credential in Entra matches the ID token's immutable subject.",
        move: lines(PRESENTED, 'Repositories created or renamed on or after 2026-07-15 have subjects that include numeric IDs (repo:OWNER@OWNER_ID/REPO@REPO_ID:…). A credential for the names alone does not match.', FEDERATE),
    },
    {
        section: 'no-federated-credential',
        match: { service: 'entra', codes: ['AADSTS700213', 'AADSTS70021'] },
        sentence: "No federated credential in Entra matches the ID token's subject.",
        move: lines(PRESENTED, FEDERATE, "For all branches or tags at once, an application can have a flexible federated credential, such as claims['sub'] matches 'repo:OWNER/REPOSITORY:ref:refs/heads/*'."),
    },
    {
        section: 'wrong-issuer',
        match: { service: 'entra', codes: ['AADSTS700211'] },
        sentence: "No federated credential in Entra matches the ID token's issuer {issuer}.",
        move: lines('Entra names the issuer {entraIssuer?}', 'An enterprise and a GitHub Enterprise Server have their own issuer.', PRESENTED, FEDERATE),
    },
    {
        section: 'wrong-audience',
        match: { service: 'entra', codes: ['AADSTS700212'] },
        sentence: "No federated credential in Entra matches the ID token's audience {audience}.",
        move: lines('In this cloud ({environmentName}) the audience is usually {expectedAudience}. Leave out {input:audience}, or set:', '@ audience: {expectedAudience}', 'It must be the audience of the federated credential, which this shows:', '$ az ad app federated-credential list --id {clientId}'),
    },
    {
        section: 'unknown-application',
        match: { service: 'entra', codes: ['AADSTS700016'] },
        sentence: 'The tenant {tenantId} has no application with the client ID {clientId}.',
        move: lines("Check {input:client-id}: it is the application (client) ID of an app registration or the client ID of a user-assigned identity, not an object ID. Check {input:tenant-id}: it is the identity's own tenant. Signed in to that tenant, these show both:", '$ az ad sp show --id {clientId} --query {principalQuery}', SHOW_TENANT),
    },
    {
        section: 'unknown-tenant',
        match: { service: 'entra', codes: ['AADSTS90002'] },
        sentence: 'Entra has no tenant {tenantId} in this cloud ({environmentName}).',
        move: lines('Check {input:environment}, which is azureusgovernment or azurechinacloud for a tenant of those clouds, and {input:tenant-id}, which this shows:', SHOW_TENANT),
    },
    {
        section: 'id-token-expired',
        match: { service: 'entra', codes: ['AADSTS700024'] },
        sentence: 'Entra says that the ID token is not valid at this time.',
        move: lines('{Noun:action} uses only fresh ID tokens, so the clock of {noun:runner} may be wrong. Compare it with the time:', '$ date -u'),
    },
    ...['entra', 'session'].map((service) => ({
        section: 'wrong-secret',
        match: { service, codes: ['AADSTS7000215'] },
        sentence: 'The client secret is not valid.',
        move: lines("It may have expired, or it may be the secret's ID instead of its value. To sign in without a secret:", OTHER_LOGIN),
    })),
    {
        section: 'unknown-resource',
        match: { service: 'entra', codes: ['AADSTS500011'] },
        sentence: 'The tenant {tenantId} has no resource {resource}.',
        move: lines("Check {input:environment}, which must be the cloud of the cluster (here {environmentName}), and {input:tenant-id}, which must be the tenant of the cluster's subscription:", '$ az account show --subscription {subscription} --query {tenantQuery}'),
    },
    {
        section: 'wrong-scope',
        match: { service: 'entra', codes: ['AADSTS1002012'] },
        sentence: 'Entra does not accept {resource} as the resource of a token.',
        move: lines('It comes from the metadata of the ARM endpoint in {input:environment} (here {environmentName}). Check it, and ask the people who run the endpoint.'),
    },
    {
        section: 'conditional-access',
        match: { service: 'entra', codes: ['AADSTS53003'] },
        sentence: 'Conditional Access blocked the sign-in.',
        move: 'A Conditional Access policy for workload identities covers {clientId}. Ask its owners to exclude the identity or to allow the addresses of {noun:runner}. The service principal sign-in log in the Entra admin center names the policy.',
    },
    {
        section: 'application-disabled',
        match: { service: 'entra', codes: ['AADSTS7000112'] },
        sentence: 'The application {clientId} is disabled.',
        move: lines('Find out who disabled it and why. To enable it:', '$ az ad sp update --id {clientId} --set accountEnabled=true'),
    },
    {
        section: 'no-service-principal',
        match: { service: 'entra', codes: ['AADSTS7000229'] },
        sentence: 'The application {clientId} has no service principal in the tenant {tenantId}.',
        move: lines('Create it, signed in to that tenant:', '$ az ad sp create --id {clientId}'),
    },
    {
        section: 'entra-temporary',
        match: { service: 'entra', codes: ['AADSTS90033'] },
        sentence: 'Entra is temporarily unavailable.',
        move: '{Noun:rerun} in a few minutes. If it keeps failing, look at https://azure.status.microsoft.',
    },
    ...NETWORK.filter(({ match }) => match.service !== 'arm'),
    {
        section: 'entra-unreachable',
        match: { service: 'entra', status: 0 },
        sentence: 'Entra did not answer.',
        move: 'Check that {noun:runner} can reach the sign-in endpoint of the cloud ({environmentName}): name resolution, firewall, proxy. Then {noun:rerun}.',
    },
    {
        section: 'session-expired',
        match: {
            service: 'session',
            words: /AADSTS(?:700024|700082|70043|50173)\b|\bexpired\b|Interactive authentication is needed/,
        },
        sentence: 'The Azure session on {noun:runner} has expired.',
        move: lines('[workflow] azure/login signs in once, with an ID token that lives about five minutes. Set client-id and tenant-id in the step, which then requests a fresh ID token whenever it needs one:', '[prompt] A session that began with an ID token lasts a few minutes. Sign in again:', OTHER_LOGIN),
    },
];
/** Why a job has no ID token, by who started the workflow. */
const STARTED_BY = {
    fork: {
        section: 'fork-pull-request',
        sentence: 'GitHub issues no ID token to a pull request from a fork.',
        move: lines('[workflow] Skip the step there, or run it after the merge:', '[workflow] | if: github.event.pull_request.head.repo.fork != true'),
    },
    dependabot: {
        section: 'dependabot',
        sentence: 'Dependabot started this run, and GitHub limits what its runs may do.',
        move: lines('[workflow] Skip the step for it, or run it after the merge:', "[workflow] | if: github.actor != 'dependabot[bot]'"),
    },
};
const SIGN_IN_FAILURES = {
    'no-id-token': {
        section: 'no-id-token',
        sentence: lines('[workflow] The job lacks permission to request a GitHub ID token.', '[prompt] There is no ID token to sign in with.'),
        move: lines('[workflow] Add the permission to the job or the workflow:', '[workflow] | permissions:', '[workflow] |   id-token: write', '[workflow] |   contents: read', '[prompt] Put one into a file, and name the file in AZURE_FEDERATED_TOKEN_FILE. Or sign in with az login, and leave out --client-id and --tenant-id.', '[prompt] In {ci?}, the job needs the permission id-token: write.', '[workflow] In a reusable workflow, the calling job needs it too.'),
        read: (_failure, { startedBy }) => (startedBy ? { text: STARTED_BY[startedBy] } : {}),
    },
    'id-token': {
        section: 'id-token',
        sentence: 'GitHub did not issue an ID token.',
        move: '{Noun:rerun}. If it keeps failing, check https://www.githubstatus.com and, on a machine of your own, the firewall and the proxy.',
        read: ({ detail }) => ({ words: detail, signs: { service: 'network', text: detail } }),
    },
    entra: {
        section: 'entra',
        sentence: 'Entra refused an access token for {resource}.',
        move: 'Compare {input:client-id}, {input:tenant-id}, {input:audience}, and {input:environment} with the sign-in that the log shows, and look up the AADSTS number at https://login.microsoftonline.com/error.',
        read: (failure, context) => {
            const signs = signsOf(failure.answer);
            const text = `${signs.text}\n${failure.claims.subject}`;
            return {
                signs: { service: 'entra', ...signs, ...aadsts(signs.text), text },
                values: signInValues(failure, context),
                words: wordsOf(failure.answer),
            };
        },
    },
    'no-session': {
        section: 'no-session',
        sentence: lines('[workflow] The step has no client-id and tenant-id, and the runner has no Azure session.', '[prompt] This machine has no Azure session.'),
        move: lines('[workflow] Let the step sign in by itself:', OTHER_LOGIN, '[workflow] Or sign in in an earlier step of the same job:', '[workflow] | - uses: azure/login@v3', '[workflow] |   with:', '[workflow] |     client-id: ${{ vars.AZURE_CLIENT_ID }}', '[workflow] |     tenant-id: ${{ vars.AZURE_TENANT_ID }}', '[workflow] |     subscription-id: {subscription?}'),
        read: ({ detail }) => ({ words: detail, signs: { service: 'session', text: detail, ...aadsts(detail) } }),
    },
    'cloud-metadata': {
        section: 'cloud-metadata',
        sentence: 'The ARM endpoint {endpoint} does not say where to sign in.',
        move: lines('Check {input:environment}. It is azurecloud, azureusgovernment, azurechinacloud, or the https:// URL of an ARM endpoint. On {noun:runner}, this must show JSON with an https login endpoint:', '$ curl --fail {metadataUrl}'),
        read: ({ endpoint, answer }) => ({
            signs: { service: 'network', ...signsOf(answer) },
            values: { endpoint, metadataUrl: endpoint + cloud/* METADATA_PATH */.GN },
            words: wordsOf(answer),
        }),
    },
};
function signInValues({ scope, claims, answer }, { repository = 'OWNER/REPOSITORY', signIn }) {
    const claim = (name, fallback) => {
        return claims[name] === '' ? fallback : claims[name];
    };
    const issuer = claim('issuer', 'https://token.actions.githubusercontent.com');
    const subject = claim('subject', `repo:${repository}:ref:refs/heads/BRANCH`);
    const audience = claim('audience', signIn?.kind === 'oidc' ? signIn.audience : 'AUDIENCE');
    const name = credentialName(subject);
    const resource = scope.replace('/.default', '');
    const entraIssuer = /issuer '([^']{1,300})'/.exec(signsOf(answer).text)?.[1];
    return {
        issuer,
        entraIssuer: entraIssuer === issuer ? undefined : entraIssuer,
        subject,
        audience,
        credentialName: name,
        credential: paste_json({ name, issuer, subject, audiences: [audience] }),
        resource: scope === cloud/* AKS_SERVER_SCOPE */.vW ? `${resource} (AKS)` : resource,
    };
}
/** A federated credential's name: letters, digits, `-` and `_`, 3 to 120 of them, that tell the subject. */
function credentialName(subject) {
    const words = subject.replaceAll(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
    return `github-${words}`.slice(0, 120).replace(/-$/, '');
}

;// CONCATENATED MODULE: ./src/report/catalogue/files.ts



const TOO_LARGE = lines(SMALLER, '{biggest?}');
/** What is wrong with a file or a pattern. */
const FILE_PROBLEMS = {
    'no-match': {
        section: 'files-no-match',
        sentence: 'No files were found for {patterns}.',
        move: lines('[workflow] The workspace is empty{emptyWorkspace?}. Check out the repository in an earlier step: actions/checkout.', '[prompt] The current folder is empty{emptyWorkspace?}.', 'The folder {emptyFolder?} is empty.', '{hints?}', '[workflow] Check the path below working-directory, and that an earlier step creates the files (actions/checkout). Dotfiles need include-hidden-files or a pattern that spells out the dot. If the files are optional:', '[prompt] Check the path below the current folder or --working-directory. Dotfiles need --include-hidden-files or a pattern that spells out the dot. If the files are optional:', '@ if-no-files-found: warn'),
    },
    'invalid-pattern': {
        section: 'files-invalid-pattern',
        sentence: 'The files pattern {path} cannot be used: {detail}.',
        move: 'Patterns are relative to {input:working-directory} and cannot leave it. To send files from elsewhere, set {input:working-directory}.',
    },
    'working-directory-outside': {
        section: 'working-directory-outside',
        sentence: lines('[workflow] The working-directory {path} is outside the workspace and RUNNER_TEMP.', '[prompt] The --working-directory {path} is outside the current folder.'),
        move: lines('[workflow] Only files in the workspace or below RUNNER_TEMP can be sent. Copy the files there in an earlier step.'),
    },
    'working-directory-missing': {
        section: 'working-directory-missing',
        sentence: 'The {input:working-directory} {path} does not exist or is not a folder.',
        move: lines('[workflow] It is relative to the workspace. An earlier step must create it, such as actions/checkout or a step that renders manifests.', '[prompt] It is relative to the current folder.'),
    },
    'working-directory-git': {
        section: 'working-directory-git',
        sentence: 'The {input:working-directory} {path} is inside .git.',
        move: 'Git may keep a token there, so it is not sent. Set {input:working-directory} to the folder with your files.',
    },
    'too-many': {
        section: 'files-too-many',
        sentence: 'There are more than {limit} files to search or send in {path}.',
        move: 'List the folders that the command needs instead of their parent. Symbolic links between folders multiply the files.',
    },
    'unsafe-name': {
        section: 'files-unsafe-name',
        sentence: 'Some unzip programs would change the name of the file {path}.',
        move: 'It could then replace another file in the pod. Names cannot contain control characters or backslashes, or end with a version such as ;1. Rename the file, or exclude it with {noun:exclusion}.',
    },
    swapped: {
        section: 'files-swapped',
        sentence: 'The file {path} was replaced while it was being read.',
        move: 'Another process writes to {noun:workspace}. Wait for it to finish first.',
    },
    outside: {
        section: 'files-outside',
        sentence: 'The file {path} leads out of {noun:workspace}, to {target}.',
        move: 'Links out of {noun:workspace} are not followed. Exclude it with {noun:exclusion}, or copy the file into {noun:workspace} first.',
    },
    'broken-link': {
        section: 'files-broken-link',
        sentence: 'The symbolic link {path} points to nothing.',
        move: 'Fix it, or exclude it with {noun:exclusion}.',
    },
    'link-cycle': {
        section: 'files-link-cycle',
        sentence: 'The symbolic link {path} leads back to a folder that contains it.',
        move: 'Exclude it with {noun:exclusion}.',
    },
    unreadable: {
        section: 'files-unreadable',
        sentence: 'The file {path} cannot be read.',
        move: 'Check its permissions. A container may have created it as root. Or exclude it with {noun:exclusion}.',
    },
    'not-a-file': {
        section: 'files-not-a-file',
        sentence: '{path} is neither a file nor a folder.',
        move: 'Sockets, pipes, and devices cannot be sent. Exclude it with {noun:exclusion}.',
    },
    'own-folder': {
        section: 'files-own-folder',
        sentence: 'The file {path} is in a folder that is reserved for {noun:action}.',
        move: 'Rename the folder .aks-run-command, or exclude it with {noun:exclusion}.',
    },
};
/** Sizes. The first row that fits counts. */
const SIZES = [
    {
        section: 'files-too-large',
        match: { service: 'action', codes: ['files-too-large'] },
        sentence: 'The files take {size}, but {noun:action} packs at most {limit}.',
        move: TOO_LARGE,
    },
];
function valuesOf(problem) {
    switch (problem.kind) {
        case 'no-match':
            return noMatchValues(problem);
        case 'too-many':
            return { path: problem.path, limit: problem.limit.toLocaleString('en-US') };
        default:
            return problem;
    }
}
function noMatchValues({ patterns, advice }) {
    const { emptyFolder, hints } = advice;
    return {
        patterns: patterns.map((pattern) => JSON.stringify(pattern)).join(', '),
        emptyWorkspace: emptyFolder === '' ? '' : undefined,
        emptyFolder: emptyFolder === '' ? undefined : emptyFolder,
        hints,
    };
}
const FILES_FAILURES = {
    files: {
        ...FILE_PROBLEMS['no-match'],
        read: ({ problem }) => ({
            text: FILE_PROBLEMS[problem.kind],
            values: valuesOf(problem),
        }),
    },
    'too-large': {
        section: 'too-large',
        sentence: 'The request would take {size}, but Azure accepts at most {limit}.',
        move: TOO_LARGE,
        read: ({ packed, bytes, limit, biggest }) => ({
            ...(!packed && { signs: { service: 'action', code: 'files-too-large' } }),
            values: {
                size: exactSize(bytes),
                limit: exactSize(limit),
                biggest: biggestLines(biggest),
            },
        }),
    },
};
function exactSize(bytes) {
    return `${formatBytes(bytes)} (${formatCount(bytes)} bytes)`;
}

;// CONCATENATED MODULE: ./src/report/catalogue/inputs.ts

/** More than this in a headline is not read. */
const inputs_NAMED = 3;
/** The inputs of the step. */
const INPUT_FAILURES = {
    'invalid-inputs': {
        section: 'invalid-inputs',
        sentence: lines('[workflow] Inputs of the step are missing or invalid.', '[prompt] Options are missing or invalid.'),
        title: lines('[workflow] inputs missing or invalid: {names}', '[prompt] options missing or invalid: {names}'),
        move: '- {problems}',
        read: ({ problems }) => ({ values: { problems, names: namesOf(problems) } }),
    },
};
/** The names that the problems begin with: ours. */
function namesOf(problems) {
    const names = [...new Set(problems.map((problem) => problem.slice(0, problem.indexOf(':'))))];
    return names.length > inputs_NAMED ? `${names.slice(0, inputs_NAMED).join(', ')}, …` : names.join(', ');
}

;// CONCATENATED MODULE: ./src/report/catalogue/pod-output.ts

/** A row for a line that is an error; its named groups are values of the templates. */
function onLine(words, text) {
    return { ...text, match: { service: 'output', words } };
}
/** A row for an exit code, where the output says nothing better. */
function onExit(exitCode, text) {
    return { ...text, match: { service: 'exit', exitCode } };
}
const SERVER = String.raw `^(?:[Ee]rror: )*(?:INSTALLATION FAILED: |UPGRADE FAILED: )?.*?`;
/** Kubernetes' words behind whatever kubectl or helm puts before them. */
const pod_output_said = (words) => new RegExp(SERVER + words);
const SEND_IT = lines('{nothingSent?}No files were sent.', 'Did you mean {near?}? The command refers to files by their path below {input:working-directory}.', '{sent?}It was sent. The command finds it by its path below {input:working-directory}, unless it changes the folder with cd.', '{kept?}az aks command invoke puts all files into one folder. Here each file keeps its path.', '{missing?}To send it, add it to {input:files}. The command refers to it by its path below {input:working-directory}:', '@ files: {unsent?}');
const NO_EGRESS = lines('Pods in a private cluster often cannot reach the internet. Download it on {noun:runner} first, and send it with {input:files}:', '$ helm pull CHART --untar', '$ kubectl kustomize URL > rendered.yaml');
const CREATE_IT = lines('To create it in the command, where it may be missing:', '$ kubectl create namespace {namespace} --dry-run=client --output yaml | kubectl apply --filename -', '$ helm upgrade --install RELEASE CHART --namespace {namespace} --create-namespace');
const NAMESPACE = lines('Always pass a namespace, and create it if it may be missing:', '$ kubectl create namespace NAMESPACE --dry-run=client --output yaml | kubectl apply --filename -', '$ helm upgrade --install RELEASE CHART --namespace NAMESPACE --create-namespace');
const LINE_ENDINGS = lines('Its first line may end in a carriage return, as on Windows, or name an interpreter that the pod does not have. To fix the line endings:', "$ echo '*.sh text eol=lf' >> .gitattributes");
const NOT_EXECUTABLE = {
    section: 'permission-denied',
    sentence: 'The file {path} is not executable.',
    move: lines('Set its executable bit in Git, or run it with a shell:', '$ git update-index --chmod=+x {path}', '$ bash {path}'),
};
const WHY_NOT_READY = lines('To see why, add this to the command:', '$ kubectl get pods,events --namespace {namespace}', '$ kubectl logs POD --namespace {namespace} --all-containers --previous');
const BIND = lines('$ kubectl create rolebinding aks-run-command --namespace={namespace?} --clusterrole={clusterRole} --serviceaccount={serviceAccount?}');
const CRASHES = {
    section: 'crash-loop',
    sentence: 'A container crashes again and again.',
    move: lines('To see what it printed before it crashed:', '$ kubectl logs POD --namespace NAMESPACE --previous'),
};
const NO_RELEASE = {
    section: 'helm-release-not-found',
    sentence: 'helm found no such release in this namespace.',
    move: lines('Without --namespace, helm looks in the namespace aks-command. To find it:', '$ helm list --all-namespaces'),
};
/** What the output of a failed command says, a line that is an error at a time. The first row that fits counts. */
const POD_OUTPUT = [
    // Permissions in the cluster
    onLine(/is forbidden: User "(?<user>[^"]*)" cannot (?<verb>\w+) resource "(?<kind>[^"]*)"(?:.*in the namespace "(?<namespace>[a-z0-9-]{1,63})")?.*does not have access to the resource in Azure/, {
        section: 'azure-rbac-forbidden',
        sentence: 'The identity cannot {verb} {kind} in the cluster: Azure RBAC for Kubernetes denied it.',
        move: lines('Grant a role that has this permission: Reader, Writer, or Admin for a namespace, Cluster Admin for kinds without one.', '$ az role assignment create --assignee {principal} --role {kubernetesRole} --scope {kubernetesScope}'),
    }),
    onLine(/is forbidden: User "(?<user>system:serviceaccount:aks-command:[^"]*)" cannot (?<verb>\w+) resource "(?<kind>[^"]*)"(?:.*in the namespace "(?<namespace>[a-z0-9-]{1,63})")?/, {
        section: 'service-account-forbidden',
        sentence: "The pod's service account cannot {verb} {kind}.",
        move: lines('Bind a role to it:', BIND, 'For kinds without a namespace, bind a cluster role:', '$ kubectl create clusterrolebinding aks-run-command --clusterrole=CLUSTER_ROLE --serviceaccount={serviceAccount?}'),
    }),
    onLine(/is forbidden: User "(?!system:serviceaccount:)(?<user>[^"]*)" cannot (?<verb>\w+) resource "(?<kind>[^"]*)"(?:.*in the namespace "(?<namespace>[a-z0-9-]{1,63})")?/, {
        section: 'kubernetes-forbidden',
        sentence: 'The identity cannot {verb} {kind} in the cluster.',
        move: lines('If the cluster uses Azure RBAC for Kubernetes, grant a role that has this permission: Reader, Writer, or Admin for a namespace, Cluster Admin for kinds without one.', '$ az role assignment create --assignee {principal} --role {kubernetesRole} --scope {kubernetesScope}', 'If it uses Kubernetes RBAC, have a cluster admin bind a role. The first command shows the OBJECT_ID:', '$ az ad sp show --id {principal} --query id --output tsv', '$ kubectl create rolebinding aks-run-command --namespace={namespace?} --clusterrole={clusterRole} --user=OBJECT_ID', '$ kubectl create clusterrolebinding {clusterBinding?} --clusterrole=CLUSTER_ROLE --user=OBJECT_ID'),
    }),
    onLine(/attempting to grant RBAC permissions not currently held/, {
        section: 'rbac-escalation',
        sentence: 'The identity tried to grant permissions that it does not have.',
        move: 'Kubernetes lets no one grant more than they have. Give the identity the role itself, or have a cluster admin bind it.',
    }),
    onLine(/^(?:[Ee]rror: )*(?:error: )?You must be logged in to the server \(|^Error from server \(Unauthorized\)|Unauthorized$/, {
        section: 'kubernetes-unauthorized',
        sentence: 'The API server did not accept the credentials of the pod.',
        move: 'The pod has a kubeconfig of its own. Unset KUBECONFIG, and leave out --kubeconfig and --token. A command that runs for hours may outlive its token.',
    }),
    // What rejects a change
    onLine(pod_output_said('is forbidden: exceeded quota: (?<quota>[a-z0-9.-]{1,253}), requested: '), {
        section: 'namespace-quota',
        sentence: 'The resource quota {quota} of the namespace is exceeded.',
        move: lines('Request less, or raise the quota. To see its limits and what is used:', '$ kubectl describe resourcequota {quota} --namespace NAMESPACE'),
    }),
    onLine(pod_output_said('is forbidden: violates PodSecurity "(?<level>[^"]{1,100})"'), {
        section: 'pod-security',
        sentence: 'The namespace forbids this pod: PodSecurity {level}.',
        move: 'The error lists the fields to set, such as runAsNonRoot and seccompProfile. Set them, or use a namespace with another level.',
    }),
    onLine(pod_output_said("ValidatingAdmissionPolicy '(?<policy>[^']{1,253})'"), {
        section: 'admission-policy',
        sentence: 'The ValidatingAdmissionPolicy {policy} blocked the change.',
        move: lines('Change the manifest as the policy requires, or ask its owners for an exemption:', '$ kubectl get validatingadmissionpolicy {policy} --output yaml'),
    }),
    onLine(pod_output_said('Internal error occurred: failed calling webhook "(?<webhook>[^"]{1,253})"'), {
        section: 'webhook-unavailable',
        sentence: 'The webhook {webhook} did not answer.',
        move: lines('Kubernetes asks it before every change, and its pods may be down. To find its service:', '$ kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations'),
    }),
    onLine(pod_output_said('admission webhook "(?<webhook>[^"]{1,253})" denied the request'), {
        section: 'admission-denied',
        sentence: 'The policy {webhook} blocked the change.',
        move: 'The error names the rule and what it requires. Change the manifest, or ask the owners of the policy for an exemption.',
    }),
    onLine(pod_output_said('unable to create new content in namespace (?<namespace>[a-z0-9-]{1,63}) because it is being terminated'), {
        section: 'namespace-terminating',
        sentence: 'The namespace is being deleted.',
        move: lines('Nothing can be created in it until it is gone. To see what blocks it:', '$ kubectl get namespace {namespace} --output yaml'),
    }),
    // What is not there
    onLine(/namespaces? "(?<namespace>[a-z0-9.-]{1,253})" not found/, {
        section: 'namespace-not-found',
        sentence: 'The cluster has no namespace {namespace}.',
        move: CREATE_IT,
    }),
    onLine(/not found in namespace "aks-command"|in the namespace "aks-command"|not found in aks-command namespace/, {
        section: 'default-namespace',
        sentence: 'The command looked in the namespace aks-command, where its own pod runs.',
        move: NAMESPACE,
    }),
    onLine(/no matches for kind "(?<kind>[^"]{1,100})" in version "(?<version>[^"]{1,100})"/, {
        section: 'no-matches-for-kind',
        sentence: 'The cluster has no kind {kind} in {version}.',
        move: lines('Install the CRD first, or correct the apiVersion. To see what the cluster has:', '$ kubectl api-resources', '$ kubectl wait --for=condition=established crd/NAME --timeout=60s'),
    }),
    onLine(/the server doesn't have a resource type "(?<kind>[^"]{1,100})"/, {
        section: 'no-resource-type',
        sentence: 'The cluster has no resource type {kind}.',
        move: lines('Check the spelling, or install the CRD first. To see what the cluster has:', '$ kubectl api-resources'),
    }),
    onLine(/^(?:error: )?[Ee]rror from server \(NotFound\): (?:error when \w{1,40} "[^"]{1,300}": )?(?<kind>[\w.]{1,100}) "(?<name>[^"]{1,253})" not found/, {
        section: 'resource-not-found',
        sentence: 'kubectl found no {kind} {name}.',
        move: lines('Without --namespace, kubectl looks in the namespace aks-command. To find it:', '$ kubectl get {kind} --all-namespaces'),
    }),
    // What kubectl was asked
    onLine(/^error: error reading \[(?<path>[^\]\s]{1,300})\]: recognized file extensions are/, {
        section: 'kubectl-no-manifests',
        sentence: 'kubectl found no manifests in {path}.',
        move: lines('{nothingSent?}No files were sent.', 'az aks command invoke puts all files into one folder. Here each file keeps its path, so name the folder, or add --recursive:', '$ kubectl apply --filename k8s/ --recursive'),
    }),
    onLine(/^error: unable to find one of 'kustomization\.yaml'.* in directory '(?:[^']{0,300}\/)?(?<path>[^'/]{1,300})'/, {
        section: 'kustomize-none',
        sentence: 'There is no kustomization.yaml in {path}.',
        move: lines('{nothingSent?}No files were sent.', 'Send it, or apply the manifests without --kustomize:', '$ kubectl apply --filename {path}'),
    }),
    onLine(/^[Ee]rror: .*(?:apiVersion not set|kind not set|Object 'Kind' is missing in)/, {
        section: 'no-manifest',
        sentence: 'A file is not a Kubernetes manifest: it has no apiVersion or kind.',
        move: 'The error names the file. It may be a values.yaml, a kustomization.yaml, or a template. Move it out of the folder, or name the manifests one by one.',
    }),
    onLine(/^[Ee]rror: unknown (?:shorthand )?flag: (?:'.' in )?(?<flag>-{1,2}[\w-]{1,100})/, {
        section: 'unknown-flag',
        sentence: 'There is no option {flag}.',
        move: 'Options of az, such as --query and --resource-group, are not options of kubectl or helm. To select fields, use kubectl get --output jsonpath=… or jq. helm 4 removed some options.',
    }),
    onLine(/^error: unknown command "(?<name>[\w-]{1,100})" for "kubectl"/, {
        section: 'unknown-command',
        sentence: 'kubectl has no command {name}.',
        move: 'Check the spelling. The image has no kubectl plugins: run what needs one on {noun:runner}.',
    }),
    onLine(/^error: no matching resources found$/, {
        section: 'no-matching-resources',
        sentence: 'kubectl found nothing that matches.',
        move: lines('kubectl wait does not wait for objects to be created. Check the selector and the namespace:', '$ kubectl get pods --show-labels --namespace NAMESPACE'),
    }),
    onLine(/^error: no objects passed to (?<verb>\w{1,40})$/, {
        section: 'no-objects',
        sentence: 'kubectl had no objects to {verb}.',
        move: 'The file or the pipe was empty. With set -o pipefail, the command ends at the program that failed to write it.',
    }),
    onLine(/^error: unable to parse ".{0,1000}": yaml: |^Error from server \(BadRequest\): (?:invalid character |the body of the request is neither JSON nor YAML)/, {
        section: 'invalid-patch',
        sentence: 'The patch is not valid JSON or YAML.',
        move: lines('Quotes are the usual cause. Put the patch in a file:', '$ kubectl patch KIND NAME --patch-file patch.yaml --namespace NAMESPACE'),
    }),
    onLine(/^error: resource\(s\) were provided, but no name was specified/, {
        section: 'no-name',
        sentence: 'kubectl needs a name.',
        move: 'A variable in the command may be empty. Add its name to {input:env}, or give a name, --selector, or --all.',
    }),
    onLine(/^error: unable to find container named "?(?<name>[\w.-]{1,253})/, {
        section: 'no-such-container',
        sentence: 'The pod has no container {name}.',
        move: lines('To see its containers:', "$ kubectl get KIND NAME --namespace NAMESPACE --output 'jsonpath={.spec.template.spec.containers[*].name}'"),
    }),
    onLine(/^(?:error|Error from server \(BadRequest\)): a container name must be specified for pod (?<name>[a-z0-9.-]{1,253})/, {
        section: 'container-name',
        sentence: 'The pod {name} has several containers, and the command names none.',
        move: lines('Name one, or use all:', '$ kubectl logs {name} --all-containers --namespace NAMESPACE'),
    }),
    onLine(/^Error from server \(BadRequest\): container "(?<name>[a-z0-9-]{1,63})" in pod "(?<pod>[a-z0-9.-]{1,253})" is waiting to start: (?:ContainerCreating|PodInitializing)/, {
        section: 'container-not-started',
        sentence: 'The container {name} has not started yet.',
        move: lines('Wait for it first:', '$ kubectl wait --for=condition=Ready pod/{pod} --timeout=120s --namespace NAMESPACE'),
    }),
    onLine(/cannot exec into a container in a completed pod/, {
        section: 'pod-completed',
        sentence: 'The pod has ended, and nothing can run in it.',
        move: lines('To see what it printed:', '$ kubectl logs POD --namespace NAMESPACE'),
    }),
    onLine(/^error when evicting .*violate the pod's disruption budget|Cannot evict pod as it would violate/, {
        section: 'disruption-budget',
        sentence: 'A PodDisruptionBudget does not allow the eviction.',
        move: lines('Add a replica, or wait until the other pods are ready. To see the budgets:', '$ kubectl get poddisruptionbudget --all-namespaces'),
    }),
    onLine(/^[Ee]rror: .*cannot delete (?:DaemonSet-managed Pods|Pods with local storage|Pods declare no controller)/, {
        section: 'drain-refused',
        sentence: 'kubectl drain found pods that it does not delete by default.',
        move: lines('If they can be deleted:', '$ kubectl drain NODE --ignore-daemonsets --delete-emptydir-data'),
    }),
    onLine(/^error: Metrics API not available/, {
        section: 'no-metrics',
        sentence: 'The cluster has no metrics yet.',
        move: lines('metrics-server needs a minute after a pod starts. To see whether it runs:', '$ kubectl get pods --namespace kube-system --selector k8s-app=metrics-server'),
    }),
    onLine(/provided port is already allocated/, {
        section: 'node-port-taken',
        sentence: 'Another service uses this node port.',
        move: 'Leave out nodePort, and Kubernetes picks a free one.',
    }),
    onLine(/(?:updates to statefulset spec for fields other than|spec is immutable after creation)/, {
        section: 'spec-immutable',
        sentence: 'This part of the object cannot be changed.',
        move: lines('Delete the object and create it again. To keep the pods of a StatefulSet running:', '$ kubectl delete statefulset NAME --cascade=orphan --namespace NAMESPACE'),
    }),
    onLine(/^Error from server(?: \((?:Timeout|ServiceUnavailable|TooManyRequests|InternalError)\))?: .*(?:etcdserver: |Timeout: request did not complete|the server is currently unable to handle the request|Too many requests)|^Error from server: etcdserver: |^(?:error: failed to \w{1,20} [\w.]{1,60}|Error from server): rpc error: code = Unavailable /, {
        section: 'api-server-busy',
        sentence: 'The API server is overloaded or restarting.',
        move: 'Run it again in a minute. If it keeps failing, look at the load of the API server in Azure Monitor.',
    }),
    // What is there already, or cannot change
    onLine(/field is immutable/, {
        section: 'immutable-field',
        sentence: 'A field of the object cannot be changed.',
        move: lines('Delete the object and create it again, which interrupts the workload:', '$ kubectl replace --force --filename FILE'),
    }),
    onLine(/^error: Apply failed with \d+ conflicts?: conflicts? with "(?<manager>[^"]{1,253})".*?(?:: (?<field>\.\S{1,300}))?$/, {
        section: 'apply-conflict',
        sentence: 'The field manager {manager} owns what server-side apply would change.',
        move: lines('The field is {field?}', 'Remove the field from the manifest, or take it over:', '$ kubectl apply --server-side --force-conflicts --filename FILE'),
    }),
    onLine(/the object has been modified; please apply your changes to the latest version/, {
        section: 'object-modified',
        sentence: 'Something else changed the object at the same time.',
        move: 'Run it again. kubectl apply and kubectl patch avoid this, kubectl replace does not.',
    }),
    onLine(/metadata\.annotations: Too long/, {
        section: 'annotations-too-long',
        sentence: 'The object is too large for a client-side kubectl apply.',
        move: lines('kubectl keeps a copy in an annotation of at most 256 KiB. Server-side apply needs none:', '$ kubectl apply --server-side --filename FILE'),
    }),
    onLine(/^Error from server \(AlreadyExists\)/, {
        section: 'already-exists',
        sentence: 'The object already exists.',
        move: lines('kubectl create works once. To create or update:', '$ kubectl apply --filename FILE'),
    }),
    onLine(/strict decoding error: unknown field "(?<field>[^"]{1,253})"/, {
        section: 'unknown-field',
        sentence: 'The manifest has an unknown field: {field}.',
        move: lines('Check spelling and indentation:', '$ kubectl explain KIND.spec --recursive'),
    }),
    onLine(/^The (?<kind>\w{1,100}) "(?<name>[^"]{0,253})" is invalid: (?<field>[^:\s]{1,300}):/, {
        section: 'invalid-object',
        sentence: 'The {kind} {name} is invalid at {field}.',
        move: 'The error says which value is wrong and what is allowed.',
    }),
    onLine(/cannot be handled as an? (?<kind>\w{1,100}): json: cannot unmarshal (?<got>\w{1,40}) into .* of type (?<wanted>\S{1,100})$/, {
        section: 'wrong-type',
        sentence: 'A field of the {kind} has the wrong type: {got} instead of {wanted}.',
        move: 'Put quotes around a number or a boolean that should be text, such as value: "8080".',
    }),
    onLine(/error converting YAML to JSON|YAML parse error on (?<path>\S{1,300}):/, {
        section: 'invalid-yaml',
        sentence: 'A file is not valid YAML.',
        move: 'The error names the line. The usual causes are tabs, indentation, and colons without quotes.',
    }),
    // Waiting
    onLine(/deployment "(?<deployment>[a-z0-9.-]{1,253})" exceeded its progress deadline/, {
        section: 'progress-deadline',
        sentence: 'The deployment {deployment} made no progress before its deadline.',
        move: lines('Its new pods did not become ready. To see why, add this to the command:', '$ kubectl describe deployment/{deployment} --namespace NAMESPACE', '$ kubectl logs deployment/{deployment} --namespace NAMESPACE --all-containers --previous'),
    }),
    onLine(/(?:pre|post)-(?:install|upgrade|rollback|delete) hooks? failed: resource Job\/(?<namespace>[a-z0-9-]{1,63})\/(?<job>[a-z0-9.-]{1,253}) /, {
        section: 'helm-hook',
        sentence: 'A hook of the helm chart failed.',
        move: lines('To see what it printed:', '$ kubectl logs job/{job} --namespace {namespace}'),
    }),
    onLine(/(?:pre|post)-(?:install|upgrade|rollback|delete) hooks? failed|failed (?:pre|post)-(?:install|upgrade|rollback|delete)/, {
        section: 'helm-hook',
        sentence: 'A hook of the helm chart failed.',
        move: lines('A hook is usually a Job. To see what it printed:', '$ kubectl logs job/NAME --namespace NAMESPACE'),
    }),
    onLine(/^[Ee]rror\b.*\bPod\/(?<namespace>[a-z0-9-]{1,63})\/(?<name>[a-z0-9.-]{1,253}) .*(?:CrashLoopBackOff|in CrashLoop state)/, {
        ...CRASHES,
        move: lines('To see what it printed before it crashed:', '$ kubectl logs {name} --namespace {namespace} --previous'),
    }),
    onLine(/^[Ee]rror\b.*(?:CrashLoopBackOff|in CrashLoop state)/, CRASHES),
    onLine(/resource (?<resource>\w{1,100}\/(?<namespace>[a-z0-9-]{0,63})\/\S{1,253}) not ready\. status: Failed, message: Progress deadline exceeded/, {
        section: 'helm-progress-deadline',
        sentence: '{resource} made no progress before its deadline.',
        move: WHY_NOT_READY,
    }),
    onLine(/(?:INSTALLATION|UPGRADE) FAILED: .*resource (?<resource>\w{1,100}\/(?<namespace>[a-z0-9-]{0,63})\/\S{1,253}) not ready\. status: /, {
        section: 'helm-not-ready',
        sentence: 'helm waited for {resource}, but it did not become ready.',
        move: WHY_NOT_READY,
    }),
    onLine(/^[Ee]rror: timed out waiting for the condition/, {
        section: 'timed-out-waiting',
        sentence: 'kubectl or helm timed out waiting.',
        move: lines('The pods did not become ready, or need more time than --timeout.', WHY_NOT_READY),
    }),
    onLine(/^[Ee]rror: .*(?:context deadline exceeded|would exceed context deadline)$/, {
        section: 'context-deadline',
        sentence: 'helm or kubectl ran out of time.',
        move: WHY_NOT_READY,
    }),
    onLine(/^[Ee]rror\b.*(?:ImagePullBackOff|ErrImagePull|image can't be pulled|failing to pull image)/, {
        section: 'image-pull',
        sentence: 'A pod cannot pull its image.',
        move: lines("Check the image's name and tag, and that the cluster can pull from its registry. For an Azure container registry:", '$ az aks check-acr --subscription {subscription} -g {group} -n {cluster} --acr REGISTRY.azurecr.io', '$ az aks update --subscription {subscription} -g {group} -n {cluster} --attach-acr REGISTRY'),
    }),
    // helm
    onLine(/another operation \(install\/upgrade\/rollback\) is in progress|UPGRADE FAILED: release: already exists/, {
        section: 'helm-in-progress',
        sentence: 'Another helm operation on this release is in progress.',
        move: lines('[workflow] Another job is deploying it, or an earlier one was interrupted. To deploy it from one job at a time:', '[prompt] Something else is deploying it, or an earlier deployment was interrupted.', '[workflow] | concurrency:', '[workflow] |   group: deploy', 'If nothing is deploying it, go back to the last deployed revision:', '$ helm history RELEASE --namespace NAMESPACE', '$ helm rollback RELEASE --namespace NAMESPACE'),
    }),
    onLine(/cannot re-?use a name that is still in use|INSTALLATION FAILED: release: already exists/, {
        section: 'helm-name-in-use',
        sentence: 'The helm release already exists.',
        move: lines('To install or upgrade:', '$ helm upgrade --install RELEASE CHART --namespace NAMESPACE'),
    }),
    onLine(/"(?<release>[^"]{1,100})" has no deployed releases/, {
        section: 'helm-no-deployed-release',
        sentence: 'The helm release {release} was never deployed successfully.',
        move: lines('Remove what the failed installation left, and install again:', '$ helm uninstall {release} --namespace NAMESPACE', '$ helm upgrade --install {release} CHART --namespace NAMESPACE'),
    }),
    onLine(/invalid ownership metadata|cannot be imported into the current release/, {
        section: 'helm-ownership',
        sentence: 'The object already exists and does not belong to the helm release.',
        move: lines('If the release can take it over:', '$ helm upgrade --install RELEASE CHART --namespace NAMESPACE --take-ownership'),
    }),
    onLine(/helm dependency build|missing in charts\/ directory: (?<dependency>[\w.-]{1,100})/, {
        section: 'helm-dependencies',
        sentence: 'The helm chart lacks its dependencies.',
        move: lines('Download them on {noun:runner} first, and send the folder charts/:', '$ helm dependency build CHART', '@ files: CHART/'),
    }),
    onLine(/^Error: (?:[A-Z]{1,20} FAILED: )?repo (?<repo>[\w.-]{1,100}) not found|is not a valid chart repository or cannot be reached|^Error: (?:[A-Z]{1,20} FAILED: )?no cached repo/, {
        section: 'helm-repository',
        sentence: 'helm cannot use the chart repository from the pod.',
        move: NO_EGRESS,
    }),
    onLine(/^Error: .*(?:401|unauthorized|denied).*(?:oci:|\/v2\/|registry)|^Error: .*\/v2\/.*(?:401|unauthorized|denied|basic credential not found)/, {
        section: 'registry-unauthorized',
        sentence: 'The registry of the chart requires a sign-in.',
        move: lines('Sign in first, on {noun:runner} or in the command:', '$ helm registry login REGISTRY', NO_EGRESS),
    }),
    onLine(/^Error: (?:[A-Z]{1,20} FAILED: |failed parsing --set-file data: )?(?:open |path ")(?<path>[^\s"]{1,300}?)(?:: no such file or directory|" not found)/, {
        section: 'helm-path',
        sentence: 'helm found no file {path}.',
        move: SEND_IT,
    }),
    onLine(/^Error: (?:[A-Z]{1,20} FAILED: )?non-absolute URLs should be in form of repo_name\/path_to_chart, got: (?<path>\S{1,300})/, {
        section: 'helm-chart-path',
        sentence: 'helm found no chart {path}.',
        move: SEND_IT,
    }),
    onLine(/[Kk]ubernetes cluster unreachable|^The connection to the server \S{1,300} was refused|^Unable to connect to the server: (?!.*no such host)/, {
        section: 'api-server-unreachable',
        sentence: 'The command did not reach the API server.',
        move: 'The pod has a kubeconfig of its own. Unset KUBECONFIG, and leave out --kubeconfig, --server, and --context. If the cluster is being upgraded, run it again.',
    }),
    onLine(/^Error: (?:[A-Z]{1,20} FAILED: )?(?:Chart\.yaml file is missing|unable to detect chart at )/, {
        section: 'helm-no-chart',
        sentence: 'The folder is not a helm chart: it has no Chart.yaml.',
        move: lines('{nothingSent?}No files were sent.', 'Name the folder that contains Chart.yaml, and send the whole folder:', '@ files: CHART/'),
    }),
    onLine(/^Error: (?:uninstall: )?(?:Release not loaded: )?(?<release>[a-z0-9.-]{1,100}): release: not found$/, {
        ...NO_RELEASE,
        title: 'helm found no release {release} in this namespace',
    }),
    onLine(/^Error: (?:uninstall: )?(?:Release not loaded: )?release: not found$/, NO_RELEASE),
    onLine(/^Error: (?:[A-Z]{1,20} FAILED: )?values don't meet the specifications of the schema/, {
        section: 'helm-schema',
        sentence: "The values do not match the chart's schema.",
        move: 'The lines below the error name each value. A name in the wrong place, or a number in quotes, is the usual cause.',
    }),
    onLine(/chart requires kubeVersion: (?<wanted>.{1,100}?) which is incompatible with Kubernetes (?<version>\S{1,40})/, {
        section: 'helm-kube-version',
        sentence: 'The chart does not support Kubernetes {version}.',
        move: 'Use a version of the chart that does, or upgrade the cluster.',
    }),
    onLine(/^Error: (?:[A-Z]{1,20} FAILED: )?(?:execution error at \(|template: |parse error at \(|\S{1,300}\/templates\/\S{1,300}:\d{1,9}:\d{1,9}$)/, {
        section: 'helm-template',
        sentence: 'A template of the helm chart failed.',
        move: lines('The error names the template and the value. Often, the value is missing. To see it without the cluster:', '$ helm template RELEASE CHART --values values.yaml --debug'),
    }),
    onLine(/unknown command "(?<plugin>[\w-]{1,100})" for "helm"/, {
        section: 'helm-plugin',
        sentence: 'helm in the pod has no command {plugin}.',
        move: 'The image has no helm plugins. Run what needs one on {noun:runner}, and send the result with {input:files}.',
    }),
    onLine(/(?:no context exists with the name: "|context was not found for specified context: |context ")(?<context>[^"\s]{1,253})(?:"$|$|" does not exist)/, {
        section: 'no-context',
        sentence: 'The pod has no kubectl context {context}.',
        move: 'The pod is already connected to the cluster. Leave out --context, kubectl config use-context, and az aks get-credentials.',
    }),
    // Files
    onLine(/^error: the path "(?<path>[^"]{1,300})" does not exist/, {
        section: 'kubectl-path',
        sentence: 'kubectl could not find {path}.',
        move: SEND_IT,
    }),
    onLine(/evalsymlink failure on '(?:[^']{0,300}\/)?(?<path>[^'/]{1,300})'/, {
        section: 'kustomize-path',
        sentence: 'kustomize could not find {path}.',
        move: lines('{nothingSent?}No files were sent.', 'An overlay needs its bases and components. Send the folder that contains all of them:', '@ files: k8s/'),
    }),
    onLine(/(?:dial tcp: lookup |Could not resolve host: |unable to resolve host address ['‘]|wget: bad address ')(?<host>[^\s:'’]{1,253})/, {
        section: 'no-egress',
        sentence: 'The pod cannot resolve the host {host}.',
        move: NO_EGRESS,
    }),
    onLine(/^(?:.*: )?(?:line )?(?:\d{1,9}: )?(?:cd: )(?:line \d{1,9}: )?(?:can't cd to )?(?<path>[^\s:]{1,300})(?:: No such file or directory)?$/, {
        section: 'no-such-folder',
        sentence: 'The shell found no folder {path}.',
        move: SEND_IT,
    }),
    onLine(/cannot execute binary file: Exec format error$|: Exec format error$|^exec \S{1,300}: exec format error/, {
        section: 'exec-format',
        sentence: 'A program is for another system.',
        move: 'Send a static build for Linux, for the architecture of the nodes (x64 or arm64). A script needs a first line such as #!/bin/sh.',
    }),
    onLine(/No space left on device/, {
        section: 'disk-full',
        sentence: 'The disk of the pod is full.',
        move: 'Write less, or delete files that are no longer needed during the command.',
    }),
    onLine(/[Rr]ead-only file ?system$/, {
        section: 'read-only',
        sentence: 'The command tried to write to a folder that is read-only.',
        move: 'Write below the working folder, $HOME, or /tmp.',
    }),
    onLine(/Argument list too long$/, {
        section: 'argument-list',
        sentence: 'A command line is too long.',
        move: 'Pass the data in a file or through a pipe, or split the list with xargs.',
    }),
    onLine(/^curl: \(7\)|^(?:wget|curl): .*[Cc]onnection refused|connect: connection refused$/, {
        section: 'connection-refused',
        sentence: 'The connection was refused.',
        move: 'Nothing listens at that address and port, or a network policy rejects it. In the cluster, a service is SERVICE.NAMESPACE.svc.',
    }),
    onLine(/x509: certificate signed by unknown authority|SSL certificate problem/, {
        section: 'pod-certificate',
        sentence: 'The pod does not trust a TLS certificate.',
        move: 'Send the CA certificate with {input:files}, and pass it on, for example with helm --ca-file or SSL_CERT_FILE.',
    }),
    onLine(/dial tcp [\d.:[\]a-f]{3,50}: i\/o timeout|net\/http: TLS handshake timeout|^curl: \(28\)/, {
        section: 'connection-timeout',
        sentence: 'A connection from the pod timed out.',
        move: lines('A firewall may drop it.', NO_EGRESS),
    }),
    onLine(/^fatal: (?:not a git repository|detected dubious ownership)/, {
        section: 'git-repository',
        sentence: 'The files in the pod are not a Git repository.',
        move: 'The action sends files without .git. Run git on {noun:runner}, and pass the result on with {input:env}.',
    }),
    onLine(/^jq: error: syntax error|^jq: error: .*syntax error|^jq: \d+ compile errors?/, {
        section: 'jq-syntax',
        sentence: 'The jq program has a syntax error.',
        move: 'Put the program in single quotes, so that the shell leaves $ and " alone.',
    }),
    onLine(/^jq: parse error: /, {
        section: 'jq-parse',
        sentence: 'jq read something that is not JSON.',
        move: 'The program before the pipe may have printed an error or plain text. Use set -o pipefail to catch its failure, and --output json with kubectl.',
    }),
    onLine(/^jq: error \(at \S{1,300}\): (?:Cannot (?:iterate over|index) .{1,200}|.{1,200}cannot be .{1,100})$/, {
        section: 'jq-null',
        sentence: 'jq did not find what the program expects.',
        move: 'The JSON has a different structure, or the field is missing. To accept that, use .field? or (.field // empty).',
    }),
    onLine(/: syntax error(?: near unexpected token|: unexpected end of file)|unexpected EOF while looking for matching|Syntax error: (?:Unterminated quoted string|end of file unexpected|"\w{1,20}" unexpected)|: syntax error: unterminated quoted string/, {
        section: 'shell-syntax',
        sentence: 'The shell could not read the command: it has a syntax error.',
        move: 'A quote or a block (if, for, {) may not be closed. In YAML, command: | keeps the lines as they are. That line and the lines after it did not run.',
    }),
    {
        ...NOT_EXECUTABLE,
        match: { service: 'output', exitCode: 126, words: /: (?<path>\S{1,300}): Permission denied$/ },
    },
    onLine(/: (?:(?:cannot|can't) [a-z ]{1,40} )?['‘]?(?<path>[^\s:'‘’]{1,300})['’]?: Permission denied$/, {
        section: 'access-denied',
        sentence: 'The command has no permission for {path}.',
        move: 'The command does not run as root. Write below the working folder, $HOME, or /tmp.',
    }),
    onLine(/: (?<path>\S{1,300}): cannot execute: required file not found$|: \S{1,300}: bad interpreter|\$'\\r': command not found|: invalid option name$|illegal option (?:-o )?pipefail\r?$/, {
        section: 'line-endings',
        sentence: 'The script cannot run: its line endings or its interpreter are wrong.',
        move: LINE_ENDINGS,
    }),
    onLine(/(?:^|: )(?<path>\.{0,2}\/[^\s:]{1,300}): (?:No such file or directory|not found)$/, {
        section: 'no-such-script',
        sentence: 'The shell found no file {path}.',
        move: lines(SEND_IT, 'If it is there, the script cannot start.', LINE_ENDINGS),
    }),
    onLine(/^(?:(?:awk|base64|cat|chmod|cp|cut|diff|find|grep|head|jq|ls|mv|rm|sed|sort|tail|tar(?: \(child\))?|tee|touch|wc|bash|(?:da|a)?sh(?:: \d{1,9})?): (?:error: )?|(?:.*: )?(?:line )?\d{1,9}: )(?:can't open |can't read |cannot access |cannot open |cannot read:? |cannot stat |Could not open file )?['‘]?(?<path>[^\s:'‘’]{1,300})['’]?: (?:Cannot open: )?No such file(?: or directory)?$/, {
        section: 'no-such-file',
        sentence: 'The command found no file {path}.',
        move: SEND_IT,
    }),
    // The shell
    onLine(/: (?<program>az|kubelogin|azd): (?:command )?not found$/, {
        section: 'no-azure-cli',
        sentence: 'The pod has no {program}.',
        move: 'The command is already in the cluster and signed in to it: leave out {program} login, az aks get-credentials, and kubelogin. Run other az commands on {noun:runner}.',
    }),
    onLine(/(?:^|: )(?<name>GITHUB_ENV|GITHUB_PATH|GITHUB_STATE): (?:unbound variable|parameter not set)|ambiguous redirect$|cannot create : (?:Directory nonexistent|No such file)|^(?:line )?\d{1,9}: : No such file or directory/, {
        section: 'file-command',
        sentence: 'The command wrote to a file of {noun:runner} that the pod does not have.',
        move: lines('The pod has $GITHUB_OUTPUT and $GITHUB_STEP_SUMMARY, but not $GITHUB_ENV or $GITHUB_PATH.', '[workflow] Write a step output to $GITHUB_OUTPUT, and use it in a later step.', '[prompt] Write to $GITHUB_OUTPUT: the file of --result has it.'),
    }),
    onLine(/(?:^|: )(?<name>[A-Za-z_]\w{0,100}): (?:(?:unbound variable|parameter (?:null or )?not set)$|(?<=(?:^|: )(?:line )?\d{1,9}: [A-Z_][A-Z0-9_]{0,100}: ).*\b(?:empty|missing|needed|required|set|unset)\b)/, {
        section: 'unbound-variable',
        sentence: 'The variable {name} is not set in the pod.',
        move: lines('Variables of {noun:job} are not passed to the pod unless you list them:', '@ env: {name}'),
    }),
    onLine(/(?:^|: )(?:\[\[|declare|let|mapfile|popd|pushd|readarray|shopt|source|typeset): not found$|[Ss]yntax error: (?:"\(" unexpected|unexpected "\(")|: 1?\(\(: not found$|Bad substitution$|bad substitution$|Illegal option -o pipefail$/, {
        section: 'bash-needed',
        sentence: 'The command uses bash syntax, and sh ran it.',
        move: lines('Use bash:', '@ shell: bash'),
    }),
    onLine(/(?:^|: )(?:line \d{1,9}|\d{1,9}): (?<name>\w{1,100}): (?:command )?not found$(?<=: [A-Z_][A-Z0-9_]*: (?:command )?not found)/, {
        section: 'blank-around-equals',
        sentence: 'The shell tried to run {name} as a program.',
        move: 'If it is a variable, leave no spaces around the equals sign: NAME=value.',
    }),
    onLine(/(?:(?:^|: )line \d{1,9}|^\d{1,9}|: \d{1,9}|\b(?:ba|da|a)?sh(?:: \d{1,9})?|^(?:xargs|env)): '?‘?(?<program>[^\s:/'’=[]{1,100})['’]?: (?:(?:command )?not found|(?<=^(?:xargs|env): .{1,110})No such file or directory)$/, {
        section: 'command-not-found',
        sentence: 'The pod has no program {program}.',
        move: lines('The image has kubectl, helm, jq, xargs, grep, and awk, but no git, az, or curl. Run the program on {noun:runner}, or send a static Linux build:', '@ files: bin/tool', '@ command: ./bin/tool'),
    }),
    onLine(/^Unable to use a TTY/, {
        section: 'no-terminal',
        sentence: 'kubectl exec asked for a terminal, and there is none.',
        move: 'Leave out -t and -it.',
    }),
    // Exit codes of a command that says nothing better
    onExit(137, {
        section: 'exit-code-137',
        sentence: 'A process was killed (exit code 137, SIGKILL), probably out of memory.',
        title: 'killed, probably out of memory (exit code 137)',
        move: 'The pod has 1 GiB of memory, and files in /dev/shm count as memory. Do less at once: fewer charts or manifests, less in parallel, results in files instead of variables.',
    }),
    onExit(143, {
        section: 'exit-code-143',
        sentence: 'A process was terminated (exit code 143, SIGTERM).',
        title: 'terminated (exit code 143)',
        move: 'The pod was deleted, its node was drained, or the command ended a process itself.',
    }),
    onExit(130, {
        section: 'exit-code-130',
        sentence: 'A process was interrupted (exit code 130, SIGINT).',
        title: 'interrupted (exit code 130)',
        move: 'Something in the command sent SIGINT. Nobody can press Ctrl+C in the pod.',
    }),
    onExit(139, {
        section: 'exit-code-139',
        sentence: 'A program crashed (exit code 139, SIGSEGV).',
        title: 'a program crashed (exit code 139)',
        move: 'It is often a binary for another system. Send a static build for Linux, for the architecture of the nodes.',
    }),
    onExit(126, {
        section: 'exit-code-126',
        sentence: 'A program could not be run (exit code 126).',
        title: 'a program could not be run (exit code 126)',
        move: 'The program was found, but it is not executable, or it is for another system.',
    }),
    onExit(127, {
        section: 'exit-code-127',
        sentence: 'A program was not found (exit code 127).',
        title: 'a program was not found (exit code 127)',
        move: 'The image has kubectl, helm, jq, xargs, grep, and awk, but no git, az, or curl.',
    }),
    onExit(134, {
        section: 'exit-code-134',
        sentence: 'A program aborted (exit code 134, SIGABRT).',
        title: 'a program aborted (exit code 134)',
        move: 'It found an internal error or ran out of memory. The last lines of its output say more.',
    }),
    onExit(141, {
        section: 'exit-code-141',
        sentence: 'A program wrote to a pipe that was already closed (exit code 141, SIGPIPE).',
        title: 'a pipe was closed early (exit code 141)',
        move: 'With set -o pipefail, COMMAND | head fails when head has read enough. Write to a file first, or use sed -n 1,10p instead of head.',
    }),
    onExit(1, {
        section: 'silent-exit-1',
        sentence: 'The command exited with code 1 and wrote nothing.',
        title: 'exit code 1',
        move: lines('grep exits with 1 if it finds nothing. test and [ exit with 1 if the condition is false. To see which line it was, start the command with set -x.', '[workflow] If 1 is a normal answer:', '[workflow] | with:', '[workflow] |   allowed-exit-codes: "0, 1"'),
    }),
];

;// CONCATENATED MODULE: ./src/report/catalogue/row.ts
/** Whether a row is about what shows these signs: then what its words name. */
function fits({ service, codes, status, words, exitCode, state }, signs) {
    const fitting = service === signs.service &&
        (codes === undefined || (signs.code !== undefined && codes.includes(signs.code))) &&
        (status === undefined || status === signs.status) &&
        (exitCode === undefined || exitCode === signs.exitCode) &&
        (state === undefined || state === signs.state);
    if (!fitting)
        return undefined;
    if (words === undefined)
        return {};
    const found = words.exec(signs.text ?? '');
    return found ? (found.groups ?? {}) : undefined;
}

;// CONCATENATED MODULE: ./src/report/catalogue/index.ts








const ROWS = [...ENTRA, ...ARM, ...SUBMISSION, ...AKS, ...SIZES, ...POD_OUTPUT];
/** The action's own failures, by code. */
const OWN = {
    ...INPUT_FAILURES,
    ...FILES_FAILURES,
    ...SIGN_IN_FAILURES,
    ...ARM_FAILURES,
    ...POD_FAILURES,
    ...COMMAND_FAILURES,
};
/** The first row that fits, and what it found. */
function lookUp(signs) {
    for (const row of ROWS) {
        const groups = fits(row.match, signs);
        if (groups)
            return { row, groups };
    }
    return undefined;
}
/** Everything that is known, in one list. */
const CATALOGUE = [
    ...ROWS,
    ...Object.entries(OWN).map(([code, text]) => ({ ...text, match: { service: 'action', codes: [code] } })),
    { ...UNWRITTEN, match: { service: 'action', codes: ['outputs-unwritable'] } },
    { ...FLEET_HUB, match: { service: 'action', codes: ['run-command-disabled'] } },
    ...Object.values(STARTED_BY).map((text) => ({
        ...text,
        match: { service: 'action', codes: ['no-id-token'] },
    })),
    ...Object.entries(FILE_PROBLEMS).map(([kind, text]) => ({
        ...text,
        match: { service: 'action', codes: [kind] },
    })),
];

;// CONCATENATED MODULE: ./src/report/explanation.ts





/** Explains a failure. */
function explain(failure, context) {
    const { entry, details } = read(failure, context);
    const { signs, values = {}, words = '' } = details;
    const found = signs && lookUp(signs);
    const text = details.text ?? found?.row ?? entry;
    return compose(text, { ...contextValues(context), ...values, ...said(found?.groups ?? {}) }, words, context);
}
function read(failure, context) {
    const entry = OWN[failure.code];
    return { entry, details: entry.read?.(failure, context) ?? {} };
}
/** Fills a text in. */
function compose(text, values, words, { words: table = hosts_words/* WORKFLOW */.Ep }) {
    const written = (write) => {
        const sentence = fill(text.sentence, values, table, write);
        const title = text.title === undefined ? asTitle(sentence) : fill(text.title, values, table, write);
        return { title, sentence, move: fill(text.move, values, table, write) };
    };
    return {
        ...written(visible/* visible */.RK),
        section: text.section,
        titleSaysAll: text.title === undefined,
        words: readable(words),
        marked: written(marked),
    };
}
/** A sentence as the end of a headline. */
function asTitle(sentence) {
    return sentence
        .replace(/\.$/, '')
        .replace(/^(?:The|An?|No|This|There|What|Nothing|Another|Some|Something|Other|Inputs|Options|Waiting)\b/, (word) => word.toLowerCase());
}
/** An explanation as a block of text. Foreign text. */
function explanationText({ sentence, words, move }) {
    return [sentence, words, move].filter((part) => part !== '').join('\n\n');
}
/** Words of a service as they may be shown: without the controls, and without a proxy's page. */
function readable(words) {
    const page = words.search(/<(?:!doctype|html)\b/i);
    const text = page === -1 ? words : words.slice(0, page);
    return (0,visible/* visibleLines */.gB)(text).trim();
}

// EXTERNAL MODULE: ./src/pod/output.ts
var pod_output = __webpack_require__(4742);
;// CONCATENATED MODULE: ./src/report/quote.ts


const LAST_LINES = 10;
const MAX_BYTES = 1200;
/** The script that a shell blames. */
const SCRIPT = /(?:\/[^\s:'"]{1,200})?\.aks-run-command\/command\.sh: /g;
/** What the command wrote, as people read it: a shell's messages without the path of the action's own file. */
function withoutScriptPath(text) {
    return text.replaceAll(SCRIPT, '');
}
/** What to show of the output of a command that failed; undefined where it wrote nothing. */
function quoteOf(output, firstError) {
    if (firstError !== undefined)
        return { label: 'The first error in its output:', text: shown(firstError) };
    const lines = shown((0,pod_output/* endOfOutput */.IG)(output, MAX_BYTES)).trimEnd().split('\n').slice(-LAST_LINES).join('\n');
    return lines.trim() === '' ? undefined : { label: 'The last lines of its output:', text: lines };
}
function shown(text) {
    return (0,visible/* visibleLines */.gB)(withoutScriptPath((0,visible/* withoutEscapes */.Lx)(text))).slice(0, MAX_BYTES);
}

;// CONCATENATED MODULE: ./src/report/output-hints.ts







/** Hints look at this much of the output's end only: a command with `-e` ends where it fails. */
const HINT_CHARACTERS = 256 * 1024;
/** … and at this much of a line, so that no pattern has far to go. */
const MAX_LINE = 2048;
const MOST_HINTS = 3;
/**
 * How kubectl, helm, shells and what they call begin a line that is an error; they never indent it. A hint is wrong worse
 * than missing: a listing, or a log that the command prints on the way, is no error.
 */
const ERROR_LINE = new RegExp([
    String.raw `(?:[Ee]rror|ERROR|FATAL|fatal|panic)(?: from server| in configuration)?(?: \([\w ]{1,40}\))?: `,
    String.raw `error when evicting `,
    String.raw `Unable to (?:connect|use) `,
    String.raw `The connection to the server `,
    String.raw `The (?:\w+) "[^"]{0,253}" is invalid:`,
    String.raw `The request is invalid:`,
    String.raw `the namespace from the provided object `,
    String.raw `(?:\S{0,300}/)?[\w.-]{1,100}: (?:[\w.-]{1,40}: )?(?:line )?\d{1,9}: `,
    String.raw `(?:\S{0,300}/)?command\.sh: `,
    String.raw `(?:ba|da|a)?sh: `,
    String.raw `(?:awk|base64|cat|cd|chmod|cp|curl|cut|diff|env|find|git|grep|gzip|head|jq|ls|mkdir|mv|rm|sed|sort|tail|tar(?: \(child\))?|tee|touch|wc|wget|xargs|yq): `,
]
    .map((part) => `(?:${part})`)
    .join('|')
    .replace(/^/, '^(?:') + ')');
/** What ends the report of a test runner. What stands above it are words of the tests, whatever they look like. */
const TEST_REPORT = new RegExp([
    String.raw `FAIL\t\S|FAIL$|ok {2}\t|--- FAIL: `, // go test
    String.raw `=+ .{0,200}\b(?:passed|failed|errors?)\b.{0,80} in [\d.]{1,12}s.{0,40} =+$`, // pytest
    String.raw `\s{0,20}Tests:? +\d{1,9} (?:failed|passed|skipped)`, // jest, vitest
    String.raw `(?:ℹ|#) fail \d|not ok \d`, // node --test, TAP
    String.raw ` {2}\d{1,9} failing$`, // mocha
    String.raw `test result: (?:ok|FAILED)\.`, // cargo test
    String.raw `\[(?:ERROR|INFO)\] +Tests run: \d|(?:Failed|Passed)! +- Failed: `, // Maven, dotnet test
]
    .map((part) => `(?:${part})`)
    .join('|')
    .replace(/^/, '^(?:') + ')');
/** kubectl lists several problems of an object below a line of its own: the first of them says more. */
const LISTS_BELOW = /^The \w+ "[^"]{0,253}" is invalid: ?$/;
/** A program that shows where it threw an error is neither kubectl nor helm nor a shell. */
const STACK_FRAME = /^\s{1,20}at \S/;
/**
 * Hints that the command's own words, or its exit code, justify: first what ended it, which is the last kind of error in
 * its output, since a script goes on only after errors that it expects.
 */
function readFindings(output, exitCode, context) {
    const found = new Map();
    /** Who tries again and again says the same again and again. */
    const lookedUp = new Map();
    let firstError;
    for (const { whole, next } of linesOf(output)) {
        if (!ERROR_LINE.test(whole))
            continue;
        const line = withoutScriptPath(LISTS_BELOW.test(whole) ? whole.trimEnd() + next.replace(/^\*/, '') : whole);
        const isFirstError = firstError === undefined;
        firstError ??= line;
        if (STACK_FRAME.test(next))
            continue;
        const hit = lookedUp.has(line) ? lookedUp.get(line) : lookUp({ service: 'output', text: line, exitCode });
        lookedUp.set(line, hit);
        if (!hit)
            continue;
        const earlier = found.get(hit.row);
        found.delete(hit.row);
        found.set(hit.row, earlier ?? { ...hit, isFirstError });
    }
    const told = lookUp({ service: 'exit', exitCode });
    // A signal ended the command whatever it complained of before; any other code says less than a line.
    const isSignal = exitCode !== undefined && exitCode > 128;
    if (told && isSignal)
        found.set(told.row, { ...told, isFirstError: found.size === 0 });
    else if (told && found.size === 0 && (exitCode !== 1 || output.trim() === '')) {
        found.set(told.row, { ...told, isFirstError: true });
    }
    const last = [...found.values()].slice(-MOST_HINTS).reverse();
    const general = contextValues(context);
    const hints = last.map(({ row, groups }) => compose(row, { ...general, ...said(groups), ...derived(groups, context) }, '', context));
    // Where another error ended the command, the first one was one that the script expected.
    const isCause = last[0] === undefined || last[0].isFirstError;
    return { hints, ...(firstError !== undefined && isCause && { firstError }) };
}
/** The lines that may tell why a command failed, each with the one below it. */
function linesOf(output) {
    const lines = output
        .slice(-HINT_CHARACTERS)
        .split(/\r?\n/)
        .map((line) => line.slice(0, MAX_LINE));
    const report = lines.findLastIndex((line) => TEST_REPORT.test(line));
    return lines.map((whole, at) => ({ whole, next: lines[at + 1] ?? '' })).slice(report + 1);
}
/** What follows from what a line names. */
function derived(groups, { cluster, files }) {
    const { namespace, user, path } = groups;
    const [, account] = /^system:serviceaccount:(aks-command:[a-z0-9.-]{1,253})$/.exec(user ?? '') ?? [];
    return {
        clusterBinding: namespace === undefined ? 'aks-run-command' : undefined,
        kubernetesRole: `Azure Kubernetes Service RBAC ${roleFor(groups)}`,
        kubernetesScope: cluster && resourceId(cluster) + (namespace === undefined ? '' : `/namespaces/${namespace}`),
        clusterRole: /^(?:get|list|watch)$/.test(groups['verb'] ?? '') ? 'view' : 'edit',
        serviceAccount: account,
        ...(path !== undefined && aboutFile(path, files)),
    };
}
/** Of a path that was not found. Empty: the line that asks for it says the rest. */
function aboutFile(path, files) {
    const near = files && (0,nearest/* nearest */.p)(path, files);
    if (files?.includes(path.replace(/^(?:\.\/)+/, '')) === true)
        return { sent: '' };
    if (near !== undefined)
        return { near, ...(near.endsWith(`/${path.replace(/^\.\//, '')}`) && { kept: '' }) };
    return { missing: '', ...said({ unsent: path }), ...(files?.length === 0 && { nothingSent: '' }) };
}
function roleFor({ namespace, verb = '' }) {
    if (namespace === undefined)
        return 'Cluster Admin';
    return /^(?:get|list|watch)$/.test(verb) ? 'Reader' : 'Writer';
}

;// CONCATENATED MODULE: ./src/report/compose.ts




/** Explains a verdict, in the words of the host. */
function reportOn(verdict, known) {
    const { target, command, shipment, host } = known;
    const context = contextOf(verdict, known);
    const { failure, output, state, exitCode } = verdict;
    const refused = failure?.code === 'exit-code' ? failure.exitCode : exitCode;
    // What a command that succeeds complains of is not why the step fails.
    const { hints, firstError } = state === 'failed' && output && refused !== 0 ? readFindings(output.text, exitCode, context) : { hints: [] };
    // A hint says why; that the exit code is not allowed is then only what is known of the command.
    const own = failure && (failure.code !== 'exit-code' || hints.length === 0) ? [explain(failure, context)] : [];
    const unusable = failure?.code === 'collect' ? undefined : (0,src_verdict/* collectFailure */.bv)(verdict.collected);
    const uncollected = unusable ? [explain(unusable, context)] : [];
    const docs = troubleshooting(host);
    return {
        verdict,
        explanations: [...own, ...hints, ...uncollected],
        ...(firstError !== undefined && { firstError }),
        ...(target && { cluster: target.cluster }),
        ...(command !== undefined && { command }),
        ...(shipment && { shipment }),
        ...(docs !== undefined && { docs }),
    };
}
function contextOf(verdict, { target, shipment, host }) {
    const repository = host.variable('GITHUB_REPOSITORY');
    return {
        words: host.words,
        ...(target && { cluster: target.cluster, signIn: target.signIn, environment: target.environment }),
        ...(repository !== undefined && { repository }),
        ...(host.variable('GITHUB_ACTIONS') === 'true' && { ci: 'GitHub Actions' }),
        ...(verdict.commandId && { commandId: verdict.commandId }),
        ...placeOf(host),
        ...startOf(host),
        ...(shipment && {
            files: shipment.files.map(({ path }) => path),
            sent: { bytes: (0,contents/* base64Length */.w)(shipment.zipBytes), biggest: (0,contents/* biggestOf */.l)(shipment.files) },
        }),
        state: verdict.state,
    };
}
/** What expressions in the workflow call this job and this step; the runner makes a name up for a step without an id. */
function placeOf({ variable }) {
    const [job = '', step = ''] = [variable('GITHUB_JOB'), variable('GITHUB_ACTION')];
    const isName = (text) => /^[A-Za-z_][\w-]*$/.test(text);
    return { ...(isName(job) && { job }), ...(isName(step) && !step.startsWith('__') && { step }) };
}
function startOf({ variable, isFromFork }) {
    if (variable('GITHUB_ACTOR') === 'dependabot[bot]')
        return { startedBy: 'dependabot' };
    return isFromFork?.() === true ? { startedBy: 'fork' } : {};
}
/** The document of the version that runs: the runner says which repository and which ref the action came from. */
function troubleshooting({ variable }) {
    const repository = variable('GITHUB_ACTION_REPOSITORY') ?? '';
    const ref = variable('GITHUB_ACTION_REF') ?? '';
    const server = variable('GITHUB_SERVER_URL') ?? 'https://github.com';
    const known = /^[\w.-]+\/[\w.-]+$/.test(repository) && /^[\w./-]+$/.test(ref) && /^https:\/\/[\w.:-]+$/.test(server);
    return known ? `${server}/${repository}/blob/${ref}/docs/TROUBLESHOOTING.md` : undefined;
}

;// CONCATENATED MODULE: ./src/report/collected.ts


/** Files that a list names; beyond, a count. */
const LISTED = 20;
const collected_REASONS = {
    link: 'it is a link, or its path contains one',
    special: 'it is not a regular file',
    unreadable: 'it could not be read',
    'line-break': 'its name has a line break',
    backslash: 'its name has a backslash',
    grew: 'it grew while it was collected, and the new part was cut',
    shrank: 'it shrank while it was collected',
};
/** A foreign name on one line, nothing in it invisible, in quotes where its own end would not be seen. */
function collected_shown(name) {
    const seen = (0,visible/* visible */.RK)(name);
    return seen === name && !/["\\]|^\s|\s$/.test(name) ? seen : `"${seen}"`;
}
/** What came back, and where it is, a line for each file. Foreign text. */
function describeCollected(collected) {
    return `${formatFiles(collected.files)}, in ${collected.folder}\n${collectedList(collected)}`;
}
/** What came back, a line for each file. Foreign text. */
function collectedList({ files }) {
    const lines = files.slice(0, LISTED).map(({ path, bytes }) => `${formatBytes(bytes).padStart(9)}  ${collected_shown(path)}`);
    const more = files.length - lines.length;
    return [...lines, ...(more > 0 ? [`… and ${formatCount(more)} more`] : [])].join('\n');
}
/**
 * What did not come back, a sentence each. Foreign text.
 *
 * @param write how a name or a pattern is written.
 */
function collectWarnings({ leftOut, leftOutMore, unheld, unmatched }, write = collected_shown) {
    const stayed = leftOut.map(({ name, reason }) => {
        const came = reason === 'grew' || reason === 'shrank';
        return came
            ? `Collected ${write(name)}, but ${collected_REASONS[reason]}.`
            : `Not collected: ${write(name)} (${collected_REASONS[reason]}).`;
    });
    const heldNot = unheld.map((name) => `Not collected: ${write(name)} (this system does not allow the name).`);
    return [
        ...unmatched.map((pattern) => `No files were collected for the pattern ${write(pattern)}.`),
        ...asOne([...stayed, ...heldNot], leftOutMore),
    ];
}
/** The runner shows ten warnings of a step: these are one. */
function asOne(sentences, more) {
    const named = sentences.slice(0, LISTED);
    const rest = sentences.length - named.length + more;
    const all = [
        ...named,
        ...(rest > 0 ? [`${formatCount(rest)} more ${rest === 1 ? 'was' : 'were'} not collected.`] : []),
    ];
    return all.length === 0 ? [] : [all.join('\n')];
}
/** What a dry run says. Foreign text. */
function wouldCollect(patterns) {
    return `Would collect: ${patterns.map(collected_shown).join(', ')}`;
}

;// CONCATENATED MODULE: ./src/report/states.ts
const STATES = {
    succeeded: { sign: '✅', known: 'The command ran and succeeded.', headline: 'succeeded' },
    failed: { sign: '❌', known: 'The command ran and failed.', headline: 'failed' },
    'not-started': { sign: '❌', known: 'The command did not run.', headline: 'did not run' },
    running: { sign: '⏳', known: 'The command is still running in the cluster.', headline: 'still running' },
    unknown: { sign: '❓', known: 'The command may or may not have run.', headline: 'may or may not have run' },
    'dry-run': { sign: '📦', known: 'Dry run: nothing was sent.', headline: 'dry run, nothing was sent' },
};

;// CONCATENATED MODULE: ./src/report/report.ts



/** What is known of the command, in one sentence; empty where the first explanation says it. */
function known({ verdict, explanations }) {
    const { state, exitCode, failure } = verdict;
    switch (failure?.code) {
        case 'exit-code':
            return saysExitCode(explanations[0], exitCode) ? '' : `The command exited with code ${exitCode}.`;
        case 'timed-out':
        case 'not-waited':
            return '';
        case 'no-bash':
        case 'no-variables':
            return STATES['not-started'].known;
        case 'outputs-malformed':
        case 'outputs-too-large':
        case 'outputs-lost':
        case 'output-lost':
        case 'collect':
            return exitCode === 0 ? 'The command itself succeeded.' : `The command exited with code ${exitCode}.`;
        case 'cancelled':
        case 'start-unclear':
            if (failure.mayStartUntil !== undefined)
                return notStarted(state, failure.mayStartUntil);
            return failure.unstarted ? UNSTARTED : STATES[state].known;
        case 'no-answer-in-time':
            return failure.unstarted ? UNSTARTED : STATES[state].known;
        default:
            return STATES[state].known;
    }
}
const UNSTARTED = 'Azure has not shown that the command started.';
function saysExitCode(explanation, exitCode) {
    const [, said] = /\bexit(?:ed with)? code (\d+)\b/.exec(explanation?.sentence ?? '') ?? [];
    return explanation?.section === 'exit-code' || said === String(exitCode);
}
function notStarted(state, until) {
    const mayStart = `may still start until ${clockTime(until)}.`;
    return state === 'running'
        ? `The command has not started yet, and ${mayStart}`
        : `The command may or may not have run, and ${mayStart}`;
}
/**
 * The cluster and the cause, the same wherever a verdict is told: `prod-weu: exit code 1`. Foreign text on one line.
 *
 * @param titleOf which title of the cause: for Markdown, the marked one.
 */
function headline({ cluster, verdict, explanations }, titleOf = ({ title }) => title) {
    const { state, failure, exitCode = 0 } = verdict;
    const allowed = state === 'succeeded' && exitCode !== 0 ? `, exit code ${exitCode} (allowed)` : '';
    const cause = failure && explanations[0] ? titleOf(explanations[0]) : STATES[state].headline + allowed;
    return `${nameOf(cluster)}: ${cause}`;
}
/** What a headline begins with. */
function nameOf(cluster) {
    return cluster === undefined || cluster.name === '' ? 'AKS Run Command' : cluster.name;
}
/** The last line of the log: the headline, and how long the command took. */
function lastLine(report) {
    const { verdict } = report;
    const seconds = verdict.failure?.code === 'timed-out' ? undefined : durationSeconds(verdict);
    if (seconds === undefined)
        return headline(report);
    return `${headline(report)}${verdict.failure ? ', after' : ' in'} ${spokenDuration(seconds)}`;
}
/** The last line where the log has said the cause: the verdict, and how long it took; empty where AKS gave no times. */
function verdictLine({ cluster, verdict }) {
    const seconds = durationSeconds(verdict);
    return seconds === undefined
        ? ''
        : `${nameOf(cluster)}: ${STATES[verdict.state].headline}, after ${spokenDuration(seconds)}`;
}
/** `2m 03s`; AKS counts whole seconds, so that none of them is less than one. */
function spokenDuration(seconds) {
    return seconds === 0 ? 'less than 1s' : (0,duration/* formatDuration */.a)(seconds);
}
/** Whole seconds between AKS's two times; undefined where one is missing. */
function durationSeconds({ startedAt, finishedAt }) {
    const seconds = Math.round((Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? '')) / 1000);
    return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}

;// CONCATENATED MODULE: ./src/report/annotation.ts




/** The runner takes 4,096 characters of an annotation. */
const MAX_CHARACTERS = 4000;
/** GitHub shows a title on one line. */
const MAX_TITLE = 160;
/** The cause, what is known of the command, what it wrote about it, and the next move. */
function annotation(report) {
    const { verdict, explanations, firstError } = report;
    const message = messageOf(report, [
        [explanations[0]?.sentence, known(report)].filter(Boolean).join(' '),
        explanations[0]?.words,
        annotation_quoted(verdict.output?.text ?? '', firstError),
    ]);
    const whole = message.length <= MAX_CHARACTERS;
    const title = (0,visible/* visible */.RK)((0,visible/* withoutEscapes */.Lx)(headline(report)));
    return {
        title: title.length <= MAX_TITLE ? title : `${title.slice(0, MAX_TITLE)}…`,
        message: whole ? message : `${message.slice(0, MAX_CHARACTERS)}…`,
        whole,
    };
}
/**
 * The same where the output stands right above and nothing is cut: the sentence of the cause is the headline, and nothing
 * is said twice.
 */
function failureInLog(report) {
    const { firstError, explanations } = report;
    return {
        title: (0,visible/* visible */.RK)((0,visible/* withoutEscapes */.Lx)(headline(report, ({ sentence }) => asTitle(sentence)))),
        message: messageOf(report, [known(report), explanations[0]?.words, annotation_quoted('', firstError)]),
    };
}
function annotation_quoted(output, firstError) {
    const quote = quoteOf(output, firstError);
    return quote && `${quote.label}\n${quote.text}`;
}
/** What is told of the cause, then the next move and the hints. */
function messageOf(report, cause) {
    const [first, ...hints] = report.explanations;
    const parts = [
        ...cause,
        first?.move,
        ...hints.map(({ sentence, move }) => [sentence, move].filter(Boolean).join('\n')),
        first && annotation_link(first, report),
    ];
    return (0,visible/* visibleLines */.gB)((0,visible/* withoutEscapes */.Lx)(parts.filter(Boolean).join('\n\n')));
}
function annotation_link({ section }, { docs }) {
    return docs === undefined ? '' : `More: ${docs}#${section}`;
}

;// CONCATENATED MODULE: ./src/report/markdown.ts


/**
 * Foreign text as a fenced block: the fence is longer than any run of backticks in the text, with blank lines around,
 * so that nothing of it is read as Markdown or HTML. Colors and other terminal controls are left out.
 *
 * @param language for colors, a literal of ours.
 */
function fenced(text, language = 'text') {
    const plain = (0,visible/* withoutEscapes */.Lx)(text)
        .replaceAll(/\r\n?/g, '\n')
        // Controls other than tab and newline, which no browser shows.
        // eslint-disable-next-line no-control-regex
        .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '\uFFFD');
    let longest = 2;
    for (const [run] of plain.matchAll(/`+/g))
        longest = Math.max(longest, run.length);
    const fence = '`'.repeat(longest + 1);
    return `\n${fence}${language}\n${plain}${plain.endsWith('\n') || plain === '' ? '' : '\n'}${fence}\n`;
}
/** A block that opens on a click. The title is a literal of ours. */
function folded(title, markdown) {
    return `\n<details><summary>${title}</summary>\n${markdown}\n</details>\n`;
}
/**
 * A line of prose: what stands between `VALUE_MARKS` is foreign, and becomes code, in which GitHub reads no Markdown,
 * HTML, link, mention or math. The rest is ours, and needs only its signs escaped.
 */
function prose(text) {
    return (0,visible/* withoutEscapes */.Lx)(text)
        .split(VALUE)
        .map((part, index) => (index % 2 === 1 ? code(part) : part.replaceAll(/[\\`*_[\]<>#|~$]/g, '\\$&')))
        .join('')
        .trim();
}
const VALUE = new RegExp(`${VALUE_MARKS.begin}([^${VALUE_MARKS.begin}${VALUE_MARKS.end}]*)${VALUE_MARKS.end}`);
/** Foreign text on one line as code; nothing where there is nothing. */
function code(text) {
    const line = text.replaceAll(/\s+/g, ' ');
    if (line.trim() === '')
        return '';
    let longest = 0;
    for (const [run] of line.matchAll(/`+/g))
        longest = Math.max(longest, run.length);
    const ticks = '`'.repeat(longest + 1);
    const pad = /^`|`$|^ .* $/.test(line) ? ' ' : '';
    return ticks + pad + line + pad + ticks;
}
/** Text with prose on its lines, list items after `- `, and code to paste on those indented by two spaces or more. */
function blocks(text) {
    const parts = [];
    let pasted = [];
    const flush = () => {
        if (pasted.length > 0)
            parts.push(fenced(pasted.join('\n'), isYaml(pasted) ? 'yaml' : 'bash'));
        pasted = [];
    };
    for (const line of text.split('\n')) {
        if (line.startsWith('  ')) {
            pasted.push(line.slice(2));
            continue;
        }
        flush();
        if (line.startsWith('- '))
            parts.push(`- ${prose(line.slice(2))}`);
        else if (line.trim() !== '')
            parts.push(`\n${prose(line)}\n`);
    }
    flush();
    return parts.join('\n');
}
function isYaml([first = '']) {
    return /^(?:- )?[\w-]+:(?:\s|$)/.test(first);
}

;// CONCATENATED MODULE: ./src/report/shipment.ts






const LOG_FILES = 5000;
/** Tells what goes to the cluster, and of a dry run what would come back. */
function announce(departure, log) {
    const { collect, dryRun, cluster } = departure;
    const name = clusterName(cluster);
    log.group(dryRun ? (0,ours/* ours */.O) `Would send to ${name}` : (0,ours/* ours */.O) `Sending to ${name}`, describeShipment(departure));
    if (!dryRun)
        return;
    if (collect.length > 0)
        log.show(wouldCollect(collect));
    log.say((0,ours/* ours */.O) `This dry run signed in and packed the files. It did not check the permission to run commands.`);
}
/** Tells which earlier command is waited for. */
function announceWait({ commandId, cluster, timeout }, log) {
    log.say((0,ours/* ours */.O) `Waiting for command ${commandId} on ${clusterName(cluster)}, for up to ${(0,duration/* formatDuration */.a)(timeout)}.`);
}
/** What goes to the cluster, for the log. Foreign text. */
function describeShipment({ cluster, command, shipment, env, shell, timeout, dryRun, }) {
    const { files } = shipment;
    return [
        `cluster    ${resourceId(cluster)}`,
        ...(files.length > 0
            ? [
                `files      ${formatFiles(files)}, zip ${formatBytes(shipment.zipBytes)}`,
                ...fileLines(shipment, LOG_FILES).map(indented),
            ]
            : []),
        ...(env.length > 0 ? [`variables  ${env.map(({ name }) => name).join(', ')}`] : []),
        ...(dryRun ? [`shell      ${SHELLS[shell]}`, `timeout    ${(0,duration/* formatDuration */.a)(timeout)}`] : []),
        'command',
        command.trimEnd().replaceAll(/^/gm, '  '),
    ].join('\n');
}
const indented = (line) => `  ${line}`;
/** What each value of the input runs. */
const SHELLS = {
    '': 'bash -e, or sh -e if the pod has no bash',
    bash: 'bash --noprofile --norc -eo pipefail',
    sh: 'sh -e',
};
/** A line for each file, up to so many. Foreign text. */
function fileLines({ files }, most) {
    const sizes = files.slice(0, most).map(({ path, bytes }) => `${formatBytes(bytes).padStart(9)}  ${(0,visible/* visible */.RK)(path)}`);
    return files.length > most ? [...sizes, `… and ${files.length - most} more`] : sizes;
}

;// CONCATENATED MODULE: ./src/report/summary.ts









/**
 * The runner shows nothing of a summary over 1 MiB. In bytes, so that all parts stay below it together, the command's
 * own 64 KiB with them, even where each byte is a control character that three bytes stand for.
 */
const BYTES = { output: 160 * 1024, command: 32 * 1024, files: 16 * 1024, explanation: 16 * 1024 };
/** More than this is folded: all of a failure's output below a screen, a success's to read past. */
const SHORT = { failure: 30, success: 10 };
const summary_LAST_LINES = 20;
const FILES = 200;
/** The job summary: data in, Markdown out. */
function summary(report) {
    const { verdict, explanations, docs } = report;
    const [first] = explanations;
    return [
        `\n### ${STATES[verdict.state].sign} ${prose(headline(report, ({ marked }) => marked.title))}\n`,
        ...explanations.map((explanation) => explained(explanation, report)),
        facts(report),
        verdict.state === 'dry-run' ? '\nThe permission to run commands was not checked.\n' : '',
        ...(verdict.output ? [outputBlock(verdict.output, report)] : []),
        ...collectedBlocks(report),
        sent(report),
        ...(verdict.failure && first && docs !== undefined
            ? [
                `\n[More about this ${verdict.failure.code === 'not-waited' ? 'state' : 'failure'}](${docs}#${first.section})\n`,
            ]
            : []),
        writtenInThePod(report),
    ]
        .filter((part) => part !== '')
        .join('\n');
}
/** The heading has the first explanation's title: where that is the whole sentence, it is not said twice. */
function explained(explanation, report) {
    const isFirst = explanation === report.explanations[0];
    const sentence = isFirst && explanation.titleSaysAll ? '' : explanation.marked.sentence;
    const opening = [sentence, isFirst ? known(report) : ''].filter((part) => part !== '').join(' ');
    const words = summary_startOf(explanation.words, BYTES.explanation);
    return [
        opening === '' ? '' : `\n${prose(summary_startOf(opening, BYTES.explanation))}\n`,
        words === '' ? '' : fenced(words),
        blocks(summary_startOf(explanation.marked.move, BYTES.explanation)),
    ].join('');
}
/** One line. Names are checked against their patterns, so a code span holds them. */
function facts({ verdict, cluster, shipment }) {
    const { exitCode, commandId } = verdict;
    const duration = durationSeconds(verdict);
    const parts = [
        exitCode === undefined ? '' : `Exit code ${exitCode}`,
        duration === undefined ? '' : spokenDuration(duration),
        shipment && shipment.files.length > 0 ? formatFiles(shipment.files) : '',
        cluster ? `\`${cluster.name}\` in \`${cluster.resourceGroup}\`` : '',
        commandId === undefined ? '' : `command \`${commandId}\``,
    ];
    const line = parts.filter((part) => part !== '').join(' · ');
    return line === '' ? '' : `\n${line}\n`;
}
/** What came back, and what did not. */
function collectedBlocks({ verdict: { collected } }) {
    if (collected === undefined)
        return [];
    const warnings = collectWarnings(collected, marked).join('\n');
    return [
        ...(collected.folder === ''
            ? []
            : [`\n**Collected, ${formatFiles(collected.files)}**\n${fenced(collectedList(collected))}`]),
        blocks(summary_startOf(warnings, BYTES.explanation)),
    ];
}
function outputBlock({ text, truncated }, { verdict, firstError }) {
    if (text.trim() === '' && !truncated)
        return '\nThe command wrote nothing.\n';
    const shown = withoutScriptPath((0,pod_output/* endOfOutput */.IG)(text, BYTES.output));
    const lines = shown.trimEnd().split('\n');
    const lineCount = text.trimEnd().split('\n').length;
    const isCut = lines.length < lineCount;
    const count = `${isCut ? `the last ${formatCount(lines.length)} of ` : ''}${formatCount(lineCount)} ${lineCount === 1 ? 'line' : 'lines'}`;
    const title = `Output, ${count}${truncated ? ', incomplete' : ''}`;
    const failed = verdict.state !== 'succeeded';
    if (lineCount <= (failed ? SHORT.failure : SHORT.success) && !isCut)
        return `\n**${title}**\n${fenced(shown)}`;
    const all = folded(title, fenced(shown));
    if (!failed)
        return all;
    const quote = firstError === undefined ? undefined : quoteOf(text, firstError);
    return [
        quote ? `\n**${quote.label}**\n${fenced(quote.text)}` : '',
        `\n**The last lines of its output:**\n${fenced((0,pod_output/* endOfOutput */.IG)(lines.slice(-summary_LAST_LINES).join('\n'), BYTES.explanation))}`,
        all,
    ].join('');
}
/** What went to the cluster, on a click. */
function sent({ command, shipment }) {
    if (command === undefined)
        return '';
    const files = shipment?.files ?? [];
    const list = shipment ? summary_startOf(fileLines(shipment, FILES).join('\n'), BYTES.files) : '';
    return folded(files.length === 0 || !shipment ? 'Command' : `Command and ${formatFileCount(files.length)}`, fenced((0,pod_output/* endOfOutput */.IG)(command, BYTES.command), 'bash') + (list === '' ? '' : fenced(list)));
}
function writtenInThePod({ verdict: { podSummary, podSummaryCut } }) {
    if (podSummary === '')
        return '';
    const cut = podSummaryCut ? '\n_The command wrote more than 64 KiB here; the rest was cut._\n' : '';
    return `\n#### Written by the command in the cluster\n\n${podSummary}\n\n${cut}`;
}
/** The start of a text, for what is told in its first lines. */
function summary_startOf(text, maxBytes) {
    const bytes = Buffer.from(text);
    return bytes.length <= maxBytes ? text : `${bytes.subarray(0, maxBytes).toString()}…`;
}

;// CONCATENATED MODULE: ./src/report/publication.ts












/** The contract's own outputs: a command cannot set these. The runner's table ignores letter case. */
const RESERVED = new Set([
    'state',
    'exit-code',
    'output',
    'output-file',
    'output-truncated',
    'collected',
    'command-id',
    'reason',
    'started-at',
    'finished-at',
    'duration',
]);
/**
 * Tells the verdict: masks, step outputs, log, annotation, summary, in this order, so that a secret is masked before
 * it can show, and a summary that cannot be written hides nothing.
 *
 * @returns whether all of it could be told to what follows: an output that cannot be written fails the step.
 */
async function publish(report, options, host) {
    const { verdict, explanations } = report;
    const { log } = host;
    const { success } = options;
    maskOutputs(report, options.maskOutputs, host);
    const unwritten = setOutputs(report, host);
    if (verdict.output && verdict.output.text !== '')
        await host.showOutput(verdict.output.text);
    if (verdict.output?.truncated === true) {
        log.warn(whatIsMissing(verdict.output));
    }
    const obsolete = /^::(set-output|set-env|add-path)[ :]/m.exec(verdict.output?.text ?? '')?.[1];
    if (obsolete !== undefined) {
        log.warn(`The command printed ::${obsolete}::, which has no effect. Write NAME=value to $GITHUB_OUTPUT for a step output.`);
    }
    if (verdict.podSummaryCut)
        log.warn('The command wrote more than 64 KiB to $GITHUB_STEP_SUMMARY. The rest was cut.');
    const { collected } = verdict;
    if (collected !== undefined) {
        if (collected.folder !== '')
            log.group((0,ours/* ours */.O) `Collected files`, describeCollected(collected));
        for (const warning of collectWarnings(collected))
            log.warn(warning);
    }
    let last = success || host.failureStandsAlone ? lastLine(report) : verdictLine(report);
    if (!success) {
        tellFailure(report, host);
    }
    else if (unwritten !== undefined) {
        last = tellUnwritten(report, unwritten, host);
    }
    // A success that leaves something to do: the command runs on.
    if (success && verdict.failure)
        log.show(explanations.map(({ move }) => move).join('\n'));
    if (options.wantsSummary) {
        await host.writeSummary(summary(report), verdict.podSummary).catch((error) => {
            log.warn(`The job summary could not be written: ${(0,visible/* visible */.RK)((0,failure/* messageOf */.bD)(error))}`);
        });
    }
    // Last of all, so that who scrolls to the end sees it.
    log.show((0,visible/* visible */.RK)(last));
    return unwritten === undefined;
}
/** @returns the headline. */
function tellUnwritten(report, problem, host) {
    const { title, move, section } = compose(UNWRITTEN, {}, '', { words: host.words });
    const more = report.docs === undefined ? [] : [`More: ${report.docs}#${section}`];
    const headline = `${nameOf(report.cluster)}: ${title}`;
    host.error(headline, [`${known(report)} ${problem}`, move, ...more].join('\n\n'));
    return headline;
}
function tellFailure(report, host) {
    if (!host.failureStandsAlone) {
        const { title, message } = failureInLog(report);
        host.error(title, message);
        return;
    }
    const { title, message, whole } = annotation(report);
    if (!whole)
        host.log.show(report.explanations.map(explanationText).join('\n\n'));
    host.error(title, message);
}
/**
 * Tells what must be told in any case, where telling all of it threw: a bug of ours, or a stdout that fails. Each by
 * itself, since one of them may be what fails. Never throws.
 *
 * @returns false: not all of it could be told.
 */
function publishLeast({ state, exitCode, commandId }, error, host) {
    const tellings = [
        () => {
            host.setOutput('state', state);
        },
        () => {
            host.setOutput('exit-code', String(exitCode ?? ''));
        },
        () => {
            host.setOutput('command-id', commandId ?? '');
        },
        () => {
            host.error('The verdict could not be reported', `${STATES[state].known} ${(0,failure/* messageOf */.bD)(error)}`);
        },
    ];
    for (const tell of tellings) {
        try {
            tell();
        }
        catch {
            // The others may work.
        }
    }
    return false;
}
/** As the runner ends a line: at a carriage return, too. */
const LINE_END = /\r\n|\r|\n/;
/** A shorter line would be masked wherever its characters stand: a brace, a word like "no". */
const SHORTEST_MASK = 3;
/**
 * Masks the values of named step outputs line by line: of a value that it is given whole, the runner masks every line, and
 * `{` then hides each brace of the log.
 */
function maskOutputs({ verdict }, names, host) {
    const lines = new Set();
    const unwritten = [];
    for (const wanted of names) {
        const values = verdict.arrived.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());
        if (values.length === 0 && verdict.output !== undefined) {
            unwritten.push(wanted);
        }
        for (const { value } of values)
            for (const line of value.split(LINE_END))
                lines.add(line);
    }
    for (const line of lines)
        if (line.trim().length >= SHORTEST_MASK)
            host.mask(line);
    for (const name of unwritten) {
        host.log.warn(`mask-outputs names ${(0,visible/* visible */.RK)(name)}, but the command wrote no step output with that name.`);
    }
}
/** @returns what went wrong, where the runner's file or the temp folder cannot be written. */
function setOutputs(report, host) {
    try {
        writeOutputs(report, host);
        return undefined;
    }
    catch (error) {
        return (0,failure/* messageOf */.bD)(error);
    }
}
function writeOutputs({ verdict, explanations }, host) {
    const { output } = verdict;
    for (const { name, value } of verdict.stepOutputs) {
        if (RESERVED.has(name.toLowerCase())) {
            host.log.warn(`The command wrote a step output named ${(0,visible/* visible */.RK)(JSON.stringify(name))}. That name is reserved, so the output was ignored.`);
        }
        else {
            host.setOutput(name, value);
        }
    }
    const outputs = {
        state: verdict.state,
        'exit-code': verdict.exitCode,
        output: (0,pod_output/* endOfOutput */.IG)(output?.text ?? '', pod_output/* OUTPUT_LIMIT */.oJ),
        'output-file': output && keepOutput(output.text, host),
        'output-truncated': String(output?.truncated ?? false),
        collected: verdict.collected?.folder,
        'command-id': verdict.commandId,
        reason: explanations[0] && [explanations[0].sentence, explanations[0].words].filter((part) => part !== '').join(' '),
        'started-at': verdict.startedAt,
        'finished-at': verdict.finishedAt,
        duration: durationSeconds(verdict),
    };
    for (const [name, value] of Object.entries(outputs))
        host.setOutput(name, String(value ?? ''));
}
/** A disk that is full must not hide the verdict. */
function keepOutput(text, host) {
    try {
        return host.keepOutput(text);
    }
    catch (error) {
        host.log.warn(`The output could not be written to a file: ${(0,visible/* visible */.RK)((0,failure/* messageOf */.bD)(error))}`);
        return '';
    }
}
/** Where AKS cut the end off, about as much came back as it keeps; a container that was killed leaves less. */
const CUT_BY_AKS = 400 * 1024;
function whatIsMissing({ text, missingBytes }) {
    if (missingBytes === undefined && Buffer.byteLength(text) < CUT_BY_AKS)
        return 'The end of the output may be missing: the pod ended before it could send it.';
    const what = missingBytes === undefined ? 'An unknown part' : `${formatCount(missingBytes)} bytes`;
    return `${what} of the output did not come back: AKS keeps only 512 KiB.`;
}

;// CONCATENATED MODULE: ./src/main.ts













/**
 * The step: inputs → files → shipment → submit → follow → verdict → report.
 *
 * Never rejects: whatever is thrown, a state is published.
 */
async function main(ports) {
    const { host } = ports;
    const known = {};
    const reader = inputReader(host, (message) => {
        host.log.warn(message);
    });
    const options = { wantsSummary: wantsSummary(reader) };
    const verdict = await carryOut(reader, known, ports).catch((error) => (0,src_verdict/* afterError */.rr)(error, known));
    const { inputs, shipment } = known;
    const waits = inputs?.task.wait !== false;
    const success = (0,src_verdict/* succeeds */.kz)(verdict, waits);
    const command = inputs?.task.kind === 'run' ? inputs.task.command : undefined;
    const tell = async () => {
        const report = reportOn(verdict, { target: inputs, command, shipment, host });
        return publish(report, { ...options, success, maskOutputs: inputs?.maskOutputs ?? [] }, host);
    };
    const told = await tell().catch((error) => publishLeast(verdict, error, host));
    return { success: success && told, exitCode: (0,src_verdict/* exitCodeOf */.FO)(verdict, waits) };
}
async function carryOut(reader, known, ports) {
    const inputs = (known.inputs = readInputs(reader));
    const { task, timeout } = inputs;
    // Of a command that exists, a failed sign-in says nothing.
    if (task.kind === 'follow')
        known.commandId = task.commandId;
    const session = openSession(inputs, (id) => (known.commandId = id), ports);
    if (task.kind === 'follow') {
        announceWait({ ...task, timeout, cluster: inputs.cluster }, ports.host.log);
        return verdictOn(await followCommand(task.commandId, timeout, session), inputs, ports);
    }
    const prepared = await untilCancelled(prepare(task, session, ports), ports.cancelled, ports.clock);
    if (prepared === undefined)
        return (0,src_verdict/* withoutResult */.Is)('not-started', { code: 'cancelled' });
    const { shipment, cluster } = prepared;
    known.shipment = shipment;
    announce({ ...task, timeout, cluster: inputs.cluster, shipment }, ports.host.log);
    if (task.dryRun)
        return (0,src_verdict/* withoutResult */.Is)('dry-run');
    const facts = (0,variables/* readFacts */.MH)(ports.host.variable);
    const write = (startBy) => {
        known.isOut = true;
        return shipment.address({ startBy, timeout, shell: task.shell, facts });
    };
    const needsClusterToken = cluster?.managedEntra ?? false;
    return verdictOn(await runCommand({ ...task, timeout, needsClusterToken, write }, session), inputs, ports);
}
/** Packs while signing in; a mistake in the files is told before one in the permissions. */
async function prepare(task, session, ports) {
    const cluster = cluster_readCluster(session);
    cluster.catch(() => undefined);
    // Loaded while the first requests are under way.
    const { packShipment } = await Promise.all(/* import() */[__webpack_require__.e(316), __webpack_require__.e(224)]).then(__webpack_require__.bind(__webpack_require__, 9224));
    const shipment = await packShipment(task, ports, (message) => {
        ports.host.log.warn((0,visible/* visible */.RK)(message));
    });
    return { shipment, cluster: await cluster };
}
/** Writes down what came back, before the verdict: files that cannot be kept are a failure. */
async function verdictOn(ending, inputs, { collector }) {
    const { task, allowedExitCodes, ifNoFilesCollected } = inputs;
    const ownCommand = task.kind === 'run';
    const asked = ownCommand && task.collect.length > 0;
    const collected = ending.kind === 'ended' ? await takeCollected(ending.report, { asked, ifNoFilesCollected }, collector) : undefined;
    return (0,src_verdict/* judge */.S4)(ending, { allowedExitCodes, ownCommand, collected });
}


/***/ }),

/***/ 2986:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dc: () => (/* binding */ POD_NAMES),
/* harmony export */   EZ: () => (/* binding */ FACT_NAMES),
/* harmony export */   MH: () => (/* binding */ readFacts),
/* harmony export */   rL: () => (/* binding */ CALLER_NAMES)
/* harmony export */ });
/**
 * The variables of the workflow run that the command gets, values as the runner has them. `CI`, `GITHUB_ACTIONS`,
 * `GITHUB_WORKSPACE`, `GITHUB_OUTPUT`, `GITHUB_STEP_SUMMARY` and `HOME` are the pod's own: the script sets them.
 */
const FACT_NAMES = [
    'GITHUB_REPOSITORY',
    'GITHUB_REF',
    'GITHUB_REF_NAME',
    'GITHUB_SHA',
    'GITHUB_RUN_ID',
    'GITHUB_RUN_NUMBER',
    'GITHUB_RUN_ATTEMPT',
    'GITHUB_ACTOR',
    'GITHUB_WORKFLOW',
    'GITHUB_JOB',
    'GITHUB_EVENT_NAME',
    'GITHUB_SERVER_URL',
];
/** The variables that the command gets as the caller has them; empty where the caller has none, as at a prompt. */
const CALLER_NAMES = ['CI', 'GITHUB_ACTIONS'];
/** The facts of a run, as its environment has them. */
function readFacts(variable) {
    const facts = {};
    for (const name of CALLER_NAMES)
        facts[name] = variable(name) ?? '';
    for (const name of FACT_NAMES) {
        const value = variable(name);
        if (value !== undefined)
            facts[name] = value;
    }
    return facts;
}
/** The names that the script itself gives to the command. */
const POD_NAMES = [
    'HOME',
    'CI',
    'GITHUB_ACTIONS',
    'GITHUB_WORKSPACE',
    'GITHUB_OUTPUT',
    'GITHUB_STEP_SUMMARY',
];


/***/ })

};
