import * as v from 'valibot';
import { fail, ok } from '../../miniprogram/contract/result';
import { checkState } from '../shared/domain/decisions';
import { makeDigits, makeQrText, windowEndMs } from '../shared/domain/qr-token';
import { isShownTo } from '../shared/domain/voucher';
import { VoucherId } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { randomText } from '../shared/runtime/random';
import { codeMac } from '../shared/runtime/secrets';
import { vouchers } from '../shared/store/vouchers';

const NONCE_CHARACTERS = 8;

export const showCode = operation('voucher.showCode', {
  input: v.strictObject({ voucherId: VoucherId }),
  load: ({ voucherId }) => vouchers.find(voucherId),
  run: async ({ actor, nowMs }, voucher) => {
    if (!isShownTo(actor.personKey, voucher)) return fail('voucher_not_found');
    const state = checkState('use', voucher, nowMs);
    if (!state.ok) return state;
    return ok({
      qrText: makeQrText(voucher.reference, randomText(NONCE_CHARACTERS), nowMs, codeMac),
      digits: makeDigits(voucher.reference, nowMs, codeMac),
      madeAtMs: nowMs,
      refreshAtMs: windowEndMs(nowMs),
    });
  },
});
