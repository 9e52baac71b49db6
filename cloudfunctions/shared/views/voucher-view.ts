import type {
  VoucherDetailView,
  VoucherReceipt,
  VoucherStepView,
  VoucherView,
} from '../../../miniprogram/contract/vouchers';
import { maskName } from '../domain/person-name';
import {
  CLASS_FIELDS,
  codeOf,
  statusAt,
  type ClassOfUse,
  type HistoryEntry,
  type Voucher,
} from '../domain/voucher';
import { decryptText } from '../runtime/secrets';

export const maskedName = (nameCipher: string): string => maskName(decryptText(nameCipher));

/** A 抵用券 proves an entitlement; only a 面值券 prints its value. */
const faceValue = ({ functionMode, amountFen }: Voucher) =>
  functionMode === 'face_value' ? { faceValueFen: amountFen } : {};

const classFields = (voucher: Voucher): Partial<ClassOfUse> =>
  Object.fromEntries(
    CLASS_FIELDS.flatMap(field => (voucher[field] === undefined ? [] : [[field, voucher[field]]])),
  );

export function toVoucherView(voucher: Voucher, nowMs: number): VoucherView {
  const { id, issueMode, functionMode, projectId, cityCode, issuedAtMs, claimUntilMs, expiresAtMs } = voucher;
  return {
    id,
    code: codeOf(voucher) ?? '',
    status: statusAt(voucher, nowMs),
    issueMode,
    functionMode,
    projectId,
    cityCode,
    ...classFields(voucher),
    holderName: maskedName(voucher.holderNameCipher),
    ...faceValue(voucher),
    issuedAtMs,
    claimUntilMs,
    expiresAtMs,
    ...('claimedAtMs' in voucher && { claimedAtMs: voucher.claimedAtMs }),
    ...('usedAtMs' in voucher && { usedAtMs: voucher.usedAtMs }),
  };
}

const toStepView = ({ command, to, atMs, by, ...facts }: HistoryEntry): VoucherStepView => ({
  command,
  to,
  atMs,
  by: by.role,
  ...('reason' in facts && { reason: facts.reason }),
});

export const toVoucherDetailView = (voucher: Voucher, nowMs: number): VoucherDetailView => ({
  ...toVoucherView(voucher, nowMs),
  history: voucher.history.map(toStepView),
});

/** Made only of what never changes after the step. */
export function toReceipt(voucher: Voucher, entry: HistoryEntry): VoucherReceipt {
  const classOfEntry = 'className' in entry ? entry.className : undefined;
  const className = voucher.issueMode === 'targeted' ? voucher.className : classOfEntry;
  return {
    voucherId: voucher.id,
    code: codeOf(voucher) ?? '',
    command: entry.command,
    status: entry.to,
    atMs: entry.atMs,
    holderName: maskedName(voucher.holderNameCipher),
    ...(className !== undefined && { className }),
    ...faceValue(voucher),
  };
}
