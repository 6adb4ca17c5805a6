import type { CanaryStep } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { routerExample } from '../traffic/testing/examples';
import { expectGolden } from './testing/golden';
import { Scenario } from './testing/scenario';

const WEIGHTS: CanaryStep[] = [
  { setWeight: 20 },
  { pause: {} },
  { setWeight: 60 },
  { pause: { duration: '10s' } },
];

/** A header, then a mirror, then a person; managed routes end by themselves. */
const MANAGED: CanaryStep[] = [
  { setCanaryScale: { weight: 20 } },
  {
    setHeaderRoute: {
      name: 'set-header',
      match: [{ headerName: 'x-version', headerValue: { exact: 'next' } }],
    },
  },
  {
    setMirrorRoute: {
      name: 'mirror',
      percentage: 35,
      match: [{ method: { exact: 'GET' }, path: { prefix: '/' } }],
    },
  },
  { pause: {} },
  { setMirrorRoute: { name: 'mirror' } },
  { setWeight: 50 },
  { pause: { duration: '10s' } },
];

/** The rollout of an example with these steps, healthy at blue. */
function routed(title: string, steps: CanaryStep[]): Scenario {
  const { rollout, objects } = routerExample(title);
  const { canary } = rollout.spec.strategy ?? {};
  if (canary) canary.steps = steps;
  return new Scenario({
    rollout,
    routes: objects.map(([, object]) => object),
  }).wait(30);
}

describe('a routed canary, from its first step to its last', () => {
  it.each([
    ['Istio by subset', 'routed-by-istio-subsets'],
    ['nginx', 'routed-by-nginx'],
    ['SMI', 'routed-by-smi'],
    ['Gateway API', 'routed-by-gateway-api'],
  ])('is routed by %s', (title, golden) => {
    const scenario = routed(title, WEIGHTS)
      .deploy('green')
      .wait(20)
      .promote()
      .wait(90);

    expect(scenario.status).toMatchObject({ phase: 'Healthy' });
    expectGolden(golden, scenario.log());
  });

  it('sends a header and mirrors before it gets a weight, by Istio', () => {
    const scenario = routed('Istio by host', MANAGED)
      .deploy('green')
      .wait(20)
      .promote()
      .wait(90);

    expect(scenario.status).toMatchObject({ phase: 'Healthy' });
    expectGolden('header-and-mirror-routes', scenario.log());
  });

  it('loses its managed routes when it is aborted', () => {
    const scenario = routed('Istio by host', MANAGED)
      .deploy('green')
      .wait(20)
      .abort()
      .wait(60);

    expect(scenario.status).toMatchObject({ phase: 'Degraded', abort: true });
    expectGolden('managed-routes-aborted', scenario.log());
  });
});
