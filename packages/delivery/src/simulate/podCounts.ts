import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';

/**
 * Every field that says how many pods of one kind there are to be at once: a
 * simulation makes each of them. What is written there may be nonsense.
 */
export function podCounts({ spec }: Rollout): [field: string, pods: unknown][] {
  const { canary, blueGreen } = spec.strategy ?? {};
  const steps = Array.isArray(canary?.steps) ? canary.steps : [];
  return [
    ['spec.replicas', spec.replicas],
    [
      'spec.strategy.blueGreen.previewReplicaCount',
      blueGreen?.previewReplicaCount,
    ],
    ...steps.flatMap((step, index): [string, unknown][] => {
      const at = `spec.strategy.canary.steps[${index}]`;
      const templates = step?.experiment?.templates;
      return [
        [`${at}.setCanaryScale.replicas`, step?.setCanaryScale?.replicas],
        [
          `${at}.experiment.templates`,
          Array.isArray(templates)
            ? templates.reduce(
                (sum, each) => sum + Number(each?.replicas ?? 1),
                0,
              )
            : undefined,
        ],
      ];
    }),
  ];
}
