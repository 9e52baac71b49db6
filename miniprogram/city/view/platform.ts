import type { PlatformQueueView, StuckVoucherView } from '../../contract/platform';
import { CITIES } from '../../contract/areas';
import { isFinal, VOUCHER_STATUS_NAMES } from '../../contract/vouchers';
import { deliveryProblemText } from '../../text/platform-text';
import { formatShanghaiMinute } from '../../text/shanghai-time';
import { VOUCHER_COMMAND_NAMES } from '../../text/voucher-text';
import type { Fact } from '../../view/voucher';
import type { Tone } from '../../view/tones';
import { groupCode } from '../../view/voucher';

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;

/** '3小时12分钟', the two largest units; clocks of phones may be behind. */
export function ageText(sinceMs: number, nowMs: number): string {
  const minutes = Math.max(0, Math.floor((nowMs - sinceMs) / MINUTE_MS));
  if (minutes === 0) return '不到1分钟';
  if (minutes < HOUR_MINUTES) return `${minutes}分钟`;
  if (minutes < DAY_MINUTES) return joined(minutes, HOUR_MINUTES, ['小时', '分钟'], 1);
  return joined(minutes, DAY_MINUTES, ['天', '小时'], HOUR_MINUTES);
}

function joined(
  minutes: number,
  unit: number,
  [large, small]: readonly [string, string],
  step: number,
): string {
  const rest = Math.floor((minutes % unit) / step);
  return `${Math.floor(minutes / unit)}${large}${rest > 0 ? `${rest}${small}` : ''}`;
}

export interface PlatformView {
  /** Who makes the codes, and what that means. */
  source: string;
  /** How the queue stands, as one sentence; empty where there is none. */
  verdict: string;
  facts: Fact[];
}

export function toPlatformView(queue: PlatformQueueView, nowMs: number): PlatformView {
  if (queue.codeSource === 'standalone' && queue.waiting === 0) {
    const source = '券码由本系统制作，办理情况不送部平台。';
    return { source, verdict: '', facts: [] };
  }
  const { waiting, oldestAtMs, failing, disputed } = queue;
  const age = oldestAtMs === undefined ? '没有等待的消息' : ageText(oldestAtMs, nowMs);
  return {
    source: '券码由部平台实时制作并下发，每一步办理都送部平台。',
    verdict: verdictOf(queue),
    facts: [
      { label: '等待送达', value: `${waiting}张券` },
      { label: '最早的已等', value: age },
      { label: '多次没送达', value: `${failing}张券` },
      { label: '部平台不认可', value: `${disputed}张券` },
    ],
  };
}

function verdictOf({ waiting, failing, disputed }: PlatformQueueView): string {
  if (disputed > 0) return `有${disputed}张券部平台不认可，请逐张处理。`;
  if (failing > 0) return `有${failing}张券的消息多次没有送达，系统还在重试。`;
  return waiting > 0 ? '消息正在送达，不用处理。' : '全部已送达。';
}

export interface StuckRow {
  id: string;
  name: string;
  /** The step that has not arrived. */
  statusText: string;
  tone: Tone;
  lines: string[];
  /** A clerk may accept the platform's word. */
  canAccept: boolean;
  /** Nothing changes here by that any more. */
  isOver: boolean;
}

export function toStuckRow(
  stuck: StuckVoucherView,
  { nowMs, isClerk, showsCity }: { nowMs: number; isClerk: boolean; showsCity: boolean },
): StuckRow {
  const { problem, command, status, code, className, institutionName, cityCode, attempts, atMs } = stuck;
  const isRefused = problem.kind === 'refused';
  const step = VOUCHER_COMMAND_NAMES[command];
  const place = [showsCity ? CITIES[cityCode] : '', institutionName ?? '', className ?? ''].filter(Boolean);
  return {
    id: stuck.voucherId,
    name: stuck.holderName,
    statusText: isRefused ? `${step}不被认可` : `${step}未送达`,
    tone: isRefused ? 'stop' : 'wait',
    lines: [
      deliveryProblemText(problem),
      `${formatShanghaiMinute(atMs)}办理，已等${ageText(atMs, nowMs)}，试了${attempts}次`,
      `这里的状态：${VOUCHER_STATUS_NAMES[status]}`,
      code === '' ? '还没有券码' : `券码 ${groupCode(code)}`,
      ...(place.length > 0 ? [place.join(' · ')] : []),
    ],
    canAccept: isRefused && isClerk,
    isOver: isFinal(status),
  };
}

/** What is asked before the platform's word is accepted. */
export const acceptQuestion = ({ name, isOver }: StuckRow): { title: string; text: string } =>
  isOver
    ? { title: '采纳部平台结论？', text: `${name}的券已经办结，不再改变，只记下由谁确认。` }
    : { title: '采纳部平台结论？', text: `${name}的券会作废，核验也不再有效。需要时可以重新发券。` };
