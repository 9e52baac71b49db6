import type { CityCode } from '../../../miniprogram/contract/areas';
import type { ApiClientId, InstitutionId } from '../../../miniprogram/contract/ids';
import type { StepActor } from '../domain/actor';
import type { ApiScope } from '../domain/open-interface';
import { PlacedCollection } from './placed-collection';

/** city 市级业务系统 · institution 培训机构自有系统 · push 省级就业服务系统, which pushes 制券信息. */
export const API_CLIENT_KINDS = ['city', 'institution', 'push'] as const;
export type ApiClientKind = (typeof API_CLIENT_KINDS)[number];

/** A key that requests are signed with. Two count while one follows the other. */
export interface ApiSecret {
  /** Names the key in a request: whoever signs says with which. */
  keyVersion: number;
  /** By `encryptText`: a signature can be checked only by who has the key itself. */
  secretCipher: string;
  createdAtMs: number;
  /** Absent as long as no other follows. */
  expiresAtMs?: number;
}

export interface ApiClientStep {
  command: 'create' | 'renewSecret' | 'revoke';
  atMs: number;
  by: StepActor;
  requestId: string;
  reason?: string;
}

/** A system of somebody else's that may call the open interfaces. The id is public. */
export interface ApiClient {
  id: ApiClientId;
  /** Raised by whatever changes what the client may do; a call alone does not. */
  version: number;
  name: string;
  kind: ApiClientKind;
  /** Of the push: that which has the records of its classes. */
  cityCode: CityCode;
  institutionId?: InstitutionId;
  scopes: ApiScope[];
  secrets: ApiSecret[];
  revokedAtMs?: number;
  history: ApiClientStep[];
}

export const apiClients = new PlacedCollection<ApiClient, 'apiClients'>('apiClients');
