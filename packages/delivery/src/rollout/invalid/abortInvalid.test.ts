import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  paused,
  replicasOf,
  weightOf,
} from '../../simulate/testing/colorsScenario';
import { checkout, colors, search } from '../../simulate/testing/demo';
import { Scenario } from '../../simulate/testing/scenario';
import { planRollout } from '../planRollout';

type Edit = (rollout: Rollout) => void;

const canaryOf = ({ spec }: Rollout) => spec.strategy?.canary ?? {};

const BAD_STEP: Edit = rollout => {
  canaryOf(rollout).steps = [{ setWeight: 150 }];
};

/** What somebody may do to the manifest while the update is under way. */
const MISTAKES: [string, Edit][] = [
  ['a step that means nothing', BAD_STEP],
  [
    'an analysis template that is not there',
    rollout => {
      canaryOf(rollout).analysis = { templates: [{ templateName: 'gone' }] };
    },
  ],
  [
    'a new template without containers',
    ({ spec }) => {
      Object.assign(spec.template?.spec ?? {}, { containers: [] });
    },
  ],
  [
    'no template',
    ({ spec }) => {
      spec.template = undefined;
    },
  ],
  [
    'a selector that matches nothing',
    ({ spec }) => {
      spec.selector = { matchLabels: { app: 'other' } };
    },
  ],
  [
    'fewer pods than none',
    ({ spec }) => {
      spec.replicas = -1;
    },
  ],
  [
    'a surge that is none',
    rollout => {
      canaryOf(rollout).maxSurge = 'many';
    },
  ],
  [
    'a workload that is not there',
    ({ spec }) => {
      spec.template = undefined;
      spec.workloadRef = {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'gone',
      };
    },
  ],
];

/** Green serves everybody and is being verified. */
const verifying = () =>
  new Scenario({
    rollout: checkout({
      postPromotionAnalysis: { templates: [{ templateName: 'success-rate' }] },
    }),
  })
    .wait(30)
    .deploy('green')
    .wait(20);

const activeTag = (scenario: Scenario) => {
  const { cluster, status } = scenario;
  const active = cluster
    .revisions()
    .find(({ replicaSet: { metadata } }) =>
      metadata.name.endsWith(status.blueGreen?.activeSelector ?? '-'),
    );
  return active?.replicaSet.spec.template.spec.containers[0]?.image;
};

describe('an abort of an update whose manifest has become invalid', () => {
  it.each(MISTAKES)('takes the traffic back with %s', (_, mistake) => {
    const scenario = paused();
    expect(weightOf(scenario)).toBe(20);

    scenario.edit('a mistake', mistake).wait(10);
    expect(weightOf(scenario)).toBe(20);
    scenario.abort().wait(90);

    const { status } = scenario;
    expect(weightOf(scenario)).toBe(0);
    expect(replicasOf(scenario, 'blue')).toBe(5);
    expect(replicasOf(scenario, 'green')).toBe(0);
    expect(status.phase).toBe('Degraded');
    expect(status.message).toContain('is invalid');
    expect(status.conditions).toContainEqual(
      expect.objectContaining({
        type: 'Progressing',
        reason: 'RolloutAborted',
      }),
    );
  });

  it('comes to rest, and says what is wrong once', () => {
    const scenario = paused().edit('a mistake', BAD_STEP).abort().wait(90);

    const { cluster, now } = scenario;
    const { writes, status } = planRollout(cluster.snapshot(now), now);
    expect(writes).toEqual([]);
    expect(status).toEqual(cluster.rollout.status);
    const said = scenario.turns
      .flatMap(({ plan }) => plan.events)
      .filter(({ reason }) => reason === 'InvalidSpec');
    expect(said).toHaveLength(1);
  });

  it('stays an abort when the manifest is mended, and can be retried', () => {
    const { steps } = canaryOf(colors());
    const scenario = paused()
      .edit('a mistake', BAD_STEP)
      .abort()
      .wait(90)
      .edit('mended', rollout => {
        canaryOf(rollout).steps = steps;
      })
      .wait(10);
    expect(scenario.status).toMatchObject({ phase: 'Degraded', abort: true });
    expect(scenario.status.message).toContain('aborted');

    scenario.retry().wait(30);
    expect(scenario.status.phase).toBe('Paused');
    expect(weightOf(scenario)).toBe(20);
  });

  it('gives the pods back to stable without a router', () => {
    const scenario = new Scenario({ rollout: search() })
      .wait(30)
      .deploy('green')
      .wait(20);
    expect(replicasOf(scenario, 'green')).toBe(1);

    scenario.edit('a mistake', BAD_STEP).abort().wait(60);

    expect(replicasOf(scenario, 'green')).toBe(0);
    expect(replicasOf(scenario, 'blue')).toBe(5);
  });

  it('switches the active service of a blue-green rollout back', () => {
    const scenario = verifying();
    expect(activeTag(scenario)).toBe('demo/checkout:green');

    scenario
      .edit('a mistake', ({ spec }) => {
        Object.assign(spec.strategy?.blueGreen ?? {}, {
          autoPromotionSeconds: -1,
        });
      })
      .wait(5)
      .abort()
      .wait(60);

    expect(activeTag(scenario)).toBe('demo/checkout:blue');
    expect(replicasOf(scenario, 'green')).toBe(0);
  });

  it('also comes of an analysis that fails meanwhile', () => {
    const scenario = new Scenario({
      rollout: colors(),
      analysisFate: () => ({
        phase: 'Failed',
        afterMilliseconds: 30_000,
        message: 'too many errors',
      }),
    })
      .wait(30)
      .deploy('green')
      .wait(20)
      .edit('a mistake', BAD_STEP)
      .wait(60);

    expect(weightOf(scenario)).toBe(0);
    expect(scenario.status.abort).toBe(true);
    expect(scenario.status.conditions).toContainEqual(
      expect.objectContaining({
        message: expect.stringContaining('too many errors'),
      }),
    );
  });

  it('waits for routes that are not there, and touches nothing', () => {
    const scenario = paused();
    scenario.cluster.routes.clear();
    const before = scenario.turns.length;

    scenario.abort().wait(60);

    const turns = scenario.turns.slice(before);
    expect(turns.flatMap(({ plan }) => plan.writes)).toEqual([]);
    expect(turns.at(-1)?.plan.reasons).toContain(
      'the abort waits until what it needs is valid: services and traffic routing',
    );
  });

  it('promotes nothing, whatever is asked for', () => {
    const scenario = paused()
      .edit('a mistake', BAD_STEP)
      .abort()
      .wait(60)
      .promoteFull()
      .wait(120);

    expect(replicasOf(scenario, 'blue')).toBe(5);
    expect(replicasOf(scenario, 'green')).toBe(0);
    expect(weightOf(scenario)).toBe(0);
  });
});
