import {
  POD_TEMPLATE_HASH_LABEL,
  type CanaryStep,
  type CanaryStrategy,
  type Rollout,
  type RolloutStrategy,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { withoutAntiAffinity } from '../metadata/antiAffinity';
import type { Revision } from '../revisions/revision';

/** Step plugins take back what they did, by the place of their step. */
function pluginsOnly(steps: unknown): CanaryStep[] {
  return Array.isArray(steps)
    ? steps.map((step: CanaryStep | undefined) =>
        step?.plugin ? { plugin: step.plugin } : { pause: {} },
      )
    : [];
}

function canaries({
  canaryService,
  stableService,
  pingPong,
  trafficRouting,
  ...canary
}: CanaryStrategy): CanaryStrategy[] {
  const sides = { canaryService, stableService, pingPong, trafficRouting };
  return [
    {
      ...sides,
      dynamicStableScale: canary.dynamicStableScale,
      maxSurge: canary.maxSurge,
      maxUnavailable: canary.maxUnavailable,
      scaleDownDelaySeconds: canary.scaleDownDelaySeconds,
      scaleDownDelayRevisionLimit: canary.scaleDownDelayRevisionLimit,
      abortScaleDownDelaySeconds: canary.abortScaleDownDelaySeconds,
      steps: pluginsOnly(canary.steps),
    },
    sides,
  ];
}

function strategies({
  canary,
  blueGreen,
}: RolloutStrategy = {}): RolloutStrategy[] {
  if (canary && blueGreen) return [];
  if (canary) return canaries(canary).map(each => ({ canary: each }));
  if (!blueGreen) return [];
  const { activeService, previewService, ...rest } = blueGreen;
  return [
    {
      blueGreen: {
        activeService,
        previewService,
        maxUnavailable: rest.maxUnavailable,
        scaleDownDelaySeconds: rest.scaleDownDelaySeconds,
        abortScaleDownDelaySeconds: rest.abortScaleDownDelaySeconds,
      },
    },
    { blueGreen: { activeService, previewService } },
  ];
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

/**
 * A rollout with no more than what an abort needs: whom the services and routes
 * lead to, how many pods there are to be, and how those that go do so. The
 * fuller one comes first; the other has only what cannot be left out. Template
 * and selector are those of the revision that is being rolled out.
 */
export function reducedRollouts(
  rollout: Rollout,
  { current, stable }: { current: Revision; stable: Revision },
): Rollout[] {
  const { spec } = rollout;
  const { selector, template } = current.replicaSet.spec;
  const { [POD_TEMPLATE_HASH_LABEL]: _hash, ...matchLabels } =
    selector.matchLabels ?? {};
  const reduced = {
    replicas: isCount(spec.replicas) ? spec.replicas : stable.replicas,
    selector: { ...selector, matchLabels },
    template: withoutAntiAffinity(template),
    analysis: spec.analysis,
  };
  return strategies(spec.strategy).map(strategy => ({
    ...rollout,
    spec: { ...reduced, strategy },
  }));
}
