import type { ErrorCode } from '../../miniprogram/contract/error-codes';

/** A refusal with this code, whatever facts it carries. */
export const refused = (code: ErrorCode): unknown => ({
  ok: false,
  error: expect.objectContaining({ code }) as unknown,
});
