import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { modules } from '../../modules.config.js';
import { readDocument, root } from './markdown.ts';

test('ARCHITECTURE.md says what is in each module', () => {
  const rows = readDocument('docs/ARCHITECTURE.md').matchAll(/^\| `([\w./]+?)\/?` /gm);
  const named = Array.from(rows, ([, name]) => name);
  expect(named.sort()).toEqual(Object.keys(modules).sort());
});

test('every folder and file of src is a module, so ESLint knows its borders', () => {
  const inside = readdirSync(path.join(root, 'src')).sort();
  const listed = Object.keys(modules).filter((module) => !module.includes('/'));
  expect(inside).toEqual(listed.sort());
});

test('the arrows lead one way: there is always a module that imports none of those left', () => {
  let left = Object.entries(modules);
  for (let before = Infinity; left.length < before;) {
    before = left.length;
    const names = new Set(left.map(([module]) => module));
    left = left.filter(([, mayImport]) => mayImport.some((module) => names.has(module)));
  }
  expect(left).toEqual([]);
});
