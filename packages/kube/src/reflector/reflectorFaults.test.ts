import { KubeClient } from '../client/kubeClient';
import { pod } from '../testing/pods';
import { ReflectorBench } from './testing/ReflectorBench';

/** By the numbers of the design's list of faults. */
describe('Reflector', () => {
  let bench: ReflectorBench;

  beforeEach(async () => {
    bench = await ReflectorBench.begin();
  });
  afterEach(() => bench.end());

  it('fault 1: keeps what it knows through a restart of the API server, marked stale with its age', async () => {
    const watch = await bench.startedWith(pod('a', '3'));
    const lastSeen = bench.clock.now();
    watch.send({ type: 'MODIFIED', object: pod('a', '20') });
    await bench.changed(1);
    await bench.server.restart(async () => {
      await bench.state('stale');
      bench.clock.advance(100);
      expect(bench.store.get('demo', 'a')).toBeDefined();
      expect(bench.reflector.status.lastSeen).toBe(lastSeen);
      expect(bench.reflector.status.error?.message).toMatch(
        /cannot be reached/,
      );
    });

    await bench.retry(30_000);
    const resumed = await bench.server.next();

    expect(resumed.query.watch).toBe('true');
    expect(resumed.query.resourceVersion).toBe('20');
    resumed.accept();
    await bench.state('live');
    expect(bench.changes).toEqual(['modified a@20']);
  });

  it('fault 2: relists after 410 and emits only real differences', async () => {
    const watch = await bench.startedWith(
      pod('kept', '3'),
      pod('changed', '4'),
      pod('gone', '5'),
      pod('reborn', '6'),
    );
    watch.send({
      type: 'ERROR',
      object: { kind: 'Status', code: 410, reason: 'Expired', message: 'old' },
    });

    await bench.retry(0);
    const relist = await bench.server.next();
    expect(relist.query.watch).toBeUndefined();
    const reborn = pod('reborn', '33');
    reborn.metadata.uid = 'another';
    relist.list('40', [
      pod('kept', '3'),
      pod('changed', '31'),
      reborn,
      pod('new', '32'),
    ]);
    const next = await bench.server.next();

    expect(next.query.resourceVersion).toBe('40');
    expect(bench.changes).toEqual([
      'deleted gone@5',
      'modified changed@31',
      'deleted reborn@6',
      'added reborn@33',
      'added new@32',
    ]);
    expect(bench.reflector.status.counters.expired).toBe(1);
  });

  it('fault 2: relists at once after a 410, and ever later while the server says nothing else', async () => {
    const waits: (number | undefined)[] = [];
    bench.start();
    for (let relists = 0; relists < 4; relists += 1) {
      (await bench.server.next()).list('10', []);
      (await bench.server.next())
        .accept()
        .send({ type: 'ERROR', object: { code: 410, reason: 'Expired' } });
      await bench.clock.timerWithin(1000);
      waits.push(bench.clock.untilNext);
      bench.clock.advance(1000);
    }

    expect(waits).toEqual([0, 187.5, 375, 750]);
  });

  it('fault 6: does not come back before the server will have it', async () => {
    bench.start();
    (await bench.server.next()).refuse(503, 'ServiceUnavailable', {
      headers: { 'retry-after': '20' },
    });
    await bench.status(({ error }) => error !== undefined);
    await bench.clock.timerWithin(30_000);

    expect(bench.clock.untilNext).toBe(20_000);
  });

  it('fault 3: a half-open watch is given up and resumed within 60 s', async () => {
    await bench.startedWith(pod('a', '3'));

    bench.clock.advance(50_000);
    await bench.state('stale');
    await bench.retry(1000);
    const resumed = await bench.server.next();

    expect(bench.clock.monotonic()).toBeLessThan(60_000);
    expect(resumed.query.resourceVersion).toBe('10');
    expect(bench.reflector.status.counters.stalled).toBe(1);
    expect(bench.changes).toEqual([]);
  });

  it.each([
    ['is cut in mid-line', '{"type":"ADDED","object":{"meta'],
    ['sends a line that is not JSON', 'oops\n'],
    ['sends a line that is no event', '{"type":"ADDED"}\n'],
  ])('fault 4: a watch that %s is counted and resumed', async (_, text) => {
    const watch = await bench.startedWith(pod('a', '3'));
    watch
      .send({ type: 'MODIFIED', object: pod('a', '11') })
      .raw(text)
      .end();

    await bench.state('stale');
    expect(bench.reflector.status.counters.corrupt).toBe(1);
    await bench.retry(1000);
    const resumed = await bench.server.next();

    expect(resumed.query.resourceVersion).toBe('11');
    resumed.accept().send({ type: 'ADDED', object: pod('b', '12') });
    await bench.changed(2);
    expect(bench.changes).toEqual(['modified a@11', 'added b@12']);
  });

  it('fault 5: begins the list again when its continue token has expired; the old index serves meanwhile', async () => {
    const watch = await bench.startedWith(pod('a', '3'), pod('b', '4'));
    watch.send({ type: 'ERROR', object: { code: 410, reason: 'Expired' } });
    await bench.retry(0);
    (await bench.server.next()).list('20', [pod('a', '3')], {
      continue: 'token',
    });
    (await bench.server.next()).refuse(410, 'Expired');
    expect(bench.store.list().map(({ metadata }) => metadata.name)).toEqual([
      'a',
      'b',
    ]);

    await bench.retry(1000);
    const again = await bench.server.next();

    expect(again.query.continue).toBeUndefined();
    again.list('30', [pod('b', '4')]);
    (await bench.server.next()).accept();
    await bench.state('live');
    expect(bench.changes).toEqual(['deleted a@3']);
    expect(bench.reflector.status.counters.restartedLists).toBe(1);
  });

  it('fault 9: names a kind that may not be read, and finds out when it may', async () => {
    bench.start();
    (await bench.server.next()).refuse(403, 'Forbidden');
    await bench.state('forbidden');
    expect(bench.reflector.status.error?.message).toMatch(/ask the cluster/);

    await bench.retry(30_000);
    (await bench.server.next()).list('10', [pod('a', '3')]);
    (await bench.server.next()).accept();

    await bench.state('live');
    expect(bench.reflector.status.error).toBeUndefined();
  });

  it('fault 10: idles while the CRD is absent and finds it within 30 s of its coming', async () => {
    bench.start();
    (await bench.server.next()).refuse(404, 'NotFound');
    await bench.state('absent');
    expect(bench.reflector.status.error?.message).toMatch(/install its CRD/);

    await bench.retry(30_000);
    (await bench.server.next()).list('10', []);
    (await bench.server.next()).accept();

    await bench.state('live');
  });

  it('fault 8: goes on with the renewed credentials', async () => {
    let token = 'old';
    bench.client = KubeClient.fromKubeConfig(
      bench.server.kubeConfig({ token }),
      {
        clock: bench.clock,
        reload: () => bench.server.kubeConfig({ token }),
      },
    );
    bench.start();
    token = 'new';
    (await bench.server.next()).refuse(401, 'Unauthorized');

    const retried = await bench.server.next();

    expect(retried.headers.authorization).toBe('Bearer new');
  });
});
