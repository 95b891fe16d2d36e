import { registerHooks } from 'node:module';
import { constants, tmpdir } from 'node:os';
import { onParentEnd } from '../azure/index.ts';
import { tryWorkflow } from './try.ts';

// GitHub's language service imports JSON without the attribute that Node.js asks for.
registerHooks({
  load(url, context, next) {
    const isJson = url.endsWith('.json');
    return next(url, isJson ? { ...context, importAttributes: { type: 'json' } } : context);
  },
});

// npm runs this in its own folder, and says where the user stands.
const { INIT_CWD, npm_lifecycle_event: script } = process.env;
if (INIT_CWD !== undefined && script === 'try') process.chdir(INIT_CWD);

const { signals } = constants;
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(name, () => {
    process.exitCode = 128 + signals[name];
    stop.abort();
  });
}
onParentEnd(() => {
  process.exitCode = 143;
  stop.abort();
});
// If a reader such as `head` leaves early, there is nothing left to report to, and the rehearsal
// ends.
process.stdout.on('error', () => {
  stop.abort();
});

const code = await tryWorkflow(process.argv.slice(2), {
  say: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
  signal: stop.signal,
  temp: tmpdir(),
});
process.exitCode ??= code;
