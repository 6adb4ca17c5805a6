import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  ConflictError,
  NotFoundError,
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

const removal: Write = {
  verb: 'delete',
  resource: RESOURCES.rollouts,
  namespace: 'demo',
  name: 'colors',
  precondition: { uid: 'u-1', resourceVersion: '7' },
  reason: 'a test',
};

/** A writer that may write, through a client that can no more than this. */
function writerWith(client: object, store?: object): Writer {
  return new Writer({
    client: client as KubeClient,
    storeOf: () => store as Store<KubeObject> | undefined,
    served: resource => resource,
    mayWrite: () => true,
  });
}

const refusal = (status: number) => ({
  status,
  reason: '',
  message: '',
  request: 'PATCH',
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

  it('counts what it has sent', async () => {
    await writer.apply(patch(), signal);
    await writer.apply(patch(), signal);

    expect(writer.attempts).toBe(2);
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
    const removing = writerWith({
      patch: async () => ({
        ...answer,
        metadata: { ...answer.metadata, resourceVersion: '8' },
      }),
      delete: async (...[, , options]: Parameters<KubeClient['delete']>) => {
        asked.push(options?.preconditions);
        return { kind: 'Status', metadata: {} };
      },
    });

    await removing.apply(patch(), signal);
    await removing.apply(removal, signal);

    expect(asked).toEqual([{ uid: 'u-1', resourceVersion: '8' }]);
  });

  it('fault 13: after an eviction waits until the pod is marked, not until it is gone', async () => {
    const asked: unknown[] = [];
    const evicting = writerWith(
      {
        evict: async (...[, options]: Parameters<KubeClient['evict']>) => {
          asked.push(options?.preconditions);
        },
      },
      {
        waitForDeletionMark: async ({ metadata }: KubeObject) => {
          asked.push(metadata.name);
          return true;
        },
      },
    );

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

  it('leaves what is deleted to the garbage collector, with all that it owns', async () => {
    const asked: unknown[] = [];
    const removing = writerWith({
      delete: async (...[, , options]: Parameters<KubeClient['delete']>) => {
        asked.push(options?.propagationPolicy);
        return { kind: 'Status', metadata: {} };
      },
    });

    await removing.apply(removal, signal);

    expect(asked).toEqual(['Background']);
  });

  it.each([
    ['gone, when it goes at once', undefined, 'gone: u-1'],
    [
      'marked, when it has to stay for a while',
      '2026-01-01T00:00:00Z',
      'seen: 8',
    ],
  ])(
    'fault 13: after a deletion waits until the object is %s',
    async (_, deletionTimestamp, waited) => {
      const waits: string[] = [];
      const removing = writerWith(
        {
          delete: async () => ({
            kind: 'Rollout',
            metadata: { uid: 'u-1', resourceVersion: '8', deletionTimestamp },
          }),
        },
        {
          waitForDeletion: async ({ metadata }: KubeObject) =>
            waits.push(`gone: ${metadata.uid}`),
          waitFor: async ({ metadata }: KubeObject) =>
            waits.push(`seen: ${metadata.resourceVersion}`),
        },
      );

      await removing.apply(removal, signal);
      await removing.settled();

      expect(waits).toEqual([waited]);
    },
  );

  describe('a status', () => {
    const subresources: unknown[] = [];

    /** Through its subresource it is refused. */
    const refused = (error: Error) =>
      writerWith({
        patch: async (...[, , , options]: Parameters<KubeClient['patch']>) => {
          subresources.push(options.subresource);
          if (subresources.length === 1) throw error;
          return { kind: 'Rollout', metadata: { uid: 'u-1' } };
        },
      });

    beforeEach(() => {
      subresources.length = 0;
    });

    it('is written on the object where its CRD has no subresource for it', async () => {
      const writing = refused(new NotFoundError(refusal(404)));

      await writing.apply(patch('status'), signal);

      expect(subresources).toEqual(['status', undefined]);
    });

    it('is not written twice when it was refused for another reason', async () => {
      const writing = refused(new ConflictError(refusal(409)));

      await expect(writing.apply(patch('status'), signal)).rejects.toThrow(
        ConflictError,
      );
      expect(subresources).toEqual(['status']);
    });

    it('is not what was written when the object itself is not there', async () => {
      const writing = refused(new NotFoundError(refusal(404)));

      await expect(writing.apply(patch(), signal)).rejects.toThrow(
        NotFoundError,
      );
      expect(subresources).toEqual([undefined]);
    });
  });
});
