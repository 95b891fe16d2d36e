import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import AdmZip from 'adm-zip';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPods, maxLogBytes, toolFolder, type PodOptions, type PodResult } from '../../local/azure/index.ts';
import { needing, onLinux } from '../tools.ts';

let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'pods-'));
});

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

type Container = PodResult & Readonly<{ text: string }>;

async function inPod(
  command: string,
  {
    context = Buffer.alloc(0),
    kill = new AbortController().signal,
    ...options
  }: Partial<PodOptions> & {
    context?: Buffer;
    kill?: AbortSignal;
  } = {},
): Promise<Container> {
  const pods = createPods({ scratch, ...options });
  const spec = { commandId: '0123456789abcdef0123456789abcdef', command, context, cluster: 'plain', kill };
  const result = await pods.run(spec, { started: () => undefined });
  return { ...result, text: result.logs.toString() };
}

function zipOf(entries: [name: string, content: string, mode: number][]): Buffer {
  const zip = new AdmZip();
  for (const [name, content, mode] of entries) {
    zip.addFile(name, Buffer.from(content));
    const entry = zip.getEntry(name);
    if (entry !== null) entry.attr = mode * 0x10000;
  }
  return zip.toBuffer();
}

const file = 0o100644;
const program = 0o100755;

/** Shells that a pod may have. */
const shells = [
  { name: 'sh', shell: ['sh'] },
  { name: 'dash', shell: ['dash'] },
  { name: 'bash', shell: ['bash'] },
  { name: 'busybox sh', shell: ['busybox', 'sh'] },
] as const;

/** A process that was ended but not yet waited for still has a number on Linux. */
function isAlive(pid: string): boolean {
  try {
    if (process.platform === 'linux') return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return process.kill(Number(pid), 0);
  } catch {
    return false;
  }
}

for (const { name, shell } of shells) {
  needing([shell[0]], () => {
    describe(`in ${name}`, () => {
      test('the command’s exit code, and both its streams in the order of writing', async () => {
        const { exitCode, text } = await inPod('echo one; echo two >&2; echo three; exit 3', { shell });
        expect({ exitCode, text }).toEqual({ exitCode: 3, text: 'one\ntwo\nthree\n' });
      });

      test('the output is a pipe that can be opened again', async () => {
        const { text } = await inPod('[ -p /dev/stdout ] && echo pipe; echo again > /dev/stderr', { shell });
        expect(text).toBe('pipe\nagain\n');
      });

      test('nothing comes from stdin', async () => {
        expect((await inPod('read -r line; echo "$? ${line}."', { shell })).text).toBe('1 .\n');
      });

      test('a shell that kills itself ends with 128 and the signal', async () => {
        expect((await inPod('kill -TERM $$', { shell })).exitCode).toBe(143);
      });

      test('what is left running ends with the main process, without anybody waiting', async () => {
        const mark = join(mkdtempSync(join(scratch, 'mark-')), 'pid');
        const { text } = await inPod(`sleep 600 & echo $! > '${mark}'; echo done`, { shell });
        expect(text).toBe('done\n');
        expect(isAlive(readFileSync(mark, 'utf8').trim())).toBe(false);
      });
    });
  });
}

describe('a pod', () => {
  test('has the environment of a container and nothing of the machine’s', async () => {
    process.env['KUBECONFIG'] = '/some/config';
    const { text } = await inPod('env | cut -d= -f1 | sort', { home: scratch });
    Reflect.deleteProperty(process.env, 'KUBECONFIG');
    // The shell itself adds PWD, and some add SHLVL, OLDPWD and _.
    expect(text.split('\n').filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_', ''].includes(name))).toEqual([
      'HOME',
      'KUBECONFIG',
      'PATH',
      'TMPDIR',
    ]);
  });

  test('has a home that nobody can write to', async () => {
    expect((await inPod('mkdir -p "$HOME" 2> /dev/null || echo no')).text).toBe('no\n');
  });

  test('has a folder for temporary files, and leaves nothing behind', async () => {
    const before = readdirSync(scratch);
    const { text } = await inPod('echo x > "$TMPDIR/file" && cat "$TMPDIR/file"; mkdir -m 0 locked; mkfifo pipe');
    expect(text).toBe('x\n');
    expect(readdirSync(scratch)).toEqual(before);
  });

  test('keeps 512 KiB of the output and lets the command write on', async () => {
    const { exitCode, logs } = await inPod('head -c 3000000 /dev/zero; exit 4');
    expect({ exitCode, length: logs.length }).toEqual({ exitCode: 4, length: maxLogBytes });
  });

  test('that is killed keeps what was written so far', async () => {
    const mark = join(mkdtempSync(join(scratch, 'mark-')), 'written');
    const kill = new AbortController();
    const result = inPod(`echo so far; echo x > '${mark}'; sleep 600; echo never`, { kill: kill.signal });
    while (!existsSync(mark)) await new Promise((resolve) => setTimeout(resolve, 5));
    kill.abort();
    const { exitCode, text } = await result;
    expect({ exitCode, text }).toEqual({ exitCode: 137, text: 'so far\n' });
  });

  // Elsewhere there is no setsid, and sessions cannot be found.
  onLinux(() => {
    needing(['bash', 'setsid'], () => {
      test('ends on stop, jobs in groups and sessions of their own included', async () => {
        const folder = mkdtempSync(join(scratch, 'mark-'));
        const pods = createPods({ scratch, shell: ['bash'] });
        const running = pods.run(
          {
            commandId: '0123456789abcdef0123456789abcdef',
            command: `set -m; sleep 600 & echo $! > '${folder}/group'; setsid sh -c 'echo $$ > "${folder}/session"; exec sleep 600' & sleep 600`,
            context: Buffer.alloc(0),
            cluster: 'plain',
            kill: new AbortController().signal,
          },
          { started: () => undefined },
        );
        while (!existsSync(join(folder, 'session'))) await new Promise((resolve) => setTimeout(resolve, 5));
        await pods.stop();
        expect((await running).exitCode).toBe(137);
        for (const name of ['group', 'session']) {
          expect([name, isAlive(readFileSync(join(folder, name), 'utf8').trim())]).toEqual([name, false]);
        }
      });
    });
  });

  test('says so where its shell does not exist', async () => {
    await expect(inPod('true', { shell: ['no-such-shell'] })).rejects.toThrow("there is no 'no-such-shell'");
  });
});

describe('the tools of a pod', () => {
  needing(['dash'], () => {
    test('are none but the shell', async () => {
      const { exitCode, text } = await inPod('echo alive; ls', { tools: [], shell: ['dash'] });
      expect(exitCode).toBe(127);
      expect(text).toMatch(/^alive\n.*ls: not found\n$/);
    });

    test('are just those named', async () => {
      const { text } = await inPod('ls; cat --version > /dev/null 2>&1 || echo no cat', {
        tools: ['ls'],
        shell: ['dash'],
        context: zipOf([['here', '', file]]),
      });
      expect(text).toBe('here\nno cat\n');
    });
  });

  needing(['gzip'], () => {
    test.each([
      [{}, 'no gzip\n'],
      [{ gzip: true }, 'gzip\n'],
    ])('have gzip only if asked for: %j', async (options, text) => {
      expect((await inPod('command -v gzip >/dev/null && echo gzip || echo no gzip', options)).text).toBe(text);
    });
  });

  test('are those of another PATH', async () => {
    const folder = mkdtempSync(join(scratch, 'path-'));
    writeFileSync(join(folder, 'greet'), '#!/bin/sh\necho hello\n', { mode: 0o755 });
    expect((await inPod('greet', { path: folder })).text).toBe('hello\n');
  });

  test('include the official kubectl and helm, where they run', async () => {
    const folder = await toolFolder();
    const runsHere = process.platform === 'linux' && process.arch === 'x64';
    expect(folder === undefined).toBe(!runsHere);
    if (folder === undefined) return;
    const { text } = await inPod('helm version --short; kubectl version --client | head -n 1', {
      toolFolders: [folder],
    });
    expect(text).toMatch(/^v\d+\.\d+\.\d+\S*\nClient Version: v1\.35\.\d+\n$/);
  });
});

describe('the context', () => {
  test('arrives with paths, bytes and modes', async () => {
    const context = zipOf([
      ['charts/web/Chart.yaml', 'name: web\n', file],
      ['bin/go', '#!/bin/sh\necho ran\n', program],
      ['a name $(with) `all`', 'odd\n', file],
    ]);
    const { text } = await inPod(
      "cat charts/web/Chart.yaml; bin/go; cat 'a name $(with) `all`'; ls -l bin/go | cut -c1-10",
      {
        context,
      },
    );
    expect(text).toBe('name: web\nran\nodd\n-rwxr-xr-x\n');
  });

  test('cannot be read where its mode is 0', async () => {
    const { exitCode } = await inPod('cat secret', { context: zipOf([['secret', 'x', 0o100000]]) });
    expect(exitCode).toBe(1);
  });

  test('may hold links that stay inside', async () => {
    const context = zipOf([
      ['real', 'inside\n', file],
      ['alias', 'real', 0o120777],
    ]);
    expect((await inPod('cat alias', { context })).text).toBe('inside\n');
  });

  test('may not hold one name twice', async () => {
    const context = zipOf([
      ['aa', 'first\n', file],
      ['bb', 'second\n', file],
    ]);
    // The archiver refuses equal names, so the second is renamed in the finished bytes.
    const twice = Buffer.from(context.toString('latin1').replaceAll('bb', 'aa'), 'latin1');
    await expect(inPod('cat aa', { context: twice })).rejects.toThrow('Duplicate entry');
  });

  test.each([
    { name: 'climbs out', entries: [['../out', 'x', file]] },
    { name: 'is absolute', entries: [['/out', 'x', file]] },
    { name: 'is a link out', entries: [['out', '../../..', 0o120777]] },
  ] satisfies { name: string; entries: [string, string, number][] }[])(
    'is refused where an entry $name',
    async ({ entries }) => {
      const names = entries.map(([name], index) => [`${'x'.repeat(name.length - 1)}${index}`, name] as const);
      // The archiver cleans names, so the bad one is written over a harmless one of its length.
      const harmless = zipOf(entries.map(([, content, mode], index) => [names[index]?.[0] ?? '', content, mode]));
      const bytes = names.reduce((all, [from, to]) => all.replaceAll(from, to), harmless.toString('latin1'));
      await expect(inPod('true', { context: Buffer.from(bytes, 'latin1') })).rejects.toThrow(
        /^context: .* out of the folder/,
      );
    },
  );
});
