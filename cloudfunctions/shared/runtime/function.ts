import { createHash } from 'node:crypto';
import * as v from 'valibot';
import {
  answerWithinMs,
  isOperationName,
  OPERATIONS,
  type FunctionName,
  type OperationName,
  type OperationsOf,
} from '../../../miniprogram/contract/operations';
import { fail, type Result } from '../../../miniprogram/contract/result';
import { answers } from '../store/answers';
import type { RequestMark } from '../store/accounts';
import { StoreUnavailable, withDeadline } from '../store/attempt';
import { RequestId } from './input';
import { readInvocation, type Invocation } from './invocation';
import { log, logError } from './log';
import { isNestedTooDeep } from './nesting';
import type { RequestOfCall, WritingCall } from './operation';
import { signInAndLoad, type SignedIn } from './sign-in';
import { explainSuspension, refuseNamed } from './suspended';

/** An operation as the runtime knows it: what it takes and answers is between it and the contract. */
interface AnyOperation {
  name: OperationName;
  input: v.GenericSchema;
  load?(input: never): unknown;
  repeatsFromHistory?: boolean;
  run(call: never, loaded: never): Promise<Result<unknown>>;
  afterwards?(call: never): Promise<void>;
}

/** A function answers exactly the operations that the contract gives it; those that are missing are named. */
type Complete<F extends FunctionName, Operations extends readonly AnyOperation[]> =
  Exclude<OperationsOf<F>, Operations[number]['name']> extends never
    ? unknown
    : { 'operations that are missing': Exclude<OperationsOf<F>, Operations[number]['name']> };

type Table = Readonly<Partial<Record<OperationName, AnyOperation>>>;

/** Time kept back for the answer itself, its way included. */
const ANSWER_RESERVE_MS = 1_500;

const Envelope = v.object({
  operation: v.pipe(v.string(), v.maxLength(100)),
  requestId: v.optional(v.unknown()),
  input: v.optional(v.unknown(), {}),
});
type Envelope = v.InferOutput<typeof Envelope>;

/**
 * The entry point of a cloud function: one place that checks, one catch, one shape of answer. The operations themselves
 * stay visible on it.
 */
export function createFunction<
  F extends FunctionName,
  const Operations extends readonly (AnyOperation & { name: OperationsOf<F> })[],
>(_name: F, operations: Operations & Complete<F, Operations>) {
  const table: Table = Object.fromEntries(operations.map(each => [each.name, each]));

  async function main(event: unknown, context: unknown): Promise<Result<unknown>> {
    const startedMs = Date.now();
    const invocation = readInvocation(context, startedMs);
    const name = operationNameIn(event);
    const deadlineMs = Math.min(invocation.endsAtMs, startedMs + patienceMs(name)) - ANSWER_RESERVE_MS;
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
  }
  return Object.assign(main, { operations });
}

/** A function may run for longer than whoever called it waits. */
const patienceMs = (name: string): number => (isOperationName(name) ? answerWithinMs(name) : Infinity);

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
  table: Table,
  event: unknown,
  invocation: Invocation,
  deadlineMs: number,
): Promise<Result<unknown>> {
  const { openid } = invocation;
  if (!openid) return fail('identity_missing');
  const envelope = v.safeParse(Envelope, event);
  if (!envelope.success) return fail('operation_unknown');
  const { operation: name, requestId } = envelope.output;
  const definition = isOperationName(name) ? table[name] : undefined;
  if (!definition) return fail('operation_unknown');

  const nowMs = Date.now();
  // Nothing takes such an input, so nothing needs to see more of it; to hash or compare it would break the stack.
  const given = isNestedTooDeep(envelope.output.input) ? null : envelope.output.input;
  const input = v.safeParse(definition.input, given);
  const mark = markOf(definition.name, { requestId, input: given }, nowMs);
  // A faulty input is judged after the caller, but nothing is loaded for it.
  const load = input.success ? () => definition.load?.(input.output as never) : () => undefined;
  const signedIn = await signInAndLoad(definition.name, { openid, mark, nowMs, load });
  if (!signedIn.ok) return signedIn;
  const { actor, loaded } = signedIn.data;
  const request = checkRequest(definition.name, signedIn.data, mark);
  if (!request.ok) return request;
  if (!input.success) return fail('invalid_input', { fields: fieldsOf(input.issues) });

  const call = { input: input.output, actor, openid, nowMs, deadlineMs };
  const refused = refuseNamed(call);
  if (refused) return refused;
  const { data } = request;
  const result = await (data === undefined
    ? definition.run(call as never, loaded as never)
    : runOnce(definition, { ...call, request: data }, loaded));
  return explainSuspension(result, call);
}

/** The paths at fault, without what was in them. */
const fieldsOf = (issues: readonly v.BaseIssue<unknown>[]): string[] =>
  [...new Set(issues.map(issue => v.getDotPath(issue) ?? 'input'))].slice(0, 10);

/** What the account remembers of a writing request; undefined when there is no usable requestId. */
function markOf(
  name: OperationName,
  { requestId, input }: Pick<Envelope, 'requestId' | 'input'>,
  nowMs: number,
): RequestMark | undefined {
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

/** Every writing call has a requestId of its own; the same id with another input is refused. @returns none for a reading call. */
function checkRequest(
  name: OperationName,
  { account, actor }: SignedIn,
  mark: RequestMark | undefined,
): Result<RequestOfCall | undefined> {
  if (!OPERATIONS[name].writes) return { ok: true, data: undefined };
  if (!mark) return fail('request_id_missing');
  const { id, inputHash } = mark;
  const first = account?.recentRequests.find(seen => seen.id === id) ?? mark;
  if (first.inputHash !== inputHash) return fail('request_id_reused');
  // The person is part of it: who signs in next on the same phone starts afresh.
  const key = createHash('sm3').update([actor.openid, actor.personKey, id].join('|')).digest('hex');
  return { ok: true, data: { id, key, inputHash, firstAtMs: first.atMs } };
}

/** A repetition gets the first answer; refusals are not kept, since what was refused may be allowed by now. */
async function runOnce(
  definition: AnyOperation,
  call: WritingCall<unknown>,
  loaded: unknown,
): Promise<Result<unknown>> {
  const result = definition.repeatsFromHistory
    ? await definition.run(call as never, loaded as never)
    : await answerOnce(definition, call, loaded);
  if (result.ok) await definition.afterwards?.(call as never);
  return result;
}

async function answerOnce(
  definition: AnyOperation,
  call: WritingCall<unknown>,
  loaded: unknown,
): Promise<Result<unknown>> {
  const { key, inputHash } = call.request;
  const first = await answers.find(key);
  if (first) return first.inputHash === inputHash ? first.result : fail('request_id_reused');
  const result = await definition.run(call as never, loaded as never);
  if (!result.ok) return result;
  const isFirst = await answers.insert({ id: key, version: 1, inputHash, result, atMs: call.nowMs });
  // The same request may have been sent twice at once: both get the answer that was kept.
  return isFirst ? result : ((await answers.find(key))?.result ?? result);
}
