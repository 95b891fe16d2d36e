import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { OPTIONS } from '../../../src/hosts/terminal/options.ts';
import { PROMPT } from '../../../src/hosts/terminal/words.ts';
import { WORKFLOW } from '../../../src/hosts/words.ts';
import { commandsOf, problemsOf } from '../../docs/commands.ts';
import { expectGolden } from '../../support/golden.ts';
import { unreadableScripts } from '../../support/shell-scripts.ts';
import { needing } from '../../support/tools.ts';
import { CODES, ROWS } from './all-rows.ts';
import { PROVOCATIONS } from './provocations.ts';
import { shown } from './shown.ts';

const ROOT = new URL('../../../', import.meta.url);

const EXPLAINED = PROVOCATIONS.map(({ name, when }) => ({ name, message: when() }));

test('every failure and row has an entry in provocations.ts, or a recording in corpus.txt', () => {
  const provoked = new Set(EXPLAINED.map(({ message }) => message.name));
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

test('a run can fail with every code', () => {
  const isMade = (code: string) => {
    const made = new RegExp(String.raw`(?<!readonly )\bcode:[^,;{}]*'${code}'`);
    return SOURCES.some((source) => made.test(source));
  };
  expect(CODES.filter((code) => !isMade(code))).toEqual([]);
});

test('nothing tells anyone to run the job again if the command may have run', () => {
  const check = /before you run it again, check/gi;
  const texts = PROVOCATIONS.flatMap(({ name, when }) =>
    [WORKFLOW, PROMPT].map((words) => {
      const { remedy } = shown(when(words));
      const rerun = new RegExp(words.rerun.markdown, 'i');
      return {
        name,
        mayHaveRun: remedy.includes('az aks command result') || remedy.search(check) >= 0,
        saysRerun: rerun.test(remedy.replaceAll(check, '')),
      };
    }),
  );
  expect(texts.filter(({ mayHaveRun }) => mayHaveRun).length).toBeGreaterThan(40);
  expect(texts.filter(({ mayHaveRun, saysRerun }) => mayHaveRun && saysRerun)).toEqual([]);
});

// It names only whoever pushed the branch: docs/SECURITY_MODEL.md.
test('no message offers a subject for all branches', () => {
  const remedies = EXPLAINED.map(({ message }) => shown(message).remedy);
  expect(remedies.filter((remedy) => remedy.includes('ref:refs/heads/*'))).toEqual([]);
});

describe('what there is to paste', () => {
  const scripts = linesOf('sh');

  needing(['sh'], () => {
    test('sh can parse it', () => {
      expect(scripts.length).toBeGreaterThan(60);
      expect(unreadableScripts(scripts)).toBe('');
    });
  });

  test('az has its subcommands and options', async () => {
    const lines = scripts.flatMap(([, script]) => script.match(/^az .*/gm) ?? []);
    const problems = await Promise.all(lines.flatMap(commandsOf).map(problemsOf));
    expect(problems.flat()).toEqual([]);
  });

  test('its YAML can be parsed', () => {
    for (const [, text] of linesOf('yaml')) expect(parse(text)).toEqual(expect.any(Object));
  });
});

test('at a prompt, no message has a word of a workflow, or an option that does not exist', () => {
  const names = new Set(OPTIONS.map(({ name }) => `--${name}`));
  const inputs = OPTIONS.map(({ input }) => input).filter((input) => input?.includes('-'));
  const ofWorkflow = new RegExp(
    [
      String.raw`\b(?:steps?(?! outputs)|job|workflow|[Tt]he action|runner|workspace|vars|inputs?)\b`,
      String.raw`\b(?:with|permissions):|azure/login|actions/checkout|\$\{\{`,
      String.raw`(?<![-\w/])(?:${inputs.join('|')})(?![-\w])`,
    ].join('|'),
    'g',
  );
  const wrong = PROVOCATIONS.flatMap(({ name, when }) => {
    const { line, outcome, remedy } = shown(when(PROMPT));
    const words = `${line}\n${outcome}\n${remedy}`.match(ofWorkflow) ?? [];
    const unbroken = remedy.replaceAll(/ \\\n +/g, ' ');
    const pasted = unbroken.match(/^ {2}(?:aks-run-command )?--.*$/gm)?.join(' ') ?? '';
    const options = pasted.match(/(?<= )--[a-z-]+/g) ?? [];
    const unknown = options.filter((option) => !names.has(option));
    return [...words, ...unknown].map((found) => `${name}: ${found}`);
  });
  expect(wrong).toEqual([]);
});

/**
 * The one list of everything that the catalogue says. `|` begins a line that only a workflow has,
 * `>` one that only a prompt has, `"` a service's own words. Each entry has its first
 * line; others that an earlier entry has are only counted.
 */
test('all of it, to read', async () => {
  const seen = new Set<string>();
  const entries = PROVOCATIONS.map(({ name, when }) => {
    const workflow = shown(when(WORKFLOW));
    const { errorText } = workflow;
    const prompt = shown(when(PROMPT));
    const lines = [
      ...besides(...[workflow, prompt].map(linesToRead)),
      ...(errorText === '' ? [] : errorText.split('\n').map((line) => `" ${line}`)),
    ];
    return [`## ${workflow.name}: ${name}`, ...withoutSeen(lines, seen), ''].join('\n');
  });
  await expectGolden(new URL('golden/catalogue.txt', import.meta.url), entries.join('\n'));
});

/** What a message says besides a service's own words. */
function linesToRead({ line, outcome, remedy }: ReturnType<typeof shown>): string[] {
  const parts = [line, outcome, remedy].filter((part) => part !== '');
  return parts.join('\n').split('\n');
}

/** The first line, those that no earlier entry has, and how many others there are. */
function withoutSeen(lines: readonly string[], seen: Set<string>): string[] {
  const fresh = lines.filter((line, at) => at === 0 || !seen.has(line));
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

/** The lines to paste of one kind, by the names of their messages. */
function linesOf(kind: 'sh' | 'yaml'): [name: string, text: string][] {
  return EXPLAINED.flatMap(({ name, message }) =>
    message.remedy.flatMap((block) =>
      block.kind === kind ? [[name, block.lines.join('\n')] as [string, string]] : [],
    ),
  );
}
