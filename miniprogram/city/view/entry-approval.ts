import { INTERFACE_NAMES, type EntryApplicationView, type RoleChoice } from '../../contract/entry';
import { CITY_ROLES, ROLE_NAMES } from '../../contract/roles';
import { FUNCTION_MODE_NAMES, ISSUE_MODE_NAMES } from '../../text/voucher-text';
import type { Fact } from '../../view/voucher';
import { toAccountLine, type AccountLine } from './entry';

type Choice = RoleChoice['role'];

/** What the province may choose for an account row. */
export const ACCOUNT_ROLES: { id: Choice; text: string }[] = [
  ...CITY_ROLES.map(id => ({ id, text: ROLE_NAMES[id] })),
  { id: 'none', text: '不开通' },
];

export const isRoleChoice = (value: string): value is Choice => ACCOUNT_ROLES.some(({ id }) => id === value);

export interface AccountChoice extends AccountLine {
  /** '' until it is chosen: nobody gets a role that was not named. */
  role: Choice | '';
  error: string;
  /** Said where the person had a hand in this very application. */
  warning: string;
}

export const toAccountChoices = ({ adminAccounts, cityCode }: EntryApplicationView): AccountChoice[] =>
  adminAccounts.map(row => ({
    ...toAccountLine(row, cityCode),
    role: '',
    error: '',
    warning: row.ofApplicant ? '本人填报或经办过这份申请' : '',
  }));

/** What the approval opens beside the accounts. */
export function approvalFacts(entry: EntryApplicationView): Fact[] {
  const modes = [
    ...entry.issueModes.map(mode => ISSUE_MODE_NAMES[mode]),
    ...entry.functionModes.map(mode => FUNCTION_MODE_NAMES[mode]),
  ];
  const interfaces = entry.interfaces.map(id => INTERFACE_NAMES[id]);
  return [
    { label: '开通渠道', value: [entry.channelName, entry.channelNumber].filter(Boolean).join(' ') },
    { label: '券的模式', value: modes.join('、') },
    { label: '开放接口', value: interfaces.length > 0 ? interfaces.join('、') : '没有申请' },
  ];
}
