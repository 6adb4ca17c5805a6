import type { Phase } from '../observe/timeline';

/**
 * Whether two timelines tell the same: the same values in the same order,
 * where what was brief in one may be missing in the other.
 */
export function tellTheSame(a: Phase[], b: Phase[]): boolean {
  const known = new Map<string, boolean>();
  const same = (i: number, j: number, last?: string): boolean => {
    if (i === a.length && j === b.length) return true;
    const key = `${i}/${j}/${last}`;
    const cached = known.get(key);
    if (cached !== undefined) return cached;
    const left = a[i];
    const right = b[j];
    const result =
      (left !== undefined &&
        left.value === right?.value &&
        same(i + 1, j + 1, left.value)) ||
      // Brief, or the same again after something brief was left out.
      (left !== undefined &&
        (left.brief || left.value === last) &&
        same(i + 1, j, last)) ||
      (right !== undefined &&
        (right.brief || right.value === last) &&
        same(i, j + 1, last));
    known.set(key, result);
    return result;
  };
  return same(0, 0);
}
