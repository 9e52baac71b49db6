import * as v from 'valibot';
import { ok } from '../../miniprogram/contract/result';
import { toPrintedForm } from '../../miniprogram/text/entry-form-text';
import { loadEntry, unmaskEntry } from '../shared/people/entry-unmasking';
import { EntryApplicationId } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { handOver } from '../shared/store/files';

export const makeEntryForm = operation('documents.makeEntryForm', {
  input: v.strictObject({ applicationId: EntryApplicationId }),
  // The link is as good as the file, which holds ID numbers: no copy of it stays behind.
  repeatsFromHistory: true,
  load: loadEntry,
  run: async (call, found) => {
    const form = await unmaskEntry(call, found);
    if (!form.ok) return form;
    // Loaded when it is needed: the other operation starts without it.
    const { writeEntryForm } = await import('./entry-form-document');
    const document = await writeEntryForm(toPrintedForm(form.data));
    return ok(await handOver(`results/${call.request.key}.docx`, document));
  },
});
