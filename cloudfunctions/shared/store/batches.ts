import type { NewBatchJob } from '../domain/job';
import type { Batch as BatchAlone } from '../domain/batch';
import { PlacedCollection } from './placed-collection';

/** A settlement batch as it is stored. */
export interface Batch extends BatchAlone {
  /**
   * The job that the batch asks for, from the write that decided on it until the job exists: a function that is killed in
   * between leaves it for its own repetition or for the timer.
   */
  jobToStart?: NewBatchJob | undefined;
}

export const batches = new PlacedCollection<Batch, 'batches'>('batches');
