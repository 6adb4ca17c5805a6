import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ManualClock } from '@progressive-delivery/kube';
import { component } from '../__testUtils__/testPortal';
import { CatalogFollower } from './CatalogFollower';

const settled = () => new Promise(setImmediate);

function start() {
  const clock = new ManualClock();
  const entities: Entity[] = [];
  const reads: number[] = [];
  const known: string[][] = [];
  const follower = new CatalogFollower({
    catalog: {
      async getEntities() {
        reads.push(clock.monotonic());
        return { items: [...entities] };
      },
    },
    auth: mockServices.auth(),
    logger: mockServices.logger.mock(),
    clock,
    onSelections: selections =>
      known.push(selections.map(({ entityRef }) => entityRef)),
  });
  return { clock, entities, reads, known, follower };
}

describe('the entities that name rollouts', () => {
  it('are read every ten seconds', async () => {
    const { clock, entities, known, follower } = start();
    follower.start();
    await settled();
    entities.push(component('colors'));
    clock.advance(9_999);
    await settled();
    expect(known).toEqual([[]]);
    clock.advance(1);
    await settled();
    expect(known).toEqual([[], ['component:default/colors']]);
    await follower.stop();
  });

  it('are read at once for one that is not known, at most once a second', async () => {
    const { clock, entities, reads, known, follower } = start();
    await follower.lookAgain();
    entities.push(component('colors'));
    clock.advance(1_000);
    await Promise.all([
      follower.lookAgain(),
      follower.lookAgain(),
      follower.lookAgain(),
    ]);
    expect(known.at(-1)).toEqual(['component:default/colors']);
    clock.advance(999);
    await follower.lookAgain();
    expect(reads).toEqual([0, 1_000]);
  });

  it('are waited for by whoever asks while they are being read', async () => {
    const { follower, known } = start();
    const first = follower.refresh();
    await follower.lookAgain();
    expect(known).toHaveLength(1);
    await first;
  });
});
