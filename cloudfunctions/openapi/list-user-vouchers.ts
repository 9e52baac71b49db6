import * as v from 'valibot';
import { ok } from '../../miniprogram/contract/result';
import { dayOf } from '../shared/domain/calendar';
import { readIdNumber } from '../shared/domain/id-number';
import { personKeyOf } from '../shared/runtime/secrets';
import { vouchers } from '../shared/store/vouchers';
import { WorkerIdNumber } from './fields';
import { recordLookUp } from './look-ups';
import { readingInterface, SMALL_BODY_BYTES_MAX } from './open-interface';
import { toVoucherFields, VOUCHER_ENTRIES } from './voucher-fields';

/** More than anybody has. */
const VOUCHERS_MAX = 200;

export const listUserVouchers = readingInterface({
  name: 'listUserVouchers',
  title: '获取用户培训券信息',
  description:
    '按身份证号列出一名劳动者在本市的全部培训券，最新的在前。身份证号只写在请求体里。没有券和没有这个人，回答相同。每次查询都留下记录，次数另有限制，防止猜测。',
  kinds: ['city'],
  actingPerson: 'none',
  writes: false,
  idempotentBy: 'reading',
  input: v.strictObject({ idNumber: WorkerIdNumber }),
  output: v.strictObject({ vouchers: v.array(v.strictObject(VOUCHER_ENTRIES)) }),
  bodyBytesMax: SMALL_BODY_BYTES_MAX,
  requestsMax: 3,
  isLookUp: true,
  successStatus: 200,
  errors: ['id_number_invalid'],
  rowErrors: [],
  run: async call => {
    const { input, client, nowMs } = call;
    const idNumber = readIdNumber(input.idNumber, dayOf(nowMs));
    if (!idNumber.ok) return idNumber;
    const personKey = personKeyOf(idNumber.data);
    const { cityCode } = client;
    const found = await vouchers.read({ where: { personKey, cityCode }, order: 'desc', limit: VOUCHERS_MAX });
    const outcome = found.length > 0 ? 'found' : 'nobody';
    await recordLookUp(call, 'listUserVouchers', { personKey, outcome, unmasked: false });
    return ok({ vouchers: found.flatMap(voucher => toVoucherFields(voucher, nowMs) ?? []) });
  },
});
