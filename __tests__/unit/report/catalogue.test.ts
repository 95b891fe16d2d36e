import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { OPTIONS } from '../../../src/hosts/terminal/options.ts';
import { PROMPT, WORKFLOW, type Words } from '../../../src/hosts/words.ts';
import { CATALOGUE } from '../../../src/report/explanation.ts';
import { readFindings } from '../../../src/report/output-hints.ts';
import { commandsOf, problemsOf } from '../../docs/commands.ts';
import { expectGolden } from '../../golden.ts';
import { unreadableScripts } from '../../shell-scripts.ts';
import { needing } from '../../tools.ts';
import { RECORDINGS } from './corpus/recorded.ts';
import { CONTEXT, PROVOCATIONS, required, type Provocation } from './provocations.ts';

/** The first recording of each section, and what follows from the files that were sent. */
const HINTS: readonly Provocation[] = [
  ...RECORDINGS.filter(
    ({ hint }, at) => RECORDINGS.findIndex((other) => other.hint === hint) === at,
  ).flatMap(({ name, hint, output, exitCode }) =>
    hint === undefined ? [] : [{ name, section: hint, when: hinted(output, exitCode) }],
  ),
  ...Object.entries({
    'a path that is not there, and no files': [],
    'a path that is not there, with another ending': ['k8s/app.yml'],
    'a path that is not there, by its base name': ['deploy/k8s/app.yaml'],
    'a path that is not there, but was sent': ['k8s/app.yaml'],
  }).map(([name, sent]) => ({
    name,
    section: 'kubectl-path',
    when: hinted('error: the path "k8s/app.yaml" does not exist', 1, sent),
  })),
];
const ALL = [...PROVOCATIONS, ...HINTS];
const EXPLAINED = ALL.map(({ name, when }) => ({ name, ...when() }));

test('every row is provoked here', () => {
  const provoked = ALL.map(({ section }) => section);
  expect([...new Set(provoked)].toSorted()).toEqual(
    [...new Set(CATALOGUE.map(({ section }) => section))].toSorted(),
  );
});

test.each(ALL)('$section: $name', ({ section, when }) => {
  expect(when().section).toBe(section);
});

describe('what is shown', () => {
  test.each(EXPLAINED)(
    '$name: one sentence, no holes, nothing raw',
    ({ name, section, sentence, words, move }) => {
      expect(sentence).toMatch(/^[^\n]+\.$/);
      expect(sentence + move).not.toMatch(/[!](?=\s|$)|\{\w+\??\}|`/m);
      expect(sentence + words + move).not.toMatch(/undefined|\[object|<html|<\/|NaN/);
      if (section !== 'unexpected') expect(words).not.toMatch(/\n\s+at /);
      const unknown = (move.match(/\b[A-Z_]{2,}\b/g) ?? []).filter((word) =>
        UNKNOWN_VALUES.has(word),
      );
      expect({ name, unknown }).toEqual({ name, unknown: [] });
      expect(sentence.length + move.length).toBeLessThan(2500);

      // What it announces follows.
      expect(unkept(move)).toEqual([]);
      expect(sentence + move).not.toMatch(
        /\b(?:can't|isn't|doesn't|don't|won't)\b|Nothing was sent/,
      );
      // Nobody but the branch's pusher is named by it: docs/SECURITY_MODEL.md.
      expect(move).not.toContain('ref:refs/heads/*');
    },
  );

  needing(['sh'], () => {
    test('sh parses the lines of each', () => {
      const scripts = EXPLAINED.map(
        ({ name, move }) => [name, shellLines(move).join('\n')] as const,
      );
      expect(scripts.filter(([, script]) => script !== '').length).toBeGreaterThan(60);
      expect(unreadableScripts(scripts)).toBe('');
    });
  });

  test.each(EXPLAINED)('$name: az knows its subcommands and options', async ({ move }) => {
    const lines = shellLines(move).filter((line) => line.startsWith('az '));
    const problems = await Promise.all(lines.flatMap(commandsOf).map(problemsOf));
    expect(problems.flat()).toEqual([]);
  });

  test.each(EXPLAINED.filter(({ move }) => yamlBlocks(move).length > 0))(
    '$name: its YAML parses',
    ({ move }) => {
      for (const block of yamlBlocks(move)) expect(parse(block)).toEqual(expect.any(Object));
    },
  );

  test('the role is JSON with the three permissions and one scope', () => {
    const { move } = required(EXPLAINED.find(({ section }) => section === 'authorization-failed'));
    expect(JSON.parse(required(/--role-definition '(\{.*\})'$/m.exec(move)?.[1]))).toEqual({
      Name: 'AKS Run Command',
      Description: 'Run commands in AKS clusters and read their results',
      Actions: [
        'Microsoft.ContainerService/managedClusters/read',
        'Microsoft.ContainerService/managedClusters/runCommand/action',
        'Microsoft.ContainerService/managedClusters/commandResults/read',
      ],
      AssignableScopes: [
        '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-prod',
      ],
    });
  });
});

describe('at a prompt', () => {
  test.each(ALL)('$name: no word of a workflow, and options that exist', ({ when }) => {
    const { sentence, title, move } = when(PROMPT);
    const text = [sentence, title, move].join('\n');
    expect({ text, of: text.match(WORDS_OF_A_WORKFLOW) ?? [] }).toEqual({ text, of: [] });
    const own = move
      .split('\n')
      .flatMap((line) => /^ {2}(?:aks-run-command )?(--.*)$/.exec(line)?.[1] ?? []);
    const options = own.flatMap((line) => line.match(/(?<=^| )--[a-z-]+/g) ?? []);
    expect(options.filter((option) => !OPTIONS.some(({ name }) => `--${name}` === option))).toEqual(
      [],
    );
  });
});

/**
 * The one list of everything that the catalogue says. `|` begins a line that only a workflow has, `>` one that only a
 * prompt has, `"` a service's own words. Lines that an earlier entry has are only counted.
 */
test('all of it, to read', async () => {
  const shown = new Set<string>();
  const entries = ALL.map(({ name, section, when }) => {
    const { title, titleSaysAll, words, ...workflow } = when(WORKFLOW);
    const prompt = when(PROMPT);
    const lines = [
      ...(titleSaysAll ? [] : [`  = ${title}`]),
      ...besides(
        ...[workflow, prompt].map(({ sentence, move }) => `${sentence}\n${move}`.split('\n')),
      ),
      ...(words === '' ? [] : words.split('\n').map((line) => `" ${line}`)),
    ];
    return [`## ${section}: ${name}`, ...withoutShown(lines, shown), ''].join('\n');
  });
  await expectGolden(new URL('golden/catalogue.txt', import.meta.url), entries.join('\n'));
});

/** The lines that no earlier entry has, and how many it has. */
function withoutShown(lines: readonly string[], shown: Set<string>): string[] {
  const fresh = lines.filter((line) => !shown.has(line));
  for (const line of fresh) shown.add(line);
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

/** Words for what a prompt does not have, and inputs by another name than their options'. */
const WORDS_OF_A_WORKFLOW = new RegExp(
  [
    String.raw`\b(?:steps?(?! outputs)|job(?!/)|workflow|the action|runner|workspace|re-run|vars)\b|\b(?:with|permissions):`,
    String.raw`azure/login|actions/checkout|\$\{\{|\binputs?\b`,
    `(?<![-\\w/])(?:${OPTIONS.flatMap(({ input }) => (input !== undefined && !PLAIN_WORDS.has(input) ? [input] : [])).join('|')})(?![-\\w])`,
  ].join('|'),
  'g',
);

/** Words in capitals that a template itself spells, for the user to fill in. */
const SPELLED = new Set(
  CATALOGUE.flatMap(
    ({ sentence, move }) =>
      (sentence + move).replaceAll(/\{\w+\??\}/g, '').match(/\b[A-Z_]{2,}\b/g) ?? [],
  ),
);

/** What the user fills in if neither the output nor the command names it. */
const LEFT_OPEN = new Set(['NAMESPACE', 'JOB']);

/** How a placeholder shows that its value is not known. */
const UNKNOWN_VALUES = new Set(
  CATALOGUE.flatMap(({ sentence, move }) => (sentence + move).match(/(?<=\{)[a-z]+(?=\})/gi) ?? [])
    .map((name) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase())
    .filter((name) => !SPELLED.has(name) && !LEFT_OPEN.has(name)),
);

/** Lines that announce something to paste which does not come: a colon, and no indented line or list item below. */
function unkept(move: string): string[] {
  const lines = move.split('\n');
  return lines.filter(
    (line, at) => /^\S.*:$/.test(line) && !/^(?: {2}|- )/.test(lines[at + 1] ?? ''),
  );
}

/** Indented lines for a shell. */
function shellLines(move: string): string[] {
  return move
    .split('\n')
    .flatMap((line) =>
      /^ {2}(?:az|kubectl|helm|curl|date|git|bash|echo|printf) /.test(line) ? [line.slice(2)] : [],
    );
}

/** Runs of indented lines that are no shell lines and no list of files. */
function yamlBlocks(move: string): string[] {
  const blocks: string[][] = [[]];
  for (const line of move.split('\n')) {
    if (/^ {2}(?! *[\d.]+ (?:[KMG]i)?B )/.test(line) && shellLines(line).length === 0)
      blocks.at(-1)?.push(line.slice(2));
    else blocks.push([]);
  }
  return blocks.filter((block) => block.length > 0).map((block) => block.join('\n'));
}

function hinted(output: string, exitCode: number, files?: readonly string[]) {
  return (words: Words = WORKFLOW) =>
    required(
      readFindings(output, exitCode, { ...CONTEXT, words, ...(files && { files }) }).hints[0],
    );
}
