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
const bicep = readFileSync(path.join(root, 'setup/main.bicep'), 'utf8');

/** The body of a block of main.tf, such as `variable "namespace"`. */
function blockOf(name: string): string {
  const start = terraform.indexOf(`\n${name} {\n`);
  return start < 0 ? '' : terraform.slice(start, terraform.indexOf('\n}\n', start));
}

test('main.tf and main.bicep have the options of the script, and the same names', () => {
  const inTerraform = [...terraform.matchAll(/^variable "(.*)"/gm)].map(([, name = '']) => name);
  const inBicep = [...bicep.matchAll(/^param (\w+)/gm)].map(([, name = '']) => name);
  expect(inTerraform).toEqual(
    expect.arrayContaining([
      ...['repository', 'environment', 'subscription_id', 'resource_group_name', 'cluster_name'],
      ...['identity_name', 'reviewers', 'branches', 'namespace', 'allow_stop', 'unprotected'],
    ]),
  );
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  // A deployment has a location, and Terraform asks for the one of the resource group.
  expect(inBicep.map(snake).filter((name) => !inTerraform.includes(name))).toEqual(['location']);
  const outputs = (text: string) => [...text.matchAll(/^output "?(\w+)/gm)].map(([, name]) => name);
  expect(outputs(bicep)).toEqual(outputs(terraform));
});

test('in main.tf, all rights come after the rules of the environment', () => {
  // The credential and the roles depend on the identity.
  expect(blockOf('resource "azurerm_user_assigned_identity" "github"')).toContain(`
  depends_on = [
    github_repository_environment.this,
    github_repository_environment_deployment_policy.branch,
  ]`);
  for (const [, name = ''] of terraform.matchAll(/^(resource "azurerm_(?:role_a|fed).*") \{/gm))
    expect(blockOf(name)).toContain('= azurerm_user_assigned_identity.github.');
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
