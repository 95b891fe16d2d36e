import { expect, test } from '@jest/globals';
import { readDocument } from '../docs/markdown.ts';

const listed = [...readDocument('dist/licenses.txt').matchAll(/^(.+)@.+\nLicense: (.+)$/gm)].map(
  ([, name = '', license = '']) => ({ name, license }),
);

type Manifest = { dependencies?: Record<string, string>; devDependencies: Record<string, string> };
const readManifest = (folder: string) =>
  JSON.parse(readDocument(`${folder}/package.json`)) as Manifest;

/** Packages for production, of which the bundle needs nothing. */
const LEFT_OUT = [
  // A sign-in in browsers, and helpers for old versions of JavaScript.
  '@azure/msal-browser',
  'tslib',
  // These open a browser for an interactive sign-in.
  'bundle-name',
  'default-browser',
  'default-browser-id',
  'define-lazy-prop',
  'is-docker',
  'is-in-ssh',
  'is-inside-container',
  'is-wsl',
  'open',
  'powershell-utils',
  'run-applescript',
  'wsl-utils',
];
/** `debug` uses these if they are there, and some package for development brings them. */
const FOUND_BESIDES = ['has-flag', 'supports-color'];

test('dist/licenses.txt lists the packages for production, apart from known ones', () => {
  const { packages } = JSON.parse(readDocument('package-lock.json')) as {
    packages: Record<string, { dev?: true; optional?: true; link?: true }>;
  };
  const installed = Object.entries(packages)
    .filter(([place, { dev, optional, link }]) => {
      const isForProduction = !(dev ?? optional ?? link ?? false);
      return place.startsWith('node_modules/') && isForProduction;
    })
    .map(([place]) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length));
  const bundled = [...listed.map(({ name }) => name), ...LEFT_OUT];
  expect(bundled.sort()).toEqual([...installed, ...FOUND_BESIDES].sort());
});

test('no package is bundled twice: minimatch is the one that @actions/glob uses', () => {
  const names = listed.map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('every package in the bundle has a permissive license', () => {
  expect([...new Set(listed.map(({ license }) => license))].sort()).toEqual([
    'Apache-2.0',
    'BSD-3-Clause',
    'BlueOak-1.0.0',
    'ISC',
    'MIT',
  ]);
});

test('dependencies are what is bundled, each for a reason, and the stand-ins have none', () => {
  const { dependencies = {}, devDependencies } = readManifest('.');
  const direct = Object.keys({ ...dependencies, ...devDependencies });
  const isBundled = (direct: string) => listed.some(({ name }) => name === direct);
  expect(Object.keys(dependencies)).toEqual(direct.filter(isBundled));
  const [, reasons = ''] = readDocument('docs/DECISIONS.md').split('\n## Packages\n');
  const explained = [...reasons.matchAll(/^\| `([^`/]+|@[^`]+)` +\|/gm)].map(([, name]) => name);
  expect(explained.sort()).toEqual(Object.keys(dependencies));
  expect(readManifest('local').dependencies).toBeUndefined();
});
