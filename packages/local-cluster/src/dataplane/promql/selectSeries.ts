import { lowerBound, SampleStore, Series } from '../metrics/sampleStore';
import { Matcher, Selector } from './expression';
import { badQuery } from './promqlError';
import { RangeSeries, Sample } from './value';

/** How far back an instant selector looks for the latest sample, as in Prometheus. */
const LOOKBACK_MS = 300_000;

/** The latest value of each series that matches, at a time. */
export function instant(
  store: SampleStore,
  selector: Selector,
  time: number,
): Sample[] {
  const at = time - selector.offsetMs;
  return matching(store, selector).flatMap(({ labels, times, values }) => {
    const index = lowerBound(times, at + 1) - 1;
    if (index < 0 || times[index]! <= at - LOOKBACK_MS) return [];
    return [{ labels, value: values[index]! }];
  });
}

/** All samples after `time - range` up to `time` of each series that matches. */
export function range(
  store: SampleStore,
  selector: Selector,
  rangeMs: number,
  time: number,
): { series: RangeSeries[]; start: number; end: number } {
  const end = time - selector.offsetMs;
  const start = end - rangeMs;
  const series = matching(store, selector).flatMap(
    ({ labels, times, values }) => {
      const from = lowerBound(times, start + 1);
      const to = lowerBound(times, end + 1);
      if (from === to) return [];
      return [
        {
          labels,
          times: times.slice(from, to),
          values: values.slice(from, to),
        },
      ];
    },
  );
  return { series, start, end };
}

function matching(store: SampleStore, selector: Selector): Series[] {
  const tests = selector.matchers.map(matcherTest);
  return [...store.select(selector.name)].filter(({ labels }) =>
    tests.every(test => test(labels)),
  );
}

/** An absent label counts as empty; regular expressions match the whole value. */
function matcherTest({
  label,
  operator,
  value,
}: Matcher): (labels: Readonly<Record<string, string>>) => boolean {
  const of = (labels: Readonly<Record<string, string>>) =>
    Object.hasOwn(labels, label) ? labels[label]! : '';
  if (operator === '=') return labels => of(labels) === value;
  if (operator === '!=') return labels => of(labels) !== value;
  const pattern = regularExpression(value);
  return operator === '=~'
    ? labels => pattern.test(of(labels))
    : labels => !pattern.test(of(labels));
}

export function regularExpression(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`, 's');
  } catch {
    throw badQuery(`error parsing regexp: ${pattern}`);
  }
}
