import {
  type KubeObject,
  type PodTemplateSpec,
  type ReplicaSet,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { durationText } from '../explain/words';
import { problemText, type Problem } from '../rollout/validation/problem';
import { validateRollout } from '../rollout/validation/validateRollout';
import { routersOf } from '../traffic/registry';
import {
  AssumptionError,
  DEFAULT_POD_START,
  DEFAULT_PROMOTE_AFTER,
  type Assumptions,
} from './assumptions/assumptions';
import { assumptionTexts } from './assumptions/assumptionTexts';
import { measuredLife } from './assumptions/measuredLife';
import type { PersonPlan } from './people/person';
import type { Surroundings } from './manifests/assumeMissing';
import { refuseTooManyPods } from './refuseTooManyPods';
import { simulate } from './simulate';
import { SimulatedCluster } from './simulatedCluster';
import { exposureOf } from './timeline/exposure';
import { observe } from './timeline/observation';
import { outcomeOf, promotedAt } from './timeline/outcome';
import { runTimeline } from './timeline/runTimeline';
import { stepLabel, stepsOf } from './timeline/stepLabel';
import type { Timeline } from './timeline/timeline';

/** The controller would not carry the rollout out. */
export class InvalidRolloutError extends Error {
  readonly name = 'InvalidRolloutError';
  constructor(
    rollout: string,
    readonly problems: Problem[],
  ) {
    super(`${rollout}: ${problems.map(problemText).join('; ')}`);
  }
}

/** When the new version is applied. Any time would do. */
const ORIGIN = Date.parse('2026-01-01T00:00:00Z');
/** Enough for the version before to come up. */
const A_DAY = 24 * 3_600_000;
/** On the pods of the version before, so that it is another one. */
const PREVIOUS = 'simulated-version';

type WithTemplate = KubeObject & { spec: { template?: PodTemplateSpec } };

function asPrevious(template: PodTemplateSpec): PodTemplateSpec {
  const { metadata } = template;
  const annotations = { ...metadata?.annotations, [PREVIOUS]: 'previous' };
  return { ...template, metadata: { ...metadata, annotations } };
}

function isNew({ spec }: ReplicaSet): boolean {
  return spec.template.metadata?.annotations?.[PREVIOUS] === undefined;
}

function prepared(rollout: Rollout, assumptions: Assumptions): Rollout {
  const { replicas, minReadySeconds } = assumptions;
  return {
    ...rollout,
    metadata: {
      ...rollout.metadata,
      uid: `uid-${rollout.metadata.name}`,
      generation: 1,
    },
    spec: {
      ...rollout.spec,
      ...(replicas === undefined ? {} : { replicas }),
      ...(minReadySeconds === undefined ? {} : { minReadySeconds }),
    },
    status: {},
  };
}

function clusterOf(
  surroundings: Surroundings,
  rollout: Rollout,
  assumptions: Assumptions & { podStart: number },
  onLook?: () => void,
) {
  const { podStart, failingPods = 0 } = assumptions;
  const { template } = rollout.spec;
  const workload = surroundings.workload as WithTemplate | undefined;
  const at = { workload };
  const given = workload?.spec?.template;
  if (workload && given) {
    at.workload = {
      ...workload,
      spec: { ...workload.spec, template: asPrevious(given) },
    };
  }
  const cluster = new SimulatedCluster({
    ...surroundings,
    onLook,
    rollout: {
      ...rollout,
      spec: {
        ...rollout.spec,
        ...(template ? { template: asPrevious(template) } : {}),
      },
    },
    workload: () => at.workload as KubeObject,
    holds: assumptions.holds?.map(({ name, from, until }) => ({
      name,
      from: ORIGIN + from,
      until: ORIGIN + until,
      untilText: `${durationText(until)} after the beginning`,
    })),
    podLife: (replicaSet, ordinal) =>
      isNew(replicaSet) && (failingPods === 'all' || ordinal < failingPods)
        ? undefined
        : podStart,
    analysisLife: measuredLife(assumptions, ORIGIN),
  });
  return {
    cluster,
    /** Somebody applies the new version. */
    apply() {
      if (workload) {
        const generation = (workload.metadata.generation ?? 1) + 1;
        at.workload = {
          ...workload,
          metadata: { ...workload.metadata, generation },
        };
      }
      if (template) {
        cluster.edit(({ spec }) => {
          spec.template = template;
        });
      }
    },
  };
}

/** What the controller would refuse. */
export function problemsOf(surroundings: Surroundings): Problem[] {
  const rollout = prepared(surroundings.rollout, {});
  const { cluster } = clusterOf(surroundings, rollout, {
    podStart: DEFAULT_POD_START,
  });
  return validateRollout(cluster.snapshot(ORIGIN));
}

/** Where nothing measures, a person stands in for a failure. */
function personOf(
  rollout: Rollout,
  { promoteAfter, abortAtStep, scale, failAtStep }: Assumptions,
): PersonPlan {
  const count = stepsOf(rollout).length;
  for (const step of [abortAtStep, failAtStep]) {
    if (step !== undefined && (step < 1 || step > count)) {
      throw new AssumptionError(
        count
          ? `there is no step ${step}: ${rollout.metadata.name} has steps 1 to ${count}`
          : `there is no step ${step}: ${rollout.metadata.name} has no steps`,
      );
    }
  }
  return {
    ...(typeof promoteAfter === 'number' ? { promoteAfter } : {}),
    abortAtStep,
    abortIfUnmeasuredAtStep: failAtStep,
    scale,
  };
}

/**
 * Computes what the controller would do with a new version of a rollout: the
 * version before is up and healthy, the new one is applied at time 0, and the
 * assumptions hold. Deterministic.
 *
 * @param options - `forecastAborts: false` leaves out what an abort at each
 * stage would do, which is half of the work; `onLook` is called at each look at
 * what has happened, and may end it with an error: short intervals of analysis
 * in long pauses are many looks
 * @throws InvalidRolloutError, AssumptionError, ManifestError
 */
export function simulateRollout(
  surroundings: Surroundings,
  given: Assumptions = {},
  {
    forecastAborts = true,
    onLook,
  }: { forecastAborts?: boolean; onLook?: () => void } = {},
): Timeline {
  const assumptions = {
    ...given,
    podStart: given.podStart ?? DEFAULT_POD_START,
    promoteAfter: given.promoteAfter ?? DEFAULT_PROMOTE_AFTER,
  };
  const rollout = prepared(surroundings.rollout, assumptions);
  const person = personOf(rollout, assumptions);
  const { cluster, apply } = clusterOf(
    surroundings,
    rollout,
    assumptions,
    onLook,
  );
  const { name, namespace = '' } = rollout.metadata;
  const problems = validateRollout(cluster.snapshot(ORIGIN - A_DAY));
  if (problems.length) {
    throw new InvalidRolloutError(`${namespace}/${name}`, problems);
  }
  refuseTooManyPods(surroundings.rollout, assumptions);
  simulate(cluster, ORIGIN - A_DAY, ORIGIN);
  const before = observe(cluster.snapshot(ORIGIN), ORIGIN);
  apply();
  const changes = [
    ...Object.values(assumptions.metrics ?? {})
      .flat()
      .map(each => each.from),
    ...(assumptions.scale ?? []).map(each => each.at),
    ...(assumptions.holds ?? []).map(each => each.until),
  ];
  const run = runTimeline({
    cluster,
    // The new version has no share before it is there.
    before: { ...before, share: 0 },
    origin: ORIGIN,
    person,
    lastAssumedChange: Math.max(0, ...changes),
    forecastAborts,
  });
  const routers = routersOf(surroundings.rollout).map(each => each.title);
  return {
    rollout: {
      name,
      namespace,
      strategy: rollout.spec.strategy?.blueGreen ? 'blueGreen' : 'canary',
      ...(routers.length ? { router: routers.join(' and ') } : {}),
      replicas: rollout.spec.replicas ?? 1,
      steps: stepsOf(rollout).map(stepLabel),
    },
    assumptions: [
      ...surroundings.notes,
      ...assumptionTexts(rollout, assumptions, run.events),
    ],
    events: run.events,
    samples: run.samples,
    outcome: outcomeOf(run),
    aborts: run.aborts,
    exposed: exposureOf(run.samples, 0, promotedAt(run) ?? run.end),
  };
}
