import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { runCommandActions } from '../../local/azure/index.ts';

// The role stands in several languages, and each has to have the permissions that the code needs.

const root = path.resolve(import.meta.dirname, '../..');
const FILES = [
  'setup/setup.sh',
  'setup/main.tf',
  'setup/main.bicep',
  // The role that a message suggests.
  '__tests__/unit/report/golden/catalogue.txt',
];

/** The actions of the role in a text: the only list that has more than one of them. */
function roleOf(text: string): string[] {
  const lists = [...text.matchAll(/\[[^[\]]*\]/g)].map(([list]) => [
    ...list.matchAll(/["'](Microsoft\.ContainerService\/[^"']*)["']/g),
  ]);
  const roles = lists.filter((list) => list.length > 1);
  expect(roles).toHaveLength(1);
  return (roles[0] ?? []).map(([, action = '']) => action).sort();
}

test.each(FILES)('the role in %s has the permissions that the code asks for', (file) => {
  const text = readFileSync(path.join(root, file), 'utf8');
  expect(roleOf(text)).toEqual([...runCommandActions].sort());
});
