import { isError } from '@backstage/errors';
import {
  fleetText,
  type ClusterView,
  type FilterableRow,
  type FleetFacetCounts,
  type FleetRow,
  type FleetStreamEvent,
  type FleetWaitingItem,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { FleetApi, FleetRequest } from '../api/FleetApi';
import { reconnectDelay } from '../live/backoff';
import { rolloutKey } from '../live/entityRolloutsState';
import type { Connection } from '../live/followEntity';
import { readEvents } from '../live/readEvents';
import { Redraw } from '../live/redraw';
import { wait } from '../live/wait';

/** Rows of one read of the whole fleet. */
const PAGE_ROWS = 2_000;
/** Rows of the first read, which is what somebody sees at once. */
const FIRST_ROWS = 100;
const STREAM_ENDED_PAUSE_MS = 250;

/** A row, under the name that stays the same while it changes. */
export interface FleetItem extends FilterableRow {
  key: string;
}

/** What the page knows now. Each change makes a new one. */
export interface FleetState {
  /** By key; undefined until the whole fleet is here. */
  items?: ReadonlyMap<string, FleetItem>;
  /** The first rows of what was asked for, until then. */
  first?: { items: FleetItem[]; total: number; facets: FleetFacetCounts };
  clusters: ClusterView[];
  /** What waits for the reader; undefined until it is known. */
  waiting?: FleetWaitingItem[];
  /** Why nothing could be read, while that is so. */
  error?: Error;
  connection: Connection;
}

export interface FleetFeedOptions {
  api: FleetApi;
  /** What the page shows first. */
  first: FleetRequest;
  now?: () => number;
  wait?: typeof wait;
  random?: () => number;
}

/**
 * The fleet as it is now: the first rows at once, then all of them, then what
 * changes. What the stream says while a list is being read is newer than the
 * list, and wins.
 */
export class FleetFeed {
  readonly #options: Required<Omit<FleetFeedOptions, 'random'>> &
    Pick<FleetFeedOptions, 'random'>;
  readonly #listeners = new Set<() => void>();
  #items = new Map<string, FleetItem>();
  #latest: FleetState = { clusters: [], connection: { state: 'connecting' } };
  #shown: FleetState = this.#latest;
  #stop = new AbortController();
  #loading?: AbortController;
  /** Keys that the stream spoke of while a list was being read. */
  #spokenOf = new Set<string>();
  #waitingRead?: { signal: AbortSignal; again: boolean };
  #redraw?: Redraw<FleetState>;

  constructor(options: FleetFeedOptions) {
    this.#options = { now: Date.now, wait, ...options };
  }

  get state(): FleetState {
    return this.#shown;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) {
      this.#start();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) {
        this.#stop.abort();
      }
    };
  }

  /** Starts over at once, without waiting for the next attempt. */
  retry(): void {
    this.#stop.abort();
    this.#change({ error: undefined });
    this.#start();
  }

  #start(): void {
    const stop = new AbortController();
    this.#stop = stop;
    const redraw = new Redraw<FleetState>(state => {
      this.#shown = state;
      this.#listeners.forEach(listener => listener());
    }, this.#options.now);
    this.#redraw = redraw;
    stop.signal.addEventListener('abort', () => redraw.stop(), { once: true });
    if (!this.#latest.items) {
      void this.#readFirst(stop.signal);
    }
    void this.#follow(stop.signal);
  }

  #change(part: Partial<FleetState>): void {
    this.#latest = { ...this.#latest, ...part };
    this.#redraw?.offer(this.#latest);
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { api, now, random } = this.#options;
    const link: { lastEventId?: string; failures: number; lostAt?: number } = {
      failures: 0,
    };
    const open = (connection: AbortSignal) =>
      api.streamFleet({ lastEventId: link.lastEventId, signal: connection });
    const onMessage = (event: FleetStreamEvent, id: string | undefined) => {
      link.lastEventId = id ?? link.lastEventId;
      link.failures = 0;
      link.lostAt = undefined;
      if (this.#latest.connection.state !== 'live') {
        this.#change({ connection: { state: 'live' } });
      }
      this.#take(event, signal);
    };
    while (!signal.aborted) {
      const { ended, events } = await readEvents<FleetStreamEvent>({
        open,
        signal,
        onMessage,
        wait: this.#options.wait,
      });
      if (signal.aborted) {
        return;
      }
      if (ended && events > 0) {
        // The server closes streams now and then (restart, token lifetime).
        await this.#options.wait(STREAM_ENDED_PAUSE_MS, signal);
        continue;
      }
      link.failures++;
      link.lostAt ??= now();
      link.lastEventId = undefined;
      const answered = await this.#readAll(signal);
      if (signal.aborted) {
        return;
      }
      this.#change({
        connection: answered
          ? { state: 'polling' }
          : {
              state: 'reconnecting',
              since: link.lostAt,
              attempt: link.failures,
            },
      });
      await this.#options.wait(reconnectDelay(link.failures, random), signal);
    }
  }

  #take(event: FleetStreamEvent, signal: AbortSignal): void {
    switch (event.type) {
      case 'reload':
        void this.#reload(signal);
        break;
      case 'rows':
        this.#put(event.data);
        break;
      case 'removed':
        this.#remove(event.data.map(rolloutKey));
        break;
      case 'clusters':
        this.#change({ clusters: event.data });
        break;
      case 'waiting':
        void this.#readWaiting(signal);
        break;
      default:
    }
  }

  #put(rows: FleetRow[]): void {
    const items = new Map(this.#items);
    let concerns = false;
    for (const row of rows) {
      const item = itemOf(row);
      concerns ||=
        row.waits !== undefined || items.get(item.key)?.row.waits !== undefined;
      items.set(item.key, item);
      this.#spokenOf.add(item.key);
    }
    this.#set(items);
    if (concerns) {
      void this.#readWaiting(this.#stop.signal);
    }
  }

  #remove(keys: string[]): void {
    const items = new Map(this.#items);
    for (const key of keys) {
      items.delete(key);
      this.#spokenOf.add(key);
    }
    this.#set(items);
    const { waiting = [] } = this.#latest;
    if (waiting.some(({ row }) => keys.includes(rolloutKey(row.ref)))) {
      void this.#readWaiting(this.#stop.signal);
    }
  }

  #set(items: Map<string, FleetItem>): void {
    this.#items = items;
    if (this.#latest.items) {
      this.#change({ items });
    }
  }

  async #readFirst(signal: AbortSignal): Promise<void> {
    const { api, first } = this.#options;
    await this.#attempt(signal, async () => {
      const page = await api.listFleet(
        { ...first, limit: FIRST_ROWS },
        { signal },
      );
      if (!this.#latest.items && !signal.aborted) {
        this.#change({
          error: undefined,
          clusters: page.clusters,
          first: {
            items: page.items.map(itemOf),
            total: page.total,
            facets: page.facets,
          },
        });
      }
    });
  }

  /** Until the whole fleet is here, or somebody else reads it. */
  async #reload(signal: AbortSignal): Promise<void> {
    for (let failures = 1; ; failures++) {
      const read = this.#readAll(signal);
      const own = this.#loading;
      if (await read) {
        return;
      }
      await this.#options.wait(
        reconnectDelay(failures, this.#options.random),
        signal,
      );
      if (signal.aborted || this.#loading !== own) {
        return;
      }
    }
  }

  /** The whole fleet anew. Resolves to whether it could be had. */
  async #readAll(signal: AbortSignal): Promise<boolean> {
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    const either = AbortSignal.any([signal, loading.signal]);
    this.#spokenOf = new Set();
    void this.#readWaiting(signal);
    return this.#attempt(either, async () => {
      const items = new Map<string, FleetItem>();
      let cursor: string | undefined;
      let clusters: ClusterView[] = [];
      do {
        const page = await this.#options.api.listFleet(
          { sort: 'name', limit: PAGE_ROWS, cursor },
          { signal: either },
        );
        clusters = page.clusters;
        cursor = page.nextCursor;
        for (const item of page.items.map(itemOf)) {
          items.set(item.key, item);
        }
      } while (cursor !== undefined);
      if (either.aborted) {
        return;
      }
      for (const key of this.#spokenOf) {
        const spoken = this.#items.get(key);
        if (spoken) {
          items.set(key, spoken);
        } else {
          items.delete(key);
        }
      }
      this.#items = items;
      this.#change({ items, clusters, first: undefined, error: undefined });
    });
  }

  /** One read at a time, so that the last is the newest; more are one more. */
  async #readWaiting(signal: AbortSignal): Promise<void> {
    if (this.#waitingRead?.signal === signal) {
      this.#waitingRead.again = true;
      return;
    }
    const read = { signal, again: true };
    this.#waitingRead = read;
    while (read.again && !signal.aborted) {
      read.again = false;
      await this.#attempt(signal, async () => {
        const { items } = await this.#options.api.listFleetWaiting({ signal });
        this.#change({ waiting: items });
      });
    }
    if (this.#waitingRead === read) {
      this.#waitingRead = undefined;
    }
  }

  async #attempt(
    signal: AbortSignal,
    read: () => Promise<void>,
  ): Promise<boolean> {
    try {
      await read();
      return true;
    } catch (error) {
      if (!signal.aborted) {
        this.#change({
          error: isError(error) ? error : new Error(String(error)),
        });
      }
      return false;
    }
  }
}

function itemOf(row: FleetRow): FleetItem {
  return { key: rolloutKey(row.ref), row, text: fleetText(row) };
}
