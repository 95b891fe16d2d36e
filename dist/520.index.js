export const id = 520;
export const ids = [520];
export const modules = {

/***/ 5958:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cf: () => (/* binding */ parseCommandId),
/* harmony export */   hA: () => (/* binding */ commandIdOfLocation),
/* harmony export */   o8: () => (/* binding */ durationSeconds),
/* harmony export */   qE: () => (/* binding */ readCommandStatus)
/* harmony export */ });
/* harmony import */ var _text_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1789);
/* harmony import */ var _text_long_words_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3045);
/* harmony import */ var _answer_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6793);



function parseCommandId(text) {
    return /^[0-9a-f]{32}$/.test(text) ? text : undefined;
}
/**
 * The command ID in a `Location`. Nothing else in it is trusted: it once lacked the subscription
 * (azure-cli#22375).
 */
function commandIdOfLocation(location) {
    const [, id = ''] = /\/commandResults\/([^/?#]+)/i.exec(location ?? '') ?? [];
    return parseCommandId(id.toLowerCase());
}
/** How many whole seconds the command took by AKS's clock. Undefined if a time is missing. */
function durationSeconds({ startedAt = '', finishedAt = '', }) {
    const seconds = Math.round((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
    return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
/**
 * Reads an answer to `commandResults` for this command. Unless the command has ended or there is no
 * result, asking again may help.
 */
function readCommandStatus(answer, id) {
    if (answer.kind === 'unanswered')
        return { kind: 'unreadable' };
    const { status } = answer;
    if (status === 200 || status === 202)
        return readResult(answer, id);
    if (status === 429)
        return { kind: 'throttled' };
    if ((0,_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .isTransient */ .dg)(answer) || (0,_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .reportsBrokenCall */ .J4)(answer))
        return { kind: 'unreadable' };
    if (saysNoSuchCommand(answer))
        return { kind: 'missing', because: 'no-such-command' };
    // Only ARM's own refusals have a code. Any other comes from a gateway or a proxy, which knows
    // neither the command nor the identity's permissions. A 401 says nothing about the command.
    const isRefusal = status >= 400 && status !== 401 && (0,_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .isFromArm */ .r1)(answer);
    if (!isRefusal)
        return { kind: 'unreadable' };
    return { kind: 'missing', because: status === 403 ? 'forbidden' : 'rejected' };
}
/**
 * Goes by the body's `provisioningState` alone, since a `200` can carry `Running`. The Azure CLI
 * does the same. A body about something else, such as another command or the cluster, says nothing:
 * a cache may have mixed them up.
 */
function readResult({ body, headers }, id) {
    const parsed = (0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(body);
    const named = (0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(parsed, 'id') ?? undefined;
    const isNamed = commandIdIn(named) === id;
    if (named !== undefined && !isNamed)
        return { kind: 'unreadable' };
    const properties = (0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(parsed, 'properties');
    const state = (0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(properties, 'provisioningState');
    // Even without a state, such as in a 202 without a body, AKS shows that it has the command. A
    // page of a proxy shows nothing.
    const isOfAzure = isNamed || REQUEST_ID in headers;
    if (typeof state !== 'string' && !isOfAzure)
        return { kind: 'unreadable' };
    const startedAt = readTime((0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(properties, 'startedAt'));
    if (typeof state !== 'string' || !FINAL_STATE.test(state))
        return { kind: 'running', startedAt };
    const logs = (0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(properties, 'logs');
    const reason = (0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(properties, 'reason');
    const result = {
        provisioningState: /^succeeded$/i.test(state) ? 'succeeded' : 'failed',
        exitCode: readExitCode((0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(properties, 'exitCode')),
        logs: typeof logs === 'string' ? logs : '',
        reason: typeof reason === 'string' && reason !== '' ? (0,_text_long_words_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$)(reason) : undefined,
        startedAt,
        finishedAt: readTime((0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(properties, 'finishedAt')),
    };
    return { kind: 'ended', result };
}
const FINAL_STATE = /^(?:succeeded|failed|canceled)$/i;
/** A header that all of Azure's answers have, and a proxy's own don't. */
const REQUEST_ID = 'x-ms-request-id';
/**
 * The command that an `id` names. In every recording, it is the bare ID. Nobody promises that, so
 * dashes, capitals, and a resource ID are understood, too.
 */
function commandIdIn(id) {
    if (typeof id !== 'string')
        return undefined;
    return parseCommandId(id.replaceAll('-', '').toLowerCase()) ?? commandIdOfLocation(id);
}
/**
 * Whether AKS says that it has no such command: the pod never reached a state such as Running
 * (Microsoft's "Resolve az aks command invoke failures"). Users saw this without a body. Then
 * Azure's request ID rules out a proxy. The code `NotFound` is a guess. ARM's own gateway, which
 * knows nothing about commands, names itself as the cause of its 404s (azure-powershell#11022).
 */
function saysNoSuchCommand(answer) {
    const { status, body, headers } = answer;
    const isOfGateway = /^gateway$/i.test(headers['x-ms-failure-cause'] ?? '');
    if (status !== 404 || isOfGateway)
        return false;
    if (body === '')
        return REQUEST_ID in headers;
    return (0,_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .isFromArm */ .r1)(answer) && (0,_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .serviceError */ .cg)(body).code === 'NotFound';
}
const TIMESTAMP = /^\d{4}-\d\d-\d\dT[\d:.]{1,22}(?:Z|[+-]\d\d:\d\d)$/;
function readTime(value) {
    if (typeof value !== 'string' || !TIMESTAMP.test(value))
        return undefined;
    return Number.isNaN(Date.parse(value)) ? undefined : value;
}
/** A container's exit code is 0 to 255; on Windows it has 32 bits. */
function readExitCode(value) {
    if (typeof value !== 'number' || !Number.isInteger(value))
        return undefined;
    return Math.abs(value) <= 0xffff_ffff ? value : undefined;
}


/***/ }),

/***/ 2293:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H9: () => (/* binding */ CLUSTER_NAME),
/* harmony export */   JO: () => (/* binding */ RESOURCE_GROUP),
/* harmony export */   RQ: () => (/* binding */ parseResourceId),
/* harmony export */   SL: () => (/* binding */ clusterName),
/* harmony export */   Sm: () => (/* binding */ GUID),
/* harmony export */   a: () => (/* binding */ resourceId),
/* harmony export */   a2: () => (/* binding */ readClusterFacts),
/* harmony export */   zW: () => (/* binding */ API_SERVER)
/* harmony export */ });
/* harmony import */ var _text_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1789);
/* harmony import */ var _text_say_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9892);


const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/**
 * ARM's rule for managed clusters: 1 to 63 letters, digits, `-`, `_`, alphanumeric at both ends.
 */
const CLUSTER_NAME = /^[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?$/i;
/**
 * ARM's rule for resource groups: 1 to 90 letters, digits, `-`, `_`, `.`, `(`, `)`, not ending in a
 * period.
 */
const RESOURCE_GROUP = /^[\p{L}\p{Nd}_.()-]{0,89}[\p{L}\p{Nd}_()-]$/u;
/** A part of an API server's address, in every cloud (AKS's "Outbound network and FQDN rules"). */
const API_SERVER = /\.(?:hcp|privatelink)\./;
const RESOURCE_ID = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.ContainerService\/managedClusters\/([^/]+)\/?$/i;
/**
 * Reads a managed cluster's full ARM resource ID in any letter case; undefined if the text is not
 * one.
 */
function parseResourceId(text) {
    const [, subscriptionId = '', resourceGroup = '', name = ''] = RESOURCE_ID.exec(text) ?? [];
    const valid = GUID.test(subscriptionId) && RESOURCE_GROUP.test(resourceGroup) && CLUSTER_NAME.test(name);
    return valid ? { subscriptionId, resourceGroup, name } : undefined;
}
/** The cluster's name, safe to print. A name that breaks ARM's rule is not shown. */
function clusterName({ name }) {
    return CLUSTER_NAME.test(name) ? (0,_text_say_js__WEBPACK_IMPORTED_MODULE_0__/* .unquoted */ .qZ)(name) : (0,_text_say_js__WEBPACK_IMPORTED_MODULE_0__/* .say */ .cv) `the cluster`;
}
function resourceId({ subscriptionId, resourceGroup, name }) {
    return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${name}`;
}
/**
 * What the body of `GET managedClusters/NAME` says about running commands on the cluster; false if
 * it doesn't say. With managed Entra, the caller's own token is required, and the command runs as
 * the caller.
 */
function readClusterFacts(body) {
    const properties = (0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)((0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(body), 'properties');
    return {
        managedEntra: (0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)((0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(properties, 'aadProfile'), 'managed') === true,
        stopped: (0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)((0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(properties, 'powerState'), 'code') === 'Stopped',
        runCommandDisabled: (0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)((0,_text_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(properties, 'apiServerAccessProfile'), 'disableRunCommand') === true,
    };
}


/***/ }),

/***/ 7910:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ isCertainlyOurs),
/* harmony export */   d: () => (/* binding */ readSubmissionOutcome)
/* harmony export */ });
/* harmony import */ var _text_json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1789);
/* harmony import */ var _answer_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6793);
/* harmony import */ var _command_result_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5958);
/* harmony import */ var _wordings_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1158);




/**
 * Whether what AKS says about the command's ID is certain to be about this submission. An ID can be
 * a guess, or come from an answer that leaves open what happened.
 */
function isCertainlyOurs(command) {
    return command.kind === 'accepted' || (command.kind === 'gave-up' && command.id !== undefined);
}
/**
 * Statuses that mean that nothing was processed. A 409 depends on its code, and a 5xx proves
 * something only by AKS's own words about a pod that was never created. Any other proves nothing:
 * ARM sends 499 while a command runs, and a 408 comes from a gateway that gave up waiting for a
 * request that it had passed on.
 */
const REFUSALS = new Set([400, 401, 403, 404, 405, 413, 415, 422, 429]);
/** ARM's codes for a 409 that started nothing, unless it {@link isBusy}. */
const CONFLICTS = new Set([
    'OperationNotAllowed',
    'ReadOnlyDisabledSubscription',
    'MissingSubscriptionRegistration',
    'ResourceGroupBeingDeleted',
    'ScopeLocked',
]);
/**
 * Whether a conflict passes by itself. AKS uses `OperationNotAllowed` for whatever the state of a
 * cluster forbids.
 */
function isBusy(code, message) {
    if (code === 'AnotherOperationInProgress')
        return true;
    return code === 'OperationNotAllowed' && _wordings_js__WEBPACK_IMPORTED_MODULE_2__/* .BUSY */ .yu.pattern.test(message);
}
/**
 * AKS looked at the cluster's policies and created no pod (AKS#4769, which does not show the HTTP
 * status).
 */
const BLOCKED = 'RunCommandBlockedByAzurePolicy';
/**
 * Reads an answer to `runCommand`. If it does not prove that the command did not run, it is
 * `unclear`.
 */
function readSubmissionOutcome(answer) {
    if (answer.kind === 'unanswered') {
        switch (answer.sent) {
            case 'never':
                return { kind: 'not-processed', because: 'unreachable' };
            case 'blocked':
            case 'unsigned':
                return { kind: 'refused' };
            case 'perhaps':
                return { kind: 'unclear' };
        }
    }
    const located = (0,_command_result_js__WEBPACK_IMPORTED_MODULE_1__/* .commandIdOfLocation */ .hA)(answer.headers['location']);
    // The specification also has 200. ARM sends no other success.
    if (answer.status === 200 || answer.status === 202) {
        const named = (0,_text_json_js__WEBPACK_IMPORTED_MODULE_3__/* .field */ .ZZ)((0,_text_json_js__WEBPACK_IMPORTED_MODULE_3__/* .parseJson */ .qF)(answer.body), 'id');
        const id = located ?? (typeof named === 'string' ? (0,_command_result_js__WEBPACK_IMPORTED_MODULE_1__/* .parseCommandId */ .cf)(named) : undefined);
        return id === undefined ? unclear(answer) : { kind: 'accepted', id };
    }
    // Whatever the status, a command was created, unless the `Location` belongs to a redirect, which
    // may point anywhere.
    const isRedirect = answer.status >= 300 && answer.status < 400;
    return located === undefined || isRedirect
        ? readRefusal(answer)
        : { kind: 'unclear', id: located };
}
function readRefusal(answer) {
    const { status } = answer;
    const { code, message } = (0,_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .serviceError */ .cg)(answer.body);
    if (!(0,_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .isFromArm */ .r1)(answer) && !isKeptBack(answer))
        return unclear(answer);
    const named = commandIdsIn(answer.body);
    if (named.length > 0 || isOfCluster(code, answer.body)) {
        return readKubernetesError(answer, message, named);
    }
    if (isLeftOpen(answer))
        return unclear(answer);
    if (code === BLOCKED)
        return { kind: 'refused' };
    if (status === 401)
        return { kind: 'not-processed', because: 'access-token' };
    if (status === 429)
        return { kind: 'not-processed', because: 'throttled' };
    if (status === 409 && isBusy(code, message))
        return { kind: 'not-processed', because: 'busy' };
    if (status === 409)
        return CONFLICTS.has(code) ? { kind: 'refused' } : unclear(answer);
    if (status === 400 && code === 'MissingAADClusterToken') {
        return { kind: 'not-processed', because: 'cluster-token' };
    }
    return REFUSALS.has(status) ? { kind: 'refused' } : unclear(answer);
}
/** Whether an answer proves nothing, whatever its code: by its status or words of a broken call. */
function isLeftOpen(answer) {
    const { status } = answer;
    const hasMeaning = REFUSALS.has(status) || status === 409 || status >= 500;
    return !hasMeaning || (0,_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .reportsBrokenCall */ .J4)(answer);
}
/** Whether an answer is about a failure in the cluster. Its inner errors count, too. */
function isOfCluster(code, body) {
    if (/^kubernetes/i.test(code))
        return true;
    return _wordings_js__WEBPACK_IMPORTED_MODULE_2__/* .OF_CLUSTER */ .B6.pattern.test(body) || _wordings_js__WEBPACK_IMPORTED_MODULE_2__/* .NOT_STARTED */ .Yd.pattern.test(body);
}
/**
 * Reads what AKS says about a failure in the cluster, from before or after the pod existed. A
 * message that names two commands proves nothing. A message that names one is believed, even if the
 * answer's request ID differs: nobody promises that the two are the same.
 */
function readKubernetesError(answer, message, named) {
    const [id] = named;
    const candidate = candidateOf(answer);
    if (named.some((other) => other !== id))
        return { kind: 'unclear', candidate };
    const identified = id === undefined ? { candidate } : { id };
    if (_wordings_js__WEBPACK_IMPORTED_MODULE_2__/* .NOT_STARTED */ .Yd.pattern.test(message))
        return { kind: 'gave-up', ...identified };
    const isRefusal = saysNeverCreated(message) && !isLeftOpen(answer);
    return isRefusal ? { kind: 'refused' } : { kind: 'unclear', ...identified };
}
function saysNeverCreated(message) {
    const [, before = '', details = message] = /^(.*?)\bdetails: (.*)$/s.exec(message) ?? [];
    if (_wordings_js__WEBPACK_IMPORTED_MODULE_2__/* .OTHER_OPERATION */ .HK.pattern.test(before))
        return false;
    if (_wordings_js__WEBPACK_IMPORTED_MODULE_2__/* .NEVER_CREATED */ .Sz.some(({ pattern }) => pattern.test(details)))
        return true;
    return _wordings_js__WEBPACK_IMPORTED_MODULE_2__/* .DENIED_BY_WEBHOOK */ .k3.pattern.test(details) && !_wordings_js__WEBPACK_IMPORTED_MODULE_2__/* .OTHER_OPERATION */ .HK.pattern.test(details);
}
/**
 * Whether a gateway held the request back. It checks tokens, rate limits, and sizes before passing
 * a request on, and the headers of a 401 or 429 show that it did. Any other answer of its own may
 * come after that.
 */
function isKeptBack({ status, headers }) {
    return ((status === 401 && 'www-authenticate' in headers) ||
        (status === 429 && 'retry-after' in headers) ||
        status === 413);
}
function unclear(answer) {
    return { kind: 'unclear', candidate: candidateOf(answer) };
}
function candidateOf({ headers }) {
    return (0,_command_result_js__WEBPACK_IMPORTED_MODULE_1__/* .parseCommandId */ .cf)((headers['x-ms-request-id'] ?? '').replaceAll('-', '').toLowerCase());
}
/** The command IDs in words such as "container command-<id> in aks-command namespace". */
function commandIdsIn(body) {
    const names = body.matchAll(/\bcommand-([0-9a-f]{32})\b/gi);
    return Array.from(names, ([, id = '']) => id.toLowerCase());
}


/***/ }),

/***/ 3500:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ readCollection),
/* harmony export */   N: () => (/* binding */ COLLECT_LIMIT)
/* harmony export */ });
/* harmony import */ var modern_tar__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1942);
/* harmony import */ var _text_say_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9892);


/** How many bytes of what `src/pod/collect.sh` writes `src/pod/run.sh` sends; beyond that, none. */
const COLLECT_LIMIT = 300 * 1024;
const NOT_BASE64 = (0,_text_say_js__WEBPACK_IMPORTED_MODULE_0__/* .say */ .cv) `it is not base64`;
const NOT_WHOLE = (0,_text_say_js__WEBPACK_IMPORTED_MODULE_0__/* .say */ .cv) `it is not a whole tar archive`;
const LEADS_OUT = (0,_text_say_js__WEBPACK_IMPORTED_MODULE_0__/* .say */ .cv) `a path in it leads out of the folder`;
/**
 * Reads what `src/pod/collect.sh` wrote. If any of it is damaged, or a path in it leads out of its
 * folder, all of it is refused.
 */
async function readCollection(text) {
    const { archives, unmatched, complaints, beforeArchives } = readLines(text);
    if (beforeArchives.some((line) => line !== ''))
        return { kind: 'invalid', problem: NOT_BASE64 };
    const files = new Map();
    const leftOut = new Map();
    const brought = new Map();
    for (const { pattern, base64 } of archives) {
        const archive = await readArchive(base64.join(''));
        if ('problem' in archive)
            return { kind: 'invalid', problem: archive.problem };
        for (const file of archive.files)
            files.set(file.path, file);
        for (const one of archive.leftOut)
            leftOut.set(one.name, one);
        brought.set(pattern, archive.files.map(({ path }) => path));
    }
    for (const pattern of unmatched)
        brought.set(pattern, []);
    return {
        kind: 'files',
        files: [...files.values()],
        leftOut: [...leftOut.values()],
        brought,
        complaints,
    };
}
/** Tells the script's lines apart by their first characters, which base64 does not have. */
function readLines(text) {
    const archives = [];
    const unmatched = [];
    const complaints = [];
    const beforeArchives = [];
    for (const line of text.split('\n')) {
        const note = line.slice(2);
        switch (line.slice(0, 2)) {
            case '? ':
                unmatched.push(note);
                break;
            case '= ':
                archives.push({ pattern: note, base64: [] });
                break;
            case '! ':
                complaints.push(note);
                break;
            default:
                (archives.at(-1)?.base64 ?? beforeArchives).push(line);
        }
    }
    return { archives, unmatched, complaints, beforeArchives };
}
/** What decoding a name as UTF-8 puts in place of bytes that are not. */
const BROKEN = '\uFFFD';
/** Reads what a pattern brought, or says what is wrong with it. */
async function readArchive(base64) {
    if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64))
        return { problem: NOT_BASE64 };
    const bytes = Buffer.from(base64, 'base64');
    const entries = await (0,modern_tar__WEBPACK_IMPORTED_MODULE_1__/* .unpackTar */ .Ag)(bytes, { strict: true }).catch(() => undefined);
    if (entries === undefined)
        return { problem: NOT_WHOLE };
    if (entries.some(({ header }) => leadsOut(header.name)))
        return { problem: LEADS_OUT };
    const files = [];
    const leftOut = [];
    for (const { header, data } of entries) {
        const path = header.name.replace(/^(?:\.\/)+/, '');
        if (header.type === 'directory')
            continue;
        // Links, pipes, and devices have no content.
        if (data === undefined)
            leftOut.push({ name: path, reason: 'not-a-file' });
        else if (path.includes(BROKEN))
            leftOut.push({ name: path, reason: 'not-utf-8' });
        else
            files.push({ path, content: Buffer.from(data) });
    }
    return { files, leftOut };
}
function leadsOut(name) {
    return name.startsWith('/') || name.includes('\0') || name.split('/').includes('..');
}


/***/ }),

/***/ 5764:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ patternsFile),
/* harmony export */   g: () => (/* binding */ parseCollectLine)
/* harmony export */ });
/* harmony import */ var _text_braces_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3787);
/* harmony import */ var _text_say_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9892);


/**
 * Reads a line of the input `collect`: shell patterns for files below the command's working folder.
 * Braces are expanded here because `sh` does not expand them. The patterns have no `.`, no repeated
 * slashes, and no trailing slashes. `reports/**` is the folder `reports`, as in upload-artifact.
 *
 * @returns the patterns. If the line cannot be used, the end of a sentence about its `problem`, or
 *   what to use `instead` of what is not supported
 */
function parseCollectLine(line) {
    const expanded = (0,_text_braces_js__WEBPACK_IMPORTED_MODULE_0__/* .expandBraces */ .P)(line);
    if ('problem' in expanded)
        return expanded;
    const patterns = expanded.map((pattern) => pattern.replace(/\/\*\*$/, '/'));
    const instead = patterns.map(whatToUseInstead).find((found) => found !== undefined);
    return instead === undefined ? patterns.map(normalized) : { instead };
}
/** What to use instead of a pattern that is not supported; undefined if it is supported. */
function whatToUseInstead(pattern) {
    if (pattern.startsWith('!')) {
        return (0,_text_say_js__WEBPACK_IMPORTED_MODULE_1__/* .say */ .cv) `patterns of files to bring back; exclusions are not supported`;
    }
    if (pattern.includes('\\'))
        return (0,_text_say_js__WEBPACK_IMPORTED_MODULE_1__/* .say */ .cv) `${'/'} between folders; a backslash is not supported`;
    if (pattern.startsWith('/'))
        return (0,_text_say_js__WEBPACK_IMPORTED_MODULE_1__/* .say */ .cv) `a path relative to the command's working folder`;
    if (pattern.split('/').includes('..')) {
        return (0,_text_say_js__WEBPACK_IMPORTED_MODULE_1__/* .say */ .cv) `a path without ${'..'}, below the command's working folder`;
    }
    if (pattern.includes('**')) {
        return (0,_text_say_js__WEBPACK_IMPORTED_MODULE_1__/* .say */ .cv) `the folder's name instead of ${'**'}: a folder brings back everything below it`;
    }
    return undefined;
}
function normalized(pattern) {
    const segments = pattern.split('/').filter((segment) => segment !== '' && segment !== '.');
    return segments.join('/') || '.';
}
/**
 * The file that `src/pod/collect.sh` reads. Each line begins with a dot, so that no name is an
 * option of a tool.
 */
function patternsFile(patterns) {
    return patterns.map((pattern) => (pattern === '.' ? '.\n' : `./${pattern}\n`)).join('');
}


/***/ }),

/***/ 9845:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ saveCollected),
/* harmony export */   b: () => (/* binding */ collectFailure)
/* harmony export */ });
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1633);
/* harmony import */ var _text_say_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9892);
/* harmony import */ var _collection_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3500);



const NOTHING = {
    folder: '',
    files: [],
    leftOut: [],
    unmatched: [],
    complaints: [],
};
/** A program of the pod failed or was killed before all patterns were read. */
const NOT_ALL = { kind: 'invalid', problem: (0,_text_say_js__WEBPACK_IMPORTED_MODULE_1__/* .say */ .cv) `it does not have all patterns` };
/**
 * Reads what the pod sent, and writes the files to the disk. Returns undefined if there is nothing
 * to report.
 *
 * @param sent undefined if nothing arrived
 * @param request `patterns` are undefined if this step follows an earlier command: then they are
 *   those that the pod sent
 */
async function saveCollected(sent, request, disk) {
    const { ifNoFilesCollected, into } = request;
    // Without patterns, the script sends nothing, so whatever arrived is not from it.
    if (request.patterns?.length === 0)
        return undefined;
    if (sent === undefined) {
        return request.patterns === undefined ? undefined : { ...NOTHING, problem: { kind: 'lost' } };
    }
    if (sent.kind === 'uncollected')
        return { ...NOTHING, problem: sent };
    const collection = await (0,_collection_js__WEBPACK_IMPORTED_MODULE_2__/* .readCollection */ .H)(sent.text);
    if (collection.kind !== 'files')
        return { ...NOTHING, problem: collection };
    const { brought, complaints } = collection;
    const patterns = request.patterns ?? [...brought.keys()];
    if (!patterns.every((one) => brought.has(one)))
        return { ...NOTHING, problem: NOT_ALL };
    const kept = await writeFiles(collection.files, into, disk);
    const isMissing = (path) => kept.notAllowed.includes(path);
    const unmatched = patterns.filter((one) => brought.get(one)?.every(isMissing));
    const isFailure = unmatched.length > 0 && ifNoFilesCollected === 'error';
    return {
        folder: kept.folder,
        files: kept.files,
        leftOut: [
            ...collection.leftOut,
            ...kept.notAllowed.map((name) => ({ name, reason: 'not-allowed' })),
        ],
        unmatched: ifNoFilesCollected === 'warn' ? unmatched : [],
        complaints,
        problem: kept.problem ?? (isFailure ? { kind: 'no-match', patterns: unmatched } : undefined),
    };
}
/** Collected files that cannot be used, as a failure. */
function collectFailure(collected) {
    const problem = collected?.problem;
    return problem === undefined ? undefined : { code: 'collect', problem };
}
async function writeFiles(files, into, disk) {
    const nothing = { folder: '', files: [], notAllowed: [] };
    if (files.length === 0)
        return nothing;
    try {
        const { folder, notAllowed } = await disk.writeFolder(into, files);
        const written = files.filter(({ path }) => !notAllowed.includes(path));
        return {
            folder: written.length > 0 ? folder : '',
            files: written.map(({ path, content }) => ({ path, bytes: content.length })),
            notAllowed,
        };
    }
    catch (error) {
        return { ...nothing, problem: { kind: 'unwritable', detail: (0,_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error) } };
    }
}


/***/ }),

/***/ 9827:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X6: () => (/* binding */ problemWithName),
/* harmony export */   Z$: () => (/* binding */ isGitFolder),
/* harmony export */   _m: () => (/* binding */ ACTION_FOLDER)
/* harmony export */ });
/* harmony import */ var _paths_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7099);

/**
 * Whether a folder of this name is Git's, which holds the checkout's token. File systems accept
 * several names for it: Windows and macOS ignore letter case, HFS+ ignores invisible characters,
 * NTFS ignores trailing dots, blanks, and stream names, and on Windows a folder may have a short
 * 8.3 name.
 */
function isGitFolder(name) {
    return /^(?:\.git|git~\d+)[. ]*(?::.*)?$/i.test(name.replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, ''));
}
/**
 * The folder in the zip, and therefore in the command's working folder, for everything that isn't
 * the user's.
 */
const ACTION_FOLDER = '.aks-run-command';
/**
 * Parts of a path that some unzip program changes. Info-ZIP drops control characters and a trailing
 * version such as `;1`, others treat a backslash as a separator, and all drop or refuse `.`, `..`,
 * and an empty segment. Node reads a name that is not UTF-8 with U+FFFD, and cannot open it.
 */
// eslint-disable-next-line no-control-regex
const CHANGED = /[\u0000-\u001f\u007f-\u009f\\\ufffd]|;\d*(?:\/|$)|(?:^|\/)\.{0,2}(?:\/|$)/;
/**
 * Why a file with this path must not be sent. It is not documented which program unpacks the zip in
 * the pod. If that changed a name, the file could overwrite another one, even the script that runs
 * the command.
 */
function problemWithName(path) {
    if (CHANGED.test(path))
        return 'unsafe-name';
    const [first = ''] = path.split('/');
    return (0,_paths_js__WEBPACK_IMPORTED_MODULE_0__/* .foldName */ .zN)(first) === ACTION_FOLDER ? 'own-folder' : undefined;
}


/***/ }),

/***/ 6686:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GN: () => (/* binding */ checkZip),
/* harmony export */   lj: () => (/* binding */ biggestOf),
/* harmony export */   wE: () => (/* binding */ base64Length),
/* harmony export */   yU: () => (/* binding */ zip)
/* harmony export */ });
/* harmony import */ var adm_zip__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1316);
/* harmony import */ var adm_zip__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(adm_zip__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1633);


/** "The request content size exceeds the maximum size of 4 MB." */
const MAX_BODY_BYTES = 4 * 1024 * 1024;
/**
 * Room for what isn't known while packing: the command line with the run's variables, and the
 * cluster token.
 */
const ROOM_FOR_THE_REST = 32 * 1024;
/**
 * @throws StepError `too-large` if a request with a zip of these files would be over ARM's limit.
 */
function checkZip(zipBytes, files) {
    const bytes = base64Length(zipBytes) + ROOM_FOR_THE_REST;
    if (bytes <= MAX_BODY_BYTES)
        return;
    throw new _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .StepError */ .zg({
        code: 'too-large',
        afterPacking: true,
        bytes,
        limit: MAX_BODY_BYTES,
        biggest: biggestOf(files),
    });
}
/** The files to look at first if there are too many bytes. */
function biggestOf(files, count = 10) {
    return files.toSorted((a, b) => b.bytes - a.bytes).slice(0, count);
}
function base64Length(bytes) {
    return Math.ceil(bytes / 3) * 4;
}
/** The format's method for content that is not compressed. */
const STORED = 0;
/**
 * "Version made by": Unix and format 2.0, on every runner, so that unzip programs use the modes.
 */
const MADE_BY_UNIX = 0x0314;
/** The zip format's earliest date. With the current time, no two zips would be equal. */
const STAMP = new Date(1980, 0, 1);
/** Deflates files into a zip. The same files produce the same bytes, in any order. */
function zip(files) {
    const archive = new (adm_zip__WEBPACK_IMPORTED_MODULE_0___default())(undefined, { noSort: true });
    const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
    for (const { path, mode, content, stored } of sorted) {
        const entry = archive.addFile(path, content, '', mode);
        entry.header.time = STAMP;
        entry.header.made = MADE_BY_UNIX;
        if (stored)
            entry.header.method = STORED;
    }
    return archive.toBuffer();
}


/***/ }),

/***/ 7099:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gz: () => (/* binding */ below),
/* harmony export */   UO: () => (/* binding */ isWithin),
/* harmony export */   fj: () => (/* binding */ join),
/* harmony export */   zN: () => (/* binding */ foldName)
/* harmony export */ });
// Paths have `/` between segments, on every system. Absolute ones are real paths, with all links
// resolved.
/** A name as a disk compares it that ignores letter case and how accented letters are composed. */
function foldName(name) {
    return name.normalize('NFC').toLowerCase();
}
/** Whether a path is the given folder or is below it. */
function isWithin(path, folder) {
    return path === folder || path.startsWith(asPrefix(folder));
}
/** The part of a path below the given folder that it is within; empty for the folder itself. */
function below(path, folder) {
    return path.slice(asPrefix(folder).length);
}
/** Either part may be empty. */
function join(folder, name) {
    return folder === '' || name === '' ? folder + name : `${asPrefix(folder)}${name}`;
}
function asPrefix(folder) {
    return folder.endsWith('/') ? folder : `${folder}/`;
}


/***/ }),

/***/ 1981:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   VK: () => (/* binding */ splitGlob),
/* harmony export */   cq: () => (/* binding */ problemWithPattern),
/* harmony export */   wx: () => (/* binding */ parseFilePattern)
/* harmony export */ });
/* harmony import */ var minimatch__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4611);
/* harmony import */ var _text_braces_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3787);
/* harmony import */ var _text_say_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9892);
/* harmony import */ var _names_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9827);
/* harmony import */ var _paths_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7099);





/** The longest name on any system. Looking for a longer one fails. */
const MAX_NAME_LENGTH = 255;
/** A path from the root of a disk, or in the home folder. */
const ABSOLUTE = /^(?:\/|[a-z]:|~(?:\/|$))/i;
const OUTSIDE = (0,_text_say_js__WEBPACK_IMPORTED_MODULE_2__/* .say */ .cv) `
  it leads out of the working directory. To send files from another folder, make that folder the
  working directory
`;
/** The end of a pattern that only folders match. */
const NAMES_FOLDER = /(?:^|\/)\.{0,2}$/;
const UP_FROM_WILDCARD = (0,_text_say_js__WEBPACK_IMPORTED_MODULE_2__/* .say */ .cv) `it has ${'..'} after a wildcard. Write the path without ${'..'}`;
/** The options with which `@actions/glob` calls minimatch. */
const MINIMATCH_OPTIONS = {
    dot: true,
    nobrace: true,
    nocomment: true,
    noext: true,
    nonegate: true,
};
/**
 * Reads a line. Returns the pattern, or why it cannot be used, as the end of a sentence about it.
 *
 * @param roots absolute names of the folder that patterns are relative to, with `/` between
 *   segments: as given, and with links resolved
 * @param windows `\` separates folders, and letter case makes no difference
 */
function parseFilePattern(line, roots, windows) {
    const text = line.replace(/^[!\s]+/, '');
    const bangs = line.slice(0, line.length - text.length).replaceAll(/\s/g, '');
    const alternatives = (0,_text_braces_js__WEBPACK_IMPORTED_MODULE_1__/* .expandBraces */ .P)(windows ? text.replaceAll('\\', '/') : text);
    if ('problem' in alternatives)
        return alternatives;
    const compile = (glob) => new minimatch__WEBPACK_IMPORTED_MODULE_0__/* .Minimatch */ .VR(glob, { ...MINIMATCH_OPTIONS, nocase: windows });
    const globs = [];
    const matchers = [];
    for (const alternative of alternatives) {
        const glob = relativeGlob(alternative, roots, windows);
        if (typeof glob !== 'string')
            return glob;
        globs.push(glob);
        matchers.push(compile(`${glob}/**`));
        if (!NAMES_FOLDER.test(alternative))
            matchers.push(compile(glob));
    }
    const dotted = globs.flatMap((glob) => glob.split('/')).filter((name) => name.startsWith('.'));
    const dottedMatchers = dotted.map(compile);
    return {
        line,
        // As in `@actions/glob`, a second `!` takes back the first.
        excludes: bangs.length % 2 === 1,
        globs,
        matches: (path) => matchers.some((matcher) => matcher.match(path)),
        spellsOut: (name) => (0,_names_js__WEBPACK_IMPORTED_MODULE_3__/* .isGitFolder */ .Z$)(name)
            ? dotted.some((segment) => segment.toLowerCase() === '.git')
            : dottedMatchers.some((matcher) => matcher.match(name)),
    };
}
/**
 * Why a line cannot be used, whatever the disk and the system, as the end of a sentence about it.
 * Where an absolute path leads depends on the disk.
 */
function problemWithPattern(line) {
    const alternatives = (0,_text_braces_js__WEBPACK_IMPORTED_MODULE_1__/* .expandBraces */ .P)(line.replace(/^[!\s]+/, ''));
    if ('problem' in alternatives)
        return alternatives.problem;
    if (alternatives.some((path) => /^(?:[\\/]|[a-z]:)/i.test(path)))
        return undefined;
    const onWindows = parseFilePattern(line, [], true);
    const elsewhere = parseFilePattern(line, [], false);
    return 'problem' in onWindows && 'problem' in elsewhere ? elsewhere.problem : undefined;
}
/** Divides a glob into the folders that it names before its first wildcard, and the rest. */
function splitGlob(glob) {
    const segments = glob.split('/');
    const folders = [];
    for (const segment of segments.slice(0, -1)) {
        const name = literalOf(segment);
        if (name === undefined)
            break;
        folders.push(name);
    }
    return { start: folders.join('/'), rest: segments.slice(folders.length).join('/') };
}
/** A character that stands for itself: after a backslash, or alone in brackets. */
const ESCAPED = /\\(.)|\[\\?([^\]\\!^])\]/g;
/**
 * The only name that a segment of a glob matches: `[x]` for `[[]x]`. Undefined if it has wildcards.
 */
function literalOf(segment) {
    const hasWildcards = /[*?[]/.test(segment.replaceAll(ESCAPED, ''));
    return hasWildcards ? undefined : segment.replaceAll(ESCAPED, '$1$2');
}
/** The pattern relative to the root, or why it cannot be used. */
function relativeGlob(pattern, roots, windows) {
    const inside = roots
        .map((root) => withoutRoot(pattern, root, windows))
        .find((rest) => rest !== undefined);
    if (inside === undefined && ABSOLUTE.test(pattern))
        return { problem: OUTSIDE };
    const segments = [];
    for (const segment of (inside ?? pattern).split('/')) {
        const name = literalOf(segment);
        if (name === '..') {
            const folder = segments.pop();
            if (folder === undefined)
                return { problem: OUTSIDE };
            if (literalOf(folder) === undefined)
                return { problem: UP_FROM_WILDCARD };
        }
        else if (name !== '' && name !== '.') {
            segments.push(segment);
        }
    }
    if (segments.some((segment) => segment.length > MAX_NAME_LENGTH))
        return { problem: _text_braces_js__WEBPACK_IMPORTED_MODULE_1__/* .TOO_LONG */ .c };
    // In `@actions/glob`, `a*/**` matches the file `abc`, too, so it means no more than `a*` does.
    while (segments.length > 1 && segments.at(-1) === '**')
        segments.pop();
    return segments.join('/') || '**';
}
function withoutRoot(pattern, folder, windows) {
    const fold = (text) => (windows ? text.toLowerCase() : text);
    return (0,_paths_js__WEBPACK_IMPORTED_MODULE_4__/* .isWithin */ .UO)(fold(pattern), fold(folder)) ? (0,_paths_js__WEBPACK_IMPORTED_MODULE_4__/* .below */ .Gz)(pattern, folder) : undefined;
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

/***/ 263:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  K: () => (/* binding */ readInputs),
  _: () => (/* binding */ readPostInputs)
});

// EXTERNAL MODULE: ./src/azure/managed-cluster.ts
var managed_cluster = __webpack_require__(2293);
// EXTERNAL MODULE: ./src/files/pattern.ts
var pattern = __webpack_require__(1981);
// EXTERNAL MODULE: ./src/pod/submission.ts
var submission = __webpack_require__(5627);
// EXTERNAL MODULE: ./src/pod/variables.ts
var variables = __webpack_require__(2986);
// EXTERNAL MODULE: ./src/text/say.ts
var say = __webpack_require__(9892);
// EXTERNAL MODULE: ./src/collect/pattern.ts
var collect_pattern = __webpack_require__(5764);
;// CONCATENATED MODULE: ./src/inputs/collect.ts

/** Reads the input `collect`. Returns each pattern once. */
function readCollect(reader) {
    const patterns = new Set();
    for (const line of reader.lines('collect')) {
        const parsed = (0,collect_pattern/* parseCollectLine */.g)(line);
        if ('problem' in parsed) {
            reader.unusable('collect', line, parsed.problem);
        }
        else if ('instead' in parsed) {
            reader.invalid('collect', line, parsed.instead);
        }
        else {
            for (const pattern of parsed)
                patterns.add(pattern);
        }
    }
    return [...patterns];
}

// EXTERNAL MODULE: ./src/azure/command-result.ts
var command_result = __webpack_require__(5958);
;// CONCATENATED MODULE: ./src/inputs/command.ts


/**
 * Reads the input `command`. Removes the CR if every line ends in CR LF: a shell would treat it as
 * part of the line's last word.
 */
function readCommand(reader) {
    const given = reader.untrimmed('command');
    const hasOtherLines = /(?<!\r)\n/.test(given);
    return hasOtherLines ? given : given.replaceAll('\r\n', '\n');
}
/** Reads the input `command-id`. Returns undefined if there is none, or if it is invalid. */
function readCommandId(reader) {
    const isId = (text) => (0,command_result/* parseCommandId */.cf)(text) !== undefined;
    return (0,command_result/* parseCommandId */.cf)(reader.checked('command-id', isId, (0,say/* say */.cv) `32 hexadecimal digits, without dashes`));
}
/** Requires a new command. */
function requireCommand(command, reader) {
    if (command.trim() !== '')
        return;
    const id = reader.label('command-id');
    reader.missing('command', (0,say/* say */.cv) `is required, unless ${id} names an earlier command to wait for.`);
}

// EXTERNAL MODULE: ./src/text/file-command.ts
var file_command = __webpack_require__(9641);
;// CONCATENATED MODULE: ./src/inputs/env.ts



/**
 * Linux's `MAX_ARG_STRLEN` (32 pages, include/uapi/linux/binfmts.h), the limit for `NAME=value`
 * with its NUL, in bytes of UTF-8. With a longer variable, the pod could not start any program
 * (E2BIG).
 */
const MAX_VARIABLE_BYTES = 131_072;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/**
 * Names that bash (5.2), dash, or busybox sh (1.37) sets itself, empties, or refuses, found by
 * trying every name in their binaries; and `PATH`, without which no program is found.
 */
const SHELL_NAMES = new Set(`_ BASH BASHOPTS BASHPID COMP_WORDBREAKS DIRSTACK EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME GROUPS
  HISTCMD IFS LINENO OLDPWD OPTARG OPTERR OPTIND PATH PIPESTATUS POSIXLY_CORRECT PPID PS1 PS2 PS4
  PWD RANDOM SECONDS SHELLOPTS SHLVL SRANDOM UID`.split(/\s+/));
const BASH_NAMES = /^BASH_(?!ENV$)/;
/**
 * Reads the input `env`: the grammar of `$GITHUB_ENV`, or just `NAME` for one of the caller's own
 * variables. Returns each name once: the last one wins, as in `$GITHUB_ENV`. Problems and warnings
 * never show a value.
 */
function readEnv(reader) {
    const { malformed, ...found } = (0,file_command/* readFileCommand */.y)(reader.untrimmed('env'));
    const variables = new Map();
    const unit = reader.host.words.isStep ? (0,say/* say */.cv) `line` : (0,say/* say */.cv) `number`;
    const problems = malformed.map(({ line, problem }) => ({
        line,
        text: (0,say/* say */.cv) `${unit} ${line} ${problem}.`,
    }));
    // At a prompt, a value has as many lines as it is given.
    const nameless = reader.host.words.isStep ? (0,say/* say */.cv) `${NAMELESS} ${FOR_SEVERAL_LINES}` : NAMELESS;
    let lastNameless = -1;
    for (const entry of entriesOf(found, reader)) {
        const { name, line } = entry;
        if (!isNamed(entry)) {
            // Consecutive ones may be a single value without its delimiter: only the first is reported.
            const text = (0,say/* say */.cv) `${unit} ${line} ${likeYaml(name) ?? nameless}`;
            if (lastNameless !== line - 1)
                problems.push({ line, text });
            lastNameless = line;
            continue;
        }
        const problem = problemWith(entry, reader);
        if (problem === undefined)
            variables.set(name, entry);
        else
            problems.push({ line, text: (0,say/* say */.cv) `${unit} ${line}: ${problem}` });
        const doubt = doubtAbout(entry, reader);
        if (doubt !== undefined)
            reader.warn('env', (0,say/* say */.cv) `${unit} ${line} (${name}) ${doubt}`);
    }
    problems.sort((one, other) => one.line - other.line);
    for (const { text } of problems)
        reader.problem('env', text);
    warnOfEmpty([...variables.values()], reader);
    return Array.from(variables.values(), ({ name, value }) => ({ name, value }));
}
/** All entries, in the order of their lines. */
function entriesOf({ assignments, blocks, bare }, reader) {
    const entries = [];
    for (const assignment of assignments) {
        const form = blocks.has(assignment.line) ? 'block' : 'assignment';
        entries.push({ ...assignment, form });
    }
    for (const { text: name, line } of bare) {
        const value = reader.host.variable(name);
        const form = value === undefined ? 'missing' : 'inherited';
        entries.push({ name, value: value ?? '', line, form });
    }
    entries.sort((one, other) => one.line - other.line);
    if (reader.host.words.isStep)
        return entries;
    return entries.map((entry, index) => ({ ...entry, line: index + 1 }));
}
/** Whether the text can be taken for a name. A line of a private key may look like one. */
function isNamed({ name, form }) {
    return NAME.test(name) && (form !== 'missing' || variables/* SURELY_A_NAME */.bw.test(name));
}
const NAMELESS = (0,say/* say */.cv) `
  is neither ${'NAME=value'} nor the name of a variable that is set. A name has letters, digits, and
  underscores, with no digit first and no spaces around it.
`;
/** What is wrong with a line of a YAML list, `- NAME=value`, or of a mapping, `NAME: value`. */
function likeYaml(name) {
    if (/^- +[A-Za-z_]/.test(name))
        return (0,say/* say */.cv) `begins with a dash. Leave it out: ${'NAME=value'}.`;
    if (!/^[A-Za-z_][A-Za-z0-9_]*:(?:\s|$)/.test(name))
        return undefined;
    return (0,say/* say */.cv) `has a colon after the name. Use an equals sign: ${'NAME=value'}.`;
}
const FOR_SEVERAL_LINES = (0,say/* say */.cv) `
  For a multiline value, write ${'NAME<<EOF'}, then the lines, then ${'EOF'} on a separate line.
`;
const IN_STEP = (0,say/* say */.cv) `Set it in the step's own ${'env:'}, next to ${'with:'}.`;
function problemWith({ name, value, form }, reader) {
    if (SHELL_NAMES.has(name) || BASH_NAMES.test(name)) {
        return (0,say/* say */.cv) `${name} is reserved by the shell. Choose another name, or set it in the command.`;
    }
    if (variables/* POD_NAMES */.Dc.has(name))
        return (0,say/* say */.cv) `the pod sets ${name} itself. Choose another name.`;
    if (form === 'missing') {
        const remedy = reader.host.words.isStep ? IN_STEP : (0,say/* say */.cv) ``;
        return (0,say/* say */.cv) `${name} has no value, and no variable with that name is set. ${remedy}`;
    }
    // As the kernel counts: `NAME=value` and a NUL.
    if (Buffer.byteLength(`${name}=${value}`) + 1 <= MAX_VARIABLE_BYTES)
        return undefined;
    const limit = MAX_VARIABLE_BYTES / 1024;
    return (0,say/* say */.cv) `${name} is too long: name and value together must be smaller than ${limit} KiB.`;
}
const IN_QUOTES = (0,say/* say */.cv) `has quotes around its value, and they are part of it. Leave them out.`;
const IN_LIST = (0,say/* say */.cv) `sets one variable, although its value has a comma and another ${'NAME='}.`;
/** What may have been meant otherwise, as the end of a sentence. What is in a block is intentional. */
function doubtAbout({ value, form }, reader) {
    if (form !== 'assignment')
        return undefined;
    if (/^(["']).*\1$/.test(value))
        return IN_QUOTES;
    if (!/, +[A-Z_][A-Z\d_]*=/.test(value))
        return undefined;
    const { isStep } = reader.host.words;
    const place = isStep ? (0,say/* say */.cv) `a line` : (0,say/* say */.cv) `an ${reader.label('env')}`;
    return (0,say/* say */.cv) `${IN_LIST} Give each variable ${place} of its own.`;
}
const MAY_BE_ELSEWHERE = (0,say/* say */.cv) `
  A secret or variable that sets it may not exist, or may belong to an environment that the job does
  not name. In that case, add ${'environment: NAME'} next to ${'runs-on'}. If an empty value is
  intended, write ${'NAME<<EOF'} and, on the next line, ${'EOF'}.
`;
/**
 * A secret that a job may not read is empty. At a prompt or in a block, an empty value is
 * intentional.
 */
function warnOfEmpty(variables, reader) {
    const empty = variables.filter(({ value, form }) => value === '' && form !== 'block');
    if (empty.length === 0 || !reader.host.words.isStep)
        return;
    const names = (0,say/* joined */.oR)(empty.map(nameInSentence), ', ');
    const are = empty.length === 1 ? (0,say/* say */.cv) `is` : (0,say/* say */.cv) `are`;
    reader.warn('env', (0,say/* say */.cv) `${names} ${are} empty. ${MAY_BE_ELSEWHERE}`);
}
function nameInSentence(variable) {
    return (0,variables/* shownName */.HD)(variable) === variable.name ? (0,say/* say */.cv) `${variable.name}` : (0,say/* say */.cv) `a variable`;
}

// EXTERNAL MODULE: ./src/text/cut.ts
var cut = __webpack_require__(3147);
// EXTERNAL MODULE: ./src/text/duration.ts
var duration = __webpack_require__(9495);
// EXTERNAL MODULE: ./src/text/nearest.ts
var nearest = __webpack_require__(613);
// EXTERNAL MODULE: ./src/azure/cloud.ts
var azure_cloud = __webpack_require__(6370);
;// CONCATENATED MODULE: ./src/inputs/defaults.ts

/**
 * The values of inputs that are not set, as text and as in `action.yml`: of all inputs whose default
 * is always the same. The options of the command line have them, too.
 */
const DEFAULTS = {
    environment: azure_cloud/* PUBLIC_CLOUD */.qZ.name,
    'if-no-files-found': 'error',
    'include-hidden-files': 'false',
    timeout: '30m',
    'start-timeout': '90s',
    'start-retries': '2',
    wait: 'true',
    'on-cancel': 'leave',
    'allowed-exit-codes': '0',
    'if-no-files-collected': 'warn',
    summary: 'true',
    'dry-run': 'false',
};

;// CONCATENATED MODULE: ./src/inputs/reader.ts





/** How many characters of a long line are quoted. */
const MAX_QUOTED = 1000;
const BOOLEANS = ['true', 'false'];
/**
 * Reads inputs one by one and collects what is wrong with them, so that a user sees all problems at
 * once. After a problem, the returned value is of the right type, but must not be used.
 */
class InputReader {
    host;
    /** Sentences. They show no value that could be secret. */
    warnings = [];
    /** The problems with each input that was read, in that order. */
    #problems = new Map();
    constructor(host) {
        this.host = host;
    }
    /**
     * What is wrong: sentences with the names of their inputs, in the order in which these were read.
     */
    get problems() {
        return [...this.#problems.values()].flat();
    }
    /** What sentences call the inputs that have problems, in that order. */
    get invalidNames() {
        const invalid = [...this.#problems].filter(([, problems]) => problems.length > 0);
        return invalid.map(([name]) => this.label(name));
    }
    /** What a sentence calls an input. */
    label(name) {
        return this.host.words.input(name);
    }
    /** Adds a problem: a sentence about the input. Must not show a secret value. */
    problem(name, sentence) {
        this.#problemsWith(name).push((0,say/* say */.cv) `${this.label(name)}: ${sentence}`);
    }
    /**
     * Adds the problem that an input is missing, unless there are problems with how the inputs were
     * given: it may be in one of those.
     *
     * @param predicate says that it is required, and when
     */
    missing(name, predicate) {
        if (this.host.problems.length > 0)
            return;
        const why = this.host.words.whyMissing(name);
        this.#problemsWith(name).push((0,say/* say */.cv) `${this.label(name)} ${predicate} ${why}`);
    }
    /** Adds the problem that a line cannot be used, and why: the end of a sentence. */
    unusable(name, line, why) {
        this.problem(name, (0,say/* say */.cv) `${(0,cut/* shownStart */.s)(line, MAX_QUOTED)} cannot be used: ${why}.`);
    }
    /**
     * Adds the problem that a value is invalid.
     *
     * @param allowed what a sentence says that begins with "Use", without its period
     * @param advice a sentence about what was probably meant
     */
    invalid(name, value, allowed, advice = (0,say/* say */.cv) ``) {
        this.problem(name, (0,say/* say */.cv) `${value} is invalid. Use ${allowed}. ${advice}`);
    }
    warn(name, sentence) {
        this.warnings.push((0,say/* say */.cv) `${this.label(name)}: ${sentence}`);
    }
    untrimmed(name) {
        this.#problemsWith(name);
        return this.host.input(name);
    }
    /** The text without blanks around it, or the input's default if it is empty. */
    text(name) {
        return this.untrimmed(name).trim() || defaultOf(name);
    }
    /**
     * The text, which must be valid unless it is empty.
     *
     * @param names all valid texts, if they are names
     */
    checked(name, isValid, allowed, names) {
        const value = this.text(name);
        if (value === '' || isValid(value))
            return value;
        const candidates = names ?? [value.toLowerCase()].filter(isValid);
        this.invalid(name, value, allowed, (0,nearest/* didYouMean */.au)((0,nearest/* nearestName */.qb)(value, candidates)));
        return value;
    }
    /** The text, which must match the pattern unless it is empty. */
    matching(name, pattern, allowed) {
        return this.checked(name, (text) => pattern.test(text), allowed);
    }
    /** One of several names. An empty one among them stands for an input that is not set. */
    choice(name, choices) {
        const isChoice = (text) => choices.some((choice) => choice === text);
        const names = choices.filter((choice) => choice !== '');
        const value = this.checked(name, isChoice, (0,say/* enumerated */.BD)(names, 'or'), names);
        return choices.find((choice) => choice === value) ?? choices[0];
    }
    /** A boolean of YAML 1.2, as `@actions/core` reads it. */
    flag(name) {
        const isBoolean = (text) => /^(?:true|True|TRUE|false|False|FALSE)$/.test(text);
        const value = this.checked(name, isBoolean, (0,say/* enumerated */.BD)(BOOLEANS, 'or'), BOOLEANS);
        return (isBoolean(value) ? value : defaultOf(name)).toLowerCase() === 'true';
    }
    /** A duration in whole seconds, from a second to `mostHours` hours. */
    duration(name, mostHours) {
        const isInRange = (text) => {
            const seconds = (0,duration/* parseDuration */.E9)(text) ?? 0;
            return seconds >= 1 && seconds <= mostHours * 3600;
        };
        const allowed = (0,say/* say */.cv) `
      a duration such as ${'90s'}, ${'15m'}, or ${'1h30m'}, from ${'1s'} to ${`${mostHours}h`}
    `;
        return (0,duration/* parseDuration */.E9)(this.checked(name, isInRange, allowed)) ?? 1;
    }
    /** A whole number from 0 to `most`. */
    count(name, most) {
        const isInRange = (text) => /^\d{1,4}$/.test(text) && Number(text) <= most;
        return Number(this.checked(name, isInRange, (0,say/* say */.cv) `a whole number from 0 to ${most}`));
    }
    /** Items separated by commas or line breaks, each of which must match the pattern. */
    list(name, pattern, allowed) {
        const given = itemsOf(this.untrimmed(name), SEPARATOR);
        const items = given.length > 0 ? given : itemsOf(defaultOf(name), SEPARATOR);
        const bad = items.filter((item) => !pattern.test(item));
        if (bad.length > 0)
            this.invalid(name, bad.join(', '), allowed);
        return items;
    }
    /** Lines without blank ones and comments. */
    lines(name) {
        return itemsOf(this.untrimmed(name), '\n').filter((line) => !line.startsWith('#'));
    }
    #problemsWith(name) {
        const problems = this.#problems.get(name) ?? [];
        this.#problems.set(name, problems);
        return problems;
    }
}
function defaultOf(name) {
    return DEFAULTS[name] ?? '';
}
const SEPARATOR = /[\n,]/;
function itemsOf(text, separator) {
    const items = text.split(separator).map((item) => item.trim());
    return items.filter((item) => item !== '');
}

;// CONCATENATED MODULE: ./src/inputs/target.ts




const NAME_RULE = (0,say/* say */.cv) `
  1 to 63 letters, digits, hyphens, and underscores, with a letter or digit at both ends
`;
const ID_FORM = (0,managed_cluster/* resourceId */.a)({ subscriptionId: 'GUID', resourceGroup: 'GROUP', name: 'NAME' });
/** Reads the input `cluster`: a name, or a full ARM resource ID. */
function readCluster(reader) {
    const text = reader.text('cluster');
    if (text === '') {
        reader.missing('cluster', (0,say/* say */.cv) `is required: the cluster's name or its full ARM resource ID.`);
    }
    else if (text.includes('/') && (0,managed_cluster/* parseResourceId */.RQ)(text) === undefined) {
        const allowed = (0,say/* say */.cv) `the cluster's name, or its full ARM resource ID: ${ID_FORM}`;
        reader.invalid('cluster', text, allowed);
    }
    else if (!text.includes('/') && !managed_cluster/* CLUSTER_NAME */.H9.test(text)) {
        reader.invalid('cluster', text, NAME_RULE);
    }
    return text;
}
/**
 * The cluster that three inputs name together. A resource ID says everything. With a name, the
 * other two are required.
 */
function clusterOf(cluster, resourceGroup, subscriptionId, reader) {
    const byId = (0,managed_cluster/* parseResourceId */.RQ)(cluster);
    if (byId !== undefined) {
        refuseOther('resource-group', resourceGroup, byId.resourceGroup, reader);
        refuseOther('subscription-id', subscriptionId, byId.subscriptionId, reader);
        return byId;
    }
    if (cluster !== '' && !cluster.includes('/')) {
        const cluster = reader.label('cluster');
        const required = (0,say/* say */.cv) `
      is required with a cluster name. Or set ${cluster} to the full ARM resource ID instead.
    `;
        if (resourceGroup === '')
            reader.missing('resource-group', required);
        if (subscriptionId === '')
            reader.missing('subscription-id', required);
    }
    return { subscriptionId, resourceGroup, name: cluster };
}
/** Refuses an input that differs from the same part of the resource ID. */
function refuseOther(name, given, inId, reader) {
    if (given === '' || given.toLowerCase() === inId.toLowerCase())
        return;
    const cluster = reader.label('cluster');
    reader.problem(name, (0,say/* say */.cv) `${given} contradicts the resource ID in ${cluster}, which has ${inId}. Leave it out.`);
}
/** Reads the input `environment`: the cloud. */
function readCloud(reader) {
    const given = reader.text('environment');
    const cloud = (0,azure_cloud/* parseCloud */.lw)(given);
    if (cloud !== undefined)
        return cloud;
    const allowed = (0,say/* say */.cv) `${(0,say/* list */.p_)(azure_cloud/* CLOUD_NAMES */.vD)}, or the ${'https://'} URL of an ARM endpoint`;
    reader.invalid('environment', given, allowed, (0,nearest/* didYouMean */.au)((0,nearest/* nearestName */.qb)(given, azure_cloud/* CLOUD_NAMES */.vD)));
    return { name: '', resourceManager: '', audience: '' };
}
/** The application that signs in: both IDs, or neither. */
function applicationOf(clientId, tenantId, audience, reader) {
    if (clientId !== '' && tenantId === '') {
        reader.missing('tenant-id', (0,say/* say */.cv) `is required with ${reader.label('client-id')}.`);
    }
    if (tenantId !== '' && clientId === '') {
        reader.missing('client-id', (0,say/* say */.cv) `is required with ${reader.label('tenant-id')}.`);
    }
    return clientId === '' ? undefined : { clientId, tenantId, audience };
}

;// CONCATENATED MODULE: ./src/inputs/inputs.ts










/**
 * Every input, in the order of `action.yml`: its name, how it is read, and what is checked. Fixed
 * defaults are in defaults.ts.
 */
function readEach(reader) {
    // Cluster and sign-in
    const cluster = readCluster(reader);
    const resourceGroup = reader.matching('resource-group', managed_cluster/* RESOURCE_GROUP */.JO, A_RESOURCE_GROUP);
    const subscriptionId = reader.matching('subscription-id', managed_cluster/* GUID */.Sm, A_SUBSCRIPTION);
    const signIn = readSignIn(reader);
    return {
        cluster: clusterOf(cluster, resourceGroup, subscriptionId, reader),
        ...signIn,
        // What to run
        command: readCommand(reader),
        shell: reader.choice('shell', ['', 'bash', 'sh']),
        namespace: reader.matching('namespace', variables/* NAMESPACE */.CU, A_NAMESPACE),
        files: {
            patterns: readFiles(reader),
            workingDirectory: reader.text('working-directory'),
            ifNoFilesFound: reader.choice('if-no-files-found', ['error', 'warn', 'ignore']),
            includeHidden: reader.flag('include-hidden-files'),
        },
        env: readEnv(reader),
        // How to run and judge
        timeout: reader.duration('timeout', submission/* MAX_TIMEOUT_HOURS */.R),
        startTimeout: reader.duration('start-timeout', 1),
        startRetries: reader.count('start-retries', 10),
        wait: reader.flag('wait'),
        commandId: readCommandId(reader),
        onCancel: readOnCancel(reader),
        allowedExitCodes: readExitCodes(reader),
        maskOutputs: reader.list('mask-outputs', OUTPUT_NAME, SOME_OUTPUT_NAMES),
        collect: readCollect(reader),
        ifNoFilesCollected: reader.choice('if-no-files-collected', ['error', 'warn', 'ignore']),
        summary: reader.flag('summary'),
        dryRun: reader.flag('dry-run'),
    };
}
/** Who signs in, and where. */
function readSignIn(reader) {
    const clientId = reader.matching('client-id', managed_cluster/* GUID */.Sm, AN_IDENTITY);
    const tenantId = reader.matching('tenant-id', managed_cluster/* GUID */.Sm, A_TENANT);
    const audience = reader.text('audience');
    const cloud = readCloud(reader);
    const application = applicationOf(clientId, tenantId, audience || cloud.audience, reader);
    return { application, cloud };
}
function readOnCancel(reader) {
    return reader.choice('on-cancel', ['leave', 'stop']);
}
const OUTPUT_NAME = /^[A-Za-z_][\w-]*$/;
const EXIT_CODE = /^(?:\d{1,2}|[01]\d\d|2[0-4]\d|25[0-5])$/;
// How messages describe valid values: the end of a sentence that begins with "Use"
const A_RESOURCE_GROUP = (0,say/* say */.cv) `a resource group's name: letters, digits, and ${'-_.()'}`;
const A_SUBSCRIPTION = (0,say/* say */.cv) `a subscription's GUID`;
const AN_IDENTITY = (0,say/* say */.cv) `the GUID of an Entra application or user-assigned identity`;
const A_TENANT = (0,say/* say */.cv) `the GUID of the identity's Entra tenant`;
const A_NAMESPACE = (0,say/* say */.cv) `
  the name of a namespace: 1 to 63 lowercase letters, digits, and hyphens, with a letter or digit at
  both ends
`;
const SOME_EXIT_CODES = (0,say/* say */.cv) `${'any'}, or comma-separated exit codes from 0 to 255`;
const SOME_OUTPUT_NAMES = (0,say/* say */.cv) `names of step outputs, separated by commas`;
/** Reads `files`. What a line leads to may depend on the disk, which is not read here. */
function readFiles(reader) {
    const lines = reader.lines('files');
    for (const line of lines) {
        const problem = (0,pattern/* problemWithPattern */.cq)(line);
        if (problem !== undefined)
            reader.unusable('files', line, problem);
    }
    return lines;
}
function readExitCodes(reader) {
    if (reader.text('allowed-exit-codes').toLowerCase() === 'any')
        return 'any';
    return reader.list('allowed-exit-codes', EXIT_CODE, SOME_EXIT_CODES).map(Number);
}
/**
 * Reads all inputs. If they are `invalid`, the step must not go on, and `inputs` may hold invalid
 * values. Problems and warnings show no value that could be secret.
 */
function readInputs(host) {
    const reader = new InputReader(host);
    const inputs = readEach(reader);
    const hasCommandId = host.isGiven('command-id');
    if (hasCommandId)
        refuseNewCommand(inputs, reader);
    else
        requireCommand(inputs.command, reader);
    return { inputs, hasCommandId, invalid: invalidIn(reader), warnings: reader.warnings };
}
/**
 * Reads what the post step needs: nothing about the command. Its cluster is known from the step. If
 * they are `invalid`, it must not go on.
 */
function readPostInputs(host) {
    const reader = new InputReader(host);
    const inputs = {
        ...readSignIn(reader),
        onCancel: readOnCancel(reader),
        summary: reader.flag('summary'),
    };
    return { inputs, invalid: invalidIn(reader) };
}
/**
 * All problems: the host's own, those with the inputs, in the order of `action.yml`, and those with
 * the environment. Undefined if there are none.
 */
function invalidIn({ host, invalidNames, problems }) {
    const environment = connectionProblems(host);
    const all = [...host.problems, ...problems, ...environment];
    if (all.length === 0)
        return undefined;
    // The names are not all that is wrong if something else is, too.
    const names = all.length === problems.length ? invalidNames : [];
    return { code: 'invalid-inputs', names, problems: all };
}
/** Inputs that describe a new command have no meaning for an earlier one. */
function refuseNewCommand(inputs, reader) {
    const id = reader.label('command-id');
    const earlier = (0,say/* say */.cv) `Not allowed with ${id}, which waits for an earlier command.`;
    if (inputs.command.trim() !== '')
        reader.problem('command', earlier);
    if (inputs.namespace !== '')
        reader.problem('namespace', earlier);
    if (inputs.files.patterns.length > 0)
        reader.problem('files', earlier);
    if (inputs.env.length > 0)
        reader.problem('env', earlier);
    if (!inputs.wait)
        reader.problem('wait', earlier);
    if (inputs.collect.length > 0) {
        reader.problem('collect', (0,say/* say */.cv) `Not allowed with ${id}. The files that the earlier command collects come back anyway.`);
    }
    if (inputs.dryRun)
        reader.problem('dry-run', earlier);
}
const CERTIFICATES = (0,say/* say */.cv) `
  ${'NODE_TLS_REJECT_UNAUTHORIZED=0'} turns off certificate checks. Remove it. To trust your own
  certificate authority, set ${'NODE_EXTRA_CA_CERTS'} to the path of its certificate.
`;
/** Tokens and verdicts must not travel over a connection that proves nothing. */
function connectionProblems({ variable }) {
    return variable('NODE_TLS_REJECT_UNAUTHORIZED') === '0' ? [CERTIFICATES] : [];
}


/***/ }),

/***/ 8740:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ untilCancelled)
/* harmony export */ });
/**
 * Awaits a promise, but no longer than `graceMs` after a cancel. After that, the result is
 * undefined, and the promise and its rejection are ignored.
 */
async function untilCancelled(promise, cancelled, clock, graceMs = 0) {
    const abandoned = Promise.withResolvers();
    const giveUp = () => {
        abandoned.resolve(clock.sleep(graceMs).then(() => undefined));
    };
    if (cancelled.aborted)
        giveUp();
    else
        cancelled.addEventListener('abort', giveUp, { once: true });
    const forget = () => {
        cancelled.removeEventListener('abort', giveUp);
    };
    promise.then(forget, forget);
    const awaited = promise.catch((error) => {
        if (!cancelled.aborted)
            throw error;
        return undefined;
    });
    return Promise.race([awaited, abandoned.promise]);
}


/***/ }),

/***/ 1082:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ signInAndReadCluster)
/* harmony export */ });
/* harmony import */ var _azure_managed_cluster_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2293);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1633);
/* harmony import */ var _text_say_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9892);
/* harmony import */ var _fresh_tokens_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1355);




/**
 * Signs in and reads the cluster.
 *
 * @returns whether a submission needs a token for the cluster; false if the identity may not read
 *   the cluster, which is not a failure
 * @throws StepError if the cluster cannot be read, is stopped, or has run command disabled.
 */
async function signInAndReadCluster(ports) {
    const { azure, log, serviceTime } = ports;
    const answer = await (0,_fresh_tokens_js__WEBPACK_IMPORTED_MODULE_3__/* .withFreshTokens */ .H)(ports)(async () => {
        await azure.signIn();
        // Kept for the submission, if it turns out that the cluster needs it. Only then, a failure counts.
        azure.clusterToken().catch(() => undefined);
        return azure.readCluster();
    });
    serviceTime.observe(answer);
    if (answer.kind === 'answered' && answer.status === 403) {
        log.info((0,_text_say_js__WEBPACK_IMPORTED_MODULE_2__/* .say */ .cv) `
      The identity cannot read the cluster (HTTP 403). That permission is optional; continuing.
    `);
        return false;
    }
    if (answer.kind === 'unanswered' || answer.status !== 200) {
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .StepError */ .zg({ code: 'cluster-unreadable', answer });
    }
    const facts = (0,_azure_managed_cluster_js__WEBPACK_IMPORTED_MODULE_0__/* .readClusterFacts */ .a2)(answer.body);
    if (facts.stopped)
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .StepError */ .zg({ code: 'cluster-stopped' });
    if (facts.runCommandDisabled)
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .StepError */ .zg({ code: 'run-command-disabled' });
    return facts.managedEntra;
}


/***/ }),

/***/ 1271:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ST: () => (/* binding */ isGone),
/* harmony export */   e6: () => (/* binding */ follow)
/* harmony export */ });
/* unused harmony exports beforeTheFirstPoll, advance */
/* harmony import */ var _azure_answer_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6793);
/* harmony import */ var _azure_command_result_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5958);
/* harmony import */ var _pod_stream_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9983);
/* harmony import */ var _text_duration_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9495);
/* harmony import */ var _text_say_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9892);
/* harmony import */ var _cancel_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8740);
/* harmony import */ var _fresh_tokens_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1355);







/**
 * How long AKS may be silent about a command whose denial is to prove anything. It keeps a result
 * for about six minutes (seen: 6 min 10 s after the end), so in a longer silence a command can have
 * run, ended, and been forgotten.
 */
const MAX_SILENCE_MS = 5 * 60_000;
/** An answer other than a 429 can delay the next poll by at most this much. */
const MAX_RETRY_AFTER_MS = 60_000;
/**
 * Polls a command until it ends or there is no point in waiting any longer.
 *
 * @param startBy the command's, if this step submitted it
 */
async function follow(plan, startBy, ports) {
    const { azure, clock, log, cancelled } = ports;
    const { id } = plan;
    const read = (0,_fresh_tokens_js__WEBPACK_IMPORTED_MODULE_5__/* .withFreshTokens */ .H)(ports);
    let waiting = beforeTheFirstPoll(plan);
    for (;;) {
        await clock.sleep(waiting.waitMs, cancelled);
        const poll = await pollOnce(() => read(() => azure.readResult(id)), startBy, ports);
        if (poll === undefined)
            return { kind: 'cancelled', id, seen: waiting.known.seen };
        const next = advance(waiting.known, poll, plan);
        if (next.kind !== 'waiting')
            return next;
        if (next.detail !== undefined)
            log.debug(next.detail);
        if (next.progress !== undefined)
            log.progress(next.progress.phase, next.progress.line);
        waiting = next;
    }
}
/** Asks for the result once. Undefined if the step is canceled. */
async function pollOnce(ask, startBy, { cancelled, clock, random, serviceTime }) {
    if (cancelled.aborted)
        return undefined;
    const askedAt = serviceTime.observe();
    const answer = await (0,_cancel_js__WEBPACK_IMPORTED_MODULE_6__/* .untilCancelled */ .c)(ask(), cancelled, clock);
    if (answer === undefined)
        return undefined;
    const answeredAt = serviceTime.observe(answer);
    const pastStartByMs = startBy?.agoMs(askedAt.monotonic) ?? -Infinity;
    return { answer, askedAt, answeredAt, pastStartByMs, random: random() };
}
function beforeTheFirstPoll(plan) {
    const { submittedAt, answeredAt, firstPollAfter = 0, seenWithin, startedWithin } = plan;
    const patience = seenWithin ?? startedWithin;
    const known = {
        seen: 'nothing',
        missing: undefined,
        heard: earliestOf(submittedAt, answeredAt),
        hasGap: false,
        isThrottled: false,
        deadline: answeredAt.monotonic + patience,
        polledAt: answeredAt.monotonic,
    };
    const wait = Math.max(pollDelay(0), Math.min(firstPollAfter, MAX_RETRY_AFTER_MS));
    return { kind: 'waiting', known, waitMs: Math.min(wait, patience) };
}
/**
 * Takes what is known and one more poll, and decides how following ends, or how it goes on.
 * Throttling, a 5xx, a broken connection, or an unreadable body only means that the step asks
 * again.
 */
function advance(before, poll, plan) {
    const status = (0,_azure_command_result_js__WEBPACK_IMPORTED_MODULE_1__/* .readCommandStatus */ .qE)(poll.answer, plan.id);
    const known = learn(before, status, poll, plan);
    const followed = conclude(known, status, poll, plan);
    if (followed !== undefined)
        return followed;
    const waitMs = waitAfter(known, status, poll, plan);
    const isState = status.kind === 'running';
    return {
        kind: 'waiting',
        known,
        waitMs,
        progress: progressOf(before, known, plan),
        detail: isState ? undefined : `No result yet: ${(0,_azure_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .describeAnswer */ .O1)(poll.answer)}`,
    };
}
/** What is known after one more poll. */
function learn(before, status, poll, plan) {
    const known = {
        ...before,
        missing: missingAfter(before, status, poll),
        isThrottled: before.isThrottled || status.kind === 'throttled',
        polledAt: poll.answeredAt.monotonic,
    };
    const isDenied = status.kind === 'missing' && status.because === 'no-such-command';
    if (status.kind !== 'running' && !isDenied)
        return known;
    const heard = earliestOf(poll.askedAt, poll.answeredAt);
    const hasGap = before.hasGap || isGap(before.heard, poll.answeredAt);
    if (status.kind !== 'running' || before.seen === 'started')
        return { ...known, heard, hasGap };
    const seen = status.startedAt === undefined ? 'accepted' : 'started';
    const startsNow = seen === 'started' && plan.endedWithin !== undefined;
    const deadline = startsNow
        ? known.polledAt + plan.endedWithin
        : plan.answeredAt.monotonic + plan.startedWithin;
    return { ...known, heard, hasGap, seen, deadline };
}
function missingAfter(before, status, poll) {
    if (status.kind !== 'missing')
        return undefined;
    const { because } = status;
    if (before.missing?.because === because)
        return before.missing;
    // A slow answer may be as new as its arrival.
    return { because, since: poll.answeredAt.monotonic };
}
/** When an answer was given, at the earliest: a machine may sleep before it reads the answer. */
function earliestOf(askedAt, answeredAt) {
    return { ...askedAt, azure: answeredAt.azure };
}
/**
 * Whether AKS was silent for too long between two answers. The clock that shows the longest silence
 * counts, since a machine that sleeps may stop one, and the others may be set back. Without dates,
 * nothing is proven.
 */
function isGap(last, now) {
    const silence = Math.max(now.monotonic - last.monotonic, now.runner - last.runner, now.azure - last.azure);
    return Number.isNaN(silence) || silence > MAX_SILENCE_MS;
}
/** How following ends with this poll. Undefined if it goes on. */
function conclude({ seen, missing, hasGap, deadline, polledAt }, status, { answer, askedAt, pastStartByMs }, { id, hash, goneAfter, submittedAt, untilSeen }) {
    if (status.kind === 'ended') {
        const { result } = status;
        return { kind: 'ended', id, seen, result, podReport: (0,_pod_stream_js__WEBPACK_IMPORTED_MODULE_2__/* .readStream */ .bv)(result.logs, hash) };
    }
    if (untilSeen && seen !== 'nothing')
        return { kind: 'seen', id, seen };
    const isTimeOver = polledAt >= deadline;
    if (missing !== undefined) {
        const { because, since } = missing;
        const absence = { missingMs: askedAt.monotonic - since, pastStartByMs };
        // A command that was never seen stays missing if there is no time left to look for it.
        const isMissing = isGone(absence, goneAfter) || (isTimeOver && seen === 'nothing');
        if (isMissing)
            return { kind: 'missing', id, seen, because, answer, hasGap, ...absence };
    }
    if (!isTimeOver)
        return undefined;
    const seconds = Math.round((polledAt - submittedAt.monotonic) / 1000);
    const lastAnswer = status.kind === 'running' ? undefined : answer;
    return { kind: 'time-over', id, seen, answer: lastAnswer, seconds };
}
/** Whether a result that is missing for this long counts as missing for good. */
function isGone(absence, needed) {
    return absence.missingMs >= needed.missingMs && absence.pastStartByMs >= needed.pastStartByMs;
}
/** What there is to say about the progress: a new phase, or, once a minute, that it goes on. */
function progressOf(before, { seen, polledAt }, plan) {
    const { phase, first, still } = PROGRESS[seen];
    if (seen !== before.seen)
        return { phase, line: first };
    const begin = plan.answeredAt.monotonic;
    const minutesAt = (time) => Math.floor((time - begin) / 60_000);
    if (minutesAt(polledAt) === minutesAt(before.polledAt))
        return undefined;
    const waited = (0,_text_duration_js__WEBPACK_IMPORTED_MODULE_3__/* .formatDuration */ .a3)((polledAt - begin) / 1000);
    return { phase, line: (0,_text_say_js__WEBPACK_IMPORTED_MODULE_4__/* .say */ .cv) `${still} after ${waited}.` };
}
const BEFORE_ITS_START = {
    phase: 'submitted',
    first: (0,_text_say_js__WEBPACK_IMPORTED_MODULE_4__/* .say */ .cv) `Waiting for the pod to start.`,
    still: (0,_text_say_js__WEBPACK_IMPORTED_MODULE_4__/* .say */ .cv) `Still waiting`,
};
/** What the log says about a command that got this far. */
const PROGRESS = {
    nothing: BEFORE_ITS_START,
    accepted: BEFORE_ITS_START,
    started: {
        phase: 'running',
        first: (0,_text_say_js__WEBPACK_IMPORTED_MODULE_4__/* .say */ .cv) `The command is running.`,
        still: (0,_text_say_js__WEBPACK_IMPORTED_MODULE_4__/* .say */ .cv) `Still running`,
    },
};
/** How long to wait before the next poll, at most until the deadline. */
function waitAfter({ deadline, isThrottled, polledAt }, status, { answer, random }, plan) {
    const elapsed = polledAt - plan.answeredAt.monotonic;
    const usual = isThrottled ? throttledPollDelay(elapsed, random) : pollDelay(elapsed);
    const asked = (0,_azure_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .retryAfterMs */ .Vs)(answer) ?? 0;
    // All jobs that are throttled now get the same delay from Azure, so a random one is added.
    const wait = status.kind === 'throttled'
        ? asked + usual
        : Math.max(usual, Math.min(asked, MAX_RETRY_AFTER_MS));
    return Math.min(wait, deadline - polledAt);
}
/**
 * Milliseconds until the next poll of a command that has been followed for this long: often at
 * first, then every 2 s until a minute has passed, every 4 s up to 15 minutes, and every 10 s after
 * that. All jobs of a subscription and region share a bucket of 60 requests that refills at 1 per
 * second; three jobs at once never empty it.
 */
function pollDelay(elapsedMs) {
    if (elapsedMs >= 15 * 60_000)
        return 10_000;
    if (elapsedMs >= 60_000)
        return 4_000;
    return Math.min(100 + elapsedMs * 0.3, 2_000);
}
/**
 * The same once that bucket has run empty. Each poll of a command that is still running takes a
 * request away from a job whose command has ended. The delay is random so that jobs that were let
 * through together don't come back together.
 */
function throttledPollDelay(elapsedMs, random) {
    return Math.max(pollDelay(elapsedMs), Math.min(3_000 + elapsedMs, 10_000) * (0.5 + random));
}


/***/ }),

/***/ 1355:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ withFreshTokens),
/* harmony export */   y: () => (/* binding */ renewTokens)
/* harmony export */ });
/* harmony import */ var _text_say_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9892);

/** How soon new tokens are requested again while Azure rejects them. */
const RENEWAL_MS = 60_000;
/**
 * Sends requests that are safe to repeat. If ARM rejects the tokens of one, sends it once more with
 * new ones, at most once a minute.
 */
function withFreshTokens({ azure, clock, log, }) {
    let renewedAt = -Infinity;
    return async (call) => {
        const answer = await call();
        const isRejected = answer.kind === 'answered' && answer.status === 401;
        if (!isRejected || clock.monotonic() - renewedAt < RENEWAL_MS)
            return answer;
        renewedAt = clock.monotonic();
        renewTokens(azure, log);
        return call();
    };
}
/** Makes the next call to ARM ask for new tokens. */
function renewTokens(azure, log) {
    log.info((0,_text_say_js__WEBPACK_IMPORTED_MODULE_0__/* .say */ .cv) `Azure rejected the access token. Requesting a new one.`);
    azure.forgetTokens();
}


/***/ }),

/***/ 9894:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gq: () => (/* binding */ saveOpen),
/* harmony export */   un: () => (/* binding */ readState)
/* harmony export */ });
/* unused harmony export stateOf */
/* harmony import */ var _azure_command_result_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5958);
/* harmony import */ var _azure_managed_cluster_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2293);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1633);
/* harmony import */ var _text_json_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1789);
/* harmony import */ var _text_say_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9892);





/** Saves what may have to be stopped, for whatever stops it. Undefined: nothing. */
function saveOpen(open, cluster, host) {
    try {
        host.saveState(open === undefined ? '' : stateOf(open, cluster));
    }
    catch (error) {
        host.log.warn((0,_text_say_js__WEBPACK_IMPORTED_MODULE_3__/* .say */ .cv) `
      The state for the post step could not be saved, so that step may not know what to stop:
      ${(0,_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}
    `);
    }
}
function stateOf({ id, submission }, cluster) {
    return JSON.stringify({ cluster: (0,_azure_managed_cluster_js__WEBPACK_IMPORTED_MODULE_1__/* .resourceId */ .a)(cluster), ...submission, id });
}
/**
 * Reads what {@link stateOf} wrote. Undefined for anything else: half of it could name another
 * command.
 */
function readState(state) {
    const parsed = (0,_text_json_js__WEBPACK_IMPORTED_MODULE_4__/* .parseJson */ .qF)(state);
    const [clusterId, hash, startBy, named] = ['cluster', 'hash', 'startBy', 'id'].map((name) => (0,_text_json_js__WEBPACK_IMPORTED_MODULE_4__/* .field */ .ZZ)(parsed, name));
    const cluster = (0,_azure_managed_cluster_js__WEBPACK_IMPORTED_MODULE_1__/* .parseResourceId */ .RQ)(String(clusterId));
    const id = (0,_azure_command_result_js__WEBPACK_IMPORTED_MODULE_0__/* .parseCommandId */ .cf)(String(named));
    const submission = submissionOf(String(hash), Number(startBy));
    if (cluster === undefined || (id ?? submission) === undefined)
        return undefined;
    const open = { id, submission };
    return stateOf(open, cluster) === state ? { open, cluster } : undefined;
}
function submissionOf(hash, startBy) {
    const isValid = /^[0-9a-f]{64}$/.test(hash) && Number.isSafeInteger(startBy);
    return isValid ? { hash, startBy } : undefined;
}


/***/ }),

/***/ 7100:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ readEnding),
/* harmony export */   q: () => (/* binding */ openEnding)
/* harmony export */ });
/* harmony import */ var _azure_run_command_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7910);
/* harmony import */ var _pod_stream_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9983);
/* harmony import */ var _resubmit_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2859);



/**
 * Reads how a command ended from how following it ended. Whether it may be submitted again is not
 * decided here: `mayResubmit` comes first.
 *
 * @param submitted absent for a command that was submitted earlier
 */
function readEnding(followed, submitted) {
    if (submitted !== undefined && remainsOpen(submitted, followed)) {
        return openEnding(submitted, followed.kind === 'cancelled');
    }
    const { id, seen } = followed;
    const startUnseen = seen !== 'started';
    // If AKS never said anything about the command, it may be over, or may not exist.
    const kind = seen === 'nothing' ? 'unknown' : 'running';
    switch (followed.kind) {
        case 'ended':
            return endingFromResult(followed, submitted);
        case 'missing': {
            const { because, answer } = followed;
            return because === 'forbidden'
                ? { kind, failure: { code: 'result-forbidden', answer }, id }
                : { kind: 'unknown', failure: { code: 'result-missing', answer }, id };
        }
        case 'time-over': {
            const { answer, seconds } = followed;
            const failure = { code: 'no-answer-in-time', seconds, answer };
            return kind === 'unknown'
                ? { kind, failure, id }
                : { kind, failure: { ...failure, startUnseen }, id };
        }
        case 'seen':
            return { kind: 'running', failure: { code: 'not-waited' }, id };
        case 'cancelled': {
            if (submitted === undefined && kind === 'unknown') {
                return { kind, failure: { code: 'cancelled' }, id };
            }
            // AKS has shown the command, or has accepted it.
            const mayStartUntil = startUnseen ? submitted?.startBy.ahead() : undefined;
            return { kind: 'running', failure: { code: 'cancelled', startUnseen, mayStartUntil }, id };
        }
    }
}
/**
 * Whether Azure's answer to the submission leaves open whether the command runs, and nothing has
 * settled it since. If the ID may be another command's, only a log with this submission's whole
 * frame settles it; not even a 404 does.
 */
function remainsOpen({ command }, followed) {
    if (!(0,_azure_run_command_js__WEBPACK_IMPORTED_MODULE_0__/* .isCertainlyOurs */ .X)(command)) {
        return followed.kind !== 'ended' || !(0,_pod_stream_js__WEBPACK_IMPORTED_MODULE_1__/* .isFramed */ .KL)(followed.podReport);
    }
    return command.kind === 'gave-up' && followed.kind !== 'ended' && followed.seen === 'nothing';
}
/** The ending of a command of which only Azure's answer to its submission is known. */
function openEnding(submitted, isCancelled = false) {
    const { command, answer, hash, startBy } = submitted;
    const { id } = command;
    const mayStartUntil = startBy.ahead();
    if (isCancelled)
        return { kind: 'unknown', failure: { code: 'cancelled', mayStartUntil, hash }, id };
    switch (command.kind) {
        case 'accepted':
            return { kind: 'running', failure: { code: 'not-waited' }, id: command.id };
        case 'gave-up': {
            const minutesApart = startBy.minutesApart();
            const failure = { code: 'start-unclear', answer, mayStartUntil, minutesApart };
            return { kind: 'unknown', failure, id };
        }
        case 'unclear':
            return { kind: 'unknown', failure: { code: 'submission-unclear', answer, hash }, id };
    }
}
/** {@link readEnding} for a command of which AKS has a result. */
function endingFromResult(followed, submitted) {
    const { id, result, podReport } = followed;
    if (podReport.kind !== 'refused') {
        return { kind: 'ended', id, result, podReport, mayStartUntil: submitted?.startBy.ahead() };
    }
    // A follower doesn't have the boundary, so nothing in the log proves to it that nothing ran.
    const lacks = submitted && (0,_resubmit_js__WEBPACK_IMPORTED_MODULE_2__/* .confirmedRefusal */ .AE)(followed)?.lacks;
    if (lacks === undefined) {
        const doubt = (0,_resubmit_js__WEBPACK_IMPORTED_MODULE_2__/* .refusalDoubt */ .VB)(result, podReport);
        return { kind: 'unknown', failure: { code: 'pod-refused', doubt }, id };
    }
    return { kind: 'not-started', failure: lackFailure(lacks, podReport.why), id };
}
/** What a pod lacks for the script to run anything. Any other pod would lack the same. */
function lackFailure(lacks, why = '') {
    switch (lacks) {
        case 'bash':
            return { code: 'no-bash' };
        case 'command.sh':
        case 'env.sh':
            return { code: 'no-variables' };
        case 'namespace':
            return { code: 'no-namespace', detail: why };
        default:
            return { code: 'no-tool', tool: lacks };
    }
}


/***/ }),

/***/ 2859:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AE: () => (/* binding */ confirmedRefusal),
/* harmony export */   Dw: () => (/* binding */ mayResubmit),
/* harmony export */   HN: () => (/* binding */ PROOF),
/* harmony export */   VB: () => (/* binding */ refusalDoubt)
/* harmony export */ });
/* harmony import */ var _azure_run_command_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7910);
/* harmony import */ var _pod_stream_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9983);
/* harmony import */ var _follow_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1271);



/**
 * How long AKS must have denied that a command exists, and until when, if that is to prove that it
 * never started. One denial among failures of the service may be just another failure. And a pod
 * compares its start-by time with its node's clock, so if that is behind Azure's, it starts that
 * much later. A node more than a minute behind is an exception that docs/DECISIONS.md names, under
 * "One POST".
 */
const PROOF = { missingMs: 5_000, pastStartByMs: 60_000 };
/**
 * Whether a command may be submitted again, because this submission of it has not run and never
 * will. One of these must be proven:
 *
 * 1. The pod started too late and ran nothing. Its log holds the script's refusal and nothing else,
 *    and AKS reports the exit code of a refusal. A pod that lacks a tool ran nothing either, but the
 *    next pod would lack it, too.
 * 2. The pod never started and no longer can. AKS gave up on it, has never shown its command, and
 *    has denied for five seconds that the command exists, the last time at least a minute after the
 *    start-by time. And from the submission on, AKS has never been silent about the command for so
 *    long that it could have run, ended, and been forgotten.
 *
 * Nothing else is enough, however likely it is that the command did not run. "One POST" in
 * docs/DECISIONS.md gives the reasons, and the two cases in which AKS or a node's clock can deceive
 * this rule. If Azure did not even process the request, `submit.ts` posts again, as part of the same
 * submission.
 *
 * @param command what Azure's answer to the submission says about it
 * @param followed what AKS has said about it since
 */
function mayResubmit(command, followed) {
    return (0,_azure_run_command_js__WEBPACK_IMPORTED_MODULE_0__/* .isCertainlyOurs */ .X)(command) && (startedTooLate(followed) || neverStarted(command, followed));
}
/** The first proof. */
function startedTooLate(followed) {
    const refusal = confirmedRefusal(followed);
    return refusal !== undefined && refusal.lacks === undefined;
}
/** The second proof. */
function neverStarted(command, followed) {
    // If AKS accepted a command or has shown it, its denial proves nothing.
    if (command.kind !== 'gave-up' || followed.seen !== 'nothing')
        return false;
    if (followed.kind !== 'missing' || followed.because !== 'no-such-command')
        return false;
    return !followed.hasGap && (0,_follow_js__WEBPACK_IMPORTED_MODULE_2__/* .isGone */ .ST)(followed, PROOF);
}
/** The script's refusal to run anything, if nothing contradicts it. */
function confirmedRefusal(followed) {
    if (followed.kind !== 'ended' || followed.podReport.kind !== 'refused')
        return undefined;
    const { result, podReport } = followed;
    return refusalDoubt(result, podReport) === undefined ? podReport : undefined;
}
/**
 * What speaks against the script's refusal to run anything: AKS does not report its exit code, or
 * the log holds anything else.
 */
function refusalDoubt({ provisioningState, exitCode }, { alone }) {
    if (provisioningState !== 'succeeded' || exitCode !== _pod_stream_js__WEBPACK_IMPORTED_MODULE_1__/* .REFUSED_EXIT_CODE */ .G8)
        return 'exit-code';
    return alone ? undefined : 'log';
}


/***/ }),

/***/ 4735:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  t: () => (/* binding */ followCommand),
  j: () => (/* binding */ submitAndFollow)
});

// EXTERNAL MODULE: ./src/azure/answer.ts
var azure_answer = __webpack_require__(6793);
// EXTERNAL MODULE: ./src/azure/run-command.ts
var run_command = __webpack_require__(7910);
// EXTERNAL MODULE: ./src/failure.ts
var failure = __webpack_require__(1633);
// EXTERNAL MODULE: ./src/text/duration.ts
var duration = __webpack_require__(9495);
// EXTERNAL MODULE: ./src/text/say.ts
var say = __webpack_require__(9892);
// EXTERNAL MODULE: ./src/lifecycle/cancel.ts
var cancel = __webpack_require__(8740);
// EXTERNAL MODULE: ./src/lifecycle/follow.ts
var follow = __webpack_require__(1271);
// EXTERNAL MODULE: ./src/lifecycle/read-ending.ts
var read_ending = __webpack_require__(7100);
// EXTERNAL MODULE: ./src/lifecycle/resubmit.ts
var resubmit = __webpack_require__(2859);
// EXTERNAL MODULE: ./src/azure/retry.ts
var retry = __webpack_require__(2933);
// EXTERNAL MODULE: ./src/lifecycle/fresh-tokens.ts
var fresh_tokens = __webpack_require__(1355);
// EXTERNAL MODULE: ./src/lifecycle/service-time.ts
var service_time = __webpack_require__(9713);
;// CONCATENATED MODULE: ./src/lifecycle/submit.ts








const CANCEL_GRACE_MS = 1_500;
/**
 * Submits once: posts until Azure processes the request. What comes after that, another submission
 * included, is for the loop in `run.ts`.
 *
 * @param needsClusterToken false if the cluster is known to have no managed Entra, or could not be
 *   read
 * @returns a submission to follow, or why there is none: `not-started` if Azure did not process it
 *   or refused it, `unknown` if its answer was not waited for
 */
async function submit_submit(startTimeout, packed, needsClusterToken, ports) {
    const pauseAfter = (0,retry/* countTries */.z)(ports);
    let tokens = { withClusterToken: needsClusterToken, areNew: false };
    for (;;) {
        ports.log.progress('submitting');
        const posted = await post(startTimeout, packed, tokens.withClusterToken, ports);
        if ('kind' in posted)
            return posted;
        const { answer } = posted;
        const refused = notStarted({ code: 'submission-refused', answer });
        const outcome = (0,run_command/* readSubmissionOutcome */.d)(answer);
        if (outcome.kind === 'refused')
            return refused;
        if (outcome.kind !== 'not-processed') {
            return { ...posted, kind: 'submitted', command: outcome };
        }
        const { because } = outcome;
        const next = await tokensForNextTry(because, tokens, () => pauseAfter(answer), ports);
        if (next === undefined)
            return refused;
        tokens = next;
    }
}
/**
 * Gets what the next request needs, or waits until it may be sent. Undefined if another one would
 * not help.
 *
 * @param pause how many milliseconds to wait, if Azure gave no reason that tokens can fix
 */
async function tokensForNextTry(because, tokens, pause, { azure, cancelled, clock, log }) {
    switch (because) {
        case 'access-token':
            if (tokens.areNew)
                return undefined;
            (0,fresh_tokens/* renewTokens */.y)(azure, log);
            return { ...tokens, areNew: true };
        case 'cluster-token':
            if (tokens.withClusterToken)
                return undefined;
            log.info((0,say/* say */.cv) `The cluster uses Entra. Requesting a token for it.`);
            return { withClusterToken: true, areNew: false };
        case 'throttled':
        case 'unreachable':
        case 'busy': {
            const wait = pause();
            if (wait === undefined)
                return undefined;
            const time = (0,duration/* formatDuration */.a3)(Math.ceil(wait / 1000));
            const why = REASONS[because];
            log.info((0,say/* say */.cv) `Azure did not accept the command (${why}). Retrying in ${time}.`);
            await clock.sleep(wait, cancelled);
            return { ...tokens, areNew: false };
        }
    }
}
const REASONS = {
    throttled: (0,say/* say */.cv) `throttled`,
    unreachable: (0,say/* say */.cv) `Azure could not be reached`,
    busy: (0,say/* say */.cv) `another operation is in progress on the cluster`,
};
function notStarted(failure) {
    return { kind: 'not-started', failure };
}
/**
 * Posts once. A cancel before that submits nothing. During the request, a cancel leaves little time
 * for an answer.
 */
async function post(startTimeout, packed, needsClusterToken, { azure, clock, cancelled, serviceTime, onOpen }) {
    const signIn = async () => {
        const cluster = needsClusterToken ? { clusterToken: await azure.clusterToken() } : {};
        return { ...cluster, accessToken: await azure.signIn() };
    };
    // Tokens can take a while, so they come before the start-by time is set and before the last check
    // for a cancel. After it, the request waits for nothing.
    const signedIn = signIn().catch((error) => notStarted((0,failure/* failureOf */.g5)(error)));
    const tokens = await (0,cancel/* untilCancelled */.c)(signedIn, cancelled, clock);
    if (tokens === undefined || cancelled.aborted)
        return notStarted({ code: 'cancelled' });
    if ('kind' in tokens)
        return tokens;
    const startBy = new service_time/* StartBy */.G(startTimeout, clock, serviceTime);
    const { command, context, hash } = packed.submissionFor(startBy.seconds);
    onOpen({ submission: { hash, startBy: startBy.seconds } });
    const sentAt = serviceTime.observe();
    try {
        const response = azure.runCommand({ command, context, ...tokens });
        const answer = await (0,cancel/* untilCancelled */.c)(response, cancelled, clock, CANCEL_GRACE_MS);
        if (answer === undefined) {
            const mayStartUntil = startBy.seconds;
            return { kind: 'unknown', failure: { code: 'cancelled', mayStartUntil, hash } };
        }
        return { startBy, hash, sentAt, answer, answeredAt: serviceTime.observe(answer) };
    }
    catch (error) {
        return { kind: 'unknown', failure: (0,failure/* failureOf */.g5)(error) };
    }
}

;// CONCATENATED MODULE: ./src/lifecycle/run.ts










/** The pod ends a command at its timeout. If that fails, the step stops waiting this much later. */
const TIMEOUT_GRACE_MS = 60_000;
/** When a result is missing for good, unless it is to prove that the command never started. */
const GONE = { missingMs: 30_000, pastStartByMs: -Infinity };
/** How long to look for a command whose ID is only a guess. */
const GUESS_MS = 15_000;
/**
 * Submits a command and follows it to its end. If {@link mayResubmit} proves that it has not run
 * and never will, submits it again, up to `startRetries` times. Rejects only if nothing was
 * submitted.
 */
async function submitAndFollow(task, packed, needsClusterToken, ports) {
    const { log, cancelled } = ports;
    let submissions = 0;
    for (;;) {
        submissions += 1;
        const submitted = await submit_submit(task.startTimeout, packed, needsClusterToken, ports);
        if (submitted.kind !== 'submitted')
            return submitted;
        const ending = await endingOf(submitted, task, ports);
        if (ending !== 'never-ran')
            return ending;
        const { command, answer, startBy } = submitted;
        const { id } = command;
        // A pod whose node's clock is ahead refuses early. The next one gets its chance only after that.
        await startBy.wait(cancelled);
        if (cancelled.aborted)
            return { kind: 'not-started', failure: { code: 'cancelled' }, id };
        if (submissions > task.startRetries) {
            const giveUp = command.kind === 'gave-up' ? answer : undefined;
            const failure = { code: 'did-not-start', submissions, answer: giveUp };
            return { kind: 'not-started', failure, id };
        }
        const retry = (0,say/* say */.cv) `retry ${submissions} of ${task.startRetries}`;
        log.info((0,say/* say */.cv) `The command did not start and no longer can. Resubmitting it, ${retry}.`);
    }
}
/**
 * Follows a command that was submitted earlier, by anyone, for `timeout` seconds. Rejects if
 * signing in fails.
 */
async function followCommand(id, timeout, ports) {
    ports.onCommandId(id);
    ports.onOpen({ id });
    const signedIn = ports.azure.signIn().then(() => true);
    if (!(await (0,cancel/* untilCancelled */.c)(signedIn, ports.cancelled, ports.clock))) {
        return { kind: 'unknown', failure: { code: 'cancelled' }, id };
    }
    const now = ports.serviceTime.observe();
    const plan = {
        id,
        submittedAt: now,
        answeredAt: now,
        startedWithin: timeout * 1000,
        goneAfter: GONE,
    };
    return (0,read_ending/* readEnding */.O)(await (0,follow/* follow */.e6)(plan, undefined, ports));
}
/** How a submission ended, or that it has not run and never will. Never rejects. */
async function endingOf(submitted, task, ports) {
    const { command } = submitted;
    try {
        const followed = await followSubmitted(submitted, task, ports);
        if (followed === 'not-followed')
            return (0,read_ending/* openEnding */.q)(submitted);
        return (0,resubmit/* mayResubmit */.Dw)(command, followed) ? 'never-ran' : (0,read_ending/* readEnding */.O)(followed, submitted);
    }
    catch (error) {
        return { kind: 'unknown', failure: (0,failure/* failureOf */.g5)(error), id: command.id };
    }
}
/** Follows a submission, unless no ID is known, or the step does not wait. */
async function followSubmitted(submitted, task, ports) {
    const { command, hash, startBy } = submitted;
    if (command.id !== undefined)
        ports.onCommandId(command.id);
    // Nothing is stopped that may be another command.
    if ((0,run_command/* isCertainlyOurs */.X)(command)) {
        ports.onOpen({ id: command.id, submission: { hash, startBy: startBy.seconds } });
    }
    const id = command.kind === 'accepted' ? command.id : (command.id ?? command.candidate);
    if (id === undefined)
        return 'not-followed';
    if (!(0,run_command/* isCertainlyOurs */.X)(command) && !task.wait)
        return 'not-followed';
    logSubmission(id, submitted, ports.log);
    // A pod that AKS gave up on is followed until it starts, even by a step that does not wait.
    const isWaitOver = command.kind === 'accepted' && !task.wait && !ports.cancelled.aborted;
    return isWaitOver ? 'not-followed' : (0,follow/* follow */.e6)(planFor(id, submitted, task), startBy, ports);
}
/** Logs the ID, and how to watch the output, which AKS does not show before the command ends. */
function logSubmission(id, { command, startBy }, log) {
    if (!(0,run_command/* isCertainlyOurs */.X)(command)) {
        const doubt = (0,say/* say */.cv) `Azure's answer does not say whether the command started.`;
        log.info((0,say/* say */.cv) `${doubt} Looking for command ${id}.`);
        return;
    }
    if (command.kind === 'gave-up') {
        const until = (0,say/* say */.cv) `It may still start until ${(0,duration/* clockTime */.qo)(startBy.seconds)}`;
        log.info((0,say/* say */.cv) `AKS stopped waiting for the pod of command ${id}. ${until}. Still waiting for it.`);
        return;
    }
    log.info((0,say/* say */.cv) `AKS accepted command ${id}.`);
    const how = (0,say/* say */.cv) `
    AKS shows the output only when the command ends. To watch it from a machine that can reach the
    API server:
  `;
    const watch = (0,say/* say */.cv) `kubectl logs --follow --namespace aks-command ${`command-${id}`}`;
    log.progress('submitted', (0,say/* joined */.oR)([how, watch], '\n  '));
}
function planFor(id, submitted, task) {
    const { command, answer, answeredAt, hash, sentAt } = submitted;
    const isGuess = command.id === undefined;
    const proofMs = command.kind === 'gave-up' ? resubmit/* PROOF */.HN.missingMs + resubmit/* PROOF */.HN.pastStartByMs : 0;
    const endedWithin = task.timeout * 1000 + TIMEOUT_GRACE_MS;
    return {
        id,
        hash,
        submittedAt: sentAt,
        answeredAt,
        firstPollAfter: isGuess ? undefined : (0,azure_answer/* retryAfterMs */.Vs)(answer),
        seenWithin: isGuess ? GUESS_MS : undefined,
        startedWithin: task.startTimeout * 1000 + proofMs + endedWithin,
        endedWithin,
        untilSeen: !task.wait,
        goneAfter: command.kind === 'accepted' || isGuess ? GONE : resubmit/* PROOF */.HN,
    };
}


/***/ }),

/***/ 9713:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ StartBy),
/* harmony export */   x: () => (/* binding */ ServiceTime)
/* harmony export */ });
/* harmony import */ var _azure_answer_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6793);

/**
 * Azure's clock, from the `Date` headers of its answers. Before the first one, the runner's, which
 * may be wrong.
 */
class ServiceTime {
    #clock;
    /** When the last answer with a date arrived. */
    #last;
    /**
     * By how much the runner's clock and Azure's dates have been ahead of {@link Clock.monotonic}, at
     * the least.
     */
    #smallestOffset = Infinity;
    constructor(clock) {
        this.#clock = clock;
        this.observe();
    }
    /**
     * Reads all clocks.
     *
     * @param answer what has just arrived, if anything has
     */
    observe(answer) {
        const moment = {
            monotonic: this.#clock.monotonic(),
            runner: this.#clock.now(),
            azure: answer === undefined ? NaN : (0,_azure_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .dateOf */ .Q$)(answer),
        };
        const { monotonic, runner, azure } = moment;
        this.#smallestOffset = Math.min(this.#smallestOffset, runner - monotonic);
        if (Number.isNaN(azure))
            return moment;
        this.#smallestOffset = Math.min(this.#smallestOffset, azure - monotonic);
        this.#last = moment;
        return moment;
    }
    /**
     * Milliseconds since the epoch according to the last answer. Up to a second behind: `Date` has
     * whole seconds.
     */
    now() {
        if (this.#last === undefined)
            return this.#clock.now();
        const { azure, monotonic } = this.#last;
        return azure + this.#clock.monotonic() - monotonic;
    }
    /**
     * The earliest time it can be at this reading of {@link Clock.monotonic}, by all that the clocks
     * have shown so far: any of them may be ahead, the dates of all answers by a proxy, and must not
     * make anything look finished too soon. Without any date, nothing is proven to be over.
     */
    atLeast(at) {
        return this.#last === undefined ? -Infinity : at + this.#smallestOffset;
    }
    /** How many minutes the last answer's date and the runner's clock are apart. */
    minutesApart() {
        if (this.#last === undefined)
            return 0;
        return Math.round(Math.abs(this.#last.azure - this.#last.runner) / 60_000);
    }
}
/** The time after which a submitted command can no longer start. */
class StartBy {
    /**
     * Whole seconds since the epoch, by Azure's clock. A pod that starts then or later runs nothing.
     */
    seconds;
    #clock;
    #serviceTime;
    /** The same time by {@link Clock.monotonic}. */
    #monotonic;
    /** @param startTimeout how many seconds from now */
    constructor(startTimeout, clock, serviceTime) {
        this.seconds = Math.floor(serviceTime.now() / 1000 + startTimeout);
        this.#clock = clock;
        this.#serviceTime = serviceTime;
        this.#monotonic = clock.monotonic() + startTimeout * 1000;
    }
    /**
     * How many milliseconds ago it was at this reading of {@link Clock.monotonic}, negative before.
     * The clock that says less counts, because an answer dated ahead moves Azure's.
     */
    agoMs(at) {
        const byAzure = this.#serviceTime.atLeast(at) - this.seconds * 1000;
        return Math.min(at - this.#monotonic, byAzure);
    }
    /** How many minutes the clocks that {@link agoMs} compares are apart; undefined if less than one. */
    minutesApart() {
        const minutes = this.#serviceTime.minutesApart();
        return minutes === 0 ? undefined : minutes;
    }
    /** {@link seconds}, or undefined once it has passed. */
    ahead() {
        return this.agoMs(this.#clock.monotonic()) >= 0 ? undefined : this.seconds;
    }
    /** Waits for it by the runner's clock, which no answer moves. */
    async wait(cancelled) {
        await this.#clock.sleep(Math.max(0, this.#monotonic - this.#clock.monotonic()), cancelled);
    }
}


/***/ }),

/***/ 9355:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Au: () => (/* binding */ notEnded),
  IM: () => (/* binding */ stopCommand)
});

// UNUSED EXPORTS: STOP_SECONDS

// EXTERNAL MODULE: ./src/azure/command-result.ts
var command_result = __webpack_require__(5958);
// EXTERNAL MODULE: ./src/failure.ts
var failure = __webpack_require__(1633);
;// CONCATENATED MODULE: ./src/pod/stop.ts
/**
 * The command that stops another one.
 *
 * @param script the text of `src/pod/stop.sh`
 * @param timeout in seconds
 */
function stopTask({ id, hash = '', until }, script, timeout) {
    // That the specification has the hash is a guess about AKS, so an ID comes first.
    const variables = { ID: id ?? '', HASH: id === undefined ? hash : '', UNTIL: String(until) };
    return {
        command: script,
        shell: 'sh',
        namespace: '',
        env: Object.entries(variables).map(([name, value]) => ({ name, value })),
        collect: [],
        timeout,
        startTimeout: 60,
        startRetries: 0,
        wait: true,
    };
}
/** By the exit codes of `src/pod/stop.sh`. Any other is kubectl's. */
const PROBLEMS = new Map([
    [0, { kind: 'still-running' }],
    [10, { kind: 'no-pod' }],
    [11, { kind: 'no-process' }],
    [12, { kind: 'no-result' }],
]);
/** How kubectl says that the API server refused a request. */
const REFUSED = /\(Forbidden\)|\bdenied (?:the )?request\b/;
/** Reads what it did. If it was killed, or its connection broke, nobody knows how far it got. */
function readAttempt(exitCode, output) {
    const [, named = ''] = /^command-([0-9a-f]{32})$/m.exec(output) ?? [];
    const problem = PROBLEMS.get(exitCode);
    const isKnown = problem !== undefined || REFUSED.test(output);
    return {
        signaled: isKnown ? exitCode === 0 : undefined,
        problem: problem ?? { kind: 'rejected', detail: output },
        named,
    };
}

// EXTERNAL MODULE: ./src/pod/submission.ts
var pod_submission = __webpack_require__(5627);
// EXTERNAL MODULE: ./src/pod/variables.ts
var variables = __webpack_require__(2986);
// EXTERNAL MODULE: ./src/text/say.ts
var say = __webpack_require__(9892);
// EXTERNAL MODULE: ./src/lifecycle/cancel.ts
var cancel = __webpack_require__(8740);
// EXTERNAL MODULE: ./src/lifecycle/cluster.ts
var cluster = __webpack_require__(1082);
// EXTERNAL MODULE: ./src/lifecycle/follow.ts
var follow = __webpack_require__(1271);
// EXTERNAL MODULE: ./src/lifecycle/read-ending.ts
var read_ending = __webpack_require__(7100);
// EXTERNAL MODULE: ./src/lifecycle/run.ts + 1 modules
var run = __webpack_require__(4735);
// EXTERNAL MODULE: ./src/lifecycle/service-time.ts
var service_time = __webpack_require__(9713);
;// CONCATENATED MODULE: ./src/lifecycle/stop.ts












/** For all of it. A canceled job has five minutes for its post steps. */
const STOP_SECONDS = 120;
/** How long the second command looks for a pod that does not start, so that it can still say so. */
const SEARCH_SECONDS = 90;
/** How long after its start a pod may take to show as running. */
const LAG_SECONDS = 15;
/** What the second command finds if the first one has ended, which AKS may show later. */
const ENDED = ['no-process', 'no-result'];
/** How long to look for what AKS says about the command. Requests may fail meanwhile. */
const LOOK_SECONDS = 10;
/**
 * Stops a command as the runner stops a `run` step, by SIGTERM and ten seconds later by SIGKILL, and
 * follows it to its end. Takes at most two minutes, and never rejects.
 */
async function stopCommand(open, target, world) {
    const { clock, host } = world;
    const deadline = new AbortController();
    const cancelled = deadline.signal;
    void clock.sleep(STOP_SECONDS * 1000, world.cancelled).then(() => {
        deadline.abort();
    });
    const debug = (line) => {
        host.log.debug(line);
    };
    try {
        return await signInAndStop(open, world, {
            ...world,
            azure: world.azureFor(target, cancelled),
            serviceTime: new service_time/* ServiceTime */.x(clock),
            cancelled,
            onCommandId: () => undefined,
            onOpen: () => undefined,
            // What there is to say about the life of the second command would be read as about the first.
            log: {
                debug,
                show: debug,
                info: ({ plain }) => {
                    debug(plain);
                },
                progress: () => undefined,
            },
        });
    }
    catch (error) {
        return { ending: notEnded((0,failure/* failureOf */.g5)(error), open), signaled: undefined };
    }
}
async function signInAndStop(open, world, ports) {
    const clusterRead = (0,cluster/* signInAndReadCluster */.M)(ports);
    // If the time is over, nothing is submitted anymore, with or without a token.
    const needsClusterToken = await (0,cancel/* untilCancelled */.c)(clusterRead, ports.cancelled, ports.clock);
    const before = await lookFor(open, 'a state', ports);
    if (before?.kind === 'ended')
        return { ending: (0,read_ending/* readEnding */.O)(before), signaled: false };
    world.host.log.info((0,say/* say */.cv) `Stopping the command with a second one that sends it SIGTERM.`);
    const attempt = await sendSignal(open, needsClusterToken ?? false, world, ports);
    const { signaled, problem, named } = attempt;
    const id = open.id ?? (0,command_result/* parseCommandId */.cf)(named);
    const isEndDue = signaled !== false || ENDED.includes(problem.kind);
    const after = await lookFor({ ...open, id }, isEndDue ? 'its end' : 'a state', ports);
    if (after?.kind === 'ended')
        return { ending: (0,read_ending/* readEnding */.O)(after), signaled };
    return { ending: { ...notStopped(problem, open, [before, after], ports), id }, signaled };
}
/** Runs the second command. */
async function sendSignal({ id, submission }, needsClusterToken, world, ports) {
    const now = Math.floor(ports.serviceTime.now() / 1000);
    const startsWithin = Math.max(0, (submission?.startBy ?? 0) - now);
    const until = now + Math.min(startsWithin + LAG_SECONDS, SEARCH_SECONDS);
    const task = stopTask({ id, hash: submission?.hash, until }, world.stopScript, STOP_SECONDS);
    const packed = (0,pod_submission/* packTask */.p)(task, [], (0,variables/* readRunVariables */.r2)(world.host.variable), world);
    const ending = await (0,run/* submitAndFollow */.j)(task, packed, needsClusterToken, ports);
    const { podReport: ran } = ending.kind === 'ended' ? ending : {};
    if (ran?.kind === 'ran' && ran.exitCode !== undefined) {
        return readAttempt(ran.exitCode, ran.output.text);
    }
    const failure = ending.kind === 'ended' ? undefined : ending.failure;
    return {
        signaled: ending.kind === 'not-started' ? false : undefined,
        problem: ports.cancelled.aborted ? { kind: 'time-over' } : { kind: 'not-run', failure },
        named: '',
    };
}
/** Follows the command until AKS shows its end, or any state of it. */
async function lookFor({ id, submission }, what, ports) {
    if (id === undefined)
        return undefined;
    const now = ports.serviceTime.observe();
    const untilSeen = what === 'a state';
    const plan = {
        id,
        hash: submission?.hash,
        submittedAt: now,
        answeredAt: now,
        untilSeen,
        startedWithin: (untilSeen ? LOOK_SECONDS : STOP_SECONDS) * 1000,
        goneAfter: { missingMs: untilSeen ? 0 : Infinity, pastStartByMs: -Infinity },
    };
    return (0,follow/* follow */.e6)(plan, undefined, ports);
}
/** What is known of a command that was to be stopped: no more than was seen. */
function notStopped(problem, open, looks, { clock, serviceTime }) {
    const { hash, startBy = 0 } = open.submission ?? {};
    const seen = looks.map((followed) => followed?.seen ?? 'nothing');
    const startUnseen = !seen.includes('started');
    const isAhead = serviceTime.atLeast(clock.monotonic()) < startBy * 1000;
    const mayStartUntil = startUnseen && isAhead ? startBy : undefined;
    const failure = { code: 'not-stopped', problem, hash, startUnseen, mayStartUntil };
    const isSeen = seen.some((state) => state !== 'nothing');
    return { ...notEnded(failure, open), ...(isSeen ? { kind: 'running' } : {}) };
}
/** Nothing was seen of the command's end. If its submission has an ID, AKS has accepted it. */
function notEnded(failure, { id, submission }) {
    const isAccepted = id !== undefined && submission !== undefined;
    return { kind: isAccepted ? 'running' : 'unknown', failure, id };
}


/***/ }),

/***/ 7149:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   At: () => (/* binding */ BOUNDARY_PREFIX),
/* harmony export */   iH: () => (/* binding */ boundaryOf),
/* harmony export */   qQ: () => (/* binding */ hashOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);

/** What every boundary begins with. */
const BOUNDARY_PREFIX = 'aks-run-command:';
/**
 * The word at the beginning of each of the script's lines, except its first two. Only the zip
 * brings it to the pod, so someone who reads the pod's specification or its log can't pass off
 * lines as the script's.
 *
 * @param hex 32 lowercase hex digits from a cryptographic source, new for each submission
 */
function boundaryOf(hex) {
    return `${BOUNDARY_PREFIX}${hex}`;
}
/**
 * The SHA-256 of a boundary in hex. It identifies the boundary for anyone to read, without
 * revealing it.
 */
function hashOf(boundary) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(boundary).digest('hex');
}


/***/ }),

/***/ 4742:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ withoutScriptPath),
/* harmony export */   o: () => (/* binding */ readOutput)
/* harmony export */ });
/* harmony import */ var _text_cut_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3147);
/* harmony import */ var _boundary_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7149);
/* harmony import */ var _sections_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3975);



/**
 * What the command wrote, as it is shown: a shell's messages don't have the path of the action's
 * own file.
 */
function withoutScriptPath(text) {
    return text.replaceAll(/(?:\/[^\s:'"]{1,200})?\.aks-run-command\/command\.sh: /g, '');
}
/** A character that was cut in two, at the end or the beginning of a text. */
const BROKEN_END = /\uFFFD{1,3}$/;
const BROKEN_START = /^\uFFFD{1,3}/;
/** A line of the script that was cut off. */
const BROKEN_LINE = new RegExp(String.raw `(?:^|\n)${_boundary_js__WEBPACK_IMPORTED_MODULE_0__/* .BOUNDARY_PREFIX */ .At}[0-9a-f]{0,32}(?: [^\n]*)?$`);
/**
 * Reads the command's output and its exit code. The script sends the exit code only if nothing of
 * the output was lost before it was sent.
 *
 * @param start what comes before the first section
 */
function readOutput(start, sections) {
    const exitCode = (0,_sections_js__WEBPACK_IMPORTED_MODULE_1__/* .numberOf */ .rl)(sections, 'exit');
    const gap = (0,_sections_js__WEBPACK_IMPORTED_MODULE_1__/* .findSection */ .rv)(sections, 'gap');
    const { text, missingBytes } = gap === undefined
        ? { text: start, missingBytes: 0 }
        : aroundGap(start, (0,_sections_js__WEBPACK_IMPORTED_MODULE_1__/* .numberOf */ .rl)(sections, 'gap') ?? 0, gap.text);
    if (exitCode === undefined) {
        return { output: { text: (0,_text_cut_js__WEBPACK_IMPORTED_MODULE_2__/* .withoutCutEnd */ .mX)(text.replace(BROKEN_LINE, '')), truncated: true } };
    }
    return { output: { text, truncated: gap !== undefined, missingBytes }, exitCode };
}
/**
 * The start and the end of an output, without the words that the pod cut in two. A line by the
 * action between them says how much is missing.
 */
function aroundGap(start, missingInPod, end) {
    const sound = [start.replace(BROKEN_END, ''), end.replace(BROKEN_START, '')];
    const before = (0,_text_cut_js__WEBPACK_IMPORTED_MODULE_2__/* .withoutCutEnd */ .mX)(sound[0]);
    const after = (0,_text_cut_js__WEBPACK_IMPORTED_MODULE_2__/* .withoutCutStart */ .fU)(sound[1]);
    const missingBytes = missingInPod + Buffer.byteLength(sound.join('')) - Buffer.byteLength(before + after);
    const newline = before === '' || before.endsWith('\n') ? '' : '\n';
    const marker = `[${missingBytes.toLocaleString('en-US')} bytes of output are missing here]\n`;
    return { text: `${before}${newline}${marker}${after}`, missingBytes };
}


/***/ }),

/***/ 3975:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   lD: () => (/* binding */ split),
/* harmony export */   rl: () => (/* binding */ numberOf),
/* harmony export */   rv: () => (/* binding */ findSection)
/* harmony export */ });
/* unused harmony export MARKS */
/**
 * What `mark` in `src/pod/run.sh` prints behind the boundary. Another version's script may print
 * others; their sections are ignored.
 */
const MARKS = (/* unused pure expression or super */ null && ([
    'refused',
    'lacks',
    'gap',
    'exit',
    'timed-out',
    'left-behind',
    'outputs',
    'summary',
    'collected',
    'uncollected',
    'end',
]));
/**
 * The marks that may end a log. A service may strip the log's last newline, so they are complete
 * without it. All others need it: without it, they may have lost a digit, too.
 */
const LAST = new Set(['end', 'refused', 'lacks']);
/** The text before the first line that begins with the boundary, and the sections after it. */
function split(stream, boundary) {
    const pattern = new RegExp(String.raw `(?<=^|\n)${boundary} ([a-z-]+)(?: ([^\n]*))?(\n|$)`, 'g');
    const lines = [...stream.matchAll(pattern)].filter(([, mark = '', , newline]) => newline === '\n' || LAST.has(mark));
    const sections = lines.map((line, at) => {
        const [whole, mark = '', detail = ''] = line;
        const begin = line.index + whole.length;
        return { mark, detail, text: stream.slice(begin, Math.max(begin, endBefore(lines[at + 1]))) };
    });
    return { text: stream.slice(0, endBefore(lines[0])), sections };
    /** Where the text before a line ends. The newline before the line belongs to the line. */
    function endBefore(line) {
        return line === undefined ? stream.length : Math.max(0, line.index - 1);
    }
}
/** The first section with one of these marks. */
function findSection(sections, ...marks) {
    const wanted = new Set(marks);
    return sections.find(({ mark }) => wanted.has(mark));
}
/** The number of the first section with this mark; undefined if there is none. */
function numberOf(sections, mark) {
    const detail = findSection(sections, mark)?.detail ?? '';
    return /^\d{1,15}$/.test(detail) ? Number(detail) : undefined;
}


/***/ }),

/***/ 9983:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $h: () => (/* binding */ outputOfOther),
/* harmony export */   G8: () => (/* binding */ REFUSED_EXIT_CODE),
/* harmony export */   K1: () => (/* binding */ NO_BOUNDARY_EXIT_CODE),
/* harmony export */   KL: () => (/* binding */ isFramed),
/* harmony export */   bv: () => (/* binding */ readStream)
/* harmony export */ });
/* unused harmony exports LOG_LIMIT, FILE_LIMIT */
/* harmony import */ var _text_cut_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3147);
/* harmony import */ var _boundary_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7149);
/* harmony import */ var _output_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4742);
/* harmony import */ var _sections_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3975);




/**
 * AKS keeps the first 512 KiB of what a pod writes ("every truncated response was exactly 512·1024
 * bytes") and drops the rest. In bytes; `src/pod/run.sh` stays below.
 */
const LOG_LIMIT = 524_288;
/** What a log that is not the script's shows: all of it, unless AKS cut it within a word. */
function outputOfOther(log) {
    const truncated = Buffer.byteLength(log) >= LOG_LIMIT;
    return { text: truncated ? (0,_text_cut_js__WEBPACK_IMPORTED_MODULE_3__/* .withoutCutEnd */ .mX)(log) : log, truncated };
}
/**
 * The largest accepted `$GITHUB_OUTPUT` and `$GITHUB_STEP_SUMMARY`, in bytes. Of a larger one, the
 * pod sends this much.
 */
const FILE_LIMIT = 65_536;
/** The exit code with which the script refuses to run a command: `EX_TEMPFAIL`. */
const REFUSED_EXIT_CODE = 75;
/**
 * The exit code of a script that finds no boundary: another container of the pod has used it, or it
 * did not arrive.
 */
const NO_BOUNDARY_EXIT_CODE = 76;
/**
 * The first line of the script's stream. The script prints it before it can exit, so a log without
 * it is not the script's.
 */
function startLine(hash) {
    return `aks-run-command start ${hash}\n`;
}
/**
 * If there is nothing else, a service may strip the newline. A log that ends within the hash is
 * still the script's, and shows no command.
 */
const START_LINE = /(?:^|\n)aks-run-command start ([0-9a-f]{0,64})(?:\n|$)/;
/**
 * The script prints this after its last chance to refuse, before any process of the command exists.
 * A log only grows: something that takes the script's place later cannot remove this line, so a
 * refusal after it proves nothing. Without this line, the command may not have begun, so no exit
 * code is the command's.
 */
const BEGIN_LINE = 'aks-run-command begin\n';
/**
 * Reads what `src/pod/run.sh` wrote, as AKS returns it.
 *
 * @param logs decoded as UTF-8, broken characters as U+FFFD
 * @param ownHash of this submission's boundary. Its lines have the boundary itself, which only the
 *   script could write. A follower takes the hash from the script's first line, and the command of
 *   any tool could print a whole log like this one. So if a command began, and the log has anything
 *   before the script's first line or after its last one, it counts as another tool's.
 */
function readStream(logs, ownHash) {
    const unrecognized = { kind: 'unrecognized', output: logs };
    const hash = ownHash ?? START_LINE.exec(logs)?.[1];
    if (hash === undefined)
        return unrecognized;
    // The last line of a log may lack its newline.
    const start = `\n${logs}\n`.indexOf(`\n${startLine(hash)}`);
    if (start < 0)
        return unrecognized;
    const before = logs.slice(0, start);
    const rest = logs.slice(start + startLine(hash).length);
    const hasBegun = `${rest}\n`.startsWith(BEGIN_LINE);
    const stream = hasBegun ? rest.slice(BEGIN_LINE.length) : rest;
    const boundary = findBoundary(stream, hash);
    const { text, sections } = boundary === undefined ? { text: stream, sections: [] } : (0,_sections_js__WEBPACK_IMPORTED_MODULE_2__/* .split */ .lD)(stream, boundary);
    const find = (...marks) => (0,_sections_js__WEBPACK_IMPORTED_MODULE_2__/* .findSection */ .rv)(sections, ...marks);
    const refusal = find('refused', 'lacks');
    if (refusal !== undefined) {
        const isAll = before === '' && text === '' && sections.length === 1 && refusal.text === '';
        return { kind: 'refused', alone: !hasBegun && isAll, ...lackOf(refusal) };
    }
    if (!hasBegun)
        return { kind: 'not-begun', output: before + rest };
    const isWhole = before === '' && !continuesAfterEnd(sections);
    if (ownHash === undefined && !isWhole)
        return unrecognized;
    const { output, exitCode } = (0,_output_js__WEBPACK_IMPORTED_MODULE_1__/* .readOutput */ .o)(text, sections);
    return {
        kind: 'ran',
        // What was written before the script began may explain why there is nothing else.
        output: { ...output, text: before + output.text },
        complete: find('end') !== undefined,
        exitCode,
        timedOutAfter: (0,_sections_js__WEBPACK_IMPORTED_MODULE_2__/* .numberOf */ .rl)(sections, 'timed-out'),
        leftBehind: leftBehind(find('left-behind')),
        outputs: sentFile(sections, 'outputs'),
        summary: sentFile(sections, 'summary'),
        collection: sentCollection(find('collected', 'uncollected')),
    };
}
/**
 * The boundary with that hash, if a line of the text begins with it; undefined if the script wrote
 * no such line.
 */
function findBoundary(text, hash) {
    const candidates = text.match(/^aks-run-command:[0-9a-f]{32}(?= )/gm);
    return candidates?.find((candidate) => (0,_boundary_js__WEBPACK_IMPORTED_MODULE_0__/* .hashOf */ .qQ)(candidate) === hash);
}
/**
 * Whether something follows the script's last line. Then the log is another tool's, and what its
 * command printed first only looks like the script's.
 */
function continuesAfterEnd(sections) {
    const end = sections.findIndex(({ mark }) => mark === 'end');
    return end >= 0 && sections.slice(end).some(({ text }, index) => index > 0 || text !== '');
}
/** What the pod lacks, and the script's reason if it has one. Empty if the pod started too late. */
function lackOf({ mark, detail }) {
    if (mark === 'refused')
        return {};
    const namespace = 'namespace ';
    if (!detail.startsWith(namespace))
        return { lacks: detail };
    return { lacks: 'namespace', why: detail.slice(namespace.length) };
}
function sentFile(sections, mark) {
    const section = (0,_sections_js__WEBPACK_IMPORTED_MODULE_2__/* .findSection */ .rv)(sections, mark);
    const bytes = (0,_sections_js__WEBPACK_IMPORTED_MODULE_2__/* .numberOf */ .rl)(sections, mark);
    if (section === undefined || bytes === undefined)
        return undefined;
    const { text } = section;
    const isChanged = !canBe(text, Math.min(bytes, FILE_LIMIT));
    return { text, isCut: bytes > FILE_LIMIT, isChanged };
}
/**
 * Whether a text can be so many bytes, decoded. Where they were not UTF-8, it has U+FFFD, three
 * bytes in UTF-8, which stands for one to three of them.
 */
function canBe(text, bytes) {
    const most = Buffer.byteLength(text);
    const broken = text.split('\uFFFD').length - 1;
    return bytes <= most && bytes >= most - 2 * broken;
}
function leftBehind(section) {
    if (section === undefined)
        return undefined;
    return [...new Set(section.text.split('\n').filter((name) => name !== ''))];
}
function sentCollection(section) {
    if (section === undefined)
        return undefined;
    if (section.mark === 'collected')
        return { kind: 'sent', text: section.text };
    const because = ['size', 'time'].find((reason) => reason === section.detail);
    return { kind: 'uncollected', because: because ?? 'disk' };
}
/**
 * Whether a log has the script's whole frame: first line, exit code, and end. That proves that the
 * command ended.
 */
function isFramed(podReport) {
    return podReport.kind === 'ran' && podReport.complete && podReport.exitCode !== undefined;
}


/***/ }),

/***/ 5627:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ MAX_TIMEOUT_HOURS),
/* harmony export */   p: () => (/* binding */ packTask)
/* harmony export */ });
/* harmony import */ var _collect_pattern_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5764);
/* harmony import */ var _files_names_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9827);
/* harmony import */ var _files_pack_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6686);
/* harmony import */ var _text_quote_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5383);
/* harmony import */ var _boundary_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7149);





const MAX_TIMEOUT_HOURS = 120;
/**
 * @param variables of the workflow run, each as `NAME=value`
 * @throws StepError `too-large`
 */
function packTask(task, userFiles, variables, ports) {
    const ownFiles = podFiles(task, ports);
    const packWithBoundary = () => {
        const boundary = (0,_boundary_js__WEBPACK_IMPORTED_MODULE_2__/* .boundaryOf */ .iH)(ports.randomHex(16));
        return { boundary, archive: (0,_files_pack_js__WEBPACK_IMPORTED_MODULE_1__/* .zip */ .yU)([...userFiles, ...ownFiles, boundaryFile(boundary)]) };
    };
    // The first one is packed at once, to know its size. The next ones differ only in their boundary.
    const first = packWithBoundary();
    const files = userFiles.map(({ path, content }) => ({ path, bytes: content.length }));
    (0,_files_pack_js__WEBPACK_IMPORTED_MODULE_1__/* .checkZip */ .GN)(first.archive.length, files);
    let isFirst = true;
    const submissionFor = (startBy) => {
        const { boundary, archive } = isFirst ? first : packWithBoundary();
        isFirst = false;
        const hash = (0,_boundary_js__WEBPACK_IMPORTED_MODULE_2__/* .hashOf */ .qQ)(boundary);
        return {
            command: armCommand(hash, startBy, task, variables),
            context: archive.toString('base64'),
            hash,
        };
    };
    return { files, zipBytes: first.archive.length, submissionFor };
}
/**
 * The `command` of ARM's runCommand. It contains everything that differs between two runs with the
 * same inputs, but only the hash of the boundary: anyone who can read the pod's specification sees
 * this line. So no value of `env` and nothing of the user's command is in it either.
 */
function armCommand(hash, startBy, { timeout, shell, namespace }, variables) {
    const words = [
        `${_files_names_js__WEBPACK_IMPORTED_MODULE_3__/* .ACTION_FOLDER */ ._m}/run.sh`,
        hash,
        String(startBy),
        String(timeout),
        shell,
        namespace,
        ...variables,
    ];
    // AKS says nothing about the pod's PATH; POSIX systems have sh here.
    return ['/bin/sh', ...words.map(_text_quote_js__WEBPACK_IMPORTED_MODULE_4__/* .quote */ .h)].join(' ');
}
/** The action's own files in the zip, except the boundary, which differs for each submission. */
function podFiles({ command, env, collect }, scripts) {
    const files = [
        podFile('run.sh', 0o644, scripts.runScript),
        podFile('command.sh', 0o644, command),
        // Sent even without variables: a missing file tells the script that something went wrong.
        podFile('env.sh', 0o600, env.map(assignment).join('')),
    ];
    if (collect.length > 0) {
        files.push(podFile('collect.sh', 0o644, scripts.collectScript));
        files.push(podFile('collect', 0o644, (0,_collect_pattern_js__WEBPACK_IMPORTED_MODULE_0__/* .patternsFile */ ._)(collect)));
    }
    return files;
}
/**
 * The file that brings the boundary to the script. Stored, so that the zip's size doesn't differ
 * between runs.
 */
function boundaryFile(boundary) {
    return { ...podFile('boundary', 0o600, boundary), stored: true };
}
function podFile(name, mode, text) {
    return { path: `${_files_names_js__WEBPACK_IMPORTED_MODULE_3__/* .ACTION_FOLDER */ ._m}/${name}`, mode, content: Buffer.from(text) };
}
/** Always quoted, because a shell expands more in an assignment, such as a tilde. */
function assignment({ name, value }) {
    return `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`;
}


/***/ }),

/***/ 2986:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CU: () => (/* binding */ NAMESPACE),
/* harmony export */   Dc: () => (/* binding */ POD_NAMES),
/* harmony export */   HD: () => (/* binding */ shownName),
/* harmony export */   bw: () => (/* binding */ SURELY_A_NAME),
/* harmony export */   r2: () => (/* binding */ readRunVariables)
/* harmony export */ });
/** A text that is shown as a name. Anything else may be a line of a private key. */
const SURELY_A_NAME = /^[A-Z0-9_]+$/;
/**
 * A variable's name for messages. A secret in base64 may end with `=` or `==`, and then it looks
 * like a name without a value.
 */
function shownName({ name, value }) {
    const mayBeSecret = !SURELY_A_NAME.test(name) && (value === '' || value === '=');
    return mayBeSecret ? 'a variable' : name;
}
/** The variables of a workflow run, which the command gets as the caller has them. */
const RUN_NAMES = [
    'CI',
    'GITHUB_ACTIONS',
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
/** The variables of a workflow run, each as `NAME=value`. */
function readRunVariables(variable) {
    return RUN_NAMES.flatMap((name) => {
        const value = variable(name);
        return value === undefined ? [] : [`${name}=${value}`];
    });
}
/** The variables that the script in the pod sets itself, and those that it gets from the run. */
const POD_NAMES = new Set([
    'HOME',
    'GITHUB_WORKSPACE',
    'GITHUB_OUTPUT',
    'GITHUB_STEP_SUMMARY',
    ...RUN_NAMES,
]);
/** The name of a namespace: a label of RFC 1123. */
const NAMESPACE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;


/***/ }),

/***/ 7270:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _N: () => (/* binding */ nameInText),
/* harmony export */   _c: () => (/* binding */ collectWarnings),
/* harmony export */   am: () => (/* binding */ COLLECTED_LISTED),
/* harmony export */   c0: () => (/* binding */ fileLines)
/* harmony export */ });
/* harmony import */ var _text_bytes_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1080);
/* harmony import */ var _text_say_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9892);
/* harmony import */ var _text_visible_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1573);



/** How many collected files, files that were left out, and patterns are listed. */
const COLLECTED_LISTED = 20;
/**
 * An untrusted name on one line, with nothing invisible in it. It is quoted if a reader could not
 * see otherwise where it begins and ends.
 */
function nameInText(name) {
    const seen = (0,_text_visible_js__WEBPACK_IMPORTED_MODULE_2__/* .visible */ .RK)(name);
    return seen === name && !/["\\]|^\s|\s$/.test(name) ? seen : `"${seen}"`;
}
function fileLines(files, most) {
    const lines = files
        .slice(0, most)
        .map(({ path, bytes }) => `${(0,_text_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .formatBytes */ .z3)(bytes).plain.padStart(10)}  ${nameInText(path)}`);
    return files.length > most
        ? [...lines, `… and ${(0,_text_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .formatCount */ .B4)(files.length - most).plain} more`]
        : lines;
}
const REASONS = {
    'not-a-file': (0,_text_say_js__WEBPACK_IMPORTED_MODULE_1__/* .say */ .cv) `it is not a regular file`,
    'not-utf-8': (0,_text_say_js__WEBPACK_IMPORTED_MODULE_1__/* .say */ .cv) `its name is not valid UTF-8`,
    'not-allowed': (0,_text_say_js__WEBPACK_IMPORTED_MODULE_1__/* .say */ .cv) `this system does not allow the name`,
};
/**
 * Warns about what did not come back: once for each pattern, and once for all files together,
 * because the runner shows only ten warnings per step. Each warning is one or more lines.
 */
function collectWarnings({ leftOut, unmatched, complaints }) {
    const named = leftOut
        .slice(0, COLLECTED_LISTED)
        .map(({ name, reason }) => (0,_text_say_js__WEBPACK_IMPORTED_MODULE_1__/* .say */ .cv) `Not collected: ${name} (${REASONS[reason]}).`);
    const more = leftOut.length - named.length;
    if (more > 0) {
        const verb = more === 1 ? (0,_text_say_js__WEBPACK_IMPORTED_MODULE_1__/* .say */ .cv) `was` : (0,_text_say_js__WEBPACK_IMPORTED_MODULE_1__/* .say */ .cv) `were`;
        named.push((0,_text_say_js__WEBPACK_IMPORTED_MODULE_1__/* .say */ .cv) `${(0,_text_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .formatCount */ .B4)(more)} more ${verb} not collected.`);
    }
    const patterns = unmatched
        .slice(0, COLLECTED_LISTED)
        .map((pattern) => [(0,_text_say_js__WEBPACK_IMPORTED_MODULE_1__/* .say */ .cv) `No files were collected for the pattern ${pattern}.`]);
    if (unmatched.length > patterns.length) {
        const count = (0,_text_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .formatCount */ .B4)(unmatched.length - patterns.length);
        patterns.push([(0,_text_say_js__WEBPACK_IMPORTED_MODULE_1__/* .say */ .cv) `No files were collected for ${count} more patterns.`]);
    }
    const said = complaints.map((complaint) => (0,_text_say_js__WEBPACK_IMPORTED_MODULE_1__/* .say */ .cv) `The pod reported: ${complaint}`);
    const others = [...named, ...said];
    return others.length > 0 ? [...patterns, others] : patterns;
}


/***/ }),

/***/ 5468:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JM: () => (/* binding */ setCommandId),
/* harmony export */   n0: () => (/* binding */ setOutputs),
/* harmony export */   t8: () => (/* binding */ maskOutputs)
/* harmony export */ });
/* unused harmony export OUTPUT_LIMIT */
/* harmony import */ var _azure_command_result_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5958);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1633);
/* harmony import */ var _text_cut_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3147);
/* harmony import */ var _text_say_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9892);
/* harmony import */ var _text_visible_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1573);





/** The runner ends a line at a carriage return, too. */
const LINE_END = /\r\n|\r|\n/;
/**
 * Masks the values of named step outputs line by line. The runner would mask every line of a whole
 * value, however short, and a brace, or a word like "no", would then be hidden everywhere in the
 * log. Reports show a line without its byte order mark or colors, so its parts are masked, too.
 */
function maskOutputs({ arrived, state }, names, host) {
    const texts = new Set();
    const missing = [];
    for (const name of names) {
        const entries = arrived.filter((entry) => entry.name.toLowerCase() === name.toLowerCase());
        if (entries.length === 0)
            missing.push(name);
        for (const { value } of entries) {
            for (const line of value.split(LINE_END)) {
                for (const part of [line, ...(0,_text_visible_js__WEBPACK_IMPORTED_MODULE_3__/* .partsAlwaysShown */ .bh)(line)])
                    texts.add(part);
            }
        }
    }
    for (const text of texts) {
        if (text.trim().length >= 3)
            host.mask(text);
    }
    if (state !== 'succeeded')
        return;
    for (const name of missing) {
        const warning = (0,_text_say_js__WEBPACK_IMPORTED_MODULE_2__/* .say */ .cv) `
      ${'mask-outputs'} names ${name}, but the command wrote no step output with that name.
    `;
        host.log.warn(warning);
    }
}
/**
 * The limit of the output `output`, in bytes: an environment variable of a later step cannot hold
 * 128 KiB.
 */
const OUTPUT_LIMIT = 96 * 1024;
/**
 * Sets all outputs, the small ones first: on a full disk, a later step still learns the state. The
 * file with the whole output comes last, so that it takes no space from what the step promises.
 *
 * @returns what went wrong first if the runner's file cannot be written
 */
function setOutputs(report, host) {
    const problems = [];
    const attempt = (work) => {
        try {
            work();
        }
        catch (error) {
            problems.push((0,_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error));
        }
    };
    const set = (name, value) => {
        attempt(() => {
            host.setOutput(name, value);
        });
    };
    const { verdict, output } = report;
    const small = smallOutputs(report);
    const reserved = new Set([...Object.keys(small), 'output', 'output-file']);
    for (const [name, value] of Object.entries(small))
        set(name, value);
    for (const { name, value } of verdict.stepOutputs) {
        const problem = problemWith(name, value, reserved);
        if (problem !== undefined) {
            host.log.warn(problem);
            continue;
        }
        attempt(() => {
            host.setStepOutput(name, value);
        });
    }
    set('output', (0,_text_cut_js__WEBPACK_IMPORTED_MODULE_4__/* .endOf */ .pJ)(output?.text ?? '', OUTPUT_LIMIT));
    set('output-file', output ? keepOutput(output.text, host) : '');
    return problems[0];
}
/** The outputs that action.yml declares, except `output` and `output-file`. */
function smallOutputs({ verdict, output, cause }) {
    return {
        state: verdict.state,
        'exit-code': verdict.exitCode ?? null,
        'output-truncated': output?.truncated ?? false,
        collected: verdict.collected?.folder ?? '',
        'command-id': verdict.commandId ?? '',
        reason: cause ? reasonOf(cause) : '',
        'started-at': verdict.startedAt ?? '',
        'finished-at': verdict.finishedAt ?? '',
        duration: (0,_azure_command_result_js__WEBPACK_IMPORTED_MODULE_0__/* .durationSeconds */ .o8)(verdict) ?? null,
    };
}
/**
 * Why an output of the command is ignored: its name is reserved, or the runner could not read it
 * back (FileCommandManager.cs): `NAME<<DELIMITER` ends the name at the first `<<`, so a name that
 * ends in `<` needs `NAME=value`, which is one line.
 */
function problemWith(name, value, reserved) {
    const ignored = (why) => (0,_text_say_js__WEBPACK_IMPORTED_MODULE_2__/* .say */ .cv) `The command wrote a step output named ${name}. ${why}, so the output was ignored.`;
    // The runner's table of outputs ignores letter case, perhaps also that of `ſ`, an old form of s.
    // Its lower case is `ſ` itself, and its upper case is S.
    if (reserved.has(name.toUpperCase().toLowerCase()))
        return ignored((0,_text_say_js__WEBPACK_IMPORTED_MODULE_2__/* .say */ .cv) `That name is reserved`);
    if (name.endsWith('<') && LINE_END.test(value)) {
        return ignored((0,_text_say_js__WEBPACK_IMPORTED_MODULE_2__/* .say */ .cv) `The runner cannot read a multiline value for such a name`);
    }
    return undefined;
}
/** An error's text, and names in the line, may have any length. */
const MAX_REASON = 4000;
/**
 * The line and the error's own words. A workflow may paste it into a script, where backticks would
 * run what is between them.
 */
function reasonOf({ line, errorText }) {
    const sentence = (0,_text_say_js__WEBPACK_IMPORTED_MODULE_2__/* .say */ .cv) `${line}.`.plain;
    const words = errorText.replaceAll('`', "'");
    return (0,_text_cut_js__WEBPACK_IMPORTED_MODULE_4__/* .shownStart */ .s)(words === '' ? sentence : `${sentence} ${words}`, MAX_REASON);
}
/** Sets the ID as soon as it is known, so that even a step that is killed leaves it behind. */
function setCommandId(id, host) {
    try {
        host.setOutput('command-id', id);
    }
    catch (error) {
        // The report sets it again. If that fails, the step fails.
        host.log.debug(`The output command-id cannot be written: ${(0,_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error)}`);
    }
}
/** A full disk must not hide the verdict. */
function keepOutput(text, host) {
    try {
        return host.keepOutput(text);
    }
    catch (error) {
        const warning = (0,_text_say_js__WEBPACK_IMPORTED_MODULE_2__/* .say */ .cv) `The output could not be written to a file: ${(0,_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error)}`;
        host.log.warn(warning);
        return '';
    }
}


/***/ }),

/***/ 9887:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  gm: () => (/* binding */ publishStep)
});

// UNUSED EXPORTS: publish, publishLeast

// EXTERNAL MODULE: ./src/azure/command-result.ts
var command_result = __webpack_require__(5958);
// EXTERNAL MODULE: ./src/failure.ts
var failure = __webpack_require__(1633);
// EXTERNAL MODULE: ./src/text/bytes.ts
var text_bytes = __webpack_require__(1080);
// EXTERNAL MODULE: ./src/text/duration.ts
var duration = __webpack_require__(9495);
// EXTERNAL MODULE: ./src/text/say.ts
var say = __webpack_require__(9892);
// EXTERNAL MODULE: ./src/verdict.ts + 2 modules
var src_verdict = __webpack_require__(9478);
// EXTERNAL MODULE: ./src/text/visible.ts
var visible = __webpack_require__(1573);
// EXTERNAL MODULE: ./src/text/quote.ts
var quote = __webpack_require__(5383);
;// CONCATENATED MODULE: ./src/messages/paste.ts


/** What stands for a value that cannot be pasted, and that the user has to fill in. */
const PLACEHOLDER = 'VALUE';
/**
 * An expression of a workflow, such as `needs.build.outputs.id`. It is ours: a value never becomes
 * one.
 */
function expression(path) {
    return { kind: 'expression', path };
}
/**
 * A command for a POSIX shell. Each value is one word or part of one, whatever it contains. A part
 * of a command that was built by this function stays as it is.
 */
function sh(literals, ...values) {
    const words = values.map((value, at) => {
        if (isPaste(value))
            return value.lines.join('\n');
        const beginsWord = /(?:^|\s)$/.test(String(literals[at]));
        // A word that begins with a dash would be an option, and helm's --post-renderer runs a program.
        const isOption = beginsWord && unquotedText(value).startsWith('-');
        return isOption ? PLACEHOLDER : shellWord(value);
    });
    return { kind: 'sh', lines: [String.raw({ raw: literals }, ...words)] };
}
/** Inputs to paste on a host. One that is undefined is left out. */
function pasteInputs(given, { isStep, paste }) {
    const escape = isStep ? scalar : shellWord;
    const written = {};
    for (const [name, value] of Object.entries(given)) {
        if (value !== undefined)
            written[name] = escape(value);
    }
    return { kind: isStep ? 'yaml' : 'sh', lines: paste(written) };
}
/** Lines to read as they are, such as a list of files. Untrusted text. */
function listing(lines) {
    return { kind: 'listing', lines: lines.map(visible/* visible */.RK) };
}
/** How wide a line of a command is before it is broken, in characters. */
const MAX_WIDTH = 100;
/** Quoted text, an escaped character, or a blank before an option. */
const QUOTED_OR_BLANK = /'[^']*'|"(?:\\[^]|[^"\\])*"|\\[^]| (?=-)/g;
/** The lines of a paste as they are shown: a wide command is broken before its options. */
function shownLines({ kind, lines }) {
    return kind === 'sh' ? lines.flatMap(commandLines) : lines;
}
function commandLines(command) {
    const isWide = command.split('\n').some((line) => line.length > MAX_WIDTH);
    // No shell can hold NUL, so it is not in the command.
    const parts = isWide
        ? command.replaceAll(QUOTED_OR_BLANK, (part) => (part === ' ' ? '\0' : part)).split('\0')
        : [command];
    const lines = [];
    for (const part of parts) {
        const longer = `${lines.at(-1)} ${part}`;
        // What runs in the cluster tells similar commands apart.
        const isOwnLine = /^--command[= ]/.test(part);
        if (lines.length === 0)
            lines.push(part);
        else if (isOwnLine || longer.length > MAX_WIDTH)
            lines.push(`  ${part}`);
        else
            lines[lines.length - 1] = longer;
    }
    return lines.join(' \\\n').split('\n');
}
/** A value as a word of a POSIX shell, or as part of one. */
function shellWord(value) {
    if (isExpression(value) || isLive(value))
        return PLACEHOLDER;
    return (0,quote/* quote */.h)((0,visible/* visible */.RK)(unquotedText(value)));
}
/** Words and paths that are text in YAML without quotes. */
const PLAIN = /^(?:\.\/)?[a-z]\w*(?:\/\w*)*$|^\d+[hms]$/i;
/** Words that look like text and are not. */
const NOT_TEXT = /^(?:true|false|yes|no|on|off|y|n|null)$/i;
/** A value as a scalar of YAML. */
function scalar(value) {
    if (isExpression(value))
        return `\${{ ${unquotedText(value)} }}`;
    if (isLive(value))
        return PLACEHOLDER;
    const text = unquotedText(value);
    return PLAIN.test(text) && !NOT_TEXT.test(text) ? text : (0,visible/* visible */.RK)(JSON.stringify(text));
}
/** JSON as one word of a POSIX shell, on several lines. */
function json(value) {
    const text = (0,visible/* visibleLines */.gB)(JSON.stringify(value, undefined, 2));
    return { kind: 'sh', lines: isLive(text) ? [PLACEHOLDER] : (0,quote/* quote */.h)(text).split('\n') };
}
function isPaste(value) {
    return typeof value === 'object' && value !== null && 'lines' in value;
}
function isExpression(value) {
    return typeof value === 'object';
}
/** Whether a value contains an expression, which GitHub evaluates anywhere in a workflow. */
function isLive(value) {
    return unquotedText(value).includes('${{');
}
function unquotedText(value) {
    return typeof value === 'object' ? value.path : value;
}

;// CONCATENATED MODULE: ./src/report/blocks.ts



/**
 * Blocks in a log or an annotation, one below the other. What is to be pasted is indented by two
 * spaces.
 */
function plainBlocks(blocks) {
    const lines = [];
    for (const [at, block] of blocks.entries()) {
        // Two blocks of YAML belong to two places of a workflow, so they stay apart.
        if (block.kind === 'yaml' && blocks[at - 1]?.kind === 'yaml')
            lines.push('');
        lines.push(...plainLines(block));
    }
    return lines.join('\n');
}
function plainLines(block) {
    switch (block.kind) {
        case 'text':
            return [block.markdown];
        case 'items':
            return itemLines(block.items);
        case 'sh':
        case 'yaml':
        case 'listing':
            return shownLines(block).map((line) => (line === '' ? '' : `  ${line}`));
    }
}
/** Blocks in a job summary. */
function markdownBlocks(blocks) {
    return blocks.map(markdownBlock).join('');
}
function markdownBlock(block) {
    switch (block.kind) {
        case 'text':
            return paragraph(block);
        case 'items':
            // One block, or GitHub would space them out.
            return `\n${itemLines(block.items).join('\n')}\n`;
        case 'sh':
            return codeBlock(shownLines(block).join('\n'), 'bash');
        case 'yaml':
            return codeBlock(block.lines.join('\n'), 'yaml');
        case 'listing':
            return codeBlock(block.lines.join('\n'));
    }
}
function itemLines(items) {
    return items.map(({ markdown }) => `- ${markdown}`);
}
/** A text by itself in a job summary; nothing if it is empty. */
function paragraph({ markdown }) {
    return markdown === '' ? '' : `\n${markdown}\n`;
}
/**
 * Untrusted lines by themselves in a job summary, as code that wraps, so that an error on one long
 * line can be read whole. In a fenced block, it would have to be scrolled.
 */
function wrappedLines(text) {
    const lines = printable(text)
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map(codeLine);
    return lines.length === 0 ? '' : `\n${lines.join('\\\n')}\n`;
}
/** A line as a code span. Markdown takes off the blanks, which keep its own backticks apart. */
function codeLine(line) {
    const ticks = (0,say/* ticksAround */.kh)(line, 1);
    return `${ticks} ${line} ${ticks}`;
}
/**
 * Puts untrusted text into a fenced block. The fence is longer than any run of backticks in the
 * text, with blank lines around it, so that no part is read as Markdown or HTML. The language is a
 * literal of ours.
 */
function codeBlock(text, language = 'text') {
    const shown = printable(text);
    const fence = (0,say/* ticksAround */.kh)(shown, 3);
    const lineEnd = shown === '' || shown.endsWith('\n') ? '' : '\n';
    return `\n${fence}${language}\n${shown}${lineEnd}${fence}\n`;
}
/** Untrusted text in lines, without colors and other terminal controls. */
function printable(text) {
    return ((0,visible/* withoutEscapes */.Lx)(text)
        .replaceAll(/\r\n?/g, '\n')
        // Control characters that no browser shows: all except tab and newline.
        // eslint-disable-next-line no-control-regex
        .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '\uFFFD'));
}
/** A block that opens on a click. */
function details({ plain }, markdown) {
    // Within HTML, a code span would not be read as code.
    const title = plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    return `\n<details><summary>${title}</summary>\n${markdown}\n</details>\n`;
}

// EXTERNAL MODULE: ./src/text/cut.ts
var cut = __webpack_require__(3147);
// EXTERNAL MODULE: ./src/azure/managed-cluster.ts
var managed_cluster = __webpack_require__(2293);
// EXTERNAL MODULE: ./src/pod/output.ts
var pod_output = __webpack_require__(4742);
;// CONCATENATED MODULE: ./src/report/excerpt.ts




const EXCERPT_LINES = 10;
const EXCERPT_CHARACTERS = 1200;
/** What begins the last lines of an output, in every place that has them. */
const LAST_LINES = (0,say/* say */.cv) `The last lines of its output:`;
function shownOutput(output, firstError) {
    const lines = shown((0,cut/* shownEnd */.$g)(output.text, EXCERPT_CHARACTERS)).trimEnd().split('\n');
    const last = lines.slice(-EXCERPT_LINES).join('\n');
    const first = excerpt((0,say/* say */.cv) `The first error in its output:`, shown(firstError?.line ?? ''));
    return {
        ...output,
        firstError: firstError && first && { ...first, linesAfter: firstError.linesAfter },
        lastLines: excerpt(LAST_LINES, last),
    };
}
function excerpt(label, text) {
    return text.trim() === '' ? undefined : { label, text };
}
function shown(text) {
    return (0,cut/* shownStart */.s)((0,visible/* visibleLines */.gB)((0,pod_output/* withoutScriptPath */.T)((0,visible/* withoutEscapes */.Lx)(text))), EXCERPT_CHARACTERS);
}

// EXTERNAL MODULE: ./src/azure/answer.ts
var azure_answer = __webpack_require__(6793);
// EXTERNAL MODULE: ./src/azure/cloud.ts
var azure_cloud = __webpack_require__(6370);
// EXTERNAL MODULE: ./src/collect/collection.ts
var collection = __webpack_require__(3500);
// EXTERNAL MODULE: ./src/pod/stream.ts
var stream = __webpack_require__(9983);
// EXTERNAL MODULE: ./src/hosts/words.ts
var words = __webpack_require__(2266);
;// CONCATENATED MODULE: ./src/messages/values.ts








/** What is known before the inputs are read. */
const NOTHING_KNOWN = {
    words: words/* WORKFLOW */.E,
    cluster: { subscriptionId: 'SUBSCRIPTION', resourceGroup: 'GROUP', name: 'CLUSTER' },
    cloud: azure_cloud/* PUBLIC_CLOUD */.qZ,
};
/** The permissions that run command needs, as ARM names them. */
const RUN_COMMAND = 'Microsoft.ContainerService/managedClusters/runCommand/action';
const COMMAND_RESULTS = 'Microsoft.ContainerService/managedClusters/commandResults/read';
/** Optional: it only tells earlier what is wrong with the cluster. */
const READ_CLUSTER = 'Microsoft.ContainerService/managedClusters/read';
/** The pods of a cluster, in permissions inside it. */
const PODS = 'Microsoft.ContainerService/managedClusters/pods';
/** Whole seconds, as the inputs that are durations take them. */
function durationInput(seconds) {
    return (0,duration/* formatDuration */.a3)(seconds).plain.replaceAll(' ', '');
}
/** The biggest files, which are the ones to look at first. */
function biggestFiles(files) {
    if (files.length === 0)
        return undefined;
    return [
        listing(files.map(({ path, bytes }) => `${(0,text_bytes/* formatBytes */.z3)(bytes).plain.padStart(8)}  ${path}`)),
    ];
}
/** What placeholders and conditions mean, whatever the message. */
function valuesOf(situation) {
    const { words, state, commandId, exitCode, packed, timeout } = situation;
    return {
        workflow: words.isStep,
        prompt: !words.isStep,
        step: words.step,
        action: words.action,
        runner: words.runner,
        workspace: words.workspace,
        rerun: words.rerun,
        debug: words.debug,
        job: words.job,
        issues: situation.issues,
        login: words.login,
        inputs: words.isStep ? (0,say/* say */.cv) `inputs` : (0,say/* say */.cv) `options`,
        wholeOutput: words.isStep ? 'output-file' : 'stdout',
        exclusion: exclusion(words),
        ...clusterValues(situation),
        ...signInValues(situation),
        commandId,
        commandIdHere: commandId,
        earlier: situation.command === undefined,
        timeout: timeout === undefined ? undefined : durationInput(timeout),
        exitCode,
        exitedWithZero: exitCode === 0,
        started: situation.started === 'command',
        running: state === 'running',
        notStarted: state === 'not-started',
        unclear: state === 'unknown',
        submitted: (0,src_verdict/* mayRun */.xP)(state),
        ...podValues(situation),
        namespace: situation.namespace ?? 'NAMESPACE',
        nothingSent: packed?.files.length === 0,
    };
}
/** How to exclude files: the middle of a sentence. */
function exclusion({ input, isStep }) {
    return isStep
        ? (0,say/* say */.cv) `a line in ${input('files')} that begins with ${'!'}`
        : (0,say/* say */.cv) `${"--files '!PATTERN'"}`;
}
function clusterValues({ cluster, cloud }) {
    const { subscriptionId, resourceGroup, name } = cluster;
    return {
        subscription: subscriptionId,
        resourceGroup,
        cluster: name,
        clusterId: (0,managed_cluster/* resourceId */.a)(cluster),
        onCluster: sh `--subscription ${subscriptionId} -g ${resourceGroup} -n ${name}`,
        cloud: cloud.name,
        cloudAudience: cloud.audience,
        clouds: (0,say/* list */.p_)(azure_cloud/* CLOUD_NAMES */.vD),
        metadataUrl: cloud.resourceManager + azure_cloud/* METADATA_PATH */.GN,
    };
}
function signInValues({ application, cloud, cluster, words }) {
    const clientId = application?.clientId ?? 'CLIENT_ID';
    // The same sign-in to the same cluster, without inputs that have their defaults.
    const own = {
        ownClientId: application?.clientId,
        ownTenantId: application?.tenantId,
        ownAudience: application?.audience === cloud.audience ? undefined : application?.audience,
        ownCloud: cloud.name === azure_cloud/* PUBLIC_CLOUD */.qZ.name ? undefined : cloud.name,
    };
    const inputs = {
        cluster: cluster.name,
        'resource-group': cluster.resourceGroup,
        'subscription-id': cluster.subscriptionId,
        'client-id': own.ownClientId,
        'tenant-id': own.ownTenantId,
        audience: own.ownAudience,
        environment: own.ownCloud,
    };
    return {
        ...own,
        runHere: { ...pasteInputs(inputs, words), kind: 'sh' },
        clientId,
        tenantId: application?.tenantId ?? 'TENANT_ID',
        principal: clientId,
        identityQuery: `[?clientId=='${clientId}'].{name:name, resourceGroup:resourceGroup}`,
        role: json({
            Name: 'AKS Run Command',
            Description: 'Run commands in AKS clusters and read their results',
            Actions: [READ_CLUSTER, RUN_COMMAND, COMMAND_RESULTS],
            AssignableScopes: [`/subscriptions/${cluster.subscriptionId}`],
        }),
        stopRole: json({
            Name: 'AKS Run Command Stop',
            Description: 'Enter the pods of commands in AKS clusters, and stop the commands',
            DataActions: [`${PODS}/read`, `${PODS}/exec/action`],
            AssignableScopes: [`/subscriptions/${cluster.subscriptionId}`],
        }),
    };
}
const IN_AKS_COMMAND = '--namespace aks-command';
function podValues({ commandId }) {
    const pod = podOf(commandId);
    return {
        pod,
        findPod: findPod(commandId),
        deletePod: `kubectl delete pod ${pod} ${IN_AKS_COMMAND}`,
    };
}
function podOf(commandId) {
    return commandId === undefined ? 'POD' : `command-${commandId}`;
}
/**
 * How to find the pod of a command. Without an ID, only the hash of its submission's boundary
 * identifies it, which is in the pod's specification.
 */
function findPod(commandId, hash = 'HASH') {
    if (commandId !== undefined)
        return `kubectl get pod ${podOf(commandId)} ${IN_AKS_COMMAND}`;
    // The brackets keep the search from finding its own pod.
    const isIt = `tostring | test("[${hash.charAt(0)}]${hash.slice(1)}")`;
    const filter = `.items[] | select(${isIt}) | .metadata.name, .status.phase`;
    return `kubectl get pods ${IN_AKS_COMMAND} --output json | jq -r '${filter}'`;
}

;// CONCATENATED MODULE: ./src/messages/facts.ts










function inputFacts({ names, problems }) {
    const [problem = (0,say/* say */.cv) ``] = problems;
    return {
        names: names.length === 0 ? undefined : (0,say/* list */.p_)(names),
        problems: items(problems),
        problem: (0,say/* withoutPeriod */.Kx)(problem),
    };
}
function exitCodeFacts({ exitCode, allowed }, { showsNoError = false, words }) {
    // A command that ended with 0 has no line that ended it.
    const noError = showsNoError && exitCode !== 0;
    return {
        // A failure has what its line needs, whatever is known besides.
        exitCode,
        codes: allowed && words.isStep ? [0, ...allowed].join(', ') : undefined,
        noError,
        oneWithoutError: noError && exitCode === 1,
    };
}
function items(texts) {
    return [{ kind: 'items', items: texts }];
}
function filesFacts(problem) {
    switch (problem.kind) {
        case 'no-match': {
            const { patterns, nearest } = problem;
            return {
                patterns: (0,say/* list */.p_)(patterns),
                didYouMean: nearest.map((name) => (0,say/* say */.cv) `Did you mean ${name}?`),
            };
        }
        case 'all-excluded':
            return { patterns: (0,say/* list */.p_)(problem.patterns), exclusions: (0,say/* list */.p_)(problem.exclusions) };
        case 'invalid-pattern': {
            const { invalid } = problem;
            return {
                one: invalid.length === 1,
                invalid: items(invalid.map(({ line, problem }) => (0,say/* say */.cv) `${line}: ${problem}.`)),
            };
        }
        case 'outside':
            return { path: problem.path, target: problem.target };
        case 'too-many':
            return { path: problem.path, limit: (0,text_bytes/* formatCount */.B4)(problem.limit) };
        case 'working-directory-outside':
        case 'working-directory-missing':
        case 'broken-link':
        case 'unreadable':
        case 'not-a-file':
        case 'own-folder':
        case 'unsafe-name':
            return { path: problem.path };
    }
}
function exactSize(bytes) {
    return (0,say/* say */.cv) `${(0,text_bytes/* formatBytes */.z3)(bytes)} (${(0,text_bytes/* formatCount */.B4)(bytes)} bytes)`;
}
/** What Entra compares: the claims of the ID token. */
function signInFacts({ answer, claims, resource }, situation) {
    // A claim that could not be read is empty.
    const issuer = claims.issuer || 'ISSUER';
    const subject = claims.subject || 'SUBJECT';
    const audience = claims.audience || (situation.application?.audience ?? 'AUDIENCE');
    const credentialName = nameFor(subject);
    const entraIssuer = / issuer '([^']{1,300})'/.exec(messageIn(answer))?.[1];
    return {
        issuer,
        subject,
        audience,
        entraIssuer: entraIssuer === issuer ? undefined : entraIssuer,
        resource: resource === azure_cloud/* AKS_SERVER */.QN ? (0,say/* say */.cv) `${resource} (AKS)` : resource,
        subjectWithIds: IMMUTABLE.test(subject),
        subjectByName: BY_NAME.test(subject),
        branchOrTag: situation.words.isStep && subject.includes(':ref:refs/'),
        credentialName,
        credential: json({ name: credentialName, issuer, subject, audiences: [audience] }),
    };
}
/**
 * A subject with the numeric IDs of the owner and the repository, which a new owner of the names
 * does not have.
 */
const IMMUTABLE = /^repo:[^/@\s]{1,100}@\d{1,20}\/[^/:@\s]{1,100}@\d{1,20}:/;
/** The same with the names alone. */
const BY_NAME = /^repo:[^/:@\s]{1,100}\/[^/:@\s]{1,100}:/;
/** A name for a credential. Entra allows 3 to 120 letters, digits, `-`, and `_`. */
function nameFor(subject) {
    const words = subject.replaceAll(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
    return `github-${words}`.slice(0, 120).replace(/-$/, '');
}
/** The permission and the identity that ARM names. */
function deniedIn(answer, permission, { application }) {
    const text = messageIn(answer);
    const named = /perform action '([\w./]{1,200})'/.exec(text)?.[1];
    const objectId = /with object id '([0-9a-f-]{36})'/i.exec(text)?.[1];
    return {
        permission: named ?? permission,
        principal: application?.clientId ?? objectId ?? 'CLIENT_ID',
    };
}
/** What is known about a command that was not seen to start. */
function startFacts({ startUnseen = false, mayStartUntil }) {
    const isLate = mayStartUntil !== undefined;
    return {
        mayStartUntil: isLate ? (0,duration/* clockTime */.qo)(mayStartUntil) : undefined,
        startUnseen: startUnseen && !isLate,
    };
}
function startUnclearFacts(failure) {
    const { minutesApart } = failure;
    const apart = minutesApart && (0,duration/* formatDuration */.a3)(minutesApart * 60);
    return { apart, ...startFacts(failure) };
}
function noAnswerFacts(failure) {
    const { answer, seconds } = failure;
    const signedOut = answer?.kind === 'unanswered' && answer.sent === 'unsigned';
    return { time: (0,duration/* formatDuration */.a3)(seconds), signedOut, ...startFacts(failure) };
}
function notWaitedFacts(_failure, { jobId = 'JOB_ID', commandId, words }) {
    const output = expression(`needs.${jobId}.outputs.command-id`);
    return { commandIdHere: words.isStep ? output : commandId };
}
function cancelFacts(failure, { commandId, isStateSaved = false, state, words }) {
    const isOpen = (0,src_verdict/* mayRun */.xP)(state);
    const byPostStep = isOpen && words.isStep && isStateSaved;
    return {
        ...startFacts(failure),
        findPod: findPod(commandId, failure.hash),
        byPostStep,
        byHand: isOpen && !byPostStep,
    };
}
function notStoppedFacts(failure, { commandId }) {
    const { startUnseen = false, mayStartUntil, hash } = failure;
    const tooLate = startUnseen && hash !== undefined && mayStartUntil === undefined;
    return { ...startFacts(failure), findPod: findPod(commandId, hash), tooLate };
}
function unprovenFacts({ containerExitCode }) {
    const restarted = containerExitCode === stream/* NO_BOUNDARY_EXIT_CODE */.K1;
    return { restarted, containerExitCode: restarted ? undefined : containerExitCode };
}
function collectFacts(problem) {
    switch (problem.kind) {
        case 'uncollected':
            return { limit: collection/* COLLECT_LIMIT */.N / 1024 };
        case 'invalid':
            return { problem: problem.problem };
        case 'unwritable':
            return { detail: problem.detail };
        case 'no-match':
            return { patterns: (0,say/* list */.p_)(problem.patterns) };
        case 'lost':
            return {};
    }
}
/** What an answer says. Untrusted text. */
function messageIn(answer) {
    return answer.kind === 'unanswered' ? answer.cause : (0,azure_answer/* serviceError */.cg)(answer.body).message;
}

// EXTERNAL MODULE: ./src/files/pack.ts
var pack = __webpack_require__(6686);
;// CONCATENATED MODULE: ./src/messages/service-causes.ts



// What the answers of services mean. Of a list, the first cause that matches wins.
/** What can come between the runner and a service that did not answer. */
const NETWORK = [
    { name: 'untrusted-certificate', status: 0, texts: [/\bcertificate\b|altnames/i] },
    { name: 'proxy-sign-in', status: 0, texts: [/the proxy (?<proxy>\S{1,300}) answered 407/] },
    {
        name: 'proxy-refused',
        status: 0,
        texts: [/the proxy (?<proxy>\S{1,300}) (?:answered|refused)/],
    },
];
/** What Entra says about a sign-in. */
const ENTRA = [
    { name: 'no-federated-credential', codes: ['AADSTS700213', 'AADSTS70021'] },
    { name: 'subject-case', codes: ['AADSTS7002138'] },
    { name: 'no-credentials', codes: ['AADSTS70025'] },
    { name: 'wrong-issuer', codes: ['AADSTS700211'] },
    { name: 'wrong-audience', codes: ['AADSTS700212'] },
    { name: 'unknown-application', codes: ['AADSTS700016'] },
    { name: 'unknown-tenant', codes: ['AADSTS90002'] },
    { name: 'id-token-expired', codes: ['AADSTS700024'] },
    { name: 'unknown-resource', codes: ['AADSTS500011', 'AADSTS1002012'] },
    { name: 'conditional-access', codes: ['AADSTS53003'] },
    { name: 'application-disabled', codes: ['AADSTS7000112'] },
    { name: 'no-service-principal', codes: ['AADSTS7000229'] },
    { name: 'entra-temporary', codes: ['AADSTS90033'] },
    { name: 'entra-unreachable', status: 0 },
];
/** What a session says about a sign-in. */
const SESSION = [
    { name: 'wrong-secret', codes: ['AADSTS7000215'] },
    { name: 'expired-secret', codes: ['AADSTS7000222'] },
    { name: 'conditional-access', codes: ['AADSTS53003'] },
    // Azure Cloud Shell's own session, for many resources (azure-cli#29057).
    { name: 'no-managed-identity', texts: [/Failed to connect to MSI/] },
    {
        name: 'session-expired',
        texts: [/AADSTS(?:700024|700082|70043|50173)\b|\bexpired\b|Interactive auth/],
    },
];
const ARM_UNREACHABLE = { name: 'arm-unreachable', status: 0 };
/** What a webhook and the API server's own ValidatingAdmissionPolicy say. */
const POLICY_DENIED = {
    name: 'policy-denied',
    texts: [
        /admission webhook .{0,300}denied the request/is,
        /ValidatingAdmissionPolicy .{0,600}denied request/is,
    ],
};
/** Permissions, names, and limits in Azure Resource Manager. */
const ARM = [
    { name: 'authorization-failed', codes: ['AuthorizationFailed'] },
    { name: 'subscription-not-found', codes: ['SubscriptionNotFound', 'InvalidSubscriptionId'] },
    { name: 'resource-group-not-found', codes: ['ResourceGroupNotFound'] },
    {
        name: 'cluster-not-found',
        codes: ['ResourceNotFound'],
        texts: [/managedClusters\/[^/']{1,100}'/i],
    },
    { name: 'token-rejected', status: 401 },
    { name: 'cluster-token-missing', codes: ['MissingAADClusterToken'] },
    { name: 'not-registered', codes: ['MissingSubscriptionRegistration'] },
    // Seen with versions that a cloud did not have yet, had retired, or had for some requests only
    // (azure-cli#23985, nebari#2374, azure-cli#28368).
    { name: 'no-api-version', codes: ['NoRegisteredProviderFound'] },
    { name: 'blocked-by-policy', codes: ['RunCommandBlockedByAzurePolicy'] },
    { name: 'locked', codes: ['ScopeLocked'] },
    { name: 'run-command-disabled', texts: [/run.?command[^.]{0,40}\bdisabled\b/i] },
    {
        name: 'cluster-stopped',
        texts: [/\bPowerState\W{1,3}Stopped\b/i, /\bcluster\b[^.]{0,80}\bstopped\b/i],
    },
    {
        name: 'cluster-failed',
        texts: [/\bfailed (?:provisioning )?state\b/i, /provisioning ?state[^.]{0,60}\bfailed\b/i],
    },
    POLICY_DENIED,
    {
        name: 'pod-forbidden',
        texts: [
            /(?:exceeded|failed) quota/i,
            /violates PodSecurity/i,
            /\b(?:min|max)imum \S{1,100} usage per /i,
        ],
    },
    { name: 'conflict', status: 409, texts: [/\bin[ -]progress\b/i] },
    {
        name: 'request-too-large',
        status: 413,
        facts: ({ packed }) => ({
            size: packed && (0,text_bytes/* formatBytes */.z3)((0,pack/* base64Length */.wE)(packed.zipBytes)),
            biggest: biggestFiles((0,pack/* biggestOf */.lj)(packed?.files ?? [])),
        }),
    },
    { name: 'throttled', status: 429 },
    ARM_UNREACHABLE,
];
/** Answers that leave open whether the command runs. */
const SUBMISSION = [
    { name: 'submission-torn', status: 0 },
    {
        name: 'submission-webhook',
        texts: [/failed calling webhook "?(?<webhook>[\w.-]{1,253})/],
    },
    POLICY_DENIED,
    { name: 'node-unreachable', texts: [/SPDYExecutor[^]{0,300}error dialing backend/] },
    {
        name: 'api-server-slow',
        texts: [/\/pods\/command-[^]{0,300}net\/http: TLS handshake timeout/],
    },
];
/** What kubectl says if it cannot enter the pod of a command. */
const STOP = [
    { name: 'stop-denied', texts: [/\bdenied (?:the )?request\b/] },
    {
        name: 'stop-forbidden',
        texts: [/\bcannot (?:get|list|create) resource "pods(?:\/exec)?"/],
    },
];

;// CONCATENATED MODULE: ./src/messages/failures.ts





/** Users report that AKS ended commands after about ten minutes: no longer timeout is suggested. */
const AKS_MAY_END_AFTER = 600;
/** One row for each failure. The compiler demands a row for each code of `Failure`. */
const FAILURES = {
    // Inputs and files
    'invalid-inputs': {
        name: ({ problems }, { words }) => 
        // At a prompt, nothing has to be short.
        problems.length === 1 && !words.isStep ? 'invalid-option' : undefined,
        facts: inputFacts,
        isAboutInputs: true,
        isStateExpected: true,
    },
    files: {
        name: ({ problem }) => `files-${problem.kind}`,
        facts: ({ problem }) => filesFacts(problem),
    },
    'too-large': {
        facts: ({ afterPacking, bytes, limit, biggest }) => ({
            packed: afterPacking,
            size: exactSize(bytes),
            limit: exactSize(limit),
            biggest: biggestFiles(biggest),
        }),
    },
    // Sign-in
    'no-id-token': { name: (_failure, { startedBy }) => startedBy },
    'id-token': { said: detailOf, causes: { of: NETWORK, by: signsInDetail } },
    entra: {
        name: ({ answer }) => ((0,azure_answer/* isTransient */.dg)(answer) ? 'entra-temporary' : undefined),
        facts: signInFacts,
        said: answerOf,
        causes: {
            of: [...NETWORK, ...ENTRA],
            by: ({ answer }) => {
                const signs = signsInAnswer({ answer });
                return answer.kind === 'unanswered' ? signs : { ...signs, code: aadstsIn(signs.text) };
            },
        },
    },
    'no-session': { said: detailOf, causes: { of: SESSION, by: signsInDetail } },
    'session-failed': { said: detailOf, causes: { of: SESSION, by: signsInDetail } },
    // The cluster
    'cloud-metadata': {
        said: answerOf,
        causes: { of: [...NETWORK, ARM_UNREACHABLE], by: signsInAnswer },
    },
    'cluster-unreadable': {
        facts: ({ answer }, situation) => deniedIn(answer, READ_CLUSTER, situation),
        said: answerOf,
        causes: { of: [...NETWORK, ...ARM], by: signsInAnswer },
    },
    'run-command-disabled': {
        // The resource group of a Fleet Manager's hub has a name that begins with `FL_`.
        name: (_failure, { cluster }) => cluster.resourceGroup.startsWith('FL_') ? 'fleet-hub' : undefined,
    },
    'cluster-stopped': {},
    // The submission
    'submission-refused': {
        facts: ({ answer }, situation) => deniedIn(answer, RUN_COMMAND, situation),
        said: answerOf,
        causes: { of: [...NETWORK, ...ARM], by: signsInAnswer },
    },
    'submission-unclear': {
        facts: ({ hash }, { commandId }) => ({ findPod: findPod(commandId, hash) }),
        said: answerOf,
        causes: { of: SUBMISSION, by: signsInAnswer },
    },
    'did-not-start': {
        facts: ({ submissions }) => ({ submissions: submissions > 1 ? submissions : undefined }),
        said: answerOf,
    },
    'start-unclear': { facts: startUnclearFacts, said: answerOf },
    // The wait
    'no-answer-in-time': { facts: noAnswerFacts, said: answerOf },
    'result-missing': {
        facts: ({ answer }, situation) => deniedIn(answer, COMMAND_RESULTS, situation),
        said: answerOf,
        causes: { of: ARM, by: signsInAnswer },
    },
    'result-forbidden': {
        facts: ({ answer }, situation) => deniedIn(answer, COMMAND_RESULTS, situation),
        said: answerOf,
    },
    'not-waited': { facts: notWaitedFacts, isStateExpected: true },
    cancelled: { facts: cancelFacts },
    'not-stopped': {
        name: ({ problem }) => `stop-${problem.kind}`,
        facts: notStoppedFacts,
        said: ({ problem }) => {
            if (problem.kind === 'rejected')
                return problem.detail;
            return problem.kind === 'not-run' && problem.failure ? saidIn(problem.failure) : '';
        },
        causes: {
            of: STOP,
            by: ({ problem }) => ({ text: problem.kind === 'rejected' ? problem.detail : '' }),
        },
    },
    stopped: {
        name: ({ signaled }) => {
            if (signaled === undefined)
                return 'ended-in-doubt';
            return signaled ? 'stopped' : 'ended-before-stop';
        },
        isOutputNoCause: true,
    },
    // The end of the command
    'pod-refused': { name: ({ doubt }) => doubt && `pod-refused-${doubt}` },
    'aks-failed': {
        name: ({ reason }) => {
            if (/^Unschedulable\b/i.test(reason))
                return 'unschedulable';
            return /ImagePullBackOff|ErrImagePull/i.test(reason) ? 'image-not-pulled' : undefined;
        },
        facts: (failure) => ({
            evicted: /^Evicted\b/i.test(failure.reason),
            silent: failure.silent,
            ...startFacts(failure),
        }),
        said: ({ reason }) => reason,
    },
    unproven: { facts: unprovenFacts },
    'exit-code': { facts: exitCodeFacts, isExitCode: true },
    'timed-out': {
        facts: ({ seconds }) => ({
            time: (0,duration/* formatDuration */.a3)(seconds),
            longer: seconds < AKS_MAY_END_AFTER ? durationInput(AKS_MAY_END_AFTER) : undefined,
        }),
    },
    // What the pod lacks
    'no-bash': {},
    'no-namespace': { said: detailOf },
    'no-tool': {
        name: ({ tool }) => (tool === 'disk' ? 'no-disk' : undefined),
        facts: ({ tool }) => ({ tool }),
    },
    'no-variables': {},
    // What the command handed over
    'output-lost': {},
    'outputs-lost': {
        facts: ({ isChanged }) => ({ isChanged }),
        // Perhaps there were none.
        isOnlyAlone: true,
    },
    'outputs-malformed': { facts: ({ line, problem }) => ({ line, problem }) },
    'outputs-too-large': {},
    collect: {
        name: ({ problem }) => `collect-${problem.kind === 'uncollected' ? problem.because : problem.kind}`,
        facts: ({ problem }) => collectFacts(problem),
    },
    // The report
    'outputs-unwritable': { said: detailOf },
    unexpected: { said: detailOf },
};
/** What is special about a failure. */
function rowOf(failure) {
    const code = failure.code;
    return FAILURES[code];
}
/** What a service or a program said about a failure. Untrusted text. */
function saidIn(failure) {
    return rowOf(failure).said?.(failure) ?? '';
}
function detailOf({ detail }) {
    return detail;
}
function answerOf({ answer }) {
    return answer === undefined ? '' : answerText(answer);
}
/** Status, code, message, and the IDs that Azure support asks for. */
function answerText(answer) {
    if (answer.kind === 'unanswered') {
        return answer.sent === 'unsigned' ? answer.cause : `Connection error: ${answer.cause}`;
    }
    return [(0,azure_answer/* describeAnswer */.O1)(answer), (0,azure_answer/* requestIds */.qs)(answer)].filter((part) => part !== '').join('\n');
}
function signsInDetail({ detail }) {
    return { status: 0, text: detail, code: aadstsIn(detail) };
}
function signsInAnswer({ answer }) {
    if (answer.kind === 'unanswered')
        return { status: 0, text: answer.cause };
    const { code, message } = (0,azure_answer/* serviceError */.cg)(answer.body);
    return { code, status: answer.status, text: message };
}
/** The number of Entra's error. */
function aadstsIn(text = '') {
    return /AADSTS\d{4,8}/.exec(text)?.[0];
}

;// CONCATENATED MODULE: ./src/messages/known-causes.ts
/** The message of the first cause that matches. */
function lookUp(causes, signs, situation) {
    for (const cause of causes) {
        const captured = capturedBy(cause, signs);
        const { name, facts = () => ({}) } = cause;
        const more = captured && facts(situation, captured);
        if (more)
            return { name, facts: { ...captured, ...more } };
    }
    return undefined;
}
/** The values that a cause captures from these signs; undefined if it does not match them. */
function capturedBy({ codes, status, texts }, signs) {
    const { code = '', text = '' } = signs;
    const isMatch = (codes?.includes(code) ?? true) && (status ?? signs.status) === signs.status;
    if (!isMatch)
        return undefined;
    if (texts === undefined)
        return {};
    for (const pattern of texts) {
        const found = pattern.exec(text);
        if (found)
            return found.groups ?? {};
    }
    return undefined;
}

;// CONCATENATED MODULE: ./src/messages/writer.ts



/** Reads messages.md, which begins with its syntax. */
function readMessages(markdown, onMistake) {
    const templates = new Map();
    for (const text of markdown.split(/^(?=##? )/m)) {
        const [heading = '', ...paragraphs] = text.trimEnd().split(/\n{2,}/);
        const [, name, anchor] = /^## (\S+)(?: #(\S+))?$/.exec(heading) ?? [];
        if (name !== undefined)
            templates.set(name, { anchor, paragraphs: paragraphs.map(readParagraph) });
    }
    return { templates, onMistake };
}
const INDENT = ' '.repeat(4);
function readParagraph(paragraph) {
    if (!paragraph.startsWith(INDENT)) {
        return { kind: 'text', parts: paragraph.split(/\n(?=\[!?\w+\] |@)/).map(readPart) };
    }
    const lines = paragraph.split('\n').map((line) => readPart(line.slice(INDENT.length)));
    const unmarked = lines.map((line) => ({ ...line, text: line.text.slice('$ '.length) }));
    if (lines.every(({ text }) => text.startsWith('$ ')))
        return { kind: 'sh', parts: unmarked };
    if (lines.every(({ text }) => text.startsWith('> ')))
        return { kind: 'inputs', parts: unmarked };
    return { kind: 'yaml', parts: lines };
}
function readPart(text) {
    const [start = '', condition] = /^\[(!?\w+)\] /.exec(text) ?? [];
    return { condition, text: text.slice(start.length) };
}
/** Writes a message. It has no error text yet. */
function writeMessage(name, context) {
    const { templates, onMistake } = context.messages;
    const template = templates.get(name);
    try {
        return { ...written(template, context), name, errorText: '', anchor: template?.anchor };
    }
    catch (error) {
        onMistake(`${name}: ${(0,failure/* messageOf */.bD)(error)}`);
        const line = lineAlone(template, context);
        return { name, line, outcome: undefined, errorText: '', remedy: [], anchor: template?.anchor };
    }
}
function written(template, context) {
    const [first, ...others] = template?.paragraphs ?? [];
    const [line, ...more] = first ? blocksOf(first, context) : [];
    if (line?.kind !== 'text' || more.length > 0)
        throw new TypeError('it needs exactly one line');
    const blocks = others.flatMap((paragraph) => blocksOf(paragraph, context));
    const outcome = blocks.find((block) => block.kind === 'outcome')?.text;
    const remedy = blocks.filter((block) => block.kind !== 'outcome');
    return { line, outcome, remedy: withCommandsJoined(remedy) };
}
/** What is left if a template cannot be written: its first words. */
function lineAlone(template, { values }) {
    const text = template?.paragraphs[0]?.parts[0]?.text ?? '';
    const { literals, names } = placeholdersIn(text);
    const known = names.map((name) => values[name]);
    return (0,say/* say */.cv)(literals, ...known.map((value) => (isSayable(value) ? value : undefined)));
}
function blocksOf({ kind, parts }, context) {
    const texts = parts.filter((part) => holds(part, context)).map(({ text }) => text);
    switch (kind) {
        case 'text':
            return texts.flatMap((text) => textBlocks(text, context));
        case 'sh':
            return pasteBlocks(kind, commandsIn(texts, context));
        case 'yaml':
            return pasteBlocks(kind, texts);
        case 'inputs':
            return inputBlocks(texts, context);
    }
}
function holds({ condition }, { values }) {
    if (condition === undefined)
        return true;
    const name = condition.replace('!', '');
    const value = Object.hasOwn(values, name) ? values[name] : noMeaning(name);
    const isTrue = value !== undefined && value !== false;
    return isTrue !== condition.startsWith('!');
}
/** Sentences, a fragment, or the blocks that a placeholder stands for. */
function textBlocks(text, context) {
    if (text.startsWith('@')) {
        const fragment = context.messages.templates.get(text) ?? noMeaning(text);
        return fragment.paragraphs.flatMap((paragraph) => blocksOf(paragraph, context));
    }
    const isOutcome = text.startsWith(OUTCOME);
    const { literals, names } = placeholdersIn(isOutcome ? text.slice(OUTCOME.length) : text);
    const values = valuesFor(names, context);
    if (values === undefined)
        return [];
    const [blocks] = values;
    if (areBlocks(blocks))
        return blocks;
    const said = (0,say/* say */.cv)(literals, ...values.map(sayable));
    return [isOutcome ? { kind: 'outcome', text: said } : said];
}
const OUTCOME = 'Outcome:';
function pasteBlocks(kind, lines) {
    return lines.length > 0 ? [{ kind, lines }] : [];
}
function commandsIn(texts, context) {
    return texts.flatMap((text) => {
        const { literals, names } = placeholdersIn(text);
        const values = valuesFor(names, context);
        if (values === undefined)
            return [];
        return sh(literals, ...values.map((value) => (isPaste(value) ? value : pastable(value)))).lines;
    });
}
function inputBlocks(texts, context) {
    const given = {};
    for (const text of texts) {
        const [, input = '', value = ''] = /^([a-z-]+): (.+)$/.exec(text) ?? [];
        const [, placeholder] = /^\{(\w+)\}$/.exec(value) ?? [];
        const known = placeholder === undefined ? literal(value) : meaningOf(placeholder, context);
        if (known !== undefined)
            given[input] = pastable(known);
    }
    return Object.keys(given).length > 0 ? [pasteInputs(given, context.words)] : [];
}
/** A value of ours, which may be an expression. */
function literal(text) {
    const [, path] = /^\$\{\{ (.+) \}\}$/.exec(text) ?? [];
    return path === undefined ? text : expression(path);
}
/** A text as a template, and the names of the placeholders between its literals. */
function placeholdersIn(text) {
    const parts = text.split(/\{((?:--)?[A-Za-z][\w-]*)\}/);
    const literals = parts.filter((_part, at) => at % 2 === 0);
    const names = parts.filter((_part, at) => at % 2 === 1);
    return { literals: Object.assign(literals, { raw: literals }), names };
}
/** What placeholders stand for; undefined if one of them is not known here. */
function valuesFor(names, context) {
    const values = names.map((name) => meaningOf(name, context));
    return values.every((value) => value !== undefined) ? values : undefined;
}
/** What a placeholder stands for: `{name}`, `{Name}`, or `{--input}`. */
function meaningOf(name, { values, words }) {
    if (name.startsWith('--'))
        return words.input(name.slice(2));
    if (Object.hasOwn(values, name))
        return values[name];
    const inSentence = values[name.charAt(0).toLowerCase() + name.slice(1)];
    return (0,say/* isText */.KH)(inSentence) ? (0,say/* capitalized */.l2)(inSentence) : noMeaning(name);
}
function noMeaning(name) {
    throw new TypeError(`${name} has no meaning here`);
}
function isSayable(value) {
    return typeof value === 'string' || typeof value === 'number' || (0,say/* isText */.KH)(value);
}
function sayable(value) {
    if (isSayable(value))
        return value;
    throw new TypeError('a value cannot be a part of a sentence');
}
function areBlocks(value) {
    return Array.isArray(value);
}
function pastable(value) {
    const isSaid = typeof value === 'boolean' || typeof value === 'number' || (0,say/* isText */.KH)(value);
    if (!isSaid && !isPaste(value) && !areBlocks(value))
        return value;
    throw new TypeError('a value cannot be a part of this line');
}
/** Commands to run one after the other are one block. */
function withCommandsJoined(blocks) {
    const joined = [];
    for (const block of blocks) {
        const last = joined.at(-1);
        if (block.kind === 'sh' && last?.kind === 'sh') {
            joined[joined.length - 1] = { kind: 'sh', lines: [...last.lines, ...block.lines] };
        }
        else {
            joined.push(block);
        }
    }
    return joined;
}

;// CONCATENATED MODULE: ./src/messages/explain.ts





/** Explains a failure to the user. */
function explain(failure, situation, messages) {
    const message = compose(choose(failure, situation), situation, messages);
    // A proxy's HTML page says nothing.
    const errorText = saidIn(failure).replace(/<(?:!doctype|html)\b[^]*/i, '');
    return { ...message, errorText: (0,visible/* visibleLines */.gB)(errorText).trim() };
}
/** Writes a message for this situation. */
function compose({ name, facts }, situation, messages) {
    const values = { ...valuesOf(situation), ...facts };
    return writeMessage(name, { values, words: situation.words, messages });
}
/** Decides which message a failure gets, and with what. */
function choose(failure, situation) {
    const row = rowOf(failure);
    const facts = row.facts?.(failure, situation) ?? {};
    const cause = row.causes && lookUp(row.causes.of, row.causes.by(failure), situation);
    if (cause)
        return { name: cause.name, facts: { ...facts, ...cause.facts } };
    return { name: row.name?.(failure, situation) ?? failure.code, facts };
}

// EXTERNAL MODULE: ./src/text/nearest.ts
var nearest = __webpack_require__(613);
;// CONCATENATED MODULE: ./src/messages/kubernetes-roles.ts
/** What only `admin` and Admin can read and change in a namespace. */
const ADMINISTERED = names('roles.rbac.authorization.k8s.io rolebindings.rbac.authorization.k8s.io');
/** What `edit` and Writer can change, and `view` and Reader cannot even read. */
const PRIVATE = names(`
  secrets leases.coordination.k8s.io serviceaccounts/token services/proxy
  pods/attach pods/eviction pods/exec pods/portforward pods/proxy
`);
/** What `edit` and Writer can change, and `view` and Reader can read. */
const EDITED = names(`
  configmaps events persistentvolumeclaims pods serviceaccounts services
  replicationcontrollers replicationcontrollers/scale daemonsets.apps
  deployments.apps deployments.apps/scale replicasets.apps replicasets.apps/scale
  statefulsets.apps statefulsets.apps/scale horizontalpodautoscalers.autoscaling
  jobs.batch cronjobs.batch ingresses.networking.k8s.io networkpolicies.networking.k8s.io
  poddisruptionbudgets.policy
`);
/** What all of them can only read. */
const VIEWED = names(`
  endpoints endpointslices.discovery.k8s.io limitranges namespaces pods/log pods/status
  resourcequotas controllerrevisions.apps
`);
function names(list) {
    return new Set(list.trim().split(/\s+/));
}
/** Kubernetes' own roles in a namespace, and Azure's roles with the same permissions. */
const AZURE_ROLES = { view: 'Reader', edit: 'Writer', admin: 'Admin' };
/**
 * The least of Kubernetes' own roles that has a permission; undefined if none of them has it, as
 * with custom resources and whatever has no namespace.
 *
 * Sources: kubernetes/kubernetes, bootstrappolicy/testdata/cluster-roles.yaml; Microsoft's list of
 * built-in roles for containers.
 *
 * @param resource with its group and subresource, such as `deployments.apps/scale`
 */
function roleFor(verb, resource) {
    if (ADMINISTERED.has(resource))
        return 'admin';
    if (PRIVATE.has(resource))
        return 'edit';
    const isReading = ['get', 'list', 'watch'].includes(verb);
    if (isReading && VIEWED.has(resource))
        return 'view';
    if (!EDITED.has(resource))
        return undefined;
    return isReading ? 'view' : 'edit';
}
/** Azure's Admin also has custom resources, but neither quotas nor what has no namespace. */
function azureRoleFor(role, resource, isWide) {
    if (role !== undefined)
        return AZURE_ROLES[role];
    const hasNone = isWide || resource === 'resourcequotas' || resource === 'namespaces';
    return hasNone ? 'Cluster Admin' : 'Admin';
}
/** Whether objects of a kind have a namespace. Custom resources are not known. */
function hasNamespace(kind) {
    return roleFor('get', kind) !== undefined && kind !== 'namespaces';
}

;// CONCATENATED MODULE: ./src/messages/output-causes.ts



// Errors that a line of the output can show. A hint says what is different in the pod, or behind
// the private cluster, from a `run:` step on the runner: what was not sent and is not in the image,
// the pod's own connection to the cluster, its network, its permissions, and an API server that
// nobody can reach to look. It also says what belongs in another step, or in the commit. Its advice
// must be right whenever a pattern matches. What a program says on any machine is quoted, and needs
// no hint.
/**
 * The resource must be a Kubernetes name. Anything else in its place may be a sentence that a pod
 * made up.
 */
const DENIED = String.raw `cannot (?<verb>[a-z]{1,20}) resource "(?<kind>[a-z][a-z0-9.-]{0,252}(?:/[a-z]{1,63})?)"(?: in API group "(?<group>[a-z0-9.-]{0,253})")?(?:.*in the namespace "(?<namespace>[a-z0-9-]{1,63})"| at the cluster scope)?(?<byAzure>: User does not have access to the resource in Azure)?`;
/** Who lacks which permission, and which role has it. */
function roleFacts({ application, cluster }, { verb = '', kind = '', group = '', namespace, byAzure }) {
    const [name = '', subresource] = kind.split('/');
    const inGroup = group === '' ? name : `${name}.${group}`;
    const resource = subresource === undefined ? inGroup : `${inGroup}/${subresource}`;
    const role = roleFor(verb, resource);
    const isWide = namespace === undefined;
    const id = (0,managed_cluster/* resourceId */.a)(cluster);
    return {
        denied: `${verb} ${kind}`,
        secrets: resource === 'secrets',
        resource,
        clusterWide: isWide,
        clusterRole: role,
        ownRole: role === undefined,
        ownClusterRole: role === undefined && isWide,
        principal: application?.clientId ?? 'USER',
        azureRole: `Azure Kubernetes Service RBAC ${azureRoleFor(role, resource, isWide)}`,
        roleScope: isWide ? id : `${id}/namespaces/${namespace}`,
        deniedByAzure: byAzure !== undefined,
    };
}
/** Options that name a namespace, perhaps of another program: a missing hint beats a wrong one. */
const NAMES_NAMESPACE = /(?<!\S)(?:--namespace|-n|--all-namespaces|-A)/;
/** Only if nothing names a namespace, kubectl and helm act in `default`. */
function inDefault({ namespace, command = '' }, { kind }) {
    const isNamed = namespace !== undefined || NAMES_NAMESPACE.test(command);
    return isNamed || (kind !== undefined && !hasNamespace(kind)) ? undefined : {};
}
/** What was sent that the command may have meant. */
function nearestSent({ packed }, { path = '' }) {
    const files = packed?.files.map((file) => file.path) ?? [];
    const folders = files.flatMap((file) => Array.from(file.matchAll(/\//g), ({ index }) => file.slice(0, index)));
    const sent = [...files, ...folders];
    return { near: sent.includes((0,nearest/* plainPath */.s1)(path)) ? undefined : (0,nearest/* nearestPath */.KB)(path, sent) };
}
/** A file that was sent, and that a shell could not execute (exit code 126). */
function sentFile({ packed, exitCode }, { path = '' }) {
    const file = (0,nearest/* plainPath */.s1)(path);
    const isSent = packed?.files.some((sent) => sent.path === file) ?? false;
    return exitCode === 126 && isSent ? { path: file } : undefined;
}
/**
 * The start of an error of kubectl or helm about a connection that the pod made. The API server
 * makes others, to webhooks and to nodes. Those to the API server are not a matter of the network.
 */
const CONNECTION = String.raw `^(?:Unable to connect to the server: |[Ee]rror: (?!.*(?:\bwebhook\b|Internal error occurred|cluster unreachable|failed to download openapi|:10250\b)).*"https?://[^"]{1,500}".*?: )(?:.*\b)?`;
/** Programs that the image has, and people mistype. */
const IN_IMAGE = ['kubectl', 'helm', 'jq', 'curl'];
/**
 * What a shell misses for other reasons than the image: programs that the image has, but not the
 * command's own PATH, and commands of bash, in sh.
 */
const NOT_MISSING = [...IN_IMAGE, 'source', 'declare', 'shopt', 'pushd', 'popd'].join('|');
/** A program that the pod lacks: one of the runner's, or one of the image with a typo. */
function missingProgram({ program = '' }) {
    // One letter from kubectl, and a program of its own.
    const isTypo = program !== 'kubectx';
    return {
        sudo: program === 'sudo',
        near: isTypo ? (0,nearest/* nearestName */.qb)(program, IN_IMAGE) : undefined,
        connects: ['az', 'azd', 'kubelogin'].includes(program),
    };
}
/** Errors that a line of output can show. The first cause that matches wins. */
const OUTPUT = [
    {
        name: 'service-account-forbidden',
        texts: [
            new RegExp(`is forbidden: User "system:serviceaccount:aks-command:[a-z0-9.-]{1,253}" ${DENIED}`),
        ],
        facts: (situation, captured) => ({
            ...roleFacts(situation, captured),
            subjects: 'group=system:serviceaccounts:aks-command',
        }),
    },
    {
        name: 'kubernetes-forbidden',
        texts: [new RegExp(`is forbidden: User "(?!system:serviceaccount:)[^"]*" ${DENIED}`)],
        facts: (situation, captured) => ({
            ...roleFacts(situation, captured),
            subjects: 'user=USER',
        }),
    },
    {
        name: 'webhook-call',
        texts: [
            /(?:failed calling webhook "(?<webhook>[\w.-]{1,253})": |conversion webhook for ).{0,200}Post "https:\/\/(?:(?<service>[a-z0-9-]{1,63})\.(?<namespace>[a-z0-9-]{1,63})\.svc[:/?])?/,
        ],
    },
    {
        name: 'timed-out-waiting',
        texts: [
            /^[Ee]rror: timed out waiting for the condition(?: on (?:deployments|statefulsets|daemonsets|replicasets|jobs|pods)\/.*)?$/,
            /^[Ee]rror: deployment "[^"]{1,253}" exceeded its progress deadline$/,
            // Helm 4
            /^Error: (?:[A-Z]{1,20} FAILED: )?.{0,80}\bresource \w{1,100}\/(?<namespace>[a-z0-9-]{1,63})\/\S{1,253} not ready\. status: /,
            // Helm 3, of which the error of a hook is in the next line
            /^Error: [A-Z]{1,20} FAILED: (?:release \S{1,100} failed[^:]{0,80}: |(?:pre|post)-[a-z]{1,10} hooks failed: )?(?:1 error occurred: \* |client rate limiter Wait returned an error: )?(?:timed out waiting for the condition|context deadline exceeded|rate: Wait\(n=1\) would exceed context deadline)$/,
        ],
        // What is deleted may wait for a finalizer, of which pods and events say nothing.
        facts: ({ deletes = false }) => (deletes ? undefined : {}),
    },
    {
        name: 'helm-pending',
        texts: [
            /^Error: (?:[A-Z]{1,20} FAILED: )?another operation \(install\/upgrade\/rollback\) is in progress$/,
        ],
    },
    {
        name: 'namespace-missing',
        texts: [
            /^[Ee]rror(?: from server \(NotFound\))?: (?:.*: )?namespaces "(?<missing>[a-z0-9-]{1,63})" not found$/,
        ],
        facts: ({ deletes = false }) => (deletes ? undefined : {}),
    },
    {
        name: 'kind-missing',
        texts: [
            /^[Ee]rror: .*\bno matches for kind "(?<kind>[A-Z][A-Za-z0-9]{0,62})" in version "(?<version>[a-z0-9./-]{1,253})"$/,
        ],
    },
    {
        name: 'immutable-field',
        texts: [
            // kubectl
            /^The (?<kind>[A-Z][A-Za-z0-9]{0,62}) "(?<name>[a-z0-9.-]{1,253})" is invalid: .*\bfield is immutable\b/,
            /^The (?<kind>StatefulSet) "(?<name>[a-z0-9.-]{1,253})" is invalid: spec: Forbidden: updates to statefulset spec for fields other than /,
            // helm
            /^Error: .*: (?<kind>[A-Z][A-Za-z0-9]{0,62})(?:\.[a-z0-9.-]{1,253})? "(?<name>[a-z0-9.-]{1,253})" is invalid: (?:.*\bfield is immutable\b|spec: Forbidden: updates to statefulset spec for fields other than )/,
        ],
    },
    {
        name: 'in-default',
        texts: [
            /^(?:error: )?[Ee]rror from server \(NotFound\): (?<kind>[a-z.0-9]{1,253}) "[^"]{1,253}" not found(?: in namespace "default")?$/,
            /^Error: (?:uninstall: )?(?:Release not loaded: )?(?:[a-z0-9.-]{1,100}: )?release: not found$/,
        ],
        facts: inDefault,
    },
    {
        name: 'connected-already',
        texts: [
            // The API server did not accept the credentials.
            /^(?:[Ee]rror: )*You must be logged in to the server/,
            /^Error from server \(Unauthorized\)/,
            /^Error: .*(?:the server has asked for the client to provide credentials|: Unauthorized)$/,
            // A kubeconfig or a context of the runner
            /^[Ee]rror: .*\bcontext "[^"\s]{1,253}" does not exist/,
            /^[Ee]rror(?: in configuration)?: (?:no context exists|context was not found)/,
            /^[Ee]rror: .*\b(?:stat|open) \S{0,300}(?:kubeconfig|\.kube\/config): no such file or directory$/,
            // No kubeconfig
            /^The connection to the server localhost:8080 was refused/,
            /^[Ee]rror: .*"http:\/\/localhost:8080\/(?:openapi|version)/,
            // Another address, certificate, or sign-in than the pod's own
            new RegExp(`^Unable to connect to the server: dial tcp: lookup \\S{1,253}${managed_cluster/* API_SERVER */.zW.source}`),
            /^Unable to connect to the server: getting credentials: /,
            /^[Ee]rror: .*cluster unreachable: .*(?:dial tcp: lookup |x509: |getting credentials: )/,
        ],
    },
    {
        name: 'not-in-image',
        texts: [
            // kubectl and helm, before the network and the files: kustomize tries those before Git.
            /^[Ee]rror: .*\b(?:exec: |failed to run )"(?<program>[\w.-]{1,100})": executable file not found in \$PATH$/,
            // Shells
            new RegExp(String.raw `(?:^|: )(?:line )?\d{1,9}: (?!(?:${NOT_MISSING}): )(?<program>[a-z][\w.+-]{0,100}): (?:command )?not found$`),
            // The interpreter of a script, or what tar calls
            /^(?:env|tar \((?:grand)?child\)): ['‘]?(?<program>[a-z][\w.+-]{0,100})['’]?: (?:Cannot exec: )?No such file or directory$/,
        ],
        facts: (_situation, captured) => missingProgram(captured),
    },
    {
        name: 'pod-network',
        texts: [
            // Not to this pod itself
            new RegExp(`${CONNECTION}dial tcp: lookup `),
            new RegExp(String.raw `${CONNECTION}dial tcp (?!127\.|\[::1\])\S{3,50}: (?:i/o timeout|connect: )`),
            new RegExp(`${CONNECTION}(?:net/http: TLS handshake timeout|read: connection reset by peer)`),
            /^The connection to the server (?!localhost|127\.)\S{1,300} was refused/,
            /^curl: \(6\) Could not resolve host: /,
            /^curl: \((?:7|28|35|56)\) (?!.*(?:localhost|127\.0\.0\.1)).*(?:Failed to connect|Connection timed out|reset by peer|SSL_ERROR_SYSCALL|unexpected eof)/,
        ],
    },
    {
        name: 'untrusted-in-pod',
        texts: [
            new RegExp(`${CONNECTION}x509: certificate signed by unknown authority`),
            /^curl: \(60\) .*(?:self[- ]signed certificate|unable to get local issuer certificate)/,
        ],
    },
    {
        name: 'registry-refused',
        texts: [
            /^[Ee]rror: .*(?:\bhttps?:\/\/|\bregistry\b).*(?:(?:\bstatus code |\bstatus: |: )40[13]\b|: basic credential not found)/,
        ],
    },
    {
        name: 'line-endings',
        texts: [
            /\^M: bad interpreter|\r(?!$)|\\r['"’]/,
            // dash and busybox refuse an option that consists of nothing else.
            /[Ii]llegal option -$|illegal option -o pipefail$/,
        ],
    },
    {
        name: 'chart-not-sent',
        texts: [
            /^Error: .*(?:helm dependency build|missing in charts\/ directory: )/,
            /^Error: .*(?:\brepo [\w.-]{1,100} not found$|no repository definition for |no cached repo|no repositories found)/,
            /^Error: .*non-absolute URLs should be in form of repo_name\/path_to_chart/,
        ],
    },
    {
        name: 'not-sent',
        texts: [
            // kubectl and helm
            /^[Ee]rror: .*\bpath "(?<path>[^\s"]{1,300})" (?:does not exist|not found)$/,
            /^[Ee]rror: .*\b(?:open|stat|lstat|error reading) (?:\S{0,300}\/command-files\/)?(?<path>[^\s"]{1,300}): no such file or directory$/,
            /^error: .*evalsymlink failure on '(?:[^']{0,300}\/command-files\/)?(?<path>[^']{1,300})'/,
            // bash
            /(?:^|: )line \d{1,9}: (?:cd: )?(?<path>[^\s:]{1,300}): No such file or directory$/,
            // What a command calls
            /^(?:awk|base64|bash|cat|chmod|cp|diff|find|grep|head|jq|ls|mv|sed|sh|sort|tail|tar(?: \(child\))?|wc): (?:error: )?(?:(?:cannot|can't|Could not) (?:access|open|open file|read|stat):? )?['‘]?(?<path>[^\s:'‘’]{1,300})['’]?: (?:Cannot open: )?No such file or directory$/,
        ],
        facts: nearestSent,
    },
    {
        name: 'not-executable',
        texts: [/(?:^|: )(?:line )?\d{1,9}: (?<path>[^\s:]{1,300}): Permission denied$/],
        facts: sentFile,
    },
    {
        name: 'cannot-start',
        texts: [
            /(?:^|: )(?<path>[^\s:]{1,300}): (?:cannot execute: required file not found|(?:cannot execute binary file: )?Exec format error)$/,
            /(?:^|: )(?<path>[^\s:]{1,300}): \S{1,300}: bad interpreter: /,
        ],
    },
    {
        name: 'variable-not-set',
        texts: [
            /(?:^|: )(?!KUBECONFIG|RUNNER_|GITHUB_(?:ENV|PATH|STATE):)(?<name>[A-Za-z_]\w{0,100}): (?:unbound variable|parameter (?:null or )?not set)$/,
        ],
    },
    {
        name: 'runner-file',
        texts: [
            /\bGITHUB_(?:ENV|PATH|STATE): (?:unbound variable|parameter not set|ambiguous redirect)$/,
            // Without set -u, in bash and in dash
            /^(?:line )?\d{1,9}: (?:: No such file or directory|cannot create : Directory nonexistent)$/,
        ],
    },
];
/**
 * Exit codes that say how a process ended. They are reported whatever the output says, since that
 * ended the command.
 */
const EXIT_CODES = ['137', '139', '143'].map((code) => ({
    name: `exit-code-${code}`,
    codes: [code],
}));

;// CONCATENATED MODULE: ./src/messages/output-hints.ts





/**
 * How many bytes of an output are searched for hints: only its end, because a script with `-e` stops
 * at its first failure.
 */
const HINT_BYTES = 256 * 1024;
/** Longer lines are cut, so that no pattern takes long, and at a word, as whatever is shown. */
const MAX_LINE = 2048;
const MAX_HINTS = 3;
/**
 * How kubectl, helm, shells, and the programs that they call begin a line that is an error; they
 * never indent it. Other lines get no hint: a wrong hint is worse than none, and listings and logs
 * are full of the same words.
 */
const STARTS_OF_ERRORS = [
    String.raw `(?:[Ee]rror|ERROR|FATAL|fatal|panic)(?: from server| in configuration)?(?: \([\w ]{1,40}\))?: `,
    String.raw `error when evicting `,
    String.raw `Unable to connect `,
    String.raw `The connection to the server `,
    String.raw `The (?:\w+) "[^"]{0,253}" is invalid:`,
    String.raw `The request is invalid:`,
    String.raw `the namespace from the provided object `,
    String.raw `(?:\S{0,300}/)?[\w.-]{1,100}: (?:[\w.-]{1,40}: )?(?:line )?\d{1,9}: `,
    String.raw `(?:\S{0,300}/)?command\.sh: `,
    String.raw `(?:ba|da|a)?sh: `,
    String.raw `(?:awk|base64|cat|cd|chmod|cp|curl|cut|diff|env|find|git|grep|gzip|head|jq|ls|mkdir|mv|rm|sed|sort|tail|tar(?: \((?:grand)?child\))?|tee|touch|wc|wget|xargs|yq): `,
];
const ERROR_LINE = new RegExp(`^(?:${STARTS_OF_ERRORS.join('|')})`);
/**
 * How output ends that is not the command's own: that of tests, or of a program in another
 * container.
 */
const ENDS_OF_OTHER_WORDS = [
    String.raw `FAIL\t\S|FAIL$|ok {2}\t|--- FAIL: `, // go test
    String.raw `=+ .{0,200}\b(?:passed|failed|errors?)\b.{0,80} in [\d.]{1,12}s.{0,40} =+$`, // pytest
    String.raw `\s{0,20}Tests:? +\d|(?:\[(?:ERROR|INFO)\] +)?Tests run: \d`, // jest, vitest, PHPUnit, JUnit, Maven
    String.raw `(?:ℹ|#) fail \d|(?:not )?ok \d`, // node --test, TAP
    String.raw `\s{0,2}\d{1,9} (?:failing|fail)$`, // mocha, Bun
    String.raw `\d{1,9}%? (?:tests?|examples?)\b.{0,40}\b(?:failed|failures?)\b`, // RSpec, Gradle, Robot, CTest
    String.raw `test result: (?:ok|FAILED)\.|FAILED \| \d|(?:Failed|Passed)! +- Failed: `, // cargo, Deno, dotnet test
    String.raw `command terminated with exit code \d`, // kubectl exec
];
const END_OF_OTHER_WORDS = new RegExp(`^(?:${ENDS_OF_OTHER_WORDS.join('|')})`);
/**
 * Errors that go on in a later line, which says more: `from` ends the first line, and `to` begins
 * that one. An object with several problems; `kubectl apply`, which first shows what it wanted to
 * change; hooks of Helm 3.
 */
const CONTINUED = [
    { from: /^The \w+ "[^"]{0,253}" is invalid: ?$/, to: /^\* ?/ },
    {
        from: / (?:retrieving current configuration of|applying patch):$/,
        to: /^(?=(?:from server )?for: )/,
    },
    { from: / errors? occurred:$/, to: /^\t(?=\* )/ },
];
/** How far away that line is. */
const MAX_DETAILS = 8;
/**
 * A stack frame below an error. It shows that the program is neither kubectl nor helm nor a shell.
 */
const STACK_FRAME = /^\s{1,20}at \S/;
/** What a line of any program may say about a failure. */
const LOOKS_LIKE_ERROR = /error|fail|fatal|panic|exception|denied|forbidden|unauthorized|refused|can(?:no|')t|unable|not found|no such|missing|invalid|illegal|unknown|unexpected|usage:|timed? ?out|killed|terminated/i;
/**
 * Finds the hints that the command's own words, or its exit code, justify. The last kind of error
 * in the output comes first, because a script only continues after errors that it expects.
 */
function readFindings(output, situation, messages) {
    const { command = '', exitCode } = situation;
    const known = { ...situation, deletes: DELETES.test(command) || HAS_DELETED.test(output) };
    const errors = errorsIn(output);
    const found = new Map();
    for (const [at, { line, isHinted }] of errors.entries()) {
        const hint = isHinted ? lookUp(OUTPUT, { text: line }, known) : undefined;
        if (hint === undefined)
            continue;
        const earlier = found.get(hint.name);
        // Kinds are in the order of their last lines. Each keeps what its first line captured.
        found.delete(hint.name);
        found.set(hint.name, earlier ?? { ...hint, isFirstError: at === 0 });
    }
    const byExitCode = lookUp(EXIT_CODES, { code: String(exitCode) }, known);
    // The exit code of a program that kubectl exec ran says nothing about this pod.
    const isOfAnother = output.trimEnd().endsWith(`command terminated with exit code ${exitCode}`);
    if (byExitCode !== undefined && !isOfAnother) {
        found.set(byExitCode.name, { ...byExitCode, isFirstError: found.size === 0 });
    }
    const last = [...found.values()].slice(-MAX_HINTS).reverse();
    const isFirst = last[0]?.isFirstError ?? true;
    return {
        hints: last.map((hint) => compose(hint, situation, messages)),
        // If another error ended the command, the script expected the first one.
        firstError: isFirst ? errors[0] : undefined,
    };
}
/** Whether nothing in an output looks like an error, so that it cannot say why a command failed. */
function showsNoError(output) {
    return !LOOKS_LIKE_ERROR.test((0,cut/* endOf */.pJ)(output, HINT_BYTES));
}
/** The lines that are errors, and whether a program that hints know about can have written them. */
function errorsIn(output) {
    const lines = (0,cut/* endOf */.pJ)(output.trimEnd(), HINT_BYTES)
        .split(/\r?\n/)
        .map((line) => (0,cut/* shownStart */.s)(line, MAX_LINE));
    const end = lines.findLastIndex((line) => END_OF_OTHER_WORDS.test(line));
    const errors = [];
    for (const [at, line] of lines.entries()) {
        if (at <= end || !ERROR_LINE.test(line))
            continue;
        const rest = lines.slice(at + 1);
        const more = continuationOf(line, rest);
        const whole = more === undefined ? line : `${line.trimEnd()} ${more.text}`;
        errors.push({
            line: (0,pod_output/* withoutScriptPath */.T)(whole),
            isHinted: !STACK_FRAME.test(rest[0] ?? ''),
            linesAfter: rest.length - (more?.lines ?? 0),
        });
    }
    return errors;
}
/** How an error goes on, if it does, and how many lines that takes. */
function continuationOf(line, rest) {
    const to = CONTINUED.find(({ from }) => from.test(line))?.to;
    const last = rest.slice(0, MAX_DETAILS).find((other) => to?.test(other));
    if (to === undefined || last === undefined)
        return undefined;
    return { text: last.replace(to, ''), lines: rest.indexOf(last) + 1 };
}
/** Commands that wait for the end of something, as `kubectl wait --for=delete` does. */
const DELETES = /\b(?:delete|uninstall)\b/;
/** What kubectl prints before it waits for that. */
const HAS_DELETED = /^\S{1,253} "[^"]{1,253}" (?:force )?deleted\b/m;

;// CONCATENATED MODULE: ./src/report/states.ts

const DESCRIPTIONS = {
    succeeded: {
        sign: '✅',
        status: (0,say/* say */.cv) `succeeded`,
        sentence: (0,say/* say */.cv) `The command ran and succeeded.`,
    },
    failed: {
        sign: '❌',
        status: (0,say/* say */.cv) `failed`,
        sentence: (0,say/* say */.cv) `The command ran and failed.`,
    },
    'not-started': {
        sign: '❌',
        status: (0,say/* say */.cv) `did not run`,
        sentence: (0,say/* say */.cv) `The command did not run.`,
    },
    running: {
        sign: '⏳',
        status: (0,say/* say */.cv) `may still be running`,
        sentence: (0,say/* say */.cv) `The command may still be running in the cluster.`,
    },
    unknown: {
        sign: '❓',
        status: (0,say/* say */.cv) `may or may not have run`,
        sentence: (0,say/* say */.cv) `The command may or may not have run.`,
    },
    'dry-run': {
        sign: '📦',
        status: (0,say/* say */.cv) `dry run, the command did not run`,
        sentence: (0,say/* say */.cv) `The command did not run.`,
    },
};
/** What they say instead if something is known to have started, but not how the command ended. */
const STARTED = {
    command: {
        status: (0,say/* say */.cv) `started, end unknown`,
        sentence: (0,say/* say */.cv) `The command started. How far it got is unknown: check what it changes.`,
    },
    pod: {
        sentence: (0,say/* say */.cv) `The pod started and ended. Whether the command ran is unknown.`,
    },
};
function describe({ state, started }) {
    return { ...DESCRIPTIONS[state], ...(started && STARTED[started]) };
}

;// CONCATENATED MODULE: ./src/report/report.ts








/** Decides what there is to say about how a step turned out, in the words of the host. */
function reportOn(step, host, messages) {
    const { output, ...outcome } = step.verdict;
    const [failure, ...beside] = outcome.problems;
    const row = failure && rowOf(failure);
    // If an input is invalid, neither the cluster nor the command is certain.
    const { inputs, packed } = row?.isAboutInputs ? {} : step;
    const situation = situationOf({ inputs, packed, verdict: step.verdict }, host);
    const { state, exitCode } = outcome;
    // The errors that a successful command printed are not why the step fails, and those of one that
    // was stopped may come from that.
    const isJudged = state === 'failed' && !row?.isOutputNoCause;
    const hasErrors = isJudged && output !== undefined && exitCode !== 0;
    const findings = hasErrors ? readFindings(output.text, situation, messages) : undefined;
    const hints = findings?.hints ?? [];
    const explained = failure && explain(failure, situation, messages);
    // If a hint says why, the exit code is not a cause, but only a fact about the command.
    const fact = row?.isExitCode && hints.length > 0 ? explained : undefined;
    const causes = explained && !fact ? [explained] : [];
    const told = beside.filter((other) => !rowOf(other).isOnlyAlone);
    const said = [...causes, ...hints, ...told.map((one) => explain(one, situation, messages))];
    const [cause, ...others] = said;
    const known = fact ? (0,say/* say */.cv) `${fact.line}.` : describe(outcome).sentence;
    return {
        inputs,
        packed,
        verdict: outcome,
        headline: headlineOf(outcome, cause, inputs),
        status: statusOf(outcome, inputs),
        cause,
        outcome: cause?.outcome ?? known,
        others,
        output: output && shownOutput(output, findings?.firstError),
        link: linkTo(cause, host),
    };
}
/**
 * The report if an output of the step could not be written, which the command has nothing to do
 * with.
 *
 * @param problem untrusted text
 */
function reportOnUnwritten(report, problem, host, messages) {
    const failure = { code: 'outputs-unwritable', detail: problem };
    const cause = explain(failure, { ...NOTHING_KNOWN, words: host.words }, messages);
    return {
        ...report,
        headline: (0,say/* say */.cv) `${nameOf(report.inputs)}: ${cause.line}`,
        status: statusOf({ state: 'failed', started: undefined }, report.inputs),
        cause,
        others: [],
        output: undefined,
        link: undefined,
    };
}
function headlineOf(verdict, cause, inputs) {
    const { state, exitCode } = verdict;
    const status = statusOf(verdict, inputs);
    if (cause === undefined) {
        const isAllowed = state === 'succeeded' && exitCode !== 0;
        return isAllowed ? (0,say/* say */.cv) `${status}, exit code ${exitCode} (allowed)` : status;
    }
    return isStateNews(verdict)
        ? (0,say/* say */.cv) `${status} · ${cause.line}`
        : (0,say/* say */.cv) `${nameOf(inputs)}: ${cause.line}`;
}
function statusOf(verdict, inputs) {
    return (0,say/* say */.cv) `${nameOf(inputs)}: ${describe(verdict).status}`;
}
/**
 * What of the outcome the headline does not say. It has the state, but not what to do about a
 * command that started.
 */
function outcomeBelow({ verdict, cause, outcome }) {
    const isSaid = isStateNews(verdict) && verdict.started === undefined && cause?.outcome === undefined;
    return isSaid ? (0,say/* say */.cv) `` : outcome;
}
/**
 * Whether what is known about the command matters more than the cause. Nobody is surprised that the
 * command of a step that does not wait is still running, or that a mistake in the inputs says
 * nothing about an earlier command.
 */
function isStateNews({ state, problems: [failure] }) {
    if (failure && rowOf(failure).isStateExpected)
        return false;
    return state === 'unknown' || state === 'running';
}
/** The name of the cluster, or of this action if there is none. */
function nameOf(inputs) {
    return inputs ? (0,managed_cluster/* clusterName */.SL)(inputs.cluster) : (0,say/* say */.cv) `AKS Run Command`;
}
function situationOf({ inputs, packed, verdict }, host) {
    const { state, started, commandId, exitCode, output } = verdict;
    const { command, namespace, timeout } = inputs ?? {};
    const target = inputs ?? NOTHING_KNOWN;
    const { variable } = host;
    return {
        command: command === '' ? undefined : command,
        namespace: namespace === '' ? undefined : namespace,
        timeout,
        packed,
        words: host.words,
        cluster: target.cluster,
        cloud: target.cloud,
        application: target.application,
        commandId,
        state,
        started,
        exitCode,
        issues: issuesOf(host),
        startedBy: startedBy(host),
        isStateSaved: host.savedState() !== '',
        jobId: nameInExpression(variable('GITHUB_JOB')),
        showsNoError: output && showsNoError(output.text),
    };
}
/** The ID of a job, if expressions in the workflow can use it. */
function nameInExpression(name) {
    return name !== undefined && /^[A-Za-z_][\w-]*$/.test(name) ? name : undefined;
}
function startedBy(host) {
    if (host.variable('GITHUB_ACTOR') === 'dependabot[bot]')
        return 'dependabot';
    return host.isFromFork() ? 'fork' : undefined;
}
/**
 * What the document of the version that runs says about a message. The runner says which repository
 * and which ref the action came from.
 */
function linkTo(message, host) {
    const anchor = message?.anchor;
    const repository = repositoryOf(host);
    const ref = host.variable('GITHUB_ACTION_REF') ?? '';
    if (anchor === undefined || repository === undefined || !/^[\w./-]+$/.test(ref))
        return undefined;
    return `${repository}/blob/${ref}/docs/TROUBLESHOOTING.md#${anchor}`;
}
/** Where to report a bug. */
function issuesOf(host) {
    const repository = repositoryOf(host);
    return repository && `${repository}/issues`;
}
/** The address of the repository that the action came from. */
function repositoryOf({ variable }) {
    const repository = variable('GITHUB_ACTION_REPOSITORY') ?? '';
    const server = variable('GITHUB_SERVER_URL') ?? 'https://github.com';
    const isKnown = /^[\w.-]+\/[\w.-]+$/.test(repository) && /^https:\/\/[\w.:-]+$/.test(server);
    return isKnown ? `${server}/${repository}` : undefined;
}

;// CONCATENATED MODULE: ./src/report/failure-text.ts




/** The runner keeps 4,096 characters of an annotation. */
const ANNOTATION_CHARACTERS = 4000;
/**
 * A failure as an error annotation of GitHub, which people read without the log; and as a line of
 * that log, which does not show the title.
 */
function asAnnotation(report) {
    const { cause, outcome, output, status } = report;
    const opening = cause ? (0,say/* say */.cv) `${cause.line}. ${outcome}` : outcome;
    const whole = paragraphs(report, opening, output?.firstError ?? output?.lastLines);
    return {
        title: status.markdown,
        message: (0,cut/* shownStart */.s)(whole, ANNOTATION_CHARACTERS),
        whole: whole.length > ANNOTATION_CHARACTERS ? whole : undefined,
    };
}
/** A failure in a log, right below the output: nothing is repeated or cut. */
function asLog(report) {
    const { headline, output } = report;
    return {
        title: headline.markdown,
        message: paragraphs(report, outcomeBelow(report), output?.firstError),
    };
}
/** What is known, the error's text, an excerpt of the output, the remedy, and what else to say. */
function paragraphs(report, opening, excerpt) {
    const { cause, link, others } = report;
    const parts = [opening.markdown.trim()];
    if (cause)
        parts.push(cause.errorText);
    if (excerpt)
        parts.push(`${excerpt.label.markdown}\n${excerpt.text}`);
    if (cause)
        parts.push(plainBlocks(cause.remedy));
    for (const { line, remedy } of others)
        parts.push(plainBlocks([(0,say/* say */.cv) `${line}.`, ...remedy]));
    if (link !== undefined)
        parts.push(`More: ${link}`);
    return parts.filter((part) => part !== '').join('\n\n');
}

// EXTERNAL MODULE: ./src/report/file-lists.ts
var file_lists = __webpack_require__(7270);
// EXTERNAL MODULE: ./src/report/outputs.ts
var outputs = __webpack_require__(5468);
;// CONCATENATED MODULE: ./src/report/summary.ts












/**
 * The runner drops a summary over 1 MiB. These limits of its long parts, before escaping, keep it
 * below that, with the command's own 64 KiB: backticks make their fence longer, and a control
 * character becomes three bytes.
 */
const OUTPUT_BYTES = 128 * 1024;
const COMMAND_BYTES = 16 * 1024;
const LIST_BYTES = 16 * 1024;
/** How many lines of output stay whole. A longer one is folded, a failure's below its last lines. */
const SHORT = 10;
const LAST = 20;
const LAST_BYTES = 8 * 1024;
/** How many characters of an error a fenced block shows. The rest has to be scrolled to. */
const WIDE = 100;
/** A longer output does not wrap, so that the remedy below it stays in sight. */
const WRAPPED_CHARACTERS = 2000;
const FILES_LISTED = 200;
/** How much of the command the facts have. */
const COMMAND_CHARACTERS = 40;
/** The report as the Markdown of a job summary. */
function summary(report) {
    const { verdict, headline, cause, others, link } = report;
    const { state } = verdict;
    const [failure] = verdict.problems;
    const isExitCode = failure && rowOf(failure).isExitCode;
    const output = outputBlocks(report);
    return [
        `\n### ${describe(verdict).sign} ${headline.markdown}\n`,
        paragraph(facts(report)),
        // The facts have the exit code.
        cause && !isExitCode ? paragraph(outcomeBelow(report)) : '',
        cause ? wrappedLines(cause.errorText) : '',
        state === 'dry-run' ? '\nThe permission to run commands was not checked.\n' : '',
        output.above,
        cause ? markdownBlocks(cause.remedy) : '',
        ...others.map(({ line, remedy }) => paragraph((0,say/* say */.cv) `${line}.`) + markdownBlocks(remedy)),
        output.below,
        collectedBlocks(report),
        commandAndFiles(report),
        link === undefined ? '' : `\n[More about this](${link})\n`,
        writtenInThePod(report),
    ].join('');
}
/** The facts in one line. */
function facts({ verdict, inputs, packed }) {
    const { cluster, command = '', namespace = '' } = inputs ?? {};
    const { exitCode, commandId } = verdict;
    const seconds = (0,command_result/* durationSeconds */.o8)(verdict);
    const files = packed?.files ?? [];
    const parts = [];
    if (exitCode !== undefined)
        parts.push((0,say/* say */.cv) `Exit code ${exitCode}`);
    if (seconds !== undefined)
        parts.push((0,duration/* formatDuration */.a3)(seconds));
    if (files.length > 0)
        parts.push((0,text_bytes/* formatFiles */.HL)(files));
    if (cluster)
        parts.push((0,say/* say */.cv) `${cluster.name} in ${cluster.resourceGroup}`);
    if (namespace !== '')
        parts.push((0,say/* say */.cv) `namespace ${namespace}`);
    const start = startOfCommand(command);
    if (start !== '')
        parts.push((0,say/* say */.cv) `command ${start}`);
    if (commandId !== undefined)
        parts.push((0,say/* say */.cv) `command ID ${commandId}`);
    return (0,say/* joined */.oR)(parts, ' · ');
}
/**
 * What tells the commands of two steps apart: the first line, without comments and options of the
 * shell.
 */
function startOfCommand(command) {
    const lines = command
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => /^(?!#|set [-+])./.test(line));
    const [first = '', ...others] = lines;
    return (0,cut/* shownStart */.s)(others.length > 0 ? `${first} …` : first, COMMAND_CHARACTERS);
}
function collectedBlocks({ verdict: { collected } }) {
    if (collected === undefined)
        return '';
    const { folder, files } = collected;
    const list = listOf(files, file_lists/* COLLECTED_LISTED */.am);
    const came = folder === '' ? '' : labeled((0,say/* say */.cv) `Collected (${(0,text_bytes/* formatFiles */.HL)(files)})`, codeBlock(list));
    return came + markdownBlocks((0,file_lists/* collectWarnings */._c)(collected).flat());
}
/**
 * What the command wrote. Above the remedy is what says why it is needed: a short output, or the
 * first error. Below it is the rest, and nothing twice.
 */
function outputBlocks({ output, verdict: { state } }) {
    if (output === undefined)
        return { above: '', below: '' };
    const { text, truncated, firstError } = output;
    if (text.trim() === '' && !truncated) {
        const above = state === 'unknown' ? '' : '\nThe command wrote nothing.\n';
        return { above, below: '' };
    }
    const shown = (0,pod_output/* withoutScriptPath */.T)((0,cut/* shownEnd */.$g)(text, OUTPUT_BYTES));
    const lines = shown.trimEnd().split('\n');
    const lineCount = text.trimEnd().split('\n').length;
    const title = (0,say/* say */.cv) `Output (${countLines(lines.length, lineCount)}${missing(output)})`;
    if (lineCount <= SHORT && lines.length === lineCount) {
        return { above: labeled(title, shortOutput(shown, firstError)), below: '' };
    }
    const folded = details(title, codeBlock(shown));
    if (state === 'succeeded')
        return { above: '', below: folded };
    const above = firstError ? labeled(firstError.label, wrappedLines(firstError.text)) : '';
    const last = lastLines(lines, firstError);
    if (last === '')
        return { above, below: folded };
    if (last === lines.join('\n'))
        return { above, below: labeled(title, codeBlock(shown)) };
    return { above, below: labeled(LAST_LINES, codeBlock(last)) + folded };
}
function labeled(label, markdown) {
    return `\n**${label.markdown}**\n${markdown}`;
}
/** An output of a few lines. It wraps if a fenced block would cut off its error. */
function shortOutput(shown, firstError) {
    const isCutOff = firstError !== undefined && firstError.text.length > WIDE;
    const wraps = isCutOff && shown.length <= WRAPPED_CHARACTERS;
    return wraps ? wrappedLines(shown) : codeBlock(shown);
}
/** The last lines, but not what is shown as the first error. */
function lastLines(lines, firstError) {
    const count = Math.min(firstError?.linesAfter ?? LAST, LAST);
    return count > 0 ? (0,cut/* shownEnd */.$g)(lines.slice(-count).join('\n'), LAST_BYTES) : '';
}
/** What a title says about output that did not come back. */
function missing({ truncated, missingBytes }) {
    if (!truncated)
        return (0,say/* say */.cv) ``;
    return missingBytes === undefined
        ? (0,say/* say */.cv) `, incomplete`
        : (0,say/* say */.cv) `, ${(0,text_bytes/* formatCount */.B4)(missingBytes)} bytes missing`;
}
function countLines(shown, all) {
    const count = all === 1 ? (0,say/* say */.cv) `1 line` : (0,say/* say */.cv) `${(0,text_bytes/* formatCount */.B4)(all)} lines`;
    return shown < all ? (0,say/* say */.cv) `the last ${(0,text_bytes/* formatCount */.B4)(shown)} of ${count}` : count;
}
function commandAndFiles({ inputs, packed }) {
    const { command = '' } = inputs ?? {};
    if (command === '')
        return '';
    const files = packed?.files ?? [];
    const list = listOf(files, FILES_LISTED);
    return details(files.length === 0 ? (0,say/* say */.cv) `Command` : (0,say/* say */.cv) `Command and ${(0,text_bytes/* formatFileCount */.hx)(files.length)}`, codeBlock((0,cut/* shownEnd */.$g)(command, COMMAND_BYTES), 'bash') + (list === '' ? '' : codeBlock(list)));
}
function writtenInThePod({ verdict: { podSummary, podSummaryCut } }) {
    if (podSummary === '')
        return '';
    const cut = podSummaryCut
        ? '\n_The command wrote more than 64 KiB here; the rest was cut._\n'
        : '';
    // Its headings may be bigger than ours, so a rule shows where it begins.
    return `\n---\n\n#### Written by the command in the cluster\n\n${podSummary}\n\n${cut}`;
}
/** The first files, as many as there is room for. */
function listOf(files, most) {
    const list = (0,file_lists/* fileLines */.c0)(files, most).join('\n');
    const bytes = Buffer.from(list);
    if (bytes.length <= LIST_BYTES)
        return list;
    return `${(0,cut/* withoutCutEnd */.mX)(bytes.subarray(0, LIST_BYTES).toString())}…`;
}

;// CONCATENATED MODULE: ./src/report/warnings.ts


/** What the command did that its exit code does not show. */
function warningsOf({ verdict, output }) {
    const { podSummaryCut, onlyExitCode } = verdict;
    const text = output?.text ?? '';
    const warnings = [];
    if (onlyExitCode) {
        warnings.push((0,say/* say */.cv) `The log is not from AKS Run Command, so only the exit code that AKS reports is known.`);
    }
    if (output?.truncated)
        warnings.push(whatIsMissing(output));
    if (verdict.leftBehind !== undefined)
        warnings.push(whatWasEnded(verdict.leftBehind));
    const obsolete = /^::(set-output|set-env|add-path)[ :]/m.exec(text)?.[1];
    if (obsolete !== undefined) {
        warnings.push((0,say/* say */.cv) `
      The command printed ${`::${obsolete}::`}, which has no effect. Write ${'NAME=value'} to
      ${'$GITHUB_OUTPUT'} for a step output.
    `);
    }
    if (podSummaryCut) {
        warnings.push((0,say/* say */.cv) `
      The command wrote more than 64 KiB to ${'$GITHUB_STEP_SUMMARY'}. The rest was cut off.
    `);
    }
    return warnings;
}
/** @param names of processes, untrusted text */
function whatWasEnded(names) {
    return (0,say/* say */.cv) `
    The command left processes running that could still write output: ${(0,say/* list */.p_)(names)}. The pod ended
    them after five seconds, and whatever they had not written is missing. In the command, wait for
    them, end them, or redirect their output: ${'kubectl port-forward … >/dev/null 2>&1 &'}.
  `;
}
function whatIsMissing({ text, missingBytes }) {
    // If AKS cut off the end, about as much as AKS keeps has come back. A container that was killed
    // leaves less.
    if (missingBytes === undefined && Buffer.byteLength(text) < 400 * 1024) {
        return (0,say/* say */.cv) `The end of the output may be missing: the pod ended before it sent everything.`;
    }
    const what = missingBytes === undefined ? (0,say/* say */.cv) `An unknown part` : (0,say/* say */.cv) `${(0,text_bytes/* formatCount */.B4)(missingBytes)} bytes`;
    return (0,say/* say */.cv) `
    ${what} of the output did not come back: AKS keeps only 512 KiB. Print less:
    ${'kubectl … | tail'} keeps the end.
  `;
}

;// CONCATENATED MODULE: ./src/report/publication.ts















/**
 * Publishes how a step, or the post step, turned out. Never rejects.
 *
 * @param markdown the text of messages.md
 * @param isPostStep it succeeds if the command has ended, and has no outputs
 * @returns whether it succeeds: whether the verdict is the one that the user wants, and all of it
 *   arrived
 */
async function publishStep(step, host, markdown, isPostStep = false) {
    const { inputs, verdict } = step;
    const success = isPostStep ? (0,src_verdict/* hasEnded */.hY)(verdict.state) : (0,src_verdict/* succeeds */.kz)(verdict, inputs?.wait ?? true);
    try {
        const messages = messagesFor(host, markdown);
        const report = reportOn(step, host, messages);
        const options = { success, isPostStep, summary: inputs?.summary ?? true };
        return (await publish(report, options, host, messages)) && success;
    }
    catch (error) {
        return publishLeast(verdict, error, host);
    }
}
function messagesFor(host, markdown) {
    return readMessages(markdown, (mistake) => {
        host.log.debug(`messages.md: ${mistake}`);
    });
}
/**
 * Publishes a report: masks, step outputs, log, annotation, summary, in this order, so that a secret
 * is masked before it can show, and a summary that cannot be written hides nothing.
 *
 * @returns whether everything arrived: an output that cannot be written fails the step.
 */
async function publish(report, options, host, messages) {
    const { success, isPostStep = false } = options;
    const { verdict, inputs } = report;
    // Which step outputs are secret, the post step doesn't know.
    const arrived = verdict.arrived.map(({ name }) => name);
    (0,outputs/* maskOutputs */.t8)(verdict, isPostStep ? arrived : (inputs?.maskOutputs ?? []), host);
    const unwritten = isPostStep ? undefined : (0,outputs/* setOutputs */.n0)(report, host);
    const lost = unwritten === undefined ? undefined : reportOnUnwritten(report, unwritten, host, messages);
    await show(report, success ? lost : report, options.summary, host);
    return lost === undefined;
}
/** @param failed what is reported as the failure of the step; undefined if it succeeds */
async function show(report, failed, summary, host) {
    const { verdict, output, cause } = report;
    if (output && output.text !== '')
        await host.showOutput(output.text);
    for (const warning of warningsOf(report))
        host.log.warn(warning);
    showCollected(verdict, host);
    const last = failed ? reportFailure(failed, host) : withTime(report.headline, report);
    // The command of a step that does not wait keeps running, so there is still something to do.
    if (failed !== report && cause)
        host.log.show(plainBlocks(cause.remedy));
    if (summary)
        writeSummary(report, host);
    // The last line is what people see first when they scroll to the end of a log.
    host.log.show(last);
}
/**
 * Publishes the minimum after publishing everything threw, because of a bug of ours or a failing
 * stdout. Each part is tried separately, because any of them may be what fails. Never throws, and
 * returns false: not everything arrived.
 */
function publishLeast(verdict, error, host) {
    const { state, exitCode, commandId } = verdict;
    const attempts = [
        () => {
            host.setOutput('state', state);
        },
        () => {
            host.setOutput('exit-code', exitCode ?? null);
        },
        () => {
            host.setOutput('command-id', commandId ?? '');
        },
        () => {
            const message = (0,say/* say */.cv) `${describe(verdict).sentence} ${(0,failure/* messageOf */.bD)(error)}`;
            host.error('The result could not be reported', message.markdown);
        },
    ];
    for (const attempt of attempts) {
        try {
            attempt();
        }
        catch {
            // The others may still work.
        }
    }
    return false;
}
/** @returns the last line of the log */
function reportFailure(report, host) {
    // At a prompt, people read the log from top to bottom, so its last line does not repeat the cause.
    if (!host.words.isStep) {
        const { title, message } = asLog(report);
        host.error(title, message);
        const hasTime = (0,command_result/* durationSeconds */.o8)(report.verdict) !== undefined;
        return hasTime ? withTime(report.status, report) : '';
    }
    const { title, message, whole } = asAnnotation(report);
    if (whole !== undefined)
        host.log.show(whole);
    host.error(title, message);
    return withTime(report.headline, report);
}
/** A last line of the log, with how long the command took. */
function withTime(line, { cause, verdict }) {
    const seconds = (0,command_result/* durationSeconds */.o8)(verdict);
    if (seconds === undefined)
        return line.markdown;
    const time = (0,duration/* formatDuration */.a3)(seconds);
    return cause ? (0,say/* say */.cv) `${line} (${time})`.markdown : (0,say/* say */.cv) `${line} in ${time}`.markdown;
}
function writeSummary(report, host) {
    try {
        host.writeSummary(summary(report), report.verdict.podSummary);
    }
    catch (error) {
        const warning = (0,say/* say */.cv) `The job summary could not be written: ${(0,failure/* messageOf */.bD)(error)}`;
        host.log.warn(warning);
    }
}
function showCollected({ collected }, { log }) {
    if (collected === undefined)
        return;
    const { folder, files } = collected;
    if (folder !== '') {
        const lines = [
            `${(0,text_bytes/* formatFiles */.HL)(files).plain}, in ${folder}`,
            ...(0,file_lists/* fileLines */.c0)(files, file_lists/* COLLECTED_LISTED */.am),
        ];
        log.group((0,say/* say */.cv) `Collected files`, lines.join('\n'));
    }
    for (const lines of (0,file_lists/* collectWarnings */._c)(collected))
        log.warn((0,say/* joined */.oR)(lines, '\n'));
}


/***/ }),

/***/ 3787:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ expandBraces),
/* harmony export */   c: () => (/* binding */ TOO_LONG)
/* harmony export */ });
/* harmony import */ var brace_expansion__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7159);
/* harmony import */ var _say_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9892);


/** Linux's `PATH_MAX`. A longer line is not a pattern. */
const MAX_LENGTH = 4096;
const TOO_LONG = (0,_say_js__WEBPACK_IMPORTED_MODULE_1__/* .say */ .cv) `it is longer than any path. Write one pattern per line`;
/** Alternatives multiply with each brace. Nobody needs as many as this. */
const MAX_ALTERNATIVES = 500;
/**
 * The patterns that the braces in a line expand to, as in bash: `*.{yaml,yml}` is two. Returns all
 * of them, or why there are none, as the end of a sentence about the line: beyond its limit, the
 * package silently drops patterns.
 */
function expandBraces(line) {
    if (line.length > MAX_LENGTH)
        return { problem: TOO_LONG };
    const patterns = line.includes('{') ? (0,brace_expansion__WEBPACK_IMPORTED_MODULE_0__/* .expand */ .fT)(line, { max: MAX_ALTERNATIVES + 1 }) : [line];
    if (patterns.length > MAX_ALTERNATIVES) {
        return { problem: (0,_say_js__WEBPACK_IMPORTED_MODULE_1__/* .say */ .cv) `its braces expand to more than ${MAX_ALTERNATIVES} patterns` };
    }
    return patterns;
}


/***/ }),

/***/ 1080:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B4: () => (/* binding */ formatCount),
/* harmony export */   HL: () => (/* binding */ formatFiles),
/* harmony export */   hx: () => (/* binding */ formatFileCount),
/* harmony export */   z3: () => (/* binding */ formatBytes)
/* harmony export */ });
/* harmony import */ var _say_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9892);

const UNITS = ['B', 'KiB', 'MiB', 'GiB'];
/** A size in human-readable form: `512 B`, `70.0 KiB`, `4.0 MiB`. */
function formatBytes(bytes) {
    let value = bytes;
    let unit = 0;
    // One decimal makes 1024.0 of anything from here on.
    while (value >= 1023.95 && unit < UNITS.length - 1) {
        value /= 1024;
        unit += 1;
    }
    return (0,_say_js__WEBPACK_IMPORTED_MODULE_0__/* .unquoted */ .qZ)(`${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit]}`);
}
/** A whole number with separators: `1,234`. */
function formatCount(count) {
    return (0,_say_js__WEBPACK_IMPORTED_MODULE_0__/* .unquoted */ .qZ)(count.toLocaleString('en-US'));
}
/** A number of files in words: `1 file`, `2,000 files`. */
function formatFileCount(count) {
    const number = formatCount(count);
    return count === 1 ? (0,_say_js__WEBPACK_IMPORTED_MODULE_0__/* .say */ .cv) `${number} file` : (0,_say_js__WEBPACK_IMPORTED_MODULE_0__/* .say */ .cv) `${number} files`;
}
/** How many files, and how big they are together: `3 files, 579 B`. */
function formatFiles(files) {
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    return (0,_say_js__WEBPACK_IMPORTED_MODULE_0__/* .say */ .cv) `${formatFileCount(files.length)}, ${formatBytes(total)}`;
}


/***/ }),

/***/ 9641:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ readFileCommand)
/* harmony export */ });
/* harmony import */ var _say_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9892);

/**
 * Reads the runner's grammar for `$GITHUB_OUTPUT` and `$GITHUB_ENV`: `NAME=value`, or
 * `NAME<<DELIMITER`, the lines of the value, `DELIMITER`. Whichever of `=` and `<<` comes first
 * decides. Lines end at LF alone, as on a Linux runner, so a CR belongs to the value. Empty lines
 * are skipped, and the last line needs no LF.
 *
 * Source: `EnvFileKeyValuePairs` of actions/runner `src/Runner.Worker/FileCommandManager.cs`. Two
 * differences: an empty name is malformed here, where the runner fails a step later; and reading
 * continues after a malformed line.
 */
function readFileCommand(text) {
    const found = {
        assignments: [],
        blocks: new Set(),
        bare: [],
        malformed: [],
        unclosed: [],
    };
    // .NET's File.ReadAllText removes a byte order mark.
    const lines = text.replace(/^\uFEFF/, '').split('\n');
    for (let at = 0; at < lines.length; at++) {
        const current = lines[at];
        if (current)
            at = readAssignment(current, lines, at, found);
    }
    return found;
}
/** @returns the index of its last line */
function readAssignment(current, lines, at, found) {
    const line = at + 1;
    const operator = /=|<</.exec(current);
    if (operator === null) {
        found.bare.push({ text: current, line });
        return at;
    }
    const [sign] = operator;
    const name = current.slice(0, operator.index);
    const rest = current.slice(operator.index + sign.length);
    const add = (value) => {
        if (name !== '')
            found.assignments.push({ name, value, line });
        else
            found.malformed.push({ line, problem: (0,_say_js__WEBPACK_IMPORTED_MODULE_0__/* .say */ .cv) `has no name before the ${sign}` });
    };
    if (sign === '=') {
        add(rest);
        return at;
    }
    if (rest === '') {
        found.malformed.push({ line, problem: (0,_say_js__WEBPACK_IMPORTED_MODULE_0__/* .say */ .cv) `has no delimiter after the ${'<<'}` });
        return at;
    }
    const end = lines.indexOf(rest, at + 1);
    if (end < 0) {
        found.unclosed.push({ name, value: lines.slice(at + 1).join('\n'), line });
        found.malformed.push({
            line,
            problem: (0,_say_js__WEBPACK_IMPORTED_MODULE_0__/* .say */ .cv) `starts a block, but no later line is its delimiter`,
        });
        return lines.length;
    }
    add(lines.slice(at + 1, end).join('\n'));
    found.blocks.add(line);
    return end;
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

/***/ 9478:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Mc: () => (/* binding */ asStopped),
  hY: () => (/* binding */ hasEnded),
  S4: () => (/* binding */ judge),
  xP: () => (/* binding */ mayRun),
  kz: () => (/* binding */ succeeds),
  Is: () => (/* binding */ withoutResult)
});

// UNUSED EXPORTS: STATES

// EXTERNAL MODULE: ./src/collect/save.ts
var save = __webpack_require__(9845);
;// CONCATENATED MODULE: ./src/ending.ts
/**
 * What is known about a command without a result. `not-started`: it never ran and never will.
 * `running`: it may still be running, or may still start. `unknown`: there is no way to tell whether
 * it ran.
 */
const STATES_WITHOUT_RESULT = ['not-started', 'running', 'unknown'];

// EXTERNAL MODULE: ./src/pod/boundary.ts
var boundary = __webpack_require__(7149);
// EXTERNAL MODULE: ./src/text/file-command.ts
var file_command = __webpack_require__(9641);
// EXTERNAL MODULE: ./src/text/say.ts
var say = __webpack_require__(9892);
;// CONCATENATED MODULE: ./src/pod/step-outputs.ts


/**
 * Everything in a file that may be a value and has to be masked, however malformed or cut off the
 * file is. A line that is not an assignment counts as another line of the previous value.
 */
function arrivedAssignments(text) {
    const { assignments, bare, unclosed } = (0,file_command/* readFileCommand */.y)(text);
    const named = [...assignments, ...unclosed];
    const nameless = bare.map(({ text: value, line }) => ({ name: undefined, value, line }));
    const inOrder = [...named, ...nameless].sort((a, b) => a.line - b.line);
    const arrived = [];
    let previous = '';
    for (const { name = previous, value, line } of inOrder) {
        arrived.push({ name, value, line });
        previous = name;
    }
    return arrived;
}
const NO_ASSIGNMENT = (0,say/* say */.cv) `is neither ${'NAME=value'} nor ${'NAME<<DELIMITER'}`;
/**
 * Reads `$GITHUB_OUTPUT`: all assignments in order, and the first malformed line, which invalidates
 * the file.
 */
function parseStepOutputs(text) {
    const { assignments, bare, malformed } = (0,file_command/* readFileCommand */.y)(text);
    const problems = [...malformed, ...bare.map(({ line }) => ({ line, problem: NO_ASSIGNMENT }))];
    return { assignments, malformed: problems.sort((a, b) => a.line - b.line)[0] };
}

// EXTERNAL MODULE: ./src/pod/stream.ts
var stream = __webpack_require__(9983);
// EXTERNAL MODULE: ./src/text/cut.ts
var cut = __webpack_require__(3147);
;// CONCATENATED MODULE: ./src/verdict.ts






const STATES = ['succeeded', 'failed', ...STATES_WITHOUT_RESULT, 'dry-run'];
const NOTHING_WRITTEN = {
    leftBehind: undefined,
    podSummary: '',
    podSummaryCut: false,
};
/** The verdict on a command that did not end or never began. */
function withoutResult(state, failure, commandId) {
    return {
        ...NOTHING_WRITTEN,
        state,
        problems: failure === undefined ? [] : [failure],
        commandId,
        exitCode: undefined,
        started: undefined,
        onlyExitCode: false,
        startedAt: undefined,
        finishedAt: undefined,
        output: undefined,
        stepOutputs: [],
        arrived: [],
        collected: undefined,
    };
}
/**
 * Decides the verdict. `succeeded` needs proof: an allowed exit code, and everything that the
 * command handed over.
 */
function judge(ending, criteria) {
    if (ending.kind !== 'ended')
        return withoutResult(ending.kind, ending.failure, ending.id);
    const { result, podReport } = ending;
    const { collected } = criteria;
    const { stepOutputs, problem } = readStepOutputs(podReport);
    const exitCode = exitCodeThatCounts(ending, criteria);
    const unusable = [problem, (0,save/* collectFailure */.b)(collected)].filter((one) => one !== undefined);
    const { state, failure } = decide(ending, exitCode, unusable.length === 0, criteria);
    // An exit code that cannot be trusted is not reported.
    const trusted = state === 'unknown' ? undefined : exitCode;
    return {
        state,
        problems: failure === undefined ? unusable : [failure, ...unusable],
        ...writtenIn(podReport),
        stepOutputs,
        commandId: ending.id,
        exitCode: trusted,
        started: state === 'unknown' ? whatStarted(ending) : undefined,
        onlyExitCode: trusted !== undefined && podReport.kind === 'unrecognized',
        startedAt: result.startedAt,
        finishedAt: result.finishedAt,
        collected,
    };
}
/**
 * Whether the step succeeds. If it does not wait, a running command is not a failure, unless the
 * step was canceled.
 */
function succeeds({ state, problems }, waits) {
    if (state === 'running')
        return !waits && problems[0]?.code !== 'cancelled';
    return state === 'succeeded' || state === 'dry-run';
}
/** Whether a command is known to have ended, by its state. */
function hasEnded(state) {
    return state === 'succeeded' || state === 'failed';
}
/** Whether a command may still be running, or may still start, by its state. */
function mayRun(state) {
    return state === 'running' || state === 'unknown';
}
/** What is no news of a command that was to be stopped. */
const HOW_IT_ENDED = ['exit-code', 'output-lost'];
/**
 * The verdict on a command that was to be stopped: if it has ended, its exit code is no cause. One
 * that reached its own timeout was ended by that, whoever stops it as well.
 */
function asStopped(verdict, signaled) {
    const isTimedOut = verdict.problems[0]?.code === 'timed-out';
    if (!hasEnded(verdict.state) || isTimedOut)
        return verdict;
    const others = verdict.problems.filter(({ code }) => !HOW_IT_ENDED.includes(code));
    return { ...verdict, problems: [{ code: 'stopped', signaled }, ...others] };
}
/**
 * There are two exit codes: AKS's and the script's, which is the command's. They differ only if the
 * container was killed after the command. Then the script's counts, unless only AKS's is not
 * allowed. If AKS reports none, the script's counts only if AKS reports a failure and the script's
 * whole frame proves that the command ended.
 */
function exitCodeThatCounts({ result, podReport }, criteria) {
    const byScript = podReport.kind === 'ran' ? podReport.exitCode : undefined;
    const isProven = result.provisioningState === 'failed' && (0,stream/* isFramed */.KL)(podReport);
    const byAks = result.exitCode ?? (isProven ? byScript : undefined);
    if (byAks === undefined || byScript === undefined)
        return byAks;
    const isOnlyAksDisallowed = isAllowed(byScript, criteria) && !isAllowed(byAks, criteria);
    return isOnlyAksDisallowed ? byAks : byScript;
}
function isAllowed(exitCode, { allowedExitCodes }) {
    return allowedExitCodes === 'any' || allowedExitCodes.includes(exitCode);
}
/** @param isUsable whether all that the command handed over can be used */
function decide(ending, exitCode, isUsable, criteria) {
    const { result, podReport } = ending;
    const ran = podReport.kind === 'ran' ? podReport : undefined;
    const started = whatStarted(ending);
    if (result.provisioningState === 'failed' && !(0,stream/* isFramed */.KL)(podReport)) {
        const { reason = '' } = result;
        const silent = reason === '' && result.logs === '';
        const mayStartUntil = started === undefined ? ending.mayStartUntil : undefined;
        const failure = { code: 'aks-failed', reason, silent, mayStartUntil };
        return { state: 'unknown', failure };
    }
    // Without the script's first line, or the line that the command begins, nothing proves that this
    // exit code is the command's.
    const isOtherTools = podReport.kind === 'unrecognized' && !criteria.ownCommand && !mayBeRefusal(ending);
    if (exitCode === undefined || (ran === undefined && !isOtherTools)) {
        const containerExitCode = result.exitCode;
        return { state: 'unknown', failure: { code: 'unproven', containerExitCode } };
    }
    // The script's exit code for a timeout is 124. A timeout is a failure even if 124 is allowed.
    if (ran?.timedOutAfter !== undefined) {
        return { state: 'failed', failure: { code: 'timed-out', seconds: ran.timedOutAfter } };
    }
    if (!isAllowed(exitCode, criteria)) {
        return { state: 'failed', failure: exitCodeFailure(exitCode, criteria) };
    }
    // Everything else came back: the command deleted the script's files, or the pod's disk was full.
    if (ran?.complete && ran.exitCode === undefined) {
        return { state: 'failed', failure: { code: 'output-lost' } };
    }
    return { state: isUsable ? 'succeeded' : 'failed' };
}
/** AKS dates the start of a pod and its end, even if the log shows nothing of the command. */
function whatStarted({ result, podReport }) {
    if (podReport.kind === 'ran')
        return 'command';
    const hasTimes = result.startedAt !== undefined && result.finishedAt !== undefined;
    return hasTimes && result.provisioningState === 'failed' ? 'pod' : undefined;
}
/** If AKS returned no log, the script may have run nothing, and nobody can see that it said so. */
function mayBeRefusal({ result: { exitCode, logs } }) {
    return logs === '' && (exitCode === stream/* REFUSED_EXIT_CODE */.G8 || exitCode === stream/* NO_BOUNDARY_EXIT_CODE */.K1);
}
/** If the command exited with 0, it is worth saying what is allowed instead. */
function exitCodeFailure(exitCode, { allowedExitCodes }) {
    const isWorthSaying = exitCode === 0 && allowedExitCodes !== 'any';
    return { code: 'exit-code', exitCode, allowed: isWorthSaying ? allowedExitCodes : undefined };
}
/** What the command wrote, usable or not. */
function writtenIn(podReport) {
    if (podReport.kind !== 'ran') {
        const output = (0,stream/* outputOfOther */.$h)(podReport.output);
        // It may be the script's log after another program's words, which a follower cannot tell from
        // another tool's. All of it is shown, so what it has of `$GITHUB_OUTPUT` has to be masked.
        const sections = output.text.split(boundary/* BOUNDARY_PREFIX */.At);
        return { ...NOTHING_WRITTEN, output, arrived: sections.flatMap(arrivedAssignments) };
    }
    const { text = '', isCut = false, isChanged = false } = podReport.summary ?? {};
    return {
        output: podReport.output,
        leftBehind: podReport.leftBehind,
        arrived: arrivedAssignments(podReport.outputs?.text ?? ''),
        podSummary: isCut || isChanged ? (0,cut/* withoutCutEnd */.mX)(text) : text,
        podSummaryCut: isCut,
    };
}
/** The step outputs, and why there are none if they cannot be used. */
function readStepOutputs(podReport) {
    if (podReport.kind !== 'ran')
        return { stepOutputs: [] };
    const { complete, outputs } = podReport;
    if (!complete)
        return unusable({ code: 'outputs-lost' });
    if (outputs === undefined || outputs.isChanged) {
        return unusable({ code: 'outputs-lost', isChanged: true });
    }
    if (outputs.isCut)
        return unusable({ code: 'outputs-too-large' });
    const { assignments, malformed } = parseStepOutputs(outputs.text);
    if (malformed !== undefined)
        return unusable({ code: 'outputs-malformed', ...malformed });
    return { stepOutputs: assignments };
}
function unusable(problem) {
    return { stepOutputs: [], problem };
}


/***/ })

};
