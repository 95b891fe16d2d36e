import { describe, expect, test } from '@jest/globals';
import { WORKFLOW } from '../../../src/hosts/words.ts';
import { readInputs } from '../../../src/inputs/inputs.ts';
import { inputReader } from '../../../src/inputs/reader.ts';
import { annotation } from '../../../src/report/annotation.ts';
import { POD_OUTPUT } from '../../../src/report/catalogue/pod-output.ts';
import { reportOn } from '../../../src/report/report.ts';
import { readFindings } from '../../../src/report/output-hints.ts';
import { withoutResult, type Verdict } from '../../../src/verdict.ts';
import { expectGolden } from '../../golden.ts';
import { HINTS_BEFORE } from './before.ts';
import { CLUSTER_ROWS } from './corpus/cluster-rows.ts';
import { recordedIn } from './corpus/recorded.ts';
import { ROWS } from './corpus/rows.ts';
import { ASKED_FOR, LOOK_ALIKES, SITUATIONS, type Situation } from './situations.ts';

const CLUSTER =
  '/subscriptions/5d7e9c3a-1b2c-4d5e-8f90-a1b2c3d4e5f6/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/prod-weu';
const GIVEN: Readonly<Record<string, string>> = { cluster: CLUSTER, command: './deploy.sh' };
const host = { variable: () => undefined, words: WORKFLOW };
const inputs = readInputs(inputReader({ ...host, input: (name) => GIVEN[name] ?? '' }));

function messageFor({ output, exitCode = 1, files }: Situation) {
  const failure = { code: 'exit-code', exitCode } as const;
  const whole = { text: output, truncated: false };
  const verdict: Verdict = { ...withoutResult('failed', failure), exitCode, output: whole };
  const shipment = files && { files: files.map((path) => ({ path, bytes: 1 })), zipBytes: 1 };
  return annotation(reportOn(verdict, { target: inputs, command: './deploy.sh', shipment, host }));
}

const named = SITUATIONS.map((situation) => ({
  ...situation,
  name: situation.output.split('\n')[0]?.slice(0, 90) ?? '',
}));

describe('what a command wrote is the headline', () => {
  test.each(named)('$title: $name', (situation) => {
    const { title, message, whole } = messageFor(situation);
    expect(title).toBe(`prod-weu: ${situation.title}`);
    expect(message).toContain(situation.move);
    expect(whole).toBe(true);
  });

  test('is what the real program wrote, or has the source of its words', () => {
    const recorded = new Map([...recordedIn('corpus.txt'), ...recordedIn('cluster.txt')]);
    // Only of rows that are this failure: a test that prints such a line proves nothing.
    const linesOf = (section: string) =>
      new Set(
        [...ROWS, ...CLUSTER_ROWS]
          .filter(({ hint }) => hint === section)
          .flatMap(({ name }) => recorded.get(name)?.output.trimEnd().split('\n') ?? []),
      );
    for (const { section, output, documented } of SITUATIONS) {
      const lines = linesOf(section);
      const isRecorded = output.split('\n').every((line) => lines.has(line));
      expect({ output, isRecorded }).toEqual({ output, isRecorded: documented === undefined });
      if (documented !== undefined) expect(documented).toMatch(/^[\w.-]+\/[\w.-]+(?:#\d+| \S+\.(?:go|md))$/);
    }
  });

  test('is asked for by the first list, or one of more than thirty that were found since', () => {
    const sections = new Set(SITUATIONS.map(({ section }) => section));
    const found = [...sections].filter((section) => !(section in ASKED_FOR));
    expect(Object.keys(ASKED_FOR).filter((section) => !sections.has(section))).toEqual([]);
    expect(found.length).toBeGreaterThan(30);
    // Each says something of its own: no headline of theirs is one that the list asked for.
    const titles = (isFound: boolean) =>
      new Set(SITUATIONS.filter(({ section }) => found.includes(section) === isFound).map(({ title }) => title));
    expect(titles(true).size).toBeGreaterThan(30);
    expect([...titles(true)].filter((title) => titles(false).has(title))).toEqual([]);
  });

  test.each(named)('the same below forty lines of noise: $name', ({ output, exitCode = 1, section }) => {
    const noise = 'deployment.apps/web unchanged\n'.repeat(40);
    const { hints } = readFindings(`before\n${output}\n${noise}`, exitCode, {});
    if (section !== 'silent-exit-1') expect(hints[0]?.section).toBe(section);
  });

  test('every row has its situation, and every situation its row', () => {
    const sections = new Set(SITUATIONS.map(({ section }) => section));
    expect([...sections].toSorted()).toEqual([...new Set(POD_OUTPUT.map(({ section }) => section))].toSorted());
  });

  test('all of them, to read', async () => {
    const text = SITUATIONS.map((situation) => {
      const { title, message } = messageFor(situation);
      return `## ${title}\n\n${message}\n`;
    }).join('\n\n');
    await expectGolden(new URL('golden/situations.txt', import.meta.url), text);
  });
});

test.each(LOOK_ALIKES)('no hint for $name', ({ output }) => {
  expect(readFindings(`${output}\n`, 3, {}).hints).toEqual([]);
});

describe('of several errors', () => {
  const expected = 'Error from server (NotFound): namespaces "shop" not found';
  const last = 'error: the path "k8s/app.yaml" does not exist';

  test('the last kind is the cause, since the script went on after the others', () => {
    const { hints, firstError } = readFindings(`${expected}\nnamespace/shop created\n${last}\n`, 1, {});
    expect(hints.map(({ section }) => section)).toEqual(['kubectl-path', 'namespace-not-found']);
    expect(firstError).toBeUndefined();
  });

  test('of one kind, the first is quoted', () => {
    const { hints, firstError } = readFindings(`${last}\nerror: the path "b.yaml" does not exist\n`, 1, {});
    expect(hints[0]?.title).toBe('kubectl could not find k8s/app.yaml');
    expect(firstError).toBe(last);
  });
});

test.each([
  ['the path that it was sent under', 'error: the path "./k8s/app.yaml" does not exist'],
  ['that path, of a script', `/command-files/.aks-run-command/command.sh: line 2: ./k8s/app.yaml: not found`],
])('a file that was sent is not to be sent again: %s', (_name, output) => {
  const { message } = messageFor({ section: '', title: '', move: '', output, files: ['k8s/app.yaml'] });

  expect(message).toContain('It was sent. The command finds it by its path below working-directory');
  expect(message).not.toContain('To send it');
});

test('of a command that succeeds where success is not allowed, no line of its output is the cause', () => {
  const failure = { code: 'exit-code', exitCode: 0, allowed: [1] } as const;
  const output = { text: 'error: the path "k8s/app.yaml" does not exist\n', truncated: false };
  const verdict: Verdict = { ...withoutResult('failed', failure), exitCode: 0, output };
  const report = reportOn(verdict, { target: inputs, command: 'true', shipment: undefined, host });

  expect(annotation(report).title).toBe('prod-weu: exit code 0');
  expect(annotation(report).message).toContain('0 is not allowed: use 0, 1.');
});

test('a proxy that refuses the size in HTML gets what was sent, and the biggest files', () => {
  const body = '<html><head><title>413 Request Entity Too Large</title></head><body>nginx</body></html>';
  const answer = { kind: 'answered' as const, status: 413, headers: {}, body };
  const verdict = withoutResult('not-started', { code: 'submission-refused', answer });
  const files = [
    { path: 'k8s/a.yaml', bytes: 900 },
    { path: 'charts/big.tgz', bytes: 2 * 1024 * 1024 },
  ];
  const shipment = { files, zipBytes: 2_250_000 };
  const { message } = annotation(reportOn(verdict, { target: inputs, command: 'true', shipment, host }));

  expect(message).toContain('The files took 2.9 MB of it, compressed and in base64.');
  expect(message).toContain('The biggest files:\n    2.0 MB  charts/big.tgz\n     900 B  k8s/a.yaml');
});

test('before and after, to read', async () => {
  const table = (situations: readonly Situation[]) =>
    [HEADER, HEADER.map(() => '---'), ...situations.map(beforeAndAfter)].map(
      (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`,
    );
  const asked = SITUATIONS.filter(({ section }) => section in ASKED_FOR);
  const found = SITUATIONS.filter(({ section }) => !(section in ASKED_FOR));
  const text = [
    '# What each situation is told, before and after',
    '',
    `## Asked for by the first list: ${asked.length}`,
    '',
    ...table(asked),
    '',
    `## Found since: ${found.length}`,
    '',
    ...table(found),
    '',
  ].join('\n');
  await expectGolden(new URL('golden/before-and-after.md', import.meta.url), text);
});

const HEADER = ['the command wrote', 'known from', 'before', 'the headline', 'the next move begins'];

function beforeAndAfter(situation: Situation): string[] {
  const { output, exitCode = 1, documented } = situation;
  const { title, message } = messageFor(situation);
  const quote = /^The first error in its output:\n(.*)$/m.exec(message)?.[1] ?? output.split('\n').at(-1) ?? '';
  const before = [`Exit code ${exitCode}`, HINTS_BEFORE[output]].filter(Boolean).join('. ');
  const next = message.split('\n\n').at(-1)?.split('\n') ?? [];
  return [
    quote === '' ? '(nothing)' : clipped(quote),
    documented === undefined ? 'a real run' : `documented: ${documented}`,
    before,
    title.replace('prod-weu: ', ''),
    clipped(next[0] ?? ''),
  ];
}

function clipped(text: string): string {
  return text.length > 110 ? `${text.slice(0, 110)}…` : text;
}
