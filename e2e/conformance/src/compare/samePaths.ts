import type { Aspects } from './compareAspects';

const INVALID = /InvalidSpec: The Rollout "[^"]*" is invalid: ([\w.[\]]+): /;

const pathOf = (value: string) => INVALID.exec(value)?.[1];

/**
 * Why a spec is invalid is told in other words, but of the same field, or of
 * a field in it: such a value of ours counts as the reference's.
 */
export function samePaths(reference: Aspects, ours: Aspects): Aspects {
  return Object.fromEntries(
    Object.entries(ours).map(([aspect, phases]) => {
      const theirs = (reference[aspect] ?? []).filter(({ value }) =>
        pathOf(value),
      );
      const sameAs = (value: string) => {
        const path = pathOf(value);
        const same = theirs.find(
          one => path?.startsWith(pathOf(one.value)!) ?? false,
        );
        return same?.value ?? value;
      };
      return [
        aspect,
        phases.map(({ value, brief }) => ({ value: sameAs(value), brief })),
      ];
    }),
  );
}
