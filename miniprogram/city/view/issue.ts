import { FEN_MAX, groupCount, timesFen, yuanText } from '../../contract/fen';
import type { TemplateView } from '../../contract/templates';
import type { RosterEntryView } from '../../contract/training';
import type { Fact } from '../../view/voucher';
import { kindText, leftCount, leftFen } from './templates';

/** People of a roster as far as it was read: there is no count to ask for, so a long roster is counted only in part. */
export interface RosterCount {
  people: number;
  /** Of these, without a voucher. */
  missing: number;
  /** More people follow. */
  isPartial: boolean;
}

export const countRoster = (entries: readonly RosterEntryView[], isPartial: boolean): RosterCount => ({
  people: entries.length,
  missing: entries.filter(entry => entry.voucherStatus === undefined).length,
  isPartial,
});

export interface IssuePlan {
  facts: Fact[];
  /** Why it cannot be issued; empty when it can. */
  obstacle: string;
  canIssue: boolean;
}

/** A roster that was read only in part is counted by the job; what is known is the least that there is. */
const atLeast = ({ isPartial, missing }: RosterCount, exact: string): string => {
  if (!isPartial) return exact;
  return missing > 0 ? `至少 ${exact}` : '名册较长，发券时清点';
};

/** What is about to be issued, against what the template still has. The function checks again and decides. */
export function toIssuePlan(template: TemplateView, count: RosterCount): IssuePlan {
  const { missing } = count;
  const isCountable = missing * template.amountFen <= FEN_MAX;
  const neededFen = isCountable ? timesFen(template.amountFen, missing) : FEN_MAX;
  const obstacle = findObstacle(template, { count, neededFen });
  return {
    facts: [
      { label: '券模板', value: template.name },
      { label: '券种', value: kindText(template) },
      { label: '单张金额', value: yuanText(template.amountFen) },
      { label: '本次发券', value: atLeast(count, `${groupCount(missing)} 张`) },
      { label: '合计金额', value: atLeast(count, yuanText(neededFen)) },
      { label: '剩余张数', value: `${groupCount(leftCount(template))} 张` },
      { label: '剩余预算', value: yuanText(leftFen(template)) },
    ],
    obstacle,
    canIssue: obstacle === '',
  };
}

function findObstacle(
  template: TemplateView,
  { count, neededFen }: { count: RosterCount; neededFen: number },
): string {
  if (template.status !== 'published') return '券模板还没有发布，或已经停用，不能发券。';
  if (count.people === 0) return '名册里还没有人员，请先导入。';
  if (count.missing === 0 && !count.isPartial) return '名册上的人都已有券，不用再发。';
  if (count.missing > leftCount(template)) return '剩余张数不够。请先在券模板里增加张数。';
  return neededFen > leftFen(template) ? '剩余预算不够。请先在券模板里增加预算。' : '';
}
