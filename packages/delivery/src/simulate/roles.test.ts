import {
  EPHEMERAL_METADATA_ANNOTATION,
  type AntiAffinity,
  type CanaryStrategy,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { imageOf } from './testing/colorsScenario';
import { search } from './testing/demo';
import { Scenario } from './testing/scenario';

const REQUIRED: AntiAffinity = {
  requiredDuringSchedulingIgnoredDuringExecution: {},
};

function started(
  canary: CanaryStrategy,
  edit: (rollout: Rollout) => void = () => {},
): Scenario {
  const rollout = search();
  rollout.spec.strategy = { canary };
  edit(rollout);
  return new Scenario({ rollout }).wait(30);
}

/** Label `role` of each pod, by its image's tag. */
function roles(scenario: Scenario): string[] {
  return scenario.cluster
    .podsAt(scenario.now)
    .map(({ metadata, spec }) => {
      const tag = spec.containers[0]?.image?.split(':')[1];
      return `${tag} ${metadata.labels?.role ?? '-'}`;
    })
    .sort();
}

function replicaSetOf(scenario: Scenario, tag: string) {
  const found = scenario.cluster
    .revisions()
    .find(each => imageOf(each).endsWith(`:${tag}`));
  if (!found) throw new Error(`no ReplicaSet of ${tag}`);
  return found.replicaSet;
}

describe('labels of pods by their role', () => {
  const metadata = {
    canaryMetadata: { labels: { role: 'canary' } },
    stableMetadata: { labels: { role: 'stable' } },
  };
  const strategy: CanaryStrategy = {
    ...metadata,
    steps: [{ setWeight: 40 }, { pause: {} }],
  };

  it('are stable’s for the first revision', () => {
    expect(roles(started(strategy))).toEqual(Array(5).fill('blue stable'));
  });

  it('are the canary’s from the start of its pods', () => {
    expect(roles(started(strategy).deploy('green').wait(20))).toEqual([
      ...Array(3).fill('blue stable'),
      ...Array(2).fill('green canary'),
    ]);
  });

  it('change in place when the canary becomes stable', () => {
    const scenario = started(strategy).deploy('green').wait(20);
    const [name] = scenario.cluster
      .podsAt(scenario.now)
      .filter(pod => pod.spec.containers[0]?.image?.endsWith('green'))
      .map(pod => pod.metadata.name);
    scenario.promote().wait(60);
    expect(roles(scenario)).toEqual(Array(5).fill('green stable'));
    expect(
      scenario.cluster
        .podsAt(scenario.now)
        .some(pod => pod.metadata.name === name),
    ).toBe(true);
  });

  it('are taken away from a revision that has no role any more', () => {
    const scenario = started(strategy).deploy('green').wait(20);
    scenario.deploy('red').wait(20);
    const green = replicaSetOf(scenario, 'green');
    expect(green.spec.template.metadata?.labels).not.toHaveProperty('role');
    expect(green.metadata.annotations).not.toHaveProperty(
      EPHEMERAL_METADATA_ANNOTATION,
    );
  });

  it('go back to what the template says', () => {
    const scenario = started(
      {
        canaryMetadata: metadata.canaryMetadata,
        steps: [{ setWeight: 40 }, { pause: {} }],
      },
      ({ spec }) => {
        spec.template = {
          ...spec.template,
          spec: spec.template?.spec ?? { containers: [] },
          metadata: { labels: { app: 'search', role: 'web' } },
        };
      },
    );
    expect(roles(scenario)).toEqual(Array(5).fill('blue web'));
    scenario.deploy('green').wait(20);
    expect(roles(scenario)).toEqual([
      ...Array(3).fill('blue web'),
      ...Array(2).fill('green canary'),
    ]);
    scenario.promote().wait(60);
    expect(roles(scenario)).toEqual(Array(5).fill('green web'));
  });

  it('make no revision of their own', () => {
    const scenario = started(strategy).edit('other labels', ({ spec }) => {
      const canary = spec.strategy?.canary;
      if (canary) canary.stableMetadata = { labels: { role: 'main' } };
    });
    scenario.wait(20);
    expect(roles(scenario)).toEqual(Array(5).fill('blue main'));
    expect(scenario.cluster.revisions()).toHaveLength(1);
  });
});

describe('anti-affinity', () => {
  const strategy: CanaryStrategy = {
    antiAffinity: REQUIRED,
    steps: [{ setWeight: 40 }, { pause: {} }],
  };
  const affinityOf = (scenario: Scenario, tag: string) =>
    JSON.stringify(replicaSetOf(scenario, tag).spec.template.spec.affinity);

  it('is not needed for the first revision', () => {
    expect(affinityOf(started(strategy), 'blue')).toBeUndefined();
  });

  it('keeps the canary off the nodes of stable, and makes no revision of its own', () => {
    const scenario = started(strategy).deploy('green').wait(20);
    const hash = scenario.status.stableRS ?? '';
    expect(affinityOf(scenario, 'green')).toContain(hash);
    scenario.promote().wait(60);
    expect(scenario.status.phase).toBe('Healthy');
    expect(scenario.cluster.revisions()).toHaveLength(2);
  });

  it('leaves the author’s own rules alone', () => {
    const own = {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: 'zone', labelSelector: { matchLabels: { a: 'b' } } },
        ],
      },
    };
    const scenario = started(strategy, ({ spec }) => {
      if (spec.template) spec.template.spec.affinity = own;
    });
    scenario.deploy('green').wait(20);
    expect(affinityOf(scenario, 'green')).toContain('"zone"');
    expect(affinityOf(scenario, 'green')).toContain(
      scenario.status.stableRS ?? '',
    );
    scenario.promote().wait(60).deploy('red').wait(20);
    expect(affinityOf(scenario, 'red')).toContain(
      scenario.status.stableRS ?? '',
    );
    expect(scenario.cluster.revisions()).toHaveLength(3);
  });
});
