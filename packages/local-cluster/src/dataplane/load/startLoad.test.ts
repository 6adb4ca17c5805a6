import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { createManualClock, ManualClock } from '../../testing/manualClock';
import { createRouteTable } from '../routing/routeTable';
import { createMemorySource, Draft } from '../testing/memorySource';
import { FollowedView, followCluster } from '../view/clusterView';
import { LOAD_ANNOTATION, startLoad } from './startLoad';

const object = (kind: string, name: string, load?: string): Draft => ({
  kind,
  metadata: {
    name,
    ...(load !== undefined && { annotations: { [LOAD_ANNOTATION]: load } }),
  },
});

describe('the load generator', () => {
  let clock: ManualClock;
  let gateway: Server;
  let view: FollowedView;
  let stop: () => void;
  let requests: string[];
  let status: number;

  beforeEach(async () => {
    clock = createManualClock();
    requests = [];
    status = 200;
    gateway = createServer((request, response) => {
      requests.push(request.url!);
      response.writeHead(status).end();
    }).listen(0, '127.0.0.1');
    await once(gateway, 'listening');
  });

  afterEach(async () => {
    stop();
    view.stop();
    gateway.closeAllConnections();
    await new Promise(resolve => gateway.close(resolve));
  });

  function start(...drafts: Draft[]) {
    view = followCluster(createMemorySource(...drafts));
    const gatewayPort = (gateway.address() as AddressInfo).port;
    stop = startLoad({
      view,
      table: createRouteTable(view),
      clock,
      gatewayPort,
      perSecond: 20,
    });
  }

  /** How many requests each address gets in so many seconds. */
  async function countsAfter(seconds: number) {
    requests = [];
    for (let second = 0; second < seconds; second++) {
      await clock.advance(1000);
      await settled();
    }
    const counts: Record<string, number> = {};
    for (const path of requests) counts[path] = (counts[path] ?? 0) + 1;
    return counts;
  }

  /** Waits until no request that was sent is still without its answer. */
  async function settled() {
    let before = -1;
    while (before !== requests.length) {
      before = requests.length;
      for (let turn = 0; turn < 50; turn++) {
        await new Promise(resolve => setImmediate(resolve));
      }
    }
  }

  it('sends to each VirtualService at the default rate, to others at their own', async () => {
    start(
      object('VirtualService', 'colors'),
      object('VirtualService', 'quiet', '0'),
      object('Service', 'search', '5'),
      object('Service', 'silent'),
    );
    await countsAfter(2);

    const counts = await countsAfter(4);

    expect(Object.keys(counts).sort()).toEqual([
      '/demo/colors/',
      '/demo/search/',
    ]);
    expect(Math.abs(counts['/demo/colors/']! - 80)).toBeLessThanOrEqual(1);
    expect(Math.abs(counts['/demo/search/']! - 20)).toBeLessThanOrEqual(1);
  });

  it('only knocks once a second while there is nobody to answer', async () => {
    status = 503;
    start(object('VirtualService', 'colors'));

    const counts = await countsAfter(5);

    expect(counts['/demo/colors/']).toBeGreaterThanOrEqual(4);
    expect(counts['/demo/colors/']).toBeLessThanOrEqual(5);
  });

  it('sends nothing any more once it is stopped', async () => {
    start(object('VirtualService', 'colors'));
    await countsAfter(2);

    stop();

    expect(await countsAfter(3)).toEqual({});
    expect(clock.pending).toBe(0);
  });
});
