import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { mockCredentials } from '@backstage/backend-test-utils';
import express from 'express';
import Router from 'express-promise-router';
import { addEntityRoutes } from './entityRoutes';
import type { RouterContext } from './RouterContext';

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>(done => {
    resolve = done;
  });
  return { promise, resolve };
}

it('opens no stream for a reader that left while the permission was asked for', async () => {
  const open = jest.fn();
  const take = jest.fn();
  const asked = deferred();
  const answer = deferred();
  const handled = deferred();
  const left = deferred();
  const context = {
    httpAuth: { credentials: async () => mockCredentials.user() },
    access: {
      readable: async (_: unknown, refs: string[]) => {
        asked.resolve();
        await answer.promise;
        return new Set(refs);
      },
      permitted: async () => {
        setImmediate(handled.resolve);
        return {};
      },
    },
    views: { index: { selection: () => ({}) } },
    streams: { open },
    places: { take },
    // The route touches nothing else before it opens the stream.
  } as unknown as RouterContext;
  const router = Router();
  addEntityRoutes(router, context);
  const server = express()
    .use((_, res, next) => {
      res.on('close', left.resolve);
      next();
    })
    .use(router)
    .listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const reader = new AbortController();
  const response = fetch(
    `http://127.0.0.1:${port}/v1/entities/component/default/colors/stream`,
    { signal: reader.signal },
  );

  await asked.promise;
  reader.abort();
  await expect(response).rejects.toThrow();
  await left.promise;
  answer.resolve();
  await handled.promise;

  expect(open).not.toHaveBeenCalled();
  expect(take).not.toHaveBeenCalled();
  server.close();
});

it.each([
  [true, 0],
  [false, 1],
])(
  'looks in the catalog for an entity that is not known: known %s, asked %i times',
  async (known, times) => {
    const lookFor = jest.fn(async (_: string) => {});
    let isOpen = false;
    const context = {
      httpAuth: { credentials: async () => mockCredentials.user() },
      access: {
        readable: async (_: unknown, refs: string[]) => new Set(refs),
        permitted: async () => ({}),
      },
      views: { index: { selection: () => (known ? {} : undefined) } },
      catalog: { lookFor },
      places: { take: () => () => {} },
      streams: {
        open({ sink }: { sink: { end(): void } }) {
          isOpen = true;
          sink.end();
          return () => {};
        },
      },
      // The route of the stream touches nothing else.
    } as unknown as RouterContext;
    const router = Router();
    addEntityRoutes(router, context);
    const server = express().use(router).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(
      `http://127.0.0.1:${port}/v1/entities/component/default/new/stream`,
    );
    await answer.text();
    server.close();
    expect(isOpen).toBe(true);
    expect(lookFor.mock.calls).toEqual(
      Array.from({ length: times }, () => ['component:default/new']),
    );
  },
);
