import * as v from 'valibot';
import type { UseInput } from '../../miniprogram/contract/operations';
import { fail, ok, type Refusal, type Result } from '../../miniprogram/contract/result';
import { isClassOpen } from '../shared/domain/class-status';
import { use } from '../shared/domain/decisions';
import { areDigitsRight, readQrText } from '../shared/domain/qr-token';
import { actingFor, type Actor } from '../shared/domain/scope';
import type { ClassOfUse, StepActor, Voucher } from '../shared/domain/voucher';
import { toClassOfUse } from '../shared/jobs/issue-job';
import { changeVoucher } from '../shared/runtime/change-voucher';
import { Id, RawText } from '../shared/runtime/input';
import { operation, type Call } from '../shared/runtime/operation';
import { codeMac } from '../shared/runtime/secrets';
import { classes } from '../shared/store/classes';
import { vouchers } from '../shared/store/vouchers';
import { toReceipt } from '../shared/views/voucher-view';
import { countWrongDigits, DIGITS_TRIES_MAX, recordAttempt } from './attempts';

/** The voucher as it was presented, and where. */
interface Presented {
  voucher: Voucher;
  by: StepActor;
  nonce?: string;
  trainingClass?: ClassOfUse;
}

export const useVoucher = operation('verification.use', {
  input: v.union([
    v.strictObject({ qrText: v.pipe(v.string(), v.maxLength(2_000)), classId: v.exactOptional(Id) }),
    v.strictObject({ voucherId: Id, digits: RawText, classId: v.exactOptional(Id) }),
  ]),
  repeatsFromHistory: true,
  run: async call => {
    const found = await findPresented(call);
    const voucher = found.ok ? found.data : undefined;
    const result = voucher ? await present(voucher, call) : (found as { ok: false; error: Refusal });
    if (!result.ok) {
      await recordAttempt(call, { outcome: 'refused', refusalCode: result.error.code }, voucher?.voucher);
      return result;
    }
    const { voucher: used, entry } = result.data;
    await recordAttempt(call, { outcome: 'accepted' }, used);
    return ok(toReceipt(used, entry));
  },
});

type Found = Pick<Presented, 'voucher' | 'nonce'>;

/** From the scanned picture or the typed digits to the voucher. */
async function findPresented({ input, actor, nowMs }: Call<UseInput>): Promise<Result<Found>> {
  if ('digits' in input) return findByDigits(input.voucherId, input.digits, actor, nowMs);
  const code = readQrText(input.qrText, nowMs, codeMac);
  if (!code.ok) return code;
  const voucher = await vouchers.findWhere({ reference: code.data.reference });
  return voucher ? ok({ voucher, nonce: code.data.nonce }) : fail('voucher_not_found');
}

/** Digits are few, so guessing is: after some wrong ones only the picture counts for a while. */
async function findByDigits(
  voucherId: string,
  digits: string,
  actor: Actor,
  nowMs: number,
): Promise<Result<Found>> {
  const voucher = await vouchers.find(voucherId);
  if (!voucher || !actingFor(actor, voucher)) return fail('voucher_not_found');
  const wrong = await countWrongDigits(voucherId, nowMs);
  if (wrong >= DIGITS_TRIES_MAX) return fail('digits_locked');
  if (areDigitsRight(digits.trim(), voucher.reference, nowMs, codeMac)) return ok({ voucher });
  return fail('digits_wrong', { triesLeft: DIGITS_TRIES_MAX - wrong - 1 });
}

async function present({ voucher, nonce }: Found, call: Call<UseInput>) {
  const placed = await placeOf(voucher, call);
  if (!placed.ok) return placed;
  const { by, trainingClass } = placed.data;
  const context = {
    by,
    nowMs: call.nowMs,
    requestId: call.request.id,
    ...(nonce !== undefined && { nonce }),
    ...(trainingClass && { trainingClass }),
  };
  const changed = await changeVoucher(voucher, call.request.id, current => use(current, context));
  return changed.ok ? changed : withWhose(changed, voucher.id, by);
}

type Place = Pick<Presented, 'by' | 'trainingClass'>;

/** Whether the voucher may be used with this administrator, and for a 通用券 in which class. */
async function placeOf(voucher: Voucher, { input, actor }: Call<UseInput>): Promise<Result<Place>> {
  if (voucher.issueMode === 'general' && voucher.status !== 'used')
    return placeOfGeneral(voucher, input.classId, actor);
  const by = actingFor(actor, voucher);
  if (!by) return fail('voucher_not_for_this_institution');
  if (input.classId !== undefined && input.classId !== voucher.classId)
    return fail('voucher_not_for_this_class');
  return ok({ by });
}

async function placeOfGeneral(
  voucher: Voucher,
  classId: string | undefined,
  actor: Actor,
): Promise<Result<Place>> {
  if (classId === undefined) return fail('class_required');
  const trainingClass = await classes.find(classId);
  const by = trainingClass && actingFor(actor, trainingClass);
  if (!trainingClass || !by) return fail('class_not_found');
  if (trainingClass.templateId !== voucher.templateId) return fail('voucher_not_for_this_class');
  if (!isClassOpen(trainingClass.status)) return fail('class_not_running');
  return ok({ by, trainingClass: toClassOfUse(trainingClass) });
}

/** "Used just now by me" and "used by somebody else" call for different things. */
async function withWhose(
  refused: { ok: false; error: Refusal },
  voucherId: string,
  by: StepActor,
): Promise<{ ok: false; error: Refusal }> {
  if (refused.error.code !== 'voucher_already_used') return refused;
  const now = await vouchers.find(voucherId);
  const mine = now?.status === 'used' && now.usedBy === by.personKey;
  return fail(refused.error.code, { ...refused.error.data, mine });
}
