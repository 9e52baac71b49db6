import * as v from 'valibot';
import type { ErrorCode } from '../../miniprogram/contract/error-codes';
import type { JobId } from '../../miniprogram/contract/ids';
import { fail, ok } from '../../miniprogram/contract/result';
import { checkState, voidStep } from '../shared/domain/decisions';
import { liesIn, roleAt, type Actor, type Area } from '../shared/domain/scope';
import { checkNotOwn, type Administration } from '../shared/domain/separation';
import { VOUCHER_LIFE, type Voucher } from '../shared/domain/voucher';
import { returnQuota } from '../shared/jobs/quota-return';
import { takeStepWithMany, type StepOrder } from '../shared/jobs/steps-of-many';
import { findByRows, refuseRows } from '../shared/jobs/steps-of-rows';
import { findActing } from '../shared/people/acting-person';
import { findAdministrations } from '../shared/people/own-institution';
import { rowsOfCodes, toRowResults } from './code-rows';
import { OfficerIdNumber, Reason, VoucherCodeOut, VoucherCodes } from './fields';
import { BODY_BYTES_MAX, ROWS_MAX, writingInterface } from './open-interface';
import { rowResults } from './rows';

/** The city if the officer has it, else their county. */
function areaOf({ grants }: Actor): Area | undefined {
  const areas = grants.flatMap(grant => ('cityCode' in grant ? [grant] : []));
  return areas.find(grant => !('countyCode' in grant)) ?? areas[0];
}

/** 已领: an unclaimed one is withdrawn by the city itself, in the mini-program. */
function refuse(voucher: Voucher, area: Area, nowMs: number): ErrorCode | undefined {
  if (!liesIn(voucher, area)) return 'voucher_code_unknown';
  const state = checkState('void', voucher, nowMs);
  if (!state.ok) return state.error.code;
  return VOUCHER_LIFE.allows('use', voucher.status) ? undefined : 'voucher_not_yet_claimed';
}

const isOwn = (voucher: Voucher, personKey: Actor['personKey'], own: ReadonlyMap<string, Administration>) =>
  voucher.institutionId !== undefined && !checkNotOwn(voucher, personKey, own.get(voucher.institutionId)).ok;

export const voidClaimedVouchers = writingInterface({
  name: 'voidClaimedVouchers',
  title: '批量作废已领培训券',
  description:
    '作废已领取、还没有使用的培训券，必须写明原因。每行一个结果：能作废的作废，不能的说明原因，互不影响。还没有领取的券不能由这个接口作废。记录同时写明办理人和客户端。',
  kinds: ['city'],
  actingPerson: 'clerk',
  moves: { of: 'voucher', from: ['claimed'], to: ['voided'] },
  writes: true,
  idempotentBy: 'stored answer',
  input: v.strictObject({
    officerIdNumber: OfficerIdNumber,
    reason: Reason,
    voucherCodes: VoucherCodes,
  }),
  output: v.strictObject({ rows: rowResults({ voucherCode: VoucherCodeOut }) }),
  rows: { field: 'voucherCodes', max: ROWS_MAX },
  bodyBytesMax: BODY_BYTES_MAX,
  requestsMax: 20,
  successStatus: 200,
  errors: ['id_number_invalid', 'acting_person_not_active'],
  rowErrors: [
    'voucher_code_malformed',
    'voucher_code_unknown',
    'duplicate_in_file',
    'voucher_not_yet_claimed',
    'voucher_already_used',
    'voucher_in_batch',
    'voucher_already_settled',
    'voucher_voided',
    'voucher_expired',
    'institution_is_own',
    'write_conflict',
  ],
  run: async ({ input, client, nowMs, deadlineMs, request }) => {
    const { officerIdNumber: idNumber, reason, voucherCodes } = input;
    const actor = await findActing('voucher.voidBatch', client, { idNumber, nowMs });
    if (!actor.ok) return actor;
    const area = areaOf(actor.data);
    const by = area && roleAt(actor.data, area);
    if (!area || !by) return fail('acting_person_not_active');
    const own = await findAdministrations(by.personKey);
    const context = { by, nowMs, requestId: request.id, reason };
    const order: StepOrder = {
      // The step is known again by the request, as that of a job by the job.
      jobId: request.id as JobId,
      decide: voucher => {
        const code =
          refuse(voucher, area, nowMs) ?? (isOwn(voucher, by.personKey, own) && 'institution_is_own');
        return code ? { code } : { step: voidStep('claimed', context) };
      },
    };
    const rows = rowsOfCodes(voucherCodes);
    const found = await findByRows(rows);
    const refused = await takeStepWithMany(found, order);
    const [first] = found.filter(voucher => !refused.some(each => each.voucher.id === voucher.id));
    // What is due to other templates is given back by the timer.
    if (first) await returnQuota(first.templateId, deadlineMs);
    return ok({ rows: toRowResults(rows, refuseRows(rows, found, refused)) });
  },
});
