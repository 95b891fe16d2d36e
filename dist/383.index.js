export const id = 383;
export const ids = [383];
export const modules = {

/***/ 8383:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  gatherIn: () => (/* binding */ gatherIn),
  nodeDisk: () => (/* binding */ nodeDisk)
});

// EXTERNAL MODULE: external "node:async_hooks"
var external_node_async_hooks_ = __webpack_require__(6698);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
var external_node_path_default = /*#__PURE__*/__webpack_require__.n(external_node_path_);
// EXTERNAL MODULE: ./src/files/disk.ts
var files_disk = __webpack_require__(6786);
// EXTERNAL MODULE: ./src/failure.ts
var failure = __webpack_require__(1633);
// EXTERNAL MODULE: ./src/text/nearest.ts
var nearest = __webpack_require__(613);
// EXTERNAL MODULE: ./src/files/names.ts
var files_names = __webpack_require__(9827);
// EXTERNAL MODULE: ./src/files/pattern.ts
var files_pattern = __webpack_require__(1981);
;// CONCATENATED MODULE: ./src/files/advice.ts




/** Names to compare a misspelled one with. Large repositories have more, but these are enough for a guess. */
const MAX_NAMES = 20_000;
/** How many patterns get advice. Each is compared with every name, and nobody reads more advice than this. */
const MAX_ADVISED = 10;
/** What is probably wrong with patterns that matched nothing. `given` is `working-directory` as the user wrote it. */
async function adviceOn(patterns, root, given, disk) {
    const paths = await pathsBelow(disk, root.folder);
    if (paths.length === 0)
        return { emptyFolder: given, hints: [] };
    const hints = patterns.slice(0, MAX_ADVISED).flatMap(({ line }) => hintOn(line, given, paths, disk.windows) ?? []);
    return { hints: [...new Set(hints)] };
}
function hintOn(line, given, paths, windows) {
    if (/^\w+:\/\//.test(line))
        return 'A URL cannot be sent. Download the file first.';
    const format = formatHint(line, windows);
    if (format !== undefined)
        return format;
    const plain = (0,nearest/* plainPath */.s1)(line.replaceAll('\\', '/'));
    const inside = withoutFolder(plain, windows ? given.replaceAll('\\', '/') : given);
    if (inside !== undefined)
        return `Patterns are already relative to ${given}. Did you mean ${inside}?`;
    // The pattern matches something hidden, or a link to something hidden, so nothing is misspelled.
    if (firstTaken(plain, paths, false) !== undefined)
        return undefined;
    return (0,nearest/* didYouMean */.au)(otherSpelling(plain, paths) ?? (0,nearest/* nearestPath */.KB)(plain, paths) ?? nearestFolder(plain, paths));
}
/**
 * What an exclusion that excluded nothing seems to mean among the files to send. A similar file name is not enough,
 * because most such exclusions are precautions.
 */
function hintOnExclusion(line, sent, windows) {
    const text = line.replace(/^[!\s]+/, '');
    return formatHint(text, windows) ?? (0,nearest/* didYouMean */.au)(otherSpelling((0,nearest/* plainPath */.s1)(text.replaceAll('\\', '/')), sent));
}
function formatHint(line, windows) {
    if (/^(?:[-[]\s*|["'])/.test(line) || /[,\s]/.test(line.replaceAll(/\{[^{}]*\}/g, ''))) {
        return 'Write one pattern per line, without commas, dashes, or quotes.';
    }
    if (!windows && line.includes('\\'))
        return 'Use / between folders: a backslash escapes * and ?.';
    return undefined;
}
/** `a.yaml` of `k8s/a.yaml` if `working-directory` is `k8s` or ends with it. */
function withoutFolder(line, given) {
    const own = (0,nearest/* plainPath */.s1)(given).split('/');
    const tails = own.map((_, index) => own.slice(index).join('/')).filter((tail) => tail !== '');
    const tail = tails.find((one) => line === one || line.startsWith(`${one}/`));
    return tail === undefined ? undefined : line.slice(tail.length + 1) || '**';
}
function firstTaken(line, paths, ignoresCase) {
    const pattern = (0,files_pattern/* parseFilePattern */.wx)(line, { folders: [], windows: false, ignoresCase });
    return typeof pattern === 'string' ? undefined : paths.find((path) => pattern.takes(path));
}
/** The pattern in different letter case, or with YAML's other ending, if it then matches something. */
function otherSpelling(line, paths) {
    const otherEnding = line.replace(/\.ya?ml$/i, (ending) => (ending.toLowerCase() === '.yml' ? '.yaml' : '.yml'));
    return onDisk(line, paths) ?? onDisk(otherEnding, paths);
}
/** The pattern as the disk spells it, if it matches something when letter case is ignored. */
function onDisk(line, paths) {
    const taken = firstTaken(line, paths, true);
    const segments = line.split('/');
    const names = taken?.split('/');
    if (names?.length !== segments.length || line.includes('**'))
        return taken;
    return names
        .map((name, index) => {
        const segment = segments[index];
        return segment !== undefined && /[*?[{]/.test(segment) ? segment : name;
    })
        .join('/');
}
/** `deploy/kustomize/**` for `deploy/kustomise/**`, if the pattern matches something in the folder that was meant. */
function nearestFolder(line, paths) {
    const [start = ''] = /^(?:[^*?[{/]+\/)+/.exec(line) ?? [];
    const folder = (0,nearest/* nearestPath */.KB)(start, paths);
    const meant = folder === undefined ? undefined : (0,files_disk/* join */.fj)(folder, line.slice(start.length));
    return meant !== undefined && firstTaken(meant, paths, false) !== undefined ? meant : undefined;
}
/** Files and folders, those near the root first. Leaves out `.git`, and doesn't follow links. */
async function pathsBelow(disk, folder) {
    const paths = [];
    const folders = [''];
    for (const name of folders) {
        const entries = await disk.list((0,files_disk/* join */.fj)(folder, name)).catch(() => []);
        for (const entry of entries) {
            if ((0,files_names/* isGitFolder */.Z$)(entry.name))
                continue;
            const path = (0,files_disk/* join */.fj)(name, entry.name);
            paths.push(path);
            if (entry.isFolder)
                folders.push(path);
        }
        if (paths.length > MAX_NAMES)
            break;
    }
    return paths.slice(0, MAX_NAMES);
}

// EXTERNAL MODULE: ./src/files/pack.ts
var pack = __webpack_require__(6686);
;// CONCATENATED MODULE: ./src/files/root.ts



/**
 * Names in `RUNNER_TEMP` that must never go to the pod: the files through which the runner takes commands, and the
 * token that `actions/checkout` 6 keeps there.
 */
const PRIVATE_IN_TEMP = /^(?:_(?:runner|github)_|git-credentials-)/i;
/**
 * Opens `working-directory`, which is the workspace if it is empty.
 *
 * @throws StepError `files` if it is missing, is outside the workspace and `RUNNER_TEMP`, or leads into `.git` under
 *   another name
 */
async function openRoot(disk, given, places) {
    const missing = () => fail({ kind: 'working-directory-missing', path: given || places.workspace });
    const workspace = await disk.realPath(disk.resolve(places.workspace, '.')).catch(missing);
    const temp = places.temp === undefined ? undefined : await disk.realPath(disk.resolve(places.temp, '.')).catch(() => undefined);
    const absolute = disk.resolve(places.workspace, given || '.');
    const folder = await disk.realPath(absolute).catch(missing);
    if ((await disk.inspect(folder).catch(missing)).kind !== 'folder')
        missing();
    const confines = confinesOf(folder, workspace, temp);
    if (confines === undefined)
        return fail({ kind: 'working-directory-outside', path: given || places.workspace });
    const spelled = absolute.split('/').some(files_names/* isGitFolder */.Z$);
    const isGit = (0,files_disk/* below */.Gz)(folder, confines).split('/').some(files_names/* isGitFolder */.Z$);
    if (isGit && !spelled)
        fail({ kind: 'working-directory-git', path: given });
    return { folder, given: absolute, confines, temp, isTemp: folder === temp && !(0,files_disk/* isWithin */.UO)(folder, workspace) };
}
function confinesOf(folder, workspace, temp) {
    if (isPrivate(folder, temp))
        return undefined;
    if ((0,files_disk/* isWithin */.UO)(folder, workspace))
        return workspace;
    if (temp === undefined || !(0,files_disk/* isWithin */.UO)(folder, temp))
        return undefined;
    const [first = ''] = (0,files_disk/* below */.Gz)(folder, temp).split('/');
    return first === '' ? temp : (0,files_disk/* join */.fj)(temp, first);
}
/** Whether a real path is one of the runner's private ones in `RUNNER_TEMP`, or lies below one. */
function isPrivate(path, temp) {
    if (temp === undefined || !(0,files_disk/* isWithin */.UO)(path, temp))
        return false;
    return PRIVATE_IN_TEMP.test((0,files_disk/* below */.Gz)(path, temp));
}
function fail(problem) {
    throw new failure/* StepError */.zg({ code: 'files', problem });
}

;// CONCATENATED MODULE: ./src/files/search.ts



/** A zip counts its files in 16 bits, including the action's own. */
const MAX_FILES = 65_000;
/** Links between 25 folders make 2^25 paths. */
const MAX_BEHIND_LINKS = 100_000;
const AT_ONCE = 16;
/** What other steps of this action leave behind in `RUNNER_TEMP`. */
const LEFT_BY_US = /^aks-run-command-/i;
/**
 * Finds the files that the patterns match. `@actions/glob` matches, and each path that it finds is judged afterwards.
 *
 * @throws StepError `files` for a matched link that cannot be packed, an unreadable folder, too many files
 */
async function search(given) {
    const progress = {
        ...given,
        files: new Map(),
        used: new Set(),
        names: new Map(),
        everything: new Map(),
        behindLinks: 0,
    };
    for (const pattern of given.patterns)
        if (!pattern.excludes)
            await takeAll(progress, pattern);
    await takeHelmIgnores(progress);
    return progress;
}
async function takeAll(progress, pattern) {
    for (const [start, globs] of byStart(pattern.globs)) {
        const found = await walkTo(progress, pattern, start);
        if (found?.inspected.kind === 'folder') {
            await searchIn(progress, pattern, found, [...new Set(globs.map((glob) => glob || '**'))]);
        }
        else if (found !== undefined && globs.includes('')) {
            add(progress, found);
            progress.used.add(pattern);
        }
    }
}
/** Groups globs by the folders before their first wildcard: `k8s/*.{yaml,yml}` is one search, in `k8s`. */
function byStart(globs) {
    const starts = new Map();
    for (const glob of globs) {
        const segments = glob.split('/');
        const wild = segments.findIndex((segment) => /[*?[\\]/.test(segment));
        const literal = wild < 0 ? segments.length : wild;
        const start = segments.slice(0, literal).join('/');
        starts.set(start, [...(starts.get(start) ?? []), segments.slice(literal).join('/')]);
    }
    return starts;
}
/**
 * Walks the names that a pattern begins with, folder by folder. This way they are spelled as on disk, and a link that
 * the pattern names is followed, which the package would not do.
 */
async function walkTo(progress, pattern, start) {
    const { disk, root } = progress;
    const inspected = await disk.inspect(root.folder).catch(() => fail({ kind: 'unreadable', path: '.' }));
    let found = { path: '', at: root.folder, real: root.folder, linkedFrom: [], inspected };
    for (const segment of start.split('/').filter((name) => name !== '')) {
        if (found?.inspected.kind !== 'folder')
            return undefined;
        const { path, real, linkedFrom } = found;
        const name = await nameOnDisk(progress, found, segment);
        if (name === undefined)
            return undefined;
        found = await judge(progress, pattern, { path: (0,files_disk/* join */.fj)(path, name), at: (0,files_disk/* join */.fj)(real, name), linkedFrom });
    }
    return found;
}
async function nameOnDisk(progress, { path, real }, segment) {
    const { disk, names } = progress;
    const listed = once(names, real, async () => (await disk.list(real)).map(({ name }) => name));
    const all = await listed.catch(() => fail({ kind: 'unreadable', path: path || '.' }));
    if (all.includes(segment))
        return segment;
    return disk.ignoresCase ? all.find((name) => (0,files_disk/* foldName */.zN)(name) === (0,files_disk/* foldName */.zN)(segment)) : undefined;
}
/** Takes what globs match in a folder. A link to a folder, if matched, brings everything below that folder. */
async function searchIn(progress, pattern, folder, globs) {
    const { disk, root, everything } = progress;
    const { path, real, linkedFrom } = folder;
    const look = () => (root.isTemp ? namesInTemp(progress, pattern) : disk.search(real, globs));
    const looked = linkedFrom.length > 0 && globs.join() === '**' ? once(everything, real, look) : look();
    const paths = await looked.catch((error) => fail({ kind: 'unreadable', path: pathOf(error, folder) }));
    if (linkedFrom.length > 0)
        progress.behindLinks += paths.length;
    if (progress.behindLinks > MAX_BEHIND_LINKS)
        fail({ kind: 'too-many', path: path.replace(/\/.*/, ''), limit: MAX_BEHIND_LINKS });
    const spots = paths.map((at) => ({ path: (0,files_disk/* join */.fj)(path, (0,files_disk/* below */.Gz)(at, real)), at, linkedFrom }));
    for (const found of await allOf(spots, (spot) => judge(progress, pattern, spot))) {
        if (found === undefined)
            continue;
        if (found.inspected.kind === 'folder') {
            await searchIn(progress, pattern, found, ['**']);
        }
        else {
            add(progress, found);
            progress.used.add(pattern);
        }
    }
}
function once(known, key, ask) {
    const answer = known.get(key) ?? ask();
    known.set(key, answer);
    return answer;
}
/** Other programs keep folders in `RUNNER_TEMP` that are unreadable to others, so none are searched. */
async function namesInTemp({ disk, root }, pattern) {
    const entries = await disk.list(root.folder);
    const taken = entries.filter(({ name, isFolder }) => !isFolder && pattern.takes(name));
    return taken.map(({ name }) => (0,files_disk/* join */.fj)(root.folder, name));
}
/** The path that a disk error is about. */
function pathOf(error, { path, real }) {
    const known = (0,files_disk/* diskErrorOf */.Fh)(error);
    if (known === undefined)
        throw error;
    return (0,files_disk/* join */.fj)(path, (0,files_disk/* isWithin */.UO)(known.path, real) ? (0,files_disk/* below */.Gz)(known.path, real) : '') || '.';
}
/**
 * The one place that decides whether a match may be sent, by its name and by its real location.
 *
 * @param pattern undefined for a file that accompanies others
 * @returns undefined if it is skipped: hidden, excluded, or private to the runner
 * @throws StepError `files` if the pattern asks for something that cannot be sent
 */
async function judge(progress, pattern, spot) {
    const { disk, root } = progress;
    const { path, at } = spot;
    const spells = (name) => pattern?.spells(name) === true;
    const isHidden = (names) => names.some((name, index) => (0,files_names/* hides */.A2)(name, index === names.length - 1, progress.includeHidden, spells));
    if (isHidden(path.split('/')) || isExcluded(progress, pattern, path))
        return undefined;
    const real = await realPathOf(disk, spot);
    const isLink = real !== at;
    if (root.isTemp && (isLink || LEFT_BY_US.test(path)))
        return undefined;
    if (typeof real !== 'string')
        return fail(real);
    if (!(0,files_disk/* isWithin */.UO)(real, root.confines) || isPrivate(real, root.temp)) {
        return isLink ? fail({ kind: 'outside', path, target: real }) : undefined;
    }
    const linkedFrom = isLink ? [...spot.linkedFrom, (0,files_disk/* parent */.$t)(at)] : spot.linkedFrom;
    if (isLink && linkedFrom.some((folder) => (0,files_disk/* isWithin */.UO)(folder, real)))
        fail({ kind: 'link-cycle', path });
    if (isHidden(beyond(real, root)))
        return undefined;
    const inspected = await disk.inspect(real).catch(() => fail({ kind: 'unreadable', path }));
    if (root.isTemp && inspected.kind !== 'file')
        return undefined;
    return { path, at, real, linkedFrom, inspected };
}
async function realPathOf(disk, { path, at }) {
    try {
        return await disk.realPath(at);
    }
    catch (error) {
        const code = (0,files_disk/* diskErrorOf */.Fh)(error)?.code;
        const leadsNowhere = code === 'ENOENT' || code === 'ENOTDIR';
        return { kind: code === 'ELOOP' ? 'link-cycle' : leadsNowhere ? 'broken-link' : 'unreadable', path };
    }
}
/** The segments of a real path, except for those of the root that the user spelled out in `working-directory`. */
function beyond(real, { folder, confines, given }) {
    const own = (0,files_disk/* below */.Gz)(folder, confines).split('/');
    const spelled = new Set(given.split('/').map(files_disk/* foldName */.zN));
    const segments = (0,files_disk/* below */.Gz)(real, confines).split('/');
    const parting = segments.findIndex((segment, index) => segment !== own[index]);
    return segments.filter((segment, index) => index >= parting || !spelled.has((0,files_disk/* foldName */.zN)(segment)));
}
/** Whether an exclusion after the pattern matches a path. If so, both did something, and neither is misspelled. */
function isExcluded({ patterns, used }, pattern, path) {
    const later = pattern === undefined ? patterns : patterns.slice(patterns.indexOf(pattern) + 1);
    const exclusion = later.find((one) => one.excludes && one.takes(path));
    if (exclusion === undefined)
        return false;
    used.add(exclusion);
    if (pattern !== undefined)
        used.add(pattern);
    return true;
}
function add({ files }, found) {
    const { path, inspected } = found;
    const kind = (0,files_names/* problemWithName */.X6)(path) ?? (inspected.kind === 'file' ? undefined : 'not-a-file');
    if (kind !== undefined)
        fail({ kind, path });
    files.set(path, found);
    if (files.size > MAX_FILES)
        fail({ kind: 'too-many', path: path.replace(/\/.*/, ''), limit: MAX_FILES });
}
/** A chart's ignore file comes along with its `Chart.yaml`, unless it is excluded or cannot be sent. */
async function takeHelmIgnores(progress) {
    for (const { path, at, linkedFrom } of [...progress.files.values()]) {
        const ignore = (0,files_disk/* join */.fj)((0,files_disk/* parent */.$t)(path), files_names/* HELM_IGNORE */.y2);
        if ((0,files_disk/* join */.fj)((0,files_disk/* parent */.$t)(path), 'Chart.yaml') !== path || progress.files.has(ignore))
            continue;
        const spot = { path: ignore, at: (0,files_disk/* join */.fj)((0,files_disk/* parent */.$t)(at), files_names/* HELM_IGNORE */.y2), linkedFrom };
        const found = await judge(progress, undefined, spot).catch(() => undefined);
        if (found?.inspected.kind === 'file')
            add(progress, found);
    }
}
/** Works on all items, a few at a time, and keeps their order. */
async function allOf(items, work) {
    const done = [];
    const left = items.entries();
    const worker = async () => {
        for (const [index, item] of left)
            done[index] = await work(item);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return done;
}

;// CONCATENATED MODULE: ./src/files/workspace.ts






function gatherFrom(disk, places) {
    return async ({ patterns: lines, workingDirectory, includeHidden, ifNoFilesFound }, warn) => {
        const root = await openRoot(disk, workingDirectory, places);
        const patterns = lines.map((line) => read(line, root, disk));
        const found = await search({ disk, root, patterns, includeHidden });
        const files = await readFiles(disk, found.files.values());
        const unmatched = patterns.filter((pattern) => !pattern.excludes && !found.used.has(pattern));
        if (unmatched.length > 0 && ifNoFilesFound !== 'ignore') {
            const advice = await adviceOn(unmatched, root, workingDirectory, disk);
            const missing = unmatched.map(({ line }) => line);
            if (ifNoFilesFound === 'error')
                fail({ kind: 'no-match', patterns: missing, advice });
            for (const line of missing)
                warn(`No files were found for ${JSON.stringify(line)}.`);
            for (const hint of advice.hints)
                warn(hint);
        }
        for (const warning of warningsOn(patterns, found, disk))
            warn(warning);
        for (const { path, content } of files)
            if (isScriptWithCrLf(content))
                warn(`The script ${path} ${CRLF}`);
        return files;
    };
}
function read(line, { folder, given }, { windows, ignoresCase }) {
    const pattern = (0,files_pattern/* parseFilePattern */.wx)(line, { folders: [folder, given], windows, ignoresCase });
    return typeof pattern === 'string' ? fail({ kind: 'invalid-pattern', path: line, detail: pattern }) : pattern;
}
/**
 * Warnings about exclusions that excluded nothing. Most of those are precautions, such as `!*.key`, and are fine. A
 * warning is due only if a file is sent that the exclusion seems to be about.
 */
function warningsOn(patterns, { files, used }, { windows }) {
    if (patterns.length > 0 && patterns.every(({ excludes }) => excludes)) {
        return [
            'No files were sent: every pattern begins with ! and excludes files. First list what to send, such as k8s/.',
        ];
    }
    const sent = [...files.keys()];
    const idle = patterns.filter((pattern) => pattern.excludes && !used.has(pattern));
    return idle.flatMap((pattern) => {
        const example = sent.find((path) => pattern.takes(path));
        if (example !== undefined) {
            return `The exclusion ${pattern.line} does not apply to ${example}: an exclusion applies only to the patterns above it. Move it down.`;
        }
        const hint = hintOnExclusion(pattern.line, sent, windows);
        return hint === undefined ? [] : `The exclusion ${pattern.line} matches none of the files to send. ${hint}`;
    });
}
const CRLF = 'has Windows line endings (CRLF), so the pod cannot run it. Add "*.sh text eol=lf" to .gitattributes.';
/** The kernel would look for an interpreter whose name ends with a carriage return. */
function isScriptWithCrLf(content) {
    const start = content.subarray(0, 256).toString('latin1');
    return start.startsWith('#!') && /^[^\n]*\r\n/.test(start);
}
/** More than this in total is refused unread: ARM takes 4 MB, and nothing compresses a hundredfold. */
const MAX_UNPACKED_BYTES = 512 * 1024 * 1024;
/** Reads files by their real paths, sorted by their paths in the zip. A file swapped since the search is not read. */
async function readFiles(disk, found) {
    const files = [...found].sort((a, b) => (a.path < b.path ? -1 : 1));
    const sizes = files.map(({ path, inspected }) => ({ path, bytes: inspected.bytes }));
    const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    if (total > MAX_UNPACKED_BYTES) {
        const biggest = (0,pack/* biggestOf */.lj)(sizes);
        throw new failure/* StepError */.zg({ code: 'too-large', bytes: total, limit: MAX_UNPACKED_BYTES, packed: false, biggest });
    }
    return allOf(files, async ({ path, real, inspected }) => {
        const read = await disk.read(real, inspected).catch(() => fail({ kind: 'unreadable', path }));
        const content = read ?? fail({ kind: 'swapped', path });
        return { path, content, mode: disk.windows ? modeOf(content) : inspected.mode };
    });
}
/** Windows has no executable bit, so a script (`#!`) or an ELF binary counts as a program. */
function modeOf(content) {
    const [two, four] = [2, 4].map((length) => content.subarray(0, length).toString('latin1'));
    return two === '#!' || four === '\x7fELF' ? 0o755 : 0o644;
}

;// CONCATENATED MODULE: ./src/edge/disk.ts






/** Doesn't follow a link, and doesn't wait for a pipe. Windows has neither flag, and undefined counts as 0. */
const READ_ONLY_PLAIN = external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NOFOLLOW | external_node_fs_.constants.O_NONBLOCK;
/** Gathers the files of these places, on this machine. */
function gatherIn(places) {
    return gatherFrom(nodeDisk(process.platform), places);
}
function nodeDisk(platform) {
    const windows = platform === 'win32';
    const slashed = (text) => (windows ? text.replaceAll('\\', '/') : text);
    return {
        windows,
        ignoresCase: windows || platform === 'darwin',
        resolve: (from, given) => slashed(external_node_path_default().resolve(from, given)),
        // The system's own function. On Windows and macOS, it spells each name as the disk does, even a short 8.3 name.
        realPath: async (given) => slashed(await (0,promises_.realpath)(given)),
        async list(folder) {
            const entries = await (0,promises_.readdir)(folder, { withFileTypes: true });
            return entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
        },
        search: async (folder, globs) => (await disk_search(folder, globs)).map(slashed).filter((found) => (0,files_disk/* isWithin */.UO)(found, folder)),
        async inspect(given) {
            return inspected(await (0,promises_.stat)(given, { bigint: true }));
        },
        async read(given, before) {
            const file = await (0,promises_.open)(given, READ_ONLY_PLAIN);
            try {
                const now = inspected(await file.stat({ bigint: true }));
                if (now.kind !== 'file' || now.identity !== before.identity)
                    return undefined;
                if (!(await isAt(given, file, now.identity, platform)))
                    return undefined;
                // No more than the size that the total was checked with, however long the file is by now.
                const content = Buffer.allocUnsafeSlow(before.bytes);
                for (let length = 0;;) {
                    const { bytesRead } = await file.read(content, length);
                    if (bytesRead === 0)
                        return content.subarray(0, length);
                    length += bytesRead;
                }
            }
            finally {
                await file.close();
            }
        },
    };
}
async function disk_search(folder, globs) {
    const { create } = await Promise.all(/* import() */[__webpack_require__.e(421), __webpack_require__.e(860)]).then(__webpack_require__.bind(__webpack_require__, 3860));
    const patterns = globs.map((glob) => `${literal(folder)}/${glob}`);
    const options = { followSymbolicLinks: false, matchDirectories: false };
    return withoutOutput(async () => (await create(patterns.join('\n'), options)).glob());
}
/** Makes a path a pattern for itself. The package splits at line breaks, so they become `?`, any one character. */
function literal(folder) {
    const escaped = folder.replaceAll(/[*?[]/g, '[$&]').replaceAll(/[\r\n]/g, '?');
    return process.platform === 'win32' ? escaped : escaped.replaceAll('\\', '\\\\');
}
/**
 * `@actions/glob` prints where it searches to stdout, as a workflow command (`::debug::`). At a prompt, stdout belongs
 * to the command, so output of this work, and nothing else, is dropped.
 */
async function withoutOutput(work) {
    const atWork = new external_node_async_hooks_.AsyncLocalStorage();
    const { stdout } = process;
    const write = stdout.write.bind(stdout);
    stdout.write = (...args) => atWork.getStore() === true || write(...args);
    try {
        return await atWork.run(true, work);
    }
    finally {
        stdout.write = write;
    }
}
/**
 * Whether an open file is the one at a real path. If a folder on the way was replaced by a link, the path led
 * elsewhere, perhaps into `.git`, to a file that looks just as ordinary. Linux tells where an open file is, however
 * often the path changes meanwhile; on other systems, the path is checked again.
 */
async function isAt(given, file, identity, platform) {
    const opened = platform === 'linux' ? await (0,promises_.readlink)(`/proc/self/fd/${file.fd}`).catch(() => undefined) : undefined;
    if (opened === given)
        return true;
    // On a disk that ignores case, Linux may answer with the letter case of an earlier lookup.
    if (opened !== undefined && (0,files_disk/* foldName */.zN)(opened) !== (0,files_disk/* foldName */.zN)(given))
        return false;
    // Windows has more than one spelling of a real path.
    if (platform !== 'win32' && (await (0,promises_.realpath)(given)) !== given)
        return false;
    return identityOf(await (0,promises_.stat)(given, { bigint: true })) === identity;
}
function inspected(stats) {
    return {
        kind: stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other',
        bytes: Number(stats.size),
        mode: Number(stats.mode) & 0o777,
        identity: identityOf(stats),
    };
}
/** On Windows, the two ways to ask about a file give different volume numbers. */
function identityOf({ dev, ino }) {
    return `${process.platform === 'win32' ? '' : dev}:${ino}`;
}


/***/ }),

/***/ 6786:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $t: () => (/* binding */ parent),
/* harmony export */   Fh: () => (/* binding */ diskErrorOf),
/* harmony export */   Gz: () => (/* binding */ below),
/* harmony export */   UO: () => (/* binding */ isWithin),
/* harmony export */   fj: () => (/* binding */ join),
/* harmony export */   zN: () => (/* binding */ foldName)
/* harmony export */ });
/** A name as a file system compares it that ignores letter case and how accented letters are composed. */
function foldName(name) {
    return name.normalize('NFC').toLowerCase();
}
/** Whether a path is a folder or lies below it. Both are real paths. */
function isWithin(path, folder) {
    return path === folder || path.startsWith(asPrefix(folder));
}
/** The part of a path below the given folder that it is within; empty for the folder itself. */
function below(path, folder) {
    return path.slice(asPrefix(folder).length);
}
function join(folder, name) {
    return folder === '' || name === '' ? folder + name : `${asPrefix(folder)}${name}`;
}
/** The folder that a path is in; empty for a path of one segment. */
function parent(path) {
    return path.slice(0, Math.max(path.lastIndexOf('/'), 0)) || (path.startsWith('/') ? '/' : '');
}
function asPrefix(folder) {
    return folder.endsWith('/') ? folder : `${folder}/`;
}
/** Code and path of an error of Node's file system; undefined for any other error. */
function diskErrorOf(error) {
    if (typeof error !== 'object' || error === null || !('code' in error))
        return undefined;
    return { code: String(error.code), path: 'path' in error ? String(error.path) : '' };
}


/***/ }),

/***/ 9827:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A2: () => (/* binding */ hides),
/* harmony export */   X6: () => (/* binding */ problemWithName),
/* harmony export */   Z$: () => (/* binding */ isGitFolder),
/* harmony export */   _m: () => (/* binding */ ACTION_FOLDER),
/* harmony export */   y2: () => (/* binding */ HELM_IGNORE)
/* harmony export */ });
/* harmony import */ var _disk_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6786);

/** A chart's ignore file. Without it, helm would read other files in the pod than it does on the runner. */
const HELM_IGNORE = '.helmignore';
/**
 * Whether a folder of this name is Git's, which holds the checkout's token. File systems accept several names for it:
 * Windows and macOS ignore letter case, HFS+ ignores invisible characters, NTFS ignores trailing dots, blanks, and
 * stream names, and on Windows a folder may have a short 8.3 name.
 */
function isGitFolder(name) {
    return /^(?:\.git|git~\d+)[. ]*(?::.*)?$/i.test(name.replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, ''));
}
/**
 * Whether one segment of a path hides what it leads to. A segment with a leading dot is hidden unless it matches a
 * segment of the pattern that also begins with a dot. `.git` must be spelled out in full, whatever else is included.
 *
 * @param isLast whether the segment is the file's own name rather than a folder above it
 */
function hides(name, isLast, includeHidden, spells) {
    if (isGitFolder(name))
        return !spells(name);
    if (!name.startsWith('.') || includeHidden || (name === HELM_IGNORE && isLast))
        return false;
    return !spells(name);
}
/** The folder in the zip, and therefore in the command's working folder, for everything that isn't the user's. */
const ACTION_FOLDER = '.aks-run-command';
/**
 * Parts of a path that some unzip program changes. Info-ZIP drops control characters and a trailing version such as
 * `;1`, others treat a backslash as a separator, and all drop or refuse `.`, `..`, and an empty segment.
 */
// eslint-disable-next-line no-control-regex
const CHANGED = /[\u0000-\u001f\u007f-\u009f\\]|;\d*(?:\/|$)|(?:^|\/)\.{0,2}(?:\/|$)/;
/**
 * Why a file with this path must not be sent. It is not documented which program unpacks the zip in the pod. If that
 * changed a name, the file could overwrite another one, even the script that runs the command.
 */
function problemWithName(path) {
    if (CHANGED.test(path))
        return 'unsafe-name';
    const [first = ''] = path.split('/');
    return (0,_disk_js__WEBPACK_IMPORTED_MODULE_0__/* .foldName */ .zN)(first) === ACTION_FOLDER ? 'own-folder' : undefined;
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
/* unused harmony export MAX_BODY_BYTES */
/* harmony import */ var adm_zip__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1316);
/* harmony import */ var adm_zip__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(adm_zip__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1633);


/** "The request content size exceeds the maximum size of 4 MB." */
const MAX_BODY_BYTES = 4 * 1024 * 1024;
/** Room for what isn't known while packing: the command line with the facts of the run, and the cluster token. */
const ROOM_FOR_THE_REST = 32 * 1024;
/** @throws StepError `too-large` if a request with a zip of these files would be over ARM's limit. */
function checkZip(zipBytes, files) {
    const bytes = base64Length(zipBytes) + ROOM_FOR_THE_REST;
    if (bytes <= MAX_BODY_BYTES)
        return;
    throw new _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .StepError */ .zg({ code: 'too-large', packed: true, bytes, limit: MAX_BODY_BYTES, biggest: biggestOf(files) });
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
/** "Version made by": Unix and format 2.0, on every runner, so that unzip programs use the modes. */
const MADE_BY_UNIX = 0x0314;
/** The format's first day. With the current time, no two zips would be equal. */
const STAMP = new Date(1980, 0, 1);
/** Deflates files into a zip. The same files produce the same bytes, in any order. */
function zip(files) {
    const archive = new (adm_zip__WEBPACK_IMPORTED_MODULE_0___default())(undefined, { noSort: true });
    for (const { path, mode, content, stored } of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
        const entry = archive.addFile(path, content, '', mode);
        entry.header.time = STAMP;
        entry.header.made = MADE_BY_UNIX;
        if (stored)
            entry.header.method = STORED;
    }
    return archive.toBuffer();
}


/***/ }),

/***/ 1981:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   PH: () => (/* binding */ expandBraces),
/* harmony export */   tX: () => (/* binding */ runnerPathIn),
/* harmony export */   wx: () => (/* binding */ parseFilePattern)
/* harmony export */ });
/* harmony import */ var brace_expansion__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9540);
/* harmony import */ var minimatch__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4611);
/* harmony import */ var _disk_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6786);
/* harmony import */ var _names_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9827);




/** Linux's `PATH_MAX`. A longer line is not a pattern. */
const MAX_LENGTH = 4096;
/** Alternatives multiply with each brace. Nobody types as many as this. */
const MAX_ALTERNATIVES = 500;
/** Matching time is a name's length to the power of the stars: five against 250 dashes take 39 s. */
const MAX_STARS = 3;
/** The patterns that a pattern's braces expand to, as in bash: `*.{yaml,yml}` is two. Returns at most `max` of them. */
function expandBraces(pattern, max) {
    return pattern.includes('{') ? (0,brace_expansion__WEBPACK_IMPORTED_MODULE_0__/* .expand */ .fT)(pattern, { max }) : [pattern];
}
/** Reads a line. Returns the pattern, or why it cannot be used, as the end of a sentence about it. */
function parseFilePattern(line, root) {
    const text = line.replace(/^[!\s]+/, '');
    const bangs = line.slice(0, line.length - text.length).replaceAll(/\s/g, '');
    if (text.length > MAX_LENGTH)
        return 'it is longer than any path. Write one pattern per line';
    const alternatives = expandBraces(root.windows ? text.replaceAll('\\', '/') : text, MAX_ALTERNATIVES + 1);
    if (alternatives.length > MAX_ALTERNATIVES)
        return 'its braces expand to more than 500 patterns';
    const globs = [];
    for (const alternative of alternatives) {
        const glob = relativeGlob(alternative, root);
        if (typeof glob !== 'string')
            return glob.problem;
        globs.push(glob);
    }
    // The options of `@actions/glob`, with the disk's rule for letter case.
    const options = { dot: true, nobrace: true, nocase: root.ignoresCase, nocomment: true, noext: true, nonegate: true };
    const matches = (glob) => new minimatch__WEBPACK_IMPORTED_MODULE_1__/* .Minimatch */ .VR(glob, options);
    const whole = globs.flatMap((glob) => [glob, glob === '' ? '**' : `${glob}/**`]).map(matches);
    const dotted = globs.flatMap((glob) => glob.split('/').filter((segment) => segment.startsWith('.')));
    const spelled = dotted.map(matches);
    return {
        line,
        excludes: bangs.length % 2 === 1,
        globs,
        takes: (path) => whole.some((glob) => glob.match(path)),
        spells: (name) => (0,_names_js__WEBPACK_IMPORTED_MODULE_2__/* .isGitFolder */ .Z$)(name)
            ? dotted.some((segment) => segment.toLowerCase() === '.git')
            : spelled.some((glob) => glob.match(name)),
    };
}
/** The pattern relative to the root. A pattern that leaves the root cannot be used. */
function relativeGlob(pattern, root) {
    const inside = root.folders
        .map((folder) => withoutRoot(pattern, folder, root.windows))
        .find((rest) => rest !== undefined);
    const problem = inside === undefined ? outsideRoot(pattern, root.windows) : undefined;
    if (problem !== undefined)
        return { problem };
    const segments = (inside ?? pattern).split('/').filter((segment) => segment !== '' && segment !== '.');
    if (segments.includes('..'))
        return { problem: 'its .. leaves the working directory' };
    // The package would treat these as relative paths, and throw.
    if (segments.some((segment) => /^(?:\[\\?\.\]|\\?\.){1,2}$/.test(segment))) {
        return { problem: 'one of its folders is . or .. in brackets or after a backslash' };
    }
    if (segments.some((segment) => segment.split('*').length - 1 > MAX_STARS)) {
        return { problem: 'it has more than three * between two slashes. Use fewer' };
    }
    return segments.join('/');
}
function withoutRoot(pattern, folder, windows) {
    const fold = (text) => (windows ? text.toLowerCase() : text);
    return (0,_disk_js__WEBPACK_IMPORTED_MODULE_3__/* .isWithin */ .UO)(fold(pattern), fold(folder)) ? (0,_disk_js__WEBPACK_IMPORTED_MODULE_3__/* .below */ .Gz)(pattern, folder) : undefined;
}
function outsideRoot(pattern, windows) {
    const [, drive = ''] = /^\/([a-z])(?:\/|$)/i.exec(pattern) ?? [];
    if (windows && drive !== '') {
        return `it is a Git Bash path. Write ${drive.toUpperCase()}:/…, or a path relative to the working directory`;
    }
    if (pattern.startsWith('/') || /^[a-z]:/i.test(pattern)) {
        const problem = runnerPathIn(pattern) === undefined
            ? 'it is an absolute path outside the working directory'
            : "it is a path on the runner outside the working directory: in a job with a container, github.workspace is the host's";
        return `${problem}. Write a path relative to the working directory`;
    }
    return pattern === '~' || pattern.startsWith('~/') ? 'it points to the home folder' : undefined;
}
/**
 * A path in the runner's workspace, `…/work/REPOSITORY/REPOSITORY`, or in its temp folder. The pod has neither; a
 * container does only if an input begins with it (ContainerInfo.cs:164-192). Bounded repetitions keep the match fast.
 */
const RUNNER_PATH = /(?<=^|[\s"'=:(!,<>])(?:(?:[a-z]:)?[\\/](?:[^\s\\/'"`;|&<>()]{1,255}[\\/]){0,15}?(?:_?work|__w)|[a-z]:[\\/]a)[\\/](?:([^\s\\/'"`;|&<>()]{1,255})[\\/]\1|_temp)(?![^\s\\/'"`;|&<>()])/i;
/** The first such path in a text; undefined if there is none. */
function runnerPathIn(text) {
    return RUNNER_PATH.exec(text)?.[0];
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
/* harmony import */ var leven__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7785);

/** Longer than any name that people type. Comparing takes time with the square of the length. */
const MAX_TYPED = 200;
/**
 * The name of an input, an option, or a choice that a misspelled one most likely means: the one with the fewest typos,
 * or one that has it as a word (`hidden` of `include-hidden-files`). Undefined if none is near: a wrong guess misleads.
 */
function nearestName(given, candidates) {
    const wanted = given.toLowerCase().replaceAll('_', '-');
    const isWord = (candidate) => wanted.length > 2 && candidate.split('-').includes(wanted);
    return fewestSlips(wanted, candidates) ?? candidates.find(isWord);
}
/** The path that a misspelled one most likely means: the same except for letter case, ending, a folder, or a typo. */
function nearestPath(given, candidates) {
    const wanted = plainPath(given);
    const others = candidates.filter((candidate) => candidate !== wanted);
    if (wanted === '')
        return undefined;
    return (others.find((other) => other.toLowerCase() === wanted.toLowerCase()) ??
        others.find((other) => withoutEnding(other) === withoutEnding(wanted)) ??
        others.find((other) => `/${other}`.endsWith(`/${wanted}`) || `/${wanted}`.endsWith(`/${other}`)) ??
        others.find((other) => baseName(other) === baseName(wanted)) ??
        fewestSlips(wanted, others));
}
/** A path without blanks around it, `./` at its start, and slashes at its end. */
function plainPath(given) {
    return given.trim().replaceAll(/^(?:\.\/+)+|(?<!\/)\/+$/g, '');
}
function didYouMean(name) {
    return name === undefined ? undefined : `Did you mean ${name}?`;
}
/** Allows one typo for every three letters, but never more than two. */
function fewestSlips(wanted, candidates) {
    const most = wanted.length > MAX_TYPED ? 0 : Math.min(2, Math.floor(wanted.length / 3));
    const near = candidates
        .filter((candidate) => Math.abs(candidate.length - wanted.length) <= most)
        .map((candidate) => ({ candidate, slips: slips(candidate, wanted) }))
        .sort((a, b) => a.slips - b.slips)[0];
    return near !== undefined && near.slips <= most ? near.candidate : undefined;
}
/** Letters to insert, delete, or replace. Two letters that changed places count once. */
function slips(one, other) {
    const letters = (text) => Array.from(text).sort().join('');
    const distance = (0,leven__WEBPACK_IMPORTED_MODULE_0__/* ["default"] */ .A)(one, other);
    return distance === 2 && letters(one) === letters(other) ? 1 : distance;
}
function withoutEnding(path) {
    return path.toLowerCase().replace(/\.(?:ya?ml|json)$/, '');
}
function baseName(path) {
    return path.slice(path.lastIndexOf('/') + 1);
}


/***/ })

};
