import type { InstitutionView } from '../../../miniprogram/contract/training';
import type { ChangeStep } from './change-step';
import type { AreaCount, Wish } from '../domain/scope';
import { toCodeText } from '../../../miniprogram/contract/plain-text';
import { JoinedRead } from './joined-read';
import { PlacedCollection, toAreaCounts } from './placed-collection';
import { containing, type Where } from './query';

export interface Institution extends Omit<InstitutionView, 'standing'> {
  version: number;
  /** Accounts may still hold grants as they were before it was suspended or became active again. */
  areGrantsStale?: true | undefined;
  history: ChangeStep[];
}

export const institutions = new PlacedCollection<Institution, 'institutions'>('institutions');

/** What a list of institutions is searched for. */
export interface InstitutionSearch {
  active?: boolean;
  /** Part of the name; four and more digits and letters are part of the 统一社会信用代码. */
  search?: string;
}

const CODE_PART = /^(?=.*\d)[0-9A-Z]{4,18}$/;

export function institutionsMatching({ active, search = '' }: InstitutionSearch): Where<Institution> {
  const code = toCodeText(search);
  const found = CODE_PART.test(code) ? { uscc: containing(code) } : { name: containing(search) };
  return { ...(active !== undefined && { active }), ...(search !== '' && found) };
}

/** How many institutions of areas are active, and how many suspended. */
export function countsOf(
  areas: Pick<Wish, 'cityCodes' | 'countyCodes'>,
  search: InstitutionSearch,
): JoinedRead<Record<'active' | 'suspended', AreaCount[]>> {
  const joins = {
    active: institutions.joinCountsWithin(areas, institutionsMatching({ ...search, active: true })),
    suspended: institutions.joinCountsWithin(areas, institutionsMatching({ ...search, active: false })),
  };
  return new JoinedRead(joins, ({ active, suspended }) => ({
    active: toAreaCounts(active),
    suspended: toAreaCounts(suspended),
  }));
}
