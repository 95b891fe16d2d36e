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

async function collected(on: Image, pod: Pod): Promise<unknown> {
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

/**
 * What is to come back: files with their contents by name, what is left out and why, and patterns
 * that match nothing.
 */
type Expected = {
  readonly files?: Readonly<Record<string, string>>;
  readonly leftOut?: readonly string[];
  readonly unmatched?: readonly string[];
};

const arrived = ({ files = {}, leftOut = [], unmatched = [] }: Expected) => ({
  files: Object.entries(files),
  leftOut,
  unmatched,
});

const emptyFiles = (count: number): string =>
  `mkdir r; i=0; while [ $((i += 1)) -le ${count} ]; do : >r/$i; done`;

const noise = (bytes: number, file: string): string => `head -c ${bytes} /dev/urandom >${file}`;

test('the limits of the scripts are those of the core, and leave 64 KiB for the output', () => {
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

/**
 * Makes a folder `r` with whatever a folder can hold, and files, dotfiles, and a link beside it.
 */
const MAKE_A_TREE = `
mkdir -p r/sub .dots
echo hi >r/a.xml
echo dot >r/.hid
echo dots >r/..two
echo deep >r/sub/b
: >r/empty
ln -s a.xml r/link
mkfifo r/pipe
echo x >'r/a
b'
echo x >'r/back\\slash'
echo s >.dots/s
echo t >t.txt
echo u >.u.txt
ln -s r l
`;

/** Names that a shell would read as something else. */
const HOSTILE = [
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

/** Names as long as a system allows, in bytes. */
const LONG = [
  'a'.repeat(255),
  'é'.repeat(127),
  '🙂'.repeat(63),
  `${'-'.repeat(200)} $(x);'"*?[`,
  `.${' '.repeat(254)}`,
].sort();

/** Files that contain their names. */
const named = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, name]));

type Row = {
  readonly name: string;
  readonly command?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly collect: readonly string[];
  readonly expected: Expected;
};

const rows: readonly Row[] = [
  {
    name: 'a folder brings everything below it, and what it leaves out is named',
    command: MAKE_A_TREE,
    collect: ['r'],
    expected: {
      files: {
        'r/..two': 'dots\n',
        'r/.hid': 'dot\n',
        'r/a.xml': 'hi\n',
        'r/empty': '',
        'r/sub/b': 'deep\n',
      },
      leftOut: ['backslash r/back\\slash', 'line-break r/a\nb', 'link r/link', 'special r/pipe'],
    },
  },
  {
    name: 'a pattern matches dotfiles only if it spells out the dot',
    command: MAKE_A_TREE,
    collect: ['*.txt', '.u*'],
    expected: { files: { '.u.txt': 'u\n', 't.txt': 't\n' } },
  },
  {
    name: 'a pattern that matches nothing is named',
    command: MAKE_A_TREE,
    collect: ['nope', 't.txt', 'r/*.y'],
    expected: { files: { 't.txt': 't\n' }, unmatched: ['nope', 'r/*.y'] },
  },
  {
    name: 'patterns that overlap bring each file once',
    command: MAKE_A_TREE,
    collect: ['r/sub', 'r/s*', 'r/sub/b'],
    expected: { files: { 'r/sub/b': 'deep\n' } },
  },
  {
    name: 'a link is left out, and so is whatever lies behind it',
    command: MAKE_A_TREE,
    collect: ['l', 'l/a.xml'],
    expected: { leftOut: ['link l', 'link l/a.xml'], unmatched: ['l', 'l/a.xml'] },
  },
  {
    name: 'the working folder comes without the folder of the action',
    files: { a: '1', b: '2' },
    collect: ['.'],
    expected: { files: { a: '1', b: '2' } },
  },
  {
    name: 'a name that a shell would run is only a name',
    files: named(HOSTILE),
    collect: [...HOSTILE, 'pwned'],
    expected: { files: named(HOSTILE), unmatched: ['pwned'] },
  },
  {
    name: 'a name that is a pattern matches no other name',
    files: { '[a]': '1', a: '2' },
    collect: ['*'],
    expected: { files: { '[a]': '1', a: '2' } },
  },
  {
    name: 'names of 255 bytes arrive whole',
    files: named(LONG),
    collect: ['*', '. *'],
    expected: { files: named(LONG) },
  },
];

inEach(FULL, (on) => {
  test.concurrent.each(rows)(
    '$name',
    async ({ command = 'true', files = {}, collect, expected }) => {
      expect(await collected(on, { command, collect, files })).toEqual(arrived(expected));
    },
  );

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
    const came = files.map(({ path, content }) => [
      [...path.subarray(2, -1)],
      Number(content.toString()),
    ]);
    expect(came).toHaveLength(names.length);
    expect(came).toEqual(expect.arrayContaining(names.map((bytes, row) => [bytes, row])));
  });

  test.concurrent.each([
    ['a command that fails', { command: 'echo 1 >a; exit 3' }, 3],
    [
      'a command that times out',
      { command: 'echo 1 >a; sleep 600', timeout: 1, timeoutCountsFrom: 'a' },
      124,
    ],
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

  /** What a process that the command leaves behind does to the files while they are collected. */
  const meanwhile = [
    {
      name: 'replaces them by pipes',
      command: `
mkdir r
for i in 1 2 3; do echo $i >r/$i; done
(
  while [ $((round += 1)) -lt 60 ]; do
    for i in 1 2 3; do rm -f r/$i; mkfifo r/$i; rm r/$i; echo $i >r/$i; done
  done
) >/dev/null 2>&1 &
sleep 0.1
exit 3`,
    },
    {
      name: 'puts a pipe that nobody writes to in place of one that was measured',
      command: `
mkdir r
echo 1 >r/a
(
  until [ -e "\${GITHUB_OUTPUT%/*}/sizes" ]; do :; done
  rm -f r/a
  mkfifo r/a
) &
exit 3`,
    },
  ];
  test.concurrent.each(meanwhile)(
    'a process that $name does not hold the pod, and the exit code is there',
    async ({ command }) => {
      const limits = { collect_seconds: 1 };
      const report = await ran(on, { command, collect: ['r'], limits });
      expect(report).toMatchObject({ complete: true, exitCode: 3 });
      expect(['files', 'uncollected']).toContain(report.collection?.kind);
    },
  );

  test.concurrent('a file that grows, is gone, or is truncated comes as it was once', async () => {
    const command = `
mkdir r
echo 1 >r/log
echo still >r/other
(
  while [ $((round += 1)) -lt 5000 ]; do
    echo more >>r/log
    : >r/short
    rm -f r/gone
    echo more >r/short
    echo 1 >r/gone
  done
) >/dev/null 2>&1 &
sleep 0.1`;
    const { collection, exitCode } = await ran(on, { command, shell: 'sh', collect: ['r'] });
    expect({ exitCode, kind: collection?.kind }).toEqual({ exitCode: 0, kind: 'files' });
    const files = collection?.kind === 'files' ? collection.files : [];
    const contentOf = (path: string) => files.find(({ name }) => name === path)?.content.toString();
    expect(contentOf('r/log')).toMatch(/^1\n(?:more\n)*(?:m|mo|mor|more)?$/);
    expect(contentOf('r/other')).toBe('still\n');
  });

  test.concurrent('without collect, nothing of it is there', async () => {
    expect((await ran(on, { command: 'ls .aks-run-command' })).output.text).not.toContain(
      'collect',
    );
  });
});

inEach(FULL.slice(0, 1), (on) => {
  test.concurrent('names that alone are more than may be sent', async () => {
    const name = `\${i}${'x'.repeat(140)}`;
    const command = `mkdir r; cd r; i=0; while [ $((i += 1)) -le 190 ]; do : >"${name}"; done`;
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
      'mkdir r; cd r; i=0; while [ $((i += 1)) -le 40 ]; do mkdir $i; done; ' +
      'i=0; while [ $((i += 1)) -le 51 ]; do for d in *; do : >$d/$i; done; done';
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

  /** A file of zeros and one with `abc`, which have so many bytes together. */
  const twoFiles = (bytes: number) => `head -c ${bytes - 3} /dev/zero >z; printf abc >a`;
  const oneFile = (bytes: number) => `head -c ${bytes} /dev/zero >z`;

  /** At a limit, all files come back; just above it, none does, and the limit is named. */
  const limits = [
    {
      what: 'files',
      limits: { files_limit: 20 },
      at: emptyFiles(20),
      above: emptyFiles(21),
      count: 20,
    },
    {
      what: 'unpacked',
      limits: { unpacked_limit: 100_000 },
      at: twoFiles(100_000),
      above: twoFiles(100_001),
      count: 2,
    },
    // Without gzip. In base64, 76 characters and a line break carry 57 bytes, and the index of one
    // file takes 22.
    { what: 'encoded', limits: {}, at: oneFile(227_350), above: oneFile(227_450), count: 1 },
  ];
  test.concurrent.each(limits)('the limit $what', async ({ what, limits, at, above, count }) => {
    const within = await ran(on, { command: at, collect: ['.'], limits });
    expect(within.collection).toMatchObject({ kind: 'files', files: { length: count } });

    const beyond = await ran(on, { command: above, collect: ['.'], limits });
    expect(beyond.collection).toMatchObject({ kind: 'over', limit: what });
  });
});
