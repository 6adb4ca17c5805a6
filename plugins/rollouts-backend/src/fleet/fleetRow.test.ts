import type { RolloutSummary } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { canary } from '../__testUtils__/rollouts';
import type { EntitySelection } from '../entities/EntitySelection';
import { fleetRow } from './fleetRow';

const ground = {
  entityRef: 'component:default/colors',
  ownerRefs: ['group:default/palette', 'group:default/harbor'],
};

const rowOf = (
  summary: Partial<RolloutSummary>,
  on?: EntitySelection,
  approvers?: string[],
) =>
  fleetRow(
    canary(),
    {
      phase: 'Paused',
      aborted: false,
      weights: { actual: 0, desired: 0, max: 100 },
      ...summary,
      // Only what a row is made of.
    } as unknown as RolloutSummary,
    on,
    approvers,
  );

describe('a row of the fleet', () => {
  it.each([
    [{ aborted: true, phase: 'Degraded' }, 'Aborted'],
    // The controller has not got to it yet.
    [{ aborted: true, phase: 'Progressing' }, 'Progressing'],
    [{ aborted: false, phase: 'Degraded' }, 'Degraded'],
  ] as const)('of %j is %s', (summary, state) => {
    expect(rowOf(summary).state).toBe(state);
  });

  it.each([
    [
      { actual: 1, desired: 2, max: 3 },
      { actual: 0.3333, desired: 0.6667 },
    ],
    [
      { actual: 0, desired: 0, max: 0 },
      { actual: 0, desired: 0 },
    ],
  ])('has of the weights %j the share', (weights, share) => {
    expect(
      rowOf({ weights: weights as RolloutSummary['weights'] }).share,
    ).toEqual(share);
  });

  it('waits for all owners, or for those who are asked to approve', () => {
    expect(rowOf({}, ground)).toMatchObject({
      owner: 'group:default/palette',
      waits: { for: 'promotion', of: ground.ownerRefs },
    });
    expect(rowOf({}, ground, ['group:default/board']).waits).toEqual({
      for: 'approval',
      of: ['group:default/board'],
    });
    expect(rowOf({}).waits).toEqual({ for: 'promotion', of: [] });
  });
});
