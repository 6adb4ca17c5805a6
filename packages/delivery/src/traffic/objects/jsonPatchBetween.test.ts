import fc from 'fast-check';
import { applyJsonPatch } from '../../simulate/applyPatch';
import { jsonPatchBetween } from './jsonPatchBetween';

describe('jsonPatchBetween', () => {
  it('touches nothing but what differs', () => {
    const before = {
      metadata: { annotations: { 'a/b': '1', c: '2' } },
      spec: { route: [{ weight: 100 }, { weight: 0 }], gone: true },
    };
    const after = {
      metadata: { annotations: { 'a/b': '3', c: '2', d: '4' } },
      spec: { route: [{ weight: 80 }, { weight: 0 }] },
    };

    expect(jsonPatchBetween(before, after)).toEqual([
      { op: 'add', path: '/metadata/annotations/a~1b', value: '3' },
      { op: 'add', path: '/metadata/annotations/d', value: '4' },
      { op: 'add', path: '/spec/route/0/weight', value: 80 },
      { op: 'remove', path: '/spec/gone' },
    ]);
  });

  it('replaces a list that grows or shrinks', () => {
    expect(jsonPatchBetween({ list: [1] }, { list: [0, 1] })).toEqual([
      { op: 'add', path: '/list', value: [0, 1] },
    ]);
  });

  it('turns any object into any other', () => {
    const object = fc.dictionary(
      fc.constantFrom('a', 'b/c', 'd~e', 'list', '__proto__'),
      fc.jsonValue({ maxDepth: 3 }),
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(object, object, (before, after) => {
        const patched = applyJsonPatch(before, jsonPatchBetween(before, after));
        expect(patched).toEqual(after);
        expect(jsonPatchBetween(patched, after)).toEqual([]);
      }),
    );
  });
});
