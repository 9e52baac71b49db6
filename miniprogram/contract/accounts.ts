import type { CityCode } from './areas';
import type { InstitutionId, PersonKey } from './ids';
import type { Grant } from './roles';
import type { InstitutionStanding } from './training';

/** An institution that somebody administers and that is suspended: they may do nothing for it meanwhile. */
export interface SuspendedInstitution extends Partial<InstitutionStanding> {
  institutionId: InstitutionId;
  name: string;
}

export interface AccountView {
  /** Masked. */
  name: string;
  grants: Grant[];
  /** Roles that do not count at present, and why. Absent when there is none. */
  suspended?: SuspendedInstitution[];
  /** City where the e-SSC was issued, where known. */
  cityCode?: CityCode;
  consentVersion: string;
  /** The sign-in has to be repeated after this time. */
  signedInUntilMs: number;
}

/** How the app opens the e-SSC mini-program. The official field names are not public; they stand in the gateway's mapping. */
export interface SignInStart {
  esscAppId: string;
  esscPath: string;
  extraData: Record<string, string>;
}

export interface StaffView {
  /** Opaque: names this person in revokeRole only. */
  personId: PersonKey;
  /** Masked. */
  name: string;
  grants: Grant[];
}

/** Version of 用户隐私保护指引 and of the consent that the worker gives. */
export const CONSENT_VERSION = '2026-11-01';
