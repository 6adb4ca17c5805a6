import { compareScenario } from './compareScenario';
import type { Difference } from './difference';
import { chancesOfReference } from './differences';

const aspect = /^Events$/;
const lottery: Difference = {
  subject: 'the event that it runs',
  reference: 'comes now and then',
  reason: 'comes each time',
  scenarios: 'wherever it shows',
  byChance: true,
  aspect,
  onlyReference: ['Runs'],
};
const meant: Difference = { ...lottery, byChance: undefined };

const seen = (...values: string[]) => ({
  Events: values.map(value => ({ value, brief: false })),
});
const compare = (
  differences: Difference[],
  one: ReturnType<typeof seen>,
  other: ReturnType<typeof seen>,
) =>
  compareScenario(
    { name: 'theme/one' },
    'the reference',
    one,
    other,
    chancesOfReference(differences),
  );

describe('chancesOfReference', () => {
  it.each([
    [seen('Ends', 'Runs'), seen('Ends')],
    [seen('Ends'), seen('Ends', 'Runs')],
  ])('allows what comes now and then on either side', (one, other) => {
    expect(compare([lottery], one, other)).toMatchObject({
      outcome: 'documented',
      details: ['comes now and then'],
    });
  });

  it('allows nothing that the reference always shows', () => {
    const [one, other] = [seen('Ends', 'Runs'), seen('Ends')];
    expect(compare([meant], one, other).outcome).toBe('different');
    expect(compare([lottery], other, seen('Runs')).outcome).toBe('different');
  });
});
