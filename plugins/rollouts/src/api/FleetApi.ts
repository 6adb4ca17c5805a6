import { createApiRef, type ApiRef } from '@backstage/frontend-plugin-api';
import type {
  FleetFilter,
  FleetPage,
  FleetSort,
  FleetStreamEvent,
  FleetWaiting,
  FreezeOccurrence,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** Which rows of the fleet, in which order, and how many. @public */
export interface FleetRequest extends FleetFilter {
  sort?: FleetSort;
  order?: 'asc' | 'desc';
  limit?: number;
  cursor?: string;
}

/** One event of the fleet's stream, with the id to resume after it. @public */
export interface FleetStreamMessage {
  id?: string;
  event: FleetStreamEvent;
}

/**
 * What the fleet page asks of the rollouts backend. All methods reject with
 * the errors of `@backstage/errors` (`ResponseError` with the status code).
 * @public
 */
export interface FleetApi {
  listFleet(
    request: FleetRequest,
    options?: { signal?: AbortSignal },
  ): Promise<FleetPage>;

  /** What goes no further until the reader does something. */
  listFleetWaiting(options?: { signal?: AbortSignal }): Promise<FleetWaiting>;

  /** When something is closed from now on until then, by its start. @param to - RFC 3339 */
  listFreezeOccurrences(
    to: string,
    options?: { signal?: AbortSignal },
  ): Promise<FreezeOccurrence[]>;

  /** Live changes, until the connection ends, which is normal, or breaks, which throws. */
  streamFleet(options: {
    lastEventId?: string;
    signal: AbortSignal;
  }): AsyncIterable<FleetStreamMessage>;
}

/** @public */
export const fleetApiRef: ApiRef<FleetApi> = createApiRef<FleetApi>().with({
  id: 'plugin.rollouts.fleet',
  pluginId: 'rollouts',
});
