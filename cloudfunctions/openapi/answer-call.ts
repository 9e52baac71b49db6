import * as v from 'valibot';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { bodyHashOf } from '../shared/runtime/signature';
import type { ApiClient } from '../shared/store/api-clients';
import { readBody, safeName } from './body';
import type { HttpRequest } from './http-request';
import { IDEMPOTENCY_HEADER, keepAnswer, takeKey } from './idempotency';
import type { AnyOpenInterface } from './open-interface';
import { checkSignature, takeUpCall, type SignedCall } from './signed-call';

interface Times {
  nowMs: number;
  deadlineMs: number;
}

const FIELDS_MAX = 10;

/**
 * A call of an interface, checked in one order: size, coding, type and form of the body → signature → time → nonce and limits
 * → scope and kind of client → input → idempotency key → the work itself: exists and is yours → state → time → limits.
 */
export async function answerCall(
  definition: AnyOpenInterface,
  request: HttpRequest,
  times: Times,
): Promise<Result<unknown>> {
  const body = readBody(request, definition.bodyBytesMax);
  if (!body.ok) return body;
  const signed = await checkSignature(request, times.nowMs);
  if (!signed.ok) return signed;
  const input = checkInput(definition, body.data, request);
  // Whatever becomes of it matters only to a call that is taken up.
  const loading = Promise.allSettled([loadEarly(definition, input, signed.data)]);
  const client = await takeUpCall(signed.data, {
    isLookUp: definition.isLookUp === true,
    nowMs: times.nowMs,
  });
  if (!client.ok) return client;
  const allowed = checkScope(definition, client.data);
  if (!allowed.ok) return allowed;
  if (!input.ok) return input;
  const call = { input: input.data, client: client.data, ...times };
  if (definition.writes) return answerOnce(definition, call, request);
  const [outcome] = await loading;
  if (outcome.status === 'rejected') throw outcome.reason;
  return definition.run(call as never, outcome.value as never);
}

/** Begun as soon as it is known who asks, in the trip of the write that takes up the call; for nobody who may not. */
function loadEarly(
  definition: AnyOpenInterface,
  input: Result<unknown>,
  { client }: SignedCall,
): Promise<unknown> | undefined {
  if (!input.ok || !checkScope(definition, client).ok) return undefined;
  return definition.load?.(input.data as never, client);
}

const checkScope = ({ name, kinds }: AnyOpenInterface, client: ApiClient): Result<undefined> =>
  kinds.includes(client.kind) && client.scopes.includes(name) ? ok(undefined) : fail('scope_missing');

/** @returns rows_too_many; invalid_input with the paths at fault, unknown fields among them, without what was in them. */
function checkInput(
  { input, rows }: AnyOpenInterface,
  given: object,
  { hasQuery }: HttpRequest,
): Result<unknown> {
  // It is not signed.
  if (hasQuery) return fail('invalid_input', { fields: ['query'] });
  const list: unknown = rows && Reflect.get(given, rows.field);
  if (rows && Array.isArray(list) && list.length > rows.max)
    return fail('rows_too_many', { rowsMax: rows.max });
  const parsed = v.safeParse(input, given);
  if (parsed.success) return ok(parsed.output);
  const paths = parsed.issues.map(issue => safeName(v.getDotPath(issue) ?? 'input'));
  return fail('invalid_input', { fields: [...new Set(paths)].slice(0, FIELDS_MAX) });
}

/** A repetition gets the first answer. Refusals of the whole are not kept, since what was refused may be allowed by now. */
async function answerOnce(
  definition: AnyOpenInterface,
  call: { client: ApiClient } & Times,
  { headers, body }: HttpRequest,
): Promise<Result<unknown>> {
  const taken = await takeKey(headers[IDEMPOTENCY_HEADER], {
    clientId: call.client.id,
    name: definition.name,
    bodyHash: bodyHashOf(body),
    nowMs: call.nowMs,
  });
  if (!taken.ok) return taken;
  const { kept, request } = taken.data;
  if (kept.answer) return kept.answer;
  const result = await definition.run({ ...call, request } as never, undefined as never);
  const isKept = result.ok && definition.idempotentBy === 'stored answer';
  return isKept ? keepAnswer(taken.data, result) : result;
}
