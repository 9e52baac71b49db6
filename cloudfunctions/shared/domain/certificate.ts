import type { CityCode } from '../../../miniprogram/contract/areas';
import type { CountyCode } from '../../../miniprogram/contract/counties';
import type { CertificateId, ClassId, InstitutionId, PersonKey } from '../../../miniprogram/contract/ids';
import type { CertificateFields } from '../../../miniprogram/contract/lessons';
import { toCodeText } from '../../../miniprogram/contract/plain-text';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { StepActor } from './actor';
import { dayOf } from './calendar';
import { parseIdNumber } from './id-number';

/** The day of the notice that began the vouchers: no certificate of theirs is older. */
const CERTIFICATES_FROM = '2021-08-06';

/** A certificate (证书) of a person. Its number, and whose it is, are stored as ciphers and keyed hashes. */
export interface Certificate extends Omit<CertificateFields, 'number'> {
  id: CertificateId;
  version: number;
  numberCipher: string;
  /** Keyed hash of {@link numberTextOf}: there is one certificate of a number and issuer. */
  numberKey: string;
  /** Of a certificate from a class, {@link awardKeyOf}: one for each person, class and occupation. */
  awardKey?: string;
  personKey: PersonKey;
  nameCipher: string;
  cityCode: CityCode;
  countyCode?: CountyCode;
  institutionId: InstitutionId;
  institutionName: string;
  classId?: ClassId;
  className?: string;
  addedAtMs: number;
  history: { command: 'add'; atMs: number; by: StepActor; requestId: string }[];
}

/** Letters, digits, signs between them, and the characters of older numbers such as 鲁人社证字第12号. */
const NUMBER = /^[\p{L}\p{N}()/.〔〕[\]第号]+$/u;

/**
 * The number of a certificate as it was typed, without blanks and dashes, in half width and capitals.
 * @returns certificate_number_invalid, also for an ID number, which some certificates print as theirs.
 */
export function readCertificateNumber(typed: string): Result<string> {
  const number = toCodeText(typed);
  const isUsable = NUMBER.test(number) && parseIdNumber(number) === undefined;
  return isUsable ? ok(number) : fail('certificate_number_invalid');
}

/** What is unique of a certificate. Issuers are compared without blanks. */
export const numberTextOf = ({ issuer, number }: Pick<CertificateFields, 'issuer' | 'number'>): string =>
  `${toCodeText(issuer)}\n${number}`;

export const awardKeyOf = (classId: ClassId, personKey: PersonKey, occupation: string): string =>
  `${classId}-${personKey}-${toCodeText(occupation)}`;

/**
 * Whether the certificate can have been issued on that day: since the vouchers began and, of a class, since that began.
 * @returns certificate_day_out_of_range {from, today}.
 */
export function checkIssueDay(
  issuedOn: string,
  trainingClass: { startsOn: string } | undefined,
  nowMs: number,
): Result<undefined> {
  const today = dayOf(nowMs);
  const startsOn = trainingClass?.startsOn ?? CERTIFICATES_FROM;
  const from = startsOn > CERTIFICATES_FROM ? startsOn : CERTIFICATES_FROM;
  return issuedOn >= from && issuedOn <= today
    ? ok(undefined)
    : fail('certificate_day_out_of_range', { from, today });
}
