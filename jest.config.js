// One project for now: pure rules, functions and the local cloud run in plain Node.
const swc = [
  '@swc/jest',
  { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
];

module.exports = {
  // Tests start whole clouds and browsers; on a busy machine that takes its time.
  testTimeout: 60_000,
  projects: [
    {
      displayName: 'node',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      transform: { '\\.(ts|m?js)$': swc },
      transformIgnorePatterns: ['/node_modules/(?!(mingo|croner|valibot|tdesign-miniprogram)/)'],
    },
  ],
};
