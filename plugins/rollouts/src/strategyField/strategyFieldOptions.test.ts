import type { StrategyValue } from './strategyValue';
import { strategyFieldOptions } from './strategyFieldOptions';

/** What keeps a form with this value from going on. */
function errorsOf(value: StrategyValue | undefined): string[] {
  const errors: string[] = [];
  const { validation } = strategyFieldOptions;
  type Arguments = Parameters<typeof validation>;
  // Only what the validation uses of a form.
  const field = { addError: (message: string) => errors.push(message) };
  validation(
    value as Arguments[0],
    field as unknown as Arguments[1],
    {} as Arguments[2],
  );
  return errors;
}

describe('the field in a form', () => {
  it('lets nobody go on with a strategy that nothing can be made of', () => {
    expect(errorsOf({ weights: [50, 10], pause: 'soon' })).toEqual([
      expect.stringMatching(/^weights\[1\]: must be/),
      expect.stringMatching(/^pause: must be a time/),
    ]);
  });

  it.each([[undefined], [{}], [{ preset: 'blue-green' as const }]])(
    'is content with %j',
    value => {
      expect(errorsOf(value)).toEqual([]);
    },
  );
});
