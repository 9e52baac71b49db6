import type { CityCode } from '../../miniprogram/contract/areas';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { dayOf } from '../shared/domain/calendar';
import { readIdNumber } from '../shared/domain/id-number';
import { toNormalName } from '../shared/domain/person-name';
import { parsePhone } from '../shared/domain/phone-number';
import type { EsscPerson } from '../shared/gateways/essc-gateway';
import { encryptText, personKeyOf } from '../shared/runtime/secrets';
import { people, type Person } from '../shared/store/people';
import { openGateway } from './gateway';

/** Somebody whose identity the e-SSC has checked (实名制身份验证). */
export interface IdentifiedPerson {
  person: Person;
  cityCode?: CityCode;
}

/** Exchanges the authorisation code. @returns sign_in_failed; essc_card_not_valid; gateway_unavailable. */
export async function identify(
  authCode: string,
  { nowMs, deadlineMs }: { nowMs: number; deadlineMs: number },
): Promise<Result<IdentifiedPerson>> {
  const exchanged = await openGateway(deadlineMs).exchangeAuthCode(authCode);
  if (!exchanged.ok) return exchanged;
  const { cityCode, cardValid } = exchanged.data;
  if (!cardValid) return fail('essc_card_not_valid');
  const person = toPerson(exchanged.data, nowMs);
  return person ? ok({ person, ...(cityCode && { cityCode }) }) : fail('sign_in_failed');
}

/** @returns undefined for an ID number that cannot be one: nobody is signed in under it. */
function toPerson(told: EsscPerson, nowMs: number): Person | undefined {
  const read = readIdNumber(told.idNumber, dayOf(nowMs));
  if (!read.ok) return undefined;
  const idNumber = read.data;
  const phone = parsePhone(told.phone ?? '');
  return {
    id: personKeyOf(idNumber),
    version: 1,
    nameCipher: encryptText(toNormalName(told.name)),
    idNumberCipher: encryptText(idNumber),
    ...(phone !== undefined && { phoneCipher: encryptText(phone) }),
    addedAtMs: nowMs,
  };
}

/** What the e-SSC tells outweighs what a roster said before; a phone number that only the roster knew stays. */
export async function keepPerson(person: Person): Promise<void> {
  if (person.phoneCipher !== undefined) return people.put(person);
  const { id, version: _version, addedAtMs: _addedAtMs, ...told } = person;
  if ((await people.update({ _id: id }, told)) === 0) await people.insert(person);
}
