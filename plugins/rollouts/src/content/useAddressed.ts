import type { RolloutRef } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useEffect, useRef, type RefObject } from 'react';
import { rolloutKey } from '../live/entityRolloutsState';

/**
 * Scrolls to the rollout that the URL names after its `#`, once it is drawn:
 * by then the browser has given up looking for it.
 */
export function useAddressed(ref: RolloutRef): RefObject<HTMLDivElement> {
  const element = useRef<HTMLDivElement>(null);
  const key = rolloutKey(ref);
  useEffect(() => {
    if (window.location.hash === `#${encodeURIComponent(key)}`) {
      element.current?.scrollIntoView?.({ block: 'start' });
    }
  }, [key]);
  return element;
}
