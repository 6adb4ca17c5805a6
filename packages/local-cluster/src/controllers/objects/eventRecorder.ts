import { createHash } from 'node:crypto';
import { Clock } from '../../api/clock';
import { ClusterApi, StoredObject } from '../../api/clusterApi';
import { EVENTS } from './resources';
import { timestamp } from './time';

export interface EventRecorder {
  record(
    about: StoredObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
  ): void;
}

/**
 * Writes core/v1 Events. The same event about the same object is counted up
 * instead of written again. Best effort: an event that cannot be written is
 * dropped, as in Kubernetes, because losing it must not stop a control loop.
 */
export function createEventRecorder(
  api: ClusterApi,
  clock: Clock,
  component: string,
): EventRecorder {
  return {
    record(about, type, reason, message) {
      const namespace = about.metadata.namespace ?? 'default';
      const digest = createHash('sha1')
        .update([about.metadata.uid, type, reason, message].join('\n'))
        .digest('hex')
        .slice(0, 16);
      const name = `${about.metadata.name}.${digest}`;
      const now = timestamp(clock.now());
      try {
        const known = api.find(EVENTS, namespace, name);
        if (known) {
          const change = { count: (known.count ?? 1) + 1, lastTimestamp: now };
          api.patch(EVENTS, namespace, name, change, { type: 'merge' });
          return;
        }
        api.create(EVENTS, {
          apiVersion: 'v1',
          kind: 'Event',
          metadata: { name, namespace },
          involvedObject: {
            apiVersion: about.apiVersion,
            kind: about.kind,
            namespace: about.metadata.namespace,
            name: about.metadata.name,
            uid: about.metadata.uid,
            resourceVersion: about.metadata.resourceVersion,
          },
          type,
          reason,
          message,
          count: 1,
          firstTimestamp: now,
          lastTimestamp: now,
          source: { component },
          reportingComponent: component,
          reportingInstance: '',
        });
      } catch {
        // Dropped: see above.
      }
    },
  };
}
