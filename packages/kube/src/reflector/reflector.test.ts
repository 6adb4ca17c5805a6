import { KubeClient } from '../client/kubeClient';
import type { AnyObject } from '../client/types';
import { ManualClock } from '../clock/manualClock';
import { RESOURCES } from '../resources';
import { Store, type StoreChange } from '../store/store';
import { bookmark, pod } from '../testing/pods';
import { ScriptedServer } from '../testing/scriptedServer';
import { Reflector, type ReflectorOptions } from './reflector';
import type { ReflectorState } from './status';

/** Resolves as soon as the condition holds, looking at each call back. */
function once(
  subscribe: (callback: () => void) => () => void,
  condition: () => boolean,
): Promise<void> {
  return new Promise(resolve => {
    let stop = () => {};
    const check = () => {
      if (!condition()) return;
      stop();
      resolve();
    };
    stop = subscribe(check);
    check();
  });
}

describe('Reflector', () => {
  let server: ScriptedServer;
  let clock: ManualClock;
  let client: KubeClient;
  let store: Store<AnyObject>;
  let reflector: Reflector<AnyObject>;
  let changes: string[];

  beforeEach(async () => {
    server = await ScriptedServer.start();
    clock = new ManualClock();
    client = KubeClient.fromKubeConfig(server.kubeConfig(), { clock });
    store = new Store<AnyObject>({ clock });
    changes = [];
    store.subscribe(change => changes.push(described(change)));
  });

  afterEach(async () => {
    await reflector?.stop();
    client.close();
    await server.stop();
  });

  function start(options: Partial<ReflectorOptions<AnyObject>> = {}) {
    reflector = new Reflector<AnyObject>({
      client,
      resource: RESOURCES.pods,
      store,
      clock,
      random: () => 0.5,
      ...options,
    });
    reflector.start();
  }

  const state = (wanted: ReflectorState) =>
    once(
      callback => reflector.onStatus(callback),
      () => reflector.status.state === wanted,
    );

  /** A reflector that has listed `pods` at version 10 and watches. */
  async function startedWith(...pods: object[]) {
    start();
    (await server.next()).list('10', pods);
    const watch = (await server.next()).accept();
    await state('live');
    changes.length = 0;
    return watch;
  }

  const changed = (count: number) =>
    once(
      callback => store.subscribe(callback),
      () => changes.length >= count,
    );

  /** Lets the wait before the next try pass. */
  async function retry(withinMilliseconds: number) {
    await clock.timerWithin(withinMilliseconds);
    clock.advance(withinMilliseconds);
  }

  it('lists page by page, then watches from the version of the list', async () => {
    start({ pageSize: 1 });
    const first = await server.next();
    expect(first.query).toEqual({ limit: '1' });
    first.list('10', [pod('a', '3')], { continue: 'more' });
    const second = await server.next();
    expect(second.query).toEqual({ limit: '1', continue: 'more' });
    second.list('10', [pod('b', '4')]);

    const watch = await server.next();

    expect(watch.query).toEqual({
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: '10',
      timeoutSeconds: '40',
    });
    expect(changes).toEqual(['added a@3', 'added b@4']);
    expect(store.get('demo', 'a')?.metadata).not.toHaveProperty(
      'managedFields',
    );
  });

  it('applies what the watch tells', async () => {
    const watch = await startedWith(pod('a', '3'));

    watch.send(
      { type: 'ADDED', object: pod('b', '11') },
      { type: 'MODIFIED', object: pod('a', '12') },
      { type: 'DELETED', object: pod('b', '13') },
    );
    await changed(3);

    expect(changes).toEqual(['added b@11', 'modified a@12', 'deleted b@13']);
    expect(reflector.status.counters.events).toBe(3);
  });

  it('stores projections only', async () => {
    start({ project: ({ metadata }) => ({ metadata, small: true }) });
    (await server.next()).list('10', [pod('a', '3', { spec: { big: 1 } })]);
    (await server.next()).accept();
    await state('live');

    expect(Object.keys(store.get('demo', 'a') ?? {})).toEqual([
      'metadata',
      'small',
    ]);
  });

  it('fault 1: keeps what it knows through a restart of the API server, marked stale with its age', async () => {
    const watch = await startedWith(pod('a', '3'));
    const lastSeen = clock.now();
    watch.send({ type: 'MODIFIED', object: pod('a', '20') });
    await changed(1);
    await server.restart(async () => {
      await state('stale');
      clock.advance(100);
      expect(store.get('demo', 'a')).toBeDefined();
      expect(reflector.status.lastSeen).toBe(lastSeen);
      expect(reflector.status.error?.message).toMatch(/cannot be reached/);
    });

    await retry(30_000);
    const resumed = await server.next();

    expect(resumed.query.watch).toBe('true');
    expect(resumed.query.resourceVersion).toBe('20');
    resumed.accept();
    await state('live');
    expect(changes).toEqual(['modified a@20']);
  });

  it('resumes from the last bookmark', async () => {
    const watch = await startedWith(pod('a', '3'));
    watch.send(bookmark('20')).end();

    await retry(1000);

    expect((await server.next()).query.resourceVersion).toBe('20');
    expect(reflector.status.counters.bookmarks).toBe(1);
    expect(changes).toEqual([]);
  });

  it('fault 2: relists after 410 and emits only real differences', async () => {
    const watch = await startedWith(
      pod('kept', '3'),
      pod('changed', '4'),
      pod('gone', '5'),
      pod('reborn', '6'),
    );
    watch.send({
      type: 'ERROR',
      object: { kind: 'Status', code: 410, reason: 'Expired', message: 'old' },
    });

    await retry(0);
    const relist = await server.next();
    expect(relist.query.watch).toBeUndefined();
    const reborn = pod('reborn', '33');
    reborn.metadata.uid = 'another';
    relist.list('40', [
      pod('kept', '3'),
      pod('changed', '31'),
      reborn,
      pod('new', '32'),
    ]);
    const next = await server.next();

    expect(next.query.resourceVersion).toBe('40');
    expect(changes).toEqual([
      'deleted gone@5',
      'modified changed@31',
      'deleted reborn@6',
      'added reborn@33',
      'added new@32',
    ]);
    expect(reflector.status.counters.expired).toBe(1);
  });

  it('fault 2: relists at once after a 410, and ever later while the server says nothing else', async () => {
    const waits: (number | undefined)[] = [];
    start();
    for (let relists = 0; relists < 4; relists += 1) {
      (await server.next()).list('10', []);
      (await server.next())
        .accept()
        .send({ type: 'ERROR', object: { code: 410, reason: 'Expired' } });
      await clock.timerWithin(1000);
      waits.push(clock.untilNext);
      clock.advance(1000);
    }

    expect(waits).toEqual([0, 187.5, 375, 750]);
  });

  it('fault 6: does not come back before the server will have it', async () => {
    start();
    (await server.next()).refuse(503, 'ServiceUnavailable', {
      headers: { 'retry-after': '20' },
    });
    await once(
      callback => reflector.onStatus(callback),
      () => reflector.status.error !== undefined,
    );
    await clock.timerWithin(30_000);

    expect(clock.untilNext).toBe(20_000);
  });

  it('fault 3: a half-open watch is given up and resumed within 60 s', async () => {
    await startedWith(pod('a', '3'));

    clock.advance(50_000);
    await state('stale');
    await retry(1000);
    const resumed = await server.next();

    expect(clock.monotonic()).toBeLessThan(60_000);
    expect(resumed.query.resourceVersion).toBe('10');
    expect(reflector.status.counters.stalled).toBe(1);
    expect(changes).toEqual([]);
  });

  it('a watch that shows signs of life is not given up', async () => {
    const watch = await startedWith(pod('a', '3'));
    clock.advance(45_000);
    watch.send({ type: 'MODIFIED', object: pod('a', '11') });
    await changed(1);
    expect(reflector.status.silence).toBe(0);
    expect(reflector.status.lastSeen).toBe(clock.now());

    clock.advance(45_000);

    expect(reflector.status.state).toBe('live');
    expect(reflector.status.silence).toBe(45_000);
    expect(reflector.status.counters.stalled).toBe(0);
  });

  it.each([
    ['is cut in mid-line', '{"type":"ADDED","object":{"meta'],
    ['sends a line that is not JSON', 'oops\n'],
    ['sends a line that is no event', '{"type":"ADDED"}\n'],
  ])('fault 4: a watch that %s is counted and resumed', async (_, text) => {
    const watch = await startedWith(pod('a', '3'));
    watch
      .send({ type: 'MODIFIED', object: pod('a', '11') })
      .raw(text)
      .end();

    await state('stale');
    expect(reflector.status.counters.corrupt).toBe(1);
    await retry(1000);
    const resumed = await server.next();

    expect(resumed.query.resourceVersion).toBe('11');
    resumed.accept().send({ type: 'ADDED', object: pod('b', '12') });
    await changed(2);
    expect(changes).toEqual(['modified a@11', 'added b@12']);
  });

  it('fault 5: begins the list again when its continue token has expired; the old index serves meanwhile', async () => {
    const watch = await startedWith(pod('a', '3'), pod('b', '4'));
    watch.send({ type: 'ERROR', object: { code: 410, reason: 'Expired' } });
    await retry(0);
    (await server.next()).list('20', [pod('a', '3')], { continue: 'token' });
    (await server.next()).refuse(410, 'Expired');
    expect(store.list().map(({ metadata }) => metadata.name)).toEqual([
      'a',
      'b',
    ]);

    await retry(1000);
    const again = await server.next();

    expect(again.query.continue).toBeUndefined();
    again.list('30', [pod('b', '4')]);
    (await server.next()).accept();
    await state('live');
    expect(changes).toEqual(['deleted a@3']);
    expect(reflector.status.counters.restartedLists).toBe(1);
  });

  it('watches from the version of the first page, with an inconsistent continuation', async () => {
    start({ pageSize: 1 });
    (await server.next()).list('10', [pod('a', '3')], { continue: 'more' });
    (await server.next()).list('12', [pod('b', '11')]);

    expect((await server.next()).query.resourceVersion).toBe('10');
  });

  it('fault 9: names a kind that may not be read, and finds out when it may', async () => {
    start();
    (await server.next()).refuse(403, 'Forbidden');
    await state('forbidden');
    expect(reflector.status.error?.message).toMatch(/ask the cluster/);

    await retry(30_000);
    (await server.next()).list('10', [pod('a', '3')]);
    (await server.next()).accept();

    await state('live');
    expect(reflector.status.error).toBeUndefined();
  });

  it('fault 10: idles while the CRD is absent and finds it within 30 s of its coming', async () => {
    start();
    (await server.next()).refuse(404, 'NotFound');
    await state('absent');
    expect(reflector.status.error?.message).toMatch(/install its CRD/);

    await retry(30_000);
    (await server.next()).list('10', []);
    (await server.next()).accept();

    await state('live');
  });

  it('takes one 404 for a server that just starts, a second for a removed CRD', async () => {
    const watch = await startedWith(pod('a', '3'));
    watch.end();
    await retry(1000);
    (await server.next()).refuse(404, 'NotFound');
    await state('absent');
    expect(store.size).toBe(1);

    await retry(30_000);
    (await server.next()).refuse(404, 'NotFound');
    await changed(1);

    expect(changes).toEqual(['deleted a@3']);
  });

  it('fault 8: goes on with the renewed credentials', async () => {
    let token = 'old';
    client = KubeClient.fromKubeConfig(server.kubeConfig({ token }), {
      clock,
      reload: () => server.kubeConfig({ token }),
    });
    start();
    token = 'new';
    (await server.next()).refuse(401, 'Unauthorized');

    const retried = await server.next();

    expect(retried.headers.authorization).toBe('Bearer new');
  });

  it('stays calm while credentials are refused', async () => {
    void server.answerAll(call => call.refuse(401, 'Unauthorized'));
    start();
    await state('unauthorized');

    while (clock.monotonic() < 60_000) await retry(30_000);

    expect(server.lines.length).toBeLessThan(12);
    expect(reflector.status.state).toBe('unauthorized');
  });

  it('does not ask in a tight loop a server that ends every watch at once', async () => {
    const watch = await startedWith();
    watch.end();
    await clock.timerWithin(1000);
    expect(server.lines).toHaveLength(2);

    clock.advance(1000);
    (await server.next()).accept().end();
    await clock.timerWithin(1000);

    expect(server.lines).toHaveLength(3);
    expect(reflector.status.state).toBe('live');
  });

  it('stops with a watch open and touches nothing afterwards', async () => {
    await startedWith(pod('a', '3'));

    await reflector.stop();

    expect(reflector.status.state).toBe('stopped');
    expect(clock.pending).toBe(0);
  });
});

function described(change: StoreChange<AnyObject>): string {
  const { name, resourceVersion } = change.object.metadata;
  return `${change.type} ${name}@${resourceVersion}`;
}
