import { RESOURCES } from '@progressive-delivery/kube';
import { routed, routerExample } from '../testing/examples';
import { RoutingWorld } from '../testing/routingWorld';
import { SIDES, wanting } from '../testing/wantedTraffic';

const KIND = 'split.smi-spec.io/trafficsplits';
const EXPERIMENT = [{ service: 'exp', podTemplateHash: 'e', weight: 5 }];

function worldWith(smi: object = {}) {
  const example = routerExample('SMI');
  const { canary } = example.rollout.spec.strategy ?? {};
  if (canary) canary.trafficRouting = { smi };
  return RoutingWorld.of(example);
}

describe('smiRouter', () => {
  it.each([
    ['v1alpha1', ['20', '5', '75']],
    ['v1alpha2', [20, 5, 75]],
    ['v1alpha3', [20, 5, 75]],
  ])('makes a TrafficSplit of its own in %s', (version, weights) => {
    const at = worldWith();
    at.servedKinds = { [KIND]: version };

    at.route(wanting(20, { additional: EXPERIMENT }));

    expect(at.get(RESOURCES.trafficSplits)).toMatchObject({
      apiVersion: `split.smi-spec.io/${version}`,
      kind: 'TrafficSplit',
      metadata: { ownerReferences: [{ name: 'colors' }] },
      spec: {
        service: 'colors-stable',
        backends: ['colors-canary', 'exp', 'colors-stable'].map(
          (service, i) => ({ service, weight: weights[i] }),
        ),
      },
    });
    expect(at.observe(SIDES).weight).toBe(20);
  });

  it('takes the names that the stanza gives', () => {
    const at = worldWith({ trafficSplitName: 'split', rootService: 'root' });

    at.route(wanting(0));

    expect(at.get(RESOURCES.trafficSplits, 'split').spec).toMatchObject({
      service: 'root',
    });
  });

  it('does not touch a TrafficSplit of somebody else', () => {
    const at = worldWith();
    at.put(...routed(RESOURCES.trafficSplits, {}));

    expect(at.problems).toEqual([
      'spec.strategy.canary.trafficRouting.smi.trafficSplitName: Rollout does not own TrafficSplit `colors`: choose another trafficSplitName, or remove it',
    ]);
  });

  it('says that a cluster has no TrafficSplits', () => {
    const at = worldWith();
    at.servedKinds = { [KIND]: null };

    expect(at.problems).toEqual([
      'spec.strategy.canary.trafficRouting.smi: this cluster has no kind TrafficSplit (trafficsplits.split.smi-spec.io): install its custom resource definition, or choose another traffic router',
    ]);
  });

  it('writes in the version of what is there', () => {
    const at = worldWith();
    at.servedKinds = { [KIND]: 'v1alpha1' };
    at.route(wanting(20));
    at.servedKinds = { [KIND]: 'v1alpha3' };

    expect(at.route(wanting(20))).toEqual([]);
  });
});
