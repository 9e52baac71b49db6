import type { PersonKey } from '../../../miniprogram/contract/ids';
import { ok, type Result } from '../../../miniprogram/contract/result';
import { dayOf } from '../domain/calendar';
import { readIdNumber } from '../domain/id-number';
import { readPersonName } from '../domain/person-name';
import { encryptText, personKeyOf } from '../runtime/secrets';

/** A person as an officer typed them in, ready to be stored. */
export interface NamedPerson {
  personKey: PersonKey;
  nameCipher: string;
}

/** @returns the person; id_number_invalid; name_missing; name_character_unusable; cell_too_long. */
export function parsePerson(typed: { name: string; idNumber: string }, nowMs: number): Result<NamedPerson> {
  const idNumber = readIdNumber(typed.idNumber, dayOf(nowMs));
  if (!idNumber.ok) return idNumber;
  const name = readPersonName(typed.name);
  if (!name.ok) return name;
  return ok({ personKey: personKeyOf(idNumber.data), nameCipher: encryptText(name.data) });
}
