import { canonical } from './canonical';

describe('canonical', () => {
  it('tells the same of objects whose keys stand in another order', () => {
    const one = { b: [{ d: 1, c: 'x' }], a: null };
    const other = { a: null, b: [{ c: 'x', d: 1 }] };
    expect(canonical(one)).toBe('{"a":null,"b":[{"c":"x","d":1}]}');
    expect(canonical(other)).toBe(canonical(one));
  });

  it('keeps the order of lists', () => {
    expect(canonical([2, 1])).toBe('[2,1]');
  });
});
