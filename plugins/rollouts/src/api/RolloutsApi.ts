import { createApiRef, type ApiRef } from '@backstage/frontend-plugin-api';
import type {
  ActionRequest,
  ActionResult,
  EntityRolloutsResponse,
  RolloutAction,
  RolloutRef,
  StreamEvent,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** Answer of a conditional read. @public */
export type ConditionalEntityRollouts =
  | { status: 'changed'; etag?: string; response: EntityRolloutsResponse }
  | { status: 'not-modified' };

/** One event of the stream, with the id to resume after it. @public */
export interface StreamMessage {
  id?: string;
  event: StreamEvent;
}

/**
 * What the frontend asks of the rollouts backend. All methods reject with
 * the errors of `@backstage/errors` (`ResponseError` with the status code),
 * `act` with a {@link RolloutActionError}.
 * @public
 */
export interface RolloutsApi {
  /**
   * All rollouts of a catalog entity.
   * @param entityRef - full entity ref, `component:default/colors`
   */
  getEntityRollouts(
    entityRef: string,
    options?: { etag?: string; signal?: AbortSignal },
  ): Promise<ConditionalEntityRollouts>;

  /**
   * Live events of an entity's rollouts, until the connection ends, which is
   * normal, or breaks, which throws. Resumes after `lastEventId`.
   */
  streamEntityRollouts(
    entityRef: string,
    options: { lastEventId?: string; signal: AbortSignal },
  ): AsyncIterable<StreamMessage>;

  /** The end of a pod's log, as text. */
  getPodLog(
    rollout: RolloutRef,
    pod: string,
    options?: { signal?: AbortSignal },
  ): Promise<string>;

  /** Asks for an action; resolves when the cluster has accepted the write. */
  act(
    rollout: RolloutRef,
    action: RolloutAction,
    request: ActionRequest,
  ): Promise<ActionResult>;
}

/** @public */
export const rolloutsApiRef: ApiRef<RolloutsApi> =
  createApiRef<RolloutsApi>().with({
    id: 'plugin.rollouts.service',
    pluginId: 'rollouts',
  });
