/**
 * What is awaited, or the signal's reason if that comes first: for code of
 * others, which may not heed the signal.
 */
export async function untilAborted<T>(
  awaited: Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  let stopListening = () => {};
  const aborted = new Promise<never>((_, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort);
    stopListening = () => signal.removeEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([awaited, aborted]);
  } finally {
    stopListening();
  }
}
