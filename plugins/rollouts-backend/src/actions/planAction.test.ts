import type { AnalysisRun } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  NOW,
  paused,
  plan,
  replicaSet,
  spec,
  status,
} from '../__testUtils__/plannedAction';
import { promote } from './kinds/promote';

describe('promote sends exactly one status patch', () => {
  it('of an inconclusive analysis: pause, mark and step', () => {
    const rollout = paused({
      canary: {
        currentStepAnalysisRunStatus: { name: 'r', status: 'Inconclusive' },
      },
    });
    expect(plan('promote', rollout).writes).toEqual([
      status({
        pauseConditions: null,
        controllerPause: false,
        currentStepIndex: 2,
      }),
    ]);
  });

  it('at a pause: the pause alone, the controller’s mark stays', () => {
    expect(plan('promote', paused()).writes).toEqual([
      status({ pauseConditions: null }),
    ]);
  });

  it('on its way to a weight: the next step, and says that it skips', () => {
    const rollout = paused({
      pauseConditions: [],
      controllerPause: false,
      currentStepIndex: 0,
    });
    const { writes, warnings } = plan('promote', rollout);
    expect(writes).toEqual([
      status({ pauseConditions: null, currentStepIndex: 1 }),
    ]);
    expect(warnings).toEqual([expect.stringContaining('promoting skips it')]);
  });

  it('then takes a pause by hand back', () => {
    expect(plan('promote', paused({}, { paused: true })).writes).toEqual([
      status({ pauseConditions: null }),
      spec({ paused: false }),
    ]);
  });
});

it.each([
  [1, 'Promote to 40 %'],
  [2, 'Promote to step 4'],
])('promote from step index %i is called %s', (currentStepIndex, label) => {
  const rollout = paused({ currentStepIndex });
  const context = { rollout, replicaSets: [], analysisRuns: [], now: NOW };
  expect(promote.label(context)).toBe(label);
});

describe('traps', () => {
  it('promote on an aborted canary is refused, retry is offered', () => {
    expect(plan('promote', paused({ abort: true })).refused).toMatchObject({
      code: 'not-applicable',
      instead: 'retry',
    });
  });

  it('promote fully on an aborted canary is not', () => {
    expect(plan('promote-full', paused({ abort: true })).writes).toEqual([
      status({ promoteFull: true }),
    ]);
  });

  it('abort with nothing in progress is refused', () => {
    expect(plan('abort', paused({ stableRS: 'green' })).refused).toMatchObject({
      code: 'not-applicable',
    });
  });

  it('a second promote, before the controller saw the first, has moved on', () => {
    expect(
      plan('promote', paused({ pauseConditions: [] })).refused,
    ).toMatchObject({ code: 'moved-on' });
  });

  it('promote at another step than the one seen has moved on', () => {
    expect(plan('promote', paused(), { stepIndex: 0 }).refused).toMatchObject({
      code: 'moved-on',
    });
  });

  it('abort means the version, at whatever step it is by now', () => {
    expect(plan('abort', paused(), { stepIndex: 0 }).writes).toEqual([
      status({ abort: true }),
    ]);
  });

  it('nothing is done to an object that was deleted and made again', () => {
    const rollout = paused();
    rollout.metadata.uid = 'u2';
    for (const action of ['abort', 'promote', 'restart'] as const) {
      expect(plan(action, rollout).refused?.code).toBe('moved-on');
    }
  });

  it('skip-step leaves no pause behind for the next timed one', () => {
    expect(plan('skip-step', paused()).writes).toEqual([
      status({
        pauseConditions: null,
        controllerPause: false,
        currentStepIndex: 2,
      }),
    ]);
  });

  it('skip-step is an error on blue-green and without steps', () => {
    const blueGreen = { strategy: { blueGreen: { activeService: 'a' } } };
    const plain = { strategy: { canary: {} } };
    for (const strategy of [blueGreen, plain]) {
      expect(plan('skip-step', paused({}, strategy)).refused?.code).toBe(
        'not-applicable',
      );
    }
  });

  it('abort of a blue-green paused by hand says that nothing switches back', () => {
    const rollout = paused(
      {},
      { paused: true, strategy: { blueGreen: { activeService: 'a' } } },
    );
    expect(plan('abort', rollout).warnings).toEqual([
      expect.stringContaining('does not switch back'),
    ]);
  });

  it('ending a clean analysis says that it counts as successful', () => {
    const run = (failed: number): AnalysisRun => ({
      metadata: { name: 'run', namespace: 'demo' },
      spec: { metrics: [] },
      status: {
        phase: 'Running',
        metricResults: [{ name: 'm', phase: 'Running', failed }],
      },
    });
    const clean = plan('terminate-analysis', paused(), {
      analysisRuns: [run(0)],
    });
    const failing = plan('terminate-analysis', paused(), {
      analysisRuns: [run(1)],
    });
    expect(clean.writes).toEqual([
      { at: 'analysisruns', patch: { spec: { terminate: true } } },
    ]);
    expect(clean.warnings).toEqual([expect.stringContaining('successful')]);
    expect(failing.warnings).toEqual([]);
  });

  it('undo under GitOps says that it will be reverted', () => {
    const rollout = paused();
    rollout.metadata.labels = { 'argocd.argoproj.io/instance': 'shop' };
    const { warnings } = plan('undo', rollout, {
      replicaSets: [replicaSet(1, 'blue'), replicaSet(2, 'green')],
    });
    expect(warnings).toEqual([expect.stringMatching(/Argo CD.*Git/)]);
  });
});

it.each([
  ['abort', {}, {}, status({ abort: true })],
  ['retry', { abort: true }, {}, status({ abort: false })],
  ['pause', {}, {}, spec({ paused: true })],
  ['resume', {}, { paused: true }, spec({ paused: false })],
  ['restart', {}, {}, spec({ restartAt: '2026-11-01T12:00:00Z' })],
] as const)('%s', (action, state, change, write) => {
  expect(plan(action, paused(state, change)).writes).toEqual([write]);
});
