import { startWebServer, type WebServer } from './webServer';

/** Web servers that end with each test. To be called where a suite begins. */
export function withWebServers() {
  const servers: WebServer[] = [];
  const serve: typeof startWebServer = async answer => {
    const server = await startWebServer(answer);
    servers.push(server);
    return server;
  };
  afterEach(() => {
    for (const server of servers.splice(0)) server.stop();
  });
  return {
    serve,
    json: (value: unknown) =>
      serve((_, response) => response.end(JSON.stringify(value))),
    allow: ({ origin }: WebServer) => ({
      egress: { allowedOrigins: [origin] },
    }),
  };
}
