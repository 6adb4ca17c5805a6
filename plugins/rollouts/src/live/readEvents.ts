/**
 * Two heartbeats of the server (15 s) and a little: after this long without
 * a word the connection counts as dead, though no error was seen.
 */
export const SILENCE_MS = 40_000;

/** Reads one stream to its end. `ended` is false when it broke or went silent. */
export async function readEvents<E>(options: {
  open: (signal: AbortSignal) => AsyncIterable<{ id?: string; event: E }>;
  signal: AbortSignal;
  onMessage(event: E, id: string | undefined): void;
  wait(ms: number, signal: AbortSignal): Promise<void>;
}): Promise<{ ended: boolean; events: number }> {
  const { open, signal, onMessage, wait } = options;
  const connection = new AbortController();
  const abort = () => connection.abort();
  signal.addEventListener('abort', abort, { once: true });
  let watchdog = new AbortController();
  const watch = () => {
    watchdog.abort();
    const mine = new AbortController();
    watchdog = mine;
    void wait(SILENCE_MS, mine.signal).then(() => {
      if (!mine.signal.aborted) {
        connection.abort();
      }
    });
  };

  let events = 0;
  try {
    watch();
    for await (const { id, event } of open(connection.signal)) {
      if (connection.signal.aborted) {
        break;
      }
      watch();
      events++;
      onMessage(event, id);
    }
    return { ended: !connection.signal.aborted, events };
  } catch {
    // Why it broke is told by the read that follows.
    return { ended: false, events };
  } finally {
    watchdog.abort();
    signal.removeEventListener('abort', abort);
  }
}
