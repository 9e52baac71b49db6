import { createFunction } from '../shared/runtime/function';
import { countToday, listVerifications } from './look-up';
import { reverseUse } from './reverse';
import { useVoucher } from './use';

export const main = createFunction('verification', [useVoucher, reverseUse, listVerifications, countToday]);
