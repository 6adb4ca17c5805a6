import { parseQuantity } from './quantity';

describe('parseQuantity', () => {
  it.each([
    ['500m', 0.5],
    ['1', 1],
    [0.5, 0.5],
    ['1.5Gi', 1.5 * 1024 ** 3],
    ['2E', 2e18],
    ['1e3', 1000],
    ['.5', 0.5],
  ])('reads %s', (text, value) => {
    expect(parseQuantity(text)).toBe(value);
  });

  it.each(['asdf', '', '1 Gi', '5x', null, {}])('refuses %s', text => {
    expect(parseQuantity(text)).toBeUndefined();
  });
});
