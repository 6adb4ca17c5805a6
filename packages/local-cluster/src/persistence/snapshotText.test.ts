import { StoredObject } from '../api/clusterApi';
import { Snapshot } from '../storage/snapshot';
import { snapshotText } from './snapshotText';

const object = (name: string, text: string): StoredObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name,
    uid: name,
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
  },
  data: { text },
});

const snapshot = (collections: Snapshot['collections']): Snapshot => ({
  format: 1,
  revision: 7,
  collections,
});

describe('the text of a snapshot', () => {
  it.each<[string, Snapshot['collections']]>([
    ['nothing', {}],
    ['an empty collection', { '/pods': [] }],
    [
      'several collections',
      {
        '/pods': [object('a', '"'), object('b', '\n')],
        'x/y': [object('c', 'ü')],
      },
    ],
  ])('is JSON of %s', (_, collections) => {
    const text = [...snapshotText(snapshot(collections))].join('');

    expect(JSON.parse(text)).toEqual(snapshot(collections));
  });

  it('comes in pieces none of which is longer than its share and one object', () => {
    const objects = Array.from({ length: 1000 }, (_, index) =>
      object(`map-${index}`, 'x'.repeat(1000)),
    );

    const pieces = [...snapshotText(snapshot({ '/configmaps': objects }))];

    expect(JSON.parse(pieces.join('')).collections['/configmaps']).toEqual(
      objects,
    );
    const longest = Math.max(...pieces.map(({ length }) => length));
    expect(longest).toBeLessThan(128 * 1024 + 2000);
  });
});
