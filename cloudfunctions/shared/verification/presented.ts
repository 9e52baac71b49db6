import type { UseInput } from '../../../miniprogram/contract/operations';
import { toCodeText } from '../../../miniprogram/contract/plain-text';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import { DIGITS_TRIES_MAX, judgeDigits } from '../domain/digits-lock';
import { placeOfUse, type PresentedVoucher } from '../domain/place-of-use';
import { judgeCode, type PresentedCode } from '../domain/presented-code';
import { findDigitsWindow, readQrText } from '../domain/qr-token';
import { stepMarked, type EntryOf, type StepMark, type Voucher } from '../domain/voucher';
import { parseVoucherCode } from '../domain/voucher-code';
import type { WritingCall } from '../runtime/operation';
import { codeMac } from '../runtime/secrets';
import { findPresented, keepWrongDigits, vouchers } from '../store/vouchers';

/** What a code names: a voucher that this very request has used already, or one that is yet to be judged. */
export type Presented = { voucher: Voucher } & ({ earlier: EntryOf<'use'> } | { code: PresentedCode });

/** Others may note wrong digits meanwhile, until they are locked; and somebody may scan the picture or take it back. */
const ATTEMPTS = DIGITS_TRIES_MAX + 3;

export const markOf = ({ actor, request }: WritingCall<UseInput>): StepMark<'use'> => ({
  command: 'use',
  requestId: request.id,
  personKey: actor.personKey,
});

/** The voucher that a picture or digits name, before anything is judged. A forged picture names none. */
export async function loadPresented(input: UseInput): Promise<PresentedVoucher | undefined> {
  if ('voucherId' in input) return findPresented({ _id: input.voucherId }, input.classId);
  if ('voucherCode' in input) {
    const code = parseVoucherCode(input.voucherCode);
    return code === undefined ? undefined : findPresented({ code }, input.classId);
  }
  const picture = readQrText(input.qrText, codeMac);
  return picture.ok ? findPresented({ reference: picture.data.reference }, input.classId) : undefined;
}

/** From the scanned picture or the typed digits to the voucher. */
export async function judgePresented(
  call: WritingCall<UseInput>,
  found: PresentedVoucher | undefined,
): Promise<Result<Presented>> {
  const { input } = call;
  return 'qrText' in input ? judgePicture(input.qrText, call, found) : judgeTyped(input.digits, call, found);
}

function judgePicture(
  qrText: string,
  call: WritingCall<UseInput>,
  found: PresentedVoucher | undefined,
): Result<Presented> {
  const picture = readQrText(qrText, codeMac);
  if (!picture.ok) return picture;
  if (!found) return fail('voucher_not_found');
  const { voucher } = found;
  const { window, nonce } = picture.data;
  const code = { window, nonce };
  const judged = judgeCode(voucher, code, { mark: markOf(call), nowMs: call.nowMs });
  if (!judged.ok) return judged;
  const { earlier } = judged.data;
  return ok(earlier ? { voucher, earlier } : { voucher, code });
}

/** Digits are judged for those alone who may use the voucher: nobody else learns, or uses up, anything of them. */
async function judgeTyped(
  digits: string,
  call: WritingCall<UseInput>,
  found: PresentedVoucher | undefined,
): Promise<Result<Presented>> {
  if ('voucherCode' in call.input && parseVoucherCode(call.input.voucherCode) === undefined)
    return fail('voucher_code_malformed');
  if (!found) return fail('voucher_not_found');
  const { voucher } = found;
  const earlier = stepMarked(voucher, markOf(call));
  if (earlier) return ok({ voucher, earlier });
  const place = placeOfUse(found, { actor: call.actor, classId: call.input.classId });
  if (!place.ok)
    return place.error.code === 'voucher_not_for_this_institution' ? fail('voucher_not_found') : place;
  return judgeDigitsOf(voucher, toCodeText(digits), call);
}

/** Wrong digits are on the voucher before anybody learns that they are wrong, so no more of them are judged than may be. */
async function judgeDigitsOf(
  read: Voucher,
  digits: string,
  { nowMs, request: { key } }: WritingCall<UseInput>,
): Promise<Result<Presented>> {
  let voucher: Voucher | undefined = read;
  for (let attempt = 0; voucher && attempt < ATTEMPTS; attempt++) {
    const { reference, wrongDigits = [] } = voucher;
    const verdict = judgeDigits(wrongDigits, { nowMs, key }, () =>
      findDigitsWindow(digits, reference, nowMs, codeMac),
    );
    if (verdict.kind === 'right') return ok({ voucher, code: { window: verdict.window } });
    const isAnswered = verdict.kind === 'refused' || (await keepWrongDigits(voucher, verdict.kept));
    if (isAnswered) return { ok: false, error: verdict.refusal };
    voucher = await vouchers.find(voucher.id);
  }
  return fail('write_conflict');
}
