/**
 * Reads `3` or `"25%"` of a total. Undefined when the value is neither.
 * Rounds as Kubernetes documents: up for surge, down for unavailable.
 */
export function intOrPercent(
  value: unknown,
  total: number,
  round: 'up' | 'down',
): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const match = /^(\d+)(%?)$/.exec(value);
  if (!match) return undefined;
  const number = Number(match[1]);
  if (match[2] === '') return number;
  const exact = (number * total) / 100;
  return round === 'up' ? Math.ceil(exact) : Math.floor(exact);
}
