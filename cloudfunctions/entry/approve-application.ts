import * as v from 'valibot';
import { LIMITS } from '../../miniprogram/contract/limits';
import type { ApiClientId } from '../../miniprogram/contract/ids';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { CITY_ROLES } from '../../miniprogram/contract/roles';
import { checkSeals, chooseRoles, type EntryApplication } from '../shared/domain/entry-application';
import type { NewJobOf } from '../shared/domain/job';
import type { ActingPerson } from '../shared/domain/scope';
import { countTasks, runOpenEntry } from '../shared/jobs/entry-job';
import { startEntryJobOf } from '../shared/jobs/entry-jobs';
import { advanceJob, INLINE_MS } from '../shared/jobs/job-runner';
import { loadEntry } from '../shared/people/entry-unmasking';
import { ChannelNumber, EntryApplicationId } from '../shared/runtime/input';
import { newId } from '../shared/runtime/new-id';
import { operation, type CallOf } from '../shared/runtime/operation';
import { channels } from '../shared/store/channels';
import { areRowsApart, RowKey } from './entry-fields';
import { viewEntry } from './entry-view';
import { stepEntry } from './step-entry';

type ApproveCall = CallOf<'entry.approveApplication'>;

/** A number that is another city's cannot be opened: the form has to be put right first. @returns channel_elsewhere. */
async function checkChannel({ form, cityCode }: EntryApplication): Promise<Result<undefined>> {
  const channelNumber = v.parse(ChannelNumber, form.channelNumber);
  const found = await channels.find(channelNumber);
  return found && found.cityCode !== cityCode ? fail('channel_elsewhere') : ok(undefined);
}

/** What the approval writes: the roles that were chosen, and the job that opens channel, accounts and client. */
async function decide(
  { input, nowMs, request }: ApproveCall,
  application: EntryApplication,
  by: ActingPerson,
) {
  const seals = checkSeals(application);
  if (!seals.ok) return seals;
  const rows = chooseRoles(application, input.roles, by.personKey);
  if (!rows.ok) return rows;
  const channel = await checkChannel(application);
  if (!channel.ok) return channel;
  const { id, cityCode } = application;
  const form = { ...application.form, adminAccounts: rows.data };
  // Public, and the same whoever makes it and how often.
  const clientId = form.interfaces.length > 0 && { clientId: `${cityCode}-${id}` as ApiClientId };
  const jobToStart: NewJobOf<'open_entry'> = {
    id: newId(request),
    kind: 'open_entry',
    applicationId: id,
    cityCode,
    startedBy: by,
    startedAtMs: nowMs,
    total: countTasks({ form }),
  };
  return ok({ form, approvalJobId: jobToStart.id, jobToStart, ...clientId });
}

/** The ministry has approved. What follows from it is done by a job, which this call begins. */
export const approveApplication = operation('entry.approveApplication', {
  input: v.strictObject({
    applicationId: EntryApplicationId,
    roles: v.pipe(
      v.array(v.strictObject({ rowKey: RowKey, role: v.picklist([...CITY_ROLES, 'none']) })),
      v.maxLength(LIMITS.accountRowsMax),
      v.check(rows => areRowsApart(rows)),
    ),
  }),
  load: loadEntry,
  run: async (call, found) => {
    const approved = await stepEntry('approve', call, found, (application, by) =>
      decide(call, application, by),
    );
    if (!approved.ok) return approved;
    const job = await startEntryJobOf(approved.data);
    if (job) await advanceJob(job, runOpenEntry, call.nowMs + INLINE_MS);
    return ok(await viewEntry(approved.data, call.nowMs));
  },
});
