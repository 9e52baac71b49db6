import type { BatchView } from '../contract/settlement';
import type { ClassStepView } from '../contract/training';
import type { VoucherStepView } from '../contract/vouchers';
import { formatShanghaiMinute } from '../text/shanghai-time';
import {
  BATCH_COMMAND_NAMES,
  CLASS_COMMAND_NAMES,
  STEP_ROLE_NAMES,
  VOUCHER_COMMAND_NAMES,
} from '../text/voucher-text';
import type { StepRole } from '../contract/vouchers';

/** One line of a history, newest first on the screen. */
export interface StepLineView {
  key: number;
  title: string;
  by: string;
  at: string;
  reason: string;
}

interface Step {
  atMs: number;
  by: StepRole;
  /** Masked. */
  byName?: string;
  reason?: string;
}

/** One step under the name that its history has for it. */
export const toLine = (title: string, step: Step, key: number): StepLineView => ({
  key,
  title,
  by: [STEP_ROLE_NAMES[step.by], ...(step.byName ? [step.byName] : [])].join(' '),
  at: formatShanghaiMinute(step.atMs),
  reason: step.reason ?? '',
});

export const voucherLines = (history: readonly VoucherStepView[]): StepLineView[] =>
  history.map((step, key) => toLine(VOUCHER_COMMAND_NAMES[step.command], step, key)).reverse();

/** The steps, and who put vouchers in: their last time stands for all. */
export function batchLines({ history, fills = [] }: Pick<BatchView, 'history' | 'fills'>): StepLineView[] {
  const steps = history.map(step => ({ title: BATCH_COMMAND_NAMES[step.command], step }));
  const filled = fills.map(fill => ({ title: '加券', step: { ...fill, by: 'administrator' as const } }));
  return [...steps, ...filled]
    .sort((a, b) => a.step.atMs - b.step.atMs)
    .map(({ title, step }, key) => toLine(title, step, key))
    .reverse();
}

export const classLines = (history: readonly ClassStepView[]): StepLineView[] =>
  history.map((step, key) => toLine(CLASS_COMMAND_NAMES[step.command], step, key)).reverse();
