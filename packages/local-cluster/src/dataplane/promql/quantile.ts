/** One bucket of a classic histogram; counts are cumulative. */
export interface Bucket {
  upperBound: number;
  count: number;
}

/**
 * The quantile of a classic histogram, interpolated within the bucket that it
 * falls into, as Prometheus' documentation of `histogram_quantile` says.
 */
export function bucketQuantile(quantile: number, unsorted: Bucket[]): number {
  if (Number.isNaN(quantile)) return NaN;
  if (quantile < 0) return -Infinity;
  if (quantile > 1) return Infinity;
  const buckets = merged(unsorted);
  if (buckets.length < 2 || buckets.at(-1)!.upperBound !== Infinity) return NaN;
  const total = buckets.at(-1)!.count;
  if (total === 0 || Number.isNaN(total)) return NaN;
  const rank = quantile * total;
  const last = buckets.length - 1;
  const found = buckets.findIndex(bucket => bucket.count >= rank);
  const index = found < 0 ? last : found;
  if (index === last) return buckets[last - 1]!.upperBound;
  const { upperBound, count } = buckets[index]!;
  if (index === 0 && upperBound <= 0) return upperBound;
  const lower = index === 0 ? 0 : buckets[index - 1]!.upperBound;
  const below = index === 0 ? 0 : buckets[index - 1]!.count;
  return lower + (upperBound - lower) * ((rank - below) / (count - below));
}

/** Sorted, equal bounds added up, and never falling. */
function merged(unsorted: Bucket[]): Bucket[] {
  const result: Bucket[] = [];
  const sorted = [...unsorted].sort((a, b) => a.upperBound - b.upperBound);
  for (const { upperBound, count } of sorted) {
    const last = result.at(-1);
    if (last?.upperBound === upperBound) last.count += count;
    else result.push({ upperBound, count });
  }
  for (let n = 1; n < result.length; n++) {
    result[n]!.count = Math.max(result[n]!.count, result[n - 1]!.count);
  }
  return result;
}

/** The quantile of plain values, interpolated between neighbours. */
export function valueQuantile(quantile: number, values: number[]): number {
  if (values.length === 0 || Number.isNaN(quantile)) return NaN;
  if (quantile < 0) return -Infinity;
  if (quantile > 1) return Infinity;
  const sorted = [...values].sort((a, b) => a - b);
  const rank = quantile * (sorted.length - 1);
  const lower = Math.floor(rank);
  const upper = Math.min(lower + 1, sorted.length - 1);
  const weight = rank - lower;
  return sorted[lower]! * (1 - weight) + sorted[upper]! * weight;
}
