import { yuanText } from '../../contract/fen';
import { PROJECTS } from '../../contract/projects';
import {
  CLASS_STATUS_NAMES,
  isClassEditable,
  type ClassDetailView,
  type ClassView,
} from '../../contract/training';
import { daysText } from '../../pages/classes/class-row';
import { ISSUE_MODE_NAMES } from '../../text/voucher-text';
import { formatLastDay } from '../../text/shanghai-time';
import { formatDay } from '../../view/days';
import { classLines, type StepLineView } from '../../view/history';
import { CLASS_TONES, type Tone } from '../../view/tones';
import type { Fact } from '../../view/voucher';

/** A step that changes the class; it is asked about first. */
export type ClassStep = 'submit' | 'start' | 'finish';

/** The one next thing the institution does: a step, or a page that comes before or after it. */
export type ClassAction = ClassStep | 'import' | 'apply' | 'none';

export interface ClassPageView {
  name: string;
  statusText: string;
  tone: Tone;
  /** What to do now, or what is being waited for. */
  note: string;
  returnReason: string;
  facts: Fact[];
  action: ClassAction;
  actionText: string;
  editable: boolean;
  /** A 通用券 needs no roster: the workers come by themselves. */
  hasRoster: boolean;
  rosterText: string;
  lines: StepLineView[];
}

const ACTION_TEXTS: Record<ClassAction, string> = {
  import: '导入名册',
  submit: '提交审核',
  start: '开班',
  finish: '结班',
  apply: '申请补贴',
  none: '',
};

/** @param today in Asia/Shanghai. */
export function toClassPage(trainingClass: ClassDetailView, today: string): ClassPageView {
  const { status, template, rosterCount } = trainingClass;
  const action = nextAction(trainingClass, today);
  return {
    name: trainingClass.name,
    statusText: CLASS_STATUS_NAMES[status],
    tone: CLASS_TONES[status],
    note: noteOf(trainingClass, action),
    returnReason: status === 'returned' ? (trainingClass.returnReason ?? '') : '',
    facts: classFacts(trainingClass),
    action,
    actionText: status === 'returned' && action === 'submit' ? '重新提交审核' : ACTION_TEXTS[action],
    editable: isClassEditable(status),
    hasRoster: template.issueMode !== 'general',
    rosterText: `${rosterCount}人`,
    lines: classLines(trainingClass.history ?? []),
  };
}

function nextAction({ status, endsOn, template, rosterCount }: ClassDetailView, today: string): ClassAction {
  switch (status) {
    case 'draft':
    case 'returned':
      return template.issueMode !== 'general' && rosterCount === 0 ? 'import' : 'submit';
    case 'approved':
      return 'start';
    case 'running':
      return today >= endsOn ? 'finish' : 'none';
    case 'finished':
      return 'apply';
    case 'submitted':
      return 'none';
  }
}

/** What is to be done now, or waited for. */
export const CLASS_NOTES = {
  import: '先导入名册，再提交审核。',
  draft: '核对无误后，提交市人社部门审核。',
  returned: '市人社部门退回了这个班期。请按原因修改，再重新提交。',
  submitted: '已提交，等待市人社部门审核。审核期间不能修改班期和名册。',
  approved: '审核已通过，券由市人社部门发给学员。开课当天请点“开班”，开班以后才能核验。',
  running: '正在上课，可以扫码核验。',
  over: '课已上完，可以结班。结班前请确认该核验的都核验了。',
  finished: '已结班。核验过的券可以申请补贴。',
} as const;

function noteOf({ status, endsOn, usableUntilMs }: ClassView, action: ClassAction): string {
  if (status === 'draft' && action === 'import') return CLASS_NOTES.import;
  if (status === 'finished' && usableUntilMs !== undefined)
    return `${CLASS_NOTES.finished}还没核验的，核验到${formatLastDay(usableUntilMs)}为止。`;
  if (status !== 'running') return CLASS_NOTES[status];
  return action === 'finish' ? CLASS_NOTES.over : `${CLASS_NOTES.running}${formatDay(endsOn)}起可以结班。`;
}

/** It is over, but for some days its vouchers are still taken. */
export const takesVouchersAfterEnd = ({ usableUntilMs }: ClassView, nowMs: number): boolean =>
  usableUntilMs !== undefined && nowMs < usableUntilMs;

const classFacts = (trainingClass: ClassDetailView): Fact[] => [
  { label: '培训项目', value: PROJECTS[trainingClass.projectId].name },
  { label: '券的种类', value: ISSUE_MODE_NAMES[trainingClass.template.issueMode] },
  { label: '每人补贴', value: yuanText(trainingClass.amountFen) },
  { label: '上课地点', value: trainingClass.place },
  { label: '起止日期', value: daysText(trainingClass) },
  { label: '总课时', value: `${trainingClass.hours}课时` },
];

/** Asked before the step is taken. */
export const ASKING: Record<ClassStep, { title: string; text: string; confirm: string }> = {
  submit: {
    title: '提交审核？',
    text: '提交后，班期和名册都不能再改，除非市人社部门退回。',
    confirm: '确认提交',
  },
  start: { title: '现在开班？', text: '开班后，学员来上课时就可以扫码核验。', confirm: '确认开班' },
  finish: {
    title: '确定结班？',
    text: '结班后不能再改回来。没有核验的学员，结班后只有几天还能核验，请先核验。',
    confirm: '确认结班',
  },
};

export const isStep = (action: ClassAction | undefined): action is ClassStep =>
  action !== undefined && action in ASKING;
