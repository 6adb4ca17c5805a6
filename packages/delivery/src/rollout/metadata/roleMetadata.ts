import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  hasKeys,
  toEphemeral,
  type EphemeralMetadata,
} from './ephemeralMetadata';

/** What pods are given by their role. */
export interface RoleMetadata {
  /** While they are the canary or the preview. */
  fresh: EphemeralMetadata;
  /** While they are stable or active. */
  stable: EphemeralMetadata;
}

/** Source: docs, features/ephemeral-metadata. */
export function roleMetadata({ spec }: Rollout): RoleMetadata {
  const { canary, blueGreen } = spec?.strategy ?? {};
  return {
    fresh: toEphemeral(canary?.canaryMetadata ?? blueGreen?.previewMetadata),
    stable: toEphemeral(canary?.stableMetadata ?? blueGreen?.activeMetadata),
  };
}

/** Whether pods of some role are given anything. Never throws. */
export function hasRoleMetadata(rollout: Rollout): boolean {
  const { fresh, stable } = roleMetadata(rollout);
  return hasKeys(fresh) || hasKeys(stable);
}
