import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Problem } from './problem';

const CANARY = 'spec.strategy.canary';

/** What only makes sense where a router keeps traffic from pods. */
export function validateStableScale({ spec }: Rollout): Problem[] {
  const { trafficRouting, dynamicStableScale, scaleDownDelaySeconds } =
    spec.strategy?.canary ?? {};
  const problems: Problem[] = [];
  if (!trafficRouting && scaleDownDelaySeconds !== undefined) {
    problems.push({
      field: `${CANARY}.scaleDownDelaySeconds`,
      kind: 'Invalid value',
      value: scaleDownDelaySeconds,
      detail:
        'Canary scaleDownDelaySeconds can only be used with traffic routing',
    });
  }
  if (!trafficRouting && dynamicStableScale) {
    problems.push({
      field: `${CANARY}.dynamicStableScale`,
      kind: 'Invalid value',
      value: dynamicStableScale,
      detail: 'Canary dynamicStableScale can only be used with traffic routing',
    });
  }
  if (
    trafficRouting &&
    dynamicStableScale &&
    scaleDownDelaySeconds !== undefined
  ) {
    problems.push({
      field: `${CANARY}.dynamicStableScale`,
      kind: 'Invalid value',
      value: dynamicStableScale,
      detail:
        'Canary dynamicStableScale cannot be used with scaleDownDelaySeconds',
    });
  }
  return problems;
}
