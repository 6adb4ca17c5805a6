import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalCluster, startLocalCluster } from '../../startLocalCluster';
import { callCluster } from '../../testing/callCluster';

const MAPS = '/api/v1/namespaces/default/configmaps';
const CONFIG_MAPS = { group: '', resource: 'configmaps' };

describe('DELETE of a collection', () => {
  let directory: string;
  let cluster: LocalCluster;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'local-cluster-'));
    cluster = await startLocalCluster({ directory, life: false });
    cluster.api.create(
      { group: '', resource: 'namespaces' },
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } },
    );
  });

  afterAll(async () => {
    await cluster.stop();
    await rm(directory, { recursive: true });
  });

  beforeEach(() => {
    create('a', 'default', { colour: 'blue' });
    create('b', 'default', { colour: 'blue' });
    create('c', 'default', { colour: 'green' });
    create('a', 'other', { colour: 'blue' });
  });

  afterEach(() => {
    for (const { metadata } of cluster.api.list(CONFIG_MAPS)) {
      cluster.api.delete(CONFIG_MAPS, metadata.namespace, metadata.name);
    }
  });

  function create(name: string, where: string, labels: Record<string, string>) {
    cluster.api.create(CONFIG_MAPS, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: where, labels },
    });
  }

  const left = () =>
    cluster.api
      .list(CONFIG_MAPS)
      .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)
      .sort();

  it('takes what the selector matches in this namespace, and answers with it', async () => {
    const answer = await callCluster(
      cluster,
      `${MAPS}?labelSelector=colour%3Dblue`,
      { method: 'DELETE' },
    );

    expect(answer).toMatchObject({
      status: 200,
      body: {
        kind: 'ConfigMapList',
        items: [{ metadata: { name: 'a' } }, { metadata: { name: 'b' } }],
      },
    });
    expect(left()).toEqual(['default/c', 'other/a']);
  });

  it('takes nothing in a dry run', async () => {
    const answer = await callCluster(cluster, `${MAPS}?dryRun=All`, {
      method: 'DELETE',
    });

    expect(answer.body.items).toHaveLength(3);
    expect(left()).toHaveLength(4);
  });

  it('takes nothing when the selector is malformed', async () => {
    const answer = await callCluster(
      cluster,
      `${MAPS}?labelSelector=a%3D%3D%3Db%20c`,
      {
        method: 'DELETE',
      },
    );

    expect(answer.status).toBe(400);
    expect(left()).toHaveLength(4);
  });
});
