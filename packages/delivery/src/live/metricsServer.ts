import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';

export interface MetricsServer {
  /** `http://127.0.0.1:8090` */
  address: string;
  stop(): Promise<void>;
}

/** The port is taken, or may not be used. */
export class PortUnusableError extends Error {
  readonly name = 'PortUnusableError';
}

/** How the controller is doing, in a word, and why if it is not well. */
export interface Health {
  phase: string;
  reason?: string;
  /**
   * It sees what it has to see. One that stands aside or does not lead is
   * ready, too: it can take over.
   */
  ready: boolean;
}

/**
 * Serves `/metrics`; `/healthz`: 200 while the process can answer; `/readyz`:
 * 200 when the controller is ready, else 503; both with the state it is in.
 *
 * @throws PortUnusableError
 */
export async function startMetricsServer(options: {
  port: number;
  host: string;
  registry: Registry;
  health: () => Health;
}): Promise<MetricsServer> {
  const { registry, port, host } = options;
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/healthz' || pathname === '/readyz') {
      const { phase, reason, ready } = options.health();
      if (pathname === '/readyz' && !ready) response.statusCode = 503;
      response.end(`${phase}${reason ? `: ${reason}` : ''}\n`);
    } else if (pathname === '/metrics') {
      registry.metrics().then(
        text => {
          response.setHeader('content-type', registry.contentType);
          response.end(text);
        },
        error => {
          response.statusCode = 500;
          response.end(String(error));
        },
      );
    } else {
      response.statusCode = 404;
      response.end('try /metrics, /healthz or /readyz\n');
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new PortUnusableError(
          `metrics cannot be served on ${host}:${port} (${error.code ?? error.message}); choose another port`,
        ),
      ),
    );
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    address: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    stop() {
      server.closeAllConnections();
      return new Promise(resolve => {
        server.close(() => resolve());
      });
    },
  };
}
