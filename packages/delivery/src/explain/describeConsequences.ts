import type {
  Rollout,
  RolloutAction,
  RolloutStatus,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { isFullyPromoted } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { scalingLimits } from '../rollout/scaling/limits';
import { consequencesOfMoving, NOTHING_CHANGES } from './consequencesOfMoving';
import {
  counted,
  durationText,
  namesOf,
  shareText,
  type VersionNames,
} from './words';

const DEFAULT_DELAY_SECONDS = 30;

function withStatus(rollout: Rollout, change: RolloutStatus): Rollout {
  return {
    ...rollout,
    spec: { ...rollout.spec, paused: undefined },
    status: { ...rollout.status, ...change },
  };
}

/** After the step that is current now, or the pause of a preview. */
function movedOn(rollout: Rollout): Rollout {
  if (rollout.spec.strategy?.blueGreen) {
    return withStatus(rollout, { pauseConditions: undefined });
  }
  const steps = rollout.spec.strategy?.canary?.steps ?? [];
  const index = rollout.status?.currentStepIndex ?? 0;
  return withStatus(rollout, {
    pauseConditions: undefined,
    controllerPause: undefined,
    currentStepIndex: Math.min(index + 1, steps.length),
  });
}

/** From the first step, as a new revision starts. */
function startedOver(rollout: Rollout): Rollout {
  const { status = {} } = rollout;
  return withStatus(rollout, {
    abort: undefined,
    abortedAt: undefined,
    pauseConditions: undefined,
    controllerPause: undefined,
    currentStepIndex: rollout.spec.strategy?.blueGreen ? undefined : 0,
    currentPodHash: 'simulated-new',
    stableRS: status.stableRS ?? 'simulated-old',
    updatedReplicas: 0,
    canary: undefined,
    blueGreen: undefined,
  });
}

function abortText(
  rollout: Rollout,
  names: { stable: string; canary: string },
) {
  const canary = rollout.spec.strategy?.canary;
  const { abortScaleDownDelaySeconds: delay = DEFAULT_DELAY_SECONDS } =
    canary ?? rollout.spec.strategy?.blueGreen ?? {};
  if (canary && !canary.trafficRouting) {
    return [
      `Replaces the pods of ${names.canary} by pods of ${names.stable}, within the limits of maxSurge and maxUnavailable.`,
      'Retry starts again at the first step.',
    ];
  }
  const { blueGreen } = rollout.spec.strategy ?? {};
  if (blueGreen) {
    const { activeSelector } = rollout.status?.blueGreen ?? {};
    return [
      activeSelector === rollout.status?.currentPodHash
        ? `Routes everyone back to ${names.stable}, as soon as its pods can take them.`
        : `Everyone stays on ${names.stable}.`,
      delay === 0
        ? `The pods of ${names.canary} keep running.`
        : `The pods of ${names.canary} stop ${durationText(delay * 1_000)} later.`,
      'Retry starts the update again.',
    ];
  }
  return [
    `Routes everyone back to ${names.stable}. No pod of ${names.stable} is stopped.`,
    delay === 0
      ? `The pods of ${names.canary} keep running.`
      : `The pods of ${names.canary} stop ${durationText(delay * 1_000)} later.`,
    'Retry starts again at the first step.',
  ];
}

function promoteFullText(
  rollout: Rollout,
  names: { stable: string; canary: string },
): string[] {
  const steps = rollout.spec.strategy?.canary?.steps ?? [];
  const index = rollout.status?.currentStepIndex ?? 0;
  const skipped = steps.slice(index);
  const { canary, blueGreen } = rollout.spec.strategy ?? {};
  const analysed =
    skipped.some(step => step.analysis) || canary?.analysis !== undefined;
  const isBlueGreenAnalysed =
    blueGreen?.prePromotionAnalysis ?? blueGreen?.postPromotionAnalysis;
  return [
    ...consequencesOfMoving(
      withStatus(rollout, {
        promoteFull: true,
        abort: undefined,
        pauseConditions: undefined,
        controllerPause: undefined,
      }),
      names,
    ),
    ...(skipped.length
      ? [
          `Skips ${counted(skipped.length, 'step')}${analysed ? ' and every analysis' : ''}.`,
        ]
      : []),
    ...(blueGreen
      ? [`Skips the pause${isBlueGreenAnalysed ? ' and every analysis' : ''}.`]
      : []),
  ];
}

function pauseText(rollout: Rollout): string[] {
  const weight = rollout.status?.canary?.weights?.canary.weight;
  return [
    weight === undefined || isFullyPromoted(rollout)
      ? 'Holds the rollout where it is.'
      : `Holds the rollout at ${shareText(rollout, weight)}.`,
    'No pod is stopped and no traffic moves; a new version waits until somebody resumes.',
  ];
}

function undoText(
  rollout: Rollout,
  names: { stable: string; canary: string },
  earlier: string | undefined,
): string[] {
  const brings = `Brings ${earlier ?? 'the earlier template'} back as a new revision`;
  if (isFullyPromoted(rollout)) {
    return [
      `${brings}.`,
      ...consequencesOfMoving(startedOver(rollout), {
        stable: names.stable,
        canary: earlier ?? 'the earlier revision',
      }),
      ...(rollout.spec.strategy?.blueGreen
        ? ['Where its pods still run, pause and analysis are skipped.']
        : []),
    ];
  }
  return [
    `${brings}; if it is the stable one, ${rollout.spec.strategy?.blueGreen ? 'pause and analysis' : 'the steps'} are skipped.`,
  ];
}

/**
 * What an action will do to this rollout, in sentences for a confirmation.
 * Where the rollout moves, they are computed by the planner itself on a
 * simulated cluster in which pods come up and analysis succeeds.
 */
export function describeConsequences(
  rollout: Rollout,
  action: RolloutAction,
  context: VersionNames = {},
): string[] {
  const names = namesOf(context);
  const isBlueGreen = rollout.spec.strategy?.blueGreen !== undefined;
  switch (action) {
    case 'promote':
    case 'skip-step':
      return consequencesOfMoving(movedOn(rollout), names);
    case 'promote-full':
      return promoteFullText(rollout, names);
    case 'abort':
      return abortText(rollout, names);
    case 'retry':
      return [
        isBlueGreen
          ? 'Starts the update again.'
          : 'Starts again at the first step.',
        ...consequencesOfMoving(startedOver(rollout), names),
      ];
    case 'set-image':
      return [
        'Starts a new revision.',
        ...consequencesOfMoving(startedOver(rollout), {
          ...names,
          canary: 'the new image',
        }),
      ];
    case 'undo':
      return undoText(rollout, names, context.earlierImageTag);
    case 'pause':
      return pauseText(rollout);
    case 'resume':
      return !isFullyPromoted(rollout)
        ? [
            'Goes on where it was held.',
            ...consequencesOfMoving(withStatus(rollout, {}), names).filter(
              each => each !== NOTHING_CHANGES,
            ),
          ]
        : ['Goes on where it was held.'];
    case 'restart': {
      const pods = rollout.status?.replicas ?? rollout.spec.replicas ?? 1;
      const atOnce = Math.max(1, scalingLimits(rollout).maxUnavailable);
      return [
        `Replaces ${counted(pods, 'pod')}, ${atOnce} at a time.`,
        'No new revision; traffic stays as it is.',
      ];
    }
    default:
      return [
        'Ends the analysis now.',
        'One that has had no failure counts as successful, and then its step passes.',
      ];
  }
}
