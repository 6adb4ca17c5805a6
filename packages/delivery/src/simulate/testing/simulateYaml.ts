import type { Assumptions } from '../assumptions/assumptions';
import { assumeMissing } from '../manifests/assumeMissing';
import { readObjects, sortObjects } from '../manifests/readManifests';
import { simulateRollout } from '../simulateRollout';
import type { Timeline } from '../timeline/timeline';

/** Simulates the first rollout of a manifest. */
export function simulateYaml(
  text: string,
  assumptions?: Assumptions,
): Timeline {
  const manifests = sortObjects(readObjects('manifest.yaml', text));
  const [rollout] = manifests.rollouts;
  if (!rollout) throw new Error('the manifest has no Rollout');
  return simulateRollout(assumeMissing(rollout, manifests), assumptions);
}

export interface RolloutYaml {
  /** Lines of `spec.strategy`, indented from 0. */
  strategy: string;
  replicas?: number;
}

/** A Rollout alone, with the strategy that is to be seen. */
export function rolloutYaml({ strategy, replicas = 5 }: RolloutYaml): string {
  const indented = strategy.trim().replaceAll(/^/gm, '    ');
  return `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: shop }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec: { containers: [{ name: shop, image: shop:2 }] }
  strategy:
${indented}
`;
}

/** An AnalysisTemplate that is measured several times. */
export const SUCCESS_RATE = `---
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: { name: success-rate }
spec:
  metrics:
    - name: success-rate
      interval: 10s
      count: 3
      successCondition: result[0] >= 0.95
      failureLimit: 1
      provider: { prometheus: { address: http://prometheus, query: '1' } }
`;

export const EIGHT_STEPS = `
canary:
  canaryService: shop-canary
  stableService: shop-stable
  trafficRouting: { istio: { virtualService: { name: shop } } }
  analysis: { templates: [{ templateName: success-rate }], startingStep: 1 }
  steps:
    - setWeight: 20
    - pause: {}
    - setWeight: 40
    - pause: { duration: 10s }
    - setWeight: 60
    - pause: { duration: 10s }
    - setWeight: 80
    - pause: { duration: 10s }
`;
