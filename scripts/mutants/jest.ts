import { expect } from 'expect';

/** As much of Jest as the unit tests use. The tests are collected, and can run any number of times. */
export { expect };

type Body = (...given: unknown[]) => unknown;
type Block = { readonly before: Body[]; readonly after: Body[]; readonly outer?: Block };

export const collected: { readonly run: () => Promise<void> }[] = [];
let block: Block = { before: [], after: [] };

const around = (from: Block | undefined): Block[] => (from ? [...around(from.outer), from] : []);

function define(_name: string, body: Body, given: readonly unknown[] = []): void {
  const blocks = around(block);
  collected.push({
    async run() {
      for (const hook of blocks.flatMap(({ before }) => before)) await hook();
      try {
        await body(...given);
      } finally {
        for (const hook of blocks.flatMap(({ after }) => after).reverse()) await hook();
      }
    },
  });
}

function within(_name: string, body: Body, given: readonly unknown[] = []): void {
  const outer = block;
  block = { outer, before: [], after: [] };
  body(...given);
  block = outer;
}

const withTables = (one: typeof define) => {
  const each = (table: readonly unknown[]) => (name: string, body: Body) => {
    for (const row of table) one(name, body, Array.isArray(row) ? (row as unknown[]) : [row]);
  };
  return Object.assign(one, { each, skip: () => undefined });
};
export const test = withTables(define);
export const describe = withTables(within);
export const beforeEach = (body: Body) => block.before.push(body);
export const afterEach = (body: Body) => block.after.push(body);
export const beforeAll = (body: Body) => {
  let done: unknown;
  block.before.push(() => (done ??= body()));
};
/** The process ends without it. */
export const afterAll = () => undefined;
