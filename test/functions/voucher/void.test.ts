import { randomUUID } from 'node:crypto';
import type { JobView } from '../../../miniprogram/contract/jobs';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';
import { codesOf, finishJob, seedCity, seedHolding, stored, useVoucher, type City } from './seed';

let cloud: TestCloud;
let city: City;
let foreign: City;

beforeAll(async () => {
  cloud = await startTestCloud();
  city = await seedCity(cloud);
  foreign = await seedCity(cloud, '3702');
});
afterAll(() => cloud.stop());

const refused = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) as unknown });
const reason = '退出培训';
const patch = (voucherId: string, fields: object) =>
  cloud.sdk().database().collection('vouchers').doc(voucherId).update(fields);

describe('voucher.void', () => {
  it('withdraws a voucher that nobody has used, for good and with its reason', async () => {
    const { voucherIds } = await seedHolding(cloud, city);
    const input = { voucherId: voucherIds[0] ?? '', reason };
    const call = { ...city.clerk, requestId: randomUUID() };

    const first = await cloud.ask('voucher.void', input, call);
    const repeated = await cloud.ask('voucher.void', input, call);
    const second = await cloud.ask('voucher.void', input, city.clerk);

    expect(first).toMatchObject({ ok: true, data: { command: 'void', status: 'voided' } });
    expect(repeated).toEqual(first);
    expect(second).toEqual(refused('voucher_voided'));
    expect((await stored(cloud, 'vouchers', input.voucherId))?.['history']).toMatchObject([
      {},
      { command: 'void', reason },
    ]);
  });

  it.each([
    ['voucher_already_used', { status: 'used', usedAtMs: 1 }],
    ['voucher_in_batch', { status: 'batched', batchNumber: 'JS' }],
    ['voucher_already_settled', { status: 'settled' }],
    ['voucher_expired', { expiresAtMs: 1 }],
  ] as const)('answers %s to a voucher with %j', async (code, fields) => {
    const { voucherIds } = await seedHolding(cloud, city);
    const voucherId = voucherIds[0] ?? '';
    await patch(voucherId, fields);

    expect(await cloud.ask('voucher.void', { voucherId, reason }, city.clerk)).toEqual(refused(code));
  });

  it('does not find another city’s voucher', async () => {
    const { voucherIds } = await seedHolding(cloud, city);

    const result = await cloud.ask('voucher.void', { voucherId: voucherIds[0] ?? '', reason }, foreign.clerk);

    expect(result).toEqual(refused('voucher_not_found'));
  });
});

describe('voucher.voidBatch', () => {
  it('withdraws the vouchers of a class and explains those that are beyond it', async () => {
    const { classId, workers, voucherIds } = await seedHolding(cloud, city, { people: 3 });
    await useVoucher(cloud, city, workers[0] ?? city.clerk, voucherIds[0] ?? '');
    const call = { ...city.clerk, requestId: randomUUID() };

    const started = await cloud.ask('voucher.voidBatch', { classId, reason }, call);
    const repeated = await cloud.ask('voucher.voidBatch', { classId, reason }, call);
    const job = await finishJob(cloud, city.clerk, (started as { data: JobView }).data);

    expect(repeated).toEqual(started);
    expect(job).toMatchObject({
      kind: 'void',
      total: 3,
      done: 2,
      refused: 1,
      refusedByCode: { voucher_already_used: 1 },
    });
    const refusals = await cloud.must('voucher.listJobRefusals', { jobId: job.id }, city.clerk);
    expect(refusals.items).toMatchObject([
      { row: 0, code: 'voucher_already_used', voucherCode: (await codesOf(cloud, voucherIds))[0] },
    ]);
  });

  it('withdraws the vouchers of a list of codes, row by row', async () => {
    const { voucherIds } = await seedHolding(cloud, city);
    const abroad = await seedHolding(cloud, foreign);
    const [own = '', ownToo = ''] = await codesOf(cloud, voucherIds);
    const [other = ''] = await codesOf(cloud, abroad.voucherIds);
    const voucherCodes = [own, 'x', own, other, ` ${ownToo.slice(0, 4)}-${ownToo.slice(4)} `];

    const job = await cloud.must('voucher.voidBatch', { voucherCodes, reason }, city.clerk);
    const refusals = await cloud.must('voucher.listJobRefusals', { jobId: job.id }, city.clerk);

    expect(job).toMatchObject({ status: 'finished', total: 5, done: 2, refused: 3 });
    expect(refusals.items.map(({ row, code }) => [row, code])).toEqual([
      [2, 'voucher_code_malformed'],
      [3, 'duplicate_in_file'],
      [4, 'voucher_code_unknown'],
    ]);
    expect(await stored(cloud, 'vouchers', abroad.voucherIds[0] ?? '')).toMatchObject({ status: 'issued' });
  });

  it('withdraws those too that are claimed while it runs', async () => {
    const { classId, workers, voucherIds } = await seedHolding(cloud, city, { people: 12 });

    const [job] = await Promise.all([
      cloud.must('voucher.voidBatch', { classId, reason }, city.clerk),
      ...workers.map((worker, at) =>
        cloud.ask(
          'voucher.claim',
          { voucherId: voucherIds[at] ?? '', channelNumber: city.channelNumber },
          worker,
        ),
      ),
    ]);

    const ended = await finishJob(cloud, city.clerk, job);
    const ofClass = (await cloud.documents('vouchers')).filter(voucher => voucher['classId'] === classId);
    expect(ended).toMatchObject({ total: 12, done: 12, refused: 0 });
    expect(ofClass.map(voucher => voucher['status'])).toEqual(Array(12).fill('voided'));
  });

  it('does not find another city’s class', async () => {
    const { classId } = await seedHolding(cloud, city);

    expect(await cloud.ask('voucher.voidBatch', { classId, reason }, foreign.clerk)).toEqual(
      refused('class_not_found'),
    );
  });
});

describe('voucher.listVouchers and voucher.getVoucher', () => {
  it('show the vouchers of a class to its institution and its city, in two requests a page', async () => {
    const { classId, templateId, voucherIds } = await seedHolding(cloud, city, { people: 21 });
    const voucherId = voucherIds[0] ?? '';

    for (const caller of [city.administrator, city.clerk, city.province]) {
      const { result, databaseRequests } = await cloud.call('voucher.listVouchers', { classId }, caller);
      expect(databaseRequests).toBeLessThanOrEqual(2);
      expect(result.ok && result.data.items).toHaveLength(20);
      expect(await cloud.ask('voucher.getVoucher', { voucherId }, caller)).toMatchObject({
        ok: true,
        data: { id: voucherId },
      });
    }
    const first = await cloud.must('voucher.listVouchers', { templateId, status: 'issued' }, city.clerk);
    const cursor = first.nextCursor ?? '';
    const rest = await cloud.must(
      'voucher.listVouchers',
      { templateId, status: 'issued', cursor },
      city.clerk,
    );
    expect([...first.items, ...rest.items].map(({ id }) => id).sort()).toEqual([...voucherIds].sort());
    expect(rest).not.toHaveProperty('nextCursor');
  });

  it('show nothing to strangers, and an institution nothing of a whole template', async () => {
    const { classId, templateId, voucherIds } = await seedHolding(cloud, city);
    const voucherId = voucherIds[0] ?? '';

    for (const caller of [city.otherAdministrator, foreign.clerk, foreign.administrator]) {
      expect(await cloud.ask('voucher.listVouchers', { classId }, caller)).toEqual(
        refused('class_not_found'),
      );
      expect(await cloud.ask('voucher.listVouchers', { templateId }, caller)).toEqual(
        refused('template_not_found'),
      );
      expect(await cloud.ask('voucher.getVoucher', { voucherId }, caller)).toEqual(
        refused('voucher_not_found'),
      );
    }
    expect(await cloud.ask('voucher.listVouchers', { classId: 'nothing' }, city.clerk)).toEqual(
      refused('class_not_found'),
    );
    expect(await cloud.ask('voucher.listVouchers', {}, city.clerk)).toEqual(refused('template_not_found'));
    const empty = await cloud.ask('voucher.listVouchers', { classId, status: 'used' }, city.administrator);
    expect(empty).toEqual({ ok: true, data: { items: [] } });
  });
});
