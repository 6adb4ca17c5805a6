import type { ClusterView } from './cluster';
import type {
  AccessView,
  RolloutDetail,
  RolloutRef,
  RolloutSummary,
} from './rollout';

/** @public */
export interface RolloutPage {
  items: RolloutSummary[];
  total: number;
  nextCursor?: string;
  clusters: ClusterView[];
}

/** One rollout, and what the caller may do with it. @public */
export interface RolloutResponse {
  rollout: RolloutDetail;
  access: AccessView;
}

/** All rollouts of one catalog entity. @public */
export interface EntityRolloutsResponse {
  entityRef: string;
  /** Whether the entity has an annotation that selects rollouts. */
  annotated: boolean;
  rollouts: RolloutResponse[];
  clusters: ClusterView[];
  /** Rollouts that the annotation names but the operator's map does not give to this entity. */
  refused: { ref: RolloutRef; message: string }[];
}

/**
 * Events of the stream. Each arrives as `event: <type>`, `id: <opaque>`,
 * `data: <JSON of the rest>`. `snapshot` replaces everything seen so far; it
 * is the first event, and comes again when the server had to drop events of
 * a slow reader.
 * @public
 */
export type StreamEvent =
  | { type: 'snapshot'; data: EntityRolloutsResponse }
  | { type: 'rollout'; data: RolloutResponse }
  | { type: 'removed'; data: RolloutRef }
  | { type: 'clusters'; data: ClusterView[] }
  | { type: 'heartbeat'; data: { at: string } };
