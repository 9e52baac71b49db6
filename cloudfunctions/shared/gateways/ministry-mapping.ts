import type { PlatformRefusal } from '../../../miniprogram/contract/platform';
import type { VoucherCommand, VoucherStatus } from '../../../miniprogram/contract/vouchers';

/** Steps that the ministry's platform is told of. */
export type ToldCommand = Exclude<VoucherCommand, 'issue' | 'deliver'>;

/**
 * Every name and code that this system and the ministry's platform (部平台) share. To be filled from the official
 * specification, which is not public: all names and numbers below stand in for it, but for those marked [S], which public
 * client code of e-SSC gateways shows. Nothing else in this system knows any of them.
 */
export const MINISTRY_MAPPING = {
  /** Name of the interface that takes the message of a step. */
  apis: {
    order: 'voucher_make',
    claim: 'voucher_claim',
    use: 'voucher_use',
    reverse: 'voucher_use_reverse',
    batch: 'voucher_settle_apply',
    unbatch: 'voucher_settle_withdraw',
    settle: 'voucher_settle',
    void: 'voucher_void',
    concede: 'voucher_void',
    expire: 'voucher_expire',
  } satisfies Record<ToldCommand, string>,

  /** Our names → the platform's, in what we send. */
  requestFields: {
    messageId: 'serialNo',
    voucherId: 'applyNo',
    code: 'couponNum',
    status: 'couponState',
    atMs: 'operateTime',
    cityCode: 'aab301', // [S] region of issue
    templateId: 'templateNo',
    classId: 'classNo',
    institutionId: 'orgNo',
    projectId: 'projectType',
    issueMode: 'issueMode',
    functionMode: 'functionMode',
    amountFen: 'amount',
    channelNumber: 'channelNo', // [S]
    reason: 'reason',
    personName: 'aac003', // [S]
    idNumber: 'aac002', // [S]
  },

  /** Our names → the platform's, in what it answers. */
  replyFields: { messageId: 'serialNo', result: 'resultCode', code: 'couponNum', status: 'couponState' },

  /** States of a voucher. */
  statuses: {
    making: '00',
    issued: '10',
    claimed: '20',
    used: '30',
    batched: '40',
    settled: '50',
    voided: '90',
    expired: '91',
  } satisfies Record<VoucherStatus, string>,

  /** Values of the result that mean: done, now or when the same message came before. */
  accepted: ['0000'] as readonly string[],

  /** Values of the result that mean a refusal. One that is not listed is a refusal of a kind of its own. */
  refusals: {
    '1001': 'voucher_unknown',
    '1002': 'state_differs',
    '1003': 'past_validity',
    '1004': 'person_refused',
  } as Readonly<Record<string, PlatformRefusal>>,

  /** Of a 券码 as the platform gives it, blanks and hyphens apart. */
  codeForm: /^[0-9A-Z]{8,64}$/,
};
