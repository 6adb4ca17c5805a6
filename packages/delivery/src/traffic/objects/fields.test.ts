import { fieldAt, listAt, weightAt, withField } from './fields';

describe('fields of foreign objects', () => {
  it('reads through anything without throwing', () => {
    const odd = { spec: { http: 'no list' }, other: null };

    expect(fieldAt(odd, 'spec', 'http', 'route')).toBeUndefined();
    expect(listAt(odd, 'spec', 'http')).toEqual([]);
    expect(fieldAt(odd, 'other', 'deeper')).toBeUndefined();
    expect(fieldAt(JSON.parse('{"a":1}'), '__proto__')).toBeUndefined();
  });

  it.each([
    [{ weight: 20 }, 20],
    [{ weight: '20' }, 20],
    [{}, 0],
    [{ weight: 'a lot' }, 0],
  ])('takes the weight of %j for %d', (value, weight) => {
    expect(weightAt(value, 'weight')).toBe(weight);
  });

  it('makes a copy with another value, and the places on the way to it', () => {
    const object = { metadata: { name: 'a' } };

    const labelled = withField(object, ['metadata', 'labels', 'x'], 'y');

    expect(labelled).toEqual({ metadata: { name: 'a', labels: { x: 'y' } } });
    expect(object).toEqual({ metadata: { name: 'a' } });
    expect(withField(labelled, ['metadata', 'labels', 'x'], undefined)).toEqual(
      { metadata: { name: 'a', labels: {} } },
    );
  });
});
