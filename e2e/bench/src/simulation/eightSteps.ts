/** A canary of eight steps; its third, and how long the fourth waits, may vary. */
export function eightSteps(weight = 40, duration = '10s'): string {
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
