/** The program of a worker thread: aggregations and long scans, on a read connection of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { AdminError } from './admin-protocol';
import type { ReadAnswers, ReadJob, WorkerAnswer } from './aggregate-pool';
import { Aggregation } from './aggregation';
import { readCollection } from './catalog';
import type { Collection } from './collection';
import { Connection } from './connection';
import { toEjson } from './ejson';
import { toDatabaseError } from './errors';
import { Reader } from './reader';
import type { ScanReport } from './scan-audit';
import { SNAPSHOT_PRAGMAS } from './storage-settings';

const { file } = workerData as { file: string };
const connection = new Connection(file, SNAPSHOT_PRAGMAS);

/** Collections are read inside the job's snapshot, so the type masks are exactly those of the rows it sees. */
function snapshotReader(scans: ScanReport[]): Reader {
  const collections = new Map<string, Collection>();
  const collectionOf = (name: string) => {
    const collection = collections.get(name) ?? readCollection(connection, name);
    collections.set(name, collection);
    return collection;
  };
  return new Reader(connection, collectionOf, report => scans.push(report));
}

function readFor(job: ReadJob, reader: Reader): ReadAnswers[ReadJob['kind']] {
  switch (job.kind) {
    case 'aggregate':
      return new Aggregation(reader).run(job.collection, job.stages).slice(0, job.limit).map(toEjson);
    case 'find':
      return reader.find(job.collection, job.request).map(({ doc }) => doc);
    case 'findIds':
      return reader.find(job.collection, job.request).map(({ id }) => id);
    case 'count':
      return reader.count(job.collection, job.query);
  }
}

function toError(cause: unknown): { code: string; message: string } {
  const error = toDatabaseError(cause);
  if (error instanceof AdminError) return { code: error.code, message: error.message };
  return { code: 'SYS_ERR', message: error instanceof Error ? error.message : String(error) };
}

function answer(job: ReadJob): WorkerAnswer {
  const scans: ScanReport[] = [];
  connection.exec('BEGIN');
  try {
    return { result: readFor(job, snapshotReader(scans)), scans };
  } catch (error) {
    return { error: toError(error), scans };
  } finally {
    connection.exec('ROLLBACK');
  }
}

parentPort?.on('message', (job: ReadJob) => parentPort?.postMessage(answer(job)));
