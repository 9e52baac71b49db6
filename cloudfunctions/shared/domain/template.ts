import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { TemplateFields, TemplateStatus, TemplateView } from '../../../miniprogram/contract/templates';

/** Every voucher of the template must be claimable before it ends, and one must be affordable. */
export function checkTemplate(fields: TemplateFields): Result<undefined> {
  if (fields.claimWindowDays > fields.validDays) return fail('template_days_contradictory');
  if (fields.budgetFen < fields.amountFen) return fail('template_budget_below_amount');
  return ok(undefined);
}

/** What stays open after publication: more or fewer vouchers, a new name, other institutions. The rest is promised to holders. */
const CHANGEABLE_WHEN_PUBLISHED: readonly (keyof TemplateFields)[] = [
  'name',
  'quota',
  'budgetFen',
  'institutionIds',
];

/** @returns the fields as they would be; template_closed, template_not_draft, template_below_issued or what checkTemplate says. */
export function amendTemplate(
  template: TemplateView,
  changes: Partial<TemplateFields>,
): Result<TemplateFields> {
  if (template.status === 'closed') return fail('template_closed');
  const isAllowed = (field: string) => (CHANGEABLE_WHEN_PUBLISHED as readonly string[]).includes(field);
  if (template.status === 'published' && !Object.keys(changes).every(isAllowed))
    return fail('template_not_draft');
  const next = { ...template, ...changes };
  if (next.quota < template.issuedCount || next.budgetFen < template.committedFen) {
    return fail('template_below_issued', {
      issuedCount: template.issuedCount,
      committedFen: template.committedFen,
    });
  }
  const checked = checkTemplate(next);
  return checked.ok ? ok(next) : checked;
}

export type TemplateCommand = 'create' | 'amend' | 'publish' | 'close';

/** @returns the state that the command leads to. */
export function moveTemplate(command: 'publish' | 'close', status: TemplateStatus): Result<TemplateStatus> {
  if (command === 'publish') return status === 'draft' ? ok('published') : fail('template_not_draft');
  return status === 'published' ? ok('closed') : fail('template_not_published');
}
