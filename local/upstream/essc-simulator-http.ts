import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

const REQUEST_BYTES_MAX = 64 * 1024;

/** @throws Error for a body that no honest client sends. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > REQUEST_BYTES_MAX) throw new Error('request too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** @returns undefined for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A failure of the gateway itself: message and a number of the call for its operator. */
export function sendFailure(
  response: ServerResponse,
  { status, message }: { status: number; message: string },
): void {
  sendJson(response, {
    status,
    text: JSON.stringify({ message, requestId: randomBytes(8).toString('hex') }),
  });
}

export function sendJson(response: ServerResponse, { status, text }: { status: number; text: string }): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(text);
}

/** Changes the first character of the envelope, which the MAC covers. */
export const flipSealedCharacter = (sealed: string): string =>
  sealed.replace(/("encrypt":")(.)/, (_, key: string, first: string) => key + (first === 'A' ? 'B' : 'A'));
