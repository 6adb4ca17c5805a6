import type {
  AnalysisRunStatusRef,
  Rollout,
  RolloutAnalysis,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { counted, durationText, sentence } from './words';

interface Names {
  stable: string;
  canary: string;
}

const namesOf = (analysis: RolloutAnalysis | undefined) =>
  (analysis?.templates ?? []).map(each => each.templateName).join(' and ');

const isOpen = (run: AnalysisRunStatusRef | undefined) =>
  run !== undefined &&
  !['Successful', 'Failed', 'Error', 'Inconclusive'].includes(run.status);

/** How the update goes on once the preview is ready. */
function nextOf({ spec }: Rollout, { canary }: Names): string {
  const { postPromotionAnalysis: post } = spec.strategy?.blueGreen ?? {};
  return post
    ? `Next is everyone to ${canary}, then analysis ${namesOf(post)}.`
    : `Next is everyone to ${canary}.`;
}

function explainPreview(
  rollout: Rollout,
  verdict: string | undefined,
  names: Names,
) {
  const { spec, status = {} } = rollout;
  const { blueGreen } = spec.strategy ?? {};
  const where = blueGreen?.previewService ? ' behind the preview service' : '';
  const users = `everyone is on ${names.stable}`;
  const next = nextOf(rollout, names);
  const reasons = (status.pauseConditions ?? []).map(each => each.reason);
  if (reasons.some(reason => reason.startsWith('Inconcl'))) {
    return {
      sentence: `${sentence(users)}. The analysis could not tell${verdict ? ` (${verdict})` : ''}: waiting for someone to promote or abort.`,
      next: 'Promote measures again.',
    };
  }
  if (reasons.includes('BlueGreenPause')) {
    const { autoPromotionEnabled = true, autoPromotionSeconds = 0 } =
      blueGreen ?? {};
    const waits = autoPromotionEnabled
      ? `Pausing ${durationText(autoPromotionSeconds * 1_000)}.`
      : 'Waiting for someone to promote.';
    return {
      sentence: `${sentence(names.canary)} is ready${where}; ${users}. ${waits}`,
      next,
    };
  }
  if (isOpen(status.blueGreen?.prePromotionAnalysisRunStatus)) {
    return {
      sentence: `${sentence(users)} while analysis ${namesOf(blueGreen?.prePromotionAnalysis)} decides about ${names.canary}.`,
      next,
    };
  }
  return {
    sentence: `${sentence(names.canary)} is coming up${where}: ${counted(status.updatedReplicas ?? 0, 'pod')} so far; ${users}.`,
    next,
  };
}

/**
 * Where a blue-green update stands: who reaches which version, and what it
 * waits for.
 *
 * @param verdict - what an inconclusive analysis has found, in words
 */
export function explainBlueGreen(
  rollout: Rollout,
  verdict: string | undefined,
  names: Names,
): { sentence: string; next: string } {
  const { spec, status = {} } = rollout;
  if (status.blueGreen?.activeSelector !== status.currentPodHash) {
    return explainPreview(rollout, verdict, names);
  }
  const post = namesOf(spec.strategy?.blueGreen?.postPromotionAnalysis);
  const isUnclear = status.pauseConditions?.some(each =>
    each.reason.startsWith('Inconcl'),
  );
  return isUnclear
    ? {
        sentence: `Everyone is on ${names.canary}. The analysis could not tell${verdict ? ` (${verdict})` : ''}: waiting for someone to promote or abort.`,
        next: `Promote measures again; abort brings everyone back to ${names.stable}.`,
      }
    : {
        sentence: `Everyone is on ${names.canary}${post ? ` while analysis ${post} verifies it` : ''}.`,
        next: `Then ${names.canary} is the stable version${post ? `; if it fails, everyone goes back to ${names.stable}` : ''}.`,
      };
}
