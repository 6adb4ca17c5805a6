import { readEntityRef } from './readEntityRef';

describe('an entity reference that a person writes', () => {
  it.each([
    ['palette', 'group:default/palette'],
    ['User:Ada', 'user:default/ada'],
    ['Component:Shop/Colors', 'component:shop/colors'],
  ])('%s is made complete: %s', (written, ref) => {
    expect(readEntityRef(written, 'group')).toBe(ref);
  });

  it.each(['', ':', 'a:b:c', 'component:default/a/b', 'group:default/a b'])(
    '%j is refused, with what it should look like',
    written => {
      expect(() => readEntityRef(written, 'group')).toThrow(
        `"${written}" is not an entity reference such as "group:default/name": `,
      );
    },
  );

  it('is refused in one sentence, which says its reason once', () => {
    expect(() => readEntityRef('a:b:c', 'user')).toThrow(
      /^"a:b:c" is not an entity reference such as "user:default\/name": a name has no slash, colon or space$/,
    );
  });
});
