import { FEN_MAX, groupCount, timesFen, yuanText } from '../../contract/fen';
import type { TemplateView } from '../../contract/templates';
import type { VoucherCounts } from '../../contract/vouchers';
import type { Place } from '../../view/grants';
import type { Fact } from '../../view/voucher';
import { kindText, leftCount, leftFen } from './templates';

/** People of a roster, and the vouchers made for them. */
interface Counts {
  rosterCount: number;
  voucherCounts: VoucherCounts;
}

/** What vouchers are issued for: a class, or a template with recipients of its own. */
export interface IssueTarget {
  title: string;
  /** Whose officers may issue. */
  place: Place;
  template: TemplateView;
  issueJobId: string | undefined;
  counts: Counts;
}

export interface IssuePlan {
  facts: Fact[];
  /** Why it cannot be issued; empty when it can. */
  obstacle: string;
  canIssue: boolean;
}

/** What is about to be issued, against what the template still has. The function checks again and decides. */
export function toIssuePlan(template: TemplateView, counts: Counts): IssuePlan {
  const missing = countMissing(counts);
  const isCountable = missing * template.amountFen <= FEN_MAX;
  const neededFen = isCountable ? timesFen(template.amountFen, missing) : FEN_MAX;
  const obstacle = findObstacle(template, { rosterCount: counts.rosterCount, missing, neededFen });
  return {
    facts: [
      { label: '券模板', value: template.name },
      { label: '券种', value: kindText(template) },
      { label: '单张金额', value: yuanText(template.amountFen) },
      { label: '本次发券', value: `${groupCount(missing)} 张` },
      { label: '合计金额', value: yuanText(neededFen) },
      { label: '剩余张数', value: `${groupCount(leftCount(template))} 张` },
      { label: '剩余预算', value: yuanText(leftFen(template)) },
    ],
    obstacle,
    canIssue: obstacle === '',
  };
}

/** Nobody holds two vouchers of the same class or template; whose voucher was voided may get another. */
function countMissing({ rosterCount, voucherCounts }: Counts): number {
  const made = Object.values(voucherCounts).reduce((sum, count) => sum + count, 0);
  return Math.max(0, rosterCount - made + (voucherCounts.voided ?? 0));
}

function findObstacle(
  template: TemplateView,
  { rosterCount, missing, neededFen }: { rosterCount: number; missing: number; neededFen: number },
): string {
  if (template.status !== 'published') return '券模板还没有发布，或已经停用，不能发券。';
  if (rosterCount === 0) return '名册里还没有人员，请先导入。';
  if (missing === 0) return '名册上的人都已有券，不用再发。';
  if (missing > leftCount(template)) return '剩余张数不够。请先在券模板里增加张数。';
  return neededFen > leftFen(template) ? '剩余预算不够。请先在券模板里增加预算。' : '';
}
