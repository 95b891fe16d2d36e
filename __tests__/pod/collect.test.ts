import { expect, test } from '@jest/globals';
import { COLLECT_LIMIT, readCollection, type Collection } from '../../src/collect/collection.ts';
import { LOG_LIMIT } from '../../src/pod/stream.ts';
import { onSmallDisk } from '../support/small-disk.ts';
import { toolOnPath } from '../support/tools.ts';
import {
  AKS,
  image,
  inEach,
  runPod,
  runScript,
  SHELLS,
  TOOLS,
  type Image,
  type Pod,
} from './run-pod.ts';

/** What ran, with its collection as it is read. */
async function ran(on: Image, pod: Pod) {
  const { report } = await runPod(on, pod);
  if (report.kind !== 'ran') throw new Error(report.kind);
  const { collection: sent, ...rest } = report;
  const collection = sent?.kind === 'sent' ? await readCollection(sent.text) : sent;
  return { ...rest, collection };
}

function shown({ files, leftOut, brought }: Extract<Collection, { kind: 'files' }>) {
  return {
    files: files.map(({ path, content }) => [path, content.toString()] as const).sort(byName),
    leftOut: leftOut.map(({ name, reason }) => `${reason} ${name}`).sort(),
    unmatched: [...brought].flatMap(([pattern, paths]) => (paths.length === 0 ? [pattern] : [])),
  };
}

const byName = ([a]: readonly [string, string], [b]: readonly [string, string]): number =>
  Buffer.compare(Buffer.from(a), Buffer.from(b));

/**
 * What is to come back: files with their contents by name, what is left out and why, and patterns
 * for which no file comes.
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

const noise = (bytes: number, file: string): string => `head -c ${bytes} /dev/urandom >${file}`;

/**
 * How large one file may be. It is sent as blocks of 512 bytes, in base64 with a line break after
 * 76 characters. A file takes a header of one block, and the end of the archive two.
 */
const MOST = (Math.floor((COLLECT_LIMIT * (3 / 4) * (76 / 77)) / 512) - 3) * 512;

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
ln r/a.xml r/hard
mkfifo r/pipe
echo x >'r/a
b'
echo x >'r/back\\slash'
echo s >.dots/s
echo t >t.txt
echo u >.u.txt
ln -s r l
`;

const MAKE_ANY_TIME = `
echo 1 >old; touch -d '1960-01-01' old
echo 2 >earlier; touch -d '1969-12-31 23:59:59 UTC' earlier
echo 3 >later; touch -d '2400-01-01' later
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
        'r/a\nb': 'x\n',
        'r/a.xml': 'hi\n',
        'r/back\\slash': 'x\n',
        'r/empty': '',
        'r/hard': 'hi\n',
        'r/sub/b': 'deep\n',
      },
      leftOut: ['not-a-file r/link', 'not-a-file r/pipe'],
    },
  },
  {
    name: 'a pattern of dots takes neither the folder itself nor the one above it',
    files: { a: '1', '.b': '2', 'c/.d': '3' },
    collect: ['.*', '*/.*', '.*/*', '.*/.aks*'],
    expected: { files: { '.b': '2', 'c/.d': '3' }, unmatched: ['.*/*', '.*/.aks*'] },
  },
  {
    name: 'the folder of the action never comes, not even if a pattern names it',
    collect: ['.aks-run-command', '.aks-run-command/command.sh'],
    expected: { unmatched: ['.aks-run-command', '.aks-run-command/command.sh'] },
  },
  {
    name: 'a pattern matches dotfiles only if it spells out the dot',
    command: MAKE_A_TREE,
    collect: ['*.txt', '.u*'],
    expected: { files: { '.u.txt': 'u\n', 't.txt': 't\n' } },
  },
  {
    name: 'patterns that overlap bring each file once',
    command: MAKE_A_TREE,
    collect: ['r/sub', 'r/s*', 'r/sub/b'],
    expected: { files: { 'r/sub/b': 'deep\n' } },
  },
  {
    name: 'a link is left out, and so is what only a link to a folder leads to',
    command: `${MAKE_A_TREE} ln -s /etc r/etc; ln -s . r/sub/self`,
    collect: ['l', 'l/a.xml', 'l/*.xml', '*/*/b', '*/etc/*', '*/sub/self/self/b'],
    expected: {
      files: { 'r/sub/b': 'deep\n' },
      leftOut: ['not-a-file l', 'not-a-file r/etc', 'not-a-file r/sub/self'],
      unmatched: ['l', 'l/a.xml', 'l/*.xml', '*/etc/*', '*/sub/self/self/b'],
    },
  },
  {
    name: 'nothing comes for an empty folder, a folder of folders, a link, or a pipe',
    command: `${MAKE_A_TREE} mkdir -p empty/deep; mkfifo p`,
    collect: ['empty', 'empty/*', 'p', 'r/link', 'r/*.xml'],
    expected: {
      files: { 'r/a.xml': 'hi\n' },
      leftOut: ['not-a-file p', 'not-a-file r/link'],
      unmatched: ['empty', 'empty/*', 'p', 'r/link'],
    },
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
  {
    name: 'names that are not UTF-8 are left out, and all others arrive',
    command: `mkdir r; echo 1 >"r/$(printf 'a\\001\\033\\177')"; echo 2 >"r/$(printf 'b\\377')"`,
    collect: ['r'],
    expected: { files: { 'r/a\u0001\u001B\u007F': '1\n' }, leftOut: ['not-utf-8 r/b\uFFFD'] },
  },
  {
    name: 'files of any time come back',
    command: MAKE_ANY_TIME,
    collect: ['*'],
    expected: { files: { earlier: '2\n', later: '3\n', old: '1\n' } },
  },
];

inEach(SHELLS, (on) => {
  test.concurrent.each(rows)(
    '$name',
    async ({ command = 'true', files = {}, collect, expected }) => {
      const { collection } = await ran(on, { command, collect, files });
      if (collection?.kind !== 'files') throw new Error(collection?.kind);
      expect(shown(collection)).toEqual(arrived(expected));
    },
  );
});

inEach([AKS], (on) => {
  test.concurrent(
    'all at its most: verdict, outputs, summary, files, and 64 KiB of the end of the output',
    async () => {
      const command = [
        noise(MOST, 'n'),
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
        collection: { kind: 'sent' },
      });
      if (report.kind !== 'ran') return;
      expect(report.output.text).toMatch(/bytes of output are missing here[^]{65300,}the end\n$/);
      expect(Buffer.byteLength(`${report.outputs?.text}${report.summary?.text}`)).toBe(
        65_535 + 65_536,
      );
    },
  );

  test.concurrent('an output that fits beside the files comes whole', async () => {
    const command = `${noise(100_000, 'n')}\nhead -c 150000 /dev/urandom | base64`;
    const report = await ran(on, { command, collect: ['n'] });
    expect(report.output).toMatchObject({ truncated: false, missingBytes: 0 });
    expect(report.collection).toMatchObject({ kind: 'files' });
  });

  test.concurrent('a process that replaces them by pipes does not hold the pod', async () => {
    const command = `
mkdir r
for i in 1 2 3; do echo $i >r/$i; done
(
  while :; do
    for i in 1 2 3; do rm -f r/$i; mkfifo r/$i; rm r/$i; echo $i >r/$i; done
  done
) >/dev/null 2>&1 &
sleep 0.1
exit 3`;
    const report = await ran(on, { command, collect: ['r'] });
    expect(report).toMatchObject({ complete: true, exitCode: 3, collection: { kind: 'files' } });
  });

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
    const contentOf = (name: string) => files.find(({ path }) => path === name)?.content.toString();
    expect(contentOf('r/log')).toMatch(/^1\n(?:more\n)*(?:m|mo|mor|more)?$/);
    expect(contentOf('r/other')).toBe('still\n');
  });
});

/** An image whose `tar` archives with a script. */
const withTar = (name: string, script: string) => [
  image(`dash, with a tar that ${name}`, 'dash', TOOLS, {
    tar: `case "$*" in *--version*) exit 0 ;; esac; ${script}`,
  }),
];

const complaints = [1, 2, 3, 4, 5, 6, 7].map((n) => `tar: ./${n}: Cannot open: Permission denied`);
const complain = [...complaints, 'tar: Exiting with failure status due to previous errors']
  .map((line) => `echo "${line}" >&2`)
  .join('; ');
// As root, the real one can read everything.
inEach(withTar('complains', `${toolOnPath('tar')} "$@"; ${complain}; exit 2`), (on) => {
  test.concurrent('its first complaints come along, and how many more there are', async () => {
    const { collection } = await ran(on, { command: 'echo 1 >a', collect: ['a'] });
    expect(collection).toMatchObject({
      files: [{ path: 'a' }],
      complaints: [...complaints.slice(0, 5), '2 more'],
    });
  });
});

const ignored = `${toolOnPath('tar')} -c -T /dev/null; echo "tar: ./s: socket ignored" >&2`;
inEach(withTar('can read nothing', ignored), (on) => {
  test.concurrent('a pattern for which nothing comes is known, and why', async () => {
    const { collection } = await ran(on, { command: 'echo 1 >s', collect: ['s'] });
    if (collection?.kind !== 'files') throw new Error(collection?.kind);
    expect(shown(collection)).toEqual(arrived({ unmatched: ['s'] }));
    expect(collection.complaints).toEqual(['tar: ./s: socket ignored']);
  });

  // More names than a pipe holds, so that the shell which lists them notices.
  test.concurrent('only tar complains if it does not read the list of names', async () => {
    const command = `i=100; while [ $((i += 1)) -le 500 ]; do : >"$(printf '%0200d' $i)"; done`;
    const { collection } = await ran(on, { command, shell: 'sh', collect: ['*'] });
    expect(collection).toMatchObject({ complaints: ['tar: ./s: socket ignored'] });
  });
});

inEach(withTar('is killed', 'kill -9 $$'), (on) => {
  test.concurrent('that nothing came is not taken for patterns that matched nothing', async () => {
    const { collection } = await ran(on, { command: 'echo 1 >a', collect: ['a', 'b'] });
    expect(collection).toMatchObject({ kind: 'invalid' });
  });
});

const head = `[ "$*" != '-c 1' ] || kill -9 $$; exec ${toolOnPath('head')} "$@"`;
inEach([image('dash, with a head that is killed', 'dash', TOOLS, { head })], (on) => {
  test.concurrent('a pattern is not taken for one that matched nothing', async () => {
    const { collection } = await ran(on, { command: 'echo 1 >a', collect: ['a', 'b'] });
    expect(collection).toMatchObject({ kind: 'files', brought: new Map() });
  });
});

inEach(withTar('hangs', 'sleep 600'), (on) => {
  test.concurrent('it does not hold the pod', async () => {
    const edits = [['within 30 "$sh"', 'within 2 "$sh"']] as const;
    const report = await ran(on, { command: 'echo 1 >a; exit 3', collect: ['a'], edits });
    expect(report).toMatchObject({
      complete: true,
      exitCode: 3,
      collection: { kind: 'uncollected', because: 'time' },
    });
  });
});

inEach(SHELLS, (on) => {
  onSmallDisk(128, (disk) => {
    test('a disk that is full: the exit code is there', async () => {
      // In base64 they are more than the disk has.
      const pod = { command: `${noise(110_000, 'n')}; exit 3`, collect: ['n'] };
      const report = await ran(on, { ...pod, container: { TMPDIR: disk } });
      expect(report).toMatchObject({
        exitCode: 3,
        complete: true,
        collection: { kind: 'uncollected', because: 'disk' },
      });
    });
  });
});

inEach([AKS], (on) => {
  test.concurrent('10 GB of zeros are too much, and take no time', async () => {
    const { collection } = await ran(on, {
      command: 'truncate -s 10737418240 z; echo >a',
      collect: ['.'],
    });
    expect(collection).toEqual({ kind: 'uncollected', because: 'size' });
  });

  test('the limit that messages name is that of the script', () => {
    expect(runScript).toContain(` collect_limit=${COLLECT_LIMIT}\n`);
  });

  test.concurrent('at the limit, all come back; a byte above it, none does', async () => {
    const within = await ran(on, { command: noise(MOST, 'n'), collect: ['n'] });
    expect(within.collection).toMatchObject({ kind: 'files', files: { length: 1 } });

    const command = `echo out; ${noise(MOST + 1, 'n')}; exit 3`;
    expect(await ran(on, { command, collect: ['n'] })).toMatchObject({
      exitCode: 3,
      complete: true,
      output: { text: 'out\n' },
      collection: { kind: 'uncollected', because: 'size' },
    });
  });

  // The time to find them must not grow with their square: that would take longer than 30 seconds.
  test('20,000 files are too many', async () => {
    const command = 'mkdir r; i=0; while [ $((i += 1)) -le 20000 ]; do : >r/$i; done';
    const { collection } = await ran(on, { command, shell: 'sh', collect: ['r/*'] });
    expect(collection).toEqual({ kind: 'uncollected', because: 'size' });
  });
});
