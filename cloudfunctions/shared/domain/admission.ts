import type { InstitutionId } from '../../../miniprogram/contract/ids';
import { isTemplateOpen, type TemplateView } from '../../../miniprogram/contract/templates';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { InstitutionView } from '../../../miniprogram/contract/training';

// What an institution may begin while it is suspended, or once a template leaves it out. Judged as read at each step: a
// class may have been handed in before. The notice is silent; the rule is this project's own.
//
// Suspended: it begins nothing, its classes are neither reviewed nor started, and no vouchers are issued for them. Left out
// by a template: the same for what is not approved yet; an approved class goes on to its end. Nobody loses a voucher by
// either: what is issued may be claimed, what is claimed keeps its days and may be used once the institution is active
// again, and what was used before is settled.

type Terms = Pick<TemplateView, 'status'> & { institutionIds: readonly InstitutionId[] };

/** @returns institution_not_active. */
export const checkActive = (institution: Pick<InstitutionView, 'active'> | undefined): Result<undefined> =>
  institution?.active ? ok(undefined) : fail('institution_not_active');

/** @returns institution_not_active; template_not_published; institution_not_allowed_for_template. */
export function checkAdmission(
  institution: Pick<InstitutionView, 'id' | 'active'> | undefined,
  template: Terms | undefined,
): Result<undefined> {
  if (!institution?.active) return fail('institution_not_active');
  if (!template || !isTemplateOpen(template.status)) return fail('template_not_published');
  const { institutionIds } = template;
  const isAllowed = institutionIds.length === 0 || institutionIds.includes(institution.id);
  return isAllowed ? ok(undefined) : fail('institution_not_allowed_for_template');
}
