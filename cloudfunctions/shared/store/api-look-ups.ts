import type { CityCode } from '../../../miniprogram/contract/areas';
import type { ApiClientId, PersonKey } from '../../../miniprogram/contract/ids';
import type { OpenInterface } from '../../../miniprogram/contract/open-interfaces';
import { DocumentCollection } from './document-collection';
import type { Stored } from './query';

/** A system has asked after a person by their ID number, or has seen them in clear. The id begins with the time. */
export interface ApiLookUp extends Stored {
  clientId: ApiClientId;
  cityCode: CityCode;
  interface: OpenInterface;
  personKey: PersonKey;
  atMs: number;
  outcome: 'found' | 'nobody';
  unmasked: boolean;
}

export const apiLookUps = new DocumentCollection<ApiLookUp, 'apiLookUps'>('apiLookUps');
