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
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);


/**
 * Writes collected files to the runner's file system.
 *
 * @param below where to create a new folder for them
 * @param given a folder to use instead, which must be empty or new
 */
function collectorIn(below, given) {
    return {
        async keep(files) {
            const folder = await newFolder(below, given);
            try {
                const unheld = await writeAll(folder, files);
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.chmod)(folder, 0o755);
                return { folder, unheld };
            }
            catch (error) {
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(folder, { recursive: true, force: true });
                throw error;
            }
        },
    };
}
/** Only the owner can enter the folder until it is filled, so that nobody else can plant a link in place of a file. */
async function newFolder(below, given) {
    if (given === undefined)
        return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)(node_path__WEBPACK_IMPORTED_MODULE_1___default().join(node_path__WEBPACK_IMPORTED_MODULE_1___default().resolve(below), 'aks-run-command-collected-'));
    const folder = node_path__WEBPACK_IMPORTED_MODULE_1___default().resolve(given);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(folder, { recursive: true, mode: 0o700 });
    if ((await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder)).length > 0)
        throw new Error(`${folder} is not empty`);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.chmod)(folder, 0o700);
    return folder;
}
async function writeAll(folder, files) {
    const unheld = [];
    const made = new Set();
    for (const file of files) {
        const isHeld = canHold(process.platform, file) && (await write(folder, file, made));
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
async function write(folder, { path: bytes, content }, made) {
    try {
        for (let slash = bytes.indexOf('/'); slash >= 0; slash = bytes.indexOf('/', slash + 1)) {
            await makeFolder(folder, bytes.subarray(0, slash), made);
        }
        const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.open)(pathIn(folder, bytes), 'wx', 0o644);
        try {
            await file.writeFile(content);
            await file.chmod(0o644);
        }
        finally {
            await file.close();
        }
        return true;
    }
    catch (error) {
        if (typeof error === 'object' && error !== null && 'code' in error && UNHELD.has(String(error.code)))
            return false;
        throw error;
    }
}
async function makeFolder(folder, bytes, made) {
    const key = bytes.toString('latin1');
    if (made.has(key))
        return;
    const target = pathIn(folder, bytes);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(target, 0o755).catch(async (error) => {
        // The name may exist with different letter case. A folder will do, but anything else will not.
        if (!(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(target)).isDirectory())
            throw error;
    });
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.chmod)(target, 0o755);
    made.add(key);
}
/** A path is made of bytes, except on Windows, where it is text. */
function pathIn(folder, bytes) {
    if (process.platform === 'win32')
        return node_path__WEBPACK_IMPORTED_MODULE_1___default().join(folder, bytes.toString());
    return Buffer.concat([Buffer.from(`${folder}/`), bytes]);
}


/***/ })

};
