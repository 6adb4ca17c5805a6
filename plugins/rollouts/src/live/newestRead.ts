/**
 * Reads one at a time, so that what was read last is the newest: who asks
 * while a read is under way gets one more after it, however many they are.
 * The returned function takes the signal that ends the reading; another signal
 * does not wait for the reads of one before.
 */
export function newestRead(
  read: (signal: AbortSignal) => Promise<unknown>,
): (signal: AbortSignal) => Promise<void> {
  let current: { signal: AbortSignal; again: boolean } | undefined;
  return async signal => {
    if (current?.signal === signal) {
      current.again = true;
      return;
    }
    const mine = { signal, again: true };
    current = mine;
    try {
      while (mine.again && !signal.aborted) {
        mine.again = false;
        await read(signal);
      }
    } finally {
      if (current === mine) {
        current = undefined;
      }
    }
  };
}
