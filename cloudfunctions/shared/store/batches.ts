import type { Fen } from '../../../miniprogram/contract/fen';
import type { BatchCommand, BatchStatus, BatchView } from '../../../miniprogram/contract/settlement';
import type { StepActor } from '../domain/voucher';
import { DocumentCollection, type Stored } from './document-collection';
import type { NewJob } from './jobs';

export interface BatchStep {
  command: BatchCommand;
  from: BatchStatus | 'none';
  to: BatchStatus;
  atMs: number;
  by: StepActor;
  requestId: string;
  reason?: string;
}

/** A voucher that was taken out after it had been put in: why the count is what it is. */
export interface BatchRemoval {
  voucherId: string;
  amountFen: Fen;
  atMs: number;
  by: StepActor;
  requestId: string;
  reason: string;
}

/** A settlement batch. Its vouchers name it; it names none of them. */
export interface Batch extends Stored, Omit<BatchView, 'id' | 'history' | 'count' | 'totalFen'> {
  /** Fixed at submission, held against a recount before approval, payment and write-off. */
  count: number;
  totalFen: Fen;
  /** Number of the bank transfer or voucher of payment. */
  paymentReference?: string;
  /** Import, return or write-off that is under way or was the last. */
  jobId?: string;
  /**
   * The same, from the write that decided on it until the job exists: a function that is killed in between
   * leaves it for its own repetition or for the timer.
   */
  jobToStart?: NewJob | undefined;
  history: BatchStep[];
  removals: BatchRemoval[];
}

export const batches = new DocumentCollection<Batch>('batches');
