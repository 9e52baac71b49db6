import { createFunction } from '../shared/runtime/function';
import { countToday, listVerifications } from './look-up';
import { reverseUse } from './reverse';
import { useVoucher } from './use';

export const main = createFunction<'verification'>({
  'verification.use': useVoucher,
  'verification.reverse': reverseUse,
  'verification.listVerifications': listVerifications,
  'verification.countToday': countToday,
});
