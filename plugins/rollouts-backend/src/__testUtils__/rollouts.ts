import type {
  Rollout,
  RolloutStatus,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** A canary of the demo's shape, paused at its first pause unless told otherwise. */
export function canary(
  options: {
    name?: string;
    namespace?: string;
    kubernetesId?: string;
    spec?: Partial<Rollout['spec']>;
    status?: Partial<RolloutStatus>;
    metadata?: Partial<Rollout['metadata']>;
  } = {},
): Rollout {
  const { name = 'colors', namespace = 'demo' } = options;
  return {
    metadata: {
      name,
      namespace,
      labels: { 'backstage.io/kubernetes-id': options.kubernetesId ?? name },
      ...options.metadata,
    },
    spec: {
      replicas: 5,
      selector: { matchLabels: { app: name } },
      strategy: {
        canary: {
          steps: [
            { setWeight: 20 },
            { pause: {} },
            { setWeight: 40 },
            { pause: { duration: '10s' } },
          ],
        },
      },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'app', image: 'demo/colors:green' }] },
      },
      ...options.spec,
    },
    status: {
      currentPodHash: 'green',
      stableRS: 'blue',
      currentStepIndex: 1,
      observedGeneration: '1',
      controllerPause: true,
      pauseConditions: [
        { reason: 'CanaryPauseStep', startTime: '2026-11-01T10:00:00Z' },
      ],
      ...options.status,
    },
  };
}
