import type {
  CanaryStep,
  PodTemplateSpec,
  RolloutSpec,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { TrafficNow } from '../canary/trafficNow';
import type { RolloutSnapshot } from '../snapshot';
import type { Problem } from '../validation/problem';
import { ByIdentity } from './byIdentity';

/**
 * What one plan may leave to the next, so that it need not be computed again.
 * Who plans keeps it; a plan is the same without.
 */
export class PlanMemory {
  /** Templates as text, to compare them and for their hashes. */
  readonly templates = new ByIdentity<PodTemplateSpec, string>();
  readonly stepHashes = new ByIdentity<CanaryStep[], string>();
  /** What is wrong with a manifest, apart from what it refers to. */
  readonly problems = new ByIdentity<RolloutSpec, Problem[]>();
  /** What the routers say: it is asked for several times a turn. */
  readonly traffic = new ByIdentity<RolloutSnapshot, TrafficNow>();
}
