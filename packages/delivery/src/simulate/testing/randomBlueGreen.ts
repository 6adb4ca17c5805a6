import type * as FastCheck from 'fast-check';
import type {
  Rollout,
  RolloutAnalysis,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { checkout } from './demo';

/** Random blue-green strategies. */
export function randomBlueGreen(
  fc: typeof FastCheck,
): FastCheck.Arbitrary<Rollout> {
  const perhaps = <T>(arbitrary: FastCheck.Arbitrary<T>) =>
    fc.option(arbitrary, { nil: undefined });
  const analysis = perhaps(
    fc.constant<RolloutAnalysis>({
      templates: [{ templateName: 'success-rate' }],
    }),
  );
  const strategy = fc.record({
    previewService: perhaps(fc.constant('checkout-preview')),
    previewReplicaCount: perhaps(fc.integer({ min: 0, max: 3 })),
    autoPromotionEnabled: perhaps(fc.boolean()),
    autoPromotionSeconds: perhaps(fc.integer({ min: 0, max: 20 })),
    scaleDownDelaySeconds: perhaps(fc.constantFrom(0, 10, 60)),
    scaleDownDelayRevisionLimit: perhaps(fc.integer({ min: 0, max: 2 })),
    abortScaleDownDelaySeconds: perhaps(fc.constantFrom(0, 5, 40)),
    maxUnavailable: perhaps(fc.constantFrom(0, 1, '50%')),
    prePromotionAnalysis: analysis,
    postPromotionAnalysis: analysis,
  });
  return fc
    .record({
      strategy,
      replicas: fc.integer({ min: 1, max: 8 }),
      window: perhaps(fc.constantFrom(1, 2)),
    })
    .map(({ strategy: blueGreen, replicas, window }) => {
      const rollout = checkout(blueGreen);
      return {
        ...rollout,
        spec: {
          ...rollout.spec,
          replicas,
          ...(window ? { rollbackWindow: { revisions: window } } : {}),
        },
      };
    });
}
