import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
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
      ],
    }),
  ],
});
