/**
 * How much of anything may be typed or sent. The functions refuse more, the pages let no more be typed. Characters are
 * counted as JavaScript and WeChat's `maxlength` count them.
 */
export const LIMITS = {
  /** Of a template, class, institution, channel or batch. */
  nameCharsMax: 60,
  personNameCharsMax: 50,
  placeCharsMax: 100,
  /** What somebody writes in their own words: a reason, a note. */
  remarkCharsMax: 200,
  /** 拨付凭证号. */
  referenceCharsMax: 64,
  /** Text of a scanned code. */
  qrTextCharsMax: 2_000,
  hoursMax: 10_000,
  /** 课时 of one lesson. */
  lessonHoursMax: 24,
  /** 证书编号. */
  certificateNumberCharsMax: 64,
  /** Vouchers of one template. */
  quotaMax: 10_000_000,
  /** Days to claim or to use a voucher. */
  daysMax: 3_650,
  /** Days after the end of a class in which its vouchers are still taken. */
  graceDaysMax: 60,
  ageYearsMin: 14,
  ageYearsMax: 100,
  /** 券码 of one request to void. */
  voidCodesMax: 500,
  /** 职业培训券管理后台账号申请: rows of one application. */
  accountRowsMax: 100,
  /** Longest address of an e-mail. */
  emailCharsMax: 254,
  /** 姓名全拼. */
  pinyinCharsMax: 120,
  /** Vouchers picked by hand that one request adds to a batch. */
  pickedVouchersMax: 200,
} as const;
