import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { parse } from 'yaml';
import { readArguments } from '../../../src/hosts/terminal/arguments.ts';
import { PROMPT, WORKFLOW } from '../../../src/hosts/words.ts';
import { fill, json } from '../../../src/report/catalogue/paste.ts';
import { needing } from '../../tools.ts';

/** Values that would do something, were they not quoted. */
const HOSTILE = [
  { name: 'a single quote', value: "it's" },
  { name: 'a command', value: '$(touch owned)' },
  { name: 'backticks', value: '`touch owned`' },
  { name: 'a variable', value: '$HOME ${HOME}' },
  { name: 'separators', value: 'a;b|c&d && e || f' },
  { name: 'redirections', value: '>owned <in 2>&1' },
  { name: 'double quotes', value: '"; touch owned; "' },
  { name: 'backslashes', value: 'a\\b\\\\' },
  { name: 'a quote that closes', value: "'; touch owned; '" },
  { name: 'globs and a tilde', value: '~ * ? [a-z]' },
  { name: 'braces of a template', value: '{subject} {list?}' },
  { name: 'a comment', value: '# nothing' },
  { name: 'history and percent', value: '!! %0A %s' },
  { name: 'YAML', value: 'a: &b *c !d [e] {f} # g' },
  { name: 'a YAML word', value: 'yes' },
  { name: 'a number', value: '0123' },
  { name: 'replacement patterns', value: "$& $1 $' $`" },
  { name: 'other scripts', value: 'gałąź/ветка/分支/🌱' },
  { name: 'nothing', value: '' },
];

describe('fill', () => {
  needing(['sh'], () => {
    test.each(HOSTILE)(
      'a shell and YAML get $name as it is, by itself and in JSON',
      ({ value }) => {
        const values = { value, parameters: json({ value }) };
        const line = fill('$ az --subject={value} {value} {parameters}', values, WORKFLOW);
        const [option, word, parameters = ''] = argumentsOf(line);
        expect([option, word, JSON.parse(parameters)]).toEqual([
          `--subject=${value}`,
          value,
          { value },
        ]);
        expect(parse(fill('| cluster: {value}', values, WORKFLOW))).toEqual({ cluster: value });
      },
    );
  });

  needing(['sh'], () => {
    test.each([
      { name: 'a line break', value: 'a\n  rm -rf /', shown: 'a\\u000a  rm -rf /' },
      {
        name: 'what is not seen',
        value: '\0a\u202egnp.exe\ud800',
        shown: '\\u0000a\\u202egnp.exe\\ud800',
      },
    ])('$name breaks no line, and does not hide in it', ({ value, shown }) => {
      expect(fill('The path {path}.', { path: value }, WORKFLOW)).toBe(`The path ${shown}.`);
      expect(argumentsOf(fill('$ az {path}', { path: value }, WORKFLOW))).toEqual([shown]);
      expect(parse(fill('| path: {path}', { path: value }, WORKFLOW))).toEqual({ path: value });
      expect(JSON.parse(json(value))).toBe(value);
    });
  });

  test.each([
    ['prose stays', 'A line: {a}', "A line: it's"],
    ['what is not known shows in capitals', '$ az --id {clientId}', '  az --id CLIENT_ID'],
    ['a line with an unknown optional value goes', 'a\n$ b {c?}\nd', 'a\nd'],
    ['a known optional value stays', '| a: {b?}', '  a: "{a}"'],
    ['no value is filled in twice', '{b}', '{a}'],
    ['a list repeats its line', '- {list}\nend', '- x\n- y\nend'],
    ['an empty list has no line', 'begin\n- {none}', 'begin'],
    ['braces of other languages stay', '| a: ${{ vars.X }} {b:c}', '  a: ${{ vars.X }} {b:c}'],
  ])('%s', (_name, template, filled) => {
    expect(fill(template, { a: "it's", b: '{a}', list: ['x', 'y'], none: [] }, WORKFLOW)).toBe(
      filled,
    );
  });
});

const FOLLOW = '@ cluster: {id}\n@ command-id: {commandId}\n@ client-id: {clientId?}';
test.each([
  ['an input', 'Raise {input:timeout}.', 'Raise timeout.', 'Raise --timeout.'],
  ['a switch', 'With {input:wait}', 'With wait', 'With --no-wait'],
  [
    'nouns',
    '{Noun:runner}, {noun:runner}.',
    'The runner, the runner.',
    'This machine, this machine.',
  ],
  [
    'a noun that neither knows stays, so that it is seen',
    'At {noun:elsewhere}',
    'At {noun:elsewhere}',
    'At {noun:elsewhere}',
  ],
  ['a line for one place', '[workflow] a\n[prompt] b\nc', 'a\nc', 'b\nc'],
  [
    'inputs with the cluster: a whole command',
    `Wait:\n${FOLLOW}\nEnd`,
    'Wait:\n  with:\n    cluster: "/x/it\'s"\n    command-id: "COMMAND_ID"\nEnd',
    "Wait:\n  aks-run-command --cluster='/x/it'\\''s' --command-id=COMMAND_ID\nEnd",
  ],
  [
    'inputs without it: options to add',
    '@ start-timeout: 3m\n@ wait: false\n@ dry-run: false',
    '  with:\n    start-timeout: 3m\n    wait: false\n    dry-run: false',
    '  --start-timeout=3m --no-wait',
  ],
])('the words of each place: %s', (_name, template, workflow, prompt) => {
  const values = { id: "/x/it's" };
  expect([fill(template, values, WORKFLOW), fill(template, values, PROMPT)]).toEqual([
    workflow,
    prompt,
  ]);
});

needing(['sh'], () => {
  test.each([...HOSTILE, { name: 'an option', value: '--no-wait' }])(
    'at a prompt, what is pasted sets the option to $name',
    ({ value }) => {
      const line = fill('@ cluster: c\n@ files: {value}\n@ command: {value}', { value }, PROMPT);
      const [first, ...options] = argumentsOf(line.replace(' aks-run-command ', ' az first '));
      expect(first).toBe('first');
      const read = readArguments(options, () => false);
      if (value === '') return;
      expect(read.kind === 'run' && Object.fromEntries(read.inputs)).toEqual({
        cluster: 'c',
        files: value,
        command: value,
      });
    },
  );
});

/** What a program gets when `sh` runs the line: `az` is a function that prints its arguments back. */
function argumentsOf(line: string): string[] {
  const script = `az() { printf '%s\\0' "$@"; }\n${line}\n`;
  const { stdout, stderr, status } = spawnSync('sh', ['-eu'], { input: script, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.split('\0').slice(0, -1);
}

test('a value is no option of a command to paste, whoever chose it', () => {
  const values = { release: '--post-renderer=x', deployment: '--all', namespace: '-x' };
  const text =
    '$ helm uninstall {release} --namespace={namespace}\n$ kubectl describe deployment/{deployment}';
  expect(fill(text, values, WORKFLOW)).toBe(
    '  helm uninstall RELEASE --namespace=-x\n  kubectl describe deployment/--all',
  );
});
