import type { Lease } from './lease';
import { LeaseObservation } from './leaseObservation';

function lease(renewTime: string, holderIdentity = 'other', uid = 'u'): Lease {
  return {
    metadata: { name: 'lock', namespace: 'argo', uid },
    spec: { holderIdentity, renewTime, leaseDurationSeconds: 15 },
  };
}

describe('LeaseObservation', () => {
  it('fault 17: is fresh when it is renewed, whatever the holder’s clock says', () => {
    const observation = new LeaseObservation();

    observation.observe(lease('1999-01-01T00:00:00.000000Z'), 0);
    observation.observe(lease('1999-01-01T00:00:05.000000Z'), 5000);

    expect(observation.state).toBe('fresh');
  });

  it('fault 17: is stale when it stands still, though its time lies in the future', () => {
    const observation = new LeaseObservation();

    observation.observe(lease('2999-01-01T00:00:00.000000Z'), 0);
    observation.observe(lease('2999-01-01T00:00:00.000000Z'), 15_001);

    expect(observation.state).toBe('stale');
  });

  it('is presumed to be held until it has been watched long enough', () => {
    const observation = new LeaseObservation();

    observation.observe(lease('2026-01-01T00:00:00.000000Z'), 0);
    observation.observe(lease('2026-01-01T00:00:00.000000Z'), 14_000);

    expect(observation.state).toBe('observing');
    expect(observation.mayBeHeld).toBe(true);
  });

  it.each([
    ['there is none', undefined],
    ['its holder gave it free', lease('2026-01-01T00:00:00.000000Z', '')],
  ])('is absent when %s', (_, seen) => {
    const observation = new LeaseObservation();

    expect(observation.observe(seen, 0)).toBe('absent');
    expect(observation.mayBeHeld).toBe(false);
  });

  it('is not renewed by who puts a dead one back from a backup', () => {
    const observation = new LeaseObservation();
    observation.observe(lease('a'), 0);

    observation.observe(lease('a', 'other', 'restored'), 15_001);

    expect(observation.state).toBe('stale');
  });

  it.each([
    ['another holder', lease('a', 'another')],
    ['a renewal', lease('b')],
  ])('is fresh after %s', (_, seen) => {
    const observation = new LeaseObservation();
    observation.observe(lease('a'), 0);

    expect(observation.observe(seen, 20_000)).toBe('fresh');
  });

  it('becomes fresh again with the next renewal', () => {
    const observation = new LeaseObservation();
    observation.observe(lease('a'), 0);
    observation.observe(lease('a'), 20_000);

    observation.observe(lease('b'), 21_000);

    expect(observation.state).toBe('fresh');
  });
});
