import type { BatchId } from '../../../miniprogram/contract/ids';
import type { WatchedJob } from '../domain/job';
import { batches, type Batch } from './batches';
import { JoinedRead, joinOn, type Fields } from './joined-read';
import { fromRecord } from './query';

/** A settlement batch with the job that it names: the import, return or write-off that is under way or was the last. */
export interface BatchDetail {
  batch: Batch;
  job: WatchedJob | undefined;
}

/** A batch with its job, in one read. */
export function batchDetail(batchId: BatchId): JoinedRead<BatchDetail | undefined> {
  const job = { from: 'jobs', localField: 'jobId', foreignField: '_id', as: 'jobs' };
  const joins = {
    batches: joinOn(batches.join({ where: { _id: batchId }, limit: 1 }), found => found.lookup(job)),
  };
  return new JoinedRead(joins, ({ batches: [record] }) => {
    if (!record) return undefined;
    const { jobs, ...batch } = record as Fields & { jobs: Fields[] };
    return { batch: fromRecord<Batch>(batch), job: jobs.map(fromRecord<WatchedJob>)[0] };
  });
}
