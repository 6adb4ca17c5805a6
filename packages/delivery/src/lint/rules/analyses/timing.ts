import type { CanaryStep } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { parsePause } from '../../../rollout/time';

const SHOWN: readonly [number, string][] = [
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
];

/** `90 s`, `2 min`: for messages. */
export function durationText(milliseconds: number): string {
  const [size, unit] = SHOWN.find(
    ([each]) => milliseconds >= each && milliseconds % each === 0,
  ) ?? [1_000, 's'];
  return `${Math.round(milliseconds / size)} ${unit}`;
}

/**
 * Milliseconds of all pauses from a step on; `undefined` when one of the steps
 * waits for somebody or for an outcome, so that nobody knows how long it takes.
 */
export function pausesFrom(
  steps: readonly CanaryStep[],
  from: number,
): number | undefined {
  let sum = 0;
  for (const { pause, analysis, experiment, plugin } of steps.slice(from)) {
    if (analysis || experiment || plugin) return undefined;
    if (!pause) continue;
    if (pause.duration === undefined) return undefined;
    sum += parsePause(pause.duration) ?? 0;
  }
  return sum;
}
