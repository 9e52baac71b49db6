import type { CityCode } from '../../../miniprogram/contract/areas';
import type { WaitingBatches, WaitingClasses } from '../../../miniprogram/contract/waiting';
import type { AreaCount } from '../domain/scope';
import { batches } from './batches';
import { classes } from './classes';
import { JoinedRead } from './joined-read';
import { toAreaCounts } from './placed-collection';
import { ABSENT, not, oneOf } from './query';

/** Classes that wait for the clerks of these cities. Those of a 通用券 get no vouchers of their own. */
export function classesWaiting(
  cityCodes: readonly CityCode[],
): JoinedRead<Record<WaitingClasses['command'], AreaCount[]>> {
  const cityCode = oneOf(cityCodes);
  const withoutVouchers = { issueJobId: ABSENT, issueMode: not('general') };
  const joins = {
    approve: classes.joinCounts({ cityCode, status: 'submitted' }),
    issue: classes.joinCounts({ cityCode, status: 'approved', ...withoutVouchers }),
  };
  return new JoinedRead(joins, ({ approve, issue }) => ({
    approve: toAreaCounts(approve),
    issue: toAreaCounts(issue),
  }));
}

/** Batches that wait for the reviewers and payers of these cities. */
export function batchesWaiting(
  cityCodes: readonly CityCode[],
): JoinedRead<Record<WaitingBatches['command'], AreaCount[]>> {
  const cityCode = oneOf(cityCodes);
  const joins = {
    review: batches.joinCounts({ cityCode, status: 'submitted' }),
    approve: batches.joinCounts({ cityCode, status: 'reviewed' }),
    pay: batches.joinCounts({ cityCode, status: 'approved' }),
  };
  return new JoinedRead(joins, ({ review, approve, pay }) => ({
    review: toAreaCounts(review),
    approve: toAreaCounts(approve),
    pay: toAreaCounts(pay),
  }));
}
