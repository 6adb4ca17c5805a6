import { createHash } from 'node:crypto';
import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';

/**
 * Of everything in the spec that decides what a release does: steps, analysis,
 * routes, pauses. Left out are `replicas`, which autoscalers write all the
 * time, and `template`, which the pod hash stands for and the mirror does not
 * keep whole. Null and absent are the same to the API server.
 */
export function specHash({ spec }: Pick<Rollout, 'spec'>): string {
  const { replicas: _, template: __, ...bound } = spec;
  return createHash('sha256').update(inOrder(bound)).digest('hex');
}

/** JSON whose keys are in order, however the object was put together. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_, field: unknown) =>
    typeof field === 'object' && field !== null && !Array.isArray(field)
      ? Object.fromEntries(
          Object.entries(field)
            .filter(([, each]) => each !== null)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : field,
  );
}
