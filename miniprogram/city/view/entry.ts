import type { CityCode } from '../../contract/areas';
import { ROLE_NAMES } from '../../contract/roles';
import {
  ENTRY_STATUS_NAMES,
  isEntryApproved,
  isEntryEditable,
  SEAL_BLOCK_NAMES,
  SEAL_BLOCKS,
  SEALABLE,
  type AccountRowView,
  type EntryApplicationView,
  type EntryRowView,
  type EntryStatus,
  type SealBlock,
} from '../../contract/entry';
import type { Grant } from '../../contract/roles';
import { hasKey } from '../../contract/has-key';
import { countyName } from '../../text/entry-form-text';
import { ENTRY_COMMAND_NAMES, FUNCTION_MODE_NAMES, ISSUE_MODE_NAMES } from '../../text/voucher-text';
import { formatShanghaiDay } from '../../text/shanghai-time';
import { cityUrl } from '../../view/city-url';
import { formatDay, toShanghaiDay } from '../../view/days';
import { canAct, isProvince } from '../../view/grants';
import { toLine, type StepLineView } from '../../view/history';
import { statusFilters } from '../../view/status-filters';
import type { Tone } from '../../view/tones';
import type { Fact } from '../../view/voucher';
import { cityName } from './cities';
import type { RecordRow } from './record-row';

const ENTRY_TONES: Record<EntryStatus, Tone> = {
  draft: 'act',
  submitted: 'wait',
  citySealed: 'wait',
  provinceSealed: 'wait',
  sent: 'wait',
  approved: 'done',
  returned: 'stop',
};

const ORDER: readonly EntryStatus[] = [
  'draft',
  'returned',
  'submitted',
  'citySealed',
  'provinceSealed',
  'sent',
  'approved',
];

export const ENTRY_FILTERS = statusFilters(ENTRY_STATUS_NAMES, ORDER);

export const isEntryStatus = (value: string): value is EntryStatus => hasKey(ENTRY_STATUS_NAMES, value);

export const toEntryRow = (entry: EntryRowView): RecordRow => ({
  id: entry.id,
  title: entry.applicantName || '还没有填单位名称',
  statusText: ENTRY_STATUS_NAMES[entry.status],
  tone: ENTRY_TONES[entry.status],
  lines: [
    cityName(entry.cityCode),
    entry.channelName ? `渠道：${entry.channelName}` : '还没有填渠道',
    handedInText(entry),
  ],
  figure: '',
  url: cityUrl('entry-detail', { applicationId: entry.id }),
});

function handedInText({ submittedAtMs, late, filledAtMs }: EntryRowView): string {
  if (submittedAtMs === undefined) return `${formatShanghaiDay(filledAtMs)}开始填写`;
  return `${formatShanghaiDay(submittedAtMs)}提交${late ? '，超过了报送截止日期' : ''}`;
}

export interface DeadlineView {
  day: string;
  text: string;
  /** How much time is left. */
  left: string;
  isOver: boolean;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Until when applications are to be handed in, that day included. */
export function toDeadline(deadlineOn: string, nowMs: number): DeadlineView {
  const left = Math.round((Date.parse(deadlineOn) - Date.parse(toShanghaiDay(nowMs))) / DAY_MS);
  const isOver = left < 0;
  return {
    day: deadlineOn,
    text: formatDay(deadlineOn),
    left: isOver ? '已过截止日期，仍可提交，会注明逾期' : left === 0 ? '今天截止' : `还剩 ${left} 天`,
    isOver,
  };
}

export interface SealRow {
  block: SealBlock;
  title: string;
  isSealed: boolean;
  statusText: string;
  tone: Tone;
  /** Who and when; empty before. */
  note: string;
  /** The caller may record it now. */
  canRecord: boolean;
}

export interface AccountLine {
  rowKey: string;
  title: string;
  lines: string[];
}

export interface EntryPage {
  title: string;
  statusText: string;
  tone: Tone;
  returnReason: string;
  facts: Fact[];
  seals: SealRow[];
  hasAccounts: boolean;
  accounts: AccountLine[];
}

export const toEntryPage = (entry: EntryApplicationView, grants: readonly Grant[]): EntryPage => ({
  title: entry.applicantName || '还没有填单位名称',
  statusText: ENTRY_STATUS_NAMES[entry.status],
  tone: ENTRY_TONES[entry.status],
  returnReason: entry.returnReason ?? '',
  facts: entryFacts(entry),
  seals: SEAL_BLOCKS.map(block => toSealRow(block, entry, grants)),
  hasAccounts: entry.adminAccounts.length > 0,
  accounts: entry.adminAccounts.map(row => toAccountLine(row, entry.cityCode)),
});

function entryFacts(entry: EntryApplicationView): Fact[] {
  const modes = [
    ...entry.issueModes.map(mode => ISSUE_MODE_NAMES[mode]),
    ...entry.functionModes.map(mode => FUNCTION_MODE_NAMES[mode]),
  ];
  const facts: [string, string | undefined][] = [
    ['所在市', cityName(entry.cityCode)],
    ['统一社会信用代码', entry.applicantUscc],
    ['渠道', [entry.channelName, entry.channelNumber].filter(Boolean).join(' ')],
    ['券的模式', modes.join('、')],
    ['接口', entry.interfaces.length > 0 ? `${entry.interfaces.length} 项` : '没有申请'],
    ['账号', entry.adminAccounts.length > 0 ? `${entry.adminAccounts.length} 个` : '没有申请'],
    ['填表日期', entry.filledOn ? formatDay(entry.filledOn) : ''],
    ['报送截止', formatDay(entry.deadlineOn)],
    ['提交', entry.submittedAtMs === undefined ? '' : handedInText(entry)],
  ];
  return facts.map(([label, value]) => ({ label, value: value || '未填' })).filter(isWorthShowing);
}

const isWorthShowing = ({ label, value }: Fact): boolean => label !== '提交' || value !== '未填';

function toSealRow(
  block: SealBlock,
  { status, cityCode, seals }: EntryApplicationView,
  grants: readonly Grant[],
): SealRow {
  const seal = seals[block];
  return {
    block,
    title: SEAL_BLOCK_NAMES[block],
    isSealed: seal !== undefined,
    statusText: seal ? '已盖章' : '未盖章',
    tone: seal ? 'done' : 'dead',
    note: seal ? `${formatDay(seal.sealedOn)} · ${seal.contactName} ${seal.contactPhone}` : '',
    canRecord: seal === undefined && SEALABLE[status].includes(block) && maySeal(block, grants, cityCode),
  };
}

const maySeal = (block: SealBlock, grants: readonly Grant[], cityCode: CityCode): boolean =>
  block === 'cityHrssIt' ? isOfficeOf(grants, cityCode) : isProvince(grants);

/** Clerks and reviewers of the whole city see to its part. */
const isOfficeOf = (grants: readonly Grant[], cityCode: CityCode): boolean =>
  canAct(grants, 'clerk', { cityCode }) || canAct(grants, 'reviewer', { cityCode });

export function toAccountLine(row: AccountRowView, cityCode: CityCode): AccountLine {
  const place = row.countyCode ? countyName(row.countyCode) : cityName(cityCode);
  return {
    rowKey: row.rowKey,
    title: row.name || '还没有填姓名',
    lines: [
      [place, row.namePinyin].filter(Boolean).join(' · '),
      [row.phone, row.idNumber].filter(Boolean).join(' · '),
      ...(row.role === undefined ? [] : [`角色：${ROLE_NAMES[row.role]}`]),
    ].filter(line => line !== ''),
  };
}

export type EntryMain = '' | 'fill' | 'seal' | 'send' | 'approve';

export interface EntryActions {
  main: EntryMain;
  mainText: string;
  /** Which block the main button records. */
  block: SealBlock | '';
  canReturn: boolean;
  canUnmask: boolean;
  /** Where the secret of its API client is made; empty for who may not. */
  clientUrl: string;
  /** Whose turn it is, said to whoever looks. */
  note: string;
}

const MAIN_TEXTS: Record<EntryMain, string> = {
  '': '',
  fill: '继续填写',
  seal: '登记盖章',
  send: '报送人社部',
  approve: '办理通过',
};

const NOTES: Record<EntryStatus, string> = {
  draft: '填完后提交，由本市另一位同事登记盖章。',
  returned: '按退回原因改好后重新提交。',
  submitted: '等待登记地市级公章。填报的人不能办理，请由另一位经办或审核人员办理。',
  citySealed: '等待省厅登记公章。',
  provinceSealed: '等待省厅报送人力资源社会保障部。',
  sent: '已报送，等待平台运营机构和人社部信息中心盖章、答复。',
  approved: '已入网，可以开通渠道、发布券模板。',
};

export function entryActions(entry: EntryApplicationView, grants: readonly Grant[]): EntryActions {
  const block = SEALABLE[entry.status].find(
    each => entry.seals[each] === undefined && maySeal(each, grants, entry.cityCode),
  );
  const main = mainOf(entry, grants, block);
  return {
    main,
    mainText: MAIN_TEXTS[main],
    block: block ?? '',
    canReturn: mayReturn(entry, grants),
    canUnmask: isProvince(grants) || isOfficeOf(grants, entry.cityCode),
    clientUrl: clientUrlOf(entry, grants),
    note: NOTES[entry.status],
  };
}

function clientUrlOf({ clientId, cityCode }: EntryApplicationView, grants: readonly Grant[]): string {
  const isAllowed = isProvince(grants) || canAct(grants, 'clerk', { cityCode });
  return clientId !== undefined && isAllowed ? cityUrl('entry-client', { clientId, cityCode }) : '';
}

function mainOf(
  { status, cityCode }: EntryApplicationView,
  grants: readonly Grant[],
  block: SealBlock | undefined,
): EntryMain {
  if (isEntryEditable(status)) return canAct(grants, 'clerk', { cityCode }) ? 'fill' : '';
  // The operator's seal may come before or after the sending.
  if (status === 'provinceSealed') return isProvince(grants) ? 'send' : '';
  if (block !== undefined) return 'seal';
  return status === 'sent' && isProvince(grants) ? 'approve' : '';
}

function mayReturn({ status, cityCode }: EntryApplicationView, grants: readonly Grant[]): boolean {
  if (isEntryEditable(status) || isEntryApproved(status)) return false;
  return isProvince(grants) || (status === 'submitted' && isOfficeOf(grants, cityCode));
}

export const entryLines = ({ history }: Pick<EntryApplicationView, 'history'>): StepLineView[] =>
  history.map((step, key) => toLine(ENTRY_COMMAND_NAMES[step.command], step, key)).reverse();
