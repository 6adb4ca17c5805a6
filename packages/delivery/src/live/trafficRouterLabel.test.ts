import { rollout } from '../simulate/testing/demo';
import { ROUTER_EXAMPLES } from '../traffic/testing/examples';
import { trafficRouterLabel } from './trafficRouterLabel';

describe('the label of a traffic router', () => {
  it('is spelt as the reference spells it', () => {
    const labels = ROUTER_EXAMPLES.map(each =>
      trafficRouterLabel(each.rollout),
    );

    // From the tests of the reference's metrics, v1.9.1.
    expect(labels).toEqual(
      expect.arrayContaining([
        'ALB',
        'Ambassador',
        'AppMesh',
        'Istio',
        'Nginx',
        'SMI',
      ]),
    );
    expect(labels).toEqual(
      expect.arrayContaining(['Traefik', 'APISIX', 'GatewayAPI', 'HAProxy']),
    );
  });

  it('is empty without a router', () => {
    expect(trafficRouterLabel(rollout('colors', 'colors:1', {}))).toBe('');
  });
});
