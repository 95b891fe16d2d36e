"use strict";
// The post step never touches the user's command, although the runner passes it the same inputs.
// Without a state, there is nothing to stop, and nothing is loaded. An old version of Node, on which
// no step has saved one, must be able to parse this file.
if (process.env['STATE_open']) {
    // If the process ends without a verdict, the command may still run.
    process.exitCode = 1;
    import("./start.js")
        .then(({ startPostStep }) => startPostStep())
        .catch((error) => {
        console.error(error);
    });
}
