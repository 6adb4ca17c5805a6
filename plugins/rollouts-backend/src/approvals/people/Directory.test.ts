import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { group, user } from '../../__testUtils__/people';
import { Directory } from './Directory';

function directory(entities: Entity[], delegates: never[] | object[] = []) {
  const catalog = catalogServiceMock({ entities });
  const getEntitiesByRefs = jest.spyOn(catalog, 'getEntitiesByRefs');
  return {
    getEntitiesByRefs,
    directory: new Directory({
      catalog,
      auth: mockServices.auth(),
      delegates: delegates as never,
    }),
  };
}

describe('the directory', () => {
  it('knows a person’s groups and those above them', async () => {
    const { directory: people } = directory([
      user('ada', 'palette'),
      group('palette', 'design'),
      group('design', 'company'),
      group('company'),
    ]);
    const { own } = await people.standing('user:default/ada');
    expect([...own]).toEqual([
      'user:default/ada',
      'group:default/palette',
      'group:default/design',
      'group:default/company',
    ]);
  });

  it('ends where groups are each other’s parents', async () => {
    const { directory: people } = directory([
      user('ada', 'a'),
      group('a', 'b'),
      group('b', 'a'),
    ]);
    const { own } = await people.standing('user:default/ada');
    expect(own.size).toBe(3);
  });

  it('asks as much for a group of 5 000 as for one of two', async () => {
    const members = Array.from({ length: 5_000 }, (_, index) =>
      user(`p${index}`, 'crowd'),
    );
    const crowd: Entity = {
      ...group('crowd'),
      relations: members.map(({ metadata }) => ({
        type: 'hasMember',
        targetRef: `user:default/${metadata.name}`,
      })),
    };
    const { directory: people, getEntitiesByRefs } = directory([
      ...members,
      crowd,
    ]);
    const { own } = await people.standing('user:default/p4999');
    expect(own.has('group:default/crowd')).toBe(true);
    expect(getEntitiesByRefs).toHaveBeenCalledTimes(2);
    expect(
      getEntitiesByRefs.mock.calls.flatMap(([{ entityRefs }]) => entityRefs),
    ).toHaveLength(2);
  });

  it('says for whom a person stands in, and what that one is', async () => {
    const { directory: people } = directory(
      [user('ada', 'palette'), user('ben', 'harbor'), group('harbor')],
      [
        {
          title: 'the rota',
          representedBy: async () => [
            { ref: 'user:default/ben', reason: 'On leave' },
            { ref: 'user:default/ada', reason: 'Oneself' },
          ],
        },
      ],
    );
    const { represented } = await people.standing('user:default/ada');
    expect(represented).toHaveLength(1);
    expect(represented[0]?.is.has('group:default/harbor')).toBe(true);
  });
});
