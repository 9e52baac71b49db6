import * as v from 'valibot';
import type { ClassId as Class, JobId } from '../../miniprogram/contract/ids';
import { LIMITS } from '../../miniprogram/contract/limits';
import { fail, ok } from '../../miniprogram/contract/result';
import { voidVoucher } from '../shared/domain/decisions';
import { placeOf, roleAt, type Area, type Actor } from '../shared/domain/scope';
import { storeJobInput, toJobRows } from '../shared/jobs/job-inputs';
import { advanceJob, INLINE_MS, startJob, toJobView } from '../shared/jobs/job-runner';
import { returnQuota } from '../shared/jobs/quota-return';
import { runVoid } from '../shared/jobs/void-job';
import { checkInstitutionNotOwn } from '../shared/people/own-institution';
import { changeVoucher } from '../shared/runtime/change-voucher';
import { ClassId, RawText, Reason, VoucherId } from '../shared/runtime/input';
import { newId } from '../shared/runtime/new-id';
import { operation } from '../shared/runtime/operation';
import { classes } from '../shared/store/classes';
import { vouchers } from '../shared/store/vouchers';
import { toReceipt } from '../shared/views/voucher-view';

export const voidOne = operation('voucher.void', {
  input: v.strictObject({ voucherId: VoucherId, reason: Reason }),
  load: ({ voucherId }) => vouchers.find(voucherId),
  repeatsFromHistory: true,
  run: async ({ input, actor, nowMs, request }, voucher) => {
    const by = voucher && roleAt(actor, voucher);
    if (!voucher || !by) return fail('voucher_not_found');
    const apart = await checkInstitutionNotOwn(voucher, by.personKey);
    if (!apart.ok) return apart;
    const context = { by, nowMs, requestId: request.id, reason: input.reason };
    const mark = { command: 'void', requestId: request.id, personKey: actor.personKey } as const;
    const changed = await changeVoucher(voucher, mark, current => voidVoucher(current, context));
    if (!changed.ok) return changed;
    await returnQuota(voucher.templateId);
    return ok(toReceipt(changed.data.voucher, changed.data.entry));
  },
});

/** 批量作废: the unused vouchers of a class, or those of a list of codes. */
export const voidMany = operation('voucher.voidBatch', {
  input: v.union([
    v.strictObject({ classId: ClassId, reason: Reason }),
    v.strictObject({
      voucherCodes: v.pipe(v.array(RawText), v.minLength(1), v.maxLength(LIMITS.voidCodesMax)),
      reason: Reason,
    }),
  ]),
  run: async ({ input, actor, nowMs, request }) => {
    const id = newId<JobId>(request);
    const target =
      'classId' in input
        ? await classTarget(input.classId, actor)
        : await codesTarget(input.voucherCodes, id, actor);
    if (!target) return fail('class_not_found');
    if (!target.ok) return target;
    const job = await startJob({
      id,
      kind: 'void',
      ...target.data,
      startedAtMs: nowMs,
      reason: input.reason,
    });
    return ok(toJobView(await advanceJob(job, runVoid, nowMs + INLINE_MS)));
  },
});

async function classTarget(classId: Class, actor: Actor) {
  const trainingClass = await classes.find(classId);
  const startedBy = trainingClass && roleAt(actor, trainingClass);
  if (!startedBy) return undefined;
  const apart = await checkInstitutionNotOwn(trainingClass, startedBy.personKey);
  return apart.ok
    ? ok({ startedBy, ...placeOf(trainingClass), classId, total: await vouchers.count({ classId }) })
    : apart;
}

/** Codes of another city, or county, are "unknown" to this one. */
async function codesTarget(voucherCodes: readonly string[], jobId: JobId, actor: Actor) {
  const area = firstArea(actor);
  const startedBy = area && roleAt(actor, area);
  if (!startedBy) return undefined;
  const rows = toJobRows(voucherCodes.map((code, position) => ({ row: position + 1, cells: { code } })));
  await storeJobInput(jobId, rows);
  return ok({ startedBy, ...placeOf(area), total: rows.length });
}

const firstArea = (actor: Actor): Area | undefined => actor.grants.find(grant => 'cityCode' in grant);
