import { spawnSync } from 'node:child_process';
import { search } from 'jmespath';

/**
 * A tenant of Azure and a repository of GitHub, and what `az` and `gh` do to them. The answers are
 * shaped like those of Azure CLI 2.74 and gh 2.46: `--query` is JMESPath, `--jq` is jq, TSV prints
 * null as `None` and a nested boolean as `True`, and a failed `gh api` prints the body, too.
 */

type Credential = Readonly<{
  name: string;
  issuer: string;
  /** A flexible credential has an expression instead. */
  subject: string | null;
  claimsMatchingExpression?: Readonly<{ value: string; languageVersion: number }>;
  audiences: readonly string[];
}>;
type Identity = { clientId: string; principalId: string; name: string; credentials: Credential[] };
type Application = Identity & {
  owners: string[];
  hasPrincipal: boolean;
  isEnabled: boolean;
  /** IDs of its client secrets, and of certificates of its service principal. */
  secrets: string[];
  certificates: string[];
};
type Permissions = Readonly<Record<string, readonly string[] | null>>;
type Role = {
  name: string;
  roleName: string;
  assignableScopes: readonly string[];
  permissions: readonly Permissions[];
};
type Assignment = Readonly<{ principalId: string; roleDefinitionId: string; scope: string }>;
type Environment = {
  reviewers: string[];
  teams: string[];
  waitTimer: number;
  preventSelfReview: boolean;
  canAdminsBypass: boolean;
  branchPolicy: { protected_branches: boolean; custom_branch_policies: boolean } | null;
  branches: string[];
  tags: readonly string[];
  variables: Record<string, string>;
};

export type World = {
  /** `aadProfile` of the cluster, as `az aks show` prints it; null without managed Entra. */
  aadProfile: Readonly<{ managed: boolean | null; enableAzureRbac: boolean | null }> | null;
  applications: Application[];
  identities: Identity[];
  roles: Role[];
  assignments: Assignment[];
  /** The members of each group, by their principal IDs. */
  groups: Readonly<Record<string, readonly string[]>>;
  subjects: Readonly<{ use_default?: boolean | null; sub_claim_prefix?: string }>;
  environments: Record<string, Environment>;
  /** Branches with a protection rule or a ruleset. */
  protectedBranches: readonly string[];
  /** Where the repository is, and its name. */
  github: string;
  repository: string;
  /** Who has access to the repository; others are ignored as reviewers, in silence. */
  collaborators: readonly string[];
  /** Whether the repository's plan has required reviewers. */
  hasReviewers: boolean;
  /** Whether GitHub says of a selected name that it is a branch or a tag; old servers don't. */
  hasTypes: boolean;
};

export const SUBSCRIPTION = '5b0a0002-0000-4000-8000-000000000002';
export const TENANT = '7e0a0001-0000-4000-8000-000000000001';
/** Azure writes it in a case of its own. */
export const CLUSTER_ID = `/subscriptions/${SUBSCRIPTION}/resourcegroups/rg-weu/providers/Microsoft.ContainerService/managedClusters/weu`;
const ROLES = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions`;
const USERS: Readonly<Record<string, number>> = { alice: 7, bob: 8, mallory: 9 };

export function newWorld(change: Partial<World> = {}): World {
  return {
    aadProfile: { managed: true, enableAzureRbac: true },
    applications: [],
    identities: [],
    roles: [],
    assignments: [],
    groups: {},
    subjects: { use_default: true },
    environments: {},
    protectedBranches: ['main'],
    github: 'https://github.com',
    repository: 'acme/shop',
    collaborators: ['alice', 'bob'],
    hasReviewers: true,
    hasTypes: true,
    ...change,
  };
}

export function newEnvironment(change: Partial<Environment> = {}): Environment {
  return {
    reviewers: [],
    teams: [],
    waitTimer: 0,
    preventSelfReview: false,
    canAdminsBypass: true,
    branchPolicy: null,
    branches: [],
    tags: [],
    variables: {},
    ...change,
  };
}

/** Another GUID for each thing that the world has. */
function guid(kind: string, count: number): string {
  return `${kind}${String(count).padStart(7, '0')}-0000-4000-8000-000000000000`;
}

export function application(name: string, count: number, owners = ['you']): Application {
  return {
    name,
    owners,
    clientId: guid('a', count),
    principalId: guid('b', count),
    hasPrincipal: true,
    isEnabled: true,
    secrets: [],
    certificates: [],
    credentials: [],
  };
}

/** A call failed as the tool reports it. */
class Refused extends Error {
  override readonly name = 'Refused';
  readonly stdout: string;

  constructor(message: string, stdout = '') {
    super(message);
    this.stdout = stdout;
  }
}

type Call = Readonly<{
  /** What is neither an option nor its value. */
  words: readonly string[];
  /** Values of an option; `['']` if it has none. */
  all: (option: string) => readonly string[];
  one: (option: string) => string;
}>;

const SWITCHES = ['--all', '--include-groups', '--paginate', '--silent', '--yes'];

function parse(args: readonly string[]): Call {
  const words: string[] = [];
  const given: [string, string][] = [];
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (SWITCHES.includes(word)) given.push([word, '']);
    else if (word.startsWith('--')) given.push([word, rest.shift() ?? '']);
    else words.push(word);
  }
  const all = (option: string) =>
    given.flatMap(([name, value]) => (name === option ? [value] : []));
  const one = (option: string) => {
    const [value] = all(option);
    if (value === undefined) throw new Refused(`the following arguments are required: ${option}`);
    return value;
  };
  return { words, all, one };
}

/** A cell of TSV. */
function text(value: unknown, isNested: boolean): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'string') return value;
  const json = JSON.stringify(value);
  return isNested ? json.replace('true', 'True').replace('false', 'False') : json;
}

function searchIn(result: unknown, query: string): unknown {
  try {
    return search(result, query);
  } catch (error) {
    // As with sort() of null
    throw new Refused(String(error));
  }
}

/** What `az` prints for a result. */
function format(call: Call, result: unknown): string {
  const [query] = call.all('--query');
  const value = query === undefined ? result : searchIn(result, query);
  const [output = 'json'] = call.all('--output');
  if (output === 'none' || value === null || value === undefined) return '';
  if (output === 'json') return `${JSON.stringify(value, undefined, 2)}\n`;
  const rows: unknown[] = Array.isArray(value) ? value : [value];
  return rows
    .map((row) =>
      Array.isArray(row) ? row.map((cell) => text(cell, true)).join('\t') : text(row, false),
    )
    .map((line) => `${line}\n`)
    .join('');
}

const sameName = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** `az` of Azure CLI: the calls of the scripts, and no others. */
function az(world: World, args: readonly string[]): string {
  const call = parse(args);
  return format(call, azResult(world, call));
}

function applicationOf(world: World, call: Call): Application {
  const found = world.applications.find(({ clientId }) => sameName(clientId, call.one('--id')));
  if (!found) throw new Refused(`Resource '${call.one('--id')}' does not exist`);
  return found;
}

function identityOf(world: World, name: string): Identity {
  const found = world.identities.find((one) => sameName(one.name, name));
  if (!found) throw new Refused('(ResourceNotFound)');
  return found;
}

function roleNamed(world: World, name: string): Role {
  const found = world.roles.find(({ roleName }) => roleName === name);
  if (!found) throw new Refused(`Role '${name}' doesn't exist.`);
  return found;
}

/** Those of an assignee, given by its object ID or its client ID, and perhaps of its groups. */
function assignmentsOf(world: World, assignee: string, withGroups = false): Assignment[] {
  const { principalId = assignee } =
    [...world.applications, ...world.identities].find(({ clientId }) => clientId === assignee) ??
    {};
  const isMember = (group: string) =>
    withGroups && (world.groups[group] ?? []).includes(principalId);
  return world.assignments.filter(
    (one) => one.principalId === principalId || isMember(one.principalId),
  );
}

/** A filter of Graph: `appId eq 'VALUE'` or `displayName eq 'VALUE'`. */
function filtered(world: World, filter: string): Application[] {
  if (filter === "startswith(displayName, 'repo:')") return world.applications;
  const [, field, value = ''] = /^(appId|displayName) eq '([^']*)'$/.exec(filter) ?? [];
  if (field === undefined) throw new Refused(`Invalid filter clause: ${filter}`);
  return world.applications.filter((one) =>
    sameName(field === 'appId' ? one.clientId : one.name, value),
  );
}

const idOf = ({ scope, principalId, roleDefinitionId }: Assignment) =>
  `${scope}/providers/Microsoft.Authorization/roleAssignments/${principalId}-${roleDefinitionId.split('/').at(-1) ?? ''}`;

function roleNameOf(world: World, { roleDefinitionId }: Assignment): string {
  const id = roleDefinitionId.split('/').at(-1);
  return world.roles.find(({ name }) => name === id)?.roleName ?? `Built-in role ${id ?? ''}`;
}

function addCredential(identity: Identity, credential: Credential): void {
  if (identity.credentials.some(({ name }) => name === credential.name))
    throw new Refused(`FederatedIdentityCredential with name ${credential.name} already exists.`);
  identity.credentials.push(credential);
}

function deleteCredential(identity: Identity, name: string): void {
  without(identity.credentials, (one) => one.name === name);
}

const without = <T>(list: T[], gone: (item: T) => boolean) => {
  const kept = list.filter((item) => !gone(item));
  if (kept.length === list.length) throw new Refused('does not exist');
  list.splice(0, list.length, ...kept);
};

const ownersOf = ({ owners }: Application) =>
  owners.map((name) => ({ displayName: name, userPrincipalName: `${name}@example.com` }));

function azResult(world: World, call: Call): unknown {
  const scope = `/subscriptions/${SUBSCRIPTION}`;
  switch (call.words.join(' ')) {
    case 'account show':
      return { id: SUBSCRIPTION, tenantId: TENANT, name: 'Shop production' };
    case 'aks show':
      if (call.one('--name') !== 'weu' || call.one('--resource-group') !== 'rg-weu')
        throw new Refused("(ResourceNotFound) The Resource 'managedClusters' was not found.");
      return { id: CLUSTER_ID, aadProfile: world.aadProfile };

    case 'ad app list':
      return filtered(world, call.one('--filter')).map((one) => ({
        id: one.clientId.replace(/^a/, 'f'),
        appId: one.clientId,
        displayName: one.name,
        passwordCredentials: one.secrets.map((keyId) => ({ keyId, displayName: 'x' })),
        keyCredentials: [],
      }));
    case 'ad app owner list':
      return ownersOf(applicationOf(world, call));
    case 'ad sp owner list': {
      const found = world.applications.find(({ principalId }) => principalId === call.one('--id'));
      return ownersOf(found ?? notFound());
    }
    case 'ad app create': {
      const name = call.one('--display-name');
      // It changes the application that has the name, whoever has registered it.
      const found = world.applications.find((one) => one.name === name);
      const made = found ?? application(name, world.applications.length + 1);
      if (!found) world.applications.push({ ...made, hasPrincipal: false });
      return { appId: made.clientId };
    }
    case 'ad app delete': {
      const { clientId } = applicationOf(world, call);
      without(world.applications, (one) => one.clientId === clientId);
      return null;
    }
    case 'ad app federated-credential list':
      return applicationOf(world, call).credentials;
    case 'ad app federated-credential delete':
      deleteCredential(applicationOf(world, call), call.one('--federated-credential-id'));
      return null;
    case 'ad app federated-credential create':
      addCredential(applicationOf(world, call), JSON.parse(call.one('--parameters')) as Credential);
      return null;
    case 'ad sp list':
      return filtered(world, call.one('--filter')).flatMap((one) =>
        one.hasPrincipal
          ? [
              {
                id: one.principalId,
                appId: one.clientId,
                displayName: one.name,
                passwordCredentials: [],
                keyCredentials: one.certificates.map((keyId) => ({ keyId, displayName: null })),
              },
            ]
          : [],
      );
    case 'ad sp create': {
      const found = applicationOf(world, call);
      if (found.hasPrincipal) throw new Refused('the service principal name is already in use.');
      found.hasPrincipal = true;
      return { id: found.principalId };
    }

    case 'ad sp update':
      if (call.one('--set') !== 'accountEnabled=false') throw new Refused('unknown: --set');
      applicationOf(world, call).isEnabled = false;
      return null;

    case 'identity list':
      return world.identities.filter(() => call.one('--resource-group') === 'rg-weu');
    case 'identity show':
      return identityOf(world, call.one('--name'));
    case 'identity create': {
      const name = call.one('--name');
      const found = world.identities.find((one) => sameName(one.name, name));
      const made = found ?? {
        name,
        clientId: guid('c', world.identities.length + 1),
        principalId: guid('d', world.identities.length + 1),
        credentials: [],
      };
      if (!found) world.identities.push(made);
      return made;
    }
    case 'identity delete': {
      const { clientId } = identityOf(world, call.one('--name'));
      without(world.identities, (one) => one.clientId === clientId);
      return null;
    }
    case 'identity federated-credential list':
      return identityOf(world, call.one('--identity-name')).credentials;
    case 'identity federated-credential create': {
      // A PUT: it replaces a credential that has the name.
      const name = call.one('--name');
      const identity = identityOf(world, call.one('--identity-name'));
      identity.credentials = identity.credentials.filter((one) => one.name !== name);
      identity.credentials.push({
        name,
        issuer: call.one('--issuer'),
        subject: call.one('--subject'),
        audiences: [call.one('--audiences')],
      });
      return null;
    }

    case 'identity federated-credential delete':
      deleteCredential(identityOf(world, call.one('--identity-name')), call.one('--name'));
      return null;

    case 'role definition list':
      // Those that can be assigned at the scope: what they list is the scope, or above it.
      return world.roles
        .filter(({ roleName, assignableScopes }) => {
          const place = `${call.all('--scope')[0] ?? scope}/`.toLowerCase();
          const isThere = assignableScopes.some((one) => place.startsWith(`${one.toLowerCase()}/`));
          return isThere && (call.all('--name')[0] ?? roleName) === roleName;
        })
        .map((role) => ({ id: `${ROLES}/${role.name}`, ...role }));
    case 'role definition create': {
      const { Name, Actions, DataActions, AssignableScopes } = JSON.parse(
        call.one('--role-definition'),
      ) as Record<'Actions' | 'DataActions' | 'AssignableScopes', string[]> & { Name: string };
      if (world.roles.some(({ roleName }) => sameName(roleName, Name)))
        throw new Refused('(RoleDefinitionWithSameNameExists)');
      const name = guid('e', world.roles.length + 1);
      const permissions = [
        { actions: Actions, notActions: [], dataActions: DataActions, notDataActions: [] },
      ];
      world.roles.push({ name, roleName: Name, permissions, assignableScopes: AssignableScopes });
      return { id: `${ROLES}/${name}` };
    }
    case 'role definition update': {
      const changed = JSON.parse(call.one('--role-definition')) as Role & { id: string };
      const found = world.roles.find(({ name }) => name === changed.id.split('/').at(-1));
      if (!found) throw new Refused('No definition was found');
      Object.assign(found, {
        roleName: changed.roleName,
        permissions: changed.permissions,
        assignableScopes: changed.assignableScopes,
      });
      return null;
    }
    case 'rest':
      // The custom roles of the tenant.
      if (!call.one('--url').startsWith('/providers/')) throw new Refused('unknown: --url');
      return {
        value: world.roles.map(({ name, ...properties }) => ({
          id: `/providers/Microsoft.Authorization/roleDefinitions/${name}`,
          name,
          properties,
        })),
      };
    case 'role assignment list':
      // With --all, it lists those of the current subscription, and of no other one.
      call.all('--all');
      return assignmentsOf(world, call.one('--assignee'), call.all('--include-groups').length > 0)
        .filter((one) => one.scope.startsWith(scope))
        .map((one) => ({
          id: idOf(one),
          roleDefinitionName: roleNameOf(world, one),
          principalType: one.principalId in world.groups ? 'Group' : 'ServicePrincipal',
          ...one,
        }));
    case 'role assignment create': {
      const made = {
        principalId: call.one('--assignee-object-id'),
        roleDefinitionId: call.one('--role'),
        scope: call.one('--scope'),
      };
      if (!/^[0-9a-f-]{36}$/.test(made.principalId)) throw new Refused('(InvalidPrincipalId)');
      if (!made.roleDefinitionId.startsWith(ROLES)) throw new Refused("Role doesn't exist.");
      // Without it, az looks for the principal, and a new one may not be found yet.
      call.one('--assignee-principal-type');
      world.assignments.push(made);
      return null;
    }
    case 'role assignment delete': {
      const ids = call.all('--ids');
      const gone =
        ids.length > 0
          ? world.assignments.filter((one) => ids.includes(idOf(one)))
          : assignmentsOf(world, call.one('--assignee')).filter(
              ({ scope: place, roleDefinitionId }) =>
                place === call.one('--scope') &&
                roleDefinitionId === `${ROLES}/${roleNamed(world, call.one('--role')).name}`,
            );
      without(world.assignments, (one) => gone.includes(one));
      return null;
    }

    // What else docs/OPERATE.md has: it shows something, or changes the cluster.
    case 'aks command invoke':
    case 'aks update':
    case 'monitor activity-log list':
      return null;
    default:
      throw new Refused(`unknown: az ${call.words.join(' ')}`);
  }
}

/** `gh` of GitHub: the calls of the scripts, and no others. */
function gh(world: World, args: readonly string[]): string {
  const call = parse(args);
  const [command, verb = '', name = ''] = call.words;
  if (command === 'variable') {
    if (!sameName(call.one('--repo'), world.repository)) throw new Refused('HTTP 404: Not Found');
    const { variables } = environmentOf(world, call.one('--env'));
    if (verb === 'list')
      return Object.keys(variables)
        .map((key) => `${key}\n`)
        .join('');
    if (verb === 'set') variables[name] = call.one('--body');
    else if (!(name in variables)) throw new Refused('HTTP 404: Not Found');
    else Reflect.deleteProperty(variables, name);
    return '';
  }
  // What a person reads.
  if (command === 'run' && verb === 'list') return '';
  if (command !== 'api') throw new Refused(`unknown: gh ${call.words.join(' ')}`);
  const [, url = ''] = call.words;
  const [method = 'GET'] = call.all('--method');
  const body: unknown = ghResult(world, method, url, call);
  const [query] = call.all('--jq');
  if (call.all('--silent').length > 0) return '';
  const json = JSON.stringify(body);
  return query === undefined ? json : jq(query, json);
}

/** What jq said before: most runs ask for the same, and each start of jq takes its time. */
const known = new Map<string, string>();

function jq(query: string, input: string): string {
  const question = `${query}\n${input}`;
  const answered = known.get(question);
  if (answered !== undefined) return answered;
  const { stdout, stderr } = spawnSync('jq', ['--raw-output', query], { input, encoding: 'utf8' });
  if (stderr !== '') throw new Refused(stderr);
  known.set(question, stdout);
  return stdout;
}

function notFound(): never {
  throw new Refused('gh: Not Found (HTTP 404)', '{"message":"Not Found","status":"404"}');
}

function environmentOf(world: World, name: string): Environment {
  const [, found] = Object.entries(world.environments).find(([key]) => sameName(key, name)) ?? [];
  return found ?? notFound();
}

/** All of a list, or its first page, which is longer than this in GitHub. */
const page = <T>(call: Call, list: readonly T[]) =>
  list.slice(0, call.all('--paginate').length > 0 ? undefined : 1);

/** The selected branches. GitHub has no such list if none can be selected. */
function branchesOf(world: World, name: string): string[] {
  const { branchPolicy, branches } = environmentOf(world, name);
  return branchPolicy?.custom_branch_policies === true ? branches : notFound();
}

function ghResult(world: World, method: string, url: string, call: Call): unknown {
  const user = /^users\/(.*)$/.exec(url)?.[1];
  if (user !== undefined) {
    const [login, id] = Object.entries(USERS).find(([one]) => sameName(one, user)) ?? [];
    return id === undefined ? notFound() : { login, id };
  }
  const [, repository = '', below = ''] = /^repos\/([^/]+\/[^/]+)\/?(.*)$/.exec(url) ?? [];
  if (!sameName(repository, world.repository)) return notFound();
  const [, name = '', list] = /^environments\/([^/]+)\/?(.*)$/.exec(below) ?? [];
  switch (`${method} ${list ?? below}`) {
    case 'GET ':
      if (list === undefined) return { html_url: `${world.github}/${world.repository}` };
      return describeEnvironment(name, environmentOf(world, name));
    case 'GET actions/oidc/customization/sub':
      return world.subjects;
    case 'GET environments':
      return {
        environments: page(
          call,
          Object.keys(world.environments).map((one) => ({ name: one })),
        ),
      };
    case 'GET variables':
      return {
        variables: page(
          call,
          Object.entries(environmentOf(world, name).variables).map(([key, value]) => ({
            name: key,
            value,
          })),
        ),
      };
    case 'GET deployment-branch-policies':
      return {
        branch_policies: page(call, [
          ...branchesOf(world, name).map((one) => ({
            name: one,
            ...(world.hasTypes ? { type: 'branch' } : {}),
          })),
          ...environmentOf(world, name).tags.map((one) => ({ name: one, type: 'tag' })),
        ]),
      };
    case 'GET branches?protected=true':
      return page(
        call,
        world.protectedBranches.map((one) => ({ name: one, protected: true })),
      );
    case 'POST deployment-branch-policies':
      branchesOf(world, name).push(call.one('--raw-field').replace(/^name=/, ''));
      return {};
    case 'PUT ':
      return putEnvironment(world, name, call.all('--field'));
    default:
      return notFound();
  }
}

/** It replaces all rules. */
function putEnvironment(world: World, name: string, fields: readonly string[]): unknown {
  const ids = fields.flatMap((field) => /^reviewers\[\]\[id\]=(\d+)$/.exec(field)?.[1] ?? []);
  const logins = Object.keys(USERS).filter((login) => ids.includes(String(USERS[login])));
  const custom = fields.includes('deployment_branch_policy[custom_branch_policies]=true');
  if (custom && !fields.includes('deployment_branch_policy[protected_branches]=false'))
    throw new Refused('gh: protected_branches and custom_branch_policies are the same (HTTP 422)');
  const { variables } = world.environments[name] ?? newEnvironment();
  const refused = ids.length > 0 && !world.hasReviewers;
  const preventSelfReview = fields.includes('prevent_self_review=true');
  world.environments[name] = newEnvironment({
    variables,
    preventSelfReview,
    reviewers: refused ? [] : logins.filter((login) => world.collaborators.includes(login)),
    branchPolicy:
      custom && !refused ? { protected_branches: false, custom_branch_policies: true } : null,
  });
  // The environment exists all the same.
  if (refused)
    throw new Refused('gh: Failed to create the environment protection rule. (HTTP 422)');
  return {};
}

function describeEnvironment(name: string, environment: Environment): unknown {
  const { reviewers, teams, waitTimer, branchPolicy, preventSelfReview } = environment;
  const people = [
    ...reviewers.map((login) => ({ type: 'User', reviewer: { login, id: USERS[login] } })),
    ...teams.map((slug) => ({ type: 'Team', reviewer: { slug } })),
  ];
  return {
    name,
    protection_rules: [
      ...(waitTimer > 0 ? [{ type: 'wait_timer', wait_timer: waitTimer }] : []),
      ...(people.length > 0
        ? [
            {
              type: 'required_reviewers',
              prevent_self_review: preventSelfReview,
              reviewers: people,
            },
          ]
        : []),
      ...(branchPolicy ? [{ type: 'branch_policy' }] : []),
    ],
    deployment_branch_policy: branchPolicy,
    can_admins_bypass: environment.canAdminsBypass,
  };
}

/** What a tool leaves behind after one call. */
export type Answer = Readonly<{ exitCode: number; stdout: string; stderr: string }>;

export function answer(world: World, tool: string, args: readonly string[]): Answer {
  try {
    const stdout = tool === 'az' ? az(world, args) : gh(world, args);
    return { exitCode: 0, stdout, stderr: '' };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { exitCode: 1, stdout: error.stdout, stderr: `ERROR: ${error.message}` };
  }
}
