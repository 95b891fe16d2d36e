export const id = 928;
export const ids = [928];
export const modules = {

/***/ 9928:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   nodeDisk: () => (/* binding */ nodeDisk)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7975);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_3___default = /*#__PURE__*/__webpack_require__.n(node_util__WEBPACK_IMPORTED_MODULE_3__);
/* harmony import */ var _files_disk_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6786);





/** The system's own function: on Windows and macOS it spells each name as the disk does, short names of 8.3 included. */
const nativeRealPath = (0,node_util__WEBPACK_IMPORTED_MODULE_3__.promisify)(node_fs__WEBPACK_IMPORTED_MODULE_0__.realpath.native);
/** Never through a link, and never waiting for the other end of a pipe. Windows has neither flag. */
const READ_ONLY_PLAIN = node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY | flag('O_NOFOLLOW') | flag('O_NONBLOCK');
/** The runner's file system. */
function nodeDisk(platform) {
    const windows = platform === 'win32';
    const slashed = (text) => (windows ? text.replaceAll('\\', '/') : text);
    const lists = new Map();
    const realPaths = new Map();
    return {
        windows,
        resolve: (from, given) => slashed(node_path__WEBPACK_IMPORTED_MODULE_2___default().resolve(from, given)),
        realPath: (given) => kept(realPaths, given, async () => slashed(await realPath(given))),
        list: (folder) => kept(lists, folder, () => listOf(folder)),
        ignoresCase,
        async inspect(given) {
            return inspected(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(given, { bigint: true }));
        },
        read: async (given, before) => {
            const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(given, READ_ONLY_PLAIN);
            try {
                const now = inspected(await file.stat({ bigint: true }));
                if (now.kind !== 'file' || now.identity !== before.identity)
                    return undefined;
                return await file.readFile();
            }
            finally {
                await file.close();
            }
        },
    };
}
/** Links make a search ask for the same folder again and again. */
function kept(known, key, ask) {
    const promise = known.get(key) ?? ask();
    known.set(key, promise);
    return promise;
}
async function realPath(given) {
    try {
        return await nativeRealPath(given);
    }
    catch (error) {
        // Windows' function knows no RAM disks and some network drives.
        if (['ENOENT', 'ELOOP', 'ENOTDIR', 'EACCES'].includes((0,_files_disk_js__WEBPACK_IMPORTED_MODULE_4__/* .codeOf */ .$N)(error)))
            throw error;
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.realpath)(given);
    }
}
async function listOf(folder) {
    const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(folder, { withFileTypes: true });
    return Promise.all(entries.map(async (entry) => {
        // Some file systems do not tell kinds in a listing.
        const isKnown = entry.isFile() || entry.isDirectory() || entry.isSymbolicLink();
        const item = isKnown ? entry : await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.lstat)(node_path__WEBPACK_IMPORTED_MODULE_2___default().join(folder, entry.name));
        return { name: entry.name, kind: item.isSymbolicLink() ? 'link' : kindOf(item) };
    }));
}
/** Asked of the disk itself: Linux and macOS mount both kinds, and Windows has folders of the other. */
async function ignoresCase(folder, name) {
    const other = name === name.toLowerCase() ? name.toUpperCase() : name.toLowerCase();
    if (other === name)
        return false;
    try {
        const [one, two] = await Promise.all([name, other].map((text) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.lstat)(node_path__WEBPACK_IMPORTED_MODULE_2___default().join(folder, text), { bigint: true })));
        return one !== undefined && two !== undefined && identityOf(one) === identityOf(two);
    }
    catch {
        return false;
    }
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
    const flags = node_fs__WEBPACK_IMPORTED_MODULE_0__.constants;
    return flags[name] ?? 0;
}


/***/ }),

/***/ 6786:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $N: () => (/* binding */ codeOf),
/* harmony export */   Gz: () => (/* binding */ below),
/* harmony export */   UO: () => (/* binding */ isWithin),
/* harmony export */   fj: () => (/* binding */ join)
/* harmony export */ });
/** Whether a path is a folder or lies below it. Both are real paths. */
function isWithin(path, folder) {
    return path === folder || path.startsWith(asPrefix(folder));
}
/** The path below a folder that it is within; empty for the folder itself. */
function below(path, folder) {
    return path === folder ? '' : path.slice(asPrefix(folder).length);
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


/***/ })

};
