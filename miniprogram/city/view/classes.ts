import { groupCount, yuanText } from '../../contract/fen';
import { hasKey } from '../../contract/has-key';
import { PROJECTS } from '../../contract/projects';
import type { Grant } from '../../contract/roles';
import {
  CLASS_STATUS_NAMES,
  isClassOpen,
  type ClassStatus,
  type ClassView,
  type RosterEntryView,
} from '../../contract/training';
import { VOUCHER_STATUS_NAMES } from '../../contract/vouchers';
import { cityUrl } from '../../view/city-url';
import { formatDay } from '../../view/days';
import { canAct } from '../../view/grants';
import { statusFilters } from '../../view/status-filters';
import { CLASS_TONES, VOUCHER_TONES, type Tone } from '../../view/tones';
import type { Fact } from '../../view/voucher';
import { cityName } from './cities';
import type { RecordRow } from './record-row';

/** What waits for the city comes first. */
const ORDER: readonly ClassStatus[] = ['submitted', 'approved', 'running', 'finished', 'returned', 'draft'];

export const CLASS_FILTERS = statusFilters(CLASS_STATUS_NAMES, ORDER);

export const isClassStatus = (value: string): value is ClassStatus => hasKey(CLASS_STATUS_NAMES, value);

const dayRange = ({ startsOn, endsOn }: ClassView): string => `${startsOn} 至 ${endsOn}`;

export const toClassRow = (trainingClass: ClassView): RecordRow => ({
  id: trainingClass.id,
  title: trainingClass.name,
  statusText: CLASS_STATUS_NAMES[trainingClass.status],
  tone: CLASS_TONES[trainingClass.status],
  lines: [
    trainingClass.institutionName,
    `${dayRange(trainingClass)} · ${trainingClass.hours} 课时`,
    ...(isClassOpen(trainingClass.status) && trainingClass.issueJobId === undefined ? ['还没有发券'] : []),
  ],
  figure: '',
  url: cityUrl('class-review', { classId: trainingClass.id }),
});

export interface ClassPage {
  name: string;
  statusText: string;
  tone: Tone;
  facts: Fact[];
  returnReason: string;
}

export const toClassPage = (trainingClass: ClassView): ClassPage => ({
  name: trainingClass.name,
  statusText: CLASS_STATUS_NAMES[trainingClass.status],
  tone: CLASS_TONES[trainingClass.status],
  facts: [
    { label: '培训机构', value: trainingClass.institutionName },
    { label: '所在市', value: cityName(trainingClass.cityCode) },
    { label: '培训项目', value: PROJECTS[trainingClass.projectId].name },
    { label: '培训地点', value: trainingClass.place },
    { label: '开班日期', value: formatDay(trainingClass.startsOn) },
    { label: '结班日期', value: formatDay(trainingClass.endsOn) },
    { label: '课时', value: `${trainingClass.hours} 课时` },
    { label: '单张金额', value: yuanText(trainingClass.amountFen) },
    ...(trainingClass.note ? [{ label: '机构备注', value: trainingClass.note }] : []),
  ],
  returnReason: trainingClass.status === 'returned' ? (trainingClass.returnReason ?? '') : '',
});

export interface ClassActions {
  main: '' | 'approve' | 'issue' | 'progress';
  canReturn: boolean;
  canVoid: boolean;
  hasVouchers: boolean;
}

export const MAIN_TEXTS: Record<ClassActions['main'], string> = {
  '': '',
  approve: '通过开班审核',
  issue: '去发券',
  progress: '查看发券情况',
};

/** @param isGeneral a 通用券 is not issued class by class. */
export function classActions(
  trainingClass: ClassView,
  { grants, isGeneral }: { grants: readonly Grant[]; isGeneral: boolean },
): ClassActions {
  const isClerk = canAct(grants, 'clerk', trainingClass);
  const isSubmitted = trainingClass.status === 'submitted';
  const hasVouchers = trainingClass.issueJobId !== undefined;
  const issue = isClassOpen(trainingClass.status) && !isGeneral ? (hasVouchers ? 'progress' : 'issue') : '';
  return {
    main: isClerk ? (isSubmitted ? 'approve' : issue) : hasVouchers ? 'progress' : '',
    canReturn: isClerk && isSubmitted,
    canVoid: isClerk && hasVouchers,
    hasVouchers,
  };
}

export interface RosterRow {
  id: string;
  name: string;
  idNumber: string;
  statusText: string;
  tone: Tone;
}

export const toRosterRow = (entry: RosterEntryView): RosterRow => ({
  id: entry.id,
  name: entry.name,
  idNumber: entry.idNumber,
  statusText: entry.voucherStatus ? VOUCHER_STATUS_NAMES[entry.voucherStatus] : '',
  tone: entry.voucherStatus ? VOUCHER_TONES[entry.voucherStatus] : 'wait',
});

/** '名册（共 20 人）' */
export const rosterTitle = (title: string, count: number): string => `${title}（共 ${groupCount(count)} 人）`;
