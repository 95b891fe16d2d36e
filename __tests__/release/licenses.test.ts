import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { readDocument, root } from '../docs/markdown.ts';
import { scratch } from '../scratch.ts';

const temp = scratch('licenses');

const listed = [...readDocument('dist/licenses.txt').matchAll(/^(.+)@(.+)\nLicense: (.+)$/gm)].map(
  ([, name = '', version = '', license = '']) => ({ name, version, license }),
);

type Manifest = {
  name: string;
  version: string;
  dependencies?: Record<string, string>;
  devDependencies: Record<string, string>;
};
const readManifest = (folder: string) =>
  JSON.parse(readDocument(`${folder}/package.json`)) as Manifest;

/**
 * The packages that source maps name: a list of what is in the bundle that the bundler writes in
 * another way.
 */
function packagesOfSourceMaps(): string[] {
  const options = ['--out', temp, '--target', 'es2024', '--no-cache', '--transpile-only'];
  const ncc = 'node_modules/@vercel/ncc/dist/ncc/cli.js';
  execFileSync(process.execPath, [ncc, 'build', 'src/index.ts', ...options, '--source-map'], {
    cwd: root,
    stdio: 'ignore',
  });
  const found = new Set<string>();
  for (const chunk of readdirSync(temp).filter((name) => name.endsWith('.js'))) {
    // This chunk is dropped from the bundle.
    if (readFileSync(path.join(temp, chunk), 'utf8').includes('xdg-open')) continue;
    const map = JSON.parse(readFileSync(path.join(temp, `${chunk}.map`), 'utf8')) as {
      sources: string[];
    };
    for (const source of map.sources) {
      const [, place] =
        /(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(source) ?? [];
      if (place !== undefined) found.add(place);
    }
  }
  return [...found].map(readManifest).map(({ name, version }) => `${name}@${version}`);
}

test('dist/licenses.txt lists what is bundled', () => {
  const names = listed.map(({ name, version }) => `${name}@${version}`);
  expect(names.sort()).toEqual(packagesOfSourceMaps().sort());
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

test('dependencies are what is bundled, and the stand-ins have none', () => {
  const { dependencies = {}, devDependencies } = readManifest('.');
  const direct = Object.keys({ ...dependencies, ...devDependencies });
  const isBundled = (direct: string) => listed.some(({ name }) => name === direct);
  expect(Object.keys(dependencies)).toEqual(direct.filter(isBundled));
  expect(readManifest('local').dependencies).toBeUndefined();
});
