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
  'docs/SETUP.md',
  // The role that a message suggests.
  '__tests__/unit/report/golden/messages.txt',
];

/** The actions of each role in a text that can run commands. */
function rolesOf(text: string): string[][] {
  // setup.sh has a variable for what they begin with, in a string in quotes.
  const plain = text
    .replaceAll('\\"', '"')
    .replaceAll('$aks/', 'Microsoft.ContainerService/managedClusters/');
  return [...plain.matchAll(/\[[^[\]]*\]/g)]
    .map(([list]) => [...list.matchAll(/["'](Microsoft\.ContainerService\/[^"']*)["']/g)])
    .map((actions) => actions.map(([, action = '']) => action).sort())
    .filter((actions) => actions.some((action) => action.endsWith('/runCommand/action')));
}

test.each(FILES)('the role in %s has the permissions that the code asks for', (file) => {
  const roles = rolesOf(readFileSync(path.join(root, file), 'utf8'));
  expect(roles.length).toBeGreaterThan(0);
  for (const role of roles) expect(role).toEqual([...runCommandActions].sort());
});
