import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@jest/globals';
import type { Tree } from '../plant.ts';
import { repositoryOf, tryWorkflow } from './rehearsal.ts';

/** A workflow, and what a rehearsal says of it. */
export type Row = {
  readonly name: string;
  /** The workflow, which is `.github/workflows/w.yml`. */
  readonly workflow: string;
  /** What else is in the repository. */
  readonly files?: Tree;
  readonly args?: readonly string[];
  /** 0: it works, 1: it fails, 2: it is refused before it runs, 3: nobody can tell. */
  readonly code: 0 | 1 | 2 | 3;
  readonly says?: readonly string[];
  readonly saysNot?: readonly string[];
};

/** The last sentence of a rehearsal without a cluster. */
export const ABOUT_THE_STAND_IN =
  "it compared objects with Kubernetes' schema, checked few of its other";

const checkoutOf = (root: string) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('.git/'))
    .sort();

/** Rehearses the workflow in a repository of its own. */
export async function expectVerdict({
  files = {},
  args = [],
  says = [],
  saysNot = [],
  ...row
}: Row): Promise<void> {
  const root = await repositoryOf({ '.github/workflows/w.yml': row.workflow, ...files });
  const before = checkoutOf(root);
  const ended = await tryWorkflow([path.join(root, '.github/workflows/w.yml'), ...args]);
  const said = ended.stdout + ended.stderr;

  for (const text of says) expect(said).toContain(text);
  for (const text of saysNot) expect(said).not.toContain(text);
  expect(said).not.toMatch(/\n {4}at /);
  expect({ code: ended.code, said }).toEqual({ code: row.code, said });
  // Nothing is written into the checkout.
  expect(checkoutOf(root)).toEqual(before);
}
