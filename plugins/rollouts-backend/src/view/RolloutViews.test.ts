import { ManualClock } from '@progressive-delivery/kube';
import { canary } from '../__testUtils__/rollouts';
import { RolloutViews, type ViewChange } from './RolloutViews';

/** Two rollouts, of which one belongs to no entity; what was told so far is over. */
function setUp() {
  const clock = new ManualClock();
  const views = new RolloutViews({
    cluster: () => undefined,
    clusters: () => [],
    actionsOf: () => [],
    clock,
  });
  const told: ViewChange[] = [];
  views.subscribe(change => told.push(change));
  views.setEntities([
    {
      entityRef: 'component:default/colors',
      kubernetesId: 'colors',
      ownerRefs: [],
    },
  ]);
  views.rolloutChanged('local', canary(), false);
  views.rolloutChanged('local', canary({ name: 'stray' }), false);
  clock.advance(50);
  told.splice(0);
  const toldOf = (change: Parameters<RolloutViews['locksChanged']>[0]) => {
    views.locksChanged(change);
    clock.advance(50);
    return told.map(({ keys, entityRefs }) => [[...keys], [...entityRefs]]);
  };
  return { toldOf };
}

describe('a gate that may answer otherwise', () => {
  it('makes every rollout another when it is about all: a freeze is in their sentences', () => {
    expect(setUp().toldOf('all')).toEqual([
      [['local/demo/colors', 'local/demo/stray'], ['component:default/colors']],
    ]);
  });

  it('is told to who looks at the rollouts that it is about', () => {
    expect(setUp().toldOf({ keys: ['local/demo/colors'] })).toEqual([
      [[], ['component:default/colors']],
    ]);
  });
});
