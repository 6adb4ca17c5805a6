import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { releaseDetail } from '../__fixtures__/historyRelease';
import { historyReleases } from '../__fixtures__/historyReleases';
import { ReleaseDecisions } from './ReleaseDecisions';

const NOW = Date.parse('2026-11-26T21:00:00Z');

it('says who passed in an emergency what another had asked for, and why', async () => {
  const [, , hotfix] = historyReleases(NOW);
  const detail = releaseDetail(NOW, hotfix!);
  const [request] = detail.requests;
  const passed = {
    by: 'user:default/henry',
    at: new Date(NOW).toISOString(),
    reason: 'The shop is down',
  };
  renderInTestApp(
    <ReleaseDecisions
      release={{
        ...detail,
        requests: [{ ...request!, state: 'voided', passed }],
      }}
    />,
    {
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
  const said = (await screen.findByText('The shop is down')).closest('p');
  expect(said).toHaveTextContent(
    /^henry passed the policies in an emergency · .*The shop is down$/,
  );
  expect(screen.queryByText('Emergency: passed the policies')).toBeNull();
});
