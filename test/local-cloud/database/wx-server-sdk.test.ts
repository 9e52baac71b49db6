/** The older SDK, in its own dialect, against the same server. */
import cloud from 'wx-server-sdk';
import { startLocalDatabase, type LocalDatabase } from './local-database';

let local: LocalDatabase;

beforeAll(async () => {
  local = await startLocalDatabase({ collections: [{ name: 'notices', indexes: [] }] });
  Object.assign(process.env, {
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: local.url }),
    TENCENTCLOUD_SECRETID: 'id',
    TENCENTCLOUD_SECRETKEY: 'key',
  });
  cloud.init({ env: 'local-env' });
});
afterAll(async () => {
  delete process.env.TCB_CONTEXT_CNFG;
  await local.stop();
});

test('wx-server-sdk adds, reads, updates, counts and removes', async () => {
  const notices = cloud.database().collection('notices');

  await notices.add({ data: { _id: 'n1', title: '领券', sent: false } });
  await notices.doc('n1').update({ data: { sent: true } });

  expect(await notices.doc('n1').get()).toMatchObject({ data: { _id: 'n1', title: '领券', sent: true } });
  expect(await notices.where({ sent: true }).count()).toMatchObject({ total: 1 });
  const { list } = (await notices.aggregate().match({ sent: true }).end()) as { list: object[] };
  expect(list).toEqual([{ _id: 'n1', title: '领券', sent: true }]);
  expect(await notices.doc('n1').remove()).toMatchObject({ stats: { removed: 1 } });
});
