const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/**
 * Milliseconds to wait before attempt `failures + 1`: doubling, at most
 * 15 s, the upper half at random so that many tabs do not return together.
 */
export function reconnectDelay(
  failures: number,
  random: () => number = Math.random,
): number {
  const ceiling = Math.min(
    LONGEST_MS,
    FIRST_MS * 2 ** Math.max(0, failures - 1),
  );
  return ceiling / 2 + (ceiling / 2) * random();
}
