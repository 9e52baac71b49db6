import {
  answerWithinMs,
  functionOf,
  OPERATIONS,
  type OperationName,
  type OutputOf,
  type PlainInputOf,
} from '../contract/operations';
import type { Result } from '../contract/result';
import { isDecided, isRetriedAtOnce, type Answer, type Failure } from '../view/failure';
import { toLocalFailure } from './platform-failure';
import { forgetRequestId, keepRequestId, requestKey } from './request-ids';

/** Waits before the second and the third try. */
const BACK_OFF_MS = [400, 1_600] as const;

type FailureReader = (failure: Failure) => Failure;
let readFailure: FailureReader = failure => failure;

/**
 * The session reads every failure before its page does: the end of a sign-in or the loss of a role can come with any answer.
 * What it returns is what the page is told.
 */
export function onFailure(reader: FailureReader): void {
  readFailure = reader;
}

let noteServed = (): void => {};

/** The session hears of every answer that only somebody who is signed in is given. */
export function onServed(listener: () => void): void {
  noteServed = listener;
}

const underWay = new Map<string, Promise<Answer<unknown>>>();

/**
 * The function that calls an operation, made from its name: `const getClass = caller('training.getClass')`. Nothing else
 * calls a cloud function. A writing request carries an id that is kept until a definite answer, and a second call with the
 * same input while the first is under way shares its answer.
 */
export function caller<Name extends OperationName>(
  name: Name,
): (input: PlainInputOf<Name>) => Promise<Answer<OutputOf<Name>>> {
  return async input => {
    const call: Call = { name, input };
    const answer = OPERATIONS[name].writes ? await callOnce(call) : await callWithRetries(call);
    if (!answer.ok) return { ok: false, error: readFailure(answer.error) };
    if (OPERATIONS[name].roles !== 'anyone') noteServed();
    // The contract's table is the promise that both sides are tested against; here the wire's answer gets its type.
    return answer as Answer<OutputOf<Name>>;
  };
}

interface Call {
  name: OperationName;
  input: unknown;
  requestId?: string;
}

function callOnce(call: Call): Promise<Answer<unknown>> {
  const key = requestKey(call.name, call.input);
  const running = underWay.get(key);
  if (running) return running;
  const started = callWithId(call, key).finally(() => underWay.delete(key));
  underWay.set(key, started);
  return started;
}

async function callWithId(call: Call, key: string): Promise<Answer<unknown>> {
  const requestId = keepRequestId(key, Date.now());
  const answer = await callWithRetries({ ...call, requestId });
  if (answer.ok || isDecided(answer.error)) forgetRequestId(key);
  return answer;
}

async function callWithRetries(call: Call): Promise<Answer<unknown>> {
  let answer = await tryOnce(call);
  for (const waitMs of BACK_OFF_MS) {
    if (answer.ok || !isRetriedAtOnce(answer.error)) return answer;
    await wait(waitMs * (1 + Math.random()));
    answer = await tryOnce(call);
  }
  return answer;
}

const wait = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

async function tryOnce({ name, input, requestId }: Call): Promise<Answer<unknown>> {
  const data = { operation: name, input, ...(requestId !== undefined && { requestId }) };
  try {
    const sent = wx.cloud.callFunction({ name: functionOf(name), data });
    const { result } = await withTimeout(Promise.resolve(sent), answerWithinMs(name));
    return isResult(result) ? result : { ok: false, error: { code: 'service_unreachable' } };
  } catch (error) {
    return { ok: false, error: await toLocalFailure(error) };
  }
}

function withTimeout<T>(promise: Promise<T>, timeoutMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject({ errMsg: 'callFunction:fail timeout' }), timeoutMs);
    void promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

const isResult = (value: unknown): value is Result<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { ok?: unknown }).ok === 'boolean';
