import * as v from 'valibot';
import { LIMITS } from '../../miniprogram/contract/limits';
import { ok } from '../../miniprogram/contract/result';
import { LineOrNone } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';

export const suggestPinyin = operation('documents.suggestPinyin', {
  input: v.strictObject({ name: LineOrNone(LIMITS.personNameCharsMax) }),
  run: async ({ input }) => {
    // The dictionary is loaded when it is needed: the other operation starts without it.
    const { toPinyin } = await import('./name-pinyin');
    return ok({ namePinyin: toPinyin(input.name) });
  },
});
