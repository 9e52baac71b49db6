import * as v from 'valibot';
import type { StuckVoucherView } from '../../miniprogram/contract/platform';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { acceptRefusal as accept, nextMessage, resend, type Conceded } from '../shared/domain/delivery';
import { reachOfCities, roleAt } from '../shared/domain/scope';
import { codeOf, stepMarked, type Voucher } from '../shared/domain/voucher';
import { returnQuota } from '../shared/jobs/quota-return';
import { checkInstitutionNotOwn } from '../shared/people/own-institution';
import { Cursor, ofCities, VoucherId, wishOf } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { codeSource } from '../shared/store/code-source';
import { above, oneOf } from '../shared/store/query';
import { recordReversal } from '../shared/store/verifications';
import { countQueue, saveNotes, saveStep, vouchers } from '../shared/store/vouchers';
import { mapPage } from '../shared/views/pages';
import { maskedName } from '../shared/views/voucher-view';

/** The relay may be at work on the voucher meanwhile. */
const ATTEMPTS = 5;

export const countUndelivered = operation('voucher.countUndelivered', {
  input: v.strictObject(ofCities),
  run: async ({ input, actor }) => {
    const nothing = { codeSource: codeSource(), waiting: 0, failing: 0, disputed: 0 };
    const reach = reachOfCities(actor, wishOf(input).cityCodes);
    const counts = reach && (await countQueue(reach.cityCodes));
    if (!counts) return ok(nothing);
    const { waiting, oldestAtMs, stuck, disputed } = counts;
    return ok({ ...nothing, waiting, oldestAtMs, failing: stuck - disputed, disputed });
  },
});

export const listUndelivered = operation('voucher.listUndelivered', {
  input: v.strictObject({ ...ofCities, cursor: Cursor }),
  run: async ({ input: { cursor, ...asked }, actor }) => {
    const reach = reachOfCities(actor, wishOf(asked).cityCodes);
    if (!reach) return ok({ items: [] });
    const where = {
      stuckSinceMs: above(0),
      ...(reach.cityCodes && { cityCode: oneOf(reach.cityCodes) }),
    };
    return ok(mapPage(await vouchers.list({ where, cursor, order: 'asc' }), toStuckView));
  },
});

function toStuckView(voucher: Voucher): StuckVoucherView {
  const { id: voucherId, cityCode, status, className, institutionName, delivery, dispute } = voucher;
  const next = nextMessage(voucher);
  return {
    voucherId,
    cityCode,
    code: codeOf(voucher) ?? '',
    status,
    holderName: maskedName(voucher.holderNameCipher),
    ...(className !== undefined && { className }),
    ...(institutionName !== undefined && { institutionName }),
    command: next?.entry.command ?? 'order',
    atMs: next?.entry.atMs ?? voucher.issuedAtMs,
    attempts: delivery?.attempts ?? 0,
    problem: dispute?.problem ?? delivery?.problem ?? { kind: 'failed', reason: 'no_answer' },
  };
}

export const resendMessage = operation('voucher.resend', {
  input: v.strictObject({ voucherId: VoucherId }),
  load: ({ voucherId }) => vouchers.find(voucherId),
  run: async ({ input: { voucherId }, actor, nowMs }, found) => {
    if (!found || !roleAt(actor, found)) return fail('voucher_not_found');
    return untilSaved(found, async voucher => {
      const notes = resend(voucher, nowMs);
      if (!notes.ok) return notes;
      return (await saveNotes(voucher, notes.data)) ? ok({ voucherId }) : undefined;
    });
  },
});

export const acceptRefusal = operation('voucher.acceptRefusal', {
  input: v.strictObject({ voucherId: VoucherId }),
  load: ({ voucherId }) => vouchers.find(voucherId),
  run: async ({ input: { voucherId }, actor, nowMs, request }, found) => {
    const by = found && roleAt(actor, found);
    if (!found || !by) return fail('voucher_not_found');
    const apart = await checkInstitutionNotOwn(found, by.personKey);
    if (!apart.ok) return apart;
    const mark = { command: 'concede', requestId: request.id, personKey: by.personKey } as const;
    return untilSaved(found, async voucher => {
      const earlier = stepMarked(voucher, mark);
      if (!earlier && !hasClosed(voucher, request.id)) {
        const conceded = accept(voucher, { by, nowMs, requestId: request.id });
        if (!conceded.ok) return conceded;
        if (!(await save(voucher, conceded.data))) return undefined;
        await settleEnd(voucher, conceded.data.decision?.entry);
        return ok({ voucherId, status: conceded.data.decision?.next.status ?? voucher.status });
      }
      // The first try may have been cut off before.
      await settleEnd(voucher, earlier);
      return ok({ voucherId, status: voucher.status });
    });
  },
});

const hasClosed = ({ closedDisputes = [] }: Voucher, requestId: string): boolean =>
  closedDisputes.some(closed => closed.requestId === requestId);

const save = (voucher: Voucher, { decision, notes }: Conceded): Promise<boolean> =>
  decision ? saveStep(voucher, decision, notes) : saveNotes(voucher, notes);

/** The verification that is lost with the voucher is recorded, and its share of the quota goes back. */
async function settleEnd(
  voucher: Voucher,
  entry: Parameters<typeof recordReversal>[1] | undefined,
): Promise<void> {
  if (!entry) return;
  if ('verificationId' in entry) await recordReversal(voucher, entry);
  await returnQuota(voucher.templateId);
}

/** Decides again on what is there now. @returns write_conflict when it kept changing. */
async function untilSaved<T>(
  read: Voucher,
  attempt: (voucher: Voucher) => Promise<Result<T> | undefined>,
): Promise<Result<T>> {
  let voucher: Voucher | undefined = read;
  for (let tried = 0; voucher && tried < ATTEMPTS; tried++) {
    const result = await attempt(voucher);
    if (result) return result;
    voucher = await vouchers.find(read.id);
  }
  return fail('write_conflict');
}
