import * as v from 'valibot';
import type { ClassId as Class, TemplateId as Template } from '../../miniprogram/contract/ids';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import type { RosterEntryView } from '../../miniprogram/contract/training';
import { maskIdNumber } from '../shared/domain/id-number';
import type { Owner } from '../shared/domain/issue';
import { roleAt, type Place } from '../shared/domain/scope';
import { statusAt } from '../shared/domain/voucher';
import { ClassId, Cursor, RosterEntryId, TemplateId } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { decryptText } from '../shared/runtime/secrets';
import { classes } from '../shared/store/classes';
import {
  removeEntry,
  rosterEntries,
  rosterPage,
  type EntryWithVoucher,
  type RosterEntry,
} from '../shared/store/roster-entries';
import { findRunningIssue } from '../shared/jobs/issue-order';
import { not } from '../shared/store/query';
import { templates } from '../shared/store/templates';
import { vouchers } from '../shared/store/vouchers';
import { mapPage } from '../shared/views/pages';
import { maskedName } from '../shared/views/voucher-view';
import { loadRosterOwner, type RosterOwner } from '../shared/roster/owner';

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
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const loaded = await loadRosterOwner(owner, place => roleAt(actor, place) !== undefined);
      if (!loaded.ok) return fail('roster_entry_not_found');
      const free = await checkRemovable(loaded.data, entry);
      if (!free.ok) return free;
      // Handed in, or vouchers ordered, since it was read: judged again on what is there now.
      if (await removeEntry(owner, loaded.data.document, entry.id)) return ok({ entryId: entry.id });
    }
    return fail('write_conflict');
  },
});

const ATTEMPTS = 3;

/** Guards, in order: roster open · no voucher · none just being made. */
async function checkRemovable(
  { owner, isLocked, document }: RosterOwner,
  { personKey }: RosterEntry,
): Promise<Result<undefined>> {
  if (isLocked) return fail('roster_locked');
  const held = await vouchers.findWhere({ ...owner, personKey, status: not('voided') });
  if (held) return fail('already_holds_voucher');
  return (await findRunningIssue(document)) ? fail('class_issue_running') : ok(undefined);
}

async function ownerOf({ ownerId }: RosterEntry): Promise<Owner> {
  const trainingClass = await classes.find(ownerId as Class);
  return trainingClass ? { classId: trainingClass.id } : { templateId: ownerId as Template };
}
