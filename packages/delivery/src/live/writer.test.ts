import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  RESOURCES,
  type KubeClient,
  type Store,
} from '@progressive-delivery/kube';
import type { Write } from '../rollout/plan';
import { NotWritingError, Writer } from './writer';

const patch = (subresource?: 'status'): Write => ({
  verb: 'patch',
  resource: RESOURCES.rollouts,
  namespace: 'demo',
  name: 'colors',
  patchType: 'merge',
  patch: { metadata: { labels: { a: 'b' } } },
  precondition: { uid: 'u-1', resourceVersion: '7' },
  subresource,
  reason: 'a test',
});

describe('Writer', () => {
  const sent: unknown[] = [];
  const { signal } = new AbortController();
  let mayWrite = true;
  let writer: Writer;

  beforeEach(() => {
    sent.length = 0;
    mayWrite = true;
    const client: Pick<KubeClient, 'patch'> = {
      patch: async <T extends KubeObject>(
        ...[resource, , body]: Parameters<KubeClient['patch']>
      ) => {
        sent.push(body);
        return {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: resource.kind,
          metadata: { name: 'colors', uid: 'u-1', resourceVersion: '8' },
        } as unknown as T;
      },
    };
    writer = new Writer({
      client: client as KubeClient,
      storeOf: () => undefined,
      served: resource => resource,
      mayWrite: () => mayWrite,
    });
  });

  it('fault 15: writes nothing once it may not, even in the middle of a turn', async () => {
    await writer.apply(patch(), signal);
    mayWrite = false;

    await expect(writer.apply(patch(), signal)).rejects.toThrow(
      NotWritingError,
    );
    expect(sent).toHaveLength(1);
  });

  it('fault 11: a merge patch holds only for the object as seen, then as this turn left it', async () => {
    await writer.apply(patch(), signal);
    await writer.apply(patch('status'), signal);

    expect(sent).toMatchObject([
      { metadata: { uid: 'u-1', resourceVersion: '7', labels: { a: 'b' } } },
      { metadata: { uid: 'u-1', resourceVersion: '8', labels: { a: 'b' } } },
    ]);
  });

  it('fault 11: a JSON patch tests that the object is as seen before it changes anything', async () => {
    const change = { op: 'add', path: '/spec/http', value: [] };
    await writer.apply(
      { ...patch(), patchType: 'json', patch: [change] } as Write,
      signal,
    );

    expect(sent).toEqual([
      [
        { op: 'test', path: '/metadata/uid', value: 'u-1' },
        { op: 'test', path: '/metadata/resourceVersion', value: '7' },
        change,
      ],
    ]);
  });

  it('fault 11: a deletion holds for the object as this turn left it', async () => {
    const asked: unknown[] = [];
    const answer = {
      kind: 'Rollout',
      metadata: { name: 'colors', uid: 'u-1' },
    };
    const removing = new Writer({
      client: {
        patch: async () => ({
          ...answer,
          metadata: { ...answer.metadata, resourceVersion: '8' },
        }),
        delete: async (...[, , options]: Parameters<KubeClient['delete']>) => {
          asked.push(options?.preconditions);
          return { kind: 'Status', metadata: {} };
        },
      } as unknown as KubeClient,
      storeOf: () => undefined,
      served: resource => resource,
      mayWrite: () => true,
    });

    await removing.apply(patch(), signal);
    await removing.apply(
      {
        verb: 'delete',
        resource: RESOURCES.rollouts,
        namespace: 'demo',
        name: 'colors',
        precondition: { uid: 'u-1', resourceVersion: '7' },
        reason: 'a test',
      },
      signal,
    );

    expect(asked).toEqual([{ uid: 'u-1', resourceVersion: '8' }]);
  });

  it('fault 13: after an eviction waits until the pod is marked, not until it is gone', async () => {
    const asked: unknown[] = [];
    const pods = {
      waitForDeletionMark: async ({ metadata }: KubeObject) => {
        asked.push(metadata.name);
        return true;
      },
    } as unknown as Store<KubeObject>;
    const evicting = new Writer({
      client: {
        evict: async (...[, options]: Parameters<KubeClient['evict']>) => {
          asked.push(options?.preconditions);
        },
      } as unknown as KubeClient,
      storeOf: () => pods,
      served: resource => resource,
      mayWrite: () => true,
    });

    await evicting.apply(
      {
        verb: 'evict',
        resource: RESOURCES.pods,
        namespace: 'demo',
        name: 'colors-1',
        precondition: { uid: 'u-1' },
        reason: 'a test',
      },
      signal,
    );
    await evicting.settled();

    expect(asked).toEqual([{ uid: 'u-1' }, 'colors-1']);
  });
});
