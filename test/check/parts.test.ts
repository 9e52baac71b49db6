import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findParts } from '../../local/check/parts';
import { projectRoot } from '../../local/stage/project-root';

const parts = findParts(projectRoot());

test('every suite belongs to a part', () => {
  const suites = readdirSync(join(projectRoot(), 'test'), { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.test.ts'))
    .map(path => `test/${path}`);
  const folders = [...parts.values()].flat();

  expect(suites.length).toBeGreaterThan(100);
  expect(suites.filter(path => !folders.some(folder => path.startsWith(`${folder}/`)))).toEqual([]);
});

test.each([
  ['voucher', 'test/functions/voucher'],
  ['city', 'test/pages/city'],
  ['city', 'test/view/city'],
  ['domain', 'test/domain'],
  ['miniprogram', 'test/components'],
  ['miniprogram', 'test/wxml'],
  ['cloudfunctions', 'test/functions/voucher'],
  ['cloudfunctions', 'test/domain'],
  ['local', 'test/local-cloud'],
])('%s has the suites of %s', (part, folder) => {
  expect(parts.get(part)).toContain(folder);
});

test('no source folder is without suites', () => {
  expect([...parts].filter(([, folders]) => folders.length === 0)).toEqual([]);
});
