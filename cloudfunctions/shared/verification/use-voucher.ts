import type { UseInput } from '../../../miniprogram/contract/operations';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { VoucherReceipt } from '../../../miniprogram/contract/vouchers';
import { use, type Decision, type UseContext } from '../domain/decisions';
import { areDigitsLocked } from '../domain/digits-lock';
import { placeOfUse, type PresentedVoucher } from '../domain/place-of-use';
import type { Voucher } from '../domain/voucher';
import { changeVoucher, type ChangedVoucher } from '../runtime/change-voucher';
import type { WritingCall } from '../runtime/operation';
import { toReceipt } from '../views/voucher-view';
import { recordRefusal, verificationIdAt } from './attempts';
import { judgePresented, markOf, type Presented } from './presented';

/** The scan (核验) by an administrator, from the phone or through a system of the institution's own. Notice 三(五). */
export async function useVoucher(
  call: WritingCall<UseInput>,
  found: PresentedVoucher | undefined,
): Promise<Result<VoucherReceipt>> {
  const presented = await judgePresented(call, found);
  const used = presented.ok ? await take(presented.data, found, call) : presented;
  if (used.ok) return ok(toReceipt(used.data.voucher, used.data.entry));
  await recordRefusal(call, used.error.code, presented.ok ? presented.data.voucher : undefined);
  return used;
}

async function take(
  presented: Presented,
  found: PresentedVoucher | undefined,
  call: WritingCall<UseInput>,
): Promise<Result<ChangedVoucher<'use'>>> {
  const { voucher } = presented;
  if ('earlier' in presented) return ok({ voucher, entry: presented.earlier });
  const { actor, input, nowMs, request } = call;
  const place = placeOfUse({ ...found, voucher }, { actor, classId: input.classId });
  if (!place.ok) return place;
  const context: UseContext = {
    ...place.data,
    nowMs,
    requestId: request.id,
    verificationId: verificationIdAt(nowMs, request),
    code: presented.code,
  };
  return changeVoucher(voucher, markOf(call), current => decide(current, context));
}

/** Digits that were right may have been locked since they were read. */
function decide(voucher: Voucher, context: UseContext): Result<Decision<'use'>> {
  const { by, code, nowMs } = context;
  const areTyped = code.nonce === undefined;
  if (areTyped && areDigitsLocked(voucher.wrongDigits ?? [], nowMs)) return fail('digits_locked');
  return withWhose(use(voucher, context), voucher, by.personKey);
}

/** "Used just now by me" and "used by somebody else" call for different things. */
function withWhose(
  decision: Result<Decision<'use'>>,
  voucher: Voucher,
  personKey: string,
): Result<Decision<'use'>> {
  if (decision.ok || decision.error.code !== 'voucher_already_used') return decision;
  const mine = 'usedBy' in voucher && voucher.usedBy === personKey;
  return fail(decision.error.code, { ...decision.error.data, mine });
}
