import type { Aspects } from './compareAspects';
import type { Difference } from './difference';
import { standingAt } from './standing';

const invalid: Difference = {
  subject: 'a weight that is none',
  reference: 'is taken for 0',
  reason: 'is InvalidSpec',
  scenarios: ['theme/one'],
  aspect: /^app: message$/,
  standsAt: /InvalidSpec: .*setWeight/,
};
const saying = (value: string): Aspects => ({
  'app: message': [{ value, brief: false }],
});

describe('standingAt', () => {
  it('finds what ours says at the end', () => {
    const aspects = saying('Degraded: InvalidSpec: steps[0].setWeight');
    expect(standingAt([invalid], { aspects }, saying('Healthy:'))).toBe(
      invalid,
    );
  });

  it('finds the milestone that ours does not reach', () => {
    const failure = 'Waited 60 s for healthy: InvalidSpec: setWeight';
    expect(standingAt([invalid], { failure }, {})).toBe(invalid);
  });

  it('finds nothing elsewhere, nor where the reference stands, too', () => {
    const aspects = saying('Degraded: InvalidSpec: steps[0].setWeight');
    expect(standingAt([invalid], { aspects: saying('Healthy:') }, {})).toBe(
      undefined,
    );
    expect(standingAt([invalid], { aspects }, aspects)).toBe(undefined);
  });
});
