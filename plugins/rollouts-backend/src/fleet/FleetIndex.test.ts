import type { RolloutSummary } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { canary } from '../__testUtils__/rollouts';
import type { EntitySelection } from '../entities/EntitySelection';
import { isShown } from './FleetFace';
import { FleetIndex, type FleetChange } from './FleetIndex';

const owner = (name: string): EntitySelection => ({
  entityRef: `component:default/${name}`,
  ownerRefs: [`group:default/${name}-owners`],
});

function setUp(time = { next: () => 0 }) {
  const fleet = new Map<string, { sentence: string; owners: string[] }>();
  const approvers = new Map<string, string[]>();
  const changes: FleetChange[] = [];
  const problems: string[] = [];
  const index = new FleetIndex({
    describe: key => {
      const known = fleet.get(key);
      if (known?.sentence === 'malformed') {
        throw new TypeError('It has no steps.');
      }
      return (
        known && {
          rollout: canary({ name: key }),
          summary: {
            ref: { cluster: 'local', namespace: 'demo', name: key },
            phase: 'Paused',
            sentence: known.sentence,
            weights: { actual: 20, desired: 20, max: 100, routed: true },
            images: [],
          } as unknown as RolloutSummary,
        }
      );
    },
    grounds: key => (fleet.get(key)?.owners ?? []).map(owner),
    approversOf: key => approvers.get(key) ?? [],
    turn: async () => {},
    now: () => time.next(),
    onChange: change => changes.push(change),
    onProblem: key => problems.push(key),
  });
  const set = async (key: string, sentence: string, ...owners: string[]) => {
    fleet.set(key, { sentence, owners });
    index.touch([key]);
    await index.settled();
  };
  const names = () => index.sorted('name').map(({ row }) => row.ref.name);
  return { fleet, approvers, index, changes, problems, set, names };
}

describe('the index of the fleet', () => {
  it('keeps rows in order as they come, change and go', async () => {
    const { fleet, index, set, names } = setUp();
    await set('b', 'one', 'x');
    expect(names()).toEqual(['b']);
    await set('c', 'one', 'x');
    await set('a', 'one', 'x');
    await set('b', 'two', 'x');
    expect(names()).toEqual(['a', 'b', 'c']);
    fleet.delete('c');
    index.touch(['c']);
    await index.settled();
    expect(names()).toEqual(['a', 'b']);
  });

  it('keeps a row as it was that cannot be made, and makes the others', async () => {
    const { fleet, index, problems, set } = setUp();
    await set('a', 'one', 'x');
    fleet.set('a', { sentence: 'malformed', owners: ['x'] });
    fleet.set('b', { sentence: 'two', owners: ['x'] });
    index.touch(['a', 'b']);
    await index.settled();
    expect(problems).toEqual(['a']);
    expect(
      index.sorted('name').map(({ row }) => [row.ref.name, row.sentence]),
    ).toEqual([
      ['a', 'one'],
      ['b', 'two'],
    ]);
  });

  it('makes rows a slice at a time, and lets others have their turn between', async () => {
    let now = 0;
    // Each row takes five milliseconds.
    const { fleet, index, changes } = setUp({ next: () => (now += 5) });
    const keys = ['a', 'b', 'c', 'd', 'e'];
    keys.forEach(key => fleet.set(key, { sentence: 'one', owners: ['x'] }));
    index.touch(keys);
    await index.settled();
    expect(changes.map(({ faces }) => faces.map(({ key }) => key))).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e'],
    ]);
    expect(changes.map(({ revision }) => revision)).toEqual([1, 2, 3]);
  });

  it('says that a rollout waits for an approval, and of whom, instead of its owners', async () => {
    const { approvers, index, set } = setUp();
    await set('a', 'one', 'x');
    expect(index.facesOf('a')[0]?.row.waits).toEqual({
      for: 'promotion',
      of: ['group:default/x-owners'],
    });
    expect(index.waitingFor(['group:default/x-owners'])).toHaveLength(1);
    approvers.set('a', ['group:default/board']);
    index.touch(['a']);
    await index.settled();
    expect(index.facesOf('a')[0]?.row.waits).toEqual({
      for: 'approval',
      of: ['group:default/board'],
    });
    for (const ref of ['group:default/x-owners', 'group:default/board']) {
      expect(index.waitingFor([ref])).toEqual([]);
    }
  });

  it('tells of nothing when a row says the same as before', async () => {
    const { index, changes, set } = setUp();
    await set('a', 'one', 'x');
    await set('a', 'one', 'x');
    expect(changes).toHaveLength(1);
    expect(index.revision).toBe(1);
  });

  it('shows a reader the first face that they may see, and only that', async () => {
    const { index, set } = setUp();
    await set('a', 'one', 'x', 'y');
    const shownTo = (...refs: string[]) =>
      index
        .facesOf('a')
        .filter(face =>
          isShown(face, { sees: ref => refs.includes(ref ?? '') }),
        )
        .map(({ row }) => row.entityRef);
    expect(shownTo('component:default/y')).toEqual(['component:default/y']);
    expect(shownTo('component:default/y', 'component:default/x')).toEqual([
      'component:default/x',
    ]);
    expect(shownTo()).toEqual([]);
  });

  it('finds by owner what waits for a person, until it does not', async () => {
    const { fleet, index, set } = setUp();
    await set('a', 'one', 'x');
    expect(index.waitingFor(['group:default/x-owners'])).toHaveLength(1);
    expect(index.waitingFor(['group:default/y-owners'])).toHaveLength(0);
    fleet.clear();
    index.touch(['a']);
    await index.settled();
    expect(index.waitingFor(['group:default/x-owners'])).toHaveLength(0);
    expect([...index.entityRefs]).toEqual([]);
  });

  it('counts the entities that come, not the rows that they have', async () => {
    const { index, set } = setUp();
    await set('a', 'one', 'x');
    await set('b', 'one', 'x');
    expect(index.entitiesAdded).toBe(1);
    await set('c', 'one', 'y');
    expect(index.entitiesAdded).toBe(2);
  });

  it('knows what changed after a revision, as long as nothing of that is forgotten', async () => {
    const { index, set } = setUp();
    await set('a', 'one', 'x');
    await set('b', 'one', 'x');
    const after = index.since(1);
    expect(after?.faces.map(({ key }) => key)).toEqual(['b']);
    expect(index.since(3)).toBeUndefined();
    for (let change = 0; change < 2_100; change++) {
      await set('a', `${change}`, 'x');
    }
    expect(index.since(1)).toBeUndefined();
    expect(index.since(index.revision - 1)?.faces).toHaveLength(1);
  });
});
