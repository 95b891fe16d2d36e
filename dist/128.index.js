export const id = 128;
export const ids = [128];
export const modules = {

/***/ 4128:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   postStep: () => (/* binding */ postStep)
/* harmony export */ });
/* harmony import */ var _inputs_inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(263);
/* harmony import */ var _lifecycle_open_command_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9894);
/* harmony import */ var _lifecycle_stop_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9355);
/* harmony import */ var _report_publication_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9887);
/* harmony import */ var _verdict_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9478);





/**
 * The post step: state → inputs → stop → verdict → report. It reads no input about the command, and
 * submits nothing but what stops it. If its step has left nothing to stop, it says nothing.
 *
 * @returns whether it succeeds: whether the command is known to have ended
 */
async function postStep(ports) {
    const { host, messages } = ports;
    const left = (0,_lifecycle_open_command_js__WEBPACK_IMPORTED_MODULE_1__/* .readState */ .un)(host.savedState());
    if (left === undefined)
        return true;
    const { inputs, invalid } = (0,_inputs_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .readPostInputs */ ._)(host);
    if (invalid === undefined && inputs.onCancel === 'leave')
        return true;
    const { open, cluster } = left;
    const target = { ...inputs, cluster };
    const { ending, signaled } = invalid
        ? { ending: (0,_lifecycle_stop_js__WEBPACK_IMPORTED_MODULE_2__/* .notEnded */ .Au)(invalid, open), signaled: false }
        : await (0,_lifecycle_stop_js__WEBPACK_IMPORTED_MODULE_2__/* .stopCommand */ .IM)(open, target, ports);
    const ownCommand = open.submission !== undefined;
    const verdict = (0,_verdict_js__WEBPACK_IMPORTED_MODULE_4__/* .judge */ .S4)(ending, { allowedExitCodes: [0], ownCommand });
    const step = { inputs: target, verdict: (0,_verdict_js__WEBPACK_IMPORTED_MODULE_4__/* .asStopped */ .Mc)(verdict, signaled) };
    return (0,_report_publication_js__WEBPACK_IMPORTED_MODULE_3__/* .publishStep */ .gm)(step, host, messages, true);
}


/***/ })

};
