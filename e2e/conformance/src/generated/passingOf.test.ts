import type { Plan, PlannedCanary } from './plan';
import { passingOf } from './passingOf';

const canary = (dynamicStableScale: boolean): PlannedCanary => ({
  strategy: 'canary',
  router: 'smi',
  replicas: 4,
  maxSurge: 1,
  maxUnavailable: 0,
  steps: [{ kind: 'weight', weight: 60 }, { kind: 'pause' }],
  backgroundAnalysis: false,
  dynamicStableScale,
  atPause: 0,
  event: 'abort',
});

const split = (weight: number) =>
  `{"backends":[{"service":"app-canary","weight":"${weight}"}]}`;

function briefOf(plan: Plan, aspect: string, ...values: string[]): boolean[] {
  const phases = values.map(value => ({ value, brief: false }));
  return passingOf(plan, { [aspect]: phases })[aspect]!.map(
    ({ brief }) => brief,
  );
}

describe('what a generated rollout passes on its way', () => {
  it.each([
    ['TrafficSplit app', split],
    ['Ingress app-app-canary', weight => `{"a/canary-weight":"${weight}"}`],
    [
      'VirtualService app',
      weight =>
        `http by-header if x → app-canary ${weight}; http primary → app-stable 1`,
    ],
    ['app: weights', weight => `canary ${weight} → r2 by app-canary`],
  ] as [string, (weight: number) => string][])(
    'is a weight that no step names, as %s tells it, while stable comes back',
    (aspect, tell) => {
      expect(
        briefOf(canary(true), aspect, tell(0), tell(60), tell(46), tell(0)),
      ).toEqual([false, false, true, false]);
    },
  );

  it('is a weight of a step, too, when it falls back past it', () => {
    const up = [0, 60, 80].map(split);
    const down = [60, 0].map(split);
    expect(briefOf(canary(true), 'TrafficSplit app', ...up, ...down)).toEqual([
      false,
      false,
      true,
      true,
      false,
    ]);
  });

  it('is no weight where stable stays as it is', () => {
    expect(
      briefOf(
        canary(false),
        'TrafficSplit app',
        split(60),
        split(46),
        split(0),
      ),
    ).toEqual([false, false, false]);
  });

  it('is not where it ends', () => {
    expect(
      briefOf(canary(true), 'TrafficSplit app', split(60), split(46)),
    ).toEqual([false, false]);
  });

  it('is every number of pods but the last', () => {
    expect(
      briefOf(canary(false), 'r2: replicas wanted', '1', '2', '4'),
    ).toEqual([true, true, false]);
  });
});
