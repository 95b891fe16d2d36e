import { registerHooks, stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { instrument } from './mutate.ts';
import { numberOf, root, sources, textOf } from './sources.ts';

/**
 * Runs the tests of one file against mutants, in one process: `worker.ts TEST_FILE`, with the mutants' numbers as a message.
 * Answers with each mutant before it is tried, and with what became of it.
 */

export type Result = { readonly mutant: number; readonly noticed?: boolean };

const state = { awake: -1, reached: new Set<number>(), calls: 0, limit: Infinity };
/** A mutant that makes a loop endless asks for itself endlessly. */
const MORE_CALLS = 20_000_000;
Object.assign(globalThis, {
  __isAwake(mutant: number): boolean {
    if (state.calls++ > state.limit) throw new Error('An endless loop');
    state.reached.add(mutant);
    return mutant === state.awake;
  },
});
registerHooks({
  resolve(specifier, context, nextResolve) {
    const jest = pathToFileURL(path.join(import.meta.dirname, 'jest.ts')).href;
    return specifier === '@jest/globals' ? { url: jest, shortCircuit: true } : nextResolve(specifier, context);
  },
  load(url, context, nextLoad) {
    const file = url.startsWith('file:') ? path.relative(root, fileURLToPath(url)).replaceAll('\\', '/') : url;
    if (!sources.includes(file)) return nextLoad(url, context);
    const { text } = instrument(textOf(file), (index) => `__isAwake(${numberOf(file, index)})`);
    return { format: 'module', source: stripTypeScriptTypes(text), shortCircuit: true };
  },
});
const { collected } = await import('./jest.ts');
type Test = (typeof collected)[number];

async function passes({ run }: Test, limitMs: number): Promise<boolean> {
  state.calls = 0;
  const late = new Promise<false>((resolve) => setTimeout(resolve, limitMs, false));
  const passed = run().then(
    () => true,
    () => false,
  );
  return Promise.race([passed, late]);
}

async function work(mutants: readonly number[]): Promise<void> {
  fc.configureGlobal({ seed: 20_261_127, endOnFailure: true });
  await import(pathToFileURL(path.join(root, process.argv[2] ?? '')).href);
  const usable: { test: Test; reached: Set<number>; limitMs: number }[] = [];
  for (const test of collected) {
    state.reached = new Set();
    const began = performance.now();
    // A test that takes longer than this starts processes, and is left out.
    if (!(await passes(test, 10_000))) continue;
    usable.push({ test, reached: state.reached, limitMs: 2000 + 10 * (performance.now() - began) });
  }
  usable.sort((a, b) => a.limitMs - b.limitMs);
  for (const mutant of mutants) {
    const reaching = usable.filter(({ reached }) => reached.has(mutant));
    if (reaching.length === 0) continue;
    process.send?.({ mutant } satisfies Result);
    Object.assign(state, { awake: mutant, limit: MORE_CALLS });
    let noticed = false;
    for (const { test, limitMs } of reaching) noticed ||= !(await passes(test, limitMs));
    Object.assign(state, { awake: -1, limit: Infinity });
    process.send?.({ mutant, noticed } satisfies Result);
  }
}

for (const event of ['uncaughtException', 'unhandledRejection'] as const) process.on(event, () => undefined);
process.on('disconnect', () => process.exit());
process.once('message', (mutants: readonly number[]) => {
  void work(mutants).then(() => process.exit());
});
