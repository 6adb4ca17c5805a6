import { isError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import type { ReleaseSummary } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { historyApiRef, type ReleaseFilter } from '../api/HistoryApi';
import { withNewHead, type LoadedReleases } from './withNewHead';

export interface Releases {
  /** Newest first; those of the filter before while the new ones are read. */
  items?: ReleaseSummary[];
  /** `items` are not yet what the filter asks for. */
  updating: boolean;
  error?: Error;
  hasOlder: boolean;
  readingOlder: boolean;
  olderError?: Error;
  older(): void;
  again(): void;
}

const PAGE = 25;
/** The most that the backend hands out at once. */
const LARGEST_PAGE = 200;

interface Known extends LoadedReleases {
  key: string;
}

/**
 * The releases that match, read again when `signal` changes, a page at a
 * time. The signal says that something has happened to the entity's rollouts.
 */
export function useReleases(filter: ReleaseFilter, signal: string): Releases {
  const api = useApi(historyApiRef);
  const key = JSON.stringify(filter);
  const [known, setKnown] = useState<Known>();
  const [failure, setFailure] = useState<{ key: string; error: Error }>();
  const [older, setOlder] = useState<{ reading: boolean; error?: Error }>({
    reading: false,
  });
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(known);
  latest.current = known;
  const shownKey = useRef(key);
  shownKey.current = key;

  useEffect(() => {
    const stop = new AbortController();
    const before =
      latest.current?.key === key ? latest.current.items.length : 0;
    api
      .listReleases(JSON.parse(key), {
        limit: Math.min(LARGEST_PAGE, Math.max(PAGE, before)),
        signal: stop.signal,
      })
      .then(
        page => {
          if (!stop.signal.aborted) {
            setFailure(undefined);
            setKnown(now => ({
              key,
              ...withNewHead(now?.key === key ? now : undefined, page),
            }));
          }
        },
        thrown => {
          if (!stop.signal.aborted) {
            setFailure({ key, error: toError(thrown) });
          }
        },
      );
    return () => stop.abort();
  }, [api, key, signal, attempt]);

  const readOlder = useCallback(async () => {
    const cursor = latest.current?.nextCursor;
    if (!cursor || latest.current?.key !== key) {
      return;
    }
    setOlder({ reading: true });
    try {
      const page = await api.listReleases(JSON.parse(key), {
        limit: PAGE,
        cursor,
      });
      if (shownKey.current === key) {
        setKnown(
          now =>
            now && {
              key,
              items: [...now.items, ...page.items],
              nextCursor: page.nextCursor,
            },
        );
      }
      setOlder({ reading: false });
    } catch (thrown) {
      setOlder({ reading: false, error: toError(thrown) });
    }
  }, [api, key]);

  return {
    items: known?.items,
    updating: known !== undefined && known.key !== key,
    error: failure?.key === key ? failure.error : undefined,
    hasOlder: known?.nextCursor !== undefined && known.key === key,
    readingOlder: older.reading,
    olderError: older.error,
    older: readOlder,
    again: useCallback(() => setAttempt(count => count + 1), []),
  };
}

function toError(thrown: unknown): Error {
  return isError(thrown) ? thrown : new Error(String(thrown));
}
