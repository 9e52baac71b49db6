import { CHUNK_MAX } from '../../cloudfunctions/shared/store/document-collection';
import { rosterEntries } from '../../cloudfunctions/shared/store/roster-entries';
import { startLocalDatabase, type LocalDatabase } from '../local-cloud/database/local-database';
import { branded } from '../support/branded';
import { runAsFunction } from '../support/function-environment';
import type { ClassId, RosterEntryId } from '../../miniprogram/contract/ids';

const COUNT = 2 * CHUNK_MAX + 7;

let local: LocalDatabase;
let endRun = (): void => undefined;

beforeAll(async () => {
  local = await startLocalDatabase({
    collections: [
      {
        name: 'rosterEntries',
        indexes: [
          {
            name: 'owner',
            keys: [
              ['ownerId', 1],
              ['_id', 1],
            ],
          },
        ],
      },
    ],
  });
  endRun = runAsFunction(local.url);
  const rows = Array.from({ length: COUNT }, (_, at) => ({ _id: idAt(at), version: 1, ownerId: 'a-class' }));
  await local.db.collection('rosterEntries').add([...rows, { _id: 'another', version: 1, ownerId: 'b' }]);
});
afterAll(async () => {
  endRun();
  await local.stop();
});

const idAt = (at: number): string => `entry-${String(at).padStart(6, '0')}`;
const OF_CLASS = { ownerId: branded<ClassId>('a-class') };

it('reads all where all are meant, each once and in order, however many there are', async () => {
  const all = await rosterEntries.readAll(OF_CLASS);

  expect(all.map(({ id }) => id)).toEqual(Array.from({ length: COUNT }, (_, at) => idAt(at)));
});

it('walks in chunks as small as asked, also where the last one is full', async () => {
  const sizes: number[] = [];
  for await (const chunk of rosterEntries.walk(OF_CLASS, COUNT / 9)) sizes.push(chunk.length);

  expect(COUNT % 9).toBe(0);
  expect(sizes).toEqual(Array.from({ length: 9 }, () => COUNT / 9));
});

it('finds all of many ids that exist', async () => {
  const ids = Array.from({ length: COUNT + 5 }, (_, at) => branded<RosterEntryId>(idAt(at)));

  expect(await rosterEntries.findMany(ids)).toHaveLength(COUNT);
  expect(await rosterEntries.findMany([])).toEqual([]);
});
