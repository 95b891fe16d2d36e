import { expect } from '@jest/globals';
import { scriptsOn, type Failing, type Ran } from './run.ts';
import { newEnvironment, newWorld, type World } from './world.ts';

export const run = scriptsOn();
const CLUSTER = ['--resource-group', 'rg-weu', '--cluster', 'weu'];
export const PLACE = ['--repository', 'acme/shop', '--environment', 'production', ...CLUSTER];
export const RULES = ['--reviewer', 'alice', '--branch', 'main'];
export const ALL = [...PLACE, ...RULES, '--namespace', 'shop', '--allow-stop'];
export const IDENTITY = 'github-acme__shop__production';
export const SUBJECT = 'repo:acme/shop:environment:production';
export const PROTECTED = newEnvironment({
  reviewers: ['alice'],
  preventSelfReview: true,
  branches: ['main'],
  branchPolicy: { protected_branches: false, custom_branch_policies: true },
});

/** Branches that may use an environment: selected ones, or those that GitHub counts as protected. */
export const policy = (isCustom: boolean, branches: string[] = [], tags: string[] = []) => ({
  branchPolicy: { protected_branches: !isCustom, custom_branch_policies: isCustom },
  branches,
  tags,
});

/** The calls that setup.sh leaves to a person, for an environment that exists. */
export const callsToPaste = ({ stdout }: Ran) =>
  /\nThese calls [^]*?:\n([^]*)$/.exec(stdout)?.[1] ?? '';

/** Whether a call only asks. */
export const isRead = ([tool, ...args]: readonly string[]) =>
  tool === 'gh'
    ? args[0] === 'api' && !args.includes('--method')
    : args.includes('list') || args.includes('show') || args[0] === 'rest';

export const changesOf = ({ calls }: Ran) => calls.filter((call) => !isRead(call));

/** A change in a few words. */
export function shortly(call: readonly string[]): string {
  const valueOf = (option: string) => call[call.indexOf(option) + 1] ?? '';
  const place = (id: string) => /managedClusters\/(.*?)(\/providers|$)/.exec(id)?.[1] ?? id;
  const start = call
    .slice(
      0,
      call.findIndex((word) => word.startsWith('--')),
    )
    .join(' ');
  if (call.includes('--role-definition'))
    return `${start} ${(JSON.parse(valueOf('--role-definition')) as { Name: string }).Name}`;
  if (call.includes('--ids')) return `${start} ${place(valueOf('--ids'))}`;
  if (call.includes('--scope')) return `${start} ${place(valueOf('--scope'))}`;
  if (call.includes('--subject')) return `${start} ${valueOf('--subject')}`;
  if (start === 'gh api')
    return [start, ...call.filter((word) => /^(PUT|POST|repos|name=|rev.*id)/.test(word))].join(
      ' ',
    );
  return start.startsWith('az identity') ? `${start} ${valueOf('--name')}` : start;
}

export const setUp = (world: World, args: readonly string[] = ALL, failing?: Failing) =>
  run(world, ['bash', 'setup.sh', ...args], failing);

export const remove = (world: World, args: readonly string[] = PLACE) =>
  run(world, ['bash', 'remove.sh', ...args]);

/** A run that did all that it should. */
export async function succeeds(running: Promise<Ran>): Promise<Ran> {
  const ran = await running;
  expect({ exitCode: ran.exitCode, stderr: ran.stderr }).toEqual({ exitCode: 0, stderr: '' });
  return ran;
}

const made = new Map<string, Promise<World>>();

/** A world in which setup.sh has run, which is made only once. */
export async function afterSetUp(args: readonly string[] = ALL): Promise<World> {
  const key = args.join(' ');
  const world = newWorld();
  const making = made.get(key) ?? succeeds(setUp(world, args)).then(() => world);
  made.set(key, making);
  return structuredClone(await making);
}

/** Changes nothing in a world. */
export const asItIs = (): void => undefined;

/**
 * Runs a script again and again. In each run, one call fails that has not failed before: before it
 * does anything, or after it has changed something. The script stops there, and says whether
 * anything was changed. What it leaves to a person is pasted.
 * @returns how many calls have failed
 */
export async function runUntilItWorks(
  world: World,
  program: readonly [string, ...string[]],
  when: 'before' | 'after',
): Promise<number> {
  const failed = new Set<string>();
  for (;;) {
    const count = failed.size;
    const before = structuredClone(world);
    const ran = await run(world, program, (call) => {
      const words = call.join(' ');
      if (failed.size > count || failed.has(words)) return undefined;
      if (when === 'after' && isRead(call)) return undefined;
      failed.add(words);
      return when;
    });
    // Somebody else may have locked the environment, so this call waits for a person.
    if (callsToPaste(ran) !== '') {
      await succeeds(run(world, ['bash', '-c', callsToPaste(ran)]));
      continue;
    }
    if (failed.size === count) {
      expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
      return count;
    }
    // After the call that failed, it made no other one.
    expect(ran.calls.at(-1)?.join(' ')).toBe([...failed].at(-1));
    const isUnchanged = changesOf(ran).length === 0;
    expect(ran.stderr).toContain(isUnchanged ? 'Nothing was changed.' : 'Run this again.');
    if (isUnchanged) expect(world).toEqual(before);
  }
}

/** A world in which setup.sh has run for two environments of one cluster. */
export async function twoEnvironments(): Promise<World> {
  const world = await afterSetUp();
  await succeeds(setUp(world, [...ALL, '--environment', 'staging']));
  for (const { variables } of Object.values(world.environments)) variables['OTHER'] = 'x';
  return world;
}
