import type { UseInput } from '../../miniprogram/contract/operations';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { checkDigits } from '../shared/domain/digits-lock';
import type { PresentedVoucher } from '../shared/domain/place-of-use';
import { areDigitsRight, readQrText, referenceIn } from '../shared/domain/qr-token';
import { roleAt } from '../shared/domain/scope';
import type { WritingCall } from '../shared/runtime/operation';
import { codeMac } from '../shared/runtime/secrets';
import { verifications } from '../shared/store/verifications';
import { findPresented } from '../shared/store/vouchers';

/** A voucher that is there, with the nonce of the picture that showed it. */
export type Presented = PresentedVoucher & { nonce?: string };

/** The voucher that a picture or digits name, before anything is judged. A forged picture names none. */
export async function loadPresented(input: UseInput): Promise<PresentedVoucher | undefined> {
  if ('digits' in input) return findPresented({ _id: input.voucherId }, input.classId);
  const reference = referenceIn(input.qrText, codeMac);
  return reference === undefined ? undefined : findPresented({ reference }, input.classId);
}

/**
 * From the scanned picture or the typed digits to the voucher. Freshness is judged by the time at which the request
 * came first: its repetition over a weak network is not an old code, and must learn that the first one succeeded.
 */
export async function checkPresented(
  { input, actor, nowMs, request }: WritingCall<UseInput>,
  found: PresentedVoucher | undefined,
): Promise<Result<Presented>> {
  if ('qrText' in input) {
    const code = readQrText(input.qrText, request.firstAtMs, codeMac);
    if (!code.ok) return code;
    return found ? ok({ ...found, nonce: code.data.nonce }) : fail('voucher_not_found');
  }
  if (!found || !roleAt(actor, found.voucher)) return fail('voucher_not_found');
  const { id: voucherId, reference } = found.voucher;
  const attempts = await verifications.readAll({ voucherId });
  const digits = checkDigits(attempts, nowMs, () =>
    areDigitsRight(input.digits.trim(), reference, request.firstAtMs, codeMac),
  );
  return digits.ok ? ok(found) : digits;
}
