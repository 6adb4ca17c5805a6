import { routersOf } from '../../traffic/registry';
import { servicesOfCanary } from '../../traffic/servicesOfCanary';
import type { RolloutContext } from '../context';
import { selectedHash } from '../services/selectedHash';

/** What became of the routes of a canary that is one no more. */
export type FormerRoutes =
  /** They give everything to stable, or are about to. */
  | 'released'
  /** Stable has no pod behind its service that could take it (I1). */
  | 'waiting'
  /** Which objects they are, nobody here knows. */
  | 'unknown';

/** Gives the traffic of the canary, and of experiments beside it, back to stable. */
export function releaseFormerRoutes(context: RolloutContext): FormerRoutes {
  const { snapshot, stable, replicas, before, draft, routers } = context;
  const { formerCanary: canary } = snapshot;
  if (!canary?.trafficRouting) return 'unknown';
  if (!stable || (!stable.available && replicas > 0)) return 'waiting';
  const rollout = {
    ...context.rollout,
    spec: { ...context.rollout.spec, strategy: { canary } },
  };
  const services = servicesOfCanary({ ...rollout, status: before });
  const behind = selectedHash(snapshot.services[services.stableService]);
  // Its service may still lead to whom nobody has any more.
  if (behind !== undefined && behind !== stable.hash) return 'waiting';
  const wanted = {
    ...services,
    canaryHash: stable.hash,
    stableHash: stable.hash,
    weight: 0,
    max: canary.trafficRouting.maxTrafficWeight ?? 100,
    additional: [],
    managedRoutes: [],
  };
  for (const router of routersOf(rollout, routers)) {
    router.route(
      { ...snapshot, rollout },
      wanted,
      draft,
      'the strategy is blue-green now: everything goes to stable',
    );
  }
  return 'released';
}
