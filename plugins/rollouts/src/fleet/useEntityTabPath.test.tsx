import {
  coreExtensionData,
  createExtensionInput,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { renderTestApp, TestApiProvider } from '@backstage/frontend-test-utils';
import { render, screen } from '@testing-library/react';
import rolloutsPlugin from '../index';
import { LegacyEntityTabContext } from './LegacyEntityTab';
import { useEntityTabPath } from './useEntityTabPath';

const Path = () => <output>{useEntityTabPath()}</output>;

/** Takes tabs, as the catalog's page of an entity does. */
const catalog = createFrontendPlugin({
  pluginId: 'catalog',
  extensions: [
    PageBlueprint.makeWithOverrides({
      name: 'entity',
      inputs: { contents: createExtensionInput([coreExtensionData.routePath]) },
      factory: original =>
        original({ path: '/entity', loader: async () => <Path /> }),
    }),
  ],
});

describe('useEntityTabPath', () => {
  it.each([
    ['where the plugin puts it', undefined, '/rollouts'],
    ['where the app puts it', '/deploy', '/deploy'],
  ])('is %s', async (_, path, expected) => {
    renderTestApp({
      features: [catalog, rolloutsPlugin],
      initialRouteEntries: ['/entity'],
      config: {
        app: {
          extensions: [
            { 'entity-content:rollouts': path ? { config: { path } } : true },
          ],
        },
      },
    });
    expect(await screen.findByRole('status')).toHaveTextContent(
      new RegExp(`^${expected}$`),
    );
  });

  it('is what an app without an extension tree says', () => {
    render(
      <TestApiProvider apis={[]}>
        <LegacyEntityTabContext.Provider
          value={{ entityPath: ({ name }) => `/${name}`, tabPath: 'deploy/' }}
        >
          <Path />
        </LegacyEntityTabContext.Provider>
      </TestApiProvider>,
    );
    expect(screen.getByRole('status')).toHaveTextContent(/^\/deploy$/);
  });

  it('is the usual one where nobody says', () => {
    render(
      <TestApiProvider apis={[]}>
        <Path />
      </TestApiProvider>,
    );
    expect(screen.getByRole('status')).toHaveTextContent(/^\/rollouts$/);
  });
});
