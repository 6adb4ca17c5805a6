import { useEffect, useRef, type RefObject } from 'react';
import { readAddress, type Address } from './readAddress';

/**
 * Brings what the URL names into view once it is drawn, and puts the focus
 * there: that marks it until the reader goes on, and the next Tab leads into
 * it. The element needs `tabIndex={-1}`.
 */
export function useAddressed<T extends HTMLElement>({
  rollout,
  approval,
}: Address): RefObject<T> {
  const element = useRef<T>(null);
  useEffect(() => {
    const named = readAddress(window.location);
    if (
      (rollout !== undefined && rollout === named.rollout) ||
      (approval !== undefined && approval === named.approval)
    ) {
      element.current?.scrollIntoView?.({ block: 'start' });
      element.current?.focus({ preventScroll: true });
    }
  }, [rollout, approval]);
  return element;
}
