import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Resource } from '@progressive-delivery/kube/resources';
import type { PlanDraft } from '../rollout/draft';
import type { RolloutSnapshot } from '../rollout/snapshot';
import type { Problem } from '../rollout/validation/problem';
import type { ManagedRoute } from './managedRoute';

/** An object that a router reads and writes. */
export interface RouteReference {
  resource: Resource;
  namespace: string;
  /** Left out: every object of this kind in the namespace. */
  name?: string;
}

/** Where a router puts the writes that it plans. */
export type RouteDraft = Pick<PlanDraft, 'create' | 'patch' | 'remove'>;

/** What a router reads: the rollout, and the objects that its stanza names. */
export type RoutedSnapshot = Pick<
  RolloutSnapshot,
  'rollout' | 'routes' | 'servedKinds' | 'services'
>;

/** A third side, beside canary and stable: the pods of an experiment. */
export interface AdditionalDestination {
  service: string;
  podTemplateHash: string;
  /** Out of the maximum; taken from stable. */
  weight: number;
}

/**
 * Who canary and stable are this turn. The services are those that lead to
 * them now: with ping-pong the two swap. The hashes are what routers that
 * select pods by themselves (Istio subsets) are to select.
 */
export interface TrafficSides {
  canaryService: string;
  stableService: string;
  canaryHash: string;
  stableHash: string;
}

/** What the objects of a router are to say. */
export interface WantedTraffic extends TrafficSides {
  /** The canary's share, out of `max`. Stable gets what nobody else gets. */
  weight: number;
  max: number;
  additional: AdditionalDestination[];
  /** Header and mirror routes in force, in the order of `managedRoutes`. */
  managedRoutes: ManagedRoute[];
}

/** What a router's objects say now. */
export interface ObservedTraffic {
  /**
   * The canary's share out of the maximum: the greatest, where several routes
   * or objects differ, because what gets any traffic must stay.
   */
  weight: number;
  /** The hash that the canary's side selects, when the router selects pods itself. */
  canaryHash?: string;
  /** The hash that stable's side selects, likewise. */
  stableHash?: string;
  /** Hashes that other destinations of the routes lead to, as far as they say so. */
  additional?: string[];
}

/** Something that splits traffic between a canary and stable. */
export interface TrafficRouter {
  /**
   * Where in `trafficRouting` its stanza stands: `['istio']`,
   * `['plugins', 'argoproj-labs/gatewayAPI']`.
   */
  path: readonly string[];
  /** In words, for people. */
  title: string;
  /** The kinds of steps and destinations that it can carry out. */
  abilities: {
    headerRoutes?: boolean;
    mirrorRoutes?: boolean;
    /** Weights of experiments. */
    additionalDestinations?: boolean;
    /** Weights that add up to something else than 100. */
    maxTrafficWeight?: boolean;
  };
  /** Whether this rollout's stanza needs a canary and a stable service. */
  needsServices(rollout: Rollout): boolean;
  /** The objects that the stanza names. Never throws, whatever it says. */
  objects(rollout: Rollout): RouteReference[];
  /** What is wrong with the stanza and with the objects that it names. */
  validate(snapshot: RoutedSnapshot): Problem[];
  observe(snapshot: RoutedSnapshot, sides: TrafficSides): ObservedTraffic;
  /**
   * Plans the writes after which the objects say what is wanted: a pod
   * selection before the weight that leads to it. What the rollout does not
   * manage in an object stays as it is.
   *
   * @returns whether anything had to be changed
   */
  route(
    snapshot: RoutedSnapshot,
    wanted: WantedTraffic,
    draft: RouteDraft,
    why: string,
  ): boolean;
  /**
   * Whether requests are seen to be split as the objects say, for a router
   * that needs time for it; `undefined`: it is taken for granted. Until then
   * a step that waits for the weight is not done.
   */
  verify?(snapshot: RoutedSnapshot, wanted: WantedTraffic): boolean | undefined;
}
