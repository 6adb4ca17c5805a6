import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalCluster } from '@progressive-delivery/local-cluster';
import { withWebServers } from '../../__testUtils__/withWebServers';
import {
  EgressFailedError,
  HttpEgress,
  type EgressRequest,
} from './httpEgress';

// Making a cluster's keys takes seconds on a busy machine.
jest.setTimeout(60_000);

const ask = (
  egress: HttpEgress,
  url: string,
  change: Partial<EgressRequest> = {},
) =>
  egress.request(url, {
    timeoutMilliseconds: 20_000,
    signal: new AbortController().signal,
    ...change,
  });

describe('a connection to a server of metrics', () => {
  const { serve } = withWebServers();

  /** A server that says over which connection it was asked. */
  async function startServer() {
    const connections = new Map<unknown, number>();
    const server = await serve(({ socket }, response) => {
      if (!connections.has(socket)) {
        connections.set(socket, connections.size + 1);
      }
      response.end(String(connections.get(socket)));
    });
    const egress = new HttpEgress({ allowedOrigins: [server.origin] });
    return { server, egress };
  }

  it('is kept for what is read next', async () => {
    const { server, egress } = await startServer();
    const bodies = [];
    for (let read = 0; read < 3; read++) {
      bodies.push((await ask(egress, server.origin)).body);
    }
    expect(bodies).toEqual(['1', '1', '1']);
  });

  it('is its own for what may have an effect, which must not be sent twice', async () => {
    const { server, egress } = await startServer();
    await ask(egress, server.origin);
    const { body } = await ask(egress, server.origin, {
      method: 'POST',
      body: '{}',
    });
    expect(body).toBe('2');
    expect((await ask(egress, server.origin)).body).toBe('1');
  });

  it('that the server has closed meanwhile is no failure: the read is made over another', async () => {
    let isFirst = true;
    const seen: number[] = [];
    const server = await serve(({ socket }, response) => {
      const { remotePort = 0 } = socket;
      if (seen.includes(remotePort)) {
        socket.destroy();
        return;
      }
      seen.push(remotePort);
      response.end(isFirst ? 'first' : 'second');
      isFirst = false;
    });
    const egress = new HttpEgress({ allowedOrigins: [server.origin] });

    expect((await ask(egress, server.origin)).body).toBe('first');
    expect((await ask(egress, server.origin)).body).toBe('second');
    expect(server.requests).toHaveLength(3);
  });

  it('that a server cuts at once is a failure, and is not tried again', async () => {
    const server = await serve(({ socket }) => socket.destroy());
    const egress = new HttpEgress({ allowedOrigins: [server.origin] });
    await expect(ask(egress, server.origin)).rejects.toThrow(EgressFailedError);
    expect(server.requests).toHaveLength(1);
  });
});

describe('a connection whose certificate was not looked at', () => {
  it('is not taken for a read that wants it looked at', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'egress-'));
    const cluster = await startLocalCluster({ directory });
    try {
      const { origin } = new URL(cluster.url);
      const egress = new HttpEgress({
        allowedOrigins: [origin],
        allowInsecure: true,
      });
      const { status } = await ask(egress, `${origin}/healthz`, {
        insecure: true,
      });
      expect(status).toBe(200);
      await expect(ask(egress, `${origin}/healthz`)).rejects.toThrow(
        /certificate|SELF_SIGNED|UNABLE_TO_VERIFY/i,
      );
    } finally {
      await cluster.stop();
      await rm(directory, { recursive: true });
    }
  });
});
