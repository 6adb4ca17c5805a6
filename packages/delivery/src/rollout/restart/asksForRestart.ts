import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { parseTime } from '../time';

/** Whether a restart is asked for that has not ended. Never throws. */
export function asksForRestart({ spec, status }: Rollout): boolean {
  const restartAt = spec?.restartAt;
  return (
    parseTime(restartAt) !== undefined && restartAt !== status?.restartedAt
  );
}
