import { ForbiddenError, NotFoundError } from '../client/errors';
import { ManualClock } from '../clock/manualClock';
import { observeArgoLease } from './argoLease';
import type { Lease } from './lease';
import type { LeaseState } from './leaseObservation';
import { LeaseObserver } from './leaseObserver';

const ARGO = 'argo-rollouts-controller-lock';

const lease = (name: string, renewals: number): Lease => ({
  metadata: { name, namespace: 'argo-rollouts', uid: name },
  spec: {
    holderIdentity: `holder of ${name}`,
    leaseDurationSeconds: 15,
    renewTime: `renewal ${renewals}`,
  },
});

describe('LeaseObserver', () => {
  let clock: ManualClock;
  let leases: Lease[];
  let failure: Error | undefined;
  let changes: [LeaseState, string | undefined][];
  let errors: unknown[];
  let observer: LeaseObserver;

  beforeEach(() => {
    clock = new ManualClock();
    leases = [];
    failure = undefined;
    changes = [];
    errors = [];
    observer = new LeaseObserver({
      client: {
        list: async () => {
          if (failure) throw failure;
          return {
            metadata: { resourceVersion: '1' },
            items: structuredClone(leases) as never[],
          };
        },
      },
      matches: ({ metadata }) => metadata.name.startsWith(ARGO),
      clock,
      onChange: (state, holder) => changes.push([state, holder]),
      onError: error => errors.push(error),
    });
  });

  afterEach(() => observer.stop());

  async function settled() {
    await new Promise(resolve => setImmediate(resolve));
  }

  async function start() {
    observer.start();
    await settled();
  }

  /** Lets `seconds` pass, look by look; somebody renews before each, or nobody does. */
  async function pass(seconds: number, renew?: (lease: Lease) => boolean) {
    for (let second = 0; second < seconds; second += 3) {
      for (const [index, { metadata }] of leases.entries()) {
        if (!renew?.(leases[index]!)) continue;
        leases[index] = lease(metadata.name, clock.now());
      }
      clock.advance(3000);
      await settled();
    }
  }

  it('fault 16: Argo’s lease is fresh while it is renewed, and stale when Argo has gone', async () => {
    leases = [lease(ARGO, 0)];
    await start();
    // Nobody may act yet: the lease may be a dead one, or not.
    expect(observer.state).toBe('observing');

    await pass(60, () => true);
    expect(observer.state).toBe('fresh');
    expect(observer.holder).toBe(`holder of ${ARGO}`);

    await pass(15);
    expect(observer.state).toBe('fresh');
    await pass(3);

    expect(changes.map(([state]) => state)).toEqual([
      'observing',
      'fresh',
      'stale',
    ]);
  });

  it('fault 16: one of several Argo controllers that is alive is enough', async () => {
    leases = [lease(`${ARGO}-dead`, 0), lease(`${ARGO}-alive`, 0)];
    await start();

    await pass(30, ({ metadata }) => metadata.name.endsWith('alive'));

    expect(observer.state).toBe('fresh');
    expect(observer.holder).toBe(`holder of ${ARGO}-alive`);
  });

  it('knows after one look that there is no such lease', async () => {
    leases = [lease('somebody-else', 0)];

    await start();

    expect(observer.state).toBe('absent');
  });

  it('fault 16: has to watch a lease anew that has come back: it may be a dead one', async () => {
    leases = [lease(ARGO, 0)];
    await start();
    await pass(6, () => true);
    leases = [];
    await pass(3);
    expect(observer.state).toBe('absent');

    leases = [lease(ARGO, 1)];
    await pass(3);

    expect(observer.state).toBe('observing');
  });

  it('knows that a cluster without leases has none', async () => {
    failure = new NotFoundError({
      status: 404,
      reason: 'NotFound',
      message: '',
      request: 'GET leases',
    });

    await start();

    expect(observer.state).toBe('absent');
    expect(errors).toEqual([]);
  });

  it('keeps what it knows, and goes on looking, when it cannot look', async () => {
    leases = [lease(ARGO, 0)];
    await start();
    await pass(6, () => true);
    failure = new Error('connection refused');

    await pass(60);
    expect(observer.state).toBe('fresh');
    expect(errors).toHaveLength(20);

    failure = undefined;
    leases = [];
    await pass(3);
    expect(observer.state).toBe('absent');
  });

  it('fault 16: knows nothing any more once it is forbidden to look', async () => {
    await start();
    expect(observer.state).toBe('absent');
    failure = new ForbiddenError({
      status: 403,
      reason: 'Forbidden',
      message: 'leases is forbidden',
      request: 'GET leases',
    });

    await pass(3);
    expect(observer.state).toBe('observing');
    expect(observer.forbidden).toBe(true);

    failure = undefined;
    await pass(3);
    expect(observer.state).toBe('absent');
    expect(observer.forbidden).toBe(false);
  });

  it('fault 16: finds Argo’s lease in whatever namespace it runs', async () => {
    const asked: (string | undefined)[] = [];
    const argo = observeArgoLease({
      client: {
        list: async (_, options) => {
          asked.push(options?.namespace);
          return {
            metadata: { resourceVersion: '1' },
            items: [lease(`${ARGO}-blue`, 0), lease(`${ARGO}er`, 0)] as never[],
          };
        },
      },
      clock,
    });

    argo.start();
    await settled();
    await argo.stop();

    expect(asked).toEqual([undefined]);
    expect(argo.holder).toBe(`holder of ${ARGO}-blue`);
  });

  it('stops looking, leaving no timer', async () => {
    await start();

    await observer.stop();

    expect(clock.pending).toBe(0);
  });
});
