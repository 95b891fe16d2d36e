import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import AdmZip from 'adm-zip';
import { aksImage, createPods, toolFolder, type PodOptions } from '../../local/azure/index.ts';
import { inNamespacesOnly } from '../support/namespaces.ts';
import { scratch } from '../support/scratch.ts';
import { needing, onLinux } from '../support/tools.ts';
import { until } from '../support/until.ts';
import { createWitness } from '../support/witness.ts';

// What a pod does for the script in it is proven by the suites of the script, in four shells. This
// file tests what makes it a pod.

const top = scratch('pods');

const commandId = '0123456789abcdef0123456789abcdef';
const none: Buffer = Buffer.alloc(0);

async function inPod(
  command: string,
  options: Partial<PodOptions> = {},
  context = none,
  kill?: AbortSignal,
) {
  const spec = {
    commandId,
    command,
    context,
    cluster: 'plain',
    kill: kill ?? new AbortController().signal,
  };
  const { exitCode, logs } = await createPods({ scratch: top, ...options }).run(spec, {
    started: () => undefined,
  });
  return { exitCode, logs, text: logs.toString() };
}

describe('a pod', () => {
  test('has the environment of a container, and the kubeconfig of its cluster', async () => {
    const command = 'env | cut -d= -f1 | sort';
    const { text } = await inPod(command, {
      home: top,
      kubeconfig: (cluster) => Promise.resolve(`/of/${cluster}`),
    });
    // The shell itself adds PWD, and some add SHLVL, OLDPWD and _.
    const names = text
      .split('\n')
      .filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_', ''].includes(name));
    expect(names).toEqual(['HOME', 'KUBECONFIG', 'PATH', 'TMPDIR']);
  });

  test('has a home that nobody can write to, and leaves nothing behind', async () => {
    const before = readdirSync(top);
    const command =
      'mkdir -p "$HOME" 2> /dev/null || echo no; echo x > "$TMPDIR/file"; mkdir -m 0 locked; ' +
      'mkfifo pipe';
    expect((await inPod(command)).text).toBe('no\n');
    expect(readdirSync(top)).toEqual(before);
  });

  test('has its tools, even if a part of the PATH is no folder', async () => {
    const path = `${import.meta.filename}:${process.env['PATH'] ?? ''}`;
    expect((await inPod('ls "$PATH"', { path, tools: ['ls', 'sh'] })).text).toBe('ls\nsh\n');
  });

  test('that is killed keeps what was written so far', async () => {
    const mark = join(mkdtempSync(join(top, 'mark-')), 'written');
    const kill = new AbortController();
    const result = inPod(
      `echo so far; echo x > '${mark}'; sleep 600; echo never`,
      {},
      none,
      kill.signal,
    );
    await until(() => existsSync(mark));
    kill.abort();
    expect(await result).toMatchObject({ exitCode: 137, text: 'so far\n' });
  });

  async function expectEndOnStop(start: string): Promise<void> {
    const witness = createWitness(join(mkdtempSync(join(top, 'mark-')), 'witness'));
    const pods = createPods({ scratch: top, shell: ['bash'] });
    const command = `${start} sh -c "${witness.hold}; sleep 600" & sleep 600`;
    const kill = new AbortController().signal;
    const spec = { commandId, command, context: none, cluster: 'plain', kill };
    const running = pods.run(spec, { started: () => undefined });
    await until(witness.isHeld);
    await pods.stop();
    expect((await running).exitCode).toBe(137);
    expect(witness.isHeld()).toBe(false);
  }

  // Elsewhere, the jobs of a session cannot be found.
  onLinux(() => {
    needing(['bash'], () => {
      test('ends on stop, with a job in a group of its own', () => expectEndOnStop('set -m;'));
    });
  });

  inNamespacesOnly(() => {
    needing(['bash', 'setsid'], () => {
      test('ends on stop, with a session of its own', () => expectEndOnStop('setsid'));
    });

    test('sees only its own processes', async () => {
      expect((await inPod('echo $$; cd /proc; echo [0-9]*')).text).toBe('1\n1\n');
    });

    test('is in aks-command for the kubectl of its cluster, which enters it', async () => {
      const tools = await toolFolder();
      const pods = createPods({ scratch: top, ...(tools ? { toolFolders: [tools] } : {}) });
      const kill = new AbortController().signal;
      const start = (id: string, cluster: string, command: string) => {
        const events = { started: () => undefined };
        const spec = { commandId: id.repeat(32), command, context: none, cluster, kill };
        return pods.run(spec, events);
      };
      const first = start('a', 'plain', 'trap "echo entered; exit 7" TERM; sleep 600 & wait');
      const other = start('b', 'entra', 'sleep 600');
      const { logs } = await start(
        'c',
        'plain',
        `in='--namespace aks-command'; pod=command-${'a'.repeat(32)}
        until kubectl get pod $pod $in --output name; do sleep 0.1; done 2>&1
        kubectl get pods $in --output name
        kubectl exec $pod $in -- sh -c 'grep -ao entered /proc/1/cmdline; exit 3'; echo "code $?"
        kubectl exec $pod $in -- sh -c 'sleep 0.2; kill 1'`,
      );
      await pods.stop();

      const [entered, apart] = await Promise.all([first, other]);
      expect(entered).toMatchObject({ exitCode: 7, logs: Buffer.from('entered\n') });
      expect(apart.exitCode).toBe(137);
      const text = logs.toString();
      expect(text).toContain(`pod/command-${'c'.repeat(32)}\n`);
      expect(text).toMatch(/^entered\n[^]*^code 3$/m);
      expect(text).not.toContain('b'.repeat(32));
    });

    test('can end only its own processes', async () => {
      // The first line keeps all others safe, should there be no namespace.
      const command = `[ $$ = 1 ] || exit 1
        sleep 600 & kill -9 -1; kill -9 ${process.pid}; wait; echo all but this one`;
      const { text } = await inPod(command);
      expect(text).toMatch(/No such process\s+all but this one\n$/);
    });
  });
});

test('the image of AKS has kubectl, helm, and its own /tmp, but no network or git', async () => {
  const { options, hasOwnTmp } = await aksImage();
  const { text } = await inPod(
    'kubectl version --client | head -n 1; helm version --short; ls /tmp | wc -l',
    options,
  );
  expect(text).toMatch(/^Client Version: v1\.\d+\.\d+\nv\d+\.\d+\.\d+\S*\n\d+\n$/);
  if (hasOwnTmp) expect(text).toMatch(/\n1\n$/);
  const nothing = await inPod(
    'command -v git az nc dig python3 perl node; curl https://example.com',
    options,
  );
  expect(nothing).toMatchObject({
    exitCode: 6,
    text: expect.stringMatching(/^curl: \(6\) not simulated/),
  });
});

/**
 * A zip whose entries have names that no archiver would write: it cleans `xx`, which stands for
 * what leads out.
 */
function zipOf(
  entries: [name: string, content: string, mode: number][],
  rename: [from: string, to: string][] = [],
) {
  const zip = new AdmZip();
  for (const [name, content, mode] of entries) {
    zip.addFile(name, Buffer.from(content));
    const entry = zip.getEntry(name);
    if (entry !== null) entry.attr = mode * 0x10000;
  }
  const bytes = rename.reduce(
    (text, [from, to]) => text.replaceAll(from, to),
    zip.toBuffer().toString('latin1'),
  );
  return Buffer.from(bytes, 'latin1');
}

const FILE = 0o100644;
const LINK = 0o120777;

test.each<[name: string, zip: Buffer, says: string]>([
  [
    'one name twice',
    zipOf(
      [
        ['aa', '1', FILE],
        ['bb', '2', FILE],
      ],
      [['bb', 'aa']],
    ),
    'Duplicate entry',
  ],
  [
    'an entry that climbs out',
    zipOf([['xx/out', 'x', FILE]], [['xx/out', '../out']]),
    'out of the folder',
  ],
  [
    'an absolute entry',
    zipOf([['xx/out', 'x', FILE]], [['xx/out', '/xxout']]),
    'out of the folder',
  ],
  ['a backslash', zipOf([['xx/out', 'x', FILE]], [['xx/out', 'xx\\out']]), 'out of the folder'],
  ['a link out', zipOf([['out', '../../..', LINK]]), 'out of the folder'],
  ['a link to a folder beside', zipOf([['out', '../command-files2', LINK]]), 'out of the folder'],
  [
    'an entry behind links that together lead out',
    zipOf([
      ['a/up', '..', LINK],
      ['b', 'a/up/..', LINK],
      ['b/out', 'x', FILE],
    ]),
    'out of the folder through a link',
  ],
])('a context is refused with %s', async (_name, context, says) => {
  await expect(inPod('true', {}, context)).rejects.toThrow(says);
});
