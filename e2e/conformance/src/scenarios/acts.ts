import { abort, promote, setImage } from './actions';
import { NEXT } from './builders';
import { aborted, healthy, pausedAt } from './milestones';
import type { Act, Action, Milestone, Scenario } from './scenario';

export const on = (at: Milestone, ...take: Action[]): Act => ({ at, take });

/** Waits for the milestone and does nothing more. */
export const ends = (at: Milestone): Act => on(at);

/** The second version, once the first one serves. */
export const update: Act = on(healthy(), setImage(NEXT));

export const promoteAt = (...steps: number[]): Act[] =>
  steps.map(step => on(pausedAt(step), promote));

export const abortAt = (milestone: Milestone): Act[] => [
  on(milestone, abort),
  ends(aborted),
];

export function scenario(
  name: string,
  objects: Scenario['objects'],
  acts: Act[],
  more: Partial<Scenario> = {},
): Scenario {
  return { name, objects, acts, ...more };
}
