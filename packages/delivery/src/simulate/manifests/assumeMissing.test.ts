import { rolloutYaml, simulateYaml } from '../testing/simulateYaml';

describe('what the files lack', () => {
  it('is made up, and said', () => {
    const { assumptions, outcome } = simulateYaml(
      rolloutYaml({
        strategy: `
canary:
  canaryService: shop-canary
  stableService: shop-stable
  trafficRouting: { istio: { virtualService: { name: shop, routes: [a, b] } } }
  steps:
    - setWeight: 20
    - analysis: { templates: [{ templateName: errors }] }
`,
      }),
    );

    expect(outcome.kind).toBe('promoted');
    expect(assumptions).toEqual([
      "Services shop-canary and shop-stable are not among the files: assumed to select the rollout's pods.",
      'VirtualService shop is not among the files: assumed to send everybody to stable.',
      'Analysis template errors is not among the files: assumed to take one measurement.',
      'Pods are ready 5 s after they are created.',
      'Measurements take no time, and succeed.',
    ]);
  });

  it('is not the name of a service that the router needs', () => {
    expect(() =>
      simulateYaml(
        rolloutYaml({
          strategy: `
canary:
  trafficRouting: { nginx: { stableIngress: shop } }
  steps: [{ setWeight: 20 }]
`,
        }),
      ),
    ).toThrow('spec.strategy.canary.stableService: Invalid value');
  });

  it('takes one simulated route where a router cannot be simulated', () => {
    const { assumptions, samples } = simulateYaml(
      rolloutYaml({
        strategy: `
canary:
  trafficRouting:
    maxTrafficWeight: 1000
    plugins: { example/router: { route: shop } }
  steps: [{ setWeight: 250 }, { pause: { duration: 1m } }]
`,
      }),
    );

    expect(assumptions).toContain(
      'The objects of example/router are not among the files: a simulated route takes the weights instead.',
    );
    expect(samples.map(each => each.share)).toContain(25);
  });

  it('takes the pods of a Deployment that nobody gave', () => {
    const { assumptions, outcome } = simulateYaml(`
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: shop }
spec:
  replicas: 2
  workloadRef: { apiVersion: apps/v1, kind: Deployment, name: shop }
  selector: { matchLabels: { app: shop } }
  strategy: { canary: {} }
`);

    expect(outcome.kind).toBe('promoted');
    expect(assumptions[0]).toBe(
      'Deployment shop is not among the files: it is assumed to have one container.',
    );
  });

  it('leaves objects of other namespaces out', () => {
    const { assumptions } = simulateYaml(`${rolloutYaml({
      strategy: 'canary: { canaryService: shop-canary, stableService: shop }',
    })}---
apiVersion: v1
kind: Service
metadata: { name: shop, namespace: elsewhere }
spec: { selector: { app: shop } }
`);

    expect(assumptions[0]).toMatch(/^Services shop-canary and shop are not/);
  });
});
