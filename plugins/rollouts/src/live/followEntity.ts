import { isError } from '@backstage/errors';
import type { StreamEvent } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { RolloutsApi } from '../api/RolloutsApi';
import { reconnectDelay } from './backoff';
import { readEvents } from './readEvents';

/** How the data reaches the page now. */
export type Connection =
  | { state: 'connecting' }
  | { state: 'live' }
  /** The stream cannot be had; asked every few seconds instead. */
  | { state: 'polling' }
  | { state: 'reconnecting'; since: number; attempt: number };

export interface FollowOptions {
  api: RolloutsApi;
  entityRef: string;
  signal: AbortSignal;
  onEvent(event: StreamEvent): void;
  onConnection(connection: Connection): void;
  /** Nothing could be read at all; `undefined` when it can again. */
  onError(error: Error | undefined): void;
  now(): number;
  /** Resolves after `ms`, at once when aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  random?: () => number;
}

const STREAM_ENDED_PAUSE_MS = 250;

/** What is remembered from one stream to the next. */
interface Link {
  lastEventId?: string;
  /** Streams in a row that brought nothing. */
  failures: number;
  lostAt?: number;
}

/** The fallback: one conditional read per attempt. */
class ConditionalPoll {
  private readonly options: FollowOptions;
  private etag?: string;
  private known = false;

  constructor(options: FollowOptions) {
    this.options = options;
  }

  async once(): Promise<boolean> {
    const { api, entityRef, signal, onEvent, onError } = this.options;
    try {
      const answer = await api.getEntityRollouts(entityRef, {
        etag: this.known ? this.etag : undefined,
        signal,
      });
      if (answer.status === 'changed') {
        this.etag = answer.etag;
        this.known = true;
        onEvent({ type: 'snapshot', data: answer.response });
      }
      onError(undefined);
      return true;
    } catch (error) {
      if (!signal.aborted) {
        onError(isError(error) ? error : new Error(String(error)));
      }
      return false;
    }
  }
}

/**
 * Keeps an entity's rollouts flowing until `signal` aborts: by the stream,
 * resumed where it broke off; while the stream fails, by conditional reads
 * between the attempts, so that a proxy that buffers streams costs freshness
 * and nothing else.
 */
export async function followEntity(options: FollowOptions): Promise<void> {
  const { signal, onConnection, now, wait } = options;
  const link: Link = { failures: 0 };
  const onAlive = (id: string | undefined) => {
    link.lastEventId = id ?? link.lastEventId;
    link.failures = 0;
    link.lostAt = undefined;
    options.onError(undefined);
    onConnection({ state: 'live' });
  };
  const poll = new ConditionalPoll(options);

  onConnection({ state: 'connecting' });
  while (!signal.aborted) {
    const attempt = await readEvents({
      open: connection =>
        options.api.streamEntityRollouts(options.entityRef, {
          lastEventId: link.lastEventId,
          signal: connection,
        }),
      signal,
      onMessage: (event, id) => {
        onAlive(id);
        options.onEvent(event);
      },
      wait,
    });
    if (signal.aborted) {
      return;
    }
    if (attempt.ended) {
      // The server closes streams now and then (restart, token lifetime).
      await wait(STREAM_ENDED_PAUSE_MS, signal);
      if (attempt.events > 0) {
        continue;
      }
    }
    link.failures++;
    link.lostAt ??= now();
    if (link.failures > 2) {
      // What the server remembers of this reader may be gone.
      link.lastEventId = undefined;
    }
    const answered = await poll.once();
    if (signal.aborted) {
      return;
    }
    onConnection(
      answered
        ? { state: 'polling' }
        : { state: 'reconnecting', since: link.lostAt, attempt: link.failures },
    );
    await wait(reconnectDelay(link.failures, options.random), signal);
  }
}
