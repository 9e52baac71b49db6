import type { ServerResponse } from 'node:http';
import type { Exchange } from '../../cloud/http-exchange';
import type { PreviewEvent } from '../shared/preview-api';

/** Tells the open pages what has been built. */
export class LiveEvents {
  private readonly open = new Set<ServerResponse>();

  subscribe({ response }: Exchange): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': open\n\n');
    this.open.add(response);
    response.on('close', () => this.open.delete(response));
  }

  send(event: PreviewEvent): void {
    for (const response of this.open) response.write(`data: ${JSON.stringify(event)}\n\n`);
  }

  /** Open streams would keep a server from closing. */
  close(): void {
    for (const response of this.open) response.end();
  }
}
