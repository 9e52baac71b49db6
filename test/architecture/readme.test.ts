import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../local/stage/project-root';
import { voucherDiagram } from '../support/voucher-diagram';

const readme = readFileSync(join(projectRoot(), 'README.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

test('the diagram in the README is the table of transitions', () => {
  const [shown] = /```mermaid\nstateDiagram[\s\S]*?```/.exec(readme) ?? [];

  expect(shown).toBe(voucherDiagram());
});

test('every command that the README gives exists', () => {
  const named = [...readme.matchAll(/npm run ([a-z:-]+)/g)].map(([, name]) => name ?? '');

  expect(named.length).toBeGreaterThan(0);
  const missing = named.filter(name => !(name in scripts));
  expect(missing.map(name => `README.md: package.json has no script ${name}`)).toEqual([]);
});
