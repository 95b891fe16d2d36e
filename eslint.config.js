import eslint from '@eslint/js';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';
import { outside, modules } from './modules.config.js';

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

/** Files that touch the world: they implement ports, and only start.ts hands them to the core. */
const implementations = {
  regex: String.raw`/(edge/.*|hosts/(github-runner|terminal)\b.*)$`,
  message: 'Only src/start.ts imports what touches the world; the core asks for it through a port.',
};

/**
 * The border of a module, from modules.config.js. Files of a module are at most one folder deeper
 * than the module, and reach other modules by as many `../` as they are deep in `src/`.
 */
function borderOf(module, mayImport) {
  const message = `${module} may import ${mayImport.join(', ') || 'no other module'}: see modules.config.js.`;
  const isFile = module.endsWith('.ts');
  const depth = isFile ? 0 : module.split('/').length;
  const levels = isFile ? [0] : [0, 1];
  return levels.map((below) => {
    const toSource = '../'.repeat(depth + below) || './';
    const allowed = mayImport.map((name) => (name.endsWith('.ts') ? `${name}$` : `${name}/`));
    const beyond = allowed.length > 0 ? `(?!${allowed.join('|')})` : '';
    return {
      files: [isFile ? `src/${module}` : `src/${module}/${'*/'.repeat(below)}*.ts`],
      others: {
        regex: `^${toSource.replaceAll('.', String.raw`\.`)}(?!\\.\\./)${beyond}`,
        message,
      },
    };
  });
}

/** The same for `import()`, which `no-restricted-imports` does not look at. */
const dynamic = ({ regex, message }) => ({
  selector: `ImportExpression > Literal[value=/${regex.replaceAll('/', String.raw`\u002F`)}/]`,
  message,
});

/** Messages are more formal than documents. Patterns, which are no strings, read what others write. */
const contractions = ['Literal[value', 'TemplateElement[value.cooked'].map((text) => ({
  selector: String.raw`${text}=/\b(?:ca|is|does|do|wo)n't\b/]`,
  message: "Messages say cannot, is not, does not: no can't, isn't, doesn't.",
}));

/**
 * The files that make text without code spans of a string, each from what it has made or checked
 * itself. Everything else that a user reads is `say`, where a value shows as code, whatever it is.
 */
const unquotes = ['src/text/bytes.ts', 'src/text/duration.ts', 'src/azure/managed-cluster.ts'];

const borders = Object.entries(modules)
  .flatMap(([module, mayImport]) => borderOf(module, mayImport))
  .flatMap(({ files, others }) => [
    {
      files,
      rules: {
        'no-restricted-imports': ['error', { patterns: [others] }],
        'no-restricted-syntax': ['error', dynamic(others), ...contractions],
      },
    },
    {
      files,
      ignores: outside,
      rules: {
        'no-restricted-imports': [
          'error',
          { patterns: [others, implementations, ...outsideWorld] },
        ],
        'no-restricted-syntax': [
          'error',
          { selector: 'ImportExpression', message: 'The core imports at the top of a file.' },
          ...contractions,
        ],
        'no-restricted-globals': ['error', 'process', 'fetch', 'setTimeout', 'setInterval'],
      },
    },
  ]);

export default tseslint.config(
  { ignores: ['dist/', 'dist.next/', 'coverage/', 'node_modules/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A `default` would swallow a new member of a union, so no switch over a union has one.
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: false, allowDefaultCaseForExhaustiveSwitch: false },
      ],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      'no-nested-ternary': 'error',
      'no-return-assign': ['error', 'always'],
    },
  },
  {
    // Untrusted text meets these patterns, so none may take longer than the text is long. The rules
    // also read patterns that a file puts together from its own constants, but not from parameters.
    files: ['src/**/*.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential', ignorePartial: false }],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: unquotes,
    rules: {
      // Not the rule that the borders use, of which a file has only one.
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: String.raw`/say\.ts$`,
              importNames: ['unquoted'],
              message: 'Write a value into say`…`, which quotes it, or see eslint.config.js.',
            },
          ],
        },
      ],
    },
  },
  ...borders,
);
