import { globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { modules } from '../../modules.config.js';
import { documents, readDocument, root } from './markdown.ts';

test('CONTRIBUTING.md says what is in each module', () => {
  const rows = readDocument('CONTRIBUTING.md').matchAll(/^\| `([\w./-]+?)\/?` /gm);
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

/** What each file imports of ours. */
const imports = new Map(
  globSync(['src/**/*.ts', 'local/*/*.ts'], { cwd: root }).map((found) => {
    const file = found.replaceAll(path.sep, '/');
    const source = readFileSync(path.join(root, file), 'utf8');
    const names = Array.from(
      source.matchAll(/\b(?:from |import |import\()'(\.[^']+)'/g),
      ([, name = '']) => name,
    );
    return [file, names.map((name) => path.posix.join(path.posix.dirname(file), name))];
  }),
);

test('no module may import another one for nothing', () => {
  const isIn = (module: string) => (file: string) =>
    moduleNames.findLast((name) => file.startsWith(`src/${name}`)) === module;
  const moduleNames = Object.keys(modules).sort();
  const unused = Object.entries(modules).flatMap(([module, mayImport]) => {
    const imported = [...imports].filter(([file]) => isIn(module)(file)).flatMap(([, all]) => all);
    return mayImport
      .filter((other) => !imported.some(isIn(other)))
      .map((other) => `${module} does not import ${other}`);
  });
  expect(unused).toEqual([]);
});

test('no files import each other in a circle', () => {
  const left = new Map(imports);
  for (let before = Infinity; left.size < before;) {
    before = left.size;
    for (const [file, names] of left) if (!names.some((name) => left.has(name))) left.delete(file);
  }
  expect([...left.keys()]).toEqual([]);
});

const places = [...documents, 'CONTRIBUTING.md'].flatMap((document) => {
  const found = readDocument(document).matchAll(/`(\w+)`\s+in\s+`((?:src|__tests__)\/[\w./-]+)`/g);
  return Array.from(found, ([, name = '', file = '']) => ({ document, name, file }));
});

test.each(places)('$document finds $name in $file', ({ name, file }) => {
  expect(readFileSync(path.join(root, file), 'utf8')).toMatch(new RegExp(`\\b${name}\\b`));
});
