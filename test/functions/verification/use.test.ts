import { randomUUID } from 'node:crypto';
import type { PlainInputOf } from '../../../miniprogram/contract/operations';
import { UNDO_WINDOW_MS, type VerificationView } from '../../../miniprogram/contract/vouchers';
import { dayOf } from '../../../cloudfunctions/shared/domain/calendar';
import { CODE_WINDOW_MS } from '../../../cloudfunctions/shared/domain/qr-token';
import { startTestCloud, type Caller, type TestCloud } from '../../support/test-cloud';
import {
  publishedTemplate,
  seedCity,
  seedClass,
  seedHolding,
  seedRoster,
  signedIn,
  signedInOnce,
  stored,
  useVoucher,
  type City,
} from '../voucher/seed';
import { personKeyOf } from '../../../cloudfunctions/shared/runtime/secrets';
import { aPerson } from '../../support/people';

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
const patch = (voucherId: string, fields: object) =>
  cloud.sdk().database().collection('vouchers').doc(voucherId).update(fields);

/** What the institution's list tells of a voucher, the newest first. */
async function attemptsOn(voucherId: string): Promise<VerificationView[]> {
  const { institutionId, administrator } = city;
  const { items } = await cloud.must('verification.listVerifications', { institutionId }, administrator);
  return items.filter(item => item.voucherId === voucherId);
}

interface Shown {
  worker: Caller;
  voucherId: string;
  classId: string;
  qrText: string;
  digits: string;
}

/** A claimed voucher with its code on the holder's phone. */
async function aShownVoucher(): Promise<Shown> {
  const { workers, voucherIds, classId } = await seedHolding(cloud, city, { people: 1 });
  const [worker = city.clerk, voucherId = ''] = [workers[0], voucherIds[0]];
  await cloud.must('voucher.claim', { voucherId, channelNumber: city.channelNumber }, worker);
  const { qrText, digits } = await cloud.must('voucher.showCode', { voucherId }, worker);
  return { worker, voucherId, classId, qrText, digits };
}

/** A claimed 通用券, and a class that is open for it. */
async function aShownGeneral() {
  const templateId = await publishedTemplate(cloud, city, { issueMode: 'general' });
  await seedRoster(cloud, templateId, { people: 1 });
  await cloud.must('voucher.issue', { templateId }, city.clerk);
  const voucherId = `${templateId}-${personKeyOf(aPerson(0).idNumber)}-1`;
  const worker = await signedInOnce(cloud, 0);
  await cloud.must('voucher.claim', { voucherId, channelNumber: city.channelNumber }, worker);
  const { qrText } = await cloud.must('voucher.showCode', { voucherId }, worker);
  const classId = await seedClass(cloud, city, { templateId, people: 0, status: 'running' });
  return { templateId, voucherId, worker, qrText, classId };
}

describe('verification.use', () => {
  it('uses the voucher in at most four database requests and tells of it (notice 三(五))', async () => {
    const { qrText, voucherId, classId } = await aShownVoucher();

    const { result, databaseRequests } = await cloud.call(
      'verification.use',
      { qrText, classId },
      city.administrator,
    );

    expect(databaseRequests).toBeLessThanOrEqual(4);
    expect(result).toMatchObject({ ok: true, data: { voucherId, command: 'use', status: 'used' } });
    const used = await stored(cloud, 'vouchers', voucherId);
    expect(used).toMatchObject({ status: 'used', usedBy: personKeyOf(aPerson(340_015).idNumber) });
    expect(await attemptsOn(voucherId)).toEqual([
      {
        id: used?.['verificationId'],
        atMs: used?.['usedAtMs'],
        outcome: 'accepted',
        voucherId,
        classId,
        className: `班期${classId}`,
        holderName: '赵*辛',
      },
    ]);
    // The voucher itself tells of it: one write, and nothing that could disagree.
    const records = await cloud.documents('verifications');
    expect(records.filter(record => record['voucherId'] === voucherId)).toEqual([]);
  });

  it('takes the digits as well, in as many requests', async () => {
    const { voucherId, digits } = await aShownVoucher();

    const { result, databaseRequests } = await cloud.call(
      'verification.use',
      { voucherId, digits },
      city.administrator,
    );

    expect(databaseRequests).toBeLessThanOrEqual(4);
    expect(result).toMatchObject({ ok: true, data: { voucherId, status: 'used' } });
  });

  it('lets exactly one of many scanners win and tells each other one why', async () => {
    const { qrText, voucherId } = await aShownVoucher();
    const grant = { role: 'administrator', cityCode: '3701', institutionId: city.institutionId } as const;
    const colleague = await signedIn(cloud, 345_000, grant);
    const scanners = Array.from({ length: 64 }, (_, at) => (at % 2 === 0 ? city.administrator : colleague));

    const results = await Promise.all(
      scanners.map(scanner => cloud.ask('verification.use', { qrText }, scanner)),
    );

    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    const losers = results.filter(({ ok }) => !ok);
    expect(losers).toEqual(Array(63).fill(refused('voucher_already_used')));
    const mine = losers.map(result => (result.ok ? undefined : result.error.data?.['mine']));
    expect(new Set(mine)).toEqual(new Set([true, false]));
    expect(await stored(cloud, 'vouchers', voucherId)).toMatchObject({ version: 3 });
  });

  it('gives a repeated request the first answer, even when the code has long gone stale', async () => {
    const { qrText, voucherId } = await aShownVoucher();
    const call = { ...city.administrator, requestId: randomUUID() };

    const first = await cloud.ask('verification.use', { qrText }, call);
    await cloud.advanceClock(5 * CODE_WINDOW_MS);
    const late = await cloud.ask('verification.use', { qrText }, call);
    const other = await cloud.ask('verification.use', { qrText: `${qrText}0` }, call);

    expect(late).toEqual(first);
    expect(other).toEqual(refused('request_id_reused'));
    expect(await attemptsOn(voucherId)).toHaveLength(1);
  });

  it('refuses a code that has gone stale, one that was tampered with, and other kinds of code', async () => {
    const { qrText } = await aShownVoucher();
    const use = (text: string) => cloud.ask('verification.use', { qrText: text }, city.administrator);

    const forged = await use(qrText.slice(0, -1) + (qrText.endsWith('0') ? '1' : '0'));
    const other = await use('https://weixin.example/q/02');
    await cloud.advanceClock(3 * CODE_WINDOW_MS);
    const stale = await use(qrText);

    expect([forged, other, stale]).toEqual([
      refused('code_forged'),
      refused('code_unrecognised'),
      refused('code_expired'),
    ]);
  });

  it('refuses the picture of a scan that was reversed, while a fresh one passes', async () => {
    const { qrText, voucherId, worker } = await aShownVoucher();
    await cloud.must('verification.use', { qrText }, city.administrator);
    await cloud.must('verification.reverse', { voucherId, reason: '扫错人' }, city.administrator);

    const replayed = await cloud.ask('verification.use', { qrText }, city.administrator);
    const fresh = await cloud.must('voucher.showCode', { voucherId }, worker);
    const again = await cloud.ask('verification.use', { qrText: fresh.qrText }, city.administrator);

    expect(replayed).toEqual(refused('code_replayed'));
    expect(again).toMatchObject({ ok: true, data: { status: 'used' } });
  });

  it('refuses another institution, another class and another city', async () => {
    const { qrText, voucherId, digits } = await aShownVoucher();
    const use = (caller: Caller) => cloud.ask('verification.use', { qrText }, caller);

    expect(await use(city.otherAdministrator)).toEqual(refused('voucher_not_for_this_institution'));
    expect(await use(foreign.administrator)).toEqual(refused('voucher_not_for_this_institution'));
    expect(await cloud.ask('verification.use', { qrText, classId: 'class-x' }, city.administrator)).toEqual(
      refused('voucher_not_for_this_class'),
    );
    expect(await cloud.ask('verification.use', { voucherId, digits }, city.otherAdministrator)).toEqual(
      refused('voucher_not_found'),
    );
  });

  it.each([
    ['voucher_not_yet_claimed', { status: 'issued' }],
    ['voucher_in_batch', { status: 'batched', batchNumber: 'JS' }],
    ['voucher_already_settled', { status: 'settled' }],
    ['voucher_voided', { status: 'voided' }],
    ['voucher_expired', { expiresAtMs: 1 }],
  ] as const)('answers %s to a voucher with %j, and records the refusal', async (code, fields) => {
    const { qrText, voucherId } = await aShownVoucher();
    await patch(voucherId, fields);

    const result = await cloud.ask('verification.use', { qrText }, city.administrator);

    expect(result).toEqual(refused(code));
    expect(await attemptsOn(voucherId)).toEqual([
      expect.objectContaining({ outcome: 'refused', refusalCode: code }),
    ]);
  });

  it('takes digits as they are typed: in groups, in full width, with a mark that nobody sees', async () => {
    const { voucherId, digits } = await aShownVoucher();
    const wide = [...digits].map(digit => String.fromCodePoint(0xff10 + Number(digit))).join('');
    const typed = `${wide.slice(0, 3)}\u3000${wide.slice(3)}\u200b`;

    const result = await cloud.ask('verification.use', { voucherId, digits: typed }, city.administrator);

    expect(result).toMatchObject({ ok: true, data: { status: 'used' } });
  });

  it('counts wrong digits down, then takes only the picture for an hour', async () => {
    const { qrText, voucherId, digits } = await aShownVoucher();
    const wrong = digits === '000000' ? '000001' : '000000';
    const type = (text: string) =>
      cloud.ask('verification.use', { voucherId, digits: text }, city.administrator);

    for (const triesLeft of [4, 3, 2, 1, 0]) {
      expect(await type(wrong)).toEqual({ ok: false, error: { code: 'digits_wrong', data: { triesLeft } } });
    }
    expect(await type(digits)).toEqual(refused('digits_locked'));
    expect(await cloud.ask('verification.use', { qrText }, city.administrator)).toMatchObject({ ok: true });
  });

  it('does not know a voucher that is not there', async () => {
    const { qrText, voucherId } = await aShownVoucher();
    await cloud.sdk().database().collection('vouchers').doc(voucherId).remove();

    expect(await cloud.ask('verification.use', { qrText }, city.administrator)).toEqual(
      refused('voucher_not_found'),
    );
  });
});

describe('a 通用券', () => {
  it('is bound to the class by the scan, in at most four requests, and unbound by the reversal', async () => {
    const { voucherId, qrText, classId } = await aShownGeneral();

    const { result, databaseRequests } = await cloud.call(
      'verification.use',
      { qrText, classId },
      city.administrator,
    );
    const used = await stored(cloud, 'vouchers', voucherId);
    const call = { ...city.administrator, requestId: randomUUID() };
    const reversed = await cloud.ask('verification.reverse', { voucherId, reason: '选错班期' }, call);
    const repeated = await cloud.ask('verification.reverse', { voucherId, reason: '选错班期' }, call);
    const unbound = await stored(cloud, 'vouchers', voucherId);

    expect(databaseRequests).toBeLessThanOrEqual(4);
    expect(result).toMatchObject({ ok: true, data: { status: 'used', className: `班期${classId}` } });
    expect(used).toMatchObject({ classId, institutionId: city.institutionId });
    expect(reversed).toMatchObject({ ok: true, data: { status: 'claimed' } });
    expect(repeated).toEqual(reversed);
    expect(unbound).not.toHaveProperty('classId');
    expect(unbound).not.toHaveProperty('institutionId');
  });

  it('needs a class of this institution and of its own template', async () => {
    const { qrText, templateId } = await aShownGeneral();
    const use = (classId?: string, caller = city.administrator) =>
      cloud.ask('verification.use', { qrText, ...(classId !== undefined && { classId }) }, caller);
    const ofOther = await seedClass(cloud, city, { templateId: 'another', people: 0 });
    const elsewhere = await seedClass(cloud, city, {
      templateId,
      people: 0,
      institutionId: city.otherInstitutionId,
    });

    expect(await use()).toEqual(refused('class_required'));
    expect(await use('nothing')).toEqual(refused('class_not_found'));
    expect(await use(elsewhere)).toEqual(refused('class_not_found'));
    expect(await use(ofOther)).toEqual(refused('voucher_not_for_this_class'));
    expect(await use(elsewhere, city.otherAdministrator)).toMatchObject({ ok: true });
  });
});

describe('the class at the scan', () => {
  const setClass = (classId: string, fields: object) =>
    cloud.sdk().database().collection('classes').doc(classId).update(fields);
  const notRunning = (data: object) => ({ ok: false, error: { code: 'class_not_running', data } });
  const GRACE_MS = 24 * 60 * 60 * 1000;

  it.each(['定向券', '通用券'])('must have begun, for a %s, and may be over for a few days', async kind => {
    const { qrText, voucherId, worker, classId } =
      kind === '通用券' ? await aShownGeneral() : await aShownVoucher();
    const use = (text: string) =>
      cloud.ask('verification.use', { qrText: text, classId }, city.administrator);
    const usableUntilMs = cloud.nowMs() + GRACE_MS;

    await setClass(classId, { status: 'approved' });
    const early = await use(qrText);
    await setClass(classId, { status: 'finished', usableUntilMs: cloud.nowMs() - 1 });
    const late = await use(qrText);
    await setClass(classId, { usableUntilMs });
    const inGrace = await use(qrText);
    await cloud.must('verification.reverse', { voucherId, reason: '扫错人' }, city.administrator);
    const { qrText: fresh } = await cloud.must('voucher.showCode', { voucherId }, worker);
    await setClass(classId, { status: 'running' });
    const running = await use(fresh);

    expect(early).toEqual(notRunning({ when: 'before' }));
    expect(late).toEqual(notRunning({ when: 'after', usableUntilMs: expect.any(Number) as number }));
    expect(inGrace).toMatchObject({ ok: true, data: { status: 'used' } });
    expect(running).toMatchObject({ ok: true, data: { status: 'used' } });
  });

  it('comes with the voucher: picture in three requests and two trips, digits in no more', async () => {
    const first = await aShownVoucher();
    const second = await aShownVoucher();
    const general = await aShownGeneral();
    const { administrator } = city;

    const byPicture = await cloud.call('verification.use', { qrText: first.qrText }, administrator);
    const { voucherId, digits } = second;
    const byDigits = await cloud.call('verification.use', { voucherId, digits }, administrator);
    const { qrText, classId } = general;
    const ofGeneral = await cloud.call('verification.use', { qrText, classId }, administrator);

    for (const { result, databaseRequests, databaseTrips } of [byPicture, byDigits, ofGeneral]) {
      expect(result).toMatchObject({ ok: true });
      expect([databaseRequests, databaseTrips]).toEqual([3, 2]);
    }
  });
});

describe('a request that comes again', () => {
  /** Other writing calls of the same person, more than an account remembers. */
  async function writeOften({ openid }: Caller): Promise<void> {
    for (let call = 0; call < 17; call++)
      await cloud.ask('verification.use', { qrText: `another${call}` }, { openid });
  }

  it.each(['picture', 'digits'])(
    'with a %s gets its success after many others and two minutes',
    async way => {
      const { qrText, voucherId, digits } = await aShownVoucher();
      const input = way === 'picture' ? { qrText } : { voucherId, digits };
      const call = { ...city.administrator, requestId: randomUUID() };

      const first = await cloud.ask('verification.use', input, call);
      await writeOften(city.administrator);
      await cloud.advanceClock(120_000);

      expect(first).toMatchObject({ ok: true });
      expect(await cloud.ask('verification.use', input, call)).toEqual(first);
    },
  );

  it('after a refusal is judged by the code’s age today, as often as it comes', async () => {
    const { qrText, voucherId, digits, classId } = await aShownVoucher();
    await cloud.sdk().database().collection('classes').doc(classId).update({ status: 'approved' });
    const byPicture = { ...city.administrator, requestId: randomUUID() };
    const byDigits = { ...city.administrator, requestId: randomUUID() };
    const both = () =>
      Promise.all([
        cloud.ask('verification.use', { qrText }, byPicture),
        cloud.ask('verification.use', { voucherId, digits }, byDigits),
      ]);

    const early = await both();
    await cloud.sdk().database().collection('classes').doc(classId).update({ status: 'running' });
    await cloud.advanceClock(2 * CODE_WINDOW_MS);
    const soon = await both();
    await cloud.advanceClock(3 * 24 * 60 * 60 * 1000);
    const late = await both();

    expect(early).toEqual([refused('class_not_running'), refused('class_not_running')]);
    expect(soon).toEqual([refused('code_expired'), refused('digits_wrong')]);
    expect(late).toEqual([refused('code_expired'), refused('digits_wrong')]);
    expect(await stored(cloud, 'vouchers', voucherId)).toMatchObject({ status: 'claimed' });
  });

  it('with wrong digits gets the same answer within its window and costs one try', async () => {
    const { voucherId, digits } = await aShownVoucher();
    const input = { voucherId, digits: digits === '000000' ? '000001' : '000000' };
    const call = { ...city.administrator, requestId: randomUUID() };
    await toWindowStart();

    const [first, again] = [
      await cloud.ask('verification.use', input, call),
      await cloud.ask('verification.use', input, call),
    ];

    expect(first).toEqual({ ok: false, error: { code: 'digits_wrong', data: { triesLeft: 4 } } });
    expect(again).toEqual(first);
    expect((await stored(cloud, 'vouchers', voucherId))?.['wrongDigits']).toHaveLength(1);
  });
});

/** Makes sure that what follows happens in one window. */
const toWindowStart = () => cloud.advanceClock(CODE_WINDOW_MS - (cloud.nowMs() % CODE_WINDOW_MS));

describe('digits', () => {
  it('count once in their window, taken back or not, and those of a later window count again', async () => {
    const { voucherId, worker } = await aShownVoucher();
    await toWindowStart();
    const { digits } = await cloud.must('voucher.showCode', { voucherId }, worker);
    const type = (text: string) =>
      cloud.ask('verification.use', { voucherId, digits: text }, city.administrator);

    const first = await type(digits);
    await cloud.must('verification.reverse', { voucherId, reason: '扫错人' }, city.administrator);
    const again = await type(digits);
    await cloud.advanceClock(CODE_WINDOW_MS);
    const still = await type(digits);
    const later = await type((await cloud.must('voucher.showCode', { voucherId }, worker)).digits);

    expect(first).toMatchObject({ ok: true });
    expect([again, still]).toEqual([refused('code_replayed'), refused('code_replayed')]);
    expect(later).toMatchObject({ ok: true });
  });

  it('serve a 通用券 at the class that is named, and tell nothing without one', async () => {
    const { voucherId, worker, classId } = await aShownGeneral();
    const { digits } = await cloud.must('voucher.showCode', { voucherId }, worker);
    const type = (of: object, caller = city.administrator) =>
      cloud.ask('verification.use', { voucherId, digits, ...of }, caller);

    expect(await type({})).toEqual(refused('class_required'));
    expect(await type({ classId }, city.otherAdministrator)).toEqual(refused('class_not_found'));
    expect(await type({ classId })).toMatchObject({ ok: true, data: { className: `班期${classId}` } });
  });

  it('go with the 券码 that is read out where no list names the voucher, in as many requests', async () => {
    const { voucherId, worker, classId } = await aShownGeneral();
    const code = String((await stored(cloud, 'vouchers', voucherId))?.['code']);
    const { digits } = await cloud.must('voucher.showCode', { voucherId }, worker);
    const type = (voucherCode: string) =>
      cloud.call('verification.use', { voucherCode, digits, classId }, city.administrator);
    const swapped = `${code.slice(0, -2)}${code.at(-1)}${code.at(-2)}`;

    const malformed = await type('3701');
    const unknown = await type(code.at(-1) === code.at(-2) ? '370120261234567890X' : swapped);
    const { result, databaseRequests, databaseTrips } = await type(` ${code.slice(0, 4)}-${code.slice(4)}`);

    expect(malformed.result).toEqual(refused('voucher_code_malformed'));
    expect(unknown.result).toEqual(refused('voucher_code_malformed'));
    expect(result).toMatchObject({ ok: true, data: { voucherId, className: `班期${classId}` } });
    expect([databaseRequests, databaseTrips]).toEqual([3, 2]);
  });

  it('are judged at most five times an hour, however many guess at the same moment', async () => {
    const { voucherId, digits } = await aShownVoucher();
    const guesses = Array.from({ length: 200 }, (_, at) => String(at).padStart(6, '0')).filter(
      guess => guess !== digits,
    );
    const database = cloud.sdk().database();

    // Every guess has read the voucher before the first one writes.
    await cloud.cloud.setDatabaseFaults({
      delayMs: 200,
      collection: 'vouchers',
      action: 'database.modifyDocument',
    });
    const results = await Promise.all(
      guesses.map(guess => cloud.ask('verification.use', { voucherId, digits: guess }, city.administrator)),
    );
    await cloud.cloud.setDatabaseFaults({});

    const codes = results.map(result => (result.ok ? 'ok' : result.error.code));
    expect(codes.filter(code => code === 'digits_wrong')).toHaveLength(5);
    expect(codes.filter(code => code === 'digits_locked')).toHaveLength(guesses.length - 5);
    const { data } = await database.collection('verifications').where({ voucherId }).limit(1000).get();
    expect(data).toHaveLength(guesses.length);
  }, 60_000);
});

describe('verification.reverse', () => {
  async function aUsedVoucher() {
    const { workers, voucherIds } = await seedHolding(cloud, city, { people: 1 });
    const [worker = city.clerk, voucherId = ''] = [workers[0], voucherIds[0]];
    await useVoucher(cloud, city, worker, voucherId);
    return { worker, voucherId, input: { voucherId, reason: '扫错人' } };
  }

  it('takes the scan back with its reason, once', async () => {
    const { voucherId, input } = await aUsedVoucher();
    const call = { ...city.administrator, requestId: randomUUID() };

    const first = await cloud.ask('verification.reverse', input, call);
    const repeated = await cloud.ask('verification.reverse', input, call);
    const second = await cloud.ask('verification.reverse', input, city.administrator);

    expect(first).toMatchObject({ ok: true, data: { command: 'reverse', status: 'claimed' } });
    expect(repeated).toEqual(first);
    expect(second).toEqual(refused('voucher_not_used'));
    const history = (await stored(cloud, 'vouchers', voucherId))?.['history'] as unknown[];
    expect(history.at(-1)).toMatchObject({ command: 'reverse', reason: '扫错人' });
  });

  it('takes the scan out of the count of the day, but not the one after it', async () => {
    const { worker, voucherId, input } = await aUsedVoucher();
    const { institutionId } = city;
    const count = () => cloud.must('verification.countToday', { institutionId }, city.administrator);
    const before = await count();
    const call = { ...city.administrator, requestId: randomUUID() };

    await cloud.ask('verification.reverse', input, call);
    const afterReversal = await count();
    const { qrText } = await cloud.must('voucher.showCode', { voucherId }, worker);
    await cloud.must('verification.use', { qrText }, city.administrator);
    await cloud.ask('verification.reverse', input, call);

    expect(afterReversal.acceptedCount).toBe(before.acceptedCount - 1);
    expect(await count()).toEqual(before);
    const listed = await cloud.must(
      'verification.listVerifications',
      { institutionId, outcome: 'accepted' },
      city.administrator,
    );
    const [again, first] = listed.items.filter(item => item.voucherId === voucherId);
    expect(again).not.toHaveProperty('reversedAtMs');
    expect(first).toHaveProperty('reversedAtMs');
  });

  it('marks the record of a scan that has one of its own, as those of earlier days have', async () => {
    const { voucherId, input } = await aUsedVoucher();
    const used = (await stored(cloud, 'vouchers', voucherId)) ?? {};
    const database = cloud.sdk().database();
    await database.collection('verifications').doc(String(used['verificationId'])).set({
      version: 1,
      institutionId: city.institutionId,
      cityCode: city.cityCode,
      by: used['usedBy'],
      atMs: used['usedAtMs'],
      outcome: 'accepted',
      way: 'qr',
      voucherId,
    });
    await patch(voucherId, { verificationId: database.command.remove() });
    const count = () =>
      cloud.must('verification.countToday', { institutionId: city.institutionId }, city.administrator);
    const before = await count();
    const accepted = await attemptsOn(voucherId);

    await cloud.must('verification.reverse', input, city.administrator);

    expect(accepted).toEqual([expect.objectContaining({ outcome: 'accepted' })]);
    expect(accepted).not.toEqual([expect.objectContaining({ reversedAtMs: expect.any(Number) as number })]);
    expect(await attemptsOn(voucherId)).toEqual([
      { ...accepted[0], reversedAtMs: expect.any(Number) as number },
    ]);
    expect((await count()).acceptedCount).toBe(before.acceptedCount - 1);
  });

  it('is the city’s alone once the institution’s window is over', async () => {
    const { voucherId, input } = await aUsedVoucher();
    const { usedAtMs } = (await stored(cloud, 'vouchers', voucherId)) as { usedAtMs: number };
    await patch(voucherId, { usedAtMs: usedAtMs - UNDO_WINDOW_MS - 1 });

    expect(await cloud.ask('verification.reverse', input, city.administrator)).toEqual(
      refused('undo_window_over'),
    );
    expect(await cloud.ask('verification.reverse', input, city.clerk)).toMatchObject({ ok: true });
  });

  it.each([
    ['voucher_in_batch', { status: 'batched', batchNumber: 'JS' }],
    ['voucher_already_settled', { status: 'settled' }],
  ] as const)('answers %s to a voucher with %j', async (code, fields) => {
    const { voucherId, input } = await aUsedVoucher();
    await patch(voucherId, fields);

    expect(await cloud.ask('verification.reverse', input, city.clerk)).toEqual(refused(code));
  });

  it('does not find what belongs to others', async () => {
    const { input } = await aUsedVoucher();

    for (const caller of [city.otherAdministrator, foreign.clerk, foreign.administrator]) {
      expect(await cloud.ask('verification.reverse', input, caller)).toEqual(refused('voucher_not_found'));
    }
  });
});

describe('verification.listVerifications and verification.countToday', () => {
  async function everyAccepted(): Promise<VerificationView[]> {
    const input = { institutionId: city.institutionId, outcome: 'accepted' } as const;
    const all: VerificationView[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const wish: PlainInputOf<'verification.listVerifications'> =
        cursor === '' ? input : { ...input, cursor };
      const page = await cloud.must('verification.listVerifications', wish, city.administrator);
      all.push(...page.items);
      cursor = page.nextCursor;
    }
    return all;
  }

  it('show an institution and its city what was scanned, in two requests a page', async () => {
    const { institutionId } = city;

    const own = await cloud.call('verification.listVerifications', { institutionId }, city.administrator);
    const officer = await cloud.call(
      'verification.listVerifications',
      { institutionId, outcome: 'refused' },
      city.clerk,
    );
    const accepted = await cloud.ask(
      'verification.listVerifications',
      { institutionId, outcome: 'accepted' },
      city.province,
    );
    const count = await cloud.ask('verification.countToday', { institutionId }, city.administrator);

    expect(own.databaseRequests).toBeLessThanOrEqual(2);
    expect(officer.databaseRequests).toBeLessThanOrEqual(2);
    expect(own.result).toMatchObject({ ok: true, data: { nextCursor: expect.any(String) as string } });
    expect(officer.result.ok && officer.result.data.items.every(({ outcome }) => outcome === 'refused')).toBe(
      true,
    );
    expect(accepted.ok && accepted.data.items[0]).toMatchObject({ outcome: 'accepted', holderName: '赵*辛' });
    const today = (await everyAccepted()).filter(
      ({ atMs, reversedAtMs }) => dayOf(atMs) === dayOf(cloud.nowMs()) && reversedAtMs === undefined,
    );
    expect(count).toEqual({ ok: true, data: { acceptedCount: today.length } });
    await cloud.advanceClock(24 * 60 * 60 * 1000);
    expect(await cloud.ask('verification.countToday', { institutionId }, city.clerk)).toEqual({
      ok: true,
      data: { acceptedCount: 0 },
    });
  });

  it('show nothing to strangers', async () => {
    const input = { institutionId: city.institutionId };
    for (const caller of [city.otherAdministrator, foreign.clerk]) {
      expect(await cloud.ask('verification.listVerifications', input, caller)).toEqual(
        refused('institution_not_found'),
      );
      expect(await cloud.ask('verification.countToday', input, caller)).toEqual(
        refused('institution_not_found'),
      );
    }
    expect(
      await cloud.ask('verification.listVerifications', { institutionId: 'nobody' }, city.clerk),
    ).toEqual(refused('institution_not_found'));
  });
});
