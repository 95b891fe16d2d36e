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
  '__tests__/unit/messages/golden/messages.txt',
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

const terraform = readFileSync(path.join(root, 'setup/main.tf'), 'utf8');

/** The body of a block of main.tf, such as `variable "namespace"`. */
function blockOf(name: string): string {
  const start = terraform.indexOf(`\n${name} {\n`);
  return start < 0 ? '' : terraform.slice(start, terraform.indexOf('\n}\n', start));
}

test.each([
  'resource "azurerm_federated_identity_credential" "github"',
  'resource "azurerm_role_assignment" "run_command"',
  'resource "azurerm_role_assignment" "namespace"',
  'resource "azurerm_role_assignment" "stop"',
])('in main.tf, the rules of the environment come before the %s', (name) => {
  const [, after = ''] = /\n {2}depends_on = \[([^\]]*)\]/.exec(blockOf(name)) ?? [];
  expect(after.split(',').map((one) => one.trim())).toEqual([
    'github_repository_environment.this',
    'github_repository_environment_deployment_policy.branch',
    '',
  ]);
});

test.each([
  ['provider "azurerm"', /subscription_id = split\("\/", var\.cluster_id\)\[2\]/],
  [
    'resource "github_repository_environment" "this"',
    /prevent_self_review = length\(var\.reviewers\) > 0/,
  ],
  ['variable "manage_environment"', /if not, protect it first/],
  ['variable "subject_prefix"', /created, renamed, or transferred on or after 2026-07-15/],
])('in main.tf, the %s has what the script does', (name, words) => {
  expect(blockOf(name)).toMatch(words);
});

test.each(['setup/setup.sh', 'setup/main.tf', 'setup/main.bicep'])(
  'the role in %s that stops commands can list pods and enter them, and nothing else',
  (file) => {
    const text = readFileSync(path.join(root, file), 'utf8')
      .replaceAll('\\"', '"')
      .replaceAll('$aks/', 'Microsoft.ContainerService/managedClusters/');
    const actions = [
      ...text.matchAll(/["']Microsoft\.ContainerService\/managedClusters\/(pods\/[^"']*)["']/g),
    ];
    expect(actions.map(([, action]) => action)).toEqual(['pods/exec/action', 'pods/read']);
    expect(text).toContain('AKS Run Command Stop');
    expect(text).toMatch(/namespaces\/aks-command|name: 'aks-command'/);
  },
);

test('main.bicep asks for the prefix of newer repositories, and says to protect first', () => {
  const bicep = readFileSync(path.join(root, 'setup/main.bicep'), 'utf8');
  expect(bicep).toMatch(/2026-07-15'\)\nparam subjectPrefix /);
  expect(bicep).toMatch(/how to protect the environment first/);
});
