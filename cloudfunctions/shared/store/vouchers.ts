import type { VoucherStatus } from '../../../miniprogram/contract/vouchers';
import type { Step } from '../domain/decisions';
import type { Voucher } from '../domain/voucher';
import { attempt } from './attempt';
import type { Channel } from './channels';
import type { TrainingClass } from './classes';
import { collection, command } from './database';
import { DocumentCollection, toUpdate } from './document-collection';
import type { Verification } from './verifications';

export const vouchers = new DocumentCollection<Voucher>('vouchers');

/** The update that takes a step. `unsealed` marks the voucher for the ledger, which takes up the history entry later. */
export const toStepUpdate = ({ entry, changes }: Step) => ({
  ...toUpdate(changes),
  history: command.push([entry]),
  version: command.inc(1),
  unsealed: true,
});

/** One step of one voucher. @returns false when the voucher is no longer as it was read. */
export async function saveStep(before: Voucher, step: Step): Promise<boolean> {
  const where = { _id: before.id, status: before.status, version: before.version };
  const { updated } = await attempt(() => collection('vouchers').where(where).update(toStepUpdate(step)));
  return updated === 1;
}

/**
 * The same step for many vouchers. Left alone are those no longer in the state that it starts from, those for which
 * `stillTrue` no longer holds, and those that have taken this very step before. @returns how many moved.
 */
export async function saveStepOfMany(
  ids: readonly string[],
  step: Step,
  stillTrue: Readonly<Record<string, unknown>> = {},
): Promise<number> {
  if (ids.length === 0) return 0;
  const { from, requestId } = step.entry;
  const where = {
    ...stillTrue,
    _id: command.in([...ids]),
    status: from,
    'history.requestId': command.neq(requestId),
  };
  const { updated } = await attempt(() => collection('vouchers').where(where).update(toStepUpdate(step)));
  return updated as number;
}

/** New vouchers carry the mark as well: their issue is their first entry. */
export const insertVouchers = (issued: readonly Voucher[]): Promise<boolean> =>
  vouchers.insertMany(issued.map(voucher => ({ ...voucher, unsealed: true })));

type Joined = Record<string, unknown> & { _id: string };

// The database knows nothing of types: what a function wrote is what it reads.
const fromJoined = <T>({ _id, ...rest }: Joined): T => ({ id: _id, ...rest }) as unknown as T;

/** A voucher together with the channels of its city, in one request. */
export async function findWithChannels(
  voucherId: string,
): Promise<{ voucher: Voucher; channels: Channel[] } | undefined> {
  const { data } = await attempt(() =>
    collection('vouchers')
      .aggregate()
      .match({ _id: voucherId })
      .lookup({ from: 'channels', localField: 'cityCode', foreignField: 'cityCode', as: 'channels' })
      .limit(1)
      .end(),
  );
  const [record] = data as (Joined & { channels: Joined[] })[];
  if (!record) return undefined;
  const { channels, ...voucher } = record;
  return { voucher: fromJoined(voucher), channels: channels.map(channel => fromJoined<Channel>(channel)) };
}

/** A voucher as it is presented, with what the scan of it needs. */
export interface VoucherAtScan {
  voucher: Voucher;
  /** The class that was asked for, if there is one. */
  trainingClass?: TrainingClass;
  /** Earlier attempts to verify it; known when digits were typed. */
  attempts: Verification[];
}

/** All that a scan needs to know of a voucher, in one request. */
export async function findAtScan(
  presented: { reference: string } | { _id: string },
  classId: string | undefined,
): Promise<VoucherAtScan | undefined> {
  // Most scans: nothing is to be joined, and a plain read costs less.
  if ('reference' in presented && classId === undefined) {
    const voucher = await vouchers.findWhere(presented);
    return voucher && { voucher, attempts: [] };
  }
  const { data } = await attempt(() => {
    const query = collection('vouchers')
      .aggregate()
      .match(presented)
      .addFields({ wantedClassId: classId ?? 'none' })
      .lookup({ from: 'classes', localField: 'wantedClassId', foreignField: '_id', as: 'wantedClasses' });
    const withAttempts = '_id' in presented;
    return (withAttempts ? query.lookup(ATTEMPTS) : query).limit(1).end();
  });
  const [record] = data as (Joined & { wantedClasses: Joined[]; attempts?: Joined[] })[];
  if (!record) return undefined;
  const { wantedClasses, attempts = [], wantedClassId: _asked, ...voucher } = record;
  return {
    voucher: fromJoined(voucher),
    ...(wantedClasses[0] && { trainingClass: fromJoined<TrainingClass>(wantedClasses[0]) }),
    attempts: attempts.map(record => fromJoined<Verification>(record)),
  };
}

const ATTEMPTS = { from: 'verifications', localField: '_id', foreignField: 'voucherId', as: 'attempts' };

/** Count and sum of a batch, straight from its vouchers: the recount that a stored total is held against. */
export async function totalsOfBatch(
  batchId: string,
  status: VoucherStatus,
): Promise<{ count: number; totalFen: number }> {
  const { data } = await attempt(() =>
    collection('vouchers')
      .aggregate()
      .match({ batchId, status })
      .group({ _id: null, count: command.aggregate.sum(1), totalFen: command.aggregate.sum('$amountFen') })
      .limit(1)
      .end(),
  );
  const [totals] = data as { count: number; totalFen: number }[];
  return { count: totals?.count ?? 0, totalFen: totals?.totalFen ?? 0 };
}
