import type { CityCode } from '../../../miniprogram/contract/areas';
import type { Role } from '../../../miniprogram/contract/roles';
import type { StepActor } from '../domain/voucher';
import { DocumentCollection, type Stored } from './document-collection';

/** What is known of a person, encrypted. `id` is the personKey: a keyed hash of the ID number. */
export interface Person extends Stored {
  nameCipher: string;
  idNumberCipher: string;
  phoneCipher?: string;
  addedAtMs: number;
}

export const people = new DocumentCollection<Person>('people');

export interface GrantStep {
  command: 'grant' | 'revoke';
  atMs: number;
  by: StepActor;
  requestId: string;
}

/** A role given to a person. `id` is `<city or institution>-<role>-<personKey>`: given once. */
export interface GrantRecord extends Stored {
  personKey: string;
  nameCipher: string;
  role: Exclude<Role, 'worker' | 'province'>;
  /** Of an officer. An administrator's city is that of the institution. */
  cityCode?: CityCode;
  institutionId?: string;
  /** False once revoked: the record stays, so that its history does. */
  active: boolean;
  grantedAtMs: number;
  history: GrantStep[];
}

export const grants = new DocumentCollection<GrantRecord>('grants');
