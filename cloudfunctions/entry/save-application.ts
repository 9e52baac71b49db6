import type { EntryApplicationView } from '../../miniprogram/contract/entry';
import type { SaveEntryInput } from '../../miniprogram/contract/operations';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { dayOf } from '../shared/domain/calendar';
import { boundAmendments, ENTRY_LIFE, type EntryApplication } from '../shared/domain/entry-application';
import { EMPTY_FORM, mergeDraft, toNormalForm, type EntryForm } from '../shared/domain/entry-form';
import { roleAt } from '../shared/domain/scope';
import { decryptForm, encryptForm } from '../shared/people/entry-form-ciphers';
import { changeDocument } from '../shared/runtime/change-document';
import { newId } from '../shared/runtime/new-id';
import { operation, type WritingCall } from '../shared/runtime/operation';
import { entryApplications } from '../shared/store/entry-applications';
import { SaveInput } from './entry-fields';
import { viewEntry } from './entry-view';
import { actingIn } from './step-entry';

type Call<Input = SaveEntryInput> = WritingCall<Input>;
type NewInput = Extract<SaveEntryInput, { cityCode: unknown }>;
type ChangeInput = Exclude<SaveEntryInput, NewInput>;

const loadKnown = async (input: SaveEntryInput): Promise<EntryApplication | undefined> =>
  'cityCode' in input ? undefined : entryApplications.find(input.applicationId);

/** Keeps a form half-filled: nothing that was typed is refused for being wrong, it is only told. */
export const saveApplication = operation('entry.saveApplication', {
  input: SaveInput,
  load: loadKnown,
  run: async (call, found): Promise<Result<EntryApplicationView>> => {
    const { input } = call;
    const saved =
      'cityCode' in input ? await create({ ...call, input }) : await amend({ ...call, input }, found);
    return saved.ok ? ok(await viewEntry(saved.data, call.nowMs)) : saved;
  },
});

async function create({
  input: { cityCode, ...draft },
  actor,
  nowMs,
  request,
}: Call<NewInput>): Promise<Result<EntryApplication>> {
  const by = roleAt(actor, { cityCode });
  if (!by) return fail('role_not_allowed');
  const application: EntryApplication = {
    id: newId(request),
    version: 1,
    cityCode,
    ...ENTRY_LIFE.begin('create', { by, nowMs, requestId: request.id }),
    revision: 1,
    form: toStored(mergeDraft(EMPTY_FORM, draft), { cityCode, nowMs }),
    seals: {},
    filledAtMs: nowMs,
  };
  const isNew = await entryApplications.insert(application);
  return ok((isNew ? undefined : await entryApplications.find(application.id)) ?? application);
}

/** Several people may fill in one form: who types upon an older state of it is told, and loses nothing of the others' work. */
async function amend(
  { input: { applicationId: _id, revision, ...draft }, actor, nowMs, request }: Call<ChangeInput>,
  document: EntryApplication | undefined,
): Promise<Result<EntryApplication>> {
  const found = actingIn('amend', document, actor);
  if (!found.ok) return found;
  const { by } = found.data;
  return changeDocument(entryApplications, found.data.document, request.id, application => {
    const moved = ENTRY_LIFE.move('amend', application, { by, nowMs, requestId: request.id });
    if (!moved.ok) return moved;
    if (application.revision !== revision) return fail('entry_changed');
    const { cityCode } = application;
    return ok({
      ...moved.data,
      history: boundAmendments(moved.data.history, by),
      revision: revision + 1,
      form: toStored(mergeDraft(decryptForm(application.form), draft), { cityCode, nowMs }),
      filledAtMs: nowMs,
    });
  });
}

function toStored(
  form: EntryForm,
  { cityCode, nowMs }: { cityCode: EntryApplication['cityCode']; nowMs: number },
): EntryApplication['form'] {
  const today = dayOf(nowMs);
  return encryptForm(toNormalForm(form, cityCode, today), today);
}
