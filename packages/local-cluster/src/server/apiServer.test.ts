import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalCluster, startLocalCluster } from '../startLocalCluster';
import { callCluster, CallOptions } from '../testing/callCluster';
import { watchCluster } from '../testing/watchCluster';

const MAPS = '/api/v1/namespaces/default/configmaps';
const ROLLOUTS = '/apis/argoproj.io/v1alpha1/namespaces/default/rollouts';
const CONFIG_MAPS = { group: '', resource: 'configmaps' };

const configMap = (name: string, labels = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default', labels },
});

describe('the API server over HTTPS', () => {
  let directory: string;
  let cluster: LocalCluster;
  const call = (path: string, options?: CallOptions) =>
    callCluster(cluster, path, options);
  const watch = (path: string) => watchCluster(cluster, path);

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'local-cluster-'));
    cluster = await startLocalCluster({ directory, life: false });
  });

  afterEach(async () => {
    await cluster.stop();
    await rm(directory, { recursive: true });
  });

  describe('lets in', () => {
    it('nobody without the token', async () => {
      const headers = { Authorization: 'Bearer wrong' };

      expect(await call('/api/v1/pods', { headers })).toMatchObject({
        status: 401,
        body: { reason: 'Unauthorized' },
      });
    });

    it('no request that was meant for another host', async () => {
      const headers = { Host: 'evil.example' };

      expect((await call('/api/v1/pods', { headers })).status).toBe(403);
    });

    it('only its owner to the kubeconfig', async () => {
      const { mode } = await stat(cluster.kubeconfigFile);

      expect(mode & 0o777).toBe(0o600);
    });

    it('no second server on its port', async () => {
      const port = Number(new URL(cluster.url).port);

      await expect(
        startLocalCluster({ directory, port, life: false }),
      ).rejects.toMatchObject({ code: 'EADDRINUSE' });
    });
  });

  describe('refuses', () => {
    it.each([
      ['what is not JSON', '{"a":', 400],
      ['a list', '[]', 400],
      ['a name that is none', configMap('Not A Name'), 422],
      ['another kind', { ...configMap('a'), kind: 'Secret' }, 400],
      ['10 MB', 'x'.repeat(10 * 1024 * 1024), 413],
    ])('%s', async (_, body, status) => {
      expect((await call(MAPS, { method: 'POST', body })).status).toBe(status);
    });

    it('a namespace that does not exist', async () => {
      const path = '/api/v1/namespaces/none/configmaps';
      const body = { ...configMap('a'), metadata: { name: 'a' } };

      const answer = await call(path, { method: 'POST', body });

      expect(answer).toMatchObject({
        status: 404,
        body: { message: 'namespaces "none" not found' },
      });
    });

    it('a patch of a type that it does not know', async () => {
      const answer = await call(`${MAPS}/a`, {
        method: 'PATCH',
        body: {},
        headers: { 'Content-Type': 'text/plain' },
      });

      expect(answer.status).toBe(415);
    });
  });

  it('warns of unknown fields, or refuses them when strict', async () => {
    const body = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: { name: 'colors' },
      spec: { replicsa: 1 },
    };

    const strict = await call(`${ROLLOUTS}?fieldValidation=Strict`, {
      method: 'POST',
      body,
    });
    const warned = await call(ROLLOUTS, { method: 'POST', body });

    expect(strict.status).toBe(400);
    expect(strict.body.message).toContain('unknown field "spec.replicsa"');
    expect(warned.status).toBe(201);
    expect(warned.headers.warning).toContain('spec.replicsa');
  });

  it('refuses a number of replicas that no Scale can say', async () => {
    const answer = await call(ROLLOUTS, {
      method: 'POST',
      body: {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Rollout',
        metadata: { name: 'colors' },
        spec: { replicas: -1 },
      },
    });

    expect(answer.status).toBe(422);
    expect(answer.body.message).toBe(
      'Rollout.argoproj.io "colors" is invalid: .spec.replicas: Invalid value: -1: should be a non-negative integer',
    );
  });

  it('describes itself in aggregated discovery', async () => {
    const { body, headers } = await call('/apis', {
      headers: {
        Accept:
          'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json',
      },
    });

    const argo = body.items.find(
      (item: any) => item.metadata.name === 'argoproj.io',
    );
    const rollouts = argo.versions[0].resources.find(
      (item: any) => item.resource === 'rollouts',
    );
    expect(headers['content-type']).toContain('as=APIGroupDiscoveryList');
    expect(rollouts).toMatchObject({
      shortNames: ['ro'],
      subresources: [{ subresource: 'scale' }, { subresource: 'status' }],
    });
  });

  it('serves a routing object in each of its versions', async () => {
    const path = (version: string) =>
      `/apis/networking.istio.io/${version}/namespaces/default/virtualservices`;
    await call(path('v1beta1'), {
      method: 'POST',
      body: {
        apiVersion: 'networking.istio.io/v1beta1',
        kind: 'VirtualService',
        metadata: { name: 'a' },
        spec: { hosts: ['a'] },
      },
    });

    const read = await call(`${path('v1alpha3')}/a`);
    const patched = await call(`${path('v1alpha3')}/a`, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/merge-patch+json' },
      body: { spec: { hosts: ['b'] } },
    });

    expect(read.body.apiVersion).toBe('networking.istio.io/v1alpha3');
    expect(patched.body.spec.hosts).toEqual(['b']);
  });

  it('refuses an eviction that a disruption budget forbids', async () => {
    const labels = { app: 'a' };
    cluster.api.create(
      { group: '', resource: 'pods' },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'a', namespace: 'default', labels },
        spec: { containers: [{ name: 'c', image: 'i' }] },
      },
    );
    cluster.api.patch(
      { group: '', resource: 'pods' },
      'default',
      'a',
      {
        status: {
          phase: 'Running',
          conditions: [{ type: 'Ready', status: 'True' }],
        },
      },
      { type: 'merge', subresource: 'status' },
    );
    cluster.api.create(
      { group: 'policy', resource: 'poddisruptionbudgets' },
      {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: 'b', namespace: 'default' },
        spec: { minAvailable: 1, selector: { matchLabels: labels } },
      },
    );

    const answer = await call('/api/v1/namespaces/default/pods/a/eviction', {
      method: 'POST',
      body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: {} },
    });

    expect(answer.status).toBe(429);
    expect(answer.body.details.causes).toEqual([
      {
        reason: 'DisruptionBudget',
        message: expect.stringMatching(/needs 1 healthy pods and has 1/),
      },
    ]);
  });

  describe('a watch', () => {
    it('goes on from a list without a gap, through a selector', async () => {
      const create = (name: string, labels = {}) =>
        cluster.api.create(CONFIG_MAPS, configMap(name, labels));
      create('old', { app: 'x' });
      const list = await call(`${MAPS}?labelSelector=app%3Dx`);
      create('between', { app: 'x' });
      create('hidden');

      const stream = watch(
        `${MAPS}?watch=true&labelSelector=app%3Dx&resourceVersion=${list.body.metadata.resourceVersion}`,
      );
      const first = await stream.next();
      cluster.api.patch(
        CONFIG_MAPS,
        'default',
        'between',
        { metadata: { labels: { app: 'y' } } },
        { type: 'merge' },
      );
      const second = await stream.next();
      stream.close();

      expect(first).toMatchObject({
        type: 'ADDED',
        object: { metadata: { name: 'between' } },
      });
      expect(second).toMatchObject({
        type: 'DELETED',
        object: { metadata: { name: 'between' } },
      });
    });

    it('sends what exists and a bookmark when asked for initial events', async () => {
      cluster.api.create(CONFIG_MAPS, configMap('a'));

      const stream = watch(
        `${MAPS}?watch=true&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan`,
      );
      const events = [await stream.next(), await stream.next()];
      stream.close();

      expect(events[0]?.type).toBe('ADDED');
      expect(events[1]).toMatchObject({
        type: 'BOOKMARK',
        object: {
          metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } },
        },
      });
    });

    it('from a forgotten revision is told that it is too old', async () => {
      cluster.api.create(CONFIG_MAPS, configMap('a'));
      cluster.controls.expireHistory();

      const stream = watch(`${MAPS}?watch=true&resourceVersion=2`);

      expect(await stream.next()).toMatchObject({
        type: 'ERROR',
        object: { code: 410, reason: 'Expired' },
      });
      expect(await stream.next()).toBeUndefined();
    });

    it('ends when its time is up', async () => {
      const stream = watch(`${MAPS}?watch=true&timeoutSeconds=1`);

      expect(await stream.next()).toBeUndefined();
    });
  });

  describe('a fault', () => {
    it('fails one call by its number, with Retry-After', async () => {
      cluster.controls.setFaults(({ number }) =>
        number === 2
          ? { kind: 'fail', status: 429, retryAfterSeconds: 3 }
          : undefined,
      );

      expect((await call(MAPS)).status).toBe(200);
      const failed = await call(MAPS);
      expect((await call(MAPS)).status).toBe(200);

      expect(failed.status).toBe(429);
      expect(failed.headers['retry-after']).toBe('3');
    });

    it('can hit after the write was done', async () => {
      cluster.controls.setFaults(({ verb }) =>
        verb === 'create'
          ? { kind: 'fail', status: 500, when: 'after' }
          : undefined,
      );

      const answer = await call(MAPS, { method: 'POST', body: configMap('a') });

      expect(answer.status).toBe(500);
      expect(cluster.api.find(CONFIG_MAPS, 'default', 'a')).toBeDefined();
    });

    it('cuts a list in mid-body', async () => {
      cluster.controls.setFaults(() => ({ kind: 'cut', afterBytes: 20 }));

      await expect(call(MAPS)).rejects.toThrow();
    });

    it('puts garbage into a watch', async () => {
      cluster.api.create(CONFIG_MAPS, configMap('a'));
      cluster.controls.setFaults(() => ({
        kind: 'garbage',
        text: '{"type":"BOOKMARK","object":{}}\n',
        afterBytes: 0,
      }));

      const stream = watch(`${MAPS}?watch=true`);

      expect((await stream.next())?.type).toBe('BOOKMARK');
      expect(await stream.next()).toBeUndefined();
    });
  });

  it('comes back on the same port after a restart, with the token it had', async () => {
    const { url } = cluster;
    const stream = watch(`${MAPS}?watch=true&resourceVersion=1`);

    await cluster.controls.restart();

    expect(await stream.next()).toBeUndefined();
    expect(cluster.url).toBe(url);
    expect((await call(MAPS)).status).toBe(200);
  });

  it('goes down although somebody has not finished their TLS handshake', async () => {
    const silent = connect(Number(new URL(cluster.url).port), '127.0.0.1');
    silent.on('error', () => {});
    const broken = once(silent, 'close');
    await once(silent, 'connect');
    // Answered, so the connection before it has been accepted as well.
    await call(MAPS);

    await cluster.controls.down();

    await broken;
    await expect(call(MAPS)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('takes only the new token after it was rotated', async () => {
    const token = await cluster.controls.rotateToken();

    expect((await call(MAPS)).status).toBe(401);
    const headers = { Authorization: `Bearer ${token}` };
    expect((await call(MAPS, { headers })).status).toBe(200);
  });
});
