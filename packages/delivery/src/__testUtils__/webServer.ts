import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface WebServer {
  origin: string;
  requests: {
    method?: string;
    url?: string;
    headers: http.IncomingHttpHeaders;
    body: string;
  }[];
  stop(): void;
}

/** A real HTTP server on loopback that notes what it is asked. */
export async function startWebServer(
  answer: (
    request: http.IncomingMessage & { body: string },
    response: http.ServerResponse,
  ) => void,
): Promise<WebServer> {
  const requests: WebServer['requests'] = [];
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    requests.push({
      method: request.method,
      url: request.url,
      headers: request.headers,
      body,
    });
    answer(Object.assign(request, { body }), response);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
