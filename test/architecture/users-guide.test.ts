import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, readSource, ROOT } from './sources';

const DOCS = 'docs';
const guide = readSource(join(DOCS, 'users-guide.md'));

const listed = (pattern: RegExp): string[] => [...guide.matchAll(pattern)].map(([, found = '']) => found);

test('every word in 「」 stands on a screen', () => {
  const screens = listFiles('miniprogram', ['.wxml', '.json', '.ts']).map(readSource).join('\n');
  const named = listed(/「([^」]+)」/g);

  expect(named.length).toBeGreaterThan(30);
  expect(named.filter(name => !screens.includes(name))).toEqual([]);
});

test('every picture is there', () => {
  const pictures = listed(/\]\((images\/[^)]+)\)/g);

  expect(pictures.length).toBeGreaterThan(0);
  expect(pictures.filter(name => !existsSync(join(ROOT, DOCS, name)))).toEqual([]);
});
