import type { RolloutContext } from '../context';

/** The template was stable not long ago: docs, features/rollback. */
export function isInRollbackWindow(context: RolloutContext): boolean {
  const { current, stable, others, rollout } = context;
  const window = rollout.spec.rollbackWindow?.revisions;
  if (!window || !stable || !current.exists) return false;
  if (current.createdAt >= stable.createdAt) return false;
  const between = others.filter(
    each =>
      each.createdAt > current.createdAt && each.createdAt < stable.createdAt,
  );
  return between.length < window;
}
