import { isTooMuch, minusFen } from '../../../miniprogram/contract/fen';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { TemplateFields, TemplateStatus, TemplateView } from '../../../miniprogram/contract/templates';
import { Lifecycle, refuseBy, type CommandOf, type LifeEntry, type Move } from './lifecycle';

/** Life of a template: publishing opens it for classes and issue; closing ends both and leaves its vouchers as they are. */
const MOVES = {
  create: { from: 'none', to: 'draft', by: ['clerk'] },
  amend: { from: ['draft', 'published'], to: 'same', by: ['clerk'] },
  publish: { from: ['draft'], to: 'published', by: ['clerk'] },
  close: { from: ['published'], to: 'closed', by: ['clerk'] },
} as const satisfies Record<string, Move<TemplateStatus>>;

export const TEMPLATE_LIFE = new Lifecycle<TemplateStatus, typeof MOVES>(
  MOVES,
  refuseBy({
    create: 'template_not_draft',
    amend: 'template_closed',
    publish: 'template_not_draft',
    close: 'template_not_published',
  }),
);

type TemplateEntry = LifeEntry<CommandOf<typeof MOVES>, TemplateStatus>;
/** Entries of the first templates tell no states. */
export type TemplateStep = Omit<TemplateEntry, 'from' | 'to'> & Partial<Pick<TemplateEntry, 'from' | 'to'>>;

/** A voucher template (券模板). */
export interface Template extends TemplateView {
  /** Vouchers that running issue jobs have set aside, by job; part of issuedCount until a job gives back what it did not issue. */
  reservations: Record<string, number>;
  history: TemplateStep[];
  version: number;
}

/** Every voucher of the template must be claimable before it ends, and one must be affordable. */
export function checkTemplate(fields: TemplateFields): Result<undefined> {
  if (fields.claimWindowDays > fields.validDays) return fail('template_days_contradictory');
  if (fields.budgetFen < fields.amountFen) return fail('template_budget_below_amount');
  return ok(undefined);
}

/** What stays open after publication: more or fewer vouchers, a new name, other institutions. The rest is promised to holders. */
const CHANGEABLE_WHEN_PUBLISHED: readonly string[] = [
  'name',
  'quota',
  'budgetFen',
  'institutionIds',
] satisfies (keyof TemplateFields)[];

/** @returns template_closed, template_not_draft, template_below_issued or what checkTemplate says. */
export function checkAmendment(
  template: Pick<TemplateView, 'status' | 'issuedCount' | 'committedFen'> & TemplateFields,
  changes: Partial<TemplateFields>,
): Result<undefined> {
  const state = TEMPLATE_LIFE.check('amend', template.status);
  if (!state.ok) return fail(state.error.code);
  const isDraft = TEMPLATE_LIFE.allows('publish', template.status);
  if (!isDraft && !Object.keys(changes).every(field => CHANGEABLE_WHEN_PUBLISHED.includes(field)))
    return fail('template_not_draft');
  const { issuedCount, committedFen } = template;
  const next = { ...template, ...changes };
  if (next.quota < issuedCount || next.budgetFen < committedFen) {
    return fail('template_below_issued', { issuedCount, committedFen });
  }
  return checkTemplate(next);
}

/** @returns template_quota_exceeded or template_budget_exceeded when the template cannot bear that many more. */
export function checkQuota(
  template: Pick<Template, 'quota' | 'issuedCount' | 'budgetFen' | 'committedFen' | 'amountFen'>,
  neededCount: number,
): Result<undefined> {
  const leftCount = template.quota - template.issuedCount;
  if (neededCount > leftCount) return fail('template_quota_exceeded', { neededCount, leftCount });
  const leftFen = minusFen(template.budgetFen, template.committedFen);
  const { amountFen } = template;
  return isTooMuch(amountFen, neededCount, leftFen)
    ? fail('template_budget_exceeded', { neededFen: amountFen * neededCount, leftFen })
    : ok(undefined);
}
