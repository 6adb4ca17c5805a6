import { samePaths } from './samePaths';

const invalid = (text: string) => ({
  value: `Degraded: InvalidSpec: The Rollout "app" is invalid: ${text}`,
  brief: false,
});

describe('samePaths', () => {
  const reference = { phase: [invalid('spec.steps[0]: Invalid value: 101')] };

  it.each([
    ['spec.steps[0]: other words', true],
    ['spec.steps[0].setWeight: a field in it', true],
    ['spec.strategy: another field', false],
  ])('%s: %s', (text, isSame) => {
    const ours = { phase: [invalid(text)] };
    const expected = isSame ? reference : ours;
    expect(samePaths(reference, ours)).toEqual(expected);
  });

  it('leaves everything else alone', () => {
    const ours = { step: [{ value: '1', brief: true }] };
    expect(samePaths(reference, ours)).toEqual(ours);
  });
});
