import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import { approvalRequest } from '../__fixtures__/approvals';
import { DefaultApprovalsApi } from './DefaultApprovalsApi';

const BASE = 'http://localhost/api/rollouts';
const server = setupServer();
registerMswTestHooks(server);

const api = DefaultApprovalsApi.create({
  discoveryApi: { getBaseUrl: async () => BASE },
  // `fetch` is looked up at each call: the test server replaces it.
  fetchApi: { fetch: async (input, init) => fetch(input, init) },
});
const request = approvalRequest(0, { id: 'q1' });
const seen = { uid: 'u', generation: 1 };

describe('DefaultApprovalsApi', () => {
  it('asks on the rollout, and answers on the request', async () => {
    const bodies: unknown[] = [];
    const record = async ({ request: asked }: { request: Request }) => {
      bodies.push([new URL(asked.url).pathname, await asked.json()]);
      return HttpResponse.json(request);
    };
    server.use(
      http.post(`${BASE}/v1/rollouts/local/demo/colors/approvals`, record),
      http.post(`${BASE}/v1/approvals/q1/:answer`, record),
    );

    await api.requestApproval(request.ref, {
      idempotencyKey: 'key-key-key',
      seen,
      action: 'promote',
    });
    await api.approve('q1', { seen });
    await api.reject('q1', { reason: 'no' });
    await api.withdraw('q1');
    await api.comment('q1', 'hm');

    expect(bodies).toEqual([
      [
        '/api/rollouts/v1/rollouts/local/demo/colors/approvals',
        { idempotencyKey: 'key-key-key', seen, action: 'promote' },
      ],
      ['/api/rollouts/v1/approvals/q1/approve', { seen }],
      ['/api/rollouts/v1/approvals/q1/reject', { reason: 'no' }],
      ['/api/rollouts/v1/approvals/q1/withdraw', {}],
      ['/api/rollouts/v1/approvals/q1/comments', { text: 'hm' }],
    ]);
  });

  it('rejects an answer with the reason and what to do', async () => {
    server.use(
      http.post(`${BASE}/v1/approvals/q1/approve`, () =>
        HttpResponse.json(
          {
            error: { name: 'ConflictError', message: 'no' },
            refusal: {
              code: 'conflict',
              message: 'You have voted already.',
              remedy: 'Wait for the others.',
            },
          },
          { status: 409 },
        ),
      ),
    );

    await expect(api.approve('q1', { seen })).rejects.toMatchObject({
      name: 'RolloutActionError',
      message: 'You have voted already.',
      refusal: { remedy: 'Wait for the others.' },
    });
  });
});
