import { reconnectDelay } from './backoff';
import { readEvents } from './readEvents';

/** How the data reaches the page now. */
export type Connection =
  | { state: 'connecting' }
  | { state: 'live' }
  /** The stream cannot be had; asked every few seconds instead. */
  | { state: 'polling' }
  | { state: 'reconnecting'; since: number; attempt: number };

export interface KeepStreamOptions<E> {
  open(
    lastEventId: string | undefined,
    signal: AbortSignal,
  ): AsyncIterable<{ id?: string; event: E }>;
  signal: AbortSignal;
  onEvent(event: E): void;
  /** Told before each event, too. */
  onConnection(connection: Connection): void;
  /** What is read while the stream cannot be had. Resolves to whether there was an answer. */
  readInstead(): Promise<boolean>;
  now(): number;
  /** Resolves after `ms`, at once when aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  random?: () => number;
}

const STREAM_ENDED_PAUSE_MS = 250;
/** After so many streams in a row that brought nothing, what the server remembers may be gone. */
const MOST_RESUMED = 2;

/** What is remembered from one stream to the next. */
interface Link {
  lastEventId?: string;
  /** Streams in a row that brought nothing. */
  failures: number;
  lostAt?: number;
}

/**
 * Keeps a stream open until `signal` aborts, resumed where it broke off; while
 * it fails, reads between the attempts, so that a proxy that buffers streams
 * costs freshness and nothing else.
 */
export async function keepStream<E>(
  options: KeepStreamOptions<E>,
): Promise<void> {
  const { signal, onConnection, now, wait } = options;
  const link: Link = { failures: 0 };
  const onMessage = (event: E, id: string | undefined) => {
    link.lastEventId = id ?? link.lastEventId;
    link.failures = 0;
    link.lostAt = undefined;
    onConnection({ state: 'live' });
    options.onEvent(event);
  };
  while (!signal.aborted) {
    const attempt = await readEvents<E>({
      open: connection => options.open(link.lastEventId, connection),
      signal,
      onMessage,
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
    if (link.failures > MOST_RESUMED) {
      link.lastEventId = undefined;
    }
    const answered = await options.readInstead();
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
