import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, readSource, ROOT } from './sources';

/** Sections of the README that say what to touch; each begins with an example and every place where its name stands. */
const RECIPES = [
  {
    title: 'Adding an operation',
    places: ['miniprogram', 'cloudfunctions'],
    name: (example: string) => `'${example}'`,
  },
  {
    title: 'Adding an open interface',
    places: ['miniprogram/contract', 'cloudfunctions/openapi'],
    name: (example: string) => new RegExp(`'${example}'|\\{ ${example} \\}`),
  },
  {
    title: 'Adding a page',
    places: ['miniprogram', 'local/screens'],
    name: (example: string) => `${example.split('/').at(-1)}/${example.split('/').at(-1)}`,
  },
  {
    title: 'Adding a collection',
    places: ['cloudfunctions'],
    name: (example: string) => new RegExp(`^  ${example}: \\[|Collection<\\w+, '${example}'>\\(`, 'm'),
  },
];

const readme = readSource('README.md');

function sectionOf(title: string): { example: string; places: string[]; paths: string[] } {
  const [, text = ''] = new RegExp(`^## ${title}\\n([\\s\\S]*?)(?=^## )`, 'm').exec(readme) ?? [];
  const quoted = (part: string) => [...part.matchAll(/`([^`\s]+)`/g)].map(([, word = '']) => word);
  const [example = '', ...places] = quoted(text.trim().split('\n\n')[0] ?? '');
  return { example, places, paths: quoted(text).filter(isPath) };
}

const isPath = (word: string): boolean => /^(miniprogram|cloudfunctions|local|test)\//.test(word);

describe.each(RECIPES)('$title', ({ title, places, name }) => {
  const section = sectionOf(title);

  it('names files that exist', () => {
    expect(section.paths.length).toBeGreaterThan(3);
    expect(section.paths.filter(path => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('names every place where its example stands', () => {
    const wanted = name(section.example);
    const found = places
      .flatMap(folder => listFiles(folder, ['.ts', '.json']))
      .filter(path => {
        const text = readSource(path);
        return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
      });

    expect(section.example).not.toBe('');
    expect(found.sort()).toEqual([...section.places].sort());
  });
});
