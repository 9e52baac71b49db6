/** The client that openapi-fetch makes of the served document's types; it signs as the document says. */
import createClient from 'openapi-fetch';
import type { paths } from './open-api-types';
import { newNonce, signatureHeaders, type OpenClient } from './open-client';
import type { TestCloud } from './test-cloud';

/** Filled in when the request is signed, which is after it was put together. */
const SIGNED_LATER = {
  'x-voucher-client': '',
  'x-voucher-key': '',
  'x-voucher-time': '',
  'x-voucher-nonce': '',
  'x-voucher-signature': '',
};

/** Headers of a call that changes nothing. */
export const reading = () => ({ header: SIGNED_LATER });
/** The same of one that does. */
export const writing = (idempotencyKey = newNonce()) => ({
  header: { ...SIGNED_LATER, 'idempotency-key': idempotencyKey },
});

export const generatedClient = (cloud: TestCloud, client: OpenClient) =>
  createClient<paths>({
    baseUrl: cloud.cloud.url,
    fetch: async request => {
      const body = await request.text();
      const path = new URL(request.url).pathname;
      const signed = { method: request.method, path, body, timeMs: cloud.nowMs(), nonce: newNonce() };
      const headers = { ...Object.fromEntries(request.headers), ...signatureHeaders(client, signed) };
      return fetch(request.url, { method: request.method, headers, body });
    },
  });

/** What the call cost the database. */
export const requestsOf = ({ response }: { response: Response }): number =>
  Number(response.headers.get('x-db-requests'));
