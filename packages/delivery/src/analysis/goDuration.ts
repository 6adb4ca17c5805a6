const UNITS: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};
const PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/y;

/**
 * Milliseconds of a Go duration ("1m30s", "-1.5h", "0"), or `undefined` when
 * it is not one. Source: Go's `time.ParseDuration`.
 */
export function parseGoDuration(text: string): number | undefined {
  const sign = text.startsWith('-') ? -1 : 1;
  const body = text.replace(/^[+-]/, '');
  if (body === '0') return 0;
  if (!body) return undefined;
  let total = 0;
  let at = 0;
  while (at < body.length) {
    PART.lastIndex = at;
    const match = PART.exec(body);
    if (!match) return undefined;
    total += Number(match[1]) * (UNITS[match[2] as string] as number);
    at += match[0].length;
  }
  return sign * total;
}

/** As Go prints it: "30s", "1m30s", "1h0m0s"; whole seconds. */
export function formatGoDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const [hours, minutes] = [
    Math.floor(seconds / 3600),
    Math.floor(seconds / 60),
  ];
  const parts = [
    ...(hours ? [`${hours}h`] : []),
    ...(minutes ? [`${minutes % 60}m`] : []),
  ];
  return `${parts.join('')}${seconds % 60}s`;
}
