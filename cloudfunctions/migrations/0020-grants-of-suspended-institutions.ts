import type { InstitutionId } from '../../miniprogram/contract/ids';
import { refreshLeftBehind } from '../shared/people/account-grants';
import { accounts } from '../shared/store/accounts';
import { institutions, type Institution } from '../shared/store/institutions';
import { grants } from '../shared/store/people';
import { above, oneOf } from '../shared/store/query';
import type { Migration } from './migration';

/** Each may have many administrators, whose accounts take a request each. */
const CHUNK = 10;
const PEOPLE_AT_ONCE = 100;

/** Suspending an institution reached the accounts of its first thousand administrators only. Now it reaches all of them. */
export const migration: Migration = {
  name: '0020-grants-of-suspended-institutions',
  changes: '已停用的培训机构，所有管理员的权限一并收回。',

  count: async () => {
    let left = 0;
    let suspended = 0;
    for (
      let found = await suspendedAfter('');
      found.length > 0;
      found = await suspendedAfter(lastOf(found))
    ) {
      suspended += found.length;
      for (const { id } of found) left += await countHolders(id);
    }
    return { left, suspended };
  },

  step: async cursor => {
    const found = await suspendedAfter(cursor);
    const ids = found.map(({ id }) => id);
    if (ids.length > 0)
      await institutions.update({ _id: oneOf(ids), active: false }, { areGrantsStale: true });
    // What this does not reach keeps its mark, and has its turn at the timer's next run.
    await refreshLeftBehind();
    return { cursor: lastOf(found) || cursor, done: found.length, finished: found.length < CHUNK };
  },
};

const suspendedAfter = (cursor: string): Promise<Institution[]> =>
  institutions.read({
    where: { _id: above(cursor as InstitutionId), active: false },
    order: 'asc',
    limit: CHUNK,
  });

const lastOf = (found: readonly Institution[]): string => found.at(-1)?.id ?? '';

/** Accounts that may still act for the institution. */
async function countHolders(institutionId: InstitutionId): Promise<number> {
  let count = 0;
  for await (const chunk of grants.walk({ institutionId }, PEOPLE_AT_ONCE)) {
    const personKey = oneOf([...new Set(chunk.map(grant => grant.personKey))]);
    const holding = (await accounts.readAll({ personKey })).filter(account =>
      account.grants.some(grant => 'institutionId' in grant && grant.institutionId === institutionId),
    );
    count += holding.length;
  }
  return count;
}
