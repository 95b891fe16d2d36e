import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { OPTIONS } from '../../../src/hosts/terminal/options.ts';
import { PROMPT } from '../../../src/hosts/terminal/words.ts';
import { WORKFLOW, type Words } from '../../../src/hosts/words.ts';
import { phrasing } from '../../../src/report/catalogue/known.ts';
import type { Block } from '../../../src/report/message.ts';
import { readFindings } from '../../../src/report/output-hints.ts';
import { commandsOf, problemsOf } from '../../docs/commands.ts';
import { expectGolden } from '../../golden.ts';
import { unreadableScripts } from '../../shell-scripts.ts';
import { needing } from '../../tools.ts';
import { CODES, ROWS } from './all-rows.ts';
import { RECORDINGS } from './corpus/recorded.ts';
import { packedTask } from './packed-task.ts';
import { KNOWN, PROVOCATIONS, required, type Provocation } from './provocations.ts';
import { shown } from './shown.ts';

const ROOT = new URL('../../../', import.meta.url);

/** Recordings that once got a wrong hint, or none. */
const ONCE_WRONG = new Set([
  'lines that YAML joined, of namespaces',
  'kubectl create of a secret that exists',
]);

/** The first recording of each hint, and what follows from the files that were sent. */
const HINTS: readonly Provocation[] = [
  ...RECORDINGS.filter(
    ({ hint, name }, at) =>
      RECORDINGS.findIndex((other) => other.hint === hint) === at || ONCE_WRONG.has(name),
  ).flatMap(({ name, hint, output, exitCode }) =>
    hint === undefined ? [] : [{ name, message: hint, when: hinted(output, exitCode) }],
  ),
  ...Object.entries({
    'a path that is not there, and no files': [],
    'a path that is not there, with another ending': ['k8s/app.yml'],
    'a path that is not there, by its base name': ['deploy/k8s/app.yaml'],
    'a path that is not there, but was sent': ['k8s/app.yaml'],
  }).map(([name, sent]) => ({
    name,
    message: 'kubectl-path',
    when: hinted('error: the path "k8s/app.yaml" does not exist', 1, sent),
  })),
];

const ALL = [...PROVOCATIONS, ...HINTS];
const EXPLAINED = ALL.map(({ name, message, when }) => ({
  ...shown(when()),
  name,
  message,
  said: when(),
}));

test('every failure and row has an entry in provocations.ts, or a recording in corpus.txt', () => {
  const provoked = new Set(ALL.map(({ message }) => message));
  const names = [...CODES, ...ROWS.map(({ name }) => name)];
  expect(names.filter((name) => !provoked.has(name))).toEqual([]);
});

const SOURCES = globSync('src/**/*.ts', { cwd: ROOT }).map((file) =>
  readFileSync(new URL(file, ROOT), 'utf8'),
);

test('all-rows.ts has every row of the catalogue', () => {
  const names = SOURCES.flatMap((source) =>
    Array.from(source.matchAll(/\brow(?:<[^(]*>)?\(\s*'([^']+)'/g), ([, name]) => name),
  );
  expect(new Set(names)).toEqual(new Set(ROWS.map(({ name }) => name)));
});

test.each(CODES)('a run can fail with %s', (code) => {
  const made = new RegExp(String.raw`(?<!readonly )\bcode:[^,;{}]*'${code}'`);
  expect(SOURCES.some((source) => made.test(source))).toBe(true);
});

test.each(EXPLAINED)('$message: $name', ({ message, said }) => {
  expect(said.name).toBe(message);
});

const CHECK = 'Before you run it again, check';
/** What messages say about a command that may be running, or may have run. */
const MAY_HAVE_RUN = new RegExp(`${CHECK}|az aks command result`);

test.each(PROVOCATIONS.filter(({ when }) => MAY_HAVE_RUN.test(shown(when()).remedy)))(
  'nothing tells anyone to run the job again if the command may have run: $message: $name',
  ({ when }) => {
    for (const words of [WORKFLOW, PROMPT]) {
      const { remedy } = shown(when(words));
      expect(remedy.replaceAll(CHECK, '')).not.toContain(words.rerun.markdown);
    }
  },
);

// It names only whoever pushed the branch: docs/SECURITY_MODEL.md.
test('no message offers a subject for all branches', () => {
  const offering = EXPLAINED.filter(({ remedy }) => remedy.includes('ref:refs/heads/*'));
  expect(offering.map(({ name }) => name)).toEqual([]);
});

describe('what there is to paste', () => {
  needing(['sh'], () => {
    test('sh parses the lines of each', () => {
      const scripts = EXPLAINED.map(
        ({ name, said }) => [name, linesOf(said.remedy, 'sh').join('\n')] as const,
      );
      expect(scripts.filter(([, script]) => script !== '').length).toBeGreaterThan(60);
      expect(unreadableScripts(scripts)).toBe('');
    });
  });

  test.each(EXPLAINED)('$name: az knows its subcommands and options', async ({ said }) => {
    const lines = linesOf(said.remedy, 'sh').filter((line) => line.startsWith('az '));
    const problems = await Promise.all(lines.flatMap(commandsOf).map(problemsOf));
    expect(problems.flat()).toEqual([]);
  });

  test.each(EXPLAINED.filter(({ said }) => linesOf(said.remedy, 'yaml').length > 0))(
    '$name: its YAML parses',
    ({ said }) => {
      for (const block of said.remedy) {
        if (block.kind !== 'yaml') continue;
        expect(parse(block.lines.join('\n'))).toEqual(expect.any(Object));
      }
    },
  );
});

describe('at a prompt', () => {
  test.each(ALL)('$name: no word of a workflow, and options that exist', ({ when }) => {
    const { line, outcome, remedy } = shown(when(PROMPT));
    const text = `${line}\n${outcome}\n${remedy}`;
    expect({ text, of: text.match(WORDS_OF_A_WORKFLOW) ?? [] }).toEqual({ text, of: [] });
    const own = remedy
      .split('\n')
      .flatMap((line) => /^ {2}(?:aks-run-command )?(--.*)$/.exec(line)?.[1] ?? []);
    const options = own.flatMap((line) => line.match(/(?<=^| )--[a-z-]+/g) ?? []);
    expect(options.filter((option) => !OPTIONS.some(({ name }) => `--${name}` === option))).toEqual(
      [],
    );
  });
});

/**
 * The one list of everything that the catalogue says. `|` begins a line that only a workflow has,
 * `>` one that only a prompt has, `"` a service's own words. Lines that an earlier entry has are
 * only counted.
 */
test('all of it, to read', async () => {
  const seen = new Set<string>();
  const entries = ALL.map(({ name, message, when }) => {
    const workflow = shown(when(WORKFLOW));
    const { errorText } = workflow;
    const prompt = shown(when(PROMPT));
    const lines = [
      ...besides(...[workflow, prompt].map(linesToRead)),
      ...(errorText === '' ? [] : errorText.split('\n').map((line) => `" ${line}`)),
    ];
    return [`## ${message}: ${name}`, ...withoutSeen(lines, seen), ''].join('\n');
  });
  await expectGolden(new URL('golden/catalogue.txt', import.meta.url), entries.join('\n'));
});

/** What a message says besides a service's own words. */
function linesToRead({ line, outcome, remedy }: ReturnType<typeof shown>): string[] {
  const parts = [line, outcome, remedy].filter((part) => part !== '');
  return parts.join('\n').split('\n');
}

/** The lines that no earlier entry has, and how many it has. */
function withoutSeen(lines: readonly string[], seen: Set<string>): string[] {
  const fresh = lines.filter((line) => !seen.has(line));
  for (const line of fresh) seen.add(line);
  return fresh.length < lines.length
    ? [...fresh, `  … ${lines.length - fresh.length} lines as above`]
    : fresh;
}

/** Two texts as one, what both have once. */
function besides(workflow: readonly string[] = [], prompt: readonly string[] = []): string[] {
  const rest = [...prompt];
  const own = (lines: readonly string[]) => lines.map((line) => `> ${line}`);
  const first = workflow.flatMap((line) => {
    const at = rest.indexOf(line);
    return at < 0
      ? [`| ${line}`]
      : [...own(rest.splice(0, at + 1).slice(0, -1)), `  ${line}`.trimEnd()];
  });
  return [...first, ...own(rest)];
}

/** Inputs whose names are words of any sentence. */
const PLAIN_WORDS = new Set(
  'cluster command files environment audience shell namespace timeout collect env wait'.split(' '),
);

const INPUT_NAMES = OPTIONS.map(({ input }) => input).filter(
  (input) => input !== undefined && !PLAIN_WORDS.has(input),
);

/** Words for what a prompt does not have, and inputs by another name than their options'. */
const WORDS_OF_A_WORKFLOW = new RegExp(
  [
    String.raw`\b(?:steps?(?! outputs)|job(?!/|-name=)|workflow|[Tt]he action|runner)\b`,
    String.raw`\b(?:workspace|re-run|vars)\b|\b(?:with|permissions):`,
    String.raw`azure/login|actions/checkout|\$\{\{|\binputs?\b`,
    String.raw`(?<![-\w/])(?:${INPUT_NAMES.join('|')})(?![-\w])`,
  ].join('|'),
  'g',
);

/** The lines to paste of one kind. */
function linesOf(blocks: readonly Block[], kind: 'sh' | 'yaml'): string[] {
  return blocks.flatMap((block) => (block.kind === kind ? block.lines : []));
}

function hinted(output: string, exitCode: number, sent?: readonly string[]) {
  const packed = sent && packedTask(sent.map((path) => ({ path, bytes: 1 })));
  return (words: Words = WORKFLOW) =>
    required(readFindings(output, exitCode, { ...KNOWN, ...phrasing(words), packed }).hints[0]);
}
