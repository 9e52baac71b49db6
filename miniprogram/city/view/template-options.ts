import {
  FUNCTION_MODE_HINTS,
  FUNCTION_MODE_NAMES,
  ISSUE_MODE_HINTS,
  ISSUE_MODE_NAMES,
} from '../../text/voucher-text';

export interface Option {
  id: string;
  text: string;
  note?: string;
}

/** 定向券 first: the notice's main mode. */
export const ISSUE_MODE_OPTIONS: Option[] = (['targeted', 'general'] as const).map(id => ({
  id,
  text: ISSUE_MODE_NAMES[id],
  note: ISSUE_MODE_HINTS[id],
}));

export const FUNCTION_MODE_OPTIONS: Option[] = (['face_value', 'credit'] as const).map(id => ({
  id,
  text: FUNCTION_MODE_NAMES[id],
  note: FUNCTION_MODE_HINTS[id],
}));

/** Ids are the fields of the form. */
export const AUDIENCE_OPTIONS: Option[] = [
  { id: 'labourContract', text: '已签订劳动合同' },
  { id: 'enterprisePension', text: '已缴纳企业养老保险' },
  { id: 'ageLimited', text: '限定年龄' },
];

export const INSTITUTION_OPTIONS: Option[] = [
  { id: 'all', text: '全市培训机构' },
  { id: 'some', text: '只限指定的机构' },
];
