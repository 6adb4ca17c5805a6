import { isRecord } from '../schema/isRecord';
import { equalJson } from '../storage/equalJson';

/**
 * The order of a list after a strategic merge patch, as the API server has it:
 * what the patch names comes in the patch's order, the rest in its own, and
 * of the two the one that stood first before goes first; new items of the
 * patch do not wait. So a patch that adds one item puts it at the front.
 * @param named - items, or their keys, in the order of the patch
 * @param before - the list as it was
 */
export function mergedOrder(
  list: readonly unknown[],
  named: readonly unknown[],
  before: readonly unknown[],
  key: string | undefined,
): unknown[] {
  const identity = (item: unknown) =>
    key !== undefined && isRecord(item) ? item[key] : item;
  const indexIn = (all: readonly unknown[], item: unknown) =>
    all.findIndex(other => equalJson(identity(other), identity(item)));
  const ofPatch = list
    .filter(item => indexIn(named, item) >= 0)
    .sort((left, right) => indexIn(named, left) - indexIn(named, right));
  const others = list.filter(item => indexIn(named, item) < 0);
  const result: unknown[] = [];
  for (const item of ofPatch) {
    const index = indexIn(before, item);
    while (
      index >= 0 &&
      others.length > 0 &&
      indexIn(before, others[0]) < index
    ) {
      result.push(others.shift());
    }
    result.push(item);
  }
  return [...result, ...others];
}
