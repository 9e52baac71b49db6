import { createCast } from '../support/callers';
import { refused } from '../support/refused';
import { startTestCloud, type TestCloud } from '../support/test-cloud';
import { insert, templateFields } from '../functions/voucher/seed';

const NAME = '0030-entry-of-cities-at-work';

let cloud: TestCloud;

const job = async () => (await cloud.documents('jobs')).find(({ _id }) => _id === `migrate-${NAME}`);

beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.stop());

test('a city that was at work before has entered, with every mode; another one has not', async () => {
  // As an older version left them: 3701 has an open channel, 3702 a published template, 3703 neither, 3704 has entered since.
  const channel = { cityCode: '3701', name: '人社', kind: 'app', issuing: true, history: [] };
  await insert(cloud, 'channels', [
    { id: '3701000001', ...channel, voucherOpen: true },
    { id: '3703000001', ...channel, cityCode: '3703', voucherOpen: false },
    { id: '3704000001', ...channel, cityCode: '3704', voucherOpen: true },
  ]);
  const template = { ...templateFields({ cityCode: '3702' }), issuedCount: 0, committedFen: 0, history: [] };
  await insert(cloud, 'templates', [{ id: 'older', ...template, status: 'published' }]);
  const closed = { ...template, cityCode: '3703', status: 'closed' };
  await insert(cloud, 'templates', [{ id: 'closed', ...closed }]);
  const entered = await createCast(cloud, { cityCode: '3704', workers: 0 });

  while ((await job())?.['status'] !== 'finished') await cloud.cloud.fireTimer('timer');

  expect(await job()).toMatchObject({
    done: 2,
    before: { left: 2, atWork: 3 },
    after: { left: 0, atWork: 3 },
  });
  const entries = await cloud.documents('entryApplications');
  expect(entries.map(({ _id, cityCode, status }) => [_id, cityCode, status]).sort()).toEqual([
    ['000000000-3701', '3701', 'approved'],
    ['000000000-3702', '3702', 'approved'],
    ['given-3704', '3704', 'approved'],
  ]);
  const shown = await cloud.must(
    'entry.getApplication',
    { applicationId: '000000000-3701' },
    entered.province,
  );
  expect(shown).toMatchObject({
    channelNumber: '3701000001',
    issueModes: ['general', 'targeted'],
    functionModes: ['face_value', 'credit'],
    interfaces: [],
    history: [{ command: 'approve', by: 'system' }],
  });
});

test('such a city publishes what it published before, and another one is told to enter', async () => {
  const publish = async (cityCode: '3702' | '3703') => {
    const { clerk } = await createCast(cloud, { cityCode, workers: 0 });
    await cloud.sdk().database().collection('entryApplications').doc(`given-${cityCode}`).remove();
    const { id } = await cloud.must('voucher.createTemplate', templateFields({ cityCode }), clerk);
    return cloud.ask('voucher.publishTemplate', { templateId: id }, clerk);
  };

  expect(await publish('3702')).toMatchObject({ ok: true });
  expect(await publish('3703')).toEqual(refused('entry_not_approved'));
});
