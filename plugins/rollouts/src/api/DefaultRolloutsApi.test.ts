import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import { answerOf } from '../__testUtils__/renderState';
import { DefaultRolloutsApi } from './DefaultRolloutsApi';
import type { StreamMessage } from './RolloutsApi';

const BASE = 'http://localhost/api/rollouts';
const server = setupServer();
registerMswTestHooks(server);

const api = DefaultRolloutsApi.create({
  discoveryApi: { getBaseUrl: async () => BASE },
  fetchApi: {
    // As Backstage's middlewares do: each makes a Request of what it gets.
    // `fetch` is looked up at each call: the test server replaces it.
    fetch: async (input, init) => {
      const looked = new Request(input, init);
      return looked.bodyUsed
        ? HttpResponse.error()
        : fetch(new Request(input, init));
    },
  },
});
const ref = { cluster: 'local', namespace: 'demo', name: 'colors' };
const seen = { uid: 'u', generation: 1 };

describe('DefaultRolloutsApi', () => {
  it('reads conditionally', async () => {
    const response = answerOf('healthy');
    server.use(
      http.get(
        `${BASE}/v1/entities/component/default/colors/rollouts`,
        ({ request }) =>
          request.headers.get('If-None-Match') === '"7"'
            ? new HttpResponse(undefined, { status: 304 })
            : HttpResponse.json(response, { headers: { ETag: '"7"' } }),
      ),
    );

    await expect(
      api.getEntityRollouts('component:default/colors'),
    ).resolves.toEqual({ status: 'changed', etag: '"7"', response });
    await expect(
      api.getEntityRollouts('component:default/colors', { etag: '"7"' }),
    ).resolves.toEqual({ status: 'not-modified' });
  });

  it('rejects with the status when it may not read', async () => {
    server.use(
      http.get(`${BASE}/v1/entities/component/default/colors/rollouts`, () =>
        HttpResponse.json(
          { error: { name: 'NotAllowedError', message: 'no' } },
          { status: 403 },
        ),
      ),
    );

    await expect(
      api.getEntityRollouts('component:default/colors'),
    ).rejects.toMatchObject({ name: 'ResponseError', statusCode: 403 });
  });

  it('streams events, resumes after the last one, and skips what it does not know', async () => {
    let resumedAfter: string | null = null;
    server.use(
      http.get(
        `${BASE}/v1/entities/component/default/colors/stream`,
        ({ request }) => {
          resumedAfter = request.headers.get('Last-Event-ID');
          return new HttpResponse(
            'event: heartbeat\nid: 8\ndata: {"at":"now"}\n\nevent: confetti\ndata: {}\n\n',
            { headers: { 'Content-Type': 'text/event-stream' } },
          );
        },
      ),
    );

    const messages: StreamMessage[] = [];
    for await (const message of api.streamEntityRollouts(
      'component:default/colors',
      { lastEventId: '7', signal: new AbortController().signal },
    )) {
      messages.push(message);
    }

    expect(messages).toEqual([
      { id: '8', event: { type: 'heartbeat', data: { at: 'now' } } },
    ]);
    expect(resumedAfter).toBe('7');
  });

  it('sends an action and returns the answer', async () => {
    let body: unknown;
    server.use(
      http.post(
        `${BASE}/v1/rollouts/local/demo/colors/actions/promote`,
        async ({ request }) => {
          body = await request.json();
          return HttpResponse.json({ id: '1', outcome: 'applied' });
        },
      ),
    );

    await expect(
      api.act(ref, 'promote', { idempotencyKey: 'k', seen }),
    ).resolves.toMatchObject({ outcome: 'applied' });
    expect(body).toEqual({ idempotencyKey: 'k', seen });
  });

  it('turns a refusal into an error that says what to do', async () => {
    const refusal = {
      code: 'moved-on',
      message: 'It has moved on.',
      remedy: 'Look again.',
    };
    server.use(
      http.post(`${BASE}/v1/rollouts/local/demo/colors/actions/promote`, () =>
        HttpResponse.json(
          { error: { name: 'ConflictError', message: 'conflict' }, refusal },
          { status: 409 },
        ),
      ),
    );

    await expect(
      api.act(ref, 'promote', { idempotencyKey: 'k', seen }),
    ).rejects.toMatchObject({
      name: 'RolloutActionError',
      message: 'It has moved on.',
      status: 409,
      refusal,
    });
  });

  it('survives an answer that is not JSON', async () => {
    server.use(
      http.post(
        `${BASE}/v1/rollouts/local/demo/colors/actions/abort`,
        () =>
          new HttpResponse('<html>', {
            status: 502,
            statusText: 'Bad Gateway',
          }),
      ),
    );

    await expect(
      api.act(ref, 'abort', { idempotencyKey: 'k', seen }),
    ).rejects.toMatchObject({ message: '502 Bad Gateway', status: 502 });
  });

  it('reads a pod log', async () => {
    server.use(
      http.get(`${BASE}/v1/rollouts/local/demo/colors/pods/p-1/log`, () =>
        HttpResponse.text('line'),
      ),
    );

    await expect(api.getPodLog(ref, 'p-1')).resolves.toBe('line');
  });
});
