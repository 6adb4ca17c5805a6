/** Levenshtein's distance. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, i) => i);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1];
      next.push(
        Math.min(
          (row[j] ?? 0) + 1,
          (next[j - 1] ?? 0) + 1,
          (row[j - 1] ?? 0) + (same ? 0 : 1),
        ),
      );
    }
    row = next;
  }
  return row[right.length] ?? 0;
}

/** The name that was probably meant, if one is near enough. */
export function nearest(
  name: string,
  names: readonly string[],
): string | undefined {
  const most = Math.max(1, Math.floor(name.length / 3));
  const wanted = name.toLowerCase();
  return names
    .filter(each => Math.abs(each.length - name.length) <= most)
    .map(each => ({ each, far: distance(wanted, each.toLowerCase()) }))
    .filter(({ far }) => far <= most)
    .sort((a, b) => a.far - b.far)[0]?.each;
}
