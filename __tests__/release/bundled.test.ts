import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readDocument, root } from '../docs/markdown.ts';
import { scratch } from '../scratch.ts';

const temp = scratch('bundled');

const node = (...words: string[]) =>
  execFileSync(process.execPath, words, { cwd: root, stdio: 'ignore' });

function sbom(name: string): string {
  const file = path.join(temp, name);
  node('scripts/release/sbom.ts', file);
  return readFileSync(file, 'utf8');
}

const text = sbom('sbom.json');
type Component = { name: string; version: string; licenses: { expression: string }[] };
const { components } = JSON.parse(text) as { components: Component[] };

/**
 * The packages that source maps name: a list of what is in the bundle that the bundler writes in
 * another way.
 */
function packagesOfSourceMaps(): string[] {
  const folder = path.join(temp, 'maps');
  const options = [
    '--out',
    folder,
    '--target',
    'es2024',
    '--no-cache',
    '--transpile-only',
    '--source-map',
  ];
  node('node_modules/@vercel/ncc/dist/ncc/cli.js', 'build', 'src/index.ts', ...options);
  const found = new Set<string>();
  for (const chunk of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
    // This chunk is dropped from the bundle.
    if (readFileSync(path.join(folder, chunk), 'utf8').includes('xdg-open')) continue;
    const map = JSON.parse(readFileSync(path.join(folder, `${chunk}.map`), 'utf8')) as {
      sources: string[];
    };
    for (const source of map.sources) {
      const [, place] =
        /(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(source) ?? [];
      if (place !== undefined) found.add(place);
    }
  }
  return [...found].map((place) => {
    const { name, version } = JSON.parse(readDocument(`${place}/package.json`)) as {
      name: string;
      version: string;
    };
    return `${name}@${version}`;
  });
}

test('the SBOM lists what is really bundled', () => {
  const listed = components.map(({ name, version }) => `${name}@${version}`);
  expect(listed.sort()).toEqual(packagesOfSourceMaps().sort());
});

test('the same sources give the same SBOM', () => {
  expect(sbom('again.json')).toBe(text);
});

test('every package in the bundle has a permissive license', () => {
  const licenses = new Set(
    components.flatMap((component) => component.licenses.map(({ expression }) => expression)),
  );
  expect([...licenses].sort()).toEqual([
    'Apache-2.0',
    'BSD-3-Clause',
    'BlueOak-1.0.0',
    'ISC',
    'MIT',
  ]);
});

test('dependencies are what is bundled, for Dependabot too, and the stand-ins have none', () => {
  type Manifest = {
    dependencies?: Record<string, string>;
    devDependencies: Record<string, string>;
  };
  const read = (file: string) => JSON.parse(readDocument(file)) as Manifest;
  const { dependencies = {}, devDependencies } = read('package.json');
  const bundled = new Set(components.map(({ name }) => name));
  const direct = [...Object.keys(dependencies), ...Object.keys(devDependencies)];

  expect(Object.keys(dependencies)).toEqual(direct.filter((name) => bundled.has(name)));
  expect(read('local/package.json').dependencies).toBeUndefined();

  type Update = { 'package-ecosystem': string; groups: Record<string, object> };
  const { updates } = parse(readDocument('.github/dependabot.yml')) as { updates: Update[] };
  const npm = updates.find((update) => update['package-ecosystem'] === 'npm');
  expect(npm?.groups['production']).toMatchObject({ 'dependency-type': 'production' });
});
