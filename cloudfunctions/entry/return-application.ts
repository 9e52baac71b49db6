import * as v from 'valibot';
import { ok } from '../../miniprogram/contract/result';
import { checkReturner } from '../shared/domain/entry-application';
import { loadEntry } from '../shared/people/entry-unmasking';
import { EntryApplicationId, Reason } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { viewEntry } from './entry-view';
import { stepEntry } from './step-entry';

/** Sends the form back to be put right: within the city by an officer of it, later by the province, whoever found the fault. */
export const returnApplication = operation('entry.returnApplication', {
  input: v.strictObject({ applicationId: EntryApplicationId, reason: Reason }),
  load: loadEntry,
  run: async (call, found) => {
    const returned = await stepEntry(
      'return',
      { ...call, reason: call.input.reason },
      found,
      (application, by) => {
        const allowed = checkReturner(application, by);
        return allowed.ok ? ok({}) : allowed;
      },
    );
    return returned.ok ? ok(await viewEntry(returned.data, call.nowMs)) : returned;
  },
});
