import { ManualClock } from '../clock/manualClock';
import { pod } from '../testing/pods';
import { Store } from './store';

type TestPod = ReturnType<typeof pod> & { node?: string };

const now = async () => {};

describe('Store', () => {
  let clock: ManualClock;
  let store: Store<TestPod>;
  let changes: string[];

  beforeEach(() => {
    clock = new ManualClock();
    store = new Store<TestPod>({
      clock,
      indexes: { node: ({ node }) => (node ? [node] : []) },
    });
    changes = [];
    store.subscribe(({ type, object }) =>
      changes.push(`${type} ${object.metadata.name}`),
    );
  });

  const onNode = (name: string, version: string, node: string): TestPod => ({
    ...pod(name, version),
    node,
  });

  const names = (pods: TestPod[]) => pods.map(({ metadata }) => metadata.name);

  it('finds objects by name, namespace and index, also after they moved', () => {
    store.put(onNode('a', '1', 'n1'));
    store.put(onNode('b', '2', 'n1'));
    store.put(onNode('a', '3', 'n2'));

    expect(store.get('demo', 'a')?.metadata.resourceVersion).toBe('3');
    expect(names(store.list('demo'))).toEqual(['a', 'b']);
    expect(store.list('elsewhere')).toEqual([]);
    expect(names(store.byIndex('node', 'n1'))).toEqual(['b']);
    expect(names(store.byIndex('node', 'n2'))).toEqual(['a']);

    store.remove(onNode('b', '4', 'n1'));
    expect(store.indexValues('node')).toEqual(['n2']);
    expect(() => store.byIndex('colour', 'x')).toThrow(/no index "colour"/);
  });

  it('holds names that are also names of Object’s own', () => {
    store.put(onNode('__proto__', '1', 'constructor'));

    expect(names(store.byIndex('node', 'constructor'))).toEqual(['__proto__']);
    expect(store.byIndex('node', 'toString')).toEqual([]);
  });

  it('does not take a late deletion of an earlier object for that of its namesake', () => {
    const first = pod('a', '1');
    store.put(first);
    const second = pod('a', '5');
    second.metadata.uid = 'second';
    store.put(second);

    store.remove({ ...first });

    expect(store.get('demo', 'a')).toBe(second);
    expect(changes).toEqual(['added a', 'deleted a', 'added a']);
  });

  it('goes on when a subscriber throws, and says so', () => {
    const errors: unknown[] = [];
    store = new Store<TestPod>({ onSubscriberError: e => errors.push(e) });
    store.subscribe(() => {
      throw new Error('mine');
    });
    const seen: string[] = [];
    store.subscribe(({ type }) => seen.push(type));

    store.put(pod('a', '1'));

    expect(seen).toEqual(['added']);
    expect(errors).toEqual([new Error('mine')]);
  });

  it('yields while it takes over a long list', async () => {
    let yields = 0;
    const objects = new Map(
      Array.from({ length: 100 }, (_, i) => [`demo/${i}`, pod(`${i}`, '1')]),
    );

    await store.replaceAll(
      objects,
      store.beginList(),
      async () => {
        yields += 1;
      },
      10,
    );

    expect(store.size).toBe(100);
    expect(yields).toBe(10);
  });

  describe('fault 13: waiting for one’s own write', () => {
    it('ends with the event of the write', async () => {
      store.put(pod('a', '1'));
      const seen = store.waitFor(pod('a', '2'));
      store.put(pod('a', '2'));

      expect(await seen).toBe(true);
    });

    it('ends at once when the event, and a later one, came before the answer', async () => {
      store.put(pod('a', '2'));
      store.put(pod('a', '3'));

      expect(await store.waitFor(pod('a', '2'))).toBe(true);
    });

    it('ends with a list that was begun after the write, not with an earlier one', async () => {
      const earlier = store.beginList();
      let ended = false;
      const seen = store.waitFor(pod('a', '2')).then(result => {
        ended = true;
        return result;
      });
      await store.replaceAll(new Map(), earlier, now);
      await Promise.resolve();
      expect(ended).toBe(false);

      const later = store.beginList();
      await store.replaceAll(new Map([['demo/a', pod('a', '3')]]), later, now);

      expect(await seen).toBe(true);
    });

    it('gives up after its time', async () => {
      const seen = store.waitFor(pod('a', '2'), 500);
      clock.advance(500);

      expect(await seen).toBe(false);
      expect(clock.pending).toBe(0);
    });

    it('knows a deletion by the uid', async () => {
      store.put(pod('a', '1'));
      const gone = store.waitForDeletion(pod('a', '1'));
      const second = pod('a', '9');
      second.metadata.uid = 'second';
      store.put(second);

      expect(await gone).toBe(true);
    });
  });
});
