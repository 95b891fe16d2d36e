export const id = 902;
export const ids = [902];
export const modules = {

/***/ 3902:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
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
var disk = __webpack_require__(6786);
;// CONCATENATED MODULE: ./src/edge/collected.ts




/** Writes files into a folder that is new, or else empty: the disk's `writeFolder`. */
async function writeFolder(where, files) {
    const folder = await openFolder(where);
    return inside(folder, async (at) => {
        if ((await (0,promises_.readdir)(at)).length > 0)
            throw new Error(`${folder} is not empty`);
        // Only the owner can enter it until it is filled, so that nobody else can plant a link in place
        // of a file.
        await (0,promises_.chmod)(at, 0o700);
        try {
            return { folder, notAllowed: await writeAll(folder, at, files) };
        }
        catch (error) {
            await (0,promises_.rm)(folder, { recursive: true, force: true });
            throw error;
        }
    });
}
/** A folder at a given path may be a link to one. A new one never is. */
async function openFolder(where) {
    if ('below' in where)
        return (0,promises_.mkdtemp)(external_node_path_default().resolve(where.below, 'aks-run-command-collected-'));
    await (0,promises_.mkdir)(where.at, { recursive: true, mode: 0o700 });
    return (0,promises_.realpath)(where.at);
}
/**
 * Fills a folder, which others may enter afterwards. Linux has a path for an open folder, and so
 * nothing is written elsewhere if a link takes the folder's place in the meantime.
 */
async function inside(folder, fill) {
    const { O_DIRECTORY, O_NOFOLLOW } = external_node_fs_.constants;
    const opened = process.platform === 'linux' ? await (0,promises_.open)(folder, O_DIRECTORY | O_NOFOLLOW) : undefined;
    const at = opened === undefined ? folder : `/proc/self/fd/${opened.fd}`;
    try {
        const filled = await fill(at);
        await (0,promises_.chmod)(at, 0o755);
        return filled;
    }
    catch (error) {
        if (typeof error === 'object' && error !== null && 'message' in error) {
            error.message = String(error.message).replace(String(at), String(folder));
        }
        throw error;
    }
    finally {
        await opened?.close();
    }
}
/**
 * Linux's `PATH_MAX`, with the byte that ends it. Nothing could open a longer path, or remove it.
 */
const MAX_PATH = 4096;
async function writeAll(folder, at, files) {
    const notAllowed = [];
    for (const file of files) {
        const fits = pathIn(folder, file.path).length < MAX_PATH;
        const isAllowed = fits && allowsName(process.platform, file);
        const isWritten = isAllowed && (await write(at, file.path, file));
        if (!isWritten)
            notAllowed.push(file.name);
    }
    return notAllowed;
}
/** Characters and names that have another meaning on Windows: streams, devices, and wildcards. */
const NOT_ON_WINDOWS = /[<>:"|?*\p{Cc}]|[ .]$|^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³]) *(?:\.|$)/iu;
/** Whether a system's rules allow a name. Whether its file system does is found out by trying. */
function allowsName(platform, file) {
    if (platform !== 'win32')
        return true;
    const isUtf8 = Buffer.from(file.name).equals(file.path);
    return isUtf8 && file.name.split('/').every(isAllowedOnWindows);
}
function isAllowedOnWindows(segment) {
    return segment.length <= 255 && !NOT_ON_WINDOWS.test(segment);
}
/** Errors of a file system that does not allow a name, or has it in different letter case. */
const NOT_ALLOWED = new Set(['EEXIST', 'EILSEQ', 'EINVAL', 'EISDIR', 'ENAMETOOLONG', 'ENOTDIR']);
/**
 * Writes a file, and the folders that it is in.
 *
 * @param rest of the file's path, below the folder
 * @returns false if this system does not allow the name
 */
async function write(at, rest, file) {
    try {
        const slash = rest.indexOf('/');
        if (slash >= 0) {
            const folder = pathIn(at, rest.subarray(0, slash));
            await (0,promises_.mkdir)(folder, 0o755).catch(async (error) => {
                // The name may exist, perhaps with different letter case. Only a folder will do.
                if (!(await (0,promises_.lstat)(folder)).isDirectory())
                    throw error;
            });
            return await inside(folder, (within) => write(within, rest.subarray(slash + 1), file));
        }
        await writeIn(at, rest, file);
        return true;
    }
    catch (error) {
        if (NOT_ALLOWED.has((0,disk/* diskError */.w)(error).code ?? ''))
            return false;
        throw error;
    }
}
async function writeIn(folder, name, file) {
    const opened = await (0,promises_.open)(pathIn(folder, name), 'wx', 0o644);
    try {
        await opened.writeFile(file.content);
        await opened.chmod(0o644);
    }
    finally {
        await opened.close();
    }
}
/** A path is made of bytes, except on Windows, where it is text. */
function pathIn(folder, bytes) {
    if (process.platform === 'win32')
        return external_node_path_default().join(String(folder), bytes.toString());
    return Buffer.concat([
        typeof folder === 'string' ? Buffer.from(folder) : folder,
        Buffer.from('/'),
        bytes,
    ]);
}

// EXTERNAL MODULE: ./src/files/paths.ts
var paths = __webpack_require__(7099);
;// CONCATENATED MODULE: ./src/edge/disk.ts







/**
 * Doesn't follow a link, and doesn't wait for a pipe. Windows has neither flag, and undefined
 * counts as 0.
 */
const READ_ONLY_PLAIN = external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NOFOLLOW | external_node_fs_.constants.O_NONBLOCK;
/** The disk of this machine. `platform` decides which rules apply to names. */
function nodeDisk(platform) {
    const windows = platform === 'win32';
    const slashed = (text) => (windows ? text.replaceAll('\\', '/') : text);
    return {
        windows,
        ignoresCase: windows || platform === 'darwin',
        resolve: (from, given) => slashed(external_node_path_default().resolve(from, given)),
        // The system's own function. On Windows and macOS, it spells each name as the disk does, even a
        // short 8.3 name.
        realPath: async (given) => slashed(await (0,promises_.realpath)(given)),
        async list(folder) {
            const entries = await (0,promises_.readdir)(folder, { withFileTypes: true });
            return entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
        },
        async search(folder, glob) {
            const found = await walk(folder, glob).catch((error) => {
                // Slashes in the path of the error, too.
                const at = (0,disk/* diskError */.w)(error).path;
                throw at === undefined ? error : Object.assign(error, { path: slashed(at) });
            });
            return found.map(slashed).filter((at) => (0,paths/* isWithin */.UO)(at, folder));
        },
        async stat(given) {
            return fileStats(await (0,promises_.stat)(given, { bigint: true }));
        },
        async read(given, before) {
            const file = await (0,promises_.open)(given, READ_ONLY_PLAIN);
            try {
                const now = fileStats(await file.stat({ bigint: true }));
                if (now.kind !== 'file' || now.identity !== before.identity)
                    return undefined;
                if (!(await isAt(given, file, now.identity, platform)))
                    return undefined;
                return await readUpTo(before.bytes, file);
            }
            finally {
                await file.close();
            }
        },
        writeFolder: writeFolder,
    };
}
/** Reads at most `bytes`, the size that counted toward the limit. The file may be longer by now. */
async function readUpTo(bytes, file) {
    const content = Buffer.allocUnsafeSlow(bytes);
    let length = 0;
    let read = await file.read(content);
    while (read.bytesRead > 0) {
        length += read.bytesRead;
        read = await file.read(content, length);
    }
    return content.subarray(0, length);
}
async function walk(folder, glob) {
    const { create } = await Promise.all(/* import() */[__webpack_require__.e(421), __webpack_require__.e(611), __webpack_require__.e(860)]).then(__webpack_require__.bind(__webpack_require__, 3860));
    const pattern = `${literal(folder)}/${glob}`;
    const options = { followSymbolicLinks: false, matchDirectories: false };
    try {
        return await withoutOutput(async () => (await create(pattern, options)).glob());
    }
    catch (error) {
        // The package fails at a name that is not UTF-8, or that vanishes during the search.
        if ((0,disk/* diskError */.w)(error).code !== 'ENOENT')
            throw error;
        return everythingBelow(folder);
    }
}
async function everythingBelow(folder) {
    const entries = await (0,promises_.readdir)(folder, { recursive: true, withFileTypes: true });
    return entries
        .filter((entry) => !entry.isDirectory())
        .map((entry) => external_node_path_default().join(entry.parentPath, entry.name));
}
/**
 * Makes a path a pattern for itself. The package divides patterns at line breaks, so they become
 * `?`, any one character.
 */
function literal(folder) {
    const escaped = folder.replaceAll(/[*?[]/g, '[$&]').replaceAll(/[\r\n]/g, '?');
    return process.platform === 'win32' ? escaped : escaped.replaceAll('\\', '\\\\');
}
/**
 * `@actions/glob` prints where it searches to stdout, as a workflow command (`::debug::`). At a
 * prompt, stdout belongs to the command, so output of this work, and nothing else, is dropped.
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
 * Whether an open file is the one at a real path. If a folder on the way was replaced by a link,
 * the path led elsewhere, perhaps into `.git`, to a file that looks just as ordinary. Linux reports
 * where an open file is, even if the path changes in the meantime; on other systems, the path is
 * checked again.
 */
async function isAt(given, file, identity, platform) {
    const opened = platform === 'linux'
        ? await (0,promises_.readlink)(`/proc/self/fd/${file.fd}`).catch(() => undefined)
        : undefined;
    if (opened === given)
        return true;
    // On a disk that ignores case, Linux may answer with the letter case of an earlier lookup.
    if (opened !== undefined && (0,paths/* foldName */.zN)(opened) !== (0,paths/* foldName */.zN)(given))
        return false;
    // Windows has more than one spelling of a real path.
    if (platform !== 'win32' && (await (0,promises_.realpath)(given)) !== given)
        return false;
    return identityOf(await (0,promises_.stat)(given, { bigint: true })) === identity;
}
function fileStats(stats) {
    return {
        kind: kindOf(stats),
        bytes: Number(stats.size),
        mode: Number(stats.mode) & 0o777,
        identity: identityOf(stats),
    };
}
function kindOf(stats) {
    if (stats.isFile())
        return 'file';
    return stats.isDirectory() ? 'folder' : 'other';
}
/** On Windows, `stat` of a path and of an open file give different volume numbers. */
function identityOf({ dev, ino }) {
    return `${process.platform === 'win32' ? '' : dev}:${ino}`;
}


/***/ }),

/***/ 6786:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ diskError)
/* harmony export */ });
/** An error of Node's file system has a `code`, such as `ENOENT`, and a `path`. Others don't. */
function diskError(error) {
    return error;
}


/***/ }),

/***/ 7099:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $t: () => (/* binding */ parent),
/* harmony export */   Fl: () => (/* binding */ baseName),
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
/** The folder that a path is in; empty for a path of one segment. */
function parent(path) {
    const end = path.lastIndexOf('/');
    if (end === 0)
        return '/';
    return path.slice(0, Math.max(end, 0));
}
/** The last segment of a path. */
function baseName(path) {
    return path.slice(path.lastIndexOf('/') + 1);
}
function asPrefix(folder) {
    return folder.endsWith('/') ? folder : `${folder}/`;
}


/***/ })

};
