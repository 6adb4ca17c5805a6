import { ManualClock } from '../clock/manualClock';
import {
  TerminalError,
  WorkQueue,
  type WorkQueueOptions,
  type WorkResult,
} from './workQueue';

describe('WorkQueue', () => {
  let clock: ManualClock;
  let queue: WorkQueue;
  let handled: string[];
  let failures: [string, number | undefined][];
  let handle: (key: string) => Promise<WorkResult | void>;

  const create = (options: Partial<WorkQueueOptions> = {}) =>
    new WorkQueue({
      handle: key => {
        handled.push(key);
        return handle(key);
      },
      onError: (key, _, { retryInMilliseconds }) =>
        failures.push([key, retryInMilliseconds]),
      concurrency: 2,
      clock,
      random: () => 1,
      ...options,
    });

  beforeEach(() => {
    clock = new ManualClock();
    handled = [];
    failures = [];
    handle = async () => {};
    queue = create();
    queue.start();
  });

  afterEach(() => queue.stop());

  it('handles a key once, however often it was added meanwhile', async () => {
    await queue.stop();
    queue.add('a');
    queue.add('a');
    queue.add('b');
    queue.start();
    await queue.idle();

    expect(handled).toEqual(['a', 'b']);
  });

  it('handles a key again that was added while it was handled, not at the same time', async () => {
    const gates: (() => void)[] = [];
    handle = () => new Promise(resolve => gates.push(resolve));
    queue.add('a');
    queue.add('a');
    queue.add('a');
    expect(handled).toEqual(['a']);

    gates[0]!();
    await untilHandled(2);
    gates[1]!();
    await queue.idle();

    expect(handled).toEqual(['a', 'a']);
  });

  it('handles no more keys at once than it may', async () => {
    const gates: (() => void)[] = [];
    handle = () => new Promise(resolve => gates.push(resolve));
    for (const key of ['a', 'b', 'c']) queue.add(key);

    expect(handled).toEqual(['a', 'b']);
    expect(queue.length).toBe(1);
    gates[0]!();
    await untilHandled(3);
    gates[1]!();
    gates[2]!();
  });

  it('waits longer after each error, and from the start after a success', async () => {
    handle = async () => {
      if (handled.length !== 4) throw new Error('no');
    };
    queue.add('a');
    await queue.idle();
    for (const wait of [100, 200, 400]) {
      clock.advance(wait - 1);
      const before = handled.length;
      clock.advance(1);
      await queue.idle();
      expect(handled).toHaveLength(before + 1);
    }
    queue.add('a');
    await queue.idle();

    expect(failures.map(([, wait]) => wait)).toEqual([100, 200, 400, 100]);
  });

  it('does not spin on a key that adds itself and fails', async () => {
    handle = async () => {
      // Bounded, so that a queue that spins fails here instead of hanging.
      if (handled.length < 50) queue.add('a');
      throw new Error('no');
    };
    queue.add('a');
    await queue.idle();
    clock.advance(99);
    await queue.idle();
    expect(handled).toHaveLength(1);

    clock.advance(1);
    await queue.idle();

    expect(handled).toHaveLength(2);
    expect(failures.map(([, wait]) => wait)).toEqual([100, 100]);
  });

  it('waits a little after an error even when it has no backoff', async () => {
    const eager = create({ baseMilliseconds: 0 });
    handle = async () => {
      throw new Error('no');
    };
    eager.start();
    eager.add('a');
    await eager.idle();
    await eager.stop();

    expect(failures).toEqual([['a', 10]]);
  });

  it('rests after a terminal error until the key is added again', async () => {
    handle = async () => {
      throw new TerminalError('never');
    };
    queue.add('a');
    await queue.idle();

    expect(failures).toEqual([['a', undefined]]);
    expect(clock.pending).toBe(0);
  });

  it('wakes a key when it asked to be, or earlier when it is added', async () => {
    handle = async () => ({ wakeAfterMilliseconds: 5000 });
    queue.add('a');
    await queue.idle();
    clock.advance(5000);
    await queue.idle();
    expect(handled).toHaveLength(2);

    queue.add('a');
    await queue.idle();
    expect(handled).toHaveLength(3);
    expect(clock.untilNext).toBe(5000);
  });

  it('keeps the earliest of several delays', () => {
    queue.addAfter('a', 100);
    queue.addAfter('a', 50);
    queue.addAfter('a', 70);

    expect(clock.untilNext).toBe(50);
    expect(clock.pending).toBe(1);
  });

  it('stops with what was begun, leaving no timer', async () => {
    let open = () => {};
    handle = () =>
      new Promise(resolve => {
        open = resolve;
      });
    queue.add('a');
    queue.addAfter('b', 100);

    const stopped = queue.stop();
    open();
    await stopped;

    expect(clock.pending).toBe(0);
    expect(queue.isIdle).toBe(true);
  });

  async function untilHandled(count: number) {
    for (let turn = 0; handled.length < count && turn < 100; turn++) {
      await new Promise(resolve => setImmediate(resolve));
    }
    expect(handled).toHaveLength(count);
  }

  it('waits a little with a key that was added in a turn that failed for good', async () => {
    handle = async () => {
      if (handled.length === 1) queue.add('a');
      throw new TerminalError('never');
    };
    queue.add('a');
    await queue.idle();
    expect(handled).toHaveLength(1);

    clock.advance(100);
    await queue.idle();

    expect(handled).toHaveLength(2);
  });

  it('wakes no key that it was told to forget', () => {
    queue.addAfter('a', 100);

    queue.forget('a');

    expect(clock.pending).toBe(0);
  });

  it('wakes a key once, though it was handled meanwhile', async () => {
    queue.addAfter('a', 5000);
    queue.add('a');
    await queue.idle();

    clock.advance(5000);
    await queue.idle();

    expect(handled).toEqual(['a']);
  });

  it('sets no timer for what ends after it was stopped', async () => {
    let end = () => {};
    handle = () =>
      new Promise(resolve => {
        end = () => resolve({ wakeAfterMilliseconds: 5000 });
      });
    queue.add('a');
    const stopped = queue.stop();
    end();
    await stopped;

    expect(clock.pending).toBe(0);
  });
});
