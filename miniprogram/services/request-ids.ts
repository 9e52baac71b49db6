import type { OperationName } from '../contract/operations';
import { forgetStored, keepStored, readStored } from '../storage';

/**
 * Ids of writing requests whose answer has not come yet. They are stored before the request leaves, so that a lost answer,
 * or an app closed in between, is asked for again under the same id and never done twice.
 */
const PREFIX = 'request:';
/** A request left over for longer belongs to another day's work. */
const KEPT_MS = 24 * 60 * 60 * 1000;

interface KeptRequest {
  id: string;
  madeAtMs: number;
}

/** The same input has the same text whatever the order of its fields. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );

/** 2 × 32 bits (cyrb53): only a hash is stored, because inputs can hold names and ID numbers. */
function hashText(text: string): string {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  return (high >>> 0).toString(36) + (low >>> 0).toString(36);
}

const randomText = (): string => Math.random().toString(36).slice(2, 12).padEnd(10, '0');

const makeId = (nowMs: number): string => `${nowMs.toString(36)}-${randomText()}${randomText()}`;

/** Where the id of this very request is kept. */
export const requestKey = (name: OperationName, input: unknown): string =>
  `${PREFIX}${name}:${hashText(canonical(input))}`;

function readKept(key: string): KeptRequest | undefined {
  const kept = readStored(key);
  return isKept(kept) ? kept : undefined;
}

function isKept(value: unknown): value is KeptRequest {
  const { id, madeAtMs } = (value ?? {}) as Partial<KeptRequest>;
  return typeof id === 'string' && typeof madeAtMs === 'number';
}

/** The id under which this request was, or now is, sent. */
export function keepRequestId(key: string, nowMs: number): string {
  const kept = readKept(key);
  if (kept && nowMs - kept.madeAtMs < KEPT_MS) return kept.id;
  const made: KeptRequest = { id: makeId(nowMs), madeAtMs: nowMs };
  keepStored(key, made);
  return made.id;
}

/** After a definite answer: the same words sent again are a new request. */
export const forgetRequestId = (key: string): void => forgetStored(key);
