import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { parse } from 'yaml';
import { PROMPT, WORKFLOW } from '../../../src/hosts/words.ts';
import { visible } from '../../../src/text/visible.ts';
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
    test.each(HOSTILE)('a shell gets $name as it is', ({ value }) => {
      const line = fill('$ az --subject={subject} {subject} {subject}', { subject: value }, WORKFLOW);
      expect(argumentsOf(line)).toEqual([`--subject=${value}`, value, value]);
    });
  });

  test.each(HOSTILE)('YAML gives $name back', ({ value }) => {
    expect(parse(fill('| with:\n|   cluster: {cluster}', { cluster: value }, WORKFLOW))).toEqual({
      with: { cluster: value },
    });
  });

  needing(['sh'], () => {
    test.each(HOSTILE)('JSON in a shell line gives $name back', ({ value }) => {
      const [argument = ''] = argumentsOf(
        fill('$ az {parameters}', { parameters: json({ subject: value }) }, WORKFLOW),
      );
      expect(JSON.parse(argument)).toEqual({ subject: value });
    });
  });

  needing(['sh'], () => {
    test.each([
      { name: 'a line break', value: 'a\n::error::b', shown: 'a\\u000a::error::b' },
      { name: 'a carriage return', value: 'a\rb', shown: 'a\\u000db' },
      { name: 'a terminal colour', value: '\u001b[31mred', shown: '\\u001b[31mred' },
      { name: 'NUL and DEL', value: '\0\u007f', shown: '\\u0000\\u007f' },
      { name: 'a line separator', value: 'a\u2028b\u0085c', shown: 'a\\u2028b\\u0085c' },
      { name: 'text from right to left', value: 'a\u202egnp.exe', shown: 'a\\u202egnp.exe' },
      { name: 'half a surrogate', value: 'a\ud800b', shown: 'a\\ud800b' },
    ])('$name breaks no line', ({ value, shown }) => {
      expect(visible(value)).toBe(shown);
      expect(fill('The path {path}.', { path: value }, WORKFLOW)).toBe(`The path ${shown}.`);
      expect(argumentsOf(fill('$ az {path}', { path: value }, WORKFLOW))).toEqual([shown]);
      expect(parse(fill('| path: {path}', { path: value }, WORKFLOW))).toEqual({ path: value });
      expect(JSON.parse(json(value))).toBe(value);
    });
  });

  test.each([
    { name: 'prose stays', template: 'A line: {a}', values: { a: "it's" }, filled: "A line: it's" },
    {
      name: 'what is not known shows in capitals',
      template: '$ az --id {clientId}',
      values: {},
      filled: '  az --id CLIENT_ID',
    },
    { name: 'a line with an unknown optional value goes', template: 'a\n$ b {c?}\nd', values: {}, filled: 'a\nd' },
    { name: 'a known optional value stays', template: '| a: {c?}', values: { c: 'x' }, filled: '  a: "x"' },
    { name: 'a list repeats its line', template: '- {a}\nend', values: { a: ['x', 'y'] }, filled: '- x\n- y\nend' },
    { name: 'an empty list has no line', template: 'begin\n- {a}', values: { a: [] }, filled: 'begin' },
    { name: 'no value is filled in twice', template: '{a}', values: { a: '{b}', b: 'x' }, filled: '{b}' },
    {
      name: 'braces of other languages stay',
      template: '| a: ${{ vars.X }} {b:c}',
      values: {},
      filled: '  a: ${{ vars.X }} {b:c}',
    },
  ])('$name', ({ template, values, filled }) => {
    expect(fill(template, values, WORKFLOW)).toBe(filled);
  });
});

describe('the words of each place', () => {
  const FOLLOW = '@ cluster: {id}\n@ command-id: {commandId}\n@ client-id: {clientId?}';
  test.each([
    { name: 'an input', template: 'Raise {input:timeout}.', workflow: 'Raise timeout.', prompt: 'Raise --timeout.' },
    { name: 'a switch', template: 'With {input:wait}', workflow: 'With wait', prompt: 'With --no-wait' },
    {
      name: 'a noun, in a sentence and at its beginning',
      template: '{Noun:runner} is not {noun:runner}.',
      workflow: 'The runner is not the runner.',
      prompt: 'This machine is not this machine.',
    },
    {
      name: 'a noun that neither knows stays, so that it is seen',
      template: 'At {noun:place}',
      workflow: 'At {noun:place}',
      prompt: 'At {noun:place}',
    },
    { name: 'a line for one place', template: '[workflow] a\n[prompt] b\nc', workflow: 'a\nc', prompt: 'b\nc' },
    {
      name: 'inputs with the cluster: a whole command',
      template: `Wait:\n${FOLLOW}\nEnd`,
      workflow: 'Wait:\n  with:\n    cluster: "/x/it\'s"\n    command-id: COMMAND_ID\nEnd',
      prompt: "Wait:\n  aks-run-command --cluster '/x/it'\\''s' --command-id COMMAND_ID\nEnd",
    },
    {
      name: 'inputs without it: options to add',
      template: '@ start-timeout: 3m\n@ wait: false\n@ dry-run: false',
      workflow: '  with:\n    start-timeout: 3m\n    wait: false\n    dry-run: false',
      prompt: '  --start-timeout 3m --no-wait',
    },
  ])('$name', ({ template, workflow, prompt }) => {
    const values = { id: "/x/it's" };
    expect(fill(template, values, WORKFLOW)).toBe(workflow.replace('COMMAND_ID', '"COMMAND_ID"'));
    expect(fill(template, values, PROMPT)).toBe(prompt);
  });
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
  const text = '$ helm uninstall {release} --namespace={namespace}\n$ kubectl describe deployment/{deployment}';
  expect(fill(text, values, WORKFLOW)).toBe(
    '  helm uninstall RELEASE --namespace=-x\n  kubectl describe deployment/--all',
  );
});
