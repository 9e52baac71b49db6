/** What a machine may lack through no fault of the project. */
type Equipment = 'browser' | 'wxml-compiler';

const EQUIPMENT: readonly string[] = ['browser', 'wxml-compiler'] satisfies Equipment[];

const named = (process.env['WITHOUT'] ?? '').split(',').filter(name => name !== '');
const unknown = named.filter(name => !EQUIPMENT.includes(name));
if (unknown.length > 0)
  throw new Error(`WITHOUT=${unknown.join()}: it can name ${EQUIPMENT.join(' and ')}, with a comma between.`);

/**
 * Whether whoever runs the tests has said, by the variable `WITHOUT`, that this machine lacks it. Tests that need it are
 * shown as skipped then; nothing else leaves a test out.
 */
export const isLeftOut = (what: Equipment): boolean => named.includes(what);

/** How to go on where it is missing. */
export const leaveOutHint = (what: Equipment): string =>
  `WITHOUT=${what} leaves these tests out and shows them as skipped.`;
