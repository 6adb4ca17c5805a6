import { RESOURCES } from '@progressive-delivery/kube';
import { withField } from '../objects/fields';
import { routerExample } from '../testing/examples';
import { RoutingWorld } from '../testing/routingWorld';
import { SIDES, wanting } from '../testing/wantedTraffic';

const HASH = 'rollouts-pod-template-hash';
const PREFIX = 'haproxy-ingress.github.io';
const world = () => RoutingWorld.of(routerExample('HAProxy'));
const annotationsOf = (at: RoutingWorld) =>
  at.get(RESOURCES.ingresses).metadata.annotations;

describe('haproxyRouter', () => {
  it('weighs the pods of each side by their hash', () => {
    const at = world();

    at.route(wanting(20));

    expect(annotationsOf(at)).toEqual({
      [`${PREFIX}/blue-green-balance`]: `${HASH}=blue=80,${HASH}=green=20`,
      [`${PREFIX}/blue-green-mode`]: 'deploy',
    });
    expect(at.observe(SIDES)).toMatchObject({
      weight: 20,
      canaryHash: 'green',
      stableHash: 'blue',
    });
  });

  it('gives everything to one side when both are the same', () => {
    const at = world();

    at.route(wanting(0, { canaryHash: 'blue' }));

    expect(annotationsOf(at)).toMatchObject({
      [`${PREFIX}/blue-green-balance`]: `${HASH}=blue=100`,
    });
    expect(at.observe(SIDES).weight).toBe(0);
  });

  it('sees a canary that it was not told of', () => {
    const at = world();
    at.route(wanting(20, { canaryHash: 'red' }));

    expect(at.observe(SIDES)).toMatchObject({ weight: 20, canaryHash: 'red' });
  });

  it('sees everybody beside stable whom it leads to', () => {
    const at = world();
    const object = at.get(RESOURCES.ingresses);
    const balance = `${HASH}=blue=60,${HASH}=green=20,${HASH}=red=20`;
    at.put(
      RESOURCES.ingresses,
      withField(
        object,
        ['metadata', 'annotations', `${PREFIX}/blue-green-balance`],
        balance,
      ),
    );

    expect(at.observe(SIDES).additional).toEqual(['green', 'red']);
  });
});
