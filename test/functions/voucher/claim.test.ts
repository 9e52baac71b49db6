import { randomUUID } from 'node:crypto';
import { CODE_WINDOW_MS } from '../../../cloudfunctions/shared/domain/qr-token';
import { aPerson } from '../../support/people';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';
import { seedCity, seedHolding, signedInOnce, stored, useVoucher, type City } from './seed';

let cloud: TestCloud;
let city: City;

beforeAll(async () => {
  cloud = await startTestCloud();
  city = await seedCity(cloud);
  await seedCity(cloud, '3702');
});
afterAll(() => cloud.stop());

const refused = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) as unknown });
const patch = (voucherId: string, fields: object) =>
  cloud.sdk().database().collection('vouchers').doc(voucherId).update(fields);

async function aHolder(template = {}) {
  const { workers, voucherIds, ...rest } = await seedHolding(cloud, city, { people: 1, template });
  const [worker = city.clerk, voucherId = ''] = [workers[0], voucherIds[0]];
  return { ...rest, worker, voucherId, input: { voucherId, channelNumber: city.channelNumber } };
}

describe('voucher.claim', () => {
  it('moves the voucher to its holder in at most three database requests (notice 三(四))', async () => {
    const { worker, voucherId, input } = await aHolder();

    const { result, databaseRequests } = await cloud.call('voucher.claim', input, worker);

    expect(databaseRequests).toBeLessThanOrEqual(3);
    expect(result).toMatchObject({
      ok: true,
      data: { voucherId, command: 'claim', status: 'claimed', faceValueFen: 50_000 },
    });
    expect(await stored(cloud, 'vouchers', voucherId)).toMatchObject({
      status: 'claimed',
      version: 2,
      history: [{}, { command: 'claim', channelNumber: city.channelNumber, by: { role: 'worker' } }],
    });
  });

  it('answers a repetition with the very same receipt, even after the voucher has moved on', async () => {
    const { worker, voucherId, input } = await aHolder();
    const call = { ...worker, requestId: randomUUID() };

    const first = await cloud.ask('voucher.claim', input, call);
    const again = await cloud.ask('voucher.claim', input, call);
    const { qrText } = await cloud.must('voucher.showCode', { voucherId }, worker);
    await cloud.must('verification.use', { qrText }, city.administrator);
    const late = await cloud.ask('voucher.claim', input, call);

    expect(again).toEqual(first);
    expect(late).toEqual(first);
    const other = await cloud.ask(
      'voucher.claim',
      { ...input, channelNumber: city.closedChannelNumber },
      call,
    );
    expect(other).toEqual(refused('request_id_reused'));
  });

  it('succeeds exactly once when the same holder taps on many phones at once', async () => {
    const { worker, voucherId, input } = await aHolder();

    const results = await Promise.all(
      Array.from({ length: 16 }, () => cloud.ask('voucher.claim', input, worker)),
    );

    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter(({ ok }) => !ok)).toEqual(Array(15).fill(refused('voucher_already_claimed')));
    expect(await stored(cloud, 'vouchers', voucherId)).toMatchObject({ version: 2 });
  });

  it('through a channel that is not open names those that are', async () => {
    const { worker, input } = await aHolder();
    const open = { code: 'channel_not_open', data: { openChannels: ['开通渠道3701'] } };

    for (const channelNumber of [city.closedChannelNumber, '9999999999', '1000037021']) {
      const result = await cloud.ask('voucher.claim', { ...input, channelNumber }, worker);
      expect(result).toEqual({ ok: false, error: open });
    }
  });

  it.each([
    ['voucher_already_used', { status: 'used', usedAtMs: 1, usedBy: 'x' }],
    ['voucher_in_batch', { status: 'batched', batchNumber: 'JS' }],
    ['voucher_already_settled', { status: 'settled' }],
    ['voucher_voided', { status: 'voided' }],
    ['voucher_expired', { status: 'expired' }],
    ['voucher_expired', { expiresAtMs: 1 }],
    ['claim_deadline_passed', { claimUntilMs: 1 }],
  ] as const)('answers %s to a voucher with %j', async (code, fields) => {
    const { worker, voucherId, input } = await aHolder();
    await patch(voucherId, fields);

    expect(await cloud.ask('voucher.claim', input, worker)).toEqual(refused(code));
  });

  it('does not find a stranger’s voucher', async () => {
    const { input } = await aHolder();
    const stranger = await signedInOnce(cloud, 900);

    expect(await cloud.ask('voucher.claim', input, stranger)).toEqual(refused('voucher_not_found'));
    expect(await cloud.ask('voucher.claim', { ...input, voucherId: 'nothing' }, stranger)).toEqual(
      refused('voucher_not_found'),
    );
  });
});

describe('voucher.showCode', () => {
  it('shows a picture and digits that go stale, in two requests and without anything personal', async () => {
    const { worker, voucherId, input } = await aHolder();
    await cloud.must('voucher.claim', input, worker);

    const { result, databaseRequests } = await cloud.call('voucher.showCode', { voucherId }, worker);

    expect(databaseRequests).toBeLessThanOrEqual(2);
    if (!result.ok) throw new Error('the code must be shown');
    const { qrText, digits, madeAtMs, refreshAtMs } = result.data;
    const { code, personKey } = (await stored(cloud, 'vouchers', voucherId)) as Record<string, string>;
    const { name, idNumber } = aPerson(0);
    for (const secret of [code ?? '', personKey ?? '', voucherId, name, idNumber])
      expect(qrText).not.toContain(secret);
    expect(digits).toMatch(/^\d{6}$/);
    expect(refreshAtMs - madeAtMs).toBeGreaterThan(0);
    expect(refreshAtMs - madeAtMs).toBeLessThanOrEqual(CODE_WINDOW_MS);
  });

  it.each([
    ['voucher_not_yet_claimed', {}],
    ['voucher_already_used', { status: 'used', usedAtMs: 1 }],
    ['voucher_in_batch', { status: 'batched', batchNumber: 'JS' }],
    ['voucher_already_settled', { status: 'settled' }],
    ['voucher_voided', { status: 'voided' }],
    ['voucher_expired', { expiresAtMs: 1 }],
  ] as const)('answers %s to a voucher with %j', async (code, fields) => {
    const { worker, voucherId } = await aHolder();
    if (Object.keys(fields).length > 0) await patch(voucherId, fields);

    expect(await cloud.ask('voucher.showCode', { voucherId }, worker)).toEqual(refused(code));
  });

  it('does not show a stranger’s', async () => {
    const { voucherId } = await aHolder();

    expect(await cloud.ask('voucher.showCode', { voucherId }, await signedInOnce(cloud, 900))).toEqual(
      refused('voucher_not_found'),
    );
  });
});

describe('voucher.listMine and voucher.getMine', () => {
  it('show the worker’s own vouchers only, judged by time, in two requests', async () => {
    const { worker, voucherId, input } = await aHolder({ functionMode: 'credit' });
    await cloud.must('voucher.claim', input, worker);
    await patch(voucherId, { expiresAtMs: 1 });

    const list = await cloud.call('voucher.listMine', {}, worker);
    const detail = await cloud.call('voucher.getMine', { voucherId }, worker);

    expect(list.databaseRequests).toBeLessThanOrEqual(2);
    const mine = list.result.ok ? list.result.data.items.find(({ id }) => id === voucherId) : undefined;
    expect(mine).toMatchObject({ status: 'expired', holderName: '赵*辛', functionMode: 'credit' });
    expect(mine).not.toHaveProperty('faceValueFen');
    expect(detail.result).toMatchObject({
      ok: true,
      data: {
        history: [
          { command: 'issue', by: 'clerk' },
          { command: 'claim', by: 'worker' },
        ],
      },
    });
    expect(JSON.stringify(detail.result)).not.toMatch(/personKey|Cipher|reference|unsealed/);
    const stranger = await signedInOnce(cloud, 900);
    expect(await cloud.ask('voucher.listMine', {}, stranger)).toEqual({ ok: true, data: { items: [] } });
    expect(await cloud.ask('voucher.getMine', { voucherId }, stranger)).toEqual(refused('voucher_not_found'));
  });

  it('tell when a used voucher was used', async () => {
    const { worker, voucherId } = await aHolder();
    await useVoucher(cloud, city, worker, voucherId);

    const mine = await cloud.must('voucher.getMine', { voucherId }, worker);

    expect(mine).toMatchObject({ status: 'used', usedAtMs: expect.any(Number) as number });
  });
});
