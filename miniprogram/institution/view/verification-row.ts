import { ERROR_CODES, type ErrorCode } from '../../contract/error-codes';
import { hasKey } from '../../contract/has-key';
import { UNDO_WINDOW_MS, type VerificationView } from '../../contract/vouchers';
import { refusalText } from '../../text/refusal-text';
import { formatShanghaiMinute } from '../../text/shanghai-time';
import type { Tone } from '../../view/tones';

export interface VerificationRowView {
  id: string;
  voucherId: string;
  time: string;
  outcomeText: string;
  tone: Tone;
  name: string;
  className: string;
  /** Why it was refused. */
  reason: string;
  canReverse: boolean;
}

const isErrorCode = (code: string): code is ErrorCode => hasKey(ERROR_CODES, code);

export function toVerificationRow(verification: VerificationView, nowMs: number): VerificationRowView {
  const { id, atMs, outcome, refusalCode, reversedAtMs, voucherId, className, holderName } = verification;
  const isAccepted = outcome === 'accepted';
  const isReversed = reversedAtMs !== undefined;
  return {
    id,
    voucherId: voucherId ?? '',
    time: formatShanghaiMinute(atMs),
    outcomeText: isReversed ? '已撤销' : isAccepted ? '通过' : '未通过',
    tone: isReversed ? 'dead' : isAccepted ? 'done' : 'stop',
    name: holderName ?? (isAccepted ? '' : '没有认出是谁的券'),
    className: className ?? '',
    reason: refusalCode && isErrorCode(refusalCode) ? refusalText({ code: refusalCode }) : '',
    canReverse: isAccepted && !isReversed && voucherId !== undefined && nowMs - atMs < UNDO_WINDOW_MS,
  };
}

export type OutcomeFilter = '' | 'accepted' | 'refused';

export const OUTCOME_FILTERS: { id: OutcomeFilter; text: string }[] = [
  { id: '', text: '全部' },
  { id: 'accepted', text: '通过' },
  { id: 'refused', text: '未通过' },
];

export const ALL_CLASSES = { id: '', text: '全部班期' };
