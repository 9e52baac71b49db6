import type { BatchId } from '../../../miniprogram/contract/ids';
import type { WatchedJob } from '../domain/job';
import { batches, type Batch } from './batches';
import { JoinedRead, joinOn, type Fields } from './joined-read';
import { joinPeople, type Person } from './people';
import { fromRecord } from './query';

/**
 * A settlement batch with the job that it names: the import, return or write-off that is under way or was the last; and
 * with those who had a hand in it.
 */
export interface BatchDetail {
  batch: Batch;
  job: WatchedJob | undefined;
  people: Person[];
}

/** A batch with its job and its people, in one read. */
export function batchDetail(batchId: BatchId): JoinedRead<BatchDetail | undefined> {
  const job = { from: 'jobs', localField: 'jobId', foreignField: '_id', as: 'jobs' };
  const joins = {
    batches: joinOn(batches.join({ where: { _id: batchId } }), found =>
      joinPeople(found.lookup(job), 'history', 'fills'),
    ),
  };
  return new JoinedRead(joins, ({ batches: [record] }) => {
    if (!record) return undefined;
    const {
      jobs,
      people,
      peopleKeys: _keys,
      ...batch
    } = record as Fields & Record<'jobs' | 'people', Fields[]>;
    return {
      batch: fromRecord<Batch>(batch),
      job: jobs.map(fromRecord<WatchedJob>)[0],
      people: people.map(fromRecord<Person>),
    };
  });
}
