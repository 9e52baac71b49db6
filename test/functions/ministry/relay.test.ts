import { STUCK_ATTEMPTS } from '../../../cloudfunctions/shared/domain/delivery';
import type { MinistryFault } from '../../../local/upstream/ministry-simulator';
import { aPerson } from '../../support/people';
import { startMinistryCloud, type MinistryTestCloud } from '../../support/test-cloud';
import { seedCity, stored, useVoucher, type City } from '../voucher/seed';
import { aMadeVoucher, aMakingClass, fire, fireLater, voucherIn } from './holding';

let cloud: MinistryTestCloud;
let city: City;

beforeAll(async () => {
  cloud = await startMinistryCloud();
  city = await seedCity(cloud);
});
afterAll(() => cloud.stop());

const refused = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) as unknown });
const attemptsOf = async (voucherId: string) => (await voucherIn(cloud, voucherId)).delivery?.attempts;

describe('a voucher that the platform is to make', () => {
  it('has no code, and its worker neither sees nor claims it, before the platform has answered', async () => {
    const { voucherIds, workers, classId } = await aMakingClass(cloud, city);
    const [voucherId = '', worker = city.clerk] = [voucherIds[0], workers[0]];

    const { items } = await cloud.must('voucher.listVouchers', { classId }, city.administrator);
    expect(items).toMatchObject([{ id: voucherId, status: 'making', code: '' }]);
    expect(await voucherIn(cloud, voucherId)).not.toHaveProperty('code');
    expect((await cloud.must('voucher.listMine', {}, worker)).items).toEqual([]);
    const { channelNumber } = city;
    for (const result of [
      await cloud.ask('voucher.getMine', { voucherId }, worker),
      await cloud.ask('voucher.claim', { voucherId, channelNumber }, worker),
      await cloud.ask('voucher.showCode', { voucherId }, worker),
    ])
      expect(result).toEqual(refused('voucher_not_found'));
  });

  it('gets its code from there and can be claimed then', async () => {
    const { voucherId, worker } = await aMadeVoucher(cloud, city);

    const voucher = await voucherIn(cloud, voucherId);
    expect(voucher).toMatchObject({ status: 'issued', code: cloud.ministry.vouchers().get(voucherId)?.code });
    expect(voucher.history.map(({ command }) => command)).toEqual(['order', 'deliver']);
    expect(voucher).not.toHaveProperty('undeliveredSinceMs');
    expect(voucher).not.toHaveProperty('relayAtMs');
    expect((await cloud.must('voucher.listMine', {}, worker)).items).toMatchObject([{ code: voucher.code }]);
    await cloud.must('voucher.claim', { voucherId, channelNumber: city.channelNumber }, worker);
  });

  it('that was voided meanwhile stays so, and the platform learns of both', async () => {
    const { voucherIds, workers } = await aMakingClass(cloud, city);
    const [voucherId = '', worker = city.clerk] = [voucherIds[0], workers[0]];
    await cloud.must('voucher.void', { voucherId, reason: '报错了人' }, city.clerk);
    expect((await cloud.must('voucher.listMine', {}, worker)).items).toEqual([]);

    await fire(cloud);

    const voucher = await voucherIn(cloud, voucherId);
    const upstream = cloud.ministry.vouchers().get(voucherId);
    expect(upstream).toEqual({ status: 'voided', code: voucher.code });
    expect(voucher).toMatchObject({ status: 'voided', delivery: { nextPosition: 2 } });
    expect(voucher).not.toHaveProperty('undeliveredSinceMs');
  });
});

describe('what happens to a voucher', () => {
  it('is marked by the write that does it, and told in its order', async () => {
    const { voucherId, worker } = await aMadeVoucher(cloud, city);
    await useVoucher(cloud, city, worker, voucherId);

    const marked = await voucherIn(cloud, voucherId);
    expect(marked.undeliveredSinceMs).toBe(marked.history[2]?.atMs);
    await fire(cloud);

    expect(cloud.ministry.vouchers().get(voucherId)?.status).toBe('used');
    expect(await voucherIn(cloud, voucherId)).not.toHaveProperty('undeliveredSinceMs');
    const ids = [...cloud.ministry.deliveries().keys()].filter(id => id.startsWith(`${voucherId}:`));
    expect(ids).toEqual([0, 2, 3].map(position => `${voucherId}:${position}`));
  });

  it('is not told of a voucher that this system has made, though its steps are marked with the others', async () => {
    const { voucherId } = await aMadeVoucher(cloud, city);
    const { delivery: _delivery, ...own } = (await stored(cloud, 'vouchers', voucherId)) ?? {};
    const made = { ...own, _id: 'made-here', code: '370120260000000000', reference: 'made-here' };
    await cloud
      .sdk()
      .database()
      .collection('vouchers')
      .add({ ...made, relayAtMs: 1, undeliveredSinceMs: 1 });

    await fire(cloud);

    const voucher = await stored(cloud, 'vouchers', 'made-here');
    expect(voucher).not.toHaveProperty('relayAtMs');
    expect(voucher).not.toHaveProperty('undeliveredSinceMs');
    expect(cloud.ministry.vouchers().has('made-here')).toBe(false);
  });
});

describe('when something goes wrong on the way', () => {
  it.each<[MinistryFault, string]>([
    ['lost', 'no_answer'],
    ['dropped', 'no_answer'],
    ['status5xx', 'platform_busy'],
    ['stale', 'answer_not_genuine'],
    ['wrong_signature', 'answer_not_genuine'],
  ])('%s: the message comes again after a pause, and is carried out once', async (fault, reason) => {
    const { voucherIds } = await aMakingClass(cloud, city);
    const [voucherId = ''] = voucherIds;
    cloud.ministry.spoilNext(fault);

    await fire(cloud);

    const failed = await voucherIn(cloud, voucherId);
    expect(failed).toMatchObject({
      status: 'making',
      delivery: { nextPosition: 0, attempts: 1, problem: { kind: 'failed', reason } },
    });
    expect(failed.relayAtMs).toBeGreaterThan(cloud.nowMs());
    await fire(cloud);
    expect(await attemptsOf(voucherId)).toBe(1);

    await fireLater(cloud);
    expect(await voucherIn(cloud, voucherId)).toMatchObject({
      status: 'issued',
      code: cloud.ministry.vouchers().get(voucherId)?.code,
      delivery: { attempts: 0 },
    });
    expect(cloud.ministry.deliveries().get(`${voucherId}:0`)).toBe(2);
  });

  it('a message that is carried out twice, or answered late, makes one voucher', async () => {
    const { voucherIds } = await aMakingClass(cloud, city, 2);
    cloud.ministry.spoilNext('twice', 'slow');

    await fire(cloud);

    const codes = await Promise.all(voucherIds.map(async id => (await voucherIn(cloud, id)).code));
    expect(codes).toEqual(voucherIds.map(id => cloud.ministry.vouchers().get(id)?.code));
  });

  it('a later message waits for the earlier one', async () => {
    const { voucherId, worker } = await aMadeVoucher(cloud, city);
    await cloud.must('voucher.claim', { voucherId, channelNumber: city.channelNumber }, worker);
    cloud.ministry.spoilNext('status5xx');
    await fire(cloud);
    const { qrText } = await cloud.must('voucher.showCode', { voucherId }, worker);
    await cloud.must('verification.use', { qrText }, city.administrator);
    cloud.ministry.spoilNext('status5xx');
    await fire(cloud);

    expect(cloud.ministry.vouchers().get(voucherId)?.status).toBe('issued');
    expect(await voucherIn(cloud, voucherId)).toMatchObject({ delivery: { attempts: 2 } });
    await fireLater(cloud);
    expect(cloud.ministry.vouchers().get(voucherId)?.status).toBe('used');
  });

  it('one that keeps failing shows itself with its reason and age, and goes on trying', async () => {
    const { voucherIds } = await aMakingClass(cloud, city);
    const [voucherId = ''] = voucherIds;
    for (let tried = 0; tried < STUCK_ATTEMPTS; tried++) {
      cloud.ministry.spoilNext('status5xx');
      await fireLater(cloud);
    }

    const { items } = await cloud.must('voucher.listUndelivered', {}, city.clerk);
    const queue = await cloud.must('voucher.countUndelivered', {}, city.clerk);
    const { history } = await voucherIn(cloud, voucherId);
    expect(items).toMatchObject([
      {
        voucherId,
        code: '',
        status: 'making',
        command: 'order',
        atMs: history[0]?.atMs,
        attempts: STUCK_ATTEMPTS,
        problem: { kind: 'failed', reason: 'platform_busy' },
      },
    ]);
    expect(queue).toEqual({
      codeSource: 'ministry',
      waiting: 1,
      oldestAtMs: history[0]?.atMs,
      failing: 1,
      disputed: 0,
    });

    await cloud.must('voucher.resend', { voucherId }, city.province);
    await fire(cloud);
    expect((await cloud.must('voucher.listUndelivered', {}, city.province)).items).toEqual([]);
    expect(await cloud.ask('voucher.resend', { voucherId }, city.clerk)).toEqual(
      refused('voucher_not_undelivered'),
    );
  });

  it('a code that another voucher has already is not taken', async () => {
    const made = await aMadeVoucher(cloud, city);
    const { code } = await voucherIn(cloud, made.voucherId);
    const { voucherIds } = await aMakingClass(cloud, city);
    const [voucherId = ''] = voucherIds;
    cloud.ministry.giveCodeNext(code ?? '');

    await fire(cloud);

    expect(await voucherIn(cloud, voucherId)).toMatchObject({
      status: 'making',
      delivery: { problem: { kind: 'failed', reason: 'code_taken' } },
    });
  });

  it('nothing personal is kept or printed by it', async () => {
    const { voucherId, worker } = await aMadeVoucher(cloud, city);
    cloud.ministry.spoilNext('wrong_signature');
    await cloud.must('voucher.claim', { voucherId, channelNumber: city.channelNumber }, worker);
    await fire(cloud);

    const kept = await cloud.everythingKept();
    const people = Array.from({ length: 30 }, (_, number) => aPerson(number));
    expect(people.filter(({ name, idNumber }) => kept.includes(idNumber) || kept.includes(name))).toEqual([]);
  });
});
