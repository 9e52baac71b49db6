import { isClassOpen } from '../../../miniprogram/contract/training';
import type { ClassId } from '../../../miniprogram/contract/ids';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import { roleAt, type ActingPerson, type Actor } from './scope';
import { toClassOfUse, type TrainingClass } from './training-class';
import type { ClassOfUse, Voucher } from './voucher';

/** Where a voucher is used, and in which role it is scanned. */
export interface PlaceOfUse {
  by: ActingPerson;
  /** Binds a 通用券; a 定向券 brings its own class. */
  trainingClass?: ClassOfUse;
}

/** A voucher at the counter of an institution. */
export interface PresentedVoucher {
  voucher: Voucher;
  /** The class that was asked for; absent when there is none of that id. */
  trainingClass?: TrainingClass;
}

/**
 * Whether the voucher may be used with this administrator, and for a 通用券 in which class. Notice 三(五).
 * @returns voucher_not_for_this_institution; voucher_not_for_this_class; for a 通用券 class_required, class_not_found,
 * class_not_running.
 */
export function placeOfUse(
  presented: PresentedVoucher,
  { actor, classId }: { actor: Actor; classId: ClassId | undefined },
): Result<PlaceOfUse> {
  const { voucher } = presented;
  if (voucher.issueMode === 'general' && voucher.institutionId === undefined)
    return placeOfGeneral(presented, { actor, classId });
  const by = roleAt(actor, voucher);
  if (!by) return fail('voucher_not_for_this_institution');
  if (classId !== undefined && classId !== voucher.classId) return fail('voucher_not_for_this_class');
  return ok({ by });
}

function placeOfGeneral(
  { voucher, trainingClass }: PresentedVoucher,
  { actor, classId }: { actor: Actor; classId: ClassId | undefined },
): Result<PlaceOfUse> {
  if (classId === undefined) return fail('class_required');
  const by = trainingClass && roleAt(actor, trainingClass);
  if (!trainingClass || !by) return fail('class_not_found');
  if (trainingClass.templateId !== voucher.templateId) return fail('voucher_not_for_this_class');
  if (!isClassOpen(trainingClass.status)) return fail('class_not_running');
  return ok({ by, trainingClass: toClassOfUse(trainingClass) });
}
