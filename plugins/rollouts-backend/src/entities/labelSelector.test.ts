import { parseLabelSelector } from './labelSelector';

describe('a label selector', () => {
  const labels = { app: 'colors', tier: 'web' };

  it.each([
    ['app=colors', true],
    ['app==colors,tier!=db', true],
    ['app in (search, colors),tier', true],
    ['app notin (colors)', false],
    ['!canary', true],
    ['!app', false],
    // Not what every object inherits.
    ['constructor', false],
    ['toString notin (x),app', true],
  ])('%s: %s', (text, expected) => {
    expect(parseLabelSelector(text)(labels)).toBe(expected);
  });

  it.each(['app in colors', 'a=b=c', 'app in (a'])(
    '%s is refused by name',
    text => {
      expect(() => parseLabelSelector(text)).toThrow(
        /is not a label selector: write/,
      );
    },
  );
});
