import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { readArguments } from '../../../src/hosts/terminal/arguments.ts';
import { PROMPT } from '../../../src/hosts/terminal/words.ts';
import { WORKFLOW } from '../../../src/hosts/words.ts';
import {
  expression,
  json,
  pasteInputs,
  sh,
  shownLines,
  type Paste,
} from '../../../src/messages/paste.ts';
import { say } from '../../../src/text/say.ts';
import { anyText } from '../../support/any-text.ts';
import { needing } from '../../support/tools.ts';
import { azArguments } from './az-arguments.ts';
import { PROVOCATIONS } from './provocations.ts';

/** Values that would do something if they were not quoted. */
const HOSTILE = [
  "it's",
  '$(touch owned)',
  '`touch owned`',
  '$HOME ${HOME}',
  'a;b|c&d && e || f',
  '>owned <in 2>&1',
  '"; touch owned; "',
  'a\\b\\\\',
  "'; touch owned; '",
  '~ * ? [a-z]',
  '=owned',
  '# nothing',
  '!! %0A %s',
  'a: &b *c !d [e] {f} # g',
  'yes',
  'null',
  '0123',
  '12e3',
  '1:30',
  '30m',
  './bin/tool',
  "$& $1 $' $`",
  'gałąź/ветка/分支/🌱',
  '',
  '::error::x ##[error]y',
  '\ue000x\ue001',
];

/** Any text without what is replaced by a placeholder. */
const pasted = anyText({ maxLength: 20 }).filter((text) => !text.includes('${{'));

/** Inputs to paste into a workflow. */
function inputs(given: Readonly<Record<string, string>>): string {
  return pasteInputs(given, WORKFLOW).lines.join('\n');
}

describe('what is to be pasted is quoted', () => {
  needing(['sh'], () => {
    test.each(HOSTILE)('a shell and YAML get %j as it is, by itself and in JSON', (value) => {
      const { lines } = sh`az --subject=${value} ${value} ${json({ value })}`;
      const [[option, word, parameters = ''] = []] = azArguments(lines);
      expect([option, word, JSON.parse(parameters)]).toEqual([
        `--subject=${value}`,
        value,
        { value },
      ]);
      expect(parse(inputs({ cluster: value }))).toEqual({ with: { cluster: value } });
    });

    test.each([
      { name: 'a line break', value: 'a\n  rm -rf /', shown: String.raw`a\u000a  rm -rf /` },
      {
        name: 'what is not seen',
        value: '\0a\u202egnp.exe\ud800',
        shown: String.raw`\u0000a\u202egnp.exe\ud800`,
      },
    ])('$name breaks no line, and does not hide in it', ({ value, shown }) => {
      expect(say`The path ${value}.`.plain).toBe(`The path ${shown}.`);
      expect(azArguments(sh`az ${value}`.lines)[0]).toEqual([shown]);
      expect(parse(inputs({ path: value }))).toEqual({ with: { path: value } });
      const [[text = ''] = []] = azArguments(sh`az ${json({ value })}`.lines);
      expect(JSON.parse(text)).toEqual({ value });
    });
  });

  test('whatever the value, YAML gives it back as text', () => {
    fc.assert(
      fc.property(pasted, (value) => {
        const yaml = inputs({ cluster: value });
        expect(parse(yaml, { version: '1.1' })).toEqual({ with: { cluster: value } });
        expect(parse(yaml, { version: '1.2' })).toEqual({ with: { cluster: value } });
      }),
      { numRuns: 1000 },
    );
  });

  test('no value begins an option; in the middle of a word, a dash is a dash', () => {
    expect(sh`helm uninstall ${'--post-renderer=x'}`.lines).toEqual(['helm uninstall VALUE']);
    expect(sh`${'-x'} y`.lines).toEqual(['VALUE y']);
    expect(sh`kubectl describe deployment/${'--all'} --namespace=${'-x'}`.lines).toEqual([
      'kubectl describe deployment/--all --namespace=-x',
    ]);
  });

  test('no value becomes an expression, wherever it is pasted', () => {
    const secrets = 'a/${{ toJSON(secrets) }}';
    expect(sh`cat ${secrets}`.lines).toEqual(['cat VALUE']);
    expect(sh`cat ${json({ secrets })}`.lines).toEqual(['cat VALUE']);
    expect(inputs({ files: secrets })).toBe('with:\n  files: VALUE');
    for (const words of [WORKFLOW, PROMPT]) {
      const { lines } = pasteInputs({ files: secrets }, words);
      expect(lines.join('\n')).not.toContain('${{');
    }
  });
});

describe('a command that is too wide', () => {
  const subscription = '11111111-2222-3333-4444-555555555555';
  const id = `/subscriptions/${subscription}`;

  test.each([
    [
      'before options',
      sh`az x --one ${'a b'.repeat(12)} -t ${'a -b'.repeat(12)} --three ${'a --b'} --four`,
      [`az x --one '${'a b'.repeat(12)}' \\`, `  -t '${'a -b'.repeat(12)}' --three 'a --b' --four`],
    ],
    [
      'before what runs in the cluster',
      sh`az aks command invoke --subscription ${subscription} -g rg -n prod --command ${'kubectl get pods'}`,
      [
        `az aks command invoke --subscription ${subscription} -g rg -n prod \\`,
        "  --command 'kubectl get pods'",
      ],
    ],
    [
      'at a prompt',
      pasteInputs({ cluster: id, command: `echo "it's" ${'- '.repeat(30)}` }, PROMPT),
      [`aks-run-command --cluster=${id} \\`, `  --command='echo "it'\\''s" ${'- '.repeat(30)}'`],
    ],
    [
      'but not within a word',
      sh`az resource update --ids ${id.repeat(2)} --yes`,
      ['az resource update \\', `  --ids ${id.repeat(2)} \\`, '  --yes'],
    ],
    [
      'and JSON has lines of its own',
      sh`az x ${json({ a: ['b'] })}`,
      ["az x '{", '  "a": [', '    "b"', '  ]', "}'"],
    ],
  ])('is broken %s', (_name, paste, lines) => {
    expect(shownLines(paste)).toEqual(lines);
  });

  test('up to 100 characters, it is one line', () => {
    const most = `az x --y ${'z'.repeat(91)}`;
    expect(shownLines({ kind: 'sh', lines: [most, `${most}z`] })).toEqual([
      most,
      'az x \\',
      `  --y ${'z'.repeat(92)}`,
    ]);
  });

  const commands = PROVOCATIONS.flatMap(({ when }) =>
    [WORKFLOW, PROMPT].flatMap((words) => when(words).remedy.filter(({ kind }) => kind === 'sh')),
  ) as Paste[];
  const wide = [...commands.flatMap(({ lines }) => lines), ...HOSTILE.flatMap(wideCommands)].filter(
    (line) => shownLines({ kind: 'sh', lines: [line] }).join('\n') !== line,
  );
  /** What a program gets from each command, its own name included. */
  const argumentsOf = (shell: string, lines: readonly string[]) => {
    const script = lines.map((line) => `printf '%s\\0' ${line}\nprintf '\\1'`).join('\n');
    const options = { input: script, encoding: 'utf8', cwd: tmpdir() } as const;
    const { status, stdout, stderr } = spawnSync(shell, ['-eu'], options);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return stdout.split('\x01').map((call) => call.split('\0'));
  };

  needing(['sh', 'bash', 'zsh'], () => {
    test.each(['sh', 'bash', 'zsh'])('has the same arguments in %s, whatever they are', (shell) => {
      const broken = wide.map((line) => shownLines({ kind: 'sh', lines: [line] }).join('\n'));
      expect(wide.length).toBeGreaterThan(60);
      expect(argumentsOf(shell, broken)).toEqual(argumentsOf(shell, wide));
    });
  });
});

/** Commands with a value in places where they may be broken, wide enough for that. */
function wideCommands(value: string): readonly string[] {
  const long = `${value} --x ${value} -y `.repeat(5);
  return [
    ...sh`az --one=${long} --two ${long} -t ${value} --command ${long}`.lines,
    ...pasteInputs({ cluster: long, files: value, command: long }, PROMPT).lines,
  ];
}

test('inputs to paste: what is not known is left out, and at a prompt nothing is an expression', () => {
  const inputs = {
    'client-id': undefined,
    'start-timeout': '3m',
    'command-id': expression('needs.build.outputs.id'),
  };
  expect(pasteInputs(inputs, WORKFLOW)).toEqual({
    kind: 'yaml',
    lines: ['with:', '  start-timeout: 3m', '  command-id: ${{ needs.build.outputs.id }}'],
  });
  expect(pasteInputs(inputs, PROMPT)).toEqual({
    kind: 'sh',
    lines: ['--start-timeout=3m --command-id=VALUE'],
  });
});

needing(['sh'], () => {
  const values = [...HOSTILE, '--no-wait'].filter((value) => value !== '');
  test.each(values)('at a prompt, what is pasted sets the option to %j', (value) => {
    const inputs = { cluster: 'c', files: value, command: value };
    const { lines } = pasteInputs(inputs, PROMPT);
    const [options = []] = azArguments([lines.join('\n').replace('aks-run-command', 'az')]);
    const read = readArguments(options, () => false);
    expect(Object.fromEntries(read.inputs)).toEqual(inputs);
  });
});
