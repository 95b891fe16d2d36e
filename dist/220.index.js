export const id = 220;
export const ids = [220];
export const modules = {

/***/ 3220:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  nodeDisk: () => (/* binding */ nodeDisk),
  workspaceIn: () => (/* binding */ workspaceIn)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
var external_node_path_default = /*#__PURE__*/__webpack_require__.n(external_node_path_);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./src/files/disk.ts
/** Whether a path is a folder or lies below it. Both are real paths. */
function isWithin(path, folder) {
    return path === folder || path.startsWith(asPrefix(folder));
}
/** The path below a folder that it is within; empty for the folder itself. */
function below(path, folder) {
    return path.slice(asPrefix(folder).length);
}
/** A path of one more segment. */
function join(folder, name) {
    return folder === '' ? name : `${asPrefix(folder)}${name}`;
}
function asPrefix(folder) {
    return folder.endsWith('/') ? folder : `${folder}/`;
}
/** Node's code of an error; empty where it has none. */
function codeOf(error) {
    return error instanceof Error && 'code' in error ? String(error.code) : '';
}
/** An answer of the disk, asked for once: links make a search ask for the same thing again and again. */
function kept(known, key, ask) {
    const promise = known.get(key) ?? ask();
    known.set(key, promise);
    return promise;
}

;// CONCATENATED MODULE: ./src/files/glob.ts
/** What a file system that ignores letter case, and how an accented letter is composed, compares of a name. */
function foldName(name) {
    return name.normalize('NFC').toLowerCase();
}
const FOLDERS = { kind: 'folders' };
const ANY_NAME = { kind: 'name', parts: [{ kind: 'star' }], folded: [{ kind: 'star' }] };
/**
 * Reads a glob; empty for the root itself. A backslash takes a character's meaning away: where it separates, it has become
 * a `/` before.
 */
function parseGlob(text) {
    const segments = [];
    for (const segment of text.split('/').filter((part) => part !== '')) {
        if (segment !== '**')
            segments.push(nameSegment(segment));
        else if (segments.at(-1) !== FOLDERS)
            segments.push(FOLDERS);
    }
    // Whatever lies below a match is taken, so that `a/**` is `a/*`: all that is in `a`, but no file of that name.
    if (segments.at(-1) === FOLDERS)
        segments.push(ANY_NAME);
    return segments;
}
/** The place before the first segment. */
function startOf(glob) {
    return withFolders(glob, [0]);
}
/** The place behind one more segment; empty where nothing from there on can be taken. */
function step(glob, place, name, ignoreCase) {
    const characters = Array.from(ignoreCase ? foldName(name) : name);
    const next = place.flatMap((position) => {
        const segment = glob[position];
        // Below what is taken everything is.
        if (segment === undefined || segment.kind === 'folders')
            return [position];
        return matchesName(ignoreCase ? segment.folded : segment.parts, characters) ? [position + 1] : [];
    });
    return withFolders(glob, next);
}
/** Whether the path that led here is taken: by itself, or by a folder above it. */
function isTaken(glob, place) {
    return place.includes(glob.length);
}
/** Whether a glob of one segment takes this name. */
function takesName(glob, name, ignoreCase) {
    return isTaken(glob, step(glob, startOf(glob), name, ignoreCase));
}
/** `**` stands for no folder at all, too. */
function withFolders(glob, place) {
    const all = new Set();
    for (const position of place) {
        all.add(position);
        if (glob[position]?.kind === 'folders')
            all.add(position + 1);
    }
    return [...all];
}
/** Only the last star is ever tried again: what those before it took need not change. */
function matchesName(parts, characters) {
    let part = 0;
    let at = 0;
    let star;
    for (let character = characters[at]; character !== undefined; character = characters[at]) {
        const current = parts[part];
        if (current?.kind === 'star') {
            star = { part, at };
            part += 1;
        }
        else if (current?.takes(character) === true) {
            part += 1;
            at += 1;
        }
        else if (star !== undefined) {
            star.at += 1;
            part = star.part + 1;
            at = star.at;
        }
        else {
            return false;
        }
    }
    return parts.slice(part).every(({ kind }) => kind === 'star');
}
function nameSegment(text) {
    const folded = foldName(text).replaceAll(/\[:(?:upper|lower):\]/g, '[:alpha:]');
    return { kind: 'name', parts: parseName(text), folded: parseName(folded) };
}
function parseName(segment) {
    const characters = Array.from(segment);
    const parts = [];
    for (let at = 0, character = characters[at]; character !== undefined; character = characters[++at]) {
        const next = characters[at + 1];
        const set = character === '[' ? parseSet(characters, at) : undefined;
        if (character === '*') {
            parts.push({ kind: 'star' });
        }
        else if (character === '?') {
            parts.push({ kind: 'one', takes: () => true });
        }
        else if (set !== undefined) {
            parts.push({ kind: 'one', takes: set.takes });
            at = set.end;
        }
        else if (character === '\\' && next !== undefined) {
            parts.push(literal(next));
            at += 1;
        }
        else {
            parts.push(literal(character));
        }
    }
    return parts;
}
function literal(expected) {
    return { kind: 'one', takes: (character) => character === expected };
}
/** Classes of `[[:alpha:]]`; letters of every alphabet, as minimatch has them. */
const CLASSES = {
    alnum: /[\p{L}\p{Nl}\p{Nd}]/u,
    alpha: /[\p{L}\p{Nl}]/u,
    ascii: /\p{ASCII}/u,
    blank: /[\p{Zs}\t]/u,
    digit: /\p{Nd}/u,
    lower: /\p{Ll}/u,
    punct: /\p{P}/u,
    space: /[\p{Z}\t\r\n\v\f]/u,
    upper: /\p{Lu}/u,
    word: /[\p{L}\p{Nl}\p{Nd}\p{Pc}]/u,
    xdigit: /[A-Fa-f0-9]/,
};
/** Reads `[…]`; undefined where no bracket closes it, and the opening one is a character like any other. */
function parseSet(characters, start) {
    const negated = ['!', '^'].includes(characters[start + 1] ?? '');
    const first = start + (negated ? 2 : 1);
    const members = [];
    for (let at = first; at < characters.length; at++) {
        if (characters[at] === ']' && at > first) {
            return { end: at, takes: (character) => members.some((member) => member(character)) !== negated };
        }
        const [, name = ''] = /^\[:(\w+):\]/.exec(characters.slice(at, at + 11).join('')) ?? [];
        const known = CLASSES[name];
        if (known !== undefined) {
            members.push((character) => known.test(character));
            at += name.length + 3;
            continue;
        }
        const from = memberAt(characters, at);
        const to = characters[from.end + 1] === '-' ? memberAt(characters, from.end + 2) : from;
        const isRange = to !== from && to.character !== ']' && to.character !== '';
        at = isRange ? to.end : from.end;
        const [low, high] = [glob_codeOf(from.character), glob_codeOf(isRange ? to.character : from.character)];
        members.push((character) => low <= glob_codeOf(character) && glob_codeOf(character) <= high);
    }
    return undefined;
}
function memberAt(characters, at) {
    const end = characters[at] === '\\' ? at + 1 : at;
    return { character: characters[end] ?? '', end };
}
function glob_codeOf(character) {
    return Number(character.codePointAt(0));
}

// EXTERNAL MODULE: ./src/files/braces.ts
var braces = __webpack_require__(6991);
;// CONCATENATED MODULE: ./src/files/hidden.ts
/** A chart's ignore file: without it helm would read other files in the pod than on the runner. */
const HELM_IGNORE = '.helmignore';
/**
 * Whether a folder of this name is Git's, by any name that a file system has for it: letter case aside (Windows, macOS),
 * behind characters that HFS+ ignores, before dots, blanks and streams that NTFS ignores, and by its short name of 8.3. It
 * holds the checkout's token.
 */
function isGitFolder(name) {
    return /^(?:\.git|git~\d+)[. ]*(?::.*)?$/i.test(name.replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, ''));
}
/** Whether a name is hidden unless it is asked for. */
function isDotName(name) {
    return name.startsWith('.') || isGitFolder(name);
}
/**
 * Whether one segment of a path hides what it leads to: a dot-segment must be spelled out, by a segment of the pattern that
 * begins with a dot itself. `.git` must be spelled out in full, whatever else is included.
 *
 * @param isLast whether the segment is the file itself, and no folder above it.
 */
function hides(name, isLast, { includeHidden, spells }) {
    if (!isDotName(name))
        return false;
    if (isGitFolder(name))
        return !spells(name);
    if (includeHidden || (name === HELM_IGNORE && isLast))
        return false;
    return !spells(name);
}

// EXTERNAL MODULE: ./src/files/runner-path.ts
var runner_path = __webpack_require__(553);
;// CONCATENATED MODULE: ./src/files/file-pattern.ts




/** Linux's `PATH_MAX`: a longer line is no pattern. */
const MAX_LENGTH = 4096;
/** More alternatives than anybody types; braces multiply. */
const MAX_ALTERNATIVES = 500;
/** Takes nothing. */
const NOTHING = { takes: false, mayTakeBelow: false, key: '', step: () => NOTHING };
/**
 * Reads one line.
 *
 * @returns the pattern, or why it cannot be used: the end of a sentence about it.
 */
function parseFilePattern(line, root) {
    const text = line.replace(/^[!\s]+/, '');
    const bangs = line.slice(0, line.length - text.length).replaceAll(/\s/g, '');
    if (text.length > MAX_LENGTH)
        return 'it is longer than any path. Write one pattern per line';
    const alternatives = (0,braces/* expandBraces */.P)(root.windows ? text.replaceAll('\\', '/') : text, MAX_ALTERNATIVES + 1);
    if (alternatives.length > MAX_ALTERNATIVES)
        return 'its braces expand to more than 500 patterns';
    const globs = [];
    for (const alternative of alternatives) {
        const relative = relativeGlob(alternative, root);
        if (typeof relative !== 'string')
            return relative.problem;
        globs.push(relative);
    }
    const spelled = globs.flatMap((glob) => glob.split('/').filter((segment) => segment.startsWith('.')));
    const dotted = spelled.map((segment) => parseGlob(segment));
    return {
        line,
        excludes: bangs.length % 2 === 1,
        start: progressOf(globs.map((glob) => parseGlob(glob)).map((glob) => [glob, startOf(glob)])),
        leadsThrough: (folder) => globs.some((glob) => foldName(`${glob}/`).startsWith(foldName(`${folder}/`))),
        spells: (name, ignoreCase) => isGitFolder(name)
            ? spelled.some((segment) => segment.toLowerCase() === '.git')
            : dotted.some((glob) => takesName(glob, name, ignoreCase)),
    };
}
function progressOf(alternatives) {
    const alive = alternatives.filter(([, place]) => place.length > 0);
    if (alive.length === 0)
        return NOTHING;
    return {
        takes: alive.some(([glob, place]) => isTaken(glob, place)),
        mayTakeBelow: true,
        key: alive.map(([glob, place]) => [glob.length, ...place].join()).join(';'),
        step: (name, ignoreCase) => progressOf(alive.map(([glob, place]) => [glob, step(glob, place, name, ignoreCase)])),
    };
}
/** The pattern without what leads to the root. Nothing that leaves the root is a pattern. */
function relativeGlob(pattern, root) {
    const inside = root.folders
        .map((folder) => withoutRoot(pattern, folder, root.windows))
        .find((rest) => rest !== undefined);
    const rest = inside ?? pattern;
    if (inside === undefined) {
        const [, drive = ''] = /^\/([a-z])(?:\/|$)/i.exec(pattern) ?? [];
        if (root.windows && drive !== '') {
            return {
                problem: `it is a Git Bash path. Write ${drive.toUpperCase()}:/…, or a path relative to the working directory`,
            };
        }
        if (rest.startsWith('/') || /^[a-z]:/i.test(rest)) {
            const ofRunner = "it is a path on the runner outside the working directory: in a job with a container, github.workspace is the host's";
            const problem = (0,runner_path/* runnerPathIn */.t)(rest) === undefined ? 'it is an absolute path outside the working directory' : ofRunner;
            return { problem: `${problem}. Write a path relative to the working directory` };
        }
        if (rest === '~' || rest.startsWith('~/'))
            return { problem: 'it points to the home folder' };
    }
    const segments = rest.split('/').filter((segment) => segment !== '' && segment !== '.');
    return segments.includes('..') ? { problem: 'it leaves the working directory with ..' } : segments.join('/');
}
function withoutRoot(pattern, folder, windows) {
    const base = folder.endsWith('/') ? folder : `${folder}/`;
    const fold = (text) => (windows ? text.toLowerCase() : text);
    return fold(`${pattern}/`).startsWith(fold(base)) ? pattern.slice(base.length) : undefined;
}

// EXTERNAL MODULE: ./src/files/nearest.ts
var nearest = __webpack_require__(4121);
;// CONCATENATED MODULE: ./src/files/no-match.ts




/** Names to compare a misspelled one with; a repository has more, and the first are good enough for a guess. */
const MAX_NAMES = 20_000;
/** Patterns that get advice; each is compared with every name, and nobody reads more of it. */
const MAX_ADVISED = 10;
/**
 * What is probably wrong with patterns that took nothing.
 *
 * @param given `working-directory` as the user wrote it; empty for the workspace.
 */
async function adviceOn(patterns, root, given, disk) {
    const paths = await pathsBelow(disk, root.folder);
    if (paths.length === 0)
        return { emptyFolder: given, hints: [] };
    const advised = patterns.slice(0, MAX_ADVISED);
    return { hints: [...new Set(advised.flatMap(({ line }) => adviceOnLine(line, given, paths, disk.windows) ?? []))] };
}
const ONE_PER_LINE = 'Write one pattern per line, without commas, dashes, or quotes.';
function adviceOnLine(line, given, paths, windows) {
    if (/^\w+:\/\//.test(line))
        return 'A URL cannot be sent. Download the file first.';
    if (/^(?:[-[]\s*|["'])/.test(line) || /[,\s]/.test(line.replaceAll(/\{[^{}]*\}/g, '')))
        return ONE_PER_LINE;
    if (!windows && line.includes('\\'))
        return 'Use / between folders: a backslash escapes * and ?.';
    const plain = line.replaceAll('\\', '/').replaceAll(/^(?:\.\/)+|(?<!\/)\/+$/g, '');
    const inside = withoutFolder(plain, windows ? given.replaceAll('\\', '/') : given);
    if (inside !== undefined)
        return `Patterns are already relative to ${given}. Did you mean ${inside}?`;
    // It takes something that is hidden, or a link that leads to it: nothing is misspelled.
    if (firstTaken(plain, paths, false) !== undefined)
        return undefined;
    const near = onDisk(plain, paths) ?? onDisk(swapEnding(plain), paths) ?? (0,nearest/* nearest */.p)(plain, paths);
    return near === undefined ? undefined : `Did you mean ${near}?`;
}
/** `a.yaml` of `k8s/a.yaml`, where `working-directory` is `k8s` or ends so. */
function withoutFolder(line, given) {
    const folder = given.replaceAll(/^\.\/|(?<!\/)\/+$/g, '');
    const own = folder.split('/');
    const tails = own.map((_, index) => own.slice(index).join('/')).filter((tail) => tail !== '');
    const tail = tails.find((one) => line === one || line.startsWith(`${one}/`));
    return tail === undefined ? undefined : line.slice(tail.length + 1) || '**';
}
/** The first path that a pattern takes. */
function firstTaken(line, paths, ignoreCase) {
    const pattern = parseFilePattern(line, { folders: [], windows: false });
    if (typeof pattern === 'string')
        return undefined;
    return paths.find((path) => path.split('/').reduce((way, name) => way.step(name, ignoreCase), pattern.start).takes);
}
/** The pattern as the disk spells it, where letter case aside it takes something. */
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
function swapEnding(line) {
    return line.replace(/\.ya?ml$/i, (ending) => (ending.toLowerCase() === '.yml' ? '.yaml' : '.yml'));
}
/** Files and folders, nearest first; what is hidden from every pattern is left out, and links are not followed. */
async function pathsBelow(disk, folder) {
    const paths = [];
    const folders = [''];
    for (const name of folders) {
        const entries = await disk.list(join(folder, name)).catch(() => []);
        for (const entry of entries) {
            if (isGitFolder(entry.name))
                continue;
            const path = join(name, entry.name);
            paths.push(path);
            if (entry.kind === 'folder')
                folders.push(path);
        }
        if (paths.length > MAX_NAMES)
            break;
    }
    return paths.slice(0, MAX_NAMES);
}

// EXTERNAL MODULE: ./src/files/notice.ts
var notice = __webpack_require__(1399);
// EXTERNAL MODULE: ./src/failure.ts
var failure = __webpack_require__(1633);
// EXTERNAL MODULE: ./src/files/contents.ts
var contents = __webpack_require__(1525);
;// CONCATENATED MODULE: ./src/files/root.ts




/**
 * What is never for the pod in `RUNNER_TEMP`: the files by which the runner takes commands, and the token that
 * `actions/checkout` 6 keeps there.
 */
const PRIVATE_IN_TEMP = /^(?:_(?:runner|github)_|git-credentials-)/i;
/**
 * Opens `working-directory`.
 *
 * @param given as the user wrote it; empty for the workspace.
 * @throws StepError `files` where it is missing, outside of the workspace and `RUNNER_TEMP`, or leads into `.git` under
 * another name.
 */
async function openRoot(disk, given, places) {
    const missing = () => fail({ kind: 'working-directory-missing', path: given || places.workspace });
    const workspace = await disk.realPath(disk.resolve(places.workspace, '.')).catch(missing);
    const temp = await realTemp(disk, places.temp);
    const absolute = disk.resolve(places.workspace, given || '.');
    const folder = await realFolder(disk, absolute, [workspace, ...(temp === undefined ? [] : [temp])]).catch(missing);
    const root = { folder, given: absolute, temp, isTemp: folder === temp && !isWithin(folder, workspace) };
    const confines = confinesOf(folder, workspace, temp);
    if (confines === undefined)
        return fail({ kind: 'working-directory-outside', path: given || places.workspace });
    const spelled = absolute.split('/').some(isGitFolder);
    const isGit = below(folder, confines).split('/').some(isGitFolder);
    if (isGit && !spelled)
        fail({ kind: 'working-directory-git', path: given });
    return { ...root, confines };
}
async function realTemp(disk, temp) {
    return temp === undefined ? undefined : disk.realPath(disk.resolve(temp, '.')).catch(() => undefined);
}
async function realFolder(disk, absolute, bases) {
    const real = await disk.realPath(absolute);
    if ((await disk.inspect(real)).kind !== 'folder')
        throw new Error('not a folder');
    return asSpelled(disk, real, bases);
}
function confinesOf(folder, workspace, temp) {
    if (isPrivate(folder, temp))
        return undefined;
    if (isWithin(folder, workspace))
        return workspace;
    if (temp === undefined || !isWithin(folder, temp))
        return undefined;
    const [first = ''] = below(folder, temp).split('/');
    return first === '' ? temp : join(temp, first);
}
/** Whether a real path is one of those that `RUNNER_TEMP` keeps to the runner, or lies below one. */
function isPrivate(path, temp) {
    if (temp === undefined || !isWithin(path, temp))
        return false;
    return PRIVATE_IN_TEMP.test(below(path, temp));
}
/**
 * A real path with each segment below one of the bases spelled as the disk spells it: a file system that ignores letter case
 * resolves links without correcting what they wrote.
 */
async function asSpelled(disk, path, bases) {
    const base = bases.find((candidate) => isWithin(path, candidate));
    if (base === undefined)
        return path;
    let spelled = base;
    for (const segment of below(path, base).split('/')) {
        if (segment !== '')
            spelled = join(spelled, await nameOf(disk, spelled, segment));
    }
    return spelled;
}
async function nameOf(disk, folder, segment) {
    const names = (await disk.list(folder).catch(() => [])).map(({ name }) => name);
    if (names.includes(segment))
        return segment;
    const same = names.find((name) => foldName(name) === foldName(segment));
    return same ?? segment;
}
function fail(problem) {
    throw new failure/* StepError */.zg({ code: 'files', problem });
}

;// CONCATENATED MODULE: ./src/files/read.ts



/** Files beyond this total are refused unread: ARM takes 4 MB, and nothing compresses a hundredfold. */
const MAX_UNPACKED_BYTES = 512 * 1024 * 1024;
/** Each open file is a descriptor, and a buffer. */
const READERS = 16;
/**
 * Reads files by their real paths. What is swapped after the search is not read: each file is opened, and then checked.
 *
 * @param files real path of each file, by its path in the zip.
 * @throws StepError `files`, or `too-large` for more than {@link MAX_UNPACKED_BYTES}.
 */
async function readFiles(disk, files) {
    const names = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
    const inspected = await allOf(names, async ([path, real]) => {
        const found = await disk.inspect(real).catch(() => fail({ kind: 'unreadable', path }));
        if (found.kind !== 'file')
            fail({ kind: 'not-a-file', path });
        return { path, real, found, bytes: found.bytes };
    });
    const total = inspected.reduce((sum, { bytes }) => sum + bytes, 0);
    if (total > MAX_UNPACKED_BYTES) {
        const biggest = (0,contents/* biggestOf */.l)(inspected);
        throw new failure/* StepError */.zg({ code: 'too-large', bytes: total, limit: MAX_UNPACKED_BYTES, packed: false, biggest });
    }
    return allOf(inspected, async ({ path, real, found }) => {
        const content = await readChecked(disk, path, real, found);
        return { path, content, mode: disk.windows ? modeOf(content) : found.mode };
    });
}
async function readChecked(disk, path, real, inspected) {
    try {
        const content = await disk.read(real, inspected);
        if (content !== undefined)
            return content;
    }
    catch (error) {
        throw new failure/* StepError */.zg({ code: 'files', problem: { kind: 'unreadable', path } }, { cause: error });
    }
    return fail({ kind: 'swapped', path });
}
async function allOf(items, work) {
    const done = [];
    const left = items.entries();
    const reader = async () => {
        for (const [index, item] of left)
            done[index] = await work(item);
    };
    await Promise.all(Array.from({ length: READERS }, reader));
    return done;
}
/** Windows keeps no executable bit: a script (`#!`) and an ELF binary are programs. */
function modeOf(content) {
    const [two, four] = [2, 4].map((length) => content.subarray(0, length).toString('latin1'));
    return two === '#!' || four === '\x7fELF' ? 0o755 : 0o644;
}

// EXTERNAL MODULE: ./src/files/request.ts
var request = __webpack_require__(8218);
;// CONCATENATED MODULE: ./src/files/unpackers.ts


/**
 * Parts of a path that some unpacker changes. Info-ZIP drops control characters and a version such as `;1` at the end,
 * others take a backslash for a separator, and all drop or refuse `.`, `..`, and an empty segment.
 */
// eslint-disable-next-line no-control-regex
const CHANGED = /[\u0000-\u001f\u007f-\u009f\\]|;\d*(?:\/|$)|(?:^|\/)\.{0,2}(?:\/|$)/;
/**
 * Why a file of this path must not be sent. Nobody documents which program unpacks the zip in the pod. If it changed a
 * name, the file could replace another one, even the script that runs the command.
 */
function problemWithName(path) {
    if (CHANGED.test(path))
        return 'unsafe-name';
    const [first = ''] = path.split('/');
    return foldName(first) === request/* ACTION_FOLDER */._ ? 'own-folder' : undefined;
}

;// CONCATENATED MODULE: ./src/files/walk.ts





/** A zip counts its files in 16 bits; the action's own are among them. */
const MAX_FILES = 65_000;
/** What other steps of this action leave in `RUNNER_TEMP`. */
const LEFT_BY_US = /^aks-run-command-/i;
/**
 * Walks from the root wherever a pattern may take something. Links are judged by what they lead to, and never leave the
 * confines.
 *
 * @throws StepError `files` for a link that a pattern asks for and that cannot be packed, an unreadable folder, too many files.
 */
async function walk(search) {
    const found = {
        ...search,
        files: new Map(),
        used: new Set(),
        entries: 0,
        again: 0,
        visited: new Set(),
        kinds: new Map(),
        spelled: new Map(),
    };
    const { folder } = search.root;
    await visit(found, { name: '', folder, chain: [folder], progress: search.patterns.map(({ start }) => start) });
    return found;
}
async function visit(state, way) {
    const entries = await state.disk
        .list(way.folder)
        .catch(() => fail({ kind: 'unreadable', path: way.name === '' ? '.' : way.name }));
    countEntries(state, way, entries.length);
    for (const entry of entries) {
        if (state.root.isTemp && (entry.kind !== 'file' || LEFT_BY_US.test(entry.name)))
            continue;
        const step = await stepTo(state, way, entry);
        if (entry.kind === 'link')
            await followLink(state, way, step);
        else
            await enter(state, way, step, entry.kind, join(way.folder, entry.name));
    }
    await addHelmIgnore(state, way, entries);
}
function countEntries(state, way, entries) {
    const { maxEntries, visited } = state;
    const maxAgain = Math.ceil(maxEntries / 10);
    state.entries += entries;
    if (visited.has(way.folder))
        state.again += entries;
    visited.add(way.folder);
    if (state.entries > maxEntries)
        tooMany(way.name, maxEntries);
    if (state.again > maxAgain)
        tooMany(way.name, maxAgain);
}
/** Goes one segment further with every pattern; what is hidden from one ends its way. */
async function stepTo(state, way, { name, kind }) {
    const { patterns } = state;
    const stepped = (ignoreCase) => way.progress.map((progress) => progress.step(name, ignoreCase));
    let reached = stepped(false);
    const folded = stepped(true);
    // Most folders never need to be asked.
    const differs = folded.some(({ key }, index) => key !== reached[index]?.key) || name.startsWith('.');
    const ignoreCase = differs && (await state.disk.ignoresCase(way.folder, name));
    if (ignoreCase)
        reached = folded;
    const progress = reached.map((next, index) => {
        const pattern = patterns[index];
        if (pattern === undefined || pattern.excludes)
            return next;
        return hides(name, kind !== 'folder', askedBy(state, pattern, ignoreCase)) ? NOTHING : next;
    });
    noteExclusions(state, reached, progress);
    return { name, path: join(way.name, name), progress };
}
function askedBy({ includeHidden }, pattern, ignoreCase) {
    return { includeHidden, spells: (name) => pattern.spells(name, ignoreCase) };
}
/** An exclusion is of use where it meets what a pattern before it takes or looks into, or would if it were not hidden. */
function noteExclusions({ patterns, used }, reached, progress) {
    for (const [index, pattern] of patterns.entries()) {
        if (!pattern.excludes || used.has(index))
            continue;
        const earlier = patterns.slice(0, index).flatMap(({ excludes }, other) => (excludes ? [] : [other]));
        const wanted = earlier.some((other) => reached[other]?.mayTakeBelow === true);
        const open = earlier.some((other) => progress[other]?.mayTakeBelow === true);
        const meets = reached[index]?.takes === true || (!open && reached[index]?.mayTakeBelow === true);
        if (wanted && meets)
            used.add(index);
    }
}
/** Indexes of the patterns that take what was reached, and that no later exclusion takes it from. */
function takers({ patterns }, progress, property) {
    const lastExclusion = patterns.findLastIndex(({ excludes }, index) => excludes && progress[index]?.takes === true);
    return [...patterns.keys()].filter((index) => index > lastExclusion && patterns[index]?.excludes === false && progress[index]?.[property] === true);
}
/** Takes a file, or walks on in a folder. */
async function enter(state, way, { path, progress }, kind, real) {
    if (isPrivate(real, state.root.temp))
        return;
    if (kind === 'folder') {
        if (takers(state, progress, 'mayTakeBelow').length === 0)
            return;
        await visit(state, { name: path, folder: real, chain: [...way.chain, real], progress });
        return;
    }
    const takenBy = takers(state, progress, 'takes');
    if (takenBy.length === 0)
        return;
    for (const index of takenBy)
        state.used.add(index);
    add(state, path, real);
}
function add({ files }, path, real) {
    const problem = problemWithName(path);
    if (problem !== undefined)
        fail({ kind: problem, path });
    files.set(path, real);
    if (files.size > MAX_FILES)
        tooMany(path, MAX_FILES);
}
function tooMany(path, limit) {
    const [first = ''] = path.split('/');
    return fail({ kind: 'too-many', path: first === '' ? '.' : first, limit });
}
/** A link that a pattern asks for must be packable. One that only lies on its way is passed over where it is not. */
async function followLink(state, way, { name, path, progress }) {
    const { patterns } = state;
    const onTheWay = takers(state, progress, 'mayTakeBelow');
    if (onTheWay.length === 0)
        return;
    const asked = takers(state, progress, 'takes').length > 0 ||
        onTheWay.some((index) => patterns[index]?.leadsThrough(path) === true);
    const target = await targetOf(state, way, join(way.folder, name), path);
    if (typeof target !== 'string') {
        if (asked)
            fail(target);
        return;
    }
    const kind = await kindAt(state, target).catch(() => fail({ kind: 'unreadable', path }));
    const open = progress.map((next, index) => {
        const pattern = patterns[index];
        if (pattern === undefined || pattern.excludes)
            return next;
        return leadsToHidden(state.root, target, kind, askedBy(state, pattern, true)) ? NOTHING : next;
    });
    await enter(state, way, { name, path, progress: open }, kind, target);
}
function kindAt({ disk, kinds }, target) {
    return kept(kinds, target, async () => (await disk.inspect(target)).kind);
}
/** The one function that says where a link leads, and whether a step may go there. */
async function targetOf(state, way, link, path) {
    const { disk, root, spelled } = state;
    let target;
    try {
        const real = await disk.realPath(link);
        target = await kept(spelled, real, () => asSpelled(disk, real, [root.confines]));
    }
    catch (error) {
        return { kind: codeOf(error) === 'ELOOP' ? 'link-cycle' : 'broken-link', path };
    }
    if (!isWithin(target, root.confines) || isPrivate(target, root.temp))
        return { kind: 'outside', path, target };
    return way.chain.some((folder) => isWithin(folder, target)) ? { kind: 'link-cycle', path } : target;
}
/** Whether what a link leads to is hidden, by any segment of it that the root has not in common. */
function leadsToHidden({ folder, confines }, target, kind, asked) {
    const own = below(folder, confines).split('/');
    const segments = below(target, confines).split('/');
    // Some segment differs: a link to the root itself, or above it, leads in circles and is not followed.
    const beyond = segments.slice(segments.findIndex((segment, index) => segment !== own[index]));
    return beyond.some((segment, index) => hides(segment, kind !== 'folder' && index === beyond.length - 1, asked));
}
/** A chart's ignore file travels with its `Chart.yaml`, asked for or not, unless excluded. */
async function addHelmIgnore(state, way, entries) {
    const { disk, patterns } = state;
    const entry = entries.find(({ name }) => name === HELM_IGNORE);
    const path = join(way.name, HELM_IGNORE);
    if (entry === undefined || state.files.has(path) || !state.files.has(join(way.name, 'Chart.yaml')))
        return;
    const ignoreCase = await disk.ignoresCase(way.folder, HELM_IGNORE);
    const excluded = patterns.some(({ excludes }, index) => excludes && way.progress[index]?.step(HELM_IGNORE, ignoreCase).takes === true);
    if (excluded)
        return;
    const real = join(way.folder, HELM_IGNORE);
    if (entry.kind === 'file') {
        add(state, path, real);
        return;
    }
    const target = await targetOf(state, way, real, path);
    if (typeof target !== 'string' || (await kindAt(state, target)) !== 'file')
        return;
    const asked = { includeHidden: state.includeHidden, spells: () => false };
    if (!leadsToHidden(state.root, target, 'file', asked))
        add(state, path, target);
}

;// CONCATENATED MODULE: ./src/files/workspace.ts






/** More than the biggest repositories have; looking at so many takes some seconds. */
const MAX_ENTRIES = 1_000_000;
/** The files of these places. */
function workspaceOn(disk, places, maxEntries = MAX_ENTRIES) {
    return {
        async select(request) {
            const root = await openRoot(disk, request.workingDirectory, places);
            const patterns = request.patterns.map((line) => read(line, root, disk));
            const search = { disk, root, patterns, includeHidden: request.includeHidden, maxEntries };
            const { files: found, used } = await walk(search);
            const idle = patterns.filter((_pattern, index) => !used.has(index));
            const files = await readFiles(disk, found);
            const unmatched = await withoutMatch(search, idle);
            const isTold = unmatched.length > 0 && request.ifNoFilesFound !== 'ignore';
            const advice = isTold ? await adviceOn(unmatched, root, request.workingDirectory, disk) : { hints: [] };
            return {
                files,
                unmatched: unmatched.map(({ line }) => line),
                advice,
                notices: (0,notice/* noticesOf */.l)(files, patterns, idle),
            };
        },
    };
}
function read(line, { folder, given }, { windows }) {
    const pattern = parseFilePattern(line, { folders: [folder, given], windows });
    return typeof pattern === 'string' ? fail({ kind: 'invalid-pattern', path: line, detail: pattern }) : pattern;
}
/** An exclusion that leaves nothing of a pattern is no mistake in the pattern. */
async function withoutMatch(search, idle) {
    const patterns = idle.filter(({ excludes }) => !excludes);
    if (patterns.length === 0 || !search.patterns.some(({ excludes }) => excludes))
        return patterns;
    // What cannot be packed is in the way of a pattern only where there is something to take.
    const found = await walk({ ...search, patterns }).catch(() => undefined);
    return patterns.filter((_pattern, index) => found?.used.has(index) === false);
}

;// CONCATENATED MODULE: ./src/edge/disk.ts







/** The system's own function: on Windows and macOS it spells each name as the disk does, short names of 8.3 included. */
const nativeRealPath = (0,external_node_util_.promisify)(external_node_fs_.realpath.native);
/** For thousands of files plain descriptors: with wrapped ones (`FileHandle`) reading takes almost twice the time. */
const disk_open = (0,external_node_util_.promisify)(external_node_fs_.open);
const statOf = (0,external_node_util_.promisify)(external_node_fs_.fstat);
const disk_read = (0,external_node_util_.promisify)(external_node_fs_.read);
const disk_close = (0,external_node_util_.promisify)(external_node_fs_.close);
/** Never through a link, and never waiting for the other end of a pipe. Windows has neither flag. */
const READ_ONLY_PLAIN = external_node_fs_.constants.O_RDONLY | flag('O_NOFOLLOW') | flag('O_NONBLOCK');
/** The files of these places, on this machine. */
function workspaceIn(places) {
    return workspaceOn(nodeDisk(process.platform), places);
}
/** The runner's file system. */
function nodeDisk(platform) {
    const windows = platform === 'win32';
    const slashed = (text) => (windows ? text.replaceAll('\\', '/') : text);
    const lists = new Map();
    const realPaths = new Map();
    const listed = (folder) => kept(lists, folder, () => listOf(folder));
    return {
        windows,
        resolve: (from, given) => slashed(external_node_path_default().resolve(from, given)),
        realPath: (given) => kept(realPaths, given, async () => slashed(await realPath(given))),
        list: listed,
        ignoresCase: async (folder, name) => ignoresCase(folder, name, await listed(folder)),
        async inspect(given) {
            return inspected(await (0,promises_.stat)(given, { bigint: true }));
        },
        read: async (given, before) => {
            const file = await disk_open(given, READ_ONLY_PLAIN);
            try {
                const now = inspected(await statOf(file, { bigint: true }));
                if (now.kind !== 'file' || now.identity !== before.identity)
                    return undefined;
                return (await isAt(given, file, now.identity, platform)) ? await contentOf(file, now.bytes) : undefined;
            }
            finally {
                await disk_close(file);
            }
        },
    };
}
/** Up to where it ended when it was opened. */
async function contentOf(file, bytes) {
    const content = Buffer.allocUnsafeSlow(bytes);
    let length = 0;
    while (length < bytes) {
        const { bytesRead } = await disk_read(file, content, length, bytes - length, null);
        if (bytesRead === 0)
            break;
        length += bytesRead;
    }
    return content.subarray(0, length);
}
/**
 * Whether an open file is the one at a real path. A folder on the way that became a link would have led elsewhere, into `.git`
 * say, and the file there is as plain as the one that was looked at. Linux tells where an open file is, however often the path
 * changes meanwhile; elsewhere the path is looked at again.
 */
async function isAt(given, file, identity, platform) {
    const opened = platform === 'linux' ? await (0,promises_.readlink)(`/proc/self/fd/${file}`).catch(() => undefined) : undefined;
    if (opened !== undefined && foldName(opened) !== foldName(given))
        return false;
    // Linux may tell the letters of an earlier look where a folder ignores case.
    return opened === given || (await leadsTo(given, identity, platform === 'win32'));
}
async function leadsTo(given, identity, windows) {
    // Windows has several spellings of a real path.
    if (!windows && (await nativeRealPath(given)) !== given)
        return false;
    return identityOf(await (0,promises_.stat)(given, { bigint: true })) === identity;
}
async function realPath(given) {
    try {
        return await nativeRealPath(given);
    }
    catch (error) {
        // Windows' function knows no RAM disks and some network drives.
        if (['ENOENT', 'ELOOP', 'ENOTDIR', 'EACCES'].includes(codeOf(error)))
            throw error;
        return await (0,promises_.realpath)(given);
    }
}
async function listOf(folder) {
    const entries = await (0,promises_.readdir)(folder, { withFileTypes: true });
    return Promise.all(entries.map(async (entry) => {
        // Some file systems do not tell kinds in a listing.
        const isKnown = entry.isFile() || entry.isDirectory() || entry.isSymbolicLink();
        const item = isKnown ? entry : await (0,promises_.lstat)(external_node_path_default().join(folder, entry.name));
        return { name: entry.name, kind: item.isSymbolicLink() ? 'link' : kindOf(item) };
    }));
}
/**
 * Asked of the disk itself: Linux and macOS mount both kinds, and Windows has folders of the other. Where a name is found in
 * letters that the folder does not list, it ignores case. The numbers of files are no sign: a file system in user space
 * (FUSE) may give one file another number for each spelling.
 */
async function ignoresCase(folder, name, entries) {
    const other = name === name.toLowerCase() ? name.toUpperCase() : name.toLowerCase();
    if (other === name || entries.some((entry) => entry.name === other))
        return false;
    return (0,promises_.lstat)(external_node_path_default().join(folder, other)).then(() => true, () => false);
}
function inspected(stats) {
    return {
        kind: kindOf(stats),
        bytes: Number(stats.size),
        mode: Number(stats.mode) & 0o777,
        identity: identityOf(stats),
    };
}
/** Of a file on Windows, the number of its volume differs between the two ways to ask for it. */
function identityOf({ dev, ino }) {
    return `${process.platform === 'win32' ? '' : dev}:${ino}`;
}
function kindOf(item) {
    if (item.isFile())
        return 'file';
    return item.isDirectory() ? 'folder' : 'other';
}
function flag(name) {
    const flags = external_node_fs_.constants;
    return flags[name] ?? 0;
}


/***/ }),

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

/***/ 1399:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ describeNotice),
/* harmony export */   l: () => (/* binding */ noticesOf)
/* harmony export */ });
const MAX_FIRST_LINE = 256;
/**
 * What is worth a warning about the files to be sent.
 *
 * @param idle the patterns that took nothing, and the exclusions that excluded nothing.
 */
function noticesOf(files, patterns, idle) {
    const isOnly = patterns.length > 0 && patterns.every(({ excludes }) => excludes);
    const exclusions = isOnly ? [] : idle.filter(({ excludes }) => excludes);
    return [
        ...(isOnly ? [{ kind: 'only-exclusions' }] : []),
        ...exclusions.map(({ line }) => ({ kind: 'idle-exclusion', pattern: line })),
        ...files
            .filter(({ content }) => isScriptWithCrLf(content))
            .map(({ path }) => ({ kind: 'script-with-crlf', path })),
    ];
}
/** The warning. */
function describeNotice(notice) {
    switch (notice.kind) {
        case 'only-exclusions':
            return 'No files were sent: every pattern begins with ! and excludes files. First list what to send, such as k8s/.';
        case 'idle-exclusion':
            return `The exclusion ${notice.pattern} matches none of the files to send. An exclusion applies to the patterns above it.`;
        case 'script-with-crlf':
            return `The script ${notice.path} has Windows line endings (CRLF), so the pod can't run it. Add "*.sh text eol=lf" to .gitattributes.`;
    }
}
function isScriptWithCrLf(content) {
    const start = content.subarray(0, MAX_FIRST_LINE).toString('latin1');
    return start.startsWith('#!') && /^[^\n]*\r\n/.test(start);
}


/***/ }),

/***/ 8218:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ ACTION_FOLDER)
/* harmony export */ });
/** The folder in the zip, and so in the command's working folder, that holds what is not the user's. */
const ACTION_FOLDER = '.aks-run-command';


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


/***/ })

};
