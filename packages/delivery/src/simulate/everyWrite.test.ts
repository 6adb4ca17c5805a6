import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { simulate } from './simulate';
import {
  checkout,
  colors,
  rollout,
  search,
  service,
  START,
  template,
  virtualService,
} from './testing/demo';
import {
  FaultyCluster,
  WriteFaultError,
  type WriteFault,
} from './testing/faultyCluster';

jest.setTimeout(60_000);

const LONG = 5 * 60_000;

function clusterOf(object: Rollout): FaultyCluster {
  const { name } = object.metadata;
  const { canary } = object.spec.strategy ?? {};
  return new FaultyCluster({
    rollout: object,
    services: ['stable', 'canary', 'active', 'preview'].map(role =>
      service(`${name}-${role}`, name),
    ),
    routes: canary?.trafficRouting ? [virtualService(name)] : [],
    analysisTemplates: [template()],
    podLife: () => 3_000,
    analysisFate: () => ({ afterMilliseconds: 5_000, phase: 'Successful' }),
  });
}

/** Goes on after each fault, as a new turn or a new process does. */
function run(cluster: FaultyCluster, from: number, until: number) {
  let now = from;
  for (;;) {
    try {
      simulate(cluster, now, until);
      return;
    } catch (error) {
      if (!(error instanceof WriteFaultError)) throw error;
      now = error.at;
    }
  }
}

type Story = (cluster: FaultyCluster) => void;

const deploy = (cluster: FaultyCluster) =>
  cluster.edit(({ spec }) => {
    for (const each of spec.template?.spec.containers ?? []) {
      each.image = 'demo/new:green';
    }
  });

const promoted: Story = cluster => {
  run(cluster, START, START + LONG);
  deploy(cluster);
  run(cluster, START + LONG, START + 2 * LONG);
};

const aborted: Story = cluster => {
  run(cluster, START, START + LONG);
  deploy(cluster);
  run(cluster, START + LONG, START + LONG + 12_000);
  cluster.edit(({ status }) => {
    if (status) status.abort = true;
  });
  run(cluster, START + LONG + 12_000, START + 2 * LONG);
};

/** What there is at the end, apart from names and times. */
function outcome(cluster: FaultyCluster) {
  const { status = {}, spec } = cluster.rollout;
  const images = new Map(
    [...cluster.replicaSets.values()].map(each => [
      each.metadata.labels?.['rollouts-pod-template-hash'],
      each.spec.template.spec.containers[0]?.image,
    ]),
  );
  return {
    phase: status.phase,
    abort: status.abort ?? false,
    step: status.currentStepIndex,
    stable: images.get(status.stableRS),
    image: spec.template?.spec.containers[0]?.image,
    replicas: [...cluster.replicaSets.values()]
      .map(each => [
        each.spec.template.spec.containers[0]?.image,
        each.spec.replicas,
      ])
      .sort(),
    services: [...cluster.services.values()].map(each => [
      each.metadata.name,
      images.get(each.spec.selector?.['rollouts-pod-template-hash']),
    ]),
    routes: [...cluster.routes.values()].map(
      each => (each as { spec?: unknown }).spec,
    ),
    analyses: cluster.analysisRuns.size,
  };
}

const byReplicas = rollout('plain', 'demo/plain:blue', {
  steps: [{ setWeight: 20 }, { pause: { duration: 5 } }, { setWeight: 60 }],
});

const STORIES: [string, () => Rollout, Story][] = [
  ['a canary by replica count', () => byReplicas, promoted],
  ['a canary with an analysis step', search, promoted],
  ['a canary by Istio, with background analysis', colors, promoted],
  ['blue-green', checkout, promoted],
  [
    'blue-green with analyses',
    () =>
      checkout({
        prePromotionAnalysis: {
          templates: [{ templateName: 'success-rate' }],
        },
        postPromotionAnalysis: {
          templates: [{ templateName: 'success-rate' }],
        },
        scaleDownDelaySeconds: 30,
      }),
    promoted,
  ],
  ['an abort of a canary by Istio', colors, aborted],
  ['an abort of a canary by replica count', search, aborted],
];
const FAULTS: WriteFault[] = ['killed before', 'killed after', 'conflict'];

/** Reads as: 11, 12: [what] … */
describe('11, 12: a fault at every single write', () => {
  const cases = STORIES.flatMap(([name, make, story]) =>
    FAULTS.map(fault => [name, fault, make, story] as const),
  );

  it.each(cases)('of %s (%s) leads to the same', (_, fault, make, story) => {
    const undisturbed = clusterOf(make());
    story(undisturbed);
    const wanted = outcome(undisturbed);
    expect(undisturbed.writes).toBeGreaterThan(10);

    for (let number = 1; number <= undisturbed.writes; number++) {
      const cluster = clusterOf(make());
      cluster.fails = { number, fault };
      story(cluster);

      expect({ number, ...outcome(cluster) }).toEqual({ number, ...wanted });
    }
  });
});
