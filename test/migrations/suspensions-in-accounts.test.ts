import { addInstitution, createCast, type Cast, type Member } from '../support/callers';
import { startTestCloud, type TestCloud } from '../support/test-cloud';

const NAME = '0050-suspensions-in-accounts';

let cloud: TestCloud;
let cast: Cast;
let institutionId: string;
let administrator: Member;

const job = async () => (await cloud.documents('jobs')).find(({ _id }) => _id === `migrate-${NAME}`);

async function migrate(): Promise<void> {
  while ((await job())?.['status'] !== 'finished') await cloud.cloud.fireTimer('timer');
}

beforeAll(async () => {
  cloud = await startTestCloud();
  cast = await createCast(cloud, { workers: 0 });
  const added = await addInstitution(cloud, cast.clerk, { number: 95, cityCode: '3701' });
  institutionId = added.institution.id;
  administrator = added.administrator;
  await cloud.must('training.setInstitution', { institutionId, active: false }, cast.clerk);
  await migrate();
  // As an older version left it, which has done all that came before: the role is taken away, and nothing says why.
  const database = cloud.sdk().database();
  await database.collection('jobs').doc(`migrate-${NAME}`).remove();
  await database
    .collection('accounts')
    .doc(administrator.openid)
    .update({ suspended: database.command.remove() });
});
afterAll(() => cloud.stop());

test('whoever lost a role by a suspension is told by which, and nobody else is', async () => {
  const before = await cloud.must('account.getAccount', {}, administrator);

  await migrate();

  expect(before).not.toHaveProperty('suspended');
  expect(await cloud.must('account.getAccount', {}, administrator)).toMatchObject({
    grants: [],
    suspended: [{ institutionId, sinceMs: expect.any(Number) as number }],
  });
  expect(await cloud.must('account.getAccount', {}, cast.administrator)).not.toHaveProperty('suspended');
  expect(await job()).toMatchObject({ done: 1, before: { left: 1, told: 0 }, after: { left: 0, told: 1 } });
});
