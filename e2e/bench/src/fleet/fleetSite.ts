import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const BUNDLER = join(__dirname, '../../../../plugins/rollouts/dev/bundle.mjs');
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/**
 * The page in an app of its own, built for production, on one port with the
 * portal's API, for which it brings the reader's credentials.
 */
export class FleetSite {
  private constructor(
    private readonly server: Server,
    private readonly directory: string,
  ) {}

  static async open(portal: {
    port: number;
    authorization: string;
  }): Promise<FleetSite> {
    const directory = mkdtempSync(join(tmpdir(), 'bench-fleet-'));
    execFileSync(process.execPath, [
      '--input-type=module',
      '--eval',
      `import { bundleHarness } from ${JSON.stringify(pathToFileURL(BUNDLER).href)};
       await bundleHarness(${JSON.stringify(directory)});`,
    ]);
    const server = createServer((incoming, response) => {
      const { pathname } = new URL(incoming.url ?? '', 'http://site');
      if (pathname.startsWith('/api/')) {
        const forwarded = request(
          {
            host: '127.0.0.1',
            port: portal.port,
            path: incoming.url,
            headers: {
              ...incoming.headers,
              authorization: portal.authorization,
            },
          },
          answer => {
            response.writeHead(answer.statusCode ?? 502, answer.headers);
            answer.pipe(response);
          },
        );
        forwarded.on('error', () => response.destroy());
        response.on('close', () => forwarded.destroy());
        forwarded.end();
        return;
      }
      const name = extname(pathname) ? pathname : 'index.html';
      const file = join(directory, name);
      if (!existsSync(file)) {
        response.writeHead(404).end();
        return;
      }
      response.setHeader('Content-Type', TYPES[extname(name)] ?? 'text/plain');
      response.end(readFileSync(file));
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return new FleetSite(server, directory);
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
    rmSync(this.directory, { recursive: true });
  }
}
