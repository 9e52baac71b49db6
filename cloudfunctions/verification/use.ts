import * as v from 'valibot';
import type { UseInput } from '../../miniprogram/contract/operations';
import { fail, ok, type Refusal, type Result } from '../../miniprogram/contract/result';
import { isClassOpen } from '../shared/domain/class-status';
import { use } from '../shared/domain/decisions';
import { actingFor, type Actor } from '../shared/domain/scope';
import { stepMarked, type ClassOfUse, type StepActor } from '../shared/domain/voucher';
import { toClassOfUse } from '../shared/jobs/issue-job';
import { changeVoucher } from '../shared/runtime/change-voucher';
import { Id, RawText } from '../shared/runtime/input';
import { operation, type Call } from '../shared/runtime/operation';
import { vouchers } from '../shared/store/vouchers';
import { toReceipt } from '../shared/views/voucher-view';
import { recordAttempt } from './attempts';
import { findPresented, type Presented } from './presented';

const QR_CHARS_MAX = 2_000;

export const useVoucher = operation('verification.use', {
  input: v.union([
    v.strictObject({ qrText: v.pipe(v.string(), v.maxLength(QR_CHARS_MAX)), classId: v.exactOptional(Id) }),
    v.strictObject({ voucherId: Id, digits: RawText, classId: v.exactOptional(Id) }),
  ]),
  repeatsFromHistory: true,
  run: async call => {
    const presented = await findPresented(call);
    const result = presented.ok ? await take(presented.data, call) : presented;
    if (!result.ok) {
      const voucher = presented.ok ? presented.data.voucher : undefined;
      await recordAttempt(call, { outcome: 'refused', refusalCode: result.error.code }, voucher);
      return result;
    }
    const { voucher, entry } = result.data;
    await recordAttempt(call, { outcome: 'accepted' }, voucher);
    return ok(toReceipt(voucher, entry));
  },
});

async function take(presented: Presented, call: Call<UseInput>) {
  const { voucher, nonce } = presented;
  const mark = {
    command: 'use',
    requestId: call.request.id,
    personKey: call.actor.personKey,
  } as const;
  const earlier = stepMarked(voucher, mark);
  if (earlier) return ok({ voucher, entry: earlier });
  const placed = placeOf(presented, call);
  if (!placed.ok) return placed;
  const { by, trainingClass } = placed.data;
  const context = {
    by,
    nowMs: call.nowMs,
    requestId: call.request.id,
    ...(nonce !== undefined && { nonce }),
    ...(trainingClass && { trainingClass }),
  };
  const changed = await changeVoucher(voucher, mark, current => use(current, context));
  return changed.ok ? changed : withWhose(changed, voucher.id, by);
}

interface Place {
  by: StepActor;
  /** Binds a 通用券; a 定向券 brings its own class. */
  trainingClass?: ClassOfUse;
}

/** Whether the voucher may be used with this administrator, and for a 通用券 in which class. */
function placeOf(presented: Presented, { input, actor }: Call<UseInput>): Result<Place> {
  const { voucher } = presented;
  if (voucher.issueMode === 'general' && voucher.institutionId === undefined)
    return placeOfGeneral(presented, input.classId, actor);
  const by = actingFor(actor, voucher);
  if (!by) return fail('voucher_not_for_this_institution');
  if (input.classId !== undefined && input.classId !== voucher.classId)
    return fail('voucher_not_for_this_class');
  return ok({ by });
}

function placeOfGeneral(
  { voucher, trainingClass }: Presented,
  classId: string | undefined,
  actor: Actor,
): Result<Place> {
  if (classId === undefined) return fail('class_required');
  const by = trainingClass && actingFor(actor, trainingClass);
  if (!trainingClass || !by) return fail('class_not_found');
  if (trainingClass.templateId !== voucher.templateId) return fail('voucher_not_for_this_class');
  if (!isClassOpen(trainingClass.status)) return fail('class_not_running');
  return ok({ by, trainingClass: toClassOfUse(trainingClass) });
}

/** "Used just now by me" and "used by somebody else" call for different things. */
async function withWhose(
  refused: { ok: false; error: Refusal },
  voucherId: string,
  by: StepActor,
): Promise<{ ok: false; error: Refusal }> {
  if (refused.error.code !== 'voucher_already_used') return refused;
  const now = await vouchers.find(voucherId);
  const mine = now?.status === 'used' && now.usedBy === by.personKey;
  return fail(refused.error.code, { ...refused.error.data, mine });
}
