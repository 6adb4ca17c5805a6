import type {
  BlueGreenStrategy,
  RolloutAnalysis,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { AnalysisFate } from '../analysisLife';
import { checkout } from './demo';
import { Scenario } from './scenario';

export const ANALYSIS: RolloutAnalysis = {
  templates: [{ templateName: 'success-rate' }],
};
export const BY_HAND = { autoPromotionEnabled: false };

/** Blue serves everybody; analyses of a type end as said, others never. */
export const settled = (
  strategy: Partial<BlueGreenStrategy> = {},
  fates: Record<string, AnalysisFate['phase']> = {},
) =>
  new Scenario({
    rollout: checkout(strategy),
    analysisFate: ({ metadata }) => {
      const phase = fates[metadata.labels?.['rollout-type'] ?? ''];
      return phase && { phase, afterMilliseconds: 5_000, message: 'as said' };
    },
  }).wait(10);

/** Green waits behind the preview service for a person. */
export const paused = (strategy: Partial<BlueGreenStrategy> = {}) =>
  settled({ ...BY_HAND, ...strategy })
    .deploy('green')
    .wait(20);

/** The image's tag that a service selects. */
export function selectedTag(
  scenario: Scenario,
  service: string,
): string | undefined {
  const hash =
    scenario.cluster.services.get(service)?.spec.selector?.[
      'rollouts-pod-template-hash'
    ];
  return scenario.cluster
    .revisions()
    .find(
      ({ replicaSet }) =>
        replicaSet.metadata.labels?.['rollouts-pod-template-hash'] === hash,
    )
    ?.replicaSet.spec.template.spec.containers[0]?.image?.split(':')[1];
}
export const active = (scenario: Scenario) =>
  selectedTag(scenario, 'checkout-active');
export const preview = (scenario: Scenario) =>
  selectedTag(scenario, 'checkout-preview');
