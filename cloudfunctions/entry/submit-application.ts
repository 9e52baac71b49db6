import { fail, ok } from '../../miniprogram/contract/result';
import { dayOf } from '../shared/domain/calendar';
import { deadlineAt, type EntryApplication } from '../shared/domain/entry-application';
import { findFaults } from '../shared/domain/entry-form';
import { decryptForm } from '../shared/people/entry-form-ciphers';
import { loadEntry } from '../shared/people/entry-unmasking';
import { operation } from '../shared/runtime/operation';
import { findDeadline } from '../shared/store/settings';
import { ApplicationInput } from './entry-fields';
import { viewEntry } from './entry-view';
import { stepEntry } from './step-entry';

/** Fields of the form by name, those of an account row as `adminAccounts.2.idNumber`, counted from 1 as the form has them. */
function faultsOf({ form: stored, cityCode }: EntryApplication, nowMs: number): string[] {
  const form = decryptForm(stored);
  const rowNumber = (rowKey: string): number =>
    form.adminAccounts.findIndex(row => row.rowKey === rowKey) + 1;
  return findFaults(form, cityCode, dayOf(nowMs)).map(({ field, rowKey }) =>
    rowKey === undefined ? field : `adminAccounts.${rowNumber(rowKey)}.${field}`,
  );
}

/** Hands the form in. It is sealed anew: seals of what was sent back were for another text. */
export const submitApplication = operation('entry.submitApplication', {
  input: ApplicationInput,
  load: loadEntry,
  run: async (call, found) => {
    const { nowMs } = call;
    const submitted = await stepEntry('submit', call, found, async application => {
      const fields = faultsOf(application, nowMs);
      if (fields.length > 0) return fail('entry_incomplete', { fields });
      const isLate = dayOf(nowMs) > deadlineAt(nowMs, (await findDeadline())?.deadlineOn);
      return ok({ seals: {}, submittedAtMs: nowMs, late: isLate ? true : undefined });
    });
    return submitted.ok ? ok(await viewEntry(submitted.data, nowMs)) : submitted;
  },
});
