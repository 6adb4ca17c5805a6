import { NewObject, StoredObject } from '../api/clusterApi';
import { createManualClock } from '../testing/manualClock';
import { Database } from './database';
import { checkSnapshot, restoreSnapshot, takeSnapshot } from './snapshot';

const PODS = '/pods';

function pod(name: string, fields: Partial<NewObject> = {}): StoredObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    ...fields,
    metadata: { name, namespace: 'demo', ...fields.metadata },
  } as StoredObject;
}

function createDatabase(changes = 100) {
  const clock = createManualClock();
  const database = new Database({
    clock,
    limits: { changes, age: 60_000 },
  });
  return { clock, database, pods: database.collection(PODS) };
}

const names = (objects: StoredObject[] | undefined) =>
  objects?.map(object => object.metadata.name);

describe('Database', () => {
  it('gives every write a greater resourceVersion and hands out frozen objects', () => {
    const { database } = createDatabase();

    const first = database.put(PODS, 'demo/a', pod('a'));
    const second = database.put(PODS, 'demo/a', pod('a'));

    expect(Number(second.metadata.resourceVersion)).toBeGreaterThan(
      Number(first.metadata.resourceVersion),
    );
    expect(Object.isFrozen(second.metadata)).toBe(true);
  });

  it('keeps a field named __proto__ as data', () => {
    const { database } = createDatabase();
    const hostile = JSON.parse('{"__proto__":{"polluted":true}}');

    const stored = database.put(PODS, 'demo/a', pod('a', { spec: hostile }));

    expect(JSON.stringify(stored.spec)).toBe('{"__proto__":{"polluted":true}}');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(stored.spec)).toBe(Object.prototype);
  });

  it('ranges over keys in order, after a key', () => {
    const { database, pods } = createDatabase();
    for (const name of ['c', 'a', 'b']) {
      database.put(PODS, `demo/${name}`, pod(name));
    }
    database.put(PODS, 'other/a', pod('a'));

    expect(names(pods.range('demo/'))).toEqual(['a', 'b', 'c']);
    expect(names(pods.range('demo/', 'demo/a'))).toEqual(['b', 'c']);
  });

  it('rebuilds a list as of an earlier revision', () => {
    const { database, pods } = createDatabase();
    database.put(PODS, 'demo/a', pod('a', { spec: { n: 1 } }));
    database.put(PODS, 'demo/b', pod('b'));
    const then = database.revision;
    database.put(PODS, 'demo/a', pod('a', { spec: { n: 2 } }));
    database.remove(PODS, 'demo/b');
    database.put(PODS, 'demo/c', pod('c'));

    const before = pods.rangeAt(then, 'demo/');

    expect(names(before)).toEqual(['a', 'b']);
    expect(before?.[0]?.spec).toEqual({ n: 1 });
  });

  it('forgets changes beyond its limits, and says so', async () => {
    const { clock, database, pods } = createDatabase(4);
    const start = database.revision;
    for (let n = 0; n < 5; n++) database.put(PODS, `demo/${n}`, pod(`${n}`));
    expect(pods.since(start)).toBeUndefined();

    const later = database.revision;
    database.put(PODS, 'demo/x', pod('x'));
    expect(pods.since(later)).toHaveLength(1);
    await clock.advance(61_000);
    database.put(PODS, 'demo/y', pod('y'));
    expect(pods.since(later)).toBeUndefined();
  });

  it('comes back from a snapshot with its revision, and without history', () => {
    const { database } = createDatabase();
    database.put(PODS, 'demo/a', pod('a'));
    const snapshot = checkSnapshot(
      JSON.parse(JSON.stringify(takeSnapshot(database))),
    );

    const restored = createDatabase().database;
    restoreSnapshot(restored, snapshot);

    expect(restored.revision).toBe(database.revision);
    expect(restored.collection(PODS).get('demo/a')).toEqual(
      database.collection(PODS).get('demo/a'),
    );
    expect(restored.collection(PODS).since(1)).toBeUndefined();
  });
});
