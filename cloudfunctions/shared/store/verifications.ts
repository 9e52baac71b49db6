import type { CityCode } from '../../../miniprogram/contract/areas';
import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import type {
  ClassId,
  InstitutionId,
  PersonKey,
  VerificationId,
  VoucherId,
} from '../../../miniprogram/contract/ids';
import type { EntryOf, Voucher } from '../domain/voucher';
import { DocumentCollection } from './document-collection';
import { ABSENT, atMost } from './query';

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

/** The step by which a verification ends: it was taken back, or ended with its voucher. */
type Reversal = EntryOf<'reverse'> | EntryOf<'concede'>;

/**
 * A verification that was taken back leaves its voucher and is recorded, from the voucher's own history; doing so twice
 * is harmless. Where a record of its own has told of it all the time, that is marked.
 */
export async function recordReversal(voucher: Voucher, reversal: Reversal): Promise<void> {
  const { id: voucherId, holderNameCipher } = voucher;
  const { atMs: reversedAtMs, verificationId } = reversal;
  const use = useBefore(voucher, reversal);
  if (verificationId === undefined || !use) {
    const unmarked = { voucherId, outcome: 'accepted', reversedAtMs: ABSENT } as const;
    await verifications.update({ ...unmarked, atMs: atMost(reversedAtMs) }, { reversedAtMs });
    return;
  }
  const { institutionId, cityCode, personKey } = use.by;
  if (institutionId === undefined || cityCode === undefined || personKey === undefined)
    throw new Error('a scan without its institution');
  await verifications.insert({
    id: verificationId,
    version: 1,
    institutionId,
    cityCode,
    by: personKey,
    atMs: use.atMs,
    outcome: 'accepted',
    way: use.nonce === undefined ? 'digits' : 'qr',
    voucherId,
    ...(use.classId !== undefined && { classId: use.classId }),
    ...(use.className !== undefined && { className: use.className }),
    holderNameCipher,
    reversedAtMs,
  });
}

const useBefore = ({ history }: Voucher, reversal: Reversal): EntryOf<'use'> | undefined =>
  history.findLast(
    (entry): entry is EntryOf<'use'> => entry.command === 'use' && entry.atMs <= reversal.atMs,
  );
