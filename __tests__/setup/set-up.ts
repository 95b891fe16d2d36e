import { expect } from '@jest/globals';
import { scriptsOn, type Ran } from './run.ts';
import { newEnvironment, newWorld, type World } from './world.ts';

export const run = scriptsOn();
const CLUSTER = ['--resource-group', 'rg-weu', '--cluster', 'weu'];
export const PLACE = ['--repository', 'acme/shop', '--environment', 'production', ...CLUSTER];
export const RULES = ['--reviewer', 'alice', '--branch', 'main'];
export const NEW = [...PLACE, ...RULES, '--namespace', 'shop', '--create-environment'];
export const SUBJECT = 'repo:acme/shop:environment:production';
export const PROTECTED = newEnvironment({
  reviewers: ['alice'],
  branches: ['main'],
  branchPolicy: { protected_branches: false, custom_branch_policies: true },
});

export const setUp = (world: World, args: readonly string[], shell = 'bash') =>
  run(world, [shell, 'setup.sh', ...args]);

/** How the az of Windows prints it, which WSL finds, too. */
export const crlf = (stdout: string) => stdout.replaceAll('\n', '\r\n');

/** Whether a call only asks. */
export const isRead = ([tool, ...args]: readonly string[]) =>
  tool === 'gh'
    ? args[0] === 'api' && !args.includes('--method')
    : args.includes('list') || args.includes('show') || args[0] === 'rest';
export const changesOf = ({ calls }: Ran) => calls.filter((call) => !isRead(call));

export async function succeeds(
  world: World,
  args: readonly string[],
  shell = 'bash',
): Promise<Ran> {
  const ran = await setUp(world, args, shell);
  expect({ exitCode: ran.exitCode, stderr: ran.stderr }).toEqual({ exitCode: 0, stderr: '' });
  return ran;
}

const made = new Map<string, Promise<{ world: World; ran: Ran }>>();

/** A world in which setup.sh has run, and that run, which is made only once. */
export async function afterSetUp(args: readonly string[] = NEW, shell = 'bash') {
  const key = [shell, ...args].join(' ');
  const world = newWorld();
  const making = made.get(key) ?? succeeds(world, args, shell).then((ran) => ({ world, ran }));
  made.set(key, making);
  const { world: kept, ran } = await making;
  return { world: structuredClone(kept), ran };
}

/** Expects a run to stop before it changes anything, and to say these words. */
export async function stops(
  world: World,
  args: readonly string[],
  words: RegExp | string,
): Promise<Ran> {
  const before = structuredClone(world);
  const ran = await setUp(world, args);
  expect(ran.exitCode).not.toBe(0);
  expect(ran.stderr).toMatch(words);
  expect(ran.stderr).toContain('Nothing was changed.');
  expect(world).toEqual(before);
  return ran;
}

/** What a script says of its changes, if it stopped at this call, or of its own accord. */
function stateAfter(ran: Ran, broken: readonly string[] | undefined): string {
  const changes = changesOf(ran);
  if (changes.length === 0) return 'Nothing was changed.';
  if (broken === undefined || isRead(broken)) return 'The calls above were made.';
  const before = changes.length > 1 ? 'The calls before it were made.' : 'No other call was made.';
  return `The last call above failed. ${before}`;
}

/**
 * Runs a script in which each call fails the first time that it comes after another one, and only
 * one in each run: before it does anything, or after it changed something. The script has to stop
 * there, and to go on when it is run again, as its messages say.
 */
export async function runUntilItWorks(
  world: World,
  program: readonly [string, ...string[]],
  when: 'before' | 'after',
  failed = new Set<string>(),
): Promise<void> {
  let given: string[] = [];
  for (;;) {
    let previous: readonly string[] = [];
    let broken: readonly string[] | undefined;
    const ran = await run(world, [...program, ...given], (call) => {
      const place = [...previous, 'then', ...call].join(' ');
      previous = call;
      const isDone = broken !== undefined || failed.has(place);
      if (isDone || (when === 'after' && isRead(call))) return undefined;
      failed.add(place);
      broken = call;
      return when;
    });
    // After the call that failed, it made no other one.
    expect(ran.calls.at(-1)).toEqual(broken ?? ran.calls.at(-1));
    if (ran.exitCode === 0) {
      expect({ broken, stderr: ran.stderr }).toEqual({ broken: undefined, stderr: '' });
      return;
    }

    expect(ran.stderr).toContain(stateAfter(ran, broken));
    const [, id] = /--client-id ([0-9a-f-]{36})/.exec(ran.stderr) ?? [];
    // An environment that got no branch is locked, and only a person may open it.
    const [, call] = /^ {2}(gh api .*)$/m.exec(ran.stderr) ?? [];
    if (broken === undefined && call === undefined && (id === undefined || given.includes(id)))
      throw new Error(`It cannot go on: ${ran.stderr}`);
    if (call !== undefined) await run(world, ['bash', '-c', call.replace('BRANCH', 'main')]);
    if (id !== undefined) given = ['--client-id', id];
  }
}

/** What a world has in the end, whatever the IDs. */
export function summary({ applications, identities, roles, assignments, environments }: World) {
  const [identity, ...others] = [...applications, ...identities];
  return {
    others,
    trusts: identity?.credentials.map(({ subject }) => subject),
    roles: roles.map(({ roleName, permissions }) => [roleName, permissions[0]?.['actions']]),
    grants: assignments.map(({ principalId, scope }) => [
      principalId === identity?.principalId,
      scope,
    ]),
    variables: environments['production']?.variables,
    usesIt: environments['production']?.variables['AZURE_CLIENT_ID'] === identity?.clientId,
    rules: [environments['production']?.reviewers, environments['production']?.branches],
  };
}

export const KINDS: [string, string[]][] = [
  ['an application', NEW],
  ['a user-assigned identity', [...NEW, '--user-assigned', 'github-shop']],
];

/** The first of a list that is not empty. */
export function first<T>(list: readonly T[]): T {
  const [item] = list;
  if (item === undefined) throw new Error('The list is empty');
  return item;
}

/** The variables of the one environment. */
export function variablesOf({ environments }: World): Record<string, string> {
  return first(Object.values(environments)).variables;
}
