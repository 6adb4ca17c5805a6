import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { search, START } from '../../simulate/testing/demo';
import { Scenario } from '../../simulate/testing/scenario';
import type { StepPluginResult } from '../../stepPlugins/stepPlugin';
import type { StepPluginCall } from '../../stepPlugins/stepPluginCall';
import { planRollout } from '../planRollout';

const NAME = 'acme/smoke';

function withPlugins(...names: string[]): Rollout {
  const rollout = search();
  Object.assign(rollout.spec.strategy?.canary ?? {}, {
    steps: [
      { setWeight: 20 },
      ...names.map((name, i) => ({ plugin: { name, config: { part: i } } })),
      { pause: {} },
    ],
  });
  return rollout;
}

type Fate = (call: StepPluginCall) => StepPluginResult | { error: string };

/** An update that has come as far as it does in a minute, and its calls. */
function updated(rollout: Rollout, fate: Fate) {
  const calls: StepPluginCall[] = [];
  const scenario = new Scenario({
    rollout,
    stepPluginFate: call => {
      calls.push(call);
      return fate(call);
    },
  })
    .wait(30)
    .deploy('green')
    .wait(60);
  return {
    scenario,
    asked: () => calls.map(({ operation, index }) => `${operation} ${index}`),
    calls,
  };
}

const statuses = ({ status }: Scenario) =>
  status.canary?.stepPluginStatuses?.map(
    ({ operation, index, phase }) => `${operation} ${index} ${phase}`,
  );

const eventsOf = ({ turns }: Scenario) =>
  turns.flatMap(({ plan }) =>
    plan.events
      .filter(({ reason }) => reason === 'StepPluginTransition')
      .map(({ type, message }) => `${type}: ${message}`),
  );

describe('a step plugin', () => {
  it('is called with its configuration, and the step is done when it is', () => {
    const { scenario, calls } = updated(withPlugins(NAME), () => ({
      phase: 'Successful',
      message: 'all well',
      status: { seen: 3 },
    }));

    expect(calls).toMatchObject([
      { name: NAME, index: 1, operation: 'Run', config: { part: 0 } },
    ]);
    expect(scenario.status.currentStepIndex).toBe(2);
    expect(scenario.status.canary?.stepPluginStatuses).toMatchObject([
      {
        name: NAME,
        index: 1,
        operation: 'Run',
        phase: 'Successful',
        message: 'all well',
        status: { seen: 3 },
        executions: 1,
        finishedAt: expect.any(String),
      },
    ]);
  });

  it('is called again with what it noted, until it is done', () => {
    const answers: StepPluginResult[] = [
      { phase: 'Running', status: 1, requeueAfterMilliseconds: 15_000 },
      { phase: 'Running', status: 2, requeueAfterMilliseconds: 1_000 },
      { phase: 'Successful' },
    ];
    const { scenario, calls } = updated(
      withPlugins(NAME),
      () => answers.shift() ?? {},
    );

    expect(calls.map(({ status }) => status)).toEqual([undefined, 1, 2]);
    const [first, second, third] = scenario.turns
      .filter(({ plan }) => plan.pluginCalls)
      .map(({ at }) => at);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(14_000);
    // No sooner than ten seconds, whatever it asks for.
    expect((third ?? 0) - (second ?? 0)).toBeGreaterThanOrEqual(9_000);
    expect(scenario.status.currentStepIndex).toBe(2);
  });

  it('aborts the update when it fails', () => {
    const { scenario } = updated(withPlugins(NAME), () => ({
      phase: 'Failed',
      message: '3 of 5 checks',
    }));

    expect(scenario.status).toMatchObject({ abort: true, phase: 'Degraded' });
    expect(scenario.status.message).toContain(
      'Step Plugin 2 (acme/smoke) failed: 3 of 5 checks',
    );
    expect(eventsOf(scenario)).toEqual([
      'Warning: Step plugin acme/smoke (step 2) transitioned to Failed',
    ]);
  });

  it('is tried again after half a minute when it could not answer', () => {
    let calls = 0;
    const { scenario } = updated(withPlugins(NAME), () => {
      calls += 1;
      return calls < 3 ? { error: 'no route' } : { phase: 'Successful' };
    });
    expect(scenario.status.canary?.stepPluginStatuses).toMatchObject([
      { phase: 'Error', message: 'no route', backoff: '30s' },
    ]);

    scenario.wait(60);

    expect(calls).toBe(3);
    expect(scenario.status.currentStepIndex).toBe(2);
  });

  it('is taken back on an abort, the last one first, each once', () => {
    const done = updated(
      withPlugins(NAME, 'acme/load'),
      ({ operation, index }) =>
        operation === 'Run' && index === 2
          ? { phase: 'Running' }
          : { phase: 'Successful' },
    );
    done.scenario.abort().wait(120);

    expect(done.asked().slice(-2)).toEqual(['Abort 2', 'Abort 1']);
    expect(statuses(done.scenario)).toEqual([
      'Run 1 Successful',
      'Run 2 Running',
      'Abort 2 Successful',
      'Abort 1 Successful',
    ]);
    expect(eventsOf(done.scenario)).toEqual([
      'Normal: Step plugin acme/load (step 3) aborted (Successful)',
      'Normal: Step plugin acme/smoke (step 2) aborted (Successful)',
    ]);
  });

  it('that cannot be taken back does not hold up the abort', () => {
    const { scenario } = updated(withPlugins(NAME), ({ operation }) =>
      operation === 'Abort' ? { error: 'gone' } : { phase: 'Successful' },
    );

    scenario.abort().wait(120);

    expect(statuses(scenario)).toEqual(['Run 1 Successful', 'Abort 1 Error']);
    expect(scenario.status.canary?.weights?.canary.weight ?? 0).toBe(0);
  });

  it('that is at work is ended by a full promotion', () => {
    const { scenario, asked } = updated(withPlugins(NAME), ({ operation }) =>
      operation === 'Run' ? { phase: 'Running' } : {},
    );

    scenario.promoteFull().wait(120);

    expect(asked().filter(call => call === 'Terminate 1')).toHaveLength(1);
    expect(statuses(scenario)).toEqual([
      'Run 1 Running',
      'Terminate 1 Successful',
    ]);
    expect(scenario.status.phase).toBe('Healthy');
  });

  it('is called anew after a retry, and for another template', () => {
    const { scenario, asked } = updated(withPlugins(NAME), () => ({
      phase: 'Successful',
    }));
    scenario.abort().wait(60).retry().wait(60);
    expect(asked()).toEqual(['Run 1', 'Abort 1', 'Run 1']);

    scenario.deploy('red').wait(60);

    expect(asked()).toEqual(['Run 1', 'Abort 1', 'Run 1', 'Run 1']);
    expect(statuses(scenario)).toEqual(['Run 1 Successful']);
  });

  it('is passed over when it is disabled', () => {
    const rollout = withPlugins(NAME);
    Object.assign(rollout.spec.strategy?.canary?.steps?.[1]?.plugin ?? {}, {
      disabled: true,
    });
    const { scenario, asked } = updated(rollout, () => ({}));

    expect(asked()).toEqual([]);
    expect(scenario.status.currentStepIndex).toBe(2);
    expect(scenario.status.canary?.stepPluginStatuses).toMatchObject([
      { index: 1, operation: 'Run', disabled: true },
    ]);
  });

  it('that answers late, to an earlier update, is not listened to', () => {
    const { scenario, calls } = updated(withPlugins(NAME), () => ({
      phase: 'Running',
    }));
    scenario.deploy('red').wait(1);
    const [call] = calls;
    const snapshot = scenario.cluster.snapshot(scenario.now);

    const plan = planRollout(
      {
        ...snapshot,
        stepPluginsDone: [
          {
            call: call as StepPluginCall,
            at: scenario.now,
            result: { phase: 'Failed' },
          },
        ],
      },
      scenario.now,
    );

    expect(plan.status.abort).toBeUndefined();
  });

  it('that nobody registered makes the rollout invalid', () => {
    const { cluster } = new Scenario({ rollout: withPlugins(NAME) });

    const plan = planRollout(cluster.snapshot(START), START, {
      stepPlugins: [{ name: 'acme/load' }],
    });

    expect(plan.status.message).toContain(
      'spec.strategy.canary.steps[1].plugin.name',
    );
    expect(plan.status.message).toContain('there are acme/load');
  });
});
