import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, readSource, ROOT } from './sources';

const DOCS = 'docs';
const FILE = join(DOCS, 'users-guide.md');
const guide = readSource(FILE);

const listed = (pattern: RegExp): string[] => [...guide.matchAll(pattern)].map(([, found = '']) => found);

test('every word in 「」 stands on a screen', () => {
  const screens = listFiles('miniprogram', ['.wxml', '.json', '.ts']).map(readSource).join('\n');
  const named = listed(/「([^」]+)」/g);

  expect(named.length).toBeGreaterThan(30);
  const unknown = named.filter(name => !screens.includes(name));
  expect(unknown.map(name => `${FILE}: no screen has 「${name}」`)).toEqual([]);
});

test('every picture is there', () => {
  const pictures = listed(/\]\((images\/[^)]+)\)/g);

  expect(pictures.length).toBeGreaterThan(0);
  const missing = pictures.filter(name => !existsSync(join(ROOT, DOCS, name)));
  expect(missing.map(name => `${FILE}: ${name} is missing`)).toEqual([]);
});
