import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { resolveIntOrPercent } from '../scaling/intOrPercent';
import { countProblem } from './counts';
import type { Problem } from './problem';
import { validateRoles } from './roles';

const BLUE_GREEN = 'spec.strategy.blueGreen';

/** Source: specification, revisionHistoryLimit. */
const DEFAULT_HISTORY_LIMIT = 10;

const COUNTS = [
  'previewReplicaCount',
  'autoPromotionSeconds',
  'scaleDownDelaySeconds',
  'scaleDownDelayRevisionLimit',
  'abortScaleDownDelaySeconds',
] as const;

function validateServices({ spec }: Rollout): Problem[] {
  const { activeService, previewService } = spec.strategy?.blueGreen ?? {};
  if (!activeService) {
    return [
      {
        field: `${BLUE_GREEN}.activeService`,
        kind: 'Required value',
        detail:
          'Rollout has missing field .spec.strategy.blueGreen.activeService: name the service that users reach',
      },
    ];
  }
  return activeService === previewService
    ? [
        {
          field: `${BLUE_GREEN}.activeService`,
          kind: 'Invalid value',
          value: activeService,
          detail:
            'This rollout uses the same service for the active and preview services, but two different services are required.',
        },
      ]
    : [];
}

function validateLimits({ spec }: Rollout): Problem[] {
  const {
    maxUnavailable,
    scaleDownDelayRevisionLimit: limit,
    ...strategy
  } = spec.strategy?.blueGreen ?? { activeService: '' };
  const problems = COUNTS.flatMap(name =>
    countProblem(
      `${BLUE_GREEN}.${name}`,
      name === 'scaleDownDelayRevisionLimit' ? limit : strategy[name],
    ),
  );
  if (
    maxUnavailable !== undefined &&
    resolveIntOrPercent(maxUnavailable, spec.replicas ?? 1, 'down') ===
      undefined
  ) {
    problems.push({
      field: `${BLUE_GREEN}.maxUnavailable`,
      kind: 'Invalid value',
      value: maxUnavailable,
      detail: 'must be an integer or a percentage (e.g. "25%"), not negative',
    });
  }
  if (
    limit !== undefined &&
    (spec.revisionHistoryLimit ?? DEFAULT_HISTORY_LIMIT) < limit
  ) {
    problems.push({
      field: `${BLUE_GREEN}.scaleDownDelayRevisionLimit`,
      kind: 'Invalid value',
      value: limit,
      detail:
        "This rollout's revision history limit can not be smaller than the rollout's scale down limit",
    });
  }
  return problems;
}

/** What a blue-green stanza says, apart from the objects that it names. */
export function validateBlueGreen(rollout: Rollout): Problem[] {
  const { blueGreen } = rollout.spec.strategy ?? {};
  if (!blueGreen) return [];
  const analyses = [
    'prePromotionAnalysis' as const,
    'postPromotionAnalysis' as const,
  ].filter(name => blueGreen[name] && !blueGreen[name].templates?.length);
  return [
    ...validateServices(rollout),
    ...validateLimits(rollout),
    ...validateRoles(rollout),
    ...analyses.map((name): Problem => ({
      field: `${BLUE_GREEN}.${name}.templates`,
      kind: 'Required value',
      detail: 'name at least one analysis template',
    })),
  ];
}
