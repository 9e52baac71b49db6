import type { CityCode } from '../../../miniprogram/contract/areas';
import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import { DocumentCollection, type Stored } from './document-collection';

/**
 * One attempt to verify a voucher, refused ones too. Only appended, but for the mark of a reversal. `id` comes from the
 * request: a repetition collides.
 */
export interface Verification extends Stored {
  institutionId: string;
  cityCode: CityCode;
  /** personKey of the administrator. */
  by: string;
  atMs: number;
  outcome: 'accepted' | 'refused';
  refusalCode?: ErrorCode;
  /** How the voucher was presented. */
  way: 'qr' | 'digits';
  voucherId?: string;
  classId?: string;
  className?: string;
  holderNameCipher?: string;
  /** When the verification was taken back. */
  reversedAtMs?: number;
}

export const verifications = new DocumentCollection<Verification>('verifications');
