import {
  isGenerationObserved,
  type ActionRefusal,
  type Rollout,
  type SeenState,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { ActionKind } from './ActionContext';

/**
 * Whether the rollout is still where the person saw it. `object`: the same
 * object; `revision`: also the same new version; `step`: also the same step.
 * A generation that has moved (an autoscaler does that) matters only until
 * the status has caught up with it, because until then the pod hash is old.
 */
export function checkSeen(
  rollout: Rollout,
  seen: SeenState,
  binds: ActionKind['binds'],
): ActionRefusal | undefined {
  const { metadata, status = {} } = rollout;
  if (metadata.uid !== seen.uid) {
    return movedOn(
      'The rollout was deleted and created again since you looked at it.',
    );
  }
  if (binds === 'object') {
    return undefined;
  }
  if (
    metadata.generation !== seen.generation &&
    !isGenerationObserved(rollout)
  ) {
    return movedOn('Its manifest has just been changed.');
  }
  // Nothing said about the version is a statement too: there was none yet.
  if (seen.podHash !== status.currentPodHash) {
    return movedOn('Another version is being rolled out by now.');
  }
  if (binds === 'step' && seen.stepIndex !== status.currentStepIndex) {
    return movedOn(
      `It has moved on from step ${ordinal(seen.stepIndex)} to step ${ordinal(status.currentStepIndex)}.`,
    );
  }
  return undefined;
}

export function movedOn(what: string): ActionRefusal {
  return {
    code: 'moved-on',
    message: `The rollout has moved on. ${what}`,
    remedy: 'Look at where it is now, then decide again.',
  };
}

function ordinal(index: number | undefined): string {
  return index === undefined ? '(none)' : String(index + 1);
}
