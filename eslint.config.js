import eslint from '@eslint/js';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';
import { outside, rooms } from './rooms.config.js';

const outsideWorld = [
  {
    group: ['@actions/*', '@azure/*'],
    message:
      'Only src/hosts/ and src/edge/ talk to the runner and to Azure; declare a port in the core.',
  },
  {
    group: ['node:fs', 'node:fs/*', 'node:process', 'node:child_process'],
    message: 'The core is pure; declare a port.',
  },
];

/** Files that touch the world: they fill ports, and only index.ts hands them to the core. */
const implementations = {
  regex: String.raw`/(edge/.*|hosts/(github-runner|terminal)\b.*)$`,
  message: 'Only src/start.ts imports what touches the world; the core asks for it through a port.',
};

/**
 * The border of a room, from the table in rooms.config.js: other rooms are reached by as many `../` as a file is deep in
 * `src/`.
 */
function border(room, mayImport) {
  const allowed = mayImport
    .map((name) => (name.endsWith('.ts') ? `${name}$` : `${name}/`))
    .join('|');
  const message = `${room} may import ${mayImport.join(', ') || 'no other room'}: see rooms.config.js.`;
  const isFolder = !room.endsWith('.ts');
  const least = isFolder ? room.split('/').length : 0;
  const depths = isFolder ? [least, least + 1] : [0];
  return depths.map((depth) => ({
    files: [isFolder ? `src/${room}/${'*/'.repeat(depth - least)}*.ts` : `src/${room}`],
    foreign: {
      regex: `^${'\\.\\./'.repeat(depth) || '\\./'}(?!\\.\\./)${allowed && `(?!${allowed})`}`,
      message,
    },
  }));
}

const borders = Object.entries(rooms)
  .flatMap(([room, mayImport]) => border(room, mayImport))
  .flatMap(({ files, foreign }) => [
    { files, rules: { 'no-restricted-imports': ['error', { patterns: [foreign] }] } },
    {
      files,
      ignores: outside,
      rules: {
        'no-restricted-imports': [
          'error',
          { patterns: [foreign, implementations, ...outsideWorld] },
        ],
        'no-restricted-globals': ['error', 'process', 'fetch', 'setTimeout', 'setInterval'],
      },
    },
  ]);

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'node_modules/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-import-type-side-effects': 'error',
    },
  },
  {
    // Foreign text meets these patterns, so none may take longer than the text is long.
    files: ['src/**/*.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential', ignorePartial: false }],
    },
  },
  ...borders,
);
