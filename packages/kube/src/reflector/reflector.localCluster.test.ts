import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type LocalCluster,
  startLocalCluster,
} from '@progressive-delivery/local-cluster';
import { KubeClient } from '../client/kubeClient';
import { patchWithPrecondition } from '../client/patchWithPrecondition';
import { ConflictError } from '../client/errors';
import type { AnyObject } from '../client/types';
import { RESOURCES } from '../resources';
import { Store } from '../store/store';
import { Reflector } from './reflector';

/** The whole way: HTTPS, a token from a kubeconfig, an API server that misbehaves. */
describe('Reflector on a local cluster', () => {
  let folder: string;
  let cluster: LocalCluster;
  let namespace: string;
  let client: KubeClient;
  let store: Store<AnyObject>;
  let reflector: Reflector<AnyObject>;
  let changes: string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kube-'));
    cluster = await startLocalCluster({ directory: folder, life: false });
  });

  afterAll(async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true });
  });

  beforeEach(async () => {
    client = KubeClient.fromFile(cluster.kubeconfigFile);
    const created = await client.create(RESOURCES.namespaces, {
      metadata: { generateName: 'test-' },
    });
    namespace = created.metadata.name;
    store = new Store<AnyObject>();
    changes = [];
    store.subscribe(({ type, object }) =>
      changes.push(`${type} ${object.metadata.name}`),
    );
    reflector = new Reflector({
      client,
      resource: RESOURCES.configMaps,
      namespace,
      store,
      pageSize: 2,
      // Real time: waits that are jittered away.
      random: () => 0,
    });
  });

  afterEach(async () => {
    await reflector.stop();
    client.close();
  });

  const create = (name: string) =>
    client.create(RESOURCES.configMaps, {
      metadata: { name, namespace },
      data: { colour: 'blue' },
    });

  async function seen(written: AnyObject) {
    expect(await store.waitFor(written, 20_000)).toBe(true);
  }

  /** I7: the index equals a fresh list. */
  async function expectEqualToList() {
    const { items } = await client.list(RESOURCES.configMaps, {
      namespace,
    });
    const versions = (objects: AnyObject[]) =>
      objects
        .map(({ metadata }) => `${metadata.name}@${metadata.resourceVersion}`)
        .sort();
    expect(versions(store.list())).toEqual(versions(items));
  }

  it('follows writes of all kinds', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) await create(name);
    reflector.start();
    await store.waitForSync();

    const b = store.get(namespace, 'b')!;
    await seen(
      await patchWithPrecondition(client, RESOURCES.configMaps, b, {
        data: { colour: 'green' },
      }),
    );
    await client.delete(RESOURCES.configMaps, {
      namespace,
      name: 'c',
    });
    await store.waitForDeletion(store.get(namespace, 'c')!);

    expect(store.get(namespace, 'b')?.data).toEqual({ colour: 'green' });
    await expectEqualToList();
  });

  it('fault 1: a restart costs no event and invents none', async () => {
    await create('a');
    reflector.start();
    await store.waitForSync();
    changes.length = 0;

    await cluster.controls.restart();
    await seen(await create('b'));

    expect(changes).toEqual(['added b']);
    await expectEqualToList();
  });

  it('fault 2: after the history is gone only real differences are told', async () => {
    await create('a');
    await create('b');
    reflector.start();
    await store.waitForSync();
    changes.length = 0;

    await cluster.controls.down();
    cluster.api.delete({ group: '', resource: 'configmaps' }, namespace, 'a');
    cluster.controls.expireHistory();
    await cluster.controls.up();
    await seen(await create('c'));

    expect(changes).toEqual(['deleted a', 'added c']);
    await expectEqualToList();
  });

  it('fault 8: a rotated token is read from the file', async () => {
    reflector.start();
    await store.waitForSync();
    // By its event: so the watch stands.
    await seen(await create('before'));

    await cluster.controls.rotateToken();
    cluster.controls.cutWatches();
    await seen(await create('a'));

    expect(reflector.status.state).toBe('live');
    await expectEqualToList();
  });

  it('fault 11: of two who decided on the same state one is told', async () => {
    const object = await create('a');
    const write = (colour: string) =>
      patchWithPrecondition(client, RESOURCES.configMaps, object, {
        data: { colour },
      });
    await write('green');

    await expect(write('red')).rejects.toThrow(ConflictError);
  });

  it('fault 26: what was meant for an object does not hit its namesake', async () => {
    const first = await create('a');
    await client.delete(RESOURCES.configMaps, {
      namespace,
      name: 'a',
    });
    await create('a');

    await expect(
      patchWithPrecondition(client, RESOURCES.configMaps, first, {
        data: { colour: 'red' },
      }),
    ).rejects.toThrow(ConflictError);
  });
});
