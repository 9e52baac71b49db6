import * as v from 'valibot';
import type { CityCode } from '../../../miniprogram/contract/areas';
import type { ChannelKind } from '../../../miniprogram/contract/channels';
import { isCountyCode, isOfCity } from '../../../miniprogram/contract/counties';
import type {
  AccountFieldName,
  AccountRowInput,
  EntryDraft,
  EntryFault,
  EntryFieldName,
  Interface,
} from '../../../miniprogram/contract/entry';
import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import { LIMITS } from '../../../miniprogram/contract/limits';
import { toCodeText, toHalfWidth, toOneLine } from '../../../miniprogram/contract/plain-text';
import type { FunctionMode, IssueMode } from '../../../miniprogram/contract/vouchers';
import { isDay } from './calendar';
import { readIdNumber } from './id-number';
import { readPersonName } from './person-name';
import { parsePhone } from './phone-number';
import { parseUscc } from './uscc';

// 《职业培训券正式入网申请表》 as it is filled in: pure reading and judging of what was typed. Annex 2.

/** A row of 职业培训券管理后台账号申请; an empty text is a field that nothing was typed into. */
export type AccountRow = Required<AccountRowInput>;

/** The form in clear, with what is half typed. */
export interface EntryForm {
  filledOn: string;
  applicantName: string;
  applicantUscc: string;
  channelName: string;
  channelNumber: string;
  channelKind: ChannelKind;
  issueModes: IssueMode[];
  functionModes: FunctionMode[];
  contactName: string;
  contactPhone: string;
  contactEmail: string;
  interfaces: Interface[];
  adminAccounts: AccountRow[];
}

export const EMPTY_FORM: EntryForm = {
  filledOn: '',
  applicantName: '',
  applicantUscc: '',
  channelName: '',
  channelNumber: '',
  channelKind: 'mini_program',
  issueModes: [],
  functionModes: [],
  contactName: '',
  contactPhone: '',
  contactEmail: '',
  interfaces: [],
  adminAccounts: [],
};

const EMPTY_ROW: Omit<AccountRow, 'rowKey'> = {
  countyCode: '',
  name: '',
  namePinyin: '',
  phone: '',
  idNumber: '',
};

/** Letters of any Latin alphabet, tones included, and what stands between the parts of a name. */
const PINYIN = /^\p{Script=Latin}[\p{Script=Latin}\p{M}]*([ '·-]\p{Script=Latin}[\p{Script=Latin}\p{M}]*)*$/u;
const CHANNEL_NUMBER = /^\d{10}$/;
const Email = v.pipe(v.string(), v.maxLength(LIMITS.emailCharsMax), v.email());

/** What a field says, in its normal form, or why it cannot be taken. */
type Reading = { text: string } | { code: ErrorCode };

const parsedBy =
  (parse: (text: string) => string | undefined, code: ErrorCode) =>
  (text: string): Reading => {
    const parsed = parse(text);
    return parsed === undefined ? { code } : { text: parsed };
  };

const line =
  (lengthMax: number) =>
  (typed: string): Reading => {
    const text = toOneLine(typed);
    return text.length > lengthMax ? { code: 'cell_too_long' } : { text };
  };

const personName = (typed: string): Reading => {
  const name = readPersonName(typed);
  return name.ok ? { text: name.data } : { code: name.error.code };
};

const matching = (pattern: RegExp, toText: (typed: string) => string) => (typed: string) => {
  const text = toText(typed);
  return pattern.test(text) ? text : undefined;
};

const readEmail = (typed: string): string | undefined => {
  const text = toHalfWidth(typed);
  return v.is(Email, text) ? text : undefined;
};

/** The fields that hold one text. */
type TextField = Exclude<
  EntryFieldName,
  'channelKind' | 'issueModes' | 'functionModes' | 'interfaces' | 'adminAccounts'
>;

const READ_FIELD: Readonly<Record<TextField, (typed: string) => Reading>> = {
  filledOn: parsedBy(text => (isDay(text) ? text : undefined), 'entry_field_missing'),
  applicantName: line(LIMITS.nameCharsMax),
  applicantUscc: parsedBy(parseUscc, 'uscc_invalid'),
  channelName: line(LIMITS.nameCharsMax),
  channelNumber: parsedBy(matching(CHANNEL_NUMBER, toCodeText), 'channel_number_invalid'),
  contactName: personName,
  contactPhone: parsedBy(parsePhone, 'phone_invalid'),
  contactEmail: parsedBy(readEmail, 'email_invalid'),
};

const TEXT_FIELDS = Object.keys(READ_FIELD) as TextField[];
/** Choices of which at least one must be ticked. A city without systems of its own ticks no interface. */
const CHOICES = ['issueModes', 'functionModes'] as const;

type RowReader = (typed: string, context: { cityCode: CityCode; today: string }) => Reading;

const READ_ROW: Readonly<Record<AccountFieldName, RowReader>> = {
  countyCode: (text, { cityCode }) =>
    isCountyCode(text) && isOfCity(text, cityCode) ? { text } : { code: 'entry_account_elsewhere' },
  name: personName,
  namePinyin: parsedBy(
    text => (text.length > LIMITS.pinyinCharsMax ? undefined : matching(PINYIN, toHalfWidth)(text)),
    'pinyin_invalid',
  ),
  phone: parsedBy(parsePhone, 'phone_invalid'),
  idNumber: (text, { today }) => {
    const idNumber = readIdNumber(text, today);
    return idNumber.ok ? { text: idNumber.data } : { code: 'id_number_invalid' };
  },
};

const ROW_FIELDS = Object.keys(READ_ROW) as AccountFieldName[];

/**
 * The form with what was typed anew: a field that was not given stays. A row that is not in the list goes; of one that is
 * known by its key, what was not given stays as well.
 */
export function mergeDraft(form: EntryForm, { adminAccounts, ...draft }: EntryDraft): EntryForm {
  const known = new Map(form.adminAccounts.map(row => [row.rowKey, row]));
  const rows = adminAccounts?.map(row => ({ ...EMPTY_ROW, ...known.get(row.rowKey), ...row }));
  return { ...form, ...draft, ...(rows && { adminAccounts: rows }) };
}

/** The same with every field that can be read in its normal form; what is half typed stays as it was typed. */
export function toNormalForm(form: EntryForm, cityCode: CityCode, today: string): EntryForm {
  const texts = TEXT_FIELDS.map(field => [field, textOr(form[field], READ_FIELD[field])] as const);
  const adminAccounts = form.adminAccounts.map(row => ({
    ...row,
    ...Object.fromEntries(
      ROW_FIELDS.map(field => [
        field,
        textOr(row[field], typed => READ_ROW[field](typed, { cityCode, today })),
      ]),
    ),
  }));
  return { ...form, ...Object.fromEntries(texts), adminAccounts };
}

function textOr(typed: string, read: (typed: string) => Reading): string {
  const reading = read(typed);
  return 'text' in reading ? reading.text : typed;
}

/** All that keeps the form from being handed in, in the order of the form. */
export function findFaults(form: EntryForm, cityCode: CityCode, today: string): EntryFault[] {
  const ofTexts = TEXT_FIELDS.flatMap(field => faultOf(field, form[field], READ_FIELD[field]));
  const ofChoices = CHOICES.filter(field => form[field].length === 0).map((field): EntryFault => ({
    field,
    code: 'entry_field_missing',
  }));
  const ofRows = form.adminAccounts.flatMap(row =>
    ROW_FIELDS.filter(field => field !== 'countyCode' || row.countyCode !== '')
      .flatMap(field => faultOf(field, row[field], typed => READ_ROW[field](typed, { cityCode, today })))
      .map(fault => ({ ...fault, rowKey: row.rowKey })),
  );
  return [...ofTexts, ...ofChoices, ...ofRows, ...findRepeated(form.adminAccounts)];
}

function faultOf(field: EntryFault['field'], typed: string, read: (typed: string) => Reading): EntryFault[] {
  if (toOneLine(typed) === '') return [{ field, code: 'entry_field_missing' }];
  const reading = read(typed);
  return 'code' in reading ? [{ field, code: reading.code }] : [];
}

/** One person has one account at one place. */
function findRepeated(rows: readonly AccountRow[]): EntryFault[] {
  const placeOf = ({ idNumber, countyCode }: AccountRow): string => `${toCodeText(idNumber)} ${countyCode}`;
  return rows
    .filter(row => toCodeText(row.idNumber) !== '')
    .filter((row, at, all) => all.findIndex(other => placeOf(other) === placeOf(row)) < at)
    .map(({ rowKey }) => ({ field: 'idNumber', rowKey, code: 'entry_account_repeated' }));
}

/** 'zhang@example.com' → 'z****@example.com'; of what is no address nothing is shown. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 1 ? '*'.repeat(email.length) : email.slice(0, 1) + '****' + email.slice(at);
}

/** '13800001234' → '138****1234', of another number the last four; of less than eight characters nothing is shown. */
export function maskPhone(phone: string): string {
  if (phone.length < 8) return '*'.repeat(phone.length);
  if (phone.length === 11) return `${phone.slice(0, 3)}****${phone.slice(7)}`;
  return '*'.repeat(phone.length - 4) + phone.slice(-4);
}

/** 'zhang sanfeng' → 'z****': a spelled name tells as much as the name. */
export const maskPinyin = (pinyin: string): string => pinyin.slice(0, pinyin.length > 1 ? 1 : 0) + '****';
