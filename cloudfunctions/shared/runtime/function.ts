import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { CONSENT_VERSION } from '../../../miniprogram/contract/accounts';
import {
  isOperationName,
  OPERATIONS,
  type FunctionName,
  type InputOf,
  type OperationName,
  type OperationsOf,
} from '../../../miniprogram/contract/operations';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { Grant } from '../../../miniprogram/contract/roles';
import type { Actor } from '../domain/scope';
import { rolesOf } from '../domain/scope';
import { accounts, noteRequest, type Account, type RequestMark } from '../store/accounts';
import { answers } from '../store/answers';
import { StoreUnavailable, withDeadline } from '../store/attempt';
import { RequestId } from './input';
import { readInvocation, type Invocation } from './invocation';
import { log, logError } from './log';
import type { Call, Operation, RequestOfCall } from './operation';

/** A function answers exactly the operations that the contract gives it. */
export type FunctionOperations<F extends FunctionName> = { [Name in OperationsOf<F>]: Operation<Name> };

type AnyOperation = Operation<OperationName>;

/** Time kept back for the answer itself. */
const ANSWER_RESERVE_MS = 1_500;

const Envelope = v.object({
  operation: v.pipe(v.string(), v.maxLength(100)),
  requestId: v.optional(v.unknown()),
  input: v.optional(v.unknown(), {}),
});
type Envelope = v.InferOutput<typeof Envelope>;

/** The entry point of a cloud function: one place that checks, one catch, one shape of answer. */
export function createFunction<F extends FunctionName>(operations: FunctionOperations<F>) {
  const table = operations as unknown as Partial<Record<OperationName, AnyOperation>>;

  return async function main(event: unknown, context: unknown): Promise<Result<unknown>> {
    const startedMs = Date.now();
    const invocation = readInvocation(context, startedMs);
    const deadlineMs = invocation.endsAtMs - ANSWER_RESERVE_MS;
    const name = operationNameIn(event);
    const result = await withDeadline(deadlineMs, () => answer(table, event, invocation, deadlineMs)).catch(
      (error: unknown) => answerToFailure(error, { operation: name, request: invocation.platformRequestId }),
    );
    log('answered', {
      operation: name,
      code: result.ok ? 'ok' : result.error.code,
      ms: Date.now() - startedMs,
      request: invocation.platformRequestId,
    });
    return result;
  };
}

/** Only names of the contract reach the log. */
function operationNameIn(event: unknown): string {
  const { operation } = (event ?? {}) as { operation?: unknown };
  return isOperationName(operation) ? operation : 'unknown';
}

function answerToFailure(error: unknown, facts: { operation: string; request: string }): Result<never> {
  if (error instanceof StoreUnavailable) {
    log('store_unavailable', { ...facts, cause: error.message });
    return fail('service_busy');
  }
  logError('failed', error, facts);
  return fail('internal');
}

/** signed in → role → input; the operation itself goes on with: exists and is yours → state → time → limits. */
async function answer(
  table: Partial<Record<OperationName, AnyOperation>>,
  event: unknown,
  invocation: Invocation,
  deadlineMs: number,
): Promise<Result<unknown>> {
  const { openid } = invocation;
  if (!openid) return fail('identity_missing');
  const envelope = v.safeParse(Envelope, event);
  if (!envelope.success) return fail('operation_unknown');
  const name = envelope.output.operation as OperationName;
  const definition = isOperationName(name) ? table[name] : undefined;
  if (!definition) return fail('operation_unknown');

  const nowMs = Date.now();
  const mark = markOf(name, envelope.output, nowMs);
  const signedIn = await signIn(name, openid, mark, nowMs);
  if (!signedIn.ok) return signedIn;
  const request = checkRequest(name, signedIn.data, mark);
  if (!request.ok) return request;
  const input = v.safeParse(definition.input, envelope.output.input);
  if (!input.success) return fail('invalid_input', { fields: fieldsOf(input.issues) });

  const call = {
    input: input.output,
    actor: signedIn.data.actor,
    openid,
    nowMs,
    deadlineMs,
    request: request.data,
  };
  return OPERATIONS[name].writes ? runOnce(definition, call) : definition.run(call);
}

/** The paths at fault, without what was in them. */
const fieldsOf = (issues: readonly v.BaseIssue<unknown>[]): string[] =>
  [...new Set(issues.map(issue => v.getDotPath(issue) ?? 'input'))].slice(0, 10);

/** What the account remembers of a writing request; undefined when there is no usable requestId. */
function markOf(name: OperationName, { requestId, input }: Envelope, nowMs: number): RequestMark | undefined {
  if (!OPERATIONS[name].writes) return undefined;
  const id = v.safeParse(RequestId, requestId);
  if (!id.success) return undefined;
  const inputHash = createHash('sm3')
    .update(JSON.stringify([name, input], sortedKeys))
    .digest('hex')
    .slice(0, 32);
  return { id: id.output, inputHash, atMs: nowMs };
}

/** The same input hashes the same whatever the order of its fields. */
const sortedKeys = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

interface SignedIn {
  actor: Actor;
  account: Account | undefined;
}

async function signIn(
  name: OperationName,
  openid: string,
  mark: RequestMark | undefined,
  nowMs: number,
): Promise<Result<SignedIn>> {
  const { roles } = OPERATIONS[name];
  if (roles === 'anyone') {
    return ok({ account: undefined, actor: { openid, personKey: '', nameCipher: '', grants: [] } });
  }
  const account = mark ? await noteRequest(openid, mark) : await accounts.find(openid);
  if (!account || nowMs >= account.signedInUntilMs) return fail('sign_in_required');
  // Consent was given to another text: signing in asks for it again.
  if (account.consentVersion !== CONSENT_VERSION) return fail('sign_in_required');
  if (!rolesOf(account.grants).some(role => roles.includes(role))) return fail('role_not_allowed');
  const grants = account.grants.filter((grant: Grant) => roles.includes(grant.role));
  const { personKey, nameCipher } = account;
  return ok({ account, actor: { openid, personKey, nameCipher, grants } });
}

/** Every writing call has a requestId of its own; the same id with another input is refused. */
function checkRequest(
  name: OperationName,
  { account, actor }: SignedIn,
  mark: RequestMark | undefined,
): Result<RequestOfCall> {
  if (!OPERATIONS[name].writes) return ok({ id: '', key: '', inputHash: '', firstAtMs: 0 });
  if (!mark) return fail('request_id_missing');
  const { id, inputHash } = mark;
  const first = account?.recentRequests.find(seen => seen.id === id) ?? mark;
  if (first.inputHash !== inputHash) return fail('request_id_reused');
  // The person is part of it: who signs in next on the same phone starts afresh.
  const key = createHash('sm3').update([actor.openid, actor.personKey, id].join('|')).digest('hex');
  return ok({ id, key, inputHash, firstAtMs: first.atMs });
}

/** A repetition gets the first answer; refusals are not kept, since what was refused may be allowed by now. */
async function runOnce(
  definition: AnyOperation,
  call: Call<InputOf<OperationName>>,
): Promise<Result<unknown>> {
  if (definition.repeatsFromHistory) return definition.run(call);
  const { key, inputHash } = call.request;
  const first = await answers.find(key);
  if (first) return first.inputHash === inputHash ? first.result : fail('request_id_reused');
  const result = await definition.run(call);
  if (!result.ok) return result;
  const isFirst = await answers.insert({ id: key, version: 1, inputHash, result, atMs: call.nowMs });
  // The same request may have been sent twice at once: both get the answer that was kept.
  return isFirst ? result : ((await answers.find(key))?.result ?? result);
}
