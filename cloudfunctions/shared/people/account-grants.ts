import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { Grant } from '../../../miniprogram/contract/roles';
import { sessionEndMs } from '../domain/session';
import { accounts, type Account } from '../store/accounts';
import { institutions, type Institution } from '../store/institutions';
import { grants, type GrantRecord } from '../store/people';
import { isProvinceOfficer } from './province-officers';

const ATTEMPTS = 3;

/**
 * Copies what people have been granted to the accounts that they are signed in with, so that a role given or taken
 * away counts from the next call on. Accounts are read before grants and saved only unchanged: of two changes at
 * once the later reading wins.
 * @returns write_conflict when accounts kept changing; the request may be repeated.
 */
export async function refreshAccounts(
  personKeys: readonly string[],
  nowMs: number,
): Promise<Result<undefined>> {
  let left = [...personKeys];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const read = await accounts.findMany(left, 'personKey');
    if (read.length === 0) return ok(undefined);
    const granted = await loadGrants([...new Set(read.map(account => account.personKey))]);
    const failed = await saveGrants(read, granted, nowMs);
    if (failed.length === 0) return ok(undefined);
    left = failed.map(account => account.personKey);
  }
  return fail('write_conflict');
}

/** @returns the accounts that somebody else changed in between. */
async function saveGrants(
  read: readonly Account[],
  granted: ReadonlyMap<string, Grant[]>,
  nowMs: number,
): Promise<Account[]> {
  const saved = await Promise.all(
    read.map(account => {
      const now = granted.get(account.personKey) ?? [];
      const signedInUntilMs = sessionEndMs(account.signedInUntilMs, now, nowMs);
      return accounts.save(account, { grants: now, signedInUntilMs });
    }),
  );
  return read.filter((_, position) => !saved[position]);
}

/** What each of the people may do now. Administrators of an institution that is not active may do nothing for it. */
async function loadGrants(personKeys: readonly string[]): Promise<Map<string, Grant[]>> {
  const records = (await grants.findMany(personKeys, 'personKey')).filter(record => record.active);
  const ids = records.flatMap(({ institutionId }) => (institutionId === undefined ? [] : [institutionId]));
  const found = await institutions.findMany([...new Set(ids)]);
  const active = new Map(found.filter(each => each.active).map(each => [each.id, each]));
  return new Map(
    personKeys.map(personKey => {
      const own = records.filter(record => record.personKey === personKey).sort(byId);
      const province: Grant[] = isProvinceOfficer(personKey) ? [{ role: 'province' }] : [];
      return [personKey, [...province, ...own.flatMap(record => toGrants(record, active))]];
    }),
  );
}

const byId = (a: GrantRecord, b: GrantRecord): number => (a.id < b.id ? -1 : 1);

/** The record as accounts and views have it: one grant, or none when it does not count at present. */
export function toGrants(
  { role, cityCode, institutionId }: GrantRecord,
  activeInstitutions: ReadonlyMap<string, Institution> = new Map(),
): Grant[] {
  if (role !== 'administrator') return cityCode === undefined ? [] : [{ role, cityCode }];
  const institution = activeInstitutions.get(institutionId ?? '');
  return institution ? [{ role, cityCode: institution.cityCode, institutionId: institution.id }] : [];
}
