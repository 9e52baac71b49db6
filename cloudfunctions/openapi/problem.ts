import type { ErrorCode } from '../../miniprogram/contract/error-codes';
import { retryOf } from '../../miniprogram/contract/error-codes';
import type { Refusal } from '../../miniprogram/contract/result';
import { refusalText } from '../../miniprogram/text/refusal-text';
import { BASE_PATH, toAnswer, type HttpAnswer } from './http-request';

/** What does not conflict with the state of something. */
const STATUSES: Partial<Record<ErrorCode, number>> = {
  json_invalid: 400,
  json_key_repeated: 400,
  signature_missing: 401,
  signature_invalid: 401,
  request_time_out_of_range: 401,
  client_revoked: 403,
  scope_missing: 403,
  role_not_allowed: 403,
  institution_is_own: 403,
  acting_person_not_active: 403,
  interface_unknown: 404,
  method_not_allowed: 405,
  body_too_large: 413,
  content_type_unsupported: 415,
  content_encoding_unsupported: 415,
  invalid_input: 422,
  rows_too_many: 422,
  id_number_invalid: 422,
  idempotency_key_reused: 422,
  code_unrecognised: 422,
  code_forged: 422,
  idempotency_key_missing: 400,
  rate_limited: 429,
  internal: 500,
  service_busy: 503,
};
const CONFLICT = 409;
const NOT_FOUND = 404;
/** Of a refusal that is worth another try at once. */
const RETRY_SECONDS = 1;

export const statusOf = (code: ErrorCode): number =>
  STATUSES[code] ?? (code.endsWith('_not_found') ? NOT_FOUND : CONFLICT);

/** A refusal by RFC 9457: the code is for programs, the sentence for people. */
export function toProblem(
  refusal: Refusal,
  { requestId, headers = {} }: { requestId: string; headers?: Readonly<Record<string, string>> },
): HttpAnswer {
  const { code, data } = refusal;
  const status = statusOf(code);
  const title = refusalText(refusal);
  const retryAfterSeconds =
    typeof data?.['retryAfterSeconds'] === 'number' ? data['retryAfterSeconds'] : undefined;
  const waits = retryAfterSeconds ?? (status >= 500 ? RETRY_SECONDS : undefined);
  const problem = {
    type: `${BASE_PATH}#${code}`,
    title,
    status,
    code,
    retry: retryOf(code),
    instance: `urn:request:${requestId}`,
    ...(data && { data }),
  };
  return toAnswer(status, 'application/problem+json', JSON.stringify(problem), {
    ...headers,
    ...(waits !== undefined && { 'retry-after': String(waits) }),
  });
}
