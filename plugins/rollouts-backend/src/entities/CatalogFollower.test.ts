import { mockServices } from '@backstage/backend-test-utils';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { ManualClock } from '@progressive-delivery/kube';
import { component } from '../__testUtils__/testPortal';
import { CatalogFollower } from './CatalogFollower';

const settled = () => new Promise(setImmediate);

const COLORS = 'component:default/colors';

function start({ isDown = false } = {}) {
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
      async getEntityByRef(ref) {
        if (isDown) {
          throw new Error('no catalog');
        }
        return entities.find(each => stringifyEntityRef(each) === ref);
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
    entities.push(component('search'));
    await follower.refresh();
    entities.push(component('colors'));
    clock.advance(1_000);
    await Promise.all(
      [COLORS, COLORS, COLORS].map(ref => follower.lookFor(ref)),
    );
    expect(known.at(-1)).toContain(COLORS);
    clock.advance(999);
    await follower.lookFor(COLORS);
    expect(reads).toEqual([0, 1_000]);
  });

  it('are not read for one that names no rollouts, is not there, or cannot be looked for', async () => {
    const { entities, reads, follower } = start();
    const { metadata, ...docs } = component('docs');
    entities.push({ ...docs, metadata: { ...metadata, annotations: {} } });
    await follower.lookFor('component:default/docs');
    await follower.lookFor(COLORS);
    expect(reads).toEqual([]);

    const down = start({ isDown: true });
    down.entities.push(component('colors'));
    await down.follower.lookFor(COLORS);
    expect(down.reads).toEqual([]);
  });

  it('are waited for by whoever looks while they are being read', async () => {
    const { entities, follower, known } = start();
    entities.push(component('colors'));
    const first = follower.refresh();
    await follower.lookFor(COLORS);
    expect(known).toHaveLength(1);
    await first;
  });
});
