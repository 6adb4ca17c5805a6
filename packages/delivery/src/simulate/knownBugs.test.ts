import { planRollout } from '../rollout/planRollout';
import {
  paused,
  replicasOf,
  settled,
  weightOf,
} from './testing/colorsScenario';
import { colors, search } from './testing/demo';
import { Scenario } from './testing/scenario';

describe('known bugs of the reference, which this planner has not', () => {
  it('switches each service once after an abort, and never back', () => {
    const scenario = paused();
    const before = scenario.turns.length;

    scenario.abort().wait(120);

    const switches = scenario.turns
      .slice(before)
      .flatMap(turn => turn.plan.events)
      .filter(event => event.reason === 'SwitchService');
    expect(switches).toHaveLength(1);
  });

  it.each([
    ['routed', colors],
    ['by replicas', search],
  ])('keeps stable while the canary is not ready (%s)', (_, make) => {
    const rollout = make();
    const scenario = new Scenario({
      rollout,
      podLife: ({ spec }) =>
        spec.template.spec.containers[0]?.image?.endsWith(':blue')
          ? 3_000
          : undefined,
    })
      .wait(30)
      .deploy('unpullable')
      .wait(60)
      .promoteFull()
      .wait(900);

    expect(replicasOf(scenario, 'blue')).toBeGreaterThanOrEqual(4);
    expect(scenario.status.phase).toBe('Degraded');
    expect(scenario.status.message).toContain('ProgressDeadlineExceeded');
    expect(weightOf(scenario) ?? 0).toBe(0);
  });

  it('takes the traffic off a superseded canary before it goes', () => {
    const scenario = paused().deploy('slow');
    const before = scenario.turns.length;
    scenario.wait(60);

    const writes = scenario.turns
      .slice(before)
      .flatMap(turn => turn.plan.writes.map(write => write.reason));
    const off = writes.findIndex(reason => reason.includes('canary to 0'));
    const gone = writes.findIndex(reason => reason.includes('from 1 to 0'));
    expect(off).toBeGreaterThanOrEqual(0);
    expect(gone).toBeGreaterThan(off);
  });

  it('has nothing to abort when nothing is in progress', () => {
    const scenario = settled().abort().wait(120);

    expect(scenario.status.phase).toBe('Healthy');
    expect(scenario.status.abort).toBeFalsy();
    expect(replicasOf(scenario, 'blue')).toBe(5);
  });

  it('completes an abort although one pod of stable is broken', () => {
    const scenario = paused();
    const victim = scenario.cluster
      .podsAt(scenario.now)
      .find(pod => pod.metadata.name.includes('-1'));
    scenario.cluster.pods.evict(victim?.metadata.name ?? '', scenario.now);

    scenario.abort().wait(1);

    expect(weightOf(scenario)).toBe(0);
  });

  it('gives stable only its share while most of it is not ready', () => {
    const scenario = paused().promote().wait(35);
    expect(weightOf(scenario)).toBe(80);
    const pods = scenario.cluster.podsAt(scenario.now).slice(0, 3);
    for (const pod of pods) {
      scenario.cluster.pods.evict(pod.metadata.name, scenario.now);
    }

    scenario.abort().wait(1);
    const during = weightOf(scenario);
    scenario.wait(10);

    expect(during).toBe(60);
    expect(weightOf(scenario)).toBe(0);
  });

  it('does not abort because a view lacks the analysis run', () => {
    const scenario = paused();
    const snapshot = scenario.cluster.snapshot(scenario.now);

    const plan = planRollout({ ...snapshot, analysisRuns: [] }, scenario.now);

    expect(plan.status.abort).toBeFalsy();
  });

  it('writes nothing for a rollout that is being deleted', () => {
    const scenario = paused().edit('delete', ({ metadata }) => {
      metadata.deletionTimestamp = '2026-01-01T00:00:50Z';
    });

    const plan = planRollout(
      scenario.cluster.snapshot(scenario.now),
      scenario.now,
    );

    expect(plan.writes).toEqual([]);
  });

  it('keeps five analysis runs of each outcome, not all of them', () => {
    const scenario = new Scenario({
      rollout: search(),
      analysisFate: () => ({ afterMilliseconds: 1_000, phase: 'Failed' }),
    }).wait(30);
    for (let i = 0; i < 9; i++) scenario.deploy(`v${i}`).wait(30);

    expect(scenario.cluster.analysisRuns.size).toBeLessThanOrEqual(6);
  });

  it('does not let a skipped pause lend its start to the next one', () => {
    const scenario = paused().edit(
      'skip without clearing the pause',
      ({ status }) => {
        if (status) status.currentStepIndex = 2;
      },
    );

    scenario.wait(1);
    expect(scenario.status.phase).toBe('Progressing');
    scenario.wait(4);

    expect(scenario.status.currentStepIndex).toBe(3);
    expect(scenario.status.pauseConditions?.[0]?.startTime).toBe(
      '2026-01-01T00:00:53Z',
    );
  });
});
