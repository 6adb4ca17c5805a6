import { rollout } from '../simulate/testing/demo';
import { ROUTER_EXAMPLES } from './testing/examples';
import { trafficRouterNames } from './trafficRouterNames';

describe('the names of traffic routers', () => {
  it.each([...ROUTER_EXAMPLES])('have that of $title', example => {
    expect(trafficRouterNames(example.rollout)).toEqual([example.router.title]);
  });

  it('have several, and plugins that this controller lacks', () => {
    const canary = {
      trafficRouting: {
        plugins: {
          'acme/lb': {},
          'argoproj-labs/gatewayAPI': { httpRoute: 'colors' },
        },
        nginx: { stableIngress: 'colors' },
        managedRoutes: [{ name: 'mirror' }],
        maxTrafficWeight: 1_000,
      },
    };

    expect(trafficRouterNames(rollout('colors', 'colors:1', canary))).toEqual([
      'nginx',
      'Gateway API',
      'acme/lb',
    ]);
  });

  it('are none for a canary by number of pods', () => {
    expect(trafficRouterNames(rollout('colors', 'colors:1', {}))).toEqual([]);
  });
});
