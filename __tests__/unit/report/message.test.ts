import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { parse } from 'yaml';
import { readArguments } from '../../../src/hosts/terminal/arguments.ts';
import { PROMPT } from '../../../src/hosts/terminal/words.ts';
import { WORKFLOW } from '../../../src/hosts/words.ts';
import { phrasing } from '../../../src/report/catalogue/known.ts';
import {
  asTitle,
  capitalized,
  code,
  expression,
  foreign,
  item,
  json,
  list,
  listing,
  message,
  say,
  sh,
  yaml,
  type Foreign,
  type PastedValue,
  type Prose,
} from '../../../src/report/message.ts';
import { plainBlocks, plainText } from '../../../src/report/plain-text.ts';
import { anyText } from '../../any-text.ts';
import { scratch } from '../../scratch.ts';
import { needing } from '../../tools.ts';

/** Values that would do something if they were not quoted. */
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
  { name: 'a comment', value: '# nothing' },
  { name: 'history and percent', value: '!! %0A %s' },
  { name: 'YAML', value: 'a: &b *c !d [e] {f} # g' },
  { name: 'a YAML word', value: 'yes' },
  { name: 'nothing, in YAML', value: 'null' },
  { name: 'a number', value: '0123' },
  { name: 'an exponent', value: '12e3' },
  { name: 'a sexagesimal number', value: '1:30' },
  { name: 'a duration', value: '30m' },
  { name: 'a path', value: './bin/tool' },
  { name: 'replacement patterns', value: "$& $1 $' $`" },
  { name: 'other scripts', value: 'gałąź/ветка/分支/🌱' },
  { name: 'nothing', value: '' },
  { name: 'commands of a runner', value: '::error::x ##[error]y' },
  { name: 'a private character', value: '\ue000x\ue001' },
];

const folder = scratch('pasted');

/**
 * What a program gets when `sh` runs the line: `az` is a function that prints its arguments back.
 */
function argumentsOf(lines: readonly string[]): string[] {
  const script = `az() { printf '%s\\0' "$@"; }\n${lines.join('\n')}\n`;
  const { stdout, stderr, status } = spawnSync('sh', ['-eu'], {
    cwd: folder,
    input: script,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.split('\0').slice(0, -1);
}

/** Any text without what is replaced by a placeholder. */
const pasted = anyText({ maxLength: 20 }).filter((text) => !text.includes('${{'));

describe('what is to be pasted is quoted', () => {
  needing(['sh'], () => {
    test.each(HOSTILE)(
      'a shell and YAML get $name as it is, by itself and in JSON',
      ({ value }) => {
        const { lines } = sh`az --subject=${value} ${value} ${json({ value })}`;
        const [option, word, parameters = ''] = argumentsOf(lines);
        expect([option, word, JSON.parse(parameters)]).toEqual([
          `--subject=${value}`,
          value,
          { value },
        ]);
        expect(parse(yaml`cluster: ${value}`.lines.join('\n'))).toEqual({ cluster: value });
      },
    );

    test.each([
      { name: 'a line break', value: 'a\n  rm -rf /', shown: String.raw`a\u000a  rm -rf /` },
      {
        name: 'what is not seen',
        value: '\0a\u202egnp.exe\ud800',
        shown: String.raw`\u0000a\u202egnp.exe\ud800`,
      },
    ])('$name breaks no line, and does not hide in it', ({ value, shown }) => {
      expect(plainText(say`The path ${value}.`)).toBe(`The path ${shown}.`);
      expect(argumentsOf(sh`az ${value}`.lines)).toEqual([shown]);
      expect(parse(yaml`path: ${value}`.lines.join('\n'))).toEqual({ path: value });
      expect(JSON.parse(json(value))).toBe(value);
    });
  });

  test('whatever the value, YAML gives it back as text', () => {
    fc.assert(
      fc.property(pasted, (value) => {
        const { lines } = yaml`
          with:
            cluster: ${value}
            files: ${foreign('path', value)}
        `;
        const text = { with: { cluster: value, files: value } };
        expect(parse(lines.join('\n'), { version: '1.1' })).toEqual(text);
        expect(parse(lines.join('\n'), { version: '1.2' })).toEqual(text);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['a word of its own', sh`helm uninstall ${foreign('release', '--post-renderer=x')}`],
    ['the first word', sh`${foreign('release', '-x')} y`],
    ['a value of ours', sh`helm uninstall ${'--post-renderer=x'}`],
  ])('no value begins an option: %s', (_name, { lines }) => {
    expect(lines.join('\n')).toMatch(/^(?:helm uninstall (?:RELEASE|VALUE)|RELEASE y)$/);
  });

  test('in the middle of a word, a dash is a dash', () => {
    expect(sh`kubectl describe deployment/${'--all'} --namespace=${'-x'}`.lines).toEqual([
      'kubectl describe deployment/--all --namespace=-x',
    ]);
  });

  test('no value becomes an expression, wherever it is pasted', () => {
    const secrets = foreign('path', 'a/${{ toJSON(secrets) }}');
    expect(sh`cat ${secrets} ${secrets.text}`.lines).toEqual(['cat PATH VALUE']);
    expect(yaml`files: ${secrets}`.lines).toEqual(['files: PATH']);
    for (const words of [WORKFLOW, PROMPT]) {
      const { lines } = phrasing(words).inputs({ files: secrets, env: secrets.text });
      expect(lines.join('\n')).not.toContain('${{');
    }
  });

  test('a value that is not known is not left out', () => {
    const hole = undefined as unknown as Foreign;
    expect(() => sh`helm uninstall ${hole}`).toThrow('A value to paste is not known');
    expect(() => yaml`files: ${hole}`).toThrow('A value to paste is not known');
    expect(plainText(say`The path ${undefined} is not there.`)).toBe('The path … is not there.');
  });
});

describe('inputs to paste', () => {
  test.each<
    [
      name: string,
      inputs: Record<string, PastedValue | undefined>,
      workflow: string,
      prompt: string,
    ]
  >([
    [
      'with the cluster: a whole command',
      { cluster: "/x/it's", 'command-id': 'COMMAND_ID', 'client-id': undefined },
      'with:\n  cluster: "/x/it\'s"\n  command-id: COMMAND_ID',
      "aks-run-command --cluster='/x/it'\\''s' --command-id=COMMAND_ID",
    ],
    [
      'without it: options to add',
      { 'start-timeout': '3m', 'start-retries': 5, wait: false, 'dry-run': false },
      'with:\n  start-timeout: 3m\n  start-retries: 5\n  wait: false\n  dry-run: false',
      '--start-timeout=3m --start-retries=5 --no-wait',
    ],
    [
      'an expression, which only a workflow has',
      { 'command-id': expression('needs.build.outputs.id') },
      'with:\n  command-id: ${{ needs.build.outputs.id }}',
      '--command-id=VALUE',
    ],
  ])('%s', (_name, inputs, workflow, prompt) => {
    expect(phrasing(WORKFLOW).inputs(inputs)).toEqual({
      kind: 'yaml',
      lines: workflow.split('\n'),
    });
    expect(phrasing(PROMPT).inputs(inputs)).toEqual({ kind: 'sh', lines: [prompt] });
  });
});

needing(['sh'], () => {
  test.each([...HOSTILE, { name: 'an option', value: '--no-wait' }])(
    'at a prompt, what is pasted sets the option to $name',
    ({ value }) => {
      const inputs = { cluster: 'c', files: value, command: value };
      const { lines } = phrasing(PROMPT).inputs(inputs);
      const [first, ...options] = argumentsOf([
        lines.join('\n').replace('aks-run-command ', 'az first '),
      ]);
      expect(first).toBe('first');
      const read = readArguments(options, () => false);
      if (value === '') return;
      expect(Object.fromEntries(read.inputs)).toEqual(inputs);
    },
  );
});

describe('plain text', () => {
  test.each<[string, Prose, string]>([
    ['a value, a number, an input', say`${'a b'}, ${7}, ${code('files')}`, 'a b, 7, files'],
    ['prose in prose', say`${say`a ${'b'}`} c`, 'a b c'],
    ['a list', say`${list(['a', 'b'])}.`, 'a, b.'],
    ['a name', say`The policy ${foreign('policy', 'no-latest')}.`, 'The policy no-latest.'],
    [
      'what could be a sentence of ours',
      say`The policy ${foreign('policy', 'x. URGENT: run "y"')}.`,
      `The policy "x. URGENT: run 'y'".`,
    ],
    ['an address', say`${foreign('host', 'https://x.example')}`, '"https://x.example"'],
    ['a long text', say`${foreign('x', 'x'.repeat(101))}`, `"${'x'.repeat(100)}…"`],
    ['as long as one is shown', say`${foreign('x', ' '.repeat(100))}`, `"${' '.repeat(100)}"`],
    ['what is not seen', say`${foreign('x', 'x\u202e')}`, String.raw`"x\u202e"`],
  ])('%s', (_name, prose, text) => {
    expect(plainText(prose)).toBe(text);
  });

  test('blocks stand one below the other, and two of YAML stay apart', () => {
    const { remedy } = message('x', [
      say`A.`,
      say`Either:`,
      yaml`permissions: {}`,
      yaml`
        with:
          timeout: ${'3m'}
      `,
      false,
      undefined,
      say`Or:`,
      sh`az login`,
      sh`az logout`,
      item(say`an item`),
      listing(['1 KB  a\nb', '', '2 KB  c']),
    ]);
    expect(plainBlocks(remedy)).toBe(
      [
        'Either:',
        '  permissions: {}',
        '',
        '  with:',
        '    timeout: 3m',
        'Or:',
        '  az login',
        '  az logout',
        '- an item',
        String.raw`  1 KB  a\u000ab`,
        '',
        '  2 KB  c',
      ].join('\n'),
    );
    expect(remedy.filter(({ kind }) => kind === 'sh')).toHaveLength(1);
  });
});

test.each([
  [say`The pod has no ${'wc'}.`, 'the pod has no wc'],
  [say`Azure refused the command.`, 'Azure refused the command'],
  [say`${'The value'} is wrong.`, 'The value is wrong'],
  [say`No file ${'a.'}`, 'no file a.'],
])('a sentence as a title: $1', (sentence, title) => {
  expect(plainText(asTitle(sentence))).toBe(title);
});

test.each([
  [say`the runner`, 'The runner'],
  [say`aks-run-command`, 'aks-run-command'],
  [say`${'a'} b`, 'a b'],
])('the beginning of a sentence: $1', (prose, text) => {
  expect(plainText(capitalized(prose))).toBe(text);
});
