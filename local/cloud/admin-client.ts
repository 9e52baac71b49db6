/** An answer of the database server that is a refusal. */
export class AdminRequestError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The database server, as the local cloud's own programs reach it. */
export interface AdminAddress {
  readonly adminUrl: string;
  readonly adminToken: string;
}

/**
 * Sends one action to the database server, as the SDK does but with the token, and returns the fields of its answer.
 * Throws {@link AdminRequestError} on a refusal, and fetch's own error when the server is down.
 */
export async function requestAdmin(
  { adminUrl, adminToken }: AdminAddress,
  action: string,
  params: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const response = await fetch(adminUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-local-admin': adminToken },
    body: JSON.stringify({ action, ...params }),
  });
  const reply = (await response.json()) as Record<string, unknown>;
  if (typeof reply.code === 'string') throw new AdminRequestError(reply.code, String(reply.message));
  return reply;
}
