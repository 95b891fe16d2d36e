import { readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { COLLECT_LIMITS, LEAST_TAIL, ROOM } from '../../src/pod/room.ts';
import type { Bundle } from '../../src/pod/bundle.ts';
import type { PodReport } from '../../src/pod/stream.ts';
import { needing, onLinux, toolOnPath } from '../tools.ts';
import { image, inEach, inHaste, ofBusybox, runPod, type Image, type Pod } from './run-pod.ts';

const TOOLS = 'head tail cat wc date sleep rm gzip base64 ls tr awk mkdir mkfifo ln mv truncate'.split(' ');
/** Without `cat` files are read one by one. */
const ONE_BY_ONE = TOOLS.filter((tool) => tool !== 'cat');
const IMAGES = [
  image('dash', 'dash', TOOLS),
  image('bash', 'bash', [...TOOLS, 'bash']),
  image('busybox', 'busybox', ofBusybox(TOOLS)),
];

type Ran = PodReport & { kind: 'ran' };

async function ran(on: Image, pod: Pod): Promise<Ran> {
  const { report } = await runPod(on, pod);
  if (report.kind !== 'ran') throw new Error(report.kind);
  return report;
}

async function collect(on: Image, pod: Pod): Promise<unknown> {
  const { bundle } = await ran(on, pod);
  return bundle === undefined ? undefined : shown(bundle);
}

function shown(bundle: Bundle): unknown {
  if (bundle.kind !== 'files') return bundle;
  const { files, leftOut, unmatched } = bundle;
  return {
    files: files.map(({ name, content }) => [name, content.toString()]),
    leftOut: leftOut.map(({ name, reason }) => `${reason} ${name}`).sort(),
    unmatched,
  };
}

const emptyFiles = (count: number): string => `mkdir r; i=0; while [ $((i += 1)) -le ${count} ]; do : >r/$i; done`;

const noise = (bytes: number, file: string): string => `head -c ${bytes} /dev/urandom >${file}`;

describe('the numbers of the scripts', () => {
  const texts = ['collect.sh', 'pod-script.sh'].map((name) =>
    readFileSync(new URL(`../../src/pod/${name}`, import.meta.url), 'utf8'),
  );
  const number = (name: string, text = ''): number => Number(new RegExp(`\\b${name}=(\\d+)`).exec(text)?.[1]);

  test("are the core's", () => {
    const [own, script] = texts;
    expect({
      bundle: number('bundle_limit', own),
      early: number('early_limit', own),
      unpacked: number('unpacked_limit', own),
      files: number('files_limit', own),
      leftOut: number('left_out_limit', own),
      room: number('room', script),
      file: number('file_limit', script),
    }).toEqual({
      bundle: ROOM.bundle,
      early: ROOM.early,
      unpacked: COLLECT_LIMITS.unpacked,
      files: COLLECT_LIMITS.files,
      leftOut: COLLECT_LIMITS.leftOut,
      room: ROOM.all - ROOM.marks,
      file: ROOM.file,
    });
  });

  test('leave 64 KiB for the end of the output where all else is full', () => {
    expect(LEAST_TAIL).toBe(65_536);
  });
});

inEach(IMAGES, (on) => {
  const tree = `mkdir -p r/sub .dots; echo hi >r/a.xml; echo dot >r/.hid; echo dots >r/..two; echo deep >r/sub/b; : >r/empty; echo s >.dots/s
    ln -s a.xml r/link; mkfifo r/pipe; echo x >'r/a
b'; echo x >'r/back\\slash'; echo t >t.txt; echo u >.u.txt; ln -s r l`;
  test.concurrent.each<[string, string[], object]>([
    [
      'a folder brings all below it, and names what it leaves',
      ['r'],
      {
        files: [
          ['r/..two', 'dots\n'],
          ['r/.hid', 'dot\n'],
          ['r/a.xml', 'hi\n'],
          ['r/empty', ''],
          ['r/sub/b', 'deep\n'],
        ],
        leftOut: ['backslash r/back\\slash', 'line-break r/a\nb', 'link r/link', 'special r/pipe'],
        unmatched: [],
      },
    ],
    [
      'a pattern and dotfiles',
      ['*.txt', '.u*'],
      {
        files: [
          ['.u.txt', 'u\n'],
          ['t.txt', 't\n'],
        ],
        leftOut: [],
        unmatched: [],
      },
    ],
    [
      'what matches nothing',
      ['nope', 't.txt', 'r/*.y'],
      { files: [['t.txt', 't\n']], leftOut: [], unmatched: ['nope', 'r/*.y'] },
    ],
    [
      'overlapping patterns, each file once',
      ['r/sub', 'r/s*', 'r/sub/b'],
      { files: [['r/sub/b', 'deep\n']], leftOut: [], unmatched: [] },
    ],
    [
      'a link, and what lies behind one',
      ['l', 'l/a.xml'],
      { files: [], leftOut: ['link l', 'link l/a.xml'], unmatched: ['l', 'l/a.xml'] },
    ],
  ])('%s', async (_name, patterns, expected) => {
    expect(await collect(on, { command: tree, collect: patterns })).toEqual(expected);
  });

  test.concurrent('the working folder, without the folder of the action', async () => {
    const pod = { command: 'echo 1 >a', files: { b: '2' }, collect: ['.'] };
    expect(await collect(on, pod)).toEqual({
      files: [
        ['a', '1\n'],
        ['b', '2'],
      ],
      leftOut: [],
      unmatched: [],
    });
  });

  test.concurrent('characters of a pattern are characters of a name', async () => {
    const names = ['$(touch pwned)', '`touch pwned`', "'q'", '"d"', 'a;touch pwned', '-n', ' b ', '$HOME', '~'];
    const files = Object.fromEntries(names.map((name) => [name, name]));
    expect(await collect(on, { command: 'true', files, collect: [...names, 'pwned'] })).toEqual({
      files: names.toSorted().map((name) => [name, name]),
      leftOut: [],
      unmatched: ['pwned'],
    });
  });

  test.concurrent('what the command put where the script works is nothing to it', async () => {
    const command = `echo mine >own; at=\${GITHUB_OUTPUT%.outputs}; echo >"$at.late"; echo >"$at.gathered"
    for file in index content gz base64; do ln -s "$PWD/own" "$at.$file"; done; mkfifo "$at.folders"`;
    expect(await collect(on, { command, collect: ['own'] })).toEqual({
      files: [['own', 'mine\n']],
      leftOut: [],
      unmatched: [],
    });
  });

  test.concurrent('a name that is a pattern of another', async () => {
    expect(await collect(on, { command: 'true', files: { '[a]': '1', a: '2' }, collect: ['*'] })).toEqual({
      files: [
        ['[a]', '1'],
        ['a', '2'],
      ],
      leftOut: [],
      unmatched: [],
    });
  });

  test.concurrent('names of every byte arrive as they are', async () => {
    // Twenty bytes a name: what a file costs is not what this is about.
    const names = Array.from({ length: 13 }, (_, row) =>
      Array.from({ length: 20 }, (_each, index) => row * 20 + index + 1).filter(
        (byte) => byte < 256 && ![10, 47, 92].includes(byte),
      ),
    );
    const octal = (bytes: readonly number[]) => bytes.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
    const command = ['mkdir r', ...names.map((bytes, row) => `echo ${row} >"r/$(printf '${octal(bytes)}x')"`)].join(
      '\n',
    );
    const { bundle } = await ran(on, { command, shell: 'sh', collect: ['r'] });
    const arrived =
      bundle?.kind === 'files'
        ? bundle.files.map(({ path, content }) => [[...path.subarray(2, -1)], Number(content.toString())])
        : [];
    expect(arrived).toHaveLength(names.length);
    expect(arrived).toEqual(expect.arrayContaining(names.map((bytes, row) => [bytes, row])));
  });

  test.concurrent.each([
    ['a command that fails', { command: 'echo 1 >a; exit 3' }, 3],
    ['a command that times out', { command: 'echo 1 >a; sleep 30', timeout: 1 }, 124],
  ])('after %s', async (_name, pod, exitCode) => {
    const report = await ran(on, { ...pod, collect: ['a'] });
    expect(report).toMatchObject({ exitCode, complete: true, outputs: '' });
    expect(report.bundle).toMatchObject({ kind: 'files', unmatched: [] });
  });

  test.concurrent('more than may be sent: the exit code and the output are there', async () => {
    const report = await ran(on, { command: `echo out; ${noise(300_000, 'n')}`, collect: ['n'] });
    expect(report).toMatchObject({ exitCode: 0, complete: true, output: { text: 'out\n' } });
    expect(report.bundle).toMatchObject({ kind: 'over', limit: 'sent', biggest: [{ path: 'n', bytes: 300_000 }] });
  });

  test.concurrent(
    'all at its most: verdict, outputs, summary, files, and 64 KiB of the end of the output',
    async () => {
      const command = [
        noise(226_000, 'n'),
        'head -c 65536 /dev/zero | tr "\\0" x >"$GITHUB_STEP_SUMMARY"',
        'head -c 65534 /dev/zero | tr "\\0" "#" >"$GITHUB_OUTPUT"; echo >>"$GITHUB_OUTPUT"',
        'head -c 900000 /dev/urandom | base64; echo the end',
      ].join('\n');
      const { logs, report } = await runPod(on, { command, collect: ['n'] });
      expect(Buffer.byteLength(logs)).toBeLessThanOrEqual(ROOM.all);
      expect(report).toMatchObject({
        kind: 'ran',
        complete: true,
        exitCode: 0,
        output: { truncated: true },
        bundle: { kind: 'files' },
      });
      if (report.kind !== 'ran') return;
      expect(report.output.text).toMatch(/bytes of output are missing here[^]{65300,}the end\n$/);
      expect(Buffer.byteLength(report.outputs ?? '') + Buffer.byteLength(report.summary ?? '')).toBe(65_535 + 65_536);
    },
    60_000,
  );

  test.concurrent('an output that fits beside the files comes whole', async () => {
    const command = `${noise(100_000, 'n')}\nhead -c 150000 /dev/urandom | base64`;
    const report = await ran(on, { command, collect: ['n'] });
    expect(report.output).toMatchObject({ truncated: false, missingBytes: 0 });
    expect(report.bundle).toMatchObject({ kind: 'files' });
  });

  test.concurrent(
    'what holds the files for ever is ended, each process of it, and the exit code is there',
    async () => {
      const held = inHaste(on);
      // The first process to be killed wakes the script, which must not keep the others from being killed: they would hold it.
      const text = `#!${held.sh}\nsleep 10000 | sleep 10000\n`;
      rmSync(join(held.path, 'gzip'));
      writeFileSync(join(held.path, 'gzip'), text, { mode: 0o755 });
      const pod = { command: 'echo 1 >a; exit 3', collect: ['a'], limits: { collect_seconds: 10 } };
      const reports = await Promise.all(Array.from({ length: 3 }, async () => ran(held, pod)));
      const expected = { complete: true, exitCode: 3, bundle: { kind: 'uncollected', because: 'time' } };
      expect(reports).toMatchObject([expected, expected, expected]);
    },
    60_000,
  );

  test.concurrent(
    'a process that replaces files by pipes: no end without a verdict',
    async () => {
      const command = `mkdir r; for i in 1 2 3 4 5 6 7 8 9; do echo $i >r/$i; done
      (while :; do for i in 1 2 3 4 5 6 7 8 9; do rm -f r/$i; mkfifo r/$i; rm r/$i; echo $i >r/$i; done; done) >/dev/null 2>&1 & sleep 0.1`;
      const report = await ran(on, { command, collect: ['r'], limits: { collect_seconds: 1 } });
      expect(report).toMatchObject({ complete: true, exitCode: 0 });
      expect(['files', 'uncollected']).toContain(report.bundle?.kind);
    },
    90_000,
  );

  test.concurrent(
    'a folder that is replaced by a link, again and again, brings nothing of what the link leads to',
    async () => {
      const command = `mkdir r e; for i in 1 2 3 4 5 6 7 8 9; do echo owner >r/$i; echo alien >e/$i; done
      (while :; do sleep 0.01; mv r r2; ln -s e r; rm r; mv r2 r; done) >/dev/null 2>&1 & sleep 0.1`;
      const { bundle } = await ran(on, { command, shell: 'sh', collect: ['r'] });
      expect(
        bundle?.kind === 'files' ? bundle.files.filter(({ content }) => content.includes('alien')) : bundle,
      ).toEqual([]);
    },
    60_000,
  );

  test.concurrent('names of 255 bytes, of any kind', async () => {
    const names = [
      'a'.repeat(255),
      'é'.repeat(127),
      '🙂'.repeat(63),
      `${'-'.repeat(200)} $(x);'"*?[`,
      `.${' '.repeat(254)}`,
    ];
    const files = Object.fromEntries(names.map((name) => [`r/${name}`, name]));
    const { bundle } = await ran(on, { command: 'true', files, collect: ['r'] });
    const texts = bundle?.kind === 'files' ? bundle.files.map(({ name, content }) => [name, content.toString()]) : [];
    expect(texts.sort()).toEqual(names.map((name) => [`r/${name}`, name]).sort());
  });

  test.concurrent(
    'a file that grows is cut where it was measured, and that is said',
    async () => {
      const command = `mkdir r; echo 1 >r/log; echo still >r/other
      (while :; do echo more >>r/log; done) >/dev/null 2>&1 & sleep 0.1`;
      const { bundle, exitCode } = await ran(on, { command, shell: 'sh', collect: ['r'] });
      expect(exitCode).toBe(0);
      const files = bundle?.kind === 'files' ? bundle.files : [];
      expect(files.map(({ name }) => name)).toEqual(['r/log', 'r/other']);
      expect(files[0]?.content.toString()).toMatch(/^1\n(?:more\n)*(?:m|mo|mor|more)?$/);
      // Whether the other process comes to write while the file is read is for the machine to decide.
      expect([[], [{ name: 'r/log', reason: 'grew' }]]).toContainEqual(bundle?.kind === 'files' && bundle.leftOut);
    },
    60_000,
  );

  test.concurrent('without collect, nothing of it is there', async () => {
    expect((await ran(on, { command: 'ls .aks-run-command' })).output.text).not.toContain('collect');
  });
});

inEach(IMAGES.slice(0, 1), (on) => {
  test.concurrent('a disk that is full while they are packed: the exit code is there', async () => {
    // In base64 they are more than the 100 KiB that a file may have.
    const pod = { command: `${noise(90_000, 'n')}; exit 3`, collect: ['n'], fileLimit: 200 };
    const report = await ran(on, pod);
    expect(report).toMatchObject({ exitCode: 3, complete: true, bundle: { kind: 'uncollected', because: 'disk' } });
  });

  test.concurrent(
    '4,000 empty files: a verdict, and no long wait',
    async () => {
      const command =
        'mkdir r; cd r; i=0; while [ $((i += 1)) -le 40 ]; do mkdir $i; done; i=0; while [ $((i += 1)) -le 100 ]; do for d in *; do : >$d/$i; done; done';
      const { bundle } = await ran(on, { command, shell: 'sh', collect: ['r'] });
      expect(bundle).toMatchObject({ kind: 'over', limit: 'files' });
    },
    60_000,
  );

  test.concurrent('as many files as there may be, and as many bytes', async () => {
    const size = COLLECT_LIMITS.unpacked;
    const command = `${emptyFiles(COLLECT_LIMITS.files - 1)}; head -c ${size} /dev/zero >z`;
    const { bundle } = await ran(on, { command, collect: ['r', 'z'] });
    expect(bundle?.kind === 'files' ? bundle.files.length : bundle).toBe(COLLECT_LIMITS.files);
  });
});

inEach([...IMAGES, image('dash without cat', 'dash', ONE_BY_ONE)], (on) => {
  test.concurrent('10 GB of zeros are measured, and not read', async () => {
    expect(await collect(on, { command: 'truncate -s 10737418240 z; echo >a', collect: ['.'] })).toEqual({
      kind: 'over',
      limit: 'unpacked',
      bytes: 10_737_418_241,
      biggest: [
        { path: 'z', bytes: 10_737_418_240 },
        { path: 'a', bytes: 1 },
      ],
    });
  });

  test.concurrent.each([
    ['one below', 19],
    ['at the limit', 20],
    ['above', 21],
  ])('empty files: %s', async (_name, count) => {
    const command = emptyFiles(count);
    const { bundle } = await ran(on, { command, collect: ['r'], limits: { files_limit: 20 } });
    expect(bundle?.kind === 'files' ? bundle.files.length : bundle).toEqual(
      count <= 20 ? count : expect.objectContaining({ kind: 'over', limit: 'files' }),
    );
  });

  test.concurrent.each([
    ['a byte below', -1, 'files'],
    ['at the limit', 0, 'files'],
    ['a byte above', 1, 'over'],
  ])('bytes unpacked: %s', async (_name, more, kind) => {
    const limit = 100_000;
    const command = `head -c ${limit + more - 3} /dev/zero >z; printf abc >a`;
    const { bundle, exitCode } = await ran(on, {
      command,
      collect: ['z', 'a'],
      limits: { unpacked_limit: limit },
    });
    expect({ kind: bundle?.kind, exitCode }).toEqual({ kind, exitCode: 0 });
    if (bundle?.kind === 'over')
      expect(bundle).toMatchObject({ limit: 'unpacked', bytes: limit + 1, biggest: [{ path: 'z' }, { path: 'a' }] });
  });
});

inEach(IMAGES.slice(0, 1), (on) => {
  test.concurrent('of many things that are left out, the first ones are named', async () => {
    const command = 'mkdir r; for i in 1 2 3 4 5; do ln -s nowhere r/$i; done';
    const { bundle } = await ran(on, { command, collect: ['r'], limits: { left_out_limit: 2 } });
    expect(bundle).toMatchObject({ leftOut: [{ name: 'r/1' }, { name: 'r/2' }], leftOutMore: 3 });
  });
});

describe('what changes while it is read', () => {
  /** An image whose `cat`, or where it has none whose `head`, does something else before and after it reads `r/log`, once. */
  function meddling(name: string, from: readonly string[], tool: string, before: string, after: string): Image {
    const on = image(name, 'dash', from);
    const file = `${on.path}/${tool}`;
    const real = realpathSync(toolOnPath(tool) ?? '/');
    rmSync(file, { force: true });
    const text = `[ ! -e "$HOME/done" ] && case $* in ./log*) ;; *) [ /proc/self/fd/0 -ef "$HOME/r/log" ] ;; esac || exec '${real}' "$@"
    echo >"$HOME/done"; cd "$HOME/r"; ${before || ':'}
    '${real}' "$@"; ${after || ':'}`;
    writeFileSync(file, `#!${on.sh}\n${text}\n`, { mode: 0o755 });
    return on;
  }
  const changes: readonly [Image, object][] = [
    [
      meddling('one longer and the other shorter', TOOLS, 'cat', 'echo o >>log; echo t >other', ''),
      { files: ['one\no\n', 't\n'] },
    ],
    [
      meddling('longer while all are read', TOOLS, 'cat', 'echo more >>log', 'echo one >log'),
      { files: ['one\n', 'two\n'] },
    ],
    [
      meddling('longer after it was read', ONE_BY_ONE, 'head', '', 'echo more >>log'),
      { files: ['one\n', 'two\n'], leftOut: ['grew r/log'] },
    ],
    [
      meddling('shorter before it was read', ONE_BY_ONE, 'head', 'printf o >log', ''),
      { files: ['o', 'two\n'], leftOut: ['shrank r/log'] },
    ],
    [
      meddling('a link after it was read', ONE_BY_ONE, 'head', '', 'ln -sf other log'),
      { files: ['two\n'], leftOut: ['link r/log'] },
    ],
    [meddling('gone after it was read', ONE_BY_ONE, 'head', '', 'rm log'), { files: ['one\n', 'two\n'] }],
  ];

  onLinux(() => {
    for (const [image, expected] of changes) {
      inEach([image], (on) => {
        test.concurrent('is no other than what is said of it', async () => {
          const command = 'mkdir r; echo one >r/log; echo two >r/other';
          const { bundle } = await ran(on, { command, collect: ['r'] });
          const got = bundle?.kind === 'files' ? bundle : undefined;
          expect({
            files: got?.files.map(({ content }) => content.toString()),
            leftOut: got?.leftOut.map(({ reason, name }) => `${reason} ${name}`),
          }).toEqual({ leftOut: [], ...expected });
        });
      });
    }
  });
});

describe('few processes', () => {
  const counting = image('dash', 'dash', TOOLS);
  const ls = `${counting.path}/ls`;
  needing(counting.needs, () => {
    test('are started for many files', async () => {
      const real = realpathSync(ls);
      rmSync(ls);
      writeFileSync(ls, `#!${counting.sh}\necho x >>'${ls}.calls'\nexec '${real}' "$@"\n`, { mode: 0o755 });
      const command = 'mkdir r; i=0; while [ $((i += 1)) -le 200 ]; do echo $i >r/$i; done';
      const { bundle } = await ran(counting, { command, collect: ['r'] });
      expect(bundle?.kind === 'files' ? bundle.files.length : bundle).toBe(200);
      expect(readFileSync(`${ls}.calls`, 'utf8').split('\n').length).toBeLessThan(30);
    });
  });
});

describe('300 KiB as sent', () => {
  const padding = image('dash', 'dash', TOOLS);
  const base64 = `${padding.path}/base64`;
  needing(padding.needs, () => {
    test.each([
      ['a byte below', -1],
      ['at the limit', 0],
      ['a byte above', 1],
    ])('%s', async (_name, more) => {
      const wanted = ROOM.bundle + more;
      const real = realpathSync(toolOnPath('base64') ?? '');
      rmSync(base64);
      // Line breaks count, and mean nothing.
      writeFileSync(
        base64,
        `#!${padding.sh}\n'${real}' >"$HOME/packed"; size=$(wc -c <"$HOME/packed"); cat "$HOME/packed"
        [ "$size" -lt 1000 ] || head -c $((${wanted} - size)) /dev/zero | tr '\\0' '\\n'\n`,
        { mode: 0o755 },
      );
      const report = await ran(padding, { command: noise(224_000, 'n'), collect: ['n'] });
      expect(report).toMatchObject({ exitCode: 0, complete: true });
      expect(report.bundle).toMatchObject(
        more > 0 ? { kind: 'over', limit: 'sent', bytes: wanted } : { kind: 'files', files: [{ name: 'n' }] },
      );
    });
  });
});

describe('a pod without a tool says so', () => {
  const tools = ['gzip', 'base64', 'head', 'tail', 'ls', 'sleep', 'wc', 'rm', 'cat', 'date', 'mkfifo'];
  const without = (gone: string): Image =>
    image(
      `without ${gone}`,
      'dash',
      tools.filter((tool) => tool !== gone),
    );
  inEach(['gzip', 'base64', 'head', 'tail', 'ls', 'sleep'].map(without), (on) => {
    test.concurrent('and keeps the exit code and the output', async () => {
      const report = await ran(on, { command: 'echo 1; exit 4', collect: ['a'] });
      expect(report).toMatchObject({
        exitCode: 4,
        complete: true,
        output: { text: '1\n' },
        bundle: { kind: 'uncollected', because: on.name.split(' ')[1] },
      });
    });
  });
});
