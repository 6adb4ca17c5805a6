import type { Aspects } from '../compare/compareAspects';
import type { Expectation } from '../scenarios/scenario';

const BRIEF = '~ ';

/** A recording without what does not count, and with what is documented instead. */
export function expected(
  recording: Aspects,
  { except, shows }: Pick<Expectation, 'except' | 'shows'>,
): Aspects {
  const kept = Object.entries(recording).filter(
    ([aspect]) => !except.test(aspect),
  );
  const documented = Object.entries(shows).map(
    ([aspect, values]): [string, Aspects[string]] => [
      aspect,
      values.map(value =>
        value.startsWith(BRIEF)
          ? { value: value.slice(BRIEF.length), brief: true }
          : { value, brief: false },
      ),
    ],
  );
  return Object.fromEntries([...kept, ...documented]);
}
