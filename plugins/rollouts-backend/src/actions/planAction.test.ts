import type {
  AnalysisRun,
  Rollout,
  RolloutAction,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { canary } from '../__testUtils__/rollouts';
import {
  isRefusal,
  type ActionContext,
  type ActionParameters,
} from './ActionContext';
import { promote } from './kinds/promote';
import { undo, undoneImageTag } from './kinds/undo';
import { planAction } from './planAction';

const NOW = Date.parse('2026-11-01T12:00:00.500Z');

function plan(
  action: RolloutAction,
  rollout: Rollout,
  options: ActionParameters &
    Partial<ActionContext> & { stepIndex?: number; podHash?: string } = {},
) {
  const { replicaSets = [], analysisRuns = [], workload, ...rest } = options;
  const outcome = planAction(
    action,
    { rollout, replicaSets, analysisRuns, workload, now: NOW },
    {
      ...rest,
      seen: {
        uid: 'u1',
        generation: 1,
        podHash: options.podHash ?? rollout.status?.currentPodHash,
        stepIndex: options.stepIndex ?? rollout.status?.currentStepIndex,
      },
    },
  );
  return isRefusal(outcome)
    ? { refused: outcome.refusal }
    : {
        writes: outcome.patches.map(
          ({ subresource, resource, type, patch }) => ({
            at: [resource.split('.')[0], subresource].filter(Boolean).join('/'),
            ...(type === 'json' && { type }),
            patch,
          }),
        ),
        warnings: outcome.warnings,
        unchanged: outcome.unchanged,
        does: outcome.does,
      };
}

function paused(
  status: Rollout['status'] = {},
  spec: Partial<Rollout['spec']> = {},
) {
  return canary({
    metadata: { name: 'colors', namespace: 'demo', uid: 'u1', generation: 1 },
    status,
    spec,
  });
}

const status = (patch: unknown) => ({
  at: 'rollouts/status',
  patch: { status: patch },
});
const spec = (patch: unknown) => ({ at: 'rollouts', patch: { spec: patch } });

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
  const rollout = paused(
    { currentStepIndex },
    {
      strategy: {
        canary: {
          steps: [
            { setWeight: 20 },
            { pause: {} },
            { setWeight: 40 },
            { pause: {} },
            { setWeight: 60 },
          ],
        },
      },
    },
  );
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

function replicaSet(revision: number, colour: string) {
  return {
    metadata: {
      name: colour,
      labels: { 'rollouts-pod-template-hash': colour },
      annotations: { 'rollout.argoproj.io/revision': String(revision) },
    },
    spec: {
      selector: {},
      template: {
        metadata: {
          labels: { app: 'colors', 'rollouts-pod-template-hash': colour },
        },
        spec: { containers: [{ name: 'app', image: `demo/colors:${colour}` }] },
      },
    },
  };
}

describe('undo', () => {
  const replicaSets = [replicaSet(2, 'green'), replicaSet(1, 'blue')];

  it('brings the second highest revision back, without the hash label', () => {
    expect(plan('undo', paused(), { replicaSets }).writes).toEqual([
      {
        at: 'rollouts',
        type: 'json',
        patch: [
          {
            op: 'replace',
            path: '/spec/template',
            value: {
              metadata: { labels: { app: 'colors' } },
              spec: {
                containers: [{ name: 'app', image: 'demo/colors:blue' }],
              },
            },
          },
        ],
      },
    ]);
  });

  it('writes nothing when the template is that one already', () => {
    expect(
      plan('undo', paused(), { replicaSets, toRevision: 2 }),
    ).toMatchObject({
      writes: [],
      unchanged: expect.stringContaining('revision 2'),
    });
  });

  it('goes before the version that was seen, whatever is newer by now', () => {
    const [write] =
      plan('undo', paused(), {
        replicaSets: [replicaSet(3, 'red'), ...replicaSets],
      }).writes ?? [];
    expect(write?.patch).toMatchObject([
      { value: { spec: { containers: [{ image: 'demo/colors:blue' }] } } },
    ]);
  });

  it.each(['undo', 'set-image'] as const)(
    '%s a second time is refused, because the version is another by now',
    action => {
      expect(
        plan(action, paused(), {
          replicaSets,
          images: [{ container: '*', image: 'demo/colors:red' }],
          podHash: 'before',
        }).refused,
      ).toMatchObject({ code: 'moved-on' });
    },
  );

  it('names the revision and its image, before and after', () => {
    const context = {
      rollout: paused(),
      replicaSets,
      analysisRuns: [],
      now: NOW,
    };
    expect(undo.label(context)).toBe('Undo to revision 1 (blue)');
    expect(undoneImageTag(context)).toBe('blue');
    expect(plan('undo', paused(), { replicaSets }).does).toBe(
      'Brings revision 1 (blue) back.',
    );
  });

  it('passes over what analysis rolled back, unless it is asked for', () => {
    const context = {
      rollout: paused({ currentPodHash: 'red' }),
      replicaSets: [replicaSet(3, 'red'), ...replicaSets],
      analysisRuns: [],
      outcomes: new Map([['green', 'rolled-back'] as const]),
      now: NOW,
    };
    expect(undo.label(context)).toBe('Undo to revision 1 (blue)');
    expect(undo.plan(context, {})).toMatchObject({
      does: 'Brings revision 1 (blue) back.',
    });
    expect(undo.plan(context, { toRevision: 2 })).toMatchObject({
      does: 'Brings revision 2 (green) back.',
    });
  });

  it('names the revisions there are', () => {
    expect(
      plan('undo', paused(), { replicaSets, toRevision: 9 }).refused,
    ).toMatchObject({ code: 'invalid', remedy: 'Choose one of: 2, 1.' });
  });
});

describe('set-image', () => {
  it('says for the record which image', () => {
    expect(
      plan('set-image', paused(), {
        images: [{ container: 'app', image: 'demo/colors:red' }],
      }).does,
    ).toBe('Sets the image of app to demo/colors:red.');
  });

  const images = [{ container: '*', image: 'demo/colors:red' }];

  it('tests what it replaces', () => {
    expect(plan('set-image', paused(), { images }).writes).toEqual([
      {
        at: 'rollouts',
        type: 'json',
        patch: [
          {
            op: 'test',
            path: '/spec/template/spec/containers/0/name',
            value: 'app',
          },
          {
            op: 'test',
            path: '/spec/template/spec/containers/0/image',
            value: 'demo/colors:green',
          },
          {
            op: 'replace',
            path: '/spec/template/spec/containers/0/image',
            value: 'demo/colors:red',
          },
        ],
      },
    ]);
  });

  it('changes the workload where the rollout refers to one', () => {
    const rollout = paused(
      {},
      {
        template: undefined,
        workloadRef: { kind: 'Deployment', name: 'colors' },
      },
    );
    const workload = {
      metadata: { name: 'colors', namespace: 'demo' },
      spec: { template: { spec: { containers: [{ name: 'app' }] } } },
    };
    expect(
      plan('set-image', rollout, { images, workload }).writes?.[0]?.at,
    ).toBe('deployments');
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
