import {
  computePhase,
  isFullyPromoted,
  isGenerationObserved,
  weightAtStep,
  type AnalysisRun,
  type PauseCondition,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Hold } from '../rollout/holds/hold';
import { parseTime } from '../rollout/time';
import { abortReason, decidingRun } from './abortReason';
import { analysisVerdict } from './analysisVerdict';
import { explainBlueGreen } from './explainBlueGreen';
import { headerRoutes } from './headerRoutes';
import {
  counted,
  durationText,
  maxWeight,
  namesOf,
  pauseLength,
  percent,
  sentence,
  shareText,
  stepText,
  type VersionNames,
} from './words';

/** What is known beside the rollout itself. */
export interface ExplanationContext extends VersionNames {
  /** Of the rollout: the one that the status names explains the outcome. */
  analysisRuns?: AnalysisRun[];
  /** Milliseconds since the epoch, for "2 min ago"; left out when absent. */
  now?: number;
  /** The freeze that keeps it from going on by itself, if one does. */
  hold?: Pick<Hold, 'name' | 'untilText'>;
  /** Who aborted it by hand, as people read it, where that is on record. */
  abortedBy?: string;
}

/** What a person could say aloud. */
export interface Explanation {
  /** What is happening and why. */
  sentence: string;
  /** What comes next; absent when nothing does. */
  next?: string;
}

interface Names {
  stable: string;
  canary: string;
}

function explainAbort(
  rollout: Rollout,
  context: ExplanationContext,
  names: Names,
): Explanation {
  const { status = {} } = rollout;
  const abortedAt = parseTime(status.abortedAt);
  const ago =
    abortedAt === undefined || context.now === undefined
      ? ''
      : ` ${durationText(Math.max(0, context.now - abortedAt))} ago`;
  const cause =
    abortReason(rollout, context.analysisRuns) ||
    `${context.abortedBy ?? 'somebody'} aborted it`;
  const weight = status.canary?.weights?.canary.weight ?? 0;
  const routed = rollout.spec.strategy?.canary?.trafficRouting !== undefined;
  const { blueGreen } = rollout.spec.strategy ?? {};
  const isServing =
    blueGreen !== undefined &&
    status.blueGreen?.activeSelector === status.currentPodHash;
  if (isServing) {
    return {
      sentence: `Rolling back to ${names.stable}, everyone is still on ${names.canary}: ${cause}.`,
      next: `Everyone goes to ${names.stable} as soon as its pods can take them.`,
    };
  }
  const state =
    routed && weight > 0
      ? `Rolling back to ${names.stable}, ${shareText(rollout, weight)} still go to ${names.canary}`
      : `Rolled back to ${names.stable}${ago}`;
  return {
    sentence: `${state}: ${cause}.`,
    next: blueGreen
      ? `Retry starts the update to ${names.canary} again.`
      : `Retry starts ${names.canary} again from the first step.`,
  };
}

function share(
  rollout: Rollout,
  weight: number,
  index: number,
  names: Names,
): string {
  const routed = rollout.spec.strategy?.canary?.trafficRouting !== undefined;
  const headers = headerRoutes(rollout, index).join(' or ');
  // Without a router it is the pods that decide, not what the step asks for.
  const { updatedReplicas: pods = 0, replicas: all = pods } =
    rollout.status ?? {};
  if (weight === 0 || (!routed && pods === 0)) {
    return headers
      ? `Only requests with ${headers} go to ${names.canary}`
      : `Nobody is sent to ${names.canary} yet`;
  }
  return routed
    ? `${percent(weight, maxWeight(rollout))} of requests${headers && `, and those with ${headers},`} go to ${names.canary}`
    : `About ${percent(Math.floor((pods * 100) / all))} of requests go to ${names.canary} (${counted(pods, 'pod')} of ${all})`;
}

function nextText(rollout: Rollout, index: number, names: Names): string {
  return `${sentence(`next is ${stepText(rollout, index, names.canary)}`)}.`;
}

const isOfExperiment = ({ reason }: PauseCondition) =>
  reason === 'InconclusiveExperiment';

/**
 * That nothing goes on by itself before the freeze ends. True whether what the
 * rollout waits for is over already or not, so that it needs no clock.
 */
function heldText({ hold }: ExplanationContext): string {
  return hold ? `, and at least until ${endOf(hold)}` : '';
}

function endOf({
  name,
  untilText = 'its end',
}: Pick<Hold, 'name' | 'untilText'>) {
  return `${untilText}: the freeze “${name}” holds promotions`;
}

function explainStep(
  rollout: Rollout,
  context: ExplanationContext,
  names: Names,
): Explanation {
  const { status = {} } = rollout;
  const steps = rollout.spec.strategy?.canary?.steps ?? [];
  const index = status.currentStepIndex ?? 0;
  const step = steps[index];
  const wanted = weightAtStep(steps, index, maxWeight(rollout));
  const routed = status.canary?.weights?.canary.weight ?? wanted;
  const here = share(rollout, routed, index, names);
  const next = nextText(rollout, index + 1, names);
  if (status.pauseConditions?.some(each => each.reason.startsWith('Inconcl'))) {
    if (status.pauseConditions.some(isOfExperiment)) {
      return {
        sentence: `${here}. The experiment could not tell: waiting for someone to promote, which runs it again, or to skip it, or to abort.`,
        next,
      };
    }
    const run = decidingRun(rollout, context.analysisRuns);
    const verdict = run && analysisVerdict(run);
    return {
      sentence: `${here}. The analysis could not tell${verdict ? ` (${verdict})` : ''}: waiting for someone to promote or abort.`,
      next,
    };
  }
  if (step?.pause) {
    // The mark without the condition: a person has ended the pause, and the
    // controller has not seen it yet.
    if (status.controllerPause && !status.pauseConditions?.length) {
      return { sentence: `${here}. Somebody has promoted it just now.`, next };
    }
    const length = pauseLength(step);
    return length === undefined
      ? { sentence: `${here}. Waiting for someone to promote.`, next }
      : {
          sentence: `${here} for ${durationText(length)}${heldText(context)}.`,
          next,
        };
  }
  if (step?.analysis) {
    return {
      sentence: `${here} while ${stepText(rollout, index, names.canary)} decides${heldText(context)}.`,
      next,
    };
  }
  if (step?.experiment) {
    return {
      sentence: `Running ${stepText(rollout, index, names.canary)}. ${here}${heldText(context)}.`,
      next,
    };
  }
  const pods = `${counted(status.updatedReplicas ?? 0, 'pod')} of ${names.canary} so far`;
  if (!step) {
    return {
      sentence: `Moving everyone to ${names.canary}: ${pods}.`,
      next: `Then ${names.canary} is the stable version.`,
    };
  }
  const isThere = status.canary?.weights?.canary.weight === step.setWeight;
  if (context.hold && step.setWeight !== undefined && isThere) {
    return { sentence: `${here}${heldText(context)}.`, next };
  }
  const held = context.hold
    ? `, and no further before ${endOf(context.hold)}`
    : '';
  return {
    sentence: sentence(
      step.setWeight === undefined
        ? `carrying out ${stepText(rollout, index, names.canary)}: ${pods}${held}.`
        : `moving to ${shareText(rollout, step.setWeight)} of requests for ${names.canary}: ${pods}${held}.`,
    ),
    next,
  };
}

/**
 * One sentence that says what is happening and why, and one that says what
 * comes next, from the status that the controller wrote and the analysis run
 * that decided.
 */
export function explainRollout(
  rollout: Rollout,
  context: ExplanationContext = {},
): Explanation {
  const names = namesOf(context);
  const { status = {}, spec } = rollout;
  const conditions = status.conditions ?? [];
  const invalid = conditions.find(each => each.type === 'InvalidSpec');
  if (!isGenerationObserved(rollout)) {
    return { sentence: 'A change of the manifest waits for the controller.' };
  }
  if (invalid) {
    const problem = (invalid.message ?? '').replace(
      /^The Rollout "[^"]*" is invalid: /,
      '',
    );
    return {
      sentence: `The rollout cannot be carried out: ${problem}.`,
      next: 'Correct it and apply the manifest again.',
    };
  }
  if (status.abort || conditions.some(c => c.reason === 'RolloutAborted')) {
    return explainAbort(rollout, context, names);
  }
  const late = conditions.find(c => c.reason === 'ProgressDeadlineExceeded');
  if (late) {
    return {
      sentence: `No progress for ${durationText((spec.progressDeadlineSeconds ?? 600) * 1_000)}: the pods of ${names.canary} do not all become available.`,
      next: `Look at its pods${isFullyPromoted(rollout) ? '' : '; abort brings everyone back'}.`,
    };
  }
  if (spec.paused) {
    return {
      sentence: 'Paused by a person; nothing moves.',
      next: 'Resume lets it go on.',
    };
  }
  const replicas = spec.replicas ?? 1;
  const available = status.availableReplicas ?? 0;
  if (!status.stableRS) {
    return {
      sentence: `The first version is coming up: ${available} of ${counted(replicas, 'pod')} are available.`,
      next: spec.strategy?.blueGreen
        ? 'Neither pause nor analysis is needed for it.'
        : 'No steps are needed for it.',
    };
  }
  if (isFullyPromoted(rollout)) {
    const { phase, message } = computePhase(rollout);
    const who = context.canaryImageTag ?? context.stableImageTag;
    return {
      sentence:
        phase === 'Healthy'
          ? `${sentence(who ?? 'The stable version')} serves everyone: ${Math.min(available, replicas)} of ${counted(replicas, 'pod')} are available.`
          : `${sentence(who ?? 'The stable version')} serves everyone; ${message}.`,
    };
  }
  if (spec.strategy?.blueGreen) {
    const run = decidingRun(rollout, context.analysisRuns);
    const told = explainBlueGreen(rollout, run && analysisVerdict(run), names);
    return context.hold && status.pauseConditions?.length
      ? {
          ...told,
          sentence: `${told.sentence.replace(/\.$/, '')}${heldText(context)}.`,
        }
      : told;
  }
  return explainStep(rollout, context, names);
}
