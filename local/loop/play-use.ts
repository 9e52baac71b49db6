import { eachOf } from '../stage/each';
import { signInOfficers } from '../stage/officers';
import { isUsed, type Destiny } from './plan';
import {
  attempt,
  CONCURRENCY,
  officersOfCity,
  VALID_DAYS,
  waitForJob,
  type HeldVoucher,
  type Play,
  type SeenCode,
  type StagedClass,
  type StagedInstitution,
} from './play';
import { recount } from './recount';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The institution's scans (核验), with everything that goes wrong at a counter. Notice 三(五). */
export async function useVouchers(play: Play, held: readonly HeldVoucher[]): Promise<SeenCode[]> {
  const presented = held.filter(({ person }) => isUsed(person.destiny));
  const used: SeenCode[] = [];
  await play.clock.step('used', async () => {
    await eachOf(presented, CONCURRENCY, async voucher => {
      used.push({ code: await useOne(play, voucher), institution: voucher.staged.institution });
    });
    return used.length;
  });
  return used;
}

async function useOne(play: Play, voucher: HeldVoucher): Promise<string> {
  const { administrator } = voucher.staged.institution;
  const { destiny } = voucher.person;
  if (destiny === 'uses_by_digits') return useByDigits(play, voucher);
  const qrText = await play.acts.showCode(voucher.voucherId, voucher.openid);
  if (destiny === 'uses_after_wrong_institution') {
    const stranger = otherInstitution(play, voucher.staged.institution).administrator;
    await attempt(play, 'verification.use', { qrText }, stranger);
  }
  if (destiny === 'uses_after_forged_code') {
    await attempt(play, 'verification.use', { qrText: forge(qrText) }, administrator);
  }
  if (destiny === 'uses_after_reversal') {
    await useAndReverse(play, voucher, qrText);
    return (
      await play.acts.must(
        'verification.use',
        { qrText: await play.acts.showCode(voucher.voucherId, voucher.openid) },
        administrator,
      )
    ).code;
  }
  const { code } = await play.acts.must('verification.use', { qrText }, administrator);
  if (destiny === 'uses_twice') await attempt(play, 'verification.use', { qrText }, administrator);
  return code;
}

/** The camera failed: the six digits beside the picture are typed. */
async function useByDigits({ acts }: Play, { voucherId, openid, staged }: HeldVoucher): Promise<string> {
  const { digits } = await acts.must('voucher.showCode', { voucherId }, openid);
  const { administrator } = staged.institution;
  return (await acts.must('verification.use', { voucherId, digits }, administrator)).code;
}

/** A scan taken back; the picture that was scanned is then worth nothing. */
async function useAndReverse(play: Play, voucher: HeldVoucher, qrText: string): Promise<void> {
  const { administrator } = voucher.staged.institution;
  await play.acts.must('verification.use', { qrText }, administrator);
  await play.acts.must(
    'verification.reverse',
    { voucherId: voucher.voucherId, reason: '扫错学员' },
    administrator,
  );
  await attempt(play, 'verification.use', { qrText }, administrator);
}

const forge = (qrText: string): string => qrText.slice(0, -1) + (qrText.endsWith('0') ? '1' : '0');

export function otherInstitution(play: Play, { id }: StagedInstitution): StagedInstitution {
  const other = play.institutions.find(institution => institution.id !== id);
  if (!other) throw new Error('one institution only');
  return other;
}

/** Withdraws vouchers one by one, as a list of codes and as a whole class. @returns codes that are now dead. */
export async function voidVouchers(play: Play, held: readonly HeldVoucher[]): Promise<SeenCode[]> {
  const dead: SeenCode[] = [];
  await play.clock.step('voided', async () => {
    for (const staged of play.classes) {
      const { institution } = staged;
      const { clerk } = officersOfCity(play, institution.cityCode);
      const claimed = held.filter(
        ({ person, staged: of }) => of === staged && person.destiny === 'voided_claimed',
      );
      const codes = [
        ...(await voidClass(play, staged, clerk)),
        ...(await voidUnclaimed(play, staged, clerk)),
        ...(await voidClaimed(play, claimed, clerk)),
      ];
      dead.push(...codes.map(code => ({ code, institution })));
    }
    return dead.length;
  });
  return dead;
}

const countOf = ({ plan }: StagedClass, destiny: Destiny): number =>
  plan.people.filter(person => person.destiny === destiny).length;

async function voidClass(play: Play, staged: StagedClass, clerk: string): Promise<string[]> {
  if (countOf(staged, 'voided_with_class') === 0) return [];
  const job = await play.acts.must('voucher.voidBatch', { classId: staged.id, reason: '班期取消' }, clerk);
  await waitForJob(play, job, 'voucher.getJob', clerk);
  return (await play.acts.listVouchers({ classId: staged.id, status: 'voided' }, clerk)).map(
    ({ code }) => code,
  );
}

/** Unclaimed vouchers are alike: as many as planned are voided, one by one. */
async function voidUnclaimed(play: Play, staged: StagedClass, clerk: string): Promise<string[]> {
  const count = countOf(staged, 'voided_unclaimed');
  const chosen =
    count === 0 ? [] : await play.acts.listVouchers({ classId: staged.id, status: 'issued' }, clerk, count);
  const codes: string[] = [];
  await eachOf(chosen, CONCURRENCY, async ({ id }) => {
    codes.push((await play.acts.must('voucher.void', { voucherId: id, reason: '信息有误' }, clerk)).code);
  });
  return codes;
}

async function voidClaimed(play: Play, claimed: readonly HeldVoucher[], clerk: string): Promise<string[]> {
  if (claimed.length === 0) return [];
  const codes: string[] = [];
  for (const { voucherId, openid } of claimed) {
    codes.push((await play.acts.must('voucher.getMine', { voucherId }, openid)).code);
  }
  const job = await play.acts.must('voucher.voidBatch', { voucherCodes: codes, reason: '已离职' }, clerk);
  await waitForJob(play, job, 'voucher.getJob', clerk);
  return codes;
}

/**
 * Time passes until whatever was not used is over. A code shown before is scanned after.
 * @returns codes that have expired.
 */
export async function letExpire(play: Play, held: readonly HeldVoucher[]): Promise<SeenCode[]> {
  const unused = held.filter(({ person }) => person.destiny === 'never_uses');
  const expired: SeenCode[] = [];
  await play.clock.step('expired', async () => {
    const late = unused[0];
    const oldCode = late && (await play.acts.showCode(late.voucherId, late.openid));
    const { cloud, caller, essc } = play.stage;
    await cloud.setClockOffsetMs(cloud.clockOffsetMs + (VALID_DAYS + 1) * DAY_MS);
    await signInAgain(play);
    if (late && oldCode) {
      await attempt(play, 'verification.use', { qrText: oldCode }, late.staged.institution.administrator);
      await caller.signIn(essc, late.person);
      await attempt(play, 'voucher.showCode', { voucherId: late.voucherId }, late.openid);
    }
    while ((await countOverdue(play)) > 0) await play.clock.fireTimer();
    for (const { id: classId, institution } of play.classes) {
      const { clerk } = officersOfCity(play, institution.cityCode);
      const found = await play.acts.listVouchers({ classId, status: 'expired' }, clerk);
      expired.push(...found.map(({ code }) => ({ code, institution })));
    }
    return expired.length;
  });
  return expired;
}

async function signInAgain(play: Play): Promise<void> {
  const { caller, essc } = play.stage;
  for (const [position, cityCode] of play.plan.cities.entries()) {
    play.officers.set(cityCode, await signInOfficers(play.stage, cityCode, position));
  }
  for (const { administrator } of play.plan.institutions) await caller.signIn(essc, administrator);
}

/** After the time has passed, whatever still is stored as issued or claimed. */
async function countOverdue(play: Play): Promise<number> {
  const { byStatus } = await recount(play.stage);
  return byStatus.issued.count + byStatus.claimed.count;
}
