import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Reflector } from '@progressive-delivery/kube';

/**
 * How long a mirror may not have heard from the server; milliseconds. A watch
 * that is silent this long is taken for dead by the reflector, too.
 */
const LONGEST_SILENCE = 60_000;

/** Whether a mirror shows what the cluster has, or had a moment ago. */
export function isCurrent<T extends KubeObject>(
  reflector: Reflector<T> | undefined,
): boolean {
  if (!reflector?.store.synced) return false;
  const { state, silence = Infinity } = reflector.status;
  return (state === 'live' || state === 'stale') && silence <= LONGEST_SILENCE;
}
