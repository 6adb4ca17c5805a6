import { createServer, RequestListener } from 'node:http';
import { AddressInfo } from 'node:net';

export interface LoopbackServer {
  port: number;
  /** Breaks all connections and listens no more. */
  stop(): Promise<void>;
}

/**
 * Serves plain HTTP on the loopback interface.
 * @param port - 0 takes a free one
 * @param keepAliveMs - how long an idle connection is kept; default: Node's own
 * @throws Error with code EADDRINUSE when the port is taken
 */
export async function serveLoopback(
  answer: RequestListener,
  { port = 0, keepAliveMs }: { port?: number; keepAliveMs?: number } = {},
): Promise<LoopbackServer> {
  const server = createServer((request, response) => {
    try {
      answer(request, response);
    } catch (error) {
      // A defect, or an object that makes no sense: no reason to stop serving.
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end(String(error));
    }
  });
  if (keepAliveMs !== undefined) server.keepAliveTimeout = keepAliveMs;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
