import * as v from 'valibot';
import { LIMITS } from '../../../miniprogram/contract/limits';
import type { TemplateView } from '../../../miniprogram/contract/templates';
import type { Template } from '../domain/template';
import { City, FenFrom, InstitutionId, Line, Project, WholeNumber } from '../runtime/input';

const AgeYears = WholeNumber(LIMITS.ageYearsMin, LIMITS.ageYearsMax);
const AudienceRule = v.variant('kind', [
  v.strictObject({ kind: v.literal('labour_contract') }),
  v.strictObject({ kind: v.literal('enterprise_pension') }),
  v.strictObject({ kind: v.literal('age_between'), minYears: AgeYears, maxYears: AgeYears }),
]);

const RULES_MAX = 10;
const INSTITUTIONS_MAX = 500;

/** What staff fill in. */
export const TemplateFields = v.strictObject({
  cityCode: City,
  name: Line(LIMITS.nameCharsMax),
  projectId: Project,
  issueMode: v.picklist(['general', 'targeted']),
  functionMode: v.picklist(['face_value', 'credit']),
  amountFen: FenFrom(1),
  quota: WholeNumber(1, LIMITS.quotaMax),
  budgetFen: FenFrom(1),
  claimWindowDays: WholeNumber(1, LIMITS.daysMax),
  validDays: WholeNumber(1, LIMITS.daysMax),
  graceDays: v.exactOptional(WholeNumber(0, LIMITS.graceDaysMax)),
  audience: v.pipe(v.array(AudienceRule), v.maxLength(RULES_MAX)),
  institutionIds: v.pipe(v.array(InstitutionId), v.maxLength(INSTITUTIONS_MAX)),
});

/** Everything that staff see; what running jobs have set aside is not among it. */
export function toTemplateView(template: Template): TemplateView {
  const { id, status, issuedCount, committedFen, issueJobId } = template;
  return {
    id,
    ...v.parse(v.object(TemplateFields.entries), template),
    status,
    issuedCount,
    committedFen,
    ...(issueJobId !== undefined && { issueJobId }),
  };
}
