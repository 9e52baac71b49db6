/** The eleven interfaces of Annex 2, in its order: 入网申请表 names them, a client may call those that it has. */
export const ANNEX_INTERFACES = [
  'scanVoucher',
  'addTrainees',
  'getVoucherStatus',
  'addInstitutions',
  'voidClaimedVouchers',
  'recordAttendance',
  'listUserVouchers',
  'settleVouchers',
  'listTemplates',
  'getTraineeByQr',
  'addCertificate',
] as const;

/** Beside them: the provincial push (制券信息推送) with the question what became of it, and lessons, without which nobody can sign in to one. */
export const FURTHER_INTERFACES = ['pushVouchers', 'getPush', 'createLesson'] as const;

/** Answers of `getTraineeByQr` with name and ID number in clear: granted by itself, and each use of it is written down. */
const UNMASKED = 'getTraineeByQr:unmasked';

export const OPEN_INTERFACES = [...ANNEX_INTERFACES, ...FURTHER_INTERFACES] as const;
export type OpenInterface = (typeof OPEN_INTERFACES)[number];

export const API_SCOPES = [...OPEN_INTERFACES, UNMASKED] as const;
/** What a client was allowed. */
export type ApiScope = (typeof API_SCOPES)[number];
