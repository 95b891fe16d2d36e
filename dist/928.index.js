export const id = 928;
export const ids = [928];
export const modules = {

/***/ 9928:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   nodeDisk: () => (/* binding */ nodeDisk)
/* harmony export */ });
/* harmony import */ var node_async_hooks__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6698);
/* harmony import */ var node_async_hooks__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_async_hooks__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var _files_disk_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6786);
/* harmony import */ var _files_paths_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7099);





/** The disk of this machine. `platform` decides which rules apply to names. */
function nodeDisk(platform) {
    const windows = platform === 'win32';
    const slashed = (text) => (windows ? text.replaceAll('\\', '/') : text);
    return {
        windows,
        resolve: (from, given) => slashed(node_path__WEBPACK_IMPORTED_MODULE_2___default().resolve(from, given)),
        // The system's own function. On Windows and macOS, it spells each name as the disk does, even a
        // short 8.3 name.
        realPath: async (given) => slashed(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.realpath)(given)),
        exists: (given) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.lstat)(given).then(() => true, (error) => !(0,_files_disk_js__WEBPACK_IMPORTED_MODULE_3__/* .leadsNowhere */ .q)(error)),
        async list(folder) {
            const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(folder, { withFileTypes: true });
            return entries.map((entry) => ({
                name: entry.name,
                isFile: entry.isFile(),
                isFolder: entry.isDirectory(),
            }));
        },
        async search(folder, globs) {
            const found = await searchWithPackage(folder, globs).catch((error) => {
                // Slashes in the path of the error, too.
                const at = (0,_files_disk_js__WEBPACK_IMPORTED_MODULE_3__/* .diskError */ .w)(error).path;
                throw at === undefined ? error : Object.assign(error, { path: slashed(at) });
            });
            return found.map(slashed).filter((at) => (0,_files_paths_js__WEBPACK_IMPORTED_MODULE_4__/* .isWithin */ .UO)(at, folder));
        },
        async stat(given) {
            const stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(given);
            return { kind: kindOf(stats), bytes: stats.size, mode: stats.mode & 0o777 };
        },
        read: (given) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(given),
        writeFolder: (where, files) => writeFolder(where, files, windows),
    };
}
function kindOf(stats) {
    if (stats.isFile())
        return 'file';
    return stats.isDirectory() ? 'folder' : 'other';
}
async function searchWithPackage(folder, globs) {
    // It takes 60 ms to load, and many steps send no files.
    const { create } = await Promise.all(/* import() */[__webpack_require__.e(611), __webpack_require__.e(421), __webpack_require__.e(860)]).then(__webpack_require__.bind(__webpack_require__, 3860));
    const patterns = globs.map((glob) => `${literal(folder)}/${glob}`).join('\n');
    const options = { followSymbolicLinks: false, matchDirectories: false };
    try {
        return await withoutOutput(async () => (await create(patterns, options)).glob());
    }
    catch (error) {
        // The package fails at a name that is not UTF-8, or that vanishes during the search.
        if ((0,_files_disk_js__WEBPACK_IMPORTED_MODULE_3__/* .diskError */ .w)(error).code !== 'ENOENT')
            throw error;
        const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(folder, { recursive: true, withFileTypes: true });
        const others = entries.filter((entry) => !entry.isDirectory());
        return others.map((entry) => node_path__WEBPACK_IMPORTED_MODULE_2___default().join(entry.parentPath, entry.name));
    }
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
 * `@actions/glob` prints where it searches to stdout, as a workflow command (`::debug::`), and has
 * no option to print it elsewhere. At a prompt, stdout belongs to the command, so output of this
 * work, and nothing else, is dropped.
 */
async function withoutOutput(work) {
    const atWork = new node_async_hooks__WEBPACK_IMPORTED_MODULE_0__.AsyncLocalStorage();
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
/** Writes files into a folder that is new, or else empty: the disk's `writeFolder`. */
async function writeFolder(where, files, windows) {
    const folder = await openFolder(where);
    const notAllowed = [];
    try {
        for (const file of files) {
            const isAllowed = !windows || isWindowsPath(file.path);
            if (!isAllowed || !(await createFile(folder, file)))
                notAllowed.push(file.path);
        }
        // A new one is its owner's alone until it is filled.
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.chmod)(folder, 0o755);
        return { folder, notAllowed };
    }
    catch (error) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(folder, { recursive: true, force: true });
        throw error;
    }
}
async function openFolder(where) {
    if ('below' in where)
        return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdtemp)(node_path__WEBPACK_IMPORTED_MODULE_2___default().resolve(where.below, 'aks-run-command-collected-'));
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(where.at, { recursive: true });
    if ((await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(where.at)).length > 0)
        throw new Error(`${where.at} is not empty`);
    return where.at;
}
/** Errors of a file system that does not allow a name, or has it in different letter case. */
const NOT_ALLOWED = new Set(['EEXIST', 'EILSEQ', 'EINVAL', 'EISDIR', 'ENAMETOOLONG', 'ENOTDIR']);
/** @returns false if this file system does not allow the name */
async function createFile(folder, file) {
    const target = node_path__WEBPACK_IMPORTED_MODULE_2___default().join(folder, file.path);
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(node_path__WEBPACK_IMPORTED_MODULE_2___default().dirname(target), { recursive: true });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(target, file.content, { flag: 'wx' });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.chmod)(target, 0o644);
        return true;
    }
    catch (error) {
        if (NOT_ALLOWED.has((0,_files_disk_js__WEBPACK_IMPORTED_MODULE_3__/* .diskError */ .w)(error).code ?? ''))
            return false;
        throw error;
    }
}
/** Characters and names that have another meaning on Windows: folders, streams, and devices. */
const NOT_ON_WINDOWS = /[<>:"|?*\\\p{Cc}]|[ .]$|^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³]) *(?:\.|$)/iu;
/** Whether Windows allows a path. What a file system allows is found out by trying. */
function isWindowsPath(file) {
    return file.split('/').every((name) => name.length <= 255 && !NOT_ON_WINDOWS.test(name));
}


/***/ }),

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


/***/ })

};
