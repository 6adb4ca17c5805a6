/**
 * Picks one of several by weight. A single one without a weight gets all.
 * Undefined when there is none, or none has any weight.
 * @param chance - 0 ≤ chance < 1
 */
export function pickWeighted<T extends { weight?: number }>(
  choices: readonly T[],
  chance: number,
): T | undefined {
  if (choices.length === 1 && choices[0]!.weight === undefined) {
    return choices[0];
  }
  const weights = choices.map(choice => Math.max(0, choice.weight ?? 0));
  let left = chance * weights.reduce((sum, weight) => sum + weight, 0);
  return choices.find((_, index) => {
    left -= weights[index]!;
    return left < 0;
  });
}
