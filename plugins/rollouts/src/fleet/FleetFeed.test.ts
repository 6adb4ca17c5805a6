import type {
  FleetPage,
  FleetRow,
  FleetStreamEvent,
  FleetWaitingItem,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { fleetPage, fleetRows } from '../__fixtures__/fleet';
import type { FleetApi } from '../api/FleetApi';
import { SILENCE_MS } from '../live/readEvents';
import { FleetFeed } from './FleetFeed';

const rows = fleetRows(6, 0);

/** Each list is answered when the test says so. */
class SlowApi implements FleetApi {
  asked: {
    cursor?: string;
    limit?: number;
    signal: AbortSignal;
    answer(page: FleetPage): void;
    fail(error: Error): void;
  }[] = [];
  waitingAsked = 0;
  /** Answers what waits; at once when there is none. */
  answerWaiting?: Promise<FleetWaitingItem[]>;
  events: (FleetStreamEvent | 'break')[] = [];
  /** What each stream was asked to go on after. */
  resumedAt: (string | undefined)[] = [];
  private wake = () => {};

  listFleet(
    { cursor, limit }: { cursor?: string; limit?: number },
    { signal }: { signal: AbortSignal },
  ) {
    return new Promise<FleetPage>((answer, fail) => {
      this.asked.push({ cursor, limit, signal, answer, fail });
    });
  }

  async listFleetWaiting() {
    this.waitingAsked++;
    return { items: (await this.answerWaiting) ?? [] };
  }

  async listFreezeOccurrences() {
    return [];
  }

  async *streamFleet({
    lastEventId,
    signal,
  }: {
    lastEventId?: string;
    signal: AbortSignal;
  }) {
    this.resumedAt.push(lastEventId);
    while (!signal.aborted) {
      const event = this.events.shift();
      if (event === 'break') {
        throw new Error('broken');
      }
      if (event) {
        yield { id: `after ${event.type}`, event };
      } else {
        await new Promise<void>(resolve => {
          this.wake = resolve;
        });
      }
    }
  }

  async push(event: FleetStreamEvent | 'break') {
    this.events.push(event);
    this.wake();
    await settle();
  }
}

/** Lets everything that is ready go on. */
async function settle() {
  for (let turn = 0; turn < 30; turn++) {
    await Promise.resolve();
  }
}

async function open() {
  const api = new SlowApi();
  const waits: (() => void)[] = [];
  let now = 0;
  const feed = new FleetFeed({
    api,
    first: {},
    // Each look at the clock is a redraw later.
    now: () => (now += 1_000),
    wait: ms =>
      new Promise(resolve => {
        // Not the watchdog of a silent stream.
        if (ms < SILENCE_MS) waits.push(resolve);
      }),
  });
  feed.subscribe(() => {});
  await settle();
  /** Lets all that waits for a time go on. */
  const pass = async () => {
    waits.splice(0).forEach(resolve => resolve());
    await settle();
  };
  return { api, feed, pass };
}

const named = (feed: FleetFeed) =>
  [...(feed.state.items?.values() ?? [])].map(({ row }) => row.uid);

describe('the feed of the fleet', () => {
  it('shows the first rows while the others are on their way', async () => {
    const { api, feed } = await open();
    api.asked[0]!.answer({ ...fleetPage(rows.slice(0, 2)), total: 6 });
    await settle();
    expect(feed.state.first).toMatchObject({ total: 6 });
    expect(feed.state.first?.items).toHaveLength(2);
    expect(feed.state.items).toBeUndefined();
  });

  it('reads all pages, and then needs the first no more', async () => {
    const { api, feed } = await open();
    await api.push({ type: 'reload', data: {} });
    api.asked[1]!.answer({
      ...fleetPage(rows.slice(0, 4)),
      nextCursor: 'further',
    });
    await settle();
    expect(api.asked[2]!.cursor).toBe('further');
    api.asked[2]!.answer(fleetPage(rows.slice(4)));
    await settle();
    expect(named(feed)).toHaveLength(6);
    expect(feed.state.first).toBeUndefined();

    // The slow first answer says nothing any more.
    api.asked[0]!.answer(fleetPage([]));
    await settle();
    expect(feed.state.first).toBeUndefined();
  });

  it('believes the stream more than the list that was being read', async () => {
    const { api, feed } = await open();
    const changed: FleetRow = { ...rows[0]!, sentence: 'newer' };
    await api.push({ type: 'reload', data: {} });
    await api.push({ type: 'rows', data: [changed] });
    await api.push({ type: 'removed', data: [rows[1]!.ref] });
    api.asked[1]!.answer(fleetPage(rows));
    await settle();
    expect(named(feed)).not.toContain(rows[1]!.uid);
    expect(named(feed)).toHaveLength(5);
    expect(
      [...feed.state.items!.values()].map(({ row }) => row.sentence),
    ).toContain('newer');
  });

  it('asks what waits again when something that waits has changed, and only then', async () => {
    const { api } = await open();
    await api.push({ type: 'reload', data: {} });
    api.asked[1]!.answer(fleetPage(rows));
    await settle();
    const before = api.waitingAsked;
    const [calm] = rows.filter(({ waits }) => !waits);
    const [waits] = rows.filter(row => row.waits);
    await api.push({ type: 'rows', data: [{ ...calm!, sentence: 'other' }] });
    expect(api.waitingAsked).toBe(before);
    await api.push({ type: 'rows', data: [{ ...waits!, waits: undefined }] });
    expect(api.waitingAsked).toBe(before + 1);
    // Nothing waits by now, so that what goes did not either.
    await api.push({ type: 'removed', data: [calm!.ref] });
    expect(api.waitingAsked).toBe(before + 1);
  });

  it('reads what waits one time after the other, and once more for all that came meanwhile', async () => {
    const { api, feed } = await open();
    const [waits] = rows.filter(row => row.waits);
    let answer = (_: FleetWaitingItem[]) => {};
    api.answerWaiting = new Promise(resolve => {
      answer = resolve;
    });
    for (let event = 0; event < 5; event++) {
      await api.push({ type: 'waiting', data: {} });
    }
    expect(api.waitingAsked).toBe(1);

    api.answerWaiting = Promise.resolve([{ row: waits!, because: 'owner' }]);
    answer([]);
    await settle();

    expect(api.waitingAsked).toBe(2);
    expect(feed.state.waiting).toHaveLength(1);
  });

  it('reads the list again until it is here, though the stream goes on', async () => {
    const { api, feed, pass } = await open();
    await api.push({ type: 'reload', data: {} });
    api.asked[1]!.fail(new Error('busy'));
    await settle();
    expect(feed.state.items).toBeUndefined();

    await pass();
    api.asked[2]!.answer(fleetPage(rows));
    await settle();

    expect(named(feed)).toHaveLength(6);
    expect(feed.state.error).toBeUndefined();
  });

  it('leaves a list that somebody reads anew to them', async () => {
    const { api, pass } = await open();
    await api.push({ type: 'reload', data: {} });
    api.asked[1]!.fail(new Error('busy'));
    await settle();
    await api.push({ type: 'reload', data: {} });
    expect(api.asked).toHaveLength(3);
    await pass();
    expect(api.asked).toHaveLength(3);
  });

  it('reads the list instead of a stream that broke, and says so; then it goes on where it broke off', async () => {
    const { api, feed, pass } = await open();
    await api.push({ type: 'heartbeat', data: { at: '' } });
    expect(feed.state.connection.state).toBe('live');

    await api.push('break');
    api.asked[1]!.answer(fleetPage(rows));
    await settle();
    expect(feed.state.connection.state).toBe('polling');
    expect(named(feed)).toHaveLength(6);

    await pass();
    // So that nothing is lost that came between the list and this stream.
    expect(api.resumedAt).toEqual([undefined, 'after heartbeat']);
    await api.push({ type: 'heartbeat', data: { at: '' } });
    expect(feed.state.connection.state).toBe('live');
  });

  it('says since when and how often it has tried while nothing answers', async () => {
    const { api, feed, pass } = await open();
    await api.push('break');
    api.asked[1]!.fail(new Error('down'));
    await settle();
    const { connection } = feed.state;
    expect(connection).toMatchObject({ state: 'reconnecting', attempt: 1 });

    await pass();
    await api.push('break');
    api.asked[2]!.fail(new Error('down'));
    await settle();
    expect(feed.state.connection).toEqual({ ...connection, attempt: 2 });
  });

  it('gives up a list that is read anew', async () => {
    const { api } = await open();
    await api.push({ type: 'reload', data: {} });
    await api.push({ type: 'reload', data: {} });
    expect(api.asked.map(({ signal }) => signal.aborted)).toEqual([
      false,
      true,
      false,
    ]);
  });
});
