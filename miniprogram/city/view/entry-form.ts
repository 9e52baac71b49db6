import {
  INTERFACE_NAMES,
  INTERFACES,
  type AccountFieldName,
  type AccountRowInput,
  type AccountRowView,
  type EntryApplicationView,
  type EntryDraft,
  type EntryFault,
  type EntryFieldName,
} from '../../contract/entry';
import type { CityCode } from '../../contract/areas';
import { countiesOf } from '../../contract/counties';
import type { Plain } from '../../contract/brand';
import {
  countyName,
  ENTRY_FIELDS,
  PRINTED_FUNCTION_MODES,
  PRINTED_ISSUE_MODES,
} from '../../text/entry-form-text';
import { refusalText } from '../../text/refusal-text';
import {
  FUNCTION_MODE_HINTS,
  FUNCTION_MODE_NAMES,
  ISSUE_MODE_HINTS,
  ISSUE_MODE_NAMES,
} from '../../text/voucher-text';
import { CHANNEL_KINDS } from './channels';
import { cityName } from './cities';
import { toAccountLine, type AccountLine } from './entry';
import type { Option } from './template-options';

/** What the page's fields hold; personal fields stay empty until they are typed anew. */
export type EntryForm = Required<Omit<EntryDraft, 'adminAccounts' | 'channelKind'>> & { channelKind: string };

type TextField = {
  [Name in keyof EntryForm]: EntryForm[Name] extends string ? Name : never;
}[keyof EntryForm];

export type Section = 'applicant' | 'channel' | 'contact' | 'interfaces';

/** What is left together, is saved together. */
const SECTIONS: Record<keyof EntryForm, Section> = {
  filledOn: 'applicant',
  applicantName: 'applicant',
  applicantUscc: 'applicant',
  channelName: 'channel',
  channelNumber: 'channel',
  channelKind: 'channel',
  issueModes: 'channel',
  functionModes: 'channel',
  contactName: 'contact',
  contactPhone: 'contact',
  contactEmail: 'contact',
  interfaces: 'interfaces',
};

export const isEntryField = (name: string): name is keyof EntryForm => name in SECTIONS;

export const sectionOf = (name: keyof EntryForm): Section => SECTIONS[name];

export const newEntryForm = (filledOn: string): EntryForm => ({
  filledOn,
  applicantName: '',
  applicantUscc: '',
  channelName: '',
  channelNumber: '',
  channelKind: CHANNEL_KINDS[0]?.id ?? '',
  issueModes: [],
  functionModes: [],
  contactName: '',
  contactPhone: '',
  contactEmail: '',
  interfaces: [],
});

export const toEntryForm = (entry: EntryApplicationView): EntryForm => ({
  ...newEntryForm(entry.filledOn ?? ''),
  applicantName: entry.applicantName ?? '',
  applicantUscc: entry.applicantUscc ?? '',
  channelName: entry.channelName ?? '',
  channelNumber: entry.channelNumber ?? '',
  ...(entry.channelKind !== undefined && { channelKind: entry.channelKind }),
  issueModes: entry.issueModes,
  functionModes: entry.functionModes,
  interfaces: entry.interfaces,
});

/** What a changed field means to the server. */
export function toDraft(name: keyof EntryForm, value: EntryForm[keyof EntryForm]): EntryDraft {
  return { [name]: value };
}

/** A box of a list ticked or not, the others as they were, in the order of the form. */
export function toggled<T extends string>(
  order: readonly T[],
  chosen: readonly T[],
  id: string,
  checked: boolean,
): T[] {
  return order.filter(each => (each === id ? checked : chosen.includes(each)));
}

/** Hints below fields whose text is not shown again: '已填 138****8000，要改再填'. */
export type KeptHints = Record<'contactName' | 'contactPhone' | 'contactEmail', string>;

export const keptHint = (masked: string | undefined): string => (masked ? `已填 ${masked}，要改再填` : '');

export const keptHints = (entry: EntryApplicationView): KeptHints => ({
  contactName: keptHint(entry.contactName),
  contactPhone: keptHint(entry.contactPhone),
  contactEmail: keptHint(entry.contactEmail),
});

export const ISSUE_MODE_BOXES: Option[] = PRINTED_ISSUE_MODES.map(id => ({
  id,
  text: ISSUE_MODE_NAMES[id],
  note: ISSUE_MODE_HINTS[id],
}));

export const FUNCTION_MODE_BOXES: Option[] = PRINTED_FUNCTION_MODES.map(id => ({
  id,
  text: FUNCTION_MODE_NAMES[id],
  note: FUNCTION_MODE_HINTS[id],
}));

export const INTERFACE_BOXES: Option[] = INTERFACES.map(id => ({ id, text: INTERFACE_NAMES[id] }));

export const CHANNEL_KIND_CHOICES = CHANNEL_KINDS;

const isOfForm = ({ rowKey }: EntryFault): boolean => rowKey === undefined;
const isMissing = ({ code }: EntryFault): boolean =>
  code === 'entry_field_missing' || code === 'name_missing';

export type FieldErrors = Partial<Record<EntryFieldName, string>>;

/**
 * What is wrong with the fields of the form itself. While it is being filled in, that a field is still empty is no fault
 * of anybody.
 */
export function fieldErrors(
  faults: readonly EntryFault[],
  { withMissing }: { withMissing: boolean },
): FieldErrors {
  const shown = faults.filter(fault => isOfForm(fault) && (withMissing || !isMissing(fault)));
  return Object.fromEntries(shown.map(({ field, code }) => [field, refusalText({ code })]));
}

export type AccountErrors = Partial<Record<AccountFieldName, string>>;

export function accountErrors(faults: readonly EntryFault[], rowKey: string): AccountErrors {
  const own = faults.filter(fault => fault.rowKey === rowKey);
  return Object.fromEntries(own.map(({ field, code }) => [field, refusalText({ code })]));
}

export interface FormAccountLine extends AccountLine {
  /** '有 2 处要补'; empty when nothing is wrong. */
  faultText: string;
}

export const toFormAccounts = ({
  adminAccounts,
  cityCode,
  faults,
}: EntryApplicationView): FormAccountLine[] =>
  adminAccounts.map(row => {
    const count = Object.keys(accountErrors(faults, row.rowKey)).length;
    return { ...toAccountLine(row, cityCode), faultText: count > 0 ? `有 ${count} 处要补充或改正` : '' };
  });

/** How many things are still to be put right, in one sentence; empty when the form is complete. */
export function faultsText(faults: readonly EntryFault[]): string {
  return faults.length > 0 ? `有 ${faults.length} 处要补充或改正，已标红` : '';
}

export interface AccountForm {
  countyCode: string;
  name: string;
  namePinyin: string;
  phone: string;
  idNumber: string;
}

export const newAccountForm = (): AccountForm => ({
  countyCode: '',
  name: '',
  namePinyin: '',
  phone: '',
  idNumber: '',
});

export type AccountHints = Record<'name' | 'namePinyin' | 'phone' | 'idNumber', string>;

export const accountHints = (row: Plain<AccountRowView> | undefined): AccountHints => ({
  name: keptHint(row?.name),
  namePinyin: keptHint(row?.namePinyin),
  phone: keptHint(row?.phone),
  idNumber: keptHint(row?.idNumber),
});

/** The city itself, then its counties. */
export const countyChoices = (cityCode: CityCode): { id: string; text: string }[] => [
  { id: '', text: `${cityName(cityCode)}（市本级）` },
  ...countiesOf(cityCode).map(id => ({ id, text: countyName(id) })),
];

/** Names a row that is new. Drawn on the phone: two rows of one application must differ, nothing more. */
export const newRowKey = (nowMs: number, random: number): string =>
  `${nowMs.toString(36)}-${random.toString(36).slice(2, 10)}`;

/** The rows as they are sent: the others by their keys alone, which leaves them as they are. */
export const rowsWith = (rowKeys: readonly string[], row: AccountRowInput): AccountRowInput[] =>
  rowKeys.includes(row.rowKey)
    ? rowKeys.map(rowKey => (rowKey === row.rowKey ? row : { rowKey }))
    : [...rowKeys.map(rowKey => ({ rowKey })), row];

export const rowsWithout = (rowKeys: readonly string[], removed: string): AccountRowInput[] =>
  rowKeys.filter(rowKey => rowKey !== removed).map(rowKey => ({ rowKey }));

/** Faults of what was typed; that something is still empty is none. */
export const wrongFields = (faults: readonly EntryFault[], rowKey: string): AccountErrors =>
  accountErrors(
    faults.filter(fault => !isMissing(fault)),
    rowKey,
  );

/** Labels of the fields, as printed. */
export const ENTRY_LABELS: Record<TextField | 'issueModes' | 'functionModes' | 'interfaces', string> = {
  filledOn: '填表日期',
  applicantName: ENTRY_FIELDS.applicantName.label,
  applicantUscc: ENTRY_FIELDS.applicantUscc.label,
  channelName: ENTRY_FIELDS.channelName.label,
  channelNumber: ENTRY_FIELDS.channelNumber.label,
  channelKind: '渠道类型',
  issueModes: ENTRY_FIELDS.issueModes.label,
  functionModes: ENTRY_FIELDS.functionModes.label,
  contactName: ENTRY_FIELDS.contactName.label,
  contactPhone: '联系方式：手机号',
  contactEmail: '联系方式：邮箱',
  interfaces: ENTRY_FIELDS.interfaces.label,
};
