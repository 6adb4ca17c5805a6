import fc from 'fast-check';

/** One step of a generated canary. */
export type PlannedStep =
  | { kind: 'weight'; weight: number }
  | { kind: 'pause' }
  | { kind: 'timedPause' }
  | { kind: 'scale'; replicas: number }
  | { kind: 'matchWeight' }
  | { kind: 'analysis' }
  | { kind: 'experiment' }
  | { kind: 'header' }
  | { kind: 'mirror' };

/** What happens at the pause where the generated update is met. */
export const EVENTS = [
  'promote',
  'promoteFull',
  'abort',
  'abortAndRetry',
  'newTemplate',
  'rollback',
  'scaleUp',
  'scaleDown',
  'spoilAnalysis',
] as const;
export type PlannedEvent = (typeof EVENTS)[number];

interface Common {
  replicas: number;
  event: PlannedEvent;
}

export interface PlannedCanary extends Common {
  strategy: 'canary';
  router: 'none' | 'istio' | 'nginx' | 'smi';
  maxSurge: number | string;
  maxUnavailable: number | string;
  steps: PlannedStep[];
  backgroundAnalysis: boolean;
  dynamicStableScale: boolean;
  minPodsPerReplicaSet?: number;
  /** Which of the pauses the event happens at; modulo their number. */
  atPause: number;
}

export interface PlannedBlueGreen extends Common {
  strategy: 'blueGreen';
  byHand: boolean;
  autoPromotionSeconds?: number;
  previewReplicaCount?: number;
  preview: boolean;
  prePromotionAnalysis: boolean;
  postPromotionAnalysis: boolean;
}

export type Plan = PlannedCanary | PlannedBlueGreen;

const amount = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.constantFrom('25%', '50%', '100%'),
);

const step: fc.Arbitrary<PlannedStep> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('weight' as const),
      weight: fc.integer({ min: 0, max: 100 }),
    }),
  },
  { weight: 4, arbitrary: fc.constant({ kind: 'pause' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'timedPause' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('scale' as const),
      replicas: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...(
        ['matchWeight', 'analysis', 'experiment', 'header', 'mirror'] as const
      ).map(kind => ({ kind })),
    ),
  },
);

const plannedCanary: fc.Arbitrary<PlannedCanary> = fc
  .record({
    strategy: fc.constant('canary' as const),
    router: fc.constantFrom('none', 'istio', 'istio', 'nginx', 'smi'),
    replicas: fc.integer({ min: 1, max: 6 }),
    maxSurge: amount,
    maxUnavailable: amount,
    steps: fc.array(step, { maxLength: 6 }),
    backgroundAnalysis: fc.boolean(),
    dynamicStableScale: fc.boolean(),
    minPodsPerReplicaSet: fc.option(fc.integer({ min: 1, max: 3 }), {
      nil: undefined,
    }),
    atPause: fc.nat({ max: 5 }),
    event: fc.constantFrom(...EVENTS),
  })
  .map(valid);

const plannedBlueGreen: fc.Arbitrary<PlannedBlueGreen> = fc.record({
  strategy: fc.constant('blueGreen' as const),
  replicas: fc.integer({ min: 1, max: 4 }),
  byHand: fc.boolean(),
  autoPromotionSeconds: fc.option(fc.constant(2), { nil: undefined }),
  previewReplicaCount: fc.option(fc.integer({ min: 1, max: 2 }), {
    nil: undefined,
  }),
  preview: fc.boolean(),
  prePromotionAnalysis: fc.boolean(),
  postPromotionAnalysis: fc.boolean(),
  event: fc.constantFrom(...EVENTS),
});

/** Rollouts that the reference accepts, with something that happens to each. */
export const plan: fc.Arbitrary<Plan> = fc.oneof(
  { weight: 3, arbitrary: plannedCanary },
  { weight: 1, arbitrary: plannedBlueGreen },
);

/**
 * Leaves out what the reference would refuse, what only routing can do, and
 * what is documented to differ in nearly everything: more pods at least than
 * there are to be, stable without pods that gets traffic again, routes to a
 * canary that has no pods yet, and a minimum of pods above what a weight needs
 * where stable follows the traffic and an abort leads it back.
 */
function valid(planned: PlannedCanary): PlannedCanary {
  const isNone = (value: number | string) =>
    Number.parseInt(`${value}`, 10) === 0;
  const routed = planned.router !== 'none';
  const managed = planned.router === 'istio';
  const dynamicStableScale = routed && planned.dynamicStableScale;
  const possible = ({ kind }: PlannedStep) =>
    (routed || !['scale', 'matchWeight', 'header', 'mirror'].includes(kind)) &&
    (managed || !['header', 'mirror'].includes(kind));
  const steps = planned.steps
    .filter(possible)
    .filter(
      ({ kind }, index, all) =>
        !['header', 'mirror'].includes(kind) ||
        all
          .slice(0, index)
          .some(before => before.kind === 'weight' && before.weight > 0),
    );
  const rolled = dynamicStableScale ? rising(steps) : steps;
  return {
    ...planned,
    maxSurge:
      isNone(planned.maxSurge) && isNone(planned.maxUnavailable)
        ? 1
        : planned.maxSurge,
    steps: rolled,
    dynamicStableScale,
    minPodsPerReplicaSet:
      routed && planned.minPodsPerReplicaSet !== undefined
        ? Math.min(
            planned.minPodsPerReplicaSet,
            // The event may scale it down by two.
            Math.max(1, planned.replicas - 2),
            dynamicStableScale && mayAbort(planned)
              ? fewestPods(rolled, planned.replicas)
              : Infinity,
          )
        : undefined,
  };
}

function mayAbort({ event }: PlannedCanary): boolean {
  return ['abort', 'abortAndRetry', 'spoilAnalysis'].includes(event);
}

/** How many pods the smallest weight of a step needs, if it is not 0. */
function fewestPods(steps: PlannedStep[], replicas: number): number {
  const pods = steps.flatMap(one =>
    one.kind === 'weight' && one.weight > 0
      ? [Math.ceil((one.weight * replicas) / 100)]
      : [],
  );
  return Math.min(...pods);
}

/** The same steps, but with weights that only grow, and leave stable something. */
function rising(steps: PlannedStep[]): PlannedStep[] {
  let reached = 0;
  return steps.map(one => {
    if (one.kind !== 'weight') return one;
    reached = Math.max(reached, Math.min(one.weight, 60));
    return { ...one, weight: reached };
  });
}
