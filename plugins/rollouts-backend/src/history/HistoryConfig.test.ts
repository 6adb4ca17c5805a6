import { ConfigReader } from '@backstage/config';
import { readHistoryConfig } from './HistoryConfig';

const read = (history?: object) =>
  readHistoryConfig(
    new ConfigReader(
      history === undefined
        ? {}
        : { rollouts: { history: history as Record<string, string> } },
    ),
  );
const YEAR = 365 * 24 * 3_600_000;

it('keeps releases for two years unless told otherwise', () => {
  const { enabled, keepMilliseconds, templates } = read();
  expect({ enabled, templates }).toEqual({ enabled: true, templates: true });
  expect(keepMilliseconds).toBeGreaterThanOrEqual(2 * YEAR);
  expect(read({ keep: { days: 90 } }).keepMilliseconds).toBe(
    90 * 24 * 3_600_000,
  );
  expect(read({ keep: 'P90D' }).keepMilliseconds).toBe(90 * 24 * 3_600_000);
  expect(read({ keep: 'forever' }).keepMilliseconds).toBeUndefined();
});

it.each([
  ['soon', 'rollouts.history.keep is not a duration'],
  [{ hours: 1 }, 'rollouts.history.keep is shorter than a day'],
])('refuses to keep them for %j', (keep, message) => {
  expect(() => read({ keep })).toThrow(message);
});
