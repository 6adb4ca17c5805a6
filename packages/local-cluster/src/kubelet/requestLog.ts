import { Clock } from '../api/clock';
import { StoredObject } from '../api/clusterApi';
import { PodLogs } from './podLogs';

const EVERY_MS = 5000;

/**
 * Says in a pod's log what it answered, summed up over five seconds:
 * `40 requests: 38 × 200, 2 × 500`.
 */
export function createRequestLog(
  logs: PodLogs,
  clock: Clock,
): (pod: StoredObject, status: number) => void {
  const answered = new Map<string, Map<number, number>>();
  return (pod, status) => {
    const { uid } = pod.metadata;
    const known = answered.get(uid);
    const counts = known ?? new Map<number, number>();
    counts.set(status, (counts.get(status) ?? 0) + 1);
    if (known) return;
    answered.set(uid, counts);
    clock.after(EVERY_MS, () => {
      answered.delete(uid);
      const container = pod.spec.containers?.[0]?.name ?? '';
      logs.append(uid, container, summary(counts));
    });
  };
}

function summary(counts: Map<number, number>): string {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const parts = [...counts]
    .sort(([a], [b]) => a - b)
    .map(([status, count]) => `${count} × ${status}`);
  return `${total} requests: ${parts.join(', ')}`;
}
