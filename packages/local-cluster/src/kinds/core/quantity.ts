const QUANTITY =
  /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(m|u|n|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?\d+)?$/;

const DECIMAL: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
};

const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** `500m` → 0.5, `1Ki` → 1024; undefined when it is no quantity. */
export function parseQuantity(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const match = typeof value === 'string' ? QUANTITY.exec(value) : null;
  if (!match) return undefined;
  const [, digits, unit = ''] = match;
  const binary = BINARY.indexOf(unit);
  if (binary >= 0) return Number(digits) * 1024 ** (binary + 1);
  const factor = DECIMAL[unit];
  return factor === undefined
    ? Number(`${digits}${unit}`)
    : Number(digits) * factor;
}
