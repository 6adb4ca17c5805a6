import { isError } from '@backstage/errors';
import { useCallback, useEffect, useState } from 'react';

export interface Read<T> {
  /** The last answer; stays while it is read again and when that fails. */
  value?: T;
  /** Why the last attempt failed. */
  error?: Error;
  /** Nothing has come yet. */
  reading: boolean;
  again(): void;
}

interface Answer<T> {
  of: unknown;
  value?: T;
  error?: Error;
}

/**
 * Reads when mounted, when `read` is another function, and when asked again.
 * An answer that came too late for what is asked now is dropped.
 * @param read - kept by `useCallback`; undefined: nothing to read
 * @param signal - read again when it changes; the last answer stays meanwhile
 */
export function useRead<T>(
  read: ((signal: AbortSignal) => Promise<T>) | undefined,
  signal = '',
): Read<T> {
  const [latest, setLatest] = useState<Answer<T>>();
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    if (!read) {
      return undefined;
    }
    const stop = new AbortController();
    read(stop.signal).then(
      value => {
        if (!stop.signal.aborted) {
          setLatest({ of: read, value });
        }
      },
      thrown => {
        if (!stop.signal.aborted) {
          setLatest(known => ({
            of: read,
            value: known?.of === read ? known.value : undefined,
            error: isError(thrown) ? thrown : new Error(String(thrown)),
          }));
        }
      },
    );
    return () => stop.abort();
  }, [read, attempt, signal]);

  const answer = read && latest?.of === read ? latest : undefined;
  return {
    value: answer?.value,
    error: answer?.error,
    reading: read !== undefined && answer === undefined,
    again: useCallback(() => setAttempt(count => count + 1), []),
  };
}
