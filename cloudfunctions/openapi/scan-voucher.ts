import * as v from 'valibot';
import { fail, ok } from '../../miniprogram/contract/result';
import type { UseInput } from '../../miniprogram/contract/operations';
import { VOUCHER_STATUS_NAMES, VOUCHER_STATUSES } from '../../miniprogram/contract/vouchers';
import { findActing } from '../shared/people/acting-person';
import { ClassId } from '../shared/runtime/input';
import { loadPresented } from '../shared/verification/presented';
import { useVoucher } from '../shared/verification/use-voucher';
import { AdministratorIdNumber, AtMs, QrText, VoucherCodeOut } from './fields';
import { SMALL_BODY_BYTES_MAX, writingInterface } from './open-interface';

const Output = v.strictObject({
  voucherCode: VoucherCodeOut,
  status: v.picklist(VOUCHER_STATUSES),
  statusName: v.pipe(v.string(), v.description('状态的中文名称')),
  usedAtMs: AtMs,
  holderName: v.pipe(v.string(), v.description('持券人姓名，已隐去一部分')),
  className: v.exactOptional(v.pipe(v.string(), v.description('班期名称'))),
  faceValueFen: v.exactOptional(
    v.pipe(v.number(), v.integer(), v.description('面值，单位：分。只有面值券有')),
  ),
});

export const scanVoucher = writingInterface({
  name: 'scanVoucher',
  title: '培训券验证扫码',
  description:
    '用劳动者出示的动态二维码核验一张培训券，与管理员用手机扫码完全相同：码要在有效时间内、没有用过，班期在办，券归这家机构。记录同时写明办理人和客户端。通用券要填写班期。',
  kinds: ['city', 'institution'],
  actingPerson: 'administrator',
  moves: { of: 'voucher', from: ['claimed'], to: ['used'] },
  writes: true,
  idempotentBy: 'history',
  input: v.strictObject({
    qrText: QrText,
    administratorIdNumber: AdministratorIdNumber,
    classId: v.exactOptional(v.pipe(ClassId, v.description('班期编号：通用券必填，定向券可以不填'))),
  }),
  output: Output,
  bodyBytesMax: SMALL_BODY_BYTES_MAX,
  requestsMax: 7,
  successStatus: 200,
  errors: [
    'id_number_invalid',
    'acting_person_not_active',
    'code_unrecognised',
    'code_forged',
    'code_expired',
    'code_replayed',
    'voucher_not_found',
    'voucher_not_for_this_institution',
    'voucher_not_for_this_class',
    'class_required',
    'class_not_found',
    'class_not_running',
    'voucher_not_yet_claimed',
    'voucher_already_used',
    'voucher_in_batch',
    'voucher_already_settled',
    'voucher_voided',
    'voucher_expired',
  ],
  rowErrors: [],
  run: async ({ input: { administratorIdNumber, ...given }, client, ...call }) => {
    const actor = await findActing('verification.use', client, {
      idNumber: administratorIdNumber,
      nowMs: call.nowMs,
    });
    if (!actor.ok) return actor;
    const input: UseInput = given;
    const found = await loadPresented(input);
    // A stranger's voucher is judged as one that there is not: nothing is told of what lies in other cities.
    const isForeign = found && found.voucher.cityCode !== client.cityCode;
    if (isForeign) return fail('voucher_not_found');
    const used = await useVoucher({ ...call, input, actor: actor.data, openid: '' }, found);
    if (!used.ok) return used;
    const { code, status, atMs, holderName, className, faceValueFen } = used.data;
    return ok({
      voucherCode: code,
      status,
      statusName: VOUCHER_STATUS_NAMES[status],
      usedAtMs: atMs,
      holderName,
      ...(className !== undefined && { className }),
      ...(faceValueFen !== undefined && { faceValueFen }),
    });
  },
});
