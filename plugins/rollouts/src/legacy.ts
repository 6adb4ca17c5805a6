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
import { createScaffolderFieldExtension } from '@backstage/plugin-scaffolder-react';
import { approvalsApiRef } from './api/ApprovalsApi';
import { BrowserPreviewApi } from './api/BrowserPreviewApi';
import { DefaultApprovalsApi } from './api/DefaultApprovalsApi';
import { DefaultFleetApi } from './api/DefaultFleetApi';
import { DefaultHistoryApi } from './api/DefaultHistoryApi';
import { DefaultRolloutsApi } from './api/DefaultRolloutsApi';
import { fleetApiRef } from './api/FleetApi';
import { historyApiRef } from './api/HistoryApi';
import { previewApiRef } from './api/PreviewApi';
import { rolloutsApiRef } from './api/RolloutsApi';
import { RolloutsHubs, rolloutsHubApiRef } from './live/RolloutsHubs';
import { strategyFieldOptions } from './strategyField/strategyFieldOptions';

export {
  isRolloutsAvailable,
  ROLLOUTS_ANNOTATIONS,
} from './entity/isRolloutsAvailable';
export { fleetApiRef } from './api/FleetApi';
export { rolloutsApiRef } from './api/RolloutsApi';
export { approvalsApiRef } from './api/ApprovalsApi';
export { historyApiRef } from './api/HistoryApi';

const contentRouteRef = createRouteRef({ id: 'rollouts' });
const fleetRouteRef = createRouteRef({ id: 'rollouts-fleet' });

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
      api: approvalsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => DefaultApprovalsApi.create(deps),
    }),
    createApiFactory({
      api: historyApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => DefaultHistoryApi.create(deps),
    }),
    createApiFactory({
      api: rolloutsHubApiRef,
      deps: {},
      factory: () => new RolloutsHubs(),
    }),
    createApiFactory({
      api: previewApiRef,
      deps: {},
      factory: () => new BrowserPreviewApi(),
    }),
    createApiFactory({
      api: fleetApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => DefaultFleetApi.create(deps),
    }),
  ],
  routes: { root: fleetRouteRef, entityContent: contentRouteRef },
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

/** The field `RolloutStrategy` of software templates. @public */
export const RolloutStrategyFieldExtension = rolloutsPlugin.provide(
  createScaffolderFieldExtension({
    ...strategyFieldOptions,
    schema: strategyFieldOptions.schema.schema,
  }),
);

/** The page of all rollouts. @public */
export const FleetPage = rolloutsPlugin.provide(
  createRoutableExtension({
    name: 'FleetPage',
    mountPoint: fleetRouteRef,
    component: async () =>
      (await import('./fleet/LegacyFleetPage')).LegacyFleetPage,
  }),
);
