import { expect } from 'expect';

/** As much of Jest as the tests of the core use: tests are collected, and run as often as one likes. */
export { expect };

type Body = (...given: unknown[]) => unknown;
type Row = readonly unknown[];

/** A test with the hooks around it. */
export type Collected = { readonly name: string; readonly run: () => Promise<void> };

type Block = { readonly name: string; readonly outer?: Block; readonly before: Body[]; readonly after: Body[] };

let block: Block = { name: '', before: [], after: [] };
let collected: Collected[] = [];
let once: { readonly before: Body[]; readonly after: Body[] } = { before: [], after: [] };

/** What a file defined since the last time. */
export function taken() {
  const all = { tests: collected, ...once };
  collected = [];
  once = { before: [], after: [] };
  // The tests that were taken keep their own, with its hooks.
  block = { name: '', before: [], after: [] };
  return all;
}

function define(name: string, body: Body, given: Row = []): void {
  const here = block;
  const around = (which: 'before' | 'after', from: Block | undefined): Body[] =>
    from ? [...around(which, from.outer), ...from[which]] : [];
  collected.push({
    name: [...namesOf(here), name].join(' › '),
    async run() {
      for (const hook of around('before', here)) await hook();
      try {
        await body(...given);
      } finally {
        for (const hook of around('after', here).reverse()) await hook();
      }
    },
  });
}

function namesOf({ name, outer }: Block): string[] {
  return outer ? [...namesOf(outer), name] : [];
}

const rowsOf = (table: readonly unknown[]): Row[] => table.map((row) => (Array.isArray(row) ? (row as Row) : [row]));

export const test = Object.assign(
  (name: string, body: Body) => {
    define(name, body);
  },
  {
    each: (table: readonly unknown[]) => (name: string, body: Body) => {
      for (const row of rowsOf(table)) define(`${name} ${JSON.stringify(row[0])}`, body, row);
    },
    skip: () => undefined,
  },
);

function within(name: string, body: () => void): void {
  const outer = block;
  block = { name, outer, before: [], after: [] };
  body();
  block = outer;
}

export const describe = Object.assign(within, {
  each: (table: readonly unknown[]) => (name: string, body: Body) => {
    for (const row of rowsOf(table)) within(`${name} ${JSON.stringify(row[0])}`, () => void body(...row));
  },
  skip: () => undefined,
});

export const beforeEach = (body: Body) => block.before.push(body);
export const afterEach = (body: Body) => block.after.push(body);
export const beforeAll = (body: Body) => once.before.push(body);
export const afterAll = (body: Body) => once.after.push(body);

const RealDate = Date;
let simulated: number | undefined;

/** A date of now is the simulated one. */
class SimulatedDate extends RealDate {
  constructor(...given: [] | [number | string | Date]) {
    super(...((given.length === 0 ? [SimulatedDate.now()] : given) as [number]));
  }
  static override now(): number {
    return simulated ?? RealDate.now();
  }
}

export const jest = {
  useFakeTimers() {
    globalThis.Date = SimulatedDate as DateConstructor;
  },
  useRealTimers() {
    globalThis.Date = RealDate;
    simulated = undefined;
  },
  setSystemTime(now: number) {
    simulated = now;
  },
};
