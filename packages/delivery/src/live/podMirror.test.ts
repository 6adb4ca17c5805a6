import type { Pod } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  Store,
  systemClock,
  type KubeClient,
} from '@progressive-delivery/kube';
import {
  startLiveCluster,
  type LiveCluster,
} from './__testUtils__/liveCluster';
import { PodMirror } from './podMirror';

jest.setTimeout(60_000);

const PODS = { group: '', resource: 'pods' };
const LOST = 'the connection was lost';
const TEN_MINUTES = 10 * 60_000;

describe('PodMirror', () => {
  let live: LiveCluster;
  let store: Store<Pod>;
  let mirror: PodMirror;
  let look: () => void;
  /** Ends the ten minutes after which nobody has asked; undefined when they do not run. */
  let leave: (() => void) | undefined;

  const clock = {
    now: () => systemClock.now(),
    monotonic: () => systemClock.monotonic(),
    after: (milliseconds: number, callback: () => void) => {
      if (milliseconds !== TEN_MINUTES) {
        return systemClock.after(milliseconds, callback);
      }
      leave = callback;
      return () => {
        leave = undefined;
      };
    },
  };
  const create = (
    client: Pick<KubeClient, 'list' | 'watch'>,
    namespace?: string,
  ) =>
    new PodMirror({
      client: client as KubeClient,
      namespace,
      clock,
      store,
      onError: error => {
        throw error;
      },
      onStatus: () => look(),
    });
  const becomes = (wanted: () => boolean) =>
    new Promise<void>(resolve => {
      look = () => wanted() && resolve();
      store.subscribe(() => look());
      look();
    });
  const pod = (name: string) =>
    live.cluster.api.create(PODS, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default' },
      spec: { containers: [{ name: 'main', image: 'demo/colors:blue' }] },
    });

  beforeEach(async () => {
    live = await startLiveCluster();
    store = new Store<Pod>();
    look = () => {};
    leave = undefined;
    mirror = create(live.client);
  });

  afterEach(async () => {
    await mirror.stop();
    await live.stop();
  });

  it('asks for pods from the moment somebody wants them', async () => {
    pod('one');
    mirror.start();
    expect(mirror.current).toBe(false);
    expect(mirror.problem).toBeUndefined();

    mirror.want(true);
    expect(mirror.problem?.state).toBe('connecting');
    await becomes(() => mirror.current);

    expect(store.list().map(({ metadata }) => metadata.name)).toEqual(['one']);
    expect(mirror.problem).toBeUndefined();
  });

  it('asks for those that were wanted before it was started', async () => {
    let lists = 0;
    mirror = create({
      list: (...request) => {
        lists += 1;
        return live.client.list(...request);
      },
      watch: (...request) => live.client.watch(...request),
    });
    mirror.want(true);
    expect(lists).toBe(0);

    mirror.start();

    await becomes(() => mirror.current);
  });

  it('forgets them ten minutes after nobody wants them any more', async () => {
    pod('one');
    mirror.start();
    mirror.want(true);
    await becomes(() => mirror.current);

    mirror.want(false);
    expect(mirror.current).toBe(true);
    leave?.();

    await becomes(() => store.size === 0);
    expect(mirror.current).toBe(false);
    expect(mirror.problem).toBeUndefined();
  });

  it('keeps them when somebody asks again in time', async () => {
    mirror.start();
    mirror.want(true);
    await becomes(() => mirror.current);

    mirror.want(false);
    mirror.want(true);

    expect(leave).toBeUndefined();
    expect(mirror.current).toBe(true);
  });

  it('has them all when somebody asks again just then', async () => {
    pod('one');
    mirror.start();
    mirror.want(true);
    await becomes(() => mirror.current);
    mirror.want(false);

    leave?.();
    mirror.want(true);
    pod('two');
    await becomes(() => mirror.current && store.size === 2);

    const names = store.list().map(({ metadata }) => metadata.name);
    expect(names).toEqual(['one', 'two']);
  });

  it('is not current before it has listed them anew', async () => {
    await mirror.stop();
    const first = { metadata: { resourceVersion: '1' }, items: [] };
    let pages: object[] = [first];
    mirror = create({
      list: async () => {
        const page = pages.shift();
        if (!page) throw new Error(LOST);
        return page as never;
      },
      watch: (...request) => live.client.watch(...request),
    });
    mirror.start();
    mirror.want(true);
    await becomes(() => store.synced);
    mirror.want(false);
    leave?.();
    const failed = becomes(() => mirror.problem?.message === LOST);
    pages = [
      { ...first, metadata: { resourceVersion: '9', continue: 'more' } },
    ];

    mirror.want(true);
    await failed;

    expect(mirror.current).toBe(false);
    expect(mirror.problem?.state).toBe('connecting');
  });

  it('asks for those of its namespace only', async () => {
    await mirror.stop();
    mirror = create(live.client, 'kube-system');
    pod('one');
    mirror.start();
    mirror.want(true);

    await becomes(() => mirror.current);

    expect(store.size).toBe(0);
  });

  it('tells once when they have become known, each time that they are asked for', async () => {
    let times = 0;
    const known = (wanted: number) =>
      new Promise<void>(resolve => {
        const stop = mirror.onKnown(() => {
          times += 1;
          expect(mirror.current).toBe(true);
          stop();
          if (times === wanted) resolve();
        });
      });
    mirror.start();
    const first = known(1);
    mirror.want(true);
    await first;

    mirror.want(false);
    leave?.();
    const second = known(2);
    mirror.want(true);
    await second;

    expect(times).toBe(2);
  });
});
