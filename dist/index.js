#!/usr/bin/env node
"use strict";
// Old versions of Node must be able to parse this file, so it has no syntax from after 2018, and it
// loads everything else with a dynamic import. A test parses the bundle's first file as they would.
const NEEDED = { major: 22, minor: 21 };
const running = process.versions.node;
const [major = 0, minor = 0] = running.split('.').map(Number);
const isNewEnough = major > NEEDED.major || (major === NEEDED.major && minor >= NEEDED.minor);
const isAction = process.argv.length === 2 && process.env['INPUT_CLUSTER'] !== undefined;
if (isNewEnough) {
    // If the process ends without a verdict, the step has failed, and a caller cannot tell what ran.
    process.exitCode = isAction ? 1 : 255;
    import("./start.js")
        .then(({ start }) => start(isAction))
        // If Node reported the error itself, it would end with 1, which at a prompt is the command's.
        .catch((error) => {
        console.error(error);
    });
}
else {
    refuse();
}
function refuse() {
    const problem = `needs Node.js ${NEEDED.major}.${NEEDED.minor} or later, but runs on ${running}.`;
    if (isAction) {
        console.log(`::error::The action ${problem} Update the runner. On 32-bit ARM, runners have only older versions.`);
        process.exitCode = 1;
    }
    else {
        console.error(`aks-run-command ${problem}`);
        process.exitCode = 125;
    }
}
