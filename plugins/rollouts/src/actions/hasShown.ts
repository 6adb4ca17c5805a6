import type {
  ActionRequest,
  RolloutAction,
  RolloutDetail,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/**
 * Whether the cluster shows what was asked for. "Done" is only said when
 * this holds: an accepted write is not yet a rollout that moved.
 * @param before - as it was when the person decided
 * @param after - as the mirror shows it now
 */
export function hasShown(
  action: RolloutAction,
  request: Pick<ActionRequest, 'images' | 'analysisRun'>,
  before: RolloutDetail,
  after: RolloutDetail,
): boolean {
  if (after.version === before.version) {
    return false;
  }
  switch (action) {
    case 'promote':
    case 'skip-step':
      return (
        after.podHash !== before.podHash ||
        (after.step?.index ?? 0) > (before.step?.index ?? 0) ||
        (before.phase === 'Paused' && after.phase !== 'Paused')
      );
    case 'promote-full':
      return (
        after.phase === 'Healthy' ||
        after.weights.desired === after.weights.max ||
        (after.step !== undefined && after.step.index >= after.step.count)
      );
    case 'abort':
      return after.aborted;
    case 'retry':
      return !after.aborted;
    case 'pause':
      return after.paused;
    case 'resume':
      return !after.paused;
    case 'set-image':
      return (request.images ?? []).every(({ container, image }) =>
        after.images.some(
          known => known.container === container && known.current === image,
        ),
      );
    case 'terminate-analysis': {
      const run = after.analysisRuns.find(
        ({ name }) => name === request.analysisRun,
      );
      return (
        run !== undefined && run.phase !== 'Running' && run.phase !== 'Pending'
      );
    }
    default:
      // restart and undo write the spec.
      return after.generation > before.generation;
  }
}
