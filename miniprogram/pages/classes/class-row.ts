import { CLASS_STATUS_NAMES, type ClassStatus, type ClassView } from '../../contract/training';
import { formatDay } from '../../view/days';
import { statusFilters } from '../../view/status-filters';
import { CLASS_TONES, type Tone } from '../../view/tones';

/** One class of a list. */
export interface ClassRowView {
  id: string;
  name: string;
  statusText: string;
  tone: Tone;
  days: string;
  /** What the institution does next, or waits for. */
  next: string;
  url: string;
}

const NEXT: Record<ClassStatus, string> = {
  draft: '导入名册后，提交审核',
  submitted: '等待市人社部门审核',
  returned: '请按退回原因修改，再提交',
  approved: '开课当天请点“开班”',
  running: '正在上课，可以扫码核验',
  finished: '已结班，可以申请补贴',
};

export const classUrl = (classId: string): string =>
  `/institution/class-detail/class-detail?id=${encodeURIComponent(classId)}`;

export const daysText = ({ startsOn, endsOn }: Pick<ClassView, 'startsOn' | 'endsOn'>): string =>
  startsOn === endsOn ? formatDay(startsOn) : `${shortDay(startsOn)} 至 ${shortDay(endsOn)}`;

/** '2026年11月24日' without the weekday: two of them fit into a line. */
const shortDay = (day: string): string => formatDay(day).replace(/（.*/, '');

export const toClassRow = (trainingClass: ClassView): ClassRowView => ({
  id: trainingClass.id,
  name: trainingClass.name,
  statusText: CLASS_STATUS_NAMES[trainingClass.status],
  tone: CLASS_TONES[trainingClass.status],
  days: daysText(trainingClass),
  next: NEXT[trainingClass.status],
  url: classUrl(trainingClass.id),
});

export type ClassFilter = ClassStatus | '';

export const CLASS_FILTERS = statusFilters(CLASS_STATUS_NAMES, [
  'draft',
  'returned',
  'submitted',
  'approved',
  'running',
  'finished',
]);
