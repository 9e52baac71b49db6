/** Requests that the SDK sends as forms: WeChat's own interfaces (`cloud.openapi`, `getOpenData`, payment), not served here. */
import type { AdminReply } from './admin-protocol';

const FIELD = /name="(action|apiName)"\r\n(?:[^\r\n]+\r\n)*\r\n([^\r\n]*)\r\n/g;

/** The refusal of a form, which names what was asked for; null for a request of another kind. */
export function refuseMultipart(contentType: string | undefined, body: Buffer): AdminReply | null {
  if (!contentType?.startsWith('multipart/form-data')) return null;
  const fields = Object.fromEntries(
    [...body.toString('latin1').matchAll(FIELD)].map(([, name, value]) => [name, value]),
  ) as { action?: string; apiName?: string };
  return notSupported(fields.action ?? 'a form without an action', fields.apiName);
}

/** The answer to an action that the local cloud does not have. */
export const notSupported = (action: string, apiName?: unknown): AdminReply => ({
  code: 'INVALID_ACTION',
  message: `${action}${typeof apiName === 'string' && apiName ? ` (${apiName})` : ''} is not supported by the local cloud`,
});
