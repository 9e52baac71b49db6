import * as v from 'valibot';
import { LIMITS } from '../../miniprogram/contract/limits';
import { ClassId, RawText, VoucherId } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { loadPresented } from '../shared/verification/presented';
import { useVoucher as useAsAdministrator } from '../shared/verification/use-voucher';

const QrText = v.pipe(v.string(), v.maxLength(LIMITS.qrTextCharsMax));

export const useVoucher = operation('verification.use', {
  input: v.union([
    v.strictObject({ qrText: QrText, classId: v.exactOptional(ClassId) }),
    v.strictObject({ voucherId: VoucherId, digits: RawText, classId: v.exactOptional(ClassId) }),
    v.strictObject({ voucherCode: RawText, digits: RawText, classId: v.exactOptional(ClassId) }),
  ]),
  load: loadPresented,
  repeatsFromHistory: true,
  run: useAsAdministrator,
});
