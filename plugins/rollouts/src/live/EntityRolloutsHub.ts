import type { EntityRolloutsResponse } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { RolloutsApi } from '../api/RolloutsApi';
import { applyStreamEvent } from './entityRolloutsState';
import { followEntity } from './followEntity';
import type { Connection } from './keepStream';
import { Redraw } from './redraw';
import { wait } from './wait';

/** What a page shows of one entity now. */
export interface ShownRollouts {
  /** Undefined until something was read. Stays when the connection is lost. */
  value?: EntityRolloutsResponse;
  /** Why nothing could be read, while that is so. */
  error?: Error;
  connection: Connection;
}

/**
 * Milliseconds that a stream outlives its last reader, so that going from the
 * card to the tab neither reconnects nor shows a skeleton.
 */
export const LINGER_MS = 5_000;

interface Followed {
  readers: Set<() => void>;
  latest: ShownRollouts;
  /** `latest` as of the last redraw. */
  shown: ShownRollouts;
  stop: AbortController;
  /** Aborted when a reader comes back in time. */
  leaving?: AbortController;
}

/** One stream per entity, however many read it. */
export class EntityRolloutsHub {
  private readonly api: RolloutsApi;
  private readonly now: () => number;
  private readonly wait: typeof wait;
  private readonly followed = new Map<string, Followed>();

  constructor(options: {
    api: RolloutsApi;
    now?: () => number;
    wait?: typeof wait;
  }) {
    this.api = options.api;
    this.now = options.now ?? Date.now;
    this.wait = options.wait ?? wait;
  }

  /** What is shown of an entity now; undefined when nobody reads it. */
  shown(entityRef: string): ShownRollouts | undefined {
    return this.followed.get(entityRef)?.shown;
  }

  /** Calls `onChange` when {@link EntityRolloutsHub.shown} changes, until the returned function is called. */
  follow(entityRef: string, onChange: () => void): () => void {
    const followed = this.followed.get(entityRef) ?? this.open(entityRef);
    followed.leaving?.abort();
    followed.leaving = undefined;
    // A function of its own: the same callback may follow twice.
    const reader = () => onChange();
    followed.readers.add(reader);
    return () => {
      followed.readers.delete(reader);
      if (followed.readers.size === 0) {
        void this.leave(entityRef, followed);
      }
    };
  }

  /** Starts over at once, without waiting for the next attempt. */
  retry(entityRef: string): void {
    const followed = this.followed.get(entityRef);
    if (followed) {
      followed.stop.abort();
      this.connect(entityRef, followed);
    }
  }

  private open(entityRef: string): Followed {
    const nothing: ShownRollouts = { connection: { state: 'connecting' } };
    const followed: Followed = {
      readers: new Set(),
      latest: nothing,
      shown: nothing,
      stop: new AbortController(),
    };
    this.followed.set(entityRef, followed);
    this.connect(entityRef, followed);
    return followed;
  }

  private connect(entityRef: string, followed: Followed): void {
    const stop = new AbortController();
    followed.stop = stop;
    const redraw = new Redraw<ShownRollouts>(shown => {
      followed.shown = shown;
      followed.readers.forEach(reader => reader());
    }, this.now);
    stop.signal.addEventListener('abort', () => redraw.stop(), { once: true });
    const change = (part: Partial<ShownRollouts>) => {
      if (!stop.signal.aborted) {
        followed.latest = { ...followed.latest, ...part };
        redraw.offer(followed.latest);
      }
    };
    followed.latest = { ...followed.latest, error: undefined };
    void followEntity({
      api: this.api,
      entityRef,
      signal: stop.signal,
      onEvent: event => {
        const value = applyStreamEvent(followed.latest.value, event);
        if (value !== followed.latest.value) {
          change({ value });
        }
      },
      onConnection: connection => change({ connection }),
      onError: error => {
        if (error !== followed.latest.error) {
          change({ error });
        }
      },
      now: this.now,
      wait: this.wait,
    });
  }

  private async leave(entityRef: string, followed: Followed): Promise<void> {
    const leaving = new AbortController();
    followed.leaving = leaving;
    await this.wait(LINGER_MS, leaving.signal);
    if (!leaving.signal.aborted) {
      followed.stop.abort();
      this.followed.delete(entityRef);
    }
  }
}
