import { parseGoDuration } from '../../goDuration';
import { ExpressionError } from '../limits';
import { ExpressionDuration, ExpressionTime } from '../values';
import { asText, type Builtin } from './builtin';

/** `now()`, `duration("5m")`, `date("2024-01-01T00:00:00Z")`. */
export const TIME: [string, Builtin][] = [
  ['now', (_, { now }) => new ExpressionTime(now)],
  [
    'duration',
    ([value]) => {
      const milliseconds = parseGoDuration(asText('duration', value));
      if (milliseconds === undefined) {
        throw new ExpressionError(`invalid duration ${JSON.stringify(value)}`);
      }
      return new ExpressionDuration(milliseconds);
    },
  ],
  [
    'date',
    ([value, layout]) => {
      if (layout !== undefined) {
        throw new ExpressionError(
          'date takes no layout here: write the date as 2006-01-02T15:04:05Z',
        );
      }
      const at = Date.parse(asText('date', value));
      if (Number.isNaN(at)) {
        throw new ExpressionError(`invalid date ${JSON.stringify(value)}`);
      }
      return new ExpressionTime(at);
    },
  ],
];
