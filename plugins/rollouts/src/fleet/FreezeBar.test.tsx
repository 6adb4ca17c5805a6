import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import type { FreezeOccurrence } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { StateFleetApi } from '../__fixtures__/StateFleetApi';
import { fleetApiRef } from '../api/FleetApi';
import { ClockContext } from '../live/useNow';
import { FreezeBar } from './FreezeBar';

const NOW = Date.parse('2026-11-26T12:00:00Z');
const MINUTE = 60_000;

/** @param from - minutes from now, as `to` */
const freeze = (name: string, from: number, to: number): FreezeOccurrence => ({
  freezeId: name,
  name,
  reason: 'All stop',
  timeZone: 'UTC',
  start: new Date(NOW + from * MINUTE).toISOString(),
  end: new Date(NOW + to * MINUTE).toISOString(),
  active: false,
  hold: false,
  emergency: true,
});

describe('the bar of freeze windows', () => {
  it('says by the clock alone which last now, their first moment in and their last out', async () => {
    const api = new StateFleetApi(undefined);
    api.freezes = [
      freeze('just over', -60, 0),
      { ...freeze('just begun', 0, 60), warnings: ['No such cluster.'] },
      freeze('to come', 1, 60),
    ];
    renderInTestApp(
      <ClockContext.Provider value={{ now: () => NOW, every: () => () => {} }}>
        <FreezeBar changes={0} />
      </ClockContext.Provider>,
      { apis: [[fleetApiRef, api]] },
    );
    expect(await screen.findByText(/: just begun$/)).toBeVisible();
    expect(screen.getAllByRole('status')).toHaveLength(1);
    expect(
      screen.getByText(
        /^All stop\. Promote and set image.* No such cluster\.$/,
      ),
    ).toBeVisible();
  });
});
