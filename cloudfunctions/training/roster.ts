import * as v from 'valibot';
import type { ClassId as Class, TemplateId as Template } from '../../miniprogram/contract/ids';
import { fail, ok } from '../../miniprogram/contract/result';
import type { RosterEntryView } from '../../miniprogram/contract/training';
import { maskIdNumber } from '../shared/domain/id-number';
import { voucherIdOf, type Owner } from '../shared/domain/issue';
import { roleAt, type Place } from '../shared/domain/scope';
import { statusAt } from '../shared/domain/voucher';
import { ClassId, Cursor, RosterEntryId, TemplateId } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { decryptText } from '../shared/runtime/secrets';
import { classes } from '../shared/store/classes';
import {
  rosterEntries,
  rosterPage,
  type EntryWithVoucher,
  type RosterEntry,
} from '../shared/store/roster-entries';
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

const findOwner = (owner: Owner): Promise<Place | undefined> =>
  'classId' in owner ? classes.find(owner.classId) : templates.find(owner.templateId);

export const listRoster = operation('training.listRoster', {
  input: v.union([
    v.strictObject({ classId: ClassId, cursor: Cursor }),
    v.strictObject({ templateId: TemplateId, cursor: Cursor }),
  ]),
  load: ({ cursor, ...owner }) => rosterPage(owner, cursor),
  run: async ({ input, actor, nowMs }, page) => {
    // Every entry brings its owner along: only an empty page needs it to be looked up.
    const owner = page.items[0]?.owner ?? (await findOwner(input));
    if (!owner || !roleAt(actor, owner)) {
      return fail('classId' in input ? 'class_not_found' : 'template_not_found');
    }
    return ok(mapPage(page, item => toEntryView(item, nowMs)));
  },
});

export const removeRosterEntry = operation('training.removeRosterEntry', {
  input: v.strictObject({ entryId: RosterEntryId }),
  load: ({ entryId }) => rosterEntries.find(entryId),
  run: async ({ actor }, entry) => {
    if (!entry) return fail('roster_entry_not_found');
    const owner = await ownerOf(entry);
    const loaded = await loadRosterOwner(owner, actor);
    if (!loaded.ok) return fail('roster_entry_not_found');
    if (loaded.data.isLocked) return fail('roster_locked');
    if (await vouchers.find(voucherIdOf(owner, entry.personKey))) return fail('already_holds_voucher');
    await rosterEntries.remove({ _id: entry.id });
    return ok({ entryId: entry.id });
  },
});

async function ownerOf({ ownerId }: RosterEntry): Promise<Owner> {
  const trainingClass = await classes.find(ownerId as Class);
  return trainingClass ? { classId: trainingClass.id } : { templateId: ownerId as Template };
}
