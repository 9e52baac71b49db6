import type { VoucherStatus } from '../../../miniprogram/contract/vouchers';
import type { Step } from '../domain/decisions';
import type { Voucher } from '../domain/voucher';
import { attempt } from './attempt';
import type { Channel } from './channels';
import { collection, command } from './database';
import { DocumentCollection, toUpdate } from './document-collection';

export const vouchers = new DocumentCollection<Voucher>('vouchers');

/** `unsealed` marks the voucher for the ledger, which takes up the history entry later. */
const toWrite = ({ entry, changes }: Step) => ({
  ...toUpdate(changes),
  history: command.push([entry]),
  version: command.inc(1),
  unsealed: true,
});

/** One step of one voucher. @returns false when the voucher is no longer as it was read. */
export async function saveStep(before: Voucher, step: Step): Promise<boolean> {
  const where = { _id: before.id, status: before.status, version: before.version };
  const { updated } = await attempt(() => collection('vouchers').where(where).update(toWrite(step)));
  return updated === 1;
}

/**
 * The same step for many vouchers. Those no longer in the state that it starts from, or for which `stillTrue` no
 * longer holds, are left alone. @returns how many moved.
 */
export async function saveStepOfMany(
  ids: readonly string[],
  step: Step,
  stillTrue: Readonly<Record<string, unknown>> = {},
): Promise<number> {
  if (ids.length === 0) return 0;
  const where = { ...stillTrue, _id: command.in([...ids]), status: step.entry.from };
  const { updated } = await attempt(() => collection('vouchers').where(where).update(toWrite(step)));
  return updated as number;
}

/** New vouchers carry the mark as well: their issue is their first entry. */
export const insertVouchers = (issued: readonly Voucher[]): Promise<boolean> =>
  vouchers.insertMany(issued.map(voucher => ({ ...voucher, unsealed: true })));

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
  const [record] = data as (Record<string, unknown> & {
    _id: string;
    channels: (Channel & { _id: string })[];
  })[];
  if (!record) return undefined;
  const { _id, channels, ...rest } = record;
  return {
    voucher: { id: _id, ...rest } as unknown as Voucher,
    channels: channels.map(channel => ({ ...channel, id: channel._id })),
  };
}

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
