import {
  ApiBlueprint,
  createFrontendPlugin,
  PageBlueprint,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import { RiRocket2Line } from '@remixicon/react';
import { approvalsApiRef } from './api/ApprovalsApi';
import { DefaultApprovalsApi } from './api/DefaultApprovalsApi';
import { DefaultFleetApi } from './api/DefaultFleetApi';
import { BrowserPreviewApi } from './api/BrowserPreviewApi';
import { DefaultRolloutsApi } from './api/DefaultRolloutsApi';
import { fleetApiRef } from './api/FleetApi';
import { DefaultHistoryApi } from './api/DefaultHistoryApi';
import { historyApiRef } from './api/HistoryApi';
import { previewApiRef } from './api/PreviewApi';
import { rolloutsApiRef } from './api/RolloutsApi';
import { RolloutsHubs, rolloutsHubApiRef } from './live/RolloutsHubs';
import { isRolloutsAvailable } from './entity/isRolloutsAvailable';
import { rootRouteRef } from './routes';

const rolloutsApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: rolloutsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => DefaultRolloutsApi.create(deps),
    }),
});

const approvalsApi = ApiBlueprint.make({
  name: 'approvals',
  params: defineParams =>
    defineParams({
      api: approvalsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => DefaultApprovalsApi.create(deps),
    }),
});

const historyApi = ApiBlueprint.make({
  name: 'history',
  params: defineParams =>
    defineParams({
      api: historyApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => DefaultHistoryApi.create(deps),
    }),
});

const rolloutsHub = ApiBlueprint.make({
  name: 'hub',
  params: defineParams =>
    defineParams({
      api: rolloutsHubApiRef,
      deps: {},
      factory: () => new RolloutsHubs(),
    }),
});

const fleetApi = ApiBlueprint.make({
  name: 'fleet',
  params: defineParams =>
    defineParams({
      api: fleetApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => DefaultFleetApi.create(deps),
    }),
});

const previewApi = ApiBlueprint.make({
  name: 'preview',
  params: defineParams =>
    defineParams({
      api: previewApiRef,
      deps: {},
      factory: () => new BrowserPreviewApi(),
    }),
});

const strategyField = FormFieldBlueprint.make({
  name: 'strategy',
  params: {
    field: async () => {
      const { strategyFormField } =
        await import('./strategyField/strategyFormField');
      return strategyFormField;
    },
  },
});

const fleetPage = PageBlueprint.make({
  params: {
    path: '/rollouts',
    title: 'Rollouts',
    icon: <RiRocket2Line />,
    routeRef: rootRouteRef,
    loader: async () => {
      const { FleetPage } = await import('./fleet/FleetPage');
      return (
        <main>
          <FleetPage />
        </main>
      );
    },
  },
});

const entityCard = EntityCardBlueprint.make({
  params: {
    type: 'content',
    filter: isRolloutsAvailable,
    loader: async () => {
      const { EntityRolloutsCard } = await import('./card/EntityRolloutsCard');
      return <EntityRolloutsCard />;
    },
  },
});

const entityContent = EntityContentBlueprint.make({
  params: {
    path: '/rollouts',
    title: 'Rollouts',
    group: 'deployment',
    filter: isRolloutsAvailable,
    loader: async () => {
      const { EntityRolloutsContent } =
        await import('./content/EntityRolloutsContent');
      return <EntityRolloutsContent />;
    },
  },
});

/**
 * Progressive delivery: the card and the tab on a service's page, the page of
 * the whole fleet, the APIs.
 * @public
 */
export const rolloutsPlugin = createFrontendPlugin({
  pluginId: 'rollouts',
  title: 'Rollouts',
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  extensions: [
    rolloutsApi,
    approvalsApi,
    historyApi,
    rolloutsHub,
    fleetApi,
    previewApi,
    strategyField,
    fleetPage,
    entityCard,
    entityContent,
  ],
});
