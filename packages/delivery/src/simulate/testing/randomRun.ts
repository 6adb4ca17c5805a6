import type * as FastCheck from 'fast-check';
import type {
  CanaryStep,
  CanaryStrategy,
  RolloutExperimentAnalysis,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { colors, search } from './demo';

/** Something that happens to a rollout, or time that passes. */
export type Happening =
  | { do: 'wait'; seconds: number }
  | { do: 'turn' }
  | { do: 'deploy'; tag: string }
  | { do: 'abort' | 'retry' | 'promote' | 'promoteFull' | 'pause' | 'resume' }
  | { do: 'scale'; replicas: number }
  | { do: 'migrate' }
  | { do: 'spoil' | 'mend' }
  | { do: 'loseStable' }
  | { do: 'restart' }
  | { do: 'crash' }
  | { do: 'stale' };

export interface RandomRun {
  rollout: Rollout;
  /** Tags whose pods never become ready. */
  broken: string[];
  /** Tags whose analysis ends, and how. */
  fates: Record<string, 'Successful' | 'Failed' | 'Error' | 'Inconclusive'>;
  happenings: Happening[];
}

const TAGS = ['blue', 'green', 'red', 'slow'];

/** Weights of experiments go only where the canary leaves them enough. */
function withWeights(steps: CanaryStep[], routed: boolean): CanaryStep[] {
  const fits = steps.every(({ setWeight = 0 }) => setWeight <= 80);
  return steps.map(step =>
    step.experiment && routed && fits
      ? {
          experiment: {
            ...step.experiment,
            templates: step.experiment.templates.map(each => ({
              ...each,
              weight: 10,
            })),
          },
        }
      : step,
  );
}

function rolloutOf(
  routed: boolean,
  plainSteps: CanaryStep[],
  replicas: number,
  rules: CanaryStrategy,
): Rollout {
  const rollout = routed ? colors() : search();
  const canary = rollout.spec.strategy?.canary;
  const steps = withWeights(plainSteps, routed);
  const template = structuredClone(rollout.spec.template);
  for (const each of template?.spec.containers ?? []) {
    each.ports = [{ containerPort: 8080 }];
  }
  return {
    ...rollout,
    spec: {
      ...rollout.spec,
      replicas,
      template,
      strategy: { canary: { ...canary, ...rules, steps } },
    },
  };
}

const PING_PONG: CanaryStrategy = {
  canaryService: undefined,
  stableService: undefined,
  pingPong: { pingService: 'colors-canary', pongService: 'colors-stable' },
};

/** Rules around the steps, most of the time none. */
function rulesOf(
  fc: typeof FastCheck,
  routed: boolean,
): FastCheck.Arbitrary<CanaryStrategy> {
  const any: CanaryStrategy[] = [
    {},
    { canaryMetadata: { labels: { role: 'canary' } } },
    { stableMetadata: { labels: { role: 'stable' } } },
    {
      antiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: { weight: 1 },
      },
    },
    { replicaProgressThreshold: { type: 'Percent', value: 50 } },
  ];
  const byReplicas: CanaryStrategy[] = [
    { canaryService: 'search-canary', stableService: 'search-stable' },
  ];
  const withRouter: CanaryStrategy[] = [
    { dynamicStableScale: true },
    { dynamicStableScale: true, abortScaleDownDelaySeconds: 10 },
    { minPodsPerReplicaSet: 2 },
    PING_PONG,
    { ...PING_PONG, dynamicStableScale: true },
  ];
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant<CanaryStrategy>({}) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(...any, ...(routed ? withRouter : byReplicas)),
    },
  );
}

/** Random canaries, by replica count and routed. */
export function randomCanary(
  fc: typeof FastCheck,
): FastCheck.Arbitrary<Rollout> {
  const experimentStep: FastCheck.Arbitrary<CanaryStep> = fc
    .record({
      duration: fc.constantFrom(undefined, '5s', '20s'),
      scaleDownDelaySeconds: fc.constantFrom(undefined, 0, 3),
      analyses: fc.constantFrom<RolloutExperimentAnalysis[] | undefined>(
        undefined,
        [{ name: 'compare', templateName: 'success-rate' }],
        [
          {
            name: 'compare',
            templateName: 'success-rate',
            requiredForCompletion: true,
          },
        ],
      ),
    })
    .map(experiment => ({
      experiment: {
        ...experiment,
        templates: [
          { name: 'baseline', specRef: 'stable' },
          { name: 'candidate', specRef: 'canary' },
        ],
      },
    }));

  const step: FastCheck.Arbitrary<CanaryStep> = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ setWeight: fc.integer({ min: 0, max: 100 }) }),
    },
    { weight: 2, arbitrary: fc.constant<CanaryStep>({ pause: {} }) },
    {
      weight: 2,
      arbitrary: fc.constant<CanaryStep>({ pause: { duration: '5s' } }),
    },
    {
      weight: 1,
      arbitrary: fc.constant<CanaryStep>({
        analysis: { templates: [{ templateName: 'success-rate' }] },
      }),
    },
    { weight: 1, arbitrary: experimentStep },
  );

  const scaleStep: FastCheck.Arbitrary<CanaryStep> = fc.record({
    setCanaryScale: fc.oneof(
      fc.record({ replicas: fc.integer({ min: 0, max: 6 }) }),
      fc.record({ weight: fc.integer({ min: 0, max: 100 }) }),
      fc.constant({ matchTrafficWeight: true }),
    ),
  });

  return fc
    .boolean()
    .chain(routed =>
      fc
        .tuple(
          fc.array(
            routed
              ? fc.oneof(
                  { weight: 5, arbitrary: step },
                  { weight: 1, arbitrary: scaleStep },
                )
              : step,
            { maxLength: 6 },
          ),
          fc.integer({ min: 1, max: 8 }),
          rulesOf(fc, routed),
        )
        .map(([steps, replicas, rules]) =>
          rolloutOf(routed, steps, replicas, rules),
        ),
    );
}

/** Random deployments, actions, pods and analysis outcomes of such rollouts. */
export function randomRun(
  fc: typeof FastCheck,
  rollout: FastCheck.Arbitrary<Rollout>,
): FastCheck.Arbitrary<RandomRun> {
  const happening: FastCheck.Arbitrary<Happening> = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('wait' as const),
        seconds: fc.integer({ min: 1, max: 45 }),
      }),
    },
    { weight: 4, arbitrary: fc.constant({ do: 'turn' as const }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('deploy' as const),
        tag: fc.constantFrom(...TAGS),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constantFrom(
          'abort' as const,
          'retry' as const,
          'promote' as const,
          'promoteFull' as const,
          'pause' as const,
          'resume' as const,
          'restart' as const,
          'crash' as const,
          'stale' as const,
        ),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ do: 'migrate' as const }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constantFrom('spoil' as const, 'mend' as const),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ do: 'loseStable' as const }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('scale' as const),
        replicas: fc.integer({ min: 1, max: 8 }),
      }),
    },
  );

  return fc.record({
    rollout,
    broken: fc.subarray(TAGS.slice(1), { maxLength: 1 }),
    fates: fc.dictionary(
      fc.constantFrom(...TAGS),
      fc.constantFrom(
        'Successful' as const,
        'Failed' as const,
        'Error' as const,
        'Inconclusive' as const,
      ),
      { noNullPrototype: true },
    ),
    happenings: fc.array(happening, { minLength: 3, maxLength: 18 }),
  });
}
