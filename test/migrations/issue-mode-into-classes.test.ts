import { publishedTemplate, seedCity, seedClass, stored, type City } from '../functions/voucher/seed';
import { startTestCloud, type TestCloud } from '../support/test-cloud';

const NAME = '0002-issue-mode-into-classes';

let cloud: TestCloud;
let city: City;
let templateId: string;
let targeted: string;
let general: string;

const modeOf = async (classId: string) => (await stored(cloud, 'classes', classId))?.['issueMode'];
const job = async () => (await cloud.documents('jobs')).find(({ _id }) => _id === `migrate-${NAME}`);
const setClass = (classId: string, fields: object) =>
  cloud.sdk().database().collection('classes').doc(classId).update(fields);

async function migrate(): Promise<void> {
  while ((await job())?.['status'] !== 'finished') await cloud.cloud.fireTimer('timer');
}

beforeAll(async () => {
  cloud = await startTestCloud();
  city = await seedCity(cloud);
  // As an older version left them: only their templates know.
  templateId = await publishedTemplate(cloud, city);
  targeted = await seedClass(cloud, city, { templateId, status: 'draft' });
  const generalId = await publishedTemplate(cloud, city, { issueMode: 'general' });
  general = await seedClass(cloud, city, { templateId: generalId, status: 'draft', people: 0 });
});
afterAll(() => cloud.stop());

test('a class of an older version is handed in by what its template says', async () => {
  const draft = await seedClass(cloud, city, { templateId, status: 'draft', people: 0 });
  const submit = (classId: string) => cloud.ask('training.submitClass', { classId }, city.administrator);

  expect(await submit(draft)).toMatchObject({ ok: false, error: { code: 'class_roster_empty' } });
  expect(await submit(general)).toMatchObject({ ok: true, data: { status: 'submitted' } });
  await setClass(draft, { issueMode: 'targeted' });
});

test('the migration tells each class the mode of its template, and no class twice', async () => {
  const known = await cloud.must('training.listClasses', {}, city.administrator);
  // As if it had been killed after it had written some.
  await setClass(general, { issueMode: 'general' });

  await migrate();

  expect(await job()).toMatchObject({
    done: 1,
    before: { left: 1, known: 2 },
    after: { left: 0, known: 3 },
  });
  expect([await modeOf(targeted), await modeOf(general)]).toEqual(['targeted', 'general']);
  const { items } = await cloud.must('training.listClasses', {}, city.administrator);
  expect(items.map(({ issueMode: _issueMode, ...view }) => view)).toEqual(
    known.items.map(({ issueMode: _issueMode, ...view }) => view),
  );
});

test('the migration runs once', async () => {
  const [ended, before] = [await job(), await stored(cloud, 'classes', targeted)];

  await cloud.cloud.fireTimer('timer');

  expect(await job()).toEqual(ended);
  expect(await stored(cloud, 'classes', targeted)).toEqual(before);
});
