export const id = 629;
export const ids = [629];
export const modules = {

/***/ 6786:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ leadsNowhere),
/* harmony export */   w: () => (/* binding */ diskError)
/* harmony export */ });
/** An error of Node's file system has a `code`, such as `ENOENT`, and a `path`. Others don't. */
function diskError(error) {
    return error;
}
/** Whether an error says that nothing is at a path, or behind the link there. */
function leadsNowhere(error) {
    return NOWHERE.has(diskError(error).code);
}
const NOWHERE = new Set(['ENOENT', 'ENOTDIR', 'ELOOP']);


/***/ }),

/***/ 3629:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

// EXTERNAL MODULE: ./src/collect/save.ts
var save = __webpack_require__(9845);
// EXTERNAL MODULE: ./src/failure.ts
var failure = __webpack_require__(1633);
// EXTERNAL MODULE: ./src/text/nearest.ts
var nearest = __webpack_require__(613);
// EXTERNAL MODULE: ./src/text/say.ts
var say = __webpack_require__(9892);
// EXTERNAL MODULE: ./src/files/names.ts
var names = __webpack_require__(9827);
// EXTERNAL MODULE: ./src/files/pack.ts
var pack = __webpack_require__(6686);
// EXTERNAL MODULE: ./src/files/paths.ts
var files_paths = __webpack_require__(7099);
// EXTERNAL MODULE: ./src/files/pattern.ts
var files_pattern = __webpack_require__(1981);
// EXTERNAL MODULE: ./src/files/disk.ts
var files_disk = __webpack_require__(6786);
;// CONCATENATED MODULE: ./src/files/root.ts



/**
 * Names in `RUNNER_TEMP` that must never go to the pod: the files through which the runner takes
 * commands, and the token that `actions/checkout` 6 keeps there.
 */
const PRIVATE_IN_TEMP = /^(?:_(?:runner|github)_|git-credentials-)/i;
/**
 * Opens `working-directory`, which is the workspace if it is empty.
 *
 * @throws StepError `files` if it is missing, or is outside the workspace and `RUNNER_TEMP`
 */
async function openRoot(disk, workingDirectory, allowed) {
    const path = workingDirectory || allowed.workspace;
    const missing = () => fail({ kind: 'working-directory-missing', path });
    const givenWorkspace = disk.resolve(allowed.workspace, '.');
    const workspace = await disk.realPath(givenWorkspace).catch(missing);
    const temp = allowed.temp === undefined
        ? undefined
        : await disk.realPath(disk.resolve(allowed.temp, '.')).catch(() => undefined);
    const given = disk.resolve(allowed.workspace, workingDirectory || '.');
    const folder = await disk.realPath(given).catch(missing);
    const stats = await disk.stat(folder).catch(missing);
    if (stats.kind !== 'folder')
        missing();
    // A link in a checkout must not lead to what other steps left in `RUNNER_TEMP`.
    const isInWorkspace = [givenWorkspace, workspace].some((one) => (0,files_paths/* isWithin */.UO)(given, one));
    const tops = isInWorkspace || temp === undefined ? [workspace] : [workspace, temp];
    const top = tops.find((one) => (0,files_paths/* isWithin */.UO)(folder, one));
    if (top === undefined || isPrivate(folder, temp)) {
        return fail({ kind: 'working-directory-outside', path });
    }
    const [first = ''] = (0,files_paths/* below */.Gz)(folder, top).split('/');
    const confines = top === workspace ? workspace : (0,files_paths/* join */.fj)(top, first);
    const asked = new Set(disk.resolve('/', workingDirectory).split('/').map(files_paths/* foldName */.zN));
    return {
        folder,
        given,
        isTemp: top !== workspace && folder === temp,
        allows: (real) => (0,files_paths/* isWithin */.UO)(real, confines) && !isPrivate(real, temp),
        namesTo: (real) => (0,files_paths/* below */.Gz)(real, top)
            .split('/')
            .filter((name) => !asked.has((0,files_paths/* foldName */.zN)(name))),
    };
}
/** Whether a real path is one of the runner's private ones in `RUNNER_TEMP`, or is below one. */
function isPrivate(path, temp) {
    if (temp === undefined || !(0,files_paths/* isWithin */.UO)(path, temp))
        return false;
    return PRIVATE_IN_TEMP.test((0,files_paths/* below */.Gz)(path, temp));
}
/** What to do about an error of the disk at a path: nothing, if what was there has vanished. */
function unlessGone(path) {
    return (error) => ((0,files_disk/* leadsNowhere */.q)(error) ? undefined : fail({ kind: 'unreadable', path }));
}
function fail(problem) {
    throw new failure/* StepError */.zg({ code: 'files', problem });
}

;// CONCATENATED MODULE: ./src/files/match.ts



/**
 * A chart's ignore file, which is never hidden. Without it, helm would read other files in the pod
 * than it does on the runner.
 */
const HELM_IGNORE = '.helmignore';
/** Whether a pattern matches something in a folder. If it ends in `/`, only a folder will do. */
async function matchesOnDisk({ matches }, folder, name, disk) {
    const path = (0,files_paths/* join */.fj)(folder.path, name);
    if (matches(path) || !matches(`${path}/`))
        return matches(path);
    const stats = await disk.stat((0,files_paths/* join */.fj)(folder.real, name)).catch(unlessGone(path));
    return stats?.kind === 'folder';
}
/**
 * The one place that decides whether something that a line found may be sent, by its path and by
 * where it really is.
 *
 * @param name below the folder; may lead through links
 * @returns undefined if it is skipped: hidden, excluded, private to the runner, or gone meanwhile
 * @throws StepError `files` if the line asks for something that cannot be sent
 */
async function checkMatch(inclusion, folder, name) {
    const { disk, root } = inclusion;
    const path = (0,files_paths/* join */.fj)(folder.path, name);
    if (isHidden(inclusion, path.split('/')))
        return undefined;
    for (const exclusion of inclusion.exclusions) {
        if (await matchesOnDisk(exclusion, folder, name, disk)) {
            inclusion.excludedBy.add(exclusion.line);
            return undefined;
        }
    }
    const problem = (0,names/* problemWithName */.X6)(path);
    if (problem !== undefined)
        fail({ kind: problem, path });
    const at = (0,files_paths/* join */.fj)(folder.real, name);
    const real = await disk.realPath(at).catch(unlessGone(path));
    if (real === undefined) {
        return (await disk.exists(at)) ? fail({ kind: 'broken-link', path }) : undefined;
    }
    const isLink = !isSamePlace(disk, real, at);
    // Of `RUNNER_TEMP` itself, only regular files are sent.
    if (root.isTemp && isLink)
        return undefined;
    if (!root.allows(real)) {
        return isLink ? fail({ kind: 'outside', path, target: real }) : undefined;
    }
    if (isHidden(inclusion, root.namesTo(real))) {
        inclusion.leadToHidden.add(path);
        return undefined;
    }
    const stats = await disk.stat(real).catch(unlessGone(path));
    if (stats === undefined)
        return undefined;
    if (stats.kind === 'other')
        fail({ kind: 'not-a-file', path });
    // On Windows, a pattern may spell the path in another way than the disk.
    const spelled = isLink ? path : (0,files_paths/* join */.fj)(folder.path, (0,files_paths/* below */.Gz)(real, folder.real));
    return { path: spelled, real, stats };
}
/** Whether a path is its own real path, and leads through no link. Windows ignores letter case. */
function isSamePlace({ windows }, real, at) {
    return windows ? (0,files_paths/* foldName */.zN)(real) === (0,files_paths/* foldName */.zN)(at) : real === at;
}
/**
 * Whether a segment of a path hides what it leads to. A segment with a leading dot is hidden unless
 * it matches a segment of the pattern that also begins with a dot. `.git` must be spelled out in
 * full, whatever else is included.
 */
function isHidden({ pattern, includeHidden }, segments) {
    return segments.some((name, index) => {
        const isHelmIgnore = name === HELM_IGNORE && index === segments.length - 1;
        const isDotted = name.startsWith('.') && !includeHidden && !isHelmIgnore;
        if (!isDotted && !(0,names/* isGitFolder */.Z$)(name))
            return false;
        return !pattern.spellsOut(name);
    });
}

;// CONCATENATED MODULE: ./src/files/search.ts





/** A zip counts its files in 16 bits, including the action's own. */
const MAX_FOUND = 65_000;
/** How many files are examined or read at the same time. */
const AT_ONCE = 16;
/** What other steps of this action leave behind in `RUNNER_TEMP`. */
const LEFT_BY_US = /^aks-run-command-/i;
const CHART = 'Chart.yaml';
/**
 * Finds the files that the patterns match and that may be sent.
 *
 * @throws StepError `files` for what a pattern matches and cannot be sent, an unreadable folder,
 *   and too many files
 */
async function search(disk, root, patterns, includeHidden) {
    const found = new Map();
    const leadToHidden = new Set();
    const linked = new Map();
    const excludedBy = new Map();
    for (const [index, pattern] of patterns.entries()) {
        if (pattern.excludes)
            continue;
        const exclusions = patterns.slice(index + 1).filter(({ excludes }) => excludes);
        const effective = new Set();
        const accumulated = { excludedBy: effective, leadToHidden, found, linked };
        await searchOne({ pattern, exclusions, includeHidden, disk, root, ...accumulated });
        if (effective.size > 0)
            excludedBy.set(pattern, [...effective]);
    }
    return {
        files: [...found.values()].filter(({ stats }) => stats.kind === 'file'),
        // Another line may have asked for it.
        leadToHidden: [...leadToHidden].filter((path) => !found.has(path)).sort(),
        excludedBy,
    };
}
async function searchOne(inclusion) {
    const { disk, root } = inclusion;
    const top = { path: '', real: root.folder };
    if (root.isTemp) {
        await addMatches(inclusion, top, await namesInTemp(inclusion));
        return;
    }
    const globs = [];
    for (const glob of inclusion.pattern.globs) {
        const { start, rest } = (0,files_pattern/* splitGlob */.VK)(glob);
        const at = (0,files_paths/* join */.fj)(root.folder, start);
        const stats = await disk.stat(at).catch(unlessGone(start));
        const real = await disk.realPath(at).catch(unlessGone(start));
        if (stats?.kind !== 'folder' || real === undefined)
            continue;
        if (isSamePlace(disk, real, at)) {
            globs.push(glob);
        }
        else {
            // The package would not look behind the link that the glob names.
            const folder = await checkMatch(inclusion, top, start);
            if (folder !== undefined)
                await addMatches(inclusion, folder, await namesBelow(inclusion, folder, [rest]));
        }
    }
    if (globs.length > 0)
        await addMatches(inclusion, top, await namesBelow(inclusion, top, globs));
}
/**
 * Adds what was found in a folder, and everything below the folders that links there lead to.
 *
 * @param behind the real folders that the links on the way lead to: no link leads there again
 */
async function addMatches(inclusion, folder, names, behind = []) {
    const checked = await mapConcurrently(names, async (name) => {
        const isMatch = await matchesOnDisk(inclusion.pattern, folder, name, inclusion.disk);
        return { name, match: isMatch ? await checkMatch(inclusion, folder, name) : undefined };
    });
    for (const { name, match } of checked) {
        if (match === undefined)
            continue;
        addMatch(inclusion, match);
        if (match.stats.kind === 'folder') {
            if (behind.includes(match.real))
                continue;
            await addMatches(inclusion, match, await allBelow(inclusion, match), [...behind, match.real]);
        }
        else if (match.path.split('/').at(-1) === CHART) {
            await addHelmIgnore(inclusion, folder, name.slice(0, -CHART.length) + HELM_IGNORE);
        }
    }
}
/** Searches a folder once for all links that lead to it. */
function allBelow(inclusion, folder) {
    const names = inclusion.linked.get(folder.real) ?? namesBelow(inclusion, folder, ['**']);
    inclusion.linked.set(folder.real, names);
    return names;
}
async function namesBelow({ disk }, { path, real }, globs) {
    const found = await disk.search(real, globs).catch((error) => {
        const at = (0,files_disk/* diskError */.w)(error).path;
        if (at === undefined)
            throw error;
        return fail({ kind: 'unreadable', path: (0,files_paths/* join */.fj)(path, (0,files_paths/* below */.Gz)(at, real)) || '.' });
    });
    return found.map((at) => (0,files_paths/* below */.Gz)(at, real));
}
/**
 * Only regular files directly in `RUNNER_TEMP` are sent. Other programs keep folders there that are
 * unreadable to others.
 */
async function namesInTemp({ disk, root }) {
    const entries = await disk.list(root.folder).catch(() => fail({ kind: 'unreadable', path: '.' }));
    const files = entries.filter(({ name, isFile }) => isFile && !LEFT_BY_US.test(name));
    return files.map(({ name }) => name);
}
function addMatch({ found }, match) {
    found.set(match.path, match);
    if (found.size <= MAX_FOUND)
        return;
    const [first = ''] = match.path.split('/');
    fail({ kind: 'too-many', path: first, limit: MAX_FOUND });
}
/** A chart's ignore file comes along, unless it is excluded or cannot be sent. */
async function addHelmIgnore(inclusion, folder, name) {
    const match = await checkMatch(inclusion, folder, name).catch(() => undefined);
    if (match?.stats.kind === 'file')
        addMatch(inclusion, match);
}
/** Works on all items, a few at a time, and keeps their order. */
async function mapConcurrently(items, work) {
    const done = [];
    // All workers take from the same iterator.
    const left = items.entries();
    const worker = async () => {
        for (const [index, item] of left)
            done[index] = await work(item);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return done;
}

;// CONCATENATED MODULE: ./src/files/gather.ts









/**
 * Reads the files that the patterns match, sorted by their paths in the zip.
 *
 * @throws StepError `files` for a pattern without matches, a path that leaves the workspace, a
 *   broken link, an unreadable file and the like; `too-large` for more than the action reads
 */
async function gatherFiles(request, { disk, allowedFolders }, log) {
    const root = await openRoot(disk, request.workingDirectory, allowedFolders);
    const patterns = readPatterns(request.patterns, root, disk);
    const { files, leadToHidden, excludedBy } = await search(disk, root, patterns, request.includeHidden);
    if (leadToHidden.length > 0)
        log.warn(leftOut(leadToHidden, request.includeHidden));
    const unmatched = patterns.filter(({ excludes, matches }) => !excludes && !files.some(({ path }) => matches(path)));
    if (request.ifNoFilesFound !== 'ignore') {
        const excluded = [...excludedBy].filter(([pattern]) => unmatched.includes(pattern));
        const missing = unmatched.filter((pattern) => !excludedBy.has(pattern));
        await reportMissing(missing, request, root, disk, log);
        reportExcluded(excluded, request, log);
    }
    const packed = await readFiles(disk, files);
    for (const { path, content } of packed) {
        if (isScriptWithCrLf(content))
            log.warn((0,say/* say */.cv) `The script ${path} ${CRLF}`);
    }
    return packed;
}
/** Reads all lines, so that all mistakes are reported together. */
function readPatterns(lines, root, { windows }) {
    const roots = [root.folder, root.given];
    const patterns = [];
    const invalid = [];
    for (const line of lines) {
        const pattern = (0,files_pattern/* parseFilePattern */.wx)(line, roots, windows);
        if ('problem' in pattern)
            invalid.push({ line, problem: pattern.problem });
        else
            patterns.push(pattern);
    }
    const [first, ...others] = invalid;
    if (first !== undefined)
        fail({ kind: 'invalid-pattern', invalid: [first, ...others] });
    return patterns;
}
/** Reports patterns that found nothing. */
async function reportMissing(missing, { ifNoFilesFound }, root, disk, log) {
    if (missing.length === 0)
        return;
    const patterns = missing.map(({ line }) => line);
    const nearest = await nearestTo(missing, root.folder, disk);
    if (ifNoFilesFound === 'error')
        fail({ kind: 'no-match', patterns, nearest });
    for (const line of patterns)
        log.warn((0,say/* say */.cv) `No files were found for ${line}.`);
    for (const name of nearest)
        log.warn((0,say/* say */.cv) `Did you mean ${name}?`);
}
/** Reports patterns of which exclusions left nothing, each with those exclusions. */
function reportExcluded(excluded, { ifNoFilesFound }, log) {
    if (excluded.length === 0)
        return;
    if (ifNoFilesFound === 'error') {
        const patterns = excluded.map(([{ line }]) => line);
        const exclusions = new Set(excluded.flatMap(([, lines]) => lines));
        fail({ kind: 'all-excluded', patterns, exclusions: [...exclusions] });
    }
    for (const [{ line }, exclusions] of excluded) {
        log.warn((0,say/* say */.cv) `All files found for ${line} are excluded by ${(0,say/* list */.p_)(exclusions)}.`);
    }
}
/** Names to compare a misspelled one with. Large repositories have more, but these are enough. */
const MAX_NAMES = 10_000;
/** How many globs are compared. Nobody reads more advice than this. */
const MAX_GLOBS = 10;
/** Paths that were probably meant by patterns that brought nothing. */
async function nearestTo(patterns, folder, disk) {
    const paths = await listPaths(disk, folder);
    // What a pattern matches is hidden or excluded, and not misspelled.
    const misspelled = patterns.filter(({ matches }) => !paths.some((path) => matches(`${path}/`)));
    const globs = misspelled.flatMap((pattern) => pattern.globs).slice(0, MAX_GLOBS);
    return [...new Set(globs.flatMap((glob) => (0,nearest/* nearestPath */.KB)(glob, paths) ?? []))];
}
/** Files and folders, those near the top first. Leaves out `.git`, and doesn't follow links. */
async function listPaths(disk, top) {
    const paths = [];
    // The loop also visits the folders that are added while it runs.
    const folders = [''];
    for (const folder of folders) {
        const entries = await disk.list((0,files_paths/* join */.fj)(top, folder)).catch(() => []);
        for (const { name, isFolder } of entries.filter((entry) => !(0,names/* isGitFolder */.Z$)(entry.name))) {
            paths.push((0,files_paths/* join */.fj)(folder, name));
            if (isFolder)
                folders.push((0,files_paths/* join */.fj)(folder, name));
        }
        if (paths.length > MAX_NAMES)
            break;
    }
    return paths.slice(0, MAX_NAMES);
}
/** Without this warning, nobody would notice that a manifest behind a link is missing. */
function leftOut(paths, includeHidden) {
    if (includeHidden) {
        return (0,say/* say */.cv) `Not sent, because a link leads into ${'.git'}: ${(0,say/* list */.p_)(paths)}.`;
    }
    return (0,say/* say */.cv) `
    Not sent, because a link leads to a hidden file or folder: ${(0,say/* list */.p_)(paths)}. To send it, set
    ${'include-hidden-files'}.
  `;
}
const CRLF = (0,say/* say */.cv) `
  has Windows line endings (CRLF), so the pod cannot run it. Add ${'*.sh text eol=lf'} to
  ${'.gitattributes'}, run ${'git add --renormalize .'}, and commit both.
`;
/** The kernel would look for an interpreter whose name ends with a carriage return. */
function isScriptWithCrLf(content) {
    return /^#![^\n]*\r\n/.test(content.toString('latin1', 0, 256));
}
/**
 * More than this in total is refused unread: ARM takes 4 MiB, and nothing compresses a hundredfold.
 */
const MAX_UNPACKED_BYTES = 512 * 1024 * 1024;
async function readFiles(disk, matches) {
    const files = matches.toSorted((a, b) => (a.path < b.path ? -1 : 1));
    const sizes = files.map(({ path, stats }) => ({ path, bytes: stats.bytes }));
    const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    if (total > MAX_UNPACKED_BYTES) {
        throw new failure/* StepError */.zg({
            code: 'too-large',
            afterPacking: false,
            bytes: total,
            limit: MAX_UNPACKED_BYTES,
            biggest: (0,pack/* biggestOf */.lj)(sizes),
        });
    }
    return mapConcurrently(files, async ({ path, real, stats }) => {
        const content = await disk.read(real).catch(() => fail({ kind: 'unreadable', path }));
        return { path, content, mode: disk.windows ? modeOf(content) : stats.mode };
    });
}
/** Windows has no executable bit, so a script (`#!`) or an ELF binary counts as a program. */
function modeOf(content) {
    const start = content.toString('latin1', 0, 4);
    return start.startsWith('#!') || start === '\x7fELF' ? 0o755 : 0o644;
}

// EXTERNAL MODULE: ./src/inputs/inputs.ts + 6 modules
var inputs_inputs = __webpack_require__(263);
// EXTERNAL MODULE: ./src/lifecycle/cancel.ts
var cancel = __webpack_require__(8740);
// EXTERNAL MODULE: ./src/lifecycle/cluster.ts
var cluster = __webpack_require__(1082);
// EXTERNAL MODULE: ./src/lifecycle/open-command.ts
var open_command = __webpack_require__(9894);
// EXTERNAL MODULE: ./src/lifecycle/run.ts + 1 modules
var run = __webpack_require__(4735);
// EXTERNAL MODULE: ./src/lifecycle/service-time.ts
var service_time = __webpack_require__(9713);
// EXTERNAL MODULE: ./src/lifecycle/stop.ts + 1 modules
var stop = __webpack_require__(9355);
// EXTERNAL MODULE: ./src/pod/submission.ts
var submission = __webpack_require__(5627);
// EXTERNAL MODULE: ./src/pod/variables.ts
var variables = __webpack_require__(2986);
// EXTERNAL MODULE: ./src/azure/managed-cluster.ts
var managed_cluster = __webpack_require__(2293);
// EXTERNAL MODULE: ./src/text/bytes.ts
var bytes = __webpack_require__(1080);
// EXTERNAL MODULE: ./src/text/duration.ts
var duration = __webpack_require__(9495);
// EXTERNAL MODULE: ./src/report/file-lists.ts
var file_lists = __webpack_require__(7270);
;// CONCATENATED MODULE: ./src/report/announcement.ts






/**
 * Logs which earlier command the step waits for.
 *
 * @param timeout in seconds
 */
function announceWait(commandId, cluster, timeout, log) {
    const time = (0,duration/* formatDuration */.a3)(timeout);
    log.info((0,say/* say */.cv) `Waiting for command ${commandId} on ${(0,managed_cluster/* clusterName */.SL)(cluster)}, for up to ${time}.`);
}
/** How many files the log lists. */
const FILES_LOGGED = 5000;
const SHELLS = {
    '': 'bash -e, or sh -e if the pod has no bash',
    bash: 'bash --noprofile --norc -eo pipefail',
    sh: 'sh -e',
};
/**
 * Logs what goes to the cluster and, for a dry run, what would come back. Of variables, only the
 * names are shown, and which are empty.
 */
function announce(task, { files }, log) {
    const { cluster, command, namespace, env, shell, timeout, collect, dryRun } = task;
    const lines = [`cluster    ${(0,managed_cluster/* resourceId */.a)(cluster)}`];
    if (files.length > 0) {
        lines.push(`files      ${(0,bytes/* formatFiles */.HL)(files).plain}`);
        lines.push(...(0,file_lists/* fileLines */.c0)(files, FILES_LOGGED).map((line) => `  ${line}`));
    }
    if (env.length > 0) {
        // An empty value is often a secret that does not exist.
        const names = env.map((one) => `${(0,variables/* shownName */.HD)(one)}${one.value === '' ? ' (empty)' : ''}`);
        lines.push(`variables  ${names.join(', ')}`);
    }
    if (dryRun)
        lines.push(`shell      ${SHELLS[shell]}`, `timeout    ${(0,duration/* formatDuration */.a3)(timeout).plain}`);
    lines.push('command', command.trimEnd().replaceAll(/^/gm, '  '));
    // It is shown outside of the group, because without one, things land in `default` by mistake.
    log.show(`Namespace: ${namespace === '' ? 'default (none set)' : namespace}`);
    const name = (0,managed_cluster/* clusterName */.SL)(cluster);
    log.group(dryRun ? (0,say/* say */.cv) `Would send to ${name}` : (0,say/* say */.cv) `Sending to ${name}`, lines.join('\n'));
    if (!dryRun)
        return;
    if (collect.length > 0)
        log.show(`Would collect: ${collect.map(file_lists/* nameInText */._N).join(', ')}`);
    log.info((0,say/* say */.cv) `
    This dry run signed in and packed the files. It did not check the permission to run commands.
  `);
}

// EXTERNAL MODULE: ./src/report/outputs.ts
var outputs = __webpack_require__(5468);
// EXTERNAL MODULE: ./src/report/publication.ts + 18 modules
var publication = __webpack_require__(9887);
// EXTERNAL MODULE: ./src/verdict.ts + 2 modules
var src_verdict = __webpack_require__(9478);
;// CONCATENATED MODULE: ./src/main.ts
















/**
 * One step: inputs → submission → ending → verdict → report. Always publishes a state, never
 * rejects.
 *
 * @returns the verdict, and whether the step succeeds
 */
async function main(ports) {
    const step = await stopIfCancelled(await takeStep(ports), ports);
    const success = await (0,publication/* publishStep */.gm)(step, ports.host, ports.messages);
    return { verdict: step.verdict, success };
}
/** Reads the inputs, and does what they ask for. An error becomes a verdict. */
async function takeStep(ports) {
    let inputs;
    let hasCommandId = false;
    try {
        const read = (0,inputs_inputs/* readInputs */.K)(ports.host);
        ({ inputs, hasCommandId } = read);
        for (const warning of read.warnings)
            ports.host.log.warn(warning);
        if (read.invalid !== undefined)
            throw new failure/* StepError */.zg(read.invalid);
        const { commandId } = inputs;
        if (commandId !== undefined) {
            return { inputs, verdict: await waitForCommand(commandId, inputs, ports) };
        }
        return { inputs, ...(await runNewCommand(inputs, ports)) };
    }
    catch (error) {
        // If the step waits for an earlier command, an error such as an invalid input or a failed
        // sign-in says nothing about that command.
        const state = hasCommandId ? 'unknown' : 'not-started';
        return { inputs, verdict: (0,src_verdict/* withoutResult */.Is)(state, (0,failure/* failureOf */.g5)(error), inputs?.commandId) };
    }
}
/** Waits for an earlier command. */
async function waitForCommand(commandId, inputs, ports) {
    announceWait(commandId, inputs.cluster, inputs.timeout, ports.host.log);
    const lifecycle = lifecyclePorts(inputs, ports);
    const ending = await (0,run/* followCommand */.t)(commandId, inputs.timeout, lifecycle);
    return verdictOn(ending, inputs, ports);
}
/** Rejects only if nothing was submitted. */
async function runNewCommand(inputs, ports) {
    const { host, clock, cancelled } = ports;
    const lifecycle = lifecyclePorts(inputs, ports);
    const prepared = await (0,cancel/* untilCancelled */.c)(prepare(inputs, lifecycle, ports), cancelled, clock);
    if (prepared === undefined) {
        return { verdict: (0,src_verdict/* withoutResult */.Is)('not-started', { code: 'cancelled' }) };
    }
    const { packed, needsClusterToken } = prepared;
    announce(inputs, packed, host.log);
    if (inputs.dryRun)
        return { packed, verdict: (0,src_verdict/* withoutResult */.Is)('dry-run') };
    const ending = await (0,run/* submitAndFollow */.j)(inputs, packed, needsClusterToken, lifecycle);
    return { packed, verdict: await verdictOn(ending, inputs, ports) };
}
/**
 * Packs while signing in. A mistake in the files is reported before a failed sign-in or a missing
 * role, because it is the one to fix first. What makes sign-in impossible is reported even earlier,
 * before anything is packed: a missing permission to request an ID token, or an invalid proxy.
 */
async function prepare(inputs, lifecycle, ports) {
    const { host, disk } = ports;
    const clusterRead = (0,cluster/* signInAndReadCluster */.M)(lifecycle);
    // If the files fail first, nothing awaits this promise, and its rejection must not be unhandled.
    clusterRead.catch(() => undefined);
    const workspace = { disk, allowedFolders: host.allowedFolders };
    const files = await gatherFiles(inputs.files, workspace, host.log);
    const packed = (0,submission/* packTask */.p)(inputs, files, (0,variables/* readRunVariables */.r2)(host.variable), ports);
    return { packed, needsClusterToken: await clusterRead };
}
function lifecyclePorts(inputs, ports) {
    const { azureFor, cancelled, clock, host } = ports;
    return {
        ...ports,
        azure: azureFor(inputs, cancelled),
        serviceTime: new service_time/* ServiceTime */.x(clock),
        log: host.log,
        onCommandId(id) {
            (0,outputs/* setCommandId */.JM)(id, host);
        },
        onOpen(open) {
            if (inputs.onCancel === 'stop')
                (0,open_command/* saveOpen */.Gq)(open, inputs.cluster, host);
        },
    };
}
/**
 * The verdict on a command that may have run, whatever goes wrong from here on. Collected files are
 * written to the disk before it, because it is a failure if they cannot be.
 */
async function verdictOn(ending, inputs, { host, disk }) {
    const { allowedExitCodes, collect, commandId, ifNoFilesCollected } = inputs;
    const ownCommand = commandId === undefined;
    try {
        let collected;
        if (ending.kind === 'ended' && ending.podReport.kind === 'ran') {
            const patterns = ownCommand ? collect : undefined;
            const request = { patterns, ifNoFilesCollected, into: host.collectInto };
            collected = await (0,save/* saveCollected */.$)(ending.podReport.collection, request, disk);
        }
        return (0,src_verdict/* judge */.S4)(ending, { allowedExitCodes, ownCommand, collected });
    }
    catch (error) {
        return (0,src_verdict/* withoutResult */.Is)('unknown', (0,failure/* failureOf */.g5)(error), ending.id);
    }
}
/**
 * What becomes of a command that is to be stopped on a cancel. If the step ended by itself, nothing
 * is to be stopped anymore. If it was canceled, the post step stops the command. At a prompt, there
 * is none, so it is stopped here.
 */
async function stopIfCancelled(step, ports) {
    const { inputs, verdict } = step;
    const { host, cancelled } = ports;
    const left = (0,open_command/* readState */.un)(host.savedState());
    if (inputs === undefined || left === undefined)
        return step;
    if (!(0,src_verdict/* mayRun */.xP)(verdict.state) || !cancelled.aborted) {
        (0,open_command/* saveOpen */.Gq)(undefined, inputs.cluster, host);
        return step;
    }
    if (host.words.isStep)
        return step;
    // Another signal ends the process at once.
    const stopPorts = { ...ports, cancelled: new AbortController().signal };
    const { ending, signaled } = await (0,stop/* stopCommand */.IM)(left.open, inputs, stopPorts);
    return { ...step, verdict: (0,src_verdict/* asStopped */.Mc)(await verdictOn(ending, inputs, ports), signaled) };
}


/***/ })

};
