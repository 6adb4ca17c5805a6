import { ConflictError, NotFoundError } from '../client/errors';
import { ManualClock } from '../clock/manualClock';
import type { Lease } from './lease';
import { LeaseElector } from './leaseElector';

const failure = (status: number) => ({
  status,
  reason: '',
  message: '',
  request: 'test',
});

/** One lease under optimistic concurrency; can be made to fail. */
class LeaseRegister {
  lease?: Lease;
  down = false;
  readonly writes: (string | undefined)[] = [];
  #version = 0;

  readonly client = {
    get: async () => {
      this.#check();
      if (!this.lease) throw new NotFoundError(failure(404));
      return structuredClone(this.lease) as never;
    },
    create: async (_: unknown, lease: object) => {
      if (this.lease) throw new ConflictError(failure(409));
      return this.#write(lease as Lease);
    },
    replace: async (_: unknown, lease: object) => {
      const { resourceVersion } = (lease as Lease).metadata;
      if (resourceVersion !== this.lease?.metadata.resourceVersion) {
        throw new ConflictError(failure(409));
      }
      return this.#write(lease as Lease);
    },
  };

  #write(lease: Lease) {
    this.#check();
    this.writes.push(lease.spec?.holderIdentity);
    this.#version += 1;
    this.lease = structuredClone({
      ...lease,
      metadata: {
        ...lease.metadata,
        uid: 'u',
        resourceVersion: `${this.#version}`,
      },
    });
    return structuredClone(this.lease) as never;
  }

  #check() {
    if (this.down) throw new Error('down');
  }
}

/** Time that goes on while no timer fires, as in a process that stands still. */
class FreezableClock extends ManualClock {
  #frozen = 0;

  override monotonic() {
    return super.monotonic() + this.#frozen;
  }

  freeze(milliseconds: number) {
    this.#frozen = milliseconds;
  }

  thaw() {
    const frozen = this.#frozen;
    this.#frozen = 0;
    this.advance(frozen);
  }
}

describe('LeaseElector', () => {
  let register: LeaseRegister;
  let running: LeaseElector[];

  beforeEach(() => {
    register = new LeaseRegister();
    running = [];
  });

  afterEach(async () => {
    await Promise.all(running.map(elector => elector.stop()));
  });

  function candidate(identity: string, clock: ManualClock) {
    const log: string[] = [];
    const behind: string[] = [];
    const elector = new LeaseElector({
      client: register.client,
      namespace: 'demo',
      name: 'lock',
      identity,
      clock,
      random: () => 0,
      onStartedLeading: signal => {
        log.push('start');
        signal.addEventListener('abort', () => log.push('abort'));
      },
      onStoppedLeading: reason => log.push(reason),
      onStandingBy: holder => behind.push(holder),
    });
    running.push(elector);
    elector.start();
    return { elector, log, behind };
  }

  /** One try after another, each time the elector waits for its next. */
  async function pass(clock: ManualClock, seconds: number) {
    for (let passed = 0; passed < seconds; passed += 1) {
      await settled();
      clock.advance(1000);
    }
    await settled();
  }

  it('leads when nobody holds the lease, and keeps it', async () => {
    const clock = new ManualClock();
    const { elector, log } = candidate('a', clock);

    await pass(clock, 60);

    expect(elector.isLeader).toBe(true);
    expect(log).toEqual(['start']);
    expect(register.lease?.spec?.leaseTransitions).toBe(0);
  });

  it('takes over a lease only after it stood still for its whole duration', async () => {
    const clock = new ManualClock();
    const a = candidate('a', clock);
    await settled();
    await freeze(a.elector);
    const b = candidate('b', clock);

    await pass(clock, 14);
    expect(b.elector.isLeader).toBe(false);
    await pass(clock, 4);

    expect(b.elector.isLeader).toBe(true);
    expect(register.lease?.spec?.leaseTransitions).toBe(1);
  });

  it('says once behind whom it stands, and again when it is another', async () => {
    const clock = new ManualClock();
    const a = candidate('a', clock);
    await settled();
    const b = candidate('b', clock);
    await pass(clock, 10);
    expect([a.behind, b.behind]).toEqual([[], ['a']]);

    await a.elector.stop();
    await pass(clock, 5);
    expect(b.elector.isLeader).toBe(true);
    const again = candidate('c', clock);
    await pass(clock, 5);
    expect([b.behind, again.behind]).toEqual([['a'], ['b']]);
  });

  it('says again behind whom it stands after it has led itself', async () => {
    const clock = new ManualClock();
    const a = candidate('a', clock);
    await settled();
    const b = candidate('b', clock);
    await pass(clock, 5);
    await a.elector.stop();
    await pass(clock, 5);
    expect(b.elector.isLeader).toBe(true);

    const { spec } = register.lease!;
    register.lease!.spec = { ...spec, holderIdentity: 'a' };
    await pass(clock, 5);
    expect(b.behind).toEqual(['a', 'a']);
  });

  it('fault 15: steps down by itself, before others may take over, when it cannot renew', async () => {
    const clock = new ManualClock();
    const { elector, log } = candidate('a', clock);
    await settled();
    register.down = true;

    await pass(clock, 9);
    expect(elector.isLeader).toBe(true);
    await pass(clock, 1);

    expect(elector.isLeader).toBe(false);
    expect(log).toEqual([
      'start',
      'abort',
      'the lease was not renewed in time',
    ]);
  });

  it('fault 15: counts its time from the beginning of a renewal, however late the answer', async () => {
    const clock = new ManualClock();
    const { elector } = candidate('a', clock);
    await settled();
    const { replace } = register.client;
    let answer = () => {};
    register.client.replace = async (...written) => {
      const lease = await replace(...written);
      await new Promise<void>(resolve => {
        answer = resolve;
      });
      return lease;
    };
    // Others may have seen the renewal of the second second from then on.
    await pass(clock, 8);
    answer();
    register.down = true;

    await pass(clock, 3);
    expect(elector.isLeader).toBe(true);
    await pass(clock, 1);

    expect(elector.isLeader).toBe(false);
  });

  it('fault 15: a leader that stood still for 60 s is none when it wakes, and writes no lease', async () => {
    const clockOfA = new FreezableClock();
    const a = candidate('a', clockOfA);
    await settled();
    expect(a.elector.isLeader).toBe(true);
    const clockOfB = new ManualClock();
    const b = candidate('b', clockOfB);
    clockOfA.freeze(60_000);
    await pass(clockOfB, 60);
    expect(b.elector.isLeader).toBe(true);
    const writes = register.writes.length;

    // Even before any of its timers has had its turn.
    expect(a.elector.isLeader).toBe(false);
    clockOfA.thaw();
    await pass(clockOfA, 5);

    expect(a.log).toEqual([
      'start',
      'abort',
      'the lease was not renewed in time',
    ]);
    expect(register.writes.slice(writes)).not.toContain('a');
  });

  it('fault 17: leads undisturbed through a wall clock that jumps by an hour', async () => {
    const clock = new ManualClock();
    const a = candidate('a', clock);
    const b = candidate('b', clock);
    await pass(clock, 4);

    clock.jumpWall(3_600_000);
    await pass(clock, 20);
    clock.jumpWall(-7_200_000);
    await pass(clock, 20);

    expect(a.log).toEqual(['start']);
    expect(b.log).toEqual([]);
  });

  it('gives the lease free when it stops, so that another leads at once', async () => {
    const clock = new ManualClock();
    const a = candidate('a', clock);
    await settled();
    const b = candidate('b', clock);
    await pass(clock, 1);

    await a.elector.stop();
    await pass(clock, 3);

    expect(b.elector.isLeader).toBe(true);
    expect(a.log).toEqual(['start', 'abort', 'stopped']);
  });

  it('steps down when the lease was taken from it', async () => {
    const clock = new ManualClock();
    const { elector, log } = candidate('a', clock);
    await settled();
    register.lease!.spec!.holderIdentity = 'thief';
    register.lease!.metadata.resourceVersion = 'other';

    await pass(clock, 3);

    expect(elector.isLeader).toBe(false);
    expect(log).toContain('thief holds the lease now');
  });

  it('steps down as soon as somebody else has written the lease', async () => {
    const clock = new ManualClock();
    const { elector, log } = candidate('a', clock);
    await settled();
    const { get } = register.client;
    register.client.get = async () => {
      const seen = await get();
      register.lease!.metadata.resourceVersion = 'other';
      return seen;
    };

    await pass(clock, 2);

    expect(log).toEqual([
      'start',
      'abort',
      'somebody else wrote lease demo/lock',
    ]);
    expect(elector.isLeader).toBe(false);
  });

  it('says since when it leads', async () => {
    const clock = new ManualClock();
    candidate('a', clock);
    await settled();
    const { acquireTime, renewTime } = register.lease?.spec ?? {};

    await pass(clock, 10);

    expect(register.lease?.spec?.acquireTime).toBe(acquireTime);
    expect(register.lease?.spec?.renewTime).not.toBe(renewTime);
  });

  it('waits for its own lease from before a restart to run out', async () => {
    const clock = new ManualClock();
    const before = candidate('a', clock);
    await settled();
    await freeze(before.elector);

    const after = candidate('a', clock);
    await pass(clock, 14);

    expect(after.elector.isLeader).toBe(false);
  });

  it('refuses times that would allow two leaders', () => {
    expect(
      () =>
        new LeaseElector({
          client: register.client,
          namespace: 'demo',
          name: 'lock',
          identity: 'a',
          leaseDurationMilliseconds: 10_000,
          renewDeadlineMilliseconds: 10_000,
          onStartedLeading: () => {},
        }),
    ).toThrow(/must be less than/);
  });

  /** Stops without giving the lease free, as a killed process does. */
  async function freeze(elector: LeaseElector) {
    register.down = true;
    await elector.stop();
    register.down = false;
  }
});

/** Lets all that is ready to go on go on. */
function settled(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}
