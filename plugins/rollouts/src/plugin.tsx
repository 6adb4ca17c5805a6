import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { DefaultRolloutsApi } from './api/DefaultRolloutsApi';
import { rolloutsApiRef } from './api/RolloutsApi';
import { RolloutsHubs, rolloutsHubApiRef } from './live/RolloutsHubs';
import { isRolloutsAvailable } from './entity/isRolloutsAvailable';

const rolloutsApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: rolloutsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => DefaultRolloutsApi.create(deps),
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
 * Progressive delivery on a service's page: the card, the tab, the API.
 * @public
 */
export const rolloutsPlugin = createFrontendPlugin({
  pluginId: 'rollouts',
  title: 'Rollouts',
  info: { packageJson: () => import('../package.json') },
  extensions: [rolloutsApi, rolloutsHub, entityCard, entityContent],
});
