import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { RolloutsBackend } from './RolloutsBackend';

async function serve(status: number, body: object) {
  const seen: IncomingMessage[] = [];
  const server = createServer((req, res) => {
    seen.push(req);
    res.writeHead(status, { 'Content-Type': 'application/json' });
    res.end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const backend = RolloutsBackend.create({
    discovery: mockServices.discovery.mock({
      getBaseUrl: async () => `http://127.0.0.1:${port}/api/rollouts`,
    }),
    auth: mockServices.auth(),
  });
  return { backend, seen, close: () => server.close() };
}

const ada = mockCredentials.user('user:default/ada');
const ref = { cluster: 'local', namespace: 'demo', name: 'shop' };

describe('RolloutsBackend', () => {
  it('asks on behalf of whoever runs the task', async () => {
    const { backend, seen, close } = await serve(200, {
      rollout: { phase: 'Healthy' },
    });

    const { phase } = await backend.rollout(ada, ref);
    close();

    expect(phase).toBe('Healthy');
    expect(seen[0]?.url).toBe('/api/rollouts/v1/rollouts/local/demo/shop');
    expect(seen[0]?.headers.authorization).toBe(
      mockCredentials.service.header({
        onBehalfOf: ada,
        targetPluginId: 'rollouts',
      }),
    );
  });

  it('keeps what the portal says is wrong', async () => {
    const { backend, close } = await serve(400, {
      error: { name: 'InputError', message: 'There is no Rollout.' },
      response: { statusCode: 400 },
    });

    const asked = backend.simulate(ada, { files: [] });

    await expect(asked).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 400,
      body: { error: { message: 'There is no Rollout.' } },
    });
    close();
  });
});
