const NBSP = '\u00a0';

/** A weight of `max` as "20 %", at most one decimal. */
export function formatPercent(weight: number, max = 100): string {
  const percent = max > 0 ? (weight / max) * 100 : 0;
  return `${oneDecimal(percent)}${NBSP}%`;
}

/**
 * At most one decimal, and never rounded onto a limit that was not reached:
 * 99.97 is 99.9 and 0.02 is 0.1, because "100 %" and "0 %" say more than that.
 */
export function oneDecimal(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  if (rounded === 100 && value < 100) {
    return '99.9';
  }
  if (rounded === 0 && value > 0) {
    return '0.1';
  }
  return String(rounded === 0 ? 0 : rounded);
}
