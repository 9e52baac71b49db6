const { availableParallelism } = require('node:os');

const swc = [
  '@swc/jest',
  { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
];

module.exports = {
  // Tests start whole clouds and browsers; on a busy machine that takes its time.
  testTimeout: 120_000,
  // Jest's own choice leaves a core free: on two cores that would be half of the machine.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  testSequencer: '<rootDir>/test/support/longest-first.js',
  projects: [
    {
      displayName: 'node',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      transform: { '\\.(ts|m?js)$': swc },
      // TDesign's main entry lies in a folder that its package.json names for mini-programs only.
      moduleNameMapper: {
        '^tdesign-miniprogram/(?!miniprogram_dist/)(.*)$':
          '<rootDir>/node_modules/tdesign-miniprogram/miniprogram_dist/$1',
      },
      transformIgnorePatterns: ['/node_modules/(?!(mingo|croner|valibot|tdesign-miniprogram)/)'],
    },
  ],
};
