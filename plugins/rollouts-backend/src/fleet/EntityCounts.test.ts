import { EntityCounts } from './EntityCounts';

describe('the entities that rows stand on', () => {
  it('stay until the last row on them is gone, and come anew after that', () => {
    const entities = new EntityCounts();
    entities.add('component:default/colors');
    entities.add('component:default/colors');
    entities.add(undefined);
    expect([...entities.refs]).toEqual(['component:default/colors']);
    expect(entities.added).toBe(1);

    entities.remove('component:default/colors');
    entities.remove(undefined);
    expect([...entities.refs]).toHaveLength(1);

    entities.remove('component:default/colors');
    expect([...entities.refs]).toEqual([]);
    entities.add('component:default/colors');
    expect(entities.added).toBe(2);
  });
});
