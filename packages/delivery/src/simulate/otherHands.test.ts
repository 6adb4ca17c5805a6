import type {
  KubeObject,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { VirtualService } from '../traffic/istio/istioObjects';
import { simulate } from './simulate';
import { CheckedCluster } from './testing/checkedCluster';
import {
  colors,
  search,
  service,
  START,
  template,
  virtualService,
} from './testing/demo';

jest.setTimeout(60_000);

const SETTLED = 5 * 60_000;

/** Where others write, too. */
class SharedCluster extends CheckedCluster {
  applyRoutes(routes: ReadonlyMap<string, KubeObject>) {
    for (const [key, each] of routes) {
      this.routes.set(key, this.stamped(each, START));
    }
  }

  scaleReplicaSets(replicas: number, now: number) {
    for (const [name, each] of this.replicaSets) {
      const scaled = { ...each, spec: { ...each.spec, replicas } };
      this.replicaSets.set(name, this.stamped(scaled, now));
      this.pods.follow(scaled, now);
    }
  }
}

function clusterOf(object: Rollout): SharedCluster {
  const { name } = object.metadata;
  return new SharedCluster({
    rollout: object,
    services: [
      service(`${name}-stable`, name),
      service(`${name}-canary`, name),
    ],
    routes: object.spec.strategy?.canary?.trafficRouting
      ? [virtualService(name)]
      : [],
    analysisTemplates: [template()],
    podLife: () => 3_000,
    analysisFate: () => ({ afterMilliseconds: 5_000, phase: 'Successful' }),
  });
}

/** An update in which somebody does something after so many seconds. */
function disturbed(
  object: Rollout,
  after: number,
  meddle: (cluster: SharedCluster) => void,
  start = START,
) {
  const cluster = clusterOf(object);
  simulate(cluster, start, start + SETTLED);
  cluster.edit(({ spec }) => {
    for (const each of spec.template?.spec.containers ?? []) {
      each.image = 'demo/new:green';
    }
  });
  const began = start + SETTLED;
  simulate(cluster, began, began + after * 1_000);
  meddle(cluster);
  // A fight would never come to rest, which is an error.
  const { turns } = simulate(
    cluster,
    began + after * 1_000,
    began + 2 * SETTLED,
  );
  return { cluster, turns };
}

const SECONDS = Array.from({ length: 20 }, (_, i) => i * 2);

function replicasOf(cluster: CheckedCluster) {
  return [...cluster.replicaSets.values()]
    .map(({ spec }) => [
      spec.template.spec.containers[0]?.image,
      spec.replicas ?? 0,
    ])
    .sort();
}

describe('28: other hands in mid-step', () => {
  it.each(SECONDS)('an autoscaler that scales up after %d s', after => {
    const { cluster } = disturbed(search(), after, each =>
      each.edit(({ spec }) => {
        spec.replicas = 9;
      }),
    );

    expect(cluster.rollout.status?.phase).toBe('Healthy');
    expect(replicasOf(cluster)).toEqual([
      ['demo/new:green', 9],
      ['demo/search:blue', 0],
    ]);
  });

  it.each(SECONDS)('an autoscaler that scales down to 1 after %d s', after => {
    const { cluster } = disturbed(colors(), after, each =>
      each.edit(({ spec, status }) => {
        spec.replicas = 1;
        if (status?.pauseConditions) status.pauseConditions = undefined;
      }),
    );

    const { status } = cluster.rollout;
    expect(['Healthy', 'Paused']).toContain(status?.phase);
  });

  it.each(SECONDS)(
    'GitOps that applies the old routes again after %d s',
    after => {
      const { routes } = clusterOf(colors());
      const { cluster, turns } = disturbed(colors(), after, each =>
        each.applyRoutes(routes),
      );

      const { status } = cluster.rollout;
      const weight = status?.canary?.weights?.canary.weight ?? 0;
      const [route] = [...cluster.routes.values()].map(
        each => (each as VirtualService).spec?.http?.[0]?.route,
      );
      const toCanary = route?.find(
        ({ destination }) => destination?.host === 'colors-canary',
      );
      expect(toCanary?.weight).toBe(weight);
      expect(turns.length).toBeLessThan(60);
    },
  );

  it.each(SECONDS)(
    'somebody who scales the ReplicaSets by hand after %d s',
    after => {
      const { cluster } = disturbed(search(), after, each =>
        each.scaleReplicaSets(7, START + SETTLED + after * 1_000),
      );

      expect(cluster.rollout.status?.phase).toBe('Healthy');
      expect(replicasOf(cluster)).toEqual([
        ['demo/new:green', 5],
        ['demo/search:blue', 0],
      ]);
    },
  );
});

describe('17: a clock that is off by an hour', () => {
  it.each([-3_600_000, 3_600_000])('(%d ms) changes nothing', offset => {
    const { turns } = disturbed(colors(), 10, () => {});
    const { turns: off } = disturbed(colors(), 10, () => {}, START + offset);

    expect(off.map(({ at, plan }) => [at - offset, plan.reasons])).toEqual(
      turns.map(({ at, plan }) => [at, plan.reasons]),
    );
  });
});
