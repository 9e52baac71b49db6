import * as v from 'valibot';
import { fail, ok } from '../../miniprogram/contract/result';
import { roleAt } from '../shared/domain/scope';
import { changeDocument } from '../shared/runtime/change-document';
import { Day } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { fieldChanges, type ChangeStep } from '../shared/store/change-step';
import { findDeadline, newDeadline, settings } from '../shared/store/settings';

/** Until when applications are to be handed in; a later one is marked, not refused: entry comes before any voucher. */
export const setDeadline = operation('entry.setDeadline', {
  input: v.strictObject({ deadlineOn: Day }),
  run: async ({ input, actor, nowMs, request }) => {
    const by = roleAt(actor, {});
    if (!by) return fail('role_not_allowed');
    const stepOf = (command: ChangeStep['command'], before: object): ChangeStep => ({
      command,
      atMs: nowMs,
      by,
      requestId: request.id,
      changes: fieldChanges(before, input),
    });
    if (await settings.insert(newDeadline(input.deadlineOn, stepOf('add', {})))) return ok(input);
    const found = await findDeadline();
    if (!found) return fail('write_conflict');
    const changed = await changeDocument(settings, found, request.id, current =>
      ok({ ...input, history: [...current.history, stepOf('set', current)] }),
    );
    return changed.ok ? ok({ deadlineOn: changed.data.deadlineOn }) : changed;
  },
});
