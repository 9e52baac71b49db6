import { COUNTIES } from '../contract/counties';
import { hasKey } from '../contract/has-key';
import {
  INTERFACE_NAMES,
  INTERFACES,
  SEAL_BLOCK_NAMES,
  SEAL_BLOCKS,
  type PlainAccountRow,
  type PlainEntryForm,
  type SealView,
} from '../contract/entry';
import { FUNCTION_MODE_NAMES, ISSUE_MODE_NAMES } from './voucher-text';

// 《职业培训券正式入网申请表》 (鲁人社函〔2021〕57号, annex 2) as it is printed: the document and the page show the same.

export const ENTRY_FORM_TITLE = '职业培训券正式入网申请表';
export const FILLED_ON_LABEL = '填表日期';
export const PROVINCE_NAME = '山东省';

/** Label and, where the form prints one, the hint inside the empty box. */
export const ENTRY_FIELDS = {
  applicantName: { label: '申请单位名称', hint: '服务申请单位填写和盖章' },
  applicantUscc: { label: '申请单位统一社会信用代码', hint: '服务申请单位填写' },
  channelName: { label: '渠道名称', hint: '填写电子社保卡申领渠道' },
  issueModes: { label: '券发放模式', hint: '' },
  channelNumber: { label: '渠道编号', hint: '' },
  functionModes: { label: '券功能模式', hint: '' },
  contactName: { label: '联系人', hint: '服务申请联系人' },
  contactDetails: { label: '联系方式', hint: '手机号、邮箱' },
  interfaces: { label: 'API 接口', hint: '' },
  accounts: { label: '职业培训券管理后台账号申请', hint: '' },
} as const;

/** Columns of the account rows, from left to right. */
export const ACCOUNT_COLUMNS = {
  province: '省份',
  city: '地市',
  county: '区县',
  name: '姓名',
  namePinyin: '姓名全拼',
  phone: '手机号',
  idNumber: '身份证号',
} as const;

/** Lines of a seal block under its name. */
export const SEAL_LINES = { contactName: '联系人', contactPhone: '联系电话', sealedOn: '日期' } as const;

/** 通用券 before 定向券, 面值券 before 抵用券: the order of the form. */
export const PRINTED_ISSUE_MODES = ['general', 'targeted'] as const;
export const PRINTED_FUNCTION_MODES = ['face_value', 'credit'] as const;

const TICKED = '☑';
const NOT_TICKED = '☐';

/** A choice of the form with its box. */
export interface PrintedChoice {
  box: string;
  label: string;
  isTicked: boolean;
}

/** Two things side by side; the last line may have a left one only. */
export interface PrintedPair<T> {
  line: number;
  items: T[];
}

/** A row of the accounts, counted from 1. */
export type PrintedAccount = Record<keyof typeof ACCOUNT_COLUMNS, string> & { line: number };

/** A seal block; what is not known yet is empty. */
export interface PrintedSeal {
  label: string;
  contactName: string;
  contactPhone: string;
  sealedOn: string;
}

/** The form as it stands on paper. Empty texts leave their box empty. */
export interface PrintedEntryForm {
  filledOn: string;
  applicantName: string;
  applicantUscc: string;
  channelName: string;
  channelNumber: string;
  issueModes: PrintedChoice[];
  functionModes: PrintedChoice[];
  contactName: string;
  contactPhone: string;
  contactEmail: string;
  interfaces: PrintedPair<PrintedChoice>[];
  accounts: PrintedAccount[];
  seals: PrintedPair<PrintedSeal>[];
}

/** What the printed form takes from an application, its personal fields in clear or masked. */
export type FormToPrint = Omit<PlainEntryForm, 'id' | 'status' | 'adminAccounts' | 'seals'> & {
  adminAccounts: Omit<PlainAccountRow, 'rowKey' | 'countyCode'>[];
  seals: Partial<Record<(typeof SEAL_BLOCKS)[number], Omit<SealView, 'recordedAtMs'>>>;
};

export function toPrintedForm(form: FormToPrint): PrintedEntryForm {
  const { applicantName, applicantUscc, channelName, channelNumber } = form;
  const { contactName, contactPhone, contactEmail } = form;
  const choice = (label: string, isTicked: boolean): PrintedChoice => ({
    box: isTicked ? TICKED : NOT_TICKED,
    label,
    isTicked,
  });
  const interfaces = INTERFACES.map(id => choice(INTERFACE_NAMES[id], form.interfaces.includes(id)));
  return {
    ...{ applicantName, applicantUscc, channelName, channelNumber },
    ...{ contactName, contactPhone, contactEmail },
    filledOn: printedDay(form.filledOn),
    issueModes: PRINTED_ISSUE_MODES.map(id => choice(ISSUE_MODE_NAMES[id], form.issueModes.includes(id))),
    functionModes: PRINTED_FUNCTION_MODES.map(id =>
      choice(FUNCTION_MODE_NAMES[id], form.functionModes.includes(id)),
    ),
    interfaces: inPairs(interfaces),
    accounts: form.adminAccounts.map(toPrintedAccount),
    seals: inPairs(SEAL_BLOCKS.map(block => toPrintedSeal(SEAL_BLOCK_NAMES[block], form.seals[block]))),
  };
}

const toPrintedAccount = (
  { province, city, county, name, namePinyin, phone, idNumber }: FormToPrint['adminAccounts'][number],
  index: number,
): PrintedAccount => ({
  ...{ province, city, county, name, namePinyin, phone, idNumber },
  line: index + 1,
});

const toPrintedSeal = (label: string, seal: Partial<Omit<SealView, 'recordedAtMs'>> = {}): PrintedSeal => ({
  label,
  contactName: seal.contactName ?? '',
  contactPhone: seal.contactPhone ?? '',
  sealedOn: printedDay(seal.sealedOn ?? ''),
});

export const countyName = (countyCode: string): string =>
  hasKey(COUNTIES, countyCode) ? COUNTIES[countyCode] : countyCode;

/** '2021 年 8 月 16 日' of '2021-08-16'; room to write one in when there is none. */
export function printedDay(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-').map(part => String(Number(part)));
  return day === '' ? '      年    月    日' : `${year} 年 ${month} 月 ${date} 日`;
}

const inPairs = <T>(items: readonly T[]): PrintedPair<T>[] =>
  Array.from({ length: Math.ceil(items.length / 2) }, (_, index) => ({
    line: index + 1,
    items: items.slice(index * 2, index * 2 + 2),
  }));
