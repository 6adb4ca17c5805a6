import { useApi, useApiHolder } from '@backstage/frontend-plugin-api';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { rolloutsApiRef } from '../api/RolloutsApi';
import { EntityRolloutsHub, type ShownRollouts } from './EntityRolloutsHub';
import { rolloutsHubApiRef } from './RolloutsHubs';

export interface EntityRollouts extends ShownRollouts {
  /** Starts over at once, without waiting for the next attempt. */
  retry(): void;
}

const NOTHING: ShownRollouts = { connection: { state: 'connecting' } };

/** The rollouts of an entity, live; one stream for all who ask on a page. */
export function useEntityRollouts(entityRef: string): EntityRollouts {
  const api = useApi(rolloutsApiRef);
  const shared = useApiHolder().get(rolloutsHubApiRef);
  // Without the plugin's own APIs, as in another's test, one for oneself.
  const hub = useMemo(
    () => shared?.of(api) ?? new EntityRolloutsHub({ api }),
    [shared, api],
  );
  const follow = useCallback(
    (onChange: () => void) => hub.follow(entityRef, onChange),
    [hub, entityRef],
  );
  const shown = useSyncExternalStore(
    follow,
    () => hub.shown(entityRef) ?? NOTHING,
  );
  const retry = useCallback(() => hub.retry(entityRef), [hub, entityRef]);
  return useMemo(() => ({ ...shown, retry }), [shown, retry]);
}
