import type { FieldPath } from '../../read/fieldPath';
import type { RolloutScene } from '../../scene/rolloutScene';
import { weightedReplicas } from '../../../rollout/canary/weightedReplicas';
import { scalingLimits } from '../../../rollout/scaling/limits';
import { perRollout } from '../perRollout';
import { SOURCES } from '../sources';

const STEPS: FieldPath = ['spec', 'strategy', 'canary', 'steps'];

/** The steps that set a weight, in order. */
function weightsOf({ steps }: RolloutScene) {
  return steps.flatMap(({ setWeight }, index) =>
    typeof setWeight === 'number'
      ? [{ index, weight: setWeight, path: [...STEPS, index, 'setWeight'] }]
      : [],
  );
}

/** Points of a hundred by which pods may miss a weight without anybody minding. */
const TOLERATED = 5;

/** The new version's share by pods, in percent. */
function shareOf({ rollout, replicas }: RolloutScene, weight: number): number {
  const { canary, stable } = weightedReplicas(
    replicas,
    weight,
    100,
    scalingLimits(rollout),
  );
  return canary + stable ? (canary * 100) / (canary + stable) : 0;
}

export const unreachableWeight = perRollout(
  {
    id: 'unreachable-weight',
    severity: 'warning',
    title: 'There are pods enough for each weight',
    explanation:
      'Without a traffic router the share of the requests is the share of the pods. With few pods the weight in the manifest is not what users meet: 10 of 2 replicas is a third of them.',
    fix: 'Use weights that the pods can make, more replicas, or a traffic router.',
    source: SOURCES.canary,
  },
  function* check(scene) {
    // An autoscaler decides how many there are.
    if (scene.isRouted || !scene.replicas) return;
    for (const { weight, path } of weightsOf(scene)) {
      if (weight <= 0 || weight >= 100) continue;
      const share = shareOf(scene, weight);
      if (Math.abs(share - weight) <= TOLERATED) continue;
      yield {
        path,
        message: `With ${scene.replicas} replica${scene.replicas === 1 ? '' : 's'} weight ${weight} comes to ${Math.round(share)} % of the pods.`,
      };
    }
  },
);

export const sameWeight = perRollout(
  {
    id: 'weights-alike',
    severity: 'info',
    title: 'Each weight differs from the one before',
    explanation:
      'Two steps with the same weight, or without a router with the same number of pods, show the new version to nobody new: the second only costs time.',
    fix: 'Remove one, or move them apart.',
    source: SOURCES.canary,
  },
  function* check(scene) {
    const weights = weightsOf(scene);
    for (const [i, { weight, path }] of weights.entries()) {
      const before = weights[i - 1];
      if (!before) continue;
      const share = (of: number) => (scene.isRouted ? of : shareOf(scene, of));
      if (share(weight) !== share(before.weight)) continue;
      yield {
        path,
        message:
          weight === before.weight
            ? `Weight ${weight} is what the step before has set.`
            : `With ${scene.replicas} replicas weight ${weight} is the same number of pods as ${before.weight}.`,
      };
    }
  },
);

export const weightsGoDown = perRollout(
  {
    id: 'weights-go-down',
    severity: 'warning',
    title: 'Weights go up',
    explanation:
      'A weight below the one before takes the new version away from users who have met it already: they see old and new in turn.',
    fix: 'Order the weights.',
    source: SOURCES.canary,
  },
  function* check(scene) {
    const weights = weightsOf(scene);
    for (const [i, { weight, path }] of weights.entries()) {
      const before = weights[i - 1];
      if (!before || weight >= before.weight) continue;
      yield {
        path,
        message: `The weight goes down from ${before.weight} to ${weight}.`,
      };
    }
  },
);

export const lastWeightLow = perRollout(
  {
    id: 'last-weight-low',
    severity: 'warning',
    title: 'The last weight comes near to everybody',
    explanation:
      'After the last step everybody is sent to the new version at once. From a low weight that is a jump to many times the load that has been seen.',
    fix: 'Add a weight of 50 or more, with a pause or an analysis.',
    source: SOURCES.canary,
  },
  function* check(scene) {
    const last = weightsOf(scene).at(-1);
    if (!last || last.weight * 3 >= scene.maxWeight) return;
    const percent = Math.round((last.weight * 100) / scene.maxWeight);
    yield {
      path: last.path,
      message: `After ${percent} % everybody is next.`,
    };
  },
);

export const firstWeightHigh = perRollout(
  {
    id: 'first-weight-high',
    severity: 'info',
    title: 'The first weight is small',
    explanation:
      'What is wrong with a version mostly shows with the first requests. A first weight of half or more lets that many users meet it.',
    fix: 'Begin with 5 to 20.',
    source: SOURCES.canary,
  },
  function* check(scene) {
    const first = weightsOf(scene).find(each => each.weight > 0);
    if (!first || first.weight * 2 < scene.maxWeight) return;
    yield {
      path: first.path,
      message: `The first weight is ${first.weight} of ${scene.maxWeight}.`,
    };
  },
);

export const weightUnseen = perRollout(
  {
    id: 'weight-without-time',
    severity: 'warning',
    title: 'Each weight is held for a while',
    explanation:
      'A weight that the next step changes at once is seen by nobody: no user, no metric.',
    fix: 'Put a pause or an analysis between the two.',
    source: SOURCES.canary,
  },
  function* check(scene) {
    const weights = weightsOf(scene);
    for (const [i, { index, weight, path }] of weights.entries()) {
      const next = weights[i + 1];
      if (!next || weight <= 0 || next.weight === weight) continue;
      const between = scene.steps.slice(index + 1, next.index);
      const holds = between.some(
        each => each.pause || each.analysis || each.experiment || each.plugin,
      );
      if (holds) continue;
      yield {
        path,
        message: `Weight ${weight} is held for no time before it becomes ${next.weight}.`,
      };
    }
  },
);

export const lastWeightUnseen = perRollout(
  {
    id: 'last-weight-without-time',
    severity: 'warning',
    title: 'The last weight is held for a while',
    explanation:
      'When nothing follows the last setWeight the new version is promoted as soon as it is reached: the weight might as well not be there.',
    fix: 'End with a timed pause or an analysis.',
    source: SOURCES.canary,
  },
  function* check(scene) {
    const last = weightsOf(scene).at(-1);
    if (!last || last.weight <= 0 || last.weight >= scene.maxWeight) return;
    if (last.index !== scene.steps.length - 1) return;
    yield {
      path: last.path,
      message: `After weight ${last.weight} nothing is waited for.`,
    };
  },
);

export const weightsOutOfScale = perRollout(
  {
    id: 'weights-out-of-scale',
    severity: 'warning',
    title: 'Weights are meant out of maxTrafficWeight',
    explanation:
      'With maxTrafficWeight 1000 a setWeight of 20 is 2 %. Weights that all are at most 100 look as if they were meant in percent.',
    fix: 'Write the weights out of maxTrafficWeight, or remove it.',
    source: SOURCES.traffic,
  },
  function* check(scene) {
    const { maxWeight } = scene;
    const weights = weightsOf(scene);
    if (maxWeight <= 100 || !weights.length) return;
    if (weights.some(each => each.weight > 100)) return;
    yield {
      path: [...STEPS.slice(0, 3), 'trafficRouting', 'maxTrafficWeight'],
      message: `No weight is above 100, and they are out of ${maxWeight}.`,
    };
  },
);
