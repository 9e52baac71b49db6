import * as v from 'valibot';
import { isCountyCode } from '../../../miniprogram/contract/counties';
import { isRetryable, type ErrorCode } from '../../../miniprogram/contract/error-codes';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { EntryApplication, StoredAccountRow } from '../domain/entry-application';
import { newApiClient } from '../people/api-clients';
import { grantTo, type GrantContext } from '../people/grant';
import { changeDocument } from '../runtime/change-document';
import { ChannelNumber } from '../runtime/input';
import { apiClients } from '../store/api-clients';
import { fieldChanges } from '../store/change-step';
import { channels, type Channel } from '../store/channels';
import { entryApplications } from '../store/entry-applications';
import { nothingLeft, type JobRunner } from './job-runner';

/** One thing that an approval opens; done again it changes nothing, also where somebody has taken it back since. */
interface Task {
  /** Number of the account row on the form; 0 for the channel and the client. */
  row: number;
  run: (context: GrantContext) => Promise<Result<unknown>>;
}

type ToOpen = Pick<EntryApplication, 'id' | 'cityCode' | 'form' | 'clientId'>;

/** Channel, accounts in the order of the form, client. */
function tasksOf(application: ToOpen): Task[] {
  const accounts = application.form.adminAccounts.flatMap((account, at) =>
    account.role === undefined
      ? []
      : [{ row: at + 1, run: (context: GrantContext) => openAccount(application, account, context) }],
  );
  const { clientId } = application;
  const client =
    clientId === undefined
      ? []
      : [{ row: 0, run: (context: GrantContext) => makeClient({ ...application, clientId }, context) }];
  return [{ row: 0, run: context => openChannel(application, context) }, ...accounts, ...client];
}

/** How many things an approval opens. */
export const countTasks = ({
  form: { adminAccounts, interfaces },
}: {
  form: Pick<EntryApplication['form'], 'adminAccounts' | 'interfaces'>;
}): number =>
  1 + adminAccounts.filter(({ role }) => role !== undefined).length + (interfaces.length > 0 ? 1 : 0);

/** Opens the named channel for vouchers, and lists it where it is not listed yet. @returns channel_elsewhere. */
async function openChannel(
  { form, cityCode }: ToOpen,
  { by, nowMs, requestId }: GrantContext,
): Promise<Result<Channel>> {
  const opened = { voucherOpen: true };
  const step = { atMs: nowMs, by, requestId };
  const channel: Channel = {
    id: v.parse(ChannelNumber, form.channelNumber),
    version: 1,
    cityCode,
    name: form.channelName,
    kind: form.channelKind,
    // 填写电子社保卡申领渠道: the form names a channel that issues the card.
    issuing: true,
    ...opened,
    history: [{ command: 'add', ...step, changes: [] }],
  };
  if (await channels.insert(channel)) return ok(channel);
  const listed = await channels.find(channel.id);
  if (listed?.cityCode !== cityCode) return fail('channel_elsewhere');
  return changeDocument(channels, listed, requestId, current =>
    ok({
      ...opened,
      history: [
        ...current.history,
        { command: 'set', ...step, changes: fieldChanges(current, opened) } as const,
      ],
    }),
  );
}

/** In the city, or in the county that the row names. @returns role_already_granted; role_to_oneself. */
async function openAccount(
  { cityCode }: ToOpen,
  { personKey, countyCode, ciphers: { name }, role }: StoredAccountRow,
  context: GrantContext,
): Promise<Result<unknown>> {
  if (personKey === undefined || name === undefined || role === undefined)
    throw new Error('an approved account row without its person');
  const place = { role, cityCode, ...(isCountyCode(countyCode) && { countyCode }) };
  return grantTo({ personKey, nameCipher: name }, place, context);
}

/** A client with exactly the ticked interfaces; its first secret is an officer's to make. */
async function makeClient(
  { clientId, cityCode, form }: ToOpen & { clientId: NonNullable<EntryApplication['clientId']> },
  context: GrantContext,
): Promise<Result<undefined>> {
  const { applicantName: name, interfaces: scopes } = form;
  await apiClients.insert(newApiClient({ id: clientId, name, kind: 'city', cityCode, scopes, ...context }));
  return ok(undefined);
}

/** Opens what an approved network entry (入网申请) asks for, one thing a chunk. Notice 三(一). */
export const runOpenEntry: JobRunner<'open_entry'> = async ({ applicationId }) => {
  const application = await entryApplications.find(applicationId);
  if (!application) throw new Error('an approval without its application');
  const tasks = tasksOf(application);
  return async (job, nowMs) => {
    const at = Number(job.cursor || 0);
    const task = tasks[at];
    if (!task) return nothingLeft(job);
    const result = await task.run({ by: job.startedBy, nowMs, requestId: job.id });
    const code = result.ok ? undefined : refusalOf(result.error.code);
    return {
      cursor: String(at + 1),
      done: code ? 0 : 1,
      refusals: code ? [{ row: task.row, code }] : [],
      finished: at + 1 === tasks.length,
    };
  };
};

/** What may succeed at another time is tried again with the whole chunk. */
function refusalOf(code: ErrorCode): ErrorCode {
  if (isRetryable(code)) throw new Error(code);
  return code;
}
