import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { convertLegacyRouteRef } from '@backstage/core-compat-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { StatesPage } from './StatesPage';

createDevApp({
  features: [
    createFrontendPlugin({
      pluginId: 'rollouts-states',
      title: 'Rollout states',
      extensions: [
        PageBlueprint.make({
          params: {
            path: '/',
            title: 'Rollout states',
            loader: async () => <StatesPage />,
          },
        }),
        PageBlueprint.make({
          name: 'entity',
          params: {
            path: '/catalog/:namespace/:kind/:name',
            title: 'Entity',
            routeRef: convertLegacyRouteRef(entityRouteRef),
            loader: async () => <></>,
          },
        }),
      ],
    }),
  ],
});
