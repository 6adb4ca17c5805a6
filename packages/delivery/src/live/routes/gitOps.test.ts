import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { NewObject } from '@progressive-delivery/local-cluster';
import { service } from '../../simulate/testing/demo';
import { routerExample } from '../../traffic/testing/examples';
import {
  EVENTS,
  ROLLOUTS,
  startLiveCluster,
  type LiveCluster,
} from '../__testUtils__/liveCluster';
import {
  startDeliveryController,
  type DeliveryController,
} from '../startDeliveryController';

jest.setTimeout(120_000);

const SERVICES = { group: '', resource: 'services' };
const VIRTUAL_SERVICES = {
  group: 'networking.istio.io',
  resource: 'virtualservices',
};
const TRACKING = 'argocd.argoproj.io/tracking-id';

/** As somebody would apply it. */
function manifest({ metadata, ...object }: KubeObject): NewObject {
  const { uid: _uid, resourceVersion: _version, ...rest } = metadata;
  return { ...object, metadata: rest } as NewObject;
}

describe('a VirtualService that Argo CD keeps as it is in Git', () => {
  let live: LiveCluster;
  let controller: DeliveryController;
  /** The canary's weight after each write of the controller's. */
  let written: number[];
  let stopArgoCd: () => void;

  beforeEach(async () => {
    written = [];
    stopArgoCd = () => {};
    live = await startLiveCluster();
    live.cluster.api.create(
      { group: '', resource: 'namespaces' },
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'demo' } },
    );
    controller = await startDeliveryController({
      client: live.client,
      leaderElection: false,
    });
  });

  afterEach(async () => {
    stopArgoCd();
    await controller.stop();
    await live.stop();
  });

  const weights = () =>
    live.cluster.api
      .get(VIRTUAL_SERVICES, 'demo', 'colors')
      .spec.http[1].route.map((each: { weight?: number }) => each.weight ?? 0);

  /** Puts the routes back as soon as they differ, as self-heal does. */
  function startArgoCd() {
    const git = { http: [0, 1].map(() => ({})) as unknown[] };
    const { spec } = live.cluster.api.get(VIRTUAL_SERVICES, 'demo', 'colors');
    git.http = structuredClone(spec.http);
    (git.http[1] as { route: { weight: number }[] }).route.forEach(
      (each, i) => {
        each.weight = i === 0 ? 100 : 0;
      },
    );
    const heal = () => {
      const [, canary] = weights();
      if (canary === 0) return;
      written.push(canary);
      live.cluster.api.patch(
        VIRTUAL_SERVICES,
        'demo',
        'colors',
        { spec: git },
        { type: 'merge' },
      );
    };
    stopArgoCd = live.cluster.api.watch(VIRTUAL_SERVICES, () =>
      setImmediate(heal),
    );
    heal();
    // That was the step's own write, before Argo CD began.
    written = [];
  }

  async function pausedAtTwenty() {
    const { rollout, objects } = routerExample('Istio by host');
    for (const [, object] of objects) {
      const { metadata, ...rest } = manifest(object);
      live.cluster.api.create(VIRTUAL_SERVICES, {
        ...rest,
        metadata: {
          ...metadata,
          annotations: {
            [TRACKING]: 'shop:networking.istio.io/VirtualService:demo/colors',
          },
        },
      } as NewObject);
    }
    for (const name of ['colors', 'colors-stable', 'colors-canary']) {
      live.cluster.api.create(SERVICES, manifest(service(name)));
    }
    const { canary } = rollout.spec.strategy ?? {};
    if (canary) {
      canary.steps = [
        { setWeight: 20 },
        { pause: {} },
        { setWeight: 40 },
        { pause: {} },
      ];
    }
    live.cluster.api.create(ROLLOUTS, manifest(rollout));
    await live.until(
      ROLLOUTS,
      'demo',
      'colors',
      ({ status }) => status?.phase === 'Healthy',
    );
    const [container] = rollout.spec.template?.spec.containers ?? [];
    const containers = [{ ...container, image: 'demo/colors:green' }];
    live.cluster.api.patch(
      ROLLOUTS,
      'demo',
      'colors',
      { spec: { template: { spec: { containers } } } },
      { type: 'merge' },
    );
    await live.until(
      ROLLOUTS,
      'demo',
      'colors',
      ({ status }) => status?.phase === 'Paused',
    );
  }

  const conflictSaid = () =>
    live.until(ROLLOUTS, 'demo', 'colors', ({ status }) =>
      status?.message?.startsWith('TrafficRoutingConflict'),
    );

  it('is left alone after three writes, says so once, and is tried again for the next step', async () => {
    await pausedAtTwenty();
    startArgoCd();

    const { status } = await conflictSaid();

    expect(written).toEqual([20, 20, 20]);
    expect(weights()).toEqual([100, 0]);
    expect(status.message).toContain('Argo CD (shop)');
    expect(status.message).toContain('ignoreDifferences');
    expect(status.phase).toBe('Paused');

    live.cluster.api.patch(
      ROLLOUTS,
      'demo',
      'colors',
      { status: { pauseConditions: null, currentStepIndex: 2 } },
      { type: 'merge', subresource: 'status' },
    );
    await live.until(VIRTUAL_SERVICES, 'demo', 'colors', () =>
      written.includes(40),
    );
    await controller.stop();
    const conflicts = live.cluster.api
      .list(EVENTS)
      .filter(({ reason }) => reason === 'TrafficRoutingConflict');
    expect(conflicts[0]).toMatchObject({
      type: 'Warning',
      involvedObject: { kind: 'Rollout', name: 'colors' },
      message: expect.stringContaining('VirtualService demo/colors'),
    });
    // Once for each goal, whatever the number of turns.
    expect(conflicts).toHaveLength(1);
    expect(conflicts[0]?.count).toBeLessThanOrEqual(2);
  });
});
