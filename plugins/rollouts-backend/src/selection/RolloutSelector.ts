/**
 * Which rollouts a policy or a freeze window applies to. Everything that is
 * said must hold; a list holds when one of its values does. Nothing said means
 * all rollouts.
 */
export interface RolloutSelector {
  clusters?: readonly string[];
  namespaces?: readonly string[];
  /** Tiers of clusters, as the operator names them. */
  tiers?: readonly string[];
  /** Of the Rollout object, as in `kubectl -l`. */
  labels?: string;
  /** Holds when one entity of the rollout meets all of it. */
  entity?: EntitySelector;
}

/** Of catalog entities; refs are complete and in lower case. */
export interface EntitySelector {
  refs?: readonly string[];
  owners?: readonly string[];
  systems?: readonly string[];
  types?: readonly string[];
  lifecycles?: readonly string[];
  /** As in `kubectl -l`. */
  labels?: string;
}
