import type { CityCode } from '../../../miniprogram/contract/areas';
import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import type {
  ClassId,
  InstitutionId,
  PersonKey,
  VerificationId,
  VoucherId,
} from '../../../miniprogram/contract/ids';
import { DocumentCollection } from './document-collection';

/**
 * An attempt to verify a voucher of which the voucher itself does not tell: one that was refused, or accepted and later
 * taken back. (A valid verification stands in its voucher, under the id that it would have here.)
 */
export interface Verification {
  /** Begins with the time. Of a refused one it comes from the request, so that a repetition collides. */
  id: VerificationId;
  version: number;
  institutionId: InstitutionId;
  cityCode: CityCode;
  /** The administrator. */
  by: PersonKey;
  atMs: number;
  outcome: 'accepted' | 'refused';
  refusalCode?: ErrorCode;
  /** How the voucher was presented. */
  way?: 'qr' | 'digits';
  voucherId?: VoucherId;
  classId?: ClassId;
  className?: string;
  holderNameCipher?: string;
  /** When the verification was taken back. */
  reversedAtMs?: number;
}

export const verifications = new DocumentCollection<Verification, 'verifications'>('verifications');
