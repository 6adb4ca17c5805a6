import type {
  RolloutStatus,
  WeightDestination,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { releaseFormerRoutes } from '../canary/releaseFormerRoutes';
import type { RolloutContext } from '../context';

const isNoted = (part: object | undefined) =>
  Object.values(part ?? {}).some(value => value !== undefined);

/** Whom the routes of the canary still give traffic to, beside stable. */
function routedTo({ canary }: RolloutStatus): string[] {
  const { weights } = canary ?? {};
  const sides: WeightDestination[] = weights
    ? [weights.canary, ...(weights.additional ?? [])]
    : [];
  return sides
    .filter(({ weight }) => weight > 0)
    .map(
      ({ weight, serviceName, podTemplateHash }) =>
        `${weight} to ${serviceName ?? podTemplateHash}`,
    );
}

/**
 * A rollout that has changed its strategy in flight keeps its revisions, and an
 * abort stays an abort; what the status says about the other strategy, and the
 * pauses that it asked for, are about something that is no more.
 */
export function forgetOtherStrategy(context: RolloutContext): void {
  const { rollout, before, draft } = context;
  const { status } = draft;
  const isBlueGreen = rollout.spec.strategy?.blueGreen !== undefined;
  const changed = isBlueGreen
    ? isNoted(before.canary) || Boolean(before.currentStepHash)
    : isNoted(before.blueGreen);
  if (!changed) return;
  const left = isBlueGreen ? routedTo(before) : [];
  const routes = left.length ? releaseFormerRoutes(context) : 'released';
  if (routes === 'waiting') {
    // Until then the status says whom the routes lead to: nothing of it goes.
    draft.because(`routes give ${left.join(' and ')} until stable can take it`);
    return;
  }
  if (routes === 'unknown') {
    // Which objects those are, only the former strategy said.
    const what = `routes give ${left.join(' and ')}, and the strategy names no traffic router any more that could change that`;
    draft.because(what);
    draft.event(
      'TrafficRoutingLeft',
      `The ${what}: change the routing objects by hand, or go back to the canary strategy and finish or abort it first`,
      'Warning',
    );
  }
  if (isBlueGreen) status.canary = undefined;
  else status.blueGreen = undefined;
  status.pauseConditions = undefined;
  status.controllerPause = undefined;
  draft.because(
    `the strategy is ${isBlueGreen ? 'blue-green' : 'canary'} now: pauses and analysis of the other one end`,
  );
}
