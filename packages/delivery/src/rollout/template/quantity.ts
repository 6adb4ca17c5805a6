const SCALE: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * A Kubernetes quantity as a number, so that "1000m" and "1" are the same:
 * the API server rewrites quantities of ReplicaSets but not of Rollouts. What
 * is no quantity is returned as it came.
 */
export function canonicalQuantity(value: unknown): unknown {
  const match = /^([+-]?\d*\.?\d+)([a-zA-Z]*)$/.exec(String(value).trim());
  const scale = match && SCALE[match[2] ?? ''];
  return match && scale !== undefined && scale !== null
    ? Number((Number(match[1]) * scale).toPrecision(12))
    : value;
}
