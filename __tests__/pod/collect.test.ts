import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { COLLECT_LIMITS, readCollection, type Collection } from '../../src/collect/collection.ts';
import { FILE_LIMIT, LOG_LIMIT } from '../../src/pod/stream.ts';
import { FULL, inEach, runPod, WITH_GZIP, type Image, type Pod } from './run-pod.ts';

/** What ran, with its collection as it is read. */
async function ran(on: Image, pod: Pod) {
  const { report } = await runPod(on, pod);
  if (report.kind !== 'ran') throw new Error(report.kind);
  const { collection: received, ...rest } = report;
  const collection =
    received?.kind === 'received'
      ? await readCollection(received.base64, pod.collect ?? [])
      : received;
  return { ...rest, collection };
}

async function collect(on: Image, pod: Pod): Promise<unknown> {
  const { collection } = await ran(on, pod);
  return collection?.kind === 'files' ? shown(collection) : collection;
}

function shown({ files, leftOut, unmatched }: Extract<Collection, { kind: 'files' }>) {
  return {
    files: files.map(({ name, content }) => [name, content.toString()]),
    leftOut: leftOut.map(({ name, reason }) => `${reason} ${name}`).sort(),
    unmatched,
  };
}

/** A collection as `shown` gives it. */
const came = (files: Record<string, string>, leftOut: string[] = [], unmatched: string[] = []) => ({
  ...{ files: Object.entries(files), leftOut, unmatched },
});

const emptyFiles = (count: number): string =>
  `mkdir r; i=0; while [ $((i += 1)) -le ${count} ]; do : >r/$i; done`;

const noise = (bytes: number, file: string): string => `head -c ${bytes} /dev/urandom >${file}`;

test('the numbers of the scripts are those of the core, and leave 64 KiB for the end of an output', () => {
  const text = ['collect/collect.sh', 'pod/pod-script.sh']
    .map((name) => readFileSync(new URL(`../../src/${name}`, import.meta.url), 'utf8'))
    .join('');
  const number = (name: string): number => Number(new RegExp(`\\b${name}=(\\d+)`).exec(text)?.[1]);
  const { encoded, unpacked, files, leftOut } = COLLECT_LIMITS;
  expect([number('bundle_limit'), number('unpacked_limit'), number('files_limit')]).toEqual([
    encoded,
    unpacked,
    files,
  ]);
  expect([number('left_out_limit'), number('file_limit')]).toEqual([leftOut, FILE_LIMIT + 1]);
  expect(LOG_LIMIT - number('room')).toBe(4096);
  expect(number('room') - number('early_limit') - 2 * number('file_limit') - encoded).toBe(65_536);
});

inEach(FULL, (on) => {
  const tree = `mkdir -p r/sub .dots; echo hi >r/a.xml; echo dot >r/.hid; echo dots >r/..two; echo deep >r/sub/b; : >r/empty; echo s >.dots/s
    ln -s a.xml r/link; mkfifo r/pipe; echo x >'r/a
b'; echo x >'r/back\\slash'; echo t >t.txt; echo u >.u.txt; ln -s r l`;
  const hostile = [
    '$(touch pwned)',
    '`touch pwned`',
    "'q'",
    '"d"',
    'a;touch pwned',
    '-n',
    ' b ',
    '$HOME',
    '~',
  ].sort();
  const long = [
    'a'.repeat(255),
    'é'.repeat(127),
    '🙂'.repeat(63),
    `${'-'.repeat(200)} $(x);'"*?[`,
    `.${' '.repeat(254)}`,
  ];
  const named = (names: string[]) => Object.fromEntries(names.map((name) => [name, name]));
  const below = {
    'r/..two': 'dots\n',
    'r/.hid': 'dot\n',
    'r/a.xml': 'hi\n',
    'r/empty': '',
    'r/sub/b': 'deep\n',
  };
  const left = ['backslash r/back\\slash', 'line-break r/a\nb', 'link r/link', 'special r/pipe'];
  test.concurrent.each<[string, string | Record<string, string>, string[], object]>([
    ['a folder brings all below it, and names what it leaves', tree, ['r'], came(below, left)],
    ['a pattern and dotfiles', tree, ['*.txt', '.u*'], came({ '.u.txt': 'u\n', 't.txt': 't\n' })],
    [
      'what matches nothing',
      tree,
      ['nope', 't.txt', 'r/*.y'],
      came({ 't.txt': 't\n' }, [], ['nope', 'r/*.y']),
    ],
    [
      'overlapping patterns, each file once',
      tree,
      ['r/sub', 'r/s*', 'r/sub/b'],
      came({ 'r/sub/b': 'deep\n' }),
    ],
    [
      'a link, and what lies behind one',
      tree,
      ['l', 'l/a.xml'],
      came({}, ['link l', 'link l/a.xml'], ['l', 'l/a.xml']),
    ],
    [
      'the working folder, without the folder of the action',
      { a: '1', b: '2' },
      ['.'],
      came({ a: '1', b: '2' }),
    ],
    [
      'characters of a pattern are characters of a name',
      named(hostile),
      [...hostile, 'pwned'],
      came(named(hostile), [], ['pwned']),
    ],
    [
      'a name that is a pattern of another',
      { '[a]': '1', a: '2' },
      ['*'],
      came({ '[a]': '1', a: '2' }),
    ],
    ['names of 255 bytes, of any kind', named(long), ['*', '. *'], came(named(long.toSorted()))],
  ])('%s', async (_name, made, patterns, expected) => {
    const pod = typeof made === 'string' ? { command: made } : { command: 'true', files: made };
    expect(await collect(on, { ...pod, collect: patterns })).toEqual(expected);
  });

  test.concurrent('names of every byte arrive as they are', async () => {
    // Twenty bytes a name: what a file costs is not what this is about.
    const bytes = Array.from({ length: 255 }, (_, index) => index + 1).filter(
      (byte) => ![10, 47, 92].includes(byte),
    );
    const names = Array.from({ length: 13 }, (_, row) => bytes.slice(row * 20, row * 20 + 20));
    const octal = (bytes: readonly number[]) =>
      bytes.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
    const makes = names.map((bytes, row) => `echo ${row} >"r/$(printf '${octal(bytes)}x')"`);
    const command = ['mkdir r', ...makes].join('\n');
    const { collection } = await ran(on, { command, shell: 'sh', collect: ['r'] });
    const files = collection?.kind === 'files' ? collection.files : [];
    const arrived = files.map(({ path, content }) => [
      [...path.subarray(2, -1)],
      Number(content.toString()),
    ]);
    expect(arrived).toHaveLength(names.length);
    expect(arrived).toEqual(expect.arrayContaining(names.map((bytes, row) => [bytes, row])));
  });

  test.concurrent.each([
    ['a command that fails', { command: 'echo 1 >a; exit 3' }, 3],
    ['a command that times out', { command: 'echo 1 >a; sleep 30', timeout: 1 }, 124],
  ])('after %s', async (_name, pod, exitCode) => {
    const report = await ran(on, { ...pod, collect: ['a'] });
    expect(report).toMatchObject({ exitCode, complete: true, outputs: '' });
    expect(report.collection).toMatchObject({ kind: 'files', unmatched: [] });
  });

  test.concurrent('more than may be sent: the exit code and the output are there', async () => {
    const report = await ran(on, { command: `echo out; ${noise(300_000, 'n')}`, collect: ['n'] });
    expect(report).toMatchObject({ exitCode: 0, complete: true, output: { text: 'out\n' } });
    expect(report.collection).toMatchObject({
      kind: 'over',
      limit: 'encoded',
      biggest: [{ path: 'n', bytes: 300_000 }],
    });
  });

  test.concurrent(
    'all at its most: verdict, outputs, summary, files, and 64 KiB of the end of the output',
    async () => {
      const command = [
        noise(225_000, 'n'),
        'head -c 65536 /dev/zero | tr "\\0" x >"$GITHUB_STEP_SUMMARY"',
        'head -c 65534 /dev/zero | tr "\\0" "#" >"$GITHUB_OUTPUT"; echo >>"$GITHUB_OUTPUT"',
        'head -c 900000 /dev/urandom | base64; echo the end',
      ].join('\n');
      const { logs, report } = await runPod(on, { command, collect: ['n'] });
      expect(Buffer.byteLength(logs)).toBeLessThanOrEqual(LOG_LIMIT);
      const ended = { kind: 'ran', complete: true, exitCode: 0 };
      expect(report).toMatchObject({
        ...ended,
        output: { truncated: true },
        collection: { kind: 'received' },
      });
      if (report.kind !== 'ran') return;
      expect(report.output.text).toMatch(/bytes of output are missing here[^]{65300,}the end\n$/);
      expect(
        Buffer.byteLength(report.outputs ?? '') + Buffer.byteLength(report.summary ?? ''),
      ).toBe(65_535 + 65_536);
    },
  );

  test.concurrent('an output that fits beside the files comes whole', async () => {
    const command = `${noise(100_000, 'n')}\nhead -c 150000 /dev/urandom | base64`;
    const report = await ran(on, { command, collect: ['n'] });
    expect(report.output).toMatchObject({ truncated: false, missingBytes: 0 });
    expect(report.collection).toMatchObject({ kind: 'files' });
  });

  test.concurrent.each([
    [
      'a process that replaces files by pipes: no end without a verdict',
      `mkdir r; for i in 1 2 3 4 5 6 7 8 9; do echo $i >r/$i; done
      (while [ $((k += 1)) -lt 20 ]; do for i in 1 2 3 4 5 6 7 8 9; do rm -f r/$i; mkfifo r/$i; rm r/$i; echo $i >r/$i; done; done) >/dev/null 2>&1 & sleep 0.1; exit 3`,
    ],
    [
      'what holds the files for ever is ended, and the exit code is there',
      'mkdir r; echo 1 >r/a; (while :; do [ ! -e "${GITHUB_OUTPUT%/*}/sizes" ] || { rm -f r/a; mkfifo r/a; exit; }; done) & exit 3',
    ],
  ])(
    '%s',
    async (_name, command) => {
      const report = await ran(on, {
        command,
        collect: ['r'],
        limits: { collect_seconds: 1, grace: 1 },
      });
      expect(report).toMatchObject({ complete: true, exitCode: 3 });
      expect(['files', 'uncollected']).toContain(report.collection?.kind);
    },
    90_000,
  );

  test.concurrent(
    'a file that grows, is gone, or is truncated comes as it was at one time',
    async () => {
      const command = `mkdir r; echo 1 >r/log; echo still >r/other
      (while [ $((k += 1)) -lt 5000 ]; do echo more >>r/log; : >r/short; rm -f r/gone; echo more >r/short; echo 1 >r/gone; done) >/dev/null 2>&1 & sleep 0.1`;
      const { collection, exitCode } = await ran(on, { command, shell: 'sh', collect: ['r'] });
      expect({ exitCode, kind: collection?.kind }).toEqual({ exitCode: 0, kind: 'files' });
      const files = collection?.kind === 'files' ? collection.files : [];
      const contentOf = (path: string) =>
        files.find(({ name }) => name === path)?.content.toString();
      expect(contentOf('r/log')).toMatch(/^1\n(?:more\n)*(?:m|mo|mor|more)?$/);
      expect(contentOf('r/other')).toBe('still\n');
    },
  );

  test.concurrent('without collect, nothing of it is there', async () => {
    expect((await ran(on, { command: 'ls .aks-run-command' })).output.text).not.toContain(
      'collect',
    );
  });
});

inEach(FULL.slice(0, 1), (on) => {
  test.concurrent('names that alone are more than may be sent', async () => {
    const command = `mkdir r; cd r; i=0; while [ $((i += 1)) -le 190 ]; do : >"\${i}${'x'.repeat(140)}"; done`;
    const { collection } = await ran(on, {
      command,
      shell: 'sh',
      collect: ['r'],
      limits: { bundle_limit: 30_720 },
    });
    expect(collection).toEqual({ kind: 'uncollected', because: 'size' });
  });

  test.concurrent('2,040 empty files: a verdict, and no long wait', async () => {
    const command =
      'mkdir r; cd r; i=0; while [ $((i += 1)) -le 40 ]; do mkdir $i; done; i=0; while [ $((i += 1)) -le 51 ]; do for d in *; do : >$d/$i; done; done';
    const { collection } = await ran(on, { command, shell: 'sh', collect: ['r'] });
    expect(collection).toMatchObject({ kind: 'over', limit: 'files' });
  });

  test.concurrent('of many things that are left out, the first ones are named', async () => {
    const command = 'mkdir r; for i in 1 2 3 4 5; do ln -s nowhere r/$i; done';
    const { collection } = await ran(on, {
      command,
      collect: ['r', 'r/*'],
      limits: { left_out_limit: 2 },
    });
    expect(collection).toMatchObject({
      leftOut: [{ name: 'r/1' }, { name: 'r/2' }],
      leftOutMore: 3,
    });
  });
});

inEach(WITH_GZIP, (on) => {
  // A thousand files take a shell a second, so only the first makes as many as there may be.
  const count = on === WITH_GZIP[0] ? COLLECT_LIMITS.files : 100;
  test.concurrent(`with gzip, ${count} files, and as many bytes as there may be`, async () => {
    const command = `${emptyFiles(count - 1)}; head -c ${COLLECT_LIMITS.unpacked} /dev/zero >z`;
    const { collection } = await ran(on, { command, collect: ['r', 'z'] });
    expect(collection?.kind === 'files' ? collection.files.length : collection).toBe(count);
  });
});

inEach(FULL, (on) => {
  test.concurrent('a disk that is full while they are copied: the exit code is there', async () => {
    // In base64 they are more than the 100 KiB that a file may have.
    const pod = { command: `${noise(90_000, 'n')}; exit 3`, collect: ['n'], fileLimit: 200 };
    const report = await ran(on, pod);
    expect(report).toMatchObject({
      exitCode: 3,
      complete: true,
      collection: { kind: 'uncollected', because: 'disk' },
    });
  });

  test.concurrent('10 GB of zeros are measured, and not read', async () => {
    const { collection } = await ran(on, {
      command: 'truncate -s 10737418240 z; echo >a',
      collect: ['.'],
    });
    const biggest = [
      { path: 'z', bytes: 10_737_418_240 },
      { path: 'a', bytes: 1 },
    ];
    expect(collection).toEqual({ kind: 'over', limit: 'unpacked', bytes: 10_737_418_241, biggest });
  });

  const few = { files_limit: 20 };
  const small = { unpacked_limit: 100_000 };
  const zeros = (bytes: number) => `head -c ${bytes - 3} /dev/zero >z; printf abc >a`;
  // In base64, 76 characters and a line break carry 57 bytes. The index of one file takes 22.
  test.concurrent.each<[string, string, Record<string, number>, number | string]>([
    ['as many files as may come', emptyFiles(20), few, 20],
    ['one more', emptyFiles(21), few, 'files'],
    ['as many bytes as may come', zeros(100_000), small, 2],
    ['a byte above', zeros(100_001), small, 'unpacked'],
    ['what just fits into 220 KB without gzip', 'head -c 227350 /dev/zero >z', {}, 1],
    ['what is just too much for that', 'head -c 227450 /dev/zero >z', {}, 'sent'],
  ])('limits: %s', async (_name, command, limits, expected) => {
    const { collection } = await ran(on, { command, collect: ['.'], limits });
    const came = collection?.kind === 'files' ? collection.files.length : collection;
    expect(came).toEqual(
      typeof expected === 'number' ? expected : expect.objectContaining({ limit: expected }),
    );
  });
});
