import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { commandsOf, problemsOf } from './commands.ts';
import { blocksOf, documents, readDocument, root, type Block } from './markdown.ts';
import { shellcheckFindings, unreadableScripts } from '../support/shell-scripts.ts';
import { needing } from '../support/tools.ts';
import { completeWorkflow, dangersOf, findingsOf, scriptsOf } from './workflow.ts';

const LANGUAGES = ['bicep', 'groovy', 'hcl', 'powershell', 'sh', 'text', 'yaml'];
const { scripts } = JSON.parse(readDocument('package.json')) as { scripts: Record<string, string> };

const examples = readdirSync(path.join(root, 'examples'))
  .filter((name) => name.endsWith('.yml'))
  .map((name): [string, string] => [
    `examples/${name}`,
    readFileSync(path.join(root, 'examples', name), 'utf8'),
  ]);

const blocks = (language: string): [string, Block][] =>
  documents.flatMap((name) =>
    blocksOf(readDocument(name), language).map((block): [string, Block] => [
      `${name}:${block.line}`,
      block,
    ]),
  );

test('every block names its language', () => {
  const others = documents.flatMap((name) =>
    blocksOf(readDocument(name))
      .filter(({ language }) => !LANGUAGES.includes(language))
      .map(({ line, language }) => `${name}:${line} ${language}`),
  );
  expect(others).toEqual([]);
});

/** Workflows of GitHub. Those of other CI systems have a test of their own. */
const workflows = blocks('yaml').filter(([place]) => !place.startsWith('docs/COMMAND_LINE.md'));

describe.each(workflows)('the YAML of %s', (_place, { text }) => {
  test("GitHub's language service finds no error", async () => {
    const findings = await findingsOf(completeWorkflow(text));
    expect(findings.filter(({ isError }) => isError)).toEqual([]);
  });
});

const samples = [
  ...workflows.map(([place, { text }]): [string, string] => [place, completeWorkflow(text)]),
  ...examples,
];

describe('no sample does what the documents warn of', () => {
  test.each(samples)('%s', (_place, workflow) => {
    expect(dangersOf(workflow)).toEqual([]);
  });

  const inCommand = (command: string) => ({ command });
  test.each([
    ['an expression in `env`', { command: 'helm list', env: 'TAG=${{ inputs.tag }}' }],
    ['an expression in a script', inCommand('kubectl get pod ${{ inputs.name }}')],
    [
      'a failure that echo hides',
      inCommand('echo "pods=$(kubectl get pods --output=name)" >> "$GITHUB_OUTPUT"'),
    ],
    ['a pipe without `shell: bash`', inCommand('count=$(kubectl get pods --output=name | wc -l)')],
  ])('%s would be noticed', (danger, inputs) => {
    const step = { uses: 'OWNER/aks-run-command@v1', with: inputs };
    expect(dangersOf(completeWorkflow(JSON.stringify([step])))).toEqual([danger]);
  });

  test('no credential is for any branch, unless the text warns that it stops nobody', () => {
    const texts = [
      ...documents.map((name) => readDocument(name)),
      ...examples.map(([, text]) => text),
    ];
    const advised = texts.map((text) => text.replaceAll(/[^.]*stops nobody[^.]*\./g, ''));
    expect(advised.filter((text) => text.includes('ref:refs/heads/*'))).toEqual([]);
  });

  test('documents, examples, and messages name the same max-parallel', () => {
    const messages = readDocument('__tests__/unit/messages/golden/messages.txt');
    const texts = [
      messages,
      ...documents.map((name) => readDocument(name)),
      ...examples.map(([, text]) => text),
    ];
    const numbers = texts.flatMap((text) =>
      [...text.matchAll(/max-parallel: (\d+)/g)].map(([, number]) => number),
    );
    expect(numbers.length).toBeGreaterThan(1);
    expect(new Set(numbers).size).toBe(1);
  });
});

const shells: [string, string][] = [
  ...blocks('sh').map(([place, { text }]): [string, string] => [place, text]),
  ...samples.flatMap(([place, workflow]) =>
    scriptsOf(workflow).map((script): [string, string] => [place, script]),
  ),
];

test('a shell can parse all shell lines', () => {
  expect(unreadableScripts(shells)).toBe('');
});

needing(['shellcheck'], () => {
  test('shellcheck finds nothing in any shell lines', () => {
    expect(shellcheckFindings(shells)).toBe('');
  });
});

describe.each(shells)('the shell lines of %s', (_place, script) => {
  test('use subcommands and options that exist', async () => {
    const problems = await Promise.all(commandsOf(script).map(problemsOf));
    expect(problems.flat()).toEqual([]);
  });

  test('use scripts that package.json has', () => {
    const asked = [...script.matchAll(/\bnpm (?:run (?:--silent )?([\w:-]+)|(test)\b)/g)].map(
      ([, run, short]) => run ?? short ?? '',
    );
    expect(asked.filter((name) => !(name in scripts))).toEqual([]);
  });
});
