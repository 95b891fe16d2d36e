import { registerHooks, stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import type { Test } from './jest.ts';
import { instrumentFile, root, sources } from './mutate.ts';

/**
 * What `worker.ts TEST_FILE` answers before it tries one of the mutants it was sent, and after
 * that.
 */
export type Result = { readonly mutant: number; readonly noticed?: boolean };

const state = { awake: -1, reached: new Set<number>(), calls: 0 };
/** In an endless loop, a mutant is looked up endlessly. */
const MAX_CALLS = 20_000_000;
Object.assign(globalThis, {
  __isAwake(mutant: number): boolean {
    state.calls += 1;
    if (state.calls > MAX_CALLS && state.awake >= 0) throw new Error('An endless loop');
    state.reached.add(mutant);
    return mutant === state.awake;
  },
});
registerHooks({
  resolve(specifier, context, nextResolve) {
    const jest = pathToFileURL(path.join(import.meta.dirname, 'jest.ts')).href;
    return specifier === '@jest/globals'
      ? { url: jest, shortCircuit: true }
      : nextResolve(specifier, context);
  },
  load(url, context, nextLoad) {
    const file = sources.find((one) => url === pathToFileURL(path.join(root, one)).href);
    if (file === undefined) return nextLoad(url, context);
    return {
      format: 'module',
      source: stripTypeScriptTypes(instrumentFile(file).text),
      shortCircuit: true,
    };
  },
});

async function passes({ run }: Test, limitMs: number): Promise<boolean> {
  state.calls = 0;
  const passed = run().then(() => true);
  return Promise.race([passed.catch(() => false), setTimeout(limitMs, false)]);
}

async function work(mutants: readonly number[]): Promise<void> {
  fc.configureGlobal({ seed: 20_261_127, endOnFailure: true });
  await import(pathToFileURL(path.join(root, process.argv[2] ?? '')).href);
  // From here on, an error is a mutant's.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, () => undefined);
  const usable: { test: Test; reached: Set<number>; limitMs: number }[] = [];
  for (const test of (await import('./jest.ts')).collected) {
    state.reached = new Set();
    const began = performance.now();
    // A test that takes longer than this starts processes, so it is left out.
    if (!(await passes(test, 10_000))) continue;
    usable.push({ test, reached: state.reached, limitMs: 2000 + 10 * (performance.now() - began) });
  }
  for (const mutant of mutants) {
    const reaching = usable.filter(({ reached }) => reached.has(mutant));
    if (reaching.length === 0) continue;
    process.send?.({ mutant } satisfies Result);
    state.awake = mutant;
    let noticed = false;
    for (const { test, limitMs } of reaching) noticed ||= !(await passes(test, limitMs));
    process.send?.({ mutant, noticed } satisfies Result);
  }
}

process.on('disconnect', () => process.exit());
process.once('message', (mutants: readonly number[]) => {
  void work(mutants).then(() => process.exit());
});
