/** A run of steps to draw, or of steps left out. */
export type StepSegment =
  | { kind: 'step'; index: number }
  | { kind: 'gap'; from: number; count: number };

/** More steps than this collapse. */
export const MOST_STEPS = 12;

/**
 * Which of `count` steps to draw in one line: all when there are at most
 * twelve; else the first, the last, and a window around the current one, in
 * all never more than twelve places. A gap never stands for one step only.
 */
export function collapseSteps(count: number, current: number): StepSegment[] {
  if (count <= MOST_STEPS) {
    return range(0, count);
  }
  // First and last, a gap on either side: eight places for the window.
  const window = MOST_STEPS - 4;
  const from = Math.min(
    Math.max(current - Math.floor(window / 2) + 1, 1),
    count - 1 - window,
  );
  // A gap of one step would take as much room as the step.
  const start = from <= 2 ? 0 : from;
  const end = from + window >= count - 2 ? count : from + window;
  return [
    ...(start > 0 ? [step(0), gap(1, start - 1)] : []),
    ...range(start, end),
    ...(end < count ? [gap(end, count - 1 - end), step(count - 1)] : []),
  ];
}

function step(index: number): StepSegment {
  return { kind: 'step', index };
}

function gap(from: number, count: number): StepSegment {
  return { kind: 'gap', from, count };
}

function range(from: number, to: number): StepSegment[] {
  return Array.from({ length: to - from }, (_, i) => step(from + i));
}
