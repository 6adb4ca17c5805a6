import type { FleetRow } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { fleetRows } from '../__fixtures__/fleet';
import { FleetShare } from './FleetShare';

// Drawing takes seconds on a busy machine.
jest.setTimeout(60_000);

async function isSettled(change: Partial<FleetRow>): Promise<boolean> {
  const [row] = fleetRows(1, 0);
  renderInTestApp(<FleetShare row={{ ...row!, ...change }} />);
  const percent = await screen.findByText(/%$/);
  return percent.nextElementSibling!.hasAttribute('data-settled');
}

describe('the bar of a rollout', () => {
  const everybody = { actual: 1, desired: 1 };
  const byHand = { for: 'resume' as const, of: [] };

  it.each<[string, boolean, Partial<FleetRow>]>([
    ['healthy', true, { state: 'Healthy', share: everybody }],
    [
      'paused by hand after its last step',
      true,
      {
        state: 'Paused',
        share: everybody,
        waits: byHand,
        step: { index: 4, count: 4 },
      },
    ],
    [
      'paused by hand without steps',
      true,
      { state: 'Paused', share: everybody, waits: byHand, step: undefined },
    ],
    [
      'paused by hand in mid-canary',
      false,
      {
        state: 'Paused',
        share: { actual: 0.2, desired: 0.2 },
        waits: byHand,
        step: { index: 1, count: 4 },
      },
    ],
    [
      'at 100 % of a canary that waits for its promotion',
      false,
      {
        state: 'Paused',
        share: everybody,
        waits: { for: 'promotion', of: [] },
        step: { index: 3, count: 4 },
      },
    ],
  ])('that is %s is that of something settled: %s', async (_, yes, change) => {
    await expect(isSettled(change)).resolves.toBe(yes);
  });
});
