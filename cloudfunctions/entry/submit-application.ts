import type { CityCode } from '../../miniprogram/contract/areas';
import { fail, ok } from '../../miniprogram/contract/result';
import { dayOf } from '../shared/domain/calendar';
import { deadlineAt } from '../shared/domain/entry-application';
import { findFaults, toNormalForm, type EntryForm } from '../shared/domain/entry-form';
import { decryptForm, encryptForm } from '../shared/people/entry-form-ciphers';
import { loadEntry } from '../shared/people/entry-unmasking';
import { operation } from '../shared/runtime/operation';
import { findDeadline } from '../shared/store/settings';
import { ApplicationInput } from './entry-fields';
import { viewEntry } from './entry-view';
import { stepEntry } from './step-entry';

/** Fields of the form by name, those of an account row as `adminAccounts.2.idNumber`, counted from 1 as the form has them. */
function faultsOf(form: EntryForm, cityCode: CityCode, today: string): string[] {
  const rowNumber = (rowKey: string): number =>
    form.adminAccounts.findIndex(row => row.rowKey === rowKey) + 1;
  return findFaults(form, cityCode, today).map(({ field, rowKey }) =>
    rowKey === undefined ? field : `adminAccounts.${rowNumber(rowKey)}.${field}`,
  );
}

/** Hands the form in. It is sealed anew: seals of what was sent back were for another text. */
export const submitApplication = operation('entry.submitApplication', {
  input: ApplicationInput,
  load: loadEntry,
  run: async (call, found) => {
    const { nowMs } = call;
    const today = dayOf(nowMs);
    const submitted = await stepEntry('submit', call, found, async ({ form: stored, cityCode }) => {
      const form = toNormalForm(decryptForm(stored), cityCode, today);
      const fields = faultsOf(form, cityCode, today);
      if (fields.length > 0) return fail('entry_incomplete', { fields });
      const isLate = today > deadlineAt(nowMs, (await findDeadline())?.deadlineOn);
      const late = isLate ? true : undefined;
      return ok({ form: encryptForm(form, today), seals: {}, submittedAtMs: nowMs, late });
    });
    return submitted.ok ? ok(await viewEntry(submitted.data, nowMs)) : submitted;
  },
});
