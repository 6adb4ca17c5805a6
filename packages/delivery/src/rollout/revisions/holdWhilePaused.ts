import type { RolloutStatus } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Revisions } from './findRevisions';

type Roles = Pick<Revisions, 'current' | 'stable' | 'others'>;

/**
 * Under `spec.paused` a new template does not become a revision yet. Until
 * somebody resumes, the turn is about what runs already, so that an abort, or
 * pods that fail, are still acted on.
 *
 * @returns undefined when nothing runs yet
 */
export function holdWhilePaused(
  revisions: Roles,
  status: RolloutStatus | undefined,
): Roles | undefined {
  const { current, stable, others } = revisions;
  if (current.exists) return revisions;
  const running = [...(stable ? [stable] : []), ...others].find(
    each => each.hash !== '' && each.hash === status?.currentPodHash,
  );
  return (
    running && {
      ...revisions,
      current: running,
      others: others.filter(each => each !== running),
    }
  );
}
