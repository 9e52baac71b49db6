import type { JobStatus } from '../contract/jobs';
import type { BatchStatus } from '../contract/settlement';
import type { TemplateStatus } from '../contract/templates';
import type { ClassStatus } from '../contract/training';
import type { VoucherStatus } from '../contract/vouchers';

/** Colour and icon of a state; the words beside it always say the same. act: it is your turn. */
export type Tone = 'act' | 'wait' | 'done' | 'dead' | 'stop';

export const VOUCHER_TONES: Record<VoucherStatus, Tone> = {
  making: 'wait',
  issued: 'act',
  claimed: 'act',
  used: 'wait',
  batched: 'wait',
  settled: 'done',
  voided: 'dead',
  expired: 'dead',
};

export const CLASS_TONES: Record<ClassStatus, Tone> = {
  draft: 'act',
  submitted: 'wait',
  approved: 'act',
  returned: 'stop',
  running: 'act',
  finished: 'done',
};

export const BATCH_TONES: Record<BatchStatus, Tone> = {
  draft: 'act',
  submitted: 'wait',
  reviewed: 'wait',
  approved: 'wait',
  paid: 'wait',
  settled: 'done',
  returned: 'stop',
};

export const TEMPLATE_TONES: Record<TemplateStatus, Tone> = {
  draft: 'act',
  published: 'done',
  closed: 'dead',
};

export const JOB_TONES: Record<JobStatus, Tone> = { running: 'wait', finished: 'done', failed: 'stop' };
