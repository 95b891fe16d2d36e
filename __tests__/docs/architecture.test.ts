import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { rooms } from '../../rooms.config.js';
import {
  arrowsOf,
  circlesIn,
  importsOf,
  pictureOf,
  roomOf,
} from '../../scripts/architecture/imports.ts';
import { blocksOf, readDocument, root } from './markdown.ts';

const imports = importsOf(path.join(root, 'src'));
const arrows = arrowsOf(imports);

test('the picture in ARCHITECTURE.md shows the arrows that there are', () => {
  const document = readDocument('docs/ARCHITECTURE.md');
  const [picture] = blocksOf(document, 'mermaid');
  if (process.env['UPDATE_GOLDEN'] === '1' && picture) {
    writeFileSync(
      path.join(root, 'docs/ARCHITECTURE.md'),
      document.replace(picture.text, pictureOf(arrows)),
    );
  }
  expect(blocksOf(readDocument('docs/ARCHITECTURE.md'), 'mermaid')[0]?.text).toBe(
    pictureOf(arrows),
  );
});

test('the table of rooms allows what is drawn, and nothing else', () => {
  const allowed = Object.entries(rooms).flatMap(([from, to]) =>
    to.map((name) => ({ from, to: name })),
  );
  expect(new Set(allowed)).toEqual(new Set(arrows));
  expect(new Set(Object.keys(rooms))).toEqual(
    new Set(imports.flatMap(({ from, to }) => [roomOf(from), roomOf(to)])),
  );
});

describe('circles', () => {
  test('there are none between rooms', () => {
    expect(circlesIn(arrows)).toEqual([]);
  });

  test('there are none between files', () => {
    expect(circlesIn(imports)).toEqual([]);
  });

  test('are found where there are some', () => {
    const knot = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
      { from: 'c', to: 'b' },
    ];
    expect(circlesIn(knot)).toEqual([['b', 'c', 'b']]);
  });
});
