import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Imports that each layer must not make; test/architecture checks the same arrows on the resolved graph. */
const forbidImports = (...patterns) => ({
  'no-restricted-imports': ['error', { patterns: patterns.map(([group, message]) => ({ group, message })) }],
});

const impure = [
  ['Date.now', 'Rules get the time as an argument.'],
  ['Math.random', 'Rules get random values as arguments.'],
].map(([name, message]) => {
  const [object, property] = name.split('.');
  return { object, property, message };
});

export default tseslint.config(
  { ignores: ['dist/', '.data/', 'coverage/', 'node_modules/', 'miniprogram/miniprogram_npm/'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './tsconfig.node.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'prefer-const': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        Buffer: 'readonly',
        console: 'readonly',
        module: 'writable',
        require: 'readonly',
        __dirname: 'readonly',
      },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['miniprogram/**/*.ts'],
    rules: forbidImports([
      ['**/cloudfunctions/**', '**/local/**'],
      'DevTools packs nothing from outside miniprogram/.',
    ]),
  },
  {
    files: ['miniprogram/**/*.ts'],
    ignores: ['miniprogram/page-behaviour/navigate.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['navigateTo', 'redirectTo', 'navigateBack'].map(property => ({
          object: 'wx',
          property,
          message: 'A double tap would do it twice: page-behaviour/navigate.ts.',
        })),
      ],
    },
  },
  {
    files: ['cloudfunctions/shared/domain/**/*.ts'],
    rules: {
      ...forbidImports([
        ['@cloudbase/*', 'node:*', '**/store/**', '**/runtime/**', '**/gateways/**'],
        'Rules are pure.',
      ]),
      'no-restricted-properties': ['error', ...impure],
      'no-restricted-globals': ['error', 'process'],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Rules get the time as an argument.',
        },
      ],
    },
  },
  {
    files: ['cloudfunctions/**/*.ts'],
    ignores: ['cloudfunctions/notify/**'],
    rules: forbidImports(
      [['wx-server-sdk'], 'Only notify may use wx-server-sdk.'],
      [['**/local/**'], 'Functions know nothing of the local cloud.'],
    ),
  },
  {
    files: ['local/**/*.ts'],
    rules: forbidImports([
      ['**/cloudfunctions/*/*', '!**/cloudfunctions/shared/**'],
      'The local cloud runs bundles; it holds no business rule.',
    ]),
  },
);
