export const id = 24;
export const ids = [24];
export const modules = {

/***/ 1024:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   wholeEnvironment: () => (/* binding */ wholeEnvironment)
/* harmony export */ });
/**
 * The environment with whole values on Windows, where Node cuts a variable of more than 32,766 characters. What is left has
 * any length from 0 to 32,766: of 32,768 nothing, of 33,000 the first 232, of 39,739 the first 6,971, of 65,534 the first
 * 32,766. So no length is a sign that a value is whole, the beginning of a script is a script, and every step asks the
 * diagnostic report, which reads the variables in another way. Without its table the values are Node's.
 */
function wholeEnvironment(env, platform, report) {
    if (platform !== 'win32')
        return env;
    const whole = new Map(reported(report).map(([name, value]) => [name.toUpperCase(), value]));
    return new Proxy(env, {
        get: (own, name) => (typeof name === 'string' ? (whole.get(name.toUpperCase()) ?? own[name]) : undefined),
    });
}
function reported(report) {
    const before = report.excludeNetwork;
    // Without, it asks for the names of all hosts that the process is connected to.
    report.excludeNetwork = true;
    const told = report.getReport();
    report.excludeNetwork = before ?? false;
    const variables = 'environmentVariables' in told ? told.environmentVariables : undefined;
    if (typeof variables !== 'object' || variables === null)
        return [];
    return Object.entries(variables).flatMap(([name, value]) => typeof value === 'string' ? [[name, value]] : []);
}


/***/ })

};
