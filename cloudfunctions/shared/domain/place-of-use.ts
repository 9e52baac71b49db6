import type { ClassId, InstitutionId } from '../../../miniprogram/contract/ids';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import { findSuspended, refuseSuspended } from './standing';
import { roleAt, type ActingPerson, type Actor } from './scope';
import { toClassOfUse, type ClassAtScan, type TrainingClass } from './training-class';
import type { ClassOfUse, Voucher } from './voucher';

/** Where a voucher is used, and in which role it is scanned. */
export interface PlaceOfUse {
  by: ActingPerson;
  takenAt: ClassAtScan;
  /** Binds a 通用券; a 定向券 brings its own class. */
  trainingClass?: ClassOfUse;
}

/** A voucher at the counter of an institution. */
export interface PresentedVoucher {
  voucher: Voucher;
  /** The class that was asked for, else that of the voucher; absent when there is none of that id. */
  trainingClass?: TrainingClass;
}

/**
 * Whether the voucher may be used with this administrator, and for a 通用券 in which class. Notice 三(五).
 * @returns institution_suspended; voucher_not_for_this_institution; voucher_not_for_this_class; class_not_found; for a 通用券 class_required.
 */
export function placeOfUse(
  presented: PresentedVoucher,
  { actor, classId }: { actor: Actor; classId: ClassId | undefined },
): Result<PlaceOfUse> {
  const { voucher, trainingClass } = presented;
  if (isUnbound(voucher)) return placeOfGeneral(presented, { actor, classId });
  const by = roleAt(actor, voucher);
  if (!by) return refuseAt(actor, voucher, 'voucher_not_for_this_institution');
  if (classId !== undefined && classId !== voucher.classId) return fail('voucher_not_for_this_class');
  return trainingClass ? ok({ by, takenAt: trainingClass }) : fail('class_not_found');
}

/** Not theirs, or theirs but for a suspension. */
function refuseAt(
  actor: Actor,
  place: { institutionId?: InstitutionId },
  code: 'voucher_not_for_this_institution' | 'class_not_found',
): Result<never> {
  const suspended = findSuspended(actor, place);
  return suspended ? refuseSuspended(suspended) : fail(code);
}

/** A 通用券 that waits for its class, and with it for its institution. */
const isUnbound = ({ issueMode, institutionId }: Voucher): boolean =>
  issueMode === 'general' && institutionId === undefined;

function placeOfGeneral(
  { voucher, trainingClass }: PresentedVoucher,
  { actor, classId }: { actor: Actor; classId: ClassId | undefined },
): Result<PlaceOfUse> {
  if (classId === undefined) return fail('class_required');
  const by = trainingClass && roleAt(actor, trainingClass);
  if (!trainingClass || !by) return refuseAt(actor, trainingClass ?? {}, 'class_not_found');
  if (trainingClass.templateId !== voucher.templateId) return fail('voucher_not_for_this_class');
  return ok({ by, takenAt: trainingClass, trainingClass: toClassOfUse(trainingClass) });
}
