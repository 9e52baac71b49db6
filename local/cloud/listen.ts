import { createServer, type AddressInfo, type Server } from 'node:net';
import { StartError } from './start-error';

/** Something else listens on the port that was asked for. */
export class PortInUseError extends StartError {
  constructor(readonly port: number) {
    super(`port ${port} is in use: choose another`);
  }
}

const PORT_MAX = 65_535;

/** The port that a command line names. Undefined for what is none. */
export const parsePort = (text: string): number | undefined =>
  /^\d{1,5}$/.test(text) && Number(text) <= PORT_MAX ? Number(text) : undefined;

/**
 * Listens on the loopback interface only.
 * @param port 0 for any free one
 * @returns the port
 * @throws PortInUseError
 */
export function listenOnLoopback(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortInUseError(port) : error),
    );
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Asks before anything is touched that another program may be using. @throws PortInUseError */
export async function assertPortIsFree(port: number): Promise<void> {
  const server = createServer();
  await listenOnLoopback(server, port);
  await new Promise(resolve => server.close(resolve));
}
