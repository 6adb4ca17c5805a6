import { applyJsonPatch, applyMergePatch } from './applyPatch';

describe('a patch in the simulator', () => {
  it('keeps a field that is called __proto__ as data', () => {
    const hostile = JSON.parse('{"__proto__":{"polluted":true}}');

    const merged = applyMergePatch({ a: {} }, { a: hostile });
    const patched = applyJsonPatch({ a: {} }, [
      { op: 'add', path: '/a/__proto__', value: { polluted: true } },
    ]);

    const text = '{"a":{"__proto__":{"polluted":true}}}';
    expect(JSON.stringify(merged)).toBe(text);
    expect(JSON.stringify(patched)).toBe(text);
    expect(applyMergePatch(merged, { a: { ['__proto__']: null } })).toEqual({
      a: {},
    });
  });

  it('writes into no object but the one that it is given', () => {
    expect(() =>
      applyJsonPatch({}, [
        { op: 'add', path: '/__proto__/polluted', value: true },
      ]),
    ).toThrow(TypeError);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
