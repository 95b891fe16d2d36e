import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { actionlint } from './actionlint.ts';
import { commandsOf, problemsOf } from './commands.ts';
import { blocksOf, documents, readDocument, root, type Block } from './markdown.ts';
import { shellcheckFindings, unreadableScripts } from '../shell-scripts.ts';
import { needing } from '../tools.ts';
import { completeWorkflow, ourSteps, scriptsOf } from './workflow.ts';

const LANGUAGES = ['bicep', 'groovy', 'hcl', 'make', 'mermaid', 'powershell', 'sh', 'text', 'yaml'];
const { inputs } = parse(readDocument('action.yml')) as { inputs: Record<string, unknown> };
const { scripts } = JSON.parse(readDocument('package.json')) as { scripts: Record<string, string> };

const examples = readdirSync(path.join(root, 'examples'))
  .filter((name) => name.endsWith('.yml'))
  .map((name): [string, string] => [`examples/${name}`, readFileSync(path.join(root, 'examples', name), 'utf8')]);

const blocks = (language: string): [string, Block][] =>
  documents.flatMap((name) =>
    blocksOf(readDocument(name), language).map((block): [string, Block] => [`${name}:${block.line}`, block]),
  );

test('every block says its language', () => {
  const others = documents.flatMap((name) =>
    blocksOf(readDocument(name))
      .filter(({ language }) => !LANGUAGES.includes(language))
      .map(({ line, language }) => `${name}:${line} ${language}`),
  );
  expect(others).toEqual([]);
});

/** Those of other CIs, on the page about the command line, are run by its own test. */
const workflows = blocks('yaml').filter(([place]) => !place.startsWith('docs/COMMAND_LINE.md'));

describe.each(workflows)('the YAML of %s', (_place, { text }) => {
  test('is right, says actionlint', async () => {
    expect(await actionlint(completeWorkflow(text))).toEqual([]);
  });

  test('gives this action inputs that it has', () => {
    const given = ourSteps(completeWorkflow(text)).flatMap((step) => Object.keys(step.inputs));
    expect(given.filter((name) => !(name in inputs))).toEqual([]);
  });
});

const shells: [string, string][] = [
  ...blocks('sh').map(([place, { text }]): [string, string] => [place, text]),
  ...[...workflows.map(([place, { text }]): [string, string] => [place, completeWorkflow(text)]), ...examples].flatMap(
    ([place, workflow]) => scriptsOf(workflow).map((script): [string, string] => [place, script]),
  ),
];

test('all shell lines can be read by a POSIX shell', () => {
  expect(unreadableScripts(shells)).toBe('');
});

needing(['shellcheck'], () => {
  test('shellcheck finds nothing in all shell lines', () => {
    expect(shellcheckFindings(shells)).toBe('');
  });
});

describe.each(shells)('the shell lines of %s', (_place, script) => {
  test('use subcommands and options that there are', async () => {
    const problems = await Promise.all(commandsOf(script).map(problemsOf));
    expect(problems.flat()).toEqual([]);
  });

  test('use scripts of package.json', () => {
    const asked = [...script.matchAll(/\bnpm (?:run (?:--silent )?([\w:-]+)|(test)\b)/g)].map(
      ([, run, short]) => run ?? short ?? '',
    );
    expect(asked.filter((name) => !(name in scripts))).toEqual([]);
  });
});

test('JSON inside shell lines can be read, once the shell has filled it in', () => {
  const texts = blocks('sh').flatMap(([, { text }]) =>
    [...text.matchAll(/<<EOF\n([\s\S]*?)^EOF$/gm)].map(([, json = '']) => json),
  );
  expect(texts.length).toBeGreaterThan(0);
  for (const text of texts) expect(() => JSON.parse(text) as unknown).not.toThrow();
});
