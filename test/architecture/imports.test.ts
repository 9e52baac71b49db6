import { importsOf, listFiles, type Import } from './sources';

const isIn = (path: string, ...folders: string[]): boolean =>
  folders.some(folder => path.startsWith(`${folder}/`));

const CONTRACT = 'miniprogram/contract';
const DOMAIN = 'cloudfunctions/shared/domain';
const STORE = 'cloudfunctions/shared/store';
const SHARED = 'cloudfunctions/shared';

/** What the files of a folder may import: folders of the project, and packages. */
const ARROWS: readonly { folder: string; mayImport: string[]; packages: string[] | 'any' }[] = [
  { folder: CONTRACT, mayImport: [CONTRACT], packages: [] },
  { folder: 'miniprogram/text', mayImport: ['miniprogram/text', CONTRACT], packages: [] },
  {
    folder: 'miniprogram/view',
    mayImport: ['miniprogram/view', 'miniprogram/text', CONTRACT],
    packages: ['weapp-qrcode', 'dayjs'],
  },
  { folder: 'miniprogram', mayImport: ['miniprogram'], packages: 'any' },
  { folder: DOMAIN, mayImport: [DOMAIN, CONTRACT], packages: ['dayjs', 'valibot'] },
  {
    folder: STORE,
    mayImport: [STORE, DOMAIN, CONTRACT],
    packages: ['@cloudbase/node-sdk', 'node:async_hooks'],
  },
  { folder: `${SHARED}/runtime`, mayImport: [`${SHARED}/runtime`, STORE, DOMAIN, CONTRACT], packages: 'any' },
  { folder: SHARED, mayImport: [SHARED, CONTRACT, 'miniprogram/text'], packages: 'any' },
  { folder: 'local', mayImport: ['local', SHARED, 'miniprogram'], packages: 'any' },
];

const importsIn = (folder: string): Import[] => listFiles(folder).flatMap(importsOf);

/** Chains of imports that come back to where they began; of types too. At least one of each knot. */
function circlesAmong(files: readonly string[]): string[] {
  const circles: string[] = [];
  const seen = new Set<string>();
  const walk = (path: string, before: readonly string[]): void => {
    const at = before.indexOf(path);
    if (at >= 0) circles.push([...before.slice(at), path].join(' → '));
    if (seen.has(path)) return;
    seen.add(path);
    const next = importsOf(path).filter(({ to, isPackage }) => !isPackage && files.includes(to));
    for (const { to } of next) walk(to, [...before, path]);
  };
  for (const path of files) walk(path, []);
  return circles;
}

const describeAll = (imports: readonly Import[]): string[] =>
  imports.map(({ from, to }) => `${from} → ${to}`);

describe('the arrows between folders', () => {
  it.each(ARROWS)('$folder imports only what it may', ({ folder, mayImport, packages }) => {
    const imports = importsIn(folder);

    const wrong = imports.filter(({ to, isPackage }) =>
      isPackage ? packages !== 'any' && !packages.includes(to) : !isIn(to, ...mayImport),
    );

    expect(describeAll(wrong)).toEqual([]);
  });

  it('no function folder imports another', () => {
    const functions = [...new Set(listFiles('cloudfunctions').map(path => path.split('/')[1] ?? ''))];
    const wrong = functions
      .filter(name => name !== 'shared')
      .flatMap(name => importsIn(`cloudfunctions/${name}`))
      .filter(({ from, to, isPackage }) => {
        const own = from.split('/').slice(0, 2).join('/');
        const allowed = [own, SHARED, CONTRACT, 'miniprogram/text'];
        // Migrations are no function: the timer runs them.
        if (isIn(from, 'cloudfunctions/timer')) allowed.push('cloudfunctions/migrations');
        return !isPackage && !isIn(to, ...allowed);
      });

    expect(describeAll(wrong)).toEqual([]);
  });

  it('only notify uses wx-server-sdk', () => {
    const wrong = importsIn('cloudfunctions')
      .filter(({ to }) => to === 'wx-server-sdk')
      .filter(({ from }) => !isIn(from, 'cloudfunctions/notify'));

    expect(describeAll(wrong)).toEqual([]);
  });

  it('only the store opens the database', () => {
    const wrong = importsIn('cloudfunctions')
      .filter(({ to }) => to === '@cloudbase/node-sdk')
      .filter(({ from }) => !isIn(from, STORE));

    expect(describeAll(wrong)).toEqual([]);
  });

  it('make no circle', () => {
    const files = ['miniprogram', 'cloudfunctions', 'local', 'test'].flatMap(folder => listFiles(folder));

    expect(circlesAmong(files)).toEqual([]);
  });

  it('finds imports at all', () => {
    expect(importsIn('cloudfunctions').length).toBeGreaterThan(100);
    expect(importsOf(`${DOMAIN}/decisions.ts`)).toContainEqual({
      from: `${DOMAIN}/decisions.ts`,
      to: `${DOMAIN}/voucher.ts`,
      isPackage: false,
    });
  });
});
