import { canary } from '../__testUtils__/rollouts';
import { EntityIndex } from './EntityIndex';
import type { EntitySelection } from './EntitySelection';
import { decideOwnership, type OwnershipRule } from './ownership';

const colors = claim('colors', 'group:default/palette');

function claim(
  name: string,
  owner: string,
  more: Partial<EntitySelection> = {},
): EntitySelection {
  return {
    entityRef: `component:default/${name}`,
    kubernetesId: 'colors',
    ownerRefs: [owner],
    ...more,
  };
}

function decide(others: EntitySelection[], rules: OwnershipRule[] = []) {
  const index = new EntityIndex();
  index.setEntities([colors, ...others]);
  return decideOwnership('local', canary(), colors, rules, id =>
    index.claimants(id),
  );
}

describe('the id on a rollout’s label', () => {
  it.each([
    ['no other entity', []],
    ['one of the same owner', [claim('again', 'group:default/palette')]],
    [
      'one of another owner for another namespace',
      [claim('far', 'group:default/thieves', { namespace: 'other' })],
    ],
  ])('grants when claimed by %s', (_, others) => {
    expect(decide(others)).toEqual({ granted: true });
  });

  it.each([
    ['by the id', {}],
    ['by a label selector beside it', { labelSelector: 'app=colors' }],
  ])('grants nobody when another owner claims it %s', (_, more) => {
    expect(
      decide([claim('mine-too', 'group:default/thieves', more)]),
    ).toMatchObject({
      granted: false,
      code: 'ambiguous',
      message: expect.stringContaining('component:default/mine-too'),
      remedy: expect.stringContaining('rollouts.ownership'),
    });
  });

  it('is settled by the operator’s map', () => {
    expect(
      decide(
        [claim('mine-too', 'group:default/thieves')],
        [{ namespace: 'demo', owner: 'palette' }],
      ),
    ).toEqual({ granted: true });
  });
});
