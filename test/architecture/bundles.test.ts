import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './sources';

/** What a function may weigh, everything that it needs included: a cold start reads it all. */
const BUNDLE_KB_MAX = 1_200;

const FUNCTIONS = join(ROOT, 'dist/cloudfunctions');

test.each(readdirSync(FUNCTIONS))('the bundle of %s is within its budget', name => {
  const { size } = statSync(join(FUNCTIONS, name, 'index.js'));

  expect(Math.ceil(size / 1024)).toBeLessThanOrEqual(BUNDLE_KB_MAX);
});
