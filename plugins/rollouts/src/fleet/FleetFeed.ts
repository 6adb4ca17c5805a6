import { isError } from '@backstage/errors';
import {
  type ClusterView,
  type FleetRow,
  type FleetStreamEvent,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { FleetApi, FleetRequest } from '../api/FleetApi';
import { reconnectDelay } from '../live/backoff';
import { rolloutKey } from '../live/entityRolloutsState';
import { keepStream } from '../live/keepStream';
import { newestRead } from '../live/newestRead';
import { Redraw } from '../live/redraw';
import { wait } from '../live/wait';
import { fleetItem, FleetItems } from './FleetItems';
import type { FleetState } from './FleetState';

/** Rows of one read of the whole fleet. */
const PAGE_ROWS = 2_000;
/** Rows of the first read, which is what somebody sees at once. */
const FIRST_ROWS = 100;

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
  readonly #items = new FleetItems();
  #latest: FleetState = {
    clusters: [],
    freezes: 0,
    connection: { state: 'connecting' },
  };
  #shown: FleetState = this.#latest;
  #stop = new AbortController();
  #loading?: AbortController;
  readonly #readWaiting = newestRead(signal =>
    this.#attempt(signal, async () => {
      const { items } = await this.#options.api.listFleetWaiting({ signal });
      this.#change({ waiting: items });
    }),
  );
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

  #follow(signal: AbortSignal): Promise<void> {
    return keepStream<FleetStreamEvent>({
      ...this.#options,
      open: (lastEventId, connection) =>
        this.#options.api.streamFleet({ lastEventId, signal: connection }),
      signal,
      onEvent: event => this.#take(event, signal),
      onConnection: connection => {
        const { state } = this.#latest.connection;
        if (connection.state !== 'live' || state !== 'live') {
          this.#change({ connection });
        }
      },
      readInstead: () => this.#readAll(signal),
    });
  }

  #take(event: FleetStreamEvent, signal: AbortSignal): void {
    switch (event.type) {
      case 'reload':
        this.#freezesChanged();
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
      case 'freezes':
        this.#freezesChanged();
        break;
      default:
    }
  }

  #freezesChanged(): void {
    this.#change({ freezes: this.#latest.freezes + 1 });
  }

  #put(rows: FleetRow[]): void {
    const concerns = this.#items.put(rows);
    this.#showItems();
    if (concerns) {
      void this.#readWaiting(this.#stop.signal);
    }
  }

  #remove(keys: string[]): void {
    this.#items.remove(keys);
    this.#showItems();
    const { waiting = [] } = this.#latest;
    if (waiting.some(({ row }) => keys.includes(rolloutKey(row.ref)))) {
      void this.#readWaiting(this.#stop.signal);
    }
  }

  /** Not before the whole fleet is here. */
  #showItems(): void {
    if (this.#latest.items) {
      this.#change({ items: this.#items.all });
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
            items: page.items.map(fleetItem),
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
    this.#items.listBegins();
    void this.#readWaiting(signal);
    return this.#attempt(either, async () => {
      const rows: FleetRow[] = [];
      let cursor: string | undefined;
      let clusters: ClusterView[] = [];
      do {
        const page = await this.#options.api.listFleet(
          { sort: 'name', limit: PAGE_ROWS, cursor },
          { signal: either },
        );
        clusters = page.clusters;
        cursor = page.nextCursor;
        rows.push(...page.items);
      } while (cursor !== undefined);
      if (either.aborted) {
        return;
      }
      this.#items.list(rows);
      this.#change({
        items: this.#items.all,
        clusters,
        first: undefined,
        error: undefined,
      });
    });
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
