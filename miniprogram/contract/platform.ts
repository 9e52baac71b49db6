import type { CityCode } from './areas';
import type { VoucherId } from './ids';
import type { VoucherCommand, VoucherStatus } from './vouchers';

/** Who makes the codes (制券): this system, or the ministry's platform (部平台), which then learns of every step. */
export type CodeSource = 'standalone' | 'ministry';

/** Why a message did not reach the ministry's platform, or its answer could not be used. It is sent again by itself. */
export const DELIVERY_FAILURES = [
  'not_reached',
  'no_answer',
  'platform_busy',
  'answer_not_genuine',
  'answer_unusable',
  'answer_contradictory',
  'code_taken',
  'person_unknown',
] as const;
export type DeliveryFailure = (typeof DELIVERY_FAILURES)[number];

/** Why the ministry's platform did not accept a step. It is sent again only if somebody says so. */
export const PLATFORM_REFUSALS = [
  'voucher_unknown',
  'state_differs',
  'past_validity',
  'person_refused',
  'other',
] as const;
export type PlatformRefusal = (typeof PLATFORM_REFUSALS)[number];

/** Why a voucher's next message has not arrived. */
export type DeliveryProblem =
  | { kind: 'failed'; reason: DeliveryFailure }
  | { kind: 'refused'; reason: PlatformRefusal; platformCode?: string };

/** The messages that wait for the ministry's platform, as figures. */
export interface PlatformQueueView {
  codeSource: CodeSource;
  /** Vouchers with at least one message that has not arrived. */
  waiting: number;
  /** When the oldest of these messages was written: the queue's age. Absent when none waits. */
  oldestAtMs?: number;
  /** Vouchers whose next message keeps failing. */
  failing: number;
  /** Vouchers on which the platform refused a step that was taken here. */
  disputed: number;
}

/** A voucher whose next message cannot be delivered. */
export interface StuckVoucherView {
  voucherId: VoucherId;
  cityCode: CityCode;
  /** Empty as long as the platform has not given one. */
  code: string;
  status: VoucherStatus;
  /** Masked. */
  holderName: string;
  className?: string;
  institutionName?: string;
  /** The step that the platform has not got. */
  command: VoucherCommand;
  /** When it was taken: the message's age. */
  atMs: number;
  /** Tries that came to nothing since the last success, or since it was sent again. */
  attempts: number;
  problem: DeliveryProblem;
}
