import type { PersonKey } from '../../../miniprogram/contract/ids';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import { parseIdNumber } from '../domain/id-number';
import { parsePersonName } from '../domain/personal-text';
import { encryptText, personKeyOf } from '../runtime/secrets';

/** A person as an officer typed them in, ready to be stored. */
export interface NamedPerson {
  personKey: PersonKey;
  nameCipher: string;
}

/** @returns the person; id_number_invalid; name_missing. */
export function parsePerson(typed: { name: string; idNumber: string }): Result<NamedPerson> {
  const idNumber = parseIdNumber(typed.idNumber);
  if (idNumber === undefined) return fail('id_number_invalid');
  const name = parsePersonName(typed.name);
  if (name === undefined) return fail('name_missing');
  return ok({ personKey: personKeyOf(idNumber), nameCipher: encryptText(name) });
}
