import type { InstitutionId } from '../../../miniprogram/contract/ids';
import { isTemplateOpen, type TemplateView } from '../../../miniprogram/contract/templates';
import type { ProjectId } from '../../../miniprogram/contract/projects';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { InstitutionView } from '../../../miniprogram/contract/training';

// What an institution may begin while it is suspended, or once a template leaves it out. Judged as read at each step: a
// class may have been handed in before. The notice is silent; the rule is this project's own.
//
// Suspended: it begins nothing and scans nothing, its classes are neither approved nor started, no vouchers are issued for
// them, and an issue that is under way stops. The city may send a class back, take a scan back and void what is not used.
// Left out by a template, or without the template's project: its classes are not handed in or approved and get no vouchers.
//
// Nobody loses by either what they have: a class in progress stays in progress, what is issued may be claimed, what is
// claimed keeps its days and may be used once the institution is active again. What was used before is settled: a batch
// that was handed in is reviewed, paid and written off; one that was not waits, with its vouchers, until the institution
// is active again.

type Terms = Pick<TemplateView, 'status' | 'projectId'> & { institutionIds: readonly InstitutionId[] };

type Candidate = Pick<InstitutionView, 'id' | 'active' | 'projectIds'>;

/** Whether an institution may run a project: all of them, unless some are named. */
const mayRun = ({ projectIds = [] }: Pick<InstitutionView, 'projectIds'>, projectId: ProjectId): boolean =>
  projectIds.length === 0 || projectIds.includes(projectId);

/** @returns institution_not_active. */
export const checkActive = (institution: Pick<InstitutionView, 'active'> | undefined): Result<undefined> =>
  institution?.active ? ok(undefined) : fail('institution_not_active');

/**
 * @returns institution_not_active; template_not_published; institution_not_allowed_for_template;
 * project_not_allowed_for_institution.
 */
export function checkAdmission(
  institution: Candidate | undefined,
  template: Terms | undefined,
): Result<undefined> {
  if (!institution?.active) return fail('institution_not_active');
  if (!template || !isTemplateOpen(template.status)) return fail('template_not_published');
  const { institutionIds } = template;
  const isAllowed = institutionIds.length === 0 || institutionIds.includes(institution.id);
  if (!isAllowed) return fail('institution_not_allowed_for_template');
  return mayRun(institution, template.projectId)
    ? ok(undefined)
    : fail('project_not_allowed_for_institution');
}
