import { useApi } from '@backstage/frontend-plugin-api';
import type { EntityRolloutsResponse } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useCallback, useEffect, useState } from 'react';
import { rolloutsApiRef } from '../api/RolloutsApi';
import { applyStreamEvent } from './entityRolloutsState';
import { followEntity, type Connection } from './followEntity';
import { Redraw } from './redraw';
import { wait } from './wait';

/** @public */
export interface EntityRollouts {
  /** Undefined until something was read. Stays when the connection is lost. */
  value?: EntityRolloutsResponse;
  /** Why nothing could be read, while that is so. */
  error?: Error;
  connection: Connection;
  /** Starts over at once, without waiting for the next attempt. */
  retry(): void;
}

interface Shown {
  entityRef: string;
  value?: EntityRolloutsResponse;
  error?: Error;
  connection: Connection;
}

/**
 * The rollouts of an entity, live.
 * @param entityRef - undefined: nothing is read
 * @public
 */
export function useEntityRollouts(
  entityRef: string | undefined,
): EntityRollouts {
  const api = useApi(rolloutsApiRef);
  const [round, setRound] = useState(0);
  const [shown, setShown] = useState<Shown>();

  useEffect(() => {
    if (!entityRef) {
      return undefined;
    }
    const stop = new AbortController();
    const redraw = new Redraw<Shown>(setShown, Date.now);
    let latest: Shown = { entityRef, connection: { state: 'connecting' } };
    const change = (part: Partial<Shown>) => {
      latest = { ...latest, ...part };
      redraw.offer(latest);
    };
    void followEntity({
      api,
      entityRef,
      signal: stop.signal,
      onEvent: event => {
        const value = applyStreamEvent(latest.value, event);
        if (value !== latest.value) {
          change({ value });
        }
      },
      onConnection: connection => change({ connection }),
      onError: error => {
        if (error !== latest.error) {
          change({ error });
        }
      },
      now: Date.now,
      wait,
    });
    return () => {
      stop.abort();
      redraw.stop();
    };
  }, [api, entityRef, round]);

  const retry = useCallback(() => setRound(n => n + 1), []);
  // Never one entity's rollouts on another's page.
  const current = shown?.entityRef === entityRef ? shown : undefined;
  return {
    value: current?.value,
    error: current?.error,
    connection: current?.connection ?? { state: 'connecting' },
    retry,
  };
}
