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

/** Accounts say which institutions of theirs are suspended, and why; those of institutions that were suspended before do not. */
export const migration: Migration = {
  name: '0050-suspensions-in-accounts',
  changes: '已停用的培训机构，管理员能看到停用的机构和时间。',

  count: async () => {
    let left = 0;
    let told = 0;
    for await (const { id } of suspended()) {
      const counts = await countAccounts(id);
      left += counts.left;
      told += counts.told;
    }
    return { left, told };
  },

  step: async cursor => {
    const found = await suspendedAfter(cursor);
    const ids = found.map(({ id }) => id);
    if (ids.length > 0)
      await institutions.update({ _id: oneOf(ids), active: false }, { areGrantsStale: true });
    // What this does not reach keeps its mark, and has its turn at the timer's next run.
    await refreshLeftBehind();
    return { cursor: found.at(-1)?.id ?? cursor, done: found.length, finished: found.length < CHUNK };
  },
};

const suspendedAfter = (cursor: string): Promise<Institution[]> =>
  institutions.read({
    where: { _id: above(cursor as InstitutionId), active: false },
    order: 'asc',
    limit: CHUNK,
  });

async function* suspended(): AsyncGenerator<Institution, void> {
  let cursor = '';
  let found: Institution[];
  do {
    found = await suspendedAfter(cursor);
    yield* found;
    cursor = found.at(-1)?.id ?? '';
  } while (found.length === CHUNK);
}

/** Accounts of those who administer the institution. */
async function countAccounts(institutionId: InstitutionId): Promise<{ left: number; told: number }> {
  const counts = { left: 0, told: 0 };
  for await (const chunk of grants.walk({ institutionId, active: true }, PEOPLE_AT_ONCE)) {
    const personKey = oneOf([...new Set(chunk.map(grant => grant.personKey))]);
    for (const account of await accounts.readAll({ personKey })) {
      const isTold = account.suspended?.some(each => each.institutionId === institutionId) === true;
      counts[isTold ? 'told' : 'left'] += 1;
    }
  }
  return counts;
}
