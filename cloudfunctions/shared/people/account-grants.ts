import { isDeepStrictEqual } from 'node:util';
import type { SuspendedInstitution } from '../../../miniprogram/contract/accounts';
import type { InstitutionId, PersonKey } from '../../../miniprogram/contract/ids';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { Grant } from '../../../miniprogram/contract/roles';
import { placeOf } from '../domain/scope';
import { sessionEndMs } from '../domain/session';
import { toSuspended } from '../domain/standing';
import { accounts, type Account } from '../store/accounts';
import { bringToCounty } from '../store/county-of-institution';
import { institutions, type Institution } from '../store/institutions';
import { findGrants, grants, type GrantRecord } from '../store/people';
import { oneOf } from '../store/query';
import { isProvinceOfficer } from './province-officers';

const ATTEMPTS = 3;
/** Each may be signed in with several phones, and each of these is saved by a request of its own. */
const PEOPLE_AT_ONCE = 100;

/**
 * Copies what people have been granted to the accounts that they are signed in with, so that a role given or taken
 * away counts from the next call on. Accounts are read before grants and saved only unchanged: of two changes at
 * once the later reading wins.
 * @returns the accounts as they are now; write_conflict when they kept changing: the request may be repeated.
 */
export async function refreshAccounts(
  personKeys: readonly PersonKey[],
  nowMs: number,
): Promise<Result<Account[]>> {
  const fresh: Account[] = [];
  let left = [...personKeys];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const read = await accounts.readAll({ personKey: oneOf(left) });
    if (read.length === 0) return ok(fresh);
    const granted = await loadGrants([...new Set(read.map(account => account.personKey))]);
    const saved = await Promise.all(
      read.map(account => saveGrants(account, granted.get(account.personKey) ?? NOTHING, nowMs)),
    );
    fresh.push(...saved.flatMap(account => account ?? []));
    left = read.filter((_, position) => !saved[position]).map(account => account.personKey);
    if (left.length === 0) return ok(fresh);
  }
  return fail('write_conflict');
}

/**
 * The same for all who have ever been granted a role at an institution that was suspended or is active again; and what
 * there is of the institution follows it to another county. It is marked by the write that changes it until all of this
 * is done: what a killed or too short call leaves undone is done by its repetition, or by the timer.
 */
export async function refreshAdministrators(
  institution: Institution,
  nowMs: number,
): Promise<Result<undefined>> {
  const { id: institutionId, version } = institution;
  for await (const chunk of grants.walk({ institutionId }, PEOPLE_AT_ONCE)) {
    const personKeys = [...new Set(chunk.map(({ personKey }) => personKey))];
    const refreshed = await refreshAccounts(personKeys, nowMs);
    if (!refreshed.ok) return refreshed;
  }
  await bringToCounty(institution);
  // Changed once more in between: then the mark is the later change's.
  await institutions.update({ _id: institutionId, version }, { areGrantsStale: undefined });
  return ok(undefined);
}

/** Goes on with what calls left undone. @returns how many institutions that were about. */
export async function refreshLeftBehind(): Promise<number> {
  const stale = await institutions.readAll({ areGrantsStale: true });
  for (const institution of stale) await refreshAdministrators(institution, Date.now());
  return stale.length;
}

/**
 * The same for one account that has just been written: its roles are read afterwards, so whoever changes them meanwhile
 * finds the account as well.
 */
export async function refreshAccount(account: Account, nowMs: number): Promise<Result<Account>> {
  const granted = await loadGrants([account.personKey]);
  const saved = await saveGrants(account, granted.get(account.personKey) ?? NOTHING, nowMs);
  if (saved) return ok(saved);
  const refreshed = await refreshAccounts([account.personKey], nowMs);
  if (!refreshed.ok) return refreshed;
  return ok(refreshed.data.find(({ id }) => id === account.id) ?? account);
}

/** @returns undefined when somebody else changed the account in between. What is as it should be is not written. */
async function saveGrants(
  account: Account,
  { grants: granted, suspended }: Granted,
  nowMs: number,
): Promise<Account | undefined> {
  const signedInUntilMs = sessionEndMs(account.signedInUntilMs, granted, nowMs);
  const isCurrent =
    signedInUntilMs === account.signedInUntilMs &&
    isDeepStrictEqual(granted, account.grants) &&
    isDeepStrictEqual(suspended, account.suspended ?? []);
  if (isCurrent) return account;
  const changes = {
    grants: granted,
    suspended: suspended.length > 0 ? suspended : undefined,
    signedInUntilMs,
  };
  return (await accounts.save(account, changes)) ? { ...account, ...changes } : undefined;
}

/** What somebody may do now, and what they could do were it not for a suspension. */
interface Granted {
  grants: Grant[];
  suspended: SuspendedInstitution[];
}

const NOTHING: Granted = { grants: [], suspended: [] };

/** Of each of the people. Administrators of an institution that is not active may do nothing for it. */
async function loadGrants(personKeys: readonly PersonKey[]): Promise<Map<PersonKey, Granted>> {
  const all = await findGrants(personKeys);
  const records = all.filter(record => record.active);
  const ids = records.flatMap(({ institutionId }) => institutionId ?? []);
  const found = await institutions.findMany([...new Set(ids)]);
  const active = new Map(found.filter(each => each.active).map(each => [each.id, each]));
  const suspended = new Map(found.filter(each => !each.active).map(each => [each.id, toSuspended(each)]));
  return new Map(
    personKeys.map(personKey => {
      const own = records.filter(record => record.personKey === personKey).sort(byId);
      const province: Grant[] = isProvinceOfficer(personKey) ? [{ role: 'province' }] : [];
      return [
        personKey,
        {
          grants: [...province, ...own.flatMap(record => toGrants(record, active))],
          suspended: own.flatMap(
            ({ institutionId }) => (institutionId && suspended.get(institutionId)) ?? [],
          ),
        },
      ];
    }),
  );
}

const byId = (a: GrantRecord, b: GrantRecord): number => (a.id < b.id ? -1 : 1);

/** The record as accounts and views have it: one grant, or none when it does not count at present. */
export function toGrants(
  { role, cityCode, countyCode, institutionId }: GrantRecord,
  activeInstitutions: ReadonlyMap<InstitutionId, Institution> = new Map(),
): Grant[] {
  if (role !== 'administrator')
    return cityCode === undefined ? [] : [{ role, ...placeOf({ cityCode, countyCode }) }];
  const institution = institutionId && activeInstitutions.get(institutionId);
  return institution ? [{ role, cityCode: institution.cityCode, institutionId: institution.id }] : [];
}
