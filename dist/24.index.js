export const id = 24;
export const ids = [24];
export const modules = {

/***/ 5721:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ZZ: () => (/* binding */ field),
/* harmony export */   qF: () => (/* binding */ parseJson),
/* harmony export */   u4: () => (/* binding */ isRecord)
/* harmony export */ });
/** Parses JSON; undefined if the text is not JSON. */
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** A field of parsed JSON; undefined if there is none. */
function field(value, name) {
    return isRecord(value) ? value[name] : undefined;
}


/***/ }),

/***/ 1024:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   wholeEnvironment: () => (/* binding */ wholeEnvironment)
/* harmony export */ });
/* harmony import */ var _azure_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5721);

/**
 * The environment with whole values on Windows, where Node cuts a variable of more than 32,766 characters to its length
 * modulo 32,768. What is left of a script is a script, too, so no value shows that it was cut. The diagnostic report reads
 * the variables in another way and has all of them whole. Elsewhere, and if the report lacks the table, nothing changes.
 */
function wholeEnvironment(env, platform, report) {
    if (platform !== 'win32')
        return env;
    // Otherwise, the report would look up the names of all hosts that the process is connected to.
    report.excludeNetwork = true;
    const table = (0,_azure_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(report.getReport(), 'environmentVariables');
    const whole = new Map(Object.entries((0,_azure_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(table) ? table : {}).map(([name, value]) => [name.toUpperCase(), value]));
    return new Proxy(env, {
        get(own, name) {
            const value = typeof name === 'string' ? whole.get(name.toUpperCase()) : undefined;
            return typeof value === 'string' ? value : Reflect.get(own, name);
        },
    });
}


/***/ })

};
