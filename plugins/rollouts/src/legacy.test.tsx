import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { answerOf, colorsEntity } from './__testUtils__/renderState';
import { StateApprovalsApi } from './__fixtures__/StateApprovalsApi';
import { StateRolloutsApi } from './__fixtures__/StateRolloutsApi';
import {
  approvalsApiRef,
  EntityRolloutsCard,
  EntityRolloutsContent,
  isRolloutsAvailable,
  rolloutsApiRef,
  rolloutsPlugin,
} from './legacy';

/** Gives a routable extension its path, as an app's route element does. */
const Mount = (props: { path: string; element: JSX.Element }) => props.element;

describe('the plugin in an app of the old frontend system', () => {
  it.each([
    ['card', <EntityRolloutsCard />],
    ['tab', <EntityRolloutsContent />],
  ])('shows the %s', async (_, element) => {
    await renderInTestApp(
      <TestApiProvider
        apis={[
          [rolloutsApiRef, new StateRolloutsApi(answerOf('healthy'))],
          [approvalsApiRef, new StateApprovalsApi()],
        ]}
      >
        <EntityProvider entity={colorsEntity}>
          <Mount path="/" element={element} />
        </EntityProvider>
      </TestApiProvider>,
      {
        mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      },
    );

    expect(
      await screen.findByText(
        'All requests go to blue; 5 of 5 pods are ready.',
      ),
    ).toBeVisible();
  });

  it('knows which entities it is for', () => {
    expect(isRolloutsAvailable(colorsEntity)).toBe(true);
    expect(
      isRolloutsAvailable({
        ...colorsEntity,
        metadata: { ...colorsEntity.metadata, annotations: {} },
      }),
    ).toBe(false);
  });

  it('brings the APIs', () => {
    expect([...rolloutsPlugin.getApis()].map(({ api }) => api.id)).toEqual([
      'plugin.rollouts.service',
      'plugin.rollouts.approvals',
      'plugin.rollouts.history',
      'plugin.rollouts.hub',
      'plugin.rollouts.fleet',
    ]);
  });
});
