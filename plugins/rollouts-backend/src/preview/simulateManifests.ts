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
  refuseTooManyPods,
  refuseUnknownMetrics,
  simulateRollout,
  sortObjects,
  timelineSvg,
  timelineText,
  UnreadableAssumptionError,
  type Assumptions,
  type Manifests,
  type Surroundings,
} from '@progressive-delivery/delivery';
import { refuseTooMuch } from './refuseTooMuch';

/** So much is computed for one request, at most some milliseconds each. */
const MOST_ROLLOUTS = 10;
const MOST_STEPS = 100;
const MOST_REPLICAS = 1_000;
/** In all of a request: about a second. A canary of ten steps takes some hundred. */
const MOST_LOOKS = 20_000;

function refuseTooLarge(rollout: Rollout, assumptions: Assumptions) {
  const { metadata, spec } = rollout;
  const steps = spec.strategy?.canary?.steps;
  if (Array.isArray(steps) && steps.length > MOST_STEPS) {
    throw new InputError(
      `${metadata.name} has ${steps.length} steps; at most ${MOST_STEPS} are simulated here.`,
    );
  }
  refuseTooManyPods(rollout, assumptions, MOST_REPLICAS);
}

/** Counts the looks of one request. */
class Effort {
  #looks = 0;

  /** @throws InputError when it has taken too many */
  look(): void {
    this.#looks += 1;
    if (this.#looks > MOST_LOOKS) {
      throw new InputError(
        `The simulation takes more than ${MOST_LOOKS} looks at what happens, which is too much here. Give the analyses longer intervals or the pauses less time, or use yarn rollouts on your own machine.`,
      );
    }
  }
}

function simulated(
  surroundings: Surroundings,
  assumptions: Assumptions,
  effort: Effort,
): SimulatedRollout {
  refuseTooLarge(surroundings.rollout, assumptions);
  const timeline = simulateRollout(surroundings, assumptions, {
    onLook: () => effort.look(),
  });
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
    const surroundings = meantRollouts(manifests, rollout).map(each =>
      assumeMissing(each, manifests),
    );
    refuseUnknownMetrics(given, surroundings);
    const effort = new Effort();
    return {
      simulations: surroundings.map(each => simulated(each, given, effort)),
    };
  } catch (error) {
    if (isTheirs(error)) throw new InputError(error.message);
    throw error;
  }
}
