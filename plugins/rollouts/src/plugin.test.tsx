import {
  createExtensionTester,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { answerOf, colorsEntity } from './__testUtils__/renderState';
import { StateApprovalsApi } from './__fixtures__/StateApprovalsApi';
import { StateRolloutsApi } from './__fixtures__/StateRolloutsApi';
import { approvalsApiRef } from './api/ApprovalsApi';
import { rolloutsApiRef } from './api/RolloutsApi';
import rolloutsPlugin from './index';

describe('the plugin in an app of the new frontend system', () => {
  it.each(['entity-card:rollouts', 'entity-content:rollouts'] as const)(
    'brings %s',
    async id => {
      const tester = createExtensionTester(rolloutsPlugin.getExtension(id));
      renderInTestApp(
        <EntityProvider entity={colorsEntity}>
          {tester.reactElement()}
        </EntityProvider>,
        {
          mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
          apis: [
            [rolloutsApiRef, new StateRolloutsApi(answerOf('paused'))],
            [approvalsApiRef, new StateApprovalsApi()],
          ],
        },
      );

      expect(
        await screen.findByRole('button', { name: 'Promote to 40 %' }),
      ).toBeVisible();
    },
  );

  it('brings the APIs', () => {
    expect(rolloutsPlugin.getExtension('api:rollouts')).toBeDefined();
    expect(rolloutsPlugin.getExtension('api:rollouts/approvals')).toBeDefined();
    expect(rolloutsPlugin.getExtension('api:rollouts/history')).toBeDefined();
    expect(rolloutsPlugin.getExtension('api:rollouts/hub')).toBeDefined();
  });
});
