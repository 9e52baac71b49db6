import { createHash } from 'node:crypto';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import type { RequestOfCall } from '../shared/runtime/operation';
import { apiAnswers, type ApiAnswer } from '../shared/store/api-answers';

/** A repetition gets the first answer for so long; afterwards its key may be used for something else. */
export const ANSWERS_KEPT_MS = 7 * 24 * 60 * 60 * 1000;

export const IDEMPOTENCY_HEADER = 'idempotency-key';
export const IDEMPOTENCY_FORM = /^[0-9A-Za-z_-]{8,64}$/;

const HASH_CHARACTERS = 32;
const ID_CHARACTERS = 24;

/** A request that is carried out under a key; with its answer where it was answered before. */
export interface KeptRequest {
  kept: ApiAnswer;
  request: RequestOfCall;
}

/**
 * Takes the key for this body before anything is done, so that whatever ends the work, a repetition knows when it began and
 * makes the same ids.
 * @returns idempotency_key_missing; idempotency_key_reused.
 */
export async function takeKey(
  idempotencyKey: string | undefined,
  { clientId, name, bodyHash, nowMs }: { clientId: string; name: string; bodyHash: string; nowMs: number },
): Promise<Result<KeptRequest>> {
  if (idempotencyKey === undefined || !IDEMPOTENCY_FORM.test(idempotencyKey))
    return fail('idempotency_key_missing');
  const id = digestOf(clientId, name, idempotencyKey);
  const fresh: ApiAnswer = { id, version: 1, bodyHash, firstAtMs: nowMs };
  if (await apiAnswers.insert(fresh)) return ok(toKept(fresh));
  const earlier = await apiAnswers.find(id);
  if (!earlier || nowMs - earlier.firstAtMs >= ANSWERS_KEPT_MS) {
    await apiAnswers.put(fresh);
    return ok(toKept(fresh));
  }
  return earlier.bodyHash === bodyHash ? ok(toKept(earlier)) : fail('idempotency_key_reused');
}

/** Of two that did the same at once, both answer what was kept first. */
export async function keepAnswer({ kept }: KeptRequest, answer: Result<unknown>): Promise<Result<unknown>> {
  if (await apiAnswers.save(kept, { answer })) return answer;
  return (await apiAnswers.find(kept.id))?.answer ?? answer;
}

const digestOf = (...parts: (string | number)[]): string =>
  createHash('sm3').update(parts.join('|')).digest('hex');

/** The key depends on when it was first used: used again years later it makes other ids. */
function toKept(kept: ApiAnswer): KeptRequest {
  const { id, bodyHash, firstAtMs } = kept;
  const key = digestOf(id, firstAtMs);
  const inputHash = bodyHash.slice(0, HASH_CHARACTERS);
  return { kept, request: { id: `api-${key.slice(0, ID_CHARACTERS)}`, firstAtMs, key, inputHash } };
}
