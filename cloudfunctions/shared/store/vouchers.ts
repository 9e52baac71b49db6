import type { CityCode } from '../../../miniprogram/contract/areas';
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
import type { DeliveryNotes } from '../domain/delivery';
import type { WrongDigits } from '../domain/digits-lock';
import type { PresentedVoucher } from '../domain/place-of-use';
import type { TrainingClass } from '../domain/training-class';
import type { Step, StepCommand, StepOf, Voucher } from '../domain/voucher';
import { attempt, isDuplicateKey } from './attempt';
import type { Channel } from './channels';
import { codeSource } from './code-source';
import { collection, command } from './database';
import { insertMany, ReadableCollection } from './document-collection';
import type { Fields } from './joined-read';
import {
  above,
  ABSENT,
  atMost,
  extendedBy,
  fromRecord,
  increasedBy,
  loweredTo,
  not,
  oneOf,
  toQuery,
  toUpdate,
  type Where,
} from './query';

/** Vouchers are read here, made by {@link insertVouchers} and changed by steps alone. */
export const vouchers = new ReadableCollection<Voucher, 'vouchers'>('vouchers');

/**
 * The update that takes a step. `unsealed` marks the voucher for the ledger, which takes up the history entry later; what
 * the ministry's platform is to be told of is marked for the relay in the same way.
 * @param notes of the relay and of who decides on its messages; they come before the mark.
 */
export const toStepUpdate = <C extends StepCommand>(
  { entry, changes }: StepOf<C>,
  isTold: boolean,
  notes: DeliveryNotes = {},
) =>
  toUpdate({
    ...changes,
    history: extendedBy(entry),
    version: increasedBy(1),
    unsealed: true,
    ...(isTold && { undeliveredSinceMs: loweredTo(entry.atMs), relayAtMs: loweredTo(entry.atMs) }),
    ...notes,
  });

/** Whether the ministry's platform is told of what happens to the voucher: it has made it, or shall. */
export const isTold = ({ delivery }: Voucher): boolean => delivery !== undefined;

/** One step of one voucher. @returns false when the voucher is no longer as it was read. */
export async function saveStep<C extends StepCommand>(
  before: Voucher,
  step: StepOf<C>,
  notes: DeliveryNotes = {},
): Promise<boolean> {
  const where = { _id: before.id, status: before.status, version: before.version };
  return (await updateVouchers(where, toStepUpdate(step, isTold(before), notes))) === 1;
}

/** The same for a step that brings a code. @returns 'collision' when another voucher has that code. */
export async function saveStepOrCollision<C extends StepCommand>(
  before: Voucher,
  step: StepOf<C>,
  notes: DeliveryNotes,
): Promise<boolean | 'collision'> {
  try {
    return await saveStep(before, step, notes);
  } catch (error) {
    if (isDuplicateKey(error)) return 'collision';
    throw error;
  }
}

/** Notes on messages alone. @returns false when the voucher is no longer as it was read. */
export const saveNotes = (before: Voucher, notes: DeliveryNotes): Promise<boolean> => note(before, notes);

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
  // Vouchers that this system has made may be among them: the relay takes the mark from those again.
  return updateVouchers(where, toStepUpdate(step, codeSource() === 'ministry'));
}

async function updateVouchers(where: Where<Voucher>, update: object): Promise<number> {
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

/**
 * Takes vouchers whose message is due, the longest due first, so that nobody else sends for them before `untilMs`.
 * @returns those that the token now holds.
 */
export async function holdDue(hold: {
  nowMs: number;
  untilMs: number;
  token: string;
  limit: number;
}): Promise<Voucher[]> {
  const { nowMs, untilMs: heldUntilMs, token: heldBy, limit } = hold;
  const isFree = { relayAtMs: atMost(nowMs), 'delivery.heldUntilMs': atMost(nowMs) } as const;
  const due = await vouchers.read({ where: isFree, order: 'asc', by: 'relayAtMs', limit });
  const ids = due.map(({ id }) => id);
  if (ids.length === 0) return [];
  const where = toQuery({ ...isFree, _id: oneOf(ids) });
  const update = toUpdate({
    'delivery.heldUntilMs': heldUntilMs,
    'delivery.heldBy': heldBy,
    version: increasedBy(1),
  });
  await attempt(() => collection('vouchers').where(where).update(update));
  return vouchers.read({ where: { _id: oneOf(ids), 'delivery.heldBy': heldBy }, limit });
}

/** A step of many vouchers marks those as well that this system has made: of them the platform is not told. */
export async function clearStrayMarks(): Promise<void> {
  const where = toQuery({ relayAtMs: above(0), delivery: ABSENT });
  const update = toUpdate({ relayAtMs: undefined, undeliveredSinceMs: undefined, version: increasedBy(1) });
  await attempt(() => collection('vouchers').where(where).update(update));
}

/** The queue of messages, of some cities or all. */
export interface QueueCounts {
  waiting: number;
  oldestAtMs: number;
  stuck: number;
  disputed: number;
}

/** What waits for the ministry's platform, in one request. */
export async function countQueue(
  cityCodes: readonly CityCode[] | undefined,
): Promise<QueueCounts | undefined> {
  const { min, sum } = command.aggregate;
  const ofCities = cityCodes ? { cityCode: oneOf(cityCodes) } : {};
  const { data } = await attempt(() =>
    vouchers
      .aggregate({ undeliveredSinceMs: above(0), ...ofCities })
      .group({
        _id: null,
        waiting: sum(1),
        oldestAtMs: min('$undeliveredSinceMs'),
        stuck: has('$stuckSinceMs'),
        disputed: has('$dispute.atMs'),
      })
      .limit(1)
      .end(),
  );
  return (data as QueueCounts[])[0];
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
  const { sum } = command.aggregate;
  const { data } = await attempt(() =>
    vouchers
      .aggregate({ batchId, status })
      .group({ _id: null, count: sum(1), totalFen: sum('$amountFen'), disputedCount: has('$dispute.atMs') })
      .limit(1)
      .end(),
  );
  const [totals] = data as Recount[];
  return totals ?? { count: 0, totalFen: 0, disputedCount: 0 };
}

/** Counts those that have such a time. */
function has(field: string): unknown {
  const { cond, gt, ifNull, sum } = command.aggregate;
  return sum(cond({ if: gt([ifNull([field, 0]), 0]), then: 1, else: 0 }));
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
