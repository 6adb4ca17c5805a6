import { InputError } from '@backstage/errors';
import type {
  Rollout,
  SimulatedRollout,
  SimulateRequest,
  SimulateResponse,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  assumeMissing,
  AssumptionError,
  InvalidRolloutError,
  ManifestError,
  readAssumptions,
  readObjects,
  simulateRollout,
  sortObjects,
  timelineSvg,
  timelineText,
  UnreadableAssumptionError,
  type Assumptions,
  type Manifests,
} from '@progressive-delivery/delivery';
import { refuseTooMuch } from './refuseTooMuch';

/** So much is computed for one request, at most some milliseconds each. */
const MOST_ROLLOUTS = 10;
const MOST_STEPS = 100;
const MOST_REPLICAS = 1_000;

function refuseTooLarge(
  { metadata, spec }: Rollout,
  { replicas }: Assumptions,
) {
  const steps = spec.strategy?.canary?.steps;
  if (Array.isArray(steps) && steps.length > MOST_STEPS) {
    throw new InputError(
      `${metadata.name} has ${steps.length} steps; at most ${MOST_STEPS} are simulated here.`,
    );
  }
  const pods = Math.max(Number(spec.replicas ?? 1), replicas ?? 0);
  if (pods > MOST_REPLICAS) {
    throw new InputError(
      `${metadata.name} has ${pods} replicas; at most ${MOST_REPLICAS} are simulated here. Assume fewer: the steps are the same.`,
    );
  }
}

function simulated(
  rollout: Rollout,
  manifests: Manifests,
  assumptions: Assumptions,
): SimulatedRollout {
  refuseTooLarge(rollout, assumptions);
  const timeline = simulateRollout(
    assumeMissing(rollout, manifests),
    assumptions,
  );
  const { namespace, name } = timeline.rollout;
  return {
    namespace,
    name,
    outcome: timeline.outcome,
    exposed: timeline.exposed,
    text: timelineText(timeline),
    picture: timelineSvg(timeline),
    timeline: { ...timeline },
  };
}

function meantRollouts(
  { rollouts }: Manifests,
  only: string | undefined,
): Rollout[] {
  const meant = rollouts.filter(
    each => only === undefined || each.metadata.name === only,
  );
  if (!meant.length) {
    throw new InputError(
      only === undefined
        ? 'There is no Rollout in the files.'
        : `There is no Rollout "${only}" in the files.`,
    );
  }
  if (meant.length > MOST_ROLLOUTS) {
    throw new InputError(
      `There are ${meant.length} Rollouts; name one, or send at most ${MOST_ROLLOUTS}.`,
    );
  }
  return meant;
}

/** What a person can mend. */
const isTheirs = (error: unknown): error is Error =>
  error instanceof ManifestError ||
  error instanceof InvalidRolloutError ||
  error instanceof AssumptionError ||
  error instanceof UnreadableAssumptionError;

/** @throws InputError naming the file, the field or the assumption */
export function simulateManifests({
  files,
  rollout,
  assumptions = {},
}: SimulateRequest): SimulateResponse {
  refuseTooMuch(files);
  try {
    const manifests = sortObjects(
      files.flatMap(({ name, text }) => readObjects(name, text)),
    );
    const given = readAssumptions('assumptions', JSON.stringify(assumptions));
    return {
      simulations: meantRollouts(manifests, rollout).map(each =>
        simulated(each, manifests, given),
      ),
    };
  } catch (error) {
    if (isTheirs(error)) throw new InputError(error.message);
    throw error;
  }
}
