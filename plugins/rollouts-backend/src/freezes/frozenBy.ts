import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { FrozenBy } from '../fleet/fleetWaiting';
import type { GateSubjects } from '../gates/GateSubjects';
import type { FreezeGate } from './FreezeGate';

/** Which freeze refuses an action on a rollout now, as the gate would. */
export function frozenBy(options: {
  gate: Pick<FreezeGate, 'look'>;
  subjects: Pick<GateSubjects, 'of'>;
  rollout: (key: string) => Rollout | undefined;
  now: () => number;
}): FrozenBy {
  const { gate, subjects, rollout: find, now } = options;
  return (key, action) => {
    const rollout = find(key);
    const [cluster = ''] = key.split('/');
    const [lock] = rollout
      ? gate.look({ ...subjects.of(cluster, rollout, action), action }, now())
      : [];
    return lock?.until === undefined
      ? undefined
      : { name: lock.name, until: lock.until };
  };
}
