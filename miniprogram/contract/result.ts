import type { ErrorCode } from './error-codes';

/** What a refusal carries to the screen: a stable code and the facts its sentence needs. Never anything personal. */
export interface Refusal {
  code: ErrorCode;
  data?: RefusalData;
}
export type RefusalData = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** The answer of every operation, on the wire and between functions. Expected failures are values; only bugs throw. */
export type Result<T> = { ok: true; data: T } | { ok: false; error: Refusal };

export const ok = <T>(data: T): Result<T> => ({ ok: true, data });

export const fail = (code: ErrorCode, data?: RefusalData): { ok: false; error: Refusal } => ({
  ok: false,
  error: data === undefined ? { code } : { code, data },
});
