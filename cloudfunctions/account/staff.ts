import * as v from 'valibot';
import type { CityCode } from '../../miniprogram/contract/areas';
import type { StaffView } from '../../miniprogram/contract/accounts';
import { isOfCity } from '../../miniprogram/contract/counties';
import { fail, ok } from '../../miniprogram/contract/result';
import { CITY_ROLES } from '../../miniprogram/contract/roles';
import { roleAt } from '../shared/domain/scope';
import { toGrants } from '../shared/people/account-grants';
import { grantTo, revokeFrom } from '../shared/people/grant';
import { parsePerson } from '../shared/people/identity';
import { City, County, Cursor, PersonKey, RawText } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { findGrants, staffOf, type GrantRecord } from '../shared/store/people';
import { maskedName } from '../shared/views/voucher-view';

/** What is given, and where: in the whole city, or in one of its counties. */
const Place = { role: v.picklist(CITY_ROLES), cityCode: City, countyCode: v.exactOptional(County) };

export const grantRole = operation('account.grantRole', {
  input: v.strictObject({ name: RawText, idNumber: RawText, ...Place }),
  run: async ({ input: { name, idNumber, ...place }, actor, nowMs, request }) => {
    const { cityCode, countyCode } = place;
    const by = roleAt(actor, { cityCode });
    if (!by) return fail('role_not_allowed');
    if (!isOfCity(countyCode, cityCode)) return fail('county_of_other_city');
    const person = parsePerson({ name, idNumber }, nowMs);
    if (!person.ok) return person;
    const granted = await grantTo(person.data, place, { by, nowMs, requestId: request.id });
    return granted.ok ? ok(await loadStaffView(granted.data, cityCode)) : granted;
  },
});

export const revokeRole = operation('account.revokeRole', {
  input: v.strictObject({ personId: PersonKey, ...Place }),
  run: async ({ input: { personId, ...place }, actor, nowMs, request }) => {
    const { cityCode } = place;
    const by = roleAt(actor, { cityCode });
    if (!by) return fail('role_not_allowed');
    const revoked = await revokeFrom(personId, place, { by, nowMs, requestId: request.id });
    return revoked.ok ? ok(await loadStaffView(revoked.data, cityCode)) : revoked;
  },
});

export const listStaff = operation('account.listStaff', {
  input: v.strictObject({ cityCode: City, cursor: Cursor }),
  load: ({ cityCode, cursor }) => staffOf(cityCode, cursor),
  run: async ({ input: { cityCode } }, { page: { items: rows, ...page }, ofTheSame }) => {
    const all = ofTheSame.filter(isGrantIn(cityCode));
    // Somebody with several roles stands where the first of them stands, so on one page only.
    const firsts = rows.filter(row => !all.some(other => isEarlierOfSame(other, row)));
    return ok({ ...page, items: firsts.map(row => toStaffView(row, all)) });
  },
});

const isEarlierOfSame = (other: GrantRecord, row: GrantRecord): boolean =>
  other.personKey === row.personKey && other.id < row.id;

const isGrantIn =
  (cityCode: CityCode) =>
  (grant: GrantRecord): boolean =>
    grant.active && grant.cityCode === cityCode;

const loadStaffView = async (record: GrantRecord, cityCode: CityCode): Promise<StaffView> =>
  toStaffView(record, (await findGrants([record.personKey])).filter(isGrantIn(cityCode)));

/** The roles of the one city that was asked about. */
const toStaffView = ({ personKey, nameCipher }: GrantRecord, all: readonly GrantRecord[]): StaffView => ({
  personId: personKey,
  name: maskedName(nameCipher),
  grants: all.filter(grant => grant.personKey === personKey).flatMap(grant => toGrants(grant)),
});
