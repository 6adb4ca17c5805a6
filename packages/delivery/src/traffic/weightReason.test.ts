import { HEADER_ROUTE, MIRROR_ROUTE, wanting } from './testing/wantedTraffic';
import { weightReason } from './weightReason';

describe('why a routing object is written', () => {
  it('names the weight', () => {
    expect(weightReason(wanting(20), 'Ingress colors', 'step 1')).toBe(
      'set the weight of the canary to 20 in Ingress colors: step 1',
    );
  });

  it('names the managed routes that are in force', () => {
    const managedRoutes = [HEADER_ROUTE, MIRROR_ROUTE];

    expect(weightReason(wanting(0, { managedRoutes }), 'it', 'step 2')).toBe(
      'set the weight of the canary to 0 in it, with the managed routes set-header, mirror: step 2',
    );
  });
});
