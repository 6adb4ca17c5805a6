/** Numbers of a block, each from another twentieth of 0…1. */
const BLOCK = 20;

/**
 * Chances that look random and are even: of each twenty, one falls into each
 * twentieth of 0…1, in random order. So a weight of 20 % gets four of every
 * twenty requests, and a person (or a test) sees the share settle at once.
 */
export function evenChances(random: () => number): () => number {
  let block: number[] = [];
  return () => {
    if (block.length === 0) {
      block = Array.from(
        { length: BLOCK },
        (_, index) => (index + random()) / BLOCK,
      );
      for (let last = BLOCK - 1; last > 0; last--) {
        const other = Math.floor(random() * (last + 1));
        [block[last], block[other]] = [block[other]!, block[last]!];
      }
    }
    return block.pop()!;
  };
}
