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
    ['spec.stepsTaken: a field whose name begins alike', false],
  ])('%s: %s', (text, isSame) => {
    const ours = { phase: [invalid(text)] };
    const expected = isSame ? reference : ours;
    expect(samePaths(reference, ours)).toEqual(expected);
  });

  it('knows a field with and without its strategy', () => {
    const theirs = { phase: [invalid('spec.strategy.maxSurge: words')] };
    const ours = { phase: [invalid('spec.strategy.canary.maxSurge: words')] };
    expect(samePaths(theirs, ours)).toEqual(theirs);
  });

  it('knows that some messages name no field', () => {
    const theirs = { phase: [invalid('template must be empty')] };
    const ours = { phase: [invalid('spec.template: Forbidden: words')] };
    expect(samePaths(theirs, ours)).toEqual(theirs);
  });

  it('leaves everything else alone', () => {
    const ours = { step: [{ value: '1', brief: true }] };
    expect(samePaths(reference, ours)).toEqual(ours);
  });
});
