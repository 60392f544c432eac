import tseslint from 'typescript-eslint';

/** Array arithmetic on typed arrays: an index proven by a loop bound needs no second check. */
const numericFiles = [
  'src/engine/base/**/*.ts',
  'src/engine/source/**/*.ts',
  'src/engine/record/**/*.ts',
  'src/engine/page/**/*.ts',
  'src/engine/merge/**/*.ts',
  'src/engine/template/**/*.ts',
  'src/engine/embed/**/*.ts',
  'src/engine/detect/**/*.ts',
  'src/eval/**/*.ts',
];

export default tseslint.config(
  { ignores: ['node_modules', 'dist', '.cache', 'models', 'samples', 'coverage'] },
  {
    files: ['src/**/*.ts', 'webview/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts', 'vitest.config.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-console': 'error',
      eqeqeq: 'error',
      'max-depth': ['error', 4],
    },
  },
  {
    files: ['src/engine/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'Math',
          property: 'random',
          message: 'Use base/random.ts: results must be reproducible.',
        },
        {
          object: 'Date',
          property: 'now',
          message: 'Take the clock as an argument: results must be reproducible.',
        },
      ],
    },
  },
  {
    files: numericFiles,
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['src/**/*.ts', 'webview/**/*.ts'],
    ignores: ['src/host/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'vscode', message: 'Only src/host knows the editor.' }] },
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', 'no-console': 'off' },
  },
  { files: ['**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
);
