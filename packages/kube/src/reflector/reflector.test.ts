import { bookmark, pod } from '../testing/pods';
import { ReflectorBench } from './testing/ReflectorBench';

describe('Reflector', () => {
  let bench: ReflectorBench;

  beforeEach(async () => {
    bench = await ReflectorBench.begin();
  });
  afterEach(() => bench.end());

  it('lists page by page, then watches from the version of the list', async () => {
    bench.start({ pageSize: 1 });
    const first = await bench.server.next();
    expect(first.query).toEqual({ limit: '1' });
    first.list('10', [pod('a', '3')], { continue: 'more' });
    const second = await bench.server.next();
    expect(second.query).toEqual({ limit: '1', continue: 'more' });
    second.list('10', [pod('b', '4')]);

    const watch = await bench.server.next();

    expect(watch.query).toEqual({
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: '10',
      timeoutSeconds: '40',
    });
    expect(bench.changes).toEqual(['added a@3', 'added b@4']);
    expect(bench.store.get('demo', 'a')?.metadata).not.toHaveProperty(
      'managedFields',
    );
  });

  it('applies what the watch tells', async () => {
    const watch = await bench.startedWith(pod('a', '3'));

    watch.send(
      { type: 'ADDED', object: pod('b', '11') },
      { type: 'MODIFIED', object: pod('a', '12') },
      { type: 'DELETED', object: pod('b', '13') },
    );
    await bench.changed(3);

    expect(bench.changes).toEqual([
      'added b@11',
      'modified a@12',
      'deleted b@13',
    ]);
    expect(bench.reflector.status.counters.events).toBe(3);
  });

  it('stores projections only', async () => {
    bench.start({ project: ({ metadata }) => ({ metadata, small: true }) });
    (await bench.server.next()).list('10', [
      pod('a', '3', { spec: { big: 1 } }),
    ]);
    (await bench.server.next()).accept();
    await bench.state('live');

    expect(Object.keys(bench.store.get('demo', 'a') ?? {})).toEqual([
      'metadata',
      'small',
    ]);
  });

  it('resumes from the last bookmark', async () => {
    const watch = await bench.startedWith(pod('a', '3'));
    watch.send(bookmark('20')).end();

    await bench.retry(1000);

    expect((await bench.server.next()).query.resourceVersion).toBe('20');
    expect(bench.reflector.status.counters.bookmarks).toBe(1);
    expect(bench.changes).toEqual([]);
  });

  it('a watch that shows signs of life is not given up', async () => {
    const watch = await bench.startedWith(pod('a', '3'));
    bench.clock.advance(45_000);
    watch.send({ type: 'MODIFIED', object: pod('a', '11') });
    await bench.changed(1);
    expect(bench.reflector.status.silence).toBe(0);
    expect(bench.reflector.status.lastSeen).toBe(bench.clock.now());

    bench.clock.advance(45_000);

    expect(bench.reflector.status.state).toBe('live');
    expect(bench.reflector.status.silence).toBe(45_000);
    expect(bench.reflector.status.counters.stalled).toBe(0);
  });

  it('watches from the version of the first page, with an inconsistent continuation', async () => {
    bench.start({ pageSize: 1 });
    (await bench.server.next()).list('10', [pod('a', '3')], {
      continue: 'more',
    });
    (await bench.server.next()).list('12', [pod('b', '11')]);

    expect((await bench.server.next()).query.resourceVersion).toBe('10');
  });

  it('takes one 404 for a server that just starts, a second for a removed CRD', async () => {
    const watch = await bench.startedWith(pod('a', '3'));
    watch.end();
    await bench.retry(1000);
    (await bench.server.next()).refuse(404, 'NotFound');
    await bench.state('absent');
    expect(bench.store.size).toBe(1);

    await bench.retry(30_000);
    (await bench.server.next()).refuse(404, 'NotFound');
    await bench.changed(1);

    expect(bench.changes).toEqual(['deleted a@3']);
  });

  it('stays calm while credentials are refused', async () => {
    void bench.server.answerAll(call => call.refuse(401, 'Unauthorized'));
    bench.start();
    await bench.state('unauthorized');

    while (bench.clock.monotonic() < 60_000) await bench.retry(30_000);

    expect(bench.server.lines.length).toBeLessThan(12);
    expect(bench.reflector.status.state).toBe('unauthorized');
  });

  it('does not ask in a tight loop a server that ends every watch at once', async () => {
    const watch = await bench.startedWith();
    watch.end();
    await bench.clock.timerWithin(1000);
    expect(bench.server.lines).toHaveLength(2);

    bench.clock.advance(1000);
    (await bench.server.next()).accept().end();
    await bench.clock.timerWithin(1000);

    expect(bench.server.lines).toHaveLength(3);
    expect(bench.reflector.status.state).toBe('live');
  });

  it('stops with a watch open and touches nothing afterwards', async () => {
    await bench.startedWith(pod('a', '3'));

    await bench.reflector.stop();

    expect(bench.reflector.status.state).toBe('stopped');
    expect(bench.clock.pending).toBe(0);
  });
});
