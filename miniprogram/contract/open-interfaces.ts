import type { CityCode } from './areas';
import { INTERFACES } from './entry';
import type { ApiClientId, InstitutionId } from './ids';

/** Beside the eleven of Annex 2: the provincial push (制券信息推送) with the question what became of it, and lessons, without which nobody can sign in to one. */
export const FURTHER_INTERFACES = ['pushVouchers', 'getPush', 'createLesson'] as const;

/** Answers of `getTraineeByQr` with name and ID number in clear: granted by itself, and each use of it is written down. */
const UNMASKED = 'getTraineeByQr:unmasked';

export const OPEN_INTERFACES = [...INTERFACES, ...FURTHER_INTERFACES] as const;
export type OpenInterface = (typeof OPEN_INTERFACES)[number];

export const API_SCOPES = [...OPEN_INTERFACES, UNMASKED] as const;
/** What a client was allowed. */
export type ApiScope = (typeof API_SCOPES)[number];

/** city 市级业务系统 · institution 培训机构自有系统 · push 省级就业服务系统, which pushes 制券信息. */
export const API_CLIENT_KINDS = ['city', 'institution', 'push'] as const;
export type ApiClientKind = (typeof API_CLIENT_KINDS)[number];

/** What may be allowed to a client of an institution, or to the push, by the officer who makes it. */
export const SCOPES_TO_CHOOSE: Readonly<Record<Exclude<ApiClientKind, 'city'>, readonly ApiScope[]>> = {
  institution: [
    'scanVoucher',
    'addTrainees',
    'getVoucherStatus',
    'recordAttendance',
    'settleVouchers',
    'listTemplates',
    'getTraineeByQr',
    'addCertificate',
    'createLesson',
    UNMASKED,
  ],
  push: ['getVoucherStatus', 'listTemplates', 'pushVouchers', 'getPush'],
};

/** A system that may call the open interfaces, as officers see it. No secret is ever among it. */
export interface ApiClientView {
  id: ApiClientId;
  name: string;
  kind: ApiClientKind;
  cityCode: CityCode;
  institutionId?: InstitutionId;
  scopes: ApiScope[];
  keys: { keyVersion: number; createdAtMs: number; expiresAtMs?: number }[];
  revokedAtMs?: number;
}

/** The one answer that has a secret in it: 64 hex digits. It is kept nowhere that could be read; whoever loses it makes another. */
export interface NewApiSecret {
  client: ApiClientView;
  keyVersion: number;
  secret: string;
}
