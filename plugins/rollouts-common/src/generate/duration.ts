const UNITS: Record<string, number> = { s: 1, m: 60, h: 3600 };

/** Seconds of a duration in one unit (`30s`, `5m`, `2h`); `undefined`: it is none. */
export function secondsOf(duration: unknown): number | undefined {
  const match = /^(\d{1,6})(s|m|h)$/.exec(String(duration));
  return match
    ? Number(match[1]) * (UNITS[match[2] as string] ?? 1)
    : undefined;
}
