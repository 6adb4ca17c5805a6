import {
  assumeMissing,
  lint,
  readObjects,
  simulateRollout,
  sortObjects,
  timelineSvg,
} from '@progressive-delivery/delivery/preview';

/** A canary of eight steps, as somebody who types leaves it for a moment. */
function typed(weight: number, duration: string): string {
  return `
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: shop }
spec:
  replicas: 5
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec: { containers: [{ name: shop, image: shop:2 }] }
  strategy:
    canary:
      canaryService: shop-canary
      stableService: shop-stable
      trafficRouting: { istio: { virtualService: { name: shop } } }
      steps:
        - setWeight: 20
        - pause: {}
        - setWeight: ${weight}
        - pause: { duration: ${duration} }
        - setWeight: 60
        - pause: { duration: 10s }
        - setWeight: 80
        - pause: { duration: 10s }
`;
}

/** What a form does after each key: it reads, lints, simulates and draws. */
function answerKey(text: string): number {
  const manifests = sortObjects(readObjects('rollout.yaml', text));
  const [rollout] = manifests.rollouts;
  if (!rollout) throw new Error('the manifest has no Rollout');
  const { findings } = lint([{ file: 'rollout.yaml', text }]);
  const timeline = simulateRollout(assumeMissing(rollout, manifests), {});
  return findings.length + timelineSvg(timeline).length;
}

/**
 * How long the answer to each key took; milliseconds. Every key leaves another
 * text, so that nothing is remembered from the one before.
 */
export function typeStrategy(keys: number): number[] {
  return Array.from({ length: keys }, (_, key) => {
    const text = typed(21 + (key % 39), `${1 + key}s`);
    const begun = performance.now();
    answerKey(text);
    return performance.now() - begun;
  });
}
