import type { CityCode } from '../../../miniprogram/contract/areas';
import type { Role } from '../../../miniprogram/contract/roles';
import { DocumentCollection, type Stored } from './document-collection';

/** What is known of a person, encrypted. `id` is the personKey: a keyed hash of the ID number. */
export interface Person extends Stored {
  nameCipher: string;
  idNumberCipher: string;
  phoneCipher?: string;
  addedAtMs: number;
}

export const people = new DocumentCollection<Person>('people');

/** A role given to a person. `id` is `<area or institution>-<role>-<personKey>`: given once. */
export interface GrantRecord extends Stored {
  personKey: string;
  nameCipher: string;
  role: Exclude<Role, 'worker'>;
  cityCode?: CityCode;
  institutionId?: string;
  grantedBy: string;
  grantedAtMs: number;
}

export const grants = new DocumentCollection<GrantRecord>('grants');
