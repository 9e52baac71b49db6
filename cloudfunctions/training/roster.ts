import * as v from 'valibot';
import type { InputOf } from '../../miniprogram/contract/operations';
import { fail, ok } from '../../miniprogram/contract/result';
import type { RosterEntryView } from '../../miniprogram/contract/training';
import { maskIdNumber } from '../shared/domain/id-number';
import { voucherIdOf } from '../shared/domain/issue';
import { actingFor, type Place } from '../shared/domain/scope';
import { statusAt } from '../shared/domain/voucher';
import { Cursor, Id } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { decryptText } from '../shared/runtime/secrets';
import { classes } from '../shared/store/classes';
import { listWithVouchers, rosterEntries, type EntryWithVoucher } from '../shared/store/roster-entries';
import { templates } from '../shared/store/templates';
import { vouchers } from '../shared/store/vouchers';
import { mapPage } from '../shared/views/pages';
import { maskedName } from '../shared/views/voucher-view';
import { loadRosterOwner } from './roster-owner';

function toEntryView({ entry, voucher }: EntryWithVoucher, nowMs: number): RosterEntryView {
  return {
    id: entry.id,
    name: maskedName(entry.nameCipher),
    idNumber: maskIdNumber(decryptText(entry.idNumberCipher)),
    addedAtMs: entry.addedAtMs,
    ...(voucher && { voucherStatus: statusAt(voucher, nowMs) }),
  };
}

const ListInput = v.union([
  v.strictObject({ classId: Id, cursor: Cursor }),
  v.strictObject({ templateId: Id, cursor: Cursor }),
]);

const findOwner = (owner: InputOf<'training.listRoster'>): Promise<Place | undefined> =>
  'classId' in owner ? classes.find(owner.classId) : templates.find(owner.templateId);

export const listRoster = operation('training.listRoster', {
  input: ListInput,
  run: async ({ input, actor, nowMs }) => {
    const page = await listWithVouchers(input, input.cursor);
    // Every entry brings its owner along: only an empty page needs it to be looked up.
    const owner = page.items[0]?.owner ?? (await findOwner(input));
    if (!owner || !actingFor(actor, owner)) {
      return fail('classId' in input ? 'class_not_found' : 'template_not_found');
    }
    return ok(mapPage(page, item => toEntryView(item, nowMs)));
  },
});

export const removeRosterEntry = operation('training.removeRosterEntry', {
  input: v.strictObject({ entryId: Id }),
  run: async ({ input: { entryId }, actor }) => {
    const entry = await rosterEntries.find(entryId);
    if (!entry) return fail('roster_entry_not_found');
    const { ownerId } = entry;
    const owner = (await classes.find(ownerId)) ? { classId: ownerId } : { templateId: ownerId };
    const loaded = await loadRosterOwner(owner, actor);
    if (!loaded.ok) return fail('roster_entry_not_found');
    if (loaded.data.isLocked) return fail('roster_locked');
    const voucher = await vouchers.find(voucherIdOf(owner, entry.personKey));
    if (voucher) return fail('already_holds_voucher');
    await rosterEntries.remove({ _id: entryId });
    return ok({ entryId });
  },
});
