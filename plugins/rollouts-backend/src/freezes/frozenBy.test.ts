import { canary } from '../__testUtils__/rollouts';
import { frozenBy } from './frozenBy';

describe('the freeze that refuses an action', () => {
  const setUp = (until: string | undefined) => {
    const look = jest.fn(() => [
      { kind: 'freeze' as const, name: 'Sale', reason: 'x', until },
    ]);
    const of = jest.fn(() => ({ cluster: 'prod' }));
    const rollout = canary();
    return {
      look,
      of,
      rollout,
      ask: frozenBy({
        gate: { look } as never,
        subjects: { of } as never,
        rollout: key => (key === 'prod/demo/colors' ? rollout : undefined),
        now: () => 7,
      }),
    };
  };

  it('is the first that the gate would give, asked as the gate is', () => {
    const { ask, look, of, rollout } = setUp('2026-11-29T00:00:00Z');
    expect(ask('prod/demo/colors', 'promote')).toEqual({
      name: 'Sale',
      until: '2026-11-29T00:00:00Z',
    });
    expect(of).toHaveBeenCalledWith('prod', rollout, 'promote');
    expect(look).toHaveBeenCalledWith(
      { cluster: 'prod', action: 'promote' },
      7,
    );
  });

  it.each([
    ['a lock without an end', undefined, 'prod/demo/colors'],
    ['a rollout that there is not', '2026-11-29T00:00:00Z', 'prod/demo/gone'],
  ])('is none for %s', (_, until, key) => {
    expect(setUp(until).ask(key, 'promote')).toBeUndefined();
  });
});
