import { createApiRef, type ApiRef } from '@backstage/frontend-plugin-api';
import type { RolloutsApi } from '../api/RolloutsApi';
import { EntityRolloutsHub } from './EntityRolloutsHub';

/**
 * One hub per API. It is told the API that a page has, instead of taking the
 * app's own, so that an API put around a part of a page is the one asked.
 */
export class RolloutsHubs {
  private readonly hubs = new WeakMap<RolloutsApi, EntityRolloutsHub>();

  of(api: RolloutsApi): EntityRolloutsHub {
    const hub = this.hubs.get(api) ?? new EntityRolloutsHub({ api });
    this.hubs.set(api, hub);
    return hub;
  }
}

/** What card and tab share, so that one page opens one stream. */
export const rolloutsHubApiRef: ApiRef<RolloutsHubs> =
  createApiRef<RolloutsHubs>().with({
    id: 'plugin.rollouts.hub',
    pluginId: 'rollouts',
  });
