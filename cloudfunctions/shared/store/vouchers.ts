import type { CountyCode } from '../../../miniprogram/contract/counties';
import type {
  BatchId,
  ChannelNumber,
  ClassId,
  InstitutionId,
  TemplateId,
  VerificationId,
  VoucherId,
} from '../../../miniprogram/contract/ids';
import {
  VOUCHER_STATUSES,
  type VoucherCounts,
  type VoucherStatus,
} from '../../../miniprogram/contract/vouchers';
import type { Recount } from '../domain/batch';
import type { WrongDigits } from '../domain/digits-lock';
import type { PresentedVoucher } from '../domain/place-of-use';
import type { TrainingClass } from '../domain/training-class';
import type { Step, StepCommand, StepOf, Voucher } from '../domain/voucher';
import { attempt } from './attempt';
import type { Channel } from './channels';
import { collection, command } from './database';
import { insertMany, ReadableCollection } from './document-collection';
import type { Fields } from './joined-read';
import {
  ABSENT,
  extendedBy,
  fromRecord,
  increasedBy,
  not,
  oneOf,
  toQuery,
  toUpdate,
  type Where,
} from './query';

/** Vouchers are read here, made by {@link insertVouchers} and changed by steps alone. */
export const vouchers = new ReadableCollection<Voucher, 'vouchers'>('vouchers');

/** The update that takes a step. `unsealed` marks the voucher for the ledger, which takes up the history entry later. */
export const toStepUpdate = <C extends StepCommand>({ entry, changes }: StepOf<C>) =>
  toUpdate({ ...changes, history: extendedBy(entry), version: increasedBy(1), unsealed: true });

/** One step of one voucher. @returns false when the voucher is no longer as it was read. */
export const saveStep = async <C extends StepCommand>(before: Voucher, step: StepOf<C>): Promise<boolean> =>
  (await updateVouchers({ _id: before.id, status: before.status, version: before.version }, step)) === 1;

/**
 * The same step for many vouchers. Left alone are those no longer in the state that it starts from, those for which
 * `stillTrue` no longer holds, and those that have taken this very step before. @returns how many moved.
 */
export async function saveStepOfMany(
  ids: readonly VoucherId[],
  step: Step,
  stillTrue: Where<Voucher> = {},
): Promise<number> {
  if (ids.length === 0) return 0;
  const { from, requestId } = step.entry;
  const where = { ...stillTrue, _id: oneOf(ids), status: from, 'history.requestId': not(requestId) };
  return updateVouchers(where, step);
}

async function updateVouchers<C extends StepCommand>(
  where: Where<Voucher>,
  step: StepOf<C>,
): Promise<number> {
  const update = toStepUpdate(step);
  const { updated } = await attempt(() => collection('vouchers').where(toQuery(where)).update(update));
  return updated as number;
}

/** Lets a used voucher name its verification, as those do that are used now. @returns false when it has just changed. */
export const nameVerification = (before: Voucher, verificationId: VerificationId): Promise<boolean> =>
  note(before, { verificationId });

/** Keeps wrong digits that were judged. @returns false when the voucher has just changed. */
export const keepWrongDigits = (before: Voucher, wrongDigits: WrongDigits[]): Promise<boolean> =>
  note(before, { wrongDigits });

/** These have given back their share of the quota. */
export async function clearQuotaDue(ids: readonly VoucherId[]): Promise<void> {
  await setQuotaDue({ _id: oneOf(ids), quotaDue: true }, false);
}

/** These ended when nothing was given back yet: theirs is due as well. */
export async function markQuotaDue(ids: readonly VoucherId[]): Promise<void> {
  if (ids.length > 0) await setQuotaDue({ _id: oneOf(ids), quotaDue: ABSENT }, true);
}

async function setQuotaDue(where: Where<Voucher>, quotaDue: boolean): Promise<void> {
  const update = toUpdate({ quotaDue, version: increasedBy(1) });
  await attempt(() => collection('vouchers').where(toQuery(where)).update(update));
}

/** Those of an institution lie where it lies. */
export async function bringVouchersToCounty(
  institutionId: InstitutionId,
  countyCode: CountyCode,
): Promise<void> {
  const where: Where<Voucher> = { institutionId, countyCode: not(countyCode) };
  const update = toUpdate({ countyCode, version: increasedBy(1) });
  await attempt(() => collection('vouchers').where(toQuery(where)).update(update));
}

async function note(before: Voucher, notes: object): Promise<boolean> {
  const where = toQuery({ _id: before.id, version: before.version });
  const update = toUpdate({ ...notes, version: increasedBy(1) });
  const { updated } = await attempt(() => collection('vouchers').where(where).update(update));
  return updated === 1;
}

/** New vouchers carry the mark as well: their issue is their first entry. */
export const insertVouchers = (issued: readonly Voucher[]): Promise<boolean> =>
  insertMany(
    'vouchers',
    issued.map(voucher => ({ ...voucher, unsealed: true })),
  );

/** A voucher together with the channel through which somebody came, if there is such a one, in one request. */
export async function findWithChannel(
  voucherId: VoucherId,
  channelNumber: ChannelNumber,
): Promise<{ voucher: Voucher; channel: Channel | undefined } | undefined> {
  const { data } = await attempt(() =>
    vouchers
      .aggregate({ _id: voucherId })
      .addFields({ cameThrough: channelNumber })
      .lookup({ from: 'channels', localField: 'cameThrough', foreignField: '_id', as: 'channels' })
      .limit(1)
      .end(),
  );
  const [record] = data as (Fields & { channels: Fields[] })[];
  if (!record) return undefined;
  const { channels, cameThrough: _cameThrough, ...voucher } = record;
  return { voucher: fromRecord(voucher), channel: channels.map(fromRecord<Channel>)[0] };
}

/** A voucher as it is presented, with the class that was asked for, else its own, in one request. */
export async function findPresented(
  presented: { reference: string } | { code: string } | { _id: VoucherId },
  classId: ClassId | undefined,
): Promise<PresentedVoucher | undefined> {
  const classAtScan = { from: 'classes', foreignField: '_id', as: 'classes' };
  const { data } = await attempt(() => {
    const found = vouchers.aggregate(presented);
    const joined =
      classId === undefined
        ? found.lookup({ ...classAtScan, localField: 'classId' })
        : found.addFields({ wantedClassId: classId }).lookup({ ...classAtScan, localField: 'wantedClassId' });
    return joined.limit(1).end();
  });
  const [record] = data as (Fields & { classes: Fields[] })[];
  if (!record) return undefined;
  const { classes, wantedClassId: _asked, ...voucher } = record;
  const [trainingClass] = classes.map(fromRecord<TrainingClass>);
  return { voucher: fromRecord(voucher), ...(trainingClass && { trainingClass }) };
}

/** Count and sum of a batch, straight from its vouchers: the recount that a stored total is held against. */
export async function totalsOfBatch(batchId: BatchId, status: VoucherStatus): Promise<Recount> {
  const { data } = await attempt(() =>
    vouchers
      .aggregate({ batchId, status })
      .group({ _id: null, count: command.aggregate.sum(1), totalFen: command.aggregate.sum('$amountFen') })
      .limit(1)
      .end(),
  );
  const [totals] = data as Recount[];
  return { count: totals?.count ?? 0, totalFen: totals?.totalFen ?? 0 };
}

/** Groups vouchers by their state. */
export const STATUS_COUNTS = { _id: '$status', count: command.aggregate.sum(1) };

export const toVoucherCounts = (groups: readonly Fields[]): VoucherCounts =>
  Object.fromEntries(groups.map(({ _id: status, count }) => [status, count]));

/** How many vouchers of a general template are in each state, by what is stored. */
export async function countByStatus(templateId: TemplateId): Promise<VoucherCounts> {
  const { data } = await attempt(() =>
    vouchers.aggregate({ templateId }).group(STATUS_COUNTS).limit(VOUCHER_STATUSES.length).end(),
  );
  return toVoucherCounts(data as Fields[]);
}
