import { expect } from 'expect';

/**
 * The part of Jest that the unit tests use. Tests are collected, and can run any number of times.
 */
export { expect };
type Body = (...given: unknown[]) => unknown;

export type Test = { readonly run: () => Promise<void> };
export const collected: Test[] = [];
let blocks = [{ before: [] as Body[], after: [] as Body[] }];

function define(_name: string, body: Body, given: readonly unknown[] = []): void {
  const own = blocks;
  collected.push({
    async run() {
      for (const hook of own.flatMap(({ before }) => before)) await hook();
      try {
        await body(...given);
      } finally {
        for (const hook of own.flatMap(({ after }) => after).reverse()) await hook();
      }
    },
  });
}

function within(_name: string, body: Body, given: readonly unknown[] = []): void {
  const outer = blocks;
  blocks = [...outer, { before: [], after: [] }];
  body(...given);
  blocks = outer;
}

const withTables = (one: typeof define) => {
  const each = (table: readonly unknown[]) => (name: string, body: Body) => {
    for (const row of table) one(name, body, [row].flat());
  };
  return Object.assign(one, { each, skip: () => undefined });
};
export const test = withTables(define);
export const describe = withTables(within);
export const beforeEach = (body: Body) => blocks.at(-1)?.before.push(body);
export const afterEach = (body: Body) => blocks.at(-1)?.after.push(body);
export const beforeAll = (body: Body) => {
  let done: unknown;
  beforeEach(() => {
    done ??= body();
    return done;
  });
};
export const afterAll = () => undefined;
export const jest = {
  useFakeTimers: () => undefined,
  setSystemTime(now: number) {
    Date.now = () => now;
  },
};
