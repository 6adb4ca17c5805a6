import { copyJson } from './copyJson';

describe('copyJson', () => {
  it('is equal, and shares nothing', () => {
    const value = { a: [{ b: 1 }, null], c: 'text', d: undefined };

    const copy = copyJson(value);
    Object.assign(copy.a[0] ?? {}, { b: 2 });

    expect(value).toEqual({ a: [{ b: 1 }, null], c: 'text', d: undefined });
    expect(copy).toStrictEqual({ ...value, a: [{ b: 2 }, null] });
  });

  it('keeps a hostile key a key', () => {
    const value = JSON.parse('{"__proto__": {"polluted": true}}');

    const copy = copyJson(value);

    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect(JSON.stringify(copy)).toBe(JSON.stringify(value));
  });
});
