import type { DeliveryProblem } from '../../../miniprogram/contract/platform';
import type { VoucherCommand } from '../../../miniprogram/contract/vouchers';
import type { StepActor } from './actor';

/** How far the ministry's platform has been told of a voucher's history, whose entries are the messages. */
export interface Delivery {
  /** Place in the history of the first entry that the platform has not got. */
  nextPosition: number;
  /** Tries of that entry which came to nothing. */
  attempts: number;
  /** Whoever holds the voucher sends for it alone; 0 when nobody does. */
  heldUntilMs: number;
  heldBy?: string;
  /** Why the last try came to nothing. */
  problem?: DeliveryProblem;
}

/** A step that was taken here and refused by the ministry's platform. */
export interface Dispute {
  /** Place of the step in the history. */
  position: number;
  command: VoucherCommand;
  problem: Extract<DeliveryProblem, { kind: 'refused' }>;
  atMs: number;
}

/** A dispute over which nothing could be changed any more: who has taken note of it. */
export interface ClosedDispute extends Dispute {
  closedAtMs: number;
  by: StepActor;
  requestId: string;
}
