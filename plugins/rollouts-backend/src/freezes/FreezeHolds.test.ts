import { canary } from '../__testUtils__/rollouts';
import { FreezeHolds } from './FreezeHolds';
import { readFreeze } from './windows/readFreeze';

const at = Date.UTC(2026, 10, 27, 12);
const end = Date.UTC(2026, 10, 28);

const going = (name: string, hold: boolean) => ({
  window: {
    ...readFreeze(
      {
        name,
        reason: 'hands off',
        timeZone: 'Europe/Berlin',
        start: '2026-11-27T00:00',
        duration: 'P1D',
        hold,
      },
      '',
    ),
    id: name,
    source: 'config' as const,
  },
  occurrence: { start: at, end },
});

function start(isKnown = true) {
  return new FreezeHolds({
    calendar: {
      applying: () => [going('Night', false), going('Advent', true)],
      subscribe: () => () => {},
    },
    subject: (cluster, rollout) =>
      isKnown ? { cluster, rollout, entities: [] } : undefined,
  });
}

describe('what holds a controller', () => {
  it('are the windows that say so, and no others', () => {
    expect(start().of('local').holdsOf(canary(), at)).toEqual([
      {
        name: 'Advent',
        from: at,
        until: end,
        untilText: '28 Nov 2026, 01:00 (Europe/Berlin)',
      },
    ]);
  });

  it('is nothing for a rollout of which nobody knows whose it is', () => {
    expect(start(false).holds('local', canary(), at)).toEqual([]);
  });
});
