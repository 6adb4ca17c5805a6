/**
 * The same for apps on the old frontend system.
 *
 * @packageDocumentation
 */
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { DefaultRolloutsApi } from './api/DefaultRolloutsApi';
import { rolloutsApiRef } from './api/RolloutsApi';
import { RolloutsHubs, rolloutsHubApiRef } from './live/RolloutsHubs';

export {
  isRolloutsAvailable,
  ROLLOUTS_ANNOTATIONS,
} from './entity/isRolloutsAvailable';
export { rolloutsApiRef } from './api/RolloutsApi';

const contentRouteRef = createRouteRef({ id: 'rollouts' });

/** @public */
export const rolloutsPlugin = createPlugin({
  id: 'rollouts',
  apis: [
    createApiFactory({
      api: rolloutsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => DefaultRolloutsApi.create(deps),
    }),
    createApiFactory({
      api: rolloutsHubApiRef,
      deps: {},
      factory: () => new RolloutsHubs(),
    }),
  ],
  routes: { entityContent: contentRouteRef },
});

/** The card for an entity's overview. @public */
export const EntityRolloutsCard = rolloutsPlugin.provide(
  createComponentExtension({
    name: 'EntityRolloutsCard',
    component: {
      lazy: async () =>
        (await import('./card/EntityRolloutsCard')).EntityRolloutsCard,
    },
  }),
);

/** The tab of an entity's page. @public */
export const EntityRolloutsContent = rolloutsPlugin.provide(
  createRoutableExtension({
    name: 'EntityRolloutsContent',
    mountPoint: contentRouteRef,
    component: async () =>
      (await import('./content/EntityRolloutsContent')).EntityRolloutsContent,
  }),
);
