import type { UseInput } from '../../miniprogram/contract/operations';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { areDigitsRight, readQrText } from '../shared/domain/qr-token';
import { actingFor } from '../shared/domain/scope';
import type { Call } from '../shared/runtime/operation';
import { codeMac } from '../shared/runtime/secrets';
import { findAtScan, type VoucherAtScan } from '../shared/store/vouchers';
import { countWrongDigits, DIGITS_TRIES_MAX } from './attempts';

/** A voucher that is there, with the nonce of the picture that showed it. */
export type Presented = Pick<VoucherAtScan, 'voucher' | 'trainingClass'> & { nonce?: string };

/**
 * From the scanned picture or the typed digits to the voucher. Freshness is judged by the time at which the request
 * came first: its repetition over a weak network is not an old code, and must learn that the first one succeeded.
 */
export const findPresented = (call: Call<UseInput>): Promise<Result<Presented>> =>
  'digits' in call.input ? findByDigits(call, call.input) : findByPicture(call, call.input.qrText);

async function findByPicture({ input, request }: Call<UseInput>, qrText: string): Promise<Result<Presented>> {
  const code = readQrText(qrText, request.firstAtMs, codeMac);
  if (!code.ok) return code;
  const { reference, nonce } = code.data;
  const found = await findAtScan({ reference }, input.classId);
  return found ? ok({ ...found, nonce }) : fail('voucher_not_found');
}

/** Digits are few, so guessing is: after some wrong ones only the picture counts for a while. */
async function findByDigits(
  { input, actor, nowMs, request }: Call<UseInput>,
  { voucherId, digits }: { voucherId: string; digits: string },
): Promise<Result<Presented>> {
  const found = await findAtScan({ _id: voucherId }, input.classId);
  if (!found || !actingFor(actor, found.voucher)) return fail('voucher_not_found');
  const wrong = countWrongDigits(found.attempts, nowMs);
  if (wrong >= DIGITS_TRIES_MAX) return fail('digits_locked');
  if (areDigitsRight(digits.trim(), found.voucher.reference, request.firstAtMs, codeMac)) return ok(found);
  return fail('digits_wrong', { triesLeft: DIGITS_TRIES_MAX - wrong - 1 });
}
