import type { ReleaseGap } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { NOTHING_KNOWN } from '../transitions/StreamState';
import type { Look } from './Buffer';
import { planAppends } from './planAppends';

const NOW = Date.UTC(2026, 10, 1);
const firstSeen: ReleaseGap = { to: '', cause: 'first-seen' };

/** The gap that a look at a stream with so many entries is told. */
async function gapOf(seq: number, look: Partial<Look>) {
  let told: ReleaseGap | undefined;
  const fault = jest.fn();
  await planAppends(
    [
      {
        stream: 'local/u1',
        cluster: 'local',
        head: { seq, present: true, state: NOTHING_KNOWN },
        facts: [],
        looks: [
          {
            at: NOW,
            subject: {},
            gone: false,
            first: false,
            observe: (_, gap) => {
              told = gap;
              throw new Error('seen enough');
            },
            ...look,
          },
        ],
      },
    ],
    () => firstSeen,
    fault,
  );
  expect(fault).toHaveBeenCalledTimes(1);
  return told;
}

describe('the gap before a look', () => {
  const to = new Date(NOW).toISOString();

  it('is that of the cluster, for the first look at what nobody knows', async () => {
    expect(await gapOf(0, { first: true })).toEqual({
      to,
      cause: 'first-seen',
    });
  });

  it('is a time when the portal was down, for what is on record already', async () => {
    expect(await gapOf(3, { first: true })).toEqual({
      to,
      cause: 'portal-down',
    });
  });

  it('is its own, where it has one', async () => {
    const gap: ReleaseGap = { from: 'then', to, cause: 'buffer-full' };
    expect(await gapOf(3, { first: true, gap })).toEqual(gap);
  });

  it('is none, for what was watched all along', async () => {
    expect(await gapOf(3, {})).toBeUndefined();
  });
});
