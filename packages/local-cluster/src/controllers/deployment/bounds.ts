import { StoredObject } from '../../api/clusterApi';
import { intOrPercent } from '../objects/intOrPercent';
import { replicasOf } from './revisions';

/** How many pods may be more, and how many may be missing, during an update. */
export interface Bounds {
  maxSurge: number;
  maxUnavailable: number;
}

/** If both round to zero, one may be missing: otherwise nothing could move. */
export function boundsOf(deployment: StoredObject): Bounds {
  const { strategy } = deployment.spec;
  if (strategy?.type === 'Recreate') return { maxSurge: 0, maxUnavailable: 0 };
  const replicas = replicasOf(deployment);
  const rolling = strategy?.rollingUpdate ?? {};
  const maxSurge = intOrPercent(rolling.maxSurge ?? '25%', replicas, 'up') ?? 0;
  const missing =
    intOrPercent(rolling.maxUnavailable ?? '25%', replicas, 'down') ?? 0;
  const none = maxSurge === 0 && missing === 0;
  return { maxSurge, maxUnavailable: Math.min(none ? 1 : missing, replicas) };
}
