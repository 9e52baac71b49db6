import type { BatchStepView } from '../contract/settlement';
import type { VoucherStepView } from '../contract/vouchers';
import { formatShanghaiMinute } from '../text/shanghai-time';
import { BATCH_COMMAND_NAMES, STEP_ROLE_NAMES, VOUCHER_COMMAND_NAMES } from '../text/voucher-text';

/** One line of a history, newest first on the screen. */
export interface StepLineView {
  key: number;
  title: string;
  by: string;
  at: string;
  reason: string;
}

const toLine = (title: string, step: VoucherStepView | BatchStepView, key: number): StepLineView => ({
  key,
  title,
  by: STEP_ROLE_NAMES[step.by],
  at: formatShanghaiMinute(step.atMs),
  reason: step.reason ?? '',
});

export const voucherLines = (history: readonly VoucherStepView[]): StepLineView[] =>
  history.map((step, key) => toLine(VOUCHER_COMMAND_NAMES[step.command], step, key)).reverse();

export const batchLines = (history: readonly BatchStepView[]): StepLineView[] =>
  history.map((step, key) => toLine(BATCH_COMMAND_NAMES[step.command], step, key)).reverse();
