#!/usr/bin/env node
import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 1316:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const Utils = __nccwpck_require__(5391);
const pth = __nccwpck_require__(6928);
const ZipEntry = __nccwpck_require__(2609);
const ZipFile = __nccwpck_require__(6991);

const get_Bool = (...val) => Utils.findLast(val, (c) => typeof c === "boolean");
const get_Str = (...val) => Utils.findLast(val, (c) => typeof c === "string");
const get_Fun = (...val) => Utils.findLast(val, (c) => typeof c === "function");

const defaultOptions = {
    // option "noSort" : if true it disables files sorting
    noSort: false,
    // read entries during load (initial loading may be slower)
    readEntries: false,
    // default method is none
    method: Utils.Constants.NONE,
    // file system
    fs: null
};

module.exports = function (/**String*/ input, /** object */ options) {
    let inBuffer = null;

    // create object based default options, allowing them to be overwritten
    const opts = Object.assign(Object.create(null), defaultOptions);

    // test input variable
    if (input && "object" === typeof input) {
        // if value is not buffer we accept it to be object with options
        if (!(input instanceof Uint8Array)) {
            Object.assign(opts, input);
            input = opts.input ? opts.input : undefined;
            if (opts.input) delete opts.input;
        }

        // if input is buffer
        if (Buffer.isBuffer(input)) {
            inBuffer = input;
            opts.method = Utils.Constants.BUFFER;
            input = undefined;
        }
    }

    // assign options
    Object.assign(opts, options);

    // instanciate utils filesystem
    const filetools = new Utils(opts);

    // Restore the archived permissions on extracted directories. This has to run
    // after a directory's contents are written: applying a restrictive mode
    // (e.g. 0o500) up front would stop us writing the files it contains. Applying
    // the deepest paths first keeps parent directories traversable while their
    // children are updated (issue #530).
    const applyDirAttributes = (dirEntries) => {
        dirEntries
            .filter((d) => d.attr)
            .sort((a, b) => b.path.length - a.path.length)
            .forEach((d) => filetools.fs.chmodSync(d.path, d.attr));
    };

    if (typeof opts.decoder !== "object" || typeof opts.decoder.encode !== "function" || typeof opts.decoder.decode !== "function") {
        opts.decoder = Utils.decoder;
    }

    // if input is file name we retrieve its content
    if (input && "string" === typeof input) {
        // load zip file
        if (filetools.fs.existsSync(input)) {
            opts.method = Utils.Constants.FILE;
            opts.filename = input;
            inBuffer = filetools.fs.readFileSync(input);
        } else {
            throw Utils.Errors.INVALID_FILENAME();
        }
    }

    // create variable
    const _zip = new ZipFile(inBuffer, opts);

    const { canonical, sanitize, zipnamefix } = Utils;

    function getEntry(/**Object*/ entry) {
        if (entry && _zip) {
            var item;
            // If entry was given as a file name
            if (typeof entry === "string") item = _zip.getEntry(pth.posix.normalize(entry));
            // if entry was given as a ZipEntry object
            if (typeof entry === "object" && typeof entry.entryName !== "undefined" && typeof entry.header !== "undefined") item = _zip.getEntry(entry.entryName);

            if (item) {
                return item;
            }
        }
        return null;
    }

    function fixPath(zipPath) {
        const { join, normalize, sep } = pth.posix;
        // convert windows file separators and normalize
        return join(pth.isAbsolute(zipPath) ? "/": '.',  normalize(sep + zipPath.split("\\").join(sep) + sep));
    }

    function filenameFilter(filterfn) {
        if (filterfn instanceof RegExp) {
            // if filter is RegExp wrap it
            return (function (rx) {
                return function (filename) {
                    return rx.test(filename);
                };
            })(filterfn);
        } else if ("function" !== typeof filterfn) {
            // if filter is not function we will replace it
            return () => true;
        }
        return filterfn;
    }

    // keep last character on folders
    const relativePath = (local, entry) => {
        let lastChar = entry.slice(-1);
        lastChar = lastChar === filetools.sep ? filetools.sep : "";
        return pth.relative(local, entry) + lastChar;
    };

    return {
        /**
         * Extracts the given entry from the archive and returns the content as a Buffer object
         * @param {ZipEntry|string} entry ZipEntry object or String with the full path of the entry
         * @param {Buffer|string} [pass] - password
         * @return Buffer or Null in case of error
         */
        readFile: function (entry, pass) {
            var item = getEntry(entry);
            return (item && item.getData(pass)) || null;
        },

        /**
         * Returns how many child elements has on entry (directories) on files it is always 0
         * @param {ZipEntry|string} entry ZipEntry object or String with the full path of the entry
         * @returns {integer}
         */
        childCount: function (entry) {
            const item = getEntry(entry);
            if (item) {
                return _zip.getChildCount(item);
            }
        },

        /**
         * Asynchronous readFile
         * @param {ZipEntry|string} entry ZipEntry object or String with the full path of the entry
         * @param {callback} callback
         *
         * @return Buffer or Null in case of error
         */
        readFileAsync: function (entry, callback) {
            var item = getEntry(entry);
            if (item) {
                item.getDataAsync(callback);
            } else {
                callback(null, "getEntry failed for:" + entry);
            }
        },

        /**
         * Extracts the given entry from the archive and returns the content as plain text in the given encoding
         * @param {ZipEntry|string} entry - ZipEntry object or String with the full path of the entry
         * @param {string} encoding - Optional. If no encoding is specified utf8 is used
         *
         * @return String
         */
        readAsText: function (entry, encoding) {
            var item = getEntry(entry);
            if (item) {
                var data = item.getData();
                if (data && data.length) {
                    return data.toString(encoding || "utf8");
                }
            }
            return "";
        },

        /**
         * Asynchronous readAsText
         * @param {ZipEntry|string} entry ZipEntry object or String with the full path of the entry
         * @param {callback} callback
         * @param {string} [encoding] - Optional. If no encoding is specified utf8 is used
         *
         * @return String
         */
        readAsTextAsync: function (entry, callback, encoding) {
            var item = getEntry(entry);
            if (item) {
                item.getDataAsync(function (data, err) {
                    if (err) {
                        callback(data, err);
                        return;
                    }

                    if (data && data.length) {
                        callback(data.toString(encoding || "utf8"));
                    } else {
                        callback("");
                    }
                });
            } else {
                callback("");
            }
        },

        /**
         * Remove the entry from the file or the entry and all it's nested directories and files if the given entry is a directory
         *
         * @param {ZipEntry|string} entry
         * @param {boolean} withsubfolders
         * @returns {void}
         */
        deleteFile: function (entry, withsubfolders = true) {
            // @TODO: test deleteFile
            var item = getEntry(entry);
            if (item) {
                _zip.deleteFile(item.entryName, withsubfolders);
            }
        },

        /**
         * Remove the entry from the file or directory without affecting any nested entries
         *
         * @param {ZipEntry|string} entry
         * @returns {void}
         */
        deleteEntry: function (entry) {
            // @TODO: test deleteEntry
            var item = getEntry(entry);
            if (item) {
                _zip.deleteEntry(item.entryName);
            }
        },

        /**
         * Adds a comment to the zip. The zip must be rewritten after adding the comment.
         *
         * @param {string} comment
         */
        addZipComment: function (comment) {
            // @TODO: test addZipComment
            _zip.comment = comment;
        },

        /**
         * Returns the zip comment
         *
         * @return String
         */
        getZipComment: function () {
            return _zip.comment || "";
        },

        /**
         * Adds a comment to a specified zipEntry. The zip must be rewritten after adding the comment
         * The comment cannot exceed 65535 characters in length
         *
         * @param {ZipEntry} entry
         * @param {string} comment
         */
        addZipEntryComment: function (entry, comment) {
            var item = getEntry(entry);
            if (item) {
                item.comment = comment;
            }
        },

        /**
         * Returns the comment of the specified entry
         *
         * @param {ZipEntry} entry
         * @return String
         */
        getZipEntryComment: function (entry) {
            var item = getEntry(entry);
            if (item) {
                return item.comment || "";
            }
            return "";
        },

        /**
         * Updates the content of an existing entry inside the archive. The zip must be rewritten after updating the content
         *
         * @param {ZipEntry} entry
         * @param {Buffer} content
         */
        updateFile: function (entry, content) {
            var item = getEntry(entry);
            if (item) {
                item.setData(content);
            }
        },

        /**
         * Adds a file from the disk to the archive
         *
         * @param {string} localPath File to add to zip
         * @param {string} [zipPath] Optional path inside the zip
         * @param {string} [zipName] Optional name for the file
         * @param {string} [comment] Optional file comment
         */
        addLocalFile: function (localPath, zipPath, zipName, comment) {
            if (filetools.fs.existsSync(localPath)) {
                // fix ZipPath
                zipPath = zipPath ? fixPath(zipPath) : "";

                // p - local file name
                const p = pth.win32.basename(pth.win32.normalize(localPath));

                // add file name into zippath
                zipPath += zipName ? zipName : p;

                // read file attributes
                const _attr = filetools.fs.statSync(localPath);

                // get file content
                const data = _attr.isFile() ? filetools.fs.readFileSync(localPath) : Buffer.alloc(0);

                // if folder
                if (_attr.isDirectory()) zipPath += filetools.sep;

                // add file into zip file
                this.addFile(zipPath, data, comment, _attr);
            } else {
                throw Utils.Errors.FILE_NOT_FOUND(localPath);
            }
        },

        /**
         * Callback for showing if everything was done.
         *
         * @callback doneCallback
         * @param {Error} err - Error object
         * @param {boolean} done - was request fully completed
         */

        /**
         * Adds a file from the disk to the archive
         *
         * @param {(object|string)} options - options object, if it is string it us used as localPath.
         * @param {string} options.localPath - Local path to the file.
         * @param {string} [options.comment] - Optional file comment.
         * @param {string} [options.zipPath] - Optional path inside the zip
         * @param {string} [options.zipName] - Optional name for the file
         * @param {doneCallback} callback - The callback that handles the response.
         */
        addLocalFileAsync: function (options, callback) {
            options = typeof options === "object" ? options : { localPath: options };
            const localPath = pth.resolve(options.localPath);
            const { comment } = options;
            let { zipPath, zipName } = options;
            const self = this;

            filetools.fs.stat(localPath, function (err, stats) {
                if (err) return callback(err, false);
                // fix ZipPath
                zipPath = zipPath ? fixPath(zipPath) : "";
                // p - local file name
                const p = pth.win32.basename(pth.win32.normalize(localPath));
                // add file name into zippath
                zipPath += zipName ? zipName : p;

                if (stats.isFile()) {
                    filetools.fs.readFile(localPath, function (err, data) {
                        if (err) return callback(err, false);
                        self.addFile(zipPath, data, comment, stats);
                        return setImmediate(callback, undefined, true);
                    });
                } else if (stats.isDirectory()) {
                    zipPath += filetools.sep;
                    self.addFile(zipPath, Buffer.alloc(0), comment, stats);
                    return setImmediate(callback, undefined, true);
                }
            });
        },

        /**
         * Adds a local directory and all its nested files and directories to the archive
         *
         * @param {string} localPath - local path to the folder
         * @param {string} [zipPath] - optional path inside zip
         * @param {(RegExp|function)} [filter] - optional RegExp or Function if files match will be included.
         */
        addLocalFolder: function (localPath, zipPath, filter) {
            // Prepare filter
            filter = filenameFilter(filter);

            // fix ZipPath
            zipPath = zipPath ? fixPath(zipPath) : "";

            // normalize the path first
            localPath = pth.normalize(localPath);

            if (filetools.fs.existsSync(localPath)) {
                const items = filetools.findFiles(localPath);
                const self = this;

                if (items.length) {
                    for (const filepath of items) {
                        const p = pth.join(zipPath, relativePath(localPath, filepath));
                        if (filter(p)) {
                            self.addLocalFile(filepath, pth.dirname(p));
                        }
                    }
                }
            } else {
                throw Utils.Errors.FILE_NOT_FOUND(localPath);
            }
        },

        /**
         * Asynchronous addLocalFolder
         * @param {string} localPath
         * @param {callback} callback
         * @param {string} [zipPath] optional path inside zip
         * @param {RegExp|function} [filter] optional RegExp or Function if files match will
         *               be included.
         */
        addLocalFolderAsync: function (localPath, callback, zipPath, filter) {
            // Prepare filter
            filter = filenameFilter(filter);

            // fix ZipPath
            zipPath = zipPath ? fixPath(zipPath) : "";

            // normalize the path first
            localPath = pth.normalize(localPath);

            var self = this;
            filetools.fs.open(localPath, "r", function (err) {
                if (err && err.code === "ENOENT") {
                    callback(undefined, Utils.Errors.FILE_NOT_FOUND(localPath));
                } else if (err) {
                    callback(undefined, err);
                } else {
                    var items = filetools.findFiles(localPath);
                    var i = -1;

                    var next = function () {
                        i += 1;
                        if (i < items.length) {
                            var filepath = items[i];
                            var p = relativePath(localPath, filepath).split("\\").join("/"); //windows fix
                            p = p
                                .normalize("NFD")
                                .replace(/[\u0300-\u036f]/g, "")
                                .replace(/[^\x20-\x7E]/g, ""); // accent fix
                            if (filter(p)) {
                                filetools.fs.stat(filepath, function (er0, stats) {
                                    if (er0) callback(undefined, er0);
                                    if (stats.isFile()) {
                                        filetools.fs.readFile(filepath, function (er1, data) {
                                            if (er1) {
                                                callback(undefined, er1);
                                            } else {
                                                self.addFile(zipPath + p, data, "", stats);
                                                next();
                                            }
                                        });
                                    } else {
                                        self.addFile(zipPath + p + "/", Buffer.alloc(0), "", stats);
                                        next();
                                    }
                                });
                            } else {
                                process.nextTick(() => {
                                    next();
                                });
                            }
                        } else {
                            callback(true, undefined);
                        }
                    };

                    next();
                }
            });
        },

        /**
         * Adds a local directory and all its nested files and directories to the archive
         *
         * @param {object | string} options - options object, if it is string it us used as localPath.
         * @param {string} options.localPath - Local path to the folder.
         * @param {string} [options.zipPath] - optional path inside zip.
         * @param {RegExp|function} [options.filter] - optional RegExp or Function if files match will be included.
         * @param {function|string} [options.namefix] - optional function to help fix filename
         * @param {doneCallback} callback - The callback that handles the response.
         *
         */
        addLocalFolderAsync2: function (options, callback) {
            const self = this;
            options = typeof options === "object" ? options : { localPath: options };
            // Resolve the local filesystem path with the platform resolver. Do NOT
            // run it through fixPath: that normalizes ZIP-internal paths to POSIX
            // and prepends "/", which turns a Windows path like C:\dir into
            // \C:\dir, so readdir finds nothing and the archive comes out empty.
            const localPath = pth.resolve(options.localPath);
            let { zipPath, filter, namefix } = options;

            if (filter instanceof RegExp) {
                filter = (function (rx) {
                    return function (filename) {
                        return rx.test(filename);
                    };
                })(filter);
            } else if ("function" !== typeof filter) {
                filter = function () {
                    return true;
                };
            }

            // fix ZipPath
            zipPath = zipPath ? fixPath(zipPath) : "";

            // Check Namefix function
            if (namefix === "latin1") {
                namefix = (str) =>
                    str
                        .normalize("NFD")
                        .replace(/[\u0300-\u036f]/g, "")
                        .replace(/[^\x20-\x7E]/g, ""); // accent fix (latin1 characers only)
            }

            if (typeof namefix !== "function") namefix = (str) => str;

            // internal, create relative path + fix the name
            const relPathFix = (entry) => pth.join(zipPath, namefix(relativePath(localPath, entry)));
            const fileNameFix = (entry) => pth.win32.basename(pth.win32.normalize(namefix(entry)));

            filetools.fs.open(localPath, "r", function (err) {
                if (err && err.code === "ENOENT") {
                    // callback is (err, done); errors belong in the first argument,
                    // otherwise addLocalFolderPromise treats the error as "done" and
                    // resolves instead of rejecting.
                    callback(Utils.Errors.FILE_NOT_FOUND(localPath), false);
                } else if (err) {
                    callback(err, false);
                } else {
                    filetools.findFilesAsync(localPath, function (err, fileEntries) {
                        if (err) return callback(err, false);
                        fileEntries = fileEntries.filter((dir) => filter(relPathFix(dir)));
                        // Nothing to add (empty folder or everything filtered out) is a
                        // success, not an error. Report done and stop, otherwise the
                        // reduce below runs and the callback fires a second time -- and
                        // signalling done=false left addLocalFolderPromise hanging.
                        if (!fileEntries.length) return callback(undefined, true);

                        setImmediate(
                            fileEntries.reverse().reduce(function (next, entry) {
                                return function (err, done) {
                                    if (err || done === false) return setImmediate(next, err, false);

                                    self.addLocalFileAsync(
                                        {
                                            localPath: entry,
                                            zipPath: pth.dirname(relPathFix(entry)),
                                            zipName: fileNameFix(entry)
                                        },
                                        next
                                    );
                                };
                            }, callback)
                        );
                    });
                }
            });
        },

        /**
         * Adds a local directory and all its nested files and directories to the archive
         *
         * @param {string} localPath - path where files will be extracted
         * @param {object} props - optional properties
         * @param {string} [props.zipPath] - optional path inside zip
         * @param {RegExp|function} [props.filter] - optional RegExp or Function if files match will be included.
         * @param {function|string} [props.namefix] - optional function to help fix filename
         */
        addLocalFolderPromise: function (localPath, props) {
            return new Promise((resolve, reject) => {
                this.addLocalFolderAsync2(Object.assign({ localPath }, props), (err, done) => {
                    if (err) return reject(err);
                    if (done) resolve(this);
                });
            });
        },

        /**
         * Allows you to create a entry (file or directory) in the zip file.
         * If you want to create a directory the entryName must end in / and a null buffer should be provided.
         * Comment and attributes are optional
         *
         * @param {string} entryName
         * @param {Buffer | string} content - file content as buffer or utf8 coded string
         * @param {string} [comment] - file comment
         * @param {number | object} [attr] - number as unix file permissions, object as filesystem Stats object
         */
        addFile: function (entryName, content, comment, attr) {
            entryName = zipnamefix(entryName);
            let entry = getEntry(entryName);
            const update = entry != null;

            // prepare new entry
            if (!update) {
                entry = new ZipEntry(opts);
                entry.entryName = entryName;
            }
            entry.comment = comment || "";

            const isStat = "object" === typeof attr && attr instanceof filetools.fs.Stats;

            // last modification time from file stats
            if (isStat) {
                entry.header.time = attr.mtime;
            }

            // Set file attribute
            var fileattr = entry.isDirectory ? 0x10 : 0; // (MS-DOS directory flag)

            // extended attributes field for Unix
            // set file type either S_IFDIR / S_IFREG
            let unix = entry.isDirectory ? 0x4000 : 0x8000;

            if (isStat) {
                // File attributes from file stats
                unix |= 0xfff & attr.mode;
            } else if ("number" === typeof attr) {
                // attr from given attr values
                unix |= 0xfff & attr;
            } else {
                // Default values:
                unix |= entry.isDirectory ? 0o755 : 0o644; // permissions (drwxr-xr-x) or (-r-wr--r--)
            }

            fileattr = (fileattr | (unix << 16)) >>> 0; // add attributes

            entry.attr = fileattr;

            entry.setData(content);
            if (!update) _zip.setEntry(entry);

            return entry;
        },

        /**
         * Returns an array of ZipEntry objects representing the files and folders inside the archive
         *
         * @param {string} [password]
         * @returns Array
         */
        getEntries: function (password) {
            _zip.password = password;
            return _zip ? _zip.entries : [];
        },

        /**
         * Returns a ZipEntry object representing the file or folder specified by ``name``.
         *
         * @param {string} name
         * @return ZipEntry
         */
        getEntry: function (/**String*/ name) {
            return getEntry(name);
        },

        getEntryCount: function () {
            return _zip.getEntryCount();
        },

        forEach: function (callback) {
            return _zip.forEach(callback);
        },

        /**
         * Extracts the given entry to the given targetPath
         * If the entry is a directory inside the archive, the entire directory and it's subdirectories will be extracted
         *
         * @param {string|ZipEntry} entry - ZipEntry object or String with the full path of the entry
         * @param {string} targetPath - Target folder where to write the file
         * @param {boolean} [maintainEntryPath=true] - If maintainEntryPath is true and the entry is inside a folder, the entry folder will be created in targetPath as well. Default is TRUE
         * @param {boolean} [overwrite=false] - If the file already exists at the target path, the file will be overwriten if this is true.
         * @param {boolean} [keepOriginalPermission=false] - The file will be set as the permission from the entry if this is true.
         * @param {string} [outFileName] - String If set will override the filename of the extracted file (Only works if the entry is a file)
         *
         * @return Boolean
         */
        extractEntryTo: function (entry, targetPath, maintainEntryPath, overwrite, keepOriginalPermission, outFileName) {
            overwrite = get_Bool(false, overwrite);
            keepOriginalPermission = get_Bool(false, keepOriginalPermission);
            maintainEntryPath = get_Bool(true, maintainEntryPath);
            outFileName = get_Str(keepOriginalPermission, outFileName);

            var item = getEntry(entry);
            if (!item) {
                throw Utils.Errors.NO_ENTRY();
            }

            var entryName = canonical(item.entryName);

            var target = sanitize(targetPath, outFileName && !item.isDirectory ? canonical(outFileName) : maintainEntryPath ? entryName : pth.basename(entryName));

            if (item.isDirectory) {
                var children = _zip.getEntryChildren(item);
                children.forEach(function (child) {
                    if (child.isDirectory) return;
                    var content = child.getData();
                    if (!content) {
                        throw Utils.Errors.CANT_EXTRACT_FILE();
                    }
                    // When not maintaining the full entry path, keep each child's path
                    // relative to the extracted directory (drop the directory's own
                    // prefix) instead of flattening every file to its basename, which
                    // collapsed subdirectories together (issue #306).
                    var name = canonical(maintainEntryPath ? child.entryName : child.entryName.substring(item.entryName.length));
                    var childName = sanitize(targetPath, name);
                    // reject writing through a pre-existing symlink inside the target
                    filetools.assertPathSafe(targetPath, childName);
                    // The reverse operation for attr depend on method addFile()
                    const fileAttr = keepOriginalPermission ? child.header.fileAttr : undefined;
                    filetools.writeFileTo(childName, content, overwrite, fileAttr);
                });
                return true;
            }

            var content = item.getData(_zip.password);
            if (!content) throw Utils.Errors.CANT_EXTRACT_FILE();

            // reject writing through a pre-existing symlink inside the target
            filetools.assertPathSafe(targetPath, target);

            if (filetools.fs.existsSync(target) && !overwrite) {
                throw Utils.Errors.CANT_OVERRIDE();
            }
            // The reverse operation for attr depend on method addFile()
            const fileAttr = keepOriginalPermission ? entry.header.fileAttr : undefined;
            filetools.writeFileTo(target, content, overwrite, fileAttr);

            return true;
        },

        /**
         * Test the archive
         * @param {string} [pass]
         */
        test: function (pass) {
            if (!_zip) {
                return false;
            }

            for (var entry of _zip.entries) {
                try {
                    if (entry.isDirectory) {
                        continue;
                    }
                    // was `_zip.entries[entry]` (indexing the array with an entry
                    // object -> undefined -> threw -> test() always returned false)
                    var content = entry.getData(pass);
                    if (!content) {
                        return false;
                    }
                } catch (err) {
                    return false;
                }
            }
            return true;
        },

        /**
         * Extracts the entire archive to the given location
         *
         * @param {string} targetPath Target location
         * @param {boolean} [overwrite=false] If the file already exists at the target path, the file will be overwriten if this is true.
         *                  Default is FALSE
         * @param {boolean} [keepOriginalPermission=false] The file will be set as the permission from the entry if this is true.
         *                  Default is FALSE
         * @param {string|Buffer} [pass] password
         */
        extractAllTo: function (targetPath, overwrite, keepOriginalPermission, pass) {
            keepOriginalPermission = get_Bool(false, keepOriginalPermission);
            pass = get_Str(keepOriginalPermission, pass);
            overwrite = get_Bool(false, overwrite);
            if (!_zip) throw Utils.Errors.NO_ZIP();

            const dirEntries = [];
            _zip.entries.forEach(function (entry) {
                var entryName = sanitize(targetPath, canonical(entry.entryName));
                // reject writing through a pre-existing symlink inside the target
                filetools.assertPathSafe(targetPath, entryName);
                if (entry.isDirectory) {
                    filetools.makeDir(entryName);
                    // defer restoring the directory permission until its files are written
                    if (keepOriginalPermission) dirEntries.push({ path: entryName, attr: entry.header.fileAttr });
                    return;
                }
                var content = entry.getData(pass);
                if (!content) {
                    throw Utils.Errors.CANT_EXTRACT_FILE();
                }
                // The reverse operation for attr depend on method addFile()
                const fileAttr = keepOriginalPermission ? entry.header.fileAttr : undefined;
                filetools.writeFileTo(entryName, content, overwrite, fileAttr);
                try {
                    // best-effort: an invalid date in the archive or a filesystem that
                    // rejects utimes must not fail extraction of already-written content (issue #379)
                    filetools.fs.utimesSync(entryName, entry.header.time, entry.header.time);
                } catch (err) {
                    /* ignore timestamp failures */
                }
            });

            applyDirAttributes(dirEntries);
        },

        /**
         * Asynchronous extractAllTo
         *
         * @param {string} targetPath Target location
         * @param {boolean} [overwrite=false] If the file already exists at the target path, the file will be overwriten if this is true.
         *                  Default is FALSE
         * @param {boolean} [keepOriginalPermission=false] The file will be set as the permission from the entry if this is true.
         *                  Default is FALSE
         * @param {function} callback The callback will be executed when all entries are extracted successfully or any error is thrown.
         */
        extractAllToAsync: function (targetPath, overwrite, keepOriginalPermission, callback) {
            callback = get_Fun(overwrite, keepOriginalPermission, callback);
            keepOriginalPermission = get_Bool(false, keepOriginalPermission);
            overwrite = get_Bool(false, overwrite);
            if (!callback) {
                return new Promise((resolve, reject) => {
                    this.extractAllToAsync(targetPath, overwrite, keepOriginalPermission, function (err) {
                        if (err) {
                            reject(err);
                        } else {
                            resolve(this);
                        }
                    });
                });
            }
            if (!_zip) {
                callback(Utils.Errors.NO_ZIP());
                return;
            }

            targetPath = pth.resolve(targetPath);
            // convert entryName to
            const getPath = (entry) => sanitize(targetPath, pth.normalize(canonical(entry.entryName)));
            const getError = (msg, file) => new Error(msg + ': "' + file + '"');

            // separate directories from files
            const dirEntries = [];
            const fileEntries = [];
            _zip.entries.forEach((e) => {
                if (e.isDirectory) {
                    dirEntries.push(e);
                } else {
                    fileEntries.push(e);
                }
            });

            // Create directory entries first synchronously
            // this prevents race condition and assures folders are there before writing files
            const deferredDirAttr = [];
            for (const entry of dirEntries) {
                const dirPath = getPath(entry);
                // The reverse operation for attr depend on method addFile()
                const dirAttr = keepOriginalPermission ? entry.header.fileAttr : undefined;
                try {
                    // reject writing through a pre-existing symlink inside the target
                    filetools.assertPathSafe(targetPath, dirPath);
                    filetools.makeDir(dirPath);
                } catch (er) {
                    callback(getError("Unable to create folder", dirPath));
                    continue;
                }
                // defer restoring the directory permission until its files are written:
                // a restrictive mode applied now would block writing them
                if (dirAttr) deferredDirAttr.push({ path: dirPath, attr: dirAttr });
                try {
                    // in unix timestamp will change if files are later added to folder, but still.
                    // best-effort: a utimes failure must not abort extraction (issue #379)
                    filetools.fs.utimesSync(dirPath, entry.header.time, entry.header.time);
                } catch (er) {
                    /* ignore timestamp failures */
                }
            }

            // restore directory permissions once every file has been extracted
            const done = (err) => {
                if (!err) {
                    try {
                        applyDirAttributes(deferredDirAttr);
                    } catch (er) {
                        return callback(getError("Unable to set folder permissions", er.path || ""));
                    }
                }
                callback(err);
            };

            fileEntries.reverse().reduce(function (next, entry) {
                return function (err) {
                    if (err) {
                        next(err);
                    } else {
                        const entryName = pth.normalize(canonical(entry.entryName));
                        const filePath = sanitize(targetPath, entryName);
                        try {
                            // reject writing through a pre-existing symlink inside the target
                            filetools.assertPathSafe(targetPath, filePath);
                        } catch (er) {
                            return next(er);
                        }
                        entry.getDataAsync(function (content, err_1) {
                            if (err_1) {
                                next(err_1);
                            } else if (!content) {
                                next(Utils.Errors.CANT_EXTRACT_FILE());
                            } else {
                                // The reverse operation for attr depend on method addFile()
                                const fileAttr = keepOriginalPermission ? entry.header.fileAttr : undefined;
                                filetools.writeFileToAsync(filePath, content, overwrite, fileAttr, function (succ) {
                                    if (!succ) {
                                        return next(getError("Unable to write file", filePath));
                                    }
                                    filetools.fs.utimes(filePath, entry.header.time, entry.header.time, function () {
                                        // best-effort: a utimes failure must not abort extraction
                                        // of already-written content (issue #379)
                                        next();
                                    });
                                });
                            }
                        });
                    }
                };
            }, done)();
        },

        /**
         * Writes the newly created zip file to disk at the specified location or if a zip was opened and no ``targetFileName`` is provided, it will overwrite the opened zip
         *
         * @param {string} targetFileName
         * @param {function} callback
         */
        writeZip: function (targetFileName, callback) {
            if (arguments.length === 1) {
                if (typeof targetFileName === "function") {
                    callback = targetFileName;
                    targetFileName = "";
                }
            }

            if (!targetFileName && opts.filename) {
                targetFileName = opts.filename;
            }
            if (!targetFileName) return;

            var zipData = _zip.compressToBuffer();
            if (zipData) {
                var ok = filetools.writeFileTo(targetFileName, zipData, true);
                if (typeof callback === "function") callback(!ok ? new Error("failed") : null, "");
            }
        },

        /**
         *
         * @param {string} targetFileName
         * @param {object} [props]
         * @param {boolean} [props.overwrite=true] If the file already exists at the target path, the file will be overwriten if this is true.
         * @param {boolean} [props.perm] The file will be set as the permission from the entry if this is true.

         * @returns {Promise<void>}
         */
        writeZipPromise: function (/**String*/ targetFileName, /* object */ props) {
            const { overwrite, perm } = Object.assign({ overwrite: true }, props);

            return new Promise((resolve, reject) => {
                // find file name
                if (!targetFileName && opts.filename) targetFileName = opts.filename;
                if (!targetFileName) reject("ADM-ZIP: ZIP File Name Missing");

                this.toBufferPromise().then((zipData) => {
                    const ret = (done) => (done ? resolve(done) : reject("ADM-ZIP: Wasn't able to write zip file"));
                    filetools.writeFileToAsync(targetFileName, zipData, overwrite, perm, ret);
                }, reject);
            });
        },

        /**
         * @returns {Promise<Buffer>} A promise to the Buffer.
         */
        toBufferPromise: function () {
            return new Promise((resolve, reject) => {
                _zip.toAsyncBuffer(resolve, reject);
            });
        },

        /**
         * Returns the content of the entire zip file as a Buffer object
         *
         * @prop {function} [onSuccess]
         * @prop {function} [onFail]
         * @prop {function} [onItemStart]
         * @prop {function} [onItemEnd]
         * @returns {Buffer}
         */
        toBuffer: function (onSuccess, onFail, onItemStart, onItemEnd) {
            if (typeof onSuccess === "function") {
                _zip.toAsyncBuffer(onSuccess, onFail, onItemStart, onItemEnd);
                return null;
            }
            return _zip.compressToBuffer();
        }
    };
};


/***/ }),

/***/ 3746:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

var Utils = __nccwpck_require__(5391),
    Constants = Utils.Constants;

/* The central directory file header */
module.exports = function () {
    var _verMade = 20, // v2.0
        _version = 10, // v1.0
        _flags = 0,
        _method = 0,
        _time = 0,
        _crc = 0,
        _compressedSize = 0,
        _size = 0,
        _fnameLen = 0,
        _extraLen = 0,
        _comLen = 0,
        _diskStart = 0,
        _inattr = 0,
        _attr = 0,
        _offset = 0;

    _verMade |= Utils.isWin ? 0x0a00 : 0x0300;

    // Set EFS flag since filename and comment fields are all by default encoded using UTF-8.
    // Without it file names may be corrupted for other apps when file names use unicode chars
    _flags |= Constants.FLG_EFS;

    const _localHeader = {
        extraLen: 0
    };

    // casting
    const uint32 = (val) => Math.max(0, val) >>> 0;
    const uint16 = (val) => Math.max(0, val) & 0xffff;
    const uint8 = (val) => Math.max(0, val) & 0xff;

    _time = Utils.fromDate2DOS(new Date());

    return {
        get made() {
            return _verMade;
        },
        set made(val) {
            _verMade = val;
        },

        get version() {
            return _version;
        },
        set version(val) {
            _version = val;
        },

        get flags() {
            return _flags;
        },
        set flags(val) {
            _flags = val;
        },

        get flags_efs() {
            return (_flags & Constants.FLG_EFS) > 0;
        },
        set flags_efs(val) {
            if (val) {
                _flags |= Constants.FLG_EFS;
            } else {
                _flags &= ~Constants.FLG_EFS;
            }
        },

        get flags_desc() {
            return (_flags & Constants.FLG_DESC) > 0;
        },
        set flags_desc(val) {
            if (val) {
                _flags |= Constants.FLG_DESC;
            } else {
                _flags &= ~Constants.FLG_DESC;
            }
        },

        get method() {
            return _method;
        },
        set method(val) {
            switch (val) {
                case Constants.STORED:
                    this.version = 10;
                    break;
                case Constants.DEFLATED:
                default:
                    this.version = 20;
            }
            _method = val;
        },

        get time() {
            return Utils.fromDOS2Date(this.timeval);
        },
        set time(val) {
            val = new Date(val);
            this.timeval = Utils.fromDate2DOS(val);
        },

        get timeval() {
            return _time;
        },
        set timeval(val) {
            _time = uint32(val);
        },

        get timeHighByte() {
            return uint8(_time >>> 8);
        },
        get crc() {
            return _crc;
        },
        set crc(val) {
            _crc = uint32(val);
        },

        get compressedSize() {
            return _compressedSize;
        },
        set compressedSize(val) {
            _compressedSize = uint32(val);
        },

        get size() {
            return _size;
        },
        set size(val) {
            _size = uint32(val);
        },

        get fileNameLength() {
            return _fnameLen;
        },
        set fileNameLength(val) {
            _fnameLen = val;
        },

        get extraLength() {
            return _extraLen;
        },
        set extraLength(val) {
            _extraLen = val;
        },

        get extraLocalLength() {
            return _localHeader.extraLen;
        },
        set extraLocalLength(val) {
            _localHeader.extraLen = val;
        },

        get commentLength() {
            return _comLen;
        },
        set commentLength(val) {
            _comLen = val;
        },

        get diskNumStart() {
            return _diskStart;
        },
        set diskNumStart(val) {
            _diskStart = uint32(val);
        },

        get inAttr() {
            return _inattr;
        },
        set inAttr(val) {
            _inattr = uint32(val);
        },

        get attr() {
            return _attr;
        },
        set attr(val) {
            _attr = uint32(val);
        },

        // get Unix file permissions
        get fileAttr() {
            // Mask to the 9 rwxrwxrwx bits only. The setuid (0o4000), setgid
            // (0o2000) and sticky (0o1000) bits are attacker-controlled archive
            // metadata; preserving them on extraction (keepOriginalPermission)
            // lets a crafted zip plant a setuid-root binary when extracting as
            // root, a local privilege escalation (GHSA-679w-jf3m-wh39).
            return ((_attr || 0) >> 16) & 0o777;
        },

        get offset() {
            return _offset;
        },
        set offset(val) {
            _offset = uint32(val);
        },

        get encrypted() {
            return (_flags & Constants.FLG_ENC) === Constants.FLG_ENC;
        },

        get centralHeaderSize() {
            return Constants.CENHDR + _fnameLen + _extraLen + _comLen;
        },

        get realDataOffset() {
            return _offset + Constants.LOCHDR + _localHeader.fnameLen + _localHeader.extraLen;
        },

        get localHeader() {
            return _localHeader;
        },

        loadLocalHeaderFromBinary: function (/*Buffer*/ input) {
            // The LOC offset comes from the central directory and is attacker
            // controlled. Reject one that would read past the end of the buffer,
            // otherwise readUInt32LE below throws a raw RangeError instead of a
            // clean INVALID_LOC (and escapes the async error path).
            if (_offset < 0 || _offset + Constants.LOCHDR > input.length) {
                throw Utils.Errors.INVALID_LOC();
            }
            var data = input.slice(_offset, _offset + Constants.LOCHDR);
            // 30 bytes and should start with "PK\003\004"
            if (data.readUInt32LE(0) !== Constants.LOCSIG) {
                throw Utils.Errors.INVALID_LOC();
            }

            // version needed to extract
            _localHeader.version = data.readUInt16LE(Constants.LOCVER);
            // general purpose bit flag
            _localHeader.flags = data.readUInt16LE(Constants.LOCFLG);
            // desc flag
            _localHeader.flags_desc = (_localHeader.flags & Constants.FLG_DESC) > 0;
            // compression method
            _localHeader.method = data.readUInt16LE(Constants.LOCHOW);
            // modification time (2 bytes time, 2 bytes date)
            _localHeader.time = data.readUInt32LE(Constants.LOCTIM);
            // uncompressed file crc-32 valu
            _localHeader.crc = data.readUInt32LE(Constants.LOCCRC);
            // compressed size
            _localHeader.compressedSize = data.readUInt32LE(Constants.LOCSIZ);
            // uncompressed size
            _localHeader.size = data.readUInt32LE(Constants.LOCLEN);
            // filename length
            _localHeader.fnameLen = data.readUInt16LE(Constants.LOCNAM);
            // extra field length
            _localHeader.extraLen = data.readUInt16LE(Constants.LOCEXT);

            // read extra data
            const extraStart = _offset + Constants.LOCHDR + _localHeader.fnameLen;
            const extraEnd = extraStart + _localHeader.extraLen;
            return input.slice(extraStart, extraEnd);
        },

        loadFromBinary: function (/*Buffer*/ data) {
            // data should be 46 bytes and start with "PK 01 02"
            if (data.length !== Constants.CENHDR || data.readUInt32LE(0) !== Constants.CENSIG) {
                throw Utils.Errors.INVALID_CEN();
            }
            // version made by
            _verMade = data.readUInt16LE(Constants.CENVEM);
            // version needed to extract
            _version = data.readUInt16LE(Constants.CENVER);
            // encrypt, decrypt flags
            _flags = data.readUInt16LE(Constants.CENFLG);
            // compression method
            _method = data.readUInt16LE(Constants.CENHOW);
            // modification time (2 bytes time, 2 bytes date)
            _time = data.readUInt32LE(Constants.CENTIM);
            // uncompressed file crc-32 value
            _crc = data.readUInt32LE(Constants.CENCRC);
            // compressed size
            _compressedSize = data.readUInt32LE(Constants.CENSIZ);
            // uncompressed size
            _size = data.readUInt32LE(Constants.CENLEN);
            // filename length
            _fnameLen = data.readUInt16LE(Constants.CENNAM);
            // extra field length
            _extraLen = data.readUInt16LE(Constants.CENEXT);
            // file comment length
            _comLen = data.readUInt16LE(Constants.CENCOM);
            // volume number start
            _diskStart = data.readUInt16LE(Constants.CENDSK);
            // internal file attributes
            _inattr = data.readUInt16LE(Constants.CENATT);
            // external file attributes
            _attr = data.readUInt32LE(Constants.CENATX);
            // LOC header offset
            _offset = data.readUInt32LE(Constants.CENOFF);
        },

        localHeaderToBinary: function () {
            // LOC header size (30 bytes)
            var data = Buffer.alloc(Constants.LOCHDR);
            // "PK\003\004"
            data.writeUInt32LE(Constants.LOCSIG, 0);
            // version needed to extract
            data.writeUInt16LE(_version, Constants.LOCVER);
            // general purpose bit flag
            // clear bit 3 (data descriptor): we always write the real crc-32
            // and sizes into this local header, so no trailing descriptor is
            // emitted. Leaving the flag set would make the output unreadable
            // (see issue #555).
            data.writeUInt16LE(_flags & ~Constants.FLG_DESC, Constants.LOCFLG);
            // compression method
            data.writeUInt16LE(_method, Constants.LOCHOW);
            // modification time (2 bytes time, 2 bytes date)
            data.writeUInt32LE(_time, Constants.LOCTIM);
            // uncompressed file crc-32 value
            data.writeUInt32LE(_crc, Constants.LOCCRC);
            // compressed size
            data.writeUInt32LE(_compressedSize, Constants.LOCSIZ);
            // uncompressed size
            data.writeUInt32LE(_size, Constants.LOCLEN);
            // filename length
            data.writeUInt16LE(_fnameLen, Constants.LOCNAM);
            // extra field length
            data.writeUInt16LE(_localHeader.extraLen, Constants.LOCEXT);
            return data;
        },

        centralHeaderToBinary: function () {
            // CEN header size (46 bytes)
            var data = Buffer.alloc(Constants.CENHDR + _fnameLen + _extraLen + _comLen);
            // "PK\001\002"
            data.writeUInt32LE(Constants.CENSIG, 0);
            // version made by
            data.writeUInt16LE(_verMade, Constants.CENVEM);
            // version needed to extract
            data.writeUInt16LE(_version, Constants.CENVER);
            // encrypt, decrypt flags
            // clear bit 3 (data descriptor) to match the local header we emit
            // (real crc/sizes are written, no descriptor follows the data) — issue #555
            data.writeUInt16LE(_flags & ~Constants.FLG_DESC, Constants.CENFLG);
            // compression method
            data.writeUInt16LE(_method, Constants.CENHOW);
            // modification time (2 bytes time, 2 bytes date)
            data.writeUInt32LE(_time, Constants.CENTIM);
            // uncompressed file crc-32 value
            data.writeUInt32LE(_crc, Constants.CENCRC);
            // compressed size
            data.writeUInt32LE(_compressedSize, Constants.CENSIZ);
            // uncompressed size
            data.writeUInt32LE(_size, Constants.CENLEN);
            // filename length
            data.writeUInt16LE(_fnameLen, Constants.CENNAM);
            // extra field length
            data.writeUInt16LE(_extraLen, Constants.CENEXT);
            // file comment length
            data.writeUInt16LE(_comLen, Constants.CENCOM);
            // volume number start
            data.writeUInt16LE(_diskStart, Constants.CENDSK);
            // internal file attributes
            data.writeUInt16LE(_inattr, Constants.CENATT);
            // external file attributes
            data.writeUInt32LE(_attr, Constants.CENATX);
            // LOC header offset
            data.writeUInt32LE(_offset, Constants.CENOFF);
            return data;
        },

        toJSON: function () {
            const bytes = function (nr) {
                return nr + " bytes";
            };

            return {
                made: _verMade,
                version: _version,
                flags: _flags,
                method: Utils.methodToString(_method),
                time: this.time,
                crc: "0x" + _crc.toString(16).toUpperCase(),
                compressedSize: bytes(_compressedSize),
                size: bytes(_size),
                fileNameLength: bytes(_fnameLen),
                extraLength: bytes(_extraLen),
                commentLength: bytes(_comLen),
                diskNumStart: _diskStart,
                inAttr: _inattr,
                attr: _attr,
                offset: _offset,
                centralHeaderSize: bytes(Constants.CENHDR + _fnameLen + _extraLen + _comLen)
            };
        },

        toString: function () {
            return JSON.stringify(this.toJSON(), null, "\t");
        }
    };
};


/***/ }),

/***/ 1907:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

exports.EntryHeader = __nccwpck_require__(3746);
exports.MainHeader = __nccwpck_require__(9311);


/***/ }),

/***/ 9311:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

var Utils = __nccwpck_require__(5391),
    Constants = Utils.Constants;

/* The entries in the end of central directory */
module.exports = function () {
    var _volumeEntries = 0,
        _totalEntries = 0,
        _size = 0,
        _offset = 0,
        _commentLength = 0;

    const needsZip64 = () => _volumeEntries > Constants.EF_ZIP64_OR_16 || _totalEntries > Constants.EF_ZIP64_OR_16 || _size > Constants.EF_ZIP64_OR_32 || _offset > Constants.EF_ZIP64_OR_32;

    return {
        get diskEntries() {
            return _volumeEntries;
        },
        set diskEntries(/*Number*/ val) {
            _volumeEntries = _totalEntries = val;
        },

        get totalEntries() {
            return _totalEntries;
        },
        set totalEntries(/*Number*/ val) {
            _totalEntries = _volumeEntries = val;
        },

        get size() {
            return _size;
        },
        set size(/*Number*/ val) {
            _size = val;
        },

        get offset() {
            return _offset;
        },
        set offset(/*Number*/ val) {
            _offset = val;
        },

        get commentLength() {
            return _commentLength;
        },
        set commentLength(/*Number*/ val) {
            _commentLength = val;
        },

        get mainHeaderSize() {
            return (needsZip64() ? Constants.ZIP64HDR + Constants.END64HDR : 0) + Constants.ENDHDR + _commentLength;
        },

        loadFromBinary: function (/*Buffer*/ data) {
            // data should be 22 bytes and start with "PK 05 06"
            // or be 56+ bytes and start with "PK 06 06" for Zip64
            if (
                (data.length !== Constants.ENDHDR || data.readUInt32LE(0) !== Constants.ENDSIG) &&
                (data.length < Constants.ZIP64HDR || data.readUInt32LE(0) !== Constants.ZIP64SIG)
            ) {
                throw Utils.Errors.INVALID_END();
            }

            if (data.readUInt32LE(0) === Constants.ENDSIG) {
                // number of entries on this volume
                _volumeEntries = data.readUInt16LE(Constants.ENDSUB);
                // total number of entries
                _totalEntries = data.readUInt16LE(Constants.ENDTOT);
                // central directory size in bytes
                _size = data.readUInt32LE(Constants.ENDSIZ);
                // offset of first CEN header
                _offset = data.readUInt32LE(Constants.ENDOFF);
                // zip file comment length
                _commentLength = data.readUInt16LE(Constants.ENDCOM);
            } else {
                // number of entries on this volume
                _volumeEntries = Utils.readBigUInt64LE(data, Constants.ZIP64SUB);
                // total number of entries
                _totalEntries = Utils.readBigUInt64LE(data, Constants.ZIP64TOT);
                // central directory size in bytes
                _size = Utils.readBigUInt64LE(data, Constants.ZIP64SIZB);
                // offset of first CEN header
                _offset = Utils.readBigUInt64LE(data, Constants.ZIP64OFF);

                _commentLength = 0;
            }
        },

        toBinary: function () {
            if (!needsZip64()) {
                var b = Buffer.alloc(Constants.ENDHDR + _commentLength);
                // "PK 05 06" signature
                b.writeUInt32LE(Constants.ENDSIG, 0);
                b.writeUInt32LE(0, 4);
                // number of entries on this volume
                b.writeUInt16LE(_volumeEntries, Constants.ENDSUB);
                // total number of entries
                b.writeUInt16LE(_totalEntries, Constants.ENDTOT);
                // central directory size in bytes
                b.writeUInt32LE(_size, Constants.ENDSIZ);
                // offset of first CEN header
                b.writeUInt32LE(_offset, Constants.ENDOFF);
                // zip file comment length
                b.writeUInt16LE(_commentLength, Constants.ENDCOM);
                // fill comment memory with spaces so no garbage is left there
                b.fill(" ", Constants.ENDHDR);

                return b;
            }

            var b = Buffer.alloc(this.mainHeaderSize);
            let offset = 0;

            // Zip64 end of central directory record.
            b.writeUInt32LE(Constants.ZIP64SIG, offset);
            Utils.writeBigUInt64LE(b, Constants.ZIP64HDR - Constants.ZIP64LEAD, offset + Constants.ZIP64SIZE);
            b.writeUInt16LE(45, offset + Constants.ZIP64VEM);
            b.writeUInt16LE(45, offset + Constants.ZIP64VER);
            b.writeUInt32LE(0, offset + Constants.ZIP64DSK);
            b.writeUInt32LE(0, offset + Constants.ZIP64DSKDIR);
            Utils.writeBigUInt64LE(b, _volumeEntries, offset + Constants.ZIP64SUB);
            Utils.writeBigUInt64LE(b, _totalEntries, offset + Constants.ZIP64TOT);
            Utils.writeBigUInt64LE(b, _size, offset + Constants.ZIP64SIZB);
            Utils.writeBigUInt64LE(b, _offset, offset + Constants.ZIP64OFF);

            const zip64EndOffset = _offset + _size;
            offset += Constants.ZIP64HDR;

            // Zip64 end of central directory locator.
            b.writeUInt32LE(Constants.END64SIG, offset);
            b.writeUInt32LE(0, offset + Constants.END64START);
            Utils.writeBigUInt64LE(b, zip64EndOffset, offset + Constants.END64OFF);
            b.writeUInt32LE(1, offset + Constants.END64NUMDISKS);
            offset += Constants.END64HDR;

            // "PK 05 06" signature
            b.writeUInt32LE(Constants.ENDSIG, offset);
            b.writeUInt32LE(0, offset + 4);
            // number of entries on this volume
            b.writeUInt16LE(Math.min(_volumeEntries, Constants.EF_ZIP64_OR_16), offset + Constants.ENDSUB);
            // total number of entries
            b.writeUInt16LE(Math.min(_totalEntries, Constants.EF_ZIP64_OR_16), offset + Constants.ENDTOT);
            // central directory size in bytes
            b.writeUInt32LE(Math.min(_size, Constants.EF_ZIP64_OR_32), offset + Constants.ENDSIZ);
            // offset of first CEN header
            b.writeUInt32LE(Math.min(_offset, Constants.EF_ZIP64_OR_32), offset + Constants.ENDOFF);
            // zip file comment length
            b.writeUInt16LE(_commentLength, offset + Constants.ENDCOM);
            // fill comment memory with spaces so no garbage is left there
            b.fill(" ", offset + Constants.ENDHDR);

            return b;
        },

        toJSON: function () {
            // creates 0x0000 style output
            const offset = function (nr, len) {
                let offs = nr.toString(16).toUpperCase();
                while (offs.length < len) offs = "0" + offs;
                return "0x" + offs;
            };

            return {
                diskEntries: _volumeEntries,
                totalEntries: _totalEntries,
                size: _size + " bytes",
                offset: offset(_offset, 4),
                commentLength: _commentLength
            };
        },

        toString: function () {
            return JSON.stringify(this.toJSON(), null, "\t");
        }
    };
};
// Misspelled


/***/ }),

/***/ 5120:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

module.exports = function (/*Buffer*/ inbuf) {
    var zlib = __nccwpck_require__(3106);

    var opts = { chunkSize: (parseInt(inbuf.length / 1024) + 1) * 1024 };

    return {
        deflate: function () {
            return zlib.deflateRawSync(inbuf, opts);
        },

        deflateAsync: function (/*Function*/ callback) {
            var tmp = zlib.createDeflateRaw(opts),
                parts = [],
                total = 0;
            tmp.on("data", function (data) {
                parts.push(data);
                total += data.length;
            });
            tmp.on("end", function () {
                var buf = Buffer.alloc(total),
                    written = 0;
                buf.fill(0);
                for (var i = 0; i < parts.length; i++) {
                    var part = parts[i];
                    part.copy(buf, written);
                    written += part.length;
                }
                callback && callback(buf);
            });
            tmp.end(inbuf);
        }
    };
};


/***/ }),

/***/ 3667:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

exports.Deflater = __nccwpck_require__(5120);
exports.Inflater = __nccwpck_require__(9540);
exports.ZipCrypto = __nccwpck_require__(2689);


/***/ }),

/***/ 9540:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const version = +(process?.versions?.node ?? "").split(".")[0] || 0;
const Errors = __nccwpck_require__(6232);

module.exports = function (/*Buffer*/ inbuf, /*number*/ expectedLength) {
    var zlib = __nccwpck_require__(3106);
    // Cap decompression output at the entry's declared uncompressed size to bound
    // decompression bombs (CVE-2026-39244). A declared size of 0 must not disable
    // the cap: a genuinely empty entry inflates to 0 bytes, so a 1-byte floor
    // still lets it through while stopping a bomb that lies about its size
    // (GHSA-rcw4-f5rp-g42v). zlib requires maxOutputLength >= 1.
    const maxOutputLength = expectedLength > 0 ? expectedLength : 1;
    const option = version >= 15 ? { maxOutputLength } : {};

    return {
        inflate: function () {
            return zlib.inflateRawSync(inbuf, option);
        },

        inflateAsync: function (/*Function*/ callback) {
            var tmp = zlib.createInflateRaw(option),
                parts = [],
                total = 0,
                done = false;
            const fail = function (err) {
                if (done) return;
                done = true;
                tmp.destroy();
                callback && callback(Buffer.alloc(0), err);
            };
            // Route stream errors (e.g. Z_DATA_ERROR on malformed input) through the
            // callback. Without an "error" listener zlib re-throws the event as an
            // uncaught exception on a later tick, crashing the host process instead
            // of failing the call (GHSA-8238-w5pm-2374).
            tmp.on("error", function (err) {
                fail(err);
            });
            tmp.on("data", function (data) {
                if (done) return;
                total += data.length;
                // The streaming API ignores maxOutputLength, so enforce the cap by
                // hand; otherwise the async path decompresses without limit while the
                // sync path is capped (GHSA-v429-h5qx-84wm, GHSA-c6fg-446q-cg94).
                if (total > maxOutputLength) {
                    return fail(Errors.MAX_OUTPUT_EXCEEDED());
                }
                parts.push(data);
            });
            tmp.on("end", function () {
                if (done) return;
                done = true;
                var buf = Buffer.alloc(total),
                    written = 0;
                buf.fill(0);
                for (var i = 0; i < parts.length; i++) {
                    var part = parts[i];
                    part.copy(buf, written);
                    written += part.length;
                }
                callback && callback(buf);
            });
            tmp.end(inbuf);
        }
    };
};


/***/ }),

/***/ 2689:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



// node crypt, we use it for generate salt
// eslint-disable-next-line node/no-unsupported-features/node-builtins
const { randomFillSync } = __nccwpck_require__(6982);
const Errors = __nccwpck_require__(6232);

// generate CRC32 lookup table
const crctable = new Uint32Array(256).map((t, crc) => {
    for (let j = 0; j < 8; j++) {
        if (0 !== (crc & 1)) {
            crc = (crc >>> 1) ^ 0xedb88320;
        } else {
            crc >>>= 1;
        }
    }
    return crc >>> 0;
});

// C-style uInt32 Multiply (discards higher bits, when JS multiply discards lower bits)
const uMul = (a, b) => Math.imul(a, b) >>> 0;

// crc32 byte single update (actually same function is part of utils.crc32 function :) )
const crc32update = (pCrc32, bval) => {
    return crctable[(pCrc32 ^ bval) & 0xff] ^ (pCrc32 >>> 8);
};

// function for generating salt for encrytion header
const genSalt = () => {
    if ("function" === typeof randomFillSync) {
        return randomFillSync(Buffer.alloc(12));
    } else {
        // fallback if function is not defined
        return genSalt.node();
    }
};

// salt generation with node random function (mainly as fallback)
genSalt.node = () => {
    const salt = Buffer.alloc(12);
    const len = salt.length;
    for (let i = 0; i < len; i++) salt[i] = (Math.random() * 256) & 0xff;
    return salt;
};

// general config
const config = {
    genSalt
};

// Class Initkeys handles same basic ops with keys
function Initkeys(pw) {
    const pass = Buffer.isBuffer(pw) ? pw : Buffer.from(pw);
    this.keys = new Uint32Array([0x12345678, 0x23456789, 0x34567890]);
    for (let i = 0; i < pass.length; i++) {
        this.updateKeys(pass[i]);
    }
}

Initkeys.prototype.updateKeys = function (byteValue) {
    const keys = this.keys;
    keys[0] = crc32update(keys[0], byteValue);
    keys[1] += keys[0] & 0xff;
    keys[1] = uMul(keys[1], 134775813) + 1;
    keys[2] = crc32update(keys[2], keys[1] >>> 24);
    return byteValue;
};

Initkeys.prototype.next = function () {
    const k = (this.keys[2] | 2) >>> 0; // key
    return (uMul(k, k ^ 1) >> 8) & 0xff; // decode
};

function make_decrypter(/*Buffer*/ pwd) {
    // 1. Stage initialize key
    const keys = new Initkeys(pwd);

    // return decrypter function
    return function (/*Buffer*/ data) {
        // result - we create new Buffer for results
        const result = Buffer.alloc(data.length);
        let pos = 0;
        // process input data
        for (let c of data) {
            //c ^= keys.next();
            //result[pos++] = c; // decode & Save Value
            result[pos++] = keys.updateKeys(c ^ keys.next()); // update keys with decoded byte
        }
        return result;
    };
}

function make_encrypter(/*Buffer*/ pwd) {
    // 1. Stage initialize key
    const keys = new Initkeys(pwd);

    // return encrypting function, result and pos is here so we dont have to merge buffers later
    return function (/*Buffer*/ data, /*Buffer*/ result, /* Number */ pos = 0) {
        // result - we create new Buffer for results
        if (!result) result = Buffer.alloc(data.length);
        // process input data
        for (let c of data) {
            const k = keys.next(); // save key byte
            result[pos++] = c ^ k; // save val
            keys.updateKeys(c); // update keys with decoded byte
        }
        return result;
    };
}

function decrypt(/*Buffer*/ data, /*Object*/ header, /*String, Buffer*/ pwd) {
    if (!data || !Buffer.isBuffer(data) || data.length < 12) {
        return Buffer.alloc(0);
    }

    // 1. We Initialize and generate decrypting function
    const decrypter = make_decrypter(pwd);

    // 2. decrypt salt what is always 12 bytes and is a part of file content
    const salt = decrypter(data.slice(0, 12));

    // if bit 3 (0x08) of the general-purpose flags field is set, check salt[11] with the high byte of the header time
    // 2 byte data block (as per Info-Zip spec), otherwise check with the high byte of the header entry
    const verifyByte = (header.flags & 0x8) === 0x8 ? header.timeHighByte : header.crc >>> 24;

    //3. does password meet expectations
    if (salt[11] !== verifyByte) {
        throw Errors.WRONG_PASSWORD();
    }

    // 4. decode content
    return decrypter(data.slice(12));
}

// lets add way to populate salt, NOT RECOMMENDED for production but maybe useful for testing general functionality
function _salter(data) {
    if (Buffer.isBuffer(data) && data.length >= 12) {
        // be aware - currently salting buffer data is modified
        config.genSalt = function () {
            return data.slice(0, 12);
        };
    } else if (data === "node") {
        // test salt generation with node random function
        config.genSalt = genSalt.node;
    } else {
        // if value is not acceptable config gets reset.
        config.genSalt = genSalt;
    }
}

function encrypt(/*Buffer*/ data, /*Object*/ header, /*String, Buffer*/ pwd, /*Boolean*/ oldlike = false) {
    // 1. test data if data is not Buffer we make buffer from it
    if (data == null) data = Buffer.alloc(0);
    // if data is not buffer be make buffer from it
    if (!Buffer.isBuffer(data)) data = Buffer.from(data.toString());

    // 2. We Initialize and generate encrypting function
    const encrypter = make_encrypter(pwd);

    // 3. generate salt (12-bytes of random data)
    const salt = config.genSalt();
    salt[11] = (header.crc >>> 24) & 0xff;

    // old implementations (before PKZip 2.04g) used two byte check
    if (oldlike) salt[10] = (header.crc >>> 16) & 0xff;

    // 4. create output
    const result = Buffer.alloc(data.length + 12);
    encrypter(salt, result);

    // finally encode content
    return encrypter(data, result, 12);
}

module.exports = { decrypt, encrypt, _salter };


/***/ }),

/***/ 2834:
/***/ ((module) => {

module.exports = {
    /* The local file header */
    LOCHDR           : 30, // LOC header size
    LOCSIG           : 0x04034b50, // "PK\003\004"
    LOCVER           : 4,	// version needed to extract
    LOCFLG           : 6, // general purpose bit flag
    LOCHOW           : 8, // compression method
    LOCTIM           : 10, // modification time (2 bytes time, 2 bytes date)
    LOCCRC           : 14, // uncompressed file crc-32 value
    LOCSIZ           : 18, // compressed size
    LOCLEN           : 22, // uncompressed size
    LOCNAM           : 26, // filename length
    LOCEXT           : 28, // extra field length

    /* The Data descriptor */
    EXTSIG           : 0x08074b50, // "PK\007\008"
    EXTHDR           : 16, // EXT header size
    EXTCRC           : 4, // uncompressed file crc-32 value
    EXTSIZ           : 8, // compressed size
    EXTLEN           : 12, // uncompressed size

    /* The central directory file header */
    CENHDR           : 46, // CEN header size
    CENSIG           : 0x02014b50, // "PK\001\002"
    CENVEM           : 4, // version made by
    CENVER           : 6, // version needed to extract
    CENFLG           : 8, // encrypt, decrypt flags
    CENHOW           : 10, // compression method
    CENTIM           : 12, // modification time (2 bytes time, 2 bytes date)
    CENCRC           : 16, // uncompressed file crc-32 value
    CENSIZ           : 20, // compressed size
    CENLEN           : 24, // uncompressed size
    CENNAM           : 28, // filename length
    CENEXT           : 30, // extra field length
    CENCOM           : 32, // file comment length
    CENDSK           : 34, // volume number start
    CENATT           : 36, // internal file attributes
    CENATX           : 38, // external file attributes (host system dependent)
    CENOFF           : 42, // LOC header offset

    /* The entries in the end of central directory */
    ENDHDR           : 22, // END header size
    ENDSIG           : 0x06054b50, // "PK\005\006"
    ENDSUB           : 8, // number of entries on this disk
    ENDTOT           : 10, // total number of entries
    ENDSIZ           : 12, // central directory size in bytes
    ENDOFF           : 16, // offset of first CEN header
    ENDCOM           : 20, // zip file comment length

    END64HDR         : 20, // zip64 END header size
    END64SIG         : 0x07064b50, // zip64 Locator signature, "PK\006\007"
    END64START       : 4, // number of the disk with the start of the zip64
    END64OFF         : 8, // relative offset of the zip64 end of central directory
    END64NUMDISKS    : 16, // total number of disks

    ZIP64SIG         : 0x06064b50, // zip64 signature, "PK\006\006"
    ZIP64HDR         : 56, // zip64 record minimum size
    ZIP64LEAD        : 12, // leading bytes at the start of the record, not counted by the value stored in ZIP64SIZE
    ZIP64SIZE        : 4, // zip64 size of the central directory record
    ZIP64VEM         : 12, // zip64 version made by
    ZIP64VER         : 14, // zip64 version needed to extract
    ZIP64DSK         : 16, // zip64 number of this disk
    ZIP64DSKDIR      : 20, // number of the disk with the start of the record directory
    ZIP64SUB         : 24, // number of entries on this disk
    ZIP64TOT         : 32, // total number of entries
    ZIP64SIZB        : 40, // zip64 central directory size in bytes
    ZIP64OFF         : 48, // offset of start of central directory with respect to the starting disk number
    ZIP64EXTRA       : 56, // extensible data sector

    /* Compression methods */
    STORED           : 0, // no compression
    SHRUNK           : 1, // shrunk
    REDUCED1         : 2, // reduced with compression factor 1
    REDUCED2         : 3, // reduced with compression factor 2
    REDUCED3         : 4, // reduced with compression factor 3
    REDUCED4         : 5, // reduced with compression factor 4
    IMPLODED         : 6, // imploded
    // 7 reserved for Tokenizing compression algorithm
    DEFLATED         : 8, // deflated
    ENHANCED_DEFLATED: 9, // enhanced deflated
    PKWARE           : 10,// PKWare DCL imploded
    // 11 reserved by PKWARE
    BZIP2            : 12, //  compressed using BZIP2
    // 13 reserved by PKWARE
    LZMA             : 14, // LZMA
    // 15-17 reserved by PKWARE
    IBM_TERSE        : 18, // compressed using IBM TERSE
    IBM_LZ77         : 19, // IBM LZ77 z
    AES_ENCRYPT      : 99, // WinZIP AES encryption method

    /* General purpose bit flag */
    // values can obtained with expression 2**bitnr
    FLG_ENC          : 1,    // Bit 0: encrypted file
    FLG_COMP1        : 2,    // Bit 1, compression option
    FLG_COMP2        : 4,    // Bit 2, compression option
    FLG_DESC         : 8,    // Bit 3, data descriptor
    FLG_ENH          : 16,   // Bit 4, enhanced deflating
    FLG_PATCH        : 32,   // Bit 5, indicates that the file is compressed patched data.
    FLG_STR          : 64,   // Bit 6, strong encryption (patented)
                             // Bits 7-10: Currently unused.
    FLG_EFS          : 2048, // Bit 11: Language encoding flag (EFS)
                             // Bit 12: Reserved by PKWARE for enhanced compression.
                             // Bit 13: encrypted the Central Directory (patented).
                             // Bits 14-15: Reserved by PKWARE.
    FLG_MSK          : 4096, // mask header values

    /* Load type */
    FILE             : 2,
    BUFFER           : 1,
    NONE             : 0,

    /* 4.5 Extensible data fields */
    EF_ID            : 0,
    EF_SIZE          : 2,

    /* Header IDs */
    ID_ZIP64         : 0x0001,
    ID_AVINFO        : 0x0007,
    ID_PFS           : 0x0008,
    ID_OS2           : 0x0009,
    ID_NTFS          : 0x000a,
    ID_OPENVMS       : 0x000c,
    ID_UNIX          : 0x000d,
    ID_FORK          : 0x000e,
    ID_PATCH         : 0x000f,
    ID_X509_PKCS7    : 0x0014,
    ID_X509_CERTID_F : 0x0015,
    ID_X509_CERTID_C : 0x0016,
    ID_STRONGENC     : 0x0017,
    ID_RECORD_MGT    : 0x0018,
    ID_X509_PKCS7_RL : 0x0019,
    ID_IBM1          : 0x0065,
    ID_IBM2          : 0x0066,
    ID_POSZIP        : 0x4690,

    EF_ZIP64_OR_32   : 0xffffffff,
    EF_ZIP64_OR_16   : 0xffff,
    EF_ZIP64_SUNCOMP : 0,
    EF_ZIP64_SCOMP   : 8,
    EF_ZIP64_RHO     : 16,
    EF_ZIP64_DSN     : 24
};


/***/ }),

/***/ 1579:
/***/ ((module) => {

module.exports = {
    efs: true,
    encode: (data) => Buffer.from(data, "utf8"),
    decode: (data) => data.toString("utf8")
};


/***/ }),

/***/ 6232:
/***/ ((__unused_webpack_module, exports) => {

const errors = {
    /* Header error messages */
    INVALID_LOC: "Invalid LOC header (bad signature)",
    INVALID_CEN: "Invalid CEN header (bad signature)",
    INVALID_END: "Invalid END header (bad signature)",

    /* Descriptor */
    DESCRIPTOR_NOT_EXIST: "No descriptor present",
    DESCRIPTOR_UNKNOWN: "Unknown descriptor format",
    DESCRIPTOR_FAULTY: "Descriptor data is malformed",

    /* ZipEntry error messages*/
    NO_DATA: "Nothing to decompress",
    BAD_CRC: "CRC32 checksum failed {0}",
    MAX_OUTPUT_EXCEEDED: "Decompressed data exceeds the declared uncompressed size",
    FILE_IN_THE_WAY: "There is a file in the way: {0}",
    UNKNOWN_METHOD: "Invalid/unsupported compression method",

    /* Inflater error messages */
    AVAIL_DATA: "inflate::Available inflate data did not terminate",
    INVALID_DISTANCE: "inflate::Invalid literal/length or distance code in fixed or dynamic block",
    TO_MANY_CODES: "inflate::Dynamic block code description: too many length or distance codes",
    INVALID_REPEAT_LEN: "inflate::Dynamic block code description: repeat more than specified lengths",
    INVALID_REPEAT_FIRST: "inflate::Dynamic block code description: repeat lengths with no first length",
    INCOMPLETE_CODES: "inflate::Dynamic block code description: code lengths codes incomplete",
    INVALID_DYN_DISTANCE: "inflate::Dynamic block code description: invalid distance code lengths",
    INVALID_CODES_LEN: "inflate::Dynamic block code description: invalid literal/length code lengths",
    INVALID_STORE_BLOCK: "inflate::Stored block length did not match one's complement",
    INVALID_BLOCK_TYPE: "inflate::Invalid block type (type == 3)",

    /* ADM-ZIP error messages */
    CANT_EXTRACT_FILE: "Could not extract the file",
    CANT_OVERRIDE: "Target file already exists",
    DISK_ENTRY_TOO_LARGE: "Number of disk entries is too large",
    NO_ZIP: "No zip file was loaded",
    NO_ENTRY: "Entry doesn't exist",
    DUPLICATE_ENTRY: "Duplicate entry name {0}",
    DIRECTORY_CONTENT_ERROR: "A directory cannot have content",
    FILE_NOT_FOUND: 'File not found: "{0}"',
    NOT_IMPLEMENTED: "Not implemented",
    INVALID_FILENAME: "Invalid filename",
    INVALID_FORMAT: "Invalid or unsupported zip format. No END header found",
    ZIP64_VALUE_TOO_LARGE: "Zip64 value exceeds the maximum safe integer",
    INVALID_PASS_PARAM: "Incompatible password parameter",
    WRONG_PASSWORD: "Wrong Password",

    /* ADM-ZIP */
    COMMENT_TOO_LONG: "Comment is too long", // Comment can be max 65535 bytes long (NOTE: some non-US characters may take more space)
    EXTRA_FIELD_PARSE_ERROR: "Extra field parsing error"
};

// template
function E(message) {
    return function (...args) {
        if (args.length) { // Allow {0} .. {9} arguments in error message, based on argument number
            message = message.replace(/\{(\d)\}/g, (_, n) => args[n] || '');
        }

        return new Error('ADM-ZIP: ' + message);
    };
}

// Init errors with template
for (const msg of Object.keys(errors)) {
    exports[msg] = E(errors[msg]);
}


/***/ }),

/***/ 38:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const pth = __nccwpck_require__(6928);

module.exports = function (/*String*/ path, /*Utils object*/ { fs }) {
    var _path = path || "",
        _obj = newAttr(),
        _stat = null;

    function newAttr() {
        return {
            directory: false,
            readonly: false,
            hidden: false,
            executable: false,
            mtime: 0,
            atime: 0
        };
    }

    if (_path && fs.existsSync(_path)) {
        _stat = fs.statSync(_path);
        _obj.directory = _stat.isDirectory();
        _obj.mtime = _stat.mtime;
        _obj.atime = _stat.atime;
        _obj.executable = (0o111 & _stat.mode) !== 0; // file is executable who ever har right not just owner
        _obj.readonly = (0o200 & _stat.mode) === 0; // readonly if owner has no write right
        _obj.hidden = pth.basename(_path)[0] === ".";
    } else {
        console.warn("Invalid path: " + _path);
    }

    return {
        get directory() {
            return _obj.directory;
        },

        get readOnly() {
            return _obj.readonly;
        },

        get hidden() {
            return _obj.hidden;
        },

        get mtime() {
            return _obj.mtime;
        },

        get atime() {
            return _obj.atime;
        },

        get executable() {
            return _obj.executable;
        },

        decodeAttributes: function () {},

        encodeAttributes: function () {},

        toJSON: function () {
            return {
                path: _path,
                isDirectory: _obj.directory,
                isReadOnly: _obj.readonly,
                isHidden: _obj.hidden,
                isExecutable: _obj.executable,
                mTime: _obj.mtime,
                aTime: _obj.atime
            };
        },

        toString: function () {
            return JSON.stringify(this.toJSON(), null, "\t");
        }
    };
};


/***/ }),

/***/ 5391:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

module.exports = __nccwpck_require__(9066);
module.exports.Constants = __nccwpck_require__(2834);
module.exports.Errors = __nccwpck_require__(6232);
module.exports.FileAttr = __nccwpck_require__(38);
module.exports.decoder = __nccwpck_require__(1579);


/***/ }),

/***/ 9066:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const fsystem = __nccwpck_require__(9896);
const pth = __nccwpck_require__(6928);
const Constants = __nccwpck_require__(2834);
const Errors = __nccwpck_require__(6232);
const isWin = typeof process === "object" && "win32" === process.platform;

const is_Obj = (obj) => typeof obj === "object" && obj !== null;

// generate CRC32 lookup table
const crcTable = new Uint32Array(256).map((t, c) => {
    for (let k = 0; k < 8; k++) {
        if ((c & 1) !== 0) {
            c = 0xedb88320 ^ (c >>> 1);
        } else {
            c >>>= 1;
        }
    }
    return c >>> 0;
});

// UTILS functions

function Utils(opts) {
    this.sep = pth.sep;
    this.fs = fsystem;

    if (is_Obj(opts)) {
        // custom filesystem
        if (is_Obj(opts.fs) && typeof opts.fs.statSync === "function") {
            this.fs = opts.fs;
        }
    }
}

module.exports = Utils;

// INSTANTIABLE functions

Utils.prototype.makeDir = function (/*String*/ folder) {
    const self = this;

    // Sync - make directories tree
    function mkdirSync(/*String*/ fpath) {
        let resolvedPath = fpath.split(self.sep)[0];
        fpath.split(self.sep).forEach(function (name) {
            if (!name || name.substr(-1, 1) === ":") return;
            resolvedPath += self.sep + name;
            var stat;
            try {
                stat = self.fs.statSync(resolvedPath);
            } catch (e) {
                if (e.message && e.message.startsWith('ENOENT')) {
                    self.fs.mkdirSync(resolvedPath);
                } else {
                    throw e;
                }
            }
            if (stat && stat.isFile()) throw Errors.FILE_IN_THE_WAY(`"${resolvedPath}"`);
        });
    }

    mkdirSync(folder);
};

Utils.prototype.writeFileTo = function (/*String*/ path, /*Buffer*/ content, /*Boolean*/ overwrite, /*Number*/ attr) {
    const self = this;
    if (self.fs.existsSync(path)) {
        if (!overwrite) return false; // cannot overwrite

        var stat = self.fs.statSync(path);
        if (stat.isDirectory()) {
            return false;
        }
    }
    var folder = pth.dirname(path);
    if (!self.fs.existsSync(folder)) {
        self.makeDir(folder);
    }

    var fd;
    try {
        fd = self.fs.openSync(path, "w", 0o666); // 0666
    } catch (e) {
        self.fs.chmodSync(path, 0o666);
        fd = self.fs.openSync(path, "w", 0o666);
    }
    if (fd) {
        try {
            self.fs.writeSync(fd, content, 0, content.length, 0);
        } finally {
            self.fs.closeSync(fd);
        }
    }
    self.fs.chmodSync(path, attr || 0o666);
    return true;
};

Utils.prototype.writeFileToAsync = function (/*String*/ path, /*Buffer*/ content, /*Boolean*/ overwrite, /*Number*/ attr, /*Function*/ callback) {
    if (typeof attr === "function") {
        callback = attr;
        attr = undefined;
    }

    const self = this;

    self.fs.exists(path, function (exist) {
        if (exist && !overwrite) return callback(false);

        self.fs.stat(path, function (err, stat) {
            if (exist && stat && stat.isDirectory()) {
                return callback(false);
            }

            var folder = pth.dirname(path);
            self.fs.exists(folder, function (exists) {
                if (!exists) {
                    // makeDir is synchronous and can throw (e.g. EACCES); report failure
                    // rather than letting it escape this callback as an uncaught exception
                    try {
                        self.makeDir(folder);
                    } catch (e) {
                        return callback(false);
                    }
                }

                // write the content to an open descriptor, then apply the attributes
                const writeToFd = function (fd) {
                    self.fs.write(fd, content, 0, content.length, 0, function (writeErr) {
                        self.fs.close(fd, function () {
                            // surface write failures instead of silently reporting success (issue #402)
                            if (writeErr) return callback(false);
                            self.fs.chmod(path, attr || 0o666, function () {
                                callback(true);
                            });
                        });
                    });
                };

                self.fs.open(path, "w", 0o666, function (err, fd) {
                    if (err) {
                        // the target may exist but be read-only: make it writable and retry once
                        self.fs.chmod(path, 0o666, function () {
                            self.fs.open(path, "w", 0o666, function (retryErr, fd) {
                                // Previously the retry error was ignored and an undefined fd was
                                // passed to fs.write, throwing an uncaught ERR_INVALID_ARG_TYPE that
                                // crashed the process (issues #470, #459, #402). Report failure instead.
                                if (retryErr || !fd) return callback(false);
                                writeToFd(fd);
                            });
                        });
                    } else if (fd) {
                        writeToFd(fd);
                    } else {
                        callback(false);
                    }
                });
            });
        });
    });
};

// Guard extraction against writing through a symlink that already exists inside
// the target directory. sanitize() only proves the textual path stays under the
// root; it cannot see that a component on disk is a symlink pointing elsewhere,
// so open()/mkdir() would follow it and write outside the root. Walk every path
// component strictly below root and reject any that is a symlink. Components at
// or above root are the caller's own choice and are left untouched, so a root
// that itself lives under a symlink (e.g. /tmp on macOS) still extracts.
Utils.prototype.assertPathSafe = function (/*String*/ root, /*String*/ target) {
    const self = this;
    if (typeof self.fs.lstatSync !== "function") return;

    const resolvedRoot = pth.resolve(root);
    const resolvedTarget = pth.resolve(target);
    if (resolvedTarget === resolvedRoot) return;

    const rel = pth.relative(resolvedRoot, resolvedTarget);
    // Not under root: sanitize() is responsible for that case; nothing to walk.
    if (!rel || rel === ".." || rel.startsWith(".." + pth.sep) || pth.isAbsolute(rel)) return;

    let cur = resolvedRoot;
    for (const part of rel.split(pth.sep)) {
        if (!part || part === ".") continue;
        cur = pth.join(cur, part);
        let stat;
        try {
            stat = self.fs.lstatSync(cur);
        } catch (e) {
            break; // component does not exist yet: nothing below it can be a symlink
        }
        if (stat.isSymbolicLink()) throw Errors.FILE_IN_THE_WAY(`"${cur}"`);
    }
};

Utils.prototype.findFiles = function (/*String*/ path) {
    const self = this;
    const canLstat = typeof self.fs.lstatSync === "function";
    const rootReal = self.fs.realpathSync(path);

    // A symlink whose target lies outside the folder being archived must not be
    // followed: statSync would dereference it and copy the target's contents into
    // the archive, disclosing files outside the root (GHSA-wx42-xcp7-pgr4). Allow
    // symlinks that resolve to a location inside the root, reject any that escape.
    function escapesRoot(/*String*/ p) {
        if (!canLstat) return false;
        if (!self.fs.lstatSync(p).isSymbolicLink()) return false;
        let real;
        try {
            real = self.fs.realpathSync(p);
        } catch (e) {
            return true; // dangling or unresolvable symlink: do not follow
        }
        return !(real === rootReal || real.startsWith(rootReal + pth.sep));
    }

    function findSync(/*String*/ dir, /*RegExp*/ pattern, /*Boolean*/ recursive, /*Set*/ visited) {
        if (typeof pattern === "boolean") {
            recursive = pattern;
            pattern = undefined;
        }
        let files = [];
        self.fs.readdirSync(dir).forEach(function (file) {
            const path = pth.join(dir, file);

            if (escapesRoot(path)) return;

            const stat = self.fs.statSync(path);

            if (!pattern || pattern.test(path)) {
                files.push(pth.normalize(path) + (stat.isDirectory() ? self.sep : ""));
            }

            if (stat.isDirectory() && recursive) {
                // Descend by resolved real path and skip directories we have already
                // visited. This stops a symlink that points back to an ancestor from
                // recursing forever until the path fails with ELOOP / ENAMETOOLONG
                // (issue #541).
                const realDir = self.fs.realpathSync(path);
                if (!visited.has(realDir)) {
                    visited.add(realDir);
                    files = files.concat(findSync(path, pattern, recursive, visited));
                }
            }
        });
        return files;
    }

    return findSync(path, undefined, true, new Set([rootReal]));
};

/**
 * Callback for showing if everything was done.
 *
 * @callback filelistCallback
 * @param {Error} err - Error object
 * @param {string[]} list - was request fully completed
 */

/**
 *
 * @param {string} dir
 * @param {filelistCallback} cb
 */
Utils.prototype.findFilesAsync = function (dir, cb) {
    const self = this;
    const results = [];
    let finished = false;
    const finish = function (err) {
        if (finished) return;
        finished = true;
        cb(err, err ? undefined : results);
    };

    const canLstat = typeof self.fs.lstat === "function";
    let rootReal = null;

    // Reject a symlink whose target escapes the root being archived, so its
    // contents are not dereferenced and copied into the archive
    // (GHSA-wx42-xcp7-pgr4). A symlink resolving to a location inside the root is
    // allowed; a dangling or escaping one is skipped. Calls back (err, escapes).
    const escapesRoot = function (file, cb) {
        if (!canLstat) return cb(null, false);
        self.fs.lstat(file, function (err, lst) {
            if (err) return cb(err);
            if (!lst || !lst.isSymbolicLink()) return cb(null, false);
            self.fs.realpath(file, function (err, real) {
                if (err) return cb(null, true); // dangling: do not follow
                cb(null, !(real === rootReal || real.startsWith(rootReal + pth.sep)));
            });
        });
    };

    // Descend by resolved real path and skip directories already visited, so a
    // symlink pointing back to an ancestor cannot recurse forever (issue #541).
    const walk = function (dir, visited, done) {
        self.fs.readdir(dir, function (err, list) {
            if (err) return done(err);
            let pending = list.length;
            if (!pending) return done();
            list.forEach(function (name) {
                const file = pth.join(dir, name);
                escapesRoot(file, function (err, escapes) {
                    if (err) return done(err);
                    if (escapes) {
                        if (!--pending) done();
                        return;
                    }
                    self.fs.stat(file, function (err, stat) {
                        if (err) return done(err);
                        if (!stat) {
                            if (!--pending) done();
                            return;
                        }
                        results.push(pth.normalize(file) + (stat.isDirectory() ? self.sep : ""));
                        if (!stat.isDirectory()) {
                            if (!--pending) done();
                            return;
                        }
                        self.fs.realpath(file, function (err, realDir) {
                            if (err) return done(err);
                            if (visited.has(realDir)) {
                                if (!--pending) done();
                                return;
                            }
                            visited.add(realDir);
                            walk(file, visited, function (err) {
                                if (err) return done(err);
                                if (!--pending) done();
                            });
                        });
                    });
                });
            });
        });
    };

    self.fs.realpath(dir, function (err, realDir) {
        if (err) return finish(err);
        rootReal = realDir;
        walk(dir, new Set([realDir]), finish);
    });
};

Utils.prototype.getAttributes = function () {};

Utils.prototype.setAttributes = function () {};

// STATIC functions

// crc32 single update (it is part of crc32)
Utils.crc32update = function (crc, byte) {
    return crcTable[(crc ^ byte) & 0xff] ^ (crc >>> 8);
};

Utils.crc32 = function (buf) {
    if (typeof buf === "string") {
        buf = Buffer.from(buf, "utf8");
    }

    let len = buf.length;
    let crc = ~0;
    for (let off = 0; off < len; ) crc = Utils.crc32update(crc, buf[off++]);
    // xor and cast as uint32 number
    return ~crc >>> 0;
};

Utils.methodToString = function (/*Number*/ method) {
    switch (method) {
        case Constants.STORED:
            return "STORED (" + method + ")";
        case Constants.DEFLATED:
            return "DEFLATED (" + method + ")";
        default:
            return "UNSUPPORTED (" + method + ")";
    }
};

/**
 * removes ".." style path elements
 * @param {string} path - fixable path
 * @returns string - fixed filepath
 */
Utils.canonical = function (/*string*/ path) {
    if (!path) return "";
    // trick normalize think path is absolute
    const safeSuffix = pth.posix.normalize("/" + path.split("\\").join("/"));
    return pth.join(".", safeSuffix);
};

/**
 * fix file names in achive
 * @param {string} path - fixable path
 * @returns string - fixed filepath
 */

Utils.zipnamefix = function (path) {
    if (!path) return "";
    // trick normalize think path is absolute
    const safeSuffix = pth.posix.normalize("/" + path.split("\\").join("/"));
    return pth.posix.join(".", safeSuffix);
};

/**
 *
 * @param {Array} arr
 * @param {function} callback
 * @returns
 */
Utils.findLast = function (arr, callback) {
    if (!Array.isArray(arr)) throw new TypeError("arr is not array");

    const len = arr.length >>> 0;
    for (let i = len - 1; i >= 0; i--) {
        if (callback(arr[i], i, arr)) {
            return arr[i];
        }
    }
    return void 0;
};

// make absolute paths taking prefix as root folder
Utils.sanitize = function (/*string*/ prefix, /*string*/ name) {
    prefix = pth.resolve(pth.normalize(prefix));
    var parts = name.split("/");
    for (var i = 0, l = parts.length; i < l; i++) {
        var path = pth.normalize(pth.join(prefix, parts.slice(i, l).join(pth.sep)));
        if (path === prefix || path.startsWith(prefix + pth.sep)) {
            return path;
        }
    }
    return pth.normalize(pth.join(prefix, pth.basename(name)));
};

// converts buffer, Uint8Array, string types to buffer
Utils.toBuffer = function toBuffer(/*buffer, Uint8Array, string*/ input, /* function */ encoder) {
    if (Buffer.isBuffer(input)) {
        return input;
    } else if (input instanceof Uint8Array) {
        return Buffer.from(input);
    } else {
        // expect string all other values are invalid and return empty buffer
        return typeof input === "string" ? encoder(input) : Buffer.alloc(0);
    }
};

Utils.readBigUInt64LE = function (/*Buffer*/ buffer, /*int*/ index) {
    const lo = buffer.readUInt32LE(index);
    const hi = buffer.readUInt32LE(index + 4);
    const value = hi * 0x100000000 + lo;
    // The result is a JS number, so values above 2^53 - 1 cannot be represented
    // exactly. These are zip64 sizes/offsets/counts used as buffer indices; a
    // silently rounded value would misparse the archive. Reject instead.
    if (value > Number.MAX_SAFE_INTEGER) {
        throw Errors.ZIP64_VALUE_TOO_LARGE();
    }
    return value;
};

Utils.writeBigUInt64LE = function (/*Buffer*/ buffer, /*Number*/ value, /*int*/ index) {
    const lo = value >>> 0;
    const hi = Math.floor(value / 0x100000000) >>> 0;
    buffer.writeUInt32LE(lo, index);
    buffer.writeUInt32LE(hi, index + 4);
};

Utils.fromDOS2Date = function (val) {
    return new Date(((val >> 25) & 0x7f) + 1980, Math.max(((val >> 21) & 0x0f) - 1, 0), Math.max((val >> 16) & 0x1f, 1), (val >> 11) & 0x1f, (val >> 5) & 0x3f, (val & 0x1f) << 1);
};

Utils.fromDate2DOS = function (val) {
    let date = 0;
    let time = 0;
    if (val.getFullYear() > 1979) {
        date = (((val.getFullYear() - 1980) & 0x7f) << 9) | ((val.getMonth() + 1) << 5) | val.getDate();
        time = (val.getHours() << 11) | (val.getMinutes() << 5) | (val.getSeconds() >> 1);
    }
    return (date << 16) | time;
};

Utils.isWin = isWin; // Do we have windows system
Utils.crcTable = crcTable;


/***/ }),

/***/ 2609:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

var Utils = __nccwpck_require__(5391),
    Headers = __nccwpck_require__(1907),
    Constants = Utils.Constants,
    Methods = __nccwpck_require__(3667);

module.exports = function (/** object */ options, /*Buffer*/ input) {
    var _centralHeader = new Headers.EntryHeader(),
        _entryName = Buffer.alloc(0),
        _comment = Buffer.alloc(0),
        _isDirectory = false,
        uncompressedData = null,
        _extra = Buffer.alloc(0),
        _extralocal = Buffer.alloc(0),
        _efs = true;

    // assign options
    const opts = options;

    const decoder = typeof opts.decoder === "object" ? opts.decoder : Utils.decoder;
    _efs = decoder.hasOwnProperty("efs") ? decoder.efs : false;

    function getCompressedDataFromZip() {
        //if (!input || !Buffer.isBuffer(input)) {
        if (!input || !(input instanceof Uint8Array)) {
            return Buffer.alloc(0);
        }
        _extralocal = _centralHeader.loadLocalHeaderFromBinary(input);
        const dataOffset = _centralHeader.realDataOffset;
        const dataEnd = dataOffset + _centralHeader.compressedSize;
        // The offsets and sizes come from attacker-controlled headers. Require the
        // declared compressed extent to be fully present rather than letting slice()
        // silently clamp to a short buffer (which only surfaces later as a CRC
        // failure). Fail loudly with a header error instead (GHSA-wwrv-q5gf-5843).
        if (dataOffset < 0 || dataEnd < dataOffset || dataEnd > input.length) {
            throw Utils.Errors.INVALID_LOC();
        }
        return input.slice(dataOffset, dataEnd);
    }

    function crc32OK(data) {
        // When bit 3 (0x08) of the general-purpose flags is set, the crc-32 and
        // sizes were unknown when the local file header was written, so that
        // header carries placeholder zeros and the real values are repeated in a
        // data descriptor after the compressed data. adm-zip always parses the
        // central directory, whose header holds the authoritative crc-32 and
        // sizes, so we validate the payload against that value.
        //
        // Earlier versions instead located and parsed the trailing descriptor and
        // threw when it was absent or in an unexpected shape. Many valid archives
        // set the descriptor flag but write the real crc/sizes into the local and
        // central headers without emitting a descriptor (or write one we did not
        // recognise), so that strict handling rejected readable zips
        // (issues #533, #548, #554). Trusting the central-directory crc keeps the
        // integrity check while accepting those archives.
        const expectedCrc = _centralHeader.flags_desc || _centralHeader.localHeader.flags_desc ? _centralHeader.crc : _centralHeader.localHeader.crc;

        return Utils.crc32(data) === expectedCrc;
    }

    function decompress(/*Boolean*/ async, /*Function*/ callback, /*String, Buffer*/ pass) {
        if (typeof callback === "undefined" && typeof async === "string") {
            pass = async;
            async = void 0;
        }
        if (_isDirectory) {
            if (async && callback) {
                callback(Buffer.alloc(0), Utils.Errors.DIRECTORY_CONTENT_ERROR()); //si added error.
            }
            return Buffer.alloc(0);
        }

        var compressedData;
        try {
            compressedData = getCompressedDataFromZip();

            if (compressedData.length === 0) {
                // File is empty, nothing to decompress.
                if (async && callback) callback(compressedData);
                return compressedData;
            }

            if (_centralHeader.encrypted) {
                if ("string" !== typeof pass && !Buffer.isBuffer(pass)) {
                    throw Utils.Errors.INVALID_PASS_PARAM();
                }
                compressedData = Methods.ZipCrypto.decrypt(compressedData, _centralHeader, pass);
            }
        } catch (err) {
            // These synchronous parse/setup steps run before any callback fires.
            // In async mode a malformed local header (e.g. a bad LOC offset) would
            // otherwise throw out of getDataAsync and bypass the callback error
            // channel, crashing the caller. Route it through the callback instead.
            if (async && callback) {
                callback(Buffer.alloc(0), err);
                return Buffer.alloc(0);
            }
            throw err;
        }

        var data;

        switch (_centralHeader.method) {
            case Utils.Constants.STORED:
                // STORED entries are not compressed, so the uncompressed output is
                // exactly the bytes present in the archive. Allocate from the real
                // data length rather than the attacker-declared central-directory
                // size, otherwise a tiny archive can declare a huge size and force a
                // multi-gigabyte allocation before any validation (CVE-2026-39244).
                data = Buffer.alloc(compressedData.length);
                compressedData.copy(data);
                if (!crc32OK(data)) {
                    if (async && callback) callback(data, Utils.Errors.BAD_CRC()); //si added error
                    throw Utils.Errors.BAD_CRC();
                } else {
                    //si added otherwise did not seem to return data.
                    if (async && callback) callback(data);
                    return data;
                }
            case Utils.Constants.DEFLATED:
                // Do not pre-allocate the declared uncompressed size. The inflater
                // grows its output buffer as zlib emits data and caps the total at
                // the declared size (maxOutputLength), so a bogus size can no longer
                // trigger an eager allocation before the data is read (CVE-2026-39244).
                var inflater = new Methods.Inflater(compressedData, _centralHeader.size);
                if (!async) {
                    data = inflater.inflate();
                    if (!crc32OK(data)) {
                        throw Utils.Errors.BAD_CRC(`"${decoder.decode(_entryName)}"`);
                    }
                    return data;
                } else {
                    inflater.inflateAsync(function (result, err) {
                        if (!callback) return;
                        if (err) {
                            // surface inflater/stream failures instead of validating
                            // the empty placeholder buffer against the CRC
                            callback(Buffer.alloc(0), err);
                        } else if (!crc32OK(result)) {
                            callback(result, Utils.Errors.BAD_CRC()); //si added error
                        } else {
                            callback(result);
                        }
                    });
                }
                break;
            default:
                if (async && callback) callback(Buffer.alloc(0), Utils.Errors.UNKNOWN_METHOD());
                throw Utils.Errors.UNKNOWN_METHOD();
        }
    }

    function compress(/*Boolean*/ async, /*Function*/ callback) {
        if ((!uncompressedData || !uncompressedData.length) && Buffer.isBuffer(input)) {
            // no data set or the data wasn't changed to require recompression
            if (async && callback) callback(getCompressedDataFromZip());
            return getCompressedDataFromZip();
        }

        if (uncompressedData.length && !_isDirectory) {
            var compressedData;
            // Local file header
            switch (_centralHeader.method) {
                case Utils.Constants.STORED:
                    _centralHeader.compressedSize = _centralHeader.size;

                    compressedData = Buffer.alloc(uncompressedData.length);
                    uncompressedData.copy(compressedData);

                    if (async && callback) callback(compressedData);
                    return compressedData;
                default:
                case Utils.Constants.DEFLATED:
                    var deflater = new Methods.Deflater(uncompressedData);
                    if (!async) {
                        var deflated = deflater.deflate();
                        _centralHeader.compressedSize = deflated.length;
                        return deflated;
                    } else {
                        deflater.deflateAsync(function (data) {
                            compressedData = Buffer.alloc(data.length);
                            _centralHeader.compressedSize = data.length;
                            data.copy(compressedData);
                            callback && callback(compressedData);
                        });
                    }
                    deflater = null;
                    break;
            }
        } else if (async && callback) {
            callback(Buffer.alloc(0));
        } else {
            return Buffer.alloc(0);
        }
    }

    function readUInt64LE(buffer, offset) {
        return Utils.readBigUInt64LE(buffer, offset);
    }

    function parseExtra(data) {
        try {
            var offset = 0;
            var signature, size, part;
            while (offset + 4 < data.length) {
                signature = data.readUInt16LE(offset);
                offset += 2;
                size = data.readUInt16LE(offset);
                offset += 2;
                part = data.slice(offset, offset + size);
                offset += size;
                if (Constants.ID_ZIP64 === signature) {
                    parseZip64ExtendedInformation(part);
                }
            }
        } catch (error) {
            throw Utils.Errors.EXTRA_FIELD_PARSE_ERROR();
        }
    }

    //Override header field values with values from the ZIP64 extra field
    function parseZip64ExtendedInformation(data) {
        var size, compressedSize, offset, diskNumStart;

        if (data.length >= Constants.EF_ZIP64_SCOMP) {
            size = readUInt64LE(data, Constants.EF_ZIP64_SUNCOMP);
            if (_centralHeader.size === Constants.EF_ZIP64_OR_32) {
                _centralHeader.size = size;
            }
        }
        if (data.length >= Constants.EF_ZIP64_RHO) {
            compressedSize = readUInt64LE(data, Constants.EF_ZIP64_SCOMP);
            if (_centralHeader.compressedSize === Constants.EF_ZIP64_OR_32) {
                _centralHeader.compressedSize = compressedSize;
            }
        }
        if (data.length >= Constants.EF_ZIP64_DSN) {
            offset = readUInt64LE(data, Constants.EF_ZIP64_RHO);
            if (_centralHeader.offset === Constants.EF_ZIP64_OR_32) {
                _centralHeader.offset = offset;
            }
        }
        if (data.length >= Constants.EF_ZIP64_DSN + 4) {
            diskNumStart = data.readUInt32LE(Constants.EF_ZIP64_DSN);
            if (_centralHeader.diskNumStart === Constants.EF_ZIP64_OR_16) {
                _centralHeader.diskNumStart = diskNumStart;
            }
        }
    }

    return {
        get entryName() {
            return decoder.decode(_entryName);
        },
        get rawEntryName() {
            return _entryName;
        },
        set entryName(val) {
            _entryName = Utils.toBuffer(val, decoder.encode);
            var lastChar = _entryName[_entryName.length - 1];
            _isDirectory = lastChar === 47 || lastChar === 92;
            _centralHeader.fileNameLength = _entryName.length;
        },

        get efs() {
            if (typeof _efs === "function") {
                return _efs(this.entryName);
            } else {
                return _efs;
            }
        },

        get extra() {
            return _extra;
        },
        set extra(val) {
            _extra = val;
            _centralHeader.extraLength = val.length;
            parseExtra(val);
        },

        get comment() {
            return decoder.decode(_comment);
        },
        set comment(val) {
            _comment = Utils.toBuffer(val, decoder.encode);
            _centralHeader.commentLength = _comment.length;
            if (_comment.length > 0xffff) throw Utils.Errors.COMMENT_TOO_LONG();
        },

        get name() {
            const n = decoder.decode(_entryName);
            // For directories the name is the last path segment; drop the trailing
            // separator first so "a/b/c/" yields "c" and not "" (issue #466).
            return _isDirectory
                ? n
                      .replace(/[/\\]$/, "")
                      .split("/")
                      .pop()
                : n.split("/").pop();
        },
        get isDirectory() {
            return _isDirectory;
        },

        getCompressedData: function () {
            return compress(false, null);
        },

        getCompressedDataAsync: function (/*Function*/ callback) {
            compress(true, callback);
        },

        setData: function (value) {
            uncompressedData = Utils.toBuffer(value, Utils.decoder.encode);
            if (!_isDirectory && uncompressedData.length) {
                _centralHeader.size = uncompressedData.length;
                _centralHeader.method = Utils.Constants.DEFLATED;
                _centralHeader.crc = Utils.crc32(value);
                _centralHeader.changed = true;
            } else {
                // folders and blank files should be stored
                _centralHeader.method = Utils.Constants.STORED;
            }
        },

        getData: function (pass) {
            if (_centralHeader.changed) {
                return uncompressedData;
            } else {
                return decompress(false, null, pass);
            }
        },

        getDataAsync: function (/*Function*/ callback, pass) {
            if (_centralHeader.changed) {
                callback(uncompressedData);
            } else {
                decompress(true, callback, pass);
            }
        },

        set attr(attr) {
            _centralHeader.attr = attr;
        },
        get attr() {
            return _centralHeader.attr;
        },

        set header(/*Buffer*/ data) {
            _centralHeader.loadFromBinary(data);
        },

        get header() {
            return _centralHeader;
        },

        packCentralHeader: function () {
            _centralHeader.flags_efs = this.efs;
            _centralHeader.extraLength = _extra.length;
            // 1. create header (buffer)
            var header = _centralHeader.centralHeaderToBinary();
            var addpos = Utils.Constants.CENHDR;
            // 2. add file name
            _entryName.copy(header, addpos);
            addpos += _entryName.length;
            // 3. add extra data
            _extra.copy(header, addpos);
            addpos += _centralHeader.extraLength;
            // 4. add file comment
            _comment.copy(header, addpos);
            return header;
        },

        packLocalHeader: function () {
            let addpos = 0;
            _centralHeader.flags_efs = this.efs;
            _centralHeader.extraLocalLength = _extralocal.length;
            // 1. construct local header Buffer
            const localHeaderBuf = _centralHeader.localHeaderToBinary();
            // 2. localHeader - crate header buffer
            const localHeader = Buffer.alloc(localHeaderBuf.length + _entryName.length + _centralHeader.extraLocalLength);
            // 2.1 add localheader
            localHeaderBuf.copy(localHeader, addpos);
            addpos += localHeaderBuf.length;
            // 2.2 add file name
            _entryName.copy(localHeader, addpos);
            addpos += _entryName.length;
            // 2.3 add extra field
            _extralocal.copy(localHeader, addpos);
            addpos += _extralocal.length;

            return localHeader;
        },

        toJSON: function () {
            const bytes = function (nr) {
                return "<" + ((nr && nr.length + " bytes buffer") || "null") + ">";
            };

            return {
                entryName: this.entryName,
                name: this.name,
                comment: this.comment,
                isDirectory: this.isDirectory,
                header: _centralHeader.toJSON(),
                compressedData: bytes(input),
                data: bytes(uncompressedData)
            };
        },

        toString: function () {
            return JSON.stringify(this.toJSON(), null, "\t");
        }
    };
};


/***/ }),

/***/ 6991:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const ZipEntry = __nccwpck_require__(2609);
const Headers = __nccwpck_require__(1907);
const Utils = __nccwpck_require__(5391);

module.exports = function (/*Buffer|null*/ inBuffer, /** object */ options) {
    var entryList = [],
        // prototype-less: entry names come from untrusted input, so keys like
        // "__proto__" or "constructor" must be plain data, not touch the prototype
        // chain (which otherwise crashes addFile and hides such entries)
        entryTable = Object.create(null),
        _comment = Buffer.alloc(0),
        mainHeader = new Headers.MainHeader(),
        loadedEntries = false;
    var password = null;
    const temporary = new Set();

    // assign options
    const opts = options;

    const { noSort, decoder } = opts;

    if (inBuffer) {
        // is a memory buffer
        readMainHeader(opts.readEntries);
    } else {
        // none. is a new file
        loadedEntries = true;
    }

    function makeTemporaryFolders() {
        const foldersList = new Set();

        // Make list of all folders in file
        for (const elem of Object.keys(entryTable)) {
            const elements = elem.split("/");
            elements.pop(); // filename
            if (!elements.length) continue; // no folders
            for (let i = 0; i < elements.length; i++) {
                const sub = elements.slice(0, i + 1).join("/") + "/";
                foldersList.add(sub);
            }
        }

        // create missing folders as temporary
        for (const elem of foldersList) {
            if (!(elem in entryTable)) {
                const tempfolder = new ZipEntry(opts);
                tempfolder.entryName = elem;
                tempfolder.attr = 0x10;
                tempfolder.temporary = true;
                entryList.push(tempfolder);
                entryTable[tempfolder.entryName] = tempfolder;
                temporary.add(tempfolder);
            }
        }
    }

    function readEntries() {
        loadedEntries = true;
        entryTable = Object.create(null);
        if (mainHeader.diskEntries > (inBuffer.length - mainHeader.offset) / Utils.Constants.CENHDR) {
            throw Utils.Errors.DISK_ENTRY_TOO_LARGE();
        }
        entryList = new Array(mainHeader.diskEntries); // total number of entries
        var index = mainHeader.offset; // offset of first CEN header
        for (var i = 0; i < entryList.length; i++) {
            var tmp = index,
                entry = new ZipEntry(opts, inBuffer);
            entry.header = inBuffer.slice(tmp, (tmp += Utils.Constants.CENHDR));

            entry.entryName = inBuffer.slice(tmp, (tmp += entry.header.fileNameLength));

            if (entry.header.extraLength) {
                entry.extra = inBuffer.slice(tmp, (tmp += entry.header.extraLength));
            }

            if (entry.header.commentLength) entry.comment = inBuffer.slice(tmp, tmp + entry.header.commentLength);

            index += entry.header.centralHeaderSize;

            // Reject archives that declare the same entry name twice. adm-zip keeps
            // every entry in entryList but only the last in entryTable, so getEntry()
            // (table) and extractAllTo() (list) could resolve one name to different
            // content: an app that validates entry bytes via getEntry() before
            // extracting could approve one file while a different one lands on disk
            // (GHSA-p634-w6r4-rjp2). Fail closed on the ambiguity.
            if (entry.entryName in entryTable) {
                throw Utils.Errors.DUPLICATE_ENTRY(`"${entry.entryName}"`);
            }

            entryList[i] = entry;
            entryTable[entry.entryName] = entry;
        }
        temporary.clear();
        makeTemporaryFolders();
    }

    function readMainHeader(/*Boolean*/ readNow) {
        var i = inBuffer.length - Utils.Constants.ENDHDR, // END header size
            max = Math.max(0, i - 0xffff), // 0xFFFF is the max zip file comment length
            n = max,
            endStart = inBuffer.length,
            endOffset = -1, // Start offset of the END header
            commentEnd = 0;

        // option to search header form entire file
        const trailingSpace = typeof opts.trailingSpace === "boolean" ? opts.trailingSpace : false;
        if (trailingSpace) max = 0;

        for (i; i >= n; i--) {
            if (inBuffer[i] !== 0x50) continue; // quick check that the byte is 'P'
            if (inBuffer.readUInt32LE(i) === Utils.Constants.ENDSIG) {
                // "PK\005\006"
                endOffset = i;
                commentEnd = i;
                endStart = i + Utils.Constants.ENDHDR;
                // We already found a regular signature, let's look just a bit further to check if there's any zip64 signature
                n = i - Utils.Constants.END64HDR;
                continue;
            }

            if (inBuffer.readUInt32LE(i) === Utils.Constants.END64SIG) {
                // Found a zip64 signature, let's continue reading the whole zip64 record
                n = max;
                continue;
            }

            if (inBuffer.readUInt32LE(i) === Utils.Constants.ZIP64SIG) {
                // Found the zip64 record, let's determine it's size
                endOffset = i;
                endStart = i + Utils.readBigUInt64LE(inBuffer, i + Utils.Constants.ZIP64SIZE) + Utils.Constants.ZIP64LEAD;
                break;
            }
        }

        if (endOffset == -1) throw Utils.Errors.INVALID_FORMAT();

        mainHeader.loadFromBinary(inBuffer.slice(endOffset, endStart));
        if (mainHeader.commentLength) {
            _comment = inBuffer.slice(commentEnd + Utils.Constants.ENDHDR);
        }
        if (readNow) readEntries();
    }

    function sortEntries() {
        if (entryList.length > 1 && !noSort) {
            // Decode + lowercase each name once rather than on every comparison:
            // the entryName getter re-decodes the underlying buffer on each access,
            // so the previous inline comparator did O(n log n) redundant decoding.
            // Ordering is unchanged (same localeCompare on the same keys).
            entryList = entryList
                .map((entry) => ({ entry, key: entry.entryName.toLowerCase() }))
                .sort((a, b) => a.key.localeCompare(b.key))
                .map((pair) => pair.entry);
        }
    }

    return {
        /**
         * Returns an array of ZipEntry objects existent in the current opened archive
         * @return Array
         */
        get entries() {
            if (!loadedEntries) {
                readEntries();
            }
            return entryList.filter((e) => !temporary.has(e));
        },

        /**
         * Archive comment
         * @return {String}
         */
        get comment() {
            return decoder.decode(_comment);
        },
        set comment(val) {
            _comment = Utils.toBuffer(val, decoder.encode);
            mainHeader.commentLength = _comment.length;
        },

        getEntryCount: function () {
            if (!loadedEntries) {
                return mainHeader.diskEntries;
            }

            return entryList.length;
        },

        forEach: function (callback) {
            this.entries.forEach(callback);
        },

        /**
         * Returns a reference to the entry with the given name or null if entry is inexistent
         *
         * @param entryName
         * @return ZipEntry
         */
        getEntry: function (/*String*/ entryName) {
            if (!loadedEntries) {
                readEntries();
            }
            return entryTable[entryName] || null;
        },

        /**
         * Adds the given entry to the entry list
         *
         * @param entry
         */
        setEntry: function (/*ZipEntry*/ entry) {
            if (!loadedEntries) {
                readEntries();
            }
            entryList.push(entry);
            entryTable[entry.entryName] = entry;
            mainHeader.totalEntries = entryList.length;
        },

        /**
         * Removes the file with the given name from the entry list.
         *
         * If the entry is a directory, then all nested files and directories will be removed
         * @param entryName
         * @returns {void}
         */
        deleteFile: function (/*String*/ entryName, withsubfolders = true) {
            if (!loadedEntries) {
                readEntries();
            }
            const entry = entryTable[entryName];
            const list = this.getEntryChildren(entry, withsubfolders).map((child) => child.entryName);

            list.forEach(this.deleteEntry);
        },

        /**
         * Removes the entry with the given name from the entry list.
         *
         * @param {string} entryName
         * @returns {void}
         */
        deleteEntry: function (/*String*/ entryName) {
            if (!loadedEntries) {
                readEntries();
            }
            const entry = entryTable[entryName];
            const index = entryList.indexOf(entry);
            if (index >= 0) {
                entryList.splice(index, 1);
                delete entryTable[entryName];
                mainHeader.totalEntries = entryList.length;
            }
        },

        /**
         *  Iterates and returns all nested files and directories of the given entry
         *
         * @param entry
         * @return Array
         */
        getEntryChildren: function (/*ZipEntry*/ entry, subfolders = true) {
            if (!loadedEntries) {
                readEntries();
            }
            if (typeof entry === "object") {
                if (entry.isDirectory && subfolders) {
                    const list = [];
                    const name = entry.entryName;

                    for (const zipEntry of entryList) {
                        if (zipEntry.entryName.startsWith(name)) {
                            list.push(zipEntry);
                        }
                    }
                    return list;
                } else {
                    return [entry];
                }
            }
            return [];
        },

        /**
         *  How many child elements entry has
         *
         * @param {ZipEntry} entry
         * @return {integer}
         */
        getChildCount: function (entry) {
            if (entry && entry.isDirectory) {
                const list = this.getEntryChildren(entry);
                return list.includes(entry) ? list.length - 1 : list.length;
            }
            return 0;
        },

        /**
         * Returns the zip file
         *
         * @return Buffer
         */
        compressToBuffer: function () {
            if (!loadedEntries) {
                readEntries();
            }
            sortEntries();

            const dataBlock = [];
            const headerBlocks = [];
            let totalSize = 0;
            let dindex = 0;

            mainHeader.size = 0;
            mainHeader.offset = 0;
            let totalEntries = 0;

            for (const entry of this.entries) {
                // compress data and set local and entry header accordingly. Reason why is called first
                const compressedData = entry.getCompressedData();
                entry.header.offset = dindex;

                // 1. construct local header
                const localHeader = entry.packLocalHeader();

                // 2. offsets
                const dataLength = localHeader.length + compressedData.length;
                dindex += dataLength;

                // 3. store values in sequence
                dataBlock.push(localHeader);
                dataBlock.push(compressedData);

                // 4. construct central header
                const centralHeader = entry.packCentralHeader();
                headerBlocks.push(centralHeader);
                // 5. update main header
                mainHeader.size += centralHeader.length;
                totalSize += dataLength + centralHeader.length;
                totalEntries++;
            }

            totalSize += mainHeader.mainHeaderSize; // also includes zip file comment length
            // point to end of data and beginning of central directory first record
            mainHeader.offset = dindex;
            mainHeader.totalEntries = totalEntries;

            dindex = 0;
            const outBuffer = Buffer.alloc(totalSize);
            // write data blocks
            for (const content of dataBlock) {
                content.copy(outBuffer, dindex);
                dindex += content.length;
            }

            // write central directory entries
            for (const content of headerBlocks) {
                content.copy(outBuffer, dindex);
                dindex += content.length;
            }

            // write main header
            const mh = mainHeader.toBinary();
            if (_comment) {
                _comment.copy(mh, mh.length - _comment.length); // add zip file comment
            }
            mh.copy(outBuffer, dindex);

            // Since we update entry and main header offsets,
            // they are no longer valid and we have to reset content
            // (Issue 64)

            inBuffer = outBuffer;
            loadedEntries = false;

            return outBuffer;
        },

        toAsyncBuffer: function (/*Function*/ onSuccess, /*Function*/ onFail, /*Function*/ onItemStart, /*Function*/ onItemEnd) {
            try {
                if (!loadedEntries) {
                    readEntries();
                }
                sortEntries();

                const dataBlock = [];
                const centralHeaders = [];
                let totalSize = 0;
                let dindex = 0;
                let totalEntries = 0;

                mainHeader.size = 0;
                mainHeader.offset = 0;

                const compress2Buffer = function (entryLists) {
                    if (entryLists.length > 0) {
                        const entry = entryLists.shift();
                        const name = entry.entryName + entry.extra.toString();
                        if (onItemStart) onItemStart(name);
                        entry.getCompressedDataAsync(function (compressedData) {
                            if (onItemEnd) onItemEnd(name);
                            entry.header.offset = dindex;

                            // 1. construct local header
                            const localHeader = entry.packLocalHeader();

                            // 2. offsets
                            const dataLength = localHeader.length + compressedData.length;
                            dindex += dataLength;

                            // 3. store values in sequence
                            dataBlock.push(localHeader);
                            dataBlock.push(compressedData);

                            // central header
                            const centalHeader = entry.packCentralHeader();
                            centralHeaders.push(centalHeader);
                            mainHeader.size += centalHeader.length;
                            totalSize += dataLength + centalHeader.length;
                            totalEntries++;

                            compress2Buffer(entryLists);
                        });
                    } else {
                        totalSize += mainHeader.mainHeaderSize; // also includes zip file comment length
                        // point to end of data and beginning of central directory first record
                        mainHeader.offset = dindex;
                        mainHeader.totalEntries = totalEntries;

                        dindex = 0;
                        const outBuffer = Buffer.alloc(totalSize);
                        dataBlock.forEach(function (content) {
                            content.copy(outBuffer, dindex); // write data blocks
                            dindex += content.length;
                        });
                        centralHeaders.forEach(function (content) {
                            content.copy(outBuffer, dindex); // write central directory entries
                            dindex += content.length;
                        });

                        const mh = mainHeader.toBinary();
                        if (_comment) {
                            _comment.copy(mh, mh.length - _comment.length); // add zip file comment
                        }

                        mh.copy(outBuffer, dindex); // write main header

                        // Since we update entry and main header offsets, they are no
                        // longer valid and we have to reset content using our new buffer
                        // (Issue 64)

                        inBuffer = outBuffer;
                        loadedEntries = false;

                        onSuccess(outBuffer);
                    }
                };

                compress2Buffer(Array.from(this.entries));
            } catch (e) {
                onFail(e);
            }
        }
    };
};


/***/ }),

/***/ 6793:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $Q: () => (/* binding */ clip),
/* harmony export */   C3: () => (/* binding */ retryAfterSeconds),
/* harmony export */   O1: () => (/* binding */ describeAnswer),
/* harmony export */   cg: () => (/* binding */ serviceError),
/* harmony export */   dg: () => (/* binding */ isTransient),
/* harmony export */   qs: () => (/* binding */ requestIds)
/* harmony export */ });
/* unused harmony export deniesPermission */
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5721);

/**
 * Whether the same request may have a better answer later: throttled, a service in trouble, a torn connection. Not where a
 * proxy refused it, or a certificate is not trusted: nothing changes that but somebody's settings.
 */
function isTransient(answer) {
    if (answer.kind === 'unanswered')
        return answer.refused !== true;
    return answer.status === 429 || answer.status === 408 || answer.status >= 500;
}
const NO_WORDS = { code: '', message: '' };
const MAX_FOREIGN_WORDS = 1500;
/** Where a page has its title. */
const MAX_PAGE = 16_384;
/** A code is one word. What is longer is none. */
const MAX_CODE = 200;
/**
 * Reads `{"error":{"code","message"}}`, a top-level `{"code","message"}`, Entra's `{"error","error_description"}`,
 * a proxy's HTML page or an empty body. Never throws; HTML is reduced to its title.
 */
function serviceError(body) {
    const parsed = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(body);
    if ((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(parsed)) {
        const inner = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(parsed['error']) ? parsed['error'] : parsed;
        const code = inner['code'] ?? inner['error'];
        const message = inner['message'] ?? inner['error_description'];
        return {
            code: typeof code === 'string' && code.length <= MAX_CODE ? clip(code) : '',
            message: clip(typeof message === 'string' ? message : ''),
        };
    }
    const title = /<title>([^<]{0,1000})<\/title>/i.exec(body.slice(0, MAX_PAGE))?.[1];
    if (title !== undefined)
        return { code: '', message: clip(title.trim()) };
    return /^\s*</.test(body) ? NO_WORDS : { code: '', message: clip(body.trim()) };
}
/**
 * Whether ARM itself denies a permission: a 403 with JSON that has a code. An empty 403, a page, or words are a gateway's, and
 * say nothing about permissions.
 */
function deniesPermission(answer) {
    if (answer.kind === 'unanswered' || answer.status !== 403)
        return false;
    const body = parseJson(answer.body);
    const code = field(field(body, 'error'), 'code') ?? field(body, 'code');
    return typeof code === 'string' && code !== '';
}
/** Seconds that `Retry-After` asks for, as a number or as an HTTP date against the answer's own `Date`. */
function retryAfterSeconds(headers) {
    const value = headers['retry-after'];
    if (value === undefined)
        return undefined;
    if (/^\d{1,9}$/.test(value.trim()))
        return Number(value);
    const wait = (Date.parse(value) - Date.parse(headers['date'] ?? '')) / 1000;
    return Number.isFinite(wait) ? Math.max(0, Math.ceil(wait)) : undefined;
}
/**
 * One line on an answer for logs and reasons: status, code, words. Foreign text. The body of a success is not shown, as
 * it may hold a token or what is yet to be masked, were it cut in the middle.
 */
function describeAnswer(answer) {
    if (answer.kind === 'unanswered')
        return `no answer (${answer.cause})`;
    const { code, message } = answer.status < 300 ? NO_WORDS : serviceError(answer.body);
    const words = [code, message].filter((word) => word !== '').join(': ');
    return words === '' ? `HTTP ${answer.status}` : `HTTP ${answer.status} ${words}`;
}
/** Where the services put the ids that Azure's support asks for. */
const REQUEST_ID_HEADERS = ['x-ms-request-id', 'x-ms-correlation-request-id'];
const MAX_REQUEST_ID = 100;
/** The ids that Azure's support asks for, where the answer carries them. Foreign text. */
function requestIds(answer) {
    if (answer.kind === 'unanswered')
        return '';
    return REQUEST_ID_HEADERS.flatMap((name) => {
        const id = answer.headers[name] ?? '';
        return id === '' || id.length > MAX_REQUEST_ID ? [] : [`${name} ${id}`];
    }).join(', ');
}
/** The beginning of a JSON object or of a zip, in base64, and what follows: a token, or the files of a request. */
const ECHO = /(?<![\w-])eyJ[\w-]*\.[\w.-]+|(?<![\w+/])UEsDB[\w+/=]+/g;
/**
 * Foreign words, at most so many of them that a message stays one, and without what a service or a gateway may say back of a
 * request: a token is masked in a workflow's log, but not in an output, and at a prompt nowhere.
 */
function clip(text) {
    const words = text.replaceAll(ECHO, '***');
    return words.length > MAX_FOREIGN_WORDS ? `${words.slice(0, MAX_FOREIGN_WORDS)}…` : words;
}


/***/ }),

/***/ 6370:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   GN: () => (/* binding */ METADATA_PATH),
/* harmony export */   Nq: () => (/* binding */ parseEnvironment),
/* harmony export */   VL: () => (/* binding */ cloudFromMetadata),
/* harmony export */   Yl: () => (/* binding */ defaultAudience),
/* harmony export */   vD: () => (/* binding */ CLOUD_NAMES),
/* harmony export */   vW: () => (/* binding */ AKS_SERVER_SCOPE)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5721);

/** Scope of the token that a cluster with managed Entra takes: the AKS server application, the same in every cloud. */
const AKS_SERVER_SCOPE = '6dae42f8-4368-4678-94ff-3960e28e3630/.default';
const NAMED = {
    azurecloud: {
        authority: 'https://login.microsoftonline.com',
        resourceManager: 'https://management.azure.com',
        audience: 'api://AzureADTokenExchange',
    },
    azureusgovernment: {
        authority: 'https://login.microsoftonline.us',
        resourceManager: 'https://management.usgovcloudapi.net',
        audience: 'api://AzureADTokenExchangeUSGov',
    },
    azurechinacloud: {
        authority: 'https://login.chinacloudapi.cn',
        resourceManager: 'https://management.chinacloudapi.cn',
        audience: 'api://AzureADTokenExchangeChina',
    },
};
/** The names that `environment` takes, for messages. */
const CLOUD_NAMES = Object.keys(NAMED);
function isCloudName(text) {
    return Object.hasOwn(NAMED, text);
}
/** Reads the `environment` input; undefined where it is neither a known name (in any case) nor an https origin. */
function parseEnvironment(text) {
    const name = text.toLowerCase();
    if (isCloudName(name)) {
        const { authority, resourceManager } = NAMED[name];
        return { kind: 'named', name, cloud: { authority, resourceManager, scope: `${resourceManager}/.default` } };
    }
    const resourceManager = httpsUrl(text);
    return resourceManager !== undefined && new URL(resourceManager).pathname === '/'
        ? { kind: 'endpoint', resourceManager }
        : undefined;
}
/** The audience that Entra expects of GitHub's ID token in this cloud; a custom endpoint keeps the public one. */
function defaultAudience(environment) {
    return NAMED[environment.kind === 'named' ? environment.name : 'azurecloud'].audience;
}
/** The metadata path of an ARM endpoint, as `az cloud register --endpoint-resource-manager` reads it. */
const METADATA_PATH = '/metadata/endpoints?api-version=2022-09-01';
/** `https://management.TENANT.onmicrosoft.com/GUID`: the application that stands for one Azure Stack Hub. */
const STACK_AUDIENCE = /^https:\/\/management\.[a-z0-9.-]{1,253}\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/**
 * Reads an ARM endpoint's metadata.
 *
 * The public endpoint lists every cloud, others describe only themselves. Tokens are asked for the endpoint itself, or for
 * an audience in the form that Azure Stack Hub gives its own. For no other: a session of `az` would fetch a token for
 * whatever an endpoint names, a Key Vault's or the public ARM's, and hand it over.
 *
 * @returns undefined where no https login endpoint can be read from it.
 */
function cloudFromMetadata(metadata, resourceManager) {
    const entries = Array.isArray(metadata) ? metadata : [metadata];
    const entry = entries.find((candidate) => sameUrl((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(candidate, 'resourceManager'), resourceManager)) ??
        (entries.length === 1 ? entries[0] : undefined);
    const authentication = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(entry, 'authentication');
    const loginEndpoint = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(authentication, 'loginEndpoint');
    const authority = typeof loginEndpoint === 'string' ? httpsUrl(loginEndpoint) : undefined;
    if (authority === undefined)
        return undefined;
    const listed = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(authentication, 'audiences');
    const audiences = Array.isArray(listed) ? listed.filter((audience) => typeof audience === 'string') : [];
    const own = audiences.some((audience) => sameUrl(audience, resourceManager));
    const stack = own ? undefined : audiences.find((audience) => STACK_AUDIENCE.test(audience));
    return { authority, resourceManager, scope: `${stack ?? resourceManager}/.default` };
}
/** An https URL without credentials, query, fragment or trailing slash; undefined for anything else. */
function httpsUrl(text) {
    if (!URL.canParse(text))
        return undefined;
    const url = new URL(text);
    const plain = url.protocol === 'https:' && !url.username && !url.password && !url.search && !url.hash;
    return plain ? `${url.origin}${url.pathname}`.replace(/(?<!\/)\/+$/, '') : undefined;
}
function sameUrl(left, right) {
    return typeof left === 'string' && left.replace(/(?<!\/)\/+$/, '').toLowerCase() === right.toLowerCase();
}


/***/ }),

/***/ 3490:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   cf: () => (/* binding */ parseCommandId),
/* harmony export */   hA: () => (/* binding */ commandIdOfLocation),
/* harmony export */   r$: () => (/* binding */ commandIdOfMessage)
/* harmony export */ });
const COMMAND_ID = /^[0-9a-f]{32}$/;
/** Reads a command id; undefined for anything else. */
function parseCommandId(text) {
    return COMMAND_ID.test(text) ? text : undefined;
}
/**
 * The command id that a `Location` header ends in. Host and path are not trusted: they came in lower case, and one
 * day without the subscription (azure-cli#22375), and the poll URL is built from the id alone.
 */
function commandIdOfLocation(location) {
    return parseCommandId(/\/commandResults\/([^/?#]+)/i.exec(location ?? '')?.[1]?.toLowerCase() ?? '');
}
/** The command id in AKS's "container command-<id> in aks-command namespace did not start". */
function commandIdOfMessage(message) {
    return parseCommandId(/\bcommand-([0-9a-f]{32})\b/.exec(message)?.[1] ?? '');
}


/***/ }),

/***/ 5721:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   ZZ: () => (/* binding */ field),
/* harmony export */   qF: () => (/* binding */ parseJson),
/* harmony export */   u4: () => (/* binding */ isRecord)
/* harmony export */ });
/** Parses JSON; undefined where the text is not JSON. */
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
/** Narrows parsed JSON to an object whose fields can be looked at. */
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** A field of parsed JSON; undefined where the value is no object, or has no such field. */
function field(value, name) {
    return isRecord(value) ? value[name] : undefined;
}


/***/ }),

/***/ 2515:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ proxyFor),
/* harmony export */   w: () => (/* binding */ proxyProblem)
/* harmony export */ });
/**
 * Which proxy a request takes, by the rules of GitHub's runner (RunnerWebProxy.cs), so that a step reaches what its runner
 * does: `https_proxy` or `HTTPS_PROXY`, a scheme or none, and `no_proxy` with `*`, names with everything below them, and
 * ports. `HTTP_PROXY` and `ALL_PROXY` say nothing about https. Of two spellings of a variable the small one counts.
 *
 * @returns undefined for a direct connection; also where the variable holds no address, which `proxyProblem` tells.
 */
function proxyFor(url, variable) {
    const { protocol, hostname, port } = new URL(url);
    if (protocol !== 'https:' || isLoopback(hostname))
        return undefined;
    const proxy = parseProxy(valueOf('https_proxy', variable));
    const entries = valueOf('no_proxy', variable).split(/[\s,]+/);
    return proxy === undefined || entries.some((entry) => bypasses(entry, hostname, port || '443')) ? undefined : proxy;
}
/** What is wrong with the proxy's variable: a sentence that shows nothing of it, since a password may be in it. */
function proxyProblem(variable) {
    const value = valueOf('https_proxy', variable);
    if (value === '' || parseProxy(value) !== undefined)
        return undefined;
    return 'HTTPS_PROXY is not the address of an HTTP proxy. Use http://HOST:PORT, or http://USER:PASSWORD@HOST:PORT.';
}
function valueOf(name, variable) {
    const spellings = [name, name.toUpperCase()].map((spelling) => variable(spelling)?.trim() ?? '');
    return spellings.find((value) => value !== '') ?? '';
}
function parseProxy(value) {
    const address = value.includes('://') ? value : `http://${value}`;
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (url === undefined || !['http:', 'https:'].includes(url.protocol))
        return undefined;
    const secure = url.protocol === 'https:';
    const name = decode(url.username);
    return {
        secure,
        host: plainHost(url.hostname),
        port: Number(url.port) || (secure ? 443 : 80),
        credentials: name === '' && url.password === '' ? '' : `${name}:${decode(url.password)}`,
    };
}
/** What is not encoded stands for itself: a lone `%`, bytes that are no text. */
function decode(text) {
    return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
        try {
            return decodeURIComponent(encoded);
        }
        catch {
            return encoded;
        }
    });
}
function isLoopback(hostname) {
    return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
/** Whether an entry of `no_proxy` is about this host: `host` and all below it, `.host` for those alone, `host:port`, `*`. */
function bypasses(entry, hostname, port) {
    const [, host = entry, only = port] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [];
    const name = plainHost(host.toLowerCase());
    if (name === '' || only !== port)
        return false;
    return (name === '*' ||
        plainHost(hostname).endsWith(name.startsWith('.') ? name : `.${name}`) ||
        plainHost(hostname) === name);
}
/** An IPv6 address without its brackets. */
function plainHost(host) {
    return host.replaceAll(/[[\]]/g, '');
}


/***/ }),

/***/ 8259:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ readSubmission),
/* harmony export */   Y: () => (/* binding */ rejectsToken)
/* harmony export */ });
/* harmony import */ var _answer_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6793);
/* harmony import */ var _command_id_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3490);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5721);



const NOT_STARTED = /did not start within|pod is not schedulable/i;
/** ARM's codes for a 409 that began nothing and ends by itself: another operation is in progress on the cluster. */
const BUSY = new Set(['OperationNotAllowed', 'AnotherOperationInProgress']);
/** ARM's codes for a 409 that began nothing and stays until someone acts. */
const LASTING = new Set([
    'ReadOnlyDisabledSubscription',
    'MissingSubscriptionRegistration',
    'ResourceGroupBeingDeleted',
    'ScopeLocked',
]);
/** AKS's answer for a stopped cluster, as two users saw it. */
const STOPPED = /preventing RunCommand feature: PowerState=Stopped/i;
/** Codes that tell of a timeout, such as `GatewayTimeout` and `OperationTimedOut`: the service may still be at work. */
const TIMEOUT = /timed?[_-]?out/i;
/** Reads an answer to `runCommand`. Whatever does not prove that the command did not run is `unclear`. */
function readSubmission(answer) {
    if (answer.kind === 'unanswered') {
        if (!(0,_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .isTransient */ .dg)(answer))
            return { kind: 'refused' };
        return answer.sent === 'never' ? { kind: 'try-again', because: 'unreachable' } : { kind: 'unclear' };
    }
    const located = (0,_command_id_js__WEBPACK_IMPORTED_MODULE_1__/* .commandIdOfLocation */ .hA)(answer.headers['location']);
    // 200 stands in the specification. No other success is one of ARM's.
    if (answer.status === 200 || answer.status === 202) {
        const id = located ?? commandIdOfBody(answer.body);
        return id === undefined ? unclear(answer) : { kind: 'accepted', id };
    }
    // Whatever the status says, something created a command.
    return located === undefined ? readRefusal(answer) : { kind: 'unclear', id: located };
}
/** Whether ARM did not accept the access token, and so did nothing: the request may be sent again with another token. */
function rejectsToken(answer) {
    return answer.kind === 'answered' && readSubmission(answer).kind === 'token-rejected';
}
function readRefusal(answer) {
    const { status } = answer;
    const { code, message } = (0,_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .serviceError */ .cg)(answer.body);
    if (status === 401)
        return { kind: 'token-rejected' };
    if (status === 429)
        return { kind: 'try-again', because: 'throttled' };
    if (status === 409 && BUSY.has(code))
        return { kind: 'try-again', because: 'conflict' };
    if (status === 409)
        return LASTING.has(code) ? { kind: 'refused' } : unclear(answer);
    if (status === 400 && code === 'MissingAADClusterToken')
        return { kind: 'cluster-token-required' };
    if (status === 400 && STOPPED.test(message))
        return { kind: 'refused' };
    if (/^Kubernetes(?:Performance|Operation)Error$/.test(code) || /kubernetes failure/i.test(message)) {
        return readKubernetesFailure(answer, message);
    }
    // "Did not start" is a 400, too: one that cannot be read proves nothing.
    if ((status === 400 && code === '') || TIMEOUT.test(code))
        return unclear(answer);
    // A 408 comes from a gateway that gave up waiting for what it had passed on.
    return status >= 400 && !(0,_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .isTransient */ .dg)(answer) ? { kind: 'refused' } : unclear(answer);
}
function readKubernetesFailure(answer, message) {
    const id = (0,_command_id_js__WEBPACK_IMPORTED_MODULE_1__/* .commandIdOfMessage */ .r$)(message);
    const named = id === undefined ? candidateOf(answer) : { id };
    if (NOT_STARTED.test(message))
        return { kind: 'did-not-start', ...named };
    return wasNeverCreated(message) ? { kind: 'refused' } : { kind: 'unclear', ...named };
}
/**
 * Words that prove the pod was never created. The details of a `KubernetesOperationError` can hold anything, so nothing else in
 * them counts as proof.
 */
function wasNeverCreated(message) {
    const [, webhook = ''] = /admission webhook (.*)/is.exec(message) ?? [];
    return / denied the request/i.test(webhook) || /\bis forbidden\b/i.test(message) || /exceeded quota/i.test(message);
}
function unclear(answer) {
    return { kind: 'unclear', ...candidateOf(answer) };
}
function candidateOf({ headers }) {
    const candidate = (0,_command_id_js__WEBPACK_IMPORTED_MODULE_1__/* .parseCommandId */ .cf)((headers['x-ms-request-id'] ?? '').replaceAll('-', '').toLowerCase());
    return candidate === undefined ? {} : { candidate };
}
function commandIdOfBody(body) {
    const id = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJson */ .qF)(body), 'id');
    return typeof id === 'string' ? (0,_command_id_js__WEBPACK_IMPORTED_MODULE_1__/* .parseCommandId */ .cf)(id) : undefined;
}


/***/ }),

/***/ 9455:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  R: () => (/* binding */ azureFor)
});

// EXTERNAL MODULE: ./src/azure/json.ts
var azure_json = __nccwpck_require__(5721);
// EXTERNAL MODULE: ./src/azure/cloud.ts
var azure_cloud = __nccwpck_require__(6370);
// EXTERNAL MODULE: ./src/failure.ts
var failure = __nccwpck_require__(1633);
// EXTERNAL MODULE: ./src/text/ours.ts
var ours = __nccwpck_require__(2452);
// EXTERNAL MODULE: ./src/lifecycle/retry.ts
var retry = __nccwpck_require__(5130);
// EXTERNAL MODULE: ./src/azure/answer.ts
var azure_answer = __nccwpck_require__(6793);
;// CONCATENATED MODULE: ./src/edge/azure/certificate.ts
/** Node's words for a certificate that does not pass (tls.html#x509-certificate-error-codes). */
const OTHERS = new Set([
    'INVALID_CA',
    'INVALID_PURPOSE',
    'PATH_LENGTH_EXCEEDED',
    'HOSTNAME_MISMATCH',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
]);
/**
 * Whether an error's code says that the certificate of the other side is not trusted. Node gives such a connection up
 * between the handshake and the first byte of the request, so nothing was sent, and another try ends the same.
 */
function isCertificateError(code) {
    // What begins with ERR_SSL can be the other side's alert, which may come after the request.
    return OTHERS.has(code) || /^(?!ERR_SSL)(?:.*_)?(?:CERT|CRL)(?:_|$)/.test(code);
}

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __nccwpck_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __nccwpck_require__(4708);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __nccwpck_require__(7030);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __nccwpck_require__(1692);
// EXTERNAL MODULE: ./src/azure/proxy.ts
var azure_proxy = __nccwpck_require__(2515);
;// CONCATENATED MODULE: ./src/edge/azure/proxy.ts






/** Codes of {@link ProxyFailure}: the request provably did not leave. With the second one, it never will. */
const PROXY_FAILED = 'ERR_PROXY_FAILED';
const PROXY_REFUSED = 'ERR_PROXY_REFUSED';
/**
 * Until the other end of the tunnel has proved who it is. Shorter than any request may take: that a proxy is silent is known
 * before the request is given up.
 */
const TUNNEL_TIMEOUT_MS = 20_000;
/** A proxy opened no tunnel: nothing was sent to Azure, and nothing that came back is Azure's. */
class ProxyFailure extends Error {
    name = 'ProxyFailure';
    code;
    /** @param isRefusal whether it stays so until somebody changes a setting */
    constructor(message, isRefusal, cause) {
        super(message, { cause });
        this.code = isRefusal ? PROXY_REFUSED : PROXY_FAILED;
    }
}
/**
 * The one place that decides how requests leave: every client, of Azure and of GitHub, has this policy. The SDK's own
 * reading of the environment differs from the runner's, and its agent hands every reply to CONNECT but a 200 to whoever
 * asked, as if it had come through TLS: anyone between the runner and its proxy could forge a result.
 */
function throughProxy(env, timeoutMs = TUNNEL_TIMEOUT_MS) {
    let agent;
    return {
        name: 'aksRunCommandProxy',
        sendRequest(request, next) {
            const proxy = (0,azure_proxy/* proxyFor */.i)(request.url, (name) => env[name]);
            // What the SDK's policy has set by then is taken back.
            delete request.agent;
            if (proxy)
                request.agent = agent ??= new TunnelAgent(proxy, timeoutMs);
            return next(request);
        },
    };
}
/**
 * Connections to wherever, through tunnels that a proxy opens. None is kept: a proxy ends an idle one without a word, and a
 * submission that is lost with it is one of which nobody can tell whether it arrived.
 */
class TunnelAgent extends external_node_https_.Agent {
    #proxy;
    #timeoutMs;
    constructor(proxy, timeoutMs) {
        super({ keepAlive: false });
        this.#proxy = proxy;
        this.#timeoutMs = timeoutMs;
    }
    createConnection({ host, port, servername }, callback) {
        const target = { host: host ?? '', port: Number(port), servername };
        connectThrough(this.#proxy, target, this.#timeoutMs).then((socket) => callback?.(null, socket), 
        // Nothing else is thrown there. As it is: the SDK looks for a code on it.
        (error) => callback?.(error, new external_node_net_.Socket()));
    }
}
/**
 * A TLS connection through the proxy. Nothing of a request is sent before the other end has proved who it is, so whatever goes
 * wrong until then is the proxy's, unless it is the other end's certificate.
 */
async function connectThrough(proxy, target, timeoutMs) {
    const begin = performance.now();
    const socket = await openTunnel(proxy, `${target.host}:${target.port}`, timeoutMs);
    return proxy_secure(proxy, { ...target, socket }, { timeoutMs, leftMs: timeoutMs - (performance.now() - begin) });
}
function openTunnel(proxy, target, timeoutMs) {
    const { secure, host, port, credentials } = proxy;
    const request = (secure ? external_node_https_.request : external_node_http_.request)({
        method: 'CONNECT',
        host,
        port,
        path: target,
        agent: false,
        headers: {
            host: target,
            ...(credentials !== '' && { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` }),
        },
    });
    return new Promise((resolve, reject) => {
        const fail = (words, isRefusal = false, cause) => {
            clearTimeout(timer);
            reject(failureOf(proxy, words, isRefusal, cause));
            request.destroy();
        };
        const timer = setTimeout(() => {
            fail(`did not open a tunnel within ${timeoutMs / 1000} s`);
        }, timeoutMs);
        request.on('connect', ({ statusCode = 0 }, socket) => {
            clearTimeout(timer);
            if (statusCode === 200)
                resolve(socket);
            // Other answers than these may be over soon: 502, 503, 504, 429.
            else {
                const isRefusal = statusCode >= 400 && statusCode < 500 && ![408, 425, 429].includes(statusCode);
                fail(`answered ${statusCode}`, isRefusal);
            }
        });
        request.on('error', (error) => {
            fail(wordsFor(error), isCertificateError(codeOf(error)), error);
        });
        request.end();
    });
}
function proxy_secure(proxy, { socket, host, servername }, { timeoutMs, leftMs }) {
    return new Promise((resolve, reject) => {
        const secured = (0,external_node_tls_.connect)({ host, servername, socket });
        const fail = (error) => {
            clearTimeout(timer);
            reject(error);
            secured.destroy();
        };
        const timer = setTimeout(() => {
            fail(failureOf(proxy, `opened a tunnel, but nothing came through it within ${timeoutMs / 1000} s`));
        }, leftMs);
        secured.once('secureConnect', () => {
            clearTimeout(timer);
            resolve(secured);
        });
        secured.on('error', (error) => {
            const code = codeOf(error);
            if (isCertificateError(code))
                fail(error);
            else
                fail(failureOf(proxy, `opened a tunnel, which broke (${code})`, false, error));
        });
    });
}
function failureOf({ host, port }, words, isRefusal = false, cause) {
    return new ProxyFailure(`the proxy ${bracketed(host)}:${port} ${words}, so nothing was sent`, isRefusal, cause);
}
function codeOf({ code, message }) {
    return code ?? message;
}
function wordsFor(error) {
    const code = codeOf(error);
    if (code === 'ECONNREFUSED')
        return `refused the connection (${code})`;
    if (isCertificateError(code))
        return `has a certificate that is not trusted (${code})`;
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
        return `was not found (${code})`;
    return `cannot be reached (${code})`;
}
function bracketed(host) {
    return host.includes(':') ? `[${host}]` : host;
}

;// CONCATENATED MODULE: ./src/edge/azure/exchange.ts





/** The SDK reads the environment where it is not told of a proxy, and throws for one without a scheme. `throughProxy` decides. */
const UNUSED_PROXY = { host: 'http://unused.invalid', port: 80 };
/** More than any answer takes: 512 KiB of output are 3 MiB, each byte of it escaped. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
/** The SDK keeps an answer in memory, and unpacks it: some megabytes of gzip would be more than the runner has. */
const bounded = {
    name: 'aksRunCommandBounded',
    sendRequest(request, next) {
        request.onDownloadProgress = ({ loadedBytes }) => {
            if (loadedBytes > MAX_ANSWER_BYTES)
                throw new Error(`the answer is longer than ${MAX_ANSWER_BYTES} bytes`);
        };
        return next(request);
    },
};
/**
 * Client options that keep the SDK to one request a call, to the host it was told: no retries, no redirects.
 *
 * @param transport Node's own unless told.
 */
function plainClientOptions(policy, transport) {
    return {
        ...(transport && { httpClient: transport }),
        retryOptions: { maxRetries: 0 },
        redirectOptions: { maxRetries: 0 },
        proxyOptions: UNUSED_PROXY,
        userAgentOptions: { userAgentPrefix: 'aks-run-command' },
        additionalPolicies: [
            { policy, position: 'perRetry' },
            { policy: bounded, position: 'perRetry' },
            { policy: throughProxy(process.env), position: 'perRetry' },
        ],
    };
}
/** A policy that signs each request. Redirects are not followed, so that it goes nowhere but to the client's endpoint. */
function bearer(token) {
    return {
        name: 'aksRunCommandBearer',
        async sendRequest(request, next) {
            request.headers.set('authorization', `Bearer ${(await token()).token}`);
            return next(request);
        },
    };
}
/**
 * A policy that sees each request: tells it to the debug log by method, URL, status, duration and the service's
 * request ids (never headers or bodies), and hands the answer to `record`.
 */
function observer(log, record) {
    return {
        name: 'aksRunCommandObserver',
        async sendRequest(request, next) {
            const begin = Date.now();
            const tell = (answer) => {
                const outcome = answer.kind === 'answered' ? `${answer.status} ${(0,azure_answer/* requestIds */.qs)(answer)}`.trim() : answer.cause;
                log.debug(`${request.method} ${request.url} ${outcome}, ${Date.now() - begin} ms`);
                record(answer);
            };
            try {
                const response = await next(request);
                tell(answered(response));
                return response;
            }
            catch (error) {
                tell(unanswered(error));
                throw error;
            }
        },
    };
}
/**
 * Makes one call of the SDK and reports how its request went, whatever the SDK makes of the answer.
 *
 * @param timeoutMs bound of the request.
 */
async function exchange(call, timeoutMs, clock) {
    const answers = [];
    const onResponse = (response) => answers.push(answered(response));
    try {
        await within(timeoutMs, clock, (abortSignal) => call({ onResponse, abortSignal }));
    }
    catch (error) {
        // A status that the SDK takes for an error, or a body that it cannot parse, is an answer all the same.
        if (answers.length === 0)
            return unanswered(error);
    }
    return answers[0] ?? { kind: 'unanswered', sent: 'perhaps', cause: 'the client returned no response' };
}
/**
 * Awaits a call for so long, whether or not it heeds the signal that ends it then: the SDK waits for a token without.
 *
 * @throws TimeoutError where the time is over first.
 */
async function within(timeoutMs, clock, call) {
    const answered = new AbortController();
    const abort = new AbortController();
    const timeOver = clock.sleep(timeoutMs, answered.signal).then(() => {
        const error = new TimeoutError(`no answer within ${timeoutMs / 1000} s`);
        abort.abort(error);
        throw error;
    });
    try {
        return await Promise.race([call(abort.signal), timeOver]);
    }
    finally {
        answered.abort();
    }
}
/** A call took too long. */
class TimeoutError extends Error {
    name = 'TimeoutError';
}
function answered({ status, headers, bodyAsText }) {
    return { kind: 'answered', status, headers: headers.toJSON(), body: bodyAsText ?? '' };
}
/**
 * Errors of a connection that was never made. An unreachable host or network is not among them: Linux reports those of
 * a connection in use, too.
 */
const NEVER_SENT = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', PROXY_FAILED]);
function unanswered(error) {
    const codes = codesOf(error);
    const refused = codes.some((code) => code === PROXY_REFUSED || isCertificateError(code));
    const sent = refused || codes.some((code) => NEVER_SENT.has(code)) ? 'never' : 'perhaps';
    return { kind: 'unanswered', sent, cause: (0,azure_answer/* clip */.$Q)((0,failure/* messageOf */.bD)(error)), ...(refused && { refused: true }) };
}
/** The codes of an error and of its causes; none where it throws when it is read. */
function codesOf(error) {
    try {
        const chain = new Set();
        for (let link = error; (0,azure_json/* isRecord */.u4)(link) && !chain.has(link); link = link['cause'])
            chain.add(link);
        return [...chain].map(({ code }) => code).filter((code) => typeof code === 'string');
    }
    catch {
        return [];
    }
}

;// CONCATENATED MODULE: ./src/edge/azure/client.ts

/**
 * The version of AKS's API, on every request: one that every cloud serves. Left to itself the SDK sends its newest, which a
 * minor release of it changes, and which sovereign clouds do not know for months (azure-cli#23985). `RunCommandRequest` is the
 * same from this version to 2026-06-01.
 */
const API_VERSION = '2024-05-01';
/** A client without a token: the SDK's own cache of tokens has a policy of retries, and no way to forget one. */
async function createClient(subscriptionId, endpoint, { log, transport }) {
    const { createContainerService } = await Promise.all(/* import() */[__nccwpck_require__.e(818), __nccwpck_require__.e(530)]).then(__nccwpck_require__.bind(__nccwpck_require__, 2530));
    const nobody = { getToken: () => Promise.resolve(null) };
    const options = plainClientOptions(observer(log, () => undefined), transport);
    const client = createContainerService(nobody, subscriptionId, { ...options, endpoint, apiVersion: API_VERSION });
    client.pipeline.removePolicy({ name: 'bearerTokenAuthenticationPolicy' });
    return client;
}
/** Remembers the first call's promise. */
function once(create) {
    let promise;
    return () => (promise ??= create());
}

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __nccwpck_require__(1421);
;// CONCATENATED MODULE: ./src/edge/azure/az.ts



/** Of each of its two streams, in characters. A token has some thousands. */
const MAX_LENGTH = 1_048_576;
/** Of what it says of a failure, in characters: the end says most, and a message that is cut keeps its beginning. */
const MAX_WORDS = 1400;
/**
 * Variables that are none of the program's business: the inputs of the step, what the runner gives to it alone (the request
 * token of the ID token, the files by which it is told something), and what makes Azure's SDKs talk.
 */
const OURS = /^(?:INPUT_|ACTIONS_|GITHUB_|RUNNER_|AZURE_LOG_LEVEL$|DEBUG$)/i;
/** The variables that `az` gets. */
function cleanEnvironment(env) {
    return Object.fromEntries(Object.entries(env).filter(([name]) => !OURS.test(name)));
}
/**
 * An access token of the session that `az login` or `azure/login` left. Not by `AzureCliCredential` of `@azure/identity`,
 * which ends the shell in which it starts `az`, and not `az`.
 *
 * @param scope as Entra has it, `RESOURCE/.default`
 * @throws Error with the program's own words
 */
async function azToken(scope, ports) {
    const resource = scope.replace(/\/\.default$/, '');
    // On Windows, where `az` is a batch file, a shell reads it.
    if (!/^[\w.:/-]{1,2000}$/.test(resource))
        throw new Error(`az cannot request the scope ${JSON.stringify(scope)}`);
    const { stdout, stderr, failure } = await run(['account', 'get-access-token', '--output', 'json', '--resource', resource], ports);
    const token = failure === undefined ? readToken(stdout) : undefined;
    if (token !== undefined)
        return token;
    throw new Error([failure, stderr.trim().slice(-MAX_WORDS)].filter(Boolean).join(': ') || 'az returned no token');
}
function readToken(json) {
    const answer = (0,azure_json/* parseJson */.qF)(json);
    const token = (0,azure_json/* field */.ZZ)(answer, 'accessToken');
    // Before 2.54 of the CLI there is only a local time.
    const expiresOnTimestamp = Number((0,azure_json/* field */.ZZ)(answer, 'expires_on')) * 1000 || Date.parse(String((0,azure_json/* field */.ZZ)(answer, 'expiresOn')));
    const isToken = typeof token === 'string' && token !== '' && Number.isFinite(expiresOnTimestamp);
    return isToken ? { token, expiresOnTimestamp } : undefined;
}
/** Runs it to its end. Never rejects, and leaves no process of it behind. */
function run(args, { env, cancelled }) {
    return new Promise((resolve) => {
        const child = start(args, env);
        // Once: its process id may soon be that of another one.
        const tree = new AbortController();
        tree.signal.addEventListener('abort', () => {
            killTree(child, env);
        });
        const endTree = () => {
            tree.abort();
        };
        const streams = [collect(child.stdout, endTree), collect(child.stderr, endTree)];
        const ended = (failure) => {
            cancelled.removeEventListener('abort', onCancel);
            process.removeListener('exit', endTree);
            endTree();
            const [stdout, stderr] = [streams[0](), streams[1]()];
            resolve({ stdout, stderr, ...(failure !== undefined && { failure }) });
        };
        const onCancel = () => {
            ended('az was stopped');
        };
        child.once('error', (error) => {
            ended('code' in error && error.code === 'ENOENT' ? 'the Azure CLI (az) is not on PATH' : (0,failure/* messageOf */.bD)(error));
        });
        // What it started holds the pipes open, and so the next event back.
        child.once('exit', endTree);
        child.once('close', (code, signal) => {
            ended(code === 0 ? undefined : `az ended with ${signal ?? `exit code ${code}`}`);
        });
        process.once('exit', endTree);
        cancelled.addEventListener('abort', onCancel);
        if (cancelled.aborted)
            onCancel();
    });
}
function start(args, env) {
    return (0,external_node_child_process_.spawn)('az', args, {
        ...azOptions(process.platform, env),
        env: cleanEnvironment(env),
        stdio: ['ignore', 'pipe', 'pipe'],
    });
}
/** How `az` is started on a system. */
function azOptions(platform, env) {
    const windows = platform === 'win32';
    return {
        // Windows looks for programs in the current folder first, which is the workspace.
        cwd: windows ? (env['SystemRoot'] ?? String.raw `C:\Windows`) : '/',
        shell: windows,
        windowsHide: true,
        // A group of its own, so that what it starts can be ended with it.
        detached: !windows,
    };
}
function killTree({ pid }, env) {
    if (pid === undefined)
        return;
    const { cwd, shell: windows } = azOptions(process.platform, env);
    try {
        if (windows)
            (0,external_node_child_process_.spawnSync)('taskkill', ['/pid', String(pid), '/t', '/f'], { cwd, stdio: 'ignore' });
        else
            process.kill(-pid, 'SIGKILL');
    }
    catch {
        // Nobody is left.
    }
}
/** Reads a stream; told where it never ends. */
function collect(stream, tooMuch) {
    let text = '';
    stream.setEncoding('utf8').on('data', (part) => {
        text += part;
        if (text.length > MAX_LENGTH)
            tooMuch();
    });
    return () => {
        // What got away may hold the other end.
        stream.destroy();
        return text;
    };
}

;// CONCATENATED MODULE: ./src/edge/azure/ambient.ts





const TIMEOUT_MS = 60_000;
/** Bare in the log, so written out for each place. */
const SIGNING_IN = {
    workflow: (0,ours/* ours */.O) `Signing in with the existing Azure session, because client-id and tenant-id are not set.`,
    prompt: (0,ours/* ours */.O) `Signing in with the existing Azure session, because --client-id and --tenant-id are not set.`,
};
/** The session of `azure/login` or `az login`, else the workload identity of a machine in Kubernetes. */
function ambient(authority, ports) {
    let chosen;
    const { words } = ports.host;
    ports.log.say(SIGNING_IN[words.place]);
    const sessions = [
        {
            name: words.noun('login'),
            token: (scope, abortSignal) => azToken(scope, { env: process.env, cancelled: AbortSignal.any([ports.cancelled, abortSignal]) }),
        },
        ...(ports.host.variable('AZURE_FEDERATED_TOKEN_FILE') ? [workloadIdentity(authority, ports)] : []),
    ];
    return {
        prepare: () => Promise.resolve(),
        async request(scope) {
            const failures = [];
            for (const session of chosen ? [chosen] : sessions) {
                try {
                    const token = await within(TIMEOUT_MS, ports.clock, (abortSignal) => session.token(scope, abortSignal));
                    chosen = session;
                    return token;
                }
                catch (error) {
                    failures.push(`${session.name}: ${(0,azure_answer/* clip */.$Q)((0,failure/* messageOf */.bD)(error))}`);
                }
            }
            throw new failure/* StepError */.zg({ code: 'no-session', detail: failures.join('\n') });
        },
        reset() {
            chosen = undefined;
        },
    };
}
function workloadIdentity(authority, { log, transport }) {
    const watch = observer(log, () => undefined);
    return {
        name: 'workload identity',
        async token(scope, abortSignal) {
            const { WorkloadIdentityCredential } = await Promise.all(/* import() */[__nccwpck_require__.e(818), __nccwpck_require__.e(563)]).then(__nccwpck_require__.bind(__nccwpck_require__, 5563));
            const credential = new WorkloadIdentityCredential({
                ...plainClientOptions(watch, transport),
                authorityHost: await authority(),
                disableInstanceDiscovery: true,
            });
            return credential.getToken(scope, { abortSignal });
        },
    };
}

// EXTERNAL MODULE: ./src/text/visible.ts
var visible = __nccwpck_require__(1573);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
;// CONCATENATED MODULE: ./src/azure/id-token.ts

/** An ID token is used no more this long before it expires. */
const EXPIRY_MARGIN_MS = 30_000;
/** Entra's own limit of a subject is 600 characters. What is longer is no claim to compare or to paste. */
const MAX_CLAIM = 1_000;
/** However long it says it lives: GitHub's lives about five minutes. */
const MAX_LIFETIME_MS = 3_600_000;
/** Reads a JWT's payload. A token that cannot be read has empty claims and is used once. */
function readIdToken(jwt) {
    const payload = (0,azure_json/* parseJson */.qF)(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
    const claim = (name) => {
        const value = (0,azure_json/* field */.ZZ)(payload, name);
        return typeof value === 'string' && value.length <= MAX_CLAIM ? value : '';
    };
    const exp = (0,azure_json/* field */.ZZ)(payload, 'exp');
    const iat = (0,azure_json/* field */.ZZ)(payload, 'iat');
    return {
        claims: {
            issuer: claim('iss'),
            subject: claim('sub'),
            audience: claim('aud'),
            jobWorkflowRef: claim('job_workflow_ref'),
        },
        // By its own two times: the runner's clock may be off.
        lifetimeMs: typeof exp === 'number' && typeof iat === 'number'
            ? Math.min((exp - iat) * 1000 - EXPIRY_MARGIN_MS, MAX_LIFETIME_MS)
            : 0,
    };
}

;// CONCATENATED MODULE: ./src/edge/azure/assertions.ts









const REQUEST_TIMEOUT_MS = 30_000;
/**
 * The ID tokens of this job: GitHub's token service where the job may ask it, else the file that the host knows of.
 *
 * @throws StepError `no-id-token` where there is neither.
 */
function assertionsFor(audience, ports) {
    const { clock, host } = ports;
    const { title, fetch } = idTokenSource(audience, ports);
    let known;
    let fetching;
    async function fetchAssertion() {
        const jwt = await fetch();
        host.mask(jwt);
        const { claims, lifetimeMs } = readIdToken(jwt);
        known = { jwt, claims, usableUntil: clock.now() + lifetimeMs };
        return known;
    }
    return {
        title,
        async fresh() {
            if (known && clock.now() < known.usableUntil)
                return known;
            fetching ??= fetchAssertion().finally(() => (fetching = undefined));
            return fetching;
        },
    };
}
function idTokenSource(audience, ports) {
    const { host } = ports;
    const url = host.variable('ACTIONS_ID_TOKEN_REQUEST_URL');
    const requestToken = host.variable('ACTIONS_ID_TOKEN_REQUEST_TOKEN');
    if (url && requestToken) {
        return {
            title: (0,ours/* ours */.O) `Signing in with GitHub's ID token`,
            fetch: () => fetchFromGitHub({ url, requestToken, audience }, ports),
        };
    }
    const file = host.idTokenFile;
    if (!file)
        throw new failure/* StepError */.zg({ code: 'no-id-token' });
    return {
        title: (0,ours/* ours */.O) `Signing in with the ID token in AZURE_FEDERATED_TOKEN_FILE`,
        async fetch() {
            try {
                return (await (0,promises_.readFile)(file, 'utf8')).trim();
            }
            catch (error) {
                throw new failure/* StepError */.zg({ code: 'id-token', detail: (0,failure/* messageOf */.bD)(error) }, { cause: error });
            }
        },
    };
}
async function fetchFromGitHub({ url, requestToken, audience }, ports) {
    // Not by `@actions/core`, which takes its bearer token along wherever a redirect leads, and repeats on its own.
    const github = once(async () => {
        const client = await createClient('', new URL(url).origin, ports);
        client.pipeline.addPolicy(bearer(() => Promise.resolve({ token: requestToken })));
        return client.pathUnchecked(`${url}&audience=${encodeURIComponent(audience)}`);
    });
    const ask = async () => {
        const answer = await exchange(async (options) => (await github()).get(options), REQUEST_TIMEOUT_MS, ports.clock);
        if (answer.kind === 'unanswered' || answer.status !== 200)
            return { ok: false, answer };
        const body = (0,azure_json/* parseJson */.qF)(answer.body);
        const value = (0,azure_json/* isRecord */.u4)(body) ? body['value'] : undefined;
        return typeof value === 'string'
            ? { ok: true, value }
            : { ok: false, answer: { kind: 'unanswered', sent: 'perhaps', cause: 'the answer contains no ID token' } };
    };
    const fetched = await (0,retry/* retrying */.R$)((0,ours/* ours */.O) `Fetching GitHub's ID token`, ask, ports);
    if (!fetched.ok)
        throw new failure/* StepError */.zg({ code: 'id-token', detail: (0,azure_answer/* describeAnswer */.O1)(fetched.answer) });
    return fetched.value;
}

;// CONCATENATED MODULE: ./src/edge/azure/federated.ts








const federated_REQUEST_TIMEOUT_MS = 30_000;
/** An ID token, exchanged by Entra for the application's tokens. */
function federated({ audience, ...application }, authority, ports) {
    const assertions = assertionsFor(audience, ports);
    const entra = exchangeWith(application, authority, assertions, ports);
    let told = '';
    return {
        async prepare() {
            await Promise.all([assertions.fresh(), Promise.all(/* import() */[__nccwpck_require__.e(818), __nccwpck_require__.e(563)]).then(__nccwpck_require__.bind(__nccwpck_require__, 5563))]);
        },
        attempt: entra.attempt,
        async request(scope) {
            // Fetched before the exchange: an error inside the credential's callback comes out with its cause buried.
            const [{ claims }, authorityHost] = await Promise.all([assertions.fresh(), authority()]);
            const lines = signInLines(claims, authorityHost, application);
            if (lines !== told)
                ports.log.group(assertions.title, (told = lines));
            const signedIn = await (0,retry/* retrying */.R$)((0,ours/* ours */.O) `Signing in to Entra`, () => entra.attempt(scope), ports);
            if (!signedIn.ok)
                throw new failure/* StepError */.zg({ code: 'entra', answer: signedIn.answer, scope, claims });
            return signedIn.value;
        },
        reset: entra.reset,
    };
}
function exchangeWith(application, authority, assertions, { clock, log, transport }) {
    let credential;
    let lastAnswer;
    const reset = () => {
        credential = undefined;
    };
    const watch = observer(log, (answer) => (lastAnswer = answer));
    const options = async () => ({ ...plainClientOptions(watch, transport), authorityHost: await authority() });
    async function attempt(scope) {
        lastAnswer = undefined;
        try {
            await assertions.fresh();
            const current = (credential ??= await credentialOf(application, assertions, await options()));
            const token = await within(federated_REQUEST_TIMEOUT_MS, clock, (abortSignal) => current.getToken(scope, { abortSignal }));
            return { ok: true, value: token };
        }
        catch (error) {
            if (error instanceof failure/* StepError */.zg)
                throw error;
            // MSAL answers from its own cache for a minute after a 429 or 5xx: another try needs another instance.
            reset();
            // Where the time was over, the last answer is that to an earlier request.
            const answer = error instanceof TimeoutError ? undefined : failedAnswer(lastAnswer);
            return { ok: false, answer: answer ?? { kind: 'unanswered', sent: 'perhaps', cause: (0,azure_answer/* clip */.$Q)((0,failure/* messageOf */.bD)(error)) } };
        }
    }
    return { attempt, reset };
}
async function credentialOf({ clientId, tenantId }, assertions, options) {
    const { ClientAssertionCredential } = await Promise.all(/* import() */[__nccwpck_require__.e(818), __nccwpck_require__.e(563)]).then(__nccwpck_require__.bind(__nccwpck_require__, 5563));
    return new ClientAssertionCredential(tenantId, clientId, async () => (await assertions.fresh()).jwt, {
        ...options,
        // Entra's public directory of authorities does not know custom clouds.
        disableInstanceDiscovery: true,
    });
}
/** An answer with a token is no failure: then what MSAL said of it counts. */
function failedAnswer(answer) {
    const isToken = answer?.kind === 'answered' && hasAccessToken(answer.body);
    return isToken ? undefined : answer;
}
function hasAccessToken(body) {
    const parsed = (0,azure_json/* parseJson */.qF)(body);
    return (0,azure_json/* isRecord */.u4)(parsed) && 'access_token' in parsed;
}
function signInLines(claims, authority, { clientId, tenantId }) {
    return [
        `authority         ${authority}`,
        `tenant-id         ${tenantId}`,
        `client-id         ${clientId}`,
        `issuer            ${(0,visible/* visible */.RK)(claims.issuer)}`,
        `subject           ${(0,visible/* visible */.RK)(claims.subject)}`,
        `audience          ${(0,visible/* visible */.RK)(claims.audience)}`,
        `job_workflow_ref  ${(0,visible/* visible */.RK)(claims.jobWorkflowRef)}`,
    ].join('\n');
}

;// CONCATENATED MODULE: ./src/edge/azure/tokens.ts


/** A token is used no more this long before it expires. */
const tokens_EXPIRY_MARGIN_MS = 120_000;
/** A signed-in caller's tokens. The source is asked anew where a token is near its end or was forgotten. */
function tokensFor(signIn, authority, ports) {
    const { keep, usable, isEmpty, clear } = keptTokens(ports);
    const awaited = new Map();
    const begun = new Map();
    const source = signIn.kind === 'oidc' ? federated(signIn, authority, ports) : ambient(authority, ports);
    async function request(scope) {
        try {
            await begun.get(scope);
            return usable(scope) ?? keep(scope, await source.request(scope));
        }
        finally {
            awaited.delete(scope);
        }
    }
    async function attempt(scope) {
        try {
            const token = await source.attempt?.(scope);
            if (token?.ok)
                keep(scope, token.value);
        }
        catch {
            // Who needs the token asks again, and is told.
        }
    }
    return {
        async prepare() {
            if (isEmpty())
                await source.prepare();
        },
        begin(scope) {
            if (!usable(scope) && !awaited.has(scope) && !begun.has(scope))
                begun.set(scope, attempt(scope));
        },
        async get(scope) {
            // One request at a time: who asks again, after giving up on an answer, joins those who wait.
            const asked = usable(scope) ?? awaited.get(scope) ?? request(scope);
            if (asked instanceof Promise)
                awaited.set(scope, asked);
            return asked;
        },
        forget() {
            clear();
            begun.clear();
            source.reset();
        },
    };
}
function keptTokens({ clock, host }) {
    const kept = new Map();
    return {
        isEmpty: () => kept.size === 0,
        clear: () => {
            kept.clear();
        },
        usable: (scope) => {
            const token = kept.get(scope);
            return token && token.expiresOnTimestamp - clock.now() > tokens_EXPIRY_MARGIN_MS ? token : undefined;
        },
        keep: (scope, token) => {
            host.mask(token.token);
            kept.set(scope, token);
            return token;
        },
    };
}

;// CONCATENATED MODULE: ./src/edge/azure/index.ts








const READ_TIMEOUT_MS = 30_000;
/** With Entra the POST blocks for 30 s; ARM gives up at 60. */
const SUBMIT_TIMEOUT_MS = 120_000;
/** The cluster behind ARM, through `@azure/arm-containerservice`, one request a call. */
function azureFor({ cluster, environment, signIn }, ports) {
    const cloud = once(async () => environment.kind === 'named' ? environment.cloud : discover(environment.resourceManager, ports));
    const tokens = tokensFor(signIn, async () => (await cloud()).authority, ports);
    const client = once(async () => {
        const { resourceManager, scope } = await cloud();
        const created = await createClient(cluster.subscriptionId, resourceManager, ports);
        created.pipeline.addPolicy(bearer(() => tokens.get(scope)));
        return created;
    });
    const calls = callsTo(cluster, client, ports);
    return {
        async signIn() {
            const [{ scope }] = await Promise.all([cloud(), tokens.prepare(), client(), operations()]);
            await tokens.get(scope);
        },
        async clusterToken() {
            return (await tokens.get(azure_cloud/* AKS_SERVER_SCOPE */.vW)).token;
        },
        forgetTokens() {
            tokens.forget();
        },
        ...calls,
        readCluster() {
            // Whether the cluster wants a token of its own is what this request tells: by then it is there.
            tokens.begin(azure_cloud/* AKS_SERVER_SCOPE */.vW);
            return calls.readCluster();
        },
    };
}
const operations = once(() => Promise.all(/* import() */[__nccwpck_require__.e(818), __nccwpck_require__.e(334)]).then(__nccwpck_require__.bind(__nccwpck_require__, 7334)));
/** What is asked of ARM. */
function callsTo({ resourceGroup, name }, client, ports) {
    return {
        async readCluster() {
            const [context, { get }] = await Promise.all([client(), operations()]);
            return (0,retry/* askAgain */.et)((0,ours/* ours */.O) `Reading the cluster`, () => exchange((options) => get(context, resourceGroup, name, options), READ_TIMEOUT_MS, ports.clock), ports);
        },
        async runCommand(body) {
            const [context, { runCommand }] = await Promise.all([client(), operations()]);
            return exchange(
            // Only the poller's first request is used: it would follow `Location` to any host, with the bearer token.
            (options) => runCommand(context, resourceGroup, name, body, options).submitted(), SUBMIT_TIMEOUT_MS, ports.clock);
        },
        async readResult(id) {
            const [context, { getCommandResult }] = await Promise.all([client(), operations()]);
            return exchange((options) => getCommandResult(context, resourceGroup, name, id, options), READ_TIMEOUT_MS, ports.clock);
        },
    };
}
async function discover(resourceManager, ports) {
    const client = await createClient('', resourceManager, ports);
    const answer = await (0,retry/* askAgain */.et)((0,ours/* ours */.O) `Reading the cloud's metadata`, () => exchange(async (options) => client.pathUnchecked(azure_cloud/* METADATA_PATH */.GN).get(options), READ_TIMEOUT_MS, ports.clock), ports);
    const metadata = answer.kind === 'answered' && answer.status === 200 ? (0,azure_json/* parseJson */.qF)(answer.body) : undefined;
    const cloud = (0,azure_cloud/* cloudFromMetadata */.VL)(metadata, resourceManager);
    if (!cloud)
        throw new failure/* StepError */.zg({ code: 'cloud-metadata', endpoint: resourceManager, answer });
    return cloud;
}


/***/ }),

/***/ 690:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  p: () => (/* binding */ clock)
});

;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: ./src/edge/clock.ts

/** The machine's clock. */
const clock = {
    now: Date.now,
    monotonic: () => performance.now(),
    sleep: (milliseconds, signal) => (0,promises_namespaceObject.setTimeout)(milliseconds, undefined, signal && { signal }).catch(() => undefined),
};


/***/ }),

/***/ 7830:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ collectorIn)
/* harmony export */ });
/* unused harmony export canHold */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__nccwpck_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);


/** The runner's file system for collected files. */
function collectorIn(place) {
    return {
        async keep(files) {
            const folder = await newFolder(place);
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
/** Nobody else's until it is filled: no link can be put in its way. */
async function newFolder(place) {
    if ('below' in place)
        return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)(node_path__WEBPACK_IMPORTED_MODULE_1___default().join(node_path__WEBPACK_IMPORTED_MODULE_1___default().resolve(place.below), 'aks-run-command-collected-'));
    const folder = node_path__WEBPACK_IMPORTED_MODULE_1___default().resolve(place.folder);
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
/** Characters and names that Windows takes for something else: streams, devices, wildcards. */
const NOT_ON_WINDOWS = /[<>:"|?*\p{Cc}]|[ .]$|^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³]) *(?:\.|$)/iu;
/** Whether a system can hold a name; what only its file system knows is found by trying. */
function canHold(platform, { path: bytes, name }) {
    if (platform !== 'win32')
        return true;
    return (Buffer.from(name).equals(bytes) &&
        !name.split('/').some((segment) => segment.length > 255 || NOT_ON_WINDOWS.test(segment)));
}
/** What a file system answers to a name that it cannot hold, or holds already in other letters. */
const UNHELD = new Set(['EEXIST', 'EILSEQ', 'EINVAL', 'EISDIR', 'ENAMETOOLONG', 'ENOTDIR']);
/** @returns false where this system does not allow the name. */
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
        // In other letters it may be there: a folder serves, anything else does not.
        if (!(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(target)).isDirectory())
            throw error;
    });
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.chmod)(target, 0o755);
    made.add(key);
}
/** Bytes where a path is bytes; text on Windows, where it is not. */
function pathIn(folder, bytes) {
    if (process.platform === 'win32')
        return node_path__WEBPACK_IMPORTED_MODULE_1___default().join(folder, bytes.toString());
    return Buffer.concat([Buffer.from(`${folder}/`), bytes]);
}


/***/ }),

/***/ 3220:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  R: () => (/* binding */ workspaceIn)
});

// UNUSED EXPORTS: nodeDisk

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
var external_node_path_default = /*#__PURE__*/__nccwpck_require__.n(external_node_path_);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __nccwpck_require__(7975);
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

// EXTERNAL MODULE: ./src/files/braces.ts + 2 modules
var braces = __nccwpck_require__(2122);
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
var runner_path = __nccwpck_require__(553);
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

// EXTERNAL MODULE: ./src/text/nearest.ts + 1 modules
var nearest = __nccwpck_require__(4653);
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
    const near = onDisk(plain, paths) ?? onDisk(swapEnding(plain), paths) ?? (0,nearest/* nearestPath */.K)(plain, paths);
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
var notice = __nccwpck_require__(1399);
// EXTERNAL MODULE: ./src/failure.ts
var failure = __nccwpck_require__(1633);
// EXTERNAL MODULE: ./src/files/contents.ts
var contents = __nccwpck_require__(1525);
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
var request = __nccwpck_require__(8218);
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

/***/ 1633:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   g5: () => (/* binding */ failureOf),
/* harmony export */   zg: () => (/* binding */ StepError)
/* harmony export */ });
/** An expected failure before anything was submitted: the command did not run. */
class StepError extends Error {
    failure;
    constructor(failure, options) {
        super(failure.code, options);
        this.name = 'StepError';
        this.failure = failure;
    }
}
/** What a thrown value means. An unexpected one shows its stack, because it is a bug of ours and the stack says where. */
function failureOf(error) {
    if (error instanceof StepError)
        return error.failure;
    return { code: 'unexpected', detail: wordsOf(error, ({ stack, message }) => stack ?? message) };
}
/** What a thrown value says, without a stack. Foreign text. */
function messageOf(error) {
    return wordsOf(error, ({ message }) => message);
}
/** Anything can be thrown, and a library's error may even throw when it is read. This never throws. */
function wordsOf(error, ofError) {
    try {
        return error instanceof Error ? ofError(error) : String(error);
    }
    catch {
        return 'an error that cannot be read';
    }
}


/***/ }),

/***/ 2122:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  P: () => (/* binding */ expandBraces)
});

;// CONCATENATED MODULE: ./node_modules/balanced-match/dist/esm/index.js
const balanced = (a, b, str) => {
    const ma = a instanceof RegExp ? maybeMatch(a, str) : a;
    const mb = b instanceof RegExp ? maybeMatch(b, str) : b;
    const r = ma !== null && mb != null && range(ma, mb, str);
    return (r && {
        start: r[0],
        end: r[1],
        pre: str.slice(0, r[0]),
        body: str.slice(r[0] + ma.length, r[1]),
        post: str.slice(r[1] + mb.length),
    });
};
const maybeMatch = (reg, str) => {
    const m = str.match(reg);
    return m ? m[0] : null;
};
const range = (a, b, str) => {
    let begs, beg, left, right = undefined, result;
    let ai = str.indexOf(a);
    let bi = str.indexOf(b, ai + 1);
    let i = ai;
    if (ai >= 0 && bi > 0) {
        if (a === b) {
            return [ai, bi];
        }
        begs = [];
        left = str.length;
        while (i >= 0 && !result) {
            if (i === ai) {
                begs.push(i);
                ai = str.indexOf(a, i + 1);
            }
            else if (begs.length === 1) {
                const r = begs.pop();
                if (r !== undefined)
                    result = [r, bi];
            }
            else {
                beg = begs.pop();
                if (beg !== undefined && beg < left) {
                    left = beg;
                    right = bi;
                }
                bi = str.indexOf(b, i + 1);
            }
            i = ai < bi && ai >= 0 ? ai : bi;
        }
        if (begs.length && right !== undefined) {
            result = [left, right];
        }
    }
    return result;
};
//# sourceMappingURL=index.js.map
;// CONCATENATED MODULE: ./node_modules/brace-expansion/dist/esm/index.js

const escSlash = '\0SLASH' + Math.random().toFixed(16) + '\0';
const escOpen = '\0OPEN' + Math.random().toFixed(16) + '\0';
const escClose = '\0CLOSE' + Math.random().toFixed(16) + '\0';
const escComma = '\0COMMA' + Math.random().toFixed(16) + '\0';
const escPeriod = '\0PERIOD' + Math.random().toFixed(16) + '\0';
const escSlashPattern = new RegExp(escSlash, 'g');
const escOpenPattern = new RegExp(escOpen, 'g');
const escClosePattern = new RegExp(escClose, 'g');
const escCommaPattern = new RegExp(escComma, 'g');
const escPeriodPattern = new RegExp(escPeriod, 'g');
const slashPattern = /\\\\/g;
const openPattern = /\\{/g;
const closePattern = /\\}/g;
const commaPattern = /\\,/g;
const periodPattern = /\\\./g;
const EXPANSION_MAX = 100_000;
// `EXPANSION_MAX` caps the *number* of expansions, but not their length. An
// input like `'{a,b}'.repeat(1500)` stays under that count - its output is
// truncated to 100k results - while making every result ~1500 characters
// long. The result set, and the intermediate arrays built while combining
// brace sets, then grow large enough to exhaust memory and crash the process
// (CVE-2026-14257). `EXPANSION_MAX_LENGTH` bounds the total number of
// characters the accumulator may hold at any point, so memory stays flat no
// matter how many brace groups are chained. The limit sits well above any
// realistic expansion (100k results hitting `EXPANSION_MAX` measure ~1M
// characters) so legitimate input is unaffected.
const EXPANSION_MAX_LENGTH = 4_000_000;
// `expand_` recurses once per level of brace *nesting* - both when expanding a
// set's comma members and when re-wrapping a set whose body is a single part.
// The CVE-2026-14257 fix made the *tail* iterative (recursion on `m.post`, one
// level per chained group), which left nesting depth unbounded: about 3,100
// levels of `{{{...a,b...}}}` - only ~6KB of input - exhausted the native stack
// and crashed the process. `EXPANSION_MAX_DEPTH` bounds how deep the parser
// will follow nesting. It sits far above any realistic pattern and well below
// the depth at which the stack runs out.
const EXPANSION_MAX_DEPTH = 1_000;
// Bash keeps a quirk where a brace group followed by a comma set still expands
// (`{a},b}`). The parser implements it by rewriting the string and restarting
// the scan, absorbing one `}` per pass. `n` trailing braces therefore cost `n`
// full passes over a string that itself grows by one `escClose` sentinel each
// time - quadratic in `n`, with a ~26x constant from the sentinel's length.
// 128KB of `'{a}' + '}'.repeat(n) + ',z}'` blocked the event loop for 27
// seconds to produce two results. `EXPANSION_MAX_REWRITES` bounds how many
// times the scan may restart. Real `{a},b}` input needs a handful.
const EXPANSION_MAX_REWRITES = 1_000;
// `EXPANSION_MAX_STEPS` bounds the work one `expand` call does, which `max`,
// `maxLength` and `maxDepth` don't: nested sets are rescanned at every level
// and chained groups each rebuild up to `max` results, so 2KB of input could
// block the event loop for over 30 seconds. Each character scanned, result
// built and sequence value generated is a step, and each `expand_` call costs
// `CALL_STEPS` more. Past the budget, the set being expanded and everything
// after it stay literal. A glob needs a few hundred steps, and nesting all the
// way to `EXPANSION_MAX_DEPTH` about 4M.
const EXPANSION_MAX_STEPS = 20_000_000;
// What one `expand_` call costs on top of what it scans and builds. Setting
// one up takes about as long as scanning 16 characters, and a set whose
// results are wrapped to be expanded again makes one call per result, each
// scanning and building next to nothing: 64KB of
// `('{{' + ','.repeat(316) + '}{' + ','.repeat(316) + '}}').repeat(n)` made
// 4M such calls, which spent the budget three times as slowly as anything
// else.
const CALL_STEPS = 16;
function numeric(str) {
    return !isNaN(str) ? parseInt(str, 10) : str.charCodeAt(0);
}
function escapeBraces(str) {
    return str
        .replace(slashPattern, escSlash)
        .replace(openPattern, escOpen)
        .replace(closePattern, escClose)
        .replace(commaPattern, escComma)
        .replace(periodPattern, escPeriod);
}
function unescapeBraces(str) {
    return str
        .replace(escSlashPattern, '\\')
        .replace(escOpenPattern, '{')
        .replace(escClosePattern, '}')
        .replace(escCommaPattern, ',')
        .replace(escPeriodPattern, '.');
}
// Like `target.push(...items)` but doesn't overflow the stack
function pushAll(target, items) {
    for (let i = 0; i < items.length; i++) {
        target.push(items[i]);
    }
}
// `balanced`, run on `masked` (see `maskUnmatchedOpens`), sliced from `str`
// and charged for the characters it walks: up to the group's `}`, or the
// whole string when there is no match or unmatched `{` come first, which
// `unmatched` then flags for masking. Once a call overdraws the budget, it
// and every later one return undefined, so the rest stays literal.
function balancedWithBudget(str, masked, budget) {
    if (budget.remaining < 0) {
        return undefined;
    }
    const r = range('{', '}', masked);
    const unmatched = r !== undefined && masked.indexOf('{') < r[0];
    budget.remaining -= r && !unmatched ? r[1] + 1 : str.length;
    if (!r || budget.remaining < 0) {
        return undefined;
    }
    return {
        end: r[1],
        pre: str.slice(0, r[0]),
        body: str.slice(r[0] + 1, r[1]),
        post: str.slice(r[1] + 1),
        unmatched,
    };
}
// `masked` with every `{` that has no matching `}` swapped for a `\0`, which
// keeps the length, so a scan of it still lines up with the string it was
// made from. Such a `{` is literal either way, but `balanced` only learns that
// one is unmatched by reading to the end of the string, so with one at the
// head of every group (`'{a,{b,c}'.repeat(n)`) each scan read the rest of the
// input. That was quadratic, and once the step budget charged for it, it ran
// out partway through and left the rest literal. A scan of the masked copy
// stops at the group's `}`. It is one pass, charged as such.
function maskUnmatchedOpens(masked, budget) {
    budget.remaining -= masked.length;
    const open = [];
    for (let i = 0; i < masked.length; i++) {
        const c = masked.charCodeAt(i);
        if (c === 0x7b) {
            open.push(i);
        }
        else if (c === 0x7d && open.length) {
            open.pop();
        }
    }
    let out = '';
    let last = 0;
    for (let i = 0; i < open.length; i++) {
        const at = open[i];
        out += masked.slice(last, at) + '\0';
        last = at + 1;
    }
    return out + masked.slice(last);
}
// Whether `str` has a `,` not followed by another `,`, with a `}` after it on
// the same line - what `/,(?!,).*\}/.test(str)` asks, answered in one pass from
// the end. The regex tries every `,` and backtracks through the rest of its
// line from each, which is quadratic, and the `{a},b}` rewrite asks again on
// every pass. Like a scan, it is charged for the whole string and refused if
// that overdraws the budget.
function commaSetFollows(str, budget) {
    budget.remaining -= str.length;
    if (budget.remaining < 0) {
        return false;
    }
    // Whether a `}` follows the current position before the line ends
    let close = false;
    for (let i = str.length - 1; i >= 0; i--) {
        const c = str.charCodeAt(i);
        if (c === 0x7d) {
            close = true;
        }
        else if (c === 0x0a || c === 0x0d || c === 0x2028 || c === 0x2029) {
            // A line terminator, which `.` does not match
            close = false;
        }
        else if (c === 0x2c && close && str.charCodeAt(i + 1) !== 0x2c) {
            return true;
        }
    }
    return false;
}
/**
 * Basically just str.split(","), but handling cases
 * where we have nested braced sections, which should be
 * treated as individual members, like {a,{b,c},d}
 *
 * Returns `undefined` if the step budget runs out before the whole set is
 * split, since splitting what is left on every comma would tear apart the
 * nested sets it still holds.
 */
function parseCommaParts(str, budget) {
    const parts = [];
    // Walk the brace groups iteratively. Recursing on `post` once per group let a
    // chain of them exhaust the stack - the parsing-side counterpart to
    // the `expand_` overflow fixed for CVE-2026-14257, and not something `max` or
    // `maxLength` can bound, since it happens before expansion.
    //
    // The part the next chunk continues
    let carry = '';
    for (;;) {
        // A set's body holds no unmatched `{`, so there is nothing to mask.
        const m = balancedWithBudget(str, str, budget);
        if (budget.remaining < 0) {
            return undefined;
        }
        if (!m) {
            const tail = str.split(',');
            tail[0] = carry + tail[0];
            pushAll(parts, tail);
            return parts;
        }
        const { pre, body, post } = m;
        const p = pre.split(',');
        p[0] = carry + p[0];
        p[p.length - 1] += '{' + body + '}';
        if (!post.length) {
            pushAll(parts, p);
            return parts;
        }
        carry = p.pop();
        pushAll(parts, p);
        str = post;
    }
}
// An option that is left out, or that is NaN, gets its default. Every
// comparison against NaN is false, so a NaN bound would never be reached:
// `{ maxSteps: NaN }` let 15KB of input block the event loop for 16 seconds,
// and `{ maxDepth: NaN }` overflowed the stack again (CVE-2026-102278). Pass
// `Infinity` to lift a bound.
function bound(value, fallback) {
    return value === undefined || isNaN(value) ? fallback : value;
}
function expand(str, options = {}) {
    if (!str) {
        return [];
    }
    const max = bound(options.max, EXPANSION_MAX);
    const maxLength = bound(options.maxLength, EXPANSION_MAX_LENGTH);
    const maxDepth = bound(options.maxDepth, EXPANSION_MAX_DEPTH);
    const maxRewrites = bound(options.maxRewrites, EXPANSION_MAX_REWRITES);
    const maxSteps = bound(options.maxSteps, EXPANSION_MAX_STEPS);
    // I don't know why Bash 4.3 does this, but it does.
    // Anything starting with {} will have the first two bytes preserved
    // but *only* at the top level, so {},a}b will not expand to anything,
    // but a{},b}c will be expanded to [a}c,abc].
    // One could argue that this is a bug in Bash, but since the goal of
    // this module is to match Bash's rules, we escape a leading {}
    if (str.slice(0, 2) === '{}') {
        str = '\\{\\}' + str.slice(2);
    }
    return expand_(escapeBraces(str), max, maxLength, maxDepth, 0, maxRewrites, { remaining: maxSteps }, true).map(unescapeBraces);
}
function embrace(str) {
    return '{' + str + '}';
}
function isPadded(el) {
    return /^-?0\d/.test(el);
}
function lte(i, y) {
    return i <= y;
}
function gte(i, y) {
    return i >= y;
}
// Build `{ acc[a] + pre + values[v] }` for every combination, capping the
// number of results at `max` and the total number of characters at `maxLength`.
// This is the one place output grows, so bounding it here keeps the single
// accumulator - and therefore memory - flat regardless of how many brace groups
// are combined (CVE-2026-14257). Each result built is a step, since `max` and
// `maxLength` bound one combination, not how many brace groups are combined.
function combine(acc, pre, values, max, maxLength, dropEmpties, budget) {
    const out = [];
    let length = 0;
    // Bash drops empty results at the top level, and they don't count against
    // `max`, so `max` bounds the number of *kept* results. Only an empty
    // `acc[a] + pre` can make one, so for those the empty values are skipped
    // without being visited. Visiting them one at a time let a set of empties
    // cost `acc.length * values.length` while keeping nothing.
    let nonEmpty;
    outer: for (let a = 0; a < acc.length; a++) {
        const prefix = acc[a] + pre;
        let vs = values;
        if (dropEmpties && !prefix) {
            if (!nonEmpty)
                nonEmpty = values.filter(v => v);
            vs = nonEmpty;
        }
        for (let v = 0; v < vs.length; v++) {
            if (out.length >= max)
                break outer;
            const expansion = prefix + vs[v];
            if (length + expansion.length > maxLength)
                break outer;
            out.push(expansion);
            length += expansion.length;
        }
    }
    budget.remaining -= out.length;
    return out;
}
// The expansion values of a single numeric (`1..5`) or alphabetic (`a..e..2`)
// sequence body, or `undefined` if the step budget runs out generating them.
function expandSequence(body, isAlphaSequence, max, maxLength, budget) {
    const n = body.split(/\.\./);
    const N = [];
    // A sequence body always splits into two or three parts, but the compiler
    // can't know that.
    /* c8 ignore start */
    if (n[0] === undefined || n[1] === undefined) {
        return N;
    }
    /* c8 ignore stop */
    const x = numeric(n[0]);
    const y = numeric(n[1]);
    const width = Math.max(n[0].length, n[1].length);
    let incr = n.length === 3 && n[2] !== undefined ?
        Math.max(Math.abs(numeric(n[2])), 1)
        : 1;
    let test = lte;
    const reverse = y < x;
    if (reverse) {
        incr *= -1;
        test = gte;
    }
    const pad = n.some(isPadded);
    // A padded value is built a character at a time to `width`, which the input
    // sets, so it costs one step per character: 64KB of
    // `('{' + '0'.repeat(100) + '..99999}').repeat(n)` took 7 seconds charged
    // one step per value.
    const cost = pad ? width : 1;
    let length = 0;
    for (let i = x; test(i, y) && N.length < max; i += incr) {
        // Each value is a step. `max` and `maxLength` bound one sequence, but a
        // chain of them still generated up to `max` values each, however few
        // combining could keep.
        budget.remaining -= cost;
        if (budget.remaining < 0) {
            return undefined;
        }
        let c;
        if (isAlphaSequence) {
            c = String.fromCharCode(i);
            if (c === '\\') {
                c = '';
            }
        }
        else {
            c = String(i);
            if (pad) {
                const need = width - c.length;
                if (need > 0) {
                    const z = new Array(need + 1).join('0');
                    if (i < 0) {
                        c = '-' + z + c.slice(1);
                    }
                    else {
                        c = z + c;
                    }
                }
            }
        }
        if (length + c.length > maxLength)
            break;
        N.push(c);
        length += c.length;
    }
    return N;
}
function expand_(str, max, maxLength, maxDepth, depth, maxRewrites, budget, isTop) {
    // An overdraft here makes the first scan refuse, so `str` stays literal.
    budget.remaining -= CALL_STEPS;
    // Too deeply nested to keep following: treat the rest as literal, the same
    // way a group that cannot expand is already handled. Truncating rather than
    // throwing keeps `expand` total, matching `max` and `maxLength`.
    if (depth > maxDepth) {
        return [str];
    }
    // Consume the string's top-level brace groups left to right, threading a
    // running set of combined prefixes (`acc`). Expanding the tail iteratively -
    // rather than recursing on `m.post` once per group - keeps the native stack
    // depth constant, so deeply chained input (`'{a,b}'.repeat(3000)`) can no
    // longer overflow the stack, and leaves a single accumulator whose size
    // `maxLength` bounds directly (CVE-2026-14257).
    let acc = [''];
    // Bash drops empty results, but only when the *first* top-level group is a
    // comma set - a sequence like `{a..\}` may legitimately yield ''. The drop
    // is on the final strings, so it is applied to whichever `combine` produces
    // them (the one with no brace set left in the tail).
    // How many times the `{a},b}` rewrite below has restarted the scan. Each pass
    // re-reads the whole string, so leaving this unbounded is quadratic.
    let rewrites = 0;
    let dropEmpties = false;
    let firstGroup = true;
    // `str` with its unmatched `{` masked, once a scan has run into them
    let masked = str;
    for (;;) {
        const m = balancedWithBudget(str, masked, budget);
        // No brace set left, or no step budget left to look for one: the rest of
        // the string is literal.
        if (!m) {
            return combine(acc, str, [''], max, maxLength, dropEmpties, budget);
        }
        if (m.unmatched) {
            masked = maskUnmatchedOpens(masked, budget);
        }
        // no need to expand pre, since it is guaranteed to be free of brace-sets
        const pre = m.pre;
        // This set and the rest of the string, literal: for a set that cannot
        // expand, and for one the step budget runs out on. Once it is overdrawn,
        // every set still being expanded, at every level, stays literal like this -
        // otherwise each level above would go on combining, and wrapping and
        // expanding again, results the budget was too small for.
        const literal = () => combine(acc, pre + '{' + m.body + '}' + m.post, [''], max, maxLength, dropEmpties, budget);
        if (/\$$/.test(pre)) {
            acc = combine(acc, pre + '{' + m.body + '}', [''], max, maxLength, dropEmpties && !m.post.length, budget);
            firstGroup = false;
            if (!m.post.length)
                break;
            str = m.post;
            masked = masked.slice(m.end + 1);
            continue;
        }
        const isNumericSequence = /^-?\d+\.\.-?\d+(?:\.\.-?\d+)?$/.test(m.body);
        const isAlphaSequence = /^[a-zA-Z]\.\.[a-zA-Z](?:\.\.-?\d+)?$/.test(m.body);
        const isSequence = isNumericSequence || isAlphaSequence;
        const isOptions = m.body.indexOf(',') >= 0;
        if (!isSequence && !isOptions) {
            // {a},b}
            if (rewrites < maxRewrites && commaSetFollows(m.post, budget)) {
                rewrites++;
                str = m.pre + '{' + m.body + escClose + m.post;
                // Taking a `}` away never gives an unmatched `{` a partner, so what
                // is masked stays unmatched. The `{` it closed can be left without
                // one, and the next scan masks it.
                masked =
                    masked.slice(0, m.end) + escClose + masked.slice(m.end + 1);
                isTop = true;
                continue;
            }
            // Nothing here expands, so the whole remaining string is literal.
            return literal();
        }
        if (firstGroup) {
            dropEmpties = isTop && !isSequence;
            firstGroup = false;
        }
        let values;
        if (isSequence) {
            values = expandSequence(m.body, isAlphaSequence, max, maxLength, budget);
            if (!values) {
                return literal();
            }
        }
        else {
            let n = parseCommaParts(m.body, budget);
            // The step budget ran out partway through the set.
            if (!n) {
                return literal();
            }
            if (n.length === 1 && n[0] !== undefined) {
                // x{{a,b}}y ==> x{a}y x{b}y
                n = expand_(n[0], max, maxLength, maxDepth, depth + 1, maxRewrites, budget, false).map(embrace);
                // The step budget ran out expanding the set's only part.
                if (budget.remaining < 0) {
                    return literal();
                }
                //XXX is this necessary? Can't seem to hit it in tests.
                /* c8 ignore start */
                if (n.length === 1) {
                    const next = combine(acc, pre + n[0], [''], max, maxLength, dropEmpties && !m.post.length, budget);
                    if (budget.remaining < 0) {
                        return literal();
                    }
                    acc = next;
                    if (!m.post.length)
                        break;
                    str = m.post;
                    masked = masked.slice(m.end + 1);
                    continue;
                }
                /* c8 ignore stop */
            }
            // Values that `combine` is going to drop as empty produce no result, so
            // they must not count against `max` - otherwise `{a,,b}` with `max: 2`
            // would stop at `['a', '']` and yield one result instead of two. Skipping
            // them outright keeps `values` bounded while leaving `max` a bound on
            // *kept* results.
            let dropsEmpties = dropEmpties && !m.post.length && !pre;
            for (let d = 0; dropsEmpties && d < acc.length; d++) {
                if (acc[d]) {
                    dropsEmpties = false;
                }
            }
            values = [];
            let valuesLength = 0;
            outer: for (let j = 0; j < n.length; j++) {
                const expanded = expand_(n[j], max, maxLength, maxDepth, depth + 1, maxRewrites, budget, false);
                // The step budget ran out expanding a member.
                if (budget.remaining < 0) {
                    return literal();
                }
                for (let k = 0; k < expanded.length; k++) {
                    const v = expanded[k];
                    if (dropsEmpties && !v)
                        continue;
                    if (values.length >= max ||
                        valuesLength + v.length > maxLength) {
                        break outer;
                    }
                    values.push(v);
                    valuesLength += v.length;
                }
            }
        }
        const next = combine(acc, pre, values, max, maxLength, dropEmpties && !m.post.length, budget);
        // The step budget ran out combining the set's values in.
        if (budget.remaining < 0) {
            return literal();
        }
        acc = next;
        if (!m.post.length)
            break;
        str = m.post;
        masked = masked.slice(m.end + 1);
    }
    return acc;
}
//# sourceMappingURL=index.js.map
;// CONCATENATED MODULE: ./src/files/braces.ts

/**
 * What a pattern's braces stand for, as bash expands them: `*.{yaml,yml}` is two patterns. A pattern without braces is itself.
 *
 * @param max at most so many, however many the braces stand for
 */
function expandBraces(pattern, max) {
    return pattern.includes('{') ? expand(pattern, { max }) : [pattern];
}


/***/ }),

/***/ 1525:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
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

/***/ 1399:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
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
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ ACTION_FOLDER)
/* harmony export */ });
/** The folder in the zip, and so in the command's working folder, that holds what is not the user's. */
const ACTION_FOLDER = '.aks-run-command';


/***/ }),

/***/ 553:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
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

/***/ 2266:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ep: () => (/* binding */ WORKFLOW),
/* harmony export */   N2: () => (/* binding */ isNoun),
/* harmony export */   hF: () => (/* binding */ PROMPT)
/* harmony export */ });
/** Things that a message calls by another name in each place. Each is the middle of a sentence. */
const NOUNS = {
    step: { workflow: 'the step', prompt: 'aks-run-command' },
    action: { workflow: 'the action', prompt: 'aks-run-command' },
    runner: { workflow: 'the runner', prompt: 'this machine' },
    workspace: { workflow: 'the workspace', prompt: 'the current folder' },
    rerun: { workflow: 'run the job again', prompt: 'run it again' },
    debug: { workflow: 're-run the job with debug logging enabled', prompt: 'run it again with --debug' },
    job: { workflow: 'the job', prompt: 'your shell' },
    login: { workflow: 'azure/login', prompt: 'az login' },
    output: { workflow: 'output-file', prompt: 'stdout' },
    exclusion: { workflow: 'a line of files that begins with !', prompt: "--files '!PATTERN'" },
};
/** Whether a word is one of the table's. */
function isNoun(word) {
    return Object.hasOwn(NOUNS, word);
}
/** Inputs whose option is a switch, and the value that it stands for. */
const SWITCHES = {
    wait: { option: '--no-wait', value: 'false' },
    'dry-run': { option: '--dry-run', value: 'true' },
    'include-hidden-files': { option: '--include-hidden-files', value: 'true' },
};
/** The words of a workflow. */
const WORKFLOW = {
    place: 'workflow',
    input: (name) => name,
    entry: ({ line }) => `line ${line}`,
    noun: (noun) => NOUNS[noun].workflow,
    paste: (inputs) => ['with:', ...inputs.map(({ name, value }) => `  ${name}: ${value}`)],
};
/** The words at a prompt. */
const PROMPT = {
    place: 'prompt',
    input: (name) => SWITCHES[name]?.option ?? `--${name}`,
    entry: ({ order }) => `number ${order}`,
    noun: (noun) => NOUNS[noun].prompt,
    paste: (inputs) => {
        const options = inputs.flatMap(({ name, value }) => {
            const asSwitch = SWITCHES[name];
            if (asSwitch)
                return asSwitch.value === value ? [asSwitch.option] : [];
            return [`--${name} ${value}`];
        });
        const isWhole = inputs.some(({ name }) => name === 'cluster');
        return [[...(isWhole ? ['aks-run-command'] : []), ...options].join(' ')];
    },
};


/***/ }),

/***/ 9407:
/***/ ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8161);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__nccwpck_require__.n(node_os__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var _edge_azure_index_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9455);
/* harmony import */ var _edge_clock_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(690);
/* harmony import */ var _edge_collected_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(7830);
/* harmony import */ var _edge_disk_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(3220);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(1633);
/* harmony import */ var _main_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(8969);









/** Connects the core with the outside world. */
async function run(host, workspace, cancelled, collectTo) {
    silenceSdk(process.env);
    for (const event of ['uncaughtException', 'unhandledRejection']) {
        // An error that nothing waits for changes no verdict, and must not keep one from being reported.
        process.on(event, (error) => {
            host.log.debug(`Unhandled error: ${(0,_failure_js__WEBPACK_IMPORTED_MODULE_7__/* .messageOf */ .bD)(error)}`);
        });
    }
    const temp = host.words.place === 'workflow' ? process.env['RUNNER_TEMP'] : undefined;
    const shared = { host, clock: _edge_clock_js__WEBPACK_IMPORTED_MODULE_4__/* .clock */ .p, cancelled, random: Math.random };
    return (0,_main_js__WEBPACK_IMPORTED_MODULE_8__/* .main */ .i)({
        ...shared,
        workspace: (0,_edge_disk_js__WEBPACK_IMPORTED_MODULE_6__/* .workspaceIn */ .R)({ workspace, temp }),
        azureFor: (target) => (0,_edge_azure_index_js__WEBPACK_IMPORTED_MODULE_3__/* .azureFor */ .R)(target, { ...shared, log: host.log }),
        podScript: (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(__nccwpck_require__.ab + "pod-script.sh", 'utf8'),
        collectScript: (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(__nccwpck_require__.ab + "collect.sh", 'utf8'),
        collector: (0,_edge_collected_js__WEBPACK_IMPORTED_MODULE_5__/* .collectorIn */ .p)(collectTo === undefined ? { below: temp ?? (0,node_os__WEBPACK_IMPORTED_MODULE_2__.tmpdir)() } : { folder: collectTo }),
        randomHex: (bytes) => (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(bytes).toString('hex'),
    });
}
async function asAction() {
    const cancel = new AbortController();
    // On Windows, the runner cancels with CTRL+C and then CTRL+BREAK.
    for (const signal of ['SIGINT', 'SIGBREAK', 'SIGTERM']) {
        process.on(signal, () => {
            cancel.abort();
        });
    }
    // If nobody reads stdout anymore, there is no step left to report to.
    process.stdout.on('error', () => process.exit(1));
    const [{ githubRunner }, { wholeEnvironment }] = await Promise.all([
        Promise.all(/* import() */[__nccwpck_require__.e(421), __nccwpck_require__.e(787)]).then(__nccwpck_require__.bind(__nccwpck_require__, 5787)),
        __nccwpck_require__.e(/* import() */ 24).then(__nccwpck_require__.bind(__nccwpck_require__, 1024)),
    ]);
    process.env = wholeEnvironment(process.env, process.platform, process.report);
    const { success } = await run(githubRunner(), process.env['GITHUB_WORKSPACE'] ?? process.cwd(), cancel.signal);
    return success ? 0 : 1;
}
/**
 * Azure's SDK writes its own log to stderr, past the host, which fences and masks. It stays off whatever the caller's
 * variables say. The debug log already shows each request, and never a header or a body.
 */
function silenceSdk(env) {
    for (const name of Object.keys(env)) {
        if (/^(?:AZURE_LOG_LEVEL|TYPESPEC_RUNTIME_LOG_LEVEL|DEBUG)$/i.test(name))
            Reflect.deleteProperty(env, name);
    }
}
const args = process.argv.slice(2);
const isAction = args.length === 0 && process.env['INPUT_CLUSTER'] !== undefined;
process.exitCode = await (isAction ? asAction() : (await __nccwpck_require__.e(/* import() */ 133).then(__nccwpck_require__.bind(__nccwpck_require__, 2133))).atPrompt(args, run));
// A request that nothing waits for anymore would keep the process alive until its timeout. What was written comes first.
process.stdout.write('', () => process.stderr.write('', () => process.exit()));

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 5841:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ isFramed),
/* harmony export */   O: () => (/* binding */ readEnding)
/* harmony export */ });
/* harmony import */ var _pod_stream_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5900);

/** Whether the script's whole frame is in a log: its first line, the exit code, and its end. It proves that the command ended. */
function isFramed(report) {
    return report.kind === 'ran' && report.complete && report.exitCode !== undefined;
}
/**
 * Reads how a command ended from how following it ended.
 *
 * @param own absent for a command that was submitted earlier
 * @returns undefined if the pod started too late and refused to run the command, and nothing contradicts it: the script says
 * nothing else, and AKS has the exit code with which it refuses.
 */
async function readEnding(id, followed, own) {
    const { seen, seconds } = followed;
    const unstarted = seen === 'started' ? {} : { unstarted: true };
    switch (followed.kind) {
        case 'ended': {
            const { result } = followed;
            const report = await (0,_pod_stream_js__WEBPACK_IMPORTED_MODULE_0__/* .readStream */ .bv)(result.logs, own?.boundary);
            if (report.kind !== 'refused')
                return { kind: 'ended', id, result, report, ...(own && { seconds }) };
            const proven = report.alone && result.provisioningState === 'succeeded' && result.exitCode === _pod_stream_js__WEBPACK_IMPORTED_MODULE_0__/* .REFUSED_EXIT_CODE */ .G8;
            if (!proven)
                return { kind: 'unknown', failure: { code: 'pod-refused' }, id };
            return report.lacks === undefined ? undefined : { kind: 'not-started', failure: lacking(report.lacks), id };
        }
        case 'denied':
        case 'refused':
            return { kind: 'unknown', failure: { code: 'result-missing', answer: followed.answer }, id };
        case 'forbidden':
            return { kind: 'running', failure: { code: 'result-forbidden', answer: followed.answer }, id };
        case 'time-over': {
            const code = 'no-answer-in-time';
            // AKS never said anything of the command, so nobody knows whether it runs.
            if (seen === 'nothing')
                return { kind: 'unknown', failure: { code, seconds, answer: followed.answer }, id };
            return { kind: 'running', failure: { code, seconds, ...unstarted }, id };
        }
        case 'cancelled':
            return {
                kind: 'running',
                failure: { code: 'cancelled', ...(seen !== 'started' && { ...own?.mayStart, ...unstarted }) },
                id,
            };
    }
}
/** @param lacks what the script did not find, so that it ran nothing. No other pod of the cluster would have it. */
function lacking(lacks) {
    switch (lacks) {
        case 'bash':
            return { code: 'no-bash' };
        case 'command.sh':
        case 'env.sh':
            return { code: 'no-variables' };
        default:
            return { code: 'no-tool', tool: lacks };
    }
}


/***/ }),

/***/ 5130:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $U: () => (/* binding */ toldDelay),
/* harmony export */   HJ: () => (/* binding */ withFreshTokens),
/* harmony export */   R$: () => (/* binding */ retrying),
/* harmony export */   Ut: () => (/* binding */ throttleDelay),
/* harmony export */   et: () => (/* binding */ askAgain),
/* harmony export */   yW: () => (/* binding */ renewTokens),
/* harmony export */   zh: () => (/* binding */ countTries)
/* harmony export */ });
/* unused harmony export backoff */
/* harmony import */ var _azure_answer_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6793);
/* harmony import */ var _azure_submission_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8259);
/* harmony import */ var _text_duration_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9495);
/* harmony import */ var _text_ours_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(2452);
/* harmony import */ var _text_visible_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1573);





/** How many times a request is sent that was not answered or not processed. Throttled requests don't count. */
const MAX_FAILURES = 6;
/** A request is repeated for this long at most. If a service asks for a longer wait, the step does not wait at all. */
const MAX_WAIT_MS = 60 * 60 * 1000;
const MAX_BACKOFF_MS = 16_000;
/** A wider spread would leave the service's bucket unused while the last jobs of a matrix still wait. */
const MAX_SPREAD_MS = 15_000;
/** Starts to count. Whether an answer is worth another try is up to the caller. */
function countTries({ clock, random }) {
    const begin = clock.monotonic();
    let throttled = 0;
    let failures = 0;
    return {
        pauseAfter(answer) {
            const isThrottled = answer.kind === 'answered' && answer.status === 429;
            if (!isThrottled && ++failures >= MAX_FAILURES)
                return undefined;
            const wait = isThrottled ? throttleDelay(answer, throttled++, random) : backoff(answer, failures);
            return clock.monotonic() + wait - begin > MAX_WAIT_MS ? undefined : wait;
        },
        wasThrottled: () => throttled > 0,
    };
}
/**
 * Repeats a request that is safe to repeat (ID token, Entra, metadata, cluster) until it succeeds, fails for good, or the
 * step is cancelled. A throttled request waits as told, for up to an hour. Any other transient failure is tried six times
 * with growing pauses. Each retry is a line in the log.
 *
 * @returns the first success, or else the last failure.
 */
async function retrying(what, attempt, ports) {
    const { clock, log, cancelled } = ports;
    const tries = countTries(ports);
    for (;;) {
        const tried = await attempt();
        if (tried.ok || !(0,_azure_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .isTransient */ .dg)(tried.answer) || cancelled.aborted)
            return tried;
        const wait = tries.pauseAfter(tried.answer);
        if (wait === undefined)
            return tried;
        // One line, with the service's words at its end, so that two loops at once stay readable.
        const retry = (0,_text_ours_js__WEBPACK_IMPORTED_MODULE_4__/* .ours */ .O) `${what} failed. Retrying in ${(0,_text_duration_js__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a)(Math.ceil(wait / 1000))}: `;
        log.show(retry + (0,_text_visible_js__WEBPACK_IMPORTED_MODULE_3__/* .visible */ .RK)((0,_azure_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .describeAnswer */ .O1)(tried.answer).replaceAll(/\s+/g, ' ')));
        await clock.sleep(wait, cancelled);
        if (isAborted(cancelled))
            return tried;
    }
}
/** Read through a function, because the compiler does not know that a signal can change during an await. */
function isAborted(signal) {
    return signal.aborted;
}
/** {@link retrying} for a request that wants the answer itself, whatever it is. */
async function askAgain(what, ask, ports) {
    const attempt = async () => {
        const answer = await ask();
        return (0,_azure_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .isTransient */ .dg)(answer) ? { ok: false, answer } : { ok: true, value: answer };
    };
    const tried = await retrying(what, attempt, ports);
    return tried.ok ? tried.value : tried.answer;
}
/** Calls ARM, and calls it once more with new tokens if it rejects the tokens, which proves that nothing was done. */
async function withFreshTokens(azure, log, call) {
    const answer = await call();
    if (!(0,_azure_submission_js__WEBPACK_IMPORTED_MODULE_1__/* .rejectsToken */ .Y)(answer))
        return answer;
    renewTokens(azure, log);
    return call();
}
/** Makes the next call to ARM ask for new tokens. */
function renewTokens(azure, log) {
    log.say((0,_text_ours_js__WEBPACK_IMPORTED_MODULE_4__/* .ours */ .O) `Azure rejected the access token. Requesting a new one.`);
    azure.forgetTokens();
}
/**
 * Milliseconds to wait after a 429: as long as told, plus a random share that grows with each throttled answer, so that the
 * jobs of a matrix do not come back together.
 */
function throttleDelay(answer, throttledBefore, random) {
    const told = toldDelay(answer) ?? 1000;
    return told + random() * Math.min(1000 * 2 ** throttledBefore, MAX_SPREAD_MS);
}
/** Milliseconds to wait after the n-th transient failure of another kind: as long as told, or else 1 s, 2 s, 4 s, … */
function backoff(answer, failures) {
    return toldDelay(answer) ?? Math.min(1000 * 2 ** (failures - 1), MAX_BACKOFF_MS);
}
/** Milliseconds that an answer asks to wait, whatever its status. */
function toldDelay(answer) {
    const seconds = answer.kind === 'answered' ? (0,_azure_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .retryAfterSeconds */ .C3)(answer.headers) : undefined;
    return seconds === undefined ? undefined : seconds * 1000;
}


/***/ }),

/***/ 8969:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  i: () => (/* binding */ main)
});

// EXTERNAL MODULE: ./src/failure.ts
var failure = __nccwpck_require__(1633);
// EXTERNAL MODULE: ./src/azure/proxy.ts
var azure_proxy = __nccwpck_require__(2515);
// EXTERNAL MODULE: ./src/azure/cloud.ts
var cloud = __nccwpck_require__(6370);
// EXTERNAL MODULE: ./src/text/ours.ts
var ours = __nccwpck_require__(2452);
// EXTERNAL MODULE: ./src/azure/json.ts
var json = __nccwpck_require__(5721);
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
var command_id = __nccwpck_require__(3490);
// EXTERNAL MODULE: ./src/text/duration.ts
var duration = __nccwpck_require__(9495);
// EXTERNAL MODULE: ./src/text/nearest.ts + 1 modules
var nearest = __nccwpck_require__(4653);
;// CONCATENATED MODULE: ./src/inputs/meant.ts




/**
 * What the user probably meant by an invalid value: values of other tools, other forms of the same thing, and slips. Each
 * function returns a sentence to add to the message, or undefined.
 */
/** `yes`, `0`, `on`. */
function meantFlag(given) {
    if (/^(?:yes|y|on|1|true)$/i.test(given))
        return didYouMean('true');
    return /^(?:no|n|off|0|false)$/i.test(given) ? didYouMean('false') : undefined;
}
/** `Bash`, `/bin/sh`, `warm`. */
function meantChoice(given, allowed) {
    const word = given.replace(/\s.*$/s, '').replace(/^.*\//, '').toLowerCase();
    const near = word.length > 3 ? (0,nearest/* nearestName */.q)(word, allowed) : undefined;
    return didYouMean(allowed.find((one) => one === word) ?? near);
}
const UNITS = [
    [/h(?:ou)?rs?/g, 'h'],
    [/min(?:ute)?s?/g, 'm'],
    [/sec(?:ond)?s?/g, 's'],
];
/** `10`, `10min`, `1 hour 30 minutes`, `2H`. */
function meantDuration(given) {
    if (/^[1-9]\d{0,8}$/.test(given))
        return didYouMean(`${given}m or ${given}s`);
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
/** The portal's page of a cluster, something that belongs to a cluster, an API server's address, another kind of cluster. */
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
/** Inputs of other actions and tasks, and what to use here. */
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
/** An input that does not exist. The runner hands over its name with underscores for blanks, as it was written otherwise. */
function meantByUnknown(name, known) {
    const dashed = name.replaceAll('_', '-');
    const elsewhere = ELSEWHERE.find(([names]) => names.split(' ').some((one) => one === name || one === dashed));
    const same = known.find((one) => one.replaceAll('-', '') === dashed.replaceAll('-', ''));
    return elsewhere?.[1] ?? didYouMean(same ?? (0,nearest/* nearestName */.q)(dashed, known));
}
function didYouMean(value) {
    return value === undefined ? undefined : `Did you mean ${value}?`;
}

;// CONCATENATED MODULE: ./src/inputs/target.ts



/**
 * Reads which cluster is meant, in which cloud, and how to sign in.
 *
 * @returns undefined if the cloud is unknown; the reader then has that problem.
 */
function readTarget(reader) {
    const cluster = readCluster(reader);
    const environment = readEnvironment(reader);
    const signIn = readSignIn(reader, environment);
    return environment && { cluster, environment, signIn };
}
const NAME_RULE = '1 to 63 letters, digits, hyphens, and underscores, with a letter or digit at both ends';
const ID_FORM = resourceId({ subscriptionId: 'GUID', resourceGroup: 'GROUP', name: 'NAME' });
const GROUP_RULE = "a resource group's name: letters, digits and - _ . ( )";
function readCluster(reader) {
    const text = reader.text('cluster');
    const isName = text !== '' && !text.includes('/');
    const own = parseResourceId(text);
    if (text === '') {
        reader.missing('cluster', "is required: the cluster's name or its full ARM resource ID");
    }
    else if (isName ? !CLUSTER_NAME.test(text) : !own) {
        const allowed = isName ? NAME_RULE : `the cluster's name, or its full ARM resource ID: ${ID_FORM}`;
        reader.invalid('cluster', text, allowed, meantCluster(text));
    }
    const resourceGroup = reader.matching('resource-group', RESOURCE_GROUP, GROUP_RULE, meantResourceGroup);
    const subscriptionId = reader.matching('subscription-id', GUID, "a subscription's GUID", meantGuid);
    const name = reader.called('cluster');
    for (const [part, given, ofId] of [
        ['resource-group', resourceGroup, own?.resourceGroup],
        ['subscription-id', subscriptionId, own?.subscriptionId],
    ]) {
        if (given === '' && isName) {
            reader.missing(part, `is required with a cluster name. Or set ${name} to the full ARM resource ID instead`);
        }
        else if (given !== '' && ofId !== undefined && ofId.toLowerCase() !== given.toLowerCase()) {
            const [one, other] = [given, ofId].map((value) => JSON.stringify(value));
            reader.problem(part, `${one} contradicts the resource ID in ${name}, which has ${other}. Leave it out.`);
        }
    }
    return own ?? { subscriptionId, resourceGroup, name: text };
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
var runner_path = __nccwpck_require__(553);
// EXTERNAL MODULE: ./src/files/braces.ts + 2 modules
var braces = __nccwpck_require__(2122);
;// CONCATENATED MODULE: ./src/inputs/collect.ts

/** All lines together, after brace expansion: the pod can bring back 2,000 files. */
const MAX_PATTERNS = 2_000;
/**
 * Reads the input `collect`: shell patterns relative to the pod's working folder, which a POSIX shell matches. Braces are
 * expanded here because `sh` does not expand them.
 *
 * @returns each pattern once, in the order of the lines, without `.`, repeated slashes, and trailing slashes.
 */
function readCollect(reader) {
    const patterns = new Set();
    for (const line of reader.lines('collect')) {
        const expanded = (0,braces/* expandBraces */.P)(line, MAX_PATTERNS + 1);
        const allowed = expanded.map(allowedInstead).find((found) => found !== undefined);
        if (allowed === undefined)
            for (const pattern of expanded)
                patterns.add(normalized(pattern));
        else
            reader.invalid('collect', line, allowed);
    }
    if (patterns.size > MAX_PATTERNS) {
        reader.misuse('collect', 'has more than 2,000 patterns after brace expansion. Use * or name the folder.');
    }
    return [...patterns];
}
/** What is allowed instead of a pattern that cannot be used. */
function allowedInstead(pattern) {
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
var file_command = __nccwpck_require__(5893);
;// CONCATENATED MODULE: ./src/pod/variables.ts
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

;// CONCATENATED MODULE: ./src/inputs/env.ts


/**
 * Linux's `MAX_ARG_STRLEN` (32 pages, include/uapi/linux/binfmts.h), which holds `NAME=value` and its NUL in bytes of UTF-8.
 * With a longer one, the pod could start no program at all (E2BIG).
 */
const MAX_VARIABLE_BYTES = 131_072;
/**
 * All variables together, in bytes. Linux gives arguments and environment a quarter of the stack's limit: 2 MiB of the usual
 * 8. The rest is for the pod's own variables and for the arguments of the programs that the command starts.
 */
const MAX_ENVIRONMENT_BYTES = 1_572_864;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const SURELY_A_NAME = /^[A-Z0-9_]+$/;
/**
 * Names that bash (5.2, under that name or as `sh`), dash, or busybox sh (1.37) sets itself, empties, or refuses, found by
 * trying every name in their binaries, so that a value would not arrive as given; and `PATH`, without which no program is
 * found. Of the names that begin with `BASH_`, only `BASH_ENV` is left to the user.
 */
const SHELLS_OWN = new Set(`_ BASH BASHOPTS BASHPID COMP_WORDBREAKS DIRSTACK EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME GROUPS HISTCMD IFS LINENO OLDPWD
  OPTARG OPTERR OPTIND PATH PIPESTATUS POSIXLY_CORRECT PPID PS1 PS2 PS4 PWD RANDOM SECONDS SHELLOPTS SHLVL SRANDOM UID`.split(/\s+/));
const BASHS_OWN = /^BASH_(?!ENV$)/;
const PODS_OWN = new Set([...FACT_NAMES, ...POD_NAMES]);
/**
 * Reads the input `env`: the grammar of `$GITHUB_ENV`, and `NAME` alone for one of the caller's own variables. Of equal names
 * the last wins, as in `$GITHUB_ENV`. Problems and warnings never show a value.
 *
 * @returns each name once.
 */
function readEnv(reader) {
    const input = reader.untrimmed('env');
    const { assignments, bare, malformed } = (0,file_command/* readFileCommand */.y8)(input);
    const given = [
        ...assignments.map((entry) => ({ ...entry, isBare: false })),
        ...bare.map(({ text, line }) => ({ name: text, value: reader.variable(text), line, isBare: true })),
    ].sort((a, b) => a.line - b.line);
    const variables = new Map();
    const problems = malformed.map(({ line, problem }) => ({ line, sentence: `line ${line} ${problem}` }));
    let noAssignment = -1;
    for (const [index, { name, value, line, isBare }] of given.entries()) {
        const at = reader.words.entry({ line, order: index + 1 });
        const isNamed = NAME.test(name) && (!isBare || value !== undefined || SURELY_A_NAME.test(name));
        if (isNamed) {
            const problem = problemWith(isBare && !SURELY_A_NAME.test(name) ? 'the variable' : name, name, value);
            if (problem !== undefined)
                problems.push({ line, sentence: `${at}: ${problem}` });
            else if (value !== undefined)
                variables.set(name, value);
            continue;
        }
        // These may be the lines of a value that lacks its delimiter: one problem is enough.
        if (noAssignment !== line - 1)
            problems.push({ line, sentence: `${at} ${problemWithLine(name, isBare)}` });
        noAssignment = line;
    }
    if ([...variables].reduce((sum, variable) => sum + bytesOf(...variable), 0) > MAX_ENVIRONMENT_BYTES) {
        problems.push({ line: Infinity, sentence: `all variables together exceed ${MAX_ENVIRONMENT_BYTES / 1024} KiB` });
    }
    for (const { sentence } of problems.sort((a, b) => a.line - b.line))
        reader.problem('env', sentence);
    warnOfDoubts(input.split('\n'), given, reader);
    return [...variables].map(([name, value]) => ({ name, value }));
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
/** What is wrong with a line that assigns to no name: how the sentence ends, after "line 2". */
function problemWithLine(text, isBare) {
    const shape = NAME.test(text) ? undefined : OTHER_SHAPES.find(([begin]) => begin.test(text))?.[1];
    const form = 'needs a name of letters, digits, and underscores that does not begin with a digit';
    return shape ?? (isBare ? NO_ASSIGNMENT : form);
}
function problemWith(called, name, value) {
    if (SHELLS_OWN.has(name) || BASHS_OWN.test(name)) {
        return `${called} is reserved by the shell. Choose another name, or set it in the command`;
    }
    if (PODS_OWN.has(name))
        return `the pod sets ${called} itself. Choose another name`;
    if (value === undefined)
        return `${called} has no value, and no variable of that name is set`;
    if (value.includes('\0'))
        return `${called} contains a NUL character, which no variable can have`;
    if (bytesOf(name, value) <= MAX_VARIABLE_BYTES)
        return undefined;
    return `${called} is too long: name and value together must be smaller than ${MAX_VARIABLE_BYTES / 1024} KiB`;
}
/** Values that arrive as they stand, and that may have been meant otherwise. */
function warnOfDoubts(lines, given, reader) {
    for (const [index, { name, value = '', line }] of given.entries()) {
        if (!NAME.test(name) || !lines[line - 1]?.startsWith(`${name}=`))
            continue;
        const at = `${reader.words.entry({ line, order: index + 1 })} (${name})`;
        if (/^(["']).*\1$/.test(value)) {
            reader.warn('env', `${at} has quotes around its value, and they are part of it. Leave them out`);
        }
        else if (/^[^,=]*,\s+[A-Z_][A-Z0-9_]*=/.test(value)) {
            const whole = 'is a single variable: everything after the first = is its value';
            reader.warn('env', `${at} ${whole}. Write one NAME=value per line`);
        }
    }
}
/** As the kernel counts: `NAME=value` and a NUL. */
function bytesOf(name, value) {
    return Buffer.byteLength(name) + 1 + Buffer.byteLength(value) + 1;
}

;// CONCATENATED MODULE: ./src/inputs/task.ts





const MAX_START_TIMEOUT_SECONDS = 3600;
const MAX_START_RETRIES = 10;
/** Reads what to do: run a command, or wait for an earlier one. */
function readTask(reader) {
    const run = {
        kind: 'run',
        command: withoutCrLf(reader.untrimmed('command')),
        shell: reader.choice('shell', ['', 'bash', 'sh'], ''),
        files: {
            patterns: reader.lines('files'),
            workingDirectory: reader.text('working-directory'),
            ifNoFilesFound: reader.choice('if-no-files-found', ['error', 'warn', 'ignore'], 'error'),
            includeHidden: reader.flag('include-hidden-files', false),
        },
        env: readEnv(reader),
        collect: readCollect(reader),
        startTimeout: reader.duration('start-timeout', '90s', MAX_START_TIMEOUT_SECONDS),
        startRetries: reader.count('start-retries', 2, MAX_START_RETRIES),
        wait: reader.flag('wait', true),
        dryRun: reader.flag('dry-run', false),
    };
    const given = reader.text('command-id');
    if (given === '') {
        checkCommand(run.command, reader);
        return run;
    }
    const commandId = (0,command_id/* parseCommandId */.cf)(given);
    if (commandId === undefined) {
        reader.invalid('command-id', given, '32 hexadecimal digits', meantCommandId(given));
    }
    refuseWithCommandId(reader, run);
    return commandId === undefined ? run : { kind: 'follow', commandId, wait: true };
}
/** If every line of a command ends in CR LF, a shell would take the CR for a part of its last word. */
function withoutCrLf(command) {
    return /(?<!\r)\n/.test(command) ? command : command.replaceAll('\r\n', '\n');
}
function checkCommand(command, reader) {
    if (command.trim() === '') {
        const id = reader.called('command-id');
        // Most often an id that an earlier job was to pass on.
        const idEmpty = `If ${id} is empty here, pass it on from the job that started the command: with outputs: there and needs: here`;
        reader.missing('command', `is required, unless ${id} names an earlier command to wait for. ${idEmpty}`);
    }
    // A path of the runner means nothing in the pod, which has only what was sent.
    const path = (0,runner_path/* runnerPathIn */.t)(command);
    if (path !== undefined) {
        const relative = `Use a path relative to ${reader.called('working-directory')}`;
        reader.warn('command', `${path} is a path outside the pod. ${relative}`);
    }
}
/** Whatever makes a new command has no meaning for an earlier one. */
function refuseWithCommandId(reader, run) {
    const id = reader.called('command-id');
    const earlier = `cannot be used with ${id}, which waits for an earlier command`;
    if (run.command.trim() !== '')
        reader.misuse('command', earlier);
    if (run.files.patterns.length > 0)
        reader.misuse('files', earlier);
    if (reader.text('env') !== '')
        reader.misuse('env', earlier);
    if (run.collect.length > 0) {
        reader.misuse('collect', `cannot be used with ${id}: the files of the earlier command come back by themselves`);
    }
    if (!run.wait)
        reader.misuse('wait', `cannot be false with ${id}, which waits for an earlier command`);
    if (run.dryRun)
        reader.misuse('dry-run', `cannot be true with ${id}, which runs nothing`);
}

;// CONCATENATED MODULE: ./src/inputs/inputs.ts




const MAX_TIMEOUT_SECONDS = 120 * 3600;
const OUTPUT_NAME = /^[A-Za-z_][\w-]*$/;
/** Whether to write a summary. Read before the other inputs, because a summary also reports what is wrong with them. */
function wantsSummary(reader) {
    return reader.flag('summary', true);
}
/**
 * Reads and validates every input.
 *
 * @throws StepError `invalid-inputs` with all problems that the reader found.
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
    const problems = [...reader.problems, ...problemsWithConnection(reader)];
    if (problems.length > 0 || target === undefined)
        throw new failure/* StepError */.zg({ code: 'invalid-inputs', problems });
    return { ...target, ...rest };
}
/** Neither tokens nor a verdict may travel over a connection that proves nothing, or past the proxy that was asked for. */
function problemsWithConnection(reader) {
    const problem = (0,azure_proxy/* proxyProblem */.w)((name) => reader.variable(name));
    const proxy = problem === undefined ? [] : [problem];
    if (reader.variable('NODE_TLS_REJECT_UNAUTHORIZED') !== '0')
        return proxy;
    return [
        'NODE_TLS_REJECT_UNAUTHORIZED=0 turns off certificate checks. Remove it. To trust your own certificate authority, set NODE_EXTRA_CA_CERTS to the path of its certificate.',
        ...proxy,
    ];
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

// EXTERNAL MODULE: ./src/text/visible.ts
var visible = __nccwpck_require__(1573);
;// CONCATENATED MODULE: ./src/inputs/reader.ts



const EMPTY = 'If the workflow sets it, its value is empty: the variable or secret does not exist, or it belongs to an environment that the job does not use.';
/**
 * Reads inputs one by one and collects what is wrong with them, so that a user sees all mistakes at once. A value that
 * cannot be used is replaced by a valid one, and the mistake is added to the problems.
 */
class InputReader {
    /** Sentences, each with the name of its input in front. */
    problems = [];
    #host;
    #warn;
    #known = new Set();
    /** @param warn receives what deserves a warning; it shows no value that could be secret. */
    constructor(host, warn = () => undefined) {
        this.#host = host;
        this.#warn = warn;
    }
    get words() {
        return this.#host.words;
    }
    /** A variable of the caller's own environment. */
    variable(name) {
        return this.#host.variable(name);
    }
    /** What a sentence calls an input. */
    called(name) {
        return this.words.input(name);
    }
    /** Adds a problem: a sentence about the input. It must not show a secret value. */
    problem(name, sentence) {
        this.problems.push(`${this.called(name)}: ${ended(sentence)}`);
    }
    /** Adds a problem: a sentence whose subject is the input. */
    misuse(name, predicate) {
        this.problems.push(`${this.called(name)} ${ended(predicate)}`);
    }
    /** Adds that a required input is missing. In a workflow, an input that is given but empty looks the same. */
    missing(name, predicate) {
        this.misuse(name, this.words.place === 'workflow' ? `${predicate}. ${EMPTY}` : predicate);
    }
    /** Adds that a value is invalid, what is allowed (it follows "Use"), and what was probably meant: a sentence. */
    invalid(name, given, allowed, meant) {
        const sentences = [`${(0,visible/* visible */.RK)(JSON.stringify(given))} is invalid. Use ${allowed}.`, meant];
        this.problem(name, sentences.filter(Boolean).join(' '));
    }
    /** Warns about an input that can be used. */
    warn(name, sentence) {
        this.#warn(`${this.called(name)}: ${ended(sentence)}`);
    }
    /** Warns about each input that was given and that nothing has read until now. */
    warnOfUnknown() {
        for (const name of this.#host.inputNames ?? []) {
            if (this.#known.has(name))
                continue;
            const advice = meantByUnknown(name, [...this.#known]) ?? '';
            this.#warn(`The action has no input ${JSON.stringify(name)}, so its value is ignored. ${advice}`.trimEnd());
        }
    }
    untrimmed(name) {
        this.#known.add(name);
        return this.#host.input(name);
    }
    text(name) {
        return this.untrimmed(name).trim();
    }
    /** The text, which must match the pattern unless it is empty. */
    matching(name, pattern, allowed, meant) {
        const given = this.text(name);
        if (given !== '' && !pattern.test(given))
            this.invalid(name, given, allowed, meant(given));
        return given;
    }
    choice(name, allowed, fallback) {
        const given = this.text(name);
        const match = allowed.find((one) => one === given);
        if (match === undefined && given !== '')
            this.invalid(name, given, anyOf(allowed), meantChoice(given, allowed));
        return match ?? fallback;
    }
    /** A boolean of YAML 1.2, as `@actions/core` reads it. */
    flag(name, fallback) {
        const given = this.text(name);
        if (['true', 'True', 'TRUE'].includes(given))
            return true;
        if (['false', 'False', 'FALSE'].includes(given))
            return false;
        if (given !== '')
            this.invalid(name, given, 'true or false', meantFlag(given));
        return fallback;
    }
    /** Whole seconds, from 1 to `most`. */
    duration(name, fallback, most) {
        const given = this.text(name) || fallback;
        const seconds = (0,duration/* parseDuration */.E)(given) ?? 0;
        if (seconds >= 1 && seconds <= most)
            return seconds;
        const allowed = `a duration such as 90s, 15m, or 1h30m, from 1s to ${most / 3600}h`;
        this.invalid(name, given, allowed, meantDuration(given));
        return 1;
    }
    /** A whole number from 0 to `most`. */
    count(name, fallback, most) {
        const given = this.text(name) || String(fallback);
        if (/^\d{1,4}$/.test(given) && Number(given) <= most)
            return Number(given);
        this.invalid(name, given, `a whole number from 0 to ${most}`);
        return fallback;
    }
    /** Items between commas and line breaks. */
    list(name) {
        return itemsOf(this.untrimmed(name), /[\n,]/);
    }
    /** Lines without blank ones and comments. */
    lines(name) {
        return itemsOf(this.untrimmed(name), '\n').filter((line) => !line.startsWith('#'));
    }
}
function itemsOf(text, separator) {
    const items = text.split(separator).map((item) => item.trim());
    return items.filter((item) => item !== '');
}
function anyOf(allowed) {
    const named = allowed.filter((text) => text !== '');
    return `${named.slice(0, -1).join(', ')}${named.length > 2 ? ',' : ''} or ${named.slice(-1).join('')}`;
}
function ended(sentence) {
    return /[.?!]$/.test(sentence) ? sentence : `${sentence}.`;
}

;// CONCATENATED MODULE: ./src/lifecycle/clock.ts
/**
 * How far the runner's clock may be behind Azure's and still be the right one. If Azure really were further ahead, it would
 * reject GitHub's ID tokens, which live this long, so then the runner's clock must be the wrong one.
 */
const MAX_AHEAD_MS = 300_000;
/** Starts with the runner's clock. */
function serviceTime(clock) {
    // Offsets from the monotonic clock, because the runner's own clock may be set during the step.
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
/**
 * Awaits a promise, but no longer than `graceMs` after a cancel.
 *
 * @returns undefined if the cancel came first. The promise is then ignored, and so is its rejection.
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
var retry = __nccwpck_require__(5130);
;// CONCATENATED MODULE: ./src/lifecycle/cluster.ts




/**
 * Signs in and reads the cluster. Undefined if the identity may not read it, which is no failure.
 *
 * @throws StepError if the cluster cannot be read, is stopped, or has run command disabled.
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

;// CONCATENATED MODULE: ./src/lifecycle/keep-collected.ts

const NONE = { folder: '', files: [], leftOut: [], leftOutMore: 0, unheld: [], unmatched: [] };
/**
 * Takes the files out of what the pod sent and writes them to disk. Undefined if there is nothing to report.
 *
 * @param asked whether this run asked for files. Whoever follows an earlier command cannot know.
 */
async function keepCollected(report, { asked, ifNoFilesCollected }, collector) {
    if (report.kind !== 'ran')
        return undefined;
    const { bundle } = report;
    if (bundle === undefined)
        return asked ? { ...NONE, problem: { kind: 'lost' } } : undefined;
    if (bundle.kind !== 'files')
        return { ...NONE, problem: bundle };
    const { files, leftOut, leftOutMore } = bundle;
    const unmatched = ifNoFilesCollected === 'ignore' ? [] : bundle.unmatched;
    const fails = ifNoFilesCollected === 'error' && unmatched.length > 0;
    const collected = {
        ...NONE,
        leftOut,
        leftOutMore,
        ...(fails ? { problem: { kind: 'no-match', patterns: unmatched } } : { unmatched }),
    };
    if (files.length === 0)
        return collected;
    try {
        const { folder, unheld } = await collector.keep(files);
        const held = files.filter(({ name }) => !unheld.includes(name));
        return {
            ...collected,
            folder,
            unheld,
            files: held.map(({ name, content }) => ({ path: name, bytes: content.length })),
        };
    }
    catch (error) {
        return { ...collected, problem: { kind: 'unwritable', detail: (0,failure/* messageOf */.bD)(error) } };
    }
}

// EXTERNAL MODULE: ./src/lifecycle/ending.ts
var lifecycle_ending = __nccwpck_require__(5841);
// EXTERNAL MODULE: ./src/azure/answer.ts
var azure_answer = __nccwpck_require__(6793);
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
/** The next look waits for this share of the time that has passed. */
const GROWTH = 0.3;
const YOUNG_UNTIL_MS = 60_000;
const YOUNG_MAX_MS = 2_000;
const MIDDLE_UNTIL_MS = 15 * 60_000;
const MIDDLE_MS = 4_000;
const MAX_MS = 10_000;
/**
 * Milliseconds until the next look at a command that has been followed for so long: often at first, then every 2 s for a
 * minute, every 4 s up to a quarter of an hour, and every 10 s after that. All jobs of a subscription and region share a
 * bucket of 60 requests that refills at 1 per second; three jobs at once never empty it.
 */
function pollDelay(elapsedMs) {
    if (elapsedMs >= MIDDLE_UNTIL_MS)
        return MAX_MS;
    if (elapsedMs >= YOUNG_UNTIL_MS)
        return MIDDLE_MS;
    return Math.min(FIRST_MS + elapsedMs * GROWTH, YOUNG_MAX_MS);
}
/**
 * The same after that bucket was found empty. An early look would take a request from another job, and so would many looks
 * at a long command. The delay is random, because jobs that were let through together would come back together.
 */
function crowdedPollDelay(elapsedMs, random) {
    return Math.max(pollDelay(elapsedMs), 1_000 + random() * 3_000, Math.min(elapsedMs / 20, MAX_MS));
}

;// CONCATENATED MODULE: ./src/lifecycle/follow.ts







const HEARTBEAT_MS = 60_000;
/** An answer that is no refusal can delay the next look by this much at most. */
const MAX_TOLD_MS = 60_000;
/**
 * Polls a command until it ended or there is no point in waiting any longer. Throttling, a 5xx, a broken connection, and a
 * body that cannot be read mean to ask again.
 */
async function follow(id, patience, ports) {
    const { azure, clock, log, cancelled, serviceTime } = ports;
    const begin = clock.monotonic();
    const pace = paceOfLooks(patience.crowded ?? false, ports);
    const look = () => (0,retry/* withFreshTokens */.HJ)(azure, log, () => azure.readResult(id));
    let course = { seen: 'nothing', deadline: begin + (patience.unseen ?? patience.unstarted) };
    let heartbeat = begin + HEARTBEAT_MS;
    let wait = pace.first;
    for (;;) {
        await clock.sleep(Math.min(wait, Math.max(0, course.deadline - clock.monotonic())), cancelled);
        const asked = clock.monotonic();
        const answer = cancelled.aborted ? undefined : await untilCancelled(look(), cancelled, clock);
        const now = clock.monotonic();
        const seconds = Math.round((now - begin) / 1000);
        if (answer === undefined)
            return { kind: 'cancelled', seen: course.seen, seconds };
        serviceTime.observe(answer);
        const status = readStatus(answer);
        const { seen: before } = course;
        course = courseAfter(status, course, { begin, asked, now }, patience);
        const { seen, missing, deadline } = course;
        if (seen !== before)
            saySeen(seen, log);
        if (status.kind === 'ended')
            return { kind: 'ended', seen, seconds, result: status };
        if (status.kind !== 'running')
            log.debug(`No result yet: ${(0,azure_answer/* describeAnswer */.O1)(answer)}`);
        if (missing && patience.isGone(missing.since, asked))
            return { kind: missing.because, seen, seconds, answer };
        if (now >= deadline)
            return { kind: 'time-over', seen, seconds, answer };
        if (now >= heartbeat) {
            heartbeat = now + HEARTBEAT_MS;
            sayStill(seen, (now - begin) / 1000, log);
        }
        wait = pace.after(answer, status, now - begin);
    }
}
function courseAfter(status, { seen, deadline, missing }, { begin, asked, now }, { unstarted, started }) {
    if (isMissing(status)) {
        const { kind } = status;
        return { seen, deadline, missing: missing?.because === kind ? missing : { because: kind, since: asked } };
    }
    if (status.kind !== 'running' || seen === 'started')
        return { seen, deadline };
    if (status.startedAt === undefined)
        return { seen: 'accepted', deadline: begin + unstarted };
    return { seen: 'started', deadline: started === undefined ? begin + unstarted : now + started };
}
function saySeen(seen, log) {
    if (seen === 'started')
        log.progress('running', (0,ours/* ours */.O) `The command is running.`);
    else
        log.progress('submitted', (0,ours/* ours */.O) `Waiting for the pod to start.`);
}
function sayStill(seen, seconds, log) {
    const what = seen === 'started' ? (0,ours/* ours */.O) `running` : (0,ours/* ours */.O) `waiting`;
    log.progress(seen === 'started' ? 'running' : 'submitted', (0,ours/* ours */.O) `Still ${what} after ${(0,duration/* formatDuration */.a)(seconds)}.`);
}
/** When to look: as the schedule says, and less often once a look or the submission was throttled. */
function paceOfLooks(startsCrowded, { random }) {
    let crowded = startsCrowded;
    /** Throttled looks in a row. */
    let throttled = 0;
    const next = (elapsed) => (crowded ? crowdedPollDelay(elapsed, random) : pollDelay(elapsed));
    return {
        first: next(0),
        after(answer, { kind }, elapsed) {
            const wait = Math.max(next(elapsed), Math.min((0,retry/* toldDelay */.$U)(answer) ?? 0, MAX_TOLD_MS));
            if (kind === 'running')
                throttled = 0;
            if (kind !== 'throttled')
                return wait;
            crowded = true;
            return Math.max(wait, (0,retry/* throttleDelay */.Ut)(answer, throttled++, random));
        },
    };
}
function isMissing(status) {
    return status.kind === 'denied' || status.kind === 'forbidden' || status.kind === 'refused';
}
function readStatus(answer) {
    if (answer.kind === 'unanswered')
        return { kind: 'unreadable' };
    const { status } = answer;
    if (status === 200 || status === 202)
        return readCommandStatus(answer);
    if (status === 429)
        return { kind: 'throttled' };
    // With new tokens, too. As long as the tokens may be at fault, a 401 says nothing of the command.
    if (status === 401)
        return { kind: 'unreadable' };
    // Only ARM's own 403 has a code. Any other is a gateway's, which knows nothing of the identity's permissions.
    if (status === 403)
        return { kind: (0,azure_answer/* serviceError */.cg)(answer.body).code === '' ? 'unreadable' : 'forbidden' };
    if (deniesCommand(answer))
        return { kind: 'denied' };
    return status >= 400 && !(0,azure_answer/* isTransient */.dg)(answer) ? { kind: 'refused' } : { kind: 'unreadable' };
}

;// CONCATENATED MODULE: ./src/lifecycle/start-by.ts
/** Whole seconds since the epoch as a time of day: `12:01:30 UTC`. */
function clockTime(seconds) {
    return `${new Date(seconds * 1000).toISOString().slice(11, 19)} UTC`;
}
/** The clocks of the cluster's nodes and of ARM may differ by this much. */
const MARGIN_MS = 5_000;
/** How much longer to wait for both clocks to agree. They disagree after an answer with a date that is far off. */
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
 * Whether the command could no longer start at this reading of {@link Clock.monotonic}, with a margin that makes another
 * submission safe. Both clocks must agree: an answer dated ahead moves Azure's clock, and the command would be submitted
 * again while its pod may still start.
 */
function startIsOver(startBy, at, serviceTime) {
    return hasPassed(startBy, at - MARGIN_MS, serviceTime);
}
/** The same without the margin: enough to believe a pod that says so, but not to submit again. */
function hasPassed(startBy, at, serviceTime) {
    const byOwnClock = at >= startBy.writtenAt + startBy.startTimeout;
    return byOwnClock && serviceTime.atLeast(at) >= startBy.seconds * 1000;
}
/** Waits until a command can no longer start. False if a cancel came first or the clocks never agree. */
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
var azure_submission = __nccwpck_require__(8259);
;// CONCATENATED MODULE: ./src/lifecycle/submit.ts







const CANCEL_GRACE_MS = 1_500;
/**
 * Posts until an answer says something about the command other than "not processed".
 *
 * @throws whatever nobody expects, if nothing was submitted.
 */
async function submit_submit(order, ports) {
    const { azure, clock, log, cancelled } = ports;
    const tries = (0,retry/* countTries */.zh)(ports);
    let { needsClusterToken } = order;
    let renewed = false;
    for (;;) {
        log.progress('submitting');
        const posted = await post(order, needsClusterToken, ports);
        if ('kind' in posted)
            return posted;
        const { answer } = posted;
        const submission = (0,azure_submission/* readSubmission */.V)(answer);
        const refused = { kind: 'not-started', failure: { code: 'submission-refused', answer } };
        switch (submission.kind) {
            case 'refused':
                return refused;
            case 'token-rejected':
                if (renewed)
                    return refused;
                (0,retry/* renewTokens */.yW)(azure, log);
                break;
            case 'cluster-token-required':
                if (needsClusterToken)
                    return refused;
                log.say((0,ours/* ours */.O) `The cluster uses Entra. Requesting a token for it.`);
                needsClusterToken = true;
                break;
            case 'try-again': {
                const wait = tries.pauseAfter(answer);
                if (wait === undefined)
                    return refused;
                const pause = (0,duration/* formatDuration */.a)(Math.ceil(wait / 1000));
                log.say((0,ours/* ours */.O) `Azure didn't accept the command (${REASONS[submission.because]}). Retrying in ${pause}.`);
                await clock.sleep(wait, cancelled);
                break;
            }
            default: {
                const { kind: as, ...known } = submission;
                return { kind: 'submitted', as, ...known, ...posted, needsClusterToken, crowded: tries.wasThrottled() };
            }
        }
        renewed = submission.kind === 'token-rejected';
    }
}
const REASONS = {
    throttled: (0,ours/* ours */.O) `throttled`,
    unreachable: (0,ours/* ours */.O) `Azure could not be reached`,
    conflict: (0,ours/* ours */.O) `another operation is in progress on the cluster`,
};
/** Posts once. A cancel before that submits nothing; during it, it leaves an answer little time. */
async function post(order, needsClusterToken, { azure, clock, cancelled, serviceTime }) {
    // Before the start-by time is set and before the last look for a cancel, because tokens may take their time.
    const tokens = await untilCancelled(signIn(needsClusterToken, azure), cancelled, clock);
    if (tokens === undefined || cancelled.aborted)
        return { kind: 'not-started', failure: { code: 'cancelled' } };
    if ('kind' in tokens)
        return tokens;
    const startBy = startByNow(order.startTimeout, clock, serviceTime);
    const { body, boundary } = order.write(startBy.seconds);
    try {
        const sent = azure.runCommand({ ...body, ...tokens });
        const answer = await untilCancelled(sent, cancelled, clock, CANCEL_GRACE_MS);
        if (answer === undefined) {
            return { kind: 'unknown', failure: { code: 'cancelled', mayStartUntil: startBy.seconds } };
        }
        serviceTime.observe(answer);
        return { answer, startBy, boundary };
    }
    catch (error) {
        return { kind: 'unknown', failure: (0,failure/* failureOf */.g5)(error) };
    }
}
/** The tokens for a submission. If there are none, nothing was submitted. */
async function signIn(needsClusterToken, azure) {
    try {
        await azure.signIn();
        return needsClusterToken ? { clusterToken: await azure.clusterToken() } : {};
    }
    catch (error) {
        if (error instanceof failure/* StepError */.zg)
            return { kind: 'not-started', failure: error.failure };
        throw error;
    }
}

;// CONCATENATED MODULE: ./src/lifecycle/run.ts







/** The pod ends a command at its timeout. If it cannot, waiting ends this much later. */
const TIMEOUT_GRACE_MS = 60_000;
const MISSING_MS = 30_000;
/** How long to look for a command whose id is only a guess. */
const GUESS_MS = 15_000;
/** A single denial among failures of the service may be a failure itself. */
const DENIED_MS = 5_000;
/**
 * Submits a command and follows it to its end.
 *
 * It is submitted again only if an answer proves that the earlier submission did not run, or if its start-by time has passed
 * and either AKS does not have it or its pod refused to run it.
 *
 * @throws whatever nobody expects, if nothing was submitted.
 */
async function runCommand(order, ports) {
    const { log, cancelled, clock, serviceTime } = ports;
    let { needsClusterToken } = order;
    for (let submissions = 1;; submissions++) {
        const submitted = await submit_submit({ ...order, needsClusterToken }, ports);
        if (submitted.kind !== 'submitted')
            return submitted;
        const ending = await followSubmitted(submitted, order, ports).catch((error) => unknown((0,failure/* failureOf */.g5)(error), submitted.id));
        if (ending.kind !== 'did-not-start')
            return ending;
        const { id, refused } = ending;
        const { startBy, answer } = submitted;
        const isOver = await untilStartIsOver(startBy, ports);
        if (!isOver && refused && !hasPassed(startBy, clock.monotonic(), serviceTime)) {
            return unknown({ code: cancelled.aborted ? 'cancelled' : 'pod-refused' }, id);
        }
        if (cancelled.aborted)
            return { kind: 'not-started', failure: { code: 'cancelled' }, id };
        if (!isOver || submissions > order.startRetries) {
            const told = submitted.as === 'did-not-start' ? { answer } : {};
            return { kind: 'not-started', failure: { code: 'did-not-start', submissions, ...told }, id };
        }
        log.say((0,ours/* ours */.O) `Command ${id} did not start and no longer can. Resubmitting it, retry ${submissions} of ${order.startRetries}.`);
        ({ needsClusterToken } = submitted);
    }
}
/**
 * Follows a command that was submitted earlier, by this action or by anyone, for `timeout` seconds.
 *
 * @throws StepError if nobody can be signed in.
 */
async function followCommand(id, timeout, ports) {
    ports.tellId(id);
    const signedIn = ports.azure.signIn().then(() => true);
    if (!(await untilCancelled(signedIn, ports.cancelled, ports.clock))) {
        return { kind: 'running', failure: { code: 'cancelled', unstarted: true }, id };
    }
    const followed = await follow(id, { unstarted: timeout * 1000, isGone: isGoneForLong }, ports);
    // Whoever submitted it wrote its log, so a log that says that the command did not run proves nothing.
    return (await (0,lifecycle_ending/* readEnding */.O)(id, followed)) ?? unknown({ code: 'pod-refused' }, id);
}
async function followSubmitted(submitted, order, ports) {
    const { as, id, answer, startBy, boundary } = submitted;
    if (id !== undefined)
        ports.tellId(id);
    if (as === 'unclear' || id === undefined)
        return lookForProof(submitted, order, ports);
    saySubmitted(id, submitted, ports);
    if (as === 'accepted' && !order.wait && !ports.cancelled.aborted) {
        return { kind: 'running', failure: { code: 'not-waited' }, id };
    }
    const followed = await follow(id, patienceWith(submitted, order, ports), ports);
    const mayStart = mayStartUntil(startBy, ports);
    if (as === 'did-not-start' && followed.kind !== 'ended' && followed.seen === 'nothing') {
        // AKS says twice, and nothing else, that the pod did not start: it gave the pod up, and it has no such command. Once it
        // has shown the command, its denial is no proof.
        if (followed.kind === 'denied')
            return { kind: 'did-not-start', id, refused: false };
        // AKS gave the pod up and says nothing better. It may have started before its start-by time.
        const cancelled = { code: 'cancelled', ...mayStart };
        return unknown(followed.kind === 'cancelled' ? cancelled : { code: 'start-unclear', answer, ...mayStart }, id);
    }
    const ending = await (0,lifecycle_ending/* readEnding */.O)(id, followed, { boundary, mayStart });
    return ending ?? { kind: 'did-not-start', id, refused: true };
}
/**
 * Looks for a command after an answer that leaves its state open. Its id was named in passing or is a guess, so it may be
 * another command's: only a result whose log has this submission's whole frame counts. Without one, nothing is learned, not
 * even from a 404.
 */
async function lookForProof(submitted, order, ports) {
    const { as, id, candidate, answer, startBy, boundary } = submitted;
    const open = unknown({ code: as === 'unclear' ? 'submission-unclear' : 'start-unclear', answer }, id);
    const sought = id ?? candidate;
    if (sought === undefined || !order.wait)
        return open;
    ports.log.say((0,ours/* ours */.O) `Azure's answer leaves open whether the command runs. Looking for command ${sought}.`);
    const followed = await follow(sought, patienceWith(submitted, order, ports), ports);
    const mayStart = mayStartUntil(startBy, ports);
    if (followed.kind === 'cancelled')
        return unknown({ code: 'cancelled', ...mayStart }, id);
    const ending = await (0,lifecycle_ending/* readEnding */.O)(sought, followed, { boundary, mayStart });
    if (ending?.kind !== 'ended' || !(0,lifecycle_ending/* isFramed */.K)(ending.report))
        return open;
    ports.tellId(sought);
    return ending;
}
function mayStartUntil(startBy, { clock, serviceTime }) {
    return hasPassed(startBy, clock.monotonic(), serviceTime) ? {} : { mayStartUntil: startBy.seconds };
}
function unknown(failure, id) {
    return { kind: 'unknown', failure, ...(id !== undefined && { id }) };
}
/** The id, and how to watch what AKS does not show before the command ends. */
function saySubmitted(id, { as, startBy }, { log }) {
    if (as === 'did-not-start') {
        const until = clockTime(startBy.seconds);
        log.say((0,ours/* ours */.O) `AKS stopped waiting for the pod of command ${id}. It may still start until ${until}. Still waiting for it.`);
        return;
    }
    log.progress('submitted');
    log.say((0,ours/* ours */.O) `AKS accepted command ${id}.`);
    log.say((0,ours/* ours */.O) `AKS shows its output only when it ends. To watch it from a machine that reaches the cluster:`);
    log.show(`  kubectl logs --follow --namespace aks-command command-${id}`);
}
function patienceWith({ as, id, startBy, crowded }, order, ports) {
    const { serviceTime } = ports;
    const grace = order.timeout * 1000 + TIMEOUT_GRACE_MS;
    const isDenied = (since, asked) => asked >= since + DENIED_MS && serviceTime.isKnown() && startIsOver(startBy, asked, serviceTime);
    return {
        ...(id === undefined && { unseen: GUESS_MS }),
        unstarted: order.startTimeout * 1000 + grace,
        started: order.wait ? grace : 0,
        crowded,
        isGone: as === 'accepted' || id === undefined ? isGoneForLong : isDenied,
    };
}
function isGoneForLong(since, asked) {
    return asked >= since + MISSING_MS;
}

// EXTERNAL MODULE: ./src/files/notice.ts
var files_notice = __nccwpck_require__(1399);
;// CONCATENATED MODULE: ./src/files/gather.ts


/**
 * The files that the patterns take.
 *
 * @param warn told of each pattern that took nothing, where that is to be warned about, and of what else is worth it.
 * @throws StepError `files`, where a pattern took nothing and that is an error, and as {@link Workspace} says.
 */
async function gather(request, workspace, warn) {
    const { files, unmatched, advice, notices } = await workspace.select(request);
    if (unmatched.length > 0 && request.ifNoFilesFound === 'error') {
        throw new failure/* StepError */.zg({ code: 'files', problem: { kind: 'no-match', patterns: unmatched, advice } });
    }
    if (request.ifNoFilesFound === 'warn') {
        for (const pattern of unmatched)
            warn(`No files were found for ${JSON.stringify(pattern)}.`);
        for (const hint of advice.hints)
            warn(hint);
    }
    for (const notice of notices)
        warn((0,files_notice/* describeNotice */.S)(notice));
    return files;
}

// EXTERNAL MODULE: ./src/files/request.ts
var request = __nccwpck_require__(8218);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __nccwpck_require__(8522);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __nccwpck_require__(7975);
// EXTERNAL MODULE: ./node_modules/adm-zip/adm-zip.js
var adm_zip = __nccwpck_require__(1316);
var adm_zip_default = /*#__PURE__*/__nccwpck_require__.n(adm_zip);
;// CONCATENATED MODULE: ./src/files/archive.ts



/** The format's methods. */
const STORED = 0;
const DEFLATED = 8;
const REGULAR_FILE = 0o100000;
/** "Version made by": Unix, so that modes are read, and 2.0 of the format, on every runner. */
const MADE_BY_UNIX = 0x0314;
/** The format's first day: a stamp of "now" would make every zip differ. */
const STAMP = new Date(1980, 0, 1);
const NOTHING = Buffer.alloc(0);
/** Deflates files into a zip. The same files give the same bytes, in whatever order they come. */
async function zip(files) {
    const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
    const deflated = await deflateAll(sorted);
    const archive = new (adm_zip_default())(undefined, { noSort: true });
    for (const [index, file] of sorted.entries()) {
        const { path, mode, content } = file;
        const { data, crc } = deflated.get(file) ?? stored(content);
        const entry = archive.addFile(String(index), NOTHING);
        // Not through `addFile`, which takes a backslash in a name for a separator: `a\b` would overwrite `a/b`.
        entry.entryName = path;
        entry.header.method = data === content ? STORED : DEFLATED;
        entry.header.time = STAMP;
        entry.header.made = MADE_BY_UNIX;
        entry.attr = ((REGULAR_FILE | mode) << 16) >>> 0;
        entry.header.crc = crc;
        entry.header.size = content.length;
        entry.header.compressedSize = data.length;
        // In place of its own, which deflates one file after the other, while nothing else happens.
        entry.getCompressedData = () => data;
    }
    return archive.toBuffer();
}
/**
 * The archive with other content in one of its files, which is not compressed; the others keep their bytes, compressed ones
 * included.
 *
 * @throws RangeError where the archive has no such file
 */
function withContent(archive, { path, content }) {
    const copy = new (adm_zip_default())(archive, { noSort: true });
    const entry = copy.getEntry(path);
    if (entry === null)
        throw new RangeError(`The archive has no file ${path}`);
    entry.setData(content);
    entry.header.method = STORED;
    return copy.toBuffer();
}
/** From this size on a file is deflated beside the main thread. A smaller one is deflated sooner than handed over. */
const LARGE_BYTES = 64 * 1024;
/** So many at once: as many threads as Node has for that. */
const LARGE_AT_ONCE = 4;
/** After so many bytes of small files whatever else is due has its turn: the requests of the sign-in. */
const SLICE_BYTES = 512 * 1024;
/** A gzip without a name (RFC 1952): ten bytes, what `deflateRaw` gives, the CRC-32 and the length. */
function unwrapped(gzipped) {
    return { data: gzipped.subarray(10, -8), crc: gzipped.readUInt32LE(gzipped.length - 8) };
}
/** Node has no CRC-32 of its own before 20.15. */
function stored(content) {
    return { data: content, crc: unwrapped((0,external_node_zlib_.gzipSync)(content, { level: 0 })).crc };
}
async function deflateAll(files) {
    const deflated = new Map();
    const toDeflate = files.filter(({ content, stored }) => content.length > 0 && !stored);
    const isLarge = ({ content }) => content.length >= LARGE_BYTES;
    const large = toDeflate.filter(isLarge).values();
    const deflateLarge = async () => {
        for (const file of large)
            deflated.set(file, unwrapped(await inPool(file.content, optionsFor(file.content))));
    };
    const deflateSmall = async () => {
        let slice = 0;
        for (const file of toDeflate) {
            if (isLarge(file))
                continue;
            deflated.set(file, unwrapped(Buffer.from((0,external_node_zlib_.gzipSync)(file.content, optionsFor(file.content)))));
            slice += file.content.length;
            if (slice < SLICE_BYTES)
                continue;
            slice = 0;
            await new Promise(setImmediate);
        }
    };
    await Promise.all([...Array.from({ length: LARGE_AT_ONCE }, deflateLarge), deflateSmall()]);
    return deflated;
}
const inPool = (0,external_node_util_.promisify)(external_node_zlib_.gzip);
const SMALL_WINDOW = 14;
/** A window no larger than the content, and one piece of output, which is hardly ever longer than the content. */
function optionsFor({ length }) {
    return {
        chunkSize: length + 1024,
        ...(length <= 2 ** SMALL_WINDOW && { windowBits: SMALL_WINDOW, memLevel: 6 }),
    };
}

// EXTERNAL MODULE: ./src/files/contents.ts
var contents = __nccwpck_require__(1525);
;// CONCATENATED MODULE: ./src/files/shipment.ts



/** "The request content size exceeds the maximum size of 4 MB." */
const MAX_BODY_BYTES = 4 * 1024 * 1024;
/** Room for what is not known yet while packing: the command line with the run's facts, and the cluster token. */
const ROOM_FOR_THE_REST = 32 * 1024;
/**
 * Packs the user's files with the action's own.
 *
 * @throws StepError `too-large` where the request would be over ARM's limit.
 */
async function pack(userFiles, actionFiles) {
    const archive = await zip([...userFiles, ...actionFiles]);
    const files = userFiles.map(({ path, content }) => ({ path, bytes: content.length }));
    const bytes = (0,contents/* base64Length */.w)(archive.length) + ROOM_FOR_THE_REST;
    if (bytes > MAX_BODY_BYTES) {
        throw new failure/* StepError */.zg({ code: 'too-large', packed: true, bytes, limit: MAX_BODY_BYTES, biggest: (0,contents/* biggestOf */.l)(files) });
    }
    return {
        files,
        zipBytes: archive.length,
        contextWith(drawn) {
            const isPacked = actionFiles.some(({ path, content }) => path === drawn.path && content.equals(drawn.content));
            return (isPacked ? archive : withContent(archive, drawn)).toString('base64');
        },
    };
}

// EXTERNAL MODULE: ./src/pod/boundary.ts
var pod_boundary = __nccwpck_require__(7149);
// EXTERNAL MODULE: ./src/pod/shell.ts
var pod_shell = __nccwpck_require__(2729);
;// CONCATENATED MODULE: ./src/pod/package.ts






/**
 * Packs the user's files with the action's own.
 *
 * @param warn called with everything about the files that is worth a warning
 * @throws StepError `files` or `too-large`
 */
async function packShipment(cargo, { workspace, randomHex, ...scripts }, warn) {
    const files = await gather(cargo.files, workspace, warn);
    const drawBoundary = () => (0,pod_boundary/* boundaryOf */.iH)(randomHex(16));
    // The first one is packed with the files: to exchange it costs as much as zipping once more.
    let next = drawBoundary();
    const packed = await pack(files, [...podFiles(cargo, scripts), (0,pod_boundary/* boundaryFile */.jd)(next)]);
    return {
        files: packed.files,
        zipBytes: packed.zipBytes,
        address(armed) {
            const boundary = next ?? drawBoundary();
            next = undefined;
            const context = packed.contextWith((0,pod_boundary/* boundaryFile */.jd)(boundary));
            return { body: { command: armCommand({ ...armed, hash: (0,pod_boundary/* hashOf */.qQ)(boundary) }), context }, boundary };
        },
    };
}
/**
 * The `command` of ARM's runCommand. It contains everything that differs between two runs with the same inputs except the
 * boundary, which only the script may read, and no value of `env` and nothing of the user's command.
 */
function armCommand({ hash, startBy, timeout, shell, facts }) {
    const given = [...CALLER_NAMES, ...FACT_NAMES].flatMap((name) => facts[name] === undefined ? [] : [`${name}=${facts[name]}`]);
    const words = [`${request/* ACTION_FOLDER */._}/run.sh`, hash, String(startBy), String(timeout), shell, ...given];
    // AKS says nothing about the pod's PATH; POSIX systems have sh here.
    return ['/bin/sh', ...words.map(pod_shell/* quote */.h)].join(' ');
}
/** The action's own files in the zip, except the boundary, which is drawn for each submission. */
function podFiles({ command, env, collect }, { podScript, collectScript }) {
    const file = (name, mode, text) => ({
        path: `${request/* ACTION_FOLDER */._}/${name}`,
        mode,
        content: Buffer.from(text),
    });
    const patterns = collect.map((pattern) => `${pattern}\n`).join('');
    return [
        file('run.sh', 0o644, podScript),
        file('command.sh', 0o644, command),
        // Without variables, too: if the file is missing, the script knows that something went wrong.
        file('env.sh', 0o600, env.map(assignment).join('')),
        ...(collect.length === 0 ? [] : [file('collect.sh', 0o644, collectScript), file('collect', 0o644, patterns)]),
    ];
}
/** Always quoted: a shell expands more in an assignment, for example a tilde. */
function assignment({ name, value }) {
    return `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`;
}

// EXTERNAL MODULE: ./src/verdict.ts
var src_verdict = __nccwpck_require__(3138);
// EXTERNAL MODULE: ./src/hosts/words.ts
var hosts_words = __nccwpck_require__(2266);
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
const STOP = lines('To stop {pod?}, on a machine that reaches the cluster (AKS Automatic refuses this):', '$ kubectl delete pod {pod?} --namespace aks-command');
const OTHER_LOGIN = lines('[workflow] | permissions:', '[workflow] |   id-token: write', '[workflow] |   contents: read', '[workflow] ', '[workflow] | with:', '[workflow] |   client-id: ${{ vars.AZURE_CLIENT_ID }}', '[workflow] |   tenant-id: ${{ vars.AZURE_TENANT_ID }}', '[prompt] $ az login');
const SMALLER = lines('Send less. Exclude files that the command does not need:', '[workflow] | with:', '[workflow] |   files: |', '[workflow] |     manifests/', '[workflow] |     !manifests/**/*.tgz', "[prompt] $ aks-run-command --files manifests --files '!manifests/**/*.tgz'", 'Or split the work into several commands, render the manifests first (helm template, kubectl kustomize), push charts to an OCI registry that the cluster reaches, or have a Kubernetes Job fetch large files.');
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
const TEN_MINUTES = '{tenMinutes?}Some users report that AKS ends commands after about ten minutes; Microsoft documents no such limit. For longer work, let the command create a Kubernetes Job, which runs on its own, and check on it later.';
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
        read: ({ seconds, answer }) => ({
            values: { duration: (0,duration/* formatDuration */.a)(seconds) },
            words: answer ? wordsOf(answer) : '',
        }),
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
        move: lines(TEN_MINUTES, LOOK),
        read: ({ reason, afterTenMinutes }) => ({
            signs: { service: 'aks', text: reason },
            values: { tenMinutes: afterTenMinutes && '' },
            words: reason,
        }),
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
    { mark: '$ ', indent: '  ', write: (value) => (0,pod_shell/* quote */.h)((0,visible/* visible */.RK)(value)) },
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
        return [{ name, value: (0,pod_shell/* quote */.h)(value) }];
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
    'no-tool': {
        section: 'no-tool',
        sentence: 'The pod has no {tool}, which {noun:action} needs to run a command.',
        move: 'The AKS image has coreutils. If your cluster replaces that image, add coreutils to yours.',
        read: ({ tool }) => ({ values: { tool: tool === 'disk' ? 'folder to write to' : tool } }),
    },
    'no-variables': {
        section: 'no-variables',
        sentence: 'The pod could not read the variables of {input:env}, so the command did not run.',
        move: 'Run it again. If it keeps failing, please report this bug with the command id.',
    },
    'output-lost': {
        section: 'output-lost',
        sentence: 'The command exited, but part of its output was lost in the pod.',
        move: "Either the pod's disk was full, or the command deleted the folder .aks-run-command.* in /tmp. Leave it in place.",
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
            return `they take ${formatBytes(problem.bytes)} as sent, more than 300 KiB`;
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
                move: 'Its disk is full, or something deleted the files .aks-run-command.* in /tmp. Collect fewer files.',
            };
        case 'size':
            return { what: 'their names alone take more than 300 KiB', move: LESS };
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
        move: lines(PRESENTED, FEDERATE, '[workflow] For several branches or tags, give the job an environment, and create the credential for its subject, repo:OWNER/REPOSITORY:environment:NAME.'),
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
    const names = [...new Set(problems.map((problem) => /^[^ :]*/.exec(problem)?.[0] ?? ''))];
    return names.length > inputs_NAMED ? `${names.slice(0, inputs_NAMED).join(', ')}, …` : names.join(', ');
}

;// CONCATENATED MODULE: ./src/report/catalogue/pod-output.ts

/** A row for a line that is an error. The named groups of its words are values of the templates. */
function onLine(words, text, more = {}) {
    return { ...text, match: { ...more, service: 'output', words } };
}
/** A row for an exit code, if the output says nothing better. */
function onExit(exitCode, sentence, move) {
    return { section: `exit-code-${exitCode}`, sentence, move, match: { service: 'exit', exitCode } };
}
/** A resource is a name of Kubernetes: what else a line holds in its place may be a sentence that a pod made up. */
const DENIED = String.raw `cannot (?<verb>[a-z]{1,20}) resource "(?<kind>[a-z][a-z0-9.-]{0,252}(?:/[a-z]{1,63})?)"(?:.*in the namespace "(?<namespace>[a-z0-9-]{1,63})")?`;
const SEND_IT = lines('{nothingSent?}No files were sent.', 'Did you mean {near?}? The command refers to files by their path below {input:working-directory}.', '{kept?}az aks command invoke puts all files into one folder. Here each file keeps its path.', '{sent?}It was sent. The command finds it by its path below {input:working-directory}, unless it changes the folder with cd.', '{missing?}Add it to {input:files}, and use its path below {input:working-directory} in the command:', '@ files: {unsent?}');
const NO_EGRESS = lines('Pods in a private cluster often cannot reach the internet. Download it on {noun:runner} first and send it with {input:files}, or push the chart to an OCI registry that the cluster reaches:', '$ helm pull CHART --untar', '$ kubectl kustomize URL > rendered.yaml');
const CREATE_NAMESPACE = lines('$ kubectl create namespace {namespace} --dry-run=client --output yaml | kubectl apply --filename -', '$ helm upgrade --install RELEASE CHART --namespace {namespace} --create-namespace');
const LINE_ENDINGS = lines('Its first line may end in a carriage return, as on Windows, or name an interpreter that the pod does not have. To fix the line endings:', "$ echo '*.sh text eol=lf' >> .gitattributes");
const AZURE_ROLE = lines('Grant a role of Azure RBAC for Kubernetes that has this permission: Reader, Writer, or Admin for a namespace, Cluster Admin for kinds without one.', '$ az role assignment create --assignee {principal} --role {kubernetesRole} --scope {kubernetesScope}');
const DOCUMENTED_PROGRAMS = "Of the programs in AKS's image, Microsoft documents only kubectl, helm, jq, xargs, grep, and awk.";
/** What the output of a failed command says, a line that is an error at a time. The first row that fits counts. */
const POD_OUTPUT = [
    // Permissions in the cluster
    onLine(new RegExp(`is forbidden: User "[^"]*" ${DENIED}.*does not have access to the resource in Azure`), {
        section: 'azure-rbac-forbidden',
        sentence: 'The identity cannot {verb} {kind} in the cluster: Azure RBAC for Kubernetes denied it.',
        move: AZURE_ROLE,
    }),
    onLine(new RegExp(`is forbidden: User "system:serviceaccount:(?<serviceAccount>aks-command:[a-z0-9.-]{1,253})" ${DENIED}`), {
        section: 'service-account-forbidden',
        sentence: "The pod's service account cannot {verb} {kind}.",
        move: lines('Bind a role to it, for kinds in a namespace and for kinds without one:', '$ kubectl create rolebinding aks-run-command --namespace={namespace} --clusterrole={clusterRole} --serviceaccount={serviceAccount}', '$ kubectl create clusterrolebinding aks-run-command --clusterrole=CLUSTER_ROLE --serviceaccount={serviceAccount}'),
    }),
    onLine(new RegExp(`is forbidden: User "(?!system:serviceaccount:)[^"]*" ${DENIED}`), {
        section: 'kubernetes-forbidden',
        sentence: 'The identity cannot {verb} {kind} in the cluster.',
        move: lines(AZURE_ROLE, 'If the cluster uses Kubernetes RBAC instead, have a cluster admin bind a role, for kinds in a namespace or for kinds without one. The first command shows the OBJECT_ID:', '$ az ad sp show --id {principal} --query id --output tsv', '$ kubectl create rolebinding aks-run-command --namespace={namespace} --clusterrole={clusterRole} --user=OBJECT_ID', '$ kubectl create clusterrolebinding aks-run-command --clusterrole=CLUSTER_ROLE --user=OBJECT_ID'),
    }),
    onLine(/attempting to grant RBAC permissions not currently held/, {
        section: 'rbac-escalation',
        sentence: 'The identity tried to grant permissions that it does not have.',
        move: 'Kubernetes lets no one grant more than they have. Give the identity the role itself, or have a cluster admin bind it.',
    }),
    onLine(/^(?:[Ee]rror: )*You must be logged in to the server \(|^Error from server \(Unauthorized\)|Unauthorized$/, {
        section: 'kubernetes-unauthorized',
        sentence: 'The API server did not accept the credentials of the pod.',
        move: 'The pod has a kubeconfig of its own. Unset KUBECONFIG, and leave out --kubeconfig and --token. A command that runs for hours may outlive its token.',
    }),
    // What rejects a change
    onLine(/is forbidden: exceeded quota: (?<quota>[a-z0-9.-]{1,253}), requested: /, {
        section: 'namespace-quota',
        sentence: 'The resource quota {quota} of the namespace is exceeded.',
        move: lines('Request less, or have the quota raised. To see its limits and what is used:', '$ kubectl describe resourcequota {quota} --namespace {namespace}'),
    }),
    onLine(/is forbidden: violates PodSecurity "(?<level>[^"]{1,100})"/, {
        section: 'pod-security',
        sentence: 'The namespace forbids this pod: PodSecurity {level}.',
        move: 'Set the fields that the error lists, such as runAsNonRoot, or use a namespace with another level.',
    }),
    onLine(/Internal error occurred: failed calling webhook "(?<webhook>[^"]{1,253})"/, {
        section: 'webhook-unavailable',
        sentence: 'The webhook {webhook} did not answer.',
        move: lines('Kubernetes asks it before every change, and its pods may be down. To find its service:', '$ kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations'),
    }),
    onLine(/(?:ValidatingAdmissionPolicy|admission webhook) ['"](?<policy>[^'"]{1,253})['"].*denied (?:the )?request/, {
        section: 'admission-denied',
        sentence: 'The policy {policy} blocked the change.',
        move: 'The error names the rule and what it requires. Change the manifest, or ask the owners of the policy for an exemption.',
    }),
    // What is not there
    onLine(/namespaces? "(?<namespace>[a-z0-9.-]{1,253})" not found/, {
        section: 'namespace-not-found',
        sentence: 'The cluster has no namespace {namespace}.',
        move: lines('To create it in the command, if it may be missing:', CREATE_NAMESPACE),
    }),
    onLine(/not found in namespace "aks-command"|in the namespace "aks-command"|not found in aks-command namespace/, {
        section: 'default-namespace',
        sentence: 'The command looked in the namespace aks-command, where its own pod runs.',
        move: lines('Always pass a namespace, and create it if it may be missing:', CREATE_NAMESPACE),
    }, { unlessNamespace: 'always' }),
    onLine(/^(?:error: )?[Ee]rror from server \(NotFound\): (?:error when \w{1,40} "[^"]{1,300}": )?(?<kind>[\w.]{1,100}) "(?<name>[^"]{1,253})" not found/, {
        section: 'resource-not-found',
        follows: 'namespace-not-found',
        sentence: 'kubectl found no {kind} {name}.',
        move: lines('Without --namespace, kubectl looks in the namespace aks-command. To find it:', '$ kubectl get {kind} --all-namespaces'),
    }, { unlessNamespace: 'ever' }),
    onLine(/^Error: (?:uninstall: )?(?:Release not loaded: )?(?:(?<release>[a-z0-9.-]{1,100}): )?release: not found$/, {
        section: 'helm-release-not-found',
        follows: 'namespace-not-found',
        sentence: 'helm found no such release in this namespace.',
        move: lines('Without --namespace, helm looks in the namespace aks-command. To find it:', '$ helm list --all-namespaces'),
    }, { unlessNamespace: 'ever' }),
    onLine(/no matches for kind "(?<kind>[^"]{1,100})" in version "(?<version>[^"]{1,100})"/, {
        section: 'no-matches-for-kind',
        sentence: 'The cluster has no kind {kind} in {version}.',
        move: lines('Install the CRD first, or correct the apiVersion. To see what the cluster has:', '$ kubectl api-resources', '$ kubectl wait --for=condition=established crd/NAME --timeout=60s'),
    }),
    onLine(/^error: no objects passed to (?<verb>\w{1,40})$/, {
        section: 'no-objects',
        sentence: 'kubectl had no objects to {verb}.',
        move: lines('The file or the pipe was empty. To fail at the program that was to fill the pipe, use:', '@ shell: bash'),
    }),
    onLine(/^error: resource\(s\) were provided, but no name was specified/, {
        section: 'no-name',
        sentence: 'kubectl needs a name.',
        move: 'A variable in the command may be empty. Add its name to {input:env}, or give a name, --selector, or --all.',
    }),
    // What cannot change
    onLine(/field is immutable|updates to statefulset spec for fields other than|spec is immutable after creation/, {
        section: 'immutable-field',
        sentence: 'A field of the object cannot be changed.',
        move: lines('Delete the object and create it again, which interrupts the workload:', '$ kubectl replace --force --filename FILE', 'To keep the pods of a StatefulSet running, delete only the object, and apply it again:', '$ kubectl delete statefulset NAME --cascade=orphan --namespace {namespace}'),
    }),
    onLine(/^error: Apply failed with \d+ conflicts?: conflicts? with "(?<manager>[^"]{1,253})".*?(?:: (?<field>\.\S{1,300}))?$/, {
        section: 'apply-conflict',
        sentence: 'The field manager {manager} owns what server-side apply would change.',
        move: lines('The field is {field?}', 'Remove the field from the manifest, or take it over:', '$ kubectl apply --server-side --force-conflicts --filename FILE'),
    }),
    onLine(/metadata\.annotations: Too long/, {
        section: 'annotations-too-long',
        sentence: 'The object is too large for a client-side kubectl apply.',
        move: lines('kubectl keeps a copy in an annotation of at most 256 KiB. Server-side apply needs none:', '$ kubectl apply --server-side --filename FILE'),
    }),
    // Waiting
    onLine(/(?:pre|post)-(?:install|upgrade|rollback|delete) hooks? failed(?:: resource Job\/(?<namespace>[a-z0-9-]{1,63})\/(?<job>[a-z0-9.-]{1,253}) )?|failed (?:pre|post)-(?:install|upgrade|rollback|delete)/, {
        section: 'helm-hook',
        sentence: 'A hook of the helm chart failed.',
        move: lines('A hook is usually a Job. To see what it printed:', '$ kubectl logs job/{job} --namespace {namespace}'),
    }),
    onLine(/^[Ee]rror: (?:timed out waiting for the condition|deployment "[^"]{1,253}" exceeded its progress deadline|.*resource \w{1,100}\/(?<namespace>[a-z0-9-]{0,63})\/\S{1,253} not ready\. status: |.*(?:context deadline exceeded|would exceed context deadline)$)/, {
        section: 'timed-out-waiting',
        sentence: 'kubectl or helm timed out waiting.',
        move: lines('The pods did not become ready, or need more time than --timeout. To see why, add this to the command:', '$ kubectl get pods,events --namespace {namespace}', '$ kubectl logs POD --namespace {namespace} --all-containers --previous'),
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
        move: lines('[workflow] Another job is deploying it, or an earlier one was interrupted. To deploy it from one job at a time:', '[prompt] Something else is deploying it, or an earlier deployment was interrupted.', '[workflow] | concurrency:', '[workflow] |   group: deploy', 'If nothing is deploying it, go back to the last revision that the first command shows as deployed. If there is none, uninstall the release:', '$ helm history RELEASE --namespace {namespace}', '$ helm rollback RELEASE --namespace {namespace}'),
    }),
    onLine(/cannot re-?use a name that is still in use|INSTALLATION FAILED: release: already exists/, {
        section: 'helm-name-in-use',
        sentence: 'The helm release already exists.',
        move: lines('To install or upgrade:', '$ helm upgrade --install RELEASE CHART --namespace {namespace}'),
    }),
    onLine(/"(?<release>[^"]{1,100})" has no deployed releases/, {
        section: 'helm-no-deployed-release',
        sentence: 'The helm release {release} was never deployed successfully.',
        move: lines('Remove what the failed installation left, and install again:', '$ helm uninstall {release} --namespace {namespace}', '$ helm upgrade --install {release} CHART --namespace {namespace}'),
    }),
    onLine(/invalid ownership metadata|cannot be imported into the current release/, {
        section: 'helm-ownership',
        sentence: 'The object already exists and does not belong to the helm release.',
        move: lines('If the release can take it over:', '$ helm upgrade --install RELEASE CHART --namespace {namespace} --take-ownership'),
    }),
    onLine(/helm dependency build|missing in charts\/ directory: /, {
        section: 'helm-dependencies',
        sentence: 'The helm chart lacks its dependencies.',
        move: lines('Download them on {noun:runner} first, and send the folder charts/:', '$ helm dependency build CHART', '@ files: CHART/'),
    }),
    onLine(/^Error: (?:[A-Z]{1,20} FAILED: )?(?:repo [\w.-]{1,100} not found|no cached repo)/, {
        section: 'helm-repository',
        sentence: 'helm in the pod has no such repository.',
        move: lines('Repositories that were added on {noun:runner} are not in the pod.', NO_EGRESS),
    }),
    onLine(/^Error: .*(?:401|unauthorized|denied).*(?:oci:|\/v2\/|registry)|^Error: .*\/v2\/.*(?:401|unauthorized|denied|basic credential not found)/, {
        section: 'registry-unauthorized',
        sentence: 'The registry of the chart requires a sign-in.',
        move: lines('Sign in first, on {noun:runner} or in the command:', '$ helm registry login REGISTRY', NO_EGRESS),
    }),
    onLine(/^Error: unknown (?:shorthand )?flag: (?:'.' in )?(?<flag>-{1,2}[\w-]{1,100})/, {
        section: 'unknown-flag',
        sentence: 'The helm in the pod has no option {flag}.',
        move: lines('AKS chooses its version, which may be helm 3 or helm 4. To see it:', '$ helm version'),
    }),
    onLine(/unknown command "(?<plugin>[\w-]{1,100})" for "(?<program>kubectl|helm)"/, {
        section: 'unknown-command',
        sentence: '{program} in the pod has no command {plugin}.',
        move: 'If it is a plugin, run it on {noun:runner}, and send the result with {input:files}.',
    }),
    onLine(/^Error: (?:[A-Z]{1,20} FAILED: |failed parsing --set-file data: )?(?:unable to detect chart at \S{1,300}: )?(?:open |path "|non-absolute URLs should be in form of repo_name\/path_to_chart, got: )(?:\/command-files\/)?(?<path>[^\s"]{1,300}?)(?:: no such file or directory|" not found|$)/, {
        section: 'helm-path',
        sentence: 'helm found no file or chart {path}.',
        move: SEND_IT,
    }),
    // The way to the API server and to the internet
    onLine(/[Kk]ubernetes cluster unreachable|^The connection to the server \S{1,300} was refused|^Unable to connect to the server: (?!.*no such host)/, {
        section: 'api-server-unreachable',
        sentence: 'The command did not reach the API server.',
        move: 'The pod has a kubeconfig of its own. Unset KUBECONFIG, and leave out --kubeconfig, --server, and --context. If the cluster is being upgraded, run it again.',
    }),
    onLine(/(?:no context exists with the name: "|context was not found for specified context: |context ")(?<context>[^"\s]{1,253})(?:"$|$|" does not exist)/, {
        section: 'no-context',
        sentence: 'The pod has no kubectl context {context}.',
        move: 'The pod is already connected to the cluster. Leave out --context, kubectl config use-context, and az aks get-credentials.',
    }),
    onLine(/(?:dial tcp: lookup |Could not resolve host: |unable to resolve host address ['‘]|wget: bad address ')(?<host>[^\s:'’]{1,253})/, {
        section: 'no-egress',
        sentence: 'The pod cannot resolve the host {host}.',
        move: NO_EGRESS,
    }),
    onLine(/dial tcp [\d.:[\]a-f]{3,50}: i\/o timeout|net\/http: TLS handshake timeout|^curl: \(28\)/, {
        section: 'connection-timeout',
        sentence: 'A connection from the pod timed out.',
        move: lines('A firewall may drop it.', NO_EGRESS),
    }),
    onLine(/x509: certificate signed by unknown authority|SSL certificate problem/, {
        section: 'pod-certificate',
        sentence: 'The pod does not trust a TLS certificate.',
        move: 'Send the CA certificate with {input:files}, and pass it on, for example with helm --ca-file or SSL_CERT_FILE.',
    }),
    // Files
    onLine(/^error: the path "(?<path>[^"]{1,300})" does not exist/, {
        section: 'kubectl-path',
        sentence: 'kubectl could not find {path}.',
        move: SEND_IT,
    }),
    onLine(/^error: error reading \[(?<path>[^\]\s]{1,300})\]: recognized file extensions are/, {
        section: 'kubectl-no-manifests',
        sentence: 'kubectl found no manifests in {path}.',
        move: lines('{nothingSent?}No files were sent.', 'az aks command invoke puts all files into one folder. Here each file keeps its path, so name the folder, or add --recursive:', '$ kubectl apply --filename k8s/ --recursive'),
    }),
    onLine(/evalsymlink failure on '(?:[^']{0,300}\/)?(?<path>[^'/]{1,300})'/, {
        section: 'kustomize-path',
        sentence: 'kustomize could not find {path}.',
        move: lines('{nothingSent?}No files were sent.', 'An overlay needs its bases and components. Send the folder that contains all of them:', '@ files: k8s/'),
    }),
    onLine(/^(?:.*: )?(?:line )?(?:\d{1,9}: )?(?:cd: )(?:line \d{1,9}: )?(?:can't cd to )?(?<path>[^\s:]{1,300})(?:: No such file or directory)?$/, {
        section: 'no-such-folder',
        sentence: 'The shell found no folder {path}.',
        move: SEND_IT,
    }),
    onLine(/^fatal: (?:not a git repository|detected dubious ownership)/, {
        section: 'git-repository',
        sentence: 'The files in the pod are not a Git repository.',
        move: 'The action sends files without .git. Run git on {noun:runner}, and pass the result on with {input:env}.',
    }),
    onLine(/: (?<path>\S{1,300}): Permission denied$/, {
        section: 'permission-denied',
        sentence: 'The file {path} is not executable.',
        move: lines('Set its executable bit in Git, or run it with a shell:', '$ git update-index --chmod=+x {path}', '$ bash {path}'),
    }, { exitCode: 126 }),
    onLine(/: (?:(?:cannot|can't) [a-z ]{1,40} )?['‘]?(?<path>[^\s:'‘’]{1,300})['’]?: (?:Permission denied|Read-only file system)$/, {
        section: 'access-denied',
        sentence: 'The command has no permission for {path}.',
        move: 'The command does not run as root. Write below the working folder, $HOME, or /tmp.',
    }),
    onLine(/: \S{1,300}: cannot execute: required file not found$|: \S{1,300}: bad interpreter|\$'\\r': command not found|: invalid option name$|illegal option (?:-o )?pipefail\r?$/, {
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
    onLine(/: syntax error(?: near unexpected token|: unexpected end of file)|unexpected EOF while looking for matching|Syntax error: (?:Unterminated quoted string|end of file unexpected|"\w{1,20}" unexpected)|: syntax error: unterminated quoted string/, {
        section: 'shell-syntax',
        sentence: 'The shell could not read the command: it has a syntax error.',
        move: 'A quote or a block (if, for, {) may not be closed. In YAML, command: | keeps the line breaks, and command: > joins the lines.',
    }),
    onLine(/: (?<program>az|kubelogin|azd): (?:command )?not found$/, {
        section: 'no-azure-cli',
        sentence: 'The pod has no {program}.',
        move: 'The command is already in the cluster and signed in to it: leave out {program} login, az aks get-credentials, and kubelogin. Run other az commands on {noun:runner}.',
    }),
    onLine(/(?:^|: )(?:GITHUB_ENV|GITHUB_PATH|GITHUB_STATE): (?:unbound variable|parameter not set)|ambiguous redirect$|cannot create : (?:Directory nonexistent|No such file)|^(?:line )?\d{1,9}: : No such file or directory/, {
        section: 'file-command',
        sentence: 'The command wrote to a file of {noun:runner} that the pod does not have.',
        move: 'The pod has no $GITHUB_ENV, $GITHUB_PATH, or $GITHUB_STATE. Write NAME=value to $GITHUB_OUTPUT instead.',
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
    onLine(/(?:^|: )(?:line )?\d{1,9}: (?<name>[A-Z_][A-Z0-9_]{0,100}): (?:command )?not found$/, {
        section: 'blank-around-equals',
        sentence: 'The shell tried to run {name} as a program.',
        move: 'If it is a variable, leave no spaces around the equals sign: NAME=value.',
    }),
    onLine(/(?:(?:^|: )line \d{1,9}|^\d{1,9}|: \d{1,9}|\b(?:ba|da|a)?sh(?:: \d{1,9})?|^(?:xargs|env)): '?‘?(?<program>[^\s:/'’=[]{1,100})['’]?: (?:(?:command )?not found|(?<=^(?:xargs|env): .{1,110})No such file or directory)$/, {
        section: 'command-not-found',
        sentence: 'The pod has no program {program}.',
        move: lines(`${DOCUMENTED_PROGRAMS} Run the program on {noun:runner}, or send a static Linux build:`, '@ files: bin/tool', '@ command: ./bin/tool'),
    }),
    // Exit codes of a command that says nothing better
    onExit(137, 'A process was killed (exit code 137, SIGKILL), probably out of memory.', 'The pod has 1 GiB of memory, and files in /dev/shm count as memory. Do less at once: fewer charts or manifests, less in parallel, results in files instead of variables.'),
    onExit(143, 'A process was terminated (exit code 143, SIGTERM).', 'The pod was deleted, its node was drained, or the command ended a process itself.'),
    onExit(126, 'A program could not be run (exit code 126).', 'The program was found, but it is not executable, it is for another system, or its arguments are too long. Send static builds for Linux, for the architecture of the nodes (x64 or arm64).'),
    onExit(127, 'A program was not found (exit code 127).', DOCUMENTED_PROGRAMS),
    onExit(141, 'A program wrote to a pipe that was already closed (exit code 141, SIGPIPE).', 'With set -o pipefail, COMMAND | head fails when head has read enough. Write to a file first, or use sed -n 1,10p instead of head.'),
    onExit(1, 'The command exited with code 1 and wrote nothing.', lines('grep exits with 1 if it finds nothing. test and [ exit with 1 if the condition is false. To see which line it was, start the command with set -x.', '[workflow] If 1 is a normal answer:', '[workflow] | with:', '[workflow] |   allowed-exit-codes: "0, 1"')),
];

;// CONCATENATED MODULE: ./src/report/catalogue/row.ts
/** Whether a row is about what shows these signs. If so, what its words name. */
function fits({ words, ...match }, signs) {
    const fitting = match.service === signs.service &&
        (match.codes === undefined || (signs.code !== undefined && match.codes.includes(signs.code))) &&
        (match.status === undefined || match.status === signs.status) &&
        (match.exitCode === undefined || match.exitCode === signs.exitCode) &&
        (match.state === undefined || match.state === signs.state) &&
        (match.unlessNamespace === undefined || signs.namespaces?.includes(match.unlessNamespace) !== true);
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

;// CONCATENATED MODULE: ./src/report/command-text.ts
/** What the command's own text says, to understand its output better. */
/** A word, with its quotes; a comment; or a character that ends a command. */
const TOKEN = /(?:'[^']*'|"(?:\\[^]|[^\\"])*"|\\[^]|[^\s;|&()`'"\\#]|(?<=\S)#)+|#[^\n]*|[\n;|&()`]/g;
const command_text_NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** The namespaces that a script passes to kubectl and helm. */
function namespacesIn(script) {
    const calls = callsIn(script).map(namespaceOf);
    const named = new Set(calls.filter((namespace) => namespace !== undefined));
    const [namespace = ''] = named;
    return {
        named: named.size === 0 ? [] : calls.includes(undefined) ? ['ever'] : ['ever', 'always'],
        ...(named.size === 1 && command_text_NAME.test(namespace) && { namespace }),
    };
}
/** The arguments of each call of kubectl or helm, up to `--`, behind which another program's begin. */
function callsIn(script) {
    const calls = [];
    let words = [];
    for (const token of [...(script.replaceAll(/\\\r?\n/g, ' ').match(TOKEN) ?? []), '\n']) {
        // A substitution in double quotes is a script of its own.
        if (token.startsWith('"') && /\$\(|`/.test(token))
            calls.push(...callsIn(token.replaceAll('"', '')));
        if (!/^[\n;|&()`#]/.test(token)) {
            words.push(token);
            continue;
        }
        const program = words.findIndex((word) => /^(?:\S*\/)?(?:kubectl|helm)$/.test(word));
        const end = words.indexOf('--');
        if (program >= 0 && !/^(?:echo|printf)$/.test(words[0] ?? ''))
            calls.push(words.slice(program + 1, end < program ? undefined : end));
        words = [];
    }
    return calls;
}
/** The namespace among the arguments, without quotes; empty for all namespaces, undefined if there is none. */
function namespaceOf(args) {
    for (const [at, arg] of args.entries()) {
        if (/^(?:-A|--all-namespaces(?:=true)?)$/.test(arg))
            return '';
        const [, value] = /^(?:--namespace|-n)(?:=(.*))?$/s.exec(arg) ?? /^-n(.+)$/s.exec(arg) ?? [undefined, undefined];
        if (value !== undefined || arg === '--namespace' || arg === '-n')
            return (value ?? args[at + 1] ?? '').replaceAll(/^(['"])(.*)\1$/gs, '$2');
    }
    return undefined;
}
const MOST_PROGRAMS = 3;
/** The line in which a shell reports that the command's script called a program that does not exist. */
const NOT_FOUND = /^\/\S{0,300}\.aks-run-command\/command\.sh: (?:line )?(\d{1,9}): ([\w.+-]{1,100}): (?:command )?not found\r?$/;
/**
 * The first programs that a script called although the pod does not have them, each with a line of the script.
 * Only the shell's own words count, about a name that the script has: an output can quote another command's.
 *
 * @param script undefined if an earlier command was waited for.
 */
function missingPrograms(output, script) {
    const missing = new Map();
    for (const text of output.split('\n')) {
        const [, line = '', program] = NOT_FOUND.exec(text) ?? [];
        if (missing.size === MOST_PROGRAMS)
            break;
        if (program === undefined || missing.has(program))
            continue;
        const isOurs = script === undefined || (script.includes(program) && Number(line) <= script.split('\n').length);
        if (isOurs)
            missing.set(program, Number(line));
    }
    return missing;
}

// EXTERNAL MODULE: ./src/pod/output.ts
var pod_output = __nccwpck_require__(4742);
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








/** Only the end of an output is searched for hints: a command that runs with `-e` ends where it fails. */
const HINT_CHARACTERS = 256 * 1024;
/** Longer lines are cut, so that no pattern has far to go. */
const MAX_LINE = 2048;
const MOST_HINTS = 3;
/**
 * How kubectl, helm, shells, and the programs that they call begin a line that is an error; they never indent it. Other
 * lines get no hint: a wrong hint is worse than none, and listings and logs are full of the same words.
 */
const ERROR_LINE = output_hints_anyOf(String.raw `(?:[Ee]rror|ERROR|FATAL|fatal|panic)(?: from server| in configuration)?(?: \([\w ]{1,40}\))?: `, String.raw `error when evicting `, String.raw `Unable to connect `, String.raw `The connection to the server `, String.raw `The (?:\w+) "[^"]{0,253}" is invalid:`, String.raw `The request is invalid:`, String.raw `the namespace from the provided object `, String.raw `(?:\S{0,300}/)?[\w.-]{1,100}: (?:[\w.-]{1,40}: )?(?:line )?\d{1,9}: `, String.raw `(?:\S{0,300}/)?command\.sh: `, String.raw `(?:ba|da|a)?sh: `, String.raw `(?:awk|base64|cat|cd|chmod|cp|curl|cut|diff|env|find|git|grep|gzip|head|jq|ls|mkdir|mv|rm|sed|sort|tail|tar(?: \(child\))?|tee|touch|wc|wget|xargs|yq): `);
/** How the report of a test runner ends. Everything above it is about the tests, whatever it looks like. */
const TEST_REPORT = output_hints_anyOf(String.raw `FAIL\t\S|FAIL$|ok {2}\t|--- FAIL: `, // go test
String.raw `=+ .{0,200}\b(?:passed|failed|errors?)\b.{0,80} in [\d.]{1,12}s.{0,40} =+$`, // pytest
String.raw `\s{0,20}Tests:? +\d{1,9} (?:failed|passed|skipped)`, // jest, vitest
String.raw `(?:ℹ|#) fail \d|not ok \d`, // node --test, TAP
String.raw ` {2}\d{1,9} failing$`, // mocha
String.raw `test result: (?:ok|FAILED)\.`, // cargo test
String.raw `\[(?:ERROR|INFO)\] +Tests run: \d|(?:Failed|Passed)! +- Failed: `);
function output_hints_anyOf(...parts) {
    return new RegExp(`^(?:${parts.join('|')})`);
}
/** If an object has several problems, kubectl lists them below this line. The first of them says more than the line. */
const LISTS_BELOW = /^The \w+ "[^"]{0,253}" is invalid: ?$/;
/** A stack frame below an error: the program is neither kubectl nor helm nor a shell. */
const STACK_FRAME = /^\s{1,20}at \S/;
/**
 * The hints that the command's own words, or its exit code, justify. The last kind of error in the output comes first: a
 * script goes on only after errors that it expects.
 */
function readFindings(output, exitCode, context) {
    const found = new Map();
    /** A command that retries repeats its errors: each line is looked up once. */
    const lookedUp = new Map();
    const namespaces = namespacesIn(context.command ?? '');
    let firstError;
    for (const { whole, next } of linesOf(output)) {
        if (!ERROR_LINE.test(whole))
            continue;
        const line = withoutScriptPath(LISTS_BELOW.test(whole) ? whole.trimEnd() + next.replace(/^\*/, '') : whole);
        const isFirstError = firstError === undefined;
        firstError ??= line;
        if (STACK_FRAME.test(next))
            continue;
        const signs = { service: 'output', text: line, exitCode, namespaces: namespaces.named };
        const hit = lookedUp.has(line) ? lookedUp.get(line) : lookUp(signs);
        lookedUp.set(line, hit);
        if (!hit)
            continue;
        const earlier = found.get(hit.row);
        found.delete(hit.row);
        found.set(hit.row, earlier ?? { ...hit, isFirstError });
    }
    const byExitCode = lookUp({ service: 'exit', exitCode });
    // A signal ends a command whatever it printed before. Any other exit code says less than an error line.
    const isSignal = exitCode !== undefined && exitCode > 128;
    if (byExitCode && (isSignal || (found.size === 0 && (exitCode !== 1 || output.trim() === ''))))
        found.set(byExitCode.row, { ...byExitCode, isFirstError: found.size === 0 });
    const last = rootFirst([...found.values()].slice(-MOST_HINTS).reverse(), output);
    const values = { ...contextValues(context), namespace: namespaces.namespace };
    const hints = last.map(({ row, groups }) => compose(row, { ...values, ...derived(groups, context), ...said(groups) }, '', context));
    // If another error ended the command, the script expected the first one.
    const isCause = last[0] === undefined || last[0].isFirstError;
    return { hints, ...(firstError !== undefined && isCause && { firstError }) };
}
/** The lines that may be errors, each with the one below it. */
function linesOf(output) {
    const lines = output
        .slice(-HINT_CHARACTERS)
        .split(/\r?\n/)
        .map((line) => line.slice(0, MAX_LINE));
    const report = lines.findLastIndex((line) => TEST_REPORT.test(line));
    return lines.map((whole, at) => ({ whole, next: lines[at + 1] ?? '' })).slice(report + 1);
}
/** What a missing namespace explains comes after it, unless the command has created the namespace since. */
function rootFirst(findings, output) {
    const [first] = findings;
    const root = findings.find(({ row }) => row.section === first?.row.follows);
    if (root === undefined || output.includes(`namespace/${root.groups['namespace']} created`))
        return findings;
    return [root, ...findings.filter((finding) => finding !== root)];
}
/** What follows from the names in a line. */
function derived(groups, { cluster, files }) {
    const { namespace, verb, path } = groups;
    const isReading = /^(?:get|list|watch)$/.test(verb ?? '');
    const role = namespace === undefined ? 'Cluster Admin' : isReading ? 'Reader' : 'Writer';
    return {
        // A permission for all namespaces is missing, whatever namespace the command names.
        ...(verb !== undefined && { namespace: undefined }),
        kubernetesRole: `Azure Kubernetes Service RBAC ${role}`,
        kubernetesScope: cluster && resourceId(cluster) + (namespace === undefined ? '' : `/namespaces/${namespace}`),
        clusterRole: isReading ? 'view' : 'edit',
        ...(path !== undefined && aboutFile(path, files)),
    };
}
/** What is known about a path that was not found. An empty value keeps a line of the template. */
function aboutFile(path, files) {
    const near = files && (0,nearest/* nearestPath */.K)(path, files);
    if (files?.includes(path.replace(/^(?:\.\/)+/, '')) === true)
        return { sent: '' };
    if (near !== undefined)
        return { near, ...(near.endsWith(`/${path.replace(/^\.\//, '')}`) && { kept: '' }) };
    return { missing: '', ...said({ unsent: path }), ...(files?.length === 0 && { nothingSent: '' }) };
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
function contextOf(verdict, { target, command, shipment, host }) {
    const repository = host.variable('GITHUB_REPOSITORY');
    return {
        words: host.words,
        ...(target && { cluster: target.cluster, signIn: target.signIn, environment: target.environment }),
        ...(repository !== undefined && { repository }),
        ...(host.variable('GITHUB_ACTIONS') === 'true' && { ci: 'GitHub Actions' }),
        ...(verdict.commandId && { commandId: verdict.commandId }),
        ...(command !== undefined && { command }),
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
    const stayed = leftOut.map(({ name, reason }) => `Not collected: ${write(name)} (${collected_REASONS[reason]}).`);
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
    warnAboutCommand(report, host);
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
/** Warns about what the command did that its exit code does not show. */
function warnAboutCommand({ verdict, command }, { log }) {
    const output = verdict.output?.text ?? '';
    const obsolete = /^::(set-output|set-env|add-path)[ :]/m.exec(output)?.[1];
    if (obsolete !== undefined) {
        log.warn(`The command printed ::${obsolete}::, which has no effect. Write NAME=value to $GITHUB_OUTPUT for a step output.`);
    }
    if (verdict.state === 'succeeded') {
        for (const [program, line] of missingPrograms(output, command))
            log.warn(`The command succeeded, although it called ${program}, which the pod does not have (line ${line}).`);
    }
    if (verdict.podSummaryCut)
        log.warn('The command wrote more than 64 KiB to $GITHUB_STEP_SUMMARY. The rest was cut.');
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
 * One step: inputs → package → submission → ending → verdict → report.
 *
 * Never rejects. Whatever is thrown, a state is published.
 */
async function main(ports) {
    const { host } = ports;
    const reader = new InputReader(host, (message) => {
        host.log.warn(message);
    });
    const options = { wantsSummary: wantsSummary(reader) };
    const { inputs, shipment, verdict } = await takeStep(reader, ports);
    const waits = inputs?.task.wait !== false;
    const success = (0,src_verdict/* succeeds */.kz)(verdict, waits);
    const command = inputs?.task.kind === 'run' ? inputs.task.command : undefined;
    const publishAll = async () => {
        const report = reportOn(verdict, { target: inputs, command, shipment, host });
        return publish(report, { ...options, success, maskOutputs: inputs?.maskOutputs ?? [] }, host);
    };
    const published = await publishAll().catch((error) => publishLeast(verdict, error, host));
    return { success: success && published, exitCode: (0,src_verdict/* exitCodeOf */.FO)(verdict, waits) };
}
async function takeStep(reader, ports) {
    try {
        const inputs = readInputs(reader);
        const { task } = inputs;
        // A failed sign-in says nothing about a command that exists.
        const [state, id] = task.kind === 'follow' ? ['unknown', task.commandId] : ['not-started'];
        const step = task.kind === 'follow' ? main_follow(task, inputs, ports) : run(task, inputs, ports);
        const failed = (error) => ({ verdict: (0,src_verdict/* withoutResult */.Is)(state, (0,failure/* failureOf */.g5)(error), id) });
        return { inputs, ...(await step.catch(failed)) };
    }
    catch (error) {
        return { verdict: (0,src_verdict/* withoutResult */.Is)('not-started', (0,failure/* failureOf */.g5)(error)) };
    }
}
/** Waits for an earlier command. */
async function main_follow({ commandId }, inputs, ports) {
    const { cluster, timeout } = inputs;
    const session = openSession(inputs, ports);
    announceWait({ commandId, cluster, timeout }, ports.host.log);
    return { verdict: await verdictOn(await followCommand(commandId, timeout, session), inputs, ports) };
}
/** Runs a new command. Rejects only if nothing was submitted. */
async function run(task, inputs, ports) {
    const { host } = ports;
    const { timeout, cluster } = inputs;
    const session = openSession(inputs, ports);
    const prepared = await untilCancelled(prepare(task, session, ports), ports.cancelled, ports.clock);
    if (prepared === undefined)
        return { verdict: (0,src_verdict/* withoutResult */.Is)('not-started', { code: 'cancelled' }) };
    const { shipment, needsClusterToken } = prepared;
    announce({ ...task, timeout, cluster, shipment }, host.log);
    if (task.dryRun)
        return { shipment, verdict: (0,src_verdict/* withoutResult */.Is)('dry-run') };
    const facts = readFacts(host.variable);
    const write = (startBy) => shipment.address({ startBy, timeout, shell: task.shell, facts });
    const ending = await runCommand({ ...task, timeout, needsClusterToken, write }, session);
    return { shipment, verdict: await verdictOn(ending, inputs, ports) };
}
/** Packs while signing in. A mistake in the files is reported before one in the permissions. */
async function prepare(task, session, ports) {
    const cluster = cluster_readCluster(session);
    cluster.catch(() => undefined);
    const shipment = await packShipment(task, ports, (message) => {
        ports.host.log.warn((0,visible/* visible */.RK)(message));
    });
    return { shipment, needsClusterToken: (await cluster)?.managedEntra ?? false };
}
/** What submits commands to the cluster and follows them. */
function openSession(target, { host, azureFor, clock, cancelled, random }) {
    const tellId = (id) => {
        try {
            host.setOutput('command-id', id);
        }
        catch (error) {
            // The report sets it again, and then a failure to do so fails the step.
            host.log.debug(`The output command-id cannot be written: ${(0,failure/* messageOf */.bD)(error)}`);
        }
    };
    return { azure: azureFor(target), serviceTime: serviceTime(clock), tellId, clock, cancelled, random, log: host.log };
}
/** Writes the collected files down before the verdict, because files that cannot be kept are a failure. Never rejects. */
async function verdictOn(ending, inputs, { collector }) {
    const { task, allowedExitCodes, ifNoFilesCollected } = inputs;
    const ownCommand = task.kind === 'run';
    const asked = ownCommand && task.collect.length > 0;
    try {
        const collected = ending.kind === 'ended'
            ? await keepCollected(ending.report, { asked, ifNoFilesCollected }, collector)
            : undefined;
        return (0,src_verdict/* judge */.S4)(ending, { allowedExitCodes, ownCommand, collected });
    }
    catch (error) {
        return (0,src_verdict/* withoutResult */.Is)('unknown', (0,failure/* failureOf */.g5)(error), ending.id);
    }
}


/***/ }),

/***/ 7149:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $X: () => (/* binding */ BEGIN_LINE),
/* harmony export */   At: () => (/* binding */ BOUNDARY_PREFIX),
/* harmony export */   F0: () => (/* binding */ startLine),
/* harmony export */   Wi: () => (/* binding */ findBoundary),
/* harmony export */   Zh: () => (/* binding */ PART_OF_A_BOUNDARY),
/* harmony export */   _Z: () => (/* binding */ hashInFirstLine),
/* harmony export */   iH: () => (/* binding */ boundaryOf),
/* harmony export */   jd: () => (/* binding */ boundaryFile),
/* harmony export */   qQ: () => (/* binding */ hashOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _files_request_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8218);


/** What every boundary begins with. */
const BOUNDARY_PREFIX = 'aks-run-command:';
/** A line that was cut off within its boundary, or right behind it. */
const PART_OF_A_BOUNDARY = /^aks-run-command:[0-9a-f]{0,32}$/;
const BOUNDARY_OF_A_LINE = /^aks-run-command:[0-9a-f]{32}(?= )/gm;
/**
 * The word that speaks for the script: every line of its stream but the first begins with it. Only the zip carries it to
 * the pod, so that who reads the pod's specification or its log cannot write in the script's name.
 *
 * @param hex 32 lowercase hex digits from a cryptographic source, new for each submission
 * @throws RangeError for anything else
 */
function boundaryOf(hex) {
    if (!/^[0-9a-f]{32}$/.test(hex)) {
        throw new RangeError('A boundary is made of 32 lowercase hex digits');
    }
    return `${BOUNDARY_PREFIX}${hex}`;
}
/** The SHA-256 of a boundary in hex: it names the boundary where everybody can read, and does not tell it. */
function hashOf(boundary) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(boundary).digest('hex');
}
/** The file that brings the boundary to the script. Stored, so that the zip's size does not tell one run from another. */
function boundaryFile(boundary) {
    return { path: `${_files_request_js__WEBPACK_IMPORTED_MODULE_1__/* .ACTION_FOLDER */ ._}/boundary`, mode: 0o600, content: Buffer.from(boundary), stored: true };
}
/** The first line of the script's stream. */
function startLine(hash) {
    return `aks-run-command start ${hash}\n`;
}
/**
 * The script prints this after its last chance to refuse, before any process of the command exists. A log only grows: whoever
 * takes the script's place later cannot take this line back, so a refusal behind it proves nothing.
 */
const BEGIN_LINE = 'aks-run-command begin\n';
/** The hash in the first line of a log, where that is a script's. */
function hashInFirstLine(logs) {
    return /^aks-run-command start ([0-9a-f]{64})\n/.exec(logs)?.[1];
}
/** The boundary with that hash, where a line of the text begins with it; undefined where the script wrote no such line. */
function findBoundary(text, hash) {
    for (const [candidate] of text.matchAll(BOUNDARY_OF_A_LINE)) {
        if (hashOf(candidate) === hash)
            return candidate;
    }
    return undefined;
}


/***/ }),

/***/ 5893:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   a0: () => (/* binding */ arrivedAssignments),
/* harmony export */   fA: () => (/* binding */ parseFileCommand),
/* harmony export */   y8: () => (/* binding */ readFileCommand)
/* harmony export */ });
/**
 * Reads the runner's grammar for `$GITHUB_OUTPUT` and `$GITHUB_ENV`: `NAME=value`, or `NAME<<DELIMITER`, the lines of the
 * value, `DELIMITER`. Whichever of `=` and `<<` comes first decides. Lines end at LF alone, as on a Linux runner, so a CR
 * belongs to the value. Empty lines are skipped, and the last line needs no LF.
 *
 * Source: `EnvFileKeyValuePairs` of actions/runner `src/Runner.Worker/FileCommandManager.cs`. Two differences: an empty name
 * is malformed here, where the runner fails a step later; and reading continues after a malformed line.
 */
function readFileCommand(text) {
    const found = { assignments: [], bare: [], malformed: [], unclosed: [] };
    // .NET's File.ReadAllText removes a byte order mark.
    const lines = text.replace(/^\uFEFF/, '').split('\n');
    for (let at = 0; at < lines.length; at++) {
        const current = lines[at] ?? '';
        if (current !== '')
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
    const name = current.slice(0, operator.index);
    const rest = current.slice(operator.index + operator[0].length);
    const nameless = { line, problem: `has no name before the "${operator[0]}"` };
    if (operator[0] === '=') {
        if (name === '')
            found.malformed.push(nameless);
        else
            found.assignments.push({ name, value: rest, line });
        return at;
    }
    if (rest === '') {
        found.malformed.push({ line, problem: 'has no delimiter after the "<<"' });
        return at;
    }
    const end = lines.indexOf(rest, at + 1);
    if (end < 0) {
        found.unclosed.push({ name, value: lines.slice(at + 1).join('\n'), line });
        found.malformed.push({ line, problem: 'starts a block, but no later line is its delimiter' });
        return lines.length;
    }
    if (name === '')
        found.malformed.push(nameless);
    else
        found.assignments.push({ name, value: lines.slice(at + 1, end).join('\n'), line });
    return end;
}
/**
 * All that may be a value in a file, however malformed or cut off, to be masked. A line that is no assignment counts as one
 * more line of the value before it.
 */
function arrivedAssignments(text) {
    const { assignments, bare, unclosed } = readFileCommand(text);
    const lines = [...assignments, ...unclosed, ...bare.map(({ text: value, line }) => ({ value, line }))];
    let last = '';
    return lines
        .sort((a, b) => a.line - b.line)
        .map((entry) => ({ ...entry, name: (last = 'name' in entry ? entry.name : last) }));
}
/** Reads what a command wrote to `$GITHUB_OUTPUT`; the grammar is {@link readFileCommand}'s, and one bad line spoils all. */
function parseFileCommand(text) {
    const { assignments, bare, malformed } = readFileCommand(text);
    const problems = [
        ...malformed,
        ...bare.map(({ line }) => ({ line, problem: 'is neither NAME=value nor NAME<<DELIMITER' })),
    ];
    const first = problems.sort((a, b) => a.line - b.line)[0];
    return first === undefined ? { kind: 'assignments', assignments } : { kind: 'malformed', ...first };
}


/***/ }),

/***/ 4742:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   IG: () => (/* binding */ endOfOutput),
/* harmony export */   WQ: () => (/* binding */ whole),
/* harmony export */   oJ: () => (/* binding */ OUTPUT_LIMIT),
/* harmony export */   oR: () => (/* binding */ joined)
/* harmony export */ });
/* unused harmony export characterStart */
/** What the action's output `output` may hold, in bytes: an environment variable of a next step cannot hold 128 KiB. */
const OUTPUT_LIMIT = 98_304;
/** An output of which nothing is missing. */
function whole(text) {
    return { text, truncated: false, missingBytes: 0 };
}
/** Start and end of an output, with a line of the action's own in place of what is missing between them. */
function joined(start, missingBytes, end) {
    if (missingBytes === 0)
        return whole(start + end);
    const newline = start === '' || start.endsWith('\n') ? '' : '\n';
    const marker = `[${missingBytes.toLocaleString('en-US')} bytes of output are missing here]\n`;
    return { text: `${start}${newline}${marker}${end}`, truncated: true, missingBytes };
}
/**
 * The end of a text from the start of a line, or, where its last line is too long, from within that line.
 *
 * @param maxBytes of UTF-8
 */
function endOfOutput(text, maxBytes = OUTPUT_LIMIT) {
    // No character takes less than a byte, so that what is cut off here would not fit. One more tells where a line starts.
    const bytes = Buffer.from(text.slice(Math.max(0, text.length - maxBytes - 1)));
    if (bytes.length <= maxBytes) {
        return text;
    }
    const start = characterStart(bytes, bytes.length - maxBytes);
    const line = bytes.indexOf('\n', start - 1) + 1;
    return bytes.toString('utf8', line > 0 && line < bytes.length ? line : start);
}
/** The first position from there on where a character of UTF-8 starts. */
function characterStart(bytes, from) {
    const start = bytes.subarray(from, from + 4).findIndex((byte) => (byte & 0xc0) !== 0x80);
    return from + Math.max(0, start);
}


/***/ }),

/***/ 2729:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ quote)
/* harmony export */ });
/** The text as one word of a POSIX shell. NUL, which no shell can hold, must not be in it. */
function quote(value) {
    return /^[A-Za-z0-9_@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}


/***/ }),

/***/ 5900:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  h1: () => (/* binding */ FILE_LIMIT),
  HF: () => (/* binding */ LOG_LIMIT),
  G8: () => (/* binding */ REFUSED_EXIT_CODE),
  bv: () => (/* binding */ readStream)
});

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __nccwpck_require__(7975);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __nccwpck_require__(8522);
// EXTERNAL MODULE: ./src/pod/boundary.ts
var pod_boundary = __nccwpck_require__(7149);
;// CONCATENATED MODULE: ./src/pod/bundle.ts


const LEFT_OUT_REASONS = ['link', 'special', 'unreadable', 'line-break', 'backslash'];
/** What the collected files may be. `collect.sh` has the first four as well; a test compares them. */
const COLLECT_LIMITS = {
    /** Bytes in base64, line breaks included: 300 KiB. */
    sent: 307_200,
    /** Bytes of all files together: 32 MiB. */
    unpacked: 33_554_432,
    files: 2_000,
    /** How many of the things left out are named. */
    leftOut: 20,
    /** Segments of a path. A kilobyte of packed paths could make 200,000 folders otherwise. */
    depth: 32,
    folders: 2_000,
};
/** A path on Linux has at most 4,096 bytes, and each file, pattern, and thing left out has one line. */
const MAX_INDEX_BYTES = (2 * COLLECT_LIMITS.files + COLLECT_LIMITS.leftOut + 2) * 4_160;
const STATE = /^(?:files|too-many|too-big|too-large \d{1,15})$/;
const LINE = /^(file|none|more|link|special|unreadable|line-break|backslash) (\d{1,16}) (?:\.\/)?(.*)$/s;
const GZIP = Buffer.from([0x1f, 0x8b]);
class Refusal extends Error {
}
function refuse(problem) {
    throw new Refusal(problem);
}
/**
 * Reads what `src/pod/collect.sh` sends. Trusts nothing: either all files are accepted, or the bundle is refused. Unpacks no more
 * than the limits allow.
 *
 * @param base64 with line breaks, of gzip or, from a pod that has none, of the plain bytes
 */
async function readBundle(base64) {
    try {
        const bytes = await unpack(decode(base64));
        const blank = bytes.indexOf('\n\n');
        if (blank < 0)
            refuse('its index has no end');
        if (blank > MAX_INDEX_BYTES)
            refuse('its index is too long');
        const index = readIndex(bytes.toString('latin1', 0, blank));
        const content = bytes.subarray(blank + 2);
        const expected = index.state === 'files' ? index.total : 0;
        if (content.length > expected)
            refuse('it holds more bytes than its index says');
        if (content.length < expected)
            refuse('it holds fewer bytes than its index says');
        return index.state === 'files' ? filesOf(index, content) : overLimit(index);
    }
    catch (error) {
        if (error instanceof Refusal)
            return { kind: 'refused', problem: error.message };
        throw error;
    }
}
function decode(base64) {
    if (base64.length > COLLECT_LIMITS.sent)
        refuse('it is longer than 300 KiB');
    const text = base64.replaceAll('\n', '');
    if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text))
        refuse('it is not base64');
    return Buffer.from(text, 'base64');
}
async function unpack(bytes) {
    // No state begins with these bytes.
    if (!bytes.subarray(0, 2).equals(GZIP))
        return bytes;
    const maxOutputLength = COLLECT_LIMITS.unpacked + MAX_INDEX_BYTES;
    return (0,external_node_util_.promisify)(external_node_zlib_.gunzip)(bytes, { maxOutputLength }).catch(() => refuse('it is not a valid gzip file of at most 32 MiB'));
}
/** @param text whose characters are bytes */
function readIndex(text) {
    const [first = '', ...rest] = text.split('\n');
    if (!STATE.test(first))
        refuse('its first line is unknown');
    const [state = '', sent] = first.split(' ');
    const lines = rest.map(readLine);
    const files = lines.filter(({ kind }) => kind === 'file');
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    if (files.length > COLLECT_LIMITS.files)
        refuse('it holds more than 2,000 files');
    if (state === 'files' && total > COLLECT_LIMITS.unpacked)
        refuse('it holds more than 32 MiB');
    return { state, sent: Number(sent), lines, files, total };
}
function readLine(line) {
    const [, kind = '', size, name = ''] = LINE.exec(line) ?? refuse('a line of its index is malformed');
    const bytes = Number(size);
    if (!Number.isSafeInteger(bytes))
        refuse('a size in its index is not a number of bytes');
    return { kind, bytes, path: Buffer.from(name, 'latin1') };
}
function filesOf({ lines, files }, content) {
    checkPaths(files.map(({ path }) => path.toString('latin1')));
    let at = 0;
    const read = files.map(({ path, bytes }) => ({
        path,
        name: path.toString(),
        content: content.subarray(at, (at += bytes)),
    }));
    return {
        kind: 'files',
        files: read.toSorted((a, b) => Buffer.compare(a.path, b.path)),
        leftOut: lines.flatMap(({ kind, path }) => {
            const reason = LEFT_OUT_REASONS.find((one) => one === kind);
            // No path contains //, which stands for a line break.
            return reason === undefined ? [] : [{ name: path.toString().replaceAll('//', '\n'), reason }];
        }),
        leftOutMore: lines.find(({ kind }) => kind === 'more')?.bytes ?? 0,
        unmatched: lines.filter(({ kind }) => kind === 'none').map(({ path }) => path.toString()),
    };
}
/** No path leads out of the folder, comes twice, or is a file and a folder, and there are not too many folders. */
function checkPaths(paths) {
    const taken = new Set(paths);
    const folders = new Set();
    if (taken.size < paths.length)
        refuse('a path in it appears twice');
    for (const path of paths) {
        if (path.includes('\0') || path.includes('\\'))
            refuse('a path in it has a character that is not allowed');
        const segments = path.split('/');
        if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
            refuse('a path in it leads out of the folder');
        }
        if (segments.length > COLLECT_LIMITS.depth)
            refuse('a path in it is more than 32 folders deep');
        for (const { index } of path.matchAll(/\//g)) {
            const folder = path.slice(0, index);
            if (taken.has(folder))
                refuse('a path in it is both a file and a folder');
            folders.add(folder);
        }
        if (folders.size > COLLECT_LIMITS.folders)
            refuse('it holds more than 2,000 folders');
    }
}
function overLimit({ state, sent, files, total }) {
    const biggest = files
        .map(({ path, bytes }) => ({ path: path.toString(), bytes }))
        .sort((a, b) => b.bytes - a.bytes)
        .slice(0, 5);
    const limit = state === 'too-many' ? 'files' : state === 'too-big' ? 'unpacked' : 'sent';
    return { kind: 'over', limit, bytes: limit === 'sent' ? sent : total, biggest };
}

// EXTERNAL MODULE: ./src/pod/output.ts
var output = __nccwpck_require__(4742);
;// CONCATENATED MODULE: ./src/pod/stream.ts





/**
 * AKS keeps the first 512 KiB of what a pod writes ("every truncated response was exactly 512·1024 bytes") and drops the
 * rest. In bytes; `src/pod/pod-script.sh` stays below.
 */
const LOG_LIMIT = 524_288;
/** The largest `$GITHUB_OUTPUT` and `$GITHUB_STEP_SUMMARY` that are accepted, in bytes. The pod sends one byte more of a larger one. */
const FILE_LIMIT = 65_536;
/** The largest output that the pod packs, in bytes: of a larger one only the start and the end come back. */
const PACKED_LIMIT = 67_108_864;
/** The exit code with which the script refuses to run a command: `EX_TEMPFAIL`. */
const REFUSED_EXIT_CODE = 75;
/** What follows the boundary on a line of the stream. */
const WORD = /(?:(exit|part|tail|timed-out) (\d{1,15})|(refused|lacks [a-z0-9.]{1,16}|outputs|summary|collected|uncollected (?:time|disk|size)|gzip|end))(?=\n|$)/y;
/** Words that may be the last ones of a log: a service may strip the final newline. Without one, any other word may have lost a digit. */
const LAST_WORD = /^(?:end|refused|lacks .*)$/;
/**
 * Reads what `src/pod/pod-script.sh` wrote, as AKS returns it.
 *
 * @param logs decoded as UTF-8, broken characters as U+FFFD
 * @param boundary this run's. A follower does not know it: then the very first line must be the script's, and its hash tells
 * the boundary from every other line, because only the script could write a line with that hash.
 */
async function readStream(logs, boundary) {
    const hash = boundary === undefined ? (0,pod_boundary/* hashInFirstLine */._Z)(logs) : (0,pod_boundary/* hashOf */.qQ)(boundary);
    const start = hash === undefined ? -1 : indexOfLine(logs, (0,pod_boundary/* startLine */.F0)(hash));
    if (hash === undefined || start < 0)
        return { kind: 'foreign', output: logs };
    const before = logs.slice(0, start);
    const rest = logs.slice(start + (0,pod_boundary/* startLine */.F0)(hash).length);
    const hasBegun = rest.startsWith(pod_boundary/* BEGIN_LINE */.$X);
    const stream = hasBegun ? rest.slice(pod_boundary/* BEGIN_LINE */.$X.length) : rest;
    const known = boundary ?? (0,pod_boundary/* findBoundary */.Wi)(stream, hash);
    const { text, sections } = known === undefined ? { text: stream, sections: [] } : split(stream, known);
    const refusal = sections.find(({ word }) => word === 'refused' || word.startsWith('lacks '));
    if (refusal !== undefined) {
        const alone = !hasBegun && before === '' && text === '' && sections.length === 1 && refusal.text === '';
        const [, lacks] = refusal.word.split(' ');
        return { kind: 'refused', alone, ...(lacks !== undefined && { lacks }) };
    }
    const find = (word) => sections.find((section) => section.word === word);
    const { output, exitCode } = await readOutput(text, sections, known);
    const timedOut = find('timed-out');
    const outputs = find('outputs')?.text;
    const summary = find('summary')?.text;
    const bundle = await bundleIn(sections);
    return {
        kind: 'ran',
        // What somebody else wrote before the script began is kept: it may explain why nothing else is there.
        output: { ...output, text: before + output.text },
        complete: find('end') !== undefined,
        ...(exitCode !== undefined && { exitCode }),
        ...(timedOut !== undefined && { timedOutAfter: timedOut.number }),
        ...(outputs !== undefined && { outputs }),
        ...(summary !== undefined && { summary }),
        ...(bundle !== undefined && { bundle }),
    };
}
async function bundleIn(sections) {
    const collected = sections.find(({ word }) => word === 'collected');
    if (collected !== undefined)
        return readBundle(collected.text);
    const because = ['time', 'disk', 'size'].find((one) => sections.some(({ word }) => word === `uncollected ${one}`));
    return because && { kind: 'uncollected', because };
}
/** The text before the first line that begins with the boundary, and the sections behind it. */
function split(stream, boundary) {
    const marks = [];
    for (let at = indexOfLine(stream, `${boundary} `); at >= 0; at = indexOfLine(stream, `${boundary} `, at)) {
        WORD.lastIndex = at + boundary.length + 1;
        const [, counting, number, plain] = WORD.exec(stream) ?? [];
        const word = counting ?? plain;
        if (word !== undefined && (WORD.lastIndex < stream.length || LAST_WORD.test(word))) {
            marks.push({ word, number: Number(number), from: Math.max(0, at - 1), to: WORD.lastIndex + 1 });
        }
    }
    const sections = marks.map(({ word, number, to }, index) => ({
        word,
        number,
        text: stream.slice(to, Math.max(to, marks[index + 1]?.from ?? stream.length)),
    }));
    return { text: stream.slice(0, marks[0]?.from), sections };
}
/** Where a line begins with `start`: the first one, or the next one behind a position; -1 if none does. */
function indexOfLine(text, start, behind) {
    if (behind === undefined && text.startsWith(start))
        return 0;
    const newline = text.indexOf(`\n${start}`, behind);
    return newline < 0 ? -1 : newline + 1;
}
/** The command's output is what stands before its exit mark, wherever that is: background processes may write behind it. */
async function readOutput(text, sections, boundary) {
    const [first] = sections;
    if (first?.word === 'exit')
        return { output: (0,output/* whole */.WQ)(text), exitCode: first.number };
    const start = withoutBrokenEnd(text, boundary);
    if (first?.word !== 'part' || boundary === undefined)
        return { output: { text: start, truncated: true } };
    const packed = sections.find(({ word }) => word === 'gzip');
    const unpacked = packed && (await stream_unpack(packed.text));
    return unpacked === undefined ? readTail(start, first.number, sections, boundary) : readUnpacked(unpacked, boundary);
}
/** @returns undefined if it is not sound to its end. */
async function stream_unpack(base64) {
    const packed = Buffer.from(base64, 'base64');
    return (0,external_node_util_.promisify)(external_node_zlib_.gunzip)(packed, { maxOutputLength: PACKED_LIMIT }).then(String, () => undefined);
}
/** Only its exit mark shows that an output is whole: if the pod's disk was full, the end is missing in a sound archive. */
function readUnpacked(unpacked, boundary) {
    const { text, sections } = split(unpacked, boundary);
    const [first] = sections;
    return first?.word === 'exit'
        ? { output: (0,output/* whole */.WQ)(text), exitCode: first.number }
        : { output: { text, truncated: true } };
}
function readTail(start, totalBytes, sections, boundary) {
    const at = sections.findIndex(({ word }) => word === 'tail');
    const tail = sections[at];
    if (tail === undefined) {
        return { output: (0,output/* joined */.oR)(start, Math.max(1, totalBytes - Buffer.byteLength(start)), '') };
    }
    const next = sections[at + 1];
    const text = next === undefined ? withoutBrokenEnd(`\n${tail.text}`, boundary).slice(1) : tail.text;
    return {
        output: (0,output/* joined */.oR)(start, tail.number, text.replace(/^\uFFFD{1,3}/, '')),
        ...(next?.word === 'exit' && { exitCode: next.number }),
    };
}
/** What was cut off anywhere may end in a broken character (as many as three U+FFFD), or in the middle of a mark. */
function withoutBrokenEnd(text, boundary) {
    const line = text.lastIndexOf(`\n${pod_boundary/* BOUNDARY_PREFIX */.At}`);
    const rest = text.slice(line + 1);
    // A boundary that nobody knows has not come through whole.
    const isMark = line >= 0 &&
        (boundary === undefined
            ? pod_boundary/* PART_OF_A_BOUNDARY */.Zh.test(rest)
            : boundary.startsWith(rest) || (rest.startsWith(`${boundary} `) && !rest.includes('\n')));
    return isMark ? text.slice(0, line) : text.replace(/\uFFFD{1,3}$/, '');
}


/***/ }),

/***/ 9495:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ parseDuration),
/* harmony export */   a: () => (/* binding */ formatDuration)
/* harmony export */ });
const UNITS = { h: 3600, m: 60, s: 1 };
/** Writes whole seconds for people: `0s`, `45s`, `2m 03s`, `2h 05m`. Without the spaces, the input `timeout` accepts them. */
function formatDuration(seconds) {
    const parts = [];
    let rest = Math.max(0, Math.round(seconds));
    for (const [unit, size] of Object.entries(UNITS)) {
        const count = Math.floor(rest / size);
        rest -= count * size;
        if (count > 0)
            parts.push(`${parts.length > 0 ? String(count).padStart(2, '0') : count}${unit}`);
    }
    return (parts.length > 0 ? parts.join(' ') : '0s');
}
/** No duration needs more than nine digits of a unit. */
const PATTERN = /^(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?$/;
/**
 * Reads `90s`, `15m`, or `1h30m`. A number needs its unit, because `10` looks like minutes.
 *
 * @returns whole seconds, or undefined if the text is not a duration.
 */
function parseDuration(text) {
    const [match = '', hours = 0, minutes = 0, seconds = 0] = PATTERN.exec(text) ?? [];
    if (match === '')
        return undefined;
    return Number(hours) * UNITS.h + Number(minutes) * UNITS.m + Number(seconds);
}


/***/ }),

/***/ 4653:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  q: () => (/* binding */ nearestName),
  K: () => (/* binding */ nearestPath)
});

;// CONCATENATED MODULE: ./node_modules/leven/index.js
const array = [];
const characterCodeCache = [];

function leven(first, second, options) {
	if (first === second) {
		return 0;
	}

	const maxDistance = options?.maxDistance;
	const swap = first;

	// Swapping the strings if `a` is longer than `b` so we know which one is the
	// shortest & which one is the longest
	if (first.length > second.length) {
		first = second;
		second = swap;
	}

	let firstLength = first.length;
	let secondLength = second.length;

	// Performing suffix trimming:
	// We can linearly drop suffix common to both strings since they
	// don't increase distance at all
	// Note: `~-` is the bitwise way to perform a `- 1` operation
	while (firstLength > 0 && (first.charCodeAt(~-firstLength) === second.charCodeAt(~-secondLength))) {
		firstLength--;
		secondLength--;
	}

	// Performing prefix trimming
	// We can linearly drop prefix common to both strings since they
	// don't increase distance at all
	let start = 0;

	while (start < firstLength && (first.charCodeAt(start) === second.charCodeAt(start))) {
		start++;
	}

	firstLength -= start;
	secondLength -= start;

	// Early termination after trimming: if difference in length exceeds max distance
	if (maxDistance !== undefined && secondLength - firstLength > maxDistance) {
		return maxDistance;
	}

	if (firstLength === 0) {
		return maxDistance !== undefined && secondLength > maxDistance
			? maxDistance
			: secondLength;
	}

	let bCharacterCode;
	let result;
	let temporary;
	let temporary2;
	let index = 0;
	let index2 = 0;

	while (index < firstLength) {
		characterCodeCache[index] = first.charCodeAt(start + index);
		array[index] = ++index;
	}

	while (index2 < secondLength) {
		bCharacterCode = second.charCodeAt(start + index2);
		temporary = index2++;
		result = index2;

		for (index = 0; index < firstLength; index++) {
			temporary2 = bCharacterCode === characterCodeCache[index] ? temporary : temporary + 1;
			temporary = array[index];
			// eslint-disable-next-line no-multi-assign
			result = array[index] = temporary > result
				? (temporary2 > result ? result + 1 : temporary2)
				: (temporary2 > temporary ? temporary + 1 : temporary2);
		}

		// Early termination: if all values in current row exceed maxDistance
		if (maxDistance !== undefined) {
			let rowMinimum = result;
			for (index = 0; index < firstLength; index++) {
				if (array[index] < rowMinimum) {
					rowMinimum = array[index];
				}
			}

			if (rowMinimum > maxDistance) {
				return maxDistance;
			}
		}
	}

	// Bound arrays to avoid retaining large previous sizes
	array.length = firstLength;
	characterCodeCache.length = firstLength;

	return maxDistance !== undefined && result > maxDistance ? maxDistance : result;
}

function closestMatch(target, candidates, options) {
	if (!Array.isArray(candidates) || candidates.length === 0) {
		return undefined;
	}

	const userMax = options?.maxDistance;
	const targetLength = target.length;

	// Exact match fast-path
	for (const candidate of candidates) {
		if (candidate === target) {
			return candidate;
		}
	}

	if (userMax === 0) {
		return undefined;
	}

	let best;
	let bestDist = Number.POSITIVE_INFINITY;
	const seen = new Set();

	for (const candidate of candidates) {
		if (seen.has(candidate)) {
			continue;
		}

		seen.add(candidate);

		const lengthDiff = Math.abs(candidate.length - targetLength);
		if (lengthDiff >= bestDist) {
			continue;
		}

		if (userMax !== undefined && lengthDiff > userMax) {
			continue;
		}

		const cap = Number.isFinite(bestDist)
			? (userMax === undefined ? bestDist : Math.min(bestDist, userMax))
			: userMax;

		const distance = cap === undefined
			? leven(target, candidate)
			: leven(target, candidate, {maxDistance: cap});

		// Skip candidates that exceed the user's maximum distance
		if (userMax !== undefined && distance > userMax) {
			continue;
		}

		// If we got a capped result that equals the cap, we need the actual distance
		// for accurate comparison, but only if the cap was due to userMax
		let actualD = distance;
		if (cap !== undefined && distance === cap && cap === userMax) {
			actualD = leven(target, candidate);
		}

		if (actualD < bestDist) {
			bestDist = actualD;
			best = candidate;
			if (bestDist === 0) {
				break;
			}
		}
	}

	if (userMax !== undefined && bestDist > userMax) {
		return undefined;
	}

	return best;
}

;// CONCATENATED MODULE: ./src/text/nearest.ts

/** Longer than any name that somebody types; comparing takes time with the square of the length. */
const MAX_TYPED = 200;
/**
 * The name of an input, an option, or a choice that a misspelled one most likely means: the one that the fewest slips lead
 * to, or one that has it as a word (`hidden` of `include-hidden-files`). Undefined if none is near: a wrong guess misleads.
 */
function nearestName(given, candidates) {
    const wanted = given.toLowerCase().replaceAll('_', '-');
    const isWord = (candidate) => wanted.length > 2 && candidate.split('-').includes(wanted);
    return fewestSlips(wanted, candidates) ?? candidates.find(isWord);
}
/** The path that a misspelled one most likely means: the same but for letter case, the ending, a folder, or a slip. */
function nearestPath(given, candidates) {
    const wanted = given.replace(/^(?:\.\/)+/, '').replace(/(?<!\/)\/+$/, '');
    const others = candidates.filter((candidate) => candidate !== wanted);
    if (wanted === '')
        return undefined;
    return (others.find((other) => other.toLowerCase() === wanted.toLowerCase()) ??
        others.find((other) => withoutEnding(other) === withoutEnding(wanted)) ??
        others.find((other) => `/${other}`.endsWith(`/${wanted}`) || `/${wanted}`.endsWith(`/${other}`)) ??
        others.find((other) => baseName(other) === baseName(wanted)) ??
        fewestSlips(wanted, others));
}
/** One slip is allowed for each three letters, but never more than two. */
function fewestSlips(wanted, candidates) {
    const most = wanted.length > MAX_TYPED ? 0 : Math.min(2, Math.floor(wanted.length / 3));
    const near = candidates
        .filter((candidate) => Math.abs(candidate.length - wanted.length) <= most)
        .map((candidate) => ({ candidate, slips: slips(candidate, wanted) }))
        .sort((a, b) => a.slips - b.slips)[0];
    return near !== undefined && near.slips <= most ? near.candidate : undefined;
}
/** Letters to insert, to delete, or to replace; two that changed places are one slip. */
function slips(one, other) {
    const letters = (text) => Array.from(text).sort().join('');
    const distance = leven(one, other);
    return distance === 2 && letters(one) === letters(other) ? 1 : distance;
}
function withoutEnding(path) {
    return path.toLowerCase().replace(/\.(?:ya?ml|json)$/, '');
}
function baseName(path) {
    return path.slice(path.lastIndexOf('/') + 1);
}


/***/ }),

/***/ 2452:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ ours)
/* harmony export */ });
/** Joins literals with numbers and other checked text. */
function ours(literals, ...values) {
    return String.raw({ raw: literals.map((literal) => literal) }, ...values);
}


/***/ }),

/***/ 1573:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Lx: () => (/* binding */ withoutEscapes),
/* harmony export */   RK: () => (/* binding */ visible),
/* harmony export */   gB: () => (/* binding */ visibleLines)
/* harmony export */ });
/**
 * What is not seen, or makes what is seen a lie: controls, line separators, format and bidirectional characters, all that
 * Unicode tells programs to ignore, halves of a pair, and the two marks of `VALUE_MARKS`. The one exception is the selector
 * that makes an emoji of the sign before it.
 */
const UNSEEN = /(?!(?<=\p{Extended_Pictographic})\ufe0f)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Surrogate}\ue000\ue001]/gu;
/** The same but for a tab. */
const UNSEEN_IN_LINE = new RegExp(UNSEEN.source.replace('[', String.raw `(?!\t)[`), 'gu');
/**
 * Foreign text on one line, each character in it seen: what is not is written as `\u000a`. Whatever of foreign text is
 * quoted goes through here: a name, a value, a word of a service, and above all a command to paste. Only the command's
 * output, which is shown whole and fenced, does not.
 */
function visible(text) {
    return text.replaceAll(UNSEEN, escaped);
}
/** The same for text of several lines, which stay lines. */
function visibleLines(text) {
    return text
        .split(/\r\n?|\n/)
        .map((line) => line.replaceAll(UNSEEN_IN_LINE, escaped))
        .join('\n');
}
/**
 * What moves a cursor, sets colors or a title: an OSC with its end, a CSI, any other escape. Each part stops at the next
 * escape, so that no text is read twice: Node's `stripVTControlCharacters` takes a minute for 200 KiB of `ESC ]`.
 */
const ESCAPES = 
// eslint-disable-next-line no-control-regex
/\u001b\][^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)|(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b[ -/]*[0-~]/g;
/** Text without what a terminal would act on and nobody would see. */
function withoutEscapes(text) {
    return text.replaceAll(ESCAPES, '');
}
/** By UTF-16 units, so that JSON and YAML read it as what it was. */
function escaped(character) {
    let units = '';
    for (let index = 0; index < character.length; index += 1) {
        units += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
    }
    return units;
}


/***/ }),

/***/ 3138:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   FO: () => (/* binding */ exitCodeOf),
/* harmony export */   Is: () => (/* binding */ withoutResult),
/* harmony export */   S4: () => (/* binding */ judge),
/* harmony export */   bv: () => (/* binding */ collectFailure),
/* harmony export */   dc: () => (/* binding */ EXIT),
/* harmony export */   kz: () => (/* binding */ succeeds)
/* harmony export */ });
/* harmony import */ var _lifecycle_ending_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5841);
/* harmony import */ var _pod_file_command_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5893);
/* harmony import */ var _pod_stream_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5900);



/** The verdict on a command that did not end or never began. */
function withoutResult(state, failure, commandId) {
    const nothing = { stepOutputs: [], arrived: [], podSummary: '', podSummaryCut: false };
    return { ...nothing, state, ...(failure && { failure }), ...(commandId && { commandId }) };
}
/** Decides. `succeeded` needs proof: an allowed exit code, and everything that the command handed over. */
function judge(ending, allowed) {
    if (ending.kind !== 'ended')
        return withoutResult(ending.kind, ending.failure, ending.id);
    const { result, report } = ending;
    const { problem, ...handedOver } = readHandedOver(report);
    const exitCode = exitCodeIn(ending);
    return {
        ...decide(ending, problem ?? collectFailure(allowed.collected), allowed),
        commandId: ending.id,
        ...(exitCode !== undefined && { exitCode }),
        ...(result.startedAt !== undefined && { startedAt: result.startedAt }),
        ...(result.finishedAt !== undefined && { finishedAt: result.finishedAt }),
        ...handedOver,
        output: outputOf(report),
        arrived: report.kind === 'ran' ? (0,_pod_file_command_js__WEBPACK_IMPORTED_MODULE_2__/* .arrivedAssignments */ .a0)(report.outputs ?? '') : [],
        ...(allowed.collected && { collected: allowed.collected }),
    };
}
/**
 * Whether the step succeeds.
 *
 * @param waits whether the step was to wait for the command's end. If not, a command that still runs is no failure, unless
 * the step was canceled.
 */
function succeeds({ state, failure }, waits) {
    if (state === 'running')
        return !waits && failure?.code !== 'cancelled';
    return state === 'succeeded' || state === 'dry-run';
}
/**
 * Exit codes at a prompt for anything but the command's own end: those that `timeout` and `docker run` use, and two more.
 */
const EXIT = { timedOut: 124, didNotRun: 125, keepsRunning: 254, unknown: 255 };
/**
 * The exit code at a prompt: the command's own if it ended.
 *
 * @param waits as for {@link succeeds}
 */
function exitCodeOf(verdict, waits) {
    const { state, failure, exitCode = 0 } = verdict;
    if (succeeds(verdict, waits))
        return 0;
    switch (state) {
        case 'not-started':
            return EXIT.didNotRun;
        case 'running':
            return EXIT.keepsRunning;
        case 'failed':
            if (failure?.code === 'timed-out')
                return EXIT.timedOut;
            // It ended with 0, but what it handed over is unusable.
            return exitCode === 0 ? EXIT.unknown : exitCode;
        case 'unknown':
        case 'succeeded':
        case 'dry-run':
            return EXIT.unknown;
    }
}
function decide(ending, outputsProblem, { allowedExitCodes, ownCommand }) {
    const { result, report } = ending;
    const exitCode = exitCodeIn(ending);
    const ran = report.kind === 'ran' ? report : undefined;
    const failed = (failure) => ({ state: 'failed', failure });
    const unknown = (failure) => ({ state: 'unknown', failure });
    if (result.provisioningState === 'failed' && !(0,_lifecycle_ending_js__WEBPACK_IMPORTED_MODULE_0__/* .isFramed */ .K)(report)) {
        const afterTenMinutes = isEndedAfterTenMinutes(ending) ? { afterTenMinutes: true } : {};
        return unknown({ code: 'aks-failed', reason: result.reason ?? '', ...afterTenMinutes });
    }
    if (exitCode === undefined)
        return unknown({ code: 'no-exit-code' });
    // Without the script's first line, nothing says that this exit code is the command's.
    if (!ran && ownCommand)
        return unknown({ code: 'no-boundary' });
    if (ran?.timedOutAfter !== undefined)
        return failed({ code: 'timed-out', seconds: ran.timedOutAfter });
    // AKS and the script say the same, unless the container was killed between the two.
    const refused = [exitCode, ran?.exitCode ?? exitCode].find((code) => !isAllowed(code, allowedExitCodes));
    if (refused !== undefined) {
        const allowed = refused === 0 && allowedExitCodes !== 'any' ? { allowed: allowedExitCodes } : {};
        return failed({ code: 'exit-code', exitCode: refused, ...allowed });
    }
    // Everything else came back: the command deleted the script's files, or the pod's disk was full.
    if (ran?.complete && ran.exitCode === undefined)
        return failed({ code: 'output-lost' });
    return outputsProblem ? failed(outputsProblem) : { state: 'succeeded' };
}
/** AKS's exit code. If AKS reports a failure, the one in the script's whole frame, which proves that the command ended. */
function exitCodeIn({ result, report }) {
    if (result.exitCode !== undefined || result.provisioningState !== 'failed')
        return result.exitCode;
    return report.kind === 'ran' && (0,_lifecycle_ending_js__WEBPACK_IMPORTED_MODULE_0__/* .isFramed */ .K)(report) ? report.exitCode : undefined;
}
/** Users report that AKS ends commands after about ten minutes, as a failure without reason and output. No document says so. */
function isEndedAfterTenMinutes({ result, seconds }) {
    const { startedAt = '', finishedAt = '', reason, logs } = result;
    const ran = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
    const minutes = (Number.isNaN(ran) ? (seconds ?? 0) : ran) / 60;
    return reason === undefined && logs === '' && minutes >= 9 && minutes <= 11;
}
/** Collected files that cannot be used, as a failure. */
function collectFailure(collected) {
    return collected?.problem && { code: 'collect', problem: collected.problem };
}
function isAllowed(exitCode, allowed) {
    return allowed === 'any' || allowed.includes(exitCode);
}
function outputOf(report) {
    if (report.kind === 'ran')
        return report.output;
    return { text: report.output, truncated: Buffer.byteLength(report.output) >= _pod_stream_js__WEBPACK_IMPORTED_MODULE_1__/* .LOG_LIMIT */ .HF };
}
function readHandedOver(report) {
    if (report.kind !== 'ran')
        return { stepOutputs: [], podSummary: '', podSummaryCut: false };
    const { complete, outputs, summary = '' } = report;
    const written = Buffer.from(summary);
    const rest = {
        stepOutputs: [],
        podSummary: written.subarray(0, _pod_stream_js__WEBPACK_IMPORTED_MODULE_1__/* .FILE_LIMIT */ .h1).toString(),
        podSummaryCut: written.length > _pod_stream_js__WEBPACK_IMPORTED_MODULE_1__/* .FILE_LIMIT */ .h1,
    };
    if (!complete || outputs === undefined)
        return { ...rest, problem: { code: 'outputs-lost' } };
    if (Buffer.byteLength(outputs) > _pod_stream_js__WEBPACK_IMPORTED_MODULE_1__/* .FILE_LIMIT */ .h1)
        return { ...rest, problem: { code: 'outputs-too-large' } };
    const parsed = (0,_pod_file_command_js__WEBPACK_IMPORTED_MODULE_2__/* .parseFileCommand */ .fA)(outputs);
    if (parsed.kind === 'assignments')
        return { ...rest, stepOutputs: parsed.assignments };
    return { ...rest, problem: { code: 'outputs-malformed', line: parsed.line, problem: parsed.problem } };
}


/***/ }),

/***/ 2613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 5317:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");

/***/ }),

/***/ 6982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 4589:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:assert");

/***/ }),

/***/ 6698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 1421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 7540:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:console");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3053:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:diagnostics_channel");

/***/ }),

/***/ 610:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 2467:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");

/***/ }),

/***/ 4708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 643:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:perf_hooks");

/***/ }),

/***/ 1708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:process");

/***/ }),

/***/ 1792:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:querystring");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 3429:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util/types");

/***/ }),

/***/ 5919:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 3193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");

/***/ }),

/***/ 3557:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 2018:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tty");

/***/ }),

/***/ 7016:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("url");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 3106:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("zlib");

/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/compat get default export */
/******/ (() => {
/******/ 	// getDefaultExport function for compatibility with non-harmony modules
/******/ 	__nccwpck_require__.n = (module) => {
/******/ 		var getter = module && module.__esModule ?
/******/ 			() => (module['default']) :
/******/ 			() => (module);
/******/ 		__nccwpck_require__.d(getter, { a: getter });
/******/ 		return getter;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(9407);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
