import {
  ClusterStore,
  createClusterStore,
} from '../operations/createClusterStore';
import { createManualClock, ManualClock } from '../testing/manualClock';
import { FeedEvent, startWatchFeed, WatchQuery } from './watchFeed';

const CONFIG_MAPS = { group: '', resource: 'configmaps' };

describe('a watch feed', () => {
  let clock: ManualClock;
  let store: ClusterStore;
  let heard: string[];
  let stop: () => void;

  beforeEach(() => {
    clock = createManualClock();
    store = createClusterStore({ clock });
    heard = [];
  });

  afterEach(() => stop());

  const create = (name: string) =>
    store.create(CONFIG_MAPS, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: 'default' },
    });

  function start(query: WatchQuery) {
    const { database, kinds } = store.context;
    const kind = kinds.get(CONFIG_MAPS);
    stop = startWatchFeed(database, clock, kind, query, event =>
      heard.push(textOf(event)),
    );
  }

  it('says how far it has come every half minute in which it was silent', async () => {
    const { metadata } = create('a');
    start({ resourceVersion: metadata.resourceVersion, allowBookmarks: true });
    await clock.advance(29_999);
    expect(heard).toEqual([]);

    await clock.advance(1);
    // A change that this watch does not see moves its bookmark all the same.
    store.create(
      { group: '', resource: 'namespaces' },
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } },
    );
    const { revision } = store.context.database;
    await clock.advance(30_000);

    expect(heard).toEqual([
      `BOOKMARK ${metadata.resourceVersion}`,
      `BOOKMARK ${revision}`,
    ]);
  });

  it('is resumed from a bookmark without a gap and without a repetition', async () => {
    create('before');
    start({ allowBookmarks: true });
    await clock.advance(30_000);
    const [, resourceVersion] = heard.at(-1)!.split(' ');
    stop();
    create('between');
    heard = [];

    start({ resourceVersion, allowBookmarks: true });
    create('after');

    expect(heard).toEqual(['ADDED between', 'ADDED after']);
  });

  // Kubernetes says so with initial events only, and is silent without them.
  it.each([undefined, true])(
    'ends at once when it begins in the future, as after a loss of data (initial events: %s)',
    sendInitialEvents => {
      create('a');
      const future = String(store.context.database.revision + 1);

      start({ resourceVersion: future, sendInitialEvents });
      create('b');

      expect(heard).toEqual(['ERROR 504']);
    },
  );

  it('with initial events goes from what exists over a bookmark to what happens', async () => {
    create('a');
    create('b');
    const { revision } = store.context.database;

    start({ sendInitialEvents: true, allowBookmarks: true });
    create('c');
    await clock.advance(30_000);

    expect(heard).toEqual([
      'ADDED a',
      'ADDED b',
      `BOOKMARK ${revision} (initial events end)`,
      'ADDED c',
      `BOOKMARK ${revision + 1}`,
    ]);
  });

  it('tells who does not see it any more how it was', () => {
    const seen: FeedEvent[] = [];
    const { database, kinds } = store.context;
    create('a');
    const label = (on: string | null) =>
      store.patch(
        CONFIG_MAPS,
        'default',
        'a',
        { metadata: { labels: { on } } },
        { type: 'merge' },
      );
    label('yes');
    stop = startWatchFeed(
      database,
      clock,
      kinds.get(CONFIG_MAPS),
      { labelSelector: 'on=yes', resourceVersion: String(database.revision) },
      event => seen.push(event),
    );
    const { metadata } = label(null);

    expect(seen).toEqual([
      {
        type: 'DELETED',
        object: expect.objectContaining({
          metadata: expect.objectContaining({
            labels: { on: 'yes' },
            resourceVersion: metadata.resourceVersion,
          }),
        }),
      },
    ]);
  });

  it('sends no bookmark to a client that does not take any', async () => {
    start({ sendInitialEvents: true });
    await clock.advance(120_000);

    expect(heard).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('leaves no timer behind', () => {
    start({ allowBookmarks: true });

    stop();

    expect(clock.pending).toBe(0);
  });
});

function textOf(event: FeedEvent): string {
  switch (event.type) {
    case 'ERROR':
      return `ERROR ${event.status.code}`;
    case 'BOOKMARK':
      return `BOOKMARK ${event.revision}${event.initialEventsEnd ? ' (initial events end)' : ''}`;
    default:
      return `${event.type} ${event.object.metadata.name}`;
  }
}
