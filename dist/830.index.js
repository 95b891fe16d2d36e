export const id = 830;
export const ids = [830];
export const modules = {

/***/ 7830:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   canHold: () => (/* binding */ canHold),
/* harmony export */   collectorIn: () => (/* binding */ collectorIn)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var _files_disk_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6786);




/** Collects into a new folder below another one, or into the given folder, which must be empty or not exist yet. */
function collectorIn(below, given) {
    return async (files) => {
        if (given !== undefined)
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(given, { recursive: true, mode: 0o700 });
        // A given folder may be a link to one. A new one never is.
        const folder = await (given ? (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.realpath)(given) : (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdtemp)(node_path__WEBPACK_IMPORTED_MODULE_2___default().resolve(below, 'aks-run-command-collected-')));
        return inside(folder, async (at) => {
            if ((await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(at)).length > 0)
                throw new Error(`${folder} is not empty`);
            // Only the owner can enter it until it is filled, so that nobody else can plant a link in place of a file.
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.chmod)(at, 0o700);
            try {
                return { folder, unheld: await writeAll(folder, at, files) };
            }
            catch (error) {
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(folder, { recursive: true, force: true });
                throw error;
            }
        });
    };
}
/**
 * Fills a folder, which others may enter afterwards. Linux has a path for an open folder, and so nothing is written
 * elsewhere if a link takes the folder's place meanwhile.
 */
async function inside(folder, fill) {
    const { O_DIRECTORY, O_NOFOLLOW } = node_fs__WEBPACK_IMPORTED_MODULE_0__.constants;
    const opened = process.platform === 'linux' ? await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(folder, O_DIRECTORY | O_NOFOLLOW) : undefined;
    const at = opened === undefined ? folder : `/proc/self/fd/${opened.fd}`;
    try {
        const filled = await fill(at);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.chmod)(at, 0o755);
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
/** Linux's `PATH_MAX`, with the byte that ends it. Nothing could open a longer path, or remove it. */
const MAX_PATH = 4096;
async function writeAll(folder, at, files) {
    const unheld = [];
    for (const file of files) {
        const fits = pathIn(folder, file.path).length < MAX_PATH;
        const isHeld = fits && canHold(process.platform, file) && (await write(at, file.path, file));
        if (!isHeld)
            unheld.push(file.name);
    }
    return unheld;
}
/** Characters and names that have another meaning on Windows: streams, devices, and wildcards. */
const NOT_ON_WINDOWS = /[<>:"|?*\p{Cc}]|[ .]$|^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³]) *(?:\.|$)/iu;
/** Whether a system's rules allow a name. Whether its file system does is found out by trying. */
function canHold(platform, { path: bytes, name }) {
    if (platform !== 'win32')
        return true;
    return (Buffer.from(name).equals(bytes) &&
        !name.split('/').some((segment) => segment.length > 255 || NOT_ON_WINDOWS.test(segment)));
}
/** Errors of a file system that cannot store a name, or already has it in different letter case. */
const UNHELD = new Set(['EEXIST', 'EILSEQ', 'EINVAL', 'EISDIR', 'ENAMETOOLONG', 'ENOTDIR']);
/** @returns false if this system cannot store the name */
async function write(at, bytes, given) {
    try {
        const slash = bytes.indexOf('/');
        if (slash >= 0) {
            const folder = pathIn(at, bytes.subarray(0, slash));
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(folder, 0o755).catch(async (error) => {
                // The name may exist with different letter case. A folder will do, but anything else will not.
                if (!(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.lstat)(folder)).isDirectory())
                    throw error;
            });
            return await inside(folder, (within) => write(within, bytes.subarray(slash + 1), given));
        }
        const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(pathIn(at, bytes), 'wx', 0o644);
        try {
            await file.writeFile(given.content);
            await file.chmod(0o644);
        }
        finally {
            await file.close();
        }
        return true;
    }
    catch (error) {
        if (UNHELD.has((0,_files_disk_js__WEBPACK_IMPORTED_MODULE_3__/* .diskErrorOf */ .Fh)(error)?.code ?? ''))
            return false;
        throw error;
    }
}
/** A path is made of bytes, except on Windows, where it is text. */
function pathIn(folder, bytes) {
    if (process.platform === 'win32')
        return node_path__WEBPACK_IMPORTED_MODULE_2___default().join(String(folder), bytes.toString());
    return Buffer.concat([typeof folder === 'string' ? Buffer.from(folder) : folder, Buffer.from('/'), bytes]);
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


/***/ })

};
