/** HTTP front of the local cloud: `POST /admin` as `@cloudbase/node-sdk` speaks it. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { isSameSecret, type Credentials } from '../credentials';
import { createLocalServer } from '../local-server';
import { causeOf } from '../start-error';
import {
  AdminError,
  AnswerDropped,
  type ActionHandlers,
  type AdminParams,
  type AdminReply,
} from './admin-protocol';
import { isSignedBy } from './request-signature';

/** Who may ask: programs that sign with the credentials, and the local cloud's own, which send the token. */
export interface AdminAccess {
  readonly credentials: Credentials;
  readonly adminToken: string;
}

export interface AdminServerOptions {
  readonly handlers: ActionHandlers;
  /** Everybody on this machine may ask when it is left out. */
  readonly access?: AdminAccess | undefined;
  /** Gets every request but `POST /admin`; returns false for one that it does not know. */
  readonly other?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

const REQUEST_BYTES_MAX = 64 * 1024 * 1024;

/** Creates the server. */
export function createAdminServer({ handlers, access, other }: AdminServerOptions): Server {
  return createLocalServer((request, response) => {
    if (request.method === 'POST' && request.url?.split('?')[0] === '/admin') {
      answerAdmin({ handlers, access }, request, response).catch(() => response.destroy());
    } else if (!other?.(request, response)) {
      response.writeHead(404).end();
    }
  });
}

async function answerAdmin(
  { handlers, access }: AdminServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  const requestId = randomUUID();
  const params = parseParams(body);
  const isAllowed = !access || !params || mayAsk(access, request, params);
  const reply = isAllowed
    ? await replyTo(handlers, params, { requestId, requestBytes: body.length })
    : REFUSAL;
  if (!reply) return void response.destroy();
  const text = JSON.stringify({ ...reply, requestId });
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    // the function host counts these
    ...(params?.action.startsWith('database.') && { 'x-database-request': '1' }),
  });
  response.end(text);
}

const REFUSAL: AdminReply = {
  code: 'SIGN_PARAM_INVALID',
  message:
    'the signature is missing or wrong: use the secretId and secretKey that the local cloud was started with',
};

function mayAsk(
  { credentials, adminToken }: AdminAccess,
  request: IncomingMessage,
  params: AdminParams,
): boolean {
  const token = request.headers['x-local-admin'];
  return typeof token === 'string'
    ? isSameSecret(token, adminToken)
    : isSignedBy(credentials, request, params);
}

/** By events, which is much cheaper than an asynchronous iteration. */
function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > REQUEST_BYTES_MAX) reject(new Error('the request is too large to be read'));
    });
    request.on('end', () => resolve(Buffer.concat(chunks, bytes)));
    request.on('error', reject);
  });
}

function parseParams(body: Buffer): AdminParams | null {
  try {
    const params = JSON.parse(body.toString()) as AdminParams | null;
    return typeof params?.action === 'string' ? params : null;
  } catch {
    return null;
  }
}

/** Null when the answer is to be dropped. */
async function replyTo(
  handlers: ActionHandlers,
  params: AdminParams | null,
  call: { requestId: string; requestBytes: number },
): Promise<AdminReply | null> {
  if (!params) return { code: 'INVALID_PARAM', message: 'the body must be a JSON object with an action' };
  const handler = Object.hasOwn(handlers, params.action) ? handlers[params.action] : undefined;
  if (!handler) return { code: 'INVALID_ACTION', message: `unsupported action ${params.action}` };
  try {
    return await handler(params, call);
  } catch (error) {
    return error instanceof AnswerDropped ? null : toErrorReply(error);
  }
}

function toErrorReply(error: unknown): AdminReply {
  if (error instanceof AdminError) return { code: error.code, message: error.message };
  console.error(error);
  return { code: 'SYS_ERR', message: causeOf(error) };
}
