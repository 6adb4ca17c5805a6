import { BuiltinSchemas } from '../kinds/builtinSchemas';
import { strategicMerge } from './strategicMerge';

const { lookup } = new BuiltinSchemas();
const merge = (target: unknown, patch: unknown) =>
  strategicMerge({ $ref: 'V1PodSpec' }, target, patch, lookup);

const live = {
  containers: [
    { name: 'a', image: 'a:1', args: ['x'] },
    { name: 'b', image: 'b:1' },
  ],
  nodeSelector: { disk: 'ssd' },
};

describe('strategicMerge', () => {
  it('merges lists by their key and replaces lists without one', () => {
    const patch = { containers: [{ name: 'a', image: 'a:2', args: ['y'] }] };

    expect(merge(live, patch)).toEqual({
      ...live,
      containers: [
        { name: 'a', image: 'a:2', args: ['y'] },
        { name: 'b', image: 'b:1' },
      ],
    });
  });

  it('deletes an item by its key, and a field by null', () => {
    const patch = {
      containers: [{ name: 'a', $patch: 'delete' }],
      nodeSelector: null,
    };

    expect(merge(live, patch)).toEqual({
      containers: [{ name: 'b', image: 'b:1' }],
    });
  });

  it('replaces a list when told to', () => {
    const patch = { containers: [{ $patch: 'replace' }, { name: 'c' }] };

    expect(merge(live, patch)).toEqual({
      ...live,
      containers: [{ name: 'c' }],
    });
  });

  it('orders a merged list as told, new items included', () => {
    const patch = {
      '$setElementOrder/containers': [
        { name: 'c' },
        { name: 'b' },
        { name: 'a' },
      ],
      containers: [{ name: 'c', image: 'c:1' }],
    };

    expect(merge(live, patch)).toMatchObject({
      containers: [{ name: 'c' }, { name: 'b' }, { name: 'a' }],
    });
  });

  it('keeps only the named keys when told to', () => {
    const patch = {
      $retainKeys: ['nodeSelector'],
      nodeSelector: { disk: 'hdd' },
    };

    expect(merge(live, patch)).toEqual({ nodeSelector: { disk: 'hdd' } });
  });

  it('takes values out of a list of values when told to', () => {
    const patch = { '$deleteFromPrimitiveList/finalizers': ['a'] };

    expect(merge({ finalizers: ['a', 'b'] }, patch)).toEqual({
      finalizers: ['b'],
    });
  });
});
