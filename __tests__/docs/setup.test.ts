import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { scratch } from '../scratch.ts';
import { blocksOf, readDocument } from './markdown.ts';

// The README's commands that set up an identity, with stand-ins for az and gh. Like the real ones,
// they refuse to create what exists, or change it.

const temp = scratch('setup');
const bin = path.join(temp, 'bin');
mkdirSync(bin);

function stand(name: string, script: string): void {
  const preamble = `#!/bin/sh
    # The value of an option among the arguments of this call.
    option() {
      wanted=$1
      shift
      while [ $# -gt 1 ]; do
        if [ "$1" = "$wanted" ]; then echo "$2"; return; fi
        shift
      done
    }
    fail() { echo "ERROR: $1" >&2; exit 1; }
  `;
  writeFileSync(path.join(bin, name), preamble + script);
  chmodSync(path.join(bin, name), 0o755);
}

stand(
  'az',
  `
    cd "$TENANT"
    id=$(option --id "$@")
    subscription=/subscriptions/$SUBSCRIPTION
    is_assignable() { grep -q "AssignableScopes.*$subscription" "roles/$1" 2>/dev/null; }
    case $* in
      'aks show '*)
        group=$(option --resource-group "$@")
        cluster=$(option --name "$@")
        # AKS writes it in lower case.
        echo "$subscription/resourcegroups/$group/providers/Microsoft.ContainerService/managedClusters/$cluster" ;;
      'account show --query id '*) echo "$SUBSCRIPTION" ;;
      'account show --query tenantId '*) echo tenant ;;

      'ad app create '*)
        # It changes the application of that name, if there is one.
        name=$(option --display-name "$@")
        found=$(grep -lxF "$name" applications/* 2>/dev/null)
        if [ -z "$found" ]; then
          found=applications/app-$(ls applications | wc -l | tr -d ' ')
          echo "$name" >"$found"
        fi
        basename "$found" ;;
      'ad sp show '*) [ -e "principals/$id" ] || fail "'$id' does not exist"; echo "principal-of-$id" ;;
      'ad sp create '*)
        [ ! -e "principals/$id" ] || fail 'the service principal name is already in use'
        : >"principals/$id"
        echo "principal-of-$id" ;;
      'ad app federated-credential show '*)
        [ -e "credentials/$id.$(option --federated-credential-id "$@")" ] || fail 'does not exist' ;;
      'ad app federated-credential create '*)
        file=$OLDPWD/$(option --parameters "$@")
        name=$(sed -n 's/.*"name": "\\(.*\\)".*/\\1/p' "$file")
        [ ! -e "credentials/$id.$name" ] || fail "FederatedIdentityCredential with name $name already exists."
        cp "$file" "credentials/$id.$name" ;;

      'role definition list '*)
        if is_assignable "$(option --name "$@")"; then echo a-guid; fi ;;
      'role definition create '*)
        file=$OLDPWD/$(option --role-definition "$@")
        name=$(sed -n 's/.*"Name": "\\(.*\\)".*/\\1/p' "$file")
        [ ! -e "roles/$name" ] || fail '(RoleDefinitionWithSameNameExists)'
        cp "$file" "roles/$name" ;;
      'role definition update '*)
        file=$OLDPWD/$(option --role-definition "$@")
        cp "$file" "roles/$(sed -n 's/.*"Name": "\\(.*\\)".*/\\1/p' "$file")" ;;
      'role assignment create '*)
        role=$(option --role "$@")
        if [ "$role" = 'AKS Run Command' ]; then
          is_assignable "$role" || fail "Role '$role' doesn't exist."
        fi
        # One that exists is no error.
        line="$(option --assignee-object-id "$@"): $role on $(option --scope "$@")"
        grep -qxF "$line" assignments || echo "$line" >>assignments ;;
      *) fail "unknown: $*" ;;
    esac
  `,
);
stand(
  'gh',
  `
    cd "$TENANT"
    environment=environments/$(echo "$*" | sed -n 's|.*repos/\\(.*\\)/environments/|\\1/|p' | tr / .)
    case $* in
      *customization/sub*)
        if [ "$PREFIX" = 404 ]; then echo '{"status":"404"}'; exit 1; fi
        echo "$PREFIX" ;;
      # A PUT sets all rules of an environment, and these are none.
      'api '*PUT*/environments/*) : >"$environment" ;;
      'api '*/environments/*) [ -e "$environment" ] || fail 'Not Found (HTTP 404)' ;;
      'variable set '*)
        [ -e "environments/$(option --repo "$@" | tr / .).$(option --env "$@")" ] || fail 'HTTP 404'
        variable="$(option --repo "$@") $(option --env "$@") $3"
        { grep -v "^$variable=" variables || :; } >others
        echo "$variable=$(option --body "$@")" | sort - others >variables ;;
      *) fail "unknown: $*" ;;
    esac
  `,
);

const [, section = ''] = readDocument('README.md').split('\n## Set up\n');
const [commands, inKubernetes] = blocksOf(section, 'sh');

/** A tenant and a GitHub in which nothing is set up, in a folder. */
function start(): string {
  const tenant = mkdtempSync(path.join(temp, 'tenant-'));
  for (const kind of ['applications', 'principals', 'credentials', 'roles', 'environments'])
    mkdirSync(path.join(tenant, kind));
  for (const list of ['assignments', 'variables', 'others'])
    writeFileSync(path.join(tenant, list), '');
  return tenant;
}

/** Values of the variables at the top, and what GitHub and `az` know. */
type Values = Readonly<
  Partial<
    Record<'repository' | 'environment' | 'group' | 'name' | 'prefix' | 'subscription', string>
  >
>;

/** Runs the commands in a new folder, with other values at the top. */
function run(tenant: string, { prefix = '', subscription = '1', ...values }: Values = {}) {
  const assigned = Object.entries(values).reduce(
    (text, [name, value]) => text.replace(new RegExp(`^${name}=.*$`, 'm'), `${name}=${value}`),
    `${commands?.text ?? ''}${inKubernetes?.text ?? ''}`,
  );
  const folder = mkdtempSync(path.join(temp, 'run-'));
  const env = {
    PATH: `${bin}:${process.env['PATH']}`,
    PREFIX: prefix,
    SUBSCRIPTION: subscription,
    TENANT: tenant,
  };
  const go = (script: string) => {
    const { status, stderr } = spawnSync('sh', ['-ec', script], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    return { status, stderr };
  };
  return { ...go(assigned), go };
}

function setUp(tenant: string, given: Values = {}): void {
  expect(run(tenant, given)).toMatchObject({ status: 0, stderr: '' });
}

const linesOf = (tenant: string, list: string) =>
  readFileSync(path.join(tenant, list), 'utf8').trim().split('\n');

/** What each application trusts: its name, and the subject of its credential. */
function trustOf(tenant: string): Readonly<Record<string, string>> {
  const applications = readdirSync(path.join(tenant, 'applications'));
  return Object.fromEntries(
    applications.map((id) => {
      const [name = ''] = linesOf(tenant, `applications/${id}`);
      const credential = readFileSync(path.join(tenant, `credentials/${id}.github`), 'utf8');
      return [name, (JSON.parse(credential) as { subject: string }).subject];
    }),
  );
}

test.each([
  ['numeric IDs', 'repo:acme@1/shop@2', 'repo:acme@1/shop@2:environment:production'],
  ['names', '', 'repo:OWNER/REPO:environment:production'],
  ['names, on a server that has no such question', '404', 'repo:OWNER/REPO:environment:production'],
])('the subject has %s, as GitHub says', (_name, prefix, subject) => {
  const tenant = start();
  setUp(tenant, { prefix });
  expect(trustOf(tenant)).toEqual({ [subject]: subject });
});

const REPOSITORIES = ['acme/shop', 'acme/web'];
const ENVIRONMENTS = ['production', 'staging'];
const CLUSTERS = [
  { group: 'rg-weu', name: 'weu' },
  { group: 'rg-neu', name: 'neu' },
];

test('two repositories, two environments, and two clusters have one role and no common identity', () => {
  const tenant = start();
  for (const repository of REPOSITORIES)
    for (const environment of ENVIRONMENTS)
      for (const cluster of CLUSTERS) setUp(tenant, { repository, environment, ...cluster });

  const subjects = REPOSITORIES.flatMap((repository) =>
    ENVIRONMENTS.map((environment) => `repo:${repository}:environment:${environment}`),
  );
  expect(trustOf(tenant)).toEqual(Object.fromEntries(subjects.map((one) => [one, one])));

  expect(readdirSync(path.join(tenant, 'roles'))).toEqual(['AKS Run Command']);
  const onEachCluster = CLUSTERS.flatMap(({ group, name }) => {
    const scope = `/subscriptions/1/resourcegroups/${group}/providers/Microsoft.ContainerService/managedClusters/${name}`;
    return [
      `AKS Run Command on ${scope}`,
      `Azure Kubernetes Service RBAC Writer on ${scope}/namespaces/shop`,
    ];
  });
  expect(linesOf(tenant, 'assignments')).toEqual(
    subjects.flatMap((_subject, index) =>
      onEachCluster.map((assignment) => `principal-of-app-${index}: ${assignment}`),
    ),
  );
  expect(linesOf(tenant, 'variables')).toContain(
    'acme/web staging AKS_CLUSTER_ID=' +
      '/subscriptions/1/resourcegroups/rg-neu/providers/Microsoft.ContainerService/managedClusters/neu',
  );
  expect(linesOf(tenant, 'variables')).toContain('acme/web staging AZURE_CLIENT_ID=app-3');
});

test('the second time, nothing changes, and an environment keeps its rules', () => {
  const tenant = start();
  setUp(tenant);
  const rules = path.join(tenant, 'environments/OWNER.REPO.production');
  writeFileSync(rules, 'required reviewers');
  const before = ['assignments', 'variables'].map((list) => linesOf(tenant, list));

  setUp(tenant);
  expect(readFileSync(rules, 'utf8')).toBe('required reviewers');
  expect(['assignments', 'variables'].map((list) => linesOf(tenant, list))).toEqual(before);
  expect(Object.keys(trustOf(tenant))).toHaveLength(1);
});

test('a cluster in another subscription needs the role to be assignable there, too', () => {
  const tenant = start();
  setUp(tenant);
  const { go, ...refused } = run(tenant, { subscription: '2' });
  expect(refused).toEqual({ status: 1, stderr: 'ERROR: (RoleDefinitionWithSameNameExists)\n' });

  const [update] = blocksOf(readDocument('docs/SETUP.md'), 'sh');
  const both = 's|"/subscriptions/2"|"/subscriptions/1", "/subscriptions/2"|';
  go(`sed '${both}' role.json >both.json; mv both.json role.json; ${update?.text ?? ''}`);
  setUp(tenant, { subscription: '2' });
  setUp(tenant);
  expect(linesOf(tenant, 'assignments')).toHaveLength(4);
});
