import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

const outsideWorld = [
  {
    group: ['@actions/*', '@azure/*'],
    message: 'Only src/hosts/ and src/edge/ talk to the runner and to Azure; declare a port in the core.',
  },
  {
    group: ['node:fs', 'node:fs/*', 'node:process', 'node:child_process'],
    message: 'The core is pure; declare a port.',
  },
];

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
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/index.ts', 'src/hosts/**', 'src/edge/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [...outsideWorld, { group: ['**/edge/**'], message: 'Data flows one way: edges import the core.' }],
        },
      ],
      'no-restricted-globals': ['error', 'process', 'fetch', 'setTimeout', 'setInterval'],
    },
  },
);
