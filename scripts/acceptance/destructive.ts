import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { cli, end, idOf, looks, output, posts, promised, words, type Check, type Verdict } from './checks.ts';
import type { Lab, Seen } from './lab.ts';

/** Azure's own command line. No signal ends it: an update must not be left half done. */
async function az(...args: readonly string[]): Promise<void> {
  const child = spawn('az', args, { stdio: 'ignore', detached: true, shell: process.platform === 'win32' });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`az ${args.join(' ')} ended with ${code ?? 'a signal'}`);
}

/**
 * While all nodes are cordoned no pod can start, not even one that uncordons them. So the pod that cordons them waits, and
 * uncordons them at its end, whatever becomes of this process.
 */
async function whileCordoned(lab: Lab): Promise<readonly Seen[]> {
  const free = '--field-selector=spec.unschedulable!=true';
  const listed = await lab.cli(['kubectl', 'get', 'nodes', free, '--output=name']);
  const nodes = [...output(listed).matchAll(/^node\/([a-z0-9.-]+)$/gm)].map(([, name]) => name).join(' ');
  if (nodes === '') throw new Error(`there are no nodes to cordon; ${end(listed)}`);
  const uncordon = `kubectl uncordon ${nodes}`;
  let holder = '';
  const restore = async () => {
    if (holder !== '') await lab.cli(['--command-id', holder], { spared: true });
    const last = await lab.cli(['--command', uncordon], { spared: true });
    if (last.code !== 0) throw new Error(`the nodes are still cordoned; ${end(last)}`);
  };
  const late = await lab.changing(uncordon, restore, async () => {
    const hold = `trap '${uncordon}' EXIT; kubectl cordon ${nodes}; sleep ${lab.seconds(120)}`;
    holder = idOf(await lab.cli(['--no-wait', '--command', hold], { spared: true }));
    await lab.sleep(20);
    return lab.cli(['--start-timeout', `${lab.seconds(60)}s`, '--start-retries', '0', 'echo', 'late']);
  });
  const id = idOf(late) || /\bcommand-([0-9a-f]{32})\b/.exec(JSON.stringify(late.exchanges))?.[1];
  return id ? [late, await lab.cli(['--timeout', `${lab.seconds(30)}s`, '--command-id', id])] : [late];
}

function whileDisabled(lab: Lab): Promise<readonly Seen[]> {
  const update = ['aks', 'update', '--output', 'none', '--ids', lab.need('cluster')];
  const restore = () => az(...update, '--enable-run-command');
  return lab.changing(`az ${update.join(' ')} --enable-run-command`, restore, async () => {
    await az(...update, '--disable-run-command');
    return cli('echo', 'hello')(lab);
  });
}

/** As another identity, whose client ID an option gives. */
const as = (option: string) => async (lab: Lab) => [await lab.cli(['echo', 'hello'], { clientId: lab.need(option) })];
const refused = (seen: Seen, [answer]: ReturnType<typeof posts>): Verdict =>
  `${answer === undefined ? 'fails' : answer.status === 403 ? 'holds' : 'learned'}: ${end(seen)}`;

export const DESTRUCTIVE: Readonly<Record<string, Check>> = {
  'did not start': {
    about: 'with all nodes cordoned, AKS answers 400 "did not start"',
    run: whileCordoned,
    judge(late, ...later) {
      const told = [end(late), ...later.map((one) => `later: ${end(one)}`)].join('; ');
      const isSo = posts(late).some((post) => post.status === 400 && words(post).includes('did not start'));
      return late.code === 0 ? `fails: ${told}` : `${isSo ? 'holds' : 'learned'}: ${told}`;
    },
  },
  'deleted pod': {
    about: 'a result can be read after its pod was deleted',
    async run(lab) {
      const id = idOf(await lab.cli(['echo', 'hello']));
      const deleted = await lab.cli(['kubectl', 'delete', 'pod', `command-${id}`, '--namespace', 'aks-command']);
      return [deleted, await lab.cli(['--command-id', id])];
    },
    judge: (deleted, later) =>
      deleted.code === 0 && later.code !== 0 ? `learned: ${end(later)}` : promised(deleted.code === 0, deleted),
  },
  'no runCommand': {
    about: 'an identity without runCommand/action gets 403',
    run: as('without-run-command'),
    judge: (seen) => refused(seen, posts(seen)),
  },
  'no commandResults': {
    about: 'an identity without commandResults/read gets 403, after its command was accepted',
    run: as('without-results'),
    judge: (seen) => refused(seen, looks(seen)),
  },
  disabled: {
    about: 'with run command disabled, nothing runs',
    run: whileDisabled,
    judge: (seen) => `${seen.result['state'] === 'not-started' ? 'holds' : 'fails'}: ${end(seen)}`,
  },
};
