/** Where times are on the picture. */
export interface TimeScale {
  x: (at: number) => number;
  /** Long intervals are drawn shorter than they are. */
  isCompressed: boolean;
}

/** So that every interval can be seen. */
const NARROWEST = 12;
const EXPONENTS = [1, 0.6, 0.4, 0.25, 0.1];

/**
 * A scale on which every interval between two changes can be seen: linear
 * where that is possible, else with long intervals compressed.
 *
 * @param times - ascending, without repetition; at least two
 */
export function timeScale(
  times: number[],
  left: number,
  width: number,
): TimeScale {
  const lengths = times.slice(1).map((time, i) => time - (times[i] ?? 0));
  const widthsFor = (exponent: number) => {
    const shares = lengths.map(length => length ** exponent);
    const sum = shares.reduce((total, share) => total + share, 0);
    return shares.map(share => (share / sum) * width);
  };
  const narrowest = Math.min(
    NARROWEST,
    width / Math.max(1, lengths.length) / 2,
  );
  const exponent =
    EXPONENTS.find(each => Math.min(...widthsFor(each)) >= narrowest) ?? 0;
  const widths = widthsFor(exponent);
  const places = widths.reduce<number[]>(
    (found, each) => [...found, (found.at(-1) ?? left) + each],
    [left],
  );
  return {
    isCompressed: exponent !== 1,
    x(at) {
      const after = times.findIndex(time => time > at);
      if (after === 0) return left;
      if (after < 0) return left + width;
      const [from = 0, until = 0] = [times[after - 1], times[after]];
      const [start = 0, end = 0] = [places[after - 1], places[after]];
      return start + ((at - from) / (until - from)) * (end - start);
    },
  };
}
