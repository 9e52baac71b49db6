import type { Plain } from '../../miniprogram/contract/brand';
import type { IssueMode, VoucherStatus } from '../../miniprogram/contract/vouchers';
import type { ActingPerson } from '../../cloudfunctions/shared/domain/scope';
import type { ClassOfUse, VoucherIn } from '../../cloudfunctions/shared/domain/voucher';
import { branded } from '../support/branded';

/** 2026-11-24 10:00 in Shandong. */
export const NOW_MS = Date.parse('2026-11-24T10:00:00+08:00');
const DAY_MS = 24 * 60 * 60 * 1000;

export const WORKER = branded<ActingPerson>({ role: 'worker', personKey: 'worker' });
export const ADMINISTRATOR = branded<ActingPerson>({
  role: 'administrator',
  personKey: 'administrator',
  institutionId: 'institution',
});
export const CLERK = branded<ActingPerson>({ role: 'clerk', personKey: 'clerk', cityCode: '3701' });
export const REVIEWER = branded<ActingPerson>({ role: 'reviewer', personKey: 'reviewer', cityCode: '3701' });

export const CLASS_OF_USE = branded<ClassOfUse>({
  classId: 'class',
  className: '班期',
  place: '泉城路1号',
  startsOn: '2026-11-24',
  institutionId: 'institution',
  institutionName: '培训学校',
});

const USED = {
  claimedAtMs: NOW_MS - DAY_MS,
  usedAtMs: NOW_MS - 60_000,
  usedBy: 'administrator',
  verificationId: 'verification',
};
const BATCHED = { ...USED, batchId: 'batch', batchNumber: 'JS-3701-20261124-7K2M' };

/** What each state has beside the facts. */
const FIELDS: Record<VoucherStatus, object> = {
  making: { delivery: { nextPosition: 0, attempts: 0, heldUntilMs: 0 } },
  issued: {},
  claimed: { claimedAtMs: NOW_MS - DAY_MS },
  used: USED,
  batched: BATCHED,
  settled: { ...BATCHED, settledAtMs: NOW_MS - 1 },
  voided: { voidedAtMs: NOW_MS - 1 },
  expired: { expiredAtMs: NOW_MS - 1 },
};

/** A 定向券 (unless told otherwise) in a state, claimable and valid for some days yet. */
export const aVoucher = <Status extends VoucherStatus = 'issued'>(
  given: { status?: Status; issueMode?: IssueMode } & Partial<Plain<VoucherIn<Status>>> = {},
): VoucherIn<Status> => {
  const status: VoucherStatus = given.status ?? 'issued';
  const isUnbound = given.issueMode === 'general' && (status === 'issued' || status === 'claimed');
  return {
    id: 'class-worker',
    ...(status === 'making' ? {} : { code: '370120261234567890' }),
    reference: 'abcdefgh01234567',
    templateId: 'template',
    projectId: 'pre_job',
    issueMode: 'targeted',
    functionMode: 'face_value',
    cityCode: '3701',
    personKey: 'worker',
    holderNameCipher: 'cipher',
    amountFen: 50_000,
    issuedAtMs: NOW_MS - 2 * DAY_MS,
    claimUntilMs: NOW_MS + 10 * DAY_MS,
    expiresAtMs: NOW_MS + 30 * DAY_MS,
    jobId: 'job',
    ...(isUnbound ? {} : CLASS_OF_USE),
    history: [
      {
        command: 'issue',
        from: 'none',
        to: 'issued',
        atMs: NOW_MS - 2 * DAY_MS,
        by: CLERK,
        requestId: 'job',
      },
    ],
    version: 1,
    ...FIELDS[status],
    ...given,
    status,
  } as unknown as VoucherIn<Status>;
};
