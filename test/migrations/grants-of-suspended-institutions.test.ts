import { addInstitution, createCast, type Cast, type Member } from '../support/callers';
import { startTestCloud, type TestCloud } from '../support/test-cloud';

const NAME = '0020-grants-of-suspended-institutions';

let cloud: TestCloud;
let cast: Cast;
let left: { institutionId: string; administrator: Member };

const job = async () => (await cloud.documents('jobs')).find(({ _id }) => _id === `migrate-${NAME}`);
const grantsOf = async (member: Member) => (await cloud.must('account.getAccount', {}, member)).grants;

beforeAll(async () => {
  cloud = await startTestCloud();
  cast = await createCast(cloud, { workers: 0 });
  const added = await addInstitution(cloud, cast.clerk, { number: 95, cityCode: '3701' });
  left = { institutionId: added.institution.id, administrator: added.administrator };
  // As an older version left it: suspended, with an account that was never reached.
  const institution = cloud.sdk().database().collection('institutions').doc(left.institutionId);
  await institution.update({ active: false });
});
afterAll(() => cloud.stop());

test('whoever kept a role at a suspended institution loses it, and nobody else does', async () => {
  const before = [await grantsOf(left.administrator), await grantsOf(cast.administrator)];

  while ((await job())?.['status'] !== 'finished') await cloud.cloud.fireTimer('timer');

  expect(before.map(grants => grants.length)).toEqual([1, 1]);
  expect(await grantsOf(left.administrator)).toEqual([]);
  expect(await grantsOf(cast.administrator)).toEqual(before[1]);
  expect(await job()).toMatchObject({
    done: 1,
    before: { left: 1, suspended: 1 },
    after: { left: 0, suspended: 1 },
  });
  const stored = (await cloud.documents('institutions')).find(({ _id }) => _id === left.institutionId);
  expect(stored).not.toHaveProperty('areGrantsStale');
});
