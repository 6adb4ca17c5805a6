import { byName } from './byName';

describe('byName', () => {
  it('takes any name, and has no others', () => {
    const named = (name: string) => ({ metadata: { name } });
    const record = byName([named('a'), named('__proto__'), named('a')]);

    expect(Object.keys(record)).toEqual(['a', '__proto__']);
    expect(record.toString).toBeUndefined();
  });
});
