import { importsOf, listFiles, readSource } from './sources';

const APP = 'miniprogram/';
const SUBPACKAGES = ['worker', 'institution', 'city'];

/** The rooms of the mini-program and what each may import beside itself; what lies beside them is open to all. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  services: ['contract', 'phone', 'view'],
  phone: ['contract', 'view'],
  session: ['contract', 'phone', 'services', 'view'],
  'page-behaviour': ['contract', 'services', 'session', 'view'],
  components: ['contract', 'page-behaviour', 'phone', 'services', 'session', 'text', 'view'],
};
const OPEN = ['config', 'guarded', 'observable', 'storage'];

/** '' for what lies beside the rooms. */
const roomOf = (path: string): string => path.slice(APP.length).replace(/\.ts$/, '').split('/')[0] ?? '';

const importsFrom = (room: string): { from: string; to: string }[] =>
  listFiles(`${APP}${room}`)
    .flatMap(importsOf)
    .filter(({ isPackage }) => !isPackage);

const describeAll = (imports: readonly { from: string; to: string }[]): string[] =>
  imports.map(({ from, to }) => `${from} → ${to}`);

describe('the rooms of the mini-program', () => {
  it.each(Object.keys(ROOMS))('%s imports only what it may', room => {
    const imports = importsFrom(room);

    const allowed = [room, ...OPEN, ...(ROOMS[room] ?? [])];
    expect(imports.length).toBeGreaterThan(0);
    expect(describeAll(imports.filter(({ to }) => !allowed.includes(roomOf(to))))).toEqual([]);
  });

  it.each(SUBPACKAGES)('no room, and no other subpackage, imports %s: it may not have been loaded', name => {
    const imports = listFiles('miniprogram').flatMap(importsOf);

    const wrong = imports.filter(({ from, to }) => roomOf(to) === name && roomOf(from) !== name);
    expect(imports.some(({ from }) => roomOf(from) === name)).toBe(true);
    expect(describeAll(wrong)).toEqual([]);
  });

  it('services alone call the cloud', () => {
    const callers = listFiles('miniprogram').filter(path =>
      /^(?!\s*\*).*wx\.cloud\.(?!init)/m.test(readSource(path)),
    );

    expect([...new Set(callers.map(roomOf))]).toEqual(['services']);
  });

  it('no page repeats what page-behaviour gives to all: putting a refusal away, stopping the pull', () => {
    const repeated = /setData\(\{ refusal: null \}\)|stopPullDownRefresh/;

    const wrong = listFiles('miniprogram')
      .filter(path => repeated.test(readSource(path)))
      .filter(path => roomOf(path) !== 'page-behaviour');
    // Its desks load themselves; the page only passes the pull on.
    expect(wrong).toEqual(['miniprogram/pages/desk/desk.ts']);
  });
});
