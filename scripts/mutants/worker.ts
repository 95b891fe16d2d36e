import { pathToFileURL } from 'node:url';
import path from 'node:path';
import fc from 'fast-check';
import './hooks.ts';
import { root } from './sources.ts';
import type { Collected } from './jest.ts';

/** Runs the tests of one file against mutants: `worker.ts TEST_FILE`, and the mutants' numbers as a message. */

/** What a worker tells. */
export type Told =
  /** What every test passes without. A test that fails without any mutant is not used. */
  | { readonly kind: 'unusable'; readonly test: string; readonly error: string }
  | { readonly kind: 'usable' }
  | { readonly kind: 'trying'; readonly mutant: number }
  | { readonly kind: 'noticed' | 'survived'; readonly mutant: number }
  /** It was noticed by a test that fails without it by now, too. */
  | { readonly kind: 'again'; readonly mutant: number };

const state = { awake: -1, reached: new Set<number>(), calls: 0, most: Infinity };
/** A mutant that makes a loop endless asks for itself endlessly: so many calls more than without it. */
const MORE_CALLS = 20_000_000;

Object.assign(globalThis, {
  __isAwake(mutant: number): boolean {
    if (state.calls++ > state.most) throw new Error('An endless loop');
    state.reached.add(mutant);
    return mutant === state.awake;
  },
});

const file = pathToFileURL(path.join(root, process.argv[2] ?? '')).href;
const tell = (told: Told) => process.send?.(told);

process.on('disconnect', () => process.exit());
process.on('unhandledRejection', () => undefined);
process.on('uncaughtException', () => undefined);
process.once('message', (mutants: readonly number[]) => {
  void work(mutants).then(() => {
    process.disconnect();
    process.exit();
  });
});

async function load(query: string) {
  // Where a shrunk counterexample is of no use, shrinking takes time only.
  fc.configureGlobal({ seed: 20_261_125, endOnFailure: true });
  const { taken } = await import('./jest.ts');
  await import(file + query);
  const { tests, before, after } = taken();
  for (const hook of before) await hook();
  return { tests, after };
}

async function work(mutants: readonly number[]): Promise<void> {
  const { tests, after } = await load('');
  const atLoad = new Set(state.reached);
  const usable: (Timed & { readonly reached: ReadonlySet<number> })[] = [];
  for (const test of tests) {
    state.reached = new Set();
    state.calls = 0;
    const begin = performance.now();
    const error = await failureOf({ ...test, limitMs: MOST_MS, mostCalls: Infinity });
    if (error !== undefined) tell({ kind: 'unusable', test: test.name, error });
    else {
      tell({ kind: 'usable' });
      const limitMs = 2000 + 10 * (performance.now() - begin);
      usable.push({ ...test, limitMs, mostCalls: MORE_CALLS + 10 * state.calls, reached: state.reached });
    }
  }
  // The quick ones first: one of them notices most mutants.
  usable.sort((a, b) => a.limitMs - b.limitMs);
  let isFirst = true;
  for (const mutant of mutants) {
    const reaching = usable.filter(({ reached }) => reached.has(mutant));
    if (reaching.length === 0 && !atLoad.has(mutant)) continue;
    tell({ kind: 'trying', mutant });
    const by = await firstThatFails(mutant, reaching);
    if (by !== undefined && (await failureOf(by)) !== undefined && !isFirst) {
      tell({ kind: 'again', mutant });
      return;
    }
    isFirst = false;
    const noticed = by !== undefined || (atLoad.has(mutant) && (await isNoticedAtLoad(mutant, usable)));
    tell({ kind: noticed ? 'noticed' : 'survived', mutant });
  }
  for (const hook of after) await hook();
}

async function firstThatFails(mutant: number, tests: readonly Timed[]): Promise<Timed | undefined> {
  for (const test of tests) {
    state.awake = mutant;
    const error = await failureOf(test);
    state.awake = -1;
    if (error !== undefined) return test;
  }
  return undefined;
}

/** What is computed while a module loads is computed again in a module of its own. */
async function isNoticedAtLoad(mutant: number, usable: readonly Timed[]): Promise<boolean> {
  const order = new Map(usable.map(({ name, limitMs, mostCalls }, at) => [name, { at, limitMs, mostCalls }]));
  try {
    state.awake = mutant;
    state.calls = 0;
    state.most = MORE_CALLS;
    const { tests, after } = await load(`?mutant=${mutant}`);
    const known = tests.flatMap((test) => {
      const limits = order.get(test.name);
      return limits === undefined ? [] : [{ ...test, ...limits }];
    });
    const by = await firstThatFails(
      mutant,
      known.sort((a, b) => a.at - b.at),
    );
    for (const hook of after) await hook();
    return by !== undefined;
  } catch {
    return true;
  } finally {
    state.awake = -1;
  }
}

/** A test that takes longer starts processes, and is left out. */
const MOST_MS = 10_000;

/** A test, and how long it may take where a mutant is awake, and how often it may come by a place where one could be. */
type Timed = Collected & { readonly limitMs: number; readonly mostCalls: number };

async function failureOf({ run, limitMs, mostCalls }: Timed): Promise<string | undefined> {
  state.calls = 0;
  state.most = mostCalls;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error('No end'));
    }, limitMs);
  });
  try {
    await Promise.race([run(), late]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}
