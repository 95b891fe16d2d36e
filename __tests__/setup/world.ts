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
  claimsMatchingExpression?: Readonly<{ value: string }>;
  audiences: readonly string[];
}>;
/** A managed identity, or an application with its service principal. */
export type Identity = {
  name: string;
  clientId: string;
  principalId: string;
  credentials: Credential[];
  tags: Readonly<Record<string, string>>;
};
export type Permissions = Readonly<Record<string, readonly string[] | null>>;
export type Role = {
  name: string;
  roleName: string;
  assignableScopes: readonly string[];
  permissions: readonly Permissions[];
};
type Assignment = Readonly<{ principalId: string; role: string; scope: string }>;
export type Environment = {
  reviewers: string[];
  teams: string[];
  waitTimer: number;
  preventSelfReview: boolean;
  branchPolicy: Readonly<{ protected_branches: boolean; custom_branch_policies: boolean }> | null;
  branches: string[];
  tags: readonly string[];
  variables: Record<string, string>;
};

export type World = {
  /** `aadProfile` of the cluster, as `az aks show` prints it; null without managed Entra. */
  aadProfile: Readonly<{ managed: boolean | null; enableAzureRbac: boolean | null }> | null;
  identities: Identity[];
  applications: Identity[];
  roles: Role[];
  assignments: Assignment[];
  /** Whether one may create roles, which an owner of the resource group alone may not. */
  mayCreateRoles: boolean;
  subjects: Readonly<{ use_default?: boolean | null; sub_claim_prefix?: string }>;
  environments: Record<string, Environment>;
  /** Branches with a protection rule or a ruleset. */
  protectedBranches: readonly string[];
  /** Where the repositories are, and their names. */
  github: string;
  repositories: readonly string[];
  /** The names that repositories had before. GitHub redirects these. */
  oldNames: Readonly<Record<string, string>>;
  /** Who has access to the repository; others are ignored as reviewers, in silence. */
  collaborators: readonly string[];
  /** Whether the repository's plan has required reviewers. */
  hasReviewers: boolean;
};

export const SUBSCRIPTION = '5b0a0002-0000-4000-8000-000000000002';
export const TENANT = '7e0a0001-0000-4000-8000-000000000001';
/** Azure writes it in a case of its own. */
export const CLUSTER_ID = `/subscriptions/${SUBSCRIPTION}/resourcegroups/rg-weu/providers/Microsoft.ContainerService/managedClusters/weu`;
const BUILT_IN: Readonly<Record<string, string>> = {
  'a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb': 'Azure Kubernetes Service RBAC Writer',
};
const USERS: Readonly<Record<string, number>> = { alice: 7, bob: 8, mallory: 9 };

export function newWorld(change: Partial<World> = {}): World {
  return {
    aadProfile: { managed: true, enableAzureRbac: true },
    identities: [],
    applications: [],
    roles: [],
    assignments: [],
    mayCreateRoles: true,
    subjects: { use_default: true },
    environments: {},
    protectedBranches: ['main'],
    github: 'https://github.com',
    repositories: ['acme/shop', 'a-b/c', 'a/b-c'],
    oldNames: { 'acme/store': 'acme/shop' },
    collaborators: ['alice', 'bob'],
    hasReviewers: true,
    ...change,
  };
}

export function newEnvironment(change: Partial<Environment> = {}): Environment {
  return {
    reviewers: [],
    teams: [],
    waitTimer: 0,
    preventSelfReview: false,
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

export function newIdentity(name: string, count: number, credentials: Credential[] = []): Identity {
  return { name, clientId: guid('c', count), principalId: guid('d', count), credentials, tags: {} };
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

function refuse(message: string, stdout = ''): never {
  throw new Refused(message, stdout);
}

type Call = Readonly<{
  /** What is neither an option nor its value. */
  words: readonly string[];
  has: (option: string) => boolean;
  all: (option: string) => readonly string[];
  /** The value of an option that the call must have. */
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
  const one = (option: string) =>
    all(option)[0] ?? refuse(`the following arguments are required: ${option}`);
  return { words, all, one, has: (option) => all(option).length > 0 };
}

/** A cell of TSV. */
function text(value: unknown, isNested: boolean): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'string') return value;
  const json = JSON.stringify(value);
  return isNested ? json.replace('true', 'True').replace('false', 'False') : json;
}

/** What `az` prints for a result. */
function format(call: Call, result: unknown): string {
  const [query] = call.all('--query');
  const value: unknown = query === undefined ? result : search(result, query);
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

function find<T>(list: readonly T[], isIt: (item: T) => boolean): T {
  return list.find(isIt) ?? refuse('(ResourceNotFound)');
}

function remove<T>(list: T[], isIt: (item: T) => boolean): void {
  list.splice(list.indexOf(find(list, isIt)), 1);
}

const byId = (world: World, id: string) =>
  find([...world.identities, ...world.applications], ({ clientId, principalId }) =>
    [clientId, principalId].includes(id),
  );

function newRole(world: World, definition: string): Role {
  if (!world.mayCreateRoles) refuse('(AuthorizationFailed)');
  const given = JSON.parse(definition) as Record<string, string[]> & { Name: string };
  if (world.roles.some(({ roleName }) => sameName(roleName, given.Name)))
    refuse('(RoleDefinitionWithSameNameExists)');
  const { Name: roleName, Actions: actions = [], DataActions: dataActions = [] } = given;
  const role = {
    name: guid('e', world.roles.length + 1),
    roleName,
    permissions: [{ actions, notActions: [], dataActions, notDataActions: [] }],
    assignableScopes: given['AssignableScopes'] ?? [],
  };
  world.roles.push(role);
  return role;
}

/** `az role assignment create` knows a role by its GUID, or by its name. */
function roleOf(world: World, given: string): string {
  const custom = world.roles.find(({ name, roleName }) => [name, roleName].includes(given));
  const [builtIn] = Object.entries(BUILT_IN).find((names) => names.includes(given)) ?? [];
  return custom?.name ?? builtIn ?? refuse(`Role '${given}' doesn't exist.`);
}

const idOf = ({ scope, principalId, role }: Assignment) =>
  `${scope}/providers/Microsoft.Authorization/roleAssignments/${principalId}-${role}`;

function describeAssignment(world: World, assignment: Assignment) {
  const { role, ...rest } = assignment;
  const scope = `/subscriptions/${SUBSCRIPTION}`;
  // az takes names from a list of the subscription, which lacks roles of a resource group.
  const custom = world.roles.find(
    ({ name, assignableScopes }) => name === role && assignableScopes.includes(scope),
  );
  return {
    id: idOf(assignment),
    roleDefinitionId: `${scope}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
    roleDefinitionName: custom?.roleName ?? BUILT_IN[role] ?? null,
    principalType: 'ServicePrincipal',
    ...rest,
  };
}

/** `az` of Azure CLI: the calls of the scripts and of the documents, and no others. */
function az(world: World, call: Call): unknown {
  const isThere = () => call.one('--resource-group') === 'rg-weu';
  const identity = (option: string) =>
    find(world.identities, ({ name }) => sameName(name, call.one(option)));
  switch (call.words.join(' ')) {
    case 'account show':
      return { id: SUBSCRIPTION, tenantId: TENANT, name: 'Shop production' };
    case 'aks show':
      if (call.one('--name') !== 'weu' || !isThere()) refuse('(ResourceNotFound)');
      return { id: CLUSTER_ID, aadProfile: world.aadProfile };

    case 'identity list':
      return isThere() ? world.identities : [];
    case 'identity show':
      return identity('--name');
    case 'identity create': {
      const [tag = '', value = ''] = call.one('--tags').split('=');
      world.identities.push({
        ...newIdentity(call.one('--name'), world.identities.length + 1),
        tags: { [tag]: value },
      });
      return world.identities.at(-1);
    }
    case 'identity delete':
      remove(world.identities, (one) => one === identity('--name'));
      return null;
    case 'identity federated-credential list':
      return identity('--identity-name').credentials;
    case 'identity federated-credential create':
      identity('--identity-name').credentials.push({
        name: call.one('--name'),
        issuer: call.one('--issuer'),
        subject: call.one('--subject'),
        audiences: [call.one('--audiences')],
      });
      return null;
    case 'identity federated-credential delete':
      remove(identity('--identity-name').credentials, ({ name }) => name === call.one('--name'));
      return null;

    case 'ad app create':
      world.applications.push(newIdentity(call.one('--display-name'), 101));
      return { appId: world.applications.at(-1)?.clientId };
    case 'ad sp create':
      return { id: byId(world, call.one('--id')).principalId };
    case 'ad app federated-credential create':
      byId(world, call.one('--id')).credentials.push(
        JSON.parse(call.one('--parameters')) as Credential,
      );
      return null;

    case 'role definition list':
      // Those that can be assigned at the scope: what they list is the scope, or above it.
      return world.roles.filter(({ roleName, assignableScopes }) => {
        const [scope = `/subscriptions/${SUBSCRIPTION}`] = call.all('--scope');
        const place = `${scope}/`.toLowerCase();
        const [name = roleName] = call.all('--name');
        return (
          name === roleName &&
          assignableScopes.some((one) => place.startsWith(`${one.toLowerCase()}/`))
        );
      });
    case 'role definition create':
      return newRole(world, call.one('--role-definition'));
    case 'role definition update': {
      const changed = JSON.parse(call.one('--role-definition')) as Role;
      Object.assign(
        find(world.roles, ({ name }) => name === changed.name),
        changed,
      );
      return null;
    }
    case 'rest':
      // The custom roles of the tenant
      if (!call.one('--url').startsWith('/providers/')) refuse('unknown: --url');
      return { value: world.roles.map(({ name, ...properties }) => ({ name, properties })) };

    case 'role assignment list': {
      const { principalId } = byId(world, call.one('--assignee'));
      return world.assignments
        .filter((one) => one.principalId === principalId && call.has('--all'))
        .map((one) => describeAssignment(world, one));
    }
    case 'role assignment create': {
      // Without it, az looks for the principal, and a new one may not be found yet.
      call.one('--assignee-principal-type');
      const { principalId } = byId(world, call.one('--assignee-object-id'));
      const scope = call.one('--scope');
      world.assignments.push({ principalId, role: roleOf(world, call.one('--role')), scope });
      return null;
    }
    case 'role assignment delete':
      remove(world.assignments, (one) => idOf(one) === call.one('--ids'));
      return null;

    // What else the documents have: it shows something, or changes the cluster.
    case 'aks command invoke':
    case 'aks update':
    case 'monitor activity-log list':
      return null;
    default:
      refuse(`unknown: az ${call.words.join(' ')}`);
  }
}

/** `gh` of GitHub: the calls of the scripts and of the documents, and no others. */
function gh(world: World, call: Call): string {
  const [command, verb = '', name = ''] = call.words;
  if (command === 'variable') {
    const { variables } = environmentOf(world, call.one('--repo'), call.one('--env'));
    if (verb === 'list') return Object.keys(variables).join('\n');
    if (verb === 'set') variables[name] = call.one('--body');
    else if (!(name in variables)) refuse('HTTP 404: Not Found');
    else Reflect.deleteProperty(variables, name);
    return '';
  }
  // What a person reads
  if (command === 'run' && verb === 'list') return '';
  if (command !== 'api') refuse(`unknown: gh ${call.words.join(' ')}`);
  const [method = 'GET'] = call.all('--method');
  const body: unknown = ghResult(world, method, call.words[1] ?? '', call);
  const [query] = call.all('--jq');
  if (call.has('--silent')) return '';
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
  if (stderr !== '') refuse(stderr);
  known.set(question, stdout);
  return stdout;
}

function notFound(): never {
  refuse('gh: Not Found (HTTP 404)', '{"message":"Not Found","status":"404"}');
}

/** The environments of acme/shop have their plain names; those of others, the repository before. */
const keyOf = (repository: string, name: string) =>
  sameName(repository, 'acme/shop') ? name : `${repository}:${name}`;

function environmentOf(world: World, repository: string, name: string): Environment {
  const wanted = keyOf(repository, name);
  const [, found] = Object.entries(world.environments).find(([key]) => sameName(key, wanted)) ?? [];
  return found ?? notFound();
}

/** All of a list, or its first page, which is longer than this in GitHub. */
const page = <T>(call: Call, list: readonly T[]) =>
  list.slice(0, call.has('--paginate') ? undefined : 1);

function ghResult(world: World, method: string, url: string, call: Call): unknown {
  const user = /^users\/(.*)$/.exec(url)?.[1];
  if (user !== undefined) {
    const [login, id] = Object.entries(USERS).find(([one]) => sameName(one, user)) ?? [];
    return id === undefined ? notFound() : { login, id };
  }
  const [, asked = '', below = ''] = /^repos\/([^/]+\/[^/]+)\/?(.*)$/.exec(url) ?? [];
  const now = world.oldNames[asked] ?? asked;
  const repository = world.repositories.find((one) => sameName(one, now)) ?? notFound();
  const [, name = '', list] = /^environments\/([^/]+)\/?(.*)$/.exec(below) ?? [];
  const environment = () => environmentOf(world, repository, name);
  switch (`${method} ${list ?? below}`) {
    case 'GET ':
      if (list === undefined) return { html_url: `${world.github}/${repository}` };
      return describeEnvironment(environment());
    case 'GET actions/oidc/customization/sub':
      return world.subjects;
    case 'GET environments': {
      const names = Object.keys(world.environments)
        .filter((key) => key === keyOf(repository, key.replace(/^.*:/, '')))
        .map((key) => ({ name: key.replace(/^.*:/, '') }));
      return { environments: page(call, names) };
    }
    case 'GET variables': {
      const pairs = Object.entries(environment().variables);
      const variables = pairs.map(([key, value]) => ({ name: key, value }));
      return { variables: page(call, variables) };
    }
    case 'GET deployment-branch-policies': {
      const branches = environment().branches.map((one) => ({ name: one, type: 'branch' }));
      const tags = environment().tags.map((one) => ({ name: one, type: 'tag' }));
      return { branch_policies: page(call, [...branches, ...tags]) };
    }
    case 'GET branches?protected=true':
      return page(
        call,
        world.protectedBranches.map((one) => ({ name: one })),
      );
    case 'POST deployment-branch-policies':
      if (environment().branchPolicy?.custom_branch_policies !== true) return notFound();
      environment().branches.push(call.one('--raw-field').replace(/^name=/, ''));
      return {};
    case 'PUT ':
      putEnvironment(world, keyOf(repository, name), call.all('--field'));
      return {};
    default:
      return notFound();
  }
}

/** It replaces all rules, but not the names of selected branches. */
function putEnvironment(world: World, key: string, fields: readonly string[]): void {
  const ids = fields.flatMap((field) => /^reviewers\[\]\[id\]=(\d+)$/.exec(field)?.[1] ?? []);
  const isSet = (name: string) => fields.includes(`deployment_branch_policy[${name}]=true`);
  const before = world.environments[key] ?? newEnvironment();
  const made = newEnvironment({ variables: before.variables, tags: before.tags });
  world.environments[key] = made;
  // The environment exists all the same.
  if (ids.length > 0 && !world.hasReviewers)
    refuse('gh: Failed to create the environment protection rule. (HTTP 422)');
  made.preventSelfReview = fields.includes('prevent_self_review=true');
  made.waitTimer = Number(fields.find((one) => one.startsWith('wait_timer='))?.slice(11) ?? 0);
  made.teams = ids.includes('70') ? ['platform'] : [];
  made.reviewers = Object.keys(USERS)
    .filter((login) => ids.includes(String(USERS[login])))
    .filter((login) => world.collaborators.includes(login));
  const protected_branches = isSet('protected_branches');
  const custom_branch_policies = isSet('custom_branch_policies');
  if (!protected_branches && !custom_branch_policies) return;
  made.branchPolicy = { protected_branches, custom_branch_policies };
  made.branches = custom_branch_policies ? before.branches : [];
}

function describeEnvironment(environment: Environment): unknown {
  const { waitTimer, branchPolicy, preventSelfReview } = environment;
  const reviewers = [
    ...environment.reviewers.map((login) => ({
      type: 'User',
      reviewer: { login, id: USERS[login] },
    })),
    ...environment.teams.map((slug) => ({ type: 'Team', reviewer: { slug, id: 70 } })),
  ];
  const protection_rules = [];
  if (waitTimer > 0) protection_rules.push({ type: 'wait_timer', wait_timer: waitTimer });
  if (reviewers.length > 0)
    protection_rules.push({
      type: 'required_reviewers',
      prevent_self_review: preventSelfReview,
      reviewers,
    });
  if (branchPolicy) protection_rules.push({ type: 'branch_policy' });
  return { protection_rules, deployment_branch_policy: branchPolicy };
}

/** What a tool leaves behind after one call. */
export type Answer = Readonly<{ exitCode: number; stdout: string; stderr: string }>;

export function answer(world: World, tool: string, args: readonly string[]): Answer {
  const call = parse(args);
  try {
    const stdout = tool === 'az' ? format(call, az(world, call)) : gh(world, call);
    return { exitCode: 0, stdout, stderr: '' };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { exitCode: 1, stdout: error.stdout, stderr: `ERROR: ${error.message}` };
  }
}
