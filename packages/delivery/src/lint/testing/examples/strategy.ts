import { GOOD_STEPS, blueGreen, canary, rollout, routed } from '../manifests';

export const strategyExamples: Record<string, string> = {
  'surge-zero': rollout({
    strategy: `
canary:
  maxSurge: 0 # here
  maxUnavailable: 2
  steps: [{ setWeight: 50 }, { pause: { duration: 1m } }]
`,
  }),
  'revision-history-zero': canary(GOOD_STEPS, 'revisionHistoryLimit: 0 # here'),
  'abort-keeps-pods': routed(
    GOOD_STEPS,
    'abortScaleDownDelaySeconds: 0 # here',
  ),
  'scale-down-delay-short': routed(
    GOOD_STEPS,
    'scaleDownDelaySeconds: 5 # here',
  ),
  'no-preview-service': rollout({
    strategy:
      'blueGreen: # here\n  activeService: shop\n  autoPromotionEnabled: false',
  }),
  'auto-promotion-seconds-ignored': blueGreen(
    'autoPromotionEnabled: false\nautoPromotionSeconds: 60 # here',
  ),
  'single-replica': blueGreen(
    'autoPromotionEnabled: false',
    'replicas: 1 # here',
  ),
  'retired-router': rollout({
    strategy: `
canary:
  canaryService: shop-canary
  stableService: shop-stable
  trafficRouting:
    smi: {} # here
  steps: [{ setWeight: 50 }, { pause: { duration: 5m } }]
`,
  }),
};
