import {
  LivingCluster,
  replicaSet,
  startLivingCluster,
} from '../../testing/livingCluster';
import {
  ENDPOINT_SLICES,
  PODS,
  REPLICA_SETS,
  SERVICES,
} from '../objects/resources';

describe('the endpoints of a service', () => {
  let cluster: LivingCluster;
  beforeEach(async () => {
    cluster = startLivingCluster();
    cluster.create(SERVICES, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'colors' },
      spec: { selector: { app: 'colors' }, ports: [{ port: 80 }] },
    });
    cluster.create(REPLICA_SETS, replicaSet(2));
    await cluster.clock.advance(500);
  });
  afterEach(() => cluster.stop());
  const conditions = () =>
    cluster.api
      .list(ENDPOINT_SLICES)
      .flatMap(slice => slice.endpoints.map((one: any) => one.conditions));
  const ready = () => conditions().filter(one => one.ready).length;

  it('are its ready pods', async () => {
    expect(ready()).toBe(0);

    await cluster.clock.advance(1000);

    expect(ready()).toBe(2);
  });

  it('are no longer ready, though they still serve, while they end', async () => {
    await cluster.clock.advance(1000);
    cluster.api.delete(PODS, 'default', cluster.pods()[0]!.metadata.name);
    await cluster.clock.advance(100);

    expect(conditions()).toContainEqual({
      ready: false,
      serving: true,
      terminating: true,
    });
    expect(ready()).toBe(1);
  });

  it('follow the selector of the service', async () => {
    await cluster.clock.advance(1000);
    const selector = { spec: { selector: { app: 'other' } } };
    cluster.api.patch(SERVICES, 'default', 'colors', selector, {
      type: 'merge',
    });
    await cluster.clock.advance(100);

    expect(conditions()).toEqual([]);
  });

  it('go with the service', async () => {
    cluster.api.delete(SERVICES, 'default', 'colors');
    await cluster.clock.advance(100);

    expect(cluster.api.list(ENDPOINT_SLICES)).toEqual([]);
  });
});
