import * as v from 'valibot';
import { LIMITS } from '../../miniprogram/contract/limits';
import type { UseInput } from '../../miniprogram/contract/operations';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { use, type Decision } from '../shared/domain/decisions';
import { placeOfUse } from '../shared/domain/place-of-use';
import { stepMarked, type Voucher } from '../shared/domain/voucher';
import { changeVoucher } from '../shared/runtime/change-voucher';
import { ClassId, RawText, VoucherId } from '../shared/runtime/input';
import { operation, type WritingCall } from '../shared/runtime/operation';
import { toReceipt } from '../shared/views/voucher-view';
import { recordRefusal, verificationIdAt } from './attempts';
import { checkPresented, loadPresented, type Presented } from './presented';

const QrText = v.pipe(v.string(), v.maxLength(LIMITS.qrTextCharsMax));

export const useVoucher = operation('verification.use', {
  input: v.union([
    v.strictObject({ qrText: QrText, classId: v.exactOptional(ClassId) }),
    v.strictObject({ voucherId: VoucherId, digits: RawText, classId: v.exactOptional(ClassId) }),
  ]),
  load: loadPresented,
  repeatsFromHistory: true,
  run: async (call, found) => {
    const presented = await checkPresented(call, found);
    const used = presented.ok ? await take(presented.data, call) : presented;
    if (used.ok) return ok(toReceipt(used.data.voucher, used.data.entry));
    await recordRefusal(call, used.error.code, presented.ok ? presented.data.voucher : undefined);
    return used;
  },
});

async function take(presented: Presented, call: WritingCall<UseInput>) {
  const { voucher, nonce } = presented;
  const { actor, input, nowMs, request } = call;
  const mark = { command: 'use', requestId: request.id, personKey: actor.personKey } as const;
  const earlier = stepMarked(voucher, mark);
  if (earlier) return ok({ voucher, entry: earlier });
  const place = placeOfUse(presented, { actor, classId: input.classId });
  if (!place.ok) return place;
  const context = {
    ...place.data,
    nowMs,
    requestId: request.id,
    verificationId: verificationIdAt(nowMs, request),
    ...(nonce !== undefined && { nonce }),
  };
  return changeVoucher(voucher, mark, current => withWhose(use(current, context), current, actor.personKey));
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
